/* SPDX-License-Identifier: Apache-2.0 */
/* A stretch inside a restriction, cut by whose air it is and who serves it, each piece judged for
 * this flight; pieces with one answer are joined again. */
#include "conflict_internal.h"

#include <math.h>

typedef struct piece {
    span on;
    ovf_whose whose;
    uint32_t service; /* State of the FIR's service; OVF_INDEX_NONE */
    ovf_ruling ruling;
} piece;

typedef struct pieces {
    piece *items;
    size_t count, capacity;
    fir_spans firs; /* of the legs that the stretch lies on */
} pieces;

/* ---- cutting ---- */

static bool is_same_air(const ovf_whose *a, const ovf_whose *b)
{
    return a->state == b->state && a->is_high_seas == b->is_high_seas
           && a->is_disputed == b->is_disputed;
}

/* Of FIRs above one another the one whose levels hold the flight. */
static uint32_t service_at(way *w, const fir_spans *firs, double along_m)
{
    uint32_t service = OVF_INDEX_NONE;
    for (size_t i = 0; i < firs->count; i++) {
        const fir_span *f = &firs->items[i];
        if (along_m < f->on.from_m || along_m > f->on.until_m)
            continue;
        const ovf_fir *fir = ovf_world_fir(w->world, f->fir);
        ovf_band band = ovf_band_of(fir->lower, fir->upper);
        if (ovf_band_holds(band, way_end(w, along_m).level_ft) != OVF_TRI_NO)
            return fir->state;
        service = fir->state;
    }
    return service;
}

static bool add_piece(way *w, pieces *out, span on, ovf_whose whose)
{
    uint32_t service = service_at(w, &out->firs, (on.from_m + on.until_m) / 2);
    piece *last = out->count > 0 ? &out->items[out->count - 1] : NULL;
    if (last != NULL && is_same_air(&last->whose, &whose) && last->service == service
        && last->whose.is_doubtful == whose.is_doubtful) {
        last->on.until_m = on.until_m;
        return true;
    }
    if (!ovf_arena_grow(w->arena, (void **)&out->items, out->count, &out->capacity, sizeof(piece)))
        return false;
    out->items[out->count++] = (piece){.on = on, .whose = whose, .service = service};
    return true;
}

/* Adds a stretch of one kind of air, cut where a FIR begins or ends. */
static bool add_by_service(way *w, pieces *out, span on, ovf_whose whose)
{
    double from_m = on.from_m;
    while (from_m < on.until_m) {
        double next_m = on.until_m;
        for (size_t i = 0; i < out->firs.count; i++) {
            const span *on_fir = &out->firs.items[i].on;
            const double ends[] = {on_fir->from_m, on_fir->until_m};
            for (size_t k = 0; k < 2; k++) {
                if (ends[k] > from_m + 1.0 && ends[k] < next_m - 1.0)
                    next_m = ends[k];
            }
        }
        if (!add_piece(w, out, (span){from_m, next_m}, whose))
            return false;
        from_m = next_m;
    }
    return true;
}

/* Is a piece of a leg all one air? Then *whose says whose. */
static bool is_one_air(way *w, size_t index, span on, ovf_whose *whose)
{
    const way_leg *leg = way_leg_ready(w, index);
    double length_m = on.until_m - on.from_m;
    ovf_point a = ovf_leg_at(&leg->leg, on.from_m - leg->from_m);
    ovf_point b = ovf_leg_at(&leg->leg, on.until_m - leg->from_m);
    ovf_box box;
    if (leg->has_whose || !way_plain_box(a, b, length_m, &box)
        || !ovf_world_is_one_air(w->world, box))
        return false;
    *whose = ovf_world_whose(w->world, a);
    return true;
}

static ovf_status cut_part(way *w, span part, pieces *out)
{
    size_t first = way_leg_at(w, part.from_m);
    size_t last = way_leg_at(w, part.until_m);
    ovf_status status = way_firs(w, part, &out->firs);
    if (status != OVF_OK)
        return status;
    if (part.until_m - part.from_m < 1.0) {
        ovf_whose whose = ovf_world_whose(w->world, way_end(w, part.from_m).place);
        return add_piece(w, out, part, whose) ? OVF_OK : OVF_E_NOMEM;
    }
    for (size_t i = first; i <= last; i++) {
        const way_leg *leg = &w->legs[i];
        if (leg->until_m - leg->from_m <= 0)
            continue;
        span on_leg = {fmax(part.from_m, leg->from_m), fmin(part.until_m, leg->until_m)};
        ovf_whose one;
        if (on_leg.from_m < on_leg.until_m && is_one_air(w, i, on_leg, &one)) {
            if (!add_by_service(w, out, on_leg, one))
                return OVF_E_NOMEM;
            continue;
        }
        status = way_whose(w, i);
        if (status != OVF_OK)
            return status;
        for (size_t k = 0; k < leg->whose_count; k++) {
            bool is_last = k + 1 == leg->whose_count;
            span on = {
                fmax(part.from_m, leg->from_m + leg->whose[k].from_m),
                fmin(part.until_m, is_last ? leg->until_m : leg->from_m + leg->whose[k].until_m)};
            if (on.from_m < on.until_m && !add_by_service(w, out, on, leg->whose[k].whose))
                return OVF_E_NOMEM;
        }
    }
    return OVF_OK;
}

/* ---- judging ---- */

static ovf_status judge_pieces(way *w, const ovf_restriction *r, pieces *all)
{
    for (size_t i = 0; i < all->count; i++) {
        piece *p = &all->items[i];
        const piece *same = NULL;
        for (size_t k = 0; k < i && same == NULL; k++) {
            const piece *other = &all->items[k];
            if (is_same_air(&other->whose, &p->whose) && other->service == p->service
                && other->whose.is_doubtful == p->whose.is_doubtful)
                same = other;
        }
        if (same != NULL) {
            p->ruling = same->ruling;
            continue;
        }
        ovf_status status =
            ovf_judge_notice(ovf_picture_rules(w->picture), r->notice, r->area_index, p->whose,
                             p->service, &w->party, w->arena, &p->ruling);
        if (status != OVF_OK)
            return status;
    }
    return OVF_OK;
}

static bool is_same_ruling(const ovf_ruling *a, const ovf_ruling *b)
{
    if (a->verdict != b->verdict || a->on_addressed != b->on_addressed || a->applies != b->applies
        || a->rule_count != b->rule_count)
        return false;
    for (size_t i = 0; i < a->rule_count; i++) {
        if (!ovf_str_eq(a->rules[i].id, b->rules[i].id))
            return false;
    }
    return true;
}

/* May b be told together with a? The strip of doubt along a border goes with the sure side of the
 * same State: the way does enter that. */
static bool belongs_together(const piece *a, const piece *b)
{
    if (!is_same_air(&a->whose, &b->whose))
        return (a->whose.is_doubtful || b->whose.is_doubtful)
               && is_same_ruling(&a->ruling, &b->ruling);
    return a->whose.is_doubtful != b->whose.is_doubtful || is_same_ruling(&a->ruling, &b->ruling);
}

static void join_pieces(pieces *all)
{
    size_t kept = 0;
    for (size_t i = 1; i < all->count; i++) {
        piece *last = &all->items[kept];
        const piece *next = &all->items[i];
        if (!belongs_together(last, next)) {
            all->items[++kept] = *next;
            continue;
        }
        if (last->whose.is_doubtful && !next->whose.is_doubtful) {
            last->whose = next->whose;
            last->service = next->service;
            last->ruling = next->ruling;
        }
        last->on.until_m = next->on.until_m;
    }
    all->count = all->count == 0 ? 0 : kept + 1;
}

ovf_status judge_part(way *w, const ovf_restriction *r, span part, ovf_tri certainty, ovf_str why,
                      crossing_list *out, ovf_error *err)
{
    pieces all = {0};
    if (cut_part(w, part, &all) != OVF_OK || judge_pieces(w, r, &all) != OVF_OK)
        return no_memory(err);
    join_pieces(&all);
    for (size_t i = 0; i < all.count; i++) {
        const piece *p = &all.items[i];
        if (p->ruling.verdict == OVF_VERDICT_NONE || standing_is_sliver(w, r, &p->whose))
            continue;
        if (out->count >= OVF_CONFLICT_MAX_CROSSINGS)
            return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "more than %d crossings of one flight",
                            OVF_CONFLICT_MAX_CROSSINGS);
        if (!ovf_arena_grow(w->arena, (void **)&out->items, out->count, &out->capacity,
                            sizeof(ovf_crossing)))
            return no_memory(err);
        out->items[out->count++] = (ovf_crossing){
            .restriction = r,
            .whose = p->whose,
            .ruling = p->ruling,
            .entry = way_end(w, p->on.from_m),
            .exit = way_end(w, p->on.until_m),
            .inside_m = p->on.until_m - p->on.from_m,
            .certainty = certainty,
            .certainty_why = why,
        };
    }
    return OVF_OK;
}
