/* SPDX-License-Identifier: Apache-2.0 */
/* Notices about one happening: a launch for which three States each warn, an area that an office
 * publishes once for the aerodrome and once for the way through, a text repeated under another
 * number. Two notices belong together when they hold at much the same time and either say the same
 * words, or bar areas of one kind that mostly coincide: half of what the two cover together is
 * covered by both. And the pieces of one launch: short closures of the whole height that begin within
 * the flight of a rocket, where at least one of the two speaks of a launch or its debris; its drop
 * zones lie far apart, in the air of several States. What belongs together with one member belongs
 * to the event. Nothing is merged: every instrument stays. */
#include "restriction_internal.h"

#include <math.h>
#include <stdlib.h>

#define GRID 20                 /* points a side of the box about both areas: shares to a few % */
#define AREAS_MAX 16            /* of one notice; of more the first ones count */
#define PARTNERS_MAX 64         /* with which one notice is compared */
#define TEXT_MIN 40             /* letters and digits: shorter texts say the same of many things */

#define LAUNCH_WINDOW_S (2 * OVF_HOUR_S) /* of one try; windows of days are for several tries */

struct member {
    struct picture_notice *entry;
    ovf_interval during;
    ovf_box box;
    uint64_t text_hash;
    int kind;
    int launch;
    size_t parent;
};

/* ---- what is compared ---- */

/* A State says "danger area" where its neighbour says "prohibited". */
int event_kind_of(const ovf_notice *notice)
{
    switch (notice->effect) {
    case OVF_EFFECT_CLOSED:
    case OVF_EFFECT_PROHIBITED:
    case OVF_EFFECT_RESTRICTED:
    case OVF_EFFECT_DANGER:
    case OVF_EFFECT_WARNING: return 1;
    case OVF_EFFECT_ADVISORY:
    case OVF_EFFECT_FLOW:
    case OVF_EFFECT_INFORMATION:
    case OVF_EFFECT_LIFTED:
    case OVF_EFFECT_UNKNOWN: break;
    }
    return 0;
}

static bool is_letter_or_digit(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* FNV-1a over the letters and digits; 0: too short to tell. */
uint64_t event_hash_text(ovf_str text)
{
    uint64_t hash = 14695981039346656037ULL;
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_letter_or_digit(text.ptr[i]))
            continue;
        hash = (hash ^ (unsigned char)text.ptr[i]) * 1099511628211ULL;
        count++;
    }
    return count < TEXT_MIN ? 0 : hash | 1;
}

/* Short, up to space, and in the words of a launch or not. */
int event_launch_of(const ovf_notice *notice, ovf_interval during)
{
    static const char *const words[] = {
        "AEROSPACE",  "ROCKET",    "SPACE LAUNCH", "LAUNCH VEHICLE", "DEBRIS",   "SPACE VEHICLE",
        "SPACECRAFT", "SPACE OPS", "RE-ENTRY",     "REENTRY",        "SATELLITE"};
    bool is_unlimited = false;
    for (size_t i = 0; i < notice->area_count && !is_unlimited; i++)
        is_unlimited = notice->areas[i].upper.ref == OVF_LEVEL_UNL;
    if (event_kind_of(notice) == 0 || !is_unlimited || during.until - during.from > LAUNCH_WINDOW_S)
        return EVENT_LAUNCH_NO;
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (ovf_str_find(notice->text, 0, ovf_str_of(words[i])) != OVF_NOPOS)
            return EVENT_LAUNCH_SAID;
    }
    return EVENT_LAUNCH_MAY_BE;
}

static bool is_exact(const ovf_notice_area *area)
{
    // An outline with a leg along a border is drawn by its own positions all the same.
    bool has_outline = area->certainty == OVF_CERTAINTY_REFERENCE && area->point_count >= 2;
    return (area->certainty == OVF_CERTAINTY_EXACT || has_outline)
           && ovf_area_is_resolved(area->area);
}

static size_t shown_areas(const ovf_notice *notice)
{
    return notice->area_count < AREAS_MAX ? notice->area_count : AREAS_MAX;
}

ovf_box event_box_of(const ovf_notice *notice)
{
    ovf_box all = {.is_empty = true};
    for (size_t i = 0; i < shown_areas(notice); i++) {
        if (!is_exact(&notice->areas[i]))
            continue;
        ovf_box box = ovf_area_bounds(notice->areas[i].area);
        if (box.is_empty || box.west_deg > box.east_deg) // over the 180th meridian: by text only
            continue;
        if (all.is_empty) {
            all = box;
            continue;
        }
        all.south_deg = fmin(all.south_deg, box.south_deg);
        all.west_deg = fmin(all.west_deg, box.west_deg);
        all.north_deg = fmax(all.north_deg, box.north_deg);
        all.east_deg = fmax(all.east_deg, box.east_deg);
    }
    return all;
}

bool event_covers(const ovf_notice *notice, ovf_point p)
{
    for (size_t i = 0; i < shown_areas(notice); i++) {
        if (is_exact(&notice->areas[i])
            && ovf_area_contains(notice->areas[i].area, p) == OVF_TRI_YES)
            return true;
    }
    return false;
}

static bool is_same_time(const struct member *a, const struct member *b)
{
    ovf_time from = a->during.from > b->during.from ? a->during.from : b->during.from;
    ovf_time until = a->during.until < b->during.until ? a->during.until : b->during.until;
    ovf_time first = a->during.from < b->during.from ? a->during.from : b->during.from;
    ovf_time last = a->during.until > b->during.until ? a->during.until : b->during.until;
    return until > from && (double)(until - from) >= EVENT_TIME_SHARE * (double)(last - first);
}

/* Boxes bound the share from above, and are cheap. */
static bool may_coincide(const ovf_box *a, const ovf_box *b)
{
    double height = fmin(a->north_deg, b->north_deg) - fmax(a->south_deg, b->south_deg);
    double width = fmin(a->east_deg, b->east_deg) - fmax(a->west_deg, b->west_deg);
    return height > 0 && width > 0;
}

/* The same numbers in every area: the notices cover what the other covers. */
static bool is_copy(const ovf_notice *a, const ovf_notice *b)
{
    bool is_same = a->area_count == b->area_count;
    for (size_t i = 0; is_same && i < shown_areas(a); i++)
        is_same =
            is_exact(&a->areas[i]) == is_exact(&b->areas[i])
            && (!is_exact(&a->areas[i]) || ovf_area_is_same(a->areas[i].area, b->areas[i].area));
    return is_same;
}

static bool is_same_area(const struct member *a, const struct member *b)
{
    double south = fmin(a->box.south_deg, b->box.south_deg);
    double north = fmax(a->box.north_deg, b->box.north_deg);
    double west = fmin(a->box.west_deg, b->box.west_deg);
    double east = fmax(a->box.east_deg, b->box.east_deg);
    bool copy = is_copy(a->entry->notice, b->entry->notice);
    double both = 0;
    double either = 0;
    for (int i = 0; i < GRID * GRID; i++) {
        ovf_point p = {south + (north - south) * (i / GRID + 0.5) / GRID,
                       west + (east - west) * (i % GRID + 0.5) / GRID};
        bool in_a = event_covers(a->entry->notice, p);
        bool in_b = copy ? in_a : event_covers(b->entry->notice, p);
        both += in_a && in_b;
        either += in_a || in_b;
        double left = GRID * GRID - 1 - i; // once they cannot change the answer it is given
        if (both + left < EVENT_AREA_SHARE * (either + left))
            return false;
        if (either > 0 && (copy || both >= EVENT_AREA_SHARE * (either + left)))
            return true;
    }
    return either > 0 && both >= EVENT_AREA_SHARE * either;
}

/* ---- grouping ---- */

static size_t root_of(struct member *members, size_t i)
{
    while (members[i].parent != i) {
        members[i].parent = members[members[i].parent].parent;
        i = members[i].parent;
    }
    return i;
}

static void join(struct member *members, size_t a, size_t b)
{
    size_t x = root_of(members, a);
    size_t y = root_of(members, b);
    if (x < y)
        members[y].parent = x;
    else
        members[x].parent = y;
}

/* The order in which they arrived decides nothing: by key, which no two have in common. */
static int by_key(const void *a, const void *b)
{
    const struct member *x = a;
    const struct member *y = b;
    int order = ovf_str_cmp(x->entry->key.text, y->entry->key.text);
    if (order != 0)
        return order;
    return ovf_str_cmp(x->entry->notice->raw, y->entry->notice->raw);
}

struct place_in_list {
    double south_deg;
    uint64_t text_hash;
    ovf_time start;
    size_t member;
};

static int by_south(const void *a, const void *b)
{
    const struct place_in_list *x = a;
    const struct place_in_list *y = b;
    if (x->south_deg != y->south_deg)
        return x->south_deg < y->south_deg ? -1 : 1;
    return (x->member > y->member) - (x->member < y->member);
}

static int by_text(const void *a, const void *b)
{
    const struct place_in_list *x = a;
    const struct place_in_list *y = b;
    if (x->text_hash != y->text_hash)
        return x->text_hash < y->text_hash ? -1 : 1;
    return (x->member > y->member) - (x->member < y->member);
}

static void join_by_text(struct member *members, struct place_in_list *list, size_t count)
{
    qsort(list, count, sizeof(*list), by_text);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count && k - i <= PARTNERS_MAX
                               && list[k].text_hash == list[i].text_hash && list[i].text_hash != 0;
             k++) {
            if (is_same_time(&members[list[i].member], &members[list[k].member]))
                join(members, list[i].member, list[k].member);
        }
    }
}

static void join_by_area(struct member *members, struct place_in_list *list, size_t count)
{
    qsort(list, count, sizeof(*list), by_south);
    for (size_t i = 0; i < count; i++) {
        const struct member *a = &members[list[i].member];
        size_t compared = 0;
        for (size_t k = i + 1; !a->box.is_empty && k < count && compared < PARTNERS_MAX
                               && list[k].south_deg < a->box.north_deg;
             k++) {
            const struct member *b = &members[list[k].member];
            if (b->box.is_empty || a->kind == 0 || a->kind != b->kind
                || !may_coincide(&a->box, &b->box) || !is_same_time(a, b)
                || root_of(members, list[i].member) == root_of(members, list[k].member))
                continue;
            compared++;
            if (is_same_area(a, b))
                join(members, list[i].member, list[k].member);
        }
    }
}

static int by_start(const void *a, const void *b)
{
    const struct place_in_list *x = a;
    const struct place_in_list *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->member > y->member) - (x->member < y->member);
}

static void join_launches(struct member *members, struct place_in_list *list, size_t count)
{
    qsort(list, count, sizeof(*list), by_start);
    for (size_t i = 0; i < count; i++) {
        const struct member *a = &members[list[i].member];
        for (size_t k = i + 1; a->launch != EVENT_LAUNCH_NO && k < count && k - i <= PARTNERS_MAX
                               && list[k].start - list[i].start <= EVENT_LAUNCH_FLIGHT_S;
             k++) {
            const struct member *b = &members[list[k].member];
            if (b->launch != EVENT_LAUNCH_NO && (a->launch == EVENT_LAUNCH_SAID || b->launch == EVENT_LAUNCH_SAID))
                join(members, list[i].member, list[k].member);
        }
    }
}

static bool is_member(const struct picture_notice *entry)
{
    const ovf_notice *notice = entry->notice;
    return !entry->standing.is_superseded && entry->key.text.len > 0
           && notice->kind != OVF_NOTICE_CANCEL && !notice->is_checklist
           && notice->valid_from != OVF_TIME_NONE;
}

/* An event is called after its first member by key. */
static ovf_status name_events(ovf_picture *picture, struct member *members, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t root = root_of(members, i);
        if (root == i)
            continue;
        struct picture_notice *first = members[root].entry;
        if (first->standing.event.len == 0)
            first->standing.event =
                ovf_arena_printf(&picture->arena, OVF_FMT ":" OVF_FMT, OVF_ARG(first->key.office),
                                 OVF_ARG(first->notice->id));
        if (first->standing.event.ptr == NULL)
            return OVF_E_NOMEM;
        members[i].entry->standing.event = first->standing.event;
    }
    return OVF_OK;
}

ovf_status picture_group_events(ovf_picture *picture, ovf_error *err)
{
    size_t total = picture->notice_count;
    struct member *members = ovf_arena_array(&picture->arena, struct member, total + 1);
    struct place_in_list *list = ovf_arena_array(&picture->arena, struct place_in_list, total + 1);
    if (members == NULL || list == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the events");
    size_t count = 0;
    for (size_t i = 0; i < total; i++) {
        struct picture_notice *entry = &picture->notices[i];
        const ovf_notice *notice = entry->notice;
        if (!is_member(entry))
            continue;
        ovf_time until = notice->valid_until == OVF_TIME_OPEN ? notice->valid_from + EVENT_OPEN_S
                                                              : notice->valid_until;
        members[count++] =
            (struct member){.entry = entry,
                            .during = {notice->valid_from, until},
                            .box = event_box_of(notice),
                            .text_hash = event_hash_text(notice->text),
                            .kind = event_kind_of(notice),
                            .launch = event_launch_of(notice, (ovf_interval){notice->valid_from, until})};
    }
    if (count < 2)
        return OVF_OK;
    qsort(members, count, sizeof(*members), by_key);
    for (size_t i = 0; i < count; i++) {
        members[i].parent = i;
        list[i] = (struct place_in_list){members[i].box.south_deg, members[i].text_hash,
                                         members[i].during.from, i};
    }
    join_by_text(members, list, count);
    join_by_area(members, list, count);
    join_launches(members, list, count);
    if (name_events(picture, members, count) != OVF_OK)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the events");
    return OVF_OK;
}
