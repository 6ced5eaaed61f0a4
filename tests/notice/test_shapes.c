/* SPDX-License-Identifier: Apache-2.0 */
/* Arcs, sectors and what is taken out of areas: surfaces against the plane formulas of discs and
 * sectors. A geodesic disc of 20 NM is smaller than pi r^2 by less than a part in a million
 * (r^2 / 12 R^2), an arc drawn as chords of half a metre by a few parts in a hundred thousand, so
 * a thousandth is room enough. 10 NM = 18.52 km. */
#include "describe.h"

#include <math.h>

#define PI 3.14159265358979323846
#define NM_KM 1.852
/* A minute of latitude at 40N on WGS84: a (1 - e^2) / (1 - e^2 sin^2 40)^1.5 over 60 pi / 180. An arc has
 * the mean distance of its ends from the centre, and here they are ten minutes from it. */
#define MINUTE_M 1850.59

static double minutes_km2(double minutes)
{
    double radius_km = minutes * MINUTE_M / 1000;
    return PI * radius_km * radius_km;
}

static double disc_km2(double radius_nm)
{
    return PI * radius_nm * NM_KM * radius_nm * NM_KM;
}

enum piece { HALF_10, HALF_5, QUARTER_5, SECTOR_80_10KM, BELT_80_5_15, BELT_5_10, DISC_20_3, MOON };

static double surface_of(enum piece piece)
{
    switch (piece) {
    case HALF_10: return minutes_km2(10) / 2;
    case HALF_5: return disc_km2(5) / 2;
    case QUARTER_5: return disc_km2(5) / 4;
    case SECTOR_80_10KM: return PI * 100.0 * 80 / 360;
    case BELT_80_5_15: return (disc_km2(15) - disc_km2(5)) * 80 / 360;
    case BELT_5_10: return disc_km2(10) - disc_km2(5);
    case DISC_20_3: return disc_km2(20) - disc_km2(3);
    case MOON: return (minutes_km2(10) - minutes_km2(5)) / 2;
    }
    return 0;
}

#define P "401000N 0050000W"
#define Q "395000N 0050000W"
#define C "400000N 0050000W"

static struct row {
    const char *name;
    const char *text;
    enum piece piece;
} rows[] = {
    {"clockwise arc", "AREA: " P " THENCE CLOCKWISE ARC RADIUS 10NM CENTRED ON " C " TO " Q,
     HALF_10},
    {"anticlockwise arc", "AREA: " P " THENCE ANTICLOCKWISE ARC RADIUS 10NM CENTRED ON " C " TO " Q,
     HALF_10},
    {"arc before its ends",
     "AREA BOUNDED BY THE ANTI-CLOCKWISE ARC OF A CIRCLE OF 10NM CENTRED ON " C " BTN " P " AND " Q
     " THENCE A STRAIGHT LINE JOINING " Q " AND " P,
     HALF_10},
    {"arc back to the first point",
     "AREA: " P " - " Q " THENCE CLOCKWISE ARC RADIUS 10NM CENTRED ON " C " TO POINT OF ORIGIN",
     HALF_10},
    {"two arcs, one in, one out",
     "AREA BOUNDED BY THE CLOCKWISE ARC OF A CIRCLE HAVING A RADIUS OF 10NM CENTRED ON " C
     " FROM " P " TO " Q
     " THENCE AN ANTI-CLOCKWISE ARC OF A CIRCLE RADIUS 5NM CENTRED ON 395500N 0050000W BTN " Q
     " AND " C " THENCE A STRAIGHT LINE JOINING " C " AND " P,
     MOON},
    {"sector", "WI SECTOR CENTRE " C " AZM 040-120 DEG TRUE RADIUS 10KM", SECTOR_80_10KM},
    {"sector, centre behind", "WI SECTOR BTN AZM 040-120DEG TRUE RADIUS 10KM CENTRE " C,
     SECTOR_80_10KM},
    {"sector with an inner radius", "SECTOR 040-120 DEG TRUE, 5-15NM FM " C, BELT_80_5_15},
    {"sector over north", "BTN BRG 320 DEG TRUE AND 040 DEG TRUE FM 5NM TO 15NM OF " C,
     BELT_80_5_15},
    {"ring between radii", "AREA BTN 5NM AND 10NM RADIUS CENTRED ON " C, BELT_5_10},
    {"southern half", "SOUTHERN HALF OF A CIRCLE RADIUS 5NM CENTRED ON " C, HALF_5},
    {"quadrant", "SW QUADRANT OF A CIRCLE 5NM RADIUS CENTRED ON " C, QUARTER_5},
    {"circle out of a circle",
     "CIRCLE RADIUS 20NM CENTRED ON " C
     " EXCLUDING A CIRCLE RADIUS 3NM CENTRED ON 400500N 0050000W",
     DISC_20_3},
};

static ovf_notice *read_text(ovf_arena *arena, const char *item_e)
{
    char text[2000];
    snprintf(text, sizeof(text),
             "A1/26 NOTAMN\nQ) LECM/QRTCA/IV/BO/W/000/999/4000N00500W060\nA) LECM B) 2601010000 C) "
             "2601022359\nE) %s",
             item_e);
    ovf_notice *n = NULL;
    size_t count = 0;
    assert_int_equal(ovf_notice_read(NULL, ovf_str_of(text), NULL, arena, &n, &count, NULL),
                     OVF_OK);
    assert_int_equal(count, 1);
    return n;
}

static void has_surface(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice *n = read_text(&arena, row->text);
    assert_int_equal(n->area_count, 1);
    ovf_outline outline = {0};
    assert_int_equal(ovf_area_outline(n->areas[0].area, 1.0, &arena, &outline, NULL), OVF_OK);
    double got_km2 = ovf_outline_area_m2(&outline) / 1e6;
    double want_km2 = surface_of(row->piece);
    if (fabs(got_km2 - want_km2) > want_km2 / 1000)
        fail_msg("%.3f km2, expected %.3f km2", got_km2, want_km2);
    ovf_arena_done(&arena);
}

/* The chords of an arc are nowhere farther from it than half a metre. */
static void arc_is_fine(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice *n = read_text(&arena, rows[0].text);
    assert_int_equal(n->area_count, 1);
    for (double bearing_deg = 1; bearing_deg < 179; bearing_deg += 0.37) {
        ovf_point p = ovf_destination((ovf_point){40, -5}, bearing_deg, 10 * MINUTE_M);
        double off_m = ovf_area_border_distance_m(n->areas[0].area, p);
        if (off_m > 1)
            fail_msg("%.2f m at bearing %.2f", off_m, bearing_deg);
    }
    // Along the arc's own circle the chords come and go by half a metre.
    double least_m = HUGE_VAL;
    double most_m = 0;
    for (double bearing_deg = 1; bearing_deg < 179; bearing_deg += 0.037) {
        ovf_point p = ovf_destination((ovf_point){40, -5}, bearing_deg, 19000.0);
        double off_m = ovf_area_border_distance_m(n->areas[0].area, p);
        least_m = fmin(least_m, off_m);
        most_m = fmax(most_m, off_m);
    }
    assert_true(most_m - least_m < 0.51);
    ovf_arena_done(&arena);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 1] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, has_surface, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] =
        (struct CMUnitTest){"chords of an arc", arc_is_fine, NULL, NULL, NULL};
    return _cmocka_run_group_tests("notice_shapes", tests, OVF_COUNTOF(tests), NULL, NULL);
}
