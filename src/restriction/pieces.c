/* SPDX-License-Identifier: Apache-2.0 */
/* Restrictions out of notices: one an area, split by whose air it is, each piece judged. */
#include "restriction_internal.h"

#include <string.h>

#define MIN_SHARE 0.002 /* below it a piece is a sliver between two outlines of one border */
#define NOTICE_FIRS_MAX 8

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

static bool is_restricting(const ovf_notice *notice, ovf_effect effect)
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

uint32_t picture_service_at(const ovf_world *world, ovf_point p, const ovf_notice *preferred)
{
    uint32_t firs[NOTICE_FIRS_MAX];
    size_t count = ovf_world_firs_at(world, p, firs, OVF_COUNTOF(firs));
    if (count > OVF_COUNTOF(firs))
        count = OVF_COUNTOF(firs);
    for (size_t i = 0; preferred != NULL && i < count; i++) {
        const ovf_fir *fir = ovf_world_fir(world, firs[i]);
        for (size_t j = 0; j < preferred->fir_count; j++) {
            if (ovf_str_eq(fir->code, preferred->firs[j]))
                return fir->state;
        }
    }
    return count > 0 ? ovf_world_fir(world, firs[0])->state : OVF_INDEX_NONE;
}

/* Of the box: areas of the same numbers have the same one. */
static uint64_t hash_area(const ovf_area *area)
{
    ovf_box box = ovf_area_bounds(area);
    double sides[4] = {box.south_deg, box.west_deg, box.north_deg, box.east_deg};
    uint64_t hash = (uint64_t)ovf_area_kind_of(area) + 1;
    for (size_t i = 0; i < OVF_COUNTOF(sides); i++) {
        uint64_t bits = 0;
        memcpy(&bits, &sides[i], sizeof bits);
        hash = (hash ^ bits) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    return hash;
}

/* Chains of splits by hash; doubled when there are more splits than chains. */
static bool reserve_heads(ovf_picture *picture)
{
    if (picture->split_count < picture->split_head_count)
        return true;
    size_t wanted = picture->split_head_count == 0 ? 1024 : picture->split_head_count * 2;
    uint32_t *heads = ovf_arena_array(&picture->arena, uint32_t, wanted);
    if (heads == NULL)
        return false;
    for (size_t i = 0; i < picture->split_count; i++) {
        struct picture_split *old = &picture->splits[i];
        old->next = heads[old->hash & (wanted - 1)];
        heads[old->hash & (wanted - 1)] = (uint32_t)i + 1;
    }
    picture->split_heads = heads;
    picture->split_head_count = wanted;
    return true;
}

#define SAME_HASH_MAX 64 /* areas of one box that are compared with a new one */

static ovf_status split(ovf_picture *picture, const ovf_area *area, ovf_piece **pieces,
                        size_t *count)
{
    if (!reserve_heads(picture)
        || !ovf_arena_grow(&picture->arena, (void **)&picture->splits, picture->split_count,
                           &picture->split_capacity, sizeof(*picture->splits)))
        return OVF_E_NOMEM;
    uint64_t hash = hash_area(area);
    uint32_t *head = &picture->split_heads[hash & (picture->split_head_count - 1)];
    size_t compared = 0;
    for (uint32_t at = *head; at != 0 && compared < SAME_HASH_MAX;) {
        const struct picture_split *known = &picture->splits[at - 1];
        if (known->hash == hash && ovf_area_is_same(known->area, area)) {
            *pieces = known->pieces;
            *count = known->count;
            return OVF_OK;
        }
        compared += known->hash == hash;
        at = known->next;
    }
    ovf_status status =
        ovf_world_split(picture->world, area, MIN_SHARE, &picture->arena, pieces, count);
    if (status != OVF_OK)
        return status;
    picture->splits[picture->split_count] = (struct picture_split){
        .area = area, .pieces = *pieces, .count = *count, .hash = hash, .next = *head};
    *head = (uint32_t)++picture->split_count;
    return OVF_OK;
}

static ovf_status judge_pieces(ovf_picture *picture, ovf_restriction *r)
{
    ovf_piece *pieces = NULL;
    size_t count = 0;
    ovf_status status = split(picture, r->area, &pieces, &count);
    if (status != OVF_OK)
        return status;
    ovf_restriction_piece *judged =
        ovf_arena_array(&picture->arena, ovf_restriction_piece, count + 1);
    if (judged == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < count && status == OVF_OK; i++) {
        bool is_placed = pieces[i].whose.state != OVF_INDEX_NONE || pieces[i].whose.is_high_seas;
        uint32_t service = is_placed
                               ? picture_service_at(picture->world, pieces[i].inside, r->notice)
                               : OVF_INDEX_NONE;
        judged[i].piece = pieces[i];
        const ovf_point *place = pieces[i].whose.is_disputed ? NULL : &pieces[i].inside;
        status = ovf_judge_notice_at(picture->book, r->notice, r->area_index, pieces[i].whose,
                                     service, place, NULL, &picture->arena, &judged[i].ruling);
        if (i == 0 || judged[i].ruling.verdict > r->verdict)
            r->verdict = judged[i].ruling.verdict;
    }
    r->pieces = judged;
    r->piece_count = count;
    return status;
}

static ovf_str restriction_id(ovf_picture *picture, const struct picture_notice *entry,
                              size_t area_index)
{
    const ovf_notice *notice = entry->notice;
    ovf_str id = notice->id;
    if (id.len == 0)
        id = ovf_arena_printf(&picture->arena, "%s:" OVF_FMT "@%u",
                              notice->status == OVF_READ_UNREADABLE ? "unreadable" : "notice",
                              OVF_ARG(entry->source->name), notice->raw_span.at);
    if (area_index == SIZE_MAX || area_index == 0)
        return id;
    return ovf_arena_printf(&picture->arena, OVF_FMT "#%zu", OVF_ARG(id), area_index + 1);
}

static ovf_status add_restriction(ovf_picture *picture, const struct picture_notice *entry,
                                  size_t area_index)
{
    const ovf_notice *notice = entry->notice;
    const ovf_notice_area *area = area_index == SIZE_MAX ? NULL : &notice->areas[area_index];
    ovf_restriction r = {.index = (uint32_t)picture->restriction_count,
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
    if (r.id.ptr == NULL)
        return OVF_E_NOMEM;
    if (r.window.until <= r.window.from) // as the reader of notices has it by default
        r.window = (ovf_interval){notice->valid_from, notice->valid_from + 28 * OVF_DAY_S};
    if (area != NULL) {
        r.area = area->area;
        r.certainty = area->certainty;
        r.lower = area->lower;
        r.upper = area->upper;
        if (area->has_active) {
            r.active = area->active;
            r.has_schedule = true;
        }
        if (area->effect != OVF_EFFECT_UNKNOWN)
            r.effect = area->effect;
    }
    r.band = ovf_band_over(r.lower, r.upper, ovf_world_surface_of(picture->world, r.area));
    // Law is over whole States: whose air it is there is asked where somebody asks (law.c).
    bool is_law = notice->form == OVF_FORM_LAW;
    r.verdict = is_law ? OVF_VERDICT_BINDING : r.verdict;
    ovf_status status = is_law ? OVF_OK : judge_pieces(picture, &r);
    if (status != OVF_OK)
        return status;
    if (!ovf_arena_grow(&picture->arena, (void **)&picture->restrictions,
                        picture->restriction_count, &picture->restriction_capacity, sizeof(r)))
        return OVF_E_NOMEM;
    picture->restrictions[picture->restriction_count++] = r;
    return OVF_OK;
}

/* The circle of item Q beside an area that could not be found hints at where that one lies: it is no
 * second area. */
static bool is_hint(const ovf_notice *notice, size_t area_index)
{
    return notice->areas[area_index].certainty == OVF_CERTAINTY_Q_CIRCLE && notice->area_count > 1;
}

ovf_status picture_make_restrictions(ovf_picture *picture, ovf_error *err)
{
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < picture->notice_count && status == OVF_OK; i++) {
        const struct picture_notice *entry = &picture->notices[i];
        const ovf_notice *notice = entry->notice;
        if (entry->standing.is_superseded)
            continue;
        if (notice->area_count == 0 && is_restricting(notice, notice->effect))
            status = add_restriction(picture, entry, SIZE_MAX);
        for (size_t j = 0; j < notice->area_count && status == OVF_OK; j++) {
            ovf_effect effect = notice->areas[j].effect;
            if (is_hint(notice, j))
                continue;
            if (is_restricting(notice, effect == OVF_EFFECT_UNKNOWN ? notice->effect : effect))
                status = add_restriction(picture, entry, j);
        }
    }
    if (status != OVF_OK)
        return ovf_fail(err, status, OVF_NOPOS, "no memory for restrictions");
    return OVF_OK;
}
