/* SPDX-License-Identifier: Apache-2.0 */
/* How a word is folded and where it is looked for in the vocabulary: the same for the program that
 * makes the table (tools/make_vocabulary.c) and for the reader (phrase.c).
 * Room: notice, private. */
#ifndef OVERFLY_NOTICE_WORD_HASH_H
#define OVERFLY_NOTICE_WORD_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    OVF_VOCABULARY_LEN_MAX = 16, /* of a word in the vocabulary: its two halves say all of it */
    OVF_VOCABULARY_LOG2 = 13,
    OVF_VOCABULARY_SLOTS = 1 << OVF_VOCABULARY_LOG2,
};

/* A word of letters and digits, either case: first and last eight bytes. */
struct ovf_word_halves {
    uint64_t head, tail;
};

/* At most eight bytes, the first one lowest. Letters become capitals; digits keep apart from them. */
static inline uint64_t ovf_word_load(const char *p, size_t len)
{
    uint64_t value = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (len >= 8) {
        memcpy(&value, p, 8);
    } else if (len >= 4) {
        uint32_t first;
        uint32_t last;
        memcpy(&first, p, 4);
        memcpy(&last, p + len - 4, 4);
        value = first | (uint64_t)last << (8 * (len - 4));
    } else if (len >= 2) {
        uint16_t first;
        uint16_t last;
        memcpy(&first, p, 2);
        memcpy(&last, p + len - 2, 2);
        value = first | (uint64_t)last << (8 * (len - 2));
    } else if (len == 1) {
        value = (unsigned char)*p;
    }
#else
    for (size_t i = 0; i < len && i < 8; i++)
        value |= (uint64_t)(unsigned char)p[i] << (8 * i);
#endif
    return value & UINT64_C(0xDFDFDFDFDFDFDFDF);
}

static inline struct ovf_word_halves ovf_word_halves_of(const char *p, size_t len)
{
    struct ovf_word_halves out = {ovf_word_load(p, len), len};
    if (len > 8)
        out.tail = ovf_word_load(p + len - 8, 8);
    return out;
}

/* The first slot to look at; the next ones follow. */
static inline uint32_t ovf_word_slot(struct ovf_word_halves w)
{
    uint64_t mixed =
        (w.head * UINT64_C(0x9E3779B97F4A7C15)) ^ (w.tail * UINT64_C(0xC2B2AE3D27D4EB4F));
    mixed ^= mixed >> 29;
    mixed *= UINT64_C(0xBF58476D1CE4E5B9);
    return (uint32_t)(mixed >> (64 - OVF_VOCABULARY_LOG2));
}

#endif
