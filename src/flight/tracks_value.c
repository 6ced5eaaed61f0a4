/* SPDX-License-Identifier: Apache-2.0 */
/* Single values of the formats: numbers, times, addresses, names; what is out of its range is none. */
#include "tracks_internal.h"

#include <math.h>

#define EARLIEST_MS 631152000000 /* 1990: before any of these formats */
#define LATEST_MS 4102444800000  /* 2100 */

static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                              1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};

/* Digits with a point; up to 18 of them count, the rest moves the scale only. */
static size_t take_decimal(ovf_str s, double *out)
{
    size_t at = s.len > 0 && (s.ptr[0] == '-' || s.ptr[0] == '+');
    uint64_t digits = 0;
    int scale = 0;
    int taken = 0;
    bool seen_point = false;
    size_t start = at;
    size_t points = 0;
    for (; at < s.len; at++) {
        char c = s.ptr[at];
        if (c == '.' && !seen_point) {
            seen_point = true;
            points = 1;
            continue;
        }
        if (!tracks_is_digit(c))
            break;
        if (taken < 18) {
            digits = digits * 10 + (uint64_t)(c - '0');
            taken += digits != 0;
            scale += seen_point;
        } else if (!seen_point) {
            scale--;
        }
    }
    if (at - start <= points || scale > 18 * 2 || scale < -18)
        return 0;
    double value = (double)digits;
    if (scale > 18)
        value = value / tens[18] / tens[scale - 18];
    else
        value = scale >= 0 ? value / tens[scale] : value * tens[-scale];
    *out = s.ptr[0] == '-' ? -value : value;
    return at;
}

bool tracks_number(ovf_str text, double *out)
{
    text = ovf_str_trim(text);
    double value = 0;
    size_t at = take_decimal(text, &value);
    if (at == 0)
        return false;
    if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
        double power = 0;
        ovf_str rest = ovf_str_tail(text, at + 1);
        if (take_decimal(rest, &power) != rest.len || fabs(power) > 30 || power != floor(power))
            return false;
        value *= pow(10.0, power);
        at = text.len;
    }
    if (at != text.len || !(fabs(value) < 1e21))
        return false;
    *out = value;
    return true;
}

static int two(const char *s)
{
    return tracks_is_digit(s[0]) && tracks_is_digit(s[1]) ? (s[0] - '0') * 10 + (s[1] - '0') : -1;
}

bool tracks_date(ovf_str text, int64_t *out_ms)
{
    if (text.len != 10 || (text.ptr[4] != '/' && text.ptr[4] != '-') || text.ptr[7] != text.ptr[4])
        return false;
    int high = two(text.ptr);
    int low = two(text.ptr + 2);
    ovf_civil day = {.month = two(text.ptr + 5), .day = two(text.ptr + 8)};
    day.year = high * 100 + low;
    ovf_time t = 0;
    if (high < 0 || low < 0 || day.month < 0 || day.day < 0
        || ovf_time_from_civil(day, &t, NULL) != OVF_OK)
        return false;
    *out_ms = t * 1000;
    return true;
}

bool tracks_clock(ovf_str text, int64_t *out_ms)
{
    if (text.len < 8 || text.ptr[2] != ':' || text.ptr[5] != ':')
        return false;
    int hour = two(text.ptr);
    int minute = two(text.ptr + 3);
    int second = two(text.ptr + 6);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
        return false;
    int ms = 0;
    if (text.len > 8) {
        int unit = 100;
        if ((text.ptr[8] != '.' && text.ptr[8] != ',') || text.len == 9)
            return false;
        for (size_t i = 9; i < text.len; i++, unit /= 10) {
            if (!tracks_is_digit(text.ptr[i]))
                return false;
            ms += (text.ptr[i] - '0') * unit;
        }
    }
    *out_ms = ((hour * 60 + minute) * 60 + second) * (int64_t)1000 + ms;
    return true;
}

static bool written_time(ovf_str text, int64_t *out_ms)
{
    ovf_time t = OVF_TIME_NONE;
    int64_t date = 0;
    int64_t clock = 0;
    // The usual form by the short way: "2018-01-02 19:53:00+00:00", "2018-01-02T19:53:00.123Z".
    if (text.len >= 19 && tracks_date(ovf_str_sub(text, 0, 10), &date)) {
        ovf_str rest = ovf_str_tail(text, 11);
        size_t end = 8;
        while (end < rest.len && (rest.ptr[end] == '.' || tracks_is_digit(rest.ptr[end])))
            end++;
        ovf_str zone = ovf_str_tail(rest, end);
        bool is_utc = zone.len == 0 || ovf_str_eq(zone, OVF_STR("Z"))
                      || ovf_str_eq(zone, OVF_STR("+00:00")) || ovf_str_eq(zone, OVF_STR(" UTC"));
        if (is_utc && tracks_clock(ovf_str_sub(rest, 0, end), &clock)) {
            *out_ms = date + clock;
            return true;
        }
    }
    if (ovf_time_parse(text, &t, NULL) != OVF_OK)
        return false;
    *out_ms = t * 1000;
    size_t point = ovf_str_find(text, 0, OVF_STR("."));
    for (int unit = 100;
         point != OVF_NOPOS && ++point < text.len && tracks_is_digit(text.ptr[point]); unit /= 10)
        *out_ms += (text.ptr[point] - '0') * unit;
    return true;
}

bool tracks_time(ovf_str text, int64_t *out_ms)
{
    text = ovf_str_trim(text);
    double value = 0;
    int64_t ms = 0;
    if (tracks_number(text, &value)) {
        double size = fabs(value);
        ms = llround(size < 1e11   ? value * 1e3
                     : size < 1e14 ? value
                     : size < 1e17 ? value / 1e3
                                   : value / 1e6);
    } else if (!written_time(text, &ms)) {
        return false;
    }
    if (ms < EARLIEST_MS || ms > LATEST_MS)
        return false;
    *out_ms = ms;
    return true;
}

static int hex_digit(char c)
{
    if (tracks_is_digit(c))
        return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool tracks_address(ovf_str text, uint32_t *address, bool *is_anonymous)
{
    text = ovf_str_trim(text);
    *is_anonymous = text.len > 0 && text.ptr[0] == '~';
    text = ovf_str_tail(text, *is_anonymous);
    if (text.len > 2 && text.ptr[0] == '0' && (text.ptr[1] == 'x' || text.ptr[1] == 'X'))
        text = ovf_str_tail(text, 2);
    uint32_t value = 0;
    // A spreadsheet drops leading zeros: up to three of them may be missing.
    if (text.len < 3 || text.len > 6)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        int digit = hex_digit(text.ptr[i]);
        if (digit < 0)
            return false;
        value = value << 4 | (uint32_t)digit;
    }
    *address = value;
    return value != 0;
}

void tracks_name(ovf_str text, char *out, size_t size)
{
    out[0] = '\0';
    text = ovf_str_trim(text);
    while (text.len > 0 && (text.ptr[text.len - 1] == '_' || text.ptr[text.len - 1] == '@'))
        text.len--; // filled up to eight
    if (text.len == 0 || text.len >= size)
        return;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!is_letter && !tracks_is_digit(c) && c != '-' && c != '.' && c != '+') {
            out[0] = '\0';
            return;
        }
        out[i] = (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
    }
    out[text.len] = '\0';
    if (strcmp(out, "NULL") == 0 || strcmp(out, "NAN") == 0 || strcmp(out, "NONE") == 0)
        out[0] = '\0';
}

void tracks_set_place(ovf_position *p, double lat_deg, double lon_deg)
{
    if (lon_deg > 180.0 && lon_deg <= 360.0)
        lon_deg -= 360.0;
    p->place = (ovf_point){lat_deg, lon_deg};
    p->has_place = fabs(lat_deg) <= 90.0 && fabs(lon_deg) <= 180.0;
    // Null Island is what a program writes that has no place; nobody is there to the last digit.
    if (lat_deg == 0.0 && lon_deg == 0.0)
        p->has_place = false;
    if (!p->has_place)
        p->place = (ovf_point){0};
}

int32_t tracks_altitude(double value_ft)
{
    return value_ft >= -5000.0 && value_ft <= 150000.0 ? (int32_t)lround(value_ft) : OVF_VALUE_NONE;
}

int32_t tracks_rate(double value_fpm)
{
    return fabs(value_fpm) <= 60000.0 ? (int32_t)lround(value_fpm) : OVF_VALUE_NONE;
}

float tracks_track(double value_deg)
{
    if (!(value_deg >= -360.0 && value_deg <= 720.0))
        return -1.0F;
    double turned = fmod(value_deg + 360.0, 360.0);
    return (float)turned >= 360.0F ? 0.0F : (float)turned;
}

float tracks_speed(double value_kt)
{
    return value_kt >= 0.0 && value_kt <= 5000.0 ? (float)value_kt : -1.0F;
}
