/* SPDX-License-Identifier: Apache-2.0 */
/* "THENCE CLOCKWISE BY THE ARC OF A CIRCLE RADIUS 5NM CENTRED ON c TO q". The ends are the vertices as
 * written; between them the arc has the mean of their distances from the centre, which the stated
 * radius checks. An arc is drawn as chords nowhere farther than half a metre from it. */
#include "arcs.h"
#include "border_leg.h"
#include "vocabulary.h"

#include <math.h>

#define ARC_POINTS_MAX 20000
#define DEG_PER_RAD (180.0 / 3.14159265358979323846)

/* ---- words ---- */

/* The words with which each of the forms below begins. */
static const bool begins_turn[OVF_VOCABULARY_SIZE] = {
    [OVF_WORD_ANTICLOCKWISE] = true, [OVF_WORD_COUNTERCLOCKWISE] = true,
    [OVF_WORD_ANTICLKWISE] = true,   [OVF_WORD_CCW] = true,
    [OVF_WORD_ACW] = true,           [OVF_WORD_ANTIHORAIRE] = true,
    [OVF_WORD_ANTIHORARIO] = true,   [OVF_WORD_ANTICLKW] = true,
    [OVF_WORD_ANTICLOCK] = true,     [OVF_WORD_COUNTERCLKWISE] = true,
    [OVF_WORD_ANTI] = true,          [OVF_WORD_COUNTER] = true,
    [OVF_WORD_CONTRA] = true,        [OVF_WORD_SENS] = true,
    [OVF_WORD_SENTIDO] = true,       [OVF_WORD_LEFT] = true,
    [OVF_WORD_CLOCKWISE] = true,     [OVF_WORD_CLKWISE] = true,
    [OVF_WORD_CLKW] = true,          [OVF_WORD_CW] = true,
    [OVF_WORD_HORAIRE] = true,       [OVF_WORD_HORARIO] = true,
    [OVF_WORD_CLOCKWISELY] = true,   [OVF_WORD_RIGHT] = true};

size_t ovf_turn_at(const ovf_draft *d, size_t i, int8_t *turn)
{
    static const struct {
        const char *pattern;
        int8_t turn;
    } words[] = {
        {"ANTICLOCKWISE|COUNTERCLOCKWISE|ANTICLKWISE|CCW|ACW|ANTIHORAIRE|ANTIHORARIO|ANTICLKW|"
         "ANTICLOCK|COUNTERCLKWISE",
         -1},
        {"ANTI|COUNTER|CONTRA CLOCKWISE|CLKWISE|CLOCK|HORAIRE|HORARIO|CLKW|CW", -1},
        {"SENS|SENTIDO INVERSE|CONTRARIO|INVERSO", -1},
        {"LEFT HAND|HANDED? ARC", -1},
        {"CLOCKWISE|CLKWISE|CLKW|CW|HORAIRE|HORARIO|CLOCKWISELY", 1},
        {"SENS|SENTIDO DES|DE|DOS|DAS LAS|LOS? AIGUILLES|AGUJAS|MANECILLAS|PONTEIROS", 1},
        {"RIGHT HAND|HANDED? ARC", 1},
    };
    if (!begins_turn[ovf_tok_word(d, i)])
        return 0;
    for (size_t k = 0; k < OVF_COUNTOF(words); k++) {
        size_t end = ovf_phrase(d, i, words[k].pattern);
        if (end == 0)
            continue;
        *turn = words[k].turn;
        return end;
    }
    return 0;
}

bool ovf_is_arc_word(const ovf_draft *d, size_t i)
{
    unsigned word = ovf_tok_word(d, i);
    return word == OVF_WORD_ARC || word == OVF_WORD_ARCS || word == OVF_WORD_ARCO;
}

static bool is_length_end(const ovf_draft *d, size_t i, size_t from)
{
    double length_m = 0;
    return (i >= from + 2 && ovf_length_at(d, i - 2, &length_m) == i)
           || (i >= from + 3 && ovf_length_at(d, i - 3, &length_m) == i);
}

bool ovf_take_centre(const ovf_draft *d, ovf_leg_words *leg, size_t i, const ovf_vertex *v)
{
    if (leg->centre_token != 0)
        return false;
    bool found = false;
    for (size_t k = i; !found && k-- > leg->from && k + 10 > i;) {
        if (d->tokens[k].kind == OVF_TOK_COORD)
            return false;
        if (d->tokens[k].kind != OVF_TOK_WORD)
            continue;
        if (ovf_phrase(d, k, "~CENT|CNTRD|ABOUT|AROUND|ARND") > 0)
            found = true;
        else if (ovf_phrase(d, k, "FM|FROM|OF") > 0 && is_length_end(d, k, leg->from))
            found = true; // "ARC 10NM FM c"
        else if (ovf_phrase(d, k, "TO|BTN|BETWEEN|FM|FROM|THENCE|THEN|JOINING") > 0)
            return false;
    }
    if (!found)
        return false;
    leg->centre_token = i;
    leg->has_centre = !v->is_bad;
    leg->centre = v->place;
    return true;
}

bool ovf_is_anchor(const ovf_draft *d, size_t i, const ovf_leg_words *leg)
{
    for (size_t k = i; k-- > leg->from;) {
        if (d->tokens[k].kind == OVF_TOK_SIGN
            || ovf_phrase(d, k, "THE|POINT|POINTS|PSN|COORD|PT|A") > 0)
            continue;
        return ovf_phrase(d, k, "BTN|BETWEEN|FM|FROM|JOINING|STARTING|ENTRE") > 0
               && leg->centre_token < k;
    }
    return false;
}

bool ovf_arc_before(const ovf_draft *d, size_t lead, size_t i, ovf_leg_words *leg)
{
    size_t from = i > lead + 24 ? i - 24 : lead;
    if (!ovf_text_may_say(d, "ARC|ARCS|ARCO"))
        return false;
    for (size_t k = i; k-- > from;) {
        if (!ovf_is_arc_word(d, k))
            continue;
        leg->kind = OVF_LEG_ARC;
        leg->from = k;
        for (size_t t = k; t-- > from && t + 5 > k;) {
            if (ovf_turn_at(d, t, &leg->turn) > 0)
                leg->from = t;
        }
        return true;
    }
    return false;
}

void ovf_read_arc_words(const ovf_draft *d, ovf_leg_words *leg)
{
    if (leg->kind != OVF_LEG_ARC)
        return;
    for (size_t i = leg->from; i < leg->until; i++) {
        size_t end = leg->turn == 0 ? ovf_turn_at(d, i, &leg->turn) : 0;
        if (end == 0 && leg->radius_m <= 0)
            end = ovf_length_at(d, i, &leg->radius_m);
        i = end > i + 1 ? end - 1 : i;
    }
}

/* ---- points ---- */

bool ovf_trace_add(ovf_draft *d, ovf_trace *trace, ovf_point p, ovf_edge edge)
{
    if (trace->count >= OVF_RING_MAX_VERTICES) {
        trace->is_over = true;
        return false;
    }
    if (trace->count > 0) {
        ovf_fixed a = ovf_point_fix(trace->points[trace->count - 1]);
        ovf_fixed b = ovf_point_fix(p);
        if (a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7) {
            trace->edges[trace->count - 1] = (uint8_t)edge;
            return true;
        }
    }
    if (!ovf_arena_grow(d->arena, (void **)&trace->points, trace->count, &trace->capacity,
                        sizeof(*trace->points))
        || !ovf_arena_grow(d->arena, (void **)&trace->edges, trace->count, &trace->edge_capacity,
                           sizeof(*trace->edges))) {
        d->no_memory = true;
        return false;
    }
    trace->points[trace->count] = p;
    trace->edges[trace->count] = (uint8_t)edge;
    trace->has_parallel |= edge == OVF_EDGE_PARALLEL;
    trace->count++;
    return true;
}

bool ovf_draw_arc(ovf_draft *d, ovf_trace *trace, ovf_point centre, double from_deg,
                  double sweep_deg, double radius_from_m, double radius_to_m, double step_deg)
{
    double count = ceil(fabs(sweep_deg) / step_deg);
    size_t steps = count < 2 ? 2 : count > ARC_POINTS_MAX ? ARC_POINTS_MAX : (size_t)count;
    for (size_t i = 1; i < steps; i++) {
        double part = (double)i / (double)steps;
        double radius_m = radius_from_m + (radius_to_m - radius_from_m) * part;
        double bearing_deg = fmod(from_deg + sweep_deg * part, 360.0);
        if (!ovf_trace_add(d, trace, ovf_destination_near(centre, bearing_deg, radius_m),
                           OVF_EDGE_GEODESIC))
            return false;
    }
    return true;
}

static double step_of(double radius_m, bool is_fine)
{
    static const double coarse_deg = 5.0;
    if (!is_fine || radius_m <= 4 * OVF_ARC_TOLERANCE_M)
        return coarse_deg;
    double step_deg = 2 * acos(1 - OVF_ARC_TOLERANCE_M / radius_m) * DEG_PER_RAD;
    return step_deg < coarse_deg ? step_deg : coarse_deg;
}

/* ---- the leg ---- */

/* The centre of an arc of which only radius and direction are told: the smaller arc is meant. */
static bool guess_centre(const ovf_leg_words *leg, ovf_point p, ovf_point q, ovf_point *out)
{
    ovf_leg chord;
    if (leg->radius_m <= 0 || leg->turn == 0)
        return false;
    ovf_leg_init(&chord, p, q);
    double half_m = chord.length_m / 2;
    if (half_m <= 0 || leg->radius_m < half_m)
        return false;
    ovf_point middle;
    double bearing_deg = 0;
    ovf_leg_at_bearing(&chord, half_m, &middle, &bearing_deg);
    double away_m = sqrt(leg->radius_m * leg->radius_m - half_m * half_m);
    *out = ovf_destination(middle, bearing_deg + 90.0 * leg->turn, away_m);
    return true;
}

/* Domain, pattern 32: the two ends agree to a tenth of a mile or two in a hundred. */
static bool agree(double a_m, double b_m)
{
    double tolerance_m = fmax(0.1 * OVF_NM_M, 0.02 * fmax(a_m, b_m));
    return fabs(a_m - b_m) <= tolerance_m;
}

struct arc {
    ovf_point centre;
    double from_deg, sweep_deg;
    double radius_p_m, radius_q_m;
};

static double turned(double from_deg, double to_deg, int turn)
{
    double sweep_deg = fmod(to_deg - from_deg, 360.0);
    if (turn > 0 && sweep_deg <= 0)
        sweep_deg += 360.0;
    if (turn < 0 && sweep_deg >= 0)
        sweep_deg -= 360.0;
    return sweep_deg;
}

static void report_arc(ovf_draft *d, const ovf_leg_words *leg, const struct arc *arc)
{
    uint32_t at = d->tokens[leg->centre_token > 0 ? leg->centre_token : leg->from].at;
    if (!agree(arc->radius_p_m, arc->radius_q_m))
        OVF_FIND(d, OVF_WARNING, at, "ARC_RADIUS",
                 "the ends of the arc are %.2f and %.2f NM from its centre: one of the three "
                 "positions is wrong",
                 ovf_m_to_nm(arc->radius_p_m), ovf_m_to_nm(arc->radius_q_m));
    else if (leg->radius_m > 0 && !agree(leg->radius_m, (arc->radius_p_m + arc->radius_q_m) / 2))
        OVF_FIND(d, OVF_WARNING, at, "ARC_RADIUS",
                 "the ends of the arc are %.2f NM from its centre, the radius written is %.2f NM",
                 ovf_m_to_nm((arc->radius_p_m + arc->radius_q_m) / 2), ovf_m_to_nm(leg->radius_m));
    if (leg->turn == 0 || leg->is_turn_assumed)
        OVF_FIND(d, OVF_WARNING, at, "ARC_DIRECTION",
                 "neither clockwise nor anticlockwise is said: %s is assumed",
                 arc->sweep_deg > 0 ? "clockwise" : "anticlockwise");
    if (!leg->has_centre)
        OVF_FIND(d, OVF_WARNING, at, "ARC_CENTRE",
                 "the centre of the arc is not written: worked out from its radius, the smaller "
                 "arc is taken");
}

/* Ends this far from the centre in different measure lie on no arc at all. */
#define ARC_HOPELESS 1.5

static bool trace_arc(ovf_draft *d, const ovf_leg_words *leg, ovf_point p, ovf_point q,
                      bool is_fine, ovf_trace *out, struct ovf_trace_fault *fault)
{
    *fault = (struct ovf_trace_fault){"GEOM_ARC", NULL,
                                      leg->centre_token > 0 ? leg->centre_token : leg->from};
    struct arc arc = {.centre = leg->centre};
    if (!leg->has_centre && (leg->centre_token > 0 || !guess_centre(leg, p, q, &arc.centre))) {
        fault->why = leg->centre_token > 0 ? "the centre of an arc of the outline cannot be a place"
                                           : "an arc of the outline has no centre";
        return false;
    }
    double to_deg = 0;
    ovf_inverse(arc.centre, p, &arc.radius_p_m, &arc.from_deg, NULL);
    ovf_inverse(arc.centre, q, &arc.radius_q_m, &to_deg, NULL);
    double least_m = fmin(arc.radius_p_m, arc.radius_q_m);
    if (least_m <= 1.0 || fmax(arc.radius_p_m, arc.radius_q_m) > ARC_HOPELESS * least_m) {
        fault->why = "the ends of an arc of the outline lie at different distances from its centre";
        return false;
    }
    arc.sweep_deg = turned(arc.from_deg, to_deg, leg->turn != 0 ? leg->turn : 1);
    if (leg->turn == 0 && arc.sweep_deg > 180.0)
        arc.sweep_deg -= 360.0;
    if (is_fine)
        report_arc(d, leg, &arc);
    double mean_m = (arc.radius_p_m + arc.radius_q_m) / 2;
    bool is_mean = agree(arc.radius_p_m, arc.radius_q_m);
    return ovf_draw_arc(d, out, arc.centre, arc.from_deg, arc.sweep_deg,
                        is_mean ? mean_m : arc.radius_p_m, is_mean ? mean_m : arc.radius_q_m,
                        step_of(mean_m, is_fine));
}

/* ---- arcs of which no direction is told ---- */

#define UNDIRECTED_MAX 4

static double shorter_sweep(const ovf_leg_words *leg, ovf_point p, ovf_point q)
{
    double from_deg = 0;
    double to_deg = 0;
    ovf_inverse(leg->centre, p, NULL, &from_deg, NULL);
    ovf_inverse(leg->centre, q, NULL, &to_deg, NULL);
    double sweep_deg = turned(from_deg, to_deg, 1);
    return sweep_deg > 180.0 ? sweep_deg - 360.0 : sweep_deg;
}

/* Twice the signed area of the vertices in the plane of degrees: positive when anticlockwise. */
static double turning_of(const ovf_run *run)
{
    double sum = 0;
    for (size_t i = 0; i < run->count; i++) {
        ovf_point a = run->vertices[i].place;
        ovf_point b = run->vertices[i + 1 < run->count ? i + 1 : 0].place;
        double east = ovf_lon_wrap(b.lon_deg - a.lon_deg);
        double from = ovf_lon_wrap(a.lon_deg - run->vertices[0].place.lon_deg);
        sum += from * b.lat_deg - (from + east) * a.lat_deg;
    }
    return sum;
}

/* The shorter arc, or of one near half a circle the one that bulges outwards; where the outline then
 * crosses itself, the first choice with which it does not. */
void ovf_settle_turns(ovf_draft *d, ovf_run *run, ovf_crosses *crosses)
{
    ovf_leg_words *open[UNDIRECTED_MAX];
    int8_t first[UNDIRECTED_MAX];
    size_t count = 0;
    double turning = turning_of(run);
    for (size_t i = 0; i < run->count && count < UNDIRECTED_MAX; i++) {
        ovf_leg_words *leg = &run->vertices[i].leg;
        if (leg->kind != OVF_LEG_ARC || leg->turn != 0 || !leg->has_centre)
            continue;
        ovf_point next = run->vertices[i + 1 < run->count ? i + 1 : 0].place;
        double sweep_deg = shorter_sweep(leg, run->vertices[i].place, next);
        bool is_half = fabs(sweep_deg) > 150.0 && turning != 0;
        first[count] = (is_half ? turning < 0 : sweep_deg > 0) ? 1 : -1;
        leg->is_turn_assumed = true;
        open[count++] = leg;
    }
    for (size_t choice = 0; choice <= (size_t)1 << count && count > 0; choice++) {
        bool is_last = choice == (size_t)1 << count; // none is simple: the first choice after all
        for (size_t k = 0; k < count; k++)
            open[k]->turn = (int8_t)(!is_last && ((choice >> k) & 1) != 0 ? -first[k] : first[k]);
        if (is_last || !crosses(d, run))
            return;
    }
}

static bool trace_border(ovf_draft *d, const ovf_run *run, const ovf_vertex *v, ovf_point q,
                         ovf_trace *out, struct ovf_trace_fault *fault)
{
    *fault = (struct ovf_trace_fault){"GEOM_BORDER", NULL, v->leg.from};
    ovf_point *rest = ovf_arena_array(d->arena, ovf_point, run->count);
    if (rest == NULL) {
        d->no_memory = true;
        return false;
    }
    for (size_t i = 0; i < run->count; i++)
        rest[i] = run->vertices[i].place;
    ovf_point *between = NULL;
    size_t count = 0;
    if (!ovf_border_leg(d, v->leg.from, v->leg.until, v->place, q, rest, run->count, &between,
                        &count, &fault->why))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!ovf_trace_add(d, out, between[i], OVF_EDGE_GEODESIC))
            return false;
    }
    return true;
}

static ovf_edge parallel_edge(ovf_draft *d, const ovf_vertex *v, ovf_point q, bool is_fine)
{
    if (ovf_point_fix(v->place).lat_e7 == ovf_point_fix(q).lat_e7)
        return OVF_EDGE_PARALLEL;
    if (is_fine)
        OVF_FIND(d, OVF_WARNING, d->tokens[v->leg.from].at, "LEG_PARALLEL",
                 "a leg along a parallel whose ends differ in latitude: drawn straight");
    return OVF_EDGE_GEODESIC;
}

/* One place twice. */
static bool are_one(ovf_point a, ovf_point b)
{
    if (a.lat_deg == b.lat_deg && a.lon_deg == b.lon_deg)
        return true;
    static const double least_degree_m = 110000;    // of latitude
    static const double least_lon_degree_m = 12000; // of longitude up to 80 degrees, as a chord
    if (fabs(a.lat_deg - b.lat_deg) * least_degree_m >= OVF_COINCIDENT_M)
        return false;
    double east = fabs(ovf_lon_wrap(b.lon_deg - a.lon_deg));
    bool is_low = fabs(a.lat_deg) < 80 && fabs(b.lat_deg) < 80;
    if (is_low && east * least_lon_degree_m >= OVF_COINCIDENT_M)
        return false;
    return ovf_distance_m(a, b) < OVF_COINCIDENT_M;
}

bool ovf_trace_run(ovf_draft *d, const ovf_run *run, bool is_fine, ovf_trace *out,
                   struct ovf_trace_fault *fault)
{
    *fault =
        (struct ovf_trace_fault){"RING", "expected at least three different vertices", run->first};
    for (size_t i = 0; i < run->count; i++) {
        const ovf_vertex *v = &run->vertices[i];
        ovf_point next = run->vertices[i + 1 < run->count ? i + 1 : 0].place;
        bool is_last = i + 1 == run->count;
        ovf_edge edge = v->leg.kind == OVF_LEG_PARALLEL ? parallel_edge(d, v, next, is_fine)
                                                        : OVF_EDGE_GEODESIC;
        if (!ovf_trace_add(d, out, v->place, edge))
            return false;
        bool is_point = is_last && are_one(v->place, next);
        if (is_point)
            continue;
        if (v->leg.kind == OVF_LEG_ARC
            && !trace_arc(d, &v->leg, v->place, next, is_fine, out, fault))
            return false;
        if (v->leg.kind == OVF_LEG_BORDER && !trace_border(d, run, v, next, out, fault))
            return false;
    }
    *fault =
        (struct ovf_trace_fault){"RING", "expected at least three different vertices", run->first};
    while (out->count > 1 && ovf_is_same_place(out->points[0], out->points[out->count - 1]))
        out->count--;
    return out->count >= 3;
}
