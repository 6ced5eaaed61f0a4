/* SPDX-License-Identifier: Apache-2.0 */
/* Border records taken apart into members and links (this piece bounds that member), and put
 * together again, in as many records as they need. */
#include "cells_internal.h"

#include <stdlib.h>
#include <string.h>

#define BORDER_MEMBERS_MAX 100000u

void cells_border_done(struct cells_border *border)
{
    free(border->members);
    free(border->starts);
    free(border->links);
    *border = (struct cells_border){0};
}

void cells_border_member(struct cells_border *border, uint32_t member, bool starts)
{
    if (border->member_count == border->member_capacity) {
        uint32_t capacity = border->member_capacity * 2 + 32;
        uint32_t *members = realloc(border->members, capacity * sizeof *members);
        if (members != NULL)
            border->members = members;
        bool *bits = realloc(border->starts, capacity * sizeof *bits);
        if (bits != NULL)
            border->starts = bits;
        if (members == NULL || bits == NULL || capacity > BORDER_MEMBERS_MAX) {
            border->status = OVF_E_NOMEM;
            return;
        }
        border->member_capacity = capacity;
    }
    border->members[border->member_count] = member;
    border->starts[border->member_count] = starts;
    border->member_count++;
}

void cells_border_link(struct cells_border *border, uint32_t piece, uint32_t member)
{
    if (border->link_count == border->link_capacity) {
        uint32_t capacity = border->link_capacity * 2 + 64;
        struct cells_link *links = realloc(border->links, capacity * sizeof *links);
        if (links == NULL) {
            border->status = OVF_E_NOMEM;
            return;
        }
        border->links = links;
        border->link_capacity = capacity;
    }
    border->links[border->link_count++] = (struct cells_link){piece, member};
}

void cells_border_read(const struct cells_store *store, uint32_t value, struct cells_border *out)
{
    out->member_count = out->link_count = 0;
    if ((value & CELLS_TAG) == CELLS_SET) {
        out->base = value;
        return;
    }
    for (uint32_t place = value & CELLS_PLACE; place != 0;) {
        const uint32_t *record = store->words + place;
        const uint32_t *list = store->words + record[CELLS_BORDER_LIST];
        const uint32_t *pieces = record + CELLS_BORDER_PIECES;
        uint32_t first = out->member_count;
        uint32_t members = list[CELLS_LIST_COUNT];
        bool is_narrow = members <= CELLS_TABLE_MEMBERS;
        out->base = list[CELLS_LIST_BASE];
        for (uint32_t m = 0; m < members; m++)
            cells_border_member(out, list[CELLS_LIST_MEMBERS + m],
                                (record[CELLS_BORDER_START] >> m & 1) != 0);
        for (uint32_t i = 0; i < record[CELLS_BORDER_COUNT]; i++) {
            uint32_t piece = is_narrow ? pieces[i] >> 4 : pieces[2 * i];
            uint32_t mask = is_narrow ? pieces[i] & 15 : pieces[2 * i + 1];
            for (; mask != 0; mask &= mask - 1)
                cells_border_link(out, piece, first + (uint32_t)__builtin_ctz(mask));
        }
        place = record[CELLS_BORDER_NEXT];
    }
}

static int by_piece(const void *a, const void *b)
{
    const struct cells_link *left = a;
    const struct cells_link *right = b;
    return (left->piece > right->piece) - (left->piece < right->piece);
}

/* Few links, nearly sorted: what is there comes first. */
static void sort_links(struct cells_border *border)
{
    if (border->link_count > 64) {
        qsort(border->links, border->link_count, sizeof *border->links, by_piece);
        return;
    }
    for (uint32_t i = 1; i < border->link_count; i++) {
        struct cells_link link = border->links[i];
        uint32_t k = i;
        for (; k > 0 && border->links[k - 1].piece > link.piece; k--)
            border->links[k] = border->links[k - 1];
        border->links[k] = link;
    }
}

/* One record of the chain: members [first, first + count). */
static uint32_t write_record(struct cells_writer *w, const struct cells_border *border,
                             uint32_t first, uint32_t count, uint32_t next)
{
    uint32_t list = cells_list_of(w, border->base, border->members + first, count);
    uint32_t place =
        list == CELLS_NONE ? 0 : cells_words(w, CELLS_BORDER_PIECES + 2 * border->link_count, 1);
    if (place == 0)
        return 0;
    uint32_t *record = w->store->words + place;
    bool is_narrow = count <= CELLS_TABLE_MEMBERS;
    uint32_t used = 0;
    for (uint32_t i = 0; i < border->link_count;) {
        uint32_t piece = border->links[i].piece;
        uint32_t mask = 0;
        for (; i < border->link_count && border->links[i].piece == piece; i++)
            if (border->links[i].member - first < count)
                mask |= 1u << (border->links[i].member - first);
        if (mask == 0)
            continue;
        uint32_t *at = record + CELLS_BORDER_PIECES + (is_narrow ? used : 2 * used);
        if (is_narrow) {
            at[0] = piece << 4 | mask;
        } else {
            at[0] = piece;
            at[1] = mask;
        }
        used++;
    }
    record[CELLS_BORDER_LIST] = list;
    record[CELLS_BORDER_COUNT] = used;
    record[CELLS_BORDER_START] = 0;
    for (uint32_t m = 0; m < count; m++)
        record[CELLS_BORDER_START] |= (uint32_t)border->starts[first + m] << m;
    record[CELLS_BORDER_NEXT] = next;
    w->store->word_count = place + CELLS_BORDER_PIECES + (is_narrow ? used : 2 * used);
    return place;
}

uint32_t cells_border_write(struct cells_writer *w, struct cells_border *border)
{
    if (border->status != OVF_OK) {
        w->is_full = true;
        return CELLS_NONE;
    }
    if (border->member_count == 0)
        return border->base;
    sort_links(border);
    uint32_t next = 0;
    uint32_t first = (border->member_count - 1) / CELLS_MEMBERS_MAX * CELLS_MEMBERS_MAX;
    for (;; first -= CELLS_MEMBERS_MAX) {
        uint32_t count = border->member_count - first;
        count = count < CELLS_MEMBERS_MAX ? count : CELLS_MEMBERS_MAX;
        next = write_record(w, border, first, count, next);
        if (next == 0)
            return CELLS_NONE;
        if (first == 0)
            return CELLS_BORDER | next;
    }
}
