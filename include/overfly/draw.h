/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/draw.h - the map of an answer as SVG or PNG.
 * Room: draw.  Uses: restriction, route; cairo.  One thread a call; the same request gives the same
 * bytes.  Source of the projections: Snyder, USGS Professional Paper 1395; Savric, Patterson, Jenny,
 * The Equal Earth map projection (2019). */
#ifndef OVERFLY_DRAW_H
#define OVERFLY_DRAW_H

#include <overfly/route.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OVF_MAP_MIN_PX 200
#define OVF_MAP_MAX_PX 8000
#define OVF_MAP_MAX_FLIGHTS 2000
#define OVF_MAP_MAX_RESTRICTIONS \
    5000                           /* drawn; more of them are an error, never left out silently */
#define OVF_MAP_MAX_POINTS 4000000 /* of one path in the picture */

typedef enum ovf_map_format { OVF_MAP_SVG = 0, OVF_MAP_PNG } ovf_map_format;

typedef struct ovf_map_flight {
    const ovf_flight *flight;
    const ovf_track *track;
    const ovf_conflict *conflict; /* may be NULL */
    const ovf_route *route;       /* the way round, may be NULL */
} ovf_map_flight;

typedef struct ovf_map_request {
    ovf_map_format format;
    int32_t width_px, height_px; /* 0: 1600 and 1200; else OVF_MAP_MIN_PX .. OVF_MAP_MAX_PX */
    ovf_str title;               /* "Maiquetia FIR, 30 NOV 2025 12:00Z" */
    ovf_str subtitle;            /* for whom */
    ovf_box frame; /* is_empty: around `focus` and the flights' ways through it, or the world.
                      A frame of no size (an airport) is widened to half a degree. */
    const ovf_area *focus; /* the area asked about, may be NULL */
    ovf_place place;       /* an airport, fix or point asked about is marked; kind NONE: none */
    const ovf_picture
        *picture; /* its restrictions that are active at `at` are drawn; may be NULL */
    ovf_time at;  /* OVF_TIME_NONE: all of the picture's restrictions, whenever they are active */
    ovf_party party; /* the hatching shows the verdict for it */
    const ovf_map_flight *flights;
    size_t flight_count;
    const ovf_world *world; /* may be NULL: no land, FIRs or airports */
    /* FIRs as surfaces, coloured by the State that answers for them; without a frame the globe in the
     * Equal Earth projection. Nothing but title, world and size is then looked at. */
    bool all_firs;
} ovf_map_request;

/* Adds the picture to buf (SVG text, or PNG bytes). Labels never overlap: what finds no place is
 * left out, and the foot of the map says how many. A restriction whose area is unresolved is listed
 * beside the map as not drawn. Texts that are not UTF-8 are shown with question marks.
 * OVF_E_RANGE: a frame or size that cannot be drawn. OVF_E_LIMIT: above a ceiling named here.
 * OVF_E_NOMEM. On failure what was added to buf is of no use. */
OVF_API OVF_NODISCARD ovf_status ovf_map_draw(const ovf_map_request *request, ovf_buf *buf,
                                              ovf_error *err);

/* ---- what happened, in order of time ---- */

#define OVF_STORY_MAX_ITEMS 2000

typedef enum ovf_story_lane {
    OVF_STORY_AUTHORITY = 0, /* notices: one row or more an office */
    OVF_STORY_OPERATORS,     /* one row an operator: what it does */
    OVF_STORY_STATEMENTS,    /* what was said, reported, or done by force */
    OVF_STORY_LANE_COUNT
} ovf_story_lane;

/* What an item looks like beside its lane. */
typedef enum ovf_story_tone {
    OVF_STORY_SAID = 0,
    OVF_STORY_INCIDENT, /* something happened to, or was done by, somebody */
    OVF_STORY_FLYING,   /* of an operator: these four */
    OVF_STORY_SUSPENDED,
    OVF_STORY_REVOKED,
    OVF_STORY_RESUMED,
    OVF_STORY_BY_VERDICT, /* of a notice */
} ovf_story_tone;

typedef struct ovf_story_item {
    ovf_story_lane lane;
    ovf_story_tone tone;
    ovf_verdict verdict; /* with BY_VERDICT */
    ovf_str row;         /* who: the office, the operator */
    ovf_str label;
    ovf_interval during; /* an interval is a bar; empty, it is a mark at `from` */
    bool is_open; /* the bar has no end that is known: estimated, permanent, until further notice */
    ovf_time known; /* NONE: not known; a tick where it differs from `from` */
} ovf_story_item;

typedef struct ovf_story_request {
    ovf_map_format format;
    int32_t width_px; /* 0: 1600 */
    int32_t
        height_px; /* 0: as high as the rows need, at most OVF_MAP_MAX_PX; less is OVF_E_RANGE */
    ovf_str title, subtitle;
    ovf_interval window; /* of the axis; both ends set */
    ovf_time as_of;      /* a line where knowledge ends; OPEN: none */
    const ovf_story_item *items;
    size_t item_count;
} ovf_story_request;

/* Lanes for authority, operators and statements over one axis of time, UTC. Bars that begin or end
 * outside the window are cut with a point; marks outside are left out, and the foot says how many.
 * No label covers another. Adds SVG text or PNG bytes to buf.
 * OVF_E_RANGE: a size or window that cannot be drawn. OVF_E_LIMIT: more items than the ceiling, or
 * more rows than fit the height. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_story_draw(const ovf_story_request *request, ovf_buf *buf,
                                                ovf_error *err);

#ifdef __cplusplus
}
#endif
#endif
