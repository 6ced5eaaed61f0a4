/* SPDX-License-Identifier: Apache-2.0 */
/* Territories against another drawing of them: countries with their territorial sea by
 * @geo-maps/countries-maritime-10km (OpenStreetMap, ODbL, 2018), when it lies beside this tree.
 * That set is 10 km accurate; so a point is compared only 12 km and more away from its edges and from
 * ours. Points are taken within a degree of its vertices, where the answer may change. What differs
 * is printed by pair of States; `explained` says why a pair may. argv: world, reference. */
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
#define POINTS 20000
#define AWAY_KM 12.0

static ovf_world *world;
static const char *reference_path;
static json_t *reference;

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

/* The reference's State at a point, "-": none; NULL: too near to an edge to say. */
static const char *reference_at(double x, double y)
{
    const char *found = "-";
    for (size_t i = 0; i < ring_count; i++) {
        const struct ring *r = &rings[i];
        if (x < r->west - 1 || x > r->east + 1 || y < r->south - 0.2 || y > r->north + 0.2)
            continue;
        if (away_km(r->points, x, y) < AWAY_KM)
            return NULL;
        if (ring_holds(r->points, x, y)) {
            if (found[0] != '-') /* drawn twice, as a State and as its territory; or disputed */
                return NULL;
            found = r->iso3;
        }
    }
    return found;
}

/* Ours, as text; NULL: within AWAY_KM of a border. */
static bool ours_at(ovf_point p, char code[4])
{
    ovf_whose whose = ovf_world_whose(world, p);
    for (int i = 0; i < 12; i++) {
        ovf_whose near = ovf_world_whose(world, ovf_destination(p, i * 30.0, AWAY_KM * 1000.0));
        ovf_whose half = ovf_world_whose(world, ovf_destination(p, i * 30.0, AWAY_KM * 500.0));
        if (near.state != whose.state || half.state != whose.state || near.is_doubtful
            || half.is_doubtful)
            return false;
    }
    ovf_str text = whose.is_high_seas ? OVF_STR("-") : OVF_STR("?");
    if (whose.state != OVF_INDEX_NONE)
        text = ovf_world_state(world, whose.state)->iso3;
    snprintf(code, 4, OVF_FMT, OVF_ARG(text));
    return true;
}

static bool is_one_state(const char *a, const char *b)
{
    uint32_t x = ovf_world_find_state(world, ovf_str_of(a));
    uint32_t y = ovf_world_find_state(world, ovf_str_of(b));
    return strcmp(a, b) == 0
           || (x != OVF_INDEX_NONE && y != OVF_INDEX_NONE
               && ovf_world_sovereign(world, x) == ovf_world_sovereign(world, y));
}

struct pair {
    char theirs[4], ours[4];
    size_t count;
    double lat_deg, lon_deg; /* of the first */
};

static struct explained {
    const char *theirs, *ours; /* "*": any */
    const char *why;
} explained[] = {
    {"AUS", "-", "straight baselines and cays of the Great Barrier Reef"},
    {"MHL", "-", "lagoons and archipelagic waters of 2016; Natural Earth lacks islets of the rims"},
    {"FSM", "-", "lagoons: Natural Earth lacks islets of the rims"},
    {"TUV", "-", "lagoons and archipelagic waters, whose baselines are not here"},
    {"SYC", "-", "archipelagic baselines of the outer islands are not here"},
    {"SLB", "-", "archipelagic baselines of Ontong Java are not here"},
    {"ECU", "-", "straight baselines round the Galapagos"},
    {"ARE", "-", "straight baselines off Abu Dhabi"},
    {"SWE", "-", "straight baselines"},
    {"FIN", "-", "straight baselines"},
    {"KHM", "-", "straight baselines"},
    {"VNM", "-", "straight baselines"},
    {"YEM", "-", "straight baselines"},
    {"PER", "-", "straight baselines"},
    {"CAN", "-", "straight baselines, Gulf of Saint Lawrence"},
    {"TON", "-", "reefs between the islands"},
    {"IND", "-", "reefs between the islands"},
    {"PHL", "-", "turning points on islets that the outlines lack"},
    {"PNG", "-", "turning points on islets that the outlines lack"},
    {"HND", "-", "cays that the outlines lack"},
    {"DOM", "-", "banks: the baselines of 2007 are drawn from four points here"},
    {"GRC", "-", "6 NM of sea and 10 NM of air: the other set draws 12"},
    {"-", "ATG", "Redonda, which the other set lacks"},
    {"-", "JPN", "Taisho, which the other set lacks"},
    {"-", "PLW", "Kayangel, which the other set lacks"},
    {"-", "IDN", "archipelagic waters"},
    {"-", "SLB", "archipelagic waters"},
    {"-", "?", "the Caspian beyond 15 NM, the Plata, the Sea of Azov"},
};

static bool is_explained(const struct pair *pair)
{
    for (size_t i = 0; i < OVF_COUNTOF(explained); i++) {
        const struct explained *e = &explained[i];
        if ((e->theirs[0] == '*' || strcmp(e->theirs, pair->theirs) == 0)
            && (e->ours[0] == '*' || strcmp(e->ours, pair->ours) == 0)) {
            print_message("    %s\n", e->why);
            return true;
        }
    }
    return false;
}

static struct pair pairs[500];
static size_t pair_count;

static void note_pair(const char *theirs, const char *ours, ovf_point p)
{
    size_t i = 0;
    while (i < pair_count
           && (strcmp(pairs[i].theirs, theirs) != 0 || strcmp(pairs[i].ours, ours) != 0))
        i++;
    if (i == OVF_COUNTOF(pairs))
        return;
    if (i == pair_count) {
        pair_count++;
        pairs[i] = (struct pair){.lat_deg = p.lat_deg, .lon_deg = p.lon_deg};
        snprintf(pairs[i].theirs, sizeof pairs[i].theirs, "%s", theirs);
        snprintf(pairs[i].ours, sizeof pairs[i].ours, "%s", ours);
    }
    pairs[i].count++;
}

static bool read_reference(void)
{
    if (access(reference_path, R_OK) != 0)
        return false;
    char command[1024];
    snprintf(command, sizeof command, "gzip -dc '%s'", reference_path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    reference = json_loadf(pipe, 0, NULL);
    pclose(pipe);
    assert_non_null(reference);
    json_t *features = json_object_get(reference, "features");
    for (size_t i = 0; i < json_array_size(features); i++)
        take_feature(json_array_get(features, i));
    return true;
}

static void agrees_with_reference(void **state)
{
    OVF_UNUSED(state);
    if (!read_reference()) {
        print_message("skipped: no %s\n", reference_path);
        skip();
    }
    size_t compared = 0, different = 0, unexplained = 0;
    uint64_t seed = 3;
    for (int i = 0; i < POINTS; i++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const struct ring *ring = &rings[(seed >> 33) % ring_count];
        size_t vertex = (size_t)(seed >> 40) % json_array_size(ring->points);
        double x = at(ring->points, vertex, 0) + (double)((seed >> 20) % 1000) / 500.0 - 1.0;
        double y = at(ring->points, vertex, 1) + (double)((seed >> 10) % 1000) / 500.0 - 1.0;
        if (fabs(x) > 179.0 || fabs(y) > 83.0 || y < -60.0)
            continue;
        char ours[4];
        const char *theirs = reference_at(x, y);
        if (theirs == NULL || !ours_at((ovf_point){y, x}, ours))
            continue;
        compared++;
        if (!is_one_state(theirs, ours)) {
            different++;
            note_pair(theirs, ours, (ovf_point){y, x});
        }
    }
    for (size_t i = 0; i < pair_count; i++) {
        print_message("%3zu  theirs %s, ours %s, e.g. %.3f,%.3f\n", pairs[i].count, pairs[i].theirs,
                      pairs[i].ours, pairs[i].lat_deg, pairs[i].lon_deg);
        if (!is_explained(&pairs[i]))
            unexplained += pairs[i].count;
    }
    json_decref(reference);
    print_message("%zu points compared, %zu differ, %zu of them unexplained: %.2f %% agree\n",
                  compared, different, unexplained,
                  100.0 * (double)(compared - different) / (double)compared);
    assert_true(compared > 2000);
    assert_true(unexplained * 500 <= compared);
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
