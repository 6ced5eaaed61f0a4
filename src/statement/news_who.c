/* SPDX-License-Identifier: Apache-2.0 */
/* Who a noun group stands for: the name at its head, the possessor of a statement or an order, the
 * members of a list, or the group's own words. */
#include "news_grammar.h"

#include "news_lexicon.h"

#include <string.h>

enum { LIST_MAX = 12 };

static uint32_t mention_at(const news_doc *doc, uint32_t token)
{
    return doc->mention_at == NULL || token >= doc->token_count ? NEWS_NONE
                                                                : doc->mention_at[token];
}

const news_mention *news_head_mention(const news_clauses *c, uint16_t ng)
{
    if (ng == NO_CHUNK || c->chunks[ng].kind != CH_NG)
        return NULL;
    uint32_t m = mention_at(c->doc, c->chunks[ng].head);
    if (m == NEWS_NONE || c->doc->mentions == NULL)
        return NULL;
    const news_mention *found = &c->doc->mentions[m];
    return found->flags & NEWS_M_DEMONYM && c->chunks[ng].head + 1 > found->last ? NULL : found;
}

/* Words whose issuer is their possessor: "Trump's post", "the FAA order". */
static bool speaks_for_owner(const news_clauses *c, uint32_t head)
{
    static const char *const words[] = {
        "post",         "statement", "announcement", "decision",       "move",
        "order",        "decree",    "warning",      "notice",         "notam",
        "tweet",        "message",   "declaration",  "office",         "administration",
        "government",   "spokesman", "spokeswoman",  "spokesperson",   "bulletin",
        "advisory",     "ban",       "closure",      "remarks",        "comments",
        "claim",        "website",   "chief",        "head",           "letter",
        "report",       "ruling",    "measure",      "action",         "step",
        "forces",       "military",  "army",         "aircraft",       "drones",
        "jets",         "planes",    "warplanes",    "missiles",       "troops",
        "data",         "figures",   "images",       "footage",        "maps",
        "records",      "tracking",  "directive",    "prohibition",    "restriction",
        "restrictions", "measures",  "suspension",   "recommendation", "recommendations",
        "advice",       "guidance",  "decisions",    "threat",         "threats",
        "strike",       "strikes",   "attack",       "attacks",        "alert",
        "alerts",       "circular",  "bulletins",    "notices",        "notams",
        "memo",         "note",      "communique",   "spokespersons",  "missive",
        "instructions", "rules",     "regulation",   "resolution"};
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (news_is_word(c->doc, head, words[i]))
            return true;
    }
    return false;
}

static const news_mention *owner(const news_clauses *c, uint16_t ng)
{
    const news_chunk *g = &c->chunks[ng];
    if (!speaks_for_owner(c, g->head))
        return NULL;
    const news_mention *best = NULL;
    for (uint32_t i = g->first; i < g->head; i++) {
        uint32_t m = mention_at(c->doc, i);
        const news_mention *k = m == NEWS_NONE ? NULL : &c->doc->mentions[m];
        bool thing = k != NULL
                     && (k->flags & NEWS_M_FLEET
                         || (k->place != NEWS_NO_PLACE && k->place != NEWS_P_STATE
                             && !(k->flags & NEWS_M_CAPITAL))); /* "Beijing's decision" */
        if (k != NULL && !thing) /* "flight restrictions", "the Piarco restriction" are nobody's */
            best = k;
    }
    if (best != NULL)
        return best;
    /* "a statement from the ministry", "a spokesman for X" */
    if (ng + 2 < c->count && c->chunks[ng + 1].kind == CH_PREP && c->chunks[ng + 2].kind == CH_NG) {
        uint32_t p = c->chunks[ng + 1].first;
        if (NEWS_IS(c->doc, p, "by") || NEWS_IS(c->doc, p, "from") || NEWS_IS(c->doc, p, "of")
            || NEWS_IS(c->doc, p, "for"))
            return news_head_mention(c, (uint16_t)(ng + 2));
    }
    /* "a NOTAM issued by the authority", "a notice seen by us and signed by ANAC" */
    for (uint16_t k = (uint16_t)(ng + 1); k < c->count && k < ng + 10; k++) {
        const news_chunk *v = &c->chunks[k];
        if (v->kind != CH_VG)
            continue;
        if (v->flags & VG_FINITE)
            break;
        if (v->agent != NO_CHUNK
            && (news_vg_is(c, k, "issue") || news_vg_is(c, k, "publish") || news_vg_is(c, k, "sign")
                || news_vg_is(c, k, "release") || news_vg_is(c, k, "send")
                || news_vg_is(c, k, "file")))
            return news_head_mention(c, v->agent);
    }
    return NULL;
}

/* "Its notice advises", "their statement": nobody's name stands in the group. */
static uint32_t pronoun_owner(const news_clauses *c, uint16_t ng)
{
    static const char *const words[] = {
        "post",        "statement",      "announcement",   "order",    "decree",    "warning",
        "notice",      "notam",          "tweet",          "message",  "bulletin",  "advisory",
        "ban",         "letter",         "report",         "ruling",   "directive", "prohibition",
        "restriction", "recommendation", "advice",         "guidance", "alert",     "circular",
        "bulletins",   "notices",        "notams",         "memo",     "note",      "communique",
        "rules",       "website",        "recommendations"};
    if (ng == NO_CHUNK || c->chunks[ng].kind != CH_NG
        || !lex_word_in(c->doc, c->chunks[ng].head, words, OVF_COUNTOF(words)))
        return NEWS_NONE;
    return news_owner_at(c->doc, c->chunks[ng].first);
}

static const news_mention *who_in(const news_clauses *c, uint16_t ng)
{
    if (ng == NO_CHUNK || c->chunks[ng].kind != CH_NG)
        return NULL;
    const news_mention *m = news_head_mention(c, ng);
    if (m != NULL)
        return m;
    return owner(c, ng);
}

uint32_t news_entity_of(const news_clauses *c, uint16_t ng)
{
    const news_mention *m = who_in(c, ng);
    return m == NULL ? pronoun_owner(c, ng) : m->entity;
}

static ovf_span span_of(const news_clauses *c, uint32_t first, uint32_t last)
{
    const news_token *a = &c->doc->tokens[first];
    const news_token *b = &c->doc->tokens[last - 1];
    return (ovf_span){a->at, b->at + b->len - a->at};
}

static void set_entity(news_who *who, const news_doc *doc, uint32_t entity)
{
    const news_entity *e = &doc->entities[entity];
    who->name = e->name;
    who->state = e->state;
    who->kind = e->kind;
    who->entity = entity;
    who->found = e->name.len > 0;
}

/* "Copenhagen, Oslo and Munich airports": cities here, and no word for their States. */
static bool lists_airports(const news_clauses *c, uint16_t k)
{
    while (k < c->count && c->chunks[k].kind != CH_VG && c->chunks[k].kind != CH_PREP) {
        if (c->chunks[k].kind == CH_NG && news_is_word(c->doc, c->chunks[k].last - 1, "airports"))
            return true;
        k++;
    }
    return false;
}

/* Names of all members of the list that begins at ng, joined as people write them. */
static void join_list(const news_clauses *c, uint16_t ng, ovf_arena *arena, news_who *who)
{
    ovf_str names[LIST_MAX];
    size_t count = 0;
    uint16_t last = ng;
    bool conj = false;
    bool airline = false;
    for (uint16_t k = ng; k < c->count && count < LIST_MAX; k++) {
        uint8_t kind = c->chunks[k].kind;
        if (kind == CH_COMMA || kind == CH_CONJ) {
            bool but = kind == CH_CONJ && news_is_word(c->doc, c->chunks[k].first, "but");
            bool aside = k + 1 < c->count && c->chunks[k + 1].kind == CH_NG && kind == CH_COMMA
                         && (news_is_word(c->doc, c->chunks[k + 1].first, "a")
                             || news_is_word(c->doc, c->chunks[k + 1].first, "an"));
            if (but || aside)
                break; /* "X, a consultancy, but ..." */
            conj |= kind == CH_CONJ;
            if (k + 1 >= c->count
                || (c->chunks[k + 1].kind != CH_NG && c->chunks[k + 1].kind != CH_CONJ))
                break;
            continue;
        }
        if (kind != CH_NG)
            break;
        const news_mention *m = who_in(c, k);
        if (m == NULL || m->entity == NEWS_NONE)
            break;
        bool again = false;
        for (size_t i = 0; i < count; i++)
            again |= ovf_str_eq(names[i], c->doc->entities[m->entity].name);
        if (again || (count > 0 && !conj && m->flags & NEWS_M_PERSON))
            break; /* an apposition */
        uint8_t member = c->doc->entities[m->entity].kind;
        airline |= member == OVF_NEWS_AIRLINE;
        if (m->flags & NEWS_M_CAPITAL && lists_airports(c, k)) {
            names[count++] = news_words(c->doc, m->first, m->last);
            last = k;
            continue;
        }
        /* "LOT, Austrian and Emirates": among airlines a country's name is one of them */
        names[count++] = airline && member == OVF_NEWS_STATE ? news_words(c->doc, m->first, m->last)
                                                             : c->doc->entities[m->entity].name;
        last = k;
    }
    /* "Emirates, Qatar Airways cancel flights", as headlines have it */
    bool bare = airline && (uint32_t)last + 1 < c->count && c->chunks[last + 1].kind == CH_VG
                && c->chunks[last + 1].subject == ng;
    if (count < 2 || (count == 2 && !conj && !bare))
        return; /* "According to X, Y ..." */
    ovf_str joined = names[0];
    for (size_t i = 1; i < count; i++)
        joined = ovf_arena_printf(arena, OVF_FMT "%s" OVF_FMT, OVF_ARG(joined),
                                  i + 1 == count ? " and " : ", ", OVF_ARG(names[i]));
    who->name = joined;
    who->at = span_of(c, c->chunks[ng].first, c->chunks[last].last);
}

static bool has_capital(const news_doc *doc, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i < last; i++) {
        if (doc->tokens[i].flags & NEWS_CAP && !(doc->tokens[i].flags & NEWS_SENTENCE))
            return true;
    }
    return false;
}

/* A name made of common words says whose it is only with what follows ("airports in Spain", "leaders of
 * the 27 EU states") or with its State ("Sudan's army"). */
static void extend_generic(const news_clauses *c, uint16_t ng, const news_mention *m,
                           ovf_arena *arena, news_who *who)
{
    const news_doc *doc = c->doc;
    if (has_capital(doc, m->first, m->last))
        return;
    if (ng + 2 < c->count && c->chunks[ng + 1].kind == CH_PREP && c->chunks[ng + 2].kind == CH_NG) {
        uint32_t p = c->chunks[ng + 1].first;
        bool joins = NEWS_IS(doc, p, "of") || NEWS_IS(doc, p, "in") || NEWS_IS(doc, p, "at")
                     || NEWS_IS(doc, p, "from");
        const news_chunk *g = &c->chunks[ng + 2];
        bool office = (who->kind == OVF_NEWS_OFFICIAL || who->kind == OVF_NEWS_EXPERT)
                      && m->last == m->first + 1 && !NEWS_IS(doc, p, "in");
        if (joins && (has_capital(doc, g->first, g->last) || office)) {
            who->name = news_words(doc, m->first, g->last);
            who->at = span_of(c, m->first, g->last);
            return;
        }
    }
    lex_hit hits[LEX_WHATS];
    lex_find(doc, m->first, hits);
    if (doc->tokens[m->first].flags & NEWS_CAP && hits[LEX_NAME].len > 0)
        return; /* "Norwegian police" at the head of a sentence */
    for (uint32_t i = m->first; i < m->last; i++) {
        if (c->tags[i] == TAG_POSS || doc->tokens[i].flags & NEWS_POSS)
            return; /* has its owner already, be it at the head of the sentence */
    }
    bool office = who->kind == OVF_NEWS_AVIATION_AUTHORITY || who->kind == OVF_NEWS_MINISTRY
                  || who->kind == OVF_NEWS_MILITARY || who->kind == OVF_NEWS_POLICE
                  || who->kind == OVF_NEWS_ANSP || who->kind == OVF_NEWS_LEGISLATURE
                  || who->kind == OVF_NEWS_AGENCY;
    bool is_named = who->entity != NEWS_NONE && !(doc->entities[who->entity].flags & NEWS_M_GENERIC)
                    && !ovf_str_eq(who->name, news_words(doc, m->first, m->last));
    if (!office || is_named || who->state.len != 3
        || ovf_str_find(who->name, 0, OVF_STR("'s ")) != OVF_NOPOS
        || ovf_str_find(who->name, 0, OVF_STR("’s ")) != OVF_NOPOS)
        return;
    for (uint32_t i = 0; i < doc->entity_count && i < 400; i++) {
        if (doc->entities[i].place == NEWS_P_STATE
            && ovf_str_eq(doc->entities[i].code, who->state)) {
            if (ovf_str_find(who->name, 0, doc->entities[i].name) != OVF_NOPOS)
                return;
            who->name = ovf_arena_printf(arena, OVF_FMT "'s " OVF_FMT,
                                         OVF_ARG(doc->entities[i].name), OVF_ARG(who->name));
            return;
        }
    }
}

news_who news_who_is(const news_clauses *c, uint16_t ng, ovf_arena *arena)
{
    news_who who = {.entity = NEWS_NONE};
    const news_mention *m = who_in(c, ng);
    uint32_t owner = m == NULL ? pronoun_owner(c, ng) : NEWS_NONE;
    if (owner != NEWS_NONE) {
        set_entity(&who, c->doc, owner);
        who.at = span_of(c, c->chunks[ng].first, c->chunks[ng].last);
        return who;
    }
    if (m == NULL || ng == NO_CHUNK)
        return who;
    who.at = span_of(c, m->first, m->last);
    if (m->flags & NEWS_M_MULTI && m->part_count > 1) {
        set_entity(&who, c->doc, m->parts[0]);
        for (int i = 1; i < m->part_count; i++)
            who.name = ovf_arena_printf(arena, OVF_FMT " and " OVF_FMT, OVF_ARG(who.name),
                                        OVF_ARG(c->doc->entities[m->parts[i]].name));
        return who;
    }
    if (m->entity == NEWS_NONE)
        return who;
    set_entity(&who, c->doc, m->entity);
    if (m->flags & NEWS_M_GENERIC && m == news_head_mention(c, ng))
        extend_generic(c, ng, m, arena, &who);
    join_list(c, ng, arena, &who);
    return who;
}

/* "Qatar Airways flights", "Air India's only flight": the airline whose they are, or NEWS_NONE. */
uint32_t news_fleet_owner(const news_doc *doc, const news_mention *m)
{
    if (m == NULL || !(m->flags & NEWS_M_FLEET) || m->kind != OVF_NEWS_AIRLINE)
        return NEWS_NONE;
    if (m->first > 1 && doc->tokens[m->first - 1].flags & NEWS_POSS) {
        uint32_t before = mention_at(doc, m->first - 2);
        return before != NEWS_NONE && doc->mentions[before].kind == OVF_NEWS_AIRLINE
                   ? doc->mentions[before].entity
                   : NEWS_NONE;
    }
    const lex_hit *hit = &lex_hits_at(doc, m->first)[LEX_NAME];
    for (uint32_t r = 0; r < hit->rows; r++) {
        const struct lex_entity *e = lex_entity_at(lex_phrase_at(hit->row + r)->index);
        ovf_str name = lex_text(e->name);
        for (uint32_t i = 0; e->type == LEX_AIRLINE && i < doc->entity_count && i < 400; i++) {
            if (doc->entities[i].kind == OVF_NEWS_AIRLINE
                && (ovf_str_eq(doc->entities[i].name, name)
                    || ovf_str_eq_nocase(doc->entities[i].name,
                                         news_words(doc, m->first, m->first + hit->len))))
                return i;
        }
    }
    return NEWS_NONE;
}
