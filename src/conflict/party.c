/* SPDX-License-Identifier: Apache-2.0 */
/* Who flies, as far as a plan tells. Doc 4444 App. 2: item 8 gives the type of flight, STS/ of item
 * 18 the reasons for special handling, which outrank it. */
#include <overfly/conflict.h>

static bool has_word(ovf_str text, ovf_str word)
{
    for (size_t at = 0; (at = ovf_str_find(text, at, word)) != OVF_NOPOS; at++) {
        bool starts = at == 0 || text.ptr[at - 1] == ' ' || text.ptr[at - 1] == '\n';
        size_t end = at + word.len;
        bool ends = end == text.len || text.ptr[end] == ' ' || text.ptr[end] == '\n'
                    || text.ptr[end] == '\r';
        if (starts && ends)
            return true;
    }
    return false;
}

static ovf_use use_of(const ovf_flight *flight)
{
    static const struct {
        ovf_str word;
        ovf_use use;
    } handling[] = {
        {OVF_STR_INIT("STATE"), OVF_USE_STATE},      {OVF_STR_INIT("SAR"), OVF_USE_SAR},
        {OVF_STR_INIT("HUM"), OVF_USE_HUMANITARIAN}, {OVF_STR_INIT("HOSP"), OVF_USE_MEDICAL},
        {OVF_STR_INIT("MEDEVAC"), OVF_USE_MEDICAL},
    };
    for (size_t i = 0; i < OVF_COUNTOF(handling); i++) {
        if (has_word(flight->sts, handling[i].word))
            return handling[i].use;
    }
    switch (flight->use.len > 0 ? flight->use.ptr[0] : '\0') {
    case 'S':
    case 'N': return OVF_USE_AIRLINE; // scheduled, and other air transport for hire
    case 'G': return OVF_USE_PRIVATE;
    case 'M': return OVF_USE_MILITARY;
    default: return OVF_USE_UNKNOWN;
    }
}

/* The State where it starts or ends, of a place that is in no table and has a position of its own
 * (ZZZZ with DEP/ or DEST/). Empty over the sea, near a border, on disputed land. */
static ovf_str state_of_end(const ovf_flight *flight, const ovf_world *world, bool is_end)
{
    uint32_t airport = is_end ? flight->to_airport : flight->from_airport;
    ovf_str ident = is_end ? flight->to : flight->from;
    if (airport != OVF_INDEX_NONE || flight->point_count < 2)
        return (ovf_str){0};
    const ovf_flight_point *p = &flight->points[is_end ? flight->point_count - 1 : 0];
    if (!ovf_str_eq(p->ident, ident))
        return (ovf_str){0};
    ovf_whose whose = ovf_world_whose(world, p->place);
    if (whose.state == OVF_INDEX_NONE || whose.is_doubtful || whose.is_disputed)
        return (ovf_str){0};
    return ovf_world_state(world, whose.state)->iso3;
}

/* Item 8: S and N are the two kinds of air transport for hire. */
static ovf_tri is_scheduled(const ovf_flight *flight)
{
    char type = flight->use.len > 0 ? flight->use.ptr[0] : '\0';
    return type == 'S' ? OVF_TRI_YES : type == 'N' ? OVF_TRI_NO : OVF_TRI_UNKNOWN;
}

ovf_party ovf_flight_party(const ovf_flight *flight, const ovf_world *world)
{
    ovf_party party = {
        .operator_icao = flight->operator_icao,
        .use = use_of(flight),
        .aircraft = flight->type,
        .from = flight->from,
        .to = flight->to,
        .is_scheduled = is_scheduled(flight),
    };
    if (world != NULL) {
        party.from_state = state_of_end(flight, world, false);
        party.to_state = state_of_end(flight, world, true);
    }
    if (world != NULL && flight->registry_state != OVF_INDEX_NONE)
        party.registry_state = ovf_world_state(world, flight->registry_state)->iso3;
    if (world != NULL)
        ovf_party_complete(&party, world);
    return party;
}
