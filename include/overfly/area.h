/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/area.h - a piece of the Earth's surface as an exact set expression, and what a path
 * does to it. Rings with geodesic or parallel edges, circles, corridors, buffers, half-planes,
 * unions, intersections, differences; and the area that nobody could resolve.
 * Room: geo.  Uses: base, geo.  Areas are immutable and live in the arena they were made in (or
 * borrow from it): many threads may read one. */
#ifndef OVERFLY_AREA_H
#define OVERFLY_AREA_H

#include <overfly/geo.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ovf_edge {
    OVF_EDGE_GEODESIC = 0, /* shortest line on WGS84 */
    OVF_EDGE_PARALLEL, /* along one latitude, the short way round; both ends have that latitude */
} ovf_edge;

#define OVF_RING_MAX_VERTICES 200000

/* Closed by itself: the last vertex joins the first and is not repeated. Orientation free.
 * Inside is the side without a pole; of a ring that parts the poles, the smaller side.
 * edges[i] joins vertex i to i + 1; NULL: all geodesic. Borrowed: must outlive the area. */
typedef struct ovf_ring {
    const ovf_fixed *vertices;
    const uint8_t *edges;
    uint32_t count;
} ovf_ring;

typedef enum ovf_area_kind {
    OVF_AREA_UNRESOLVED = 0, /* contains everything and nothing: every answer is "cannot tell" */
    OVF_AREA_EMPTY,
    OVF_AREA_GLOBE,
    OVF_AREA_RINGS,    /* inside an odd number of rings: outlines and holes in any order */
    OVF_AREA_CIRCLE,   /* within radius_m of a point */
    OVF_AREA_CORRIDOR, /* within half_width_m of a line of geodesics: round ends */
    OVF_AREA_BUFFER,   /* within distance_m of another area, that area included */
    OVF_AREA_HALF,     /* one side of a parallel or of a meridian */
    OVF_AREA_UNION,
    OVF_AREA_INTERSECTION,
    OVF_AREA_DIFFERENCE, /* the first part without the second */
} ovf_area_kind;

typedef enum ovf_half {
    OVF_NORTH_OF = 1,
    OVF_SOUTH_OF,
    OVF_EAST_OF, /* the 180 degrees of longitude east of a meridian */
    OVF_WEST_OF,
} ovf_half;

typedef struct ovf_area ovf_area; /* opaque */

/* Latitudes and longitudes that surely hold the area. west > east: it crosses the 180th meridian.
 * A box around a pole reaches from -180 to 180. */
typedef struct ovf_box {
    double south_deg, west_deg, north_deg, east_deg;
    bool is_empty;
} ovf_box;

OVF_API const ovf_area *ovf_area_unresolved(void);
OVF_API const ovf_area *ovf_area_empty(void);
OVF_API const ovf_area *ovf_area_globe(void);

/* Makers. *out is written on OVF_OK only. OVF_E_GEOMETRY: fewer than 3 different vertices, a
 * radius that is not positive or above 10,000 km, a parallel edge whose ends differ in latitude;
 * err->pos is then the index of the ring or vertex.  OVF_E_LIMIT, OVF_E_NOMEM.
 * A ring that crosses itself is taken as even-odd; ovf_ring_is_simple tells beforehand.
 * What can be said more plainly is: a corridor of one point and a buffer of a circle are circles,
 * a buffer of a union is a union, of half a globe a half again. A buffer of an intersection or
 * difference goes by its outline, clipped to half a metre. Points of polygons and corridors are
 * kept as stored positions (1.1 cm). Sets nest up to 64 deep, up to 100,000 parts each. */
OVF_API OVF_NODISCARD ovf_status ovf_area_rings(ovf_arena *arena, const ovf_ring *rings,
                                                size_t count, const ovf_area **out, ovf_error *err);
/* One ring of geodesic edges out of loose points (copied); equal neighbours are dropped, the first
 * point may be repeated at the end. */
OVF_API OVF_NODISCARD ovf_status ovf_area_polygon(ovf_arena *arena, const ovf_point *points,
                                                  size_t count, const ovf_area **out,
                                                  ovf_error *err);
OVF_API OVF_NODISCARD ovf_status ovf_area_circle(ovf_arena *arena, ovf_point centre,
                                                 double radius_m, const ovf_area **out,
                                                 ovf_error *err);
OVF_API OVF_NODISCARD ovf_status ovf_area_corridor(ovf_arena *arena, const ovf_point *points,
                                                   size_t count, double half_width_m,
                                                   const ovf_area **out, ovf_error *err);
OVF_API OVF_NODISCARD ovf_status ovf_area_buffer(ovf_arena *arena, const ovf_area *area,
                                                 double distance_m, const ovf_area **out,
                                                 ovf_error *err);
OVF_API OVF_NODISCARD ovf_status ovf_area_half(ovf_arena *arena, ovf_half side, double at_deg,
                                               const ovf_area **out, ovf_error *err);
OVF_API OVF_NODISCARD ovf_status ovf_area_union(ovf_arena *arena, const ovf_area *const *parts,
                                                size_t count, const ovf_area **out, ovf_error *err);
OVF_API OVF_NODISCARD ovf_status ovf_area_intersection(ovf_arena *arena,
                                                       const ovf_area *const *parts, size_t count,
                                                       const ovf_area **out, ovf_error *err);
OVF_API OVF_NODISCARD ovf_status ovf_area_difference(ovf_arena *arena, const ovf_area *from,
                                                     const ovf_area *less, const ovf_area **out,
                                                     ovf_error *err);

OVF_API ovf_area_kind ovf_area_kind_of(const ovf_area *area);
OVF_API ovf_box ovf_area_bounds(const ovf_area *area);
OVF_API bool ovf_box_holds(ovf_box box, ovf_point p);
OVF_API bool ovf_box_overlaps(ovf_box a, ovf_box b);
/* false: the area has surely nothing in the box. true says little: its pieces of outline are looked at
 * by sixteen edges. Costs a comparison of boxes for each. */
OVF_API bool ovf_area_may_meet_box(const ovf_area *area, ovf_box box);
/* Point number n of a sequence that fills the box evenly by surface, however many are taken. */
OVF_API ovf_point ovf_box_spread(ovf_box box, uint32_t n);
/* Surely nothing of it is unresolved. */
OVF_API bool ovf_area_is_resolved(const ovf_area *area);
/* Were both made of the same numbers in the same order? Then they are one area; false says nothing:
 * a ring may begin elsewhere. Costs a comparison of their vertices. */
OVF_API bool ovf_area_is_same(const ovf_area *a, const ovf_area *b);
/* The rings that an area of rings is made of, as they were given; borrowed, they live as long as the
 * area. Returns how many there are, writes at most max (out may be NULL when max is 0); 0 for every
 * other kind. */
OVF_API size_t ovf_area_ring_list(const ovf_area *area, ovf_ring *out, size_t max);
/* Do no two edges of the ring cross? *at: the index of the first edge that does; may be NULL. */
OVF_API bool ovf_ring_is_simple(const ovf_ring *ring, size_t *at);

/* Is the point within? The boundary belongs to the area, within OVF_COINCIDENT_M. */
OVF_API ovf_tri ovf_area_contains(const ovf_area *area, ovf_point p);
/* Metres from p to the nearest boundary of any part; INFINITY when there is none. Exact for rings,
 * circles and half planes and outside corridors and buffers; inside those, where several edges
 * overlap, no boundary is nearer than this. */
OVF_API double ovf_area_border_distance_m(const ovf_area *area, ovf_point p);

/* ovf_area_border_distance_m(area, p) <= reach_m, without finding out how near it is. */
OVF_API bool ovf_area_border_is_within(const ovf_area *area, ovf_point p, double reach_m);

/* A piece of a leg inside an area: metres along the leg, 0 <= from_m <= until_m <= length.
 * certainty YES: inside; UNKNOWN: an unresolved part decides. A leg that only touches gives a
 * stretch of no length. */
typedef struct ovf_stretch {
    double from_m;
    double until_m;
    ovf_tri certainty; /* YES or UNKNOWN */
} ovf_stretch;

/* Where the leg lies within the area: sorted, disjoint; *out in the arena, *count may be 0.
 * Exact: the ends are found on the ellipsoid, no densifying. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_area_cross(const ovf_area *area, const ovf_leg *leg,
                                                ovf_arena *arena, ovf_stretch **out, size_t *count);

/* Have the two areas a point in common (within OVF_COINCIDENT_M)? Exact for two leaves of any
 * kind, and for unions of them. Of intersections and differences: NO when one of the parts they
 * must lie in is not met; YES when a vertex, centre or crossing lies in both; NO when all leaves
 * are rings and half planes, since a common piece would show on their edges; else UNKNOWN.
 * Scratch memory comes out of the arena. */
OVF_API ovf_tri ovf_area_meets(const ovf_area *a, const ovf_area *b, ovf_arena *arena);

/* A drawn or written outline: rings of points, outlines counter-clockwise and closed (first point
 * repeated), holes clockwise, cut at the 180th meridian; curved and geodesic edges densified until
 * no chord (straight in longitude and latitude) is farther than tolerance_m from them. Set
 * expressions are clipped. A ring that crosses itself is written as the simple rings it makes, but
 * for areas of rings with more than 1,000 points, which are written as they are. */
typedef struct ovf_outline_ring {
    ovf_point *points;
    uint32_t count;
    bool is_hole; /* of the nearest outline before it */
} ovf_outline_ring;

typedef struct ovf_outline {
    ovf_outline_ring *rings;
    uint32_t count;
} ovf_outline;

#define OVF_OUTLINE_MAX_POINTS 2000000

/* OVF_E_GEOMETRY: the area is unresolved (nothing to draw). OVF_E_LIMIT, OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_area_outline(const ovf_area *area, double tolerance_m,
                                                  ovf_arena *arena, ovf_outline *out,
                                                  ovf_error *err);
/* Square metres on the ellipsoid of an outline. */
OVF_API double ovf_outline_area_m2(const ovf_outline *outline);

#ifdef __cplusplus
}
#endif
#endif
