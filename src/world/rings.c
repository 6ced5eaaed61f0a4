/* SPDX-License-Identifier: Apache-2.0 */
/* Packed rings. Land is asked for rarely and was half of the file: a ring is one byte that says in
 * what unit it counts, then per vertex the difference of x and of y to the vertex before (the first
 * to 0, 0) as variable-length integers: zigzag, seven bits a byte, low bits first.
 *
 *   'l'  points of the lattice that outlines are drawn on: two bytes a vertex
 *   'f'  1e-7 degrees, as ovf_fixed: six or so
 *
 * Both give back exactly what was packed. */
#include "world_internal.h"

#include <math.h>
#include <string.h>

struct lattice_point {
    int64_t x, y;
};

static ovf_fixed lattice_vertex(const struct world_lattice *lattice, struct lattice_point p)
{
    double lon_deg = -180.0 + (double)p.x * 360.0 / lattice->columns;
    return ovf_point_fix(
        (ovf_point){lattice->lat0_deg + (double)p.y * lattice->step_deg, ovf_lon_wrap(lon_deg)});
}

/* false: v is no point of it. */
static bool lattice_find(const struct world_lattice *lattice, ovf_fixed v,
                         struct lattice_point *out)
{
    *out = (struct lattice_point){
        llround((v.lon_e7 * 1e-7 + 180.0) * lattice->columns / 360.0),
        llround((v.lat_e7 * 1e-7 - lattice->lat0_deg) / lattice->step_deg),
    };
    ovf_fixed same = lattice_vertex(lattice, *out);
    return same.lat_e7 == v.lat_e7 && same.lon_e7 == v.lon_e7;
}

static bool is_on_lattice(const struct world_lattice *lattice, const ovf_ring *ring)
{
    struct lattice_point p;
    if (!(lattice->columns > 0.0) || !(lattice->step_deg > 0.0))
        return false;
    for (uint32_t i = 0; i < ring->count; i++)
        if (!lattice_find(lattice, ring->vertices[i], &p))
            return false;
    return true;
}

static void put_integer(ovf_buf *out, int64_t value)
{
    uint64_t rest = value < 0 ? ~((uint64_t)value << 1) : (uint64_t)value << 1;
    while (rest >= 0x80) {
        ovf_buf_addc(out, (char)((rest & 0x7f) | 0x80));
        rest >>= 7;
    }
    ovf_buf_addc(out, (char)rest);
}

void world_ring_pack(const struct world_lattice *lattice, const ovf_ring *ring, ovf_buf *out)
{
    bool on_lattice = is_on_lattice(lattice, ring);
    struct lattice_point last = {0, 0};
    ovf_buf_addc(out, on_lattice ? 'l' : 'f');
    for (uint32_t i = 0; i < ring->count; i++) {
        struct lattice_point p = {ring->vertices[i].lon_e7, ring->vertices[i].lat_e7};
        if (on_lattice)
            lattice_find(lattice, ring->vertices[i], &p);
        put_integer(out, p.x - last.x);
        put_integer(out, p.y - last.y);
        last = p;
    }
}

/* Differences of two stored positions need 33 bits and their sign: five bytes. */
static bool take_integer(const unsigned char *bytes, size_t len, size_t *at, int64_t *out)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 35 && *at < len; shift += 7) {
        unsigned char byte = bytes[*at];
        (*at)++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *out = (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
            return true;
        }
    }
    return false;
}

bool world_ring_unpack(const struct world_lattice *lattice, const unsigned char *bytes, size_t len,
                       ovf_fixed *out, uint32_t count)
{
    if (len == 0 || (bytes[0] != 'l' && bytes[0] != 'f'))
        return false;
    bool on_lattice = bytes[0] == 'l';
    if (on_lattice && !(lattice->columns > 0.0 && lattice->step_deg > 0.0))
        return false;
    size_t at = 1;
    struct lattice_point p = {0, 0};
    for (uint32_t i = 0; i < count; i++) {
        int64_t dx = 0, dy = 0;
        if (!take_integer(bytes, len, &at, &dx) || !take_integer(bytes, len, &at, &dy))
            return false;
        p.x += dx;
        p.y += dy;
        double lat_deg =
            on_lattice ? lattice->lat0_deg + (double)p.y * lattice->step_deg : (double)p.y * 1e-7;
        double limit_x = on_lattice ? 4.0 * lattice->columns : 1.8e9;
        if (!(fabs(lat_deg) <= 90.0) || !(fabs((double)p.x) <= limit_x))
            return false;
        out[i] = on_lattice ? lattice_vertex(lattice, p)
                            : (ovf_fixed){.lat_e7 = (int32_t)p.y, .lon_e7 = (int32_t)p.x};
    }
    return true;
}

ovf_status world_land_rings(const ovf_world *world, uint32_t first, uint32_t count,
                            ovf_arena *arena, ovf_ring **out, ovf_error *err)
{
    size_t ring_count = 0, bytes = 0;
    const struct world_land_ring *items = world_items(world, WORLD_LAND_RINGS, &ring_count);
    const unsigned char *packed = world_items(world, WORLD_LAND, &bytes);
    struct world_lattice lattice;
    if (bytes < sizeof lattice || first > ring_count || count > ring_count - first)
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "world file: land outside the table");
    memcpy(&lattice, packed, sizeof lattice);
    ovf_ring *rings = ovf_arena_array(arena, ovf_ring, (size_t)count + 1);
    if (rings == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for land");
    for (uint32_t i = 0; i < count; i++) {
        const struct world_land_ring *item = &items[first + i];
        size_t len = item->at < bytes ? bytes - item->at : 0;
        if (len == 0 || item->count > len / 2) /* two bytes a vertex or more */
            return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "world file: land outside the table");
        ovf_fixed *vertices = ovf_arena_array(arena, ovf_fixed, (size_t)item->count + 1);
        if (vertices == NULL)
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for land");
        if (!world_ring_unpack(&lattice, packed + item->at, len, vertices, item->count))
            return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS,
                            "world file: a packed ring that is none");
        rings[i] = (ovf_ring){.vertices = vertices, .count = item->count};
    }
    *out = rings;
    return OVF_OK;
}
