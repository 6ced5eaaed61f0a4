/* SPDX-License-Identifier: Apache-2.0 */
/* Law that stands without a notice (data/authority/law.txt) comes into the picture as what it would
 * say in one: after the chains are resolved, since it replaces nothing and no checklist names it. */
#include "restriction_internal.h"

ovf_status picture_add_law(ovf_picture *picture, ovf_error *err)
{
    ovf_interval window = picture->options.window;
    bool has_window = window.until > window.from;
    struct picture_source *source = ovf_arena_array(&picture->arena, struct picture_source, 1);
    if (source == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the law");
    source->source = (ovf_source){.name = OVF_STR("authority/law.txt"), .known = OVF_TIME_NONE};
    for (size_t i = 0; i < ovf_rulebook_law_count(picture->book); i++) {
        const ovf_notice *notice = ovf_rulebook_law(picture->book, i)->notice;
        ovf_interval in_force = {notice->valid_from, notice->valid_until};
        if (notice->valid_from > picture->options.as_of
            || (has_window
                && (in_force.until <= window.from || in_force.from >= window.until)))
            continue;
        if (!ovf_arena_grow(&picture->arena, (void **)&picture->notices, picture->notice_count,
                            &picture->notice_capacity, sizeof(*picture->notices)))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the law");
        picture->notices[picture->notice_count++] = (struct picture_notice){
            .notice = notice,
            .source = &source->source,
            .standing = {.in_force = in_force, .estimated_end = OVF_TIME_NONE}};
    }
    return OVF_OK;
}
