/* SPDX-License-Identifier: Apache-2.0 */
/* ATS routes: "ATS RTE UL216 BTN SFD/MIQ CLSD", "B549 IPVIR-AGOY NDB (AG)", "W10 (BALOV - ASSAD)",
 * "SEGMENT ESDEX-RUSDI OF ATS RTE W192", "Y1: MAGOD-90KM WEST OF MAGOD". A route list (one segment
 * of several routes, "P500/M881 LAKRA-DI") is one area a route. Segments are found on the world's
 * airways and are lines, exact between the points that the tables have; what is offered instead
 * ("ALTN RTE: ...") is not closed and makes no area. */
#include "routes.h"

#include "places.h"

#define GROUP_MAX 12

/* ---- designators ---- */

/* Designators of ATS routes (Annex 11 App. 1): [KUS] letter 1..999 [letter]. */
bool ovf_is_route(ovf_str word)
{
    size_t i = 0;
    if (ovf_str_eq(word, OVF_STR("H24")))
        return false;
    if (word.len > 2 && strchr("KUS", word.ptr[0]) != NULL && ovf_is_letter(word.ptr[1]))
        i = 1;
    if (word.len < i + 2 || strchr("ABGHJLMNPQRTVWYZ", word.ptr[i]) == NULL)
        return false;
    size_t digits = 0;
    while (i + 1 + digits < word.len && ovf_is_digit(word.ptr[i + 1 + digits]))
        digits++;
    size_t rest = word.len - i - 1 - digits;
    return digits >= 1 && digits <= 3
           && (rest == 0 || (rest == 1 && ovf_is_letter(word.ptr[word.len - 1])));
}

/* Its subject is a route: by its code or, without item Q, by its first words. */
static bool is_route_code(const ovf_draft *d)
{
    if (d->notice->qcode.len == 0 && d->notice->form == OVF_FORM_TEXT)
        return ovf_phrase(d, 0, "ATS RTE|RTES|ROUTE|ROUTES") > 0;
    return d->notice->qcode.len == 5
           && (memcmp(d->notice->qcode.ptr + 1, "AR", 2) == 0
               || memcmp(d->notice->qcode.ptr + 1, "AN", 2) == 0);
}

/* "AFFECTED ROUTES: L451 CLSD BTN p AND q. L452 CLSD ...", whatever the code is: it is the routes that
 * are closed, and no airspace. */
static bool closes_routes(const ovf_draft *d)
{
    size_t closed = 0;
    if (!ovf_text_may_say(d, "CLSD"))
        return false;
    for (size_t i = 0; i + 1 < d->token_count; i++)
        closed += d->tokens[i].kind == OVF_TOK_WORD && ovf_tok_is(d, i + 1, "CLSD")
                  && ovf_is_route(ovf_tok_text(d, i));
    return closed >= 2
           && ovf_phrase_find(d, 0, d->token_count,
                              "AIRSPACE|FIR|UIR|AREA|AREAS|ACC|TMA|CTA IS|ARE? CLSD|CLOSED", NULL)
                  == OVF_NOPOS;
}

static bool is_route_matter(const ovf_draft *d)
{
    return is_route_code(d) || closes_routes(d)
           || ovf_phrase_find(d, 0, d->token_count, "ATS RTE|RTES|ROUTE|ROUTES|AWY", NULL)
                  != OVF_NOPOS;
}

/* "ENRC H5", "CHART L3": sheets of the en-route chart. */
static bool is_chart(const ovf_draft *d, size_t i)
{
    return i > 0
           && (ovf_phrase(d, i - 1, "ENRC|ENR|ERC|CHART|SHEET|PAGE|ARC|LEVEL|TWY|STAND|GATE|RWY")
                   > 0
               || (i > 2 && ovf_tok_sign(d, i - 1, '/') && is_chart(d, i - 2)));
}

static bool is_route_at(const ovf_draft *d, size_t i)
{
    return i < d->token_count && d->tokens[i].kind == OVF_TOK_WORD
           && ovf_is_route(ovf_tok_text(d, i)) && !is_chart(d, i);
}

/* ---- ends of segments ---- */

static bool compass_at(const ovf_draft *d, size_t i, double *bearing_deg, size_t *behind)
{
    static const struct {
        const char *words;
        double bearing_deg;
    } winds[] = {{"NORTH|N EAST|E", 45},  {"SOUTH|S EAST|E", 135}, {"SOUTH|S WEST|W", 225},
                 {"NORTH|N WEST|W", 315}, {"NORTHEAST|NE", 45},    {"SOUTHEAST|SE", 135},
                 {"SOUTHWEST|SW", 225},   {"NORTHWEST|NW", 315},   {"NORTH|N", 0},
                 {"EAST|E", 90},          {"SOUTH|S", 180},        {"WEST|W", 270}};
    for (size_t k = 0; k < OVF_COUNTOF(winds); k++) {
        *behind = ovf_phrase(d, i, winds[k].words);
        *bearing_deg = winds[k].bearing_deg;
        if (*behind > 0)
            return true;
    }
    return false;
}

static bool is_letters(ovf_str word, size_t shortest, size_t longest)
{
    if (word.len < shortest || word.len > longest)
        return false;
    for (size_t i = 0; i < word.len; i++) {
        if (!ovf_is_letter(word.ptr[i]))
            return false;
    }
    return true;
}

static bool is_aid_word(const ovf_draft *d, size_t i)
{
    return ovf_phrase(d, i, "VOR|VORDME|DVOR|DVORDME|NDB|DME|VORTAC|TACAN|LCTR") > 0;
}

static bool is_stop(const ovf_draft *d, size_t i)
{
    return ovf_phrase(d, i,
                      "CLSD|DUE|AND|OR|VIA|EXC|EXCEPT|FOR|NOT|AVBL|WI|WITHIN|ALTN|DCT|RTE|ATS|"
                      "AWY|FL|THE|WIP|WIE|TO|FM|UNTIL|TIL|BLW|ABV|OF|IN|AT|ON|IS|ARE|BE|BY|SFC|"
                      "GND|UNL|REF|AIP|SEE|LDG|VICE|ACFT|READ|NIL|ONLY|FROM|EACH|BOTH|WILL|MAY|"
                      "SHALL|RNAV|OPS|TFC|FLT|LEVEL|WHICH|POINT|SEGMENT|LOWER|UPPER|BDRY|CHANGED")
           > 0;
}

/* "'DJQ'", "(ELI)": an ident in quotes or brackets. */
static size_t quoted_ident(const ovf_draft *d, size_t i, ovf_str *ident)
{
    bool opens = ovf_tok_sign(d, i, '\'') || ovf_tok_sign(d, i, '(') || ovf_tok_sign(d, i, '"');
    if (!opens || i + 2 >= d->token_count || d->tokens[i + 1].kind != OVF_TOK_WORD
        || !is_letters(ovf_tok_text(d, i + 1), 1, 5))
        return 0;
    bool closes =
        ovf_tok_sign(d, i + 2, '\'') || ovf_tok_sign(d, i + 2, ')') || ovf_tok_sign(d, i + 2, '"');
    if (!closes)
        return 0;
    *ident = ovf_tok_text(d, i + 1);
    return i + 3;
}

/* "HOHHOT VOR 'HET'", "KRASNYY SULIN NDB(KL)", "AKSU VOR/DME 'KQS'", "NDB URB", "ERENHOT 'LHT'". */
size_t ovf_aid_at(const ovf_draft *d, size_t i, ovf_str *ident)
{
    if (is_aid_word(d, i)) { // the kind leads
        size_t next = i + 1;
        while (ovf_tok_sign(d, next, '/') && is_aid_word(d, next + 1))
            next += 2;
        size_t behind = quoted_ident(d, next, ident);
        if (behind > 0)
            return behind;
        if (next >= d->token_count || d->tokens[next].kind != OVF_TOK_WORD
            || !is_letters(ovf_tok_text(d, next), 1, 3))
            return 0;
        *ident = ovf_tok_text(d, next);
        return next + 1;
    }
    for (size_t k = i; k < i + 4 && k < d->token_count; k++) {
        if (d->tokens[k].kind != OVF_TOK_WORD || is_stop(d, k) || is_route_at(d, k))
            return 0;
        size_t behind = quoted_ident(d, k + 1, ident);
        if (behind > 0 && (k > i || d->tokens[k].len > 3))
            return behind;
        if (!is_aid_word(d, k + 1))
            continue;
        size_t next = k + 2;
        while (ovf_tok_sign(d, next, '/') && is_aid_word(d, next + 1))
            next += 2;
        behind = quoted_ident(d, next, ident);
        if (behind > 0)
            return behind;
        *ident = ovf_tok_text(d, i); // "SU VOR"
        return k == i ? next : 0;
    }
    return 0;
}

static bool point_at(const ovf_draft *d, size_t i, struct ovf_segment_end *out)
{
    i = ovf_phrase(d, i, "REP|RP|WPT|FIX|INT|POSN|PSN|POINT|POINTS") > 0 ? i + 1 : i;
    if (i >= d->token_count)
        return false;
    if (d->tokens[i].kind == OVF_TOK_COORD) {
        out->has_place = (d->tokens[i].flags & OVF_TOK_BAD) == 0;
        out->place = (ovf_point){d->tokens[i].a, d->tokens[i].b};
        out->behind = i + 1;
        return out->has_place;
    }
    out->behind = ovf_aid_at(d, i, &out->ident);
    if (out->behind == 0) {
        bool is_name = d->tokens[i].kind == OVF_TOK_WORD && is_letters(ovf_tok_text(d, i), 2, 5)
                       && !is_stop(d, i);
        if (!is_name)
            return false;
        out->ident = ovf_tok_text(d, i);
        out->behind = i + 1;
    }
    size_t coord = out->behind + ovf_tok_sign(d, out->behind, '(');
    if (coord < d->token_count && d->tokens[coord].kind == OVF_TOK_COORD
        && (d->tokens[coord].flags & OVF_TOK_BAD) == 0) { // "OBABI (493058N 0435522E)"
        out->has_place = true;
        out->place = (ovf_point){d->tokens[coord].a, d->tokens[coord].b};
        out->behind = coord + 1 + ovf_tok_sign(d, coord + 1, ')');
    }
    return true;
}

static bool end_at(const ovf_draft *d, size_t i, struct ovf_segment_end *out)
{
    *out = (struct ovf_segment_end){.first = i};
    double off = 0;
    size_t next = ovf_length_at(d, i, &off);
    size_t wind = 0;
    if (next > 0 && compass_at(d, next, &out->bearing_deg, &wind)) {
        size_t of = ovf_phrase(d, wind, "OF|FM|FROM");
        out->off_m = off;
        return of > 0 && point_at(d, of, out);
    }
    return point_at(d, i, out);
}

static size_t joint_at(const ovf_draft *d, size_t i)
{
    if (ovf_tok_sign(d, i, '-') || ovf_tok_sign(d, i, '/'))
        return i + 1;
    return ovf_phrase(d, i, "TO|AND|TIL|TILL|UNTIL");
}

static struct ovf_segment segment_at(const ovf_draft *d, size_t i)
{
    struct ovf_segment s = {.first = i};
    if (!end_at(d, i, &s.from))
        return s;
    size_t next = joint_at(d, s.from.behind);
    if (next == 0 || !end_at(d, next, &s.to))
        return s;
    s.behind = s.to.behind;
    s.found = true;
    struct ovf_segment_end more;
    // "A - B - C": the whole of it; the points between lie on the route
    while ((ovf_tok_sign(d, s.behind, '-') || ovf_tok_sign(d, s.behind, '/'))
           && !is_route_at(d, s.behind + 1) && end_at(d, s.behind + 1, &more)) {
        s.to = more;
        s.behind = more.behind;
    }
    return s;
}

/* Behind a route: "BTN", "SEGMENT", ": ", "- (", "CLSD FM" lead to its segment. */
static struct ovf_segment segment_behind(const ovf_draft *d, size_t i)
{
    for (int skipped = 0; skipped < 10 && i < d->token_count; skipped++) {
        bool is_lead =
            ovf_tok_sign(d, i, ':') || ovf_tok_sign(d, i, '(') || ovf_tok_sign(d, i, '-')
            || ovf_tok_sign(d, i, '.') || ovf_tok_sign(d, i, '=')
            || ovf_phrase(
                   d, i,
                   "BTN|BETWEEN|FM|FROM|SEGMENT|SEGMENTS|SEG|SECTION|SECTOR|TRECHO|TRAMO|"
                   "TRONCON|PORTION|PART|CLSD|CLOSED|OF|THE|NOT|AVBL|AVAILABLE|IS|ON|LVL|"
                   "H24|WILL|BE|BY|ATC|SUSPENDED|USE|PROHIBITED|RESTRICTED|UNUSABLE|CDR1|CDR2|CDR3|"
                   "CHANGED|VER|RNAV|RTE|ATS|WI")
                   > 0;
        if (!is_lead)
            break;
        i++;
    }
    return segment_at(d, i);
}

/* Later in the sentence: "P18 AVAILABLE FOR USE AND FLIGHT PLANNING BTN NATEB AND ADN". */
static struct ovf_segment segment_later(const ovf_draft *d, size_t i)
{
    static const struct ovf_segment none = {0};
    size_t stop = ovf_sentence_end(d, i);
    for (size_t k = i; k < stop && k < i + 25 && !is_route_at(d, k); k++) {
        if (ovf_phrase(d, k, "BTN|BETWEEN|SEGMENT|SECTION|TRECHO|TRAMO|PORTION") == 0)
            continue;
        struct ovf_segment s = segment_behind(d, k);
        if (s.found)
            return s;
    }
    return none;
}

/* "SEGMENT ESDEX-RUSDI OF ATS RTE W192". */
static struct ovf_segment segment_before(const ovf_draft *d, size_t i)
{
    static const struct ovf_segment none = {0};
    size_t of = i;
    while (of > 0 && of + 4 > i && !ovf_tok_is(d, of - 1, "OF"))
        of--;
    if (of == 0 || !ovf_tok_is(d, of - 1, "OF"))
        return none;
    size_t start = of > 16 ? of - 16 : 0;
    for (size_t k = of - 1; k-- > start;) {
        if (ovf_phrase(d, k, "SEGMENT|SEG|SECTION|PORTION|SECTOR|TRECHO|TRAMO|PART|BTN|BETWEEN")
            == 0)
            continue;
        struct ovf_segment s = segment_behind(d, k + 1);
        if (s.found && s.behind + 1 == of)
            return s;
    }
    return none;
}

/* ---- areas ---- */

struct reading {
    ovf_draft *d;
    size_t count, resolved;
};

static ovf_str name_of(ovf_draft *d, size_t route, const struct ovf_segment *s, size_t group_end)
{
    ovf_str own = ovf_show(d, d->tokens[route].at, ovf_tok_end(d, route));
    if (!s->found)
        return own;
    if (s->first > route && group_end == route + 1 && s->first < route + 7) {
        size_t behind = s->behind + ovf_tok_sign(d, s->behind, ')');
        return ovf_squeezed(d, d->tokens[route].at, ovf_tok_end(d, behind - 1));
    }
    ovf_str part = ovf_squeezed(d, d->tokens[s->first].at, ovf_tok_end(d, s->behind - 1));
    return ovf_arena_printf(d->arena, "%.*s %.*s", OVF_ARG(own), OVF_ARG(part));
}

static void add_route(struct reading *r, size_t route, const ovf_str *group, size_t group_count,
                      size_t which, const struct ovf_segment *s, size_t group_end)
{
    ovf_draft *d = r->d;
    struct ovf_segment_line line = {0};
    const ovf_area *area = NULL;
    if (!s->found)
        area = ovf_airways_whole(d, group[which], &line);
    else if (ovf_airways_segment(d, group, group_count, which, s, &line)
             && ovf_area_corridor(d->arena, line.points, line.count, 1.0, &area, NULL) != OVF_OK)
        area = NULL;
    size_t until = s->found && s->behind > route ? s->behind : route + 1;
    size_t from = s->found && s->first < route ? s->first : route;
    ovf_notice_area *out = ovf_add_area(
        d, OVF_SHAPE_ROUTE, area != NULL ? OVF_CERTAINTY_REFERENCE : OVF_CERTAINTY_UNRESOLVED,
        area != NULL ? area : ovf_area_unresolved(), d->tokens[from].at, ovf_tok_end(d, until - 1));
    if (out == NULL)
        return;
    out->name = name_of(d, route, s, group_end);
    r->count++;
    r->resolved += area != NULL;
    if (area != NULL) {
        out->points = line.points;
        out->point_count = line.count;
        return;
    }
    OVF_FIND(d, OVF_WARNING, d->tokens[route].at, "ROUTE_UNKNOWN",
             "%.*s: the world's airways do not have it so: the route is not resolved",
             OVF_ARG(ovf_str_sub(out->name, 0, 60)));
}

/* From here on the text says what may be flown instead, or where to read more. */
static bool starts_aside(const ovf_draft *d, size_t i, size_t *until)
{
    if (ovf_phrase(d, i,
                   "ALTN|ALTERNATE|ALTERNATIVE|ALT|ATLN|ALTNTV|RERTE|REROUTE|REROUTES|REROUTING|"
                   "REROUTED")
            > 0
        && (ovf_phrase(d, i, "* ATS? RTE|RTES|ROUTE|ROUTES|ROUTING|ROUTINGS|FOR|VIA|SEGMENT|AWY")
                > 0
            || ovf_tok_sign(d, i + 1, ':'))) {
        *until = ovf_phrase(d, i, "~RER") > 0 ? ovf_sentence_end(d, i) : d->token_count;
        return true;
    }
    if (ovf_phrase(d, i, "VIA") > 0 || ovf_phrase(d, i, "REF|REFER AIP|ENR|TO|NOTAM|AIC|SUP") > 0
        || ovf_phrase(d, i, "ACFT|TFC|FLIGHTS MUST|SHALL|SHOULD|MAY|TO") > 0
        || ovf_phrase(d, i, "WILL? BE? APPLIED ON") > 0 || ovf_phrase(d, i, "INSTEAD OF") > 0) {
        *until = ovf_sentence_end(d, i);
        return true;
    }
    return false;
}

/* The next "L452 CLSD", whatever was offered instead of the one before: also without a full stop. */
static size_t next_closed(const ovf_draft *d, size_t from, size_t until)
{
    size_t i = from;
    while (i < until && !(ovf_tok_is(d, i + 1, "CLSD") && is_route_at(d, i)))
        i++;
    return i;
}

/* The routes named between two tokens, one area each. */
static void read_routes_in(struct reading *r, size_t from, size_t until)
{
    ovf_draft *d = r->d;
    for (size_t i = from; i < until && !d->has_more_areas && !d->no_memory; i++) {
        size_t aside = 0;
        if ((r->count > 0 || ovf_phrase(d, i, "VIA|ALTN|ALTERNATIVE") > 0)
            && starts_aside(d, i, &aside)) {
            aside = next_closed(d, i + 1, aside);
            i = aside > i ? aside - 1 : i;
            continue;
        }
        if (!is_route_at(d, i))
            continue;
        ovf_str group[GROUP_MAX];
        size_t at[GROUP_MAX];
        size_t count = 0;
        size_t next = i;
        while (count < GROUP_MAX && is_route_at(d, next)) {
            group[count] = ovf_tok_text(d, next);
            at[count++] = next;
            bool goes_on = (ovf_tok_sign(d, next + 1, '/') || ovf_tok_sign(d, next + 1, ',')
                            || ovf_tok_is(d, next + 1, "AND") || ovf_tok_sign(d, next + 1, '-'))
                           && is_route_at(d, next + 2);
            next += goes_on ? 2 : 1;
            if (!goes_on)
                break;
        }
        struct ovf_segment s = segment_behind(d, next);
        if (!s.found)
            s = segment_before(d, i);
        if (!s.found)
            s = segment_later(d, next);
        for (size_t k = 0; k < count && !d->has_more_areas; k++)
            add_route(r, at[k], group, count, k, &s, next);
        i = s.found && s.behind > next ? s.behind - 1 : next - 1;
    }
}

static void report_routes(const struct reading *r)
{
    ovf_draft *d = r->d;
    if (r->resolved > 0)
        OVF_FIND(d, OVF_NOTE, d->tokens[0].at, "ROUTE",
                 "%zu of %zu routes drawn as the world's airways have them, which may be years "
                 "older than the notice",
                 r->resolved, r->count);
}

bool ovf_read_routes(ovf_draft *d)
{
    if (!is_route_matter(d))
        return false;
    struct reading r = {.d = d};
    read_routes_in(&r, 0, d->token_count);
    report_routes(&r);
    return r.count > 0;
}

static bool has_place_in(const ovf_draft *d, size_t from, size_t until)
{
    for (size_t i = from; i < until; i++) {
        if (d->tokens[i].kind == OVF_TOK_COORD)
            return true;
    }
    return false;
}

/* A firing area, and "ATS RTE R595 CLSD BTN p AND q" in a sentence of its own: the route is closed
 * beside what is drawn. */
void ovf_read_routes_beside(ovf_draft *d)
{
    static const char closed[] = "CLSD|CLOSED|UNAVAILABLE|SUSPENDED";
    static const char not_open[] = "NOT BE? AVBL|AVAILABLE|USABLE|OPEN";
    if (!ovf_text_may_say(d, "RTE|RTES|ROUTE|ROUTES|AWY|AWYS|AIRWAY|AIRWAYS")
        || (!ovf_text_may_say(d, closed) && !ovf_text_may_say(d, "AVBL|AVAILABLE|USABLE|OPEN")))
        return;
    bool is_full = d->notice->kind != OVF_NOTICE_CANCEL && d->area_count > 0;
    for (size_t i = 0; i < d->area_count; i++)
        is_full &= d->areas[i].shape != OVF_SHAPE_ROUTE;
    if (!is_full)
        return;
    struct reading r = {.d = d};
    for (size_t from = 0, until = 0; from < d->token_count; from = until + 1) {
        until = ovf_sentence_end(d, from);
        size_t named =
            ovf_phrase_find(d, from, until, "RTE|RTES|ROUTE|ROUTES|AWY|AWYS|AIRWAY|AIRWAYS", NULL);
        bool is_closed = ovf_phrase_find(d, from, until, closed, NULL) != OVF_NOPOS
                         || ovf_phrase_find(d, from, until, not_open, NULL) != OVF_NOPOS;
        if (named == OVF_NOPOS || !is_closed || has_place_in(d, from, until))
            continue;
        size_t first = d->area_count;
        read_routes_in(&r, named, until);
        for (size_t i = first; i < d->area_count; i++)
            d->areas[i].effect = OVF_EFFECT_CLOSED;
    }
    report_routes(&r);
}

bool ovf_read_route_matter(ovf_draft *d)
{
    if (!is_route_code(d) && !closes_routes(d))
        return false;
    bool draws =
        ovf_phrase_find(d, 0, d->token_count, "BOUNDED|RADIUS|EITHER|LATERAL", NULL) != OVF_NOPOS;
    // "RTE A1 CLSD. AIRSPACE CLSD WI AREA: p - p - p": routes, and an area beside them.
    bool draws_too = !draws
                     && ovf_phrase_find(d, 0, d->token_count, "WI|WITHIN AN|THE? AREA|CIRCLE", NULL)
                            != OVF_NOPOS;
    if (draws || !ovf_read_routes(d) || draws_too)
        return false;
    for (size_t i = 0; i < d->token_count; i++) {
        if (d->tokens[i].kind == OVF_TOK_COORD)
            OVF_FIND(d, OVF_NOTE, d->tokens[i].at, "COORD_ASIDE",
                     "a point of a route: no area is made of it");
    }
    return true;
}
