/* SPDX-License-Identifier: Apache-2.0 */
/* Borders, coasts, limits of territorial seas and of FIRs as lines: rings of the world's outlines and
 * which of their edges are meant. States' land shares its vertices with its neighbours', so an edge
 * that two States have is their border and one that a single State has is its coast. */
#ifndef OVERFLY_NOTICE_BORDER_H
#define OVERFLY_NOTICE_BORDER_H

#include "notice_internal.h"

typedef enum ovf_border_kind {
    OVF_BORDER_NONE = 0,
    OVF_BORDER_LAND,  /* of two States, or of one with all of its neighbours */
    OVF_BORDER_COAST, /* of one State */
    OVF_BORDER_SEA,   /* the outer limit of its territorial sea */
    OVF_BORDER_STATE, /* all round it: land borders and the outer limit of the sea */
    OVF_BORDER_FIR,   /* of a FIR */
} ovf_border_kind;

typedef struct ovf_border_ring {
    ovf_ring ring;
    const uint8_t *is_line; /* an edge each; NULL: all of them */
} ovf_border_ring;

typedef struct ovf_border {
    ovf_border_kind kind;
    uint32_t index; /* of the State or the FIR */
    uint32_t other; /* of the State beyond; OVF_INDEX_NONE: any */
    ovf_border_ring *rings;
    size_t count;
} ovf_border;

#define OVF_BORDER_OFF_M (5.0 * 1852.0) /* a point farther from a line is not on it */

/* NULL: no memory, no such outline, or more lines in one notice than anybody writes. Kept in the
 * draft: asking again costs nothing. */
const ovf_border *ovf_border_of(ovf_draft *d, ovf_border_kind kind, uint32_t index, uint32_t other);
/* The way along the line from p to q, both left out. turn: +1 anticlockwise round the place that the
 * line bounds, -1 clockwise, 0 whichever is shorter, unless only the longer one makes a simple ring
 * with the rest of the outline. false: p or q is farther than off_m from it, or it is broken. */
bool ovf_border_way(ovf_draft *d, const ovf_border *border, ovf_point p, ovf_point q, int turn,
                    const ovf_point *rest, size_t rest_count, double off_m, ovf_point **out,
                    size_t *count);
/* Within half_m of the line, of the edges that face `side` alone when it is not 0 (OVF_EAST_OF: the
 * eastern ones). NULL: nothing of it, or no memory. */
const ovf_area *ovf_border_strip(ovf_draft *d, const ovf_border *border, double half_m, int side);

#endif
