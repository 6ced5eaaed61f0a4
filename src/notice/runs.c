/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of positions: those that follow each other with nothing but joints between them ("-", "TO",
 * "THENCE", a fix in brackets, a bullet), or with the words of an arc, a border or a parallel. The
 * centre of an arc is no vertex: it belongs to the leg. */
#include "arcs.h"
#include "vocabulary.h"

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
    return !a->is_bad && !b->is_bad && ovf_is_same_place(a->place, b->place);
}

static const bool border_words[OVF_VOCABULARY_SIZE] = {
    [OVF_WORD_BORDER] = true,     [OVF_WORD_BOUNDARY] = true,    [OVF_WORD_BDRY] = true,
    [OVF_WORD_COAST] = true,      [OVF_WORD_COASTLINE] = true,   [OVF_WORD_BORDERS] = true,
    [OVF_WORD_RIVER] = true,      [OVF_WORD_FRONTIER] = true,    [OVF_WORD_SHORELINE] = true,
    [OVF_WORD_BDY] = true,        [OVF_WORD_BOUNDARIES] = true,  [OVF_WORD_SHORE] = true,
    [OVF_WORD_FRONTERA] = true,   [OVF_WORD_FRONTIERE] = true,   [OVF_WORD_FRONTEIRA] = true,
    [OVF_WORD_LIMITE] = true,     [OVF_WORD_TERRITORIAL] = true, [OVF_WORD_COSTA] = true,
    [OVF_WORD_BORDERLINE] = true, [OVF_WORD_BNDRY] = true,       [OVF_WORD_MEDIAN] = true};

static bool is_border_word(const ovf_draft *d, size_t i)
{
    return border_words[ovf_tok_word(d, i)];
}

static const bool joint_words[OVF_VOCABULARY_SIZE] = {
    [OVF_WORD_TO] = true,       [OVF_WORD_THEN] = true,        [OVF_WORD_THENCE] = true,
    [OVF_WORD_AND] = true,      [OVF_WORD_DCT] = true,         [OVF_WORD_DIRECT] = true,
    [OVF_WORD_POINT] = true,    [OVF_WORD_POINTS] = true,      [OVF_WORD_PSN] = true,
    [OVF_WORD_LAT] = true,      [OVF_WORD_LATITUDE] = true,    [OVF_WORD_LINE] = true,
    [OVF_WORD_STRAIGHT] = true, [OVF_WORD_A] = true,           [OVF_WORD_PT] = true,
    [OVF_WORD_P] = true,        [OVF_WORD_COORD] = true,       [OVF_WORD_FM] = true,
    [OVF_WORD_FROM] = true,     [OVF_WORD_BY] = true,          [OVF_WORD_WITH] = true,
    [OVF_WORD_LINES] = true,    [OVF_WORD_JOINING] = true,     [OVF_WORD_SUCCESSIVELY] = true,
    [OVF_WORD_THE] = true,      [OVF_WORD_FOLLOWING] = true,   [OVF_WORD_FLW] = true,
    [OVF_WORD_BTN] = true,      [OVF_WORD_BETWEEN] = true,     [OVF_WORD_NEXT] = true,
    [OVF_WORD_TILL] = true,     [OVF_WORD_UNTIL] = true,       [OVF_WORD_UP] = true,
    [OVF_WORD_VIA] = true,      [OVF_WORD_CONTINUE] = true,    [OVF_WORD_CONTINUING] = true,
    [OVF_WORD_BEARING] = true,  [OVF_WORD_GEODESIC] = true,    [OVF_WORD_GREAT] = true,
    [OVF_WORD_HASTA] = true,    [OVF_WORD_PUNTO] = true,       [OVF_WORD_PUIS] = true,
    [OVF_WORD_JUSQU] = true,    [OVF_WORD_AU] = true,          [OVF_WORD_LUEGO] = true,
    [OVF_WORD_Y] = true,        [OVF_WORD_ET] = true,          [OVF_WORD_E] = true,
    [OVF_WORD_POSITION] = true, [OVF_WORD_COORDINATES] = true, [OVF_WORD_GEOGRAPHICAL] = true,
    [OVF_WORD_DESDE] = true,    [OVF_WORD_DEPUIS] = true,      [OVF_WORD_VERS] = true,
    [OVF_WORD_AN] = true};

static bool is_joint_word(const ovf_draft *d, size_t i)
{
    return joint_words[ovf_tok_word(d, i)];
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

static const bool no_fix_names[OVF_VOCABULARY_SIZE] = {
    [OVF_WORD_CLOSE] = true, [OVF_WORD_CENTR] = true, [OVF_WORD_CNTRE] = true,
    [OVF_WORD_ZONES] = true, [OVF_WORD_AREAS] = true, [OVF_WORD_WHICH] = true,
    [OVF_WORD_BELOW] = true, [OVF_WORD_ABOVE] = true, [OVF_WORD_EXCEP] = true,
    [OVF_WORD_LIMIT] = true, [OVF_WORD_UNDER] = true, [OVF_WORD_POINT] = true};

static bool is_fix_name(const ovf_draft *d, size_t i)
{
    if (d->tokens[i].kind != OVF_TOK_WORD || d->tokens[i].len != 5)
        return false;
    return (d->tokens[i].traits & OVF_TRAIT_LETTERS) != 0 && !no_fix_names[d->tokens[i].word];
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

static const bool ending_words[OVF_VOCABULARY_SIZE] = {
    [OVF_WORD_SFC] = true,       [OVF_WORD_GND] = true,      [OVF_WORD_UNL] = true,
    [OVF_WORD_AMSL] = true,      [OVF_WORD_AGL] = true,      [OVF_WORD_EXCEPT] = true,
    [OVF_WORD_EXCLUDING] = true, [OVF_WORD_EXC] = true,      [OVF_WORD_EXCL] = true,
    [OVF_WORD_EXCEPTING] = true, [OVF_WORD_ZONE] = true,     [OVF_WORD_VERTICAL] = true,
    [OVF_WORD_LOWER] = true,     [OVF_WORD_UPPER] = true,    [OVF_WORD_SECTOR] = true,
    [OVF_WORD_WI] = true,        [OVF_WORD_WITHIN] = true,   [OVF_WORD_PILOTS] = true,
    [OVF_WORD_ACFT] = true,      [OVF_WORD_AIRCRAFT] = true, [OVF_WORD_FREQ] = true,
    [OVF_WORD_TEL] = true,       [OVF_WORD_PHONE] = true,    [OVF_WORD_EMAIL] = true,
    [OVF_WORD_AREAS] = true,     [OVF_WORD_NOTE] = true,     [OVF_WORD_REF] = true,
    [OVF_WORD_RMK] = true,       [OVF_WORD_REMARK] = true,   [OVF_WORD_BELOW] = true,
    [OVF_WORD_ABOVE] = true,     [OVF_WORD_NO] = true,       [OVF_WORD_DUE] = true};

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
    if (ending_words[t->word])
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
    static const bool begins[OVF_VOCABULARY_SIZE] = {
        [OVF_WORD_BACK] = true,  [OVF_WORD_RETURN] = true, [OVF_WORD_RETURNING] = true,
        [OVF_WORD_TO] = true,    [OVF_WORD_AND] = true,    [OVF_WORD_WITH] = true,
        [OVF_WORD_PUNTO] = true, [OVF_WORD_PONTO] = true,  [OVF_WORD_POINT] = true,
    };
    if (!begins[ovf_tok_word(d, i)])
        return 0; // each of these begins so
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
        double radius_m = 0;
        size_t behind = ovf_length_at(d, *i, &radius_m);
        if (behind > 0 && ovf_phrase(d, behind, "RADIUS? ARC|ARCS|ARCO") > 0) {
            *i = behind; // "ALONG THE 10NM ARC": no border
            return true;
        }
        j->leg.kind = OVF_LEG_BORDER; // along a line that only its words tell
        j->odd = *i;
    }
    (*i)++;
    return true;
}

/* A sign that joins two vertices and says nothing. */
static bool is_separator(const ovf_draft *d, size_t i)
{
    const ovf_token *t = &d->tokens[i];
    return t->kind == OVF_TOK_SIGN && (t->sign == '-' || t->sign == ',' || t->sign == '/');
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
        if (is_separator(d, i)) {
            i++;
            continue;
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
    if (run->count == run->capacity
        && !ovf_arena_grow(d->arena, (void **)&run->vertices, run->count, &run->capacity,
                           sizeof(v))) {
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

/* "p - q - r - (p)": the first position once more. */
static void close_in_brackets(const ovf_draft *d, ovf_run *run)
{
    size_t i = run->last + 1;
    ovf_vertex v = {0};
    size_t behind = 0;
    while (is_separator(d, i))
        i++;
    if (!ovf_tok_sign(d, i, '(') || !ovf_vertex_at(d, i + 1, &v, &behind)
        || !ovf_tok_sign(d, behind, ')') || !same_place(&run->vertices[0], &v))
        return;
    run->is_closed = true;
    run->last = behind;
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
    if (!run.is_closed && run.count >= 3)
        close_in_brackets(d, &run);
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
