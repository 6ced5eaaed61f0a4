/* SPDX-License-Identifier: Apache-2.0 */
/* Included by scan.c once for each way of comparing: WAY(name) gives the names, TARGET the
 * attribute. block, load, is and within are there. */

/* Of the letters or digits that end a pair: those whose first is right before them. *carry: does
 * the block before end in a first? */
TARGET static inline uint64_t WAY(behind)(uint64_t first, uint64_t second, uint64_t *carry)
{
    uint64_t shifted = first << 1 | *carry;
    *carry = first >> 63;
    return shifted & second;
}

struct WAY(carries) {
    uint64_t digit, q, c, s, n;
    uint64_t runs, pairs; /* of the block before: its letters N, its letters C behind a Z */
    uint64_t z;
};

/* The last letters of NNNN and ZCZC, where one message ends and the next begins. */
TARGET static inline uint64_t WAY(ends)(uint64_t n, uint64_t z, uint64_t c,
                                        struct WAY(carries) * carry)
{
    uint64_t before = carry->runs;
    uint64_t run = n & (n << 1 | before >> 63) & (n << 2 | before >> 62) & (n << 3 | before >> 61);
    uint64_t pair = WAY(behind)(z, c, &carry->z);
    uint64_t twice = pair & (pair << 2 | carry->pairs >> 62);
    carry->runs = n;
    carry->pairs = pair;
    return run | twice;
}

TARGET static inline uint64_t WAY(heads)(WAY(block) block, struct WAY(carries) * carry)
{
    uint64_t z = WAY(is)(block, 'Z');
    uint64_t ends = WAY(is)(block, '/') | z;
    return WAY(behind)(WAY(within)(block, '0', 10), ends, &carry->digit)
           | WAY(ends)(WAY(is)(block, 'N'), z, WAY(is)(block, 'C'), carry)
           | WAY(behind)(WAY(is)(block, 'Q'), WAY(is)(block, ')'), &carry->q) | WAY(is)(block, '!')
           | WAY(is)(block, '\n');
}

TARGET static inline uint64_t WAY(trailers)(WAY(block) block, struct WAY(carries) * carry)
{
    uint64_t upper_n = WAY(is)(block, 'N');
    uint64_t n = upper_n | WAY(is)(block, 'n');
    uint64_t r = WAY(is)(block, 'R') | WAY(is)(block, 'r');
    uint64_t o = WAY(is)(block, 'O') | WAY(is)(block, 'o');
    return WAY(behind)(WAY(is)(block, 'C'), r | n, &carry->c)
           | WAY(behind)(WAY(is)(block, 'S'), o, &carry->s)
           | WAY(behind)(upper_n | WAY(is)(block, 'U'), n, &carry->n);
}

TARGET static size_t WAY(scan)(ovf_str s, size_t *from, size_t until, ovf_scan_kind kind,
                               uint32_t places[OVF_SCAN_ROOM])
{
    struct WAY(carries) carry = {0};
    size_t count = 0;
    size_t at = *from;
    // The byte before the first block may be the first of a pair.
    if (at > 0) {
        char before = s.ptr[at - 1];
        carry = (struct WAY(carries)){.digit = before >= '0' && before <= '9',
                                      .q = before == 'Q',
                                      .c = before == 'C',
                                      .s = before == 'S',
                                      .n = before == 'N' || before == 'U',
                                      .z = before == 'Z'};
        for (size_t k = 1; k <= 3 && k <= at; k++) {
            carry.runs |= (uint64_t)(s.ptr[at - k] == 'N') << (64 - k);
            bool is_pair = k < at && s.ptr[at - k] == 'C' && s.ptr[at - k - 1] == 'Z';
            carry.pairs |= (uint64_t)is_pair << (64 - k);
        }
    }
    while (at < until && count + 64 <= OVF_SCAN_ROOM) {
        char last[64];
        const char *p = s.ptr + at;
        if (s.len - at < 64) {
            memset(last, 0, sizeof(last));
            memcpy(last, p, s.len - at);
            p = last;
        }
        WAY(block) block = WAY(load)(p);
        uint64_t mask =
            kind == OVF_SCAN_HEADS ? WAY(heads)(block, &carry) : WAY(trailers)(block, &carry);
        if (until - at < 64)
            mask &= (UINT64_C(1) << (until - at)) - 1;
        for (; mask != 0; mask &= mask - 1)
            places[count++] = (uint32_t)(at + (size_t)__builtin_ctzll(mask));
        at += 64;
    }
    *from = at < until ? at : until;
    return count;
}

/* Printable ASCII, tabs and line ends, without '&'; or, bare, what no carrier writes otherwise. */
TARGET static inline uint64_t WAY(odd)(WAY(block) block, bool is_bare)
{
    uint64_t fine = WAY(is)(block, '\n');
    uint64_t odd = WAY(is)(block, '&');
    if (is_bare) {
        fine |= WAY(within)(block, 0x20, 'a' - 0x20);
        odd |= WAY(is)(block, '<') | WAY(is)(block, '=') | WAY(is)(block, '\\');
    } else {
        fine |= WAY(within)(block, 0x20, 0x5F) | WAY(is)(block, '\t') | WAY(is)(block, '\r');
    }
    return ~fine | odd;
}

TARGET static bool WAY(holds_only)(ovf_str s, bool is_bare)
{
    for (size_t at = 0; at < s.len; at += 64) {
        char last[64];
        const char *p = s.ptr + at;
        if (s.len - at < 64) {
            memset(last, ' ', sizeof(last));
            memcpy(last, p, s.len - at);
            p = last;
        }
        if (WAY(odd)(WAY(load)(p), is_bare) != 0)
            return false;
    }
    return true;
}

TARGET static unsigned WAY(holds)(ovf_str s)
{
    uint64_t equals = 0;
    uint64_t backslash = 0;
    uint64_t ampersand = 0;
    uint64_t less = 0;
    uint64_t returns = 0;
    uint64_t high = 0;
    for (size_t at = 0; at < s.len; at += 64) {
        char last[64];
        const char *p = s.ptr + at;
        if (s.len - at < 64) {
            memset(last, ' ', sizeof(last));
            memcpy(last, p, s.len - at);
            p = last;
        }
        WAY(block) block = WAY(load)(p);
        equals |= WAY(is)(block, '=');
        backslash |= WAY(is)(block, '\\');
        ampersand |= WAY(is)(block, '&');
        less |= WAY(is)(block, '<');
        returns |= WAY(within)(block, '\v', 3);
        high |= WAY(within)(block, 0x80, 0x80);
    }
    return (equals != 0 ? OVF_HOLDS_EQUALS : 0U) | (backslash != 0 ? OVF_HOLDS_BACKSLASH : 0U)
           | (ampersand != 0 ? OVF_HOLDS_AND : 0U) | (less != 0 ? OVF_HOLDS_LESS : 0U)
           | (returns != 0 ? OVF_HOLDS_RETURN : 0U) | (high != 0 ? OVF_HOLDS_HIGH : 0U);
}
