/* SPDX-License-Identifier: Apache-2.0 */
/* Every restriction that touches the question: what it covers, what it means for the one who asks,
 * and what it does to the legal answer. */
#include "restriction_internal.h"

#include <string.h>

#define WHY_MAX 240 /* bytes of reasons after which no further one is added */

/* "At all levels": from the surface to above where civil aircraft fly. */
#define ALL_LEVELS_FT 60000
#define HERE_SAMPLES 64 /* enough to meet every kind of air with 5 % of the area */

static ovf_status no_memory(void)
{
    return OVF_E_NOMEM;
}

ovf_status status_add_because(struct status_inquiry *q, const ovf_because *because)
{
    if (!ovf_arena_grow(q->arena, (void **)&q->because, q->because_count, &q->because_capacity,
                        sizeof(*because)))
        return no_memory();
    q->because[q->because_count++] = *because;
    return OVF_OK;
}

static void note_unknown(struct status_inquiry *q, const char *fmt, ovf_str id)
{
    if (q->is_unknown)
        return;
    q->is_unknown = true;
    q->unknown_why = ovf_arena_printf(q->arena, fmt, OVF_ARG(id));
}

/* Each notice once, however many areas it has; the first few tell the story. */
static void note_restricted(struct status_inquiry *q, const ovf_restriction *r, const char *how)
{
    ovf_str id = r->notice->id.len > 0 ? r->notice->id : r->id;
    q->is_restricted = true;
    if (q->restricted_why.len > WHY_MAX
        || (q->restricted_why.len > 0 && ovf_str_find(q->restricted_why, 0, id) != OVF_NOPOS))
        return;
    ovf_str issuer =
        r->notice->issuer.state.len > 0 ? r->notice->issuer.state : r->notice->issuer.kind;
    q->restricted_why = ovf_arena_printf(
        q->arena, OVF_FMT "%s" OVF_FMT " (" OVF_FMT ") %s", OVF_ARG(q->restricted_why),
        q->restricted_why.len > 0 ? "; " : "", OVF_ARG(id), OVF_ARG(issuer), how);
}

/* ---- where ---- */

static bool is_about_airport(const ovf_restriction *r)
{
    return r->area_index < r->notice->area_count
           && r->notice->areas[r->area_index].shape == OVF_SHAPE_AIRPORT;
}

static bool is_by_reference(const ovf_restriction *r)
{
    return r->certainty == OVF_CERTAINTY_REFERENCE;
}

/* The State whose nationality letters a location indicator starts with, the longest match. */
static uint32_t state_of_indicator(const ovf_world *world, ovf_str code)
{
    uint32_t best = OVF_INDEX_NONE;
    size_t best_len = 0;
    for (size_t i = 0; i < ovf_world_state_count(world) && code.len == 4; i++) {
        ovf_str rest = ovf_world_state(world, (uint32_t)i)->icao;
        ovf_str letters = {0};
        while (rest.len > 0 && ovf_str_field(&rest, ' ', &letters)) {
            if (letters.len > best_len && ovf_str_starts(code, letters)) {
                best = (uint32_t)i;
                best_len = letters.len;
            }
        }
    }
    return best;
}

/* A FIR that is in no table, but surely somebody else's: FIRs do not overlap, so where every part of
 * the area asked about lies in a FIR that we know, another State's is elsewhere. */
static bool is_elsewhere(struct status_inquiry *q, ovf_str code)
{
    const ovf_world *world = q->picture->world;
    uint32_t state = state_of_indicator(world, code);
    if (state == OVF_INDEX_NONE || q->state_count == 0)
        return false;
    for (size_t i = 0; i < q->state_count; i++) {
        if (ovf_world_sovereign(world, q->states[i]) == ovf_world_sovereign(world, state))
            return false;
    }
    for (size_t i = 0; i < q->sample_count && i < 64; i++) {
        if (status_sample_whose(q, i)->service == OVF_INDEX_NONE)
            return false;
    }
    return true;
}

/* An area that nobody could resolve concerns the question when one of its FIRs does, or when it
 * names none. */
static ovf_tri unresolved_place(struct status_inquiry *q, const ovf_restriction *r, bool *anywhere)
{
    const ovf_notice *notice = r->notice;
    bool has_fir = false;
    for (size_t i = 0; i < notice->fir_count; i++) {
        uint32_t index = ovf_world_find_fir(q->picture->world, notice->firs[i]);
        double share = 0.0;
        if (index == OVF_INDEX_NONE && !is_elsewhere(q, notice->firs[i])) {
            *anywhere = true;
            return OVF_TRI_UNKNOWN;
        }
        has_fir = true;
        if (index == OVF_INDEX_NONE)
            continue;
        if (status_meets(
                q, ovf_world_fir_area(q->picture->world, ovf_world_fir(q->picture->world, index)),
                true, &share)
            != OVF_TRI_NO)
            return OVF_TRI_UNKNOWN;
    }
    *anywhere = !has_fir;
    return has_fir ? OVF_TRI_NO : OVF_TRI_UNKNOWN;
}

/* An airway, not a volume: its closure bars the airway and leaves the air beside it as it is. */
static bool is_route(const ovf_restriction *r)
{
    return r->area_index < r->notice->area_count
           && r->notice->areas[r->area_index].shape == OVF_SHAPE_ROUTE;
}

static ovf_tri where(struct status_inquiry *q, const ovf_restriction *r, double *share,
                     bool *anywhere)
{
    *share = -1.0;
    *anywhere = false;
    // A closed runway closes no sky: an aerodrome's notice answers for that aerodrome alone.
    if (is_about_airport(r) && q->query->place.kind != OVF_PLACE_AIRPORT)
        return OVF_TRI_NO;
    if (!ovf_area_is_resolved(r->area))
        return unresolved_place(q, r, anywhere);
    // A line has no share of an area: no sample falls on it.
    if (is_route(r) && q->area != NULL && !q->is_point)
        return ovf_area_meets(q->area, r->area, q->arena);
    ovf_tri meets = status_meets(q, r->area, is_by_reference(r), share);
    // The circle of item Q holds the area somewhere in it.
    if (r->certainty != OVF_CERTAINTY_Q_CIRCLE || meets == OVF_TRI_NO)
        return meets;
    *share = -1.0;
    return OVF_TRI_UNKNOWN;
}

/* Its levels over what is asked about: over a point, or a small area, the ground is known better
 * than over all of the restriction. */
static ovf_band band_here(const struct status_inquiry *q, const ovf_restriction *r)
{
    if (!ovf_limits_need_ground(r->lower, r->upper))
        return r->band;
    const ovf_world *world = q->picture->world;
    ovf_surface here = q->is_point ? ovf_world_surface_at(world, q->query->place.point)
                                   : ovf_world_surface_of(world, q->area);
    ovf_surface there = ovf_world_surface_of(world, r->area);
    return ovf_band_over(r->lower, r->upper, ovf_surface_both(here, there));
}

static ovf_tri how_high(const struct status_inquiry *q, const ovf_restriction *r)
{
    return q->query->has_level ? ovf_band_holds(band_here(q, r), q->query->level_ft) : OVF_TRI_YES;
}

/* All that was asked about in height: the level, or every level. */
static bool covers_height(const struct status_inquiry *q, const ovf_restriction *r)
{
    if (q->query->has_level)
        return ovf_band_holds(band_here(q, r), q->query->level_ft) == OVF_TRI_YES;
    return r->lower.ref != OVF_LEVEL_UNKNOWN && r->upper.ref != OVF_LEVEL_UNKNOWN
           && r->band.inner_lower_ft <= 0 && r->band.inner_upper_ft >= ALL_LEVELS_FT;
}

/* ---- for whom ---- */

bool status_same_air(ovf_whose a, ovf_whose b)
{
    return a.is_high_seas == b.is_high_seas && a.is_disputed == b.is_disputed
           && (a.is_high_seas || a.state == b.state);
}

/* Weight of a verdict for the one who asks; not to know is heavier than all but what binds. */
static int weight(const ovf_ruling *ruling)
{
    if (ruling->verdict == OVF_VERDICT_UNKNOWN)
        return OVF_VERDICT_BINDING * 4 - 1;
    return ruling->verdict * 4 + (ruling->applies == OVF_TRI_YES ? 2 : 0)
           + (ruling->applies == OVF_TRI_UNKNOWN ? 1 : 0);
}

/* place: where it is, or NULL for a piece in which several claims may lie. */
static ovf_status judge(struct status_inquiry *q, const ovf_restriction *r, ovf_whose whose,
                        uint32_t service, const ovf_point *place, ovf_ruling *out)
{
    return ovf_judge_notice_at(q->picture->book, r->notice, r->area_index, whose, service, place,
                               &q->query->party, q->arena, out);
}

/* A point is judged where it is, which tells more than the piece that holds it. */
static ovf_status judge_point(struct status_inquiry *q, const ovf_restriction *r,
                              ovf_because *because)
{
    ovf_restriction_piece *piece = ovf_arena_array(q->arena, ovf_restriction_piece, 1);
    if (piece == NULL)
        return no_memory();
    const struct status_sample *sample = status_sample_whose(q, 0);
    uint32_t service = picture_service_at(q->picture->world, sample->place, r->notice);
    bool is_resolved = ovf_area_is_resolved(r->area);
    ovf_whose nowhere = {.state = OVF_INDEX_NONE};
    piece->piece = (ovf_piece){
        .whose = is_resolved ? sample->whose : nowhere, .share = 1.0, .inside = sample->place};
    because->pieces = piece;
    because->piece_count = 1;
    return judge(q, r, piece->piece.whose, is_resolved ? service : OVF_INDEX_NONE,
                 is_resolved ? &sample->place : NULL, &piece->ruling);
}

/* Is there some of this piece in the area asked about? */
static bool piece_is_asked(struct status_inquiry *q, const ovf_restriction *r,
                           const ovf_piece *piece, bool is_only)
{
    if (r->area == q->area || is_only)
        return true;
    if (ovf_area_contains(q->area, piece->inside) == OVF_TRI_YES)
        return true;
    for (size_t i = 0; i < q->sample_count; i++) {
        if (ovf_area_contains(r->area, q->samples[i].place) == OVF_TRI_YES
            && status_same_air(status_sample_whose(q, i)->whose, piece->whose))
            return true;
    }
    return false;
}

static ovf_status judge_area(struct status_inquiry *q, const ovf_restriction *r,
                             ovf_because *because)
{
    const ovf_piece *all = NULL;
    size_t total = 0;
    size_t count = 0;
    ovf_status status = ovf_picture_pieces(q->picture, r, &all, &total, NULL);
    if (status != OVF_OK)
        return status;
    ovf_restriction_piece *pieces = ovf_arena_array(q->arena, ovf_restriction_piece, total + 1);
    if (pieces == NULL)
        return no_memory();
    for (size_t i = 0; i < total; i++) {
        if (!piece_is_asked(q, r, &all[i], total == 1))
            continue;
        const ovf_point *place = all[i].whose.is_disputed ? NULL : &all[i].inside;
        pieces[count].piece = all[i];
        status = judge(q, r, all[i].whose, picture_service_in(q->picture, r, &all[i]), place,
                       &pieces[count].ruling);
        if (status != OVF_OK)
            return status;
        count++;
    }
    because->pieces = pieces;
    because->piece_count = count;
    return OVF_OK;
}

/* What a notice whose place nobody could find would mean if its place were here: the weightiest over
 * the kinds of air asked about. A foreign office closes nothing here, wherever it meant. */
static ovf_status judge_as_if_here(struct status_inquiry *q, const ovf_restriction *r,
                                   ovf_ruling *out)
{
    bool is_first = true;
    for (size_t i = 0; i < q->sample_count && i < HERE_SAMPLES; i++) {
        const struct status_sample *sample = status_sample_whose(q, i);
        bool is_seen = false;
        for (size_t j = 0; j < i && !is_seen; j++)
            is_seen = status_same_air(q->samples[j].whose, sample->whose)
                      && q->samples[j].service == sample->service;
        if (is_seen)
            continue;
        ovf_ruling ruling = {0};
        ovf_status status = judge(q, r, sample->whose, sample->service, &sample->place, &ruling);
        if (status != OVF_OK)
            return status;
        if (is_first || weight(&ruling) > weight(out))
            *out = ruling;
        is_first = false;
    }
    return OVF_OK;
}

static bool is_heavy(const ovf_ruling *ruling)
{
    return ruling->verdict == OVF_VERDICT_UNKNOWN || ruling->verdict == OVF_VERDICT_BINDING
           || ruling->verdict == OVF_VERDICT_CONDITIONAL
           || ruling->verdict == OVF_VERDICT_SERVICE_WITHDRAWN;
}

/* ---- the legal axis ---- */

static bool binds(const ovf_ruling *ruling)
{
    return ruling->verdict == OVF_VERDICT_BINDING && ruling->applies == OVF_TRI_YES;
}

/* Marks what a binding restriction shuts for the one who asks. */
static void close_samples(struct status_inquiry *q, const ovf_restriction *r,
                          const ovf_because *because)
{
    for (size_t i = 0; i < q->sample_count; i++) {
        struct status_sample *sample = &q->samples[i];
        if (sample->is_closed
            || (r->area != q->area && !q->is_point
                && ovf_area_contains(r->area, sample->place) != OVF_TRI_YES))
            continue;
        bool is_shut = because->piece_count > 0;
        for (size_t j = 0; j < because->piece_count; j++) {
            const ovf_restriction_piece *piece = &because->pieces[j];
            if (!binds(&piece->ruling)
                && (because->piece_count == 1
                    || status_same_air(status_sample_whose(q, i)->whose, piece->piece.whose)))
                is_shut = false;
        }
        sample->is_closed = is_shut;
    }
    if (q->closed_by.len == 0 || because->share > q->closed_share) {
        q->closed_by = r->id;
        q->closed_share = because->share;
    }
}

/* A notice that only changes a published area which the tables do not hold (Q-code condition CH)
 * creates nothing: standing areas of the AIPs are no part of the picture, with it or without. */
static bool changes_standing_area(const ovf_restriction *r)
{
    return !ovf_area_is_resolved(r->area) && r->notice->qcode.len >= 5
           && ovf_str_eq(ovf_str_sub(r->notice->qcode, 3, 5), OVF_STR("CH"));
}

/* Might a notice whose effect or place is not understood bind somebody? What is meant as advice,
 * hazard or information does not. */
static bool may_bind(const ovf_restriction *r)
{
    if (r->notice->strength == OVF_STRENGTH_SOFT || r->notice->strength == OVF_STRENGTH_NONE
        || changes_standing_area(r))
        return false;
    switch (r->effect) {
    case OVF_EFFECT_CLOSED:
    case OVF_EFFECT_PROHIBITED:
    case OVF_EFFECT_RESTRICTED:
    case OVF_EFFECT_UNKNOWN: return true;
    case OVF_EFFECT_DANGER:
    case OVF_EFFECT_WARNING:
    case OVF_EFFECT_ADVISORY:
    case OVF_EFFECT_FLOW:
    case OVF_EFFECT_INFORMATION:
    case OVF_EFFECT_LIFTED: return false;
    }
    return true;
}

/* Gone from its office's checklist or bulletin: it may bind, and it may not. */
static bool is_doubtful(ovf_life life)
{
    return life == OVF_LIFE_NOT_IN_CHECKLIST || life == OVF_LIFE_VANISHED;
}

/* One piece that nobody can judge does not silence what is known of the others. */
static void weigh_known_pieces(struct status_inquiry *q, const ovf_restriction *r,
                               const ovf_because *because)
{
    for (size_t i = 0; i < because->piece_count; i++) {
        const ovf_ruling *ruling = &because->pieces[i].ruling;
        if (ruling->verdict != OVF_VERDICT_UNKNOWN && is_heavy(ruling)
            && ruling->applies != OVF_TRI_NO) {
            note_restricted(q, r,
                            ruling->verdict == OVF_VERDICT_SERVICE_WITHDRAWN
                                ? "withdraws the service or the clearance"
                                : "binds in a part of it");
            return;
        }
    }
}

/* Law that stands for years bars classes whose owners are mostly not known: it counts for those whom it
 * surely meets, and for a carrier or a register that it points to; it is shown to the others. A closure
 * to flights to somewhere counts for those who have said where they fly. */
static bool counts(const struct status_inquiry *q, const ovf_restriction *r,
                   const ovf_ruling *ruling)
{
    if (r->notice->form != OVF_FORM_LAW || ruling->applies == OVF_TRI_YES)
        return true;
    bool is_known =
        q->query->party.operator_state.len > 0 || q->query->party.registry_state.len > 0;
    ovf_str rest = ruling->missing;
    ovf_str word = {0};
    bool has_ends = false;
    while (ovf_str_field(&rest, ' ', &word))
        has_ends |= ovf_str_eq(word, OVF_STR("to")) || ovf_str_eq(word, OVF_STR("from"));
    return ruling->applies == OVF_TRI_UNKNOWN && ruling->verdict != OVF_VERDICT_UNKNOWN && is_known
           && !ruling->is_remote && !has_ends;
}

static void note_possible(struct status_inquiry *q, const ovf_restriction *r,
                          const ovf_ruling *ruling)
{
    ovf_str how = OVF_STR("binds some of those who fly, not all");
    if (q->is_named && ruling->missing.len > 0)
        how = ovf_arena_printf(q->arena, "%s bind this flight: not known of it: " OVF_FMT "%s",
                               ruling->is_remote ? "would by an exception" : "may",
                               OVF_ARG(ruling->missing),
                               ruling->is_remote ? ", and nothing points to it" : "");
    else if (q->is_named)
        how = OVF_STR("may bind this flight: not enough is known about it");
    note_restricted(q, r, how.ptr == NULL ? "may bind this flight" : how.ptr);
}

static void weigh_law(struct status_inquiry *q, const ovf_restriction *r,
                      const ovf_because *because, ovf_tri place, ovf_tri level)
{
    const ovf_ruling *ruling = &because->ruling;
    if (!counts(q, r, ruling))
        return;
    if (is_doubtful(because->life)) {
        if (is_heavy(ruling) && (ruling->verdict != OVF_VERDICT_UNKNOWN || may_bind(r)))
            note_unknown(q,
                         because->life == OVF_LIFE_VANISHED
                             ? "whether " OVF_FMT " is still in force cannot be told: it has "
                               "vanished from its bulletin"
                             : "whether " OVF_FMT " is still in force cannot be told: its "
                               "checklist does not name it",
                         r->id);
        return;
    }
    switch (ruling->verdict) {
    case OVF_VERDICT_UNKNOWN:
        if (is_route(r) && !ovf_area_is_resolved(r->area)) {
            if (!q->is_point && may_bind(r))
                note_restricted(q, r, "closes a route through it");
            return;
        }
        if (may_bind(r))
            note_unknown(q,
                         !ovf_area_is_resolved(r->area)
                             ? "the area of " OVF_FMT " could not be resolved"
                             : "what " OVF_FMT " means here cannot be told",
                         r->id);
        weigh_known_pieces(q, r, because);
        return;
    case OVF_VERDICT_BINDING:
    case OVF_VERDICT_CONDITIONAL:
        if (ruling->applies == OVF_TRI_NO)
            return; // for all but this kind of flight
        break;
    case OVF_VERDICT_CONTESTED: note_restricted(q, r, "is claimed, and disputed"); return;
    case OVF_VERDICT_SERVICE_WITHDRAWN:
        note_restricted(q, r, "withdraws the service or the clearance");
        return;
    case OVF_VERDICT_NONE:
    case OVF_VERDICT_OWN_DECISION:
    case OVF_VERDICT_NO_LEGAL_FORCE:
    case OVF_VERDICT_ADVISORY: return;
    }
    if (place == OVF_TRI_UNKNOWN) {
        note_unknown(q,
                     r->certainty == OVF_CERTAINTY_Q_CIRCLE
                         ? "where " OVF_FMT " lies is told by the circle of its item Q alone"
                     : ovf_area_is_resolved(r->area)
                         ? "whether the place lies within " OVF_FMT
                           " cannot be told: nearer to its border than the outlines are accurate"
                         : "the area of " OVF_FMT " could not be resolved",
                     r->id);
        return;
    }
    if (level == OVF_TRI_UNKNOWN) {
        note_unknown(q, "whether the level lies within " OVF_FMT " cannot be told", r->id);
        return;
    }
    if (is_route(r))
        note_restricted(q, r, "closes a route through it");
    else if (ruling->verdict == OVF_VERDICT_CONDITIONAL)
        note_restricted(q, r, "makes entry depend on a condition");
    else if (ruling->applies == OVF_TRI_UNKNOWN)
        note_possible(q, r, ruling);
    else if (!covers_height(q, r))
        note_restricted(q, r, "closes a part of the levels");
    else {
        close_samples(q, r, because);
        note_restricted(q, r, "closes a part of it");
    }
}

static ovf_status weigh(struct status_inquiry *q, const ovf_restriction *r)
{
    ovf_because because = {.restriction = r, .life = ovf_restriction_life(r, q->query->at)};
    bool anywhere = false;
    ovf_tri place = where(q, r, &because.share, &anywhere);
    ovf_tri level = how_high(q, r);
    if (place == OVF_TRI_NO || level == OVF_TRI_NO)
        return OVF_OK;
    bool is_law = r->notice->form == OVF_FORM_LAW;
    ovf_status status = q->is_point ? judge_point(q, r, &because)
                        : is_law    ? status_judge_law(q, r, &because)
                                    : judge_area(q, r, &because);
    if (status != OVF_OK)
        return status;
    for (size_t i = 0; i < because.piece_count; i++) {
        if (i == 0 || weight(&because.pieces[i].ruling) > weight(&because.ruling))
            because.ruling = because.pieces[i].ruling;
    }
    if (!ovf_area_is_resolved(r->area)) {
        ovf_ruling here = {0};
        status = judge_as_if_here(q, r, &here);
        if (status != OVF_OK || (anywhere && !is_heavy(&here)))
            return status;
        if (!is_heavy(&here))
            because.ruling = here;
    }
    because.inside = ovf_tri_and(place, level);
    because.quote = ovf_notice_quote(r->notice, q->arena);
    weigh_law(q, r, &because, place, level);
    status_risk_of(&because);
    return status_add_because(q, &because);
}

static int by_weight(const ovf_because *a, const ovf_because *b)
{
    int x = weight(&a->ruling);
    int y = weight(&b->ruling);
    if (x != y)
        return x > y ? -1 : 1;
    return ovf_str_cmp(a->restriction->id, b->restriction->id);
}

/* Heaviest first. Insertion: there are few, and most come in order. */
static void sort_because(struct status_inquiry *q)
{
    for (size_t i = 1; i < q->because_count; i++) {
        ovf_because moved = q->because[i];
        size_t j = i;
        for (; j > 0 && by_weight(&moved, &q->because[j - 1]) < 0; j--)
            q->because[j] = q->because[j - 1];
        q->because[j] = moved;
    }
}

#define POINT_PAD_DEG 1.0 /* more than any outline is in doubt by */

/* A little more than the area asked about; of a point, what may hold it for all that is known. */
ovf_box status_asked_box(const struct status_inquiry *q)
{
    ovf_box box = {.south_deg = -90.0, .west_deg = -180.0, .north_deg = 90.0, .east_deg = 180.0};
    if (!q->is_point)
        return ovf_area_bounds(q->area);
    ovf_point p = q->query->place.point;
    box.south_deg = p.lat_deg - POINT_PAD_DEG;
    box.north_deg = p.lat_deg + POINT_PAD_DEG;
    if (p.lat_deg < -80.0 || p.lat_deg > 80.0) // the pad in longitude grows without bound
        return box;
    box.west_deg = ovf_lon_wrap(p.lon_deg - 6.0 * POINT_PAD_DEG);
    box.east_deg = ovf_lon_wrap(p.lon_deg + 6.0 * POINT_PAD_DEG);
    return box;
}

ovf_status status_weigh_restrictions(struct status_inquiry *q)
{
    ovf_box box = status_asked_box(q);
    const ovf_query *query = q->query;
    ovf_reach reach = {.boxes = &box,
                       .box_count = 1,
                       .window = {query->at, query->at},
                       .lower_ft = query->has_level ? query->level_ft : INT32_MIN,
                       .upper_ft = query->has_level ? query->level_ft : INT32_MAX};
    if (box.is_empty || (!q->is_point && !ovf_area_is_resolved(q->area)))
        reach.boxes = NULL; // it may be anywhere
    const ovf_restriction **found = NULL;
    size_t count = 0;
    ovf_status status = ovf_picture_find(q->picture, &reach, q->arena, &found, &count, NULL);
    for (size_t i = 0; i < count && status == OVF_OK; i++) {
        if (ovf_restriction_is_active(found[i], query->at))
            status = weigh(q, found[i]);
    }
    if (status == OVF_OK)
        sort_because(q);
    return status;
}
