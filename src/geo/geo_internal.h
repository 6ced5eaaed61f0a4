/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this room share: patches (boxes in whole 1e-7 degrees), chains of edges with
 * their chunk patches, pieces of a leg, the cuts that a boundary makes in a leg, and the area. */
#ifndef OVERFLY_GEO_INTERNAL_H
#define OVERFLY_GEO_INTERNAL_H

#include <overfly/area.h>

#include <geodesic.h>

#define OVF_GEO_PI 3.14159265358979323846
#define RAD (OVF_GEO_PI / 180.0)
#define OVF_GEO_CIRCLE_E7 INT64_C(3600000000) /* 360 degrees */
#define OVF_GEO_HALF_E7 INT64_C(1800000000)
#define OVF_GEO_POLE_E7 900000000
#define OVF_GEO_SPHERE_M 6371000.0 /* mean radius, for first guesses */
/* A boundary this near to a leg is looked at exactly; only a filter, so generous. */
#define OVF_GEO_NEAR_M 1.0

/* WGS84 prepared for PROJ's geodesic: written once, then only read. */
const struct geod_geodesic *ovf_geo_wgs84(void);

/* ---- patch.c: boxes ---- */

/* South > north: empty. Width OVF_GEO_CIRCLE_E7: all longitudes. */
struct ovf_geo_patch {
    int32_t south_e7;
    int32_t north_e7;
    int32_t west_e7;
    uint32_t width_e7; /* eastwards from west */
};

extern const struct ovf_geo_patch ovf_geo_patch_empty;
extern const struct ovf_geo_patch ovf_geo_patch_globe;

int32_t ovf_geo_wrap_e7(int64_t lon_e7);                     /* into [-180, 180) */
int64_t ovf_geo_step_e7(int32_t from_e7, int32_t to_e7);     /* short way, (-180, 180] */
int64_t ovf_geo_eastward_e7(int32_t from_e7, int32_t to_e7); /* [0, 360) */
bool ovf_geo_patch_overlaps(struct ovf_geo_patch a, struct ovf_geo_patch b);
bool ovf_geo_patch_holds(struct ovf_geo_patch patch, ovf_point p);
struct ovf_geo_patch ovf_geo_patch_union(struct ovf_geo_patch a, struct ovf_geo_patch b);
struct ovf_geo_patch ovf_geo_patch_meet(struct ovf_geo_patch a, struct ovf_geo_patch b);
struct ovf_geo_patch ovf_geo_patch_grown(struct ovf_geo_patch patch, double by_m);
struct ovf_geo_patch ovf_geo_patch_of_point(ovf_point p);
/* Nothing in the patch is nearer to p than this. cos_lat: of p. enough_m: what is not nearer than
 * that need not be known better. */
double ovf_geo_patch_distance_m(struct ovf_geo_patch patch, ovf_point p, double cos_lat,
                                double enough_m);
ovf_box ovf_geo_patch_box(struct ovf_geo_patch patch);

/* ---- vector.c: the unit sphere with geodetic latitudes: filters, never answers ---- */

typedef struct ovf_geo_vec {
    double x, y, z;
} ovf_geo_vec;

ovf_geo_vec ovf_geo_vec_of(ovf_point p);
/* An arc of a great circle: start, unit normal (to the left of a to b) and length. */
struct ovf_geo_arc {
    ovf_geo_vec a, b, normal;
    double length_m;
};
struct ovf_geo_arc ovf_geo_arc_of(ovf_geo_vec a, ovf_geo_vec b);
/* Metres to the left of the arc's great circle. */
double ovf_geo_arc_offset_m(const struct ovf_geo_arc *arc, ovf_geo_vec p);
/* Nothing of the geodesic between the arc's ends is nearer to p than this. */
double ovf_geo_arc_distance_m(const struct ovf_geo_arc *arc, ovf_geo_vec p);
/* The same tighter, and nothing nearer than high_m is missed; at twice the price. */
void ovf_geo_arc_bounds_m(const struct ovf_geo_arc *arc, ovf_geo_vec p, double *low_m,
                          double *high_m);
/* How far a geodesic of that length can stray from the great circle through its ends. */
double ovf_geo_stray_m(double length_m);

/* ---- foot.c: the nearest point of a geodesic ---- */

struct ovf_geo_foot {
    double along_m;     /* of the foot, also before the leg's start or behind its end */
    double offset_m;    /* to the left positive */
    double bearing_deg; /* from p to the foot */
};
struct ovf_geo_foot ovf_geo_foot_of(const ovf_leg *leg, ovf_point p, double guess_m);
/* Metres from p to the leg, ends included. */
double ovf_geo_leg_distance_m(const ovf_leg *leg, ovf_point p);

/* ---- pieces.c: a leg in pieces short enough for boxes and first guesses ---- */

#define OVF_GEO_PIECE_M 420000.0
#define OVF_GEO_PIECES_MAX 50 /* half the globe is 20,004 km */

struct ovf_geo_piece {
    double from_m;
    double until_m;
    ovf_point a;
    ovf_point b;
    double bearing_a_deg;
    double bearing_b_deg;
    struct ovf_geo_arc arc;
    struct ovf_geo_patch patch; /* grown by a metre */
};

struct ovf_geo_pieces {
    const ovf_leg *leg;
    size_t count;
    struct ovf_geo_piece items[OVF_GEO_PIECES_MAX];
};
void ovf_geo_pieces_of(struct ovf_geo_pieces *pieces, const ovf_leg *leg);

/* ---- cuts.c: where a boundary may cut a leg; too many do no harm, one too few does ---- */

struct ovf_geo_cuts {
    const ovf_leg *leg;
    ovf_arena *arena;
    double *items;
    size_t count;
    size_t capacity;
    bool failed; /* no memory */
};
void ovf_geo_cut(struct ovf_geo_cuts *cuts, double along_m);
/* Ascending, without neighbours nearer than a millimetre. */
void ovf_geo_cuts_sort(struct ovf_geo_cuts *cuts);

/* Something in metres along a leg whose zeros are cuts, and its slope. */
typedef double ovf_geo_measure(const void *context, double along_m, double *slope);
/* Adds the zeros in [from_m, until_m], and an extreme nearer to zero than OVF_GEO_NEAR_M. The
 * slope must change its sign at most once there. */
void ovf_geo_cuts_solve(struct ovf_geo_cuts *cuts, ovf_geo_measure *measure, const void *context,
                        double from_m, double until_m);
void ovf_geo_cuts_circle(struct ovf_geo_cuts *cuts, ovf_point centre, double radius_m,
                         double from_m, double until_m);
void ovf_geo_cuts_parallel(struct ovf_geo_cuts *cuts, double lat_deg, double from_m,
                           double until_m);
void ovf_geo_cuts_meridian(struct ovf_geo_cuts *cuts, double lon_deg, double from_m,
                           double until_m);
/* Where the leg is width_m to the left or right of a geodesic, extended beyond its ends. */
void ovf_geo_cuts_strip(struct ovf_geo_cuts *cuts, const ovf_leg *line, double width_m,
                        double from_m, double until_m);
/* Where the piece meets the geodesic between two points, and where an end of it is near. */
void ovf_geo_cuts_geodesic(struct ovf_geo_cuts *cuts, const struct ovf_geo_piece *piece,
                           ovf_point a, ovf_point b);
/* Does the geodesic cross the piece, inside both, farther than OVF_COINCIDENT_M from all ends? */
bool ovf_geo_crosses_inside(const struct ovf_geo_piece *piece, const ovf_leg *leg, ovf_point a,
                            ovf_point b);

/* The same for the parallel from a, step_deg of longitude eastwards. */
bool ovf_geo_crosses_parallel(const struct ovf_geo_piece *piece, const ovf_leg *leg, ovf_point a,
                              double step_deg);

/* ---- chain.c: rings and lines of edges ---- */

#define OVF_GEO_CHUNK 16 /* edges a patch */

/* vertices and edges are borrowed. 250,000 vertices cost 250 kB of patches. */
struct ovf_geo_chain {
    const ovf_fixed *vertices;
    const uint8_t *edges; /* NULL: all geodesic */
    uint32_t count;
    uint32_t edge_count; /* count, or count - 1 of an open line */
    struct ovf_geo_patch *chunks;
    uint32_t chunk_count;
    struct ovf_geo_patch patch; /* of the edges; of the inside for a ring */
    bool parts_poles;
    bool holds_north; /* the inside is the side of the north pole */
};

ovf_status ovf_geo_chain_init(struct ovf_geo_chain *chain, const ovf_ring *shape, bool is_open,
                              ovf_arena *arena);
/* Longitude step of an edge and of the jump at its first vertex, see chain.c. */
int64_t ovf_geo_chain_step_e7(const struct ovf_geo_chain *chain, uint32_t i);
int64_t ovf_geo_chain_jump_e7(const struct ovf_geo_chain *chain, uint32_t i, int32_t *from_e7);
/* 1: the edge runs over the north pole, -1: over the south pole, 0: over neither. */
int ovf_geo_chain_over_pole(const struct ovf_geo_chain *chain, uint32_t i);
ovf_fixed ovf_geo_chain_at(const struct ovf_geo_chain *chain, uint32_t i); /* modulo count */
bool ovf_geo_chain_is_parallel(const struct ovf_geo_chain *chain, uint32_t i);
struct ovf_geo_patch ovf_geo_chain_edge_patch(const struct ovf_geo_chain *chain, uint32_t i);

/* ---- chain_query.c ---- */

/* Inside by the count of crossings alone: undefined within a millimetre of an edge. */
bool ovf_geo_chain_contains(const struct ovf_geo_chain *chain, ovf_point p);
/* Metres to the nearest edge, or cap_m when none is nearer. */
double ovf_geo_chain_distance_m(const struct ovf_geo_chain *chain, ovf_point p, double cap_m);
/* Bounds of that distance at a fraction of the price; both cap_m when nothing is nearer. */
void ovf_geo_chain_bounds_m(const struct ovf_geo_chain *chain, ovf_point p, double cap_m,
                            double *low_m, double *high_m);
void ovf_geo_chain_cuts(const struct ovf_geo_chain *chain, const struct ovf_geo_pieces *pieces,
                        struct ovf_geo_cuts *cuts);
/* The cuts of the line at width_m from the chain in [from_m, until_m], which must be short:
 * middle is the leg's point half-way. */
void ovf_geo_chain_offset_cuts(const struct ovf_geo_chain *chain, double width_m, double from_m,
                               double until_m, ovf_point middle, struct ovf_geo_cuts *cuts);

/* ---- nest.c ---- */

/* For each ring the innermost one around it (UINT32_MAX: none), and how many are around it; depths
 * zeroed by the caller. false: rings that cross, so there is no such order. */
bool ovf_geo_chains_nest(const struct ovf_geo_chain *chains, size_t count, uint32_t *parents,
                         uint32_t *depths);

/* ---- area.c ---- */

#define OVF_GEO_DEPTH_MAX 64
#define OVF_GEO_PARTS_MAX 100000
#define OVF_GEO_RADIUS_MAX_M 1e7

struct ovf_area {
    ovf_area_kind kind;
    bool is_resolved;
    uint16_t depth;             /* of set expressions, 0 for a leaf */
    struct ovf_geo_patch patch; /* grown by OVF_COINCIDENT_M */
    union {
        struct {
            ovf_point centre;
            double radius_m;
        } circle;
        /* Rings; of a corridor its line, of a buffer the border of `base`. */
        struct {
            const struct ovf_geo_chain *items;
            size_t count;
            const struct ovf_area *base;
            double reach_m;
        } chains;
        struct {
            ovf_half side;
            double at_deg;
        } half;
        struct {
            const struct ovf_area *const *parts;
            size_t count;
        } set;
    };
};

/* Metres to the nearest edge of an area's chains, or cap_m when none is nearer. */
double ovf_geo_chains_distance_m(const struct ovf_area *area, ovf_point p, double cap_m);
/* As ovf_area_contains, with another width of the boundary; 0: undefined within a millimetre. */
ovf_tri ovf_geo_contains(const ovf_area *area, ovf_point p, double slack_m);
/* Metres to a meridian and its other half. */
double ovf_geo_meridian_distance_m(double lon_deg, ovf_point p);

/* ---- path.c: boundaries drawn as points, straight in longitude and latitude between them ---- */

/* Longitude runs on from point to point: it may leave [-180, 180]. Closed without repeating the
 * first point; what holds a pole is closed along it. */
struct ovf_geo_path {
    ovf_arena *arena;
    double tolerance_m;
    ovf_point *points;
    size_t count;
    size_t capacity;
    ovf_status status; /* OVF_E_NOMEM or OVF_E_LIMIT once something did not fit */
};
void ovf_geo_path_add(struct ovf_geo_path *path, ovf_point p);
void ovf_geo_path_chain(struct ovf_geo_path *path, const struct ovf_geo_chain *chain);
void ovf_geo_path_circle(struct ovf_geo_path *path, ovf_point centre, double radius_m);
/* Longitudes of a path, and the shift by whole turns that brings its west end into a window of 360
 * degrees. */
struct ovf_geo_extent {
    double west;
    double east;
    double shift;
    bool is_whole; /* shifted, all of it lies in the window */
};
struct ovf_geo_extent ovf_geo_path_extent(const struct ovf_geo_path *path, double window_west_deg);
/* Everything within width_m of a geodesic. */
void ovf_geo_path_capsule(struct ovf_geo_path *path, ovf_point a, ovf_point b, double width_m);

#endif
