/* SPDX-License-Identifier: Apache-2.0 */
/* Undoing what carried a record, out of any bytes. Held: the text is at most half as long again, every
 * byte of it leads back into the record, and never backwards. */
#include "forms.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool it_holds)
{
    if (!it_holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)1 << 26);
    ovf_str record = {(const char *)data, size};
    ovf_str text = {0};
    const uint32_t *map = NULL;
    if (ovf_unwrap(record, &arena, &text, &map)) {
        hold(text.len <= size + size / 2);
        hold(map != NULL || (text.ptr == record.ptr && text.len == size));
        for (size_t i = 0; map != NULL && i <= text.len; i++) {
            hold(map[i] <= size);
            hold(i == 0 || map[i] >= map[i - 1]);
        }
    }
    ovf_arena_done(&arena);
    return 0;
}
