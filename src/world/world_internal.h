/* SPDX-License-Identifier: Apache-2.0 */
/* world_internal.h - what the files of this room share: the tables while a world file is being
 * built, the outlines with their topology, and the way to lay FIRs along borders and coasts.
 * Everything lives in build->arena; nothing is freed one by one. */
#ifndef OVERFLY_WORLD_INTERNAL_H
#define OVERFLY_WORLD_INTERNAL_H

#include <overfly/navdata.h>
#include <overfly/world.h>

#include <pthread.h>
#include <stdatomic.h>

/* ---- outlines: data/outline/arcs.txt and states.txt ---- */

/* One line between two junctions, or a whole closed island. A land border when two outlines use
 * it (each in its own direction), a coast when one does. */
struct world_arc {
    const ovf_fixed *vertices; /* a closed arc repeats its first vertex at the end */
    uint32_t count;
    uint32_t outline[2]; /* who uses it; OVF_INDEX_NONE */
};

/* A piece of land with one holder: a whole State, or a disputed part of it. */
struct world_outline {
    ovf_str id; /* "862", "crimea" */
    ovf_str name;
    const int32_t *signed_arcs; /* arc i forwards is i, backwards is ~i */
    const uint32_t *ring_ends;  /* ring r is signed_arcs[ring_ends[r - 1], ring_ends[r]) */
    uint32_t ring_count;
    uint32_t state; /* whose land it is taken to be; OVF_INDEX_NONE: nobody's */
    bool is_disputed;
    const struct world_claim *claim; /* of an islet that is disputed; or NULL */
};

/* ---- rows as they go into the file ---- */

struct world_state_row {
    ovf_state fields;     /* fields.sovereign is still a code */
    ovf_str other_names;  /* separated by '|' */
    ovf_str outlines;     /* ids, separated by '|' */
    bool is_antarctic;    /* no territorial sea is recognised there */
    const ovf_ring *land; /* outer rings and holes in any order, even-odd */
    uint32_t land_count;
    const ovf_ring *territory; /* land with the territorial sea */
    uint32_t territory_count;
};

/* A FIR as world_build_firs hands it over. rings: even-odd; edges geodesic or along a parallel. */
struct world_fir_row {
    ovf_fir fields;      /* fields.area is not used; fields.state an index into build->states */
    ovf_str other_names; /* separated by '|', may be empty */
    const ovf_ring *rings;
    uint32_t ring_count;
};

/* A named area: prohibited, restricted, danger and other airspace that users bring along. */
struct world_airspace_row {
    ovf_airspace facts;
    const ovf_ring *rings; /* even-odd */
    uint32_t ring_count;
};

/* A breadth of the territorial sea other than 12 NM, for the coasts of a State within a box of
 * whole degrees or parts of them. */
struct world_sea_rule {
    uint32_t state;
    double sea_m;
    double air_m; /* national airspace is claimed so far; sea_m where nothing is claimed beyond */
    double south_deg, west_deg, north_deg, east_deg;
    ovf_str note;
    ovf_str source;
};

/* What is said of a land or water whose holder is disputed, beside whose it is taken to be. */
struct world_claim {
    ovf_str name;
    uint32_t state;     /* whose it is taken to be; OVF_INDEX_NONE: nobody's */
    ovf_str held_by;    /* ISO3 codes, blank-separated; empty: nobody */
    ovf_str claimed_by; /* the same */
    ovf_str note;
    ovf_str source;
    double accuracy_m; /* of its limits; 0: as the outlines are */
};

/* An area laid over the outlines: docs/formats/zone.md. */
enum world_zone_kind {
    WORLD_ZONE_DISPUTED = 1, /* cut out of States' territory; who holds it is disputed */
    WORLD_ZONE_PART,         /* cut out of States' territory; beyond dispute */
    WORLD_ZONE_ARCHIPELAGO,  /* inside archipelagic baselines */
    WORLD_ZONE_WATERS,       /* waters beyond the territorial sea that are claimed or nobody's */
    WORLD_ZONE_HIGH_SEAS,    /* waters that States leave out of their territorial sea */
    WORLD_ZONE_KINDS
};

#define WORLD_ZONE_STATES_MAX 8

struct world_zone {
    ovf_str id;
    enum world_zone_kind kind;
    uint32_t state; /* OVF_INDEX_NONE: nobody's */
    uint32_t from[WORLD_ZONE_STATES_MAX];
    uint32_t from_count;
    struct world_claim claim;
    const ovf_ring *rings; /* even-odd */
    uint32_t ring_count;
    const char *file; /* for messages */
};

/* Land under one holder with one status: a State without its disputed parts, one such part, or a
 * land that nobody's State is taken to hold. The grain of "whose". An overlay lies over others and
 * only adds to what they say, where their State is its own (or everywhere, if it has none). */
struct world_unit {
    uint32_t state; /* OVF_INDEX_NONE: nobody's */
    bool is_disputed;
    bool is_antarctic;
    bool is_overlay;
    bool is_archipelagic; /* of an overlay */
    bool is_doubtful;     /* the same */
    struct world_claim claim;
    uint32_t *outlines;
    uint32_t outline_count;
    const ovf_ring *land;
    uint32_t land_count;
    const ovf_ring *territory;
    uint32_t territory_count;
};

struct world_registration_row {
    ovf_str mark;
    ovf_str form;
    uint32_t state;
};

struct world_address_row {
    uint32_t first, last;
    uint32_t state;
};

/* The texts of a navaid and of an airway's leg are borrowed. Both name their points by ident and
 * place: the point of that ident within a mile. */
struct world_navaid_row {
    ovf_str ident;
    ovf_navaid fields; /* fields.fix is not used */
};

struct world_leg_row {
    ovf_str airway;
    ovf_str from, to;
    ovf_point from_place, to_place;
    uint16_t lower_fl, upper_fl;
    bool is_low, is_high;
    ovf_airway_way way;
};

/* The lattice that outlines are drawn on; columns 0: none. */
struct world_lattice {
    double step_deg, lat0_deg, columns;
};

struct world_build {
    ovf_arena *arena;
    const char *data_dir;
    struct world_lattice lattice;
    struct world_arc *arcs;
    uint32_t arc_count;
    struct world_outline *outlines;
    uint32_t outline_count;
    struct world_state_row *states; /* sorted by iso3 */
    uint32_t state_count;
    struct world_fir_row *firs; /* through world_build_add_fir; sorted later */
    size_t fir_count;
    size_t fir_capacity;
    struct world_unit *units; /* disputed ones and nobody's last */
    uint32_t unit_count;
    ovf_airport *airports; /* the rest as read; texts borrowed from the tables */
    size_t airport_count, airport_capacity;
    ovf_fix *fixes;
    size_t fix_count, fix_capacity; /* of two of one name within a mile the first is kept */
    struct world_navaid_row *navaids;
    size_t navaid_count, navaid_capacity;
    struct world_leg_row *legs; /* of airways, in any order */
    size_t leg_count, leg_capacity;
    ovf_operator *operators;
    size_t operator_count, operator_capacity;
    struct world_registration_row *registrations;
    size_t registration_count, registration_capacity;
    struct world_address_row *addresses;
    size_t address_count, address_capacity;
    ovf_str *rules;
    size_t rule_count, rule_capacity;
    struct world_surface_item *surface; /* WORLD_CELLS, or NULL */
    uint32_t surface_rows;              /* of 180, from the south */
    struct world_airspace_row *airspaces;
    size_t airspace_count, airspace_capacity;
    struct world_zone *zones; /* in the order of the files */
    size_t zone_count, zone_capacity;
    struct world_sea_rule *sea_rules;
    size_t sea_rule_count, sea_rule_capacity;
    ovf_buf sources; /* one line a table */
};

/* A line of vertices, in the order asked for. */
struct world_chain {
    const ovf_fixed *vertices;
    uint32_t count;
};

/* OVF_INDEX_NONE when no State has that ISO 3166-1 alpha-3 code. */
uint32_t world_build_state(const struct world_build *build, ovf_str iso3);

/* The land border between two States, from its vertex nearest to `from` to the one nearest to
 * `to`, the shorter way. Where another holder's land interrupts the border (a disputed glacier, an
 * exclave) the gap is crossed by one straight edge. *off_m (may be NULL): how far the farther of
 * the two points is from its vertex, for the caller to judge.
 * OVF_E_NOT_FOUND: the two have no land border. */
OVF_NODISCARD ovf_status world_build_border(struct world_build *build, uint32_t state_a,
                                            uint32_t state_b, ovf_point from, ovf_point to,
                                            struct world_chain *out, double *off_m, ovf_error *err);
/* The same along the coast of one State. From one land mass to another: straight across. */
OVF_NODISCARD ovf_status world_build_coast(struct world_build *build, uint32_t state,
                                           ovf_point from, ovf_point to, struct world_chain *out,
                                           double *off_m, ovf_error *err);
/* The same along the outer edge of the territory: 12 NM off the coast, medians, and land borders
 * where the way leads over them. */
OVF_NODISCARD ovf_status world_build_sea_limit(struct world_build *build, uint32_t state,
                                               ovf_point from, ovf_point to,
                                               struct world_chain *out, double *off_m,
                                               ovf_error *err);
/* Whole rings: build->states[i].land and .territory are ready when world_build_firs is called. */

/* Adds one FIR; what it points at must live in build->arena. OVF_E_NOMEM. */
OVF_NODISCARD ovf_status world_build_add_fir(struct world_build *build,
                                             const struct world_fir_row *row);

/* Reads every *.fir file of `dir` in the order of their names and adds its FIRs. A folder that is
 * not there is no error. err->reason starts with "file:line:column: ". */
OVF_NODISCARD ovf_status world_build_firs(struct world_build *build, const char *dir,
                                          ovf_error *err);

/* ---- reading tables ---- */

/* A whole text file into the arena; ceiling 64 MiB. OVF_E_IO; OVF_E_NOT_FOUND: no such file. */
OVF_NODISCARD ovf_status world_read_text(ovf_arena *arena, const char *path, ovf_str *out,
                                         ovf_error *err);

#define WORLD_FIELDS_MAX 16

/* One tab-separated table, row by row: comment lines ('#') and empty lines are skipped. */
struct world_table {
    const char *file; /* as the messages name it: "data/airports.txt" */
    ovf_str text;
    ovf_str rest;
    ovf_str row;
    ovf_str fields[WORLD_FIELDS_MAX]; /* "-" alone is read as the empty field */
    uint32_t field_count;
};

void world_table_init(struct world_table *table, const char *file, ovf_str text);
/* false at the end, or at a row with another number of fields than `wanted` (then *status). */
bool world_table_next(struct world_table *table, uint32_t wanted, ovf_status *status,
                      ovf_error *err);
/* The rest of a row: a complaint at a field, a position in two fields, a State by its code (an
 * empty field gives OVF_INDEX_NONE). */
ovf_status world_table_fail(const struct world_table *table, uint32_t field, ovf_error *err,
                            const char *reason);
ovf_status world_table_point(const struct world_table *table, uint32_t lat_field, ovf_point *out,
                             ovf_error *err);
ovf_status world_table_state(const struct world_build *build, const struct world_table *table,
                             uint32_t field, uint32_t *out, ovf_error *err);
/* "file:line:column: reason" at byte `at` of the table's text (a pointer into it). Returns status. */
ovf_status world_fail_at(ovf_error *err, ovf_status status, const char *file, ovf_str text,
                         const char *at, const char *fmt, ...) OVF_PRINTF(6, 7);
/* Upper case without accents, every run of other characters than letters and digits one blank,
 * no blank at the ends: the form that names are compared in. As snprintf. */
size_t world_fold(ovf_str name, char *out, size_t size);

/* ---- territorial sea: what sea.c and median.c share. GEOS geometries in degrees, x = longitude
 * counted on from the unit's own meridian, so that nothing breaks at 180. ---- */

#define WORLD_RAD (3.14159265358979323846 / 180.0) /* radians to a degree */
#define WORLD_SEA_M (12.0 * OVF_NM_M)
/* Longest edge of a sea while it is cut: its chord in degrees is within 4 m of the geodesic at 83 N. */
#define WORLD_SEA_EDGE_M 5000.0

struct GEOSGeom_t;

struct world_geometries {
    struct GEOSGeom_t **items;
    size_t count;
    size_t capacity;
};

/* A straight bit of a coast or a land border, at most 5 km long. */
struct world_piece {
    ovf_point a, b;
    uint32_t unit[2]; /* [1] OVF_INDEX_NONE: coast */
};

struct world_sea_unit {
    double middle_deg; /* longitudes are counted in middle +- 180 */
    struct world_geometries land;
    struct world_geometries buffers; /* of its coast, 12 NM or as data/sea.txt says */
    struct world_geometries narrow;  /* the same without the air beyond the territorial sea */
    struct world_geometries cuts;    /* nearer to, or land of, somebody else */
    struct GEOSGeom_t *whole;        /* its territory; NULL: its land */
    struct GEOSGeom_t *land_whole;   /* its land, where a zone will cut it; or NULL */
    uint32_t *ring_first;            /* its rings by component of whole, and one more */
    bool is_changed;                 /* by a zone */
    bool has_air;                    /* claims air beyond its territorial sea */
};

struct world_sea {
    struct world_build *build;
    struct GEOSContextHandle_HS *geos;
    ovf_arena *arena; /* of the step, emptied at its end */
    struct world_sea_unit *units;
    uint32_t unit_capacity;     /* of units here and of the build's */
    struct world_piece *pieces; /* sorted by the degree cell of their middle */
    size_t piece_count, piece_capacity;
    uint32_t *cell_first; /* 180 x 360 cells and one more */
    char trouble[200];    /* the last message of GEOS */
};

bool world_geometries_add(struct world_sea *sea, struct world_geometries *list,
                          struct GEOSGeom_t *geometry);
void world_geometries_free(struct world_sea *sea, struct world_geometries *list);
/* Consumes the list. NULL: GEOS failed. */
struct GEOSGeom_t *world_geometries_union(struct world_sea *sea, struct world_geometries *list);
/* Moves a geometry from AEQD metres round `origin` to degrees near middle_deg. */
struct GEOSGeom_t *world_sea_unproject(struct world_sea *sea, const struct GEOSGeom_t *metres,
                                       ovf_point origin, double middle_deg);
ovf_status world_sea_fail(const struct world_sea *sea, uint32_t unit, const char *what,
                          ovf_error *err);
struct GEOSGeom_t *world_sea_ring(struct world_sea *sea, const ovf_ring *ring, double middle_deg);
void world_sea_project(ovf_point origin, ovf_point p, double *x_m, double *y_m);
/* sea_rings.c. The vertices of rings of land, sorted. */
struct world_land_vertices {
    ovf_fixed *items;
    size_t count;
};
struct world_ring_list {
    ovf_ring *items; /* in the build's arena */
    size_t count, capacity;
};
OVF_NODISCARD ovf_status world_sea_land_vertices(struct world_sea *sea, const ovf_ring *rings,
                                                 uint32_t ring_count,
                                                 struct world_land_vertices *out, ovf_error *err);
/* Adds the rings of a polygon or several. */
OVF_NODISCARD ovf_status world_sea_rings(struct world_sea *sea, const struct GEOSGeom_t *geometry,
                                         const struct world_land_vertices *land,
                                         struct world_ring_list *out, ovf_error *err);
/* sea_units.c: land, sea and cuts become a territory; then rings, of units and of States. */
OVF_NODISCARD ovf_status world_sea_finish_unit(struct world_sea *sea, uint32_t unit,
                                               ovf_error *err);
OVF_NODISCARD ovf_status world_sea_lay_rings(struct world_sea *sea, uint32_t unit, ovf_error *err);
OVF_NODISCARD ovf_status world_sea_lay_land(struct world_sea *sea, uint32_t state, ovf_error *err);
OVF_NODISCARD ovf_status world_sea_unite_state(struct world_sea *sea, uint32_t state,
                                               ovf_error *err);

/* ---- zones: zone.c ---- */

/* A ring's vertices with its geodesic edges laid straight in degrees. false: no memory. */
bool world_zone_line(const ovf_ring *ring, ovf_arena *arena, ovf_fixed **out, uint32_t *count);
struct GEOSGeom_t *world_zone_polygon(struct world_sea *sea, const struct world_zone *zone,
                                      double middle_deg);
/* Cuts and adds units, when the others' territories are done. */
OVF_NODISCARD ovf_status world_zones_apply(struct world_sea *sea, ovf_error *err);
bool world_zones_need_land(const struct world_build *build, uint32_t state);

/* Fills units[].cuts: where two holders' coasts are within 24 NM, or land borders are near. */
OVF_NODISCARD ovf_status world_sea_cut(struct world_sea *sea, ovf_error *err);

#include "world_file.h"

/* ---- the steps of a build, in this order ---- */

OVF_NODISCARD ovf_status world_read_outlines(struct world_build *build, ovf_error *err);
/* The rings round a set of outlines; borders between two of them are left out. */
OVF_NODISCARD ovf_status world_outline_rings(struct world_build *build, const uint32_t *outlines,
                                             size_t count, const ovf_ring **out,
                                             uint32_t *out_count, ovf_error *err);
/* states.txt and disputed.txt: states, units, land rings. */
OVF_NODISCARD ovf_status world_read_states(struct world_build *build, ovf_error *err);
/* data/islets.txt: small islands that the outlines lack, as outlines of their own. */
OVF_NODISCARD ovf_status world_read_islets(struct world_build *build, ovf_error *err);
/* data/sea.txt */
OVF_NODISCARD ovf_status world_read_sea_rules(struct world_build *build, ovf_error *err);
/* The rule for a coast of a State; NULL: 12 NM. */
const struct world_sea_rule *world_sea_rule_at(const struct world_build *build, uint32_t state,
                                               ovf_point p);
/* data/zones: areas laid over the outlines (zone_text.c). */
OVF_NODISCARD ovf_status world_read_zones(struct world_build *build, ovf_error *err);
/* The zones of one file. */
OVF_NODISCARD ovf_status world_zone_read(struct world_build *build, const char *file, ovf_str text,
                                         ovf_error *err);
/* Territory rings of every unit and State. */
OVF_NODISCARD ovf_status world_build_seas(struct world_build *build, ovf_error *err);
/* airports, fixes, operators, registrations, addresses, rules, terrain. */
OVF_NODISCARD ovf_status world_read_tables(struct world_build *build, ovf_error *err);
/* terrain.c: one row of terrain/cells.txt; and were all there? */
OVF_NODISCARD ovf_status world_read_surface_row(struct world_build *build,
                                                const struct world_table *table, ovf_error *err);
OVF_NODISCARD ovf_status world_check_surface(const struct world_build *build, ovf_error *err);
OVF_NODISCARD ovf_status world_write(struct world_build *build, const char *out_path,
                                     ovf_error *err);
/* The folded name without its blanks: "LF-R31B" is also "LFR31B". As snprintf. */
size_t world_fold_compact(ovf_str name, char *out, size_t size);

/* ---- edit.c: an open world back into rows ---- */

/* nav_load.c. Points, aids and airways. OVF_E_NOMEM. */
OVF_NODISCARD ovf_status world_load_nav(const ovf_world *world, struct world_build *build,
                                        ovf_error *err);
/* The lattice, and all packed rings into the build's arena. OVF_E_NOMEM, OVF_E_CORRUPT. */
OVF_NODISCARD ovf_status world_unpack_land(const ovf_world *world, struct world_build *build,
                                           const ovf_ring **out, size_t *count, ovf_error *err);

/* Fills a zeroed build with everything that world_write writes; only build->arena is set before.
 * Texts and rings are borrowed: the world stays open until the rows are written (to its own path,
 * too). What only a build from tables needs (outlines, arcs, land of units) stays empty. The
 * caller releases build->sources. OVF_E_NOMEM, OVF_E_CORRUPT. */
OVF_NODISCARD ovf_status world_load(const ovf_world *world, struct world_build *build,
                                    ovf_error *err);
struct ovf_world_edit {
    ovf_arena arena;
    struct world_build build;
};

#endif
