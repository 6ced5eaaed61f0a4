/* SPDX-License-Identifier: Apache-2.0 */
/* Texts without items: the FAA's international notices as prose ("KICZ A0012/25 NOTAM...SECURITY..."
 * with its validity in words at the end), and advisories with named fields (EASA CZIB: "CZIB
 * Number:", "Valid until:", "Affected airspace:"). They fill what items would have said. */
#include "forms.h"

static size_t skip_blanks(ovf_str s, size_t i)
{
    while (i < s.len && ovf_is_blank(s.ptr[i]))
        i++;
    return i;
}

static size_t find_nocase(ovf_str s, size_t from, const char *word)
{
    size_t len = strlen(word);
    for (size_t i = from; i + len <= s.len; i++) {
        if (ovf_upper(s.ptr[i]) == ovf_upper(word[0])
            && ovf_str_eq_nocase(ovf_str_sub(s, i, i + len), (ovf_str){word, len}))
            return i;
    }
    return OVF_NOPOS;
}

/* ---- EASA ---- */

static const char *const fields[] = {
    "Status",
    "CZIB number",
    "CZIB No",
    "SD number",
    "Number",
    "Issue date",
    "Issued",
    "Revision date",
    "Revision",
    "Valid until",
    "Validity",
    "Affected airspace",
    "Applicability",
    "Description",
    "Recommendation",
    "Recommendations",
    "Referenced publications",
    "Reference",
    "References",
    "Contact",
    "Subject",
    "Title",
    "Area",
    "Affected FIR",
    "Airspace",
    "Valid from",
    "Effective date",
    "Expiry",
    "Expires",
    "Airspace concerned",
    "FIR",
    "Recommended action",
};

/* Does a field's name begin here, at the start of a line, and what is behind it? */
static size_t field_name_at(ovf_str s, size_t i, const char *name)
{
    size_t len = strlen(name);
    bool starts_line = i == 0 || s.ptr[i - 1] == '\n' || s.ptr[i - 1] == '*' || s.ptr[i - 1] == '|'
                       || s.ptr[i - 1] == '#' || s.ptr[i - 1] == ' ';
    if (!starts_line || !ovf_str_eq_nocase(ovf_str_sub(s, i, i + len), (ovf_str){name, len}))
        return 0;
    size_t next = i + len;
    next += ovf_str_eq_nocase(ovf_str_sub(s, next, next + 3), OVF_STR("(s)")) ? 3 : 0;
    next += next < s.len && s.ptr[next] == '.'; // "CZIB No.:"
    while (next < s.len && (s.ptr[next] == ' ' || s.ptr[next] == '*'))
        next++;
    return next < s.len && (s.ptr[next] == ':' || s.ptr[next] == '|') ? next + 1 : 0;
}

/* A notice of another authority in the same style: an AIC, a circular, an Information Note with an
 * airspace field and two others. */
static bool is_state_notice(ovf_str text)
{
    static const char *const kinds[] = {"Information Note",
                                        "AIC ",
                                        "Aeronautical Information Circular",
                                        "Bulletin",
                                        "Circular",
                                        "Directive",
                                        "Notice to operators",
                                        "State notice",
                                        "Safety Notice"};
    static const char *const airspace[] = {
        "Affected airspace", "Affected FIR", "Airspace", "Area", "FIR", "Airspace concerned"};
    ovf_str head = ovf_str_sub(text, 0, 4000);
    bool is_kind = false;
    for (size_t k = 0; k < OVF_COUNTOF(kinds) && !is_kind; k++)
        is_kind = find_nocase(ovf_str_sub(head, 0, 600), 0, kinds[k]) != OVF_NOPOS;
    if (!is_kind)
        return false;
    bool has_airspace = false;
    size_t count = 0;
    for (size_t i = 0; i < head.len; i++) {
        if (i > 0 && head.ptr[i - 1] != '\n')
            continue;
        for (size_t k = 0; k < OVF_COUNTOF(fields); k++)
            count += field_name_at(head, i, fields[k]) > 0;
        for (size_t k = 0; k < OVF_COUNTOF(airspace); k++)
            has_airspace |= field_name_at(head, i, airspace[k]) > 0;
    }
    return has_airspace && count >= 2;
}

/* A Safety Directive of EASA has the fields of its bulletins. */
static bool is_directive(ovf_str text)
{
    return find_nocase(text, 0, "Safety Directive") != OVF_NOPOS
           && (find_nocase(text, 0, "EASA") != OVF_NOPOS
               || find_nocase(text, 0, "European Union Aviation Safety Agency") != OVF_NOPOS);
}

static bool is_bulletin(ovf_str text)
{
    bool is_czib = find_nocase(text, 0, "CZIB") != OVF_NOPOS
                   || find_nocase(text, 0, "Conflict Zone Information Bulletin") != OVF_NOPOS
                   || is_directive(text);
    return is_czib
           && (find_nocase(text, 0, "Affected airspace") != OVF_NOPOS
               || find_nocase(text, 0, "Valid until") != OVF_NOPOS
               || find_nocase(text, 0, "Applicability") != OVF_NOPOS);
}

bool ovf_is_advisory(ovf_str text)
{
    return is_bulletin(text) || is_state_notice(text);
}

static size_t any_field_at(ovf_str s, size_t i)
{
    for (size_t k = 0; k < OVF_COUNTOF(fields); k++) {
        size_t behind = field_name_at(s, i, fields[k]);
        if (behind > 0)
            return behind;
    }
    return 0;
}

/* The value of a field: to the next field's name. */
static ovf_range field_value(const ovf_draft *d, const char *name)
{
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->all.until);
    for (size_t i = find_nocase(s, d->all.from, name); i != OVF_NOPOS;
         i = find_nocase(s, i + 1, name)) {
        size_t from = field_name_at(s, i, name);
        if (from == 0)
            continue;
        from = skip_blanks(s, from);
        while (from < s.len && (s.ptr[from] == '*' || s.ptr[from] == '|'))
            from = skip_blanks(s, from + 1);
        size_t until = from;
        while (until < s.len
               && !(until > from && (s.ptr[until - 1] == '\n' || s.ptr[until - 1] == '*')
                    && any_field_at(s, until) > 0))
            until++;
        while (until > from && (ovf_is_blank(s.ptr[until - 1]) || s.ptr[until - 1] == '*'))
            until--;
        return (ovf_range){(uint32_t)from, (uint32_t)until};
    }
    return (ovf_range){0, 0};
}

static ovf_range either(ovf_range a, ovf_range b)
{
    return a.until > a.from ? a : b;
}

/* "2026-01", "CZIB-2026-01-R2", "2022-01 R14". */
static void read_number(ovf_draft *d)
{
    ovf_range number = either(field_value(d, "CZIB number"),
                              either(field_value(d, "CZIB No"), either(field_value(d, "SD number"),
                                                                       field_value(d, "Number"))));
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->all.until);
    size_t at = number.from;
    if (number.from == number.until) {
        at = find_nocase(s, d->all.from, "CZIB");
        at = at == OVF_NOPOS ? 0 : at + 4;
        while (at < s.len && (s.ptr[at] == ' ' || s.ptr[at] == '-' || s.ptr[at] == ':'))
            at++;
    }
    size_t end = at;
    while (end < s.len
           && (ovf_is_digit(s.ptr[end]) || ovf_is_letter(s.ptr[end]) || s.ptr[end] == '-'))
        end++;
    size_t revision = skip_blanks(s, end);
    if (revision + 1 < s.len && s.ptr[revision] == 'R' && ovf_is_digit(s.ptr[revision + 1])) {
        end = revision + 1;
        while (end < s.len && ovf_is_digit(s.ptr[end]))
            end++;
    }
    if (end > at) {
        d->notice->id = ovf_show(d, at, end);
        d->notice->span_id = ovf_raw_span(d, at, end);
    } else {
        OVF_FIND(d, OVF_WARNING, d->all.from, "CZIB_NUMBER", "expected a bulletin number");
    }
}

static ovf_time field_time(ovf_draft *d, ovf_range value, ovf_span *span)
{
    ovf_str s = ovf_str_sub(d->clean.text, 0, value.until);
    ovf_time t = OVF_TIME_NONE;
    size_t end = ovf_prose_time(s, value.from, &t);
    if (end == value.from)
        return OVF_TIME_NONE;
    *span = ovf_raw_span(d, value.from, end);
    return t;
}

static bool holds(const ovf_draft *d, ovf_range range, const char *word)
{
    return find_nocase(ovf_range_text(d, range), 0, word) != OVF_NOPOS;
}

static void read_czib_times(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_range issued = either(field_value(d, "Revision date"),
                              either(field_value(d, "Issue date"), field_value(d, "Issued")));
    ovf_range until = either(field_value(d, "Valid until"), field_value(d, "Validity"));
    n->valid_from = field_time(d, issued, &n->span_b);
    n->created = n->valid_from;
    ovf_time end = field_time(d, until, &n->span_c);
    // "Valid until 09/01/2026" holds through that day.
    n->valid_until = end == OVF_TIME_NONE ? OVF_TIME_OPEN : end + OVF_DAY_S;
    if (end == OVF_TIME_NONE)
        OVF_FIND(d, OVF_WARNING, until.from, "CZIB_UNTIL", "expected a date as dd/mm/yyyy");
}

/* An AIC or Information Note: the same fields; its own words say how strong it is. */
static void read_state_notice(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_range number = either(field_value(d, "Number"), field_value(d, "Reference"));
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->all.until);
    if (number.from == number.until) { // "AIC 12/25", "Information Note 2025-03" in the heading
        size_t at = find_nocase(s, d->all.from, "AIC ");
        at = at == OVF_NOPOS ? s.len : at;
        size_t end = at;
        while (end < s.len && s.ptr[end] != '\n')
            end++;
        number = (ovf_range){(uint32_t)at, (uint32_t)end};
    }
    uint32_t line = number.from;
    while (line < number.until && s.ptr[line] != '\n')
        line++;
    n->id = ovf_show(d, number.from, line);
    n->span_id = ovf_raw_span(d, number.from, line);
    ovf_range from = either(either(field_value(d, "Valid from"), field_value(d, "Effective date")),
                            either(field_value(d, "Issue date"), field_value(d, "Issued")));
    ovf_range until = either(either(field_value(d, "Valid until"), field_value(d, "Validity")),
                             either(field_value(d, "Expiry"), field_value(d, "Expires")));
    n->valid_from = field_time(d, from, &n->span_b);
    n->created = n->valid_from;
    ovf_time end = field_time(d, until, &n->span_c);
    n->valid_until = end == OVF_TIME_NONE ? OVF_TIME_OPEN : end + OVF_DAY_S;
    n->until_estimated = end == OVF_TIME_NONE;
    if (n->valid_from == OVF_TIME_NONE)
        OVF_FIND(d, OVF_WARNING, d->all.from, "VALIDITY_MISSING", "expected a date of issue");
    n->kind = OVF_NOTICE_NEW;
    ovf_range all = ovf_text_trim(d->clean.text, d->all);
    d->items[OVF_ITEM_E] = all;
    n->text = ovf_show(d, all.from, all.until);
    n->span_e = ovf_raw_span(d, all.from, all.until);
}

static void read_czib(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    read_number(d);
    read_czib_times(d);
    n->issuer = (ovf_issuer){.office = OVF_STR("EASA"), .kind = OVF_STR("easa")};
    size_t easa = find_nocase(d->clean.text, 0, "EASA");
    if (easa != OVF_NOPOS)
        n->issuer.span = ovf_raw_span(d, easa, easa + 4);
    n->kind = OVF_NOTICE_NEW;
    ovf_range area = either(field_value(d, "Affected airspace"), field_value(d, "Area"));
    ovf_range said = either(field_value(d, "Recommendation"), field_value(d, "Recommendations"));
    ovf_range whom = field_value(d, "Applicability");
    ovf_range all = ovf_text_trim(d->clean.text, d->all);
    d->items[OVF_ITEM_E] = area.until > area.from ? area : all;
    if (area.from == area.until)
        OVF_FIND(d, OVF_WARNING, d->all.from, "CZIB_AREA",
                 "expected a field \"Affected airspace\"");
    n->text = ovf_show(d, all.from, all.until);
    n->span_e = ovf_raw_span(d, all.from, all.until);
    if (said.from == said.until)
        said = all;
    bool withdrawn = holds(d, field_value(d, "Status"), "withdrawn");
    n->effect = withdrawn ? OVF_EFFECT_LIFTED : OVF_EFFECT_ADVISORY;
    n->strength = withdrawn ? OVF_STRENGTH_OPENING : OVF_STRENGTH_SOFT;
    bool is_bar = holds(d, said, "not operate") || holds(d, said, "shall not")
                  || holds(d, said, "not to operate") || holds(d, said, "do not")
                  || holds(d, said, "not to fly") || holds(d, said, "avoid");
    n->advice = withdrawn                           ? OVF_ADVICE_NONE
                : is_bar                            ? OVF_ADVICE_DO_NOT_FLY
                : holds(d, said, "extreme caution") ? OVF_ADVICE_EXTREME_CAUTION
                                                    : OVF_ADVICE_CAUTION;
    n->span_effect = ovf_raw_span(d, said.from, said.until);
    // Reg. (EU) 965/2012: operators of every member State; third-country ones by their authorisation.
    ovf_push_str(d, &n->addressed.operator_states, &n->addressed.operator_state_count,
                 OVF_STR("EU"));
    if (holds(d, whom, "third country") || holds(d, whom, "third-country") || holds(d, whom, "TCO"))
        ovf_push_str(d, &n->addressed.flights, &n->addressed.flight_count, OVF_STR("TCO"));
    n->addressed.span = ovf_raw_span(d, whom.from, whom.until);
}

/* ---- KICZ prose ---- */

static bool is_link(ovf_str s, size_t i, size_t *end)
{
    static const char *const words[] = {"UNTIL", "THROUGH", "TO", "TILL", "-"};
    for (size_t k = 0; k < OVF_COUNTOF(words); k++) {
        size_t len = strlen(words[k]);
        if (ovf_str_eq_nocase(ovf_str_sub(s, i, i + len), (ovf_str){words[k], len})) {
            *end = i + len;
            return true;
        }
    }
    return false;
}

static ovf_time short_stamp(ovf_str digits, bool day_first)
{
    char text[10];
    memcpy(text, digits.ptr, sizeof(text));
    if (day_first) { // DDMMYYHHMM occurs in republished texts
        memcpy(text, digits.ptr + 4, 2);
        memcpy(text + 4, digits.ptr, 2);
    }
    ovf_time t = OVF_TIME_NONE;
    return ovf_time_parse_notam((ovf_str){text, 10}, &t, NULL) == OVF_OK ? t : OVF_TIME_NONE;
}

/* "2511211743-2602192359": ten digits, a hyphen, ten digits. */
static bool read_stamps(ovf_draft *d, ovf_str s, size_t i)
{
    ovf_notice *n = d->notice;
    for (size_t k = 0; k < 21; k++) {
        if (i + k >= s.len || (k == 10 ? s.ptr[i + k] != '-' : !ovf_is_digit(s.ptr[i + k])))
            return false;
    }
    ovf_str first = ovf_str_sub(s, i, i + 10);
    ovf_time until = short_stamp(ovf_str_sub(s, i + 11, i + 21), false);
    ovf_time from = short_stamp(first, false);
    ovf_time other = short_stamp(first, true);
    uint32_t year = 0;
    size_t slash = ovf_str_find(n->id, 0, OVF_STR("/"));
    bool has_year =
        slash != OVF_NOPOS && ovf_str_take_uint(n->id, slash + 1, 99, &year) > slash + 1;
    bool is_odd =
        has_year && (from == OVF_TIME_NONE || ovf_time_civil(from).year != 2000 + (int)year);
    if (is_odd && other != OVF_TIME_NONE && ovf_time_civil(other).year == 2000 + (int)year
        && other < until) {
        from = other;
        OVF_FIND(d, OVF_NOTE, i, "TIME_ORDER", "read as DDMMYYHHMM: the number's year says so");
    }
    if (from == OVF_TIME_NONE || until == OVF_TIME_NONE)
        return false;
    n->valid_from = from;
    n->valid_until = until;
    n->span_b = ovf_raw_span(d, i, i + 10);
    n->span_c = ovf_raw_span(d, i + 11, i + 21);
    return true;
}

/* "21 NOV 17:43 UTC 2025 UNTIL 19 FEB 23:59 UTC 2026": the last such pair of the text. */
void ovf_read_prose_validity(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->all.until);
    bool found = false;
    for (size_t i = d->all.from; i < s.len; i++) {
        bool starts = ovf_is_digit(s.ptr[i]) && (i == 0 || !ovf_is_digit(s.ptr[i - 1]));
        if (!starts)
            continue;
        if (read_stamps(d, s, i)) {
            found = true;
            i += 20;
            continue;
        }
        ovf_time from = OVF_TIME_NONE;
        ovf_time until = OVF_TIME_NONE;
        size_t end = ovf_prose_time(s, i, &from);
        if (end == i)
            continue;
        size_t link = skip_blanks(s, end);
        size_t next = 0;
        if (!is_link(s, link, &next))
            continue;
        next = skip_blanks(s, next);
        size_t behind = ovf_prose_time(s, next, &until);
        if (behind == next)
            continue;
        n->valid_from = from;
        n->valid_until = until;
        n->span_b = ovf_raw_span(d, i, end);
        n->span_c = ovf_raw_span(d, next, behind);
        found = true;
        i = behind - 1;
    }
    if (!found)
        OVF_FIND(d, OVF_WARNING, d->all.from, "VALIDITY_MISSING",
                 "no start and end found in the words of the text");
}

static void read_kicz(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    n->form = OVF_FORM_ADVISORY;
    n->kind = n->kind == OVF_NOTICE_KIND_UNKNOWN ? OVF_NOTICE_NEW : n->kind;
    ovf_read_prose_validity(d);
    ovf_range e = {d->ident.until, d->trailer};
    ovf_str s = d->clean.text;
    while (e.from < e.until && (ovf_is_blank(s.ptr[e.from]) || s.ptr[e.from] == '.'))
        e.from++;
    while (e.until > e.from && ovf_is_blank(s.ptr[e.until - 1]))
        e.until--;
    d->items[OVF_ITEM_E] = e;
    n->text = ovf_show(d, e.from, e.until);
    n->span_e = ovf_raw_span(d, e.from, e.until);
}

void ovf_read_advisory(ovf_draft *d)
{
    ovf_str text = ovf_range_text(d, d->all);
    if (d->notice->form != OVF_FORM_ICAO && ovf_is_advisory(text)) {
        d->notice->form = OVF_FORM_ADVISORY;
        if (is_bulletin(text))
            read_czib(d);
        else
            read_state_notice(d);
        return;
    }
    bool has_body = d->items[OVF_ITEM_E].until > d->items[OVF_ITEM_E].from;
    if (d->is_kicz && !has_body)
        read_kicz(d);
}
