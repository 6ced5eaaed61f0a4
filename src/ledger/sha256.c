/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 after FIPS 180-4: section 4.1.2 (functions), 4.2.2 (constants), 5.1.1 (padding), 5.3.3
 * (first hash value), 6.2 (the computation). Words are big-endian. */
#include "ledger_internal.h"

#include <string.h>

#define BLOCK_BYTES 64

/* 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate_right(uint32_t x, unsigned bits)
{
    return (x >> bits) | (x << (32 - bits));
}

static uint32_t load_word(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | (uint32_t)p[3];
}

/* 6.2.2: the message schedule, then 64 rounds over the eight working variables a..h. */
static void add_block(uint32_t hash[8], const unsigned char *block)
{
    uint32_t w[64];
    for (size_t t = 0; t < 16; t++)
        w[t] = load_word(block + 4 * t);
    for (size_t t = 16; t < 64; t++) {
        uint32_t s0 = rotate_right(w[t - 15], 7) ^ rotate_right(w[t - 15], 18) ^ (w[t - 15] >> 3);
        uint32_t s1 = rotate_right(w[t - 2], 17) ^ rotate_right(w[t - 2], 19) ^ (w[t - 2] >> 10);
        w[t] = s1 + w[t - 7] + s0 + w[t - 16];
    }
    uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3];
    uint32_t e = hash[4], f = hash[5], g = hash[6], h = hash[7];
    for (size_t t = 0; t < 64; t++) {
        uint32_t big1 = rotate_right(e, 6) ^ rotate_right(e, 11) ^ rotate_right(e, 25);
        uint32_t t1 = h + big1 + ((e & f) ^ (~e & g)) + round_constants[t] + w[t];
        uint32_t big0 = rotate_right(a, 2) ^ rotate_right(a, 13) ^ rotate_right(a, 22);
        uint32_t t2 = big0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
    }
    const uint32_t worked[8] = {a, b, c, d, e, f, g, h};
    for (size_t i = 0; i < 8; i++)
        hash[i] += worked[i];
}

void ledger_sha_init(ledger_sha *s)
{
    *s = (ledger_sha){.hash = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
                               0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
}

void ledger_sha_add(ledger_sha *s, ovf_str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    size_t left = bytes.len;
    s->total += bytes.len;
    while (left > 0) {
        if (s->held == 0 && left >= BLOCK_BYTES) {
            add_block(s->hash, p);
            p += BLOCK_BYTES;
            left -= BLOCK_BYTES;
            continue;
        }
        size_t room = BLOCK_BYTES - s->held;
        size_t taken = left < room ? left : room;
        memcpy(s->block + s->held, p, taken);
        s->held += taken;
        p += taken;
        left -= taken;
        if (s->held == BLOCK_BYTES) {
            add_block(s->hash, s->block);
            s->held = 0;
        }
    }
}

void ledger_sha_hex(ledger_sha *s, char out[OVF_SHA256_HEX + 1])
{
    // 5.1.1: a one bit, zeros, and the length in bits in the last 8 bytes; one block or two.
    unsigned char last[2 * BLOCK_BYTES] = {0};
    memcpy(last, s->block, s->held);
    last[s->held] = 0x80;
    size_t padded = s->held + 1 + 8 <= BLOCK_BYTES ? BLOCK_BYTES : 2 * BLOCK_BYTES;
    uint64_t bits = s->total * 8;
    for (size_t i = 0; i < 8; i++)
        last[padded - 1 - i] = (unsigned char)(bits >> (8 * i));
    for (size_t at = 0; at < padded; at += BLOCK_BYTES)
        add_block(s->hash, last + at);

    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < OVF_SHA256_HEX; i++)
        out[i] = digits[(s->hash[i / 8] >> (28 - 4 * (i % 8))) & 15];
    out[OVF_SHA256_HEX] = '\0';
}

void ovf_sha256_hex(ovf_str bytes, char out[OVF_SHA256_HEX + 1])
{
    ledger_sha s;
    ledger_sha_init(&s);
    ledger_sha_add(&s, bytes);
    ledger_sha_hex(&s, out);
}
