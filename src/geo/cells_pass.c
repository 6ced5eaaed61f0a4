/* SPDX-License-Identifier: Apache-2.0 */
/* From points to values: the table for all of a block, then the leaf for those that need one, so
 * that the loads of many points are on their way at once. The vector forms differ from the
 * portable one in nothing but speed; a division by 625,000 is a shift by 3 and a division by
 * 78,125, which for 29 bits is a multiplication by 450359963 and a shift by 45. */
#include "cells_internal.h"

#include <string.h>

struct cells_spot cells_spot_of(bool is_planar, ovf_fixed p)
{
    uint32_t x = ((uint32_t)p.lon_e7 + (uint32_t)OVF_GEO_HALF_E7) / CELLS_SUB_E7;
    uint32_t y = ((uint32_t)p.lat_e7 + (uint32_t)OVF_GEO_POLE_E7) / CELLS_SUB_E7;
    if (x >= CELLS_SUB_COLUMNS) // the 180th meridian is one; in the plane it is the last column
        x = is_planar ? CELLS_SUB_COLUMNS - 1 : 0;
    if (y >= CELLS_SUB_ROWS)
        y = CELLS_SUB_ROWS - 1;
    struct cells_spot spot = {(y >> 4) * CELLS_COLUMNS + (x >> 4), (y & 15) << 4 | (x & 15)};
    if (!is_planar && (p.lat_e7 > CELLS_CAP_E7 || p.lat_e7 < -CELLS_CAP_E7))
        spot.cell = p.lat_e7 > 0 ? CELLS_CAP_NORTH : CELLS_CAP_SOUTH;
    return spot;
}

/* The loads: cells and small cells of all points are known. */
static inline uint32_t load_values(const struct cells_store *store, const uint32_t *top,
                                   const uint32_t *cells, uint32_t *subs, uint32_t count,
                                   uint32_t *values, uint32_t *borders)
{
    uint32_t leaves[CELLS_BLOCK];
    uint32_t leaf_count = 0;
    uint32_t border_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t value = top[cells[i]];
        values[i] = value;
        leaves[leaf_count] = i;
        leaf_count += (value & CELLS_TAG) == CELLS_LEAF;
        borders[border_count] = i;
        border_count += (value & CELLS_TAG) == CELLS_BORDER;
    }
    for (uint32_t k = 0; k < leaf_count; k++) {
        uint32_t i = leaves[k];
        const uint32_t *leaf = store->words + (values[i] & CELLS_PLACE);
        subs[k] = ((const uint8_t *)leaf)[subs[i]]; // k <= i: what is overwritten was read
    }
    for (uint32_t k = 0; k < leaf_count; k++) {
        uint32_t i = leaves[k];
        values[i] = store->words[(values[i] & CELLS_PLACE) + CELLS_GRID_WORDS + subs[k]];
        borders[border_count] = i;
        border_count += (values[i] & CELLS_TAG) == CELLS_BORDER;
    }
    return border_count;
}

uint32_t cells_pass_portable(const struct cells_store *store, const uint32_t *top,
                             const ovf_fixed *points, uint32_t count, uint32_t *values,
                             uint32_t *borders)
{
    uint32_t cells[CELLS_BLOCK];
    uint32_t subs[CELLS_BLOCK];
    for (uint32_t i = 0; i < count; i++) {
        struct cells_spot spot = cells_spot_of(store->is_planar, points[i]);
        cells[i] = spot.cell;
        subs[i] = spot.sub;
    }
    return load_values(store, top, cells, subs, count, values, borders);
}

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

#define MAGIC 450359963
#define MAGIC_SHIFT 45

/* ---- AVX2: the cells of eight points at a time; the loads one by one, as gathers gain nothing ---- */

__attribute__((target("avx2"))) static inline __m256i divided_8(__m256i e7)
{
    __m256i n = _mm256_srli_epi32(e7, 3);
    __m256i magic = _mm256_set1_epi32(MAGIC);
    __m256i even = _mm256_srli_epi64(_mm256_mul_epu32(n, magic), MAGIC_SHIFT);
    __m256i odd = _mm256_mul_epu32(_mm256_srli_epi64(n, 32), magic);
    odd = _mm256_slli_epi64(_mm256_srli_epi64(odd, MAGIC_SHIFT), 32);
    return _mm256_or_si256(even, odd);
}

__attribute__((target("avx2"))) static uint32_t pass_avx2(const struct cells_store *store,
                                                          const uint32_t *top,
                                                          const ovf_fixed *points, uint32_t count,
                                                          uint32_t *values, uint32_t *borders)
{
    uint32_t cells[CELLS_BLOCK];
    uint32_t subs[CELLS_BLOCK];
    const __m256i split = _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7);
    const __m256i last_x = _mm256_set1_epi32(CELLS_SUB_COLUMNS - 1);
    const __m256i last_y = _mm256_set1_epi32(CELLS_SUB_ROWS - 1);
    const __m256i cap = _mm256_set1_epi32(CELLS_CAP_E7);
    const __m256i is_round = _mm256_set1_epi32(store->is_planar ? 0 : -1);
    uint32_t whole = count & ~7u;
    for (uint32_t i = 0; i < whole; i += 8) {
        const __m256i *at = (const __m256i *)(const void *)(points + i);
        __m256i a = _mm256_permutevar8x32_epi32(_mm256_loadu_si256(at), split);
        __m256i b = _mm256_permutevar8x32_epi32(_mm256_loadu_si256(at + 1), split);
        __m256i lat = _mm256_permute2x128_si256(a, b, 0x20);
        __m256i lon = _mm256_permute2x128_si256(a, b, 0x31);
        __m256i x = divided_8(_mm256_add_epi32(lon, _mm256_set1_epi32(1800000000)));
        __m256i y = divided_8(_mm256_add_epi32(lat, _mm256_set1_epi32(900000000)));
        __m256i beyond = _mm256_cmpgt_epi32(x, last_x);
        x = _mm256_min_epi32(x, last_x);
        x = _mm256_andnot_si256(_mm256_and_si256(beyond, is_round), x);
        y = _mm256_min_epi32(y, last_y);
        __m256i cell = _mm256_add_epi32(
            _mm256_mullo_epi32(_mm256_srli_epi32(y, 4), _mm256_set1_epi32(CELLS_COLUMNS)),
            _mm256_srli_epi32(x, 4));
        __m256i north = _mm256_and_si256(_mm256_cmpgt_epi32(lat, cap), is_round);
        __m256i south = _mm256_and_si256(
            _mm256_cmpgt_epi32(_mm256_sub_epi32(_mm256_setzero_si256(), cap), lat), is_round);
        cell = _mm256_blendv_epi8(cell, _mm256_set1_epi32(CELLS_CAP_NORTH), north);
        cell = _mm256_blendv_epi8(cell, _mm256_set1_epi32(CELLS_CAP_SOUTH), south);
        __m256i low = _mm256_set1_epi32(15);
        __m256i sub = _mm256_or_si256(_mm256_slli_epi32(_mm256_and_si256(y, low), 4),
                                      _mm256_and_si256(x, low));
        _mm256_storeu_si256((__m256i *)(void *)(cells + i), cell);
        _mm256_storeu_si256((__m256i *)(void *)(subs + i), sub);
    }
    for (uint32_t i = whole; i < count; i++) {
        struct cells_spot spot = cells_spot_of(store->is_planar, points[i]);
        cells[i] = spot.cell;
        subs[i] = spot.sub;
    }
    return load_values(store, top, cells, subs, count, values, borders);
}

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))

AVX512 static inline __m512i divided_16(__m512i e7)
{
    __m512i n = _mm512_srli_epi32(e7, 3);
    __m512i magic = _mm512_set1_epi32(MAGIC);
    __m512i even = _mm512_srli_epi64(_mm512_mul_epu32(n, magic), MAGIC_SHIFT);
    __m512i odd = _mm512_srli_epi64(_mm512_mul_epu32(_mm512_srli_epi64(n, 32), magic), MAGIC_SHIFT);
    return _mm512_or_si512(even, _mm512_slli_epi64(odd, 32));
}

/* The leaves of up to 16 points: numbers, values and small cells are packed side by side. */
AVX512 static inline uint32_t leaves_16(const struct cells_store *store, const uint32_t *numbers,
                                        const uint32_t *places, const uint32_t *subs, __mmask16 use,
                                        uint32_t *values, uint32_t *borders)
{
    const void *words = store->words;
    __m512i number = _mm512_loadu_si512(numbers);
    __m512i place = _mm512_and_si512(_mm512_loadu_si512(places), _mm512_set1_epi32(CELLS_PLACE));
    __m512i sub = _mm512_loadu_si512(subs);
    __m512i zero = _mm512_setzero_si512();
    // The byte's word, and the byte out of it: places in bytes would not fit 31 bits.
    __m512i word = _mm512_add_epi32(place, _mm512_srli_epi32(sub, 2));
    __m512i four = _mm512_mask_i32gather_epi32(zero, use, word, words, 4);
    __m512i shift = _mm512_slli_epi32(_mm512_and_si512(sub, _mm512_set1_epi32(3)), 3);
    __m512i entry = _mm512_and_si512(_mm512_srlv_epi32(four, shift), _mm512_set1_epi32(255));
    __m512i at =
        _mm512_add_epi32(_mm512_add_epi32(place, entry), _mm512_set1_epi32(CELLS_GRID_WORDS));
    __m512i value = _mm512_mask_i32gather_epi32(zero, use, at, words, 4);
    _mm512_mask_i32scatter_epi32(values, use, number, value, 4);
    __mmask16 is_border = _mm512_mask_cmplt_epi32_mask(use, value, zero);
    _mm512_storeu_si512(borders, _mm512_maskz_compress_epi32(is_border, number));
    return (uint32_t)__builtin_popcount(is_border);
}

AVX512 static uint32_t pass_avx512(const struct cells_store *store, const uint32_t *top,
                                   const ovf_fixed *points, uint32_t count, uint32_t *values,
                                   uint32_t *borders)
{
    uint32_t numbers[CELLS_BLOCK + 16];
    uint32_t places[CELLS_BLOCK + 16];
    uint32_t subs[CELLS_BLOCK + 16];
    uint32_t leaf_count = 0;
    uint32_t border_count = 0;
    const __m512i evens =
        _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    const __m512i odds = _mm512_add_epi32(evens, _mm512_set1_epi32(1));
    const __m512i last_x = _mm512_set1_epi32(CELLS_SUB_COLUMNS - 1);
    const __m512i last_y = _mm512_set1_epi32(CELLS_SUB_ROWS - 1);
    const __m512i low = _mm512_set1_epi32(15);
    const __mmask16 is_round = store->is_planar ? 0 : 0xffff;
    __m512i number = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    for (uint32_t i = 0; i < count; i += 16) {
        uint32_t left = count - i;
        __mmask16 use = left >= 16 ? 0xffff : (__mmask16)((1u << left) - 1);
        uint32_t twice = left >= 16 ? UINT32_MAX : (uint32_t)((UINT64_C(1) << 2 * left) - 1);
        const uint32_t *at = (const uint32_t *)(const void *)(points + i);
        __m512i a = _mm512_maskz_loadu_epi32((__mmask16)twice, at);
        __m512i b = _mm512_maskz_loadu_epi32((__mmask16)(twice >> 16), at + 16);
        __m512i lat = _mm512_permutex2var_epi32(a, evens, b);
        __m512i lon = _mm512_permutex2var_epi32(a, odds, b);
        __m512i x = divided_16(_mm512_add_epi32(lon, _mm512_set1_epi32(1800000000)));
        __m512i y = divided_16(_mm512_add_epi32(lat, _mm512_set1_epi32(900000000)));
        __mmask16 beyond = _mm512_mask_cmpgt_epi32_mask(is_round, x, last_x);
        x = _mm512_maskz_min_epi32((__mmask16)~beyond, x, last_x);
        y = _mm512_min_epi32(y, last_y);
        __m512i row = _mm512_srli_epi32(y, 4);
        __m512i cell = _mm512_add_epi32(_mm512_mullo_epi32(row, _mm512_set1_epi32(CELLS_COLUMNS)),
                                        _mm512_srli_epi32(x, 4));
        __mmask16 north =
            _mm512_mask_cmpgt_epi32_mask(is_round, lat, _mm512_set1_epi32(CELLS_CAP_E7));
        __mmask16 south =
            _mm512_mask_cmplt_epi32_mask(is_round, lat, _mm512_set1_epi32(-CELLS_CAP_E7));
        cell = _mm512_mask_mov_epi32(cell, north, _mm512_set1_epi32(CELLS_CAP_NORTH));
        cell = _mm512_mask_mov_epi32(cell, south, _mm512_set1_epi32(CELLS_CAP_SOUTH));
        __m512i value =
            _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), use, cell, (const void *)top, 4);
        _mm512_mask_storeu_epi32(values + i, use, value);
        __m512i tag = _mm512_srli_epi32(value, 30);
        __mmask16 is_leaf = _mm512_cmpeq_epi32_mask(tag, _mm512_set1_epi32(1));
        __mmask16 is_border = _mm512_cmpeq_epi32_mask(tag, _mm512_set1_epi32(2));
        if (is_leaf != 0) {
            __m512i sub = _mm512_or_si512(_mm512_slli_epi32(_mm512_and_si512(y, low), 4),
                                          _mm512_and_si512(x, low));
            _mm512_storeu_si512(numbers + leaf_count, _mm512_maskz_compress_epi32(is_leaf, number));
            _mm512_storeu_si512(places + leaf_count, _mm512_maskz_compress_epi32(is_leaf, value));
            _mm512_storeu_si512(subs + leaf_count, _mm512_maskz_compress_epi32(is_leaf, sub));
            leaf_count += (uint32_t)__builtin_popcount(is_leaf);
        }
        if (is_border != 0) { // the caps
            _mm512_storeu_si512(borders + border_count,
                                _mm512_maskz_compress_epi32(is_border, number));
            border_count += (uint32_t)__builtin_popcount(is_border);
        }
        number = _mm512_add_epi32(number, _mm512_set1_epi32(16));
    }
    for (uint32_t k = 0; k < leaf_count; k += 16) {
        uint32_t left = leaf_count - k;
        __mmask16 use = left >= 16 ? 0xffff : (__mmask16)((1u << left) - 1);
        border_count += leaves_16(store, numbers + k, places + k, subs + k, use, values,
                                  borders + border_count);
    }
    return border_count;
}

ovf_cells_engine cells_best_engine(ovf_cells_engine wanted)
{
    if (wanted == OVF_CELLS_PORTABLE)
        return wanted;
    if (wanted != OVF_CELLS_AVX2 && __builtin_cpu_supports("avx512f")
        && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512dq"))
        return OVF_CELLS_AVX512;
    return __builtin_cpu_supports("avx2") ? OVF_CELLS_AVX2 : OVF_CELLS_PORTABLE;
}

cells_pass *cells_pass_of(ovf_cells_engine engine)
{
    return engine == OVF_CELLS_AVX512 ? pass_avx512
           : engine == OVF_CELLS_AVX2 ? pass_avx2
                                      : cells_pass_portable;
}

#else

ovf_cells_engine cells_best_engine(ovf_cells_engine wanted)
{
    (void)wanted;
    return OVF_CELLS_PORTABLE;
}

cells_pass *cells_pass_of(ovf_cells_engine engine)
{
    (void)engine;
    return cells_pass_portable;
}

#endif
