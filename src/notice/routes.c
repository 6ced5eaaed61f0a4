/* SPDX-License-Identifier: Apache-2.0 */
/* ATS routes: "ATS RTE UL216 BTN SFD/MIQ CLSD", "B549 IPVIR-AGOY NDB (AG)", "W10 (BALOV - ASSAD)",
 * "SEGMENT ESDEX-RUSDI OF ATS RTE W192", "Y1: MAGOD-90KM WEST OF MAGOD". A route list (one segment
 * of several routes, "P500/M881 LAKRA-DI") is one area a route. Segments are found on the world's
 * airways and are lines, exact between the points that the tables have; what is offered instead
 * ("ALTN RTE: ...") is not closed and makes no area. */
#include "routes.h"

#include "places.h"

#define ROUTES_MAX 128
#define GROUP_MAX 12
#define POINTS_MAX 400 /* of one airway's chain */

/* ---- designators ---- */

/* Designators of ATS routes (Annex 11 App. 1): [KUS] letter 1..999 [letter]. */
bool ovf_is_route(ovf_str word)
{
    size_t i = 0;
    if (ovf_str_eq(word, OVF_STR("H24")))
        return false;
    if (word.len > 3 && strchr("KUS", word.ptr[0]) != NULL && ovf_is_letter(word.ptr[1]))
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

static bool is_route_code(const ovf_draft *d)
{
    return d->notice->qcode.len == 5
           && (memcmp(d->notice->qcode.ptr + 1, "AR", 2) == 0
               || memcmp(d->notice->qcode.ptr + 1, "AN", 2) == 0);
}

static bool is_route_matter(const ovf_draft *d)
{
    return is_route_code(d)
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

struct end {
    ovf_str ident; /* empty when only a coordinate */
    bool has_place;
    ovf_point place;
    double off_m; /* along the route from the point, to `bearing_deg` */
    double bearing_deg;
    size_t first, behind; /* tokens */
};

struct segment {
    struct end from, to;
    size_t first, behind; /* tokens of both ends */
    bool found;
};

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
static size_t aid_at(const ovf_draft *d, size_t i, ovf_str *ident)
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

static bool point_at(const ovf_draft *d, size_t i, struct end *out)
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
    out->behind = aid_at(d, i, &out->ident);
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

static bool end_at(const ovf_draft *d, size_t i, struct end *out)
{
    *out = (struct end){.first = i};
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

static struct segment segment_at(const ovf_draft *d, size_t i)
{
    struct segment s = {.first = i};
    if (!end_at(d, i, &s.from))
        return s;
    size_t next = joint_at(d, s.from.behind);
    if (next == 0 || !end_at(d, next, &s.to))
        return s;
    s.behind = s.to.behind;
    s.found = true;
    struct end more;
    // "A - B - C": the whole of it; the points between lie on the route
    while ((ovf_tok_sign(d, s.behind, '-') || ovf_tok_sign(d, s.behind, '/'))
           && !is_route_at(d, s.behind + 1) && end_at(d, s.behind + 1, &more)) {
        s.to = more;
        s.behind = more.behind;
    }
    return s;
}

/* Behind a route: "BTN", "SEGMENT", ": ", "- (", "CLSD FM" lead to its segment. */
static struct segment segment_behind(const ovf_draft *d, size_t i)
{
    for (int skipped = 0; skipped < 8 && i < d->token_count; skipped++) {
        bool is_lead =
            ovf_tok_sign(d, i, ':') || ovf_tok_sign(d, i, '(') || ovf_tok_sign(d, i, '-')
            || ovf_tok_sign(d, i, '.') || ovf_tok_sign(d, i, '=')
            || ovf_phrase(d, i,
                          "BTN|BETWEEN|FM|FROM|SEGMENT|SEGMENTS|SEG|SECTION|SECTOR|TRECHO|TRAMO|"
                          "TRONCON|PORTION|PART|CLSD|CLOSED|OF|THE|NOT|AVBL|AVAILABLE|IS|ON|LVL|"
                          "CHANGED|VER|RNAV|RTE|ATS|WI")
                   > 0;
        if (!is_lead)
            break;
        i++;
    }
    return segment_at(d, i);
}

/* "SEGMENT ESDEX-RUSDI OF ATS RTE W192". */
static struct segment segment_before(const ovf_draft *d, size_t i)
{
    static const struct segment none = {0};
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
        struct segment s = segment_behind(d, k + 1);
        if (s.found && s.behind + 1 == of)
            return s;
    }
    return none;
}

/* ---- on the world's airways ---- */

struct chain {
    ovf_point points[POINTS_MAX];
    uint32_t fixes[POINTS_MAX];
    double along_m[POINTS_MAX];
    size_t count;
};

static void load_chain(const ovf_world *world, uint32_t airway, struct chain *out)
{
    uint32_t legs = ovf_world_airway(world, airway).leg_count;
    out->count = 0;
    for (uint32_t i = 0; i < legs && out->count + 1 < POINTS_MAX; i++) {
        ovf_airway_leg leg = ovf_world_airway_leg(world, airway, i);
        for (uint32_t side = out->count == 0 ? 0 : 1; side < 2; side++) {
            uint32_t fix = side == 0 ? leg.from : leg.to;
            size_t n = out->count++;
            out->fixes[n] = fix;
            out->points[n] = ovf_world_fix(world, fix).place;
            out->along_m[n] =
                n == 0 ? 0
                       : out->along_m[n - 1] + ovf_distance_m(out->points[n - 1], out->points[n]);
        }
    }
}

/* The place on the chain at some metres from its start. */
static ovf_point chain_at(const struct chain *c, double along_m)
{
    for (size_t i = 1; i < c->count; i++) {
        if (along_m > c->along_m[i] && i + 1 < c->count)
            continue;
        ovf_leg leg;
        ovf_leg_init(&leg, c->points[i - 1], c->points[i]);
        double on = along_m - c->along_m[i - 1];
        return ovf_leg_at(&leg, on < 0 ? 0 : on > leg.length_m ? leg.length_m : on);
    }
    return c->points[0];
}

static double turn_between(double a_deg, double b_deg)
{
    double turn = ovf_lon_wrap(a_deg - b_deg);
    return turn < 0 ? -turn : turn;
}

/* Where on the chain an end lies: metres from its start, -1: it does not. */
static double end_on(const ovf_world *world, const struct chain *c, const struct end *end)
{
    for (size_t i = 0; i < c->count; i++) {
        bool is_it = end->ident.len > 0
                         ? ovf_str_eq_nocase(ovf_world_fix(world, c->fixes[i]).ident, end->ident)
                         : ovf_distance_m(c->points[i], end->place) < 2 * OVF_NM_M;
        if (is_it && end->has_place && ovf_distance_m(c->points[i], end->place) > 5 * OVF_NM_M)
            is_it = false; // another point of that name, or moved
        if (!is_it)
            continue;
        if (end->off_m <= 0)
            return c->along_m[i];
        double best = -1;
        double least = 80; // degrees: both ways run across the wind named
        for (int way = -1; way <= 1; way += 2) {
            double along = c->along_m[i] + way * end->off_m;
            if (along < 0 || along > c->along_m[c->count - 1])
                continue;
            double bearing = 0;
            ovf_inverse(c->points[i], chain_at(c, along), NULL, &bearing, NULL);
            if (turn_between(bearing, end->bearing_deg) < least) {
                least = turn_between(bearing, end->bearing_deg);
                best = along;
            }
        }
        return best;
    }
    return -1;
}

struct line {
    ovf_point *points;
    size_t count;
};

static bool cut_chain(ovf_draft *d, const struct chain *c, double from_m, double to_m,
                      struct line *out)
{
    out->points = ovf_arena_array(d->arena, ovf_point, c->count + 2);
    if (out->points == NULL) {
        d->no_memory = true;
        return false;
    }
    bool is_back = from_m > to_m;
    double low = is_back ? to_m : from_m;
    double high = is_back ? from_m : to_m;
    out->count = 0;
    out->points[out->count++] = chain_at(c, low);
    for (size_t i = 0; i < c->count; i++) {
        if (c->along_m[i] > low + 1 && c->along_m[i] < high - 1)
            out->points[out->count++] = c->points[i];
    }
    out->points[out->count++] = chain_at(c, high);
    for (size_t i = 0; is_back && i < out->count / 2; i++) {
        ovf_point swapped = out->points[i];
        out->points[i] = out->points[out->count - 1 - i];
        out->points[out->count - 1 - i] = swapped;
    }
    return true;
}

/* A place near which points of the text are to be looked for: of item Q, else of the FIR of item A. */
static bool region_of(const ovf_draft *d, ovf_point *out)
{
    if (d->notice->has_q_circle) {
        *out = d->notice->q_centre;
        return true;
    }
    ovf_str codes[] = {ovf_str_sub(d->notice->locations, 0, 4), d->notice->q_fir};
    for (size_t i = 0; i < OVF_COUNTOF(codes); i++) {
        uint32_t fir = codes[i].len == 4 ? ovf_world_find_fir(d->world, codes[i]) : OVF_INDEX_NONE;
        if (fir == OVF_INDEX_NONE)
            continue;
        ovf_box box = ovf_world_fir(d->world, fir)->box;
        double width = ovf_lon_wrap(box.east_deg - box.west_deg);
        width = width < 0 ? width + 360 : width;
        *out = (ovf_point){(box.south_deg + box.north_deg) / 2,
                           ovf_lon_wrap(box.west_deg + width / 2)};
        return true;
    }
    return false;
}

#define REGION_M (2000.0 * OVF_NM_M) /* the largest FIRs reach as far from their middle */

/* Points of one name on arms of a forked airway: the way over the junction. */
static bool join_arms(ovf_draft *d, ovf_str name, const struct segment *s, ovf_point region,
                      struct line *out)
{
    if (s->from.off_m > 0 || s->to.off_m > 0 || s->from.ident.len == 0 || s->to.ident.len == 0)
        return false;
    double away = 0;
    uint32_t from = ovf_world_nearest_fix(d->world, s->from.ident, region, &away);
    if (from == OVF_INDEX_NONE || away > REGION_M)
        return false;
    uint32_t to = ovf_world_nearest_fix(d->world, s->to.ident, region, &away);
    uint32_t *path = NULL;
    if (to == OVF_INDEX_NONE || away > REGION_M
        || ovf_world_airway_path(d->world, name, from, to, d->arena, &path, &out->count, NULL)
               != OVF_OK)
        return false;
    out->points = ovf_arena_array(d->arena, ovf_point, out->count);
    if (out->points == NULL) {
        d->no_memory = true;
        return false;
    }
    for (size_t i = 0; i < out->count; i++)
        out->points[i] = ovf_world_fix(d->world, path[i]).place;
    return out->count > 1;
}

static bool find_segment(ovf_draft *d, ovf_str name, const struct segment *s, struct line *out)
{
    ovf_point region = {0};
    size_t chains = 0;
    if (d->world == NULL || !region_of(d, &region))
        return false;
    uint32_t first = ovf_world_find_airway(d->world, name, &chains);
    struct chain *c = chains > 0 ? ovf_arena_array(d->arena, struct chain, 1) : NULL;
    if (c == NULL)
        return false;
    for (uint32_t i = first; i < first + chains && !d->no_memory; i++) {
        load_chain(d->world, i, c);
        if (c->count < 2)
            continue;
        double from = end_on(d->world, c, &s->from);
        double to = from < 0 ? -1 : end_on(d->world, c, &s->to);
        if (to < 0 || from == to || ovf_distance_m(chain_at(c, from), region) > REGION_M)
            continue;
        return cut_chain(d, c, from, to, out);
    }
    return join_arms(d, name, s, region, out);
}

/* "UL216" of the text may be "L216" of the tables and the other way round: upper and lower routes
 * of one number are one line (Annex 11 App. 1, 3.2). */
static ovf_str twin_of(ovf_draft *d, ovf_str name)
{
    if (name.len > 2 && name.ptr[0] == 'U')
        return ovf_str_tail(name, 1);
    return ovf_arena_printf(d->arena, "U%.*s", OVF_ARG(name));
}

static bool find_line(ovf_draft *d, const ovf_str *group, size_t group_count, size_t which,
                      const struct segment *s, struct line *out)
{
    if (find_segment(d, group[which], s, out))
        return true;
    for (size_t i = 0; i < group_count; i++) {
        // One segment of several routes is one line: any of them that the tables have will do.
        if (i != which && find_segment(d, group[i], s, out))
            return true;
    }
    return find_segment(d, twin_of(d, group[which]), s, out);
}

/* ---- whole routes ---- */

static const ovf_area *item_a_air(const ovf_draft *d)
{
    ovf_str codes[] = {ovf_str_sub(d->notice->locations, 0, 4), d->notice->q_fir};
    for (size_t i = 0; d->world != NULL && i < OVF_COUNTOF(codes); i++) {
        uint32_t fir = codes[i].len == 4 ? ovf_world_find_fir(d->world, codes[i]) : OVF_INDEX_NONE;
        if (fir != OVF_INDEX_NONE)
            return ovf_world_fir_area(d->world, ovf_world_fir(d->world, fir));
    }
    return NULL;
}

struct parts {
    const ovf_area **items;
    size_t count, capacity;
    struct line last;
};

static void keep_part(ovf_draft *d, struct parts *parts, const struct chain *c, size_t first,
                      size_t last)
{
    struct line line = {0};
    const ovf_area *area = NULL;
    if (last <= first || !cut_chain(d, c, c->along_m[first], c->along_m[last], &line)
        || ovf_area_corridor(d->arena, line.points, line.count, 1.0, &area, NULL) != OVF_OK)
        return;
    if (!ovf_arena_grow(d->arena, (void **)&parts->items, parts->count, &parts->capacity,
                        sizeof(*parts->items))) {
        d->no_memory = true;
        return;
    }
    parts->items[parts->count++] = area;
    parts->last = line;
}

/* The legs of the airway that have an end or their middle in the FIR. */
static const ovf_area *find_whole(ovf_draft *d, ovf_str name, struct line *line)
{
    const ovf_area *air = item_a_air(d);
    size_t chains = 0;
    uint32_t first = air == NULL ? OVF_INDEX_NONE : ovf_world_find_airway(d->world, name, &chains);
    struct chain *c = chains > 0 ? ovf_arena_array(d->arena, struct chain, 1) : NULL;
    struct parts parts = {0};
    for (uint32_t k = first; c != NULL && k < first + chains && parts.count < 16; k++) {
        load_chain(d->world, k, c);
        bool was_in = false;
        size_t start = 0;
        for (size_t i = 0; i + 1 < c->count; i++) {
            double middle = (c->along_m[i] + c->along_m[i + 1]) / 2;
            bool is_in = ovf_area_contains(air, c->points[i]) == OVF_TRI_YES
                         || ovf_area_contains(air, c->points[i + 1]) == OVF_TRI_YES
                         || ovf_area_contains(air, chain_at(c, middle)) == OVF_TRI_YES;
            if (is_in && !was_in)
                start = i;
            if (!is_in && was_in)
                keep_part(d, &parts, c, start, i);
            was_in = is_in;
        }
        if (was_in)
            keep_part(d, &parts, c, start, c->count - 1);
    }
    const ovf_area *out = NULL;
    if (parts.count == 1)
        *line = parts.last;
    if (parts.count == 0
        || ovf_area_union(d->arena, parts.items, parts.count, &out, NULL) != OVF_OK)
        return NULL;
    return out;
}

/* ---- areas ---- */

struct reading {
    ovf_draft *d;
    size_t count, resolved;
};

static ovf_str name_of(ovf_draft *d, size_t route, const struct segment *s, size_t group_end)
{
    ovf_str own = ovf_show(d, d->tokens[route].at, ovf_tok_end(d, route));
    if (!s->found)
        return own;
    if (s->first > route && group_end == route + 1) {
        size_t behind = s->behind + ovf_tok_sign(d, s->behind, ')');
        return ovf_squeezed(d, d->tokens[route].at, ovf_tok_end(d, behind - 1));
    }
    ovf_str part = ovf_squeezed(d, d->tokens[s->first].at, ovf_tok_end(d, s->behind - 1));
    return ovf_arena_printf(d->arena, "%.*s %.*s", OVF_ARG(own), OVF_ARG(part));
}

static void add_route(struct reading *r, size_t route, const ovf_str *group, size_t group_count,
                      size_t which, const struct segment *s, size_t group_end)
{
    ovf_draft *d = r->d;
    struct line line = {0};
    const ovf_area *area = NULL;
    if (!s->found)
        area = find_whole(d, group[which], &line);
    else if (find_line(d, group, group_count, which, s, &line)
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

static bool read_routes(ovf_draft *d)
{
    if (!is_route_matter(d))
        return false;
    struct reading r = {.d = d};
    for (size_t i = 0; i < d->token_count && r.count < ROUTES_MAX && !d->no_memory; i++) {
        size_t aside = 0;
        if ((r.count > 0 || ovf_phrase(d, i, "VIA|ALTN|ALTERNATIVE") > 0)
            && starts_aside(d, i, &aside)) {
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
        struct segment s = segment_behind(d, next);
        if (!s.found)
            s = segment_before(d, i);
        for (size_t k = 0; k < count && r.count < ROUTES_MAX; k++)
            add_route(&r, at[k], group, count, k, &s, next);
        i = s.found && s.behind > next ? s.behind - 1 : next - 1;
    }
    if (r.resolved > 0)
        OVF_FIND(d, OVF_NOTE, d->tokens[0].at, "ROUTE",
                 "%zu of %zu routes drawn as the world's airways have them, which may be years "
                 "older than the notice",
                 r.resolved, r.count);
    return r.count > 0;
}

bool ovf_read_routes(ovf_draft *d)
{
    return read_routes(d);
}

bool ovf_read_route_matter(ovf_draft *d)
{
    bool draws =
        ovf_phrase_find(d, 0, d->token_count, "BOUNDED|RADIUS|EITHER|LATERAL", NULL) != OVF_NOPOS;
    if (!is_route_code(d) || draws || !read_routes(d))
        return false;
    for (size_t i = 0; i < d->token_count; i++) {
        if (d->tokens[i].kind == OVF_TOK_COORD)
            OVF_FIND(d, OVF_NOTE, d->tokens[i].at, "COORD_ASIDE",
                     "a point of a route: no area is made of it");
    }
    return true;
}
