/* SPDX-License-Identifier: Apache-2.0 */
/* overfly decode: notices in, one object a notice out; what cannot be read comes out as unreadable,
 * with its text and a finding that says what was expected where. */
#include "decode.h"

#include <string.h>

/* ---- for people ---- */

static void print_line(FILE *file, bool colour, const char *label, const char *text)
{
    fprintf(file, "  %s%-10s%s %s\n", cli_ink_on(colour, CLI_DIM), label, cli_ink_off(colour),
            text);
}

static void print_list(FILE *file, const char *label, const ovf_str *items, size_t count)
{
    if (count == 0)
        return;
    fprintf(file, "  %-10s ", label);
    for (size_t i = 0; i < count; i++)
        fprintf(file, "%s" OVF_FMT, i == 0 ? "" : ", ", OVF_ARG(items[i]));
    fputc('\n', file);
}

static void print_times(FILE *file, const ovf_notice *n, bool colour)
{
    char from[48];
    char until[48];
    char text[160];
    ovf_time_format_plain(n->valid_from, from, sizeof(from));
    ovf_time_format_plain(n->valid_until, until, sizeof(until));
    snprintf(text, sizeof(text), "%s to %s%s", from, n->until_permanent ? "permanent" : until,
             n->until_estimated ? " (estimated)" : "");
    print_line(file, colour, "valid", text);
    if (n->schedule.len > 0)
        fprintf(file, "  %-10s " OVF_FMT "%s\n", "schedule",
                OVF_ARG(ovf_str_sub(n->schedule, 0, 200)),
                n->active_complete ? "" : "  (not expanded whole)");
}

static void print_addressed(FILE *file, const ovf_addressed *a)
{
    if (a->everyone)
        fprintf(file, "  %-10s everyone\n", "for");
    print_list(file, "operators", a->operator_states, a->operator_state_count);
    print_list(file, "registered", a->registry_states, a->registry_state_count);
    print_list(file, "owners", a->owner_states, a->owner_state_count);
    print_list(file, "airmen", a->airman_states, a->airman_state_count);
    print_list(file, "aircraft", a->aircraft, a->aircraft_count);
    print_list(file, "flights", a->flights, a->flight_count);
    print_list(file, "except", a->except, a->except_count);
}

/* "SVZM WEST OF 65W" is listed as part of SVZM: its outline is not the whole FIR's. */
static bool is_part_of_fir(const ovf_world *world, const ovf_notice_area *area)
{
    uint32_t fir = area->shape == OVF_SHAPE_FIR && world != NULL
                       ? ovf_world_find_fir(world, area->name)
                       : OVF_INDEX_NONE;
    return fir != OVF_INDEX_NONE && area->certainty != OVF_CERTAINTY_UNRESOLVED
           && area->area != ovf_world_fir_area(world, ovf_world_fir(world, fir));
}

static void print_area(FILE *file, const ovf_world *world, const ovf_notice_area *area, bool colour)
{
    char lower[48];
    char upper[48];
    ovf_level_format(area->lower, lower, sizeof(lower));
    ovf_level_format(area->upper, upper, sizeof(upper));
    bool is_known = area->certainty != OVF_CERTAINTY_UNRESOLVED;
    fprintf(file, "  %-10s %s%s" OVF_FMT "%s%s%s", ovf_shape_name(area->shape),
            cli_ink_on(colour, is_known ? CLI_GOOD : CLI_WARN),
            is_part_of_fir(world, area) ? "part of " : "", OVF_ARG(area->name),
            area->name.len > 0 ? ", " : "", ovf_certainty_name(area->certainty),
            cli_ink_off(colour));
    if (area->point_count > 0)
        fprintf(file, ", %zu position%s", area->point_count, area->point_count == 1 ? "" : "s");
    if (area->radius_m > 0 && area->shape == OVF_SHAPE_CIRCLE)
        fprintf(file, ", radius %.2f NM", ovf_m_to_nm(area->radius_m));
    fprintf(file, ", %s to %s\n", lower, upper);
}

void decode_plain(FILE *file, const ovf_world *world, const ovf_notice *n, bool colour)
{
    fprintf(file, "%s" OVF_FMT "%s  %s, %s, effect %s%s%s\n", cli_ink_on(colour, CLI_BOLD),
            OVF_ARG(n->id.len > 0 ? n->id : OVF_STR("(no number)")), cli_ink_off(colour),
            ovf_notice_form_name(n->form), ovf_read_status_name(n->status),
            cli_ink_on(colour, CLI_NOTE), ovf_effect_name(n->effect), cli_ink_off(colour));
    fprintf(file, "  %-10s " OVF_FMT " " OVF_FMT "\n", "issuer", OVF_ARG(n->issuer.office),
            OVF_ARG(n->issuer.state));
    if (n->subject.len > 0)
        fprintf(file, "  %-10s " OVF_FMT ": " OVF_FMT "\n", "code", OVF_ARG(n->subject),
                OVF_ARG(n->condition));
    if (n->refers_to.len > 0)
        fprintf(file, "  %-10s " OVF_FMT "\n", ovf_notice_kind_name(n->kind),
                OVF_ARG(n->refers_to));
    print_list(file, "references", n->references, n->reference_count);
    print_list(file, "firs", n->firs, n->fir_count);
    print_times(file, n, colour);
    print_addressed(file, &n->addressed);
    for (size_t i = 0; i < n->area_count; i++)
        print_area(file, world, &n->areas[i], colour);
    cli_put_folded(file, n->text, 4, 100);
    for (size_t i = 0; i < n->finding_count; i++)
        fprintf(file, "  %s%-10s %s: " OVF_FMT " (byte %zu)%s\n",
                cli_ink_on(colour, n->findings[i].severity == OVF_NOTE ? CLI_DIM : CLI_WARN),
                ovf_severity_name(n->findings[i].severity), n->findings[i].rule,
                OVF_ARG(n->findings[i].message), n->findings[i].pos, cli_ink_off(colour));
    fputc('\n', file);
}

/* ---- the verb ---- */

struct decoding {
    cli_common common;
    const char *field;
    const char *window_text;
    bool spans, emit, canonical, explain;
    bool in_sentences; /* --plain */
    ovf_interval window;
    ovf_world *world;
    ovf_arena arena;
    ovf_buf buf;
    decode_cache cache;
    uint32_t next_record;
    bool colour;
    bool failed; /* no memory to write something */
    size_t bad;
};

/* "2025-11-21T00:00Z/2025-12-01"; either side may be empty for "without bound". */
static int read_window(struct decoding *d)
{
    if (d->window_text == NULL)
        return 0;
    ovf_str rest = ovf_str_of(d->window_text);
    ovf_str from = {0};
    bool has_from = ovf_str_field(&rest, '/', &from);
    d->window = (ovf_interval){OVF_TIME_NONE + 1, OVF_TIME_OPEN};
    ovf_error err = {0};
    if (!has_from || rest.ptr == NULL
        || (from.len > 0 && ovf_time_parse(from, &d->window.from, &err) != OVF_OK)
        || (rest.len > 0 && ovf_time_parse(rest, &d->window.until, &err) != OVF_OK)
        || d->window.until <= d->window.from)
        return cli_usage("decode", "--window \"%s\": expected FROM/UNTIL, two times",
                         d->window_text);
    return 0;
}

/* The notice as ICAO text, a blank line behind it. */
static void put_emitted(struct decoding *d, const ovf_notice *notice)
{
    ovf_str text = {0};
    ovf_error err = {0};
    if (ovf_notice_emit(notice, d->canonical ? 0 : OVF_EMIT_ORIGINAL, &d->arena, &text, &err)
        != OVF_OK) {
        cli_error("%s", err.reason);
        d->failed = true;
        return;
    }
    text = ovf_str_trim(text);
    ovf_buf_add(&d->buf, text);
    ovf_buf_addc(&d->buf, '\n');
    cli_put_line(&d->buf);
}

static void put(struct decoding *d, const ovf_notice *notice)
{
    ovf_str sentences;
    if (d->in_sentences && ovf_notice_plain(notice, &d->arena, &sentences) == OVF_OK) {
        printf(OVF_FMT "\n", OVF_ARG(sentences));
        return;
    }
    if (d->emit || d->canonical) {
        put_emitted(d, notice);
        return;
    }
    if (d->explain && !d->common.json) {
        d->failed = d->failed || !decode_explain(stdout, notice, d->colour, &d->arena);
        return;
    }
    if (!d->common.json) {
        decode_plain(stdout, d->world, notice, d->colour);
        return;
    }
    decode_json(&d->buf, notice, d->spans, &d->arena, &d->cache);
    cli_put_line(&d->buf);
}

/* A record that holds no notice still gives an object: nothing is lost on the way. */
static void put_empty(struct decoding *d, const cli_record *record, const char *reason)
{
    ovf_finding finding = {.severity = OVF_ERROR, .rule = "RECORD", .message = ovf_str_of(reason)};
    ovf_notice notice = {.record = d->next_record,
                         .record_id = record->id,
                         .valid_from = OVF_TIME_NONE,
                         .valid_until = OVF_TIME_OPEN,
                         .created = OVF_TIME_NONE,
                         .text = record->text,
                         .findings = &finding,
                         .finding_count = 1};
    put(d, &notice);
    d->bad++;
}

static int put_record(struct decoding *d, const char *name, const cli_record *record)
{
    ovf_notice_options options = {
        .window = d->window,
        .record = d->next_record,
        .record_id = record->id,
        .received = d->common.received,
    };
    ovf_notice *notices = NULL;
    size_t count = 0;
    ovf_error err = {0};
    if (record->broken) {
        cli_error("%s:%zu:1: %s", name, record->line, record->reason);
        put_empty(d, record, record->reason);
        return 0;
    }
    ovf_status status =
        ovf_notice_read(d->world, record->text, &options, &d->arena, &notices, &count, &err);
    if (status != OVF_OK) {
        cli_report(name, record->text, &err);
        return cli_status_of(status);
    }
    if (count == 0) {
        cli_error("%s:%zu:1: empty; expected a notice", name, record->line);
        if (d->field != NULL)
            put_empty(d, record, "an empty record; expected a notice");
        else
            d->bad++;
    }
    for (size_t i = 0; i < count; i++) {
        put(d, &notices[i]);
        if (notices[i].status != OVF_READ_UNREADABLE)
            continue;
        const ovf_notice *n = &notices[i];
        const ovf_finding *why = &n->findings[n->finding_count - 1];
        size_t line = 0;
        size_t column = 0;
        ovf_str_line_column(record->text, why->pos, &line, &column);
        cli_error("%s:%zu:%zu: " OVF_FMT, name, record->line + line - 1, column,
                  OVF_ARG(why->message));
        d->bad++;
    }
    return 0;
}

static int put_file(struct decoding *d, const char *path)
{
    cli_input input;
    int status = cli_input_read(path, &input);
    if (status != 0)
        return status;
    cli_records records;
    cli_record record;
    cli_progress bar;
    cli_progress_start(&bar, "decode", input.text.len);
    cli_records_start(&records, input.text, d->field);
    while (status == 0 && cli_records_next(&records, &d->arena, &record)) {
        status = put_record(d, input.name, &record);
        d->next_record++;
        ovf_arena_reset(&d->arena);
        cli_progress_step(&bar, input.text.len - records.rest.len);
    }
    cli_progress_end(&bar);
    cli_input_done(&input);
    return status;
}

/* A file, or the files of a directory in the order of their names. */
static int put_operand(struct decoding *d, const char *path)
{
    cli_list files = {0};
    int worst = cli_files(path, true, &files);
    for (size_t i = 0; i < files.count; i++) {
        int status = put_file(d, files.items[i]);
        worst = status > worst ? status : worst;
    }
    if (worst == 0 && files.count == 0) {
        cli_error("%s: a directory without files", path);
        worst = CLI_BAD_INPUT;
    }
    cli_list_done(&files);
    return worst;
}

/* Without a world file notices are read all the same: names of places stay unresolved, and every
 * notice that names one says so. A file that was asked for has to be there. */
static int open_world(struct decoding *d)
{
    if (d->common.world == NULL && !cli_world_is_there()) {
        cli_error("no world file: names of places stay unresolved, States of issuers unknown");
        return 0;
    }
    return cli_world_open(&d->common, &d->world);
}

int cli_decode(int argc, char **argv)
{
    struct decoding d = {0};
    cli_list operands = {0};
    cli_common_init(&d.common);
    const cli_option own[] = {
        {"--field", CLI_TEXT, &d.field},         {"--window", CLI_TEXT, &d.window_text},
        {"--spans", CLI_FLAG, &d.spans},         {"--emit", CLI_FLAG, &d.emit},
        {"--canonical", CLI_FLAG, &d.canonical}, {"--explain", CLI_FLAG, &d.explain},
        {"--plain", CLI_FLAG, &d.in_sentences},
    };
    int status = cli_parse(argc, argv, &d.common, own, OVF_COUNTOF(own), &operands);
    if (status == 0)
        status = read_window(&d);
    if (status == 0 && operands.count == 0)
        status = cli_usage("decode", "expected a file, or - for standard input");
    if (status == 0)
        status = open_world(&d);
    if (status != 0) {
        cli_list_done(&operands);
        return status < 0 ? CLI_CLEAR : status;
    }
    ovf_arena_init(&d.arena, 0);
    ovf_arena_init(&d.cache.arena, 0);
    d.colour = cli_colour(&d.common, stdout);
    int worst = CLI_CLEAR;
    for (size_t i = 0; i < operands.count; i++) {
        status = put_operand(&d, operands.items[i]);
        worst = status > worst ? status : worst;
    }
    if (d.failed)
        worst = CLI_INTERNAL;
    if (worst == CLI_CLEAR && d.bad > 0)
        worst = CLI_BAD_INPUT;
    ovf_buf_done(&d.buf);
    ovf_arena_done(&d.arena);
    ovf_arena_done(&d.cache.arena);
    ovf_world_free(d.world);
    cli_list_done(&operands);
    return worst;
}
