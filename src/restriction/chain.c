/* SPDX-License-Identifier: Apache-2.0 */
/* Chains of notices: a replacement takes over at its own item B, a cancellation ends at its item B
 * and is kept as a tombstone, so that an original that arrives after it is born dead; of one id
 * twice the newest CREATED wins. The result does not depend on the order of arrival, and the end of
 * a replacement never revives what it replaced. Doc 8126 ch. 6; Doc 10066 App. 3. */
#include "restriction_internal.h"

#include <stdlib.h>

/* Series and numbers are an office's own. The FAA has several under one State: its security notices
 * (KICZ) count apart from its domestic ones. */
static ovf_str issuer_key(const ovf_notice *notice)
{
    bool is_usa = ovf_str_eq(notice->issuer.state, OVF_STR("USA"));
    if (notice->location_prefix.len > 0)
        return notice->location_prefix;
    if (ovf_str_starts(notice->locations, OVF_STR("KICZ")))
        return OVF_STR("KICZ");
    if (notice->issuer.state.len > 0 && !is_usa)
        return notice->issuer.state;
    if (notice->issuer.office.len > 0)
        return notice->issuer.office;
    return notice->issuer.state.len > 0 ? notice->issuer.state : notice->issuer.kind;
}

static ovf_status make_keys(ovf_picture *picture)
{
    for (size_t i = 0; i < picture->notice_count; i++) {
        struct picture_notice *entry = &picture->notices[i];
        const ovf_notice *notice = entry->notice;
        ovf_str issuer = issuer_key(notice);
        if (notice->id.len > 0) {
            // Parts that were not joined are documents of their own.
            bool is_part = notice->part_of > 1 && !notice->parts_complete;
            entry->key =
                ovf_arena_printf(&picture->arena, OVF_FMT "|" OVF_FMT "|%d", OVF_ARG(issuer),
                                 OVF_ARG(notice->id), is_part ? (int)notice->part : 0);
            if (entry->key.ptr == NULL)
                return OVF_E_NOMEM;
        }
        if (notice->refers_to.len > 0) {
            entry->refers_key = ovf_arena_printf(&picture->arena, OVF_FMT "|" OVF_FMT "|0",
                                                 OVF_ARG(issuer), OVF_ARG(notice->refers_to));
            if (entry->refers_key.ptr == NULL)
                return OVF_E_NOMEM;
        }
    }
    return OVF_OK;
}

/* By key; of one key the newest first: CREATED, then the known time, then the bytes, so that the
 * order of arrival decides nothing. */
static int by_key(const void *a, const void *b)
{
    const struct picture_notice *x = *(struct picture_notice *const *)a;
    const struct picture_notice *y = *(struct picture_notice *const *)b;
    int order = ovf_str_cmp(x->key, y->key);
    if (order != 0)
        return order;
    if (x->notice->created != y->notice->created)
        return x->notice->created > y->notice->created ? -1 : 1;
    if (x->source->known != y->source->known)
        return x->source->known > y->source->known ? -1 : 1;
    return ovf_str_cmp(y->notice->raw, x->notice->raw);
}

/* When a notice takes effect; what says no item B starts when it was made or became known. */
static ovf_time start_of(const struct picture_notice *entry)
{
    if (entry->notice->valid_from != OVF_TIME_NONE)
        return entry->notice->valid_from;
    if (entry->notice->created != OVF_TIME_NONE)
        return entry->notice->created;
    return entry->source->known;
}

static void set_validity(struct picture_notice *entry)
{
    const ovf_notice *notice = entry->notice;
    entry->in_force = (ovf_interval){start_of(entry), notice->valid_until};
    entry->estimated_end = OVF_TIME_NONE;
    if (notice->until_estimated) {
        // EST does not lapse by itself: it ends when it is replaced or cancelled.
        entry->estimated_end = notice->valid_until;
        entry->in_force.until = OVF_TIME_OPEN;
    }
}

/* First entry of the key in the sorted list, or SIZE_MAX. */
static size_t find_key(struct picture_notice *const *sorted, size_t count, ovf_str key)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ovf_str_cmp(sorted[middle]->key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && ovf_str_eq(sorted[low]->key, key) ? low : SIZE_MAX;
}

/* Ends every entry of the key at the moment, unless something ended it before. */
static void end_key(struct picture_notice *const *sorted, size_t count,
                    const struct picture_notice *by)
{
    bool is_cancel = by->notice->kind == OVF_NOTICE_CANCEL;
    ovf_time when = start_of(by);
    if (when == OVF_TIME_NONE) // nobody knows since when: what it ends is not let go
        return;
    for (size_t i = find_key(sorted, count, by->refers_key);
         i < count && ovf_str_eq(sorted[i]->key, by->refers_key); i++) {
        struct picture_notice *old = sorted[i];
        if (old == by)
            continue;
        if (when >= old->in_force.until)
            continue;
        old->in_force.until = when;
        old->ended_by = by->notice->id.len > 0 ? by->notice->id : OVF_STR("?");
        old->ended_is_cancel = is_cancel;
    }
}

ovf_status picture_resolve_chains(ovf_picture *picture, ovf_error *err)
{
    size_t count = picture->notice_count;
    struct picture_notice **sorted =
        ovf_arena_array(&picture->arena, struct picture_notice *, count + 1);
    if (sorted == NULL || make_keys(picture) != OVF_OK)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for chains");
    size_t keyed = 0;
    for (size_t i = 0; i < count; i++) {
        set_validity(&picture->notices[i]);
        if (picture->notices[i].key.len > 0)
            sorted[keyed++] = &picture->notices[i];
    }
    qsort(sorted, keyed, sizeof(*sorted), by_key);
    for (size_t i = 1; i < keyed; i++)
        sorted[i]->is_superseded = ovf_str_eq(sorted[i]->key, sorted[i - 1]->key);
    for (size_t i = 0; i < count; i++) {
        const struct picture_notice *entry = &picture->notices[i];
        if (entry->refers_key.len > 0 && !entry->is_superseded
            && (entry->notice->kind == OVF_NOTICE_REPLACE
                || entry->notice->kind == OVF_NOTICE_CANCEL))
            end_key(sorted, keyed, entry);
    }
    return OVF_OK;
}

ovf_life ovf_restriction_life(const ovf_restriction *restriction, ovf_time at)
{
    if (at < restriction->in_force.from)
        return restriction->ended_by.len > 0
                       && restriction->in_force.until <= restriction->in_force.from
                   ? (restriction->ended_is_cancel ? OVF_LIFE_CANCELLED : OVF_LIFE_REPLACED)
                   : OVF_LIFE_FUTURE;
    if (at >= restriction->in_force.until) {
        if (restriction->ended_by.len > 0)
            return restriction->ended_is_cancel ? OVF_LIFE_CANCELLED : OVF_LIFE_REPLACED;
        return OVF_LIFE_EXPIRED;
    }
    if (restriction->estimated_end != OVF_TIME_NONE && at >= restriction->estimated_end)
        return OVF_LIFE_OVERRUN_EST;
    return ovf_restriction_is_active(restriction, at) ? OVF_LIFE_ACTIVE : OVF_LIFE_INACTIVE;
}

bool ovf_restriction_is_active(const ovf_restriction *restriction, ovf_time at)
{
    if (at < restriction->in_force.from || at >= restriction->in_force.until)
        return false;
    if (!restriction->has_schedule || ovf_intervals_hold(&restriction->active, at))
        return true;
    // Outside of what was expanded, and past an estimated end, the schedule is not known.
    if (restriction->estimated_end != OVF_TIME_NONE && at >= restriction->estimated_end)
        return true;
    return !ovf_interval_holds(restriction->window, at);
}

const char *ovf_life_name(ovf_life life)
{
    switch (life) {
    case OVF_LIFE_UNKNOWN: break;
    case OVF_LIFE_FUTURE: return "future";
    case OVF_LIFE_ACTIVE: return "active";
    case OVF_LIFE_INACTIVE: return "inactive";
    case OVF_LIFE_OVERRUN_EST: return "overrun_est";
    case OVF_LIFE_EXPIRED: return "expired";
    case OVF_LIFE_REPLACED: return "replaced";
    case OVF_LIFE_CANCELLED: return "cancelled";
    }
    return "unknown";
}
