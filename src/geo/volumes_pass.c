/* SPDX-License-Identifier: Apache-2.0 */
/* The innermost loops, for each kind of processor: a box against the 16 of a group, the side of
 * a plane for each vertex of a ring. The forms differ in nothing but speed.
 *
 * A pass goes in two steps, since what it pays for most are jumps that nobody can foresee. First the
 * cells of some pieces become a list of groups to visit: empty cells are passed over without a jump.
 * Then each group is compared, and what met nothing is written over by the next. A pair of boxes may
 * share several cells: it counts in that which has its south-western corner. */
#include "volumes_internal.h"

#include <stdlib.h>

#define LINE 16

bool vol_hits_grow(struct vol_hits *hits)
{
    uint32_t capacity = hits->capacity * 2 + 512;
    struct vol_hit *items =
        capacity > 1u << 26 ? NULL : realloc(hits->items, capacity * sizeof *items);
    if (items == NULL) {
        hits->failed = true;
        return false;
    }
    hits->items = items;
    hits->capacity = capacity;
    return true;
}

#define VISITS 512
#define AHEAD 6
/* Groups to visit; of boxes only those that begin in the cell's column and row, or anywhere. */
struct visits {
    uint32_t place[VISITS], piece[VISITS];
    int32_t west[VISITS], south[VISITS];
    uint32_t count;
};

static inline void add_visit(struct visits *v, uint32_t place, uint32_t piece, int32_t west,
                             int32_t south)
{
    v->place[v->count] = place;
    v->piece[v->count] = piece;
    v->west[v->count] = west;
    v->south[v->count] = south;
    v->count += place != 0;
}

#define CORNER(cell, half) ((int32_t)((int64_t)(cell)*VOL_CELL_E7 - (half)))

/* What compares one box with a group is given to the rest, which is one text: a function that is
 * compiled for one processor cannot be inlined into a function that is compiled for another. */
#define VOL_DEFINE_TESTS(name, attribute, box_mask, edge_mask)                                    \
    attribute static void name##_boxes(const ovf_volumes_view *view, const struct vol_block *b,   \
                                       struct visits *v, struct vol_hits *hits)                   \
    {                                                                                             \
        const uint32_t *words = view->store->words;                                               \
        for (uint32_t i = 0; i < v->count; i++) {                                                 \
            uint32_t place = v->place[i];                                                         \
            const uint32_t *ahead = words + v->place[i + AHEAD < v->count ? i + AHEAD : i];       \
            for (uint32_t line = 0; line < VOL_BOX_LINES; line++)                                 \
                __builtin_prefetch(ahead + line * LINE);                                          \
            do {                                                                                  \
                if (hits->count == hits->capacity && !vol_hits_grow(hits))                        \
                    break;                                                                        \
                uint32_t mask = box_mask(words + place, b, v->piece[i], v->west[i], v->south[i]); \
                hits->items[hits->count] = (struct vol_hit){place, v->piece[i], mask};            \
                hits->count += mask != 0;                                                         \
                place = words[place];                                                             \
            } while (place != 0);                                                                 \
        }                                                                                         \
        v->count = 0;                                                                             \
    }                                                                                             \
    attribute static void name##_edges(const ovf_volumes_view *view, const struct vol_block *b,   \
                                       struct visits *v, struct vol_hits *hits)                   \
    {                                                                                             \
        const uint32_t *words = view->store->words;                                               \
        for (uint32_t i = 0; i < v->count; i++) {                                                 \
            uint32_t place = v->place[i];                                                         \
            const uint32_t *ahead = words + v->place[i + AHEAD < v->count ? i + AHEAD : i];       \
            for (uint32_t line = 0; line <= VOL_LINE_NORTH; line++)                               \
                __builtin_prefetch(ahead + line * LINE);                                          \
            do {                                                                                  \
                if (hits->count == hits->capacity && !vol_hits_grow(hits))                        \
                    break;                                                                        \
                uint32_t mask = edge_mask(words + place, b, v->piece[i]);                         \
                hits->items[hits->count] = (struct vol_hit){place, v->piece[i], mask};            \
                hits->count += mask != 0;                                                         \
                place = words[place];                                                             \
            } while (place != 0);                                                                 \
        }                                                                                         \
        v->count = 0;                                                                             \
    }

/* All cells of one piece. */
#define VOL_DEFINE_PIECE(name)                                                                    \
    static void name##_piece(const ovf_volumes_view *view, const struct vol_block *b, uint32_t i, \
                             struct visits *boxes, struct visits *edges,                          \
                             struct vol_hits *box_hits, struct vol_hits *edge_hits)               \
    {                                                                                             \
        for (int32_t row = b->south_row[i]; row <= b->north_row[i]; row++) {                      \
            const struct vol_cell *cells = view->top + row * VOL_COLUMNS;                         \
            int32_t south = row == b->south_row[i] ? INT32_MIN : CORNER(row, OVF_GEO_POLE_E7);    \
            for (int32_t c = b->west_column[i]; c <= b->east_column[i]; c++) {                    \
                int32_t west = c == b->west_column[i] ? INT32_MIN : CORNER(c, OVF_GEO_HALF_E7);   \
                add_visit(boxes, cells[c].boxes, i, west, south);                                 \
                add_visit(edges, cells[c].edges, i, 0, 0);                                        \
                if (boxes->count == VISITS)                                                       \
                    name##_boxes(view, b, boxes, box_hits);                                       \
                if (edges->count == VISITS)                                                       \
                    name##_edges(view, b, edges, edge_hits);                                      \
            }                                                                                     \
        }                                                                                         \
        add_visit(boxes, view->top[VOL_WIDE].boxes, i, INT32_MIN, INT32_MIN);                     \
        if (boxes->count == VISITS)                                                               \
            name##_boxes(view, b, boxes, box_hits);                                               \
    }

#define VOL_DEFINE_PASS(name)                                                            \
    static uint32_t name##_pass(const ovf_volumes_view *view, const struct vol_block *b, \
                                uint32_t from, uint32_t until, uint32_t many,            \
                                struct vol_hits *box_hits, struct vol_hits *edge_hits)   \
    {                                                                                    \
        struct visits boxes, edges;                                                      \
        uint32_t i = from;                                                               \
        boxes.count = edges.count = 0;                                                   \
        while (i < until && box_hits->count < many && edge_hits->count < many) {         \
            name##_piece(view, b, i, &boxes, &edges, box_hits, edge_hits);               \
            i++;                                                                         \
        }                                                                                \
        name##_boxes(view, b, &boxes, box_hits);                                         \
        name##_edges(view, b, &edges, edge_hits);                                        \
        return i;                                                                        \
    }

/* ---- portable ---- */

static inline uint32_t plain_edge_mask(const uint32_t *group, const struct vol_block *b, uint32_t k)
{
    const int32_t *g = (const int32_t *)(const void *)group;
    uint32_t mask = 0;
    for (uint32_t i = 0; i < VOL_LANES; i++) {
        bool meets = (g[VOL_LINE_WEST * LINE + i] <= b->east[k])
                     & (g[VOL_LINE_EAST * LINE + i] >= b->west[k])
                     & (g[VOL_LINE_SOUTH * LINE + i] <= b->north[k])
                     & (g[VOL_LINE_NORTH * LINE + i] >= b->south[k]);
        mask |= (uint32_t)meets << i;
    }
    return mask;
}

static inline uint32_t plain_box_mask(const uint32_t *group, const struct vol_block *b, uint32_t k,
                                      int32_t west, int32_t south)
{
    const int32_t *g = (const int32_t *)(const void *)group;
    uint32_t mask = 0;
    for (uint32_t left = plain_edge_mask(group, b, k); left != 0; left &= left - 1) {
        uint32_t i = (uint32_t)__builtin_ctz(left);
        bool meets = (g[VOL_LINE_WEST * LINE + i] >= west) & (g[VOL_LINE_SOUTH * LINE + i] >= south)
                     & (g[VOL_LINE_LOW * LINE + i] <= b->high[k])
                     & (g[VOL_LINE_HIGH * LINE + i] >= b->low[k])
                     & (g[VOL_LINE_FROM * LINE + i] <= b->until[k])
                     & (g[VOL_LINE_UNTIL * LINE + i] >= b->from[k]);
        mask |= (uint32_t)meets << i;
    }
    return mask;
}

VOL_DEFINE_TESTS(portable, , plain_box_mask, plain_edge_mask)
VOL_DEFINE_PIECE(portable)
VOL_DEFINE_PASS(portable)

static void sides_plain(const struct vol_part *ring, const double n[3], double offset,
                        double *sides)
{
    const double *x = vol_row_m(ring, 0);
    const double *y = vol_row_m(ring, 1);
    const double *z = vol_row_m(ring, 2);
    for (uint32_t i = 0; i < ring->stride; i++)
        sides[i] = (n[0] * x[i] + n[1] * y[i]) + (n[2] * z[i] - offset);
}

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

/* ---- AVX2 ---- */

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i line_8(const uint32_t *group, uint32_t line, uint32_t half)
{
    return _mm256_load_si256((const __m256i *)(const void *)(group + line * LINE + half * 8));
}

AVX2 static inline __m256i apart_8(const uint32_t *g, uint32_t half, const struct vol_block *b,
                                   uint32_t k)
{
    __m256i x = _mm256_or_si256(
        _mm256_cmpgt_epi32(line_8(g, VOL_LINE_WEST, half), _mm256_set1_epi32(b->east[k])),
        _mm256_cmpgt_epi32(_mm256_set1_epi32(b->west[k]), line_8(g, VOL_LINE_EAST, half)));
    __m256i y = _mm256_or_si256(
        _mm256_cmpgt_epi32(line_8(g, VOL_LINE_SOUTH, half), _mm256_set1_epi32(b->north[k])),
        _mm256_cmpgt_epi32(_mm256_set1_epi32(b->south[k]), line_8(g, VOL_LINE_NORTH, half)));
    return _mm256_or_si256(x, y);
}

AVX2 static inline uint32_t meets_8(__m256i apart)
{
    return (uint32_t)~_mm256_movemask_ps(_mm256_castsi256_ps(apart)) & 0xff;
}

AVX2 static inline uint32_t edge_mask_8(const uint32_t *g, const struct vol_block *b, uint32_t k)
{
    return meets_8(apart_8(g, 0, b, k)) | meets_8(apart_8(g, 1, b, k)) << 8;
}

AVX2 static inline uint32_t box_half_8(const uint32_t *g, uint32_t half, const struct vol_block *b,
                                       uint32_t k, int32_t west, int32_t south)
{
    __m256i z = _mm256_or_si256(
        _mm256_cmpgt_epi32(line_8(g, VOL_LINE_LOW, half), _mm256_set1_epi32(b->high[k])),
        _mm256_cmpgt_epi32(_mm256_set1_epi32(b->low[k]), line_8(g, VOL_LINE_HIGH, half)));
    __m256i t = _mm256_or_si256(
        _mm256_cmpgt_epi32(line_8(g, VOL_LINE_FROM, half), _mm256_set1_epi32(b->until[k])),
        _mm256_cmpgt_epi32(_mm256_set1_epi32(b->from[k]), line_8(g, VOL_LINE_UNTIL, half)));
    __m256i corner = _mm256_or_si256(
        _mm256_cmpgt_epi32(_mm256_set1_epi32(west), line_8(g, VOL_LINE_WEST, half)),
        _mm256_cmpgt_epi32(_mm256_set1_epi32(south), line_8(g, VOL_LINE_SOUTH, half)));
    __m256i limits = _mm256_or_si256(corner, _mm256_or_si256(z, t));
    return meets_8(_mm256_or_si256(apart_8(g, half, b, k), limits));
}

AVX2 static inline uint32_t box_mask_8(const uint32_t *g, const struct vol_block *b, uint32_t k,
                                       int32_t west, int32_t south)
{
    return box_half_8(g, 0, b, k, west, south) | box_half_8(g, 1, b, k, west, south) << 8;
}

VOL_DEFINE_TESTS(avx2, AVX2, box_mask_8, edge_mask_8)
VOL_DEFINE_PIECE(avx2)
VOL_DEFINE_PASS(avx2)

AVX2 static void sides_avx2(const struct vol_part *ring, const double n[3], double offset,
                            double *sides)
{
    const double *x = vol_row_m(ring, 0);
    const double *y = vol_row_m(ring, 1);
    const double *z = vol_row_m(ring, 2);
    __m256d nx = _mm256_set1_pd(n[0]);
    __m256d ny = _mm256_set1_pd(n[1]);
    __m256d nz = _mm256_set1_pd(n[2]);
    __m256d off = _mm256_set1_pd(offset);
    for (uint32_t i = 0; i < ring->stride; i += 4) {
        __m256d a = _mm256_add_pd(_mm256_mul_pd(nx, _mm256_load_pd(x + i)),
                                  _mm256_mul_pd(ny, _mm256_load_pd(y + i)));
        __m256d b = _mm256_sub_pd(_mm256_mul_pd(nz, _mm256_load_pd(z + i)), off);
        _mm256_storeu_pd(sides + i, _mm256_add_pd(a, b));
    }
}

/* ---- AVX-512 ---- */

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))

AVX512 static inline __m512i line_16(const uint32_t *group, uint32_t line)
{
    return _mm512_load_si512(group + line * LINE);
}

AVX512 static inline uint32_t edge_mask_16(const uint32_t *g, const struct vol_block *b, uint32_t k)
{
    __mmask16 x = _mm512_cmple_epi32_mask(line_16(g, VOL_LINE_WEST), _mm512_set1_epi32(b->east[k]));
    __mmask16 y =
        _mm512_cmple_epi32_mask(line_16(g, VOL_LINE_SOUTH), _mm512_set1_epi32(b->north[k]));
    x = _mm512_mask_cmpge_epi32_mask(x, line_16(g, VOL_LINE_EAST), _mm512_set1_epi32(b->west[k]));
    y = _mm512_mask_cmpge_epi32_mask(y, line_16(g, VOL_LINE_NORTH), _mm512_set1_epi32(b->south[k]));
    return x & y;
}

AVX512 static inline uint32_t box_mask_16(const uint32_t *g, const struct vol_block *b, uint32_t k,
                                          int32_t west, int32_t south)
{
    __m512i wests = line_16(g, VOL_LINE_WEST);
    __m512i souths = line_16(g, VOL_LINE_SOUTH);
    __mmask16 x = _mm512_cmple_epi32_mask(wests, _mm512_set1_epi32(b->east[k]));
    __mmask16 y = _mm512_cmple_epi32_mask(souths, _mm512_set1_epi32(b->north[k]));
    __mmask16 z = _mm512_cmple_epi32_mask(line_16(g, VOL_LINE_LOW), _mm512_set1_epi32(b->high[k]));
    __mmask16 t =
        _mm512_cmple_epi32_mask(line_16(g, VOL_LINE_FROM), _mm512_set1_epi32(b->until[k]));
    __mmask16 c = _mm512_cmpge_epi32_mask(wests, _mm512_set1_epi32(west));
    x = _mm512_mask_cmpge_epi32_mask(x, line_16(g, VOL_LINE_EAST), _mm512_set1_epi32(b->west[k]));
    y = _mm512_mask_cmpge_epi32_mask(y, line_16(g, VOL_LINE_NORTH), _mm512_set1_epi32(b->south[k]));
    z = _mm512_mask_cmpge_epi32_mask(z, line_16(g, VOL_LINE_HIGH), _mm512_set1_epi32(b->low[k]));
    t = _mm512_mask_cmpge_epi32_mask(t, line_16(g, VOL_LINE_UNTIL), _mm512_set1_epi32(b->from[k]));
    c = _mm512_mask_cmpge_epi32_mask(c, souths, _mm512_set1_epi32(south));
    return x & y & z & t & c;
}

VOL_DEFINE_TESTS(avx512, AVX512, box_mask_16, edge_mask_16)
VOL_DEFINE_PIECE(avx512)

/* The cells of four pieces, of which each has two rows and two columns at most: a lane each. */
struct four {
    __m512i cell, piece, west, south;
    __mmask16 is_there;
};

AVX512 static inline __m512i thrice(const int32_t *four)
{
    const __m512i lanes = _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)four);
    return _mm512_permutexvar_epi32(lanes, _mm512_castsi128_si512(v));
}

AVX512 static inline bool are_plain(const struct vol_block *b, uint32_t i)
{
    const __m128i one = _mm_set1_epi32(1);
    __m128i rows =
        _mm_sub_epi32(_mm_loadu_si128((const __m128i *)(const void *)(b->north_row + i)),
                      _mm_loadu_si128((const __m128i *)(const void *)(b->south_row + i)));
    __m128i columns =
        _mm_sub_epi32(_mm_loadu_si128((const __m128i *)(const void *)(b->east_column + i)),
                      _mm_loadu_si128((const __m128i *)(const void *)(b->west_column + i)));
    return _mm_cmpgt_epi32_mask(_mm_max_epi32(rows, columns), one) == 0;
}

AVX512 static inline struct four four_of(const struct vol_block *b, uint32_t i)
{
    const __mmask16 second_column = 0xaaaa;
    const __mmask16 second_row = 0xcccc;
    const __m512i size = _mm512_set1_epi32(VOL_CELL_E7);
    const __m512i none = _mm512_set1_epi32(INT32_MIN);
    __m512i r0 = thrice(b->south_row + i);
    __m512i c0 = thrice(b->west_column + i);
    __m512i row = _mm512_mask_blend_epi32(second_row, r0, thrice(b->north_row + i));
    __m512i column = _mm512_mask_blend_epi32(second_column, c0, thrice(b->east_column + i));
    __mmask16 is_twice = _mm512_mask_cmpeq_epi32_mask(second_row, row, r0)
                         | _mm512_mask_cmpeq_epi32_mask(second_column, column, c0);
    struct four f = {.is_there = (__mmask16)~is_twice};
    f.cell = _mm512_add_epi32(_mm512_mullo_epi32(row, _mm512_set1_epi32(VOL_COLUMNS)), column);
    f.piece = _mm512_add_epi32(_mm512_set1_epi32((int32_t)i),
                               _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3));
    // Products of more than 31 bits run over and come back with the difference.
    f.west = _mm512_mask_sub_epi32(none, second_column, _mm512_mullo_epi32(column, size),
                                   _mm512_set1_epi32((int32_t)OVF_GEO_HALF_E7));
    f.south = _mm512_mask_sub_epi32(none, second_row, _mm512_mullo_epi32(row, size),
                                    _mm512_set1_epi32(OVF_GEO_POLE_E7));
    return f;
}

AVX512 static inline void add_four(const struct four *f, const uint32_t *first, struct visits *v)
{
    __m512i place = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), f->is_there, f->cell,
                                                (const int *)(const void *)first, 8);
    __mmask16 is_there = _mm512_test_epi32_mask(place, place);
    _mm512_storeu_si512(v->place + v->count, _mm512_maskz_compress_epi32(is_there, place));
    _mm512_storeu_si512(v->piece + v->count, _mm512_maskz_compress_epi32(is_there, f->piece));
    _mm512_storeu_si512(v->west + v->count, _mm512_maskz_compress_epi32(is_there, f->west));
    _mm512_storeu_si512(v->south + v->count, _mm512_maskz_compress_epi32(is_there, f->south));
    v->count += (uint32_t)__builtin_popcount(is_there);
}

AVX512 static uint32_t avx512_pass(const ovf_volumes_view *view, const struct vol_block *b,
                                   uint32_t from, uint32_t until, uint32_t many,
                                   struct vol_hits *box_hits, struct vol_hits *edge_hits)
{
    struct visits boxes, edges;
    uint32_t i = from;
    bool has_wide = view->top[VOL_WIDE].boxes != 0;
    boxes.count = edges.count = 0;
    while (i < until && box_hits->count < many && edge_hits->count < many) {
        if (has_wide || until - i < 4 || !are_plain(b, i)) {
            avx512_piece(view, b, i, &boxes, &edges, box_hits, edge_hits);
            i++;
        } else {
            struct four f = four_of(b, i);
            add_four(&f, &view->top[0].boxes, &boxes);
            if (view->cells != NULL)
                add_four(&f, &view->top[0].edges, &edges);
            i += 4;
        }
        if (boxes.count > VISITS - 16)
            avx512_boxes(view, b, &boxes, box_hits);
        if (edges.count > VISITS - 16)
            avx512_edges(view, b, &edges, edge_hits);
    }
    avx512_boxes(view, b, &boxes, box_hits);
    avx512_edges(view, b, &edges, edge_hits);
    return i;
}

AVX512 static void sides_avx512(const struct vol_part *ring, const double n[3], double offset,
                                double *sides)
{
    const double *x = vol_row_m(ring, 0);
    const double *y = vol_row_m(ring, 1);
    const double *z = vol_row_m(ring, 2);
    __m512d nx = _mm512_set1_pd(n[0]);
    __m512d ny = _mm512_set1_pd(n[1]);
    __m512d nz = _mm512_set1_pd(n[2]);
    __m512d off = _mm512_set1_pd(offset);
    for (uint32_t i = 0; i < ring->stride; i += 8) {
        __m512d a = _mm512_add_pd(_mm512_mul_pd(nx, _mm512_load_pd(x + i)),
                                  _mm512_mul_pd(ny, _mm512_load_pd(y + i)));
        __m512d b = _mm512_sub_pd(_mm512_mul_pd(nz, _mm512_load_pd(z + i)), off);
        _mm512_storeu_pd(sides + i, _mm512_add_pd(a, b));
    }
}

vol_pass *vol_pass_of(ovf_cells_engine engine)
{
    return engine == OVF_CELLS_AVX512 ? avx512_pass
           : engine == OVF_CELLS_AVX2 ? avx2_pass
                                      : portable_pass;
}

vol_sides *vol_sides_of(ovf_cells_engine engine)
{
    return engine == OVF_CELLS_AVX512 ? sides_avx512
           : engine == OVF_CELLS_AVX2 ? sides_avx2
                                      : sides_plain;
}

#else

vol_pass *vol_pass_of(ovf_cells_engine engine)
{
    (void)engine;
    return portable_pass;
}

vol_sides *vol_sides_of(ovf_cells_engine engine)
{
    (void)engine;
    return sides_plain;
}

#endif
