/* SPDX-License-Identifier: Apache-2.0 */
/* GML curves and surfaces. In EPSG:4326 and its kin latitude comes first and the angles of arcs are
 * bearings, clockwise from north (OGC 12-028r1, 6.7 and 10.3); in CRS84 longitude comes first and
 * angles run anticlockwise from east. A border that a ring only points at (xlink to a GeoBorder)
 * is followed from the vertex nearest to the end of the member before it to the one nearest to the
 * beginning of the member behind it. */
#include "airspace_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HREF_DEPTH_MAX 8
#define IDS_MAX 5000000

static ovf_status broken(const ovf_xml *node, ovf_error *err, const char *why)
{
    return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "line %zu: %s",
                    node == NULL ? (size_t)0 : node->line, why);
}

/* ---- what has an id ---- */

static int by_id(const void *a, const void *b)
{
    return ovf_str_cmp(((const ovf_gml_id *)a)->id, ((const ovf_gml_id *)b)->id);
}

static ovf_status add_id(ovf_gml_ids *ids, ovf_str id, const ovf_xml *node, ovf_arena *arena,
                         ovf_error *err)
{
    void *items = ids->items;
    if (id.len == 0)
        return OVF_OK;
    if (ids->count >= IDS_MAX)
        return ovf_fail(err, OVF_E_LIMIT, node->at, "more than %d ids", IDS_MAX);
    if (!ovf_arena_grow(arena, &items, ids->count, &ids->capacity, sizeof *ids->items))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the ids of a document");
    ids->items = items;
    ids->items[ids->count++] = (ovf_gml_id){id, node};
    return OVF_OK;
}

ovf_status ovf_gml_index(const ovf_xml *root, ovf_arena *arena, ovf_gml_ids *out, ovf_error *err)
{
    ovf_gml_ids ids = {0};
    ovf_status status = OVF_OK;
    for (const ovf_xml *n = ovf_xml_following(root, root); n != NULL && status == OVF_OK;
         n = ovf_xml_following(n, root)) {
        status = add_id(&ids, ovf_xml_attribute(n, "id"), n, arena, err);
        if (status == OVF_OK && ovf_xml_is(n, "identifier"))
            status = add_id(&ids, n->text, n->parent, arena, err);
    }
    if (status != OVF_OK)
        return status;
    if (ids.count > 0)
        qsort(ids.items, ids.count, sizeof *ids.items, by_id);
    *out = ids;
    return OVF_OK;
}

const ovf_xml *ovf_gml_find(const ovf_gml_ids *ids, ovf_str href)
{
    ovf_str id = ovf_str_starts(href, OVF_STR("#"))           ? ovf_str_tail(href, 1)
                 : ovf_str_starts(href, OVF_STR("urn:uuid:")) ? ovf_str_tail(href, 9)
                                                              : href;
    size_t low = 0, high = ids->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (ovf_str_cmp(ids->items[mid].id, id) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low < ids->count && ovf_str_eq(ids->items[low].id, id) ? ids->items[low].node : NULL;
}

/* ---- numbers ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The next number of a list; XML's xs:double also knows exponents ("1.2E-3"). */
static bool take_number(ovf_str *s, double *out)
{
    *s = ovf_str_trim(*s);
    size_t n = 0;
    while (n < s->len && !is_space(s->ptr[n]))
        n++;
    ovf_str word = ovf_str_sub(*s, 0, n);
    *s = ovf_str_tail(*s, n);
    size_t e = 0;
    while (e < word.len && word.ptr[e] != 'E' && word.ptr[e] != 'e')
        e++;
    if (ovf_str_to_double(ovf_str_sub(word, 0, e), out, NULL) != OVF_OK)
        return false;
    if (e == word.len)
        return true;
    double power = 0.0;
    if (ovf_str_to_double(ovf_str_tail(word, e + 1), &power, NULL) != OVF_OK || fabs(power) > 30.0)
        return false;
    *out *= pow(10.0, power);
    return true;
}

bool ovf_gml_length_m(const ovf_xml *node, double *out)
{
    static const struct {
        const char *unit;
        double length_m;
    } units[] = {{"NM", OVF_NM_M}, {"[nmi_i]", OVF_NM_M}, {"KM", 1000.0},   {"M", 1.0},
                 {"FT", 0.3048},   {"[ft_i]", 0.3048},    {"MI", 1609.344}, {"", 1.0}};
    ovf_str text = node == NULL ? OVF_STR("") : node->text;
    double value = 0.0;
    if (!take_number(&text, &value) || text.len > 0)
        return false;
    ovf_str unit = ovf_xml_attribute(node, "uom");
    for (size_t i = 0; i < OVF_COUNTOF(units); i++)
        if (ovf_str_eq_nocase(unit, ovf_str_of(units[i].unit))) {
            *out = value * units[i].length_m;
            return true;
        }
    return false;
}

/* ---- reference systems ---- */

/* Of the nearest element around that names one. Plain "EPSG:4326" is taken in its legal order too. */
static ovf_status axis_order(const ovf_xml *node, bool *is_lon_first, ovf_error *err)
{
    static const char *const lat_first[] = {"4326", "4269", "4258", "4979", "4937", "4283"};
    ovf_str name = {0};
    for (const ovf_xml *n = node; n != NULL && name.len == 0; n = n->parent)
        name = ovf_xml_attribute(n, "srsName");
    *is_lon_first = ovf_str_ends(name, OVF_STR("CRS84"));
    if (name.len == 0 || *is_lon_first)
        return OVF_OK;
    for (size_t i = 0; i < OVF_COUNTOF(lat_first); i++)
        if (ovf_str_ends(name, ovf_str_of(lat_first[i])))
            return OVF_OK;
    return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "line %zu: a reference system not known here",
                    node->line);
}

/* ---- positions ---- */

/* Words of a list of numbers a position: two, or what srsDimension says. */
static uint32_t dimension_of(const ovf_xml *node)
{
    for (const ovf_xml *n = node; n != NULL; n = n->parent) {
        ovf_str text = ovf_xml_attribute(n, "srsDimension");
        if (text.len == 1 && text.ptr[0] == '3')
            return 3;
        if (text.len > 0)
            return 2;
    }
    return 2;
}

static ovf_status put_list(const ovf_xml *list, bool is_straight, ovf_trace *trace, ovf_error *err)
{
    bool is_lon_first = false;
    ovf_status status = axis_order(list, &is_lon_first, err);
    uint32_t dimension = dimension_of(list);
    ovf_str rest = list->text;
    while (status == OVF_OK && ovf_str_trim(rest).len > 0) {
        double numbers[3] = {0};
        for (uint32_t i = 0; i < dimension; i++)
            if (!take_number(&rest, &numbers[i]))
                return broken(list, err, "expected a list of positions");
        ovf_point p = {numbers[is_lon_first ? 1 : 0], numbers[is_lon_first ? 0 : 1]};
        status = ovf_trace_point(trace, p, is_straight, err);
    }
    return status;
}

/* All positions in the children of a segment: posList, pos, pointProperty, pointRep. */
static ovf_status put_positions(const ovf_gml_ids *ids, const ovf_xml *segment, bool is_straight,
                                ovf_trace *trace, ovf_error *err)
{
    size_t before = trace->rings[trace->count - 1].count;
    ovf_status status = OVF_OK;
    for (const ovf_xml *n = segment->first; n != NULL && status == OVF_OK; n = n->next) {
        if (ovf_xml_is(n, "posList") || ovf_xml_is(n, "pos")) {
            status = put_list(n, is_straight, trace, err);
        } else if (ovf_xml_is(n, "pointProperty") || ovf_xml_is(n, "pointRep")) {
            ovf_str href = ovf_xml_attribute(n, "href");
            const ovf_xml *point = href.len > 0 ? ovf_gml_find(ids, href) : n->first;
            const ovf_xml *pos = ovf_xml_child(point, "pos");
            if (pos == NULL)
                return broken(n, err, "a point of another feature, which the file does not have");
            status = put_list(pos, is_straight, trace, err);
        }
    }
    if (status == OVF_OK && trace->rings[trace->count - 1].count == before)
        return broken(segment, err, "expected positions");
    return status;
}

/* ---- segments ---- */

static ovf_status read_centre(const ovf_gml_ids *ids, const ovf_xml *segment, ovf_trace *trace,
                              ovf_point *out, double *radius_m, ovf_error *err)
{
    ovf_trace scratch = {.arena = trace->arena, .vertices_left = trace->vertices_left};
    ovf_status status = ovf_trace_ring(&scratch, err);
    if (status == OVF_OK)
        status = put_positions(ids, segment, false, &scratch, err);
    if (status != OVF_OK)
        return status;
    *out = scratch.rings[0].points[0].p;
    if (!ovf_gml_length_m(ovf_xml_child(segment, "radius"), radius_m))
        return broken(segment, err, "expected a radius with its unit");
    return OVF_OK;
}

static bool read_angle(const ovf_xml *segment, const char *name, double *out)
{
    const ovf_xml *angle = ovf_xml_child(segment, name);
    ovf_str text = angle == NULL ? OVF_STR("") : angle->text;
    if (!take_number(&text, out) || fabs(*out) > 1080.0)
        return false;
    if (ovf_str_eq_nocase(ovf_xml_attribute(angle, "uom"), OVF_STR("rad")))
        *out /= WORLD_RAD;
    return true;
}

static ovf_status put_arc(const ovf_gml_ids *ids, const ovf_xml *segment, bool is_circle,
                          ovf_trace *trace, ovf_error *err)
{
    ovf_point centre;
    double radius_m = 0.0, start_deg = 0.0, end_deg = 360.0;
    bool is_lon_first = false;
    ovf_status status = read_centre(ids, segment, trace, &centre, &radius_m, err);
    if (status == OVF_OK)
        status = axis_order(segment, &is_lon_first, err);
    if (status != OVF_OK)
        return status;
    if (!is_circle
        && (!read_angle(segment, "startAngle", &start_deg)
            || !read_angle(segment, "endAngle", &end_deg)))
        return broken(segment, err, "expected a start and an end angle");
    double turn_deg = end_deg - start_deg;
    if (fabs(turn_deg) > 360.0)
        turn_deg = fmod(turn_deg, 360.0);
    if (is_lon_first) {
        start_deg = 90.0 - start_deg;
        turn_deg = -turn_deg;
    }
    return ovf_trace_arc(trace, centre, radius_m, start_deg, turn_deg, err);
}

static ovf_status put_segments(const ovf_gml_ids *ids, const ovf_xml *segments, ovf_trace *trace,
                               ovf_error *err)
{
    ovf_status status = OVF_OK;
    if (segments == NULL || segments->first == NULL)
        return broken(segments, err, "a curve without segments");
    for (const ovf_xml *s = segments->first; s != NULL && status == OVF_OK; s = s->next) {
        if (ovf_xml_is(s, "GeodesicString") || ovf_xml_is(s, "Geodesic"))
            status = put_positions(ids, s, false, trace, err);
        else if (ovf_xml_is(s, "LineStringSegment"))
            status = put_positions(ids, s, true, trace, err);
        else if (ovf_xml_is(s, "CircleByCenterPoint") || ovf_xml_is(s, "ArcByCenterPoint"))
            status = put_arc(ids, s, ovf_xml_is(s, "CircleByCenterPoint"), trace, err);
        else
            return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "line %zu: " OVF_FMT " is not read",
                            s->line, OVF_ARG(ovf_str_sub(s->name, 0, 40)));
    }
    return status;
}

static void turn_round(ovf_trace_line *ring, size_t first)
{
    // The way to a point becomes the way to the one before it.
    for (size_t i = first, k = ring->count; i + 1 < k; i++) {
        k--;
        ovf_trace_vertex kept = ring->points[i];
        ring->points[i] = ring->points[k];
        ring->points[k] = kept;
    }
    for (size_t i = ring->count; i > first + 1; i--)
        ring->points[i - 1].is_straight = ring->points[i - 2].is_straight;
}

/* A curve of any kind behind what the last ring of the trace has. */
static ovf_status put_curve(const ovf_gml_ids *ids, const ovf_xml *curve, int depth,
                            ovf_trace *trace, ovf_error *err)
{
    if (curve == NULL || depth > HREF_DEPTH_MAX)
        return broken(curve, err, "a curve that is not in the file");
    ovf_str href = ovf_xml_attribute(curve, "href");
    if (href.len > 0 && curve->first == NULL)
        return put_curve(ids, ovf_gml_find(ids, href), depth + 1, trace, err);
    if (ovf_xml_is(curve, "LineString"))
        return put_positions(ids, curve, true, trace, err);
    if (ovf_xml_is(curve, "Curve") || ovf_xml_is(curve, "ElevatedCurve"))
        return put_segments(ids, ovf_xml_child(curve, "segments"), trace, err);
    size_t before = trace->rings[trace->count - 1].count;
    ovf_status status = OVF_OK;
    if (ovf_xml_is(curve, "OrientableCurve")) {
        status = put_curve(ids, ovf_xml_child(curve, "baseCurve"), depth + 1, trace, err);
        if (status == OVF_OK && ovf_str_eq(ovf_xml_attribute(curve, "orientation"), OVF_STR("-")))
            turn_round(&trace->rings[trace->count - 1], before);
        return status;
    }
    if (ovf_xml_is(curve, "GeoBorder")) // the feature: its border
        return put_curve(
            ids,
            ovf_xml_child(ovf_xml_child(ovf_xml_child(curve, "timeSlice"), "GeoBorderTimeSlice"),
                          "border"),
            depth + 1, trace, err);
    // A property, or a composite curve: what is inside, in order.
    for (const ovf_xml *n = curve->first; n != NULL && status == OVF_OK; n = n->next)
        status = put_curve(ids, n, depth + 1, trace, err);
    return curve->first == NULL ? broken(curve, err, "expected a curve") : status;
}

ovf_status ovf_gml_curve(const ovf_gml_ids *ids, const ovf_xml *curve, ovf_trace *trace,
                         ovf_error *err)
{
    ovf_status status = ovf_trace_ring(trace, err);
    return status == OVF_OK ? put_curve(ids, curve, 0, trace, err) : status;
}

/* ---- rings ---- */

/* A border feature somewhere on the way that the references go? */
static bool is_border(const ovf_gml_ids *ids, const ovf_xml *member)
{
    const ovf_xml *node = ovf_gml_find(ids, ovf_xml_attribute(member, "href"));
    for (; node != NULL; node = node->parent)
        if (ovf_xml_is(node, "GeoBorder"))
            return true;
    return false;
}

static size_t nearest(const ovf_trace_line *line, ovf_point to)
{
    size_t best = 0;
    double best_m = HUGE_VAL;
    for (size_t i = 0; i < line->count; i++) {
        double away_m = ovf_distance_m(line->points[i].p, to);
        if (away_m < best_m) {
            best_m = away_m;
            best = i;
        }
    }
    return best;
}

static ovf_status put_stretch(const ovf_trace_line *line, size_t from, size_t until,
                              ovf_trace *trace, ovf_error *err)
{
    ovf_status status = OVF_OK;
    for (size_t i = from; status == OVF_OK; i = from < until ? i + 1 : i - 1) {
        status = ovf_trace_point(trace, line->points[i].p, false, err);
        if (i == until)
            break;
    }
    return status;
}

/* The members of a ring, each a line of `lines`; borders are cut to what is between their
 * neighbours. */
static ovf_status join(const ovf_trace *lines, const bool *borders, ovf_trace *trace,
                       ovf_error *err)
{
    ovf_status status = ovf_trace_ring(trace, err);
    for (size_t i = 0; i < lines->count && status == OVF_OK; i++) {
        const ovf_trace_line *line = &lines->rings[i];
        const ovf_trace_line *before = &lines->rings[(i + lines->count - 1) % lines->count];
        const ovf_trace_line *behind = &lines->rings[(i + 1) % lines->count];
        if (!borders[i] || lines->count == 1) {
            for (size_t k = 0; k < line->count && status == OVF_OK; k++) {
                status =
                    ovf_trace_point(trace, line->points[k].p, line->points[k].is_straight, err);
                ovf_trace_line *ring = &trace->rings[trace->count - 1];
                if (status == OVF_OK)
                    ring->points[ring->count - 1].is_laid = line->points[k].is_laid;
            }
            continue;
        }
        if (borders[(i + lines->count - 1) % lines->count] || borders[(i + 1) % lines->count])
            return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS,
                            "two borders one behind the other: where they meet is not said");
        status = put_stretch(line, nearest(line, before->points[before->count - 1].p),
                             nearest(line, behind->points[0].p), trace, err);
    }
    if (status == OVF_OK && lines->count == 1 && lines->rings[0].is_circle) {
        ovf_trace_line *ring = &trace->rings[trace->count - 1];
        ring->is_circle = true;
        ring->centre = lines->rings[0].centre;
        ring->radius_m = lines->rings[0].radius_m;
    }
    return status;
}

static ovf_status put_ring(const ovf_gml_ids *ids, const ovf_xml *ring, bool is_hole,
                           ovf_trace *trace, ovf_error *err)
{
    ovf_status status = OVF_OK;
    if (ovf_xml_is(ring, "LinearRing")) {
        status = ovf_trace_ring(trace, err);
        if (status == OVF_OK)
            status = put_positions(ids, ring, true, trace, err);
    } else if (ovf_xml_is(ring, "Ring")) {
        ovf_trace lines = {.arena = trace->arena, .vertices_left = trace->vertices_left};
        size_t count = 0;
        for (const ovf_xml *n = ring->first; n != NULL; n = n->next)
            count += ovf_xml_is(n, "curveMember");
        bool *borders = ovf_arena_array(trace->arena, bool, count + 1);
        if (borders == NULL)
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an outline");
        for (const ovf_xml *n = ovf_xml_child(ring, "curveMember"); n != NULL && status == OVF_OK;
             n = ovf_xml_next(n, "curveMember")) {
            borders[lines.count] = is_border(ids, n);
            status = ovf_gml_curve(ids, n, &lines, err);
        }
        if (status == OVF_OK && lines.count == 0)
            return broken(ring, err, "a ring without curves");
        if (status == OVF_OK)
            status = join(&lines, borders, trace, err);
    } else {
        return broken(ring, err, "expected a Ring or LinearRing");
    }
    if (status == OVF_OK)
        trace->rings[trace->count - 1].is_hole = is_hole;
    return status;
}

static ovf_status put_patch(const ovf_gml_ids *ids, const ovf_xml *patch, ovf_trace *trace,
                            ovf_error *err)
{
    const ovf_xml *exterior = ovf_xml_child(patch, "exterior");
    if (exterior == NULL)
        return broken(patch, err, "a patch without an exterior");
    ovf_status status = put_ring(ids, exterior->first, false, trace, err);
    for (const ovf_xml *n = ovf_xml_child(patch, "interior"); n != NULL && status == OVF_OK;
         n = ovf_xml_next(n, "interior"))
        status = put_ring(ids, n->first, true, trace, err);
    return status;
}

ovf_status ovf_gml_surface(const ovf_gml_ids *ids, const ovf_xml *surface, ovf_trace *trace,
                           ovf_error *err)
{
    if (surface == NULL)
        return broken(surface, err, "a surface that is not in the file");
    if (ovf_xml_is(surface, "Polygon"))
        return put_patch(ids, surface, trace, err);
    const ovf_xml *patches = ovf_xml_child(surface, "patches");
    if (patches == NULL)
        patches = ovf_xml_child(surface, "polygonPatches");
    if (patches == NULL || patches->first == NULL)
        return broken(surface, err, "a surface without patches");
    ovf_status status = OVF_OK;
    for (const ovf_xml *n = patches->first; n != NULL && status == OVF_OK; n = n->next)
        status = put_patch(ids, n, trace, err);
    return status;
}

ovf_status ovf_gml_point(const ovf_gml_ids *ids, const ovf_xml *point, ovf_trace *trace,
                         ovf_error *err)
{
    ovf_status status = ovf_trace_ring(trace, err);
    return status == OVF_OK ? put_positions(ids, point, false, trace, err) : status;
}
