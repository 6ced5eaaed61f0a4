/* SPDX-License-Identifier: Apache-2.0 */
/* Levels, times and schedules out of any bytes. Held: errors lie inside the text and leave the result alone;
 * what is read lies in its range; what is written is read again as the same. */
#include <overfly/level.h>
#include <overfly/schedule.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool it_holds)
{
    if (!it_holds)
        abort();
}

static void check_error(ovf_status status, const ovf_error *err, size_t len)
{
    hold(status == OVF_E_SYNTAX || status == OVF_E_RANGE);
    hold(err->status == status && err->reason[0] != '\0');
    hold(err->pos <= len);
}

static void check_level(ovf_str text, bool is_upper)
{
    ovf_error err = {0};
    ovf_level level = {.value_ft = -7};
    bool assumed = false;
    ovf_status status = ovf_level_parse(text, is_upper, &level, &assumed, &err);
    if (status != OVF_OK) {
        check_error(status, &err, text.len);
        hold(level.value_ft == -7);
        return;
    }
    hold(level.ref != OVF_LEVEL_UNKNOWN);
    hold(level.value_ft >= 0 && level.value_ft <= OVF_LEVEL_MAX_FT);
    char written[40];
    size_t len = ovf_level_format(level, written, sizeof(written));
    hold(len < sizeof(written) && len == strlen(written));
    ovf_level again = {0};
    hold(ovf_level_parse(ovf_str_of(written), is_upper, &again, NULL, NULL) == OVF_OK);
    hold(again.ref == level.ref && again.value_ft == level.value_ft);
    ovf_band band = ovf_band_of(level, (ovf_level){.ref = OVF_LEVEL_UNL});
    hold(ovf_band_holds(band, OVF_BAND_TOP_FT) == OVF_TRI_YES);
}

static void check_time(ovf_str text, bool is_notam)
{
    ovf_error err = {0};
    ovf_time t = -7;
    ovf_status status =
        is_notam ? ovf_time_parse_notam(text, &t, &err) : ovf_time_parse(text, &t, &err);
    if (status != OVF_OK) {
        check_error(status, &err, text.len);
        hold(t == -7);
        return;
    }
    char written[OVF_TIME_TEXT_MAX];
    hold(ovf_time_format(t, written, sizeof(written)) == 20);
    ovf_time again = 0;
    hold(ovf_time_parse(ovf_str_of(written), &again, NULL) == OVF_OK);
    hold(again == t);
    ovf_time made = 0;
    hold(ovf_time_from_civil(ovf_time_civil(t), &made, NULL) == OVF_OK && made == t);
}

static void check_intervals(const ovf_intervals *set, ovf_interval clip)
{
    for (size_t i = 0; i < set->count; i++) {
        hold(set->items[i].from < set->items[i].until);
        hold(set->items[i].from >= clip.from && set->items[i].until <= clip.until);
        hold(i == 0 || set->items[i - 1].until < set->items[i].from);
    }
}

/* A schedule's intervals lie within validity and window, its findings within the text; a span ends in
 * the text, and what it holds can be expanded. */
static void check_schedule(ovf_str text)
{
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)1 << 26);
    const ovf_time start = 1772323200; // 2026-03-01
    ovf_interval valid = {start + 8 * OVF_HOUR_S, start + (ovf_time)70 * OVF_DAY_S};
    ovf_interval window = {start, start + (ovf_time)40 * OVF_DAY_S};
    ovf_interval clip = {valid.from, window.until};
    ovf_schedule_place place = {.known = true, .lat_deg = 62.0, .lon_deg = 25.0};
    ovf_findings findings = {.arena = &arena};
    ovf_intervals active = {0};
    bool complete = false;
    if (ovf_schedule_expand(text, valid, window, place, &arena, &active, &complete, &findings)
        == OVF_OK) {
        check_intervals(&active, clip);
        for (size_t i = 0; i < findings.count; i++)
            hold(findings.items[i].pos <= text.len);
    }
    unsigned has = 0;
    size_t end = ovf_schedule_span(text, 0, &has);
    hold(end <= text.len);
    if (end > 0
        && ovf_schedule_expand(ovf_str_sub(text, 0, end), valid, window, place, &arena, &active,
                               &complete, NULL)
               == OVF_OK)
        check_intervals(&active, clip);
    ovf_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ovf_str text = {(const char *)data, size};
    check_level(text, true);
    check_level(text, false);
    check_time(text, true);
    check_time(text, false);
    check_schedule(text);
    return 0;
}
