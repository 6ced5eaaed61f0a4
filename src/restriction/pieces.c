/* SPDX-License-Identifier: Apache-2.0 */
/* Whose air a restriction covers, and what it means there: worked out when somebody asks. Splitting
 * an area by whose air it is costs a thousand times what it takes to lay the restriction into the
 * picture, and most are never asked about. What was split is kept in the picture. It depends on the
 * area alone, so readers need not wait for each other: each publishes what it found by one exchange
 * of a pointer, and where two found the same at once, the chain has it twice. */
#include "restriction_internal.h"

#include <stdlib.h>
#include <string.h>

#define MIN_SHARE 0.002 /* below it a piece is a sliver between two outlines of one border */
#define NOTICE_FIRS_MAX 8
#define SAME_HASH_MAX 64 /* areas of one box that are compared with the one asked about */

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

uint32_t picture_service_in(const ovf_picture *picture, const ovf_restriction *r,
                            const ovf_piece *piece)
{
    bool is_placed = piece->whose.state != OVF_INDEX_NONE || piece->whose.is_high_seas;
    return is_placed ? picture_service_at(picture->world, piece->inside, r->notice)
                     : OVF_INDEX_NONE;
}

static struct picture_split *find_split(struct picture_split *first, const ovf_area *area,
                                        uint64_t hash)
{
    size_t compared = 0;
    for (struct picture_split *at = first; at != NULL && compared < SAME_HASH_MAX; at = at->next) {
        if (at->hash == hash && ovf_area_is_same(at->area, area))
            return at;
        compared += at->hash == hash;
    }
    return NULL;
}

static void push(_Atomic(struct picture_split *) *list, struct picture_split *split,
                 struct picture_split **link)
{
    struct picture_split *first = atomic_load_explicit(list, memory_order_acquire);
    do
        *link = first;
    while (!atomic_compare_exchange_weak_explicit(list, &first, split, memory_order_acq_rel,
                                                  memory_order_acquire));
}

static ovf_status split(const ovf_picture *picture, const ovf_area *area,
                        const struct picture_split **out)
{
    uint64_t hash = hash_area(area);
    _Atomic(struct picture_split *) *chain =
        &picture->found->splits[hash & (PICTURE_SPLIT_CHAINS - 1)];
    *out = find_split(atomic_load_explicit(chain, memory_order_acquire), area, hash);
    if (*out != NULL)
        return OVF_OK;
    ovf_arena scratch;
    ovf_arena_init(&scratch, 0);
    ovf_piece *pieces = NULL;
    size_t count = 0;
    ovf_status status = ovf_world_split(picture->world, area, MIN_SHARE, &scratch, &pieces, &count);
    struct picture_split *made =
        status != OVF_OK ? NULL : malloc(sizeof(*made) + count * sizeof(*pieces));
    if (made != NULL) {
        made->area = area;
        made->hash = hash;
        made->count = count;
        if (count > 0)
            memcpy(made->pieces, pieces, count * sizeof(*pieces));
        push(&picture->store->splits, made, &made->owned);
        push(chain, made, &made->next);
        *out = made;
    }
    ovf_arena_done(&scratch);
    return status == OVF_OK && made == NULL ? OVF_E_NOMEM : status;
}

ovf_status ovf_picture_pieces(const ovf_picture *picture, const ovf_restriction *restriction,
                              const ovf_piece **out, size_t *count, ovf_error *err)
{
    const struct picture_split *found = NULL;
    ovf_status status = split(picture, restriction->area, &found);
    if (status != OVF_OK)
        return ovf_fail(err, status, OVF_NOPOS, "no memory for the pieces of an area");
    *out = found->pieces;
    *count = found->count;
    return OVF_OK;
}

ovf_status ovf_picture_judge(const ovf_picture *picture, const ovf_restriction *r,
                             const ovf_party *party, ovf_arena *arena, ovf_restriction_piece **out,
                             size_t *count, ovf_error *err)
{
    const ovf_piece *pieces = NULL;
    size_t found = 0;
    ovf_status status = ovf_picture_pieces(picture, r, &pieces, &found, err);
    if (status != OVF_OK)
        return status;
    ovf_restriction_piece *judged = ovf_arena_array(arena, ovf_restriction_piece, found);
    status = judged == NULL ? OVF_E_NOMEM : OVF_OK;
    for (size_t i = 0; i < found && status == OVF_OK; i++) {
        judged[i].piece = pieces[i];
        const ovf_point *place = pieces[i].whose.is_disputed ? NULL : &pieces[i].inside;
        status = ovf_judge_notice_at(picture->book, r->notice, r->area_index, pieces[i].whose,
                                     picture_service_in(picture, r, &pieces[i]), place, party,
                                     arena, &judged[i].ruling);
    }
    if (status != OVF_OK)
        return ovf_fail(err, status, OVF_NOPOS, "no memory for rulings");
    *out = judged;
    *count = found;
    return OVF_OK;
}
