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

/* The letter at byte i of a name as it is compared; '\0': none. *used: bytes read. */
static char fold_letter(ovf_str name, size_t i, size_t *used)
{
    unsigned char c = (unsigned char)name.ptr[i];
    unsigned char next = i + 1 < name.len ? (unsigned char)name.ptr[i + 1] : 0;
    *used = 1;
    if (c >= 'a' && c <= 'z')
        return (char)(c - 'a' + 'A');
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return (char)c;
    if (c >= 0xC3 && c <= 0xC5 && (next & 0xC0) == 0x80) {
        char base = base_letters[(size_t)(c - 0xC3) * 64 + (next & 0x3F)];
        *used = 2;
        return base == '*' ? '\0' : base;
    }
    return c >= 128 ? (char)c : '\0';
}

size_t world_fold(ovf_str name, char *out, size_t size)
{
    size_t len = 0;
    bool has_gap = false;
    size_t used = 0;
    for (size_t i = 0; i < name.len; i += used) {
        char letter = fold_letter(name, i, &used);
        if (letter == '\0') {
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
