/* SPDX-License-Identifier: Apache-2.0 */
/* Does a ring cross itself? Chunks are swept from south to north, pairs of them whose boxes overlap
 * are compared edge by edge. */
#include <overfly/area.h>

#include "geo_internal.h"

#include <stdlib.h>

struct swept {
    uint32_t chunk;
    int32_t south_e7;
};

static int by_south(const void *left, const void *right)
{
    const struct swept *a = left;
    const struct swept *b = right;
    return (a->south_e7 > b->south_e7) - (a->south_e7 < b->south_e7);
}

static bool edges_cross(const struct ovf_geo_chain *chain, uint32_t i, uint32_t k)
{
    if (!ovf_geo_patch_overlaps(ovf_geo_chain_edge_patch(chain, i),
                                ovf_geo_chain_edge_patch(chain, k)))
        return false;
    // Two parallels either share a latitude, and then overlap at most, or never meet.
    if (ovf_geo_chain_is_parallel(chain, i) && ovf_geo_chain_is_parallel(chain, k))
        return false;
    if (ovf_geo_chain_is_parallel(chain, i)) {
        uint32_t swapped = i;
        i = k;
        k = swapped;
    }
    ovf_leg leg;
    struct ovf_geo_pieces pieces;
    ovf_leg_init(&leg, ovf_fixed_point(ovf_geo_chain_at(chain, i)),
                 ovf_fixed_point(ovf_geo_chain_at(chain, i + 1)));
    if (leg.length_m <= 2 * OVF_COINCIDENT_M)
        return false;
    ovf_geo_pieces_of(&pieces, &leg);
    ovf_point a = ovf_fixed_point(ovf_geo_chain_at(chain, k));
    ovf_point b = ovf_fixed_point(ovf_geo_chain_at(chain, k + 1));
    for (size_t n = 0; n < pieces.count; n++) {
        const struct ovf_geo_piece *piece = &pieces.items[n];
        if (ovf_geo_chain_is_parallel(chain, k) ? ovf_geo_crosses_parallel(
                piece, &leg, a, (double)ovf_geo_chain_step_e7(chain, k) / 1e7)
                                                : ovf_geo_crosses_inside(piece, &leg, a, b))
            return true;
    }
    return false;
}

static bool chunks_cross(const struct ovf_geo_chain *chain, uint32_t one, uint32_t other,
                         uint32_t *at)
{
    uint32_t last = (one + 1) * OVF_GEO_CHUNK;
    uint32_t other_last = (other + 1) * OVF_GEO_CHUNK;
    for (uint32_t i = one * OVF_GEO_CHUNK; i < last && i < chain->edge_count; i++) {
        for (uint32_t k = other * OVF_GEO_CHUNK; k < other_last && k < chain->edge_count; k++) {
            if ((one == other && k <= i) || !edges_cross(chain, i, k))
                continue;
            *at = i < k ? i : k;
            return true;
        }
    }
    return false;
}

bool ovf_ring_is_simple(const ovf_ring *ring, size_t *at)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    struct ovf_geo_chain chain;
    struct swept *swept = NULL;
    uint32_t first = UINT32_MAX;
    if (ring->count < 3 || ring->count > OVF_RING_MAX_VERTICES
        || ovf_geo_chain_init(&chain, ring, false, &arena) != OVF_OK)
        goto done;
    swept = ovf_arena_array(&arena, struct swept, chain.chunk_count);
    if (swept == NULL)
        goto done;
    for (uint32_t i = 0; i < chain.chunk_count; i++)
        swept[i] = (struct swept){i, chain.chunks[i].south_e7};
    qsort(swept, chain.chunk_count, sizeof(*swept), by_south);
    for (uint32_t i = 0; i < chain.chunk_count; i++) {
        struct ovf_geo_patch patch = chain.chunks[swept[i].chunk];
        for (uint32_t k = i; k < chain.chunk_count && swept[k].south_e7 <= patch.north_e7; k++) {
            uint32_t found = 0;
            if (ovf_geo_patch_overlaps(patch, chain.chunks[swept[k].chunk])
                && chunks_cross(&chain, swept[i].chunk, swept[k].chunk, &found) && found < first)
                first = found;
        }
    }
done:
    ovf_arena_done(&arena);
    if (first != UINT32_MAX && at != NULL)
        *at = first;
    return first == UINT32_MAX;
}
