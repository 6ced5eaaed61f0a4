/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/world.h - the facts about places: States, territorial seas, FIRs, airports, points,
 * operators, registration marks, 24-bit addresses, authority rules; one compiled, mapped file.
 * Room: world.  Uses: geo, time.  An ovf_world never changes once open: many threads may read it.
 * Every text and area handed out lives as long as the world. */
#ifndef OVERFLY_WORLD_H
#define OVERFLY_WORLD_H

#include <overfly/airspace.h>
#include <overfly/area.h>
#include <overfly/level.h>
#include <overfly/time.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ovf_world ovf_world;

/* Maps a world file. OVF_E_IO; OVF_E_CORRUPT: not a world file, another version, a checksum that
 * does not fit (the reason says which). */
OVF_API OVF_NODISCARD ovf_status ovf_world_open(const char *path, ovf_world **out, ovf_error *err);
OVF_API void ovf_world_free(ovf_world *world); /* NULL is fine */

/* Compiles the text tables under data_dir into a world file, written beside and renamed over
 * out_path. err->reason starts with "file:line:column: " for a bad table. */
OVF_API OVF_NODISCARD ovf_status ovf_world_build(const char *data_dir, const char *out_path,
                                                 ovf_error *err);

typedef struct ovf_world_build_options {
    bool without_nav; /* leaves out data/nav, which is not under the Apache licence */
} ovf_world_build_options;

/* The same with a choice; options may be NULL. */
OVF_API OVF_NODISCARD ovf_status ovf_world_build_with(const char *data_dir, const char *out_path,
                                                      const ovf_world_build_options *options,
                                                      ovf_error *err);

#define OVF_INDEX_NONE UINT32_MAX

/* ---- changing a world: parts replaced, a new file written; the open one stays as it is ---- */

typedef struct ovf_world_edit ovf_world_edit;

typedef struct ovf_import_report {
    size_t added;    /* of no code or name that was there */
    size_t replaced; /* codes or names whose outlines are new */
    size_t removed;  /* dropped, since the file replaces everything */
    size_t left_out; /* read, but not of the kind asked for */
} ovf_import_report;

/* The world must stay open as long as the edit. One thread at a time. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_world_edit_new(const ovf_world *world, ovf_world_edit **out,
                                                    ovf_error *err);
OVF_API void ovf_world_edit_free(ovf_world_edit *edit); /* NULL is fine */
/* FIRs, UIRs and OCAs of a file over ours. All of a code's rows go when the file has that code with
 * levels; where it gives none, the outline goes under every row of the code. Name, State, other
 * names, service, NOF and levels stay ours where the file has none; of a new FIR the State is told
 * by the nationality letters. source: what the rows say where the file names none ("VAT-Spy").
 * replace_all: those that the file does not have are dropped. The set is borrowed until written.
 * findings (may be NULL): FIRs of no State, of no name. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_world_edit_firs(ovf_world_edit *edit,
                                                     const ovf_airspace_set *set, ovf_str source,
                                                     bool replace_all, ovf_findings *findings,
                                                     ovf_import_report *report, ovf_error *err);
/* Every volume of a file that is no FIR, UIR or OCA and not temporary: named areas. Those of the
 * same ident and kind (without an ident: of the same name) go first. replace_all: all go.
 * OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_world_edit_airspaces(
    ovf_world_edit *edit, const ovf_airspace_set *set, ovf_str source, bool replace_all,
    ovf_findings *findings, ovf_import_report *report, ovf_error *err);
/* Writes the world as it is now, beside out_path and then over it. OVF_E_IO, OVF_E_LIMIT, OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_world_edit_write(ovf_world_edit *edit, const char *out_path,
                                                      ovf_error *err);

/* ---- States ---- */

typedef struct ovf_state {
    ovf_str iso3;      /* "VEN"; the key everywhere */
    ovf_str iso2;      /* "VE", may be empty */
    ovf_str name;      /* "Venezuela" */
    ovf_str demonym;   /* "Venezuelan", may be empty */
    ovf_str icao;      /* nationality letters of location indicators, blank-separated: "SV" */
    ovf_str sovereign; /* ISO3 of the State that answers for it: CUW -> NLD; itself otherwise */
    bool is_disputed;  /* who holds the land is disputed; note says how */
    bool is_eu;        /* member of the European Union (EU operators: Reg. (EU) 965/2012) */
    ovf_str note;      /* may be empty */
} ovf_state;

OVF_API size_t ovf_world_state_count(const ovf_world *world);
OVF_API const ovf_state *ovf_world_state(const ovf_world *world, uint32_t index);
/* By ISO3, or by name or a listed other name, letter case free. OVF_INDEX_NONE. */
OVF_API uint32_t ovf_world_find_state(const ovf_world *world, ovf_str name);
/* By its demonym in either case, "Venezuelan"; OVF_INDEX_NONE. */
OVF_API uint32_t ovf_world_find_demonym(const ovf_world *world, ovf_str demonym);
/* By the nationality letters with which a location indicator begins (ICAO Doc 7910), the longest that
 * fit; OVF_INDEX_NONE. */
OVF_API uint32_t ovf_world_indicator_state(const ovf_world *world, ovf_str indicator);
/* Other names it goes by ("UNITED STATES OF AMERICA"), separated by '|'; may be empty. */
OVF_API ovf_str ovf_world_state_other_names(const ovf_world *world, uint32_t state);
/* The State that answers for it: NLD for CUW and ABW. itself when there is none. */
OVF_API uint32_t ovf_world_sovereign(const ovf_world *world, uint32_t state);
/* Land; and land with archipelagic waters, claimed waters and the territorial sea (12 NM, or as
 * data/sea.txt has it; median line against neighbours). Disputed land counts for the State that it
 * is taken to be of. Never NULL; empty when the world has no outline of it. */
OVF_API const ovf_area *ovf_world_land(const ovf_world *world, uint32_t state);
OVF_API const ovf_area *ovf_world_territory(const ovf_world *world, uint32_t state);

/* A box that surely holds the State's land and territory, by a degree too large, all round where it
 * crosses the 180th meridian; found without making their areas. Of no memory: all of the globe. */
OVF_API ovf_box ovf_world_rough_box(const ovf_world *world, uint32_t state);

/* An edge of an outline that the land of a State has too: same ends, whichever way round. Edges are
 * counted from 0 through the rings of the outline in their order (ovf_area_ring_list). */
typedef struct ovf_shared_edge {
    uint32_t edge;
    uint32_t state;
} ovf_shared_edge;

/* The edges that a State's land shares with other States' land: its land borders; all others are its
 * coast. And those that its territory shares with any land, its own too: all others are the limit of
 * its sea. Sorted by edge, then State; found at the first question, kept by the world. *count may be
 * 0. NULL: no memory. */
OVF_API const ovf_shared_edge *ovf_world_land_shared(const ovf_world *world, uint32_t state,
                                                     size_t *count);
OVF_API const ovf_shared_edge *ovf_world_territory_shared(const ovf_world *world, uint32_t state,
                                                          size_t *count);

/* Whose air a point is. */
typedef struct ovf_whose {
    uint32_t state; /* index; OVF_INDEX_NONE over the high seas */
    bool is_high_seas;
    bool is_disputed;
    bool is_doubtful; /* nearer to the border than the outlines are accurate: cannot tell */
    bool
        is_archipelagic; /* inside the State's archipelagic baselines, on an island or on the waters
                             between them: its air like any other (UNCLOS art. 49) */
} ovf_whose;

#define OVF_BORDER_ACCURACY_M \
    1500.0 /* Natural Earth 1:10m against survey, land borders and coasts */

OVF_API ovf_whose ovf_world_whose(const ovf_world *world, ovf_point p);

/* Who disputes a piece of land or sea. state is whose it is taken to be, by law as far as there is
 * a ruling; the note says which. */
typedef struct ovf_claim {
    ovf_str name;       /* "Aksai Chin" */
    uint32_t state;     /* index; OVF_INDEX_NONE: nobody's, or several States' */
    ovf_str held_by;    /* ISO3 codes, blank-separated; may be empty */
    ovf_str claimed_by; /* the same */
    ovf_str note;       /* may be empty */
    ovf_str source;     /* may be empty */
    double accuracy_m;  /* of the limits: points so near outside them are disputed and doubtful */
} ovf_claim;

/* All of them; returns how many there are, writes at most max (out may be NULL when max is 0). */
OVF_API size_t ovf_world_claims(const ovf_world *world, ovf_claim *out, size_t max);
/* The claim that makes a point disputed. false: it is not. */
OVF_API bool ovf_world_claim_at(const ovf_world *world, ovf_point p, ovf_claim *out);

/* A leg cut by whose air it is: sorted, gapless from 0 to the leg's length. */
typedef struct ovf_whose_stretch {
    double from_m;
    double until_m;
    ovf_whose whose;
} ovf_whose_stretch;

OVF_API OVF_NODISCARD ovf_status ovf_world_cut_leg(const ovf_world *world, const ovf_leg *leg,
                                                   ovf_arena *arena, ovf_whose_stretch **out,
                                                   size_t *count);

/* Does surely no border come into the box, nor nearer to it than OVF_BORDER_ACCURACY_M? Then what is
 * so at one point of it is so at all. false says nothing: a wide box, or one near a pole. */
OVF_API bool ovf_world_is_one_air(const ovf_world *world, ovf_box box);

/* An area split by whose air it is, before anybody judges it. One piece a State whose territory
 * meets the area, and one for the high seas; share is the piece's part of the whole by surface,
 * in [0, 1], estimated on a grid of points (0.5 % or better). Pieces below min_share are left out
 * (0 keeps all). An unresolved area gives one piece with state OVF_INDEX_NONE, is_high_seas false. */
typedef struct ovf_piece {
    ovf_whose whose;
    double share;
    ovf_point inside; /* some point of the piece */
} ovf_piece;

OVF_API OVF_NODISCARD ovf_status ovf_world_split(const ovf_world *world, const ovf_area *area,
                                                 double min_share, ovf_arena *arena,
                                                 ovf_piece **out, size_t *count);

/* ---- FIRs ---- */

typedef struct ovf_fir {
    ovf_str code;     /* "SVZM" */
    ovf_str name;     /* "MAIQUETIA" */
    ovf_str kind;     /* "fir" | "uir" | "oca" */
    uint32_t state;   /* the State responsible for the service */
    ovf_str includes; /* further States whose territory lies in it, ISO3, blank-separated */
    ovf_str overlaps; /* codes of FIRs whose limits it shares air with, as both are published */
    ovf_str nof;      /* address of the NOTAM office: "SVMIYNYX", may be empty */
    ovf_str ansp;
    ovf_level lower, upper;
    ovf_str source;
    ovf_str confidence; /* "published" | "approximate" */
    ovf_box box;        /* surely holds its area */
} ovf_fir;

OVF_API size_t ovf_world_fir_count(const ovf_world *world);
OVF_API const ovf_fir *ovf_world_fir(const ovf_world *world, uint32_t index);
/* Of a FIR of this world, also of air without one. Made when it is first asked for, and kept: of
 * most FIRs the box has answered before. Never NULL; unresolved when there is no memory for it. */
OVF_API const ovf_area *ovf_world_fir_area(const ovf_world *world, const ovf_fir *fir);
/* Air that no FIR has been laid over, and that is not simply missing from the table: its kind is
 * "none", its state OVF_INDEX_NONE, its code (ours; ICAO gives it none) begins with X. source says
 * why. None of the other FIR functions knows these. */
OVF_API size_t ovf_world_no_fir_count(const ovf_world *world);
OVF_API const ovf_fir *ovf_world_no_fir(const ovf_world *world, uint32_t index);
OVF_API uint32_t ovf_world_find_fir(const ovf_world *world, ovf_str code_or_name);
/* Indexes of the FIRs that hold p; returns how many there are, writes at most max. */
OVF_API size_t ovf_world_firs_at(const ovf_world *world, ovf_point p, uint32_t *out, size_t max);

/* ---- does every point lie in exactly one FIR at every level? ---- */

typedef enum ovf_partition_kind {
    OVF_PARTITION_GAP = 1, /* no FIR has it */
    OVF_PARTITION_OVERLAP, /* several have it */
} ovf_partition_kind;

/* One defect: all of the air between two levels that the same FIRs share, or a hole between the
 * same FIRs. */
typedef struct ovf_partition_finding {
    ovf_partition_kind kind;
    ovf_str codes;    /* of the FIRs that share it, or (at most 8) that border on the gap */
    bool is_declared; /* an overlap that the FIRs name themselves */
    uint32_t pieces;  /* of the surface */
    ovf_point place;  /* in the largest piece */
    double area_m2;   /* all pieces, on the ellipsoid */
    ovf_level lower, upper;
} ovf_partition_finding;

typedef struct ovf_partition {
    ovf_partition_finding *findings; /* largest first */
    size_t count;
    size_t bands;           /* of levels, each proved by itself */
    size_t edges;           /* of the limits, in all bands */
    size_t unmatched_edges; /* those without exactly one neighbour that runs the other way */
    double globe_m2;        /* the ellipsoid's surface */
    double gap_m2;          /* in the worst band */
    double overlap_m2;      /* undeclared, in the worst band */
    double declared_m2;     /* in the worst band */
    double worst_m2;        /* gaps and undeclared overlaps together, in the worst band */
} ovf_partition;

/* The proof by edges: where each edge of a limit is matched by exactly one of a neighbour that runs
 * the other way, nothing can gape or overlap. What is left is measured: geodesics laid out within
 * half a metre, surfaces on the ellipsoid. Findings below min_m2 are left out of the list, not of
 * the sums. Findings and texts live in the arena. OVF_E_NOMEM, OVF_E_LIMIT (above 5,000,000 points
 * to lay out), OVF_E_INTERNAL (GEOS failed). Pure; any thread. */
OVF_API OVF_NODISCARD ovf_status ovf_world_partition(const ovf_world *world, double min_m2,
                                                     ovf_arena *arena, ovf_partition *out,
                                                     ovf_error *err);

/* ---- named areas: prohibited, restricted, danger areas and other airspace, imported ---- */

OVF_API size_t ovf_world_airspace_count(const ovf_world *world);
OVF_API const ovf_airspace *ovf_world_airspace(const ovf_world *world, uint32_t index);
/* Never NULL. */
OVF_API const ovf_area *ovf_world_airspace_area(const ovf_world *world, uint32_t index);
/* By ident or name, letter case, blanks and hyphens of the ident free ("LF-R31B", "lfr31b"): the
 * volumes of that name; returns how many there are, writes at most max. */
OVF_API size_t ovf_world_find_airspace(const ovf_world *world, ovf_str name, uint32_t *out,
                                       size_t max);

/* ---- airports and points ---- */

typedef struct ovf_airport {
    ovf_str icao; /* "SVMI" */
    ovf_str iata; /* "CCS", may be empty */
    ovf_str name;
    ovf_str city; /* may be empty */
    uint32_t state;
    ovf_point place;
    int32_t elevation_ft; /* INT32_MIN: not known */
} ovf_airport;

OVF_API size_t ovf_world_airport_count(const ovf_world *world);
OVF_API const ovf_airport *ovf_world_airport(const ovf_world *world, uint32_t index);
OVF_API uint32_t ovf_world_find_airport(const ovf_world *world, ovf_str icao_or_iata);

/* A named point. Its texts live as long as the world; the struct itself is made when asked for. */
typedef struct ovf_fix {
    ovf_str ident;
    ovf_str kind; /* "fix" | "vor" | "ndb" | "dme" | "tacan" */
    ovf_point place;
    ovf_str source;
} ovf_fix;

OVF_API size_t ovf_world_fix_count(const ovf_world *world);
/* All texts empty when there is no such index. */
OVF_API ovf_fix ovf_world_fix(const ovf_world *world, uint32_t index);
/* All points of that name are neighbours: the first index, and how many; OVF_INDEX_NONE and 0.
 * Points of one name and less than a mile (1 NM) apart are one point. */
OVF_API uint32_t ovf_world_find_fix(const ovf_world *world, ovf_str ident, size_t *count);
/* The one of that name nearest to a place; *away_m (may be NULL): how far. OVF_INDEX_NONE. */
OVF_API uint32_t ovf_world_nearest_fix(const ovf_world *world, ovf_str ident, ovf_point place,
                                       double *away_m);

/* A radio aid to navigation, at a fix that bears its name. */
typedef struct ovf_navaid {
    uint32_t fix;
    ovf_str kind; /* "vor" | "vor-dme" | "vortac" | "ndb" | "ndb-dme" | "dme" | "tacan" */
    ovf_str name; /* "MAIQUETIA", may be empty */
    ovf_point place;
    uint32_t frequency_khz; /* 0: not known; of a DME or TACAN that of the paired VOR */
    int32_t elevation_ft;   /* INT32_MIN: not known */
    uint32_t range_nm;      /* 0: not known */
    bool has_variation;
    double variation_deg; /* by which its radial 0 lies east of true north; VORs only */
} ovf_navaid;

OVF_API size_t ovf_world_navaid_count(const ovf_world *world);
OVF_API ovf_navaid ovf_world_navaid(const ovf_world *world, uint32_t index);
/* The aids at a fix, neighbours in the table: the first index, and how many. */
OVF_API uint32_t ovf_world_navaids_at(const ovf_world *world, uint32_t fix, size_t *count);
/* By how many degrees magnetic north lies east of true north, as the nearest VOR within reach_m
 * has it; false: there is none. */
OVF_API bool ovf_world_variation_near(const ovf_world *world, ovf_point place, double reach_m,
                                      double *east_deg);

/* ---- airways ---- */

/* A chain of points. Airways of one name in different parts of the world, and arms of a forked one,
 * are chains of their own. */
typedef struct ovf_airway {
    ovf_str name; /* "UL851" */
    uint32_t leg_count;
} ovf_airway;

typedef enum ovf_airway_way {
    OVF_AIRWAY_BOTH = 0, /* either way, or not known */
    OVF_AIRWAY_FORWARD,  /* only from `from` to `to` */
    OVF_AIRWAY_BACKWARD,
} ovf_airway_way;

typedef struct ovf_airway_leg {
    uint32_t airway;
    uint32_t leg;      /* from 0, along the chain */
    uint32_t from, to; /* fixes */
    uint32_t lower_fl, upper_fl;
    bool is_low, is_high; /* of which structure; both may be */
    ovf_airway_way way;
} ovf_airway_leg;

OVF_API size_t ovf_world_airway_count(const ovf_world *world);
OVF_API ovf_airway ovf_world_airway(const ovf_world *world, uint32_t index);
/* airway and leg must be in range; from and to are OVF_INDEX_NONE when they are not. */
OVF_API ovf_airway_leg ovf_world_airway_leg(const ovf_world *world, uint32_t airway, uint32_t leg);
/* All chains of that name are neighbours. */
OVF_API uint32_t ovf_world_find_airway(const ovf_world *world, ovf_str name, size_t *count);
/* The legs that begin or end at a fix; returns how many there are, writes at most max. */
OVF_API size_t ovf_world_legs_at(const ovf_world *world, uint32_t fix, ovf_airway_leg *out,
                                 size_t max);
/* The points from one fix to another along the airways of that name, both ends included: fewest
 * legs, whichever way they may be flown. OVF_E_NOT_FOUND: no airway of that name, a fix that is not
 * on one, or two that it does not join; the reason says which. */
OVF_API OVF_NODISCARD ovf_status ovf_world_airway_path(const ovf_world *world, ovf_str name,
                                                       uint32_t from, uint32_t to, ovf_arena *arena,
                                                       uint32_t **out, size_t *count,
                                                       ovf_error *err);

/* ---- operators, registrations, addresses ---- */

typedef struct ovf_operator {
    ovf_str icao; /* "KLM" */
    ovf_str iata; /* may be empty */
    ovf_str name;
    ovf_str telephony; /* may be empty */
    uint32_t state;    /* of the AOC; OVF_INDEX_NONE: not known */
    bool is_state;     /* its aircraft are State aircraft: military, customs, police, heads of
                          State (Chicago Convention, article 3) */
    ovf_str source;
} ovf_operator;

OVF_API size_t ovf_world_operator_count(const ovf_world *world);
OVF_API const ovf_operator *ovf_world_operator(const ovf_world *world, uint32_t index);
/* By ICAO designator or name. */
OVF_API uint32_t ovf_world_find_operator(const ovf_world *world, ovf_str designator_or_name);
/* State of a registration ("N742AV", "HK-5273", "VP-BXX"): the longest mark of which
 * the rest has a form that its register uses, else the longest; hyphens free. data/registrations.txt
 * says how. OVF_INDEX_NONE: not known. */
OVF_API uint32_t ovf_world_registration_state(const ovf_world *world, ovf_str registration);
/* Is the text a registration to its last character, in a form that its register uses? For call
 * signs, which need not be one: "N742AV" yes, "FORTE12" no. False also for none of these. */
OVF_API bool ovf_world_is_registration(const ovf_world *world, ovf_str text);
/* State of a 24-bit address: the narrowest block that holds it. OVF_INDEX_NONE: not known. */
OVF_API uint32_t ovf_world_address_state(const ovf_world *world, uint32_t address);

/* ---- the ground ---- */

/* Between which heights the ground lies: at a place, somewhere in a box, somewhere in the box of an
 * area. Coarse: by cells of a degree (data/terrain). Not known when the world was built without
 * that table, for an empty box, an unresolved area or a place that is none. */
OVF_API ovf_surface ovf_world_surface_at(const ovf_world *world, ovf_point p);
OVF_API ovf_surface ovf_world_surface_in(const ovf_world *world, ovf_box box);
OVF_API ovf_surface ovf_world_surface_of(const ovf_world *world, const ovf_area *area);

/* ---- authority rules: rows of data/authority/rules.txt, as written; the room `authority` reads
 * them. Fields are separated as in the table. ---- */

OVF_API size_t ovf_world_rule_count(const ovf_world *world);
OVF_API ovf_str ovf_world_rule(const ovf_world *world, uint32_t index); /* one row, tabs inside */

/* ---- names ---- */

typedef enum ovf_place_kind {
    OVF_PLACE_NONE = 0,
    OVF_PLACE_FIR,
    OVF_PLACE_STATE,
    OVF_PLACE_AIRPORT,
    OVF_PLACE_POINT,
    OVF_PLACE_FIX,
} ovf_place_kind;

typedef struct ovf_place {
    ovf_place_kind kind;
    uint32_t index;  /* of the FIR, State, airport or fix */
    ovf_point point; /* of a point, airport or fix */
    ovf_str code;
    ovf_str name;
    uint32_t state; /* responsible State; OVF_INDEX_NONE */
} ovf_place;

/* What the user typed as AREA: a FIR code or name, a State's ISO3 or name, an airport by its code, or
 * by its city or name where that has one airport only, or a point "LAT,LON" ("4.5S,29.2E",
 * "-4.5,29.2", "13N,056W", "1030N 06700W"). Names are compared without case, accents and stops.
 * OVF_E_NOT_FOUND. */
OVF_API OVF_NODISCARD ovf_status ovf_world_find(const ovf_world *world, ovf_str text,
                                                ovf_place *out, ovf_error *err);
OVF_API const char *ovf_place_kind_name(ovf_place_kind kind); /* fir|state|airport|point|fix */
/* "LAT,LON" alone. */
OVF_API OVF_NODISCARD ovf_status ovf_point_parse(ovf_str text, ovf_point *out, ovf_error *err);

/* Points spread evenly over a FIR's area or a State's territory, by surface: what part of it something
 * covers, and whose it is. Fewer where the area fills little of its box. */
#define OVF_SPREAD_POINTS 1024
#define OVF_SPREAD_TOLD 128 /* so many of the first are told whose air they are */

typedef struct ovf_spread_point {
    ovf_point place;
    ovf_whose whose;  /* of the told ones */
    uint32_t service; /* State of the first FIR that holds it, of the told ones; OVF_INDEX_NONE */
} ovf_spread_point;

typedef struct ovf_spread {
    const ovf_spread_point *points;
    size_t count;
} ovf_spread;

/* Made when first asked for, and kept by the world (32 kB). NULL: no FIR and no State, no memory. Any
 * number of threads. */
OVF_API const ovf_spread *ovf_world_spread(const ovf_world *world, const ovf_place *place);

/* The version block: where the tables came from, one line a source. */
OVF_API ovf_str ovf_world_sources(const ovf_world *world);

#ifdef __cplusplus
}
#endif
#endif
