/* SPDX-License-Identifier: Apache-2.0 */
/* wind.h - --wind FILE: a forecast of wind out of a GRIB file. The reader needs ecCodes; a build
 * without it has the option still, and says that wind is not built in. */
#ifndef OVF_CLI_WIND_H
#define OVF_CLI_WIND_H

#include <overfly/wind.h>

/* What the file gave, with the arrays behind it. */
typedef struct cli_wind {
    ovf_wind grid;
    double *levels_ft;
    ovf_time *times;
    float *east_mps, *north_mps;
    uint32_t fields; /* of U and V that were read */
} cli_wind;

#define CLI_WIND_MAX_FIELDS 4096
#define CLI_WIND_MAX_BYTES ((size_t)1 << 30) /* of the file, unpacked by gzip */
#define CLI_WIND_MAX_VALUES ((size_t)1 << 26) /* of each component: 256 MB */

/* NULL path: none is asked for, and out is empty. Returns 0, CLI_USAGE (not built in),
 * CLI_BAD_INPUT, CLI_INTERNAL, each said on standard error. */
int cli_wind_open(const char *path, cli_wind *out);
void cli_wind_done(cli_wind *wind);
/* NULL when there is none. */
const ovf_wind *cli_wind_grid(const cli_wind *wind);

#endif
