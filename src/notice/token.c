/* SPDX-License-Identifier: Apache-2.0 */
/* Item E as tokens, and the small language in which phrases are looked for among them. */
#include "notice_internal.h"

#include <overfly/geo.h>

struct cutter {
    ovf_draft *d;
    ovf_str s;
    size_t at;
    size_t until;
    ovf_token *items;
    size_t count;
    size_t capacity;
    char last_lat;
    char last_lon;
    bool failed;
};

static void push(struct cutter *c, ovf_token token)
{
    if (!ovf_arena_grow(c->d->arena, (void **)&c->items, c->count, &c->capacity,
                        sizeof(*c->items))) {
        c->failed = true;
        return;
    }
    c->items[c->count++] = token;
}

static uint8_t lead_flags(const struct cutter *c, size_t from)
{
    if (c->at == from)
        return OVF_TOK_GLUED;
    for (size_t i = from; i < c->at; i++) {
        if (c->s.ptr[i] == '\n')
            return OVF_TOK_NEW_LINE;
    }
    return 0;
}

static bool cut_coord(struct cutter *c, uint8_t flags)
{
    ovf_coord coord;
    ovf_str s = ovf_str_sub(c->s, 0, c->until);
    char first = s.ptr[c->at];
    if (!ovf_is_digit(first) && first != 'N' && first != 'S')
        return false;
    if (!ovf_coord_read(s, c->at, c->last_lat, c->last_lon, &coord))
        return false;
    c->last_lat = coord.lat_deg < 0 ? 'S' : 'N';
    c->last_lon = coord.lon_deg < 0 ? 'W' : 'E';
    push(c, (ovf_token){.kind = OVF_TOK_COORD,
                        .flags = (uint8_t)(flags | coord.flags),
                        .at = (uint32_t)c->at,
                        .len = (uint32_t)(coord.end - c->at),
                        .a = coord.lat_deg,
                        .b = coord.lon_deg});
    c->at = coord.end;
    return true;
}

static bool cut_ordinate(struct cutter *c, uint8_t flags)
{
    char axis = 0;
    double value = 0;
    size_t end = 0;
    char first = c->s.ptr[c->at];
    if (!ovf_is_digit(first) && strchr("NSEW", first) == NULL)
        return false;
    if (!ovf_ordinate_read(ovf_str_sub(c->s, 0, c->until), c->at, &axis, &value, &end))
        return false;
    push(c, (ovf_token){.kind = axis == 'N' ? OVF_TOK_LAT : OVF_TOK_LON,
                        .flags = flags,
                        .at = (uint32_t)c->at,
                        .len = (uint32_t)(end - c->at),
                        .a = value});
    c->at = end;
    return true;
}

static void cut_number(struct cutter *c, uint8_t flags)
{
    size_t start = c->at;
    double value = 0;
    while (c->at < c->until && ovf_is_digit(c->s.ptr[c->at]))
        value = value * 10 + (c->s.ptr[c->at++] - '0');
    bool is_long = c->at - start >= 4;
    if (c->at + 1 < c->until && c->s.ptr[c->at] == '.' && ovf_is_digit(c->s.ptr[c->at + 1])) {
        double scale = 0.1;
        for (c->at++; c->at < c->until && ovf_is_digit(c->s.ptr[c->at]); c->at++) {
            value += scale * (c->s.ptr[c->at] - '0');
            scale *= 0.1;
        }
    }
    char next = c->at < c->until ? c->s.ptr[c->at] : ' ';
    char after = c->at + 1 < c->until ? c->s.ptr[c->at + 1] : ' ';
    if (is_long && strchr("NSEW", next) != NULL && !ovf_is_letter(after))
        flags |= OVF_TOK_LOOKS;
    push(c, (ovf_token){.kind = OVF_TOK_NUM,
                        .flags = flags,
                        .at = (uint32_t)start,
                        .len = (uint32_t)(c->at - start),
                        .a = value});
}

static void cut_word(struct cutter *c, uint8_t flags)
{
    size_t start = c->at;
    while (c->at < c->until && (ovf_is_letter(c->s.ptr[c->at]) || ovf_is_digit(c->s.ptr[c->at])))
        c->at++;
    size_t len = c->at - start;
    size_t digits = 0;
    while (digits + 1 < len && ovf_is_digit(c->s.ptr[start + 1 + digits]))
        digits++;
    if (len >= 5 && digits == len - 1 && strchr("NSEW", c->s.ptr[start]) != NULL)
        flags |= OVF_TOK_LOOKS;
    push(c, (ovf_token){
                .kind = OVF_TOK_WORD, .flags = flags, .at = (uint32_t)start, .len = (uint32_t)len});
}

bool ovf_tokenise(ovf_draft *d, ovf_range range, ovf_token **out, size_t *count)
{
    struct cutter c = {.d = d, .s = d->clean.text, .at = range.from, .until = range.until};
    size_t end_before = range.from;
    while (c.at < c.until && !c.failed) {
        char ch = c.s.ptr[c.at];
        if (ovf_is_blank(ch)) {
            c.at++;
            continue;
        }
        uint8_t flags = lead_flags(&c, end_before);
        if (cut_coord(&c, flags) || cut_ordinate(&c, flags)) {
            // taken
        } else if (ovf_is_digit(ch)) {
            cut_number(&c, flags);
        } else if (ovf_is_letter(ch)) {
            cut_word(&c, flags);
        } else {
            push(&c, (ovf_token){.kind = OVF_TOK_SIGN,
                                 .flags = flags,
                                 .sign = ch,
                                 .at = (uint32_t)c.at,
                                 .len = 1});
            c.at++;
        }
        end_before = c.at;
    }
    *count = c.count;
    push(&c, (ovf_token){.kind = OVF_TOK_END, .at = range.until});
    *out = c.items;
    if (c.failed)
        d->no_memory = true;
    return !c.failed;
}

/* ---- lengths ---- */

static const struct {
    const char *word;
    double unit_m;
} units[] = {
    {"NM", 1852.0},   {"NMI", 1852.0}, {"NMS", 1852.0},        {"MN", 1852.0},
    {"KM", 1000.0},   {"KMS", 1000.0}, {"KILOMETERS", 1000.0}, {"KILOMETRES", 1000.0},
    {"M", 1.0},       {"MTR", 1.0},    {"MTRS", 1.0},          {"MTS", 1.0},
    {"METERS", 1.0},  {"METRES", 1.0}, {"METER", 1.0},         {"METRE", 1.0},
    {"SM", 1609.344}, {"FT", 0.3048},  {"FEET", 0.3048},
};

size_t ovf_length_at(const ovf_draft *d, size_t i, double *length_m)
{
    if (i + 1 >= d->token_count || d->tokens[i].kind != OVF_TOK_NUM)
        return 0;
    if (ovf_tok_is(d, i + 1, "NAUTICAL") || ovf_tok_is(d, i + 1, "STATUTE")) {
        *length_m = d->tokens[i].a * (ovf_tok_is(d, i + 1, "NAUTICAL") ? OVF_NM_M : 1609.344);
        return ovf_tok_is(d, i + 2, "MILES") || ovf_tok_is(d, i + 2, "MILE") ? i + 3 : i + 2;
    }
    for (size_t k = 0; k < OVF_COUNTOF(units); k++) {
        if (!ovf_tok_is(d, i + 1, units[k].word))
            continue;
        *length_m = d->tokens[i].a * units[k].unit_m;
        return i + 2;
    }
    return 0;
}

/* ---- phrases ---- */

static bool element_matches(const ovf_draft *d, size_t *i, ovf_str element)
{
    const ovf_token *t = &d->tokens[*i];
    if (t->kind == OVF_TOK_END)
        return false;
    if (element.len == 1 && (element.ptr[0] == '#' || element.ptr[0] == '*')) {
        if (element.ptr[0] == '#' && t->kind != OVF_TOK_NUM)
            return false;
        (*i)++;
        return true;
    }
    if (element.len == 1 && element.ptr[0] == '%') {
        double length_m = 0;
        size_t end = ovf_length_at(d, *i, &length_m);
        if (end == 0)
            return false;
        *i = end;
        return true;
    }
    if (t->kind != OVF_TOK_WORD)
        return false;
    ovf_str word = ovf_tok_text(d, *i);
    ovf_str rest = element;
    ovf_str option;
    while (ovf_str_field(&rest, '|', &option)) {
        bool is_prefix = option.len > 1 && option.ptr[0] == '~';
        if (is_prefix)
            option = ovf_str_tail(option, 1);
        if (ovf_str_eq_nocase(is_prefix ? ovf_str_sub(word, 0, option.len) : word, option)) {
            (*i)++;
            return true;
        }
    }
    return false;
}

static bool is_passed_over(const ovf_draft *d, size_t i)
{
    const ovf_token *t = &d->tokens[i];
    return t->kind == OVF_TOK_SIGN
           && (t->sign == ',' || t->sign == ':' || t->sign == '"' || t->sign == '\''
               || t->sign == '-');
}

/* Can a match begin with this letter? Most patterns end here: nothing is cut up for them. */
static bool may_begin(const char *pattern, char initial)
{
    bool starts_option = true;
    bool found = false;
    for (const char *p = pattern; *p != '\0'; p++) {
        if (*p == ' ') {
            if (found || p[-1] != '?')
                return found;
            starts_option = true;
            continue;
        }
        if (starts_option && *p != '~') {
            found |= *p == initial || *p == '#' || *p == '%' || *p == '*';
            starts_option = false;
        }
        starts_option |= *p == '|';
    }
    return found;
}

/* One element at token *i, or behind what a phrase passes over. */
static bool take(const ovf_draft *d, size_t *i, ovf_str element, bool is_first)
{
    size_t next = *i;
    while (!is_first && is_passed_over(d, next))
        next++;
    if (!element_matches(d, &next, element))
        return false;
    *i = next;
    return true;
}

static bool is_any_token(ovf_str element)
{
    return ovf_str_eq(element, OVF_STR("*?"));
}

/* The rest of a pattern from token i on: the token behind it, or OVF_NOPOS. An element that may miss
 * is taken where it fits and given back where the rest then fails; of a run of "any token" as few as
 * the rest needs. Patterns are ours and short, so the depth is theirs. */
static size_t match_rest(const ovf_draft *d, size_t i, ovf_str rest, bool is_first)
{
    ovf_str element;
    while (ovf_str_field(&rest, ' ', &element)) {
        bool may_miss = element.len > 1 && element.ptr[element.len - 1] == '?';
        if (is_any_token(element)) {
            size_t at = i;
            size_t spare = 1;
            ovf_str behind = rest;
            ovf_str next;
            while (ovf_str_field(&behind, ' ', &next) && is_any_token(next)) {
                spare++;
                rest = behind;
            }
            for (size_t taken = 0; taken <= spare; taken++) {
                size_t end = match_rest(d, at, rest, is_first && taken == 0);
                if (end != OVF_NOPOS)
                    return end;
                if (!take(d, &at, OVF_STR("*"), is_first && taken == 0))
                    break;
            }
            return OVF_NOPOS;
        }
        if (may_miss)
            element.len--;
        size_t at = i;
        bool fits = take(d, &at, element, is_first);
        if (fits && may_miss) {
            size_t end = match_rest(d, at, rest, false);
            if (end != OVF_NOPOS)
                return end;
        } else if (fits) {
            i = at;
        } else if (!may_miss) {
            return OVF_NOPOS;
        }
        is_first = false;
    }
    return i;
}

size_t ovf_phrase(const ovf_draft *d, size_t i, const char *pattern)
{
    if (i >= d->token_count || !may_begin(pattern, ovf_upper(d->clean.text.ptr[d->tokens[i].at])))
        return 0;
    size_t end = match_rest(d, i, ovf_str_of(pattern), true);
    return end == OVF_NOPOS ? 0 : end;
}

static uint32_t initial_bit(char c)
{
    return ovf_is_letter(c) ? UINT32_C(1) << (ovf_upper(c) - 'A') : UINT32_C(1) << 31;
}

/* First letters with which a match can begin; all bits where anything can. */
static uint32_t initials_of(const char *pattern)
{
    uint32_t mask = 0;
    ovf_str rest = ovf_str_of(pattern);
    ovf_str element;
    while (ovf_str_field(&rest, ' ', &element)) {
        bool may_miss = element.len > 1 && element.ptr[element.len - 1] == '?';
        bool starts_option = true;
        for (size_t i = 0; i < element.len - may_miss; i++) {
            char c = element.ptr[i];
            if (starts_option && c != '~') {
                if (c == '#' || c == '%' || c == '*')
                    return UINT32_MAX;
                mask |= initial_bit(c);
                starts_option = false;
            }
            starts_option |= c == '|';
        }
        if (!may_miss)
            break;
    }
    return mask;
}

size_t ovf_phrase_find(const ovf_draft *d, size_t from, size_t until, const char *pattern,
                       size_t *end)
{
    uint32_t mask = initials_of(pattern);
    for (size_t i = from; i < until && i < d->token_count; i++) {
        if ((mask & initial_bit(d->clean.text.ptr[d->tokens[i].at])) == 0)
            continue;
        size_t next = ovf_phrase(d, i, pattern);
        if (next > i) {
            if (end != NULL)
                *end = next;
            return i;
        }
    }
    return OVF_NOPOS;
}

/* A sentence of more tokens is cut: one search costs no more than this. */
#define SENTENCE_MAX 200

static bool ends_sentence(const ovf_draft *d, size_t i)
{
    if (!ovf_tok_sign(d, i, '.'))
        return false;
    const ovf_token *next = &d->tokens[i + 1];
    bool is_bullet = i > 0 && (d->tokens[i - 1].kind == OVF_TOK_NUM || d->tokens[i - 1].len == 1);
    return !is_bullet && (next->flags & OVF_TOK_GLUED) == 0;
}

size_t ovf_sentence_start(const ovf_draft *d, size_t i)
{
    size_t floor = i > SENTENCE_MAX ? i - SENTENCE_MAX : 0;
    while (i > floor && !ends_sentence(d, i - 1))
        i--;
    return i;
}

size_t ovf_sentence_end(const ovf_draft *d, size_t i)
{
    size_t ceiling = d->token_count - i > SENTENCE_MAX ? i + SENTENCE_MAX : d->token_count;
    while (i < ceiling && !ends_sentence(d, i))
        i++;
    return i;
}
