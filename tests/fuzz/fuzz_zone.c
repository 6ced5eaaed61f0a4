/* SPDX-License-Identifier: Apache-2.0 */
/* Zones (data/zones) out of any bytes. Held: a mistake is told with its place and lies inside the
 * text; what is read has limits that close, claims of known States, and edges that can be laid. */
#include <stdlib.h>
#include <string.h>

#include "world_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool it_holds)
{
    if (!it_holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct world_state_row states[] = {{.fields = {.iso3 = OVF_STR_INIT("AAA")}},
                                       {.fields = {.iso3 = OVF_STR_INIT("BBB")}}};
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)64 << 20);
    struct world_build build = {
        .arena = &arena, .states = states, .state_count = OVF_COUNTOF(states)};
    ovf_error err = {0};
    ovf_status status =
        world_zone_read(&build, "z.zone", (ovf_str){(const char *)data, size}, &err);
    if (status != OVF_OK) {
        hold(err.reason[0] != '\0');
        hold(err.pos == OVF_NOPOS || err.pos <= size);
    }
    for (size_t i = 0; i < build.zone_count; i++) {
        const struct world_zone *zone = &build.zones[i];
        hold(zone->kind > 0 && zone->kind < WORLD_ZONE_KINDS);
        hold(zone->state == OVF_INDEX_NONE || zone->state < OVF_COUNTOF(states));
        hold(zone->claim.name.len > 0 && zone->claim.source.len > 0);
        hold(zone->ring_count > 0);
        for (uint32_t r = 0; r < zone->ring_count; r++) {
            hold(zone->rings[r].count >= 3);
            ovf_fixed *line = NULL;
            uint32_t count = 0;
            if (world_zone_line(&zone->rings[r], &arena, &line, &count))
                hold(count >= zone->rings[r].count);
        }
    }
    ovf_arena_done(&arena);
    return 0;
}
