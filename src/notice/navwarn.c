/* SPDX-License-Identifier: Apache-2.0 */
/* Maritime navigational warnings (IMO Res. A.706(17), IHO S-53): a date-time group, the series and
 * number, the sea, what is going on where and when, and what is cancelled. "CANCEL THIS MSG" tells
 * when the warning ends; "CANCEL NAVAREA IV 12/26" beside it, that it replaces another. */
#include "forms.h"

/* The text behind the number: "(63)." lists the charts. */
static uint32_t body_from(ovf_str s, uint32_t from, uint32_t until)
{
    size_t i = from;
    if (i < until && s.ptr[i] == '(') {
        while (i < until && s.ptr[i] != ')' && s.ptr[i] != '\n')
            i++;
        i += i < until && s.ptr[i] == ')';
    }
    while (i < until && (ovf_is_blank(s.ptr[i]) || s.ptr[i] == '.' || s.ptr[i] == ':'))
        i++;
    return (uint32_t)i;
}

/* When the message says that it ends: "CANCEL THIS MSG 300025Z MAR 26", "CANCELLED 300025 UTC ...". */
static void read_end(ovf_draft *d, ovf_range body)
{
    static const char *const marks[] = {
        "CANCEL THIS M",    "CANCEL THIS WARNING", "CANCEL THIS NAV",
        "CANCEL THIS PARA", "CANCELE ESTE",        "CANCELLED ON",
        "SELF CANCEL",      "CANCEL AT",           "ANNULER CE MESSAGE"};
    ovf_notice *n = d->notice;
    ovf_str s = ovf_str_sub(d->clean.text, 0, body.until);
    for (size_t k = 0; k < OVF_COUNTOF(marks); k++) {
        size_t hit = ovf_text_find(s, body.from, body.until, marks[k]);
        if (hit == OVF_NOPOS)
            continue;
        for (size_t i = hit; i < s.len && i < hit + 60; i++) {
            ovf_time t = OVF_TIME_NONE;
            bool starts = ovf_is_digit(s.ptr[i]) && !ovf_is_digit(s.ptr[i - 1]);
            size_t end = starts ? ovf_dtg_at(s, i, &t) : 0;
            if (end == 0)
                continue;
            n->valid_until = t;
            n->span_c = ovf_raw_span(d, i, end);
            return;
        }
    }
}

/* "CANCEL NAVAREA IV 181/26", "CANCEL HYDROPAC 12/26 AND 15/26": what it takes the place of. */
static void read_cancels(ovf_draft *d, ovf_range body)
{
    ovf_notice *n = d->notice;
    ovf_str s = ovf_str_sub(d->clean.text, 0, body.until);
    for (size_t hit = ovf_text_find(s, body.from, body.until, "CANCEL"); hit != OVF_NOPOS;
         hit = ovf_text_find(s, hit + 6, body.until, "CANCEL")) {
        size_t word = hit + ovf_text_letters(s, hit);
        ovf_range ident = {0};
        size_t end = ovf_series_at(s, ovf_text_blanks(s, word), &ident);
        if (end == 0)
            continue;
        // A message that says nothing but this takes the other one out of force.
        size_t first = body.from;
        while (first < hit
               && (ovf_is_blank(s.ptr[first]) || ovf_is_digit(s.ptr[first]) || s.ptr[first] == '.'
                   || s.ptr[first] == '-'))
            first++;
        ovf_range between = {(uint32_t)first, (uint32_t)hit};
        bool is_bare = between.until - between.from < 3;
        if (!is_bare) { // the names of the sea alone may stand before it
            is_bare = true;
            int stops = 0;
            for (size_t i = first; i < hit; i++) {
                is_bare &= !ovf_is_digit(s.ptr[i]) || stops > 0;
                stops += s.ptr[i] == '.';
            }
            is_bare = is_bare && between.until - between.from < 60 && stops <= 3
                      && !ovf_text_has(s, between, "OPERATION");
        }
        n->refers_to = ovf_text_squeeze(d, ident);
        n->kind = is_bare ? OVF_NOTICE_CANCEL : OVF_NOTICE_REPLACE;
        return;
    }
}

/* Danger: what falls, flies or explodes there harms an aircraft too. */
static void read_hazard(ovf_draft *d, ovf_range body)
{
    static const char *const dangers[] = {"HAZARDOUS OPERATION",
                                          "ROCKET",
                                          "MISSILE",
                                          "GUNNERY",
                                          "FIRING",
                                          "SPACE DEBRIS",
                                          "BOMBING",
                                          "MINING",
                                          "TORPEDO",
                                          "ORDNANCE",
                                          "EXPLOSIVE",
                                          "MINES",
                                          "WAR RISK",
                                          "LAUNCH",
                                          "DEBRIS FALL",
                                          "EJERCICIOS DE TIRO",
                                          "EXERCICES DE TIR",
                                          "MILITARY EXERCISE",
                                          "NAVAL EXERCISE",
                                          "LIVE AMMUNITION",
                                          "RE-ENTRY",
                                          "REENTRY",
                                          "HAZARDOUS TO AIRCRAFT",
                                          "LANZAMIENTO",
                                          "AIR EXERCISE",
                                          "WEAPON"};
    static const char *const informs[] = {
        "WARNINGS IN FORCE", "INFORCE WARNINGS", "IN-FORCE", "OFF AIR",    "BROADCAST SERVICE",
        "NAVTEX SERVICE",    "NAVTEX STATION",   "DGPS",     "NO WARNINGS"};
    ovf_notice *n = d->notice;
    ovf_str s = d->clean.text;
    for (size_t k = 0; k < OVF_COUNTOF(dangers); k++) {
        size_t hit = ovf_text_find(s, body.from, body.until, dangers[k]);
        if (hit == OVF_NOPOS || (hit > 0 && ovf_is_letter(s.ptr[hit - 1])))
            continue;
        n->effect = OVF_EFFECT_DANGER;
        n->span_effect = ovf_raw_span(d, hit, hit + strlen(dangers[k]));
        break;
    }
    bool informs_only = ovf_text_any(s, body, informs, OVF_COUNTOF(informs));
    if (n->effect == OVF_EFFECT_UNKNOWN)
        n->effect = n->kind == OVF_NOTICE_CANCEL ? OVF_EFFECT_LIFTED
                    : informs_only               ? OVF_EFFECT_INFORMATION
                                                 : OVF_EFFECT_WARNING;
    n->strength = n->effect == OVF_EFFECT_INFORMATION ? OVF_STRENGTH_NONE
                  : n->effect == OVF_EFFECT_LIFTED    ? OVF_STRENGTH_OPENING
                                                      : OVF_STRENGTH_SOFT;
}

/* The date with the year of the warning's own number, "HYDROPAC 12/26"; NONE where that has none. */
static ovf_time year_of_number(const ovf_draft *d, int month, uint32_t day_clock)
{
    ovf_str id = d->notice->id;
    size_t slash = ovf_str_find(id, 0, OVF_STR("/"));
    uint32_t year = 0;
    ovf_time t = 0;
    if (slash == OVF_NOPOS || (id.len != slash + 3 && id.len != slash + 5)
        || ovf_str_take_uint(id, slash + 1, 2199, &year) != id.len)
        return OVF_TIME_NONE;
    ovf_civil civil = {.year = (int32_t)(id.len == slash + 3 ? 2000 + year : year),
                       .month = month,
                       .day = (int32_t)(day_clock / 10000),
                       .hour = (int32_t)(day_clock / 100 % 100),
                       .minute = (int32_t)(day_clock % 100)};
    return ovf_time_from_civil(civil, &t, NULL) == OVF_OK ? t : OVF_TIME_NONE;
}

/* "281047Z APR", "281047 UTC": a date-time group without its year, before the words. */
static void read_short_time(ovf_draft *d, ovf_str s)
{
    ovf_notice *n = d->notice;
    size_t stop = d->ident.from > d->all.from ? d->ident.from : d->all.from + 40;
    for (size_t i = d->all.from; i < stop && i + 7 < s.len; i++) {
        bool starts = ovf_is_digit(s.ptr[i]) && (i == 0 || !ovf_is_digit(s.ptr[i - 1]));
        size_t end = i + 6;
        uint32_t value = 0;
        if (!starts || ovf_text_digits(s, i) != 6)
            continue;
        bool has_blank = ovf_is_blank(s.ptr[end]);
        end += has_blank;
        if (ovf_text_at(s, end, "UTC"))
            end += 3;
        else if (!has_blank && ovf_upper(s.ptr[end]) == 'Z')
            end++;
        else
            continue;
        ovf_str_take_uint(ovf_str_sub(s, 0, i + 6), i, 999999, &value);
        size_t word = ovf_text_blanks(s, end);
        int month = word > end ? ovf_month_at(s, word) : 0;
        ovf_time t = month > 0 ? year_of_number(d, month, value) : OVF_TIME_NONE;
        bool is_by_number = t != OVF_TIME_NONE;
        if (!is_by_number)
            t = month > 0 ? ovf_near_date(d, (uint32_t)month, value / 10000, value % 10000)
                          : ovf_near_day(d, value / 10000, value % 10000);
        if (month > 0)
            end = word + ovf_text_letters(s, word);
        n->span_b = ovf_raw_span(d, i, end);
        n->valid_text = ovf_show(d, i, end);
        if (t == OVF_TIME_NONE) {
            OVF_FIND(d, OVF_NOTE, i, "NAVWARN_DATE", "a date without its year: no instant");
            return;
        }
        n->created = t;
        n->valid_from = t;
        OVF_FIND(d, OVF_NOTE, i, is_by_number ? "NAVWARN_YEAR" : "DATE_RECEIVED",
                 is_by_number ? "a date without its year: that of the warning's number"
                              : "a date without its year: the one nearest to when it was received");
        return;
    }
}

void ovf_read_navwarn(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->all.until);
    n->form = OVF_FORM_NAVWARN;
    n->kind = OVF_NOTICE_NEW;
    n->issuer.kind = OVF_STR("unknown");
    ovf_range ident = d->ident;
    for (size_t i = d->all.from; ident.from == ident.until && i < s.len && i < d->all.from + 400;
         i++) {
        bool starts = i == 0 || !ovf_is_letter(s.ptr[i - 1]);
        bool mentioned = i >= 7 && ovf_text_at(s, i - 7, "CANCEL ");
        if (starts && !mentioned)
            ovf_series_at(s, i, &ident);
    }
    ovf_range body = {d->all.from, d->trailer > d->all.from ? d->trailer : d->all.until};
    if (ident.until > ident.from) {
        n->id = ovf_text_squeeze(d, ident);
        n->span_id = ovf_raw_span(d, ident.from, ident.until);
        body.from = body_from(s, ident.until, body.until);
    } else {
        OVF_FIND(d, OVF_NOTE, d->all.from, "NAVWARN_NUMBER",
                 "expected a series and number as NAVAREA IV 12/26");
    }
    for (size_t i = d->all.from; i < ident.from && i < s.len; i++) {
        ovf_time t = OVF_TIME_NONE;
        bool starts = ovf_is_digit(s.ptr[i]) && (i == 0 || !ovf_is_digit(s.ptr[i - 1]));
        size_t end = starts ? ovf_dtg_at(s, i, &t) : 0;
        if (end == 0)
            continue;
        n->created = t;
        n->valid_from = t; // in force from its own time; the words may say later ones
        n->span_b = ovf_raw_span(d, i, end);
    }
    if (n->valid_from == OVF_TIME_NONE)
        read_short_time(d, s);
    read_end(d, body);
    read_cancels(d, body);
    read_hazard(d, body);
    ovf_take_text(d, body);
}
