/* SPDX-License-Identifier: Apache-2.0 */
/* Vertical limits in words: "GND-600M AMSL", "FM SFC UP TO FL660", "AT ALTITUDES BELOW FL 260",
 * "0-400 FEET". One level is read by level.h, so that metres and feet have one rule. */
#include "notice_internal.h"

#include <stdio.h>

static bool is_any(const ovf_draft *d, size_t i, const char *const *words, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (ovf_tok_is(d, i, words[k]))
            return true;
    }
    return false;
}

static bool is_feet(const ovf_draft *d, size_t i)
{
    static const char *const words[] = {"FT", "FEET", "F", "FOOT"};
    return is_any(d, i, words, OVF_COUNTOF(words));
}

static bool is_metres(const ovf_draft *d, size_t i)
{
    static const char *const words[] = {"M", "MTR", "MTRS", "METERS", "METRES", "MTS", "METER"};
    return is_any(d, i, words, OVF_COUNTOF(words));
}

/* The datum behind a number and its unit; "AMSL", "AGL" or NULL; *end the index behind. */
static const char *datum_at(const ovf_draft *d, size_t i, size_t *end)
{
    static const char *const sea[] = {"AMSL", "MSL", "ASL", "QNH", "ALT", "ALTITUDE"};
    static const char *const ground[] = {"AGL", "ASFC", "HGT", "HEIGHT"};
    size_t at = i + ovf_tok_sign(d, i, '(');
    size_t next = 0;
    const char *found = NULL;
    if (is_any(d, at, sea, OVF_COUNTOF(sea))) {
        found = "AMSL";
        next = at + 1;
    } else if (is_any(d, at, ground, OVF_COUNTOF(ground))) {
        found = "AGL";
        next = at + 1;
    } else if ((next = ovf_phrase(d, at, "ABOVE|ABV MEAN? SEA LEVEL?")) > 0) {
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

static size_t parse(const char *text, bool is_upper, size_t end, ovf_level *out)
{
    return ovf_level_parse(ovf_str_of(text), is_upper, out, NULL, NULL) == OVF_OK ? end : 0;
}

/* "FL245", "FL 245", "F245". */
static size_t flight_level_at(const ovf_draft *d, size_t i, ovf_level *out)
{
    char text[24];
    ovf_str word = ovf_tok_text(d, i);
    uint32_t value = 0;
    if (ovf_tok_is(d, i, "FL") && i + 1 < d->token_count && d->tokens[i + 1].kind == OVF_TOK_NUM
        && d->tokens[i + 1].a <= 2000) {
        snprintf(text, sizeof(text), "FL%03d", (int)d->tokens[i + 1].a);
        return parse(text, false, i + 2, out);
    }
    if (word.len < 4 || !ovf_str_eq_nocase(ovf_str_sub(word, 0, 2), OVF_STR("FL"))
        || ovf_str_take_uint(word, 2, 2000, &value) != word.len)
        return 0;
    snprintf(text, sizeof(text), "FL%03u", value > 2000 ? 2000 : value);
    return parse(text, false, i + 1, out);
}

size_t ovf_level_at(const ovf_draft *d, size_t i, bool is_upper, const char *default_unit,
                    ovf_level *out)
{
    static const char *const ground[] = {"SFC", "GND", "SURFACE", "GROUND", "SOL", "GRD"};
    static const char *const open[] = {"UNL", "UNLTD", "UNLIM", "UNLIMITED", "ILIMITADO"};
    if (i >= d->token_count)
        return 0;
    if (ovf_tok_is(d, i, "THE"))
        i++;
    if (is_any(d, i, ground, OVF_COUNTOF(ground))) {
        *out = (ovf_level){.ref = OVF_LEVEL_SFC};
        return i + 1;
    }
    if (is_any(d, i, open, OVF_COUNTOF(open))) {
        *out = (ovf_level){.ref = OVF_LEVEL_UNL};
        return i + 1;
    }
    size_t sea = ovf_phrase(d, i, "MEAN? SEA LEVEL");
    if (sea > 0 || ovf_tok_is(d, i, "MSL")) {
        *out = (ovf_level){.ref = OVF_LEVEL_AMSL};
        return sea > 0 ? sea : i + 1;
    }
    if (d->tokens[i].kind == OVF_TOK_WORD) {
        size_t end = flight_level_at(d, i, out);
        if (end > 0)
            return end;
        if (ovf_tok_is(d, i, "QNH") || ovf_tok_is(d, i, "ALT") || ovf_tok_is(d, i, "AMSL"))
            return ovf_level_at(d, i + 1, is_upper, default_unit, out);
        return 0;
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
    char text[48];
    if (strcmp(unit, "FL") == 0)
        snprintf(text, sizeof(text), "FL%03d", (int)value);
    else
        snprintf(text, sizeof(text), "%d%s %s", (int)value, unit, datum == NULL ? "AMSL" : datum);
    return parse(text, is_upper, behind, out);
}

/* What joins two levels: "-", "TO", "UP TO BUT NOT INCLUDING"; *is_open. 0: nothing does. */
static size_t joint_at(const ovf_draft *d, size_t i, bool may_and, bool *is_open)
{
    *is_open = false;
    size_t end = 0;
    if (ovf_tok_sign(d, i, '-') || ovf_tok_sign(d, i, '/'))
        end = i + 1;
    else if (may_and && ovf_tok_is(d, i, "AND"))
        end = i + 1;
    else
        end = ovf_phrase(d, i, "UP? TO|TILL|UNTIL|TIL");
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
        if (datum_at(d, i, &end) != NULL || ovf_tok_is(d, i, "GND") || ovf_tok_is(d, i, "SFC")
            || ovf_tok_is(d, i, "UNL"))
            return true;
    }
    return false;
}

/* "GND-600M AMSL", "0-400 FEET", "FL195-FL285". */
static size_t pair_at(const ovf_draft *d, size_t i, ovf_limits *out)
{
    bool may_and = i > 0 && (ovf_tok_is(d, i - 1, "BTN") || ovf_tok_is(d, i - 1, "BETWEEN"));
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

/* "BELOW FL260", "AT OR ABOVE 5000FT", "EXC ABV FL320", "UP TO FL660". */
static size_t single_at(const ovf_draft *d, size_t i, ovf_limits *out)
{
    static const struct {
        const char *phrase;
        bool is_upper;
        bool is_open;
    } forms[] = {
        {"EXC|EXCEPT ABV|ABOVE", true, false},
        {"AT AND|OR BELOW|BLW", true, false},
        {"AT AND|OR ABOVE|ABV", false, false},
        {"BELOW|BLW|BENEATH", true, true},
        {"UP TO AND INCLUDING|INCL", true, false},
        {"UP TO BUT? NOT INCLUDING|INCL", true, true},
        {"UP TO", true, false},
        {"ABOVE|ABV", false, true},
    };
    for (size_t k = 0; k < OVF_COUNTOF(forms); k++) {
        size_t next = ovf_phrase(d, i, forms[k].phrase);
        if (next == 0)
            continue;
        ovf_level level = {0};
        size_t end = ovf_level_at(d, next, forms[k].is_upper, NULL, &level);
        bool is_place =
            level.ref != OVF_LEVEL_SFC && (level.ref != OVF_LEVEL_AMSL || level.value_ft > 0);
        if (end == 0 || !is_place)
            return 0;
        level.is_open = forms[k].is_open && level.ref != OVF_LEVEL_UNL;
        ovf_level sfc = {.ref = OVF_LEVEL_SFC};
        ovf_level unl = {.ref = OVF_LEVEL_UNL};
        *out = (ovf_limits){.lower = forms[k].is_upper ? sfc : level,
                            .upper = forms[k].is_upper ? level : unl,
                            .found = true};
        return end;
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

static size_t all_levels_at(const ovf_draft *d, size_t i, ovf_limits *out)
{
    size_t end = ovf_phrase(d, i, "ALL|ANY FLIGHT? ALTITUDES|ALTITUDE|LEVELS|LEVEL|FLS");
    if (end > 0)
        *out = (ovf_limits){
            .lower = {.ref = OVF_LEVEL_SFC}, .upper = {.ref = OVF_LEVEL_UNL}, .found = true};
    return end;
}

ovf_limits ovf_limits_find(const ovf_draft *d, size_t from, size_t until, size_t *next)
{
    for (size_t i = from; i < until && i < d->token_count; i++) {
        uint8_t kind = d->tokens[i].kind;
        if (kind != OVF_TOK_WORD && kind != OVF_TOK_NUM)
            continue;
        ovf_limits found = {0};
        size_t end = all_levels_at(d, i, &found);
        if (end == 0)
            end = pair_at(d, i, &found);
        if (end == 0)
            end = single_at(d, i, &found);
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
        if (single_at(d, 0, &limits) > 0 && !ovf_tok_is(d, 0, "UP")) {
            *out = is_upper ? limits.upper : limits.lower;
            found = true;
        } else {
            next = ovf_level_at(d, 0, is_upper, NULL, out);
            if (next == 0 && d->tokens[0].kind == OVF_TOK_NUM) {
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
    if (!has_f)
        d->lower = n->q_lower;
    if (!has_g)
        d->upper = n->q_upper;
}
