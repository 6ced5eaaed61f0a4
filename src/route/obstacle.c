/* SPDX-License-Identifier: Apache-2.0 */
/* The part of a restriction that bars a party. A State's closure may bind over its own territory
 * and be a mere withdrawal of service over the high seas of its FIR: only the first has to be
 * flown round. */
#include "route_internal.h"

bool obstacle_is_barring(const ovf_ruling *ruling)
{
    ovf_verdict v = ruling->applies == OVF_TRI_UNKNOWN && ruling->on_addressed > ruling->verdict
                        ? ruling->on_addressed
                        : ruling->verdict;
    return ruling->applies != OVF_TRI_NO
           && !(ruling->applies == OVF_TRI_UNKNOWN && ruling->is_remote)
           && (v == OVF_VERDICT_BINDING || v == OVF_VERDICT_CONDITIONAL
               || v == OVF_VERDICT_CONTESTED);
}

/* Law that stands for years names owners and airmen, of whom a way tells nothing: it has to be flown
 * round by those whom it surely addresses, and by those to whom it points (standing.c). */
bool obstacle_is_for(const ovf_picture *picture, const ovf_restriction *r, const ovf_party *party)
{
    if (r->notice->form != OVF_FORM_LAW)
        return true;
    bool is_remote = false;
    bool is_known = party->operator_state.len > 0 || party->registry_state.len > 0;
    ovf_tri for_them = ovf_law_addresses(ovf_picture_rules(picture), r->notice, party, &is_remote);
    return for_them == OVF_TRI_YES || (for_them == OVF_TRI_UNKNOWN && is_known && !is_remote);
}

/* Who serves it matters as well: the same words are a withdrawal of service in the issuer's own
 * FIR and a contested claim in another. */
typedef struct services {
    uint32_t *firs; /* that may meet the area */
    bool *bars;     /* of the piece at hand, in each */
    size_t count, barring;
} services;

typedef struct parts {
    const ovf_area **items;
    size_t count, capacity;
} parts;

typedef struct splitter {
    const ovf_picture *picture;
    const ovf_world *world;
    const ovf_restriction *r;
    const ovf_party *party;
    ovf_arena *arena;
    const ovf_piece *pieces; /* of the restriction, by whose air they are */
    size_t piece_count;
    services services;
    parts parts;
    ovf_error *err;
} splitter;

static ovf_status no_memory(const splitter *s)
{
    return ovf_fail(s->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an obstacle");
}

static ovf_status find_services(splitter *s)
{
    size_t all = ovf_world_fir_count(s->world);
    s->services.firs = ovf_arena_array(s->arena, uint32_t, all + 1);
    s->services.bars = ovf_arena_array(s->arena, bool, all + 1);
    if (s->services.firs == NULL || s->services.bars == NULL)
        return no_memory(s);
    ovf_box box = ovf_area_bounds(s->r->area);
    for (uint32_t i = 0; i < all; i++) {
        if (ovf_box_overlaps(box, ovf_world_fir(s->world, i)->box)
            && ovf_area_meets(s->r->area, ovf_world_fir_area(s->world, ovf_world_fir(s->world, i)),
                              s->arena)
                   != OVF_TRI_NO)
            s->services.firs[s->services.count++] = i;
    }
    if (s->services.count == 0) // in no FIR of the world: judged without one
        s->services.firs[s->services.count++] = OVF_INDEX_NONE;
    return OVF_OK;
}

static ovf_status judge_piece(splitter *s, const ovf_piece *piece)
{
    services *v = &s->services;
    v->barring = 0;
    for (size_t i = 0; i < v->count; i++) {
        uint32_t state = v->firs[i] == OVF_INDEX_NONE ? OVF_INDEX_NONE
                                                      : ovf_world_fir(s->world, v->firs[i])->state;
        ovf_ruling ruling = {0};
        if (ovf_judge_notice(ovf_picture_rules(s->picture), s->r->notice, s->r->area_index,
                             piece->whose, state, s->party, s->arena, &ruling)
            != OVF_OK)
            return no_memory(s);
        v->bars[i] = obstacle_is_barring(&ruling);
        v->barring += v->bars[i];
    }
    return OVF_OK;
}

/* What of the area is high seas: all but the territories that it meets. */
static ovf_status sea_part(splitter *s, const ovf_area **out)
{
    const ovf_area *sea = s->r->area;
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < s->piece_count && status == OVF_OK; i++) {
        uint32_t state = s->pieces[i].whose.state;
        if (state != OVF_INDEX_NONE)
            status = ovf_area_difference(s->arena, sea, ovf_world_territory(s->world, state), &sea,
                                         s->err);
    }
    *out = sea;
    return status;
}

static ovf_status add_part(splitter *s, const ovf_area *part)
{
    if (!ovf_arena_grow(s->arena, (void **)&s->parts.items, s->parts.count, &s->parts.capacity,
                        sizeof(part)))
        return no_memory(s);
    s->parts.items[s->parts.count++] = part;
    return OVF_OK;
}

/* The piece, or what of it lies in the FIRs where it bars. */
static ovf_status add_piece(splitter *s, const ovf_piece *piece)
{
    const services *v = &s->services;
    const ovf_area *part = NULL;
    uint32_t state = piece->whose.state;
    ovf_status status = OVF_OK;
    if (state == OVF_INDEX_NONE) {
        status = sea_part(s, &part);
    } else {
        const ovf_area *both[] = {s->r->area, ovf_world_territory(s->world, state)};
        status = ovf_area_intersection(s->arena, both, 2, &part, s->err);
    }
    if (status == OVF_OK && v->barring == v->count)
        return add_part(s, part);
    for (size_t i = 0; i < v->count && status == OVF_OK; i++) {
        if (!v->bars[i])
            continue;
        const ovf_area *both[] = {
            part, ovf_world_fir_area(s->world, ovf_world_fir(s->world, v->firs[i]))};
        const ovf_area *served = NULL;
        status = ovf_area_intersection(s->arena, both, 2, &served, s->err);
        if (status == OVF_OK)
            status = add_part(s, served);
    }
    return status;
}

ovf_status obstacle_area(const ovf_picture *picture, const ovf_restriction *r,
                         const ovf_party *party, ovf_arena *arena, const ovf_area **out,
                         ovf_error *err)
{
    splitter s = {.picture = picture,
                  .world = ovf_picture_world(picture),
                  .r = r,
                  .party = party,
                  .arena = arena,
                  .err = err};
    *out = NULL;
    ovf_status status = ovf_picture_pieces(picture, r, &s.pieces, &s.piece_count, err);
    if (status == OVF_OK)
        status = find_services(&s);
    bool all_bar = true;
    for (size_t i = 0; i < s.piece_count && status == OVF_OK; i++) {
        status = judge_piece(&s, &s.pieces[i]);
        all_bar = all_bar && s.services.barring == s.services.count;
        if (status == OVF_OK && s.services.barring > 0)
            status = add_piece(&s, &s.pieces[i]);
    }
    if (status != OVF_OK || s.parts.count == 0)
        return status;
    if (all_bar) {
        *out = r->area;
        return OVF_OK;
    }
    return ovf_area_union(arena, s.parts.items, s.parts.count, out, err);
}
