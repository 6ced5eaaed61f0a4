/* SPDX-License-Identifier: Apache-2.0 */
/* One tag a token: noun or verb, preposition or conjunction. Left to right, each decided by the word's
 * readings, the tag before and the word behind; a word of no table is a noun, unless its ending
 * and its neighbours say otherwise. */
#include "news_tags.h"

#include <string.h>

/* ---- small words ---- */

/* Does a finite verb follow before the next comma? Then "as", "after" ... begin a clause. */
static bool clause_follows(const tagger *t, uint32_t i)
{
    bool had_group = false;
    for (uint32_t k = i; k < t->last && k < i + 14; k++) {
        const news_word *w = row_at(t, k);
        const news_token *n = &t->doc->tokens[k];
        if (n->flags & NEWS_PUNCT && !(n->flags & NEWS_POSS))
            return false;
        if (is_name(t, k)) {
            had_group = true;
            continue;
        }
        if (w->func & (NF_BE | NF_HAVE | NF_DO | NF_MODAL) && !(w->forms & VF_ING))
            return had_group;
        if (w->forms & (VF_PAST | VF_S) && !(w->func & NF_DET) && had_group && w->noun == NN_NONE) {
            const news_word *p = row_at(t, k - 1);
            if (!(p->func & (NF_DET | NF_PREP | NF_ADJ))
                && (w->forms & VF_PAST || nt_opens_group(t, k + 1) || !nt_has_noun(t, w)
                    || (k > i && is_name(t, k - 1) && nt_is_nounish(t, k + 1))))
                return true;
        }
        if (w->func & (NF_SUB | NF_WH) && k > i && !(w->func & NF_PREP))
            return false;
        had_group |= nt_is_nounish(t, k) || w->func & NF_PRON || w->func & NF_DET;
    }
    return false;
}

static news_tag tag_that(const tagger *t)
{
    const news_word *n = row_at(t, nt_skip_adverbs(t, t->i + 1));
    bool verb_next =
        n->func & (NF_BE | NF_HAVE | NF_DO | NF_MODAL)
        || (n->forms & (VF_S | VF_PAST) && !(n->func & NF_DET) && !is_name(t, t->i + 1));
    if (t->before == TAG_NOUN || t->before == TAG_NAME || t->before == TAG_RPAREN) {
        bool base_next = n->forms & VF_BASE && !nt_has_noun(t, n) && !is_name(t, t->i + 1);
        return verb_next || base_next ? TAG_WH : TAG_SUB;
    }
    const news_word *m = row_at(t, t->i + 2);
    bool one = n->noun != NN_NONE && !n->is_plural && t->i + 1 < t->last && !is_name(t, t->i + 1)
               && (t->i + 2 >= t->last || t->doc->tokens[t->i + 2].flags & NEWS_PUNCT
                   || (m->func & NF_PREP && !(m->func & NF_QUANT)));
    if (t->before == TAG_VERB && one)
        return TAG_DET; /* "extended that ban to" */
    if (t->before == TAG_VERB || t->before == TAG_TIME)
        return verb_next && t->before == TAG_VERB ? TAG_PRON : TAG_SUB;
    if (t->before == TAG_COMMA || t->before == TAG_CONJ || t->before == TAG_ADJ)
        return TAG_SUB;
    return verb_next ? TAG_PRON : TAG_DET;
}

static news_tag tag_to(const tagger *t)
{
    uint32_t next = nt_skip_adverbs(t, t->i + 1);
    const news_word *w = row_at(t, next);
    bool has_base = w->forms & VF_BASE || NEWS_IS(t->doc, next, "be")
                    || NEWS_IS(t->doc, next, "have") || NEWS_IS(t->doc, next, "do");
    /* "to ignore the controllers": a word of no table with an object behind it */
    bool unknown =
        next < t->last && w->form[0] == '\0'
        && (t->doc->tokens[next].flags & (NEWS_WORD | NEWS_CAP | NEWS_DIGIT)) == NEWS_WORD
        && !has_ending(t, next, "s") && (nt_opens_group(t, next + 1) || is_name(t, next + 1));
    unknown = unknown && !has_ending(t, next, "ed") && !has_ending(t, next, "ing")
              && ovf_str_find(news_fold(t->doc, next), 0, OVF_STR("-")) == OVF_NOPOS;
    if (unknown && !is_name(t, next))
        return TAG_TO;
    if (!has_base || is_name(t, next))
        return TAG_PREP;
    /* "in response to attack": a noun of ours with nothing behind it that an object could be */
    if (w->noun != NN_NONE && !nt_opens_group(t, next + 1) && !nt_is_nounish(t, next + 1))
        return row_at(t, next + 1)->func & NF_PREP && w->verb != NV_NONE ? TAG_TO : TAG_PREP;
    return TAG_TO;
}

/* "had in April barred", "has on Friday closed": the verb stands behind a time. */
static uint32_t skip_times(const tagger *t, uint32_t i)
{
    while (i < t->last && t->tags[i] == TAG_TIME)
        i++;
    return nt_skip_adverbs(t, i);
}

static news_tag tag_aux(tagger *t, const news_word *w)
{
    if (w->func & NF_MODAL) {
        t->waits = 4;
        return TAG_MODAL;
    }
    uint32_t next = skip_times(t, nt_skip_adverbs(t, t->i + 1));
    const news_word *n = row_at(t, next);
    bool inverted = next < t->last && is_name(t, next);
    if (w->func & NF_BE) {
        bool chain = n->forms & (VF_PP | VF_ING) || has_ending(t, next, "ed")
                     || NEWS_IS(t->doc, next, "being") || NEWS_IS(t->doc, next, "been");
        if (!chain || inverted)
            return TAG_VERB;
        t->waits = 1;
        return TAG_AUX;
    }
    if (w->func & NF_HAVE) {
        bool chain = n->forms & VF_PP || NEWS_IS(t->doc, next, "been")
                     || NEWS_IS(t->doc, next, "had") || NEWS_IS(t->doc, next, "done")
                     || has_ending(t, next, "ed");
        bool modifier =
            nt_is_nounish(t, next + 1) && n->noun == NN_NONE && wants_noun(t->before) && 0;
        if (NEWS_IS(t->doc, next, "to"))
            return TAG_AUX; /* "has to close" */
        if (!chain || modifier || inverted)
            return TAG_VERB;
        t->waits = 2;
        return TAG_AUX;
    }
    bool base = n->forms & VF_BASE || NEWS_IS(t->doc, next, "have") || NEWS_IS(t->doc, next, "do");
    if (base
        && (NEWS_IS(t->doc, t->i + 1, "not") || NEWS_IS(t->doc, t->i + 1, "n't")
            || next == t->i + 1)) {
        t->waits = 4;
        return TAG_AUX;
    }
    return TAG_VERB;
}

/* "sealed off its airspace", "turned over the case": the particle of the verb in front, with an object
 * behind. */
static bool is_particle(const tagger *t)
{
    static const char *const bases[] = {"close", "seal",  "shut", "cordon", "fence", "block",
                                        "call",  "brush", "wave", "laugh",  "shrug", "kick",
                                        "write", "cut",   "fend", "ward",   "wipe",  "break",
                                        "wall",  "rope",  "set",  "strike"};
    static const char *const over[] = {"roll", "turn", "hand", "carry", "take"};
    bool off = NEWS_IS(t->doc, t->i, "off");
    if (t->before != TAG_VERB || t->before_at + 1 != t->i || !(off || NEWS_IS(t->doc, t->i, "over"))
        || !(nt_opens_group(t, t->i + 1) || nt_is_nounish(t, t->i + 1)))
        return false;
    for (size_t i = 0; i < OVF_COUNTOF(over) && !off; i++) {
        if (strcmp(row_at(t, t->before_at)->base, over[i]) == 0)
            return true;
    }
    for (size_t i = 0; i < OVF_COUNTOF(bases) && off; i++) {
        if (strcmp(row_at(t, t->before_at)->base, bases[i]) == 0)
            return true;
    }
    return false;
}

/* "as", "after", "once": before a clause, or a preposition. */
static news_tag tag_subordinator(const tagger *t, const news_word *w, ovf_str f)
{
    if (ovf_str_eq(f, OVF_STR("once")) && NEWS_IS(t->doc, t->i + 1, "again"))
        return TAG_ADV;
    if (w->func & NF_PREP || ovf_str_eq(f, OVF_STR("as")) || ovf_str_eq(f, OVF_STR("after"))
        || ovf_str_eq(f, OVF_STR("before")))
        return clause_follows(t, t->i + 1) ? TAG_SUB : TAG_PREP;
    if (w->func & NF_ADV && t->before == TAG_VERB)
        return TAG_ADV;
    return TAG_SUB;
}

/* "the", "all", "its": before a noun; "all" floats behind an auxiliary too. */
static news_tag tag_determiner(const tagger *t, const news_word *w, ovf_str f)
{
    if (w->func & NF_PRON) /* "it", "his" */
        return TAG_PRON;
    if (t->waits
        && (ovf_str_eq(f, OVF_STR("all")) || ovf_str_eq(f, OVF_STR("both"))
            || ovf_str_eq(f, OVF_STR("each"))))
        return TAG_ADV; /* "have all changed" */
    if ((t->before == TAG_NOUN || t->before == TAG_NAME)
        && (ovf_str_eq(f, OVF_STR("all")) || ovf_str_eq(f, OVF_STR("both"))
            || ovf_str_eq(f, OVF_STR("each")))
        && row_at(t, t->i + 1)->forms & (VF_PAST | VF_BASE) && !t->waits
        && row_at(t, t->i + 1)->noun == NN_NONE)
        return TAG_ADV; /* "A and B each cancelled" */
    if (ovf_str_eq(f, OVF_STR("another")) && row_at(t, t->i + 1)->verb == NV_SAY
        && row_at(t, t->i + 1)->noun == NN_NONE)
        return TAG_NOUN; /* "another said" */
    bool owns = ovf_str_eq(f, OVF_STR("its")) || ovf_str_eq(f, OVF_STR("their"))
                || ovf_str_eq(f, OVF_STR("our"));
    if (owns && t->i + 1 < t->last && t->doc->tokens[t->i + 1].flags & (NEWS_WORD | NEWS_DIGIT))
        return TAG_DET; /* "its nationwide ground stop", "its Saturday flights" */
    return nt_is_nounish(t, t->i + 1) || nt_opens_group(t, t->i + 1) || row_at(t, t->i + 1)->forms
                   || ovf_str_eq(f, OVF_STR("the")) || ovf_str_eq(f, OVF_STR("a"))
                   || ovf_str_eq(f, OVF_STR("an"))
               ? TAG_DET
               : TAG_PRON;
}

/* "some", "over 40", "up to". */
static news_tag tag_quantity(const tagger *t, const news_word *w, ovf_str f)
{
    bool height = NEWS_IS(t->doc, t->i + 2, "feet") || NEWS_IS(t->doc, t->i + 2, "ft")
                  || NEWS_IS(t->doc, t->i + 2, "metres") || NEWS_IS(t->doc, t->i + 2, "meters");
    if (height && (ovf_str_eq(f, OVF_STR("below")) || ovf_str_eq(f, OVF_STR("above"))))
        return TAG_PREP; /* "the route below 32,000 feet" */
    if (ovf_str_eq(f, OVF_STR("up")) && !NEWS_IS(t->doc, t->i + 1, "to"))
        return TAG_ADV; /* "stepped up its patrols" */
    if (w->func & NF_PREP && !(t->i + 1 < t->last && t->doc->tokens[t->i + 1].flags & NEWS_NUMBER))
        return TAG_PREP;
    return TAG_NUM;
}

static news_tag tag_small(tagger *t, const news_word *w)
{
    ovf_str f = news_fold(t->doc, t->i);
    if (ovf_str_eq(f, OVF_STR("else")) && t->i + 1 < t->last
        && t->doc->tokens[t->i + 1].flags & NEWS_POSS)
        return TAG_NOUN; /* "someone else's sky" */
    if (w->func & NF_NEG && ovf_str_eq(f, OVF_STR("no")))
        return NEWS_IS(t->doc, t->i + 1, "longer") ? TAG_NEG : TAG_DET;
    if (w->func & NF_NEG && (ovf_str_eq(f, OVF_STR("neither")))) {
        const news_word *n = row_at(t, t->i + 1);
        return n->forms != 0 && n->noun == NN_NONE ? TAG_NEG : TAG_DET;
    }
    if (ovf_str_eq(f, OVF_STR("at"))
        && (NEWS_IS(t->doc, t->i + 1, "least") || NEWS_IS(t->doc, t->i + 1, "most")))
        return TAG_NUM;
    if (ovf_str_eq(f, OVF_STR("than")) && t->i > t->first && row_at(t, t->i - 1)->func & NF_ADJ
        && (is_name(t, t->i + 1) || row_at(t, t->i + 1)->func & (NF_QUANT | NF_DET)
            || (t->i + 1 < t->last && t->doc->tokens[t->i + 1].flags & NEWS_NUMBER)))
        return TAG_ADJ; /* "more than 40 flights" */
    if (ovf_str_eq(f, OVF_STR("short")) && t->before == TAG_VERB && NEWS_IS(t->doc, t->i + 1, "of"))
        return TAG_ADV;
    if (ovf_str_eq(f, OVF_STR("to")) && t->i > t->first && t->i + 1 < t->last
        && t->doc->tokens[t->i - 1].flags & t->doc->tokens[t->i + 1].flags & NEWS_NUMBER)
        return TAG_NUM; /* "300 to 400 drones" */
    if (ovf_str_eq(f, OVF_STR("to")))
        return tag_to(t);
    if (ovf_str_eq(f, OVF_STR("that")))
        return tag_that(t);
    if (w->func & (NF_MODAL | NF_BE | NF_HAVE | NF_DO))
        return tag_aux(t, w);
    if (w->func & NF_NEG)
        return TAG_NEG;
    if (w->func & NF_WH)
        return ovf_str_eq(f, OVF_STR("what")) && t->before != TAG_NOUN ? TAG_PRON : TAG_WH;
    if (t->waits == 2 && ovf_str_eq(f, OVF_STR("since")) && row_at(t, t->i + 1)->forms & VF_PP)
        return TAG_ADV; /* "have since revoked" */
    if (w->func & NF_SUB)
        return tag_subordinator(t, w, f);
    if (w->func & NF_CONJ)
        return TAG_CONJ;
    if (is_particle(t))
        return TAG_ADV;
    if (w->func & NF_DET)
        return tag_determiner(t, w, f);
    if (w->func & NF_PRON)
        return ovf_str_eq(f, OVF_STR("one")) && nt_is_nounish(t, t->i + 1) ? TAG_NUM : TAG_PRON;
    if (w->func & NF_QUANT)
        return tag_quantity(t, w, f);
    if (w->func & NF_PREP)
        return TAG_PREP;
    if (w->func & NF_ADJ)
        return TAG_ADJ;
    if (t->before == TAG_DET && nt_is_nounish(t, t->i + 1) && row_at(t, t->i + 1)->noun != NN_NONE
        && t->i > t->first && !NEWS_IS(t->doc, t->i - 1, "all"))
        return TAG_ADJ; /* "its nationwide ground stop" */
    return TAG_ADV;
}

static news_tag tag_mark(tagger *t)
{
    const news_token *k = &t->doc->tokens[t->i];
    if (k->flags & NEWS_POSS) {
        /* "it's cancelled all flights", "Eurocontrol's been telling": has */
        uint32_t next = nt_skip_adverbs(t, t->i + 1);
        bool chain = row_at(t, next)->forms & (VF_PP | VF_ING) && next < t->last;
        if (NEWS_IS(t->doc, next, "been"))
            return TAG_AUX;
        if ((t->before != TAG_PRON && t->before != TAG_WH)
            || (t->i > t->first && NEWS_IS(t->doc, t->i - 1, "else")))
            return TAG_POSS;
        return chain ? TAG_AUX : TAG_VERB;
    }
    if (k->flags & NEWS_OPEN)
        return TAG_OPEN;
    if (k->flags & NEWS_CLOSE)
        return TAG_CLOSE;
    if (k->flags & NEWS_HYPHEN)
        return TAG_HYPHEN;
    if (k->flags & NEWS_DASH)
        return TAG_DASH;
    switch (t->doc->folded[k->fold]) {
    case ',': return TAG_COMMA;
    case ':': return TAG_COLON;
    case ';': return TAG_SEMI;
    case '.':
    case '!':
    case '?': return TAG_STOP;
    case '(':
    case '[': return TAG_LPAREN;
    case ')':
    case ']': return TAG_RPAREN;
    case '/': /* "A0035/24" is one name */
        return t->i > t->first && t->i + 1 < t->last && t->doc->tokens[t->i - 1].flags & NEWS_DIGIT
                       && t->doc->tokens[t->i + 1].flags & NEWS_DIGIT
                   ? TAG_HYPHEN
                   : TAG_CONJ;
    default: return TAG_OTHER;
    }
}

/* A word of no table. */
static news_tag tag_unknown(const tagger *t)
{
    const news_token *k = &t->doc->tokens[t->i];
    if (k->flags & NEWS_CAP && !(k->flags & NEWS_SHOUT) && t->i != t->first)
        return TAG_NAME;
    if (k->flags & NEWS_DIGIT && !(k->flags & NEWS_WORD))
        return TAG_NUM;
    if (has_ending(t, t->i, "ly"))
        return TAG_ADV;
    bool third = has_ending(t, t->i, "s") && !has_ending(t, t->i, "ss")
                 && !(k->flags & (NEWS_CAP | NEWS_DIGIT)) && k->fold_len > 3;
    if (third && (t->before == TAG_NOUN || t->before == TAG_NAME) && !nt_before_is_plural(t)
        && t->i + 1 < t->last && row_at(t, t->i + 1)->func & NF_DET
        && !(row_at(t, t->i + 1)->func & NF_QUANT))
        return TAG_VERB; /* "the order thwacks the treaty": of no table, with an object behind */
    if (t->waits & 4 && !(k->flags & (NEWS_CAP | NEWS_DIGIT)))
        return TAG_VERB;
    if (has_ending(t, t->i, "ed") && k->fold_len > 4
        && (t->waits & 3 || (is_group_tag(t->before) && !nt_is_nounish(t, t->i + 1))))
        return TAG_VERB;
    if (has_ending(t, t->i, "ing") && k->fold_len > 5
        && (t->waits & 1 || t->before == TAG_RPAREN
            || (t->before == TAG_COMMA && nt_is_nounish(t, t->i + 1))))
        return TAG_VERB;
    return TAG_NOUN;
}

static news_tag tag_word(tagger *t)
{
    const news_word *w = row_at(t, t->i);
    uint8_t forms = 0;
    const news_token *k = &t->doc->tokens[t->i];
    if (is_name(t, t->i)) {
        const news_mention *m = mention_of(t->doc, t->i);
        return m->flags & NEWS_M_DEMONYM ? TAG_ADJ : TAG_NAME;
    }
    if (k->flags & NEWS_NUMBER)
        return TAG_NUM;
    if (w->func != 0 && !(w->func & NF_ADJ && w->forms))
        return tag_small(t, w);
    if (NEWS_IS(t->doc, t->i, "round") && is_group_tag(t->before)
        && (t->i + 1 >= t->last || t->doc->tokens[t->i + 1].flags & NEWS_PUNCT
            || t->tags[t->i + 1] == TAG_TIME || row_at(t, t->i + 1)->func & NF_PREP))
        return TAG_ADV; /* "turned a flight round" */
    if (w->forms != 0 && nt_is_verb(t, w, &forms)) {
        t->had_base = forms == VF_BASE;
        return TAG_VERB;
    }
    if (w->func & NF_ADJ)
        return TAG_ADJ;
    if (w->forms & (VF_PAST | VF_PP | VF_ING) && w->noun == NN_NONE)
        return TAG_ADJ;
    if (w->forms != 0 || w->noun != NN_NONE)
        return TAG_NOUN;
    return tag_unknown(t);
}

/* A line without any verb is a headline whose verb looks like a noun: "IAEA chief calls on", "data
 * shows". The first such form behind a noun is it. */
static void find_verb(tagger *t)
{
    uint32_t found = 0;
    for (uint32_t i = t->first; i < t->last; i++) {
        if (t->tags[i] == TAG_VERB || t->tags[i] == TAG_AUX || t->tags[i] == TAG_MODAL
            || t->tags[i] == TAG_TO)
            return;
        const news_word *w = row_at(t, i);
        bool behind = i > t->first && (t->tags[i - 1] == TAG_NOUN || t->tags[i - 1] == TAG_NAME);
        if (found == 0 && behind && t->tags[i] == TAG_NOUN && w->forms & VF_S && w->verb != NV_NONE)
            found = i;
    }
    if (found != 0)
        t->tags[found] = TAG_VERB;
}

static void tag_sentence(tagger *t)
{
    for (t->i = t->first; t->i < t->last; t->i++) {
        const news_token *k = &t->doc->tokens[t->i];
        if (t->tags[t->i] == TAG_TIME) {
            t->before = TAG_TIME;
            continue;
        }
        news_tag tag = k->flags & (NEWS_WORD | NEWS_DIGIT) && !(k->flags & NEWS_POSS) ? tag_word(t)
                                                                                      : tag_mark(t);
        t->tags[t->i] = (uint8_t)tag;
        if (tag == TAG_ADV || tag == TAG_NEG || (tag == TAG_OPEN && t->waits))
            continue;
        if (tag == TAG_AUX && k->flags & NEWS_POSS)
            t->waits = 3;
        if (tag == TAG_TO)
            t->waits = 4;
        else if (tag == TAG_VERB && !(row_at(t, t->i)->func & NF_BE && t->waits))
            t->waits = 0;
        else if (tag != TAG_AUX && tag != TAG_MODAL && tag != TAG_PRON && tag != TAG_OPEN
                 && tag != TAG_CLOSE && tag != TAG_COMMA)
            t->waits = 0;
        t->before = tag;
        t->before_at = t->i;
    }
    find_verb(t);
}

bool news_tag_all(news_doc *doc, uint8_t *tags)
{
    for (uint32_t i = 0; i < doc->time_count; i++) {
        if (doc->times[i].kind == NEWS_T_CLOCK && 0)
            continue;
        for (uint32_t k = doc->times[i].first; k < doc->times[i].last; k++)
            tags[k] = TAG_TIME;
    }
    for (uint32_t s = 0; s < doc->sentence_count; s++) {
        tagger t = {.doc = doc,
                    .tags = tags,
                    .first = doc->sentences[s].first,
                    .last = doc->sentences[s].last,
                    .before = TAG_OTHER};
        t.before_at = t.first;
        tag_sentence(&t);
    }
    return true;
}
