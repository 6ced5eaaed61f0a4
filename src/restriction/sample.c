/* SPDX-License-Identifier: Apache-2.0 */
/* The area asked about as an even spread of points: what part of it a restriction covers, and whose
 * air each part is. Those of a FIR or a State are kept by the world. */
#include "restriction_internal.h"

#include <math.h>

#define CANDIDATES_MAX 16384 /* as the world's */
#define REVERSE_SAMPLES 128
#define FEW_SAMPLES 4 /* before the outlines themselves are compared */
#define RESPONSIBLE_SAMPLES 128
#define RESPONSIBLE_SHARE 0.02 /* a State with less of the area than that is its border's noise */
#define SLIVER_SHARE 0.005
#define SLIVER_OTHER_SHARE 0.02

static_assert(STATUS_SAMPLES == OVF_SPREAD_POINTS, "an area given is sampled as the world's are");

/* The points that the world keeps; false: it is another area. */
static bool take_kept(struct status_inquiry *q)
{
    const ovf_place *place = &q->query->place;
    const ovf_world *world = q->picture->world;
    const ovf_area *kept =
        place->kind == OVF_PLACE_FIR ? ovf_world_fir_area(world, ovf_world_fir(world, place->index))
        : place->kind == OVF_PLACE_STATE ? ovf_world_territory(world, place->index)
                                         : NULL;
    const ovf_spread *spread = kept == q->area ? ovf_world_spread(world, place) : NULL;
    if (spread == NULL)
        return false;
    q->sample_count = spread->count;
    for (size_t i = 0; i < spread->count; i++)
        q->samples[i] = (struct status_sample){.place = spread->points[i].place,
                                               .whose = spread->points[i].whose,
                                               .service = spread->points[i].service,
                                               .has_whose = i < OVF_SPREAD_TOLD};
    return true;
}

static ovf_status take_area(struct status_inquiry *q)
{
    q->samples = ovf_arena_array(q->arena, struct status_sample, STATUS_SAMPLES);
    if (q->samples == NULL)
        return OVF_E_NOMEM;
    if (take_kept(q))
        return OVF_OK;
    ovf_box box = ovf_area_bounds(q->area);
    if (box.is_empty || !ovf_area_is_resolved(q->area))
        return OVF_OK;
    for (uint32_t n = 0; n < CANDIDATES_MAX && q->sample_count < STATUS_SAMPLES; n++) {
        ovf_point p = ovf_box_spread(box, n);
        if (ovf_area_contains(q->area, p) == OVF_TRI_YES)
            q->samples[q->sample_count++].place = p;
    }
    return OVF_OK;
}

const struct status_sample *status_sample_whose(struct status_inquiry *q, size_t index)
{
    struct status_sample *sample = &q->samples[index];
    if (!sample->has_whose) {
        const ovf_world *world = q->picture->world;
        sample->whose = ovf_world_whose(world, sample->place);
        sample->service = picture_service_at(world, sample->place, NULL);
        sample->has_whose = true;
    }
    return sample;
}

void status_add_state(struct status_inquiry *q, uint32_t state)
{
    if (state == OVF_INDEX_NONE)
        return;
    for (size_t i = 0; i < q->state_count; i++) {
        if (q->states[i] == state)
            return;
    }
    if (q->state_count < OVF_COUNTOF(q->states))
        q->states[q->state_count++] = state;
}

/* States answering for a good part of the area, by territory or by service. */
static void find_responsible(struct status_inquiry *q)
{
    size_t count = q->sample_count < RESPONSIBLE_SAMPLES ? q->sample_count : RESPONSIBLE_SAMPLES;
    for (size_t i = 0; i < count; i++) {
        const struct status_sample *sample = status_sample_whose(q, i);
        const uint32_t states[] = {sample->whose.state, sample->service};
        for (size_t j = 0; j < OVF_COUNTOF(states); j++) {
            size_t votes = 0;
            for (size_t k = 0; k < count && states[j] != OVF_INDEX_NONE; k++) {
                const struct status_sample *other = status_sample_whose(q, k);
                votes += other->whose.state == states[j] || other->service == states[j];
            }
            if ((double)votes >= RESPONSIBLE_SHARE * (double)count)
                status_add_state(q, states[j]);
        }
    }
}

ovf_status status_take_samples(struct status_inquiry *q)
{
    ovf_status status = OVF_OK;
    const ovf_place *place = &q->query->place;
    const ovf_world *world = q->picture->world;
    q->area = q->query->area;
    if (q->area == NULL && place->kind == OVF_PLACE_FIR)
        q->area = ovf_world_fir_area(world, ovf_world_fir(world, place->index));
    if (q->area == NULL && place->kind == OVF_PLACE_STATE)
        q->area = ovf_world_territory(world, place->index);
    q->is_point = q->area == NULL;
    if (q->is_point) {
        q->samples = ovf_arena_array(q->arena, struct status_sample, 1);
        if (q->samples == NULL)
            return OVF_E_NOMEM;
        q->samples[0].place = place->point;
        q->sample_count = 1;
    } else {
        status = take_area(q);
    }
    if (place->kind == OVF_PLACE_FIR || place->kind == OVF_PLACE_STATE)
        status_add_state(q, place->state != OVF_INDEX_NONE   ? place->state
                            : place->kind == OVF_PLACE_STATE ? place->index
                                                             : place->state);
    find_responsible(q);
    return status;
}

/* What part of another area lies in the one asked about: finds the small within the large. any: the
 * first point that does is enough. samples: at most so many points. */
static double part_of_other(const struct status_inquiry *q, const ovf_area *other, bool any,
                            uint32_t samples)
{
    ovf_box box = ovf_area_bounds(other);
    uint32_t count = 0;
    uint32_t shared = 0;
    for (uint32_t n = 0; n < samples * 16 && count < samples; n++) {
        ovf_point p = ovf_box_spread(box, n);
        if (ovf_area_contains(other, p) != OVF_TRI_YES)
            continue;
        count++;
        shared += ovf_area_contains(q->area, p) == OVF_TRI_YES;
        if (any && shared > 0)
            break;
    }
    return count == 0 ? 0.0 : (double)shared / (double)count;
}

/* share: NULL, nobody asks for it, and the answer may be there sooner. */
static ovf_tri meets_area(struct status_inquiry *q, const ovf_area *other, bool is_reference,
                          double *share)
{
    if (share != NULL)
        *share = other == q->area ? 1.0 : 0.0;
    if (other == q->area)
        return OVF_TRI_YES;
    if (!ovf_area_is_resolved(other))
        return OVF_TRI_UNKNOWN;
    ovf_box box = ovf_area_bounds(other);
    if (!ovf_box_overlaps(box, ovf_area_bounds(q->area)))
        return OVF_TRI_NO;
    size_t inside = 0;
    size_t enough = share != NULL ? SIZE_MAX : 1 + (size_t)(SLIVER_SHARE * (double)q->sample_count);
    for (size_t i = 0; i < q->sample_count && inside < enough; i++) {
        ovf_point p = q->samples[i].place;
        inside += ovf_box_holds(box, p) && ovf_area_contains(other, p) == OVF_TRI_YES;
    }
    double part = q->sample_count > 0 ? (double)inside / (double)q->sample_count : 0.0;
    if (share != NULL)
        *share = part;
    if (is_reference && part >= SLIVER_SHARE)
        return OVF_TRI_YES;
    // Neighbours share their border, and slivers along it: that is no piece in common.
    if (is_reference)
        return part_of_other(q, other, false, REVERSE_SAMPLES) >= SLIVER_OTHER_SHARE ? OVF_TRI_YES
                                                                                     : OVF_TRI_NO;
    if (inside > 0 || part_of_other(q, other, true, FEW_SAMPLES) > 0.0)
        return OVF_TRI_YES;
    ovf_tri meets = ovf_area_meets(q->area, other, q->arena);
    if (meets != OVF_TRI_UNKNOWN)
        return meets;
    // A set of areas that no sample of it settles: it may reach in.
    return part_of_other(q, other, true, REVERSE_SAMPLES) > 0.0 ? OVF_TRI_YES : OVF_TRI_UNKNOWN;
}

static const struct status_meeting *recall(const struct status_inquiry *q, const ovf_area *area,
                                           ovf_str name)
{
    for (size_t i = 0; i < q->meeting_count; i++) {
        const struct status_meeting *meeting = &q->meetings[i];
        if (meeting->area == area && ovf_str_eq(meeting->name, name))
            return meeting;
    }
    return NULL;
}

/* Without memory for it the next one is worked out again. */
static void remember(struct status_inquiry *q, const struct status_meeting *meeting)
{
    if (ovf_arena_grow(q->arena, (void **)&q->meetings, q->meeting_count, &q->meeting_capacity,
                       sizeof(*meeting)))
        q->meetings[q->meeting_count++] = *meeting;
}

ovf_tri status_meets(struct status_inquiry *q, const ovf_area *other, bool is_reference,
                     double *share)
{
    const struct status_meeting *known = is_reference ? recall(q, other, (ovf_str){0}) : NULL;
    if (known != NULL) {
        *share = known->share;
        return known->meets;
    }
    if (!q->is_point) {
        struct status_meeting found = {.area = other};
        found.meets = meets_area(q, other, is_reference, &found.share);
        if (is_reference)
            remember(q, &found);
        *share = found.share;
        return found.meets;
    }
    ovf_point p = q->samples[0].place;
    ovf_tri inside = ovf_area_contains(other, p);
    *share = inside == OVF_TRI_YES ? 1.0 : 0.0;
    // Outlines of States and lines along borders are no better than the survey behind them.
    if (is_reference && inside != OVF_TRI_UNKNOWN
        && ovf_area_border_distance_m(other, p) < OVF_BORDER_ACCURACY_M)
        return OVF_TRI_UNKNOWN;
    return inside;
}

/* A FIR or a State, whatever part of it. */
static ovf_tri touches(struct status_inquiry *q, const ovf_area *other)
{
    double share = 0.0;
    if (q->is_point || recall(q, other, (ovf_str){0}) != NULL)
        return status_meets(q, other, true, &share);
    return meets_area(q, other, true, NULL);
}

static ovf_tri find_name(struct status_inquiry *q, ovf_str name, uint32_t *state)
{
    const ovf_world *world = q->picture->world;
    const ovf_place *asked = &q->query->place;
    ovf_place place = {0};
    *state = OVF_INDEX_NONE;
    if (ovf_world_find(world, name, &place, NULL) != OVF_OK)
        return OVF_TRI_UNKNOWN;
    *state = place.kind == OVF_PLACE_STATE ? place.index : place.state;
    if (place.kind == asked->kind && asked->kind != OVF_PLACE_POINT && place.index == asked->index)
        return OVF_TRI_YES;
    switch (place.kind) {
    case OVF_PLACE_FIR:
        if (asked->kind == OVF_PLACE_STATE && asked->index == *state)
            return OVF_TRI_YES;
        return touches(q, ovf_world_fir_area(world, ovf_world_fir(world, place.index)));
    case OVF_PLACE_STATE: return touches(q, ovf_world_territory(world, place.index));
    case OVF_PLACE_AIRPORT:
    case OVF_PLACE_POINT:
    case OVF_PLACE_FIX:
        if (q->is_point)
            return asked->kind == place.kind && asked->index == place.index ? OVF_TRI_YES
                                                                            : OVF_TRI_NO;
        return ovf_area_contains(q->area, place.point);
    case OVF_PLACE_NONE: break;
    }
    return OVF_TRI_UNKNOWN;
}

ovf_tri status_names(struct status_inquiry *q, ovf_str name, uint32_t *state)
{
    const struct status_meeting *known = recall(q, NULL, name);
    if (known != NULL) {
        *state = known->state;
        return known->meets;
    }
    struct status_meeting found = {.name = name};
    found.meets = find_name(q, name, &found.state);
    remember(q, &found);
    *state = found.state;
    return found.meets;
}
