/* SPDX-License-Identifier: Apache-2.0 */
#include "firs.h"

#include <zlib.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TEXT_MAX ((size_t)64 << 20)

const char *bench_firs_path(void)
{
    const char *path = getenv("OVF_BENCH_FIRS");
    return path != NULL ? path : "../shared/data/fir/vatspy_boundaries.geojson.gz";
}

static char *read_gz(const char *path, size_t *len)
{
    gzFile file = gzopen(path, "rb");
    if (file == NULL)
        return NULL;
    char *text = malloc(TEXT_MAX);
    int got = text == NULL ? -1 : gzread(file, text, TEXT_MAX);
    gzclose(file);
    if (got <= 0) {
        free(text);
        return NULL;
    }
    *len = (size_t)got;
    return text;
}

/* Clamped to the map, equal neighbours dropped, the closing vertex too. */
static bool read_ring(bench_firs *firs, json_t *line, ovf_ring *ring)
{
    size_t count = json_array_size(line);
    ovf_fixed *vertices = ovf_arena_array(&firs->arena, ovf_fixed, count);
    if (vertices == NULL)
        return false;
    uint32_t used = 0;
    for (size_t i = 0; i < count; i++) {
        json_t *at = json_array_get(line, i);
        double lon = json_number_value(json_array_get(at, 0));
        double lat = json_number_value(json_array_get(at, 1));
        lon = lon > 180 ? 180 : lon < -180 ? -180 : lon;
        ovf_fixed v = {(int32_t)llround(lat * 1e7), (int32_t)llround(lon * 1e7)};
        if (used == 0 || v.lat_e7 != vertices[used - 1].lat_e7
            || v.lon_e7 != vertices[used - 1].lon_e7)
            vertices[used++] = v;
    }
    while (used > 1 && vertices[0].lat_e7 == vertices[used - 1].lat_e7
           && vertices[0].lon_e7 == vertices[used - 1].lon_e7)
        used--;
    firs->vertices += used + 1;
    *ring = (ovf_ring){.vertices = vertices, .count = used};
    return true;
}

static bool read_fir(bench_firs *firs, json_t *feature)
{
    json_t *geometry = json_object_get(feature, "geometry");
    json_t *coordinates = json_object_get(geometry, "coordinates");
    const char *type = json_string_value(json_object_get(geometry, "type"));
    bool is_multi = type != NULL && strcmp(type, "MultiPolygon") == 0;
    size_t count = is_multi ? json_array_size(coordinates) : 1;
    bench_fir *fir = &firs->items[firs->count];
    const ovf_area **parts = ovf_arena_alloc(&firs->arena, count, sizeof(*parts));
    fir->rings = ovf_arena_array(&firs->arena, ovf_ring, count);
    if (parts == NULL || fir->rings == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        json_t *polygon = is_multi ? json_array_get(coordinates, i) : coordinates;
        if (!read_ring(firs, json_array_get(polygon, 0), &fir->rings[i])
            || ovf_area_rings(&firs->arena, &fir->rings[i], 1, &parts[i], NULL) != OVF_OK)
            return false;
    }
    fir->count = (uint32_t)count;
    firs->count++;
    return ovf_area_union(&firs->arena, parts, count, &fir->area, NULL) == OVF_OK;
}

bool bench_firs_load(bench_firs *firs, const char *path)
{
    size_t len = 0;
    *firs = (bench_firs){0};
    char *text = read_gz(path, &len);
    if (text == NULL)
        return false;
    json_t *root = json_loadb(text, len, 0, NULL);
    free(text);
    json_t *features = json_object_get(root, "features");
    ovf_arena_init(&firs->arena, 0);
    firs->items = ovf_arena_array(&firs->arena, bench_fir, json_array_size(features) + 1);
    bool is_fine = firs->items != NULL;
    for (size_t i = 0; is_fine && i < json_array_size(features); i++) {
        json_t *feature = json_array_get(features, i);
        const char *id =
            json_string_value(json_object_get(json_object_get(feature, "properties"), "id"));
        if (id != NULL && strchr(id, '-') == NULL)
            is_fine = read_fir(firs, feature);
    }
    json_decref(root);
    return is_fine && firs->count > 0;
}

void bench_firs_done(bench_firs *firs)
{
    ovf_arena_done(&firs->arena);
}

uint64_t bench_next(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15u;
    uint64_t z = *state;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

double bench_u01(uint64_t *state)
{
    return (double)(bench_next(state) >> 11) * 0x1p-53;
}

ovf_fixed *bench_points(size_t count)
{
    ovf_fixed *points = malloc(count * sizeof *points);
    uint64_t state = 1;
    for (size_t i = 0; points != NULL && i < count; i++) {
        double lon = -180 + 360 * bench_u01(&state);
        double lat = asin(2 * bench_u01(&state) - 1) * (180.0 / 3.14159265358979323846);
        points[i] = (ovf_fixed){(int32_t)llround(lat * 1e7), (int32_t)llround(lon * 1e7)};
    }
    return points;
}

double bench_now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

int bench_by_size(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}
