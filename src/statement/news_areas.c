/* SPDX-License-Identifier: Apache-2.0 */
/* Where an act applies: the places of its clause, then of its sentence, paragraph and story, then the
 * State of its speaker. */
#include "news_fill.h"

#include "news_lexicon.h"

static bool add_one(filler *f, uint32_t entity)
{
    const news_entity *e = &doc_of(f)->entities[entity];
    bool bloc =
        e->kind == OVF_NEWS_INTL_BODY
        && (ovf_str_eq(e->name, OVF_STR("European Union")) || ovf_str_eq(e->name, OVF_STR("EU")));
    if ((e->place == NEWS_NO_PLACE && !bloc) || e->name.len == 0)
        return false;
    for (size_t i = 0; i < f->s->area_count; i++) {
        if (ovf_str_eq(f->s->areas[i], e->name))
            return true;
    }
    if (f->s->area_count == OVF_NEWS_MAX_AREAS)
        return false;
    f->s->area_codes[f->s->area_count] = e->code;
    f->s->areas[f->s->area_count++] = e->name;
    return true;
}

/* The place, and behind an airport, a city, a FIR the State it lies in. */
static bool add_area(filler *f, uint32_t entity)
{
    if (!add_one(f, entity))
        return false;
    const news_entity *e = &doc_of(f)->entities[entity];
    if (e->place != NEWS_P_STATE && e->where != NEWS_NONE
        && f->s->area_count < OVF_NEWS_MAX_AREAS / 2)
        add_one(f, e->where);
    return true;
}

static bool add_name(filler *f, ovf_str name, ovf_str code)
{
    for (size_t i = 0; i < f->s->area_count; i++) {
        if (ovf_str_eq(f->s->areas[i], name))
            return true;
    }
    if (name.len == 0 || f->s->area_count == OVF_NEWS_MAX_AREAS)
        return false;
    f->s->area_codes[f->s->area_count] = code;
    f->s->areas[f->s->area_count++] = name;
    return true;
}

static uint32_t state_named(const news_doc *doc, ovf_str iso3)
{
    for (uint32_t i = 0; iso3.len == 3 && i < doc->entity_count && i < 400; i++) {
        if (doc->entities[i].place == NEWS_P_STATE && ovf_str_eq(doc->entities[i].code, iso3))
            return i;
    }
    return NEWS_NONE;
}

/* Places inside a name made of common words: "its Moscow flights", "Munich Airport". */
static void add_inner_places(filler *f, const news_mention *m)
{
    const news_doc *doc = doc_of(f);
    for (uint32_t i = m->first; i < m->last; i++) {
        if (!(doc->tokens[i].flags & NEWS_CAP) || doc->tokens[i].flags & NEWS_SHOUT)
            continue;
        const lex_hit *hit = &lex_hits_at(doc, i)[LEX_NAME];
        if (hit->len == 0 || i + hit->len > m->last)
            continue;
        const struct lex_phrase *p = lex_phrase_at(hit->row);
        const struct lex_entity *e = lex_entity_at(p->index);
        bool place = e->type == LEX_STATE || e->type == LEX_CITY || e->type == LEX_REGION
                     || e->type == LEX_AIRPORT || e->type == LEX_FIR;
        if (place
            && add_name(f, lex_text(e->name),
                        ovf_str_of(e->type == LEX_STATE ? e->iso3 : e->code))) {
            /* "U.S. operators" tells whose, "Moscow flights" where to */
            f->firm |=
                !(p->flags & LEX_DEMONYM) && (m->flags & NEWS_M_FLEET || i + hit->len >= m->last);
            uint32_t state =
                e->type == LEX_STATE ? NEWS_NONE : state_named(doc, ovf_str_of(e->iso3));
            if (state != NEWS_NONE)
                add_one(f, state);
            if (f->s->area_at.len == 0)
                f->s->area_at = span_of(doc, i, i + hit->len);
        }
        i += hit->len - 1u;
    }
}

static bool closes(ovf_act act)
{
    return act == OVF_ACT_DECLARE_CLOSED || act == OVF_ACT_REOPEN || act == OVF_ACT_PROHIBIT
           || act == OVF_ACT_EXEMPT || act == OVF_ACT_REVOKE_PERMISSION
           || act == OVF_ACT_GRANT_PERMISSION;
}

/* A name of no table behind "in", "over", "near": a place by its own words. */
static void add_unknown(filler *f, uint32_t i, uint32_t last)
{
    static const char *const words[] = {"in", "at", "over", "near", "above", "around", "outside"};
    static const char *const ways[] = {"to", "from", "via", "for"};
    const news_doc *doc = doc_of(f);
    bool moves = f->s->act == OVF_ACT_SUSPEND_SERVICE || f->s->act == OVF_ACT_RESUME_SERVICE
                 || f->s->act == OVF_ACT_DIVERT;
    static const char *const parts[] = {"region", "area",   "province",  "district",  "zone",
                                        "sector", "oblast", "peninsula", "prefecture"};
    uint32_t from = i;
    if (i > 1 && NEWS_IS(doc, i - 1, "the") && i + 1 < doc->token_count
        && lex_word_in(doc, i + 1, parts, OVF_COUNTOF(parts)))
        from--; /* "in the Maiquetia region" */
    if (from == 0 || f->c->tags[i] != TAG_NAME || doc->tokens[i].flags & (NEWS_SHOUT | NEWS_DIGIT)
        || !(doc->tokens[i].flags & NEWS_CAP)
        || !(lex_word_in(doc, from - 1, words, OVF_COUNTOF(words))
             || (moves && lex_word_in(doc, from - 1, ways, OVF_COUNTOF(ways)))))
        return;
    uint32_t end = i + 1;
    while (end < last && f->c->tags[end] == TAG_NAME && doc->tokens[end].flags & NEWS_CAP
           && (doc->mention_at[end] == NEWS_NONE || doc->mention_at[end] == doc->mention_at[i]))
        end++;
    if (add_name(f, news_words(doc, i, end), (ovf_str){0})) {
        f->firm = true;
        if (f->s->area_at.len == 0)
            f->s->area_at = span_of(doc, i, end);
    }
}

/* "Ankara's approval", "Britain hoped": who, in what somebody only says. */
static bool tells_who(const filler *f, const news_mention *k)
{
    const news_doc *doc = doc_of(f);
    ovf_act act = (ovf_act)f->d->act;
    if (act != OVF_ACT_CLAIM && act != OVF_ACT_REPORT && act != OVF_ACT_DENY)
        return false;
    bool owns = k->last < doc->token_count && doc->tokens[k->last].flags & NEWS_POSS;
    bool is_state = k->place == NEWS_P_STATE || k->flags & NEWS_M_CAPITAL;
    return is_state && (owns || k->role == NEWS_R_SUBJECT || k->role == NEWS_R_SPEAKER);
}

static void add_places(filler *f, uint32_t first, uint32_t last, uint32_t skip_entity)
{
    const news_doc *doc = doc_of(f);
    if (doc->mention_at == NULL)
        return;
    for (uint32_t i = first; i < last && i < doc->token_count; i++) {
        uint32_t m = doc->mention_at[i];
        if (m == NEWS_NONE) {
            add_unknown(f, i, last);
            continue;
        }
        const news_mention *k = &doc->mentions[m];
        uint32_t byte = doc->tokens[i].at;
        bool in_speaker = f->s->speaker_at.len > 0 && byte >= f->s->speaker_at.at
                          && byte < f->s->speaker_at.at + f->s->speaker_at.len
                          && f->s->speaker_kind != OVF_NEWS_AIRPORT && !closes((ovf_act)f->d->act);
        if (in_speaker) {
            i = k->last - 1; /* "Malta's national carrier": who, not where */
            continue;
        }
        bool plain = k->flags & (NEWS_M_GENERIC | NEWS_M_FLEET | NEWS_M_GUESSED)
                     && !(k->flags & NEWS_M_PERSON) && k->place == NEWS_NO_PLACE;
        static const char *const papers[] = {"convention", "treaty", "protocol", "accords"};
        bool paper = lex_word_in(doc, k->last - 1, papers, OVF_COUNTOF(papers));
        if (plain && k->last - k->first > 1 && !paper) /* "the Chicago Convention" is nowhere */
            add_inner_places(f, k);
        if (k->flags & NEWS_M_GUESSED && k->place == NEWS_NO_PLACE && i == k->first)
            add_unknown(f, i, last);
        bool treaty = k->last < doc->token_count
                      && (NEWS_IS(doc, k->last, "convention") || NEWS_IS(doc, k->last, "treaty")
                          || NEWS_IS(doc, k->last, "protocol")
                          || NEWS_IS(doc, k->last, "time")); /* "at 6.40 a.m. Moscow time" */
        if (k->entity != NEWS_NONE && k->entity != skip_entity && !treaty
            && add_area(f, k->entity)) {
            if (f->s->area_at.len == 0)
                f->s->area_at = span_of(doc, k->first, k->last);
            bool vague = k->flags & NEWS_M_REFERENCE && k->place == NEWS_P_REGION;
            f->firm |= (!(k->flags & NEWS_M_DEMONYM) && !vague && !tells_who(f, k))
                       || news_lex(doc, k->last < doc->token_count ? k->last : i)->noun == NN_AIR;
        }
        i = k->last - 1;
    }
}

/* Entity of the State that `entity` acts for. */
uint32_t news_state_of(const filler *f, uint32_t entity)
{
    if (entity == NEWS_NONE)
        return NEWS_NONE;
    const news_doc *doc = doc_of(f);
    const news_entity *e = &doc->entities[entity];
    if (e->place == NEWS_P_STATE)
        return entity;
    if (e->where != NEWS_NONE)
        return e->where;
    return state_named(doc, e->state);
}

/* "its airspace": the issuer's own */
bool news_says_own(const filler *f, uint16_t ng)
{
    if (ng == NO_CHUNK)
        return false;
    uint32_t i = chunk(f, ng)->first;
    return NEWS_IS(doc_of(f), i, "its") || NEWS_IS(doc_of(f), i, "their")
           || NEWS_IS(doc_of(f), i, "his") || NEWS_IS(doc_of(f), i, "her")
           || NEWS_IS(doc_of(f), i, "our");
}

/* "the airspace of Erewhon", "skies over Erewhon": whose it is, said beside it. */
static void add_air_of(filler *f, uint32_t first, uint32_t last)
{
    const news_doc *doc = doc_of(f);
    for (uint32_t i = first; i + 2 < last; i++) {
        if (news_lex(doc, i)->noun != NN_AIR)
            continue;
        bool is_of = NEWS_IS(doc, i + 1, "of") || NEWS_IS(doc, i + 1, "over")
                     || NEWS_IS(doc, i + 1, "above") || NEWS_IS(doc, i + 1, "around");
        if (is_of)
            add_places(f, i + 2, i + 8 < last ? i + 8 : last, NEWS_NONE);
    }
}

/* "the kingdom's airspace", "the country's airports": the issuer's own as well */
static bool says_country(const filler *f, uint16_t ng)
{
    static const char *const words[] = {"country", "kingdom",   "nation", "republic",
                                        "emirate", "sultanate", "island"};
    if (ng == NO_CHUNK || !NEWS_IS(doc_of(f), chunk(f, ng)->first, "the"))
        return false;
    uint32_t i = chunk(f, ng)->first + 1;
    return i + 1 < chunk(f, ng)->last && doc_of(f)->tokens[i + 1].flags & NEWS_POSS
           && lex_word_in(doc_of(f), i, words, OVF_COUNTOF(words));
}

/* What the clause itself names is where the acts told next apply, until they say otherwise. */
static void remember(filler *f)
{
    if (f->s->act == OVF_ACT_CLAIM || f->s->act == OVF_ACT_REPORT || f->s->area_at.len == 0)
        return;
    const news_doc *doc = doc_of(f);
    for (uint32_t i = f->first; i < f->last && doc->mention_at != NULL; i++) {
        uint32_t m = doc->mention_at[i];
        if (m == NEWS_NONE || doc->mentions[m].entity == NEWS_NONE)
            continue;
        const news_entity *e = &doc->entities[doc->mentions[m].entity];
        if (e->place != NEWS_NO_PLACE && ovf_str_eq(e->name, f->s->areas[0])) {
            f->story->last_place = doc->mentions[m].entity;
            f->story->last_sentence = f->c->sentence;
            return;
        }
    }
}

/* "for joining the United States", "after Iran's attack", "in retaliation for": why, and not where; its
 * first chunk, or `until`. */
static uint16_t reason_at(const filler *f, uint16_t from, uint16_t until)
{
    static const char *const words[] = {"because", "after",  "amid", "amidst", "following",
                                        "despite", "citing", "due",  "owing",  "pending"};
    static const char *const answers[] = {"response", "retaliation", "protest", "reaction",
                                          "solidarity"};
    const news_doc *doc = doc_of(f);
    for (uint16_t k = (uint16_t)(from + 1); k < until; k++) {
        const news_chunk *g = chunk(f, k);
        if (g->kind == CH_VG || g->kind == CH_NG)
            continue;
        bool why = lex_word_in(doc, g->first, words, OVF_COUNTOF(words));
        bool next = k + 1 < until;
        why |= next && NEWS_IS(doc, g->first, "for") && chunk(f, (uint16_t)(k + 1))->kind == CH_VG;
        why |=
            next && NEWS_IS(doc, g->first, "in")
            && lex_word_in(doc, chunk(f, (uint16_t)(k + 1))->head, answers, OVF_COUNTOF(answers));
        if (why)
            return k;
    }
    return until;
}

/* "The FAA barred U.S. operators", "advised its carriers": whom the rule binds is the issuer's own, so
 * that where it applies is another place. */
static bool binds_own(const filler *f, uint32_t own)
{
    const news_doc *doc = doc_of(f);
    ovf_act act = (ovf_act)f->d->act;
    if (own == NEWS_NONE || f->d->vg == NO_CHUNK || doc->mention_at == NULL
        || (act != OVF_ACT_PROHIBIT && act != OVF_ACT_WARN && act != OVF_ACT_ORDER))
        return false;
    uint16_t ng = chunk(f, f->d->vg)->flags & VG_PASSIVE ? chunk(f, f->d->vg)->subject
                                                         : chunk(f, f->d->vg)->object;
    if (ng == NO_CHUNK)
        return false;
    const news_chunk *g = chunk(f, ng);
    uint8_t class = news_lex(doc, g->head)->noun;
    if (class != NN_CARRIER && class != NN_PLANE && class != NN_PEOPLE)
        return false;
    for (uint32_t i = g->first; i < g->head; i++) {
        uint32_t m = doc->mention_at[i];
        if (m != NEWS_NONE && doc->mentions[m].entity != NEWS_NONE
            && news_state_of(f, doc->mentions[m].entity) == own)
            return true;
    }
    return news_says_own(f, ng);
}

/* "closed its airspace", "the kingdom's skies", and the place that the draft names. */
static void add_own(filler *f, uint32_t own)
{
    const news_draft *d = f->d;
    if (own != NEWS_NONE && closes((ovf_act)d->act)
        && (news_says_own(f, d->place) || news_says_own(f, d->target)))
        add_area(f, own);
    if (own != NEWS_NONE && f->s->area_count > 0
        && ovf_str_find(f->s->speaker, 0, OVF_STR(" and ")) != OVF_NOPOS) {
        /* "Finland and Estonia closed their airspace": each its own */
        for (uint32_t i = 0; i < doc_of(f)->entity_count && i < 400; i++) {
            const news_entity *e = &doc_of(f)->entities[i];
            if (e->place == NEWS_P_STATE && ovf_str_find(f->s->speaker, 0, e->name) != OVF_NOPOS)
                add_area(f, i);
        }
    }
    if (own != NEWS_NONE && closes((ovf_act)d->act) && says_country(f, d->place))
        add_area(f, own);
    else if (d->place != NO_CHUNK)
        add_places(f, chunk(f, d->place)->first, chunk(f, d->place)->last, NEWS_NONE);
    if (own == NEWS_NONE && f->speaker != NEWS_NONE && f->s->speaker_kind == OVF_NEWS_INTL_BODY
        && closes((ovf_act)d->act) && (news_says_own(f, d->place) || news_says_own(f, d->target))) {
        add_name(f, f->s->speaker, (ovf_str){0}); /* "the EU closed its skies": the bloc's own */
    }
}

/* The clause names no place: the sentence, the paragraph, the act told before, the story or the speaker's
 * State. own: that State, NEWS_NONE when the act applies abroad; home: it in any case. */
static void inherit(filler *f, uint32_t own, uint32_t home, uint32_t skip, uint16_t until)
{
    const news_draft *d = f->d;
    news_story *story = f->story;
    bool abroad = own == NEWS_NONE && home != NEWS_NONE;
    uint16_t from = d->from < d->until ? d->from : 0;
    f->s->is_area_inherited = true;
    const news_sentence *s = &doc_of(f)->sentences[f->c->sentence];
    if (NEWS_IS(doc_of(f), s->first, "in") && s->first + 1 < s->last && from < until
        && chunk(f, from)->first > s->first)
        add_places(f, s->first + 1, s->first + 3 < s->last ? s->first + 3 : s->last, skip);
    bool whole = closes((ovf_act)d->act) && own == NEWS_NONE && story->topic != NEWS_NONE;
    if (f->s->area_count == 0 || d->act == OVF_ACT_AUTHORITY)
        add_places(f, s->first, s->last, skip); /* "In Oslo, police shut the airspace" */
    if (whole)
        add_area(f, story->topic); /* "the airspace": the one that the story is about */
    bool follows = story->last_place != NEWS_NONE && f->c->sentence <= story->last_sentence + 3;
    uint32_t source = news_state_of(f, f->source);
    uint32_t near[] = {story->paragraph_place[f->c->sentence],
                       follows ? story->last_place : NEWS_NONE,
                       closes((ovf_act)d->act) && !abroad ? source : NEWS_NONE,
                       story->spot,
                       story->topic,
                       story->region,
                       story->second_topic};
    if (d->act == OVF_ACT_AUTHORITY && d->target != NO_CHUNK) {
        uint32_t whose = news_state_of(f, news_entity_of(f->c, d->target));
        if (whose != NEWS_NONE)
            add_area(f, whose);
    }
    for (size_t i = 0; i < OVF_COUNTOF(near) && f->s->area_count < 6; i++) {
        if (near[i] != NEWS_NONE && near[i] != skip)
            add_area(f, near[i]);
    }
    if (abroad && f->s->area_count == 0)
        own = home;
    if (own != NEWS_NONE && f->s->area_count < 7)
        add_area(f, own);
    bool european = f->s->speaker_state.len == 0
                    && ovf_str_find(f->s->speaker, 0, OVF_STR("E")) == 0
                    && (ovf_str_starts(f->s->speaker, OVF_STR("European"))
                        || ovf_str_eq(f->s->speaker, OVF_STR("EASA"))
                        || ovf_str_eq(f->s->speaker, OVF_STR("EU")));
    if (european && f->s->area_count < 7)
        add_name(f, OVF_STR("European Union"), (ovf_str){0});
}

void news_fill_areas(filler *f)
{
    const news_draft *d = f->d;
    uint32_t own = news_state_of(f, f->speaker);
    bool abroad = binds_own(f, own);
    uint32_t home = own;
    if (abroad)
        own = NEWS_NONE;
    add_own(f, own);
    uint16_t from = d->from < d->until ? d->from : 0;
    uint16_t until = d->until < f->c->count ? d->until : f->c->count;
    if (closes((ovf_act)d->act) && f->s->area_count == 0 && from < until)
        add_air_of(f, chunk(f, from)->first, chunk(f, (uint16_t)(until - 1))->last);
    if (own != NEWS_NONE && closes((ovf_act)d->act) && f->s->area_count == 0)
        add_area(f, own);
    uint32_t skip = abroad ? home : f->s->speaker_kind == OVF_NEWS_STATE ? f->speaker : NEWS_NONE;
    uint16_t why =
        from < until && d->vg >= from && d->vg < until ? reason_at(f, d->vg, until) : until;
    if (from < why)
        add_places(f, chunk(f, from)->first, chunk(f, (uint16_t)(why - 1))->last, skip);
    bool firm = f->firm;
    if (why < until && !closes((ovf_act)d->act))
        add_places(f, chunk(f, why)->first, chunk(f, (uint16_t)(until - 1))->last, skip);
    f->firm = firm;
    if (closes((ovf_act)d->act))
        until = why;
    if (f->s->area_count > 0 && f->firm && d->act != OVF_ACT_AUTHORITY) {
        remember(f);
        return;
    }
    inherit(f, own, home, skip, until);
}
