/* SPDX-License-Identifier: Apache-2.0 */
/* Notices read to every depth and in both ways. Held: the items say the same however deep the reading
 * goes; one at a time gives what
 * the whole record gives. */
#include "notice_fuzz.h"

struct reading {
    const ovf_notice *notices;
    size_t count, at;
    bool is_same;
};

static bool is_level_same(ovf_level a, ovf_level b)
{
    return a.ref == b.ref && a.value_ft == b.value_ft;
}

static bool is_head_same(const ovf_notice *a, const ovf_notice *b)
{
    return a->form == b->form && a->kind == b->kind && ovf_str_eq(a->id, b->id)
           && ovf_str_eq(a->refers_to, b->refers_to) && ovf_str_eq(a->locations, b->locations)
           && ovf_str_eq(a->q_fir, b->q_fir) && ovf_str_eq(a->qcode, b->qcode)
           && is_level_same(a->q_lower, b->q_lower) && is_level_same(a->q_upper, b->q_upper)
           && a->has_q_circle == b->has_q_circle && ovf_str_eq(a->schedule, b->schedule)
           && ovf_str_eq(a->text, b->text) && ovf_str_eq(a->raw, b->raw)
           && ovf_str_eq(a->lower_text, b->lower_text) && ovf_str_eq(a->upper_text, b->upper_text);
}

static ovf_status see(void *context, const ovf_notice *notice)
{
    struct reading *r = context;
    if (r->at >= r->count || !is_head_same(&r->notices[r->at], notice))
        r->is_same = false;
    r->at++;
    return OVF_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ovf_str text = {(const char *)data, size};
    ovf_arena arena, each;
    ovf_arena_init(&arena, (size_t)1 << 26);
    ovf_arena_init(&each, (size_t)1 << 26);
    ovf_notice *deep[3] = {NULL};
    size_t count[3] = {0};
    bool is_read = true;
    for (ovf_notice_depth depth = OVF_DEPTH_FULL; depth <= OVF_DEPTH_HEAD; depth++) {
        ovf_notice_options options = {.depth = depth};
        is_read = ovf_notice_read(NULL, text, &options, &arena, &deep[depth], &count[depth], NULL)
                      == OVF_OK
                  && is_read;
    }
    if (is_read) {
        hold(count[OVF_DEPTH_HEAD] == count[OVF_DEPTH_FULL]
             && count[OVF_DEPTH_GEOMETRY] == count[OVF_DEPTH_FULL]);
        for (size_t i = 0; i < count[0]; i++) {
            check_notice(&deep[OVF_DEPTH_GEOMETRY][i], size);
            check_notice(&deep[OVF_DEPTH_HEAD][i], size);
            hold(is_head_same(&deep[OVF_DEPTH_FULL][i], &deep[OVF_DEPTH_HEAD][i]));
            hold(is_head_same(&deep[OVF_DEPTH_FULL][i], &deep[OVF_DEPTH_GEOMETRY][i]));
        }
        // Parts that stand apart are joined only when the record is read as a whole.
        bool has_parts = false;
        for (size_t i = 0; i < count[0]; i++)
            has_parts = has_parts || deep[OVF_DEPTH_FULL][i].part_of > 0;
        struct reading r = {deep[OVF_DEPTH_FULL], count[OVF_DEPTH_FULL], 0, true};
        if (ovf_notice_read_each(NULL, text, NULL, &each, see, &r, NULL) == OVF_OK && !has_parts)
            hold(r.is_same && r.at == r.count);
    }
    (void)read_notices;
    ovf_arena_done(&each);
    ovf_arena_done(&arena);
    return 0;
}
