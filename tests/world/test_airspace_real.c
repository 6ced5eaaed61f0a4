/* SPDX-License-Identifier: Apache-2.0 */
/* Files as they circulate, when they lie beside this tree: VAT-Spy's boundaries and EUROCONTROL's
 * atlas (surfaces against an integral over the file's own vertices), France in both dialects of
 * OpenAir (which must agree), the AIXM data set of Donlon (EUROCONTROL and FAA, fictitious State).
 * argv[1]: the folder. */
#include <overfly/airspace.h>

#include <zlib.h>
#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *folder;

/* The unzipped file, in the arena; skips the test when it is not there. */
static ovf_str unzip(ovf_arena *arena, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    gzFile file = gzopen(path, "rb");
    if (file == NULL) {
        ovf_arena_done(arena);
        skip();
    }
    size_t capacity = (size_t)16 << 20;
    char *bytes = ovf_arena_array(arena, char, capacity);
    assert_non_null(bytes);
    int got = gzread(file, bytes, (unsigned)capacity);
    assert_true(got > 0 && (size_t)got < capacity);
    gzclose(file);
    return (ovf_str){bytes, (size_t)got};
}

static ovf_airspace_set read_set(ovf_str text, ovf_arena *arena)
{
    ovf_airspace_set set = {0};
    ovf_error err = {0};
    if (ovf_airspaces_read(text, OVF_AIRSPACE_ANY, NULL, arena, &set, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    for (size_t i = 0; i < set.findings.count; i++)
        print_message(OVF_FMT "\n", OVF_ARG(set.findings.items[i].message));
    return set;
}

static double surface_m2(const ovf_area *area)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_outline outline = {0};
    assert_int_equal(ovf_area_outline(area, 1.0, &arena, &outline, NULL), OVF_OK);
    double sum_m2 = ovf_outline_area_m2(&outline);
    ovf_arena_done(&arena);
    return sum_m2;
}

/* Between the equator and an edge that is straight in longitude and latitude (Snyder 3-12), by the
 * rule of the middle. */
static double edge_m2(const json_t *a, const json_t *b)
{
    const double pi = acos(-1.0), a_m = 6378137.0, f = 1.0 / 298.257223563;
    const double e = sqrt(f * (2.0 - f));
    double lon[2] = {json_number_value(json_array_get(a, 0)),
                     json_number_value(json_array_get(b, 0))};
    double lat[2] = {json_number_value(json_array_get(a, 1)),
                     json_number_value(json_array_get(b, 1))};
    int pieces = 1 + (int)(fabs(lat[1] - lat[0]) / 0.05);
    double sum = 0.0;
    for (int i = 0; i < pieces; i++) {
        double s = sin((lat[0] + (lat[1] - lat[0]) * (i + 0.5) / pieces) * pi / 180.0);
        sum += (1.0 - e * e) * (s / (1.0 - e * e * s * s) + atanh(e * s) / e) / pieces;
    }
    return a_m * a_m / 2.0 * sum * (lon[1] - lon[0]) * pi / 180.0;
}

static double ring_m2(const json_t *ring)
{
    double sum_m2 = 0.0;
    size_t count = json_array_size(ring);
    for (size_t i = 0; i < count; i++)
        sum_m2 += edge_m2(json_array_get(ring, i), json_array_get(ring, (i + 1) % count));
    return fabs(sum_m2);
}

static double polygon_m2(const json_t *polygon)
{
    double sum_m2 = 0.0;
    for (size_t i = 0; i < json_array_size(polygon); i++)
        sum_m2 += (i == 0 ? 1.0 : -1.0) * ring_m2(json_array_get(polygon, i));
    return sum_m2;
}

static double feature_m2(const json_t *root, uint32_t number)
{
    const json_t *feature = json_array_get(json_object_get(root, "features"), number - 1);
    const json_t *geometry = json_object_get(feature, "geometry");
    const json_t *parts = json_object_get(geometry, "coordinates");
    if (strcmp(json_string_value(json_object_get(geometry, "type")), "Polygon") == 0)
        return polygon_m2(parts);
    double sum_m2 = 0.0;
    for (size_t i = 0; i < json_array_size(parts); i++)
        sum_m2 += polygon_m2(json_array_get(parts, i));
    return sum_m2;
}

static const char *code_of(const json_t *feature)
{
    const json_t *properties = json_object_get(feature, "properties");
    const char *code = json_string_value(json_object_get(properties, "id"));
    return code != NULL ? code : json_string_value(json_object_get(properties, "AV_AIRSPAC"));
}

/* Of a code with several features the surface of the union is not the sum. */
static bool is_alone(const json_t *root, uint32_t number)
{
    const json_t *features = json_object_get(root, "features");
    const char *code = code_of(json_array_get(features, number - 1));
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(features); i++)
        count += strcmp(code_of(json_array_get(features, i)), code) == 0;
    return count == 1;
}

static void surfaces_agree(const char *name, size_t count)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_str text = unzip(&arena, name);
    ovf_airspace_set set = read_set(text, &arena);
    assert_int_equal(set.bad, 0);
    assert_int_equal(set.count, count);
    json_t *root = json_loadb(text.ptr, text.len, 0, NULL);
    assert_non_null(root);
    for (size_t i = 0; i < set.count; i++) {
        const ovf_airspace_volume *volume = &set.items[i];
        if (!is_alone(root, volume->feature))
            continue;
        double theirs_m2 = feature_m2(root, volume->feature);
        double ours_m2 = surface_m2(volume->area);
        if (fabs(ours_m2 - theirs_m2) > 1e-4 * theirs_m2)
            fail_msg(OVF_FMT ": %.0f m2, the file's vertices %.0f m2", OVF_ARG(volume->facts.ident),
                     ours_m2, theirs_m2);
    }
    json_decref(root);
    ovf_arena_done(&arena);
}

static void vatspy(void **state)
{
    OVF_UNUSED(state);
    surfaces_agree("fir/vatspy_boundaries.geojson.gz", 429);
}

static void eurocontrol(void **state)
{
    OVF_UNUSED(state);
    surfaces_agree("fir/europe_fir_uir_eurocontrol.geojson.gz", 110);
}

static void north_america(void **state)
{
    OVF_UNUSED(state);
    surfaces_agree("fir/north_america_fir_uir.geojson.gz", 58);
}

static void france_in_both_dialects(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_str texts[2] = {unzip(&arena, "airspace/france_openair_standard.txt.gz"),
                        unzip(&arena, "airspace/france_openair_extended.txt.gz")};
    ovf_airspace_set a = read_set(texts[0], &arena);
    ovf_airspace_set b = read_set(texts[1], &arena);
    assert_int_equal(a.bad, 0);
    assert_int_equal(b.bad, 0);
    assert_int_equal(a.count, 1611);
    assert_int_equal(b.count, 1611);
    size_t restricted = 0;
    for (size_t i = 0; i < a.count; i++) {
        const ovf_airspace_volume *x = &a.items[i];
        const ovf_airspace_volume *y = &b.items[i];
        assert_true(ovf_str_eq(x->facts.name, y->facts.name));
        assert_true(x->facts.lower.ref != OVF_LEVEL_UNKNOWN);
        assert_int_equal(x->facts.lower.value_ft, y->facts.lower.value_ft);
        assert_int_equal(x->facts.upper.value_ft, y->facts.upper.value_ft);
        assert_true(fabs(surface_m2(x->area) - surface_m2(y->area)) < 1.0);
        if (ovf_str_starts(x->facts.name, OVF_STR("LF-R31B ")))
            restricted += ovf_str_eq(x->facts.ident, OVF_STR("LF-R31B"))
                          && ovf_str_eq(x->facts.kind, OVF_STR("R"));
    }
    assert_int_equal(restricted, 1);
    ovf_arena_done(&arena);
}

static const ovf_airspace_volume *find(const ovf_airspace_set *set, const char *ident,
                                       const char *kind)
{
    for (size_t i = 0; i < set->count; i++)
        if (ovf_str_eq(set->items[i].facts.ident, ovf_str_of(ident))
            && ovf_str_eq(set->items[i].facts.kind, ovf_str_of(kind)))
            return &set->items[i];
    fail_msg("no %s %s", kind, ident);
    return NULL;
}

static void donlon(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_str text = unzip(&arena, "airspace/aixm_donlon/EA_AIP_DS_FULL_20170701.xml.gz");
    ovf_airspace_set set = read_set(text, &arena);
    assert_int_equal(set.features, 20);
    assert_int_equal(set.bad, 0);
    const ovf_airspace_volume *fir = find(&set, "EAAD", "FIR");
    assert_int_equal(fir->facts.upper.ref, OVF_LEVEL_UNL);
    assert_int_equal(ovf_area_contains(fir->area, (ovf_point){52.4, -32.0}), OVF_TRI_YES);
    // EAR1 is drawn as a circle of 15 NM; EAD6 as two lines and an arc of 227 degrees, 25 NM
    const ovf_airspace_volume *circle = NULL;
    for (size_t i = 0; i < set.count; i++)
        if (ovf_area_contains(set.items[i].area, (ovf_point){52.36666666666667, -22.1})
                == OVF_TRI_YES
            && set.items[i].facts.kind.len == 1)
            circle = &set.items[i];
    assert_non_null(circle);
    const double pi = acos(-1.0);
    double wanted_m2 = pi * pow(15.0 * 1852.0, 2.0);
    assert_true(fabs(surface_m2(circle->area) / wanted_m2 - 1.0) < 1e-3);
    ovf_arena_done(&arena);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    folder = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vatspy),        cmocka_unit_test(eurocontrol),
        cmocka_unit_test(north_america), cmocka_unit_test(france_in_both_dialects),
        cmocka_unit_test(donlon),
    };
    return cmocka_run_group_tests_name("airspace files as they circulate", tests, NULL, NULL);
}
