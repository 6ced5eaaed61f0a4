/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of the room draw, in the order of use: a projection, the view of a frame through it,
 * paths in pixels, a canvas that is SVG text or cairo pixels, a placer of labels, and the layers of
 * the map. Pixels: x to the right, y down, from the top left corner of the picture. */
#ifndef OVF_DRAW_INTERNAL_H
#define OVF_DRAW_INTERNAL_H

#include <overfly/draw.h>

#include <cairo.h>

#define DRAW_PI 3.14159265358979323846 /* M_PI is not in ISO C */

/* ---- projection.c ---- */

typedef enum draw_projection_kind {
    DRAW_MERCATOR = 0,
    DRAW_LAMBERT,     /* conformal conic, two standard parallels */
    DRAW_POLAR,       /* polar stereographic, true at one parallel */
    DRAW_MILLER,      /* cylindrical, for frames as wide as the world; not conformal */
    DRAW_EQUAL_EARTH, /* pseudocylindrical, equal-area: the whole globe in one picture */
} draw_projection_kind;

typedef struct draw_projection {
    draw_projection_kind kind;
    double a_m;      /* equatorial radius */
    double e;        /* eccentricity; 0: a sphere */
    double lon0_deg; /* the meridian that points up */
    double n;        /* Lambert: the cone's constant */
    double f;        /* Lambert: F of Snyder (15-10) */
    double rho0_m;   /* Lambert: radius of the origin's parallel */
    double polar_m;  /* polar: metres of radius per unit of t */
    double sign;     /* polar: -1 around the south pole */
    double q_pole;   /* Equal Earth: q of Snyder (3-12) at a pole */
} draw_projection;

void draw_mercator_init(draw_projection *p, double a_m, double e2, double lon0_deg);
void draw_lambert_init(draw_projection *p, double a_m, double e2, double lat0_deg, double lon0_deg,
                       double lat1_deg, double lat2_deg);
void draw_polar_init(draw_projection *p, double a_m, double e2, double lon0_deg,
                     double true_lat_deg);
void draw_miller_init(draw_projection *p, double radius_m, double lon0_deg);
void draw_equal_earth_init(draw_projection *p, double a_m, double e2, double lon0_deg);
/* Longitudes count from lon0 and are not wrapped: the caller chooses the turn. Finite for every
 * latitude in [-89.9, 89.9]. */
void draw_project(const draw_projection *p, double lat_deg, double lon_deg, double *x_m,
                  double *y_m);
void draw_unproject(const draw_projection *p, double x_m, double y_m, double *lat_deg,
                    double *lon_deg);

/* ---- view.c: a frame of the Earth seen in a rectangle of the picture ---- */

typedef struct draw_pt {
    double x, y;
} draw_pt;

typedef struct draw_rect {
    double x, y, w, h;
} draw_rect;

typedef struct draw_view {
    draw_projection projection;
    draw_rect map; /* may be smaller than what was offered */
    double px_per_m;
    double centre_x_m, centre_y_m; /* projected, in the middle of map */
    /* What the map can show, in unwrapped longitudes about lon0. */
    double south_deg, north_deg, west_deg, east_deg;
    bool all_longitudes; /* a pole is in the picture */
} draw_view;

/* Extents on the sphere, gathered point by point; longitudes run east from west and may pass 180. */
typedef struct draw_extent {
    double south_deg, north_deg, west_deg, east_deg;
    bool is_empty;
} draw_extent;

void draw_extent_add(draw_extent *extent, ovf_point p);
void draw_extent_add_box(draw_extent *extent, ovf_box box);
bool draw_extent_holds(const draw_extent *extent, ovf_point p);
/* Grown by a share of its size on every side, and to at least min_deg across. */
draw_extent draw_extent_padded(draw_extent extent, double share, double min_deg);

/* OVF_E_RANGE: an extent or rectangle that cannot be drawn. */
ovf_status draw_view_fit(draw_view *view, draw_extent extent, draw_rect room, ovf_error *err);
/* The whole globe, as large as the room allows, with this meridian in the middle. */
void draw_view_globe(draw_view *view, double lon0_deg, draw_rect room);
draw_pt draw_view_px(const draw_view *view, double lat_deg, double lon_deg); /* unwrapped */
draw_pt draw_view_point(const draw_view *view, ovf_point p);
ovf_point draw_view_place(const draw_view *view, draw_pt px);
/* Could anything of the box be seen? */
bool draw_view_sees(const draw_view *view, ovf_box box);
/* Metres on the ground across one pixel, in the middle of the map. */
double draw_view_m_per_px(const draw_view *view);
bool draw_rect_holds(draw_rect r, draw_pt p);
bool draw_rect_overlaps(draw_rect a, draw_rect b);
draw_rect draw_rect_grown(draw_rect r, double by);

/* ---- path.c: lines and surfaces, clipped to the view, in pixels ---- */

typedef struct draw_path {
    ovf_arena *arena;
    draw_pt *pts;
    size_t count, capacity;
    size_t *starts; /* parts: points starts[i] .. starts[i + 1] */
    size_t part_count, part_capacity;
    bool pen_down;
    bool failed; /* no memory, or above OVF_MAP_MAX_POINTS */
} draw_path;

void draw_path_init(draw_path *path, ovf_arena *arena);
void draw_path_move(draw_path *path, draw_pt p);
void draw_path_line(draw_path *path, draw_pt p);
size_t draw_path_part_end(const draw_path *path, size_t part);
/* The outline as surfaces to fill (even-odd), or as lines to stroke: then without the edges that
 * only the cut at the 180th meridian made, and those that `keep` (may be NULL) refuses. */
void draw_path_add_fill(draw_path *path, const draw_view *view, const ovf_outline *outline);
typedef bool (*draw_edge_filter)(void *context, ovf_point a, ovf_point b);
void draw_path_add_stroke(draw_path *path, const draw_view *view, const ovf_outline *outline,
                          draw_edge_filter keep, void *context);
/* An edge straight in longitude and latitude. */
void draw_path_add_edge(draw_path *path, const draw_view *view, ovf_point a, ovf_point b);
/* The shortest line on the ellipsoid. */
void draw_path_add_geodesic(draw_path *path, const draw_view *view, ovf_point a, ovf_point b);
/* Is the point inside, by the even-odd rule? */
bool draw_path_contains(const draw_path *path, draw_pt p);
draw_rect draw_path_bounds(const draw_path *path);
/* A point well inside the surface and the map, far from any edge and from the other points given,
 * as a search on a grid finds it; *clearance_px: how far from edges. false: nothing is inside. */
bool draw_path_inner_point(const draw_path *path, draw_rect map, const draw_pt *others,
                           size_t other_count, draw_pt *at, double *clearance_px);

/* ---- canvas.c, canvas_svg.c ---- */

typedef uint32_t draw_rgba; /* 0xRRGGBBAA */

typedef struct draw_stroke {
    draw_rgba color;
    double width_px;
    double dash[4]; /* on, off, on, off; 0: solid */
    bool round_cap;
} draw_stroke;

typedef enum draw_weight { DRAW_REGULAR = 0, DRAW_BOLD, DRAW_ITALIC } draw_weight;

typedef struct draw_font {
    double size_px;
    draw_weight weight;
    draw_rgba color;
    draw_rgba halo; /* alpha 0: none */
} draw_font;

typedef struct draw_canvas {
    ovf_map_format format;
    double width_px, height_px;
    cairo_surface_t *surface; /* PNG: the picture; SVG: one pixel, to measure text */
    cairo_t *cr;
    ovf_buf *svg;
    uint32_t clip_count;
    uint32_t clip_depth;
} draw_canvas;

ovf_status draw_canvas_init(draw_canvas *canvas, ovf_map_format format, int32_t width_px,
                            int32_t height_px, ovf_str title, ovf_buf *buf, ovf_error *err);
/* Writes what is left to write into buf. */
ovf_status draw_canvas_finish(draw_canvas *canvas, ovf_arena *arena, ovf_buf *buf, ovf_error *err);
/* png.c */
ovf_status draw_png_write(cairo_surface_t *surface, ovf_arena *arena, ovf_buf *buf, ovf_error *err);
void draw_canvas_done(draw_canvas *canvas);

void draw_fill(draw_canvas *canvas, const draw_path *path, draw_rgba color);
void draw_line(draw_canvas *canvas, const draw_path *path, draw_stroke stroke);
void draw_box(draw_canvas *canvas, draw_rect rect, draw_rgba fill, draw_rgba edge, double width_px);
void draw_segment(draw_canvas *canvas, draw_pt a, draw_pt b, draw_stroke stroke);
void draw_disc(draw_canvas *canvas, draw_pt at, double radius_px, draw_rgba fill, draw_rgba edge,
               double width_px);
void draw_triangle(draw_canvas *canvas, draw_pt tip, double bearing_rad, double length_px,
                   draw_rgba fill);
/* Baseline starts at `at`. The text must have gone through draw_clean. */
void draw_text(draw_canvas *canvas, draw_pt at, draw_font font, ovf_str text);
double draw_text_width(draw_canvas *canvas, draw_font font, ovf_str text);
void draw_clip_push(draw_canvas *canvas, const draw_path *path);
void draw_clip_pop(draw_canvas *canvas);
/* What is drawn between the two is seen within the path only. As a clip, but its cost does not grow
 * with what is drawn: for rich paths. The path must be there until the end. */
void draw_layer_begin(draw_canvas *canvas, const draw_path *path);
void draw_layer_end(draw_canvas *canvas, const draw_path *path);

/* Well-formed UTF-8 without control characters: others become '?'. */
ovf_str draw_clean(ovf_arena *arena, ovf_str text);
/* Cut with an ellipsis so that it is no wider than width_px. */
ovf_str draw_text_fit(draw_canvas *canvas, ovf_arena *arena, draw_font font, ovf_str text,
                      double width_px);

/* The SVG half of the canvas. */
void draw_svg_begin(draw_canvas *canvas, ovf_str title);
void draw_svg_end(draw_canvas *canvas);
void draw_svg_path(draw_canvas *canvas, const draw_path *path, draw_rgba fill,
                   const draw_stroke *stroke);
void draw_svg_disc(draw_canvas *canvas, draw_pt at, double radius_px, draw_rgba fill,
                   draw_rgba edge, double width_px);
void draw_svg_text(draw_canvas *canvas, draw_pt at, draw_font font, ovf_str text, double width_px);
void draw_svg_clip_push(draw_canvas *canvas, const draw_path *path);
void draw_svg_clip_pop(draw_canvas *canvas);

/* ---- label.c: places for labels, never one over another ---- */

typedef struct draw_spot {
    draw_rect box;
    double cost;     /* lower is liked better */
    bool has_leader; /* a line from `anchor` to the box */
    draw_pt anchor;
} draw_spot;

typedef struct draw_labels draw_labels;

draw_labels *draw_labels_new(ovf_arena *arena, draw_rect area);
/* Nothing may cover it. */
void draw_labels_block(draw_labels *labels, draw_rect box);
/* Better not covered: a line on the map. weight 1: as an ordinary line. */
void draw_labels_ink(draw_labels *labels, const draw_path *path, double weight);
/* The cheapest spot that is free and inside the area; it is taken then. SIZE_MAX: none, and the
 * label counts as left out. */
size_t draw_labels_place(draw_labels *labels, const draw_spot *spots, size_t count);
size_t draw_labels_left_out(const draw_labels *labels);
/* Where a leader from the anchor meets the box: its nearest edge point. */
draw_pt draw_leader_end(draw_rect box, draw_pt anchor);

/* ---- style.c ---- */

typedef enum draw_hatch {
    DRAW_HATCH_UNKNOWN = 0,
    DRAW_HATCH_BINDING,
    DRAW_HATCH_CONDITIONAL,
    DRAW_HATCH_CONTESTED,
    DRAW_HATCH_SERVICE,
    DRAW_HATCH_ADVISORY,
    DRAW_HATCH_NO_FORCE,
    DRAW_HATCH_COUNT,
} draw_hatch;

typedef struct draw_hatch_style {
    const char *words; /* in the legend */
    draw_rgba color;
    draw_rgba tint;
    uint8_t weight; /* heavier ones are drawn later */
} draw_hatch_style;

draw_hatch draw_hatch_of(ovf_verdict verdict, ovf_tri applies);
const draw_hatch_style *draw_hatch_style_of(draw_hatch hatch);
/* Tint, hatching and outline of a surface; `edge` are the lines round it. */
void draw_hatched(draw_canvas *canvas, ovf_arena *arena, const draw_path *surface,
                  const draw_path *edge, draw_hatch hatch, double scale);

typedef enum draw_line_kind {
    DRAW_LINE_NOT_JUDGED = 0,
    DRAW_LINE_CLEAR,
    DRAW_LINE_TOUCHED,
    DRAW_LINE_BLOCKED,
    DRAW_LINE_UNKNOWN,
    DRAW_LINE_WAY_ROUND,
    DRAW_LINE_COUNT,
} draw_line_kind;

typedef struct draw_line_style {
    const char *words;
    draw_stroke stroke;
} draw_line_style;

const draw_line_style *draw_line_style_of(draw_line_kind kind);
draw_line_kind draw_line_of(const ovf_conflict *conflict);
draw_stroke draw_stroke_scaled(draw_stroke stroke, double scale);

/* ---- map.c and its layers ---- */

/* A restriction as it is drawn: each piece in the manner of its verdict for the party. */
typedef struct draw_shown {
    const ovf_restriction *restriction;
    draw_hatch hatch;       /* of the weightiest piece */
    bool possible;          /* whether it applies to the party cannot be told */
    bool is_drawn;          /* false: unresolved, nothing to draw */
    ovf_str binding;        /* whom it binds, in words, as to the weightiest piece */
    draw_pt anchor;         /* of its label: well inside the weightiest piece */
    double anchor_clear_px; /* negative: outside of the map */
    draw_path surface;      /* its weightiest piece */
    draw_rect box;          /* of the surface; by draw_restriction_labels */
} draw_shown;

/* A flight's way in the picture. */
typedef struct draw_way {
    const ovf_map_flight *flight;
    draw_path filed;
    draw_path round;
} draw_way;

/* Where a flight enters or leaves something that has force over it. */
typedef struct draw_mark {
    draw_pt at;
    ovf_time time; /* OVF_TIME_NONE: the flight has no times */
    bool is_entry;
    draw_rgba color;
} draw_mark;

typedef struct draw_map {
    const ovf_map_request *request;
    ovf_arena *arena;
    draw_canvas canvas;
    draw_view view;
    draw_labels *labels;
    double scale;    /* 1 at 1600 x 1200: every length of type and line is times it */
    draw_rect panel; /* w 0: none */
    double left_px;  /* where type starts */
    draw_shown *shown;
    size_t shown_count;
    draw_way *ways; /* one a flight */
    draw_mark *marks;
    size_t mark_count, mark_capacity;
    uint32_t *airports; /* indexes of those in the picture */
    size_t airport_count;
    bool hatch_used[DRAW_HATCH_COUNT];
    bool line_used[DRAW_LINE_COUNT];
    bool has_sea_limit, has_firs, has_focus;
    const ovf_fir **firs; /* those in the picture */
    draw_path *fir_surfaces;
    size_t fir_count;
    uint8_t *state_colors; /* by State; NULL: not coloured */
    bool failed;           /* a path ran out of room */
} draw_map;

/* False: nothing to draw (unresolved, empty, no memory, out of sight). */
bool draw_outline(draw_map *map, const ovf_area *area, ovf_outline *out);
draw_font draw_type(const draw_map *map, double size, draw_weight weight, draw_rgba color);
/* Clips what follows to the map. */
void draw_clip_map(draw_map *map);

void draw_base(draw_map *map); /* base.c: sea, land, coast, borders, territorial sea */
/* All land as one surface, coasts and borders as lines; false: no memory. */
bool draw_land_paths(draw_map *map, draw_path *land, draw_path *coast, draw_path *border);
void draw_graticule(draw_map *map);    /* frame.c */
void draw_frame_labels(draw_map *map); /* frame.c: degrees round the map, neat line */
void draw_firs(draw_map *map);         /* fir.c */
void draw_fir_labels(draw_map *map);
void draw_world_firs(draw_map *map);
bool draw_world(draw_map *map); /* world.c: the whole picture; false: it ran out of room */
/* The FIRs that the view shows into map->firs; lines of their limits, those of upper ones apart. */
bool draw_globe_firs(draw_map *map, draw_path *limits, draw_path *upper);

#define DRAW_GLOBE_LON_DEG 11.0 /* in the middle: then Bering Strait is at the edge */

/* states.c: which FIR is seen at each pixel of the map, and the States' colours */
typedef struct draw_census {
    double x, y; /* of its first pixel */
    size_t w, h;
    uint16_t *firs; /* index into map->firs and one; 0: none */
    uint16_t *room; /* pixels to the nearest of another FIR, in whole steps to all eight sides */
} draw_census;

#define DRAW_STATE_COLORS 10

bool draw_census_take(const draw_map *map, draw_census *out);
size_t draw_census_at(const draw_census *census, double x, double y);
double draw_census_room(const draw_census *census, double x, double y);
/* Fills map->state_colors: the same for every picture of a world. */
bool draw_color_states(draw_map *map);
size_t draw_fir_color(const draw_map *map, size_t fir); /* number of a colour */
draw_rgba draw_state_color(size_t color);
draw_rgba draw_state_sea_color(size_t color);
ovf_status draw_restrictions_find(draw_map *map, ovf_error *err); /* restriction.c */
void draw_restrictions(draw_map *map);
void draw_restriction_labels(draw_map *map);
void draw_flights(draw_map *map); /* flight.c */
void draw_airports(draw_map *map);
void draw_airport_labels(draw_map *map);
void draw_place_label(draw_map *map); /* of the airport, fix or point asked about */
void draw_airport_symbol(draw_canvas *canvas, draw_pt at, double scale);
void draw_flight_labels(draw_map *map);
draw_extent draw_automatic_extent(const ovf_map_request *request); /* automatic.c */
void draw_panel(draw_map *map);         /* panel.c: legend and lists beside the map */
void draw_corner_legend(draw_map *map); /* panel.c: the legend in the map, when there is no panel */
void draw_heading(draw_map *map);       /* margin.c: title, subtitle */
void draw_footer(draw_map *map);        /* margin.c: scale, projection, sources */

#endif
