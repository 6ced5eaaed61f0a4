/* SPDX-License-Identifier: Apache-2.0 */
/* The index of volumes in the plane against every edge in whole numbers, on a coarse lattice so
 * that touching, running along edges and passing through corners are ordinary; levels and times;
 * volumes that come and go; what is refused. */
#include <overfly/volumes.h>

#include "plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define VOLUMES 70
#define POINTS 25
#define CORNERS 12
#define T0 INT64_C(1767225600)

__extension__ typedef __int128 wide;

struct volume {
    ovf_fixed corners[2][CORNERS];
    ovf_ring rings[2];
    size_t ring_count;
    ovf_volumes_slab slab;
};

static struct lattice {
    const char *name;
    double size_deg; /* of areas, at most */
    int32_t step_e7;
    int32_t lat_e7, lon_e7; /* where the middle is */
    bool has_limits;
    uint64_t seed;
} lattices[] = {
    {"touching, small", 2, 5000000, 450000000, 100000000, false, 1},
    {"touching, large", 25, 10000000, 450000000, 100000000, false, 2},
    {"touching, large, with limits", 25, 10000000, 0, 0, true, 3},
    {"anywhere, large", 30, 1, 200000000, -500000000, false, 4},
    {"anywhere, small, with limits", 3, 1, -300000000, 1700000000, true, 5},
    {"the whole map", 170, 10000000, 0, 0, false, 6},
    {"the 180th meridian is an edge", 10, 5000000, 800000000, 1750000000, false, 7},
};

static double between(uint64_t *seed, double low, double high)
{
    return low + plain_random(seed) * (high - low);
}

static int32_t snapped(double e7, int32_t step, int32_t limit)
{
    double v = rint(e7 / step) * step;
    return (int32_t)fmax(-limit, fmin(limit, v));
}

static ovf_fixed place(uint64_t *seed, const struct lattice *l, double spread_deg)
{
    double lat = l->lat_e7 + between(seed, -spread_deg, spread_deg) * 1e7;
    double lon = l->lon_e7 + between(seed, -spread_deg, spread_deg) * 1e7;
    return (ovf_fixed){snapped(lat, l->step_e7, 900000000), snapped(lon, l->step_e7, 1800000000)};
}

/* Any corners in any order: the rings cross themselves, run back and forth, have no area. */
static void draw_volume(uint64_t *seed, const struct lattice *l, struct volume *v)
{
    v->ring_count = 1 + (plain_random(seed) < 0.3);
    for (size_t r = 0; r < v->ring_count; r++) {
        ovf_fixed middle = place(seed, l, 15);
        double size_deg = between(seed, 0.2, l->size_deg);
        uint32_t count = 3 + (uint32_t)(plain_random(seed) * (CORNERS - 3));
        for (uint32_t i = 0; i < count; i++)
            v->corners[r][i] =
                (ovf_fixed){snapped(middle.lat_e7 + between(seed, -size_deg, size_deg) * 5e6,
                                    l->step_e7, 900000000),
                            snapped(middle.lon_e7 + between(seed, -size_deg, size_deg) * 5e6,
                                    l->step_e7, 1800000000)};
        v->rings[r] = (ovf_ring){.vertices = v->corners[r], .count = count};
    }
    v->slab = OVF_VOLUMES_ALWAYS;
    if (l->has_limits) {
        v->slab.floor_ft = (int32_t)between(seed, 0, 20000);
        v->slab.ceiling_ft = v->slab.floor_ft + (int32_t)between(seed, 0, 15000);
        v->slab.from_s = T0 + (int64_t)between(seed, 0, 3000);
        v->slab.until_s = v->slab.from_s + (int64_t)between(seed, 0, 4000);
    }
}

static void draw_path(uint64_t *seed, const struct lattice *l, ovf_volumes_point *points)
{
    for (size_t i = 0; i < POINTS; i++) {
        bool stays = i > 0 && plain_random(seed) < 0.05;
        points[i] = (ovf_volumes_point){
            .place = stays ? points[i - 1].place : place(seed, l, i % 5 == 0 ? 20 : 6),
            .low_ft = (int32_t)between(seed, 0, 30000),
            .time_s = T0 + (int64_t)i * 200,
        };
        points[i].high_ft = points[i].low_ft + (int32_t)between(seed, 0, 2000);
    }
}

/* ---- every edge, in whole numbers ---- */

static int side(ovf_fixed a, ovf_fixed b, ovf_fixed p)
{
    wide left = (wide)((int64_t)b.lon_e7 - a.lon_e7) * ((int64_t)p.lat_e7 - a.lat_e7);
    wide right = (wide)((int64_t)b.lat_e7 - a.lat_e7) * ((int64_t)p.lon_e7 - a.lon_e7);
    return (left > right) - (left < right);
}

static bool is_on(ovf_fixed a, ovf_fixed b, ovf_fixed p)
{
    return side(a, b, p) == 0 && p.lon_e7 >= (a.lon_e7 < b.lon_e7 ? a.lon_e7 : b.lon_e7)
           && p.lon_e7 <= (a.lon_e7 < b.lon_e7 ? b.lon_e7 : a.lon_e7)
           && p.lat_e7 >= (a.lat_e7 < b.lat_e7 ? a.lat_e7 : b.lat_e7)
           && p.lat_e7 <= (a.lat_e7 < b.lat_e7 ? b.lat_e7 : a.lat_e7);
}

static bool touches(const ovf_ring *ring, ovf_fixed p, ovf_fixed q)
{
    bool is_odd = false;
    for (uint32_t i = 0; i < ring->count; i++) {
        ovf_fixed a = ring->vertices[i];
        ovf_fixed b = ring->vertices[i + 1 == ring->count ? 0 : i + 1];
        if (is_on(a, b, p) || is_on(a, b, q) || is_on(p, q, a) || is_on(p, q, b))
            return true;
        if (side(a, b, p) * side(a, b, q) < 0 && side(p, q, a) * side(p, q, b) < 0)
            return true;
        if ((a.lat_e7 > p.lat_e7) != (b.lat_e7 > p.lat_e7)
            && (side(a, b, p) > 0) == (b.lat_e7 > a.lat_e7))
            is_odd = !is_odd;
    }
    return is_odd;
}

static bool is_hit(const struct volume *v, const ovf_volumes_point *p)
{
    int32_t low = p[0].low_ft < p[1].low_ft ? p[0].low_ft : p[1].low_ft;
    int32_t high = p[0].high_ft > p[1].high_ft ? p[0].high_ft : p[1].high_ft;
    if (llabs((int64_t)p[0].place.lon_e7 - p[1].place.lon_e7) > 1800000000)
        return false;
    if (high < v->slab.floor_ft || low > v->slab.ceiling_ft || p[1].time_s < v->slab.from_s
        || p[0].time_s > v->slab.until_s)
        return false;
    bool hit = false;
    for (size_t r = 0; r < v->ring_count; r++)
        hit |= touches(&v->rings[r], p[0].place, p[1].place);
    return hit;
}

static void against_every_edge(ovf_volumes_reader *reader, const struct volume *volumes,
                               const bool *is_in, const ovf_volumes_point *points)
{
    static bool got[VOLUMES][POINTS];
    const ovf_volumes_stretch *stretches = NULL;
    size_t count = 0;
    memset(got, 0, sizeof got);
    assert_int_equal(ovf_volumes_ask(reader, points, POINTS, NULL, &stretches, &count, NULL),
                     OVF_OK);
    bool is_met[VOLUMES] = {false};
    for (size_t i = 0; i < count; i++) {
        const ovf_volumes_stretch *s = &stretches[i];
        assert_true(s->first <= s->last && s->last < POINTS - 1);
        assert_int_equal(s->is_again, is_met[s->id]);
        is_met[s->id] = true;
        for (uint32_t piece = s->first; piece <= s->last; piece++) {
            assert_false(got[s->id][piece]); // no piece is told twice
            got[s->id][piece] = true;
        }
    }
    for (uint32_t v = 0; v < VOLUMES; v++)
        for (uint32_t piece = 0; piece + 1 < POINTS; piece++) {
            bool wanted = is_in[v] && is_hit(&volumes[v], &points[piece]);
            if (got[v][piece] != wanted)
                fail_msg("volume %u, piece %u: got %d", v, piece, got[v][piece]);
        }
}

static void add(ovf_volumes *index, uint32_t id, const struct volume *v)
{
    assert_int_equal(ovf_volumes_add_planar(index, id, v->rings, v->ring_count, v->slab, NULL),
                     OVF_OK);
}

static void ask_all_engines(ovf_volumes *index, const struct volume *volumes, const bool *is_in,
                            const struct lattice *l, uint64_t *seed, int paths)
{
    ovf_volumes_view *view = NULL;
    assert_int_equal(ovf_volumes_publish(index, &view), OVF_OK);
    for (int engine = OVF_CELLS_PORTABLE; engine <= OVF_CELLS_AVX512; engine++) {
        ovf_volumes_reader *reader = NULL;
        uint64_t path_seed = *seed;
        assert_int_equal(ovf_volumes_reader_new(view, (ovf_cells_engine)engine, &reader), OVF_OK);
        for (int path = 0; path < paths; path++) {
            ovf_volumes_point points[POINTS];
            draw_path(&path_seed, l, points);
            against_every_edge(reader, volumes, is_in, points);
        }
        ovf_volumes_reader_free(reader);
    }
    plain_random(seed);
    ovf_volumes_view_free(view);
}

static void plane(void **state)
{
    const struct lattice *l = *state;
    uint64_t seed = l->seed;
    for (int round = 0; round < 2; round++) {
        static struct volume volumes[VOLUMES];
        bool is_in[VOLUMES];
        ovf_volumes *index = ovf_volumes_new(OVF_VOLUMES_PLANAR, 0);
        for (uint32_t i = 0; i < VOLUMES; i++) {
            draw_volume(&seed, l, &volumes[i]);
            add(index, i, &volumes[i]);
            is_in[i] = true;
        }
        ask_all_engines(index, volumes, is_in, l, &seed, 8);
        ovf_volumes_free(index);
    }
}

/* ---- coming and going ---- */

static void comes_and_goes(void **state)
{
    const struct lattice *l = &lattices[2];
    uint64_t seed = 77;
    static struct volume volumes[VOLUMES];
    bool is_in[VOLUMES] = {false};
    ovf_volumes *index = ovf_volumes_new(OVF_VOLUMES_PLANAR, 0);
    OVF_UNUSED(state);
    for (uint32_t i = 0; i < VOLUMES; i++)
        draw_volume(&seed, l, &volumes[i]);
    for (int change = 0; change < 450; change++) {
        uint32_t id = (uint32_t)(plain_random(&seed) * VOLUMES);
        if (is_in[id])
            assert_int_equal(ovf_volumes_withdraw(index, id, NULL), OVF_OK);
        else
            add(index, id, &volumes[id]);
        is_in[id] = !is_in[id];
        if (change % 150 == 149)
            ask_all_engines(index, volumes, is_in, l, &seed, 5);
        else if (change % 3 == 0) { // what a reader may see is not written again
            ovf_volumes_view *view = NULL;
            assert_int_equal(ovf_volumes_publish(index, &view), OVF_OK);
            ovf_volumes_view_free(view);
        }
    }
    for (uint32_t id = 0; id < VOLUMES; id++)
        if (is_in[id])
            assert_int_equal(ovf_volumes_withdraw(index, id, NULL), OVF_OK);
    ovf_volumes_stats stats = ovf_volumes_stats_of(index);
    assert_int_equal(stats.volumes + stats.parts + stats.large + stats.entries + stats.edges, 0);
    ovf_volumes_free(index);
}

/* A snapshot says the same for ever, whatever becomes of the index. */
static void snapshots_stay(void **state)
{
    const struct lattice *l = &lattices[1];
    uint64_t seed = 5;
    static struct volume volumes[VOLUMES];
    bool is_in[VOLUMES] = {false};
    ovf_volumes *index = ovf_volumes_new(OVF_VOLUMES_PLANAR, 0);
    ovf_volumes_view *view = NULL;
    ovf_volumes_reader *reader = NULL;
    OVF_UNUSED(state);
    for (uint32_t i = 0; i < VOLUMES; i++) {
        draw_volume(&seed, l, &volumes[i]);
        is_in[i] = i < VOLUMES / 2;
        if (is_in[i])
            add(index, i, &volumes[i]);
    }
    assert_int_equal(ovf_volumes_publish(index, &view), OVF_OK);
    for (uint32_t i = 0; i < VOLUMES; i++)
        if (is_in[i])
            assert_int_equal(ovf_volumes_withdraw(index, i, NULL), OVF_OK);
        else
            add(index, i, &volumes[i]);
    ovf_volumes_free(index);
    assert_int_equal(ovf_volumes_reader_new(view, OVF_CELLS_BEST, &reader), OVF_OK);
    for (int path = 0; path < 30; path++) {
        ovf_volumes_point points[POINTS];
        draw_path(&seed, l, points);
        against_every_edge(reader, volumes, is_in, points);
    }
    ovf_volumes_reader_free(reader);
    ovf_volumes_view_free(view);
}

/* ---- what is refused ---- */

static void refusals(void **state)
{
    static const ovf_fixed corners[] = {{0, 0}, {10000000, 0}, {0, 10000000}};
    static const ovf_fixed off[] = {{0, 0}, {900000001, 0}, {0, 10000000}};
    ovf_ring ring = {.vertices = corners, .count = 3};
    ovf_ring wrong[] = {ring, {.vertices = off, .count = 3}};
    ovf_volumes *index = ovf_volumes_new(OVF_VOLUMES_PLANAR, 0);
    ovf_error err = {0};
    OVF_UNUSED(state);
    assert_int_equal(ovf_volumes_add(index, 1, ovf_area_globe(), OVF_VOLUMES_ALWAYS, &err),
                     OVF_E_USAGE);
    assert_int_equal(ovf_volumes_add_planar(index, 1, wrong, 2, OVF_VOLUMES_ALWAYS, &err),
                     OVF_E_GEOMETRY);
    assert_int_equal(err.pos, 1);
    ovf_volumes_slab upside_down = {5, 4, 0, 1};
    assert_int_equal(ovf_volumes_add_planar(index, 1, &ring, 1, upside_down, &err), OVF_E_USAGE);
    assert_int_equal(
        ovf_volumes_add_planar(index, OVF_VOLUMES_ID_MAX + 1u, &ring, 1, OVF_VOLUMES_ALWAYS, &err),
        OVF_E_USAGE);
    assert_int_equal(ovf_volumes_add_planar(index, 1, &ring, 1, OVF_VOLUMES_ALWAYS, &err), OVF_OK);
    assert_int_equal(ovf_volumes_add_planar(index, 1, &ring, 1, OVF_VOLUMES_ALWAYS, &err),
                     OVF_E_USAGE);
    assert_int_equal(ovf_volumes_withdraw(index, 2, &err), OVF_E_NOT_FOUND);
    ovf_volumes_free(index);
}

static void no_room(void **state)
{
    static const ovf_fixed corners[] = {{0, 0}, {100000000, 0}, {0, 100000000}};
    ovf_ring ring = {.vertices = corners, .count = 3};
    ovf_volumes *index = ovf_volumes_new(OVF_VOLUMES_PLANAR, (size_t)3 << 20);
    OVF_UNUSED(state);
    ovf_status status = OVF_OK;
    uint32_t count = 0;
    for (; status == OVF_OK && count < 100000; count++)
        status = ovf_volumes_add_planar(index, count, &ring, 1, OVF_VOLUMES_ALWAYS, NULL);
    assert_int_equal(status, OVF_E_LIMIT);
    assert_int_equal(ovf_volumes_stats_of(index).volumes, count - 1); // as before
    assert_int_equal(ovf_volumes_withdraw(index, 0, NULL), OVF_OK);
    ovf_volumes_free(index);
}

static void wrong_paths(void **state)
{
    static const struct {
        ovf_volumes_point points[2];
        size_t pos;
    } rows[] = {
        {{{{0, 0}, 0, 0, 0}, {{900000001, 0}, 0, 0, 0}}, 1},
        {{{{0, -1800000001}, 0, 0, 0}, {{0, 0}, 0, 0, 0}}, 0},
        {{{{0, 0}, 5, 4, 0}, {{0, 0}, 0, 0, 0}}, 0},
        {{{{0, 0}, 0, 0, 0}, {{0, 0}, 5, 4, 0}}, 1},
        {{{{0, 0}, 0, 0, 10}, {{0, 0}, 0, 0, 9}}, 1},
    };
    OVF_UNUSED(state);
    for (int meaning = OVF_VOLUMES_GEODESIC; meaning <= OVF_VOLUMES_PLANAR; meaning++) {
        ovf_volumes *index = ovf_volumes_new((ovf_volumes_meaning)meaning, 0);
        ovf_volumes_view *view = NULL;
        assert_int_equal(ovf_volumes_publish(index, &view), OVF_OK);
        ovf_volumes_free(index);
        for (int engine = OVF_CELLS_PORTABLE; engine <= OVF_CELLS_AVX512; engine++) {
            ovf_volumes_reader *reader = NULL;
            const ovf_volumes_stretch *out = NULL;
            size_t count = 0;
            ovf_error err = {0};
            assert_int_equal(ovf_volumes_reader_new(view, (ovf_cells_engine)engine, &reader),
                             OVF_OK);
            for (size_t i = 0; i < OVF_COUNTOF(rows); i++) {
                assert_int_equal(
                    ovf_volumes_ask(reader, rows[i].points, 2, NULL, &out, &count, &err),
                    OVF_E_USAGE);
                assert_int_equal(err.pos, rows[i].pos);
            }
            assert_int_equal(ovf_volumes_ask(reader, rows[0].points, 0, NULL, &out, &count, NULL),
                             OVF_OK);
            assert_int_equal(count, 0);
            ovf_volumes_reader_free(reader);
        }
        ovf_volumes_view_free(view);
    }
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(lattices) + 5] = {0};
    size_t count = 0;
    for (size_t i = 0; i < OVF_COUNTOF(lattices); i++)
        tests[count++] = (struct CMUnitTest){lattices[i].name, plane, NULL, NULL, &lattices[i]};
    tests[count++] = (struct CMUnitTest){"volumes come and go", comes_and_goes, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"a snapshot stays", snapshots_stay, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"what is refused", refusals, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"no room", no_room, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"paths that are none", wrong_paths, NULL, NULL, NULL};
    return _cmocka_run_group_tests("volumes_plane", tests, count, NULL, NULL);
}
