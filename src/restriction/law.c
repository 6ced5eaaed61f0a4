/* SPDX-License-Identifier: Apache-2.0 */
/* Law that stands without a notice (data/authority/law.txt) comes into the picture as what it would
 * say in one: once, into the first picture, and with it into those that are made from that one. */
#include "restriction_internal.h"

bool picture_add_law(ovf_picture *picture)
{
    ovf_interval window = picture->options.window;
    bool has_window = window.until > window.from;
    struct picture_source *source =
        ovf_arena_array(&picture->store->arena, struct picture_source, 1);
    if (source == NULL
        || !ovf_arena_grow(&picture->lists, (void **)&picture->sources, picture->source_count,
                           &picture->source_capacity, sizeof(*picture->sources)))
        return false;
    source->source = (ovf_source){.name = OVF_STR("authority/law.txt"), .known = OVF_TIME_NONE};
    source->index = picture->source_count;
    picture->sources[picture->source_count++] = source;
    for (size_t i = 0; i < ovf_rulebook_law_count(picture->book); i++) {
        const ovf_notice *notice = ovf_rulebook_law(picture->book, i)->notice;
        ovf_interval in_force = {notice->valid_from, notice->valid_until};
        if (notice->valid_from > picture->options.as_of
            || (has_window && (in_force.until <= window.from || in_force.from >= window.until)))
            continue;
        struct picture_notice *entry =
            ovf_arena_array(&picture->store->arena, struct picture_notice, 1);
        if (entry == NULL
            || !ovf_arena_grow(&picture->lists, (void **)&picture->notices, picture->notice_count,
                               &picture->notice_capacity, sizeof(*picture->notices)))
            return false;
        *entry = (struct picture_notice){
            .notice = notice, .source = &source->source, .index = (uint32_t)picture->notice_count};
        picture->notices[picture->notice_count++] = entry;
    }
    return true;
}

static ovf_status judge_piece(struct status_inquiry *q, const ovf_restriction *r,
                              ovf_restriction_piece *piece)
{
    const ovf_piece *p = &piece->piece;
    bool is_placed = p->whose.state != OVF_INDEX_NONE || p->whose.is_high_seas;
    uint32_t service =
        is_placed ? picture_service_at(q->picture->world, p->inside, r->notice) : OVF_INDEX_NONE;
    return ovf_judge_notice_at(q->picture->book, r->notice, r->area_index, p->whose, service,
                               is_placed && !p->whose.is_disputed ? &p->inside : NULL,
                               &q->query->party, q->arena, &piece->ruling);
}

#define LAW_SAMPLES 256 /* a piece with 1 % of the area asked about is surely met */

static bool add_piece(struct status_inquiry *q, ovf_restriction_piece **pieces, size_t *count,
                      size_t *capacity, ovf_piece piece)
{
    if (!ovf_arena_grow(q->arena, (void **)pieces, *count, capacity, sizeof(**pieces)))
        return false;
    (*pieces)[(*count)++] = (ovf_restriction_piece){.piece = piece};
    return true;
}

ovf_status status_judge_law(struct status_inquiry *q, const ovf_restriction *r,
                            ovf_because *because)
{
    ovf_restriction_piece *pieces = NULL;
    size_t count = 0;
    size_t capacity = 0;
    size_t met = 0;
    bool is_resolved = ovf_area_is_resolved(r->area);
    for (size_t i = 0; is_resolved && i < q->sample_count && i < LAW_SAMPLES; i++) {
        if (ovf_area_contains(r->area, q->samples[i].place) != OVF_TRI_YES)
            continue;
        const struct status_sample *sample = status_sample_whose(q, i);
        size_t k = 0;
        while (k < count && !status_same_air(pieces[k].piece.whose, sample->whose))
            k++;
        if (k == count
            && !add_piece(q, &pieces, &count, &capacity,
                          (ovf_piece){.whose = sample->whose, .inside = sample->place}))
            return OVF_E_NOMEM;
        pieces[k].piece.share += 1.0;
        met++;
    }
    if (count == 0
        && !add_piece(q, &pieces, &count, &capacity,
                      (ovf_piece){.whose = {.state = OVF_INDEX_NONE}, .share = 1.0}))
        return OVF_E_NOMEM;
    ovf_status status = OVF_OK;
    for (size_t k = 0; k < count && status == OVF_OK; k++) {
        if (met > 0)
            pieces[k].piece.share /= (double)met;
        status = judge_piece(q, r, &pieces[k]);
    }
    because->pieces = pieces;
    because->piece_count = count;
    return status;
}
