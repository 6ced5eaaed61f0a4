/* SPDX-License-Identifier: Apache-2.0 */
/* The slow plain version of the geometry, for tests and the bench. It shares no code with the
 * library: PROJ's geodesic only, edges cut into short arcs, inside by the way to a point that is
 * surely outside, distances by golden section. */
#ifndef OVERFLY_TEST_PLAIN_H
#define OVERFLY_TEST_PLAIN_H

#include <overfly/area.h>

#include <geodesic.h>

#define PLAIN_VERTICES_MAX 64
#define PLAIN_ARCS_MAX 20000

typedef enum plain_kind { PLAIN_RING, PLAIN_CIRCLE, PLAIN_PARALLEL, PLAIN_CORRIDOR } plain_kind;

typedef struct plain_shape {
    plain_kind kind;
    ovf_fixed vertices[PLAIN_VERTICES_MAX];
    uint8_t edges[PLAIN_VERTICES_MAX];
    uint32_t count;
    ovf_point centre;  /* of a ring: a point about which it lies; its antipode is outside */
    double size_m;     /* radius, half width, or the farthest vertex of a ring */
    bool is_north;     /* of a parallel's half planes */
    double (*arcs)[3]; /* ring: the ends of short arcs, unit vectors; arc_count + 1 of them */
    uint32_t arc_count;
} plain_shape;

/* A random number in [0, 1): SplitMix64, so that a seed gives the same cases everywhere. */
double plain_random(uint64_t *seed);
ovf_point plain_random_point(uint64_t *seed);

/* Prepares arcs of at most step_m in memory of the caller: PLAIN_ARCS_MAX + 1 vectors. */
void plain_prepare(plain_shape *shape, double step_m);
bool plain_contains(const plain_shape *shape, ovf_point p);
/* Metres from p to the shape's boundary, exact to some 1e-8 m; within_m: what is farther need not
 * be exact. */
double plain_boundary_m(const plain_shape *shape, ovf_point p, double within_m);

#endif
