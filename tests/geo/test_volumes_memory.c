/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of the index of volumes made to fail in turn. What fails says so, changes nothing and
 * succeeds when it is tried again; in the end the answers are those of a run in which nothing failed.
 * The linker gives the test the allocations of the library (--wrap). */
#include <overfly/volumes.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define AREAS 14
#define POINTS 40

static long left = -1; /* allocations until one fails; negative: none does */
static bool has_failed;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);

static bool fails_now(void)
{
    if (left < 0 || left-- > 0)
        return false;
    has_failed = true;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return fails_now() ? NULL : __real_malloc(size);
}
void *__wrap_calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : __real_calloc(count, size);
}
void *__wrap_realloc(void *old, size_t size)
{
    return fails_now() ? NULL : __real_realloc(old, size);
}
void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return fails_now() ? NULL : __real_aligned_alloc(alignment, size);
}

/* The first try may fail for want of memory, and only for that; the second may not. The index of cells
 * tells of memory that it cannot have as of its ceiling. */
#define TWICE(call)                                                    \
    do {                                                               \
        ovf_status first = (call);                                     \
        left = first == OVF_OK ? left : -1;                            \
        if (first != OVF_OK) {                                         \
            assert_true(first == OVF_E_NOMEM || first == OVF_E_LIMIT); \
            assert_true(has_failed);                                   \
            assert_int_equal((call), OVF_OK);                          \
        }                                                              \
    } while (0)

struct scene {
    ovf_volumes_meaning meaning;
    ovf_fixed corners[AREAS][40];
    ovf_ring rings[AREAS];
    const ovf_area *areas[AREAS];
    ovf_volumes_point points[POINTS];
};

static void make_scene(struct scene *s, ovf_arena *arena)
{
    for (uint32_t i = 0; i < AREAS; i++) {
        uint32_t count = i % 3 == 0 ? 40 : 4; // some reach over many cells
        ovf_point centre = {40 + i % 4, 5.0 * (i % 5)};
        for (uint32_t k = 0; k < count; k++) {
            double size_m = i % 3 == 0 ? 700e3 : 60e3;
            s->corners[i][k] = ovf_point_fix(
                ovf_destination(centre, 360.0 * k / count, k % 2 == 0 ? size_m : size_m / 2));
        }
        s->rings[i] = (ovf_ring){.vertices = s->corners[i], .count = count};
        ovf_status status = ovf_area_rings(arena, &s->rings[i], 1, &s->areas[i], NULL);
        if (i % 4 == 1)
            status = ovf_area_circle(arena, centre, 50e3, &s->areas[i], NULL);
        if (i % 7 == 2) {
            ovf_point line[] = {centre, {centre.lat_deg + 1, centre.lon_deg + 1}};
            status = ovf_area_corridor(arena, line, 2, 20e3, &s->areas[i], NULL);
        }
        assert_int_equal(status, OVF_OK);
    }
    for (uint32_t i = 0; i < POINTS; i++)
        s->points[i] = (ovf_volumes_point){
            .place = {(int32_t)(380000000 + 2000000 * i), (int32_t)(-20000000 + 7000000 * i)},
            .time_s = 1767225600 + i * 200,
        };
}

static ovf_status add(ovf_volumes *index, const struct scene *s, uint32_t id)
{
    ovf_volumes_slab slab = OVF_VOLUMES_ALWAYS;
    if (id % 2 == 1)
        slab.until_s = 1767225600 + 5000;
    return s->meaning == OVF_VOLUMES_PLANAR
               ? ovf_volumes_add_planar(index, id, &s->rings[id], 1, slab, NULL)
               : ovf_volumes_add(index, id, s->areas[id], slab, NULL);
}

/* How many stretches there are, and the first of them, when allocation number `at` fails. */
static size_t run(const struct scene *s, long at, ovf_volumes_stretch *out, size_t max)
{
    ovf_volumes_view *view = NULL;
    ovf_volumes_reader *reader = NULL;
    const ovf_volumes_stretch *stretches = NULL;
    size_t count = 0;
    has_failed = false;
    left = at;
    ovf_volumes *index = ovf_volumes_new(s->meaning, 0);
    if (index == NULL) {
        assert_true(has_failed);
        return SIZE_MAX;
    }
    for (uint32_t id = 0; id < AREAS; id++)
        TWICE(add(index, s, id));
    TWICE(ovf_volumes_publish(index, &view));
    ovf_volumes_view_free(view);
    for (uint32_t id = 0; id < AREAS; id += 5)
        TWICE(ovf_volumes_withdraw(index, id, NULL));
    TWICE(add(index, s, 5));
    TWICE(ovf_volumes_publish(index, &view));
    TWICE(ovf_volumes_reader_new(view, OVF_CELLS_BEST, &reader));
    TWICE(ovf_volumes_ask(reader, s->points, POINTS, NULL, &stretches, &count, NULL));
    left = -1;
    assert_true(count <= max);
    if (count > 0)
        memcpy(out, stretches, count * sizeof *out);
    ovf_volumes_reader_free(reader);
    ovf_volumes_view_free(view);
    ovf_volumes_free(index);
    return count;
}

static void each_fails(void **state)
{
    static struct scene s;
    static ovf_volumes_stretch wanted[400], got[400];
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    s.meaning = *(const ovf_volumes_meaning *)*state;
    make_scene(&s, &arena);
    size_t count = run(&s, -1, wanted, OVF_COUNTOF(wanted));
    assert_true(count > 5);
    long at = 0;
    for (has_failed = true; has_failed; at++) {
        size_t found = run(&s, at, got, OVF_COUNTOF(got));
        if (found == SIZE_MAX)
            continue;
        assert_int_equal(found, count);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(got[i].id, wanted[i].id);
            assert_int_equal(got[i].first, wanted[i].first);
            assert_int_equal(got[i].last, wanted[i].last);
        }
    }
    assert_true(at > 100);
    ovf_arena_done(&arena);
}

int main(void)
{
    static ovf_volumes_meaning meanings[] = {OVF_VOLUMES_GEODESIC, OVF_VOLUMES_PLANAR};
    const struct CMUnitTest tests[] = {
        {"geodesic", each_fails, NULL, NULL, &meanings[0]},
        {"planar", each_fails, NULL, NULL, &meanings[1]},
    };
    return cmocka_run_group_tests_name("volumes_memory", tests, NULL, NULL);
}
