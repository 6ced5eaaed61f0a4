/* SPDX-License-Identifier: Apache-2.0 */
/* The door to documents: what form they have, plain text, dates, and the writer of a story's text. */
#include "news_source.h"

#include <string.h>

enum {
    SNIFF_BYTES = 4096,
    SEARCH_BYTES = 1 << 16, /* how far behind the last find a text is sought */
    PIECE_SEARCH_BYTES = 1 << 12,
    PIECE_MIN = 4,    /* shorter pieces are found anywhere */
    MISSES_MAX = 400, /* then the rest has no way back: time stays linear */
};

/* ---- forms ---- */

static bool has(ovf_str s, const char *needle)
{
    ovf_str n = ovf_str_of(needle);
    for (size_t i = 0; i + n.len <= s.len; i++) {
        if (ovf_str_eq_nocase(ovf_str_sub(s, i, i + n.len), n))
            return true;
    }
    return false;
}

ovf_news_form ovf_news_sniff(ovf_str document)
{
    ovf_str head = ovf_str_sub(document, 0, SNIFF_BYTES);
    if (ovf_str_starts(head, OVF_STR("\xEF\xBB\xBF")))
        head = ovf_str_tail(head, 3);
    head = ovf_str_trim(head);
    if (head.len == 0 || head.ptr[0] != '<')
        return OVF_NEWS_TEXT;
    bool is_page = has(ovf_str_sub(head, 0, 1024), "<html")
                   || has(ovf_str_sub(head, 0, 256), "<!doctype html");
    if (!is_page && (has(head, "<rss") || has(head, "<feed") || has(head, "<rdf:RDF")))
        return OVF_NEWS_FEED;
    static const char *const tags[] = {"<html", "<!doctype", "<body", "<head", "<p>",     "<p ",
                                       "<div",  "<article",  "<h1",   "<main", "<section"};
    for (size_t i = 0; i < OVF_COUNTOF(tags); i++) {
        if (has(head, tags[i]))
            return OVF_NEWS_HTML;
    }
    return OVF_NEWS_TEXT;
}

ovf_status ovf_news_sources_read(ovf_str document, ovf_arena *arena, ovf_news_sources *out,
                                 ovf_error *err)
{
    if (document.len > OVF_NEWS_SOURCE_MAX_BYTES)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "document above %zu bytes",
                        OVF_NEWS_SOURCE_MAX_BYTES);
    ovf_news_form form = ovf_news_sniff(document);
    if (form == OVF_NEWS_FEED)
        return source_read_feed(document, arena, out, err);
    ovf_news_source *item = ovf_arena_array(arena, ovf_news_source, 1);
    if (item == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a story");
    item->published = OVF_TIME_NONE;
    if (form == OVF_NEWS_HTML) {
        ovf_status status = source_read_html(document, document, 0, true, arena, item, err);
        if (status != OVF_OK)
            return status;
    } else {
        ovf_news_stretch *whole = ovf_arena_array(arena, ovf_news_stretch, 1);
        if (whole == NULL)
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a story");
        whole->len = (uint32_t)document.len;
        *item = (ovf_news_source){
            .text = document, .published = OVF_TIME_NONE, .stretches = whole, .stretch_count = 1};
    }
    *out = (ovf_news_sources){.form = form, .items = item, .count = 1};
    return OVF_OK;
}

size_t ovf_news_origin(const ovf_news_source *source, size_t text_at)
{
    size_t low = 0;
    size_t high = source->stretch_count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        const ovf_news_stretch *s = &source->stretches[mid];
        if (text_at < s->text_at)
            high = mid;
        else if (text_at >= (size_t)s->text_at + s->len)
            low = mid + 1;
        else
            return s->origin_at + (text_at - s->text_at);
    }
    return OVF_NOPOS;
}

/* ---- dates ---- */

static int month_of(ovf_str word)
{
    static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
    for (int i = 0; i < 12 && word.len >= 3; i++) {
        if (ovf_str_eq_nocase(ovf_str_sub(word, 0, 3), ovf_str_of(names[i])))
            return i + 1;
    }
    return 0;
}

/* "29 Nov 2025 14:05:00 +0100" and "November 29, 2025": numbers and a month in any of these orders. */
static ovf_time date_in_words(ovf_str text)
{
    ovf_civil civil = {0};
    int offset_min = 0;
    size_t at = 0;
    while (at < text.len) {
        while (at < text.len
               && (text.ptr[at] == ' ' || text.ptr[at] == ',' || text.ptr[at] == '\t'))
            at++;
        size_t end = at;
        while (end < text.len && text.ptr[end] != ' ' && text.ptr[end] != ','
               && text.ptr[end] != '\t')
            end++;
        ovf_str word = ovf_str_sub(text, at, end);
        uint32_t value = 0;
        size_t digits = ovf_str_take_uint(word, 0, 9999, &value);
        if (word.len == 0)
            break;
        if (digits == 0 && (word.ptr[0] == '+' || word.ptr[0] == '-') && word.len == 5
            && civil.hour + civil.minute >= 0) {
            uint32_t zone = 0;
            (void)ovf_str_take_uint(word, 1, 9999, &zone);
            offset_min = (int)(zone / 100 * 60 + zone % 100) * (word.ptr[0] == '-' ? -1 : 1);
        } else if (digits == 0) {
            if (civil.month == 0)
                civil.month = month_of(word);
        } else if (digits < word.len && word.ptr[digits] == ':') {
            uint32_t minute = 0;
            uint32_t second = 0;
            size_t next = ovf_str_take_uint(word, digits + 1, 59, &minute);
            if (next < word.len && word.ptr[next] == ':')
                (void)ovf_str_take_uint(word, next + 1, 59, &second);
            civil.hour = (int32_t)value;
            civil.minute = (int32_t)minute;
            civil.second = (int32_t)second;
        } else if (digits == 4 && civil.year == 0) {
            civil.year = (int32_t)value;
        } else if (digits <= 2 && civil.day == 0) {
            civil.day = (int32_t)value;
        }
        at = end;
    }
    ovf_time t = OVF_TIME_NONE;
    if (civil.year == 0 || civil.month == 0 || civil.day == 0
        || ovf_time_from_civil(civil, &t, NULL) != OVF_OK)
        return OVF_TIME_NONE;
    return t - (ovf_time)offset_min * OVF_MINUTE_S;
}

ovf_time ovf_news_date(ovf_str text)
{
    ovf_time t = OVF_TIME_NONE;
    text = ovf_str_trim(text);
    if (text.len < 8 || text.len > 64)
        return OVF_TIME_NONE;
    /* "+0100" without its colon, as many pages write it. */
    char fixed[80];
    size_t n = text.len;
    bool is_short =
        n > 20 && (text.ptr[n - 5] == '+' || text.ptr[n - 5] == '-') && text.ptr[n - 3] != ':';
    if (is_short) {
        memcpy(fixed, text.ptr, n - 2);
        fixed[n - 2] = ':';
        memcpy(fixed + n - 1, text.ptr + n - 2, 2);
        if (ovf_time_parse((ovf_str){fixed, n + 1}, &t, NULL) == OVF_OK)
            return t;
    }
    if (ovf_time_parse(text, &t, NULL) == OVF_OK)
        return t;
    if (n > 10 && text.ptr[4] == '-' && text.ptr[7] == '-'
        && ovf_time_parse(ovf_str_sub(text, 0, 10), &t, NULL) == OVF_OK)
        return t;
    return date_in_words(text);
}

/* ---- the writer ---- */

static bool make_room(source_writer *w, size_t more)
{
    if (w->len + more <= w->capacity)
        return true;
    size_t capacity = w->capacity * 2 + more + 1024;
    char *text = ovf_arena_array(w->arena, char, capacity);
    if (text == NULL) {
        w->failed = true;
        return false;
    }
    if (w->len > 0)
        memcpy(text, w->text, w->len);
    w->text = text;
    w->capacity = capacity;
    return true;
}

static void add_stretch(source_writer *w, size_t text_at, size_t origin_at, size_t len)
{
    if (w->stretch_count > 0) {
        ovf_news_stretch *last = &w->stretches[w->stretch_count - 1];
        if (last->text_at + last->len == text_at && last->origin_at + last->len == origin_at) {
            last->len += (uint32_t)len;
            return;
        }
    }
    void *items = w->stretches;
    if (w->stretch_count == w->stretch_capacity
        && !ovf_arena_grow(w->arena, &items, w->stretch_count, &w->stretch_capacity,
                           sizeof(ovf_news_stretch))) {
        w->failed = true;
        return;
    }
    w->stretches = items;
    w->stretches[w->stretch_count++] =
        (ovf_news_stretch){(uint32_t)text_at, (uint32_t)origin_at, (uint32_t)len};
}

/* Where a needle stands in the document behind the cursor, or OVF_NOPOS. */
static size_t search(source_writer *w, ovf_str needle, size_t reach)
{
    if (w->misses >= MISSES_MAX || needle.len == 0 || w->cursor >= w->document.len)
        return OVF_NOPOS;
    size_t end = w->document.len - w->cursor > reach + needle.len ? w->cursor + reach + needle.len
                                                                  : w->document.len;
    size_t at = ovf_str_find(ovf_str_sub(w->document, 0, end), w->cursor, needle);
    if (at == OVF_NOPOS)
        w->misses++;
    return at;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* Writes a run without blanks; origin OVF_NOPOS: from nowhere literal. */
static void put_run(source_writer *w, ovf_str run, size_t origin)
{
    if (!make_room(w, run.len + 2))
        return;
    if (w->wants_blank && w->len > w->break_at)
        w->text[w->len++] = ' ';
    w->wants_blank = false;
    if (origin != OVF_NOPOS && w->document.len > 0)
        add_stretch(w, w->len, origin, run.len);
    memcpy(w->text + w->len, run.ptr, run.len);
    w->len += run.len;
}

/* A run that does not stand literally in the document as a whole: its plain pieces may. */
static void put_pieces(source_writer *w, ovf_str run)
{
    size_t at = 0;
    bool wants_blank = w->wants_blank;
    while (at < run.len) {
        size_t end = at;
        while (end < run.len && run.ptr[end] > ' ' && run.ptr[end] != '&' && run.ptr[end] != '<'
               && run.ptr[end] != '>' && run.ptr[end] != '"' && run.ptr[end] != '\'')
            end++;
        ovf_str piece = ovf_str_sub(run, at, end);
        size_t origin = piece.len >= PIECE_MIN ? search(w, piece, PIECE_SEARCH_BYTES) : OVF_NOPOS;
        if (piece.len > 0)
            put_run(w, piece, origin);
        if (origin != OVF_NOPOS)
            w->cursor = origin + piece.len;
        w->wants_blank = false;
        size_t odd = end;
        while (odd < run.len
               && !(run.ptr[odd] > ' ' && run.ptr[odd] != '&' && run.ptr[odd] != '<'
                    && run.ptr[odd] != '>' && run.ptr[odd] != '"' && run.ptr[odd] != '\''))
            odd++;
        if (odd > end) {
            if (piece.len == 0 && at == 0)
                w->wants_blank = wants_blank;
            put_run(w, ovf_str_sub(run, end, odd), OVF_NOPOS);
        }
        at = odd;
    }
}

void source_put(source_writer *w, ovf_str chars)
{
    ovf_str inner = ovf_str_trim(chars);
    size_t whole = inner.len >= PIECE_MIN ? search(w, inner, SEARCH_BYTES) : OVF_NOPOS;
    for (size_t at = 0; at < chars.len && !w->failed;) {
        if (is_blank(chars.ptr[at])
            || (chars.ptr[at] == '\xC2' && at + 1 < chars.len && chars.ptr[at + 1] == '\xA0')) {
            w->wants_blank = true;
            at += is_blank(chars.ptr[at]) ? 1 : 2;
            continue;
        }
        size_t end = at;
        while (
            end < chars.len && !is_blank(chars.ptr[end])
            && !(chars.ptr[end] == '\xC2' && end + 1 < chars.len && chars.ptr[end + 1] == '\xA0'))
            end++;
        ovf_str run = ovf_str_sub(chars, at, end);
        if (whole != OVF_NOPOS)
            put_run(w, run, whole + (size_t)(run.ptr - inner.ptr));
        else
            put_pieces(w, run);
        at = end;
    }
    if (whole != OVF_NOPOS)
        w->cursor = whole + inner.len;
}

void source_break(source_writer *w)
{
    w->wants_blank = false;
    if (w->len == w->break_at || !make_room(w, 2))
        return;
    w->text[w->len++] = '\n';
    w->text[w->len++] = '\n';
    w->break_at = w->len;
}

ovf_str source_text(const source_writer *w)
{
    return ovf_str_trim((ovf_str){w->text, w->len});
}
