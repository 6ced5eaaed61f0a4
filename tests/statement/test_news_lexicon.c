/* SPDX-License-Identifier: Apache-2.0 */
/* Names, references, times, counts and instruments of news text, stage by stage. Expected values are
 * read by hand out of the statement schema's rules; 29 November 2025 is a Saturday. */
#include "news_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct time_row {
    const char *name, *published, *text;
    int kind; /* -1: no time in it */
    const char *days, *next;
} times[] = {
    {"weekday before publication", "2025-11-29", "It closed on Friday.", NEWS_T_DATE, "2025-11-28",
     "2025-12-05"},
    {"weekday of publication", "2025-11-29", "It closed on Saturday.", NEWS_T_DATE, "2025-11-29",
     ""},
    {"weekday and part of day", "2025-11-29", "He said on Thursday evening that", NEWS_T_DATE,
     "2025-11-27", "2025-12-04"},
    {"bare weekday behind the verb", "2025-11-29", "He wrote Saturday morning.", NEWS_T_DATE,
     "2025-11-29", ""},
    {"last weekday", "2025-11-29", "It closed last Saturday.", NEWS_T_DATE, "2025-11-22", ""},
    {"next weekday", "2025-11-29", "It opens next Friday.", NEWS_T_DATE, "2025-12-05", ""},
    {"abbreviated weekday", "2025-11-29", "It closed on Thurs.", NEWS_T_DATE, "2025-11-27",
     "2025-12-04"},
    {"weekday with its date", "2025-11-29", "It closed on Monday, 24 November 2025.", NEWS_T_DATE,
     "2025-11-24", ""},
    {"today", "2025-11-29", "It closed today.", NEWS_T_DATE, "2025-11-29", ""},
    {"yesterday", "2025-11-29", "It closed yesterday.", NEWS_T_DATE, "2025-11-28", ""},
    {"tomorrow over a year's end", "2025-12-31", "It opens tomorrow.", NEWS_T_DATE, "2026-01-01",
     ""},
    {"overnight", "2025-11-29", "They came overnight.", NEWS_T_DATE, "2025-11-28/2025-11-29", ""},
    {"last night", "2025-11-29", "They came last night.", NEWS_T_DATE, "2025-11-28", ""},
    {"this morning", "2025-11-29", "They came this morning.", NEWS_T_DATE, "2025-11-29", ""},
    {"last week", "2025-11-29", "The FAA warned last week of it.", NEWS_T_DATE,
     "2025-11-17/2025-11-23", ""},
    {"last week on a Monday", "2025-11-24", "The FAA warned last week of it.", NEWS_T_DATE,
     "2025-11-17/2025-11-23", ""},
    {"last week on a Sunday", "2025-11-30", "The FAA warned last week of it.", NEWS_T_DATE,
     "2025-11-17/2025-11-23", ""},
    {"next week", "2025-11-29", "It ends next week.", NEWS_T_DATE, "2025-12-01/2025-12-07", ""},
    {"earlier this week", "2025-11-29", "It closed earlier this week.", NEWS_T_DATE,
     "2025-11-24/2025-11-29", ""},
    {"at the weekend", "2025-06-24", "Bombs fell at the weekend.", NEWS_T_DATE,
     "2025-06-21/2025-06-22", "2025-06-28/2025-06-29"},
    {"last month in January", "2026-01-10", "It closed last month.", NEWS_T_DATE,
     "2025-12-01/2025-12-31", ""},
    {"last month in March", "2024-03-10", "It closed last month.", NEWS_T_DATE,
     "2024-02-01/2024-02-29", ""},
    {"last year", "2025-11-29", "It closed last year.", NEWS_T_DATE, "2024-01-01/2024-12-31", ""},
    {"earlier this month", "2025-11-29", "It closed earlier this month.", NEWS_T_DATE,
     "2025-11-01/2025-11-29", ""},
    {"three days ago", "2025-03-01", "It closed three days ago.", NEWS_T_DATE, "2025-02-26", ""},
    {"two years ago", "2025-03-01", "It closed two years ago.", NEWS_T_DATE,
     "2023-01-01/2023-12-31", ""},
    {"month and day, American", "2025-11-29", "It was cut on Nov. 24.", NEWS_T_DATE, "2025-11-24",
     "2026-11-24"},
    {"day and month, British", "2025-11-29", "It was cut on 24 November.", NEWS_T_DATE,
     "2025-11-24", "2026-11-24"},
    {"ordinal day", "2025-11-29", "It was cut on the 24th of November.", NEWS_T_DATE, "2025-11-24",
     "2026-11-24"},
    {"day, month and year", "2025-11-29", "It fell on July 17, 2014.", NEWS_T_DATE, "2014-07-17",
     ""},
    {"day not yet come is of last year", "2025-03-01", "It fell on 17 July.", NEWS_T_DATE,
     "2024-07-17", "2025-07-17"},
    {"day soon to come is of this year", "2025-11-29", "They meet on Dec. 3.", NEWS_T_DATE,
     "2025-12-03", ""},
    {"29 February", "2024-03-02", "It fell on February 29.", NEWS_T_DATE, "2024-02-29",
     "2025-02-28"},
    {"no 31 April: the month", "2025-11-29", "It fell on 31 April 2025.", NEWS_T_DATE,
     "2025-04-01/2025-04-30", ""},
    {"month with a preposition", "2025-11-29", "Officials in September ordered it.", NEWS_T_DATE,
     "2025-09-01/2025-09-30", "2026-09-01/2026-09-30"},
    {"month not begun is of last year", "2025-11-29", "It fell in December.", NEWS_T_DATE,
     "2024-12-01/2024-12-31", "2025-12-01/2025-12-31"},
    {"month and year", "2025-11-29", "It fell in March 2014.", NEWS_T_DATE, "2014-03-01/2014-03-31",
     ""},
    {"mid-month", "2025-11-29", "It fell in mid-June.", NEWS_T_DATE, "2025-06-11/2025-06-20",
     "2026-06-11/2026-06-20"},
    {"early month", "2025-11-29", "It fell in early May.", NEWS_T_DATE, "2025-05-01/2025-05-10",
     "2026-05-01/2026-05-10"},
    {"late month with year", "2025-11-29", "It fell in late February 2022.", NEWS_T_DATE,
     "2022-02-21/2022-02-28", ""},
    {"late year", "2025-11-29", "It began in late 2021.", NEWS_T_DATE, "2021-10-01/2021-12-31", ""},
    {"year", "2025-11-29", "It was grounded in 2014.", NEWS_T_DATE, "2014-01-01/2014-12-31", ""},
    {"may is a verb", "2025-11-29", "They may close it.", -1, "", ""},
    {"march is a noun", "2025-11-29", "They held a march there.", -1, "", ""},
    {"a number is no year", "2025-11-29", "It had 2,014 flights.", -1, "", ""},
    {"ISO date", "2025-11-29", "Closed on 2025-11-24 by notice.", NEWS_T_DATE, "2025-11-24", ""},
    {"dotted date", "2025-11-29", "Closed on 24.11.2025 by notice.", NEWS_T_DATE, "2025-11-24", ""},
    {"date with a slash that can be only one", "2025-11-29", "Closed on 24/11/2025 by notice.",
     NEWS_T_DATE, "2025-11-24", ""},
    {"date with a slash that can be two", "2025-11-29", "Closed on 10/11/2025 by notice.", -1, "",
     ""},
    {"dateline is no time of an act", "2025-11-29", "CARACAS, Nov 29 (Agency) - It closed.", -1, "",
     ""},
    {"since a month", "2025-11-29", "Since September it has fired.", NEWS_T_SINCE,
     "2025-09-01/2025-11-29", ""},
    {"since a day", "2025-11-29", "It has been shut since Feb. 24, 2022.", NEWS_T_SINCE,
     "2022-02-24/2025-11-29", ""},
    {"until a day", "2025-11-29", "It is shut until Dec. 1.", NEWS_T_UNTIL, "/2025-12-01", ""},
    {"until a day of next year", "2025-11-29", "It is shut until March 31.", NEWS_T_UNTIL,
     "/2026-03-31", ""},
    {"until a weekday", "2025-11-29", "It is shut until Monday.", NEWS_T_UNTIL, "/2025-12-01", ""},
    {"until with a clock", "2025-05-23", "It is extended till 4:59am on June 24.", NEWS_T_UNTIL,
     "/2025-06-24", ""},
    {"until further notice has no day", "2025-11-29", "It is shut until further notice.", -1, "",
     ""},
    {"for days", "2025-11-29", "It is shut for 30 days.", NEWS_T_UNTIL, "/2025-12-29", ""},
    {"for another month", "2025-01-31", "It is shut for another month.", NEWS_T_UNTIL,
     "/2025-02-28", ""},
    {"for 48 hours", "2025-11-29", "It is shut for the next 48 hours.", NEWS_T_UNTIL, "/2025-12-01",
     ""},
    {"from a weekday to come", "2025-11-29", "Flights stop from Monday.", NEWS_T_FROM,
     "2025-12-01/", ""},
    {"from with a clock", "2021-05-25", "They are barred from 0000 GMT on Wednesday.", NEWS_T_FROM,
     "2021-05-26/", ""},
    {"with effect from", "2025-11-29", "It holds effective 1 December.", NEWS_T_FROM, "2025-12-01/",
     ""},
    {"range of days with a hyphen", "2025-11-29", "Suspended 24-28 November.", NEWS_T_DATE,
     "2025-11-24/2025-11-28", "2026-11-24/2026-11-28"},
    {"range, month first", "2025-11-29", "Suspended on Nov. 24-28, 2025.", NEWS_T_DATE,
     "2025-11-24/2025-11-28", ""},
    {"between", "2025-11-29", "Shut between 4 and 9 November.", NEWS_T_BOTH,
     "2025-11-04/2025-11-09", "2026-11-04/2026-11-09"},
    {"from to", "2025-11-29", "Shut from November 4 to November 9.", NEWS_T_BOTH,
     "2025-11-04/2025-11-09", "2026-11-04/2026-11-09"},
    {"from a weekday until a day to come", "2022-02-26", "It stops from Tuesday until May 31.",
     NEWS_T_BOTH, "2022-03-01/2022-05-31", ""},
    {"clock alone", "2025-11-29", "It shut at 10:30 GMT.", NEWS_T_CLOCK, "", ""},
    {"clock with a.m.", "2025-11-29", "It shut at 6 a.m. there.", NEWS_T_CLOCK, "", ""},
    {"clock in front of its day", "2025-11-29", "It shut at 6 a.m. on Friday.", NEWS_T_DATE,
     "2025-11-28", "2025-12-05"},
};

static struct count_row {
    const char *name, *text, *count;
} counts[] = {
    {"at least", "At least six commercial airlines had gone.", ">=6 airlines"},
    {"about", "About 40 flights were cut.", "~40 flights"},
    {"more than", "More than 1,200 flights were cut.", ">1200 flights"},
    {"up to", "Up to 20 drones came.", "<=20 drones"},
    {"word number", "Twelve countries closed.", "12 countries"},
    {"dozens", "It killed dozens of people there.", "dozens people"},
    {"half a dozen", "Half a dozen airports shut.", "6 airports"},
    {"two dozen", "Two dozen flights turned back.", "24 flights"},
    {"hundreds of thousands", "Hundreds of passengers slept there.", "hundreds passengers"},
    {"range", "Some 10 to 12 flights were cut.", "~10-12 flights"},
    {"all of them", "It cancelled all its flights there.", "all flights"},
    {"adjectives between", "Two suspected drug traffickers survived.", "2 traffickers"},
    {"a flight's number counts nothing", "Flight 17 fell there.", ""},
    {"a date counts nothing", "On 5 May it fell.", ""},
    {"hours count nothing", "It took 6 hours then.", ""},
    {"an age counts nothing", "Jane Doe, aged 34, was there.", ""},
    {"per cent counts nothing", "It fell by 30 percent then.", ""},
};

static struct name_row {
    const char *name, *published, *text;
    const char *at;   /* the mention that holds it, found by its last occurrence */
    const char *want; /* name|kind|State */
} names[] = {
    {"title and name", "2025-11-29", "Defense Secretary Pete Hegseth said so.", "Hegseth",
     "Pete Hegseth|minister|USA"},
    {"surname after the full name", "2025-11-29", "Nicolás Maduro spoke. Then Maduro left.",
     "Maduro", "Nicolás Maduro|head_of_state|VEN"},
    {"surname before the full name", "2025-11-29", "Trump did it. President Donald Trump wrote so.",
     "Trump did", "Donald Trump|head_of_state|USA"},
    {"the president of the year", "2003-03-17", "President Bush said so.", "Bush",
     "George W. Bush|head_of_state|USA"},
    {"office by the year", "2025-09-20", "NATO Secretary General Mark Rutte said so.", "Rutte",
     "Mark Rutte|intl_body|"},
    {"two spellings of one man", "2022-03-01", "Volodymyr Zelenskyy asked for it.", "Zelenskyy",
     "Volodymyr Zelenskyy|head_of_state|UKR"},
    {"authority by its full name", "2025-11-29", "The Federal Aviation Administration warned.",
     "Aviation", "Federal Aviation Administration|aviation_authority|USA"},
    {"authority of a State", "2025-11-29", "Pakistan's Civil Aviation Authority closed it.",
     "Authority", "Pakistan's Civil Aviation Authority|aviation_authority|PAK"},
    {"two authorities of one name", "2025-11-29", "Nepal's Civil Aviation Authority said so.",
     "Authority", "Nepal's Civil Aviation Authority|aviation_authority|NPL"},
    {"description and acronym", "2025-11-29",
     "Venezuela's civil aviation authority INAC revoked it.", "INAC",
     "INAC|aviation_authority|VEN"},
    {"acronym in brackets", "2025-11-29",
     "The Erewhon Flight Authority (EFA) closed it. EFA said so.", "EFA said",
     "Erewhon Flight Authority|agency|"},
    {"demonym and ministry", "2025-06-23", "The Qatari foreign ministry said so.", "foreign",
     "Qatari foreign ministry|ministry|QAT"},
    {"ministry of an unknown land", "2025-06-23", "Erewhon's transport ministry said so.",
     "ministry", "Erewhon's transport ministry|ministry|"},
    {"spokesman is his office", "2025-06-23", "A spokesperson for Finnair said so.", "Finnair",
     "Finnair|airline|FIN"},
    {"ministry, spokesperson, name", "2025-06-23",
     "Foreign ministry spokesperson Jane Doe said so.", "Doe", "Jane Doe|ministry|"},
    {"apposition behind", "2025-06-23", "Jane Doe, the transport minister, said so.", "Doe",
     "Jane Doe|minister|"},
    {"airline beside airlines", "2025-06-23", "Lufthansa, Delta and United stopped.", "Delta",
     "Delta Air Lines|airline|USA"},
    {"united is a word", "2025-06-23", "They were united in this.", "united", ""},
    {"airline that is an adjective", "2025-06-23", "Swiss said it would stop.", "Swiss",
     "Swiss|airline|CHE"},
    {"adjective that is an airline", "2025-06-23", "The Swiss government said so.", "Swiss",
     "Swiss government|state|CHE"},
    {"Emirates the airline", "2025-06-23", "Emirates and Etihad stopped.", "Emirates",
     "Emirates|airline|ARE"},
    {"the Emirates the State", "2025-06-23", "It crossed into the Emirates then.", "Emirates",
     "United Arab Emirates|state|ARE"},
    {"us is no State", "2025-06-23", "He told us so.", "us", ""},
    {"US is one", "2025-06-23", "The US said so.", "US", "United States|state|USA"},
    {"Georgia in the Caucasus", "2008-08-08", "Georgia closed its sky.", "Georgia",
     "Georgia|state|GEO"},
    {"Niger and Nigeria", "2023-08-06", "Niger and Nigeria spoke.", "Nigeria", "Nigeria|state|NGA"},
    {"city with an odd name only behind in", "2025-06-23", "It was nice. He lives in Nice now.",
     "Nice now", "Nice|unknown|FRA"},
    {"airport after its city", "2025-06-23", "It left Erewhon airport then.", "airport",
     "Erewhon airport|airport|"},
    {"known airport", "2025-06-23", "It left Ben Gurion Airport then.", "Gurion",
     "Ben Gurion Airport|airport|ISR"},
    {"FIR", "2025-06-23", "Stay out of the Baghdad FIR now.", "FIR", "Baghdad FIR|unknown|IRQ"},
    {"list of FIRs", "2026-01-03",
     "In the Maiquetia, San Juan and Piarco Flight Information Regions.", "San Juan",
     "San Juan FIR|unknown|PRI"},
    {"armed group", "2024-01-11", "The Houthis fired.", "Houthis", "Houthis|armed_group|YEM"},
    {"tracker", "2024-01-11", "Flightradar24 showed it.", "Flightradar24",
     "Flightradar24|tracker|SWE"},
    {"outlet", "2024-01-11", "Two men told The New York Times so.", "Times",
     "The New York Times|outlet|USA"},
    {"Korean name", "2024-06-02", "National Security Adviser Chang Ho-jin spoke.", "Chang",
     "Chang Ho-jin|official|"},
    {"leaders of a bloc", "2021-05-24", "European Union leaders called for it.", "leaders",
     "European Union leaders|intl_body|"},
    {"ministry of a federation", "2025-09-20",
     "The Ministry of Defence of the Russian Federation denies it.", "Defence",
     "Ministry of Defence of the Russian Federation|ministry|RUS"},
};

static struct name_row references[] = {
    {"he", "2025-11-29", "Donald Trump wrote it. Venezuela answered that he had no power.", "he",
     "Donald Trump|head_of_state|USA"},
    {"she is a woman", "2025-11-29", "Donald Trump called Ursula von der Leyen. Then she spoke.",
     "she", "Ursula von der Leyen|intl_body|"},
    {"it is no person", "2025-11-29", "Lufthansa met Carsten Spohr. Later it stopped.", "it",
     "Lufthansa|airline|DEU"},
    {"the agency", "2025-11-29",
     "The Federal Aviation Administration warned pilots. The agency gave no reason.", "agency",
     "Federal Aviation Administration|aviation_authority|USA"},
    {"the airline", "2025-11-29", "Iberia suspended flights to Caracas. The airline gave no date.",
     "airline", "Iberia|airline|ESP"},
    {"the country", "2025-11-29", "Niger closed its sky. The country is landlocked.", "country",
     "Niger|state|NER"},
    {"the airport of a city", "2025-11-29", "Drones came to Vilnius. The airport shut.", "airport",
     "Vilnius airport|airport|LTU"},
    {"its authority", "2025-11-29", "Qatar reopened. Its civil aviation authority said so.",
     "authority", "Qatar's civil aviation authority|aviation_authority|QAT"},
    {"his administration", "2025-11-29", "Donald Trump spoke. His administration agreed.",
     "administration", "Trump administration|state|USA"},
    {"the two countries", "2025-11-29", "India and Pakistan spoke. The two countries agreed.",
     "countries", "India|state|IND"},
    {"the army", "2023-04-15", "Sudan was quiet. A claim the army denied.", "army",
     "Sudan's army|military|SDN"},
    {"the president", "2025-11-29", "Donald Trump wrote it. The president said so.", "president",
     "Donald Trump|head_of_state|USA"},
    {"flag carrier", "2025-11-29",
     "Pakistan International Airlines flew. The Pakistani flag carrier said so.", "flag",
     "Pakistan International Airlines|airline|PAK"},
};

static struct instrument_row {
    const char *name, *text, *value;
} instruments[] = {
    {"post", "He wrote it on Truth Social then.", "social_post"},
    {"notice to airmen", "A notice to airmen said so.", "notam"},
    {"told an outlet", "He told Reuters so.", "interview"},
    {"told reporters", "He told reporters so.", "spoken"},
    {"statement", "It said so in a statement.", "statement"},
    {"bulletin", "EASA issued a conflict zone information bulletin.", "bulletin"},
    {"none", "He said so.", ""},
};

static int32_t day_number(const char *text)
{
    ovf_time t = 0;
    assert_int_equal(ovf_time_parse(ovf_str_of(text), &t, NULL), OVF_OK);
    return (int32_t)(t / OVF_DAY_S);
}

static void read_document(news_doc *doc, const char *text, const char *published, ovf_arena *arena)
{
    ovf_arena_init(arena, 0);
    *doc = (news_doc){.arena = arena, .text = ovf_str_of(text), .published = day_number(published)};
    assert_true(ovf_news_tokens(doc));
    assert_true(ovf_news_sentences(doc));
    assert_true(ovf_news_mentions(doc));
    assert_true(ovf_news_times(doc));
    assert_true(ovf_news_counts(doc));
    assert_true(ovf_news_instruments(doc));
}

static void check_days(ovf_news_days days, const char *want)
{
    ovf_buf buf = {0};
    ovf_news_put_days(&buf, days, true);
    const char *text = buf.len == 0 ? "" : buf.ptr;
    /* A day is printed as an interval of one day where a validity is meant. */
    char both[64];
    snprintf(both, sizeof(both), "%s/%s", want, want);
    if (strcmp(text, both) != 0)
        assert_string_equal(text, want);
    ovf_buf_done(&buf);
}

static void reads_time(void **state)
{
    const struct time_row *row = *state;
    news_doc doc;
    ovf_arena arena;
    read_document(&doc, row->text, row->published, &arena);
    if (row->kind < 0) {
        assert_int_equal(doc.time_count, 0);
    } else {
        assert_int_equal(doc.time_count, 1);
        assert_int_equal(doc.times[0].kind, row->kind);
        check_days(doc.times[0].days, row->days);
        check_days(doc.times[0].next, row->next);
    }
    ovf_arena_done(&arena);
}

static void reads_count(void **state)
{
    const struct count_row *row = *state;
    news_doc doc;
    ovf_arena arena;
    read_document(&doc, row->text, "2025-11-29", &arena);
    assert_int_equal(doc.count_count, row->count[0] == '\0' ? 0 : 1);
    if (doc.count_count == 1)
        assert_string_equal(ovf_arena_dup(&arena, doc.counts[0].text).ptr, row->count);
    ovf_arena_done(&arena);
}

static void reads_instrument(void **state)
{
    const struct instrument_row *row = *state;
    news_doc doc;
    ovf_arena arena;
    read_document(&doc, row->text, "2025-11-29", &arena);
    assert_string_equal(doc.instrument_count == 0 ? "" : doc.instruments[0].value, row->value);
    ovf_arena_done(&arena);
}

/* The mention at the last place of `at`, as name|kind|State. */
static void check_mention(const news_doc *doc, const struct name_row *row)
{
    size_t place = 0;
    for (const char *p = strstr(row->text, row->at); p != NULL; p = strstr(p + 1, row->at))
        place = (size_t)(p - row->text);
    char got[300] = "";
    for (uint32_t i = 0; i < doc->mention_count; i++) {
        const news_mention *m = &doc->mentions[i];
        size_t from = doc->tokens[m->first].at;
        size_t until = doc->tokens[m->last - 1].at + doc->tokens[m->last - 1].len;
        if (place < from || place >= until || m->entity == NEWS_NONE)
            continue;
        const news_entity *e = &doc->entities[m->entity];
        snprintf(got, sizeof(got), OVF_FMT "|%s|" OVF_FMT, OVF_ARG(e->name),
                 ovf_news_kind_name((ovf_news_kind)e->kind), OVF_ARG(e->state));
    }
    assert_string_equal(got, row->want);
}

static void finds_name(void **state)
{
    const struct name_row *row = *state;
    news_doc doc;
    ovf_arena arena;
    read_document(&doc, row->text, row->published, &arena);
    check_mention(&doc, row);
    ovf_arena_done(&arena);
}

static void resolves(void **state)
{
    const struct name_row *row = *state;
    news_doc doc;
    ovf_arena arena;
    read_document(&doc, row->text, row->published, &arena);
    assert_true(ovf_news_resolve(&doc));
    check_mention(&doc, row);
    ovf_arena_done(&arena);
}

/* A publication a week later moves every day that is told from it by a week. */
static void moves_with_publication(void **state)
{
    OVF_UNUSED(state);
    static const char text[] =
        "It closed on Friday, opens until Monday, and last week it closed yesterday and from Tuesday.";
    news_doc a;
    news_doc b;
    ovf_arena one;
    ovf_arena two;
    read_document(&a, text, "2025-11-29", &one);
    read_document(&b, text, "2025-12-06", &two);
    assert_int_equal(a.time_count, 5);
    assert_int_equal(b.time_count, a.time_count);
    for (uint32_t i = 0; i < a.time_count; i++) {
        if (a.times[i].days.from != OVF_NEWS_NO_DAY)
            assert_int_equal(a.times[i].days.from + 7, b.times[i].days.from);
        if (a.times[i].days.until != OVF_NEWS_NO_DAY)
            assert_int_equal(a.times[i].days.until + 7, b.times[i].days.until);
    }
    ovf_arena_done(&one);
    ovf_arena_done(&two);
}

enum {
    ROWS = OVF_COUNTOF(times) + OVF_COUNTOF(counts) + OVF_COUNTOF(names) + OVF_COUNTOF(references)
           + OVF_COUNTOF(instruments) + 1,
};

int main(void)
{
    static struct CMUnitTest tests[ROWS];
    size_t n = 0;
    for (size_t i = 0; i < OVF_COUNTOF(times); i++)
        tests[n++] = (struct CMUnitTest){times[i].name, reads_time, NULL, NULL, &times[i]};
    for (size_t i = 0; i < OVF_COUNTOF(counts); i++)
        tests[n++] = (struct CMUnitTest){counts[i].name, reads_count, NULL, NULL, &counts[i]};
    for (size_t i = 0; i < OVF_COUNTOF(names); i++)
        tests[n++] = (struct CMUnitTest){names[i].name, finds_name, NULL, NULL, &names[i]};
    for (size_t i = 0; i < OVF_COUNTOF(references); i++)
        tests[n++] = (struct CMUnitTest){references[i].name, resolves, NULL, NULL, &references[i]};
    for (size_t i = 0; i < OVF_COUNTOF(instruments); i++)
        tests[n++] =
            (struct CMUnitTest){instruments[i].name, reads_instrument, NULL, NULL, &instruments[i]};
    tests[n++] = (struct CMUnitTest){"a week later", moves_with_publication, NULL, NULL, NULL};
    return _cmocka_run_group_tests("news_lexicon", tests, n, NULL, NULL);
}
