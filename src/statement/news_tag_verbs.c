/* SPDX-License-Identifier: Apache-2.0 */
/* Is a word with verb forms a verb where it stands? By the tag before it and the word behind: "airlines
 * suspend", "the suspend button"; "turns back over Greece", "two turns". */
#include "news_tags.h"

#include <string.h>

/* Can token i begin or go on a noun group, as far as one word shows? */
bool nt_is_nounish(const tagger *t, uint32_t i)
{
    if (i >= t->last)
        return false;
    const news_token *k = &t->doc->tokens[i];
    if (!(k->flags & (NEWS_WORD | NEWS_DIGIT)))
        return false;
    if (is_name(t, i) || k->flags & NEWS_NUMBER)
        return true;
    const news_word *w = row_at(t, i);
    if (w->func & ~(NF_ADJ | NF_QUANT))
        return false;
    if (w->noun != NN_NONE || w->func != 0)
        return true;
    return w->forms == 0 ? !has_ending(t, i, "ly")
                         : (w->forms & (VF_BASE | VF_S)) && !(w->forms & VF_PAST);
}

bool nt_opens_group(const tagger *t, uint32_t i)
{
    if (i >= t->last)
        return false;
    const news_word *w = row_at(t, i);
    if (w->func & (NF_DET | NF_PRON | NF_QUANT))
        return !(w->func & NF_PREP);
    return t->doc->tokens[i].flags & NEWS_OPEN || is_name(t, i)
           || t->doc->tokens[i].flags & NEWS_NUMBER
           || (t->doc->tokens[i].flags & NEWS_CAP && w->func == 0);
}

uint32_t nt_skip_adverbs(const tagger *t, uint32_t i)
{
    while (i < t->last) {
        const news_word *w = row_at(t, i);
        bool skips = (w->func & (NF_ADV | NF_NEG) && !(w->func & NF_DET))
                     || (t->doc->tokens[i].flags & (NEWS_OPEN | NEWS_CLOSE) && i + 1 < t->last);
        skips |= NEWS_IS(t->doc, i, "since") && i > t->first && row_at(t, i - 1)->func & NF_HAVE
                 && row_at(t, i + 1)->forms & VF_PP; /* "have since revoked" */
        bool floats =
            (NEWS_IS(t->doc, i, "all") || NEWS_IS(t->doc, i, "both") || NEWS_IS(t->doc, i, "each"))
            && i > t->first && row_at(t, i - 1)->func & (NF_HAVE | NF_BE | NF_MODAL)
            && row_at(t, i + 1)->forms & (VF_PP | VF_BASE);
        skips |= floats; /* "have all changed" */
        if (!skips && !(w->forms == 0 && w->func == 0 && w->noun == 0 && has_ending(t, i, "ly")))
            break;
        i++;
    }
    return i;
}

/* Can the form be a noun? Of the verbs that the frames ask for, those of this list; of the others, any
 * but a few that never are. */
bool nt_has_noun(const tagger *t, const news_word *w)
{
    static const char *const nouns[] = {
        "air",     "alert",    "ambush",   "appeal", "approach", "assault",  "attack",  "ban",
        "bar",     "block",    "bomb",     "brand",  "bypass",   "call",     "capture", "claim",
        "command", "comment",  "crash",    "cross",  "curb",     "cut",      "damage",  "demand",
        "detour",  "dispatch", "down",     "drift",  "drop",     "estimate", "fall",    "fault",
        "fear",    "file",     "find",     "fire",   "freeze",   "ground",   "halt",    "hope",
        "issue",   "label",    "land",     "launch", "license",  "limit",    "list",    "mass",
        "move",    "murder",   "note",     "object", "order",    "pause",    "permit",  "phone",
        "place",   "pledge",   "position", "post",   "pound",    "promise",  "protest", "raid",
        "release", "remark",   "repeat",   "report", "request",  "return",   "reverse", "shell",
        "show",    "sign",     "signal",   "spot",   "state",    "station",  "stop",    "strike",
        "talk",    "target",   "tweet",    "wound",  "blame",    "hit",      "shot"};
    static const char *const never[] = {
        "stay",      "refrain",   "begin",   "seek",      "maintain",   "require",    "consider",
        "make",      "go",        "come",    "give",      "get",        "spend",      "join",
        "meet",      "speak",     "write",   "refuse",    "hold",       "tell",       "remain",
        "become",    "let",       "bring",   "keep",      "allow",      "seem",       "receive",
        "include",   "agree",     "carry",   "decide",    "follow",     "occur",      "continue",
        "cite",      "describe",  "fail",    "belong",    "reside",     "vest",       "pertain",
        "rest",      "lie",       "govern",  "oversee",   "exist",      "depend",     "comply",
        "serve",     "rely",      "happen",  "intend",    "appear",     "arrive",     "depart",
        "enter",     "own",       "provide", "consist",   "manage",     "regulate",   "supervise",
        "derive",    "ensure",    "involve", "represent", "constitute", "contain",    "exceed",
        "possess",   "retain",    "know",    "lose",      "mean",       "obtain",     "obey",
        "prevent",   "protect",   "pursue",  "see",       "sell",       "send",       "suffer",
        "surround",  "take",      "tend",    "undermine", "want",       "understand", "administer",
        "recognise", "recognize", "fly",     "operate",   "accept",     "apply"};
    OVF_UNUSED(t);
    if (w->noun != NN_NONE)
        return true;
    bool classed = w->verb != NV_NONE;
    const char *const *list = classed ? nouns : never;
    size_t n = classed ? OVF_COUNTOF(nouns) : OVF_COUNTOF(never);
    for (size_t i = 0; i < n; i++) {
        if (w->base[0] == list[i][0] && strcmp(w->base, list[i]) == 0)
            return classed;
    }
    return !classed;
}

bool nt_before_is_plural(const tagger *t)
{
    const news_mention *m = mention_of(t->doc, t->before_at);
    if (m != NULL && (m->kind == OVF_NEWS_POLICE || m->kind == OVF_NEWS_ARMED_GROUP))
        return true; /* "police say" */
    if (m != NULL && m->flags & NEWS_M_PLURAL)
        return true;
    const news_word *w = news_lex(t->doc, t->before_at);
    if (w->noun != NN_NONE)
        return w->is_plural;
    ovf_str f = news_fold(t->doc, t->before_at);
    if (NEWS_IS(t->doc, t->before_at, "police") || NEWS_IS(t->doc, t->before_at, "media"))
        return true;
    return m == NULL && f.len > 3 && f.ptr[f.len - 1] == 's' && f.ptr[f.len - 2] != 's';
}

/* "let its ban expire", "saw the jets turn": behind a verb that takes an object and a bare form. */
static bool is_let(const tagger *t)
{
    static const char *const bases[] = {"let", "make", "help", "see", "watch", "hear"};
    for (uint32_t k = t->i; k > t->first && k + 7 > t->i; k--) {
        news_tag tag = (news_tag)t->tags[k - 1];
        if (tag == TAG_VERB) {
            for (size_t i = 0; i < OVF_COUNTOF(bases); i++) {
                if (strcmp(row_at(t, k - 1)->base, bases[i]) == 0)
                    return true;
            }
            return false;
        }
        if (tag != TAG_NOUN && tag != TAG_NAME && tag != TAG_DET && tag != TAG_ADJ
            && tag != TAG_POSS && tag != TAG_NUM)
            return false;
    }
    return false;
}

/* A bare form: "to close", "airlines suspend", "close the gates". */
static bool base_is_verb(const tagger *t, const news_word *w)
{
    if (t->waits & 4 || (t->i > t->first && NEWS_IS(t->doc, t->i - 1, "please")))
        return true;
    if (t->before == TAG_DET && NEWS_IS(t->doc, t->before_at, "both")
        && NEWS_IS(t->doc, t->i + 1, "to"))
        return true; /* "both claim to hold the airport" */
    if (wants_noun(t->before))
        return false;
    if (strcmp(w->base, "use") == 0 && NEWS_IS(t->doc, t->i + 1, "of"))
        return false; /* "denied the jets use of its airspace" */
    if (t->before == TAG_PRON)
        return true;
    if (is_group_tag(t->before) && !nt_has_noun(t, w) && is_let(t))
        return true;
    if (t->before == TAG_COMMA && w->verb == NV_SAY && t->i > t->first + 3
        && (nt_opens_group(t, t->i + 1) || NEWS_IS(t->doc, t->i + 1, "that")
            || NEWS_IS(t->doc, t->i + 1, "there")))
        return true; /* "The forces, led by X, say they control it" */
    if (t->before == TAG_NAME && !nt_has_noun(t, w)
        && (nt_opens_group(t, t->i + 1) || nt_is_nounish(t, t->i + 1)))
        return true; /* "Lebanon, Iraq, Jordan reopen airspace" */
    if (t->before == TAG_COMMA && !nt_has_noun(t, w) && t->i > t->first + 2
        && (nt_opens_group(t, t->i + 1) || NEWS_IS(t->doc, t->i + 1, "that")))
        return true; /* "..., led by X, say they" */
    const news_word *state = row_at(t, t->i + 1);
    bool stands =
        strcmp(w->base, "stand") == 0 || strcmp(w->base, "lie") == 0 || strcmp(w->base, "sit") == 0;
    if (stands && is_group_tag(t->before) && state->forms & VF_PP && state->noun == NN_NONE
        && state->verb != NV_NONE)
        return true; /* "the skies stand closed" */
    bool ends = t->i + 1 >= t->last || t->doc->tokens[t->i + 1].flags & NEWS_PUNCT
                || NEWS_IS(t->doc, t->i + 1, "that");
    if (w->verb == NV_SAY && ends && is_group_tag(t->before))
        return true; /* "..., diplomats in Amman say." */
    if (t->before == TAG_NOUN || t->before == TAG_NAME)
        return nt_before_is_plural(t)
               && (!nt_has_noun(t, w) || nt_opens_group(t, t->i + 1)
                   || row_at(t, t->i + 1)->func & NF_PREP);
    if (t->before == TAG_CONJ || t->before == TAG_COMMA)
        return t->had_base
               && (!nt_has_noun(t, w) || nt_opens_group(t, t->i + 1) || nt_is_nounish(t, t->i + 1));
    if (t->before == TAG_WH)
        return true;
    if (t->before == TAG_CLOSE)
        return !nt_has_noun(t, w);
    bool starts = t->i == t->first || t->before == TAG_OPEN || t->before == TAG_SEMI
                  || t->before == TAG_COLON;
    return starts && (nt_opens_group(t, t->i + 1) || (row_at(t, t->i + 1)->func & NF_NEG));
}

/* "calls on", "and calls for", "Flightradar24 data shows": a noun as well, were it not for what stands
 * beside it. */
static bool third_by_company(const tagger *t, const news_word *w)
{
    static const char *const sources[] = {"data",   "figures", "records", "maps",   "map",
                                          "images", "footage", "website", "tracker"};
    uint32_t next = t->i + 1;
    if (strcmp(w->base, "call") == 0
        && (NEWS_IS(t->doc, next, "on") || NEWS_IS(t->doc, next, "for"))
        && (t->before == TAG_CONJ || t->before == TAG_NAME || t->before == TAG_COMMA))
        return true;
    static const char *const particles[] = {"back", "off",    "out",  "down",
                                            "away", "around", "round"};
    bool one = (t->before == TAG_NAME || t->before == TAG_NOUN) && !nt_before_is_plural(t)
               && !(w->func & NF_ADJ) && w->noun == NN_NONE;
    for (size_t i = 0; i < OVF_COUNTOF(particles) && one; i++) {
        if (news_is_word(t->doc, next, particles[i]))
            return true; /* "BA165 to Tel Aviv turns back" */
    }
    if (strcmp(w->base, "run") == 0
        && (NEWS_IS(t->doc, next, "counter") || NEWS_IS(t->doc, next, "afoul")
            || NEWS_IS(t->doc, next, "until") || NEWS_IS(t->doc, next, "through")
            || NEWS_IS(t->doc, next, "out")))
        return t->before == TAG_NOUN || t->before == TAG_NAME;
    for (size_t i = 0; i < OVF_COUNTOF(sources) && strcmp(w->base, "show") == 0; i++) {
        if (t->i > t->first && news_is_word(t->doc, t->i - 1, sources[i]))
            return true;
    }
    return false;
}

/* Third person: "says", "strikes". */
static bool third_is_verb(const tagger *t, const news_word *w)
{
    if (third_by_company(t, w))
        return true;
    if (strcmp(w->base, "stand") == 0 && is_group_tag(t->before)
        && row_at(t, t->i + 1)->forms & VF_PP && row_at(t, t->i + 1)->verb != NV_NONE)
        return true; /* "the service stands suspended" */
    if (t->before == TAG_ADJ && !nt_has_noun(t, w) && t->i > t->first
        && mention_of(t->doc, t->before_at) != NULL && nt_opens_group(t, t->i + 1))
        return true; /* "Swiss suspends": an airline named like its country */
    if (t->before == TAG_NUM && !nt_has_noun(t, w) && t->i > t->first + 1
        && t->doc->tokens[t->i - 1].flags & NEWS_DIGIT && t->doc->tokens[t->i - 2].flags & NEWS_CAP)
        return true; /* "Resolution 1973 authorises" */
    if (t->before == TAG_NUM && !nt_has_noun(t, w) && t->i > t->first + 2
        && NEWS_IS(t->doc, t->i - 2, "/") && t->doc->tokens[t->i - 3].flags & NEWS_DIGIT)
        return true; /* "notam A0012/26 advises" */
    if ((t->before == TAG_WH || t->before == TAG_SUB) && nt_has_noun(t, w)
        && row_at(t, t->i + 1)->forms & VF_PP && !(row_at(t, t->i + 1)->func)
        && row_at(t, t->i + 1)->noun == NN_NONE)
        return false; /* "told them that permits issued in May are void" */
    if (wants_noun(t->before) || t->before == TAG_VERB || t->before == TAG_AUX
        || t->before == TAG_MODAL)
        return false;
    const news_mention *m = t->i > t->first ? mention_of(t->doc, t->before_at) : NULL;
    bool pure = !nt_has_noun(t, w);
    if (t->before == TAG_NOUN || t->before == TAG_NAME) {
        if (m != NULL && m->flags & NEWS_M_DEMONYM)
            return false;
        if (pure)
            return true;
        uint32_t next = nt_skip_adverbs(t, t->i + 1);
        const news_word *n = row_at(t, next);
        bool named = m != NULL && !(m->flags & (NEWS_M_GENERIC | NEWS_M_REFERENCE | NEWS_M_FLEET))
                     && nt_is_nounish(t, next);
        bool goes_on =
            named || nt_opens_group(t, next) || n->func & NF_SUB || NEWS_IS(t->doc, next, "that");
        if (w->verb == NV_SAY || w->verb2 == NV_SAY)
            return goes_on || nt_is_nounish(t, next) || m != NULL || NEWS_IS(t->doc, next, ",");
        if (strcmp(w->base, "fall") == 0)
            goes_on |= NEWS_IS(t->doc, next, "outside") || NEWS_IS(t->doc, next, "within")
                       || NEWS_IS(t->doc, next, "under") || NEWS_IS(t->doc, next, "to")
                       || NEWS_IS(t->doc, next, "beyond");
        if (strcmp(w->base, "call") == 0)
            goes_on |= NEWS_IS(t->doc, next, "on") || NEWS_IS(t->doc, next, "for")
                       || NEWS_IS(t->doc, next, "off");
        return goes_on && !nt_before_is_plural(t);
    }
    static const char *const objects[] = {"us", "them", "him", "me"};
    for (size_t i = 0; t->before == TAG_PRON && !pure && i < OVF_COUNTOF(objects); i++) {
        if (news_is_word(t->doc, t->before_at, objects[i]))
            return false; /* "give us orders" */
    }
    if (t->before == TAG_PRON || t->before == TAG_WH)
        return true;
    if (t->before == TAG_CONJ || t->before == TAG_COMMA || t->before == TAG_CLOSE)
        return pure || ((w->verb == NV_SAY || w->verb2 == NV_SAY) && nt_opens_group(t, t->i + 1))
               || (t->before == TAG_CONJ && nt_opens_group(t, t->i + 1));
    return pure && t->i != t->first;
}

static bool ing_is_verb(const tagger *t, const news_word *w)
{
    if (t->waits & 1)
        return true;
    if (t->before == TAG_DET || t->before == TAG_ADJ || t->before == TAG_POSS)
        return false;
    if (t->before == TAG_HYPHEN)
        return false;
    if (t->before == TAG_NUM && t->doc->tokens[t->i - 1].flags & NEWS_DIGIT && w->noun == NN_NONE
        && w->verb != NV_NONE && t->i > t->first + 1
        && t->doc->tokens[t->i - 2].flags & (NEWS_CAP | NEWS_HYPHEN | NEWS_DIGIT))
        return true; /* "CZIB 2025-02 recommending" */
    if (t->before == TAG_NUM)
        return false;
    bool has_table_noun = w->noun != NN_NONE;
    uint32_t next = nt_skip_adverbs(t, t->i + 1);
    if (t->before == TAG_PREP || t->before == TAG_SUB)
        return !has_table_noun || nt_opens_group(t, next);
    if (t->before == TAG_NOUN || t->before == TAG_NAME)
        return !has_table_noun || (nt_opens_group(t, next) && w->verb != NV_NONE);
    if (t->before == TAG_COMMA || t->before == TAG_CONJ || t->before == TAG_CLOSE)
        return true;
    if (t->i == t->first)
        return nt_opens_group(t, next) || nt_is_nounish(t, next);
    return !has_table_noun
           || (t->before == TAG_VERB && nt_opens_group(t, next) && w->verb != NV_NONE);
}

/* Past or participle: "closed". */
static bool past_is_verb(const tagger *t)
{
    if (NEWS_IS(t->doc, t->i, "bound")
        && (NEWS_IS(t->doc, t->i + 1, "for") || NEWS_IS(t->doc, t->i + 1, "from")))
        return false; /* "flights bound for Algeria" */
    if (t->waits & 3)
        return true;
    uint32_t next = nt_skip_adverbs(t, t->i + 1);
    if (t->before == TAG_NUM && t->i > t->first + 1
        && t->doc->tokens[t->before_at].flags & NEWS_NUMBER
        && t->doc->tokens[t->before_at - 1].flags & NEWS_ALLCAP && !nt_is_nounish(t, next))
        return true; /* "MD 771 diverted to Cairo" */
    if (t->before == TAG_DET && row_at(t, t->i)->verb == NV_SAY
        && (NEWS_IS(t->doc, t->before_at, "both") || NEWS_IS(t->doc, t->before_at, "all")
            || NEWS_IS(t->doc, t->before_at, "each")))
        return true; /* "and both said they" */
    if (t->before == TAG_DET || t->before == TAG_POSS || t->before == TAG_NUM
        || t->before == TAG_HYPHEN)
        return false;
    if (t->before == TAG_ADJ)
        return !nt_is_nounish(t, next) && !is_name(t, next);
    if (t->before == TAG_PREP)
        return false;
    const news_mention *m = t->i > t->first ? mention_of(t->doc, t->before_at) : NULL;
    if (t->before == TAG_NAME && m != NULL && m->flags & NEWS_M_DEMONYM)
        return !nt_is_nounish(t, next);
    if (t->i == t->first || t->before == TAG_OPEN)
        return !nt_is_nounish(t, next) || row_at(t, next)->func != 0;
    if (t->before == TAG_VERB) /* "carried suspected traffickers"; "remained closed" */
        return !nt_is_nounish(t, next);
    return true;
}

bool nt_is_verb(tagger *t, const news_word *w, uint8_t *forms)
{
    uint8_t f = w->forms;
    *forms = 0;
    if (f & VF_ING)
        *forms = ing_is_verb(t, w) ? VF_ING : 0;
    else if (f & (VF_PAST | VF_PP) && !(f & VF_BASE && t->waits & 4)) {
        if (past_is_verb(t))
            *forms = f & (VF_PAST | VF_PP);
    } else if (f & VF_S && !(f & VF_BASE))
        *forms = third_is_verb(t, w) ? VF_S : 0;
    else if (f & VF_BASE)
        *forms = base_is_verb(t, w) ? VF_BASE : 0;
    return *forms != 0;
}
