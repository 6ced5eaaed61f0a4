/* SPDX-License-Identifier: Apache-2.0 */
/* Groups around a head noun: "the agency", "the Qatari foreign ministry", "six airlines", and what of them
 * stands for somebody named before. */
#include "news_groups.h"

#include <string.h>

static uint8_t place_of_head(const struct lex_head *head)
{
    return lex_head_has(head, 'c')   ? NEWS_P_STATE
           : lex_head_has(head, 'a') ? NEWS_P_AIRPORT
           : lex_head_has(head, 't') ? NEWS_P_CITY
           : lex_head_has(head, 'n') ? NEWS_P_REGION
                                     : NEWS_NO_PLACE;
}

/* A singular head without anything in front: "police said", "state media reported", but not the
 * "military" of "military activity" or the "official" of "an official organisation". */
static bool stands_alone(const news_doc *doc, uint32_t token, uint32_t end,
                         const struct lex_head *head)
{
    static const char *const behind[] = {
        "said",      "says",    "told", "who", "from", "with", "in",      "at",   "of",
        "confirmed", "added",   "was",  "has", "had",  "is",   "were",    "have", "close",
        "familiar",  "briefed", "on",   "to",  "and",  "that", "reported"};
    bool is_led = token > 0 && lex_is_determiner(doc, token - 1);
    bool goes_on = end < doc->token_count && doc->tokens[end].flags & NEWS_WORD;
    bool is_verb = false;
    for (size_t i = 0; i < OVF_COUNTOF(behind) && !is_verb; i++)
        is_verb = lex_is_word(doc, end, behind[i]);
    if (is_led)
        return head->kind != OVF_NEWS_OFFICIAL || !goes_on || is_verb;
    if (doc->tokens[token].flags & NEWS_SENTENCE)
        return true;
    bool is_collective = head->kind == OVF_NEWS_POLICE || head->kind == OVF_NEWS_OUTLET
                         || head->kind == OVF_NEWS_ARMED_GROUP || head->kind == OVF_NEWS_ANSP
                         || head->kind == OVF_NEWS_TRACKER || head->kind == OVF_NEWS_STATE
                         || head->kind == OVF_NEWS_MILITARY;
    if (lex_head_has(head, 'f') || head->kind == OVF_NEWS_NATURAL)
        return true;
    return is_collective && (!goes_on || is_verb);
}

/* A head noun, and what was made out of what stands around it. */
typedef struct headed {
    const struct lex_phrase *phrase;
    const struct lex_head *head;
    uint32_t token, core, end;
    uint32_t owner, of; /* entities, or NEWS_NONE; of: behind the head */
    uint8_t place;
    bool is_plural, is_fleet, is_definite, is_ours, is_alone;
} headed;

/* "civil aviation authority INAC": the name behind its description. */
static bool named_group(lex_work *w, const headed *h, lex_group *out)
{
    if (h->of != NEWS_NONE || h->is_plural || h->end >= w->doc->token_count
        || w->hits[h->end][LEX_NAME].len == 0)
        return false;
    const struct lex_phrase *q = lex_choose(w, h->end);
    if (q == NULL || lex_entity_at(q->index)->kind != h->head->kind
        || lex_entity_at(q->index)->type == LEX_STATE)
        return false;
    *out = (lex_group){.first = h->token,
                       .last = h->end + w->hits[h->end][LEX_NAME].len,
                       .entity = lex_entity_of_phrase(w, q)};
    return out->entity != NEWS_NONE;
}

/* "the civil aviation authority in Khartoum": of the State that the city lies in. */
static bool seated_group(lex_work *w, const headed *h, lex_group *out)
{
    news_doc *doc = w->doc;
    if (!h->is_alone || !h->is_definite || h->is_plural || h->place != NEWS_NO_PLACE
        || !lex_head_has(h->head, 'o') || !lex_is_word(doc, h->end, "in"))
        return false;
    uint32_t at = h->end + 1;
    const struct lex_phrase *q =
        at < doc->token_count && w->hits[at][LEX_NAME].len > 0 ? lex_choose(w, at) : NULL;
    if (q == NULL || lex_entity_at(q->index)->place == NEWS_NO_PLACE)
        return false;
    uint32_t where = lex_entity_of_phrase(w, q);
    uint32_t state = where == NEWS_NONE ? NEWS_NONE : doc->entities[where].where;
    if (state == NEWS_NONE)
        return false;
    ovf_str name =
        ovf_arena_printf(doc->arena, OVF_FMT "'s " OVF_FMT, OVF_ARG(doc->entities[state].name),
                         OVF_ARG(news_words(doc, h->token, h->end)));
    uint32_t entity = name.ptr == NULL
                          ? NEWS_NONE
                          : lex_new_entity(w, name, h->head->kind, NEWS_NO_PLACE, NEWS_M_GENERIC);
    lex_set_state(doc, entity, state);
    *out =
        (lex_group){.first = h->token, .last = h->end, .entity = entity, .flags = NEWS_M_GENERIC};
    return entity != NEWS_NONE;
}

/* What stands for somebody named before, and what is no body at all; false: neither is settled. */
static bool bare_group(const news_doc *doc, const headed *h, lex_group *out, bool *is_none)
{
    uint8_t kind = h->head->kind;
    bool stands = stands_alone(doc, h->token, h->end, h->head);
    *is_none = true;
    if (h->phrase->flags & LEX_WEAK)
        return false;
    if (kind == OVF_NEWS_OUTLET && h->end == h->token + 1
        && (lex_is_word(doc, h->token, "weekly") || lex_is_word(doc, h->token, "daily"))
        && h->end < doc->token_count && doc->tokens[h->end].flags & NEWS_WORD
        && !stands_alone(doc, h->token, h->end, &(struct lex_head){OVF_NEWS_OFFICIAL, ""}))
        return false; /* "his weekly programme" */
    /* "has the authority to close": power, no body */
    if (lex_is_word(doc, h->token, "authority")
        && (!h->is_definite || lex_is_word(doc, h->end, "to") || lex_is_word(doc, h->end, "over")
            || lex_is_word(doc, h->end, "for") || lex_is_word(doc, h->end, "of")))
        return false;
    bool is_only_one =
        kind == OVF_NEWS_MILITARY || kind == OVF_NEWS_LEGISLATURE || kind == OVF_NEWS_MINISTRY;
    bool is_known = h->is_definite || h->is_ours || (is_only_one && stands);
    if (!h->is_plural && is_known && lex_head_has(h->head, 'r')) {
        *out = (lex_group){.first = h->token,
                           .last = h->end,
                           .entity = NEWS_NONE,
                           .kind = kind,
                           .place = h->place,
                           .flags = NEWS_M_REFERENCE | NEWS_M_GENERIC};
        return true;
    }
    *is_none = (lex_head_has(h->head, 'c') && !h->is_definite) || (!h->is_plural && !stands);
    return false;
}

/* The kind that an owner gives: "EU leaders", "an EASA official" are of the body, a person's
 * officials are officials; "Iranian missiles" are Iran's doing. */
static uint8_t kind_by_owner(const news_doc *doc, const headed *h)
{
    uint8_t kind = h->head->kind;
    if (h->owner == NEWS_NONE)
        return kind;
    const news_entity *owner = &doc->entities[h->owner];
    if (owner->place == NEWS_NO_PLACE && kind == OVF_NEWS_OFFICIAL) {
        bool is_body = !(owner->flags & NEWS_M_PERSON) && owner->kind != OVF_NEWS_UNKNOWN
                       && owner->kind != OVF_NEWS_STATE;
        return is_body ? owner->kind : kind;
    }
    bool is_weapon = h->is_fleet && kind == OVF_NEWS_UNKNOWN;
    return is_weapon && owner->place == NEWS_P_STATE ? OVF_NEWS_STATE : kind;
}

/* The group's own words as a name. */
static bool worded_group(lex_work *w, const lex_front *f, const headed *h, lex_group *out)
{
    news_doc *doc = w->doc;
    uint32_t entity =
        f->is_owned || f->owner != NEWS_NONE ? lex_body_of_state(w, h->core, h->owner) : NEWS_NONE;
    if (h->owner != NEWS_NONE && lex_head_has(h->head, 't')
        && lex_is_word(doc, h->end - 1, "capital"))
        entity = lex_capital_of(w, h->owner); /* "Haiti's capital" */
    uint8_t kind = kind_by_owner(doc, h);
    uint16_t flags =
        NEWS_M_GENERIC | (h->is_plural ? NEWS_M_PLURAL : 0) | (h->is_fleet ? NEWS_M_FLEET : 0);
    if (h->head->kind == OVF_NEWS_OFFICIAL || h->head->kind == OVF_NEWS_EXPERT
        || h->head->kind == OVF_NEWS_UNKNOWN)
        flags |= h->place == NEWS_NO_PLACE && !h->is_fleet ? NEWS_M_PERSON : 0;
    if (h->is_plural && h->is_definite && f->has_number && h->owner == NEWS_NONE)
        flags |= NEWS_M_REFERENCE; /* "the six airlines", "the two countries" */
    if (h->is_plural && h->is_definite && h->core == h->token && h->head->kind == OVF_NEWS_STATE)
        flags |= NEWS_M_REFERENCE;
    if (entity == NEWS_NONE) {
        bool is_airport = h->place == NEWS_P_AIRPORT && h->owner != NEWS_NONE;
        entity = lex_new_entity(w, news_words(doc, h->token, h->end), kind,
                                is_airport ? h->place : NEWS_NO_PLACE, flags);
        lex_set_state(doc, entity, h->owner);
    }
    *out = (lex_group){.first = h->token,
                       .last = h->end,
                       .entity = flags & NEWS_M_REFERENCE ? NEWS_NONE : entity,
                       .flags = flags,
                       .kind = kind,
                       .place = h->place};
    return true;
}

static headed read_head(lex_work *w, uint32_t token, const lex_front *f)
{
    static const char *const definite[] = {"the", "this", "that"};
    static const char *const ours[] = {"its", "their", "his", "her"};
    news_doc *doc = w->doc;
    lex_hit hit = w->hits[f->core][LEX_HEAD];
    headed h = {.phrase = lex_phrase_at(hit.row), .token = token, .core = f->core, .of = NEWS_NONE};
    uint8_t of_kind = OVF_NEWS_UNKNOWN;
    h.head = lex_head_at(h.phrase->index);
    h.end = f->core + hit.len;
    h.is_plural = h.head->flags[0] == 'p';
    h.is_fleet = lex_head_has(h.head, 'f');
    h.owner = f->is_linked ? NEWS_NONE : f->owner;
    h.place = place_of_head(h.head);
    h.is_definite = token > 0 && lex_word_in(doc, token - 1, definite, OVF_COUNTOF(definite));
    h.is_ours = token > 0 && lex_word_in(doc, token - 1, ours, OVF_COUNTOF(ours));
    if (lex_head_has(h.head, 'o') && h.owner == NEWS_NONE) {
        bool is_person = h.head->kind == OVF_NEWS_OFFICIAL || h.head->kind == OVF_NEWS_EXPERT;
        uint32_t end = lex_behind_of(w, h.end, &h.of, is_person, &of_kind);
        if (h.of != NEWS_NONE) {
            h.end = end;
            h.owner = h.of;
        }
    }
    h.is_alone = h.core == token && h.of == NEWS_NONE;
    return h;
}

/* "Flightradar24 reports.", "PTI reports, quoting": a verb behind an outlet's name, no group of reports. */
static bool is_reporting(const news_doc *doc, uint32_t core)
{
    uint32_t next = core + 1;
    bool named =
        core > 0
        && (doc->tokens[core - 1].flags & NEWS_CAP || lex_is_word(doc, core - 1, "agency"));
    if (!lex_is_word(doc, core, "reports") || !named)
        return false;
    return next >= doc->token_count || doc->tokens[next].flags & (NEWS_PUNCT | NEWS_PARAGRAPH)
           || lex_is_word(doc, next, "that") || lex_is_word(doc, next, "quoting")
           || lex_is_word(doc, next, "citing");
}

static bool speaks(const lex_work *w, uint32_t token)
{
    const struct lex_phrase *p = lex_phrase_at(w->hits[token][LEX_ROLE].row);
    return strcmp(lex_role_at(p->index)->id, "spokesman") == 0;
}

/* "the Department of Airspace Control", "the Sudani Institute": the start or end of a name. */
static bool is_in_name(const news_doc *doc, uint32_t token, uint32_t core)
{
    static const char *const words[] = {"department", "directorate", "institute", "bureau"};
    return lex_word_in(doc, core, words, OVF_COUNTOF(words))
           && (core > token || lex_is_word(doc, core + 1, "of")
               || (core + 1 < doc->token_count && doc->tokens[core + 1].flags & NEWS_CAP));
}

bool lex_head_group(lex_work *w, uint32_t token, const lex_front *f, lex_group *out)
{
    if (is_reporting(w->doc, f->core) || is_in_name(w->doc, token, f->core))
        return false;
    news_doc *doc = w->doc;
    headed h = read_head(w, token, f);
    bool is_none = false;
    /* "foreign ministry spokesperson Jane Doe" */
    if (h.end < doc->token_count && w->hits[h.end][LEX_ROLE].len > 0
        && !(doc->tokens[h.end].flags & NEWS_SENTENCE) && !h.is_fleet) {
        uint32_t body = lex_new_entity(w, news_words(doc, token, h.end), h.head->kind,
                                       NEWS_NO_PLACE, NEWS_M_GENERIC);
        lex_set_state(doc, body, h.owner);
        if (body != NEWS_NONE && lex_office_group(w, token, f, h.end, body, out))
            return true;
    }
    /* "The transport ministry's spokesman": the ministry */
    if (h.end + 1 < doc->token_count && doc->tokens[h.end].flags & NEWS_POSS
        && w->hits[h.end + 1][LEX_ROLE].len > 0 && h.core + 1 < h.end && !h.is_fleet && !h.is_plural
        && speaks(w, h.end + 1)) {
        uint32_t body = lex_new_entity(w, news_words(doc, token, h.end), h.head->kind,
                                       NEWS_NO_PLACE, NEWS_M_GENERIC);
        lex_set_state(doc, body, h.owner);
        if (body != NEWS_NONE && lex_office_group(w, token, f, h.end + 1, body, out))
            return true;
    }
    if (named_group(w, &h, out) || seated_group(w, &h, out))
        return true;
    if (h.is_alone && bare_group(doc, &h, out, &is_none))
        return true;
    if (is_none)
        return false;
    if (h.place != NEWS_NO_PLACE && h.place != NEWS_P_AIRPORT && !h.is_definite
        && h.owner == NEWS_NONE)
        return false;
    return worded_group(w, f, &h, out);
}
