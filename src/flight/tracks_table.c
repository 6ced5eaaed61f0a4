/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of text: the first line names the columns, each further one is a position. Commas,
 * semicolons, tabs or bars between the fields, quotes as in RFC 4180. */
#include "tracks_internal.h"

static char separator_of(ovf_str line)
{
    static const char candidates[] = ",;\t|";
    char best = ',';
    size_t most = 0;
    for (size_t c = 0; c < 4; c++) {
        size_t count = 0;
        for (size_t i = 0; i < line.len; i++)
            count += line.ptr[i] == candidates[c];
        if (count > most) {
            most = count;
            best = candidates[c];
        }
    }
    return best;
}

/* Cuts the next field off; quotes taken away, doubled ones within left as they are. */
static bool next_field(ovf_str line, char separator, size_t *at, ovf_str *field)
{
    if (*at > line.len)
        return false;
    size_t from = *at;
    size_t end = from;
    if (from < line.len && line.ptr[from] == '"') {
        for (end = from + 1; end < line.len; end++) {
            if (line.ptr[end] != '"')
                continue;
            if (end + 1 >= line.len || line.ptr[end + 1] == separator)
                break;
        }
        *field = ovf_str_sub(line, from + 1, end);
        end += end < line.len;
    } else {
        const char *found =
            from < line.len ? memchr(line.ptr + from, separator, line.len - from) : NULL;
        end = found == NULL ? line.len : (size_t)(found - line.ptr);
        *field = ovf_str_sub(line, from, end);
    }
    *at = end + 1;
    return true;
}

typedef struct heading {
    tracks_column columns[TRACKS_MAX_COLUMNS];
    size_t count;
    bool has_place;
    bool has_time;
    bool has_address;
    bool has_motion;
} heading;

static void read_heading(ovf_str line, char separator, heading *out)
{
    *out = (heading){0};
    bool is_metric = false;
    bool has_lat = false;
    bool has_lon = false;
    ovf_str field = {0};
    for (size_t at = 0;
         out->count < TRACKS_MAX_COLUMNS && next_field(line, separator, &at, &field);) {
        tracks_column column = tracks_column_of(field);
        // The same thing a second time is for people; a date beside a time is not the same thing.
        for (size_t i = 0; i < out->count; i++) {
            bool is_double = out->columns[i].field == column.field && column.field != FIELD_TIME;
            if (is_double)
                column.field = FIELD_NONE;
        }
        is_metric = is_metric || tracks_name_is_metric(field);
        has_lat = has_lat || column.field == FIELD_LAT;
        has_lon = has_lon || column.field == FIELD_LON;
        out->has_place = out->has_place || (has_lat && has_lon) || column.field == FIELD_PLACE;
        out->has_time = out->has_time || column.field == FIELD_TIME || column.field == FIELD_DATE
                        || column.field == FIELD_CLOCK || column.field == FIELD_PLACE_TIME;
        out->has_address = out->has_address || column.field == FIELD_ADDRESS;
        out->has_motion =
            out->has_motion || column.field == FIELD_SPEED || column.field == FIELD_TRACK;
        out->columns[out->count++] = column;
    }
    tracks_columns_settle(out->columns, out->count, is_metric);
}

/* Some write about the flight before the table: ForeFlight two lines, pilot, aircraft and aerodromes. */
#define MAX_PREAMBLE 4

/* A table of airports has places, codes and heights as well. */
static bool is_heading(const heading *h)
{
    return h->has_place && (h->has_time || (h->has_address && h->has_motion));
}

bool tracks_sniff_table(ovf_str head)
{
    ovf_str line = {0};
    if (ovf_str_starts(head, OVF_STR("\xEF\xBB\xBF")))
        head = ovf_str_tail(head, 3);
    for (int lines = 0; lines <= MAX_PREAMBLE && ovf_str_line(&head, &line);) {
        heading h;
        if (ovf_str_trim(line).len == 0 || line.ptr[0] == '#')
            continue;
        if (line.len > 4096)
            return false;
        read_heading(line, separator_of(line), &h);
        if (is_heading(&h))
            return true;
        lines++;
    }
    return false;
}

static bool take_heading(ovf_surveillance *r, ovf_str line, uint64_t pos)
{
    heading h;
    if (ovf_str_starts(line, OVF_STR("\xEF\xBB\xBF")))
        line = ovf_str_tail(line, 3);
    r->separator = separator_of(line);
    read_heading(line, r->separator, &h);
    if (!is_heading(&h) && r->preamble < MAX_PREAMBLE) {
        r->preamble++;
        return false;
    }
    if (!h.has_place) {
        tracks_bad(r, pos, "TABLE_HEADING",
                   "expected a line that names columns, latitude and "
                   "longitude among them");
        return false;
    }
    memcpy(r->columns, h.columns, sizeof(h.columns));
    r->column_count = h.count;
    r->has_columns = true;
    return true;
}

static bool take_row(ovf_surveillance *r, ovf_str line, uint64_t pos)
{
    ovf_position p;
    tracks_row row;
    ovf_str field = {0};
    size_t count = 0;
    tracks_row_start(&row, &p);
    for (size_t at = 0; count < r->column_count && next_field(line, r->separator, &at, &field);)
        tracks_set(&r->columns[count++], field, &row, &p);
    r->counts.records++;
    if (count + 1 < r->column_count && count * 2 < r->column_count) {
        tracks_bad(r, pos, "TABLE_ROW", "expected as many fields as the first line names");
        return true;
    }
    tracks_row_end(&row, &p, OVF_TIME_NONE);
    p.at = pos;
    p.len = (uint32_t)line.len;
    return tracks_emit(r, &p);
}

ovf_status tracks_take_table(ovf_surveillance *r, ovf_str bytes, size_t *used, ovf_error *err)
{
    OVF_UNUSED(err);
    ovf_str line = {0};
    size_t at = 0;
    while (tracks_line(bytes, &at, r->is_last, &line)) {
        *used = at;
        uint64_t pos = r->base + (uint64_t)(line.ptr - bytes.ptr);
        if (line.len == 0 || line.ptr[0] == '#' || ovf_str_trim(line).len == 0)
            continue;
        if (!r->has_columns) {
            take_heading(r, line, pos);
            continue;
        }
        if (!take_row(r, line, pos))
            return OVF_OK;
    }
    return OVF_OK;
}
