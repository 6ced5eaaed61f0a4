/* SPDX-License-Identifier: Apache-2.0 */
/* A notice in two or three English sentences: who says, what, for whom, where, how high; when; why,
 * with what exceptions, and what could not be read. Only what was decoded, and words of the text. */
#include "expand.h"

#include <overfly/geo.h>

#include <math.h>

enum { TEXT_MAX_BYTES = 420, REASON_MAX_BYTES = 160, AREAS_TOLD = 3, NAMES_TOLD = 8 };

static void say(ovf_buf *b, const char *words)
{
    ovf_buf_add(b, ovf_str_of(words));
}

static bool is_letter_or_digit(char c)
{
    return ovf_is_letter(c) || ovf_is_digit(c);
}

static bool has_rule(const ovf_notice *n, const char *rule)
{
    for (size_t i = 0; i < n->finding_count; i++) {
        if (strcmp(n->findings[i].rule, rule) == 0)
            return true;
    }
    return false;
}

/* ---- who ---- */

static void say_state(ovf_buf *b, ovf_str iso3)
{
    static const char *const with_article[] = {"ARE", "GBR", "USA", "NLD", "PHL", "BHS", "MDV",
                                               "DOM", "CAF", "COD", "COG", "CYM", "TCA", "VGB",
                                               "GMB", "MHL", "SLB", "SYC", "COM"};
    for (size_t i = 0; i < OVF_COUNTOF(with_article); i++) {
        if (ovf_str_eq(iso3, ovf_str_of(with_article[i])))
            say(b, "the ");
    }
    ovf_buf_add(b, ovf_state_english(iso3));
}

static void say_issuer(ovf_buf *b, const ovf_notice *n)
{
    if (ovf_str_eq(n->issuer.kind, OVF_STR("easa")))
        say(b, "EASA");
    else if (ovf_str_eq(n->issuer.office, OVF_STR("KICZ")))
        say(b, "the FAA (United States)");
    else if (n->issuer.state.len > 0)
        say_state(b, n->issuer.state);
    else if (n->issuer.office.len > 0)
        ovf_buf_printf(b, "the office " OVF_FMT, OVF_ARG(n->issuer.office));
    else
        say(b, n->form == OVF_FORM_NAVWARN ? "a navigational warning" : "the notice");
    if (n->relayed.span.len == 0)
        return;
    say(b, ", repeating ");
    if (n->relayed.state.len > 0)
        say_state(b, n->relayed.state);
    else
        ovf_expand(b, n->relayed.office, 80);
    say(b, ",");
}

/* ---- whom ---- */

static void say_list(ovf_buf *b, const char *what, const ovf_str *states, size_t count,
                     size_t *said)
{
    for (size_t i = 0; i < count; i++) {
        say(b, i > 0 ? (i + 1 == count ? " and " : ", ") : *said > 0 ? "; " : "");
        if (i == 0)
            say(b, what);
        say_state(b, states[i]);
    }
    *said += count;
}

static void say_flights(ovf_buf *b, const ovf_addressed *a, size_t *said)
{
    for (size_t i = 0; i < a->flight_count; i++) {
        ovf_str words = a->flights[i];
        bool is_way =
            ovf_str_starts(words, OVF_STR("TO ")) || ovf_str_starts(words, OVF_STR("FROM "));
        say(b, *said > 0 ? ", " : "");
        if (is_way) {
            size_t blank = ovf_str_find(words, 0, OVF_STR(" "));
            say(b, blank == 2 ? "flights to " : "flights from ");
            say_state(b, ovf_str_tail(words, blank + 1));
        } else {
            ovf_expand(b, words, 60);
            say(b, " flights");
        }
        (*said)++;
    }
    for (size_t i = 0; i < a->aircraft_count; i++) {
        say(b, *said > 0 ? ", " : "");
        bool is_unmanned = ovf_str_eq(a->aircraft[i], OVF_STR("UAS"));
        if (!is_unmanned)
            say(b, "aircraft of the kind ");
        ovf_expand(b, a->aircraft[i], 60);
        (*said)++;
    }
}

/* false: nobody is singled out. */
static bool say_addressed(ovf_buf *b, const ovf_notice *n)
{
    const ovf_addressed *a = &n->addressed;
    size_t said = 0;
    if (a->us_persons) {
        say(b,
            "US air carriers and commercial operators, users of FAA airman certificates and "
            "operators of US-registered aircraft, but not those flying for a foreign air carrier");
        return true;
    }
    say_list(b, "operators of ", a->operator_states, a->operator_state_count, &said);
    say_list(b, "aircraft registered in ", a->registry_states, a->registry_state_count, &said);
    say_list(b, "aircraft owned, leased or controlled from ", a->owner_states, a->owner_state_count,
             &said);
    say_list(b, "airmen licensed by ", a->airman_states, a->airman_state_count, &said);
    say_flights(b, a, &said);
    return said > 0;
}

/* ---- where ---- */

static void say_position(ovf_buf *b, ovf_point p)
{
    double lat = fabs(p.lat_deg);
    double lon = fabs(p.lon_deg);
    int lat_min = (int)lround(lat * 60);
    int lon_min = (int)lround(lon * 60);
    ovf_buf_printf(b, "%02d\xC2\xB0%02d'%c %03d\xC2\xB0%02d'%c", lat_min / 60, lat_min % 60,
                   p.lat_deg < 0 ? 'S' : 'N', lon_min / 60, lon_min % 60,
                   p.lon_deg < 0 ? 'W' : 'E');
}

/* Middle and size of what the points of an area span; the longitudes from the first one on, so that
 * an area over 180 degrees has its middle there. */
static void say_extent(ovf_buf *b, const ovf_notice_area *area)
{
    double south = 90;
    double north = -90;
    double west = 360;
    double east = -360;
    double base = area->points[0].lon_deg;
    for (size_t i = 0; i < area->point_count; i++) {
        double off = remainder(area->points[i].lon_deg - base, 360);
        south = fmin(south, area->points[i].lat_deg);
        north = fmax(north, area->points[i].lat_deg);
        west = fmin(west, off);
        east = fmax(east, off);
    }
    ovf_point middle = {.lat_deg = (south + north) / 2,
                        .lon_deg = remainder(base + (west + east) / 2, 360)};
    double high_nm = (north - south) * 60;
    double wide_nm = (east - west) * 60 * cos(middle.lat_deg * 3.14159265358979 / 180);
    const char *form = high_nm < 9.5 && wide_nm < 9.5 ? "%.1f by %.1f" : "%.0f by %.0f";
    say(b, "about ");
    ovf_buf_printf(b, form, wide_nm, high_nm);
    say(b, " nautical miles round ");
    say_position(b, middle);
}

static void say_name(ovf_buf *b, const ovf_notice_area *area)
{
    if (area->name.len == 0)
        return;
    say(b, " \"");
    ovf_buf_add(b, area->name);
    say(b, "\"");
}

static void say_area(ovf_buf *b, const ovf_notice_area *area)
{
    switch (area->shape) {
    case OVF_SHAPE_STATE:
        say(b, "in the airspace of ");
        say_state(b, area->name);
        break;
    case OVF_SHAPE_CIRCLE:
        if (area->certainty == OVF_CERTAINTY_Q_CIRCLE)
            say(b, "somewhere ");
        ovf_buf_printf(b, "within %.4g nautical mile%s of ", ovf_m_to_nm(area->radius_m),
                       fabs(ovf_m_to_nm(area->radius_m) - 1) < 0.0005 ? "" : "s");
        if (area->point_count > 0)
            say_position(b, area->points[0]);
        else
            say(b, "a point");
        say_name(b, area);
        break;
    case OVF_SHAPE_POINT:
        say(b, "at ");
        if (area->point_count > 0)
            say_position(b, area->points[0]);
        else
            say(b, "a point");
        say_name(b, area);
        break;
    case OVF_SHAPE_LINE:
    case OVF_SHAPE_CORRIDOR:
        say(b, area->shape == OVF_SHAPE_LINE ? "along a line" : "in a corridor");
        if (area->radius_m > 0)
            ovf_buf_printf(b, " %.3g nautical miles to either side", ovf_m_to_nm(area->radius_m));
        if (area->point_count > 1) {
            say(b, " from ");
            say_position(b, area->points[0]);
            say(b, " to ");
            say_position(b, area->points[area->point_count - 1]);
        }
        say_name(b, area);
        break;
    case OVF_SHAPE_NONE:
    case OVF_SHAPE_FIR:
    case OVF_SHAPE_AIRPORT:
    case OVF_SHAPE_ROUTE:
    case OVF_SHAPE_NAMED:
    case OVF_SHAPE_POLYGON:
    case OVF_SHAPE_SECTOR:
    case OVF_SHAPE_BUFFER:
        say(b, "in an area");
        say_name(b, area);
        if (area->point_count > 0) {
            say(b, " ");
            say_extent(b, area);
        }
        break;
    }
}

/* Areas of one kind that are only named are told together: "the flight information regions A, B". */
static bool is_listed(const ovf_notice_area *area)
{
    return area->name.len > 0
           && (area->shape == OVF_SHAPE_FIR || area->shape == OVF_SHAPE_AIRPORT
               || area->shape == OVF_SHAPE_NAMED || area->shape == OVF_SHAPE_ROUTE);
}

static bool is_first(const ovf_notice *n, ovf_shape shape)
{
    return n->area_count > 0 && n->areas[0].shape == shape;
}

static void say_kind(ovf_buf *b, ovf_shape shape, bool is_one, bool is_object)
{
    if (is_object && shape == OVF_SHAPE_ROUTE) {
        say(b, is_one ? "the route " : "the routes ");
        return;
    }
    switch (shape) {
    case OVF_SHAPE_FIR: say(b, "in the flight information region"); break;
    case OVF_SHAPE_AIRPORT: say(b, "at the aerodrome"); break;
    case OVF_SHAPE_ROUTE: say(b, "on the route"); break;
    default: say(b, "in the area"); break;
    }
    say(b, is_one ? " " : "s ");
}

static bool is_told(const ovf_notice *n, size_t first, size_t i)
{
    for (size_t k = first; k < i; k++) {
        if (ovf_str_eq(n->areas[k].name, n->areas[i].name))
            return true;
    }
    return false;
}

/* Names from area i on that are of its kind; returns the area behind them. */
static size_t say_names(ovf_buf *b, const ovf_notice *n, size_t first, bool with_kind)
{
    ovf_shape shape = n->areas[first].shape;
    size_t end = first;
    size_t names = 0;
    for (; end < n->area_count && n->areas[end].shape == shape && is_listed(&n->areas[end]); end++)
        names += !is_told(n, first, end);
    if (with_kind)
        say_kind(b, shape, names == 1, first == 0 && n->effect == OVF_EFFECT_CLOSED);
    size_t said = 0;
    for (size_t i = first; i < end && said < NAMES_TOLD; i++) {
        if (is_told(n, first, i))
            continue;
        said++;
        say(b, said == 1 ? "" : said == names ? " and " : ", ");
        if (shape == OVF_SHAPE_ROUTE)
            ovf_expand_route(b, n->areas[i].name, 120);
        else
            ovf_buf_add(b, n->areas[i].name);
    }
    if (names > said)
        ovf_buf_printf(b, " and %zu more", names - said);
    return end;
}

static bool say_where(ovf_buf *b, const ovf_notice *n, bool is_aerodrome_said)
{
    size_t said = 0;
    size_t i = 0;
    bool is_aerodrome = n->area_count > 0 && n->areas[0].shape == OVF_SHAPE_AIRPORT;
    while (i < n->area_count && said < AREAS_TOLD) {
        bool with_kind = !(i == 0 && is_aerodrome && is_aerodrome_said);
        say(b, said == 0 ? " " : i + 1 == n->area_count ? " and " : ", ");
        if (is_listed(&n->areas[i]))
            i = say_names(b, n, i, with_kind);
        else
            say_area(b, &n->areas[i++]);
        said++;
    }
    if (i < n->area_count)
        ovf_buf_printf(b, " and in %zu more", n->area_count - i);
    bool is_placed = is_aerodrome || (n->area_count > 0 && n->areas[0].shape == OVF_SHAPE_FIR);
    if (n->area_count > 0 && !is_placed && n->fir_count > 0) {
        say(b, ", flight information region");
        for (size_t k = 0; k < n->fir_count && k < 4; k++)
            ovf_buf_printf(b, "%s " OVF_FMT, k == 0 ? "" : ",", OVF_ARG(n->firs[k]));
    }
    if (n->area_count == 0 && n->locations.len > 0)
        ovf_buf_printf(b, " at " OVF_FMT, OVF_ARG(ovf_str_sub(n->locations, 0, 60)));
    return n->area_count > 0;
}

static void say_level(ovf_buf *b, ovf_level level)
{
    switch (level.ref) {
    case OVF_LEVEL_SFC: say(b, "the surface"); return;
    case OVF_LEVEL_AGL: ovf_buf_printf(b, "%d feet above the ground", (int)level.value_ft); return;
    case OVF_LEVEL_AMSL: ovf_buf_printf(b, "%d feet above sea level", (int)level.value_ft); return;
    case OVF_LEVEL_FL: ovf_buf_printf(b, "flight level %d", (int)(level.value_ft / 100)); return;
    case OVF_LEVEL_UNL: say(b, "any height"); return;
    case OVF_LEVEL_UNKNOWN: break;
    }
    say(b, "a level not known");
}

static bool same_levels(const ovf_notice *n)
{
    const ovf_notice_area *first = &n->areas[0];
    for (size_t i = 1; i < n->area_count; i++) {
        const ovf_notice_area *area = &n->areas[i];
        if (area->lower.ref != first->lower.ref || area->lower.value_ft != first->lower.value_ft
            || area->upper.ref != first->upper.ref || area->upper.value_ft != first->upper.value_ft)
            return false;
    }
    return true;
}

static void say_height(ovf_buf *b, const ovf_notice *n)
{
    if (n->area_count == 0)
        return;
    const ovf_notice_area *area = &n->areas[0];
    bool is_plain = area->shape == OVF_SHAPE_AIRPORT || area->shape == OVF_SHAPE_POINT;
    bool is_all = area->lower.ref == OVF_LEVEL_SFC && area->upper.ref == OVF_LEVEL_UNL;
    if (is_plain || area->lower.ref == OVF_LEVEL_UNKNOWN)
        return;
    if (!same_levels(n)) {
        say(b, ", each at its own levels");
        return;
    }
    if (is_all) {
        say(b, ", at all levels");
        return;
    }
    say(b, ", from ");
    say_level(b, area->lower);
    say(b, " up to ");
    say_level(b, area->upper);
}

/* ---- what ---- */

static void say_advice(ovf_buf *b, const ovf_notice *n)
{
    bool is_bar = n->advice == OVF_ADVICE_DO_NOT_FLY;
    say(b, " advises ");
    if (!say_addressed(b, n))
        say(b, "everyone");
    say(b, is_bar                                    ? " to keep out"
           : n->advice == OVF_ADVICE_EXTREME_CAUTION ? " to exercise extreme caution"
                                                     : " to exercise caution");
}

static void say_text(ovf_buf *b, const ovf_notice *n)
{
    say(b, ": \"");
    ovf_str text = ovf_str_trim(n->text);
    while (text.len > 0 && text.ptr[text.len - 1] == '.')
        text = ovf_str_sub(text, 0, text.len - 1);
    ovf_expand(b, text, TEXT_MAX_BYTES);
    say(b, "\"");
}

static void say_closing(ovf_buf *b, const ovf_notice *n, ovf_matter matter)
{
    if (n->effect == OVF_EFFECT_CLOSED)
        say(b, is_first(n, OVF_SHAPE_ROUTE)     ? " closes"
               : matter == OVF_MATTER_ROUTE     ? " closes routes"
               : matter == OVF_MATTER_AERODROME ? " closes the aerodrome"
                                                : " closes the airspace");
    else if (n->effect == OVF_EFFECT_PROHIBITED)
        say(b, " prohibits flight");
    else if (matter == OVF_MATTER_AERODROME)
        say(b, " restricts the use of the aerodrome");
    else
        say(b, " allows flight on conditions only");
    ovf_buf whom = {.limit = 2000};
    if (say_addressed(&whom, n)) {
        say(b, n->effect == OVF_EFFECT_PROHIBITED ? " by " : " for ");
        ovf_buf_add(b, ovf_buf_str(&whom));
    }
    ovf_buf_done(&whom);
}

static void say_lifted(ovf_buf *b, const ovf_notice *n)
{
    if (n->kind == OVF_NOTICE_CANCEL) {
        ovf_buf_printf(b, " cancels " OVF_FMT,
                       OVF_ARG(n->refers_to.len > 0 ? n->refers_to : OVF_STR("an earlier notice")));
        return;
    }
    say(b, " lifts what was in force");
    if (n->subject.len > 0 && n->condition.len > 0)
        ovf_buf_printf(b, " (" OVF_FMT ": " OVF_FMT ")", OVF_ARG(n->subject),
                       OVF_ARG(n->condition));
}

/* The sentence's verb and object; true: where and how high go with it. */
static bool say_what(ovf_buf *b, const ovf_notice *n)
{
    ovf_matter matter = ovf_qcode_matter(n->qcode);
    if (n->strength == OVF_STRENGTH_SERVICE) {
        say(b, " gives notice that air traffic services are not provided");
        return true;
    }
    switch (n->effect) {
    case OVF_EFFECT_CLOSED:
    case OVF_EFFECT_PROHIBITED:
    case OVF_EFFECT_RESTRICTED: say_closing(b, n, matter); return true;
    case OVF_EFFECT_DANGER: say(b, " warns of a danger area"); return true;
    case OVF_EFFECT_WARNING:
        say(b, " warns of ");
        if (matter == OVF_MATTER_HAZARD || matter == OVF_MATTER_GNSS)
            ovf_buf_printf(
                b, "%s" OVF_FMT, matter == OVF_MATTER_GNSS ? "trouble with " : "",
                OVF_ARG(matter == OVF_MATTER_GNSS ? OVF_STR("satellite navigation") : n->subject));
        else
            say(b, "a hazard");
        return true;
    case OVF_EFFECT_ADVISORY: say_advice(b, n); return true;
    case OVF_EFFECT_FLOW: say(b, " regulates the flow of traffic"); return true;
    case OVF_EFFECT_LIFTED: say_lifted(b, n); return n->kind != OVF_NOTICE_CANCEL;
    case OVF_EFFECT_INFORMATION:
    case OVF_EFFECT_UNKNOWN: break;
    }
    bool is_nobody = n->issuer.state.len + n->issuer.office.len == 0;
    say(b, n->effect != OVF_EFFECT_INFORMATION ? " says, not understood further"
           : is_nobody                         ? " says"
                                               : " gives notice");
    return true;
}

/* ---- when ---- */

static void say_time(ovf_buf *b, ovf_time t)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    ovf_civil c = ovf_time_civil(t);
    ovf_buf_printf(b, "%d %s %d %02d:%02d", (int)c.day, months[(c.month + 11) % 12], (int)c.year,
                   (int)c.hour, (int)c.minute);
}

/* "0800-1600" as "08:00 to 16:00", the rest written out. */
static void say_schedule(ovf_buf *b, ovf_str schedule)
{
    ovf_buf plain = {.limit = 1000};
    for (size_t i = 0; i < schedule.len && plain.len < 300; i++) {
        const char *p = schedule.ptr + i;
        bool is_span = i + 9 <= schedule.len && p[4] == '-'
                       && (i == 0 || !is_letter_or_digit(p[-1]))
                       && (i + 9 == schedule.len || !ovf_is_digit(p[9]));
        for (size_t k = 0; is_span && k < 9; k++)
            is_span = k == 4 || ovf_is_digit(p[k]);
        if (is_span) {
            ovf_buf_printf(&plain, "%.2s:%.2s to %.2s:%.2s", p, p + 2, p + 5, p + 7);
            i += 8;
        } else {
            ovf_buf_addc(&plain, *p);
        }
    }
    ovf_expand(b, ovf_buf_str(&plain), 260);
    ovf_buf_done(&plain);
}

static void say_when(ovf_buf *b, const ovf_notice *n)
{
    if (n->valid_from == OVF_TIME_NONE) {
        say(b, " It does not say when, as far as could be read.");
        return;
    }
    say(b, " It runs from ");
    say_time(b, n->valid_from);
    if (n->until_permanent)
        say(b, " UTC, with no end set");
    else if (n->valid_until == OVF_TIME_OPEN)
        say(b, " UTC; its end could not be read");
    else {
        say(b, " to ");
        say_time(b, n->valid_until);
        say(b, " UTC");
    }
    if (n->until_estimated)
        say(b, " (the end is an estimate)");
    if (n->schedule.len > 0) {
        say(b, ", active ");
        say_schedule(b, n->schedule);
    }
    say(b, ".");
}

/* ---- why, and what is not certain ---- */

/* Does the reason end at this byte, or with the word before it? */
static bool is_end_of_reason(ovf_str s, size_t from, size_t i)
{
    static const char *const stops[] = {
        "WI",   "WITHIN",   "BOUNDED", "RMK", "RMKS",    "CTC",       "PSN",     "LATERAL",
        "AREA", "COORD",    "REF",     "TEL", "FROM",    "BTN",       "BETWEEN", "ALTN",
        "NO",   "AIRSPACE", "AS",      "SEE", "CONTACT", "OPERATORS", "ALL",     "BY"};
    char c = s.ptr[i];
    if (c == '.' || c == ';' || c == ':' || c == '(')
        return true;
    if (!ovf_is_blank(c))
        return false;
    ovf_str before = ovf_str_sub(s, from, i);
    bool is_whole =
        (before.len >= 6
         && ovf_str_eq_nocase(ovf_str_tail(before, before.len - 6), OVF_STR("REASON")))
        || (before.len >= 7
            && ovf_str_eq_nocase(ovf_str_tail(before, before.len - 7), OVF_STR("REASONS")));
    size_t end = i + 1;
    while (end < s.len && is_letter_or_digit(s.ptr[end]))
        end++;
    ovf_str next = ovf_str_sub(s, i + 1, end);
    if (is_whole || (next.len > 0 && ovf_is_digit(next.ptr[0])))
        return true;
    for (size_t k = 0; k < OVF_COUNTOF(stops); k++) {
        if (ovf_str_eq_nocase(next, ovf_str_of(stops[k])))
            return i > from + 2;
    }
    return false;
}

/* The words behind "DUE": the reason that the text states. */
static void say_reason(ovf_buf *b, const ovf_notice *n)
{
    static const char *const starts[] = {
        "DUE TO ",         "DUE ",      "BECAUSE OF ",    "OWING TO ",    "IN CONNECTION WITH ",
        "FOR REASONS OF ", "DEBIDO A ", "POR MOTIVO DE ", "EN RAISON DE "};
    ovf_str s = n->text;
    for (size_t i = 0; i < s.len; i++) {
        if (i > 0 && is_letter_or_digit(s.ptr[i - 1]))
            continue;
        for (size_t k = 0; k < OVF_COUNTOF(starts); k++) {
            size_t len = strlen(starts[k]);
            if (!ovf_str_eq_nocase(ovf_str_sub(s, i, i + len), (ovf_str){starts[k], len}))
                continue;
            size_t end = i + len;
            while (end < s.len && end < i + 240 && !is_end_of_reason(s, i + len, end))
                end++;
            if (end < i + len + 3)
                return;
            ovf_str reason = ovf_str_trim(ovf_str_sub(s, i + len, end));
            // At the end of a reason ACT is the noun.
            bool is_activity =
                reason.len > 4
                && ovf_str_eq_nocase(ovf_str_tail(reason, reason.len - 4), OVF_STR(" ACT"));
            say(b, " The reason given is ");
            ovf_expand(b, is_activity ? ovf_str_sub(reason, 0, reason.len - 4) : reason,
                       REASON_MAX_BYTES);
            say(b, is_activity ? " activity" : "");
            say(b, ".");
            return;
        }
    }
}

static void say_exceptions(ovf_buf *b, const ovf_notice *n)
{
    if (n->addressed.except_count == 0 || n->effect == OVF_EFFECT_INFORMATION)
        return;
    // "EXCEPT FOR X" after "Exceptions:" says it twice.
    static const char *const heads[] = {"EXCEPT FOR ", "EXCEPT ",    "EXC FOR ",
                                        "EXC ",        "EXCEPTING ", "EXCLUDING "};
    ovf_str words = n->addressed.except[0];
    for (size_t i = 0; i < OVF_COUNTOF(heads); i++) {
        size_t len = strlen(heads[i]);
        if (ovf_str_eq_nocase(ovf_str_sub(words, 0, len), (ovf_str){heads[i], len})) {
            words = ovf_str_tail(words, len);
            break;
        }
    }
    say(b, " Exceptions: ");
    ovf_expand(b, ovf_str_trim(words), 220);
    if (n->addressed.except_count > 1)
        ovf_buf_printf(b, "; and %zu more", n->addressed.except_count - 1);
    say(b, b->ptr[b->len - 1] == '.' ? "" : ".");
}

static void say_doubts(ovf_buf *b, const ovf_notice *n)
{
    size_t unresolved = 0;
    size_t hints = 0;
    for (size_t i = 0; i < n->area_count; i++) {
        unresolved += n->areas[i].certainty == OVF_CERTAINTY_UNRESOLVED;
        hints += n->areas[i].certainty == OVF_CERTAINTY_Q_CIRCLE;
    }
    if (unresolved > 0)
        ovf_buf_printf(b, " The place of %s could not be resolved.",
                       unresolved == n->area_count ? (unresolved == 1 ? "the area" : "the areas")
                                                   : "some areas");
    else if (hints > 0)
        say(b, " The text names no place: the circle of item Q is only a hint.");
    if (n->schedule.len > 0 && !n->active_complete && has_rule(n, "D_UNPARSED"))
        say(b, " The schedule could not be read whole.");
    if (n->status == OVF_READ_PARTIAL && n->part_of > 1 && !n->parts_complete)
        say(b, " Other parts of it are missing.");
}

/* The areas that have this effect, as a notice of their own to be told. */
static ovf_notice only_with(const ovf_notice *n, ovf_effect effect, ovf_notice_area *areas)
{
    ovf_notice part = *n;
    part.effect = effect;
    part.areas = areas;
    part.area_count = 0;
    for (size_t i = 0; i < n->area_count; i++) {
        ovf_effect own = n->areas[i].effect == OVF_EFFECT_UNKNOWN ? n->effect : n->areas[i].effect;
        if (own == effect)
            areas[part.area_count++] = n->areas[i];
    }
    return part;
}

/* What the notice does elsewhere: "It advises caution in the flight information region X." */
static void say_others(ovf_buf *b, const ovf_notice *n, ovf_notice_area *areas)
{
    static const struct {
        ovf_effect effect;
        const char *words;
    } kinds[] = {
        {OVF_EFFECT_CLOSED, " It closes the airspace"},
        {OVF_EFFECT_PROHIBITED, " It prohibits flight"},
        {OVF_EFFECT_RESTRICTED, " It allows flight on conditions only"},
        {OVF_EFFECT_DANGER, " It warns of a danger area"},
        {OVF_EFFECT_WARNING, " It warns of a hazard"},
        {OVF_EFFECT_ADVISORY, " It only gives advice"},
        {OVF_EFFECT_LIFTED, " It lifts what was in force"},
    };
    for (size_t k = 0; k < OVF_COUNTOF(kinds); k++) {
        ovf_notice part = only_with(n, kinds[k].effect, areas);
        if (kinds[k].effect == n->effect || part.area_count == 0)
            continue;
        say(b, kinds[k].words);
        part.fir_count = 0;
        if (say_where(b, &part, false))
            say_height(b, &part);
        say(b, ".");
    }
}

ovf_status ovf_notice_plain(const ovf_notice *notice, ovf_arena *arena, ovf_str *out)
{
    ovf_buf b = {.limit = 8192};
    ovf_notice_area *areas = ovf_arena_array(arena, ovf_notice_area, notice->area_count + 1);
    if (areas == NULL)
        return OVF_E_NOMEM;
    ovf_notice main = only_with(notice, notice->effect, areas);
    const ovf_notice *n = main.area_count > 0 ? &main : notice;
    if (n->id.len > 0)
        ovf_buf_printf(&b, OVF_FMT ": ", OVF_ARG(n->id));
    size_t who = b.len;
    say_issuer(&b, n);
    if (b.len > who && b.ptr != NULL)
        b.ptr[who] = ovf_upper(b.ptr[who]);
    bool with_place = say_what(&b, n);
    bool is_quoted = n->effect == OVF_EFFECT_INFORMATION || n->effect == OVF_EFFECT_UNKNOWN
                     || n->effect == OVF_EFFECT_FLOW;
    bool is_aerodrome_said =
        ovf_qcode_matter(n->qcode) == OVF_MATTER_AERODROME
        && (n->effect == OVF_EFFECT_CLOSED || n->effect == OVF_EFFECT_RESTRICTED);
    if (with_place && say_where(&b, n, is_aerodrome_said) && !is_quoted)
        say_height(&b, n);
    bool is_hazard = n->effect == OVF_EFFECT_WARNING || n->effect == OVF_EFFECT_DANGER;
    if (is_hazard && n->advice != OVF_ADVICE_NONE) {
        say(&b, ", and");
        say_advice(&b, n);
    }
    if (is_quoted && n->text.len > 0)
        say_text(&b, n);
    say(&b, ".");
    if (n != notice)
        say_others(&b, notice, areas);
    n = notice;
    if (n->kind == OVF_NOTICE_REPLACE && n->refers_to.len > 0)
        ovf_buf_printf(&b, " It replaces " OVF_FMT ".", OVF_ARG(n->refers_to));
    say_when(&b, n);
    if (!is_quoted) {
        say_reason(&b, n);
        say_exceptions(&b, n);
    }
    say_doubts(&b, n);
    *out = ovf_arena_dup(arena, ovf_buf_str(&b));
    ovf_buf_done(&b);
    return out->ptr == NULL ? OVF_E_NOMEM : OVF_OK;
}
