/* SPDX-License-Identifier: Apache-2.0 */
/* A reader: what a thread needs of its own to ask a snapshot. */
#include "volumes_internal.h"

#include <stdlib.h>
#include <string.h>

#define CENTURY_S 3155760000u

static ovf_cells_engine best_engine(ovf_cells_engine wanted)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (wanted == OVF_CELLS_PORTABLE)
        return wanted;
    if (wanted != OVF_CELLS_AVX2 && __builtin_cpu_supports("avx512f")
        && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512dq"))
        return OVF_CELLS_AVX512;
    return __builtin_cpu_supports("avx2") ? OVF_CELLS_AVX2 : OVF_CELLS_PORTABLE;
#else
    (void)wanted;
    return OVF_CELLS_PORTABLE;
#endif
}

ovf_status ovf_volumes_reader_new(const ovf_volumes_view *view, ovf_cells_engine engine,
                                  ovf_volumes_reader **out)
{
    ovf_volumes_reader *r = calloc(1, sizeof *r);
    if (r == NULL)
        return OVF_E_NOMEM;
    r->view = view;
    r->engine = best_engine(engine);
    r->pass = vol_pass_of(r->engine);
    r->boxes_of = vol_boxes_of(r->engine);
    r->near_boxes_of = vol_near_boxes_of(r->engine);
    r->glance = vol_glancer_of(r->engine);
    r->meet = vol_meeter_of(r->engine);
    r->ring_test = vol_ring_test_of(r->engine);
    r->sides_of = vol_sides_of(r->engine);
    r->states = calloc((size_t)view->slot_count + 1, sizeof *r->states);
    r->seen = calloc((size_t)view->part_count + 1, sizeof *r->seen);
    r->doubted = calloc((size_t)view->part_count + 1, sizeof *r->doubted);
    r->sides = malloc(((size_t)view->longest + 8) * sizeof *r->sides);
    ovf_arena_init(&r->arena, 0);
    ovf_status status =
        r->states == NULL || r->seen == NULL || r->doubted == NULL || r->sides == NULL ? OVF_E_NOMEM
                                                                                       : OVF_OK;
    if (status == OVF_OK && view->cells != NULL)
        status = ovf_cells_reader_new(view->cells->view, r->engine, &r->cells);
    if (status != OVF_OK) {
        ovf_volumes_reader_free(r);
        return status;
    }
    *out = r;
    return OVF_OK;
}

void ovf_volumes_reader_free(ovf_volumes_reader *r)
{
    if (r == NULL)
        return;
    ovf_cells_reader_free(r->cells);
    ovf_arena_done(&r->arena);
    free(r->states);
    free(r->seen);
    free(r->doubted);
    free(r->sides);
    free(r->runs);
    free(r->inside);
    free(r->part_hits.items);
    free(r->edge_hits.items);
    free(r->parts.items);
    free(r->edges.items);
    free(r->found);
    free(r->events);
    free(r->doubtful);
    free(r);
}

ovf_cells_engine ovf_volumes_reader_engine(const ovf_volumes_reader *r)
{
    return r->engine;
}

ovf_volumes_counts ovf_volumes_reader_counts(const ovf_volumes_reader *r)
{
    return r->counts;
}

struct vol_state *vol_state_of(ovf_volumes_reader *r, uint32_t slot)
{
    struct vol_state *state = &r->states[slot];
    if (state->path != r->path)
        *state = (struct vol_state){.path = r->path, .run = VOL_NONE};
    return state;
}

ovf_volumes_stretch *vol_run_new(ovf_volumes_reader *r, struct vol_state *state)
{
    if (r->run_count == r->run_capacity) {
        uint32_t capacity = r->run_capacity * 2 + 64;
        ovf_volumes_stretch *runs =
            capacity > 1u << 26 ? NULL : realloc(r->runs, capacity * sizeof *runs);
        if (runs == NULL) {
            r->failed = true;
            return NULL;
        }
        r->runs = runs;
        r->run_capacity = capacity;
    }
    ovf_volumes_stretch *run = &r->runs[r->run_count];
    *run = (ovf_volumes_stretch){.is_again = state->run != VOL_NONE};
    state->run = r->run_count++;
    return run;
}

bool vol_inside_add(ovf_volumes_reader *r, struct vol_inside in)
{
    if (r->inside_count == r->inside_capacity) {
        uint32_t capacity = r->inside_capacity * 2 + 32;
        struct vol_inside *inside = realloc(r->inside, capacity * sizeof *inside);
        if (inside == NULL) {
            r->failed = true;
            return false;
        }
        r->inside = inside;
        r->inside_capacity = capacity;
    }
    r->inside[r->inside_count++] = in;
    return true;
}

/* Which point is wrong, once it is known that one is. */
static ovf_status wrong_point(const ovf_volumes_point *points, size_t count, ovf_error *err)
{
    for (size_t i = 0; i < count; i++) {
        const ovf_volumes_point *p = &points[i];
        if (vol_is_wrong(p) || (i > 0 && p->time_s < points[i - 1].time_s))
            return ovf_fail(err, OVF_E_USAGE, i, "a point that cannot be one of a path");
    }
    return ovf_fail(err, OVF_E_INTERNAL, OVF_NOPOS, "a path that was refused for nothing");
}

static ovf_status check(size_t count, ovf_volumes_doubt doubt, ovf_error *err)
{
    if (count > OVF_VOLUMES_POINTS_MAX)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "a path of more than %d points",
                        OVF_VOLUMES_POINTS_MAX);
    if (doubt.early_s > CENTURY_S || doubt.late_s > CENTURY_S)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "times that are in doubt by a century");
    return OVF_OK;
}

ovf_status ovf_volumes_ask(ovf_volumes_reader *r, const ovf_volumes_point *points, size_t count,
                           const ovf_volumes_doubt *doubt, const ovf_volumes_stretch **out,
                           size_t *stretch_count, ovf_error *err)
{
    ovf_volumes_doubt none = {0};
    ovf_volumes_doubt by = doubt == NULL ? none : *doubt;
    ovf_status status = check(count, by, err);
    if (status != OVF_OK)
        return status;
    ovf_volumes_point still[2];
    if (count == 1) {
        still[0] = still[1] = points[0];
        points = still;
        count = 2;
    }
    r->run_count = 0;
    r->inside_count = r->limited_count = 0;
    r->failed = false;
    if (++r->path == 0) { // serials have gone round
        memset(r->states, 0, ((size_t)r->view->slot_count + 1) * sizeof *r->states);
        r->path = 1;
    }
    if (r->serial > UINT32_MAX - 2 * OVF_VOLUMES_POINTS_MAX) {
        memset(r->seen, 0, ((size_t)r->view->part_count + 1) * sizeof *r->seen);
        r->serial = 0;
    }
    if (r->ways > UINT32_MAX - 2 * OVF_VOLUMES_POINTS_MAX) {
        memset(r->doubted, 0, ((size_t)r->view->part_count + 1) * sizeof *r->doubted);
        r->ways = 0;
    }
    bool is_planar = r->view->meaning == OVF_VOLUMES_PLANAR;
    bool is_right = count == 0
                    || (is_planar ? vol_ask_planar(r, points, count, by)
                                  : vol_ask_geodesic(r, points, count, by));
    if (!is_right)
        return wrong_point(points, count, err);
    if (r->failed || r->parts.failed || r->edges.failed || r->part_hits.failed
        || r->edge_hits.failed) {
        r->parts.failed = r->edges.failed = r->part_hits.failed = r->edge_hits.failed = false;
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for stretches");
    }
    *out = r->runs;
    *stretch_count = r->run_count;
    return OVF_OK;
}

ovf_volumes_place ovf_volumes_place_of(ovf_volumes_meaning meaning, const ovf_volumes_point *points,
                                       size_t count, uint32_t piece, double share)
{
    const ovf_volumes_point *a = &points[piece < count ? piece : count - 1];
    const ovf_volumes_point *b = piece + 1 < count ? a + 1 : a;
    ovf_point pa = ovf_fixed_point(a->place);
    ovf_point pb = ovf_fixed_point(b->place);
    double from_ft = ((double)a->low_ft + a->high_ft) / 2;
    double until_ft = ((double)b->low_ft + b->high_ft) / 2;
    ovf_volumes_place out = {
        .level_ft = from_ft + share * (until_ft - from_ft),
        .time_s = (double)a->time_s + share * (double)(b->time_s - a->time_s),
    };
    if (meaning == OVF_VOLUMES_PLANAR) {
        out.place.lat_deg = pa.lat_deg + share * (pb.lat_deg - pa.lat_deg);
        out.place.lon_deg = pa.lon_deg + share * (pb.lon_deg - pa.lon_deg);
        return out;
    }
    ovf_leg leg;
    ovf_leg_init(&leg, pa, pb);
    out.place = ovf_leg_at(&leg, leg.length_m * share);
    return out;
}
