/* SPDX-License-Identifier: Apache-2.0 */
/* Areas out of the words of a notice and out of the data that comes with it, made one list. Where the two
 * draw the same, the data stands; where they differ, both stand and a finding says so: neither is
 * dropped. */
#include "structured_internal.h"

#include <math.h>
#include <stdlib.h>

#define AGREE_DEG 0.005 /* of boxes: 0.3 NM; a notice rounds to minutes or seconds */
#define AGREE_SHARE 0.05
#define DEG_RAD (3.14159265358979323846 / 180.0)

/* The vertices of the file itself, when it has no arcs. */
void ovf_structured_points(ovf_structured *s, ovf_notice_area *area, const ovf_trace *trace)
{
    if (trace->count != 1)
        return;
    const ovf_trace_line *ring = &trace->rings[0];
    size_t count = ring->count;
    if (ring->is_circle) {
        ovf_point *centre = ovf_arena_array(s->arena, ovf_point, 1);
        if (centre == NULL)
            return;
        *centre = ring->centre;
        area->shape = OVF_SHAPE_CIRCLE;
        area->points = centre;
        area->point_count = 1;
        area->radius_m = ring->radius_m;
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (ring->points[i].is_laid)
            return;
    if (count > 1
        && ovf_distance_m(ring->points[0].p, ring->points[count - 1].p) < OVF_COINCIDENT_M)
        count--;
    ovf_point *points = ovf_arena_array(s->arena, ovf_point, count + 1);
    for (size_t i = 0; i < count && points != NULL; i++)
        points[i] = ring->points[i].p;
    area->points = points;
    area->point_count = points == NULL || count > OVF_NOTICE_MAX_VERTICES ? 0 : count;
}

static bool agree(const ovf_area *a, const ovf_area *b)
{
    ovf_box x = ovf_area_bounds(a), y = ovf_area_bounds(b);
    double tall_deg = fmax(x.north_deg - x.south_deg, y.north_deg - y.south_deg);
    double off_deg = fmax(AGREE_DEG, tall_deg * AGREE_SHARE);
    double stretch = fmax(0.05, cos(x.south_deg * DEG_RAD));
    return fabs(x.south_deg - y.south_deg) <= off_deg && fabs(x.north_deg - y.north_deg) <= off_deg
           && fabs(ovf_lon_wrap(x.west_deg - y.west_deg)) * stretch <= off_deg
           && fabs(ovf_lon_wrap(x.east_deg - y.east_deg)) * stretch <= off_deg;
}

static bool same_level(ovf_level a, ovf_level b)
{
    bool both_low = (a.ref == OVF_LEVEL_SFC || (a.ref == OVF_LEVEL_AGL && a.value_ft == 0))
                    && (b.ref == OVF_LEVEL_SFC || (b.ref == OVF_LEVEL_AGL && b.value_ft == 0));
    return both_low || (a.ref == b.ref && abs(a.value_ft - b.value_ft) <= 100);
}

static void merge_levels(ovf_structured *s, ovf_notice *n, ovf_notice_area *data,
                         const ovf_notice_area *text)
{
    bool differs = (data->lower.ref != OVF_LEVEL_UNKNOWN && text->lower.ref != OVF_LEVEL_UNKNOWN
                    && !same_level(data->lower, text->lower))
                   || (data->upper.ref != OVF_LEVEL_UNKNOWN && text->upper.ref != OVF_LEVEL_UNKNOWN
                       && !same_level(data->upper, text->upper));
    if (differs && (text->lower_text.len > 0 || text->upper_text.len > 0))
        ovf_structured_find(s, n, OVF_WARNING, "DATA_LEVELS", data->span.at,
                            "the data has other limits than the text; those of the data stand");
    if (data->lower.ref == OVF_LEVEL_UNKNOWN)
        data->lower = text->lower;
    if (data->upper.ref == OVF_LEVEL_UNKNOWN)
        data->upper = text->upper;
    if (data->lower_text.len == 0 && !differs)
        data->lower_text = text->lower_text;
    if (data->upper_text.len == 0 && !differs)
        data->upper_text = text->upper_text;
    if (data->name.len == 0 && text->shape != OVF_SHAPE_AIRPORT)
        data->name = text->name;
}

/* One area of the text against those of the data, which stand behind it: is it said by them? */
static bool is_said(ovf_structured *s, ovf_notice *n, const ovf_notice_area *text, size_t data)
{
    bool is_shape = text->certainty == OVF_CERTAINTY_EXACT;
    bool is_found = false;
    for (size_t i = data; i < n->area_count; i++) {
        ovf_notice_area *other = &n->areas[i];
        bool has_name = text->name.len > 0 && ovf_str_eq(other->name, text->name);
        bool is_same =
            has_name || !is_shape
            || (other->certainty == OVF_CERTAINTY_EXACT && agree(text->area, other->area));
        if (!is_same)
            continue;
        merge_levels(s, n, other, text);
        is_found |= other->certainty != OVF_CERTAINTY_UNRESOLVED || has_name;
    }
    return is_found;
}

/* A position that the text garbles is no hole when the data has the place. */
static void settle_positions(ovf_notice *n, size_t data)
{
    bool has_place = false;
    for (size_t i = data; i < n->area_count; i++)
        has_place |= n->areas[i].certainty == OVF_CERTAINTY_EXACT;
    if (!has_place)
        return;
    ovf_finding *findings = (ovf_finding *)(uintptr_t)n->findings; // made for this notice
    for (size_t i = 0; i < n->finding_count; i++)
        if (strcmp(findings[i].rule, "COORD_IMPOSSIBLE") == 0)
            findings[i].severity = OVF_WARNING;
}

/* The text's areas stand before `data`. */
void ovf_structured_merge(ovf_structured *s, ovf_notice *n, size_t data)
{
    size_t kept = 0;
    if (n->area_count == data)
        return;
    settle_positions(n, data);
    for (size_t i = 0; i < data; i++) {
        ovf_notice_area text = n->areas[i];
        bool is_hint = text.certainty == OVF_CERTAINTY_Q_CIRCLE;
        bool is_place =
            text.shape == OVF_SHAPE_AIRPORT && text.certainty != OVF_CERTAINTY_UNRESOLVED;
        bool is_said_now = is_said(s, n, &text, data);
        if (!is_place
            && (is_said_now || (is_hint && n->areas[data].certainty != OVF_CERTAINTY_UNRESOLVED)))
            continue;
        if (text.certainty == OVF_CERTAINTY_EXACT)
            ovf_structured_find(s, n, OVF_WARNING, "DATA_AREA", text.span.at,
                                "text and data draw different areas: both stand");
        n->areas[kept++] = text;
    }
    size_t added = n->area_count - data;
    memmove(&n->areas[kept], &n->areas[data], added * sizeof *n->areas);
    n->area_count = kept + added;
    for (size_t i = kept; i < n->area_count; i++) { // what neither said: the items F and G
        const ovf_notice_area *text = kept > 0 ? &n->areas[0] : NULL;
        if (n->areas[i].lower.ref == OVF_LEVEL_UNKNOWN)
            n->areas[i].lower = text != NULL ? text->lower : n->q_lower;
        if (n->areas[i].upper.ref == OVF_LEVEL_UNKNOWN)
            n->areas[i].upper = text != NULL ? text->upper : n->q_upper;
    }
}
