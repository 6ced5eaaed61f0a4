/* SPDX-License-Identifier: Apache-2.0 */
/* Where and how high a notice applies, in English. */
#include "plain.h"

#include <overfly/geo.h>

#include <math.h>

enum { AREAS_TOLD = 3, NAMES_TOLD = 8 };

/* A line is held as a strip of a metre: no width that anybody wrote. */
#define LINE_MIN_M 5.0

static void say_position(ovf_buf *b, ovf_point p)
{
    double lat = fabs(p.lat_deg);
    double lon = fabs(p.lon_deg);
    int lat_min = (int)lround(lat * 60);
    int lon_min = (int)lround(lon * 60);
    ovf_buf_printf(b, "%02d\xC2\xB0%02d'%c %03d\xC2\xB0%02d'%c", lat_min / 60, lat_min % 60,
                   p.lat_deg < 0 ? 'S' : 'N', lon_min / 60, lon_min % 60,
                   p.lon_deg < 0 ? 'W' : 'E');
}

/* Middle and size of what the points of an area span; the longitudes from the first one on, so that
 * an area over 180 degrees has its middle there. */
static void say_extent(ovf_buf *b, const ovf_notice_area *area)
{
    double south = 90;
    double north = -90;
    double west = 360;
    double east = -360;
    double base = area->points[0].lon_deg;
    for (size_t i = 0; i < area->point_count; i++) {
        double off = remainder(area->points[i].lon_deg - base, 360);
        south = fmin(south, area->points[i].lat_deg);
        north = fmax(north, area->points[i].lat_deg);
        west = fmin(west, off);
        east = fmax(east, off);
    }
    ovf_point middle = {.lat_deg = (south + north) / 2,
                        .lon_deg = remainder(base + (west + east) / 2, 360)};
    double high_nm = (north - south) * 60;
    double wide_nm = (east - west) * 60 * cos(middle.lat_deg * 3.14159265358979 / 180);
    const char *form = high_nm < 9.5 && wide_nm < 9.5 ? "%.1f by %.1f" : "%.0f by %.0f";
    ovf_plain_say(b, "about ");
    ovf_buf_printf(b, form, wide_nm, high_nm);
    ovf_plain_say(b, " nautical miles round ");
    say_position(b, middle);
}

static void say_name(ovf_buf *b, const ovf_notice_area *area)
{
    if (area->name.len == 0)
        return;
    ovf_plain_say(b, " \"");
    ovf_buf_add(b, area->name);
    ovf_plain_say(b, "\"");
}

static void say_area(ovf_buf *b, const ovf_notice_area *area)
{
    switch (area->shape) {
    case OVF_SHAPE_STATE:
        ovf_plain_say(b, "in the airspace of ");
        ovf_plain_state(b, area->name);
        break;
    case OVF_SHAPE_CIRCLE:
        if (area->certainty == OVF_CERTAINTY_Q_CIRCLE)
            ovf_plain_say(b, "somewhere ");
        ovf_buf_printf(b, "within %.4g nautical mile%s of ", ovf_m_to_nm(area->radius_m),
                       fabs(ovf_m_to_nm(area->radius_m) - 1) < 0.0005 ? "" : "s");
        if (area->point_count > 0)
            say_position(b, area->points[0]);
        else
            ovf_plain_say(b, "a point");
        say_name(b, area);
        break;
    case OVF_SHAPE_POINT:
        ovf_plain_say(b, "at ");
        if (area->point_count > 0)
            say_position(b, area->points[0]);
        else
            ovf_plain_say(b, "a point");
        say_name(b, area);
        break;
    case OVF_SHAPE_LINE:
    case OVF_SHAPE_CORRIDOR:
        ovf_plain_say(b, area->shape == OVF_SHAPE_LINE ? "along a line" : "in a corridor");
        if (area->radius_m >= LINE_MIN_M)
            ovf_buf_printf(b, " %.3g nautical miles to either side", ovf_m_to_nm(area->radius_m));
        if (area->point_count > 1) {
            ovf_plain_say(b, " from ");
            say_position(b, area->points[0]);
            ovf_plain_say(b, " to ");
            say_position(b, area->points[area->point_count - 1]);
        }
        say_name(b, area);
        break;
    case OVF_SHAPE_NONE:
    case OVF_SHAPE_FIR:
    case OVF_SHAPE_AIRPORT:
    case OVF_SHAPE_ROUTE:
    case OVF_SHAPE_NAMED:
    case OVF_SHAPE_POLYGON:
    case OVF_SHAPE_SECTOR:
    case OVF_SHAPE_BUFFER:
        ovf_plain_say(b, "in an area");
        say_name(b, area);
        if (area->point_count > 0) {
            ovf_plain_say(b, " ");
            say_extent(b, area);
        }
        break;
    }
}

/* Areas of one kind that are only named are told together: "the flight information regions A, B". */
static bool is_listed(const ovf_notice_area *area)
{
    return area->name.len > 0
           && (area->shape == OVF_SHAPE_FIR || area->shape == OVF_SHAPE_AIRPORT
               || area->shape == OVF_SHAPE_NAMED || area->shape == OVF_SHAPE_ROUTE);
}

bool ovf_plain_is_first(const ovf_notice *n, ovf_shape shape)
{
    return n->area_count > 0 && n->areas[0].shape == shape;
}

static void say_kind(ovf_buf *b, ovf_shape shape, bool is_one, bool is_object)
{
    if (is_object && shape == OVF_SHAPE_ROUTE) {
        ovf_plain_say(b, is_one ? "the route " : "the routes ");
        return;
    }
    switch (shape) {
    case OVF_SHAPE_FIR: ovf_plain_say(b, "in the flight information region"); break;
    case OVF_SHAPE_AIRPORT: ovf_plain_say(b, "at the aerodrome"); break;
    case OVF_SHAPE_ROUTE: ovf_plain_say(b, "on the route"); break;
    default: ovf_plain_say(b, "in the area"); break;
    }
    ovf_plain_say(b, is_one ? " " : "s ");
}

static bool is_told(const ovf_notice *n, size_t first, size_t i)
{
    for (size_t k = first; k < i; k++) {
        if (ovf_str_eq(n->areas[k].name, n->areas[i].name))
            return true;
    }
    return false;
}

/* Names from area i on that are of its kind; returns the area behind them. */
static size_t say_names(ovf_buf *b, const ovf_notice *n, size_t first, bool with_kind)
{
    ovf_shape shape = n->areas[first].shape;
    size_t end = first;
    size_t names = 0;
    for (; end < n->area_count && n->areas[end].shape == shape && is_listed(&n->areas[end]); end++)
        names += !is_told(n, first, end);
    if (with_kind)
        say_kind(b, shape, names == 1, first == 0 && n->effect == OVF_EFFECT_CLOSED);
    size_t said = 0;
    for (size_t i = first; i < end && said < NAMES_TOLD; i++) {
        if (is_told(n, first, i))
            continue;
        said++;
        ovf_plain_say(b, said == 1 ? "" : said == names ? " and " : ", ");
        if (shape == OVF_SHAPE_ROUTE)
            ovf_expand_route(b, n->areas[i].name, 120);
        else
            ovf_buf_add(b, n->areas[i].name);
    }
    if (names > said)
        ovf_buf_printf(b, " and %zu more", names - said);
    return end;
}

bool ovf_plain_where(ovf_buf *b, const ovf_notice *n, bool is_aerodrome_said)
{
    size_t said = 0;
    size_t i = 0;
    bool is_aerodrome = n->area_count > 0 && n->areas[0].shape == OVF_SHAPE_AIRPORT;
    while (i < n->area_count && said < AREAS_TOLD) {
        bool with_kind = !(i == 0 && is_aerodrome && is_aerodrome_said);
        ovf_plain_say(b, said == 0 ? " " : i + 1 == n->area_count ? " and " : ", ");
        if (is_listed(&n->areas[i]))
            i = say_names(b, n, i, with_kind);
        else
            say_area(b, &n->areas[i++]);
        said++;
    }
    if (i < n->area_count)
        ovf_buf_printf(b, " and in %zu more", n->area_count - i);
    bool is_placed = is_aerodrome || (n->area_count > 0 && n->areas[0].shape == OVF_SHAPE_FIR);
    if (n->area_count > 0 && !is_placed && n->fir_count > 0) {
        ovf_plain_say(b, ", flight information region");
        for (size_t k = 0; k < n->fir_count && k < 4; k++)
            ovf_buf_printf(b, "%s " OVF_FMT, k == 0 ? "" : ",", OVF_ARG(n->firs[k]));
    }
    if (n->area_count == 0 && n->locations.len > 0)
        ovf_buf_printf(b, " at " OVF_FMT, OVF_ARG(ovf_str_sub(n->locations, 0, 60)));
    return n->area_count > 0;
}

static void say_level(ovf_buf *b, ovf_level level)
{
    switch (level.ref) {
    case OVF_LEVEL_SFC: ovf_plain_say(b, "the surface"); return;
    case OVF_LEVEL_AGL: ovf_buf_printf(b, "%d feet above the ground", (int)level.value_ft); return;
    case OVF_LEVEL_AMSL: ovf_buf_printf(b, "%d feet above sea level", (int)level.value_ft); return;
    case OVF_LEVEL_FL: ovf_buf_printf(b, "flight level %d", (int)(level.value_ft / 100)); return;
    case OVF_LEVEL_UNL: ovf_plain_say(b, "any height"); return;
    case OVF_LEVEL_UNKNOWN: break;
    }
    ovf_plain_say(b, "a level not known");
}

static bool same_levels(const ovf_notice *n)
{
    const ovf_notice_area *first = &n->areas[0];
    for (size_t i = 1; i < n->area_count; i++) {
        const ovf_notice_area *area = &n->areas[i];
        if (area->lower.ref != first->lower.ref || area->lower.value_ft != first->lower.value_ft
            || area->upper.ref != first->upper.ref || area->upper.value_ft != first->upper.value_ft)
            return false;
    }
    return true;
}

void ovf_plain_height(ovf_buf *b, const ovf_notice *n)
{
    if (n->area_count == 0)
        return;
    const ovf_notice_area *area = &n->areas[0];
    bool is_plain = area->shape == OVF_SHAPE_AIRPORT || area->shape == OVF_SHAPE_POINT;
    bool is_all = area->lower.ref == OVF_LEVEL_SFC && area->upper.ref == OVF_LEVEL_UNL;
    if (is_plain || area->lower.ref == OVF_LEVEL_UNKNOWN)
        return;
    if (!same_levels(n)) {
        ovf_plain_say(b, ", each at its own levels");
        return;
    }
    if (is_all) {
        ovf_plain_say(b, ", at all levels");
        return;
    }
    ovf_plain_say(b, ", from ");
    say_level(b, area->lower);
    ovf_plain_say(b, " up to ");
    say_level(b, area->upper);
}
