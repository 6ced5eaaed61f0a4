/* SPDX-License-Identifier: Apache-2.0 */
/* A made day of flights as filed plans: the draws of the benchmark tasks, as texts. */
#ifndef OVERFLY_BENCH_DAY_MADE_H
#define OVERFLY_BENCH_DAY_MADE_H

#include "made.h"

#define BENCH_DAY_FLIGHTS 100000
#define BENCH_DAY_START INT64_C(1767225600) /* 2026-01-01 */

/* count plans, one after another, an empty line between; ends[i]: where each ends. Departure, level,
 * airports and times are those of the made flights; the route is their great circle, a position every
 * 250 km as such plans have one, in minutes. Both malloc'ed; NULL: no memory. */
char *bench_made_plans(const bench_airport *airports, size_t count, size_t *len, size_t *ends);

#endif
