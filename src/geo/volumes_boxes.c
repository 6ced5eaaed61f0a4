/* SPDX-License-Identifier: Apache-2.0 */
/* Boxes of the straight pieces of a path and the cells that they lie in. The vector form takes the
 * least and the greatest of both points' latitude, longitude and levels at once. Cells come out of
 * 24 bits, so with a little to spare: a cell too many is empty work, one too few a wrong answer. */
#include "volumes_internal.h"

#include <stdlib.h>

#define SHORT_E7 8500000.0 /* a way of less, all told, is shorter than 100 km */
#define NEAR_LAT_E7 800000000
#define NEAR_LON_E7 1799990000
#define NEAR_MARGIN_E7 200                     /* two metres of latitude */
#define RISE (1.25F / 16 * (float)RAD * 1e-7F) /* see vol_box_of_leg */

/* Whole numbers up to 1.8e9 and sums up to 3.6e9 are off by 64 and 128 as float, the product by
 * 360 degrees times 2^-23, which is 430. */
#define SPARE_E7 1000.0F

/* A cosine is at most what the first terms of its series make of it, and the parallel nearer to the
 * equator is the longer one. */
bool vol_is_short(ovf_fixed a, ovf_fixed b)
{
    int64_t step = llabs((int64_t)a.lon_e7 - b.lon_e7);
    step = step > OVF_GEO_HALF_E7 ? OVF_GEO_CIRCLE_E7 - step : step;
    int32_t low = abs(a.lat_e7) < abs(b.lat_e7) ? abs(a.lat_e7) : abs(b.lat_e7);
    double x = low * (RAD * 1e-7);
    double square = x * x;
    double dx = (double)step * (1 - square / 2 + square * square / 24);
    double dy = (double)((int64_t)a.lat_e7 - b.lat_e7);
    return dx * dx + dy * dy < SHORT_E7 * SHORT_E7;
}

static unsigned near_boxes_portable(const ovf_volumes_point *points, uint32_t count,
                                    ovf_volumes_doubt doubt, struct vol_query *out)
{
    OVF_UNUSED(points);
    OVF_UNUSED(count);
    OVF_UNUSED(doubt);
    OVF_UNUSED(out);
    return VOL_LEFT_OUT;
}

void vol_query_cells(struct vol_query *q)
{
    q->south_row = (int32_t)vol_line_of(q->box.south);
    q->north_row = (int32_t)vol_line_of(q->box.north);
    q->west_column = (int32_t)vol_column(q->box.west);
    q->east_column = (int32_t)vol_column(q->box.east);
}

static unsigned boxes_portable(const ovf_volumes_point *points, uint32_t count,
                               ovf_volumes_doubt doubt, struct vol_query *out)
{
    unsigned flags = vol_is_wrong(&points[0]) ? VOL_POINTS_WRONG : 0;
    for (uint32_t i = 0; i < count; i++) {
        const ovf_volumes_point *a = &points[i];
        const ovf_volumes_point *b = a + 1;
        struct vol_box *box = &out[i].box;
        int32_t ax = a->place.lon_e7, ay = a->place.lat_e7;
        int32_t bx = b->place.lon_e7, by = b->place.lat_e7;
        if (vol_is_wrong(b) || b->time_s < a->time_s)
            return flags | VOL_POINTS_WRONG;
        box->west = ax < bx ? ax : bx;
        box->east = ax < bx ? bx : ax;
        box->south = ay < by ? ay : by;
        box->north = ay < by ? by : ay;
        if ((int64_t)box->east - box->west > OVF_GEO_HALF_E7)
            flags |= VOL_LEFT_OUT;
        vol_limits_of(box, a, b, doubt);
        vol_query_cells(&out[i]);
    }
    return flags;
}

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

__attribute__((target("avx2"))) static inline __m128i cells_4(__m128i e7, float spare)
{
    const __m128 scale = _mm_set1_ps(1e-7F);
    const __m128i last = _mm_setr_epi32(VOL_ROWS - 1, VOL_COLUMNS - 1, 0, 0);
    __m128 from_corner =
        _mm_add_ps(_mm_cvtepi32_ps(e7), _mm_setr_ps(9e8F + spare, 1.8e9F + spare, 0, 0));
    __m128i cell = _mm_cvttps_epi32(_mm_mul_ps(from_corner, scale));
    return _mm_min_epi32(_mm_max_epi32(cell, _mm_setzero_si128()), last);
}

__attribute__((target("avx2"))) static unsigned boxes_avx2(const ovf_volumes_point *points,
                                                           uint32_t count, ovf_volumes_doubt doubt,
                                                           struct vol_query *out)
{
    const __m128i half = _mm_setr_epi32(0, (int32_t)OVF_GEO_HALF_E7, 0, 0);
    const __m128i second = _mm_setr_epi32(0, -1, 0, 0);
    __m128i before = _mm_loadu_si128((const __m128i *)(const void *)points);
    __m128i least = before;
    __m128i greatest = before;
    __m128i is_bad = _mm_setzero_si128(); // in lane 3: the low level above the high one
    __m128i is_far = _mm_setzero_si128();
    int64_t before_s = points[0].time_s;
    bool is_late = false;
    for (uint32_t i = 0; i < count; i++) {
        __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(points + i + 1));
        int64_t next_s = points[i + 1].time_s;
        __m128i low = _mm_min_epi32(before, next);
        __m128i high = _mm_max_epi32(before, next);
        __m128i width = _mm_sub_epi32(high, low); // negative from 2^31 on
        least = _mm_min_epi32(least, next);
        greatest = _mm_max_epi32(greatest, next);
        is_bad = _mm_or_si128(is_bad, _mm_cmpgt_epi32(_mm_slli_si128(before, 4), before));
        is_far = _mm_or_si128(is_far, _mm_or_si128(_mm_cmpgt_epi32(width, half), width));
        is_late |= next_s < before_s;
        struct vol_query *q = &out[i];
        int32_t from = vol_time(before_s - doubt.early_s);
        int32_t until = vol_time(next_s + doubt.late_s);
        _mm_store_si128((__m128i *)(void *)&q->box, _mm_insert_epi32(low, from, 3));
        _mm_store_si128((__m128i *)(void *)&q->box.north, _mm_insert_epi32(high, until, 2));
        _mm_store_si128((__m128i *)(void *)&q->south_row, cells_4(low, -SPARE_E7));
        _mm_store_si128((__m128i *)(void *)&q->north_row, cells_4(high, SPARE_E7));
        before = next;
        before_s = next_s;
    }
    is_bad = _mm_or_si128(is_bad, _mm_cmpgt_epi32(_mm_slli_si128(before, 4), before));
    const __m128i from = _mm_setr_epi32(-OVF_GEO_POLE_E7, -1800000000, INT32_MIN, INT32_MIN);
    const __m128i to = _mm_setr_epi32(OVF_GEO_POLE_E7, 1800000000, INT32_MAX, INT32_MAX);
    __m128i off = _mm_or_si128(_mm_cmpgt_epi32(from, least), _mm_cmpgt_epi32(greatest, to));
    bool is_off = _mm_movemask_epi8(off) != 0 || (_mm_movemask_ps(_mm_castsi128_ps(is_bad)) & 8);
    bool is_left = !_mm_testz_si128(_mm_srai_epi32(is_far, 31), second);
    return (is_off || is_late ? VOL_POINTS_WRONG : 0u) | (is_left ? VOL_LEFT_OUT : 0u);
}

__attribute__((target("avx2"))) static unsigned near_boxes_avx2(const ovf_volumes_point *points,
                                                                uint32_t count,
                                                                ovf_volumes_doubt doubt,
                                                                struct vol_query *out)
{
    const __m128 scale = _mm_set1_ps((float)RAD * 1e-7F);
    const __m128 one = _mm_set1_ps(1);
    const __m128 rise = _mm_setr_ps(RISE, 0, 0, 0);
    const __m128 spare = _mm_setr_ps(NEAR_MARGIN_E7 + 1, NEAR_MARGIN_E7, 0, 0);
    __m128i before = _mm_loadu_si128((const __m128i *)(const void *)points);
    __m128i least = before;
    __m128i greatest = before;
    __m128i is_bad = _mm_setzero_si128(); // in lane 3: the low level above the high one
    __m128 farthest = _mm_setzero_ps();
    int64_t before_s = points[0].time_s;
    bool is_late = false;
    for (uint32_t i = 0; i < count; i++) {
        __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(points + i + 1));
        int64_t next_s = points[i + 1].time_s;
        __m128i low = _mm_min_epi32(before, next);
        __m128i high = _mm_max_epi32(before, next);
        least = _mm_min_epi32(least, next);
        greatest = _mm_max_epi32(greatest, next);
        is_bad = _mm_or_si128(is_bad, _mm_cmpgt_epi32(_mm_slli_si128(before, 4), before));
        is_late |= next_s < before_s;
        // Differences as numbers with a point: whole ones would run over beyond 214 degrees.
        __m128 step = _mm_sub_ps(_mm_cvtepi32_ps(high), _mm_cvtepi32_ps(low));
        __m128 x = _mm_mul_ps(
            _mm_cvtepi32_ps(_mm_min_epi32(_mm_abs_epi32(before), _mm_abs_epi32(next))), scale);
        __m128 square = _mm_mul_ps(x, x);
        __m128 cosine = _mm_add_ps(_mm_sub_ps(one, _mm_mul_ps(square, _mm_set1_ps(0.5F))),
                                   _mm_mul_ps(_mm_mul_ps(square, square), _mm_set1_ps(1.0F / 24)));
        __m128 lon = _mm_shuffle_ps(step, step, 1);
        __m128 across = _mm_mul_ps(lon, cosine);
        farthest =
            _mm_max_ps(farthest, _mm_add_ps(_mm_mul_ps(step, step), _mm_mul_ps(across, across)));
        __m128i margin =
            _mm_cvttps_epi32(_mm_add_ps(_mm_mul_ps(_mm_mul_ps(lon, lon), rise), spare));
        low = _mm_sub_epi32(low, margin);
        high = _mm_add_epi32(high, margin);
        struct vol_query *q = &out[i];
        int32_t from = vol_time(before_s - doubt.early_s);
        int32_t until = vol_time(next_s + doubt.late_s);
        _mm_store_si128((__m128i *)(void *)&q->box, _mm_insert_epi32(low, from, 3));
        _mm_store_si128((__m128i *)(void *)&q->box.north, _mm_insert_epi32(high, until, 2));
        _mm_store_si128((__m128i *)(void *)&q->south_row, cells_4(low, -SPARE_E7));
        _mm_store_si128((__m128i *)(void *)&q->north_row, cells_4(high, SPARE_E7));
        before = next;
        before_s = next_s;
    }
    is_bad = _mm_or_si128(is_bad, _mm_cmpgt_epi32(_mm_slli_si128(before, 4), before));
    const __m128i from = _mm_setr_epi32(-NEAR_LAT_E7, -NEAR_LON_E7, INT32_MIN, INT32_MIN);
    const __m128i to = _mm_setr_epi32(NEAR_LAT_E7, NEAR_LON_E7, INT32_MAX, INT32_MAX);
    __m128i off = _mm_or_si128(_mm_cmpgt_epi32(from, least), _mm_cmpgt_epi32(greatest, to));
    bool is_wrong = is_late || (_mm_movemask_ps(_mm_castsi128_ps(is_bad)) & 8) != 0;
    bool is_far = _mm_cvtss_f32(farthest) >= (float)(SHORT_E7 * SHORT_E7);
    // What lies off may be wrong too: whoever goes one by one will see.
    return (is_wrong ? VOL_POINTS_WRONG : 0u)
           | (is_far || _mm_movemask_epi8(off) != 0 ? VOL_LEFT_OUT : 0u);
}

vol_boxes *vol_near_boxes_of(ovf_cells_engine engine)
{
    return engine == OVF_CELLS_PORTABLE ? near_boxes_portable : near_boxes_avx2;
}

vol_boxes *vol_boxes_of(ovf_cells_engine engine)
{
    return engine == OVF_CELLS_PORTABLE ? boxes_portable : boxes_avx2;
}

#else

vol_boxes *vol_near_boxes_of(ovf_cells_engine engine)
{
    (void)engine;
    return near_boxes_portable;
}

vol_boxes *vol_boxes_of(ovf_cells_engine engine)
{
    (void)engine;
    return boxes_portable;
}

#endif
