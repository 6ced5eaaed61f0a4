/* SPDX-License-Identifier: Apache-2.0 */
/* Boxes of the pieces of a path and the cells that they lie in, a block at a time: points are laid
 * side by side, then all else is minima, maxima and products of rows, which the compiler makes
 * vectors of. One text for all processors. */
#include "volumes_internal.h"

#include <stddef.h>
#include <stdlib.h>

#define SHORT_E7 8500000.0 /* a way of less, all told, is shorter than 100 km */
#define NEAR_LAT_E7 800000000
#define NEAR_LON_E7 1799990000
#define NEAR_MARGIN_E7 200                     /* two metres of latitude */
#define RISE (1.25F / 16 * (float)RAD * 1e-7F) /* see vol_box_of_leg */

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

void vol_block_set(struct vol_block *b, uint32_t i, const struct vol_box *box)
{
    b->west[i] = box->west;
    b->east[i] = box->east;
    b->south[i] = box->south;
    b->north[i] = box->north;
    b->low[i] = box->low;
    b->high[i] = box->high;
    b->from[i] = box->from;
    b->until[i] = box->until;
    b->south_row[i] = (int32_t)vol_line_of(box->south);
    b->north_row[i] = (int32_t)vol_line_of(box->north);
    b->west_column[i] = (int32_t)vol_column(box->west);
    b->east_column[i] = (int32_t)vol_column(box->east);
}

#define TEXT static inline __attribute__((always_inline))

TEXT int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}
TEXT int32_t most(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Points side by side, times as vol_time counts them. */
struct rows {
    int32_t low[VOL_BLOCK + 8], high[VOL_BLOCK + 8], early[VOL_BLOCK + 8], late[VOL_BLOCK + 8];
};

/* Points [from, count], point by point; true: a time cannot be one. before_s: that of the one
 * before. */
TEXT bool lay_each(const ovf_volumes_point *points, uint32_t from, uint32_t count,
                   ovf_volumes_doubt doubt, struct vol_block *out, struct rows *rows)
{
    int64_t before_s = points[from > 0 ? from - 1 : 0].time_s;
    int is_wrong = 0;
    for (uint32_t i = from; i <= count; i++) {
        const ovf_volumes_point *p = &points[i];
        int64_t time_s = p->time_s;
        out->lat[i] = p->place.lat_e7;
        out->lon[i] = p->place.lon_e7;
        rows->low[i] = p->low_ft;
        rows->high[i] = p->high_ft;
        is_wrong |= (time_s < before_s) | (time_s < -VOL_TIME_MAX_S) | (time_s > VOL_TIME_MAX_S);
        rows->early[i] = vol_time((int64_t)((uint64_t)time_s - doubt.early_s));
        rows->late[i] = vol_time((int64_t)((uint64_t)time_s + doubt.late_s));
        before_s = time_s;
    }
    return is_wrong != 0;
}

/* What comes next, of this path or, for paths that lie one after the other, of the next one. */
TEXT void fetch_next(const ovf_volumes_point *points, uint32_t count)
{
    const char *next = (const char *)(points + count + 1);
    for (size_t k = 0; k < (count + 1) * sizeof *points; k += 64)
        __builtin_prefetch(next + k);
}

/* Levels and times into the block; true: a point cannot be one. */
TEXT bool lay_out(uint32_t count, const struct rows *rows, struct vol_block *out)
{
    int is_wrong = 0;
    for (uint32_t i = 0; i <= count; i++)
        is_wrong |= (out->lat[i] > OVF_GEO_POLE_E7) | (out->lat[i] < -OVF_GEO_POLE_E7)
                    | (out->lon[i] > (int32_t)OVF_GEO_HALF_E7)
                    | (out->lon[i] < -(int32_t)OVF_GEO_HALF_E7) | (rows->low[i] > rows->high[i]);
    for (uint32_t i = 0; i < count; i++) {
        out->low[i] = least(rows->low[i], rows->low[i + 1]);
        out->high[i] = most(rows->high[i], rows->high[i + 1]);
        out->from[i] = rows->early[i];
        out->until[i] = rows->late[i + 1];
    }
    return is_wrong != 0;
}

TEXT void cells_of(uint32_t count, struct vol_block *out)
{
    for (uint32_t i = 0; i < count; i++) {
        out->south_row[i] = (int32_t)vol_line_of(out->south[i]);
        out->north_row[i] = (int32_t)vol_line_of(out->north[i]);
        out->west_column[i] = (int32_t)vol_column(out->west[i]);
        out->east_column[i] = (int32_t)vol_column(out->east[i]);
    }
}

TEXT unsigned straight(uint32_t count, const struct rows *rows, struct vol_block *out)
{
    unsigned flags = lay_out(count, rows, out) ? VOL_POINTS_WRONG : 0;
    unsigned is_far = 0;
    for (uint32_t i = 0; i < count; i++) {
        out->south[i] = least(out->lat[i], out->lat[i + 1]);
        out->north[i] = most(out->lat[i], out->lat[i + 1]);
        out->west[i] = least(out->lon[i], out->lon[i + 1]);
        out->east[i] = most(out->lon[i], out->lon[i + 1]);
        is_far |= (uint32_t)out->east[i] - (uint32_t)out->west[i] > (uint32_t)OVF_GEO_HALF_E7;
    }
    cells_of(count, out);
    return flags | (is_far ? VOL_LEFT_OUT : 0u);
}

/* Whole numbers as float are off by 64 at most, so a margin may be off by less than one. */
TEXT unsigned near(uint32_t count, const struct rows *rows, struct vol_block *out)
{
    unsigned flags = lay_out(count, rows, out) ? VOL_POINTS_WRONG : 0;
    int is_off = 0;
    for (uint32_t i = 0; i <= count; i++)
        is_off |= (out->lat[i] > NEAR_LAT_E7) | (out->lat[i] < -NEAR_LAT_E7)
                  | (out->lon[i] > NEAR_LON_E7) | (out->lon[i] < -NEAR_LON_E7);
    if (is_off) // what lies off may be wrong too: whoever goes one by one will see
        return flags | VOL_LEFT_OUT;
    int is_far = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t a = out->lat[i];
        int32_t b = out->lat[i + 1];
        int32_t west = least(out->lon[i], out->lon[i + 1]);
        int32_t east = most(out->lon[i], out->lon[i + 1]);
        // As numbers with a point: whole ones would run over beyond 214 degrees.
        float step = (float)east - (float)west;
        float rise = (float)most(a, b) - (float)least(a, b);
        float x = (float)least(a < 0 ? -a : a, b < 0 ? -b : b) * ((float)RAD * 1e-7F);
        float square = x * x;
        float across = step * (1 - square * 0.5F + square * square * (1.0F / 24));
        is_far |= across * across + rise * rise >= (float)(SHORT_E7 * SHORT_E7);
        // A far one is not used; its margin must fit an int all the same.
        float bow = step * step * RISE;
        int32_t margin = (int32_t)(bow < 1e6F ? bow : 1e6F) + NEAR_MARGIN_E7 + 1;
        out->south[i] = least(a, b) - margin;
        out->north[i] = most(a, b) + margin;
        out->west[i] = west - NEAR_MARGIN_E7;
        out->east[i] = east + NEAR_MARGIN_E7;
    }
    cells_of(count, out);
    return flags | (is_far ? VOL_LEFT_OUT : 0u);
}

#define DEFINE_BOXES(engine, attribute, lay)                                                  \
    attribute static unsigned boxes_##engine(const ovf_volumes_point *points, uint32_t count, \
                                             ovf_volumes_doubt doubt, struct vol_block *out)  \
    {                                                                                         \
        struct rows rows;                                                                     \
        fetch_next(points, count);                                                            \
        bool is_wrong = lay(points, 0, count, doubt, out, &rows);                             \
        return straight(count, &rows, out) | (is_wrong ? VOL_POINTS_WRONG : 0u);              \
    }                                                                                         \
    attribute static unsigned near_##engine(const ovf_volumes_point *points, uint32_t count,  \
                                            ovf_volumes_doubt doubt, struct vol_block *out)   \
    {                                                                                         \
        struct rows rows;                                                                     \
        fetch_next(points, count);                                                            \
        bool is_wrong = lay(points, 0, count, doubt, out, &rows);                             \
        return near(count, &rows, out) | (is_wrong ? VOL_POINTS_WRONG : 0u);                  \
    }

DEFINE_BOXES(portable, , lay_each)

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

DEFINE_BOXES(avx2, __attribute__((target("avx2"))), lay_each)

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))

static_assert(sizeof(ovf_volumes_point) == 24 && offsetof(ovf_volumes_point, low_ft) == 8
                  && offsetof(ovf_volumes_point, time_s) == 16,
              "eight points are three vectors");

AVX512 static inline __m512i third(const __m512i v[3], __m512i two, __m512i last)
{
    return _mm512_permutex2var_epi64(_mm512_permutex2var_epi64(v[0], two, v[1]), last, v[2]);
}

AVX512 static inline void store_halves(__m512i pairs, int32_t *low, int32_t *high)
{
    _mm256_storeu_si256((__m256i *)(void *)low, _mm512_cvtepi64_epi32(pairs));
    _mm256_storeu_si256((__m256i *)(void *)high,
                        _mm512_cvtepi64_epi32(_mm512_srli_epi64(pairs, 32)));
}

/* vol_time of eight, which are not wrong. */
AVX512 static inline __m256i times_8(__m512i s)
{
    __m256i t = _mm512_cvtsepi64_epi32(_mm512_sub_epi64(s, _mm512_set1_epi64(VOL_EPOCH_S)));
    __mmask8 is_first = _mm256_cmpeq_epi32_mask(t, _mm256_set1_epi32(-INT32_MAX));
    return _mm256_mask_mov_epi32(t, is_first, _mm256_set1_epi32(INT32_MIN));
}

/* Eight points at a step, the rest one by one. */
AVX512 static inline bool lay_eight(const ovf_volumes_point *points, uint32_t from, uint32_t count,
                                    ovf_volumes_doubt doubt, struct vol_block *out,
                                    struct rows *rows)
{
    const __m512i places = _mm512_setr_epi64(0, 3, 6, 9, 12, 15, 0, 0);
    const __m512i places_3 = _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 8 + 2, 8 + 5);
    const __m512i levels = _mm512_setr_epi64(1, 4, 7, 10, 13, 0, 0, 0);
    const __m512i levels_3 = _mm512_setr_epi64(0, 1, 2, 3, 4, 8 + 0, 8 + 3, 8 + 6);
    const __m512i times = _mm512_setr_epi64(2, 5, 8, 11, 14, 0, 0, 0);
    const __m512i times_3 = _mm512_setr_epi64(0, 1, 2, 3, 4, 8 + 1, 8 + 4, 8 + 7);
    const __m512i max = _mm512_set1_epi64(VOL_TIME_MAX_S);
    const __m512i min = _mm512_set1_epi64(-VOL_TIME_MAX_S);
    __m512i early = _mm512_set1_epi64(doubt.early_s);
    __m512i late = _mm512_set1_epi64(doubt.late_s);
    __m512i before = _mm512_set1_epi64(points[from].time_s);
    uint32_t is_wrong = 0;
    uint32_t i = from;
    for (; i + 8 <= count + 1; i += 8) {
        __m512i v[3];
        for (int k = 0; k < 3; k++)
            v[k] = _mm512_loadu_si512((const char *)(points + i) + 64 * k);
        __m512i time = third(v, times, times_3);
        store_halves(third(v, places, places_3), out->lat + i, out->lon + i);
        store_halves(third(v, levels, levels_3), rows->low + i, rows->high + i);
        // The time before each: that of the lane before it.
        before = _mm512_alignr_epi64(time, before, 7);
        is_wrong |= (uint32_t)_mm512_cmplt_epi64_mask(time, before)
                    | _mm512_cmplt_epi64_mask(time, min) | _mm512_cmpgt_epi64_mask(time, max);
        before = time;
        _mm256_storeu_si256((__m256i *)(void *)(rows->early + i),
                            times_8(_mm512_sub_epi64(time, early)));
        _mm256_storeu_si256((__m256i *)(void *)(rows->late + i),
                            times_8(_mm512_add_epi64(time, late)));
    }
    bool rest = i <= count && lay_each(points, i, count, doubt, out, rows);
    return is_wrong != 0 || rest;
}

DEFINE_BOXES(avx512, AVX512, lay_eight)

vol_boxes *vol_near_boxes_of(ovf_cells_engine engine)
{
    return engine == OVF_CELLS_AVX512 ? near_avx512
           : engine == OVF_CELLS_AVX2 ? near_avx2
                                      : near_portable;
}

vol_boxes *vol_boxes_of(ovf_cells_engine engine)
{
    return engine == OVF_CELLS_AVX512 ? boxes_avx512
           : engine == OVF_CELLS_AVX2 ? boxes_avx2
                                      : boxes_portable;
}

#else

vol_boxes *vol_near_boxes_of(ovf_cells_engine engine)
{
    (void)engine;
    return near_portable;
}

vol_boxes *vol_boxes_of(ovf_cells_engine engine)
{
    (void)engine;
    return boxes_portable;
}

#endif
