/* SPDX-License-Identifier: Apache-2.0 */
/* news_times.h - between the parts of the reader of times: the calendar, words and clocks
 * (news_days.c), days and periods (news_dates.c), whole expressions (news_times.c). */
#ifndef OVF_NEWS_TIMES_H
#define OVF_NEWS_TIMES_H

#include "news_internal.h"

enum { NO = OVF_NEWS_NO_DAY };

typedef struct scan {
    news_doc *doc;
    int32_t today; /* of publication, or NO */
    int year, month, day;
} scan;

/* What was read from a token on. */
typedef struct when {
    uint32_t last;
    ovf_news_days days, next;
    bool is_loose;
    bool is_month; /* a month or more: "until May" means its end */
    bool needs_preposition;
} when;

int32_t times_day_of(int year, int month, int day);
void times_date_of(int32_t at, int *year, int *month, int *day);
int times_month_length(int year, int month);
int32_t times_day_in(int year, int month, int day);
int times_weekday_of(int32_t day);
bool times_is(const scan *s, uint32_t token, const char *word);
int times_find(const scan *s, uint32_t token, const char *const *words, int count);
int times_month_at(const scan *s, uint32_t token);
int times_weekday_at(const scan *s, uint32_t token);
int times_digits_at(const scan *s, uint32_t token, size_t min, size_t max);
int times_month_day_at(const scan *s, uint32_t token);
int times_year_at(const scan *s, uint32_t token);
int times_number_at(const scan *s, uint32_t token);
int times_unit_at(const scan *s, uint32_t token, int *months);
int32_t times_add_months(int32_t at, int months);
uint32_t times_skip_part_of_day(const scan *s, uint32_t at);
ovf_news_days times_one(int32_t day);
ovf_news_days times_none(void);
uint32_t times_clock_at(const scan *s, uint32_t at);
bool times_month_date(const scan *s, uint32_t at, when *out);
bool times_day_at(const scan *s, uint32_t at, when *out);

#endif
