/* SPDX-License-Identifier: Apache-2.0 */
/* FIRs and States that a text names, in its order: "MAIQUETIA FIR (SVZM)", lists of them, the
 * territory and airspace of a State, "KHARTOUM FIR OVER SOUTH SUDAN". places.c makes areas of them. */
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

ovf_mention *ovf_put_mention(ovf_places *p, ovf_mention mention)
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

/* "JEDDAH AERODROME (OEJN)", "(CZIB)": four letters in brackets that are something else. */
static bool is_no_fir(const ovf_draft *d, size_t i)
{
    ovf_str code = ovf_tok_text(d, i);
    size_t from = i > 4 ? i - 4 : 0;
    bool is_aerodrome =
        ovf_phrase_find(d, from, i, "AERODROME|AIRPORT|AD|ARPT|APT|AP", NULL) != OVF_NOPOS;
    if (is_aerodrome || ovf_str_eq(code, OVF_STR("CZIB")) || d->world == NULL)
        return is_aerodrome || ovf_str_eq(code, OVF_STR("CZIB"));
    return ovf_world_find_airport(d->world, code) != OVF_INDEX_NONE;
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
    if (index == OVF_INDEX_NONE && (!is_bracketed || is_no_fir(d, i)))
        return false;
    size_t first = i;
    if (is_name)
        code = ovf_world_fir(d->world, index)->code;
    else
        code = ovf_show(d, d->tokens[i].at, ovf_tok_end(d, i));
    ovf_put_mention(p, ovf_mention_of(OVF_SHAPE_FIR, index, code, first, i + 1));
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
    for (size_t words = 5; words >= 1; words--) {
        if (words > end || !name_between(d, end - words, end - 1, &index))
            continue;
        ovf_put_mention(p, ovf_mention_of(OVF_SHAPE_FIR, index,
                                          ovf_world_fir(d->world, index)->code, end - words, end));
        return end - words;
    }
    return end;
}

static size_t name_behind(ovf_draft *d, ovf_places *p, size_t first)
{
    uint32_t index = OVF_INDEX_NONE;
    for (size_t words = 5; words >= 1; words--) {
        if (!name_between(d, first, first + words - 1, &index))
            continue;
        ovf_put_mention(p,
                        ovf_mention_of(OVF_SHAPE_FIR, index, ovf_world_fir(d->world, index)->code,
                                       first, first + words));
        return first + words;
    }
    return first;
}

/* "LVIV UKLV, KYIV (UKBV)": behind the code that says a name again, when there was a name. */
static size_t behind_code(const ovf_draft *d, size_t behind, size_t first)
{
    if (behind == first)
        return behind;
    size_t at = behind + ovf_tok_sign(d, behind, '(');
    if (!is_code(d, at) || fir_index(d, ovf_tok_text(d, at)) == OVF_INDEX_NONE)
        return behind;
    return at + 1 + (at > behind && ovf_tok_sign(d, at + 1, ')'));
}

/* "ODESA UKOV", "DNIPRO (UKDV)": a name that the tables do not have, and its code. The token behind, or
 * `first`. */
static size_t coded_behind(ovf_draft *d, ovf_places *p, size_t first)
{
    for (size_t i = first; i < first + 4 && i < d->token_count; i++) {
        uint32_t index = is_code(d, i) ? fir_index(d, ovf_tok_text(d, i)) : OVF_INDEX_NONE;
        if (index != OVF_INDEX_NONE) {
            ovf_put_mention(p, ovf_mention_of(OVF_SHAPE_FIR, index,
                                              ovf_world_fir(d->world, index)->code, first, i + 1));
            return i + 1 + ovf_tok_sign(d, i + 1, ')');
        }
        if (d->tokens[i].kind != OVF_TOK_WORD && !ovf_tok_sign(d, i, '('))
            return first;
    }
    return first;
}

/* Names behind the word FIRS, one after the other; the index behind them. */
static size_t list_behind(ovf_draft *d, ovf_places *p, size_t end)
{
    size_t last = behind_code(d, name_behind(d, p, end), end);
    for (int listed = 0; last > end && listed < 20 && is_list_joint(d, last); listed++) {
        size_t start = last + 1 + is_list_joint(d, last + 1);
        size_t next = behind_code(d, name_behind(d, p, start), start);
        if (next == start)
            next = coded_behind(d, p, start);
        if (next == start)
            break;
        last = next;
    }
    return last;
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
    return list_behind(d, p, end) > end;
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
        ovf_put_mention(p, ovf_mention_of(OVF_SHAPE_FIR, i, row->code, fir, end));
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
        bool is_led = i > 0 && ovf_tok_sign(d, i - 1, '(')
                      && (d->tokens[i + 1].kind != OVF_TOK_WORD || ovf_tok_is(d, i + 1, "AND")
                          || ovf_phrase(d, i + 1, "FIR|UIR|FIRS|ACC") > 0);
        bool is_bracketed = is_led || (i > 0 && ovf_tok_sign(d, i + 1, ')') && i >= end);
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

/* "AFGHANISTAN FIR", "CUBA FIR": the only one that the State has. */
static bool add_state_named(ovf_draft *d, ovf_places *p, size_t fir, size_t end)
{
    uint32_t only = OVF_INDEX_NONE;
    for (size_t words = 4; d->world != NULL && words >= 1 && only == OVF_INDEX_NONE; words--) {
        size_t stop = 0;
        uint32_t state = words <= fir ? ovf_state_at(d, fir - words, &stop) : OVF_INDEX_NONE;
        if (state == OVF_INDEX_NONE || stop != fir)
            continue;
        for (uint32_t i = 0; i < ovf_world_fir_count(d->world); i++) {
            const ovf_fir *row = ovf_world_fir(d->world, i);
            if (row->state != state || !ovf_str_eq(row->kind, OVF_STR("fir")))
                continue;
            if (only != OVF_INDEX_NONE
                && !ovf_str_eq(ovf_world_fir(d->world, only)->code, row->code))
                return false;
            only = i;
        }
    }
    if (only != OVF_INDEX_NONE)
        ovf_put_mention(
            p, ovf_mention_of(OVF_SHAPE_FIR, only, ovf_world_fir(d->world, only)->code, fir, end));
    return only != OVF_INDEX_NONE;
}

/* Is a FIR already read out of the token beside the word FIR, on either side? */
static bool is_named_at(const ovf_draft *d, const ovf_places *p, size_t fir, size_t end)
{
    for (size_t i = 0; i < p->count; i++) {
        const ovf_mention *m = &p->items[i];
        if (m->end == fir || m->first == end || (m->first == end + 1 && ovf_tok_sign(d, end, '(')))
            return true;
    }
    return false;
}

/* Behind a FIR: "OVER SOUTH SUDAN", "WITHIN THE TERRITORY AND AIRSPACE OF MALI". The State, or none. */
static uint32_t state_round(const ovf_draft *d, size_t i)
{
    size_t end = 0;
    // "(HSSS)" and a comma may stand between.
    for (int k = 0; k < 4 && i < d->token_count; k++) {
        bool is_code_here = d->tokens[i].kind == OVF_TOK_SIGN
                                ? strchr("(),", d->tokens[i].sign) != NULL
                                : is_code(d, i) && ovf_tok_sign(d, i + 1, ')');
        if (!is_code_here)
            break;
        i++;
    }
    size_t next = ovf_phrase(d, i, "OVER|OVERHEAD|ABOVE|ABV|WITHIN|WI|INSIDE|IN");
    if (next == 0)
        return OVF_INDEX_NONE;
    size_t of =
        ovf_phrase(d, next, "THE? SOVEREIGN|TERRITORIAL? TERRITORY|AIRSPACE AND? AIRSPACE? OF");
    next = of > 0 ? of : next;
    next += ovf_tok_is(d, next, "THE");
    uint32_t state = ovf_state_at(d, next, &end);
    // "WITHIN IRISH AIRSPACE" names a State, "OVER FRENCH ALPS" does not.
    bool is_demonym = state != OVF_INDEX_NONE
                      && ovf_str_eq_nocase(
                          ovf_world_state(d->world, state)->demonym,
                          ovf_str_sub(d->clean.text, d->tokens[next].at, ovf_tok_end(d, end - 1)));
    return is_demonym && ovf_phrase(d, end, "AIRSPACE|TERRITORY") == 0 ? OVF_INDEX_NONE : state;
}

/* The FIRs added since `before`, of one list, are meant only over that State. */
static void bound_firs(const ovf_draft *d, ovf_places *p, size_t before, size_t behind)
{
    uint32_t state = p->count > before ? state_round(d, behind) : OVF_INDEX_NONE;
    for (size_t i = before; i < p->count && state != OVF_INDEX_NONE; i++) {
        p->items[i].is_bounded = true;
        p->items[i].within = state;
    }
}

/* A State that only says which part of a FIR is meant is no area of its own. */
void ovf_drop_bounds(ovf_places *p)
{
    size_t kept = 0;
    for (size_t i = 0; i < p->count; i++) {
        bool is_bound = false;
        for (size_t k = 0; k < p->count && p->items[i].shape == OVF_SHAPE_STATE; k++)
            is_bound |= p->items[k].is_bounded && p->items[k].within == p->items[i].index;
        if (!is_bound)
            p->items[kept++] = p->items[i];
    }
    p->count = kept;
}

/* In the order of the text: lists are read from the word FIR, forwards and back. */
static void sort_mentions(ovf_places *p)
{
    for (size_t i = 1; i < p->count; i++) {
        ovf_mention moved = p->items[i];
        size_t k = i;
        for (; k > 0 && p->items[k - 1].first > moved.first; k--)
            p->items[k] = p->items[k - 1];
        p->items[k] = moved;
    }
}

/* "DOHA FIR CLOSED. OVERFLIGHTS VIA BAHRAIN FIR SHALL CTC ...": the way round is not what is closed. */
static bool is_way_round(const ovf_draft *d, const ovf_places *p, size_t fir, size_t end)
{
    size_t start = ovf_sentence_start(d, fir);
    size_t near = fir > start + 4 ? fir - 4 : start;
    return p->count > 0 && p->items[0].first < start
           && ovf_phrase_find(d, near, fir, "VIA|THROUGH|THRU|USING", NULL) != OVF_NOPOS
           && ovf_phrase_find(
                  d, start, ovf_sentence_end(d, end),
                  "PROHIBITED|CLSD|CLOSED|NOT|NO|FORBIDDEN|SUSPENDED|BANNED|AVOID|RESTRICTED|ONLY|LIMITED|"
                  "SUBJECT|SUBJ|PERMISSION|PERM|PPR|APPROVAL|ABV|ABOVE|BLW|BELOW|MINIMUM|MNM|MAINTAIN|~FL",
                  NULL)
                  == OVF_NOPOS;
}

void ovf_find_firs(ovf_draft *d, ovf_places *p)
{
    for (size_t i = d->main_from;
         (i = ovf_phrase_find(d, i, d->token_count, "FIR|UIR|FIRS|UIRS|FLIGHT", NULL)) != OVF_NOPOS;
         i++) {
        size_t end = 0;
        if (!is_fir_word(d, i, &end))
            continue;
        bool is_aside = ovf_phrase_find(d, ovf_sentence_start(d, i), i,
                                        "SUPERSEDES|IMPACTS|OVERLAPPING|AFFECTS|CTC|CONTACT", NULL)
                            != OVF_NOPOS
                        || is_way_round(d, p, i, end);
        size_t before = p->count;
        bool any = !is_aside && (add_states_firs(d, p, i, end) || add_listed(d, p, i, end));
        if (!is_aside && (!any ? p->count == before : !is_named_at(d, p, i, end)))
            any |= add_name(d, p, i, end);
        else if (!is_aside)
            list_behind(d, p, end);
        if (!any && !is_aside)
            any = add_state_named(d, p, i, end);
        if (!any && !is_aside && !is_generic(d, i) && d->tokens[i - 1].len > 2
            && ovf_tok_is(d, i, "FIR")) {
            size_t first = i - 1;
            while (first >= 2 && ovf_tok_sign(d, first - 1, '-')
                   && (d->tokens[first].flags & OVF_TOK_GLUED) != 0)
                first -= 2; // "ROSTOV-NA-DONU FIR"
            ovf_str name = ovf_show(d, d->tokens[first].at, ovf_tok_end(d, end - 1));
            ovf_put_mention(p, ovf_mention_of(OVF_SHAPE_FIR, OVF_INDEX_NONE, name, first, end));
        }
        bound_firs(d, p, before, end);
        i = end - 1;
    }
    sort_mentions(p);
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
            ovf_put_mention(p, ovf_mention_of(OVF_SHAPE_STATE, OVF_INDEX_NONE, name, first, end));
            return;
        }
        bool is_fir_behind = ovf_tok_sign(d, end, '(')
                             && (ovf_tok_is(d, end + 1, "FIR") || ovf_tok_is(d, end + 2, "FIR"));
        if (!is_fir_behind)
            ovf_put_mention(p, ovf_mention_of(OVF_SHAPE_STATE, state,
                                              ovf_world_state(d->world, state)->iso3, first, end));
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

/* "THIS NOTAM SUPERSEDES THE RESTRICTIONS CONCERNING SAUDI ARABIA AIRSPACE". */
static bool is_superseded(const ovf_draft *d, size_t i)
{
    return ovf_phrase_find(d, ovf_sentence_start(d, i), i, "SUPERSEDES|SUPERSEDED|REPLACES", NULL)
           != OVF_NOPOS;
}

/* "THE NATIONAL AIRSPACE IS CLOSED TO ...": of the State of item A. */
static bool add_own_state(ovf_draft *d, ovf_places *p, size_t i)
{
    size_t end = 0;
    uint32_t fir = OVF_INDEX_NONE;
    if (i >= 2 && ovf_state_at(d, i - 2, &end) != OVF_INDEX_NONE)
        return false; // "FRENCH NATIONAL AIRSPACE"
    if (ovf_item_a_firs(d, &fir, 1) == 0)
        return false;
    uint32_t state = ovf_world_fir(d->world, fir)->state;
    if (state != OVF_INDEX_NONE)
        ovf_put_mention(p, ovf_mention_of(OVF_SHAPE_STATE, state,
                                          ovf_world_state(d->world, state)->iso3, i - 1, i + 1));
    return state != OVF_INDEX_NONE;
}

/* "OVERFLYING THE TERRITORY OF SWEDEN", "OVERFLY THE KINGDOM OF SAUDI ARABIA", "SURVOLER LE TERRITOIRE DE
 * LA REPUBLIQUE DU X": what is flown over is the State's air. */
static void find_overflown(ovf_draft *d, ovf_places *p)
{
    static const char overflying[] =
        "OVERFLY|OVERFLYING|SURVOLER|SURVOL|SOBREVOLAR|SOBREVUELO|SOBREVOO|SOBREVOAR";
    for (size_t i = d->main_from;
         (i = ovf_phrase_find(d, i, d->token_count, overflying, NULL)) != OVF_NOPOS; i++) {
        size_t next = ovf_phrase(d, i,
                                 "* OF|DE|DEL|DU|DO? THE|LE|EL|LA|O? TERRITORY|TERRITOIRE|"
                                 "TERRITORIO|KINGDOM|REPUBLIC|STATE OF|DE|DEL|DU|DA|DO THE|LA?");
        size_t end = 0;
        if (next == 0 || ovf_state_behind(d, next, &end).len == 0)
            continue;
        size_t name = next; // behind "THE REPUBLIC OF"
        size_t stop = 0;
        while (name + 1 < end && ovf_state_at(d, name, &stop) == OVF_INDEX_NONE)
            name++;
        add_states(d, p, next - 1, name);
    }
}

/* "SERVICES NOT PROVIDED OVER THE TERRITORY OF X". */
static void find_over_territory(ovf_draft *d, ovf_places *p)
{
    for (size_t i = d->main_from;
         (i = ovf_phrase_find(d, i, d->token_count, "OVER|ABOVE", NULL)) != OVF_NOPOS; i++) {
        size_t next = ovf_phrase(d, i, "OVER|ABOVE THE? TERRITORY OF THE?");
        size_t end = 0;
        if (next > 0 && ovf_state_at(d, next, &end) != OVF_INDEX_NONE)
            add_states(d, p, next - 1, next);
    }
}

/* "PROHIBITED FROM OVERFLYING AND LANDING IN X TERRITORY". */
static bool is_flown_over(const ovf_draft *d, size_t i)
{
    return ovf_phrase_find(d, ovf_sentence_start(d, i), i,
                           "OVERFLY|OVERFLYING|OVERFLIGHT|OVERFLIGHTS|LANDING|LAND|ENTER|ENTERING|"
                           "OVERFLOWN|PENETRATE",
                           NULL)
           != OVF_NOPOS;
}

void ovf_find_states(ovf_draft *d, ovf_places *p)
{
    static const char *const of_forms[] = {
        "TERRITORY AND AIRSPACE OF",
        "AIRSPACE OF THE? REPUBLIC|STATE|KINGDOM|TERRITORY OF",
        "AIRSPACE OF THE? ISLAND|ISLANDS? OF",
        "AIRSPACE OF",
        "AIRSPACE OVER|ABOVE THE? TERRITORY OF THE? REPUBLIC|STATE|KINGDOM OF",
        "AIRSPACE OVER|ABOVE THE? TERRITORY OF",
        "AIRSPACE OVER|ABOVE",
        "ESPACIO AEREO DE LA? REPUBLICA DE",
        "ESPACIO AEREO DE",
        "ESPACE AERIEN DE LA? REPUBLIQUE DE|DU",
        "ESPACE AERIEN DE|DU",
        "ESPACO AEREO DA REPUBLICA DE",
        "ESPACO AEREO DE|DA|DO",
        "ESPACIO AEREO DE? LA|LOS|EL",
        "ESPACE AERIEN DE LA|L",
        "ESPACE AERIEN D|DES",
        "ESPACO AEREO DOS|DAS",
        // "ESPACE AERIEN NIGERIEN"
        "ESPACE AERIEN",
        "ESPACIO AEREO",
        "ESPACO AEREO",
    };
    // Each form begins with one of these.
    static const char firsts[] = "AIRSPACE|AIRSAPCE|AIRSPAICE|TERRITORY|ESPACIO|ESPACE|ESPACO";
    for (size_t i = d->main_from;
         (i = ovf_phrase_find(d, i, d->token_count, firsts, NULL)) != OVF_NOPOS; i++) {
        size_t next = 0;
        bool is_state = false;
        for (size_t k = 0; k < OVF_COUNTOF(of_forms) && !is_state; k++) {
            size_t behind = ovf_phrase(d, i, of_forms[k]);
            size_t after = behind + (behind > 0 && ovf_tok_is(d, behind, "THE"));
            size_t end = 0;
            next = behind > 0 ? behind : next;
            is_state = behind > 0
                       && (ovf_state_code_at(d, after, &end).len > 0
                           || ovf_state_at(d, after, &end) != OVF_INDEX_NONE);
        }
        if (next > 0) {
            bool is_own = ovf_phrase(d, next, "NATIONAL|NACIONAL") > 0
                          && ovf_phrase(d, i, "ESPACE|ESPACIO|ESPACO") > 0;
            if (is_state || ovf_tok_is(d, i, "TERRITORY"))
                add_states(d, p, i, next);
            else if (is_own)
                add_own_state(d, p, next);
            continue;
        }
        bool is_airspace = ovf_phrase(d, i, "AIRSPACE|AIRSAPCE|AIRSPAICE") > 0
                           || (ovf_tok_is(d, i, "TERRITORY") && is_flown_over(d, i));
        if (!is_airspace || is_superseded(d, i))
            continue;
        if (i > 0 && ovf_tok_is(d, i - 1, "NATIONAL") && add_own_state(d, p, i))
            continue;
        add_state_before(d, p, i);
    }
    if (p->count == 0)
        find_overflown(d, p);
    if (p->count == 0)
        find_over_territory(d, p);
}
