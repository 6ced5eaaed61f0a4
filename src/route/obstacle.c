/* SPDX-License-Identifier: Apache-2.0 */
/* The part of a restriction that bars a party. A State's closure may bind over its own territory
 * and be a mere withdrawal of service over the high seas of its FIR: only the first has to be
 * flown round. */
#include "route_internal.h"

bool obstacle_is_barring(const ovf_ruling *ruling)
{
    ovf_verdict v = ruling->applies == OVF_TRI_UNKNOWN && ruling->on_addressed > ruling->verdict
                        ? ruling->on_addressed
                        : ruling->verdict;
    return ruling->applies != OVF_TRI_NO
           && (v == OVF_VERDICT_BINDING || v == OVF_VERDICT_CONDITIONAL
               || v == OVF_VERDICT_CONTESTED);
}

static uint32_t service_at(const ovf_world *world, ovf_point p)
{
    uint32_t fir = OVF_INDEX_NONE;
    if (ovf_world_firs_at(world, p, &fir, 1) == 0)
        return OVF_INDEX_NONE;
    return ovf_world_fir(world, fir)->state;
}

typedef struct split {
    bool *bars;
    size_t barring;
} split;

static ovf_status judge_pieces(const ovf_picture *picture, const ovf_restriction *r,
                               const ovf_party *party, ovf_arena *arena, split *out)
{
    const ovf_world *world = ovf_picture_world(picture);
    out->bars = ovf_arena_array(arena, bool, r->piece_count + 1);
    if (out->bars == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < r->piece_count; i++) {
        const ovf_piece *p = &r->pieces[i].piece;
        ovf_ruling ruling = {0};
        ovf_status status =
            ovf_judge_notice(ovf_picture_rules(picture), r->notice, r->area_index, p->whose,
                             service_at(world, p->inside), party, arena, &ruling);
        if (status != OVF_OK)
            return status;
        out->bars[i] = obstacle_is_barring(&ruling);
        out->barring += out->bars[i];
    }
    return OVF_OK;
}

/* What of the area is high seas: all but the territories that it meets. */
static ovf_status sea_part(const ovf_world *world, const ovf_restriction *r, ovf_arena *arena,
                           const ovf_area **out, ovf_error *err)
{
    const ovf_area *sea = r->area;
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < r->piece_count && status == OVF_OK; i++) {
        uint32_t state = r->pieces[i].piece.whose.state;
        if (state != OVF_INDEX_NONE)
            status = ovf_area_difference(arena, sea, ovf_world_territory(world, state), &sea, err);
    }
    *out = sea;
    return status;
}

ovf_status obstacle_area(const ovf_picture *picture, const ovf_restriction *r,
                         const ovf_party *party, ovf_arena *arena, const ovf_area **out,
                         ovf_error *err)
{
    const ovf_world *world = ovf_picture_world(picture);
    split s = {0};
    *out = NULL;
    if (judge_pieces(picture, r, party, arena, &s) != OVF_OK)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an obstacle");
    if (s.barring == 0)
        return OVF_OK;
    if (s.barring == r->piece_count) {
        *out = r->area;
        return OVF_OK;
    }
    const ovf_area **parts = ovf_arena_alloc(arena, s.barring, sizeof(*parts));
    if (parts == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an obstacle");
    size_t count = 0;
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < r->piece_count && status == OVF_OK; i++) {
        uint32_t state = r->pieces[i].piece.whose.state;
        if (!s.bars[i])
            continue;
        if (state == OVF_INDEX_NONE) {
            status = sea_part(world, r, arena, &parts[count++], err);
            continue;
        }
        const ovf_area *both[] = {r->area, ovf_world_territory(world, state)};
        status = ovf_area_intersection(arena, both, 2, &parts[count++], err);
    }
    return status == OVF_OK ? ovf_area_union(arena, parts, count, out, err) : status;
}
