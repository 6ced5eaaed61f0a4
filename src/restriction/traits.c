/* SPDX-License-Identifier: Apache-2.0 */
/* What a picture needs of a document, told beforehand: by it a ledger selects, of a million
 * documents, the hundred that an answer rests on. Each trait is the larger of what may be. */
#include "restriction_internal.h"

#include <math.h>

#define GRID 10            /* points a side of a notice's own box */
#define GRID_TOLERANCE 0.6 /* two counts of points on different grids differ by less than that */

/* ---- boxes ---- */

/* Beyond the last box the last one grows; over the 180th meridian it goes all the way round. */
static void add_box(ovf_traits *t, ovf_box box)
{
    if (box.is_empty) {
        t->is_anywhere = true;
        return;
    }
    for (size_t i = 0; i < t->box_count; i++) {
        const ovf_box *old = &t->boxes[i];
        if (old->south_deg <= box.south_deg && old->north_deg >= box.north_deg
            && old->west_deg <= box.west_deg && old->east_deg >= box.east_deg
            && old->west_deg <= old->east_deg && box.west_deg <= box.east_deg)
            return;
    }
    if (t->box_count < OVF_TRAITS_MAX_BOXES) {
        t->boxes[t->box_count++] = box;
        return;
    }
    ovf_box *last = &t->boxes[OVF_TRAITS_MAX_BOXES - 1];
    last->south_deg = fmin(last->south_deg, box.south_deg);
    last->north_deg = fmax(last->north_deg, box.north_deg);
    if (last->west_deg > last->east_deg || box.west_deg > box.east_deg) {
        last->west_deg = -180.0;
        last->east_deg = 180.0;
    } else {
        last->west_deg = fmin(last->west_deg, box.west_deg);
        last->east_deg = fmax(last->east_deg, box.east_deg);
    }
}

static void add_area(ovf_traits *t, const ovf_area *area)
{
    if (area == NULL || !ovf_area_is_resolved(area))
        t->is_anywhere = true;
    else
        add_box(t, ovf_area_bounds(area));
}

/* What has no place of its own concerns its FIRs; a FIR that is in no table may be anywhere. */
static void add_firs(ovf_traits *t, const ovf_world *world, const ovf_notice *notice)
{
    for (size_t i = 0; i < notice->fir_count; i++) {
        uint32_t index = ovf_world_find_fir(world, notice->firs[i]);
        if (index == OVF_INDEX_NONE)
            t->is_anywhere = true;
        else
            add_area(t, ovf_world_fir_area(world, ovf_world_fir(world, index)));
    }
    if (notice->fir_count == 0)
        t->is_anywhere = true;
}

static void place_notice(ovf_traits *t, const ovf_world *world, const ovf_notice *notice)
{
    if (notice->area_count == 0 && notice_is_restricting(notice, notice->effect))
        add_firs(t, world, notice);
    for (size_t i = 0; i < notice->area_count; i++) {
        const ovf_notice_area *area = &notice->areas[i];
        // The circle of item Q beside other areas is no area.
        if (area->certainty == OVF_CERTAINTY_Q_CIRCLE && notice->area_count > 1)
            continue;
        if (ovf_area_is_resolved(area->area))
            add_box(t, ovf_area_bounds(area->area));
        else if (notice_is_restricting(notice, area->effect == OVF_EFFECT_UNKNOWN ? notice->effect
                                                                                  : area->effect))
            add_firs(t, world, notice);
    }
}

/* ---- notices ---- */

static void read_list(ovf_traits *t, const ovf_notice *notice)
{
    if (!notice->is_checklist || !notice->checklist_whole || t->series == 0)
        return;
    if (t->series >= 'A' && t->series <= 'Z')
        t->list_series |= UINT32_C(1) << (t->series - 'A');
    for (size_t i = 0; i < notice->checklist_count; i++) {
        char series = notice->checklist[i].series;
        if (series >= 'A' && series <= 'Z')
            t->list_series |= UINT32_C(1) << (series - 'A');
    }
}

/* Square degrees of the box within the notice's areas. */
static double covered(const ovf_notice *notice, ovf_box box)
{
    double height = box.north_deg - box.south_deg;
    double width = box.east_deg - box.west_deg;
    int count = 0;
    for (int i = 0; i < GRID * GRID; i++) {
        ovf_point p = {box.south_deg + height * (i / GRID + 0.5) / GRID,
                       box.west_deg + width * (i % GRID + 0.5) / GRID};
        count += event_covers(notice, p);
    }
    return height * width * count / (GRID * GRID);
}

static void read_event(ovf_traits *t, const ovf_notice *notice)
{
    t->has_event = t->key.len > 0 && notice->kind != OVF_NOTICE_CANCEL && !notice->is_checklist
                   && notice->valid_from != OVF_TIME_NONE;
    if (!t->has_event)
        return;
    ovf_time until = notice->valid_until == OVF_TIME_OPEN ? notice->valid_from + EVENT_OPEN_S
                                                          : notice->valid_until;
    t->event_during = (ovf_interval){notice->valid_from, until};
    t->event_text = event_hash_text(notice->text);
    t->event_kind = event_kind_of(notice);
    t->event_launch = event_launch_of(notice, t->event_during);
    if (t->event_kind == 0)
        return;
    t->event_box = event_box_of(notice);
    if (!t->event_box.is_empty)
        t->event_covered = covered(notice, t->event_box);
}

ovf_str ovf_notice_number_key(ovf_str office, char series, int32_t year, int32_t number,
                              ovf_arena *arena)
{
    return ovf_arena_printf(arena, OVF_FMT "|%c|%d|%05d", OVF_ARG(office), series, (int)year,
                            (int)number);
}

/* Equal for the keys that notice_key_eq calls equal; empty without an id. */
static ovf_str key_text(const struct notice_key *key, ovf_arena *arena)
{
    if (key->id.len == 0)
        return OVF_STR("");
    if (key->series != 0)
        return ovf_notice_number_key(key->office, key->series, key->year, key->number, arena);
    return ovf_arena_printf(arena, OVF_FMT "|" OVF_FMT, OVF_ARG(key->office), OVF_ARG(key->id));
}

ovf_status ovf_notice_traits(const ovf_world *world, const ovf_notice *notice, ovf_time known,
                             ovf_arena *arena, ovf_traits *out, ovf_error *err)
{
    struct notice_key key;
    struct notice_key refers;
    bool is_linked = notice->kind == OVF_NOTICE_REPLACE || notice->kind == OVF_NOTICE_CANCEL;
    notice_key_of(notice, notice->id, &key);
    notice_key_of(notice, is_linked ? notice->refers_to : (ovf_str){0}, &refers);
    ovf_str own = key_text(&key, arena);
    ovf_str other = key_text(&refers, arena);
    if (own.ptr == NULL || other.ptr == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the traits of a notice");
    ovf_traits t = {.key = own,
                    .refers = other,
                    .office = key.office,
                    .series = key.series,
                    .from =
                        notice->valid_from != OVF_TIME_NONE ? notice->valid_from : notice->created,
                    .until = notice->until_estimated ? OVF_TIME_OPEN : notice->valid_until,
                    .event_box = {.is_empty = true}};
    t.issued = notice->created != OVF_TIME_NONE ? notice->created
               : t.from != OVF_TIME_NONE        ? t.from
                                                : known;
    t.is_lifting = notice->effect == OVF_EFFECT_LIFTED && notice->kind != OVF_NOTICE_CANCEL;
    place_notice(&t, world, notice);
    read_list(&t, notice);
    read_event(&t, notice);
    *out = t;
    return OVF_OK;
}

/* ---- statements ---- */

/* What an operator does, and what a legal act took or gave back, holds until something else does. */
static bool lasts(ovf_act act)
{
    switch (act) {
    case OVF_ACT_SUSPEND_SERVICE:
    case OVF_ACT_RESUME_SERVICE:
    case OVF_ACT_REVOKE_PERMISSION:
    case OVF_ACT_GRANT_PERMISSION:
    case OVF_ACT_OPERATE:
    case OVF_ACT_ORDER: return true;
    default: return false;
    }
}

static void place_name(ovf_traits *t, const ovf_world *world, ovf_str name)
{
    ovf_place place = {0};
    if (ovf_world_find(world, name, &place, NULL) != OVF_OK)
        return; // a name that is in no table concerns nothing
    switch (place.kind) {
    case OVF_PLACE_FIR:
        add_area(t, ovf_world_fir_area(world, ovf_world_fir(world, place.index)));
        // A State asked about is meant by the name of its FIR.
        if (place.state != OVF_INDEX_NONE)
            add_area(t, ovf_world_territory(world, place.state));
        break;
    case OVF_PLACE_STATE: add_area(t, ovf_world_territory(world, place.index)); break;
    case OVF_PLACE_AIRPORT:
    case OVF_PLACE_POINT:
    case OVF_PLACE_FIX:
        add_box(t, (ovf_box){.south_deg = place.point.lat_deg,
                             .north_deg = place.point.lat_deg,
                             .west_deg = place.point.lon_deg,
                             .east_deg = place.point.lon_deg});
        break;
    case OVF_PLACE_NONE: break;
    }
}

void ovf_statement_traits(const ovf_world *world, const ovf_statement *statement, ovf_traits *out)
{
    ovf_time said = statement->said;
    ovf_time from = statement->valid.from;
    ovf_time first = from == OVF_TIME_NONE || (said != OVF_TIME_NONE && said < from) ? said : from;
    ovf_time last = from == OVF_TIME_NONE || said > from ? said : from;
    ovf_traits t = {.from = first,
                    .until = statement->valid.until,
                    .issued = said,
                    .event_box = {.is_empty = true}};
    if (lasts(statement->act))
        t.until = OVF_TIME_OPEN;
    else if (t.until == OVF_TIME_OPEN && last != OVF_TIME_NONE)
        t.until = last + STATUS_SIGNAL_DAYS * OVF_DAY_S;
    for (size_t i = 0; i < statement->area_count; i++)
        place_name(&t, world, statement->areas[i]);
    // Naming no area it speaks of its speaker's own State, as a timeline has it.
    if (statement->area_count == 0 && statement->speaker_state.len > 0)
        place_name(&t, world, statement->speaker_state);
    // It gives back what another act took under any of the names that the two have in common.
    if (statement->act == OVF_ACT_GRANT_PERMISSION && statement->operator_count == 0
        && statement->instrument_ref.len > 0)
        t.is_anywhere = true;
    *out = t;
}

/* ---- one happening ---- */

static bool is_same_time(ovf_interval a, ovf_interval b)
{
    ovf_time from = a.from > b.from ? a.from : b.from;
    ovf_time until = a.until < b.until ? a.until : b.until;
    ovf_time first = a.from < b.from ? a.from : b.from;
    ovf_time last = a.until > b.until ? a.until : b.until;
    return until > from && (double)(until - from) >= EVENT_TIME_SHARE * (double)(last - first);
}

/* Half of what either covers has to lie in both boxes. */
static bool may_coincide(const ovf_traits *a, const ovf_traits *b)
{
    const ovf_box *x = &a->event_box;
    const ovf_box *y = &b->event_box;
    if (x->is_empty || y->is_empty || a->event_kind == 0 || a->event_kind != b->event_kind)
        return false;
    double height = fmin(x->north_deg, y->north_deg) - fmax(x->south_deg, y->south_deg);
    double width = fmin(x->east_deg, y->east_deg) - fmax(x->west_deg, y->west_deg);
    double larger = fmax(a->event_covered, b->event_covered);
    return height > 0 && width > 0 && height * width >= EVENT_AREA_SHARE * GRID_TOLERANCE * larger;
}

bool ovf_traits_may_be_one(const ovf_traits *a, const ovf_traits *b)
{
    if (!a->has_event || !b->has_event)
        return false;
    ovf_time apart = a->event_during.from - b->event_during.from;
    if (a->event_launch != EVENT_LAUNCH_NO && b->event_launch != EVENT_LAUNCH_NO
        && (a->event_launch == EVENT_LAUNCH_SAID || b->event_launch == EVENT_LAUNCH_SAID)
        && apart <= EVENT_LAUNCH_FLIGHT_S && apart >= -EVENT_LAUNCH_FLIGHT_S)
        return true;
    if (!is_same_time(a->event_during, b->event_during))
        return false;
    return (a->event_text != 0 && a->event_text == b->event_text) || may_coincide(a, b);
}
