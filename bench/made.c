/* SPDX-License-Identifier: Apache-2.0 */
/* The draws of the benchmark tasks, in their order: SplitMix64 with seed 2, the sphere's direct
 * formula, coordinates in 1e-7 degrees. A libm that rounds otherwise moves a coordinate by one. */
#include "made.h"

#include "firs.h"

#include <overfly/ledger.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SPHERE_M 6371008.8

static const double pi = 3.14159265358979323846;

bool bench_airports_load(bench_airport airports[BENCH_AIRPORTS], const char *path)
{
    FILE *file = fopen(path, "r");
    char line[200];
    size_t count = 0;
    while (file != NULL && count < BENCH_AIRPORTS && fgets(line, sizeof(line), file) != NULL) {
        char *rest = strchr(line, '\t');
        if (rest == NULL || rest - line != 4)
            continue;
        bench_airport *a = &airports[count++];
        memcpy(a->ident, line, 4);
        a->ident[4] = '\0';
        a->lat_e7 = (int32_t)strtol(rest + 1, &rest, 10);
        a->lon_e7 = (int32_t)strtol(rest + 1, &rest, 10);
    }
    if (file != NULL)
        fclose(file);
    return count == BENCH_AIRPORTS;
}

static ovf_fixed destination(ovf_fixed from, double bearing_deg, double distance_m)
{
    double lat = from.lat_e7 / 1e7 * (pi / 180);
    double lon = from.lon_e7 / 1e7 * (pi / 180);
    double bearing = bearing_deg * (pi / 180);
    double arc = distance_m / SPHERE_M;
    double to = asin(sin(lat) * cos(arc) + cos(lat) * sin(arc) * cos(bearing));
    double east = lon + atan2(sin(bearing) * sin(arc) * cos(lat), cos(arc) - sin(lat) * sin(to));
    return (ovf_fixed){(int32_t)llround(to * (180 / pi) * 1e7),
                       (int32_t)llround(remainder(east * (180 / pi), 360) * 1e7)};
}

static bool is_beyond(ovf_fixed v, int32_t lat_e7, int32_t lon_e7)
{
    return abs(v.lat_e7) > lat_e7 || abs(v.lon_e7) > lon_e7;
}

/* One draw; false: it lies too near a pole or the antimeridian. */
static bool draw(uint64_t *state, const bench_airport *airports, int index, bench_area *m)
{
    m->is_polygon = index % 2 == 1;
    const bench_airport *near = &airports[bench_next(state) % BENCH_AIRPORTS];
    double bearing_deg = 360 * bench_u01(state);
    double away_m = 150 * 1852 * bench_u01(state);
    m->radius_m = 1852 * pow(50, bench_u01(state));
    m->count = m->is_polygon ? 4 + (uint32_t)(bench_next(state) % 13) : BENCH_CORNERS_MAX;
    m->centre = destination((ovf_fixed){near->lat_e7, near->lon_e7}, bearing_deg, away_m);
    bool is_bad = is_beyond(m->centre, 850000000, 1785000000);
    for (uint32_t j = 0; j < m->count; j++) {
        double at_deg = 360.0 * j / m->count;
        double reach_m = m->radius_m;
        if (m->is_polygon) {
            at_deg = 360 * (j + 0.8 * bench_u01(state)) / m->count;
            reach_m *= 0.4 + 0.6 * bench_u01(state);
        }
        m->corners[j] = destination(m->centre, at_deg, reach_m);
        is_bad |= is_beyond(m->corners[j], 860000000, 1795000000);
    }
    m->floor_ft = bench_next(state) % 4 == 0 ? 1000 * (int)(bench_next(state) % 30) : 0;
    m->ceiling_ft = m->floor_ft + 1000 * (1 + (int)(bench_next(state) % 30));
    if (bench_next(state) % 5 == 0)
        m->ceiling_ft = 99900;
    m->from_s = BENCH_START_S + (int64_t)(bench_next(state) % 86400);
    m->until_s = m->from_s + 1800 + (int64_t)(bench_next(state) % 86400);
    return !is_bad;
}

/* ---- texts ---- */

struct out {
    char *text;
    size_t len;
    size_t capacity;
};

static void put(struct out *out, const char *fmt, ...) OVF_PRINTF(2, 3);

static void put(struct out *out, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int len = vsnprintf(out->text + out->len, out->capacity - out->len, fmt, args);
    va_end(args);
    if (len > 0 && (size_t)len < out->capacity - out->len)
        out->len += (size_t)len;
}

static long parts(int32_t e7, int in_degree)
{
    return (long)(((int64_t)llabs(e7) * in_degree + 5000000) / 10000000);
}

static void put_second(struct out *out, ovf_fixed v)
{
    long lat = parts(v.lat_e7, 3600);
    long lon = parts(v.lon_e7, 3600);
    put(out, "%02ld%02ld%02ld%c%03ld%02ld%02ld%c", lat / 3600, lat / 60 % 60, lat % 60,
        v.lat_e7 < 0 ? 'S' : 'N', lon / 3600, lon / 60 % 60, lon % 60, v.lon_e7 < 0 ? 'W' : 'E');
}

static void put_stamp(struct out *out, int64_t at_s)
{
    time_t at = (time_t)at_s;
    struct tm t;
    gmtime_r(&at, &t);
    put(out, "%02d%02d%02d%02d%02d", t.tm_year % 100, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min);
}

static void put_area(struct out *out, const bench_area *m)
{
    if (!m->is_polygon) {
        put(out, "TEMPO RESTRICTED AREA ACT WI CIRCLE RADIUS %.1fNM CENTRED ON PSN ",
            m->radius_m / 1852);
        put_second(out, m->centre);
        put(out, " DUE TO MIL EXER. ACFT SHALL REMAIN CLR OF THE AREA.");
        return;
    }
    put(out, "TEMPO RESTRICTED AREA ACT WI AN AREA BOUNDED BY LINES JOINING\n");
    for (uint32_t j = 0; j <= m->count; j++) {
        put_second(out, m->corners[j % m->count]);
        if (j < m->count)
            put(out, j % 3 == 2 ? " -\n" : " - ");
    }
    put(out, "\nDUE TO FRNG. ENTRY PROHIBITED EXC BY PERMISSION OF ATC.");
}

static void put_notice(struct out *out, const bench_airport *airport, const bench_area *m,
                       int index)
{
    long lat = parts(m->centre.lat_e7, 60);
    long lon = parts(m->centre.lon_e7, 60);
    put(out, "(A%04d/26 NOTAMN\nQ) %s/QRTCA/IV/BO/W/%03d/%03d/%02ld%02ld%c%03ld%02ld%c%03d\n",
        index, airport->ident, m->floor_ft / 100, m->ceiling_ft / 100, lat / 60, lat % 60,
        m->centre.lat_e7 < 0 ? 'S' : 'N', lon / 60, lon % 60, m->centre.lon_e7 < 0 ? 'W' : 'E',
        m->is_polygon ? 50 : (int)ceil(m->radius_m / 1852));
    put(out, "A) %s B) ", airport->ident);
    put_stamp(out, m->from_s);
    put(out, " C) ");
    put_stamp(out, m->until_s);
    put(out, "\nE) ");
    put_area(out, m);
    if (m->floor_ft == 0)
        put(out, "\nF) SFC");
    else
        put(out, "\nF) %dFT AMSL", m->floor_ft);
    if (m->ceiling_ft == 99900)
        put(out, " G) UNL)");
    else
        put(out, " G) FL%03d)", m->ceiling_ft / 100);
}

char *bench_made_notices(const bench_airport *airports, size_t *len, size_t ends[BENCH_AREAS])
{
    struct out out = {.capacity = (size_t)8 << 20};
    out.text = malloc(out.capacity);
    uint64_t state = 2;
    for (int i = 0; out.text != NULL && i < BENCH_AREAS; i++) {
        bench_area m;
        while (!draw(&state, airports, i, &m)) {
        }
        if (i > 0)
            put(&out, "\n\n");
        put_notice(&out, &airports[i % BENCH_AIRPORTS], &m, i);
        ends[i] = out.len;
    }
    put(&out, "\n");
    *len = out.len;
    return out.text;
}

bench_area *bench_made_areas(const bench_airport *airports, size_t count)
{
    bench_area *areas = calloc(count, sizeof *areas);
    uint64_t state = 2;
    for (size_t i = 0; areas != NULL && i < count; i++)
        while (!draw(&state, airports, (int)i, &areas[i])) {
        }
    return areas;
}

/* ---- flights ---- */

struct vec {
    double x, y, z;
};

static struct vec vec_of(double lat_e7, double lon_e7)
{
    double lat = lat_e7 / 1e7 * (pi / 180);
    double lon = lon_e7 / 1e7 * (pi / 180);
    return (struct vec){cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)};
}

static double angle_of(struct vec a, struct vec b)
{
    double dot = a.x * b.x + a.y * b.y + a.z * b.z;
    return acos(dot > 1 ? 1 : dot < -1 ? -1 : dot);
}

static ovf_fixed between(struct vec a, struct vec b, double angle, double share)
{
    double s = sin((1 - share) * angle) / sin(angle);
    double t = sin(share * angle) / sin(angle);
    double x = s * a.x + t * b.x, y = s * a.y + t * b.y, z = s * a.z + t * b.z;
    return (ovf_fixed){(int32_t)llround(atan2(z, sqrt(x * x + y * y)) * (180 / pi) * 1e7),
                       (int32_t)llround(atan2(y, x) * (180 / pi) * 1e7)};
}

struct plan {
    const bench_airport *a, *b;
    double angle, length_m;
    int64_t departure_s;
    int level_ft;
    size_t pieces;
};

static struct plan draw_flight(uint64_t *state, const bench_airport *airports)
{
    struct plan plan = {0};
    do {
        plan.a = &airports[bench_next(state) % BENCH_AIRPORTS];
        plan.b = &airports[bench_next(state) % BENCH_AIRPORTS];
        plan.angle = angle_of(vec_of(plan.a->lat_e7, plan.a->lon_e7),
                              vec_of(plan.b->lat_e7, plan.b->lon_e7));
        plan.length_m = plan.angle * SPHERE_M;
    } while (plan.a == plan.b || plan.length_m < 200e3 || plan.length_m > 15000e3);
    plan.departure_s = BENCH_START_S + (int64_t)(bench_next(state) % 86400);
    plan.level_ft = 30000 + 1000 * (int)(bench_next(state) % 12);
    plan.pieces = (size_t)ceil(plan.length_m / 50e3);
    return plan;
}

static void lay(const struct plan *plan, ovf_volumes_point *points)
{
    struct vec a = vec_of(plan->a->lat_e7, plan->a->lon_e7);
    struct vec b = vec_of(plan->b->lat_e7, plan->b->lon_e7);
    double climb_m = fmin(plan->length_m / 3, 200e3);
    double top_ft = plan->level_ft * (climb_m / 200e3);
    for (size_t j = 0; j <= plan->pieces; j++) {
        double share = (double)j / (double)plan->pieces;
        double along_m = plan->length_m * share;
        double part = fmin(1, fmin(along_m, plan->length_m - along_m) / climb_m);
        ovf_volumes_point *p = &points[j];
        p->place = j == 0              ? (ovf_fixed){plan->a->lat_e7, plan->a->lon_e7}
                   : j == plan->pieces ? (ovf_fixed){plan->b->lat_e7, plan->b->lon_e7}
                                       : between(a, b, plan->angle, share);
        p->low_ft = p->high_ft = (int32_t)llround(top_ft * part);
        p->time_s = plan->departure_s + lround(along_m / 240);
    }
}

bool bench_flights_make(const bench_airport *airports, size_t count, bench_flights *out)
{
    size_t capacity = 0;
    uint64_t state = 3;
    *out = (bench_flights){.first = calloc(count + 1, sizeof *out->first)};
    for (size_t i = 0; out->first != NULL && i < count; i++) {
        struct plan plan = draw_flight(&state, airports);
        size_t end = out->first[i] + plan.pieces + 1;
        if (end > capacity) {
            capacity = capacity * 2 + end + 1000;
            ovf_volumes_point *points = realloc(out->points, capacity * sizeof *points);
            if (points == NULL)
                break;
            out->points = points;
        }
        lay(&plan, out->points + out->first[i]);
        out->first[i + 1] = end;
        out->count++;
    }
    return out->first != NULL && out->count == count;
}

void bench_flights_done(bench_flights *flights)
{
    free(flights->points);
    free(flights->first);
}

/* ---- as files ---- */

static void put_bytes(struct out *out, const void *bytes, size_t len)
{
    if (out->len + len > out->capacity)
        return;
    memcpy(out->text + out->len, bytes, len);
    out->len += len;
}

static void put_u32(struct out *out, uint32_t v)
{
    const unsigned char bytes[] = {v & 255, v >> 8 & 255, v >> 16 & 255, v >> 24};
    put_bytes(out, bytes, sizeof bytes);
}

static void hash_of(struct out *out, char hex[17])
{
    char all[OVF_SHA256_HEX + 1] = "";
    if (out->text != NULL)
        ovf_sha256_hex((ovf_str){out->text, out->len}, all);
    memcpy(hex, all, 16);
    hex[16] = '\0';
    free(out->text);
}

void bench_areas_hash(const bench_area *areas, size_t count, char hex[17])
{
    struct out out = {.capacity = 8 + count * (48 + 8 * 65)};
    out.text = malloc(out.capacity);
    out.capacity = out.text == NULL ? 0 : out.capacity;
    put_u32(&out, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        const bench_area *m = &areas[i];
        double radius_m = m->is_polygon ? 0 : m->radius_m;
        put_u32(&out, m->count + 1);
        put_u32(&out, (uint32_t)m->floor_ft);
        put_u32(&out, (uint32_t)m->ceiling_ft);
        put_u32(&out, (uint32_t)m->from_s);
        put_u32(&out, (uint32_t)m->until_s);
        put_u32(&out, (uint32_t)m->centre.lon_e7);
        put_u32(&out, (uint32_t)m->centre.lat_e7);
        put_bytes(&out, &radius_m, sizeof radius_m);
        for (uint32_t j = 0; j <= m->count; j++) {
            put_u32(&out, (uint32_t)m->corners[j % m->count].lon_e7);
            put_u32(&out, (uint32_t)m->corners[j % m->count].lat_e7);
        }
    }
    hash_of(&out, hex);
}

void bench_flights_hash(const bench_flights *flights, char hex[17])
{
    struct out out = {.capacity = 8 + flights->count * 4 + flights->first[flights->count] * 16};
    out.text = malloc(out.capacity);
    out.capacity = out.text == NULL ? 0 : out.capacity;
    put_u32(&out, (uint32_t)flights->count);
    for (size_t i = 0; i < flights->count; i++) {
        put_u32(&out, (uint32_t)(flights->first[i + 1] - flights->first[i]));
        for (size_t j = flights->first[i]; j < flights->first[i + 1]; j++) {
            const ovf_volumes_point *p = &flights->points[j];
            put_u32(&out, (uint32_t)p->place.lon_e7);
            put_u32(&out, (uint32_t)p->place.lat_e7);
            put_u32(&out, (uint32_t)p->low_ft);
            put_u32(&out, (uint32_t)p->time_s);
        }
    }
    hash_of(&out, hex);
}
