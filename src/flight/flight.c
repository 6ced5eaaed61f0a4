/* SPDX-License-Identifier: Apache-2.0 */
/* A record of flight plan messages: where each begins and ends, among AFTN headings, notes
 * (lines that start with '#') and blank lines. */
#include "flight_internal.h"

#include "tracks_internal.h"

#include <string.h>

const char *ovf_flight_form_name(ovf_flight_form form)
{
    switch (form) {
    case OVF_FLIGHT_FPL: return "fpl";
    case OVF_FLIGHT_CHG: return "chg";
    case OVF_FLIGHT_DLA: return "dla";
    case OVF_FLIGHT_CNL: return "cnl";
    case OVF_FLIGHT_DEP: return "dep";
    case OVF_FLIGHT_ARR: return "arr";
    case OVF_FLIGHT_CPL: return "cpl";
    case OVF_FLIGHT_EST: return "est";
    case OVF_FLIGHT_RQP: return "rqp";
    case OVF_FLIGHT_RQS: return "rqs";
    case OVF_FLIGHT_SPL: return "spl";
    case OVF_FLIGHT_ALR: return "alr";
    case OVF_FLIGHT_ADEXP: return "adexp";
    case OVF_FLIGHT_FIXM: return "fixm";
    case OVF_FLIGHT_SCHEDULE: return "schedule";
    case OVF_FLIGHT_TRACK: return "track";
    case OVF_FLIGHT_UNKNOWN: break;
    }
    return "unknown";
}

const char *ovf_flight_source_name(ovf_flight_source source)
{
    switch (source) {
    case OVF_FLIGHT_SOURCE_ESTIMATE: return "estimate";
    case OVF_FLIGHT_SOURCE_ACTUAL: return "actual";
    case OVF_FLIGHT_SOURCE_NONE: break;
    }
    return "none";
}

const char *ovf_flight_state_name(ovf_flight_state state)
{
    switch (state) {
    case OVF_FLIGHT_FILED: break;
    case OVF_FLIGHT_CHANGED: return "changed";
    case OVF_FLIGHT_DELAYED: return "delayed";
    case OVF_FLIGHT_CANCELLED: return "cancelled";
    case OVF_FLIGHT_DEPARTED: return "departed";
    case OVF_FLIGHT_ARRIVED: return "arrived";
    }
    return "filed";
}

/* ---- finding messages ---- */

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* The record in capitals, with the lines that are notes blanked: offsets stay. */
static ovf_str make_scan(ovf_str record, ovf_arena *arena)
{
    ovf_str copy = ovf_arena_dup(arena, record);
    char *out = (char *)copy.ptr;
    bool in_note = false;
    for (size_t i = 0; i < copy.len; i++) {
        if (i == 0 || out[i - 1] == '\n')
            in_note = out[i] == '#';
        out[i] = in_note && out[i] != '\n' ? ' ' : upper(out[i]);
    }
    return copy;
}

/* "FPL-", "FPLA/B001-": a title of three letters, then reference data, then a hyphen. */
static bool is_title(ovf_str s, size_t at)
{
    static const char titles[] = "FPL CHG DLA CNL DEP ARR CPL EST CDN ACP LAM RQP RQS SPL ALR RCF ";
    if (flight_letters(s, at) < 3)
        return false;
    bool is_known = false;
    for (size_t i = 0; i + 4 < sizeof(titles) && !is_known; i += 4)
        is_known = memcmp(titles + i, s.ptr + at, 3) == 0;
    size_t end = at + 3;
    while (end < s.len && end < at + 20
           && (is_letter(s.ptr[end]) || is_digit(s.ptr[end]) || s.ptr[end] == '/'))
        end++;
    return is_known && end < s.len && s.ptr[end] == '-';
}

/* "-TITLE IFPL": ADEXP. */
static bool is_adexp_title(ovf_str s, size_t at)
{
    ovf_str tail = ovf_str_tail(s, at);
    return ovf_str_starts(tail, OVF_STR("-TITLE")) && tail.len > 6 && is_space(tail.ptr[6]);
}

/* The next place where a message begins: "(" and a title, a title at the start of a line, or the
 * title of ADEXP. */
static size_t next_message(ovf_str s, size_t from)
{
    for (size_t i = from; i < s.len; i++) {
        bool at_line = i == 0 || s.ptr[i - 1] == '\n';
        if (s.ptr[i] == '-' && (i == 0 || is_space(s.ptr[i - 1])) && is_adexp_title(s, i))
            return i;
        if ((s.ptr[i] == '(' && is_title(s, i + 1)) || (at_line && is_title(s, i)))
            return i;
    }
    return s.len;
}

/* The byte behind the message that begins at `from`: behind its ')', where brackets within are
 * passed over; *closed says whether there was one before `limit`. */
static size_t message_end(ovf_str s, size_t from, size_t limit, bool *closed)
{
    if (s.ptr[from] == '-') {
        *closed = true;
        return flight_adexp_end(s, from, limit);
    }
    int depth = 0;
    size_t last = OVF_NOPOS;
    for (size_t i = from; i < limit; i++) {
        if (s.ptr[i] == '(')
            depth++;
        if (s.ptr[i] != ')')
            continue;
        last = i;
        if (--depth <= 0)
            break;
    }
    *closed = last != OVF_NOPOS;
    return *closed ? last + 1 : limit;
}

/* Text between messages is a heading; a line that starts like a field is a message cut off. */
static size_t stray_field(ovf_str s, size_t from, size_t until)
{
    for (size_t i = from; i + 1 < until; i++) {
        bool at_line = i == 0 || s.ptr[i - 1] == '\n';
        bool is_mark = ovf_str_starts(ovf_str_sub(s, i, until), OVF_STR("-ADEXP"));
        if (at_line && s.ptr[i] == '-' && !is_mark
            && (is_letter(s.ptr[i + 1]) || is_digit(s.ptr[i + 1])))
            return i;
    }
    return OVF_NOPOS;
}

/* The other forms, each by its own look of the head. */
static const struct {
    bool (*is_one)(ovf_str record);
    ovf_status (*read)(flight_reading *all, ovf_error *err);
} documents[] = {
    {flight_fixm_sniff, flight_fixm_read},
    {flight_ssim_sniff, flight_ssim_read},
    {flight_csv_sniff, flight_csv_read},
};

bool ovf_flight_sniff(ovf_str record)
{
    for (size_t i = 0; i < OVF_COUNTOF(documents); i++) {
        if (documents[i].is_one(record))
            return true;
    }
    // The head is enough, and keeps a look at 100 MB of noise short.
    char head[16384];
    ovf_str s = ovf_str_sub(record, 0, sizeof(head));
    bool in_note = false;
    for (size_t i = 0; i < s.len; i++) {
        if (i == 0 || s.ptr[i - 1] == '\n')
            in_note = s.ptr[i] == '#';
        head[i] = in_note && s.ptr[i] != '\n' ? ' ' : upper(s.ptr[i]);
    }
    ovf_str scan = {head, s.len};
    return next_message(scan, 0) < scan.len
           || ovf_surveillance_sniff(record) != OVF_SURVEILLANCE_UNKNOWN;
}

/* ---- reading ---- */

ovf_flight flight_blank(const ovf_flight_options *options)
{
    return (ovf_flight){
        .record = options->record,
        .operator_index = OVF_INDEX_NONE,
        .address = OVF_ADDRESS_NONE,
        .registry_state = OVF_INDEX_NONE,
        .from_airport = OVF_INDEX_NONE,
        .to_airport = OVF_INDEX_NONE,
        .off_block = OVF_TIME_NONE,
        .day_assumed = options->reference != OVF_TIME_NONE,
        .eet_min = -1,
        .departed = OVF_TIME_NONE,
        .arrived = OVF_TIME_NONE,
    };
}

ovf_flight *flight_add(flight_reading *all, size_t from, size_t until)
{
    if (!ovf_arena_grow(all->arena, (void **)&all->flights, all->count, &all->capacity,
                        sizeof(*all->flights)))
        return NULL;
    ovf_flight *f = &all->flights[all->count++];
    *f = flight_blank(&all->options);
    f->raw = ovf_str_trim(ovf_str_sub(all->record, from, until));
    f->raw_span = (ovf_span){(uint32_t)(f->raw.ptr - all->record.ptr), (uint32_t)f->raw.len};
    return f;
}

void flight_keep_findings(ovf_flight *flight, const ovf_findings *findings)
{
    flight->findings = findings->items;
    flight->finding_count = findings->count;
}

ovf_status flight_add_unreadable(flight_reading *all, size_t from, size_t until, size_t pos,
                                 const char *message, ovf_error *err)
{
    ovf_flight *f = flight_add(all, from, until);
    ovf_findings findings = {.arena = all->arena};
    if (f == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a flight");
    ovf_findings_add(&findings, OVF_ERROR, pos, "FPL_NONE", "%s", message);
    flight_keep_findings(f, &findings);
    return OVF_OK;
}

static ovf_status read_message(flight_reading *all, size_t from, size_t until, bool closed,
                               ovf_error *err)
{
    ovf_flight *f = flight_add(all, from, until);
    if (f == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a flight");
    ovf_findings findings = {.arena = all->arena};
    if (until - from > OVF_FLIGHT_MAX_BYTES) {
        until = from + OVF_FLIGHT_MAX_BYTES;
        ovf_findings_add(&findings, OVF_ERROR, until, "FPL_LONG",
                         "the message is longer than %d bytes; the rest is not read",
                         OVF_FLIGHT_MAX_BYTES);
    }
    if (!closed)
        ovf_findings_add(&findings, OVF_ERROR, from + f->raw.len, "FPL_OPEN",
                         "expected ')' at the end of the message");
    flight_reader r = {
        .world = all->world,
        .arena = all->arena,
        .flight = f,
        .findings = &findings,
        .scan = ovf_str_sub(all->scan, from, until),
        .text = ovf_str_sub(all->record, from, until),
        .base = from,
        .filed_day = all->options.reference == OVF_TIME_NONE
                         ? OVF_TIME_NONE
                         : ovf_time_day_start(all->options.reference),
        .eobt_min = -1,
        .landed_min = -1,
    };
    bool is_adexp = r.scan.len > 0 && r.scan.ptr[0] == '-';
    ovf_status status = is_adexp ? flight_adexp_message(&r, err) : flight_read_message(&r, err);
    flight_keep_findings(f, &findings);
    return status;
}

ovf_status flight_read_alone(const ovf_world *world, ovf_str message, ovf_time reference,
                             ovf_arena *arena, ovf_flight *out, ovf_error *err)
{
    flight_reading all = {.world = world,
                          .arena = arena,
                          .record = message,
                          .scan = message,
                          .options = {.reference = reference}};
    ovf_status status = message.ptr == NULL
                            ? ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a message")
                            : read_message(&all, 0, message.len, true, err);
    if (status == OVF_OK && all.flights != NULL)
        *out = all.flights[0];
    return status;
}

static ovf_status read_gap(flight_reading *all, size_t from, size_t until, ovf_error *err)
{
    size_t stray = stray_field(all->scan, from, until);
    if (stray == OVF_NOPOS)
        return OVF_OK;
    ovf_str piece = ovf_str_sub(all->scan, stray, until);
    if (ovf_str_find(piece, 0, OVF_STR("-ARCID ")) != OVF_NOPOS) // ADEXP without its title
        return read_message(all, stray, flight_adexp_end(all->scan, stray, until), true, err);
    return flight_add_unreadable(all, stray, until, stray,
                                 "expected (FPL- or another message before a field", err);
}

static ovf_status read_messages(flight_reading *all, ovf_error *err)
{
    all->scan = make_scan(all->record, all->arena);
    if (all->scan.ptr == NULL && all->record.len > 0)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the record");
    ovf_str scan = all->scan;
    size_t at = 0;
    size_t next = next_message(scan, 0);
    ovf_status status = OVF_OK;
    while (status == OVF_OK && next < scan.len) {
        if (all->count >= OVF_FLIGHT_MAX_MESSAGES)
            return flight_add_unreadable(all, next, scan.len, next,
                                         "too many messages in one record; the rest is not read",
                                         err);
        status = read_gap(all, at, next, err);
        size_t limit = next_message(scan, next + 4);
        bool closed = false;
        at = message_end(scan, next, limit, &closed);
        if (status == OVF_OK)
            status = read_message(all, next, at, closed, err);
        next = limit;
    }
    return status == OVF_OK ? read_gap(all, at, scan.len, err) : status;
}

/* Messages begin with a bracket, a heading or a title; positions never hold one in their first bytes. */
static bool tracks_are_in(ovf_str record)
{
    return record.len > 0 && record.ptr[0] != '('
           && ovf_surveillance_sniff(record) != OVF_SURVEILLANCE_UNKNOWN;
}

ovf_status ovf_flight_read(const ovf_world *world, ovf_str record,
                           const ovf_flight_options *options, ovf_arena *arena, ovf_flight **out,
                           size_t *count, ovf_error *err)
{
    if (record.len >= UINT32_MAX)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "the record is too long");
    flight_reading all = {.world = world, .arena = arena, .record = record};
    all.options = options != NULL ? *options : (ovf_flight_options){.reference = OVF_TIME_NONE};
    if (tracks_are_in(record))
        return tracks_read_flights(world, record, &all.options, arena, out, count, err);
    size_t form = 0;
    while (form < OVF_COUNTOF(documents) && !documents[form].is_one(record))
        form++;
    ovf_status status =
        form < OVF_COUNTOF(documents) ? documents[form].read(&all, err) : read_messages(&all, err);
    if (status != OVF_OK)
        return status;
    ovf_str content = ovf_str_trim(all.scan.ptr != NULL ? all.scan : record);
    if (all.count == 0 && content.len > 0 && form == OVF_COUNTOF(documents)) {
        size_t pos = (size_t)(content.ptr - (all.scan.ptr != NULL ? all.scan.ptr : record.ptr));
        status = flight_add_unreadable(&all, pos, record.len, pos,
                                       "expected a message such as (FPL-ABC123-IS ...", err);
        if (status != OVF_OK)
            return status;
    }
    *out = all.flights;
    *count = all.count;
    return OVF_OK;
}
