/* SPDX-License-Identifier: Apache-2.0 */
/* Whether one answer serves a whole box: a look at the borders that its cells know of, which ends at
 * the first that comes in. Edges are straight in degrees here, as in whose.c. */
#include "world_internal.h"

#include <math.h>

#define WIDE_DEG 20.0 /* beyond, there is a border, or nobody needs to know */
#define LEAST_DEGREE_M 110574.0
#define POLAR_DEG 85.0

/* A box about a middle, in degrees of latitude and of longitude from it. */
struct frame {
    double south_deg, north_deg;
    double middle_deg, half_deg;
};

static double wrap_near(double x)
{
    return x >= 180.0 ? x - 360.0 : x < -180.0 ? x + 360.0 : x;
}

/* Does the edge come in? Surely not, if false. */
static bool comes_in(const struct frame *f, double ax, double ay, double bx, double by)
{
    if (fmin(ay, by) > f->north_deg || fmax(ay, by) < f->south_deg || fmin(ax, bx) > f->half_deg
        || fmax(ax, bx) < -f->half_deg)
        return false;
    double dx = bx - ax, dy = by - ay;
    double corners[4] = {dx * (f->south_deg - ay) - dy * (-f->half_deg - ax),
                         dx * (f->south_deg - ay) - dy * (f->half_deg - ax),
                         dx * (f->north_deg - ay) - dy * (-f->half_deg - ax),
                         dx * (f->north_deg - ay) - dy * (f->half_deg - ax)};
    bool is_left = true, is_right = true; // all of the box is on one side of the edge's line
    for (int i = 0; i < 4; i++) {
        is_left &= corners[i] > 0;
        is_right &= corners[i] < 0;
    }
    return !is_left && !is_right;
}

static bool has_border(const ovf_world *world, const struct frame *f, uint32_t cell)
{
    size_t total = 0;
    const uint32_t *first = world_items(world, WORLD_CELL_CHUNK_FIRST, &total);
    const uint32_t *list = world_items(world, WORLD_CELL_CHUNKS, &total);
    const struct world_chunk_item *chunks = world_items(world, WORLD_CHUNKS, &total);
    const ovf_fixed *vertices = world_items(world, WORLD_VERTICES, &total);
    for (uint32_t i = first[cell]; i < first[cell + 1]; i++) {
        const struct world_chunk_item *chunk = &chunks[list[i]];
        ovf_fixed a = vertices[chunk->vertex];
        for (uint32_t k = 1; k <= chunk->edges; k++) {
            ovf_fixed b = vertices[k == chunk->edges ? chunk->last : chunk->vertex + k];
            double ax = wrap_near(a.lon_e7 * 1e-7 - f->middle_deg);
            double bx = ax + wrap_near(((double)b.lon_e7 - a.lon_e7) * 1e-7);
            if (comes_in(f, ax, a.lat_e7 * 1e-7, bx, b.lat_e7 * 1e-7))
                return true;
            a = b;
        }
    }
    return false;
}

bool ovf_world_is_one_air(const ovf_world *world, ovf_box box)
{
    double width_deg = box.east_deg - box.west_deg + (box.east_deg < box.west_deg ? 360.0 : 0.0);
    double top_deg = fmax(fabs(box.south_deg), fabs(box.north_deg));
    double by_deg = OVF_BORDER_ACCURACY_M / LEAST_DEGREE_M;
    if (box.is_empty || top_deg > POLAR_DEG || width_deg > WIDE_DEG
        || box.north_deg - box.south_deg > WIDE_DEG)
        return false;
    double wide_deg = by_deg / cos((top_deg + by_deg) * WORLD_RAD);
    struct frame f = {.south_deg = box.south_deg - by_deg,
                      .north_deg = box.north_deg + by_deg,
                      .middle_deg = ovf_lon_wrap(box.west_deg + width_deg / 2),
                      .half_deg = width_deg / 2 + wide_deg};
    int west = (int)floor(box.west_deg - wide_deg);
    int east = (int)floor(box.west_deg + width_deg + wide_deg);
    for (int row = (int)floor(f.south_deg); row <= (int)floor(f.north_deg); row++) {
        for (int column = west; column <= east; column++) {
            if (has_border(world, &f, (uint32_t)((row + 90) * 360 + (column + 180 + 720) % 360)))
                return false;
        }
    }
    return true;
}
