/* SPDX-License-Identifier: Apache-2.0 */
/* PNG with a palette: a map has few colours, and so takes a third of the bytes of full colour.
 * Colours are counted in bins of five bits a channel; 256 of them make the palette, and each other
 * bin takes the nearest.
 * Source: W3C PNG (Second Edition), clauses 5.3 (chunks), 11.2 (IHDR, PLTE, IDAT, IEND). */
#include "draw_internal.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#define BIN_BITS 5
#define BINS (1u << (3 * BIN_BITS))
#define PALETTE_MAX 256
#define SURFACES 96     /* entries for the fullest bins */
#define UNLIKE 26       /* of 255 in a channel: further apart is another hue */
#define DEFLATE_LEVEL 7 /* 9 gains two percent for twice the time */

typedef struct bin {
    uint64_t red, green, blue; /* sums over its pixels */
    uint32_t count;
    uint32_t id;
} bin;

static uint32_t bin_of(uint32_t pixel)
{
    uint32_t drop = 8 - BIN_BITS;
    return (pixel >> (16 + drop) & 31) << (2 * BIN_BITS) | (pixel >> (8 + drop) & 31) << BIN_BITS
           | (pixel >> drop & 31);
}

static int fuller_first(const void *a, const void *b)
{
    const bin *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

typedef struct palette {
    uint8_t colors[PALETTE_MAX][3];
    size_t count;
} palette;

static void mean_of(const bin *b, int color[3])
{
    color[0] = (int)((b->red + b->count / 2) / b->count);
    color[1] = (int)((b->green + b->count / 2) / b->count);
    color[2] = (int)((b->blue + b->count / 2) / b->count);
}

/* The entry nearest to the colour, and the square of how far it is. */
static size_t nearest_entry(const palette *p, const int color[3], long *away_squared)
{
    size_t best = 0;
    *away_squared = LONG_MAX;
    for (size_t i = 0; i < p->count; i++) {
        long away = 0;
        for (int c = 0; c < 3; c++)
            away += (color[c] - p->colors[i][c]) * (color[c] - p->colors[i][c]);
        if (away < *away_squared) {
            *away_squared = away;
            best = i;
        }
    }
    return best;
}

/* The fullest bins, whatever they are: the surfaces. Then full ones unlike any entry, so that a
 * rare colour (one purple zone) keeps its hue. Then the fullest of the rest. */
static void make_palette(bin *bins, palette *p)
{
    static const struct {
        size_t until;
        long unlike;
    } rounds[] = {{SURFACES, 0}, {PALETTE_MAX, UNLIKE * UNLIKE}, {PALETTE_MAX, 1}};
    qsort(bins, BINS, sizeof(*bins), fuller_first);
    for (size_t r = 0; r < OVF_COUNTOF(rounds); r++) {
        for (size_t i = 0; i < BINS && bins[i].count > 0 && p->count < rounds[r].until; i++) {
            int color[3];
            long away = 0;
            mean_of(&bins[i], color);
            nearest_entry(p, color, &away);
            if (away < rounds[r].unlike)
                continue;
            for (int c = 0; c < 3; c++)
                p->colors[p->count][c] = (uint8_t)color[c];
            p->count++;
        }
    }
}

static void assign_bins(const bin *bins, const palette *p, uint8_t *entry_of_bin)
{
    for (size_t i = 0; i < BINS && bins[i].count > 0; i++) {
        int color[3];
        long away = 0;
        mean_of(&bins[i], color);
        entry_of_bin[bins[i].id] = (uint8_t)nearest_entry(p, color, &away);
    }
}

static void put_u32(uint8_t *out, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        out[i] = (uint8_t)(value >> (24 - 8 * i));
}

static void put_chunk(ovf_buf *buf, const char *type, const uint8_t *data, size_t len)
{
    uint8_t head[8], tail[4];
    put_u32(head, (uint32_t)len);
    memcpy(head + 4, type, 4);
    uLong crc = crc32(0, head + 4, 4);
    if (len > 0)
        crc = crc32(crc, data, (uInt)len);
    put_u32(tail, (uint32_t)crc);
    ovf_buf_add(buf, (ovf_str){(const char *)head, sizeof head});
    if (len > 0)
        ovf_buf_add(buf, (ovf_str){(const char *)data, len});
    ovf_buf_add(buf, (ovf_str){(const char *)tail, sizeof tail});
}

static uint32_t pixel_at(cairo_surface_t *surface, size_t x, size_t y)
{
    uint32_t pixel = 0; // CAIRO_FORMAT_RGB24: 32 bits in the machine's own order, upper 8 unused
    memcpy(&pixel,
           cairo_image_surface_get_data(surface)
               + y * (size_t)cairo_image_surface_get_stride(surface) + x * 4,
           sizeof pixel);
    return pixel & 0xffffff;
}

static void count_colors(cairo_surface_t *surface, size_t width, size_t height, bin *bins)
{
    for (uint32_t i = 0; i < BINS; i++)
        bins[i].id = i;
    for (size_t y = 0; y < height; y++) {
        for (size_t x = 0; x < width; x++) {
            uint32_t pixel = pixel_at(surface, x, y);
            bin *b = &bins[bin_of(pixel)];
            b->count++;
            b->red += pixel >> 16;
            b->green += pixel >> 8 & 255;
            b->blue += pixel & 255;
        }
    }
}

ovf_status draw_png_write(cairo_surface_t *surface, ovf_arena *arena, ovf_buf *buf, ovf_error *err)
{
    cairo_surface_flush(surface);
    size_t width = (size_t)cairo_image_surface_get_width(surface);
    size_t height = (size_t)cairo_image_surface_get_height(surface);
    size_t raw_len = (width + 1) * height;
    uLongf packed_len = compressBound((uLong)raw_len);
    bin *bins = ovf_arena_array(arena, bin, BINS);
    uint8_t *entry_of_bin = ovf_arena_array(arena, uint8_t, BINS);
    uint8_t *raw = ovf_arena_array(arena, uint8_t, raw_len);
    uint8_t *packed = ovf_arena_array(arena, uint8_t, packed_len);
    if (bins == NULL || entry_of_bin == NULL || raw == NULL || packed == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the picture's bytes");

    palette colors = {0};
    count_colors(surface, width, height, bins);
    make_palette(bins, &colors);
    assign_bins(bins, &colors, entry_of_bin);
    uint8_t *out = raw;
    for (size_t y = 0; y < height; y++) {
        *out++ = 0; // no filter: indexes of a palette are no gradients
        for (size_t x = 0; x < width; x++)
            *out++ = entry_of_bin[bin_of(pixel_at(surface, x, y))];
    }
    if (compress2(packed, &packed_len, raw, (uLong)raw_len, DEFLATE_LEVEL) != Z_OK)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory to pack the picture");

    uint8_t header[13] = {[8] = 8 /* bits */, [9] = 3 /* palette */};
    put_u32(header, (uint32_t)width);
    put_u32(header + 4, (uint32_t)height);
    ovf_buf_add(buf, OVF_STR("\x89PNG\r\n\x1a\n"));
    put_chunk(buf, "IHDR", header, sizeof header);
    put_chunk(buf, "PLTE", colors.colors[0], 3 * colors.count);
    put_chunk(buf, "IDAT", packed, packed_len);
    put_chunk(buf, "IEND", NULL, 0);
    return OVF_OK;
}
