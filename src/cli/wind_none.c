/* SPDX-License-Identifier: Apache-2.0 */
/* --wind in a build without ecCodes. */
#include "cli.h"
#include "wind.h"

int cli_wind_open(const char *path, cli_wind *out)
{
    *out = (cli_wind){0};
    if (path == NULL)
        return 0;
    cli_error("%s: wind is not built in: this program was made without ecCodes (libeccodes-dev, "
              "-Dwind=enabled)",
              path);
    return CLI_USAGE;
}

void cli_wind_done(cli_wind *wind)
{
    *wind = (cli_wind){0};
}

const ovf_wind *cli_wind_grid(const cli_wind *wind)
{
    OVF_UNUSED(wind);
    return NULL;
}
