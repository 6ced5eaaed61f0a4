/* SPDX-License-Identifier: Apache-2.0 */
/* ATS routes and published areas by designator, between the files of the room that read names. */
#ifndef OVERFLY_NOTICE_ROUTES_H
#define OVERFLY_NOTICE_ROUTES_H

#include "notice_internal.h"

/* Is the word a designator of an ATS route (Annex 11, Appendix 1)? */
bool ovf_is_route(ovf_str word);
/* "HOHHOT VOR 'HET'", "KRASNYY SULIN NDB(KL)", "NDB URB", "SU VOR": the ident of a navigation aid,
 * and the index behind; 0: none. */
size_t ovf_aid_at(const ovf_draft *d, size_t i, ovf_str *ident);
struct ovf_segment_end {
    ovf_str ident; /* empty when only a coordinate */
    bool has_place;
    ovf_point place;
    double off_m; /* along the route from the point, to `bearing_deg` */
    double bearing_deg;
    size_t first, behind; /* tokens */
};

struct ovf_segment {
    struct ovf_segment_end from, to;
    size_t first, behind; /* tokens of both ends */
    bool found;
};

struct ovf_segment_line {
    ovf_point *points;
    size_t count;
};

/* A segment of one of several routes that share it: the line of the one asked for, else of another one
 * of them, else of its upper or lower twin. false: the world's airways do not have it. */
bool ovf_airways_segment(ovf_draft *d, const ovf_str *group, size_t group_count, size_t which,
                         const struct ovf_segment *s, struct ovf_segment_line *out);
/* The legs of a route in the FIR of item A; NULL: none. line: its points where it is in one piece. */
const ovf_area *ovf_airways_whole(ovf_draft *d, ovf_str name, struct ovf_segment_line *line);

/* Routes of a text that speaks of routes: areas for them. false: none. */
bool ovf_read_routes(ovf_draft *d);
/* Prohibited, restricted, danger and other published areas by designator or name: areas for them,
 * those of the world where it has them. false: none. */
bool ovf_read_designators(ovf_draft *d);

#endif
