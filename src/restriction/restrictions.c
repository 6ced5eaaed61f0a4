/* SPDX-License-Identifier: Apache-2.0 */
/* Restrictions out of notices: one an area. Whose air each covers is found out when it is asked. */
#include "restriction_internal.h"

#include <math.h>
#include <string.h>

/* Subjects of the Q-code that are about aerodromes, aids, lighting and procedures: no airspace.
 * Doc 8400; FA is the aerodrome itself, which a question about an airport wants to know. */
static bool is_about_airspace(const ovf_notice *notice)
{
    if (notice->qcode.len < 3)
        return true;
    ovf_str subject = ovf_str_sub(notice->qcode, 1, 3);
    if (ovf_str_eq(subject, OVF_STR("FA")))
        return true;
    return ovf_str_find(OVF_STR("CFIKLMNP"), 0, ovf_str_sub(subject, 0, 1)) == OVF_NOPOS;
}

bool notice_is_restricting(const ovf_notice *notice, ovf_effect effect)
{
    if (notice->kind == OVF_NOTICE_CANCEL || !is_about_airspace(notice)
        || notice->strength == OVF_STRENGTH_OPENING)
        return false;
    switch (effect) {
    case OVF_EFFECT_CLOSED:
    case OVF_EFFECT_PROHIBITED:
    case OVF_EFFECT_RESTRICTED:
    case OVF_EFFECT_DANGER:
    case OVF_EFFECT_WARNING:
    case OVF_EFFECT_ADVISORY:
    case OVF_EFFECT_FLOW: return true;
    case OVF_EFFECT_INFORMATION:
    case OVF_EFFECT_LIFTED: return false;
    case OVF_EFFECT_UNKNOWN: break;
    }
    return notice->strength != OVF_STRENGTH_NONE;
}

static ovf_str restriction_id(ovf_picture *picture, const struct picture_notice *entry,
                              size_t area_index)
{
    const ovf_notice *notice = entry->notice;
    ovf_str id = notice->id;
    if (id.len == 0)
        id = ovf_arena_printf(&picture->store->arena, "%s:" OVF_FMT "@%u",
                              notice->status == OVF_READ_UNREADABLE ? "unreadable" : "notice",
                              OVF_ARG(entry->source->name), notice->raw_span.at);
    if (area_index == SIZE_MAX || area_index == 0)
        return id;
    return ovf_arena_printf(&picture->store->arena, OVF_FMT "#%zu", OVF_ARG(id), area_index + 1);
}

/* The circle of item Q beside an area that could not be found hints at where that one lies: it is no
 * second area. */
static bool is_hint(const ovf_notice *notice, size_t area_index)
{
    return notice->areas[area_index].certainty == OVF_CERTAINTY_Q_CIRCLE && notice->area_count > 1;
}

/* Does that area of the notice make a restriction? */
static bool counts(const ovf_notice *notice, size_t area_index)
{
    ovf_effect effect = notice->areas[area_index].effect;
    return !is_hint(notice, area_index)
           && notice_is_restricting(notice, effect == OVF_EFFECT_UNKNOWN ? notice->effect : effect);
}

static size_t count_restrictions(const struct picture_notice *entry)
{
    const ovf_notice *notice = entry->notice;
    size_t count = 0;
    if (entry->standing.is_superseded)
        return 0;
    if (notice->area_count == 0)
        return notice_is_restricting(notice, notice->effect);
    for (size_t i = 0; i < notice->area_count; i++)
        count += counts(notice, i);
    return count;
}

static bool make_restriction(ovf_picture *picture, const struct picture_notice *entry,
                             size_t area_index, ovf_restriction *r)
{
    const ovf_notice *notice = entry->notice;
    const ovf_notice_area *area = area_index == SIZE_MAX ? NULL : &notice->areas[area_index];
    *r = (ovf_restriction){.order = (uint64_t)entry->index << 32
                                    | (uint32_t)(area_index == SIZE_MAX ? 0 : area_index),
                           .notice_index = entry->index,
                           .id = restriction_id(picture, entry, area_index),
                           .notice = notice,
                           .area_index = area_index,
                           .area = ovf_area_unresolved(),
                           .lower = notice->q_lower,
                           .upper = notice->q_upper,
                           .in_force = entry->standing.in_force,
                           .estimated_end = entry->standing.estimated_end,
                           .active = notice->active,
                           .active_complete = notice->active_complete,
                           .has_schedule = notice->schedule.len > 0,
                           .window = picture->options.window,
                           .ended_by = entry->standing.ended_by,
                           .ended_is_cancel = entry->standing.ended_is_cancel,
                           .effect = notice->effect,
                           .source = *entry->source,
                           .standing = &entry->standing};
    if (r->id.ptr == NULL)
        return false;
    if (r->window.until <= r->window.from) // as the reader of notices has it by default
        r->window = (ovf_interval){notice->valid_from, notice->valid_from + 28 * OVF_DAY_S};
    if (area != NULL) {
        r->area = area->area;
        r->certainty = area->certainty;
        r->lower = area->lower;
        r->upper = area->upper;
        if (area->has_active) {
            r->active = area->active;
            r->has_schedule = true;
        }
        if (area->effect != OVF_EFFECT_UNKNOWN)
            r->effect = area->effect;
    }
    ovf_surface ground = {0};
    if (ovf_limits_need_ground(r->lower, r->upper))
        ground = ovf_world_surface_of(picture->world, r->area);
    r->band = ovf_band_over(r->lower, r->upper, ground);
    return true;
}

static bool make_of(ovf_picture *picture, struct picture_notice *entry, ovf_restriction *out)
{
    const ovf_notice *notice = entry->notice;
    size_t made = 0;
    entry->restrictions = out;
    if (notice->area_count == 0)
        return make_restriction(picture, entry, SIZE_MAX, out);
    for (size_t i = 0; i < notice->area_count; i++) {
        if (counts(notice, i) && !make_restriction(picture, entry, i, &out[made++]))
            return false;
    }
    return true;
}

bool picture_make_restrictions(struct picture_work *work)
{
    size_t total = 0;
    for (size_t i = 0; i < work->count; i++) {
        struct picture_notice *entry = work->items[i];
        entry->restriction_count = (uint32_t)count_restrictions(entry);
        entry->restrictions = NULL;
        total += entry->restriction_count;
    }
    ovf_restriction *room = ovf_arena_array(&work->picture->store->arena, ovf_restriction, total);
    bool ok = room != NULL;
    for (size_t i = 0; i < work->count && ok; i++) {
        struct picture_notice *entry = work->items[i];
        ok = entry->restriction_count == 0 || make_of(work->picture, entry, room);
        room += entry->restriction_count;
    }
    return ok;
}

/* ---- in a row ---- */

/* Outwards, so that what the box turns away the exact one would. */
static float below(double value)
{
    return nextafterf((float)value, -HUGE_VALF);
}

static float above(double value)
{
    return nextafterf((float)value, HUGE_VALF);
}

static struct picture_reach reach_of(const ovf_restriction *r)
{
    struct picture_reach reach = {.from = r->in_force.from,
                                  .until = r->in_force.until,
                                  .south_deg = -91.0F,
                                  .west_deg = -181.0F,
                                  .north_deg = 91.0F,
                                  .east_deg = 181.0F,
                                  .lower_ft = r->band.lower_ft,
                                  .upper_ft = r->band.upper_ft};
    if (!ovf_area_is_resolved(r->area))
        return reach;
    ovf_box box = ovf_area_bounds(r->area);
    if (box.is_empty) { // nowhere
        reach.south_deg = 91.0F;
        reach.north_deg = -91.0F;
        return reach;
    }
    reach.south_deg = below(box.south_deg);
    reach.north_deg = above(box.north_deg);
    if (box.west_deg > box.east_deg && below(box.west_deg) <= above(box.east_deg))
        return reach; // the gap that it leaves is too narrow for a float
    reach.west_deg = below(box.west_deg);
    reach.east_deg = above(box.east_deg);
    return reach;
}

/* First restriction of that notice, or of one after it. */
static size_t first_of(const ovf_picture *picture, uint32_t notice)
{
    size_t low = 0;
    size_t high = picture->restriction_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (picture->restrictions[middle]->notice_index < notice)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void copy_row(ovf_picture *to, const ovf_picture *from, size_t at, size_t until)
{
    if (until == at)
        return;
    memcpy((void *)&to->restrictions[to->restriction_count], (const void *)&from->restrictions[at],
           (until - at) * sizeof(*to->restrictions));
    memcpy(&to->reaches[to->restriction_count], &from->reaches[at],
           (until - at) * sizeof(*to->reaches));
    to->restriction_count += until - at;
}

bool picture_lay_restrictions(struct picture_work *work, const ovf_picture *from)
{
    ovf_picture *picture = work->picture;
    size_t total = from == NULL ? 0 : from->restriction_count;
    for (size_t i = 0; i < work->count; i++)
        total += work->items[i]->restriction_count;
    picture->restrictions = ovf_arena_array(&picture->lists, const ovf_restriction *, total + 1);
    picture->reaches = ovf_arena_array(&picture->lists, struct picture_reach, total + 1);
    picture->restriction_count = 0;
    if (picture->restrictions == NULL || picture->reaches == NULL)
        return false;
    size_t at = 0; // of the old ones
    for (size_t i = 0; i < work->count; i++) {
        const struct picture_notice *entry = work->items[i];
        if (from != NULL) {
            size_t until = first_of(from, entry->index);
            copy_row(picture, from, at, until);
            at = first_of(from, entry->index + 1);
        }
        for (uint32_t k = 0; k < entry->restriction_count; k++) {
            picture->restrictions[picture->restriction_count] = &entry->restrictions[k];
            picture->reaches[picture->restriction_count++] = reach_of(&entry->restrictions[k]);
        }
    }
    if (from != NULL)
        copy_row(picture, from, at, from->restriction_count);
    return true;
}
