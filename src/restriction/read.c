/* SPDX-License-Identifier: Apache-2.0 */
/* Notices of a document into the picture's memory. */
#include "restriction_internal.h"

ovf_status picture_read(ovf_picture *picture, ovf_str document, const ovf_source *source,
                        ovf_notice **out, size_t *count, ovf_error *err)
{
    const ovf_notice_options options = {.window = picture->options.window,
                                        .received = source->known};
    return ovf_notice_read(picture->world, document, &options, &picture->store->arena, out, count,
                           err);
}
