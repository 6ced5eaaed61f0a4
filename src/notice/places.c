/* SPDX-License-Identifier: Apache-2.0 */
/* Areas by name: FIRs ("MAIQUETIA FIR (SVZM)", lists of them), the territory and airspace of a State,
 * and what narrows them: half-planes and bands ("WEST OF 57W"), "OVER WATER". What is named and
 * cannot be found stays an unresolved area with its name. */
#include "notice_internal.h"

#define MENTIONS_MAX 64
#define HALVES_MAX 8

struct mention {
    ovf_shape shape;
    uint32_t index;    /* of the FIR or State in the world; OVF_INDEX_NONE */
    ovf_str code;      /* "SVZM" as far as known */
    size_t first, end; /* tokens */
};

struct half {
    ovf_half side;
    double at_deg;
    size_t at; /* token */
};

struct places {
    struct mention items[MENTIONS_MAX];
    size_t count;
    struct half halves[HALVES_MAX];
    size_t half_count;
};

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

static struct mention *add(struct places *p, struct mention mention)
{
    for (size_t i = 0; i < p->count; i++) {
        struct mention *m = &p->items[i];
        bool is_same = m->shape == mention.shape
                       && (mention.index != OVF_INDEX_NONE ? m->index == mention.index
                                                           : ovf_str_eq(m->code, mention.code));
        if (is_same)
            return m;
    }
    if (p->count == MENTIONS_MAX)
        return NULL;
    p->items[p->count] = mention;
    return &p->items[p->count++];
}

/* A code in brackets, or beside the word FIR: is it a FIR? Without a world its look must do. */
static bool add_code(ovf_draft *d, struct places *p, size_t i, bool is_bracketed)
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
    add(p, (struct mention){OVF_SHAPE_FIR, index, code, first, i + 1});
    return true;
}

/* Words before or behind the word FIR that name one: "NEW YORK OCEANIC FIR", "FIR TEHRAN". */
static bool add_name(ovf_draft *d, struct places *p, size_t fir, size_t end)
{
    for (size_t words = 3; words >= 1; words--) {
        for (int behind = 0; behind <= 1; behind++) {
            size_t first = behind ? end : fir - words;
            if (!behind && words > fir)
                continue;
            size_t last = first + words - 1;
            if (last >= d->token_count || d->tokens[first].kind != OVF_TOK_WORD
                || d->tokens[last].kind != OVF_TOK_WORD)
                continue;
            ovf_str name = ovf_str_sub(d->clean.text, d->tokens[first].at, ovf_tok_end(d, last));
            uint32_t index = fir_index(d, name);
            if (index == OVF_INDEX_NONE)
                continue;
            add(p, (struct mention){OVF_SHAPE_FIR, index, ovf_world_fir(d->world, index)->code,
                                    first, last + 1});
            return true;
        }
    }
    return false;
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
static bool add_listed(ovf_draft *d, struct places *p, size_t fir, size_t end)
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

static void find_firs(ovf_draft *d, struct places *p)
{
    for (size_t i = d->main_from; i < d->token_count; i++) {
        size_t end = 0;
        if (!is_fir_word(d, i, &end))
            continue;
        bool is_aside = ovf_phrase_find(d, ovf_sentence_start(d, i), i,
                                        "SUPERSEDES|IMPACTS|OVERLAPPING|AFFECTS|CTC|CONTACT", NULL)
                        != OVF_NOPOS;
        size_t before = p->count;
        bool any = !is_aside && add_listed(d, p, i, end);
        if (!any && !is_aside && p->count == before)
            any = add_name(d, p, i, end);
        if (!any && !is_aside && !is_generic(d, i) && d->tokens[i - 1].len > 2
            && ovf_tok_is(d, i, "FIR")) {
            size_t first = i - 1;
            while (first >= 2 && ovf_tok_sign(d, first - 1, '-')
                   && (d->tokens[first].flags & OVF_TOK_GLUED) != 0)
                first -= 2; // "ROSTOV-NA-DONU FIR"
            ovf_str name = ovf_show(d, d->tokens[first].at, ovf_tok_end(d, end - 1));
            add(p, (struct mention){OVF_SHAPE_FIR, OVF_INDEX_NONE, name, first, end});
        }
        i = end - 1;
    }
}

/* ---- States ---- */

static void add_states(ovf_draft *d, struct places *p, size_t first, size_t i)
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
            add(p, (struct mention){OVF_SHAPE_STATE, OVF_INDEX_NONE, name, first, end});
            return;
        }
        bool is_fir_behind = ovf_tok_sign(d, end, '(')
                             && (ovf_tok_is(d, end + 1, "FIR") || ovf_tok_is(d, end + 2, "FIR"));
        if (!is_fir_behind)
            add(p, (struct mention){OVF_SHAPE_STATE, state, ovf_world_state(d->world, state)->iso3,
                                    first, end});
        if (!ovf_tok_sign(d, end, ',') && !ovf_tok_is(d, end, "AND"))
            return;
        i = end + 1;
        i += ovf_tok_is(d, i, "AND");
    }
}

/* "NIGER REPUBLIC AIRSPACE", "IRISH AIRSPACE", "FRENCH SOVEREIGN AIRSPACE". */
static void add_state_before(ovf_draft *d, struct places *p, size_t airspace)
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

static void find_states(ovf_draft *d, struct places *p)
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

/* ---- half-planes ---- */

static bool side_at(const ovf_draft *d, size_t i, ovf_half *side)
{
    static const struct {
        const char *word;
        ovf_half side;
    } words[] = {{"NORTH", OVF_NORTH_OF}, {"N", OVF_NORTH_OF},   {"NORTHERN", OVF_NORTH_OF},
                 {"SOUTH", OVF_SOUTH_OF}, {"S", OVF_SOUTH_OF},   {"EAST", OVF_EAST_OF},
                 {"E", OVF_EAST_OF},      {"WEST", OVF_WEST_OF}, {"W", OVF_WEST_OF}};
    for (size_t k = 0; k < OVF_COUNTOF(words); k++) {
        if (ovf_tok_is(d, i, words[k].word)) {
            *side = words[k].side;
            return true;
        }
    }
    return false;
}

/* "57W", "LATITUDE 39 NORTH", "57 DEGREES WEST", "THE 5TH PARALLEL SOUTH": the index behind. */
static size_t line_at(const ovf_draft *d, size_t i, bool *is_lat, double *at_deg)
{
    size_t next = ovf_phrase(d, i, "THE? LATITUDE|LAT|LONGITUDE|LONG|PARALLEL|MERIDIAN OF?");
    i = next > 0 ? next : i + ovf_tok_is(d, i, "THE");
    if (i >= d->token_count)
        return 0;
    const ovf_token *t = &d->tokens[i];
    if (t->kind == OVF_TOK_LAT || t->kind == OVF_TOK_LON) {
        *is_lat = t->kind == OVF_TOK_LAT;
        *at_deg = t->a;
        return i + 1;
    }
    if (t->kind != OVF_TOK_NUM)
        return 0;
    next = ovf_phrase(d, i, "# ST|ND|RD|TH|DEG|DEGREES|DEGREE? PARALLEL|MERIDIAN|LATITUDE?");
    next = next > 0 ? next : ovf_phrase(d, i, "# DEG|DEGREES|DEGREE");
    next = next > 0 ? next : i + 1;
    ovf_half side = OVF_NORTH_OF;
    if (!side_at(d, next, &side))
        return 0;
    *is_lat = side == OVF_NORTH_OF || side == OVF_SOUTH_OF;
    *at_deg = side == OVF_SOUTH_OF || side == OVF_WEST_OF ? -t->a : t->a;
    return *at_deg >= -180 && *at_deg <= 180 ? next + 1 : 0;
}

static void add_half(struct places *p, ovf_half side, double at_deg, size_t at)
{
    if (p->half_count < HALVES_MAX)
        p->halves[p->half_count++] = (struct half){side, at_deg, at};
}

static void find_halves(ovf_draft *d, struct places *p)
{
    for (size_t i = 0; i < d->token_count; i++) {
        bool is_lat = false;
        double a = 0;
        double b = 0;
        ovf_half side = OVF_NORTH_OF;
        size_t next = ovf_phrase(d, i, "BTN|BETWEEN");
        size_t middle = next > 0 ? line_at(d, next, &is_lat, &a) : 0;
        bool is_second_lat = false;
        if (middle > 0 && ovf_tok_is(d, middle, "AND")
            && line_at(d, middle + 1, &is_second_lat, &b) > 0 && is_lat == is_second_lat) {
            add_half(p, is_lat ? OVF_NORTH_OF : OVF_EAST_OF, a < b ? a : b, i);
            add_half(p, is_lat ? OVF_SOUTH_OF : OVF_WEST_OF, a < b ? b : a, i);
            continue;
        }
        if (!side_at(d, i, &side) || !ovf_tok_is(d, i + 1, "OF"))
            continue;
        bool wants_lat = side == OVF_NORTH_OF || side == OVF_SOUTH_OF;
        if (line_at(d, i + 2, &is_lat, &a) > 0 && is_lat == wants_lat)
            add_half(p, side, a, i);
    }
}

/* ---- areas out of the mentions ---- */

static const ovf_area *plain_area(const ovf_draft *d, const struct mention *m)
{
    if (m->index == OVF_INDEX_NONE)
        return ovf_area_unresolved();
    const ovf_area *area = m->shape == OVF_SHAPE_FIR
                               ? ovf_world_fir_area(d->world, ovf_world_fir(d->world, m->index))
                               : ovf_world_territory(d->world, m->index);
    bool is_known = area != NULL && ovf_area_kind_of(area) != OVF_AREA_EMPTY;
    return is_known ? area : ovf_area_unresolved();
}

/* The mention that a word at token `at` speaks of: the last before it, else the first behind. */
static size_t owner_of(const struct places *p, size_t at)
{
    size_t owner = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (p->items[i].first < at)
            owner = i;
    }
    return owner;
}

static const ovf_area *clip(ovf_draft *d, const struct places *p, size_t index,
                            const ovf_area *area)
{
    const ovf_area *parts[HALVES_MAX + 1] = {area};
    size_t count = 1;
    for (size_t i = 0; i < p->half_count; i++) {
        if (owner_of(p, p->halves[i].at) != index)
            continue;
        if (ovf_area_half(d->arena, p->halves[i].side, p->halves[i].at_deg, &parts[count], NULL)
            == OVF_OK)
            count++;
    }
    const ovf_area *out = area;
    if (count > 1 && ovf_area_intersection(d->arena, parts, count, &out, NULL) != OVF_OK)
        d->no_memory = true;
    return out;
}

static const ovf_area *without_land(ovf_draft *d, const ovf_area *area)
{
    ovf_box box = ovf_area_bounds(area);
    const ovf_area *lands[64];
    size_t count = 0;
    for (uint32_t i = 0; i < ovf_world_state_count(d->world) && count < OVF_COUNTOF(lands); i++) {
        const ovf_area *land = ovf_world_land(d->world, i);
        if (land != NULL && ovf_area_kind_of(land) != OVF_AREA_EMPTY
            && ovf_box_overlaps(ovf_area_bounds(land), box))
            lands[count++] = land;
    }
    const ovf_area *all = NULL;
    const ovf_area *out = area;
    if (count == 0)
        return area;
    if (ovf_area_union(d->arena, lands, count, &all, NULL) != OVF_OK
        || ovf_area_difference(d->arena, area, all, &out, NULL) != OVF_OK)
        return ovf_area_unresolved();
    return out;
}

static void add_mention(ovf_draft *d, const struct places *p, size_t index)
{
    const struct mention *m = &p->items[index];
    const ovf_area *area = plain_area(d, m);
    bool is_known = area != ovf_area_unresolved();
    size_t start = ovf_sentence_start(d, m->first);
    if (is_known && m->shape == OVF_SHAPE_FIR) {
        area = clip(d, p, index, area);
        if (ovf_phrase_find(d, start, m->first, "OVER|ABOVE THE? WATER|WATERS", NULL) != OVF_NOPOS)
            area = without_land(d, area);
    } else if (is_known) {
        area = clip(d, p, index, area);
    }
    ovf_notice_area *added =
        ovf_add_area(d, m->shape, is_known ? OVF_CERTAINTY_REFERENCE : OVF_CERTAINTY_UNRESOLVED,
                     area, d->tokens[m->first].at, ovf_tok_end(d, m->end - 1));
    if (added == NULL)
        return;
    added->name = m->code;
    if (!is_known)
        OVF_FIND(d, OVF_WARNING, d->tokens[m->first].at, "NAME_UNKNOWN",
                 "%.*s: not in the world's tables: the area is not resolved",
                 OVF_ARG(ovf_str_sub(m->code, 0, 60)));
}

/* "FIR A AND FIR B WITHIN THE TERRITORY AND AIRSPACE OF MALI": the FIRs' part of the State. */
static bool add_within(ovf_draft *d, const struct places *p)
{
    if (p->count < 2 || p->items[p->count - 1].shape != OVF_SHAPE_STATE)
        return false;
    const struct mention *state = &p->items[p->count - 1];
    const struct mention *before = &p->items[p->count - 2];
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

/* Words that draw something else out of a named area: it cannot be taken whole. */
static void report_unread(ovf_draft *d, const struct places *p)
{
    size_t end = 0;
    size_t at = ovf_phrase_find(
        d, 0, d->token_count,
        "NORTH|SOUTH|EAST|WEST|NORTHEAST|NORTHWEST|SOUTHEAST|SOUTHWEST|N|S|E|W OF A|THE? LINE",
        &end);
    size_t buffer = ovf_phrase_find(d, 0, d->token_count, "BUFFER ZONE|AREA", NULL);
    if (buffer != OVF_NOPOS) {
        ovf_notice_area *area =
            ovf_add_area(d, OVF_SHAPE_BUFFER, OVF_CERTAINTY_UNRESOLVED, ovf_area_unresolved(),
                         d->tokens[buffer].at, ovf_tok_end(d, ovf_sentence_end(d, buffer) - 1));
        if (area != NULL)
            area->name = ovf_show(d, d->tokens[buffer].at, ovf_tok_end(d, buffer + 1));
        OVF_FIND(d, OVF_WARNING, d->tokens[buffer].at, "GEOM_BUFFER",
                 "a buffer along a border: the area is not resolved");
    }
    if (at == OVF_NOPOS || p->count == 0)
        return;
    OVF_FIND(d, OVF_WARNING, d->tokens[at].at, "GEOM_LINE",
             "one side of a line of points: the areas named are not resolved");
    for (size_t i = 0; i < d->area_count; i++) {
        d->areas[i].area = ovf_area_unresolved();
        d->areas[i].certainty = OVF_CERTAINTY_UNRESOLVED;
    }
}

void ovf_read_places(ovf_draft *d)
{
    if (d->area_count > 0)
        return; // coordinates say more than names
    struct places p = {0};
    find_firs(d, &p);
    find_states(d, &p);
    find_halves(d, &p);
    if (add_within(d, &p))
        return;
    for (size_t i = 0; i < p.count && !d->no_memory; i++)
        add_mention(d, &p, i);
    report_unread(d, &p);
}
