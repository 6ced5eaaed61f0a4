/* SPDX-License-Identifier: Apache-2.0 */
/* The FIR definition language: docs/formats/fir.md has the grammar. This file reads the words;
 * fir_walk.c reads the folder and lays the limits. A statement is a line; a block ends with "end". */
#include "fir_internal.h"

#define FIR_BLOCKS_MAX 20000
#define FIR_STEPS_MAX 20000 /* of one block */

struct reader {
    struct world_build *build;
    const char *file;
    ovf_str text;
    ovf_str rest; /* the lines not read yet */
    ovf_str line; /* what is left of this line, without its comment */
    const char *at;
    struct world_fir_block block;
    unsigned seen; /* header words of this FIR, one bit each */
    ovf_error *err;
};

static ovf_status fail(const struct reader *r, const char *at, const char *reason)
{
    return world_fail_at(r->err, OVF_E_SYNTAX, r->file, r->text, at, "%s", reason);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void skip_blanks(struct reader *r)
{
    size_t n = 0;
    while (n < r->line.len && is_blank(r->line.ptr[n]))
        n++;
    r->line = ovf_str_tail(r->line, n);
    r->at = r->line.ptr;
}

/* The next line that says something, in r->line. */
static bool next_line(struct reader *r)
{
    while (ovf_str_line(&r->rest, &r->line)) {
        size_t comment = ovf_str_find(r->line, 0, OVF_STR("#"));
        if (comment != OVF_NOPOS)
            r->line = ovf_str_sub(r->line, 0, comment);
        while (r->line.len > 0 && is_blank(r->line.ptr[r->line.len - 1]))
            r->line.len--;
        skip_blanks(r);
        if (r->line.len > 0)
            return true;
    }
    r->at = r->text.ptr + r->text.len;
    return false;
}

static ovf_str take_word(struct reader *r)
{
    skip_blanks(r);
    size_t n = 0;
    while (n < r->line.len && !is_blank(r->line.ptr[n]))
        n++;
    ovf_str word = ovf_str_sub(r->line, 0, n);
    r->line = ovf_str_tail(r->line, n);
    return word;
}

/* Takes the word when it is there. */
static bool take_if(struct reader *r, const char *wanted)
{
    struct reader before = *r;
    if (ovf_str_eq(take_word(r), ovf_str_of(wanted)))
        return true;
    r->line = before.line;
    skip_blanks(r);
    return false;
}

static ovf_status expect(struct reader *r, const char *word)
{
    if (take_if(r, word))
        return OVF_OK;
    return world_fail_at(r->err, OVF_E_SYNTAX, r->file, r->text, r->at, "expected '%s'", word);
}

static ovf_status expect_end(struct reader *r)
{
    skip_blanks(r);
    return r->line.len == 0 ? OVF_OK : fail(r, r->at, "expected the end of the line");
}

/* ---- coordinates: "12 30 00 N", "12 30 N", "123000N", "1230N", seconds with decimals ---- */

/* Splits a run of digits as an AIP prints it: DDMM or DDMMSS, of a longitude DDDMM or DDDMMSS. */
static bool split_compact(ovf_str digits, size_t degree_digits, double parts[3], size_t *count)
{
    size_t whole = ovf_str_find(digits, 0, OVF_STR("."));
    whole = whole == OVF_NOPOS ? digits.len : whole;
    if (whole != degree_digits + 2 && whole != degree_digits + 4)
        return false;
    if (ovf_str_to_double(ovf_str_sub(digits, 0, degree_digits), &parts[0], NULL) != OVF_OK)
        return false;
    size_t minutes_end = degree_digits + 2;
    *count = whole == minutes_end ? 2 : 3;
    ovf_str minutes = ovf_str_sub(digits, degree_digits, *count == 2 ? digits.len : minutes_end);
    if (ovf_str_to_double(minutes, &parts[1], NULL) != OVF_OK)
        return false;
    return *count == 2
           || ovf_str_to_double(ovf_str_tail(digits, minutes_end), &parts[2], NULL) == OVF_OK;
}

/* Reads one run of digits and points; its length. */
static size_t take_digits(struct reader *r, ovf_str *digits)
{
    skip_blanks(r);
    size_t n = 0;
    while (n < r->line.len && (is_digit(r->line.ptr[n]) || r->line.ptr[n] == '.'))
        n++;
    *digits = ovf_str_sub(r->line, 0, n);
    r->line = ovf_str_tail(r->line, n);
    return n;
}

static ovf_status take_angle(struct reader *r, bool is_latitude, double *out_deg)
{
    double parts[3] = {0};
    size_t count = 0;
    skip_blanks(r);
    const char *start = r->at;
    ovf_str digits;
    while (count < 3 && take_digits(r, &digits) > 0) {
        bool is_compact = count == 0 && digits.len > 3;
        bool is_ok = is_compact ? split_compact(digits, is_latitude ? 2 : 3, parts, &count)
                                : ovf_str_to_double(digits, &parts[count], NULL) == OVF_OK;
        if (!is_ok)
            return fail(r, digits.ptr, "expected degrees, minutes and seconds");
        if (is_compact)
            break;
        count++;
    }
    skip_blanks(r);
    if (count < 2)
        return fail(r, r->at,
                    is_latitude ? "expected a latitude such as 12 30 00 N"
                                : "expected a longitude such as 071 25 00 W");
    char letter = r->line.len > 0 ? r->line.ptr[0] : '\0';
    char plus = is_latitude ? 'N' : 'E';
    char minus = is_latitude ? 'S' : 'W';
    if (letter != plus && letter != minus)
        return fail(r, r->at, is_latitude ? "expected N or S" : "expected E or W");
    r->line = ovf_str_tail(r->line, 1);
    double value_deg = parts[0] + parts[1] / 60.0 + parts[2] / 3600.0;
    if (parts[1] >= 60.0 || parts[2] >= 60.0 || value_deg > (is_latitude ? 90.0 : 180.0))
        return world_fail_at(r->err, OVF_E_RANGE, r->file, r->text, start, "%s out of range",
                             is_latitude ? "latitude" : "longitude");
    *out_deg = letter == minus ? -value_deg : value_deg;
    return OVF_OK;
}

static ovf_status take_point(struct reader *r, ovf_point *out)
{
    ovf_point p = {0};
    ovf_status status = take_angle(r, true, &p.lat_deg);
    if (status == OVF_OK)
        status = take_angle(r, false, &p.lon_deg);
    if (status == OVF_OK)
        *out = p;
    return status;
}

/* "to origin", or "to" and what `take` reads. */
static ovf_status take_to(struct reader *r, struct world_fir_step *step)
{
    ovf_status status = expect(r, "to");
    if (status != OVF_OK)
        return status;
    step->to_origin = take_if(r, "origin");
    return step->to_origin ? OVF_OK : take_point(r, &step->to);
}

static ovf_status take_state(struct reader *r, uint32_t *out)
{
    ovf_str code = take_word(r);
    *out = code.len == 3 ? world_build_state(r->build, code) : OVF_INDEX_NONE;
    return *out != OVF_INDEX_NONE ? OVF_OK : fail(r, code.ptr, "expected a State's ISO 3166 code");
}

/* "centre P radius 100 NM" */
static ovf_status take_circle(struct reader *r, struct world_fir_step *step)
{
    ovf_status status = expect(r, "centre");
    if (status == OVF_OK)
        status = take_point(r, &step->centre);
    if (status == OVF_OK)
        status = expect(r, "radius");
    if (status != OVF_OK)
        return status;
    ovf_str number = take_word(r);
    double value = 0;
    if (ovf_str_to_double(number, &value, NULL) != OVF_OK || value <= 0 || value > 1000)
        return fail(r, number.ptr, "expected a radius above 0 and not above 1000");
    ovf_str unit = take_word(r);
    if (ovf_str_eq(unit, OVF_STR("NM")))
        step->radius_m = ovf_nm_to_m(value);
    else if (ovf_str_eq(unit, OVF_STR("KM")))
        step->radius_m = value * 1000;
    else
        return fail(r, unit.ptr, "expected NM or KM");
    return OVF_OK;
}

/* ---- statements of a walk ---- */

static ovf_status add_step(struct reader *r, const struct world_fir_step *step)
{
    struct world_fir_block *block = &r->block;
    void *items = block->steps;
    if (block->count >= FIR_STEPS_MAX)
        return world_fail_at(r->err, OVF_E_LIMIT, r->file, r->text, step->at,
                             "more than %d statements in one block", FIR_STEPS_MAX);
    if (!ovf_arena_grow(r->build->arena, &items, block->count, &block->capacity, sizeof(*step)))
        return ovf_fail(r->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a FIR definition");
    block->steps = items;
    block->steps[block->count++] = *step;
    return OVF_OK;
}

/* "on border AAA BBB near P" or "on coast AAA near P" */
static ovf_status read_on(struct reader *r, struct world_fir_step *step)
{
    bool is_border = take_if(r, "border");
    ovf_status status = is_border ? OVF_OK : expect(r, "coast");
    step->kind = is_border ? WORLD_FIR_ON_BORDER : WORLD_FIR_ON_COAST;
    if (status == OVF_OK)
        status = take_state(r, &step->state_a);
    if (status == OVF_OK && is_border)
        status = take_state(r, &step->state_b);
    if (status == OVF_OK)
        status = expect(r, "near");
    if (status == OVF_OK)
        status = take_point(r, &step->to);
    return status == OVF_OK ? add_step(r, step) : status;
}

/* "point P - P - P" or "point on ..." */
static ovf_status read_points(struct reader *r, struct world_fir_step *step)
{
    if (take_if(r, "on"))
        return read_on(r, step);
    ovf_status status = OVF_OK;
    do {
        skip_blanks(r);
        step->at = r->at;
        status = take_point(r, &step->to);
        if (status == OVF_OK)
            status = add_step(r, step);
    } while (status == OVF_OK && take_if(r, "-"));
    return status;
}

/* "parallel to 071 25 00 W", "meridian to 12 30 00 N"; either "to origin" */
static ovf_status read_graticule(struct reader *r, struct world_fir_step *step)
{
    ovf_status status = expect(r, "to");
    if (status != OVF_OK)
        return status;
    step->to_origin = take_if(r, "origin");
    if (!step->to_origin && step->kind == WORLD_FIR_PARALLEL)
        status = take_angle(r, false, &step->to.lon_deg);
    else if (!step->to_origin)
        status = take_angle(r, true, &step->to.lat_deg);
    return status == OVF_OK ? add_step(r, step) : status;
}

static ovf_status read_arc(struct reader *r, struct world_fir_step *step)
{
    step->is_clockwise = take_if(r, "clockwise");
    if (!step->is_clockwise && !take_if(r, "anticlockwise"))
        return fail(r, r->at, "expected clockwise or anticlockwise");
    ovf_status status = take_circle(r, step);
    if (status == OVF_OK)
        status = take_to(r, step);
    return status == OVF_OK ? add_step(r, step) : status;
}

/* "border AAA BBB [from P] to P", "coast AAA ...", "sea limit AAA ..." */
static ovf_status read_outline(struct reader *r, struct world_fir_step *step)
{
    ovf_status status = step->kind == WORLD_FIR_SEA ? expect(r, "limit") : OVF_OK;
    if (status == OVF_OK)
        status = take_state(r, &step->state_a);
    if (status == OVF_OK && step->kind == WORLD_FIR_BORDER)
        status = take_state(r, &step->state_b);
    if (status == OVF_OK) {
        step->has_from = take_if(r, "from");
        if (step->has_from)
            status = take_point(r, &step->from);
    }
    if (status == OVF_OK)
        status = take_to(r, step);
    return status == OVF_OK ? add_step(r, step) : status;
}

static ovf_status read_along(struct reader *r, struct world_fir_step *step)
{
    if (r->block.is_edge)
        return fail(r, step->at, "an edge cannot run along another edge");
    step->edge = take_word(r);
    if (step->edge.len == 0)
        return fail(r, step->edge.ptr, "expected the name of an edge");
    return add_step(r, step);
}

static ovf_status read_step(struct reader *r, ovf_str word)
{
    static const struct {
        const char *word;
        enum world_fir_step_kind kind;
    } kinds[] = {
        {"point", WORLD_FIR_POINT},       {"geodesic", WORLD_FIR_POINT},
        {"parallel", WORLD_FIR_PARALLEL}, {"meridian", WORLD_FIR_MERIDIAN},
        {"arc", WORLD_FIR_ARC},           {"circle", WORLD_FIR_CIRCLE},
        {"border", WORLD_FIR_BORDER},     {"coast", WORLD_FIR_COAST},
        {"sea", WORLD_FIR_SEA},           {"along", WORLD_FIR_ALONG},
        {"back", WORLD_FIR_BACK_ALONG},
    };
    struct world_fir_step step = {.at = word.ptr};
    for (size_t i = 0; i < OVF_COUNTOF(kinds); i++)
        if (ovf_str_eq(word, ovf_str_of(kinds[i].word)))
            step.kind = kinds[i].kind;

    ovf_status status = OVF_OK;
    switch (step.kind) {
    case WORLD_FIR_POINT:
        if (word.ptr[0] == 'p')
            return read_points(r, &step);
        status = take_to(r, &step);
        return status == OVF_OK ? add_step(r, &step) : status;
    case WORLD_FIR_PARALLEL:
    case WORLD_FIR_MERIDIAN: return read_graticule(r, &step);
    case WORLD_FIR_ARC: return read_arc(r, &step);
    case WORLD_FIR_CIRCLE:
        status = take_circle(r, &step);
        return status == OVF_OK ? add_step(r, &step) : status;
    case WORLD_FIR_BORDER:
    case WORLD_FIR_COAST:
    case WORLD_FIR_SEA: return read_outline(r, &step);
    case WORLD_FIR_BACK_ALONG:
        status = expect(r, "along");
        return status == OVF_OK ? read_along(r, &step) : status;
    case WORLD_FIR_ALONG: return read_along(r, &step);
    default: return fail(r, word.ptr, "expected a statement of a limit, or 'end'");
    }
}

/* ---- the head of a FIR ---- */

enum head_word {
    HEAD_NAME,
    HEAD_OTHER,
    HEAD_KIND,
    HEAD_STATE,
    HEAD_INCLUDES,
    HEAD_OVERLAPS,
    HEAD_ANSP,
    HEAD_NOF,
    HEAD_LOWER,
    HEAD_UPPER,
    HEAD_CONFIDENCE,
    HEAD_SOURCE,
    HEAD_COUNT,
};

static const char *const head_words[HEAD_COUNT] = {"name",     "other",    "kind",       "state",
                                                   "includes", "overlaps", "ansp",       "nof",
                                                   "lower",    "upper",    "confidence", "source"};

static const unsigned head_needed = 1u << HEAD_NAME | 1u << HEAD_KIND | 1u << HEAD_STATE
                                    | 1u << HEAD_LOWER | 1u << HEAD_UPPER | 1u << HEAD_CONFIDENCE
                                    | 1u << HEAD_SOURCE;

static ovf_status one_of(const struct reader *r, ovf_str value, const char *const *words,
                         size_t count, const char *expected, ovf_str *out)
{
    for (size_t i = 0; i < count; i++) {
        if (ovf_str_eq(value, ovf_str_of(words[i]))) {
            *out = value;
            return OVF_OK;
        }
    }
    return fail(r, value.ptr, expected);
}

static ovf_status read_level(const struct reader *r, ovf_str value, bool is_upper, ovf_level *out)
{
    ovf_error err = {0};
    ovf_status status = ovf_level_parse(value, is_upper, out, NULL, &err);
    size_t pos = err.pos <= value.len ? err.pos : 0;
    return status == OVF_OK
               ? OVF_OK
               : world_fail_at(r->err, status, r->file, r->text, value.ptr + pos, "%s", err.reason);
}

static ovf_status read_includes(struct reader *r)
{
    ovf_str all = r->line;
    while (r->line.len > 0) {
        uint32_t state;
        ovf_status status = take_state(r, &state);
        if (status != OVF_OK)
            return status;
        skip_blanks(r);
    }
    r->block.row.fields.includes = all;
    return OVF_OK;
}

/* Codes of FIRs, separated by blanks. They may be written later: `world check` knows them all. */
static ovf_status read_overlaps(struct reader *r)
{
    ovf_str all = r->line;
    while (r->line.len > 0) {
        ovf_str code = take_word(r);
        if (code.len != 4 || ovf_str_eq(code, r->block.name))
            return fail(r, code.ptr, "expected the code of another FIR");
        skip_blanks(r);
    }
    r->block.row.fields.overlaps = all;
    return OVF_OK;
}

static ovf_status read_head_value(struct reader *r, enum head_word word)
{
    static const char *const kinds[] = {"fir", "uir", "oca", "none"};
    static const char *const confidences[] = {"published", "approximate"};
    ovf_fir *fir = &r->block.row.fields;
    ovf_str value = r->line;
    switch (word) {
    case HEAD_NAME: fir->name = value; return OVF_OK;
    case HEAD_OTHER: r->block.row.other_names = value; return OVF_OK;
    case HEAD_KIND:
        return one_of(r, value, kinds, OVF_COUNTOF(kinds), "expected fir, uir, oca or none",
                      &fir->kind);
    case HEAD_STATE: {
        ovf_status status = take_state(r, &fir->state);
        return status == OVF_OK ? expect_end(r) : status;
    }
    case HEAD_INCLUDES: return read_includes(r);
    case HEAD_OVERLAPS: return read_overlaps(r);
    case HEAD_ANSP: fir->ansp = value; return OVF_OK;
    case HEAD_NOF:
        fir->nof = value;
        return value.len == 8 ? OVF_OK : fail(r, value.ptr, "expected an address of 8 letters");
    case HEAD_LOWER: return read_level(r, value, false, &fir->lower);
    case HEAD_UPPER: return read_level(r, value, true, &fir->upper);
    case HEAD_CONFIDENCE:
        return one_of(r, value, confidences, OVF_COUNTOF(confidences),
                      "expected published or approximate", &fir->confidence);
    default: fir->source = value; return OVF_OK;
    }
}

static ovf_status read_head(struct reader *r, ovf_str word)
{
    for (size_t i = 0; i < HEAD_COUNT; i++) {
        if (!ovf_str_eq(word, ovf_str_of(head_words[i])))
            continue;
        if (r->seen & 1u << i)
            return fail(r, word.ptr, "this word has been given already");
        r->seen |= 1u << i;
        skip_blanks(r);
        if (r->line.len == 0)
            return fail(r, r->at, "expected a value");
        return read_head_value(r, (enum head_word)i);
    }
    return fail(r, word.ptr, "expected a word of the head, or 'limit'");
}

/* ---- blocks ---- */

static ovf_status begin_limit(struct reader *r, const char *at)
{
    // Air without a FIR is in nobody's charge.
    bool is_none = world_fir_is_none(&r->block.row.fields);
    if (is_none && (r->seen & 1u << HEAD_STATE))
        return world_fail_at(r->err, OVF_E_SYNTAX, r->file, r->text, at,
                             "expected no 'state' in air without a FIR");
    unsigned needed = is_none ? head_needed & ~(1u << HEAD_STATE) : head_needed;
    for (size_t i = 0; i < HEAD_COUNT; i++)
        if ((needed & 1u << i) && !(r->seen & 1u << i))
            return world_fail_at(r->err, OVF_E_SYNTAX, r->file, r->text, at,
                                 "expected '%s' before the limit", head_words[i]);
    struct world_fir_step step = {.kind = WORLD_FIR_LIMIT, .at = at};
    return add_step(r, &step);
}

static ovf_status read_line(struct reader *r)
{
    ovf_str word = take_word(r);
    bool is_head = !r->block.is_edge && r->block.count == 0;
    if (!r->block.is_edge && ovf_str_eq(word, OVF_STR("limit"))) {
        ovf_status status = begin_limit(r, word.ptr);
        return status == OVF_OK ? expect_end(r) : status;
    }
    if (is_head)
        return read_head(r, word);
    ovf_status status = read_step(r, word);
    return status == OVF_OK ? expect_end(r) : status;
}

static ovf_status begin_block(struct reader *r)
{
    ovf_str word = take_word(r);
    r->block = (struct world_fir_block){.file = r->file, .text = r->text, .at = word.ptr};
    r->seen = 0;
    r->block.is_edge = ovf_str_eq(word, OVF_STR("edge"));
    if (!r->block.is_edge && !ovf_str_eq(word, OVF_STR("fir")))
        return fail(r, word.ptr, "expected 'fir' or 'edge'");
    ovf_str name = take_word(r);
    if (r->block.is_edge && name.len == 0)
        return fail(r, name.ptr, "expected the name of an edge");
    if (!r->block.is_edge && name.len != 4)
        return fail(r, name.ptr, "expected a location indicator of four letters");
    r->block.name = name;
    r->block.row.fields.code = name;
    r->block.row.fields.state = OVF_INDEX_NONE;
    return expect_end(r);
}

static ovf_status end_block(struct reader *r, struct world_fir_blocks *blocks)
{
    if (r->block.count == 0)
        return fail(r, r->at, r->block.is_edge ? "expected a statement" : "expected 'limit'");
    void *items = blocks->items;
    if (blocks->count >= FIR_BLOCKS_MAX)
        return ovf_fail(r->err, OVF_E_LIMIT, OVF_NOPOS, "more than %d blocks", FIR_BLOCKS_MAX);
    if (!ovf_arena_grow(r->build->arena, &items, blocks->count, &blocks->capacity,
                        sizeof(*blocks->items)))
        return ovf_fail(r->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for FIR definitions");
    blocks->items = items;
    blocks->items[blocks->count++] = r->block;
    return OVF_OK;
}

ovf_status world_fir_read(struct world_build *build, const char *file, ovf_str text,
                          struct world_fir_blocks *blocks, ovf_error *err)
{
    struct reader r = {
        .build = build, .file = file, .text = text, .rest = text, .at = text.ptr, .err = err};
    while (next_line(&r)) {
        ovf_status status = begin_block(&r);
        bool is_open = true;
        while (status == OVF_OK && is_open) {
            if (!next_line(&r))
                return fail(&r, r.at, "expected 'end' before the end of the file");
            is_open = !ovf_str_eq(r.line, OVF_STR("end"));
            status = is_open ? read_line(&r) : end_block(&r, blocks);
        }
        if (status != OVF_OK)
            return status;
    }
    return OVF_OK;
}

ovf_status world_fir_read_limits(struct world_build *build, const char *file, ovf_str text,
                                 ovf_str *rest, struct world_fir_block *block, ovf_error *err)
{
    struct reader r = {
        .build = build, .file = file, .text = text, .rest = *rest, .at = rest->ptr, .err = err};
    r.block = (struct world_fir_block){.file = file, .text = text, .at = rest->ptr};
    r.seen = head_needed; /* the head is another's */
    while (next_line(&r)) {
        if (ovf_str_eq(r.line, OVF_STR("end"))) {
            *rest = r.rest;
            *block = r.block;
            return r.block.count > 0 ? OVF_OK : fail(&r, r.at, "expected 'limit'");
        }
        if (r.block.count == 0 && !ovf_str_eq(r.line, OVF_STR("limit")))
            return fail(&r, r.at, "expected 'limit'");
        ovf_status status = read_line(&r);
        if (status != OVF_OK)
            return status;
    }
    return fail(&r, r.at, "expected 'end' before the end of the file");
}
