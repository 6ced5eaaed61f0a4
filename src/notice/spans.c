/* SPDX-License-Identifier: Apache-2.0 */
/* Where each value of a notice stands in the bytes. The readers keep the spans of the items and of
 * what they decided by; a value that borrows the record's bytes is where it points to; one that was
 * copied (out of text with entities or folds) is looked for, blanks and case apart, within the
 * span that it must lie in. What is nowhere (a FIR found on the map) has no span. */
#include "notice_internal.h"

#include <stdlib.h>

#define Q_FIELDS 8
#define KIND_REACH 48   /* bytes behind the number in which NOTAMN stands */
#define LIMIT_REACH 240 /* bytes round an area in which its limits stand */

struct collector {
    const ovf_notice *n;
    ovf_arena *arena;
    ovf_notice_span *items;
    size_t count;
    size_t capacity;
    bool no_memory;
};

/* ---- finding ---- */

/* Bytes [from, until) of the record, clamped to the notice. */
static ovf_str bytes(const ovf_notice *n, size_t from, size_t until)
{
    size_t start = n->raw_span.at;
    size_t end = start + n->raw.len;
    from = from < start ? start : from;
    until = until > end ? end : until;
    return until <= from ? (ovf_str){0} : ovf_str_sub(n->raw, from - start, until - start);
}

static bool borrows(const ovf_notice *n, ovf_str value, ovf_span *out)
{
    // Comparing pointers of different objects is undefined; as numbers they compare.
    uintptr_t start = (uintptr_t)n->raw.ptr;
    uintptr_t at = (uintptr_t)value.ptr;
    if (value.len == 0 || at < start || at + value.len > start + n->raw.len)
        return false;
    *out = (ovf_span){n->raw_span.at + (uint32_t)(at - start), (uint32_t)value.len};
    return true;
}

/* Does the value stand at s[i], blanks and case apart? The bytes it takes, or 0. */
static size_t matches(ovf_str s, size_t i, ovf_str value)
{
    size_t k = 0;
    size_t from = i;
    while (k < value.len) {
        bool blank_here = i < s.len && ovf_is_blank(s.ptr[i]);
        bool blank_there = ovf_is_blank(value.ptr[k]);
        if (blank_here != blank_there)
            return 0;
        if (blank_here) {
            while (i < s.len && ovf_is_blank(s.ptr[i]))
                i++;
            while (k < value.len && ovf_is_blank(value.ptr[k]))
                k++;
            continue;
        }
        if (i >= s.len || ovf_upper(s.ptr[i]) != ovf_upper(value.ptr[k]))
            return 0;
        i++;
        k++;
    }
    return i - from;
}

static bool is_word_byte(char c)
{
    return ovf_is_letter(c) || ovf_is_digit(c);
}

static ovf_span look_for(const ovf_notice *n, ovf_str value, size_t from, size_t until)
{
    ovf_str s = bytes(n, from, until);
    value = ovf_str_trim(value);
    for (size_t i = 0; value.len > 0 && i + value.len <= s.len; i++) {
        if (i > 0 && is_word_byte(s.ptr[i - 1]) && is_word_byte(value.ptr[0]))
            continue;
        size_t len = matches(s, i, value);
        if (len > 0
            && (i + len >= s.len || !is_word_byte(s.ptr[i + len])
                || !is_word_byte(value.ptr[value.len - 1])))
            return (ovf_span){n->raw_span.at + (uint32_t)(s.ptr + i - n->raw.ptr), (uint32_t)len};
    }
    return (ovf_span){0};
}

static ovf_span place_of(const ovf_notice *n, ovf_str value, ovf_span within)
{
    ovf_span found = {0};
    if (borrows(n, value, &found))
        return found;
    return within.len == 0 ? found : look_for(n, value, within.at, (size_t)within.at + within.len);
}

static void add(struct collector *c, const char *what, size_t index, size_t sub, ovf_span span,
                ovf_str value)
{
    // A damaged page has parts of a notice outside of the bytes that it was cut to.
    const ovf_notice *n = c->n;
    bool is_outside = n->form != OVF_FORM_AIXM
                      && (span.at < n->raw_span.at
                          || (size_t)span.at + span.len > (size_t)n->raw_span.at + n->raw.len);
    if (span.len == 0 || is_outside || c->no_memory)
        return;
    if (!ovf_arena_grow(c->arena, (void **)&c->items, c->count, &c->capacity, sizeof(*c->items))) {
        c->no_memory = true;
        return;
    }
    c->items[c->count++] = (ovf_notice_span){what, index, sub, span, value};
}

static void add_value(struct collector *c, const char *what, ovf_str value, ovf_span within)
{
    add(c, what, 0, 0, place_of(c->n, value, within), value);
}

static ovf_str moment(struct collector *c, ovf_time t)
{
    char text[48];
    ovf_time_format_plain(t, text, sizeof(text));
    return ovf_arena_dup(c->arena, ovf_str_of(text));
}

static ovf_str level_words(struct collector *c, ovf_level level)
{
    char text[48];
    ovf_level_format(level, text, sizeof(text));
    return ovf_arena_dup(c->arena, ovf_str_of(text));
}

/* ---- heading ---- */

static void add_heading(struct collector *c)
{
    const ovf_notice *n = c->n;
    add(c, "id", 0, 0, n->span_id, n->id);
    size_t from = n->span_id.len > 0 ? (size_t)n->span_id.at + n->span_id.len : n->raw_span.at;
    if (n->kind != OVF_NOTICE_KIND_UNKNOWN) {
        ovf_str near = bytes(n, from, from + KIND_REACH);
        size_t at = ovf_str_find(near, 0, OVF_STR("NOTAM"));
        size_t len = 6;
        if (at != OVF_NOPOS && at + 5 < near.len && near.ptr[at + 5] == ' ')
            len = 7;
        bool has_letter =
            at != OVF_NOPOS && at + len <= near.len
            && ovf_str_find(OVF_STR("NRC"), 0, ovf_str_sub(near, at + len - 1, at + len))
                   != OVF_NOPOS;
        if (has_letter)
            add(c, "kind", 0, 0, (ovf_span){(uint32_t)(from + at), (uint32_t)len},
                ovf_str_of(ovf_notice_kind_name(n->kind)));
    }
    ovf_span near = {(uint32_t)from, KIND_REACH};
    add_value(c, "refers_to", n->refers_to, near);
    add_value(c, "location_prefix", n->location_prefix, n->raw_span);
    bool is_office_said = n->issuer.office.len > 0 && n->issuer.span.len > 0;
    if (is_office_said)
        add(c, "issuer", 0, 0, n->issuer.span, n->issuer.office);
    if (n->part_of > 1) {
        ovf_str words = ovf_arena_printf(c->arena, "PART %d OF %d", n->part, n->part_of);
        add(c, "part", 0, 0, look_for(n, words, n->raw_span.at, SIZE_MAX), words);
    }
    if (n->created != OVF_TIME_NONE) {
        size_t e_end = (size_t)n->span_e.at + n->span_e.len;
        ovf_span word = look_for(n, OVF_STR("CREATED:"), e_end, SIZE_MAX);
        ovf_str rest = bytes(n, (size_t)word.at + word.len, SIZE_MAX);
        ovf_str line = {0};
        if (word.len > 0 && ovf_str_line(&rest, &line)) {
            size_t source = ovf_str_find(line, 0, OVF_STR("SOURCE:"));
            ovf_span span = {0};
            if (borrows(n,
                        ovf_str_trim(ovf_str_sub(line, 0, source == OVF_NOPOS ? line.len : source)),
                        &span))
                add(c, "created", 0, 0, span, moment(c, n->created));
        }
    }
    add_value(c, "source", n->source, n->raw_span);
}

/* ---- item Q ---- */

/* The fields of the Q line between its strokes, trimmed. */
static size_t cut_q(const ovf_notice *n, ovf_span *fields)
{
    size_t count = 0;
    ovf_str q = bytes(n, n->span_q.at, (size_t)n->span_q.at + n->span_q.len);
    size_t start = 0;
    for (size_t i = 0; i <= q.len && count < Q_FIELDS; i++) {
        if (i < q.len && (q.ptr[i] != '/' || count == Q_FIELDS - 1))
            continue;
        if (!borrows(n, ovf_str_trim(ovf_str_sub(q, start, i)), &fields[count]))
            fields[count] = (ovf_span){0};
        count++;
        start = i + 1;
    }
    return count;
}

static void add_q(struct collector *c)
{
    const ovf_notice *n = c->n;
    ovf_span fields[Q_FIELDS] = {0};
    if (n->span_q.len == 0)
        return;
    add(c, "q", 0, 0, n->span_q, (ovf_str){0});
    ovf_str q = bytes(n, n->span_q.at, (size_t)n->span_q.at + n->span_q.len);
    bool is_marked_up = ovf_str_find(q, 0, OVF_STR("<")) != OVF_NOPOS;
    size_t count = is_marked_up ? 0 : cut_q(n, fields);
    // A filler word for the code, and the traffic missing: item Q is read with the fields shifted.
    if (count == Q_FIELDS - 1 && fields[1].len > 0
        && ovf_upper(n->raw.ptr[fields[1].at - n->raw_span.at]) != 'Q') {
        for (size_t i = Q_FIELDS - 1; i > 2; i--)
            fields[i] = fields[i - 1];
        fields[2] = (ovf_span){0};
    }
    const ovf_str values[] = {n->q_fir,
                              n->qcode,
                              n->traffic,
                              n->purpose,
                              n->scope,
                              level_words(c, n->q_lower),
                              level_words(c, n->q_upper)};
    static const char *const names[] = {"q_fir", "qcode",   "traffic", "purpose",
                                        "scope", "q_lower", "q_upper"};
    for (size_t i = 0; i < OVF_COUNTOF(values); i++)
        // In XML each field is an element of its own, and levels are numbers.
        add(c, names[i], 0, 0, is_marked_up ? place_of(n, values[i], n->span_q) : fields[i],
            values[i]);
    if (n->has_q_circle)
        add(c, "q_area", 0, 0, fields[7],
            ovf_arena_printf(c->arena, "%.4f, %.4f, %.0f NM", n->q_centre.lat_deg,
                             n->q_centre.lon_deg, n->q_radius_nm));
}

/* ---- items A to G ---- */

static void add_items(struct collector *c)
{
    const ovf_notice *n = c->n;
    add(c, "locations", 0, 0, n->span_a, n->locations);
    add(c, "valid_from", 0, 0, n->span_b, moment(c, n->valid_from));
    add(c, "valid_until", 0, 0, n->span_c,
        n->until_permanent ? OVF_STR("permanent")
        : n->until_estimated
            ? ovf_arena_printf(c->arena, OVF_FMT " (estimated)", OVF_ARG(moment(c, n->valid_until)))
            : moment(c, n->valid_until));
    add(c, "schedule", 0, 0, n->span_d.len > 0 ? n->span_d : n->span_active,
        ovf_arena_printf(c->arena, "%zu periods%s", n->active.count,
                         n->active_complete ? "" : ", not expanded whole"));
    add(c, "text", 0, 0, n->span_e, (ovf_str){0});
    add(c, "lower", 0, 0, n->span_f, n->lower_text);
    add(c, "upper", 0, 0, n->span_g, n->upper_text);
    add(c, "effect", 0, 0, n->span_effect, ovf_str_of(ovf_effect_name(n->effect)));
    if (n->is_checklist)
        add(c, "checklist", 0, 0, n->span_checklist,
            ovf_arena_printf(c->arena, "%zu numbers", n->checklist_count));
    for (size_t i = 0; i < n->fir_count; i++) {
        ovf_span span = place_of(n, n->firs[i], n->span_e);
        if (span.len == 0)
            span = place_of(n, n->firs[i], n->span_a);
        if (span.len == 0)
            span = place_of(n, n->firs[i], n->span_q);
        add(c, "fir", i, 0, span, n->firs[i]);
    }
}

/* ---- whom ---- */

static void add_list(struct collector *c, const char *what, const ovf_str *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ovf_span span = place_of(c->n, items[i], c->n->addressed.span);
        // A State is kept by its code, not by the word that named it: then by the whole phrase.
        if (span.len == 0)
            span = c->n->addressed.span;
        add(c, what, i, 0, span, items[i]);
    }
}

static void add_addressed(struct collector *c)
{
    const ovf_addressed *a = &c->n->addressed;
    add(c, "addressed", 0, 0, a->span, a->everyone ? OVF_STR("everyone") : (ovf_str){0});
    add_list(c, "operator_state", a->operator_states, a->operator_state_count);
    add_list(c, "registry_state", a->registry_states, a->registry_state_count);
    add_list(c, "owner_state", a->owner_states, a->owner_state_count);
    add_list(c, "airman_state", a->airman_states, a->airman_state_count);
    add_list(c, "aircraft", a->aircraft, a->aircraft_count);
    add_list(c, "flight", a->flights, a->flight_count);
    add_list(c, "except", a->except, a->except_count);
}

/* ---- areas ---- */

/* A limit stands in the area's words, soon behind them, or in items F and G for all. */
static ovf_span limit_place(const ovf_notice *n, const ovf_notice_area *area, ovf_str text,
                            ovf_span item)
{
    ovf_span span = place_of(n, text, area->span);
    size_t end = (size_t)area->span.at + area->span.len;
    if (span.len == 0 && area->span.len > 0)
        span = look_for(n, text, end, end + LIMIT_REACH);
    if (span.len == 0)
        span = place_of(n, text, item);
    return span.len == 0 ? place_of(n, text, n->span_e) : span;
}

static void add_areas(struct collector *c)
{
    const ovf_notice *n = c->n;
    for (size_t i = 0; i < n->area_count; i++) {
        const ovf_notice_area *area = &n->areas[i];
        ovf_str words =
            ovf_arena_printf(c->arena, "%s, %s, %zu position%s", ovf_shape_name(area->shape),
                             ovf_certainty_name(area->certainty), area->point_count,
                             area->point_count == 1 ? "" : "s");
        add(c, "area", i, 0, area->span, words);
        ovf_span near = area->span;
        uint32_t before =
            near.at - n->raw_span.at < LIMIT_REACH / 2 ? near.at - n->raw_span.at : LIMIT_REACH / 2;
        near.at -= before;
        near.len += before;
        if (area->name.len > 0)
            add(c, "area_name", i, 0, place_of(n, area->name, near), area->name);
        if (area->lower_text.len > 0)
            add(c, "area_lower", i, 0, limit_place(n, area, area->lower_text, n->span_f),
                level_words(c, area->lower));
        if (area->upper_text.len > 0)
            add(c, "area_upper", i, 0, limit_place(n, area, area->upper_text, n->span_g),
                level_words(c, area->upper));
    }
}

static int by_place(const void *a, const void *b)
{
    const ovf_notice_span *x = a;
    const ovf_notice_span *y = b;
    if (x->span.at != y->span.at)
        return x->span.at < y->span.at ? -1 : 1;
    if (x->span.len != y->span.len)
        return x->span.len > y->span.len ? -1 : 1;
    int order = strcmp(x->what, y->what);
    if (order != 0)
        return order;
    return (x->index > y->index) - (x->index < y->index);
}

ovf_status ovf_notice_spans(const ovf_notice *notice, ovf_arena *arena, ovf_notice_span **out,
                            size_t *count, ovf_error *err)
{
    struct collector c = {.n = notice, .arena = arena};
    add_heading(&c);
    add_q(&c);
    add_items(&c);
    add_addressed(&c);
    add_areas(&c);
    if (c.no_memory)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the spans of a notice");
    if (c.count > 0)
        qsort(c.items, c.count, sizeof(*c.items), by_place);
    *out = c.items;
    *count = c.count;
    return OVF_OK;
}
