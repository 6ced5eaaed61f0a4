/* SPDX-License-Identifier: Apache-2.0 */
/* Law that stands without a notice (data/authority/law.txt) comes into the picture as what it would
 * say in one: after the chains are resolved, since it replaces nothing and no checklist names it. */
#include "restriction_internal.h"

ovf_status picture_add_law(ovf_picture *picture, ovf_error *err)
{
    ovf_interval window = picture->options.window;
    bool has_window = window.until > window.from;
    struct picture_source *source = ovf_arena_array(&picture->arena, struct picture_source, 1);
    if (source == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the law");
    source->source = (ovf_source){.name = OVF_STR("authority/law.txt"), .known = OVF_TIME_NONE};
    for (size_t i = 0; i < ovf_rulebook_law_count(picture->book); i++) {
        const ovf_notice *notice = ovf_rulebook_law(picture->book, i)->notice;
        ovf_interval in_force = {notice->valid_from, notice->valid_until};
        if (notice->valid_from > picture->options.as_of
            || (has_window && (in_force.until <= window.from || in_force.from >= window.until)))
            continue;
        if (!ovf_arena_grow(&picture->arena, (void **)&picture->notices, picture->notice_count,
                            &picture->notice_capacity, sizeof(*picture->notices)))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the law");
        picture->notices[picture->notice_count++] = (struct picture_notice){
            .notice = notice,
            .source = &source->source,
            .standing = {.in_force = in_force, .estimated_end = OVF_TIME_NONE}};
    }
    return OVF_OK;
}

#define NEAR_DEG 0.1 /* more than outlines are accurate to; six of them at 80 degrees of latitude */

bool status_law_is_near(const struct status_inquiry *q, const ovf_restriction *r)
{
    if (!ovf_area_is_resolved(r->area))
        return true;
    ovf_box box = ovf_area_bounds(r->area);
    if (!q->is_point)
        return ovf_box_overlaps(box, ovf_area_bounds(q->area));
    ovf_point p = q->samples[0].place;
    if (p.lat_deg < box.south_deg - NEAR_DEG || p.lat_deg > box.north_deg + NEAR_DEG)
        return false;
    double width_deg = box.east_deg - box.west_deg;
    if (width_deg < 0.0)
        width_deg += 360.0;
    double from_west_deg = ovf_lon_wrap(p.lon_deg - box.west_deg);
    if (from_west_deg < 0.0)
        from_west_deg += 360.0;
    // Round a pole, or round the Earth: any longitude is near.
    bool is_polar = p.lat_deg > 80.0 || p.lat_deg < -80.0;
    return is_polar || from_west_deg <= width_deg + NEAR_DEG * 6
           || from_west_deg >= 360.0 - NEAR_DEG * 6;
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
#define LAW_PIECES 16

ovf_status status_judge_law(struct status_inquiry *q, const ovf_restriction *r,
                            ovf_because *because)
{
    ovf_restriction_piece *pieces = ovf_arena_array(q->arena, ovf_restriction_piece, LAW_PIECES);
    size_t count = 0;
    size_t met = 0;
    if (pieces == NULL)
        return OVF_E_NOMEM;
    bool is_resolved = ovf_area_is_resolved(r->area);
    for (size_t i = 0; is_resolved && i < q->sample_count && i < LAW_SAMPLES; i++) {
        if (ovf_area_contains(r->area, q->samples[i].place) != OVF_TRI_YES)
            continue;
        const struct status_sample *sample = status_sample_whose(q, i);
        size_t k = 0;
        while (k < count && !status_same_air(pieces[k].piece.whose, sample->whose))
            k++;
        if (k == LAW_PIECES)
            continue;
        if (k == count)
            pieces[count++].piece = (ovf_piece){.whose = sample->whose, .inside = sample->place};
        pieces[k].piece.share += 1.0;
        met++;
    }
    if (count == 0)
        pieces[count++].piece = (ovf_piece){.whose = {.state = OVF_INDEX_NONE}, .share = 1.0};
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
