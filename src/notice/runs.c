/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of positions: those that follow each other with nothing but joints between them ("-", "TO",
 * "THENCE", a fix in brackets, a bullet), or with the words of an arc, a border or a parallel. The
 * centre of an arc is no vertex: it belongs to the leg. */
#include "arcs.h"

#define GAP_MAX 40 /* tokens between two vertices that words of an arc or a border may fill */

static bool is_coord(const ovf_draft *d, size_t i)
{
    return i < d->token_count && d->tokens[i].kind == OVF_TOK_COORD
           && (d->tokens[i].flags & OVF_TOK_USED) == 0;
}

bool ovf_vertex_at(const ovf_draft *d, size_t i, ovf_vertex *out, size_t *end)
{
    if (i >= d->token_count)
        return false;
    const ovf_token *t = &d->tokens[i];
    if (is_coord(d, i)) {
        *out = (ovf_vertex){
            .place = {t->a, t->b}, .token = i, .is_bad = (t->flags & OVF_TOK_BAD) != 0};
        *end = i + 1;
        return true;
    }
    if ((t->flags & OVF_TOK_PLACE) == 0)
        return false;
    for (size_t k = 0; k < d->named_count; k++) {
        const ovf_named_place *n = &d->named[k];
        if (n->first != i)
            continue;
        *out = (ovf_vertex){.place = n->place, .token = i, .is_bad = !n->is_known};
        *end = n->end;
        return true;
    }
    return false;
}

static bool same_place(const ovf_vertex *a, const ovf_vertex *b)
{
    if (a->is_bad || b->is_bad)
        return false;
    ovf_fixed p = ovf_point_fix(a->place);
    ovf_fixed q = ovf_point_fix(b->place);
    return p.lat_e7 == q.lat_e7 && p.lon_e7 == q.lon_e7;
}

static bool is_any(const ovf_draft *d, size_t i, const char *const *words, size_t count)
{
    if (i >= d->token_count || d->tokens[i].kind != OVF_TOK_WORD)
        return false;
    for (size_t k = 0; k < count; k++) {
        if (ovf_tok_is(d, i, words[k]))
            return true;
    }
    return false;
}

static bool is_border_word(const ovf_draft *d, size_t i)
{
    static const char *const words[] = {
        "BORDER",     "BOUNDARY",  "BDRY",      "COAST",  "COASTLINE",   "BORDERS",
        "RIVER",      "FRONTIER",  "SHORELINE", "BDY",    "BOUNDARIES",  "SHORE",
        "FRONTERA",   "FRONTIERE", "FRONTEIRA", "LIMITE", "TERRITORIAL", "COSTA",
        "BORDERLINE", "BNDRY",     "MEDIAN"};
    return is_any(d, i, words, OVF_COUNTOF(words));
}

static bool is_joint_word(const ovf_draft *d, size_t i)
{
    static const char *const words[] = {
        "TO",       "THEN",        "THENCE",       "AND",   "DCT",      "DIRECT",
        "POINT",    "POINTS",      "PSN",          "LAT",   "LATITUDE", "LINE",
        "STRAIGHT", "A",           "PT",           "P",     "COORD",    "FM",
        "FROM",     "BY",          "WITH",         "LINES", "JOINING",  "SUCCESSIVELY",
        "THE",      "FOLLOWING",   "FLW",          "BTN",   "BETWEEN",  "NEXT",
        "TILL",     "UNTIL",       "UP",           "VIA",   "CONTINUE", "CONTINUING",
        "BEARING",  "GEODESIC",    "GREAT",        "HASTA", "PUNTO",    "PUIS",
        "JUSQU",    "AU",          "LUEGO",        "Y",     "ET",       "E",
        "POSITION", "COORDINATES", "GEOGRAPHICAL", "DESDE", "DEPUIS",   "VERS",
        "AN"};
    return is_any(d, i, words, OVF_COUNTOF(words));
}

/* "(ASSAD)", "(BRO067019)": a bracket of few words between two vertices. */
static size_t skip_bracket(const ovf_draft *d, size_t i)
{
    if (!ovf_tok_sign(d, i, '('))
        return i;
    for (size_t k = i + 1; k < i + 10 && k < d->token_count; k++) {
        if (is_coord(d, k))
            return i;
        if (ovf_tok_sign(d, k, ')'))
            return k + 1;
    }
    return i;
}

static bool is_fix_name(const ovf_draft *d, size_t i)
{
    if (d->tokens[i].kind != OVF_TOK_WORD || d->tokens[i].len != 5)
        return false;
    static const char *const never[] = {"CLOSE", "CENTR", "CNTRE", "ZONES", "AREAS", "WHICH",
                                        "BELOW", "ABOVE", "EXCEP", "LIMIT", "UNDER", "POINT"};
    ovf_str word = ovf_tok_text(d, i);
    for (size_t k = 0; k < 5; k++) {
        if (!ovf_is_letter(word.ptr[k]))
            return false;
    }
    return !is_any(d, i, never, OVF_COUNTOF(never));
}

/* A number or letter that counts vertices: "1.", "A)", "P2". */
bool ovf_tok_is_bullet(const ovf_draft *d, size_t i)
{
    const ovf_token *t = &d->tokens[i];
    bool is_short = t->kind == OVF_TOK_NUM && t->len <= 2;
    if (t->kind == OVF_TOK_WORD && t->len <= 2)
        is_short = t->len == 1 || ovf_is_digit(d->clean.text.ptr[t->at + 1]);
    // "03/14/26)" is a date, "40103(B)(3)" a paragraph of a law, "5.0)" a decimal.
    bool is_inside = i > 0 && (t->flags & OVF_TOK_GLUED) != 0
                     && (ovf_tok_sign(d, i - 1, '/') || ovf_tok_sign(d, i - 1, '.')
                         || (ovf_tok_sign(d, i - 1, '(') && i > 1
                             && (d->tokens[i - 1].flags & OVF_TOK_GLUED) != 0));
    return is_short && !is_inside
           && (ovf_tok_sign(d, i + 1, '.') || ovf_tok_sign(d, i + 1, ')')
               || ovf_tok_sign(d, i + 1, ':'));
}

/* Words that surely belong to no leg: the outline is over. */
static bool ends_outline(const ovf_draft *d, size_t i)
{
    const ovf_token *t = &d->tokens[i];
    if (t->kind == OVF_TOK_SIGN)
        return t->sign == '.' && i + 1 < d->token_count
               && (d->tokens[i + 1].flags & OVF_TOK_GLUED) == 0 && i > 0
               && d->tokens[i - 1].kind == OVF_TOK_WORD && d->tokens[i - 1].len > 2;
    if (t->kind != OVF_TOK_WORD)
        return false;
    static const char *const words[] = {
        "SFC",    "GND",   "UNL",       "AMSL",   "AGL",      "EXCEPT",   "EXCLUDING",
        "EXC",    "EXCL",  "EXCEPTING", "ZONE",   "VERTICAL", "LOWER",    "UPPER",
        "SECTOR", "WI",    "WITHIN",    "PILOTS", "ACFT",     "AIRCRAFT", "FREQ",
        "TEL",    "PHONE", "EMAIL",     "AREAS",  "NOTE",     "REF",      "RMK",
        "REMARK", "BELOW", "ABOVE",     "NO",     "DUE"};
    if (is_any(d, i, words, OVF_COUNTOF(words)))
        return true;
    return ovf_tok_is(d, i, "AREA") && i + 1 < d->token_count
           && (d->tokens[i + 1].len <= 3 || ovf_tok_sign(d, i + 1, ':'));
}

struct joint {
    size_t next; /* token of the next vertex; 0: the run ends */
    ovf_leg_words leg;
    bool has_bullet, is_cut, is_back; /* is_back: "TO POINT OF ORIGIN" */
    bool is_along;                    /* along something: any words until the next vertex */
    size_t odd;
    size_t end; /* behind the words "BACK TO START" */
};

/* "B", "P2" in front of its vertex, without a full stop or bracket. */
static bool is_vertex_label(const ovf_draft *d, size_t i)
{
    const ovf_token *t = &d->tokens[i];
    if (t->kind != OVF_TOK_WORD || t->len > 3 || !is_coord(d, i + 1))
        return false;
    for (size_t k = 1; k < t->len; k++) {
        if (!ovf_is_digit(d->clean.text.ptr[t->at + k]))
            return false;
    }
    return true;
}

/* May the word stand between two vertices? */
static bool leads_on(const ovf_draft *d, size_t i)
{
    return is_joint_word(d, i) || is_vertex_label(d, i) || (is_fix_name(d, i) && is_coord(d, i + 1))
           || ovf_phrase(d, i, "STATE|FIR|COUNTRY|UIR|NATIONAL|CTA|TMA|CTR BORDER|BOUNDARY|BDRY")
                  > 0
           || ovf_phrase(d, i,
                         "ALONG|STATE|FIR|FOLLOW|FOLLOWS *? *? *? *? BORDER|BOUNDARY|COAST|"
                         "COASTLINE|ARC|BDRY|BDY|LIMIT|LIMITS|PARALLEL|MERIDIAN|SHORELINE|"
                         "RIVER|LATITUDE|WATERS|BOUNDARIES|BORDERS|SHORE|FRONTIER")
                  > 0;
}

static size_t back_to_start(const ovf_draft *d, size_t i)
{
    size_t end = ovf_phrase(d, i,
                            "BACK|RETURN|RETURNING TO THE? START|STARTING|ORIGIN|BEGINNING|"
                            "INITIAL|FIRST|POINT|ORIGINAL POINT? OF? ORIGIN?");
    if (end == 0)
        end = ovf_phrase(d, i,
                         "TO|AND|WITH THE? INITIAL|STARTING|START|FIRST|ORIGINAL POINT|PSN|"
                         "POSITION");
    if (end == 0)
        end = ovf_phrase(d, i, "TO THE? POINT? OF? ORIGIN|BEGINNING|START|COMMENCEMENT|DEPARTURE");
    if (end == 0)
        end = ovf_phrase(d, i, "PUNTO|PONTO|POINT DE ORIGEN|PARTIDA|ORIGEM|DEPART|INICIO");
    return end;
}

/* "OMN141034.4" beside a latitude and longitude: the same place once more. The token behind, or 0. */
static size_t frd_end(const ovf_draft *d, size_t i)
{
    const ovf_token *t = &d->tokens[i];
    if (t->kind != OVF_TOK_WORD || t->len != 9)
        return 0;
    for (size_t k = 0; k < 9; k++) {
        char c = d->clean.text.ptr[t->at + k];
        if (k < 3 ? !ovf_is_letter(c) : !ovf_is_digit(c))
            return 0;
    }
    bool has_tenths = ovf_tok_sign(d, i + 1, '.') && i + 2 < d->token_count
                      && d->tokens[i + 2].kind == OVF_TOK_NUM
                      && (d->tokens[i + 2].flags & OVF_TOK_GLUED) != 0;
    return has_tenths ? i + 3 : i + 1;
}

/* One token between two vertices: true when the walk goes on behind *i. */
static bool pass_joint(const ovf_draft *d, struct joint *j, size_t *i)
{
    const ovf_token *t = &d->tokens[*i];
    bool is_special = j->leg.kind != OVF_LEG_STRAIGHT;
    size_t turned = ovf_turn_at(d, *i, &j->leg.turn);
    if (turned > 0 || ovf_is_arc_word(d, *i)) {
        if (j->leg.kind != OVF_LEG_BORDER)
            j->leg.kind = OVF_LEG_ARC;
        j->odd = *i;
        *i = turned > 0 ? turned : *i + 1;
        return true;
    }
    if (is_border_word(d, *i)) { // also "COUNTERCLOCKWISE ALONG THE STATE BORDER"
        j->leg.kind = OVF_LEG_BORDER;
        j->odd = *i;
    } else if (ovf_tok_is(d, *i, "PARALLEL") || ovf_tok_is(d, *i, "LATITUDE")) {
        if (!is_special && ovf_tok_is(d, *i, "PARALLEL"))
            j->leg.kind = OVF_LEG_PARALLEL;
    } else if (ovf_tok_is(d, *i, "MERIDIAN") || ovf_tok_is(d, *i, "LONGITUDE")) {
        // straight north or south
    } else if ((t->flags & OVF_TOK_LOOKS) != 0) {
        j->is_cut = true;
        j->odd = *i;
    } else if (t->kind == OVF_TOK_LAT || t->kind == OVF_TOK_LON) {
        bool is_line = ovf_phrase(d, *i > 3 ? *i - 3 : 0, "ALONG|PARALLEL|MERIDIAN *?") > 0
                       || (*i > 0 && ovf_phrase(d, *i - 1, "ALONG|PARALLEL|MERIDIAN") > 0);
        if (is_line && t->kind == OVF_TOK_LAT && !is_special)
            j->leg.kind = OVF_LEG_PARALLEL;
        else if (!is_line) {
            j->is_cut = true;
            j->odd = *i;
        }
    } else if (ovf_tok_is_bullet(d, *i)) {
        j->has_bullet = true;
        (*i)++;
    } else if (t->kind == OVF_TOK_SIGN && strchr("-,/.;:'\"", t->sign) != NULL) {
        // a separator
    } else if (ovf_phrase(d, *i, "ALONG|FOLLOW|FOLLOWS|LONGEANT|SIGUIENDO") > 0) {
        j->is_along = true;
    } else if (!is_special && !leads_on(d, *i)) {
        if (!j->is_along)
            return false;
        j->leg.kind = OVF_LEG_BORDER; // along a line that only its words tell
        j->odd = *i;
    }
    (*i)++;
    return true;
}

/* From the token behind a vertex: is there another one, and what stands between? */
static struct joint joint_from(const ovf_draft *d, size_t start, const ovf_leg_words *open)
{
    struct joint j = {.leg = {.from = start, .until = start}};
    if (open != NULL)
        j.leg = *open;
    size_t i = start;
    bool is_over = false;
    while (!is_over && i < d->token_count && i < start + GAP_MAX) {
        ovf_vertex v;
        size_t behind = 0;
        if (ovf_vertex_at(d, i, &v, &behind)) {
            if (j.leg.kind == OVF_LEG_ARC && ovf_take_centre(d, &j.leg, i, &v)) {
                i = behind;
                continue;
            }
            j.next = i;
            j.leg.until = i;
            ovf_read_arc_words(d, &j.leg);
            return j;
        }
        size_t back = back_to_start(d, i);
        if (back > 0) {
            j.is_back = true;
            j.leg.until = i;
            j.end = back;
            ovf_read_arc_words(d, &j.leg);
            return j;
        }
        behind = skip_bracket(d, i);
        if (behind == i)
            behind = frd_end(d, i);
        if (behind > i)
            i = behind;
        else if (j.leg.kind != OVF_LEG_STRAIGHT && ends_outline(d, i))
            is_over = true;
        else
            is_over = !pass_joint(d, &j, &i);
    }
    return (struct joint){.is_cut = j.is_cut, .odd = j.odd};
}

static bool add_run(ovf_draft *d, ovf_runs *runs, ovf_run run)
{
    if (!ovf_arena_grow(d->arena, (void **)&runs->items, runs->count, &runs->capacity,
                        sizeof(run))) {
        d->no_memory = true;
        return false;
    }
    runs->items[runs->count++] = run;
    return true;
}

static bool add_vertex(ovf_draft *d, ovf_run *run, ovf_vertex v)
{
    if (!ovf_arena_grow(d->arena, (void **)&run->vertices, run->count, &run->capacity, sizeof(v))) {
        d->no_memory = true;
        return false;
    }
    run->vertices[run->count++] = v;
    return true;
}

/* Bullets between vertices count them when every vertex has one, else they part areas. */
static bool bullets_count_vertices(const ovf_draft *d, size_t first)
{
    size_t i = first;
    for (int looked = 0; looked < 100; looked++) {
        ovf_vertex v;
        size_t behind = 0;
        if (!ovf_vertex_at(d, i, &v, &behind))
            return true;
        struct joint j = joint_from(d, behind, NULL);
        if (j.next == 0)
            return true;
        if (!j.has_bullet)
            return false;
        i = j.next;
    }
    return true;
}

/* Takes the words of a leg into the run; the leg belongs to the vertex before it. "CLOCKWISE ARC ...
 * BTN p AND q": p begins the arc, whatever came before it. */
static void take_leg(const ovf_draft *d, ovf_run *run, const struct joint *j)
{
    if (run->count == 0 || j->leg.kind == OVF_LEG_STRAIGHT)
        return;
    run->has_arc |= j->leg.kind == OVF_LEG_ARC;
    run->has_border |= j->leg.kind == OVF_LEG_BORDER;
    if (j->leg.kind != OVF_LEG_PARALLEL)
        run->odd = j->odd;
    run->vertices[run->count - 1].leg = j->leg;
    (void)d;
}

/* The run that begins at token i, which bears a vertex or, behind words of an arc, its centre. */
static ovf_run read_run(ovf_draft *d, size_t i, size_t lead)
{
    ovf_run run = {.first = i, .last = i};
    ovf_vertex v = {0};
    size_t behind = i;
    if (!ovf_vertex_at(d, i, &v, &behind))
        return run;
    ovf_leg_words open = {.from = lead, .until = i};
    bool is_arc_first = ovf_arc_before(d, lead, i, &open) && ovf_take_centre(d, &open, i, &v);
    bool count_bullets = !is_arc_first && bullets_count_vertices(d, i);
    struct joint j = {0};
    if (is_arc_first) {
        j = joint_from(d, behind, &open);
        ovf_vertex w;
        if (j.next == 0 || !ovf_vertex_at(d, j.next, &w, &behind)
            || joint_from(d, behind, NULL).next == 0) {
            add_vertex(d, &run, v); // a circle or sector: the centre alone
            return run;
        }
        open = j.leg;
        run.last = j.next;
        if (!add_vertex(d, &run, w))
            return run;
        run.vertices[0].leg = open;
        run.has_arc = true;
        run.odd = i;
        ovf_vertex_at(d, j.next, &w, &behind);
    } else if (!add_vertex(d, &run, v)) {
        return run;
    }
    bool is_leg_set = is_arc_first;
    // A track may come back to where it began and go on.
    bool is_track = ovf_phrase_find(d, lead, i, "EITHER|EACH|BOTH SIDE|SIDES", NULL) != OVF_NOPOS;
    while (!d->no_memory) {
        j = joint_from(d, behind, NULL);
        if (j.is_cut) {
            run.is_cut = true;
            run.odd = j.odd;
        }
        if (j.is_back) {
            take_leg(d, &run, &j);
            run.is_closed = run.count >= 3 || (run.count == 2 && run.has_arc);
            run.last = j.end - 1;
            break;
        }
        if (j.next == 0 || (j.has_bullet && !count_bullets && j.leg.kind == OVF_LEG_STRAIGHT))
            break;
        if (run.is_closed && j.leg.kind == OVF_LEG_STRAIGHT)
            break; // a ring behind a ring
        run.is_listed = (run.count == 1 || run.is_listed) && j.has_bullet;
        bool is_anchored = j.leg.kind == OVF_LEG_ARC && ovf_is_anchor(d, j.next, &j.leg);
        if (!is_leg_set && !is_anchored)
            take_leg(d, &run, &j);
        is_leg_set = false;
        if (!ovf_vertex_at(d, j.next, &v, &behind) || !add_vertex(d, &run, v))
            break;
        run.last = behind - 1;
        if (is_anchored) {
            take_leg(d, &run, &j);
            is_leg_set = true;
        }
        size_t least = run.has_arc ? 3 : 4;
        run.is_closed = run.count >= least && !is_anchored && !is_track
                        && same_place(&run.vertices[0], &run.vertices[run.count - 1]);
    }
    return run;
}

void ovf_find_runs(ovf_draft *d, ovf_runs *runs)
{
    size_t lead = 0;
    for (size_t i = 0; i < d->token_count && runs->count < OVF_NOTICE_MAX_AREAS; i++) {
        if (!is_coord(d, i) && (d->tokens[i].flags & OVF_TOK_PLACE) == 0)
            continue;
        ovf_run run = read_run(d, i, lead);
        if (run.count == 0)
            continue;
        if (d->no_memory || !add_run(d, runs, run))
            return;
        i = run.last;
        lead = i + 1;
    }
}
