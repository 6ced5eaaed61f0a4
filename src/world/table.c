/* SPDX-License-Identifier: Apache-2.0 */
/* Text tables: one row a line, fields separated by one tab, '-' for an empty field, lines that
 * start with '#' are comments. Every complaint says file:line:column. */
#include "world_internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define TEXT_MAX_BYTES ((size_t)64 << 20)

static ovf_status read_all(ovf_arena *arena, FILE *file, const char *path, ovf_str *out,
                           ovf_error *err)
{
    if (fseek(file, 0, SEEK_END) != 0)
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "%s: cannot seek", path);
    long size = ftell(file);
    if (size < 0 || fseek(file, 0, SEEK_SET) != 0)
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "%s: cannot seek", path);
    if ((size_t)size > TEXT_MAX_BYTES)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "%s: above 64 MiB", path);
    char *bytes = ovf_arena_array(arena, char, (size_t)size + 1);
    if (bytes == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "%s: no memory", path);
    if (fread(bytes, 1, (size_t)size, file) != (size_t)size)
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "%s: cannot read", path);
    *out = (ovf_str){bytes, (size_t)size};
    return OVF_OK;
}

ovf_status world_read_text(ovf_arena *arena, const char *path, ovf_str *out, ovf_error *err)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return errno == ENOENT ? ovf_fail(err, OVF_E_NOT_FOUND, OVF_NOPOS, "%s: no such file", path)
                               : ovf_fail(err, OVF_E_IO, OVF_NOPOS, "%s: cannot open", path);
    ovf_status status = read_all(arena, file, path, out, err);
    fclose(file);
    return status;
}

ovf_status world_fail_at(ovf_error *err, ovf_status status, const char *file, ovf_str text,
                         const char *at, const char *fmt, ...)
{
    char reason[sizeof err->reason];
    va_list args;
    va_start(args, fmt);
    vsnprintf(reason, sizeof reason, fmt, args);
    va_end(args);
    size_t line = 0, column = 0;
    size_t pos = (size_t)(at - text.ptr);
    ovf_str_line_column(text, pos, &line, &column);
    return ovf_fail(err, status, pos, "%s:%zu:%zu: %s", file, line, column, reason);
}

void world_table_init(struct world_table *table, const char *file, ovf_str text)
{
    *table = (struct world_table){.file = file, .text = text, .rest = text};
}

bool world_table_next(struct world_table *table, uint32_t wanted, ovf_status *status,
                      ovf_error *err)
{
    *status = OVF_OK;
    while (ovf_str_line(&table->rest, &table->row)) {
        if (ovf_str_trim(table->row).len == 0 || table->row.ptr[0] == '#')
            continue;
        ovf_str rest = table->row;
        ovf_str field = {0};
        table->field_count = 0;
        while (table->field_count < WORLD_FIELDS_MAX && ovf_str_field(&rest, '\t', &field)) {
            field = ovf_str_trim(field);
            if (ovf_str_eq(field, OVF_STR("-")))
                field.len = 0;
            table->fields[table->field_count] = field;
            table->field_count++;
        }
        if (wanted == 0 || table->field_count == wanted)
            return true;
        *status = world_fail_at(
            err, OVF_E_SYNTAX, table->file, table->text, table->row.ptr + table->row.len,
            "expected %u fields separated by tabs, found %u", wanted, table->field_count);
        return false;
    }
    return false;
}

ovf_status world_table_fail(const struct world_table *table, uint32_t field, ovf_error *err,
                            const char *reason)
{
    return world_fail_at(err, OVF_E_SYNTAX, table->file, table->text, table->fields[field].ptr,
                         "%s: '" OVF_FMT "'", reason,
                         OVF_ARG(ovf_str_sub(table->fields[field], 0, 30)));
}

ovf_status world_table_point(const struct world_table *table, uint32_t lat_field, ovf_point *out,
                             ovf_error *err)
{
    ovf_point p = {0};
    if (ovf_str_to_double(table->fields[lat_field], &p.lat_deg, NULL) != OVF_OK
        || !(p.lat_deg >= -90.0 && p.lat_deg <= 90.0))
        return world_table_fail(table, lat_field, err, "expected a latitude in degrees");
    if (ovf_str_to_double(table->fields[lat_field + 1], &p.lon_deg, NULL) != OVF_OK
        || !(p.lon_deg >= -180.0 && p.lon_deg <= 180.0))
        return world_table_fail(table, lat_field + 1, err, "expected a longitude in degrees");
    *out = p;
    return OVF_OK;
}

ovf_status world_table_state(const struct world_build *build, const struct world_table *table,
                             uint32_t field, uint32_t *out, ovf_error *err)
{
    *out = OVF_INDEX_NONE;
    if (table->fields[field].len == 0)
        return OVF_OK;
    *out = world_build_state(build, table->fields[field]);
    if (*out == OVF_INDEX_NONE)
        return world_table_fail(table, field, err, "expected an ISO3 code of data/states.txt");
    return OVF_OK;
}

/* Base letters of U+00C0 to U+017F, one a code point; '*' is no letter. */
static const char base_letters[] =
    "AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTSAAAAAAACEEEEIIIIDNOOOOO*OUUUUYTY"
    "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKKLLLLLLL"
    "LLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS";

/* The same of U+0180 to U+024F and of U+1E00 to U+1EFF (Vietnamese and others). */
static const char extended_letters[] =
    "BB*****CCDD****A*FFG***IKKL**NNOOO**PP******TTTUU*VYYZZ*********"
    "****DDDLLLNNNAAIIOOUUUUUUUUUU*AAAA**GGGGKKOOOO**JDDDGG**NNAA****"
    "AAAAEEEEIIIIOOOORRRRUUUUSSTT**HH*D****AAEEOOOOOOOOYYLNTJ**ACCLTS"
    "Z**BU*EEJJ**RRYY";
static const char additional_letters[] =
    "AABBBBBBCCDDDDDDDDDDEEEEEEEEEEFFGGHHHHHHHHHHIIIIKKKKKKLLLLLLLLMM"
    "MMMMNNNNNNNNOOOOOOOOPPPPRRRRRRRRSSSSSSSSSSTTTTTTTTUUUUUUUUUUVVVV"
    "WWWWWWWWWWXXXXYYZZZZZZHTWYAʾSSSS*AAAAAAAAAAAAAAAAAAAAAAAAEEEEEEE"
    "EEEEEEEEEIIIIOOOOOOOOOOOOOOOOOOOOOOOOUUUUUUUUUUUUUUYYYYYYYY****Y"
    "Y";

/* A code point of two or three bytes of UTF-8 at byte i; 0: none. */
static uint32_t code_point(ovf_str name, size_t i, size_t *used)
{
    unsigned char c = (unsigned char)name.ptr[i];
    size_t more = c >= 0xC2 && c <= 0xDF ? 1 : c >= 0xE0 && c <= 0xEF ? 2 : 0;
    if (more == 0 || i + more >= name.len)
        return 0;
    uint32_t point = more == 1 ? c & 0x1Fu : c & 0x0Fu;
    for (size_t k = 1; k <= more; k++) {
        unsigned char next = (unsigned char)name.ptr[i + k];
        if ((next & 0xC0) != 0x80)
            return 0;
        point = point << 6 | (next & 0x3Fu);
    }
    *used = more + 1;
    return point;
}

#define FOLD_GAP '\0'     /* no letter: a blank in the end */
#define FOLD_NOTHING '\1' /* an accent written behind its letter */

/* The base letter of a code point, '*': not known. */
static char base_letter(uint32_t point)
{
    if (point >= 0xC0 && point < 0x180)
        return base_letters[point - 0xC0] == '*' ? FOLD_GAP : base_letters[point - 0xC0];
    if (point >= 0x180 && point < 0x250)
        return extended_letters[point - 0x180];
    if (point >= 0x1E00 && point < 0x1F00)
        return additional_letters[point - 0x1E00];
    if (point >= 0x300 && point < 0x370)
        return FOLD_NOTHING;
    bool is_mark = (point >= 0x80 && point < 0xC0) || (point >= 0x2000 && point < 0x2070)
                   || point == 0x2BC || point == 0x2BB; /* stops, quotes, blanks, hyphens */
    return is_mark ? FOLD_GAP : '*';
}

/* The letter at byte i of a name as it is compared. *used: bytes read. */
static char fold_letter(ovf_str name, size_t i, size_t *used)
{
    unsigned char c = (unsigned char)name.ptr[i];
    *used = 1;
    if (c >= 'a' && c <= 'z')
        return (char)(c - 'a' + 'A');
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return (char)c;
    if (c < 128)
        return FOLD_GAP;
    size_t bytes = 1;
    char letter = base_letter(code_point(name, i, &bytes));
    if (letter == '*') /* another script: byte by byte, as it is */
        return (char)c;
    *used = bytes;
    return letter;
}

size_t world_fold(ovf_str name, char *out, size_t size)
{
    size_t len = 0;
    bool has_gap = false;
    size_t used = 0;
    for (size_t i = 0; i < name.len; i += used) {
        char letter = fold_letter(name, i, &used);
        if (letter == FOLD_NOTHING)
            continue;
        if (letter == FOLD_GAP) {
            has_gap = len > 0;
            continue;
        }
        if (has_gap && len + 1 < size)
            out[len] = ' ';
        len += has_gap;
        has_gap = false;
        if (len + 1 < size)
            out[len] = letter;
        len++;
    }
    if (size > 0)
        out[len < size ? len : size - 1] = '\0';
    return len;
}
