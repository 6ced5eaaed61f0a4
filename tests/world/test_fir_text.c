/* SPDX-License-Identifier: Apache-2.0 */
/* The FIR definition language, clause by clause (docs/formats/fir.md), over two square States:
 * AAA from 0 to 10 degrees east, BBB from 10 to 20, both from the equator to 10 degrees north.
 * Positions expected are the written ones; arcs are checked against their radius. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fir_internal.h"

#define FIX(lat, lon)                                        \
    {                                                        \
        (int32_t)((lat)*10000000), (int32_t)((lon)*10000000) \
    }

static const ovf_fixed border[] = {FIX(0, 10), FIX(3, 10), FIX(6, 10), FIX(10, 10)};
static const ovf_fixed coast_a[] = {FIX(10, 10), FIX(10, 5), FIX(10, 0), FIX(0, 0), FIX(0, 10)};
static const ovf_fixed coast_b[] = {FIX(0, 10), FIX(0, 20), FIX(10, 20), FIX(10, 10)};
static const ovf_fixed sea_a[] = {FIX(10.2, 10), FIX(10.2, -0.2), FIX(-0.2, -0.2), FIX(-0.2, 10)};

static struct world_arc arcs[] = {
    {border, OVF_COUNTOF(border), {0, 1}},
    {coast_a, OVF_COUNTOF(coast_a), {0, OVF_INDEX_NONE}},
    {coast_b, OVF_COUNTOF(coast_b), {1, OVF_INDEX_NONE}},
};
static struct world_outline outlines[] = {{.state = 0}, {.state = 1}};
static const ovf_ring territory[] = {{sea_a, NULL, OVF_COUNTOF(sea_a)}};
static struct world_state_row states[] = {
    {.fields = {.iso3 = OVF_STR_INIT("AAA")}, .territory = territory, .territory_count = 1},
    {.fields = {.iso3 = OVF_STR_INIT("BBB")}},
};

#define HEAD                                                               \
    "fir TEST\nname TEST FIR\nkind fir\nstate AAA\nlower SFC\nupper UNL\n" \
    "confidence published\nsource AIP\nlimit\n"

#define HEAD_TWO                                                             \
    "fir NEXT\nname NEXT FIR\nkind uir\nstate BBB\nlower FL245\nupper UNL\n" \
    "confidence approximate\nsource AIP\nlimit\n"

struct parse {
    ovf_arena arena;
    struct world_build build;
    ovf_error err;
    ovf_status status;
};

static void parse(struct parse *p, const char *text)
{
    *p = (struct parse){0};
    ovf_arena_init(&p->arena, 0);
    p->build = (struct world_build){.arena = &p->arena,
                                    .arcs = arcs,
                                    .arc_count = OVF_COUNTOF(arcs),
                                    .outlines = outlines,
                                    .outline_count = OVF_COUNTOF(outlines),
                                    .states = states,
                                    .state_count = OVF_COUNTOF(states)};
    struct world_fir_blocks blocks = {0};
    p->status = world_fir_read(&p->build, "t.fir", ovf_str_of(text), &blocks, &p->err);
    if (p->status == OVF_OK)
        p->status = world_fir_walk(&p->build, &blocks, &p->err);
}

/* "lat lon edge" of every vertex of the rings, g or p for the edge that leads away from it. */
static void write_rings(const struct world_fir_row *row, char *out, size_t size)
{
    size_t len = 0;
    out[0] = '\0';
    for (uint32_t r = 0; r < row->ring_count; r++) {
        const ovf_ring *ring = &row->rings[r];
        len += (size_t)snprintf(out + len, size - len, "%s", r > 0 ? " /" : "");
        for (uint32_t i = 0; i < ring->count && len < size; i++) {
            ovf_point p = ovf_fixed_point(ring->vertices[i]);
            len += (size_t)snprintf(out + len, size - len, " %g %g%c", p.lat_deg, p.lon_deg,
                                    ring->edges[i] == OVF_EDGE_PARALLEL ? 'p' : 'g');
        }
    }
}

/* ---- what is read ---- */

static struct good_row {
    const char *name;
    const char *text;
    const char *rings;
} good_rows[] = {
    {"points and comments",
     HEAD "# a comment\n  point 10 00 00 N 020 00 00 W - 10 30 00 N 021 00 00 W # more\n"
          "\n\tpoint 11 00 N 020 30 W\r\n geodesic to origin\nend\n",
     " 10 -20g 10.5 -21g 11 -20.5g"},
    {"coordinates as AIPs print them",
     HEAD "point 103000N 0203000W - 1130N 02130W - 12 30.5 N 020 15 00 E\n"
          "point 000000.36S 1800000E\ngeodesic to origin\nend\n",
     " 10.5 -20.5g 11.5 -21.5g 12.5083 20.25g -0.0001 180g"},
    {"parallel and meridian",
     HEAD "point 10 00 N 020 00 W\nparallel to 022 00 W\nmeridian to 12 00 N\n"
          "parallel to 020 00 W\nmeridian to origin\nend\n",
     " 10 -20p 10 -22g 12 -22p 12 -20g"},
    {"parallel to origin",
     HEAD "point 10 00 N 020 00 W - 12 00 N 021 00 W - 10 00 N 022 00 W\nparallel to origin\nend\n",
     " 10 -20g 12 -21g 10 -22p"},
    {"parallel across 180",
     HEAD "point 10 00 N 179 00 E\nparallel to 179 00 W\nmeridian to 12 00 N\n"
          "geodesic to origin\nend\n",
     " 10 179p 10 -179g 12 -179g"},
    {"border, joined straight",
     HEAD "point 02 50 N 010 10 E\nborder AAA BBB to 06 10 N 010 05 E\n"
          "point 08 00 N 009 00 E\ngeodesic to origin\nend\n",
     " 2.83333 10.1667g 3 10g 6 10g 8 9g"},
    {"border backwards, from a point",
     HEAD "border BBB AAA from 10 00 N 010 00 E to 03 00 N 010 00 E\n"
          "point 05 00 N 008 00 E\ngeodesic to origin\nend\n",
     " 10 10g 6 10g 3 10g 5 8g"},
    {"coast",
     HEAD "coast AAA from 10 00 N 005 00 E to 00 00 N 000 00 E\n"
          "point 05 00 N 008 00 E\ngeodesic to origin\nend\n",
     " 10 5g 10 0g 0 0g 5 8g"},
    {"sea limit",
     HEAD "sea limit AAA from 10 12 N 000 12 W to 00 12 S 000 12 W\n"
          "point 05 00 N 002 00 W\ngeodesic to origin\nend\n",
     " 10.2 -0.2g -0.2 -0.2g 5 -2g"},
    {"vertex of a border",
     HEAD "point on border AAA BBB near 06 05 N 010 05 E\npoint 05 00 N 008 00 E\n"
          "point on coast AAA near 10 00 N 010 00 E\ngeodesic to origin\nend\n",
     " 6 10g 5 8g 10 10g"},
    {"two limits",
     HEAD "point 10 00 N 020 00 W - 10 00 N 030 00 W - 20 00 N 020 00 W\ngeodesic to origin\n"
          "limit\npoint 11 00 N 021 00 W - 11 00 N 022 00 W - 12 00 N 021 00 W - 11 00 N 021 00 W\n"
          "end\n",
     " 10 -20g 10 -30g 20 -20g / 11 -21g 11 -22g 12 -21g"},
    {"edge forwards and backwards, written later",
     HEAD "along E\npoint 10 00 N 025 00 W\ngeodesic to origin\nend\n" HEAD_TWO
          "back along E\npoint 10 00 N 015 00 W\ngeodesic to origin\nend\n"
          "edge E\npoint 10 00 N 020 00 W\nmeridian to 11 00 N\nparallel to 021 00 W\n"
          "point 12 00 N 020 00 W\nend\n",
     " 10 -20g 11 -20p 11 -21g 12 -20g 10 -25g"},
};

static void reads(void **state)
{
    const struct good_row *row = *state;
    struct parse p;
    parse(&p, row->text);
    if (p.status != OVF_OK)
        print_error("%s\n", p.err.reason);
    assert_int_equal(p.status, OVF_OK);
    char rings[2000];
    write_rings(&p.build.firs[0], rings, sizeof rings);
    assert_string_equal(rings, row->rings);
    ovf_arena_done(&p.arena);
}

static void reads_the_head(void **state)
{
    (void)state;
    struct parse p;
    parse(&p, "fir TEST\n  other OLD NAME | NICK\n  name TEST FIR  # as published\n  kind oca\n"
              "  state BBB\n  includes AAA BBB\n  ansp Somebody\n  nof TESTYNYX\n  lower FL195\n"
              "  upper 60000FT AMSL\n  confidence approximate\n  source AIP Test ENR 2.1\n"
              "limit\npoint 1 0 N 1 0 E - 1 0 N 2 0 E - 2 0 N 2 0 E - 1 0 N 1 0 E\nend\n");
    assert_int_equal(p.status, OVF_OK);
    const struct world_fir_row *row = &p.build.firs[0];
    assert_true(ovf_str_eq(row->fields.code, OVF_STR("TEST")));
    assert_true(ovf_str_eq(row->fields.name, OVF_STR("TEST FIR")));
    assert_true(ovf_str_eq(row->other_names, OVF_STR("OLD NAME | NICK")));
    assert_true(ovf_str_eq(row->fields.kind, OVF_STR("oca")));
    assert_int_equal(row->fields.state, 1);
    assert_true(ovf_str_eq(row->fields.includes, OVF_STR("AAA BBB")));
    assert_true(ovf_str_eq(row->fields.ansp, OVF_STR("Somebody")));
    assert_true(ovf_str_eq(row->fields.nof, OVF_STR("TESTYNYX")));
    assert_int_equal(row->fields.lower.ref, OVF_LEVEL_FL);
    assert_int_equal(row->fields.lower.value_ft, 19500);
    assert_int_equal(row->fields.upper.ref, OVF_LEVEL_AMSL);
    assert_int_equal(row->fields.upper.value_ft, 60000);
    assert_true(ovf_str_eq(row->fields.confidence, OVF_STR("approximate")));
    assert_true(ovf_str_eq(row->fields.source, OVF_STR("AIP Test ENR 2.1")));
    ovf_arena_done(&p.arena);
}

/* ---- arcs: every vertex on the circle, the right way round ---- */

static struct arc_row {
    const char *name;
    const char *text;
    ovf_point centre;
    double radius_m;
    double mean_lat_deg; /* of the vertices: tells which way the arc went */
    uint32_t count_min;
} arc_rows[] = {
    {"clockwise",
     HEAD "point 10 00 00 N 022 01 28 W\n"
          "arc clockwise centre 10 00 N 020 00 W radius 120 NM to 10 00 00 N 017 58 32 W\n"
          "geodesic to origin\nend\n",
     {10, -20},
     120 * OVF_NM_M,
     1,
     60},
    {"anticlockwise",
     HEAD "point 10 00 00 N 022 01 28 W\n"
          "arc anticlockwise centre 10 00 N 020 00 W radius 120 NM to 10 00 00 N 017 58 32 W\n"
          "geodesic to origin\nend\n",
     {10, -20},
     120 * OVF_NM_M,
     -1,
     60},
    {"circle in kilometres",
     HEAD "circle centre 10 00 N 020 00 W radius 100 KM\nend\n",
     {10, -20},
     100000,
     0,
     100},
    {"circle across 180",
     HEAD "circle centre 60 00 N 179 30 E radius 60 NM\nend\n",
     {60, 179.5},
     60 * OVF_NM_M,
     0,
     100},
};

static void draws_arcs(void **state)
{
    const struct arc_row *row = *state;
    struct parse p;
    parse(&p, row->text);
    assert_int_equal(p.status, OVF_OK);
    const ovf_ring *ring = &p.build.firs[0].rings[0];
    assert_true(ring->count >= row->count_min);
    double sum_deg = 0;
    for (uint32_t i = 0; i < ring->count; i++) {
        ovf_point v = ovf_fixed_point(ring->vertices[i]);
        double off_m = fabs(ovf_distance_m(row->centre, v) - row->radius_m);
        // The ends are as written, to a second; all others lie on the circle.
        assert_true(off_m < (i == 0 || i + 1 == ring->count ? 500.0 : 0.05));
        sum_deg += v.lat_deg - row->centre.lat_deg;
        ovf_leg chord;
        ovf_leg_init(&chord, v, ovf_fixed_point(ring->vertices[(i + 1) % ring->count]));
        ovf_point middle = ovf_leg_at(&chord, chord.length_m / 2);
        bool is_closing = i + 1 == ring->count && row->mean_lat_deg != 0;
        if (i > 0 && i + 2 < ring->count && !is_closing)
            assert_true(row->radius_m - ovf_distance_m(row->centre, middle) < 10.5);
    }
    if (row->mean_lat_deg != 0)
        assert_true(sum_deg / ring->count * row->mean_lat_deg > 0.5);
    ovf_arena_done(&p.arena);
}

/* ---- what is refused, and where ---- */

static struct bad_row {
    const char *name;
    const char *text;
    const char *reason; /* how it begins */
} bad_rows[] = {
    {"not a block", "foo\n", "t.fir:1:1: expected 'fir' or 'edge'"},
    {"no code", "fir\n", "t.fir:1:4: expected a location indicator of four letters"},
    {"code too long", "fir SVZMM\n", "t.fir:1:5: expected a location indicator of four letters"},
    {"words behind the code", "fir SVZM x\n", "t.fir:1:10: expected the end of the line"},
    {"edge without a name", "edge\n", "t.fir:1:5: expected the name of an edge"},
    {"edge with nothing", "edge E\nend\n", "t.fir:2:1: expected a statement"},
    {"no end", "edge E\n  point 10 00 N 020 00 W\n", "t.fir:3:1: expected 'end' before the end"},
    {"unknown head", "fir TEST\n  colour red\n", "t.fir:2:3: expected a word of the head"},
    {"head twice", "fir TEST\nname A\nname B\n", "t.fir:3:1: this word has been given already"},
    {"head without value", "fir TEST\nname\n", "t.fir:2:5: expected a value"},
    {"kind", "fir TEST\nkind sector\n", "t.fir:2:6: expected fir, uir, oca or none"},
    {"State", "fir TEST\nstate XXX\n", "t.fir:2:7: expected a State's ISO 3166 code"},
    {"further State", "fir TEST\nincludes AAA QQQ\n", "t.fir:2:14: expected a State's ISO 3166"},
    {"NOF", "fir TEST\nnof SVMI\n", "t.fir:2:5: expected an address of 8 letters"},
    {"level", "fir TEST\nlower FLX\n", "t.fir:2:9: "},
    {"confidence", "fir TEST\nconfidence good\n", "t.fir:2:12: expected published or approximate"},
    {"head incomplete", "fir TEST\nname A\nkind fir\nlimit\n",
     "t.fir:4:1: expected 'state' before the limit"},
    {"no limit", "fir TEST\nname A\nend\n", "t.fir:3:1: expected 'limit'"},
    {"limit in an edge", "edge E\nlimit\n", "t.fir:2:1: expected a statement of a limit"},
    {"unknown statement", HEAD "point 1 0 N 1 0 E\n  wander to 1 0 N 2 0 E\nend\n",
     "t.fir:11:3: expected a statement of a limit, or 'end'"},
    {"no latitude", HEAD "point north\n", "t.fir:10:7: expected a latitude such as"},
    {"degrees alone", HEAD "point 10 N 020 00 W\n", "t.fir:10:10: expected a latitude such as"},
    {"no hemisphere", HEAD "point 10 00 020 00 W\n", "t.fir:10:17: expected N or S"},
    {"no longitude", HEAD "point 10 00 N\n", "t.fir:10:14: expected a longitude such as"},
    {"wrong hemisphere", HEAD "point 10 00 N 020 00 S\n", "t.fir:10:22: expected E or W"},
    {"latitude too large", HEAD "point 90 01 N 020 00 W\n", "t.fir:10:7: latitude out of range"},
    {"sixty minutes", HEAD "point 10 00 N 020 60 W\n", "t.fir:10:15: longitude out of range"},
    {"compact of odd length", HEAD "point 10000N 0200000W\n",
     "t.fir:10:7: expected degrees, minutes and seconds"},
    {"two points in a number", HEAD "point 10 0.0.0 N 020 00 W\n",
     "t.fir:10:10: expected degrees, minutes and seconds"},
    {"words behind a point", HEAD "point 10 00 N 020 00 W or so\n",
     "t.fir:10:24: expected the end of the line"},
    {"no to", HEAD "point 1 0 N 1 0 E\nparallel 2 0 E\n", "t.fir:11:10: expected 'to'"},
    {"arc turning nowhere", HEAD "point 1 0 N 1 0 E\narc centre 1 0 N 2 0 E\n",
     "t.fir:11:5: expected clockwise or anticlockwise"},
    {"arc without centre", HEAD "point 1 0 N 1 0 E\narc clockwise radius 5 NM\n",
     "t.fir:11:15: expected 'centre'"},
    {"arc without radius", HEAD "point 1 0 N 1 0 E\narc clockwise centre 1 0 N 2 0 E to origin\n",
     "t.fir:11:34: expected 'radius'"},
    {"radius of nothing", HEAD "circle centre 1 0 N 2 0 E radius 0 NM\n",
     "t.fir:10:34: expected a radius above 0"},
    {"radius in miles", HEAD "circle centre 1 0 N 2 0 E radius 5 MI\n",
     "t.fir:10:36: expected NM or KM"},
    {"border of an unknown State", HEAD "border AAA QQQ from 1 0 N 1 0 E to 2 0 N 1 0 E\n",
     "t.fir:10:12: expected a State's ISO 3166 code"},
    {"border of States far apart", HEAD "border AAA AAA from 1 0 N 9 0 E to 2 0 N 9 0 E\nend\n",
     "t.fir:10:1: the two States have no land border"},
    {"border that is not there", HEAD "border AAA BBB from 3 0 N 1 0 E to 6 0 N 10 0 E\nend\n",
     "t.fir:10:1: a point is 540 NM off that line"},
    {"on what", HEAD "point on river AAA near 1 0 N 1 0 E\n", "t.fir:10:10: expected 'coast'"},
    {"sea without limit", HEAD "sea AAA from 1 0 N 1 0 E to 2 0 N 1 0 E\n",
     "t.fir:10:5: expected 'limit'"},
    {"back without along", HEAD "back E\n", "t.fir:10:6: expected 'along'"},
    {"along nothing", HEAD "along\n", "t.fir:10:6: expected the name of an edge"},
    {"along an unknown edge", HEAD "along E\nend\n", "t.fir:10:7: no edge has the name E"},
    {"edge along an edge", "edge E\nalong F\n", "t.fir:2:1: an edge cannot run along another"},
    {"edge that closes", "edge E\npoint 1 0 N 1 0 E\ngeodesic to origin\nend\n",
     "t.fir:3:1: an edge does not close"},
    {"edge of one point", "edge E\npoint 1 0 N 1 0 E\nend\n",
     "t.fir:1:1: an edge needs two points"},
    {"edge twice",
     "edge E\npoint 1 0 N 1 0 E - 2 0 N 1 0 E\nend\n"
     "edge E\npoint 1 0 N 1 0 E - 2 0 N 1 0 E\nend\n",
     "t.fir:4:1: this name has been given already"},
    {"edge far away",
     "edge E\npoint 1 0 N 1 0 E - 2 0 N 1 0 E\nend\n" HEAD "point 1 0 N 3 0 E\n along E\nend\n",
     "t.fir:14:2: the edge begins 120.2 NM from where the limit stands"},
    {"begins with a parallel", HEAD "parallel to 2 0 E\nend\n",
     "t.fir:10:1: expected a point to begin with"},
    {"begins with a border", HEAD "border AAA BBB to 6 0 N 10 0 E\nend\n",
     "t.fir:10:1: expected a point to begin with"},
    {"origin off the parallel", HEAD "point 1 0 N 1 0 E - 2 0 N 1 0 E\nparallel to origin\nend\n",
     "t.fir:11:1: the origin is not on this parallel"},
    {"origin off the meridian", HEAD "point 1 0 N 1 0 E - 2 0 N 2 0 E\nmeridian to origin\nend\n",
     "t.fir:11:1: the origin is not on this meridian"},
    {"half the globe", HEAD "point 1 0 N 1 0 E\nparallel to 179 0 W\nend\n",
     "t.fir:11:1: half the globe along a parallel"},
    {"arc that begins off its circle",
     HEAD "point 1 0 N 1 0 E\narc clockwise centre 1 0 N 3 0 E radius 60 NM to 2 0 N 3 0 E\nend\n",
     "t.fir:11:1: the arc begins 120.2 NM from its centre"},
    {"arc that ends off its circle",
     HEAD "point 1 0 N 2 0 E\narc clockwise centre 1 0 N 3 0 E radius 60 NM to 3 0 N 3 0 E\nend\n",
     "t.fir:11:1: the arc ends 119.4 NM from its centre"},
    {"circle after a point", HEAD "point 1 0 N 2 0 E\ncircle centre 1 0 N 2 0 E radius 5 NM\nend\n",
     "t.fir:11:1: a circle is a limit of its own"},
    {"open limit", HEAD "point 1 0 N 1 0 E - 2 0 N 1 0 E - 2 0 N 2 0 E\nend\n",
     "t.fir:10:35: the limit ends 84.7 NM from its origin: expected 'geodesic to origin'"},
    {"two points", HEAD "point 1 0 N 1 0 E - 2 0 N 1 0 E\nend\n",
     "t.fir:10:21: a limit needs three points"},
    {"two points and back", HEAD "point 1 0 N 1 0 E - 2 0 N 1 0 E\ngeodesic to origin\nend\n",
     "t.fir:11:1: a limit needs three points"},
    {"FIR twice",
     HEAD "circle centre 1 0 N 2 0 E radius 5 NM\nend\n" HEAD
          "circle centre 1 0 N 2 0 E radius 5 NM\nend\n",
     "t.fir:12:1: this name has been given already"},
};

static void refuses(void **state)
{
    const struct bad_row *row = *state;
    struct parse p;
    parse(&p, row->text);
    assert_int_not_equal(p.status, OVF_OK);
    assert_int_equal(p.err.status, p.status);
    if (strncmp(p.err.reason, row->reason, strlen(row->reason)) != 0)
        print_error("%s\n", p.err.reason);
    assert_memory_equal(p.err.reason, row->reason, strlen(row->reason));
    ovf_arena_done(&p.arena);
}

/* ---- neighbours share vertices: the same ones, in the opposite order ---- */

static void neighbours_meet(void **state)
{
    (void)state;
    struct parse p;
    parse(&p, HEAD "along E\npoint 05 00 N 005 00 E\ngeodesic to origin\nend\n" HEAD_TWO
                   "back along E\npoint 05 00 N 015 00 E\ngeodesic to origin\nend\n"
                   "edge E\npoint 11 00 N 009 00 E\nparallel to 010 00 E\n"
                   "border AAA BBB from 10 00 N 010 00 E to 00 00 N 010 00 E\n"
                   "arc clockwise centre 00 00 N 011 00 E radius 60 NM to 01 00 N 011 00 E\nend\n");
    if (p.status != OVF_OK)
        print_error("%s\n", p.err.reason);
    assert_int_equal(p.status, OVF_OK);
    const ovf_ring *a = &p.build.firs[0].rings[0];
    const ovf_ring *b = &p.build.firs[1].rings[0];
    assert_int_equal(a->count, b->count);
    uint32_t shared = a->count - 1; // all but the point of its own
    for (uint32_t i = 0; i < shared; i++) {
        assert_memory_equal(&a->vertices[i], &b->vertices[shared - 1 - i], sizeof(ovf_fixed));
        if (i + 1 < shared)
            assert_int_equal(a->edges[i], b->edges[shared - 2 - i]);
    }
    assert_int_equal(a->edges[0], OVF_EDGE_PARALLEL);
    ovf_arena_done(&p.arena);
}

#define ROWS(array, count, function)                           \
    for (size_t i = 0; i < OVF_COUNTOF(array); i++)            \
        tests[count++] = (struct CMUnitTest)                   \
        {                                                      \
            (array)[i].name, function, NULL, NULL, &(array)[i] \
        }

int main(void)
{
    static struct CMUnitTest
        tests[OVF_COUNTOF(good_rows) + OVF_COUNTOF(arc_rows) + OVF_COUNTOF(bad_rows) + 2];
    size_t count = 0;
    ROWS(good_rows, count, reads);
    ROWS(arc_rows, count, draws_arcs);
    ROWS(bad_rows, count, refuses);
    tests[count++] = (struct CMUnitTest){"head of a FIR", reads_the_head, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"neighbours meet", neighbours_meet, NULL, NULL, NULL};
    return _cmocka_run_group_tests("fir_text", tests, count, NULL, NULL);
}
