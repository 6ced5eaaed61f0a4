/* SPDX-License-Identifier: Apache-2.0 */
/* Do the bounds hold? Recorded flights of known types against the trajectory of a plan over the same
 * way with the same cruising levels: how often level and time were within the bounds. The
 * recordings lie beside the source tree and are no part of it: without them the tests are skipped.
 * Argument: the folder of the recordings. */
#include <overfly/flight.h>

#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

#define MAX_FIXES 20000
#define MAX_TEXT (64 << 20)
#define LEVEL_SLACK_FT 200  /* altitude keeping of RVSM airspace (ICAO Doc 9574) */
#define GROUND_SLACK_FT 1000 /* an altimeter on 1013 hPa against the height of an airport */
#define WANTED 0.95         /* the share within the bounds that is aimed at */

static const char *folder;

typedef struct fix {
    double at_s;
    ovf_point place;
    double level_ft;
} fix;

static fix fixes[MAX_FIXES];
static size_t fix_count;

static char *read_text(const char *name)
{
    char path[1024];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    gzFile in = gzopen(path, "rb");
    if (in == NULL)
        skip();
    char *text = malloc(MAX_TEXT);
    assert_non_null(text);
    int length = gzread(in, text, MAX_TEXT - 1);
    gzclose(in);
    assert_true(length > 0);
    text[length] = '\0';
    return text;
}

static void add_fix(double at_s, double lat_deg, double lon_deg, double level_ft)
{
    assert_true(fix_count < MAX_FIXES);
    if (fix_count > 0 && at_s <= fixes[fix_count - 1].at_s)
        return;
    fixes[fix_count++] = (fix){at_s, {lat_deg, lon_deg}, level_ft};
}

/* A readsb trace: [seconds, lat, lon, altitude or "ground", ...]. */
static void read_trace(const char *name, double from_s, double until_s)
{
    char *text = read_text(name);
    json_t *root = json_loads(text, 0, NULL);
    json_t *row = NULL;
    size_t i = 0;
    json_array_foreach(json_object_get(root, "trace"), i, row)
    {
        double at_s = json_number_value(json_array_get(row, 0));
        json_t *level = json_array_get(row, 3);
        if (at_s >= from_s && at_s <= until_s && json_is_number(level))
            add_fix(at_s, json_number_value(json_array_get(row, 1)),
                    json_number_value(json_array_get(row, 2)), json_number_value(level));
    }
    json_decref(root);
    free(text);
}

/* Objects with timestamp (ms), latitude, longitude, altitude. */
static void read_objects(const char *name, double from_s, double until_s)
{
    char *text = read_text(name);
    json_t *root = json_loads(text, 0, NULL);
    json_t *row = NULL;
    size_t i = 0;
    json_array_foreach(root, i, row)
    {
        double at_s = json_number_value(json_object_get(row, "timestamp")) / 1000.0;
        json_t *level = json_object_get(row, "altitude");
        if (at_s >= from_s && at_s <= until_s && json_is_number(level)
            && json_number_value(level) > 0)
            add_fix(at_s, json_number_value(json_object_get(row, "latitude")),
                    json_number_value(json_object_get(row, "longitude")), json_number_value(level));
    }
    json_decref(root);
    free(text);
}

/* A line a minute: "...,lat,lon,altitude,ground speed,..." from the seventh column. */
static void read_minutes(const char *name)
{
    char *text = read_text(name);
    double minute = 0;
    for (char *line = strchr(text, '\n'); line != NULL && line[1] != '\0';
         line = strchr(line + 1, '\n'), minute++) {
        double lat = 0;
        double lon = 0;
        double level = 0;
        if (sscanf(line + 1, "%*[^,],%*[^,],%*[^,],%*[^,],%*[^,],%*[^,],%lf,%lf,%lf", &lat, &lon,
                   &level)
            == 3)
            add_fix(minute * 60.0, lat, lon, level);
    }
    free(text);
}

/* ---- the plan over the same way ---- */

#define SPACING_M 8000.0
#define HELD_S 480.0 /* a level that is kept so long is a cruising level */
#define HELD_FT 150.0

static double held_level(size_t from)
{
    double level = fixes[from].level_ft;
    for (size_t i = from; i < fix_count; i++) {
        if (fabs(fixes[i].level_ft - level) > HELD_FT)
            return 0;
        if (fixes[i].at_s - fixes[from].at_s >= HELD_S)
            return round(level / 500.0) * 500.0;
    }
    return 0;
}

#define LIRF {41.800, 12.239}
#define LLBG {32.010, 34.877}
#define KMSP {44.882, -93.222}
#define KGEG {47.620, -117.534}
#define KDEN {39.862, -104.673}
#define LFPB {48.969, 2.441}
#define ESSB {59.354, 17.940}

/* The next cruising level from here on; the present one when there is none, but the descent. */
static double next_cruise(size_t from, double lowest_ft, double present_ft)
{
    for (size_t i = from; i < fix_count; i++) {
        if (present_ft > 0 && fixes[i].level_ft < lowest_ft - HELD_FT)
            break;
        double held_ft = held_level(i);
        if (held_ft >= lowest_ft)
            return held_ft;
    }
    return present_ft;
}

static struct flight_row {
    const char *name;
    const char *file; /* .json: objects; trace.json: a trace; .csv: minutes */
    const char *type;
    double from_s, until_s;
    double lowest_cruise_ft;
    int32_t from_ft, to_ft;
    int32_t speed_kt;
    ovf_point from, to; /* the airports; from {0, 0}: it is on its way when the recording begins */
} flight_rows[] = {
    {"B744 Rome, climb and cruise", "traffic_elal747.json.gz", "B744", 1572775700, 1572782700,
     30000, 0, 135, 488, LIRF, LLBG},
    {"B744 off Cyprus to Tel Aviv", "traffic_elal747.json.gz", "B744", 1572790900, 1572794000,
     30000, 0, 135, 488, {0, 0}, LLBG},
    {"B739 to Minneapolis", "readsb_trace_full_ac671b.json.gz", "B739", 0, 14300, 30000, 0, 841,
     453, {0, 0}, KMSP},
    {"B739 Minneapolis to Spokane", "readsb_trace_full_ac671b.json.gz", "B739", 23405, 32950,
     29000, 841, 2372, 453, KMSP, KGEG},
    {"B739 Spokane to Minneapolis", "readsb_trace_full_ac671b.json.gz", "B739", 63200, 71190,
     29000, 2372, 841, 453, KGEG, KMSP},
    {"B739 Minneapolis to Denver", "readsb_trace_full_ac671b.json.gz", "B739", 75650, 81640, 29000,
     841, 5434, 453, KMSP, KDEN},
    {"A319 Paris to Stockholm", "opensky_a319.csv", "A319", 0, 1e9, 30000, 218, 47, 447, LFPB, ESSB},
};

static ovf_flight plan_of(const struct flight_row *row, ovf_flight_point *points, size_t *of_point)
{
    ovf_flight f = {.type = ovf_str_of(row->type),
                    .wake = OVF_STR("M"),
                    .from = row->from.lat_deg != 0 ? OVF_STR("AAAA") : OVF_STR("AFIL"),
                    .to = OVF_STR("BBBB"),
                    .from_ft = row->from_ft,
                    .to_ft = row->to_ft,
                    .eet_min = -1,
                    .speed_kt = row->speed_kt,
                    .departed = OVF_TIME_NONE,
                    .arrived = OVF_TIME_NONE,
                    .off_block = (ovf_time)fixes[0].at_s - 600,
                    .route_complete = true,
                    .points = points};
    if (row->from.lat_deg != 0)
        points[f.point_count++] = (ovf_flight_point){.ident = f.from, .place = row->from};
    size_t first = f.point_count;
    double cruise_ft = 0;
    double since_m = SPACING_M;
    for (size_t i = 0; i < fix_count; i++) {
        if (i > 0)
            since_m += ovf_distance_m(fixes[i - 1].place, fixes[i].place);
        if (fabs(fixes[i].level_ft - cruise_ft) > HELD_FT)
            cruise_ft = next_cruise(i, row->lowest_cruise_ft, cruise_ft);
        if (since_m < SPACING_M && i + 1 < fix_count)
            continue;
        since_m = 0;
        of_point[f.point_count] = i;
        points[f.point_count++] = (ovf_flight_point){.ident = OVF_STR("P"),
                                                     .place = fixes[i].place,
                                                     .level_ft = (int32_t)cruise_ft,
                                                     .speed_kt = row->speed_kt};
    }
    points[first].given = (ovf_flight_given){.source = OVF_FLIGHT_SOURCE_ACTUAL,
                                             .time = (ovf_time)fixes[0].at_s,
                                             .level_ft = -1};
    points[f.point_count++] = (ovf_flight_point){
        .ident = f.to, .place = row->to, .level_ft = (int32_t)cruise_ft};
    for (size_t i = f.point_count; i-- > 0;) { // in the climb the first cruising level is filed
        if (points[i].level_ft == 0 && i + 1 < f.point_count)
            points[i].level_ft = points[i + 1].level_ft;
        points[i].speed_kt = row->speed_kt;
    }
    f.level_ft = points[0].level_ft;
    return f;
}

typedef struct tally {
    size_t looked, level_in, time_in;
    double worst_level_ft, worst_time_s;
} tally;

static void compare(const ovf_track *t, double along_m, const fix *flown, tally *out)
{
    size_t i = 1;
    while (i + 1 < t->count && t->points[i].along_m < along_m)
        i++;
    const ovf_track_point *a = &t->points[i - 1];
    const ovf_track_point *b = &t->points[i];
    double length_m = b->along_m - a->along_m;
    double share = length_m > 0 ? fmin(1, fmax(0, (along_m - a->along_m) / length_m)) : 0;
    double slack_ft = flown->level_ft < 18000 ? GROUND_SLACK_FT : LEVEL_SLACK_FT;
    double low_ft = a->lowest_ft + share * (b->lowest_ft - a->lowest_ft) - slack_ft;
    double high_ft = a->highest_ft + share * (b->highest_ft - a->highest_ft) + slack_ft;
    double time_s = (double)a->time + share * (double)(b->time - a->time);
    double early_s = time_s - (a->early_s + share * (b->early_s - a->early_s));
    double late_s = time_s + (a->late_s + share * (b->late_s - a->late_s));
    double out_ft = fmax(0, fmax(low_ft - flown->level_ft, flown->level_ft - high_ft));
    double out_s = fmax(0, fmax(early_s - flown->at_s, flown->at_s - late_s));
    out->looked++;
    out->level_in += out_ft <= 0;
    out->time_in += out_s <= 0;
    out->worst_level_ft = fmax(out->worst_level_ft, out_ft);
    out->worst_time_s = fmax(out->worst_time_s, out_s);
    if (getenv("FLOWN_EACH") != NULL && out_ft > 0)
        print_message("  %.0f NM of %.0f: %.0f ft, bounds %.0f to %.0f\n", along_m / 1852,
                      t->length_m / 1852, flown->level_ft, low_ft, high_ft);
}

static tally fly(const struct flight_row *row, ovf_arena *arena)
{
    ovf_flight_point *points = calloc(fix_count + 2, sizeof(*points));
    size_t *of_point = calloc(fix_count + 2, sizeof(*of_point));
    assert_true(points != NULL && of_point != NULL);
    ovf_flight plan = plan_of(row, points, of_point);
    ovf_track track;
    assert_int_equal(ovf_flight_track(&plan, arena, &track, NULL), OVF_OK);
    tally out = {0};
    double start_m = 0;
    for (size_t k = 0; k + 2 < plan.point_count; k++) {
        double flown_m = 0;
        double leg_m = ovf_distance_m(points[k].place, points[k + 1].place);
        if (points[k].ident.len == 4 && row->from.lat_deg != 0) { // out of the airport
            start_m += leg_m;
            continue;
        }
        for (size_t i = of_point[k]; i < of_point[k + 1]; i++) {
            compare(&track, start_m + fmin(flown_m, leg_m), &fixes[i], &out);
            flown_m += ovf_distance_m(fixes[i].place, fixes[i + 1].place);
        }
        start_m += leg_m;
    }
    free(points);
    free(of_point);
    return out;
}

static tally total;

static void keeps_to_the_bounds(void **state)
{
    const struct flight_row *row = *state;
    fix_count = 0;
    if (strstr(row->file, ".csv") != NULL)
        read_minutes(row->file);
    else if (strstr(row->file, "trace") != NULL)
        read_trace(row->file, row->from_s, row->until_s);
    else
        read_objects(row->file, row->from_s, row->until_s);
    assert_true(fix_count > 50);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    tally t = fly(row, &arena);
    print_message("%zu positions: level within the bounds %.1f %% (worst %.0f ft outside), time "
                  "%.1f %% (worst %.0f s)\n",
                  t.looked, 100.0 * (double)t.level_in / (double)t.looked, t.worst_level_ft,
                  100.0 * (double)t.time_in / (double)t.looked, t.worst_time_s);
    total.looked += t.looked;
    total.level_in += t.level_in;
    total.time_in += t.time_in;
    ovf_arena_done(&arena);
    // One flight may be led oddly; not all of them together (below).
    assert_true((double)t.level_in >= 0.85 * (double)t.looked);
}

static void all_together(void **state)
{
    OVF_UNUSED(state);
    if (total.looked == 0)
        skip();
    double level = (double)total.level_in / (double)total.looked;
    double time = (double)total.time_in / (double)total.looked;
    print_message("all: %zu positions, level %.2f %%, time %.2f %%\n", total.looked, 100 * level,
                  100 * time);
    assert_true(level >= WANTED && time >= WANTED);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    folder = argv[1];
    struct CMUnitTest tests[OVF_COUNTOF(flight_rows) + 1];
    size_t n = 0;
    for (size_t i = 0; i < OVF_COUNTOF(flight_rows); i++)
        tests[n++] = (struct CMUnitTest){flight_rows[i].name, keeps_to_the_bounds, NULL, NULL,
                                         &flight_rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(all_together);
    return _cmocka_run_group_tests("flown", tests, n, NULL, NULL);
}
