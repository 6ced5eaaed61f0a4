/* SPDX-License-Identifier: Apache-2.0 */
/* overfly flight FILE...: plans read and expanded, one object a message. */
#include "flight_io.h"

static void put_ambiguous(ovf_json *json, const ovf_flight_point *p)
{
    ovf_json_key(json, "ambiguous");
    ovf_json_array(json);
    for (uint32_t i = 0; i < p->ambiguous; i++) {
        ovf_json_object(json);
        put_place(json, p->others[i]);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

/* What the text itself says about when and how high. */
static void put_given(ovf_json *json, const ovf_flight_point *p)
{
    bool is_given = p->given.source != OVF_FLIGHT_SOURCE_NONE;
    ovf_json_key(json, "given");
    if (!is_given) {
        ovf_json_null(json);
        return;
    }
    ovf_json_object(json);
    ovf_json_key(json, "by");
    ovf_json_cstr(json, ovf_flight_source_name(p->given.source));
    put_time(json, "time", p->given.time);
    put_count_or_null(json, "level_ft", p->given.level_ft, -1);
    ovf_json_end(json);
}

static void put_points(ovf_json *json, const ovf_flight *f)
{
    ovf_json_key(json, "points");
    ovf_json_array(json);
    for (size_t i = 0; i < f->point_count; i++) {
        const ovf_flight_point *p = &f->points[i];
        ovf_json_object(json);
        put_text(json, "ident", p->ident);
        put_place(json, p->place);
        put_text(json, "via", p->via);
        put_count_or_null(json, "level_ft", p->level_ft, 0);
        put_count_or_null(json, "speed_kt", p->speed_kt, 0);
        put_time(json, "time", p->time);
        put_given(json, p);
        put_ambiguous(json, p);
        ovf_json_key(json, "bridged");
        ovf_json_bool(json, p->is_bridged);
        ovf_json_key(json, "expanded");
        ovf_json_bool(json, p->is_expanded);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

static void put_other(ovf_json *json, const ovf_flight *f)
{
    ovf_json_key(json, "other");
    ovf_json_object(json);
    ovf_str key = {0};
    ovf_str value = {0};
    for (size_t at = 0; ovf_flight_other_next(f->other, &at, &key, &value);) {
        char name[16];
        snprintf(name, sizeof(name), OVF_FMT, OVF_ARG(key));
        ovf_json_key(json, name);
        ovf_json_str(json, value);
    }
    ovf_json_end(json);
}

static void put_eets(ovf_json *json, const ovf_world *world, const ovf_flight *f)
{
    ovf_json_key(json, "eet");
    ovf_json_array(json);
    for (size_t i = 0; i < f->eet_count; i++) {
        const ovf_flight_eet *eet = &f->eets[i];
        ovf_json_object(json);
        put_text(json, "at", eet->at);
        ovf_json_key(json, "min");
        ovf_json_int(json, eet->min);
        put_text(json, "fir",
                 eet->fir == OVF_INDEX_NONE ? OVF_STR("") : ovf_world_fir(world, eet->fir)->code);
        put_count_or_null(json, "point", eet->point, -1);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

/* The plan as amended, in short: its points are those of a check. */
static void put_effective(ovf_json *json, const ovf_flight *f)
{
    ovf_json_key(json, "effective");
    if (f == NULL) {
        ovf_json_null(json);
        return;
    }
    ovf_json_object(json);
    put_text(json, "text", f->raw);
    put_text(json, "from", f->from);
    put_text(json, "to", f->to);
    put_time(json, "off_block", f->off_block);
    put_count_or_null(json, "eet_min", f->eet_min, -1);
    put_text(json, "level", f->level);
    put_text(json, "speed", f->speed);
    put_text(json, "route", f->route);
    ovf_json_key(json, "route_complete");
    ovf_json_bool(json, f->route_complete);
    put_points(json, f);
    put_unresolved(json, f);
    ovf_json_end(json);
}

static void put_state(ovf_json *json, const flight_item *item)
{
    const ovf_flight *f = item->flight;
    ovf_json_key(json, "state");
    ovf_json_cstr(json, ovf_flight_state_name(f->state));
    bool has_left = f->state == OVF_FLIGHT_DEPARTED || f->state == OVF_FLIGHT_ARRIVED;
    put_time(json, "departed", has_left ? f->departed : OVF_TIME_NONE);
    put_time(json, "arrived", f->state == OVF_FLIGHT_ARRIVED ? f->arrived : OVF_TIME_NONE);
    put_text(json, "landed_at", f->landed_at);
    put_text(json, "title", f->title);
    put_text(json, "plan_id", f->plan_id);
    ovf_json_key(json, "plan");
    if (f->plan == NULL) {
        ovf_json_null(json);
    } else { // the plan that this message is about
        ovf_json_object(json);
        ovf_json_key(json, "record");
        ovf_json_int(json, f->plan->record);
        ovf_json_key(json, "pos");
        ovf_json_int(json, f->plan->raw_span.at);
        put_time(json, "off_block", f->plan->off_block);
        ovf_json_end(json);
    }
    put_effective(json, f->effective);
}

static void put_flight(ovf_buf *buf, const ovf_world *world, const flight_item *item,
                       const ovf_track *track, bool has_points, bool with_aside)
{
    const ovf_flight *f = item->flight;
    ovf_json json;
    ovf_json_init(&json, buf);
    ovf_json_object(&json);
    put_reading(&json, item);
    put_text(&json, "id", f->id);
    put_text(&json, "operator", f->operator_icao);
    put_text(&json, "registration", f->registration);
    put_text(&json, "registry_state",
             f->registry_state == OVF_INDEX_NONE ? OVF_STR("")
                                                 : ovf_world_state(world, f->registry_state)->iso3);
    put_text(&json, "type", f->type);
    put_text(&json, "wake", f->wake);
    put_text(&json, "rules", f->rules);
    put_text(&json, "use", f->use);
    put_text(&json, "from", f->from);
    put_text(&json, "to", f->to);
    ovf_json_key(&json, "alternates");
    ovf_json_array(&json);
    ovf_str rest = f->alternates;
    ovf_str alternate = {0};
    while (rest.len > 0 && ovf_str_field(&rest, ' ', &alternate)) {
        if (ovf_str_trim(alternate).len > 0)
            ovf_json_str(&json, ovf_str_trim(alternate));
    }
    ovf_json_end(&json);
    put_time(&json, "off_block", f->off_block);
    ovf_json_key(&json, "day_assumed");
    ovf_json_bool(&json, f->day_assumed);
    put_count_or_null(&json, "eet_min", f->eet_min, -1);
    put_text(&json, "level", f->level);
    put_text(&json, "speed", f->speed);
    put_text(&json, "route", f->route);
    ovf_json_key(&json, "route_complete");
    ovf_json_bool(&json, f->route_complete);
    put_other(&json, f);
    put_eets(&json, world, f);
    put_state(&json, item);
    ovf_json_key(&json, "route_assumed");
    ovf_json_bool(&json, f->route_assumed);
    put_points(&json, f);
    put_flown(&json, f, with_aside);
    put_track(&json, track, has_points);
    put_unresolved(&json, f);
    ovf_json_end(&json);
}

/* ---- for people ---- */

static void print_points(const ovf_flight *f)
{
    for (size_t i = 0; i < f->point_count; i++) {
        const ovf_flight_point *p = &f->points[i];
        char when[OVF_TIME_TEXT_MAX] = "";
        if (p->time != OVF_TIME_NONE)
            ovf_time_format(p->time, when, sizeof(when));
        printf("    %-11.*s %-8.*s %9.4f %10.4f  ", OVF_ARG(p->ident), OVF_ARG(p->via),
               p->place.lat_deg, p->place.lon_deg);
        if (p->level_ft > 0)
            printf("FL%03d", p->level_ft / 100);
        printf("  %s%s%s\n", when, p->ambiguous > 0 ? "  one of several of that name" : "",
               p->is_bridged ? "  (straight for want of the filed way)" : "");
    }
}

/* What the times and levels rest on. */
static void print_basis(const ovf_track *t)
{
    printf("    flown as %s", t->performance != NULL ? t->performance->name : "a plain profile");
    if (t->basis == OVF_PERFORMANCE_FAMILY)
        printf(" (its type is not in the table)");
    if (t->timed)
        printf("; at its end %d min early to %d min late",
               (t->points[t->count - 1].early_s + 59) / OVF_MINUTE_S,
               (t->points[t->count - 1].late_s + 59) / OVF_MINUTE_S);
    if (t->windy > 0)
        printf("; wind known on %.0f %% of the way", 100.0 * t->windy);
    printf("\n");
}

static void print_flight(const flight_item *item, const ovf_track *track, bool colour)
{
    const ovf_flight *f = item->flight;
    char when[40] = "time not known";
    if (f->off_block != OVF_TIME_NONE)
        ovf_time_format_plain(f->off_block, when, sizeof(when));
    printf("%s%s " OVF_FMT "%s  " OVF_FMT "-" OVF_FMT "  %s  " OVF_FMT "  " OVF_FMT "\n",
           cli_ink_on(colour, CLI_BOLD), ovf_flight_form_name(f->form), OVF_ARG(f->id),
           cli_ink_off(colour), OVF_ARG(f->from), OVF_ARG(f->to), when, OVF_ARG(f->type),
           OVF_ARG(f->registration));
    if (track != NULL && f->flown == NULL)
        print_basis(track);
    if (f->state != OVF_FLIGHT_FILED)
        printf("    %s" OVF_FMT OVF_FMT "\n", ovf_flight_state_name(f->state),
               OVF_ARG(f->landed_at.len > 0 ? OVF_STR(" at ") : OVF_STR("")),
               OVF_ARG(f->landed_at));
    if (!print_flown(f))
        print_points(f->effective != NULL ? f->effective : f);
    for (size_t i = 0; i < f->unresolved_count; i++)
        printf("    %snot known%s  " OVF_FMT ": " OVF_FMT "\n", cli_ink_on(colour, CLI_WARN),
               cli_ink_off(colour), OVF_ARG(f->unresolved[i].text), OVF_ARG(f->unresolved[i].why));
    for (size_t i = 0; i < f->finding_count; i++)
        printf("    %-7s " OVF_FMT "\n", ovf_severity_name(f->findings[i].severity),
               OVF_ARG(f->findings[i].message));
}

/* "FROM/UNTIL": the days that schedules are laid out for. */
static int read_window(const char *text, ovf_interval *out)
{
    ovf_str rest = ovf_str_of(text);
    ovf_str from = {0};
    ovf_error err = {0};
    ovf_str_field(&rest, '/', &from);
    if (ovf_time_parse(from, &out->from, &err) != OVF_OK
        || ovf_time_parse(rest, &out->until, &err) != OVF_OK || out->until <= out->from)
        return cli_usage("flight", "--window \"%s\": expected FROM/UNTIL, two times", text);
    return 0;
}

int cli_flight(int argc, char **argv)
{
    cli_common common;
    cli_common_init(&common);
    const char *field = NULL;
    const char *window_text = NULL;
    ovf_interval window = {0};
    const char *wind_path = NULL;
    bool has_points = false;
    bool with_aside = false;
    cli_list files = {0};
    const cli_option own[] = {{"--field", CLI_TEXT, &field},
                              {"--window", CLI_TEXT, &window_text},
                              {"--wind", CLI_TEXT, &wind_path},
                              {"--track", CLI_FLAG, &has_points},
                              {"--set-aside", CLI_FLAG, &with_aside}};
    int status = cli_parse(argc, argv, &common, own, OVF_COUNTOF(own), &files);
    if (status == 0 && files.count == 0)
        status = cli_usage("flight", "expected a file of flight plans, or - for standard input");
    if (status == 0 && window_text != NULL)
        status = read_window(window_text, &window);
    flight_list list = {0};
    size_t bad = 0;
    cli_wind wind = {0};
    if (status == 0)
        status = cli_wind_open(wind_path, &wind);
    common.wind = cli_wind_grid(&wind);
    common.keeps_firs = true;
    if (status == 0) {
        status = flight_list_read_window(&common, &files, field, common.at, window, &list);
        ovf_buf buf = {0};
        for (size_t i = 0; i < list.count && status == 0; i++) {
            // Times over the points come with the trajectory; a plan too poor for one has none.
            ovf_track track;
            ovf_flight *f = list.items[i].flight;
            ovf_status made = flight_track(&common, list.world, f, &list.arena, &track, NULL);
            ovf_track effective;
            if (made == OVF_E_NOMEM
                || (f->effective != NULL
                    && flight_track(&common, list.world, f->effective, &list.arena, &effective,
                                    NULL)
                           == OVF_E_NOMEM))
                status = CLI_INTERNAL;
            const ovf_track *flown = made == OVF_OK ? &track : NULL;
            if (common.json) {
                put_flight(&buf, list.world, &list.items[i], flown, has_points, with_aside);
                cli_put_line(&buf);
            } else {
                print_flight(&list.items[i], flown, cli_colour(&common, stdout));
            }
        }
        ovf_buf_done(&buf);
        bad = list.bad;
        flight_list_done(&list);
    }
    cli_wind_done(&wind);
    cli_list_done(&files);
    cli_list_done(&common.notices);
    if (status != 0)
        return status < 0 ? CLI_CLEAR : status;
    return bad > 0 ? CLI_BAD_INPUT : CLI_CLEAR;
}
