/* SPDX-License-Identifier: Apache-2.0 */
/* IATA SSIM chapter 7, schedule data sets of 200 bytes a record:
 *
 *   1 header   2 carrier: time mode (byte 2), validity   3 flight leg   4 segment data   5 trailer
 *
 * Of a flight leg (bytes from 1): 3-5 airline, 6-9 number, 2 suffix, 12-13 leg, 14 service type, 15-21
 * and 22-28 period, 29-35 days, 36 frequency rate, 37-39 departure, 40-43 and 44-47 times of
 * passengers and aircraft, 48-52 time variation, 55-57 arrival, 58-61 and 62-65 times, 66-70
 * variation, 73-75 aircraft type, 193-194 days by which departure and arrival differ from the day of
 * operation. */
#include "timetable.h"

typedef struct ssim_reader {
    timetable t;
    bool is_local;    /* the carrier's times: local, by the variation to be turned into UTC */
    bool has_carrier; /* a record 2 was there */
    ovf_time valid_from, valid_until;
} ssim_reader;

/* Bytes `from` to `until`, from 1 as the manual counts. */
static ovf_str columns(ovf_str line, size_t from, size_t until)
{
    return ovf_str_trim(ovf_str_sub(line, from - 1, until));
}

static bool is_header(ovf_str line)
{
    return ovf_str_starts(line, OVF_STR("1AIRLINE STANDARD SCHEDULE"));
}

/* "+0530" as minutes. */
static bool read_variation(ovf_str text, int32_t *minutes)
{
    bool is_signed = text.len == 5 && (text.ptr[0] == '+' || text.ptr[0] == '-');
    int32_t read = is_signed ? flight_read_hhmm(ovf_str_tail(text, 1), 15) : -1;
    if (read < 0)
        return false;
    *minutes = text.ptr[0] == '-' ? -read : read;
    return true;
}

/* Bytes 193 and 194: a digit of days later, A (or J in older sets) the day before. */
static int32_t day_variation(ovf_str line, size_t at)
{
    char c = line.len >= at ? line.ptr[at - 1] : ' ';
    return is_digit(c) ? c - '0' : c == 'A' || c == 'J' ? -1 : 0;
}

/* A day of a period; 00XXX00 is open. false: misshapen. */
static bool read_limit(ovf_str text, ovf_time *out)
{
    *out = OVF_TIME_NONE;
    if (ovf_str_starts(text, OVF_STR("00XXX")))
        return true;
    *out = timetable_day(text);
    return *out != OVF_TIME_NONE;
}

static void read_carrier(ssim_reader *s, ovf_str line)
{
    s->has_carrier = true;
    s->is_local = line.len > 1 && line.ptr[1] == 'L';
    (void)read_limit(columns(line, 15, 21), &s->valid_from);
    (void)read_limit(columns(line, 22, 28), &s->valid_until);
}

static uint8_t read_days(ovf_str line)
{
    uint8_t days = 0;
    for (size_t i = 28; i < 35 && i < line.len; i++)
        if (line.ptr[i] >= '1' && line.ptr[i] <= '7')
            days |= (uint8_t)(1U << (line.ptr[i] - '1'));
    return days;
}

/* The aircraft's time, or the passengers' where it is not given. */
static int32_t read_time(ovf_str line, size_t aircraft, size_t passenger)
{
    int32_t time = timetable_clock(columns(line, aircraft, aircraft + 3));
    return time >= 0 ? time : timetable_clock(columns(line, passenger, passenger + 3));
}

static const char *read_leg(const ssim_reader *s, ovf_str line, timetable_line *out,
                            ovf_findings *findings)
{
    out->departure = columns(line, 37, 39);
    out->arrival = columns(line, 55, 57);
    if (out->departure.len != 3 || out->arrival.len != 3)
        return "expected airports in columns 37-39 and 55-57";
    if (!read_limit(columns(line, 15, 21), &out->valid_from)
        || !read_limit(columns(line, 22, 28), &out->valid_until))
        return "expected a period such as 01JAN2631DEC26 in columns 15-28";
    out->days = read_days(line);
    if (out->days == 0)
        return "expected days of operation in columns 29-35";
    out->has_days = true;
    out->every_other_week = line.len > 35 && line.ptr[35] == '2';
    int32_t off = read_time(line, 44, 40);
    int32_t on = read_time(line, 58, 62);
    if (off < 0 || on < 0)
        return "expected times in columns 40-47 and 58-65";
    int32_t off_variation = 0;
    int32_t on_variation = 0;
    bool has_both = read_variation(columns(line, 48, 52), &off_variation)
                    && read_variation(columns(line, 66, 70), &on_variation);
    if (s->is_local && !has_both) {
        ovf_findings_add(findings, OVF_WARNING, out->from + 47, "SSIM_VARIATION",
                         "times are local and their difference from UTC is not given (columns "
                         "48-52, 66-70): they stay unknown");
        return NULL;
    }
    off += day_variation(line, 193) * 1440 - (s->is_local ? off_variation : 0);
    on += day_variation(line, 194) * 1440 - (s->is_local ? on_variation : 0);
    if (on <= off)
        on += 1440; // overnight, and the variation of days left blank
    out->off_block_min = off;
    int32_t eet_min = on - off;
    out->eet_min = eet_min > 0 && eet_min <= 48 * 60 ? eet_min : -1; // days that cannot be
    return NULL;
}

static ovf_status add_leg(ssim_reader *s, ovf_str line, size_t from, ovf_error *err)
{
    ovf_arena *arena = s->t.all->arena;
    ovf_findings findings = {.arena = arena};
    timetable_line leg = {
        .from = from, .until = from + line.len, .off_block_min = INT32_MIN, .eet_min = -1};
    const char *wrong = read_leg(s, line, &leg, &findings);
    if (wrong != NULL)
        return timetable_reject(&s->t, from, from + line.len, from, wrong, err);
    if (!s->has_carrier)
        ovf_findings_add(&findings, OVF_WARNING, from, "SSIM_CARRIER",
                         "no carrier record before this leg: times are taken as UTC");
    ovf_str number = columns(line, 6, 9);
    while (number.len > 1 && number.ptr[0] == '0')
        number = ovf_str_tail(number, 1);
    leg.carrier = columns(line, 3, 5);
    leg.id = ovf_arena_printf(arena, OVF_FMT OVF_FMT OVF_FMT, OVF_ARG(leg.carrier), OVF_ARG(number),
                              OVF_ARG(columns(line, 2, 2)));
    leg.type = columns(line, 73, 75);
    return timetable_add(&s->t, &leg, &findings, err);
}

bool flight_ssim_sniff(ovf_str record)
{
    if (ovf_str_starts(record, OVF_STR("\xEF\xBB\xBF")))
        record = ovf_str_tail(record, 3);
    ovf_str rest = ovf_str_sub(record, 0, 4096);
    ovf_str line = {0};
    while (ovf_str_line(&rest, &line)) {
        if (ovf_str_trim(line).len > 0 && line.ptr[0] != '#')
            return is_header(line);
    }
    return false;
}

ovf_status flight_ssim_read(flight_reading *all, ovf_error *err)
{
    ssim_reader s = {.valid_from = OVF_TIME_NONE, .valid_until = OVF_TIME_NONE};
    ovf_status status = timetable_start(all, &s.t);
    ovf_str rest = all->record;
    ovf_str line = {0};
    size_t from = 0;
    while (status == OVF_OK && !s.t.is_cut && ovf_str_line(&rest, &line)) {
        from = (size_t)(line.ptr - all->record.ptr);
        char kind = line.len > 0 ? line.ptr[0] : ' ';
        if (kind == '2')
            read_carrier(&s, line);
        else if (kind == '3')
            status = add_leg(&s, line, from, err);
        // 1 and 5 frame the set, 4 tells of segments (code shares, meals), 0 fills blocks of five.
    }
    if (status == OVF_OK && s.t.is_cut)
        status =
            flight_add_unreadable(all, from, all->record.len, from,
                                  "too many flights in one schedule; the rest is not read", err);
    return status;
}
