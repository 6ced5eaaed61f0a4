/* SPDX-License-Identifier: Apache-2.0 */
/* world_file.h - what is in a world file, and what an open one is made of. Part of
 * world_internal.h, which includes it: the rows come first. */
#ifndef OVERFLY_WORLD_FILE_H
#define OVERFLY_WORLD_FILE_H

/* ---- the world file ----
 * Little-endian, no pointers: a head, the section table, then the sections, each at a multiple of
 * 8 bytes. Texts are offsets into WORLD_TEXT. Tables are sorted by what they are looked up by. The
 * hash is XXH64 (seed 0) of everything behind the head. */

#define WORLD_MAGIC "OVFWORLD"
#define WORLD_VERSION 4

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
    double south_deg, west_deg, north_deg, east_deg; /* ovf_fir.box */
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

/* Edges of an outline that land has too, found when they are first asked for. */
struct world_shared {
    const ovf_shared_edge *edges;
    size_t count;
};

struct world_lazy_shared {
    _Atomic(const struct world_shared *) made;
};

#define WORLD_LETTERS (27 * 27) /* pairs of a letter and a letter or nothing */
#define WORLD_DEMONYM_SLOTS 1024
#define WORLD_LONG_LETTERS 64

struct world_long_letters {
    ovf_str letters;
    uint16_t state;
};

struct ovf_world {
    const unsigned char *map; /* the whole file */
    size_t bytes;
    const struct world_section *sections; /* [kind - 1] */
    ovf_arena arena;
    ovf_state *states;
    uint16_t letters[WORLD_LETTERS]; /* State by nationality letters, from 1; 0: none */
    struct world_long_letters long_letters[WORLD_LONG_LETTERS]; /* "LYPG": longer, or not letters */
    uint16_t long_letter_count;
    bool has_more_letters;                  /* than that list takes: each State is asked */
    uint16_t demonyms[WORLD_DEMONYM_SLOTS]; /* State by demonym, from 1, at its hash or behind */
    struct world_lazy_area *land;           /* by State */
    struct world_lazy_area *territory;      /* by State */
    struct world_lazy_shared *land_shared, *territory_shared; /* by State */
    _Atomic(const ovf_box *) rough_boxes;                     /* by State; made at once */
    struct world_lazy_area *units;
    pthread_mutex_t lazy;              /* guards the arena while an area is made */
    ovf_fir *firs;                     /* those of kind none last */
    size_t fir_count;                  /* without them */
    struct world_lazy_area *fir_areas; /* by FIR, of kind none too */
    ovf_airport *airports;
    ovf_operator *operators;
    ovf_airspace *airspaces;
    struct world_lazy_area *airspace_areas;
    _Atomic(const ovf_spread *) *fir_spreads;   /* by FIR */
    _Atomic(const ovf_spread *) *state_spreads; /* by State */
};

/* file_checks.c: what the readers of the sections rely on. OVF_E_CORRUPT. */
OVF_NODISCARD ovf_status world_check_tables(const ovf_world *world, ovf_error *err);
/* find.c: notes the letters and the demonym of a State that is laid out. */
void world_index_state(ovf_world *world, uint32_t state);
/* A section's items, and how many. */
const void *world_items(const ovf_world *world, enum world_section_kind kind, size_t *count);
ovf_str world_text_of(const ovf_world *world, struct world_text text);
/* A ring of the file. OVF_E_CORRUPT. */
OVF_NODISCARD ovf_status world_ring(const ovf_world *world, uint32_t index, ovf_ring *out,
                                    ovf_error *err);
/* The first of count names, sorted by their folded texts, that is not before this one; count. */
size_t world_first_name(const ovf_world *world, const struct world_name_item *items, size_t count,
                        ovf_str folded);
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
/* Does the unit's own outline hold the point, whatever else does? */
bool world_unit_holds(const ovf_world *world, ovf_point p, uint32_t unit);
/* The unit that it counts for in a split: what lies under an overlay is apart from the rest. */
uint32_t world_air_slot(const struct world_air *air);
/* Units that may meet the cell of p: entries as in WORLD_CELL_UNITS. */
const uint32_t *world_cell_units(const ovf_world *world, ovf_point p, size_t *count);

/* Do the FIR's limits let it reach that level, or may they? level_ft: OVF_LEVEL_ANY for any. */
bool world_fir_reaches(const ovf_world *world, uint32_t fir, int32_t level_ft);
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

#endif
