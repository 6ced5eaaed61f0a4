/* SPDX-License-Identifier: Apache-2.0 */
/* What the two halves of the bench of flights against volumes share. */
#ifndef OVERFLY_BENCH_FLIGHTS_H
#define OVERFLY_BENCH_FLIGHTS_H

#include "firs.h"
#include "made.h"

struct flights_data {
    bench_airport airports[BENCH_AIRPORTS];
    bench_firs firs;
    bench_area *areas;
    bench_flights flights;
    bool is_short;
    struct flights_postgis *postgis;
    bool is_alone; /* without peers and the lines that no peer has: for profiles */
};

struct flights_tally {
    uint64_t pieces, flights, stretches;
};

/* What PostGIS made of the first flights. */
struct flights_postgis {
    bool is_there;
    char version[16];
    struct {
        uint64_t pieces, pairs;
        double cpu_ns; /* of the server */
    } tasks[3];
};
void flights_postgis_run(const struct flights_data *data, size_t count,
                         struct flights_postgis *out);

_Noreturn void flights_fail(const char *what);
double flights_cpu_ns(void); /* of this thread */
double flights_median(double *times, size_t count);
ovf_volumes_slab flights_slab(const bench_area *area);
/* Asks flights [from, until) and adds up. */
struct flights_tally flights_ask(ovf_volumes_reader *reader, const bench_flights *flights,
                                 size_t from, size_t until);

/* Halves for two threads: flights a second by the clock, and by the slower one's processor time. */
void flights_two_threads(const ovf_volumes_view *view, const bench_flights *flights);
/* Lines without a peer: entry and exit, undensified flights, threads, updates, growth. */
void flights_own(struct flights_data *data);

#endif
