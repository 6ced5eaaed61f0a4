/* SPDX-License-Identifier: Apache-2.0 */
/* Flights against volumes in PostGIS: a PostgreSQL of its own (postgis.sh) is given the pieces of the
 * first flights and the volumes, asked each task, and taken away again. */
#include "flights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SCRIPT "bench/postgis.sh"

static FILE *file_in(const char *folder, const char *name, const char *mode)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return fopen(path, mode);
}

static void put_ring(FILE *f, const ovf_ring *ring)
{
    fputs("((", f);
    for (uint32_t i = 0; i <= ring->count; i++) {
        ovf_fixed v = ring->vertices[i == ring->count ? 0 : i];
        fprintf(f, "%s%.7f %.7f", i == 0 ? "" : ",", v.lon_e7 / 1e7, v.lat_e7 / 1e7);
    }
    fputs("))", f);
}

static void put_firs(FILE *f, const bench_firs *firs)
{
    fputs("create table fir(id int, g geometry);\ncopy fir from stdin;\n", f);
    for (uint32_t i = 0; i < firs->count; i++) {
        fprintf(f, "%u\tMULTIPOLYGON(", (unsigned)i);
        for (uint32_t k = 0; k < firs->items[i].count; k++) {
            fputs(k == 0 ? "" : ",", f);
            put_ring(f, &firs->items[i].rings[k]);
        }
        fputs(")\n", f);
    }
    fputs("\\.\n", f);
}

static void put_areas(FILE *f, const bench_area *areas)
{
    fputs("create table area(id int, floor int, ceil int, t0 bigint, t1 bigint, g geometry);\n"
          "copy area from stdin;\n",
          f);
    for (unsigned i = 0; i < BENCH_AREAS; i++) {
        ovf_ring ring = {.vertices = areas[i].corners, .count = areas[i].count};
        fprintf(f, "%u\t%d\t%d\t%lld\t%lld\tPOLYGON", i, areas[i].floor_ft, areas[i].ceiling_ft,
                (long long)areas[i].from_s, (long long)areas[i].until_s);
        put_ring(f, &ring);
        fputc('\n', f);
    }
    fputs("\\.\n", f);
}

static void put_pieces(FILE *f, const bench_flights *flights, size_t count)
{
    fputs("create table seg(f int, j int, a0 int, a1 int, t0 bigint, t1 bigint, g geometry);\n"
          "copy seg from stdin;\n",
          f);
    for (size_t i = 0; i < count; i++)
        for (size_t k = flights->first[i]; k + 1 < flights->first[i + 1]; k++) {
            const ovf_volumes_point *a = &flights->points[k];
            const ovf_volumes_point *b = a + 1;
            if (llabs((int64_t)a->place.lon_e7 - b->place.lon_e7) > 1800000000)
                continue;
            fprintf(f, "%zu\t%zu\t%d\t%d\t%lld\t%lld\tLINESTRING(%.7f %.7f,%.7f %.7f)\n", i,
                    k - flights->first[i], a->low_ft < b->low_ft ? a->low_ft : b->low_ft,
                    a->high_ft > b->high_ft ? a->high_ft : b->high_ft, (long long)a->time_s,
                    (long long)b->time_s, a->place.lon_e7 / 1e7, a->place.lat_e7 / 1e7,
                    b->place.lon_e7 / 1e7, b->place.lat_e7 / 1e7);
        }
    fputs("\\.\n", f);
}

static bool write_questions(const char *folder)
{
    static const char *const joins[] = {
        "seg s join fir v on st_intersects(v.g, s.g)",
        "seg s join area v on st_intersects(v.g, s.g)",
        ("seg s join area v on st_intersects(v.g, s.g)"
         " where s.a1 >= v.floor and s.a0 <= v.ceil and s.t1 >= v.t0 and s.t0 <= v.t1"),
    };
    FILE *f = file_in(folder, "ask.sql", "w");
    if (f == NULL)
        return false;
    for (size_t i = 0; i < OVF_COUNTOF(joins); i++) {
        // The pairs of flight and volume first, which warms up; then twice what is timed.
        fprintf(f,
                "reset log_executor_stats;\n"
                "select 'pairs', count(*) from (select distinct s.f, v.id from %s) as pair;\n"
                "set client_min_messages = log;\nset log_executor_stats = on;\n",
                joins[i]);
        for (int k = 0; k < 2; k++)
            fprintf(f, "select 'pieces', count(*) from %s;\n", joins[i]);
        fputs("reset client_min_messages;\n", f);
    }
    fputs("select 'version', postgis_lib_version();\n", f);
    return fclose(f) == 0;
}

static bool write_load(const char *folder, const struct flights_data *data, size_t count)
{
    FILE *f = file_in(folder, "load.sql", "w");
    if (f == NULL)
        return false;
    fputs("create extension postgis;\n", f);
    put_firs(f, &data->firs);
    put_areas(f, data->areas);
    put_pieces(f, &data->flights, count);
    // An index on the pieces alone: then volumes are gone through one after the other, and PostGIS
    // prepares each once. Some FIRs touch themselves, and at the first look, which is not at a
    // prepared shape, it refuses such.
    fputs("update fir set g = st_makevalid(g) where not st_isvalid(g);\n"
          "create index on seg using gist(g);\nvacuum analyze;\n",
          f);
    return fclose(f) == 0;
}

/* The server tells of each statement what processor time it took. */
static void read_said(const char *folder, struct flights_postgis *out)
{
    char line[256];
    FILE *f = file_in(folder, "said", "r");
    size_t task = 0;
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        double user_s = 0, system_s = 0;
        unsigned long long number = 0;
        if (sscanf(line, "pairs|%llu", &number) == 1 && task < OVF_COUNTOF(out->tasks)) {
            out->tasks[task++].pairs = number;
        } else if (task > 0 && sscanf(line, "pieces|%llu", &number) == 1) {
            out->tasks[task - 1].pieces = number;
        } else if (task > 0 && strchr(line, '!') != NULL
                   && sscanf(strchr(line, '!'), "! %lf s user, %lf s system", &user_s, &system_s)
                          == 2) {
            // The total of the process comes in brackets; this is that of the statement.
            out->tasks[task - 1].cpu_ns = (user_s + system_s) * 1e9;
        } else if (strncmp(line, "version|", 8) == 0) {
            line[strcspn(line, "\n")] = '\0';
            snprintf(out->version, sizeof out->version, "%.15s", line + 8);
            out->is_there = task == OVF_COUNTOF(out->tasks);
        }
    }
    if (f != NULL)
        fclose(f);
}

void flights_postgis_run(const struct flights_data *data, size_t count, struct flights_postgis *out)
{
    char folder[] = "/tmp/overfly-postgis.XXXXXX";
    char command[128];
    *out = (struct flights_postgis){0};
    if (access(SCRIPT, R_OK) != 0 || system("sh " SCRIPT " check") != 0) {
        printf("PostGIS: skipped (Debian: postgresql-15-postgis-3)\n");
        return;
    }
    if (mkdtemp(folder) == NULL)
        flights_fail("no room for a folder");
    snprintf(command, sizeof command, "sh " SCRIPT " %s", folder);
    if (!write_load(folder, data, count) || !write_questions(folder) || system(command) != 0)
        printf("PostGIS: skipped (it did not run)\n");
    else
        read_said(folder, out);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0)
        printf("  left behind: %s\n", folder);
}
