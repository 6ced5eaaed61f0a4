/* SPDX-License-Identifier: Apache-2.0 */
/* Reference to several, and by description: "the two countries", "they" of a list, "the former", "the
 * Irish carrier". */
#include "news_resolve.h"

#include <string.h>

static bool is(const news_doc *doc, uint32_t token, const char *word)
{
    return news_is_word(doc, token, word);
}

/* How many "the two", "all three", "both" ask for. */
static uint32_t number_of(const news_doc *doc, const news_mention *m)
{
    static const char *const words[] = {"two", "three", "four", "five", "six", "seven", "eight"};
    for (uint32_t t = m->first; t < m->last; t++) {
        for (uint32_t i = 0; i < OVF_COUNTOF(words); i++) {
            if (is(doc, t, words[i]))
                return i + 2;
        }
        if (is(doc, t, "both"))
            return 2;
    }
    return 0;
}

/* A run of mentions joined by commas and "and" that ends at `last`: where it begins. */
static uint32_t list_start(const news_doc *doc, uint32_t last, uint32_t *count)
{
    uint32_t i = last;
    *count = 1;
    while (i > 0) {
        const news_mention *a = &doc->mentions[i - 1];
        const news_mention *b = &doc->mentions[i];
        uint32_t gap = b->first - a->last;
        bool joins = gap >= 1 && gap <= 3 && (is(doc, a->last, ",") || is(doc, a->last, "and"));
        for (uint32_t t = a->last; t < b->first && joins; t++)
            joins = is(doc, t, ",") || is(doc, t, "and") || is(doc, t, "the");
        if (!joins || a->entity == NEWS_NONE)
            break;
        i--;
        (*count)++;
    }
    return i;
}

/* "the two countries", "the two men", "all three": the latest ones that are so many. */
void nr_several(resolver *r, uint32_t index)
{
    news_doc *doc = r->doc;
    news_mention *me = &doc->mentions[index];
    uint32_t n = number_of(doc, me);
    bool wants_state = me->kind == OVF_NEWS_STATE;
    bool wants_person = me->flags & NEWS_M_PERSON;
    uint32_t found[4] = {0};
    uint32_t count = 0;
    for (uint32_t i = index; i-- > 0 && index - i < BACK_PRONOUN && count < 4;) {
        const news_mention *m = &doc->mentions[i];
        const news_entity *e = nr_entity(doc, m);
        uint32_t entity = m->entity;
        if (e == NULL || m->flags & NEWS_M_FLEET)
            continue;
        uint32_t listed = 0;
        uint32_t start = list_start(doc, i, &listed);
        if (n >= 3 && listed == n && !wants_person && (!wants_state || e->place == NEWS_P_STATE)) {
            for (uint32_t k = start; k <= i && count < 4; k++)
                found[count++] = doc->mentions[k].entity;
            break;
        }
        /* "the six airlines": a group of the same size or kind that was named so. */
        if (m->flags & NEWS_M_PLURAL && m->flags & NEWS_M_GENERIC && m->kind == me->kind
            && me->kind != OVF_NEWS_UNKNOWN && !wants_state && number_of(doc, m) == n && n != 0) {
            nr_answer(doc, me, entity);
            return;
        }
        if (n != 2)
            continue;
        bool ok =
            wants_state    ? nr_state_of(doc, entity) != NEWS_NONE
            : wants_person ? (e->flags | m->flags) & NEWS_M_PERSON && !(m->flags & NEWS_M_PLURAL)
            : me->kind == OVF_NEWS_UNKNOWN ? e->place == NEWS_P_STATE || e->kind == OVF_NEWS_AIRLINE
                                           : e->kind == me->kind && !(m->flags & NEWS_M_PLURAL);
        if (!ok)
            continue;
        if (wants_state)
            entity = nr_state_of(doc, entity);
        bool is_new = count == 0 || found[0] != entity;
        if (is_new)
            found[count++] = entity;
        if (count == 2)
            break;
    }
    if (count >= 2 && (n == 2 || n == count || n == 0)) {
        me->part_count = (uint8_t)count;
        me->flags |= NEWS_M_MULTI;
        for (uint32_t i = 0; i < count; i++)
            me->parts[i] = n == 2 ? found[count - 1 - i] : found[i];
        nr_answer(doc, me, me->parts[0]);
    }
}
