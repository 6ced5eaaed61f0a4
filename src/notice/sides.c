/* SPDX-License-Identifier: Apache-2.0 */
/* Sides and bands: north, south, east or west of a parallel or meridian, between two of them, of a
 * line of named points or coordinates ("WEST OF A LINE DRAWN DIRECT FROM p TO q", "SOUTH OF THE
 * SEGMENTS DEFINED BY p DCT q DCT r"). */
#include "places.h"
#include "vocabulary.h"

#include <math.h>

#define LINE_MAX 60     /* points of one line */
#define LINE_TOKENS 160 /* and tokens that they and the words between them fill */
#define NEAR_M (1500.0 * 1852.0)
#define REACH_MIN_M 1.0e6 /* how far a line is drawn on beyond its ends: twice the FIR at hand */
#define REACH_MAX_M 5.0e6
#define DEPTH_MAX_M 8.0e6 /* so that the half that is meant stays the smaller one */

void ovf_add_cut(ovf_places *p, const ovf_area *area, size_t at)
{
    if (area != NULL && p->cut_count < OVF_CUTS_MAX)
        p->cuts[p->cut_count++] = (ovf_cut){area, at};
}

size_t ovf_owner_of(const ovf_places *p, size_t at)
{
    size_t owner = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (p->items[i].first < at)
            owner = i;
    }
    return owner;
}

/* ---- parallels and meridians ---- */

#define NORTH_WORDS "NORTH|N|NORTHERN|NORTHWARD|NORTHWARDS|NORTE|NORD"
#define SOUTH_WORDS "SOUTH|S|SOUTHERN|SOUTHWARD|SOUTHWARDS|SUR|SUD|SUL"
#define EAST_WORDS "EAST|E|EASTERN|EASTWARD|EASTWARDS|ESTE|EST|LESTE"
#define WEST_WORDS "WEST|W|WESTERN|WESTWARD|WESTWARDS|OESTE|OUEST"
#define ANY_SIDE NORTH_WORDS "|" SOUTH_WORDS "|" EAST_WORDS "|" WEST_WORDS
#define LINE_WORDS "OF A|THE? STRAIGHT? LINE|LINES|SEGMENT|SEGMENTS|TRACK|AXIS"

bool ovf_side_at(const ovf_draft *d, size_t i, ovf_half *side)
{
    if (ovf_tok_word(d, i) == 0 || ovf_phrase(d, i, ANY_SIDE) == 0)
        return false;
    static const struct {
        const char *words;
        ovf_half side;
    } sides[] = {
        {NORTH_WORDS, OVF_NORTH_OF},
        {SOUTH_WORDS, OVF_SOUTH_OF},
        {EAST_WORDS, OVF_EAST_OF},
        {WEST_WORDS, OVF_WEST_OF},
    };
    for (size_t k = 0; k < OVF_COUNTOF(sides); k++) {
        if (ovf_phrase(d, i, sides[k].words) > 0) {
            *side = sides[k].side;
            return true;
        }
    }
    return false;
}

/* The index behind; 0: no parallel or meridian. */
size_t ovf_meridian_at(const ovf_draft *d, size_t i, bool *is_lat, double *at_deg)
{
    size_t next = ovf_phrase(
        d, i,
        "THE? LATITUDE|LATITUDES|LAT|LONGITUDE|LONGITUDES|LONG|LON|PARALLEL|PARALLELS|MERIDIAN OF?");
    i = next > 0 ? next : i + ovf_tok_is(d, i, "THE");
    if (i >= d->token_count)
        return 0;
    const ovf_token *t = &d->tokens[i];
    if (t->kind == OVF_TOK_LAT || t->kind == OVF_TOK_LON) {
        *is_lat = t->kind == OVF_TOK_LAT;
        *at_deg = t->a;
        return i + 1;
    }
    if (t->kind != OVF_TOK_NUM)
        return 0;
    next = ovf_phrase(d, i, "# ST|ND|RD|TH|DEG|DEGREES|DEGREE? PARALLEL|MERIDIAN|LATITUDE?");
    next = next > 0 ? next : ovf_phrase(d, i, "# DEG|DEGREES|DEGREE");
    next = next > 0 ? next : i + 1;
    double minutes = 0;
    if (next + 1 < d->token_count && d->tokens[next].kind == OVF_TOK_NUM
        && ovf_phrase(d, next + 1, "MIN|MINUTES|MINUTE") > 0) {
        minutes = d->tokens[next].a;
        next += 2;
    }
    ovf_half side = OVF_NORTH_OF;
    if (!ovf_side_at(d, next, &side) || minutes >= 60)
        return 0;
    double value = t->a + minutes / 60;
    *is_lat = side == OVF_NORTH_OF || side == OVF_SOUTH_OF;
    *at_deg = side == OVF_SOUTH_OF || side == OVF_WEST_OF ? -value : value;
    return value <= (*is_lat ? 90 : 180) ? next + 1 : 0;
}

static void add_half(ovf_draft *d, ovf_places *p, ovf_half side, double at_deg, size_t at)
{
    const ovf_area *area = NULL;
    if (ovf_area_half(d->arena, side, at_deg, &area, NULL) == OVF_OK)
        ovf_add_cut(p, area, at);
}

/* "BETWEEN 30N AND 35N", "WITHIN THE GEOGRAPHICAL COORDINATES OF 128E AND 140E". */
static size_t band_at(ovf_draft *d, ovf_places *p, size_t i)
{
    bool is_lat = false;
    bool is_second_lat = false;
    double a = 0;
    double b = 0;
    size_t middle = ovf_meridian_at(d, i, &is_lat, &a);
    if (middle == 0)
        return 0;
    bool joins = ovf_tok_is(d, middle, "AND") || ovf_tok_is(d, middle, "TO")
                 || ovf_tok_sign(d, middle, '-') || ovf_tok_is(d, middle, "Y")
                 || ovf_tok_is(d, middle, "ET");
    size_t end = joins ? ovf_meridian_at(d, middle + 1, &is_second_lat, &b) : 0;
    if (end == 0 || is_lat != is_second_lat)
        return 0;
    bool crosses_180 = !is_lat && a > b && a > 0 && b < 0;
    double low = a < b || crosses_180 ? a : b;
    add_half(d, p, is_lat ? OVF_NORTH_OF : OVF_EAST_OF, low, i);
    add_half(d, p, is_lat ? OVF_SOUTH_OF : OVF_WEST_OF, low == a ? b : a, i);
    return end;
}

/* "BTN 10N AND 12N, 070W AND 068W": the second band without a BTN of its own. */
static size_t bands_at(ovf_draft *d, ovf_places *p, size_t i)
{
    size_t next = ovf_phrase(d, i, "BTN|BETWEEN|ENTRE");
    size_t end = next > 0 ? band_at(d, p, next) : 0;
    size_t second = end + (ovf_tok_sign(d, end, ',') || ovf_tok_is(d, end, "AND"));
    size_t more = end > 0 && second > end ? band_at(d, p, second) : 0;
    return more > 0 ? more : end;
}

/* ---- lines of points ---- */

struct line {
    ovf_point points[LINE_MAX];
    size_t count;
    size_t from, end; /* tokens */
    bool is_cut;      /* a point of it is not known */
};

/* Where named points of this notice are to be looked for. */
static bool region_of(const ovf_draft *d, const ovf_places *p, size_t at, ovf_point *out)
{
    uint32_t fir = OVF_INDEX_NONE;
    if (p->count > 0) {
        const ovf_mention *m = &p->items[ovf_owner_of(p, at)];
        fir = m->shape == OVF_SHAPE_FIR ? m->index : OVF_INDEX_NONE;
    }
    if (fir == OVF_INDEX_NONE && ovf_item_a_firs(d, &fir, 1) == 0) {
        *out = d->notice->q_centre;
        return d->notice->has_q_circle;
    }
    ovf_box box = ovf_world_fir(d->world, fir)->box;
    double width = ovf_lon_wrap(box.east_deg - box.west_deg);
    width += width < 0 ? 360 : 0;
    *out = (ovf_point){(box.south_deg + box.north_deg) / 2, ovf_lon_wrap(box.west_deg + width / 2)};
    return true;
}

static bool is_ident(const ovf_draft *d, size_t i)
{
    const ovf_token *t = &d->tokens[i];
    if (t->kind != OVF_TOK_WORD || t->len < 3 || t->len > 5 || t->len == 4)
        return false;
    if (ovf_phrase(d, i,
                   "THE|AND|DCT|VIA|VOR|NDB|DME|POINT|FIR|FROM|THEN|LINE|BELOW|ABOVE|WHERE|WHICH|"
                   "ALONG|LINES|NORTH|SOUTH|FOR|ARE|ALL|ATS|RTE")
        > 0)
        return false;
    ovf_str word = ovf_tok_text(d, i);
    for (size_t k = 0; k < word.len; k++) {
        if (!ovf_is_letter(word.ptr[k]))
            return false;
    }
    return true;
}

static bool is_filler(const ovf_draft *d, size_t i, bool has_points)
{
    if (d->tokens[i].kind == OVF_TOK_SIGN)
        return strchr("-,/:()'\"", d->tokens[i].sign) != NULL;
    if (ovf_phrase(d, i,
                   "TO|THEN|THENCE|DCT|DIRECT|AND|FROM|FM|VIA|POINT|POINTS|VOR|NDB|DME|BTN|"
                   "BETWEEN|CONNECTING|JOINING|THROUGH|PASSING|COORD|PSN")
        > 0)
        return true;
    return !has_points && d->tokens[i].kind == OVF_TOK_WORD;
}

static bool named_point(const ovf_draft *d, size_t i, bool has_region, ovf_point region,
                        ovf_point *out)
{
    double away = 0;
    if (d->world == NULL || !has_region || !is_ident(d, i))
        return false;
    uint32_t fix = ovf_world_nearest_fix(d->world, ovf_tok_text(d, i), region, &away);
    if (fix == OVF_INDEX_NONE || away > NEAR_M)
        return false;
    *out = ovf_world_fix(d->world, fix).place;
    return true;
}

/* The points behind the word LINE or SEGMENTS. */
static void read_line(const ovf_draft *d, const ovf_places *p, size_t i, struct line *line)
{
    ovf_point region = {0};
    bool has_region = d->world != NULL && region_of(d, p, i, &region);
    *line = (struct line){.from = i, .end = i};
    size_t stop = i + LINE_TOKENS;
    for (; i < d->token_count && i < stop && line->count < LINE_MAX; i++) {
        const ovf_token *t = &d->tokens[i];
        ovf_point named = {0};
        bool has_coord_behind =
            i + 1 < d->token_count
            && (d->tokens[i + 1].kind == OVF_TOK_COORD
                || (ovf_tok_sign(d, i + 1, '(') && d->tokens[i + 2].kind == OVF_TOK_COORD));
        if (t->kind == OVF_TOK_COORD) {
            line->is_cut |= (t->flags & OVF_TOK_BAD) != 0;
            line->points[line->count++] = (ovf_point){t->a, t->b};
            line->end = i + 1;
        } else if (t->kind == OVF_TOK_WORD && has_coord_behind) {
            continue; // the name of the coordinate
        } else if (ovf_tok_is_bullet(d, i)) {
            i++;
        } else if (named_point(d, i, has_region, region, &named)) {
            line->points[line->count++] = named;
            line->end = i + 1;
        } else if (line->count > 0 && is_ident(d, i) && t->len == 5
                   && (ovf_tok_sign(d, i - 1, '-') || ovf_tok_is(d, i - 1, "TO"))) {
            line->is_cut = true; // a point that nobody knows
            line->end = i + 1;
        } else if (!is_filler(d, i, line->count > 0) || (line->count == 0 && i > line->from + 24)) {
            break;
        }
    }
}

/* A corner on the far side: the ends of a line that bends lie far to its other side, so it is deep,
 * but never over a pole. */
static ovf_point far_side(ovf_point from, double towards_deg, double depth_m)
{
    static const double degree_m = 110000.0; // of latitude, and a little less
    double along = cos(towards_deg / 57.29577951308232);
    double pole_m = (along > 0 ? 89.0 - from.lat_deg : 89.0 + from.lat_deg) * degree_m;
    double side = fabs(along);
    depth_m = depth_m > DEPTH_MAX_M ? DEPTH_MAX_M : depth_m;
    if (side > 0.5 && depth_m * side > pole_m)
        depth_m = pole_m / side;
    return ovf_destination(from, towards_deg, depth_m);
}

const ovf_area *ovf_line_side(ovf_draft *d, const ovf_point *points, size_t count,
                              double towards_deg, double reach_m)
{
    ovf_point ring[LINE_MAX + 4];
    size_t n = 0;
    double bearing = 0;
    double whole = 0;
    if (count < 2 || count > LINE_MAX)
        return NULL;
    const ovf_point *last = &points[count - 1];
    double whole_m = 0;
    ovf_inverse(points[0], *last, &whole_m, &whole, NULL);
    double across = fabs(ovf_lon_wrap(towards_deg - whole));
    if (across < 15 || across > 165)
        return NULL; // "north of" a line that runs north
    ovf_inverse(points[1], points[0], NULL, NULL, &bearing);
    ovf_point before = ovf_destination(points[0], bearing, reach_m);
    ovf_inverse(points[count - 2], *last, NULL, NULL, &bearing);
    ovf_point behind = ovf_destination(*last, bearing, reach_m);
    ring[n++] = before;
    for (size_t i = 0; i < count; i++)
        ring[n++] = points[i];
    ring[n++] = behind;
    ring[n++] = far_side(behind, towards_deg, whole_m + 2 * reach_m);
    ring[n++] = far_side(before, towards_deg, whole_m + 2 * reach_m);
    const ovf_area *out = NULL;
    return ovf_area_polygon(d->arena, ring, n, &out, NULL) == OVF_OK ? out : NULL;
}

static double diagonal_of(const ovf_draft *d, const ovf_mention *m)
{
    if (m->index == OVF_INDEX_NONE)
        return 0;
    ovf_box box = m->shape == OVF_SHAPE_FIR
                      ? ovf_world_fir(d->world, m->index)->box
                      : ovf_area_bounds(ovf_world_territory(d->world, m->index));
    return ovf_distance_m((ovf_point){box.south_deg, ovf_lon_wrap(box.west_deg)},
                          (ovf_point){box.north_deg, ovf_lon_wrap(box.east_deg)});
}

static double reach_of(const ovf_draft *d, const ovf_places *p, size_t at)
{
    double reach = REACH_MIN_M;
    size_t owner = p->count > 0 ? ovf_owner_of(p, at) : 0;
    for (size_t i = 0; i < p->count; i++) { // States of one list are cut as one
        bool is_cut = i == owner || p->items[i].first == p->items[owner].first;
        double diagonal = is_cut ? diagonal_of(d, &p->items[i]) : 0;
        reach = diagonal > reach ? diagonal : reach;
    }
    return reach > REACH_MAX_M ? REACH_MAX_M : reach;
}

size_t ovf_bearing_word_at(const ovf_draft *d, size_t i, double *towards_deg)
{
    static const struct {
        const char *words;
        double towards_deg;
    } winds[] = {{"NORTH EAST", 45},    {"NORTHEAST|NE", 45},  {"SOUTH EAST", 135},
                 {"SOUTHEAST|SE", 135}, {"SOUTH WEST", 225},   {"SOUTHWEST|SW", 225},
                 {"NORTH WEST", 315},   {"NORTHWEST|NW", 315}, {"NORTH|N", 0},
                 {"EAST|E", 90},        {"SOUTH|S", 180},      {"WEST|W", 270}};
    if (ovf_tok_word(d, i) == 0
        || ovf_phrase(d, i,
                      "NORTH|N|EAST|E|SOUTH|S|WEST|W|NORTHEAST|NE|SOUTHEAST|SE|SOUTHWEST|SW|"
                      "NORTHWEST|NW")
               == 0)
        return 0;
    for (size_t k = 0; k < OVF_COUNTOF(winds); k++) {
        size_t next = ovf_phrase(d, i, winds[k].words);
        if (next == 0)
            continue;
        *towards_deg = winds[k].towards_deg;
        return next;
    }
    return 0;
}

/* Does the sentence take this part out ("EXCEPT FOR ROUTES WEST OF ...")? */
static bool is_exception(const ovf_draft *d, size_t at)
{
    size_t from = at > 60 ? at - 60 : 0;
    size_t start = ovf_sentence_start(d, at);
    while (start > from + 1 && ovf_tok_sign(d, start, '-')) // points of one list
        start = ovf_sentence_start(d, start - 1);
    for (size_t i = at; i-- > from;) { // a numbered point begins anew, whatever ended the last
        if (i > 0 && d->tokens[i].kind == OVF_TOK_NUM && ovf_tok_is_bullet(d, i)
            && (d->tokens[i].flags & OVF_TOK_GLUED) == 0) {
            start = i;
            break;
        }
    }
    return ovf_phrase_find(d, start > from ? start : from, at,
                           "EXC|EXCEPT|EXCEPTION|EXCLUDING|EXCEPTED|EXEMPTED", NULL)
           != OVF_NOPOS;
}

/* "W OF A LINE ...", "LOCATED SOUTH OF THE SEGMENTS ...": the index behind, 0: none. */
static size_t line_side_at(ovf_draft *d, ovf_places *p, size_t i)
{
    double towards = 0;
    size_t next = ovf_bearing_word_at(d, i, &towards);
    if (next == 0)
        return 0;
    size_t behind = ovf_phrase(d, next, LINE_WORDS);
    if (behind == 0)
        return 0;
    struct line line;
    read_line(d, p, behind, &line);
    if (line.count < 2)
        return 0;
    p->line_from = p->line_end == 0 ? behind : p->line_from;
    p->line_end = line.end;
    if (is_exception(d, i)) {
        OVF_FIND(d, OVF_NOTE, d->tokens[i].at, "GEOM_EXCEPTION",
                 "one side of a line is excepted under conditions: the area is kept whole");
        return line.end;
    }
    const ovf_area *side =
        line.is_cut ? NULL : ovf_line_side(d, line.points, line.count, towards, reach_of(d, p, i));
    if (side == NULL)
        OVF_FIND(d, OVF_WARNING, d->tokens[i].at, "GEOM_LINE",
                 "one side of a line that cannot be drawn: the area named is not resolved");
    ovf_add_cut(p, side == NULL ? ovf_area_unresolved() : side, i);
    return line.end;
}

/* Is there a line that one side of which may be meant: a parallel, a meridian, a line of points? */
static bool speaks_of_lines(const ovf_draft *d)
{
    return ovf_text_has_kind(d, OVF_TOK_LAT) || ovf_text_has_kind(d, OVF_TOK_LON)
           || (ovf_text_has_kind(d, OVF_TOK_NUM) && ovf_text_may_say(d, ANY_SIDE))
           || ovf_text_may_say(d, LINE_WORDS);
}

/* The words with which a band, a side of a line or of a parallel begins. */
static const bool begins_side[OVF_VOCABULARY_SIZE] = {
    [OVF_WORD_BTN] = true,       [OVF_WORD_BETWEEN] = true,    [OVF_WORD_ENTRE] = true,
    [OVF_WORD_NORTH] = true,     [OVF_WORD_N] = true,          [OVF_WORD_NORTHERN] = true,
    [OVF_WORD_NORTHWARD] = true, [OVF_WORD_NORTHWARDS] = true, [OVF_WORD_NORTE] = true,
    [OVF_WORD_NORD] = true,      [OVF_WORD_SOUTH] = true,      [OVF_WORD_S] = true,
    [OVF_WORD_SOUTHERN] = true,  [OVF_WORD_SOUTHWARD] = true,  [OVF_WORD_SOUTHWARDS] = true,
    [OVF_WORD_SUR] = true,       [OVF_WORD_SUD] = true,        [OVF_WORD_SUL] = true,
    [OVF_WORD_EAST] = true,      [OVF_WORD_E] = true,          [OVF_WORD_EASTERN] = true,
    [OVF_WORD_EASTWARD] = true,  [OVF_WORD_EASTWARDS] = true,  [OVF_WORD_ESTE] = true,
    [OVF_WORD_EST] = true,       [OVF_WORD_LESTE] = true,      [OVF_WORD_WEST] = true,
    [OVF_WORD_W] = true,         [OVF_WORD_WESTERN] = true,    [OVF_WORD_WESTWARD] = true,
    [OVF_WORD_WESTWARDS] = true, [OVF_WORD_OESTE] = true,      [OVF_WORD_OUEST] = true,
    [OVF_WORD_NORTHEAST] = true, [OVF_WORD_NE] = true,         [OVF_WORD_SOUTHEAST] = true,
    [OVF_WORD_SE] = true,        [OVF_WORD_SOUTHWEST] = true,  [OVF_WORD_SW] = true,
    [OVF_WORD_NORTHWEST] = true, [OVF_WORD_NW] = true};

void ovf_find_sides(ovf_draft *d, ovf_places *p)
{
    if (!speaks_of_lines(d))
        return;
    for (size_t i = d->main_from; i < d->token_count; i++) {
        if (!begins_side[d->tokens[i].word])
            continue;
        size_t end = bands_at(d, p, i);
        if (end == 0)
            end = line_side_at(d, p, i);
        if (end > i) {
            i = end - 1;
            continue;
        }
        ovf_half side = OVF_NORTH_OF;
        bool is_lat = false;
        double at_deg = 0;
        if (!ovf_side_at(d, i, &side) || ovf_phrase(d, i + 1, "OF|FM|FROM|DE|DEL|DO") == 0)
            continue;
        bool wants_lat = side == OVF_NORTH_OF || side == OVF_SOUTH_OF;
        if (ovf_meridian_at(d, i + 2, &is_lat, &at_deg) == 0 || is_lat != wants_lat)
            continue;
        if (is_exception(d, i))
            OVF_FIND(d, OVF_NOTE, d->tokens[i].at, "GEOM_EXCEPTION",
                     "one side of a line is excepted under conditions: the area is kept whole");
        else
            add_half(d, p, side, at_deg, i);
    }
}
