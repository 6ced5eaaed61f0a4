/* SPDX-License-Identifier: Apache-2.0 */
/* Mentions: who and what is named where. Tables first (news_lexicon.c), groups around them
 * (news_groups.c), pronouns and definite descriptions, then what only the whole document tells:
 * acronyms in brackets, appositions, the longest form of a name as the one to answer with. */
#include "news_lexicon.h"

#include <string.h>

/* ---- pronouns ---- */

static bool pronoun(const news_doc *doc, uint32_t token, news_mention *out)
{
    static const struct {
        const char *word;
        uint16_t flags;
    } rows[] = {
        {"he", NEWS_M_PERSON | NEWS_M_MALE},
        {"him", NEWS_M_PERSON | NEWS_M_MALE},
        {"she", NEWS_M_PERSON | NEWS_M_FEMALE},
        {"it", 0},
        {"they", NEWS_M_PLURAL},
        {"them", NEWS_M_PLURAL},
    };
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++) {
        if (news_is_word(doc, token, rows[i].word)) {
            *out = (news_mention){.first = token,
                                  .last = token + 1,
                                  .entity = NEWS_NONE,
                                  .flags = (uint16_t)(rows[i].flags | NEWS_M_REFERENCE)};
            return true;
        }
    }
    return false;
}

/* "The former has extended its ban; the latter, ...": no adjective in front of a noun. */
static bool former_or_latter(const news_doc *doc, uint32_t token, news_mention *out)
{
    static const char *const verbs[] = {"has",   "had",  "is",   "was",  "will", "would",
                                        "said",  "says", "did",  "does", "may",  "can",
                                        "could", "must", "also", "told", "then", "still"};
    bool is_one = NEWS_IS(doc, token, "former") || NEWS_IS(doc, token, "latter");
    if (!is_one || token == 0 || !NEWS_IS(doc, token - 1, "the"))
        return false;
    uint32_t next = token + 1;
    ovf_str word = next < doc->token_count ? news_fold(doc, next) : (ovf_str){0};
    bool stands = next >= doc->token_count || doc->tokens[next].flags & (NEWS_PUNCT | NEWS_POSS)
                  || lex_word_in(doc, next, verbs, OVF_COUNTOF(verbs))
                  || (word.len > 4 && memcmp(word.ptr + word.len - 2, "ed", 2) == 0);
    if (!stands)
        return false;
    *out = (news_mention){
        .first = token, .last = token + 1, .entity = NEWS_NONE, .flags = NEWS_M_REFERENCE};
    return true;
}

/* "the two men", "the pair", "both men", "all three", "the trio", "the two sides". */
static bool several(const news_doc *doc, uint32_t token, news_mention *out)
{
    static const char *const nouns[] = {"men",   "leaders",   "sides",  "presidents",
                                        "women", "ministers", "parties"};
    uint32_t at = token;
    if (NEWS_IS(doc, at, "all") || NEWS_IS(doc, at, "both") || NEWS_IS(doc, at, "two")
        || NEWS_IS(doc, at, "three")) {
        bool is_both = NEWS_IS(doc, at, "both") || NEWS_IS(doc, at, "two");
        bool is_all = NEWS_IS(doc, at, "all");
        uint32_t noun = at + 1;
        if (is_all
            && !(NEWS_IS(doc, noun, "three") || NEWS_IS(doc, noun, "four")
                 || NEWS_IS(doc, noun, "six")))
            return false;
        if (is_all)
            noun++;
        bool has_noun = lex_word_in(doc, noun, nouns, OVF_COUNTOF(nouns));
        if (!has_noun && !is_all && !(is_both && NEWS_IS(doc, at, "both")))
            return false;
        if (!has_noun && is_both
            && !(noun < doc->token_count && doc->tokens[noun].flags & NEWS_WORD
                 && !(doc->tokens[noun].flags & NEWS_CAP)))
            return false;
        if (!has_noun && lex_is_determiner(doc, noun))
            return false;
        *out = (news_mention){.first = token,
                              .last = has_noun ? noun + 1 : noun,
                              .entity = NEWS_NONE,
                              .flags = NEWS_M_REFERENCE | NEWS_M_PLURAL | NEWS_M_MULTI
                                       | (has_noun ? NEWS_M_PERSON : 0)};
        return true;
    }
    return false;
}

/* ---- the walk ---- */

static bool push_mention(news_doc *doc, const news_mention *m)
{
    if (doc->mention_count == doc->mention_capacity) {
        void *items = doc->mentions;
        size_t capacity = doc->mention_capacity;
        if (!ovf_arena_grow(doc->arena, &items, doc->mention_count, &capacity, sizeof(news_mention))
            || capacity > UINT32_MAX)
            return false;
        doc->mentions = items;
        doc->mention_capacity = (uint32_t)capacity;
    }
    for (uint32_t i = m->first; i < m->last; i++)
        doc->mention_at[i] = doc->mention_count;
    doc->mentions[doc->mention_count++] = *m;
    return true;
}

/* "Federal Aviation Administration (FAA)": the acronym stands for it from there. */
static void note_acronym(lex_work *w, const news_mention *m)
{
    news_doc *doc = w->doc;
    uint32_t at = m->last;
    if (m->entity == NEWS_NONE || m->flags & (NEWS_M_DEMONYM | NEWS_M_PERSON)
        || at + 2 >= doc->token_count)
        return;
    if (NEWS_IS(doc, at, "(") && doc->tokens[at + 1].flags & NEWS_ALLCAP
        && (NEWS_IS(doc, at + 2, ")") || NEWS_IS(doc, at + 2, ",")))
        lex_put_alias(w, doc->tokens[at + 1].hash, m->entity);
}

static bool take_mention(lex_work *w, uint32_t token, news_mention *out)
{
    news_doc *doc = w->doc;
    lex_group group = {0};
    if (pronoun(doc, token, out) || former_or_latter(doc, token, out) || several(doc, token, out))
        return true;
    /* An acronym that the text has explained goes before the tables. */
    if (doc->tokens[token].flags & NEWS_ALLCAP) {
        uint32_t known = lex_get_alias(w, doc->tokens[token].hash);
        bool is_alone = w->hits[token][LEX_NAME].len <= 1;
        uint32_t next = token + 1;
        bool goes_on = next < doc->token_count
                       && (w->hits[next][LEX_ROLE].len > 0 || w->hits[next][LEX_HEAD].len > 0);
        if (known != NEWS_NONE && is_alone && !goes_on
            && !(doc->entities[known].flags & NEWS_M_PERSON)) {
            *out = (news_mention){.first = token,
                                  .last = token + 1,
                                  .entity = known,
                                  .kind = doc->entities[known].kind,
                                  .place = doc->entities[known].place};
            return true;
        }
    }
    if (!lex_group_at(w, token, &group) || group.last <= token)
        return false;
    *out = (news_mention){.first = group.first,
                          .last = group.last,
                          .entity = group.entity,
                          .flags = group.flags,
                          .kind = group.kind,
                          .place = group.place};
    return true;
}

/* Capitals on most of the words of a sentence: a title, where capitals mean nothing. */
static void mark_titles(lex_work *w)
{
    const news_doc *doc = w->doc;
    for (uint32_t s = 0; s < doc->sentence_count; s++) {
        uint32_t words = 0;
        uint32_t capitals = 0;
        for (uint32_t i = doc->sentences[s].first; i < doc->sentences[s].last; i++) {
            const news_token *t = &doc->tokens[i];
            if (!(t->flags & NEWS_WORD) || t->len < 4)
                continue;
            words++;
            capitals += (t->flags & NEWS_CAP) != 0;
        }
        w->is_titled[s] = words >= 5 && capitals * 6 >= words * 5;
    }
}

/* Names in full, before anything else: a surname or a short form that comes first may be one of them. */
static void note_full_names(lex_work *w)
{
    const news_doc *doc = w->doc;
    for (uint32_t i = 0; i < doc->token_count; i++) {
        lex_hit hit = w->hits[i][LEX_NAME];
        for (uint32_t r = 0; r < hit.rows; r++) {
            const struct lex_phrase *p = lex_phrase_at(hit.row + r);
            if (p->what != LEX_NAME || p->flags & (LEX_SHORT | LEX_WEAK | LEX_THE))
                continue;
            const struct lex_entity *e = lex_entity_at(p->index);
            if (e->type == LEX_PERSON)
                (void)lex_entity_of_phrase(w, lex_in_office(w, hit, LEX_KIND_ORG));
            else if (e->type == LEX_AIRLINE && lex_text(p->key).len > 0 && hit.rows == 1)
                (void)lex_entity_of(w, p->index);
        }
    }
}

/* "X, the transport minister,", "the spokesman, X,": office and name are one. */
static void join_appositions(lex_work *w)
{
    news_doc *doc = w->doc;
    for (uint32_t i = 0; i + 1 < doc->mention_count; i++) {
        news_mention *a = &doc->mentions[i];
        news_mention *b = &doc->mentions[i + 1];
        if (!(a->last < doc->token_count && NEWS_IS(doc, a->last, ",")) || b->first > a->last + 2
            || b->first <= a->last)
            continue;
        bool has_the = b->first == a->last + 2;
        if (has_the && !lex_is_determiner(doc, a->last + 1))
            continue;
        bool a_named =
            a->flags & NEWS_M_PERSON && !(a->flags & NEWS_M_GENERIC) && a->entity != NEWS_NONE;
        bool b_named =
            b->flags & NEWS_M_PERSON && !(b->flags & NEWS_M_GENERIC) && b->entity != NEWS_NONE;
        bool a_office = !a_named && a->kind != OVF_NEWS_UNKNOWN && a->kind != OVF_NEWS_STATE
                        && !(a->flags & (NEWS_M_FLEET | NEWS_M_PLURAL))
                        && a->flags & NEWS_M_GENERIC;
        bool b_office =
            !b_named && b->kind != OVF_NEWS_UNKNOWN && !(b->flags & (NEWS_M_FLEET | NEWS_M_PLURAL));
        bool a_role = !a_named && a->flags & NEWS_M_PERSON && !(a->flags & NEWS_M_PLURAL);
        if (a_named && b_office && (doc->entities[a->entity].kind == OVF_NEWS_UNKNOWN)) {
            news_entity *e = &doc->entities[a->entity];
            e->kind = b->kind;
            if (b->entity != NEWS_NONE && e->state.len == 0)
                e->state = doc->entities[b->entity].state;
            a->kind = e->kind;
        } else if (b_named && (a_office || a_role) && b->last < doc->token_count) {
            news_entity *e = &doc->entities[b->entity];
            if (e->kind == OVF_NEWS_UNKNOWN)
                e->kind = a->kind;
            if (a->entity != NEWS_NONE && e->state.len == 0)
                e->state = doc->entities[a->entity].state;
            b->kind = e->kind;
            if (a->flags & NEWS_M_PERSON) {
                a->entity = b->entity;
                a->flags &= (uint16_t) ~(NEWS_M_GENERIC | NEWS_M_REFERENCE);
            }
        }
    }
}

/* First names of women: who "she" can be. */
static bool is_woman(ovf_str name)
{
    static const char *const names[] = {
        "Adina",         "Agnes",       "Aisha",     "Alice",     "Alexandra",   "Amanda",
        "Amy",           "Ana",         "Andrea",    "Angela",    "Anita",       "Ann",
        "Anna",          "Annalena",    "Anne",      "Barbara",   "Caroline",    "Catherine",
        "Charlotte",     "Chrystia",    "Claire",    "Claudia",   "Condoleezza", "Cristina",
        "Dalia",         "Dana",        "Delcy",     "Diana",     "Dilma",       "Dina",
        "Elaine",        "Elena",       "Elizabeth", "Ellen",     "Emily",       "Emma",
        "Erna",          "Eva",         "Evika",     "Fatima",    "Federica",    "Fiona",
        "Gabriela",      "Giorgia",     "Gloria",    "Hannah",    "Heather",     "Heidi",
        "Helen",         "Helena",      "Helle",     "Hillary",   "Hua",         "Inga",
        "Ingrid",        "Ingrida",     "Irina",     "Isabel",    "Jacinda",     "Jane",
        "Janet",         "Jen",         "Jennifer",  "Jessica",   "Joanna",      "Julia",
        "Julie",         "Kaja",        "Kamala",    "Kamla",     "Karen",       "Karine",
        "Karoline",      "Kate",        "Katrín",    "Katherine", "Kristi",      "Kristrún",
        "Laura",         "Linda",       "Lisa",      "Liz",       "Loyola",      "Lucy",
        "Magdalena",     "Maia",        "Mao",       "Margaret",  "Maria",       "Marie",
        "Marion",        "Mary",        "María",     "Megan",     "Megawati",    "Mette",
        "Mia",           "Michelle",    "Miri",      "Monica",    "Mélanie",     "Nadia",
        "Natalia",       "Natalie",     "Natasha",   "Nicola",    "Nina",        "Nora",
        "Olga",          "Paetongtarn", "Pam",       "Patricia",  "Paula",       "Penny",
        "Rachel",        "Rebecca",     "Rosa",      "Ruth",      "Salome",      "Samantha",
        "Samia",         "Sanae",       "Sandra",    "Sanna",     "Sara",        "Sarah",
        "Sheikh Hasina", "Simone",      "Simonetta", "Sofia",     "Sonia",       "Sophie",
        "Susan",         "Sushila",     "Sushma",    "Susanne",   "Svetlana",    "Tammy",
        "Tatiana",       "Theresa",     "Tsai",      "Ursula",    "Victoria",    "Yasmin",
        "Yingluck",      "Yulia",       "Yvette"};
    for (size_t i = 0; i < OVF_COUNTOF(names); i++) {
        ovf_str first = ovf_str_of(names[i]);
        if (ovf_str_starts(name, first) && name.len > first.len && name.ptr[first.len] == ' ')
            return true;
    }
    return false;
}

/* Names as this text spells them, in the longest form that it has. */
static void take_spelling(lex_work *w)
{
    news_doc *doc = w->doc;
    for (uint32_t i = 0; i < doc->token_count; i++) {
        lex_hit hit = w->hits[i][LEX_NAME];
        uint32_t m = doc->mention_at[i];
        if (hit.len == 0 || m == NEWS_NONE || doc->mentions[m].entity == NEWS_NONE
            || i + hit.len > doc->mentions[m].last)
            continue;
        news_entity *e = &doc->entities[doc->mentions[m].entity];
        for (uint32_t r = 0; r < hit.rows; r++) {
            const struct lex_phrase *p = lex_phrase_at(hit.row + r);
            const struct lex_entity *known = lex_entity_at(p->index);
            bool is_other =
                p->what != LEX_NAME || lex_seen_as(w, p->index) != doc->mentions[m].entity + 1;
            bool keeps = known->type == LEX_STATE || known->type == LEX_CITY
                         || known->type == LEX_REGION || known->type == LEX_FIR
                         || p->flags & (LEX_DEMONYM | LEX_WEAK);
            if (is_other || keeps || doc->tokens[i].flags & NEWS_SHOUT)
                continue;
            ovf_str form = news_words(doc, i, i + hit.len);
            bool is_canonical = ovf_str_eq(e->name, lex_text(known->name));
            bool is_full = known->type != LEX_PERSON || (hit.len > 1 && !(p->flags & LEX_SHORT));
            if (is_full && (is_canonical || form.len > e->name.len)
                && memchr(form.ptr, '\n', form.len) == NULL)
                e->name = form;
            i += hit.len - 1u;
            break;
        }
    }
}

/* Kinds that became known late. */
static void settle(lex_work *w)
{
    news_doc *doc = w->doc;
    for (uint32_t i = 0; i < doc->mention_count; i++) {
        news_mention *m = &doc->mentions[i];
        if (m->entity == NEWS_NONE)
            continue;
        news_entity *e = &doc->entities[m->entity];
        m->kind = e->kind;
        if (m->flags & NEWS_M_PERSON && !(e->flags & (NEWS_M_FEMALE | NEWS_M_MALE)))
            e->flags |= is_woman(e->name) ? NEWS_M_FEMALE : NEWS_M_MALE;
        if (m->last < doc->token_count && doc->tokens[m->last].flags & NEWS_POSS)
            m->flags |= NEWS_M_POSS;
    }
}

/* "the Maiquetia, Curacao and San Juan Flight Information Regions": all of the list are FIRs. */
static void share_suffix(lex_work *w)
{
    news_doc *doc = w->doc;
    for (uint32_t i = doc->mention_count; i-- > 1;) {
        const news_mention *m = &doc->mentions[i];
        bool is_fir =
            m->place == NEWS_P_FIR
            && (NEWS_IS(doc, m->last - 1, "regions") || NEWS_IS(doc, m->last - 1, "firs"));
        bool is_airport = m->place == NEWS_P_AIRPORT && NEWS_IS(doc, m->last - 1, "airports")
                          && m->last > m->first + 1;
        if (!is_fir && !is_airport)
            continue;
        const char *suffix = is_fir ? "FIR" : "Airport";
        uint8_t kind = is_fir ? OVF_NEWS_UNKNOWN : OVF_NEWS_AIRPORT;
        for (uint32_t k = i; k-- > 0 && i - k < 12;) {
            news_mention *a = &doc->mentions[k];
            uint32_t next = doc->mentions[k + 1].first;
            bool joins = next > a->last && next - a->last <= 3
                         && (NEWS_IS(doc, a->last, ",") || NEWS_IS(doc, a->last, "and"));
            if (!joins || a->entity == NEWS_NONE)
                break;
            ovf_str words = news_words(doc, a->first, a->last);
            ovf_str name = ovf_arena_printf(doc->arena, OVF_FMT " %s", OVF_ARG(words), suffix);
            uint32_t entity =
                name.ptr == NULL ? NEWS_NONE : lex_new_entity(w, name, kind, m->place, 0);
            if (entity == NEWS_NONE) {
                w->failed = true;
                return;
            }
            doc->entities[entity].where = doc->entities[a->entity].where;
            doc->entities[entity].state = doc->entities[a->entity].state;
            a->entity = entity;
            a->place = m->place;
            a->kind = kind;
            a->flags &= (uint16_t)~NEWS_M_CAPITAL;
        }
        ovf_str last = news_words(doc, m->first, m->last);
        size_t cut =
            is_airport ? last.len - strlen(" airports") : ovf_str_find(last, 0, OVF_STR(" "));
        if (m->entity != NEWS_NONE && cut != OVF_NOPOS && doc->entities[m->entity].code.len == 0)
            doc->entities[m->entity].name = ovf_arena_printf(
                doc->arena, OVF_FMT " %s", OVF_ARG(ovf_str_sub(last, 0, cut)), suffix);
    }
}

static bool prepare(lex_work *w)
{
    news_doc *doc = w->doc;
    size_t tokens = doc->token_count + 1u;
    w->hits = ovf_arena_alloc(doc->arena, tokens, sizeof(w->hits[0]));
    w->seen_slots = 64;
    w->seen = ovf_arena_array(doc->arena, lex_alias, w->seen_slots);
    w->alias_slots = 256;
    while (w->alias_slots < LEX_ALIAS_SLOTS && w->alias_slots / 8 < tokens)
        w->alias_slots *= 2;
    w->aliases = ovf_arena_array(doc->arena, lex_alias, w->alias_slots);
    w->is_titled = ovf_arena_array(doc->arena, uint8_t, doc->sentence_count + 1u);
    doc->mention_at = ovf_arena_array(doc->arena, uint32_t, tokens);
    if (w->hits == NULL || w->seen == NULL || w->aliases == NULL || w->is_titled == NULL
        || doc->mention_at == NULL)
        return false;
    memset(doc->mention_at, 0xFF, tokens * sizeof(uint32_t));
    for (uint32_t i = 0; i < doc->token_count; i++)
        lex_find(doc, i, w->hits[i]);
    doc->hits = w->hits[0];
    return true;
}

bool ovf_news_mentions(news_doc *doc)
{
    lex_work w = {.doc = doc};
    if (doc->token_count == 0)
        return true;
    if (doc->published != OVF_NEWS_NO_DAY) {
        w.year = ovf_time_civil((ovf_time)doc->published * OVF_DAY_S).year;
    }
    if (!prepare(&w))
        return false;
    mark_titles(&w);
    note_full_names(&w);
    uint32_t time = 0;
    for (uint32_t i = 0; i < doc->token_count && !w.failed;) {
        news_mention m = {0};
        while (time < doc->time_count && doc->times[time].first < i)
            time++;
        if (time < doc->time_count && doc->times[time].first == i
            && doc->times[time].kind == NEWS_T_CLOCK && doc->tokens[i].flags & NEWS_SENTENCE) {
            i = doc->times[time]
                    .last; /* "19.31 Iraq's ministry": the hour is no part of the name */
            continue;
        }
        if (doc->tokens[i].flags & (NEWS_WORD | NEWS_DIGIT) && take_mention(&w, i, &m)) {
            if (!push_mention(doc, &m))
                return false;
            note_acronym(&w, &m);
            i = m.last;
        } else {
            i++;
        }
    }
    if (w.failed)
        return false;
    join_appositions(&w);
    take_spelling(&w);
    share_suffix(&w);
    settle(&w);
    return true;
}

/* The tables are compiled: nothing is built at run time. */
struct news_names {
    int none;
};

struct news_names *ovf_news_names_new(const ovf_world *world)
{
    static struct news_names names;
    OVF_UNUSED(world);
    return &names;
}

void ovf_news_names_free(struct news_names *names)
{
    OVF_UNUSED(names);
}
