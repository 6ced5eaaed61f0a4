/* SPDX-License-Identifier: Apache-2.0 */
/* xml.h - XML as a tree of elements, for documents whose parts point at each other. expat reads it;
 * a document type, and with it every entity of one's own, is refused. */
#ifndef OVERFLY_WORLD_XML_H
#define OVERFLY_WORLD_XML_H

#include <overfly/base.h>

struct world_xml_attribute {
    ovf_str name; /* without its namespace */
    ovf_str value;
    struct world_xml_attribute *next;
};

struct world_xml {
    ovf_str name; /* without its namespace */
    ovf_str text; /* all character data directly inside, trimmed */
    struct world_xml_attribute *attributes;
    struct world_xml *parent, *first, *last, *next;
    size_t line; /* from 1 */
};

/* Elements of these names (a NULL at the end) are kept with all that is in them; of the others
 * only the fact that they were there. *out: a node without a name whose children are the kept
 * elements. OVF_E_SYNTAX with err->pos, OVF_E_LIMIT (nested deeper than max_depth), OVF_E_NOMEM. */
OVF_NODISCARD ovf_status world_xml_read(ovf_str text, const char *const *kept, uint32_t max_depth,
                                        ovf_arena *arena, struct world_xml **out, ovf_error *err);
const struct world_xml *world_xml_child(const struct world_xml *node, const char *name);
/* The next sibling of that name; NULL name: any. */
const struct world_xml *world_xml_next(const struct world_xml *node, const char *name);
ovf_str world_xml_text(const struct world_xml *node,
                       const char *child); /* empty when it is not there */
ovf_str world_xml_attribute(const struct world_xml *node, const char *name);
bool world_xml_is(const struct world_xml *node, const char *name);

#endif
