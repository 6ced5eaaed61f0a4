/* SPDX-License-Identifier: Apache-2.0 */
/* Scheduled flights: airports and times, and no route. What can be said of their way is the great
 * circle, marked as assumed: nothing that it touches is certain, and nothing that it misses is clear.
 * A line that is valid for a season gives a flight for each day of the window that is asked about. */
#include "timetable.h"

#include <string.h>

/* ---- values ---- */

int32_t timetable_clock(ovf_str text)
{
    ovf_str t = ovf_str_trim(text);
    size_t hours = flight_digits(t, 0);
    uint32_t hour = 0;
    uint32_t minute = 0;
    if (hours == t.len && hours >= 3 && hours <= 4) { // 915, 0915
        ovf_str_take_uint(ovf_str_sub(t, 0, hours - 2), 0, 99, &hour);
        ovf_str_take_uint(ovf_str_tail(t, hours - 2), 0, 99, &minute);
    } else if (hours >= 1 && hours <= 2 && hours < t.len && t.ptr[hours] == ':'
               && flight_digits(t, hours + 1) == 2) {
        ovf_str_take_uint(ovf_str_sub(t, 0, hours), 0, 99, &hour);
        ovf_str_take_uint(ovf_str_sub(t, hours + 1, hours + 3), 0, 99, &minute);
        ovf_str rest = ovf_str_tail(t, hours + 3);
        bool has_seconds = rest.len >= 3 && rest.ptr[0] == ':' && flight_digits(rest, 1) == 2;
        rest = has_seconds ? ovf_str_tail(rest, 3) : rest;
        if (rest.len > 1 || (rest.len == 1 && rest.ptr[0] != 'Z' && rest.ptr[0] != 'z'))
            return -1;
    } else {
        return -1;
    }
    bool is_midnight = hour == 24 && minute == 0;
    return minute > 59 || (hour > 23 && !is_midnight) ? -1 : (int32_t)(hour * 60 + minute);
}

static int month_of(ovf_str name)
{
    static const char names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    for (int i = 0; i < 12; i++)
        if (ovf_str_eq_nocase(name, (ovf_str){names + (size_t)i * 3, 3}))
            return i + 1;
    return 0;
}

ovf_time timetable_day(ovf_str text)
{
    ovf_str t = ovf_str_trim(text);
    ovf_time day = OVF_TIME_NONE;
    size_t digits = flight_digits(t, 0);
    if (t.len == 10 && digits == 4)
        return ovf_time_parse(t, &day, NULL) == OVF_OK ? day : OVF_TIME_NONE;
    if (digits == t.len && digits == 8)
        return flight_read_day(ovf_str_tail(t, ovf_str_starts(t, OVF_STR("20")) ? 2 : 8));
    if (digits == t.len)
        return flight_read_day(t);
    int month = month_of(ovf_str_sub(t, 2, 5));
    if (digits != 2 || month == 0 || (t.len != 7 && t.len != 9) || flight_digits(t, 5) != t.len - 5)
        return OVF_TIME_NONE;
    uint32_t number = 0;
    uint32_t year = 0;
    ovf_str_take_uint(ovf_str_sub(t, 0, 2), 0, 99, &number);
    ovf_str_take_uint(ovf_str_tail(t, t.len - 2), 0, 99, &year);
    ovf_civil civil = {.year = 2000 + (int32_t)year, .month = month, .day = (int32_t)number};
    return ovf_time_from_civil(civil, &day, NULL) == OVF_OK ? day : OVF_TIME_NONE;
}

/* ---- operators ---- */

static int base36(char c)
{
    return is_digit(c) ? c - '0' : is_letter(c) ? c - 'A' + 10 : -1;
}

static int carrier_key(ovf_str code)
{
    int a = code.len == 2 ? base36(code.ptr[0]) : -1;
    int b = code.len == 2 ? base36(code.ptr[1]) : -1;
    return a < 0 || b < 0 ? -1 : a * 36 + b;
}

ovf_status timetable_start(flight_reading *all, timetable *out)
{
    *out = (timetable){.all = all, .window = all->options.window};
    ovf_time reference = all->options.reference;
    if (out->window.until <= out->window.from && reference != OVF_TIME_NONE) {
        ovf_time day = ovf_time_day_start(reference);
        out->window = (ovf_interval){day, day + OVF_DAY_S};
    }
    if (out->window.until - out->window.from > TIMETABLE_MAX_DAYS * (ovf_time)OVF_DAY_S)
        out->window.until = out->window.from + TIMETABLE_MAX_DAYS * (ovf_time)OVF_DAY_S;
    bool is_taken[36 * 36] = {0};
    size_t count = all->world == NULL ? 0 : ovf_world_operator_count(all->world);
    memset(out->carriers, 0xFF, sizeof(out->carriers)); // OVF_INDEX_NONE
    for (size_t i = 0; i < count; i++) {
        int key = carrier_key(ovf_world_operator(all->world, (uint32_t)i)->iata);
        if (key < 0)
            continue;
        out->carriers[key] = is_taken[key] ? OVF_INDEX_NONE : (uint32_t)i;
        is_taken[key] = true;
    }
    return OVF_OK;
}

static void find_operator(const timetable *t, const timetable_line *line, ovf_flight *f)
{
    const ovf_world *world = t->all->world;
    ovf_str code = line->carrier;
    if (code.len == 0 && flight_letters(line->id, 0) == 3 && line->id.len > 3
        && is_digit(line->id.ptr[3]))
        code = ovf_str_sub(line->id, 0, 3);
    else if (code.len == 0 && line->id.len > 2)
        code = ovf_str_sub(line->id, 0, 2); // a flight number; of a registration none is found
    int key = carrier_key(code);
    uint32_t found = OVF_INDEX_NONE;
    if (world != NULL && key >= 0)
        found = t->carriers[key];
    else if (world != NULL && code.len > 0)
        found = ovf_world_find_operator(world, code);
    f->operator_index = found;
    if (found != OVF_INDEX_NONE)
        f->operator_icao = ovf_world_operator(world, found)->icao;
    else if (code.len == 3 && flight_letters(code, 0) == 3)
        f->operator_icao = code;
}

/* ---- one flight ---- */

/* An airport by its ICAO or IATA code; the ICAO one is what the flight is told with. */
static bool place_airport(const timetable *t, ovf_str code, ovf_str *ident, uint32_t *airport,
                          ovf_point *place, int32_t *elevation_ft)
{
    *ident = code;
    *airport = t->all->world == NULL ? OVF_INDEX_NONE : ovf_world_find_airport(t->all->world, code);
    if (*airport == OVF_INDEX_NONE)
        return false;
    const ovf_airport *found = ovf_world_airport(t->all->world, *airport);
    *ident = found->icao.len > 0 ? found->icao : code;
    *place = found->place;
    *elevation_ft = found->elevation_ft == INT32_MIN ? 0 : found->elevation_ft;
    return true;
}

static void add_unplaced(flight_reader *r, ovf_str code, size_t pos)
{
    ovf_flight *f = r->flight;
    flight_add_unresolved(r, code, OVF_STR("this airport is not in the world tables"));
    if (f->unresolved_count > 0)
        f->unresolved[f->unresolved_count - 1].pos = pos;
}

static ovf_status lay_great_circle(flight_reader *r, const timetable_line *line, ovf_error *err)
{
    ovf_flight *f = r->flight;
    f->route_assumed = true;
    flight_add_unresolved(
        r, f->id, OVF_STR("no route is given: the great circle between the airports is taken"));
    if (f->unresolved_count > 0)
        f->unresolved[f->unresolved_count - 1].pos = line->from;
    if (!r->has_from || !r->has_to)
        return OVF_OK;
    f->points = ovf_arena_array(r->arena, ovf_flight_point, 2);
    if (f->points == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a flight");
    f->points[f->point_count++] = (ovf_flight_point){.ident = f->from, .place = r->from};
    f->points[f->point_count++] =
        (ovf_flight_point){.ident = f->to, .place = r->to, .is_bridged = true};
    for (size_t i = 0; i < f->point_count; i++) {
        f->points[i].time = OVF_TIME_NONE;
        f->points[i].level_ft = f->level_ft;
        f->points[i].speed_kt = f->speed_kt;
    }
    return OVF_OK;
}

static ovf_status read_route(const timetable *t, flight_reader *r, const timetable_line *line,
                             ovf_error *err)
{
    r->scan = r->text = ovf_arena_dup(r->arena, line->route);
    r->base = (size_t)(line->route.ptr - t->all->record.ptr);
    for (size_t i = 0; i < r->scan.len; i++) {
        char *c = (char *)&r->scan.ptr[i];
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 'a' + 'A');
    }
    speed_level read = {0};
    size_t at = 0;
    ovf_str word = {0};
    bool has_speed = flight_next_token(r->scan, &at, &word)
                     && flight_read_speed_level(word, false, &read, NULL) == OVF_OK;
    return flight_read_route(r, r->scan, has_speed, err);
}

/* The designator of a type that is written as a code of IATA; said once. */
static ovf_str type_of(timetable *t, const timetable_line *line, ovf_findings *findings)
{
    ovf_str icao = {0};
    timetable_type kind = timetable_type_of(line->type, &icao);
    if (kind == TIMETABLE_TYPE_ONE && !t->has_told_types) {
        t->has_told_types = true;
        ovf_findings_add(findings, OVF_NOTE, line->from, "TYPE_IATA",
                         "aircraft types are codes of IATA: " OVF_FMT " is read as " OVF_FMT,
                         OVF_ARG(line->type), OVF_ARG(icao));
    }
    if (kind == TIMETABLE_TYPE_SEVERAL)
        ovf_findings_add(findings, OVF_NOTE, line->from, "TYPE_FAMILY",
                         "the IATA code " OVF_FMT " stands for several types: kept as written",
                         OVF_ARG(line->type));
    return kind == TIMETABLE_TYPE_ONE ? icao : line->type;
}

static ovf_status add_flight(timetable *t, const timetable_line *line, ovf_time day,
                             bool is_day_assumed, ovf_findings *findings, ovf_error *err)
{
    flight_reading *all = t->all;
    if (all->count >= TIMETABLE_MAX_FLIGHTS) {
        t->is_cut = true;
        return OVF_OK;
    }
    ovf_flight *f = flight_add(all, line->from, line->until);
    if (f == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a flight");
    ovf_findings own = *findings;
    own.items = NULL;
    own.count = own.capacity = 0;
    for (size_t i = 0; i < findings->count; i++)
        ovf_findings_add(&own, findings->items[i].severity, findings->items[i].pos,
                         findings->items[i].rule, OVF_FMT, OVF_ARG(findings->items[i].message));
    f->form = OVF_FLIGHT_SCHEDULE;
    f->id = line->id;
    f->type = type_of(t, line, &own);
    f->registration = line->registration;
    f->eet_min = line->eet_min;
    f->speed = line->speed;
    f->level = line->level;
    f->speed_kt = line->speed_kt;
    f->level_ft = line->level_ft;
    f->day_assumed = is_day_assumed && day != OVF_TIME_NONE;
    find_operator(t, line, f);
    flight_reader r = {.world = all->world,
                       .arena = all->arena,
                       .flight = f,
                       .findings = &own,
                       .base = line->from,
                       .filed_day = OVF_TIME_NONE,
                       .eobt_min = -1,
                       .landed_min = -1};
    r.has_from =
        place_airport(t, line->departure, &f->from, &f->from_airport, &r.from, &f->from_ft);
    r.has_to = place_airport(t, line->arrival, &f->to, &f->to_airport, &r.to, &f->to_ft);
    if (!r.has_from)
        add_unplaced(&r, line->departure, line->from);
    if (!r.has_to)
        add_unplaced(&r, line->arrival, line->from);
    if (day != OVF_TIME_NONE && line->off_block_min != INT32_MIN)
        f->off_block = day + (ovf_time)line->off_block_min * OVF_MINUTE_S;
    ovf_status status =
        line->route.len > 0 ? read_route(t, &r, line, err) : lay_great_circle(&r, line, err);
    flight_settle(&r);
    flight_keep_findings(f, &own);
    return status;
}

/* ---- days ---- */

static bool operates_on(const timetable_line *line, ovf_time day)
{
    if (line->valid_from != OVF_TIME_NONE && day < line->valid_from)
        return false;
    if (line->valid_until != OVF_TIME_NONE && day > line->valid_until)
        return false;
    int monday = (ovf_time_weekday(day) + 6) % 7;
    if ((line->days >> monday & 1) == 0)
        return false;
    return !line->every_other_week || line->valid_from == OVF_TIME_NONE
           || (day - line->valid_from) / (7 * OVF_DAY_S) % 2 == 0;
}

ovf_status timetable_add(timetable *t, const timetable_line *line, ovf_findings *findings,
                         ovf_error *err)
{
    bool has_window = t->window.until > t->window.from;
    bool is_one_day = line->valid_from != OVF_TIME_NONE && line->valid_from == line->valid_until;
    if (!line->has_days) // one flight, of a day that nobody says
        return add_flight(t, line, has_window ? ovf_time_day_start(t->window.from) : OVF_TIME_NONE,
                          true, findings, err);
    if (!has_window)
        return add_flight(t, line, is_one_day ? line->valid_from : OVF_TIME_NONE, false, findings,
                          err);
    // Off block is what the window asks about; the day of operation may be the one before or behind.
    int32_t minutes = line->off_block_min == INT32_MIN ? 0 : line->off_block_min;
    ovf_time first = ovf_time_day_start(t->window.from) - 2 * OVF_DAY_S;
    ovf_time last = t->window.until + 2 * OVF_DAY_S;
    if (line->valid_from != OVF_TIME_NONE && line->valid_from > first)
        first = line->valid_from;
    if (line->valid_until != OVF_TIME_NONE && line->valid_until < last)
        last = line->valid_until;
    ovf_status status = OVF_OK;
    for (ovf_time day = first; day <= last && status == OVF_OK && !t->is_cut; day += OVF_DAY_S) {
        ovf_time off_block = day + (ovf_time)minutes * OVF_MINUTE_S;
        if (operates_on(line, day) && ovf_interval_holds(t->window, off_block))
            status = add_flight(t, line, day, false, findings, err);
    }
    return status;
}

ovf_status timetable_reject(timetable *t, size_t from, size_t until, size_t pos, const char *why,
                            ovf_error *err)
{
    if (t->all->count >= TIMETABLE_MAX_FLIGHTS) {
        t->is_cut = true;
        return OVF_OK;
    }
    ovf_status status = flight_add_unreadable(t->all, from, until, pos, why, err);
    if (status == OVF_OK)
        t->all->flights[t->all->count - 1].form = OVF_FLIGHT_SCHEDULE;
    return status;
}
