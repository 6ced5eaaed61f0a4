/* SPDX-License-Identifier: Apache-2.0 */
/* Does a straight piece touch a ring? The sides of all vertices as seen from the piece's line part
 * the ring's edges in those that stay on one side, which is nearly all, and those that go over or
 * touch. Of these the piece's ends are seen: an edge between them is met; edges behind p, counted,
 * tell whether p is within. Whole numbers all the way: where all differences fit 32 bits, the
 * difference of their products fits 64, and vectors do it; elsewhere there are 128. */
#include "volumes_internal.h"

__extension__ typedef __int128 wide;

struct straight {
    int64_t px, py, qx, qy;
};

static inline int sign_of(int64_t ax, int64_t ay, int64_t bx, int64_t by)
{
    wide left = (wide)ax * by;
    wide right = (wide)ay * bx;
    return (left > right) - (left < right);
}

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

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

/* Do all differences of longitudes fit 32 bits? Those of latitudes always do. */
static inline bool is_narrow(const struct vol_part *ring, ovf_fixed p, ovf_fixed q)
{
    int64_t west = p.lon_e7 < q.lon_e7 ? p.lon_e7 : q.lon_e7;
    int64_t east = p.lon_e7 < q.lon_e7 ? q.lon_e7 : p.lon_e7;
    west = ring->box.west < west ? ring->box.west : west;
    east = ring->box.east > east ? ring->box.east : east;
    return east - west <= INT32_MAX;
}

/* 64 vertices from `first` on: bits of those left of the line and of those on it. carry: those of
 * the vertex before. */
static inline bool ring_bits(const struct vol_part *ring, uint32_t first, uint64_t left,
                             uint64_t on, unsigned *carry, const struct straight *s, bool *is_odd)
{
    const int32_t *xs = vol_row(ring, 0);
    const int32_t *ys = vol_row(ring, 1);
    uint64_t touch = on | on << 1 | *carry >> 1;
    uint64_t over = left ^ (left << 1 | (*carry & 1));
    uint64_t all =
        ring->count - first < 64 ? (UINT64_C(1) << (ring->count - first)) - 1 : ~UINT64_C(0);
    if (first == 0)
        all &= ~UINT64_C(1);
    *carry = (unsigned)(left >> 63) | (unsigned)(on >> 63) << 1;
    for (uint64_t look = touch & all; look != 0; look &= look - 1)
        if (meets_edge(ring, first + (uint32_t)__builtin_ctzll(look), s, is_odd))
            return true;
    for (uint64_t look = over & ~touch & all; look != 0; look &= look - 1) {
        uint32_t k = first + (uint32_t)__builtin_ctzll(look);
        int64_t ax = xs[k - 1], ay = ys[k - 1], ex = xs[k] - ax, ey = ys[k] - ay;
        int64_t at_p = ex * (s->py - ay) - ey * (s->px - ax);
        int64_t at_q = ex * (s->qy - ay) - ey * (s->qx - ax);
        if ((at_p >= 0 && at_q <= 0) || (at_p <= 0 && at_q >= 0))
            return true;
        *is_odd ^= (at_p > 0) == (at_p < at_q); // the same sign, and p is the nearer one
    }
    return false;
}

__attribute__((target("avx2"))) static bool ring_avx2(const struct vol_part *ring, ovf_fixed p,
                                                      ovf_fixed q)
{
    struct straight s = {p.lon_e7, p.lat_e7, q.lon_e7, q.lat_e7};
    if ((s.px == s.qx && s.py == s.qy) || !is_narrow(ring, p, q))
        return ring_plain(ring, p, q);
    const int32_t *xs = vol_row(ring, 0);
    const int32_t *ys = vol_row(ring, 1);
    __m128i px = _mm_set1_epi32(p.lon_e7);
    __m128i py = _mm_set1_epi32(p.lat_e7);
    __m256i dx = _mm256_set1_epi64x(s.qx - s.px);
    __m256i dy = _mm256_set1_epi64x(s.qy - s.py);
    bool is_odd = false;
    unsigned carry = 0;
    for (uint32_t first = 0; first < ring->count; first += 64) {
        uint64_t left = 0;
        uint64_t on = 0;
        uint32_t end = ring->count - first < 64 ? ring->count - first : 64;
        for (uint32_t i = 0; i < end; i += 4) {
            __m128i x4 = _mm_load_si128((const __m128i *)(const void *)(xs + first + i));
            __m128i y4 = _mm_load_si128((const __m128i *)(const void *)(ys + first + i));
            __m256i x = _mm256_mul_epi32(_mm256_cvtepi32_epi64(_mm_sub_epi32(x4, px)), dy);
            __m256i y = _mm256_mul_epi32(_mm256_cvtepi32_epi64(_mm_sub_epi32(y4, py)), dx);
            __m256i is_left = _mm256_cmpgt_epi64(y, x);
            __m256i is_on = _mm256_cmpeq_epi64(y, x);
            left |= (uint64_t)_mm256_movemask_pd(_mm256_castsi256_pd(is_left)) << i;
            on |= (uint64_t)_mm256_movemask_pd(_mm256_castsi256_pd(is_on)) << i;
        }
        if (ring_bits(ring, first, left, on, &carry, &s, &is_odd))
            return true;
    }
    return is_odd;
}

__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))) static bool ring_avx512(
    const struct vol_part *ring, ovf_fixed p, ovf_fixed q)
{
    struct straight s = {p.lon_e7, p.lat_e7, q.lon_e7, q.lat_e7};
    if ((s.px == s.qx && s.py == s.qy) || !is_narrow(ring, p, q))
        return ring_plain(ring, p, q);
    const int32_t *xs = vol_row(ring, 0);
    const int32_t *ys = vol_row(ring, 1);
    __m256i px = _mm256_set1_epi32(p.lon_e7);
    __m256i py = _mm256_set1_epi32(p.lat_e7);
    __m512i dx = _mm512_set1_epi64(s.qx - s.px);
    __m512i dy = _mm512_set1_epi64(s.qy - s.py);
    bool is_odd = false;
    unsigned carry = 0;
    for (uint32_t first = 0; first < ring->count; first += 64) {
        uint64_t left = 0;
        uint64_t on = 0;
        uint32_t end = ring->count - first < 64 ? ring->count - first : 64;
        for (uint32_t i = 0; i < end; i += 8) {
            __m256i x8 = _mm256_load_si256((const __m256i *)(const void *)(xs + first + i));
            __m256i y8 = _mm256_load_si256((const __m256i *)(const void *)(ys + first + i));
            __m512i x = _mm512_mul_epi32(_mm512_cvtepi32_epi64(_mm256_sub_epi32(x8, px)), dy);
            __m512i y = _mm512_mul_epi32(_mm512_cvtepi32_epi64(_mm256_sub_epi32(y8, py)), dx);
            left |= (uint64_t)_mm512_cmpgt_epi64_mask(y, x) << i;
            on |= (uint64_t)_mm512_cmpeq_epi64_mask(y, x) << i;
        }
        if (ring_bits(ring, first, left, on, &carry, &s, &is_odd))
            return true;
    }
    return is_odd;
}

vol_ring_test *vol_ring_test_of(ovf_cells_engine engine)
{
    return engine == OVF_CELLS_AVX512 ? ring_avx512
           : engine == OVF_CELLS_AVX2 ? ring_avx2
                                      : ring_plain;
}

#else

vol_ring_test *vol_ring_test_of(ovf_cells_engine engine)
{
    (void)engine;
    return ring_plain;
}

#endif
