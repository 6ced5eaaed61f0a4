/* SPDX-License-Identifier: Apache-2.0 */
/* A path of geodesics on its way through the index: what volumes_way.c and volumes_stretch.c
 * share. */
#ifndef OVERFLY_VOLUMES_WAY_H
#define OVERFLY_VOLUMES_WAY_H

#include "volumes_internal.h"

struct vol_span { /* a cut that goes through the index; two when it lies over the 180th meridian */
    uint32_t piece;
    bool is_first;      /* of the queries of its cut */
    double from, until; /* shares of its piece */
    ovf_point a, b;     /* of a cut piece; else the ends of the piece itself */
    double length_m;    /* of the whole piece; negative: not known yet */
};

struct vol_way {
    ovf_volumes_reader *r;
    const ovf_volumes_point *points;
    ovf_volumes_doubt doubt;
    struct vol_block block;
    struct vol_span spans[VOL_BLOCK];
    uint32_t count; /* of both */
    /* The boxes are those of pieces one after the other from here on; or VOL_NONE. */
    uint32_t in_a_row;
    uint32_t piece;    /* in hand: what was found belongs to it */
    double length_m;   /* of it; negative: not known yet */
    uint32_t place[2]; /* points whose vectors are known */
    struct vol_vec vec[2];
};

/* What is noted about the piece in hand. */
void vol_note_found(ovf_volumes_reader *r, const struct vol_part *part, double from, double until,
                    ovf_tri certainty);
void vol_note_event(ovf_volumes_reader *r, uint32_t number, uint32_t edge, double at);
void vol_note_doubt(ovf_volumes_reader *r, uint32_t number);
struct vol_vec vol_vec_of_point(struct vol_way *w, uint32_t point);

ovf_volumes_stretch *vol_open_run(struct vol_way *w, const struct vol_part *part, double at,
                                  ovf_tri certainty); /* NULL: no memory */
void vol_close_run(struct vol_way *w, uint32_t slot, double at);
/* Is there a stretch of this volume that reaches right up to here? */
bool vol_goes_on(const struct vol_way *w, const struct vol_state *state, double from,
                 ovf_tri certainty);
void vol_add_found(struct vol_way *w); /* all that was found on the piece in hand */

#endif
