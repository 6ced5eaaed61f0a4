/* SPDX-License-Identifier: Apache-2.0 */
/* The small language in which phrases are looked for among the tokens of item E.
 *
 * A pattern is compiled when it is first used, into elements and options with the numbers of their
 * words, and found again by the address of its literal. The tables are the one thing in the room
 * that is written after the start: entries are only ever added, each is a function of its literal
 * alone, and it is published with one compare-and-swap, so any thread sees none or a whole one.
 *
 * Two sieves stand before every comparison. The lead of a token (a number below 64 out of its kind
 * and word) against the set of leads with which a match can begin; and for a search, the set of all
 * words of the text: a phrase one of whose words is nowhere cannot be found. */
#include "phrase.h"

#include "word_hash.h"
#define OVF_VOCABULARY_TABLES
#include "vocabulary.h"

#include <assert.h>
#include <stdatomic.h>

#define ANY_LEAD (~(UINT64_C(1) << OVF_LEAD_END))
#define UNKNOWN_LEAD UINT64_C(1)

static_assert(OVF_VOCABULARY_SIZE <= OVF_VOCABULARY_SETS * 64,
              "the set of words of a text is too small");

enum element_kind { ELEMENT_WORDS, ELEMENT_NUMBER, ELEMENT_ANY, ELEMENT_LENGTH };

struct option {
    const char *text; /* within the literal */
    uint16_t word;    /* of a prefix, and of a word that has no number: 0 */
    uint16_t len;
    bool is_prefix;
};

/* Words whose numbers share their upper bits; those of one pattern mostly do. */
struct group {
    uint64_t mask;
    uint16_t set; /* number / 64 */
};

struct element {
    uint8_t kind;
    bool may_miss;
    bool has_letters; /* an option without a number: to be compared letter by letter */
    uint16_t count, group_count;
    const struct option *options;
    const struct group *groups; /* of the options that have a number */
    uint64_t leads;             /* of the tokens that can match */
};

struct phrase {
    const char *source;
    uint64_t begins; /* leads with which a match can begin */
    const struct element *elements;
    uint16_t count;
    bool needs_words; /* has an element of words that may not miss */
};

enum {
    PHRASES_MAX = 2048,
    SLOTS = 8192, /* a power of two, four times the phrases */
    ELEMENTS_MAX = 12288,
    OPTIONS_MAX = 32768,
    ONE_ELEMENTS_MAX = 48, /* of one pattern */
    ONE_OPTIONS_MAX = 384,
};

static _Atomic(const struct phrase *) slots[SLOTS];
static struct phrase phrases[PHRASES_MAX];
static struct element elements[ELEMENTS_MAX];
static struct option options[OPTIONS_MAX];
static struct group groups[OPTIONS_MAX]; /* never more than options */
static atomic_uint phrase_count, element_count, option_count, group_count;

/* ---- words ---- */

uint16_t ovf_word_of(ovf_str word)
{
    if (word.len > OVF_VOCABULARY_LEN_MAX)
        return 0;
    struct ovf_word_halves halves = ovf_word_halves_of(word.ptr, word.len);
    for (uint32_t at = ovf_word_slot(halves);; at = (at + 1) % OVF_VOCABULARY_SLOTS) {
        uint16_t number = vocabulary_slots[at];
        bool is_it = vocabulary[number].head == halves.head
                     && vocabulary[number].tail == halves.tail
                     && vocabulary_lengths[number] == word.len;
        if (is_it || number == 0)
            return number;
    }
}

static uint64_t lead_of(unsigned word)
{
    return word == 0 ? UNKNOWN_LEAD : UINT64_C(1) << (1 + word % OVF_LEAD_WORDS);
}

/* Of the words of the vocabulary that begin so, and of any other. */
static uint64_t leads_of_prefix(ovf_str prefix)
{
    uint64_t leads = UNKNOWN_LEAD;
    size_t len = prefix.len < 8 ? prefix.len : 8;
    uint64_t head = ovf_word_load(prefix.ptr, len);
    uint64_t mask = len == 8 ? UINT64_MAX : (UINT64_C(1) << (8 * len)) - 1;
    for (unsigned i = 1; i < OVF_VOCABULARY_SIZE; i++) {
        if ((vocabulary[i].head & mask) == head && vocabulary_lengths[i] >= prefix.len)
            leads |= lead_of(i);
    }
    return leads;
}

void ovf_index_words(ovf_draft *d, const ovf_token *tokens, size_t count)
{
    ovf_word_index *index = &d->words;
    memset(index, 0, sizeof(*index));
    index->tokens = tokens;
    for (size_t i = 0; i < count; i++) {
        const ovf_token *t = &tokens[i];
        index->leads |= UINT64_C(1) << t->lead;
        index->kinds |= UINT32_C(1) << t->kind;
        index->traits |= t->traits;
        index->sets[t->word / 64] |= UINT64_C(1) << (t->word & 63);
        if (t->kind == OVF_TOK_SIGN)
            index->signs[t->sign >> 6 & 1] |= UINT64_C(1) << (t->sign & 63);
    }
}

/* ---- compiling ---- */

struct compiler {
    struct phrase phrase;
    struct element elements[ONE_ELEMENTS_MAX];
    struct option options[ONE_OPTIONS_MAX];
    struct group groups[ONE_OPTIONS_MAX];
    size_t option_count, group_count;
    bool failed;
};

static void add_to_group(struct compiler *c, struct element *e, uint16_t word)
{
    struct group *first = &c->groups[c->group_count - e->group_count];
    uint16_t i = 0;
    while (i < e->group_count && first[i].set != word / 64)
        i++;
    if (i == e->group_count) {
        first[i] = (struct group){.set = word / 64};
        e->group_count++;
        c->group_count++;
    }
    first[i].mask |= UINT64_C(1) << (word & 63);
}

static void add_option(struct compiler *c, struct element *e, ovf_str text)
{
    bool is_prefix = text.len > 1 && text.ptr[0] == '~';
    if (is_prefix)
        text = ovf_str_tail(text, 1);
    if (text.len == 0)
        return;
    if (c->option_count == ONE_OPTIONS_MAX || text.len > UINT16_MAX) {
        c->failed = true;
        return;
    }
    uint16_t word = is_prefix ? 0 : ovf_word_of(text);
    e->leads |= is_prefix ? leads_of_prefix(text) : lead_of(word);
    e->has_letters |= word == 0;
    e->count++;
    if (word != 0)
        add_to_group(c, e, word);
    c->options[c->option_count++] = (struct option){
        .text = text.ptr, .word = word, .len = (uint16_t)text.len, .is_prefix = is_prefix};
}

static void compile_element(struct compiler *c, ovf_str text)
{
    if (c->phrase.count == ONE_ELEMENTS_MAX) {
        c->failed = true;
        return;
    }
    struct element *e = &c->elements[c->phrase.count++];
    *e = (struct element){.options = &c->options[c->option_count],
                          .groups = &c->groups[c->group_count]};
    e->may_miss = text.len > 1 && text.ptr[text.len - 1] == '?';
    text.len -= e->may_miss;
    char only = text.len == 1 ? text.ptr[0] : '\0';
    if (only == '*') {
        e->kind = ELEMENT_ANY;
        e->leads = ANY_LEAD;
    } else if (only == '#' || only == '%') {
        e->kind = only == '#' ? ELEMENT_NUMBER : ELEMENT_LENGTH;
        e->leads |= UINT64_C(1) << OVF_LEAD_NUMBER;
    } else {
        e->kind = ELEMENT_WORDS;
        ovf_str option;
        while (ovf_str_field(&text, '|', &option))
            add_option(c, e, option);
    }
}

static void compile(struct compiler *c, const char *pattern)
{
    c->phrase = (struct phrase){.source = pattern, .elements = c->elements};
    c->option_count = 0;
    c->group_count = 0;
    c->failed = false;
    ovf_str rest = ovf_str_of(pattern);
    ovf_str text;
    while (ovf_str_field(&rest, ' ', &text))
        compile_element(c, text);
    assert(!c->failed);
    bool is_open = true;
    for (size_t i = 0; i < c->phrase.count; i++) {
        const struct element *e = &c->elements[i];
        // Behind a word that is missing, a sign may be passed over: a match can begin with it.
        if (is_open)
            c->phrase.begins |= i > 0 && e->kind != ELEMENT_WORDS ? ANY_LEAD : e->leads;
        is_open &= e->may_miss;
        c->phrase.needs_words |= !e->may_miss && e->kind != ELEMENT_ANY;
    }
}

/* Into the tables that stay; NULL when they are full. */
static const struct phrase *keep(const struct compiler *c)
{
    unsigned at = atomic_fetch_add(&phrase_count, 1);
    unsigned first = atomic_fetch_add(&element_count, c->phrase.count);
    unsigned option = atomic_fetch_add(&option_count, (unsigned)c->option_count);
    unsigned group = atomic_fetch_add(&group_count, (unsigned)c->group_count);
    if (at >= PHRASES_MAX || first + c->phrase.count > ELEMENTS_MAX
        || option + c->option_count > OPTIONS_MAX || group + c->group_count > OPTIONS_MAX) {
        // Full: the counts may not run round.
        atomic_fetch_sub(&phrase_count, 1);
        atomic_fetch_sub(&element_count, c->phrase.count);
        atomic_fetch_sub(&option_count, (unsigned)c->option_count);
        atomic_fetch_sub(&group_count, (unsigned)c->group_count);
        return NULL;
    }
    memcpy(&options[option], c->options, c->option_count * sizeof(options[0]));
    memcpy(&groups[group], c->groups, c->group_count * sizeof(groups[0]));
    for (size_t i = 0; i < c->phrase.count; i++) {
        elements[first + i] = c->elements[i];
        elements[first + i].options =
            &options[option + (size_t)(c->elements[i].options - c->options)];
        elements[first + i].groups = &groups[group + (size_t)(c->elements[i].groups - c->groups)];
    }
    phrases[at] = c->phrase;
    phrases[at].elements = &elements[first];
    return &phrases[at];
}

static size_t slot_of(const char *pattern)
{
    return (size_t)(((uint64_t)(uintptr_t)pattern * UINT64_C(0x9E3779B97F4A7C15)) >> 51) % SLOTS;
}

static const struct phrase *compiled_slow(const char *pattern, struct compiler *scratch)
{
    compile(scratch, pattern);
    const struct phrase *made = keep(scratch);
    if (made == NULL)
        return &scratch->phrase;
    for (size_t at = slot_of(pattern);; at = (at + 1) % SLOTS) {
        const struct phrase *there = NULL;
        if (atomic_compare_exchange_strong_explicit(&slots[at], &there, made, memory_order_acq_rel,
                                                    memory_order_acquire))
            return made;
        if (there->source == pattern)
            return there; // another thread was first
    }
}

static inline const struct phrase *known(const char *pattern)
{
    for (size_t at = slot_of(pattern);; at = (at + 1) % SLOTS) {
        const struct phrase *p = atomic_load_explicit(&slots[at], memory_order_acquire);
        if (p == NULL || p->source == pattern)
            return p;
    }
}

const char *ovf_phrase_known(size_t i)
{
    return i < atomic_load(&phrase_count) && i < PHRASES_MAX ? phrases[i].source : NULL;
}

/* ---- matching ---- */

static bool is_passed_over(const ovf_token *t)
{
    return t->kind == OVF_TOK_SIGN
           && (t->sign == ',' || t->sign == ':' || t->sign == '"' || t->sign == '\''
               || t->sign == '-');
}

/* Of a word without a number: letter by letter. */
static bool letters_match(const struct option *o, ovf_str word)
{
    if (o->is_prefix)
        word = ovf_str_sub(word, 0, o->len);
    return ovf_str_eq_nocase(word, (ovf_str){o->text, o->len});
}

static bool word_matches(const ovf_draft *d, size_t i, const struct element *e)
{
    const ovf_token *t = &d->tokens[i];
    if (t->kind != OVF_TOK_WORD)
        return false;
    for (size_t k = 0; k < e->group_count && t->word != 0; k++) {
        if (e->groups[k].set == t->word / 64 && (e->groups[k].mask >> (t->word & 63) & 1) != 0)
            return true;
    }
    if (!e->has_letters)
        return false;
    ovf_str word = ovf_tok_text(d, i);
    for (size_t k = 0; k < e->count; k++) {
        if (e->options[k].word == 0 && letters_match(&e->options[k], word))
            return true;
    }
    return false;
}

static bool element_matches(const ovf_draft *d, size_t *i, const struct element *e)
{
    const ovf_token *t = &d->tokens[*i];
    if ((e->leads >> t->lead & 1) == 0 || t->kind == OVF_TOK_END)
        return false;
    switch (e->kind) {
    case ELEMENT_ANY: break;
    case ELEMENT_NUMBER:
        if (t->kind != OVF_TOK_NUM)
            return false;
        break;
    case ELEMENT_LENGTH: {
        double length_m = 0;
        size_t end = ovf_length_at(d, *i, &length_m);
        if (end != 0)
            *i = end;
        return end != 0;
    }
    default:
        if (!word_matches(d, *i, e))
            return false;
    }
    (*i)++;
    return true;
}

/* One element at token *i, or behind what a phrase passes over. */
static bool take(const ovf_draft *d, size_t *i, const struct element *e, bool is_first)
{
    size_t next = *i;
    while (!is_first && is_passed_over(&d->tokens[next]))
        next++;
    if (!element_matches(d, &next, e))
        return false;
    *i = next;
    return true;
}

static bool is_spare(const struct element *e)
{
    return e->kind == ELEMENT_ANY && e->may_miss;
}

/* The rest of a pattern from token i on: the token behind it, or OVF_NOPOS. An element that may miss
 * is taken where it fits and given back where the rest then fails; of a run of "any token" as few as
 * the rest needs. Patterns are ours and short, so the depth is theirs. */
static size_t match_rest(const ovf_draft *d, size_t i, const struct element *e,
                         const struct element *last, bool is_first)
{
    static const struct element any = {.kind = ELEMENT_ANY, .leads = ANY_LEAD};
    for (; e < last; e++) {
        if (is_spare(e)) {
            size_t spare = 1;
            for (e++; e < last && is_spare(e); e++)
                spare++;
            for (size_t taken = 0; taken <= spare; taken++) {
                size_t end = match_rest(d, i, e, last, is_first && taken == 0);
                if (end != OVF_NOPOS)
                    return end;
                if (!take(d, &i, &any, is_first && taken == 0))
                    break;
            }
            return OVF_NOPOS;
        }
        size_t at = i;
        bool fits = take(d, &at, e, is_first);
        if (fits && e->may_miss) {
            size_t end = match_rest(d, at, e + 1, last, false);
            if (end != OVF_NOPOS)
                return end;
        } else if (fits) {
            i = at;
        } else if (!e->may_miss) {
            return OVF_NOPOS;
        }
        is_first = false;
    }
    return i;
}

static size_t match_at(const ovf_draft *d, size_t i, const struct phrase *p)
{
    size_t end = match_rest(d, i, p->elements, p->elements + p->count, true);
    return end == OVF_NOPOS || end <= i ? 0 : end;
}

static size_t phrase_uncompiled(const ovf_draft *d, size_t i, const char *pattern)
{
    struct compiler scratch;
    const struct phrase *p = compiled_slow(pattern, &scratch);
    return (p->begins >> d->tokens[i].lead & 1) == 0 ? 0 : match_at(d, i, p);
}

size_t ovf_phrase(const ovf_draft *d, size_t i, const char *pattern)
{
    if (i >= d->token_count)
        return 0;
    const struct phrase *p = known(pattern);
    if (p == NULL)
        return phrase_uncompiled(d, i, pattern);
    if ((p->begins >> d->tokens[i].lead & 1) == 0)
        return 0;
    return match_at(d, i, p);
}

static bool any_is_there(const ovf_word_index *index, const struct element *e)
{
    if ((e->leads & index->leads) == 0)
        return false;
    if (e->kind != ELEMENT_WORDS || e->has_letters)
        return true;
    for (size_t k = 0; k < e->group_count; k++) {
        if ((index->sets[e->groups[k].set] & e->groups[k].mask) != 0)
            return true;
    }
    return false;
}

/* Is there, for each element that has to match, something in the text that does? */
static bool may_be_there(const ovf_word_index *index, const struct phrase *p)
{
    if ((p->begins & index->leads) == 0)
        return false;
    for (size_t i = 0; i < p->count && p->needs_words; i++) {
        const struct element *e = &p->elements[i];
        if (!e->may_miss && e->kind != ELEMENT_ANY && !any_is_there(index, e))
            return false;
    }
    return true;
}

static size_t find(const ovf_draft *d, size_t from, size_t until, const struct phrase *p,
                   size_t *end)
{
    if (d->words.tokens == d->tokens && !may_be_there(&d->words, p))
        return OVF_NOPOS;
    for (size_t i = from; i < until && i < d->token_count; i++) {
        if ((p->begins >> d->tokens[i].lead & 1) == 0)
            continue;
        size_t next = match_at(d, i, p);
        if (next > i) {
            if (end != NULL)
                *end = next;
            return i;
        }
    }
    return OVF_NOPOS;
}

static size_t find_uncompiled(const ovf_draft *d, size_t from, size_t until, const char *pattern,
                              size_t *end)
{
    struct compiler scratch;
    return find(d, from, until, compiled_slow(pattern, &scratch), end);
}

size_t ovf_phrase_find(const ovf_draft *d, size_t from, size_t until, const char *pattern,
                       size_t *end)
{
    const struct phrase *p = known(pattern);
    return p == NULL ? find_uncompiled(d, from, until, pattern, end) : find(d, from, until, p, end);
}

static bool may_say_uncompiled(const ovf_draft *d, const char *pattern)
{
    struct compiler scratch;
    return may_be_there(&d->words, compiled_slow(pattern, &scratch));
}

bool ovf_text_may_say(const ovf_draft *d, const char *pattern)
{
    if (d->words.tokens != d->tokens)
        return true;
    const struct phrase *p = known(pattern);
    return p == NULL ? may_say_uncompiled(d, pattern) : may_be_there(&d->words, p);
}
