/* SPDX-License-Identifier: Apache-2.0 */
/* Times of AIXM: the validity of a slice, and Timesheets (AIXM 5.1.1, Schedules). A timesheet is put
 * in the words of item D, so that days, night spans and the sun are read by the one reader there is;
 * sheets that are marked excluded are taken away. */
#include "aixm_internal.h"

void ovf_aixm_valid_time(const ovf_xml *slice, ovf_interval *out, bool *is_estimated)
{
    *out = (ovf_interval){OVF_TIME_NONE, OVF_TIME_OPEN};
    *is_estimated = false;
    const ovf_xml *valid = ovf_xml_child(slice, "validTime");
    const ovf_xml *period = ovf_xml_child(valid, "TimePeriod");
    const ovf_xml *instant = ovf_xml_child(valid, "TimeInstant");
    const ovf_xml *from = period != NULL ? ovf_xml_child(period, "beginPosition")
                                         : ovf_xml_child(instant, "timePosition");
    const ovf_xml *until = ovf_xml_child(period, "endPosition");
    ovf_time t = 0;
    if (from != NULL && ovf_time_parse(from->text, &t, NULL) == OVF_OK)
        out->from = t;
    if (until == NULL)
        return;
    if (ovf_time_parse(until->text, &t, NULL) == OVF_OK) {
        out->until = t;
        // A position that is given and said to be unknown: the end is expected then.
        *is_estimated = ovf_xml_attribute(until, "indeterminatePosition").len > 0;
    }
}

/* ---- a timesheet in the words of item D ---- */

static const char *const days[] = {"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};

static bool is_weekday(ovf_str s)
{
    for (size_t i = 0; i < OVF_COUNTOF(days); i++)
        if (ovf_str_eq(s, ovf_str_of(days[i])))
            return true;
    return false;
}

/* "06:00" as 0600; of an end 00:00 is 2400. */
static bool put_clock(ovf_buf *buf, ovf_str text, bool is_end)
{
    uint32_t hour = 0, minute = 0;
    size_t colon = ovf_str_find(text, 0, OVF_STR(":"));
    if (colon == OVF_NOPOS || colon > 2 || ovf_str_take_uint(text, 0, 24, &hour) != colon
        || ovf_str_take_uint(text, colon + 1, 59, &minute) < colon + 3 || hour > 24 || minute > 59)
        return false;
    if (is_end && hour == 0 && minute == 0)
        hour = 24;
    ovf_buf_printf(buf, "%02u%02u", hour, minute);
    return true;
}

/* "SR-30", "SS+15": the event and the minutes from it. */
static bool put_event(ovf_buf *buf, const ovf_xml *sheet, const char *event, const char *relative)
{
    ovf_str name = ovf_xml_text(sheet, event);
    const ovf_xml *off = ovf_xml_child(sheet, relative);
    double minutes = 0.0;
    if (!ovf_str_eq(name, OVF_STR("SR")) && !ovf_str_eq(name, OVF_STR("SS")))
        return false;
    if (off != NULL && off->text.len > 0 && ovf_str_to_double(off->text, &minutes, NULL) != OVF_OK)
        return false;
    if (off != NULL && ovf_str_eq_nocase(ovf_xml_attribute(off, "uom"), OVF_STR("HR")))
        minutes *= 60.0;
    if (!(minutes >= -720.0 && minutes <= 720.0))
        return false;
    ovf_buf_add(buf, name);
    if (minutes != 0.0)
        ovf_buf_printf(buf, "%s%02d", minutes < 0 ? " MINUS" : " PLUS",
                       (int)(minutes < 0 ? -minutes : minutes));
    return true;
}

static bool put_days(ovf_buf *buf, const ovf_xml *sheet)
{
    ovf_str day = ovf_xml_text(sheet, "day");
    ovf_str until = ovf_xml_text(sheet, "dayTil");
    if (day.len == 0 || ovf_str_eq(day, OVF_STR("ANY"))) {
        ovf_buf_printf(buf, "DAILY ");
        return true;
    }
    if (!is_weekday(day))
        return false; // working days and holidays: whose, nobody says
    ovf_buf_add(buf, day);
    if (is_weekday(until) && !ovf_str_eq(until, day))
        ovf_buf_printf(buf, "-" OVF_FMT, OVF_ARG(until));
    ovf_buf_addc(buf, ' ');
    return true;
}

/* false: not in words that item D has. */
static bool put_sheet(ovf_buf *buf, const ovf_xml *sheet)
{
    ovf_str start = ovf_xml_text(sheet, "startTime");
    ovf_str end = ovf_xml_text(sheet, "endTime");
    ovf_str reference = ovf_xml_text(sheet, "timeReference");
    bool is_utc = reference.len == 0 || ovf_str_eq(reference, OVF_STR("UTC"));
    if (!is_utc || !put_days(buf, sheet))
        return false;
    if (start.len > 0 ? !put_clock(buf, start, false)
                      : !put_event(buf, sheet, "startEvent", "startTimeRelativeEvent"))
        return false;
    ovf_buf_addc(buf, '-');
    return end.len > 0 ? put_clock(buf, end, true)
                       : put_event(buf, sheet, "endEvent", "endTimeRelativeEvent");
}

/* A day of the year as "12-31" or "31-12": AIXM's DateMonth is day first. */
static bool has_dates(const ovf_xml *sheet)
{
    return ovf_xml_text(sheet, "startDate").len > 0 || ovf_xml_text(sheet, "endDate").len > 0;
}

bool ovf_aixm_times(struct aixm *x, const ovf_xml *node, ovf_interval valid, ovf_interval window,
                    ovf_schedule_place place, ovf_intervals *out, bool *complete, ovf_str *said)
{
    ovf_arena *arena = x->s->arena;
    ovf_intervals with = {0}, without = {0};
    size_t sheets = 0;
    for (const ovf_xml *n = ovf_xml_child(node, "timeInterval"); n != NULL;
         n = ovf_xml_next(n, "timeInterval")) {
        const ovf_xml *sheet = ovf_xml_child(n, "Timesheet");
        if (sheet == NULL)
            continue;
        bool is_excluded = ovf_str_eq(ovf_xml_text(sheet, "excluded"), OVF_STR("YES"));
        ovf_buf words = {.limit = 256};
        ovf_intervals times = {0}, sum = {0};
        ovf_intervals *side = is_excluded ? &without : &with;
        bool is_read = !has_dates(sheet) && put_sheet(&words, sheet);
        bool is_whole = true;
        ovf_findings findings = {.arena = arena};
        // What cannot be read is active all the time when it adds, never when it takes away.
        ovf_str text = is_read ? ovf_buf_str(&words) : OVF_STR("");
        if ((is_read || !is_excluded)
            && (ovf_schedule_expand(text, valid, window, place, arena, &times, &is_whole, &findings)
                    != OVF_OK
                || ovf_intervals_union(side, &times, arena, &sum) != OVF_OK))
            x->s->no_memory = true;
        if (is_read || !is_excluded)
            *side = sum;
        *complete = *complete && is_read && is_whole;
        if (is_read && !is_excluded && said->len == 0)
            *said = ovf_arena_dup(arena, text);
        ovf_buf_done(&words);
        sheets++;
    }
    ovf_intervals left = {0}, sum = {0};
    if (sheets == 0)
        return false;
    if (ovf_intervals_subtract(&with, &without, arena, &left) != OVF_OK
        || ovf_intervals_union(out, &left, arena, &sum) != OVF_OK)
        x->s->no_memory = true;
    else
        *out = sum;
    return true;
}
