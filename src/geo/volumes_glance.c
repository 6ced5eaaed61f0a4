/* SPDX-License-Identifier: Apache-2.0 */
/* What has passed, in the plane. Of a ring that is looked at whole a group has two circles (ellipses,
 * in degrees): a piece that comes into the inner one is within, one that stays out of the outer one is
 * not, and only what is left needs the ring itself. Of an edge a group has both ends, and whether a
 * piece meets it is told here, in whole numbers.
 *
 * The circles are told in float, with room for what that may be off: places relative to the centre
 * are off by 2^-24 of themselves, the nearest place of the piece by some ten times that of its
 * distance and length. LOOSE is five times as much again. */
#include "volumes_internal.h"

#include <stdlib.h>

#define LINE 16
#define LOOSE 4e-6F
#define SPARE_E7 2.0F /* what the circles themselves may be off, of short distances */

__extension__ typedef __int128 wide;

bool vol_pairs_grow(struct vol_pairs *pairs)
{
    uint32_t capacity = pairs->capacity * 2 + 512;
    struct vol_pair *items =
        capacity > 1u << 26 ? NULL : realloc(pairs->items, capacity * sizeof *items);
    if (items == NULL) {
        pairs->failed = true;
        return false;
    }
    pairs->items = items;
    pairs->capacity = capacity;
    return true;
}

/* ---- the circles of a ring ---- */

struct spot {
    double x, y, scale;
};

/* How far the nearest edge is, or the farthest vertex. */
static double edge_distance(const struct vol_shape *s, uint32_t k, struct spot at)
{
    double ax = (s->x[k - 1] - at.x) * at.scale;
    double ay = s->y[k - 1] - at.y;
    double dx = (s->x[k] - at.x) * at.scale - ax;
    double dy = s->y[k] - at.y - ay;
    double size = dx * dx + dy * dy;
    double t = size > 0 ? fmin(1, fmax(0, -(ax * dx + ay * dy) / size)) : 0;
    return hypot(ax + t * dx, ay + t * dy);
}

/* Negative: the spot is not within. What lies on an edge has no distance to it. */
static double inner_of(const struct vol_shape *s, struct spot at)
{
    double nearest = HUGE_VAL;
    bool is_odd = false;
    for (uint32_t k = 1; k < s->count; k++) {
        double ay = s->y[k - 1] - at.y;
        double by = s->y[k] - at.y;
        nearest = fmin(nearest, edge_distance(s, k, at));
        if ((ay > 0) == (by > 0))
            continue;
        double ax = s->x[k - 1] - at.x;
        double bx = s->x[k] - at.x;
        is_odd ^= ax + (bx - ax) * (ay / (ay - by)) > 0;
    }
    return is_odd && isfinite(nearest) ? nearest : -1;
}

static double outer_of(const struct vol_shape *s, struct spot at)
{
    double farthest = 0;
    for (uint32_t k = 0; k < s->count; k++)
        farthest = fmax(farthest, hypot((s->x[k] - at.x) * at.scale, s->y[k] - at.y));
    return farthest;
}

static struct spot middle_of(const struct vol_shape *s, bool is_mean)
{
    const struct vol_box *b = &s->head.box;
    struct spot at = {((double)b->west + b->east) / 2, ((double)b->south + b->north) / 2, 1};
    if (is_mean) {
        at.x = at.y = 0;
        for (uint32_t k = 1; k < s->count; k++) {
            at.x += s->x[k];
            at.y += s->y[k];
        }
        at.x /= s->count - 1;
        at.y /= s->count - 1;
    }
    at.x = rint(at.x);
    at.y = rint(at.y);
    double width = (double)b->east - b->west;
    double height = (double)b->north - b->south;
    if (width > 0 && height > 0)
        at.scale = (double)(float)fmin(1e3, fmax(1e-3, height / width));
    return at;
}

struct vol_glance vol_glance_of(const struct vol_shape *s)
{
    const struct vol_box *b = &s->head.box;
    struct vol_glance none = {.scale = 1, .inner = -1, .outer = INFINITY};
    if (s->count < 2 || (int64_t)b->east - b->west > VOL_GLANCE_WIDE_E7)
        return none;
    struct spot at = middle_of(s, false);
    struct spot mean = middle_of(s, true);
    double inner = inner_of(s, at);
    double of_mean = inner_of(s, mean);
    if (of_mean > inner) {
        at = mean;
        inner = of_mean;
    }
    double outer = outer_of(s, at);
    return (struct vol_glance){
        .x = (int32_t)at.x,
        .y = (int32_t)at.y,
        .scale = (float)at.scale,
        .inner = inner > 0 ? (float)(inner * (1 - 1e-6)) : -1,
        .outer = (float)(outer * (1 + 1e-6)),
    };
}

#define AHEAD 4
static inline void fetch_lines(const uint32_t *group, uint32_t from, uint32_t last)
{
    for (uint32_t line = from; line <= last; line++)
        __builtin_prefetch(group + line * LINE);
}

/* ---- an edge and a piece ---- */

static inline int sign_of(wide v)
{
    return (v > 0) - (v < 0);
}

/* 0: apart. */
static unsigned meet_edge(const int32_t *ends, uint32_t lane, ovf_fixed p, ovf_fixed q)
{
    int64_t ax = ends[lane], ay = ends[LINE + lane];
    int64_t bx = ends[2 * LINE + lane], by = ends[3 * LINE + lane];
    int64_t ex = bx - ax, ey = by - ay;
    int64_t dx = (int64_t)q.lon_e7 - p.lon_e7, dy = (int64_t)q.lat_e7 - p.lat_e7;
    int side_a = sign_of((wide)dx * (ay - p.lat_e7) - (wide)dy * (ax - p.lon_e7));
    int side_b = sign_of((wide)dx * (by - p.lat_e7) - (wide)dy * (bx - p.lon_e7));
    if (side_a * side_b > 0)
        return 0;
    int at_p = sign_of((wide)ex * (p.lat_e7 - ay) - (wide)ey * (p.lon_e7 - ax));
    int at_q = sign_of((wide)ex * (q.lat_e7 - ay) - (wide)ey * (q.lon_e7 - ax));
    if (at_p * at_q > 0)
        return 0;
    if ((side_a == 0 && side_b == 0) || (at_p == 0 && at_q == 0)) {
        // On one line, or one of them is a point: the boxes, which overlap, decide if all is zero.
        if (side_a != 0 || side_b != 0 || at_p != 0 || at_q != 0)
            return 0;
        int64_t west = dx < 0 ? q.lon_e7 : p.lon_e7, east = dx < 0 ? p.lon_e7 : q.lon_e7;
        int64_t south = dy < 0 ? q.lat_e7 : p.lat_e7, north = dy < 0 ? p.lat_e7 : q.lat_e7;
        bool is_apart = (ax < west && bx < west) || (ax > east && bx > east)
                        || (ay < south && by < south) || (ay > north && by > north);
        return is_apart ? 0 : VOL_AT_END;
    }
    if (at_p == 0 || at_q == 0)
        return VOL_AT_END;
    return (side_a > 0) != (side_b > 0) ? VOL_CROSSES : VOL_TOUCHES;
}

/* The lanes of a mask, one after the other. */
static void meet_lanes(const uint32_t *group, uint32_t mask, const struct vol_block *b,
                       uint32_t piece, struct vol_pairs *edges)
{
    const int32_t *ends = (const int32_t *)(const void *)(group + VOL_LINE_AX * LINE);
    ovf_fixed p = {b->lat[piece], b->lon[piece]};
    ovf_fixed q = {b->lat[piece + 1], b->lon[piece + 1]};
    for (; mask != 0; mask &= mask - 1) {
        uint32_t i = (uint32_t)__builtin_ctz(mask);
        unsigned meets = meet_edge(ends, i, p, q);
        if (meets == 0)
            continue;
        uint32_t number = group[VOL_LINE_NUMBER * LINE + i] & ~VOL_EDGE_WIDE;
        edges->items[edges->count++] =
            (struct vol_pair){piece, group[VOL_LINE_PART * LINE + i], number * 4 + meets};
    }
}

static uint64_t meet_plain(const ovf_volumes_view *view, const struct vol_block *block,
                           const struct vol_hits *hits, struct vol_pairs *edges)
{
    uint64_t count = 0;
    for (uint32_t k = 0; k < hits->count; k++) {
        const struct vol_hit *hit = &hits->items[k];
        if (edges->capacity - edges->count < LINE && !vol_pairs_grow(edges))
            break;
        meet_lanes(view->store->words + hit->place, hit->mask, block, hit->piece, edges);
        count += (uint64_t)__builtin_popcount(hit->mask);
    }
    return count;
}

/* ---- a ring's circles and a piece ---- */

/* 0: apart, 1: perhaps, VOL_SURE: within. */
static uint32_t glance_lane(const uint32_t *group, uint32_t i, const struct vol_block *b,
                            uint32_t piece)
{
    const int32_t *g = (const int32_t *)(const void *)group;
    const float *f = (const float *)(const void *)group;
    float scale = f[VOL_LINE_SCALE * LINE + i];
    int32_t x_e7 = g[VOL_LINE_X * LINE + i];
    int32_t y_e7 = g[VOL_LINE_Y * LINE + i];
    float x = (float)((int64_t)b->lon[piece] - x_e7) * scale;
    float y = (float)((int64_t)b->lat[piece] - y_e7);
    float dx = (float)((int64_t)b->lon[piece + 1] - b->lon[piece]) * scale;
    float dy = (float)((int64_t)b->lat[piece + 1] - b->lat[piece]);
    float size = dx * dx + dy * dy;
    float t = size > 0 ? -(x * dx + y * dy) / size : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    float nx = x + t * dx;
    float ny = y + t * dy;
    float square = nx * nx + ny * ny;
    float loose = LOOSE * (fabsf(x) + fabsf(y) + fabsf(dx) + fabsf(dy)) + SPARE_E7;
    float inner = f[VOL_LINE_INNER * LINE + i] - loose;
    float outer = f[VOL_LINE_OUTER * LINE + i] + loose;
    return inner > 0 && square < inner * inner ? VOL_SURE : square > outer * outer ? 0 : 1;
}

static uint64_t glance_plain(const ovf_volumes_view *view, const struct vol_block *block,
                             const struct vol_hits *hits, struct vol_pairs *parts)
{
    uint64_t count = 0;
    for (uint32_t k = 0; k < hits->count; k++) {
        const struct vol_hit *hit = &hits->items[k];
        const uint32_t *group = view->store->words + hit->place;
        if (parts->capacity - parts->count < LINE && !vol_pairs_grow(parts))
            break;
        count += (uint64_t)__builtin_popcount(hit->mask);
        for (uint32_t mask = hit->mask; mask != 0; mask &= mask - 1) {
            uint32_t i = (uint32_t)__builtin_ctz(mask);
            uint32_t seen = glance_lane(group, i, block, hit->piece);
            uint32_t part = group[VOL_LINE_PART * LINE + i] | (seen & VOL_SURE);
            parts->items[parts->count] = (struct vol_pair){hit->piece, part, 0};
            parts->count += seen != 0;
        }
    }
    return count;
}

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,popcnt")))

struct glanced {
    __mmask16 is_sure, is_apart;
};

AVX512 static inline struct glanced glance_16(const uint32_t *group, const struct vol_block *b,
                                              uint32_t piece)
{
    const __m512 loose_by = _mm512_set1_ps(LOOSE);
    const __m512 spare = _mm512_set1_ps(SPARE_E7);
    __m512i cx = _mm512_load_si512(group + VOL_LINE_X * LINE);
    __m512i cy = _mm512_load_si512(group + VOL_LINE_Y * LINE);
    __m512 scale = _mm512_load_ps(group + VOL_LINE_SCALE * LINE);
    // Where 32 bits do not hold a difference the circles decide nothing (VOL_GLANCE_WIDE_E7).
    __m512 x = _mm512_mul_ps(
        _mm512_cvtepi32_ps(_mm512_sub_epi32(_mm512_set1_epi32(b->lon[piece]), cx)), scale);
    __m512 y = _mm512_cvtepi32_ps(_mm512_sub_epi32(_mm512_set1_epi32(b->lat[piece]), cy));
    __m512 dx = _mm512_mul_ps(_mm512_set1_ps((float)(b->lon[piece + 1] - b->lon[piece])), scale);
    __m512 dy = _mm512_set1_ps((float)(b->lat[piece + 1] - b->lat[piece]));
    __m512 size = _mm512_add_ps(_mm512_mul_ps(dx, dx), _mm512_mul_ps(dy, dy));
    __m512 back = _mm512_add_ps(_mm512_mul_ps(x, dx), _mm512_mul_ps(y, dy));
    __m512 t = _mm512_div_ps(_mm512_sub_ps(_mm512_setzero_ps(), back), size);
    // Of a piece without length t is no number, and the greater of it and zero is the latter.
    t = _mm512_min_ps(_mm512_max_ps(t, _mm512_setzero_ps()), _mm512_set1_ps(1));
    __m512 nx = _mm512_add_ps(x, _mm512_mul_ps(t, dx));
    __m512 ny = _mm512_add_ps(y, _mm512_mul_ps(t, dy));
    __m512 square = _mm512_add_ps(_mm512_mul_ps(nx, nx), _mm512_mul_ps(ny, ny));
    __m512 far = _mm512_add_ps(_mm512_add_ps(_mm512_abs_ps(x), _mm512_abs_ps(y)),
                               _mm512_add_ps(_mm512_abs_ps(dx), _mm512_abs_ps(dy)));
    __m512 loose = _mm512_add_ps(_mm512_mul_ps(far, loose_by), spare);
    __m512 inner = _mm512_sub_ps(_mm512_load_ps(group + VOL_LINE_INNER * LINE), loose);
    __m512 outer = _mm512_add_ps(_mm512_load_ps(group + VOL_LINE_OUTER * LINE), loose);
    __mmask16 has_inner = _mm512_cmp_ps_mask(inner, _mm512_setzero_ps(), _CMP_GT_OQ);
    return (struct glanced){
        _mm512_mask_cmp_ps_mask(has_inner, square, _mm512_mul_ps(inner, inner), _CMP_LT_OQ),
        _mm512_cmp_ps_mask(square, _mm512_mul_ps(outer, outer), _CMP_GT_OQ)};
}

AVX512 static uint64_t glance_avx512(const ovf_volumes_view *view, const struct vol_block *block,
                                     const struct vol_hits *hits, struct vol_pairs *parts)
{
    uint64_t count = 0;
    for (uint32_t k = 0; k < hits->count; k++) {
        const struct vol_hit *hit = &hits->items[k];
        const uint32_t *group = view->store->words + hit->place;
        if (parts->capacity - parts->count < LINE && !vol_pairs_grow(parts))
            break;
        const struct vol_hit *ahead = &hits->items[k + AHEAD < hits->count ? k + AHEAD : k];
        fetch_lines(view->store->words + ahead->place, VOL_LINE_X, VOL_LINE_OUTER);
        struct glanced seen = glance_16(group, block, hit->piece);
        count += (uint64_t)__builtin_popcount(hit->mask);
        for (uint32_t mask = hit->mask & ~(uint32_t)seen.is_apart; mask != 0; mask &= mask - 1) {
            uint32_t i = (uint32_t)__builtin_ctz(mask);
            uint32_t part =
                group[VOL_LINE_PART * LINE + i] | (uint32_t)(seen.is_sure >> i & 1) << 31;
            parts->items[parts->count++] = (struct vol_pair){hit->piece, part, 0};
        }
    }
    return count;
}

/* Lanes that surely stay on one side of the piece, or the piece of them. 8 lanes; differences fit 32
 * bits, or the lane is not asked about. */
AVX512 static inline __mmask8 apart_8(const int32_t *ends, __m256i px, __m256i py, __m256i qx,
                                      __m256i qy)
{
    __m256i ax = _mm256_load_si256((const __m256i *)(const void *)ends);
    __m256i ay = _mm256_load_si256((const __m256i *)(const void *)(ends + LINE));
    __m256i bx = _mm256_load_si256((const __m256i *)(const void *)(ends + 2 * LINE));
    __m256i by = _mm256_load_si256((const __m256i *)(const void *)(ends + 3 * LINE));
    __m512i dx = _mm512_cvtepi32_epi64(_mm256_sub_epi32(qx, px));
    __m512i dy = _mm512_cvtepi32_epi64(_mm256_sub_epi32(qy, py));
    __m512i ex = _mm512_cvtepi32_epi64(_mm256_sub_epi32(bx, ax));
    __m512i ey = _mm512_cvtepi32_epi64(_mm256_sub_epi32(by, ay));
    __m512i apx = _mm512_cvtepi32_epi64(_mm256_sub_epi32(ax, px)); // from p to a
    __m512i apy = _mm512_cvtepi32_epi64(_mm256_sub_epi32(ay, py));
    // side_b = side_a + d x e, and at_q = at_p + e x d.
    __m512i side_a = _mm512_sub_epi64(_mm512_mul_epi32(dx, apy), _mm512_mul_epi32(dy, apx));
    __m512i turn = _mm512_sub_epi64(_mm512_mul_epi32(dx, ey), _mm512_mul_epi32(dy, ex));
    __m512i at_p = _mm512_sub_epi64(_mm512_mul_epi32(ey, apx), _mm512_mul_epi32(ex, apy));
    __m512i side_b = _mm512_add_epi64(side_a, turn);
    __m512i at_q = _mm512_sub_epi64(at_p, turn);
    const __m512i zero = _mm512_setzero_si512();
    __mmask8 left_a = _mm512_cmpgt_epi64_mask(side_a, zero);
    __mmask8 left_b = _mm512_cmpgt_epi64_mask(side_b, zero);
    __mmask8 right_a = _mm512_movepi64_mask(side_a);
    __mmask8 right_b = _mm512_movepi64_mask(side_b);
    __mmask8 left_p = _mm512_cmpgt_epi64_mask(at_p, zero);
    __mmask8 left_q = _mm512_cmpgt_epi64_mask(at_q, zero);
    __mmask8 right_p = _mm512_movepi64_mask(at_p);
    __mmask8 right_q = _mm512_movepi64_mask(at_q);
    return (__mmask8)((left_a & left_b) | (right_a & right_b) | (left_p & left_q)
                      | (right_p & right_q));
}

AVX512 static uint64_t meet_avx512(const ovf_volumes_view *view, const struct vol_block *block,
                                   const struct vol_hits *hits, struct vol_pairs *edges)
{
    uint64_t count = 0;
    for (uint32_t k = 0; k < hits->count; k++) {
        const struct vol_hit *hit = &hits->items[k];
        const uint32_t *group = view->store->words + hit->place;
        if (edges->capacity - edges->count < LINE && !vol_pairs_grow(edges))
            break;
        const struct vol_hit *ahead = &hits->items[k + AHEAD < hits->count ? k + AHEAD : k];
        fetch_lines(view->store->words + ahead->place, VOL_LINE_PART, VOL_LINE_BY);
        const int32_t *ends = (const int32_t *)(const void *)(group + VOL_LINE_AX * LINE);
        __m256i px = _mm256_set1_epi32(block->lon[hit->piece]);
        __m256i py = _mm256_set1_epi32(block->lat[hit->piece]);
        __m256i qx = _mm256_set1_epi32(block->lon[hit->piece + 1]);
        __m256i qy = _mm256_set1_epi32(block->lat[hit->piece + 1]);
        __mmask16 is_wide = _mm512_movepi32_mask(_mm512_load_si512(group + VOL_LINE_NUMBER * LINE));
        uint32_t apart =
            apart_8(ends, px, py, qx, qy) | (uint32_t)apart_8(ends + 8, px, py, qx, qy) << 8;
        count += (uint64_t)__builtin_popcount(hit->mask);
        uint32_t mask = hit->mask & (~apart | is_wide);
        if (mask != 0)
            meet_lanes(group, mask, block, hit->piece, edges);
    }
    return count;
}

vol_glancer *vol_glancer_of(ovf_cells_engine engine)
{
    return engine == OVF_CELLS_AVX512 ? glance_avx512 : glance_plain;
}

vol_meeter *vol_meeter_of(ovf_cells_engine engine)
{
    return engine == OVF_CELLS_AVX512 ? meet_avx512 : meet_plain;
}

#else

vol_glancer *vol_glancer_of(ovf_cells_engine engine)
{
    (void)engine;
    return glance_plain;
}

vol_meeter *vol_meeter_of(ovf_cells_engine engine)
{
    (void)engine;
    return meet_plain;
}

#endif
