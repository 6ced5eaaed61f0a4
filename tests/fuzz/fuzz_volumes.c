/* SPDX-License-Identifier: Apache-2.0 */
/* An index of volumes out of any bytes: rings on a coarse lattice, so that touching is ordinary, some
 * withdrawn again, and a path among them. Held: each engine finds for each piece just the volumes
 * that plain arithmetic, edge by edge, finds. Bytes: count of volumes; of each a count of corners, a
 * kind and two bytes a corner; then two bytes a point of the path. */
#include <overfly/volumes.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define VOLUMES 12
#define CORNERS 40
#define POINTS 64
#define STEP_E7 2500000 /* a quarter of a degree: 64 degrees each way */

struct input {
    const uint8_t *data;
    size_t size;
};
struct volume {
    ovf_fixed corners[CORNERS];
    uint32_t count;
    bool is_in;
};

static void hold(bool it_holds)
{
    if (!it_holds)
        abort();
}

static uint8_t next(struct input *in)
{
    if (in->size == 0)
        return 0;
    in->size--;
    return *in->data++;
}

static ovf_fixed next_place(struct input *in)
{
    int32_t lat = (int32_t)next(in) - 128;
    int32_t lon = (int32_t)next(in) - 128;
    return (ovf_fixed){lat * STEP_E7, lon * STEP_E7};
}

/* Products of differences of up to 64 degrees fit 64 bits. */
static int side(ovf_fixed a, ovf_fixed b, ovf_fixed p)
{
    int64_t left = ((int64_t)b.lon_e7 - a.lon_e7) * ((int64_t)p.lat_e7 - a.lat_e7);
    int64_t right = ((int64_t)b.lat_e7 - a.lat_e7) * ((int64_t)p.lon_e7 - a.lon_e7);
    return (left > right) - (left < right);
}

static bool apart(int32_t a, int32_t b, int32_t c, int32_t d)
{
    return (a < c && a < d && b < c && b < d) || (a > c && a > d && b > c && b > d);
}

static bool cross(ovf_fixed a, ovf_fixed b, ovf_fixed p, ovf_fixed q)
{
    return !apart(a.lon_e7, b.lon_e7, p.lon_e7, q.lon_e7)
           && !apart(a.lat_e7, b.lat_e7, p.lat_e7, q.lat_e7) && side(a, b, p) * side(a, b, q) <= 0
           && side(p, q, a) * side(p, q, b) <= 0;
}

static bool touches(const struct volume *v, ovf_fixed p, ovf_fixed q)
{
    bool is_odd = false;
    for (uint32_t i = 0; i < v->count; i++) {
        ovf_fixed a = v->corners[i];
        ovf_fixed b = v->corners[(i + 1) % v->count];
        if (cross(a, b, p, q))
            return true;
        if ((a.lat_e7 > p.lat_e7) != (b.lat_e7 > p.lat_e7))
            is_odd ^= (side(a, b, p) > 0) == (b.lat_e7 > a.lat_e7);
    }
    return is_odd;
}

static void compare(const ovf_volumes_view *view, ovf_cells_engine engine,
                    const struct volume *volumes, const ovf_volumes_point *points, size_t count)
{
    ovf_volumes_reader *reader = NULL;
    const ovf_volumes_stretch *stretches = NULL;
    size_t found = 0;
    hold(ovf_volumes_reader_new(view, engine, &reader) == OVF_OK);
    hold(ovf_volumes_ask(reader, points, count, NULL, &stretches, &found, NULL) == OVF_OK);
    for (uint32_t id = 0; id < VOLUMES; id++)
        for (uint32_t piece = 0; piece + 1 < count; piece++) {
            bool is_told = false;
            for (size_t k = 0; k < found; k++)
                is_told |= stretches[k].id == id && stretches[k].first <= piece
                           && stretches[k].last >= piece;
            hold(is_told
                 == (volumes[id].is_in
                     && touches(&volumes[id], points[piece].place, points[piece + 1].place)));
        }
    ovf_volumes_reader_free(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct volume volumes[VOLUMES];
    ovf_volumes_point points[POINTS];
    struct input in = {data, size};
    ovf_volumes *index = ovf_volumes_new(OVF_VOLUMES_PLANAR, 0);
    ovf_volumes_view *view = NULL;
    size_t count = next(&in) % (VOLUMES + 1);
    hold(index != NULL);
    memset(volumes, 0, sizeof volumes);
    for (uint32_t i = 0; i < count; i++) {
        struct volume *v = &volumes[i];
        v->count = 1 + next(&in) % CORNERS;
        uint8_t kind = next(&in);
        for (uint32_t k = 0; k < v->count; k++)
            v->corners[k] = next_place(&in);
        ovf_ring ring = {.vertices = v->corners, .count = v->count};
        hold(ovf_volumes_add_planar(index, i, &ring, 1, OVF_VOLUMES_ALWAYS, NULL) == OVF_OK);
        v->is_in = true;
        if (kind % 4 == 1 && i > 0 && volumes[i - 1].is_in) {
            hold(ovf_volumes_withdraw(index, i - 1, NULL) == OVF_OK);
            volumes[i - 1].is_in = false;
        }
        if (kind % 4 == 2) { // what a reader may see is copied before it changes
            ovf_volumes_view *before = NULL;
            hold(ovf_volumes_publish(index, &before) == OVF_OK);
            ovf_volumes_view_free(before);
        }
    }
    size_t length = in.size / 2 < POINTS ? in.size / 2 : POINTS;
    for (size_t i = 0; i < length; i++)
        points[i] = (ovf_volumes_point){.place = next_place(&in)};
    hold(ovf_volumes_publish(index, &view) == OVF_OK);
    if (length >= 2)
        for (int engine = OVF_CELLS_PORTABLE; engine <= OVF_CELLS_AVX512; engine++)
            compare(view, (ovf_cells_engine)engine, volumes, points, length);
    ovf_volumes_view_free(view);
    ovf_volumes_free(index);
    return 0;
}
