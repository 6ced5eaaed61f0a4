/* SPDX-License-Identifier: Apache-2.0 */
/* Groups that name somebody: owners and States in front, adjectives and numbers, a name, an office or
 * a head noun, a person's name, "of X" behind.
 *   group  = {number | adjective | owner ['s]} core
 *   core   = NAME | HEAD ["of" group] | HEAD ROLE [person] | ROLE [("of" | "for") group] | ROLE person
 * Nothing is looked at twice: a group is sought only where none has been found, and is at most
 * GROUP_MAX tokens long. */
#include "news_groups.h"

#include <string.h>

enum {
    GROUP_MAX = 24,
    BEFORE_MAX = 6, /* numbers, adjectives and owners in front of a core */
    ROLES_MAX = 3,  /* "Deputy Prime Minister and Foreign Minister" */
};

/* ---- the parts ---- */

static bool is_person_phrase(const struct lex_phrase *p)
{
    return p != NULL && lex_entity_at(p->index)->type == LEX_PERSON;
}

/* "-based", "-backed", "-led" behind a hyphen: one more adjective. */
static uint32_t behind_hyphen(const news_doc *doc, uint32_t token)
{
    if (token + 1 < doc->token_count && doc->tokens[token].flags & NEWS_HYPHEN
        && doc->tokens[token + 1].flags & NEWS_WORD && !(doc->tokens[token + 1].flags & NEWS_CAP))
        return token + 2;
    return token;
}

static bool has_core(const lex_work *w, uint32_t token)
{
    return token < w->doc->token_count
           && (w->hits[token][LEX_HEAD].len > 0 || w->hits[token][LEX_ROLE].len > 0);
}

void lex_set_state(news_doc *doc, uint32_t entity, uint32_t owner)
{
    if (owner == NEWS_NONE || entity == NEWS_NONE || doc->entities[entity].state.len != 0)
        return;
    doc->entities[entity].state = doc->entities[owner].state;
    doc->entities[entity].where =
        doc->entities[owner].where != NEWS_NONE ? doc->entities[owner].where : owner;
}

/* "civil aviation authority" of a State that has one by that name. */
uint32_t lex_body_of_state(lex_work *w, uint32_t core, uint32_t owner)
{
    lex_hit hit = w->hits[core][LEX_NAME];
    if (owner == NEWS_NONE || hit.len == 0)
        return NEWS_NONE;
    ovf_str iso3 = w->doc->entities[owner].state;
    for (uint32_t i = 0; i < hit.rows; i++) {
        const struct lex_phrase *p = lex_phrase_at(hit.row + i);
        if (p->what == LEX_NAME && lex_entity_at(p->index)->type == LEX_BODY && iso3.len == 3
            && ovf_str_eq(ovf_str_of(lex_entity_at(p->index)->iso3), iso3))
            return lex_entity_of_phrase(w, p);
    }
    return NEWS_NONE;
}

/* Whom a body's name means behind an owner: the body of that name in that State, or one that no
 * table has. */
static uint32_t body_of_owner(lex_work *w, uint32_t token, uint32_t at, uint32_t owner,
                              const struct lex_phrase *p)
{
    const struct lex_entity *e = lex_entity_at(p->index);
    ovf_str iso3 = w->doc->entities[owner].state;
    if (e->type != LEX_BODY || e->iso3[0] == '\0' || iso3.len != 3
        || ovf_str_eq(ovf_str_of(e->iso3), iso3))
        return lex_entity_of_phrase(w, p);
    uint32_t known = lex_body_of_state(w, at, owner);
    if (known != NEWS_NONE)
        return known;
    uint32_t entity = lex_new_entity(w, news_words(w->doc, token, at + w->hits[at][LEX_NAME].len),
                                     e->kind, NEWS_NO_PLACE, 0);
    lex_set_state(w->doc, entity, owner);
    return entity;
}

/* Numbers, adjectives, owners up to the core. */
static lex_front read_front(lex_work *w, uint32_t token)
{
    const news_doc *doc = w->doc;
    lex_front f = {.core = token, .owner = NEWS_NONE, .lead = NEWS_NONE};
    for (int steps = 0; steps < BEFORE_MAX && f.core < doc->token_count; steps++) {
        uint32_t at = f.core;
        if (at > token && doc->tokens[at].flags & (NEWS_SENTENCE | NEWS_PARAGRAPH))
            break;
        const struct lex_phrase *p = w->hits[at][LEX_NAME].len > 0 ? lex_choose(w, at) : NULL;
        uint8_t name_len = p != NULL ? w->hits[at][LEX_NAME].len : 0;
        if (has_core(w, at) && w->hits[at][LEX_HEAD].len >= name_len
            && w->hits[at][LEX_HEAD].len > 0
            && !(p != NULL && !(p->flags & LEX_WEAK) && doc->tokens[at].flags & NEWS_CAP
                 && lex_entity_at(p->index)->type != LEX_STATE))
            break;
        if (w->hits[at][LEX_ROLE].len > 0 && w->hits[at][LEX_ROLE].len >= name_len)
            break;
        if (p != NULL && !(is_person_phrase(p) && at > token)) {
            uint32_t end = at + name_len;
            if (f.lead_last == 0 && at == token) {
                f.lead_last = end;
                f.lead_phrase = p;
            }
            f.owner = at > token && f.owner != NEWS_NONE && !f.is_linked
                          ? body_of_owner(w, token, at, f.owner, p)
                          : lex_entity_of_phrase(w, p);
            if (at == token)
                f.lead = f.owner;
            else if (f.lead_last != 0 && lex_entity_at(p->index)->type != LEX_STATE
                     && lex_entity_at(p->index)->place == 0) {
                f.body = f.owner;
                f.body_last = end;
            }
            uint32_t hyphen = behind_hyphen(doc, end);
            f.is_linked = hyphen != end;
            f.is_owned = false;
            f.core = hyphen;
            f.owner_last = end;
            if (f.core < doc->token_count && doc->tokens[f.core].flags & NEWS_POSS) {
                f.is_owned = true;
                f.core++;
            } else if (NEWS_IS(doc, f.core, "'") && f.core + 1 < doc->token_count) {
                f.is_owned = true;
                f.core++;
            }
            continue;
        }
        /* "Erewhon's transport ministry": an owner that no table knows */
        uint32_t run = f.lead_last == 0 && f.owner == NEWS_NONE ? lex_capital_run(w, at) : at;
        if (run > at && run - at <= 4 && run + 1 < doc->token_count
            && doc->tokens[run].flags & NEWS_POSS && has_core(w, run + 1)) {
            f.has_words = f.is_owned = true;
            f.core = run + 1;
            continue;
        }
        if (lex_is_number_word(doc, at)) {
            f.has_number = f.has_words = true;
        } else if (lex_is_adjective(doc, at)) {
            f.has_words = true;
        } else {
            break;
        }
        f.core++;
    }
    return f;
}

/* The end of a person's name at a token: known, or a run of capitals; `token` when there is none. */
static uint32_t person_at(lex_work *w, uint32_t token, uint8_t office, uint32_t *entity)
{
    const news_doc *doc = w->doc;
    if (token >= doc->token_count || doc->tokens[token].flags & (NEWS_SENTENCE | NEWS_PARAGRAPH))
        return token;
    lex_hit hit = w->hits[token][LEX_NAME];
    const struct lex_phrase *p = lex_in_office(w, hit, office);
    uint32_t run = lex_capital_run(w, token);
    if (p != NULL && token + hit.len >= run) {
        *entity = lex_entity_of_phrase(w, p);
        return token + hit.len;
    }
    if (run <= token || doc->tokens[token].flags & NEWS_ALLCAP || lex_is_word(doc, token, "staff"))
        return token; /* "General Staff" is nobody's name */
    uint32_t known = lex_get_alias(w, doc->tokens[run - 1].hash);
    if (known != NEWS_NONE && run == token + 1 && doc->entities[known].flags & NEWS_M_PERSON)
        *entity = known;
    else
        *entity = lex_new_entity(w, news_words(doc, token, run), OVF_NEWS_UNKNOWN, NEWS_NO_PLACE,
                                 NEWS_M_PERSON);
    if (*entity != NEWS_NONE)
        lex_put_alias(w, doc->tokens[run - 1].hash, *entity);
    return run;
}

/* A person in an office: kind by the office, or by the body that it belongs to. */
static void give_office(lex_work *w, uint32_t person, uint8_t kind, uint32_t body)
{
    news_doc *doc = w->doc;
    if (person == NEWS_NONE)
        return;
    news_entity *e = &doc->entities[person];
    if (kind == LEX_KIND_ORG)
        kind = body != NEWS_NONE ? doc->entities[body].kind : OVF_NEWS_OFFICIAL;
    if (kind != OVF_NEWS_UNKNOWN
        && (e->kind == OVF_NEWS_UNKNOWN || e->flags & NEWS_M_GUESSED
            || e->kind == OVF_NEWS_OFFICIAL))
        e->kind = kind;
    lex_set_state(doc, person, body);
}

/* "of X", "for X" behind an office or a head; the end of X, or `token`. */
uint32_t lex_behind_of(lex_work *w, uint32_t token, uint32_t *entity, bool is_role,
                       uint8_t *inner_kind)
{
    const news_doc *doc = w->doc;
    bool links = lex_is_word(doc, token, "of") || lex_is_word(doc, token, "for")
                 || (is_role
                     && (lex_is_word(doc, token, "at") || lex_is_word(doc, token, "from")
                         || lex_is_word(doc, token, "with")));
    if (!links)
        return token;
    uint32_t at = token + 1;
    if (lex_is_determiner(doc, at))
        at++;
    lex_group inner = {0};
    if (at >= doc->token_count || doc->tokens[at].flags & NEWS_PARAGRAPH
        || !lex_group_at(w, at, &inner))
        return token;
    if (inner.entity == NEWS_NONE) { /* "a spokesman for the bloc": whom, is known later */
        *entity = NEWS_NONE;
        *inner_kind = inner.kind;
        return is_role ? inner.last : token;
    }
    *entity = inner.entity;
    return inner.last;
}

/* ---- cores ---- */

bool lex_office_group(lex_work *w, uint32_t token, const lex_front *f, uint32_t core, uint32_t body,
                      lex_group *out)
{
    news_doc *doc = w->doc;
    lex_hit hit = w->hits[core][LEX_ROLE];
    const struct lex_phrase *p = lex_phrase_at(hit.row);
    uint8_t kind = lex_role_at(p->index)->kind;
    bool is_weak = (p->flags & LEX_WEAK) != 0;
    uint32_t at = core + hit.len;
    for (int i = 0; i < ROLES_MAX && at < doc->token_count; i++) { /* "and Foreign Minister" */
        uint32_t next = at + (lex_is_word(doc, at, "and") || lex_is_word(doc, at, "&"));
        if (next >= doc->token_count || w->hits[next][LEX_ROLE].len == 0
            || (doc->tokens[next].flags & NEWS_SENTENCE))
            break;
        const struct lex_phrase *q = lex_phrase_at(w->hits[next][LEX_ROLE].row);
        if (next > at && !(doc->tokens[next].flags & NEWS_CAP))
            break;
        if (kind == LEX_KIND_ORG || kind == OVF_NEWS_UNKNOWN)
            kind = lex_role_at(q->index)->kind;
        at = next + w->hits[next][LEX_ROLE].len;
        is_weak = false;
    }
    uint32_t person = NEWS_NONE;
    uint32_t end = person_at(w, at, kind, &person);
    if (body == NEWS_NONE && !f->is_linked)
        body = f->owner;
    if (end > at && person != NEWS_NONE) {
        bool is_royal = strcmp(lex_role_at(p->index)->id, "crown_prince") == 0
                        || strcmp(lex_role_at(p->index)->id, "king") == 0
                        || strcmp(lex_role_at(p->index)->id, "emir") == 0;
        if (is_royal && end == at + 1 && doc->entities[person].kind == OVF_NEWS_UNKNOWN)
            doc->entities[person].name = news_words(doc, core, end);
        give_office(w, person, kind, body);
        *out = (lex_group){.first = token, .last = end, .entity = person, .flags = NEWS_M_PERSON};
        return true;
    }
    uint32_t of = NEWS_NONE;
    uint8_t of_kind = OVF_NEWS_UNKNOWN;
    end = lex_behind_of(w, at, &of, true, &of_kind);
    bool is_open = end > at && of == NEWS_NONE;
    if (of != NEWS_NONE)
        body = of;
    bool is_led =
        (token > 0
         && (lex_is_determiner(doc, token - 1) || doc->tokens[token - 1].flags & NEWS_POSS))
        || core > token || of != NEWS_NONE;
    if (is_weak || !is_led || kind == OVF_NEWS_UNKNOWN)
        return false;
    bool is_spokesman = kind == LEX_KIND_ORG && strcmp(lex_role_at(p->index)->id, "spokesman") == 0;
    if (is_spokesman && body != NEWS_NONE && doc->entities[body].kind != OVF_NEWS_UNKNOWN) {
        *out = (lex_group){.first = token, .last = end, .entity = body};
        return true;
    }
    uint8_t as = kind == LEX_KIND_ORG
                     ? (body == NEWS_NONE ? OVF_NEWS_OFFICIAL : doc->entities[body].kind)
                     : kind;
    uint16_t flags = NEWS_M_PERSON | NEWS_M_GENERIC;
    bool is_definite = token > 0 && lex_is_word(doc, token - 1, "the");
    bool is_ours =
        token > 0 && (lex_is_word(doc, token - 1, "its") || lex_is_word(doc, token - 1, "their"));
    if ((is_ours && kind == LEX_KIND_ORG && body == NEWS_NONE) || (is_spokesman && is_open)) {
        *out = (lex_group){.first = token,
                           .last = end,
                           .entity = NEWS_NONE,
                           .flags = NEWS_M_GENERIC | NEWS_M_REFERENCE,
                           .kind = is_open ? of_kind : OVF_NEWS_UNKNOWN};
        return true;
    }
    if (is_definite && core == token && of == NEWS_NONE && !is_open)
        flags |= NEWS_M_REFERENCE;
    uint32_t entity = NEWS_NONE;
    if (!(flags & NEWS_M_REFERENCE)) {
        entity = lex_new_entity(w, news_words(doc, token, end), as, NEWS_NO_PLACE,
                                NEWS_M_PERSON | NEWS_M_GENERIC);
        lex_set_state(doc, entity, body);
    }
    *out = (lex_group){.first = token, .last = end, .entity = entity, .flags = flags, .kind = as};
    return true;
}

static bool place_group(lex_work *w, uint32_t token, uint32_t name_end, uint32_t owner,
                        lex_group *out)
{
    news_doc *doc = w->doc;
    uint8_t place = NEWS_NO_PLACE;
    uint32_t end = lex_place_suffix(doc, name_end, &place);
    if (end == name_end)
        return false;
    uint8_t kind = place == NEWS_P_AIRPORT ? OVF_NEWS_AIRPORT : OVF_NEWS_UNKNOWN;
    uint32_t entity = lex_new_entity(w, news_words(doc, token, end), kind, place, 0);
    lex_set_state(doc, entity, owner);
    *out = (lex_group){.first = token, .last = end, .entity = entity, .kind = kind, .place = place};
    return entity != NEWS_NONE;
}

/* ---- names that no table knows ---- */

static bool unknown_group(lex_work *w, uint32_t token, uint32_t start, const lex_front *f,
                          lex_group *out)
{
    news_doc *doc = w->doc;
    uint32_t run = lex_capital_run(w, start);
    uint8_t place = NEWS_NO_PLACE;
    if (run == start)
        return false;
    uint32_t known = run == start + 1 ? lex_get_alias(w, doc->tokens[start].hash) : NEWS_NONE;
    if (known != NEWS_NONE) {
        *out = (lex_group){.first = token,
                           .last = run,
                           .entity = known,
                           .flags = doc->entities[known].flags
                                    & (NEWS_M_PERSON | NEWS_M_MALE | NEWS_M_FEMALE)};
        return true;
    }
    if (place_group(w, token, run, f->owner, out))
        return true;
    static const char *const offices[] = {"department", "ministry",    "office",    "directorate",
                                          "bureau",     "institute",   "authority", "agency",
                                          "committee",  "secretariat", "council",   "board"};
    uint8_t office = OVF_NEWS_UNKNOWN;
    if (lex_word_in(doc, run - 1, offices, OVF_COUNTOF(offices)) && lex_is_word(doc, run, "of")
        && run + 1 < doc->token_count && lex_capital_run(w, run + 1) > run + 1) {
        bool is_ministry = lex_is_word(doc, run - 1, "department");
        office = is_ministry || lex_is_word(doc, run - 1, "ministry") ? OVF_NEWS_MINISTRY
                                                                      : OVF_NEWS_AGENCY;
        run = lex_capital_run(w, run + 1); /* "Federal Department of Foreign Affairs" */
    }
    bool opens = (doc->tokens[start].flags & NEWS_SENTENCE) != 0;
    if (opens && run == start + 1)
        return false; /* any word at the start of a sentence */
    uint8_t kind = lex_kind_of_run(doc, start, run, &place);
    if (office != OVF_NEWS_UNKNOWN && kind != OVF_NEWS_AVIATION_AUTHORITY)
        kind = office;
    uint16_t flags = NEWS_M_GUESSED;
    bool is_acronym = run == start + 1 && doc->tokens[start].flags & NEWS_ALLCAP;
    if (kind == OVF_NEWS_UNKNOWN && place == NEWS_NO_PLACE && !is_acronym && run - start >= 2
        && run - start <= 5 && !f->is_owned)
        flags |= NEWS_M_PERSON;
    uint32_t entity = lex_new_entity(w, news_words(doc, start, run), kind, place, flags);
    if (entity == NEWS_NONE)
        return false;
    if (flags & NEWS_M_PERSON)
        lex_put_alias(w, doc->tokens[run - 1].hash, entity);
    lex_set_state(doc, entity, f->owner);
    *out = (lex_group){.first = token,
                       .last = run,
                       .entity = entity,
                       .flags = flags,
                       .kind = kind,
                       .place = place};
    return true;
}

/* ---- the whole ---- */

static bool plain_name(lex_work *w, uint32_t token, const lex_front *f, lex_group *out)
{
    const news_doc *doc = w->doc;
    if (f->lead_last == 0)
        return false;
    const struct lex_entity *e = lex_entity_at(f->lead_phrase->index);
    if ((e->type == LEX_CITY || e->type == LEX_AIRPORT)
        && place_group(w, token, f->lead_last, f->lead, out))
        return true;
    if (e->type == LEX_STATE && place_group(w, token, f->lead_last, f->lead, out)
        && out->place != NEWS_P_REGION)
        return true;
    uint16_t flags = 0;
    if (f->lead_phrase->flags & LEX_DEMONYM)
        flags |= NEWS_M_DEMONYM;
    if (f->lead_phrase->flags & LEX_CAPITAL)
        flags |= NEWS_M_CAPITAL;
    if (e->type == LEX_PERSON)
        flags |= NEWS_M_PERSON;
    if (behind_hyphen(doc, f->lead_last) != f->lead_last)
        flags |= NEWS_M_DEMONYM;
    *out = (lex_group){.first = token, .last = f->lead_last, .entity = f->lead, .flags = flags};
    return true;
}

/* "Ministry of Defence of the Russian Federation": a name that several States' bodies bear. */
static bool body_of_group(lex_work *w, uint32_t token, const lex_front *f, lex_group *out)
{
    const news_doc *doc = w->doc;
    if (f->lead_last == 0 || f->core != f->lead_last
        || lex_entity_at(f->lead_phrase->index)->type != LEX_BODY
        || !lex_is_word(doc, f->lead_last, "of"))
        return false;
    uint32_t at = f->lead_last + 1 + lex_is_word(doc, f->lead_last + 1, "the");
    const struct lex_phrase *p =
        at < doc->token_count && w->hits[at][LEX_NAME].len > 0 ? lex_choose(w, at) : NULL;
    if (p == NULL || lex_entity_at(p->index)->type != LEX_STATE || p->flags & LEX_DEMONYM)
        return false;
    uint32_t end = at + w->hits[at][LEX_NAME].len;
    uint32_t entity = lex_new_entity(w, news_words(doc, token, end),
                                     lex_entity_at(f->lead_phrase->index)->kind, NEWS_NO_PLACE, 0);
    lex_set_state(w->doc, entity, lex_entity_of_phrase(w, p));
    *out = (lex_group){.first = token, .last = end, .entity = entity};
    return entity != NEWS_NONE;
}

/* "Sir Keir Starmer's spokesman": speaks for him. */
static uint32_t behind_spokesman(lex_work *w, const lex_group *g)
{
    const news_doc *doc = w->doc;
    uint32_t role = g->last + 1;
    if (!(g->flags & NEWS_M_PERSON) || g->flags & NEWS_M_GENERIC || role >= doc->token_count
        || !(doc->tokens[g->last].flags & NEWS_POSS) || w->hits[role][LEX_ROLE].len == 0)
        return g->last;
    const struct lex_phrase *p = lex_phrase_at(w->hits[role][LEX_ROLE].row);
    uint32_t end = role + w->hits[role][LEX_ROLE].len;
    bool named = end < doc->token_count && doc->tokens[end].flags & NEWS_CAP
                 && !(doc->tokens[end].flags & NEWS_SENTENCE);
    bool speaks = strcmp(lex_role_at(p->index)->id, "spokesman") == 0;
    return speaks && !named ? end : g->last;
}

bool lex_group_at(lex_work *w, uint32_t token, lex_group *out)
{
    news_doc *doc = w->doc;
    if (!(doc->tokens[token].flags & (NEWS_WORD | NEWS_DIGIT)))
        return false;
    lex_front f = read_front(w, token);
    if (f.core - token > GROUP_MAX)
        return false;
    bool done = false;
    if (f.core < doc->token_count
        && !(f.core > token && doc->tokens[f.core].flags & NEWS_SENTENCE)) {
        lex_hit head = w->hits[f.core][LEX_HEAD];
        lex_hit role = w->hits[f.core][LEX_ROLE];
        uint8_t suffix = NEWS_NO_PLACE;
        /* "Piarco Flight Information Region" is no flight */
        if (f.lead_last == f.core && lex_place_suffix(doc, f.core, &suffix) > f.core
            && suffix == NEWS_P_FIR)
            done = plain_name(w, token, &f, out);
        if (!done && head.len > 0 && head.len >= role.len)
            done = lex_head_group(w, token, &f, out);
        if (!done && role.len > 0)
            done = lex_office_group(w, token, &f, f.core, NEWS_NONE, out);
        /* "Pakistan's Foo Authority": a name of its own behind an owner */
        if (!done && f.lead_last != 0 && f.is_owned && f.core == f.owner_last + 1
            && doc->tokens[f.core].flags & NEWS_CAP) {
            uint8_t place = NEWS_NO_PLACE;
            uint32_t run = lex_capital_run(w, f.core);
            if (run > f.core && lex_kind_of_run(doc, f.core, run, &place) != OVF_NEWS_UNKNOWN) {
                lex_front inner = f;
                done = unknown_group(w, token, f.core, &inner, out);
            }
        }
    }
    if (!done)
        done = body_of_group(w, token, &f, out);
    if (!done && f.body_last != 0) { /* "Pakistan's Civil Aviation Authority" */
        *out = (lex_group){.first = token, .last = f.body_last, .entity = f.body};
        done = true;
    }
    if (!done && f.lead_last != 0 && f.core == f.lead_last
        && f.core < doc->token_count) { /* "London Fire Brigade" */
        uint8_t place = NEWS_NO_PLACE;
        uint32_t run = doc->tokens[f.core].flags & (NEWS_SENTENCE | NEWS_PARAGRAPH)
                           ? f.core
                           : lex_capital_run(w, f.core);
        uint8_t kind = run > f.core ? lex_kind_of_run(doc, f.core, run, &place) : OVF_NEWS_UNKNOWN;
        if (kind != OVF_NEWS_UNKNOWN && w->hits[f.core][LEX_NAME].len == 0
            && lex_entity_at(f.lead_phrase->index)->place != 0) {
            uint32_t entity =
                lex_new_entity(w, news_words(doc, token, run), kind, place, NEWS_M_GUESSED);
            lex_set_state(doc, entity, f.lead);
            *out = (lex_group){
                .first = token, .last = run, .entity = entity, .kind = kind, .place = place};
            done = entity != NEWS_NONE;
        }
    }
    if (!done)
        done = plain_name(w, token, &f, out);
    if (!done)
        done = unknown_group(w, token, token, &(lex_front){.owner = NEWS_NONE}, out);
    if (!done)
        return false;
    if (out->entity != NEWS_NONE) {
        const news_entity *e = &doc->entities[out->entity];
        out->kind = e->kind;
        out->place =
            out->place != NEWS_NO_PLACE && e->place == NEWS_NO_PLACE ? out->place : e->place;
        if (!(out->flags & NEWS_M_GENERIC))
            out->flags |= e->flags & (NEWS_M_PERSON | NEWS_M_MALE | NEWS_M_FEMALE);
        out->last = behind_spokesman(w, out);
    }
    return true;
}
