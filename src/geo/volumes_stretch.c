/* SPDX-License-Identifier: Apache-2.0 */
/* What has been found on a piece of a path becomes stretches: parts of one volume are put together,
 * cut to its levels and times, and joined to what ended where the piece begins. */
#include "volumes_way.h"

#include <stdlib.h>

#define SAME_SHARE 1e-12

static bool room(void **items, uint32_t *capacity, uint32_t count, size_t size)
{
    if (count < *capacity)
        return true;
    uint32_t more = *capacity * 2 + 32;
    void *grown = more > 1u << 26 ? NULL : realloc(*items, more * size);
    if (grown == NULL)
        return false;
    *items = grown;
    *capacity = more;
    return true;
}

/* ---- what is noted about the piece in hand ---- */

void vol_note_found(ovf_volumes_reader *r, const struct vol_part *part, double from, double until,
                    ovf_tri certainty)
{
    if (!room((void **)&r->found, &r->found_capacity, r->found_count, sizeof *r->found)) {
        r->failed = true;
        return;
    }
    r->found[r->found_count++] =
        (struct vol_found){part->slot, part->number, from, until, certainty};
}

void vol_note_event(ovf_volumes_reader *r, uint32_t number, uint32_t edge, double at)
{
    if (!room((void **)&r->events, &r->event_capacity, r->event_count, sizeof *r->events)) {
        r->failed = true;
        return;
    }
    r->events[r->event_count++] = (struct vol_event){number, edge, at};
}

void vol_note_doubt(ovf_volumes_reader *r, uint32_t number)
{
    if (r->doubted[number] == r->ways)
        return;
    if (!room((void **)&r->doubtful, &r->doubtful_capacity, r->doubtful_count,
              sizeof *r->doubtful)) {
        r->failed = true;
        return;
    }
    r->doubted[number] = r->ways;
    r->doubtful[r->doubtful_count++] = number;
}

/* ---- stretches ---- */

struct vol_vec vol_vec_of_point(struct vol_way *w, uint32_t point)
{
    uint32_t k = point & 1;
    if (w->place[k] != point) {
        w->place[k] = point;
        w->vec[k] = vol_vec_of_fixed(w->points[point].place);
    }
    return w->vec[k];
}

static double piece_length_m(struct vol_way *w)
{
    if (w->length_m >= 0)
        return w->length_m;
    ovf_fixed a = w->points[w->piece].place;
    ovf_fixed b = w->points[w->piece + 1].place;
    if (vol_is_short(a, b)) { // the arc over its chord, to a centimetre
        struct vol_cut cut =
            vol_cut_of(vol_vec_of_point(w, w->piece), vol_vec_of_point(w, w->piece + 1));
        double h = cut.chord_m / OVF_GEO_SPHERE_M;
        w->length_m = cut.chord_m * (1 + h * h / 24);
    } else {
        w->length_m = ovf_distance_m(ovf_fixed_point(a), ovf_fixed_point(b));
    }
    return w->length_m;
}

ovf_volumes_stretch *vol_open_run(struct vol_way *w, const struct vol_part *part, double at,
                                  ovf_tri certainty)
{
    ovf_volumes_stretch *run = vol_run_new(w->r, vol_state_of(w->r, part->slot));
    if (run == NULL)
        return NULL;
    run->id = part->id;
    run->first = run->last = w->piece;
    run->entry = run->exit = at;
    run->entry_m = run->exit_m = at > 0 ? at * piece_length_m(w) : 0;
    run->certainty = (uint8_t)certainty;
    return run;
}

void vol_close_run(struct vol_way *w, uint32_t slot, double at)
{
    struct vol_state *state = vol_state_of(w->r, slot);
    if (state->run == VOL_NONE)
        return;
    ovf_volumes_stretch *run = &w->r->runs[state->run];
    run->last = w->piece;
    run->exit = at;
    run->exit_m = at > 0 ? at * piece_length_m(w) : 0;
}

/* Is there a stretch of this volume that reaches right up to here? */
bool vol_goes_on(const struct vol_way *w, const struct vol_state *state, double from,
                 ovf_tri certainty)
{
    if (state->run == VOL_NONE)
        return false;
    const ovf_volumes_stretch *run = &w->r->runs[state->run];
    if (run->certainty != (uint8_t)certainty)
        return false;
    return run->last == w->piece ? from <= run->exit + SAME_SHARE
                                 : run->last + 1 == w->piece && run->exit == 1 && from == 0;
}

static void add_stretch(struct vol_way *w, const struct vol_part *part, double from, double until,
                        ovf_tri certainty)
{
    struct vol_state *state = vol_state_of(w->r, part->slot);
    if (!vol_goes_on(w, state, from, certainty) && vol_open_run(w, part, from, certainty) == NULL)
        return;
    vol_close_run(w, part->slot, until);
}

/* Shares at which a value that runs evenly from a to b is at most (at least) a limit. */
static void below(double a, double b, double limit, double *from, double *until)
{
    if (a > limit && b > limit) {
        *from = 1;
        *until = 0;
    } else if (a > limit) {
        *from = fmax(*from, (a - limit) / (a - b));
    } else if (b > limit) {
        *until = fmin(*until, (limit - a) / (b - a));
    }
}

/* Cuts a stretch to where level and time are within the slab. */
static bool within_slab(const struct vol_way *w, const struct vol_part *part, double *from,
                        double *until)
{
    const ovf_volumes_point *a = &w->points[w->piece];
    const ovf_volumes_point *b = a + 1;
    const struct vol_box *slab = &part->box;
    double early = w->doubt.early_s;
    double late = w->doubt.late_s;
    double a_s = (double)(a->time_s - VOL_EPOCH_S);
    double b_s = (double)(b->time_s - VOL_EPOCH_S);
    if (slab->high != INT32_MAX)
        below(a->low_ft, b->low_ft, slab->high, from, until);
    if (slab->low != INT32_MIN)
        below(-(double)a->high_ft, -(double)b->high_ft, -(double)slab->low, from, until);
    if (slab->until != INT32_MAX)
        below(a_s - early, b_s - early, slab->until, from, until);
    if (slab->from != INT32_MIN)
        below(-a_s - late, -b_s - late, -(double)slab->from, from, until);
    return *from <= *until;
}

static int by_volume(const void *a, const void *b)
{
    const struct vol_found *x = a;
    const struct vol_found *y = b;
    if (x->slot != y->slot)
        return x->slot < y->slot ? -1 : 1;
    if (x->certainty != y->certainty) // what is sure goes first
        return x->certainty == OVF_TRI_YES ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

static void add_within(struct vol_way *w, const struct vol_part *part, double from, double until,
                       ovf_tri certainty)
{
    if (part->is_free || within_slab(w, part, &from, &until))
        add_stretch(w, part, from, until, certainty);
}

/* What is not sure counts where nothing sure is: found [sure_from, sure_until) of the same
 * volume. */
static void add_unsure(struct vol_way *w, const struct vol_part *part, double from, double until,
                       uint32_t sure_from, uint32_t sure_until)
{
    for (uint32_t i = sure_from; i < sure_until && from <= until; i++) {
        const struct vol_found *sure = &w->r->found[i];
        if (sure->until < from || sure->from > until)
            continue;
        if (sure->from > from)
            add_within(w, part, from, sure->from, OVF_TRI_UNKNOWN);
        from = sure->until;
        if (from >= until)
            return;
    }
    add_within(w, part, from, until, OVF_TRI_UNKNOWN);
}

void vol_add_found(struct vol_way *w)
{
    ovf_volumes_reader *r = w->r;
    if (r->found_count > 1)
        qsort(r->found, r->found_count, sizeof *r->found, by_volume);
    uint32_t sure_from = 0;
    uint32_t sure_until = 0;
    for (uint32_t i = 0; i < r->found_count;) {
        struct vol_found all = r->found[i];
        if (i == 0 || all.slot != r->found[i - 1].slot)
            sure_from = sure_until = i;
        uint32_t k = i + 1;
        for (; k < r->found_count; k++) {
            const struct vol_found *next = &r->found[k];
            if (next->slot != all.slot || next->certainty != all.certainty
                || next->from > all.until + SAME_SHARE)
                break;
            all.until = fmax(all.until, next->until);
        }
        const struct vol_part *part = vol_part_of(r, all.number);
        if (all.certainty == OVF_TRI_YES) {
            add_within(w, part, all.from, all.until, OVF_TRI_YES);
            sure_until = k;
        } else {
            add_unsure(w, part, all.from, all.until, sure_from, sure_until);
        }
        i = k;
    }
    r->found_count = 0;
}
