/* SPDX-License-Identifier: Apache-2.0 */
/* Made areas with a notice for each, and made flights: fixed draws, so that their sums are
 * known. */
#ifndef OVERFLY_BENCH_MADE_H
#define OVERFLY_BENCH_MADE_H

#include <overfly/base.h>
#include <overfly/geo.h>
#include <overfly/volumes.h>

#define BENCH_AIRPORTS 1805
#define BENCH_AREAS 10000
#define BENCH_FLIGHTS 100000
#define BENCH_CORNERS_MAX 64
#define BENCH_START_S 1767225600 /* 2026-01-01 */

typedef struct bench_airport {
    char ident[5];
    int32_t lat_e7, lon_e7;
} bench_airport;

/* From a table of ident, latitude, longitude, metres of runway; false: there is none. */
bool bench_airports_load(bench_airport airports[BENCH_AIRPORTS], const char *path);
/* Notices of 10,000 made areas (5,000 circles, 5,000 polygons), an empty line between them.
 * ends: where each ends. Both malloc'ed; NULL: no memory. */
char *bench_made_notices(const bench_airport *airports, size_t *len, size_t ends[BENCH_AREAS]);

typedef struct bench_area {
    ovf_fixed centre;
    double radius_m;
    ovf_fixed corners[BENCH_CORNERS_MAX]; /* of a circle: 64 on its rim */
    uint32_t count;
    bool is_polygon;
    int floor_ft, ceiling_ft;
    int64_t from_s, until_s;
} bench_area;

/* The areas alone; more than 10,000 go on drawing. malloc'ed; NULL: no memory. */
bench_area *bench_made_areas(const bench_airport *airports, size_t count);

typedef struct bench_flights {
    ovf_volumes_point *points;
    size_t *first; /* of each flight, and behind the last one */
    size_t count;
} bench_flights;

/* Great circles between two airports of 200 to 15,000 km, a point every 50 km at most; false: no
 * memory. */
bool bench_flights_make(const bench_airport *airports, size_t count, bench_flights *out);
void bench_flights_done(bench_flights *flights);
/* SHA-256 of areas and of flights as the tasks write them to files, the first 16 digits. */
void bench_areas_hash(const bench_area *areas, size_t count, char hex[17]);
void bench_flights_hash(const bench_flights *flights, char hex[17]);

#endif
