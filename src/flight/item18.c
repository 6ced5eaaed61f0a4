/* SPDX-License-Identifier: Apache-2.0 */
/* Item 18, other information: indicators of capitals and a stroke, each with free text up to the
 * next one. Doc 4444 App. 2, item 18. Within RMK/ only the indicators of the book end the text,
 * since remarks hold strokes of their own. */
#include "flight_internal.h"

static const char *const indicators[] = {
    "STS", "PBN", "NAV",  "COM", "DAT", "SUR",  "DEP", "DEST", "DOF",       "REG",       "EET",
    "SEL", "TYP", "CODE", "DLE", "OPR", "ORGN", "PER", "ALTN", "RALT",      "TALT",      "RIF",
    "RMK", "RVR", "RFP",  "EUR", "IFP", "SRC",  "AWR", "CTOT", "STAYINFO1", "STAYINFO2",
};

static bool is_listed(ovf_str name)
{
    for (size_t i = 0; i < OVF_COUNTOF(indicators); i++) {
        if (ovf_str_eq(name, ovf_str_of(indicators[i])))
            return true;
    }
    return false;
}

/* Is there an indicator at `at`, the start of a word? Gives its name. */
static bool indicator_at(ovf_str other, size_t at, bool in_remark, ovf_str *name)
{
    size_t len = flight_letters(other, at);
    while (at + len < other.len && is_digit(other.ptr[at + len]))
        len++;
    if (len < 3 || len > 9 || at + len >= other.len || other.ptr[at + len] != '/')
        return false;
    *name = ovf_str_sub(other, at, at + len);
    return is_listed(*name) || (!in_remark && flight_letters(*name, 0) == len);
}

bool flight_starts_other(ovf_str field)
{
    ovf_str name = {0};
    return ovf_str_eq(field, OVF_STR("0"))
           || (indicator_at(field, 0, true, &name) && is_listed(name));
}

/* The start of the next word that is an indicator, or the end. */
static size_t next_indicator(ovf_str other, size_t at, bool in_remark)
{
    ovf_str name = {0};
    for (; at < other.len; at++) {
        bool at_word = at == 0 || is_space(other.ptr[at - 1]);
        if (at_word && indicator_at(other, at, in_remark, &name))
            return at;
    }
    return other.len;
}

bool ovf_flight_other_next(ovf_str other, size_t *at, ovf_str *indicator, ovf_str *value)
{
    size_t from = next_indicator(other, *at, false);
    ovf_str name = {0};
    if (from >= other.len || !indicator_at(other, from, false, &name))
        return false;
    size_t text = from + name.len + 1;
    size_t until = next_indicator(other, text, ovf_str_eq(name, OVF_STR("RMK")));
    *indicator = name;
    *value = ovf_str_trim(ovf_str_sub(other, text, until));
    *at = until;
    return true;
}

/* ---- what the indicators say about the other items ---- */

static void read_dof(flight_reader *r, ovf_str value)
{
    size_t at = 0;
    ovf_str first = {0};
    flight_next_token(value, &at, &first);
    size_t digits = flight_digits(first, 0);
    if (digits < first.len && !is_letter(first.ptr[digits])) // "DOF/240128/REG/N854GT/..."
        first = ovf_str_sub(first, 0, digits);
    ovf_time day = flight_read_day(first);
    if (day == OVF_TIME_NONE) {
        ovf_findings_add(r->findings, OVF_ERROR, flight_pos(r, value), "FPL_18_DOF",
                         "expected year, month and day in six digits behind DOF/ (item 18)");
        r->filed_day = OVF_TIME_NONE; // a wrong day is not replaced by a guess
        return;
    }
    r->flight->day_assumed = false;
    r->filed_day = day;
}

/* OPR/ names the operating agency where item 7 does not tell it: it outranks the call sign. */
static void read_operator(flight_reader *r, ovf_str value)
{
    ovf_flight *f = r->flight;
    uint32_t found = r->world == NULL ? OVF_INDEX_NONE : ovf_world_find_operator(r->world, value);
    bool is_designator = value.len == 3 && flight_letters(value, 0) == 3;
    if (found != OVF_INDEX_NONE) {
        f->operator_icao = ovf_world_operator(r->world, found)->icao;
        f->operator_index = found;
    } else if (is_designator) {
        f->operator_icao = value;
        f->operator_index = OVF_INDEX_NONE;
    } else {
        ovf_findings_add(r->findings, OVF_NOTE, flight_pos(r, value), "OPR_UNKNOWN",
                         "operator " OVF_FMT " is not in the world tables",
                         (int)(value.len > 60 ? 60 : value.len), value.ptr);
    }
}

/* DEP/ or DEST/ of ZZZZ: the first word that is a place. */
static void read_zzzz(flight_reader *r, ovf_str value, ovf_point *place, bool *has_place)
{
    ovf_str token = {0};
    for (size_t at = 0; flight_next_token(value, &at, &token);) {
        if (flight_place_of(r->world, token, place)) {
            *has_place = true;
            return;
        }
    }
    ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, value), "ZZZZ_UNPLACED",
                     "expected a position such as 4620N07805W for ZZZZ (item 18)");
}

static void read_registration(flight_reader *r, ovf_str value)
{
    size_t at = 0;
    ovf_str first = {0};
    ovf_str next = {0};
    if (!flight_next_token(value, &at, &first))
        return;
    r->flight->registration = first;
    if (flight_next_token(value, &at, &next))
        ovf_findings_add(r->findings, OVF_NOTE, flight_pos(r, next), "REG_SEVERAL",
                         "several registrations; the first is judged");
}

/* CODE/ is the aircraft's 24-bit address as six hexadecimal digits. */
static void read_code(flight_reader *r, ovf_str value)
{
    size_t at = 0;
    ovf_str first = {0};
    flight_next_token(value, &at, &first);
    if (!ovf_address_parse(first, &r->flight->address))
        ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, value), "FPL_18_CODE",
                         "expected six hexadecimal digits behind CODE/ (item 18)");
}

void flight_read_indicator(flight_reader *r, ovf_str name, ovf_str value)
{
    ovf_flight *f = r->flight;
    if (value.len == 0)
        return;
    if (ovf_str_eq(name, OVF_STR("DOF")))
        read_dof(r, value);
    else if (ovf_str_eq(name, OVF_STR("REG")))
        read_registration(r, value);
    else if (ovf_str_eq(name, OVF_STR("CODE")))
        read_code(r, value);
    else if (ovf_str_eq(name, OVF_STR("OPR")))
        read_operator(r, value);
    else if (ovf_str_eq(name, OVF_STR("STS")))
        f->sts = value;
    else if (ovf_str_eq(name, OVF_STR("EET")))
        flight_read_eets(r, value);
    else if (ovf_str_eq(name, OVF_STR("DLE")))
        r->delays = value;
    else if (ovf_str_eq(name, OVF_STR("RIF")))
        f->rif = flight_written(r, value);
    else if (ovf_str_eq(name, OVF_STR("TYP")) && ovf_str_eq(f->type, OVF_STR("ZZZZ")))
        f->type = value;
    else if (ovf_str_eq(name, OVF_STR("DEP")) && ovf_str_eq(f->from, OVF_STR("ZZZZ")))
        read_zzzz(r, value, &r->from, &r->has_from);
    else if (ovf_str_eq(name, OVF_STR("DEST")) && ovf_str_eq(f->to, OVF_STR("ZZZZ")))
        read_zzzz(r, value, &r->to, &r->has_to);
}

void flight_field_18(flight_reader *r, ovf_str field)
{
    ovf_str other = ovf_str_trim(field);
    r->flight->other = flight_written(r, other);
    r->flight->eet_count = 0; // of an amended item 18 the new one counts alone
    r->delays = OVF_STR("");
    if (ovf_str_eq(other, OVF_STR("0")))
        return;
    ovf_str name = {0};
    ovf_str value = {0};
    size_t at = 0;
    while (ovf_flight_other_next(other, &at, &name, &value))
        flight_read_indicator(r, name, value);
    if (at == 0 && other.len > 0)
        ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, other), "FPL_18",
                         "expected 0 or indicators such as DOF/ and REG/ (item 18)");
}
