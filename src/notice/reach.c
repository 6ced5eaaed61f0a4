/* SPDX-License-Identifier: Apache-2.0 */
/* How far an area reaches, in words: the radius round a position, the width along a line. */
#include "arcs.h"
#include "vocabulary.h"

static const uint8_t numerals[OVF_VOCABULARY_SIZE] = {
    [OVF_WORD_ONE] = 1,  [OVF_WORD_TWO] = 2,  [OVF_WORD_THREE] = 3, [OVF_WORD_FOUR] = 4,
    [OVF_WORD_FIVE] = 5, [OVF_WORD_SIX] = 6,  [OVF_WORD_SEVEN] = 7, [OVF_WORD_EIGHT] = 8,
    [OVF_WORD_NINE] = 9, [OVF_WORD_TEN] = 10,
};

size_t ovf_reach_length_at(const ovf_draft *d, size_t i, double *length_m)
{
    size_t end = ovf_length_at(d, i, length_m);
    if (end > 0 || i >= d->token_count)
        return end;
    double number = d->tokens[i].kind == OVF_TOK_NUM ? d->tokens[i].a : numerals[d->tokens[i].word];
    end = number > 0 ? ovf_phrase(d, i + 1, "NAUTICAL? MILE|MILES") : 0;
    if (end > 0)
        *length_m = number * OVF_NM_M;
    return end;
}

/* ---- a radius ---- */

static const bool radius_words[OVF_VOCABULARY_SIZE] = {
    [OVF_WORD_RADIUS] = true, [OVF_WORD_RAD] = true,   [OVF_WORD_RDS] = true,
    [OVF_WORD_RADII] = true,  [OVF_WORD_RADIO] = true, [OVF_WORD_RAIO] = true,
    [OVF_WORD_RAYON] = true,  [OVF_WORD_RDO] = true};

static const bool diameter_words[OVF_VOCABULARY_SIZE] = {
    [OVF_WORD_DIAMETER] = true, [OVF_WORD_DIAM] = true,     [OVF_WORD_DIA] = true,
    [OVF_WORD_DIAMETRO] = true, [OVF_WORD_DIAMETRE] = true,
};

#define CIRCLE_WORDS "CIRCLE|CIRCULO|CERCLE|CIRC|CIRCUNFERENCIA"

/* And those before a length that is one: "WI 5NM OF p". */
static const bool leads_to_length[OVF_VOCABULARY_SIZE] = {
    [OVF_WORD_RADIUS] = true, [OVF_WORD_RAD] = true,           [OVF_WORD_RDS] = true,
    [OVF_WORD_RADII] = true,  [OVF_WORD_RADIO] = true,         [OVF_WORD_RAIO] = true,
    [OVF_WORD_RAYON] = true,  [OVF_WORD_RDO] = true,           [OVF_WORD_WI] = true,
    [OVF_WORD_WITHIN] = true, [OVF_WORD_INSIDE] = true,        [OVF_WORD_TO] = true,
    [OVF_WORD_CIRCLE] = true, [OVF_WORD_CIRCULO] = true,       [OVF_WORD_CERCLE] = true,
    [OVF_WORD_CIRC] = true,   [OVF_WORD_CIRCUNFERENCIA] = true};

/* A length that is told in feet is a height, unless words say that it is a radius. */
static bool is_in_feet(const ovf_draft *d, size_t behind)
{
    return behind > 0 && ovf_phrase(d, behind - 1, "FT|FEET") > 0;
}

/* "RADIUS OF 5NM", "5NM RADIUS": the token behind the word and its length, 0: none. */
static size_t by_word(const ovf_draft *d, size_t i, size_t from, size_t until, double *length_m)
{
    size_t behind = 0;
    size_t unit_first = ovf_phrase(d, i + 1, "NM|KM OF?"); // "RADIUS NM 6.5"
    if (unit_first > 0 && unit_first < until && d->tokens[unit_first].kind == OVF_TOK_NUM) {
        *length_m = d->tokens[unit_first].a * (ovf_tok_is(d, i + 1, "KM") ? 1000.0 : OVF_NM_M);
        return unit_first + 1;
    }
    for (size_t k = i + 1; k <= i + 4 && k < until && behind == 0; k++)
        behind = ovf_reach_length_at(d, k, length_m);
    for (size_t k = i; behind == 0 && k-- > from && k + 4 >= i;) {
        size_t unit = ovf_reach_length_at(d, k, length_m);
        behind = unit > 0 && unit <= i ? i + 1 : 0;
    }
    return behind;
}

/* "R25KM", "R=25KM", "R-25 KM" */
static size_t by_letter(const ovf_draft *d, size_t i, double *length_m)
{
    if (!ovf_tok_is(d, i, "R"))
        return 0;
    size_t k = i + 1;
    k += ovf_tok_sign(d, k, '=') || ovf_tok_sign(d, k, '-') || ovf_tok_sign(d, k, ':');
    size_t behind = ovf_length_at(d, k, length_m);
    return behind > 0 && ovf_phrase(d, k + 1, "KM|KMS|NM|NMI") > 0 ? behind : 0;
}

/* "CIRCULO 5MN CENTRO p", "CIRCLE OF 5NM CENTRED ON p", "CIRCULAR AREA OF 5NM, CENTRE p" */
static size_t by_circle(const ovf_draft *d, size_t i, size_t until, double *length_m)
{
    size_t next = ovf_phrase(d, i, CIRCLE_WORDS " OF|DE?");
    if (next == 0)
        next = ovf_phrase(d, i, "CIRCULAR AREA|ZONE OF|DE?");
    next = next > 0 ? ovf_reach_length_at(d, next, length_m) : 0;
    next += next > 0 && ovf_tok_sign(d, next, ',');
    size_t of = next > 0 ? ovf_phrase(d, next, "~CENT|AROUND|ROUND|ABOUT ON|AT|EN|SUR?") : 0;
    return of > 0 && until <= of + 3 ? of : 0;
}

/* "WI 5NM OF p", "WI 10KM FM PSN p", "UP TO 150NM FROM p", "WI 6NM p" */
static size_t by_within(const ovf_draft *d, size_t i, size_t from, size_t until, double *length_m)
{
    size_t next =
        ovf_phrase(d, i, "WI|WITHIN|INSIDE|TO") > 0 ? ovf_reach_length_at(d, i + 1, length_m) : 0;
    if (next == 0 || (ovf_tok_is(d, i, "TO") && !(i > from && ovf_tok_is(d, i - 1, "UP"))))
        return 0;
    size_t of = ovf_phrase(d, next, "OF|FM|FROM|AROUND|ARND|ROUND");
    if (of == 0)
        of = ovf_phrase(d, next, "CENTRED|CENTERED|CENTRE|CENTER ON|AT|IN");
    if (of == 0 && (next == until || ovf_phrase(d, next, "PSN|POSITION|COORD|COORDS") == until))
        of = next;
    return of > 0 && until <= of + 3 ? of : 0;
}

/* "20NM AROUND p", "12NM IN ALL DIRECTIONS FROM p", "LESS THAN 5KM FROM p"; in a list of areas
 * "A. 27 MILES OF p". With a direction between ("10NM NORTH OF p") it is an offset and no radius. */
static size_t by_length(const ovf_draft *d, size_t i, size_t from, size_t until, double *length_m)
{
    size_t next = ovf_reach_length_at(d, i, length_m);
    if (next == 0 || is_in_feet(d, next))
        return 0;
    size_t of = ovf_phrase(d, next, "RADIUS|RING|CIRCLE? AROUND|ARND|ROUND|ALREDEDOR|AUTOUR DE?");
    if (of == 0)
        of = ovf_phrase(d, next, "IN ALL|EVERY DIRECTION|DIRECTIONS FROM|FM|OF|AROUND");
    if (of == 0 && i > from) {
        bool is_item =
            ovf_tok_sign(d, i - 1, ':') || (i >= from + 2 && ovf_tok_is_bullet(d, i - 2));
        bool is_zone = ovf_phrase(d, i - 1, "ZONE|AREA") > 0; // "NO FLY ZONE 5 KM FROM p"
        bool is_less = i >= from + 2 && ovf_phrase(d, i - 2, "LESS|CLOSER|NEARER THAN") == i;
        if (is_item || is_zone || is_less)
            of = ovf_phrase(d, next, "OF|FM|FROM|TO");
    }
    return of > 0 && until <= of + 3 ? of : 0;
}

double ovf_radius_in(const ovf_draft *d, size_t from, size_t until, bool near_end, size_t *end)
{
    double found = 0;
    for (size_t i = from; i < until; i++) {
        double length = 0;
        size_t behind = 0;
        unsigned word = ovf_tok_word(d, i);
        bool is_diameter = diameter_words[word];
        if (is_diameter || radius_words[word])
            behind = by_word(d, i, from, until, &length);
        else if (word == OVF_WORD_R)
            behind = by_letter(d, i, &length);
        else if (near_end && d->tokens[i].kind == OVF_TOK_NUM)
            behind = by_length(d, i, from, until, &length);
        else if (near_end && (leads_to_length[word] || word == OVF_WORD_CIRCULAR)) {
            behind = by_circle(d, i, until, &length);
            if (behind == 0)
                behind = by_within(d, i, from, until, &length);
        }
        if (behind == 0 || length <= 0)
            continue;
        found = is_diameter ? length / 2 : length;
        *end = behind;
        if (!near_end)
            return found;
    }
    return found;
}

double ovf_growth_in(const ovf_draft *d, size_t from, size_t until)
{
    for (size_t i = from; i < until; i++) {
        double length_m = 0;
        size_t next =
            leads_to_length[ovf_tok_word(d, i)] && ovf_phrase(d, i, "WI|WITHIN|INSIDE") > 0
                ? ovf_length_at(d, i + 1, &length_m)
                : 0;
        if (next > 0
            && ovf_phrase(d, next, "OF|FM|FROM THE? AREA|POLYGON|ZONE|BOUNDARY|PERIMETER") > 0)
            return length_m;
    }
    return 0;
}

/* ---- a width ---- */

#define SIDES_WORDS "EITHER|EACH|BOTH SIDE|SIDES"
#define RIGHT_WORDS "LEFT|L AND? RIGHT|R"
#define LINE_WORDS "OF|FM|FROM THE|A? STRAIGHT? LINE|TRACK|CENTERLINE|AXIS"
#define THE_LINE_WORDS "OF|FM|FROM A|THE? LINE|LINES|TRACK|TRACKS|CENTRELINE|TRACKLINE|TRACKLINES"

double ovf_half_width_in(const ovf_draft *d, size_t from, size_t until, size_t *end)
{
    *end = 0;
    if (!ovf_text_may_say(d, SIDES_WORDS) && !ovf_text_may_say(d, RIGHT_WORDS)
        && !ovf_text_may_say(d, LINE_WORDS) && !ovf_text_may_say(d, THE_LINE_WORDS)
        && !ovf_text_may_say(d, "WIDE|WIDTH|WID"))
        return 0;
    static const bool words[OVF_VOCABULARY_SIZE] = {
        [OVF_WORD_EITHER] = true, [OVF_WORD_EACH] = true, [OVF_WORD_BOTH] = true,
        [OVF_WORD_WIDTH] = true,  [OVF_WORD_WIDE] = true,
    };
    for (size_t i = from; i < until; i++) {
        double length = 0;
        size_t next = ovf_reach_length_at(d, i, &length);
        if (next == 0 && !words[ovf_tok_word(d, i)])
            continue;
        if (next > 0) {
            *end = ovf_phrase(d, next, SIDES_WORDS);
            if (*end == 0)
                *end = ovf_phrase(d, next, "ON|TO " SIDES_WORDS);
            if (*end == 0)
                *end = ovf_phrase(d, next, RIGHT_WORDS);
            if (*end == 0)
                *end = ovf_phrase(d, next, LINE_WORDS);
            if (*end == 0)
                *end = ovf_phrase(d, next, THE_LINE_WORDS);
            if (*end > 0 && *end <= until)
                return length;
            *end = ovf_phrase(d, next, "WIDE|WIDTH|WID");
            if (*end > 0 && *end <= until)
                return length / 2;
        }
        *end = ovf_phrase(d, i, SIDES_WORDS);
        if (*end > 0 && *end <= until) {
            next = ovf_reach_length_at(d, *end, &length);
            if (next > 0)
                return length;
        }
        if (ovf_phrase(d, i, "WIDTH|WIDE") > 0) {
            size_t number = i + 1 + ovf_tok_is(d, i + 1, "OF");
            next = ovf_reach_length_at(d, number, &length);
            if (next > 0) {
                *end = next;
                return length / 2;
            }
        }
    }
    *end = 0;
    return 0;
}
