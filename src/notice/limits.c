/* SPDX-License-Identifier: Apache-2.0 */
/* Vertical limits in words: "GND-600M AMSL", "FM SFC UP TO FL660", "AT ALTITUDES BELOW FL 260",
 * "0-400 FEET". One level is read by level.h, so that metres and feet have one rule. */
#include "phrase.h"
#include "vocabulary.h"

#include <assert.h>

/* What a word can be in limits. */
enum {
    FEET = 1,
    METRES = 2,
    SEA = 4,         /* behind a number */
    GROUND = 8,      /* likewise */
    LED_BY_SEA = 16, /* before a number: "QNH 900M" */
    LED_BY_GROUND = 32,
    SURFACE = 64, /* a level of its own */
    OPEN = 128,   /* likewise: no upper bound */
    BEGINS = 256, /* limits may begin with it */
    JOINS = 512,  /* stands between two levels */
};

static const uint16_t roles[OVF_VOCABULARY_SIZE] = {
    [OVF_WORD_FT] = FEET,
    [OVF_WORD_FEET] = FEET,
    [OVF_WORD_F] = FEET,
    [OVF_WORD_FOOT] = FEET,
    [OVF_WORD_PIEDS] = FEET,
    [OVF_WORD_PIES] = FEET,
    [OVF_WORD_PES] = FEET,
    [OVF_WORD_FTS] = FEET,
    [OVF_WORD_M] = METRES,
    [OVF_WORD_MTR] = METRES,
    [OVF_WORD_MTRS] = METRES,
    [OVF_WORD_METERS] = METRES,
    [OVF_WORD_METRES] = METRES,
    [OVF_WORD_MTS] = METRES,
    [OVF_WORD_METER] = METRES,
    [OVF_WORD_METRE] = METRES,
    [OVF_WORD_METROS] = METRES,
    [OVF_WORD_MA] = METRES, // "280MA MSL"
    [OVF_WORD_AMSL] = SEA | LED_BY_SEA | BEGINS,
    [OVF_WORD_MSL] = SEA | LED_BY_SEA | BEGINS,
    [OVF_WORD_ASL] = SEA,
    [OVF_WORD_QNH] = SEA | LED_BY_SEA | BEGINS,
    [OVF_WORD_ALT] = SEA | LED_BY_SEA | BEGINS,
    [OVF_WORD_ALTITUDE] = SEA | LED_BY_SEA | BEGINS,
    [OVF_WORD_SNM] = SEA,
    [OVF_WORD_NMM] = SEA,
    [OVF_WORD_AGL] = GROUND | LED_BY_GROUND | BEGINS,
    [OVF_WORD_ASFC] = GROUND | LED_BY_GROUND | BEGINS,
    [OVF_WORD_HGT] = GROUND | LED_BY_GROUND | BEGINS,
    [OVF_WORD_HEIGHT] = GROUND | LED_BY_GROUND | BEGINS,
    [OVF_WORD_QFE] = GROUND | LED_BY_GROUND | BEGINS,
    [OVF_WORD_ASS] = GROUND,
    [OVF_WORD_SFC] = SURFACE | BEGINS,
    [OVF_WORD_GND] = SURFACE | BEGINS,
    [OVF_WORD_SURFACE] = SURFACE | BEGINS,
    [OVF_WORD_GROUND] = SURFACE | BEGINS,
    [OVF_WORD_SOL] = SURFACE | BEGINS,
    [OVF_WORD_GRD] = SURFACE | BEGINS,
    [OVF_WORD_SOLO] = SURFACE | BEGINS,
    [OVF_WORD_SUPERFICIE] = SURFACE | BEGINS,
    [OVF_WORD_TERRENO] = SURFACE | BEGINS,
    [OVF_WORD_TIERRA] = SURFACE | BEGINS,
    [OVF_WORD_SUELO] = SURFACE | BEGINS,
    [OVF_WORD_UNL] = OPEN | BEGINS,
    [OVF_WORD_UNLTD] = OPEN | BEGINS,
    [OVF_WORD_UNLIM] = OPEN | BEGINS,
    [OVF_WORD_UNLIMITED] = OPEN | BEGINS,
    [OVF_WORD_ILIMITADO] = OPEN | BEGINS,
    [OVF_WORD_ILIMITADA] = OPEN | BEGINS,
    [OVF_WORD_ILIM] = OPEN | BEGINS,
    [OVF_WORD_ILLIMITE] = OPEN | BEGINS,
    [OVF_WORD_ILLIM] = OPEN | BEGINS,
    [OVF_WORD_ALL] = BEGINS,
    [OVF_WORD_ANY] = BEGINS,
    [OVF_WORD_LOWER] = BEGINS,
    [OVF_WORD_FLOOR] = BEGINS,
    [OVF_WORD_BASE] = BEGINS,
    [OVF_WORD_TOP] = BEGINS,
    [OVF_WORD_TOPS] = BEGINS,
    [OVF_WORD_NOT] = BEGINS,
    [OVF_WORD_MAX] = BEGINS,
    [OVF_WORD_MAXIMUM] = BEGINS,
    [OVF_WORD_MXM] = BEGINS,
    [OVF_WORD_MNM] = BEGINS,
    [OVF_WORD_MIN] = BEGINS,
    [OVF_WORD_MINIMUM] = BEGINS,
    [OVF_WORD_UPPER] = BEGINS,
    [OVF_WORD_CEILING] = BEGINS,
    [OVF_WORD_EXC] = BEGINS,
    [OVF_WORD_EXCEPT] = BEGINS,
    [OVF_WORD_AT] = BEGINS,
    [OVF_WORD_BELOW] = BEGINS,
    [OVF_WORD_BLW] = BEGINS,
    [OVF_WORD_BENEATH] = BEGINS,
    [OVF_WORD_UNDER] = BEGINS,
    [OVF_WORD_DEBAJO] = BEGINS,
    [OVF_WORD_ABAIXO] = BEGINS,
    [OVF_WORD_UP] = BEGINS | JOINS,
    [OVF_WORD_ABOVE] = BEGINS,
    [OVF_WORD_ABV] = BEGINS,
    [OVF_WORD_THE] = BEGINS,
    [OVF_WORD_MEAN] = BEGINS,
    [OVF_WORD_SEA] = BEGINS,
    [OVF_WORD_FL] = BEGINS,
    [OVF_WORD_FLIGHT] = BEGINS,
    [OVF_WORD_NIVEAU] = BEGINS,
    [OVF_WORD_NIVEL] = BEGINS,
    [OVF_WORD_STD] = BEGINS,
    [OVF_WORD_TO] = JOINS,
    [OVF_WORD_TILL] = JOINS,
    [OVF_WORD_UNTIL] = JOINS,
    [OVF_WORD_TIL] = JOINS,
    [OVF_WORD_HASTA] = JOINS,
    [OVF_WORD_ATE] = JOINS,
    [OVF_WORD_JUSQU] = JOINS,
    [OVF_WORD_AND] = JOINS,
};

static bool has_role(const ovf_draft *d, size_t i, unsigned role)
{
    return (roles[ovf_tok_word(d, i)] & role) != 0;
}

static bool is_word(const ovf_draft *d, size_t i, unsigned word)
{
    return ovf_tok_word(d, i) == word;
}

static bool is_feet(const ovf_draft *d, size_t i)
{
    return has_role(d, i, FEET);
}

static bool is_metres(const ovf_draft *d, size_t i)
{
    return has_role(d, i, METRES);
}

/* The datum behind a number and its unit; "AMSL", "AGL" or NULL; *end the index behind. */
static const char *datum_at(const ovf_draft *d, size_t i, size_t *end)
{
    size_t at = i + ovf_tok_sign(d, i, '(');
    size_t next = 0;
    const char *found = NULL;
    if (has_role(d, at, SEA)) {
        found = "AMSL";
        next = at + 1;
    } else if (has_role(d, at, GROUND)) {
        found = "AGL";
        next = at + 1;
    } else if (is_word(d, at, OVF_WORD_STD)) { // by the standard setting: a flight level
        found = "FL";
        next = at + 1;
    } else if ((next = ovf_phrase(d, at, "ABOVE|ABV MEAN? SEA LEVEL|LVL?")) > 0) {
        found = "AMSL";
    } else if ((next = ovf_phrase(d, at, "ABOVE|ABV THE? GROUND|GND|SURFACE|SFC LEVEL?")) > 0) {
        found = "AGL";
    } else {
        *end = i;
        return NULL;
    }
    *end = next + (at > i && ovf_tok_sign(d, next, ')'));
    return found;
}

/* "25,000": the comma parts thousands. */
static double number_at(const ovf_draft *d, size_t i, size_t *end)
{
    double value = d->tokens[i].a;
    *end = i + 1;
    bool is_parted = ovf_tok_sign(d, i + 1, ',') && i + 2 < d->token_count
                     && d->tokens[i + 2].kind == OVF_TOK_NUM && d->tokens[i + 2].len == 3
                     && (d->tokens[i + 2].flags & OVF_TOK_GLUED) != 0 && value < 1000;
    if (!is_parted)
        return value;
    *end = i + 3;
    return value * 1000 + d->tokens[i + 2].a;
}

/* A level as items F and G write it, for level.h to read. */
struct written {
    char text[48];
    size_t len;
};

static void write_text(struct written *w, const char *text)
{
    while (*text != '\0' && w->len < sizeof(w->text))
        w->text[w->len++] = *text++;
}

/* With zeros before it up to three digits when it is a flight level. */
static void write_number(struct written *w, uint32_t value, int at_least)
{
    char digits[12];
    int count = 0;
    for (; value > 0 || count < at_least; value /= 10)
        digits[count++] = (char)('0' + value % 10);
    while (count > 0 && w->len < sizeof(w->text))
        w->text[w->len++] = digits[--count];
}

static size_t parse(const struct written *w, bool is_upper, size_t end, ovf_level *out)
{
    return ovf_level_parse((ovf_str){w->text, w->len}, is_upper, out, NULL, NULL) == OVF_OK ? end
                                                                                            : 0;
}

static size_t parse_flight_level(uint32_t value, bool is_upper, size_t end, ovf_level *out)
{
    struct written w = {.text = "FL", .len = 2};
    write_number(&w, value, 3);
    return parse(&w, is_upper, end, out);
}

/* "FL245", "FL 245", "F245". */
static size_t flight_level_at(const ovf_draft *d, size_t i, ovf_level *out)
{
    ovf_str word = ovf_tok_text(d, i);
    uint32_t value = 0;
    if (is_word(d, i, OVF_WORD_FL) && i + 1 < d->token_count && d->tokens[i + 1].kind == OVF_TOK_NUM
        && d->tokens[i + 1].a <= 2000)
        return parse_flight_level((uint32_t)d->tokens[i + 1].a, false, i + 2, out);
    if (word.len < 4 || !ovf_str_eq_nocase(ovf_str_sub(word, 0, 2), OVF_STR("FL"))
        || ovf_str_take_uint(word, 2, 2000, &value) != word.len)
        return 0;
    return parse_flight_level(value > 2000 ? 2000 : value, false, i + 1, out);
}

/* The datum before the number: "QNH 900M", "HGT 300M", "STD 6000M", "FLIGHT LEVEL 245". */
static size_t worded_level_at(const ovf_draft *d, size_t i, bool is_upper, const char *default_unit,
                              ovf_level *out)
{
    size_t next = i + 1;
    size_t fl = ovf_phrase(d, i, "FLIGHT LEVEL|LEVELS|FL");
    if (fl == 0)
        fl = ovf_phrase(d, i, "NIVEAU|NIVEL DE? VOL|VUELO?");
    if (fl > 0 && fl < d->token_count && d->tokens[fl].kind == OVF_TOK_NUM)
        return ovf_level_at(d, fl, is_upper, "FL", out);
    if (next >= d->token_count || d->tokens[next].kind != OVF_TOK_NUM)
        return 0;
    if (has_role(d, i, LED_BY_SEA))
        return ovf_level_at(d, next, is_upper, default_unit, out);
    bool is_ground = has_role(d, i, LED_BY_GROUND);
    if (!is_ground && !is_word(d, i, OVF_WORD_STD))
        return 0;
    size_t end = ovf_level_at(d, next, is_upper, default_unit, out);
    if (end == 0 || out->ref != OVF_LEVEL_AMSL)
        return end;
    out->ref = is_ground ? OVF_LEVEL_AGL : OVF_LEVEL_FL;
    return end;
}

size_t ovf_level_at(const ovf_draft *d, size_t i, bool is_upper, const char *default_unit,
                    ovf_level *out)
{
    if (i >= d->token_count)
        return 0;
    if (is_word(d, i, OVF_WORD_THE))
        i++;
    if (has_role(d, i, SURFACE)) {
        *out = (ovf_level){.ref = OVF_LEVEL_SFC};
        return i + 1;
    }
    if (has_role(d, i, OPEN)) {
        *out = (ovf_level){.ref = OVF_LEVEL_UNL};
        return i + 1;
    }
    bool may_be_sea = is_word(d, i, OVF_WORD_MEAN) || is_word(d, i, OVF_WORD_SEA);
    size_t sea = may_be_sea ? ovf_phrase(d, i, "MEAN? SEA LEVEL|LVL") : 0;
    if (sea > 0 || is_word(d, i, OVF_WORD_MSL)) {
        *out = (ovf_level){.ref = OVF_LEVEL_AMSL};
        return sea > 0 ? sea : i + 1;
    }
    if (d->tokens[i].kind == OVF_TOK_WORD) {
        size_t end = flight_level_at(d, i, out);
        if (end > 0)
            return end;
        return worded_level_at(d, i, is_upper, default_unit, out);
    }
    if (d->tokens[i].kind != OVF_TOK_NUM)
        return 0;
    size_t end = 0;
    double value = number_at(d, i, &end);
    const char *unit = is_feet(d, end) ? "FT" : is_metres(d, end) ? "M" : NULL;
    end += unit != NULL;
    if (unit == NULL)
        unit = default_unit;
    if (unit == NULL || value > OVF_LEVEL_MAX_FT)
        return 0;
    size_t behind = end;
    const char *datum = datum_at(d, end, &behind);
    if (strcmp(unit, "FL") == 0)
        return parse_flight_level((uint32_t)value, is_upper, behind, out);
    if (datum != NULL && strcmp(datum, "FL") == 0) {
        double feet = strcmp(unit, "M") == 0 ? value / 0.3048 : value;
        return parse_flight_level((uint32_t)(feet / 100 + 0.5), is_upper, behind, out);
    }
    struct written w = {.len = 0};
    write_number(&w, (uint32_t)value, 1);
    write_text(&w, unit);
    write_text(&w, " ");
    write_text(&w, datum == NULL ? "AMSL" : datum);
    return parse(&w, is_upper, behind, out);
}

/* What joins two levels: "-", "TO", "UP TO BUT NOT INCLUDING"; *is_open. 0: nothing does. */
static size_t joint_at(const ovf_draft *d, size_t i, bool may_and, bool *is_open)
{
    *is_open = false;
    size_t end = 0;
    if (ovf_tok_sign(d, i, '-') || ovf_tok_sign(d, i, '/'))
        end = i + 1;
    else if (may_and && is_word(d, i, OVF_WORD_AND))
        end = i + 1;
    else
        end = ovf_phrase(d, i, "UP? TO|TILL|UNTIL|TIL|HASTA|ATE|JUSQU");
    if (end == 0)
        return 0;
    size_t open = ovf_phrase(d, end, "BUT? NOT INCLUDING|INCL");
    size_t closed = ovf_phrase(d, end, "AND INCLUDING|INCL");
    *is_open = open > 0;
    return open > 0 ? open : closed > 0 ? closed : end;
}

static bool datum_is_written(const ovf_draft *d, size_t from, size_t until)
{
    size_t end = 0;
    for (size_t i = from; i < until; i++) {
        if (datum_at(d, i, &end) != NULL || is_word(d, i, OVF_WORD_GND)
            || is_word(d, i, OVF_WORD_SFC) || is_word(d, i, OVF_WORD_UNL))
            return true;
    }
    return false;
}

/* "GND-600M AMSL", "0-400 FEET", "FL195-FL285". */
static size_t pair_at(const ovf_draft *d, size_t i, ovf_limits *out)
{
    bool may_and =
        i > 0 && (is_word(d, i - 1, OVF_WORD_BTN) || is_word(d, i - 1, OVF_WORD_BETWEEN));
    bool is_open = false;
    ovf_level upper = {0};
    ovf_level lower = {0};
    size_t end = ovf_level_at(d, i, false, NULL, &lower);
    size_t joint = end > 0 ? joint_at(d, end, may_and, &is_open) : 0;
    if (joint == 0) { // a bare number takes its unit from the second level
        if (d->tokens[i].kind != OVF_TOK_NUM)
            return 0;
        size_t behind = 0;
        number_at(d, i, &behind);
        joint = joint_at(d, behind, may_and, &is_open);
        if (joint == 0 || joint >= d->token_count)
            return 0;
        end = ovf_level_at(d, joint, true, NULL, &upper);
        if (end == 0
            || (upper.ref != OVF_LEVEL_AMSL && upper.ref != OVF_LEVEL_AGL
                && upper.ref != OVF_LEVEL_FL))
            return 0;
        const char *unit = upper.ref == OVF_LEVEL_FL ? "FL" : upper.unit == OVF_UNIT_M ? "M" : "FT";
        if (ovf_level_at(d, i, false, unit, &lower) == 0)
            return 0;
        lower.ref = upper.ref;
    } else {
        const char *unit = lower.ref == OVF_LEVEL_FL ? "FL" : NULL;
        end = ovf_level_at(d, joint, true, unit, &upper);
        // "134FT AMSL/121FT AGL": one height, measured twice.
        bool is_twice = ovf_tok_sign(d, joint - 1, '/')
                        && ((lower.ref == OVF_LEVEL_AMSL && upper.ref == OVF_LEVEL_AGL)
                            || (lower.ref == OVF_LEVEL_AGL && upper.ref == OVF_LEVEL_AMSL));
        if (is_twice) {
            *out = (ovf_limits){.lower = {.ref = OVF_LEVEL_SFC},
                                .upper = lower.ref == OVF_LEVEL_AMSL ? lower : upper,
                                .found = true};
            return end;
        }
    }
    bool is_order = upper.ref == OVF_LEVEL_UNL || lower.ref == OVF_LEVEL_SFC
                    || upper.value_ft > lower.value_ft || upper.ref != lower.ref;
    if (end == 0 || !is_order || upper.ref == OVF_LEVEL_SFC || lower.ref == OVF_LEVEL_UNL)
        return 0;
    // "300-500 M" without a datum may be a length.
    if (upper.unit == OVF_UNIT_M && upper.ref == OVF_LEVEL_AMSL && !datum_is_written(d, i, end))
        return 0;
    upper.is_open = is_open;
    *out = (ovf_limits){.lower = lower, .upper = upper, .found = true};
    return end;
}

/* Behind one limit the other: "ABV 500M UP TO FL095", "BELOW FL245 AND ABOVE FL100". The token behind. */
static size_t other_side(const ovf_draft *d, size_t end, bool is_upper, ovf_limits *out)
{
    size_t next = is_upper ? ovf_phrase(d, end, "AND|BUT? ABOVE|ABV")
                           : ovf_phrase(d, end, "AND|BUT? UP TO AND? INCLUDING?");
    bool is_open = next > 0 && is_upper;
    if (next == 0 && !is_upper) {
        next = ovf_phrase(d, end, "AND|BUT? BELOW|BLW");
        is_open = next > 0;
    }
    ovf_level level = {0};
    size_t behind = next > 0 ? ovf_level_at(d, next, !is_upper, NULL, &level) : 0;
    if (behind == 0 || level.ref == OVF_LEVEL_SFC)
        return end;
    level.is_open = is_open && level.ref != OVF_LEVEL_UNL;
    *(is_upper ? &out->lower : &out->upper) = level;
    return behind;
}

/* "BELOW FL260", "AT OR ABOVE 5000FT", "EXC ABV FL320", "UP TO FL660". */
static size_t single_at(const ovf_draft *d, size_t i, ovf_limits *out)
{
    static const struct {
        const char *phrase;
        bool is_upper;
        bool is_open;
    } forms[] = {
        {"TOP|TOPS ABV|ABOVE", true, false},
        {"TOP|TOPS UP? TO?", true, false},
        {"NOT ABV|ABOVE", true, false},
        {"NOT BLW|BELOW", false, false},
        {"NOT EXCEEDING", true, false},
        {"MAX|MAXIMUM|MXM ALT|ALTITUDE|HGT|HEIGHT|LEVEL|OPR? ALT|HGT?", true, false},
        {"MNM|MIN|MINIMUM ALT|ALTITUDE|HGT|HEIGHT|LEVEL", false, false},
        {"UPPER LIMIT|LIMITS|LVL|LEVEL|ALT", true, false},
        {"CEILING", true, false},
        {"EXC|EXCEPT ABV|ABOVE", true, false},
        {"AT AND|OR BELOW|BLW", true, false},
        {"AT AND|OR ABOVE|ABV", false, false},
        {"BELOW|BLW|BENEATH|UNDER|DEBAJO|ABAIXO", true, true},
        {"UP TO AND INCLUDING|INCL", true, false},
        {"UP TO BUT? NOT INCLUDING|INCL", true, true},
        {"UP TO", true, false},
        {"ABOVE|ABV", false, true},
    };
    // Which of them begin with a word: a bit each.
    static const uint32_t begins[OVF_VOCABULARY_SIZE] = {
        [OVF_WORD_TOP] = 0x3,       [OVF_WORD_TOPS] = 0x3,       [OVF_WORD_NOT] = 0x1C,
        [OVF_WORD_MAX] = 0x20,      [OVF_WORD_MAXIMUM] = 0x20,   [OVF_WORD_MXM] = 0x20,
        [OVF_WORD_MNM] = 0x40,      [OVF_WORD_MIN] = 0x40,       [OVF_WORD_MINIMUM] = 0x40,
        [OVF_WORD_UPPER] = 0x80,    [OVF_WORD_CEILING] = 0x100,  [OVF_WORD_EXC] = 0x200,
        [OVF_WORD_EXCEPT] = 0x200,  [OVF_WORD_AT] = 0xC00,       [OVF_WORD_BELOW] = 0x1000,
        [OVF_WORD_BLW] = 0x1000,    [OVF_WORD_BENEATH] = 0x1000, [OVF_WORD_UNDER] = 0x1000,
        [OVF_WORD_DEBAJO] = 0x1000, [OVF_WORD_ABAIXO] = 0x1000,  [OVF_WORD_UP] = 0xE000,
        [OVF_WORD_ABOVE] = 0x10000, [OVF_WORD_ABV] = 0x10000,
    };
    static_assert(OVF_COUNTOF(forms) == 17, "a bit for each");
    uint32_t may_be = begins[ovf_tok_word(d, i)];
    for (size_t k = 0; may_be >> k != 0; k++) {
        if ((may_be >> k & 1) == 0)
            continue;
        size_t next = ovf_phrase(d, i, forms[k].phrase);
        if (next == 0)
            continue;
        next += ovf_tok_sign(d, next, ':');
        ovf_level level = {0};
        size_t end = ovf_level_at(d, next, forms[k].is_upper, NULL, &level);
        bool is_place =
            level.ref != OVF_LEVEL_SFC && (level.ref != OVF_LEVEL_AMSL || level.value_ft > 0);
        if (end == 0 || !is_place)
            return 0;
        if (k == 0) // it reaches higher than this: no upper limit is known
            level = (ovf_level){.ref = OVF_LEVEL_UNL};
        level.is_open = forms[k].is_open && level.ref != OVF_LEVEL_UNL;
        ovf_level sfc = {.ref = OVF_LEVEL_SFC};
        ovf_level unl = {.ref = OVF_LEVEL_UNL};
        *out = (ovf_limits){.lower = forms[k].is_upper ? sfc : level,
                            .upper = forms[k].is_upper ? level : unl,
                            .found = true};
        return other_side(d, end, forms[k].is_upper, out);
    }
    ovf_level level = {0};
    size_t end = ovf_level_at(d, i, true, NULL, &level);
    size_t below = end > 0 ? ovf_phrase(d, end, "AND|OR BELOW|BLW") : 0;
    size_t above = end > 0 ? ovf_phrase(d, end, "AND|OR ABOVE|ABV") : 0;
    if (below == 0 && above == 0)
        return 0;
    *out = (ovf_limits){.lower = below > 0 ? (ovf_level){.ref = OVF_LEVEL_SFC} : level,
                        .upper = below > 0 ? level : (ovf_level){.ref = OVF_LEVEL_UNL},
                        .found = true};
    return below > 0 ? below : above;
}

/* "LOWER LIMIT: SFC UPPER LIMIT: FL195", "FLOOR GND CEILING 3000FT AMSL". */
static size_t named_pair_at(const ovf_draft *d, size_t i, ovf_limits *out)
{
    size_t low = ovf_phrase(d, i, "LOWER LIMIT|LIMITS|LVL|LEVEL|ALT?");
    if (low == 0)
        low = ovf_phrase(d, i, "FLOOR|BASE");
    low += low > 0 && (ovf_tok_sign(d, low, ':') || ovf_tok_sign(d, low, '-'));
    ovf_level lower = {0};
    size_t end = low > 0 ? ovf_level_at(d, low, false, NULL, &lower) : 0;
    while (end > 0
           && (ovf_tok_sign(d, end, '/') || ovf_tok_sign(d, end, '-') || ovf_tok_sign(d, end, '.')
               || ovf_tok_sign(d, end, ';') || ovf_tok_sign(d, end, ',')))
        end++;
    size_t high = end > 0 ? ovf_phrase(d, end + is_word(d, end, OVF_WORD_AND),
                                       "UPPER LIMIT|LIMITS|LVL|LEVEL|ALT?")
                          : 0;
    if (high == 0 && end > 0)
        high = ovf_phrase(d, end + is_word(d, end, OVF_WORD_AND), "CEILING|TOP");
    ovf_level upper = {0};
    high += high > 0 && (ovf_tok_sign(d, high, ':') || ovf_tok_sign(d, high, '-'));
    end = high > 0 ? ovf_level_at(d, high, true, NULL, &upper) : 0;
    if (end > 0)
        *out = (ovf_limits){.lower = lower, .upper = upper, .found = true};
    return end;
}

static size_t all_levels_at(const ovf_draft *d, size_t i, ovf_limits *out)
{
    size_t end = ovf_phrase(d, i, "ALL|ANY FLIGHT? ALTITUDES|ALTITUDE|LEVELS|LEVEL|FLS");
    if (end > 0)
        *out = (ovf_limits){
            .lower = {.ref = OVF_LEVEL_SFC}, .upper = {.ref = OVF_LEVEL_UNL}, .found = true};
    return end;
}

/* "GAT ALLOWED TO CROSS ... BLW FL195", "FLIGHT ABOVE FL195 ONLY WHEN ...": a level that bounds what
 * is allowed within an area, not the area. */
static bool bounds_permission(const ovf_draft *d, size_t at, size_t end)
{
    return ovf_phrase(d, end, "ONLY WHEN|IF|WITH|AFTER|SUBJECT") > 0
           || ovf_phrase_find(d, ovf_sentence_start(d, at), at,
                              "ALLOWED|PERMITTED|AUTHORIZED|AUTHORISED|CLEARED TO? "
                              "CROSS|OVERFLY|TRANSIT",
                              NULL)
                  != OVF_NOPOS;
}

/* Can limits begin at token i? All that the readers below begin with, and no more than their words;
 * of a number, that its unit or the joint of a pair follows. */
static bool may_begin(const ovf_draft *d, size_t i)
{
    const ovf_token *t = &d->tokens[i];
    if (t->kind == OVF_TOK_WORD) {
        const char *text = d->clean.text.ptr + t->at;
        bool is_level = t->len > 3 && ovf_upper(text[0]) == 'F' && ovf_upper(text[1]) == 'L'
                        && ovf_is_digit(text[2]); // "FL245"
        return is_level || (roles[t->word] & BEGINS) != 0;
    }
    if (t->kind != OVF_TOK_NUM)
        return false;
    size_t end = 0;
    number_at(d, i, &end);
    t = &d->tokens[end];
    if (t->kind == OVF_TOK_SIGN) // a phrase passes over some
        return strchr("-/,:\"'", t->sign) != NULL;
    return (roles[t->word] & (FEET | METRES | JOINS)) != 0;
}

ovf_limits ovf_limits_find(const ovf_draft *d, size_t from, size_t until, size_t *next)
{
    for (size_t i = from; i < until && i < d->token_count; i++) {
        if (!may_begin(d, i))
            continue;
        ovf_limits found = {0};
        size_t end = all_levels_at(d, i, &found);
        if (end == 0)
            end = named_pair_at(d, i, &found);
        if (end == 0)
            end = pair_at(d, i, &found);
        if (end == 0) {
            end = single_at(d, i, &found);
            if (end > 0 && bounds_permission(d, i, end)) {
                i = end - 1;
                continue;
            }
        }
        if (end == 0 || end > d->token_count)
            continue;
        found.from = d->tokens[i].at;
        found.until = ovf_tok_end(d, end - 1);
        *next = end;
        return found;
    }
    *next = until;
    return (ovf_limits){0};
}

/* "000", "999", "245" alone: the three digits of item Q put into items F and G. */
static bool hundreds_at(const ovf_draft *d, bool is_upper, ovf_level *out)
{
    const ovf_token *t = &d->tokens[0];
    if (t->kind != OVF_TOK_NUM || t->len != 3 || d->tokens[1].kind != OVF_TOK_END || t->a > 999)
        return false;
    *out = (ovf_level){.ref = OVF_LEVEL_FL, .value_ft = (int32_t)t->a * 100};
    if (!is_upper && t->a < 1)
        *out = (ovf_level){.ref = OVF_LEVEL_SFC};
    else if (is_upper && t->a > 998)
        *out = (ovf_level){.ref = OVF_LEVEL_UNL};
    return true;
}

/* ---- items F and G ---- */

static bool read_item(ovf_draft *d, int item, ovf_level *out)
{
    ovf_range range = d->items[item];
    if (range.from == range.until)
        return false;
    ovf_token *tokens = d->tokens;
    size_t count = d->token_count;
    size_t next = 0;
    bool is_upper = item == OVF_ITEM_G;
    bool found = false;
    if (ovf_tokenise(d, range, &d->tokens, &d->token_count)) {
        ovf_limits limits = {0};
        bool is_alone = d->items[item == OVF_ITEM_F ? OVF_ITEM_G : OVF_ITEM_F].until == 0;
        if (is_alone && pair_at(d, 0, &limits) > 0) { // "F) FL095/FL245" and no item G
            d->lower = limits.lower;
            d->upper = limits.upper;
            found = true;
        } else if (single_at(d, 0, &limits) > 0 && !is_word(d, 0, OVF_WORD_UP)) {
            *out = is_upper ? limits.upper : limits.lower;
            found = true;
        } else {
            next = ovf_level_at(d, 0, is_upper, NULL, out);
            if (next == 0 && hundreds_at(d, is_upper, out)) {
                next = 1;
                OVF_FIND(d, OVF_NOTE, range.from, "LEVEL_UNIT",
                         "three digits as in item Q: taken as a flight level, 000 as the surface "
                         "and 999 as unlimited");
            } else if (next == 0 && d->tokens[0].kind == OVF_TOK_NUM) {
                next = ovf_level_at(d, 0, is_upper, "FT", out);
                OVF_FIND(d, OVF_NOTE, range.from, "LEVEL_UNIT", "no unit: taken as feet AMSL");
            }
            found = next > 0;
        }
    }
    d->tokens = tokens;
    d->token_count = count;
    if (!found)
        OVF_FIND(d, OVF_WARNING, range.from, "LEVEL",
                 "item %c: expected a level as SFC, 2500FT AMSL, FL245 or UNL",
                 is_upper ? 'G' : 'F');
    return found;
}

void ovf_read_limits(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_range f = d->items[OVF_ITEM_F];
    ovf_range g = d->items[OVF_ITEM_G];
    n->lower_text = ovf_show(d, f.from, f.until);
    n->upper_text = ovf_show(d, g.from, g.until);
    n->span_f = ovf_raw_span(d, f.from, f.until);
    n->span_g = ovf_raw_span(d, g.from, g.until);
    bool has_f = read_item(d, OVF_ITEM_F, &d->lower);
    bool has_g = read_item(d, OVF_ITEM_G, &d->upper);
    bool is_pair =
        has_f != has_g && d->lower.ref != OVF_LEVEL_UNKNOWN && d->upper.ref != OVF_LEVEL_UNKNOWN;
    if (!has_f && !is_pair)
        d->lower = n->q_lower;
    if (!has_g && !is_pair)
        d->upper = n->q_upper;
}
