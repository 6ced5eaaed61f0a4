/* SPDX-License-Identifier: Apache-2.0 */
/* Arenas, buffers and lists of findings, and above all their ceilings. */
#include <overfly/base.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

static void gives_zeroed_aligned_memory(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (size_t size = 1; size < 40000; size = size * 3 + 1) {
        unsigned char *p = ovf_arena_alloc(&arena, 1, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xAA, size);
    }
    ovf_arena_reset(&arena);
    const unsigned char *again = ovf_arena_alloc(&arena, 1, 1000);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(again[i], 0);
    assert_non_null(ovf_arena_alloc(&arena, 0, 8));
    ovf_arena_done(&arena);
    ovf_arena_done(&arena);
}

static void arena_keeps_its_ceiling(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 100000);
    size_t taken = 0;
    while (ovf_arena_alloc(&arena, 1, 1000) != NULL)
        taken += 1000;
    assert_true(taken > 0 && taken <= 100000);
    assert_true(arena.held <= 100000);
    assert_null(ovf_arena_alloc(&arena, SIZE_MAX / 2, 16)); // the product overflows
    assert_null(ovf_arena_alloc(&arena, SIZE_MAX / 16, 1));
    assert_true(ovf_arena_dup(&arena, (ovf_str){"x", 1}).ptr == NULL || arena.held <= 100000);
    ovf_arena_reset(&arena);
    assert_non_null(ovf_arena_alloc(&arena, 1, 1000));
    ovf_arena_done(&arena);
}

static void takes_over_what_another_holds(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena other;
    ovf_arena small;
    ovf_arena_init(&arena, 0);
    ovf_arena_init(&other, 0);
    ovf_arena_init(&small, 20000);
    assert_true(ovf_arena_take(&arena, &other)); // nothing
    ovf_str first = ovf_arena_dup(&other, OVF_STR("first"));
    ovf_str large = {ovf_arena_alloc(&other, 50000, 1), 50000};
    memset((char *)large.ptr, 'x', large.len);
    size_t held = other.held;
    assert_false(ovf_arena_take(&small, &other)); // above its ceiling: both as they were
    assert_int_equal(other.held, held);
    assert_int_equal(small.held, 0);
    assert_true(ovf_arena_take(&arena, &other)); // into an empty one
    assert_int_equal(arena.held, held);
    assert_int_equal(other.held, 0);
    ovf_str second = ovf_arena_dup(&arena, OVF_STR("second"));
    ovf_str third = ovf_arena_dup(&other, OVF_STR("third")); // empty, and good for use
    held = arena.held + other.held;
    assert_true(ovf_arena_take(&arena, &other));
    assert_int_equal(arena.held, held);
    ovf_arena_done(&other);
    assert_true(ovf_str_eq(first, OVF_STR("first")) && ovf_str_eq(second, OVF_STR("second"))
                && ovf_str_eq(third, OVF_STR("third")));
    assert_int_equal(large.ptr[49999], 'x');
    ovf_arena_done(&arena);
}

static void copies_and_prints(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_str copy = ovf_arena_dup(&arena, OVF_STR("a\0b"));
    assert_int_equal(copy.len, 3);
    assert_int_equal(copy.ptr[3], '\0');
    assert_true(ovf_str_eq(ovf_arena_printf(&arena, "%s %d", "FL", 245), OVF_STR("FL 245")));
    int *items = NULL;
    size_t capacity = 0;
    for (size_t count = 0; count < 1000; count++) {
        assert_true(ovf_arena_grow(&arena, (void **)&items, count, &capacity, sizeof(*items)));
        items[count] = (int)count;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    ovf_arena_done(&arena);

    ovf_arena_init(&arena, 1);
    ovf_str none = ovf_arena_printf(&arena, "x");
    assert_null(none.ptr);
    items = NULL;
    capacity = 0;
    assert_false(ovf_arena_grow(&arena, (void **)&items, 0, &capacity, sizeof(*items)));
    assert_null(items);
    ovf_arena_done(&arena);
}

static void buffer_keeps_its_ceiling(void **state)
{
    OVF_UNUSED(state);
    ovf_buf buf = {.limit = 1000};
    assert_int_equal(ovf_buf_str(&buf).len, 0);
    for (int i = 0; i < 100; i++)
        ovf_buf_add(&buf, OVF_STR("0123456789012345"));
    assert_true(buf.failed);
    assert_true(buf.len <= 1000);
    assert_int_equal(buf.len % 16, 0); // whole pieces only
    assert_int_equal(buf.ptr[buf.len], '\0');
    size_t len = buf.len;
    ovf_buf_addc(&buf, 'x'); // once failed nothing is added, though it would fit
    assert_int_equal(buf.len, len);
    ovf_buf_reset(&buf);
    assert_false(buf.failed);
    ovf_buf_printf(&buf, "%05.1f|%s", 3.25, "end");
    assert_string_equal(buf.ptr, "003.2|end");
    ovf_buf_done(&buf);
    assert_null(buf.ptr);
    assert_int_equal(buf.limit, 1000);
}

static void findings_keep_their_ceiling(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_findings list = {.arena = &arena};
    for (size_t i = 0; i < OVF_FINDINGS_MAX + 10; i++)
        ovf_findings_add(&list, OVF_WARNING, i, "TEST", "finding %zu", i);
    assert_int_equal(list.count, OVF_FINDINGS_MAX);
    assert_int_equal(list.dropped, 10);
    assert_int_equal(list.items[7].pos, 7);
    assert_true(ovf_str_eq(list.items[7].message, OVF_STR("finding 7")));
    assert_string_equal(ovf_severity_name(OVF_WARNING), "warning");
    ovf_findings_add(&list, OVF_ERROR, 9999, "HEAVY", "an error");
    assert_int_equal(list.count, OVF_FINDINGS_MAX);
    assert_int_equal(list.dropped, 11);
    assert_string_equal(list.items[OVF_FINDINGS_MAX - 1].rule, "HEAVY");
    ovf_findings_add(&list, OVF_NOTE, 1, "LIGHT", "a note");
    assert_string_equal(list.items[OVF_FINDINGS_MAX - 1].rule, "HEAVY");
    ovf_arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_keeps_its_ceiling),
        cmocka_unit_test(takes_over_what_another_holds),
        cmocka_unit_test(copies_and_prints),
        cmocka_unit_test(buffer_keeps_its_ceiling),
        cmocka_unit_test(findings_keep_their_ceiling),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
