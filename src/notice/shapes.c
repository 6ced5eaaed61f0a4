/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of coordinates to areas: the words before and behind a run say whether it is a ring, a circle,
 * a corridor, a line or points. A ring that needs a border or an arc, a vertex that cannot be a place,
 * a list that is cut off: an unresolved area that says why. */
#include "arcs.h"

static bool is_any(const ovf_draft *d, size_t i, const char *const *words, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (ovf_tok_is(d, i, words[k]))
            return true;
    }
    return false;
}

/* ---- vertices ---- */

/* The positions of a run that are places; *bad: the first token that is none, or OVF_NOPOS. */
static ovf_point *vertices(ovf_draft *d, const ovf_run *run, size_t *count, size_t *bad)
{
    ovf_point *points = ovf_arena_array(d->arena, ovf_point, run->count);
    *count = 0;
    *bad = OVF_NOPOS;
    if (points == NULL) {
        d->no_memory = true;
        return NULL;
    }
    for (size_t i = 0; i < run->count; i++) {
        if (!run->vertices[i].is_bad)
            points[(*count)++] = run->vertices[i].place;
        else if (*bad == OVF_NOPOS)
            *bad = run->vertices[i].token;
    }
    return points;
}

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

/* A radius between tokens from and until: metres; *at the token, *end behind it. 0: none.
 * near_end: the last one counts (before a run), else the first (behind a run). */
static double radius_in(const ovf_draft *d, size_t from, size_t until, bool near_end, size_t *end)
{
    static const char *const words[] = {"RADIUS", "RAD",  "RDS",   "RADII",
                                        "RADIO",  "RAIO", "RAYON", "RDO"};
    double found = 0;
    for (size_t i = from; i < until; i++) {
        double length = 0;
        size_t behind = 0;
        if (is_any(d, i, words, OVF_COUNTOF(words))) {
            for (size_t k = i + 1; k <= i + 4 && k < until && behind == 0; k++)
                behind = ovf_length_at(d, k, &length);
            for (size_t k = i; behind == 0 && k-- > from && k + 4 >= i;) {
                size_t unit = ovf_length_at(d, k, &length);
                behind = unit > 0 && unit <= i ? i + 1 : 0;
            }
        } else if (near_end && ovf_phrase(d, i, "WI|WITHIN|INSIDE %") > 0) {
            // "WI 5NM OF p", "WI 10KM FM PSN p"
            size_t next = ovf_length_at(d, i + 1, &length);
            size_t of = next > 0 ? ovf_phrase(d, next, "OF|FM|FROM|AROUND|ARND|AROUND") : 0;
            behind = of > 0 && until <= of + 3 ? of : 0;
        }
        if (behind == 0 || length <= 0)
            continue;
        found = length;
        *end = behind;
        if (!near_end)
            return found;
    }
    return found;
}

/* "1NM EITHER SIDE OF LINE", "WITHIN 30NM OF LINE", "CORRIDOR 10NM WIDE": half the width in metres,
 * 0 when the words speak of no corridor. */
static double half_width_in(const ovf_draft *d, size_t from, size_t until, size_t *end)
{
    for (size_t i = from; i < until; i++) {
        double length = 0;
        size_t next = ovf_length_at(d, i, &length);
        if (next > 0) {
            *end = ovf_phrase(d, next, "EITHER|EACH|BOTH SIDE|SIDES");
            if (*end == 0)
                *end = ovf_phrase(d, next, "ON|TO EITHER|EACH|BOTH SIDE|SIDES");
            if (*end == 0)
                *end = ovf_phrase(d, next, "LEFT|L AND? RIGHT|R");
            if (*end == 0)
                *end =
                    ovf_phrase(d, next, "OF|FM|FROM THE|A? STRAIGHT? LINE|TRACK|CENTERLINE|AXIS");
            if (*end == 0)
                *end = ovf_phrase(d, next, "OF|FM|FROM LINE|TRACK|CENTRELINE");
            if (*end > 0 && *end <= until)
                return length;
            *end = ovf_phrase(d, next, "WIDE|WIDTH|WID");
            if (*end > 0 && *end <= until)
                return length / 2;
        }
        *end = ovf_phrase(d, i, "EITHER|EACH|BOTH SIDE|SIDES");
        if (*end > 0 && *end <= until) {
            next = ovf_length_at(d, *end, &length);
            if (next > 0)
                return length;
        }
        if (ovf_phrase(d, i, "WIDTH|WIDE") > 0) {
            size_t number = i + 1 + ovf_tok_is(d, i + 1, "OF");
            next = ovf_length_at(d, number, &length);
            if (next > 0) {
                *end = next;
                return length / 2;
            }
        }
    }
    *end = 0;
    return 0;
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

/* The label before a run: "AREA 1:", "ZONE N5", "2.", "B)"; or a name in brackets behind it. */
static ovf_str label(ovf_draft *d, const ovf_runs *runs, size_t index, size_t lead)
{
    const ovf_run *run = &runs->items[index];
    ovf_str found = OVF_STR("");
    size_t taken = lead;
    for (size_t i = lead; i < run->first; i++) {
        if (i < taken)
            continue;
        size_t end = ovf_phrase(d, i, "AREA|ZONE|SECTOR|CORRIDOR|REGION|PART|SITE|LOT|AREAS|ZONA");
        const ovf_token *t = &d->tokens[i];
        if (end > 0 && end < run->first) {
            const ovf_token *id = &d->tokens[end];
            bool is_id =
                (id->kind == OVF_TOK_NUM || (id->kind == OVF_TOK_WORD && id->len <= 4))
                && !ovf_tok_is(d, end, "WI") && !ovf_tok_is(d, end, "OF")
                && !ovf_tok_is(d, end, "AS") && !ovf_tok_is(d, end, "BY")
                && !ovf_tok_is(d, end, "IN")
                && (id->kind == OVF_TOK_NUM || is_label(ovf_tok_text(d, end)) || id->len == 2)
                && !ovf_tok_is(d, end, "TO") && !ovf_tok_is(d, end, "AT");
            double length_m = 0;
            if (!is_id || ovf_length_at(d, end, &length_m) > 0)
                continue;
            found = ovf_show(d, t->at, id->at + id->len);
            taken = end + 1;
        } else if (ovf_tok_is_bullet(d, i)
                   && (i == 0 || !ovf_is_digit(d->clean.text.ptr[t->at - 1]))) {
            found = ovf_show(d, t->at, t->at + t->len);
        } else if (t->kind == OVF_TOK_WORD && t->len <= 6 && ovf_tok_sign(d, i + 1, ':')
                   && i + 2 == run->first && is_label(ovf_tok_text(d, i))) {
            found = ovf_show(d, t->at, t->at + t->len);
        }
    }
    return found;
}

/* ---- makers ---- */

static void put_points(ovf_notice_area *area, const ovf_point *points, size_t count)
{
    area->points = points;
    area->point_count = count;
}

static void unresolved(ovf_draft *d, const ovf_run *run, ovf_shape shape, ovf_str name,
                       const char *rule, size_t at, const char *why)
{
    OVF_FIND(d, OVF_ERROR, d->tokens[at].at, rule, "%s: the area is not resolved", why);
    ovf_notice_area *area = ovf_add_area(d, shape, OVF_CERTAINTY_UNRESOLVED, ovf_area_unresolved(),
                                         d->tokens[run->first].at, ovf_tok_end(d, run->last));
    if (area == NULL)
        return;
    size_t bad = 0;
    size_t count = 0;
    ovf_point *points = vertices(d, run, &count, &bad);
    area->name = name;
    put_points(area, points, count);
}

static size_t drop_equal(ovf_point *points, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        ovf_fixed p = ovf_point_fix(points[i]);
        ovf_fixed q = kept > 0 ? ovf_point_fix(points[kept - 1]) : (ovf_fixed){0};
        if (kept == 0 || p.lat_e7 != q.lat_e7 || p.lon_e7 != q.lon_e7)
            points[kept++] = points[i];
    }
    if (kept > 1) {
        ovf_fixed p = ovf_point_fix(points[0]);
        ovf_fixed q = ovf_point_fix(points[kept - 1]);
        kept -= p.lat_e7 == q.lat_e7 && p.lon_e7 == q.lon_e7;
    }
    return kept;
}

static bool is_simple(ovf_draft *d, const ovf_trace *trace, size_t *at)
{
    ovf_fixed *fixed = ovf_arena_array(d->arena, ovf_fixed, trace->count);
    if (fixed == NULL) {
        d->no_memory = true;
        return true;
    }
    for (size_t i = 0; i < trace->count; i++)
        fixed[i] = ovf_point_fix(trace->points[i]);
    ovf_ring ring = {.vertices = fixed,
                     .edges = trace->has_parallel ? trace->edges : NULL,
                     .count = (uint32_t)trace->count};
    return ovf_ring_is_simple(&ring, at);
}

/* Four corners listed in the order of a Z: the only simple ring of them (domain: pattern 19). */
static void untie(ovf_draft *d, ovf_trace *trace, size_t at_byte)
{
    size_t at = 0;
    ovf_point *p = trace->points;
    ovf_point swapped[4] = {p[0], p[2], p[1], p[3]};
    ovf_trace other = {.points = swapped, .edges = trace->edges, .count = 4};
    if (!is_simple(d, &other, &at)) {
        swapped[1] = p[1];
        swapped[2] = p[3];
        swapped[3] = p[2];
    }
    memcpy(p, swapped, sizeof(swapped));
    OVF_FIND(d, OVF_WARNING, at_byte, "RING_REORDERED",
             "the four corners cross in the order written: read as the quadrangle they span");
}

/* Above it a crossing outline is noise, and working out its inside takes minutes. */
#define CROSSING_MAX 300

static const ovf_area *area_of_trace(ovf_draft *d, const ovf_trace *trace)
{
    const ovf_area *area = NULL;
    if (!trace->has_parallel)
        return ovf_area_polygon(d->arena, trace->points, trace->count, &area, NULL) == OVF_OK
                   ? area
                   : NULL;
    ovf_fixed *fixed = ovf_arena_array(d->arena, ovf_fixed, trace->count);
    if (fixed == NULL) {
        d->no_memory = true;
        return NULL;
    }
    for (size_t i = 0; i < trace->count; i++)
        fixed[i] = ovf_point_fix(trace->points[i]);
    ovf_ring ring = {.vertices = fixed, .edges = trace->edges, .count = (uint32_t)trace->count};
    return ovf_area_rings(d->arena, &ring, 1, &area, NULL) == OVF_OK ? area : NULL;
}

/* Whether an outline crosses itself is asked of a coarse copy of its arcs. */
static bool check_crossing(ovf_draft *d, const ovf_run *run, ovf_trace *trace,
                           struct ovf_trace_fault *fault)
{
    ovf_trace coarse = {0};
    struct ovf_trace_fault none;
    const ovf_trace *checked = trace;
    if (run->has_arc) {
        if (!ovf_trace_run(d, run, false, &coarse, &none))
            return true;
        checked = &coarse;
    }
    if (checked->count > OVF_NOTICE_MAX_VERTICES) {
        *fault = (struct ovf_trace_fault){"RING_LIMIT", "more vertices than the program takes",
                                          run->first};
        return false;
    }
    size_t at = 0;
    uint32_t from = d->tokens[run->first].at;
    if (checked->count < 4 || is_simple(d, checked, &at))
        return true;
    if (checked->count > CROSSING_MAX) {
        *fault =
            (struct ovf_trace_fault){"RING_CROSSES", "a long outline crosses itself", run->first};
        return false;
    }
    if (trace->count == 4 && !trace->has_parallel)
        untie(d, trace, from);
    else
        OVF_FIND(d, OVF_WARNING, from, "RING_CROSSES",
                 "the outline crosses itself at its edge %zu: inside is where a way out crosses it "
                 "an odd number of times",
                 at + 1);
    return true;
}

static bool crosses(ovf_draft *d, const ovf_run *run)
{
    ovf_trace coarse = {0};
    struct ovf_trace_fault fault;
    size_t at = 0;
    return ovf_trace_run(d, run, false, &coarse, &fault) && coarse.count <= OVF_NOTICE_MAX_VERTICES
           && !is_simple(d, &coarse, &at);
}

static void make_ring(ovf_draft *d, ovf_run *run, ovf_str name)
{
    size_t bad = OVF_NOPOS;
    size_t count = 0;
    ovf_point *points = vertices(d, run, &count, &bad);
    if (points == NULL)
        return;
    if (bad != OVF_NOPOS) {
        unresolved(d, run, OVF_SHAPE_POLYGON, name, "RING_VERTEX", bad,
                   "a vertex of the outline cannot be a place");
        return;
    }
    ovf_trace trace = {0};
    struct ovf_trace_fault fault = {0};
    const ovf_area *shape = NULL;
    if (run->has_arc)
        ovf_settle_turns(d, run, crosses);
    if (count > OVF_NOTICE_MAX_VERTICES)
        fault = (struct ovf_trace_fault){"RING_LIMIT", "more vertices than the program takes",
                                         run->first};
    else if (ovf_trace_run(d, run, true, &trace, &fault) && check_crossing(d, run, &trace, &fault))
        shape = area_of_trace(d, &trace);
    if (shape == NULL) {
        unresolved(d, run, OVF_SHAPE_POLYGON, name, fault.rule, fault.token, fault.why);
        return;
    }
    ovf_notice_area *area = ovf_add_area(d, OVF_SHAPE_POLYGON, OVF_CERTAINTY_EXACT, shape,
                                         d->tokens[run->first].at, ovf_tok_end(d, run->last));
    if (area == NULL)
        return;
    area->name = name;
    bool is_plain = !run->has_arc && !run->has_border;
    put_points(area, is_plain ? trace.points : points,
               is_plain ? trace.count : drop_equal(points, count));
}

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
            unresolved(d, &one, OVF_SHAPE_CIRCLE, name, "CIRCLE", v->token,
                       "the centre or the radius cannot be");
            continue;
        }
        ovf_notice_area *area =
            ovf_add_area(d, OVF_SHAPE_CIRCLE, OVF_CERTAINTY_EXACT, shape,
                         run->count == 1 ? from : t->at, run->count == 1 ? until : t->at + t->len);
        ovf_point *point = ovf_arena_array(d->arena, ovf_point, 1);
        if (area == NULL || point == NULL)
            return;
        *point = centre;
        area->name = name;
        area->radius_m = radius_m;
        put_points(area, point, 1);
    }
}

static void make_corridor(ovf_draft *d, const ovf_run *run, ovf_shape kind, double half_m,
                          ovf_str name, size_t from)
{
    size_t bad = OVF_NOPOS;
    size_t count = 0;
    ovf_point *points = vertices(d, run, &count, &bad);
    const ovf_area *shape = NULL;
    if (points == NULL)
        return;
    if (bad != OVF_NOPOS || run->has_arc || run->has_border
        || ovf_area_corridor(d->arena, points, count, half_m, &shape, NULL) != OVF_OK) {
        unresolved(d, run, kind, name, "LINE", bad != OVF_NOPOS ? bad : run->first,
                   "the line cannot be drawn");
        return;
    }
    ovf_notice_area *area =
        ovf_add_area(d, kind, OVF_CERTAINTY_EXACT, shape, from, ovf_tok_end(d, run->last));
    if (area == NULL)
        return;
    area->name = name;
    area->radius_m = half_m;
    put_points(area, points, count);
}

static void make_points(ovf_draft *d, const ovf_run *run, ovf_str name)
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
            ovf_add_area(d, OVF_SHAPE_POINT, OVF_CERTAINTY_EXACT, shape, t->at, t->at + t->len);
        ovf_point *point = ovf_arena_array(d->arena, ovf_point, 1);
        if (area == NULL || point == NULL)
            return;
        *point = p;
        area->name = name;
        put_points(area, point, 1);
    }
}

/* ---- deciding ---- */

static bool speaks_of_line(const ovf_draft *d, size_t lead, const ovf_run *run)
{
    size_t from = run->first > lead + 8 ? run->first - 8 : lead;
    return has_word(
        d, from, run->first,
        "TR|TRK|TRKS|TRACKLINE|TRACKLINES|TRACK|TRACKS|ROUTE|ROUTES|RTE|PATH|CABLE|ROUTING");
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
    ovf_str name;
};

static struct context context_of(ovf_draft *d, const ovf_runs *runs, size_t index, size_t used)
{
    struct context c = {.lead = lead_start(runs, index, used),
                        .tail = runs->items[index].last + 1,
                        .tail_until = tail_end(d, runs, index)};
    if (c.tail_until > c.tail + 14)
        c.tail_until = c.tail + 14;
    c.name = label(d, runs, index, c.lead);
    return c;
}

static bool try_corridor(ovf_draft *d, const ovf_run *run, const struct context *c, size_t *used)
{
    size_t end = 0;
    if (run->count < 2)
        return false;
    double half = half_width_in(d, c->lead, run->first, &end);
    if (half <= 0) {
        half = half_width_in(d, c->tail, c->tail_until, &end);
        if (half > 0)
            *used = end;
    }
    if (half <= 0)
        return false;
    make_corridor(d, run, OVF_SHAPE_CORRIDOR, half, c->name, d->tokens[run->first].at);
    return true;
}

/* A radius before the run, or behind it within the same sentence. */
static bool try_circles(ovf_draft *d, const ovf_run *run, const struct context *c, size_t *used)
{
    size_t end = 0;
    size_t from = d->tokens[run->first].at;
    size_t until = ovf_tok_end(d, run->last);
    double radius = radius_in(d, c->lead, run->first, true, &end);
    if (radius <= 0) {
        size_t stop = c->tail;
        while (stop < c->tail_until && !ovf_tok_sign(d, stop, ';')
               && !(ovf_tok_sign(d, stop, '.') && (d->tokens[stop + 1].flags & OVF_TOK_GLUED) == 0))
            stop++;
        radius = radius_in(d, c->tail, stop, false, &end);
        if (radius > 0) {
            *used = end;
            until = ovf_tok_end(d, end - 1);
        }
    }
    size_t near_lead = run->first > c->lead + 6 ? run->first - 6 : c->lead;
    bool is_centre =
        run->count == 1 || has_word(d, near_lead, run->first, "~CENT|RADIUS|COORD|CIRCLES");
    if (radius <= 0 || !is_centre || run->has_arc || run->has_border)
        return false;
    make_circles(d, run, radius, c->name, from, until);
    return true;
}

static void decide(ovf_draft *d, const ovf_runs *runs, size_t index, size_t *used)
{
    ovf_run *run = &runs->items[index];
    struct context c = context_of(d, runs, index, *used);
    report_vertices(d, run);
    if (try_corridor(d, run, &c, used))
        return;
    bool is_line = !run->is_closed && run->count >= 2 && speaks_of_line(d, c.lead, run);
    bool is_ring = run->count >= 3 && !is_line
                   && (run->is_closed || has_word(d, c.lead, run->first, "BOUNDED|BOUND|JOINING")
                       || has_word(d, c.tail, c.tail_until, "BACK TO"));
    if (!is_ring && try_circles(d, run, &c, used))
        return;
    if ((run->has_arc || run->has_border) && run->count >= 2 && !run->is_cut) {
        make_ring(d, run, c.name);
        return;
    }
    if (run->is_cut) {
        unresolved(d, run, run->count >= 2 ? OVF_SHAPE_POLYGON : OVF_SHAPE_POINT, c.name,
                   "COORD_UNREAD", run->odd, "expected a coordinate here");
        return;
    }
    if (run->count == 1) {
        make_points(d, run, c.name);
        return;
    }
    if (run->count == 2 || is_line) {
        make_corridor(d, run, OVF_SHAPE_LINE, 1.0, c.name, d->tokens[run->first].at);
        return;
    }
    bool is_obstacle = d->notice->qcode.len == 5 && d->notice->qcode.ptr[1] == 'O';
    if (!is_ring && is_obstacle && !speaks_of_area(d, c.lead, run))
        make_points(d, run, c.name);
    else
        make_ring(d, run, c.name);
}

void ovf_read_shapes(ovf_draft *d)
{
    ovf_runs runs = {0};
    ovf_find_runs(d, &runs);
    size_t used = 0;
    for (size_t i = 0; i < runs.count && !d->no_memory; i++)
        decide(d, &runs, i, &used);
    if (runs.count >= OVF_NOTICE_MAX_AREAS)
        OVF_FIND(d, OVF_ERROR, d->tokens[0].at, "AREA_LIMIT",
                 "more than %d areas: the rest is not read", OVF_NOTICE_MAX_AREAS);
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
