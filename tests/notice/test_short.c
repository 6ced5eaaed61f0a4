/* SPDX-License-Identifier: Apache-2.0 */
/* The short ways against the plain ones: regular notices and damaged ones by regular.c and by the
 * readers that cope with everything; the scan of 64 bytes at a step in all its ways; a bulletin one
 * at a time and as a whole. */
#include "../../src/notice/notice_internal.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
// cmocka wants the headers above
#include <cmocka.h>

#define NOTICES 60000
#define TEXT_MAX 700

static uint64_t state = 11;

static size_t pick(size_t count) /* splitmix64 */
{
    state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = state;
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return (size_t)((z ^ z >> 31) % count);
}

#define ONE_OF(list) (list)[pick(OVF_COUNTOF(list))]

static size_t make_notice(char text[TEXT_MAX])
{
    static const char *const heads[] = {
        "", "(", "\n(", "ZCZC AAB001\nGG XXAAYNYX\n251200 XXBBYNYX\n(", "KICZ ", " ", "XXAA  "};
    static const char *const kinds[] = {"NOTAMN",          "NOTAMN",           "NOTAMR A0001/26",
                                        "NOTAMC B9999/25", "NOTAMR",           "NOTAM N",
                                        "NOTAMC A1/26",    "NOTAMR A0001/2026"};
    static const char *const codes[] = {"QRTCA", "QFALC", "QMRLC", "QXXXX",
                                        "QZZAA", "QRDCA", "QOBCE", "qrtca"};
    static const char *const traffics[] = {"IV", "I", "V", "K", "", "IV "};
    static const char *const purposes[] = {"BO", "NBO", "M", "BO", ""};
    static const char *const scopes[] = {"W", "AE", "E", "A", ""};
    static const char *const levels[] = {"000/999", "000/050", "100/245",
                                         "999/000", "0/50",    "00A/100"};
    static const char *const centres[] = {"5129N00028W005",     "0000S00000E999", "8959N17959W001",
                                          "9000N18000E010",     "5160N00028W005", "5129N00028W",
                                          "512930N0002830W005", "3315S07000W025"};
    static const char *const places[] = {"XXAA", "XXAA XXBB", "XXAA PART 1 OF 2",
                                         "KICZ", "XXAA XXB",  "XXAA  XXBB"};
    static const char *const starts[] = {"2601010000", "2602282359", "2402290600", "2302290600",
                                         "2613010000", "2601012400", "WIE",        "260101 0000"};
    static const char *const ends[] = {"2612312359", "2612312359EST", "2612312359 EST",
                                       "PERM",       "2501010000",    "UFN",
                                       "261231235",  "2612312400"};
    static const char *const days[] = {"", "", "D) MON-FRI 0800-1600\n", "D) DAILY SR-SS\n"};
    static const char *const says[] = {
        "RWY 09/27 CLSD DUE TO WIP.",
        "AREA ACT WI 5NM RADIUS OF 5130N00030W. F) IS A LETTER.",
        "A) FIRST B) SECOND\nC) THIRD",
        "TRIGGER NOTAM - PERM AIRAC AIP AMDT 01/26",
        "",
        "END PART 1 OF 2",
        "TWY N) AND G) CLSD",
    };
    static const char *const lowers[] = {
        "",       "F) SFC",       "F) GND",      "F) FL100",  "F) 2500FT AMSL", "F) 900FT AGL",
        "F) UNL", "F) 300M AMSL", "F) 0FT AMSL", "F) SURFACE"};
    static const char *const uppers[] = {
        "",          "G) UNL",          "G) FL245",     "G) 5000FT AMSL", "G) 10FT AGL",
        "G) FL1000", "G) 99999FT AMSL", "G) BLW FL100", "G) FL 100"};
    static const char *const tails[] = {"", ")", "\n", ")\nNNNN",
                                        "\nCREATED: 01 JAN 2026 10:00:00\nSOURCE: XXAAYNYX"};
    int len = snprintf(
        text, TEXT_MAX,
        "%s%c%04zu/26%s%s\nQ) XXAA/%s/%s/%s/%s/%s/%s\nA) %s B) %s C) %s\n%sE) %s\n%s%s%s%s",
        ONE_OF(heads), (int)('A' + pick(26)), pick(10000), pick(12) == 0 ? "\n" : " ",
        ONE_OF(kinds), ONE_OF(codes), ONE_OF(traffics), ONE_OF(purposes), ONE_OF(scopes),
        ONE_OF(levels), ONE_OF(centres), ONE_OF(places), ONE_OF(starts), ONE_OF(ends), ONE_OF(days),
        ONE_OF(says), ONE_OF(lowers), pick(2) == 0 ? " " : "\n", ONE_OF(uppers), ONE_OF(tails));
    return (size_t)len < TEXT_MAX ? (size_t)len : TEXT_MAX - 1;
}

/* As many are whole as are not: every choice at random leaves few of them regular. */
static size_t make_regular(char text[TEXT_MAX])
{
    static const char *const kinds[] = {"NOTAMN", "NOTAMR A0001/26", "NOTAMC B9999/25"};
    static const char *const ends[] = {"2612312359", "2612312359EST", "2612312359 EST", "PERM"};
    static const char *const limits[] = {"", "\nF) SFC G) UNL", "\nF) GND\nG) FL100",
                                         "\nF) 2500FT AMSL G) FL245",
                                         "\nF) 100FT AGL G) 99900FT AMSL"};
    int len = snprintf(
        text, TEXT_MAX,
        "(A%04zu/26 %s\nQ) XXAA/QRTCA/IV/BO/W/%03zu/%03zu/%02zu%02zu%c%03zu%02zu%c%03zu\n"
        "A) XXAA B) %02zu%02zu%02zu%02zu%02zu C) %s\nE) AREA ACT. 5NM AROUND 5130N00030W%s)",
        pick(10000), ONE_OF(kinds), pick(1000), pick(1000), pick(91), pick(62), "NS"[pick(2)],
        pick(182), pick(61), "EW"[pick(2)], pick(1000), pick(100), pick(13) + 0, pick(32), pick(25),
        pick(61), ONE_OF(ends), ONE_OF(limits));
    return (size_t)len < TEXT_MAX ? (size_t)len : TEXT_MAX - 1;
}

static size_t damage(char *text, size_t len)
{
    static const char bytes[] = " \n)(/ABFGQZN019\t\x01\xC3\xB0&";
    for (size_t k = pick(3); k > 0 && len > 1; k--) {
        size_t at = pick(len);
        switch (pick(3)) {
        case 0: text[at] = bytes[pick(sizeof(bytes) - 1)]; break;
        case 1:
            memmove(text + at, text + at + 1, len - at - 1);
            len--;
            break;
        default: len = at + 1; break;
        }
    }
    return len;
}

/* Texts by what they say, wherever they are kept; then they are left out of what is compared. */
static bool same_texts(ovf_notice *a, ovf_notice *b)
{
    static const size_t texts[] = {
        offsetof(ovf_notice, id),         offsetof(ovf_notice, refers_to),
        offsetof(ovf_notice, locations),  offsetof(ovf_notice, location_prefix),
        offsetof(ovf_notice, q_fir),      offsetof(ovf_notice, qcode),
        offsetof(ovf_notice, traffic),    offsetof(ovf_notice, purpose),
        offsetof(ovf_notice, scope),      offsetof(ovf_notice, subject),
        offsetof(ovf_notice, condition),  offsetof(ovf_notice, source),
        offsetof(ovf_notice, schedule),   offsetof(ovf_notice, text),
        offsetof(ovf_notice, lower_text), offsetof(ovf_notice, upper_text),
        offsetof(ovf_notice, raw),        offsetof(ovf_notice, valid_text),
    };
    bool is_same = true;
    for (size_t i = 0; i < OVF_COUNTOF(texts); i++) {
        ovf_str *x = (ovf_str *)(void *)((char *)a + texts[i]);
        ovf_str *y = (ovf_str *)(void *)((char *)b + texts[i]);
        is_same &= ovf_str_eq(*x, *y);
        *x = *y = (ovf_str){NULL, 0};
    }
    is_same &= a->checklist_count == b->checklist_count;
    a->checklist = b->checklist = NULL;
    return is_same;
}

static void same_notice(const ovf_notice *a, const ovf_notice *b, ovf_str text)
{
    ovf_notice x = *a;
    ovf_notice y = *b;
    bool is_same = x.finding_count == y.finding_count;
    for (size_t i = 0; is_same && i < x.finding_count; i++)
        is_same = x.findings[i].pos == y.findings[i].pos
                  && strcmp(x.findings[i].rule, y.findings[i].rule) == 0;
    x.findings = y.findings = NULL;
    // Both are copies of zeroed memory, so that the holes between members are equal, too.
    is_same = is_same && same_texts(&x, &y) && memcmp(&x, &y, sizeof(x)) == 0;
    if (!is_same)
        print_message("differs:\n%.*s\n", OVF_ARG(text));
    assert_true(is_same);
}

static void compare(ovf_str text, ovf_arena *one, ovf_arena *other)
{
    ovf_notice_options options = {.depth = OVF_DEPTH_HEAD};
    ovf_notice *a = NULL;
    ovf_notice *b = NULL;
    size_t a_count = 0;
    size_t b_count = 0;
    assert_int_equal(ovf_notice_read(NULL, text, &options, one, &a, &a_count, NULL), OVF_OK);
    assert_int_equal(ovf_notice_read_plainly(NULL, text, &options, other, &b, &b_count, NULL),
                     OVF_OK);
    assert_int_equal(a_count, b_count);
    for (size_t i = 0; i < a_count; i++) {
        same_notice(&a[i], &b[i], text);
    }
    ovf_arena_reset(one);
    ovf_arena_reset(other);
}

static void regular_and_damaged_agree(void **unused)
{
    OVF_UNUSED(unused);
    ovf_arena one;
    ovf_arena other;
    ovf_arena_init(&one, 0);
    ovf_arena_init(&other, 0);
    for (size_t i = 0; i < NOTICES; i++) {
        char text[TEXT_MAX];
        size_t len = i % 2 == 0 ? make_notice(text) : make_regular(text);
        if (i % 4 >= 2)
            len = damage(text, len);
        // Of its own length exactly: a reader past the end is seen by a sanitizer.
        char *exact = malloc(len);
        assert_non_null(exact);
        memcpy(exact, text, len);
        compare((ovf_str){exact, len}, &one, &other);
        free(exact);
    }
    ovf_arena_done(&one);
    ovf_arena_done(&other);
}

/* What OVF_SCAN_HEADS marks, said byte by byte. */
static bool is_head_place(ovf_str s, size_t i)
{
    char c = s.ptr[i];
    char before = i > 0 ? s.ptr[i - 1] : ' ';
    bool is_behind_digit = before >= '0' && before <= '9';
    bool ends_message =
        i >= 3 && (memcmp(s.ptr + i - 3, "NNNN", 4) == 0 || memcmp(s.ptr + i - 3, "ZCZC", 4) == 0);
    return c == '\n' || c == '!' || (c == '/' && is_behind_digit) || (c == 'Z' && is_behind_digit)
           || (c == ')' && before == 'Q') || ends_message;
}

static void heads_are_marked(void **unused)
{
    OVF_UNUSED(unused);
    static const char bytes[] = "NNNNNNZCZCZCQ)/!0\n ";
    for (size_t n = 0; n < 3000; n++) {
        char text[200];
        size_t len = pick(sizeof(text) + 1);
        for (size_t i = 0; i < len; i++)
            text[i] = bytes[pick(n % 2 == 0 ? sizeof(bytes) - 1 : 10)];
        ovf_str s = {text, len};
        for (int way = OVF_SCAN_PLAIN; way <= (int)ovf_scan_best(); way++) {
            size_t first = pick(len + 1);
            size_t at = first;
            size_t next = first;
            while (at < len) {
                uint32_t places[OVF_SCAN_ROOM];
                size_t count = ovf_scan(s, &at, len, OVF_SCAN_HEADS, (ovf_scan_way)way, places);
                for (size_t k = 0; k < count; k++, next++) {
                    while (next < places[k])
                        assert_false(is_head_place(s, next++));
                    assert_true(is_head_place(s, next));
                }
            }
            while (next < len)
                assert_false(is_head_place(s, next++));
        }
    }
}

static void all_scans_agree(void **unused)
{
    OVF_UNUSED(unused);
    static const char bytes[] = "Q)Z/!09CNSORU crsonu\n&\t\x7F\xC3=<\\\r";
    for (size_t n = 0; n < 20000; n++) {
        size_t len = pick(300);
        char *text = malloc(len + 1);
        assert_non_null(text);
        for (size_t i = 0; i < len; i++)
            text[i] = bytes[pick(n % 2 == 0 ? sizeof(bytes) - 1 : sizeof(bytes) - 10)];
        ovf_str s = {text, len};
        size_t from = pick(len + 1);
        size_t until = from + pick(len - from + 1);
        for (int way = OVF_SCAN_PLAIN; way <= (int)ovf_scan_best(); way++) {
            for (int kind = OVF_SCAN_HEADS; kind <= OVF_SCAN_TRAILERS; kind++) {
                uint32_t plain[OVF_SCAN_ROOM];
                uint32_t places[OVF_SCAN_ROOM];
                size_t plain_at = from;
                size_t at = from;
                while (at < until) {
                    size_t want =
                        ovf_scan(s, &plain_at, until, (ovf_scan_kind)kind, OVF_SCAN_PLAIN, plain);
                    size_t got =
                        ovf_scan(s, &at, until, (ovf_scan_kind)kind, (ovf_scan_way)way, places);
                    assert_int_equal(got, want);
                    assert_int_equal(at, plain_at);
                    assert_memory_equal(places, plain, got * sizeof(places[0]));
                }
            }
            assert_int_equal(ovf_scan_holds(s, (ovf_scan_way)way),
                             ovf_scan_holds(s, OVF_SCAN_PLAIN));
            assert_int_equal(ovf_scan_is_plain(s, (ovf_scan_way)way),
                             ovf_scan_is_plain(s, OVF_SCAN_PLAIN));
            assert_int_equal(ovf_scan_is_bare(s, (ovf_scan_way)way),
                             ovf_scan_is_bare(s, OVF_SCAN_PLAIN));
        }
        free(text);
    }
}

struct gathered {
    size_t count;
    ovf_span spans[1200];
    ovf_time from[1200];
};

static ovf_status gather(void *context, const ovf_notice *notice)
{
    struct gathered *g = context;
    if (g->count < OVF_COUNTOF(g->spans)) {
        g->spans[g->count] = notice->raw_span;
        g->from[g->count] = notice->valid_from;
    }
    g->count++;
    return OVF_OK;
}

static void bulletins_agree(void **unused)
{
    OVF_UNUSED(unused);
    ovf_arena one;
    ovf_arena other;
    ovf_arena_init(&one, 0);
    ovf_arena_init(&other, 0);
    char *text = malloc((size_t)1200 * TEXT_MAX);
    struct gathered *g = calloc(1, sizeof(*g));
    assert_non_null(text);
    assert_non_null(g);
    for (size_t n = 0; n < 40; n++) {
        size_t len = 0;
        for (size_t k = n * 25 + 1; k > 0; k--) {
            size_t one_len = pick(3) == 0 ? make_notice(text + len) : make_regular(text + len);
            len += pick(3) == 0 ? damage(text + len, one_len) : one_len;
            memcpy(text + len, "\n\n", 2);
            len += 2;
        }
        ovf_notice_options options = {.depth = OVF_DEPTH_HEAD};
        ovf_notice *all = NULL;
        size_t count = 0;
        g->count = 0;
        assert_int_equal(
            ovf_notice_read(NULL, (ovf_str){text, len}, &options, &one, &all, &count, NULL),
            OVF_OK);
        assert_int_equal(
            ovf_notice_read_each(NULL, (ovf_str){text, len}, &options, &other, gather, g, NULL),
            OVF_OK);
        assert_int_equal(g->count, count);
        for (size_t i = 0; i < count && i < OVF_COUNTOF(g->spans); i++) {
            assert_int_equal(g->spans[i].at, all[i].raw_span.at);
            assert_int_equal(g->spans[i].len, all[i].raw_span.len);
            assert_int_equal(g->from[i], all[i].valid_from);
        }
        ovf_arena_reset(&one);
    }
    free(g);
    free(text);
    ovf_arena_done(&one);
    ovf_arena_done(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(regular_and_damaged_agree),
        cmocka_unit_test(heads_are_marked),
        cmocka_unit_test(all_scans_agree),
        cmocka_unit_test(bulletins_agree),
    };
    return cmocka_run_group_tests_name("short", tests, NULL, NULL);
}
