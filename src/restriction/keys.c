/* SPDX-License-Identifier: Apache-2.0 */
/* Whose number it is. A0012/25 exists once for each office that counts a series A: the key of a
 * notice is the office (by its State, where one office serves a State), the series, the year and the
 * number. Annex 15, 6.3: each series is numbered consecutively from 0001 every calendar year. */
#include "restriction_internal.h"

#include <stdio.h>

#define SERIES_DIGITS 5

/* Series and numbers are an office's own. The FAA has several under one State: its security notices
 * (KICZ) count apart from its domestic ones. */
static ovf_str office_of(const ovf_notice *notice)
{
    bool is_usa = ovf_str_eq(notice->issuer.state, OVF_STR("USA"));
    if (is_usa && notice->location_prefix.len > 0)
        return notice->location_prefix;
    if (ovf_str_starts(notice->locations, OVF_STR("KICZ")))
        return OVF_STR("KICZ");
    if (notice->issuer.state.len > 0 && !is_usa)
        return notice->issuer.state;
    if (notice->issuer.office.len > 0)
        return notice->issuer.office;
    if (notice->issuer.state.len > 0)
        return notice->issuer.state;
    if (notice->q_fir.len > 0)
        return notice->q_fir;
    return notice->issuer.kind;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* "A0012/25", "A12/2025": a letter, a number, a year of two or four digits. */
static bool read_number(ovf_str id, struct notice_key *out)
{
    uint32_t number = 0;
    uint32_t year = 0;
    if (id.len < 4 || !is_upper(id.ptr[0]))
        return false;
    size_t end = ovf_str_take_uint(id, 1, 99999, &number);
    if (end == 1 || end > 1 + SERIES_DIGITS || number == 0 || number > 99999 || end >= id.len
        || id.ptr[end] != '/')
        return false;
    size_t last = ovf_str_take_uint(id, end + 1, 9999, &year);
    size_t digits = last - end - 1;
    if (last != id.len || (digits != 2 && digits != 4))
        return false;
    out->series = id.ptr[0];
    out->number = (int32_t)number;
    out->year = (int32_t)(digits == 2 ? 2000 + year : year);
    return true;
}

void notice_key_of(const ovf_notice *notice, ovf_str id, struct notice_key *out)
{
    *out = (struct notice_key){.office = office_of(notice), .id = id};
    if (id.len > 0 && !read_number(id, out))
        out->series = 0;
}

/* The byte of a text that a bar follows. */
static int byte_at(ovf_str s, size_t i)
{
    return i < s.len ? (unsigned char)s.ptr[i] : i == s.len ? '|' : -1;
}

static int cmp_barred(ovf_str a, ovf_str b)
{
    size_t i = 0;
    while (i < a.len && i < b.len && a.ptr[i] == b.ptr[i])
        i++;
    return byte_at(a, i) - byte_at(b, i);
}

#define KEY_TEXT_BYTES 40

/* What of the key comes behind the office; room holds what is not there as it is. */
static ovf_str key_tail(const struct notice_key *key, char *room)
{
    if (key->series == 0)
        return key->id;
    int len =
        snprintf(room, KEY_TEXT_BYTES, "%c|%d|%05d", key->series, (int)key->year, (int)key->number);
    return (ovf_str){room, len < 0 ? 0 : (size_t)len};
}

int notice_key_cmp(const struct notice_key *a, const struct notice_key *b)
{
    int order = cmp_barred(a->office, b->office);
    if (order != 0)
        return order;
    if (a->series != 0 && a->series == b->series && a->year == b->year)
        return (a->number > b->number) - (a->number < b->number);
    char rooms[2][KEY_TEXT_BYTES];
    return ovf_str_cmp(key_tail(a, rooms[0]), key_tail(b, rooms[1]));
}

bool notice_key_eq(const struct notice_key *a, const struct notice_key *b)
{
    return a->series == b->series && a->number == b->number && a->year == b->year
           && ovf_str_eq(a->office, b->office) && (a->series != 0 || ovf_str_eq(a->id, b->id));
}

static uint64_t mix(uint64_t hash, ovf_str s)
{
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.ptr[i]) * UINT64_C(1099511628211);
    return hash;
}

uint64_t notice_key_hash(const struct notice_key *key)
{
    uint64_t hash = mix(UINT64_C(14695981039346656037), key->office);
    if (key->series == 0)
        hash = mix(hash, key->id);
    else
        hash ^= (uint64_t)(unsigned char)key->series << 56 | (uint64_t)key->year << 32
                | (uint64_t)key->number;
    hash *= UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

static bool differ(ovf_str a, ovf_str b)
{
    return a.len > 0 && b.len > 0 && !ovf_str_eq(a, b);
}

/* "EGXX" stands for every FIR of the State. */
static bool is_set_of_firs(ovf_str fir)
{
    return ovf_str_ends(fir, OVF_STR("XX"));
}

bool notice_is_same_count(const ovf_notice *a, const ovf_notice *b)
{
    if (!differ(a->q_fir, b->q_fir) || is_set_of_firs(a->q_fir) || is_set_of_firs(b->q_fir))
        return true;
    bool has_offices = a->issuer.office.len > 0 && b->issuer.office.len > 0;
    return has_offices ? ovf_str_eq(a->issuer.office, b->issuer.office)
                       : !differ(a->locations, b->locations);
}

ovf_time notice_start(const struct picture_notice *entry)
{
    if (entry->notice->valid_from != OVF_TIME_NONE)
        return entry->notice->valid_from;
    if (entry->notice->created != OVF_TIME_NONE)
        return entry->notice->created;
    return entry->source->known;
}
