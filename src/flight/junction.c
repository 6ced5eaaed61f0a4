/* SPDX-License-Identifier: Apache-2.0 */
/* AIRWAY AIRWAY without a point between: Doc 4444 App. 2, item 15 wants the point named, but the two
 * meet at one all the same. It is put in between, marked as not filed. */
#include "flight_internal.h"

#define MAX_JUNCTIONS 64 /* of two airways; more than one is rare */

static bool has_fix(const uint32_t *fixes, size_t count, uint32_t fix)
{
    for (size_t i = 0; i < count; i++)
        if (fixes[i] == fix)
            return true;
    return false;
}

static bool is_on(const ovf_world *world, uint32_t fix, uint32_t first, size_t chains)
{
    ovf_airway_leg legs[128];
    size_t count = ovf_world_legs_at(world, fix, legs, OVF_COUNTOF(legs));
    for (size_t i = 0; i < count && i < OVF_COUNTOF(legs); i++)
        if (legs[i].airway >= first && legs[i].airway < first + chains)
            return true;
    return false;
}

static size_t common_fixes(const ovf_world *world, ovf_str one, ovf_str other,
                           uint32_t out[MAX_JUNCTIONS])
{
    size_t chains = 0;
    size_t other_chains = 0;
    uint32_t first = ovf_world_find_airway(world, one, &chains);
    uint32_t other_first = ovf_world_find_airway(world, other, &other_chains);
    size_t found = 0;
    if (first == OVF_INDEX_NONE || other_first == OVF_INDEX_NONE)
        return 0;
    for (size_t i = 0; i < chains; i++) {
        uint32_t airway = first + (uint32_t)i;
        uint32_t legs = ovf_world_airway(world, airway).leg_count;
        for (uint32_t k = 0; k <= legs && legs > 0 && found < MAX_JUNCTIONS; k++) {
            ovf_airway_leg leg = ovf_world_airway_leg(world, airway, k < legs ? k : legs - 1);
            uint32_t fix = k < legs ? leg.from : leg.to;
            if (!has_fix(out, found, fix) && is_on(world, fix, other_first, other_chains))
                out[found++] = fix;
        }
    }
    return found;
}

/* The nearest place that is known before (step -1) or behind (step 1) an element. */
static bool anchor(const flight_reader *r, const element *elements, size_t count, size_t at,
                   int step, ovf_point *out)
{
    for (size_t i = at; i < count; i += (size_t)step) {
        if (elements[i].kind == ELEMENT_POINT && elements[i].candidate_count > 0) {
            *out = elements[i].candidates[0];
            return true;
        }
    }
    *out = step < 0 ? r->from : r->to;
    return step < 0 ? r->has_from : r->has_to;
}

static double way_over_m(const ovf_point *before, const ovf_point *behind, ovf_point over)
{
    return (before == NULL ? 0 : ovf_distance_m(*before, over))
           + (behind == NULL ? 0 : ovf_distance_m(over, *behind));
}

static bool find_junction(const flight_reader *r, const element *elements, size_t count, size_t at,
                          element *out)
{
    uint32_t fixes[MAX_JUNCTIONS];
    size_t found = common_fixes(r->world, elements[at].ident, elements[at + 1].ident, fixes);
    ovf_point before;
    ovf_point behind;
    bool has_before = anchor(r, elements, count, at, -1, &before);
    bool has_behind = anchor(r, elements, count, at, 1, &behind);
    double best_m = 0;
    for (size_t i = 0; i < found; i++) {
        ovf_fix fix = ovf_world_fix(r->world, fixes[i]);
        double way_m =
            way_over_m(has_before ? &before : NULL, has_behind ? &behind : NULL, fix.place);
        if (i > 0 && way_m >= best_m)
            continue;
        best_m = way_m;
        *out = (element){.kind = ELEMENT_POINT,
                         .text = elements[at + 1].text,
                         .ident = fix.ident,
                         .is_implied = true,
                         .candidates = {fix.place},
                         .candidate_count = 1};
    }
    return found > 0;
}

size_t flight_insert_junctions(flight_reader *r, element *elements, size_t count)
{
    for (size_t i = 0; r->world != NULL && i + 1 < count; i++) {
        element junction = {0};
        if (elements[i].kind != ELEMENT_AIRWAY || elements[i + 1].kind != ELEMENT_AIRWAY
            || ovf_str_eq(elements[i].ident, elements[i + 1].ident)
            || !find_junction(r, elements, count, i, &junction))
            continue;
        for (size_t k = count; k > i + 1; k--)
            elements[k] = elements[k - 1];
        elements[i + 1] = junction;
        count++;
        ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, junction.text), "POINT_IMPLIED",
                         "no point is filed between two airways; they meet at " OVF_FMT,
                         OVF_ARG(junction.ident));
    }
    return count;
}
