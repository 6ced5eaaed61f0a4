/* SPDX-License-Identifier: Apache-2.0 */
/* From a draft to a statement: evidence, speaker, area, time, count, instrument, and on whose word. */
#include "news_fill.h"

#include "news_lexicon.h"

#include <string.h>

/* ---- speaker ---- */

static bool is_first_person(const filler *f, uint16_t ng)
{
    static const char *const words[] = {"we", "i", "us", "our", "my"};
    if (ng == NO_CHUNK)
        return false;
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (news_is_word(doc_of(f), chunk(f, ng)->first, words[i]))
            return true;
    }
    return false;
}

static void set_speaker(filler *f, const news_who *who)
{
    f->s->speaker = who->name;
    f->s->speaker_kind = (ovf_news_kind)who->kind;
    f->s->speaker_state = who->state;
    f->s->speaker_at = who->at;
    f->speaker = who->entity;
}

static news_who who_of_entity(const filler *f, uint32_t entity)
{
    const news_entity *e = &doc_of(f)->entities[entity];
    return (news_who){
        .name = e->name, .state = e->state, .kind = e->kind, .entity = entity, .found = true};
}

/* A group of people or an office that no table names: its own words. */
static news_who own_words(const filler *f, uint16_t ng)
{
    news_who who = {.entity = NEWS_NONE};
    if (ng == NO_CHUNK || chunk(f, ng)->kind != CH_NG || f->c->tags[chunk(f, ng)->head] == TAG_PRON)
        return who;
    const news_chunk *g = chunk(f, ng);
    uint32_t first = g->first;
    while (first < g->last && f->c->tags[first] == TAG_DET)
        first++;
    if (first >= g->last || f->c->tags[g->head] == TAG_NUM
        || (f->c->tags[g->head] == TAG_ADJ && g->last == first + 1))
        return who;
    uint32_t last = g->last;
    if (ng + 2 < f->c->count && chunk(f, (uint16_t)(ng + 1))->kind == CH_PREP
        && chunk(f, (uint16_t)(ng + 2))->kind == CH_NG
        && (NEWS_IS(doc_of(f), g->last, "of") || NEWS_IS(doc_of(f), g->last, "at")
            || NEWS_IS(doc_of(f), g->last, "in"))
        && doc_of(f)->tokens[chunk(f, (uint16_t)(ng + 2))->head].flags & NEWS_CAP)
        last = chunk(f, (uint16_t)(ng + 2))->last; /* "a lecturer at the University of Leiden" */
    for (uint32_t i = g->head + 1; i-- > first && who.kind == OVF_NEWS_UNKNOWN;) {
        const lex_hit *hit = &lex_hits_at(doc_of(f), i)[LEX_HEAD]; /* "a number of airlines" */
        if (hit->len == 0 || i + hit->len > last)
            continue;
        const struct lex_head *head = lex_head_at(lex_phrase_at(hit->row)->index);
        if (head->kind < OVF_NEWS_KIND_COUNT && head->kind != OVF_NEWS_NATURAL
            && !lex_head_has(head, 'f'))
            who.kind = head->kind;
    }
    who.name = news_words(doc_of(f), first, last);
    who.found = who.name.len > 0;
    who.at = span_of(doc_of(f), first, g->last);
    return who;
}

static bool has_name(const filler *f, uint16_t ng)
{
    for (uint32_t i = chunk(f, ng)->first; i < chunk(f, ng)->last; i++) {
        uint16_t flags = doc_of(f)->tokens[i].flags;
        if (flags & NEWS_DIGIT || (flags & NEWS_CAP && !(flags & NEWS_SENTENCE)))
            return true;
        if (doc_of(f)->mention_at != NULL && doc_of(f)->mention_at[i] != NEWS_NONE
            && doc_of(f)->mentions[doc_of(f)->mention_at[i]].flags & NEWS_M_DEMONYM)
            return true;
    }
    return false;
}

static void find_source(filler *f)
{
    const news_draft *d = f->d;
    f->source = NEWS_NONE;
    if (d->says != NO_CHUNK) {
        const news_chunk *say = chunk(f, d->says);
        for (int i = 0; i < 3 && say->kind == CH_VG && say->subject != NO_CHUNK
                        && is_first_person(f, say->subject) && say->says != NO_CHUNK
                        && chunk(f, say->says) != say;
             i++)
            say = chunk(f, say->says); /* "I've told him that we close", Trump said */
        uint16_t ng = say->subject;
        if (say->kind == CH_VG && say->flags & VG_PASSIVE && !news_vg_is(f->c, d->says, "quote")
            && !news_vg_is(f->c, d->says, "cite"))
            ng = say->agent; /* "operators are reminded that": not by the operators */
        f->source_who = news_who_is(f->c, ng, doc_of(f)->arena);
        if (!f->source_who.found)
            f->source_who = own_words(f, ng);
        f->source = f->source_who.entity;
        return;
    }
    if (d->source_entity != NEWS_NONE) {
        f->source_who = who_of_entity(f, d->source_entity);
        f->source = d->source_entity;
    }
}

/* A place cannot issue anything but as a capital or a State; an airport or its State may close it. */
static bool can_perform(const filler *f, const news_who *who)
{
    if (who->kind == OVF_NEWS_NATURAL)
        return f->d->act == OVF_ACT_INCIDENT;
    OVF_UNUSED(f);
    return who->name.len > 0;
}

/* "war closes skies", "drones shut the airport", "ash grounds flights": what happens issues nothing. */
static bool is_event(const filler *f, uint16_t ng)
{
    static const char *const words[] = {
        "war",       "conflict",   "fighting",  "crisis",     "violence", "unrest",
        "storm",     "weather",    "ash",       "snow",       "fog",      "tension",
        "tensions",  "fears",      "concerns",  "sightings",  "sighting", "outage",
        "blackout",  "strike",     "strikes",   "attack",     "attacks",  "threat",
        "threats",   "explosion",  "fire",      "failure",    "eruption", "coup",
        "shooting",  "escalation", "shelling",  "scare",      "chaos",    "clashes",
        "incident",  "incidents",  "drill",     "drills",     "exercise", "exercises",
        "emergency", "row",        "dispute",   "glitch",     "protest",  "protests",
        "bombing",   "wind",       "winds",     "gale",       "gales",    "cyclone",
        "flood",     "floods",     "flooding",  "heat",       "rain",     "rains",
        "sandstorm", "dust",       "quake",     "earthquake", "tsunami",  "pandemic",
        "virus",     "walkout",    "walkouts",  "failures",   "cut",      "cuts",
        "closures",  "closure",    "collision", "crash",      "accident", "raid",
        "raids",     "decision",   "decisions", "move",       "measure",  "resolution"};
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (news_is_word(doc_of(f), chunk(f, ng)->head, words[i]))
            return true;
    }
    return false;
}

static bool names_agents(const filler *f, uint16_t ng)
{
    uint8_t k = news_lex(doc_of(f), chunk(f, ng)->head)->noun;
    bool closing = f->d->act == OVF_ACT_DECLARE_CLOSED || f->d->act == OVF_ACT_REOPEN
                   || f->d->act == OVF_ACT_PROHIBIT || f->d->act == OVF_ACT_SUSPEND_SERVICE;
    if (closing
        && (k == NN_PLANE || k == NN_WEAPON || k == NN_VOLCANO || k == NN_HAZARD
            || is_event(f, ng)))
        return false;
    return k == NN_NONE || k == NN_PEOPLE || k == NN_CARRIER || k == NN_PLANE || k == NN_WEAPON
           || k == NN_FORCE || k == NN_VOLCANO || k == NN_POWER;
}

/* "announced that", "decided that", "declared that": saying it makes it so. */
static bool makes_law(const filler *f, uint16_t v)
{
    static const char *const bases[] = {"announce", "decide", "declare", "decree",
                                        "rule",     "order",  "proclaim"};
    for (size_t i = 0; i < OVF_COUNTOF(bases); i++) {
        if (news_vg_is(f->c, v, bases[i]))
            return true;
    }
    return false;
}

/* No issuer is named, but whoever says it speaks of his own: an airline of flights, anybody of "its
 * airspace", an airport of its closing. */
static bool speaks_for_itself(const filler *f)
{
    const news_draft *d = f->d;
    if (d->speaker != NO_CHUNK)
        return false;
    bool takes = d->act == OVF_ACT_REVOKE_PERMISSION; /* "its licence": not the one who takes it */
    if (!takes
        && (news_says_own(f, d->place) || news_says_own(f, d->target)
            || is_first_person(f, d->target) || is_first_person(f, d->place)))
        return true;
    bool rules = d->act == OVF_ACT_PROHIBIT || d->act == OVF_ACT_GRANT_PERMISSION;
    for (uint16_t k = d->from; rules && k < d->until && k < f->c->count; k++) {
        if (chunk(f, k)->kind == CH_NG && news_says_own(f, k)
            && news_lex(doc_of(f), chunk(f, k)->head)->noun == NN_AIR)
            return true; /* "no military plane was let through its airspace" */
    }
    bool service = d->act == OVF_ACT_SUSPEND_SERVICE || d->act == OVF_ACT_RESUME_SERVICE
                   || d->act == OVF_ACT_DIVERT;
    if (service && d->act == OVF_ACT_SUSPEND_SERVICE && d->says != NO_CHUNK
        && chunk(f, d->says)->kind == CH_VG && d->says != d->vg && makes_law(f, d->says)
        && f->source_who.kind != OVF_NEWS_OUTLET && f->source_who.kind != OVF_NEWS_TRACKER)
        return true; /* "announced that all flights are suspended" */
    if (service)     /* "Dubai Airports said operations had resumed" */
        return f->source_who.kind == OVF_NEWS_AIRLINE
               || (d->act == OVF_ACT_RESUME_SERVICE && f->source_who.kind == OVF_NEWS_AIRPORT);
    bool closing = d->act == OVF_ACT_DECLARE_CLOSED || d->act == OVF_ACT_REOPEN;
    if (d->says != NO_CHUNK && chunk(f, d->says)->kind == CH_VG && d->says != d->vg
        && (closing || d->act == OVF_ACT_PROHIBIT) && makes_law(f, d->says))
        return true;
    if (closing && f->source_who.kind == OVF_NEWS_AIRPORT)
        return true;
    if (d->says != NO_CHUNK && chunk(f, d->says)->kind == CH_COLON
        && (closing || d->act == OVF_ACT_PROHIBIT) && f->source_who.kind == OVF_NEWS_STATE
        && (d->place == NO_CHUNK || news_entity_of(f->c, d->place) == NEWS_NONE))
        return true; /* "Jordan: airspace closed to all flights" */
    bool unnamed = d->place != NO_CHUNK && news_entity_of(f->c, d->place) == NEWS_NONE
                   && NEWS_IS(doc_of(f), chunk(f, d->place)->first, "the");
    if (f->source_who.kind == OVF_NEWS_STATE && closing && unnamed)
        return true; /* "the government said the airspace had been closed" */
    bool regulates = f->source_who.kind == OVF_NEWS_AVIATION_AUTHORITY
                     || f->source_who.kind == OVF_NEWS_MINISTRY
                     || (f->source_who.kind == OVF_NEWS_MINISTER && d->act == OVF_ACT_REOPEN);
    return regulates
           && (closing || d->act == OVF_ACT_PROHIBIT || d->act == OVF_ACT_WARN
               || d->act == OVF_ACT_EXEMPT || d->act == OVF_ACT_REVOKE_PERMISSION);
}

static bool is_agent(const filler *f)
{
    return f->d->vg != NO_CHUNK && chunk(f, f->d->vg)->kind == CH_VG
           && chunk(f, f->d->vg)->agent == f->d->speaker;
}

/* "Canada's airspace is closed, the transport minister wrote": Canada closes it, by its minister. */
static uint32_t owner_state(const filler *f)
{
    const news_draft *d = f->d;
    const news_doc *doc = doc_of(f);
    if (d->speaker != NO_CHUNK || d->place == NO_CHUNK || f->source == NEWS_NONE
        || doc->mention_at == NULL
        || (d->act != OVF_ACT_DECLARE_CLOSED && d->act != OVF_ACT_REOPEN
            && d->act != OVF_ACT_PROHIBIT && d->act != OVF_ACT_EXEMPT))
        return NEWS_NONE;
    uint32_t m = doc->mention_at[chunk(f, d->place)->first];
    if (m == NEWS_NONE || doc->mentions[m].entity == NEWS_NONE)
        return NEWS_NONE;
    uint32_t e = doc->mentions[m].entity;
    bool possessed =
        doc->mentions[m].last < doc->token_count && f->c->tags[doc->mentions[m].last] == TAG_POSS;
    if (!possessed || doc->entities[e].place != NEWS_P_STATE)
        return NEWS_NONE;
    return ovf_str_eq(doc->entities[f->source].state, doc->entities[e].code)
                   || news_state_of(f, f->source) == e
               ? e
               : NEWS_NONE;
}

/* "Finland and Estonia said they would close", "the ministry said it had barred": the pronoun that
 * opens what is said is whoever says it. */
static bool says_of_itself(const filler *f)
{
    const news_draft *d = f->d;
    if (d->says == NO_CHUNK || d->says == d->vg || !f->source_who.found || d->says >= d->speaker)
        return false;
    uint32_t t = chunk(f, d->speaker)->first;
    const news_chunk *say = chunk(f, d->says);
    if (say->kind != CH_VG || say->content_from != d->speaker || say->subject == NO_CHUNK)
        return false;
    uint8_t k = f->source_who.kind;
    bool person = k == OVF_NEWS_HEAD_OF_STATE || k == OVF_NEWS_MINISTER || k == OVF_NEWS_OFFICIAL
                  || k == OVF_NEWS_EXPERT || k == OVF_NEWS_UNKNOWN;
    if (NEWS_IS(doc_of(f), t, "it"))
        return !person;
    return NEWS_IS(doc_of(f), t, "they")
           && (!person || ovf_str_find(f->source_who.name, 0, OVF_STR(" and ")) != OVF_NOPOS);
}

/* "Its aircraft turned around", "one of its flights was cancelled": the airline whose they are. */
static uint32_t owner_of_fleet(const filler *f)
{
    const uint16_t groups[] = {f->d->speaker, f->d->target};
    for (size_t i = 0; i < OVF_COUNTOF(groups); i++) {
        uint16_t ng = groups[i];
        if (ng == NO_CHUNK)
            continue;
        if (ng + 2 < f->c->count && NEWS_IS(doc_of(f), chunk(f, ng)->last, "of")
            && news_says_own(f, (uint16_t)(ng + 2)))
            ng = (uint16_t)(ng + 2);
        uint32_t owner =
            news_says_own(f, ng) ? news_owner_at(doc_of(f), chunk(f, ng)->first) : NEWS_NONE;
        if (owner != NEWS_NONE && doc_of(f)->entities[owner].kind == OVF_NEWS_AIRLINE)
            return owner;
    }
    return NEWS_NONE;
}

static void fill_speaker(filler *f)
{
    const news_draft *d = f->d;
    if (d->by_article) {
        if (f->source != NEWS_NONE || f->source_who.found)
            set_speaker(f, &f->source_who);
        else {
            f->s->speaker = OVF_STR("article");
            f->s->speaker_kind = OVF_NEWS_OUTLET;
        }
        return;
    }
    news_who who = {.entity = NEWS_NONE};
    if (d->speaker_entity != NEWS_NONE)
        who = who_of_entity(f, d->speaker_entity);
    else if (d->speaker != NO_CHUNK)
        who = news_who_is(f->c, d->speaker, doc_of(f)->arena);
    if (d->speaker != NO_CHUNK && is_first_person(f, d->speaker) && f->source_who.found)
        who = f->source_who;
    /* "X said it had closed": who else, where nothing better is known */
    if (!who.found && d->speaker != NO_CHUNK && f->c->tags[chunk(f, d->speaker)->head] == TAG_PRON
        && f->source_who.found)
        who = f->source_who;
    if (d->speaker != NO_CHUNK && says_of_itself(f))
        who = f->source_who;
    bool imperative = d->vg != NO_CHUNK && d->speaker == NO_CHUNK
                      && d->modality == OVF_NEWS_DIRECTIVE
                      && !(chunk(f, d->vg)->flags & VG_PASSIVE && chunk(f, d->vg)->flags & VG_DUTY);
    uint32_t owner = who.found ? NEWS_NONE : owner_state(f);
    bool serves = d->act == OVF_ACT_SUSPEND_SERVICE || d->act == OVF_ACT_RESUME_SERVICE
                  || d->act == OVF_ACT_DIVERT;
    if (owner == NEWS_NONE && !who.found && serves)
        owner = owner_of_fleet(f);
    if (owner != NEWS_NONE)
        who = who_of_entity(f, owner);
    if (!who.found && f->source_who.found && (imperative || speaks_for_itself(f)))
        who = f->source_who;
    if (!who.found && d->speaker != NO_CHUNK && names_agents(f, d->speaker)
        && !(is_agent(f) && news_lex(doc_of(f), chunk(f, d->speaker)->head)->noun == NN_WEAPON))
        who = own_words(f, d->speaker);
    if (who.found && who.entity == NEWS_NONE && d->act == OVF_ACT_INCIDENT
        && !has_name(f, d->speaker))
        who.found = false; /* "drones were seen", "balloons drifted in": nobody's */
    const news_mention *m = d->speaker == NO_CHUNK ? NULL : news_head_mention(f->c, d->speaker);
    uint32_t carrier = serves && !who.found && d->target != NO_CHUNK
                           ? news_fleet_owner(doc_of(f), news_head_mention(f->c, d->target))
                           : NEWS_NONE;
    if (carrier != NEWS_NONE)
        who = who_of_entity(f, carrier);
    if (who.found && serves && who.kind == OVF_NEWS_STATE && m != NULL
        && m->flags & NEWS_M_DEMONYM) {
        who.name = news_words(doc_of(f), m->first, m->last); /* "Swiss suspends" */
        who.kind = OVF_NEWS_AIRLINE;
    }
    /* "flights were sent to X", "X said some flights would be longer": the airline's, when it speaks */
    bool fleet = m != NULL && m->flags & NEWS_M_FLEET && m->flags & NEWS_M_GENERIC
                 && m->kind == OVF_NEWS_AIRLINE && d->speaker != NO_CHUNK
                 && !has_name(f, d->speaker);
    if (serves && fleet)
        who = f->source_who.kind == OVF_NEWS_AIRLINE ? f->source_who
                                                     : (news_who){.entity = NEWS_NONE};
    if (who.found && can_perform(f, &who))
        set_speaker(f, &who);
}

/* ---- evidence ---- */

static bool is_edge(news_tag tag)
{
    return tag == TAG_COMMA || tag == TAG_CONJ || tag == TAG_SUB || tag == TAG_SEMI
           || tag == TAG_DASH || tag == TAG_COLON || tag == TAG_WH || tag == TAG_RPAREN;
}

/* "Jordan, which lies between, closed its airspace": the subject in front of a relative clause. */
static uint16_t front_of(const filler *f)
{
    uint16_t v = f->d->vg;
    if (v == NO_CHUNK || f->d->from != v || chunk(f, v)->kind != CH_VG)
        return f->d->from;
    uint16_t s = chunk(f, v)->subject;
    if (s == NO_CHUNK || s >= v)
        return f->d->from;
    for (uint16_t k = s; k < v; k++) {
        const news_chunk *g = chunk(f, k);
        if (g->kind == CH_VG && g->flags & VG_FINITE
            && (k == 0 || chunk(f, (uint16_t)(k - 1))->kind != CH_WH))
            return f->d->from;
    }
    return s;
}

static void fill_evidence(filler *f)
{
    const news_draft *d = f->d;
    const news_doc *doc = doc_of(f);
    uint16_t from = front_of(f);
    uint16_t until = d->until > from ? d->until : (uint16_t)(from + 1);
    bool own_word = d->says != NO_CHUNK && d->says != d->vg && f->speaker != NEWS_NONE
                    && f->speaker == f->source;
    if (own_word) {
        const news_chunk *say = chunk(f, d->says);
        uint16_t say_until = say->until > say->from ? say->until : (uint16_t)(d->says + 1);
        if (say->subject != NO_CHUNK && say->subject >= say_until && say->subject < d->says + 3)
            say_until = (uint16_t)(say->subject + 1);
        from = say->from < from ? say->from : from;
        until = say_until > until ? say_until : until;
    }
    if (until > f->c->count)
        until = f->c->count;
    f->first = chunk(f, from)->first;
    f->last = chunk(f, (uint16_t)(until - 1))->last;
    while (f->first + 1 < f->last && is_edge((news_tag)f->c->tags[f->first]))
        f->first++;
    while (f->last > f->first + 1
           && (is_edge((news_tag)f->c->tags[f->last - 1]) || (f->c->tags[f->last - 1] == TAG_STOP)))
        f->last--;
    /* quotation marks that belong to it on both sides */
    const news_sentence *s = &doc->sentences[f->c->sentence];
    if (f->first > s->first && doc->tokens[f->first - 1].flags & NEWS_OPEN)
        f->first--;
    uint32_t k = f->last;
    while (k < s->last && k < f->last + 2
           && (f->c->tags[k] == TAG_COMMA || f->c->tags[k] == TAG_STOP))
        k++;
    if (k < s->last && doc->tokens[k].flags & NEWS_CLOSE)
        f->last = k + 1;
    f->s->evidence = span_of(doc, f->first, f->last);
    if (d->vg != NO_CHUNK)
        f->s->trigger = span_of(doc, chunk(f, d->vg)->head, chunk(f, d->vg)->head + 1);
}

/* ---- time, count, instrument ---- */

static void use_time(filler *f, const news_time *t)
{
    ovf_news_days days = t->days;
    bool ahead = f->s->modality == OVF_NEWS_PLANNED || t->kind == NEWS_T_UNTIL;
    if (ahead && t->next.from != OVF_NEWS_NO_DAY && t->next.until != OVF_NEWS_NO_DAY
        && (t->next.from != 0 || t->next.until != 0))
        days = t->next;
    uint8_t kind = t->kind;
    bool extends = f->d->vg != NO_CHUNK && chunk(f, f->d->vg)->kind == CH_VG
                   && news_vg_class(f->c, f->d->vg) == NV_EXTEND;
    if (extends && kind == NEWS_T_DATE && t->first > 0
        && (NEWS_IS(doc_of(f), t->first - 1, "to") || NEWS_IS(doc_of(f), t->first, "to"))) {
        kind = NEWS_T_UNTIL; /* "extended the suspension to November 30" */
        days = t->next.from != OVF_NEWS_NO_DAY && t->next.from != 0 ? t->next : days;
    }
    switch (kind) {
    case NEWS_T_DATE:
    case NEWS_T_SINCE:
        if (f->s->date.from == OVF_NEWS_NO_DAY && f->s->date.until == OVF_NEWS_NO_DAY) {
            f->s->date = days;
            f->s->is_date_loose = t->is_loose;
            f->s->date_at = span_of(doc_of(f), t->first, t->last);
        }
        break;
    case NEWS_T_UNTIL:
        if (f->s->valid.until == OVF_NEWS_NO_DAY)
            f->s->valid.until = days.until;
        break;
    case NEWS_T_FROM:
        if (f->s->valid.from == OVF_NEWS_NO_DAY)
            f->s->valid.from = days.from;
        break;
    case NEWS_T_BOTH:
        if (f->s->valid.from == OVF_NEWS_NO_DAY && f->s->valid.until == OVF_NEWS_NO_DAY)
            f->s->valid = days;
        break;
    default: break;
    }
}

/* First time of the list that ends behind `token`. */
static uint32_t first_time(const news_doc *doc, uint32_t token)
{
    uint32_t low = 0;
    uint32_t high = doc->time_count;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (doc->times[mid].last <= token)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void times_in(filler *f, uint32_t first, uint32_t last)
{
    const news_doc *doc = doc_of(f);
    for (uint32_t i = first_time(doc, first); i < doc->time_count && doc->times[i].first < last;
         i++)
        use_time(f, &doc->times[i]);
}

/* Tokens of the clause of a verb, and a time in front of it: "On Friday, Iran closed". */
static void times_of_clause(filler *f, uint16_t v)
{
    const news_chunk *g = chunk(f, v);
    uint16_t from = g->from;
    uint16_t until = g->until > from ? g->until : (uint16_t)(from + 1);
    if (until > f->c->count)
        until = f->c->count;
    times_in(f, chunk(f, from)->first, chunk(f, (uint16_t)(until - 1))->last);
    for (int n = 0; n < 3 && from > 0; n++) {
        from--;
        uint8_t k = chunk(f, from)->kind;
        if (k == CH_TIME)
            times_in(f, chunk(f, from)->first, chunk(f, from)->last);
        if (k != CH_TIME && k != CH_COMMA && k != CH_ADV)
            break;
    }
}

static void fill_times(filler *f)
{
    const news_draft *d = f->d;
    if (d->vg != NO_CHUNK && chunk(f, d->vg)->kind == CH_VG)
        times_of_clause(f, d->vg);
    if (d->until > d->from)
        times_in(f, chunk(f, d->from)->first,
                 chunk(f, (uint16_t)((d->until < f->c->count ? d->until : f->c->count) - 1))->last);
    bool dated = f->s->date.from != OVF_NEWS_NO_DAY || f->s->date.until != OVF_NEWS_NO_DAY;
    if (!dated && d->says != NO_CHUNK && d->says != d->vg && chunk(f, d->says)->kind == CH_VG) {
        const news_chunk *say = chunk(f, d->says);
        uint16_t until = say->content_from > d->says ? say->content_from : say->until;
        uint16_t from = say->from;
        if (until > from && until <= f->c->count)
            times_in(f, chunk(f, from)->first, chunk(f, (uint16_t)(until - 1))->last);
    }
}

static void fill_count(filler *f)
{
    const news_doc *doc = doc_of(f);
    uint32_t begin = chunk(f, f->d->from)->first;
    begin = f->d->from == f->d->vg && begin > f->first ? begin : f->first;
    uint32_t low = 0;
    uint32_t high = doc->count_count;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (doc->counts[mid].last <= begin)
            low = mid + 1;
        else
            high = mid;
    }
    uint16_t until = f->d->until < f->c->count ? f->d->until : f->c->count;
    uint32_t end = until > 0 ? chunk(f, (uint16_t)(until - 1))->last : f->last;
    if (low < doc->count_count && doc->counts[low].first < end && f->d->act != OVF_ACT_CLAIM) {
        f->s->count = doc->counts[low].text;
        f->s->count_at = span_of(doc, doc->counts[low].first, doc->counts[low].last);
    }
}

static void fill_instrument(filler *f)
{
    const news_doc *doc = doc_of(f);
    uint32_t first = f->first;
    uint32_t last = f->last;
    if (f->d->says != NO_CHUNK) {
        const news_chunk *say = chunk(f, f->d->says);
        uint16_t until = say->until > say->from && say->until <= f->c->count
                             ? say->until
                             : (uint16_t)(f->d->says + 1);
        uint32_t a = chunk(f, say->from)->first;
        uint32_t b = chunk(f, (uint16_t)(until - 1))->last;
        first = a < first ? a : first;
        last = b > last ? b : last;
    }
    uint32_t low = 0;
    uint32_t high = doc->instrument_count;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (doc->instruments[mid].last <= first)
            low = mid + 1;
        else
            high = mid;
    }
    for (uint32_t i = low; i < doc->instrument_count; i++) {
        if (doc->instruments[i].first >= last)
            break;
        if (doc->instruments[i].last > first && doc->instruments[i].first >= first) {
            f->s->instrument = ovf_str_of(doc->instruments[i].value);
            return;
        }
    }
}

/* ---- on whose word ---- */

static bool has_quote(const filler *f)
{
    for (uint32_t i = f->first; i < f->last; i++) {
        if (doc_of(f)->tokens[i].flags & NEWS_QUOTED)
            return true;
    }
    return false;
}

/* A proposition of the speaker's is passed on: a denial, a claim, "warned that", "accused X of". An
 * act told in the text's own voice ("condemned the closure") is asserted. */
static bool passes_on(const filler *f)
{
    ovf_act act = f->s->act;
    if (act == OVF_ACT_DENY || act == OVF_ACT_CLAIM)
        return true;
    uint16_t v = f->d->vg;
    if (v == NO_CHUNK || chunk(f, v)->kind != CH_VG)
        return false;
    if (news_vg_is(f->c, v, "announce"))
        return true; /* "announced the closure": its own word */
    if (act == OVF_ACT_CONDEMN)
        return chunk(f, v)->flags & VG_SAYS || news_vg_is(f->c, v, "accuse")
               || news_vg_is(f->c, v, "call");
    bool tells =
        news_vg_is(f->c, v, "warn") || news_vg_is(f->c, v, "caution") || act == OVF_ACT_THREATEN;
    return chunk(f, v)->flags & VG_SAYS && tells;
}

static void fill_attribution(filler *f)
{
    ovf_news_statement *s = f->s;
    bool quoted = has_quote(f);
    bool by_colon = f->d->says != NO_CHUNK && chunk(f, f->d->says)->kind == CH_COLON
                    && f->speaker != NEWS_NONE && f->speaker == f->source && !passes_on(f)
                    && !quoted; /* "Jordan: airspace closed": the headline's own voice */
    if (by_colon)
        return;
    if (f->source_who.found && f->d->says != f->d->vg) {
        uint8_t k = f->source_who.kind;
        bool vouches = k == OVF_NEWS_OUTLET || k == OVF_NEWS_TRACKER;
        s->attribution = vouches                                      ? OVF_NEWS_REPORTED
                         : quoted || f->d->source_entity != NEWS_NONE ? OVF_NEWS_QUOTED
                                                                      : OVF_NEWS_SAID;
        s->attribution_by = f->source_who.name;
        s->source_at = f->source_who.at;
        return;
    }
    if (s->speaker.len == 0 || f->d->by_article)
        return;
    if (s->act == OVF_ACT_REPORT) {
        s->attribution = OVF_NEWS_REPORTED;
    } else if (quoted
               && (passes_on(f) || s->act == OVF_ACT_CONDEMN || s->act == OVF_ACT_WARN
                   || s->act == OVF_ACT_ORDER || s->act == OVF_ACT_THREATEN
                   || s->act == OVF_ACT_DECLARE_CLOSED || s->act == OVF_ACT_PROHIBIT
                   || s->act == OVF_ACT_SUSPEND_SERVICE || s->act == OVF_ACT_REVOKE_PERMISSION)) {
        s->attribution = OVF_NEWS_QUOTED;
    } else if (passes_on(f)) {
        s->attribution = OVF_NEWS_SAID;
    } else {
        return;
    }
    s->attribution_by = s->speaker;
}

static void fill_target(filler *f)
{
    uint16_t ng = f->d->target;
    if (ng == NO_CHUNK || chunk(f, ng)->kind != CH_NG)
        return;
    news_who who = news_who_is(f->c, ng, doc_of(f)->arena);
    if (who.found && news_head_mention(f->c, ng) != NULL) {
        f->s->target = who.name;
        f->s->target_at = who.at;
        return;
    }
    who = own_words(f, ng);
    f->s->target = who.name;
    f->s->target_at = who.at;
}

/* A name as the text has it, with plain apostrophes and single blanks: the same name whatever the
 * typesetter did. */
static ovf_str plain_name(ovf_arena *arena, ovf_str s)
{
    bool is_plain = true;
    for (size_t i = 0; i < s.len; i++)
        is_plain &= (unsigned char)s.ptr[i] != 0xE2 && (unsigned char)s.ptr[i] >= ' ';
    if (is_plain)
        return s;
    char *out = ovf_arena_array(arena, char, s.len + 1);
    size_t len = 0;
    if (out == NULL)
        return s;
    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == 0xE2 && i + 2 < s.len && (unsigned char)s.ptr[i + 1] == 0x80
            && ((unsigned char)s.ptr[i + 2] & 0xFE) == 0x98) {
            out[len++] = '\'';
            i += 3;
        } else if (c == 0xE2 && i + 2 < s.len && (unsigned char)s.ptr[i + 1] == 0x80
                   && ((unsigned char)s.ptr[i + 2] & 0xFE) == 0x9C) {
            out[len++] = '"';
            i += 3;
        } else if (c <= ' ') {
            if (len > 0 && out[len - 1] != ' ')
                out[len++] = ' ';
            i++;
        } else {
            out[len++] = s.ptr[i++];
        }
    }
    return (ovf_str){out, len};
}

void news_fill(news_story *story, const news_clauses *c, const news_draft *d,
               ovf_news_statement *out)
{
    filler f = {
        .story = story, .c = c, .d = d, .s = out, .speaker = NEWS_NONE, .source = NEWS_NONE};
    f.source_who.entity = NEWS_NONE;
    *out = (ovf_news_statement){.act = (ovf_act)d->act,
                                .is_negated = d->is_negated,
                                .modality = (ovf_news_modality)d->modality,
                                .is_nominal = d->is_nominal};
    out->date = out->valid = (ovf_news_days){OVF_NEWS_NO_DAY, OVF_NEWS_NO_DAY};
    find_source(&f);
    fill_speaker(&f);
    fill_evidence(&f);
    news_fill_areas(&f);
    fill_times(&f);
    fill_count(&f);
    fill_instrument(&f);
    fill_target(&f);
    fill_attribution(&f);
    ovf_arena *arena = c->doc->arena;
    out->speaker = plain_name(arena, out->speaker);
    out->target = plain_name(arena, out->target);
    out->attribution_by = plain_name(arena, out->attribution_by);
    out->count = plain_name(arena, out->count);
    for (size_t i = 0; i < out->area_count; i++)
        out->areas[i] = plain_name(arena, out->areas[i]);
    for (int i = 0; i < d->rule_count; i++)
        out->rules[out->rule_count++] = d->rules[i];
    if (out->is_area_inherited && out->area_count > 0)
        out->rules[out->rule_count++] = "AREA-INHERITED";
}
