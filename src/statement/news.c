/* SPDX-License-Identifier: Apache-2.0 */
/* The news reader from text to statements: tokens, sentences, names, times and counts; groups and
 * clauses of every sentence; references; frames; slots; in the order of the text. */
#include "news_slots.h"

#include <stdlib.h>
#include <string.h>

enum { DRAFTS_MAX = 64, NOMINALS_MAX = 2 };

static const char *const kind_names[] = {
    "unknown",     "head_of_state", "minister", "ministry",      "state",   "aviation_authority",
    "ansp",        "intl_body",     "military", "police",        "agency",  "legislature",
    "airport",     "airline",       "company",  "industry_body", "outlet",  "tracker",
    "armed_group", "court",         "official", "expert",        "natural",
};

const char *ovf_news_kind_name(ovf_news_kind kind)
{
    return (size_t)kind < OVF_COUNTOF(kind_names) ? kind_names[kind] : kind_names[0];
}

const char *ovf_news_modality_name(ovf_news_modality modality)
{
    static const char *const names[] = {"fact", "planned", "possible", "conditional", "directive"};
    return (size_t)modality < OVF_COUNTOF(names) ? names[modality] : names[0];
}

const char *ovf_news_attribution_name(ovf_news_attribution attribution)
{
    static const char *const names[] = {"asserted", "said", "quoted", "reported"};
    return (size_t)attribution < OVF_COUNTOF(names) ? names[attribution] : names[0];
}

ovf_status ovf_news_new(const ovf_world *world, ovf_news **out, ovf_error *err)
{
    ovf_news *news = calloc(1, sizeof(*news));
    if (news == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the news reader");
    news->world = world;
    news->names = ovf_news_names_new(world);
    if (news->names == NULL) {
        free(news);
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the names of news");
    }
    *out = news;
    return OVF_OK;
}

void ovf_news_free(ovf_news *news)
{
    if (news == NULL)
        return;
    ovf_news_names_free(news->names);
    free(news);
}

/* ---- what the story is about ---- */

static uint32_t place_of(const news_doc *doc, const news_mention *m)
{
    if (m->entity == NEWS_NONE)
        return NEWS_NONE;
    const news_entity *e = &doc->entities[m->entity];
    return e->place != NEWS_NO_PLACE ? m->entity : NEWS_NONE;
}

/* A place named right in front of air ("Venezuelan airspace", "flights to Venezuela") weighs more. */
static uint32_t weight(const news_doc *doc, const news_mention *m, uint32_t opening)
{
    uint32_t score = 2;
    if (m->last < doc->token_count && news_lex(doc, m->last)->noun == NN_AIR)
        score += 6;
    if (m->first > 0
        && (NEWS_IS(doc, m->first - 1, "over") || NEWS_IS(doc, m->first - 1, "to")
            || NEWS_IS(doc, m->first - 1, "above")))
        score += 2;
    if (doc->sentence_of[m->first] < opening + 2)
        score += 3;
    return score;
}

static bool find_topics(news_doc *doc, news_story *story)
{
    uint32_t *scores = ovf_arena_array(doc->arena, uint32_t, doc->entity_count + 1);
    story->paragraph_place = ovf_arena_array(doc->arena, uint32_t, doc->sentence_count + 1);
    if (scores == NULL || story->paragraph_place == NULL)
        return false;
    story->topic = story->second_topic = story->spot = story->region = NEWS_NONE;
    story->last_place = NEWS_NONE;
    uint32_t opening =
        UINT32_MAX - 2; /* the sentence that first names a place or a body of a State */
    for (uint32_t i = 0; i < doc->mention_count && opening > doc->sentence_count; i++) {
        uint32_t e = doc->mentions[i].entity;
        if (e != NEWS_NONE && doc->entities[e].where != NEWS_NONE
            && !(doc->mentions[i].flags & NEWS_M_REFERENCE))
            opening = doc->sentence_of[doc->mentions[i].first];
    }
    uint32_t near = NEWS_NONE;
    uint32_t m = 0;
    for (uint32_t s = 0; s < doc->sentence_count; s++) {
        if (s > 0 && doc->sentences[s].paragraph != doc->sentences[s - 1].paragraph)
            near = NEWS_NONE;
        story->paragraph_place[s] = near;
        for (; m < doc->mention_count && doc->mentions[m].first < doc->sentences[s].last; m++) {
            uint32_t place = place_of(doc, &doc->mentions[m]);
            if (doc->mentions[m].entity == NEWS_NONE
                || doc->mentions[m].flags & (NEWS_M_FLEET | NEWS_M_REFERENCE))
                continue;
            uint32_t in = doc->entities[doc->mentions[m].entity].where;
            if (place == NEWS_NONE) { /* "Niger's military rulers" are of Niger */
                bool rules = doc->mentions[m].kind != OVF_NEWS_AIRLINE
                             && doc->mentions[m].kind != OVF_NEWS_OUTLET;
                if (in != NEWS_NONE && rules)
                    scores[in] += s < opening + 2 ? 4 : 1;
                continue;
            }
            uint32_t points = weight(doc, &doc->mentions[m], opening);
            scores[place] += points;
            if (in != NEWS_NONE && in != place)
                scores[in] += points / 2;
            near = place;
        }
    }
    for (uint32_t e = 0; e < doc->entity_count; e++) {
        if (scores[e] == 0 || doc->entities[e].place == NEWS_NO_PLACE)
            continue;
        if (story->topic == NEWS_NONE || scores[e] > scores[story->topic]) {
            story->second_topic = story->topic;
            story->topic = e;
        } else if (story->second_topic == NEWS_NONE || scores[e] > scores[story->second_topic]) {
            story->second_topic = e;
        }
    }
    for (uint32_t e = 0; e < doc->entity_count; e++) { /* a city or an airport beside its State */
        bool spot =
            doc->entities[e].place != NEWS_NO_PLACE && doc->entities[e].place != NEWS_P_STATE;
        if (spot && scores[e] > 0 && (story->spot == NEWS_NONE || scores[e] > scores[story->spot]))
            story->spot = e;
    }
    for (uint32_t e = 0; e < doc->entity_count; e++) {
        uint8_t place = doc->entities[e].place;
        if ((place == NEWS_P_REGION || place == NEWS_P_FIR) && scores[e] > 0
            && scores[e] * 5 >= scores[story->topic]
            && (story->region == NEWS_NONE || scores[e] > scores[story->region]))
            story->region = e;
    }
    if (story->spot != NEWS_NONE && scores[story->spot] * 5 < scores[story->topic])
        story->spot = NEWS_NONE;
    return true;
}

/* ---- all sentences ---- */

typedef struct reading {
    news_doc doc;
    news_story story;
    uint8_t *tags;
    news_clauses *clauses; /* of each sentence */
    uint32_t *quoted_by;   /* of each sentence without say clause: whose quotation it is */
    ovf_news_statement *items;
    size_t count;
    size_t capacity;
    size_t dropped;
    uint32_t nominals;
    uint8_t last_act;                     /* for "did the same" */
    uint32_t acts[OVF_ACT_AUTHORITY + 1]; /* how often each was told so far */
    bool with_flying;
} reading;

static bool chunk_all(reading *r)
{
    news_doc *doc = &r->doc;
    r->tags = ovf_arena_array(doc->arena, uint8_t, doc->token_count + 1);
    r->clauses = ovf_arena_array(doc->arena, news_clauses, doc->sentence_count + 1);
    news_chunk *chunks = ovf_arena_array(doc->arena, news_chunk, doc->token_count + 1);
    if (r->tags == NULL || r->clauses == NULL || chunks == NULL || !news_tag_all(doc, r->tags))
        return false;
    for (uint32_t s = 0; s < doc->sentence_count; s++) {
        news_clauses *c = &r->clauses[s];
        *c = (news_clauses){.doc = doc, .tags = r->tags, .chunks = chunks, .sentence = s};
        news_chunk_sentence(c);
        chunks += c->count;
        news_link_clauses(c);
        news_say_clauses(c);
    }
    return true;
}

static void set_role(const news_clauses *c, uint16_t ng, uint8_t role)
{
    if (ng == NO_CHUNK || c->chunks[ng].kind != CH_NG)
        return;
    uint32_t m = c->doc->mention_at == NULL ? NEWS_NONE : c->doc->mention_at[c->chunks[ng].head];
    if (m != NEWS_NONE && c->doc->mentions[m].role < role + (role == NEWS_R_SUBJECT))
        c->doc->mentions[m].role = role;
}

static void set_roles(reading *r)
{
    for (uint32_t s = 0; s < r->doc.sentence_count; s++) {
        const news_clauses *c = &r->clauses[s];
        for (uint16_t v = 0; v < c->count; v++) {
            const news_chunk *g = &c->chunks[v];
            if (g->flags & VG_SAYS)
                set_role(c, g->subject, NEWS_R_SPEAKER);
            else if (g->kind == CH_VG && g->flags & VG_FINITE)
                set_role(c, g->subject, NEWS_R_SUBJECT);
            if (g->kind == CH_VG && !(g->flags & VG_SAYS))
                set_role(c, g->object, NEWS_R_OBJECT);
        }
    }
}

/* ---- quotations over sentences ---- */

static bool is_all_quoted(const news_doc *doc, const news_sentence *s)
{
    uint32_t words = 0;
    uint32_t quoted = 0;
    for (uint32_t i = s->first; i < s->last; i++) {
        if (!(doc->tokens[i].flags & NEWS_WORD))
            continue;
        words++;
        quoted += (doc->tokens[i].flags & NEWS_QUOTED) != 0;
    }
    return words > 1 && quoted * 10 >= words * 9;
}

static uint32_t speaker_of_sentence(const news_clauses *c)
{
    uint32_t found = NEWS_NONE;
    for (uint16_t s = 0; s < c->count; s++) {
        if (!(c->chunks[s].flags & VG_SAYS))
            continue;
        uint32_t e = news_entity_of(c, c->chunks[s].subject);
        if (e != NEWS_NONE)
            found = e;
    }
    return found;
}

/* "\"...?\" X, the chief minister, wrote on the site.": a sentence of its own that only says who spoke. */
static uint32_t bare_speaker(const news_clauses *c)
{
    uint16_t only = NO_CHUNK;
    for (uint16_t v = 0; v < c->count; v++) {
        const news_chunk *g = &c->chunks[v];
        if (g->kind != CH_VG)
            continue;
        if (only != NO_CHUNK || !(g->flags & VG_FINITE) || news_vg_class(c, v) != NV_SAY
            || g->flags & VG_SAYS || g->object != NO_CHUNK)
            return NEWS_NONE;
        only = v;
    }
    return only == NO_CHUNK ? NEWS_NONE : news_entity_of(c, c->chunks[only].subject);
}

static bool has_quote(const news_doc *doc, const news_sentence *s)
{
    for (uint32_t i = s->first; i < s->last; i++) {
        if (doc->tokens[i].flags & NEWS_QUOTED)
            return true;
    }
    return false;
}

static bool find_quoted(reading *r)
{
    const news_doc *doc = &r->doc;
    r->quoted_by = ovf_arena_array(doc->arena, uint32_t, doc->sentence_count + 1);
    if (r->quoted_by == NULL)
        return false;
    uint32_t running = NEWS_NONE;
    uint32_t paragraph = 0;
    for (uint32_t s = 0; s < doc->sentence_count; s++) {
        const news_sentence *now = &doc->sentences[s];
        r->quoted_by[s] = NEWS_NONE;
        uint32_t own = speaker_of_sentence(&r->clauses[s]);
        if (own != NEWS_NONE) {
            running = own;
            paragraph = now->paragraph;
            continue;
        }
        if (!is_all_quoted(doc, now))
            continue;
        uint32_t next = NEWS_NONE;
        uint32_t bare = NEWS_NONE;
        for (uint32_t k = s + 1;
             k < doc->sentence_count && k < s + 4 && doc->sentences[k].paragraph == now->paragraph
             && next == NEWS_NONE;
             k++) {
            if (!has_quote(doc, &doc->sentences[k])) {
                if (k == s + 1)
                    bare = bare_speaker(&r->clauses[k]);
                break;
            }
            next = speaker_of_sentence(&r->clauses[k]);
        }
        bool near = running != NEWS_NONE && now->paragraph <= paragraph + 1;
        if (bare != NEWS_NONE)
            r->quoted_by[s] = bare;
        else if (near && now->paragraph == paragraph)
            r->quoted_by[s] = running;
        else
            r->quoted_by[s] = next != NEWS_NONE ? next : near ? running : NEWS_NONE;
        if (r->quoted_by[s] != NEWS_NONE) {
            running = r->quoted_by[s];
            paragraph = now->paragraph;
        }
    }
    return true;
}

/* ---- statements ---- */

static bool add(reading *r, const news_clauses *c, const news_draft *d)
{
    if (d->is_nominal && ++r->nominals > NOMINALS_MAX)
        return true;
    if (r->count == OVF_NEWS_MAX_STATEMENTS) {
        r->dropped++;
        return true;
    }
    if (!ovf_arena_grow(r->doc.arena, (void **)&r->items, r->count, &r->capacity,
                        sizeof(*r->items)))
        return false;
    ovf_news_statement *s = &r->items[r->count];
    news_fill(&r->story, c, d, s);
    news_fill_operators(&r->doc, s);
    // Who flies is of use only where the text says where, and whom it means.
    if (s->act == OVF_ACT_OPERATE
        && (s->operator_count == 0 || s->area_count == 0 || s->is_area_inherited))
        return true;
    bool same = d->rule_count > 0 && strcmp(d->rules[0], "SAME") == 0;
    if ((s->act == OVF_ACT_CLAIM || same) && s->speaker.len == 0)
        return true;
    for (size_t i = r->count; i-- > 0 && i + 4 > r->count;) {
        const ovf_news_statement *o = &r->items[i]; /* one passage, one act, told once */
        bool inside = s->evidence.at >= o->evidence.at
                      && s->evidence.at + s->evidence.len <= o->evidence.at + o->evidence.len;
        bool around = o->evidence.at >= s->evidence.at
                      && o->evidence.at + o->evidence.len <= s->evidence.at + s->evidence.len;
        if (o->act == s->act && (inside || around) && o->is_negated == s->is_negated
            && ovf_str_eq(o->speaker, s->speaker))
            return true;
    }
    r->count++;
    return true;
}

/* A sentence that goes on a quotation and tells no act is a claim by its speaker, once for a run. */
static void quoted_claim(reading *r, uint32_t s, news_drafts *out)
{
    const news_clauses *c = &r->clauses[s];
    if (out->count > 0 || r->quoted_by[s] == NEWS_NONE || c->count < 4)
        return;
    bool goes_on = s > 0 && r->doc.sentences[s - 1].paragraph == r->doc.sentences[s].paragraph
                   && r->quoted_by[s - 1] != NEWS_NONE;
    bool before_say = s + 1 < r->doc.sentence_count && r->quoted_by[s + 1] == NEWS_NONE
                      && r->doc.sentences[s + 1].paragraph == r->doc.sentences[s].paragraph
                      && has_quote(&r->doc, &r->doc.sentences[s + 1])
                      && speaker_of_sentence(&r->clauses[s + 1]) == r->quoted_by[s];
    if (goes_on || before_say)
        return;
    news_draft *d = &out->items[out->count++];
    *d = (news_draft){.act = OVF_ACT_CLAIM,
                      .vg = NO_CHUNK,
                      .speaker = NO_CHUNK,
                      .target = NO_CHUNK,
                      .place = NO_CHUNK,
                      .from = 0,
                      .until = c->count,
                      .says = NO_CHUNK,
                      .speaker_entity = r->quoted_by[s],
                      .source_entity = r->quoted_by[s]};
    news_rule(d, "Q3");
}

/* What "did the same" repeats: the act told last, unless that was told in passing only. */
static uint8_t repeated_act(const reading *r, const news_clauses *c, const news_draft *d)
{
    static const uint8_t main_acts[] = {OVF_ACT_DECLARE_CLOSED, OVF_ACT_PROHIBIT,
                                        OVF_ACT_SUSPEND_SERVICE};
    uint8_t best = r->last_act;
    if (best == OVF_ACT_DECLARE_CLOSED || best == OVF_ACT_PROHIBIT
        || best == OVF_ACT_SUSPEND_SERVICE || best == OVF_ACT_REOPEN
        || best == OVF_ACT_RESUME_SERVICE || best == OVF_ACT_REVOKE_PERMISSION)
        return best;
    bool aside = best != OVF_ACT_DIVERT;
    uint32_t who = d->speaker == NO_CHUNK ? NEWS_NONE : news_entity_of(c, d->speaker);
    bool flies = who != NEWS_NONE && r->doc.entities[who].kind == OVF_NEWS_AIRLINE;
    for (size_t i = 0; i < OVF_COUNTOF(main_acts); i++) {
        if (flies && main_acts[i] != OVF_ACT_SUSPEND_SERVICE)
            continue;
        if (r->acts[main_acts[i]] > (aside ? 0 : r->acts[best])) {
            best = main_acts[i];
            aside = false;
        }
    }
    return best;
}

/* ", ordering them home": a participle adds to what the sentence tells. */
static bool is_aside(const news_clauses *c, const news_draft *d)
{
    return d->vg == NO_CHUNK || c->chunks[d->vg].flags & (VG_ING | VG_TO | VG_BASE);
}

/* "Reports that Jordan had shut its skies were false": no closure, but what a denial is about. */
static bool is_hearsay(const news_clauses *c, const news_draft *d)
{
    static const char *const words[] = {"report",      "reports",    "rumour",      "rumours",
                                        "rumor",       "rumors",     "claim",       "claims",
                                        "allegations", "suggestion", "suggestions", "speculation"};
    if (d->vg == NO_CHUNK || c->chunks[d->vg].kind != CH_VG)
        return false;
    uint16_t s = c->chunks[d->vg].subject;
    if (s == NO_CHUNK || s < 2 || s > d->vg || !NEWS_IS(c->doc, c->chunks[s - 1].first, "that")
        || c->chunks[s - 2].kind != CH_NG)
        return false;
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (news_is_word(c->doc, c->chunks[s - 2].head, words[i]))
            return true;
    }
    return false;
}

static bool is_denied(const news_clauses *c, const news_drafts *out, const news_draft *d)
{
    if (d->act == OVF_ACT_DENY || d->act == OVF_ACT_CLAIM || !is_hearsay(c, d))
        return false;
    for (uint32_t i = 0; i < out->count; i++) {
        if (out->items[i].act == OVF_ACT_DENY)
            return true;
    }
    return false;
}

static bool read_sentence(reading *r, uint32_t s, news_draft *buffer)
{
    bool done = false;
    news_clauses *c = &r->clauses[s];
    if (r->doc.sentences[s].flags & (NEWS_S_BIOGRAPHY | NEWS_S_BYLINE))
        return true;
    news_drafts out = {.items = buffer, .capacity = DRAFTS_MAX};
    news_power_frames(c, &out);
    news_label_frames(c, &out);
    news_frames(c, &out);
    news_exception_frames(c, &out);
    news_say_claims(c, &out);
    news_noun_frames(c, &out);
    quoted_claim(r, s, &out);
    for (uint32_t i = 0; i < out.count; i++) {
        news_draft *d = &out.items[i];
        if (is_denied(c, &out, d))
            continue;
        if (d->source_entity == NEWS_NONE && d->says == NO_CHUNK)
            d->source_entity = r->quoted_by[s];
        if (d->act == OVF_ACT_UNKNOWN) { /* "followed suit" */
            d->act = repeated_act(r, c, d);
            if (d->act == OVF_ACT_UNKNOWN)
                continue;
        } else if (d->act != OVF_ACT_CLAIM && d->act != OVF_ACT_REPORT && d->act != OVF_ACT_DENY
                   && d->act != OVF_ACT_WARN && d->act != OVF_ACT_AUTHORITY
                   && !(done && is_aside(c, d))) {
            r->last_act = d->act;
            r->acts[d->act]++;
            done = true;
        }
        if (!add(r, c, &out.items[i]))
            return false;
    }
    out.count = 0;
    if (r->with_flying)
        news_flying(c, &out);
    for (uint32_t i = 0; i < out.count; i++) {
        if (!add(r, c, &out.items[i]))
            return false;
    }
    return true;
}

static int by_place(const void *a, const void *b)
{
    const ovf_news_statement *x = a;
    const ovf_news_statement *y = b;
    if (x->evidence.at != y->evidence.at)
        return x->evidence.at < y->evidence.at ? -1 : 1;
    if (x->trigger.at != y->trigger.at)
        return x->trigger.at < y->trigger.at ? -1 : 1;
    if (x->act != y->act)
        return x->act < y->act ? -1 : 1;
    return x->evidence.len < y->evidence.len ? -1 : x->evidence.len > y->evidence.len;
}

/* People as this text spells them: "Volodymyr Zelenskiy", where it gives the name whole. */
static void person_as_written(news_doc *doc, const news_mention *m)
{
    news_entity *e = &doc->entities[m->entity];
    uint32_t words = 1;
    for (size_t i = 0; i < e->name.len; i++)
        words += e->name.ptr[i] == ' ';
    if (words < 2 || words > 4 || m->last - m->first < words || m->flags & NEWS_M_GENERIC)
        return;
    uint32_t first = m->last - words;
    for (uint32_t i = first; i < m->last; i++) {
        if (!(doc->tokens[i].flags & NEWS_CAP) || doc->tokens[i].flags & NEWS_SHOUT)
            return;
    }
    /* the same surname, or the same first letters in another spelling */
    ovf_str last = news_words(doc, m->last - 1, m->last);
    size_t at = e->name.len;
    while (at > 0 && e->name.ptr[at - 1] != ' ')
        at--;
    ovf_str known = ovf_str_tail(e->name, at);
    if (last.len < 3 || known.len < 3
        || !ovf_str_eq_nocase(ovf_str_sub(last, 0, 3), ovf_str_sub(known, 0, 3)))
        return;
    e->name = news_words(doc, first, m->last);
}

/* "Lufthansa's spokesperson": the airline, but no name of it. */
static bool names_spokesman(const news_doc *doc, const news_mention *m)
{
    for (uint32_t i = m->first; i < m->last; i++) {
        if (ovf_str_starts(news_fold(doc, i), OVF_STR("spokes")))
            return true;
    }
    return false;
}

/* A body that the text never calls by its full name keeps the longest name that the text gives it:
 * "INAC" rather than a name that its reader has not seen. */
static void name_as_written(news_doc *doc)
{
    for (uint32_t i = 0; i < doc->mention_count; i++) {
        const news_mention *m = &doc->mentions[i];
        if (m->entity != NEWS_NONE && m->flags & NEWS_M_PERSON && !(m->flags & NEWS_M_REFERENCE))
            person_as_written(doc, m);
        if (m->entity == NEWS_NONE
            || m->flags & (NEWS_M_REFERENCE | NEWS_M_PERSON | NEWS_M_DEMONYM | NEWS_M_GENERIC))
            continue;
        news_entity *e = &doc->entities[m->entity];
        if (e->place != NEWS_NO_PLACE || e->kind == OVF_NEWS_STATE || e->flags & NEWS_M_PERSON
            || m->last - m->first > 8 || names_spokesman(doc, m))
            continue;
        ovf_str words = news_words(doc, m->first, m->last);
        if (e->flags & NEWS_M_PERSON)
            continue;
        bool own = e->name.ptr >= doc->text.ptr && e->name.ptr < doc->text.ptr + doc->text.len;
        if (ovf_str_eq_nocase(words, e->name)) {
            e->flags |= NEWS_M_MULTI; /* seen whole: stays */
            continue;
        }
        if (e->flags & NEWS_M_MULTI)
            continue;
        bool is_name = doc->tokens[m->first].flags & (NEWS_CAP | NEWS_DIGIT)
                       || e->kind == OVF_NEWS_AIRLINE; /* no "spokesman for the Agency" */
        if (is_name && (!own || words.len > e->name.len))
            e->name = words;
    }
}

static bool read_all(reading *r)
{
    news_doc *doc = &r->doc;
    if (!ovf_news_tokens(doc) || !ovf_news_sentences(doc))
        return false;
    for (uint32_t i = 0; i < doc->token_count; i++) {
        ovf_str f = news_fold(doc, i);
        doc->tokens[i].lex = news_word_find(f.ptr, f.len, doc->tokens[i].hash);
    }
    if (!ovf_news_times(doc) || !ovf_news_mentions(doc) || !ovf_news_counts(doc)
        || !ovf_news_instruments(doc))
        return false;
    name_as_written(doc);
    if (!chunk_all(r))
        return false;
    set_roles(r);
    if (!ovf_news_resolve(doc) || !find_topics(doc, &r->story) || !find_quoted(r))
        return false;
    news_draft *buffer = ovf_arena_array(doc->arena, news_draft, DRAFTS_MAX);
    if (buffer == NULL)
        return false;
    for (uint32_t s = 0; s < doc->sentence_count; s++) {
        if (!read_sentence(r, s, buffer))
            return false;
    }
    return true;
}

ovf_status ovf_news_read(const ovf_news *news, ovf_str text, const ovf_news_options *options,
                         ovf_arena *arena, ovf_news_result *out, ovf_error *err)
{
    if (text.len > OVF_NEWS_MAX_BYTES)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NEWS_MAX_BYTES, "a text of more than %zu bytes",
                        OVF_NEWS_MAX_BYTES);
    ovf_findings findings = {.arena = arena};
    reading r = {.doc = {.news = news,
                         .world = news->world,
                         .arena = arena,
                         .text = text,
                         .published = options == NULL ? OVF_NEWS_NO_DAY : options->published,
                         .findings = &findings},
                 .with_flying = options != NULL && options->with_flying};
    if (!read_all(&r))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory to read the text");
    if (r.dropped > 0)
        ovf_findings_add(&findings, OVF_WARNING, r.items[r.count - 1].evidence.at, "NEWS_MANY",
                         "%zu statements beyond the first %d are left out", r.dropped,
                         OVF_NEWS_MAX_STATEMENTS);
    if (r.count > 1)
        qsort(r.items, r.count, sizeof(*r.items), by_place);
    *out = (ovf_news_result){.items = r.items,
                             .count = r.count,
                             .findings = findings.items,
                             .finding_count = findings.count};
    return OVF_OK;
}
