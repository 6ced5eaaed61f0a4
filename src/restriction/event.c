/* SPDX-License-Identifier: Apache-2.0 */
/* Notices about one happening: a launch for which three States each warn, an area that an office
 * publishes once for the aerodrome and once for the way through, a text repeated under another
 * number. Two notices belong together when they hold at much the same time and either say the same
 * words, or bar areas of one kind that mostly coincide: half of what the two cover together is
 * covered by both. And the pieces of one launch: short closures of the whole height that begin within
 * the flight of a rocket, where at least one of the two speaks of a launch or its debris; its drop
 * zones lie far apart, in the air of several States. What belongs together with one member belongs
 * to the event. Nothing is merged: every instrument stays.
 *
 * Whether two areas coincide is dear to tell, and few are asked about: an event is found when
 * somebody asks for it, from one member on to those that belong to it, and then known of all of
 * them. Candidates are told by what is cheap: the notices lie sorted by their start, and each
 * belongs with those that begin within its own time; then the kind, the box, the words' hash. The
 * answer is the same whoever asks first. */
#include "restriction_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GRID 20         /* points a side of the box about both areas: shares to a few % */
#define AREAS_MAX 16    /* of one notice; of more the first ones count */
#define PARTNERS_MAX 64 /* with which one notice is compared */
#define TEXT_MIN 40     /* letters and digits: shorter texts say the same of many things */

#define LAUNCH_WINDOW_S (2 * OVF_HOUR_S) /* of one try; windows of days are for several tries */

/* What of a notice is compared; 48 bytes. The next picture takes them over. */
struct feature {
    ovf_box box;
    uint64_t text_hash;
    uint8_t kind;
    uint8_t launch;
    bool is_known;
};

struct member {
    const struct picture_notice *entry;
    const struct feature *is;
    ovf_interval during;
    size_t text_place; /* in by_text */
};

/* Of every notice of a picture; the next picture begins with them. Never changes once its index is
 * published. */
struct event_features {
    atomic_size_t holders;
    size_t count;
    struct feature items[];
};

/* Made when the first event is asked for, and then as it is but for `found`. */
struct event_index {
    ovf_arena arena;
    struct event_features *features;
    struct member *members; /* by their start */
    uint32_t *by_text;      /* members, those of one hash together */
    size_t count;
    uint32_t *member_of;             /* a notice: its member, + 1; 0: it is none */
    _Atomic(uint32_t) *last_partner; /* a member: + 1; 0: not looked for yet */
    /* A member: the notice that its event is called after, + 1; 0: nobody asked. */
    _Atomic(uint32_t) *found;
};

#define ALONE UINT32_MAX /* belongs to no event */

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
    const ovf_box *x = &a->is->box;
    const ovf_box *y = &b->is->box;
    double south = fmin(x->south_deg, y->south_deg);
    double north = fmax(x->north_deg, y->north_deg);
    double west = fmin(x->west_deg, y->west_deg);
    double east = fmax(x->east_deg, y->east_deg);
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

/* ---- the index ---- */

static ovf_interval during(const ovf_notice *notice)
{
    return (ovf_interval){notice->valid_from, notice->valid_until == OVF_TIME_OPEN
                                                  ? notice->valid_from + EVENT_OPEN_S
                                                  : notice->valid_until};
}

static bool is_member(const struct picture_notice *entry)
{
    const ovf_notice *notice = entry->notice;
    return entry->notice->form != OVF_FORM_LAW && !entry->standing.is_superseded
           && entry->key.id.len > 0 && notice->kind != OVF_NOTICE_CANCEL && !notice->is_checklist
           && notice->valid_from != OVF_TIME_NONE;
}

/* The order in which they arrived decides nothing: by key, which hardly two have in common. */
static int by_key(const struct picture_notice *a, const struct picture_notice *b)
{
    int order = notice_key_cmp(&a->key, &b->key);
    if (order == 0)
        order = ovf_str_cmp(a->notice->raw, b->notice->raw);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

static int by_start(const void *a, const void *b)
{
    const struct member *x = a;
    const struct member *y = b;
    if (x->during.from != y->during.from)
        return x->during.from < y->during.from ? -1 : 1;
    return by_key(x->entry, y->entry);
}

struct by_hash {
    uint64_t hash;
    uint32_t member;
};

static int by_hash(const void *a, const void *b)
{
    const struct by_hash *x = a;
    const struct by_hash *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->member > y->member) - (x->member < y->member);
}

static bool sort_by_text(struct event_index *index)
{
    struct by_hash *list = malloc((index->count + 1) * sizeof(*list));
    if (list == NULL)
        return false;
    for (size_t i = 0; i < index->count; i++)
        list[i] = (struct by_hash){index->members[i].is->text_hash, (uint32_t)i};
    if (index->count > 1)
        qsort(list, index->count, sizeof(*list), by_hash);
    for (size_t i = 0; i < index->count; i++) {
        index->by_text[i] = list[i].member;
        index->members[list[i].member].text_place = i;
    }
    free(list);
    return true;
}

static void add_members(struct event_index *index, const ovf_picture *picture)
{
    for (size_t i = 0; i < picture->notice_count; i++) {
        const struct picture_notice *entry = picture->notices[i];
        const ovf_notice *notice = entry->notice;
        struct feature *is = &index->features->items[i];
        if (!is_member(entry))
            continue;
        if (!is->is_known)
            *is = (struct feature){.box = event_box_of(notice),
                                   .text_hash = event_hash_text(notice->text),
                                   .kind = (uint8_t)event_kind_of(notice),
                                   .launch = (uint8_t)event_launch_of(notice, during(notice)),
                                   .is_known = true};
        index->members[index->count++] =
            (struct member){.entry = entry, .is = is, .during = during(notice)};
    }
}

static bool fill_index(struct event_index *index, const ovf_picture *picture)
{
    size_t total = picture->notice_count;
    const struct event_features *known = picture->features;
    index->features = calloc(1, sizeof(*index->features) + total * sizeof(struct feature));
    if (index->features == NULL)
        return false;
    atomic_init(&index->features->holders, 1);
    index->features->count = total;
    index->members = ovf_arena_array(&index->arena, struct member, total);
    index->by_text = ovf_arena_array(&index->arena, uint32_t, total);
    index->member_of = ovf_arena_array(&index->arena, uint32_t, total);
    index->found = ovf_arena_alloc(&index->arena, total, sizeof(*index->found));
    index->last_partner = ovf_arena_alloc(&index->arena, total, sizeof(*index->last_partner));
    if (index->members == NULL || index->by_text == NULL || index->member_of == NULL
        || index->found == NULL || index->last_partner == NULL)
        return false;
    if (known != NULL) // the notices of the one before are the first of this one
        memcpy(index->features->items, known->items, known->count * sizeof(*known->items));
    add_members(index, picture);
    if (index->count > 1)
        qsort(index->members, index->count, sizeof(*index->members), by_start);
    for (size_t i = 0; i < index->count; i++)
        index->member_of[index->members[i].entry->index] = (uint32_t)i + 1;
    return sort_by_text(index);
}

void picture_features_release(struct event_features *features)
{
    if (features != NULL
        && atomic_fetch_sub_explicit(&features->holders, 1, memory_order_acq_rel) == 1)
        free(features);
}

/* The newest that are known. */
struct event_features *picture_features_of(const ovf_picture *picture)
{
    const struct event_index *index =
        atomic_load_explicit(&picture->found->events, memory_order_acquire);
    struct event_features *features = index == NULL ? picture->features : index->features;
    if (features != NULL)
        atomic_fetch_add_explicit(&features->holders, 1, memory_order_relaxed);
    return features;
}

void picture_events_free(struct event_index *index)
{
    if (index == NULL)
        return;
    picture_features_release(index->features);
    ovf_arena_done(&index->arena);
    free(index);
}

/* Of two threads that make it at once the first one publishes it. */
static struct event_index *index_of(const ovf_picture *picture)
{
    _Atomic(struct event_index *) *place = &picture->found->events;
    struct event_index *index = atomic_load_explicit(place, memory_order_acquire);
    if (index != NULL)
        return index;
    struct event_index *made = calloc(1, sizeof(*made));
    if (made == NULL)
        return NULL;
    ovf_arena_init(&made->arena, 0);
    if (!fill_index(made, picture)) {
        picture_events_free(made);
        return NULL;
    }
    if (atomic_compare_exchange_strong_explicit(place, &index, made, memory_order_acq_rel,
                                                memory_order_acquire))
        return made;
    picture_events_free(made);
    return index;
}

/* ---- one event ---- */

struct search {
    const struct event_index *index;
    uint32_t *items; /* members of the event; from `done` on their partners are not known yet */
    size_t count, done;
    bool *is_in;
};

static void join(struct search *s, size_t member)
{
    if (s->is_in[member])
        return;
    s->is_in[member] = true;
    s->items[s->count++] = (uint32_t)member;
}

/* The same words: the next ones in the order of their hash, and those before. */
static void join_by_text(struct search *s, size_t i)
{
    const struct event_index *index = s->index;
    const struct member *a = &index->members[i];
    size_t place = a->text_place;
    for (int side = -1; side <= 1 && a->is->text_hash != 0; side += 2) {
        for (size_t step = 1; step <= PARTNERS_MAX; step++) {
            if (side < 0 ? step > place : place + step >= index->count)
                break;
            size_t k = index->by_text[side < 0 ? place - step : place + step];
            const struct member *b = &index->members[k];
            if (b->is->text_hash != a->is->text_hash)
                break;
            if (is_same_time(a, b))
                join(s, k);
        }
    }
}

/* Half of the time that either holds is held by both: the later one begins within half of the
 * earlier one's time, and no later than its own length after it. */
static bool is_candidate(const struct member *a, const struct member *b)
{
    return a->is->kind != 0 && a->is->kind == b->is->kind && !a->is->box.is_empty
           && !b->is->box.is_empty && may_coincide(&a->is->box, &b->is->box) && is_same_time(a, b);
}

static bool begins_in_time(const struct member *a, const struct member *later)
{
    return later->during.from - a->during.from <= (a->during.until - a->during.from) / 2;
}

/* With which one of those behind it a notice is compared last; itself: with none. Where very many
 * lie together the first ones count. */
static size_t last_partner(const struct event_index *index, size_t from)
{
    size_t known = atomic_load_explicit(&index->last_partner[from], memory_order_relaxed);
    if (known > 0)
        return known - 1;
    const struct member *a = &index->members[from];
    size_t last = from;
    size_t compared = 0;
    for (size_t k = from + 1;
         k < index->count && compared < PARTNERS_MAX && begins_in_time(a, &index->members[k]);
         k++) {
        if (!is_candidate(a, &index->members[k]))
            continue;
        compared++;
        last = k;
    }
    atomic_store_explicit(&index->last_partner[from], (uint32_t)last + 1, memory_order_relaxed);
    return last;
}

static void join_by_area(struct search *s, size_t i)
{
    const struct event_index *index = s->index;
    const struct member *a = &index->members[i];
    if (a->is->kind == 0 || a->is->box.is_empty)
        return;
    size_t last = last_partner(index, i);
    for (size_t k = i + 1; k <= last; k++) {
        const struct member *b = &index->members[k];
        if (!s->is_in[k] && is_candidate(a, b) && is_same_area(a, b))
            join(s, k);
    }
    for (size_t k = i; k > 0; k--) {
        const struct member *b = &index->members[k - 1];
        if (a->during.from - b->during.from > a->during.until - a->during.from)
            break;
        if (!s->is_in[k - 1] && is_candidate(b, a) && last_partner(index, k - 1) >= i
            && is_same_area(b, a))
            join(s, k - 1);
    }
}

static bool is_one_launch(const struct member *a, const struct member *b)
{
    return a->is->launch != EVENT_LAUNCH_NO && b->is->launch != EVENT_LAUNCH_NO
           && (a->is->launch == EVENT_LAUNCH_SAID || b->is->launch == EVENT_LAUNCH_SAID);
}

static void join_launches(struct search *s, size_t i)
{
    const struct member *members = s->index->members;
    ovf_time start = members[i].during.from;
    if (members[i].is->launch == EVENT_LAUNCH_NO)
        return;
    for (size_t k = i + 1; k < s->index->count && k - i <= PARTNERS_MAX
                           && members[k].during.from - start <= EVENT_LAUNCH_FLIGHT_S;
         k++) {
        if (is_one_launch(&members[i], &members[k]))
            join(s, k);
    }
    for (size_t k = i; k > 0 && i - (k - 1) <= PARTNERS_MAX
                       && start - members[k - 1].during.from <= EVENT_LAUNCH_FLIGHT_S;
         k--) {
        if (is_one_launch(&members[i], &members[k - 1]))
            join(s, k - 1);
    }
}

/* From one member to all; what is found is written down for each of them. */
static bool find_event(struct event_index *index, size_t member)
{
    struct search s = {.index = index,
                       .items = malloc(index->count * sizeof(*s.items)),
                       .is_in = calloc(index->count, sizeof(*s.is_in))};
    bool ok = s.items != NULL && s.is_in != NULL;
    if (ok)
        join(&s, member);
    for (; ok && s.done < s.count; s.done++) {
        size_t i = s.items[s.done];
        join_by_text(&s, i);
        join_by_area(&s, i);
        join_launches(&s, i);
    }
    const struct picture_notice *first = index->members[member].entry;
    for (size_t i = 1; ok && i < s.count; i++) {
        const struct picture_notice *entry = index->members[s.items[i]].entry;
        first = by_key(entry, first) < 0 ? entry : first;
    }
    for (size_t i = 0; ok && i < s.count; i++)
        atomic_store_explicit(&index->found[s.items[i]], s.count == 1 ? ALONE : first->index + 1,
                              memory_order_relaxed);
    free(s.items);
    free(s.is_in);
    return ok;
}

ovf_status ovf_picture_event(const ovf_picture *picture, size_t notice, ovf_event *out,
                             ovf_error *err)
{
    *out = (ovf_event){0};
    struct event_index *index = index_of(picture);
    if (index == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the events");
    uint32_t member = index->member_of[notice];
    if (member-- == 0)
        return OVF_OK;
    uint32_t found = atomic_load_explicit(&index->found[member], memory_order_relaxed);
    if (found == 0 && !find_event(index, member))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an event");
    found = atomic_load_explicit(&index->found[member], memory_order_relaxed);
    if (found != ALONE)
        *out = (ovf_event){.office = picture->notices[found - 1]->key.office,
                           .id = picture->notices[found - 1]->notice->id};
    return OVF_OK;
}
