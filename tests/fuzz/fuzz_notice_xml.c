/* SPDX-License-Identifier: Apache-2.0 */
/* Bulletins, AIXM messages and pages of HTML out of any bytes; and the elements themselves: each lies
 * within its parent. */
#include "notice_fuzz.h"

#include <overfly/xml.h>

static void read_elements(ovf_str text)
{
    static const char *const kept[] = {"Notam", "Event", "a", NULL};
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)1 << 24);
    ovf_xml *root = NULL;
    ovf_error err = {0};
    ovf_xml_options options = {.kept = kept, .with_map = true, .max_depth = 32};
    ovf_status status = ovf_xml_read(text, &options, &arena, &root, &err);
    hold(status == OVF_OK || err.pos == OVF_NOPOS || err.pos <= text.len);
    for (const ovf_xml *n = root == NULL ? NULL : ovf_xml_following(root, root); n != NULL;
         n = ovf_xml_following(n, root)) {
        hold(n->at < n->end && n->end <= text.len);
        hold(n->parent == root || (n->parent->at < n->at && n->end <= n->parent->end));
        for (size_t i = 0; i < n->text.len; i++)
            hold(n->map[i] >= n->at && n->map[i] < n->end);
    }
    ovf_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_notices(data, size);
    read_elements((ovf_str){(const char *)data, size});
    return 0;
}
