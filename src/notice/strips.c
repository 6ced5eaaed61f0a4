/* SPDX-License-Identifier: Apache-2.0 */
/* Strips along borders, coasts and limits of FIRs: "BUFFER ZONE EXTENDING OUT TO 200NM ALONG THE
 * UKRAINE/RUSSIA BORDER", "WI 10KM FM STATE BORDER", "12 MILES FROM THE LEBANESE COAST LINE", "AN AREA
 * FM EGYPT BOUNDARY TO 3KM OUTWARD", "WITHIN 200NM OF THE EASTERN BOUNDARY". A strip lies on both
 * sides of its line and is clipped to the FIRs that the sentence names; else to those of item A where
 * the line is one of their State's; else to the FIRs of the States whose line it is. */
#include "border.h"
#include "places.h"

#define BACK 14 /* tokens before the word BORDER in which the width stands */
#define AHEAD 10
#define CLIP_MAX 40
#define STRIPS_MAX 8
#define WIDTH_MAX_M (600.0 * 1852.0)

struct strip {
    size_t word;      /* BORDER, COAST, BOUNDARY */
    size_t from, end; /* tokens of the whole phrase */
    double width_m;
    bool is_coast, is_fir, is_outward;
    int side;
    uint32_t states[2];
    size_t state_count;
};

static bool is_border_word(const ovf_draft *d, size_t i)
{
    if (ovf_phrase(
            d, i,
            "BORDER|BORDERS|BOUNDARY|BOUNDARIES|BOUNDRAY|BDRY|BDY|COAST|COASTLINE|COASTLINES|"
            "SHORE|SHORELINE|FRONTIER|FRONTIERS|FRONTERA|FRONTEIRA|FRONTIERE")
        == 0)
        return false;
    bool is_other = i > 0
                    && ovf_phrase(d, i - 1,
                                  "UPPER|LOWER|LATERAL|VERTICAL|CTR|TMA|ATZ|CTA|SECTOR|AREA|TRA|"
                                  "AERODROME|AIRPORT|CROSSING|ZONE|OUTER|INNER|MATZ|SECT")
                           > 0;
    return !is_other;
}

/* The width before the word: "200NM OF THE ...", "10KM WIDE STRIP ALONG", "12 MILES FROM". */
static bool width_before(const ovf_draft *d, struct strip *s)
{
    size_t start = ovf_sentence_start(d, s->word);
    if (start + BACK < s->word)
        start = s->word - BACK;
    for (size_t i = s->word; i-- > start;) {
        if (d->tokens[i].kind == OVF_TOK_COORD)
            return false;
        size_t next = ovf_length_at(d, i, &s->width_m);
        if (next == 0 && d->tokens[i].kind == OVF_TOK_NUM
            && ovf_phrase(d, i + 1, "MILES|MILE") > 0) {
            s->width_m = d->tokens[i].a * OVF_NM_M; // at sea and in the air
            next = i + 2;
        }
        if (next == 0)
            continue;
        for (int skipped = 0; skipped < 4; skipped++) {
            if (ovf_phrase(d, next,
                           "OF|FM|FROM|ALONG|AROUND|ARND|EITHER|EACH|BOTH|SURROUNDING|"
                           "INSIDE|OUTSIDE|INTO|TO|BEYOND")
                > 0) {
                s->from = i;
                s->end = s->word + 1;
                return true;
            }
            next += ovf_phrase(d, next,
                               "WIDE|STRIP|ZONE|BAND|BELT|BUFFER|CORRIDOR|NORTH|SOUTH|"
                               "EAST|WEST|AREA|RADIUS|DISTANCE|DEEP")
                    > 0;
        }
        return false;
    }
    return false;
}

/* "FM EGYPT BOUNDARY TO 3KM OUTWARD". */
static bool width_behind(const ovf_draft *d, struct strip *s)
{
    size_t next = ovf_phrase(d, s->word + 1, "LINE? OUT? UP? TO|BY");
    size_t end = next > 0 ? ovf_length_at(d, next, &s->width_m) : 0;
    size_t start = ovf_sentence_start(d, s->word);
    if (start + 6 < s->word)
        start = s->word - 6;
    size_t from = ovf_phrase_find(d, start, s->word, "FM|FROM", NULL);
    if (end == 0 || from == OVF_NOPOS)
        return false;
    s->from = from;
    s->end = end;
    s->is_outward = true; // from the border away, out of the State that is named
    static const struct {
        const char *words;
        int side;
    } ways[] = {{"NB|NORTHBOUND", OVF_NORTH_OF},
                {"SB|SOUTHBOUND", OVF_SOUTH_OF},
                {"EB|EASTBOUND", OVF_EAST_OF},
                {"WB|WESTBOUND", OVF_WEST_OF}};
    for (size_t k = 0; k < OVF_COUNTOF(ways); k++) {
        if (ovf_phrase(d, end, ways[k].words) > 0) {
            s->side = ways[k].side;
            s->end = end + 1;
        }
    }
    if (ovf_phrase(d, end, "INWARD|INWARDS|INLAND|INSIDE") > 0)
        s->is_outward = false;
    s->end += ovf_phrase(d, end, "OUTWARD|OUTWARDS|INWARD|INWARDS|INLAND|INSIDE|OUTSIDE") > 0;
    return true;
}

static void add_state(struct strip *s, uint32_t state)
{
    for (size_t i = 0; i < s->state_count; i++) {
        if (s->states[i] == state)
            return;
    }
    if (s->state_count < 2)
        s->states[s->state_count++] = state;
}

/* The States named between the width and a few words behind: "THE UKRAINE/RUSSIA BORDER", "BORDER
 * BETWEEN QATAR AND SAUDI ARABIA", "BORDER WITH UKRAINE". */
static void find_states(const ovf_draft *d, struct strip *s, size_t read_to)
{
    size_t stop = ovf_sentence_end(d, s->word);
    // "100NM OF THE ABC-DEF BORDER AND THE GHI-DEF BORDER": one width, each border with its own States.
    for (size_t i = read_to > s->from ? read_to : s->from; i < stop && i < s->word; i++) {
        size_t end = 0;
        uint32_t state = ovf_state_at(d, i, &end);
        if (state != OVF_INDEX_NONE && end <= s->word) {
            add_state(s, state);
            i = end - 1;
        }
    }
    size_t i = s->word + 1;
    i += ovf_phrase(d, i, "LINE|LINES") > 0;
    bool goes_on = true;
    while (i < stop && i < s->word + AHEAD && goes_on) {
        size_t end = 0;
        i += ovf_phrase(d, i, "BETWEEN|BTN|OF|WITH|THE") > 0;
        uint32_t state = ovf_state_at(d, i, &end);
        goes_on = state != OVF_INDEX_NONE;
        if (goes_on) {
            add_state(s, state);
            s->end = end > s->end ? end : s->end;
            i = end;
            goes_on = ovf_tok_sign(d, i, '/') || ovf_tok_sign(d, i, '-') || ovf_tok_is(d, i, "AND")
                      || ovf_tok_is(d, i, "THE");
            i += goes_on;
        } else if (i < stop && ovf_phrase(d, i, "BETWEEN|BTN|OF|WITH|THE") > 0) {
            goes_on = true;
        }
    }
}

static bool read_strip(const ovf_draft *d, size_t word, size_t read_to, struct strip *s)
{
    *s = (struct strip){.word = word};
    if (!width_before(d, s) && !width_behind(d, s))
        return false;
    if (s->width_m <= 0 || s->width_m > WIDTH_MAX_M)
        return false;
    find_states(d, s, read_to);
    s->is_coast = ovf_phrase(d, word, "COAST|COASTLINE|COASTLINES|SHORE|SHORELINE") > 0;
    bool is_boundary = ovf_phrase(d, word, "BOUNDARY|BOUNDARIES|BDRY|BDY") > 0;
    bool beside_fir = (word > 0 && ovf_phrase(d, word - 1, "FIR|UIR") > 0)
                      || ovf_phrase(d, word + 1, "OF THE? *? *? FIR|UIR") > 0;
    ovf_half side = OVF_NORTH_OF;
    for (size_t i = word > 3 ? word - 3 : 0; i < word; i++) {
        if (ovf_phrase(d, i, "~NORTHERN|SOUTHERN|EASTERN|WESTERN") > 0 && ovf_side_at(d, i, &side))
            s->side = (int)side;
    }
    s->is_fir = beside_fir || (is_boundary && s->state_count == 0);
    return true;
}

/* ---- the area ---- */

size_t ovf_item_a_firs(const ovf_draft *d, uint32_t *out, size_t max)
{
    size_t count = 0;
    ovf_str rest = d->notice->locations;
    ovf_str code;
    if (d->world == NULL)
        return 0;
    while (rest.len > 0 && count < max && ovf_str_field(&rest, ' ', &code)) {
        uint32_t fir = code.len == 4 ? ovf_world_find_fir(d->world, code) : OVF_INDEX_NONE;
        if (fir != OVF_INDEX_NONE && ovf_str_eq(ovf_world_fir(d->world, fir)->code, code))
            out[count++] = fir;
        if (rest.ptr == NULL)
            break;
    }
    uint32_t fir = count == 0 && d->notice->q_fir.len == 4
                       ? ovf_world_find_fir(d->world, d->notice->q_fir)
                       : OVF_INDEX_NONE;
    if (fir != OVF_INDEX_NONE && count < max)
        out[count++] = fir;
    return count;
}

struct clip {
    const ovf_area *parts[CLIP_MAX];
    size_t count;
};

static void add_fir(const ovf_draft *d, struct clip *clip, uint32_t fir)
{
    if (clip->count < CLIP_MAX)
        clip->parts[clip->count++] = ovf_world_fir_area(d->world, ovf_world_fir(d->world, fir));
}

/* FIRs that the sentence names close by ("... IN THE MOSCOW FIR"); they lose an area of their own
 * where they stand behind the border. */
static void clip_to_named(ovf_draft *d, ovf_places *p, const struct strip *s, struct clip *clip)
{
    size_t stop = ovf_sentence_end(d, s->word);
    for (size_t i = 0; i < p->count; i++) {
        ovf_mention *m = &p->items[i];
        bool is_behind =
            m->first >= s->end && m->first < s->end + 8 && m->first < stop
            && ovf_phrase_find(d, s->end, m->first, "IN|WI|WITHIN|INSIDE", NULL) != OVF_NOPOS;
        if (!is_behind || m->shape != OVF_SHAPE_FIR || m->index == OVF_INDEX_NONE)
            continue;
        m->is_taken = true;
        add_fir(d, clip, m->index);
    }
}

static const ovf_area *clipped(ovf_draft *d, ovf_places *p, const struct strip *s,
                               const ovf_area *strip)
{
    struct clip clip = {0};
    clip_to_named(d, p, s, &clip);
    uint32_t firs[CLIP_MAX];
    size_t count = ovf_item_a_firs(d, firs, CLIP_MAX);
    if (clip.count == 0 && count > 0) {
        uint32_t home = ovf_world_fir(d->world, firs[0])->state;
        bool is_own = s->state_count == 0;
        for (size_t i = 0; i < s->state_count; i++)
            is_own |= s->states[i] == home;
        // A border of two States that both are abroad is none of item A's.
        is_own |= s->state_count == 1 && !s->is_coast;
        for (size_t i = 0; is_own && i < count; i++)
            add_fir(d, &clip, firs[i]);
    }
    if (clip.count == 0 && !(s->is_outward && s->state_count == 1)) {
        for (uint32_t i = 0; i < ovf_world_fir_count(d->world); i++) {
            const ovf_fir *fir = ovf_world_fir(d->world, i);
            bool is_theirs = (s->state_count > 0 && fir->state == s->states[0])
                             || (s->state_count > 1 && fir->state == s->states[1]);
            if (is_theirs && ovf_box_overlaps(fir->box, ovf_area_bounds(strip)))
                add_fir(d, &clip, i);
        }
    }
    const ovf_area *air = NULL;
    const ovf_area *out = NULL;
    if (clip.count == 0)
        return strip;
    if (ovf_area_union(d->arena, clip.parts, clip.count, &air, NULL) != OVF_OK)
        return NULL;
    const ovf_area *both[] = {strip, air};
    return ovf_area_intersection(d->arena, both, 2, &out, NULL) == OVF_OK ? out : NULL;
}

static const ovf_border *line_of(ovf_draft *d, const struct strip *s)
{
    uint32_t fir = OVF_INDEX_NONE;
    size_t firs = ovf_item_a_firs(d, &fir, 1);
    uint32_t home = firs > 0 ? ovf_world_fir(d->world, fir)->state : OVF_INDEX_NONE;
    uint32_t first = s->state_count > 0 ? s->states[0] : home;
    uint32_t second = s->state_count > 1 ? s->states[1] : OVF_INDEX_NONE;
    if (s->is_coast)
        return ovf_border_of(d, OVF_BORDER_COAST, first, OVF_INDEX_NONE);
    if (s->state_count == 1 && home != OVF_INDEX_NONE && home != first) {
        // "THE BORDER WITH UKRAINE" in a notice of Poland
        const ovf_border *shared = ovf_border_of(d, OVF_BORDER_LAND, home, first);
        const ovf_area *probe = shared != NULL ? ovf_border_strip(d, shared, s->width_m, 0) : NULL;
        if (probe != NULL)
            return shared;
    }
    return ovf_border_of(d, OVF_BORDER_LAND, first, second);
}

/* Said twice: the same line at the same width. */
static bool is_same(const struct strip *a, const struct strip *b)
{
    return a->width_m == b->width_m && a->is_coast == b->is_coast && a->side == b->side
           && a->is_outward == b->is_outward && a->state_count == b->state_count
           && memcmp(a->states, b->states, a->state_count * sizeof(*a->states)) == 0;
}

static void add_strip(ovf_draft *d, ovf_places *p, const struct strip *s)
{
    const ovf_border *border = d->world == NULL ? NULL : line_of(d, s);
    const ovf_area *area = border == NULL ? NULL : ovf_border_strip(d, border, s->width_m, s->side);
    if (area != NULL)
        area = clipped(d, p, s, area);
    if (area != NULL && s->is_outward && s->state_count == 1
        && ovf_area_difference(d->arena, area, ovf_world_territory(d->world, s->states[0]), &area,
                               NULL)
               != OVF_OK)
        area = NULL;
    ovf_notice_area *out = ovf_add_area(
        d, OVF_SHAPE_BUFFER, area != NULL ? OVF_CERTAINTY_REFERENCE : OVF_CERTAINTY_UNRESOLVED,
        area != NULL ? area : ovf_area_unresolved(), d->tokens[s->from].at,
        ovf_tok_end(d, s->end - 1));
    if (out == NULL)
        return;
    out->name = ovf_squeezed(d, d->tokens[s->from].at, ovf_tok_end(d, s->end - 1));
    out->radius_m = s->width_m;
    if (area == NULL)
        OVF_FIND(d, OVF_WARNING, d->tokens[s->from].at, "GEOM_BUFFER",
                 "a strip along a line that is not found: the area is not resolved");
    else
        OVF_FIND(d, OVF_NOTE, d->tokens[s->from].at, "GEOM_STRIP",
                 "read as all within %.1f NM of the line, %s", ovf_m_to_nm(s->width_m),
                 s->is_outward && s->state_count == 1 ? "outside the State named"
                                                      : "on both sides of it");
}

/* A strip along the limit of the FIR that the words speak of: a part of that FIR. */
static void cut_fir(ovf_draft *d, ovf_places *p, const struct strip *s)
{
    uint32_t fir = OVF_INDEX_NONE;
    const ovf_mention *owner = p->count > 0 ? &p->items[ovf_owner_of(p, s->word)] : NULL;
    if (owner != NULL && owner->shape == OVF_SHAPE_FIR)
        fir = owner->index;
    else if (d->world != NULL)
        ovf_item_a_firs(d, &fir, 1);
    const ovf_border *border =
        fir == OVF_INDEX_NONE ? NULL : ovf_border_of(d, OVF_BORDER_FIR, fir, OVF_INDEX_NONE);
    const ovf_area *area = border == NULL ? NULL : ovf_border_strip(d, border, s->width_m, s->side);
    if (owner != NULL && owner->shape == OVF_SHAPE_FIR) {
        if (area == NULL)
            OVF_FIND(d, OVF_WARNING, d->tokens[s->from].at, "GEOM_BUFFER",
                     "a strip along a limit that is not found: the area is not resolved");
        ovf_add_cut(p, area == NULL ? ovf_area_unresolved() : area, s->word);
        return;
    }
    const ovf_area *out = ovf_area_unresolved();
    if (area != NULL) {
        const ovf_area *both[] = {area, ovf_world_fir_area(d->world, ovf_world_fir(d->world, fir))};
        if (ovf_area_intersection(d->arena, both, 2, &out, NULL) != OVF_OK)
            out = ovf_area_unresolved();
    }
    bool is_known = out != ovf_area_unresolved();
    ovf_notice_area *added = ovf_add_area(
        d, OVF_SHAPE_BUFFER, is_known ? OVF_CERTAINTY_REFERENCE : OVF_CERTAINTY_UNRESOLVED, out,
        d->tokens[s->from].at, ovf_tok_end(d, s->end - 1));
    if (added == NULL)
        return;
    added->name = ovf_squeezed(d, d->tokens[s->from].at, ovf_tok_end(d, s->end - 1));
    added->radius_m = s->width_m;
}

void ovf_find_strips(ovf_draft *d, ovf_places *p)
{
    struct strip strips[STRIPS_MAX];
    size_t count = 0;
    size_t read_to = 0;
    for (size_t i = d->main_from; i < d->token_count; i++) {
        struct strip s;
        if (!is_border_word(d, i) || !read_strip(d, i, read_to, &s))
            continue;
        read_to = s.end;
        p->has_buffer = true;
        i = s.end > i ? s.end - 1 : i;
        bool is_known = false;
        for (size_t k = 0; k < count && !s.is_fir; k++)
            is_known = is_known || is_same(&strips[k], &s);
        if (is_known)
            continue;
        if (count == STRIPS_MAX) {
            ovf_add_area(d, OVF_SHAPE_BUFFER, OVF_CERTAINTY_UNRESOLVED, ovf_area_unresolved(),
                         d->tokens[s.from].at, ovf_tok_end(d, s.end - 1));
            OVF_FIND(d, OVF_WARNING, d->tokens[s.from].at, "AREA_LIMIT",
                     "more strips along borders than %d: this one is not resolved", STRIPS_MAX);
            return;
        }
        strips[count++] = s;
        if (s.is_fir)
            cut_fir(d, p, &s);
        else
            add_strip(d, p, &s);
    }
}
