/* SPDX-License-Identifier: Apache-2.0 */
/* airspace_fuzz.h - one format of airspace files out of any bytes. Held: an error lies inside the
 * text and leaves the set alone; what was read has rings that make an area, features are counted
 * once, and every bad one is named. */
#include <overfly/airspace.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool it_holds)
{
    if (!it_holds)
        abort();
}

static void read_any(ovf_airspace_format format, const uint8_t *data, size_t size)
{
    const ovf_airspace_limits limits = {.bytes = 1u << 20, .vertices = 20000};
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)256 << 20);
    ovf_airspace_set set = {0};
    ovf_error err = {0};
    ovf_str text = {(const char *)data, size};
    ovf_status status = ovf_airspaces_read(text, format, &limits, &arena, &set, &err);
    if (status != OVF_OK) {
        hold(set.count == 0 && err.reason[0] != '\0');
        hold(err.pos == OVF_NOPOS || err.pos <= size);
    }
    hold(set.findings.count + set.findings.dropped >= set.bad);
    for (size_t i = 0; i < set.count; i++) {
        const ovf_airspace_volume *volume = &set.items[i];
        hold(volume->ring_count > 0 && volume->area != NULL);
        hold(volume->feature >= 1 && volume->feature <= set.features);
        for (uint32_t r = 0; r < volume->ring_count; r++)
            hold(volume->rings[r].count >= 3);
        hold(ovf_area_contains(volume->area, (ovf_point){1.0, 2.0}) != OVF_TRI_UNKNOWN);
    }
    ovf_arena_done(&arena);
}
