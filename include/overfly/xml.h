/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/xml.h - XML 1.0 as elements with their places in the document, read piece by piece.
 * Room: base.  Uses: expat.  A document type, and with it every entity of one's own and every
 * reference to another file, is refused; nesting, elements, attributes and text have ceilings. */
#ifndef OVERFLY_XML_H
#define OVERFLY_XML_H

#include <overfly/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ovf_xml_attr {
    ovf_str name; /* without its namespace */
    ovf_str value;
    struct ovf_xml_attr *next;
} ovf_xml_attr;

typedef struct ovf_xml {
    ovf_str name; /* without its namespace */
    ovf_str text; /* all character data directly inside, trimmed; pieces joined by a blank */
    /* map[i]: the byte of the document that text.ptr[i] stands at; NULL unless asked for. */
    const uint32_t *map;
    ovf_xml_attr *attributes;
    struct ovf_xml *parent, *first, *last, *next;
    size_t line;    /* from 1 */
    size_t room;    /* private */
    size_t at, end; /* bytes of the document: from '<' to behind the end tag; end 0: it broke off */
} ovf_xml;

#define OVF_XML_DEPTH 64
#define OVF_XML_MAX_ELEMENTS 20000000
#define OVF_XML_MAX_ATTRIBUTE 65536 /* bytes of one start tag's names and values */

/* What to read, and how much of it. A zero stands for the default. */
typedef struct ovf_xml_options {
    /* Elements of these names (a NULL at the end) are kept with all that is in them; of the others
     * only the fact that they were there. */
    const char *const *kept;
    uint32_t max_depth;
    size_t max_elements;
    bool with_map;
    size_t base; /* added to every position: of a document that lies within something larger */
    /* Called at the end of each kept element, which is then taken off the tree: its memory is
     * `scratch`, emptied behind the call. The one in which the document broke off comes too: its
     * `end` is 0, and so is that of whatever in it is not whole. false: OVF_E_NOMEM. */
    bool (*each)(void *data, const ovf_xml *element);
    void *data;
    ovf_arena *scratch;
} ovf_xml_options;

/* *out: a node without a name whose children are the kept elements; with `each` there are none.
 * OVF_E_SYNTAX with err->pos, OVF_E_LIMIT, OVF_E_NOMEM: *out then holds what was whole before
 * (of the element that broke off nothing), or is NULL. */
OVF_API OVF_NODISCARD ovf_status ovf_xml_read(ovf_str text, const ovf_xml_options *options,
                                              ovf_arena *arena, ovf_xml **out, ovf_error *err);
/* The first child of that name, the next sibling of that name; NULL name: any. node may be NULL. */
OVF_API const ovf_xml *ovf_xml_child(const ovf_xml *node, const char *name);
OVF_API const ovf_xml *ovf_xml_next(const ovf_xml *node, const char *name);
/* The next element in the order of the document within root; NULL behind the last. */
OVF_API const ovf_xml *ovf_xml_following(const ovf_xml *node, const ovf_xml *root);
/* The first element of that name anywhere below; NULL. */
OVF_API const ovf_xml *ovf_xml_within(const ovf_xml *node, const char *name);
/* Empty when it is not there. */
OVF_API ovf_str ovf_xml_text(const ovf_xml *node, const char *child);
OVF_API ovf_str ovf_xml_attribute(const ovf_xml *node, const char *name);
OVF_API bool ovf_xml_is(const ovf_xml *node, const char *name);

#ifdef __cplusplus
}
#endif
#endif
