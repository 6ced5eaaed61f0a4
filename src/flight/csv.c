/* SPDX-License-Identifier: Apache-2.0 */
/* A schedule as a table: columns are known by their headings (overfly/table.h), in any order, what is
 * in others is not read and said so once. Also the route table of OpenFlights, which has no heading.
 * Times are UTC, unless the heading says local: then they are not known, since no table of time zones
 * is held. */
#include "timetable.h"

#include <overfly/table.h>

typedef struct csv_reader {
    timetable t;
    ovf_table table;
    size_t column_of[OVF_COLUMN_COUNT]; /* field of each kind; OVF_NOPOS: none */
    bool is_local[OVF_COLUMN_COUNT];
    ovf_str *fields;
    size_t count, from, until;
    ovf_findings heading; /* of the first flight */
    ovf_str bad;          /* of the row: what makes it none */
    const char *why;
} csv_reader;

static ovf_str value(const csv_reader *c, ovf_timetable_column column)
{
    size_t at = c->column_of[column];
    ovf_str v = at < c->count && at < OVF_TABLE_MAX_FIELDS ? c->fields[at] : OVF_STR("");
    return ovf_str_eq(v, OVF_STR("\\N")) ? OVF_STR("") : v;
}

static size_t pos_of(const csv_reader *c, ovf_str part)
{
    return part.ptr == NULL || part.len == 0 ? c->from : (size_t)(part.ptr - c->t.all->record.ptr);
}

/* ---- days of operation ---- */

static int weekday_of(ovf_str name)
{
    static const char names[] = "MONTUEWEDTHUFRISATSUN";
    for (int i = 0; i < 7; i++)
        if (name.len >= 3
            && ovf_str_eq_nocase(ovf_str_sub(name, 0, 3), (ovf_str){names + (size_t)i * 3, 3}))
            return i;
    return -1;
}

/* "1234567", "1.3.5..", "135", "Mon,Wed", "daily"; bit 0 is Monday. false: none of these. */
static bool read_days(ovf_str text, uint8_t *out)
{
    uint8_t days = 0;
    if (ovf_str_eq_nocase(text, OVF_STR("daily")) || ovf_str_eq_nocase(text, OVF_STR("D"))) {
        *out = 0x7F;
        return true;
    }
    for (size_t i = 0; i < text.len;) {
        char c = text.ptr[i];
        if (c >= '1' && c <= '7') {
            days |= (uint8_t)(1U << (c - '1'));
            i++;
        } else if (c == '.' || c == '-' || c == '_' || c == ' ' || c == ',' || c == '/' || c == ';'
                   || c == '0' || c == 'X' || c == 'x') {
            i++;
        } else {
            size_t len = 0;
            while (i + len < text.len && text.ptr[i + len] > '9')
                len++;
            int day = weekday_of(ovf_str_sub(text, i, i + len));
            if (day < 0)
                return false;
            days |= (uint8_t)(1U << day);
            i += len;
        }
    }
    *out = days;
    return days != 0;
}

/* ---- one row ---- */

static void warn(csv_reader *c, ovf_findings *findings, ovf_str part, const char *rule,
                 const char *text)
{
    ovf_findings_add(findings, OVF_WARNING, pos_of(c, part), rule, "%s", text);
}

/* A day with a time behind it ("2026-02-12 14:10"), or one of them. */
static bool read_instant(ovf_str text, ovf_time *day, int32_t *minutes)
{
    ovf_time t = OVF_TIME_NONE;
    size_t digits = flight_digits(text, 0);
    if (digits == 4 && text.len > 10 && ovf_time_parse(text, &t, NULL) == OVF_OK) {
        *day = ovf_time_day_start(t);
        *minutes = (int32_t)((t - *day) / OVF_MINUTE_S);
        return true;
    }
    *minutes = timetable_clock(text);
    return *minutes >= 0;
}

static void read_period(csv_reader *c, timetable_line *line)
{
    static const struct {
        ovf_timetable_column column;
        bool is_from, is_until;
    } dates[] = {{OVF_COLUMN_VALID_FROM, true, false},
                 {OVF_COLUMN_VALID_UNTIL, false, true},
                 {OVF_COLUMN_DATE, true, true}};
    line->valid_from = line->valid_until = OVF_TIME_NONE;
    line->days = 0x7F;
    for (size_t i = 0; i < OVF_COUNTOF(dates); i++) {
        ovf_str text = value(c, dates[i].column);
        if (text.len == 0)
            continue;
        ovf_time t = timetable_day(ovf_str_sub(text, 0, text.len > 10 ? 10 : text.len));
        line->has_days = true;
        if (t == OVF_TIME_NONE && c->bad.len == 0) {
            c->bad = text;
            c->why = "expected a date such as 2026-02-12, 20260212 or 12FEB26";
        }
        line->valid_from = dates[i].is_from ? t : line->valid_from;
        line->valid_until = dates[i].is_until ? t : line->valid_until;
    }
    ovf_str days = value(c, OVF_COLUMN_DAYS);
    uint8_t read = 0;
    if (days.len == 0)
        return;
    line->has_days = true;
    if (read_days(days, &read))
        line->days &= read;
    else {
        c->bad = days;
        c->why = "expected days of operation such as 1.3.5.. or Mon,Wed";
    }
}

static void read_times(csv_reader *c, timetable_line *line, ovf_findings *findings)
{
    ovf_time day = OVF_TIME_NONE;
    ovf_time end_day = OVF_TIME_NONE;
    int32_t off = -1;
    int32_t on = -1;
    ovf_str off_text = value(c, OVF_COLUMN_OFF_BLOCK);
    ovf_str on_text = value(c, OVF_COLUMN_ON_BLOCK);
    ovf_str elapsed = value(c, OVF_COLUMN_ELAPSED);
    bool is_local = c->is_local[OVF_COLUMN_OFF_BLOCK] || c->is_local[OVF_COLUMN_ON_BLOCK];
    if (off_text.len > 0 && !read_instant(off_text, &day, &off))
        warn(c, findings, off_text, "SCHEDULE_TIME", "expected a time such as 14:10 or 1410");
    if (on_text.len > 0 && !read_instant(on_text, &end_day, &on))
        warn(c, findings, on_text, "SCHEDULE_TIME", "expected a time such as 14:10 or 1410");
    line->off_block_min = off >= 0 && !is_local ? off : INT32_MIN;
    if (day != OVF_TIME_NONE) {
        line->has_days = true;
        line->valid_from = line->valid_until = day;
    }
    line->eet_min = -1;
    if (elapsed.len > 0) {
        uint32_t minutes = 0;
        bool is_plain = flight_digits(elapsed, 0) == elapsed.len && elapsed.len <= 3;
        ovf_str_take_uint(elapsed, 0, 9999, &minutes);
        line->eet_min = is_plain ? (int32_t)minutes : timetable_clock(elapsed);
        if (line->eet_min < 0)
            warn(c, findings, elapsed, "SCHEDULE_TIME",
                 "expected elapsed minutes, or hours and minutes such as 1:35");
    } else if (off >= 0 && on >= 0 && !is_local) {
        int32_t days = day != OVF_TIME_NONE && end_day != OVF_TIME_NONE
                           ? (int32_t)((end_day - day) / OVF_DAY_S)
                           : on < off;
        line->eet_min = on - off + days * 1440;
    }
    if (line->eet_min < 0 || line->eet_min > 48 * 60)
        line->eet_min = -1;
}

/* "0450", "N0450", "450"; "FL350", "350", "35000". */
static void read_cruise(csv_reader *c, timetable_line *line)
{
    ovf_str speed = value(c, OVF_COLUMN_SPEED);
    ovf_str level = value(c, OVF_COLUMN_LEVEL);
    uint32_t number = 0;
    size_t start = speed.len > 0 && (speed.ptr[0] == 'N' || speed.ptr[0] == 'n');
    if (speed.len > 0 && ovf_str_take_uint(speed, start, 9999, &number) == speed.len
        && number <= 9999 && number > 0) {
        line->speed = speed;
        line->speed_kt = (int32_t)number;
    }
    start = ovf_str_eq_nocase(ovf_str_sub(level, 0, 2), OVF_STR("FL"))  ? 2
            : ovf_str_eq_nocase(ovf_str_sub(level, 0, 1), OVF_STR("F")) ? 1
                                                                        : 0;
    if (level.len > start
        && ovf_str_take_uint(level, start, OVF_FLIGHT_TOP_FT, &number) == level.len
        && number <= OVF_FLIGHT_TOP_FT && number > 0) {
        line->level = level;
        line->level_ft = (int32_t)(number < 1000 ? number * 100 : number);
    }
}

/* "AF" and "123" give "AF123"; a call sign that is whole stays. */
static ovf_str identity(csv_reader *c)
{
    ovf_str id = value(c, OVF_COLUMN_FLIGHT);
    ovf_str carrier = value(c, OVF_COLUMN_CARRIER);
    bool is_bare = id.len > 0 && is_digit(id.ptr[0]) && flight_digits(id, 0) + 1 >= id.len;
    if (is_bare && carrier.len > 0)
        return ovf_arena_printf(c->t.all->arena, OVF_FMT OVF_FMT, OVF_ARG(carrier), OVF_ARG(id));
    return id;
}

static ovf_status add_legs(csv_reader *c, timetable_line *line, ovf_findings *findings,
                           ovf_error *err)
{
    ovf_str rest = value(c, OVF_COLUMN_AIRPORTS);
    ovf_str code = {0};
    ovf_str before = {0};
    size_t legs = 0;
    ovf_status status = OVF_OK;
    while (status == OVF_OK && ovf_str_field(&rest, '-', &code)) {
        code = ovf_str_trim(code);
        line->departure = before;
        line->arrival = code;
        if (before.len > 0 && code.len > 0) {
            status = timetable_add(&c->t, line, findings, err);
            legs++;
            // Only the first leg leaves at the time of the row.
            line->off_block_min = INT32_MIN;
            line->eet_min = -1;
        }
        before = code;
    }
    if (legs > 0 || status != OVF_OK)
        return status;
    return timetable_reject(&c->t, c->from, c->until, c->from,
                            "expected two airports or more, such as KONT-KGSO", err);
}

static ovf_status read_row(csv_reader *c, ovf_error *err)
{
    ovf_findings findings = {.arena = c->t.all->arena};
    for (size_t i = 0; i < c->heading.count; i++)
        ovf_findings_add(&findings, c->heading.items[i].severity, c->heading.items[i].pos,
                         c->heading.items[i].rule, OVF_FMT, OVF_ARG(c->heading.items[i].message));
    c->heading.count = 0;
    timetable_line line = {.from = c->from, .until = c->until};
    line.id = identity(c);
    line.carrier = value(c, OVF_COLUMN_CARRIER);
    line.type = value(c, OVF_COLUMN_TYPE);
    line.registration = value(c, OVF_COLUMN_REGISTRATION);
    line.route = value(c, OVF_COLUMN_ROUTE);
    line.departure = value(c, OVF_COLUMN_FROM);
    line.arrival = value(c, OVF_COLUMN_TO);
    c->bad = OVF_STR("");
    read_period(c, &line);
    if (c->bad.len > 0) // when it flies is not known, and not guessed
        return timetable_reject(&c->t, c->from, c->until, pos_of(c, c->bad), c->why, err);
    read_times(c, &line, &findings);
    read_cruise(c, &line);
    if (value(c, OVF_COLUMN_AIRPORTS).len > 0 && line.departure.len == 0)
        return add_legs(c, &line, &findings, err);
    if (line.departure.len < 3 || line.departure.len > 4 || line.arrival.len < 3
        || line.arrival.len > 4)
        return timetable_reject(&c->t, c->from, c->until, c->from,
                                "expected the codes of two airports, three or four letters each",
                                err);
    return timetable_add(&c->t, &line, &findings, err);
}

/* ---- the heading ---- */

static void read_heading(csv_reader *c)
{
    ovf_buf others = {0};
    for (size_t i = 0; i < c->count && i < OVF_TABLE_MAX_FIELDS; i++) {
        bool is_local = false;
        ovf_timetable_column column = ovf_timetable_column_of(c->fields[i], &is_local);
        // Of two columns for one thing the first stands.
        if (column == OVF_COLUMN_OTHER || c->column_of[column] != OVF_NOPOS) {
            if (c->fields[i].len > 0 && others.len < 400)
                ovf_buf_printf(&others, "%s" OVF_FMT, others.len > 0 ? ", " : "",
                               (int)(c->fields[i].len > 40 ? 40 : c->fields[i].len),
                               c->fields[i].ptr);
            continue;
        }
        c->column_of[column] = i;
        c->is_local[column] = is_local;
    }
    if (others.len > 0)
        ovf_findings_add(&c->heading, OVF_NOTE, c->from, "SCHEDULE_COLUMNS",
                         "columns that are not read: " OVF_FMT, OVF_ARG(ovf_buf_str(&others)));
    ovf_buf_done(&others);
    bool has_time = c->column_of[OVF_COLUMN_OFF_BLOCK] != OVF_NOPOS;
    if (has_time && c->is_local[OVF_COLUMN_OFF_BLOCK])
        ovf_findings_add(&c->heading, OVF_WARNING, c->from, "SCHEDULE_LOCAL",
                         "times are local and no time zones are held: they stay unknown");
    else if (has_time)
        ovf_findings_add(&c->heading, OVF_NOTE, c->from, "SCHEDULE_UTC", "times are taken as UTC");
}

static void set_openflights_columns(csv_reader *c)
{
    c->column_of[OVF_COLUMN_CARRIER] = 0;
    c->column_of[OVF_COLUMN_FROM] = 2;
    c->column_of[OVF_COLUMN_TO] = 4;
    c->column_of[OVF_COLUMN_TYPE] = 8;
}

/* ---- all of it ---- */

bool flight_csv_sniff(ovf_str record)
{
    return ovf_timetable_sniff(record) || ovf_timetable_sniff_routes(record);
}

ovf_status flight_csv_read(flight_reading *all, ovf_error *err)
{
    csv_reader c = {.heading = {.arena = all->arena}};
    ovf_status status = timetable_start(all, &c.t);
    c.fields = ovf_arena_array(all->arena, ovf_str, OVF_TABLE_MAX_FIELDS);
    if (c.fields == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a table");
    for (size_t i = 0; i < OVF_COLUMN_COUNT; i++)
        c.column_of[i] = OVF_NOPOS;
    bool has_heading = !ovf_timetable_sniff_routes(all->record);
    if (!ovf_table_open(all->record, &c.table))
        return status;
    if (!has_heading)
        set_openflights_columns(&c);
    bool is_first = has_heading;
    while (
        status == OVF_OK && !c.t.is_cut
        && ovf_table_next(&c.table, c.fields, OVF_TABLE_MAX_FIELDS, &c.count, &c.from, &c.until)) {
        if (is_first)
            read_heading(&c);
        else
            status = read_row(&c, err);
        is_first = false;
    }
    if (status == OVF_OK && c.t.is_cut)
        status =
            flight_add_unreadable(all, c.from, all->record.len, c.from,
                                  "too many flights in one schedule; the rest is not read", err);
    return status;
}
