/* SPDX-License-Identifier: Apache-2.0 */
/* Messages put together out of named parts, and the notices read from them: every position of the
 * reading is led back through the map to the record. */
#include "structured_internal.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- composing ---- */

static bool make_room(ovf_composed *c, size_t more)
{
    if (c->failed || c->len + more < c->capacity)
        return !c->failed;
    size_t capacity = c->capacity < 256 ? 512 : c->capacity;
    while (capacity <= c->len + more)
        capacity *= 2;
    char *text = ovf_arena_array(c->arena, char, capacity);
    uint32_t *map = ovf_arena_array(c->arena, uint32_t, capacity + 1);
    c->failed = text == NULL || map == NULL;
    if (c->failed)
        return false;
    if (c->len > 0) {
        memcpy(text, c->text, c->len);
        memcpy(map, c->map, c->len * sizeof *map);
    }
    c->text = text;
    c->map = map;
    c->capacity = capacity;
    return true;
}

void ovf_compose_text(ovf_composed *c, ovf_str text, const uint32_t *map, size_t at)
{
    if (!make_room(c, text.len))
        return;
    for (size_t i = 0; i < text.len; i++) {
        c->text[c->len] = text.ptr[i];
        c->map[c->len++] = map != NULL ? map[i] : (uint32_t)(at + i);
    }
}

void ovf_compose_words(ovf_composed *c, const char *words, size_t at)
{
    size_t len = strlen(words);
    if (!make_room(c, len))
        return;
    for (size_t i = 0; i < len; i++) {
        c->text[c->len] = words[i];
        c->map[c->len++] = (uint32_t)at;
    }
}

void ovf_compose_printf(ovf_composed *c, size_t at, const char *fmt, ...)
{
    char words[256];
    va_list list;
    va_start(list, fmt);
    vsnprintf(words, sizeof words, fmt, list);
    va_end(list);
    ovf_compose_words(c, words, at);
}

void ovf_compose_element(ovf_composed *c, const ovf_xml *node)
{
    if (node != NULL)
        ovf_compose_text(c, node->text, node->map, node->at);
}

/* ---- the list ---- */

ovf_notice *ovf_structured_push(ovf_structured *s, ovf_span whole)
{
    if (s->count >= OVF_STRUCTURED_MAX_NOTICES && !s->is_over) {
        s->is_over = true;
        ovf_structured_find(s, &s->notices[s->count - 1], OVF_ERROR, "NOTICE_LIMIT", whole.at,
                            "more than %d notices: the rest is not read",
                            OVF_STRUCTURED_MAX_NOTICES);
    }
    if (s->is_over || s->no_memory)
        return NULL;
    void *items = s->notices;
    if (!ovf_arena_grow(s->arena, &items, s->count, &s->capacity, sizeof *s->notices)) {
        s->no_memory = true;
        return NULL;
    }
    s->notices = items;
    ovf_notice *n = &s->notices[s->count++];
    *n = (ovf_notice){.record = s->options->record,
                      .record_id = s->options->record_id,
                      .valid_from = OVF_TIME_NONE,
                      .valid_until = OVF_TIME_OPEN,
                      .created = OVF_TIME_NONE,
                      .raw = ovf_str_sub(s->record, whole.at, (size_t)whole.at + whole.len),
                      .raw_span = whole,
                      .parts_complete = true};
    return n;
}

/* ---- the way back ---- */

static size_t lead_back(const ovf_composed *c, size_t pos)
{
    return pos == OVF_NOPOS ? pos : c->map[pos < c->len ? pos : c->len];
}

static void lead_span_back(const ovf_composed *c, ovf_span *span)
{
    if (span->len == 0 || span->at >= c->len) {
        *span = (ovf_span){0};
        return;
    }
    size_t last = (size_t)span->at + span->len - 1;
    uint32_t at = c->map[span->at];
    uint32_t end = c->map[last < c->len ? last : c->len - 1] + 1;
    *span = (ovf_span){at, end > at ? end - at : 1};
}

static void lead_notice_back(const ovf_composed *c, ovf_notice *n)
{
    ovf_span *const spans[] = {&n->issuer.span,   &n->addressed.span, &n->span_id, &n->span_q,
                               &n->span_a,        &n->span_b,         &n->span_c,  &n->span_d,
                               &n->span_e,        &n->span_f,         &n->span_g,  &n->span_effect,
                               &n->span_checklist};
    for (size_t i = 0; i < OVF_COUNTOF(spans); i++)
        lead_span_back(c, spans[i]);
    for (size_t i = 0; i < n->area_count; i++)
        lead_span_back(c, &n->areas[i].span);
    ovf_finding *findings = (ovf_finding *)(uintptr_t)n->findings; // made for this notice
    for (size_t i = 0; i < n->finding_count; i++)
        findings[i].pos = lead_back(c, findings[i].pos);
}

ovf_notice *ovf_structured_read(ovf_structured *s, const ovf_composed *c, ovf_span whole)
{
    ovf_notice read = {0};
    if (c->failed || c->map == NULL) {
        s->no_memory = true;
        return NULL;
    }
    c->map[c->len] = whole.at + whole.len;
    ovf_piece_range piece = {{0, (uint32_t)c->len}, c->ident};
    ovf_str message = {c->text, c->len};
    if (c->ident.until == 0) {
        ovf_piece_range *pieces = NULL;
        size_t count = 0;
        if (!ovf_split(message, s->arena, &pieces, &count)) {
            s->no_memory = true;
            return NULL;
        }
        piece.ident = pieces[0].ident;
    }
    ovf_notice *n = ovf_structured_push(s, whole);
    if (n == NULL)
        return NULL;
    if (!ovf_read_piece(s->world, message, &piece, s->options, s->arena, &read)) {
        s->no_memory = true;
        return NULL;
    }
    lead_notice_back(c, &read);
    read.raw = n->raw;
    read.raw_span = n->raw_span;
    *n = read;
    return n;
}

size_t ovf_structured_read_all(ovf_structured *s, const ovf_composed *c, ovf_span whole)
{
    ovf_notice *read = NULL;
    size_t count = 0;
    if (c->failed) {
        s->no_memory = true;
        return 0;
    }
    if (c->len == 0)
        return 0;
    c->map[c->len] = whole.at + whole.len;
    ovf_str message = {c->text, c->len};
    if (ovf_read_text(s->world, message, s->options, s->arena, &read, &count, NULL) != OVF_OK) {
        s->no_memory = true;
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        lead_notice_back(c, &read[i]);
        lead_span_back(c, &read[i].raw_span);
        ovf_notice *n = ovf_structured_push(s, read[i].raw_span);
        if (n == NULL)
            return i;
        read[i].raw = n->raw;
        *n = read[i];
    }
    return count;
}

void ovf_structured_broken(ovf_structured *s, ovf_notice_form form, size_t from, size_t pos,
                           const char *why)
{
    size_t len = s->record.len - from;
    if (len > OVF_NOTICE_MAX_BYTES)
        len = OVF_NOTICE_MAX_BYTES;
    ovf_notice *n = ovf_structured_push(s, (ovf_span){(uint32_t)from, (uint32_t)len});
    if (n == NULL)
        return;
    n->form = form;
    n->text = n->raw;
    n->issuer.kind = OVF_STR("unknown");
    ovf_structured_find(s, n, OVF_ERROR, "FORM", pos == OVF_NOPOS ? from : pos, "%s", why);
}

/* ---- findings ---- */

void ovf_structured_find(ovf_structured *s, ovf_notice *n, ovf_severity severity, const char *rule,
                         size_t pos, const char *fmt, ...)
{
    char message[400];
    va_list list;
    va_start(list, fmt);
    vsnprintf(message, sizeof message, fmt, list);
    va_end(list);
    ovf_findings findings = {.arena = s->arena,
                             .items = (ovf_finding *)(uintptr_t)n->findings,
                             .count = n->finding_count,
                             .capacity = n->finding_count};
    ovf_findings_add(&findings, severity, pos, rule, "%s", message);
    n->findings = findings.items;
    n->finding_count = findings.count;
}

bool ovf_structured_has(const ovf_notice *n, const char *rule)
{
    for (size_t i = 0; i < n->finding_count; i++)
        if (strcmp(n->findings[i].rule, rule) == 0)
            return true;
    return false;
}

void ovf_structured_settle(ovf_notice *n, const char *rule)
{
    ovf_finding *findings = (ovf_finding *)(uintptr_t)n->findings; // made for this notice
    size_t kept = 0;
    for (size_t i = 0; i < n->finding_count; i++)
        if (strcmp(findings[i].rule, rule) != 0)
            findings[kept++] = findings[i];
    n->finding_count = kept;
}

/* ---- areas and times ---- */

ovf_notice_area *ovf_structured_area(ovf_structured *s, ovf_notice *n, size_t *capacity)
{
    void *items = n->areas;
    if (n->area_count >= OVF_NOTICE_MAX_AREAS) {
        if (!ovf_structured_has(n, "AREA_LIMIT"))
            ovf_structured_find(s, n, OVF_ERROR, "AREA_LIMIT", n->raw_span.at,
                                "more than %d areas: the rest is one that is not resolved",
                                OVF_NOTICE_MAX_AREAS);
        // What stands beyond may lie anywhere: no answer is clear for want of room.
        n->areas[OVF_NOTICE_MAX_AREAS - 1] =
            (ovf_notice_area){.shape = OVF_SHAPE_NAMED, .area = ovf_area_unresolved()};
        return NULL;
    }
    if (!ovf_arena_grow(s->arena, &items, n->area_count, capacity, sizeof *n->areas)) {
        s->no_memory = true;
        return NULL;
    }
    n->areas = items;
    ovf_notice_area *area = &n->areas[n->area_count++];
    *area = (ovf_notice_area){.area = ovf_area_unresolved()};
    return area;
}

void ovf_structured_active(ovf_structured *s, ovf_notice *n)
{
    ovf_interval window = s->options->window;
    if (window.from == 0 && window.until == 0) {
        const ovf_time span = (ovf_time)28 * OVF_DAY_S;
        window = (ovf_interval){n->valid_from, OVF_TIME_OPEN};
        if (n->valid_from != OVF_TIME_NONE)
            window.until = n->valid_from + span;
        else if (n->valid_until != OVF_TIME_OPEN)
            window = (ovf_interval){n->valid_until - span, n->valid_until};
    }
    ovf_interval valid = {n->valid_from, n->valid_until};
    ovf_schedule_place place = {0};
    if (n->has_q_circle)
        place = (ovf_schedule_place){true, n->q_centre.lat_deg, n->q_centre.lon_deg};
    n->active = (ovf_intervals){0};
    ovf_status status = ovf_schedule_expand(n->schedule, valid, window, place, s->arena, &n->active,
                                            &n->active_complete, NULL);
    if (status != OVF_OK)
        s->no_memory = true;
}
