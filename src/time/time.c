/* SPDX-License-Identifier: Apache-2.0 */
/* Instants and the civil calendar: days are counted in eras of 400 Gregorian years (146,097 days)
 * that begin on 1 March, so that the leap day is the last of its year. */
#include <overfly/time.h>

#include <stdio.h>

#define MONTHS "JAN\0FEB\0MAR\0APR\0MAY\0JUN\0JUL\0AUG\0SEP\0OCT\0NOV\0DEC"
#define ERA_DAYS 146097
#define DAYS_TO_1970 719468 /* from 0000-03-01 */

static int64_t days_of_civil(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - DAYS_TO_1970;
}

static int64_t floor_days(ovf_time t)
{
    return (t >= 0 ? t : t - (OVF_DAY_S - 1)) / OVF_DAY_S;
}

static ovf_time first_instant(void)
{
    return days_of_civil(OVF_TIME_MIN_YEAR, 1, 1) * OVF_DAY_S;
}

static ovf_time last_instant(void)
{
    return days_of_civil(OVF_TIME_MAX_YEAR + 1, 1, 1) * OVF_DAY_S - 1;
}

static ovf_time clamp(ovf_time t)
{
    if (t < first_instant())
        return first_instant();
    return t > last_instant() ? last_instant() : t;
}

int ovf_month_days(int year, int month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && is_leap);
}

ovf_civil ovf_time_civil(ovf_time t)
{
    t = clamp(t);
    int64_t days = floor_days(t);
    int64_t rest_s = t - days * OVF_DAY_S;
    int64_t shifted = days + DAYS_TO_1970; // positive for every year we know
    int64_t era = shifted / ERA_DAYS;
    int64_t day_of_era = shifted - era * ERA_DAYS;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t march_month = (5 * day_of_year + 2) / 153;
    int64_t month = march_month < 10 ? march_month + 3 : march_month - 9;
    return (ovf_civil){
        .year = (int32_t)(year_of_era + era * 400 + (month <= 2)),
        .month = (int32_t)month,
        .day = (int32_t)(day_of_year - (153 * march_month + 2) / 5 + 1),
        .hour = (int32_t)(rest_s / OVF_HOUR_S),
        .minute = (int32_t)(rest_s % OVF_HOUR_S / OVF_MINUTE_S),
        .second = (int32_t)(rest_s % OVF_MINUTE_S),
    };
}

ovf_status ovf_time_from_civil(ovf_civil c, ovf_time *out, ovf_error *err)
{
    if (c.year < OVF_TIME_MIN_YEAR || c.year > OVF_TIME_MAX_YEAR)
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "year outside %d to %d", OVF_TIME_MIN_YEAR,
                        OVF_TIME_MAX_YEAR);
    if (c.month < 1 || c.month > 12)
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "month outside 1 to 12");
    if (c.day < 1 || c.day > ovf_month_days(c.year, c.month))
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "the month does not have this day");
    if (c.hour < 0 || c.hour > 23)
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "hour outside 0 to 23");
    if (c.minute < 0 || c.minute > 59)
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "minute outside 0 to 59");
    if (c.second < 0 || c.second > 59)
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "second outside 0 to 59");
    *out = days_of_civil(c.year, c.month, c.day) * OVF_DAY_S + c.hour * OVF_HOUR_S
           + c.minute * OVF_MINUTE_S + c.second;
    return OVF_OK;
}

int ovf_time_weekday(ovf_time t)
{
    int64_t day = (floor_days(clamp(t)) + 4) % 7; // 1 January 1970 was a Thursday
    return (int)(day < 0 ? day + 7 : day);
}

ovf_time ovf_time_day_start(ovf_time t)
{
    if (t == OVF_TIME_NONE || t == OVF_TIME_OPEN)
        return t;
    return floor_days(clamp(t)) * OVF_DAY_S;
}

/* A fixed count of digits at *at, as the next field of a time. */
static ovf_status take_digits(ovf_str text, size_t *at, size_t digits, int32_t low, int32_t high,
                              int32_t *out, ovf_error *err)
{
    int32_t value = 0;
    for (size_t i = 0; i < digits; i++) {
        if (*at + i >= text.len || text.ptr[*at + i] < '0' || text.ptr[*at + i] > '9')
            return ovf_fail(err, OVF_E_SYNTAX, *at + i, "expected %d digits in a time",
                            (int)digits);
        value = value * 10 + (text.ptr[*at + i] - '0');
    }
    if (value < low || value > high)
        return ovf_fail(err, OVF_E_RANGE, *at, "%d is outside %d to %d", (int)value, (int)low,
                        (int)high);
    *at += digits;
    *out = value;
    return OVF_OK;
}

static bool take_char(ovf_str text, size_t *at, char c)
{
    if (*at >= text.len || text.ptr[*at] != c)
        return false;
    (*at)++;
    return true;
}

static ovf_status take_date(ovf_str text, size_t *at, ovf_civil *civil, ovf_error *err)
{
    ovf_status status =
        take_digits(text, at, 4, OVF_TIME_MIN_YEAR, OVF_TIME_MAX_YEAR, &civil->year, err);
    if (status != OVF_OK)
        return status;
    if (!take_char(text, at, '-'))
        return ovf_fail(err, OVF_E_SYNTAX, *at, "expected '-' after the year");
    status = take_digits(text, at, 2, 1, 12, &civil->month, err);
    if (status != OVF_OK)
        return status;
    if (!take_char(text, at, '-'))
        return ovf_fail(err, OVF_E_SYNTAX, *at, "expected '-' after the month");
    return take_digits(text, at, 2, 1, ovf_month_days(civil->year, civil->month), &civil->day, err);
}

/* hh:mm[:ss[.fraction]]; *extra_s is 1 for a leap second. */
static ovf_status take_clock(ovf_str text, size_t *at, ovf_civil *civil, int *extra_s,
                             ovf_error *err)
{
    ovf_status status = take_digits(text, at, 2, 0, 23, &civil->hour, err);
    if (status != OVF_OK)
        return status;
    if (!take_char(text, at, ':'))
        return ovf_fail(err, OVF_E_SYNTAX, *at, "expected ':' after the hour");
    status = take_digits(text, at, 2, 0, 59, &civil->minute, err);
    if (status != OVF_OK || !take_char(text, at, ':'))
        return status;
    status = take_digits(text, at, 2, 0, 60, &civil->second, err);
    if (status != OVF_OK)
        return status;
    if (civil->second == 60) {
        civil->second = 59;
        *extra_s = 1;
    }
    if (take_char(text, at, '.')) {
        size_t start = *at;
        while (*at < text.len && text.ptr[*at] >= '0' && text.ptr[*at] <= '9')
            (*at)++;
        if (*at == start)
            return ovf_fail(err, OVF_E_SYNTAX, start, "expected digits of a second");
    }
    return OVF_OK;
}

/* "Z", "+hh:mm", "-hhmm", or nothing: UTC. */
static ovf_status take_offset(ovf_str text, size_t *at, int64_t *offset_s, ovf_error *err)
{
    if (take_char(text, at, 'Z') || take_char(text, at, 'z') || *at == text.len)
        return OVF_OK;
    bool is_west = text.ptr[*at] == '-';
    if (!is_west && text.ptr[*at] != '+')
        return ovf_fail(err, OVF_E_SYNTAX, *at, "expected 'Z' or an offset from UTC");
    (*at)++;
    int32_t hours = 0;
    int32_t minutes = 0;
    ovf_status status = take_digits(text, at, 2, 0, 23, &hours, err);
    if (status != OVF_OK)
        return status;
    (void)take_char(text, at, ':');
    status = take_digits(text, at, 2, 0, 59, &minutes, err);
    if (status != OVF_OK)
        return status;
    *offset_s = (is_west ? -1 : 1) * (hours * (int64_t)OVF_HOUR_S + minutes * OVF_MINUTE_S);
    return OVF_OK;
}

ovf_status ovf_time_parse(ovf_str text, ovf_time *out, ovf_error *err)
{
    size_t at = 0;
    ovf_civil civil = {0};
    int extra_s = 0;
    int64_t offset_s = 0;
    ovf_status status = take_date(text, &at, &civil, err);
    if (status != OVF_OK)
        return status;
    if (at < text.len) {
        if (!take_char(text, &at, 'T') && !take_char(text, &at, 't') && !take_char(text, &at, ' '))
            return ovf_fail(err, OVF_E_SYNTAX, at, "expected 'T' after the date");
        status = take_clock(text, &at, &civil, &extra_s, err);
        if (status == OVF_OK)
            status = take_offset(text, &at, &offset_s, err);
        if (status != OVF_OK)
            return status;
    }
    if (at != text.len)
        return ovf_fail(err, OVF_E_SYNTAX, at, "unexpected text after a time");

    ovf_time t = 0;
    status = ovf_time_from_civil(civil, &t, err);
    if (status != OVF_OK)
        return status;
    t += extra_s - offset_s;
    if (t < first_instant() || t > last_instant())
        return ovf_fail(err, OVF_E_RANGE, 0, "year outside %d to %d", OVF_TIME_MIN_YEAR,
                        OVF_TIME_MAX_YEAR);
    *out = t;
    return OVF_OK;
}

ovf_status ovf_time_parse_notam(ovf_str text, ovf_time *out, ovf_error *err)
{
    size_t at = 0;
    ovf_civil civil = {0};
    ovf_status status = take_digits(text, &at, 2, 0, 99, &civil.year, err);
    civil.year += 2000;
    if (status == OVF_OK)
        status = take_digits(text, &at, 2, 1, 12, &civil.month, err);
    if (status == OVF_OK)
        status =
            take_digits(text, &at, 2, 1, ovf_month_days(civil.year, civil.month), &civil.day, err);
    if (status == OVF_OK)
        status = take_digits(text, &at, 2, 0, 24, &civil.hour, err);
    if (status == OVF_OK)
        status = take_digits(text, &at, 2, 0, civil.hour == 24 ? 0 : 59, &civil.minute, err);
    if (status != OVF_OK)
        return status;
    if (at != text.len)
        return ovf_fail(err, OVF_E_SYNTAX, at, "unexpected text after YYMMDDHHMM");

    bool is_day_end = civil.hour == 24;
    if (is_day_end)
        civil.hour = 0;
    ovf_time t = 0;
    status = ovf_time_from_civil(civil, &t, err);
    if (status == OVF_OK)
        *out = t + (is_day_end ? OVF_DAY_S : 0);
    return status;
}

size_t ovf_time_format(ovf_time t, char *out, size_t size)
{
    int len = 0;
    if (t == OVF_TIME_NONE || t == OVF_TIME_OPEN) {
        len = snprintf(out, size, "%s", t == OVF_TIME_NONE ? "unknown" : "open");
    } else {
        ovf_civil c = ovf_time_civil(t);
        len = snprintf(out, size, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)c.year, (int)c.month,
                       (int)c.day, (int)c.hour, (int)c.minute, (int)c.second);
    }
    return len < 0 ? 0 : (size_t)len;
}

size_t ovf_time_format_plain(ovf_time t, char *out, size_t size)
{
    if (t == OVF_TIME_NONE || t == OVF_TIME_OPEN)
        return ovf_time_format(t, out, size);
    ovf_civil c = ovf_time_civil(t);
    int len = snprintf(out, size, "%02d %s %04d %02d:%02dZ", (int)c.day, &MONTHS[(c.month - 1) * 4],
                       (int)c.year, (int)c.hour, (int)c.minute);
    return len < 0 ? 0 : (size_t)len;
}
