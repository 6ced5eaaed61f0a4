/* SPDX-License-Identifier: Apache-2.0 */
/* States by name or demonym in running text, and by the nationality letters of a location indicator
 * (ICAO Doc 7910). A world knows them all; without one only a few that the KICZ form needs. */
#include "notice_internal.h"

static const struct {
    const char *word;
    const char *iso3;
} built_in[] = {
    {"UK", "GBR"},        {"BRITISH", "GBR"},    {"USA", "USA"},       {"US", "USA"},
    {"AMERICAN", "USA"},  {"UAE", "ARE"},        {"RUSSIAN", "RUS"},   {"RUSSIA", "RUS"},
    {"SPANISH", "ESP"},   {"SPAIN", "ESP"},      {"FRENCH", "FRA"},    {"FRANCE", "FRA"},
    {"GERMAN", "DEU"},    {"GERMANY", "DEU"},    {"DUTCH", "NLD"},     {"IRISH", "IRL"},
    {"IRELAND", "IRL"},   {"PORTUGUESE", "PRT"}, {"PORTUGAL", "PRT"},  {"ITALIAN", "ITA"},
    {"CANADIAN", "CAN"},  {"CANADA", "CAN"},     {"INDIAN", "IND"},    {"PAKISTANI", "PAK"},
    {"VENEZUELA", "VEN"}, {"VENEZUELAN", "VEN"}, {"COLOMBIAN", "COL"}, {"EU", "EU"},
};

static uint32_t find_code(const ovf_world *world, const char *iso3)
{
    return ovf_world_find_state(world, ovf_str_of(iso3));
}

static bool starts_name(const ovf_draft *d, size_t i)
{
    return i < d->token_count && d->tokens[i].kind == OVF_TOK_WORD && d->tokens[i].len >= 2;
}

/* Longest first: "UNITED ARAB EMIRATES" before "UNITED". Three letters alone are no ISO code here:
 * "ARE" and "CAN" are words. */
uint32_t ovf_state_at(const ovf_draft *d, size_t i, size_t *end)
{
    if (d->world == NULL || !starts_name(d, i))
        return OVF_INDEX_NONE;
    if (ovf_phrase(d, i, "U S") > 0 || ovf_tok_is(d, i, "US")) {
        *end = i + 1;
        while (
            *end < d->token_count && *end < i + 4
            && (ovf_tok_sign(d, *end, '.') || ovf_tok_is(d, *end, "S") || ovf_tok_is(d, *end, "A")))
            ++*end;
        return find_code(d->world, "USA");
    }
    for (size_t words = 4; words >= 1; words--) {
        size_t last = i + words - 1;
        if (last >= d->token_count || d->tokens[last].kind != OVF_TOK_WORD)
            continue;
        ovf_str name = ovf_str_sub(d->clean.text, d->tokens[i].at, ovf_tok_end(d, last));
        if (name.len < 4 || name.len > 60)
            continue;
        uint32_t found = ovf_world_find_state(d->world, name);
        if (found == OVF_INDEX_NONE)
            found = ovf_world_find_demonym(d->world, name);
        // "MAROCAINS", "VENEZOLANAS": adjectives have a plural where nouns do.
        bool is_plural = words == 1 && name.len > 6 && ovf_str_ends(name, OVF_STR("S"));
        if (found == OVF_INDEX_NONE && is_plural)
            found = ovf_world_find_state(d->world, ovf_str_sub(name, 0, name.len - 1));
        if (found != OVF_INDEX_NONE) {
            *end = last + 1;
            return found;
        }
    }
    for (size_t k = 0; k < OVF_COUNTOF(built_in); k++) {
        if (ovf_tok_is(d, i, built_in[k].word) && strcmp(built_in[k].iso3, "EU") != 0) {
            *end = i + 1;
            return find_code(d->world, built_in[k].iso3);
        }
    }
    return OVF_INDEX_NONE;
}

ovf_str ovf_state_code_at(const ovf_draft *d, size_t i, size_t *end)
{
    uint32_t state = ovf_state_at(d, i, end);
    if (state != OVF_INDEX_NONE)
        return ovf_world_state(d->world, state)->iso3;
    if (!starts_name(d, i) && !ovf_tok_is(d, i, "U"))
        return OVF_STR("");
    if (ovf_phrase(d, i, "UNITED KINGDOM") > 0 || ovf_phrase(d, i, "UNITED STATES OF? AMERICA?") > 0
        || ovf_phrase(d, i, "EUROPEAN UNION") > 0) {
        *end = ovf_phrase(d, i, "UNITED STATES OF AMERICA");
        *end = *end > 0 ? *end : i + 2;
        return ovf_tok_is(d, i + 1, "KINGDOM") ? OVF_STR("GBR")
               : ovf_tok_is(d, i + 1, "UNION") ? OVF_STR("EU")
                                               : OVF_STR("USA");
    }
    if (ovf_tok_is(d, i, "U") && ovf_tok_sign(d, i + 1, '.') && ovf_tok_is(d, i + 2, "S")) {
        *end = i + 3 + ovf_tok_sign(d, i + 3, '.');
        return OVF_STR("USA");
    }
    for (size_t k = 0; k < OVF_COUNTOF(built_in); k++) {
        if (ovf_tok_is(d, i, built_in[k].word)) {
            *end = i + 1;
            return ovf_str_of(built_in[k].iso3);
        }
    }
    return OVF_STR("");
}

ovf_str ovf_indicator_state(const ovf_world *world, ovf_str indicator)
{
    if (indicator.len < 2)
        return OVF_STR("");
    if (ovf_str_starts(indicator, OVF_STR("KICZ")))
        return OVF_STR("USA");
    uint32_t state = world == NULL ? OVF_INDEX_NONE : ovf_world_indicator_state(world, indicator);
    if (state != OVF_INDEX_NONE)
        return ovf_world_state(world, state)->iso3;
    return indicator.ptr[0] == 'K' ? OVF_STR("USA") : OVF_STR("");
}

bool ovf_push_str(ovf_draft *d, ovf_str **items, size_t *count, ovf_str value)
{
    for (size_t i = 0; i < *count; i++) {
        if (ovf_str_eq((*items)[i], value))
            return true;
    }
    // Lists are short: their capacity is the next power of two, kept by growing at powers of two.
    size_t capacity = 8;
    while (capacity < *count)
        capacity *= 2;
    if (*items == NULL)
        capacity = 0;
    if (!ovf_arena_grow(d->arena, (void **)items, *count, &capacity, sizeof(**items))) {
        d->no_memory = true;
        return false;
    }
    (*items)[(*count)++] = value;
    return true;
}
