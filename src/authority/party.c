/* SPDX-License-Identifier: Apache-2.0 */
/* Who flies: what is given, and what follows from it. */
#include <overfly/authority.h>

static const char *const use_names[] = {
    [OVF_USE_UNKNOWN] = NULL,
    [OVF_USE_AIRLINE] = "airline",
    [OVF_USE_CARGO] = "cargo",
    [OVF_USE_PRIVATE] = "private",
    [OVF_USE_STATE] = "state",
    [OVF_USE_MILITARY] = "military",
    [OVF_USE_HUMANITARIAN] = "humanitarian",
    [OVF_USE_SAR] = "sar",
    [OVF_USE_MEDICAL] = "medical",
};

const char *ovf_use_name(ovf_use use)
{
    return (size_t)use < OVF_COUNTOF(use_names) ? use_names[use] : NULL;
}

bool ovf_use_parse(ovf_str text, ovf_use *out)
{
    for (size_t i = OVF_USE_UNKNOWN + 1; i < OVF_COUNTOF(use_names); i++) {
        if (ovf_str_eq_nocase(text, ovf_str_of(use_names[i]))) {
            *out = (ovf_use)i;
            return true;
        }
    }
    return false;
}

void ovf_party_complete(ovf_party *party, const ovf_world *world)
{
    if (party->operator_state.len > 0 || party->operator_icao.len == 0 || world == NULL)
        return;
    uint32_t index = ovf_world_find_operator(world, party->operator_icao);
    if (index == OVF_INDEX_NONE)
        return;
    uint32_t state = ovf_world_operator(world, index)->state;
    if (state != OVF_INDEX_NONE)
        party->operator_state = ovf_world_state(world, state)->iso3;
}

bool ovf_party_is_empty(const ovf_party *party)
{
    return party->operator_icao.len == 0 && party->operator_state.len == 0
           && party->registry_state.len == 0 && party->owner_state.len == 0
           && party->airman_state.len == 0 && party->seller_state.len == 0
           && party->aircraft.len == 0 && party->from.len == 0 && party->to.len == 0
           && party->use == OVF_USE_UNKNOWN;
}
