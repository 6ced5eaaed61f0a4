/* SPDX-License-Identifier: Apache-2.0 */
/* Rectangles of parallels and meridians that are not written corner by corner: "BTN 10N AND 12N, 070W
 * AND 068W", and two opposite corners, "AREA FROM 1200N07000W TO 1000N06800W". North and south are
 * parallels, not geodesics. */
#include "arcs.h"
#include "places.h"

/* A band of latitudes and one of longitudes, either first, in degrees. */
struct bands {
    double south_deg, north_deg, west_deg, east_deg;
};

static ovf_notice_area *add_box(ovf_draft *d, const struct bands *b, size_t from, size_t until)
{
    double width = ovf_lon_wrap(b->east_deg - b->west_deg);
    bool is_drawn =
        b->north_deg > b->south_deg && width > 0 && b->north_deg < 90 && b->south_deg > -90;
    ovf_point corners[4] = {{b->south_deg, b->west_deg},
                            {b->north_deg, b->west_deg},
                            {b->north_deg, b->east_deg},
                            {b->south_deg, b->east_deg}};
    static const uint8_t kinds[4] = {OVF_EDGE_GEODESIC, OVF_EDGE_PARALLEL, OVF_EDGE_GEODESIC,
                                     OVF_EDGE_PARALLEL};
    ovf_fixed *fixed = ovf_arena_array(d->arena, ovf_fixed, 4);
    uint8_t *edges = ovf_arena_array(d->arena, uint8_t, 4);
    ovf_point *points = ovf_arena_array(d->arena, ovf_point, 4);
    if (fixed == NULL || edges == NULL || points == NULL) {
        d->no_memory = true;
        return NULL;
    }
    for (size_t i = 0; i < 4; i++)
        fixed[i] = ovf_point_fix(corners[i]);
    memcpy(edges, kinds, sizeof(kinds));
    memcpy(points, corners, sizeof(corners));
    ovf_ring ring = {.vertices = fixed, .edges = edges, .count = 4};
    const ovf_area *area = NULL;
    if (!is_drawn || ovf_area_rings(d->arena, &ring, 1, &area, NULL) != OVF_OK)
        return NULL;
    ovf_notice_area *added =
        ovf_add_area(d, OVF_SHAPE_POLYGON, OVF_CERTAINTY_EXACT, area, from, until);
    if (added != NULL)
        ovf_put_points(added, points, 4);
    return added;
}

/* ---- two corners ---- */

bool ovf_corner_pair(ovf_draft *d, const ovf_run *run, size_t lead, ovf_str name)
{
    if (run->count != 2 || run->vertices[0].is_bad || run->vertices[1].is_bad)
        return false;
    bool says_corner =
        ovf_phrase_find(d, lead, run->last + 1,
                        "CORNER|CORNERS|RECTANGLE|RECTANGULAR|SQUARE|BOX|QUADRANGLE|RECTANGULO|"
                        "DIAGONAL|VERTICES",
                        NULL)
        != OVF_NOPOS;
    size_t near_lead = run->first > lead + 6 ? run->first - 6 : lead;
    bool is_from_to =
        run->first > lead && ovf_phrase(d, run->first - 1, "FROM|FM|BTN|BETWEEN") > 0
        && ovf_phrase_find(d, near_lead, run->first, "AREA|AREAS|ZONE", NULL) != OVF_NOPOS;
    bool is_track =
        ovf_phrase_find(d, lead, run->first,
                        "LINE|TRACK|TRACKLINE|ROUTE|RTE|PATH|ATS|CABLE|BORDER|SEGMENT", NULL)
        != OVF_NOPOS;
    ovf_point a = run->vertices[0].place;
    ovf_point b = run->vertices[1].place;
    double across = ovf_lon_wrap(b.lon_deg - a.lon_deg);
    if ((!says_corner && !is_from_to) || is_track || a.lat_deg == b.lat_deg || across == 0)
        return false;
    struct bands box = {.south_deg = a.lat_deg < b.lat_deg ? a.lat_deg : b.lat_deg,
                        .north_deg = a.lat_deg < b.lat_deg ? b.lat_deg : a.lat_deg,
                        .west_deg = across > 0 ? a.lon_deg : b.lon_deg,
                        .east_deg = across > 0 ? b.lon_deg : a.lon_deg};
    ovf_notice_area *area = add_box(d, &box, d->tokens[run->first].at, ovf_tok_end(d, run->last));
    if (area == NULL)
        return false;
    area->name = name;
    if (!says_corner)
        OVF_FIND(d, OVF_NOTE, d->tokens[run->first].at, "GEOM_CORNERS",
                 "an area between two positions: read as opposite corners of a rectangle");
    return true;
}

/* ---- two bands ---- */

/* "10N AND 12N" at token i: the token behind, 0. */
static size_t band_values(const ovf_draft *d, size_t i, bool *is_lat, double *a, double *b)
{
    bool is_second_lat = false;
    size_t middle = ovf_meridian_at(d, i, is_lat, a);
    bool joins =
        middle > 0 && (ovf_phrase(d, middle, "AND|TO|Y|ET|E") > 0 || ovf_tok_sign(d, middle, '-'));
    size_t end = joins ? ovf_meridian_at(d, middle + 1, &is_second_lat, b) : 0;
    return is_second_lat == *is_lat ? end : 0;
}

#define BETWEEN_WORDS "BTN|BETWEEN|ENTRE|FM|FROM|LAT|LATITUDE|LATITUDES"

static size_t box_at(const ovf_draft *d, size_t i, struct bands *out)
{
    size_t next = ovf_phrase(d, i, BETWEEN_WORDS " LAT|LATITUDE|LATITUDES|LONG|LONGITUDE?");
    bool is_lat[2] = {false, false};
    double values[2][2] = {{0}};
    size_t end = next > 0 ? band_values(d, next, &is_lat[0], &values[0][0], &values[0][1]) : 0;
    if (end == 0)
        return 0;
    while (
        ovf_tok_sign(d, end, ',') || ovf_tok_sign(d, end, '/') || ovf_tok_sign(d, end, ';')
        || ovf_phrase(d, end, "AND|BTN|BETWEEN|Y|ET|ENTRE|BY|FM|FROM|LONG|LONGITUDE|LONGITUDES|LAT")
               > 0)
        end++;
    end = band_values(d, end, &is_lat[1], &values[1][0], &values[1][1]);
    if (end == 0 || is_lat[0] == is_lat[1])
        return 0;
    const double *lat = is_lat[0] ? values[0] : values[1];
    const double *lon = is_lat[0] ? values[1] : values[0];
    bool is_eastward = ovf_lon_wrap(lon[1] - lon[0]) > 0;
    *out = (struct bands){.south_deg = lat[0] < lat[1] ? lat[0] : lat[1],
                          .north_deg = lat[0] < lat[1] ? lat[1] : lat[0],
                          .west_deg = is_eastward ? lon[0] : lon[1],
                          .east_deg = is_eastward ? lon[1] : lon[0]};
    return end;
}

/* The same where the inner pair looks like a coordinate: "BTN 10N AND 12N, 070W AND 068W". */
static size_t joined_box_at(const ovf_draft *d, size_t i, struct bands *out)
{
    bool is_lat = false;
    double lat = 0;
    double lon = 0;
    size_t next = ovf_phrase(d, i, BETWEEN_WORDS " LAT|LATITUDE|LATITUDES|LONG|LONGITUDE?");
    size_t inner = next > 0 ? ovf_meridian_at(d, next, &is_lat, &lat) : 0;
    inner += inner > 0 && is_lat
             && (ovf_phrase(d, inner, "AND|TO|Y|ET|E") > 0 || ovf_tok_sign(d, inner, '-'));
    if (inner == 0 || inner >= d->token_count || d->tokens[inner].kind != OVF_TOK_COORD)
        return 0;
    size_t outer = inner + 1;
    bool joins = ovf_phrase(d, outer, "AND|TO|Y|ET|E") > 0 || ovf_tok_sign(d, outer, '-');
    size_t end = joins ? ovf_meridian_at(d, outer + 1, &is_lat, &lon) : 0;
    if (end == 0 || is_lat)
        return 0;
    const ovf_token *t = &d->tokens[inner];
    bool is_eastward = ovf_lon_wrap(lon - t->b) > 0;
    *out = (struct bands){.south_deg = t->a < lat ? t->a : lat,
                          .north_deg = t->a < lat ? lat : t->a,
                          .west_deg = is_eastward ? t->b : lon,
                          .east_deg = is_eastward ? lon : t->b};
    return end;
}

void ovf_read_joined_boxes(ovf_draft *d)
{
    if (!ovf_text_has_kind(d, OVF_TOK_COORD))
        return;
    for (size_t i = d->main_from;
         (i = ovf_phrase_find(d, i, d->token_count, BETWEEN_WORDS, NULL)) != OVF_NOPOS; i++) {
        struct bands box = {0};
        size_t end = joined_box_at(d, i, &box);
        if (end == 0 || add_box(d, &box, d->tokens[i].at, ovf_tok_end(d, end - 1)) == NULL)
            continue;
        for (; i < end; i++)
            d->tokens[i].flags |= OVF_TOK_USED; // no vertex any more
        i--;
    }
}

void ovf_read_boxes(ovf_draft *d)
{
    for (size_t i = d->main_from; i < d->token_count; i++) {
        struct bands box = {0};
        size_t end = box_at(d, i, &box);
        if (end == 0)
            continue;
        add_box(d, &box, d->tokens[i].at, ovf_tok_end(d, end - 1));
        i = end - 1;
    }
}
