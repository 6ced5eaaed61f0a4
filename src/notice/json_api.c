/* SPDX-License-Identifier: Apache-2.0 */
/* Notices in JSON. Known: the FAA's NOTAM API (a Feature with coreNOTAMData, alone or in the "items"
 * of a page), GeoJSON (json_feature.c). In JSON of any other shape each text that looks like a NOTAM is
 * read. Values may follow each other, one a line or not. Of a document that breaks off what was
 * whole before comes out. */
#include "structured_internal.h"

#define DEPTH_MAX 32 /* of arrays and objects looked through for notices */

/* ---- members ---- */

ovf_str ovf_json_text(ovf_structured *s, ovf_json_value object, const char *name)
{
    ovf_str text = {0};
    ovf_json_value value = ovf_json_get(object, name);
    if (ovf_json_kind(value) == '0')
        return ovf_json_raw(value);
    if (ovf_json_kind(value) != '"')
        return OVF_STR("");
    if (!ovf_json_string(value, s->arena, &text, NULL))
        s->no_memory = true;
    return ovf_str_trim(text);
}

static bool compose_value(ovf_composed *c, ovf_json_value value)
{
    ovf_str text = {0};
    const uint32_t *map = NULL;
    if (ovf_json_kind(value) != '"')
        return false;
    if (!ovf_json_string(value, c->arena, &text, &map)) {
        c->failed = true;
        return false;
    }
    ovf_compose_text(c, text, map, value.at);
    return text.len > 0;
}

bool ovf_compose_member(ovf_composed *c, ovf_json_value object, const char *name)
{
    return compose_value(c, ovf_json_get(object, name));
}

bool ovf_looks_like_notam(ovf_str text)
{
    ovf_str t = ovf_str_trim(text);
    ovf_str head = ovf_str_sub(t, 0, 2000);
    if (t.len < 12)
        return false;
    bool has_q = ovf_str_find(head, 0, OVF_STR("Q)")) != OVF_NOPOS;
    bool has_item = ovf_str_find(head, 0, OVF_STR("A)")) != OVF_NOPOS
                    || ovf_str_find(head, 0, OVF_STR("E)")) != OVF_NOPOS;
    return (has_q && has_item) || ovf_str_find(head, 0, OVF_STR("NOTAMN")) != OVF_NOPOS
           || ovf_str_find(head, 0, OVF_STR("NOTAMR")) != OVF_NOPOS
           || ovf_str_find(head, 0, OVF_STR("NOTAMC")) != OVF_NOPOS
           || (t.ptr[0] == '!' && ovf_str_find(head, 0, OVF_STR("/")) != OVF_NOPOS);
}

/* ---- the FAA's API ---- */

static ovf_json_value translation(ovf_json_value core, const char *type, const char **member)
{
    ovf_json_value list = ovf_json_get(core, "notamTranslation"), item = {0}, found = {0};
    while (ovf_json_next(list, &item, NULL)) {
        ovf_str kind = ovf_json_raw(ovf_json_get(item, "type"));
        if (ovf_str_find(kind, 0, ovf_str_of(type)) == OVF_NOPOS)
            continue;
        static const char *const members[] = {"formattedText", "simpleText"};
        for (size_t i = 0; i < OVF_COUNTOF(members) && found.text == NULL; i++)
            if (ovf_json_kind(ovf_json_get(item, members[i])) == '"') {
                found = item;
                *member = members[i];
            }
    }
    return found;
}

/* "OSH 07/031" and "FDC 3/8210", as the domestic form has it: a number alone says little. */
static ovf_str number_of(ovf_structured *s, ovf_json_value notam)
{
    ovf_str number = ovf_json_text(s, notam, "number");
    ovf_str series = ovf_json_text(s, notam, "series");
    ovf_str account = ovf_json_text(s, notam, "accountId");
    ovf_str kind = ovf_json_text(s, notam, "classification");
    bool is_local = ovf_str_eq(kind, OVF_STR("DOM")) || ovf_str_eq(kind, OVF_STR("FDC"));
    ovf_str out = number;
    if (number.len > 0 && ovf_is_digit(number.ptr[0]) && series.len == 1)
        out = ovf_arena_printf(s->arena, OVF_FMT OVF_FMT, OVF_ARG(series), OVF_ARG(number));
    else if (number.len > 0 && is_local && account.len > 0)
        out = ovf_arena_printf(s->arena, OVF_FMT " " OVF_FMT, OVF_ARG(account), OVF_ARG(number));
    if (out.ptr == NULL)
        out = OVF_STR("");
    return out;
}

static void put_field(ovf_composed *c, ovf_json_value notam, const char *item, const char *name)
{
    ovf_json_value value = ovf_json_get(notam, name);
    if (ovf_json_kind(value) != '"')
        return;
    ovf_compose_words(c, item, value.at);
    compose_value(c, value);
}

static void put_time(ovf_composed *c, ovf_structured *s, ovf_json_value notam, const char *item,
                     const char *name)
{
    ovf_time at = 0;
    ovf_str text = ovf_json_text(s, notam, name);
    if (ovf_time_parse(text, &at, NULL) != OVF_OK) {
        put_field(c, notam, item, name);
        return;
    }
    ovf_json_value value = ovf_json_get(notam, name);
    ovf_civil t = ovf_time_civil(at);
    ovf_compose_words(c, item, value.at);
    ovf_compose_printf(c, value.at, "%02d%02d%02d%02d%02d", t.year % 100, t.month, t.day, t.hour,
                       t.minute);
}

/* Without a translation: the members themselves. */
static void compose_members(ovf_composed *c, ovf_structured *s, ovf_json_value notam)
{
    put_field(c, notam, "", "number");
    ovf_compose_words(c, " NOTAM", notam.at);
    put_field(c, notam, "", "type");
    put_field(c, notam, "\nA) ",
              ovf_json_text(s, notam, "icaoLocation").len > 0 ? "icaoLocation" : "location");
    put_time(c, s, notam, "\nB) ", "effectiveStart");
    put_time(c, s, notam, " C) ", "effectiveEnd");
    put_field(c, notam, "\nD) ", "schedule");
    put_field(c, notam, "\nE) ", "text");
    put_field(c, notam, "\nF) ", "lowerLimit");
    put_field(c, notam, "\nG) ", "upperLimit");
}

/* The number line, where the ICAO text begins with item Q. */
static void put_heading(ovf_composed *c, ovf_json_value item, const char *member,
                        ovf_json_value notam)
{
    ovf_str text = ovf_json_raw(ovf_json_get(item, member));
    ovf_str head = ovf_str_sub(text, 0, 60);
    if (ovf_str_find(head, 0, OVF_STR("NOTAM")) != OVF_NOPOS)
        return;
    put_field(c, notam, "", "number");
    if (c->len == 0)
        return;
    c->ident = (ovf_range){0, (uint32_t)c->len};
    put_field(c, notam, " NOTAM", "type");
    ovf_compose_words(c, "\n", c->map[c->len - 1]);
}

static void check_time(ovf_structured *s, ovf_notice *n, ovf_json_value notam, const char *name,
                       ovf_time read)
{
    ovf_time said = 0;
    char text[OVF_TIME_TEXT_MAX];
    if (ovf_time_parse(ovf_json_text(s, notam, name), &said, NULL) != OVF_OK
        || read == OVF_TIME_NONE || read == OVF_TIME_OPEN
        || (said > read ? said - read : read - said) <= 60)
        return;
    ovf_time_format(said, text, sizeof text);
    ovf_structured_find(s, n, OVF_WARNING, "JSON_TIME", ovf_json_get(notam, name).at,
                        "%s is %s, the text says otherwise and stands", name, text);
}

static void check_members(ovf_structured *s, ovf_notice *n, ovf_json_value notam)
{
    ovf_str place = ovf_json_text(s, notam, "icaoLocation");
    ovf_str type = ovf_json_text(s, notam, "type");
    check_time(s, n, notam, "effectiveStart", n->valid_from);
    check_time(s, n, notam, "effectiveEnd", n->valid_until);
    if (place.len > 0 && n->locations.len > 0 && ovf_str_find(n->locations, 0, place) == OVF_NOPOS
        && n->span_a.len > 0)
        ovf_structured_find(
            s, n, OVF_WARNING, "JSON_LOCATION", ovf_json_get(notam, "icaoLocation").at,
            "icaoLocation is " OVF_FMT ", item A says otherwise and stands", OVF_ARG(place));
    ovf_notice_kind kind = ovf_str_eq(type, OVF_STR("N"))   ? OVF_NOTICE_NEW
                           : ovf_str_eq(type, OVF_STR("R")) ? OVF_NOTICE_REPLACE
                           : ovf_str_eq(type, OVF_STR("C")) ? OVF_NOTICE_CANCEL
                                                            : OVF_NOTICE_KIND_UNKNOWN;
    if (n->kind == OVF_NOTICE_KIND_UNKNOWN)
        n->kind = kind;
    else if (kind != OVF_NOTICE_KIND_UNKNOWN && kind != n->kind)
        ovf_structured_find(s, n, OVF_WARNING, "JSON_TYPE", ovf_json_get(notam, "type").at,
                            "type is " OVF_FMT ", the text says %s and stands", OVF_ARG(type),
                            ovf_notice_kind_name(n->kind));
}

static void fill_members(ovf_structured *s, ovf_notice *n, ovf_json_value notam)
{
    ovf_time at = 0;
    if (n->valid_from == OVF_TIME_NONE
        && ovf_time_parse(ovf_json_text(s, notam, "effectiveStart"), &at, NULL) == OVF_OK) {
        n->valid_from = at;
        ovf_structured_settle(n, "VALIDITY_MISSING");
        ovf_structured_settle(n, "B_MISSING");
        if (ovf_time_parse(ovf_json_text(s, notam, "effectiveEnd"), &at, NULL) == OVF_OK)
            n->valid_until = at;
        ovf_structured_active(s, n);
    }
    if (ovf_time_parse(ovf_json_text(s, notam, "issued"), &at, NULL) == OVF_OK)
        n->created = at;
    if (n->locations.len == 0)
        n->locations = ovf_json_text(s, notam, "icaoLocation");
    if (n->issuer.state.len == 0) {
        n->issuer.office = ovf_json_text(s, notam, "accountId");
        n->issuer.state = OVF_STR("USA");
        n->issuer.kind = OVF_STR("state");
    }
}

/* A point is the place of the aerodrome or of what the text has with its seconds: only where the text
 * draws nothing does it add anything. A surface is drawn for the notice. */
static bool wants_geometry(const ovf_notice *n, ovf_json_value geometry)
{
    bool is_surface = ovf_str_find(ovf_json_raw(geometry), 0, OVF_STR("Polygon\"")) != OVF_NOPOS;
    bool has_place = false;
    for (size_t i = 0; i < n->area_count; i++)
        has_place |= n->areas[i].certainty == OVF_CERTAINTY_EXACT
                     || n->areas[i].certainty == OVF_CERTAINTY_REFERENCE;
    return n->kind != OVF_NOTICE_CANCEL && (is_surface || !has_place);
}

static void read_api_item(ovf_structured *s, ovf_json_value item, ovf_json_value core)
{
    ovf_json_value notam = ovf_json_get(core, "notam");
    const char *member = NULL;
    ovf_composed c = {.arena = s->arena};
    ovf_json_value text = translation(core, "ICAO", &member);
    bool is_icao = text.text != NULL;
    if (!is_icao)
        text = translation(core, "LOCAL_FORMAT", &member);
    if (is_icao)
        put_heading(&c, text, member, notam);
    if (text.text != NULL)
        ovf_compose_member(&c, text, member);
    else
        compose_members(&c, s, notam);
    ovf_span whole = {(uint32_t)item.at, (uint32_t)(item.end - item.at)};
    ovf_notice *n = c.len > 0 ? ovf_structured_read(s, &c, whole) : ovf_structured_push(s, whole);
    s->no_memory |= c.failed;
    if (n == NULL)
        return;
    n->form = OVF_FORM_GEOJSON;
    ovf_str number = number_of(s, notam);
    if (number.len > 0 && ovf_json_text(s, notam, "number").len > 0) {
        ovf_json_value value = ovf_json_get(notam, "number");
        n->id = number;
        if (n->span_id.len == 0)
            n->span_id = (ovf_span){(uint32_t)value.at, (uint32_t)(value.end - value.at)};
    }
    fill_members(s, n, notam);
    check_members(s, n, notam);
    size_t data = n->area_count;
    size_t capacity = data;
    ovf_json_value geometry = ovf_json_get(item, "geometry");
    if (wants_geometry(n, geometry)) {
        ovf_json_geometry(s, n, geometry, 0.0, &capacity);
        ovf_structured_merge(s, n, data);
    }
    bool is_whole = n->id.len > 0 && n->valid_from != OVF_TIME_NONE
                    && ovf_is_whole(n->findings, n->finding_count);
    n->status = is_whole ? OVF_READ_OK : OVF_READ_PARTIAL;
}

/* ---- any value ---- */

static bool is_geojson_type(ovf_str type)
{
    static const char *const names[] = {
        "\"Feature\"",    "\"Polygon\"",    "\"MultiPolygon\"",    "\"Point\"",
        "\"MultiPoint\"", "\"LineString\"", "\"MultiLineString\"", "\"GeometryCollection\""};
    for (size_t i = 0; i < OVF_COUNTOF(names); i++)
        if (ovf_str_eq(type, ovf_str_of(names[i])))
            return true;
    return false;
}

static void read_text_value(ovf_structured *s, ovf_json_value value)
{
    ovf_composed c = {.arena = s->arena};
    if (value.end - value.at < 14 || !compose_value(&c, value)) {
        s->no_memory |= c.failed;
        return;
    }
    if (!c.failed && ovf_looks_like_notam((ovf_str){c.text, c.len}))
        ovf_structured_read_all(s, &c,
                                (ovf_span){(uint32_t)value.at, (uint32_t)(value.end - value.at)});
    s->no_memory |= c.failed;
}

static void read_value(ovf_structured *s, ovf_json_value value, int depth)
{
    char kind = ovf_json_kind(value);
    ovf_json_value item = {0};
    if (s->no_memory || s->is_over || depth > DEPTH_MAX)
        return;
    if (kind == '"') {
        read_text_value(s, value);
        return;
    }
    if (kind == '{') {
        ovf_json_value core = ovf_json_get(value, "coreNOTAMData");
        if (core.text == NULL)
            core = ovf_json_get(ovf_json_get(value, "properties"), "coreNOTAMData");
        if (ovf_json_kind(core) == '{') {
            read_api_item(s, value, core);
            return;
        }
        ovf_str type = ovf_json_raw(ovf_json_get(value, "type"));
        if (ovf_str_eq(type, OVF_STR("\"FeatureCollection\""))) {
            ovf_json_value features = ovf_json_get(value, "features");
            while (!s->is_over && ovf_json_next(features, &item, NULL))
                read_value(s, item, depth + 1);
            return;
        }
        if (is_geojson_type(type)) {
            ovf_json_feature(s, value);
            return;
        }
    }
    while (!s->is_over && ovf_json_next(value, &item, NULL))
        read_value(s, item, depth + 1);
}

/* ---- a document ---- */

/* Reads the values that are whole before the byte where it went wrong. */
static void read_broken(ovf_structured *s, size_t at, const ovf_error *err)
{
    ovf_str text = s->record;
    size_t last = at;
    bool in_text = false;
    for (size_t i = at + 1; i < err->pos && i < text.len && !s->no_memory && !s->is_over; i++) {
        char c = text.ptr[i];
        ovf_json_value value;
        if (in_text && c == '\\')
            i++;
        else if (c == '"')
            in_text = !in_text;
        else if (!in_text && c == '{' && ovf_json_value_at(text, i, &value, NULL) == OVF_OK) {
            size_t before = s->count;
            read_value(s, value, 1);
            i = value.end - 1;
            if (s->count > before)
                last = value.end;
        }
    }
    ovf_structured_broken(s, OVF_FORM_GEOJSON, last, err->pos, err->reason);
}

void ovf_read_json(ovf_structured *s, size_t start)
{
    size_t at = start;
    if (ovf_str_starts(ovf_str_tail(s->record, at), OVF_STR("\xef\xbb\xbf")))
        at += 3;
    while (!s->no_memory && !s->is_over) {
        while (at < s->record.len
               && (ovf_is_blank(s->record.ptr[at]) || s->record.ptr[at] == '\x1e'))
            at++;
        if (at >= s->record.len)
            return;
        ovf_json_value value;
        ovf_error err = {0};
        if (ovf_json_value_at(s->record, at, &value, &err) != OVF_OK) {
            read_broken(s, at, &err);
            return;
        }
        read_value(s, value, 0);
        at = value.end;
    }
}
