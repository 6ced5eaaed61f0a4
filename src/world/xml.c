/* SPDX-License-Identifier: Apache-2.0 */
/* XML into a tree of elements with expat: what is not asked for is passed over, a document type ends
 * the reading. */
#include "airspace_internal.h"

#include <expat.h>

#include <string.h>

#define SEPARATOR '|'
#define SLICE_BYTES ((size_t)1 << 26)

struct reading {
    XML_Parser parser;
    ovf_arena *arena;
    const char *const *kept;
    uint32_t depth, max_depth;
    struct world_xml *root;
    struct world_xml *here; /* the innermost kept element */
    ovf_buf text;           /* of `here`, so far since its last child */
    ovf_status status;
    const char *why;
};

static void stop(struct reading *reading, ovf_status status, const char *why)
{
    if (reading->status == OVF_OK) {
        reading->status = status;
        reading->why = why;
        XML_StopParser(reading->parser, XML_FALSE);
    }
}

/* "http://www.opengis.net/gml/3.2|pos" without what stands before the bar. */
static ovf_str local_name(const char *name)
{
    const char *bar = strrchr(name, SEPARATOR);
    return ovf_str_of(bar == NULL ? name : bar + 1);
}

static bool is_kept(const struct reading *reading, ovf_str name)
{
    for (size_t i = 0; reading->kept[i] != NULL; i++)
        if (ovf_str_eq(name, ovf_str_of(reading->kept[i])))
            return true;
    return false;
}

/* Adds what has been read of the text of the element at hand. */
static void flush_text(struct reading *reading)
{
    ovf_str more = ovf_str_trim(ovf_buf_str(&reading->text));
    struct world_xml *here = reading->here;
    if (reading->text.failed)
        stop(reading, OVF_E_NOMEM, "no memory for the document");
    if (more.len > 0) {
        here->text = here->text.len == 0 ? ovf_arena_dup(reading->arena, more)
                                         : ovf_arena_printf(reading->arena, OVF_FMT " " OVF_FMT,
                                                            OVF_ARG(here->text), OVF_ARG(more));
        if (here->text.ptr == NULL)
            stop(reading, OVF_E_NOMEM, "no memory for the document");
    }
    ovf_buf_reset(&reading->text);
}

static void add_attributes(struct reading *reading, struct world_xml *node, const char **pairs)
{
    for (size_t i = 0; pairs[i] != NULL; i += 2) {
        struct world_xml_attribute *attribute =
            ovf_arena_array(reading->arena, struct world_xml_attribute, 1);
        if (attribute == NULL) {
            stop(reading, OVF_E_NOMEM, "no memory for the document");
            return;
        }
        attribute->name = ovf_arena_dup(reading->arena, local_name(pairs[i]));
        attribute->value = ovf_arena_dup(reading->arena, ovf_str_of(pairs[i + 1]));
        attribute->next = node->attributes;
        node->attributes = attribute;
    }
}

static void on_start(void *data, const char *name, const char **attributes)
{
    struct reading *reading = data;
    reading->depth++;
    if (reading->depth > reading->max_depth) {
        stop(reading, OVF_E_LIMIT, "elements nested too deep");
        return;
    }
    ovf_str local = local_name(name);
    if (reading->here == reading->root && !is_kept(reading, local))
        return;
    flush_text(reading);
    struct world_xml *node = ovf_arena_array(reading->arena, struct world_xml, 1);
    if (node == NULL) {
        stop(reading, OVF_E_NOMEM, "no memory for the document");
        return;
    }
    node->name = ovf_arena_dup(reading->arena, local);
    node->parent = reading->here;
    node->line = XML_GetCurrentLineNumber(reading->parser);
    add_attributes(reading, node, attributes);
    if (node->parent->last == NULL)
        node->parent->first = node;
    else
        node->parent->last->next = node;
    node->parent->last = node;
    reading->here = node;
}

static void on_end(void *data, const char *name)
{
    struct reading *reading = data;
    reading->depth--;
    OVF_UNUSED(name);
    if (reading->here == reading->root)
        return;
    flush_text(reading);
    reading->here = reading->here->parent;
}

static void on_text(void *data, const char *bytes, int count)
{
    struct reading *reading = data;
    if (reading->here != reading->root)
        ovf_buf_add(&reading->text, (ovf_str){bytes, (size_t)count});
}

static void on_doctype(void *data, const char *name, const char *system, const char *public,
                       int has_subset)
{
    OVF_UNUSED(name);
    OVF_UNUSED(system);
    OVF_UNUSED(public);
    OVF_UNUSED(has_subset);
    stop(data, OVF_E_SYNTAX, "a document type is not read: its entities may grow without end");
}

static ovf_status parse(struct reading *reading, ovf_str text, ovf_error *err)
{
    enum XML_Status status = XML_STATUS_OK;
    for (size_t at = 0; status == XML_STATUS_OK && (at < text.len || at == 0);) {
        size_t count = text.len - at < SLICE_BYTES ? text.len - at : SLICE_BYTES;
        at += count;
        status = XML_Parse(reading->parser, text.ptr + at - count, (int)count, at == text.len);
        if (count == 0)
            break;
    }
    if (status == XML_STATUS_OK && reading->status == OVF_OK)
        return OVF_OK;
    long long pos = (long long)XML_GetCurrentByteIndex(reading->parser);
    size_t at = pos < 0 || (size_t)pos > text.len ? text.len : (size_t)pos;
    if (reading->status != OVF_OK)
        return ovf_fail(err, reading->status, at, "%s", reading->why);
    enum XML_Error code = XML_GetErrorCode(reading->parser);
    return ovf_fail(err, code == XML_ERROR_NO_MEMORY ? OVF_E_NOMEM : OVF_E_SYNTAX, at, "%.100s",
                    XML_ErrorString(code));
}

ovf_status world_xml_read(ovf_str text, const char *const *kept, uint32_t max_depth,
                          ovf_arena *arena, struct world_xml **out, ovf_error *err)
{
    struct reading reading = {.arena = arena, .kept = kept, .max_depth = max_depth};
    reading.root = ovf_arena_array(arena, struct world_xml, 1);
    reading.here = reading.root;
    reading.parser = reading.root == NULL ? NULL : XML_ParserCreateNS(NULL, SEPARATOR);
    if (reading.parser == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the document");
    XML_SetUserData(reading.parser, &reading);
    XML_SetElementHandler(reading.parser, on_start, on_end);
    XML_SetCharacterDataHandler(reading.parser, on_text);
    XML_SetStartDoctypeDeclHandler(reading.parser, on_doctype);
    ovf_status status = parse(&reading, text, err);
    XML_ParserFree(reading.parser);
    ovf_buf_done(&reading.text);
    if (status == OVF_OK)
        *out = reading.root;
    return status;
}

/* ---- asking ---- */

bool world_xml_is(const struct world_xml *node, const char *name)
{
    return node != NULL && ovf_str_eq(node->name, ovf_str_of(name));
}

static const struct world_xml *from(const struct world_xml *node, const char *name)
{
    while (node != NULL && name != NULL && !world_xml_is(node, name))
        node = node->next;
    return node;
}

const struct world_xml *world_xml_child(const struct world_xml *node, const char *name)
{
    return node == NULL ? NULL : from(node->first, name);
}

const struct world_xml *world_xml_next(const struct world_xml *node, const char *name)
{
    return node == NULL ? NULL : from(node->next, name);
}

ovf_str world_xml_text(const struct world_xml *node, const char *child)
{
    const struct world_xml *found = world_xml_child(node, child);
    return found == NULL ? OVF_STR("") : found->text;
}

ovf_str world_xml_attribute(const struct world_xml *node, const char *name)
{
    for (const struct world_xml_attribute *a = node == NULL ? NULL : node->attributes; a != NULL;
         a = a->next)
        if (ovf_str_eq(a->name, ovf_str_of(name)))
            return a->value;
    return OVF_STR("");
}
