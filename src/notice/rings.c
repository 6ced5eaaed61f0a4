/* SPDX-License-Identifier: Apache-2.0 */
/* A run that is an outline to an area: its trace is checked for crossings, four corners in the order of
 * a Z are untied, anything else that crosses itself is told and taken as even-odd. */
#include "arcs.h"

#include <math.h>

/* The positions of a run that are places; *bad: the first token that is none, or OVF_NOPOS. */
ovf_point *ovf_run_places(ovf_draft *d, const ovf_run *run, size_t *count, size_t *bad)
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

void ovf_put_points(ovf_notice_area *area, const ovf_point *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!ovf_point_is_valid(points[i]))
            return; // beyond a pole: no place to hand out
    }
    area->points = points;
    area->point_count = count;
}

void ovf_add_unresolved(ovf_draft *d, const ovf_run *run, ovf_shape shape, ovf_str name,
                        const char *rule, size_t at, const char *why)
{
    OVF_FIND(d, OVF_ERROR, d->tokens[at].at, rule, "%s: the area is not resolved", why);
    ovf_notice_area *area = ovf_add_area(d, shape, OVF_CERTAINTY_UNRESOLVED, ovf_area_unresolved(),
                                         d->tokens[run->first].at, ovf_tok_end(d, run->last));
    if (area == NULL)
        return;
    size_t bad = 0;
    size_t count = 0;
    ovf_point *points = ovf_run_places(d, run, &count, &bad);
    area->name = name;
    ovf_put_points(area, points, count);
}

static size_t drop_equal(ovf_point *points, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || !ovf_is_same_place(points[i], points[kept - 1]))
            points[kept++] = points[i];
    }
    return kept - (kept > 1 && ovf_is_same_place(points[0], points[kept - 1]));
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

/* On average narrower than a metre: no area that anybody can have meant. */
static bool is_flat(const ovf_trace *trace)
{
    static const double degree_m = 111200.0;       // of latitude; of longitude it is less
    static const double longest_degree_m = 111700; // no degree of either is longer
    if (trace->count > 12)
        return false;
    double area = 0;
    double at_most_deg = 0;
    for (size_t i = 0; i < trace->count; i++) {
        ovf_point a = trace->points[i];
        ovf_point b = trace->points[i + 1 < trace->count ? i + 1 : 0];
        double from = ovf_lon_wrap(a.lon_deg - trace->points[0].lon_deg);
        double east = ovf_lon_wrap(b.lon_deg - a.lon_deg);
        double south = trace->points[0].lat_deg;
        area += from * (b.lat_deg - south) - (from + east) * (a.lat_deg - south);
        at_most_deg += fabs(b.lat_deg - a.lat_deg) + fabs(east);
    }
    double width_m2 = fabs(area) * degree_m * degree_m;
    if (width_m2 >= at_most_deg * longest_degree_m)
        return false;
    double length_m = 0;
    for (size_t i = 0; i < trace->count; i++)
        length_m +=
            ovf_distance_m(trace->points[i], trace->points[i + 1 < trace->count ? i + 1 : 0]);
    return width_m2 < length_m;
}

ovf_certainty ovf_vertex_certainty(const ovf_draft *d, const ovf_vertex *vertex)
{
    bool is_named = (d->tokens[vertex->token].flags & OVF_TOK_PLACE) != 0;
    return is_named ? OVF_CERTAINTY_REFERENCE : OVF_CERTAINTY_EXACT;
}

/* "AREA BOUNDED BY THE ABC-DEF BORDER AND A LINE JOINING p q r": the leg from the last position back to
 * the first runs along the border. */
static void close_along_border(const ovf_draft *d, ovf_run *run)
{
    static const char *const borders = "BORDER|BORDERS|BOUNDARY|BDRY|BDY|COAST|COASTLINE|FRONTIER|"
                                       "SHORE|SHORELINE|FRONTERA|FRONTIERE";
    ovf_leg_words *last = &run->vertices[run->count - 1].leg;
    if (run->count < 2 || last->kind != OVF_LEG_STRAIGHT || !ovf_text_may_say(d, borders))
        return;
    size_t start = ovf_sentence_start(d, run->first);
    if (start + 14 < run->first)
        start = run->first - 14;
    for (size_t i = start; i + 2 < run->first; i++) {
        size_t line = ovf_phrase(d, i, "AND|THEN|TO? A|THE? LINE|LINES|POINTS|COORDINATES");
        if (line == 0 || ovf_phrase_find(d, start, i, borders, NULL) == OVF_NOPOS
            || ovf_phrase_find(d, start, i, "FROM|FM|OF|EXC|EXCEPT|NOT|OUTSIDE", NULL) != OVF_NOPOS)
            continue;
        *last = (ovf_leg_words){.kind = OVF_LEG_BORDER, .from = start, .until = i};
        run->has_border = true;
        return;
    }
}

void ovf_make_ring(ovf_draft *d, ovf_run *run, ovf_str name)
{
    close_along_border(d, run);
    size_t bad = OVF_NOPOS;
    size_t count = 0;
    ovf_point *points = ovf_run_places(d, run, &count, &bad);
    if (points == NULL)
        return;
    if (bad != OVF_NOPOS) {
        ovf_add_unresolved(d, run, OVF_SHAPE_POLYGON, name, "RING_VERTEX", bad,
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
        ovf_add_unresolved(d, run, OVF_SHAPE_POLYGON, name, fault.rule, fault.token, fault.why);
        return;
    }
    if (is_flat(&trace))
        OVF_FIND(d, OVF_WARNING, d->tokens[run->first].at, "RING_FLAT",
                 "the vertices lie on one line: the outline encloses next to nothing");
    // A leg along a border, or a vertex by name, is as good as the world's tables.
    ovf_certainty certainty = run->has_border ? OVF_CERTAINTY_REFERENCE : OVF_CERTAINTY_EXACT;
    for (size_t i = 0; i < run->count && certainty == OVF_CERTAINTY_EXACT; i++)
        certainty = ovf_vertex_certainty(d, &run->vertices[i]);
    ovf_notice_area *area = ovf_add_area(d, OVF_SHAPE_POLYGON, certainty, shape,
                                         d->tokens[run->first].at, ovf_tok_end(d, run->last));
    if (area == NULL)
        return;
    area->name = name;
    bool is_plain = !run->has_arc && !run->has_border;
    ovf_put_points(area, is_plain ? trace.points : points,
                   is_plain ? trace.count : drop_equal(points, count));
}
