/* SPDX-License-Identifier: Apache-2.0 */
/* SIGMET and AIRMET (ICAO Annex 3, App. 6): the unit, the sequence, the validity as days and clocks
 * of an unnamed month, the FIR, the phenomenon, where it is and will be, its levels, or the number
 * that is cancelled. A hazard and no closure: a State closes by NOTAM. */
#include "forms.h"

static const struct {
    const char *words;
    const char *subject;
} phenomena[] = {
    {"RDOACT CLD", "radioactive cloud"},
    {"VA ERUPTION", "volcanic ash"},
    {"VA CLD", "volcanic ash"},
    {"VA ", "volcanic ash"},
    {"TC ", "tropical cyclone"},
    {"TROPICAL CYCLONE", "tropical cyclone"},
    {"SEV TURB", "severe turbulence"},
    {"MOD TURB", "moderate turbulence"},
    {"SEV ICE", "severe icing"},
    {"MOD ICE", "moderate icing"},
    {"SEV MTW", "severe mountain wave"},
    {"MOD MTW", "moderate mountain wave"},
    {"HVY DS", "heavy duststorm"},
    {"HVY SS", "heavy sandstorm"},
    {"TSGR", "thunderstorms with hail"},
    {"TS", "thunderstorms"},
    {"CB", "cumulonimbus clouds"},
    {"TCU", "towering cumulus clouds"},
    {"SFC WIND", "strong surface wind"},
    {"SFC VIS", "low visibility"},
    {"MT OBSC", "mountains obscured"},
    {"BKN CLD", "low cloud"},
    {"OVC CLD", "low cloud"},
    {"TURB", "turbulence"},
    {"ICE", "icing"},
};

/* ---- dates without month or year ---- */

static ovf_time clock_of(int32_t year, int32_t month, uint32_t day, uint32_t clock)
{
    ovf_time t = 0;
    ovf_civil civil = {.year = year,
                       .month = month,
                       .day = (int32_t)day,
                       .hour = clock == 2400 ? 0 : (int32_t)clock / 100,
                       .minute = (int32_t)clock % 100};
    if (ovf_time_from_civil(civil, &t, NULL) != OVF_OK)
        return OVF_TIME_NONE;
    return clock == 2400 ? t + OVF_DAY_S : t;
}

static ovf_time nearer(const ovf_draft *d, ovf_time best, ovf_time t)
{
    if (t == OVF_TIME_NONE || best == OVF_TIME_NONE)
        return t == OVF_TIME_NONE ? best : t;
    ovf_time away = t > d->received ? t - d->received : d->received - t;
    ovf_time best_away = best > d->received ? best - d->received : d->received - best;
    return away < best_away ? t : best;
}

ovf_time ovf_near_day(const ovf_draft *d, uint32_t day, uint32_t clock)
{
    ovf_time best = OVF_TIME_NONE;
    if (d->received == OVF_TIME_NONE)
        return best;
    ovf_civil now = ovf_time_civil(d->received);
    for (int32_t step = -1; step <= 1; step++) {
        int32_t month = now.month + step;
        int32_t year = now.year + (month > 12) - (month < 1);
        month += month < 1 ? 12 : month > 12 ? -12 : 0;
        best = nearer(d, best, clock_of(year, month, day, clock));
    }
    return best;
}

ovf_time ovf_near_date(const ovf_draft *d, uint32_t month, uint32_t day, uint32_t clock)
{
    ovf_time best = OVF_TIME_NONE;
    if (d->received == OVF_TIME_NONE)
        return best;
    ovf_civil now = ovf_time_civil(d->received);
    for (int32_t step = -1; step <= 1; step++)
        best = nearer(d, best, clock_of(now.year + step, (int32_t)month, day, clock));
    return best;
}

ovf_time ovf_day_clock_at(const ovf_draft *d, ovf_str s, size_t i)
{
    uint32_t value = 0;
    if (ovf_text_digits(s, i) != 6
        || ovf_str_take_uint(ovf_str_sub(s, 0, i + 6), i, 312400, &value) != i + 6)
        return OVF_TIME_NONE;
    return ovf_near_day(d, value / 10000, value % 10000);
}

/* "211200/211800" behind VALID: day and clock, and the same again. */
static size_t valid_at(ovf_str s, size_t i)
{
    size_t first = ovf_text_digits(s, i);
    size_t slash = i + first + (i + first < s.len && ovf_upper(s.ptr[i + first]) == 'Z');
    if (first != 6 || slash >= s.len || (s.ptr[slash] != '/' && s.ptr[slash] != '-'))
        return 0;
    return ovf_text_digits(s, slash + 1) == 6 ? slash + 7 : 0;
}

static void read_validity(ovf_draft *d, ovf_str s, size_t *at)
{
    size_t word = ovf_text_find(s, *at, s.len, "VALID");
    size_t from = word == OVF_NOPOS ? s.len : ovf_text_blanks(s, word + 5);
    size_t end = valid_at(s, from);
    if (end == 0) {
        OVF_FIND(d, OVF_WARNING, from, "VALIDITY_MISSING", "expected VALID 211200/211800");
        return;
    }
    ovf_notice *n = d->notice;
    n->valid_text = ovf_show(d, from, end);
    n->span_b = ovf_raw_span(d, from, end);
    *at = end;
    n->valid_from = ovf_day_clock_at(d, s, from);
    n->valid_until = ovf_day_clock_at(d, s, end - 6);
    bool is_whole = n->valid_from != OVF_TIME_NONE && n->valid_until != OVF_TIME_NONE
                    && n->valid_until > n->valid_from;
    if (is_whole) {
        OVF_FIND(d, OVF_NOTE, from, "DATE_RECEIVED",
                 "day and time without month and year: those nearest to when it was received");
        return;
    }
    n->valid_from = OVF_TIME_NONE;
    n->valid_until = OVF_TIME_OPEN;
    OVF_FIND(d, OVF_NOTE, from, "SIGMET_DATE", "day and time without month and year: no instant");
}

/* "TTPP- TTZP PIARCO FIR": who watches, and the FIRs it is about; the offset behind. */
static size_t read_firs(ovf_draft *d, ovf_str s, size_t at)
{
    ovf_notice *n = d->notice;
    size_t mwo = ovf_text_blanks(s, at);
    if (ovf_text_letters(s, mwo) == 4 && mwo + 4 < s.len && s.ptr[mwo + 4] == '-') {
        n->issuer.office = ovf_show(d, mwo, mwo + 4);
        n->issuer.state = ovf_indicator_state(d->world, n->issuer.office);
        n->issuer.kind = OVF_STR("state");
        n->issuer.span = ovf_raw_span(d, mwo, mwo + 4);
        at = ovf_text_blanks(s, mwo + 5);
    }
    // The FIR's own code and name, up to the word FIR or UIR, in the next few words.
    size_t end = at;
    for (int word = 0; word < 12 && end < s.len; word++) {
        size_t next = ovf_text_blanks(s, end);
        size_t letters = ovf_text_letters(s, next);
        bool is_name = ovf_text_at(s, next, "FIR") || ovf_text_at(s, next, "UIR")
                       || ovf_text_at(s, next, "CTA") || ovf_text_at(s, next, "TMA");
        while (next + letters < s.len && !ovf_is_blank(s.ptr[next + letters])
               && s.ptr[next + letters] != '=')
            letters++;
        end = next + letters;
        if (!is_name)
            continue;
        // "LIMA FIR" is a name: a code has a name behind it; else the unit's code stands for it.
        bool is_code = ovf_text_letters(s, at) == 4 && ovf_text_blanks(s, at + 4) < next;
        size_t code = is_code ? at : d->ident.from;
        n->locations = ovf_show(d, code, code + 4);
        n->span_a = ovf_raw_span(d, code, code + 4);
        d->items[OVF_ITEM_A] = (ovf_range){(uint32_t)code, (uint32_t)code + 4};
        ovf_push_str(d, &n->firs, &n->fir_count, n->locations);
        return end;
    }
    return at;
}

static void read_phenomenon(ovf_draft *d, ovf_range body)
{
    ovf_str s = ovf_str_sub(d->clean.text, 0, body.until);
    size_t best = OVF_NOPOS;
    for (size_t k = 0; k < OVF_COUNTOF(phenomena); k++) {
        size_t hit = ovf_text_find(s, body.from, body.until, phenomena[k].words);
        while (hit != OVF_NOPOS && hit > body.from && ovf_is_letter(s.ptr[hit - 1]))
            hit = ovf_text_find(s, hit + 1, body.until, phenomena[k].words);
        if (hit == OVF_NOPOS || (best != OVF_NOPOS && hit >= best))
            continue;
        best = hit;
        d->notice->subject = ovf_str_of(phenomena[k].subject);
        d->notice->span_effect = ovf_raw_span(d, hit, hit + strlen(phenomena[k].words));
    }
    size_t obs = ovf_text_find(s, body.from, body.until, "OBS");
    size_t fcst = ovf_text_find(s, body.from, body.until, "FCST");
    if (obs != OVF_NOPOS || fcst != OVF_NOPOS)
        d->notice->condition = obs < fcst ? OVF_STR("observed") : OVF_STR("forecast");
}

static void read_levels(ovf_draft *d, ovf_range body)
{
    ovf_token *tokens = d->tokens;
    size_t count = d->token_count;
    if (ovf_tokenise(d, body, &d->tokens, &d->token_count)) {
        size_t next = 0;
        ovf_limits limits = ovf_limits_find(d, 0, d->token_count, &next);
        if (limits.found) {
            d->lower = limits.lower;
            d->upper = limits.upper;
            d->notice->span_f = ovf_raw_span(d, limits.from, limits.until);
        }
    }
    d->tokens = tokens;
    d->token_count = count;
}

void ovf_read_sigmet(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->all.until);
    const char *const end_mark = memchr(s.ptr + d->ident.until, '=', s.len - d->ident.until);
    if (end_mark != NULL)
        s = ovf_str_sub(s, 0, (size_t)(end_mark - s.ptr));
    n->id = ovf_text_squeeze(d, d->ident);
    n->kind = OVF_NOTICE_NEW;
    n->effect = OVF_EFFECT_WARNING;
    n->strength = OVF_STRENGTH_SOFT;
    n->advice = OVF_ADVICE_CAUTION;
    n->issuer.kind = OVF_STR("unknown");
    size_t at = d->ident.until;
    size_t behind = at;
    if (ovf_is_us_met(d)) {
        ovf_read_us_met(d, s);
    } else {
        read_validity(d, s, &at);
        behind = read_firs(d, s, at);
    }
    ovf_range body = {(uint32_t)behind, (uint32_t)s.len};
    body = ovf_text_trim(s, body);
    ovf_take_text(d, (ovf_range){d->ident.until, (uint32_t)s.len});
    size_t cancel = ovf_text_find(s, body.from, body.until, "CNL ");
    if (cancel != OVF_NOPOS) {
        n->kind = OVF_NOTICE_CANCEL;
        n->effect = OVF_EFFECT_LIFTED;
        n->strength = OVF_STRENGTH_OPENING;
        n->advice = OVF_ADVICE_NONE;
        size_t from = ovf_text_blanks(s, cancel + 4);
        size_t number = ovf_text_blanks(s, from + ovf_text_letters(s, from));
        size_t end = number;
        while (end < s.len && !ovf_is_blank(s.ptr[end]))
            end++;
        n->refers_to = ovf_show(d, from, end);
        return;
    }
    read_phenomenon(d, body);
    d->items[OVF_ITEM_E] = body;
    read_levels(d, body);
}
