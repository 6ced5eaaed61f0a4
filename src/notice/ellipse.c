/* SPDX-License-Identifier: Apache-2.0 */
/* "CENTRE 7215N 00230E, SEMI-MAJOR AXIS 60NM, SEMI-MINOR AXIS 40NM, ORIENTATION 310 DEG": dispersion of
 * what falls from the sky. Drawn as a polygon that holds the ellipse and is nowhere farther from it than
 * one part in a thousand of its axis; without a direction the circle that holds it is taken. */
#include "arcs.h"

#include <math.h>

#define CORNERS 72

struct ellipse {
    double major_m, minor_m; /* halves of its axes */
    double bearing_deg;      /* of the major one, true */
    bool has_bearing;
};

static size_t joints(const ovf_draft *d, size_t i)
{
    while (ovf_tok_sign(d, i, ':') || ovf_tok_sign(d, i, '=') || ovf_tok_sign(d, i, '-')
           || ovf_phrase(d, i, "OF|IS|A|B|LENGTH|DE|DISTANCE") > 0)
        i++;
    return i;
}

/* Half an axis whose name begins at token i, in metres; 0: none. */
static double half_axis_at(const ovf_draft *d, size_t i, bool *is_major)
{
    static const struct {
        const char *words;
        bool is_major, is_half;
    } names[] = {
        {"SEMI MAJOR AXIS?", true, true},     {"SEMIMAJOR AXIS?", true, true},
        {"SEMI MINOR AXIS?", false, true},    {"SEMIMINOR AXIS?", false, true},
        {"DEMI GRAND AXE", true, true},       {"DEMI PETIT AXE", false, true},
        {"SEMIEJE MAYOR", true, true},        {"SEMIEJE MENOR", false, true},
        {"SEMI EJE MAYOR", true, true},       {"SEMI EJE MENOR", false, true},
        {"MAJOR AXIS", true, false},          {"MINOR AXIS", false, false},
        {"GRAND AXE|EJE MAYOR", true, false}, {"PETIT AXE|EJE MENOR", false, false},
    };
    for (size_t k = 0; k < OVF_COUNTOF(names); k++) {
        size_t end = ovf_phrase(d, i, names[k].words);
        double length_m = 0;
        if (end == 0 || ovf_length_at(d, joints(d, end), &length_m) == 0)
            continue;
        bool is_halved = i > 0 && ovf_phrase(d, i - 1, "SEMI|HALF|DEMI") > 0;
        *is_major = names[k].is_major;
        return names[k].is_half || is_halved ? length_m : length_m / 2;
    }
    return 0;
}

static bool bearing_at(const ovf_draft *d, size_t i, double *out)
{
    size_t end = ovf_phrase(d, i,
                            "ORIENTATION|ORIENTED|AZIMUTH|AZ|BEARING|BRG|HEADING|DIRECTION|TRACK|"
                            "INCLINATION|ROTATION|ORIENTACION|RUMBO|AZIMUT");
    end = end > 0 ? joints(d, end) : 0;
    if (end == 0 || end >= d->token_count || d->tokens[end].kind != OVF_TOK_NUM
        || d->tokens[end].a > 360)
        return false;
    *out = d->tokens[end].a;
    return true;
}

static struct ellipse read_words(const ovf_draft *d, size_t from, size_t until)
{
    struct ellipse e = {0};
    for (size_t i = from; i < until; i++) {
        bool is_major = false;
        double half_m = half_axis_at(d, i, &is_major);
        double *axis = is_major ? &e.major_m : &e.minor_m;
        if (half_m > 0 && *axis == 0)
            *axis = half_m;
        if (!e.has_bearing)
            e.has_bearing = bearing_at(d, i, &e.bearing_deg);
    }
    if (e.minor_m > e.major_m) { // the names changed places
        double swap = e.major_m;
        e.major_m = e.minor_m;
        e.minor_m = swap;
        e.has_bearing = e.has_bearing && swap == 0;
    }
    return e;
}

bool ovf_make_ellipse(ovf_draft *d, const ovf_run *run, size_t from, size_t until, ovf_str name)
{
    static const double pi = 3.14159265358979323846;
    struct ellipse e = read_words(d, from, until);
    ovf_point centre = run->vertices[0].place;
    if (e.major_m <= 0 || run->vertices[0].is_bad)
        return false;
    if (!e.has_bearing || e.minor_m <= 0) {
        struct ovf_sector whole = {.centre = centre,
                                   .outer_m = e.major_m,
                                   .to_deg = 360.0,
                                   .from = d->tokens[run->first].at,
                                   .until = ovf_tok_end(d, run->last),
                                   .name = name};
        OVF_FIND(d, OVF_WARNING, d->tokens[run->first].at, "GEOM_ELLIPSE",
                 "an ellipse without its direction or its lesser axis: the circle that holds it");
        return ovf_make_sector(d, &whole);
    }
    ovf_point *ring = ovf_arena_array(d->arena, ovf_point, CORNERS);
    if (ring == NULL) {
        d->no_memory = true;
        return true;
    }
    for (int k = 0; k < CORNERS; k++) {
        // Corners of a circle's polygon that holds it, stretched: the polygon holds the ellipse.
        double at = 2 * pi * k / CORNERS;
        double along = e.major_m * cos(at) / cos(pi / CORNERS);
        double across = e.minor_m * sin(at) / cos(pi / CORNERS);
        ring[k] = ovf_destination(centre, e.bearing_deg + atan2(across, along) * 180 / pi,
                                  hypot(along, across));
    }
    const ovf_area *area = NULL;
    if (ovf_area_polygon(d->arena, ring, CORNERS, &area, NULL) != OVF_OK)
        return false;
    ovf_notice_area *added = ovf_add_area(
        d, OVF_SHAPE_POLYGON, ovf_vertex_certainty(d, &run->vertices[0]), area,
        d->tokens[run->first].at, ovf_tok_end(d, until > from ? until - 1 : run->last));
    if (added == NULL)
        return true;
    added->name = name;
    ovf_put_points(added, ring, CORNERS);
    return true;
}
