/* SPDX-License-Identifier: Apache-2.0 */
/* Which restrictions a question can touch. All of them lie in a row of 40 bytes each, so that the
 * world's live set is a megabyte that is read from front to end in a tenth of a millisecond: no tree
 * beats that by enough to be worth keeping up to date. */
#include "restriction_internal.h"

/* Longitudes as floats, and a circle that they go round on. */
static bool meets_width(const struct picture_reach *reach, const ovf_box *box)
{
    bool is_across = reach->west_deg > reach->east_deg;
    bool asks_across = box->west_deg > box->east_deg;
    if (is_across && asks_across)
        return true;
    if (is_across || asks_across)
        return (double)reach->west_deg <= box->east_deg || (double)reach->east_deg >= box->west_deg;
    return (double)reach->west_deg <= box->east_deg && (double)reach->east_deg >= box->west_deg;
}

static bool meets_box(const struct picture_reach *reach, const ovf_box *box)
{
    return !box->is_empty && (double)reach->south_deg <= box->north_deg
           && (double)reach->north_deg >= box->south_deg && meets_width(reach, box);
}

/* South and north of all the boxes. */
struct belt {
    double south_deg, north_deg;
};

static struct belt belt_of(const ovf_reach *asked)
{
    struct belt belt = {90.0, -90.0};
    for (size_t i = 0; i < asked->box_count; i++) {
        if (asked->boxes[i].is_empty)
            continue;
        belt.south_deg =
            asked->boxes[i].south_deg < belt.south_deg ? asked->boxes[i].south_deg : belt.south_deg;
        belt.north_deg =
            asked->boxes[i].north_deg > belt.north_deg ? asked->boxes[i].north_deg : belt.north_deg;
    }
    return belt;
}

static bool meets(const struct picture_reach *row, const ovf_reach *asked, const struct belt *belt)
{
    if (row->from > asked->window.until || row->until < asked->window.from
        || row->lower_ft > asked->upper_ft || row->upper_ft < asked->lower_ft)
        return false;
    if (asked->boxes != NULL
        && ((double)row->south_deg > belt->north_deg || (double)row->north_deg < belt->south_deg))
        return false;
    bool is_met = asked->boxes == NULL;
    for (size_t i = 0; i < asked->box_count && !is_met; i++)
        is_met = meets_box(row, &asked->boxes[i]);
    return is_met;
}

ovf_status ovf_picture_find(const ovf_picture *picture, const ovf_reach *reach, ovf_arena *arena,
                            const ovf_restriction ***out, size_t *count, ovf_error *err)
{
    const ovf_restriction **found = NULL;
    size_t capacity = 0;
    size_t met = 0;
    struct belt belt = belt_of(reach);
    for (size_t i = 0; i < picture->restriction_count; i++) {
        if (!meets(&picture->reaches[i], reach, &belt))
            continue;
        if (!ovf_arena_grow(arena, (void **)&found, met, &capacity, sizeof(*found)))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for what was found");
        found[met++] = picture->restrictions[i];
    }
    *out = found;
    *count = met;
    return OVF_OK;
}
