/* SPDX-License-Identifier: Apache-2.0 */
/* Map projections on the ellipsoid, forward and inverse.
 * Source: J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987);
 * the numbers in brackets are its equations. And B. Savric, T. Patterson, B. Jenny, The Equal Earth
 * map projection, Int. J. Geographical Information Science 33 (2019), 454-465. */
#include "draw_internal.h"

#include <math.h>

#define RAD (DRAW_PI / 180.0)

/* Mercator and the cone run to infinity at a pole; the map never shows more than this. */
#define LAT_LIMIT_DEG 89.9

/* m: radius of a parallel over the equatorial radius (14-15). */
static double parallel_m(double e, double lat_rad)
{
    double es = e * sin(lat_rad);
    return cos(lat_rad) / sqrt(1.0 - es * es);
}

/* t: the tangent of half the conformal colatitude (15-9). */
static double conformal_t(double e, double lat_rad)
{
    double es = e * sin(lat_rad);
    return tan(DRAW_PI / 4 - lat_rad / 2) / pow((1.0 - es) / (1.0 + es), e / 2);
}

/* The latitude of t, by the iteration (7-9). Each round gains two digits and a half on the Earth. */
static double latitude_of_t(double e, double t)
{
    double lat_rad = DRAW_PI / 2 - 2 * atan(t);
    for (int round = 0; round < 8; round++) {
        double es = e * sin(lat_rad);
        lat_rad = DRAW_PI / 2 - 2 * atan(t * pow((1.0 - es) / (1.0 + es), e / 2));
    }
    return lat_rad;
}

void draw_mercator_init(draw_projection *p, double a_m, double e2, double lon0_deg)
{
    *p = (draw_projection){
        .kind = DRAW_MERCATOR,
        .a_m = a_m,
        .e = sqrt(e2),
        .lon0_deg = lon0_deg,
    };
}

void draw_lambert_init(draw_projection *p, double a_m, double e2, double lat0_deg, double lon0_deg,
                       double lat1_deg, double lat2_deg)
{
    double e = sqrt(e2);
    double m1 = parallel_m(e, lat1_deg * RAD);
    double t1 = conformal_t(e, lat1_deg * RAD);
    double n = sin(lat1_deg * RAD);
    if (fabs(lat1_deg - lat2_deg) > 1e-9) { /* (15-8) */
        double m2 = parallel_m(e, lat2_deg * RAD);
        double t2 = conformal_t(e, lat2_deg * RAD);
        n = (log(m1) - log(m2)) / (log(t1) - log(t2));
    }
    double f = m1 / (n * pow(t1, n)); /* (15-10) */
    *p = (draw_projection){
        .kind = DRAW_LAMBERT,
        .a_m = a_m,
        .e = e,
        .lon0_deg = lon0_deg,
        .n = n,
        .f = f,
        .rho0_m = a_m * f * pow(conformal_t(e, lat0_deg * RAD), n), /* (15-7a) */
    };
}

void draw_polar_init(draw_projection *p, double a_m, double e2, double lon0_deg,
                     double true_lat_deg)
{
    double e = sqrt(e2);
    double lat_rad = fabs(true_lat_deg) * RAD;
    double polar_m;
    if (fabs(true_lat_deg) > LAT_LIMIT_DEG) /* (21-33) with k0 = 1 */
        polar_m = 2.0 * a_m / sqrt(pow(1.0 + e, 1.0 + e) * pow(1.0 - e, 1.0 - e));
    else /* (21-34) */
        polar_m = a_m * parallel_m(e, lat_rad) / conformal_t(e, lat_rad);
    *p = (draw_projection){
        .kind = DRAW_POLAR,
        .a_m = a_m,
        .e = e,
        .lon0_deg = lon0_deg,
        .polar_m = polar_m,
        .sign = true_lat_deg < 0 ? -1.0 : 1.0,
    };
}

void draw_miller_init(draw_projection *p, double radius_m, double lon0_deg)
{
    *p = (draw_projection){.kind = DRAW_MILLER, .a_m = radius_m, .lon0_deg = lon0_deg};
}

/* Equal Earth: coefficients A1 to A4 of the paper's equation (7). */
#define EE_A1 1.340264
#define EE_A2 (-0.081106)
#define EE_A3 0.000893
#define EE_A4 0.003796

/* q: what the areas between parallels add up to (3-12). */
static double authalic_q(double e, double lat_rad)
{
    double s = sin(lat_rad);
    if (e <= 0)
        return 2.0 * s;
    double es = e * s;
    return (1.0 - e * e) * (s / (1.0 - es * es) - log((1.0 - es) / (1.0 + es)) / (2.0 * e));
}

/* The latitude of q (3-16); from a first guess within a fifth of a degree. */
static double latitude_of_q(double e, double q, double q_pole)
{
    double lat_rad = asin(fmin(fmax(q / q_pole, -1.0), 1.0));
    for (int round = 0; round < 8 && fabs(fabs(lat_rad) - DRAW_PI / 2) > 1e-9; round++) {
        double es2 = e * e * sin(lat_rad) * sin(lat_rad);
        double slope = 2.0 * (1.0 - e * e) * cos(lat_rad) / ((1.0 - es2) * (1.0 - es2));
        lat_rad += (q - authalic_q(e, lat_rad)) / slope;
        lat_rad = fmin(fmax(lat_rad, -DRAW_PI / 2), DRAW_PI / 2);
    }
    return lat_rad;
}

void draw_equal_earth_init(draw_projection *p, double a_m, double e2, double lon0_deg)
{
    double q_pole = authalic_q(sqrt(e2), DRAW_PI / 2);
    *p = (draw_projection){
        .kind = DRAW_EQUAL_EARTH,
        .a_m = a_m * sqrt(q_pole / 2.0), /* the radius of the sphere with the same surface (3-13) */
        .e = sqrt(e2),
        .lon0_deg = lon0_deg,
        .q_pole = q_pole,
    };
}

/* y over the radius, and its derivative, at the parametric latitude. */
static double equal_earth_y(double t, double *slope)
{
    double t2 = t * t, t6 = t2 * t2 * t2;
    *slope = EE_A1 + 3 * EE_A2 * t2 + t6 * (7 * EE_A3 + 9 * EE_A4 * t2);
    return t * (EE_A1 + EE_A2 * t2 + t6 * (EE_A3 + EE_A4 * t2));
}

static void equal_earth(const draw_projection *p, double lat_rad, double dlon_rad, double *x_m,
                        double *y_m)
{
    double sine = authalic_q(p->e, lat_rad) / p->q_pole; /* of the authalic latitude (3-11) */
    double t = asin(fmin(fmax(sine, -1.0), 1.0) * sqrt(3.0) / 2.0);
    double slope = 0;
    *y_m = p->a_m * equal_earth_y(t, &slope);
    *x_m = p->a_m * dlon_rad * cos(t) * 2.0 * sqrt(3.0) / (3.0 * slope);
}

static void equal_earth_inverse(const draw_projection *p, double x_m, double y_m, double *lat_rad,
                                double *dlon_rad)
{
    double y = y_m / p->a_m, t = y / EE_A1, slope = EE_A1;
    for (int round = 0; round < 12; round++) { /* Newton; t of a pole is 60 degrees */
        t -= (equal_earth_y(t, &slope) - y) / slope;
        t = fmin(fmax(t, -DRAW_PI / 3), DRAW_PI / 3);
    }
    equal_earth_y(t, &slope);
    *lat_rad = latitude_of_q(p->e, p->q_pole * sin(t) * 2.0 / sqrt(3.0), p->q_pole);
    *dlon_rad = x_m / p->a_m * 3.0 * slope / (2.0 * sqrt(3.0) * cos(t));
}

static double clamp_lat(double lat_deg)
{
    return fmin(fmax(lat_deg, -LAT_LIMIT_DEG), LAT_LIMIT_DEG);
}

void draw_project(const draw_projection *p, double lat_deg, double lon_deg, double *x_m,
                  double *y_m)
{
    double dlon_rad = (lon_deg - p->lon0_deg) * RAD;
    switch (p->kind) {
    case DRAW_MERCATOR: /* (7-6), (7-7) */
        *x_m = p->a_m * dlon_rad;
        *y_m = -p->a_m * log(conformal_t(p->e, clamp_lat(lat_deg) * RAD));
        return;
    case DRAW_LAMBERT: { /* (14-1), (14-2), (14-4), (15-7) */
        double rho_m = p->a_m * p->f * pow(conformal_t(p->e, clamp_lat(lat_deg) * RAD), p->n);
        *x_m = rho_m * sin(p->n * dlon_rad);
        *y_m = p->rho0_m - rho_m * cos(p->n * dlon_rad);
        return;
    }
    case DRAW_POLAR: { /* (21-30), (21-31); south: signs as the text after (21-34) says */
        double lat_rad = fmax(p->sign * lat_deg, -LAT_LIMIT_DEG) * RAD;
        double rho_m = p->polar_m * conformal_t(p->e, lat_rad);
        *x_m = rho_m * sin(dlon_rad);
        *y_m = -p->sign * rho_m * cos(dlon_rad);
        return;
    }
    case DRAW_MILLER: /* (11-1), (11-2) */
        *x_m = p->a_m * dlon_rad;
        *y_m = p->a_m * log(tan(DRAW_PI / 4 + 0.4 * lat_deg * RAD)) / 0.8;
        return;
    case DRAW_EQUAL_EARTH: equal_earth(p, lat_deg * RAD, dlon_rad, x_m, y_m); return;
    }
}

void draw_unproject(const draw_projection *p, double x_m, double y_m, double *lat_deg,
                    double *lon_deg)
{
    double lat_rad = 0, dlon_rad = 0;
    switch (p->kind) {
    case DRAW_MERCATOR: /* (7-10), (7-9) */
        lat_rad = latitude_of_t(p->e, exp(-y_m / p->a_m));
        dlon_rad = x_m / p->a_m;
        break;
    case DRAW_LAMBERT: { /* (14-10), (14-11), (15-11): n carries the sign of the hemisphere */
        double sign = p->n < 0 ? -1.0 : 1.0;
        double up_m = sign * (p->rho0_m - y_m);
        double rho_m = sign * hypot(x_m, up_m);
        lat_rad = latitude_of_t(p->e, pow(rho_m / (p->a_m * p->f), 1.0 / p->n));
        dlon_rad = atan2(sign * x_m, up_m) / p->n;
        break;
    }
    case DRAW_POLAR: /* (21-40) */
        lat_rad = p->sign * latitude_of_t(p->e, hypot(x_m, y_m) / p->polar_m);
        dlon_rad = atan2(x_m, -p->sign * y_m);
        break;
    case DRAW_MILLER: /* (11-6), (11-7) */
        lat_rad = 2.5 * atan(exp(0.8 * y_m / p->a_m)) - 5.0 * DRAW_PI / 8.0;
        dlon_rad = x_m / p->a_m;
        break;
    case DRAW_EQUAL_EARTH: equal_earth_inverse(p, x_m, y_m, &lat_rad, &dlon_rad); break;
    }
    *lat_deg = lat_rad / RAD;
    *lon_deg = p->lon0_deg + dlon_rad / RAD;
}
