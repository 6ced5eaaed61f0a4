/* SPDX-License-Identifier: Apache-2.0 */
/* Reference: whom "he", "it", "they", "the agency", "the two countries", "his administration" stand
 * for. Candidates are the mentions of the last few sentences; one that fits in kind and number wins
 * by closeness, subjects and speakers before others. What nothing fits stays unresolved, or answers
 * with its own words where they describe somebody ("the transport ministry"). */
#include "news_resolve.h"

#include <string.h>

enum { STATES_MAX = 64, OPENING = 2 }; /* sentences that say what a story is about */

static bool is(const news_doc *doc, uint32_t token, const char *word)
{
    return news_is_word(doc, token, word);
}

uint32_t nr_state_of(const news_doc *doc, uint32_t entity)
{
    if (entity == NEWS_NONE)
        return NEWS_NONE;
    const news_entity *e = &doc->entities[entity];
    return e->place == NEWS_P_STATE ? entity : e->where;
}

/* The State that is named, or whose minister, ministry or force is. */
static uint32_t nation_of(const news_doc *doc, const news_mention *m)
{
    const news_entity *e = nr_entity(doc, m);
    if (e == NULL || m->flags & (NEWS_M_FLEET | NEWS_M_REFERENCE))
        return NEWS_NONE;
    if (e->place == NEWS_P_STATE)
        return m->entity;
    bool acts = e->kind == OVF_NEWS_HEAD_OF_STATE || e->kind == OVF_NEWS_MINISTER
                || e->kind == OVF_NEWS_MINISTRY || e->kind == OVF_NEWS_MILITARY
                || e->kind == OVF_NEWS_AVIATION_AUTHORITY || e->kind == OVF_NEWS_STATE
                || e->kind == OVF_NEWS_ANSP || e->kind == OVF_NEWS_POLICE;
    return acts ? e->where : NEWS_NONE;
}

/* ---- topic ---- */

/* A State counts by its name and its bodies, and by its cities where it is named at all. */
static uint32_t find_topic(const news_doc *doc)
{
    uint32_t states[STATES_MAX];
    uint32_t counts[STATES_MAX] = {0};
    bool is_named[STATES_MAX] = {0};
    size_t n = 0;
    for (uint32_t i = 0; i < doc->mention_count; i++) {
        const news_mention *m = &doc->mentions[i];
        uint32_t nation = nation_of(doc, m);
        uint32_t state = nation;
        if (state == NEWS_NONE && m->entity != NEWS_NONE && !(m->flags & NEWS_M_FLEET)
            && doc->entities[m->entity].place != NEWS_NO_PLACE)
            state = doc->entities[m->entity].where;
        if (state == NEWS_NONE)
            continue;
        size_t k = 0;
        while (k < n && states[k] != state)
            k++;
        if (k == n) {
            if (n == STATES_MAX)
                continue;
            states[n++] = state;
        }
        is_named[k] |= nation != NEWS_NONE;
        counts[k] += doc->sentence_of[m->first] < OPENING ? 2 : 1;
    }
    size_t best = n;
    for (size_t k = 0; k < n; k++) {
        if (is_named[k] && (best == n || counts[k] > counts[best]))
            best = k;
    }
    return best == n ? NEWS_NONE : states[best];
}

/* ---- candidates ---- */

static bool is_place_only(const news_entity *e, const news_mention *m)
{
    return (e->place == NEWS_P_CITY || e->place == NEWS_P_REGION || e->place == NEWS_P_FIR
            || e->place == NEWS_P_BASE)
           && !(m->flags & NEWS_M_CAPITAL
                && (m->role == NEWS_R_SUBJECT || m->role == NEWS_R_SPEAKER));
}

int nr_role_weight(uint8_t role)
{
    return role == NEWS_R_SPEAKER    ? 8
           : role == NEWS_R_SUBJECT  ? 6
           : role == NEWS_R_OBJECT   ? 2
           : role == NEWS_R_MODIFIER ? -3
                                     : 0;
}

bool nr_same_kind(uint8_t asked, uint8_t have)
{
    if (asked == have)
        return true;
    switch (asked) {
    case OVF_NEWS_AGENCY:
        return have == OVF_NEWS_AVIATION_AUTHORITY || have == OVF_NEWS_ANSP
               || have == OVF_NEWS_INTL_BODY || have == OVF_NEWS_OUTLET;
    case OVF_NEWS_AVIATION_AUTHORITY: return have == OVF_NEWS_AGENCY || have == OVF_NEWS_ANSP;
    case OVF_NEWS_ANSP: return have == OVF_NEWS_AVIATION_AUTHORITY;
    case OVF_NEWS_COMPANY:
        return have == OVF_NEWS_AIRLINE || have == OVF_NEWS_TRACKER || have == OVF_NEWS_OUTLET
               || have == OVF_NEWS_INDUSTRY_BODY;
    case OVF_NEWS_INDUSTRY_BODY: return have == OVF_NEWS_COMPANY;
    case OVF_NEWS_TRACKER: return have == OVF_NEWS_COMPANY;
    case OVF_NEWS_ARMED_GROUP: return have == OVF_NEWS_MILITARY;
    case OVF_NEWS_OFFICIAL: return have == OVF_NEWS_MINISTER;
    default: return false;
    }
}

static bool fits(const news_doc *doc, const news_mention *m, want what, uint8_t kind, uint8_t place)
{
    const news_entity *e = nr_entity(doc, m);
    if (m->flags & NEWS_M_FLEET)
        return false;
    if (what == WANT_THEY && m->flags & NEWS_M_PLURAL)
        return true;
    if (e == NULL)
        return false;
    bool is_person = (e->flags | m->flags) & NEWS_M_PERSON && !(m->flags & NEWS_M_PLURAL);
    switch (what) {
    case WANT_HE: return is_person && !(e->flags & NEWS_M_FEMALE);
    case WANT_SHE: return is_person && !(e->flags & NEWS_M_MALE);
    case WANT_IT:
        return !is_person && !(m->flags & (NEWS_M_PLURAL | NEWS_M_DEMONYM)) && !is_place_only(e, m)
               && e->kind != OVF_NEWS_OFFICIAL && e->kind != OVF_NEWS_EXPERT;
    case WANT_THEY:
        return m->flags & NEWS_M_PLURAL || e->kind == OVF_NEWS_POLICE
               || e->kind == OVF_NEWS_ARMED_GROUP || e->kind == OVF_NEWS_MILITARY;
    case WANT_PERSON: return is_person && (kind == OVF_NEWS_UNKNOWN || nr_same_kind(kind, e->kind));
    case WANT_STATE: return e->place == NEWS_P_STATE;
    case WANT_NATION: return nation_of(doc, m) != NEWS_NONE;
    case WANT_ACTOR:
        return (e->place == NEWS_P_STATE || nation_of(doc, m) != NEWS_NONE)
               && (m->role == NEWS_R_SUBJECT || m->role == NEWS_R_SPEAKER
                   || m->flags & NEWS_M_DEMONYM
                   || (m->last < doc->token_count && doc->tokens[m->last].flags & NEWS_POSS));
    case WANT_PLACE:
        return e->place == place && !(m->flags & NEWS_M_GENERIC && m->flags & NEWS_M_REFERENCE);
    default:
        if (kind == OVF_NEWS_MILITARY && e->state.len != 3)
            return false; /* "rival forces" are no army */
        return !is_person && nr_same_kind(kind, e->kind)
               && !(m->flags & (NEWS_M_PLURAL | NEWS_M_DEMONYM))
               && (e->place == NEWS_NO_PLACE || e->place == NEWS_P_AIRPORT);
    }
}

/* "Michael O'Leary, Ryanair's chief executive", "Ryanair flights": the body of that kind within. */
static uint32_t body_of(const news_doc *doc, const news_mention *m, uint8_t kind)
{
    if (!(m->flags & (NEWS_M_PERSON | NEWS_M_FLEET)) || m->last - m->first < 2
        || (kind != OVF_NEWS_AIRLINE && kind != OVF_NEWS_COMPANY && kind != OVF_NEWS_INTL_BODY))
        return NEWS_NONE;
    for (uint32_t i = m->first; i < m->last; i++) {
        const lex_hit *hit = &lex_hits_at(doc, i)[LEX_NAME];
        if (hit->len == 0 || !(doc->tokens[i].flags & NEWS_CAP))
            continue;
        ovf_str name = lex_text(lex_entity_at(lex_phrase_at(hit->row)->index)->name);
        for (uint32_t e = 0; e < doc->entity_count && e < 400; e++) {
            if (nr_same_kind(kind, doc->entities[e].kind) && doc->entities[e].place == NEWS_NO_PLACE
                && !(doc->entities[e].flags & NEWS_M_PERSON)
                && ovf_str_eq(doc->entities[e].name, name))
                return e;
        }
    }
    return NEWS_NONE;
}

sought nr_seek(const news_doc *doc, const news_mention *me, uint32_t index, want what, uint8_t kind,
               uint8_t place)
{
    uint32_t here = doc->sentence_of[me->first];
    bool is_pronoun = what <= WANT_THEY;
    uint32_t limit = is_pronoun ? BACK_PRONOUN : BACK_MENTIONS;
    sought best = {NEWS_NONE, NEWS_NONE, -1000};
    for (uint32_t i = index; i-- > 0 && index - i < limit;) {
        const news_mention *m = &doc->mentions[i];
        uint32_t away = here - doc->sentence_of[m->first];
        if (is_pronoun
            && away > (what == WANT_HE || what == WANT_SHE ? SENTENCES_PERSON : SENTENCES_PRONOUN))
            break;
        uint32_t entity = m->entity;
        if (!fits(doc, m, what, kind, place)) {
            entity = what == WANT_BODY ? body_of(doc, m, kind) : NEWS_NONE;
            if (entity == NEWS_NONE)
                continue;
        }
        int score =
            nr_role_weight(m->role) - (int)(away > 12 ? 12 : away) * 5 - (int)((index - i) / 4);
        const news_entity *e = entity == NEWS_NONE ? NULL : &doc->entities[entity];
        if (e != NULL && kind != OVF_NEWS_UNKNOWN && e->kind != kind && what == WANT_BODY)
            score -= 4;
        if (what == WANT_PLACE && (m->role == NEWS_R_SPEAKER || m->role == NEWS_R_SUBJECT))
            score += 8; /* "the airport" that does something, not one that flights go to */
        if (what == WANT_THEY && !(m->flags & NEWS_M_PLURAL))
            score -= 4;
        bool bare = !(me->flags & NEWS_M_GENERIC);
        if (is_pronoun && what != WANT_THEY && m->flags & NEWS_M_GENERIC && m->flags & NEWS_M_PERSON
            && e != NULL && e->flags & NEWS_M_GENERIC)
            score -= 6; /* "a president" rather than somebody with a name */
        if (is_pronoun && what == WANT_IT && e != NULL
            && (e->kind == OVF_NEWS_OUTLET || e->kind == OVF_NEWS_TRACKER))
            score -= 8; /* who reports is seldom who acts */
        if (is_pronoun && bare && me->role == NEWS_R_SPEAKER && m->role == NEWS_R_SPEAKER)
            score += 8; /* "it said": whoever spoke before */
        if (score > best.score)
            best = (sought){i, entity, score};
    }
    return best;
}

/* ---- answers ---- */

static uint32_t new_entity(resolver *r, ovf_str name, uint8_t kind, uint32_t state)
{
    news_doc *doc = r->doc;
    if (doc->entity_count == doc->entity_capacity) {
        void *items = doc->entities;
        size_t capacity = doc->entity_capacity;
        if (!ovf_arena_grow(doc->arena, &items, doc->entity_count, &capacity, sizeof(news_entity))
            || capacity > UINT32_MAX) {
            r->failed = true;
            return NEWS_NONE;
        }
        doc->entities = items;
        doc->entity_capacity = (uint32_t)capacity;
    }
    doc->entities[doc->entity_count] =
        (news_entity){.name = name,
                      .kind = kind,
                      .where = state,
                      .state = state != NEWS_NONE ? doc->entities[state].state : (ovf_str){0},
                      .flags = NEWS_M_GENERIC};
    return doc->entity_count++;
}

void nr_answer(const news_doc *doc, news_mention *m, uint32_t entity)
{
    m->entity = entity;
    if (entity == NEWS_NONE || doc->entities == NULL)
        return;
    m->kind = doc->entities[entity].kind;
    m->place = doc->entities[entity].place;
}

void nr_copy(news_doc *doc, news_mention *m, uint32_t from)
{
    const news_mention *other = &doc->mentions[from];
    nr_answer(doc, m, other->entity);
    m->part_count = other->part_count;
    memcpy(m->parts, other->parts, sizeof(m->parts));
    if (other->part_count > 0)
        m->flags |= NEWS_M_MULTI;
}

/* Does a name have the word, as "Directorate General of Civil Aviation" has "directorate"? */
static bool has_word(ovf_str name, ovf_str word)
{
    for (size_t at = 0; at + word.len <= name.len; at++) {
        bool begins = at == 0 || name.ptr[at - 1] == ' ';
        bool ends = at + word.len == name.len || name.ptr[at + word.len] == ' ';
        if (begins && ends && ovf_str_eq_nocase(ovf_str_sub(name, at, at + word.len), word))
            return true;
    }
    return false;
}

/* Do the last words of an entity's name stand in the mention ("defence ministry")? "The administration"
 * is the one that bears the word in its name, be it an authority. */
static uint32_t by_words(const news_doc *doc, uint32_t index)
{
    static const char *const bodies[] = {
        "administration", "department", "directorate", "institute", "organisation", "organization",
        "office",         "bureau",     "commission",  "council",   "board",        "committee",
        "association",    "command",    "agency",      "authority", "ministry",     "body",
        "federation",     "union",      "group"};
    const news_mention *me = &doc->mentions[index];
    ovf_str words = news_words(doc, me->first, me->last);
    bool is_body =
        me->last == me->first + 1 && lex_word_in(doc, me->first, bodies, OVF_COUNTOF(bodies));
    for (uint32_t i = index; i-- > 0 && index - i < BACK_MENTIONS;) {
        const news_entity *e = nr_entity(doc, &doc->mentions[i]);
        if (e == NULL || e->name.len <= words.len
            || (e->kind != me->kind && !(is_body && !(e->flags & NEWS_M_PERSON))))
            continue;
        ovf_str tail = ovf_str_tail(e->name, e->name.len - words.len);
        if (ovf_str_eq_nocase(tail, words)
            && (!is_body || e->name.ptr[e->name.len - words.len - 1] == ' '))
            return doc->mentions[i].entity;
        if (is_body && (nr_same_kind(me->kind, e->kind) || e->kind == OVF_NEWS_MINISTRY)
            && has_word(e->name, words))
            return doc->mentions[i].entity;
    }
    return NEWS_NONE;
}

static ovf_str last_word(ovf_str name)
{
    size_t at = name.len;
    while (at > 0 && name.ptr[at - 1] != ' ')
        at--;
    return ovf_str_tail(name, at);
}

/* "his administration", "its civil aviation authority", "their governments". */
static bool owned(resolver *r, uint32_t index)
{
    news_doc *doc = r->doc;
    news_mention *me = &doc->mentions[index];
    if (me->first == 0)
        return false;
    uint32_t before = me->first - 1;
    bool is_his = is(doc, before, "his") || is(doc, before, "her");
    bool is_its = is(doc, before, "its") || is(doc, before, "their");
    if (!is_his && !is_its)
        return false;
    /* "with Maduro, who his administration has called ...": not he that "who" stands for. */
    uint32_t from =
        is_his && before > 0 && is(doc, before - 1, "who") && index > 1 ? index - 1 : index;
    uint32_t at = seek(doc, from,
                       !is_his                  ? WANT_IT
                       : is(doc, before, "his") ? WANT_HE
                                                : WANT_SHE,
                       OVF_NEWS_UNKNOWN, 0);
    ovf_str words = news_words(doc, me->first, me->last);
    if (at == NEWS_NONE)
        return false;
    uint32_t owner = doc->mentions[at].entity;
    uint32_t state = nr_state_of(doc, owner);
    if (is_his && is(doc, me->last - 1, "administration")) {
        ovf_str name = ovf_arena_printf(doc->arena, OVF_FMT " administration",
                                        OVF_ARG(last_word(doc->entities[owner].name)));
        if (name.ptr == NULL)
            r->failed = true;
        nr_answer(doc, me, new_entity(r, name, OVF_NEWS_STATE, state));
        return true;
    }
    if (me->kind == OVF_NEWS_STATE && is_his && state != NEWS_NONE) {
        nr_answer(doc, me, state);
        return true;
    }
    if (state == NEWS_NONE)
        return false;
    ovf_str name = ovf_arena_printf(doc->arena, OVF_FMT "'s " OVF_FMT,
                                    OVF_ARG(doc->entities[state].name), OVF_ARG(words));
    if (name.ptr == NULL)
        r->failed = true;
    nr_answer(doc, me, new_entity(r, name, me->kind, state));
    return true;
}

/* Of whoever says the sentence: "Iceland's premier said the country had decided". */
static uint32_t speaker_state(const news_doc *doc, uint32_t index)
{
    uint32_t here = doc->sentence_of[doc->mentions[index].first];
    for (uint32_t i = index; i-- > 0 && doc->sentence_of[doc->mentions[i].first] == here;) {
        const news_entity *e = nr_entity(doc, &doc->mentions[i]);
        bool speaks = doc->mentions[i].role == NEWS_R_SPEAKER && e != NULL
                      && (e->kind == OVF_NEWS_HEAD_OF_STATE || e->kind == OVF_NEWS_MINISTER
                          || e->kind == OVF_NEWS_MINISTRY || e->kind == OVF_NEWS_STATE
                          || e->kind == OVF_NEWS_AVIATION_AUTHORITY || e->kind == OVF_NEWS_ANSP
                          || e->kind == OVF_NEWS_MILITARY || e->kind == OVF_NEWS_AGENCY);
        if (speaks && nr_state_of(doc, doc->mentions[i].entity) != NEWS_NONE)
            return nr_state_of(doc, doc->mentions[i].entity);
    }
    return NEWS_NONE;
}

/* "the country", "the airport", "the city": a place named before, or the airport of such a city. */
static void place_reference(resolver *r, uint32_t index)
{
    news_doc *doc = r->doc;
    news_mention *me = &doc->mentions[index];
    uint32_t at = NEWS_NONE;
    if (me->place == NEWS_P_STATE) {
        uint32_t own = speaker_state(doc, index);
        at = seek(doc, index, WANT_STATE, 0, 0);
        nr_answer(doc, me,
                  own != NEWS_NONE  ? own
                  : at != NEWS_NONE ? doc->mentions[at].entity
                                    : r->topic);
        return;
    }
    if (me->place != NEWS_NO_PLACE) {
        at = seek(doc, index, WANT_PLACE, 0, me->place);
        if (at == NEWS_NONE && me->place == NEWS_P_AIRPORT) { /* "the airport" of the city */
            uint32_t city = seek(doc, index, WANT_PLACE, 0, NEWS_P_CITY);
            uint32_t entity = city == NEWS_NONE ? NEWS_NONE : doc->mentions[city].entity;
            ovf_str name = city == NEWS_NONE
                               ? (ovf_str){0}
                               : ovf_arena_printf(doc->arena, OVF_FMT " airport",
                                                  OVF_ARG(doc->entities[entity].name));
            if (name.ptr == NULL)
                return;
            uint32_t airport = new_entity(r, name, OVF_NEWS_AIRPORT, doc->entities[entity].where);
            if (airport != NEWS_NONE)
                doc->entities[airport].place = NEWS_P_AIRPORT;
            nr_answer(doc, me, airport);
            return;
        }
        if (at != NEWS_NONE)
            nr_copy(doc, me, at);
    }
}

/* The State of "the army", "the government", where the last one that acted is `near`: the story's own
 * when it is named beside a foreign one or since. */
static uint32_t home_of(const resolver *r, uint32_t index, uint32_t near)
{
    const news_doc *doc = r->doc;
    uint32_t state = near == NEWS_NONE ? NEWS_NONE : nr_state_of(doc, doc->mentions[near].entity);
    if (state == NEWS_NONE || state == r->topic || r->topic == NEWS_NONE)
        return state == NEWS_NONE ? r->topic : state;
    uint32_t there = doc->sentence_of[doc->mentions[near].first];
    if (there == doc->sentence_of[doc->mentions[index].first])
        return state;
    for (uint32_t i = index; i-- > 0 && doc->sentence_of[doc->mentions[i].first] >= there;) {
        if (nation_of(doc, &doc->mentions[i]) == r->topic)
            return r->topic;
    }
    return state;
}

/* "the president", "the minister" */
static void definite_person(resolver *r, uint32_t index, ovf_str words)
{
    news_doc *doc = r->doc;
    news_mention *me = &doc->mentions[index];
    uint32_t at = seek(doc, index, WANT_PERSON, me->kind, 0);
    if (at == NEWS_NONE && me->kind == OVF_NEWS_OFFICIAL)
        at = seek(doc, index, WANT_PERSON, OVF_NEWS_UNKNOWN, 0);
    if (at != NEWS_NONE)
        nr_copy(doc, me, at);
    else
        nr_answer(doc, me, new_entity(r, words, me->kind, r->topic));
}

/* "the government", "the presidency" */
static void definite_state(resolver *r, uint32_t index, bool is_one_word)
{
    news_doc *doc = r->doc;
    news_mention *me = &doc->mentions[index];
    uint32_t at = is_one_word ? seek(doc, index, WANT_BODY, me->kind, 0) : NEWS_NONE;
    uint32_t state = seek(doc, index, WANT_ACTOR, 0, 0);
    if (state == NEWS_NONE)
        state = seek(doc, index, WANT_STATE, 0, 0);
    if (at != NEWS_NONE && (state == NEWS_NONE || at > state))
        nr_copy(doc, me, at);
    else
        nr_answer(doc, me, home_of(r, index, state));
}

/* "the agency", "the airline", "the army" */
static void definite_body(resolver *r, uint32_t index, ovf_str words, bool is_one_word)
{
    news_doc *doc = r->doc;
    news_mention *me = &doc->mentions[index];
    uint8_t kind = me->kind;
    uint32_t at = NEWS_NONE;
    bool is_telling = kind == OVF_NEWS_MINISTRY || kind == OVF_NEWS_MILITARY
                      || kind == OVF_NEWS_LEGISLATURE || kind == OVF_NEWS_POLICE
                      || kind == OVF_NEWS_COURT;
    sought body_sought = {NEWS_NONE, NEWS_NONE, 0};
    if (is_one_word || !is_telling)
        body_sought = nr_seek(doc, me, index, WANT_BODY, kind, 0);
    at = body_sought.mention;
    /* "Qatar reopened its airspace, the civil aviation authority said": no other State's authority */
    if (at != NEWS_NONE
        && (kind == OVF_NEWS_AVIATION_AUTHORITY || kind == OVF_NEWS_ANSP
            || kind == OVF_NEWS_MINISTRY)
        && doc->sentence_of[doc->mentions[at].first] != doc->sentence_of[me->first]) {
        uint32_t here = seek(doc, index, WANT_STATE, 0, 0);
        const news_mention *state = here == NEWS_NONE ? NULL : &doc->mentions[here];
        const news_entity *body = nr_entity(doc, &doc->mentions[at]);
        if (state != NULL && !(state->flags & NEWS_M_DEMONYM) && state->role == NEWS_R_SUBJECT
            && doc->sentence_of[state->first] == doc->sentence_of[me->first] && body != NULL
            && !ovf_str_eq(body->state, doc->entities[state->entity].code))
            at = NEWS_NONE;
    }
    if (at != NEWS_NONE && body_sought.entity != doc->mentions[at].entity) {
        nr_answer(doc, me, body_sought.entity);
        return;
    }
    if (at != NEWS_NONE) {
        nr_copy(doc, me, at);
        return;
    }
    for (uint32_t i = index; kind == OVF_NEWS_AIRLINE && i-- > 0 && index - i < BACK_PRONOUN;) {
        uint32_t owner = news_fleet_owner(doc, &doc->mentions[i]);
        if (owner != NEWS_NONE) { /* "Qatar Airways flights ..., the airline said" */
            nr_answer(doc, me, owner);
            return;
        }
    }
    /* "the army" of the State that is spoken of */
    uint32_t near = seek(doc, index, WANT_NATION, 0, 0);
    uint32_t state = home_of(r, index, near);
    bool is_of_state = is_telling || kind == OVF_NEWS_AVIATION_AUTHORITY || kind == OVF_NEWS_ANSP;
    if (is_of_state && kind != OVF_NEWS_COURT && state != NEWS_NONE) {
        words = ovf_arena_printf(doc->arena, OVF_FMT "'s " OVF_FMT,
                                 OVF_ARG(doc->entities[state].name), OVF_ARG(words));
        if (words.ptr == NULL)
            r->failed = true;
    }
    nr_answer(doc, me, new_entity(r, words, kind, state));
}

/* "the agency", "the country", "the airport", "the president". */
static void definite(resolver *r, uint32_t index)
{
    news_doc *doc = r->doc;
    news_mention *me = &doc->mentions[index];
    uint8_t kind = me->kind;
    uint32_t first = me->first;
    for (uint32_t t = me->first; t + 1 < me->last; t++) { /* "a spokesman for the bloc": the bloc */
        if ((is(doc, t, "for") || is(doc, t, "of") || is(doc, t, "at") || is(doc, t, "from")
             || is(doc, t, "with"))
            && lex_is_determiner(doc, t + 1))
            first = t + 2;
    }
    ovf_str words = news_words(doc, first < me->last ? first : me->first, me->last);
    if (kind == OVF_NEWS_UNKNOWN && me->place == NEWS_NO_PLACE
        && !(me->flags & NEWS_M_PERSON)) { /* "its acting head" */
        uint32_t at = seek(doc, index, WANT_IT, OVF_NEWS_UNKNOWN, 0);
        if (at != NEWS_NONE)
            nr_copy(doc, me, at);
        else
            nr_answer(doc, me, new_entity(r, words, OVF_NEWS_OFFICIAL, r->topic));
        return;
    }
    if (me->flags & NEWS_M_PERSON) {
        definite_person(r, index, words);
        return;
    }
    if (owned(r, index))
        return;
    if (me->place != NEWS_NO_PLACE) {
        place_reference(r, index);
        return;
    }
    bool is_one_word = ovf_str_find(words, 0, OVF_STR(" ")) == OVF_NOPOS;
    uint32_t known = by_words(doc, index);
    if (known != NEWS_NONE) {
        nr_answer(doc, me, known);
        return;
    }
    static const char *const by_name[] = {"department", "directorate", "bureau"};
    if (is_one_word && lex_word_in(doc, me->first, by_name, OVF_COUNTOF(by_name)))
        return; /* only the one that bears the word */
    if (kind == OVF_NEWS_STATE && (is_one_word || r->topic != NEWS_NONE))
        definite_state(r, index, is_one_word);
    else
        definite_body(r, index, words, is_one_word);
}

static void pronoun(resolver *r, uint32_t index)
{
    news_doc *doc = r->doc;
    news_mention *me = &doc->mentions[index];
    want what = me->flags & NEWS_M_FEMALE   ? WANT_SHE
                : me->flags & NEWS_M_PERSON ? WANT_HE
                : me->flags & NEWS_M_PLURAL ? WANT_THEY
                                            : WANT_IT;
    if (what == WANT_IT && nr_former_or_latter(doc, index))
        return;
    sought best = nr_seek(doc, me, index, what, OVF_NEWS_UNKNOWN, 0);
    if (what == WANT_THEY && nr_they(doc, index, best.score))
        return;
    uint32_t at = best.mention;
    if (at == NEWS_NONE && what == WANT_THEY)
        at = seek(doc, index, WANT_IT, OVF_NEWS_UNKNOWN, 0);
    if (at != NEWS_NONE)
        nr_copy(doc, me, at);
}

/* "the Pakistani flag carrier", "Poland's national airline": the one of that State that is named. */
static bool is_flag_carrier(const news_doc *doc, const news_mention *m)
{
    const news_entity *e = nr_entity(doc, m);
    if (e == NULL || e->kind != OVF_NEWS_AIRLINE || !(m->flags & NEWS_M_GENERIC)
        || m->flags & (NEWS_M_PLURAL | NEWS_M_FLEET) || e->state.len != 3)
        return false;
    return is(doc, m->last - 1, "carrier") || is(doc, m->last - 1, "airline");
}

/* "the UN agency", "the U.N. body": the one that was named before. */
static bool is_un_agency(const news_doc *doc, const news_mention *m)
{
    const news_entity *e = nr_entity(doc, m);
    bool un = is(doc, m->first, "un") || is(doc, m->first, "u.n.") || is(doc, m->first, "united");
    return e != NULL && m->flags & NEWS_M_GENERIC
           && (e->kind == OVF_NEWS_INTL_BODY || (un && e->kind == OVF_NEWS_AGENCY))
           && !(m->flags & NEWS_M_PLURAL) && m->first > 0 && is(doc, m->first - 1, "the")
           && (is(doc, m->last - 1, "agency") || is(doc, m->last - 1, "body"));
}

static uint32_t airline_of(const news_doc *doc, const news_mention *m)
{
    ovf_str iso3 = doc->entities[m->entity].state;
    for (uint32_t i = 0; i < doc->mention_count; i++) {
        const news_entity *e = nr_entity(doc, &doc->mentions[i]);
        if (e != NULL && e->kind == OVF_NEWS_AIRLINE && !(e->flags & NEWS_M_GENERIC)
            && !(doc->mentions[i].flags & NEWS_M_GENERIC) && ovf_str_eq(e->state, iso3))
            return doc->mentions[i].entity;
    }
    return m->entity;
}

/* "Brussels adopted the ban": the European Union, where the text has named it. */
static uint32_t union_of(const news_doc *doc, const news_mention *m)
{
    if (!is(doc, m->first, "brussels") || m->last != m->first + 1)
        return NEWS_NONE;
    for (uint32_t i = 0; i < doc->entity_count && i < 400; i++) {
        if (doc->entities[i].kind == OVF_NEWS_INTL_BODY
            && ovf_str_eq(doc->entities[i].name, OVF_STR("European Union")))
            return i;
    }
    return NEWS_NONE;
}

bool ovf_news_resolve(news_doc *doc)
{
    resolver r = {.doc = doc, .topic = find_topic(doc)};
    for (uint32_t i = 0; i < doc->mention_count && !r.failed; i++) {
        news_mention *m = &doc->mentions[i];
        bool acts = m->role == NEWS_R_SUBJECT || m->role == NEWS_R_SPEAKER;
        if (m->flags & NEWS_M_CAPITAL && acts && m->entity != NEWS_NONE
            && doc->entities[m->entity].where != NEWS_NONE)
            nr_answer(doc, m,
                      union_of(doc, m) != NEWS_NONE
                          ? union_of(doc, m)
                          : doc->entities[m->entity].where); /* "Moscow said" */
        if (is_flag_carrier(doc, m))
            nr_answer(doc, m, airline_of(doc, m));
        uint32_t described = nr_described(doc, i);
        if (described != NEWS_NONE)
            nr_answer(doc, m, described);
        if (is_un_agency(doc, m)) {
            uint32_t at = seek(doc, i, WANT_BODY, OVF_NEWS_INTL_BODY, 0);
            if (at != NEWS_NONE)
                nr_copy(doc, m, at);
        }
        if (!(m->flags & NEWS_M_REFERENCE) || m->entity != NEWS_NONE)
            continue;
        if (m->last == m->first + 1 && !(m->flags & (NEWS_M_GENERIC | NEWS_M_MULTI)))
            pronoun(&r, i);
        else if (m->flags & (NEWS_M_MULTI | NEWS_M_PLURAL))
            nr_several(&r, i);
        else
            definite(&r, i);
        if (m->entity == NEWS_NONE && m->flags & NEWS_M_GENERIC && m->flags & NEWS_M_PLURAL)
            nr_answer(doc, m,
                      new_entity(&r, news_words(doc, m->first, m->last), m->kind, NEWS_NONE));
    }
    return !r.failed;
}
