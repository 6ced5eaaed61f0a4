/* SPDX-License-Identifier: Apache-2.0 */
/* Noun groups and verb groups of a sentence, by what tag may follow what; everything else is a chunk
 * of one token. */
#include "news_grammar.h"

#include <string.h>

static news_tag tag_at(const news_clauses *c, uint32_t i, uint32_t last)
{
    return i < last ? (news_tag)c->tags[i] : TAG_STOP;
}

static uint8_t kind_of(news_tag tag)
{
    switch (tag) {
    case TAG_PREP: return CH_PREP;
    case TAG_CONJ: return CH_CONJ;
    case TAG_SUB: return CH_SUB;
    case TAG_WH: return CH_WH;
    case TAG_COMMA: return CH_COMMA;
    case TAG_COLON: return CH_COLON;
    case TAG_SEMI: return CH_SEMI;
    case TAG_OPEN: return CH_OPEN;
    case TAG_CLOSE: return CH_CLOSE;
    case TAG_LPAREN: return CH_LPAREN;
    case TAG_RPAREN: return CH_RPAREN;
    case TAG_DASH: return CH_DASH;
    case TAG_STOP: return CH_STOP;
    case TAG_ADV:
    case TAG_NEG: return CH_ADV;
    default: return CH_OTHER;
    }
}

static bool is_noun_tag(news_tag t)
{
    return t == TAG_NOUN || t == TAG_NAME || t == TAG_NUM || t == TAG_ADJ || t == TAG_POSS
           || t == TAG_HYPHEN;
}

/* "pre-emptive" strikes: marks round the words in front of a noun. */
static bool starts_quoted(const news_clauses *c, uint32_t i, uint32_t last)
{
    if (tag_at(c, i, last) != TAG_OPEN)
        return false;
    uint32_t k = i + 1;
    while (k < i + 4 && is_noun_tag(tag_at(c, k, last)))
        k++;
    return k > i + 1 && tag_at(c, k, last) == TAG_CLOSE && is_noun_tag(tag_at(c, k + 1, last))
           && tag_at(c, k + 1, last) != TAG_POSS;
}

/* Days in front of a noun that they tell apart: where they end; `at` when no noun follows. */
static uint32_t behind_days(const news_clauses *c, uint32_t at, uint32_t last)
{
    uint32_t k = at;
    while (k < at + 8
           && (tag_at(c, k, last) == TAG_TIME
               || ((tag_at(c, k, last) == TAG_CONJ || tag_at(c, k, last) == TAG_COMMA)
                   && tag_at(c, k + 1, last) == TAG_TIME)))
        k++;
    news_tag t = tag_at(c, k, last);
    return t == TAG_NOUN || t == TAG_NAME || t == TAG_ADJ ? k : at;
}

static bool counts_time(const news_clauses *c, uint32_t at, uint32_t last)
{
    static const char *const units[] = {"weeks", "days", "hours",   "months", "years",
                                        "week",  "hour", "minutes", "decades"};
    for (size_t i = 0; i < OVF_COUNTOF(units) && at + 1 < last; i++) {
        if (news_is_word(c->doc, at + 1, units[i]))
            return true;
    }
    return false;
}

/* End of the noun group that begins at i; its head in *head. */
static uint32_t take_ng(const news_clauses *c, uint32_t i, uint32_t last, uint32_t *head)
{
    uint32_t at = i;
    bool has_noun = false;
    bool quoted = false;
    *head = i;
    if (tag_at(c, i, last) == TAG_PRON)
        return i + 1;
    for (; at < last; at++) {
        news_tag t = tag_at(c, at, last);
        news_tag next = tag_at(c, at + 1, last);
        if (t == TAG_DET) {
            news_tag p = at > i ? tag_at(c, at - 1, last) : TAG_DET;
            if (at > i && p != TAG_DET && p != TAG_NUM && p != TAG_ADJ)
                break;
            if (has_noun)
                break;
            continue;
        }
        if (t == TAG_OPEN && !has_noun && (at > i || starts_quoted(c, i, last))
            && (is_noun_tag(next))) {
            quoted = true;
            continue;
        }
        if (t == TAG_CLOSE && quoted && is_noun_tag(next)) {
            quoted = false;
            continue;
        }
        if (t == TAG_ADV && !has_noun && at > i
            && (next == TAG_ADJ || next == TAG_NUM
                || ((next == TAG_NOUN || next == TAG_NAME) && tag_at(c, at - 1, last) == TAG_POSS)))
            continue; /* "Air India's only flight" */
        if (t == TAG_TIME && !has_noun && at > i && tag_at(c, at - 1, last) != TAG_POSS) {
            uint32_t end = behind_days(c, at, last); /* "its Saturday and next Tuesday flights" */
            if (end > at) {
                at = end - 1;
                continue;
            }
        }
        if (t == TAG_NUM && has_noun && counts_time(c, at, last))
            break; /* "revoked the certificate two weeks later" */
        if (t == TAG_CONJ && !has_noun && at > i && tag_at(c, at - 1, last) == TAG_ADJ
            && next == TAG_ADJ)
            continue; /* "civil and military" flights */
        if (!is_noun_tag(t))
            break;
        if (t == TAG_NOUN || t == TAG_NAME || t == TAG_NUM || t == TAG_ADJ) {
            if (t == TAG_NOUN || t == TAG_NAME)
                has_noun = true;
            if (t == TAG_NOUN || t == TAG_NAME || !has_noun)
                *head = at;
        }
        if (t == TAG_POSS)
            has_noun = false;
    }
    return at > i ? at : i + 1;
}

static bool is_linking(const news_clauses *c, uint32_t i)
{
    static const char *const bases[] = {"remain", "stay", "become", "get",
                                        "keep",   "seem", "appear", "stand"};
    const news_word *w = news_lex(c->doc, i);
    if (w->func & NF_BE)
        return true;
    for (size_t k = 0; k < OVF_COUNTOF(bases); k++) {
        if (strcmp(w->base, bases[k]) == 0)
            return true;
    }
    return false;
}

static uint32_t skip_adv(const news_clauses *c, uint32_t i, uint32_t last)
{
    while (i < last && (c->tags[i] == TAG_ADV || c->tags[i] == TAG_NEG))
        i++;
    return i;
}

static uint16_t modal_flags(const news_clauses *c, uint32_t i)
{
    static const char *const planned[] = {"will", "wo", "shall", "would", "'ll", "sha"};
    static const char *const duty[] = {"must", "should"};
    for (size_t k = 0; k < OVF_COUNTOF(planned); k++) {
        if (news_is_word(c->doc, i, planned[k]))
            return VG_PLANNED;
    }
    for (size_t k = 0; k < OVF_COUNTOF(duty); k++) {
        if (news_is_word(c->doc, i, duty[k]))
            return VG_DUTY;
    }
    return VG_POSSIBLE;
}

static uint8_t tense_of(const news_clauses *c, uint32_t i)
{
    const news_word *w = news_lex(c->doc, i);
    if (w->forms != 0)
        return w->forms;
    if (w->func & (NF_BE | NF_HAVE | NF_DO))
        return NEWS_IS(c->doc, i, "being") || NEWS_IS(c->doc, i, "having")
                       || NEWS_IS(c->doc, i, "doing")
                   ? VF_ING
               : NEWS_IS(c->doc, i, "be") ? VF_BASE
                                          : VF_S | VF_PAST;
    ovf_str f = news_fold(c->doc, i);
    return ovf_str_ends(f, OVF_STR("ing")) ? VF_ING : VF_PAST | VF_PP;
}

/* "aircraft chartered by France": a participle behind its noun, with who did it. */
static bool chartered_by(const news_clauses *c, const news_chunk *g, const news_chunk *before)
{
    static const char *const own[] = {"rise", "fall",  "grow", "drop",  "pass",   "fly",   "stand",
                                      "stop", "come",  "go",   "stick", "abide",  "sail",  "live",
                                      "jump", "climb", "soar", "slip",  "plunge", "surge", "win"};
    const news_word *w = news_lex(c->doc, g->head);
    if (!(g->tense & VF_PP) || before == NULL || before->kind != CH_NG || w->verb != NV_NONE
        || !NEWS_IS(c->doc, g->head + 1, "by") || g->head + 2 >= c->doc->token_count
        || c->doc->tokens[g->head + 2].flags & NEWS_NUMBER || c->tags[g->head + 2] == TAG_TIME)
        return false;
    for (size_t i = 0; i < OVF_COUNTOF(own); i++) {
        if (strcmp(w->base, own[i]) == 0)
            return false;
    }
    return true;
}

static void settle_vg(news_clauses *c, news_chunk *g, bool helped, bool be,
                      const news_chunk *before)
{
    uint8_t f = g->tense;
    if (be && f & VF_PP)
        g->flags |= VG_PASSIVE;
    if (be && f & VF_ING)
        g->flags |= VG_PROG;
    if (g->flags & VG_TO)
        return;
    if (helped) {
        g->flags |= VG_FINITE;
        return;
    }
    bool by_agent = f & VF_PP && before != NULL && before->kind == CH_COMMA
                    && NEWS_IS(c->doc, g->head + 1, "by"); /* "The forces, led by X, say" */
    by_agent |= chartered_by(c, g, before);
    if (f & VF_ING)
        g->flags |= VG_ING;
    else if (by_agent || (f & VF_PP && !(f & VF_PAST)))
        g->flags |= VG_PP | VG_PASSIVE;
    else if (f & (VF_PAST | VF_S))
        g->flags |= VG_FINITE;
    else if (before != NULL
             && (before->kind == CH_NG || before->kind == CH_WH || before->kind == CH_ADV
                 || before->kind == CH_TIME
                 || ((before->kind == CH_COMMA || before->kind == CH_CLOSE)
                     && news_lex(c->doc, g->head)->verb == NV_SAY))) /* "..., say experts" */
        g->flags |= VG_FINITE;
    else
        g->flags |= VG_BASE;
}

/* A verb group while it is taken. */
typedef struct vg_taker {
    news_clauses *c;
    news_chunk *g;
    uint32_t from, last;
    bool helped, be, found, first_ing;
} vg_taker;

static void take_aux(vg_taker *v, uint32_t at)
{
    const news_doc *doc = v->c->doc;
    const news_word *w = news_lex(doc, at);
    if (at == v->from && (NEWS_IS(doc, at, "having") || NEWS_IS(doc, at, "being")))
        v->first_ing = true;
    v->helped |= at == v->from && !v->first_ing;
    v->be = (w->func & NF_BE) != 0;
    if (doc->tokens[at].flags & NEWS_POSS) { /* "it's closed", "it's closed the gate" */
        uint32_t next = skip_adv(v->c, at + 1, v->last);
        news_tag behind = tag_at(v->c, next + 1, v->last);
        bool object = is_noun_tag(behind) || behind == TAG_DET || behind == TAG_PRON;
        v->be = tense_of(v->c, next) & VF_ING || !object;
    }
    if (w->func & NF_HAVE)
        v->g->flags |= VG_PERFECT;
}

static bool goes_on(const vg_taker *v, uint32_t at)
{
    news_tag t = tag_at(v->c, at, v->last);
    return t == TAG_VERB || t == TAG_AUX;
}

/* What may stand between an auxiliary and its verb: marks, "itself", a time, an adverb between commas.
 * How many tokens; 0: the group ends here. */
static uint32_t between(const vg_taker *v, uint32_t at)
{
    const news_clauses *c = v->c;
    news_tag t = tag_at(c, at, v->last);
    news_tag next = tag_at(c, at + 1, v->last);
    if (v->found || !v->helped)
        return 0;
    if (t == TAG_OPEN || t == TAG_CLOSE) /* is "closed" */
        return goes_on(v, at + 1) || next == TAG_ADV;
    if (t == TAG_PRON) /* "had itself recommended" */
        return at > v->from && goes_on(v, at + 1)
               && (NEWS_IS(c->doc, at, "itself") || NEWS_IS(c->doc, at, "himself")
                   || NEWS_IS(c->doc, at, "herself") || NEWS_IS(c->doc, at, "themselves"));
    if (t == TAG_TIME) { /* "had in April barred" */
        uint32_t end = at;
        while (tag_at(c, end, v->last) == TAG_TIME || tag_at(c, end, v->last) == TAG_ADV)
            end++;
        return goes_on(v, end);
    }
    if (t == TAG_COMMA && next == TAG_ADV && tag_at(c, at + 2, v->last) == TAG_COMMA
        && (goes_on(v, at + 3) || tag_at(c, at + 3, v->last) == TAG_NEG))
        return 3; /* "may, however, prohibit" */
    return 0;
}

/* The verb, or a linking one whose participle follows: "remained closed". */
static void take_verb(vg_taker *v, uint32_t at)
{
    v->g->head = at;
    uint32_t next = skip_adv(v->c, at + 1, v->last);
    bool links = is_linking(v->c, at);
    if (links && tag_at(v->c, next, v->last) == TAG_VERB && tense_of(v->c, next) & VF_PP
        && next <= at + 4) {
        if (!v->helped && !(v->g->flags & VG_TO)) {
            v->first_ing = (tense_of(v->c, at) & VF_ING) != 0;
            v->helped = !v->first_ing;
        }
        v->be = true;
        return;
    }
    v->found = true;
    if (links)
        v->g->flags |= VG_COPULA;
}

/* Takes the token when it belongs to the group; how many tokens, 0: the group ends. */
static uint32_t take_token(vg_taker *v, uint32_t at)
{
    news_clauses *c = v->c;
    news_tag t = tag_at(c, at, v->last);
    if (v->found && t != TAG_NEG)
        return 0;
    switch (t) {
    case TAG_MODAL:
        v->g->flags |= modal_flags(c, at);
        if (NEWS_IS(c->doc, at, "cannot"))
            v->g->flags |= VG_NEG;
        v->helped = true;
        return 1;
    case TAG_AUX: take_aux(v, at); return 1;
    case TAG_NEG: v->g->flags |= VG_NEG; return 1;
    case TAG_ADV: return 1;
    case TAG_TO:
        if (at > v->from && c->tags[at - 1] != TAG_AUX && c->tags[at - 1] != TAG_NEG
            && c->tags[at - 1] != TAG_ADV)
            return 0;
        v->g->flags |= v->helped ? VG_DUTY : VG_TO;
        return 1;
    case TAG_VERB: take_verb(v, at); return 1;
    default: return between(v, at);
    }
}

static uint32_t take_vg(news_clauses *c, uint32_t i, uint32_t last, news_chunk *g,
                        const news_chunk *before)
{
    vg_taker v = {.c = c, .g = g, .from = i, .last = last};
    uint32_t at = i;
    uint32_t taken = 1;
    while (at < last && taken > 0) {
        taken = take_token(&v, at);
        at += taken;
    }
    uint32_t end = at;
    while (end > i + 1 && c->tags[end - 1] == TAG_ADV && end - 1 > g->head)
        end--;
    g->tense = tense_of(c, g->head);
    settle_vg(c, g, v.helped, v.be, before);
    if (v.first_ing) {
        g->flags &= (uint16_t)~VG_FINITE;
        g->flags |= VG_ING;
    }
    return end > i ? end : i + 1;
}

static bool starts_vg(const news_clauses *c, uint32_t i, uint32_t last)
{
    news_tag t = tag_at(c, i, last);
    if (t == TAG_VERB || t == TAG_AUX || t == TAG_MODAL || t == TAG_TO)
        return true;
    if (t != TAG_ADV && t != TAG_NEG)
        return false;
    uint32_t next = skip_adv(c, i, last);
    t = tag_at(c, next, last);
    return next <= i + 3 && (t == TAG_VERB || t == TAG_AUX || t == TAG_MODAL || t == TAG_TO);
}

/* "Its notice to airmen barring flights": one group, so that the notice bars them. */
static void join_notices(news_clauses *c)
{
    uint16_t kept = 0;
    for (uint16_t k = 0; k < c->count; k++) {
        news_chunk *g = &c->chunks[k];
        c->chunks[kept++] = *g;
        for (uint32_t i = g->first; g->kind == CH_NG && i < g->head; i++) {
            if (news_lex(c->doc, i)->noun == NN_NOTICE
                && c->doc->tokens[g->head].flags & (NEWS_DIGIT | NEWS_NUMBER))
                c->chunks[kept - 1].head = i; /* "notam A0012/26": its number is no head */
        }
        if (g->kind != CH_NG || k + 2 >= c->count || news_lex(c->doc, g->head)->noun != NN_NOTICE
            || !NEWS_IS(c->doc, g[1].first, "to") || g[2].kind != CH_NG)
            continue;
        uint32_t to = g[2].head;
        if (NEWS_IS(c->doc, to, "airmen") || NEWS_IS(c->doc, to, "aviators")
            || (NEWS_IS(c->doc, to, "missions") && NEWS_IS(c->doc, g[2].first, "air"))) {
            c->chunks[kept - 1].last = g[2].last;
            k = (uint16_t)(k + 2);
        }
    }
    c->count = kept;
}

void news_chunk_sentence(news_clauses *c)
{
    const news_sentence *s = &c->doc->sentences[c->sentence];
    uint32_t i = s->first;
    c->count = 0;
    while (i < s->last) {
        news_tag t = tag_at(c, i, s->last);
        news_chunk *g = &c->chunks[c->count];
        *g = (news_chunk){.first = i,
                          .head = i,
                          .subject = NO_CHUNK,
                          .object = NO_CHUNK,
                          .agent = NO_CHUNK,
                          .parent = NO_CHUNK,
                          .says = NO_CHUNK};
        if (t == TAG_TIME) {
            g->kind = CH_TIME;
            while (i < s->last && c->tags[i] == TAG_TIME)
                i++;
        } else if (starts_vg(c, i, s->last)) {
            g->kind = CH_VG;
            i = take_vg(c, i, s->last, g, c->count > 0 ? &c->chunks[c->count - 1] : NULL);
        } else if (t == TAG_DET || t == TAG_PRON || is_noun_tag(t)
                   || starts_quoted(c, i, s->last)) {
            g->kind = CH_NG;
            i = take_ng(c, i, s->last, &g->head);
        } else {
            g->kind = kind_of(t);
            i++;
        }
        g->last = i;
        c->count++;
    }
    join_notices(c);
}
