/* SPDX-License-Identifier: Apache-2.0 */
/* Which FIR is seen at each pixel of the map, and a colour for every State so that no two whose
 * FIRs touch there share one.
 *
 * Colours: the State whose neighbours have the most different ones by now is next (D. Brelaz, New
 * methods to color the vertices of a graph, CACM 22 (1979)); it takes the first free one, beginning
 * at a number out of its own code, that few have who are one State off. The same world gives the
 * same colours. */
#include "draw_internal.h"

#include <math.h>
#include <string.h>

#define STATES_MAX 1024
#define CENSUS_PX 2000.0

/* Middle tones for land, apart in hue and, next to each other, in lightness; black type reads on
 * all of them. */
static const draw_rgba land_colors[DRAW_STATE_COLORS] = {
    0xe9b07fff, 0x8fbbdcff, 0xa8cf93ff, 0xe6cd72ff, 0xdb9fb2ff,
    0x86c8bbff, 0xc8ab8cff, 0xb59ccfff, 0xe5988eff, 0xb9c07aff,
};

draw_rgba draw_state_color(size_t color)
{
    return land_colors[color % DRAW_STATE_COLORS];
}

draw_rgba draw_state_sea_color(size_t color)
{
    draw_rgba land = draw_state_color(color), pale = 0;
    for (int shift = 24; shift > 0; shift -= 8) {
        uint32_t part = land >> shift & 255;
        pale |= (255 - (255 - part) * 2 / 5) << shift; // two fifths of it on white
    }
    return pale | 255;
}

/* ---- the census of pixels ---- */

static void paint(cairo_t *cr, const draw_path *path, uint32_t number)
{
    cairo_new_path(cr);
    for (size_t part = 0; part < path->part_count; part++) {
        size_t end = draw_path_part_end(path, part);
        for (size_t i = path->starts[part]; i < end; i++)
            cairo_line_to(cr, path->pts[i].x, path->pts[i].y);
        cairo_close_path(cr);
    }
    cairo_set_source_rgb(cr, 0, (number >> 8) / 255.0, (number & 255) / 255.0);
    cairo_fill(cr);
}

/* Upper regions first: those below are seen where there are both. */
static bool is_upper(const ovf_fir *fir)
{
    return ovf_str_eq(fir->kind, OVF_STR("uir"));
}

static bool paint_all(const draw_map *map, cairo_surface_t *surface)
{
    cairo_t *cr = cairo_create(surface);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_translate(cr, -floor(map->view.map.x), -floor(map->view.map.y));
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < map->fir_count; i++) {
            if (is_upper(map->firs[i]) == (pass == 0))
                paint(cr, &map->fir_surfaces[i], (uint32_t)i + 1);
        }
    }
    bool is_fine = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    return is_fine;
}

/* Distance to other pixels, in two sweeps: A. Rosenfeld, J. Pfaltz, Distance functions on digital
 * pictures, Pattern Recognition 1 (1968). The rim of the picture is another one. */
static void find_room(draw_census *c)
{
    for (int sweep = 0; sweep < 2; sweep++) {
        ptrdiff_t back = sweep == 0 ? -1 : 1;
        for (size_t n = 0; n < c->w * c->h; n++) {
            size_t at = sweep == 0 ? n : c->w * c->h - 1 - n;
            size_t x = at % c->w, y = at / c->w;
            if (x == 0 || y == 0 || x + 1 == c->w || y + 1 == c->h)
                continue;
            const ptrdiff_t near[] = {back, back * (ptrdiff_t)c->w, back * ((ptrdiff_t)c->w + 1),
                                      back * ((ptrdiff_t)c->w - 1)};
            uint16_t room = sweep == 0 ? UINT16_MAX - 1 : c->room[at];
            for (size_t i = 0; i < OVF_COUNTOF(near); i++) {
                size_t other = (size_t)((ptrdiff_t)at + near[i]);
                uint16_t there = c->firs[other] == c->firs[at] ? (uint16_t)(c->room[other] + 1) : 0;
                room = there < room ? there : room;
            }
            c->room[at] = room;
        }
    }
}

bool draw_census_take(const draw_map *map, draw_census *out)
{
    draw_rect m = map->view.map;
    *out = (draw_census){
        .x = floor(m.x), .y = floor(m.y), .w = (size_t)ceil(m.w) + 1, .h = (size_t)ceil(m.h) + 1};
    out->firs = ovf_arena_array(map->arena, uint16_t, out->w * out->h);
    out->room = ovf_arena_array(map->arena, uint16_t, out->w * out->h);
    if (out->firs == NULL || out->room == NULL || map->fir_count >= UINT16_MAX)
        return false;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)out->w, (int)out->h);
    bool is_fine = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS && paint_all(map, surface);
    for (size_t y = 0; y < out->h && is_fine; y++) {
        const unsigned char *row = cairo_image_surface_get_data(surface)
                                   + y * (size_t)cairo_image_surface_get_stride(surface);
        for (size_t x = 0; x < out->w; x++) {
            uint32_t pixel = 0;
            memcpy(&pixel, row + x * sizeof(pixel), sizeof(pixel));
            out->firs[y * out->w + x] = (uint16_t)pixel;
        }
    }
    cairo_surface_destroy(surface);
    find_room(out);
    return is_fine;
}

static size_t pixel_at(const draw_census *census, double x, double y)
{
    double column = floor(x - census->x), row = floor(y - census->y);
    if (!(column >= 0) || !(row >= 0) || column >= (double)census->w || row >= (double)census->h)
        return SIZE_MAX;
    return (size_t)row * census->w + (size_t)column;
}

size_t draw_census_at(const draw_census *census, double x, double y)
{
    size_t at = pixel_at(census, x, y);
    return at == SIZE_MAX ? 0 : census->firs[at];
}

double draw_census_room(const draw_census *census, double x, double y)
{
    size_t at = pixel_at(census, x, y);
    return at == SIZE_MAX ? 0 : census->room[at];
}

/* ---- who touches whom ---- */

typedef struct state_graph {
    size_t count;
    uint8_t *touch; /* count x count */
} state_graph;

static void join(const draw_map *map, state_graph *graph, uint16_t a, uint16_t b)
{
    if (a == 0 || b == 0 || a == b)
        return;
    uint32_t s = map->firs[a - 1]->state, t = map->firs[b - 1]->state;
    if (s == t || s >= graph->count || t >= graph->count)
        return;
    graph->touch[s * graph->count + t] = graph->touch[t * graph->count + s] = 1;
}

/* The map's two ends are one meridian: what is last on the left touches what is first on the right. */
static void join_ends(const draw_map *map, const draw_census *census, size_t y, state_graph *graph)
{
    const uint16_t *row = &census->firs[y * census->w];
    size_t left = 0, right = census->w;
    while (left < census->w && row[left] == 0)
        left++;
    while (right > left && row[right - 1] == 0)
        right--;
    if (left < right)
        join(map, graph, row[left], row[right - 1]);
}

static bool find_touching(const draw_map *map, const draw_census *census, state_graph *graph)
{
    graph->touch = ovf_arena_array(map->arena, uint8_t, graph->count * graph->count + 1);
    if (graph->touch == NULL)
        return false;
    static const size_t steps[][2] = {{1, 0}, {0, 1}, {1, 1}, {3, 0}, {0, 3}};
    for (size_t y = 0; y < census->h; y++) {
        for (size_t x = 0; x < census->w; x++) {
            uint16_t here = census->firs[y * census->w + x];
            for (size_t i = 0; i < OVF_COUNTOF(steps) && here != 0; i++) {
                size_t x2 = x + steps[i][0], y2 = y + steps[i][1];
                if (x2 < census->w && y2 < census->h)
                    join(map, graph, here, census->firs[y2 * census->w + x2]);
            }
        }
        join_ends(map, census, y, graph);
    }
    return true;
}

/* ---- colours ---- */

typedef struct state_choice {
    bool is_wanted, is_done;
    uint32_t taken; /* colours of neighbours, a bit each */
    uint8_t color;
} state_choice;

static int bit_count(uint32_t bits)
{
    int count = 0;
    for (; bits != 0; bits &= bits - 1)
        count++;
    return count;
}

static size_t degree_of(const state_graph *graph, const state_choice *choices, size_t state)
{
    size_t degree = 0;
    for (size_t i = 0; i < graph->count; i++)
        degree += graph->touch[state * graph->count + i] != 0 && choices[i].is_wanted;
    return degree;
}

static size_t most_bound(const state_graph *graph, const state_choice *choices)
{
    size_t best = SIZE_MAX, best_degree = 0;
    int best_taken = -1;
    for (size_t i = 0; i < graph->count; i++) {
        if (!choices[i].is_wanted || choices[i].is_done)
            continue;
        int taken = bit_count(choices[i].taken);
        size_t degree = degree_of(graph, choices, i);
        if (taken > best_taken || (taken == best_taken && degree > best_degree)) {
            best = i;
            best_taken = taken;
            best_degree = degree;
        }
    }
    return best;
}

/* How many States that touch a neighbour have the colour. */
static int met_beyond(const state_graph *graph, const state_choice *choices, size_t state,
                      uint32_t color)
{
    int met = 0;
    for (size_t i = 0; i < graph->count; i++) {
        if (graph->touch[state * graph->count + i] == 0)
            continue;
        for (size_t k = 0; k < graph->count; k++)
            met += graph->touch[i * graph->count + k] != 0 && choices[k].is_done
                   && choices[k].color == color;
    }
    return met;
}

/* A colour that no neighbour has, and as few as may be beyond them; of equals the first from one
 * that hangs on the State's code alone. When all are taken, that one. */
static uint8_t free_color(const state_graph *graph, const state_choice *choices, size_t state,
                          ovf_str iso3)
{
    uint32_t start = 0;
    for (size_t i = 0; i < iso3.len; i++)
        start = start * 31 + (unsigned char)iso3.ptr[i];
    uint32_t best = start % DRAW_STATE_COLORS;
    int least = -1;
    for (uint32_t i = 0; i < DRAW_STATE_COLORS; i++) {
        uint32_t color = (start + i) % DRAW_STATE_COLORS;
        if ((choices[state].taken >> color & 1) != 0)
            continue;
        int met = met_beyond(graph, choices, state, color);
        if (least < 0 || met < least) {
            least = met;
            best = color;
        }
    }
    return (uint8_t)best;
}

static void choose_all(draw_map *map, const state_graph *graph, state_choice *choices)
{
    for (size_t i = 0; i < map->fir_count; i++) {
        if (map->firs[i]->state < graph->count)
            choices[map->firs[i]->state].is_wanted = true;
    }
    for (size_t at = most_bound(graph, choices); at != SIZE_MAX; at = most_bound(graph, choices)) {
        ovf_str iso3 = ovf_world_state(map->request->world, (uint32_t)at)->iso3;
        map->state_colors[at] = choices[at].color = free_color(graph, choices, at, iso3);
        choices[at].is_done = true;
        for (size_t i = 0; i < graph->count; i++) {
            if (graph->touch[at * graph->count + i] != 0)
                choices[i].taken |= 1u << map->state_colors[at];
        }
    }
}

bool draw_color_states(draw_map *map)
{
    const ovf_world *world = map->request->world;
    if (world == NULL)
        return true;
    // On a globe of one size, whatever is being drawn: a State has one colour in all pictures.
    draw_map wide = *map;
    draw_census census = {0};
    draw_path limits, upper;
    draw_path_init(&limits, map->arena);
    draw_path_init(&upper, map->arena);
    draw_view_globe(&wide.view, DRAW_GLOBE_LON_DEG, (draw_rect){0, 0, CENSUS_PX, CENSUS_PX});
    wide.fir_count = 0;
    state_graph graph = {.count = ovf_world_state_count(world)};
    map->state_colors = ovf_arena_array(map->arena, uint8_t, graph.count + 1);
    wide.state_colors = map->state_colors;
    state_choice *choices = ovf_arena_array(map->arena, state_choice, graph.count + 1);
    if (graph.count > STATES_MAX || map->state_colors == NULL || choices == NULL
        || !draw_globe_firs(&wide, &limits, &upper) || !draw_census_take(&wide, &census)
        || !find_touching(&wide, &census, &graph))
        return false;
    choose_all(&wide, &graph, choices);
    return true;
}

size_t draw_fir_color(const draw_map *map, size_t fir)
{
    uint32_t state = map->firs[fir]->state;
    return state == OVF_INDEX_NONE || map->state_colors == NULL ? 0 : map->state_colors[state];
}
