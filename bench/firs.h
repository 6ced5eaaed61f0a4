/* SPDX-License-Identifier: Apache-2.0 */
/* The reference set of FIRs that the benches of the cell index ask about, and random points: what
 * all of them load and draw alike. */
#ifndef OVERFLY_BENCH_FIRS_H
#define OVERFLY_BENCH_FIRS_H

#include <overfly/cells.h>

typedef struct bench_fir {
    ovf_ring *rings; /* outlines, no holes */
    uint32_t count;
    const ovf_area *area; /* union of the rings, geodesic edges */
} bench_fir;

typedef struct bench_firs {
    bench_fir *items;
    uint32_t count;
    uint32_t vertices;
    ovf_arena arena;
} bench_firs;

/* From a gzipped GeoJSON of boundaries, ids with a dash left out; false: there is no such file. */
bool bench_firs_load(bench_firs *firs, const char *path);
void bench_firs_done(bench_firs *firs);
/* Where it is kept beside the project, unless the environment says otherwise (OVF_BENCH_FIRS). */
const char *bench_firs_path(void);

/* SplitMix64. */
uint64_t bench_next(uint64_t *state);
double bench_u01(uint64_t *state);
/* Evenly over the sphere, seed 1; NULL: no memory. */
ovf_fixed *bench_points(size_t count);

/* Nanoseconds of a clock that only goes forward. */
double bench_now_ns(void);
int bench_by_size(const void *a, const void *b); /* of doubles, for qsort */
/* The memory, the processor and the geodesic, in a block; short_run: small sizes. */
void bench_machine(bool short_run);

#endif
