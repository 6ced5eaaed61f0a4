/* SPDX-License-Identifier: Apache-2.0 */
/* Published areas by designator: nationality letters, what it is, a number, a letter of a part (ICAO
 * Annex 15, 5.3 of Doc 8126: "EGD098H"), as they are really written: "EG D098H", "LF-R400A", "R-114",
 * "OP/D110", "EHTRA72", "TSA26A", "SBR 613", "EHD41A/B/C" (three areas), "ED-R RHEINGAU"; and areas
 * of air traffic control by name ("BASEL TMA", "CTR NICE"). The world's areas are used where it has
 * them; else each is one unresolved area with its name. */
#include "routes.h"

#define AREAS_MAX 200
#define TEXT_MAX 40
#define VOLUMES_MAX 64

struct designator {
    size_t at, end; /* bytes */
    size_t suffix;  /* where the letters behind the number begin; end: none */
    char nation[3]; /* empty: not written */
    char compact[TEXT_MAX];
    bool is_name;
    ovf_str kind, place;
        /* of a controlled area: "TMA", "NICE"; empty: a designator */ /* a word instead of a number */
};

static bool qcode_starts(const ovf_draft *d, const char *subject)
{
    size_t len = strlen(subject);
    return d->notice->qcode.len == 5 && memcmp(d->notice->qcode.ptr + 1, subject, len) == 0;
}

static char at(const ovf_draft *d, size_t i)
{
    return i < d->items[OVF_ITEM_E].until ? d->clean.text.ptr[i] : '\0';
}

static bool is_word_char(char c)
{
    return ovf_is_letter(c) || ovf_is_digit(c);
}

/* What designators say an area is, longest first. */
static size_t kind_at(const ovf_draft *d, size_t i)
{
    static const char *const kinds[] = {"TRAG", "TSA", "TRA", "CBA", "ZRT", "ZDT", "ZIT", "MOA",
                                        "TDA",  "TRU", "ATA", "TS",  "TR",  "P",   "R",   "D"};
    for (size_t k = 0; k < OVF_COUNTOF(kinds); k++) {
        size_t len = strlen(kinds[k]);
        ovf_str part = ovf_str_sub(d->clean.text, i, i + len);
        if (ovf_str_eq(part, (ovf_str){kinds[k], len}))
            return len;
    }
    return 0;
}

/* Words of three letters that end like a designator and are none: "SEP 2022", "SUP 130/22". */
static bool is_common_word(ovf_str word)
{
    static const char *const words[] = {
        "SEP", "APR", "MAR", "SUP", "FOR", "WED", "AND", "ADD", "LOW", "DIM", "PER",
        "END", "OUR", "VOR", "TWR", "ARP", "AIR", "WIP", "STD", "MAP", "STP", "GRP",
        "DEP", "REP", "TMP", "CTR", "OLD", "RED", "SID", "FWD", "HOR", "AIP", "TIP",
        "TOP", "GAP", "FIR", "DIR", "EXP", "AMD", "SAR", "SPD", "TFR", "PPR", "THR",
        "APP", "DME", "BLD", "ICD", "MID", "GND", "UIR", "ATD", "ENR", "STR", "EMR",
        "ARR", "HEP", "CAP", "SQD", "UTD", "VER", "NDR", "POP", "SFR", "GLD", "ABD"};
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (ovf_str_eq_nocase(word, (ovf_str){words[i], 3}))
            return true;
    }
    return false;
}

static bool is_nation(const ovf_draft *d, size_t i)
{
    if (!ovf_is_letter(at(d, i)) || !ovf_is_letter(at(d, i + 1)))
        return false;
    ovf_str letters = ovf_str_sub(d->clean.text, i, i + 2);
    return d->world == NULL || ovf_indicator_state(d->world, letters).len > 0;
}

/* Is the notice, or the words just before, about such areas? */
static bool is_context(const ovf_draft *d, size_t token)
{
    if (qcode_starts(d, "R"))
        return true;
    size_t from = token > 4 ? token - 4 : 0;
    return ovf_phrase_find(d, from, token,
                           "AREA|AREAS|DANGER|RESTRICTED|PROHIBITED|RESERVED|SEGREGATED|ZONE|ZONES|"
                           "DNG|RESTR|ZONA|AIRSPACE",
                           NULL)
           != OVF_NOPOS;
}

/* One separator: a hyphen or a blank or a slash, with a blank on either side. */
static size_t skip_joint(const ovf_draft *d, size_t i, bool *has_hyphen, bool *has_blank)
{
    *has_hyphen = *has_blank = false;
    if (at(d, i) == ' ' || at(d, i) == '\n') {
        *has_blank = true;
        i++;
    }
    if (at(d, i) == '-' || at(d, i) == '/') {
        *has_hyphen = true;
        i++;
        if (at(d, i) == ' ' && ovf_is_digit(at(d, i + 1)))
            i++;
    }
    return i;
}

static void put(struct designator *g, const ovf_draft *d, size_t from, size_t until)
{
    size_t len = strlen(g->compact);
    for (size_t i = from; i < until && len + 1 < TEXT_MAX; i++) {
        if (is_word_char(at(d, i)))
            g->compact[len++] = ovf_upper(at(d, i));
    }
    g->compact[len] = '\0';
}

static bool is_australian(const ovf_draft *d)
{
    ovf_str codes[] = {d->notice->locations, d->notice->q_fir};
    for (size_t i = 0; i < OVF_COUNTOF(codes); i++) {
        if (codes[i].len == 4 && codes[i].ptr[0] == 'Y')
            return true;
    }
    return false;
}

/* Behind the kind: a number of up to five digits and up to three letters or digits of a part. */
static bool take_number(const ovf_draft *d, size_t i, bool may_have_letters, struct designator *g)
{
    size_t first = i;
    size_t digits = i;
    while (may_have_letters && digits < i + 2 && ovf_is_letter(at(d, digits)))
        digits++; // "LFDB11"
    i = digits;
    while (ovf_is_digit(at(d, digits)))
        digits++;
    if (digits == i || digits - i > 5)
        return false;
    size_t end = digits;
    while (end - digits < 3 && is_word_char(at(d, end)))
        end++;
    if (is_australian(d)) { // "R225ABCDEF": six areas
        while (end - digits < 12 && ovf_is_letter(at(d, end)))
            end++;
    }
    if (is_word_char(at(d, end)) || (at(d, end) == '.' && ovf_is_digit(at(d, end + 1))))
        return false;
    put(g, d, first, end);
    g->suffix = digits;
    g->end = end;
    return true;
}

/* "ED-R RHEINGAU": a name of four letters or more. */
static bool take_name(const ovf_draft *d, size_t i, struct designator *g)
{
    static const char *const never[] = {
        "ACTIVATED", "ACTIVE", "WILL",  "AREA",    "AREAS", "WITH",        "ZONE",
        "CONCERNED", "CLSD",   "FROM",  "BELOW",   "ABOVE", "ESTABLISHED", "DEACTIVATED",
        "WITHIN",    "UNTIL",  "REFER", "BETWEEN", "MAY",   "THAT"};
    size_t end = i;
    while (ovf_is_letter(at(d, end)))
        end++;
    ovf_str word = ovf_str_sub(d->clean.text, i, end);
    if (word.len < 4)
        return false;
    for (size_t k = 0; k < OVF_COUNTOF(never); k++) {
        if (ovf_str_eq_nocase(word, ovf_str_of(never[k])))
            return false;
    }
    put(g, d, i, end);
    g->is_name = true;
    g->end = g->suffix = end;
    return true;
}

static bool read_at(const ovf_draft *d, size_t token, struct designator *g)
{
    size_t start = d->tokens[token].at;
    ovf_str word = ovf_tok_text(d, token);
    bool hyphen = false;
    bool blank = false;
    *g = (struct designator){.at = start};
    if (start > 0 && is_word_char(d->clean.text.ptr[start - 1]))
        return false; // the end of a longer one
    // with nationality letters: "EGD098H", "EG D098H", "LF-R400A", "OP/D110"
    if (is_nation(d, start)) {
        size_t i = skip_joint(d, start + 2, &hyphen, &blank);
        bool is_joined = !hyphen && !blank;
        size_t kind = kind_at(d, i);
        if (kind > 0 && !(is_joined && is_common_word(word))) {
            bool inner_hyphen = false;
            bool inner_blank = false;
            size_t next = skip_joint(d, i + kind, &inner_hyphen, &inner_blank);
            memcpy(g->nation, d->clean.text.ptr + start, 2);
            put(g, d, start, i + kind);
            bool needs_context = (blank && inner_blank) || (is_joined && inner_blank);
            if ((!needs_context || is_context(d, token))
                && take_number(
                    d, next, is_joined && !inner_blank && !inner_hyphen && is_context(d, token), g))
                return true;
            bool may_be_name =
                inner_blank && (hyphen || (is_joined && word.len == 3)) && is_context(d, token);
            if (may_be_name && take_name(d, next, g))
                return true;
        }
    }
    // without: "R-114", "D119", "TSA26A", "TRA 008"
    *g = (struct designator){.at = start};
    size_t kind = kind_at(d, start);
    if (kind == 0 && at(d, start) == 'M' && is_australian(d) && is_context(d, token))
        return put(g, d, start, start + 1), take_number(d, start + 1, false, g);
    if (kind == 0)
        return at(d, start) == 'W' && at(d, start + 1) == '-' && is_context(d, token)
               && (put(g, d, start, start + 1), take_number(d, start + 2, false, g));
    size_t next = skip_joint(d, start + kind, &hyphen, &blank);
    if (at(d, start + kind) == '/')
        return false;
    put(g, d, start, start + kind);
    if (!take_number(d, next, false, g))
        return false;
    bool is_plain = kind == 1 && !hyphen;
    return !is_plain || is_context(d, token);
}

/* ---- the areas ---- */

struct found {
    ovf_draft *d;
    size_t count;
    size_t name_first, name_end; /* tokens: the last name of a controlled area */
};

/* "EG D323A 0915-1015 FL050-FL660": a time or limits of its own follow. */
static bool has_own_terms(const ovf_draft *d, size_t end)
{
    while (at(d, end) == ' ' || at(d, end) == '\n' || at(d, end) == ':' || at(d, end) == '(')
        end++;
    ovf_str behind = ovf_str_sub(d->clean.text, end, end + 3);
    return ovf_is_digit(at(d, end)) || ovf_str_starts(behind, OVF_STR("FL"))
           || ovf_str_eq(behind, OVF_STR("SFC")) || ovf_str_eq(behind, OVF_STR("GND"))
           || ovf_str_eq(behind, OVF_STR("FM ")) || ovf_str_eq(behind, OVF_STR("BTN"));
}

static size_t look_up(const ovf_draft *d, const struct designator *g, ovf_str name, uint32_t *out)
{
    if (d->world == NULL || ovf_world_airspace_count(d->world) == 0)
        return 0;
    size_t count = ovf_world_find_airspace(d->world, name, out, VOLUMES_MAX);
    if (count == 0)
        count = ovf_world_find_airspace(d->world, ovf_str_of(g->compact), out, VOLUMES_MAX);
    ovf_str codes[] = {d->notice->locations, d->notice->q_fir};
    for (size_t i = 0; i < OVF_COUNTOF(codes) && count == 0 && g->nation[0] == '\0'; i++) {
        if (codes[i].len < 4)
            continue;
        char full[TEXT_MAX + 3] = {codes[i].ptr[0], codes[i].ptr[1]};
        memcpy(full + 2, g->compact, strlen(g->compact) + 1);
        count = ovf_world_find_airspace(d->world, ovf_str_of(full), out, VOLUMES_MAX);
    }
    return count < VOLUMES_MAX ? count : VOLUMES_MAX;
}

static bool starts_word(ovf_str text, ovf_str word)
{
    return text.len >= word.len && ovf_str_eq_nocase(ovf_str_sub(text, 0, word.len), word)
           && (text.len == word.len || !is_word_char(text.ptr[word.len]));
}

/* "NICE TMA" where the world has "TMA NICE 1" to "TMA NICE 14": all of them; "NICE TMA 14": that. */
static size_t look_up_parts(const ovf_draft *d, const struct designator *g, ovf_str name,
                            uint32_t *out)
{
    size_t count = 0;
    size_t all = d->world == NULL ? 0 : ovf_world_airspace_count(d->world);
    ovf_str part = name.len > 0 && ovf_is_digit(name.ptr[name.len - 1]) ? name : OVF_STR("");
    while (part.len > 0 && !ovf_is_blank(part.ptr[part.len - 1]))
        part.len--;
    part = part.len > 0 ? ovf_str_tail(name, part.len) : part; // "14"
    for (uint32_t i = 0; i < all && count < VOLUMES_MAX; i++) {
        ovf_str full = ovf_world_airspace(d->world, i)->name;
        ovf_str first = starts_word(full, g->kind) ? g->kind : g->place;
        ovf_str second = first.ptr == g->kind.ptr ? g->place : g->kind;
        if (!starts_word(full, first))
            continue;
        ovf_str rest = ovf_str_trim(ovf_str_tail(full, first.len));
        if (!starts_word(rest, second))
            continue;
        rest = ovf_str_trim(ovf_str_tail(rest, second.len));
        if (part.len == 0 || starts_word(rest, part))
            out[count++] = i;
    }
    return count;
}

/* The volumes of one name are one area: its surface is all of theirs together. */
static const ovf_area *area_of(ovf_draft *d, const uint32_t *volumes, size_t count)
{
    const ovf_area *parts[VOLUMES_MAX];
    const ovf_area *out = NULL;
    for (size_t i = 0; i < count; i++)
        parts[i] = ovf_world_airspace_area(d->world, volumes[i]);
    if (count == 0)
        return NULL;
    if (count == 1)
        return parts[0];
    return ovf_area_union(d->arena, parts, count, &out, NULL) == OVF_OK ? out : NULL;
}

static void add_area(struct found *f, const struct designator *g, ovf_str name)
{
    ovf_draft *d = f->d;
    for (size_t i = 0; i < d->area_count; i++) {
        if (d->areas[i].shape == OVF_SHAPE_NAMED && ovf_str_eq(d->areas[i].name, name)
            && !has_own_terms(d, g->end))
            return; // named again further down
    }
    uint32_t volumes[VOLUMES_MAX] = {0};
    size_t count = look_up(d, g, name, volumes);
    if (count == 0 && g->kind.len > 0)
        count = look_up_parts(d, g, name, volumes);
    const ovf_area *area = area_of(d, volumes, count);
    ovf_notice_area *out = ovf_add_area(
        d, OVF_SHAPE_NAMED, area != NULL ? OVF_CERTAINTY_REFERENCE : OVF_CERTAINTY_UNRESOLVED,
        area != NULL ? area : ovf_area_unresolved(), g->at, g->end);
    if (out == NULL)
        return;
    out->name = name;
    f->count++;
    if (area == NULL) {
        OVF_FIND(d, OVF_WARNING, g->at, "NAME_UNKNOWN",
                 "%.*s is a published area that the world's tables do not hold",
                 OVF_ARG(ovf_str_sub(name, 0, 40)));
        return;
    }
    out->lower = ovf_world_airspace(d->world, volumes[0])->lower; // until items F and G say more
    out->upper = ovf_world_airspace(d->world, volumes[0])->upper;
}

/* "EHD41A/B/C", "D613A/613B", "D510A-C": further areas by their letters; the byte behind. */
static size_t add_parts(struct found *f, struct designator g)
{
    ovf_draft *d = f->d;
    size_t stem_compact = strlen(g.compact) - (g.end - g.suffix);
    size_t end = g.end;
    while (!g.is_name && f->count < AREAS_MAX) {
        char joint = at(d, end);
        size_t i = end + 1;
        size_t from = i;
        while (is_word_char(at(d, i)) && i - from < 6)
            i++;
        bool has_letter = g.end > g.suffix && g.end - g.suffix == 1;
        bool is_letter = i - from == 1 && ovf_is_letter(at(d, from)) && has_letter;
        bool is_number =
            ovf_is_digit(at(d, from)) && i - from >= g.suffix - g.at - 4 && i - from > 1;
        if ((joint != '/' && joint != '-') || is_word_char(at(d, i))
            || !(is_letter || (is_number && joint == '/')))
            break;
        char first = is_letter && joint == '-' ? (char)(ovf_upper(at(d, g.suffix)) + 1)
                                               : ovf_upper(at(d, from));
        char last = ovf_upper(at(d, from));
        if (is_letter && (last < first || last - first > 25))
            break;
        for (char c = first; c <= last && is_letter; c++) {
            struct designator part = g;
            ovf_str shown = ovf_show(d, g.at, g.suffix);
            part.compact[stem_compact] = c;
            part.compact[stem_compact + 1] = '\0';
            part.at = from;
            part.end = i;
            add_area(f, &part, ovf_arena_printf(d->arena, "%.*s%c", OVF_ARG(shown), c));
        }
        if (is_number) {
            size_t digits = g.suffix;
            while (digits > g.at && ovf_is_digit(at(d, digits - 1)))
                digits--;
            struct designator part = g;
            ovf_str shown = ovf_show(d, g.at, digits);
            ovf_str number = ovf_str_sub(d->clean.text, from, i);
            part.compact[strlen(g.compact) - (g.end - digits)] = '\0';
            put(&part, d, from, i);
            part.at = from;
            part.end = i;
            add_area(f, &part,
                     ovf_arena_printf(d->arena, "%.*s%.*s", OVF_ARG(shown), OVF_ARG(number)));
        }
        end = i;
    }
    return end;
}

/* ---- areas of air traffic control by name ---- */

static bool is_name_word(const ovf_draft *d, size_t i)
{
    if (i >= d->token_count || d->tokens[i].kind != OVF_TOK_WORD || d->tokens[i].len < 3)
        return false;
    return ovf_phrase(d, i,
                      "THE|CLSD|ACT|ACTIVATED|DEACTIVATED|WILL|AND|WITHIN|NOT|FOR|FROM|VIA|HOURS|"
                      "HRS|SER|SERVICE|CLASS|CHANGED|ALL|LATERAL|VERTICAL|LIMITS|DUE|ARE|INTO|"
                      "CONTROLLED|AIRSPACE|WITHDRAWN|ESTABLISHED|OVER|OUTSIDE|INSIDE|AROUND|MAY|"
                      "REMAINS|ACTIVE|HOLD|CAN|SHALL|MUST|ONLY|BOUNDARY|CTA|CTR|ATZ|TMA|VRP|CROSS|"
                      "ENTER|HAS|BUT|WHEN|DURING|ACTIVATION|REVERTS|RECLASSIFIED|TEMPO|PART|NEW")
           == 0;
}

/* "BASEL TMA", "TMA PARIS 1", "CTR NICE", "NEWCASTLE CTA/CTR": up to three words before, else
 * behind, else the name of the one before. */
static void add_controlled(struct found *f, size_t i)
{
    ovf_draft *d = f->d;
    size_t first = i;
    size_t behind = i + 1;
    while (first > 0 && i - first < 3 && is_name_word(d, first - 1)
           && (d->tokens[first].flags & OVF_TOK_NEW_LINE) == 0)
        first--;
    bool goes_on = i > 0 && f->name_end > 0
                   && (ovf_tok_sign(d, i - 1, '/') || ovf_tok_is(d, i - 1, "AND")
                       || ovf_tok_sign(d, i - 1, ','));
    if (first < i) {
        f->name_first = first;
        f->name_end = i;
    } else if (!goes_on) {
        while (behind < i + 3 && is_name_word(d, behind)
               && (d->tokens[behind].flags & OVF_TOK_NEW_LINE) == 0)
            behind++;
        if (behind == i + 1)
            return;
        f->name_first = i + 1;
        f->name_end = behind;
    }
    const ovf_token *t = &d->tokens[behind < d->token_count ? behind : i];
    bool is_part = t->kind == OVF_TOK_NUM && t->len <= 2; // "TMA 2", "CTA C1"
    is_part |= t->kind == OVF_TOK_WORD && t->len <= 3 && ovf_is_digit(at(d, t->at + t->len - 1));
    behind += behind < d->token_count && is_part;
    struct designator g = {.at = d->tokens[first].at, .end = ovf_tok_end(d, behind - 1)};
    ovf_str name = ovf_show(d, g.at, g.end);
    if (goes_on) {
        size_t from = d->tokens[f->name_first].at;
        size_t until = ovf_tok_end(d, f->name_end - 1);
        put(&g, d, from, until);
        name = ovf_arena_printf(d->arena, "%.*s %.*s", OVF_ARG(ovf_show(d, from, until)),
                                OVF_ARG(name));
    }
    put(&g, d, g.at, g.end);
    g.kind = ovf_tok_text(d, i);
    g.place =
        ovf_str_sub(d->clean.text, d->tokens[f->name_first].at, ovf_tok_end(d, f->name_end - 1));
    add_area(f, &g, name);
}

/* "R225ABCDEF", "R360CEF": an area a letter, as Australia writes them. */
static void add_letters(struct found *f, struct designator g)
{
    ovf_draft *d = f->d;
    size_t stem = strlen(g.compact) - (g.end - g.suffix);
    ovf_str shown = ovf_show(d, g.at, g.suffix);
    for (size_t i = g.suffix; i < g.end; i++) {
        struct designator part = g;
        part.compact[stem] = ovf_upper(at(d, i));
        part.compact[stem + 1] = '\0';
        add_area(f, &part,
                 ovf_arena_printf(d->arena, "%.*s%c", OVF_ARG(shown), ovf_upper(at(d, i))));
    }
}

static bool is_letter_list(const ovf_draft *d, const struct designator *g)
{
    if (g->is_name || g->end < g->suffix + 2 || !is_australian(d))
        return false;
    for (size_t i = g->suffix; i < g->end; i++) {
        if (!ovf_is_letter(at(d, i)) || (i > g->suffix && at(d, i) <= at(d, i - 1)))
            return false;
    }
    return true;
}

bool ovf_read_designators(ovf_draft *d)
{
    struct found f = {.d = d};
    bool is_control = qcode_starts(d, "AC") || qcode_starts(d, "AT") || qcode_starts(d, "AE")
                      || qcode_starts(d, "AH") || qcode_starts(d, "AZ");
    size_t passed = 0;
    for (size_t i = 0; i < d->token_count && f.count < AREAS_MAX && !d->no_memory; i++) {
        struct designator g;
        if (d->tokens[i].kind != OVF_TOK_WORD || d->tokens[i].at < passed)
            continue;
        if (is_control
            && ovf_phrase(d, i, "TMA|CTR|CTA|UTA|ATZ|MATZ|CTZ|MTMA|MCTR|TMZ|RMZ|MOA") > 0)
            add_controlled(&f, i);
        if (!read_at(d, i, &g))
            continue;
        bool may_be_route = ovf_is_route(ovf_tok_text(d, i)) && !is_context(d, i);
        if (may_be_route)
            continue;
        passed = g.end;
        if (is_letter_list(d, &g)) {
            add_letters(&f, g);
            continue;
        }
        add_area(&f, &g, ovf_show(d, g.at, g.end));
        passed = add_parts(&f, g);
    }
    return f.count > 0;
}
