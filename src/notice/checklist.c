/* SPDX-License-Identifier: Apache-2.0 */
/* Checklists (QKKKK): the numbers of a series that are valid, year by year.
 *
 *     CHECKLIST SERIES D  YEAR=2025 0207 0930  YEAR=2026 0473 0568  LATEST AIP AMENDMENTS ...
 *
 * An item is "YEAR=2026" with numbers behind it, or a whole number, "A0092/23". A series is told by
 * "SERIES D" or by the letter of a whole number, else it is the checklist's own. What follows the
 * list (publications, supplements, circulars) has numbers of its own and is no part of it: the list
 * ends at the first word that belongs to none of this. Doc 8126 ch. 6; OPADD 4.3.
 * Behind a year only numbers of four or five digits are taken. */
#include "notice_internal.h"

#include <stdlib.h>

struct list {
    ovf_draft *d;
    ovf_checklist_item *items;
    size_t count;
    size_t capacity;
    char series;
    int32_t year;
    bool has_year; /* a year has been named: bare numbers belong to it */
    bool says_nil;
    bool is_over; /* what follows is publications */
    bool is_full;
    size_t first, last; /* bytes of the list in cleaned text */
};

static void add(struct list *list, char series, int32_t year, int32_t number)
{
    if (list->count >= OVF_CHECKLIST_MAX_ITEMS
        || !ovf_arena_grow(list->d->arena, (void **)&list->items, list->count, &list->capacity,
                           sizeof(*list->items))) {
        list->is_full = true;
        return;
    }
    list->items[list->count++] = (ovf_checklist_item){series, year, number};
}

static int compare_items(const void *a, const void *b)
{
    const ovf_checklist_item *x = a;
    const ovf_checklist_item *y = b;
    if (x->series != y->series)
        return x->series < y->series ? -1 : 1;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* ---- words ---- */

static bool is_number_word(ovf_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (!ovf_is_digit(word.ptr[i]))
            return false;
    }
    return word.len > 0;
}

/* "A0092/23" or "0092/23"; *series is 0 without a letter. */
static bool is_whole_number(ovf_str word, char *series, int32_t *number, int32_t *year)
{
    size_t at = word.len > 0 && ovf_is_letter(word.ptr[0]) ? 1 : 0;
    uint32_t n = 0;
    uint32_t y = 0;
    size_t end = ovf_str_take_uint(word, at, 99999, &n);
    if (end - at < 3 || end - at > 5 || end >= word.len || word.ptr[end] != '/')
        return false;
    size_t last = ovf_str_take_uint(word, end + 1, 2099, &y);
    size_t digits = last - end - 1;
    if (last != word.len || (digits != 2 && digits != 4))
        return false;
    *series = at == 1 ? ovf_upper(word.ptr[0]) : '\0';
    *number = (int32_t)n;
    *year = (int32_t)(digits == 2 ? 2000 + y : y);
    return true;
}

/* Words that begin what follows the list. */
static bool is_end_word(ovf_str word)
{
    static const char *const ends[] = {"LATEST",     "PUBLICATIONS", "PUBLICATION", "AIP",
                                       "SUP",        "AIC",          "AMDT",        "AIRAC",
                                       "SUPPLEMENT", "SUPPLEMENTS",  "AMENDMENTS",  "LAST",
                                       "DERNIERES",  "ULTIMAS",      "NEWEST",      "FOLLOWING"};
    for (size_t i = 0; i < OVF_COUNTOF(ends); i++) {
        if (ovf_str_eq_nocase(word, ovf_str_of(ends[i])))
            return true;
    }
    return false;
}

static bool is_year_word(ovf_str word)
{
    static const char *const words[] = {"YEAR", "ANNEE", "ANO", "JAHR", "YR"};
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (ovf_str_eq_nocase(word, ovf_str_of(words[i])))
            return true;
    }
    return false;
}

static bool ends_word(char c)
{
    return ovf_is_blank(c) || c == ',' || c == '.' || c == ';' || c == '=' || c == ':' || c == '('
           || c == ')' || c == '-';
}

/* Cuts the next word off; "=" and stops only part words. */
static bool next_word(ovf_str s, size_t *at, ovf_str *word)
{
    while (*at < s.len && ends_word(s.ptr[*at]))
        ++*at;
    size_t from = *at;
    while (*at < s.len && !ends_word(s.ptr[*at]))
        ++*at;
    *word = ovf_str_sub(s, from, *at);
    return word->len > 0;
}

/* ---- the list ---- */

static bool take_year(struct list *list, ovf_str word)
{
    uint32_t year = 0;
    size_t end = ovf_str_take_uint(word, 0, 2099, &year);
    if (end != word.len || (word.len != 2 && word.len != 4))
        return false;
    list->year = (int32_t)(word.len == 2 ? 2000 + year : year);
    list->has_year = true;
    return true;
}

/* "2026:" or "2026=", without the word. */
static bool is_year_heading(ovf_str s, size_t behind, ovf_str word)
{
    return is_number_word(word) && word.len == 4 && ovf_str_starts(word, OVF_STR("20"))
           && behind < s.len && (s.ptr[behind] == ':' || s.ptr[behind] == '=');
}

static bool is_series_word(ovf_str word)
{
    return ovf_str_eq_nocase(word, OVF_STR("SERIES")) || ovf_str_eq_nocase(word, OVF_STR("SERIE"))
           || ovf_str_eq_nocase(word, OVF_STR("SER"));
}

/* One word of the list; `s` and `at` lead to what follows it. */
static void take_word(struct list *list, ovf_str s, size_t *at, ovf_str word)
{
    char series = 0;
    int32_t number = 0;
    int32_t year = 0;
    size_t ahead = *at;
    ovf_str next = {0};
    if (is_series_word(word)) {
        if (next_word(s, &ahead, &next) && next.len == 1 && ovf_is_letter(next.ptr[0])) {
            list->series = ovf_upper(next.ptr[0]);
            list->has_year = false;
            *at = ahead;
        }
    } else if (is_year_word(word)) {
        if (next_word(s, &ahead, &next) && take_year(list, next))
            *at = ahead;
    } else if (is_whole_number(word, &series, &number, &year)) {
        add(list, series != 0 ? series : list->series, year, number);
    } else if (ovf_str_eq_nocase(word, OVF_STR("NIL"))
               || ovf_str_eq_nocase(word, OVF_STR("NEANT"))) {
        list->says_nil = true;
        add(list, list->series, list->has_year ? list->year : 0, 0);
    } else if (is_year_heading(s, *at, word)) {
        take_year(list, word);
    } else if (list->has_year && is_number_word(word) && (word.len == 4 || word.len == 5)) {
        uint32_t value = 0;
        ovf_str_take_uint(word, 0, 99999, &value);
        add(list, list->series, list->year, (int32_t)value);
    } else if (is_end_word(word) && (list->count > 0 || list->has_year)) {
        list->is_over = true;
    }
}

static bool says_checklist(const ovf_draft *d)
{
    ovf_str text = ovf_range_text(d, d->items[OVF_ITEM_E]);
    ovf_str head = ovf_str_sub(text, 0, 80);
    static const char *const words[] = {"CHECKLIST", "CHECK LIST", "CHECK-LIST"};
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (ovf_str_find(head, 0, ovf_str_of(words[i])) != OVF_NOPOS)
            return true;
    }
    return false;
}

/* "QKKKK" is the code of checklists; a text that says so without the code is one when it has a
 * year or numbers in it. */
void ovf_read_checklist(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    bool has_code = ovf_str_eq(n->qcode, OVF_STR("QKKKK"));
    ovf_range e = d->items[OVF_ITEM_E];
    if ((!has_code && !says_checklist(d)) || n->kind == OVF_NOTICE_CANCEL || e.from == e.until)
        return;
    struct list list = {.d = d, .first = e.from, .last = e.from};
    ovf_str s = ovf_str_sub(d->clean.text, 0, e.until);
    size_t at = e.from;
    ovf_str word = {0};
    while (!list.is_over && !list.is_full && next_word(s, &at, &word)) {
        size_t before = list.count;
        take_word(&list, s, &at, word);
        if (list.count > before)
            list.last = at;
    }
    bool has_numbers = list.count > 0;
    if (!has_code && !has_numbers)
        return;
    n->is_checklist = true;
    if (list.count > 0)
        qsort(list.items, list.count, sizeof(*list.items), compare_items);
    n->checklist = list.items;
    n->checklist_count = list.count;
    n->checklist_whole = has_numbers && !list.is_full && n->parts_complete;
    n->span_checklist = ovf_raw_span(d, list.first, list.last);
    if (!has_numbers)
        OVF_FIND(
            d, OVF_WARNING, e.from, "CHECKLIST",
            "expected YEAR= and numbers, or NIL: what this checklist calls valid is not known");
    else if (list.is_full)
        OVF_FIND(d, OVF_WARNING, list.last, "CHECKLIST",
                 "a checklist of more than %d numbers: the rest is not read",
                 OVF_CHECKLIST_MAX_ITEMS);
}
