/* SPDX-License-Identifier: Apache-2.0 */
/* The draws of the benchmark tasks, in their order: SplitMix64 with seed 2, the sphere's direct
 * formula, coordinates in 1e-7 degrees. A libm that rounds otherwise moves a coordinate by one. */
#include "made.h"

#include "firs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SPHERE_M 6371008.8
#define START_S 1767225600 /* 2026-01-01 */
#define CORNERS_MAX 64

static const double pi = 3.14159265358979323846;

struct made {
    const bench_airport *airport;
    ovf_fixed centre;
    double radius_m;
    ovf_fixed corners[CORNERS_MAX];
    int count;
    bool is_polygon;
    int floor_ft, ceiling_ft;
    time_t from, until;
};

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
static bool draw(uint64_t *state, const bench_airport *airports, int index, struct made *m)
{
    m->is_polygon = index % 2 == 1;
    const bench_airport *near = &airports[bench_next(state) % BENCH_AIRPORTS];
    m->airport = &airports[index % BENCH_AIRPORTS];
    double bearing_deg = 360 * bench_u01(state);
    double away_m = 150 * 1852 * bench_u01(state);
    m->radius_m = 1852 * pow(50, bench_u01(state));
    m->count = m->is_polygon ? 4 + (int)(bench_next(state) % 13) : CORNERS_MAX;
    m->centre = destination((ovf_fixed){near->lat_e7, near->lon_e7}, bearing_deg, away_m);
    bool is_bad = is_beyond(m->centre, 850000000, 1785000000);
    for (int j = 0; j < m->count; j++) {
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
    m->from = START_S + (time_t)(bench_next(state) % 86400);
    m->until = m->from + 1800 + (time_t)(bench_next(state) % 86400);
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

static void put_stamp(struct out *out, time_t at)
{
    struct tm t;
    gmtime_r(&at, &t);
    put(out, "%02d%02d%02d%02d%02d", t.tm_year % 100, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min);
}

static void put_area(struct out *out, const struct made *m)
{
    if (!m->is_polygon) {
        put(out, "TEMPO RESTRICTED AREA ACT WI CIRCLE RADIUS %.1fNM CENTRED ON PSN ",
            m->radius_m / 1852);
        put_second(out, m->centre);
        put(out, " DUE TO MIL EXER. ACFT SHALL REMAIN CLR OF THE AREA.");
        return;
    }
    put(out, "TEMPO RESTRICTED AREA ACT WI AN AREA BOUNDED BY LINES JOINING\n");
    for (int j = 0; j <= m->count; j++) {
        put_second(out, m->corners[j % m->count]);
        if (j < m->count)
            put(out, j % 3 == 2 ? " -\n" : " - ");
    }
    put(out, "\nDUE TO FRNG. ENTRY PROHIBITED EXC BY PERMISSION OF ATC.");
}

static void put_notice(struct out *out, const struct made *m, int index)
{
    long lat = parts(m->centre.lat_e7, 60);
    long lon = parts(m->centre.lon_e7, 60);
    put(out, "(A%04d/26 NOTAMN\nQ) %s/QRTCA/IV/BO/W/%03d/%03d/%02ld%02ld%c%03ld%02ld%c%03d\n",
        index, m->airport->ident, m->floor_ft / 100, m->ceiling_ft / 100, lat / 60, lat % 60,
        m->centre.lat_e7 < 0 ? 'S' : 'N', lon / 60, lon % 60, m->centre.lon_e7 < 0 ? 'W' : 'E',
        m->is_polygon ? 50 : (int)ceil(m->radius_m / 1852));
    put(out, "A) %s B) ", m->airport->ident);
    put_stamp(out, m->from);
    put(out, " C) ");
    put_stamp(out, m->until);
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
        struct made m;
        while (!draw(&state, airports, i, &m)) {
        }
        if (i > 0)
            put(&out, "\n\n");
        put_notice(&out, &m, i);
        ends[i] = out.len;
    }
    put(&out, "\n");
    *len = out.len;
    return out.text;
}
