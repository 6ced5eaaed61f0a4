/* SPDX-License-Identifier: Apache-2.0 */
/* Legs of an outline along borders, coasts, limits of territorial seas, of FIRs and parallels: the
 * words say which line, States and FIRs that they name say whose; where they name none it is that of
 * item A, else the one that both ends lie on. */
#include "border_leg.h"

#include "border.h"

#include <math.h>

#define STATES_MAX 6
#define PARALLEL_STEP_DEG 0.25 /* a chord leaves the parallel by 10 m at 60 degrees */
#define PARALLEL_OFF_DEG 0.02

struct leg {
    ovf_draft *d;
    size_t from, until; /* tokens */
    ovf_point p, q;
    int turn;
    const ovf_point *rest;
    size_t rest_count;
    ovf_point **out;
    size_t *count;
    uint32_t states[STATES_MAX];
    size_t state_count, named_count;
};

static bool says(const struct leg *leg, const char *pattern)
{
    return ovf_phrase_find(leg->d, leg->from, leg->until, pattern, NULL) != OVF_NOPOS;
}

static void add_state(struct leg *leg, uint32_t state)
{
    for (size_t i = 0; i < leg->state_count; i++) {
        if (leg->states[i] == state)
            return;
    }
    if (state != OVF_INDEX_NONE && leg->state_count < STATES_MAX)
        leg->states[leg->state_count++] = state;
}

static uint32_t fir_of(const ovf_draft *d, ovf_str code)
{
    uint32_t fir = code.len == 4 ? ovf_world_find_fir(d->world, code) : OVF_INDEX_NONE;
    bool is_code = fir != OVF_INDEX_NONE && ovf_str_eq(ovf_world_fir(d->world, fir)->code, code);
    return is_code ? fir : OVF_INDEX_NONE;
}

/* Not farther from the box than a point on the outline may be. */
static bool is_near_box(const ovf_box *box, ovf_point p)
{
    double off_deg = OVF_BORDER_OFF_M / 111000.0;
    if (box->is_empty || p.lat_deg < box->south_deg - off_deg
        || p.lat_deg > box->north_deg + off_deg)
        return false;
    // Degrees of longitude are shorter away from the equator, and nothing at the poles.
    double widest = fabs(p.lat_deg) + off_deg;
    if (widest > 85)
        return true;
    double aside_deg = off_deg / cos(widest * (3.14159265358979323846 / 180));
    double width_deg = box->east_deg - box->west_deg;
    width_deg += width_deg < 0 ? 360 : 0;
    double east_deg = ovf_lon_wrap(p.lon_deg - box->west_deg - width_deg / 2);
    return fabs(east_deg) <= width_deg / 2 + aside_deg;
}

/* Within off_m of the outline, both ends. */
static bool is_on(const struct leg *leg, const ovf_area *area)
{
    // Most States end here: a distance to an outline on another continent costs as much as one near.
    ovf_box box = ovf_area_bounds(area);
    return is_near_box(&box, leg->p) && is_near_box(&box, leg->q)
           && ovf_area_border_is_within(area, leg->p, OVF_BORDER_OFF_M)
           && ovf_area_border_is_within(area, leg->q, OVF_BORDER_OFF_M);
}

/* The States that the words name; behind them that of item A, and those on whose outline both ends
 * lie, for when none is named. */
static void find_states(struct leg *leg)
{
    ovf_draft *d = leg->d;
    for (size_t i = leg->from; i < leg->until; i++) {
        size_t end = 0;
        uint32_t state = ovf_state_at(d, i, &end);
        if (state != OVF_INDEX_NONE && end <= leg->until) {
            add_state(leg, state);
            i = end - 1;
        }
    }
    leg->named_count = leg->state_count;
    if (leg->named_count > 0)
        return;
    uint32_t fir = fir_of(d, ovf_str_sub(d->notice->locations, 0, 4));
    fir = fir == OVF_INDEX_NONE ? fir_of(d, d->notice->q_fir) : fir;
    if (fir != OVF_INDEX_NONE)
        add_state(leg, ovf_world_fir(d->world, fir)->state);
    for (uint32_t i = 0; i < ovf_world_state_count(d->world); i++) {
        ovf_box rough = ovf_world_rough_box(d->world, i);
        if (!ovf_box_holds(rough, leg->p) || !ovf_box_holds(rough, leg->q))
            continue;
        if (is_on(leg, ovf_world_territory(d->world, i)) || is_on(leg, ovf_world_land(d->world, i)))
            add_state(leg, i);
    }
}

static bool follow(struct leg *leg, ovf_border_kind kind, uint32_t index, uint32_t other)
{
    const ovf_border *border = ovf_border_of(leg->d, kind, index, other);
    if (border == NULL
        || !ovf_border_way(leg->d, border, leg->p, leg->q, leg->turn, leg->rest, leg->rest_count,
                           OVF_BORDER_OFF_M, leg->out, leg->count))
        return false;
    ovf_str name = kind == OVF_BORDER_FIR ? ovf_world_fir(leg->d->world, index)->code
                                          : ovf_world_state(leg->d->world, index)->iso3;
    OVF_FIND(leg->d, OVF_NOTE, leg->d->tokens[leg->from].at, "BORDER_LEG",
             "a leg along the %s of %.*s, as the world's outlines have it",
             kind == OVF_BORDER_COAST ? "coast"
             : kind == OVF_BORDER_SEA ? "limit of the territorial sea"
                                      : "border",
             OVF_ARG(name));
    return true;
}

static bool follow_states(struct leg *leg, const ovf_border_kind *kinds, size_t kind_count)
{
    if (leg->named_count >= 2
        && (follow(leg, OVF_BORDER_LAND, leg->states[0], leg->states[1])
            || follow(leg, OVF_BORDER_LAND, leg->states[1], leg->states[0])))
        return true;
    for (size_t k = 0; k < kind_count; k++) {
        for (size_t i = 0; i < leg->state_count; i++) {
            if (follow(leg, kinds[k], leg->states[i], OVF_INDEX_NONE))
                return true;
        }
    }
    return false;
}

/* The FIRs of the words, of item A and of item Q; then any that both ends bound. */
static bool follow_fir(struct leg *leg)
{
    ovf_draft *d = leg->d;
    for (size_t i = leg->from; i < leg->until; i++) {
        if (d->tokens[i].kind != OVF_TOK_WORD || d->tokens[i].len < 4)
            continue;
        uint32_t fir = ovf_world_find_fir(d->world, ovf_tok_text(d, i));
        if (fir != OVF_INDEX_NONE && follow(leg, OVF_BORDER_FIR, fir, OVF_INDEX_NONE))
            return true;
    }
    ovf_str rest = d->notice->locations;
    ovf_str code;
    while (rest.len > 0 && ovf_str_field(&rest, ' ', &code)) {
        uint32_t fir = fir_of(d, code);
        if (fir != OVF_INDEX_NONE && follow(leg, OVF_BORDER_FIR, fir, OVF_INDEX_NONE))
            return true;
        if (rest.ptr == NULL)
            break;
    }
    uint32_t of_q = fir_of(d, d->notice->q_fir);
    if (of_q != OVF_INDEX_NONE && follow(leg, OVF_BORDER_FIR, of_q, OVF_INDEX_NONE))
        return true;
    for (uint32_t i = 0; i < ovf_world_fir_count(d->world); i++) {
        const ovf_fir *fir = ovf_world_fir(d->world, i);
        bool is_near = is_near_box(&fir->box, leg->p) && is_near_box(&fir->box, leg->q);
        if (is_near && is_on(leg, ovf_world_fir_area(d->world, fir))
            && follow(leg, OVF_BORDER_FIR, i, OVF_INDEX_NONE))
            return true;
    }
    return false;
}

/* Along one latitude: points so close that geodesics between them keep to it. */
static bool follow_parallel(struct leg *leg, const char **why)
{
    if (fabs(leg->p.lat_deg - leg->q.lat_deg) > PARALLEL_OFF_DEG) {
        *why = "the ends of a leg along a parallel lie on two parallels";
        return false;
    }
    double step = ovf_lon_wrap(leg->q.lon_deg - leg->p.lon_deg);
    size_t pieces = (size_t)ceil(fabs(step) / PARALLEL_STEP_DEG);
    ovf_point *points = ovf_arena_array(leg->d->arena, ovf_point, pieces + 1);
    if (points == NULL) {
        leg->d->no_memory = true;
        *why = "no memory";
        return false;
    }
    for (size_t i = 1; i < pieces; i++) {
        double t = (double)i / (double)pieces;
        points[i - 1] = (ovf_point){leg->p.lat_deg + t * (leg->q.lat_deg - leg->p.lat_deg),
                                    ovf_lon_wrap(leg->p.lon_deg + t * step)};
    }
    *leg->out = points;
    *leg->count = pieces > 0 ? pieces - 1 : 0;
    return true;
}

static int turn_in(const struct leg *leg)
{
    if (says(leg, "ANTICLOCKWISE|COUNTERCLOCKWISE|CCW|ANTICLKWISE|ANTI|COUNTER"))
        return 1;
    return says(leg, "CLOCKWISE|CW|CLKWISE|CLKW") ? -1 : 0;
}

bool ovf_border_leg(ovf_draft *d, size_t from_token, size_t until_token, ovf_point p, ovf_point q,
                    const ovf_point *rest, size_t rest_count, ovf_point **out, size_t *count,
                    const char **why)
{
    static const ovf_border_kind coast[] = {OVF_BORDER_COAST};
    static const ovf_border_kind sea[] = {OVF_BORDER_SEA, OVF_BORDER_STATE};
    static const ovf_border_kind state[] = {OVF_BORDER_LAND, OVF_BORDER_STATE};
    struct leg leg = {.d = d,
                      .from = from_token,
                      .until = until_token,
                      .p = p,
                      .q = q,
                      .rest = rest,
                      .rest_count = rest_count,
                      .out = out,
                      .count = count};
    leg.turn = turn_in(&leg);
    if (says(&leg, "PARALLEL|LATITUDE|PARALELO|PARALLELE"))
        return follow_parallel(&leg, why);
    if (says(&leg, "MERIDIAN|LONGITUDE|MERIDIANO|MERIDIEN")) {
        *out = NULL; // a geodesic already
        *count = 0;
        return true;
    }
    if (d->world == NULL) {
        *why = "without a world file no border is known";
        return false;
    }
    if (says(&leg, "RIVER|RIO|LAKE|LAGO|ROAD|HIGHWAY|RAILWAY|RAILROAD|CREEK|CANAL|PIPELINE")) {
        *why = "rivers, lakes and roads are not in the world's tables";
        return false;
    }
    if (says(&leg, "CTR|TMA|CTA|ATZ|CTZ|TRA|TSA")) {
        *why = "the limit of a published area";
        return false;
    }
    if (says(&leg, "FIR|UIR|FIC|OCA") || says(&leg, "FLIGHT INFORMATION")) {
        *why = "no limit of a FIR is within 5 NM of both ends";
        return follow_fir(&leg);
    }
    find_states(&leg);
    *why = "no border, coast or sea limit of that name is within 5 NM of both ends";
    bool is_coast =
        says(&leg, "COAST|COASTLINE|COASTAL|SHORE|SHORELINE|COSTA|COTE|LITORAL|LITTORAL");
    bool is_border = says(&leg, "BORDER|BORDERS|BOUNDARY|BDRY|BDY|FRONTIER|BOUNDARIES");
    if (is_coast && !is_border)
        return follow_states(&leg, coast, OVF_COUNTOF(coast));
    if (says(&leg, "TERRITORIAL|MARITIME|WATERS") && !is_border)
        return follow_states(&leg, sea, OVF_COUNTOF(sea));
    return follow_states(&leg, state, OVF_COUNTOF(state)) || follow_fir(&leg);
}
