/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a notice that decided, as a person would quote them. */
#include "restriction_internal.h"

#define QUOTE_MAX 240

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* A sentence ends at a stop before a blank, or at a blank line. */
static bool ends_sentence(ovf_str text, size_t at)
{
    if (text.ptr[at] == '.' && at + 1 < text.len && is_blank(text.ptr[at + 1]))
        return true;
    return text.ptr[at] == '\n' && at + 1 < text.len && text.ptr[at + 1] == '\n';
}

ovf_str ovf_notice_quote(const ovf_notice *notice, ovf_arena *arena)
{
    // Spans are offsets in the record; raw lies at raw_span within it.
    ovf_str text = notice->raw;
    size_t at = notice->span_effect.at;
    size_t len = notice->span_effect.len;
    ovf_span words = notice->span_e;
    // The effect may have been read off the Q-code: then the first words of item E speak.
    bool is_outside = words.len > 0 && (at < words.at || at + len > words.at + words.len);
    if (len == 0 || is_outside || at < notice->raw_span.at || at - notice->raw_span.at > text.len
        || len > text.len - (at - notice->raw_span.at)) {
        text = notice->text.len > 0 ? notice->text : notice->raw;
        at = 0;
        len = text.len < 80 ? text.len : 80;
    } else {
        at -= notice->raw_span.at;
    }
    // Item E holds the words; the items before it are not part of the sentence.
    size_t first = 0;
    size_t last = text.len;
    if (words.len > 0 && words.at >= notice->raw_span.at && at >= words.at - notice->raw_span.at
        && at + len <= words.at - notice->raw_span.at + words.len && text.ptr == notice->raw.ptr) {
        first = words.at - notice->raw_span.at;
        last = first + words.len < text.len ? first + words.len : text.len;
    }
    size_t from = at;
    size_t until = at + len;
    while (from > first && until - from < QUOTE_MAX && !ends_sentence(text, from - 1))
        from--;
    while (until < last && until - from < QUOTE_MAX && !ends_sentence(text, until - 1))
        until++;
    // No word cut in half: back to the blank before it.
    bool is_cut = until < last && !is_blank(text.ptr[until]) && !ends_sentence(text, until - 1);
    for (size_t back = until; is_cut && back > at + len; back--) {
        if (is_blank(text.ptr[back - 1])) {
            until = back;
            break;
        }
    }
    char folded[QUOTE_MAX + 1];
    size_t count = 0;
    for (size_t i = from; i < until && count < QUOTE_MAX; i++) {
        bool blank = is_blank(text.ptr[i]);
        if (blank && (count == 0 || folded[count - 1] == ' '))
            continue;
        folded[count++] = blank ? ' ' : text.ptr[i];
    }
    // Never cut a character of several bytes in half.
    while (count > 0 && count == QUOTE_MAX && ((unsigned char)folded[count - 1] & 0x80) != 0)
        count--;
    return ovf_arena_dup(arena, ovf_str_trim((ovf_str){folded, count}));
}
