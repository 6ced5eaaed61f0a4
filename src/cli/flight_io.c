/* SPDX-License-Identifier: Apache-2.0 */
/* Plans out of files, and the parts of their JSON. */
#include "flight_io.h"

#include "answer_json.h"

#include <stdlib.h>

/* ---- reading ---- */

/* A finding of a record, as a place in the file. */
static void report_finding(const flight_item *item, const ovf_finding *finding)
{
    const cli_input *input = item->input;
    bool is_whole = item->record.ptr == input->text.ptr;
    if (is_whole) {
        cli_error_at(input->name, input->text, finding->pos, OVF_FMT, OVF_ARG(finding->message));
        return;
    }
    cli_error("%s:%zu: byte %zu of the record: " OVF_FMT, input->name, item->line,
              finding->pos == OVF_NOPOS ? 0 : finding->pos, OVF_ARG(finding->message));
}

static void report_errors(flight_list *list, const flight_item *item)
{
    bool is_bad = item->flight->status == OVF_FLIGHT_UNREADABLE;
    for (size_t i = 0; i < item->flight->finding_count; i++) {
        if (item->flight->findings[i].severity != OVF_ERROR)
            continue;
        is_bad = true;
        report_finding(item, &item->flight->findings[i]);
    }
    list->bad += is_bad;
}

static int add_record(flight_list *list, const cli_input *input, const cli_record *record,
                      ovf_time reference, ovf_interval window)
{
    if (record->broken) {
        cli_error("%s:%zu: %s", input->name, record->line, record->reason);
        list->bad++;
        return 0;
    }
    ovf_flight_options options = {
        .reference = reference, .record = record->index, .window = window};
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    ovf_status status =
        ovf_flight_read(list->world, record->text, &options, &list->arena, &flights, &count, &err);
    if (status != OVF_OK) {
        cli_report(input->name, input->text, &err);
        return cli_status_of(status);
    }
    if (count == 0 && ovf_str_trim(record->text).len > 0) {
        fprintf(stderr, "overfly: %s: no flight of this schedule leaves on that day\n",
                input->name);
    } else if (count == 0) {
        cli_error("%s:%zu: nothing to read; expected a message such as (FPL-ABC123-IS ...",
                  input->name, record->line);
        list->bad++;
    }
    for (size_t i = 0; i < count; i++) {
        if (!ovf_arena_grow(&list->arena, (void **)&list->items, list->count, &list->capacity,
                            sizeof(*list->items)))
            return CLI_INTERNAL;
        flight_item *item = &list->items[list->count++];
        *item = (flight_item){.flight = &flights[i],
                              .input = input,
                              .record = record->text,
                              .record_id = record->id,
                              .line = record->line};
        report_errors(list, item);
    }
    return 0;
}

static int compare_flights(const void *a, const void *b)
{
    const ovf_flight *x = ((const flight_item *const *)a)[0]->flight;
    const ovf_flight *y = ((const flight_item *const *)b)[0]->flight;
    return x < y ? -1 : x > y;
}

/* What of the linking an answer tells: where the messages and the plans stand. */
static bool mention_all(flight_list *list)
{
    flight_item **by_flight = ovf_arena_array(&list->arena, flight_item *, list->count + 1);
    if (by_flight == NULL)
        return false;
    for (size_t i = 0; i < list->count; i++)
        by_flight[i] = &list->items[i];
    qsort(by_flight, list->count, sizeof(flight_item *), compare_flights);
    for (size_t i = 0; i < list->count; i++) {
        flight_item *item = &list->items[i];
        const ovf_flight *f = item->flight;
        if (f->message_count == 0)
            continue;
        flight_mention *own = ovf_arena_array(&list->arena, flight_mention, 1);
        flight_mention *messages = ovf_arena_array(&list->arena, flight_mention, f->message_count);
        if (own == NULL || messages == NULL)
            return false;
        *own = flight_mention_of(item);
        for (size_t k = 0; k < f->message_count; k++) {
            flight_item wanted = {.flight = (ovf_flight *)f->messages[k]};
            const flight_item *key = &wanted;
            flight_item **at =
                bsearch(&key, by_flight, list->count, sizeof(flight_item *), compare_flights);
            messages[k] = flight_mention_of(*at);
            (*at)->plan = own;
        }
        item->messages = messages;
        item->message_count = f->message_count;
    }
    return true;
}

/* Amendments, delays and the like of any record go to the plans of any other. */
static int link_plans(flight_list *list)
{
    ovf_flight **flights = ovf_arena_array(&list->arena, ovf_flight *, list->count + 1);
    ovf_error err = {0};
    if (flights == NULL)
        return CLI_INTERNAL;
    for (size_t i = 0; i < list->count; i++)
        flights[i] = list->items[i].flight;
    ovf_status status = ovf_flight_link(list->world, flights, list->count, &list->arena, &err);
    if (status != OVF_OK)
        cli_error("%s", err.reason);
    if (status == OVF_OK && !mention_all(list))
        return CLI_INTERNAL;
    return cli_status_of(status);
}

int flight_list_read(const cli_common *common, const cli_list *files, const char *field,
                     ovf_time reference, flight_list *out)
{
    return flight_list_read_window(common, files, field, reference, (ovf_interval){0}, out);
}

int flight_list_read_window(const cli_common *common, const cli_list *files, const char *field,
                            ovf_time reference, ovf_interval window, flight_list *out)
{
    *out = (flight_list){0};
    ovf_arena_init(&out->arena, 0);
    int status = cli_world_open(common, &out->world);
    if (status != 0)
        return status;
    out->inputs = calloc(files->count + 1, sizeof(*out->inputs));
    if (out->inputs == NULL)
        return CLI_INTERNAL;
    for (size_t i = 0; i < files->count && status == 0; i++) {
        cli_input *input = &out->inputs[out->input_count];
        int read = cli_input_read(files->items[i], input);
        if (read == CLI_BAD_INPUT) {
            out->bad++; // said already; the other files are still read
            continue;
        }
        status = read;
        out->input_count += status == 0;
        cli_records records;
        cli_record record;
        cli_records_start(&records, input->text, field);
        if (status == 0 && input->text.len == 0) {
            cli_error_at(input->name, input->text, 0, "the file is empty; expected flight plans");
            out->bad++;
        }
        while (status == 0 && input->text.len > 0
               && cli_records_next(&records, &out->arena, &record))
            status = add_record(out, input, &record, reference, window);
    }
    return status == 0 ? link_plans(out) : status;
}

void flight_list_done(flight_list *list)
{
    for (size_t i = 0; i < list->input_count; i++)
        cli_input_done(&list->inputs[i]);
    free(list->inputs);
    ovf_arena_done(&list->arena);
    ovf_world_free(list->world);
    *list = (flight_list){0};
}

ovf_interval flight_list_window(const flight_list *list, ovf_time at)
{
    ovf_time from = at;
    ovf_time until = at;
    for (size_t i = 0; i < list->count; i++) {
        ovf_time t = list->items[i].flight->off_block;
        if (t == OVF_TIME_NONE)
            continue;
        from = t < from ? t : from;
        until = t > until ? t : until;
    }
    return (ovf_interval){from - OVF_DAY_S, until + 2 * OVF_DAY_S};
}

void flight_set_level(ovf_flight *flight, int32_t level_ft)
{
    flight->level_ft = level_ft;
    for (size_t i = 0; i < flight->point_count; i++) {
        flight->points[i].level_ft = level_ft;
        flight->points[i].top_ft = 0;
    }
}

/* ---- JSON ---- */

void put_count_or_null(ovf_json *json, const char *key, int64_t value, int64_t unknown)
{
    ovf_json_key(json, key);
    if (value == unknown)
        ovf_json_null(json);
    else
        ovf_json_int(json, value);
}

void put_place(ovf_json *json, ovf_point p)
{
    ovf_json_key(json, "lon");
    ovf_json_fixed(json, p.lon_deg, 7);
    ovf_json_key(json, "lat");
    ovf_json_fixed(json, p.lat_deg, 7);
}

static const char *status_name(ovf_flight_status status)
{
    return status == OVF_FLIGHT_OK ? "ok" : status == OVF_FLIGHT_PARTIAL ? "partial" : "unreadable";
}

void put_reading(ovf_json *json, const flight_item *item)
{
    const ovf_flight *f = item->flight;
    ovf_json_key(json, "record");
    if (item->record_id.len > 0)
        ovf_json_str(json, item->record_id);
    else
        ovf_json_int(json, f->record);
    ovf_json_key(json, "source");
    ovf_json_cstr(json, item->input->name);
    ovf_json_key(json, "form");
    ovf_json_cstr(json, ovf_flight_form_name(f->form));
    ovf_json_key(json, "status");
    ovf_json_cstr(json, status_name(f->status));
    ovf_json_key(json, "findings");
    ovf_json_array(json);
    for (size_t i = 0; i < f->finding_count; i++) {
        const ovf_finding *finding = &f->findings[i];
        ovf_json_object(json);
        ovf_json_key(json, "severity");
        ovf_json_cstr(json, ovf_severity_name(finding->severity));
        ovf_json_key(json, "rule");
        ovf_json_cstr(json, finding->rule);
        ovf_json_key(json, "pos");
        if (finding->pos == OVF_NOPOS)
            ovf_json_null(json);
        else
            ovf_json_int(json, (int64_t)finding->pos);
        ovf_json_key(json, "message");
        ovf_json_str(json, finding->message);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

void put_unresolved(ovf_json *json, const ovf_flight *flight)
{
    ovf_json_key(json, "unresolved");
    ovf_json_array(json);
    for (size_t i = 0; i < flight->unresolved_count; i++) {
        const ovf_unresolved *u = &flight->unresolved[i];
        ovf_json_object(json);
        ovf_json_key(json, "text");
        ovf_json_str(json, u->text);
        ovf_json_key(json, "why");
        ovf_json_str(json, u->why);
        ovf_json_key(json, "pos");
        ovf_json_int(json, (int64_t)u->pos);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

static void put_end(ovf_json *json, const char *key, const ovf_crossing_end *end)
{
    ovf_json_key(json, key);
    ovf_json_object(json);
    put_place(json, end->place);
    put_time(json, "time", end->time);
    ovf_json_key(json, "level_ft");
    ovf_json_int(json, end->level_ft);
    ovf_json_end(json);
}

static void put_crossing(ovf_json *json, const ovf_crossing *c, const ovf_world *world)
{
    ovf_json_object(json);
    put_text(json, "restriction", c->restriction->id);
    put_text(json, "issuer", c->restriction->notice->issuer.state);
    ovf_json_key(json, "effect");
    ovf_json_cstr(json, ovf_effect_name(c->restriction->effect));
    answer_put_ruling(json, &c->ruling);
    put_text(json, "territory",
             c->whose.state == OVF_INDEX_NONE ? OVF_STR("")
                                              : ovf_world_state(world, c->whose.state)->iso3);
    ovf_json_key(json, "high_seas");
    ovf_json_bool(json, c->whose.is_high_seas);
    ovf_json_key(json, "disputed");
    ovf_json_bool(json, c->whose.is_disputed);
    put_end(json, "entry", &c->entry);
    put_end(json, "exit", &c->exit);
    ovf_json_key(json, "inside_nm");
    ovf_json_fixed(json, ovf_m_to_nm(c->inside_m), 3);
    ovf_json_key(json, "certainty");
    ovf_json_cstr(json, c->certainty == OVF_TRI_YES ? "yes" : "unknown");
    put_text(json, "certainty_why", c->certainty_why);
    ovf_json_end(json);
}

void put_crossings(ovf_json *json, const char *key, const ovf_crossing *crossings, size_t count,
                   const ovf_world *world)
{
    ovf_json_key(json, key);
    ovf_json_array(json);
    for (size_t i = 0; i < count; i++)
        put_crossing(json, &crossings[i], world);
    ovf_json_end(json);
}
