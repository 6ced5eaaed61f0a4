/* SPDX-License-Identifier: Apache-2.0 */
/* Territories against another drawing of them: countries with their territorial sea by
 * @geo-maps/countries-maritime-10km (OpenStreetMap, ODbL, 2018), when it lies beside this tree.
 * That set counts straight baselines and archipelagic waters and is 10 km accurate; so a point is
 * compared only 12 km away from its edges, and where it gives a State that we give no sea, we are
 * content. But where both give a State it must be one State. argv: world, reference. */
#include <overfly/world.h>

#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define RINGS_MAX 4000
#define POINTS 4000
#define AWAY_KM 12.0

static ovf_world *world;
static const char *reference_path;

static struct ring {
    const char *iso3;
    json_t *points;
    double west, south, east, north;
} rings[RINGS_MAX];
static size_t ring_count;

static double at(json_t *points, size_t i, size_t axis)
{
    return json_number_value(json_array_get(json_array_get(points, i), axis));
}

static void take_ring(const char *iso3, json_t *points)
{
    assert_true(ring_count < RINGS_MAX);
    struct ring ring = {iso3, points, 180, 90, -180, -90};
    for (size_t i = 0; i < json_array_size(points); i++) {
        ring.west = fmin(ring.west, at(points, i, 0));
        ring.east = fmax(ring.east, at(points, i, 0));
        ring.south = fmin(ring.south, at(points, i, 1));
        ring.north = fmax(ring.north, at(points, i, 1));
    }
    rings[ring_count++] = ring;
}

static void take_feature(json_t *feature)
{
    const char *iso3 =
        json_string_value(json_object_get(json_object_get(feature, "properties"), "A3"));
    json_t *geometry = json_object_get(feature, "geometry");
    json_t *parts = json_object_get(geometry, "coordinates");
    bool is_multi =
        strcmp(json_string_value(json_object_get(geometry, "type")), "MultiPolygon") == 0;
    for (size_t i = 0; i < json_array_size(parts); i++) {
        json_t *part = json_array_get(parts, i);
        if (is_multi)
            take_ring(iso3, json_array_get(part, 0));
        else if (i == 0)
            take_ring(iso3, part);
    }
}

static bool ring_holds(json_t *points, double x, double y)
{
    bool is_inside = false;
    for (size_t i = 0, k = json_array_size(points) - 1; i < json_array_size(points); k = i++) {
        double ax = at(points, i, 0), ay = at(points, i, 1);
        double bx = at(points, k, 0), by = at(points, k, 1);
        if ((ay > y) != (by > y) && x < ax + (bx - ax) * (y - ay) / (by - ay))
            is_inside = !is_inside;
    }
    return is_inside;
}

static double away_km(json_t *points, double x, double y)
{
    double shrink = cos(y * 3.14159265358979 / 180.0);
    double best = 1e9;
    for (size_t i = 0; i + 1 < json_array_size(points); i++) {
        double ax = (at(points, i, 0) - x) * shrink, ay = at(points, i, 1) - y;
        double dx = (at(points, i + 1, 0) - x) * shrink - ax, dy = at(points, i + 1, 1) - y - ay;
        double t = -(ax * dx + ay * dy) / fmax(dx * dx + dy * dy, 1e-12);
        t = fmax(0.0, fmin(1.0, t));
        best = fmin(best, hypot(ax + t * dx, ay + t * dy) * 111.2);
    }
    return best;
}

/* The reference's State at a point; NULL: none, or too near to an edge to say. */
static const char *reference_at(double x, double y)
{
    const char *found = NULL;
    for (size_t i = 0; i < ring_count; i++) {
        const struct ring *r = &rings[i];
        if (x < r->west - 1 || x > r->east + 1 || y < r->south - 0.2 || y > r->north + 0.2)
            continue;
        if (away_km(r->points, x, y) < AWAY_KM)
            return NULL;
        if (ring_holds(r->points, x, y)) {
            if (found != NULL) /* drawn twice, as a State and as its territory; or disputed */
                return NULL;
            found = r->iso3;
        }
    }
    return found;
}

static void agrees_with_reference(void **state)
{
    OVF_UNUSED(state);
    if (access(reference_path, R_OK) != 0) {
        print_message("skipped: no %s\n", reference_path);
        skip();
    }
    char command[1024];
    snprintf(command, sizeof command, "gzip -dc '%s'", reference_path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    json_t *root = json_loadf(pipe, 0, NULL);
    pclose(pipe);
    assert_non_null(root);
    json_t *features = json_object_get(root, "features");
    for (size_t i = 0; i < json_array_size(features); i++)
        take_feature(json_array_get(features, i));

    size_t compared = 0, different = 0;
    uint64_t seed = 3;
    for (int i = 0; i < POINTS; i++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const struct ring *ring = &rings[(seed >> 33) % ring_count];
        size_t vertex = (size_t)(seed >> 40) % json_array_size(ring->points);
        double x = at(ring->points, vertex, 0) + (double)((seed >> 20) % 1000) / 1000.0 - 0.5;
        double y = at(ring->points, vertex, 1) + (double)((seed >> 10) % 1000) / 1000.0 - 0.5;
        if (fabs(x) > 180.0 || fabs(y) > 85.0)
            continue;
        const char *theirs = reference_at(x, y);
        ovf_whose ours = ovf_world_whose(world, (ovf_point){y, x});
        if (theirs == NULL || ours.state == OVF_INDEX_NONE || ours.is_doubtful || ours.is_disputed)
            continue;
        uint32_t their_state = ovf_world_find_state(world, ovf_str_of(theirs));
        compared++;
        if (their_state != ours.state
            && ovf_world_sovereign(world, their_state) != ovf_world_sovereign(world, ours.state)) {
            different++;
            print_message("%.4f,%.4f is %s there\n", y, x, theirs);
        }
    }
    json_decref(root);
    print_message("%zu points compared, %zu differ\n", compared, different);
    assert_true(compared > 200);
    assert_true(different * 200 <= compared);
}

int main(int argc, char **argv)
{
    ovf_error err = {0};
    if (argc < 3 || ovf_world_open(argv[1], &world, &err) != OVF_OK) {
        fprintf(stderr, "no world: %s\n", err.reason);
        return 1;
    }
    reference_path = argv[2];
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_reference)};
    int failed = cmocka_run_group_tests_name("sea_reference", tests, NULL, NULL);
    ovf_world_free(world);
    return failed;
}
