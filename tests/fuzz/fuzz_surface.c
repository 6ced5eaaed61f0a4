/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of data/terrain/cells.txt out of any bytes. Held: an error lies inside the text; a row that
 * was read has 360 cells, each with its floor under its ceiling. */
#include "world_internal.h"

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
    ovf_arena_init(&arena, (size_t)16 << 20);
    struct world_build build = {.arena = &arena};
    struct world_table table;
    ovf_error err = {0};
    ovf_status status = OVF_OK;
    world_table_init(&table, "cells.txt", (ovf_str){(const char *)data, size});
    while (status == OVF_OK && world_table_next(&table, 2, &status, &err)) {
        status = world_read_surface_row(&build, &table, &err);
        hold(status != OVF_OK || build.surface != NULL);
    }
    hold(status == OVF_OK || status == OVF_E_NOMEM || err.pos <= size);
    hold(build.surface_rows <= 180);
    for (size_t i = 0; i < (size_t)build.surface_rows * 360; i++)
        hold(build.surface[i].floor_ft <= build.surface[i].ceiling_ft);
    ovf_arena_done(&arena);
    return 0;
}
