/* SPDX-License-Identifier: Apache-2.0 */
/* Paragraphs, quotation marks and sentences. A single line end parts paragraphs unless the text is
 * wrapped at a column; a quotation left open ends with its paragraph (papers open every paragraph
 * of a long quotation and close only the last); a sentence may end inside quotation marks. */
#include "news_internal.h"

#include <string.h>

enum {
    SENTENCE_MAX = 400,   /* tokens; a longer one is cut, which keeps all work linear */
    HEADLINE_MAX = 26,    /* tokens */
    WRAP_MIN_BYTES = 48,  /* a line of a wrapped text is at least this long ... */
    WRAP_MAX_BYTES = 110, /* ... and at most this */
    LINES_JUDGED = 400,
};

/* ---- paragraphs ---- */

static bool ends_sentence(char c)
{
    return c == '.' || c == '!' || c == '?' || c == ':' || c == '"' || (unsigned char)c == 0x9D;
}

/* Is the text broken at a column, with empty lines between its paragraphs? */
static bool is_wrapped(ovf_str text)
{
    ovf_str rest = text;
    ovf_str line = {0};
    size_t wrapped = 0;
    size_t whole = 0;
    size_t lower = 0; /* lines that go on in the middle of a sentence begin with small letters */
    size_t last_len = 0;
    bool last_open = false;
    for (int i = 0; i < LINES_JUDGED && ovf_str_line(&rest, &line); i++) {
        line = ovf_str_trim(line);
        if (line.len > 0 && last_len > 0) {
            bool goes_on = last_open && last_len >= WRAP_MIN_BYTES && last_len <= WRAP_MAX_BYTES;
            wrapped += goes_on;
            lower += goes_on && line.ptr[0] >= 'a' && line.ptr[0] <= 'z';
            whole += !goes_on && last_len > WRAP_MAX_BYTES;
        }
        last_len = line.len;
        last_open = line.len > 0 && !ends_sentence(line.ptr[line.len - 1]);
    }
    return wrapped >= 2 && wrapped > 2 * whole && lower * 3 >= wrapped;
}

static size_t line_before(ovf_str text, size_t at)
{
    size_t start = at;
    while (start > 0 && text.ptr[start - 1] != '\n' && at - start <= WRAP_MAX_BYTES)
        start--;
    return at - start;
}

/* Does a paragraph begin behind the gap [from, until)? */
static bool parts(const news_doc *doc, size_t from, size_t until, bool wrapped, bool bullet)
{
    size_t lines = 0;
    for (size_t i = from; i < until; i++)
        lines += doc->text.ptr[i] == '\n';
    if (lines == 0)
        return false;
    if (lines > 1 || !wrapped || bullet)
        return true;
    return line_before(doc->text, from) < WRAP_MIN_BYTES - 4;
}

static bool is_bullet(const news_doc *doc, uint32_t i)
{
    const news_token *t = &doc->tokens[i];
    if (t->flags & NEWS_DASH)
        return true;
    ovf_str w = news_fold(doc, i);
    return ovf_str_eq(w, OVF_STR("*")) || ovf_str_eq(w, OVF_STR("\xE2\x80\xA2"))
           || ovf_str_eq(w, OVF_STR("\xE2\x96\xAA"));
}

static void find_paragraphs(news_doc *doc)
{
    bool wrapped = is_wrapped(doc->text);
    size_t end = 0;
    for (uint32_t i = 0; i < doc->token_count; i++) {
        news_token *t = &doc->tokens[i];
        if (i == 0 || parts(doc, end, t->at, wrapped, is_bullet(doc, i)))
            t->flags |= NEWS_PARAGRAPH | NEWS_SENTENCE;
        end = t->at + t->len;
    }
}

/* ---- quotation marks ---- */

static bool is_single(const news_doc *doc, uint32_t i)
{
    return doc->tokens[i].fold_len == 1 && doc->folded[doc->tokens[i].fold] == '\'';
}

static bool next_is_glued(const news_doc *doc, uint32_t i)
{
    return i + 1 < doc->token_count && doc->tokens[i + 1].flags & NEWS_GLUED
           && !(doc->tokens[i + 1].flags & NEWS_PARAGRAPH);
}

/* A single mark closes only where one is open; else it is the apostrophe of a plural possessor. */
static uint16_t settle_single(const news_doc *doc, uint32_t i, bool open)
{
    const news_token *t = &doc->tokens[i];
    bool is_behind = t->flags & NEWS_GLUED && i > 0 && !(doc->tokens[i - 1].flags & NEWS_OPEN);
    bool is_before = next_is_glued(doc, i);
    if (!is_behind && is_before)
        return doc->tokens[i + 1].flags & NEWS_DIGIT ? NEWS_PUNCT : NEWS_OPEN;
    if (open)
        return NEWS_CLOSE;
    if (is_behind && news_fold(doc, i - 1).len > 0) {
        ovf_str w = news_fold(doc, i - 1);
        return w.ptr[w.len - 1] == 's' ? NEWS_POSS : NEWS_PUNCT;
    }
    return NEWS_PUNCT;
}

static uint16_t settle_double(const news_doc *doc, uint32_t i, bool open)
{
    const news_token *t = &doc->tokens[i];
    bool is_behind = t->flags & NEWS_GLUED && i > 0
                     && !(doc->tokens[i - 1].flags & (NEWS_OPEN | NEWS_DASH | NEWS_HYPHEN));
    bool is_before = next_is_glued(doc, i);
    if (!is_behind && is_before)
        return NEWS_OPEN;
    if (is_behind && !is_before)
        return NEWS_CLOSE;
    return open ? NEWS_CLOSE : NEWS_OPEN;
}

static void find_quotes(news_doc *doc)
{
    bool outer = false;
    bool inner = false;
    for (uint32_t i = 0; i < doc->token_count; i++) {
        news_token *t = &doc->tokens[i];
        if (t->flags & NEWS_PARAGRAPH)
            outer = inner = false;
        if (t->flags & (NEWS_OPEN | NEWS_CLOSE)) {
            bool single = is_single(doc, i);
            uint16_t flag = t->flags & (NEWS_OPEN | NEWS_CLOSE);
            if (flag == (NEWS_OPEN | NEWS_CLOSE))
                flag = single ? settle_single(doc, i, inner) : settle_double(doc, i, outer);
            t->flags = (uint16_t)((t->flags & ~(NEWS_OPEN | NEWS_CLOSE)) | flag);
            if (flag & (NEWS_OPEN | NEWS_CLOSE))
                *(single ? &inner : &outer) = flag == NEWS_OPEN;
            continue;
        }
        if (outer || inner)
            t->flags |= NEWS_QUOTED;
    }
}

/* ---- sentences ---- */

static bool is_stop(const news_doc *doc, uint32_t i)
{
    if (!(doc->tokens[i].flags & NEWS_PUNCT))
        return false;
    char c = doc->folded[doc->tokens[i].fold];
    return c == '.' || c == '!' || c == '?';
}

/* Words that begin a sentence and seldom stand capitalised inside one. */
static bool is_opener(ovf_str w)
{
    static const char *const openers[] = {
        "a",     "after", "all",     "although", "an",    "and",       "as",   "at",    "but",
        "by",    "each",  "even",    "for",      "from",  "he",        "her",  "his",   "if",
        "in",    "it",    "its",     "last",     "many",  "meanwhile", "no",   "on",    "one",
        "other", "our",   "several", "she",      "since", "some",      "that", "the",   "their",
        "there", "these", "they",    "this",     "those", "to",        "two",  "under", "until",
        "we",    "what",  "when",    "while",    "with",
    };
    for (size_t i = 0; i < OVF_COUNTOF(openers); i++) {
        if (ovf_str_eq(w, ovf_str_of(openers[i])))
            return true;
    }
    return false;
}

/* "between 5 a.m. and 6 p.m. Isfahan airport stays shut": a clock time ends the sentence, unless a zone,
 * a day or a month stands behind it. */
static bool clock_ends(const news_doc *doc, uint32_t i, uint32_t next)
{
    static const char *const goes_on[] = {
        "eastern", "central",   "pacific",   "mountain", "local",    "greenwich", "zulu",
        "monday",  "tuesday",   "wednesday", "thursday", "friday",   "saturday",  "sunday",
        "january", "february",  "march",     "april",    "may",      "june",      "july",
        "august",  "september", "october",   "november", "december", "jan",       "feb",
        "jan.",    "feb.",      "mar",       "apr",      "aug",      "sept",      "oct",
        "nov",     "dec",       "aug.",      "sept.",    "oct.",     "nov.",      "dec."};
    if (!(NEWS_IS(doc, i, "p.m.") || NEWS_IS(doc, i, "a.m."))
        || !(doc->tokens[next].flags & NEWS_CAP)
        || (doc->tokens[next].flags & NEWS_ALLCAP && doc->tokens[next].len < 5))
        return false;
    ovf_str w = news_fold(doc, next);
    for (size_t k = 0; k < OVF_COUNTOF(goes_on); k++) {
        if (ovf_str_eq(w, ovf_str_of(goes_on[k])))
            return false;
    }
    for (uint32_t k = next; k < doc->token_count && k < next + 4; k++) {
        if (NEWS_IS(doc, k, "time") || is_stop(doc, k))
            return false;
    }
    return true;
}

/* "posts on X. Drones have been seen": the network's name, and no initial. */
static bool network_ends(const news_doc *doc, uint32_t i, uint32_t next)
{
    return NEWS_IS(doc, i, "x.") && i > 0
           && (NEWS_IS(doc, i - 1, "on") || NEWS_IS(doc, i - 1, "to"))
           && doc->tokens[next].flags & NEWS_CAP;
}

/* An abbreviation with its full stop ("U.S.", "a.m.", "Inc.") can end a sentence as well. */
static bool abbreviation_ends(const news_doc *doc, uint32_t i, uint32_t next)
{
    const news_token *t = &doc->tokens[i];
    if (!(t->flags & NEWS_WORD) || doc->text.ptr[t->at + t->len - 1] != '.')
        return false;
    if (clock_ends(doc, i, next) || network_ends(doc, i, next))
        return true;
    return doc->tokens[next].flags & NEWS_CAP && is_opener(news_fold(doc, next))
           && !(doc->tokens[next].flags & NEWS_ALLCAP && doc->tokens[next].len > 1);
}

/* Marks behind a full stop that still belong to the sentence: closing quotes, brackets. */
static bool is_trailer(const news_doc *doc, uint32_t i)
{
    const news_token *t = &doc->tokens[i];
    if (t->flags & NEWS_CLOSE)
        return true;
    return t->flags & NEWS_PUNCT && t->flags & NEWS_GLUED
           && strchr(")]!?.", doc->folded[t->fold]) != NULL;
}

/* Does a sentence begin at token i, the one before it having ended at a stop? */
static bool begins(const news_doc *doc, uint32_t i)
{
    const news_token *t = &doc->tokens[i];
    if (t->flags & (NEWS_CAP | NEWS_DIGIT | NEWS_OPEN | NEWS_DASH))
        return true;
    if (t->flags & NEWS_WORD) /* lower case: `"..." he said`; small-cap brands are rare */
        return false;
    return !(t->flags & NEWS_GLUED);
}

/* "21:09 | Iran launches": a bar parts the fields of an alert. */
static bool is_bar(const news_doc *doc, uint32_t i)
{
    return doc->tokens[i].flags & NEWS_PUNCT && doc->folded[doc->tokens[i].fold] == '|';
}

static void cut_sentences(news_doc *doc)
{
    uint32_t length = 0;
    bool stopped = false;
    for (uint32_t i = 0; i < doc->token_count; i++, length++) {
        news_token *t = &doc->tokens[i];
        if (t->flags & NEWS_SENTENCE)
            length = 0;
        else if (stopped && is_trailer(doc, i))
            continue;
        else if ((stopped && begins(doc, i)) || (i > 0 && abbreviation_ends(doc, i - 1, i))
                 || length >= SENTENCE_MAX) {
            t->flags |= NEWS_SENTENCE;
            length = 0;
        }
        stopped = is_stop(doc, i) || is_bar(doc, i);
    }
}

/* "CARACAS, Nov 29 (Agency) -", "NEW DELHI:": the sentence begins behind the dash. */
static void cut_dateline(news_doc *doc, uint32_t first)
{
    uint32_t caps = 0;
    if (!(doc->tokens[first].flags & NEWS_ALLCAP) || doc->tokens[first].len < 4)
        return;
    for (uint32_t i = first; i < doc->token_count && i < first + 16; i++) {
        news_token *t = &doc->tokens[i];
        if (i > first && t->flags & NEWS_SENTENCE)
            return;
        bool dash = t->flags & NEWS_DASH;
        bool colon = t->flags & NEWS_PUNCT && doc->folded[t->fold] == ':' && i < first + 5;
        if (dash || colon) {
            if (i + 1 < doc->token_count && caps > 0)
                doc->tokens[i + 1].flags |= NEWS_SENTENCE;
            return;
        }
        if (t->flags & NEWS_WORD && !(t->flags & (NEWS_CAP | NEWS_DIGIT)) && i > first + 8)
            return;
        if (t->flags & NEWS_WORD && !(t->flags & NEWS_CAP) && t->len > 3
            && !(i > 0 && doc->folded[doc->tokens[i - 1].fold] == '('))
            return;
        caps++;
    }
}

/* ---- what kind of sentence ---- */

static bool has_word(const news_doc *doc, const news_sentence *s, const char *const *words,
                     size_t n)
{
    for (uint32_t i = s->first; i < s->last; i++) {
        for (size_t k = 0; k < n; k++) {
            if (news_is_word(doc, i, words[k]))
                return true;
        }
    }
    return false;
}

/* "X is a reporter for Y", "She was previously an editor at Z": about the author. */
static bool is_biography(const news_doc *doc, const news_sentence *s)
{
    static const char *const trades[] = {"reporter",  "journalist", "correspondent", "editor",
                                         "columnist", "writer",     "contributor"};
    static const char *const links[] = {"is", "was", "covers", "joined", "writes"};
    static const char *const speech[] = {"said",   "says",     "told",     "according",
                                         "killed", "arrested", "detained", "asked"};
    return has_word(doc, s, trades, OVF_COUNTOF(trades))
           && has_word(doc, s, links, OVF_COUNTOF(links))
           && !has_word(doc, s, speech, OVF_COUNTOF(speech));
}

static bool is_byline(const news_doc *doc, const news_sentence *s)
{
    uint32_t n = s->last - s->first;
    if (n > 24)
        return false;
    if (NEWS_IS(doc, s->first, "reporting") && NEWS_IS(doc, s->first + 1, "by"))
        return true;
    if (NEWS_IS(doc, s->first, "editing") && NEWS_IS(doc, s->first + 1, "by"))
        return true;
    return NEWS_IS(doc, s->first, "by") && n > 1 && n <= 12
           && doc->tokens[s->first + 1].flags & NEWS_CAP && !is_stop(doc, s->last - 1);
}

static bool is_headline(const news_doc *doc, const news_sentence *s)
{
    uint32_t n = s->last - s->first;
    bool is_alone = s->last == doc->token_count || doc->tokens[s->last].flags & NEWS_PARAGRAPH;
    if (!is_alone || !(doc->tokens[s->first].flags & NEWS_PARAGRAPH) || n > HEADLINE_MAX || n < 3)
        return false;
    const news_token *last = &doc->tokens[s->last - 1];
    return !is_stop(doc, s->last - 1) && !(last->flags & NEWS_CLOSE && is_stop(doc, s->last - 2));
}

/* Capitals say nothing in a line that has most of its longer words in them, nor in a shouted run. */
static void mark_shout(news_doc *doc, const news_sentence *s)
{
    uint32_t longer = 0;
    uint32_t caps = 0;
    uint32_t run = 0;
    for (uint32_t i = s->first; i <= s->last; i++) {
        const news_token *t = &doc->tokens[i < s->last ? i : s->first];
        bool is_end = i == s->last;
        if (!is_end && t->flags & NEWS_WORD && t->len >= 4) {
            longer++;
            caps += (t->flags & NEWS_CAP) != 0;
        }
        bool in_run = !is_end && (t->flags & NEWS_ALLCAP || (t->flags & NEWS_CAP && t->len == 1));
        if (in_run) {
            run++;
            continue;
        }
        for (uint32_t k = i - run; run >= 4 && k < i; k++)
            doc->tokens[k].flags |= NEWS_SHOUT;
        run = 0;
    }
    if (!(s->flags & NEWS_S_HEADLINE) || longer < 4 || caps * 5 < longer * 4)
        return;
    for (uint32_t i = s->first; i < s->last; i++)
        doc->tokens[i].flags |= NEWS_SHOUT;
}

static bool list_sentences(news_doc *doc)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < doc->token_count; i++)
        count += (doc->tokens[i].flags & NEWS_SENTENCE) != 0;
    doc->sentences = ovf_arena_array(doc->arena, news_sentence, count + 1);
    doc->sentence_of = ovf_arena_array(doc->arena, uint32_t, doc->token_count + 1);
    if (doc->sentences == NULL || doc->sentence_of == NULL)
        return false;
    uint32_t paragraph = 0;
    for (uint32_t i = 0; i < doc->token_count; i++) {
        const news_token *t = &doc->tokens[i];
        paragraph += (t->flags & NEWS_PARAGRAPH) && i > 0;
        if (t->flags & NEWS_SENTENCE)
            doc->sentences[doc->sentence_count++] =
                (news_sentence){.first = i, .paragraph = paragraph};
        doc->sentences[doc->sentence_count - 1].last = i + 1;
        doc->sentence_of[i] = doc->sentence_count - 1;
    }
    return true;
}

bool ovf_news_sentences(news_doc *doc)
{
    find_paragraphs(doc);
    find_quotes(doc);
    cut_sentences(doc);
    for (uint32_t i = 0; i < doc->token_count; i++) {
        if (doc->tokens[i].flags & NEWS_PARAGRAPH)
            cut_dateline(doc, i);
    }
    if (!list_sentences(doc))
        return false;
    for (uint32_t i = 0; i < doc->sentence_count; i++) {
        news_sentence *s = &doc->sentences[i];
        if (is_headline(doc, s))
            s->flags |= NEWS_S_HEADLINE;
        if (is_byline(doc, s))
            s->flags |= NEWS_S_BYLINE;
        /* An author is introduced at the foot: in the last quarter of the text. */
        if (i * 4 >= doc->sentence_count * 3 && is_biography(doc, s))
            s->flags |= NEWS_S_BIOGRAPHY;
        mark_shout(doc, s);
    }
    return true;
}
