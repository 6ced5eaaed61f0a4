/* SPDX-License-Identifier: Apache-2.0 */
/* One loop over blocks of 64 bytes, written once (scan_loop.h) and compiled three times: byte by
 * byte, for AVX2 and for AVX-512. Which one runs is told by the processor. */
#include "scan.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define HAS_X86 1
#include <immintrin.h>
#endif

/* ---- byte by byte ---- */

typedef const unsigned char *plain_block;

static inline plain_block plain_load(const char *p)
{
    return (plain_block)p;
}

static inline uint64_t plain_is(plain_block block, char c)
{
    uint64_t mask = 0;
    for (unsigned i = 0; i < 64; i++)
        mask |= (uint64_t)(block[i] == (unsigned char)c) << i;
    return mask;
}

/* Bytes in [low, low + count). */
static inline uint64_t plain_within(plain_block block, unsigned char low, unsigned char count)
{
    uint64_t mask = 0;
    for (unsigned i = 0; i < 64; i++)
        mask |= (uint64_t)((unsigned char)(block[i] - low) < count) << i;
    return mask;
}

#define WAY(name) plain_##name
#define TARGET
#include "scan_loop.h"
#undef WAY
#undef TARGET

#ifdef HAS_X86

/* ---- AVX2 ---- */

#define TARGET __attribute__((target("avx2,bmi")))

typedef struct avx2_block {
    __m256i low, high;
} avx2_block;

TARGET static inline avx2_block avx2_load(const char *p)
{
    return (avx2_block){_mm256_loadu_si256((const __m256i *)(const void *)p),
                        _mm256_loadu_si256((const __m256i *)(const void *)(p + 32))};
}

TARGET static inline uint64_t avx2_mask(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low)
           | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

TARGET static inline uint64_t avx2_is(avx2_block block, char c)
{
    __m256i wanted = _mm256_set1_epi8(c);
    return avx2_mask(_mm256_cmpeq_epi8(block.low, wanted), _mm256_cmpeq_epi8(block.high, wanted));
}

TARGET static inline __m256i avx2_half_within(__m256i half, unsigned char low, unsigned char count)
{
    __m256i from = _mm256_sub_epi8(half, _mm256_set1_epi8((char)low));
    __m256i last = _mm256_set1_epi8((char)(count - 1));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(from, last), from);
}

TARGET static inline uint64_t avx2_within(avx2_block block, unsigned char low, unsigned char count)
{
    return avx2_mask(avx2_half_within(block.low, low, count),
                     avx2_half_within(block.high, low, count));
}

#define WAY(name) avx2_##name
#include "scan_loop.h"
#undef WAY
#undef TARGET

/* ---- AVX-512 ---- */

#define TARGET __attribute__((target("avx512f,avx512bw,bmi")))

typedef __m512i avx512_block;

TARGET static inline avx512_block avx512_load(const char *p)
{
    return _mm512_loadu_si512(p);
}

TARGET static inline uint64_t avx512_is(avx512_block block, char c)
{
    return _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8(c));
}

TARGET static inline uint64_t avx512_within(avx512_block block, unsigned char low,
                                            unsigned char count)
{
    return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(block, _mm512_set1_epi8((char)low)),
                                  _mm512_set1_epi8((char)count));
}

#define WAY(name) avx512_##name
#include "scan_loop.h"
#undef WAY
#undef TARGET

#endif

ovf_scan_way ovf_scan_best(void)
{
#ifdef HAS_X86
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("bmi"))
        return OVF_SCAN_AVX512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"))
        return OVF_SCAN_AVX2;
#endif
    return OVF_SCAN_PLAIN;
}

size_t ovf_scan(ovf_str s, size_t *from, size_t until, ovf_scan_kind kind, ovf_scan_way way,
                uint32_t places[OVF_SCAN_ROOM])
{
#ifdef HAS_X86
    if (way == OVF_SCAN_AVX512)
        return avx512_scan(s, from, until, kind, places);
    if (way == OVF_SCAN_AVX2)
        return avx2_scan(s, from, until, kind, places);
#endif
    OVF_UNUSED(way);
    return plain_scan(s, from, until, kind, places);
}

static bool holds_only(ovf_str s, bool is_bare, ovf_scan_way way)
{
#ifdef HAS_X86
    if (way == OVF_SCAN_AVX512)
        return avx512_holds_only(s, is_bare);
    if (way == OVF_SCAN_AVX2)
        return avx2_holds_only(s, is_bare);
#endif
    OVF_UNUSED(way);
    return plain_holds_only(s, is_bare);
}

unsigned ovf_scan_holds(ovf_str s, ovf_scan_way way)
{
#ifdef HAS_X86
    if (way == OVF_SCAN_AVX512)
        return avx512_holds(s);
    if (way == OVF_SCAN_AVX2)
        return avx2_holds(s);
#endif
    OVF_UNUSED(way);
    return plain_holds(s);
}

bool ovf_scan_is_plain(ovf_str s, ovf_scan_way way)
{
    return holds_only(s, false, way);
}

bool ovf_scan_is_bare(ovf_str s, ovf_scan_way way)
{
    return holds_only(s, true, way);
}
