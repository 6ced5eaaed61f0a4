/* SPDX-License-Identifier: Apache-2.0 */
/* AIXM 5.1 and 5.1.1 messages. An Event gives one notice for each NOTAM in it, or one of its own when it has
 * none: the NOTAM is composed and read as a message, then the features that point at the event say
 * where, how high and when in their time slices (aixm_feature.c, aixm_time.c). Airspaces that no
 * event speaks of give a notice each: data to import rather than news. Each message of a collection
 * is read, and let go, on its own. */
#include "aixm_internal.h"

/* ---- finding one's way ---- */

static bool is_feature(const ovf_xml *node)
{
    return node->end > 0 && ovf_xml_child(node, "timeSlice") != NULL;
}

static const ovf_xml *feature_from(const ovf_xml *node, const ovf_xml *unit)
{
    while (node != NULL && !is_feature(node))
        node = ovf_xml_following(node, unit);
    return node;
}

/* The next feature of the message; what is inside one is passed over. */
static const ovf_xml *feature_behind(const ovf_xml *node, const ovf_xml *unit)
{
    while (node != unit && node->next == NULL)
        node = node->parent;
    return node == unit ? NULL : feature_from(node->next, unit);
}

const ovf_xml *ovf_aixm_next_feature(const struct aixm *x, const ovf_xml *before)
{
    return before == NULL ? feature_from(x->unit, x->unit) : feature_behind(before, x->unit);
}

static double number_of(const ovf_xml *slice, const char *name)
{
    double number = 0.0;
    return ovf_str_to_double(ovf_xml_text(slice, name), &number, NULL) == OVF_OK ? number : -1.0;
}

/* The slice of an event that counts: the latest correction of the latest sequence. */
static const ovf_xml *best_slice(const ovf_xml *event)
{
    const ovf_xml *best = NULL;
    for (const ovf_xml *n = ovf_xml_child(event, "timeSlice"); n != NULL;
         n = ovf_xml_next(n, "timeSlice")) {
        const ovf_xml *slice = n->first;
        if (slice == NULL)
            continue;
        double newer = best == NULL
                           ? 1.0
                           : number_of(slice, "sequenceNumber") - number_of(best, "sequenceNumber");
        if (best != NULL && newer == 0.0)
            newer = number_of(slice, "correctionNumber") - number_of(best, "correctionNumber");
        if (newer >= 0.0)
            best = slice;
    }
    return best;
}

/* ---- the NOTAM of an event as a message ---- */

static const ovf_xml *either(const ovf_xml *node, const char *name, const char *other)
{
    const ovf_xml *found = ovf_xml_child(node, name);
    return found != NULL && found->text.len > 0 ? found : ovf_xml_child(node, other);
}

static void put_ident(ovf_composed *c, const ovf_xml *notam, const char *series, const char *number,
                      const char *year)
{
    const ovf_xml *digits = ovf_xml_child(notam, number);
    const ovf_xml *y = ovf_xml_child(notam, year);
    if (digits == NULL)
        return;
    ovf_compose_element(c, ovf_xml_child(notam, series));
    bool is_bare = ovf_str_find(digits->text, 0, OVF_STR("/")) != OVF_NOPOS;
    for (size_t i = digits->text.len; i < 4 && !is_bare; i++)
        ovf_compose_words(c, "0", digits->at);
    ovf_compose_element(c, digits);
    if (y == NULL || y->text.len < 2 || is_bare)
        return;
    ovf_compose_words(c, "/", y->at);
    size_t skip = y->text.len - 2;
    ovf_compose_text(c, ovf_str_tail(y->text, skip), y->map + skip, y->at);
}

/* 1805100600, 201805100600 or 2018-05-10T06:00:00Z as ten digits; words (PERM) as they are. */
static void put_time(ovf_composed *c, const char *item, const ovf_xml *node)
{
    ovf_time at = 0;
    if (node == NULL || node->text.len == 0)
        return;
    ovf_compose_words(c, item, node->at);
    if (ovf_str_find(node->text, 0, OVF_STR("-")) != OVF_NOPOS
        && ovf_time_parse(node->text, &at, NULL) == OVF_OK) {
        ovf_civil t = ovf_time_civil(at);
        ovf_compose_printf(c, node->at, "%02d%02d%02d%02d%02d", t.year % 100, t.month, t.day,
                           t.hour, t.minute);
        return;
    }
    size_t digits = 0;
    while (digits < node->text.len && ovf_is_digit(node->text.ptr[digits]))
        digits++;
    size_t skip = digits == 12 && node->text.ptr[0] == '2' && node->text.ptr[1] == '0' ? 2 : 0;
    ovf_compose_text(c, ovf_str_tail(node->text, skip), node->map + skip, node->at);
}

/* Whole minutes out of 4147N03501W, 522236N0315658W, or with a zero of the longitude left out. */
static bool put_centre(ovf_composed *c, const ovf_xml *node)
{
    ovf_str t = node->text;
    size_t lat = 0;
    while (lat < t.len && ovf_is_digit(t.ptr[lat]))
        lat++;
    size_t lon = lat + 1;
    while (lon < t.len && ovf_is_digit(t.ptr[lon]))
        lon++;
    size_t lon_digits = lon - lat - 1;
    bool fits = (lat == 4 || lat == 6) && lon + 1 == t.len && lon_digits >= 4 && lon_digits <= 7;
    if (!fits)
        return false;
    ovf_compose_text(c, ovf_str_sub(t, 0, 4), node->map, node->at);
    ovf_compose_text(c, ovf_str_sub(t, lat, lat + 1), node->map + lat, node->at);
    if (lon_digits % 2 == 0)
        ovf_compose_words(c, "0", node->at);
    size_t keep = lon_digits % 2 == 0 ? 4 : 5;
    ovf_compose_text(c, ovf_str_sub(t, lat + 1, lat + 1 + keep), node->map + lat + 1, node->at);
    ovf_compose_text(c, ovf_str_sub(t, lon, lon + 1), node->map + lon, node->at);
    return true;
}

static void put_padded(ovf_composed *c, const ovf_xml *node, const char *missing)
{
    if (node == NULL || node->text.len == 0) {
        ovf_compose_words(c, missing, c->len > 0 ? c->map[c->len - 1] : 0);
        return;
    }
    for (size_t i = node->text.len; i < 3; i++)
        ovf_compose_words(c, "0", node->at);
    ovf_compose_element(c, node);
}

static void put_qline(ovf_composed *c, const ovf_xml *notam)
{
    const ovf_xml *code = ovf_xml_child(notam, "selectionCode");
    const ovf_xml *centre = ovf_xml_child(notam, "coordinates");
    if (code == NULL || code->text.len == 0)
        return;
    ovf_compose_words(c, "\nQ) ", code->at);
    static const char *const names[] = {"affectedFIR", "selectionCode", "traffic", "purpose",
                                        "scope"};
    for (size_t i = 0; i < OVF_COUNTOF(names); i++) {
        if (i > 0)
            ovf_compose_words(c, "/", code->at);
        ovf_compose_element(c, ovf_xml_child(notam, names[i]));
    }
    ovf_compose_words(c, "/", code->at);
    put_padded(c, ovf_xml_child(notam, "minimumFL"), "000");
    ovf_compose_words(c, "/", code->at);
    put_padded(c, ovf_xml_child(notam, "maximumFL"), "999");
    ovf_compose_words(c, "/", code->at);
    if (centre == NULL)
        return;
    if (!put_centre(c, centre))
        ovf_compose_element(c, centre);
    const ovf_xml *radius = ovf_xml_child(notam, "radius");
    if (radius != NULL)
        put_padded(c, radius, "");
}

/* "Daily 04:45-09:15" and "Daily:1100-0001~DLY 1100-0001" in the words of item D. */
static void put_schedule(ovf_composed *c, const ovf_xml *node)
{
    if (node == NULL || node->text.len == 0)
        return;
    ovf_str t = node->text;
    size_t tilde =
        ovf_str_find(t, 0, OVF_STR("~")); // behind it the FAA says it again in its own form
    t = ovf_str_sub(t, 0, tilde);
    ovf_compose_words(c, "\nD) ", node->at);
    for (size_t i = 0; i < t.len; i++) {
        char letter = ovf_upper(t.ptr[i]);
        bool between = letter == ':' && i > 0 && i + 1 < t.len && ovf_is_digit(t.ptr[i - 1]);
        if (between)
            continue;
        if (letter == ':')
            letter = ' ';
        ovf_compose_text(c, (ovf_str){&letter, 1}, node->map + i, node->at);
    }
}

/* As item E is written: in capitals, of each line what is not indentation. */
static void put_text(ovf_composed *c, const ovf_xml *node)
{
    if (node == NULL)
        return;
    ovf_compose_words(c, "\nE) ", node->at);
    bool at_start = true;
    for (size_t i = 0; i < node->text.len; i++) {
        char letter = ovf_upper(node->text.ptr[i]);
        if (at_start && (letter == ' ' || letter == '\t'))
            continue;
        at_start = letter == '\n';
        ovf_compose_text(c, (ovf_str){&letter, 1}, node->map + i, node->at);
    }
}

static void put_limit(ovf_composed *c, const char *item, const ovf_xml *node)
{
    if (node == NULL || node->text.len == 0)
        return;
    ovf_compose_words(c, item, node->at);
    ovf_compose_element(c, node);
    ovf_str unit = ovf_xml_attribute(node, "uom");
    if (unit.len > 0 && unit.len < 8 && ovf_is_digit(node->text.ptr[0]))
        ovf_compose_printf(c, node->at, OVF_FMT, OVF_ARG(unit));
}

static void compose_notam(ovf_composed *c, const ovf_xml *notam)
{
    ovf_str type = ovf_xml_text(notam, "type");
    put_ident(c, notam, "series", "number", "year");
    c->ident = (ovf_range){0, (uint32_t)c->len};
    ovf_compose_words(c, " NOTAM", notam->at);
    ovf_compose_element(c, ovf_xml_child(notam, "type"));
    if (ovf_xml_text(notam, "referredNumber").len > 0 && !ovf_str_eq(type, OVF_STR("N"))) {
        ovf_compose_words(c, " ", notam->at);
        put_ident(c, notam, "referredSeries", "referredNumber", "referredYear");
    }
    put_qline(c, notam);
    const ovf_xml *location = either(notam, "location", "itemA");
    if (location != NULL) {
        ovf_compose_words(c, "\nA) ", location->at);
        ovf_compose_element(c, location);
    }
    const ovf_xml *end = ovf_xml_child(notam, "effectiveEnd");
    put_time(c, "\nB) ", ovf_xml_child(notam, "effectiveStart"));
    put_time(c, " C) ", end);
    const ovf_xml *estimated = either(notam, "estimatedValidity", "estimated");
    if (end != NULL && estimated != NULL && ovf_str_eq_nocase(estimated->text, OVF_STR("YES"))
        && !ovf_str_ends(end->text, OVF_STR("EST")))
        ovf_compose_words(c, "EST", estimated->at);
    put_schedule(c, either(notam, "schedule", "itemD"));
    put_text(c, either(notam, "text", "itemE"));
    put_limit(c, "\nF) ", either(notam, "lowerLimit", "itemF"));
    put_limit(c, "\nG) ", either(notam, "upperLimit", "itemG"));
    ovf_compose_words(c, "\n", notam->at);
}

/* The translation of that type: the FAA's "LOCAL_FORMAT", "OTHER:ICAO". */
static const ovf_xml *translation(const ovf_xml *notam, const char *type)
{
    for (const ovf_xml *n = ovf_xml_child(notam, "translation"); n != NULL;
         n = ovf_xml_next(n, "translation")) {
        const ovf_xml *inner = ovf_xml_child(n, "NOTAMTranslation");
        if (inner != NULL && ovf_str_ends(ovf_xml_text(inner, "type"), ovf_str_of(type)))
            return inner;
    }
    return NULL;
}

/* What a translation says; formatted text is XHTML. */
static bool compose_translation(ovf_composed *c, const ovf_structured *s, const ovf_xml *inner)
{
    const ovf_xml *formatted = ovf_xml_child(inner, "formattedText");
    const ovf_xml *simple = ovf_xml_child(inner, "simpleText");
    if (formatted != NULL)
        ovf_html_text(c, s->record, formatted->at, formatted->end);
    else if (simple != NULL)
        ovf_compose_element(c, simple);
    return c->len > 0 && !c->failed;
}

static bool is_complete(const ovf_xml *notam)
{
    return ovf_xml_text(notam, "selectionCode").len > 0 && ovf_xml_text(notam, "series").len > 0;
}

/* The message that says most: all items; the FAA's ICAO translation; its domestic text; what there
 * is. */
static ovf_notice *read_notam(struct aixm *x, const ovf_xml *notam, ovf_span whole)
{
    static const char *const types[] = {"ICAO", "LOCAL_FORMAT"};
    ovf_composed c = {.arena = x->s->arena};
    for (size_t i = 0; i < OVF_COUNTOF(types) && !is_complete(notam); i++) {
        const ovf_xml *inner = translation(notam, types[i]);
        if (inner != NULL && compose_translation(&c, x->s, inner))
            return ovf_structured_read(x->s, &c, whole);
    }
    compose_notam(&c, notam);
    return ovf_structured_read(x->s, &c, whole);
}

/* What the FAA's translation leaves to the fields and their extension: the schedule, the centre. */
static void fill_fields(struct aixm *x, ovf_notice *n, const ovf_xml *event, const ovf_xml *notam)
{
    const ovf_xml *schedule = either(notam, "schedule", "itemD");
    if (schedule != NULL && schedule->text.len > 0 && n->schedule.len == 0) {
        ovf_composed words = {.arena = x->s->arena};
        put_schedule(&words, schedule);
        if (words.failed) {
            x->s->no_memory = true;
            return;
        }
        n->schedule = ovf_str_tail((ovf_str){words.text, words.len}, strlen("\nD) "));
        n->span_d = (ovf_span){(uint32_t)schedule->at, (uint32_t)(schedule->end - schedule->at)};
        ovf_structured_active(x->s, n);
    }
    const ovf_xml *place = ovf_xml_within(event, "icaoLocation");
    if (place == NULL || n->fir_count > 0 || x->s->world == NULL)
        return;
    uint32_t fir = ovf_world_find_fir(x->s->world, place->text);
    if (fir == OVF_INDEX_NONE)
        return;
    n->firs = ovf_arena_array(x->s->arena, ovf_str, 1);
    if (n->firs != NULL) {
        n->firs[0] = ovf_arena_dup(x->s->arena, place->text);
        n->fir_count = 1;
    }
}

/* Item E as the event has it, where the message has it in capitals. */
static void show_text(struct aixm *x, ovf_notice *n, const ovf_xml *notam)
{
    const ovf_xml *text = either(notam, "text", "itemE");
    const ovf_xml *schedule = either(notam, "schedule", "itemD");
    if (text != NULL && text->text.len > 0) {
        n->text = ovf_arena_dup(x->s->arena, text->text);
        n->span_e = (ovf_span){text->map[0], text->map[text->text.len - 1] + 1 - text->map[0]};
    }
    if (schedule != NULL && schedule->text.len > 0)
        n->schedule = ovf_arena_dup(x->s->arena, schedule->text);
}

/* ---- one event ---- */

static void read_event(struct aixm *x, const ovf_xml *event)
{
    const ovf_xml *slice = best_slice(event);
    struct aixm_event e = {.event = event,
                           .slice = slice,
                           .scenario = ovf_xml_text(slice, "scenario"),
                           .is_only = x->event_count == 1};
    ovf_span whole = {(uint32_t)event->at, (uint32_t)(event->end - event->at)};
    ovf_aixm_valid_time(slice, &e.valid, &e.is_estimated);
    size_t notams = 0;
    // Version 1 of the specification calls it textNOTAM, drafts of version 2 notification.
    for (const ovf_xml *n = ovf_xml_child(slice, NULL); n != NULL; n = ovf_xml_next(n, NULL)) {
        const ovf_xml *notam = ovf_xml_child(n, "NOTAM");
        if (notam == NULL)
            continue;
        ovf_notice *notice = read_notam(x, notam, whole);
        if (notice == NULL)
            return;
        notams++;
        notice->form = OVF_FORM_AIXM;
        fill_fields(x, notice, event, notam);
        show_text(x, notice, notam);
        e.notam = notam;
        ovf_aixm_overlay(x, &e, notice);
    }
    if (notams > 0)
        return;
    ovf_notice *notice = ovf_structured_push(x->s, whole);
    if (notice == NULL)
        return;
    notice->form = OVF_FORM_AIXM;
    e.notam = NULL;
    ovf_aixm_overlay(x, &e, notice);
}

/* ---- a message ---- */

static bool read_unit(void *data, const ovf_xml *unit)
{
    struct aixm *x = data;
    ovf_error err = {0};
    x->unit = unit;
    x->ids = (ovf_gml_ids){0};
    x->event_count = 0;
    if (ovf_gml_index(unit, x->scratch, &x->ids, &err) != OVF_OK)
        return false;
    for (const ovf_xml *n = ovf_aixm_next_feature(x, NULL); n != NULL;
         n = ovf_aixm_next_feature(x, n))
        x->event_count += ovf_xml_is(n, "Event");
    for (const ovf_xml *n = ovf_aixm_next_feature(x, NULL); n != NULL && !x->s->no_memory;
         n = ovf_aixm_next_feature(x, n)) {
        if (ovf_xml_is(n, "Event"))
            read_event(x, n);
        else if (ovf_xml_is(n, "Airspace") && ovf_aixm_events_of(x, n) == 0 && x->event_count == 0)
            ovf_aixm_airspace(x, n);
    }
    return !x->s->no_memory;
}

void ovf_read_aixm(ovf_structured *s, size_t start)
{
    static const char *const kept[] = {
        "AIXMBasicMessage", "hasMember", "member", "featureMember", "Event", "Airspace", NULL};
    ovf_arena scratch;
    ovf_arena_init(&scratch, 0);
    struct aixm x = {.s = s, .scratch = &scratch};
    size_t first = s->count;
    ovf_xml_options options = {
        .kept = kept, .with_map = true, .each = read_unit, .data = &x, .scratch = &scratch};
    ovf_structured_xml(s, start, &options, OVF_FORM_AIXM, NULL);
    ovf_arena_done(&scratch);
    if (s->count > first || s->no_memory)
        return;
    ovf_structured_broken(
        s, OVF_FORM_AIXM, start, start,
        "expected events or airspaces; other data sets are for overfly world import");
}
