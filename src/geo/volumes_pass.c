/* SPDX-License-Identifier: Apache-2.0 */
/* The innermost loops, for each kind of processor: a box against the 16 of a group, the side of
 * a plane for each vertex of a ring. The forms differ in nothing
 * but speed. */
#include "volumes_internal.h"

#include <stdlib.h>

#define LINE 16
#define PREFETCH_LINES 6 /* of a record: its head and a ring of some 30 corners */

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

/* What has passed is on its way into the cache when it is looked at. */
static inline void take_edges(struct vol_pairs *pairs, uint32_t mask, const uint32_t *words,
                              uint32_t place, uint32_t piece)
{
    if (pairs->capacity - pairs->count < VOL_LANES && !vol_pairs_grow(pairs))
        return;
    for (; mask != 0; mask &= mask - 1) {
        uint32_t i = (uint32_t)__builtin_ctz(mask);
        uint32_t edge = place + (VOL_EDGE_HEAD + i) * LINE;
        __builtin_prefetch(words + edge);
        pairs->items[pairs->count++] =
            (struct vol_pair){piece, words[place + VOL_LINE_PART * LINE + i], edge};
    }
}

static inline void take_parts(struct vol_pairs *pairs, uint32_t mask, const uint32_t *words,
                              const uint32_t *places, uint32_t place, uint32_t piece)
{
    if (pairs->capacity - pairs->count < VOL_LANES && !vol_pairs_grow(pairs))
        return;
    for (; mask != 0; mask &= mask - 1) {
        uint32_t part = words[place + VOL_LINE_PART * LINE + (uint32_t)__builtin_ctz(mask)];
        const uint32_t *record = words + places[part];
        for (uint32_t line = 0; line < PREFETCH_LINES; line++)
            __builtin_prefetch(record + line * LINE);
        pairs->items[pairs->count++] = (struct vol_pair){piece, part, 0};
    }
}

/* A pass over a block of boxes, given what compares one with a group. One text for three
 * processors: a function that is compiled for one cannot be inlined into a function that is
 * compiled for another. */
#define VOL_DEFINE_PASS(name, attribute, box_mask, edge_mask)                                    \
    attribute static void name(const ovf_volumes_view *view, const struct vol_query *queries,    \
                               uint32_t count, struct vol_pairs *parts, struct vol_pairs *edges) \
    {                                                                                            \
        const uint32_t *words = view->store->words;                                              \
        for (uint32_t i = 0; i < count; i++) {                                                   \
            const struct vol_query *q = &queries[i];                                             \
            for (int32_t row = q->south_row; row <= q->north_row; row++) {                       \
                const struct vol_cell *cells = view->top + row * VOL_COLUMNS;                    \
                for (int32_t c = q->west_column; c <= q->east_column; c++) {                     \
                    for (uint32_t g = cells[c].boxes; g != 0; g = words[g]) {                    \
                        uint32_t mask = box_mask(words + g, &q->box);                            \
                        if (mask != 0)                                                           \
                            take_parts(parts, mask, words, view->places, g, i);                  \
                    }                                                                            \
                    for (uint32_t g = cells[c].edges; g != 0; g = words[g]) {                    \
                        uint32_t mask = edge_mask(words + g, &q->box);                           \
                        if (mask != 0)                                                           \
                            take_edges(edges, mask, words, g, i);                                \
                    }                                                                            \
                }                                                                                \
            }                                                                                    \
            for (uint32_t g = view->top[VOL_WIDE].boxes; g != 0; g = words[g]) {                 \
                uint32_t mask = box_mask(words + g, &q->box);                                    \
                if (mask != 0)                                                                   \
                    take_parts(parts, mask, words, view->places, g, i);                          \
            }                                                                                    \
        }                                                                                        \
    }

/* ---- portable ---- */

static inline uint32_t plain_edge_mask(const uint32_t *group, const struct vol_box *q)
{
    const int32_t *g = (const int32_t *)(const void *)group;
    uint32_t mask = 0;
    for (uint32_t i = 0; i < VOL_LANES; i++) {
        bool meets = (g[VOL_LINE_WEST * LINE + i] <= q->east)
                     & (g[VOL_LINE_EAST * LINE + i] >= q->west)
                     & (g[VOL_LINE_SOUTH * LINE + i] <= q->north)
                     & (g[VOL_LINE_NORTH * LINE + i] >= q->south);
        mask |= (uint32_t)meets << i;
    }
    return mask;
}

static inline uint32_t plain_box_mask(const uint32_t *group, const struct vol_box *q)
{
    const int32_t *g = (const int32_t *)(const void *)group;
    uint32_t mask = 0;
    for (uint32_t left = plain_edge_mask(group, q); left != 0; left &= left - 1) {
        uint32_t i = (uint32_t)__builtin_ctz(left);
        bool meets =
            (g[VOL_LINE_LOW * LINE + i] <= q->high) & (g[VOL_LINE_HIGH * LINE + i] >= q->low)
            & (g[VOL_LINE_FROM * LINE + i] <= q->until) & (g[VOL_LINE_UNTIL * LINE + i] >= q->from);
        mask |= (uint32_t)meets << i;
    }
    return mask;
}

VOL_DEFINE_PASS(pass_portable, , plain_box_mask, plain_edge_mask)

static void sides_plain(const struct vol_part *ring, const double n[3], double offset,
                        double *sides)
{
    const double *x = vol_row_m(ring, 0);
    const double *y = vol_row_m(ring, 1);
    const double *z = vol_row_m(ring, 2);
    for (uint32_t i = 0; i < ring->stride; i++)
        sides[i] = (n[0] * x[i] + n[1] * y[i]) + (n[2] * z[i] - offset);
}

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

/* ---- AVX2 ---- */

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i line_8(const uint32_t *group, uint32_t line, uint32_t half)
{
    return _mm256_load_si256((const __m256i *)(const void *)(group + line * LINE + half * 8));
}

AVX2 static inline __m256i apart_8(const uint32_t *g, uint32_t half, const struct vol_box *q)
{
    __m256i x = _mm256_or_si256(
        _mm256_cmpgt_epi32(line_8(g, VOL_LINE_WEST, half), _mm256_set1_epi32(q->east)),
        _mm256_cmpgt_epi32(_mm256_set1_epi32(q->west), line_8(g, VOL_LINE_EAST, half)));
    __m256i y = _mm256_or_si256(
        _mm256_cmpgt_epi32(line_8(g, VOL_LINE_SOUTH, half), _mm256_set1_epi32(q->north)),
        _mm256_cmpgt_epi32(_mm256_set1_epi32(q->south), line_8(g, VOL_LINE_NORTH, half)));
    return _mm256_or_si256(x, y);
}

AVX2 static inline uint32_t meets_8(__m256i apart)
{
    return (uint32_t)~_mm256_movemask_ps(_mm256_castsi256_ps(apart)) & 0xff;
}

AVX2 static inline uint32_t edge_mask_8(const uint32_t *g, const struct vol_box *q)
{
    return meets_8(apart_8(g, 0, q)) | meets_8(apart_8(g, 1, q)) << 8;
}

AVX2 static inline uint32_t box_half_8(const uint32_t *g, uint32_t half, const struct vol_box *q)
{
    __m256i z = _mm256_or_si256(
        _mm256_cmpgt_epi32(line_8(g, VOL_LINE_LOW, half), _mm256_set1_epi32(q->high)),
        _mm256_cmpgt_epi32(_mm256_set1_epi32(q->low), line_8(g, VOL_LINE_HIGH, half)));
    __m256i t = _mm256_or_si256(
        _mm256_cmpgt_epi32(line_8(g, VOL_LINE_FROM, half), _mm256_set1_epi32(q->until)),
        _mm256_cmpgt_epi32(_mm256_set1_epi32(q->from), line_8(g, VOL_LINE_UNTIL, half)));
    return meets_8(_mm256_or_si256(apart_8(g, half, q), _mm256_or_si256(z, t)));
}

AVX2 static inline uint32_t box_mask_8(const uint32_t *g, const struct vol_box *q)
{
    return box_half_8(g, 0, q) | box_half_8(g, 1, q) << 8;
}

VOL_DEFINE_PASS(pass_avx2, AVX2, box_mask_8, edge_mask_8)

AVX2 static void sides_avx2(const struct vol_part *ring, const double n[3], double offset,
                            double *sides)
{
    const double *x = vol_row_m(ring, 0);
    const double *y = vol_row_m(ring, 1);
    const double *z = vol_row_m(ring, 2);
    __m256d nx = _mm256_set1_pd(n[0]);
    __m256d ny = _mm256_set1_pd(n[1]);
    __m256d nz = _mm256_set1_pd(n[2]);
    __m256d off = _mm256_set1_pd(offset);
    for (uint32_t i = 0; i < ring->stride; i += 4) {
        __m256d a = _mm256_add_pd(_mm256_mul_pd(nx, _mm256_load_pd(x + i)),
                                  _mm256_mul_pd(ny, _mm256_load_pd(y + i)));
        __m256d b = _mm256_sub_pd(_mm256_mul_pd(nz, _mm256_load_pd(z + i)), off);
        _mm256_storeu_pd(sides + i, _mm256_add_pd(a, b));
    }
}

/* ---- AVX-512 ---- */

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))

AVX512 static inline __m512i line_16(const uint32_t *group, uint32_t line)
{
    return _mm512_load_si512(group + line * LINE);
}

AVX512 static inline uint32_t edge_mask_16(const uint32_t *g, const struct vol_box *q)
{
    __mmask16 x = _mm512_cmple_epi32_mask(line_16(g, VOL_LINE_WEST), _mm512_set1_epi32(q->east));
    __mmask16 y = _mm512_cmple_epi32_mask(line_16(g, VOL_LINE_SOUTH), _mm512_set1_epi32(q->north));
    x = _mm512_mask_cmpge_epi32_mask(x, line_16(g, VOL_LINE_EAST), _mm512_set1_epi32(q->west));
    y = _mm512_mask_cmpge_epi32_mask(y, line_16(g, VOL_LINE_NORTH), _mm512_set1_epi32(q->south));
    return x & y;
}

AVX512 static inline uint32_t box_mask_16(const uint32_t *g, const struct vol_box *q)
{
    __mmask16 z = _mm512_cmple_epi32_mask(line_16(g, VOL_LINE_LOW), _mm512_set1_epi32(q->high));
    __mmask16 t = _mm512_cmple_epi32_mask(line_16(g, VOL_LINE_FROM), _mm512_set1_epi32(q->until));
    z = _mm512_mask_cmpge_epi32_mask(z, line_16(g, VOL_LINE_HIGH), _mm512_set1_epi32(q->low));
    t = _mm512_mask_cmpge_epi32_mask(t, line_16(g, VOL_LINE_UNTIL), _mm512_set1_epi32(q->from));
    return edge_mask_16(g, q) & z & t;
}

VOL_DEFINE_PASS(pass_avx512, AVX512, box_mask_16, edge_mask_16)

AVX512 static void sides_avx512(const struct vol_part *ring, const double n[3], double offset,
                                double *sides)
{
    const double *x = vol_row_m(ring, 0);
    const double *y = vol_row_m(ring, 1);
    const double *z = vol_row_m(ring, 2);
    __m512d nx = _mm512_set1_pd(n[0]);
    __m512d ny = _mm512_set1_pd(n[1]);
    __m512d nz = _mm512_set1_pd(n[2]);
    __m512d off = _mm512_set1_pd(offset);
    for (uint32_t i = 0; i < ring->stride; i += 8) {
        __m512d a = _mm512_add_pd(_mm512_mul_pd(nx, _mm512_load_pd(x + i)),
                                  _mm512_mul_pd(ny, _mm512_load_pd(y + i)));
        __m512d b = _mm512_sub_pd(_mm512_mul_pd(nz, _mm512_load_pd(z + i)), off);
        _mm512_storeu_pd(sides + i, _mm512_add_pd(a, b));
    }
}

vol_pass *vol_pass_of(ovf_cells_engine engine)
{
    return engine == OVF_CELLS_AVX512 ? pass_avx512
           : engine == OVF_CELLS_AVX2 ? pass_avx2
                                      : pass_portable;
}

vol_sides *vol_sides_of(ovf_cells_engine engine)
{
    return engine == OVF_CELLS_AVX512 ? sides_avx512
           : engine == OVF_CELLS_AVX2 ? sides_avx2
                                      : sides_plain;
}

#else

vol_pass *vol_pass_of(ovf_cells_engine engine)
{
    (void)engine;
    return pass_portable;
}

vol_sides *vol_sides_of(ovf_cells_engine engine)
{
    (void)engine;
    return sides_plain;
}

#endif
