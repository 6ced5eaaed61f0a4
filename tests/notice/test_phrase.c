/* SPDX-License-Identifier: Apache-2.0 */
/* Phrases as they are compiled and sieved (src/notice/phrase.c) against the plain way, which takes
 * the pattern apart at each token: over random texts out of the patterns' own words. */
#include "../../src/notice/phrase.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
// cmocka wants the headers above
#include <cmocka.h>

#define TEXTS 1500
#define PATTERNS_MAX 2048

/* ---- the plain way ---- */

static bool element_matches(const ovf_draft *d, size_t *i, ovf_str element)
{
    const ovf_token *t = &d->tokens[*i];
    if (t->kind == OVF_TOK_END)
        return false;
    if (element.len == 1 && (element.ptr[0] == '#' || element.ptr[0] == '*')) {
        if (element.ptr[0] == '#' && t->kind != OVF_TOK_NUM)
            return false;
        (*i)++;
        return true;
    }
    if (element.len == 1 && element.ptr[0] == '%') {
        double length_m = 0;
        size_t end = ovf_length_at(d, *i, &length_m);
        if (end == 0)
            return false;
        *i = end;
        return true;
    }
    if (t->kind != OVF_TOK_WORD)
        return false;
    ovf_str word = ovf_tok_text(d, *i);
    ovf_str rest = element;
    ovf_str option;
    while (ovf_str_field(&rest, '|', &option)) {
        bool is_prefix = option.len > 1 && option.ptr[0] == '~';
        if (is_prefix)
            option = ovf_str_tail(option, 1);
        if (ovf_str_eq_nocase(is_prefix ? ovf_str_sub(word, 0, option.len) : word, option)) {
            (*i)++;
            return true;
        }
    }
    return false;
}

static bool is_passed_over(const ovf_draft *d, size_t i)
{
    const ovf_token *t = &d->tokens[i];
    return t->kind == OVF_TOK_SIGN
           && (t->sign == ',' || t->sign == ':' || t->sign == '"' || t->sign == '\''
               || t->sign == '-');
}

/* Can a match begin with this letter? Most patterns end here: nothing is cut up for them. */
static bool may_begin(const char *pattern, char initial)
{
    bool starts_option = true;
    bool found = false;
    for (const char *p = pattern; *p != '\0'; p++) {
        if (*p == ' ') {
            if (found || p[-1] != '?')
                return found;
            starts_option = true;
            continue;
        }
        if (starts_option && *p != '~') {
            found |= *p == initial || *p == '#' || *p == '%' || *p == '*';
            starts_option = false;
        }
        starts_option |= *p == '|';
    }
    return found;
}

/* One element at token *i, or behind what a phrase passes over. */
static bool take(const ovf_draft *d, size_t *i, ovf_str element, bool is_first)
{
    size_t next = *i;
    while (!is_first && is_passed_over(d, next))
        next++;
    if (!element_matches(d, &next, element))
        return false;
    *i = next;
    return true;
}

static bool is_any_token(ovf_str element)
{
    return ovf_str_eq(element, OVF_STR("*?"));
}

/* The rest of a pattern from token i on: the token behind it, or OVF_NOPOS. An element that may miss
 * is taken where it fits and given back where the rest then fails; of a run of "any token" as few as
 * the rest needs. Patterns are ours and short, so the depth is theirs. */
static size_t match_rest(const ovf_draft *d, size_t i, ovf_str rest, bool is_first)
{
    ovf_str element;
    while (ovf_str_field(&rest, ' ', &element)) {
        bool may_miss = element.len > 1 && element.ptr[element.len - 1] == '?';
        if (is_any_token(element)) {
            size_t at = i;
            size_t spare = 1;
            ovf_str behind = rest;
            ovf_str next;
            while (ovf_str_field(&behind, ' ', &next) && is_any_token(next)) {
                spare++;
                rest = behind;
            }
            for (size_t taken = 0; taken <= spare; taken++) {
                size_t end = match_rest(d, at, rest, is_first && taken == 0);
                if (end != OVF_NOPOS)
                    return end;
                if (!take(d, &at, OVF_STR("*"), is_first && taken == 0))
                    break;
            }
            return OVF_NOPOS;
        }
        if (may_miss)
            element.len--;
        size_t at = i;
        bool fits = take(d, &at, element, is_first);
        if (fits && may_miss) {
            size_t end = match_rest(d, at, rest, false);
            if (end != OVF_NOPOS)
                return end;
        } else if (fits) {
            i = at;
        } else if (!may_miss) {
            return OVF_NOPOS;
        }
        is_first = false;
    }
    return i;
}

static size_t plain_phrase(const ovf_draft *d, size_t i, const char *pattern)
{
    if (i >= d->token_count || !may_begin(pattern, ovf_upper(d->clean.text.ptr[d->tokens[i].at])))
        return 0;
    size_t end = match_rest(d, i, ovf_str_of(pattern), true);
    return end == OVF_NOPOS || end <= i ? 0 : end;
}

static uint32_t initial_bit(char c)
{
    return ovf_is_letter(c) ? UINT32_C(1) << (ovf_upper(c) - 'A') : UINT32_C(1) << 31;
}

/* First letters with which a match can begin; all bits where anything can. */
static uint32_t initials_of(const char *pattern)
{
    uint32_t mask = 0;
    ovf_str rest = ovf_str_of(pattern);
    ovf_str element;
    while (ovf_str_field(&rest, ' ', &element)) {
        bool may_miss = element.len > 1 && element.ptr[element.len - 1] == '?';
        bool starts_option = true;
        for (size_t i = 0; i < element.len - may_miss; i++) {
            char c = element.ptr[i];
            if (starts_option && c != '~') {
                if (c == '#' || c == '%' || c == '*')
                    return UINT32_MAX;
                mask |= initial_bit(c);
                starts_option = false;
            }
            starts_option |= c == '|';
        }
        if (!may_miss)
            break;
    }
    return mask;
}

static size_t plain_find(const ovf_draft *d, size_t from, size_t until, const char *pattern,
                         size_t *end)
{
    uint32_t mask = initials_of(pattern);
    for (size_t i = from; i < until && i < d->token_count; i++) {
        if ((mask & initial_bit(d->clean.text.ptr[d->tokens[i].at])) == 0)
            continue;
        size_t next = plain_phrase(d, i, pattern);
        if (next > i) {
            if (end != NULL)
                *end = next;
            return i;
        }
    }
    return OVF_NOPOS;
}

/* ---- texts out of the patterns' words ---- */

static uint64_t state = 7;

static uint64_t next_random(void) /* splitmix64 */
{
    state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = state;
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static const char *patterns[PATTERNS_MAX];
static size_t pattern_count;

struct text {
    char bytes[4096];
    size_t len;
};

static void put(struct text *t, ovf_str s)
{
    if (t->len + s.len > sizeof(t->bytes))
        return;
    memcpy(t->bytes + t->len, s.ptr, s.len);
    t->len += s.len;
}

static void put_gap(struct text *t)
{
    static const char *const gaps[] = {" ",  " ", " ",  " ",   " ", "\n", ", ", " - ", ": ",
                                       ". ", "-", "' ", "\" ", "/", " (", ") ", ""};
    put(t, ovf_str_of(gaps[next_random() % OVF_COUNTOF(gaps)]));
}

static void put_filler(struct text *t)
{
    static const char *const words[] = {
        "X",  "RADAR", "5",    "12.5", "5NM", "300 M", "A",
        "IN", "THE",   "N",    "EGLL", "7KM", "5 FT",  "1 NAUTICAL MILE",
        "Q",  "E",     "0900", "L",    "LAT", "of"};
    put(t, ovf_str_of(words[next_random() % OVF_COUNTOF(words)]));
}

/* One option of an element, perhaps cut, lengthened or in small letters. */
static void put_element(struct text *t, ovf_str element)
{
    if (element.len > 1 && element.ptr[element.len - 1] == '?') {
        element.len--;
        if (next_random() % 2 == 0)
            return;
    }
    if (element.len == 1 && strchr("#%*", element.ptr[0]) != NULL) {
        put(t, element.ptr[0] == '%' ? OVF_STR("5 NM") : OVF_STR("12"));
        return;
    }
    ovf_str option = element;
    ovf_str rest = element;
    size_t seen = 0;
    ovf_str one;
    while (ovf_str_field(&rest, '|', &one)) {
        if (next_random() % ++seen == 0)
            option = one;
    }
    bool is_prefix = option.len > 1 && option.ptr[0] == '~';
    option = ovf_str_tail(option, is_prefix);
    size_t from = t->len;
    put(t, option);
    uint64_t change = next_random() % 12;
    if (is_prefix || change == 0)
        put(t, OVF_STR("ED"));
    if (change == 1 && t->len > from + 1)
        t->len--;
    for (size_t i = from; change == 2 && i < t->len; i++)
        t->bytes[i] = (char)(ovf_is_letter(t->bytes[i]) ? t->bytes[i] | 0x20 : t->bytes[i]);
}

static void make_text(struct text *t)
{
    t->len = 0;
    for (size_t k = 1 + next_random() % 4; k > 0; k--) {
        ovf_str rest = ovf_str_of(patterns[next_random() % pattern_count]);
        ovf_str element;
        while (ovf_str_field(&rest, ' ', &element)) {
            put_element(t, element);
            put_gap(t);
            if (next_random() % 8 == 0) {
                put_filler(t);
                put_gap(t);
            }
        }
    }
}

static void compare(const struct text *t, ovf_arena *arena)
{
    ovf_draft d = {.arena = arena, .scratch = arena, .clean = {.text = {t->bytes, t->len}}};
    assert_true(ovf_tokenise(&d, (ovf_range){0, (uint32_t)t->len}, &d.tokens, &d.token_count));
    for (size_t k = 0; k < pattern_count; k++) {
        for (size_t i = 0; i <= d.token_count; i++)
            assert_int_equal(ovf_phrase(&d, i, patterns[k]), plain_phrase(&d, i, patterns[k]));
        size_t from = next_random() % (d.token_count + 1);
        for (int part = 0; part < 2; part++) {
            size_t end = 0;
            size_t plain_end = 0;
            size_t start = part == 0 ? 0 : from;
            size_t until = part == 0 ? d.token_count : from + next_random() % 20;
            size_t at = ovf_phrase_find(&d, start, until, patterns[k], &end);
            assert_int_equal(at, plain_find(&d, start, until, patterns[k], &plain_end));
            if (at != OVF_NOPOS)
                assert_true(ovf_text_may_say(&d, patterns[k]));
            assert_int_equal(end, plain_end);
        }
        // Tokens whose words nobody indexed: nothing is sieved away.
        d.words.tokens = NULL;
        assert_int_equal(ovf_phrase_find(&d, 0, d.token_count, patterns[k], NULL),
                         plain_find(&d, 0, d.token_count, patterns[k], NULL));
        d.words.tokens = d.tokens;
    }
}

/* Patterns that the sources may come to use. */
static const char *const own[] = {
    "A",
    "#",
    "%",
    "*",
    "~CENT",
    "~N",
    "A B",
    "A? B",
    "A? B? C",
    "A|~B C|D",
    "# NM|KM?",
    "% OF|FM THE? ARP",
    "*? *? X",
    "A *? *? B",
    "A * B",
    "*? A",
    "A #? B",
    "A %? B",
    "A? B?",
    "RADIUS|RAD OF? #",
    "OF? % OF?",
    "LATITUDE|LAT|LONGITUDE",
    "LONGWORDED|LONGWORDS IN",
};

static void agrees(void **unused)
{
    OVF_UNUSED(unused);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    struct text *t = calloc(1, sizeof(*t));
    assert_non_null(t);
    for (size_t k = 0; k < TEXTS; k++) {
        make_text(t);
        compare(t, &arena);
        ovf_arena_reset(&arena);
    }
    free(t);
    ovf_arena_done(&arena);
}

/* Reads notices, so that the room's own patterns are known. */
static void meet_patterns(void)
{
    static const char *const notices[] = {
        "A0001/26 NOTAMN\nQ) XXAA/QRTCA/IV/BO/W/000/999/0000N00000E999\nA) XXAA B) 2601010000 C) "
        "2601020000\nE) PURSUANT TO DECREE 5 ALL FLIGHTS OF OPERATORS REGISTERED IN XLAND ARE "
        "PROHIBITED FM ENTERING, EXC STATE ACFT WITH PRIOR PERMISSION. WI 5NM RADIUS OF 0100N00100E, "
        "AREA BOUNDED BY 0000N00000E - 0000N00100E - 0100N00100E - 0000N00000E, 10 KM EITHER SIDE OF "
        "LINE 0000N00000E-0100N00100E, NORTH OF 10N AND BTN 5E AND 6E WITHIN AA FIR, OVER WATER, VOR "
        "DVOR AD CLSD, AWY A1 CLOSED BTN ABC AND DEF BELOW FL100 OR ABOVE FL200, NOT INCLUDING.\n"
        "F) GND G) FL300",
        "KICZ A0002/26 - UNITED STATES OPERATORS ARE ADVISED TO EXERCISE CAUTION BELOW FL260 IN THE "
        "TERRITORY AND AIRSPACE OF XLAND. 01 JAN 00:00 2026 UNTIL 01 FEB 00:00 2026.",
    };
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (size_t i = 0; i < OVF_COUNTOF(notices); i++) {
        ovf_notice *out = NULL;
        size_t count = 0;
        assert_int_equal(
            ovf_notice_read(NULL, ovf_str_of(notices[i]), NULL, &arena, &out, &count, NULL),
            OVF_OK);
    }
    ovf_arena_done(&arena);
    for (size_t i = 0; i < OVF_COUNTOF(own); i++)
        patterns[pattern_count++] = own[i];
    for (size_t i = 0; ovf_phrase_known(i) != NULL && pattern_count < PATTERNS_MAX; i++)
        patterns[pattern_count++] = ovf_phrase_known(i);
}

/* ---- numbers of words ---- */

static void numbers(void **unused)
{
    OVF_UNUSED(unused);
    static const struct {
        const char *word;
        const char *other;
        bool is_same;
    } rows[] = {
        {"RADIUS", "radius", true},
        {"RADIUS", "Radius", true},
        {"A", "a", true},
        {"COUNTERCLOCKWISE", "counterclockwise", true}, // sixteen letters, the most
        {"COUNTERCLOCKWISE", "COUNTERxLOCKWISE", false},
        {"RADIUS", "RADIU", false},
        {"NM", "NMI", false},
        {"N", "1", false},
        {"TO", "T0", false},
    };
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++) {
        uint16_t number = ovf_word_of(ovf_str_of(rows[i].word));
        uint16_t other = ovf_word_of(ovf_str_of(rows[i].other));
        print_message("%s, %s\n", rows[i].word, rows[i].other);
        assert_int_not_equal(number, 0);
        if (rows[i].is_same)
            assert_int_equal(number, other);
        else
            assert_int_not_equal(number, other);
    }
    static const char *const none[] = {"", "QZXV", "COUNTERCLOCKWISELY", "ZZZZZZZZZZZZZZZZ", "123"};
    for (size_t i = 0; i < OVF_COUNTOF(none); i++)
        assert_int_equal(ovf_word_of(ovf_str_of(none[i])), 0);
}

int main(void)
{
    meet_patterns();
    print_message("%zu patterns\n", pattern_count);
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees), cmocka_unit_test(numbers)};
    return cmocka_run_group_tests_name("phrase", tests, NULL, NULL);
}
