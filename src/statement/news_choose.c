/* SPDX-License-Identifier: Apache-2.0 */
/* Who of the tables is meant: the entities of a document, and which of several phrases of one key fits
 * where it stands ("Swiss" the airline or the people, a surname, "Nice" the city). */
#include "news_lexicon.h"

#include <string.h>

/* ---- entities of the document ---- */

static uint32_t push_entity(lex_work *w, news_entity e)
{
    news_doc *doc = w->doc;
    if (doc->entity_count == doc->entity_capacity) {
        void *items = doc->entities;
        size_t capacity = doc->entity_capacity;
        if (!ovf_arena_grow(doc->arena, &items, doc->entity_count, &capacity, sizeof(news_entity))
            || capacity > UINT32_MAX) {
            w->failed = true;
            return NEWS_NONE;
        }
        doc->entities = items;
        doc->entity_capacity = (uint32_t)capacity;
    }
    doc->entities[doc->entity_count] = e;
    return doc->entity_count++;
}

void lex_put_alias(lex_work *w, uint32_t hash, uint32_t entity)
{
    if (w->alias_count > w->alias_slots / 2)
        return; /* a ceiling: such a text is no story */
    uint32_t slot = hash & (w->alias_slots - 1);
    while (w->aliases[slot].entity_1 != 0 && w->aliases[slot].hash != hash)
        slot = (slot + 1) & (w->alias_slots - 1);
    w->alias_count += w->aliases[slot].entity_1 == 0;
    w->aliases[slot] = (lex_alias){hash, entity + 1};
}

uint32_t lex_get_alias(const lex_work *w, uint32_t hash)
{
    uint32_t slot = hash & (w->alias_slots - 1);
    while (w->aliases[slot].entity_1 != 0 && w->aliases[slot].hash != hash)
        slot = (slot + 1) & (w->alias_slots - 1);
    return w->aliases[slot].entity_1 - 1; /* NEWS_NONE where none is */
}

/* One entity for one name: names are compared by a hash of kind and bytes. */
uint32_t lex_new_entity(lex_work *w, ovf_str name, uint8_t kind, uint8_t place, uint16_t flags)
{
    uint32_t hash = news_hash(name.ptr, name.len) ^ 0x9E3779B9u;
    uint32_t known = lex_get_alias(w, hash);
    if (known != NEWS_NONE && ovf_str_eq(w->doc->entities[known].name, name))
        return known;
    uint32_t entity = push_entity(
        w, (news_entity){
               .name = name, .kind = kind, .place = place, .flags = flags, .where = NEWS_NONE});
    if (entity != NEWS_NONE)
        lex_put_alias(w, hash, entity);
    return entity;
}

static uint32_t seen_slot(const lex_work *w, size_t index)
{
    uint32_t slot = ((uint32_t)index * 2654435761u) & (w->seen_slots - 1);
    while (w->seen[slot].entity_1 != 0 && w->seen[slot].hash != index)
        slot = (slot + 1) & (w->seen_slots - 1);
    return slot;
}

uint32_t lex_seen_as(const lex_work *w, size_t index)
{
    return w->seen[seen_slot(w, index)].entity_1;
}

static void note_seen(lex_work *w, size_t index, uint32_t entity)
{
    if (++w->seen_count * 2 > w->seen_slots) { /* twice the room: all slots are looked for anew */
        lex_work wider = {.seen_slots = w->seen_slots * 2};
        wider.seen = ovf_arena_array(w->doc->arena, lex_alias, wider.seen_slots);
        if (wider.seen == NULL) {
            w->failed = true;
            w->seen_count--;
            return;
        }
        for (uint32_t i = 0; i < w->seen_slots; i++) {
            if (w->seen[i].entity_1 != 0)
                wider.seen[seen_slot(&wider, w->seen[i].hash)] = w->seen[i];
        }
        w->seen = wider.seen;
        w->seen_slots = wider.seen_slots;
    }
    w->seen[seen_slot(w, index)] = (lex_alias){(uint32_t)index, entity + 1};
}

uint32_t lex_entity_of(lex_work *w, size_t index)
{
    uint32_t seen = lex_seen_as(w, index);
    if (seen != 0)
        return seen - 1;
    const struct lex_entity *e = lex_entity_at(index);
    uint32_t entity =
        push_entity(w, (news_entity){
                           .name = lex_text(e->name),
                           .state = ovf_str_of(e->iso3),
                           .code = ovf_str_of(e->code),
                           .kind = e->kind < OVF_NEWS_KIND_COUNT ? e->kind : OVF_NEWS_OFFICIAL,
                           .place = e->place,
                           .flags = e->type == LEX_PERSON ? NEWS_M_PERSON : 0,
                           .where = NEWS_NONE,
                       });
    if (entity == NEWS_NONE)
        return entity;
    note_seen(w, index, entity);
    if (e->type != LEX_STATE) {
        uint32_t state = lex_state_entity(w, ovf_str_of(e->iso3));
        w->doc->entities[entity].where = state;
    } else {
        w->doc->entities[entity].where = entity;
    }
    return entity;
}

uint32_t lex_state_entity(lex_work *w, ovf_str iso3)
{
    if (iso3.len != 3)
        return NEWS_NONE;
    for (size_t i = 1; i < lex_entity_total(); i++) {
        const struct lex_entity *e = lex_entity_at(i);
        if (e->type != LEX_STATE && e->type != LEX_CITY)
            break; /* States and their capitals stand first */
        if (e->type == LEX_STATE && memcmp(e->iso3, iso3.ptr, 3) == 0)
            return lex_entity_of(w, i);
    }
    return NEWS_NONE;
}

uint32_t lex_capital_of(lex_work *w, uint32_t state)
{
    ovf_str iso3 = w->doc->entities[state].state;
    for (size_t i = 1; i < lex_entity_total() && iso3.len == 3; i++) {
        const struct lex_entity *e = lex_entity_at(i);
        if (e->type != LEX_STATE && e->type != LEX_CITY)
            break;
        if (e->type == LEX_CITY && memcmp(e->iso3, iso3.ptr, 3) == 0)
            return lex_entity_of(w, i);
    }
    return NEWS_NONE;
}

uint32_t lex_entity_of_phrase(lex_work *w, const struct lex_phrase *phrase)
{
    const struct lex_entity *e = lex_entity_at(phrase->index);
    if (e->type != LEX_PERSON)
        return lex_entity_of(w, phrase->index);
    /* One person, several offices: the first that was met stands for all. */
    uint32_t known = lex_get_alias(w, e->name ^ 0x5bd1e995u);
    ovf_str name = lex_text(e->name);
    uint32_t by_name = news_hash(name.ptr, name.len) ^ 0x5bd1e995u;
    known = lex_get_alias(w, by_name);
    if (known != NEWS_NONE)
        return known;
    uint32_t entity = lex_entity_of(w, phrase->index);
    if (entity != NEWS_NONE)
        lex_put_alias(w, by_name, entity);
    return entity;
}

/* ---- which of several ---- */

bool lex_word_in(const news_doc *doc, uint32_t token, const char *const *words, size_t count)
{
    if (token >= doc->token_count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (news_is_word(doc, token, words[i]))
            return true;
    }
    return false;
}

static bool behind_place_word(const news_doc *doc, uint32_t token)
{
    static const char *const words[] = {"in",      "at",  "to",      "from",   "near",
                                        "over",    "of",  "into",    "via",    "around",
                                        "between", "for", "outside", "serving"};
    return token > 0 && lex_word_in(doc, token - 1, words, OVF_COUNTOF(words));
}

static bool is_seen(const lex_work *w, size_t index)
{
    return lex_seen_as(w, index) != 0;
}

/* "Delta said", "United has cancelled": what an airline does. */
static bool acts_as_airline(const news_doc *doc, uint32_t token, uint32_t last)
{
    static const char *const verbs[] = {"said",      "says",      "has",      "had",       "will",
                                        "would",     "cancelled", "canceled", "suspended", "also",
                                        "announced", "resumed",   "diverted", "halted",    "told",
                                        "did",       "flights",   "flight",   "is",        "was",
                                        "jets",      "plans"};
    return !(token > 0 && NEWS_IS(doc, token - 1, "the"))
           && lex_word_in(doc, last, verbs, OVF_COUNTOF(verbs));
}

/* The end of an airline's name at a token that is a common word as well, or the token. */
static uint32_t weak_airline(const lex_work *w, uint32_t token)
{
    lex_hit hit = w->hits[token][LEX_NAME];
    for (uint32_t i = 0; i < hit.rows; i++) {
        if (lex_entity_at(lex_phrase_at(hit.row + i)->index)->type == LEX_AIRLINE)
            return token + hit.len;
    }
    return token;
}

static bool beside_airline(const lex_work *w, uint32_t token, uint32_t last)
{
    const news_doc *doc = w->doc;
    for (int side = 0; side < 2; side++) {
        int names = 0;
        uint32_t at = side == 0 ? last : token;
        for (int steps = 0; steps < 3; steps++) {
            if (side == 1 && at == 0)
                break;
            at = side == 0 ? at : at - 1;
            if (at >= doc->token_count)
                break;
            bool joins = NEWS_IS(doc, at, ",") || NEWS_IS(doc, at, "and") || NEWS_IS(doc, at, "or");
            if (!joins) {
                /* A name whose last word stands here, or whose first does. */
                for (uint32_t back = 0; back < 4 && back <= at; back++) {
                    lex_hit hit = w->hits[at - back][LEX_NAME];
                    if (hit.len > back && !(lex_phrase_at(hit.row)->flags & LEX_WEAK)
                        && lex_entity_at(lex_phrase_at(hit.row)->index)->type == LEX_AIRLINE)
                        return true;
                }
                /* "Delta, United and American said": all of them words, one of them acts */
                uint32_t end = side == 0 ? weak_airline(w, at) : at;
                if (end == at)
                    break;
                if (acts_as_airline(doc, at, end))
                    return true;
                at = end;
                steps = steps > 0 && ++names < 6 ? steps - 1 : steps;
            }
            at += side == 0;
        }
    }
    return false;
}

static bool is_common_surname(ovf_str key)
{
    static const char *const words[] = {
        "arce",     "austin",    "bishop",   "blanco",   "brown",   "bruce",  "bush",
        "carter",   "clark",     "dan",      "dar",      "dempsey", "duffy",  "fox",
        "gates",    "gil",       "gonzalez", "hage",     "hill",    "hu",     "hunt",
        "johnson",  "jordan",    "kelly",    "kennedy",  "key",     "khan",   "kim",
        "king",     "kirby",     "lai",      "lee",      "li",      "ma",     "mao",
        "martin",   "may",       "miller",   "moon",     "park",    "paz",    "peters",
        "powell",   "power",     "price",    "rice",     "ryan",    "sharif", "shah",
        "singh",    "smith",     "stocker",  "straw",    "wallace", "waltz",  "wang",
        "wen",      "wong",      "xi",       "yang",     "zhao",    "hassan", "hussein",
        "mohamud",  "taylor",    "brown",    "costa",    "santos",  "garcia", "garvey",
        "harper",   "harris",    "howard",   "jonathan", "clark",   "baker",  "cooper",
        "clinton",  "lam",       "marcos",   "raab",     "rama",    "pavel",  "samia",
        "abdullah", "asif",      "ban",      "bennett",  "cabello", "king",   "rodriguez",
        "machado",  "fernandez", "velasquez"};
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (ovf_str_eq(key, ovf_str_of(words[i])))
            return true;
    }
    return false;
}

/* A surname alone: of somebody named in full, or in office when the text came out. */
static bool surname_fits(const lex_work *w, uint32_t token, const struct lex_phrase *p)
{
    const news_doc *doc = w->doc;
    const struct lex_entity *e = lex_entity_at(p->index);
    ovf_str name = lex_text(e->name);
    if (lex_get_alias(w, news_hash(name.ptr, name.len) ^ 0x5bd1e995u) != NEWS_NONE)
        return true;
    bool is_now = w->year != 0 && e->from <= w->year && w->year <= e->until;
    bool follows_name = token > 0 && doc->tokens[token - 1].flags & NEWS_CAP
                        && !(doc->tokens[token - 1].flags & NEWS_SENTENCE)
                        && w->hits[token - 1][LEX_ROLE].len == 0;
    return is_now && !follows_name && !is_common_surname(lex_text(p->key))
           && (e->kind == OVF_NEWS_HEAD_OF_STATE || e->kind == OVF_NEWS_MINISTER);
}

static bool is_outlet_use(const news_doc *doc, uint32_t token, uint32_t last)
{
    static const char *const after[] = {
        "reported", "said", "reports", "says",   "quoted", "cited", "wrote", "newspaper",
        "news",     "has",  "channel", "showed", "first",  "that",  "on",    "."};
    static const char *const before[] = {"told", "by", "to"};
    return lex_word_in(doc, last, after, OVF_COUNTOF(after))
           || (token > 0 && lex_word_in(doc, token - 1, before, OVF_COUNTOF(before)));
}

/* "The Ministry of Defence of Latvia"; "the CAA" in a story that has named Uganda and not Britain: a
 * name that one State writes without its own, and many share. */
static bool is_of_another(const lex_work *w, uint32_t token, uint32_t last,
                          const struct lex_phrase *p)
{
    static const char *const shared[] = {"civil aviation authority", "caa", "ministry of defence",
                                         "mod"};
    const news_doc *doc = w->doc;
    const struct lex_entity *e = lex_entity_at(p->index);
    bool is_shared = false;
    for (size_t i = 0; i < OVF_COUNTOF(shared) && e->type == LEX_BODY; i++)
        is_shared |= ovf_str_eq(lex_text(p->key), ovf_str_of(shared[i]));
    if (!is_shared || is_seen(w, p->index)
        || (token > 0 && doc->tokens[token - 1].flags & NEWS_CAP
            && !NEWS_IS(doc, token - 1, "the")))
        return false;
    uint32_t of = last;
    if (NEWS_IS(doc, of, "of")) {
        of++;
        of += NEWS_IS(doc, of, "the");
        of += NEWS_IS(doc, of, "republic") || NEWS_IS(doc, of, "kingdom") ? 2 : 0;
        lex_hit hit = of < doc->token_count ? w->hits[of][LEX_NAME] : (lex_hit){0};
        if (hit.len > 0 && lex_entity_at(lex_phrase_at(hit.row)->index)->type == LEX_STATE)
            return strcmp(lex_entity_at(lex_phrase_at(hit.row)->index)->iso3, e->iso3) != 0;
    }
    bool other = false;
    for (uint32_t k = 0; k < doc->entity_count && k < 64; k++) {
        ovf_str iso3 = doc->entities[k].state;
        if (ovf_str_eq(iso3, ovf_str_of(e->iso3)))
            return false;
        other |= iso3.len == 3;
    }
    return other;
}

static bool phrase_fits(const lex_work *w, uint32_t token, uint32_t last,
                        const struct lex_phrase *p)
{
    const news_doc *doc = w->doc;
    const struct lex_entity *e = lex_entity_at(p->index);
    if (p->flags & LEX_THE && !(token > 0 && NEWS_IS(doc, token - 1, "the")))
        return false;
    /* "The National Guard": no paper called The National */
    if (NEWS_IS(doc, token, "the") && last < doc->token_count && e->type == LEX_OUTLET
        && (doc->tokens[last].flags & (NEWS_CAP | NEWS_SHOUT | NEWS_SENTENCE)) == NEWS_CAP)
        return false;
    if (p->flags & LEX_SHORT)
        return surname_fits(w, token, p);
    if (is_of_another(w, token, last, p))
        return false;
    /* "Atlanta, Georgia" is no State of the Caucasus. */
    if (e->type == LEX_STATE && token > 1 && NEWS_IS(doc, token, "georgia")
        && NEWS_IS(doc, token - 1, ",")) {
        lex_hit city = w->hits[token - 2][LEX_NAME];
        if (city.len == 1
            && ovf_str_eq(ovf_str_of(lex_entity_at(lex_phrase_at(city.row)->index)->iso3),
                          OVF_STR("USA")))
            return false;
    }
    if (!(p->flags & LEX_WEAK))
        return true;
    if (doc->tokens[token].flags & NEWS_CAP && last < doc->token_count
        && NEWS_IS(doc, last, "airport"))
        return true;
    switch (e->type) {
    case LEX_AIRLINE:
        return is_seen(w, p->index) || beside_airline(w, token, last)
               || acts_as_airline(doc, token, last);
    case LEX_OUTLET: return is_outlet_use(doc, token, last);
    case LEX_PERSON: return false;
    default: {
        bool goes_on = last < doc->token_count && doc->tokens[last].flags & NEWS_CAP
                       && !(doc->tokens[last].flags & NEWS_SENTENCE);
        bool is_dateline =
            doc->tokens[token].flags & NEWS_PARAGRAPH && doc->tokens[token].flags & NEWS_ALLCAP;
        return (behind_place_word(doc, token) && !goes_on) || is_dateline;
    }
    }
}

const struct lex_phrase *lex_choose(lex_work *w, uint32_t token)
{
    lex_hit hit = w->hits[token][LEX_NAME];
    uint32_t last = token + hit.len;
    const struct lex_phrase *best = NULL;
    for (uint32_t i = 0; i < hit.rows; i++) {
        const struct lex_phrase *p = lex_phrase_at(hit.row + i);
        if (p->what != LEX_NAME || !phrase_fits(w, token, last, p))
            continue;
        if (best == NULL) {
            best = p;
            continue;
        }
        const struct lex_entity *e = lex_entity_at(p->index);
        const struct lex_entity *b = lex_entity_at(best->index);
        if (e->type == LEX_AIRLINE && best->flags & LEX_DEMONYM
            && (beside_airline(w, token, last) || acts_as_airline(w->doc, token, last))) {
            best = p; /* "Delta and American said" */
            continue;
        }
        bool in_office = e->from <= w->year && w->year <= e->until;
        bool was_in_office = b->from <= w->year && w->year <= b->until;
        if (e->type == LEX_PERSON && b->type == LEX_PERSON && w->year != 0 && in_office
            && !was_in_office)
            best = p;
        else if (e->type == LEX_BODY && b->type == LEX_BODY && e->iso3[0] != '\0'
                 && !is_seen(w, best->index)) {
            /* Two bodies of one name: that of a State which the text has named. */
            bool is_named = false;
            bool best_named = false;
            for (uint32_t k = 0; k < w->doc->entity_count && k < 64; k++) {
                ovf_str iso3 = w->doc->entities[k].state;
                is_named |= ovf_str_eq(iso3, ovf_str_of(e->iso3));
                best_named |= ovf_str_eq(iso3, ovf_str_of(b->iso3));
            }
            if (is_named && !best_named)
                best = p;
        }
    }
    return best;
}

/* Of the persons of a name, or the offices of one person: who held office then, else whoever is
 * nearest in time. kind: only such an office, LEX_KIND_ORG for any. NULL: nobody. */
const struct lex_phrase *lex_in_office(const lex_work *w, lex_hit hit, uint8_t kind)
{
    const struct lex_phrase *best = NULL;
    int best_away = 0;
    for (uint32_t i = 0; i < hit.rows; i++) {
        const struct lex_phrase *p = lex_phrase_at(hit.row + i);
        const struct lex_entity *e = lex_entity_at(p->index);
        if (p->what != LEX_NAME || e->type != LEX_PERSON)
            continue;
        if (p->flags & LEX_SHORT && kind < LEX_KIND_ORG && kind != OVF_NEWS_UNKNOWN
            && e->kind != kind)
            continue;
        int away = w->year == 0         ? 0
                   : w->year < e->from  ? e->from - w->year
                   : w->year > e->until ? w->year - e->until
                                        : 0;
        /* In a year of change whoever comes in is meant as often: the later one. */
        if (best == NULL || away < best_away
            || (away == best_away && away == 0 && e->from > lex_entity_at(best->index)->from)) {
            best = p;
            best_away = away;
        }
    }
    return best;
}
