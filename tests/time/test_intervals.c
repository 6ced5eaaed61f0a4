/* SPDX-License-Identifier: Apache-2.0 */
/* Interval sets against a plain version: one bit for every second of a short day. */
#include <overfly/time.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define SECONDS 64

static uint64_t seed = 20251130;

static int random_below(int limit)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((seed >> 33) % (uint64_t)limit);
}

static uint64_t bits_of(ovf_interval interval)
{
    uint64_t bits = 0;
    for (int t = 0; t < SECONDS; t++)
        bits |= (uint64_t)(t >= interval.from && t < interval.until) << t;
    return bits;
}

static uint64_t bits_of_set(const ovf_intervals *set)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < set->count; i++) {
        assert_true(set->items[i].from < set->items[i].until);
        if (i > 0)
            assert_true(set->items[i - 1].until < set->items[i].from);
        bits |= bits_of(set->items[i]);
    }
    return bits;
}

static uint64_t fill(ovf_intervals *set, ovf_arena *arena)
{
    uint64_t bits = 0;
    int count = random_below(9);
    for (int i = 0; i < count; i++) {
        ovf_time from = random_below(SECONDS);
        ovf_interval one = {from, from + random_below(12)};
        one.until = one.until > SECONDS ? SECONDS : one.until;
        assert_int_equal(ovf_intervals_add(set, one, arena), OVF_OK);
        bits |= bits_of(one);
        assert_true(bits_of_set(set) == bits);
    }
    return bits;
}

static void agrees_with_bits(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (int round = 0; round < 5000; round++) {
        ovf_intervals a = {0};
        ovf_intervals b = {0};
        ovf_intervals out = {0};
        uint64_t bits_a = fill(&a, &arena);
        uint64_t bits_b = fill(&b, &arena);
        assert_int_equal(ovf_intervals_union(&a, &b, &arena, &out), OVF_OK);
        assert_true(bits_of_set(&out) == (bits_a | bits_b));
        assert_int_equal(ovf_intervals_intersect(&a, &b, &arena, &out), OVF_OK);
        assert_true(bits_of_set(&out) == (bits_a & bits_b));
        assert_int_equal(ovf_intervals_subtract(&a, &b, &arena, &out), OVF_OK);
        assert_true(bits_of_set(&out) == (bits_a & ~bits_b));
        ovf_time t = random_below(SECONDS);
        ovf_interval probe = {t, t + random_below(9)};
        assert_int_equal(ovf_intervals_hold(&a, t), (bits_a >> t) & 1);
        assert_int_equal(ovf_intervals_overlap(&a, probe), (bits_a & bits_of(probe)) != 0);
        ovf_arena_reset(&arena);
    }
    ovf_arena_done(&arena);
}

static void open_ends(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_intervals all = {0};
    ovf_intervals day = {0};
    ovf_intervals out = {0};
    assert_int_equal(ovf_intervals_add(&all, (ovf_interval){0, OVF_TIME_OPEN}, &arena), OVF_OK);
    assert_int_equal(ovf_intervals_add(&day, (ovf_interval){100, 200}, &arena), OVF_OK);
    assert_int_equal(ovf_intervals_subtract(&all, &day, &arena, &out), OVF_OK);
    assert_int_equal(out.count, 2);
    assert_true(out.items[1].from == 200 && out.items[1].until == OVF_TIME_OPEN);
    assert_true(ovf_interval_holds(out.items[1], INT64_C(1) << 60));
    assert_false(ovf_intervals_hold(&out, 150));
    assert_false(ovf_interval_overlaps((ovf_interval){0, 5}, (ovf_interval){5, 9}));
    assert_false(ovf_interval_overlaps((ovf_interval){3, 3}, (ovf_interval){0, 9}));
    ovf_arena_done(&arena);
}

static void keeps_its_ceiling(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_intervals set = {0};
    for (ovf_time t = 0; t < OVF_INTERVALS_MAX; t++)
        assert_int_equal(ovf_intervals_add(&set, (ovf_interval){2 * t, 2 * t + 1}, &arena), OVF_OK);
    assert_int_equal(ovf_intervals_add(&set, (ovf_interval){-9, -5}, &arena), OVF_E_LIMIT);
    assert_int_equal(set.count, OVF_INTERVALS_MAX);
    assert_int_equal(ovf_intervals_add(&set, (ovf_interval){1, 2}, &arena), OVF_OK); // joins two
    assert_int_equal(set.count, OVF_INTERVALS_MAX - 1);
    ovf_arena_done(&arena);
}

static void every_allocation_may_fail(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 1); // no block fits
    ovf_intervals set = {0};
    ovf_intervals one = {.items = &(ovf_interval){1, 2}, .count = 1};
    ovf_intervals out = {0};
    assert_int_equal(ovf_intervals_add(&set, (ovf_interval){1, 2}, &arena), OVF_E_NOMEM);
    assert_int_equal(set.count, 0);
    assert_int_equal(ovf_intervals_union(&one, &one, &arena, &out), OVF_E_NOMEM);
    assert_int_equal(ovf_intervals_intersect(&one, &one, &arena, &out), OVF_E_NOMEM);
    assert_int_equal(ovf_intervals_subtract(&one, &set, &arena, &out), OVF_E_NOMEM);
    ovf_arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_bits),
        cmocka_unit_test(open_ends),
        cmocka_unit_test(keeps_its_ceiling),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("intervals", tests, NULL, NULL);
}
