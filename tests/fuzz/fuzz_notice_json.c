/* SPDX-License-Identifier: Apache-2.0 */
/* JSON and OpenAir notices out of any bytes; and JSON values themselves: what was checked can be
 * walked to its end, and every value lies within the one that holds it. */
#include "notice_fuzz.h"

#include <overfly/json_in.h>

static void walk(ovf_json_value value, ovf_arena *arena)
{
    ovf_json_value item = {0};
    ovf_str text = {0};
    const uint32_t *map = NULL;
    double number = 0.0;
    hold(ovf_json_kind(value) != '\0' && value.at < value.end);
    (void)ovf_json_number(value, &number);
    if (ovf_json_string(value, arena, &text, &map))
        for (size_t i = 0; i < text.len; i++)
            hold(map[i] > value.at && map[i] < value.end);
    while (ovf_json_next(value, &item, NULL)) {
        hold(item.at > value.at && item.end < value.end);
        walk(item, arena);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ovf_str text = {(const char *)data, size};
    ovf_arena arena;
    ovf_json_value value = {0};
    ovf_error err = {0};
    read_notices(data, size);
    ovf_arena_init(&arena, (size_t)1 << 24);
    if (ovf_json_value_at(text, 0, &value, &err) == OVF_OK)
        walk(value, &arena);
    else
        hold(err.pos <= size);
    ovf_arena_done(&arena);
    return 0;
}
