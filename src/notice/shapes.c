/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of positions to areas: the words before and behind a run say whether it is a ring (rings.c), a
 * circle, a corridor, a line or points. A ring that needs a border or an arc, a vertex that cannot be a place,
 * a list that is cut off: an unresolved area that says why. */
#include "arcs.h"
#include "vocabulary.h"

/* ---- vertices ---- */

static void report_vertices(ovf_draft *d, const ovf_run *run)
{
    for (size_t i = run->first; i <= run->last; i++) {
        const ovf_token *t = &d->tokens[i];
        if (t->kind != OVF_TOK_COORD)
            continue;
        ovf_str text = ovf_str_sub(ovf_tok_text(d, i), 0, 40);
        if ((t->flags & OVF_TOK_BAD) != 0)
            OVF_FIND(
                d, OVF_ERROR, t->at, "COORD_IMPOSSIBLE",
                "%.*s cannot be a place: a digit too few or too many, minutes or seconds above "
                "59, or beyond the pole",
                OVF_ARG(text));
        else if ((t->flags & OVF_TOK_DECIMAL) == OVF_TOK_DECIMAL)
            OVF_FIND(d, OVF_WARNING, t->at, "COORD_DECIMAL",
                     "%.*s has minutes or seconds above 59: read as decimal degrees",
                     OVF_ARG(text));
        else if ((t->flags & OVF_TOK_PADDED) != 0)
            OVF_FIND(d, OVF_WARNING, t->at, "COORD_DIGITS",
                     "%.*s has a digit too few or too many: a leading zero was assumed",
                     OVF_ARG(text));
        else if ((t->flags & OVF_TOK_NO_HEMI) != 0)
            OVF_FIND(d, OVF_WARNING, t->at, "COORD_HEMISPHERE",
                     "%.*s lacks a hemisphere letter: taken from its neighbours", OVF_ARG(text));
    }
}

/* ---- what the words say ---- */

static size_t lead_start(const ovf_runs *runs, size_t index, size_t used)
{
    size_t start = index == 0 ? 0 : runs->items[index - 1].last + 1;
    return start > used ? start : used;
}

/* The token behind the words that belong to this run: the next run, or the end. */
static size_t tail_end(const ovf_draft *d, const ovf_runs *runs, size_t index)
{
    return index + 1 < runs->count ? runs->items[index + 1].first : d->token_count;
}

static bool has_word(const ovf_draft *d, size_t from, size_t until, const char *pattern)
{
    return ovf_phrase_find(d, from, until, pattern, NULL) != OVF_NOPOS;
}

/* "N5", "B2", "IMTA1", a single letter; "POINTS" and "PSN" introduce and do not name. */
static bool is_label(ovf_str word)
{
    bool has_digit = false;
    for (size_t i = 0; i < word.len; i++)
        has_digit |= ovf_is_digit(word.ptr[i]);
    return has_digit || word.len == 1;
}

/* "AREA PV", "ZONE ED": two letters name an area, unless they are a word. */
static bool is_two_letter_word(const ovf_draft *d, size_t i)
{
    return ovf_phrase(d, i,
                      "WI|OF|AS|BY|IN|TO|AT|IS|FM|NR|BE|ON|OR|AD|UP|NO|IF|EG|DU|DE|EN|ET|LE|LA|SW|"
                      "NE|NW|SE|AN|DO|DA|EL|GO|IT|WE|SO")
           > 0;
}

/* A number that counts something else: "PAGE 8.", "DNC 10.", "STAGE 2:", "S.I. NO. 25."; and the
 * letters of "S.I." and "U.A.E." */
static bool counts_other(const ovf_draft *d, size_t i)
{
    bool is_glued = (d->tokens[i].flags & OVF_TOK_GLUED) != 0;
    bool is_letter = d->tokens[i].kind == OVF_TOK_WORD && d->tokens[i].len == 1;
    if (is_letter && i > 1 && ovf_tok_sign(d, i - 1, '.') && is_glued)
        return true;
    if (is_letter && ovf_tok_sign(d, i + 1, '.') && i + 2 < d->token_count
        && d->tokens[i + 2].len == 1 && (d->tokens[i + 2].flags & OVF_TOK_GLUED) != 0
        && ovf_tok_sign(d, i + 3, '.'))
        return true;
    if (i == 0)
        return false;
    size_t before = i - 1;
    while (before > 0 && (ovf_tok_sign(d, before, '.') || ovf_phrase(d, before, "NO|NR") > 0)
           && before + 3 > i)
        before--;
    return ovf_phrase(d, before,
                      "PAGE|PAGES|DNC|CHART|STAGE|ITEM|PARA|PARAGRAPH|FIG|FIGURE|ANNEX|SUP|"
                      "APPENDIX|TABLE|AMDT|VOL|PHASE|CAT|CLASS|RWY|FLIGHT|MISSION|GROUP|SECTION|"
                      "ARTICLE|POINT|I")
               > 0
           && (before == i - 1 || ovf_phrase(d, i - 1, "NO|NR") > 0
               || ovf_phrase(d, i - 2, "NO|NR") > 0);
}

/* "LOW FLYING AREA 8", "NIGHT ROTARY REGION 4": where a thing lies, not what it is called. */
static bool is_whereabouts(const ovf_draft *d, size_t i)
{
    return i > 0 && ovf_phrase(d, i - 1, "FLYING|ROTARY|AVOIDANCE|NIGHT") > 0;
}

static const bool labelled_words[OVF_VOCABULARY_SIZE] = {
    [OVF_WORD_AREA] = true,     [OVF_WORD_ZONE] = true,   [OVF_WORD_SECTOR] = true,
    [OVF_WORD_CORRIDOR] = true, [OVF_WORD_REGION] = true, [OVF_WORD_PART] = true,
    [OVF_WORD_SITE] = true,     [OVF_WORD_LOT] = true,    [OVF_WORD_AREAS] = true,
    [OVF_WORD_ZONA] = true,
};

/* The label before a run: "AREA 1:", "ZONE N5", "2.", "B)"; or a name in brackets behind it. */
ovf_str ovf_area_label(ovf_draft *d, size_t lead, size_t until)
{
    ovf_str found = OVF_STR("");
    size_t taken = lead;
    for (size_t i = lead; i < until; i++) {
        if (i < taken)
            continue;
        const ovf_token *t = &d->tokens[i];
        size_t end = labelled_words[t->word] ? i + 1 : 0;
        if (end > 0 && end < until) {
            size_t number = ovf_phrase(d, end, "NR|NO|NUMBER"); // "AREA NR.1"
            number += number > 0 && ovf_tok_sign(d, number, '.');
            if (number > 0 && number < until && d->tokens[number].kind == OVF_TOK_NUM)
                end = number;
            const ovf_token *id = &d->tokens[end];
            bool is_id =
                (id->kind == OVF_TOK_NUM || (id->kind == OVF_TOK_WORD && id->len <= 4))
                && !is_two_letter_word(d, end) && !is_whereabouts(d, i)
                && (id->kind == OVF_TOK_NUM || is_label(ovf_tok_text(d, end)) || id->len == 2);
            double length_m = 0;
            if (!is_id || ovf_length_at(d, end, &length_m) > 0)
                continue;
            bool has_letter = id->kind == OVF_TOK_NUM && end + 1 < until // "AREA 4B"
                              && d->tokens[end + 1].kind == OVF_TOK_WORD
                              && d->tokens[end + 1].len == 1
                              && (d->tokens[end + 1].flags & OVF_TOK_GLUED) != 0;
            found = ovf_show(d, t->at, ovf_tok_end(d, end + has_letter));
            taken = end + 1 + has_letter;
        } else if (ovf_tok_is_bullet(d, i) && !(i > 0 && ovf_tok_sign(d, i - 1, '-'))
                   && !(i > 0 && ovf_tok_is(d, i - 1, "WGS")) && !counts_other(d, i)
                   && (i == 0 || !ovf_is_digit(d->clean.text.ptr[t->at - 1]))) {
            found = ovf_show(d, t->at, t->at + t->len);
        } else if (t->kind == OVF_TOK_WORD && t->len <= 6 && ovf_tok_sign(d, i + 1, ':')
                   && i + 2 == until && is_label(ovf_tok_text(d, i))) {
            found = ovf_show(d, t->at, t->at + t->len);
        }
    }
    return found;
}

/* ---- makers ---- */

/* One circle a coordinate: "CENTERED COORD p p p RADIUS 1NM". */
static void make_circles(ovf_draft *d, const ovf_run *run, double radius_m, ovf_str name,
                         size_t from, size_t until)
{
    for (size_t i = 0; i < run->count; i++) {
        ovf_vertex *v = &run->vertices[i];
        const ovf_token *t = &d->tokens[v->token];
        const ovf_area *shape = NULL;
        ovf_point centre = v->place;
        if (v->is_bad || ovf_area_circle(d->arena, centre, radius_m, &shape, NULL) != OVF_OK) {
            ovf_run one = {.first = v->token, .last = v->token, .vertices = v, .count = 1};
            ovf_add_unresolved(d, &one, OVF_SHAPE_CIRCLE, name, "CIRCLE", v->token,
                               "the centre or the radius cannot be");
            continue;
        }
        ovf_notice_area *area =
            ovf_add_area(d, OVF_SHAPE_CIRCLE, ovf_vertex_certainty(d, v), shape,
                         run->count == 1 ? from : t->at, run->count == 1 ? until : t->at + t->len);
        ovf_point *point = ovf_arena_array(d->arena, ovf_point, 1);
        if (area == NULL || point == NULL)
            return;
        *point = centre;
        area->name = name;
        area->radius_m = radius_m;
        ovf_put_points(area, point, 1);
    }
}

static void make_corridor(ovf_draft *d, const ovf_run *run, ovf_shape kind, double half_m,
                          ovf_str name, size_t from)
{
    size_t bad = OVF_NOPOS;
    size_t count = 0;
    ovf_point *points = ovf_run_places(d, run, &count, &bad);
    const ovf_area *shape = NULL;
    if (points == NULL)
        return;
    if (bad != OVF_NOPOS || run->has_arc || run->has_border
        || ovf_area_corridor(d->arena, points, count, half_m, &shape, NULL) != OVF_OK) {
        ovf_add_unresolved(d, run, kind, name, "LINE", bad != OVF_NOPOS ? bad : run->first,
                           "the line cannot be drawn");
        return;
    }
    ovf_notice_area *area =
        ovf_add_area(d, kind, OVF_CERTAINTY_EXACT, shape, from, ovf_tok_end(d, run->last));
    if (area == NULL)
        return;
    area->name = name;
    area->radius_m = half_m;
    ovf_put_points(area, points, count);
}

static void make_points(ovf_draft *d, const ovf_run *run, ovf_str name, bool is_named)
{
    for (size_t i = 0; i < run->count; i++) {
        const ovf_token *t = &d->tokens[run->vertices[i].token];
        if (run->vertices[i].is_bad)
            continue;
        ovf_point p = run->vertices[i].place;
        const ovf_area *shape = NULL;
        // A point has no surface; a metre round it stands for it.
        if (ovf_area_circle(d->arena, p, 1.0, &shape, NULL) != OVF_OK)
            continue;
        ovf_notice_area *area =
            ovf_add_area(d, OVF_SHAPE_POINT, ovf_vertex_certainty(d, &run->vertices[i]), shape,
                         t->at, t->at + t->len);
        ovf_point *point = ovf_arena_array(d->arena, ovf_point, 1);
        if (area == NULL || point == NULL)
            return;
        *point = p;
        size_t lead = i > 0 ? run->vertices[i - 1].token + 1 : run->first;
        size_t here = run->vertices[i].token;
        ovf_str own = i > 0 ? ovf_area_label(d, lead, here) : name;
        if (is_named)
            own = ovf_tok_text(d, here - 1);
        area->name = own;
        ovf_put_points(area, point, 1);
    }
}

/* ---- deciding ---- */

static bool speaks_of_line(const ovf_draft *d, size_t lead, const ovf_run *run)
{
    size_t from = run->first > lead + 8 ? run->first - 8 : lead;
    for (size_t i = from; i < run->first; i++) { // "TR1:", "TRK2"
        ovf_str word = ovf_tok_text(d, i);
        if (word.len >= 3 && word.len <= 5 && ovf_is_digit(word.ptr[word.len - 1])
            && ovf_phrase(d, i, "~TR1|~TR2|~TR3|~TR4|~TR5|~TR6|~TR7|~TR8|~TR9|~TRK") > 0)
            return true;
    }
    if (has_word(d, from, run->first, "LINE EXTENDING|DRAWN")
        || has_word(d, from, run->first, "SEGMENT|SEGMENTS"))
        return true;
    return has_word(
        d, from, run->first,
        "TR|TRK|TRKS|TRACKLINE|TRACKLINES|TRACK|TRACKS|ROUTE|ROUTES|RTE|PATH|CABLE|ROUTING");
}

/* Nothing but the number of a list before this run: what was said before the list holds. */
static bool continues_list(const ovf_draft *d, size_t lead, const ovf_run *run)
{
    size_t words = 0;
    for (size_t i = lead; i < run->first; i++)
        words +=
            d->tokens[i].kind == OVF_TOK_WORD && d->tokens[i].len > 2 && !ovf_tok_is(d, i, "AND");
    return words == 0 && run->first > lead;
}

/* "ETIKI 480000N 0084500W UMLER 473000N ...": a list of points with their names. */
static bool is_named_list(const ovf_draft *d, const ovf_run *run)
{
    for (size_t k = 0; k < run->count; k++) {
        size_t i = run->vertices[k].token;
        if (i == 0 || d->tokens[i - 1].kind != OVF_TOK_WORD || d->tokens[i - 1].len != 5)
            return false;
    }
    return true;
}

static bool speaks_of_area(const ovf_draft *d, size_t lead, const ovf_run *run)
{
    return has_word(d, lead, run->first,
                    "BOUNDED|BOUND|AREA|AREAS|ZONE|ZONES|WI|WITHIN|JOINING|LATERAL|LIMITS|LIMITED|"
                    "POLYGON|REGION|REGIONS|DEBRIS|FORMED|LINKING|CONNECTING|DEFINED|SECTOR|"
                    "PERIMETER|DELIMITED|ENCLOSED|AIRSPACE");
}

/* What surrounds a run: where the words before it begin, and those behind it end. */
struct context {
    size_t lead;
    size_t tail;
    size_t tail_until;
    bool is_last; /* no run behind it */
    ovf_str name;
};

static struct context context_of(ovf_draft *d, const ovf_runs *runs, size_t index, size_t used)
{
    struct context c = {.lead = lead_start(runs, index, used),
                        .tail = runs->items[index].last + 1,
                        .tail_until = tail_end(d, runs, index),
                        .is_last = index + 1 == runs->count};
    if (c.tail_until > c.tail + 14)
        c.tail_until = c.tail + 14;
    c.name = ovf_area_label(d, c.lead, runs->items[index].first);
    return c;
}

/* "..., WIDENING TO 10NM EITHER SIDE AT THE LAST POINT": the width of the widest place all along. */
static void widen(ovf_draft *d, const ovf_run *run, const struct context *c, double *half_m)
{
    static const char words[] = "~WIDEN|~INCREAS|~EXPAND|~DIVERG|~SPLAY|~BROADEN|~NARROW|~TAPER";
    size_t until = c->tail + 20 < d->token_count ? c->tail + 20 : d->token_count;
    size_t end = 0;
    size_t at = ovf_phrase_find(d, c->lead, until, words, &end);
    double widest = *half_m;
    for (size_t i = end; at != OVF_NOPOS && i < end + 6 && i < until; i++) {
        double length = 0;
        if (ovf_reach_length_at(d, i, &length) > 0 && length > widest)
            widest = length;
    }
    if (at == OVF_NOPOS)
        return;
    *half_m = widest;
    OVF_FIND(d, OVF_NOTE, d->tokens[at].at, "GEOM_WIDTH",
             "a corridor that widens: taken as wide as its widest place, %.1f NM to either side",
             widest / OVF_NM_M);
    (void)run;
}

static bool try_corridor(ovf_draft *d, const ovf_run *run, const struct context *c, size_t *used)
{
    size_t end = 0;
    if (run->count < 2)
        return false;
    double half = ovf_half_width_in(d, c->lead, run->first, &end);
    if (half <= 0) {
        half = ovf_half_width_in(d, c->tail, c->tail_until, &end);
        if (half > 0)
            *used = end;
    }
    if (half <= 0)
        return false;
    widen(d, run, c, &half);
    make_corridor(d, run, OVF_SHAPE_CORRIDOR, half, c->name, d->tokens[run->first].at);
    return true;
}

/* Half a circle, a quadrant, the ring between two circles round one position. */
static bool try_sector(ovf_draft *d, const ovf_run *run, const struct context *c, double radius_m,
                       size_t from, size_t until)
{
    struct ovf_sector s = {
        .outer_m = radius_m, .to_deg = 360.0, .from = from, .until = until, .name = c->name};
    size_t lead = run->first > c->lead + 16 ? run->first - 16 : c->lead;
    if (run->count != 1 || run->vertices[0].is_bad)
        return false;
    s.centre = run->vertices[0].place;
    bool is_ring = ovf_two_radii(d, lead, run->first, &s.inner_m, &s.outer_m);
    bool is_half = ovf_half_words(d, lead, run->first, &s.from_deg, &s.to_deg)
                   || ovf_half_words(d, c->tail, c->tail_until, &s.from_deg, &s.to_deg);
    return (is_ring || is_half) && s.outer_m > 0 && ovf_make_sector(d, &s);
}

/* A radius before the run, or behind it within the same sentence. */
static bool try_circles(ovf_draft *d, const ovf_run *run, const struct context *c, size_t *used)
{
    size_t end = 0;
    size_t from = d->tokens[run->first].at;
    size_t until = ovf_tok_end(d, run->last);
    double radius = ovf_radius_in(d, c->lead, run->first, true, &end);
    if (radius <= 0) {
        // "AT p. AREA AFFECTED: 1000M RADIUS": the next sentence, where there is no other position.
        bool is_alone = run->count == 1 && c->lead == 0 && c->is_last
                        && has_word(d, c->tail, c->tail_until, "AREA|ZONE|AFFECTED");
        size_t stop = is_alone ? c->tail_until : c->tail;
        while (stop < c->tail_until && !ovf_tok_sign(d, stop, ';')
               && (!ovf_tok_sign(d, stop, '.') || (d->tokens[stop + 1].flags & OVF_TOK_GLUED) != 0
                   || ovf_phrase(d, stop + 1, "RADIUS|RAD|RAYON|RADIO|RAIO|DIAMETER") > 0))
            stop++; // "AT p, (WINFIELD). RADIUS 1NM."
        radius = ovf_radius_in(d, c->tail, stop, false, &end);
        if (radius > 0) {
            *used = end;
            until = ovf_tok_end(d, end - 1);
        }
    }
    size_t near_lead = run->first > c->lead + 6 ? run->first - 6 : c->lead;
    bool is_centre = run->count == 1 || run->is_listed
                     || has_word(d, near_lead, run->first, "~CENT|RADIUS|COORD|CIRCLES");
    if (radius <= 0 || !is_centre || run->has_arc || run->has_border)
        return false;
    if (try_sector(d, run, c, radius, from, until))
        return true;
    make_circles(d, run, radius, c->name, from, until);
    return true;
}

/* "WI 5NM OF THE AREA BOUNDED BY": the outline grown by as much. */
static void grow(ovf_draft *d, size_t added, double by_m)
{
    for (size_t i = added; i < d->area_count && by_m > 0; i++) {
        ovf_notice_area *area = &d->areas[i];
        const ovf_area *grown = NULL;
        if (!ovf_area_is_resolved(area->area)
            || ovf_area_buffer(d->arena, area->area, by_m, &grown, NULL) != OVF_OK)
            continue;
        area->area = grown;
        area->shape = OVF_SHAPE_BUFFER;
        area->radius_m = by_m;
    }
}

/* Firing, an exercise, an area that is restricted: counted positions without more words ("AT COORD: A.
 * ... B. ... C. ...") are the corners of one area, unless the text says that they are places. */
static bool is_about_areas(const ovf_draft *d)
{
    ovf_str code = d->notice->qcode;
    bool is_area = code.len == 5
                   && (code.ptr[1] == 'R' || memcmp(code.ptr + 1, "WM", 2) == 0
                       || memcmp(code.ptr + 1, "WE", 2) == 0);
    return is_area
           && ovf_phrase_find(d, 0, d->token_count,
                              "SITES|SITE|POINTS|POINT|LOCATIONS|PLACES|POSITIONS|PSNS|EACH|"
                              "PARACHUTE|JUMPING|BALLOONS|DZ|WAYPOINTS|ENTRY|EXIT|HOLDING",
                              NULL)
                  == OVF_NOPOS;
}

static void decide(ovf_draft *d, const ovf_runs *runs, size_t index, size_t *used)
{
    ovf_run *run = &runs->items[index];
    struct context c = context_of(d, runs, index, *used);
    report_vertices(d, run);
    if (try_corridor(d, run, &c, used))
        return;
    bool is_line =
        !run->is_closed && run->count >= 2
        && (speaks_of_line(d, c.lead, run)
            || (index > 0 && runs->items[index - 1].is_line && continues_list(d, c.lead, run)));
    run->is_line = is_line;
    bool is_ring = run->count >= 3 && !is_line
                   && (run->is_closed || has_word(d, c.lead, run->first, "BOUNDED|BOUND|JOINING")
                       || has_word(d, c.tail, c.tail_until, "BACK TO"));
    if (!is_ring && try_circles(d, run, &c, used))
        return;
    if ((run->has_arc || run->has_border) && run->count >= 2 && !run->is_cut) {
        bool has_bullet = run->first >= c.lead + 2 && ovf_tok_is_bullet(d, run->first - 2);
        bool is_counted = run->is_listed && has_bullet;
        ovf_make_ring(d, run, is_counted ? ovf_area_label(d, c.lead, run->first - 2) : c.name);
        return;
    }
    if (run->is_cut) {
        ovf_add_unresolved(d, run, run->count >= 2 ? OVF_SHAPE_POLYGON : OVF_SHAPE_POINT, c.name,
                           "COORD_UNREAD", run->odd, "expected a coordinate here");
        return;
    }
    size_t near_lead = run->first > c.lead + 4 ? run->first - 4 : c.lead;
    if (run->count == 1
        && (has_word(d, near_lead, run->first, "ELLIPSE|ELLIPTICAL|ELIPSE")
            || has_word(d, c.tail, c.tail_until, "SEMI MAJOR|MINOR"))) {
        size_t stop =
            run->last + 60 < tail_end(d, runs, index) ? run->last + 60 : tail_end(d, runs, index);
        if (ovf_make_ellipse(d, run, c.lead, stop, c.name))
            *used = stop;
        else
            ovf_add_unresolved(d, run, OVF_SHAPE_POLYGON, c.name, "GEOM_ELLIPSE", run->first,
                               "an ellipse whose axes are not told");
        return;
    }
    if (run->count == 1) {
        make_points(d, run, c.name, false);
        return;
    }
    if (run->count == 2 && run->is_listed && !is_line) {
        make_points(d, run, c.name, false);
        return;
    }
    if (!is_line && ovf_corner_pair(d, run, c.lead, c.name))
        return;
    bool is_pair = run->count == 2 && !(run->is_listed && !is_line);
    if (is_pair || is_line) {
        make_corridor(d, run, OVF_SHAPE_LINE, 1.0, c.name, d->tokens[run->first].at);
        return;
    }
    bool is_obstacle = d->notice->qcode.len == 5 && d->notice->qcode.ptr[1] == 'O';
    bool is_outlined = run->is_listed && run->count >= 3 && is_about_areas(d);
    bool is_list = run->is_listed || is_named_list(d, run)
                   || has_word(d, c.lead, run->first, "SIGNIFICANT|REPORTING POINTS|POINT");
    bool is_named_points = has_word(d, c.lead, run->first, "SIGNIFICANT|REPORTING POINTS|POINT")
                           && !has_word(d, c.lead, run->first, "BOUNDED|BOUND|JOINING|LATERAL");
    if (!is_ring && !is_outlined
        && (is_named_points || ((is_obstacle || is_list) && !speaks_of_area(d, c.lead, run))))
        make_points(d, run, c.name, is_named_list(d, run));
    else {
        // "1) p 2) p 3) p": the numbers are the vertices', not the outline's.
        bool is_counted =
            run->is_listed && run->first >= c.lead + 2 && ovf_tok_is_bullet(d, run->first - 2);
        ovf_str name = is_counted ? ovf_area_label(d, c.lead, run->first - 2) : c.name;
        size_t added = d->area_count;
        ovf_make_ring(d, run, name);
        grow(d, added, ovf_growth_in(d, c.lead, run->first));
    }
}

void ovf_read_shapes(ovf_draft *d)
{
    ovf_runs runs = {0};
    ovf_mark_places(d);
    ovf_read_sectors(d);
    ovf_read_joined_boxes(d);
    ovf_find_runs(d, &runs);
    size_t used = 0;
    for (size_t i = 0; i < runs.count && !d->no_memory; i++) {
        size_t added = d->area_count;
        size_t lead = lead_start(&runs, i, used);
        decide(d, &runs, i, &used);
        ovf_subtract_excluded(d, lead, runs.items[i].first, added);
    }
    ovf_read_belts(d);
    ovf_report_excluded(d);
    d->has_more_areas |= runs.count >= OVF_NOTICE_MAX_AREAS;
    bool is_part = d->notice->part_of > 1 && !d->notice->parts_complete;
    if (is_part && runs.count > 0 && d->area_count > 0) {
        // A list that runs to the end of a part goes on in the next one.
        const ovf_run *last = &runs.items[runs.count - 1];
        ovf_notice_area *area = &d->areas[d->area_count - 1];
        if (last->last + 3 >= d->token_count && !last->is_closed && last->count > 1) {
            area->area = ovf_area_unresolved();
            area->certainty = OVF_CERTAINTY_UNRESOLVED;
            OVF_FIND(d, OVF_ERROR, d->tokens[last->last].at, "PARTS_MISSING",
                     "the list of coordinates goes on in a part that is not here");
        }
    }
}
