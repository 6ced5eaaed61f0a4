/* SPDX-License-Identifier: Apache-2.0 */
/* world_internal.h - what the files of this room share: the tables while a world file is being
 * built, the outlines with their topology, and the way to lay FIRs along borders and coasts.
 * Everything lives in build->arena; nothing is freed one by one. */
#ifndef OVERFLY_WORLD_INTERNAL_H
#define OVERFLY_WORLD_INTERNAL_H

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

/* Land under one holder with one status: a State without its disputed parts, one such part, or a
 * land that nobody's State is taken to hold. The grain of "whose". */
struct world_unit {
    uint32_t state; /* OVF_INDEX_NONE: nobody's */
    bool is_disputed;
    bool is_antarctic;
    ovf_str note;
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

struct world_build {
    ovf_arena *arena;
    const char *data_dir;
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
    size_t fix_count, fix_capacity;
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
    struct world_geometries buffers; /* of its coast, 12 NM */
    struct world_geometries cuts;    /* nearer to, or land of, somebody else */
};

struct world_sea {
    struct world_build *build;
    struct GEOSContextHandle_HS *geos;
    ovf_arena *arena; /* of the step, emptied at its end */
    struct world_sea_unit *units;
    struct world_geometries *wholes; /* by State: the territories of its units */
    struct world_piece *pieces;      /* sorted by the degree cell of their middle */
    size_t piece_count, piece_capacity;
    uint32_t *cell_first; /* 180 x 360 cells and one more */
    char trouble[96];     /* the last message of GEOS */
};

bool world_geometries_add(struct world_sea *sea, struct world_geometries *list,
                          struct GEOSGeom_t *geometry);
/* Consumes the list. NULL: GEOS failed. */
struct GEOSGeom_t *world_geometries_union(struct world_sea *sea, struct world_geometries *list);
/* Moves a geometry from AEQD metres round `origin` to degrees near middle_deg. */
struct GEOSGeom_t *world_sea_unproject(struct world_sea *sea, const struct GEOSGeom_t *metres,
                                       ovf_point origin, double middle_deg);
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
/* Fills units[].cuts: where two holders' coasts are within 24 NM, or land borders are near. */
OVF_NODISCARD ovf_status world_sea_cut(struct world_sea *sea, ovf_error *err);

/* ---- the world file ----
 * Little-endian, no pointers: a head, the section table, then the sections, each at a multiple of
 * 8 bytes. Texts are offsets into WORLD_TEXT. Tables are sorted by what they are looked up by. The
 * hash is XXH64 (seed 0) of everything behind the head. */

#define WORLD_MAGIC "OVFWORLD"
#define WORLD_VERSION 2

enum world_section_kind {
    WORLD_TEXT = 1,
    WORLD_VERTICES, /* ovf_fixed */
    WORLD_EDGES,    /* uint8_t ovf_edge, of the rings that need them */
    WORLD_RINGS,
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
    WORLD_FIXES,     /* by ident */
    WORLD_OPERATORS, /* by ICAO designator */
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

struct world_state_item {
    struct world_text iso3, iso2, name, demonym, icao, other_names, note;
    uint32_t sovereign; /* index */
    uint32_t flags;
    uint32_t land_first, land_count, territory_first, territory_count; /* rings */
};

struct world_unit_item {
    struct world_text note;
    uint32_t state;
    uint32_t flags;
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

struct world_fix_item {
    struct world_text ident, kind, source;
    ovf_fixed place;
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
    ovf_fix *fixes;
    ovf_operator *operators;
    ovf_airspace *airspaces;
    struct world_lazy_area *airspace_areas;
};

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
/* The unit whose territory holds p, without a look at how near the border is; OVF_INDEX_NONE. */
uint32_t world_unit_at(const ovf_world *world, ovf_point p);
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

/* ---- the steps of a build, in this order ---- */

OVF_NODISCARD ovf_status world_read_outlines(struct world_build *build, ovf_error *err);
/* The rings round a set of outlines; borders between two of them are left out. */
OVF_NODISCARD ovf_status world_outline_rings(struct world_build *build, const uint32_t *outlines,
                                             size_t count, const ovf_ring **out,
                                             uint32_t *out_count, ovf_error *err);
/* states.txt and disputed.txt: states, units, land rings. */
OVF_NODISCARD ovf_status world_read_states(struct world_build *build, ovf_error *err);
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
/* Walks all edges, then all FIRs, and adds these to the build. */
OVF_NODISCARD ovf_status world_fir_walk(struct world_build *build, struct world_fir_blocks *blocks,
                                        ovf_error *err);

/* Do the FIR's limits let it reach that level, or may they? level_ft: OVF_LEVEL_ANY for any. */
bool world_fir_reaches(const ovf_world *world, uint32_t fir, int32_t level_ft);

#endif
