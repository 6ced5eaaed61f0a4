/* SPDX-License-Identifier: Apache-2.0 */
/* Areas by name: FIRs ("MAIQUETIA FIR (SVZM)", lists of them), the territory and airspace of a State,
 * and what narrows them: half-planes and bands ("WEST OF 57W"), "OVER WATER". What is named and
 * cannot be found stays an unresolved area with its name. */
#include "places.h"

static bool is_fir_word(const ovf_draft *d, size_t i, size_t *end)
{
    *end = ovf_phrase(d, i, "FIR|UIR|FIRS|UIRS|OCA|FIC");
    if (*end > 0 && (ovf_tok_is(d, i, "OCA") || ovf_tok_is(d, i, "FIC")))
        *end = 0;
    if (*end > 0) { // "FIR/UIR"
        size_t more = ovf_tok_sign(d, *end, '/') ? ovf_phrase(d, *end + 1, "FIR|UIR") : 0;
        *end = more > 0 ? more : *end;
        return true;
    }
    *end = ovf_phrase(d, i, "FLIGHT INFORMATION REGION|REGIONS");
    return *end > 0;
}

static bool is_code(const ovf_draft *d, size_t i)
{
    if (i >= d->token_count || d->tokens[i].kind != OVF_TOK_WORD || d->tokens[i].len != 4)
        return false;
    ovf_str word = ovf_tok_text(d, i);
    for (size_t k = 0; k < 4; k++) {
        if (word.ptr[k] < 'A' || word.ptr[k] > 'Z')
            return false;
    }
    return true;
}

static uint32_t fir_index(const ovf_draft *d, ovf_str code_or_name)
{
    return d->world == NULL ? OVF_INDEX_NONE : ovf_world_find_fir(d->world, code_or_name);
}

static ovf_mention *add(ovf_places *p, ovf_mention mention)
{
    for (size_t i = 0; i < p->count; i++) {
        ovf_mention *m = &p->items[i];
        bool is_same = m->shape == mention.shape
                       && (mention.index != OVF_INDEX_NONE ? m->index == mention.index
                                                           : ovf_str_eq(m->code, mention.code));
        if (is_same)
            return m;
    }
    if (p->count == OVF_MENTIONS_MAX)
        return NULL;
    p->items[p->count] = mention;
    return &p->items[p->count++];
}

/* A code in brackets, or beside the word FIR: is it a FIR? Without a world its look must do. */
static bool add_code(ovf_draft *d, ovf_places *p, size_t i, bool is_bracketed)
{
    static const char *const never[] = {"THIS", "EACH", "FROM", "WITH", "OVER", "INTO", "BOTH",
                                        "THAT", "SAME", "NEAR", "ONLY", "ALSO", "WHEN", "WILL",
                                        "CLSD", "THEN", "UPON", "BLW",  "ALL",  "AND"};
    if (!is_code(d, i))
        return false;
    ovf_str code = ovf_tok_text(d, i);
    uint32_t index = fir_index(d, code);
    bool is_name =
        index != OVF_INDEX_NONE && !ovf_str_eq(ovf_world_fir(d->world, index)->code, code);
    for (size_t k = 0; k < OVF_COUNTOF(never); k++) {
        if (ovf_tok_is(d, i, never[k]))
            return false;
    }
    if (index == OVF_INDEX_NONE && !is_bracketed)
        return false;
    size_t first = i;
    if (is_name)
        code = ovf_world_fir(d->world, index)->code;
    else
        code = ovf_show(d, d->tokens[i].at, ovf_tok_end(d, i));
    add(p, (ovf_mention){OVF_SHAPE_FIR, index, code, first, i + 1, false});
    return true;
}

/* Up to three words that name a FIR, ending before token `end` or beginning at `first`. */
static bool name_between(const ovf_draft *d, size_t first, size_t last, uint32_t *index)
{
    if (last >= d->token_count || d->tokens[first].kind != OVF_TOK_WORD
        || d->tokens[last].kind != OVF_TOK_WORD)
        return false;
    ovf_str name = ovf_str_sub(d->clean.text, d->tokens[first].at, ovf_tok_end(d, last));
    *index = name.len < 3 || name.len > 60 ? OVF_INDEX_NONE : fir_index(d, name);
    return *index != OVF_INDEX_NONE;
}

static bool is_list_joint(const ovf_draft *d, size_t i)
{
    return ovf_tok_sign(d, i, ',') || ovf_tok_sign(d, i, '/') || ovf_tok_is(d, i, "AND")
           || ovf_tok_sign(d, i, '&') || ovf_tok_is(d, i, "Y") || ovf_tok_is(d, i, "ET");
}

/* A name that ends right before token `end`: where it begins, or `end`. */
static size_t name_before(ovf_draft *d, ovf_places *p, size_t end)
{
    uint32_t index = OVF_INDEX_NONE;
    for (size_t words = 4; words >= 1; words--) {
        if (words > end || !name_between(d, end - words, end - 1, &index))
            continue;
        add(p, (ovf_mention){OVF_SHAPE_FIR, index, ovf_world_fir(d->world, index)->code,
                             end - words, end, false});
        return end - words;
    }
    return end;
}

static size_t name_behind(ovf_draft *d, ovf_places *p, size_t first)
{
    uint32_t index = OVF_INDEX_NONE;
    for (size_t words = 4; words >= 1; words--) {
        if (!name_between(d, first, first + words - 1, &index))
            continue;
        add(p, (ovf_mention){OVF_SHAPE_FIR, index, ovf_world_fir(d->world, index)->code, first,
                             first + words, false});
        return first + words;
    }
    return first;
}

/* Words before or behind the word FIR that name one, or a list: "NEW YORK OCEANIC FIR", "FIR TEHRAN",
 * "KARACHI AND LAHORE FIRS", "FIRS KYIV, LVIV AND ODESA". */
static bool add_name(ovf_draft *d, ovf_places *p, size_t fir, size_t end)
{
    size_t first = name_before(d, p, fir);
    if (first < fir) {
        for (int listed = 0; listed < 20 && first > 1 && is_list_joint(d, first - 1); listed++) {
            size_t joint = first - 1;
            joint -= joint > 0 && is_list_joint(d, joint - 1); // ", AND"
            size_t next = name_before(d, p, joint);
            if (next == joint)
                break;
            first = next;
        }
        return true;
    }
    size_t last = name_behind(d, p, end);
    if (last == end)
        return false;
    for (int listed = 0; listed < 20 && is_list_joint(d, last); listed++) {
        size_t start = last + 1 + is_list_joint(d, last + 1);
        size_t next = name_behind(d, p, start);
        if (next == start)
            break;
        last = next;
    }
    return true;
}

/* "ALL RUSSIAN FIRS", "FIRS OF UKRAINE", "ALL FIRS OF THE RUSSIAN FEDERATION". */
static bool add_states_firs(ovf_draft *d, ovf_places *p, size_t fir, size_t end)
{
    if (d->world == NULL || ovf_phrase(d, fir, "FIRS|REGIONS|UIRS") == 0)
        return false;
    uint32_t state = OVF_INDEX_NONE;
    size_t behind = ovf_phrase(d, end, "OF|IN THE?");
    size_t stop = 0;
    if (behind > 0)
        state = ovf_state_at(d, behind, &stop);
    for (size_t words = 3; state == OVF_INDEX_NONE && words >= 1; words--) {
        uint32_t found = words < fir ? ovf_state_at(d, fir - words, &stop) : OVF_INDEX_NONE;
        if (found != OVF_INDEX_NONE && stop == fir && ovf_phrase(d, fir - words - 1, "ALL|THE") > 0)
            state = found;
    }
    bool any = false;
    for (uint32_t i = 0; state != OVF_INDEX_NONE && i < ovf_world_fir_count(d->world); i++) {
        const ovf_fir *row = ovf_world_fir(d->world, i);
        if (row->state != state || ovf_str_eq(row->kind, OVF_STR("uir")))
            continue;
        add(p, (ovf_mention){OVF_SHAPE_FIR, i, row->code, fir, end, false});
        any = true;
    }
    return any;
}

/* "THE FIR", "ENTIRE FIR", "WI FIR": the FIR of item A. */
static bool is_generic(const ovf_draft *d, size_t fir)
{
    static const char *const words[] = {
        "THE",  "ENTIRE",   "WHOLE",      "THIS",         "WI",       "WITHIN",   "ALL",
        "OF",   "IN",       "OUR",        "EACH",         "ADJACENT", "OTHER",    "OVER",
        "AND",  "SAME",     "RESPECTIVE", "NEIGHBOURING", "NO",       "PER",      "EVERY",
        "SUCH", "SAID",     "ANY",        "BY",           "FOR",      "TO",       "FROM",
        "INTO", "CROSSING", "CONCERNED",  "RELEVANT",     "AFFECTED", "ENTERING", "FOREIGN",
        "FM",   "VIA",      "THROUGH",    "ALONG"};
    if (fir == 0 || d->tokens[fir - 1].kind != OVF_TOK_WORD)
        return true;
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (ovf_tok_is(d, fir - 1, words[i]))
            return true;
    }
    return false;
}

/* Codes in brackets on both sides of the word FIR, as far as the list reaches. */
static bool add_listed(ovf_draft *d, ovf_places *p, size_t fir, size_t end)
{
    bool any = false;
    size_t start = ovf_sentence_start(d, fir);
    size_t stop = ovf_sentence_end(d, fir);
    if (start + 60 < fir)
        start = fir - 60;
    if (stop > end + 60)
        stop = end + 60;
    for (size_t i = start; i < stop; i++) {
        bool is_bracketed =
            i > 0 && (ovf_tok_sign(d, i - 1, '(') || ((ovf_tok_sign(d, i + 1, ')')) && i >= end));
        bool is_beside = i + 1 == fir || i == end;
        if (is_bracketed || is_beside)
            any |= add_code(d, p, i, is_bracketed);
    }
    // "FIR VIDF, VABF AND VECF", "SVZM, TNCF AND TJZS FIRS"
    for (size_t i = end;
         i < stop
         && (is_code(d, i) || ovf_tok_sign(d, i, ',') || ovf_tok_sign(d, i, '/')
             || ovf_tok_sign(d, i, ':') || ovf_tok_is(d, i, "AND") || ovf_tok_sign(d, i, '-'));
         i++)
        any |= add_code(d, p, i, false);
    for (size_t i = fir; i-- > start
                         && (is_code(d, i) || ovf_tok_sign(d, i, ',') || ovf_tok_sign(d, i, '/')
                             || ovf_tok_is(d, i, "AND"));)
        any |= add_code(d, p, i, false);
    return any;
}

static void find_firs(ovf_draft *d, ovf_places *p)
{
    for (size_t i = d->main_from; i < d->token_count; i++) {
        size_t end = 0;
        if (!is_fir_word(d, i, &end))
            continue;
        bool is_aside = ovf_phrase_find(d, ovf_sentence_start(d, i), i,
                                        "SUPERSEDES|IMPACTS|OVERLAPPING|AFFECTS|CTC|CONTACT", NULL)
                        != OVF_NOPOS;
        size_t before = p->count;
        bool any = !is_aside && (add_states_firs(d, p, i, end) || add_listed(d, p, i, end));
        if (!any && !is_aside && p->count == before)
            any = add_name(d, p, i, end);
        if (!any && !is_aside && !is_generic(d, i) && d->tokens[i - 1].len > 2
            && ovf_tok_is(d, i, "FIR")) {
            size_t first = i - 1;
            while (first >= 2 && ovf_tok_sign(d, first - 1, '-')
                   && (d->tokens[first].flags & OVF_TOK_GLUED) != 0)
                first -= 2; // "ROSTOV-NA-DONU FIR"
            ovf_str name = ovf_show(d, d->tokens[first].at, ovf_tok_end(d, end - 1));
            add(p, (ovf_mention){OVF_SHAPE_FIR, OVF_INDEX_NONE, name, first, end, false});
        }
        i = end - 1;
    }
}

/* ---- States ---- */

static void add_states(ovf_draft *d, ovf_places *p, size_t first, size_t i)
{
    for (int listed = 0; listed < 20; listed++) {
        size_t end = 0;
        i += ovf_tok_is(d, i, "THE");
        uint32_t state = ovf_state_at(d, i, &end);
        if (state == OVF_INDEX_NONE) {
            if (listed > 0 || i >= d->token_count || d->tokens[i].kind != OVF_TOK_WORD)
                return;
            ovf_str code = ovf_state_code_at(d, i, &end);
            end = end > i ? end : i + 1;
            ovf_str name =
                code.len > 0 ? code : ovf_show(d, d->tokens[i].at, ovf_tok_end(d, end - 1));
            add(p, (ovf_mention){OVF_SHAPE_STATE, OVF_INDEX_NONE, name, first, end, false});
            return;
        }
        bool is_fir_behind = ovf_tok_sign(d, end, '(')
                             && (ovf_tok_is(d, end + 1, "FIR") || ovf_tok_is(d, end + 2, "FIR"));
        if (!is_fir_behind)
            add(p, (ovf_mention){OVF_SHAPE_STATE, state, ovf_world_state(d->world, state)->iso3,
                                 first, end, false});
        if (!ovf_tok_sign(d, end, ',') && !ovf_tok_is(d, end, "AND"))
            return;
        i = end + 1;
        i += ovf_tok_is(d, i, "AND");
    }
}

/* "NIGER REPUBLIC AIRSPACE", "IRISH AIRSPACE", "FRENCH SOVEREIGN AIRSPACE". */
static void add_state_before(ovf_draft *d, ovf_places *p, size_t airspace)
{
    size_t last = airspace;
    static const char *const between[] = {"TERRITORIAL", "SOVEREIGN", "NATIONAL", "REPUBLIC",
                                          "AIR"};
    for (size_t k = 0; k < OVF_COUNTOF(between) && last > 0; k++)
        last -= ovf_tok_is(d, last - 1, between[k]);
    for (size_t words = 4; words >= 1; words--) {
        size_t end = 0;
        if (words <= last && ovf_state_code_at(d, last - words, &end).len > 0 && end == last) {
            add_states(d, p, last - words, last - words);
            return;
        }
    }
}

static void find_states(ovf_draft *d, ovf_places *p)
{
    static const char *const of_forms[] = {
        "TERRITORY AND AIRSPACE OF",
        "AIRSPACE OF THE? REPUBLIC|STATE|KINGDOM|TERRITORY OF",
        "AIRSPACE OF THE? ISLAND|ISLANDS? OF",
        "AIRSPACE OF",
        "AIRSPACE OVER|ABOVE THE? TERRITORY OF",
        "AIRSPACE OVER|ABOVE",
    };
    for (size_t i = d->main_from; i < d->token_count; i++) {
        size_t next = 0;
        for (size_t k = 0; k < OVF_COUNTOF(of_forms) && next == 0; k++)
            next = ovf_phrase(d, i, of_forms[k]);
        if (next > 0) {
            size_t after = next + ovf_tok_is(d, next, "THE");
            size_t end = 0;
            bool is_state = ovf_state_code_at(d, after, &end).len > 0
                            || ovf_state_at(d, after, &end) != OVF_INDEX_NONE;
            if (is_state || ovf_tok_is(d, i, "TERRITORY"))
                add_states(d, p, i, next);
            continue;
        }
        if (ovf_tok_is(d, i, "AIRSPACE") || ovf_tok_is(d, i, "AIRSAPCE"))
            add_state_before(d, p, i);
    }
}

ovf_str ovf_squeezed(ovf_draft *d, size_t from, size_t until)
{
    ovf_str s = ovf_show(d, from, until);
    char *out = ovf_arena_array(d->arena, char, s.len + 1);
    if (out == NULL) {
        d->no_memory = true;
        return s;
    }
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        bool is_blank = ovf_is_blank(s.ptr[i]);
        if (!is_blank || (len > 0 && out[len - 1] != ' '))
            out[len++] = is_blank ? ' ' : s.ptr[i];
    }
    return (ovf_str){out, len};
}

/* ---- areas out of the mentions ---- */

static const ovf_area *plain_area(const ovf_draft *d, const ovf_mention *m)
{
    if (m->index == OVF_INDEX_NONE)
        return ovf_area_unresolved();
    const ovf_area *area = m->shape == OVF_SHAPE_FIR
                               ? ovf_world_fir_area(d->world, ovf_world_fir(d->world, m->index))
                               : ovf_world_territory(d->world, m->index);
    bool is_known = area != NULL && ovf_area_kind_of(area) != OVF_AREA_EMPTY;
    return is_known ? area : ovf_area_unresolved();
}

static const ovf_area *clip(ovf_draft *d, const ovf_places *p, size_t index, const ovf_area *area)
{
    const ovf_area *parts[OVF_CUTS_MAX + 1] = {area};
    size_t count = 1;
    for (size_t i = 0; i < p->cut_count; i++) {
        if (p->cuts_hold_for_all || ovf_owner_of(p, p->cuts[i].at) == index)
            parts[count++] = p->cuts[i].area;
    }
    const ovf_area *out = area;
    if (count > 1 && ovf_area_intersection(d->arena, parts, count, &out, NULL) != OVF_OK)
        d->no_memory = true;
    return out;
}

#define STATES_NEAR_MAX 96

const ovf_area *ovf_without_land(ovf_draft *d, const ovf_area *area, bool is_high_seas)
{
    ovf_box box = ovf_area_bounds(area);
    const ovf_area *lands[STATES_NEAR_MAX];
    size_t count = 0;
    uint32_t states = (uint32_t)ovf_world_state_count(d->world);
    for (uint32_t i = 0; i < states && count < OVF_COUNTOF(lands); i++) {
        const ovf_area *land =
            is_high_seas ? ovf_world_territory(d->world, i) : ovf_world_land(d->world, i);
        if (land != NULL && ovf_area_kind_of(land) != OVF_AREA_EMPTY
            && ovf_box_overlaps(ovf_area_bounds(land), box))
            lands[count++] = land;
    }
    const ovf_area *all = NULL;
    const ovf_area *out = area;
    if (count == 0)
        return area;
    if (count == OVF_COUNTOF(lands) || ovf_area_union(d->arena, lands, count, &all, NULL) != OVF_OK
        || ovf_area_difference(d->arena, area, all, &out, NULL) != OVF_OK)
        return ovf_area_unresolved();
    return out;
}

/* Which part of the sea the sentence of a mention narrows it to. */
enum sea_zone { SEA_NONE, SEA_WATER, SEA_HIGH, SEA_TERRITORIAL };

static enum sea_zone sea_zone_of(const ovf_draft *d, const ovf_mention *m)
{
    size_t start = ovf_sentence_start(d, m->first);
    size_t stop = ovf_sentence_end(d, m->first);
    size_t from = m->first > start + 14 ? m->first - 14 : start;
    size_t until = m->end + 12 < stop ? m->end + 12 : stop;
    size_t end = 0;
    size_t at = ovf_phrase_find(d, from, until, "HIGH SEA|SEAS", &end);
    size_t other = ovf_phrase_find(d, from, until, "INTERNATIONAL WATERS|WATER", &end);
    if (at != OVF_NOPOS || other != OVF_NOPOS)
        return SEA_HIGH;
    at = ovf_phrase_find(d, from, until, "OVER|ABOVE THE? *? TERRITORIAL SEA|SEAS|WATER|WATERS",
                         &end);
    if (at != OVF_NOPOS) {
        // "... AIRSPACE, INCLUDING THE AIRSPACE ABOVE THE TERRITORIAL SEA" takes nothing away
        size_t lead = at > 8 ? at - 8 : 0;
        bool adds = ovf_phrase_find(d, lead, at, "INCLUDING|INCL|AND|AS", NULL) != OVF_NOPOS;
        return adds ? SEA_NONE : SEA_TERRITORIAL;
    }
    if (ovf_phrase_find(d, from, until, "OVER|ABOVE THE? OPEN? SEA|WATER|WATERS|OCEAN", &end)
            != OVF_NOPOS
        || ovf_phrase_find(d, from, until, "OVERWATER", &end) != OVF_NOPOS)
        return SEA_WATER;
    return SEA_NONE;
}

/* The territorial seas of the States whose territory meets a FIR; of a State its own. */
static const ovf_area *territorial(ovf_draft *d, const ovf_mention *m, const ovf_area *area)
{
    const ovf_area *water = ovf_without_land(d, area, false);
    const ovf_area *high = ovf_without_land(d, area, true);
    const ovf_area *out = NULL;
    if (m->shape == OVF_SHAPE_STATE)
        return water;
    if (ovf_area_difference(d->arena, water, high, &out, NULL) != OVF_OK)
        return ovf_area_unresolved();
    return out;
}

static const ovf_area *sea_part(ovf_draft *d, const ovf_mention *m, const ovf_area *area)
{
    switch (sea_zone_of(d, m)) {
    case SEA_WATER: return ovf_without_land(d, area, false);
    case SEA_HIGH: return m->shape == OVF_SHAPE_FIR ? ovf_without_land(d, area, true) : area;
    case SEA_TERRITORIAL: return territorial(d, m, area);
    case SEA_NONE: break;
    }
    return area;
}

static void add_mention(ovf_draft *d, const ovf_places *p, size_t index)
{
    const ovf_mention *m = &p->items[index];
    const ovf_area *area = plain_area(d, m);
    bool is_known = area != ovf_area_unresolved();
    if (m->is_taken)
        return;
    if (is_known) {
        area = sea_part(d, m, clip(d, p, index, area));
        is_known = ovf_area_is_resolved(area);
        area = is_known ? area : ovf_area_unresolved();
    }
    ovf_notice_area *added =
        ovf_add_area(d, m->shape, is_known ? OVF_CERTAINTY_REFERENCE : OVF_CERTAINTY_UNRESOLVED,
                     area, d->tokens[m->first].at, ovf_tok_end(d, m->end - 1));
    if (added == NULL)
        return;
    added->name = m->code;
    if (!is_known && m->index == OVF_INDEX_NONE)
        OVF_FIND(d, OVF_WARNING, d->tokens[m->first].at, "NAME_UNKNOWN",
                 "%.*s: not in the world's tables: the area is not resolved",
                 OVF_ARG(ovf_str_sub(m->code, 0, 60)));
}

/* "FIR A AND FIR B WITHIN THE TERRITORY AND AIRSPACE OF MALI": the FIRs' part of the State. */
static bool add_within(ovf_draft *d, const ovf_places *p)
{
    if (p->count < 2 || p->items[p->count - 1].shape != OVF_SHAPE_STATE)
        return false;
    const ovf_mention *state = &p->items[p->count - 1];
    const ovf_mention *before = &p->items[p->count - 2];
    bool is_within = false;
    for (size_t i = before->end; i < state->first && i < before->end + 6; i++)
        is_within |=
            ovf_tok_is(d, i, "WITHIN") || ovf_tok_is(d, i, "WI") || ovf_tok_is(d, i, "INSIDE");
    for (size_t i = 0; i + 1 < p->count; i++)
        is_within &= p->items[i].shape == OVF_SHAPE_FIR;
    const ovf_area *territory = plain_area(d, state);
    if (!is_within || before->end > state->first || territory == ovf_area_unresolved())
        return false;
    for (size_t i = 0; i + 1 < p->count; i++) {
        const ovf_area *parts[2] = {plain_area(d, &p->items[i]), territory};
        const ovf_area *area = NULL;
        if (ovf_area_intersection(d->arena, parts, 2, &area, NULL) != OVF_OK)
            return false;
        bool is_known = parts[0] != ovf_area_unresolved();
        ovf_notice_area *added = ovf_add_area(
            d, OVF_SHAPE_FIR, is_known ? OVF_CERTAINTY_REFERENCE : OVF_CERTAINTY_UNRESOLVED,
            is_known ? area : ovf_area_unresolved(), d->tokens[p->items[i].first].at,
            ovf_tok_end(d, state->end - 1));
        if (added != NULL)
            added->name = p->items[i].code;
    }
    return true;
}

/* A buffer round something that is no border: it cannot be drawn. */
static void report_unread(ovf_draft *d, const ovf_places *p)
{
    size_t buffer = ovf_phrase_find(d, d->main_from, d->token_count, "BUFFER ZONE|AREA", NULL);
    if (buffer == OVF_NOPOS || p->has_buffer)
        return;
    ovf_notice_area *area =
        ovf_add_area(d, OVF_SHAPE_BUFFER, OVF_CERTAINTY_UNRESOLVED, ovf_area_unresolved(),
                     d->tokens[buffer].at, ovf_tok_end(d, ovf_sentence_end(d, buffer) - 1));
    if (area != NULL)
        area->name = ovf_show(d, d->tokens[buffer].at, ovf_tok_end(d, buffer + 1));
    OVF_FIND(d, OVF_WARNING, d->tokens[buffer].at, "GEOM_BUFFER",
             "a buffer zone: the area is not resolved");
}

/* Half-planes and lines with no FIR or State named cut the FIRs of item A. */
static void mention_item_a(ovf_draft *d, ovf_places *p)
{
    uint32_t firs[OVF_MENTIONS_MAX];
    bool is_airspace = d->notice->qcode.len == 5 && strchr("RWA", d->notice->qcode.ptr[1]) != NULL;
    size_t count = is_airspace ? ovf_item_a_firs(d, firs, OVF_MENTIONS_MAX) : 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = p->cuts[0].at;
        add(p, (ovf_mention){OVF_SHAPE_FIR, firs[i], ovf_world_fir(d->world, firs[i])->code, at,
                             at + 1, false});
    }
    p->cuts_hold_for_all = true;
}

/* Are all areas so far made of the points of a line whose side the text means? */
static bool are_line_points(const ovf_draft *d, const ovf_places *p)
{
    if (p->line_end <= p->line_from || p->count == 0)
        return false;
    ovf_span line = ovf_raw_span(d, d->tokens[p->line_from].at, ovf_tok_end(d, p->line_end - 1));
    for (size_t i = 0; i < d->area_count; i++) {
        const ovf_span *span = &d->areas[i].span;
        if (span->at < line.at || span->at + span->len > line.at + line.len)
            return false;
    }
    return true;
}

void ovf_read_places(ovf_draft *d)
{
    ovf_places p = {0};
    bool has_line =
        d->area_count == 0
        || ovf_phrase_find(d, d->main_from, d->token_count,
                           "OF A|THE? STRAIGHT? LINE|LINES|SEGMENT|SEGMENTS|TRACK|AXIS", NULL)
               != OVF_NOPOS;
    if (!has_line)
        return; // coordinates say more than names
    find_firs(d, &p);
    find_states(d, &p);
    size_t findings = d->findings.count;
    ovf_find_sides(d, &p);
    if (d->area_count > 0 && !are_line_points(d, &p)) {
        d->findings.count = findings;
        return;
    }
    d->area_count = 0;
    ovf_find_strips(d, &p);
    if (p.count == 0 && p.cut_count > 0)
        mention_item_a(d, &p);
    if (p.cut_count == 0 && add_within(d, &p))
        return;
    for (size_t i = 0; i < p.count && !d->no_memory; i++)
        add_mention(d, &p, i);
    report_unread(d, &p);
}
