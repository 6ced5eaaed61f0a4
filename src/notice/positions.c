/* SPDX-License-Identifier: Apache-2.0 */
/* Positions that are not written as coordinates: aids and airports by name ("XYZ VOR", "EGLL ARP"),
 * by radial and distance ("XYZ RDL 123/45NM", "XYZ123045"), by bearing and distance from them. A name
 * stands for the place of that name nearest to where the notice is about. */
#include "arcs.h"
#include "vocabulary.h"

#include <math.h>

/* A place of that name farther off is somebody else's. */
#define NAME_REACH_M (900 * OVF_NM_M)
/* Where no aid is nearer, nobody tells the variation. */
#define VARIATION_REACH_M (250 * OVF_NM_M)

bool ovf_near_place(const ovf_draft *d, ovf_point *out)
{
    const ovf_notice *n = d->notice;
    if (n->has_q_circle) {
        *out = n->q_centre;
        return true;
    }
    ovf_str code = ovf_str_sub(n->locations, 0, 4);
    uint32_t airport =
        d->world == NULL || code.len < 4 ? OVF_INDEX_NONE : ovf_world_find_airport(d->world, code);
    if (airport != OVF_INDEX_NONE) {
        *out = ovf_world_airport(d->world, airport)->place;
        return true;
    }
    for (size_t i = 0; i < d->token_count; i++) {
        if (d->tokens[i].kind != OVF_TOK_COORD || (d->tokens[i].flags & OVF_TOK_BAD) != 0)
            continue;
        *out = (ovf_point){d->tokens[i].a, d->tokens[i].b};
        return true;
    }
    return false;
}

bool ovf_variation_at(const ovf_draft *d, ovf_point place, double *east_deg)
{
    return d->world != NULL
           && ovf_world_variation_near(d->world, place, VARIATION_REACH_M, east_deg);
}

static bool find_fix_near(const ovf_draft *d, ovf_str ident, ovf_point near_to, double reach_m,
                          ovf_point *out)
{
    double away_m = 0;
    uint32_t index = d->world == NULL ? OVF_INDEX_NONE
                                      : ovf_world_nearest_fix(d->world, ident, near_to, &away_m);
    if (index == OVF_INDEX_NONE || away_m > reach_m)
        return false;
    *out = ovf_world_fix(d->world, index).place;
    return true;
}

static bool find_fix(const ovf_draft *d, ovf_str ident, ovf_point *out)
{
    ovf_point near_to;
    size_t count = 0;
    uint32_t index = ovf_world_find_fix(d->world, ident, &count);
    if (index == OVF_INDEX_NONE)
        return false;
    if (ovf_near_place(d, &near_to)) {
        double away_m = 0;
        index = ovf_world_nearest_fix(d->world, ident, near_to, &away_m);
        if (index == OVF_INDEX_NONE || away_m > NAME_REACH_M)
            return false;
    } else if (count != 1) {
        return false;
    }
    *out = ovf_world_fix(d->world, index).place;
    return true;
}

static bool is_letters(ovf_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (!ovf_is_letter(word.ptr[i]))
            return false;
    }
    return word.len > 0;
}

#define AID_WORDS "VOR|DVOR|NDB|DME|TACAN|VORTAC|VORDME|ARP|AD|AP|AIRPORT|LCTR|L|NAVAID|HELIPORT"

#define AID_WORDS_MAX 4 /* "VOR/DME NDB L"; asked at every word, more would be quadratic */

static size_t skip_aid_words(const ovf_draft *d, size_t i, bool *any)
{
    for (size_t k = 0; k < AID_WORDS_MAX; k++) {
        size_t end = ovf_phrase(d, i, AID_WORDS);
        if (end == 0)
            break;
        *any = true;
        i = end + ovf_tok_sign(d, end, '/');
    }
    return i;
}

static size_t skip_quotes(const ovf_draft *d, size_t i)
{
    size_t most = i + 2;
    while (i < most && (ovf_tok_sign(d, i, '\'') || ovf_tok_sign(d, i, '"')))
        i++;
    return i;
}

/* A name without "VOR" or "ARP" beside it counts only where nothing else can stand there. */
size_t ovf_place_named_at(const ovf_draft *d, size_t i, bool must_say, ovf_point *out)
{
    bool any = false;
    size_t start = i;
    i += ovf_tok_is(d, i, "THE");
    i = skip_aid_words(d, i, &any);
    i = skip_quotes(d, i);
    if (d->world == NULL || i >= d->token_count || d->tokens[i].kind != OVF_TOK_WORD)
        return 0;
    ovf_str word = ovf_tok_text(d, i);
    if (!is_letters(word) || word.len < 2 || word.len > 5)
        return 0;
    size_t end = skip_aid_words(d, skip_quotes(d, i + 1), &any);
    if (!any && (must_say || start != i))
        return 0;
    if (word.len == 4) {
        uint32_t airport = ovf_world_find_airport(d->world, word);
        if (airport != OVF_INDEX_NONE) {
            *out = ovf_world_airport(d->world, airport)->place;
            return end;
        }
    }
    return find_fix(d, word, out) ? end : 0;
}

/* ---- names as vertices ---- */

static bool add_named(ovf_draft *d, ovf_named_place place)
{
    if (!ovf_arena_grow(d->arena, (void **)&d->named, d->named_count, &d->named_capacity,
                        sizeof(place))) {
        d->no_memory = true;
        return false;
    }
    d->named[d->named_count++] = place;
    d->tokens[place.first].flags |= OVF_TOK_PLACE;
    return true;
}

/* "ABC123045": the station, the radial and the miles. */
static bool is_frd(ovf_str word)
{
    if (word.len != 9 || !is_letters(ovf_str_sub(word, 0, 3)))
        return false;
    for (size_t i = 3; i < 9; i++) {
        if (!ovf_is_digit(word.ptr[i]))
            return false;
    }
    return true;
}

static double digits_of(ovf_str word, size_t from, size_t until)
{
    double value = 0;
    for (size_t i = from; i < until; i++)
        value = value * 10 + (word.ptr[i] - '0');
    return value;
}

static bool read_frd(const ovf_draft *d, ovf_str word, ovf_point *out)
{
    ovf_point station;
    double east_deg = 0;
    if (d->world == NULL || !find_fix(d, ovf_str_sub(word, 0, 3), &station)
        || !ovf_variation_at(d, station, &east_deg))
        return false;
    *out = ovf_destination(station, digits_of(word, 3, 6) + east_deg,
                           ovf_nm_to_m(digits_of(word, 6, 9)));
    return true;
}

/* The latitude and longitude beside "(ABC123045)" say the same, or one of them is wrong. Radials are
 * whole degrees and miles. */
static void check_frd(ovf_draft *d, size_t i, ovf_str word, ovf_point written)
{
    ovf_point place;
    if (!read_frd(d, word, &place))
        return;
    double away_m = ovf_distance_m(place, written);
    // The variation that the radial was reckoned with may be years old: eight degrees.
    double tolerance_m = ovf_nm_to_m(1.5 + 0.14 * digits_of(word, 6, 9));
    if (away_m > tolerance_m)
        OVF_FIND(d, OVF_WARNING, d->tokens[i].at, "FRD_DIFFERS",
                 "%.*s lies %.1f NM from the coordinates beside it: the coordinates are taken",
                 OVF_ARG(word), ovf_m_to_nm(away_m));
}

static size_t beside(const ovf_draft *d, size_t i, int step)
{
    for (int k = 0; k < 3; k++) {
        i = step > 0 ? i + 1 : i - 1;
        if (i >= d->token_count)
            return OVF_NOPOS;
        if (d->tokens[i].kind != OVF_TOK_SIGN || d->tokens[i].sign == '-')
            return i;
    }
    return OVF_NOPOS;
}

static inline bool is_joint(const ovf_draft *d, size_t i)
{
    static const bool words[OVF_VOCABULARY_SIZE] = {
        [OVF_WORD_TO] = true,     [OVF_WORD_THENCE] = true, [OVF_WORD_THEN] = true,
        [OVF_WORD_AND] = true,    [OVF_WORD_POINT] = true,  [OVF_WORD_DCT] = true,
        [OVF_WORD_DIRECT] = true,
    };
    const ovf_token *t = &d->tokens[i];
    return t->kind == OVF_TOK_SIGN ? t->sign == '-' || t->sign == ',' : words[t->word];
}

static bool is_position(const ovf_draft *d, size_t i)
{
    return i < d->token_count
           && (d->tokens[i].kind == OVF_TOK_COORD || (d->tokens[i].flags & OVF_TOK_PLACE) != 0);
}

/* A joint on this side of a name: a dash, a comma, TO, THENCE; and how far it reaches. */
static size_t joint_beside(const ovf_draft *d, size_t i, int step)
{
    bool any = false;
    for (int k = 0; k < 4; k++) {
        i = step > 0 ? i + 1 : i - 1;
        if (i >= d->token_count)
            return OVF_NOPOS;
        if (!is_joint(d, i))
            return any ? i : OVF_NOPOS;
        any = true;
    }
    return OVF_NOPOS;
}

/* Short words that are no name of a point. */
static const bool is_never_name[OVF_VOCABULARY_SIZE] = {
    [OVF_WORD_AREA] = true,   [OVF_WORD_LINE] = true,  [OVF_WORD_AND] = true,
    [OVF_WORD_THE] = true,    [OVF_WORD_TO] = true,    [OVF_WORD_THEN] = true,
    [OVF_WORD_POINT] = true,  [OVF_WORD_NM] = true,    [OVF_WORD_FT] = true,
    [OVF_WORD_BACK] = true,   [OVF_WORD_START] = true, [OVF_WORD_ZONE] = true,
    [OVF_WORD_GND] = true,    [OVF_WORD_SFC] = true,   [OVF_WORD_UNL] = true,
    [OVF_WORD_DUE] = true,    [OVF_WORD_WI] = true,    [OVF_WORD_ALL] = true,
    [OVF_WORD_AMSL] = true,   [OVF_WORD_AGL] = true,   [OVF_WORD_ARC] = true,
    [OVF_WORD_FROM] = true,   [OVF_WORD_DCT] = true,   [OVF_WORD_FM] = true,
    [OVF_WORD_BTN] = true,    [OVF_WORD_ALONG] = true, [OVF_WORD_NOTE] = true,
    [OVF_WORD_DIRECT] = true, [OVF_WORD_OF] = true,    [OVF_WORD_IN] = true,
    [OVF_WORD_AT] = true,     [OVF_WORD_BY] = true,    [OVF_WORD_ON] = true,
    [OVF_WORD_OR] = true,     [OVF_WORD_NO] = true,    [OVF_WORD_EXC] = true,
    [OVF_WORD_FIR] = true,    [OVF_WORD_WITH] = true,
};

static inline bool may_be_name(const ovf_draft *d, size_t i)
{
    if (i >= d->token_count)
        return false;
    const ovf_token *t = &d->tokens[i];
    return t->len >= 2 && t->len <= 5 && (t->traits & OVF_TRAIT_LETTERS) != 0
           && !is_never_name[t->word];
}

static bool place_of(const ovf_draft *d, size_t i, ovf_point *out)
{
    ovf_vertex v;
    size_t end = 0;
    if (!ovf_vertex_at(d, i, &v, &end) || v.is_bad)
        return false;
    *out = v.place;
    return true;
}

static void add_vertex_named(ovf_draft *d, size_t first, size_t end, bool is_known, ovf_point place)
{
    ovf_str text = ovf_str_sub(d->clean.text, d->tokens[first].at,
                               d->tokens[end - 1].at + d->tokens[end - 1].len);
    if (is_known)
        OVF_FIND(d, OVF_NOTE, d->tokens[first].at, "VERTEX_NAMED",
                 "%.*s is taken from the tables of points", OVF_ARG(ovf_str_sub(text, 0, 40)));
    else
        OVF_FIND(d, OVF_ERROR, d->tokens[first].at, "VERTEX_UNKNOWN",
                 "%.*s: expected a point of that name near here; the tables have none",
                 OVF_ARG(ovf_str_sub(text, 0, 40)));
    add_named(d, (ovf_named_place){first, end, place, is_known});
}

/* The next vertex is no farther: 5-letter names recur in other parts of the world. */
#define VERTEX_REACH_M (1500 * OVF_NM_M)

/* "p - BARKR - q": a name between two positions, joined on both sides, is a vertex. One that nobody
 * knows spoils the outline, and is told. */
static void mark_between(ovf_draft *d)
{
    for (size_t i = 1; i + 1 < d->token_count && !d->no_memory; i++) {
        if (!may_be_name(d, i) || !is_joint(d, i + 1) || !is_joint(d, i - 1))
            continue;
        size_t before = joint_beside(d, i, -1);
        size_t behind = joint_beside(d, i, 1);
        bool is_led = before != OVF_NOPOS && is_position(d, before);
        bool is_next =
            behind != OVF_NOPOS
            && (is_position(d, behind) || (ovf_tok_text(d, i).len == 5 && may_be_name(d, behind)));
        ovf_point near_to;
        if (!is_led || !is_next || !place_of(d, before, &near_to))
            continue;
        ovf_point place = {0};
        bool is_known = find_fix_near(d, ovf_tok_text(d, i), near_to, VERTEX_REACH_M, &place);
        bool looks = ovf_tok_text(d, i).len == 5 || ovf_tok_text(d, i).len == 3;
        if (is_known || (looks && is_position(d, behind)))
            add_vertex_named(d, i, i + 1, is_known, place);
    }
}

#define TRACK_WORDS "TR|TRK|TRACK|TRACKS|ROUTE|RTE|ROUTING"

/* Is there a word without which no name stands in a list of tracks ("TR1:" among them)? */
static bool speaks_of_tracks(const ovf_draft *d)
{
    return ovf_text_may_say(d, TRACK_WORDS) || ovf_text_has_trait(d, OVF_TRAIT_WITH_DIGITS);
}

static bool is_track_list(const ovf_draft *d, size_t i)
{
    for (size_t k = i; k-- > 0 && k + 14 > i;) {
        ovf_str word = ovf_tok_text(d, k);
        if (d->tokens[k].kind == OVF_TOK_WORD
            && (ovf_phrase(d, k, TRACK_WORDS) > 0
                || (word.len <= 4 && word.len >= 3 && ovf_phrase(d, k, "~TR") > 0
                    && ovf_is_digit(word.ptr[2]))))
            return true;
    }
    return false;
}

/* Names at the ends of a track ("TR1: RATKA - 4930N 00900W - 5000N 02000W - MALOT"), and the aid that
 * an outline begins with ("BOUNDED BY: TOWN VOR/DME 'ABC' - p - q"). */
static void mark_ends(ovf_draft *d)
{
    bool has_tracks = speaks_of_tracks(d);
    bool has_aids = ovf_text_may_say(d, AID_WORDS);
    for (size_t i = d->token_count;
         i-- > 0 && !d->no_memory;) { // a name leads to the next one back
        if (!has_aids && (!has_tracks || d->tokens[i].len != 5))
            continue; // neither an aid nor the end of a track
        if (!may_be_name(d, i) || (d->tokens[i].flags & OVF_TOK_PLACE) != 0)
            continue;
        ovf_point near_to;
        ovf_point place = {0};
        bool any = false;
        size_t aid_end = skip_aid_words(d, i, &any);
        size_t name = any ? aid_end : i;
        size_t quoted = name + (ovf_tok_sign(d, name, '\'') || ovf_tok_sign(d, name, '"'));
        size_t last =
            quoted
            + (quoted > name
               && (ovf_tok_sign(d, quoted + 1, '\'') || ovf_tok_sign(d, quoted + 1, '"')));
        size_t behind = joint_beside(d, last, 1);
        if (behind == OVF_NOPOS || !is_position(d, behind) || !place_of(d, behind, &near_to))
            continue;
        bool is_track = !any && d->tokens[i].len == 5 && is_track_list(d, i);
        bool is_aid =
            any && may_be_name(d, quoted) && ovf_tok_text(d, quoted).len == 3
            && ovf_phrase_find(d, i > 6 ? i - 6 : 0, i, "BOUNDED|JOINING|AREA", NULL) != OVF_NOPOS;
        bool is_inner = any && i > 0 // "VOR/DME": at its first word
                        && (ovf_tok_sign(d, i - 1, '/') || ovf_phrase(d, i - 1, AID_WORDS) > 0);
        if ((!is_track && !is_aid) || is_inner)
            continue;
        bool is_known = find_fix_near(d, ovf_tok_text(d, quoted), near_to, VERTEX_REACH_M, &place);
        if (is_known || is_aid)
            add_vertex_named(d, i, last + 1, is_known, place);
    }
    if (!has_tracks)
        return;
    for (size_t i = 1; i < d->token_count && !d->no_memory; i++) {
        if (!may_be_name(d, i) || d->tokens[i].len != 5 || (d->tokens[i].flags & OVF_TOK_PLACE) != 0
            || !is_track_list(d, i))
            continue;
        ovf_point near_to;
        ovf_point place = {0};
        size_t before = joint_beside(d, i, -1);
        if (before != OVF_NOPOS && place_of(d, before, &near_to)
            && find_fix_near(d, ovf_tok_text(d, i), near_to, VERTEX_REACH_M, &place))
            add_vertex_named(d, i, i + 1, true, place);
    }
}

/* "BOUNDED BY ABCDE - FGHIJ - KLM - NOP": an outline of names alone, each of them known. */
static void mark_list(ovf_draft *d)
{
    size_t end = 0;
    size_t at = 0;
    while (!d->no_memory
           && (at = ovf_phrase_find(d, at, d->token_count,
                                    "BOUNDED|JOINING|CONNECTING|ENCLOSED|DELIMITED|LINKING|DEFINED "
                                    "BY|AS? A|THE? LINES|LINE? JOINING|CONNECTING? FOLLOWING|FLW? "
                                    "POINTS|WAYPOINTS|FIXES|WPT|WPTS|PSN?",
                                    &end))
                  != OVF_NOPOS) {
        size_t first = d->named_count;
        size_t i = end;
        at = end;
        while (ovf_tok_sign(d, i, ':') || ovf_tok_sign(d, i, '-'))
            i++;
        while (may_be_name(d, i) && d->named_count - first < 60) {
            ovf_named_place place = {.first = i, .end = i + 1};
            place.is_known = d->world != NULL && find_fix(d, ovf_tok_text(d, i), &place.place);
            if (!place.is_known && ovf_tok_text(d, i).len != 5 && ovf_tok_text(d, i).len != 3)
                break;
            if (!add_named(d, place))
                return;
            size_t next = joint_beside(d, i, 1);
            if (next == OVF_NOPOS || is_position(d, next))
                break;
            i = next;
        }
        size_t known = 0;
        for (size_t k = first; k < d->named_count; k++)
            known += d->named[k].is_known;
        if (d->named_count - first >= 3 && known * 2 >= d->named_count - first) {
            for (size_t k = first; k < d->named_count; k++) {
                if (!d->named[k].is_known)
                    OVF_FIND(d, OVF_ERROR, d->tokens[d->named[k].first].at, "VERTEX_UNKNOWN",
                             "%.*s: expected a point of that name near here; the tables have none",
                             OVF_ARG(ovf_tok_text(d, d->named[k].first)));
            }
            return;
        }
        for (size_t k = first; k < d->named_count; k++)
            d->tokens[d->named[k].first].flags &= (uint8_t)~OVF_TOK_PLACE;
        d->named_count = first;
    }
}

#define DIRECTION_WORDS "RDL|RADIAL|R|QDR|BRG|BEARING|MAG|TRUE"

/* A radial or bearing at token i: degrees, and the token behind. Radials are magnetic, bearings too
 * unless they say TRUE. */
static size_t direction_at(const ovf_draft *d, size_t i, double *deg, bool *is_true)
{
    size_t end = ovf_phrase(d, i, DIRECTION_WORDS " *?");
    if (end == 0)
        return 0;
    *is_true = ovf_tok_is(d, i, "TRUE");
    size_t at = i + 1;
    while (ovf_tok_sign(d, at, '-') || ovf_tok_sign(d, at, ':') || ovf_tok_sign(d, at, '.'))
        at++;
    if (at >= d->token_count || d->tokens[at].kind != OVF_TOK_NUM || d->tokens[at].a > 360
        || d->tokens[at].len < 2)
        return 0;
    *deg = d->tokens[at++].a;
    for (size_t more = 0; (more = ovf_phrase(d, at, "DEG|DEGS|DEGREES|MAG|TRUE|T|M")) > 0;
         at = more)
        *is_true |= ovf_phrase(d, at, "TRUE|T") > 0;
    at += ovf_tok_sign(d, at, OVF_DEGREE);
    return at;
}

static size_t distance_at(const ovf_draft *d, size_t i, double *length_m)
{
    while (ovf_tok_sign(d, i, '/') || ovf_tok_sign(d, i, ',') || ovf_tok_sign(d, i, '-')
           || ovf_phrase(d, i, "DIST|DISTANCE|AT|D|DME|AND") > 0)
        i++;
    return ovf_length_at(d, i, length_m);
}

/* What a bearing is taken from: an aid or aerodrome that says what it is, "ARP", an aerodrome by name
 * and its indicator in brackets; behind a radial a bare name, too. */
static size_t station_at(const ovf_draft *d, size_t i, bool is_radial, ovf_point *out)
{
    size_t end = ovf_place_named_at(d, i, true, out);
    if (end == 0)
        end = ovf_centre_at(d, i, out);
    for (size_t k = i + 1; end == 0 && k < i + 6 && k + 2 < d->token_count; k++) {
        if (!ovf_tok_sign(d, k, '(') || !ovf_tok_sign(d, k + 2, ')') || d->tokens[k + 1].len != 4)
            continue;
        end = ovf_centre_at(d, k + 1, out);
        end += end > 0;
    }
    if (end == 0 && is_radial && may_be_name(d, i) && d->tokens[i].len == 3)
        end = ovf_place_named_at(d, i, false, out);
    return end;
}

/* "12NM BRG 270 FM ARP", "5 NM ON RADIAL 090 OF XYZ VOR". */
static size_t away_place_at(const ovf_draft *d, size_t i, ovf_point *out)
{
    ovf_point station = {0};
    double deg = 0;
    double length_m = 0;
    double east_deg = 0;
    bool is_true = false;
    size_t next = ovf_length_at(d, i, &length_m);
    if (next == 0 || length_m <= 0)
        return 0;
    while (ovf_tok_sign(d, next, ',') || ovf_tok_sign(d, next, '/')
           || ovf_phrase(d, next, "ON|AT|THE") > 0)
        next++;
    bool is_radial = ovf_phrase(d, next, "RDL|RADIAL|QDR") > 0;
    size_t end = direction_at(d, next, &deg, &is_true);
    size_t from = end > 0 ? ovf_phrase(d, end, "OF|FM|FROM|DE|DU") : 0;
    end = from > 0 ? station_at(d, from, is_radial, &station) : 0;
    if (end == 0 || (!is_true && !ovf_variation_at(d, station, &east_deg)))
        return 0;
    *out = ovf_destination(station, deg + (is_true ? 0 : east_deg), length_m);
    return end;
}

/* "XYZ VOR RDL 090/15NM", "RDL 090/15NM XYZ VOR", "BRG 270 DEG 12NM FM EGLL ARP". */
static size_t radial_place_at(const ovf_draft *d, size_t i, ovf_point *out)
{
    ovf_point station = {0};
    double deg = 0;
    double length_m = 0;
    double east_deg = 0;
    bool is_true = false;
    size_t name = ovf_place_named_at(d, i, true, &station);
    size_t end = direction_at(d, name > 0 ? name : i, &deg, &is_true);
    if (end > 0)
        end = distance_at(d, end, &length_m);
    if (end > 0 && name == 0) {
        size_t from = end;
        while (ovf_tok_sign(d, from, '-') || ovf_phrase(d, from, "OF|FM|FROM|ON|DE|DU") > 0)
            from++;
        end = station_at(d, from, ovf_phrase(d, i, "RDL|RADIAL|QDR") > 0, &station);
    }
    if (end == 0 || length_m <= 0 || (!is_true && !ovf_variation_at(d, station, &east_deg)))
        return 0;
    *out = ovf_destination(station, deg + (is_true ? 0 : east_deg), length_m);
    return end;
}

/* Where no coordinate says it: places by radial and distance. With an arc: the stations it goes round. */
static void mark_radials(ovf_draft *d, bool has_coords)
{
    bool has_arc = ovf_text_may_say(d, "ARC|ARCS|ARCO");
    if (has_coords ? !has_arc : !ovf_text_may_say(d, DIRECTION_WORDS))
        return;
    for (size_t i = 0; i < d->token_count && !d->no_memory; i++) {
        bool is_word = d->tokens[i].kind == OVF_TOK_WORD;
        if (!is_word && (d->tokens[i].kind != OVF_TOK_NUM || has_coords))
            continue;
        ovf_named_place place = {.first = i, .is_known = true};
        if (!has_coords)
            place.end =
                is_word ? radial_place_at(d, i, &place.place) : away_place_at(d, i, &place.place);
        else if (has_arc && i > 0 && ovf_phrase(d, i - 1, "OF|ON|AT|FM|FROM") > 0)
            place.end = ovf_place_named_at(d, i, true, &place.place);
        if (place.end == 0)
            continue;
        add_named(d, place);
        i = place.end - 1;
    }
}

void ovf_mark_places(ovf_draft *d)
{
    size_t coords = 0;
    for (size_t i = 0; i < d->token_count && !d->no_memory; i++) {
        coords += d->tokens[i].kind == OVF_TOK_COORD;
        if (d->tokens[i].len != 9 || d->tokens[i].kind != OVF_TOK_WORD
            || !is_frd(ovf_tok_text(d, i)))
            continue;
        size_t before = i > 0 ? beside(d, i, -1) : OVF_NOPOS;
        if (before != OVF_NOPOS && d->tokens[before].kind == OVF_TOK_COORD) {
            check_frd(d, i, ovf_tok_text(d, i),
                      (ovf_point){d->tokens[before].a, d->tokens[before].b});
            continue;
        }
        ovf_named_place place = {.first = i, .end = i + 1};
        place.is_known = read_frd(d, ovf_tok_text(d, i), &place.place);
        if (place.is_known)
            add_named(d, place);
    }
    if (d->world != NULL)
        mark_radials(d, coords > 0);
    if (coords == 0 && d->named_count == 0)
        mark_list(d);
    else if (coords > 0) {
        mark_between(d);
        mark_ends(d);
    }
}
