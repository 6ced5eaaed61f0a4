/* SPDX-License-Identifier: Apache-2.0 */
/* Counts with their hedges ("at least six airlines" is ">=6 airlines", "dozens of people" "dozens
 * people"), and the words by which something was said ("on Truth Social": social_post). Ages, dates,
 * years, clock times, levels, distances and sums of money are no counts. */
#include "news_lexicon.h"

#include <stdio.h>
#include <string.h>

enum { VALUE_MAX = 1000000000 };

static bool is(const news_doc *doc, uint32_t token, const char *word)
{
    return news_is_word(doc, token, word);
}

static bool any_of(const news_doc *doc, uint32_t token, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is(doc, token, words[i]))
            return true;
    }
    return false;
}

/* "1,200" or "1.5" as it stands without commas; the value, or -1. */
static int64_t figures_at(const news_doc *doc, uint32_t token)
{
    if (token >= doc->token_count || !(doc->tokens[token].flags & NEWS_NUMBER))
        return -1;
    ovf_str f = news_fold(doc, token);
    int64_t value = 0;
    for (size_t i = 0; i < f.len; i++) {
        if (f.ptr[i] == ',' && f.len - i > 3)
            continue;
        if (f.ptr[i] < '0' || f.ptr[i] > '9' || value > VALUE_MAX)
            return -1;
        value = value * 10 + (f.ptr[i] - '0');
    }
    return value;
}

static int64_t small_word(const news_doc *doc, uint32_t token)
{
    static const char *const ones[] = {"zero",    "one",     "two",       "three",    "four",
                                       "five",    "six",     "seven",     "eight",    "nine",
                                       "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                       "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
    static const char *const tens[] = {"twenty", "thirty",  "forty",  "fifty",
                                       "sixty",  "seventy", "eighty", "ninety"};
    if (token >= doc->token_count || !(doc->tokens[token].flags & NEWS_WORD))
        return -1;
    for (size_t i = 0; i < OVF_COUNTOF(ones); i++) {
        if (is(doc, token, ones[i]))
            return (int64_t)i;
    }
    for (size_t i = 0; i < OVF_COUNTOF(tens); i++) {
        if (is(doc, token, tens[i]))
            return (int64_t)(i + 2) * 10;
    }
    return -1;
}

typedef struct number {
    uint32_t last;
    int64_t low, high; /* high < 0: no range */
    const char *word;  /* "dozens", "hundreds", "all": no figure */
} number;

/* "six", "twenty-one", "two hundred", "1.5 million" (no), "two dozen", "half a dozen". */
static bool value_at(const news_doc *doc, uint32_t at, uint32_t *last, int64_t *out)
{
    int64_t value = figures_at(doc, at);
    *last = at + 1;
    if (is(doc, at, "half") && is(doc, at + 1, "a") && is(doc, at + 2, "dozen")) {
        *last = at + 3;
        *out = 6;
        return true;
    }
    if (value < 0) {
        bool is_a = is(doc, at, "a") || is(doc, at, "an");
        value = is_a ? 1 : small_word(doc, at);
        if (is_a
            && !(is(doc, at + 1, "dozen") || is(doc, at + 1, "hundred")
                 || is(doc, at + 1, "thousand")))
            return false;
        if (value < 0 && is(doc, at, "dozen"))
            value = 12;
        if (value < 0 && at < doc->token_count) { /* "twenty-one", one token or three */
            ovf_str f = news_fold(doc, at);
            if (ovf_str_find(f, 0, OVF_STR("-")) == OVF_NOPOS)
                return false;
            return false;
        }
        if (value >= 20 && at + 2 < doc->token_count && doc->tokens[at + 1].flags & NEWS_HYPHEN
            && small_word(doc, at + 2) > 0 && small_word(doc, at + 2) < 10) {
            value += small_word(doc, at + 2);
            *last = at + 3;
        }
    }
    for (int i = 0; i < 2; i++) {
        int64_t times = is(doc, *last, "dozen")      ? 12
                        : is(doc, *last, "hundred")  ? 100
                        : is(doc, *last, "thousand") ? 1000
                                                     : 0;
        if (times == 0 || value > VALUE_MAX / times)
            break;
        value *= times;
        (*last)++;
        int64_t more = is(doc, *last, "and") ? small_word(doc, *last + 1) : -1;
        if (times == 100 && more > 0) {
            value += more;
            *last += 2;
        }
    }
    *out = value;
    return true;
}

static bool number_at(const news_doc *doc, uint32_t at, number *out)
{
    static const char *const plurals[] = {"dozens", "hundreds", "thousands", "scores", "tens"};
    *out = (number){.high = -1};
    for (size_t i = 0; i < OVF_COUNTOF(plurals); i++) {
        if (is(doc, at, plurals[i])) {
            out->word = plurals[i];
            out->last = at + 1;
            if (is(doc, out->last, "of") && is(doc, out->last + 1, "thousands")) {
                out->word = "thousands";
                out->last += 2;
            }
            if (is(doc, out->last, "of"))
                out->last++;
            return true;
        }
    }
    if (!value_at(doc, at, &out->last, &out->low))
        return false;
    bool joins =
        out->last + 1 < doc->token_count
        && (doc->tokens[out->last].flags & (NEWS_HYPHEN | NEWS_DASH) || is(doc, out->last, "to"));
    if (joins) {
        uint32_t last = 0;
        int64_t high = 0;
        if (value_at(doc, out->last + 1, &last, &high) && high > out->low) {
            out->high = high;
            out->last = last;
        }
    }
    return true;
}

/* The hedge in front: operator and where the number begins. */
static char hedge_at(const news_doc *doc, uint32_t at, uint32_t *body)
{
    static const struct {
        const char *words[3];
        char op;
    } rows[] = {
        {{"at", "least", NULL}, 'g'},
        {{"no", "fewer", "than"}, 'g'},
        {{"not", "less", "than"}, 'g'},
        {{"no", "less", "than"}, 'g'},
        {{"a", "minimum", "of"}, 'g'},
        {{"at", "most", NULL}, 'l'},
        {{"up", "to", NULL}, 'l'},
        {{"no", "more", "than"}, 'l'},
        {{"as", "many", "as"}, 'l'},
        {{"more", "than", NULL}, '>'},
        {{"over", NULL, NULL}, '>'},
        {{"upwards", "of", NULL}, '>'},
        {{"in", "excess", "of"}, '>'},
        {{"fewer", "than", NULL}, '<'},
        {{"less", "than", NULL}, '<'},
        {{"under", NULL, NULL}, '<'},
        {{"about", NULL, NULL}, '~'},
        {{"around", NULL, NULL}, '~'},
        {{"some", NULL, NULL}, '~'},
        {{"nearly", NULL, NULL}, '~'},
        {{"almost", NULL, NULL}, '~'},
        {{"roughly", NULL, NULL}, '~'},
        {{"approximately", NULL, NULL}, '~'},
        {{"close", "to", NULL}, '~'},
        {{"an", "estimated", NULL}, '~'},
        {{"estimated", NULL, NULL}, '~'},
        {{"just", "over", NULL}, '>'},
        {{"well", "over", NULL}, '>'},
        {{"just", "under", NULL}, '<'},
        {{"circa", NULL, NULL}, '~'},
    };
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++) {
        uint32_t n = 0;
        while (n < 3 && rows[i].words[n] != NULL && is(doc, at + n, rows[i].words[n]))
            n++;
        if (n > 0 && (n == 3 || rows[i].words[n] == NULL)) {
            *body = at + n;
            return rows[i].op;
        }
    }
    *body = at;
    return 0;
}

/* A figure that counts nothing: 5 May, Flight 17, FL260, 12 miles, 30 percent, $5, aged 34. */
static bool counts_nothing(const news_doc *doc, uint32_t at, uint32_t behind)
{
    static const char *const units[] = {
        "am",         "pm",        "a.m.",     "p.m.",       "gmt",        "utc",       "percent",
        "per",        "%",         "km",       "kilometers", "kilometres", "kilometre", "kilometer",
        "miles",      "mile",      "nautical", "metres",     "meters",     "feet",      "foot",
        "ft",         "hours",     "hour",     "minutes",    "minute",     "seconds",   "days",
        "day",        "weeks",     "week",     "months",     "month",      "years",     "year",
        "january",    "february",  "march",    "april",      "may",        "june",      "july",
        "august",     "september", "october",  "november",   "december",   "jan",       "feb",
        "mar",        "apr",       "jun",      "jul",        "aug",        "sep",       "sept",
        "oct",        "nov",       "dec",      "million",    "billion",    "trillion",  "dollars",
        "euros",      "pounds",    "degrees",  "nm",         "knots",      "local",     "pc",
        "percentage", "o'clock",   "hrs",      "magnitude",  "times",      "tonnes",    "tons",
        "kilograms",  "kg",        "points",   "inches",     "square",     "m",         "metre"};
    static const char *const before[] = {
        "flight",    "flights", "mh",      "no.",     "number", "article",  "section",
        "annex",     "aged",    "age",     "chapter", "boeing", "airbus",   "resolution",
        "level",     "above",   "below",   "below",   "runway", "terminal", "$",
        "£",         "€",       "channel", "route",   "page",   "item",     "rule",
        "paragraph", "nov",     "nov.",    "group",   "highway"};
    if (any_of(doc, behind, units, OVF_COUNTOF(units)))
        return true;
    if (behind < doc->token_count && doc->tokens[behind].flags & NEWS_HYPHEN)
        return true;
    if (at > 0 && any_of(doc, at - 1, before, OVF_COUNTOF(before)))
        return true;
    if (at > 0 && doc->tokens[at - 1].flags & (NEWS_HYPHEN))
        return true;
    return false;
}

/* The unit: the noun behind, over adjectives; its end, or `at`. */
static uint32_t unit_at(const news_doc *doc, uint32_t at, uint32_t *noun)
{
    uint32_t end = at;
    if (is(doc, end, "of"))
        end +=
            is(doc, end + 1, "the") || is(doc, end + 1, "its") || is(doc, end + 1, "their") ? 2 : 1;
    for (int steps = 0; steps < 5 && end < doc->token_count; steps++, end++) {
        const news_token *t = &doc->tokens[end];
        if (end > at && t->flags & NEWS_HYPHEN)
            continue;
        if (!(t->flags & NEWS_WORD) || t->flags & NEWS_SENTENCE)
            return at;
        const lex_hit *hits = lex_hits_at(doc, end);
        if (hits[LEX_HEAD].len > 0) {
            *noun = end + hits[LEX_HEAD].len - 1;
            return *noun + 1;
        }
        ovf_str f = news_fold(doc, end);
        bool is_plural = f.len > 3 && f.ptr[f.len - 1] == 's' && f.ptr[f.len - 2] != 's'
                         && (!(t->flags & NEWS_CAP) || NEWS_IS(doc, end, "notams"));
        bool is_verb = any_of(
            doc, end,
            (const char *const[]){"was", "has", "does", "is", "says", "its", "this", "his"}, 8);
        if (is_plural && !is_verb) {
            *noun = end;
            return end + 1;
        }
        bool is_filler =
            lex_is_adjective(doc, end) || t->flags & NEWS_CAP || hits[LEX_NAME].len > 0
            || (f.len > 3
                && (ovf_str_ends(f, OVF_STR("ed")) || ovf_str_ends(f, OVF_STR("ian"))
                    || ovf_str_ends(f, OVF_STR("al")) || ovf_str_ends(f, OVF_STR("ese"))));
        if (!is_filler)
            return at;
    }
    return at;
}

static ovf_str print_count(news_doc *doc, char op, const number *n, ovf_str unit)
{
    const char *sign = op == 'g'   ? ">="
                       : op == 'l' ? "<="
                       : op == '>' ? ">"
                       : op == '<' ? "<"
                       : op == '~' ? "~"
                                   : "";
    if (n->word != NULL)
        return ovf_arena_printf(doc->arena, "%s " OVF_FMT, n->word, OVF_ARG(unit));
    if (n->high >= 0)
        return ovf_arena_printf(doc->arena, "%s%lld-%lld " OVF_FMT, sign, (long long)n->low,
                                (long long)n->high, OVF_ARG(unit));
    return ovf_arena_printf(doc->arena, "%s%lld " OVF_FMT, sign, (long long)n->low, OVF_ARG(unit));
}

static bool push_count(news_doc *doc, news_count count)
{
    if (doc->count_count == doc->count_capacity) {
        void *items = doc->counts;
        size_t capacity = doc->count_capacity;
        if (!ovf_arena_grow(doc->arena, &items, doc->count_count, &capacity, sizeof(news_count))
            || capacity > UINT32_MAX)
            return false;
        doc->counts = items;
        doc->count_capacity = (uint32_t)capacity;
    }
    doc->counts[doc->count_count++] = count;
    return true;
}

/* "all flights", "all of its services". */
static bool all_at(const news_doc *doc, uint32_t at, number *n)
{
    static const char *const nouns[] = {"flights",  "airlines",   "services", "operations",
                                        "aircraft", "departures", "arrivals", "airports",
                                        "planes",   "traffic"};
    uint32_t body = at + 1;
    if (!is(doc, at, "all"))
        return false;
    if (is(doc, body, "of"))
        body++;
    if (is(doc, body, "its") || is(doc, body, "the") || is(doc, body, "their"))
        body++;
    uint32_t i = body;
    while (i - body < 3 && i < doc->token_count && !any_of(doc, i, nouns, OVF_COUNTOF(nouns))
           && (lex_is_adjective(doc, i) || doc->tokens[i].flags & NEWS_CAP))
        i++;
    if (!any_of(doc, i, nouns, OVF_COUNTOF(nouns)))
        return false;
    *n = (number){.word = "all", .last = body, .high = -1};
    return true;
}

bool ovf_news_counts(news_doc *doc)
{
    uint32_t next_time = 0;
    for (uint32_t i = 0; i < doc->token_count;) {
        while (next_time < doc->time_count && doc->times[next_time].last <= i)
            next_time++;
        if (next_time < doc->time_count && doc->times[next_time].first <= i) {
            i = doc->times[next_time].last;
            continue;
        }
        uint32_t body = i;
        uint32_t noun = 0;
        number n = {0};
        char op = hedge_at(doc, i, &body);
        bool is_all = op == 0 && all_at(doc, i, &n);
        if (!is_all && (!number_at(doc, body, &n) || counts_nothing(doc, body, n.last))) {
            i++;
            continue;
        }
        uint32_t end = unit_at(doc, n.last, &noun);
        if (end == n.last || (n.word == NULL && n.high < 0 && n.low == 0 && op == 0)) {
            i = n.last > i ? n.last : i + 1;
            continue;
        }
        ovf_str unit = news_words(doc, noun, end);
        if (n.word == NULL && n.low == 1 && n.high < 0 && op == 0) { /* "one of the airlines" */
            i = n.last;
            continue;
        }
        news_count count = {.first = i,
                            .last = end,
                            .op = (uint8_t)op,
                            .unit = unit,
                            .text = print_count(doc, op, &n, unit)};
        if (count.text.ptr == NULL || !push_count(doc, count))
            return false;
        i = end;
    }
    return true;
}

/* ---- instruments ---- */

static bool push_instrument(news_doc *doc, news_instrument item)
{
    if (doc->instrument_count == doc->instrument_capacity) {
        void *items = doc->instruments;
        size_t capacity = doc->instrument_capacity;
        if (!ovf_arena_grow(doc->arena, &items, doc->instrument_count, &capacity,
                            sizeof(news_instrument))
            || capacity > UINT32_MAX)
            return false;
        doc->instruments = items;
        doc->instrument_capacity = (uint32_t)capacity;
    }
    doc->instruments[doc->instrument_count++] = item;
    return true;
}

/* "told Reuters", "told X that": an interview when the one told is an outlet or a person. */
static bool told_at(const news_doc *doc, uint32_t at, news_instrument *out)
{
    if (!is(doc, at, "told") && !is(doc, at, "tells"))
        return false;
    uint32_t to =
        at + 1
        + (is(doc, at + 1, "the") || is(doc, at + 1, "a") || is(doc, at + 1, "state") ? 1 : 0);
    if (to >= doc->token_count)
        return false;
    uint32_t m = doc->mention_at == NULL ? NEWS_NONE : doc->mention_at[to];
    bool is_outlet = m != NEWS_NONE && (doc->mentions[m].kind == OVF_NEWS_OUTLET);
    if (!is_outlet)
        return false;
    *out = (news_instrument){.first = at, .last = doc->mentions[m].last, .value = "interview"};
    return true;
}

bool ovf_news_instruments(news_doc *doc)
{
    for (uint32_t i = 0; i < doc->token_count;) {
        news_instrument item = {0};
        if (told_at(doc, i, &item)) {
            if (!push_instrument(doc, item))
                return false;
            i = item.last;
            continue;
        }
        lex_hit hit = lex_hits_at(doc, i)[LEX_INSTRUMENT];
        if (hit.len == 0) {
            i++;
            continue;
        }
        item = (news_instrument){.first = i,
                                 .last = i + hit.len,
                                 .value = lex_instrument_at(lex_phrase_at(hit.row)->index)};
        if (!push_instrument(doc, item))
            return false;
        i = item.last;
    }
    return true;
}
