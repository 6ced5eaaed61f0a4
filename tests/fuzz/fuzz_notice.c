/* SPDX-License-Identifier: Apache-2.0 */
/* Notices and schedules out of any bytes. Held: nothing but a blank record gives no notice; spans and
 * findings lie inside the record; reading again gives the same; schedules stay within their
 * validity. */
#include <overfly/notice.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BACK_MAX 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Says which law was broken before it ends. */
#define hold(it_holds)                                                                    \
    do {                                                                                  \
        if (!(it_holds)) {                                                                \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #it_holds); \
            abort();                                                                      \
        }                                                                                 \
    } while (0)

static void hold_span(ovf_span span, size_t len)
{
    hold((size_t)span.at + span.len <= len);
}

static void check_notice(const ovf_notice *n, size_t len)
{
    const ovf_span spans[] = {n->raw_span, n->span_id, n->span_q,      n->span_a,
                              n->span_b,   n->span_c,  n->span_d,      n->span_e,
                              n->span_f,   n->span_g,  n->span_effect, n->addressed.span};
    for (size_t i = 0; i < OVF_COUNTOF(spans); i++)
        hold_span(spans[i], len);
    for (size_t i = 0; i < n->finding_count; i++)
        hold(n->findings[i].pos == OVF_NOPOS || n->findings[i].pos <= len);
    hold(n->area_count <= OVF_NOTICE_MAX_AREAS);
    for (size_t i = 0; i < n->area_count; i++) {
        const ovf_notice_area *area = &n->areas[i];
        hold_span(area->span, len);
        hold(area->area != NULL);
        // A part of a FIR that nobody draws is unresolved, and still lies in the FIR.
        hold((area->certainty == OVF_CERTAINTY_UNRESOLVED) == !ovf_area_is_resolved(area->area));
        for (size_t k = 0; k < area->point_count; k++)
            hold(ovf_point_is_valid(area->points[k]));
    }
    hold(n->status != OVF_READ_UNREADABLE || n->finding_count > 0);
    hold_span(n->relayed.span, len);
    ovf_arena arena;
    ovf_str plain;
    ovf_arena_init(&arena, 0);
    hold(ovf_notice_plain(n, &arena, &plain) == OVF_OK && plain.len > 0 && plain.len < 16384);
    ovf_arena_done(&arena);
}

/* Every value's bytes lie in its notice, in order; what is written back is read as one notice of the
 * same number. */
static void check_back(const ovf_notice *n, size_t len, ovf_arena *arena)
{
    // The features of an AIXM message stand beside the event that they belong to.
    bool is_apart = n->form == OVF_FORM_AIXM;
    size_t from = is_apart ? 0 : n->raw_span.at;
    size_t until = is_apart ? len : (size_t)n->raw_span.at + n->raw.len;
    ovf_notice_span *spans = NULL;
    size_t count = 0;
    ovf_str text = {0};
    if (ovf_notice_spans(n, arena, &spans, &count, NULL) == OVF_OK) {
        for (size_t i = 0; i < count; i++) {
            hold(spans[i].span.len > 0 && spans[i].span.at >= from);
            hold((size_t)spans[i].span.at + spans[i].span.len <= until);
            hold(i == 0 || spans[i].span.at >= spans[i - 1].span.at);
        }
    }
    if (ovf_notice_emit(n, 0, arena, &text, NULL) != OVF_OK)
        return;
    ovf_notice *again = NULL;
    ovf_status status = ovf_notice_read(NULL, text, NULL, arena, &again, &count, NULL);
    hold(status == OVF_OK || status == OVF_E_NOMEM || status == OVF_E_LIMIT);
    hold(!n->checklist_whole || n->checklist_count > 0);
    for (size_t i = 1; i < n->checklist_count; i++)
        hold(n->checklist[i].series >= n->checklist[i - 1].series);
}

static void check_schedule(ovf_str text, ovf_arena *arena)
{
    ovf_interval valid = {1772323200, 1772323200 + 40 * (ovf_time)OVF_DAY_S}; // 1 March 2026
    ovf_intervals active = {0};
    bool complete = false;
    ovf_findings findings = {.arena = arena};
    ovf_schedule_place place = {.known = true, .lat_deg = 60, .lon_deg = 170};
    ovf_status status =
        ovf_schedule_expand(text, valid, valid, place, arena, &active, &complete, &findings);
    hold(status == OVF_OK || status == OVF_E_NOMEM);
    if (status != OVF_OK)
        return;
    hold(active.count > 0);
    for (size_t i = 0; i < active.count; i++) {
        hold(active.items[i].from >= valid.from && active.items[i].until <= valid.until);
        hold(active.items[i].from < active.items[i].until);
    }
    for (size_t i = 0; i < findings.count; i++)
        hold(findings.items[i].pos <= text.len);
}

/* Names of places lead into the world: with OVERFLY_WORLD in the environment they are looked up. */
static const ovf_world *named_world(void)
{
    static ovf_world *world;
    static bool was_asked;
    const char *path = getenv("OVERFLY_WORLD");
    if (!was_asked && path != NULL)
        hold(ovf_world_open(path, &world, NULL) == OVF_OK);
    was_asked = true;
    return world;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ovf_str text = {(const char *)data, size};
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)1 << 26);
    ovf_notice *notices = NULL;
    ovf_notice *again = NULL;
    size_t count = 0;
    size_t count_again = 0;
    ovf_error err = {0};
    ovf_status status = ovf_notice_read(named_world(), text, NULL, &arena, &notices, &count, &err);
    hold(status == OVF_OK || status == OVF_E_NOMEM || status == OVF_E_LIMIT);
    if (status == OVF_OK) {
        for (size_t i = 0; i < count; i++)
            check_notice(&notices[i], size);
        for (size_t i = 0; i < count && i < BACK_MAX; i++)
            check_back(&notices[i], size, &arena);
        status = ovf_notice_read(named_world(), text, NULL, &arena, &again, &count_again, NULL);
        hold(status != OVF_OK || count == count_again);
    }
    ovf_arena_reset(&arena);
    check_schedule(ovf_str_sub(text, 0, 4000), &arena);
    (void)ovf_notice_sniff(text);
    ovf_arena_done(&arena);
    return 0;
}
