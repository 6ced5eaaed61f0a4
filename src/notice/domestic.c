/* SPDX-License-Identifier: Apache-2.0 */
/* FAA domestic notices (FAA Order JO 7930.2): "!accountability number location keyword text
 * start-end". The end may carry EST or be PERM; FDC numbers are the last digit of the year and a
 * serial, the others month and serial. */
#include "forms.h"

static const struct {
    const char *word;
    const char *subject;
} keywords[] = {
    {"RWY", "runway"},
    {"TWY", "taxiway"},
    {"APRON", "apron"},
    {"RAMP", "apron"},
    {"AD", "aerodrome"},
    {"OBST", "obstacle"},
    {"NAV", "navigation aid"},
    {"COM", "communications"},
    {"SVC", "services"},
    {"AIRSPACE", "airspace"},
    {"ROUTE", "route"},
    {"CHART", "chart"},
    {"DATA", "data"},
    {"DVA", "diverse vector area"},
    {"IAP", "instrument approach procedure"},
    {"ODP", "obstacle departure procedure"},
    {"SID", "standard instrument departure"},
    {"STAR", "standard terminal arrival"},
    {"VFP", "charted visual flight procedure"},
    {"SPECIAL", "special procedure"},
    {"SECURITY", "security"},
};

static size_t word_end(ovf_str s, size_t i)
{
    while (i < s.len && !ovf_is_blank(s.ptr[i]) && s.ptr[i] != '.')
        i++;
    return i;
}

/* "..." and blanks part State, keyword and place: "TX..AIRSPACE BROWNSVILLE, TX..TEMPORARY". */
static size_t skip_dots(ovf_str s, size_t i)
{
    while (i < s.len && (ovf_is_blank(s.ptr[i]) || s.ptr[i] == '.'))
        i++;
    return i;
}

static void read_place_and_keyword(ovf_draft *d, size_t from)
{
    ovf_notice *n = d->notice;
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->all.until);
    size_t at = ovf_text_blanks(s, from);
    if (at < s.len && s.ptr[at] == '(') { // "(KDZZ A0123/26)": its number as an ICAO notice
        const char *close = memchr(s.ptr + at, ')', s.len - at);
        at = close == NULL ? at : ovf_text_blanks(s, (size_t)(close - s.ptr) + 1);
    }
    size_t end = word_end(s, at);
    bool is_place = end - at >= 2 && end - at <= 5;
    for (size_t k = 0; k < OVF_COUNTOF(keywords); k++)
        is_place &= !ovf_str_eq_nocase(ovf_str_sub(s, at, end), ovf_str_of(keywords[k].word));
    if (is_place) {
        n->locations = ovf_show(d, at, end);
        n->span_a = ovf_raw_span(d, at, end);
        at = skip_dots(s, end);
    }
    for (int word = 0; word < 4 && n->subject.len == 0; word++) {
        end = word_end(s, at);
        for (size_t k = 0; k < OVF_COUNTOF(keywords); k++) {
            if (ovf_str_eq_nocase(ovf_str_sub(s, at, end), ovf_str_of(keywords[k].word)))
                n->subject = ovf_str_of(keywords[k].subject);
        }
        at = skip_dots(s, end);
    }
}

static ovf_time stamp(ovf_str s, size_t i)
{
    ovf_time t = OVF_TIME_NONE;
    return ovf_text_digits(s, i) == 10
                   && ovf_time_parse_notam(ovf_str_sub(s, i, i + 10), &t, NULL) == OVF_OK
               ? t
               : OVF_TIME_NONE;
}

/* "1904170731-1905081400EST", "2601010000-PERM", "WIE-2601312359": the last such pair. */
static bool read_stamps(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->trailer);
    for (size_t i = s.len; i-- > d->all.from + 3;) {
        if (s.ptr[i] != '-' || i < 3)
            continue;
        size_t start = i >= 10 ? i - 10 : 0;
        ovf_time from = i >= 10 && (start == 0 || !ovf_is_digit(s.ptr[start - 1])) ? stamp(s, start)
                                                                                   : OVF_TIME_NONE;
        bool is_now = ovf_text_at(s, i - 3, "WIE") || ovf_text_at(s, i - 3, "WEF");
        if (is_now)
            start = i - 3;
        if (from == OVF_TIME_NONE && !is_now)
            continue;
        size_t at = i + 1;
        ovf_time until = stamp(s, at);
        bool is_perm = ovf_text_at(s, at, "PERM");
        bool is_open = ovf_text_at(s, at, "UFN");
        if (until == OVF_TIME_NONE && !is_perm && !is_open)
            continue;
        size_t end = at + (until != OVF_TIME_NONE ? 10 : ovf_text_letters(s, at));
        n->valid_from = is_now ? n->created : from;
        n->valid_until = until == OVF_TIME_NONE ? OVF_TIME_OPEN : until;
        n->until_permanent = is_perm;
        size_t est = ovf_text_blanks(s, end);
        n->until_estimated = is_open || ovf_text_at(s, est, "EST");
        n->span_b = ovf_raw_span(d, start, i);
        n->span_c = ovf_raw_span(d, at, n->until_estimated && !is_open ? est + 3 : end);
        return true;
    }
    return false;
}

/* "FDC 4/1234", "NOTAM 5/0001", "11/045" behind at: as the number of another notice. */
static bool read_reference(ovf_draft *d, size_t at)
{
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->trailer);
    ovf_notice *n = d->notice;
    for (size_t i = at; i < s.len && i < at + 40 && s.ptr[i] != '.'; i++) {
        if (!ovf_is_digit(s.ptr[i]) || ovf_is_digit(s.ptr[i - 1]))
            continue;
        size_t k = ovf_text_digits(s, i);
        size_t m = i + k < s.len && s.ptr[i + k] == '/' ? ovf_text_digits(s, i + k + 1) : 0;
        if (k > 2 || m < 3 || m > 4)
            return false;
        size_t from = i >= 4 && ovf_text_at(s, i - 4, "FDC ") ? i - 4 : i;
        n->refers_to = ovf_show(d, from, i + k + 1 + m);
        return true;
    }
    return false;
}

static void read_kind(ovf_draft *d)
{
    static const struct {
        const char *words;
        ovf_notice_kind kind;
    } forms[] = {
        {"THIS NOTAM REPLACES", OVF_NOTICE_REPLACE}, {"REPLACES NOTAM", OVF_NOTICE_REPLACE},
        {"REPLACES FDC", OVF_NOTICE_REPLACE},        {"REPLACED NOTAM", OVF_NOTICE_REPLACE},
        {"SUPERSEDES", OVF_NOTICE_REPLACE},          {"THIS NOTAM CANCELS", OVF_NOTICE_CANCEL},
        {"CANCEL NOTAM", OVF_NOTICE_CANCEL},         {"CANCEL FDC", OVF_NOTICE_CANCEL},
    };
    ovf_notice *n = d->notice;
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->trailer);
    n->kind = OVF_NOTICE_NEW;
    for (size_t k = 0; k < OVF_COUNTOF(forms); k++) {
        size_t hit = ovf_text_find(s, d->ident.until, s.len, forms[k].words);
        if (hit != OVF_NOPOS && read_reference(d, hit + strlen(forms[k].words) - 3)) {
            n->kind = forms[k].kind;
            return;
        }
    }
    // "!JFK 11/262 JFK CANCELED" and "... CANCELLED BY FDC 5/1235": this number is out of force.
    ovf_range text = ovf_text_trim(s, (ovf_range){d->ident.until, d->trailer});
    size_t hit = ovf_text_find(s, text.from, text.until, "CANCEL");
    bool is_near = hit != OVF_NOPOS && hit < text.from + 12;
    bool is_last = hit != OVF_NOPOS && text.until - hit <= 10;
    if (is_near || is_last || ovf_text_has(s, text, "CANCELED BY")
        || ovf_text_has(s, text, "CANCELLED BY")) {
        n->kind = OVF_NOTICE_CANCEL;
        n->refers_to = n->id;
    }
}

void ovf_read_domestic(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->all.until);
    n->form = OVF_FORM_FAA_DOMESTIC;
    if (n->id.len == 0) {
        size_t start = ovf_text_blanks(s, d->all.from);
        start += start < s.len && s.ptr[start] == '!';
        size_t letters = start + ovf_text_letters(s, start);
        size_t end = ovf_text_blanks(s, letters);
        while (end < s.len && (ovf_is_digit(s.ptr[end]) || s.ptr[end] == '/'))
            end++;
        bool has_number = letters > start && end > letters && !ovf_is_blank(s.ptr[end - 1]);
        d->ident = (ovf_range){(uint32_t)start, (uint32_t)(has_number ? end : start)};
        n->id = ovf_text_squeeze(d, d->ident);
        n->span_id = ovf_raw_span(d, d->ident.from, d->ident.until);
    }
    n->issuer = (ovf_issuer){.office = OVF_STR("FAA"),
                             .state = OVF_STR("USA"),
                             .kind = OVF_STR("state"),
                             .span = n->span_id};
    ovf_find_part(d, (ovf_range){d->ident.until, d->trailer}, &n->part, &n->part_of);
    read_place_and_keyword(d, d->ident.until);
    read_kind(d);
    ovf_take_text(d, (ovf_range){d->ident.until, d->trailer});
    if (read_stamps(d) || n->kind == OVF_NOTICE_CANCEL)
        return;
    ovf_read_prose_validity(d);
}

/* ---- what it would be as an ICAO notice ---- */

/* "R2508", "P-40", "W157A": the first letter of a special use airspace with a number behind, 0 if none. */
static char special_use(ovf_str s, ovf_range range)
{
    for (size_t i = range.from; i + 2 < range.until; i++) {
        bool is_first = i == range.from || ovf_is_blank(s.ptr[i - 1]) || s.ptr[i - 1] == ',';
        if (!is_first || strchr("RPW", s.ptr[i]) == NULL)
            continue;
        size_t at = i + 1 + (s.ptr[i + 1] == '-');
        size_t digits = ovf_text_digits(s, at);
        if (digits >= 2 && digits <= 4) // "W5" is a route
            return s.ptr[i];
    }
    return '\0';
}

/* The keyword and the first words are what a Q-code says (FAA Order JO 7930.2, appendix of Q-codes). */
ovf_str ovf_domestic_code(const ovf_draft *d)
{
    static const struct {
        const char *words;
        const char *code;
    } forms[] = {
        {"AIRSPACE RESERVATION", "QRALW"},
        {"ALT RESERVATION", "QRALW"},
        {"ALTITUDE RESERVATION", "QRALW"},
        {"ALTRV", "QRALW"},
        {"MOA ", "QRMCA"},
        {"UAS ", "QWULW"},
        {"UNMANNED ACFT", "QWULW"},
        {"UNMANNED AIRCRAFT", "QWULW"},
        {"DRONE", "QWULW"},
        {"PJE", "QWPLW"},
        {"PARACHUTE", "QWPLW"},
        {"AEROBATIC", "QWBLW"},
        {"UNMANNED ROCKET", "QWMLW"},
        {"ROCKET", "QWMLW"},
        {"GLIDER", "QWGLW"},
        {"BALLOON", "QWLLW"},
        {"BLASTING", "QWHLW"},
        {"AIR REFUELING", "QWELW"},
        {"AERIAL REFUELING", "QWELW"},
        {"MIL OPS", "QWELW"},
        {"MILITARY OPS", "QWELW"},
        {"LASER", "QWXLW"},
    };
    const ovf_notice *n = d->notice;
    ovf_str s = d->clean.text;
    ovf_range range = {d->ident.until, d->trailer};
    if (ovf_str_eq(n->subject, OVF_STR("navigation aid")))
        return ovf_text_has(s, range, "NAV GPS") ? OVF_STR("QGWAU") : OVF_STR("");
    if (!ovf_str_eq(n->subject, OVF_STR("airspace")) || ovf_text_has(s, range, "FLIGHT RESTRICTION")
        || ovf_text_has(s, range, "SEE FDC"))
        return OVF_STR("");
    bool is_active = ovf_text_has(s, range, " ACT") || ovf_text_has(s, range, "HOT");
    switch (is_active ? special_use(s, range) : '\0') {
    case 'R': return OVF_STR("QRRCA");
    case 'P': return OVF_STR("QRPCA");
    case 'W': return OVF_STR("QRDCA"); // a warning area is a danger area over the high seas
    default: break;
    }
    for (size_t i = 0; i < OVF_COUNTOF(forms); i++) {
        if (ovf_text_has(s, range, forms[i].words))
            return ovf_str_of(forms[i].code);
    }
    return OVF_STR("");
}
