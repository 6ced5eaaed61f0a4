/* SPDX-License-Identifier: Apache-2.0 */
/* told_text.h - what news tell about an area, as text. */
#ifndef OVERFLY_CLI_TOLD_TEXT_H
#define OVERFLY_CLI_TOLD_TEXT_H

#include "cli.h"

/* Was it read out of running text? */
bool told_by_news(const ovf_because *because);
/* Prints the heading, as it is, and what news tell; nothing at all, and false, where they tell
 * nothing. checks: of each element of `because`, NULL: not held against the notices; or NULL. */
bool told_print(const ovf_answer *answer, const ovf_check *const *checks, const char *heading,
                bool colour, int indent);

#endif
