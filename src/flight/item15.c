/* SPDX-License-Identifier: Apache-2.0 */
/* Item 15, the words of a route: Doc 4444 App. 2, item 15.
 *
 *   route   := speed level word*
 *   word    := DCT | IFR | VFR | OAT | GAT | point [changes] | airway | procedure | T
 *   changes := "/" speed level | "/STAY" n "/" hhmm;   "C/" point "/" speed level (level | PLUS)
 *
 * A name that is in the world's tables is a point. Of the others the form decides: procedures
 * (letters, one digit, a letter or none) stand first or last only, airways have a letter or more
 * and then digits. What fits nothing is kept as unresolved: a route never loses a word in silence. */
#include "flight_internal.h"

#include <string.h>

static bool is_one_of(ovf_str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (ovf_str_eq(word, ovf_str_of(words[i])))
            return true;
    }
    return false;
}

/* ---- the forms of names ---- */

/* "BOG1A", "EGOB1L", "HYPER8", "PARCH3": Annex 11 App. 3. Two letters need the closing one, or
 * "UP6" would be a procedure. */
static bool is_procedure(ovf_str s)
{
    static const char *const words[] = {"SID", "STAR"};
    if (is_one_of(s, words, OVF_COUNTOF(words)))
        return true;
    size_t letters = flight_letters(s, 0);
    size_t digits = flight_digits(s, letters);
    size_t tail = flight_letters(s, letters + digits);
    return letters >= 2 && letters <= 6 && digits == 1 && tail <= 2
           && letters + digits + tail == s.len && (letters > 2 || tail >= 1);
}

/* No airway has four letters: such a name is a procedure wherever it stands. */
static bool is_surely_procedure(ovf_str s)
{
    return is_procedure(s) && flight_letters(s, 0) >= 4 && flight_letters(s, 0) < s.len;
}

/* The aerodrome of departure or destination, repeated at its end of the route, often with the runway
 * behind a stroke: "EBBR/25R". */
static bool is_terminal(const flight_reader *r, ovf_str word)
{
    ovf_str ident = word;
    ovf_str runway = word;
    ovf_str_field(&runway, '/', &ident);
    if (ident.len != 4 || runway.len > 3)
        return false;
    if (runway.ptr != NULL && flight_digits(runway, 0) != 2)
        return false;
    return ovf_str_eq_nocase(ident, r->flight->from) || ovf_str_eq_nocase(ident, r->flight->to);
}

/* "G597", "UL975", "UN546", "OTR15", "N505A", "NATB". */
bool flight_is_airway(ovf_str s)
{
    if (s.len == 4 && ovf_str_starts(s, OVF_STR("NAT")) && is_letter(s.ptr[3]))
        return true;
    size_t letters = flight_letters(s, 0);
    size_t digits = flight_digits(s, letters);
    size_t tail = flight_letters(s, letters + digits);
    return letters >= 1 && letters <= 3 && digits >= 1 && digits <= 4 && tail <= 1
           && letters + digits + tail == s.len;
}

/* ---- what stands behind a stroke ---- */

static bool read_stay(ovf_str text, int32_t *minutes)
{
    // "STAY1/0030"
    if (!ovf_str_starts(text, OVF_STR("STAY")))
        return false;
    size_t digits = flight_digits(text, 4);
    if (digits == 0 || 4 + digits >= text.len || text.ptr[4 + digits] != '/')
        return false;
    int32_t stay = flight_read_hhmm(ovf_str_tail(text, 5 + digits), 100);
    if (stay < 0)
        return false;
    *minutes = stay;
    return true;
}

static void read_changes(flight_reader *r, element *e, ovf_str changes, bool cruise_climb)
{
    ovf_error err = {0};
    if (read_stay(changes, &e->stay_min))
        return;
    // A level change may be followed by a stay: "SYE/N0200F090/STAY1/0015".
    size_t stay = ovf_str_find(changes, 0, OVF_STR("/STAY"));
    ovf_str level = ovf_str_sub(changes, 0, stay == OVF_NOPOS ? changes.len : stay);
    if (stay != OVF_NOPOS && !read_stay(ovf_str_tail(changes, stay + 1), &e->stay_min))
        ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, changes) + stay + 1, "FPL_15_STAY",
                         "expected a stay such as STAY1/0030 (item 15)");
    if (flight_read_speed_level(level, cruise_climb, &e->change, &err) == OVF_OK)
        e->has_change = true;
    else
        ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, level) + err.pos, "FPL_15_CHANGE",
                         "%s", err.reason);
}

/* ---- one word ---- */

void flight_classify_point(flight_reader *r, element *e)
{
    const char *why = NULL;
    ovf_str reference = {0};
    int bearing_deg = 0;
    int distance_nm = 0;
    switch (flight_read_coordinate(e->ident, &e->candidates[0], &why)) {
    case POINT_GOOD:
        e->kind = ELEMENT_POINT;
        e->is_exact = true;
        e->candidate_count = 1;
        return;
    case POINT_BAD:
        e->why = ovf_str_of(why);
        ovf_findings_add(r->findings, OVF_ERROR, flight_pos(r, e->ident), "FPL_15_POINT",
                         "%s (item 15)", why);
        return;
    case POINT_NOT: break;
    }
    flight_find_candidates(r, e);
    if (e->namesakes == 0 && flight_read_short_coordinate(e->ident, &e->candidates[0])) {
        e->kind = ELEMENT_POINT;
        e->is_exact = true;
        e->candidate_count = 1;
        ovf_findings_add(r->findings, OVF_NOTE, flight_pos(r, e->ident), "POINT_SHORT",
                         OVF_FMT " is read as a position of whole degrees, as in ARINC 424",
                         OVF_ARG(e->ident));
        return;
    }
    if (!flight_split_bearing(e->ident, &reference, &bearing_deg, &distance_nm)) {
        if (e->namesakes > 0 || flight_letters(e->ident, 0) == e->ident.len)
            e->kind = ELEMENT_POINT;
        return;
    }
    ovf_str whole = e->ident;
    e->ident = reference;
    e->kind = ELEMENT_POINT;
    e->is_doubtful = distance_nm > 0;
    if (flight_read_coordinate(reference, &e->candidates[0], &why) == POINT_GOOD)
        e->candidate_count = 1;
    else
        flight_find_candidates(r, e);
    for (uint32_t i = 0; i < e->candidate_count; i++)
        e->candidates[i] = ovf_destination(e->candidates[i],
                                           bearing_deg + (e->is_turned[i] ? e->turn_deg[i] : 0.0),
                                           ovf_nm_to_m(distance_nm));
    e->ident = whole;
}

static void classify(flight_reader *r, element *e, bool is_first, bool is_last)
{
    static const char *const direct[] = {"DCT", "IFR", "VFR", "OAT", "GAT"};
    ovf_str changes = e->text;
    bool cruise_climb = ovf_str_starts(e->text, OVF_STR("C/"));
    if (cruise_climb)
        changes = ovf_str_tail(changes, 2);
    if (read_stay(e->text, &e->stay_min)) { // a stay of its own, about the point before
        e->kind = ELEMENT_DIRECT;
        return;
    }
    ovf_str_field(&changes, '/', &e->ident);
    if (is_one_of(e->ident, direct, OVF_COUNTOF(direct))) {
        e->kind = ELEMENT_DIRECT;
        return;
    }
    if (is_last && ovf_str_eq(e->ident, OVF_STR("T"))) {
        e->kind = ELEMENT_TRUNCATED;
        return;
    }
    if ((is_first || is_last) && is_terminal(r, e->text)) {
        e->kind = ELEMENT_DIRECT;
        return;
    }
    speed_level change = {0};
    if (flight_read_speed_level(e->text, false, &change, NULL) == OVF_OK) {
        e->kind = ELEMENT_DIRECT; // "N0476F320" by itself: for all that follows
        e->has_change = true;
        e->change = change;
        return;
    }
    flight_classify_point(r, e);
    bool is_known = e->kind == ELEMENT_POINT && e->candidate_count > 0;
    if (!is_known && e->why.len == 0) {
        if (is_surely_procedure(e->ident) || ((is_first || is_last) && is_procedure(e->ident)))
            e->kind = ELEMENT_PROCEDURE;
        else if (flight_is_airway(e->ident))
            e->kind = ELEMENT_AIRWAY;
        else if (e->kind != ELEMENT_POINT || e->ident.len < 2 || e->ident.len > 5)
            e->kind = ELEMENT_BAD;
    }
    if (changes.ptr != NULL && e->kind != ELEMENT_PROCEDURE && !is_terminal(r, e->text))
        read_changes(r, e, changes, cruise_climb);
}

/* ---- the whole ---- */

/* The words that carry the route: DCT, T, levels and the aerodromes themselves do not count for what
 * is first or last. */
static bool is_filler(const flight_reader *r, ovf_str word)
{
    static const char *const fillers[] = {"DCT", "T", "IFR", "VFR", "GAT", "OAT"};
    speed_level change = {0};
    return is_one_of(word, fillers, OVF_COUNTOF(fillers)) || is_terminal(r, word)
           || flight_read_speed_level(word, false, &change, NULL) == OVF_OK;
}

/* As flight_next_token; a point ends a word too: "TRTON2.TRTON" as the FAA writes it. */
static bool next_word(ovf_str route, size_t *at, ovf_str *word)
{
    do {
        while (*at < route.len && route.ptr[*at] == '.')
            ++*at;
        if (!flight_next_token(route, at, word))
            return false;
        size_t dot = ovf_str_find(*word, 0, OVF_STR("."));
        if (dot != OVF_NOPOS) {
            *at -= word->len - dot;
            word->len = dot;
        }
    } while (word->len == 0);
    return true;
}

static ovf_status collect_words(flight_reader *r, ovf_str route, ovf_str **out, size_t *count,
                                ovf_error *err)
{
    size_t capacity = 0;
    ovf_str word = {0};
    for (size_t at = 0; next_word(route, &at, &word);) {
        if (*count == OVF_FLIGHT_MAX_POINTS) {
            ovf_str rest =
                ovf_str_trim(ovf_str_sub(route, (size_t)(word.ptr - route.ptr), route.len));
            ovf_findings_add(r->findings, OVF_ERROR, flight_pos(r, rest), "FPL_15_LONG",
                             "more than %d words; the rest is not read (item 15)",
                             OVF_FLIGHT_MAX_POINTS);
            flight_add_unresolved(r, ovf_str_sub(rest, 0, 40), OVF_STR("the route is too long"));
            return OVF_OK;
        }
        if (!ovf_arena_grow(r->arena, (void **)out, *count, &capacity, sizeof(**out)))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a route");
        (*out)[(*count)++] = word;
    }
    return OVF_OK;
}

/* The initial speed and level, the first word. A word that is none is rejected with its reason,
 * and the route behind it still read. */
static void read_initial(flight_reader *r, ovf_str word)
{
    ovf_error err = {0};
    speed_level initial = {0};
    if (flight_read_speed_level(word, false, &initial, &err) != OVF_OK) {
        ovf_findings_add(r->findings, OVF_ERROR, flight_pos(r, word) + err.pos, "FPL_15", "%s",
                         err.reason);
        return;
    }
    r->flight->speed = flight_written(r, initial.speed);
    r->flight->level = flight_written(r, initial.level);
    r->flight->speed_kt = initial.speed_kt;
    r->flight->level_ft = initial.level_ft;
}

ovf_status flight_read_route(flight_reader *r, ovf_str route, bool has_speed, ovf_error *err)
{
    size_t at = 0;
    ovf_str word = {0};
    if (has_speed && flight_next_token(route, &at, &word)) {
        read_initial(r, word);
        route = ovf_str_tail(route, at);
    }
    route = ovf_str_trim(route);
    r->flight->route = flight_written(r, route);
    ovf_str *words = NULL;
    size_t count = 0;
    ovf_status status = collect_words(r, route, &words, &count, err);
    if (status != OVF_OK)
        return status;
    element *elements = ovf_arena_array(r->arena, element, 2 * count + 1);
    if (elements == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a route");
    size_t first = 0;
    size_t last = count;
    while (first < count && is_filler(r, words[first]))
        first++;
    while (last > 0 && is_filler(r, words[last - 1]))
        last--;
    for (size_t i = 0; i < count; i++) {
        elements[i].text = words[i];
        classify(r, &elements[i], i <= first, i + 1 >= last);
    }
    count = flight_insert_junctions(r, elements, count);
    if (flight_settle_airways(r, elements, count) != OVF_OK)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a route");
    return flight_expand_elements(r, elements, count, err);
}

ovf_status flight_field_15(flight_reader *r, ovf_str field, ovf_error *err)
{
    return flight_read_route(r, field, true, err);
}

/* ---- the route alone ---- */

static bool starts_with_speed(ovf_str route)
{
    size_t at = 0;
    ovf_str word = {0};
    speed_level initial = {0};
    return flight_next_token(route, &at, &word)
           && flight_read_speed_level(word, false, &initial, NULL) == OVF_OK;
}

ovf_status ovf_flight_expand(const ovf_world *world, ovf_str route, ovf_arena *arena,
                             ovf_flight *flight, ovf_findings *findings)
{
    ovf_str scan = ovf_arena_dup(arena, route);
    if (scan.ptr == NULL)
        return OVF_E_NOMEM;
    char *bytes = (char *)scan.ptr;
    for (size_t i = 0; i < scan.len; i++) {
        if (bytes[i] >= 'a' && bytes[i] <= 'z')
            bytes[i] = (char)(bytes[i] - 'a' + 'A');
    }
    flight_reader r = {.world = world,
                       .arena = arena,
                       .flight = flight,
                       .findings = findings,
                       .scan = scan,
                       .text = route,
                       .eobt_min = -1};
    r.has_from = flight_place_of(world, flight->from, &r.from);
    r.has_to = flight_place_of(world, flight->to, &r.to);
    flight->unresolved = NULL;
    flight->unresolved_count = 0;
    return flight_read_route(&r, scan, starts_with_speed(scan), NULL);
}
