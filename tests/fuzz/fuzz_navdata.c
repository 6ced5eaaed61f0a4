/* SPDX-License-Identifier: Apache-2.0 */
/* Files of navigation data: any bytes are safe; findings lie within the text; what was taken fits
 * the world's tables. Packed rings: any bytes are safe; what is unpacked, packed and unpacked again
 * is the same. */
#include "world_internal.h"

#include <overfly/navdata.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_rings(const uint8_t *data, size_t size)
{
    enum { COUNT = 16 };
    const struct world_lattice lattice = {
        .step_deg = 0.0017, .lat0_deg = -85.2, .columns = 99999.0};
    ovf_fixed once[COUNT], again[COUNT];
    for (uint32_t count = 1; count <= COUNT; count++) {
        if (!world_ring_unpack(&lattice, data, size, once, count))
            return;
        ovf_buf packed = {0};
        ovf_ring ring = {.vertices = once, .count = count};
        world_ring_pack(&lattice, &ring, &packed);
        require(world_ring_unpack(&lattice, (const unsigned char *)packed.ptr, packed.len, again,
                                  count));
        require(memcmp(once, again, count * sizeof *once) == 0);
        ovf_buf_done(&packed);
    }
}

static void check_tables(ovf_world_edit *edit)
{
    struct world_nav nav;
    ovf_error err = {0};
    if (world_link_nav(&edit->build, &edit->arena, &nav, &err) != OVF_OK)
        return;
    for (size_t i = 0; i < nav.fix_count; i++)
        require(ovf_point_is_valid(ovf_fixed_point(nav.fixes[i].place)));
    size_t points = 0;
    for (size_t i = 0; i < nav.airway_count; i++) {
        require(nav.airways[i].first == points && nav.airways[i].count >= 2);
        points += nav.airways[i].count;
    }
    require(points == nav.point_count);
    for (size_t i = 0; i < nav.point_count; i++)
        require(nav.points[i].fix < nav.fix_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_rings(data, size);
    ovf_world_edit edit = {0};
    ovf_arena_init(&edit.arena, (size_t)256 << 20);
    edit.build.arena = &edit.arena;
    /* Points and airways in one input: the parts of the three files, parted by a form feed. */
    ovf_str rest = {(const char *)data, size};
    ovf_str part = {0};
    ovf_nav_file files[4];
    memset(files, 0, sizeof files);
    size_t count = 0;
    while (count < 4 && ovf_str_field(&rest, '\f', &part)) {
        files[count].text = part;
        files[count].findings.arena = &edit.arena;
        count++;
    }
    ovf_error err = {0};
    if (ovf_world_edit_nav(&edit, files, count, false, &err) == OVF_OK) {
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < files[i].findings.count; k++)
                require(files[i].findings.items[k].pos <= files[i].text.len);
        check_tables(&edit);
    }
    ovf_buf_done(&edit.build.sources);
    ovf_arena_done(&edit.arena);
    return 0;
}
