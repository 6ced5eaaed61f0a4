/* SPDX-License-Identifier: Apache-2.0 */
/* The closed classes that groups are made of (determiners, numbers, adjectives), runs of capitals, and
 * what the words at the end of an unknown name make of it. */
#include "news_lexicon.h"

#include <string.h>

static bool is_one_of(ovf_str word, const char *const *list, size_t count)
{
    size_t low = 0;
    while (low < count) {
        size_t mid = (low + count) / 2;
        int order = ovf_str_cmp(word, ovf_str_of(list[mid]));
        if (order == 0)
            return true;
        if (order < 0)
            count = mid;
        else
            low = mid + 1;
    }
    return false;
}

bool lex_is_determiner(const news_doc *doc, uint32_t token)
{
    static const char *const words[] = {
        "a",  "all", "an",  "another", "any",  "both", "each",  "her",   "his",  "its",   "my",
        "no", "one", "our", "some",    "that", "the",  "their", "these", "this", "those", "whose"};
    return token < doc->token_count && is_one_of(news_fold(doc, token), words, OVF_COUNTOF(words));
}

bool lex_is_number_word(const news_doc *doc, uint32_t token)
{
    static const char *const words[] = {
        "both",      "dozen",    "dozens",    "eight",    "eighteen", "eighty",   "eleven",
        "fifteen",   "fifty",    "five",      "forty",    "four",     "fourteen", "half",
        "hundred",   "hundreds", "nine",      "nineteen", "ninety",   "one",      "seven",
        "seventeen", "seventy",  "six",       "sixteen",  "sixty",    "ten",      "thirteen",
        "thirty",    "thousand", "thousands", "three",    "twelve",   "twenty",   "two"};
    if (token >= doc->token_count)
        return false;
    return doc->tokens[token].flags & NEWS_NUMBER
           || is_one_of(news_fold(doc, token), words, OVF_COUNTOF(words));
}

bool lex_is_adjective(const news_doc *doc, uint32_t token)
{
    static const char *const words[] = {
        "acting",        "additional",   "aerial",       "air",
        "armed",         "aviation",     "ballistic",    "big",
        "biggest",       "budget",       "cargo",        "charter",
        "chief",         "civil",        "civilian",     "combat",
        "commercial",    "communist",    "deputy",       "diplomatic",
        "domestic",      "eastern",      "elected",      "elite",
        "entire",        "exiled",       "exiled",       "federal",
        "fellow",        "first",        "flag",         "foreign",
        "former",        "global",       "government",   "governmental",
        "gulf",          "head",         "incoming",     "independent",
        "individual",    "industry",     "intelligence", "interim",
        "international", "islamist",     "joint",        "junior",
        "key",           "large",        "largest",      "law-enforcement",
        "leading",       "local",        "long-haul",    "low-cost",
        "main",          "major",        "military",     "more",
        "multiple",      "national",     "naval",        "nearby",
        "neighboring",   "neighbouring", "new",          "non-scheduled",
        "northern",      "numerous",     "official",     "opposition",
        "other",         "outgoing",     "own",          "paramilitary",
        "passenger",     "political",    "private",      "pro-government",
        "prominent",     "provincial",   "public",       "rebel",
        "regional",      "registered",   "remaining",    "retired",
        "rival",         "ruling",       "scheduled",    "second",
        "security",      "senior",       "separatist",   "seven",
        "several",       "single",       "small",        "smaller",
        "southern",      "special",      "state",        "state-owned",
        "state-run",     "strategic",    "technical",    "third",
        "top",           "transitional", "transport",    "transportation",
        "unidentified",  "unknown",      "unmanned",     "unnamed",
        "various",       "veteran",      "volcanic",     "western",
        "world"};
    if (token >= doc->token_count || !(doc->tokens[token].flags & NEWS_WORD))
        return false;
    return is_one_of(news_fold(doc, token), words, OVF_COUNTOF(words));
}

bool lex_is_word(const news_doc *doc, uint32_t token, const char *word)
{
    return news_is_word(doc, token, word);
}

/* Particles inside a person's name, and words that begin no name though a capital does. */
static bool is_particle(const news_doc *doc, uint32_t token)
{
    static const char *const words[] = {
        "abu", "al", "ap", "bin", "bint", "da", "dal", "de", "del", "della", "den", "der", "di",
        "dos", "du", "e",  "el",  "ibn",  "la", "le",  "lo", "ter", "und",   "van", "von", "y"};
    return token < doc->token_count && is_one_of(news_fold(doc, token), words, OVF_COUNTOF(words));
}

static bool is_plain_word(const news_doc *doc, uint32_t token)
{
    static const char *const words[] = {
        "a",         "about",     "according",  "added",     "additionally", "advertisement",
        "after",     "again",     "against",    "air",       "airspace",     "all",
        "also",      "although",  "amid",       "among",     "an",           "and",
        "another",   "any",       "april",      "as",        "asked",        "at",
        "august",    "because",   "before",     "both",      "breaking",     "but",
        "by",        "citing",    "correction", "could",     "daily",        "day",
        "december",  "despite",   "developing", "did",       "do",           "does",
        "drone",     "drones",    "during",     "each",      "earlier",      "early",
        "editing",   "eight",     "even",       "every",     "exclusive",    "explainer",
        "february",  "few",       "five",       "flight",    "flights",      "following",
        "for",       "four",      "friday",     "from",      "further",      "gmt",
        "had",       "has",       "have",       "he",        "her",          "here",
        "his",       "hours",     "how",        "however",   "hundreds",     "i",
        "if",        "in",        "instead",    "is",        "it",           "its",
        "january",   "july",      "june",       "just",      "last",         "late",
        "later",     "live",      "local",      "many",      "march",        "may",
        "meanwhile", "monday",    "more",       "moreover",  "most",         "ms",
        "my",        "nearly",    "never",      "next",      "nine",         "no",
        "nobody",    "none",      "nor",        "not",       "notam",        "notams",
        "nothing",   "notice",    "november",   "now",       "october",      "of",
        "officials", "on",        "once",       "one",       "only",         "or",
        "other",     "others",    "our",        "over",      "passengers",   "please",
        "read",      "reporting", "sanctions",  "saturday",  "separately",   "september",
        "seven",     "she",       "since",      "six",       "so",           "some",
        "still",     "such",      "sunday",     "ten",       "thank",        "that",
        "the",       "their",     "then",       "there",     "these",        "they",
        "this",      "those",     "though",     "thousands", "three",        "through",
        "thursday",  "to",        "today",      "tomorrow",  "tonight",      "travel",
        "tuesday",   "two",       "under",      "unless",    "until",        "up",
        "update",    "updated",   "utc",        "war",       "was",          "watch",
        "we",        "wednesday", "were",       "what",      "when",         "where",
        "whether",   "which",     "while",      "who",       "why",          "will",
        "with",      "without",   "would",      "writing",   "yes",          "yesterday",
        "yet",       "you",       "your"};
    return is_one_of(news_fold(doc, token), words, OVF_COUNTOF(words));
}

/* Words that begin no name but stand inside of many: "Erewhon Flight Authority". */
static bool is_noun_of_names(const news_doc *doc, uint32_t token)
{
    static const char *const words[] = {"air",  "airspace", "army",   "daily",  "day", "flight",
                                        "live", "local",    "notice", "travel", "war"};
    return is_one_of(news_fold(doc, token), words, OVF_COUNTOF(words));
}

/* The second half of a name like "Ho-jin": not "-based", "-backed". */
static bool is_name_tail(const news_doc *doc, uint32_t token)
{
    static const char *const words[] = {
        "aged",   "backed",     "based", "born",    "bound", "brokered", "built",
        "class",  "controlled", "era",   "flagged", "held",  "led",      "like",
        "linked", "made",       "month", "old",     "only",  "owned",    "registered",
        "run",    "style",      "to",    "wide",    "year"};
    if (token >= doc->token_count || !(doc->tokens[token].flags & NEWS_GLUED)
        || !(doc->tokens[token].flags & NEWS_WORD) || doc->tokens[token].flags & NEWS_CAP)
        return false;
    return doc->tokens[token].len <= 6
           && !is_one_of(news_fold(doc, token), words, OVF_COUNTOF(words));
}

uint32_t lex_capital_run(const lex_work *w, uint32_t token)
{
    const news_doc *doc = w->doc;
    uint32_t end = token;
    uint32_t i = token;
    if (w->is_titled[doc->sentence_of[token]])
        return token;
    for (; i < doc->token_count && i - token < 8; i++) {
        const news_token *t = &doc->tokens[i];
        if (i > token && t->flags & (NEWS_SENTENCE | NEWS_PARAGRAPH))
            break;
        if (t->flags & NEWS_SHOUT && t->flags & NEWS_ALLCAP)
            break;
        if (t->flags & NEWS_WORD && t->flags & NEWS_CAP) {
            bool is_inside = i > token && is_noun_of_names(doc, i);
            if (!is_inside && is_plain_word(doc, i))
                break;
            end = i + 1;
        } else if (i > token && t->flags & NEWS_HYPHEN && is_name_tail(doc, i + 1)) {
            i++; /* "Ho-jin", "Jae-myung" */
            end = i + 1;
        } else if (!(i > token && ((t->flags & NEWS_HYPHEN) || is_particle(doc, i)))) {
            break;
        }
    }
    return end;
}

/* "Vilnius airport", "Vilnius International Airport", "Baghdad flight information region",
 * "Odesa region", "Helmand province": a place called after a city or unknown word. */
uint32_t lex_place_suffix(const news_doc *doc, uint32_t token, uint8_t *place)
{
    static const struct {
        const char *words[3];
        uint8_t place;
    } rows[] = {
        {{"international", "airport", NULL}, NEWS_P_AIRPORT},
        {{"airport", NULL, NULL}, NEWS_P_AIRPORT},
        {{"airports", NULL, NULL}, NEWS_P_AIRPORT},
        {{"airfield", NULL, NULL}, NEWS_P_AIRPORT},
        {{"flight", "information", "region"}, NEWS_P_FIR},
        {{"flight", "information", "regions"}, NEWS_P_FIR},
        {{"fir", NULL, NULL}, NEWS_P_FIR},
        {{"firs", NULL, NULL}, NEWS_P_FIR},
        {{"air", "base", NULL}, NEWS_P_BASE},
        {{"airbase", NULL, NULL}, NEWS_P_BASE},
        {{"region", NULL, NULL}, NEWS_P_REGION},
        {{"province", NULL, NULL}, NEWS_P_REGION},
        {{"oblast", NULL, NULL}, NEWS_P_REGION},
        {{"peninsula", NULL, NULL}, NEWS_P_REGION},
        {{"governorate", NULL, NULL}, NEWS_P_REGION},
    };
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++) {
        uint32_t n = 0;
        while (n < 3 && rows[i].words[n] != NULL && lex_is_word(doc, token + n, rows[i].words[n]))
            n++;
        if (n == 3 || (n > 0 && rows[i].words[n] == NULL)) {
            *place = rows[i].place;
            return token + n;
        }
    }
    return token;
}

/* The first or last word of an unknown name and what it tells of the kind; the first row wins. */
static const struct {
    const char *word;
    uint8_t kind, place;
    bool is_front;
} kind_words[] = {
    {"airlines", OVF_NEWS_AIRLINE, 0, false},
    {"airline", OVF_NEWS_AIRLINE, 0, false},
    {"airways", OVF_NEWS_AIRLINE, 0, false},
    {"air", OVF_NEWS_AIRLINE, 0, false},
    {"aviation", OVF_NEWS_AIRLINE, 0, false},
    {"aero", OVF_NEWS_AIRLINE, 0, false},
    {"jet", OVF_NEWS_AIRLINE, 0, false},
    {"cargo", OVF_NEWS_AIRLINE, 0, false},
    {"airport", OVF_NEWS_AIRPORT, NEWS_P_AIRPORT, false},
    {"airports", OVF_NEWS_AIRPORT, 0, false},
    {"fir", OVF_NEWS_UNKNOWN, NEWS_P_FIR, false},
    {"ministry", OVF_NEWS_MINISTRY, 0, false},
    {"ministry", OVF_NEWS_MINISTRY, 0, true},
    {"department", OVF_NEWS_MINISTRY, 0, true},
    {"authority", OVF_NEWS_AGENCY, 0, false},
    {"agency", OVF_NEWS_AGENCY, 0, false},
    {"administration", OVF_NEWS_AGENCY, 0, false},
    {"bureau", OVF_NEWS_AGENCY, 0, false},
    {"council", OVF_NEWS_AGENCY, 0, false},
    {"commission", OVF_NEWS_AGENCY, 0, false},
    {"committee", OVF_NEWS_AGENCY, 0, false},
    {"directorate", OVF_NEWS_AGENCY, 0, false},
    {"organization", OVF_NEWS_AGENCY, 0, false},
    {"organisation", OVF_NEWS_AGENCY, 0, false},
    {"survey", OVF_NEWS_AGENCY, 0, false},
    {"party", OVF_NEWS_LEGISLATURE, 0, false},
    {"assembly", OVF_NEWS_LEGISLATURE, 0, false},
    {"embassy", OVF_NEWS_STATE, 0, false},
    {"service", OVF_NEWS_AGENCY, 0, false},
    {"board", OVF_NEWS_AGENCY, 0, false},
    {"office", OVF_NEWS_AGENCY, 0, false},
    {"centre", OVF_NEWS_AGENCY, 0, false},
    {"center", OVF_NEWS_AGENCY, 0, false},
    {"observatory", OVF_NEWS_AGENCY, 0, false},
    {"university", OVF_NEWS_EXPERT, 0, true},
    {"university", OVF_NEWS_EXPERT, 0, false},
    {"institute", OVF_NEWS_EXPERT, 0, false},
    {"college", OVF_NEWS_EXPERT, 0, false},
    {"foundation", OVF_NEWS_EXPERT, 0, false},
    {"brigade", OVF_NEWS_AGENCY, 0, false},
    {"union", OVF_NEWS_INDUSTRY_BODY, 0, false},
    {"association", OVF_NEWS_INDUSTRY_BODY, 0, false},
    {"association", OVF_NEWS_INDUSTRY_BODY, 0, true},
    {"federation", OVF_NEWS_INDUSTRY_BODY, 0, false},
    {"news", OVF_NEWS_OUTLET, 0, false},
    {"times", OVF_NEWS_OUTLET, 0, false},
    {"post", OVF_NEWS_OUTLET, 0, false},
    {"tv", OVF_NEWS_OUTLET, 0, false},
    {"radio", OVF_NEWS_OUTLET, 0, false},
    {"television", OVF_NEWS_OUTLET, 0, false},
    {"herald", OVF_NEWS_OUTLET, 0, false},
    {"gazette", OVF_NEWS_OUTLET, 0, false},
    {"tribune", OVF_NEWS_OUTLET, 0, false},
    {"radio", OVF_NEWS_OUTLET, 0, true},
    {"police", OVF_NEWS_POLICE, 0, false},
    {"army", OVF_NEWS_MILITARY, 0, false},
    {"navy", OVF_NEWS_MILITARY, 0, false},
    {"force", OVF_NEWS_MILITARY, 0, false},
    {"forces", OVF_NEWS_MILITARY, 0, false},
    {"command", OVF_NEWS_MILITARY, 0, false},
    {"court", OVF_NEWS_COURT, 0, false},
    {"parliament", OVF_NEWS_LEGISLATURE, 0, false},
    {"inc", OVF_NEWS_COMPANY, 0, false},
    {"inc.", OVF_NEWS_COMPANY, 0, false},
    {"ltd", OVF_NEWS_COMPANY, 0, false},
    {"corp", OVF_NEWS_COMPANY, 0, false},
    {"corp.", OVF_NEWS_COMPANY, 0, false},
    {"group", OVF_NEWS_COMPANY, 0, false},
    {"solutions", OVF_NEWS_COMPANY, 0, false},
    {"travel", OVF_NEWS_COMPANY, 0, false},
    {"front", OVF_NEWS_ARMED_GROUP, 0, false},
    {"brigades", OVF_NEWS_ARMED_GROUP, 0, false},
    {"mount", OVF_NEWS_NATURAL, NEWS_P_REGION, true},
    {"volcano", OVF_NEWS_NATURAL, NEWS_P_REGION, false},
    {"sea", OVF_NEWS_UNKNOWN, NEWS_P_REGION, false},
    {"island", OVF_NEWS_UNKNOWN, NEWS_P_REGION, false},
    {"islands", OVF_NEWS_UNKNOWN, NEWS_P_REGION, false},
    {"gulf", OVF_NEWS_UNKNOWN, NEWS_P_REGION, true},
    {"strait", OVF_NEWS_UNKNOWN, NEWS_P_REGION, true},
    {"base", OVF_NEWS_UNKNOWN, NEWS_P_BASE, false},
};

uint8_t lex_kind_of_run(const news_doc *doc, uint32_t first, uint32_t last, uint8_t *place)
{
    for (size_t i = 0; i < OVF_COUNTOF(kind_words); i++) {
        if (lex_is_word(doc, kind_words[i].is_front ? first : last - 1, kind_words[i].word)) {
            *place = kind_words[i].place;
            return kind_words[i].kind;
        }
    }
    return OVF_NEWS_UNKNOWN;
}
