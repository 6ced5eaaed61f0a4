/* SPDX-License-Identifier: Apache-2.0 */
/* Law that stands without a notice, along a way. Most rows are turned away by who flies, before any
 * geometry: that is exact, for a row says itself whom it addresses. A row that may address the flight
 * by something that is not known of it is a crossing that cannot be settled where what is known points
 * to it (the register of a carrier's own State, the kind of flight, where it goes), and makes the
 * answer unknown. Where it would take an owner, a lease from abroad or a foreign licence of which
 * there is no sign, it makes no answer of its own, or none would ever be clear: the row is listed as
 * one that may bind, with what is missing, and the answer says that it stands under that reserve. */
#include "conflict_internal.h"

/* The rows of one instrument follow each other in the picture: one area a State. */
static ovf_tri addresses(way *w, const ovf_notice *law)
{
    if (w->law != law) {
        w->law = law;
        w->law_addresses =
            ovf_law_addresses(ovf_picture_rules(w->picture), law, &w->party, &w->law_is_remote);
    }
    return w->law_addresses;
}

/* A way that nobody has filed yet, and of which nobody says who flies it: nobody's flight. */
static bool is_nobody(const way *w)
{
    return w->flight->id.len == 0 && w->party.operator_state.len == 0
           && w->party.registry_state.len == 0;
}

ovf_status standing_sort(way *w, const ovf_restriction *r, bool *is_met, ovf_error *err)
{
    const ovf_notice *law = r->notice;
    *is_met = true;
    if (law->form != OVF_FORM_LAW)
        return OVF_OK;
    ovf_tri binds = addresses(w, law);
    *is_met =
        binds == OVF_TRI_YES || (binds == OVF_TRI_UNKNOWN && !w->law_is_remote && !is_nobody(w));
    if (*is_met || binds == OVF_TRI_NO)
        return OVF_OK;
    if (!ovf_arena_grow(w->arena, (void **)&w->laws, w->law_count, &w->law_capacity,
                        sizeof(*w->laws)))
        return no_memory(err);
    w->laws[w->law_count++] = r;
    return OVF_OK;
}

/* Is a point of the way surely in it, on a way of which the row holds all the time at all levels? That
 * is found in no time, and mostly so. */
static bool holds_point(const way *w, const ovf_restriction *r)
{
    bool is_timed = w->at == OVF_TIME_NONE && w->track->timed;
    double from_s = is_timed ? w->earliest_s : (double)w->at;
    double until_s = is_timed ? w->latest_s : (double)w->at;
    bool is_always = (is_timed || w->at != OVF_TIME_NONE) && (double)r->in_force.from <= from_s
                     && (double)r->in_force.until > until_s;
    if (!is_always || r->lower.ref != OVF_LEVEL_SFC || r->upper.ref != OVF_LEVEL_UNL)
        return false;
    ovf_box box = ovf_area_bounds(r->area);
    for (size_t i = 0; i <= w->leg_count; i++) {
        ovf_point p = w->track->points[i].place;
        if (ovf_box_holds(box, p) && ovf_area_contains(r->area, p) == OVF_TRI_YES)
            return true;
    }
    return false;
}

static ovf_status is_on_way(way *w, const ovf_restriction *const *rows, size_t count,
                            const ovf_restriction **found, ovf_error *err)
{
    *found = NULL;
    for (size_t i = 0; i < count && *found == NULL; i++) {
        if (holds_point(w, rows[i]))
            *found = rows[i];
    }
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < count && *found == NULL && status == OVF_OK; i++) {
        contact t;
        status = touch_find(w, rows[i], &t, err);
        if (status == OVF_OK && t.possible.count > 0)
            *found = rows[i];
    }
    return status;
}

ovf_status standing_list(way *w, ovf_conflict *out, ovf_error *err)
{
    ovf_status status = OVF_OK;
    if (w->law_count > 0)
        out->law = ovf_arena_array(w->arena, const ovf_restriction *, w->law_count);
    if (w->law_count > 0 && out->law == NULL)
        return no_memory(err);
    for (size_t i = 0; i < w->law_count && status == OVF_OK;) {
        const ovf_restriction *found = NULL;
        size_t next = i + 1;
        while (next < w->law_count && w->laws[next]->notice == w->laws[i]->notice)
            next++;
        status = is_on_way(w, w->laws + i, next - i, &found, err);
        if (found != NULL)
            out->law[out->law_count++] = found;
        i = next;
    }
    return status;
}

bool standing_is_sliver(const way *w, const ovf_restriction *r, const ovf_whose *whose)
{
    if (r->notice->form != OVF_FORM_LAW || r->area_index >= r->notice->area_count
        || whose->state == OVF_INDEX_NONE || whose->is_doubtful)
        return false;
    const ovf_notice_area *area = &r->notice->areas[r->area_index];
    return area->shape == OVF_SHAPE_STATE
           && ovf_world_find_state(w->world, area->name) != whose->state;
}
