/* SPDX-License-Identifier: Apache-2.0 */
/* FIRs and States that a text names, and what it cuts out of them: half-planes and bands, one side of
 * a line of points (sides.c), strips along borders (strips.c). */
#ifndef OVERFLY_NOTICE_PLACES_H
#define OVERFLY_NOTICE_PLACES_H

#include "notice_internal.h"

#define OVF_MENTIONS_MAX 64
#define OVF_CUTS_MAX 16

typedef struct ovf_mention {
    ovf_shape shape;   /* FIR or STATE */
    uint32_t index;    /* in the world; OVF_INDEX_NONE */
    ovf_str code;      /* "SVZM" as far as known */
    size_t first, end; /* tokens */
    bool is_taken;     /* only says where a strip lies: no area of its own */
    bool is_bounded;   /* by the State below: "KHARTOUM FIR OVER SOUTH SUDAN" */
    uint32_t within;   /* that State */
} ovf_mention;

static inline ovf_mention ovf_mention_of(ovf_shape shape, uint32_t index, ovf_str code,
                                         size_t first, size_t end)
{
    return (ovf_mention){.shape = shape, .index = index, .code = code, .first = first, .end = end};
}

/* A part of the mention that the words at token `at` speak of. */
typedef struct ovf_cut {
    const ovf_area *area;
    size_t at;
} ovf_cut;

typedef struct ovf_places {
    ovf_mention items[OVF_MENTIONS_MAX];
    size_t count;
    ovf_cut cuts[OVF_CUTS_MAX];
    size_t cut_count;
    size_t line_from,
        line_end; /* tokens of the points of a line, whose coordinates are no outline */
    bool cuts_hold_for_all;
    bool has_buffer; /* a strip was read */
} ovf_places;

/* Appends a mention, or gives the one of that place that is there; NULL: too many. */
ovf_mention *ovf_put_mention(ovf_places *p, ovf_mention mention);
/* FIRs and States that the text names. */
void ovf_find_firs(ovf_draft *d, ovf_places *p);
void ovf_find_states(ovf_draft *d, ovf_places *p);
/* Drops the States that only say which part of a FIR is meant. */
void ovf_drop_bounds(ovf_places *p);
/* The mention that a word at token `at` speaks of: the last before it, else the first behind. */
size_t ovf_owner_of(const ovf_places *p, size_t at);
void ovf_add_cut(ovf_places *p, const ovf_area *area, size_t at);
/* "57W", "LATITUDE 39 NORTH", "THE 5TH PARALLEL SOUTH", "N OF 12N", "W OF LINE p - q". */
void ovf_find_sides(ovf_draft *d, ovf_places *p);
/* A parallel or meridian at token i ("57W", "LATITUDE 39 NORTH"): the token behind, 0. */
size_t ovf_meridian_at(const ovf_draft *d, size_t i, bool *is_lat, double *at_deg);
/* Areas of a band of latitudes and one of longitudes. */
void ovf_read_boxes(ovf_draft *d);
/* North, south, east or west as a word at token i. */
bool ovf_side_at(const ovf_draft *d, size_t i, ovf_half *side);
/* A direction of eight as a word or two at token i: the index behind, 0. */
size_t ovf_bearing_word_at(const ovf_draft *d, size_t i, double *towards_deg);
/* The half of the world on one side of a line of two points or more, drawn on beyond its ends by
 * reach_m; NULL when the side cannot be told from the line. */
const ovf_area *ovf_line_side(ovf_draft *d, const ovf_point *points, size_t count,
                              double towards_deg, double reach_m);
/* "200NM ALONG THE UKRAINE/RUSSIA BORDER", "WITHIN 200NM OF THE EASTERN BOUNDARY": areas of their
 * own for borders and coasts, cuts for the limits of a FIR that is named. */
void ovf_find_strips(ovf_draft *d, ovf_places *p);
/* FIRs of item A: how many, at most max written. */
size_t ovf_item_a_firs(const ovf_draft *d, uint32_t *out, size_t max);
/* The part of a mention's area that the sea zone of its sentence leaves; all of it without one. */
const ovf_area *ovf_sea_part(ovf_draft *d, const ovf_mention *m, const ovf_area *area);
/* Bytes to show with every run of blanks made one. */
ovf_str ovf_squeezed(ovf_draft *d, size_t from, size_t until);

#endif
