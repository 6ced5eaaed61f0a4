/* SPDX-License-Identifier: Apache-2.0 */
/* The innermost loops, for each kind of processor: a box against the 16 of a group, a straight
 * piece against a ring, the side of a plane for each vertex of a ring. The forms differ in nothing
 * but speed. */
#include "volumes_internal.h"

#include <stdlib.h>

#define LINE 16

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

static inline void take_lanes(struct vol_pairs *pairs, uint32_t mask, const uint32_t *group,
                              uint32_t piece)
{
    if (pairs->capacity - pairs->count < VOL_LANES && !vol_pairs_grow(pairs))
        return;
    for (; mask != 0; mask &= mask - 1) {
        uint32_t i = (uint32_t)__builtin_ctz(mask);
        pairs->items[pairs->count++] = (struct vol_pair){piece, group[VOL_LINE_PART * LINE + i],
                                                         group[VOL_LINE_EDGE * LINE + i]};
    }
}

/* A pass over a block of boxes, given what makes a query of a box and what compares it with a
 * group. One text for three processors: a function that is compiled for one cannot be inlined into
 * a function that is compiled for another. */
#define VOL_DEFINE_PASS(name, attribute, query, query_of, box_mask, edge_mask)                     \
    attribute static void name(const ovf_volumes_view *view, const struct vol_box *boxes,          \
                               uint32_t count, struct vol_pairs *parts, struct vol_pairs *edges)   \
    {                                                                                              \
        const uint32_t *words = view->store->words;                                                \
        for (uint32_t i = 0; i < count; i++) {                                                     \
            const struct vol_box *box = &boxes[i];                                                 \
            uint32_t west = vol_column(box->west);                                                 \
            uint32_t east = vol_column(box->east);                                                 \
            uint32_t north = vol_line_of(box->north);                                              \
            query q = query_of(box);                                                               \
            for (uint32_t row = vol_line_of(box->south); row <= north; row++) {                    \
                const uint32_t *of_boxes = view->boxes + (size_t)row * VOL_COLUMNS;                \
                const uint32_t *of_edges = view->edges + (size_t)row * VOL_COLUMNS;                \
                for (uint32_t c = west; c <= east; c++) {                                          \
                    for (uint32_t g = of_boxes[c]; g != 0; g = words[g]) {                         \
                        uint32_t mask = box_mask(words + g, &q);                                   \
                        if (mask != 0)                                                             \
                            take_lanes(parts, mask, words + g, i);                                 \
                    }                                                                              \
                    for (uint32_t g = of_edges[c]; g != 0; g = words[g]) {                         \
                        uint32_t mask = edge_mask(words + g, &q);                                  \
                        if (mask != 0)                                                             \
                            take_lanes(edges, mask, words + g, i);                                 \
                    }                                                                              \
                }                                                                                  \
            }                                                                                      \
            for (uint32_t g = view->boxes[VOL_WIDE]; g != 0; g = words[g]) {                       \
                uint32_t mask = box_mask(words + g, &q);                                           \
                if (mask != 0)                                                                     \
                    take_lanes(parts, mask, words + g, i);                                         \
            }                                                                                      \
        }                                                                                          \
    }

/* ---- portable ---- */

static inline struct vol_box plain_query(const struct vol_box *box)
{
    return *box;
}

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
        bool meets = (g[VOL_LINE_LOW * LINE + i] <= q->high)
                     & (g[VOL_LINE_HIGH * LINE + i] >= q->low)
                     & (g[VOL_LINE_FROM * LINE + i] <= q->until)
                     & (g[VOL_LINE_UNTIL * LINE + i] >= q->from);
        mask |= (uint32_t)meets << i;
    }
    return mask;
}

VOL_DEFINE_PASS(pass_portable, , struct vol_box, plain_query, plain_box_mask, plain_edge_mask)

/* ---- a straight piece and a ring ----
 *
 * The sides of all vertices as seen from the piece's line part the ring's edges in those that stay
 * on one side, which is nearly all, and those that go over or touch. Of these the piece's ends
 * are seen: an edge between them is met; edges behind p, counted, tell whether p is within. Whole
 * numbers all the way: differences fit 32 bits, their products' difference fits 64. */

__extension__ typedef __int128 wide;

static inline int sign_of(int64_t ax, int64_t ay, int64_t bx, int64_t by)
{
    wide left = (wide)ax * by;
    wide right = (wide)ay * bx;
    return (left > right) - (left < right);
}

struct straight {
    int64_t px, py, qx, qy;
};

static inline bool overlaps(int64_t a, int64_t b, int64_t c, int64_t d)
{
    return (a < b ? a : b) <= (c < d ? d : c) && (c < d ? c : d) <= (a < b ? b : a);
}

/* An edge that goes over the line or touches it; true: the piece meets it. *is_odd turns when it
 * lies behind p. */
static bool meets_edge(const struct vol_part *ring, uint32_t k, const struct straight *s,
                       bool *is_odd)
{
    const int32_t *xs = vol_row(ring, 0);
    const int32_t *ys = vol_row(ring, 1);
    int64_t ax = xs[k - 1], ay = ys[k - 1], bx = xs[k], by = ys[k];
    int64_t ex = bx - ax, ey = by - ay, dx = s->qx - s->px, dy = s->qy - s->py;
    int side_a = sign_of(dx, dy, ax - s->px, ay - s->py);
    int side_b = sign_of(dx, dy, bx - s->px, by - s->py);
    wide at_p = (wide)ex * (s->py - ay) - (wide)ey * (s->px - ax);
    wide at_q = (wide)ex * (s->qy - ay) - (wide)ey * (s->qx - ax);
    if (side_a == 0 && side_b == 0 && at_p == 0 && at_q == 0)
        return overlaps(ax, bx, s->px, s->qx) && overlaps(ay, by, s->py, s->qy);
    bool is_over = side_a * side_b <= 0;
    bool is_between = (at_p >= 0 && at_q <= 0) || (at_p <= 0 && at_q >= 0);
    if (is_over && is_between && !(at_p == 0 && at_q == 0))
        return true;
    if ((side_a > 0) != (side_b > 0) && (at_p < 0 ? -at_p : at_p) < (at_q < 0 ? -at_q : at_q))
        *is_odd = !*is_odd;
    return false;
}

/* One place: on an edge, or in an odd number of windings. */
static bool holds_place(const struct vol_part *ring, int64_t x, int64_t y)
{
    const int32_t *xs = vol_row(ring, 0);
    const int32_t *ys = vol_row(ring, 1);
    bool is_odd = false;
    for (uint32_t k = 1; k < ring->count; k++) {
        int64_t ax = xs[k - 1], ay = ys[k - 1], bx = xs[k], by = ys[k];
        int side = sign_of(bx - ax, by - ay, x - ax, y - ay);
        if (side == 0 && overlaps(ax, bx, x, x) && overlaps(ay, by, y, y))
            return true;
        if ((ay > y) != (by > y) && (side > 0) == (by > ay))
            is_odd = !is_odd;
    }
    return is_odd;
}

/* Do all differences of longitudes and of latitudes fit 32 bits? */
static inline bool is_narrow(const struct vol_part *ring, ovf_fixed p, ovf_fixed q)
{
    int64_t west = p.lon_e7 < q.lon_e7 ? p.lon_e7 : q.lon_e7;
    int64_t east = p.lon_e7 < q.lon_e7 ? q.lon_e7 : p.lon_e7;
    west = ring->box.west < west ? ring->box.west : west;
    east = ring->box.east > east ? ring->box.east : east;
    return east - west <= INT32_MAX; // latitudes always do
}

static bool ring_plain(const struct vol_part *ring, ovf_fixed p, ovf_fixed q)
{
    struct straight s = {p.lon_e7, p.lat_e7, q.lon_e7, q.lat_e7};
    if (s.px == s.qx && s.py == s.qy)
        return holds_place(ring, s.px, s.py);
    const int32_t *xs = vol_row(ring, 0);
    const int32_t *ys = vol_row(ring, 1);
    bool is_odd = false;
    int before = sign_of(s.qx - s.px, s.qy - s.py, xs[0] - s.px, ys[0] - s.py);
    for (uint32_t k = 1; k < ring->count; k++) {
        int side = sign_of(s.qx - s.px, s.qy - s.py, xs[k] - s.px, ys[k] - s.py);
        if (side * before <= 0 && meets_edge(ring, k, &s, &is_odd))
            return true;
        before = side;
    }
    return is_odd;
}

/* 64 vertices from `first` on: bits of those left of the line and of those on it. */
static inline bool ring_bits(const struct vol_part *ring, uint32_t first, uint64_t left,
                             uint64_t on, unsigned *carry, const struct straight *s, bool *is_odd)
{
    uint64_t before = left << 1 | (*carry & 1);
    uint64_t on_before = on << 1 | *carry >> 1;
    uint64_t look = (left ^ before) | on | on_before;
    uint32_t count = ring->count - first;
    if (count < 64)
        look &= (UINT64_C(1) << count) - 1;
    if (first == 0)
        look &= ~UINT64_C(1);
    *carry = (unsigned)(left >> 63) | (unsigned)(on >> 63) << 1;
    for (; look != 0; look &= look - 1)
        if (meets_edge(ring, first + (uint32_t)__builtin_ctzll(look), s, is_odd))
            return true;
    return false;
}

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

struct query_8 {
    __m256i west, east, south, north, low, high, from, until;
};

AVX2 static inline struct query_8 query_of_8(const struct vol_box *b)
{
    return (struct query_8){
        _mm256_set1_epi32(b->west), _mm256_set1_epi32(b->east),  _mm256_set1_epi32(b->south),
        _mm256_set1_epi32(b->north), _mm256_set1_epi32(b->low), _mm256_set1_epi32(b->high),
        _mm256_set1_epi32(b->from), _mm256_set1_epi32(b->until)};
}

AVX2 static inline __m256i line_8(const uint32_t *group, uint32_t line, uint32_t half)
{
    return _mm256_load_si256((const __m256i *)(const void *)(group + line * LINE + half * 8));
}

AVX2 static inline __m256i apart_8(const uint32_t *g, uint32_t half, const struct query_8 *q)
{
    __m256i x = _mm256_or_si256(_mm256_cmpgt_epi32(line_8(g, VOL_LINE_WEST, half), q->east),
                                _mm256_cmpgt_epi32(q->west, line_8(g, VOL_LINE_EAST, half)));
    __m256i y = _mm256_or_si256(_mm256_cmpgt_epi32(line_8(g, VOL_LINE_SOUTH, half), q->north),
                                _mm256_cmpgt_epi32(q->south, line_8(g, VOL_LINE_NORTH, half)));
    return _mm256_or_si256(x, y);
}

AVX2 static inline uint32_t meets_8(__m256i apart)
{
    return (uint32_t)~_mm256_movemask_ps(_mm256_castsi256_ps(apart)) & 0xff;
}

AVX2 static inline uint32_t edge_mask_8(const uint32_t *g, const struct query_8 *q)
{
    return meets_8(apart_8(g, 0, q)) | meets_8(apart_8(g, 1, q)) << 8;
}

AVX2 static inline uint32_t box_half_8(const uint32_t *g, uint32_t half, const struct query_8 *q)
{
    __m256i z = _mm256_or_si256(_mm256_cmpgt_epi32(line_8(g, VOL_LINE_LOW, half), q->high),
                                _mm256_cmpgt_epi32(q->low, line_8(g, VOL_LINE_HIGH, half)));
    __m256i t = _mm256_or_si256(_mm256_cmpgt_epi32(line_8(g, VOL_LINE_FROM, half), q->until),
                                _mm256_cmpgt_epi32(q->from, line_8(g, VOL_LINE_UNTIL, half)));
    return meets_8(_mm256_or_si256(apart_8(g, half, q), _mm256_or_si256(z, t)));
}

AVX2 static inline uint32_t box_mask_8(const uint32_t *g, const struct query_8 *q)
{
    return box_half_8(g, 0, q) | box_half_8(g, 1, q) << 8;
}

VOL_DEFINE_PASS(pass_avx2, AVX2, struct query_8, query_of_8, box_mask_8, edge_mask_8)

AVX2 static bool ring_avx2(const struct vol_part *ring, ovf_fixed p, ovf_fixed q)
{
    struct straight s = {p.lon_e7, p.lat_e7, q.lon_e7, q.lat_e7};
    if ((s.px == s.qx && s.py == s.qy) || !is_narrow(ring, p, q))
        return ring_plain(ring, p, q);
    const int32_t *xs = vol_row(ring, 0);
    const int32_t *ys = vol_row(ring, 1);
    __m256i px = _mm256_set1_epi64x(s.px);
    __m256i py = _mm256_set1_epi64x(s.py);
    __m256i dx = _mm256_set1_epi64x(s.qx - s.px);
    __m256i dy = _mm256_set1_epi64x(s.qy - s.py);
    __m256i zero = _mm256_setzero_si256();
    bool is_odd = false;
    unsigned carry = 0;
    for (uint32_t first = 0; first < ring->count; first += 64) {
        uint64_t left = 0;
        uint64_t on = 0;
        uint32_t end = ring->stride - first < 64 ? ring->stride - first : 64;
        for (uint32_t i = 0; i < end; i += 4) {
            __m256i x = _mm256_cvtepi32_epi64(
                _mm_load_si128((const __m128i *)(const void *)(xs + first + i)));
            __m256i y = _mm256_cvtepi32_epi64(
                _mm_load_si128((const __m128i *)(const void *)(ys + first + i)));
            x = _mm256_mul_epi32(_mm256_sub_epi64(x, px), dy);
            y = _mm256_mul_epi32(_mm256_sub_epi64(y, py), dx);
            __m256i is_left = _mm256_cmpgt_epi64(y, x);
            __m256i is_on = _mm256_cmpeq_epi64(_mm256_sub_epi64(y, x), zero);
            left |= (uint64_t)_mm256_movemask_pd(_mm256_castsi256_pd(is_left)) << i;
            on |= (uint64_t)_mm256_movemask_pd(_mm256_castsi256_pd(is_on)) << i;
        }
        if (ring_bits(ring, first, left, on, &carry, &s, &is_odd))
            return true;
    }
    return is_odd;
}

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

struct query_16 {
    __m512i west, east, south, north, low, high, from, until;
};

AVX512 static inline struct query_16 query_of_16(const struct vol_box *b)
{
    return (struct query_16){
        _mm512_set1_epi32(b->west), _mm512_set1_epi32(b->east),  _mm512_set1_epi32(b->south),
        _mm512_set1_epi32(b->north), _mm512_set1_epi32(b->low), _mm512_set1_epi32(b->high),
        _mm512_set1_epi32(b->from), _mm512_set1_epi32(b->until)};
}

AVX512 static inline __m512i line_16(const uint32_t *group, uint32_t line)
{
    return _mm512_load_si512(group + line * LINE);
}

AVX512 static inline uint32_t edge_mask_16(const uint32_t *g, const struct query_16 *q)
{
    __mmask16 x = _mm512_cmple_epi32_mask(line_16(g, VOL_LINE_WEST), q->east);
    __mmask16 y = _mm512_cmple_epi32_mask(line_16(g, VOL_LINE_SOUTH), q->north);
    x = _mm512_mask_cmpge_epi32_mask(x, line_16(g, VOL_LINE_EAST), q->west);
    y = _mm512_mask_cmpge_epi32_mask(y, line_16(g, VOL_LINE_NORTH), q->south);
    return x & y;
}

AVX512 static inline uint32_t box_mask_16(const uint32_t *g, const struct query_16 *q)
{
    __mmask16 z = _mm512_cmple_epi32_mask(line_16(g, VOL_LINE_LOW), q->high);
    __mmask16 t = _mm512_cmple_epi32_mask(line_16(g, VOL_LINE_FROM), q->until);
    z = _mm512_mask_cmpge_epi32_mask(z, line_16(g, VOL_LINE_HIGH), q->low);
    t = _mm512_mask_cmpge_epi32_mask(t, line_16(g, VOL_LINE_UNTIL), q->from);
    return edge_mask_16(g, q) & z & t;
}

VOL_DEFINE_PASS(pass_avx512, AVX512, struct query_16, query_of_16, box_mask_16, edge_mask_16)

AVX512 static bool ring_avx512(const struct vol_part *ring, ovf_fixed p, ovf_fixed q)
{
    struct straight s = {p.lon_e7, p.lat_e7, q.lon_e7, q.lat_e7};
    if ((s.px == s.qx && s.py == s.qy) || !is_narrow(ring, p, q))
        return ring_plain(ring, p, q);
    const int32_t *xs = vol_row(ring, 0);
    const int32_t *ys = vol_row(ring, 1);
    __m512i px = _mm512_set1_epi64(s.px);
    __m512i py = _mm512_set1_epi64(s.py);
    __m512i dx = _mm512_set1_epi64(s.qx - s.px);
    __m512i dy = _mm512_set1_epi64(s.qy - s.py);
    bool is_odd = false;
    unsigned carry = 0;
    for (uint32_t first = 0; first < ring->count; first += 64) {
        uint64_t left = 0;
        uint64_t on = 0;
        uint32_t end = ring->stride - first < 64 ? ring->stride - first : 64;
        for (uint32_t i = 0; i < end; i += 8) {
            __m512i x = _mm512_cvtepi32_epi64(
                _mm256_load_si256((const __m256i *)(const void *)(xs + first + i)));
            __m512i y = _mm512_cvtepi32_epi64(
                _mm256_load_si256((const __m256i *)(const void *)(ys + first + i)));
            x = _mm512_mul_epi32(_mm512_sub_epi64(x, px), dy);
            y = _mm512_mul_epi32(_mm512_sub_epi64(y, py), dx);
            left |= (uint64_t)_mm512_cmpgt_epi64_mask(y, x) << i;
            on |= (uint64_t)_mm512_cmpeq_epi64_mask(y, x) << i;
        }
        if (ring_bits(ring, first, left, on, &carry, &s, &is_odd))
            return true;
    }
    return is_odd;
}

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

vol_ring_test *vol_ring_test_of(ovf_cells_engine engine)
{
    return engine == OVF_CELLS_AVX512 ? ring_avx512
           : engine == OVF_CELLS_AVX2 ? ring_avx2
                                      : ring_plain;
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

vol_ring_test *vol_ring_test_of(ovf_cells_engine engine)
{
    (void)engine;
    return ring_plain;
}

vol_sides *vol_sides_of(ovf_cells_engine engine)
{
    (void)engine;
    return sides_plain;
}

#endif
