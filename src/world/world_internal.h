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

/* ---- the world file ----
 * Little-endian, no pointers: a head, the section table, then the sections, each at a multiple of
 * 8 bytes. Texts are offsets into WORLD_TEXT. Tables are sorted by what they are looked up by. The
 * hash is XXH64 (seed 0) of everything behind the head. */

#define WORLD_MAGIC "OVFWORLD"
#define WORLD_VERSION 3

enum world_section_kind {
    WORLD_TEXT = 1,
    WORLD_VERTICES, /* ovf_fixed */
    WORLD_EDGES,    /* uint8_t ovf_edge, of the rings that need them */
    WORLD_RINGS,
    WORLD_LAND, /* packed rings: rings.c */
    WORLD_LAND_RINGS,
    WORLD_STATES,      /* by iso3 */
    WORLD_STATE_NAMES, /* every name, folded */
    WORLD_UNITS,
    WORLD_CELL_FIRST, /* uint32_t: 180 x 360 cells of a degree from 90 S, 180 W, and one more */
    WORLD_CELL_UNITS, /* uint32_t: unit | WORLD_CELL_WHOLE or WORLD_CELL_MIDDLE */
    WORLD_CHUNKS,     /* runs of edges of the units' territories */
    WORLD_CELL_CHUNK_FIRST, /* as WORLD_CELL_FIRST */
    WORLD_CELL_CHUNKS,      /* uint32_t: chunks with an edge in the cell or within 2 km of it */
    WORLD_FIRS,             /* by code */
    WORLD_FIR_NAMES,
    WORLD_AIRPORTS, /* by ICAO code */
    WORLD_AIRPORT_IATA,
    WORLD_FIXES, /* by ident */
    WORLD_FIX_SOURCES,
    WORLD_NAVAIDS,       /* by fix */
    WORLD_AIRWAYS,       /* by name */
    WORLD_AIRWAY_POINTS, /* airway by airway */
    WORLD_FIX_AIRWAYS,   /* uint32_t: numbers of airway points, by fix */
    WORLD_OPERATORS,     /* by ICAO designator */
    WORLD_OPERATOR_NAMES,
    WORLD_REGISTRATIONS, /* by first character, then longest mark first */
    WORLD_ADDRESSES,     /* by first address; no two overlap */
    WORLD_RULES,         /* as in the table */
    WORLD_SOURCES,       /* one text */
    WORLD_SURFACE,       /* WORLD_CELLS, or none when there was no table */
    WORLD_AIRSPACES,     /* by ident */
    WORLD_AIRSPACE_NAMES,
    WORLD_SECTION_COUNT
};

/* The cell and 2 km around it lie wholly in the unit's territory. */
#define WORLD_CELL_WHOLE 0x80000000u
/* The middle of the cell lies in the unit's territory. */
#define WORLD_CELL_MIDDLE 0x40000000u
#define WORLD_CELL_UNIT 0x3fffffffu
#define WORLD_CELL_MARGIN_M 2000.0 /* above OVF_BORDER_ACCURACY_M */
#define WORLD_CELLS (180 * 360)

struct world_head {
    char magic[8];
    uint32_t version;
    uint32_t section_count;
    uint64_t bytes; /* of the whole file */
    uint64_t hash;
};

struct world_section {
    uint32_t kind;
    uint32_t item_bytes;
    uint64_t offset;
    uint64_t count;
};

struct world_text {
    uint32_t at, len;
};

struct world_ring_item {
    uint32_t first, count;
    uint32_t edges; /* first edge, or OVF_INDEX_NONE: all geodesic */
};

struct world_name_item {
    struct world_text folded;
    uint32_t index;
};

#define WORLD_IS_EU 1u
#define WORLD_IS_DISPUTED 2u
#define WORLD_IS_OVERLAY 4u /* of a unit: adds its other flags to what lies under it */
#define WORLD_IS_ARCHIPELAGIC 8u
#define WORLD_IS_DOUBTFUL 16u

struct world_state_item {
    struct world_text iso3, iso2, name, demonym, icao, other_names, note;
    uint32_t sovereign; /* index */
    uint32_t flags;
    uint32_t land_first, land_count;           /* packed rings */
    uint32_t territory_first, territory_count; /* rings */
};

struct world_unit_item {
    struct world_text name, held_by, claimed_by, note, source;
    uint32_t state;       /* an overlay's: where it counts; OVF_INDEX_NONE: everywhere */
    uint32_t claim_state; /* as the claim has it */
    uint32_t flags;
    uint32_t accuracy_m; /* of its limits; 0: as the outlines are */
    uint32_t territory_first, territory_count;
};

/* Edges vertex to vertex + 1 and so on; the last one ends in `last`, as rings close. */
#define WORLD_CHUNK_EDGES 32
struct world_chunk_item {
    uint32_t vertex;
    uint32_t last;
    uint16_t edges;
    uint16_t unit;
};

struct world_level_item {
    int32_t value_ft;
    uint8_t ref, unit, is_open, spare;
};

struct world_fir_item {
    struct world_text code, name, kind, includes, overlaps, nof, ansp, source, confidence;
    struct world_level_item lower, upper;
    uint32_t state;
    uint32_t ring_first, ring_count;
};

struct world_airspace_item {
    struct world_text ident, name, kind, klass, source;
    struct world_level_item lower, upper;
    uint32_t ring_first, ring_count;
};

struct world_airport_item {
    struct world_text icao, iata, name, city;
    ovf_fixed place;
    uint32_t state;
    int32_t elevation_ft;
};

#define WORLD_IDENT_BYTES 6
enum world_fix_kind {
    WORLD_FIX_FIX = 0,
    WORLD_FIX_VOR,
    WORLD_FIX_NDB,
    WORLD_FIX_DME,
    WORLD_FIX_TACAN,
    WORLD_FIX_KINDS
};

/* 16 bytes: the table is read where it lies. */
struct world_fix_item {
    ovf_fixed place;
    char ident[WORLD_IDENT_BYTES]; /* filled up with NUL */
    uint8_t kind;
    uint8_t source;
};

struct world_navaid_item {
    uint32_t fix;
    struct world_text name;
    ovf_fixed place;
    uint32_t frequency_khz;
    int32_t elevation_ft;
    uint16_t range_nm;
    int16_t variation_cdeg; /* hundredths of a degree; INT16_MIN: not known */
    uint32_t kind;          /* index of world_navaid_kinds */
};

#define WORLD_NAVAID_KINDS 7
extern const char *const world_navaid_kinds[WORLD_NAVAID_KINDS];

#define WORLD_AIRWAY_NAME_BYTES 8
struct world_airway_item {
    char name[WORLD_AIRWAY_NAME_BYTES]; /* filled up with NUL */
    uint32_t first, count;              /* points */
};

/* A point, and the leg from it to the next: bits 0 to 9 of lower are the flight level. */
struct world_airway_point {
    uint32_t fix;
    uint16_t lower, upper_fl;
};
#define WORLD_LEG_FL 0x03ffu
#define WORLD_LEG_LOW 0x0400u
#define WORLD_LEG_HIGH 0x0800u
#define WORLD_LEG_FORWARD 0x1000u
#define WORLD_LEG_BACKWARD 0x2000u

struct world_land_ring {
    uint32_t at, count; /* byte in WORLD_LAND, vertices */
};

#define WORLD_IS_STATE_OPERATOR 1u

struct world_operator_item {
    struct world_text icao, iata, name, telephony, source;
    uint32_t state;
    uint32_t flags;
};

struct world_registration_item {
    struct world_text mark, form;
    uint32_t state;
};

struct world_surface_item {
    int16_t floor_ft, ceiling_ft; /* above mean sea level */
};

uint32_t world_item_bytes(enum world_section_kind kind);

/* ---- an open world ---- */

/* An area made when it is first asked for: most questions need few of them. */
struct world_lazy_area {
    _Atomic(const ovf_area *) made;
    uint32_t first, count; /* rings */
    bool is_packed;        /* rings of WORLD_LAND_RINGS */
};

struct ovf_world {
    const unsigned char *map; /* the whole file */
    size_t bytes;
    const struct world_section *sections; /* [kind - 1] */
    ovf_arena arena;
    ovf_state *states;
    struct world_lazy_area *land;      /* by State */
    struct world_lazy_area *territory; /* by State */
    struct world_lazy_area *units;
    pthread_mutex_t lazy; /* guards the arena while an area is made */
    ovf_fir *firs;        /* those of kind none last */
    size_t fir_count;     /* without them */
    ovf_airport *airports;
    ovf_operator *operators;
    ovf_airspace *airspaces;
    struct world_lazy_area *airspace_areas;
};

/* file_checks.c: what the readers of the sections rely on. OVF_E_CORRUPT. */
OVF_NODISCARD ovf_status world_check_tables(const ovf_world *world, ovf_error *err);
/* A section's items, and how many. */
const void *world_items(const ovf_world *world, enum world_section_kind kind, size_t *count);
ovf_str world_text_of(const ovf_world *world, struct world_text text);
/* A ring of the file. OVF_E_CORRUPT. */
OVF_NODISCARD ovf_status world_ring(const ovf_world *world, uint32_t index, ovf_ring *out,
                                    ovf_error *err);
/* First item of a table of folded names that equals `name`, whatever its case and stops; *count
 * (may be NULL): how many. OVF_INDEX_NONE. */
uint32_t world_find_name(const ovf_world *world, enum world_section_kind kind, ovf_str name,
                         size_t *count);
/* The operator of a designator alone, whatever its case; OVF_INDEX_NONE. */
uint32_t world_find_designator(const ovf_world *world, ovf_str designator);
/* Unresolved when there is no memory for it: then every answer is "cannot tell". */
const ovf_area *world_area(const ovf_world *world, struct world_lazy_area *lazy);
/* What holds a point. */
struct world_air {
    uint32_t unit;          /* OVF_INDEX_NONE: the high seas */
    uint32_t overlay;       /* the overlay that says most of it; OVF_INDEX_NONE */
    uint32_t overlay_flags; /* of all its overlays */
    double near_m; /* to the nearest border; HUGE_VAL: surely beyond the outlines' accuracy */
};
struct world_air world_air_at(const ovf_world *world, ovf_point p);
/* The unit that it counts for in a split: what lies under an overlay is apart from the rest. */
uint32_t world_air_slot(const struct world_air *air);
/* Units that may meet the cell of p: entries as in WORLD_CELL_UNITS. */
const uint32_t *world_cell_units(const ovf_world *world, ovf_point p, size_t *count);

bool world_fir_is_none(const ovf_fir *fir);
/* FIRs, and air without one. */
size_t world_row_count(const ovf_world *world);

/* XXH64 (Collet), seed 0. */
uint64_t world_hash(const void *bytes, size_t count);
/* The blocks of build->addresses, sorted and cut so that each address lies in one at most: where
 * they overlap the narrowest decides. OVF_E_NOMEM. */
OVF_NODISCARD ovf_status world_flatten_addresses(const struct world_build *build, ovf_arena *arena,
                                                 struct world_address_row **out, size_t *count,
                                                 ovf_error *err);
/* Is `mark` of data/registrations.txt a well-formed one, and `forms` of its rest? The offset of the
 * first character that is not expected; the length when all are fine. */
size_t world_mark_check(ovf_str mark);
size_t world_forms_check(ovf_str forms);
/* The grid of cells. first and chunk_first have WORLD_CELLS + 1 numbers. The units' territories
 * must be the first rings and vertices of the file, in their order. */
struct world_grid {
    uint32_t *first, *units;
    struct world_chunk_item *chunks;
    size_t chunk_count;
    uint32_t *chunk_first, *chunk_list;
};
OVF_NODISCARD ovf_status world_build_cells(struct world_build *build, ovf_arena *arena,
                                           struct world_grid *out, ovf_error *err);

/* ---- packed rings (rings.c) ---- */

/* Unpacks rings of a world's land into the arena. OVF_E_CORRUPT, OVF_E_NOMEM. */
OVF_NODISCARD ovf_status world_land_rings(const ovf_world *world, uint32_t first, uint32_t count,
                                          ovf_arena *arena, ovf_ring **out, ovf_error *err);
/* Appends a ring, without loss. */
void world_ring_pack(const struct world_lattice *lattice, const ovf_ring *ring, ovf_buf *out);
/* Writes `count` vertices; false: bytes that are no such ring. */
bool world_ring_unpack(const struct world_lattice *lattice, const unsigned char *bytes, size_t len,
                       ovf_fixed *out, uint32_t count);

/* ---- points and airways, made ready for the file (nav_link.c) ---- */

#define WORLD_FIX_SOURCES_MAX 256

struct world_nav {
    struct world_fix_item *fixes;
    size_t fix_count;
    ovf_str sources[WORLD_FIX_SOURCES_MAX];
    size_t source_count;
    struct world_navaid_item *navaids; /* without their names */
    ovf_str *navaid_names;
    size_t navaid_count;
    struct world_airway_item *airways;
    size_t airway_count;
    struct world_airway_point *points;
    size_t point_count;
    uint32_t *fix_airways; /* as many as points */
};
OVF_NODISCARD ovf_status world_link_nav(const struct world_build *build, ovf_arena *arena,
                                        struct world_nav *out, ovf_error *err);

#define WORLD_MILE_M OVF_NM_M /* two points of one name nearer than this are one */

/* Rows for the tables above. OVF_E_RANGE: a name longer than the file has room for, or of other
 * characters than capitals and digits; a place that is none. OVF_E_NOMEM. */
OVF_NODISCARD ovf_status world_build_add_fix(struct world_build *build, const ovf_fix *fix,
                                             ovf_error *err);
/* Adds its fix, too, with the source given. */
OVF_NODISCARD ovf_status world_build_add_navaid(struct world_build *build,
                                                const struct world_navaid_row *row, ovf_str source,
                                                ovf_error *err);
OVF_NODISCARD ovf_status world_build_add_leg(struct world_build *build,
                                             const struct world_leg_row *row, ovf_error *err);
/* data/nav: navaids.txt, fixes.txt, airways.txt, behind the fixes that are there already. */
OVF_NODISCARD ovf_status world_read_nav(struct world_build *build, ovf_error *err);
/* Keeps a table's source: the first comment from "Source:" to an empty comment line. */
void world_note_source(struct world_build *build, const char *file, ovf_str text);

/* Points of a build by name, the first of a name as it was added; for readers of airways. */
struct world_fix_names {
    const struct world_build *build;
    uint32_t *order; /* of build->fixes, by ident, then as added */
    size_t count;
};
OVF_NODISCARD ovf_status world_fix_names_sort(const struct world_build *build, ovf_arena *arena,
                                              struct world_fix_names *out, ovf_error *err);
/* Index of the first in ->order, and how many. */
size_t world_fix_names_find(const struct world_fix_names *names, ovf_str ident, size_t *count);
/* The one of a name nearest to a place: index into build->fixes, OVF_INDEX_NONE. */
uint32_t world_fix_names_nearest(const struct world_fix_names *names, ovf_str ident,
                                 ovf_point place, double *away_m);

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

/* ---- XML as a tree of elements, for documents whose parts point at each other. expat reads it;
 * a document type, and with it every entity of one's own, is refused ---- */

struct world_xml_attribute {
    ovf_str name; /* without its namespace */
    ovf_str value;
    struct world_xml_attribute *next;
};

struct world_xml {
    ovf_str name; /* without its namespace */
    ovf_str text; /* all character data directly inside, trimmed */
    struct world_xml_attribute *attributes;
    struct world_xml *parent, *first, *last, *next;
    size_t line; /* from 1 */
};

/* Elements of these names (a NULL at the end) are kept with all that is in them; of the others
 * only the fact that they were there. *out: a node without a name whose children are the kept
 * elements. OVF_E_SYNTAX with err->pos, OVF_E_LIMIT (nested deeper than max_depth), OVF_E_NOMEM. */
OVF_NODISCARD ovf_status world_xml_read(ovf_str text, const char *const *kept, uint32_t max_depth,
                                        ovf_arena *arena, struct world_xml **out, ovf_error *err);
const struct world_xml *world_xml_child(const struct world_xml *node, const char *name);
/* The next sibling of that name; NULL name: any. */
const struct world_xml *world_xml_next(const struct world_xml *node, const char *name);
ovf_str world_xml_text(const struct world_xml *node,
                       const char *child); /* empty when it is not there */
ovf_str world_xml_attribute(const struct world_xml *node, const char *name);
bool world_xml_is(const struct world_xml *node, const char *name);

/* ---- what the readers of airspace files share: outlines as files draw them, and
 * the list they fill ---- */

/* ---- lay.c: outlines as drawn, into rings ---- */

struct world_loose_point {
    ovf_point p;
    bool is_straight; /* the way here is straight in longitude and latitude; else geodesic */
};

/* Closed by itself; the first point may be repeated at the end. */
struct world_loose_ring {
    struct world_loose_point *points;
    size_t count, capacity;
    bool is_hole; /* of the ring before it */
};

struct world_trace {
    ovf_arena *arena;
    size_t *vertices_left; /* of the whole file */
    struct world_loose_ring *rings;
    size_t count, capacity;
};

/* Begins a ring. */
OVF_NODISCARD ovf_status world_trace_ring(struct world_trace *trace, ovf_error *err);
OVF_NODISCARD ovf_status world_trace_point(struct world_trace *trace, ovf_point p, bool is_straight,
                                           ovf_error *err);
/* Both ends included; turn_deg clockwise positive. The way to its first point is geodesic. */
OVF_NODISCARD ovf_status world_trace_arc(struct world_trace *trace, ovf_point centre,
                                         double radius_m, double from_deg, double turn_deg,
                                         ovf_error *err);
/* Parts that overlap are united; cuts at the 180th meridian and seams at a pole are mended. */
OVF_NODISCARD ovf_status world_trace_lay(const struct world_trace *trace, const ovf_ring **out,
                                         uint32_t *out_count, ovf_error *err);

/* ---- the readers ---- */

struct world_airspace_reader {
    ovf_str text;
    ovf_arena *arena;
    ovf_airspace_limits limits; /* filled in */
    size_t vertices_left;
    ovf_airspace_set *set;
    ovf_error *err;
};

/* Lays the trace out and adds the volume to the set. */
OVF_NODISCARD ovf_status world_airspace_add(struct world_airspace_reader *reader,
                                            ovf_airspace_volume *volume,
                                            const struct world_trace *trace, ovf_error *err);
OVF_NODISCARD ovf_status world_airspace_geojson(struct world_airspace_reader *reader);
OVF_NODISCARD ovf_status world_airspace_aixm(struct world_airspace_reader *reader);
OVF_NODISCARD ovf_status world_airspace_openair(struct world_airspace_reader *reader);

/* ---- the geometry of AIXM: GML 3.2 curves and surfaces, as "Use of GML for aviation data"
 * (OGC 12-028r1) has them ---- */

/* Every element that has an id, to be pointed at. */
struct world_gml_ids {
    struct world_gml_id {
        ovf_str id;
        const struct world_xml *node;
    } * items;
    size_t count, capacity;
};

/* What "#id" or "urn:uuid:..." points at; NULL. */
const struct world_xml *world_gml_find(const struct world_gml_ids *ids, ovf_str href);
/* Traces the outlines of a Surface. err->reason says what could not be read. */
OVF_NODISCARD ovf_status world_gml_surface(const struct world_gml_ids *ids,
                                           const struct world_xml *surface,
                                           struct world_trace *trace, ovf_error *err);
/* Traces a Curve as one ring of `trace` that is not closed. */
OVF_NODISCARD ovf_status world_gml_curve(const struct world_gml_ids *ids,
                                         const struct world_xml *curve, struct world_trace *trace,
                                         ovf_error *err);
/* A length with its unit of measure: M, KM, FT, NM, "[nmi_i]" ... */
OVF_NODISCARD bool world_gml_length_m(const struct world_xml *node, double *out);

/* ---- what the two halves of the proof share: partition.c matches edges,
 * partition_faces.c measures what the unmatched ones enclose ---- */

/* An edge of a FIR's limit, the FIR to its left. */
struct world_limit_edge {
    ovf_fixed a, b;
    uint32_t fir;
    uint8_t kind;   /* ovf_edge */
    bool is_turned; /* b is the smaller end: how edges are compared */
    bool is_sided;  /* it is known which side the FIR lies on */
};

struct world_partition {
    const ovf_world *world;
    ovf_arena *arena; /* of the answer */
    double min_m2;
    struct world_limit_edge *edges; /* sorted: those that coincide are neighbours */
    size_t edge_count, edge_capacity;
    bool *is_active;        /* by FIR, in the band at hand */
    ovf_level lower, upper; /* of the band at hand */
    struct ovf_partition_finding *findings;
    size_t count, capacity;
    size_t band_first; /* of the findings: where the band's begin */
    ovf_error *err;
};

/* FIRs of the band that have the point, at most max, in the order of the world. */
size_t world_partition_firs_at(const struct world_partition *p, ovf_point point, uint32_t *out,
                               size_t max);
int world_limit_order(const struct world_limit_edge *x, const struct world_limit_edge *y);
/* Lays out the edges marked unmatched and adds the gaps and overlaps of the band. */
OVF_NODISCARD ovf_status world_partition_faces(struct world_partition *partition,
                                               const bool *is_unmatched);

/* ---- files of navigation data: nav_import.c, and a reader a form ---- */

/* How files tell points of one name apart: by the ICAO region and the kind. */
enum nav_class { NAV_ANY = 0, NAV_FIX, NAV_VHF, NAV_NDB };

struct nav_key {
    ovf_str ident;
    ovf_str region; /* "K1"; empty: none given */
    enum nav_class class;
    bool is_enroute;
    ovf_point place;
};

struct nav_import {
    struct world_build *build; /* rows of the files; what was there is beside, in `before` */
    const struct world_build *before;
    ovf_arena *arena;     /* of this import alone */
    struct nav_key *keys; /* by ident, when all points are read */
    size_t key_count, key_capacity;
    struct world_fix_names names_before; /* of `before`, when they stay */
    ovf_nav_file *file;                  /* at hand */
    ovf_str source;
};

/* A row that could not be read: a finding at a part of the file's text, and counted. */
void nav_bad(struct nav_import *import, const char *at, const char *fmt, ...) OVF_PRINTF(3, 4);

/* Add a row; a row that the tables refuse is bad. OVF_E_NOMEM, OVF_E_LIMIT: no use to go on. */
OVF_NODISCARD ovf_status nav_add_fix(struct nav_import *import, const struct nav_key *key,
                                     ovf_error *err);
OVF_NODISCARD ovf_status nav_add_navaid(struct nav_import *import, const struct nav_key *key,
                                        ovf_navaid fields, ovf_error *err);
/* A leg between two points known by name, region and class; place and is_enroute are not used. */
OVF_NODISCARD ovf_status nav_add_leg(struct nav_import *import, const struct nav_key *from,
                                     const struct nav_key *to, struct world_leg_row leg,
                                     ovf_error *err);

/* One file, points or airways of it. */
OVF_NODISCARD ovf_status nav_xplane_points(struct nav_import *import, ovf_error *err);
OVF_NODISCARD ovf_status nav_xplane_airways(struct nav_import *import, ovf_error *err);
OVF_NODISCARD ovf_status nav_arinc_points(struct nav_import *import, ovf_error *err);
OVF_NODISCARD ovf_status nav_arinc_airways(struct nav_import *import, ovf_error *err);

/* A row of an X-Plane file, of a file that may be one. */
bool nav_is_xplane_head(ovf_str text, uint32_t *version);
ovf_nav_form nav_xplane_form(ovf_str text);
bool nav_is_arinc(ovf_str text);
/* Do the FIR's limits let it reach that level, or may they? level_ft: OVF_LEVEL_ANY for any. */
bool world_fir_reaches(const ovf_world *world, uint32_t fir, int32_t level_ft);

#endif
