/* SPDX-License-Identifier: Apache-2.0 */
/* Made areas, and a notice for each: fixed draws, so that their sums are known. */
#ifndef OVERFLY_BENCH_MADE_H
#define OVERFLY_BENCH_MADE_H

#include <overfly/base.h>
#include <overfly/geo.h>

#define BENCH_AIRPORTS 1805
#define BENCH_AREAS 10000

typedef struct bench_airport {
    char ident[5];
    int32_t lat_e7, lon_e7;
} bench_airport;

/* From a table of ident, latitude, longitude, metres of runway; false: there is none. */
bool bench_airports_load(bench_airport airports[BENCH_AIRPORTS], const char *path);
/* Notices of 10,000 made areas (5,000 circles, 5,000 polygons), an empty line between them.
 * ends: where each ends. Both malloc'ed; NULL: no memory. */
char *bench_made_notices(const bench_airport *airports, size_t *len, size_t ends[BENCH_AREAS]);

#endif
