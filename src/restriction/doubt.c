/* SPDX-License-Identifier: Apache-2.0 */
/* Absence that says something. A checklist names every number of its series that is valid (Annex 15,
 * 6.3: at least once a month): what was issued before it and is not in it may have been cancelled by
 * a message that never arrived. A bulletin that is complete holds all that is in force: what stood
 * in one issue and is not in the next, though nothing ended it, has vanished. Neither is proof: the
 * notice is kept, and whether it holds is not known from then on. */
#include "restriction_internal.h"

#include <stdlib.h>

/* ---- checklists ---- */

static ovf_time issued(const struct picture_notice *entry)
{
    return entry->notice->created != OVF_TIME_NONE ? entry->notice->created : notice_start(entry);
}

static int by_issue(const void *a, const void *b)
{
    const struct picture_notice *x = *(struct picture_notice *const *)a;
    const struct picture_notice *y = *(struct picture_notice *const *)b;
    if (issued(x) != issued(y))
        return issued(x) < issued(y) ? -1 : 1;
    int order = notice_key_cmp(&x->key, &y->key);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

/* The series without a letter is the checklist's own. */
static char series_of(const struct picture_notice *list, const ovf_checklist_item *item)
{
    return item->series == 0 ? list->key.series : item->series;
}

static int compare_items(const void *a, const void *b)
{
    const ovf_checklist_item *x = a;
    const ovf_checklist_item *y = b;
    if (x->series != y->series)
        return x->series < y->series ? -1 : 1;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static bool is_listed(const struct picture_notice *list, const struct notice_key *key)
{
    const ovf_notice *notice = list->notice;
    ovf_checklist_item item = {key->series, key->year, key->number};
    if (bsearch(&item, notice->checklist, notice->checklist_count, sizeof(item), compare_items)
        != NULL)
        return true;
    item.series = 0;
    return key->series == list->key.series
           && bsearch(&item, notice->checklist, notice->checklist_count, sizeof(item),
                      compare_items)
                  != NULL;
}

/* Within a series numbers run with time; across series only the dates tell. */
static bool is_issued_before(const struct picture_notice *entry, const struct picture_notice *list)
{
    const struct notice_key *a = &entry->key;
    const struct notice_key *b = &list->key;
    if (a->series == b->series && a->series != 0)
        return a->year != b->year ? a->year < b->year : a->number < b->number;
    return issued(entry) != OVF_TIME_NONE && issued(entry) < issued(list);
}

/* Does the list speak of the series? One that says NIL speaks of its own. */
static bool speaks_of(const struct picture_notice *list, char series)
{
    const ovf_notice *notice = list->notice;
    if (notice->checklist_count == 0)
        return series == list->key.series;
    for (size_t i = 0; i < notice->checklist_count;) {
        if (series_of(list, &notice->checklist[i]) == series)
            return true;
        // The numbers of one series stand together.
        char same = notice->checklist[i].series;
        size_t low = i + 1;
        size_t high = notice->checklist_count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (notice->checklist[middle].series <= same)
                low = middle + 1;
            else
                high = middle;
        }
        i = low;
    }
    return false;
}

static bool mark_unlisted(ovf_picture *picture, const struct picture_notice *list,
                          struct picture_notice *entry)
{
    ovf_standing *standing = &entry->standing;
    ovf_time when = notice_start(list);
    if (entry == list || standing->is_superseded || standing->in_force.until <= when
        || !is_issued_before(entry, list) || !notice_is_same_count(entry->notice, list->notice))
        return true;
    if (is_listed(list, &entry->key)) {
        standing->doubt = OVF_LIFE_UNKNOWN; // an older list that left it out was wrong
        return true;
    }
    if (standing->doubt != OVF_LIFE_UNKNOWN)
        return true;
    standing->doubt = OVF_LIFE_NOT_IN_CHECKLIST;
    standing->doubt_from = when;
    standing->doubt_why =
        ovf_arena_printf(&picture->store->arena,
                         "the checklist " OVF_FMT " of its series was issued after it and does "
                         "not name it",
                         OVF_ARG(list->notice->id));
    return standing->doubt_why.ptr != NULL;
}

static bool is_usable_list(const struct picture_notice *entry)
{
    const ovf_notice *notice = entry->notice;
    return notice->is_checklist && notice->checklist_whole && notice->kind != OVF_NOTICE_CANCEL
           && !entry->standing.is_superseded && entry->key.series != 0
           && notice_start(entry) != OVF_TIME_NONE;
}

/* By office, then as they were issued. */
static int by_office(const void *a, const void *b)
{
    const struct picture_notice *x = *(struct picture_notice *const *)a;
    const struct picture_notice *y = *(struct picture_notice *const *)b;
    int order = ovf_str_cmp(x->key.office, y->key.office);
    return order != 0 ? order : by_issue(a, b);
}

/* First list of the office. */
static size_t first_list(struct picture_notice *const *lists, size_t count, ovf_str office)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ovf_str_cmp(lists[middle]->key.office, office) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool picture_find_unlisted(struct picture_work *work)
{
    ovf_picture *picture = work->picture;
    struct picture_notice **lists =
        ovf_arena_array(&picture->lists, struct picture_notice *, picture->checklist_count + 1);
    if (lists == NULL)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < picture->checklist_count; i++) {
        struct picture_notice *entry = picture->notices[picture->checklists[i]];
        if (is_usable_list(entry))
            lists[count++] = entry;
    }
    if (count > 1)
        qsort(lists, count, sizeof(struct picture_notice *), by_office);
    bool ok = true;
    for (size_t i = 0; i < work->count && ok && count > 0; i++) {
        struct picture_notice *entry = work->items[i];
        if (entry->key.series == 0)
            continue;
        for (size_t k = first_list(lists, count, entry->key.office);
             k < count && ok && ovf_str_eq(lists[k]->key.office, entry->key.office); k++) {
            if (speaks_of(lists[k], entry->key.series))
                ok = mark_unlisted(picture, lists[k], entry);
        }
    }
    return ok;
}

/* ---- bulletins ---- */

static int by_bulletin(const void *a, const void *b)
{
    const ovf_source *x = &(*(struct picture_source *const *)a)->source;
    const ovf_source *y = &(*(struct picture_source *const *)b)->source;
    int order = ovf_str_cmp(x->complete, y->complete);
    if (order != 0)
        return order;
    if (x->known != y->known)
        return x->known < y->known ? -1 : 1;
    return ovf_str_cmp(x->name, y->name);
}

/* One notice in one issue of a bulletin. */
struct sighting {
    struct picture_notice *entry;
    size_t issue; /* into the sorted bulletins */
};

static int by_sighting(const void *a, const void *b)
{
    const struct sighting *x = a;
    const struct sighting *y = b;
    int order = notice_key_cmp(&x->entry->key, &y->entry->key);
    if (order != 0)
        return order;
    return (x->issue > y->issue) - (x->issue < y->issue);
}

/* Somebody vouches, apart from the document, that it holds everything: it is a bulletin by the name
 * of its issuers. */
static void name_bulletins(ovf_picture *picture)
{
    for (size_t i = 0; i < picture->coverage_count; i++) {
        const ovf_coverage *coverage = picture->coverages[i].coverage;
        for (size_t k = 0; coverage->document.len > 0 && k < picture->source_count; k++) {
            ovf_source *source = &picture->sources[k]->source;
            if (source->complete.len == 0 && ovf_str_eq(source->document, coverage->document))
                source->complete = coverage->issuers[0];
        }
    }
}

static void mark_vanished(ovf_picture *picture, const struct sighting *last,
                          const ovf_source *was_in, const ovf_source *missing_in)
{
    ovf_standing *standing = &last->entry->standing;
    if (standing->is_superseded || standing->doubt != OVF_LIFE_UNKNOWN
        || standing->in_force.until <= missing_in->known || standing->ended_by.len > 0)
        return;
    standing->doubt = OVF_LIFE_VANISHED;
    standing->doubt_from = missing_in->known;
    standing->doubt_why = ovf_arena_printf(&picture->store->arena,
                                           "it stood in " OVF_FMT " and is gone from " OVF_FMT
                                           ", which is complete; nothing that is here ended it",
                                           OVF_ARG(was_in->name), OVF_ARG(missing_in->name));
}

/* The issues [from, until) of one bulletin. */
static bool compare_issues(ovf_picture *picture, struct picture_source *const *issues, size_t from,
                           size_t until)
{
    struct sighting *seen =
        ovf_arena_array(&picture->lists, struct sighting, picture->notice_count + 1);
    if (seen == NULL)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < picture->notice_count; i++) {
        struct picture_notice *entry = picture->notices[i];
        size_t issue = ((const struct picture_source *)entry->source)->issue;
        if (entry->key.id.len > 0 && issue > from && issue <= until)
            seen[count++] = (struct sighting){entry, issue - 1};
    }
    if (count > 0)
        qsort(seen, count, sizeof(*seen), by_sighting);
    for (size_t start = 0; start < count;) {
        size_t end = start + 1;
        while (end < count && notice_key_eq(&seen[end].entry->key, &seen[start].entry->key))
            end++;
        // A notice of several aerodromes may stand in one issue several times.
        size_t last = seen[end - 1].issue;
        for (size_t i = start; i < end && last + 1 < until; i++) {
            if (seen[i].issue == last)
                mark_vanished(picture, &seen[i], &issues[last]->source, &issues[last + 1]->source);
        }
        start = end;
    }
    return true;
}

/* Documents that are issues of a bulletin and say when they were issued. */
static size_t find_issues(const ovf_picture *picture, struct picture_source **out)
{
    size_t count = 0;
    for (size_t i = 0; i < picture->source_count; i++) {
        const ovf_source *source = &picture->sources[i]->source;
        if (source->complete.len == 0 || source->known == OVF_TIME_NONE)
            continue;
        if (out != NULL)
            out[count] = picture->sources[i];
        count++;
    }
    return count;
}

bool picture_find_vanished(ovf_picture *picture)
{
    name_bulletins(picture);
    size_t count = find_issues(picture, NULL);
    if (count < 2)
        return true;
    struct picture_source **issues =
        ovf_arena_array(&picture->lists, struct picture_source *, count);
    if (issues == NULL)
        return false;
    find_issues(picture, issues);
    qsort(issues, count, sizeof(struct picture_source *), by_bulletin);
    for (size_t i = 0; i < count; i++)
        issues[i]->issue = i + 1;
    for (size_t from = 0; from < count;) {
        size_t until = from + 1;
        while (until < count
               && ovf_str_eq(issues[until]->source.complete, issues[from]->source.complete))
            until++;
        if (until > from + 1 && !compare_issues(picture, issues, from, until))
            return false;
        from = until;
    }
    return true;
}

bool picture_has_bulletins(const ovf_picture *picture)
{
    for (size_t i = 0; i < picture->coverage_count; i++) {
        if (picture->coverages[i].coverage->document.len > 0)
            return true;
    }
    return find_issues(picture, NULL) > 1;
}
