/* SPDX-License-Identifier: Apache-2.0 */
/* index.h - what is worked out once for many flights: which FIRs and which restrictions come near a
 * leg. */
#ifndef OVF_CONFLICT_INDEX_H
#define OVF_CONFLICT_INDEX_H

#include "grid.h"

/* What is asked of a restriction before its geometry, 24 bytes. */
typedef struct index_row {
    ovf_time from, until;
    int32_t lower_ft, upper_ft;
} index_row;

struct ovf_conflict_index {
    const ovf_picture *picture;
    grid firs;
    grid restrictions;
    index_row *rows;
    size_t row_count;
    uint32_t *anywhere; /* restrictions without a place that is known, or too wide for cells */
    size_t anywhere_count;
};

#define INDEX_CELLS_MAX 2048 /* of one leg; beyond, all is asked */

/* The FIRs that leg may meet: those that surely hold all of it, and those to be cut exactly. false:
 * the leg is too long for cells, or there are more than so many. */
bool index_firs(const grid *firs, const way_leg *leg, uint32_t *whole, size_t *whole_count,
                uint32_t *cut, size_t *cut_count, size_t cut_max, size_t whole_max);
/* The cells of all FIRs. */
bool index_add_firs(const ovf_world *world, grid *out);
/* As ovf_picture_find for the way. */
ovf_status index_find(const way *w, const ovf_restriction ***out, size_t *count, ovf_error *err);

#endif
