/* SPDX-License-Identifier: Apache-2.0 */
/* Reference to several, and by description: "the two countries", "they" of a list, "the former", "the
 * Irish carrier". */
#include "news_grammar.h"
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

/* ---- lists ---- */

/* Parts of `me`: the members of the list of mentions [first, last]. */
static void stand_for(news_doc *doc, news_mention *me, uint32_t first, uint32_t last)
{
    uint32_t count = 0;
    for (uint32_t k = first; k <= last && count < OVF_COUNTOF(me->parts); k++) {
        uint32_t entity = doc->mentions[k].entity;
        bool again = entity == NEWS_NONE;
        for (uint32_t i = 0; i < count; i++)
            again |= me->parts[i] == entity;
        if (!again)
            me->parts[count++] = entity;
    }
    if (count == 0)
        return;
    me->part_count = (uint8_t)count;
    if (count > 1)
        me->flags |= NEWS_M_MULTI;
    nr_answer(doc, me, me->parts[0]);
}

/* Somebody who can act, and no place that flights go to. */
static bool is_actor(const news_doc *doc, const news_mention *m)
{
    const news_entity *e = nr_entity(doc, m);
    return e != NULL && !(m->flags & (NEWS_M_FLEET | NEWS_M_DEMONYM))
           && (e->place == NEWS_NO_PLACE || e->place == NEWS_P_STATE);
}

/* The latest list of actors before a mention that did or said something: its score as in nr_seek. */
static sought seek_list(const news_doc *doc, uint32_t index, uint32_t *first)
{
    uint32_t here = doc->sentence_of[doc->mentions[index].first];
    sought best = {NEWS_NONE, NEWS_NONE, -1000};
    for (uint32_t i = index; i-- > 0 && index - i < BACK_PRONOUN;) {
        uint32_t away = here - doc->sentence_of[doc->mentions[i].first];
        uint32_t count = 0;
        if (away > SENTENCES_PRONOUN)
            break;
        uint32_t start = list_start(doc, i, &count);
        if (count < 2)
            continue;
        bool acts = true;
        for (uint32_t k = start; k <= i; k++)
            acts &= is_actor(doc, &doc->mentions[k]);
        int score =
            nr_role_weight(doc->mentions[start].role) - (int)away * 5 - (int)((index - i) / 4);
        if (acts && score > best.score) {
            best = (sought){i, doc->mentions[start].entity, score};
            *first = start;
        }
        i = start;
    }
    return best;
}

bool nr_they(news_doc *doc, uint32_t index, int score)
{
    uint32_t first = 0;
    sought list = seek_list(doc, index, &first);
    bool acts = list.mention != NEWS_NONE
                && (doc->mentions[first].role == NEWS_R_SUBJECT
                    || doc->mentions[first].role == NEWS_R_SPEAKER);
    if (!acts || list.score < score)
        return false;
    stand_for(doc, &doc->mentions[index], first, list.mention);
    return true;
}

/* The last two actors of one kind, where no list tells who is meant. */
static bool last_two(const news_doc *doc, uint32_t index, uint32_t *former, uint32_t *latter)
{
    uint32_t here = doc->sentence_of[doc->mentions[index].first];
    *latter = NEWS_NONE;
    for (uint32_t i = index; i-- > 0 && index - i < BACK_PRONOUN;) {
        const news_mention *m = &doc->mentions[i];
        if (here - doc->sentence_of[m->first] > 2)
            return false;
        if (!is_actor(doc, m) || m->flags & NEWS_M_REFERENCE)
            continue;
        if (*latter == NEWS_NONE) {
            *latter = m->entity;
        } else if (m->entity != *latter
                   && doc->entities[m->entity].kind == doc->entities[*latter].kind) {
            *former = m->entity;
            return true;
        }
    }
    return false;
}

bool nr_former_or_latter(news_doc *doc, uint32_t index)
{
    news_mention *me = &doc->mentions[index];
    bool is_former = is(doc, me->first, "former");
    uint32_t first = 0;
    uint32_t former = NEWS_NONE;
    uint32_t latter = NEWS_NONE;
    if (!is_former && !is(doc, me->first, "latter"))
        return false;
    sought list = seek_list(doc, index, &first);
    if (list.mention != NEWS_NONE) {
        former = doc->mentions[first].entity;
        latter = doc->mentions[list.mention].entity;
    } else if (!last_two(doc, index, &former, &latter)) {
        return true;
    }
    nr_answer(doc, me, is_former ? former : latter);
    return true;
}

/* ---- descriptions ---- */

/* Is it of the State that the description names? Of an airline, and of whom the text has just named,
 * the State may not be known. */
static bool is_of_state(const news_entity *own, const news_entity *e, uint32_t away)
{
    bool may_lack = own->kind == OVF_NEWS_AIRLINE || own->kind == OVF_NEWS_COMPANY || away <= 1;
    return own->state.len == 0 || ovf_str_eq(own->state, e->state)
           || (may_lack && e->state.len == 0);
}

uint32_t nr_described(const news_doc *doc, uint32_t index)
{
    const news_mention *me = &doc->mentions[index];
    const news_entity *own = nr_entity(doc, me);
    if (own == NULL || !(me->flags & NEWS_M_GENERIC) || me->last - me->first < 2 || me->first == 0
        || me->flags & (NEWS_M_REFERENCE | NEWS_M_PLURAL | NEWS_M_FLEET | NEWS_M_PERSON)
        || !is(doc, me->first - 1, "the"))
        return NEWS_NONE;
    uint8_t kind = own->kind;
    if (kind != OVF_NEWS_AIRLINE && kind != OVF_NEWS_COMPANY && kind != OVF_NEWS_AGENCY
        && kind != OVF_NEWS_AVIATION_AUTHORITY && kind != OVF_NEWS_ANSP
        && kind != OVF_NEWS_INTL_BODY && kind != OVF_NEWS_INDUSTRY_BODY && kind != OVF_NEWS_OUTLET)
        return NEWS_NONE;
    uint32_t word = me->last - 2; /* "the Indonesian volcanology agency" is no other agency */
    static const char *const fields[] = {"based",     "safety", "aviation",    "air",
                                         "transport", "flight", "aeronautical"};
    bool is_any =
        doc->tokens[word].flags & NEWS_CAP || lex_word_in(doc, word, fields, OVF_COUNTOF(fields));
    uint32_t here = doc->sentence_of[me->first];
    uint32_t best = NEWS_NONE;
    int best_score = -1000;
    for (uint32_t i = index; i-- > 0 && index - i < BACK_MENTIONS;) {
        const news_mention *m = &doc->mentions[i];
        const news_entity *e = nr_entity(doc, m);
        if (e == NULL || e == own || m->flags & (NEWS_M_FLEET | NEWS_M_PLURAL | NEWS_M_PERSON)
            || e->flags & NEWS_M_PERSON || e->place != NEWS_NO_PLACE || m->flags & NEWS_M_GENERIC)
            continue;
        uint32_t away = here - doc->sentence_of[m->first];
        bool unnamed_kind = e->kind == OVF_NEWS_UNKNOWN && kind == OVF_NEWS_COMPANY;
        if (kind == OVF_NEWS_AGENCY && e->kind != kind && !is_any)
            continue;
        if (!(nr_same_kind(kind, e->kind) || unnamed_kind) || !is_of_state(own, e, away))
            continue;
        int score = nr_role_weight(m->role) - (int)(away > 12 ? 12 : away) * 3
                    + (own->state.len > 0 && ovf_str_eq(own->state, e->state) ? 12 : 0);
        if (score > best_score) {
            best_score = score;
            best = m->entity;
        }
    }
    return best;
}

/* ---- owners ---- */

uint32_t news_owner_at(const news_doc *doc, uint32_t token)
{
    want what = is(doc, token, "its")                              ? WANT_IT
                : is(doc, token, "his")                            ? WANT_HE
                : is(doc, token, "her")                            ? WANT_SHE
                : is(doc, token, "their") || is(doc, token, "our") ? WANT_THEY
                                                                   : WANT_BODY;
    if (what == WANT_BODY || is(doc, token, "our"))
        return NEWS_NONE;
    uint32_t low = 0;
    uint32_t high = doc->mention_count;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (doc->mentions[mid].first < token)
            low = mid + 1;
        else
            high = mid;
    }
    news_mention me = {.first = token, .last = token + 1, .entity = NEWS_NONE};
    return nr_seek(doc, &me, low, what, OVF_NEWS_UNKNOWN, 0).entity;
}
