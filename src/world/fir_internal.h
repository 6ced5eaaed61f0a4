/* SPDX-License-Identifier: Apache-2.0 */
/* fir_internal.h - the words of data/fir and data/zones, and how they are walked. */
#ifndef OVERFLY_FIR_INTERNAL_H
#define OVERFLY_FIR_INTERNAL_H

#include "world_internal.h"

/* ---- FIR definitions (data/fir, docs/formats/fir.md): fir_text.c reads the words, fir_walk.c lays the limits ---- */

enum world_fir_step_kind {
    WORLD_FIR_LIMIT = 1, /* a new ring begins */
    WORLD_FIR_POINT,
    WORLD_FIR_ON_BORDER, /* the vertex of a border that is nearest to a point */
    WORLD_FIR_ON_COAST,
    WORLD_FIR_PARALLEL,
    WORLD_FIR_MERIDIAN,
    WORLD_FIR_ARC,
    WORLD_FIR_CIRCLE,
    WORLD_FIR_BORDER,
    WORLD_FIR_COAST,
    WORLD_FIR_SEA,
    WORLD_FIR_ALONG,
    WORLD_FIR_BACK_ALONG,
};

/* One statement of a walk. `to` is what the words "to" or "near" name. */
struct world_fir_step {
    enum world_fir_step_kind kind;
    bool to_origin;
    bool has_from;
    bool is_clockwise;
    ovf_point from;
    ovf_point to; /* of a parallel only the longitude, of a meridian only the latitude */
    ovf_point centre;
    double radius_m;
    uint32_t state_a, state_b;
    ovf_str edge;   /* name of a shared edge */
    const char *at; /* of the statement, for messages */
};

/* A block of a file: a shared edge or a FIR. */
struct world_fir_block {
    bool is_edge;
    const char *file; /* as the messages name it */
    ovf_str text;     /* of the whole file */
    const char *at;
    ovf_str name; /* of an edge */
    struct world_fir_row row;
    struct world_fir_step *steps;
    size_t count;
    size_t capacity;
};

struct world_fir_blocks {
    struct world_fir_block *items;
    size_t count;
    size_t capacity;
};

/* Reads the blocks of one file behind those that are there. err->reason starts with
 * "file:line:column: ". */
OVF_NODISCARD ovf_status world_fir_read(struct world_build *build, const char *file, ovf_str text,
                                        struct world_fir_blocks *blocks, ovf_error *err);
/* The limits of a block whose head another has read: from the line behind *rest up to "end". */
OVF_NODISCARD ovf_status world_fir_read_limits(struct world_build *build, const char *file,
                                               ovf_str text, ovf_str *rest,
                                               struct world_fir_block *block, ovf_error *err);
/* Walks the limits of one block; no shared edges. */
OVF_NODISCARD ovf_status world_fir_walk_rings(struct world_build *build,
                                              const struct world_fir_block *block,
                                              const ovf_ring **out, uint32_t *count,
                                              ovf_error *err);
/* Walks all edges, then all FIRs, and adds these to the build. */
OVF_NODISCARD ovf_status world_fir_walk(struct world_build *build, struct world_fir_blocks *blocks,
                                        ovf_error *err);

#endif
