/* SPDX-License-Identifier: Apache-2.0 */
/* The picture that a way round rests on. */
#ifndef OVERFLY_CLI_ROUTE_SELECT_H
#define OVERFLY_CLI_ROUTE_SELECT_H

#include "cli.h"

/* After cli_context_begin; the request as it will be asked. */
int route_select(const cli_common *common, ovf_interval window, const ovf_route_request *request,
                 ovf_arena *arena, cli_context *context);

#endif
