/* SPDX-License-Identifier: Apache-2.0 */
/* Who performs an act, and on whose word it is told: the chunk of a draft, the one who says it, the owner
 * of what is closed or flown, or a group's own words. */
#include "news_fill.h"

#include "news_lexicon.h"

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
news_who news_own_words(const filler *f, uint16_t ng)
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

void news_find_source(filler *f)
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
            f->source_who = news_own_words(f, ng);
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

void news_fill_speaker(filler *f)
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
        who = news_own_words(f, d->speaker);
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
