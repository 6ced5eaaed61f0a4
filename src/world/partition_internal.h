/* SPDX-License-Identifier: Apache-2.0 */
/* partition_internal.h - what the two halves of the proof that the FIRs part the globe share. */
#ifndef OVERFLY_PARTITION_INTERNAL_H
#define OVERFLY_PARTITION_INTERNAL_H

#include "world_internal.h"

/* ---- what the two halves of the proof share: partition.c matches edges,
 * partition_faces.c measures what the unmatched ones enclose ---- */

/* An edge of a FIR's limit, the FIR to its left. */
struct world_limit_edge {
    ovf_fixed a, b;
    uint32_t fir;
    uint8_t kind;   /* ovf_edge */
    bool is_turned; /* b is the smaller end: how edges are compared */
    bool is_sided;  /* it is known which side the FIR lies on */
};

struct world_partition {
    const ovf_world *world;
    ovf_arena *arena; /* of the answer */
    double min_m2;
    struct world_limit_edge *edges; /* sorted: those that coincide are neighbours */
    size_t edge_count, edge_capacity;
    bool *is_active;        /* by FIR, in the band at hand */
    ovf_level lower, upper; /* of the band at hand */
    struct ovf_partition_finding *findings;
    size_t count, capacity;
    size_t band_first; /* of the findings: where the band's begin */
    ovf_error *err;
};

/* FIRs of the band that have the point, at most max, in the order of the world. */
size_t world_partition_firs_at(const struct world_partition *p, ovf_point point, uint32_t *out,
                               size_t max);
int world_limit_order(const struct world_limit_edge *x, const struct world_limit_edge *y);
/* Lays out the edges marked unmatched and adds the gaps and overlaps of the band. */
OVF_NODISCARD ovf_status world_partition_faces(struct world_partition *partition,
                                               const bool *is_unmatched);

#endif
