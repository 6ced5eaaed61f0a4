/* SPDX-License-Identifier: Apache-2.0 */
/* Reading an open world by index, code and name. */
#include "world_internal.h"

#include <string.h>

static size_t count_of(const ovf_world *world, enum world_section_kind kind)
{
    size_t count = 0;
    world_items(world, kind, &count);
    return count;
}

size_t world_first_name(const ovf_world *world, const struct world_name_item *items, size_t count,
                        ovf_str folded)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (ovf_str_cmp(world_text_of(world, items[mid].folded), folded) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

uint32_t world_find_name(const ovf_world *world, enum world_section_kind kind, ovf_str name,
                         size_t *count)
{
    char folded[256];
    size_t len = world_fold(name, folded, sizeof folded);
    if (count != NULL)
        *count = 0;
    if (len == 0 || len >= sizeof folded)
        return OVF_INDEX_NONE;
    ovf_str wanted = {folded, len};
    size_t total = 0;
    const struct world_name_item *items = world_items(world, kind, &total);
    size_t low = world_first_name(world, items, total, wanted);
    if (low == total || !ovf_str_eq(world_text_of(world, items[low].folded), wanted))
        return OVF_INDEX_NONE;
    size_t last = low;
    while (last + 1 < total && ovf_str_eq(world_text_of(world, items[last + 1].folded), wanted))
        last++;
    if (count != NULL)
        *count = last - low + 1;
    return items[low].index;
}

/* ---- States ---- */

size_t ovf_world_state_count(const ovf_world *world)
{
    return count_of(world, WORLD_STATES);
}

const ovf_state *ovf_world_state(const ovf_world *world, uint32_t index)
{
    return &world->states[index];
}

uint32_t ovf_world_find_state(const ovf_world *world, ovf_str name)
{
    uint32_t index = world_find_name(world, WORLD_STATE_NAMES, name, NULL);
    return index < ovf_world_state_count(world) ? index : OVF_INDEX_NONE;
}

static uint32_t demonym_slot(ovf_str demonym)
{
    uint32_t hash = 2166136261U; // FNV-1a, of capitals
    for (size_t i = 0; i < demonym.len; i++)
        hash = (hash ^ ((unsigned char)demonym.ptr[i] & 0xDFU)) * 16777619U;
    return hash % WORLD_DEMONYM_SLOTS;
}

/* 1 to 26; 0: no letter. */
static uint32_t letter_of(ovf_str s, size_t i)
{
    return i < s.len && s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? (uint32_t)(s.ptr[i] - 'A') + 1 : 0;
}

static void keep_long_letters(ovf_world *world, ovf_str letters, uint32_t state)
{
    if (letters.len == 0)
        return;
    if (world->long_letter_count == WORLD_LONG_LETTERS) {
        world->has_more_letters = true;
        return;
    }
    world->long_letters[world->long_letter_count++] =
        (struct world_long_letters){.letters = letters, .state = (uint16_t)state};
}

void world_index_state(ovf_world *world, uint32_t state)
{
    const ovf_state *s = &world->states[state];
    ovf_str rest = s->icao;
    ovf_str letters;
    while (rest.len > 0 && ovf_str_field(&rest, ' ', &letters)) {
        uint16_t *slot = &world->letters[letter_of(letters, 0) * 27 + letter_of(letters, 1)];
        if (letters.len > 2 || letter_of(letters, 0) == 0
            || (letters.len == 2 && letter_of(letters, 1) == 0))
            keep_long_letters(world, letters, state);
        else if (*slot == 0)
            *slot = (uint16_t)(state + 1);
        if (rest.ptr == NULL)
            break;
    }
    uint32_t at = demonym_slot(s->demonym);
    for (uint32_t k = 0; s->demonym.len > 0 && k < WORLD_DEMONYM_SLOTS; k++) {
        uint16_t *slot = &world->demonyms[(at + k) % WORLD_DEMONYM_SLOTS];
        if (*slot != 0)
            continue;
        *slot = (uint16_t)(state + 1);
        break;
    }
}

uint32_t ovf_world_find_demonym(const ovf_world *world, ovf_str demonym)
{
    uint32_t at = demonym_slot(demonym);
    for (uint32_t k = 0; demonym.len > 0 && k < WORLD_DEMONYM_SLOTS; k++) {
        uint16_t slot = world->demonyms[(at + k) % WORLD_DEMONYM_SLOTS];
        if (slot == 0)
            break;
        if (ovf_str_eq_nocase(world->states[slot - 1].demonym, demonym))
            return slot - 1U;
    }
    return OVF_INDEX_NONE;
}

/* A table with too many letters that are none, or more than two: each State is asked. */
static uint32_t any_indicator_state(const ovf_world *world, ovf_str indicator)
{
    uint32_t found = OVF_INDEX_NONE;
    size_t longest = 0;
    for (uint32_t i = 0; i < ovf_world_state_count(world); i++) {
        ovf_str rest = world->states[i].icao;
        ovf_str letters;
        while (rest.len > 0 && ovf_str_field(&rest, ' ', &letters)) {
            if (letters.len > longest && ovf_str_starts(indicator, letters)) {
                longest = letters.len;
                found = i;
            }
            if (rest.ptr == NULL)
                break;
        }
    }
    return found;
}

uint32_t ovf_world_indicator_state(const ovf_world *world, ovf_str indicator)
{
    if (world->has_more_letters)
        return any_indicator_state(world, indicator);
    uint32_t first = letter_of(indicator, 0) * 27;
    uint32_t second = letter_of(indicator, 1);
    uint16_t slot = first == 0 ? 0 : world->letters[first + second];
    size_t longest = slot == 0 ? 0 : (second > 0 ? 2 : 1);
    if (slot == 0 && first > 0) {
        slot = world->letters[first];
        longest = slot == 0 ? 0 : 1;
    }
    uint32_t found = slot == 0 ? OVF_INDEX_NONE : slot - 1U;
    for (size_t i = 0; i < world->long_letter_count; i++) {
        const struct world_long_letters *l = &world->long_letters[i];
        if (indicator.len < l->letters.len || indicator.ptr[0] != l->letters.ptr[0]
            || l->letters.len <= longest || !ovf_str_starts(indicator, l->letters))
            continue;
        longest = l->letters.len;
        found = l->state;
    }
    return found;
}

ovf_str ovf_world_state_other_names(const ovf_world *world, uint32_t state)
{
    size_t count = 0;
    const struct world_state_item *items = world_items(world, WORLD_STATES, &count);
    return state < count ? world_text_of(world, items[state].other_names) : OVF_STR("");
}

uint32_t ovf_world_sovereign(const ovf_world *world, uint32_t state)
{
    size_t count = 0;
    const struct world_state_item *items = world_items(world, WORLD_STATES, &count);
    if (state >= count)
        return OVF_INDEX_NONE;
    return items[state].sovereign < count ? items[state].sovereign : state;
}

const ovf_area *ovf_world_land(const ovf_world *world, uint32_t state)
{
    return state < ovf_world_state_count(world) ? world_area(world, &world->land[state])
                                                : ovf_area_empty();
}

const ovf_area *ovf_world_territory(const ovf_world *world, uint32_t state)
{
    return state < ovf_world_state_count(world) ? world_area(world, &world->territory[state])
                                                : ovf_area_empty();
}

/* ---- FIRs ---- */

size_t ovf_world_fir_count(const ovf_world *world)
{
    return world->fir_count;
}

const ovf_fir *ovf_world_fir(const ovf_world *world, uint32_t index)
{
    return &world->firs[index];
}

const ovf_area *ovf_world_fir_area(const ovf_world *world, const ovf_fir *fir)
{
    return world_area(world, &world->fir_areas[fir - world->firs]);
}

size_t ovf_world_no_fir_count(const ovf_world *world)
{
    return count_of(world, WORLD_FIRS) - world->fir_count;
}

const ovf_fir *ovf_world_no_fir(const ovf_world *world, uint32_t index)
{
    return &world->firs[world->fir_count + index];
}

size_t world_row_count(const ovf_world *world)
{
    return count_of(world, WORLD_FIRS);
}

bool world_fir_is_none(const ovf_fir *fir)
{
    return ovf_str_eq(fir->kind, OVF_STR("none"));
}

uint32_t ovf_world_find_fir(const ovf_world *world, ovf_str code_or_name)
{
    uint32_t index = world_find_name(world, WORLD_FIR_NAMES, code_or_name, NULL);
    return index < ovf_world_fir_count(world) ? index : OVF_INDEX_NONE;
}

size_t ovf_world_firs_at(const ovf_world *world, ovf_point p, uint32_t *out, size_t max)
{
    size_t count = ovf_world_fir_count(world);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const ovf_fir *fir = &world->firs[i];
        if (!ovf_box_holds(fir->box, p)
            || ovf_area_contains(ovf_world_fir_area(world, fir), p) == OVF_TRI_NO)
            continue;
        if (found < max)
            out[found] = (uint32_t)i;
        found++;
    }
    return found;
}

/* ---- airports, operators ---- */

size_t ovf_world_airport_count(const ovf_world *world)
{
    return count_of(world, WORLD_AIRPORTS);
}

const ovf_airport *ovf_world_airport(const ovf_world *world, uint32_t index)
{
    return &world->airports[index];
}

/* Upper case of a short code; empty when it is longer than the buffer. */
static ovf_str upper(ovf_str code, char *out, size_t size)
{
    if (code.len > size)
        return OVF_STR("");
    for (size_t i = 0; i < code.len; i++) {
        char c = code.ptr[i];
        out[i] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    return (ovf_str){out, code.len};
}

/* Of a table that is sorted by its codes. */
static uint32_t find_code(const ovf_world *world, size_t count,
                          ovf_str (*code_of)(const ovf_world *world, size_t index), ovf_str code)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = ovf_str_cmp(code_of(world, mid), code);
        if (order == 0)
            return (uint32_t)mid;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return OVF_INDEX_NONE;
}

static ovf_str airport_code(const ovf_world *world, size_t index)
{
    return world->airports[index].icao;
}

static ovf_str operator_code(const ovf_world *world, size_t index)
{
    return world->operators[index].icao;
}

uint32_t ovf_world_find_airport(const ovf_world *world, ovf_str icao_or_iata)
{
    char buffer[8];
    ovf_str code = upper(icao_or_iata, buffer, sizeof buffer);
    uint32_t index = find_code(world, ovf_world_airport_count(world), airport_code, code);
    if (index != OVF_INDEX_NONE)
        return index;
    index = code.len == 3 ? world_find_name(world, WORLD_AIRPORT_IATA, code, NULL) : OVF_INDEX_NONE;
    return index < ovf_world_airport_count(world) ? index : OVF_INDEX_NONE;
}

size_t ovf_world_operator_count(const ovf_world *world)
{
    return count_of(world, WORLD_OPERATORS);
}

const ovf_operator *ovf_world_operator(const ovf_world *world, uint32_t index)
{
    return &world->operators[index];
}

uint32_t world_find_designator(const ovf_world *world, ovf_str designator)
{
    char buffer[3];
    ovf_str code = upper(designator, buffer, sizeof buffer);
    return code.len == 3 ? find_code(world, ovf_world_operator_count(world), operator_code, code)
                         : OVF_INDEX_NONE;
}

uint32_t ovf_world_find_operator(const ovf_world *world, ovf_str designator_or_name)
{
    uint32_t index = world_find_designator(world, designator_or_name);
    if (index != OVF_INDEX_NONE)
        return index;
    index = world_find_name(world, WORLD_OPERATOR_NAMES, designator_or_name, NULL);
    return index < ovf_world_operator_count(world) ? index : OVF_INDEX_NONE;
}

/* ---- rules and sources ---- */

size_t ovf_world_rule_count(const ovf_world *world)
{
    return count_of(world, WORLD_RULES);
}

ovf_str ovf_world_rule(const ovf_world *world, uint32_t index)
{
    size_t count = 0;
    const struct world_text *items = world_items(world, WORLD_RULES, &count);
    return index < count ? world_text_of(world, items[index]) : OVF_STR("");
}

ovf_str ovf_world_sources(const ovf_world *world)
{
    size_t count = 0;
    const struct world_text *items = world_items(world, WORLD_SOURCES, &count);
    return count > 0 ? world_text_of(world, items[0]) : OVF_STR("");
}
