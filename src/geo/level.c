/* SPDX-License-Identifier: Apache-2.0 */
/* Levels as items F and G write them:
 *
 *     level  = [prefix] (word | "FL" [" "] digits | ["QNH "] digits [" "] unit [ref]) [suffix]
 *     prefix = "BELOW " | "ABV " | "ABOVE "            the limit itself is outside
 *     suffix = " AND BELOW" | " AND ABV" | " AND ABOVE"
 *     word   = "SFC" | "GND" | "UNL" ...
 *     unit   = "FT" | "F" | "M"
 *     ref    = [" "] ["("] ("AMSL" | "MSL" | "AGL" | "ASFC" | "STD" ...) [")"]
 */
#include <overfly/level.h>

#include <stdio.h>
#include <string.h>

#define FT_PER_FL 100
#define FT_NUM 10000 /* 1 m is 10000 / 3048 ft, exactly */
#define FT_DEN 3048
/* ISA: some 27 ft a hPa near the ground; 1013 - 940 hPa is 2,000 ft, and 1050 - 1013 is 1,000. */
#define ALTIMETER_SPREAD_FT 2000
#define GROUND_MAX_FT 29100 /* Everest is 29,032 ft */

static const struct word {
    ovf_str text;
    ovf_level_ref ref;
} fixed_levels[] = {
    {OVF_STR_INIT("SFC"), OVF_LEVEL_SFC},       {OVF_STR_INIT("GND"), OVF_LEVEL_SFC},
    {OVF_STR_INIT("SURFACE"), OVF_LEVEL_SFC},   {OVF_STR_INIT("UNL"), OVF_LEVEL_UNL},
    {OVF_STR_INIT("UNLTD"), OVF_LEVEL_UNL},     {OVF_STR_INIT("UNLIM"), OVF_LEVEL_UNL},
    {OVF_STR_INIT("UNLIMITED"), OVF_LEVEL_UNL},
};

static const struct word refs[] = {
    {OVF_STR_INIT("AMSL"), OVF_LEVEL_AMSL}, {OVF_STR_INIT("MSL"), OVF_LEVEL_AMSL},
    {OVF_STR_INIT("ASL"), OVF_LEVEL_AMSL},  {OVF_STR_INIT("QNH"), OVF_LEVEL_AMSL},
    {OVF_STR_INIT("AGL"), OVF_LEVEL_AGL},   {OVF_STR_INIT("ASFC"), OVF_LEVEL_AGL},
    {OVF_STR_INIT("SFC"), OVF_LEVEL_AGL},   {OVF_STR_INIT("GND"), OVF_LEVEL_AGL},
    {OVF_STR_INIT("STD"), OVF_LEVEL_FL},
};

static size_t skip_blanks(ovf_str text, size_t at)
{
    while (at < text.len && text.ptr[at] == ' ')
        at++;
    return at;
}

/* Outwards: down for a lower limit, up for an upper one. */
static int32_t feet_of_metres(uint32_t metres, bool is_upper)
{
    int64_t scaled = (int64_t)metres * FT_NUM;
    return (int32_t)((scaled + (is_upper ? FT_DEN - 1 : 0)) / FT_DEN);
}

/* Reads the datum that ends the text, from `at`; nothing there is AMSL, assumed. */
static ovf_status read_ref(ovf_str text, size_t at, ovf_level_ref *ref, bool *assumed,
                           ovf_error *err)
{
    at = skip_blanks(text, at);
    if (at == text.len) {
        *ref = OVF_LEVEL_AMSL;
        *assumed = true;
        return OVF_OK;
    }
    ovf_str word = ovf_str_tail(text, at);
    if (word.len >= 2 && word.ptr[0] == '(' && word.ptr[word.len - 1] == ')')
        word = ovf_str_sub(word, 1, word.len - 1);
    for (size_t i = 0; i < OVF_COUNTOF(refs); i++) {
        if (ovf_str_eq(word, refs[i].text)) {
            *ref = refs[i].ref;
            return OVF_OK;
        }
    }
    return ovf_fail(err, OVF_E_SYNTAX, at, "expected AMSL, AGL or the end of a level");
}

static ovf_status read_flight_level(ovf_str text, ovf_level *out, ovf_error *err)
{
    size_t start = skip_blanks(text, 2);
    uint32_t count = 0;
    size_t end = ovf_str_take_uint(text, start, OVF_LEVEL_MAX_FT / FT_PER_FL, &count);
    if (end == start)
        return ovf_fail(err, OVF_E_SYNTAX, start, "expected digits in a flight level");
    if (end != text.len)
        return ovf_fail(err, OVF_E_SYNTAX, end, "unexpected text after a flight level");
    if (count > OVF_LEVEL_MAX_FT / FT_PER_FL)
        return ovf_fail(err, OVF_E_RANGE, start, "level above %d ft", OVF_LEVEL_MAX_FT);
    *out = (ovf_level){.ref = OVF_LEVEL_FL, .value_ft = (int32_t)count * FT_PER_FL};
    return OVF_OK;
}

static ovf_status read_height(ovf_str text, bool is_upper, ovf_level *out, bool *assumed,
                              ovf_error *err)
{
    bool has_qnh = ovf_str_starts(text, OVF_STR("QNH "));
    size_t start = has_qnh ? skip_blanks(text, 4) : 0;
    uint32_t count = 0;
    size_t end = ovf_str_take_uint(text, start, OVF_LEVEL_MAX_FT, &count);
    if (end == start)
        return ovf_fail(err, OVF_E_SYNTAX, start, "expected a level such as FL245 or 2500FT AMSL");
    size_t unit_at = skip_blanks(text, end);
    ovf_str unit = ovf_str_tail(text, unit_at);
    size_t unit_len = ovf_str_starts(unit, OVF_STR("FT"))  ? 2
                      : ovf_str_starts(unit, OVF_STR("F")) ? 1
                      : ovf_str_starts(unit, OVF_STR("M")) ? 1
                                                           : 0;
    bool is_metres = unit.len > 0 && unit.ptr[0] == 'M';
    // "2500MSL" has lost its unit; taking the M for metres would treble the level.
    if (unit_len == 0 || ovf_str_starts(unit, OVF_STR("MSL")))
        return ovf_fail(err, OVF_E_SYNTAX, unit_at, "expected FT or M after the digits of a level");
    uint32_t max =
        is_metres ? (uint32_t)((int64_t)OVF_LEVEL_MAX_FT * FT_DEN / FT_NUM) : OVF_LEVEL_MAX_FT;

    ovf_level_ref ref = OVF_LEVEL_AMSL;
    bool is_assumed = false;
    ovf_status status = read_ref(text, unit_at + unit_len, &ref, &is_assumed, err);
    if (status != OVF_OK)
        return status;
    if (count > max)
        return ovf_fail(err, OVF_E_RANGE, start, "level above %d ft", OVF_LEVEL_MAX_FT);

    *assumed = is_assumed && !has_qnh;
    *out = (ovf_level){
        .ref = ref,
        .value_ft = is_metres ? feet_of_metres(count, is_upper) : (int32_t)count,
        .unit = is_metres ? OVF_UNIT_M : OVF_UNIT_FT,
    };
    return OVF_OK;
}

static ovf_status read_bare(ovf_str text, bool is_upper, ovf_level *out, bool *assumed,
                            ovf_error *err)
{
    for (size_t i = 0; i < OVF_COUNTOF(fixed_levels); i++) {
        if (ovf_str_eq(text, fixed_levels[i].text)) {
            *out = (ovf_level){.ref = fixed_levels[i].ref};
            return OVF_OK;
        }
    }
    if (ovf_str_starts(text, OVF_STR("FL")))
        return read_flight_level(text, out, err);
    return read_height(text, is_upper, out, assumed, err);
}

ovf_status ovf_level_parse(ovf_str text, bool is_upper, ovf_level *out, bool *ref_assumed,
                           ovf_error *err)
{
    static const ovf_str prefixes[] = {OVF_STR_INIT("BELOW "), OVF_STR_INIT("ABV "),
                                       OVF_STR_INIT("ABOVE ")};
    static const ovf_str suffixes[] = {OVF_STR_INIT(" AND BELOW"), OVF_STR_INIT(" AND ABV"),
                                       OVF_STR_INIT(" AND ABOVE")};
    size_t start = 0;
    size_t end = text.len;
    for (size_t i = 0; i < OVF_COUNTOF(prefixes); i++) {
        if (ovf_str_starts(text, prefixes[i]))
            start = prefixes[i].len;
    }
    for (size_t i = 0; i < OVF_COUNTOF(suffixes) && start == 0; i++) {
        if (ovf_str_ends(text, suffixes[i]))
            end = text.len - suffixes[i].len;
    }

    ovf_level level = {0};
    bool assumed = false;
    ovf_error inner = {0};
    ovf_status status =
        read_bare(ovf_str_sub(text, start, end), is_upper, &level, &assumed, &inner);
    if (status != OVF_OK) {
        if (err != NULL) {
            *err = inner;
            err->pos += start;
        }
        return status;
    }
    level.is_open = start > 0;
    *out = level;
    if (ref_assumed != NULL)
        *ref_assumed = assumed;
    return OVF_OK;
}

const char *ovf_level_ref_name(ovf_level_ref ref)
{
    switch (ref) {
    case OVF_LEVEL_SFC: return "SFC";
    case OVF_LEVEL_AGL: return "AGL";
    case OVF_LEVEL_AMSL: return "AMSL";
    case OVF_LEVEL_FL: return "FL";
    case OVF_LEVEL_UNL: return "UNL";
    case OVF_LEVEL_UNKNOWN: break;
    }
    return NULL;
}

size_t ovf_level_format(ovf_level level, char *out, size_t size)
{
    const char *ref = ovf_level_ref_name(level.ref);
    int len = 0;
    if (ref == NULL) {
        len = snprintf(out, size, "unknown");
    } else if (level.ref == OVF_LEVEL_SFC || level.ref == OVF_LEVEL_UNL) {
        len = snprintf(out, size, "%s", ref);
    } else if (level.ref == OVF_LEVEL_FL && level.unit == OVF_UNIT_FT
               && level.value_ft % FT_PER_FL == 0) {
        len = snprintf(out, size, "FL%03d", (int)(level.value_ft / FT_PER_FL));
    } else {
        if (level.ref == OVF_LEVEL_FL)
            ref = "STD";
        // Rounding outwards moved the value by less than a foot: the nearest metre is the one read.
        int64_t metres = ((int64_t)level.value_ft * FT_DEN + FT_NUM / 2) / FT_NUM;
        if (level.unit == OVF_UNIT_M)
            len = snprintf(out, size, "%dM %s", (int)metres, ref);
        else
            len = snprintf(out, size, "%dFT %s", (int)level.value_ft, ref);
    }
    return len < 0 ? 0 : (size_t)len;
}

ovf_surface ovf_surface_both(ovf_surface a, ovf_surface b)
{
    if (!a.is_known || !b.is_known)
        return a.is_known ? a : b;
    ovf_surface both = a;
    if (b.floor_ft > both.floor_ft)
        both.floor_ft = b.floor_ft;
    if (b.ceiling_ft < both.ceiling_ft)
        both.ceiling_ft = b.ceiling_ft;
    return both;
}

/* The pressure altitudes between which a limit may lie. */
static void spread_of(ovf_level level, ovf_surface ground, int32_t *lowest_ft, int32_t *highest_ft)
{
    int32_t value_ft = level.value_ft;
    switch (level.ref) {
    case OVF_LEVEL_SFC: *lowest_ft = *highest_ft = OVF_BAND_BOTTOM_FT; return;
    case OVF_LEVEL_UNL: *lowest_ft = *highest_ft = OVF_BAND_TOP_FT; return;
    case OVF_LEVEL_FL: *lowest_ft = *highest_ft = value_ft; return;
    case OVF_LEVEL_AMSL:
        *lowest_ft = value_ft - ALTIMETER_SPREAD_FT;
        *highest_ft = value_ft + ALTIMETER_SPREAD_FT;
        return;
    case OVF_LEVEL_AGL:
        *lowest_ft = value_ft + ground.floor_ft - ALTIMETER_SPREAD_FT;
        *highest_ft = value_ft + ground.ceiling_ft + ALTIMETER_SPREAD_FT;
        return;
    case OVF_LEVEL_UNKNOWN: break;
    }
    *lowest_ft = OVF_BAND_BOTTOM_FT;
    *highest_ft = OVF_BAND_TOP_FT;
}

/* "Below the surface" and "above unlimited" exclude nothing. */
static bool is_measured(ovf_level level)
{
    return level.ref == OVF_LEVEL_AGL || level.ref == OVF_LEVEL_AMSL || level.ref == OVF_LEVEL_FL;
}

bool ovf_limits_need_ground(ovf_level lower, ovf_level upper)
{
    return lower.ref == OVF_LEVEL_AGL || upper.ref == OVF_LEVEL_AGL || upper.ref == OVF_LEVEL_SFC;
}

ovf_band ovf_band_of(ovf_level lower, ovf_level upper)
{
    return ovf_band_over(lower, upper, (ovf_surface){0});
}

ovf_band ovf_band_over(ovf_level lower, ovf_level upper, ovf_surface ground)
{
    if (ground.is_known && upper.ref == OVF_LEVEL_SFC)
        upper = (ovf_level){.ref = OVF_LEVEL_AGL};
    if (!ground.is_known)
        ground = (ovf_surface){false, 0, GROUND_MAX_FT};
    ovf_band band = {0};
    spread_of(lower, ground, &band.lower_ft, &band.inner_lower_ft);
    spread_of(upper, ground, &band.inner_upper_ft, &band.upper_ft);
    if (lower.is_open && is_measured(lower)) {
        band.lower_ft++;
        band.inner_lower_ft++;
    }
    if (upper.is_open && is_measured(upper)) {
        band.upper_ft--;
        band.inner_upper_ft--;
    }
    // The wrong way round: nobody knows what was meant.
    if (band.lower_ft > band.upper_ft) {
        band = (ovf_band){.lower_ft = OVF_BAND_BOTTOM_FT,
                          .upper_ft = OVF_BAND_TOP_FT,
                          .inner_lower_ft = OVF_BAND_TOP_FT,
                          .inner_upper_ft = OVF_BAND_BOTTOM_FT};
    }
    return band;
}

ovf_tri ovf_band_holds(ovf_band band, int32_t level_ft)
{
    if (level_ft < band.lower_ft || level_ft > band.upper_ft)
        return OVF_TRI_NO;
    bool is_inner = level_ft >= band.inner_lower_ft && level_ft <= band.inner_upper_ft;
    return is_inner ? OVF_TRI_YES : OVF_TRI_UNKNOWN;
}
