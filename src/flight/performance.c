/* SPDX-License-Identifier: Apache-2.0 */
/* The table of performance, and which of its rows a flight is flown with. */
#include <overfly/performance.h>

#include <string.h>

static const ovf_performance rows[] = {
#include "flight/performance.inc"
};

/* What the filed speed and level say of the engines. Turboprops cruise below 400 kt and FL310 (the
 * Dash 8-400 files N0360F250, the King Air 350 N0300F330); pistons below 230 kt and FL250. */
#define JET_KT 400
#define MEDIUM_JET_KT 370 /* no turboprop of the medium category but the Saab 2000 comes near */
#define JET_FT 31000
#define PISTON_KT 180
#define PISTON_FT 14000

const char *ovf_performance_basis_name(ovf_performance_basis basis)
{
    switch (basis) {
    case OVF_PERFORMANCE_FAMILY: return "family";
    case OVF_PERFORMANCE_TYPE: return "type";
    case OVF_PERFORMANCE_PLAIN: break;
    }
    return "plain";
}

const ovf_performance *ovf_performance_rows(size_t *count)
{
    if (count != NULL)
        *count = OVF_COUNTOF(rows);
    return rows;
}

const ovf_performance *ovf_performance_find(ovf_str type)
{
    if (type.len < 2 || type.len > 4)
        return NULL;
    char key[sizeof(rows[0].designator)] = {0};
    memcpy(key, type.ptr, type.len);
    size_t low = 0;
    size_t high = OVF_COUNTOF(rows);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = memcmp(rows[middle].designator, key, sizeof(key));
        if (order == 0)
            return &rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The family by what the plan says; an empty string where it says too little. */
static const char *family_of(char wake, int32_t speed_kt, int32_t level_ft)
{
    switch (wake) {
    case 'J': return "*JJ";
    case 'H': return speed_kt > 0 && speed_kt < JET_KT && level_ft < JET_FT ? "*HT" : "*HJ";
    case 'M':
        if (speed_kt <= 0 && level_ft <= 0)
            return "";
        return speed_kt >= MEDIUM_JET_KT || level_ft > JET_FT ? "*MJ" : "*MT";
    case 'L':
        if (speed_kt <= 0)
            return "";
        if (speed_kt > PISTON_KT || level_ft > PISTON_FT)
            return level_ft > JET_FT || speed_kt > MEDIUM_JET_KT ? "*LJ" : "*LT";
        return "*LP";
    default: return "";
    }
}

const ovf_performance *ovf_performance_for(ovf_str type, ovf_str wake, int32_t speed_kt,
                                           int32_t level_ft, ovf_performance_basis *basis)
{
    // A family's own name is not a type that anyone files.
    const ovf_performance *row =
        type.len > 0 && type.ptr[0] == '*' ? NULL : ovf_performance_find(type);
    ovf_performance_basis found = OVF_PERFORMANCE_TYPE;
    if (row == NULL) {
        const char *family = family_of(wake.len == 1 ? wake.ptr[0] : '\0', speed_kt, level_ft);
        row = ovf_performance_find(ovf_str_of(family));
        found = OVF_PERFORMANCE_FAMILY;
    }
    if (basis != NULL)
        *basis = row != NULL ? found : OVF_PERFORMANCE_PLAIN;
    return row;
}
