/* SPDX-License-Identifier: Apache-2.0 */
/* Sectors: "SECTOR 040-120 DEG 5-15NM FM XYZ", "BETWEEN QDR 295 AND QDR 350 OF NY, FROM 15 TO 35 NM",
 * the ring between two radii, half circles and quadrants. A sector runs clockwise from its first
 * bearing to its second. Radials and QDR are magnetic: the variation is that of the nearest VOR. */
#include "arcs.h"

#include <math.h>

#define REACH 26 /* tokens round the bearings in which distances and the centre stand */

struct bearing {
    double deg;
    bool is_true, is_magnetic, is_radial, has_unit;
    size_t end;
};

#define RADIAL_WORDS "RDL|RDLS|RADIAL|RADIALS|R|QDR|QDRS|RAD|RADIALES|RADIAUX|RDO"
#define BEARING_WORDS \
    "BRG|BRGS|BEARING|BEARINGS|AZIMUTH|AZIMUTHS|AZIMUT|AZIMUTS|AZ|AZM|RUMBO|RUMBOS|MARCACION"

#define DEGREE_WORDS "DEG|DEGS|DEGREES|DEGREE|GRADOS|DEGRES|GRAUS"

/* "R295", "RDL295", "QDR295": a radial in one word. */
static bool is_radial_word(const ovf_draft *d, size_t i)
{
    const ovf_token *t = &d->tokens[i];
    if ((t->traits & OVF_TRAIT_WITH_DIGITS) == 0 || (t->len != 4 && t->len != 6))
        return false;
    ovf_str word = ovf_tok_text(d, i);
    for (size_t k = word.len - 3; k < word.len; k++) {
        if (!ovf_is_digit(word.ptr[k]))
            return false;
    }
    ovf_str letters = ovf_str_sub(word, 0, word.len - 3);
    return ovf_str_eq(letters, OVF_STR("R")) || ovf_str_eq(letters, OVF_STR("RDL"))
           || ovf_str_eq(letters, OVF_STR("QDR"));
}

/* "RDL 040", "R-295", "QDR350", "040DEG MAG", "120 DEGREES TRUE". */
static bool bearing_at(const ovf_draft *d, size_t i, struct bearing *out)
{
    bool is_short = false; // "SECTOR 3"
    *out = (struct bearing){0};
    while (ovf_phrase(d, i, "TRUE|MAG|MAGNETIC|THE|OF") > 0) {
        out->is_true |= ovf_tok_is(d, i, "TRUE");
        out->is_magnetic |= ovf_phrase(d, i, "MAG|MAGNETIC") > 0;
        i++;
    }
    if (i < d->token_count && is_radial_word(d, i)) {
        ovf_str word = ovf_tok_text(d, i);
        for (size_t k = word.len - 3; k < word.len; k++)
            out->deg = out->deg * 10 + (word.ptr[k] - '0');
        out->is_radial = true;
        i++;
    } else {
        if (ovf_phrase(d, i, RADIAL_WORDS) > 0) {
            out->is_radial = true;
            i++;
        } else if (ovf_phrase(d, i, BEARING_WORDS) > 0) {
            out->has_unit = true;
            i++;
        }
        while (ovf_tok_sign(d, i, '-') || ovf_tok_sign(d, i, ':') || ovf_tok_sign(d, i, '.'))
            i++;
        if (i >= d->token_count || d->tokens[i].kind != OVF_TOK_NUM || d->tokens[i].a > 360
            || d->tokens[i].len > 6)
            return false;
        out->deg = d->tokens[i].a;
        is_short = d->tokens[i].len < 2;
        i++;
    }
    for (;;) {
        if (ovf_tok_sign(d, i, OVF_DEGREE) || ovf_phrase(d, i, DEGREE_WORDS) > 0)
            out->has_unit = true;
        else if (ovf_phrase(d, i, "MAG|MAGNETIC|MAGN|M") > 0)
            out->is_magnetic = true;
        else if (ovf_phrase(d, i, "TRUE|T|GEO|VRAI") > 0)
            out->is_true = true;
        else
            break;
        i++;
    }
    out->end = i;
    return !is_short || out->has_unit;
}

struct pair {
    struct bearing from, to;
    size_t first, end;
    bool is_anticlockwise;
};

static bool pair_at(const ovf_draft *d, size_t i, struct pair *out)
{
    *out = (struct pair){.first = i};
    bool is_said = false;
    size_t at = i;
    // "WI THE SECTOR BTN THE": asked at every word, without end it would be quadratic.
    for (int k = 0; k < 8; k++) {
        size_t end =
            ovf_phrase(d, at, "SECTOR|SECTORS|BTN|BETWEEN|FROM|FM|ENTRE|DE|WI|THE|ARC|LES|LOS|OS");
        if (end == 0)
            break;
        is_said |= ovf_phrase(d, at, "SECTOR|SECTORS") > 0;
        at = end;
    }
    if (!bearing_at(d, at, &out->from))
        return false;
    at = out->from.end;
    bool is_joined = false;
    for (int k = 0; k < 4; k++) {
        int8_t turn = 0;
        size_t turned = ovf_turn_at(d, at, &turn);
        if (turned > 0) {
            out->is_anticlockwise |= turn < 0;
            at = turned;
        } else if (ovf_tok_sign(d, at, '-') || ovf_tok_sign(d, at, '/')
                   || ovf_phrase(d, at, "AND|TO|THRU|THROUGH|UNTIL|Y|ET") > 0) {
            at++;
        } else {
            break;
        }
        is_joined = true;
    }
    if (!is_joined || !bearing_at(d, at, &out->to))
        return false;
    out->end = out->to.end;
    const struct bearing *a = &out->from;
    const struct bearing *b = &out->to;
    is_said |= a->is_radial || b->is_radial || (a->has_unit && b->has_unit)
               || (b->has_unit && (a->is_true == b->is_true));
    bool is_length = false; // "5-15NM" is a distance
    double length_m = 0;
    for (size_t k = out->end; k-- > at;)
        is_length |= ovf_length_at(d, k, &length_m) > 0;
    return is_said && !is_length;
}

/* "FROM 15 TO 35 NM", "5-15NM", "WI 25NM", "RADIUS 5NM": metres, the inner one 0 when not told. */
size_t ovf_range_at(const ovf_draft *d, size_t i, double *inner_m, double *outer_m)
{
    if (i >= d->token_count || d->tokens[i].kind != OVF_TOK_NUM)
        return 0;
    double first_m = 0;
    double second_m = 0;
    size_t next = ovf_length_at(d, i, &first_m);
    bool has_unit = next > 0;
    size_t joint = has_unit ? next : i + 1;
    bool is_joined = ovf_tok_sign(d, joint, '-') || ovf_tok_sign(d, joint, '/')
                     || ovf_phrase(d, joint, "TO|AND|TILL|A|ET|Y") > 0;
    size_t end = is_joined ? ovf_length_at(d, joint + 1, &second_m) : 0;
    if (end == 0 && !has_unit)
        return 0;
    size_t unit = end > 0 ? end - 1 : next - 1;
    if (ovf_phrase(d, unit, "FT|FEET|M|METERS|METRES|MTR") > 0)
        return 0;
    if (end > 0) {
        *inner_m = has_unit ? first_m : d->tokens[i].a * second_m / d->tokens[joint + 1].a;
        *outer_m = second_m;
        return *outer_m > *inner_m ? end : 0;
    }
    *inner_m = 0;
    *outer_m = first_m;
    return next;
}

/* A coordinate or a named station behind OF, FROM, CENTRED ON; or in front of the bearings. */
static bool centre_in(ovf_draft *d, size_t from, size_t until, bool is_last, ovf_point *out,
                      size_t *token, size_t *end)
{
    for (size_t k = from; k < until; k++) {
        size_t i = is_last ? until - 1 - (k - from) : k;
        const ovf_token *t = &d->tokens[i];
        if (t->kind == OVF_TOK_COORD && (t->flags & OVF_TOK_BAD) == 0) {
            *out = (ovf_point){t->a, t->b};
            *token = i;
            *end = i + 1;
            return true;
        }
        bool is_led = i > from && ovf_phrase(d, i - 1, "OF|FM|FROM|ON|AT|DU|DEL|AROUND") > 0;
        size_t behind = ovf_place_named_at(d, i, !is_led, out);
        if (behind > 0) {
            *token = i;
            *end = behind;
            return true;
        }
    }
    return false;
}

bool ovf_make_sector(ovf_draft *d, const struct ovf_sector *s)
{
    const ovf_area *shape = NULL;
    double sweep_deg = fmod(s->to_deg - s->from_deg, 360.0);
    if (sweep_deg <= 0)
        sweep_deg += 360.0;
    bool is_whole = sweep_deg >= 359.99;
    ovf_trace trace = {0};
    double step_deg =
        2 * acos(1 - OVF_ARC_TOLERANCE_M / fmax(s->outer_m, 10.0)) * 57.29577951308232;
    if (is_whole) {
        const ovf_area *hole = NULL;
        if (ovf_area_circle(d->arena, s->centre, s->outer_m, &shape, NULL) != OVF_OK)
            return false;
        if (s->inner_m > 0
            && (ovf_area_circle(d->arena, s->centre, s->inner_m, &hole, NULL) != OVF_OK
                || ovf_area_difference(d->arena, shape, hole, &shape, NULL) != OVF_OK))
            return false;
    } else {
        ovf_point c = s->centre;
        double inner_m = s->inner_m;
        bool is_traced =
            ovf_trace_add(d, &trace, ovf_destination(c, s->from_deg, s->outer_m), OVF_EDGE_GEODESIC)
            && ovf_draw_arc(d, &trace, c, s->from_deg, sweep_deg, s->outer_m, s->outer_m, step_deg)
            && ovf_trace_add(d, &trace, ovf_destination(c, s->to_deg, s->outer_m),
                             OVF_EDGE_GEODESIC)
            && ovf_trace_add(d, &trace, inner_m > 0 ? ovf_destination(c, s->to_deg, inner_m) : c,
                             OVF_EDGE_GEODESIC);
        if (is_traced && inner_m > 0)
            is_traced =
                ovf_draw_arc(d, &trace, c, s->to_deg, -sweep_deg, inner_m, inner_m, step_deg)
                && ovf_trace_add(d, &trace, ovf_destination(c, s->from_deg, inner_m),
                                 OVF_EDGE_GEODESIC);
        if (!is_traced
            || ovf_area_polygon(d->arena, trace.points, trace.count, &shape, NULL) != OVF_OK)
            return false;
    }
    ovf_notice_area *area =
        ovf_add_area(d, OVF_SHAPE_SECTOR, OVF_CERTAINTY_EXACT, shape, s->from, s->until);
    ovf_point *point = ovf_arena_array(d->arena, ovf_point, 1);
    if (area == NULL || point == NULL)
        return false;
    *point = s->centre;
    area->points = point;
    area->point_count = 1;
    area->radius_m = s->outer_m;
    area->name = s->name;
    return true;
}

static double true_of(ovf_draft *d, const struct pair *p, const struct bearing *b, ovf_point centre,
                      bool *is_unknown)
{
    double east_deg = 0;
    if (p->from.is_true || p->to.is_true)
        return b->deg;
    if (!ovf_variation_at(d, centre, &east_deg))
        *is_unknown = true;
    return fmod(b->deg + east_deg + 360.0, 360.0);
}

static void report_north(ovf_draft *d, const struct pair *p, bool is_unknown)
{
    bool is_told = p->from.is_true || p->to.is_true || p->from.is_magnetic || p->to.is_magnetic
                   || p->from.is_radial || p->to.is_radial;
    if (is_unknown)
        OVF_FIND(d, OVF_WARNING, d->tokens[p->first].at, "BEARING_TRUE",
                 "magnetic bearings, and no station near by tells the variation: taken as true");
    else if (!is_told)
        OVF_FIND(d, OVF_WARNING, d->tokens[p->first].at, "BEARING_MAGNETIC",
                 "neither true nor magnetic is said: the bearings are taken as magnetic");
}

/* The sector whose bearings begin at token i; the token behind it, 0: it has no centre or distance. */
static size_t read_sector(ovf_draft *d, const struct pair *p, size_t floor)
{
    struct ovf_sector s = {0};
    size_t until = p->end + REACH < d->token_count ? p->end + REACH : d->token_count;
    size_t last = p->end;
    for (size_t i = p->end; i < until; i++) { // the next area ends this one
        struct pair next;
        bool is_next = ovf_tok_is_bullet(d, i) || ovf_phrase(d, i, "AREA|ZONE|SECTOR *? :?") > 0;
        if (i > p->end && (is_next || (i > p->end + 3 && pair_at(d, i, &next))))
            until = i;
    }
    size_t start = p->first > floor + REACH ? p->first - REACH : floor;
    size_t range_end = 0;
    for (size_t i = p->end; i < until && range_end == 0; i++)
        range_end = ovf_range_at(d, i, &s.inner_m, &s.outer_m);
    last = range_end > last ? range_end : last;
    size_t first = p->first;
    for (size_t i = start; i < p->first && range_end == 0; i++) {
        range_end = ovf_range_at(d, i, &s.inner_m, &s.outer_m);
        first = range_end > 0 ? i : first;
    }
    size_t token = 0;
    size_t end = 0;
    // "CENTRE c AZM 040-120": written in front, it is not the next one's behind.
    bool is_in_front = false;
    for (size_t i = p->first; i-- > start && i + 7 > p->first;)
        is_in_front |= d->tokens[i].kind == OVF_TOK_COORD;
    bool has_centre = !is_in_front && centre_in(d, p->end, until, false, &s.centre, &token, &end);
    if (!has_centre && centre_in(d, start, p->first, true, &s.centre, &token, &end)) {
        has_centre = true;
        first = token < first ? token : first;
    } else if (has_centre) {
        last = end > last ? end : last;
    }
    if (range_end == 0 || !has_centre || s.outer_m <= 0)
        return 0;
    bool is_unknown = false;
    s.from_deg = true_of(d, p, p->is_anticlockwise ? &p->to : &p->from, s.centre, &is_unknown);
    s.to_deg = true_of(d, p, p->is_anticlockwise ? &p->from : &p->to, s.centre, &is_unknown);
    s.from = d->tokens[first].at;
    s.until = ovf_tok_end(d, last - 1);
    s.name = ovf_area_label(d, floor, p->first);
    if (!ovf_make_sector(d, &s))
        return 0;
    report_north(d, p, is_unknown);
    if (d->tokens[token].kind == OVF_TOK_COORD)
        d->tokens[token].flags |= OVF_TOK_USED;
    return last;
}

/* Bearings in notices on aids, procedures and equipment are about signals and not about areas. */
static bool may_have_sectors(const ovf_draft *d)
{
    ovf_str code = d->notice->qcode;
    return code.len != 5 || strchr("ARWXTOKGS", code.ptr[1]) != NULL;
}

/* Is there a word or sign without which no two numbers are bearings? */
static bool speaks_of_bearings(const ovf_draft *d)
{
    if (ovf_text_may_say(d, "SECTOR|SECTORS|" BEARING_WORDS "|" RADIAL_WORDS "|" DEGREE_WORDS)
        || ovf_text_has_sign(d, OVF_DEGREE))
        return true;
    for (size_t i = 0; i < d->token_count && ovf_text_has_trait(d, OVF_TRAIT_WITH_DIGITS); i++) {
        if (is_radial_word(d, i))
            return true;
    }
    return false;
}

void ovf_read_sectors(ovf_draft *d)
{
    size_t floor = 0;
    if (!may_have_sectors(d) || !speaks_of_bearings(d))
        return;
    for (size_t i = 0; i < d->token_count && !d->no_memory; i++) {
        bool may_begin =
            ovf_phrase(d, i, "SECTOR|SECTORS|BTN|BETWEEN|FROM|FM|" BEARING_WORDS "|" RADIAL_WORDS)
                > 0
            || (d->tokens[i].kind == OVF_TOK_WORD && d->tokens[i].len >= 4
                && ovf_phrase(d, i, "~RDL|~QDR|~R0|~R1|~R2|~R3") > 0);
        struct pair p;
        if (!may_begin || !pair_at(d, i, &p))
            continue;
        size_t end = read_sector(d, &p, floor);
        if (end == 0) {
            i = p.end - 1;
            continue;
        }
        i = end - 1;
        floor = end;
    }
}

/* "NORTHERN HALF", "SEMI-CIRCLE NORTH OF", "NE QUADRANT": the bearings, true. */
bool ovf_half_words(const ovf_draft *d, size_t from, size_t until, double *from_deg, double *to_deg)
{
    static const struct {
        const char *words;
        double middle_deg;
    } sides[] = {
        {"NORTH|NORTHERN|N|NORTHERLY", 0},   {"EAST|EASTERN|E|EASTERLY", 90},
        {"SOUTH|SOUTHERN|S|SOUTHERLY", 180}, {"WEST|WESTERN|W|WESTERLY", 270},
        {"NORTHEAST|NE|NORTHEASTERN", 45},   {"SOUTHEAST|SE|SOUTHEASTERN", 135},
        {"SOUTHWEST|SW|SOUTHWESTERN", 225},  {"NORTHWEST|NW|NORTHWESTERN", 315},
    };
    if (!ovf_text_may_say(d, "QUADRANT|QUADRANTS|HALF|SEMICIRCLE|SEMI|SEMICIRCULAR|HALFCIRCLE"))
        return false;
    for (size_t i = from; i < until; i++) {
        bool is_quadrant = ovf_phrase(d, i, "QUADRANT|QUADRANTS") > 0;
        size_t half = ovf_phrase(d, i, "HALF|SEMICIRCLE|SEMI CIRCLE?|CIRCULAR?");
        if (half == 0)
            half = ovf_phrase(d, i, "SEMICIRCLE|SEMICIRCULAR|HALFCIRCLE");
        if (!is_quadrant && half == 0)
            continue;
        size_t of = is_quadrant ? ovf_phrase(d, i, "* OF") : ovf_phrase(d, half, "OF");
        if (of > 0 && ovf_phrase(d, of, "A|THE? ~CIRC|AREA|#|%") == 0)
            continue; // "NE QUADRANT OF THE ATZ" tells where the circle is
        for (size_t k = 0; k < OVF_COUNTOF(sides); k++) {
            bool is_before = i > from && ovf_phrase(d, i - 1, sides[k].words) > 0;
            bool is_behind = false;
            for (size_t b = i + 1; b < until && b < i + 12; b++) {
                size_t end = ovf_phrase(d, b, sides[k].words);
                is_behind |= end > 0
                             && (ovf_phrase(d, end, "OF|FM|FROM|SIDE") > 0
                                 || ovf_phrase(d, b - 1, "TO|THE") > 0);
            }
            if (!is_before && !is_behind)
                continue;
            double half_deg = is_quadrant ? 45.0 : 90.0;
            *from_deg = fmod(sides[k].middle_deg - half_deg + 360.0, 360.0);
            *to_deg = fmod(sides[k].middle_deg + half_deg, 360.0);
            return true;
        }
    }
    return false;
}

/* "BTN 5NM AND 10NM RADIUS", "RADII 5NM AND 10NM". */
bool ovf_two_radii(const ovf_draft *d, size_t from, size_t until, double *inner_m, double *outer_m)
{
    bool is_round =
        ovf_phrase_find(d, from, until, "RADIUS|RADII|CIRCLES|RADIUSES", NULL) != OVF_NOPOS;
    for (size_t i = from; i < until && is_round; i++) {
        if (ovf_range_at(d, i, inner_m, outer_m) > 0 && *inner_m > 0)
            return ovf_phrase_find(d, from, until, "BTN|BETWEEN|RING|ANNULUS|ANNULAR", NULL)
                   != OVF_NOPOS;
    }
    return false;
}
