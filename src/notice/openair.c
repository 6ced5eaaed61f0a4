/* SPDX-License-Identifier: Apache-2.0 */
/* OpenAir, both dialects: each airspace, from its AC line to the next, is a notice. The reader of airspace
 * files (world) reads the outline; here its kind becomes an effect, and the activations of the
 * extended dialect (AA, "2026-05-01T08:00Z/2026-05-01T16:00Z") become times. */
#include "structured_internal.h"

/* A ring has 60; with more than this it is made of arcs to no end. */
#define AIRSPACE_VERTICES_MAX 100000

static bool is_record(ovf_str line, const char *name)
{
    return line.len > 2 && line.ptr[0] == name[0] && line.ptr[1] == name[1]
           && (line.ptr[2] == ' ' || line.ptr[2] == '\t');
}

/* ---- where the airspaces are ---- */

/* The next line that begins an airspace at or after `at`, or OVF_NOPOS. */
static size_t next_airspace(ovf_str s, size_t at)
{
    while (at < s.len) {
        size_t end = ovf_str_find(s, at, OVF_STR("\n"));
        end = end == OVF_NOPOS ? s.len : end;
        size_t from = at;
        while (from < end && (s.ptr[from] == ' ' || s.ptr[from] == '\t'))
            from++;
        if (is_record(ovf_str_sub(s, from, end), "AC"))
            return from;
        at = end + 1;
    }
    return OVF_NOPOS;
}

/* The bytes of a block up to its last record: comments behind it speak of the next one. */
static size_t end_of_block(ovf_str s, size_t from, size_t until)
{
    size_t end = from;
    for (size_t at = from; at < until;) {
        size_t stop = ovf_str_find(s, at, OVF_STR("\n"));
        stop = stop == OVF_NOPOS || stop > until ? until : stop;
        ovf_str line = ovf_str_trim(ovf_str_sub(s, at, stop));
        if (line.len > 0 && line.ptr[0] != '*')
            end = (size_t)(line.ptr - s.ptr) + line.len;
        at = stop + 1;
    }
    return end;
}

/* ---- facts beside the outline ---- */

static ovf_effect effect_of(const ovf_airspace *facts)
{
    static const struct {
        const char *kind;
        ovf_effect effect;
    } kinds[] = {{"P", OVF_EFFECT_PROHIBITED},   {"GP", OVF_EFFECT_PROHIBITED},
                 {"R", OVF_EFFECT_RESTRICTED},   {"TFR", OVF_EFFECT_RESTRICTED},
                 {"TRA", OVF_EFFECT_RESTRICTED}, {"TSA", OVF_EFFECT_RESTRICTED},
                 {"D", OVF_EFFECT_DANGER},       {"Q", OVF_EFFECT_DANGER},
                 {"W", OVF_EFFECT_WARNING},      {"MTA", OVF_EFFECT_WARNING},
                 {"MTR", OVF_EFFECT_WARNING}};
    for (size_t i = 0; i < OVF_COUNTOF(kinds); i++)
        if (ovf_str_eq(facts->kind, ovf_str_of(kinds[i].kind)))
            return kinds[i].effect;
    return OVF_EFFECT_INFORMATION;
}

/* One side of an activation: a time, or NONE for no bound. */
static bool read_side(ovf_str text, ovf_time open, ovf_time *out)
{
    text = ovf_str_trim(text);
    *out = open;
    return ovf_str_eq_nocase(text, OVF_STR("NONE")) || ovf_time_parse(text, out, NULL) == OVF_OK;
}

static void add_activation(ovf_structured *s, ovf_notice *n, ovf_str value, ovf_intervals *times)
{
    ovf_str from_text, rest = value;
    ovf_interval times_of = {0};
    size_t at = (size_t)(value.ptr - s->record.ptr);
    if (n->span_d.len == 0)
        n->span_d.at = (uint32_t)at;
    n->span_d.len = (uint32_t)(at + value.len) - n->span_d.at;
    bool is_read = ovf_str_field(&rest, '/', &from_text) && rest.ptr != NULL
                   && read_side(from_text, OVF_TIME_NONE + 1, &times_of.from)
                   && read_side(rest, OVF_TIME_OPEN, &times_of.until)
                   && times_of.from < times_of.until;
    if (!is_read) {
        ovf_structured_find(s, n, OVF_WARNING, "D_UNPARSED", at,
                            "expected AA with two times as 2026-05-01T08:00Z/2026-05-01T16:00Z");
        return;
    }
    if (ovf_intervals_add(times, times_of, s->arena) == OVF_E_NOMEM)
        s->no_memory = true;
}

/* The activations of a block; without any it is there all the time. */
static void read_activations(ovf_structured *s, ovf_notice *n)
{
    ovf_intervals times = {0}, clipped = {0}, window = {0};
    ovf_str rest = n->raw, line;
    while (ovf_str_line(&rest, &line)) {
        line = ovf_str_trim(line);
        if (is_record(line, "AA"))
            add_activation(s, n, ovf_str_trim(ovf_str_tail(line, 2)), &times);
    }
    n->until_permanent = n->span_d.len == 0;
    if (n->span_d.len > 0)
        n->schedule = ovf_str_sub(s->record, n->span_d.at, (size_t)n->span_d.at + n->span_d.len);
    if (times.count == 0) {
        n->schedule = OVF_STR("");
        ovf_structured_active(s, n);
        return;
    }
    if (times.items[0].from > OVF_TIME_NONE + 1)
        n->valid_from = times.items[0].from;
    n->valid_until = times.items[times.count - 1].until;
    ovf_interval wanted = s->options->window;
    bool is_default = wanted.from == 0 && wanted.until == 0;
    if (is_default && n->valid_from != OVF_TIME_NONE)
        wanted = (ovf_interval){n->valid_from, n->valid_from + 28 * (ovf_time)OVF_DAY_S};
    else if (is_default)
        wanted = (ovf_interval){OVF_TIME_NONE + 1, OVF_TIME_OPEN};
    if (ovf_intervals_add(&window, wanted, s->arena) != OVF_OK
        || ovf_intervals_intersect(&times, &window, s->arena, &clipped) != OVF_OK) {
        s->no_memory = true;
        return;
    }
    n->active = clipped;
    n->active_complete = n->valid_until <= wanted.until && !ovf_structured_has(n, "D_UNPARSED");
}

/* "line 5 (NAME): why" of the reader as a position in the record. */
static void take_finding(ovf_structured *s, ovf_notice *n, const ovf_finding *finding)
{
    ovf_str text = finding->message;
    uint32_t line = 1;
    size_t pos = n->raw_span.at;
    size_t digits = ovf_str_take_uint(text, 5, 1000000, &line);
    for (uint32_t i = 1; i < line; i++) {
        size_t next = ovf_str_find(s->record, pos, OVF_STR("\n"));
        if (next == OVF_NOPOS || next + 1 >= (size_t)n->raw_span.at + n->raw_span.len)
            break;
        pos = next + 1;
    }
    size_t colon = ovf_str_find(text, digits, OVF_STR("): "));
    if (colon != OVF_NOPOS)
        text = ovf_str_tail(text, colon + 3);
    ovf_structured_find(s, n, finding->severity, "OPENAIR", pos, OVF_FMT, OVF_ARG(text));
}

static ovf_str value_of(const ovf_notice *n, const char *name, ovf_span *span)
{
    ovf_str rest = n->raw, line;
    while (ovf_str_line(&rest, &line)) {
        line = ovf_str_trim(line);
        if (!is_record(line, name))
            continue;
        ovf_str value = ovf_str_trim(ovf_str_tail(line, 2));
        *span =
            (ovf_span){n->raw_span.at + (uint32_t)(value.ptr - n->raw.ptr), (uint32_t)value.len};
        return value;
    }
    return OVF_STR("");
}

/* ---- one airspace ---- */

static void add_volume(ovf_structured *s, ovf_notice *n, const ovf_airspace_volume *volume)
{
    size_t capacity = n->area_count;
    ovf_notice_area *area = ovf_structured_area(s, n, &capacity);
    ovf_point *centre = volume->is_circle ? ovf_arena_array(s->arena, ovf_point, 1) : NULL;
    if (area == NULL)
        return;
    *area = (ovf_notice_area){.shape = OVF_SHAPE_POLYGON,
                              .certainty = OVF_CERTAINTY_EXACT,
                              .name = volume->facts.name,
                              .area = volume->area,
                              .lower = volume->facts.lower,
                              .upper = volume->facts.upper,
                              .points = volume->vertices,
                              .point_count = volume->vertex_count,
                              .span = n->raw_span};
    if (area->point_count > OVF_NOTICE_MAX_VERTICES)
        area->point_count = 0;
    if (area->point_count > 1
        && ovf_distance_m(area->points[0], area->points[area->point_count - 1]) < OVF_COINCIDENT_M)
        area->point_count--; // the first one again
    if (centre == NULL
        || ovf_area_circle(s->arena, volume->centre, volume->radius_m, &area->area, NULL) != OVF_OK)
        return;
    *centre = volume->centre;
    area->shape = OVF_SHAPE_CIRCLE;
    area->points = centre;
    area->point_count = 1;
    area->radius_m = volume->radius_m;
}

static void read_airspace(ovf_structured *s, size_t from, size_t until)
{
    ovf_span whole = {(uint32_t)from, (uint32_t)(end_of_block(s->record, from, until) - from)};
    ovf_notice *n = ovf_structured_push(s, whole);
    ovf_airspace_set set = {0};
    ovf_error err = {0};
    size_t most =
        s->vertices_left < AIRSPACE_VERTICES_MAX ? s->vertices_left : AIRSPACE_VERTICES_MAX;
    const ovf_airspace_limits limits = {.vertices = most > 0 ? most : 1};
    if (n == NULL)
        return;
    n->form = OVF_FORM_OPENAIR;
    n->kind = OVF_NOTICE_NEW;
    n->issuer.kind = OVF_STR("unknown");
    n->addressed.everyone = true;
    ovf_status status =
        ovf_airspaces_read(n->raw, OVF_AIRSPACE_OPENAIR, &limits, s->arena, &set, &err);
    if (status == OVF_E_NOMEM) {
        s->no_memory = true;
        return;
    }
    if (status != OVF_OK)
        ovf_structured_find(s, n, OVF_ERROR, "OPENAIR", from, "%s", err.reason);
    for (size_t i = 0; i < set.findings.count; i++)
        take_finding(s, n, &set.findings.items[i]);
    n->text = value_of(n, "AN", &n->span_e);
    n->id = value_of(n, "AI", &n->span_id);
    n->effect = OVF_EFFECT_INFORMATION;
    for (size_t i = 0; i < set.count; i++) {
        const ovf_airspace *facts = &set.items[i].facts;
        n->effect = effect_of(facts);
        n->text = facts->name;
        if (n->id.len == 0)
            n->id = facts->ident;
        if (ovf_str_eq(facts->kind, OVF_STR("GP"))) {
            static ovf_str gliders[] = {OVF_STR_INIT("GLIDER")};
            n->addressed.aircraft = gliders;
            n->addressed.aircraft_count = 1;
        }
        add_volume(s, n, &set.items[i]);
        s->vertices_left -= set.items[i].vertex_count < s->vertices_left ? set.items[i].vertex_count
                                                                         : s->vertices_left;
    }
    if (n->id.len == 0) {
        n->id = n->text;
        n->span_id = n->span_e;
    }
    n->lower_text = value_of(n, "AL", &n->span_f);
    n->upper_text = value_of(n, "AH", &n->span_g);
    for (size_t i = 0; i < n->area_count; i++) {
        n->areas[i].lower_text = n->lower_text;
        n->areas[i].upper_text = n->upper_text;
    }
    read_activations(s, n);
    bool is_whole = n->area_count > 0 && ovf_is_whole(n->findings, n->finding_count);
    n->status = is_whole ? OVF_READ_OK : OVF_READ_PARTIAL;
}

void ovf_read_openair(ovf_structured *s, size_t start)
{
    size_t at = next_airspace(s->record, start);
    while (at != OVF_NOPOS && !s->no_memory && !s->is_over) {
        size_t next = next_airspace(s->record, at + 2);
        read_airspace(s, at, next == OVF_NOPOS ? s->record.len : next);
        at = next;
    }
}
