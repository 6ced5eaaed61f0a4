/* SPDX-License-Identifier: Apache-2.0 */
/* A notice as a JSON object: the members of the contract, in its order. */
#include "decode.h"
#include "members.h"

#include <overfly/geojson.h>

#define OUTLINE_TOLERANCE_M 8.0 /* the contract asks for 10 m or better */

static void put_active(ovf_json *json, const ovf_intervals *active)
{
    ovf_json_key(json, "active");
    ovf_json_array(json);
    for (size_t i = 0; i < active->count; i++) {
        ovf_json_array(json);
        put_time_value(json, active->items[i].from);
        put_time_value(json, active->items[i].until);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

/* ---- areas ---- */

static void put_level(ovf_json *json, const char *key, ovf_level level, ovf_str text)
{
    ovf_json_key(json, key);
    ovf_json_object(json);
    put_cstr(json, "ref", ovf_level_ref_name(level.ref));
    ovf_json_key(json, "value_ft");
    if (level.ref == OVF_LEVEL_UNKNOWN || level.ref == OVF_LEVEL_UNL)
        ovf_json_null(json);
    else
        ovf_json_int(json, level.value_ft);
    put_text(json, "text", text);
    ovf_json_end(json);
}

static void put_points(ovf_json *json, const ovf_notice_area *area)
{
    bool is_line = area->shape == OVF_SHAPE_LINE || area->shape == OVF_SHAPE_ROUTE;
    ovf_json_object(json);
    put_cstr(json, "type", is_line ? "LineString" : "Point");
    ovf_json_key(json, "coordinates");
    if (is_line)
        ovf_json_array(json);
    for (size_t i = 0; i < (is_line ? area->point_count : 1); i++)
        ovf_geojson_position(json, area->points[i]);
    if (is_line)
        ovf_json_end(json);
    ovf_json_end(json);
}

/* By reference the area may be the world's own, the same pointer every time. */
static bool outline_of(const ovf_notice_area *area, ovf_arena *arena, decode_cache *cache,
                       ovf_outline *out)
{
    for (size_t i = 0; i < cache->count; i++) {
        if (cache->areas[i] == area->area) {
            *out = cache->outlines[i];
            return true;
        }
    }
    ovf_area_kind kind = ovf_area_kind_of(area->area);
    bool is_kept = area->certainty == OVF_CERTAINTY_REFERENCE && kind == OVF_AREA_RINGS
                   && area->point_count == 0 && cache->count < DECODE_CACHE_MAX;
    if (ovf_area_outline(area->area, OUTLINE_TOLERANCE_M, is_kept ? &cache->arena : arena, out,
                         NULL)
        != OVF_OK)
        return false;
    if (is_kept) {
        cache->areas[cache->count] = area->area;
        cache->outlines[cache->count++] = *out;
    }
    return true;
}

static void put_geometry(ovf_json *json, const ovf_notice_area *area, ovf_arena *arena,
                         decode_cache *cache)
{
    ovf_json_key(json, "geometry");
    bool is_bare = area->shape == OVF_SHAPE_POINT || area->shape == OVF_SHAPE_AIRPORT
                   || area->shape == OVF_SHAPE_LINE || area->shape == OVF_SHAPE_ROUTE;
    if (area->certainty == OVF_CERTAINTY_UNRESOLVED || !ovf_area_is_resolved(area->area)) {
        ovf_json_null(json);
        return;
    }
    if (is_bare && area->point_count > 0) {
        put_points(json, area);
        return;
    }
    ovf_outline outline = {0};
    if (outline_of(area, arena, cache, &outline))
        ovf_geojson_outline(json, &outline);
    else
        ovf_json_null(json);
}

static void put_area(ovf_json *json, const ovf_notice *notice, const ovf_notice_area *area,
                     ovf_arena *arena, decode_cache *cache)
{
    ovf_json_object(json);
    put_cstr(json, "shape", ovf_shape_name(area->shape));
    put_cstr(json, "certainty", ovf_certainty_name(area->certainty));
    put_text(json, "name", area->name);
    put_level(json, "lower", area->lower, area->lower_text);
    put_level(json, "upper", area->upper, area->upper_text);
    put_active(json, area->has_active ? &area->active : &notice->active);
    put_cstr(json, "effect",
             ovf_effect_name(area->effect == OVF_EFFECT_UNKNOWN ? notice->effect : area->effect));
    if (area->shape == OVF_SHAPE_CIRCLE && area->point_count == 1) {
        ovf_json_key(json, "centre");
        ovf_geojson_position(json, area->points[0]);
        ovf_json_key(json, "radius_nm");
        ovf_json_fixed(json, ovf_m_to_nm(area->radius_m), 4);
    }
    put_geometry(json, area, arena, cache);
    put_span(json, "span", area->span);
    ovf_json_end(json);
}

/* ---- groups of members ---- */

static void put_relayed(ovf_json *json, const ovf_relayed *relayed)
{
    ovf_json_key(json, "relayed");
    if (relayed->span.len == 0) {
        ovf_json_null(json);
        return;
    }
    ovf_json_object(json);
    put_text(json, "state", relayed->state);
    put_text(json, "office", relayed->office);
    put_text(json, "id", relayed->id);
    put_span(json, "span", relayed->span);
    ovf_json_end(json);
}

static void put_heading(ovf_json *json, const ovf_notice *n)
{
    ovf_json_key(json, "record");
    if (n->record_id.len > 0)
        ovf_json_str(json, n->record_id);
    else
        ovf_json_int(json, n->record);
    put_cstr(json, "status", ovf_read_status_name(n->status));
    put_cstr(json, "form", ovf_notice_form_name(n->form));
    put_text(json, "id", n->id);
    put_cstr(json, "kind",
             n->kind == OVF_NOTICE_KIND_UNKNOWN ? NULL : ovf_notice_kind_name(n->kind));
    put_text(json, "refers_to", n->refers_to);
    put_list(json, "references", n->references, n->reference_count);
    ovf_json_key(json, "parts");
    if (n->part_of > 0) {
        ovf_json_object(json);
        ovf_json_key(json, "part");
        ovf_json_int(json, n->part);
        ovf_json_key(json, "of");
        ovf_json_int(json, n->part_of);
        put_bool(json, "complete", n->parts_complete);
        ovf_json_end(json);
    } else {
        ovf_json_null(json);
    }
    ovf_json_key(json, "issuer");
    ovf_json_object(json);
    put_text(json, "office", n->issuer.office);
    put_text(json, "state", n->issuer.state);
    put_text(json, "kind", n->issuer.kind);
    ovf_json_end(json);
    put_relayed(json, &n->relayed);
    put_list(json, "firs", n->firs, n->fir_count);
    put_text(json, "locations", n->locations);
}

static void put_item_q(ovf_json *json, const ovf_notice *n)
{
    put_text(json, "q_fir", n->q_fir);
    put_text(json, "qcode", n->qcode);
    put_text(json, "traffic", n->traffic);
    put_text(json, "purpose", n->purpose);
    put_text(json, "scope", n->scope);
    put_text(json, "subject", n->subject);
    put_text(json, "condition", n->condition);
    put_level(json, "q_lower", n->q_lower, OVF_STR(""));
    put_level(json, "q_upper", n->q_upper, OVF_STR(""));
    ovf_json_key(json, "q_area");
    if (!n->has_q_circle) {
        ovf_json_null(json);
        return;
    }
    ovf_json_object(json);
    ovf_json_key(json, "lat");
    ovf_json_fixed(json, n->q_centre.lat_deg, 6);
    ovf_json_key(json, "lon");
    ovf_json_fixed(json, n->q_centre.lon_deg, 6);
    ovf_json_key(json, "radius_nm");
    if (n->q_radius_nm > 0)
        ovf_json_fixed(json, n->q_radius_nm, 0);
    else
        ovf_json_null(json);
    ovf_json_end(json);
}

static void put_times(ovf_json *json, const ovf_notice *n)
{
    ovf_json_key(json, "valid");
    ovf_json_object(json);
    put_time(json, "from", n->valid_from);
    put_time(json, "until", n->valid_until);
    put_bool(json, "estimated", n->until_estimated);
    put_bool(json, "permanent", n->until_permanent);
    put_text(json, "text", n->valid_text);
    ovf_json_end(json);
    put_text(json, "schedule", n->schedule);
    put_active(json, &n->active);
    put_bool(json, "active_complete", n->active_complete);
    put_time(json, "created", n->created);
    put_text(json, "source", n->source);
}

static void put_addressed(ovf_json *json, const ovf_addressed *a)
{
    ovf_json_key(json, "addressed");
    ovf_json_object(json);
    put_bool(json, "everyone", a->everyone);
    put_list(json, "operator_states", a->operator_states, a->operator_state_count);
    put_list(json, "registry_states", a->registry_states, a->registry_state_count);
    put_list(json, "owner_states", a->owner_states, a->owner_state_count);
    put_list(json, "airman_states", a->airman_states, a->airman_state_count);
    put_list(json, "aircraft", a->aircraft, a->aircraft_count);
    put_list(json, "flights", a->flights, a->flight_count);
    put_list(json, "except", a->except, a->except_count);
    put_bool(json, "us_persons", a->us_persons);
    put_bool(json, "sellers", a->sellers);
    ovf_json_end(json);
}

static void put_findings(ovf_json *json, const ovf_notice *n)
{
    ovf_json_key(json, "findings");
    ovf_json_array(json);
    for (size_t i = 0; i < n->finding_count; i++) {
        const ovf_finding *f = &n->findings[i];
        ovf_json_object(json);
        put_cstr(json, "severity", ovf_severity_name(f->severity));
        put_cstr(json, "rule", f->rule);
        ovf_json_key(json, "pos");
        if (f->pos == OVF_NOPOS)
            ovf_json_null(json);
        else
            ovf_json_int(json, (int64_t)f->pos);
        put_text(json, "message", f->message);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

/* Items as wholes under their letters, as they always were; then every value. */
static void put_item_spans(ovf_json *json, const ovf_notice *n)
{
    put_span(json, "notice", n->raw_span);
    put_span(json, "id", n->span_id);
    put_span(json, "q", n->span_q);
    put_span(json, "a", n->span_a);
    put_span(json, "b", n->span_b);
    put_span(json, "c", n->span_c);
    put_span(json, "d", n->span_d);
    put_span(json, "e", n->span_e);
    put_span(json, "f", n->span_f);
    put_span(json, "g", n->span_g);
    put_span(json, "effect", n->span_effect);
    put_span(json, "active", n->span_active);
    put_span(json, "issuer", n->issuer.span);
    put_span(json, "addressed", n->addressed.span);
}

static void put_spans(ovf_json *json, const ovf_notice *n, ovf_arena *arena)
{
    ovf_notice_span *spans = NULL;
    size_t count = 0;
    ovf_json_key(json, "spans");
    ovf_json_object(json);
    put_item_spans(json, n);
    ovf_json_key(json, "values");
    ovf_json_array(json);
    if (ovf_notice_spans(n, arena, &spans, &count, NULL) != OVF_OK)
        count = 0;
    for (size_t i = 0; i < count; i++) {
        ovf_json_object(json);
        put_cstr(json, "what", spans[i].what);
        ovf_json_key(json, "index");
        ovf_json_int(json, (int64_t)spans[i].index);
        put_text(json, "value", spans[i].value);
        put_span(json, "span", spans[i].span);
        ovf_json_end(json);
    }
    ovf_json_end(json);
    ovf_json_end(json);
}

/* The numbers that a checklist calls valid: "A0092/23". */
static void put_checklist(ovf_json *json, const ovf_notice *n, ovf_arena *arena)
{
    ovf_json_key(json, "checklist");
    if (!n->is_checklist) {
        ovf_json_null(json);
        return;
    }
    ovf_json_object(json);
    put_bool(json, "complete", n->checklist_whole);
    ovf_json_key(json, "valid");
    ovf_json_array(json);
    for (size_t i = 0; i < n->checklist_count; i++) {
        const ovf_checklist_item *item = &n->checklist[i];
        char series = item->series != 0 ? item->series : n->id.len > 0 ? n->id.ptr[0] : '?';
        if (item->number > 0)
            ovf_json_str(json, ovf_arena_printf(arena, "%c%04d/%02d", series, (int)item->number,
                                                (int)(item->year % 100)));
    }
    ovf_json_end(json);
    ovf_json_end(json);
}

void decode_json(ovf_buf *buf, const ovf_notice *notice, bool spans, ovf_arena *arena,
                 decode_cache *cache)
{
    ovf_json json;
    ovf_json_init(&json, buf);
    ovf_json_object(&json);
    put_heading(&json, notice);
    put_item_q(&json, notice);
    put_times(&json, notice);
    put_cstr(&json, "effect", ovf_effect_name(notice->effect));
    put_cstr(&json, "strength", ovf_strength_name(notice->strength));
    put_cstr(&json, "advice", ovf_advice_name(notice->advice));
    put_addressed(&json, &notice->addressed);
    ovf_json_key(&json, "areas");
    ovf_json_array(&json);
    for (size_t i = 0; i < notice->area_count; i++)
        put_area(&json, notice, &notice->areas[i], arena, cache);
    ovf_json_end(&json);
    put_text(&json, "text", notice->text);
    put_text(&json, "item_f", notice->lower_text);
    put_text(&json, "item_g", notice->upper_text);
    put_checklist(&json, notice, arena);
    put_findings(&json, notice);
    if (spans)
        put_spans(&json, notice, arena);
    ovf_json_end(&json);
}
