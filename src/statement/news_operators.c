/* SPDX-License-Identifier: Apache-2.0 */
/* Which airlines a statement is about, by their ICAO designators: those that act, where airlines stop,
 * go on or come back, and those in the object, where a permit is taken or given back. */
#include "news_slots.h"

/* First token that begins at or behind the byte. */
static uint32_t token_at(const news_doc *doc, uint32_t byte)
{
    uint32_t low = 0;
    uint32_t high = doc->token_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (doc->tokens[mid].at < byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void add_code(const news_doc *doc, uint32_t entity, ovf_news_statement *s)
{
    const news_entity *e = entity == NEWS_NONE ? NULL : &doc->entities[entity];
    if (e == NULL || e->kind != OVF_NEWS_AIRLINE || e->code.len != 3
        || s->operator_count == OVF_NEWS_MAX_OPERATORS)
        return;
    for (size_t i = 0; i < s->operator_count; i++) {
        if (ovf_str_eq(s->operators[i], e->code))
            return;
    }
    s->operators[s->operator_count++] = e->code;
}

static void add_mention(const news_doc *doc, const news_mention *m, ovf_news_statement *s)
{
    add_code(doc, m->entity, s);
    for (uint8_t i = 0; i < m->part_count; i++)
        add_code(doc, m->parts[i], s);
}

/* "Iberia, TAP, Gol and Avianca": does the list go on behind this token? */
static bool is_list_mark(const news_doc *doc, uint32_t token)
{
    return NEWS_IS(doc, token, ",") || NEWS_IS(doc, token, "and") || NEWS_IS(doc, token, "&")
           || NEWS_IS(doc, token, "or");
}

/* Airlines among tokens [first, last), and the rest of a list that is cut there. */
static void add_all(const news_doc *doc, uint32_t first, uint32_t last, ovf_news_statement *s)
{
    for (uint32_t i = first; i < doc->token_count; i++) {
        uint32_t at = doc->mention_at[i];
        const news_mention *m = at == NEWS_NONE ? NULL : &doc->mentions[at];
        if (i >= last
            && (doc->tokens[i].flags & NEWS_SENTENCE
                || !(is_list_mark(doc, i) || (m != NULL && m->kind == OVF_NEWS_AIRLINE))))
            break;
        if (m == NULL)
            continue;
        add_mention(doc, m, s);
        i = m->last > i ? m->last - 1 : i;
    }
}

/* The speaker where its words stand elsewhere: "it said flights would stop". */
static void add_speaker(const news_doc *doc, ovf_news_statement *s)
{
    for (uint32_t i = 0; i < doc->entity_count; i++) {
        if (doc->entities[i].kind == OVF_NEWS_AIRLINE
            && ovf_str_eq(doc->entities[i].name, s->speaker))
            add_code(doc, i, s);
    }
}

static void add_objects(const news_doc *doc, ovf_news_statement *s)
{
    uint32_t speaker = s->speaker_at.at;
    uint32_t speaker_end = speaker + s->speaker_at.len;
    uint32_t first = token_at(doc, s->evidence.at);
    uint32_t last = token_at(doc, s->evidence.at + s->evidence.len);
    if (s->speaker_at.len == 0 || speaker < s->evidence.at
        || speaker >= s->evidence.at + s->evidence.len) {
        add_all(doc, first, last, s);
        return;
    }
    uint32_t cut = token_at(doc, speaker);
    for (uint32_t i = first; i < cut; i++) {
        if (doc->mention_at[i] != NEWS_NONE)
            add_mention(doc, &doc->mentions[doc->mention_at[i]], s);
    }
    uint32_t rest = token_at(doc, speaker_end);
    if (rest < last)
        add_all(doc, rest, last, s);
}

void news_fill_operators(const news_doc *doc, ovf_news_statement *s)
{
    switch (s->act) {
    case OVF_ACT_SUSPEND_SERVICE:
    case OVF_ACT_RESUME_SERVICE:
    case OVF_ACT_OPERATE:
        if (s->speaker_kind != OVF_NEWS_AIRLINE)
            return;
        if (s->speaker_at.len > 0)
            add_all(doc, token_at(doc, s->speaker_at.at),
                    token_at(doc, s->speaker_at.at + s->speaker_at.len), s);
        if (s->operator_count == 0)
            add_speaker(doc, s);
        return;
    case OVF_ACT_REVOKE_PERMISSION:
    case OVF_ACT_GRANT_PERMISSION: add_objects(doc, s); return;
    default: return;
    }
}
