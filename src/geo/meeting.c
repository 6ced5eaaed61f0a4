/* SPDX-License-Identifier: Apache-2.0 */
/* Where two geodesics meet. Filtered on the sphere; then both lines are walked towards the meeting
 * of their tangents until they are together (C. F. F. Karney, Geodesic intersections, J. Surveying
 * Eng. 150, 2024, section 3: the same step, there on the sphere's triangle). */
#include "geo_internal.h"

#include <math.h>

#define SUB_EDGE_M 1000000.0 /* longer edges are taken in parts, for the filter and first guess */
#define STEPS_MAX 16
#define TOGETHER_M 1e-7
/* Below this angle between two lines (a millimetre in a thousand kilometres) their meeting has no
 * place: they run along one another, and the ends of the edge make the cuts. */
#define PARALLEL 1e-9

/* A geodesic edge, or a part of a long one: along_m runs over [from_m, until_m]. */
struct part {
    const ovf_leg *line;
    double from_m;
    double until_m;
    struct ovf_geo_arc arc;
};

/* Could the two cross? Their ends are seen from the other's great circle; a geodesic extended by x
 * strays from it up to four times as far as one of length x between its ends. */
static bool may_cross(const struct ovf_geo_arc *a, const struct ovf_geo_arc *b)
{
    double margin_m = OVF_GEO_NEAR_M + 4 * ovf_geo_stray_m(a->length_m + b->length_m);
    double a0 = ovf_geo_arc_offset_m(b, a->a);
    double a1 = ovf_geo_arc_offset_m(b, a->b);
    if ((a0 > margin_m && a1 > margin_m) || (a0 < -margin_m && a1 < -margin_m))
        return false;
    double b0 = ovf_geo_arc_offset_m(a, b->a);
    double b1 = ovf_geo_arc_offset_m(a, b->b);
    return !((b0 > margin_m && b1 > margin_m) || (b0 < -margin_m && b1 < -margin_m));
}

/* Along an arc to where its offset from the other's circle is zero. */
static double first_guess_m(const struct ovf_geo_arc *arc, const struct ovf_geo_arc *other,
                            double from_m, double until_m)
{
    double at_a = ovf_geo_arc_offset_m(other, arc->a);
    double at_b = ovf_geo_arc_offset_m(other, arc->b);
    double share = at_a == at_b ? 0.5 : at_a / (at_a - at_b);
    return from_m + fmax(0.0, fmin(1.0, share)) * (until_m - from_m);
}

/* true: *s_m and *t_m are the meeting along the leg and along the part's line. */
static bool walk_together(const struct ovf_geo_piece *piece, const ovf_leg *leg,
                          const struct part *part, double *s_m, double *t_m)
{
    double s = first_guess_m(&piece->arc, &part->arc, piece->from_m, piece->until_m);
    double t = first_guess_m(&part->arc, &piece->arc, part->from_m, part->until_m);
    double reach_m = piece->until_m - piece->from_m + part->until_m - part->from_m + 1000.0;
    for (int i = 0; i < STEPS_MAX; i++) {
        ovf_point p = {0};
        ovf_point q = {0};
        double p_heading = 0;
        double q_heading = 0;
        double apart_m = 0;
        double at_p = 0;
        double at_q = 0;
        ovf_leg_at_bearing(leg, s, &p, &p_heading);
        ovf_leg_at_bearing(part->line, t, &q, &q_heading);
        ovf_inverse(p, q, &apart_m, &at_p, &at_q);
        if (apart_m < TOGETHER_M) {
            *s_m = s;
            *t_m = t;
            return true;
        }
        double a = (p_heading - at_p) * RAD; // both headings from the line p to q
        double b = (q_heading - at_q) * RAD;
        double sine = sin(b - a);
        if (fabs(sine) < PARALLEL)
            return false;
        double ds = apart_m * sin(b) / sine;
        double dt = apart_m * sin(a) / sine;
        s += fmax(-reach_m, fmin(reach_m, ds));
        t += fmax(-reach_m, fmin(reach_m, dt));
        if (fabs(ds) < TOGETHER_M && fabs(dt) < TOGETHER_M) {
            *s_m = s;
            *t_m = t;
            return true;
        }
    }
    return false;
}

struct signed_offset {
    const ovf_leg *leg;
    const ovf_leg *line;
};

static double signed_offset_measure(const void *context, double along_m, double *slope)
{
    const struct signed_offset *lines = context;
    ovf_point p = {0};
    double heading_deg = 0;
    ovf_leg_at_bearing(lines->leg, along_m, &p, &heading_deg);
    struct ovf_geo_foot foot = ovf_geo_foot_of(lines->line, p, lines->line->length_m / 2);
    double rate = -cos((foot.bearing_deg - heading_deg) * RAD);
    *slope = foot.offset_m < 0 ? -rate : rate;
    return foot.offset_m;
}

static void cut_by_part(struct ovf_geo_cuts *cuts, const struct ovf_geo_piece *piece,
                        const struct part *part)
{
    if (!may_cross(&piece->arc, &part->arc))
        return;
    double s = 0;
    double t = 0;
    if (!walk_together(piece, cuts->leg, part, &s, &t)) {
        struct signed_offset lines = {.leg = cuts->leg, .line = part->line};
        ovf_geo_cuts_solve(cuts, signed_offset_measure, &lines, piece->from_m, piece->until_m);
        return;
    }
    bool is_on_piece = s >= piece->from_m - OVF_GEO_NEAR_M && s <= piece->until_m + OVF_GEO_NEAR_M;
    bool is_on_part = t >= part->from_m - OVF_GEO_NEAR_M && t <= part->until_m + OVF_GEO_NEAR_M;
    if (is_on_piece && is_on_part)
        ovf_geo_cut(cuts, s);
}

static void cut_at_end(struct ovf_geo_cuts *cuts, const struct ovf_geo_piece *piece, ovf_point end,
                       ovf_geo_vec end_vec)
{
    if (ovf_geo_arc_distance_m(&piece->arc, end_vec) > OVF_GEO_NEAR_M)
        return;
    struct ovf_geo_foot foot =
        ovf_geo_foot_of(cuts->leg, end, (piece->from_m + piece->until_m) / 2);
    if (fabs(foot.offset_m) <= OVF_GEO_NEAR_M && foot.along_m >= -OVF_GEO_NEAR_M
        && foot.along_m <= cuts->leg->length_m + OVF_GEO_NEAR_M)
        ovf_geo_cut(cuts, foot.along_m);
}

void ovf_geo_cuts_geodesic(struct ovf_geo_cuts *cuts, const struct ovf_geo_piece *piece,
                           ovf_point a, ovf_point b)
{
    ovf_geo_vec va = ovf_geo_vec_of(a);
    ovf_geo_vec vb = ovf_geo_vec_of(b);
    struct part part = {.arc = ovf_geo_arc_of(va, vb)};
    cut_at_end(cuts, piece, a, va);
    cut_at_end(cuts, piece, b, vb);
    bool is_long = part.arc.length_m > SUB_EDGE_M;
    if (part.arc.length_m == 0 || (!is_long && !may_cross(&piece->arc, &part.arc)))
        return;

    ovf_leg line;
    ovf_leg_init(&line, a, b);
    part.line = &line;
    int count = is_long ? (int)ceil(line.length_m / SUB_EDGE_M) : 1;
    for (int i = 0; i < count; i++) {
        part.from_m = line.length_m * i / count;
        part.until_m = line.length_m * (i + 1) / count;
        if (is_long) {
            ovf_geo_vec end = ovf_geo_vec_of(ovf_leg_at(&line, part.until_m));
            part.arc = ovf_geo_arc_of(va, end);
            va = end;
        }
        cut_by_part(cuts, piece, &part);
    }
}

bool ovf_geo_crosses_inside(const struct ovf_geo_piece *piece, const ovf_leg *leg, ovf_point a,
                            ovf_point b)
{
    ovf_geo_vec va = ovf_geo_vec_of(a);
    struct part part = {.arc = ovf_geo_arc_of(va, ovf_geo_vec_of(b))};
    bool is_long = part.arc.length_m > SUB_EDGE_M;
    if (part.arc.length_m == 0 || (!is_long && !may_cross(&piece->arc, &part.arc)))
        return false;
    ovf_leg line;
    ovf_leg_init(&line, a, b);
    part.line = &line;
    int count = is_long ? (int)ceil(line.length_m / SUB_EDGE_M) : 1;
    for (int i = 0; i < count; i++) {
        double s = 0;
        double t = 0;
        part.from_m = line.length_m * i / count;
        part.until_m = line.length_m * (i + 1) / count;
        ovf_geo_vec end = ovf_geo_vec_of(ovf_leg_at(&line, part.until_m));
        part.arc = ovf_geo_arc_of(va, end);
        va = end;
        if (may_cross(&piece->arc, &part.arc) && walk_together(piece, leg, &part, &s, &t)
            && s >= piece->from_m && s <= piece->until_m && t >= part.from_m && t <= part.until_m
            && s > OVF_COINCIDENT_M && s < leg->length_m - OVF_COINCIDENT_M && t > OVF_COINCIDENT_M
            && t < line.length_m - OVF_COINCIDENT_M)
            return true;
    }
    return false;
}

bool ovf_geo_crosses_parallel(const struct ovf_geo_piece *piece, const ovf_leg *leg, ovf_point a,
                              double step_deg)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    struct ovf_geo_cuts cuts = {.leg = leg, .arena = &arena};
    ovf_geo_cuts_parallel(&cuts, a.lat_deg, piece->from_m, piece->until_m);
    double slack_deg = OVF_COINCIDENT_M / (111195.0 * cos(a.lat_deg * RAD));
    bool crosses = false;
    for (size_t i = 0; i < cuts.count; i++) {
        double s = cuts.items[i];
        double east_deg = ovf_lon_wrap(ovf_leg_at(leg, s).lon_deg - a.lon_deg);
        if (step_deg < 0)
            east_deg = -east_deg;
        crosses |= s > OVF_COINCIDENT_M && s < leg->length_m - OVF_COINCIDENT_M
                   && east_deg > slack_deg && east_deg < fabs(step_deg) - slack_deg;
    }
    ovf_arena_done(&arena);
    return crosses;
}
