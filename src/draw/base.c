/* SPDX-License-Identifier: Apache-2.0 */
/* The ground: sea, land, coast, borders, and the limit of the territorial sea.
 * Neighbours share their border edge by edge in the world's outlines, so an edge seen in the land
 * of two States is a border and any other a coast. */
#include "draw_internal.h"

#include <math.h>

#define SEA 0xe4eff5ff
#define LAND 0xf8f5eaff
#define COAST 0x6f8796ff
#define BORDER 0xb09a86ff
#define SEA_LIMIT 0x8fa9bbff

#define SEA_LIMIT_M (12 * OVF_NM_M)
#define SEA_LIMIT_MIN_PX 4.0 /* nearer to the coast than this it only thickens it */

typedef struct edge_slot {
    int32_t lat_a, lon_a, lat_b, lon_b;
    uint32_t owners; /* 0: free */
} edge_slot;

typedef struct edge_table {
    edge_slot *slots;
    size_t mask;
} edge_table;

/* 1e-5 degrees is a metre: outlines of two neighbours round their points alike within that. */
static int32_t rounded(double deg)
{
    return (int32_t)lround(deg * 1e5);
}

static edge_slot *find_edge(const edge_table *table, ovf_point a, ovf_point b)
{
    edge_slot key = {rounded(a.lat_deg), rounded(a.lon_deg), rounded(b.lat_deg), rounded(b.lon_deg),
                     0};
    if (key.lat_a > key.lat_b || (key.lat_a == key.lat_b && key.lon_a > key.lon_b))
        key = (edge_slot){key.lat_b, key.lon_b, key.lat_a, key.lon_a, 0};
    uint64_t hash = 1469598103934665603u;
    const int32_t parts[4] = {key.lat_a, key.lon_a, key.lat_b, key.lon_b};
    for (int i = 0; i < 4; i++)
        hash = (hash ^ (uint32_t)parts[i]) * 0x9E3779B97F4A7C15u;
    for (size_t at = (size_t)(hash >> 20) & table->mask;; at = (at + 1) & table->mask) {
        edge_slot *slot = &table->slots[at];
        if (slot->owners == 0) {
            key.owners = 0;
            *slot = key;
            return slot;
        }
        if (slot->lat_a == key.lat_a && slot->lon_a == key.lon_a && slot->lat_b == key.lat_b
            && slot->lon_b == key.lon_b)
            return slot;
    }
}

static bool is_coast(void *context, ovf_point a, ovf_point b)
{
    return find_edge(context, a, b)->owners == 1;
}

static bool is_border(void *context, ovf_point a, ovf_point b)
{
    return find_edge(context, a, b)->owners > 1;
}

static bool count_edges(edge_table *table, ovf_arena *arena, const ovf_outline *lands, size_t count)
{
    size_t edges = 0;
    for (size_t i = 0; i < count; i++) {
        for (uint32_t r = 0; r < lands[i].count; r++)
            edges += lands[i].rings[r].count;
    }
    size_t size = 64;
    while (size < edges * 2)
        size *= 2;
    table->mask = size - 1;
    table->slots = ovf_arena_array(arena, edge_slot, size);
    if (table->slots == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        for (uint32_t r = 0; r < lands[i].count; r++) {
            const ovf_outline_ring *ring = &lands[i].rings[r];
            for (uint32_t k = 0; k + 1 < ring->count; k++)
                find_edge(table, ring->points[k], ring->points[k + 1])->owners++;
        }
    }
    return true;
}

static void draw_sea_limits(draw_map *map)
{
    const ovf_world *world = map->request->world;
    draw_path line;
    draw_path_init(&line, map->arena);
    for (size_t i = 0; i < ovf_world_state_count(world); i++) {
        ovf_outline outline = {0};
        if (draw_outline(map, ovf_world_territory(world, (uint32_t)i), &outline))
            draw_path_add_stroke(&line, &map->view, &outline, NULL, NULL);
    }
    map->has_sea_limit = line.count > 0;
    map->failed = map->failed || line.failed;
    draw_stroke stroke = {SEA_LIMIT, 0.8, {4, 3, 0, 0}, false};
    draw_line(&map->canvas, &line, draw_stroke_scaled(stroke, map->scale));
}

bool draw_land_paths(draw_map *map, draw_path *land, draw_path *coast, draw_path *border)
{
    const ovf_world *world = map->request->world;
    size_t state_count = world == NULL ? 0 : ovf_world_state_count(world);
    ovf_outline *lands = ovf_arena_array(map->arena, ovf_outline, state_count + 1);
    edge_table table = {0};
    size_t count = 0;
    draw_path_init(land, map->arena);
    draw_path_init(coast, map->arena);
    draw_path_init(border, map->arena);
    for (size_t i = 0; lands != NULL && i < state_count; i++) {
        if (!draw_outline(map, ovf_world_land(world, (uint32_t)i), &lands[count]))
            continue;
        draw_path_add_fill(land, &map->view, &lands[count]);
        count++;
    }
    if (lands == NULL || !count_edges(&table, map->arena, lands, count)) {
        map->failed = true;
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        draw_path_add_stroke(coast, &map->view, &lands[i], is_coast, &table);
        draw_path_add_stroke(border, &map->view, &lands[i], is_border, &table);
    }
    map->failed = map->failed || land->failed || coast->failed || border->failed;
    return !map->failed;
}

static void draw_lands(draw_map *map)
{
    draw_path land, coast, border;
    if (!draw_land_paths(map, &land, &coast, &border))
        return;
    draw_fill(&map->canvas, &land, LAND);
    // A fill's soft edge lets the sea shine through between two States: the wide line hides it.
    draw_line(&map->canvas, &border, (draw_stroke){.color = LAND, .width_px = 1.6 * map->scale});
    draw_stroke stroke = {BORDER, 0.9, {6, 2, 1.5, 2}, false};
    draw_line(&map->canvas, &border, draw_stroke_scaled(stroke, map->scale));
    draw_line(&map->canvas, &coast, (draw_stroke){.color = COAST, .width_px = 0.8 * map->scale});
}

void draw_base(draw_map *map)
{
    draw_box(&map->canvas, draw_rect_grown(map->view.map, 2), SEA, 0, 0);
    if (map->request->world == NULL)
        return;
    bool can_be_told = SEA_LIMIT_M / draw_view_m_per_px(&map->view) > SEA_LIMIT_MIN_PX * map->scale;
    if (!map->request->all_firs && can_be_told)
        draw_sea_limits(map);
    draw_lands(map);
}
