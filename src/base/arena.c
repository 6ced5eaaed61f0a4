/* SPDX-License-Identifier: Apache-2.0 */
/* An arena is a list of blocks, newest first; each block is filled from its front. */
#include <overfly/base.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_MIN_BYTES ((size_t)16 * 1024)
#define BLOCK_MAX_BYTES ((size_t)1024 * 1024)

struct ovf_arena_block {
    struct ovf_arena_block *next;
    size_t used;
    size_t capacity;
    max_align_t data[];
};

void ovf_arena_init(ovf_arena *arena, size_t limit)
{
    *arena = (ovf_arena){.limit = limit == 0 ? OVF_ARENA_DEFAULT_LIMIT : limit};
}

static void free_blocks(struct ovf_arena_block *block)
{
    while (block != NULL) {
        struct ovf_arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void ovf_arena_reset(ovf_arena *arena)
{
    struct ovf_arena_block *kept = arena->blocks;
    if (kept == NULL)
        return;
    free_blocks(kept->next);
    kept->next = NULL;
    kept->used = 0;
    arena->held = sizeof(*kept) + kept->capacity;
}

void ovf_arena_done(ovf_arena *arena)
{
    free_blocks(arena->blocks);
    *arena = (ovf_arena){.limit = arena->limit};
}

bool ovf_arena_take(ovf_arena *arena, ovf_arena *from)
{
    size_t limit = arena->limit == 0 ? OVF_ARENA_DEFAULT_LIMIT : arena->limit;
    struct ovf_arena_block *last = from->blocks;
    if (last == NULL)
        return true;
    if (from->held > limit || arena->held > limit - from->held)
        return false;
    while (last->next != NULL)
        last = last->next;
    // Behind the block that is being filled.
    if (arena->blocks == NULL) {
        arena->blocks = from->blocks;
    } else {
        last->next = arena->blocks->next;
        arena->blocks->next = from->blocks;
    }
    arena->held += from->held;
    *from = (ovf_arena){.limit = from->limit};
    return true;
}

static struct ovf_arena_block *add_block(ovf_arena *arena, size_t bytes)
{
    size_t limit = arena->limit == 0 ? OVF_ARENA_DEFAULT_LIMIT : arena->limit;
    size_t capacity = arena->blocks == NULL ? BLOCK_MIN_BYTES : arena->blocks->capacity * 2;
    if (capacity > BLOCK_MAX_BYTES)
        capacity = BLOCK_MAX_BYTES;
    if (capacity < bytes)
        capacity = bytes;
    size_t total = sizeof(struct ovf_arena_block) + capacity;
    if (total > limit || arena->held > limit - total)
        return NULL;
    struct ovf_arena_block *block = malloc(total);
    if (block == NULL)
        return NULL;
    *block = (struct ovf_arena_block){.next = arena->blocks, .capacity = capacity};
    arena->blocks = block;
    arena->held += total;
    return block;
}

static size_t rounded(size_t bytes)
{
    const size_t align = sizeof(max_align_t);
    return bytes == 0 ? align : (bytes + align - 1) / align * align;
}

void *ovf_arena_alloc(ovf_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > (SIZE_MAX / 4) / size)
        return NULL;
    size_t bytes = rounded(count * size);
    struct ovf_arena_block *block = arena->blocks;
    if (block == NULL || block->capacity - block->used < bytes)
        block = add_block(arena, bytes);
    if (block == NULL)
        return NULL;
    void *out = (char *)block->data + block->used;
    block->used += bytes;
    memset(out, 0, bytes);
    return out;
}

ovf_str ovf_arena_dup(ovf_arena *arena, ovf_str s)
{
    char *copy = ovf_arena_alloc(arena, s.len + 1, 1);
    if (copy == NULL)
        return (ovf_str){NULL, 0};
    if (s.len > 0)
        memcpy(copy, s.ptr, s.len);
    return (ovf_str){copy, s.len};
}

ovf_str ovf_arena_printf(ovf_arena *arena, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len < 0)
        return (ovf_str){NULL, 0};
    char *text = ovf_arena_alloc(arena, (size_t)len + 1, 1);
    if (text == NULL)
        return (ovf_str){NULL, 0};
    va_start(args, fmt);
    vsnprintf(text, (size_t)len + 1, fmt, args);
    va_end(args);
    return (ovf_str){text, (size_t)len};
}

/* What was allocated last grows where it is: no copy, and nothing left behind. */
static bool grows_in_place(ovf_arena *arena, const void *items, size_t had, size_t wanted)
{
    struct ovf_arena_block *block = arena->blocks;
    if (block == NULL || items == NULL || had == 0)
        return false;
    size_t more = rounded(wanted) - rounded(had);
    bool is_last = (const char *)items + rounded(had) == (const char *)block->data + block->used
                   && (const char *)items >= (const char *)block->data;
    if (!is_last || block->capacity - block->used < more)
        return false;
    memset((char *)block->data + block->used, 0, more);
    block->used += more;
    return true;
}

bool ovf_arena_grow(ovf_arena *arena, void **items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return true;
    size_t wanted = *capacity == 0 ? 8 : *capacity * 2;
    if (size != 0 && wanted > (SIZE_MAX / 4) / size)
        return false;
    if (grows_in_place(arena, *items, *capacity * size, wanted * size)) {
        *capacity = wanted;
        return true;
    }
    void *grown = ovf_arena_alloc(arena, wanted, size);
    if (grown == NULL)
        return false;
    if (count > 0 && *items != NULL)
        memcpy(grown, *items, count * size);
    *items = grown;
    *capacity = wanted;
    return true;
}
