/* SPDX-License-Identifier: Apache-2.0 */
/* overfly flight FILE...: plans read and expanded, one object a message. */
#include "flight_io.h"

static void put_ambiguous(ovf_json *json, const ovf_world *world, const ovf_flight_point *p)
{
    ovf_json_key(json, "ambiguous");
    ovf_json_array(json);
    size_t count = 0;
    uint32_t first =
        p->ambiguous == 0 ? OVF_INDEX_NONE : ovf_world_find_fix(world, p->ident, &count);
    for (size_t i = 0; first != OVF_INDEX_NONE && i < count; i++) {
        ovf_point place = ovf_world_fix(world, first + (uint32_t)i).place;
        if (ovf_distance_m(place, p->place) < OVF_NM_M)
            continue;
        ovf_json_object(json);
        put_place(json, place);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

static void put_points(ovf_json *json, const ovf_world *world, const ovf_flight *f)
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
        put_ambiguous(json, world, p);
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

static void put_flight(ovf_buf *buf, const ovf_world *world, const flight_item *item,
                       bool with_aside)
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
    put_points(&json, world, f);
    put_flown(&json, f, with_aside);
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

static void print_flight(const flight_item *item, bool colour)
{
    const ovf_flight *f = item->flight;
    char when[40] = "time not known";
    if (f->off_block != OVF_TIME_NONE)
        ovf_time_format_plain(f->off_block, when, sizeof(when));
    printf("%s%s " OVF_FMT "%s  " OVF_FMT "-" OVF_FMT "  %s  " OVF_FMT "  " OVF_FMT "\n",
           cli_ink_on(colour, CLI_BOLD), ovf_flight_form_name(f->form), OVF_ARG(f->id),
           cli_ink_off(colour), OVF_ARG(f->from), OVF_ARG(f->to), when, OVF_ARG(f->type),
           OVF_ARG(f->registration));
    if (!print_flown(f))
        print_points(f);
    for (size_t i = 0; i < f->unresolved_count; i++)
        printf("    %snot known%s  " OVF_FMT ": " OVF_FMT "\n", cli_ink_on(colour, CLI_WARN),
               cli_ink_off(colour), OVF_ARG(f->unresolved[i].text), OVF_ARG(f->unresolved[i].why));
    for (size_t i = 0; i < f->finding_count; i++)
        printf("    %-7s " OVF_FMT "\n", ovf_severity_name(f->findings[i].severity),
               OVF_ARG(f->findings[i].message));
}

int cli_flight(int argc, char **argv)
{
    cli_common common;
    cli_common_init(&common);
    const char *field = NULL;
    bool with_aside = false;
    cli_list files = {0};
    const cli_option own[] = {{"--field", CLI_TEXT, &field},
                              {"--set-aside", CLI_FLAG, &with_aside}};
    int status = cli_parse(argc, argv, &common, own, OVF_COUNTOF(own), &files);
    if (status == 0 && files.count == 0)
        status = cli_usage("flight", "expected a file of flight plans, or - for standard input");
    flight_list list = {0};
    size_t bad = 0;
    if (status == 0) {
        status = flight_list_read(&common, &files, field, common.at, &list);
        ovf_buf buf = {0};
        for (size_t i = 0; i < list.count && status == 0; i++) {
            // Times over the points come with the trajectory; a plan too poor for one has none.
            ovf_track track;
            if (ovf_flight_track(list.items[i].flight, &list.arena, &track, NULL) == OVF_E_NOMEM)
                status = CLI_INTERNAL;
            if (common.json) {
                put_flight(&buf, list.world, &list.items[i], with_aside);
                cli_put_line(&buf);
            } else {
                print_flight(&list.items[i], cli_colour(&common, stdout));
            }
        }
        ovf_buf_done(&buf);
        bad = list.bad;
        flight_list_done(&list);
    }
    cli_list_done(&files);
    cli_list_done(&common.notices);
    if (status != 0)
        return status < 0 ? CLI_CLEAR : status;
    return bad > 0 ? CLI_BAD_INPUT : CLI_CLEAR;
}
