/* SPDX-License-Identifier: Apache-2.0 */
/* FIXM 4.x (fixm.aero, Core 4.1 to 4.3), read flight by flight, by local names: one Flight, or the
 * flights of a message or a collection of messages.
 *
 *   Flight   aircraft, arrival, departure, flightIdentification, gufi, operator, routeTrajectoryGroup
 *   routeTrajectoryGroup   of agreed, current, filed, desired, negotiating, ranked the first there is
 *   each of these          routeInformation (level, speed, rules, routeText, elapsed time) and element*
 *
 * The route and its points are read by fixm_route.c. */
#include "fixm.h"

/* ---- values ---- */

/* "P0Y0M0DT11H22M0.5S" as seconds: days, hours, minutes and seconds; a flight has no months. */
bool flight_fixm_duration(ovf_str text, int64_t *seconds)
{
    bool in_time = false;
    int64_t total = 0;
    size_t at = 1;
    if (text.len < 3 || text.ptr[0] != 'P')
        return false;
    while (at < text.len) {
        if (text.ptr[at] == 'T') {
            in_time = true;
            at++;
            continue;
        }
        uint32_t value = 0;
        size_t end = ovf_str_take_uint(text, at, 1000000, &value);
        if (end == at || end >= text.len || value > 1000000)
            return false;
        if (text.ptr[end] == '.')
            end += 1 + flight_digits(text, end + 1);
        char unit = end < text.len ? text.ptr[end] : '\0';
        int64_t factor = unit == 'D' && !in_time  ? OVF_DAY_S
                         : unit == 'H' && in_time ? OVF_HOUR_S
                         : unit == 'M' && in_time ? OVF_MINUTE_S
                         : unit == 'S' && in_time ? 1
                                                  : 0;
        if (factor == 0 && value > 0)
            return false;
        total += factor * (int64_t)value;
        at = end + 1;
    }
    *seconds = total;
    return total <= 100 * (int64_t)OVF_HOUR_S;
}

ovf_str flight_fixm_keep(const fixm_reader *x, ovf_str text)
{
    return text.len == 0 ? OVF_STR("") : ovf_arena_dup(x->all->arena, text);
}

/* The text of the first element of one of these names, anywhere below. */
static ovf_str text_of(const ovf_xml *node, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const ovf_xml *found = ovf_xml_within(node, names[i]);
        if (found != NULL && found->text.len > 0)
            return found->text;
    }
    return OVF_STR("");
}

static ovf_str first_text(const ovf_xml *node, const char *name)
{
    const char *const names[] = {name};
    return text_of(node, names, 1);
}

static ovf_time time_of(fixm_reader *x, const ovf_xml *node, const char *name)
{
    ovf_time t = OVF_TIME_NONE;
    const ovf_xml *found = ovf_xml_within(node, name);
    if (found == NULL)
        return t;
    ovf_str text = found->text.len > 0 ? found->text : first_text(found, "time");
    if (text.len > 0 && ovf_time_parse(text, &t, NULL) != OVF_OK)
        ovf_findings_add(&x->findings, OVF_WARNING, found->at, "FIXM_TIME",
                         "expected a time such as 2026-02-12T14:10:00Z");
    return t;
}

/* ---- departure and arrival ---- */

/* An aerodrome by its indicator, or by name and position where it has none. */
static ovf_str aerodrome_of(const ovf_xml *node, const char *const *names, size_t count,
                            const ovf_xml **found)
{
    for (size_t i = 0; i < count; i++) {
        const ovf_xml *aerodrome = ovf_xml_within(node, names[i]);
        if (aerodrome == NULL)
            continue;
        *found = aerodrome;
        ovf_str indicator = first_text(aerodrome, "locationIndicator");
        return indicator.len > 0 ? indicator : aerodrome->text;
    }
    return OVF_STR("");
}

static void read_departure(fixm_reader *x, const ovf_xml *departure)
{
    static const char *const names[] = {"aerodrome", "departureAerodrome"};
    const ovf_xml *aerodrome = NULL;
    ovf_str code = flight_fixm_keep(x, aerodrome_of(departure, names, 2, &aerodrome));
    ovf_flight *f = x->flight;
    if (code.len == 4)
        flight_field_13(&x->r, code);
    else if (aerodrome != NULL)
        f->from = OVF_STR("ZZZZ");
    if (aerodrome != NULL && !x->r.has_from)
        x->r.has_from = flight_fixm_position(aerodrome, &x->r.from);
    f->off_block = time_of(x, departure, "estimatedOffBlockTime");
    ovf_time left = time_of(x, departure, "actualTimeOfDeparture");
    if (left == OVF_TIME_NONE)
        left = time_of(x, departure, "actualOffBlockTime");
    if (f->off_block == OVF_TIME_NONE)
        f->off_block = left;
    if (left != OVF_TIME_NONE) {
        f->state = OVF_FLIGHT_DEPARTED;
        f->departed = left;
    }
}

static void read_alternates(fixm_reader *x, const ovf_xml *arrival)
{
    ovf_buf buf = {0};
    for (const ovf_xml *n = ovf_xml_child(arrival, "destinationAerodromeAlternate"); n != NULL;
         n = ovf_xml_next(n, "destinationAerodromeAlternate")) {
        ovf_str code = first_text(n, "locationIndicator");
        ovf_buf_printf(&buf, "%s" OVF_FMT, buf.len > 0 && code.len > 0 ? " " : "", OVF_ARG(code));
    }
    x->flight->alternates = flight_fixm_keep(x, ovf_buf_str(&buf));
    ovf_buf_done(&buf);
}

static void read_arrival(fixm_reader *x, const ovf_xml *arrival)
{
    static const char *const names[] = {"destinationAerodrome", "aerodrome"};
    static const char *const landed[] = {"arrivalAerodrome"};
    const ovf_xml *aerodrome = NULL;
    const ovf_xml *other = NULL;
    ovf_flight *f = x->flight;
    ovf_str code = flight_fixm_keep(x, aerodrome_of(arrival, names, 2, &aerodrome));
    f->landed_at = flight_fixm_keep(x, aerodrome_of(arrival, landed, 1, &other));
    if (code.len == 4)
        flight_field_16(&x->r, code, false);
    else if (aerodrome != NULL)
        f->to = OVF_STR("ZZZZ");
    if (aerodrome != NULL && !x->r.has_to)
        x->r.has_to = flight_fixm_position(aerodrome, &x->r.to);
    read_alternates(x, arrival);
    f->arrived = time_of(x, arrival, "actualTimeOfArrival");
    if (f->arrived != OVF_TIME_NONE)
        f->state = OVF_FLIGHT_ARRIVED;
}

/* ---- who flies ---- */

static void read_identity(fixm_reader *x, const ovf_xml *flight)
{
    static const char *const types[] = {"icaoAircraftTypeDesignator", "icaoModelIdentifier",
                                        "aircraftTypeDesignator"};
    const ovf_xml *aircraft = ovf_xml_child(flight, "aircraft");
    const ovf_xml *who = ovf_xml_within(flight, "flightIdentification");
    ovf_flight *f = x->flight;
    ovf_str id = first_text(flight, "aircraftIdentification");
    if (id.len == 0)
        id = ovf_xml_attribute(who, "aircraftIdentification");
    id = flight_fixm_keep(x, id);
    if (id.len > 0)
        flight_field_7(&x->r, id);
    else
        ovf_findings_add(&x->findings, OVF_ERROR, flight->at, "FIXM_ID",
                         "expected aircraftIdentification");
    f->plan_id = flight_fixm_keep(x, first_text(flight, "gufi"));
    f->use = flight_fixm_keep(x, ovf_xml_text(flight, "flightType"));
    f->sts = flight_fixm_keep(x, ovf_xml_text(flight, "specialHandling"));
    ovf_str operator= first_text(ovf_xml_within(flight, "operator"), "designatorIcao");
    if (operator.len> 0)
        flight_read_indicator(&x->r, OVF_STR("OPR"), flight_fixm_keep(x, operator));
    if (aircraft == NULL)
        return;
    f->type = flight_fixm_keep(
        x, text_of(ovf_xml_within(aircraft, "aircraftType"), types, OVF_COUNTOF(types)));
    f->wake = flight_fixm_keep(x, ovf_xml_text(aircraft, "wakeTurbulence"));
    ovf_str registration = flight_fixm_keep(x, ovf_xml_text(aircraft, "registration"));
    if (registration.len > 0)
        flight_read_indicator(&x->r, OVF_STR("REG"), registration);
    ovf_str address = flight_fixm_keep(x, ovf_xml_text(aircraft, "aircraftAddress"));
    if (address.len > 0)
        flight_read_indicator(&x->r, OVF_STR("CODE"), address);
}

static void read_status(fixm_reader *x, const ovf_xml *flight)
{
    const ovf_xml *status = ovf_xml_within(flight, "flightStatus");
    ovf_str word = status == NULL ? OVF_STR("") : status->text;
    for (const ovf_xml_attr *a = status == NULL ? NULL : status->attributes; a != NULL; a = a->next)
        word = word.len > 0 ? word : a->value;
    if (ovf_str_starts(word, OVF_STR("CANCEL")))
        x->flight->state = OVF_FLIGHT_CANCELLED;
}

/* ---- one flight ---- */

static bool read_flight(void *data, const ovf_xml *flight)
{
    fixm_reader *x = data;
    flight_reading *all = x->all;
    size_t end = flight->end == 0 ? all->record.len : flight->end;
    if (all->count >= OVF_FLIGHT_MAX_MESSAGES) {
        x->is_full = true;
        return true;
    }
    ovf_flight *f = flight_add(all, flight->at, end);
    if (f == NULL)
        return false;
    f->form = OVF_FLIGHT_FIXM;
    f->day_assumed = false;
    x->flight = f;
    x->findings = (ovf_findings){.arena = all->arena};
    x->r = (flight_reader){.world = all->world,
                           .arena = all->arena,
                           .flight = f,
                           .findings = &x->findings,
                           .base = flight->at,
                           .filed_day = OVF_TIME_NONE,
                           .eobt_min = -1,
                           .landed_min = -1};
    if (flight->end == 0)
        ovf_findings_add(&x->findings, OVF_ERROR, all->record.len, "FIXM_OPEN",
                         "the document breaks off within this flight");
    const ovf_xml *departure = ovf_xml_within(flight, "departure");
    const ovf_xml *arrival = ovf_xml_within(flight, "arrival");
    if (arrival == NULL)
        arrival = ovf_xml_within(flight, "destination");
    read_identity(x, flight);
    if (departure != NULL)
        read_departure(x, departure);
    if (arrival != NULL)
        read_arrival(x, arrival);
    read_status(x, flight);
    bool has_memory = flight_fixm_route(x, flight);
    flight_settle(&x->r);
    flight_keep_findings(f, &x->findings);
    return has_memory;
}

bool flight_fixm_sniff(ovf_str record)
{
    ovf_str head = ovf_str_trim(ovf_str_sub(record, 0, 8192));
    if (ovf_str_starts(head, OVF_STR("\xEF\xBB\xBF")))
        head = ovf_str_tail(head, 3);
    return head.len > 0 && head.ptr[0] == '<'
           && ovf_str_find(head, 0, OVF_STR("fixm.aero/")) != OVF_NOPOS;
}

ovf_status flight_fixm_read(flight_reading *all, ovf_error *err)
{
    static const char *const kept[] = {"Flight", "flight", NULL};
    ovf_arena scratch;
    ovf_arena_init(&scratch, 0);
    fixm_reader x = {.all = all};
    ovf_xml_options options = {
        .kept = kept, .with_map = true, .each = read_flight, .data = &x, .scratch = &scratch};
    ovf_xml *root = NULL;
    ovf_error broken = {0};
    ovf_status status = ovf_xml_read(all->record, &options, all->arena, &root, &broken);
    ovf_arena_done(&scratch);
    if (status == OVF_E_NOMEM)
        return ovf_fail(err, status, OVF_NOPOS, "no memory for a flight");
    if (status != OVF_OK) {
        size_t pos = broken.pos == OVF_NOPOS ? 0 : broken.pos;
        return flight_add_unreadable(all, pos, all->record.len, pos, broken.reason, err);
    }
    if (x.is_full)
        return flight_add_unreadable(all, all->record.len, all->record.len, all->record.len,
                                     "too many flights in one document; the rest is not read", err);
    return OVF_OK;
}
