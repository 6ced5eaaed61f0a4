/* SPDX-License-Identifier: Apache-2.0 */
/* A NOTAM in several parts (AFTN takes 1,800 characters a message): the items of the first, item E
 * of all of them in order, F and G and the trailer of the last, as one text with its way back. */
#include "notice_internal.h"

struct joiner {
    char *text;
    uint32_t *map;
    size_t count;
};

static void append(struct joiner *j, const ovf_draft *part, uint32_t from, uint32_t until)
{
    for (uint32_t i = from; i < until; i++) {
        j->text[j->count] = part->clean.text.ptr[i];
        j->map[j->count++] = ovf_inner_pos(part, i);
    }
}

static void append_break(struct joiner *j, const ovf_draft *part, uint32_t at)
{
    j->text[j->count] = '\n';
    j->map[j->count++] = ovf_inner_pos(part, at);
}

/* Where the items behind E begin: the letter F or G, or the trailer. */
static uint32_t tail_of(const ovf_draft *part)
{
    for (int item = OVF_ITEM_F; item <= OVF_ITEM_G; item++) {
        if (!part->has_item[item])
            continue;
        uint32_t at = part->items[item].from;
        while (at > part->all.from && part->clean.text.ptr[at - 1] != ')')
            at--;
        return at >= 2 ? at - 2 : at;
    }
    return part->trailer;
}

/* Item E, or all behind the number where the form has no items. */
static ovf_range body_of(const ovf_draft *part)
{
    ovf_range e = part->items[OVF_ITEM_E];
    if (e.until > e.from || part->has_item[OVF_ITEM_A] || part->has_item[OVF_ITEM_Q])
        return e;
    return (ovf_range){part->ident.until, part->trailer};
}

bool ovf_join_parts(const ovf_draft *parts, size_t count, ovf_draft *out)
{
    size_t size = 1;
    const ovf_draft *ordered[99] = {0};
    if (count < 2 || count > OVF_COUNTOF(ordered))
        return false;
    int32_t parts_of = 0;
    size_t held = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t part = 0;
        int32_t of = 0;
        bool found = ovf_find_part(&parts[i], parts[i].items[OVF_ITEM_A], &part, &of)
                     || ovf_find_part(&parts[i], parts[i].all, &part, &of);
        if (!found || (parts_of != 0 && of != parts_of))
            return false;
        parts_of = of;
        held += ordered[part - 1] == NULL;
        ordered[part - 1] = &parts[i]; // sent again: the later one counts
        size += parts[i].clean.text.len + 2;
    }
    if (held != (size_t)parts_of)
        return false;
    count = held;
    struct joiner j = {.text = ovf_arena_array(out->arena, char, size),
                       .map = ovf_arena_array(out->arena, uint32_t, size)};
    if (j.text == NULL || j.map == NULL) {
        out->no_memory = true;
        return false;
    }
    const ovf_draft *first = ordered[0];
    const ovf_draft *last = ordered[count - 1];
    uint32_t e_end = body_of(first).until;
    append(&j, first, first->all.from, e_end > 0 ? e_end : first->trailer);
    for (size_t i = 1; i < count; i++) {
        ovf_range e = body_of(ordered[i]);
        append_break(&j, ordered[i], e.from);
        append(&j, ordered[i], e.from, e.until);
    }
    uint32_t tail = tail_of(last);
    append_break(&j, last, tail);
    append(&j, last, tail, last->all.until);
    j.map[j.count] = ovf_inner_pos(last, last->all.until);
    out->clean = (ovf_clean){.text = {j.text, j.count}, .map = j.map};
    out->all = (ovf_range){0, (uint32_t)j.count};
    out->ident =
        (ovf_range){first->ident.from - first->all.from, first->ident.until - first->all.from};
    out->is_joined = true;
    return true;
}
