/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes to tokens: words, numbers and marks, each with its bytes, its folded form (lower case, no
 * accents, one form of apostrophe and dash) and what its letters look like. One pass, no look-back
 * beyond a token; bad UTF-8 reads as blanks. */
#include "news_internal.h"

#include <string.h>

enum {
    WORD_MAX_BYTES = 120, /* a longer run is cut: nothing of a language is that long */
    PUNCT_OTHER = 0xFFFD,
};

/* U+00C0 to U+017F without their accents, two columns of letters to a row of sixteen. */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                            "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

typedef struct reader {
    news_doc *doc;
    ovf_str text;
    size_t at;
    size_t fold_at;
    uint32_t capacity;
    bool is_glued;
} reader;

/* ---- characters ---- */

/* One code point at `at`; a byte that begins none counts as a blank. */
static size_t decode(ovf_str s, size_t at, uint32_t *out)
{
    unsigned char c = (unsigned char)s.ptr[at];
    size_t more = c < 0x80                ? 0
                  : c >= 0xC2 && c < 0xE0 ? 1
                  : c >= 0xE0 && c < 0xF0 ? 2
                  : c < 0xF5 && c >= 0xF0 ? 3
                                          : 9;
    *out = ' ';
    if (more == 9 || at + more >= s.len)
        return more == 0 && at < s.len ? (*out = c, 1) : 1;
    uint32_t value = more == 0 ? c : c & (0x3Fu >> more);
    for (size_t i = 1; i <= more; i++) {
        unsigned char next = (unsigned char)s.ptr[at + i];
        if ((next & 0xC0) != 0x80)
            return 1;
        value = value << 6 | (next & 0x3F);
    }
    if (value < (more == 3 ? 0x10000u : more == 2 ? 0x800u : 0u))
        return 1; /* longer than need be: "5" in three bytes would be a digit that no reader finds */
    *out = value;
    return more + 1;
}

/* Marks of one meaning to one character: quotes, apostrophes, dashes, blanks. */
static uint32_t class_of(uint32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x02BC:
    case 0x00B4:
    case 0x2032:
    case '`': return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x00AB:
    case 0x00BB:
    case 0x2033:
    case 0xFF02: return '"';
    case 0x2010:
    case 0x2011: return '-';
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212: return 0x2014;
    case 0x00A0:
    case 0x2002:
    case 0x2003:
    case 0x2007:
    case 0x2009:
    case 0x200A:
    case 0x202F:
    case 0x200B:
    case 0xFEFF:
    case 0x2028:
    case 0x2029:
    case 0x3000:
    case '\t':
    case '\r':
    case '\n':
    case '\f':
    case '\v':
    case 0x00AD:
    case 0x200E:
    case 0x200F: return ' ';
    default: return c < ' ' ? ' ' : c;
    }
}

static bool is_upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    if (c < 0x100)
        return c >= 0xC0 && c <= 0xDE && c != 0xD7;
    if (c < 0x180)
        return c != 0x138 && c != 0x149
               && (c < 0x139 || (c > 0x148 && c < 0x178) ? c % 2 == 0 : c % 2 == 1);
    return (c >= 0x391 && c <= 0x3A9) || (c >= 0x400 && c <= 0x42F);
}

static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c < 0x2C00) && c < 0xFFF0;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(uint32_t c)
{
    return is_letter(c) || is_digit(c);
}

/* Writes the folded character; at most as many bytes as it had. */
static size_t fold(char *out, const char *from, size_t len, uint32_t c)
{
    if (c < 0x80) {
        *out = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        return 1;
    }
    if (c >= 0xC0 && c < 0x180) {
        *out = latin[c - 0xC0];
        return 1;
    }
    uint32_t mark = class_of(c);
    if (mark < 0x80) {
        *out = (char)mark;
        return 1;
    }
    if (mark == 0x2014) {
        *out = '-';
        return 1;
    }
    if (c >= 0x400 && c <= 0x42F) { /* Cyrillic: lower case, so that two spellings are one */
        uint32_t lower = c < 0x410 ? c + 0x50 : c + 0x20;
        out[0] = (char)(0xC0 | lower >> 6);
        out[1] = (char)(0x80 | (lower & 0x3F));
        return 2;
    }
    memcpy(out, from, len);
    return len;
}

static uint32_t peek(const reader *r, size_t at, size_t *len)
{
    uint32_t c = 0;
    size_t n = 0;
    if (at < r->text.len)
        n = decode(r->text, at, &c);
    if (len != NULL)
        *len = n;
    return n == 0 ? 0 : class_of(c);
}

/* ---- abbreviations ---- */

static const char *const abbreviations[] = {
    "adm",  "apr",   "approx", "asst", "aug",  "ave",  "brig", "capt",   "cf",   "cmdr", "co",
    "col",  "comdr", "corp",   "cpl",  "dec",  "dept", "det",  "dr",     "est",  "etc",  "feb",
    "flt",  "fr",    "ft",     "gen",  "gov",  "govt", "hon",  "inc",    "insp", "jan",  "jr",
    "jul",  "jun",   "lt",     "ltd",  "maj",  "mar",  "mass", "messrs", "mr",   "mrs",  "ms",
    "mt",   "nos",   "nov",    "oct",  "pres", "prof", "rep",  "reps",   "rev",  "sec",  "sen",
    "sens", "sep",   "sept",   "sgt",  "sr",   "st",   "supt", "vs",
};

static bool is_abbreviation(ovf_str folded)
{
    if (folded.len < 2 || folded.len > 6)
        return false;
    size_t low = 0;
    size_t high = OVF_COUNTOF(abbreviations);
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = ovf_str_cmp(folded, ovf_str_of(abbreviations[mid]));
        if (order == 0)
            return true;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return false;
}

/* ---- tokens ---- */

static bool put(reader *r, size_t at, size_t end, uint16_t flags)
{
    news_doc *doc = r->doc;
    if (doc->token_count == r->capacity)
        return false;
    news_token *t = &doc->tokens[doc->token_count++];
    size_t start = r->fold_at;
    for (size_t i = at; i < end;) {
        uint32_t c = 0;
        size_t n = decode(r->text, i, &c);
        r->fold_at += fold(doc->folded + r->fold_at, r->text.ptr + i, n, c);
        i += n;
    }
    *t = (news_token){
        .at = (uint32_t)at,
        .len = (uint16_t)(end - at),
        .flags = (uint16_t)(flags | (r->is_glued ? NEWS_GLUED : 0)),
        .fold = (uint32_t)start,
        .fold_len = (uint16_t)(r->fold_at - start),
        .hash = news_hash(doc->folded + start, r->fold_at - start),
    };
    r->is_glued = true;
    r->at = end;
    return true;
}

/* End of the letters and digits from `at`; what they are made of in *flags. */
static size_t run_of(const reader *r, size_t at, uint16_t *flags)
{
    size_t uppers = 0;
    size_t letters = 0;
    size_t i = at;
    size_t n = 0;
    for (uint32_t c = peek(r, i, &n); n != 0 && is_word(c) && i - at < WORD_MAX_BYTES;
         c = peek(r, i, &n)) {
        if (is_digit(c))
            *flags |= NEWS_DIGIT;
        else {
            letters++;
            bool is_capital = is_upper(c);
            uppers += is_capital;
            if (is_capital && letters == 1)
                *flags |= NEWS_CAP;
        }
        i += n;
    }
    if (letters > 0)
        *flags |= NEWS_WORD;
    if (letters > 1 && uppers == letters)
        *flags |= NEWS_ALLCAP;
    return i;
}

/* "1,000", "3.5", "10:30", "2025-11" stays apart: digits joined by one mark between digits. */
static size_t number_of(const reader *r, size_t at)
{
    size_t i = at;
    while (i < r->text.len && i - at < WORD_MAX_BYTES) {
        uint32_t c = (unsigned char)r->text.ptr[i];
        bool joins = (c == ',' || c == '.' || c == ':') && i + 1 < r->text.len
                     && is_digit((unsigned char)r->text.ptr[i + 1]);
        if (!is_digit(c) && !joins)
            break;
        i++;
    }
    return i;
}

/* "U.S.", "a.m.", "D.C.", "J.": letters and full stops in turn; `at` when it is none. */
static size_t initials_of(const reader *r, size_t at)
{
    size_t i = at;
    size_t count = 0;
    size_t n = 0;
    for (;;) {
        uint32_t c = peek(r, i, &n);
        if (!is_letter(c) || peek(r, i + n, NULL) != '.' || count == 8)
            break;
        i += n + 1;
        count++;
    }
    if (count == 0)
        return at;
    if (count >= 2)
        return is_word(peek(r, i, NULL)) ? at : i;
    /* One letter: an initial only when a name goes on behind a blank. */
    uint32_t first = peek(r, at, NULL);
    if (!is_upper(first) || peek(r, i, NULL) != ' ')
        return at;
    return is_upper(peek(r, i + 1, NULL)) ? i : at;
}

/* Letters behind an apostrophe: the part of a contraction that stands as a token of its own. */
static bool is_clitic(ovf_str tail)
{
    static const char *const tails[] = {"s", "re", "ve", "ll", "d", "m"};
    for (size_t i = 0; i < OVF_COUNTOF(tails); i++) {
        if (ovf_str_eq_nocase(tail, ovf_str_of(tails[i])))
            return true;
    }
    return false;
}

/* Where the word that began at `at`, whose run ended at `end`, goes on: through an apostrophe
 * ("O'Hare"), a hyphen ("no-fly", "Su-24"), a full stop ("gov.uk"). */
static size_t extend_word(const reader *r, size_t at, size_t end, uint16_t *flags)
{
    for (int parts = 0; parts < 6 && end - at < WORD_MAX_BYTES; parts++) {
        size_t n = 0;
        uint32_t joint = peek(r, end, &n);
        uint32_t next = peek(r, end + n, NULL);
        uint16_t more = 0;
        if (n == 0 || !is_word(next))
            break;
        size_t tail = run_of(r, end + n, &more);
        ovf_str letters = ovf_str_sub(r->text, end + n, tail);
        if (joint == '\'') {
            if (is_clitic(letters) || (letters.len == 1 && (letters.ptr[0] | 32) == 't'))
                break;
        } else if (joint == '-') {
            bool is_model = is_digit(next) && !(*flags & NEWS_NUMBER) && (*flags & NEWS_WORD);
            bool is_lower =
                !(*flags & (NEWS_CAP | NEWS_DIGIT)) && !is_upper(next) && !is_digit(next);
            if (!is_model && !is_lower)
                break;
        } else if (joint != '.' || is_upper(next) || is_digit(next)
                   || (*flags & NEWS_DIGIT && !(*flags & NEWS_WORD))) {
            break;
        }
        *flags |= more & (NEWS_DIGIT | NEWS_WORD);
        if (!(more & NEWS_ALLCAP) && !(more & NEWS_DIGIT))
            *flags &= (uint16_t)~NEWS_ALLCAP;
        end = tail;
    }
    return end;
}

/* "didn't": the word ends before its n. */
static size_t before_not(const reader *r, size_t at, size_t end)
{
    size_t n = 0;
    if (end - at < 3 || (r->text.ptr[end - 1] | 32) != 'n' || peek(r, end, &n) != '\'')
        return end;
    uint32_t t = peek(r, end + n, NULL);
    return (t | 32) == 't' && !is_word(peek(r, end + n + 1, NULL)) ? end - 1 : end;
}

static bool take_word(reader *r)
{
    size_t at = r->at;
    uint16_t flags = 0;
    size_t end = initials_of(r, at);
    if (end > at)
        return put(r, at, end,
                   NEWS_WORD | (is_upper(peek(r, at, NULL)) ? NEWS_CAP | NEWS_ALLCAP : 0));
    if (is_digit(peek(r, at, NULL))) {
        end = number_of(r, at);
        bool is_bare = !is_letter(peek(r, end, NULL));
        return put(r, at, is_bare ? end : run_of(r, end, &flags),
                   is_bare ? NEWS_DIGIT | NEWS_NUMBER : NEWS_DIGIT);
    }
    end = run_of(r, at, &flags);
    size_t cut = before_not(r, at, end);
    if (cut < end)
        return put(r, at, cut, flags);
    end = extend_word(r, at, end, &flags);
    size_t cut_again = before_not(r, at, end);
    if (cut_again < end)
        return put(r, at, cut_again, flags);
    if (!put(r, at, end, flags))
        return false;
    news_token *t = &r->doc->tokens[r->doc->token_count - 1];
    if (peek(r, end, NULL) == '.' && is_abbreviation(news_fold(r->doc, r->doc->token_count - 1))
        && (peek(r, end + 1, NULL) == ' ' || peek(r, end + 1, NULL) == ',')) {
        t->len++;
        r->at++;
    }
    return true;
}

/* "'s", "n't", "'re" behind a word, or the apostrophe of a plural possessor. */
static bool take_apostrophe(reader *r, size_t n, bool *taken)
{
    size_t at = r->at;
    uint16_t flags = 0;
    *taken = false;
    bool follows_word = r->is_glued && r->doc->token_count > 0
                        && r->doc->tokens[r->doc->token_count - 1].flags & (NEWS_WORD | NEWS_DIGIT);
    if (!follows_word)
        return true;
    size_t end = run_of(r, at + n, &flags);
    ovf_str tail = ovf_str_sub(r->text, at + n, end);
    if (tail.len > 0 && is_clitic(tail)) {
        *taken = true;
        bool is_s = tail.len == 1 && (tail.ptr[0] | 32) == 's';
        return put(r, at, end, is_s ? NEWS_POSS : NEWS_WORD);
    }
    return true;
}

static uint16_t mark_flags(const reader *r, uint32_t raw, uint32_t c, size_t n)
{
    uint32_t next = peek(r, r->at + n, NULL);
    if (c == 0x2014)
        return NEWS_DASH;
    if (c == '-')
        return r->is_glued && is_word(next) ? NEWS_HYPHEN : NEWS_DASH;
    if (raw == 0x201C || raw == 0x201E || raw == 0x00AB)
        return NEWS_OPEN;
    if (raw == 0x201D || raw == 0x00BB)
        return NEWS_CLOSE;
    if (c == '"' || c == '\'') /* which of the two: news_sentences.c */
        return NEWS_OPEN | NEWS_CLOSE;
    return NEWS_PUNCT;
}

static bool take_mark(reader *r, uint32_t c, size_t n)
{
    uint32_t raw = 0;
    decode(r->text, r->at, &raw);
    if (c == '\'' && peek(r, r->at + n, NULL) == '\'' && raw != 0x2019) /* '' and `` */
        return put(r, r->at, r->at + n + 1, r->is_glued ? NEWS_CLOSE : NEWS_OPEN);
    if (c == '\'') {
        bool taken = false;
        if (!take_apostrophe(r, n, &taken))
            return false;
        if (taken)
            return true;
    }
    size_t end = r->at + n;
    if (c == '-' && r->text.ptr[r->at] == '-') { /* a dash as typists write it */
        while (end < r->text.len && r->text.ptr[end] == '-' && end - r->at < 3)
            end++;
        if (end - r->at > 1)
            return put(r, r->at, end, NEWS_DASH);
    }
    if (c == '.')
        while (end < r->text.len && r->text.ptr[end] == '.' && end - r->at < WORD_MAX_BYTES)
            end++;
    return put(r, r->at, end, mark_flags(r, raw, c, n));
}

/* "n't" where before_not cut its word. */
static bool take_not(reader *r, bool *taken)
{
    size_t n = 0;
    *taken = false;
    if (!r->is_glued || (r->text.ptr[r->at] | 32) != 'n' || peek(r, r->at + 1, &n) != '\'')
        return true;
    if ((peek(r, r->at + 1 + n, NULL) | 32) != 't')
        return true;
    *taken = true;
    return put(r, r->at, r->at + 2 + n, NEWS_WORD);
}

/* At least as many as there are tokens: starts of runs, and every mark. */
static size_t count_room(ovf_str text)
{
    size_t count = text.len / (WORD_MAX_BYTES / 2) + 2;
    bool was_word = false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool is_blank = c <= ' ';
        bool is_run = is_word(c) && c < 0x80;
        count += c >= 0x80 ? (c >= 0xC0 ? 2 : 0) : is_run ? !was_word : !is_blank;
        was_word = is_run;
    }
    return count;
}

bool ovf_news_tokens(news_doc *doc)
{
    reader r = {.doc = doc, .text = doc->text};
    size_t room = count_room(doc->text);
    doc->folded = ovf_arena_array(doc->arena, char, doc->text.len + 1);
    doc->tokens = ovf_arena_array(doc->arena, news_token, room);
    if (doc->folded == NULL || doc->tokens == NULL)
        return false;
    r.capacity = (uint32_t)room;
    while (r.at < r.text.len) {
        size_t n = 0;
        uint32_t c = peek(&r, r.at, &n);
        bool taken = false;
        if (c == ' ') {
            r.at += n;
            r.is_glued = false;
            continue;
        }
        if (!take_not(&r, &taken))
            return false;
        if (!taken && !(is_word(c) ? take_word(&r) : take_mark(&r, c, n)))
            return false;
    }
    return true;
}

ovf_str news_words(const news_doc *doc, uint32_t first, uint32_t last)
{
    if (first >= last || last > doc->token_count)
        return (ovf_str){0};
    const news_token *end = &doc->tokens[last - 1];
    return ovf_str_sub(doc->text, doc->tokens[first].at, end->at + end->len);
}
