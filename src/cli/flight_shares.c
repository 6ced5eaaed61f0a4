/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting inputs into shares, and reading one. */
#include "flight_shares.h"

#include <string.h>

#define SHARE_BYTES 16384

void flight_cutter_start(flight_cutter *cutter, const cli_input *input, const char *field)
{
    *cutter = (flight_cutter){.input = input, .field = field, .line = 1};
    ovf_str text = field == NULL ? input->text : cli_unmarked(input->text);
    cutter->at = input->text.len - text.len;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* A message of an ICAO form: "(FPL-". */
static bool starts_message(ovf_str text, size_t at)
{
    return at + 4 < text.len && text.ptr[at] == '(' && is_capital(text.ptr[at + 1])
           && is_capital(text.ptr[at + 2]) && is_capital(text.ptr[at + 3])
           && text.ptr[at + 4] == '-';
}

/* Behind a ')' that ends its line, where the next thing is the next message, or where an empty line
 * follows and no field does: there one message has ended and nothing has begun. */
static bool is_seam(ovf_str text, size_t end_of_line)
{
    size_t at = end_of_line;
    if (at > 0 && text.ptr[at - 1] == '\r')
        at--;
    if (at == 0 || text.ptr[at - 1] != ')')
        return false;
    size_t next = end_of_line;
    size_t ends = 0;
    while (next < text.len
           && (text.ptr[next] == '\n' || text.ptr[next] == '\r' || text.ptr[next] == ' ')) {
        ends += text.ptr[next] == '\n';
        next++;
    }
    if (starts_message(text, next))
        return true;
    return ends > 1 && next < text.len
           && (is_capital(text.ptr[next]) || text.ptr[next] == '#' || text.ptr[next] == '(');
}

static size_t end_of_share(const flight_cutter *cutter)
{
    ovf_str text = cutter->input->text;
    size_t at = cutter->at + SHARE_BYTES;
    while (at < text.len) {
        const char *end = memchr(text.ptr + at, '\n', text.len - at);
        if (end == NULL)
            return text.len;
        at = (size_t)(end - text.ptr);
        if (cutter->field != NULL || is_seam(text, at))
            return at + 1;
        at++;
    }
    return text.len;
}

bool flight_cutter_next(flight_cutter *cutter, flight_share *out)
{
    ovf_str text = cutter->input->text;
    if (cutter->at >= text.len)
        return false;
    size_t end = end_of_share(cutter);
    *out = (flight_share){.input = cutter->input,
                          .text = ovf_str_sub(text, cutter->at, end),
                          .offset = cutter->at,
                          .line = cutter->line,
                          .index = cutter->index};
    ovf_str rest = out->text;
    ovf_str line;
    while (ovf_str_line(&rest, &line)) {
        cutter->line++;
        cutter->index += cutter->field != NULL && ovf_str_trim(line).len > 0;
    }
    cutter->at = end;
    return true;
}

/* ---- reading ---- */

static bool add_error(flight_batch *out, ovf_arena *arena, flight_error error)
{
    if (out->error_count >= FLIGHT_ERRORS_MAX)
        return true;
    if (!ovf_arena_grow(arena, (void **)&out->errors, out->error_count, &out->error_capacity,
                        sizeof(*out->errors)))
        return false;
    out->errors[out->error_count++] = error;
    return true;
}

/* Where a byte of the share stands in its file. */
static flight_error placed(const flight_share *share, size_t pos, ovf_str reason)
{
    flight_error error = {.line = share->line, .pos = OVF_NOPOS, .reason = reason};
    if (pos == OVF_NOPOS)
        return error;
    size_t line = 1;
    ovf_str_line_column(share->text, pos, &line, &error.column);
    error.line = share->line + line - 1;
    return error;
}

/* Positions of the share become positions of the record. */
static bool shift(ovf_flight *f, size_t by, ovf_arena *arena)
{
    ovf_finding *findings = ovf_arena_array(arena, ovf_finding, f->finding_count + 1);
    if (findings == NULL)
        return false;
    for (size_t i = 0; i < f->finding_count; i++) {
        findings[i] = f->findings[i];
        findings[i].pos += findings[i].pos == OVF_NOPOS ? 0 : by;
    }
    f->findings = findings;
    for (size_t i = 0; i < f->unresolved_count; i++)
        f->unresolved[i].pos += by;
    for (size_t i = 0; i < f->point_count; i++)
        f->points[i].span.at += f->points[i].span.len > 0 ? (uint32_t)by : 0;
    f->raw_span.at += (uint32_t)by;
    return true;
}

static bool add_flight(const flight_share *share, const cli_record *record, bool is_line,
                       ovf_flight *f, ovf_arena *arena, flight_batch *out)
{
    if (!ovf_arena_grow(arena, (void **)&out->items, out->count, &out->capacity,
                        sizeof(*out->items)))
        return false;
    bool is_bad = f->status == OVF_FLIGHT_UNREADABLE;
    for (size_t i = 0; i < f->finding_count; i++) {
        const ovf_finding *finding = &f->findings[i];
        if (finding->severity != OVF_ERROR)
            continue;
        is_bad = true;
        flight_error error = is_line ? (flight_error){.line = record->line,
                                                      .pos = finding->pos,
                                                      .reason = finding->message}
                                     : placed(share, finding->pos, finding->message);
        if (!add_error(out, arena, error))
            return false;
    }
    out->bad += is_bad;
    if (!is_line && share->offset > 0 && !shift(f, share->offset, arena))
        return false;
    out->items[out->count++] = (flight_item){.flight = f,
                                             .input = share->input,
                                             .record = record->text,
                                             .record_id = record->id,
                                             .line = record->line};
    return true;
}

static bool add_record(const ovf_world *world, const flight_share *share, const cli_record *record,
                       bool is_line, ovf_time reference, ovf_arena *arena, flight_batch *out)
{
    ovf_flight_options options = {.reference = reference, .record = record->index};
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {.pos = OVF_NOPOS};
    ovf_str reason = OVF_STR("");
    bool is_lost = false;
    if (record->broken) {
        reason = ovf_arena_dup(arena, ovf_str_of(record->reason));
    } else if (ovf_flight_read(world, record->text, &options, arena, &flights, &count, &err)
               != OVF_OK) {
        reason = ovf_arena_dup(arena, ovf_str_of(err.reason));
        is_lost = true;
    } else if (count == 0 && (is_line || share->text.len == share->input->text.len)) {
        reason = OVF_STR("nothing to read; expected a message such as (FPL-ABC123-IS ...");
    }
    if (reason.len > 0 || is_lost) {
        out->bad++;
        out->broken++;
        return add_error(out, arena,
                         (flight_error){.line = record->line, .pos = OVF_NOPOS, .reason = reason});
    }
    for (size_t i = 0; i < count; i++) {
        if (!add_flight(share, record, is_line, &flights[i], arena, out))
            return false;
    }
    return true;
}

bool flight_share_read(const ovf_world *world, const flight_share *share, const char *field,
                       ovf_time reference, ovf_arena *arena, flight_batch *out)
{
    *out = (flight_batch){0};
    if (field == NULL) {
        const cli_record whole = {.text = share->text, .line = share->line};
        return add_record(world, share, &whole, false, reference, arena, out);
    }
    cli_records records;
    cli_record record;
    cli_records_start(&records, share->text, field);
    records.next = share->index;
    records.line = share->line - 1;
    while (cli_records_next(&records, arena, &record)) {
        if (!add_record(world, share, &record, true, reference, arena, out))
            return false;
    }
    return true;
}
