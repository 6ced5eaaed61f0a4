/* SPDX-License-Identifier: Apache-2.0 */
/* Folds names: letters lower and without accents, words that say nothing dropped, other names
 * replaced; then compares the sets of words. */
#include "news_names.h"
#include "news_table.h"

#include <stdlib.h>
#include <string.h>

#define NAME_MAX_BYTES 512
#define NAME_MAX_WORDS 64

typedef struct folded {
    char text[NAME_MAX_BYTES];
    size_t len;
} folded;

typedef struct words {
    ovf_str items[NAME_MAX_WORDS]; /* sorted, each once */
    size_t count;
    folded whole; /* what the items point into, where an alias did not replace them */
} words;

static const char *const stop_words[] = {
    "a",  "an",  "and", "at", "by", "dr",  "for",  "from", "her",   "his",  "in", "its",
    "mr", "mrs", "ms",  "of", "on", "sir", "that", "the",  "their", "this", "to"};
/* Words that do not tell one speaker from another: titles, kinds of office and of operator. */
static const char *const generic_words[] = {
    "administration", "agency",     "air",          "airline",        "airlines",
    "airport",        "airports",   "airspace",     "army",           "authorities",
    "authority",      "aviation",   "carrier",      "carriers",       "ceo",
    "chairman",       "chief",      "civil",        "colonel",        "commander",
    "commissioner",   "company",    "defence",      "defense",        "deputy",
    "director",       "fir",        "flight",       "flights",        "foreign",
    "general",        "government", "governments",  "head",           "interior",
    "international",  "major",      "military",     "minister",       "ministry",
    "most",           "national",   "official",     "officials",      "other",
    "people",         "police",     "president",    "prime",          "region",
    "regulator",      "rep",        "secretary",    "senator",        "senior",
    "seven",          "six",        "some",         "another",        "source",
    "sources",        "spokesman",  "spokesperson", "spokeswoman",    "state",
    "states",         "three",      "transport",    "transportation", "two",
    "unnamed"};

static bool is_in(ovf_str word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ovf_str_eq(word, ovf_str_of(list[i])))
            return true;
    return false;
}

/* The base letter of U+00C0..U+017F; '\0' where it has none (then it parts words, as ø does). */
static const char base_letters[] = "AAAAAA.CEEEEIIII"
                                   ".NOOOOO..UUUUY.."
                                   "aaaaaa.ceeeeiiii"
                                   ".nooooo..uuuuy.y"
                                   "AaAaAaCcCcCcCcDd"
                                   "..EeEeEeEeEeGgGg"
                                   "GgGgHh..IiIiIiIi"
                                   "I...JjKk.LlLlLl."
                                   "...NnNnNnn..OoOo"
                                   "Oo..RrRrRrSsSsSs"
                                   "SsTtTt..UuUuUuUu"
                                   "UuUuWwYyYZzZzZzs";

/* The next character at *at, lower case and without its accent; '\'' for every apostrophe. */
static char fold_char(ovf_str s, size_t *at)
{
    unsigned char lead = (unsigned char)s.ptr[*at];
    size_t len = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (*at + len > s.len)
        len = 1;
    const unsigned char *p = (const unsigned char *)s.ptr + *at;
    *at += len;
    char c = ' ';
    if (len == 1)
        c = lead < 0x80 ? (char)lead : ' ';
    else if (len == 2) {
        unsigned code = ((lead & 0x1Fu) << 6) | (p[1] & 0x3Fu);
        if (code >= 0xC0 && code < 0x180 && base_letters[code - 0xC0] != '.')
            c = base_letters[code - 0xC0];
        else if (code >= 0x300 && code < 0x370)
            c = '\0'; // a combining accent vanishes
    } else if (len == 3 && p[0] == 0xE2 && p[1] == 0x80 && p[2] == 0x99)
        c = '\'';
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* "u.s." and "u. s" become "us"; possessive endings go; all but letters and digits parts words. */
static void fold_letters(ovf_str s, folded *out)
{
    char raw[NAME_MAX_BYTES];
    size_t len = 0;
    for (size_t at = 0; at < s.len && len < sizeof raw - 4;) {
        char c = fold_char(s, &at);
        if (c != '\0')
            raw[len++] = c;
    }
    raw[len] = raw[len + 1] = raw[len + 2] = '\0';
    out->len = 0;
    for (size_t i = 0; i < len;) {
        bool at_word = i == 0 || !is_word_char(raw[i - 1]);
        size_t next = raw[i] == 'u' && raw[i + 1] == '.' ? i + 2 + (raw[i + 2] == ' ') : 0;
        if (at_word && next != 0 && next < len && raw[next] == 's') {
            size_t end = next + 1 + (raw[next + 1] == '.');
            if (!is_word_char(raw[end])) {
                out->text[out->len++] = 'u';
                out->text[out->len++] = 's';
                i = end;
                continue;
            }
        }
        if (raw[i] == '\'' && raw[i + 1] == 's' && (raw[i + 2] == ' ' || i + 2 == len)) {
            i += 2;
            continue;
        }
        char c = raw[i++];
        out->text[out->len++] = is_word_char(c) && c != '_' ? c : ' ';
    }
}

/* Words without those that say nothing, one blank between. */
static folded fold(ovf_str s)
{
    folded letters = {.len = 0}, out = {.len = 0};
    fold_letters(s, &letters);
    ovf_str rest = {letters.text, letters.len}, word = {0};
    while (ovf_str_field(&rest, ' ', &word)) {
        if (word.len == 0 || is_in(word, stop_words, OVF_COUNTOF(stop_words)))
            continue;
        if (out.len > 0)
            out.text[out.len++] = ' ';
        memcpy(out.text + out.len, word.ptr, word.len);
        out.len += word.len;
    }
    return out;
}

/* ---- other names ---- */

static int compare_alias(const void *a, const void *b)
{
    const news_alias *x = a, *y = b;
    int order = ovf_str_cmp(x->form, y->form);
    if (order != 0)
        return order;
    return (int)x->is_code - (int)y->is_code;
}

static int compare_str(const void *a, const void *b)
{
    return ovf_str_cmp(*(const ovf_str *)a, *(const ovf_str *)b);
}

static const news_alias *find_alias(const news_names *names, ovf_str form)
{
    size_t low = 0, high = names->count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (ovf_str_cmp(names->aliases[mid].form, form) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low < names->count && ovf_str_eq(names->aliases[low].form, form) ? &names->aliases[low]
                                                                            : NULL;
}

static bool is_capital(const news_names *names, ovf_str form)
{
    return names->capital_count > 0
           && bsearch(&form, names->capitals, names->capital_count, sizeof form, compare_str)
                  != NULL;
}

static bool add_alias(news_names *names, ovf_str form, ovf_str canon, bool is_code)
{
    folded f = fold(form), c = fold(canon);
    if (f.len == 0 || c.len == 0)
        return true;
    if (!ovf_arena_grow(names->arena, (void **)&names->aliases, names->count, &names->capacity,
                        sizeof *names->aliases))
        return false;
    news_alias alias = {ovf_arena_dup(names->arena, (ovf_str){f.text, f.len}),
                        ovf_arena_dup(names->arena, (ovf_str){c.text, c.len}), is_code};
    names->aliases[names->count++] = alias;
    return alias.form.ptr != NULL && alias.canon.ptr != NULL;
}

static bool add_capital(news_names *names, ovf_str name)
{
    folded f = fold(name);
    if (!ovf_arena_grow(names->arena, (void **)&names->capitals, names->capital_count,
                        &names->capital_capacity, sizeof *names->capitals))
        return false;
    names->capitals[names->capital_count++] = ovf_arena_dup(names->arena, (ovf_str){f.text, f.len});
    return true;
}

static bool load_states(news_names *names, const ovf_world *world)
{
    bool is_held = true;
    for (size_t i = 0; i < ovf_world_state_count(world); i++) {
        const ovf_state *s = ovf_world_state(world, (uint32_t)i);
        ovf_str others = ovf_world_state_other_names(world, (uint32_t)i), other = {0};
        is_held = is_held && add_alias(names, s->name, s->name, false)
                  && add_alias(names, s->demonym, s->name, false)
                  && add_alias(names, s->iso2, s->name, true)
                  && add_alias(names, s->iso3, s->name, true);
        while (ovf_str_field(&others, '|', &other))
            is_held = is_held && add_alias(names, other, s->name, false);
    }
    return is_held;
}

bool news_names_load(news_names *names, const ovf_world *world, const char *path, ovf_arena *arena)
{
    *names = (news_names){.arena = arena};
    if (world != NULL && !load_states(names, world))
        return false;
    ovf_str rest = path == NULL ? OVF_STR("") : news_file(path, arena), line = {0};
    if (rest.ptr == NULL)
        return false;
    while (ovf_str_line(&rest, &line)) {
        ovf_str name = {0}, form = {0};
        if (line.len == 0 || line.ptr[0] == '#' || !ovf_str_field(&line, '\t', &name))
            continue;
        bool is_capitals = ovf_str_eq(ovf_str_trim(name), OVF_STR("="));
        if (!is_capitals && !add_alias(names, name, name, false))
            return false;
        while (ovf_str_field(&line, '\t', &form))
            if (!(is_capitals ? add_capital(names, form) : add_alias(names, form, name, false)))
                return false;
    }
    if (names->count > 0)
        qsort(names->aliases, names->count, sizeof *names->aliases, compare_alias);
    if (names->capital_count > 0)
        qsort(names->capitals, names->capital_count, sizeof *names->capitals, compare_str);
    return true;
}

/* ---- matching ---- */

static bool is_written_as_code(ovf_str s)
{
    s = ovf_str_trim(s);
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < 'A' || s.ptr[i] > 'Z')
            return false;
    return s.len == 2 || s.len == 3;
}

/* The name's folded form, replaced by what it is another name of. */
static folded canonical(const news_names *names, ovf_str name, bool is_area)
{
    folded f = fold(name);
    ovf_str form = {f.text, f.len};
    const news_alias *alias = find_alias(names, form);
    if (alias == NULL || (alias->is_code && !is_written_as_code(name))
        || (is_area && is_capital(names, form)))
        return f;
    memcpy(f.text, alias->canon.ptr, alias->canon.len);
    f.len = alias->canon.len;
    return f;
}

static void add_words(words *w, ovf_str text)
{
    ovf_str word = {0};
    while (ovf_str_field(&text, ' ', &word))
        if (word.len > 0 && w->count < NAME_MAX_WORDS)
            w->items[w->count++] = word;
}

static void words_of(const news_names *names, ovf_str name, bool is_area, words *w)
{
    w->count = 0;
    w->whole = canonical(names, name, is_area);
    ovf_str rest = {w->whole.text, w->whole.len}, word = {0};
    while (ovf_str_field(&rest, ' ', &word)) {
        bool is_long = word.len > 2 || ovf_str_eq(word, OVF_STR("us"))
                       || ovf_str_eq(word, OVF_STR("uk")) || ovf_str_eq(word, OVF_STR("eu"));
        const news_alias *alias = is_long ? find_alias(names, word) : NULL;
        if (alias == NULL || alias->is_code || (is_area && is_capital(names, word)))
            add_words(w, word);
        else
            add_words(w, alias->canon);
    }
    qsort(w->items, w->count, sizeof w->items[0], compare_str);
    size_t kept = 0;
    for (size_t i = 0; i < w->count; i++)
        if (kept == 0 || !ovf_str_eq(w->items[kept - 1], w->items[i]))
            w->items[kept++] = w->items[i];
    w->count = kept;
}

static bool is_generic(ovf_str word)
{
    return is_in(word, generic_words, OVF_COUNTOF(generic_words));
}

static bool has_word(const words *w, ovf_str word)
{
    return bsearch(&word, w->items, w->count, sizeof word, compare_str) != NULL;
}

/* How many words of a, telling ones or all, and how many of those b has as well. */
static size_t shared_words(const words *a, const words *b, bool only_telling, size_t *of)
{
    size_t shared = 0;
    *of = 0;
    for (size_t i = 0; i < a->count; i++) {
        if (only_telling && is_generic(a->items[i]))
            continue;
        ++*of;
        shared += has_word(b, a->items[i]);
    }
    return shared;
}

bool news_names_match(const news_names *names, ovf_str a, ovf_str b, bool is_area)
{
    words x, y;
    words_of(names, a, is_area, &x);
    words_of(names, b, is_area, &y);
    if (x.whole.len == 0 || y.whole.len == 0)
        return false;
    if (ovf_str_eq((ovf_str){x.whole.text, x.whole.len}, (ovf_str){y.whole.text, y.whole.len}))
        return true;
    size_t of_x = 0, of_y = 0, telling_x = 0, telling_y = 0;
    size_t shared = shared_words(&x, &y, false, &of_x);
    shared_words(&y, &x, false, &of_y);
    size_t shared_telling = shared_words(&x, &y, true, &telling_x);
    shared_words(&y, &x, true, &telling_y);
    if (of_x == 0 || of_y == 0)
        return false;
    if (shared == of_x && shared == of_y)
        return true;
    if (telling_x == 0 || telling_y == 0)
        return false;
    if (shared_telling == telling_x && shared_telling == telling_y)
        return true; // the same telling words, and at least one of them
    if (shared == of_x || shared == of_y)
        return true; // one name within the other, and the inner one has a telling word
    return shared * 2 >= of_x + of_y - shared && shared_telling > 0;
}
