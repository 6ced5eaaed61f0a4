/* SPDX-License-Identifier: Apache-2.0 */
/* ADEXP, fields of a keyword and a value (EUROCONTROL-SPEC-0107, ed. 3):
 *
 *   message  := field*                       field := "-" KEY value | compound | list
 *   compound := "-" KEY field*               (PT, AD, GEO, REF, RENAME, ORIGIN ...)
 *   list     := "-" BEGIN NAME field* "-" END NAME
 *
 * A value runs to the next hyphen at the start of a word. Keys that say nothing about where a flight
 * goes are passed over: the book has some 400. */
#include "adexp.h"

/* ---- cutting ---- */

static bool is_field_at(ovf_str s, size_t i)
{
    return s.ptr[i] == '-' && (i == 0 || is_space(s.ptr[i - 1])) && i + 1 < s.len
           && is_letter(s.ptr[i + 1]);
}

bool flight_adexp_next(ovf_str s, size_t *at, ovf_str *key, ovf_str *value)
{
    size_t i = *at;
    while (i < s.len && !is_field_at(s, i))
        i++;
    if (i >= s.len)
        return false;
    size_t from = i + 1;
    size_t end = from;
    while (end < s.len && (is_letter(s.ptr[end]) || is_digit(s.ptr[end])))
        end++;
    size_t until = end;
    while (until < s.len && !is_field_at(s, until))
        until++;
    *key = ovf_str_sub(s, from, end);
    *value = ovf_str_trim(ovf_str_sub(s, end, until));
    *at = until;
    return true;
}

size_t flight_adexp_end(ovf_str s, size_t from, size_t limit)
{
    // A blank line, and then no field: the heading of what comes next. NNNN ends a telegram.
    for (size_t i = from; i + 1 < limit; i++) {
        if (s.ptr[i] != '\n')
            continue;
        if (ovf_str_starts(ovf_str_sub(s, i + 1, limit), OVF_STR("NNNN")))
            return i + 1;
        size_t next = i + 1;
        while (next < limit && is_space(s.ptr[next]) && s.ptr[next] != '\n')
            next++;
        if (next >= limit || s.ptr[next] != '\n')
            continue;
        while (next < limit && is_space(s.ptr[next]))
            next++;
        if (next < limit && s.ptr[next] != '-')
            return i + 1;
    }
    return limit;
}

/* ---- which message ---- */

ovf_flight_form flight_kind(const ovf_flight *f)
{
    static const struct {
        const char *title; /* without the I of the central unit's own */
        ovf_flight_form kind;
    } kinds[] = {
        {"FPL", OVF_FLIGHT_FPL}, {"APL", OVF_FLIGHT_FPL}, {"AFP", OVF_FLIGHT_FPL},
        {"EFD", OVF_FLIGHT_FPL}, {"EPP", OVF_FLIGHT_FPL}, {"RPL", OVF_FLIGHT_FPL},
        {"CPL", OVF_FLIGHT_CPL}, {"CHG", OVF_FLIGHT_CHG}, {"ACH", OVF_FLIGHT_CHG},
        {"DLA", OVF_FLIGHT_DLA}, {"CNL", OVF_FLIGHT_CNL}, {"DEP", OVF_FLIGHT_DEP},
        {"ARR", OVF_FLIGHT_ARR}, {"EST", OVF_FLIGHT_EST}, {"RQP", OVF_FLIGHT_RQP},
        {"RQS", OVF_FLIGHT_RQS}, {"SPL", OVF_FLIGHT_SPL}, {"ALR", OVF_FLIGHT_ALR},
    };
    if (f->form == OVF_FLIGHT_FIXM || f->form == OVF_FLIGHT_SCHEDULE)
        return OVF_FLIGHT_FPL;
    if (f->form != OVF_FLIGHT_ADEXP)
        return f->form;
    ovf_str title = f->title;
    if (title.len == 4 && title.ptr[0] == 'I')
        title = ovf_str_tail(title, 1);
    for (size_t i = 0; i < OVF_COUNTOF(kinds); i++) {
        if (ovf_str_eq(title, ovf_str_of(kinds[i].title)))
            return kinds[i].kind;
    }
    return OVF_FLIGHT_UNKNOWN;
}

/* ---- values ---- */

static ovf_time read_day(ovf_str text)
{
    if (text.len == 8 && ovf_str_starts(text, OVF_STR("20")))
        text = ovf_str_tail(text, 2);
    return flight_read_day(text);
}

ovf_time flight_adexp_time(ovf_str text, ovf_time off_block)
{
    size_t digits = flight_digits(text, 0);
    if (digits != text.len
        || (digits != 4 && digits != 6 && digits != 10 && digits != 12 && digits != 14))
        return OVF_TIME_NONE;
    size_t date = digits == 14 ? 8 : digits >= 10 ? 6 : 0;
    ovf_time day = date > 0                     ? read_day(ovf_str_sub(text, 0, date))
                   : off_block == OVF_TIME_NONE ? OVF_TIME_NONE
                                                : ovf_time_day_start(off_block);
    int32_t minute = flight_read_hhmm(ovf_str_sub(text, date, date + 4), 24);
    uint32_t second = 0;
    if (digits - date == 6)
        ovf_str_take_uint(ovf_str_tail(text, date + 4), 0, 99, &second);
    if (day == OVF_TIME_NONE || minute < 0 || second > 59)
        return OVF_TIME_NONE;
    ovf_time t = day + (ovf_time)minute * OVF_MINUTE_S + second;
    return date == 0 && t < off_block ? t + OVF_DAY_S : t;
}

ovf_str flight_adexp_name(const adexp_message *m, ovf_str ident)
{
    for (size_t i = 0; i < m->place_count; i++) {
        const adexp_place *p = &m->places[i];
        if (!ovf_str_eq(p->id, ident))
            continue;
        if (p->lat.len > 0)
            return ovf_arena_printf(m->r->arena, OVF_FMT OVF_FMT, OVF_ARG(p->lat), OVF_ARG(p->lon));
        if (p->bearing.len == 3 && p->distance.len == 3)
            return ovf_arena_printf(m->r->arena, OVF_FMT OVF_FMT OVF_FMT, OVF_ARG(p->point),
                                    OVF_ARG(p->bearing), OVF_ARG(p->distance));
        return p->point;
    }
    return ident;
}

/* ---- fields ---- */

static adexp_point *last_point(adexp_message *m)
{
    return m->point_count > 0 ? &m->points[m->point_count - 1] : NULL;
}

static void start_compound(adexp_message *m, ovf_str key, ovf_str value)
{
    m->compound = key;
    bool is_point = ovf_str_eq(key, OVF_STR("PT")) || ovf_str_eq(key, OVF_STR("AD"));
    bool is_place = ovf_str_eq(key, OVF_STR("GEO")) || ovf_str_eq(key, OVF_STR("REF"))
                    || ovf_str_eq(key, OVF_STR("RENAME"));
    if (is_point && ovf_str_eq(m->list, OVF_STR("RTEPTS"))) {
        if (m->point_count >= OVF_FLIGHT_MAX_POINTS
            || !ovf_arena_grow(m->r->arena, (void **)&m->points, m->point_count, &m->point_capacity,
                               sizeof(*m->points))) {
            m->is_full = true;
            m->compound = OVF_STR("");
            return;
        }
        m->points[m->point_count++] = (adexp_point){.ident = value};
    } else if (is_place) {
        if (m->place_count >= OVF_FLIGHT_MAX_POINTS
            || !ovf_arena_grow(m->r->arena, (void **)&m->places, m->place_count, &m->place_capacity,
                               sizeof(*m->places))) {
            m->is_full = true;
            m->compound = OVF_STR("");
            return;
        }
        m->places[m->place_count++] = (adexp_place){0};
    } else if (is_point) {
        m->compound = OVF_STR("");
    }
}

/* A part of GEO, REF, RENAME. */
static bool take_place_part(adexp_message *m, ovf_str key, ovf_str value)
{
    if (m->place_count == 0)
        return false;
    adexp_place *p = &m->places[m->place_count - 1];
    const struct {
        ovf_str key;
        ovf_str *out;
    } parts[] = {
        {OVF_STR("GEOID"), &p->id},     {OVF_STR("REFID"), &p->id},
        {OVF_STR("RENID"), &p->id},     {OVF_STR("LATTD"), &p->lat},
        {OVF_STR("LONGTD"), &p->lon},   {OVF_STR("PTID"), &p->point},
        {OVF_STR("BRNG"), &p->bearing}, {OVF_STR("DISTNC"), &p->distance},
    };
    for (size_t i = 0; i < OVF_COUNTOF(parts); i++) {
        if (ovf_str_eq(key, parts[i].key)) {
            *parts[i].out = value;
            return true;
        }
    }
    return false;
}

static bool take_point_part(adexp_message *m, ovf_str key, ovf_str value)
{
    adexp_point *p = last_point(m);
    if (p == NULL)
        return false;
    bool is_estimate = ovf_str_eq(key, OVF_STR("ETO")) || ovf_str_eq(key, OVF_STR("CTO"))
                       || ovf_str_eq(key, OVF_STR("STO")) || ovf_str_eq(key, OVF_STR("TO"));
    if (ovf_str_eq(key, OVF_STR("PTID")) || ovf_str_eq(key, OVF_STR("ADID")))
        p->ident = value;
    else if (ovf_str_eq(key, OVF_STR("FL")))
        p->level = value;
    else if (ovf_str_eq(key, OVF_STR("ATO")))
        p->actual = value;
    else if (is_estimate && p->estimate.len == 0)
        p->estimate = value;
    else
        return is_estimate || ovf_str_starts(key, OVF_STR("PT"))
               || ovf_str_eq(key, OVF_STR("ISPASS"));
    return true;
}

static bool take_part(adexp_message *m, ovf_str key, ovf_str value)
{
    if (ovf_str_eq(m->compound, OVF_STR("PT")) || ovf_str_eq(m->compound, OVF_STR("AD")))
        return take_point_part(m, key, value);
    return m->compound.len > 0 && take_place_part(m, key, value);
}

/* EETFIR EGTT 0006, EETPT GEO01 0212. */
static void take_eet(adexp_message *m, ovf_str value)
{
    size_t at = 0;
    ovf_str place = {0};
    ovf_str hours = {0};
    if (!flight_next_token(value, &at, &place))
        return;
    if (!flight_next_token(value, &at, &hours))
        ovf_buf_printf(&m->other, " EET/" OVF_FMT, OVF_ARG(place));
    else
        ovf_buf_printf(&m->other, " EET/" OVF_FMT OVF_FMT, OVF_ARG(flight_adexp_name(m, place)),
                       OVF_ARG(hours));
}

/* Fields of ADEXP that are indicators of item 18. */
static bool take_indicator(adexp_message *m, ovf_str key, ovf_str value)
{
    static const char *const same[][2] = {
        {"STS", "STS"},     {"PBN", "PBN"}, {"NAV", "NAV"},           {"COM", "COM"},
        {"DAT", "DAT"},     {"SUR", "SUR"}, {"DEPZ", "DEP"},          {"DESTZ", "DEST"},
        {"REG", "REG"},     {"SEL", "SEL"}, {"TYPZ", "TYP"},          {"OPR", "OPR"},
        {"ORGNID", "ORGN"}, {"PER", "PER"}, {"RALT", "RALT"},         {"TALT", "TALT"},
        {"RIF", "RIF"},     {"RMK", "RMK"}, {"ARCADDR", "CODE"},      {"DLE", "DLE"},
        {"RVR", "RVR"},     {"RFP", "RFP"}, {"EURSTAY", "STAYINFO1"},
    };
    for (size_t i = 0; i < OVF_COUNTOF(same); i++) {
        if (!ovf_str_eq(key, ovf_str_of(same[i][0])))
            continue;
        ovf_str name = ovf_str_of(same[i][1]);
        ovf_buf_printf(&m->other, " " OVF_FMT "/" OVF_FMT, OVF_ARG(name), OVF_ARG(value));
        flight_read_indicator(m->r, name, value);
        return true;
    }
    return false;
}

static void take_field(adexp_message *m, ovf_str key, ovf_str value)
{
    ovf_flight *f = m->r->flight;
    const struct {
        ovf_str key;
        ovf_str *out;
    } fields[] = {
        {OVF_STR("TITLE"), &f->title},
        {OVF_STR("IFPLID"), &f->plan_id},
        {OVF_STR("ARCID"), &m->arcid},
        {OVF_STR("ADEP"), &m->adep},
        {OVF_STR("ADES"), &m->ades},
        {OVF_STR("ADARR"), &m->adarr},
        {OVF_STR("ARCTYP"), &m->type},
        {OVF_STR("WKTRC"), &m->wake},
        {OVF_STR("FLTRUL"), &m->rules},
        {OVF_STR("FLTTYP"), &m->use},
        {OVF_STR("EOBD"), &m->eobd},
        {OVF_STR("EOBT"), &m->eobt},
        {OVF_STR("NEWEOBD"), &m->eobd},
        {OVF_STR("NEWEOBT"), &m->eobt},
        {OVF_STR("ADD"), &m->add},
        {OVF_STR("ATD"), &m->atd},
        {OVF_STR("ADA"), &m->ada},
        {OVF_STR("ATA"), &m->ata},
        {OVF_STR("TTLEET"), &m->ttleet},
        {OVF_STR("RFL"), &m->rfl},
        {OVF_STR("SPEED"), &m->speed},
        {OVF_STR("ROUTE"), &m->route},
        {OVF_STR("FLTSTATE"), &m->flight_state},
        {OVF_STR("ALTRNT1"), &m->alternates[0]},
        {OVF_STR("ALTRNT2"), &m->alternates[1]},
    };
    for (size_t i = 0; i < OVF_COUNTOF(fields); i++) {
        if (ovf_str_eq(key, fields[i].key)) {
            *fields[i].out = value;
            return;
        }
    }
    take_indicator(m, key, value);
}

static bool is_compound(ovf_str key)
{
    static const char *const compounds[] = {"PT", "AD", "GEO", "REF", "RENAME", "VEC", "ORIGIN"};
    for (size_t i = 0; i < OVF_COUNTOF(compounds); i++)
        if (ovf_str_eq(key, ovf_str_of(compounds[i])))
            return true;
    return false;
}

/* Two turns: what GEO, REF and RENAME stand for is said behind the fields that use them. */
static void walk(adexp_message *m, bool is_second)
{
    ovf_str key = {0};
    ovf_str value = {0};
    m->depth = 0;
    m->list = m->compound = OVF_STR("");
    for (size_t at = 0; flight_adexp_next(m->r->scan, &at, &key, &value);) {
        if (ovf_str_eq(key, OVF_STR("BEGIN"))) {
            m->list = m->depth == 0 ? value : m->list;
            m->depth++;
            m->compound = OVF_STR("");
        } else if (ovf_str_eq(key, OVF_STR("END"))) {
            m->depth -= m->depth > 0;
            m->list = m->depth == 0 ? OVF_STR("") : m->list;
            m->compound = OVF_STR("");
        } else if (is_second) {
            if (m->depth == 0
                && (ovf_str_eq(key, OVF_STR("EETFIR")) || ovf_str_eq(key, OVF_STR("EETPT"))))
                take_eet(m, value);
        } else if (is_compound(key)) {
            start_compound(m, key, value);
        } else if (!take_part(m, key, value) && m->depth == 0) {
            m->compound = OVF_STR("");
            take_field(m, key, value);
        }
    }
}

/* ---- what follows from the fields ---- */

static void settle_aircraft(adexp_message *m)
{
    flight_reader *r = m->r;
    ovf_flight *f = r->flight;
    if (m->arcid.len > 0) {
        ovf_str registration = f->registration; // REG outranks the identification
        flight_field_7(r, m->arcid);
        f->registration = registration.len > 0 ? registration : f->registration;
    } else {
        ovf_findings_add(r->findings, OVF_ERROR, r->base, "ADEXP_ARCID", "expected -ARCID");
    }
    if (!ovf_str_eq(m->type, OVF_STR("ZZZZ")) || f->type.len == 0)
        f->type = m->type;
    f->wake = m->wake;
    f->rules = m->rules;
    f->use = m->use;
}

static void settle_places(adexp_message *m)
{
    flight_reader *r = m->r;
    ovf_flight *f = r->flight;
    if (m->adep.len > 0)
        flight_field_13(r, ovf_str_sub(m->adep, 0, 4));
    if (m->ades.len > 0)
        flight_field_16(r, ovf_str_sub(m->ades, 0, 4), false);
    f->landed_at = m->adarr;
    f->alternates = m->alternates[1].len == 0
                        ? m->alternates[0]
                        : ovf_arena_printf(r->arena, OVF_FMT " " OVF_FMT, OVF_ARG(m->alternates[0]),
                                           OVF_ARG(m->alternates[1]));
    f->eet_min = m->ttleet.len > 0 ? flight_read_hhmm(m->ttleet, 100) : -1;
    if (m->ttleet.len > 0 && f->eet_min < 0)
        ovf_findings_add(r->findings, OVF_ERROR, flight_pos(r, m->ttleet), "ADEXP_TTLEET",
                         "expected hours and minutes in four digits (-TTLEET)");
}

static void settle_times(adexp_message *m)
{
    flight_reader *r = m->r;
    if (m->eobd.len > 0) {
        r->filed_day = read_day(m->eobd);
        r->flight->day_assumed = false;
        if (r->filed_day == OVF_TIME_NONE)
            ovf_findings_add(r->findings, OVF_ERROR, flight_pos(r, m->eobd), "ADEXP_EOBD",
                             "expected year, month and day in six digits (-EOBD)");
    }
    ovf_str hour = m->eobt.len > 0 ? m->eobt : m->atd;
    r->eobt_min = flight_read_hhmm(ovf_str_sub(hour, 0, 4), 24);
    if (hour.len > 0 && r->eobt_min < 0)
        ovf_findings_add(r->findings, OVF_ERROR, flight_pos(r, hour), "ADEXP_EOBT",
                         "expected hour and minute in four digits (-EOBT)");
}

/* ATD and ATA with their days, and the state that a central unit gives the flight. */
static void settle_state(adexp_message *m)
{
    ovf_flight *f = m->r->flight;
    ovf_str state = m->flight_state;
    ovf_time day = m->add.len > 0 ? read_day(m->add) : OVF_TIME_NONE;
    if (m->atd.len > 0)
        f->departed = flight_adexp_time(m->atd, day != OVF_TIME_NONE ? day : f->off_block);
    day = m->ada.len > 0 ? read_day(m->ada) : OVF_TIME_NONE;
    if (m->ata.len > 0)
        f->arrived = flight_adexp_time(m->ata, day != OVF_TIME_NONE           ? day
                                               : f->departed != OVF_TIME_NONE ? f->departed
                                                                              : f->off_block);
    if (m->ata.len > 0 || ovf_str_eq(state, OVF_STR("TE")))
        f->state = OVF_FLIGHT_ARRIVED;
    else if (m->atd.len > 0 || ovf_str_eq(state, OVF_STR("AA")) || ovf_str_eq(state, OVF_STR("TA")))
        f->state = OVF_FLIGHT_DEPARTED;
    else if (ovf_str_eq(state, OVF_STR("CA")))
        f->state = OVF_FLIGHT_CANCELLED;
}

ovf_status flight_adexp_message(flight_reader *r, ovf_error *err)
{
    ovf_flight *f = r->flight;
    f->form = OVF_FLIGHT_ADEXP;
    adexp_message m = {.r = r};
    walk(&m, false);
    walk(&m, true);
    if (f->title.len == 0)
        ovf_findings_add(r->findings, OVF_ERROR, r->base, "ADEXP_TITLE", "expected -TITLE");
    if (m.is_full)
        ovf_findings_add(r->findings, OVF_ERROR, r->base, "ADEXP_POINTS",
                         "more than %d points; the rest is not read", OVF_FLIGHT_MAX_POINTS);
    settle_aircraft(&m);
    settle_places(&m);
    settle_times(&m);
    f->other = ovf_str_trim(ovf_arena_dup(r->arena, ovf_buf_str(&m.other)));
    ovf_buf_done(&m.other);
    ovf_str key = {0};
    ovf_str value = {0};
    for (size_t at = 0; ovf_flight_other_next(f->other, &at, &key, &value);) {
        if (ovf_str_eq(key, OVF_STR("EET")))
            flight_read_eets(r, value);
    }
    flight_settle_clock(r);
    ovf_status status = flight_adexp_route(&m, err);
    if (status != OVF_OK)
        return status;
    flight_settle_times(r);
    flight_settle(r);
    settle_state(&m);
    return OVF_OK;
}

/* ---- amended plans ---- */

static bool has_key(ovf_str s, ovf_str wanted)
{
    ovf_str key = {0};
    ovf_str value = {0};
    for (size_t at = 0; flight_adexp_next(s, &at, &key, &value);) {
        bool is_list = ovf_str_eq(key, OVF_STR("BEGIN")) && ovf_str_eq(value, wanted);
        if (is_list || ovf_str_eq(key, wanted))
            return true;
    }
    return false;
}

/* What a field of the plan gives way to. A new route takes all with it that was worked out of the
 * old one. */
static bool is_replaced(ovf_str change, ovf_str key, ovf_str value)
{
    static const char *const routed[] = {"RTEPTS", "GEO", "REF", "RENAME", "EETFIR", "EETPT"};
    ovf_str name = ovf_str_eq(key, OVF_STR("BEGIN")) ? value : key;
    if (ovf_str_eq(key, OVF_STR("TITLE")))
        return false;
    bool is_routed = false;
    for (size_t i = 0; i < OVF_COUNTOF(routed); i++)
        is_routed = is_routed || ovf_str_eq(name, ovf_str_of(routed[i]));
    return has_key(change, name) || (is_routed && has_key(change, OVF_STR("ROUTE")));
}

/* Keys that are parts of a compound and nothing by themselves. */
static bool is_part_key(ovf_str key)
{
    static const char *const parts[] = {
        "GEOID",  "REFID",   "RENID", "LATTD",  "LONGTD",      "PTID",   "ADID", "BRNG",
        "DISTNC", "FL",      "ETO",   "TO",     "CTO",         "STO",    "ATO",  "ISPASS",
        "FAC",    "PTSPEED", "PTRFL", "PTSTAY", "NETWORKTYPE", "RELDIST"};
    for (size_t i = 0; i < OVF_COUNTOF(parts); i++)
        if (ovf_str_eq(key, ovf_str_of(parts[i])))
            return true;
    return false;
}

/* Copies fields, lists and compounds whole; against: leaves those out that it replaces. */
static void copy_fields(ovf_buf *buf, ovf_str s, ovf_str against)
{
    ovf_str key = {0};
    ovf_str value = {0};
    bool is_left_out = false;
    int depth = 0;
    bool in_compound = false;
    for (size_t at = 0; flight_adexp_next(s, &at, &key, &value);) {
        bool is_end = ovf_str_eq(key, OVF_STR("END"));
        bool is_part = depth > 0 || (in_compound && !is_compound(key) && is_part_key(key));
        if (!is_part) {
            in_compound = is_compound(key);
            is_left_out = against.len > 0 ? is_replaced(against, key, value)
                                          : ovf_str_eq(key, OVF_STR("TITLE"));
        }
        depth += ovf_str_eq(key, OVF_STR("BEGIN")) ? 1 : is_end && depth > 0 ? -1 : 0;
        if (!is_left_out)
            ovf_buf_printf(buf, "-" OVF_FMT " " OVF_FMT "\n", OVF_ARG(key), OVF_ARG(value));
    }
}

ovf_str flight_adexp_amended(ovf_str plan, ovf_str change, ovf_arena *arena)
{
    ovf_buf buf = {0};
    copy_fields(&buf, plan, change);
    copy_fields(&buf, change, OVF_STR(""));
    ovf_str text = buf.failed ? (ovf_str){0} : ovf_arena_dup(arena, ovf_buf_str(&buf));
    ovf_buf_done(&buf);
    return text;
}
