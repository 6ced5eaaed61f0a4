/* SPDX-License-Identifier: Apache-2.0 */
/* Where many points are: the FIRs in a cell index, the airports by the degree cell they lie in. */
#include <overfly/world_index.h>

#include "world_internal.h"

#include <math.h>
#include <stdlib.h>

struct vector {
    double x, y, z;
};

struct ovf_world_index {
    const ovf_world *world;
    ovf_cells_view *firs;
    uint32_t *airport_first; /* by degree cell, and one more */
    uint32_t *airports;
    struct vector *places; /* of `airports`, unit vectors by geodetic latitude */
    ovf_arena arena;
};

static struct vector vector_of(ovf_point p)
{
    double lat = p.lat_deg * WORLD_RAD;
    double lon = p.lon_deg * WORLD_RAD;
    return (struct vector){cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)};
}

static int row_of(double lat_deg)
{
    int row = (int)floor(lat_deg) + 90;
    return row < 0 ? 0 : row > 179 ? 179 : row;
}

static uint32_t cell_of(ovf_point p)
{
    int column = (int)floor(ovf_lon_wrap(p.lon_deg)) + 180;
    return (uint32_t)(row_of(p.lat_deg) * 360 + (column < 0 ? 0 : column > 359 ? 359 : column));
}

static ovf_status index_airports(ovf_world_index *index)
{
    size_t count = ovf_world_airport_count(index->world);
    uint32_t *first = ovf_arena_array(&index->arena, uint32_t, WORLD_CELLS + 2);
    index->airports = ovf_arena_array(&index->arena, uint32_t, count + 1);
    index->places = ovf_arena_array(&index->arena, struct vector, count + 1);
    if (first == NULL || index->airports == NULL || index->places == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < count; i++)
        first[cell_of(ovf_world_airport(index->world, (uint32_t)i)->place) + 2]++;
    for (uint32_t cell = 2; cell < WORLD_CELLS + 2; cell++)
        first[cell] += first[cell - 1];
    for (size_t i = 0; i < count; i++) {
        ovf_point place = ovf_world_airport(index->world, (uint32_t)i)->place;
        uint32_t at = first[cell_of(place) + 1]++;
        index->airports[at] = (uint32_t)i;
        index->places[at] = vector_of(place);
    }
    index->airport_first = first;
    return OVF_OK;
}

static ovf_status index_firs(ovf_world_index *index, ovf_error *err)
{
    ovf_cells *cells = ovf_cells_new(OVF_CELLS_GEODESIC, 0);
    if (cells == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the index");
    ovf_status status = OVF_OK;
    size_t count = ovf_world_fir_count(index->world);
    for (size_t i = 0; status == OVF_OK && i < count; i++)
        status = ovf_cells_add(cells, (uint32_t)i,
                               ovf_world_fir_area(index->world, &index->world->firs[i]), err);
    if (status == OVF_OK)
        status = ovf_cells_publish(cells, &index->firs);
    ovf_cells_free(cells);
    return status;
}

ovf_status ovf_world_index_new(const ovf_world *world, ovf_world_index **out, ovf_error *err)
{
    ovf_world_index *index = calloc(1, sizeof *index);
    if (index == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the index");
    index->world = world;
    ovf_arena_init(&index->arena, 0);
    ovf_status status = index_airports(index);
    if (status == OVF_OK)
        status = index_firs(index, err);
    else
        (void)ovf_fail(err, status, OVF_NOPOS, "no memory for the index");
    if (status != OVF_OK) {
        ovf_world_index_free(index);
        return status;
    }
    *out = index;
    return OVF_OK;
}

void ovf_world_index_free(ovf_world_index *index)
{
    if (index == NULL)
        return;
    ovf_cells_view_free(index->firs);
    ovf_arena_done(&index->arena);
    free(index);
}

/* ---- points ---- */

#define BLOCK 4096

struct fir_list { /* what a set of FIRs comes to at the level asked about */
    const uint32_t *firs;
    uint32_t count;
    bool is_made;
};

struct asking {
    const ovf_world_index *index;
    ovf_cells_reader *reader;
    int32_t level_ft;
    ovf_arena *arena;
    struct fir_list *lists; /* by set */
    size_t list_count;
};

bool world_fir_reaches(const ovf_world *world, uint32_t fir, int32_t level_ft)
{
    const ovf_fir *f = &world->firs[fir];
    return level_ft == OVF_LEVEL_ANY
           || ovf_band_holds(ovf_band_of(f->lower, f->upper), level_ft) != OVF_TRI_NO;
}

static bool make_list(const struct asking *a, uint32_t set, struct fir_list *list)
{
    size_t count = 0;
    const uint32_t *ids = ovf_cells_set(a->reader, set, &count);
    uint32_t *firs = ovf_arena_array(a->arena, uint32_t, count + 1);
    if (firs == NULL)
        return false;
    list->firs = firs;
    list->count = 0;
    list->is_made = true;
    for (size_t i = 0; i < count; i++) {
        uint32_t fir = ids[i] & OVF_CELLS_ID_MAX; // one that cannot be told is not left out
        if (world_fir_reaches(a->index->world, fir, a->level_ft))
            firs[list->count++] = fir;
    }
    return true;
}

/* The reader may have met sets of its own since the last block. */
static bool reserve_lists(struct asking *a)
{
    size_t wanted = ovf_cells_set_count(a->reader);
    if (wanted <= a->list_count)
        return true;
    struct fir_list *lists = ovf_arena_array(a->arena, struct fir_list, wanted * 2);
    if (lists == NULL)
        return false;
    for (size_t i = 0; i < a->list_count; i++)
        lists[i] = a->lists[i];
    a->lists = lists;
    a->list_count = wanted * 2;
    return true;
}

static bool ask_block(struct asking *a, const ovf_point *points, size_t count, ovf_whereabouts *out)
{
    ovf_fixed fixed[BLOCK];
    uint32_t sets[BLOCK];
    for (size_t i = 0; i < count; i++)
        fixed[i] = ovf_point_fix(points[i]);
    if (ovf_cells_at_many(a->reader, fixed, count, sets) != OVF_OK || !reserve_lists(a))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct fir_list *list = &a->lists[sets[i]];
        if (!list->is_made && !make_list(a, sets[i], list))
            return false;
        out[i] = (ovf_whereabouts){.whose = ovf_world_whose(a->index->world, points[i]),
                                   .fir_count = list->count,
                                   .firs = list->firs};
    }
    return true;
}

ovf_status ovf_world_index_at(const ovf_world_index *index, const ovf_point *points, size_t count,
                              int32_t level_ft, ovf_arena *arena, ovf_whereabouts *out)
{
    struct asking a = {.index = index, .level_ft = level_ft, .arena = arena};
    ovf_status status = ovf_cells_reader_new(index->firs, OVF_CELLS_BEST, &a.reader);
    if (status != OVF_OK)
        return status;
    for (size_t from = 0; status == OVF_OK && from < count; from += BLOCK) {
        size_t some = count - from < BLOCK ? count - from : BLOCK;
        if (!ask_block(&a, points + from, some, out + from))
            status = OVF_E_NOMEM;
    }
    ovf_cells_reader_free(a.reader);
    return status;
}

/* ---- airports ---- */

#define DEGREE_M 110500.0 /* of latitude, at least */
#define SPHERE_M 6371000.0
#define SPHERE_SLACK 1.008 /* geodetic latitudes on a sphere against the ellipsoid */

struct nearest {
    const ovf_world *world;
    ovf_point p;
    struct vector place;
    double reach_m;
    ovf_airport_near *items;
    size_t count, max;
};

static void look_at_airport(struct nearest *n, uint32_t airport, struct vector v)
{
    double dx = v.x - n->place.x, dy = v.y - n->place.y, dz = v.z - n->place.z;
    double limit_m = n->count == n->max ? n->items[n->max - 1].away_m : n->reach_m;
    double limit = limit_m * SPHERE_SLACK / SPHERE_M; // a chord is shorter than its arc
    if (dx * dx + dy * dy + dz * dz > limit * limit)
        return;
    double away_m = ovf_distance_m(n->p, ovf_world_airport(n->world, airport)->place);
    if (away_m > n->reach_m || (n->count == n->max && away_m >= limit_m))
        return;
    size_t k = n->count < n->max ? n->count++ : n->max - 1;
    for (; k > 0 && n->items[k - 1].away_m > away_m; k--)
        n->items[k] = n->items[k - 1];
    n->items[k] = (ovf_airport_near){airport, away_m};
}

static void look_at_cell(struct nearest *n, const ovf_world_index *index, uint32_t cell)
{
    for (uint32_t at = index->airport_first[cell]; at < index->airport_first[cell + 1]; at++)
        look_at_airport(n, index->airports[at], index->places[at]);
}

size_t ovf_world_index_airports(const ovf_world_index *index, ovf_point p, double reach_m,
                                ovf_airport_near *out, size_t max)
{
    struct nearest n = {index->world, p, vector_of(p), reach_m, out, 0, max};
    double reach_deg = reach_m / DEGREE_M;
    if (max == 0)
        return 0;
    for (int row = row_of(p.lat_deg - reach_deg); row <= row_of(p.lat_deg + reach_deg); row++) {
        double pole_deg = fmax(fabs(p.lat_deg) + reach_deg, fabs(row - 89.5) + 0.5);
        double reach_lon = pole_deg >= 89.0 ? 180.0 : reach_deg / cos(pole_deg * WORLD_RAD);
        int from = (int)floor(p.lon_deg - reach_lon);
        int until = (int)floor(p.lon_deg + reach_lon);
        until = until - from >= 360 ? from + 359 : until;
        for (int column = from; column <= until; column++)
            look_at_cell(&n, index, (uint32_t)(row * 360 + (column + 180 + 720) % 360));
    }
    return n.count;
}

size_t ovf_world_airports_near(const ovf_world *world, ovf_point p, double reach_m,
                               ovf_airport_near *out, size_t max)
{
    struct nearest n = {world, p, vector_of(p), reach_m, out, 0, max};
    for (uint32_t i = 0; max > 0 && i < ovf_world_airport_count(world); i++) {
        ovf_point place = ovf_world_airport(world, i)->place;
        if (fabs(place.lat_deg - p.lat_deg) * DEGREE_M <= reach_m)
            look_at_airport(&n, i, vector_of(place));
    }
    return n.count;
}
