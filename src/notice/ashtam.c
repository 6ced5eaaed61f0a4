/* SPDX-License-Identifier: Apache-2.0 */
/* ASHTAM (ICAO Doc 10066 App. 5): A FIR, B eruption, C volcano, D where it stands, E alert colour,
 * F the ash, G where it goes, H routes and levels affected, I airspace and routes closed, J source,
 * K remarks; in force 24 hours at most. SNOWTAM and BIRDTAM are told apart and kept. */
#include "forms.h"
#include "routes.h"

#define ITEMS 11 /* A to K */

struct items {
    ovf_range at[ITEMS];
    bool has[ITEMS];
};

/* "A)", "(A)", "A." or "A " that begins its line, in the order of the letters. */
static void find_items(const ovf_draft *d, ovf_str s, struct items *out)
{
    int last = -1;
    uint32_t starts[ITEMS] = {0};
    for (size_t i = d->ident.until; i + 1 < s.len; i++) {
        int item = s.ptr[i] - 'A';
        bool is_free = !ovf_is_letter(s.ptr[i - 1]) && !ovf_is_digit(s.ptr[i - 1]);
        if (item <= last || item >= ITEMS || !is_free)
            continue;
        size_t line = i;
        while (line > 0 && (s.ptr[line - 1] == ' ' || s.ptr[line - 1] == '('))
            line--;
        bool starts_line = line == 0 || s.ptr[line - 1] == '\n';
        bool is_item = s.ptr[i + 1] == ')' || (starts_line && s.ptr[i + 1] == '.');
        if (!is_item)
            continue;
        last = item;
        out->has[item] = true;
        starts[item] = (uint32_t)i;
        out->at[item].from = (uint32_t)i + 2;
    }
    uint32_t end = (uint32_t)s.len;
    for (int item = ITEMS - 1; item >= 0; item--) {
        if (!out->has[item])
            continue;
        out->at[item].until = end;
        out->at[item] = ovf_text_trim(s, out->at[item]);
        end = starts[item];
    }
}

/* "VALI0021 LIRR 01010800" before the word ASHTAM: its FIR and when it was issued, without a year. */
static size_t read_heading(ovf_draft *d, ovf_str s)
{
    ovf_notice *n = d->notice;
    for (size_t i = d->all.from; i + 22 <= d->ident.from; i++) {
        bool fits = ovf_text_letters(s, i) == 4 && ovf_text_digits(s, i + 4) == 4
                    && s.ptr[i + 8] == ' ' && ovf_text_letters(s, i + 9) == 4
                    && s.ptr[i + 13] == ' ' && ovf_text_digits(s, i + 14) == 8;
        if (!fits)
            continue;
        n->issuer = (ovf_issuer){.office = ovf_show(d, i + 9, i + 13),
                                 .kind = OVF_STR("state"),
                                 .span = ovf_raw_span(d, i + 9, i + 13)};
        n->issuer.state = ovf_indicator_state(d->world, n->issuer.office);
        return i + 14;
    }
    n->issuer.kind = OVF_STR("unknown");
    return OVF_NOPOS;
}

/* MMDDHHMM of the heading with the year of item B (YYMMDDHHMM), where that is given. */
static void read_times(ovf_draft *d, ovf_str s, size_t heading, ovf_range b)
{
    ovf_notice *n = d->notice;
    char text[10];
    bool has_year = ovf_text_digits(s, b.from) == 10;
    if (heading == OVF_NOPOS && !has_year) {
        OVF_FIND(d, OVF_WARNING, d->all.from, "VALIDITY_MISSING", "expected the time of issue");
        return;
    }
    size_t at = heading != OVF_NOPOS ? heading : b.from;
    n->valid_text = ovf_show(d, at, at + ovf_text_digits(s, at));
    n->span_b = ovf_raw_span(d, at, at + ovf_text_digits(s, at));
    ovf_time t = OVF_TIME_NONE;
    if (!has_year) {
        uint32_t date = 0;
        ovf_str_take_uint(ovf_str_sub(s, 0, at + 8), at, 99999999, &date);
        t = ovf_near_date(d, date / 1000000, date / 10000 % 100, date % 10000);
    }
    if (!has_year && t != OVF_TIME_NONE) {
        OVF_FIND(d, OVF_NOTE, at, "DATE_RECEIVED",
                 "month, day and time without a year: those nearest to when it was received");
        n->valid_from = t;
        n->created = t;
        n->valid_until = t + OVF_DAY_S;
        return;
    }
    if (!has_year) {
        OVF_FIND(d, OVF_NOTE, at, "ASHTAM_DATE", "month, day and time without a year: no instant");
        return;
    }
    memcpy(text, s.ptr + b.from, sizeof(text));
    if (heading != OVF_NOPOS)
        memcpy(text + 2, s.ptr + heading, 8);
    if (ovf_time_parse_notam((ovf_str){text, 10}, &t, NULL) != OVF_OK) {
        OVF_FIND(d, OVF_WARNING, at, "B_DATE", "expected a date and time");
        return;
    }
    n->valid_from = t;
    n->created = heading != OVF_NOPOS ? t : OVF_TIME_NONE;
    n->valid_until = t + OVF_DAY_S; // App. 5, 2.1: 24 hours at most
}

static const char *colour_of(ovf_str s, ovf_range range)
{
    static const char *const colours[] = {"RED", "ORANGE", "YELLOW", "GREEN"};
    for (size_t k = 0; k < OVF_COUNTOF(colours); k++) {
        if (ovf_text_has(s, range, colours[k]))
            return colours[k];
    }
    return NULL;
}

static bool says_nil(ovf_str s, ovf_range range)
{
    ovf_str text = ovf_str_sub(s, range.from, range.until);
    return text.len == 0 || ovf_text_at(s, range.from, "NIL") || ovf_text_at(s, range.from, "NONE");
}

/* Are there figures enough for a position? */
static bool has_place(ovf_str s, ovf_range range)
{
    for (size_t i = range.from; i < range.until; i++) {
        if (ovf_text_digits(s, i) >= 4)
            return true;
    }
    return false;
}

/* Item I, or the ash of item F: whatever of the two speaks of a place. */
static void read_places(ovf_draft *d, ovf_str s, const struct items *items)
{
    static const char *const verbs[] = {"CLSD", "CLOSED", "CLOSURE", "PROHIBITED", "NOT AVBL"};
    ovf_notice *n = d->notice;
    ovf_range ash = items->at['F' - 'A'];
    ovf_range closed = items->at['I' - 'A'];
    bool is_closed = !says_nil(s, closed)
                     && (ovf_text_any(s, closed, verbs, OVF_COUNTOF(verbs))
                         || !ovf_text_has(s, closed, "NOT CLSD"));
    n->effect = is_closed ? OVF_EFFECT_CLOSED : OVF_EFFECT_WARNING;
    n->strength = is_closed ? OVF_STRENGTH_HARD : OVF_STRENGTH_SOFT;
    n->advice = is_closed ? OVF_ADVICE_NONE : OVF_ADVICE_CAUTION;
    ovf_range said = is_closed ? closed : ash;
    n->span_effect = ovf_raw_span(d, said.from, said.until);
    if (ash.until > ash.from && is_closed)
        said.from = ash.from;
    // No ash seen yet: where the volcano stands.
    ovf_range volcano = items->at['D' - 'A'];
    if (said.until <= said.from || (!is_closed && !has_place(s, said)))
        said = volcano.until > volcano.from ? volcano : said;
    d->items[OVF_ITEM_E] = said;
    d->ash_until = is_closed ? closed.from : 0;
    ovf_token *tokens = d->tokens;
    size_t count = d->token_count;
    size_t next = 0;
    if (ovf_tokenise(d, is_closed ? closed : ash, &d->tokens, &d->token_count)) {
        ovf_limits limits = ovf_limits_find(d, 0, d->token_count, &next);
        if (limits.found) {
            d->lower = limits.lower;
            d->upper = limits.upper;
        }
    }
    d->tokens = tokens;
    d->token_count = count;
}

void ovf_read_ashtam(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->all.until);
    n->id = ovf_text_squeeze(d, d->ident);
    n->kind = OVF_NOTICE_NEW;
    n->subject = OVF_STR("volcanic activity");
    struct items items = {0};
    find_items(d, s, &items);
    size_t heading = read_heading(d, s);
    ovf_range fir = items.at[0];
    n->locations = ovf_text_squeeze(d, fir);
    n->span_a = ovf_raw_span(d, fir.from, fir.until);
    if (fir.until > fir.from && ovf_text_letters(s, fir.from) == 4
        && (fir.until == fir.from + 4 || ovf_is_blank(s.ptr[fir.from + 4]))
        && !ovf_text_has(s, fir, "FIR"))
        ovf_push_str(d, &n->firs, &n->fir_count, ovf_show(d, fir.from, fir.from + 4));
    else if (n->issuer.office.len == 4)
        ovf_push_str(d, &n->firs, &n->fir_count, n->issuer.office);
    read_times(d, s, heading, items.at[1]);
    n->condition = ovf_str_of(colour_of(s, items.at['E' - 'A']));
    ovf_take_text(d, (ovf_range){d->ident.until, d->all.until});
    read_places(d, s, &items);
    if (!items.has[0] && !items.has['F' - 'A'] && !items.has['E' - 'A'])
        OVF_FIND(d, OVF_WARNING, d->ident.until, "E_MISSING", "expected items A) to K)");
}

/* The areas of a part of the text alone, behind those that are there: what stands in the ash is not
 * mistaken for a part of what is closed. */
static void read_part(ovf_draft *d, ovf_range part, bool is_closed)
{
    ovf_notice_area *before = d->areas;
    size_t count = d->area_count;
    d->areas = NULL;
    d->area_count = 0;
    d->area_capacity = 0;
    d->named_count = 0;
    if (!ovf_tokenise(d, part, &d->tokens, &d->token_count))
        return;
    ovf_read_shapes(d);
    if (is_closed && d->area_count == 0)
        ovf_read_routes(d);
    if (is_closed && d->area_count == 0)
        ovf_read_places(d);
    size_t total = count + d->area_count;
    if (count == 0 || d->no_memory)
        return;
    d->has_more_areas |= total > OVF_NOTICE_MAX_AREAS;
    total = total > OVF_NOTICE_MAX_AREAS ? OVF_NOTICE_MAX_AREAS : total;
    ovf_notice_area *all = ovf_arena_array(d->arena, ovf_notice_area, total);
    if (all == NULL) {
        d->no_memory = true;
        return;
    }
    memcpy(all, before, count * sizeof(*all));
    if (total > count)
        memcpy(all + count, d->areas, (total - count) * sizeof(*all));
    d->areas = all;
    d->area_count = total;
    d->area_capacity = total;
}

bool ovf_read_ash_areas(ovf_draft *d)
{
    ovf_range e = d->items[OVF_ITEM_E];
    if (d->ash_until == 0)
        return false;
    if (d->ash_until > e.from)
        read_part(d, (ovf_range){e.from, d->ash_until}, false);
    // "... CLSD. ALTN UL995": what is named behind is open.
    ovf_str s = d->clean.text;
    ovf_range closed = {d->ash_until, e.until};
    size_t other = ovf_text_find(s, closed.from, closed.until, "ALTN");
    if (other == OVF_NOPOS)
        other = ovf_text_find(s, closed.from, closed.until, "ALTERNAT");
    if (other != OVF_NOPOS)
        closed.until = (uint32_t)other;
    read_part(d, closed, true);
    d->named_count = 0;
    if (!ovf_tokenise(d, e, &d->tokens, &d->token_count))
        d->no_memory = true;
    return true;
}

static void keep(ovf_draft *d, const char *what)
{
    ovf_notice *n = d->notice;
    n->id = ovf_text_squeeze(d, d->ident);
    n->kind = OVF_NOTICE_NEW;
    n->effect = OVF_EFFECT_INFORMATION;
    n->strength = OVF_STRENGTH_NONE;
    n->issuer.kind = OVF_STR("unknown");
    n->text = ovf_show(d, d->ident.until, d->all.until);
    n->span_e = ovf_raw_span(d, d->ident.until, d->all.until);
    OVF_FIND(d, OVF_NOTE, d->ident.from, "NOT_DECODED", "%s: kept, not decoded", what);
}

/* "A0012/25", "0012/25": a letter or none, then digits and the slash alone. */
static bool is_number(ovf_str word)
{
    for (size_t i = 1; i < word.len; i++) {
        if (!ovf_is_digit(word.ptr[i]) && word.ptr[i] != '/')
            return false;
    }
    return true;
}

bool ovf_read_lettered(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    if (d->ident.from == d->ident.until)
        return false;
    ovf_str word = ovf_range_text(d, d->ident);
    bool has_mark = d->ident.from > 0 && d->clean.text.ptr[d->ident.from - 1] == '!';
    if (!has_mark && is_number(word))
        return false;
    ovf_range all = {0, (uint32_t)word.len};
    if (ovf_text_has(word, all, "SIGMET") || ovf_text_has(word, all, "AIRMET"))
        n->form = OVF_FORM_SIGMET;
    else if (ovf_text_has(word, all, "ASHTAM"))
        n->form = OVF_FORM_ASHTAM;
    else if (ovf_text_has(word, all, "SNOWTAM"))
        n->form = OVF_FORM_SNOWTAM;
    else if (ovf_text_has(word, all, "BIRDTAM"))
        n->form = OVF_FORM_BIRDTAM;
    else if (ovf_series_at(d->clean.text, d->ident.from, &all) > 0)
        n->form = OVF_FORM_NAVWARN;
    else if (has_mark)
        n->form = OVF_FORM_FAA_DOMESTIC;
    else
        return false;
    d->trailer = ovf_find_trailer(d, d->ident.until);
    return true;
}

/* The forms whose letters are their own. */
void ovf_read_kept(ovf_draft *d)
{
    if (d->notice->form == OVF_FORM_SNOWTAM)
        keep(d, "a SNOWTAM");
    else if (d->notice->form == OVF_FORM_BIRDTAM)
        keep(d, "a BIRDTAM");
}

static void finish_ashtam(ovf_draft *d)
{
    for (size_t i = 0; i < d->area_count; i++) {
        if (d->ash_until > 0 && d->areas[i].span.at < ovf_raw_pos(d, d->ash_until))
            d->areas[i].effect = OVF_EFFECT_WARNING;
    }
}

void ovf_finish_form(ovf_draft *d)
{
    if (d->notice->form == OVF_FORM_ASHTAM)
        finish_ashtam(d);
}
