/* SPDX-License-Identifier: Apache-2.0 */
/* Projections against the numerical examples of Snyder, USGS PP 1395, appendix A, and against PROJ
 * on a grid of places. */
#include "draw_internal.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <proj.h>

#define CLARKE_A 6378206.4
#define CLARKE_E2 0.00676866
#define INTERNATIONAL_A 6378388.0
#define INTERNATIONAL_E2 0.00672267
#define WGS84_A 6378137.0
#define WGS84_E2 0.00669437999014

typedef enum which { MERCATOR, LAMBERT, POLAR, MILLER, EQUAL_EARTH } which;

/* Snyder's tables give 0.1 m on the ellipsoid and seven decimals on the unit sphere. */
static struct row {
    const char *name;
    which projection;
    double a, e2, lat0, lon0, lat1, lat2;
    double lat, lon; /* lon unwrapped about lon0 */
    double x, y, tolerance;
} rows[] = {
    {"Mercator, unit sphere", MERCATOR, 1, 0, 0, -180, 0, 0, 35, -75, 1.8325957, 0.6528366, 5e-8},
    {"Mercator, Clarke 1866", MERCATOR, CLARKE_A, CLARKE_E2, 0, -180, 0, 0, 35, -75, 11688673.7,
     4139145.6, 0.1},
    {"Lambert, unit sphere", LAMBERT, 1, 0, 23, -96, 33, 45, 35, -75, 0.2966785, 0.2462112, 5e-8},
    {"Lambert, Clarke 1866", LAMBERT, CLARKE_A, CLARKE_E2, 23, -96, 33, 45, 35, -75, 1894410.9,
     1564649.5, 0.1},
    // True at 71 S, 100 W up the page, the point 75 S 150 E.
    {"polar stereographic, International", POLAR, INTERNATIONAL_A, INTERNATIONAL_E2, 0, -100, -71,
     0, -75, 150 - 360, -1540033.6, -560526.4, 0.1},
    {"Miller, unit sphere", MILLER, 1, 0, 0, 0, 0, 0, 50, -75, -1.3089969, 0.9536371, 5e-8},
};

static void assert_near(double got, double want, double tolerance)
{
    if (!(fabs(got - want) <= tolerance))
        fail_msg("%.9f, expected %.9f within %g", got, want, tolerance);
}

static draw_projection make(const struct row *row)
{
    draw_projection p = {0};
    switch (row->projection) {
    case MERCATOR: draw_mercator_init(&p, row->a, row->e2, row->lon0); break;
    case LAMBERT:
        draw_lambert_init(&p, row->a, row->e2, row->lat0, row->lon0, row->lat1, row->lat2);
        break;
    case POLAR: draw_polar_init(&p, row->a, row->e2, row->lon0, row->lat1); break;
    case MILLER: draw_miller_init(&p, row->a, row->lon0); break;
    case EQUAL_EARTH: draw_equal_earth_init(&p, row->a, row->e2, row->lon0); break;
    }
    return p;
}

static void as_snyder(void **state)
{
    const struct row *row = *state;
    draw_projection p = make(row);
    double x = 0, y = 0, lat = 0, lon = 0;
    draw_project(&p, row->lat, row->lon, &x, &y);
    assert_near(x, row->x, row->tolerance);
    assert_near(y, row->y, row->tolerance);
    draw_unproject(&p, x, y, &lat, &lon);
    assert_near(lat, row->lat, 1e-9);
    assert_near(fmod(lon - row->lon, 360.0), 0, 1e-9);
}

static struct grid {
    const char *name;
    which projection;
    double lat0, lon0, lat1, lat2, south, north;
    const char *proj;
} grids[] = {
    {"Mercator as PROJ", MERCATOR, 0, -60, 0, 0, -80, 80,
     "+proj=merc +lon_0=-60 +ellps=WGS84 +units=m"},
    {"Lambert north as PROJ", LAMBERT, 10, -65, 3, 17, -30, 85,
     "+proj=lcc +lat_0=10 +lon_0=-65 +lat_1=3 +lat_2=17 +ellps=WGS84 +units=m"},
    {"Lambert south as PROJ", LAMBERT, -40, 140, -50, -30, -85, 30,
     "+proj=lcc +lat_0=-40 +lon_0=140 +lat_1=-50 +lat_2=-30 +ellps=WGS84 +units=m"},
    {"Lambert, one parallel, as PROJ", LAMBERT, 47, 8, 47, 47, 0, 85,
     "+proj=lcc +lat_0=47 +lon_0=8 +lat_1=47 +lat_2=47 +ellps=WGS84 +units=m"},
    {"polar north as PROJ", POLAR, 0, 20, 75, 0, 30, 90,
     "+proj=stere +lat_0=90 +lon_0=20 +lat_ts=75 +ellps=WGS84 +units=m"},
    {"polar south as PROJ", POLAR, 0, -100, -71, 0, -90, -30,
     "+proj=stere +lat_0=-90 +lon_0=-100 +lat_ts=-71 +ellps=WGS84 +units=m"},
    {"Miller as PROJ", MILLER, 0, 0, 0, 0, -85, 85, "+proj=mill +lon_0=0 +R=6378137 +units=m"},
    {"Equal Earth as PROJ", EQUAL_EARTH, 0, 11, 0, 0, -90, 90,
     "+proj=eqearth +lon_0=11 +ellps=WGS84 +units=m"},
};

static void as_proj(void **state)
{
    const struct grid *grid = *state;
    struct row row = {.projection = grid->projection,
                      .a = WGS84_A,
                      .e2 = WGS84_E2,
                      .lat0 = grid->lat0,
                      .lon0 = grid->lon0,
                      .lat1 = grid->lat1,
                      .lat2 = grid->lat2};
    draw_projection p = make(&row);
    PJ *pj = proj_create(PJ_DEFAULT_CTX, grid->proj);
    assert_non_null(pj);
    for (int i = 0; i <= 20; i++) {
        for (int k = -17; k <= 17; k++) {
            double lat = grid->south + (grid->north - grid->south) * i / 20;
            double lon = grid->lon0 + k * 10.0;
            if (fabs(lat) > 89.9)
                continue;
            double x = 0, y = 0, lat_back = 0, lon_back = 0;
            draw_project(&p, lat, lon, &x, &y);
            PJ_COORD want = proj_trans(
                pj, PJ_FWD, proj_coord(proj_torad(remainder(lon, 360.0)), proj_torad(lat), 0, 0));
            assert_near(x, want.xy.x, 0.001 + fabs(want.xy.x) * 1e-10);
            assert_near(y, want.xy.y, 0.001 + fabs(want.xy.y) * 1e-10);
            draw_unproject(&p, x, y, &lat_back, &lon_back);
            assert_near(lat_back, lat, 1e-9);
            assert_near(lon_back, lon, 1e-9);
        }
    }
    proj_destroy(pj);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(grids)] = {0};
    size_t count = 0;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[count++] = (struct CMUnitTest){rows[i].name, as_snyder, NULL, NULL, &rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(grids); i++)
        tests[count++] = (struct CMUnitTest){grids[i].name, as_proj, NULL, NULL, &grids[i]};
    return _cmocka_run_group_tests("projection", tests, count, NULL, NULL);
}
