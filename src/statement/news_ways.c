/* SPDX-License-Identifier: Apache-2.0 */
/* Acts that a verb tells with its company, as data/news/ways.txt lists them: "put a stop to flights",
 * "is back in the air", "gave the go-ahead for". A row asks for the voice, the class of the subject and
 * of what is acted on, and for words behind the verb; the first that fits tells the act. */
#include "news_ways.h"

#include <string.h>

/* Groups of words that may stand where a row has a '*'. */
enum { GAP_WORDS = 4, REACH_WORDS = 24 };

static uint32_t clause_end(const frame *f)
{
    uint32_t last = f->c->doc->sentences[f->c->sentence].last;
    uint32_t end = f->g->until < f->c->count ? chunk(f, f->g->until)->first : last;
    if (end < f->g->last)
        end = f->g->last;
    return end > f->g->head + REACH_WORDS ? f->g->head + REACH_WORDS : end;
}

/* Does the alternative [words, end) of a row stand at token i? */
static bool stands_at(const news_doc *doc, const char *words, const char *end, uint32_t i,
                      uint32_t until)
{
    while (words < end) {
        const char *stop = memchr(words, ' ', (size_t)(end - words));
        const char *next = stop == NULL ? end : stop + 1;
        size_t len = (size_t)((stop == NULL ? end : stop) - words);
        if (len == 1 && words[0] == '*') {
            for (uint32_t gap = 1; gap <= GAP_WORDS; gap++) {
                if (stands_at(doc, next, end, i + gap, until))
                    return true;
            }
            return false;
        }
        if (i >= until || !news_is(doc, i, (ovf_str){words, len}))
            return false;
        i++;
        words = next;
    }
    return true;
}

/* The first word of an alternative that can stand at token i, by its first letter. */
static bool may_begin(const news_doc *doc, uint32_t i, char first)
{
    return first == '*' || doc->folded[doc->tokens[i].fold] == first;
}

static bool has_words(const frame *f, const news_way *way)
{
    if (way->words[0] == '\0')
        return true;
    const news_doc *doc = f->c->doc;
    uint32_t first = f->g->head + 1;
    uint32_t until = clause_end(f);
    uint32_t last = way->marks & WAY_NEAR && first + 1 < until ? first + 1 : until;
    const char *at = way->words;
    for (const char *end = at; *at != '\0'; at = *end == '|' ? end + 1 : end) {
        for (end = at; *end != '\0' && *end != '|';)
            end++;
        for (uint32_t i = first; i < last; i++) {
            if (may_begin(doc, i, *at) && stands_at(doc, at, end, i, until))
                return true;
        }
    }
    return false;
}

static bool fits_mask(const frame *f, uint16_t ng, uint64_t mask)
{
    if (mask == 0)
        return true;
    if (ng == NO_CHUNK || chunk(f, ng)->kind != CH_NG)
        return false;
    if (mask & WAY_CLASS(NN_ANY))
        return true;
    uint8_t class = nf_head_class(f->c, ng);
    if (class != NN_NONE && mask & WAY_CLASS(class))
        return true;
    ovf_act act = nf_noun_act(f->c, ng);
    if (act != OVF_ACT_UNKNOWN && mask & WAY_ACT(act))
        return true;
    uint8_t kind = nf_kind_of(f, ng);
    if (mask & WAY_CLASS(NN_ARMED)
        && (class == NN_FORCE || kind == OVF_NEWS_MILITARY || kind == OVF_NEWS_ARMED_GROUP))
        return true;
    if (mask & WAY_CLASS(NN_VOLCANO) && nf_kind_of(f, ng) == OVF_NEWS_NATURAL)
        return true;
    if (mask & WAY_CLASS(NN_RULER) && nf_is_ruler(f, ng))
        return true;
    if (mask & WAY_CLASS(NN_NAMED)
        && (news_entity_of(f->c, ng) != NEWS_NONE
            || f->c->doc->tokens[chunk(f, ng)->head].flags & NEWS_CAP))
        return true;
    if (mask & WAY_CLASS(NN_PRONOUN) && f->c->tags[chunk(f, ng)->head] == TAG_PRON)
        return true;
    for (int k = NN_NONE + 1; k <= NN_VESSEL; k++) { /* "airports and airspace" */
        if (mask & WAY_CLASS(k) && nf_list_has_class(f->c, ng, (uint8_t)k))
            return true;
    }
    return false;
}

/* The thing acted on, when it is what the row asks for. */
static bool has_object(const frame *f, const news_way *way, uint16_t *object)
{
    *object = f->object;
    if (way->what[0] == '-')
        return true;
    if (strcmp(way->what, "clause") == 0) {
        for (int k = NN_NONE + 1; k <= NN_BODY; k++) {
            if (way->object & WAY_CLASS(k) && nf_clause_has(f, (uint8_t)k))
                return true;
        }
        return false;
    }
    if (strcmp(way->what, "obj") == 0)
        *object = f->object;
    else if (strcmp(way->what, "subj") == 0)
        *object = f->g->subject;
    else
        *object = nf_prep_object(f, way->what);
    return fits_mask(f, *object, way->object);
}

static uint8_t class_of_act(uint8_t act)
{
    switch (act) {
    case OVF_ACT_DECLARE_CLOSED: return NV_CLOSE;
    case OVF_ACT_REOPEN: return NV_REOPEN;
    case OVF_ACT_PROHIBIT: return NV_BAN;
    case OVF_ACT_SUSPEND_SERVICE: return NV_STOP;
    case OVF_ACT_RESUME_SERVICE: return NV_RESUME;
    case OVF_ACT_DIVERT: return NV_DIVERT;
    case OVF_ACT_REVOKE_PERMISSION: return NV_REVOKE;
    case OVF_ACT_GRANT_PERMISSION: return NV_GRANT;
    default: return NV_NONE;
    }
}

/* Is the subject whoever says it? A pronoun most often is. */
static bool is_sayer(const frame *f, uint16_t ng)
{
    if (ng == NO_CHUNK || f->g->says == NO_CHUNK)
        return false;
    uint16_t sayer = chunk(f, f->g->says)->subject;
    if (ng == sayer
        || (f->c->tags[chunk(f, ng)->head] == TAG_PRON
            && !WORD_IN(f, chunk(f, ng)->head, chunk(f, ng)->head + 1, "it", "that", "this")))
        return true;
    uint32_t e = sayer == NO_CHUNK ? NEWS_NONE : news_entity_of(f->c, sayer);
    uint32_t s = news_entity_of(f->c, ng);
    if (e == NEWS_NONE || s == NEWS_NONE)
        return false;
    const news_entity *who = &f->c->doc->entities[e];
    const news_entity *state = &f->c->doc->entities[s]; /* "Trump said the United States would" */
    bool speaks_for =
        state->kind == OVF_NEWS_STATE && state->code.len > 0 && ovf_str_eq(who->state, state->code);
    return s == e || who->where == s || speaks_for;
}

static bool fits(const frame *f, const news_way *way, uint16_t *object)
{
    const news_chunk *g = f->g;
    bool said = g->says != NO_CHUNK && g->says != f->v && chunk(f, g->says)->kind == CH_VG;
    if ((way->voice == 'a' && f->passive) || (way->voice == 'p' && !f->passive))
        return false;
    if (way->marks & WAY_NEG && !(g->flags & VG_NEG) && !nf_has_no(f, g->subject)
        && !nf_has_no(f, f->object))
        return false;
    if ((way->marks & WAY_SAID && !said) || (way->issuer == WAY_SAYS && !said))
        return false;
    if (way->marks & WAY_WILL && !(g->flags & (VG_PLANNED | VG_TO)))
        return false;
    if (way->marks & WAY_MUST && !WORD_IN(f, g->first, g->head, "must", "may", "shall"))
        return false;
    if (way->marks & WAY_SHALL
        && (!(g->flags & VG_PLANNED) || WORD_IN(f, g->first, g->head, "would", "'d")))
        return false;
    if (way->marks & WAY_CAN && !WORD_IN(f, g->first, g->head, "can", "ca", "cannot"))
        return false;
    if (way->marks & WAY_POS && g->flags & VG_NEG)
        return false;
    if (way->marks & WAY_SAME && !is_sayer(f, g->subject))
        return false;
    if (way->marks & WAY_STAY && g->flags & (VG_TO | VG_ING | VG_BASE | VG_POSSIBLE))
        return false;
    if (!fits_mask(f, g->subject, way->subject) || !has_words(f, way)
        || !has_object(f, way, object))
        return false;
    return !(way->marks & WAY_AIR) || nf_about_flying(f);
}

static bool belongs(const news_doc *doc, uint32_t entity)
{
    return entity != NEWS_NONE
           && (doc->entities[entity].where != NEWS_NONE || doc->entities[entity].state.len > 0);
}

/* Does the group say whose it is: a name, "its", "Poland's"? */
static bool has_owner(const frame *f, uint16_t ng)
{
    if (nf_is_measure_of(f->c, ng))
        ng = (uint16_t)(ng + 2); /* "one of its aircraft" */
    for (uint32_t i = chunk(f, ng)->first; i < chunk(f, ng)->last; i++) {
        uint32_t m = f->c->doc->mention_at == NULL ? NEWS_NONE : f->c->doc->mention_at[i];
        bool named = m != NEWS_NONE && !(f->c->doc->mentions[m].flags & NEWS_M_REFERENCE)
                     && f->c->doc->tokens[i].flags & NEWS_CAP
                     && (!(f->c->doc->tokens[i].flags & NEWS_SENTENCE)
                         || !(f->c->doc->mentions[m].flags & NEWS_M_GENERIC)
                         || belongs(f->c->doc, f->c->doc->mentions[m].entity));
        if (named || f->c->tags[i] == TAG_POSS || WORD_IN(f, i, i + 1, "its", "their", "our"))
            return true;
    }
    return false;
}

/* Things that happen or are done by things: nobody's act, unless the thing has an owner by name. */
bool nf_is_nameless(const frame *f, uint16_t ng)
{
    if (ng == NO_CHUNK || has_owner(f, ng))
        return false;
    uint8_t k = nf_head_class(f->c, ng);
    return k == NN_PLANE || k == NN_FLIGHT || k == NN_WEAPON || k == NN_HAZARD || k == NN_DEED
           || k == NN_SIGNAL || k == NN_VIOLATION || k == NN_MEASURE || k == NN_NOTICE;
}

/* The airline in a group: "EgyptAir's Casablanca service", "two Air India jets". */
static uint32_t airline_in(const frame *f, uint16_t ng)
{
    const news_doc *doc = f->c->doc;
    for (uint32_t i = ng == NO_CHUNK ? 1 : chunk(f, ng)->first;
         ng != NO_CHUNK && i < chunk(f, ng)->last && doc->mention_at != NULL; i++) {
        uint32_t m = doc->mention_at[i];
        if (m == NEWS_NONE || doc->mentions[m].kind != OVF_NEWS_AIRLINE)
            continue;
        uint32_t owner = news_fleet_owner(doc, &doc->mentions[m]);
        if (owner != NEWS_NONE)
            return owner;
        if (!(doc->mentions[m].flags & (NEWS_M_FLEET | NEWS_M_GENERIC)))
            return doc->mentions[m].entity;
    }
    return NEWS_NONE;
}

/* Or a flight of whoever is spoken of ("its flight"). */
static bool flies_for(const frame *f, uint16_t ng)
{
    return ng != NO_CHUNK && (nf_head_class(f->c, ng) == NN_CARRIER || has_owner(f, ng));
}

static uint16_t issuer_of(const frame *f, const news_way *way)
{
    uint16_t s = f->g->subject;
    switch (way->issuer) {
    case WAY_NONE: return NO_CHUNK;
    case WAY_SAYS: return chunk(f, f->g->says)->subject;
    case WAY_PORT: return nf_named_airport(f, s);
    case WAY_CARRIER: return flies_for(f, s) ? s : NO_CHUNK;
    case WAY_FLEET: return nf_head_class(f->c, s) == NN_CARRIER ? s : NO_CHUNK;
    default:
        if (way->act == OVF_ACT_PROHIBIT && f->passive && f->issuer == NO_CHUNK
            && f->g->says != NO_CHUNK && chunk(f, f->g->says)->kind == CH_VG
            && (nf_is_ruler(f, chunk(f, f->g->says)->subject)
                || nf_kind_of(f, chunk(f, f->g->says)->subject) == OVF_NEWS_ANSP))
            return chunk(f, f->g->says)->subject; /* "no flights will be let in, Nats said" */
        return (way->act == OVF_ACT_STRIKE || way->act == OVF_ACT_INCIDENT)
                       && nf_is_nameless(f, f->issuer)
                   ? NO_CHUNK
                   : f->issuer;
    }
}

/* "Anyone who fires at us": nobody has. */
bool nf_is_anybody(const frame *f)
{
    uint16_t s = f->g->subject;
    return (s != NO_CHUNK
            && WORD_IN(f, chunk(f, s)->first, chunk(f, s)->last, "anyone", "anybody", "whoever",
                       "any", "anything", "those"))
           || (f->v > 0 && NEWS_IS(f->c->doc, chunk(f, (uint16_t)(f->v - 1))->first, "whoever"));
}

/* "erupted, throwing ash into the air": part of what the verb in front has told. */
static bool is_part(const frame *f, const news_way *way)
{
    uint16_t p = f->g->parent;
    if (!(f->g->flags & VG_ING) || f->g->flags & VG_FINITE || p == NO_CHUNK
        || !(chunk(f, p)->flags & VG_DONE))
        return false;
    for (uint32_t i = 0; i < f->out->count; i++) {
        if (f->out->items[i].vg == p && f->out->items[i].act == way->act)
            return true;
    }
    return false;
}

/* Not done, or not yet, whatever the row: "decided not to shoot", "can't blast them". */
static bool is_undone(const frame *f, const news_way *way)
{
    uint16_t flags = f->g->flags;
    if (way->act == OVF_ACT_DENY || way->act == OVF_ACT_AUTHORITY || way->act == OVF_ACT_PROHIBIT
        || way->act == OVF_ACT_THREATEN || way->act == OVF_ACT_EXEMPT || way->marks & WAY_NEG)
        return false;
    bool ordered = flags & VG_TO && f->v > 0 && chunk(f, (uint16_t)(f->v - 1))->kind == CH_NG
                   && nf_noun_act(f->c, (uint16_t)(f->v - 1)) == OVF_ACT_ORDER;
    if (ordered && way->act == OVF_ACT_STRIKE)
        return true; /* "the order to bring down every aircraft" */
    if (way->object & (WAY_ACT(OVF_ACT_WARN) | WAY_CLASS(NN_NOTICE)) && nf_content_of_paper(f))
        return true; /* "put out a bulletin urging carriers to" */
    if (way->act == OVF_ACT_STRIKE && nf_is_anybody(f))
        return true;
    uint16_t p = f->g->parent;
    if (way->act == OVF_ACT_STRIKE && p != NO_CHUNK && flags & (VG_TO | VG_BASE)
        && (news_vg_class(f->c, p) == NV_GRANT || BASE_IN(f, p, "let", "enable")))
        return true; /* "let the army shoot them down" */
    if (flags & VG_NEG && flags & (VG_TO | VG_POSSIBLE | VG_PLANNED))
        return true;
    return (way->act == OVF_ACT_STRIKE || way->act == OVF_ACT_INCIDENT) && flags & VG_POSSIBLE;
}

bool nf_tells_way(frame *f)
{
    const news_word *word = news_lex(f->c->doc, f->g->head);
    const news_way *ways = news_ways_of(word);
    for (size_t i = 0; i < word->way_count; i++) {
        const news_way *way = &ways[i];
        uint16_t object = NO_CHUNK;
        if (!fits(f, way, &object))
            continue;
        bool free = way->marks & WAY_FREE;
        if (!free && nf_is_left_open(f, class_of_act(way->act)))
            return false;
        if (is_part(f, way))
            return true;
        if (!free && is_undone(f, way)) /* nor is it anything else */
            return way->act == OVF_ACT_STRIKE || way->act == OVF_ACT_INCIDENT;
        f->object = object;
        f->class_of = nf_head_class(f->c, object);
        f->issuer = issuer_of(f, way);
        uint8_t act = way->act;
        if (act == OVF_ACT_DECLARE_CLOSED && nf_shuts_out(f))
            act = OVF_ACT_PROHIBIT;
        news_draft *d = nf_emit(f, (ovf_act)act, way->rule);
        if (d == NULL)
            return false;
        if (way->marks & WAY_NEG)
            d->is_negated = false;
        if (way->marks & (WAY_MAYBE | WAY_PLAN))
            d->modality = way->marks & WAY_PLAN ? OVF_NEWS_PLANNED : OVF_NEWS_POSSIBLE;
        if (way->issuer == WAY_CARRIER || way->issuer == WAY_FLEET)
            d->speaker_entity = airline_in(f, f->g->subject);
        if (d->speaker_entity != NEWS_NONE)
            d->speaker = NO_CHUNK;
        if (way->act == OVF_ACT_DECLARE_CLOSED || way->act == OVF_ACT_REOPEN)
            d->place = object;
        if (way->act == OVF_ACT_AUTHORITY) {
            d->by_article = true;
            d->speaker = NO_CHUNK;
        }
        return true;
    }
    return false;
}
