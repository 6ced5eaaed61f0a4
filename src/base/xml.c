/* SPDX-License-Identifier: Apache-2.0 */
/* XML into elements with expat: what is not asked for is passed over, a document type ends the
 * reading, and so does whatever goes above a ceiling. */
#include <overfly/xml.h>

#include <expat.h>

#include <string.h>

#define SEPARATOR '|'
#define SLICE_BYTES ((size_t)1 << 20)

struct reading {
    XML_Parser parser;
    const ovf_xml_options *options;
    ovf_arena *arena; /* of the kept elements */
    uint32_t depth, max_depth;
    size_t elements_left;
    ovf_xml *root;
    ovf_xml *here; /* the innermost kept element */
    bool is_new_piece;
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
    for (size_t i = 0; reading->options->kept[i] != NULL; i++)
        if (ovf_str_eq(name, ovf_str_of(reading->options->kept[i])))
            return true;
    return false;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* ---- text ---- */

/* The bytes of a node's text are ours until it ends. */
static bool put_text(struct reading *reading, char c, size_t at)
{
    ovf_xml *here = reading->here;
    size_t len = here->text.len;
    if (len >= here->room) {
        size_t capacity = len < 16 ? 32 : len * 2;
        char *bytes = ovf_arena_array(reading->arena, char, capacity);
        uint32_t *map =
            reading->options->with_map ? ovf_arena_array(reading->arena, uint32_t, capacity) : NULL;
        if (bytes == NULL || (map == NULL && reading->options->with_map)) {
            stop(reading, OVF_E_NOMEM, "no memory for the document");
            return false;
        }
        if (len > 0)
            memcpy(bytes, here->text.ptr, len);
        if (len > 0 && map != NULL)
            memcpy(map, here->map, len * sizeof *map);
        here->text.ptr = bytes;
        here->map = map;
        here->room = capacity;
    }
    ((char *)(uintptr_t)here->text.ptr)[len] = c;
    if (here->map != NULL)
        ((uint32_t *)(uintptr_t)here->map)[len] = (uint32_t)at;
    here->text.len++;
    return true;
}

static void end_piece(struct reading *reading)
{
    ovf_xml *here = reading->here;
    while (here->text.len > 0 && is_space(here->text.ptr[here->text.len - 1]))
        here->text.len--;
    reading->is_new_piece = true;
}

static void on_text(void *data, const char *bytes, int count)
{
    struct reading *reading = data;
    if (reading->here == reading->root)
        return;
    size_t at = reading->options->base + (size_t)XML_GetCurrentByteIndex(reading->parser);
    size_t wide = (size_t)XML_GetCurrentByteCount(reading->parser);
    for (int i = 0; i < count; i++) {
        // Of "&amp;" or of bytes in another encoding there are fewer or more than expat gives.
        size_t off = (size_t)i < wide ? (size_t)i : wide > 0 ? wide - 1 : 0;
        if (reading->is_new_piece && is_space(bytes[i]))
            continue;
        if (reading->is_new_piece && reading->here->text.len > 0
            && !put_text(reading, ' ', at + off))
            return;
        reading->is_new_piece = false;
        if (!put_text(reading, bytes[i], at + off))
            return;
    }
}

/* ---- elements ---- */

static void add_attributes(struct reading *reading, ovf_xml *node, const char **pairs)
{
    size_t bytes = 0;
    for (size_t i = 0; pairs[i] != NULL; i++)
        bytes += strlen(pairs[i]);
    if (bytes > OVF_XML_MAX_ATTRIBUTE) {
        stop(reading, OVF_E_LIMIT, "attributes of more than 64 kB in one tag");
        return;
    }
    for (size_t i = 0; pairs[i] != NULL; i += 2) {
        ovf_xml_attr *attribute = ovf_arena_array(reading->arena, ovf_xml_attr, 1);
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
    if (reading->elements_left == 0) {
        stop(reading, OVF_E_LIMIT, "more elements than are read of one document");
        return;
    }
    reading->elements_left--;
    if (reading->here != reading->root)
        end_piece(reading);
    ovf_xml *node = ovf_arena_array(reading->arena, ovf_xml, 1);
    if (node == NULL) {
        stop(reading, OVF_E_NOMEM, "no memory for the document");
        return;
    }
    node->name = ovf_arena_dup(reading->arena, local);
    node->parent = reading->here;
    node->line = XML_GetCurrentLineNumber(reading->parser);
    node->at = reading->options->base + (size_t)XML_GetCurrentByteIndex(reading->parser);
    add_attributes(reading, node, attributes);
    if (node->parent->last == NULL)
        node->parent->first = node;
    else
        node->parent->last->next = node;
    node->parent->last = node;
    reading->here = node;
    reading->is_new_piece = true;
}

static void on_end(void *data, const char *name)
{
    struct reading *reading = data;
    const ovf_xml_options *options = reading->options;
    reading->depth--;
    OVF_UNUSED(name);
    if (reading->here == reading->root || reading->status != OVF_OK)
        return;
    end_piece(reading);
    ovf_xml *node = reading->here;
    node->end = reading->options->base + (size_t)XML_GetCurrentByteIndex(reading->parser)
                + (size_t)XML_GetCurrentByteCount(reading->parser);
    reading->here = node->parent;
    if (options->each == NULL || reading->here != reading->root)
        return;
    if (!options->each(options->data, node))
        stop(reading, OVF_E_NOMEM, "no memory for the document");
    reading->root->first = NULL;
    reading->root->last = NULL;
    ovf_arena_reset(options->scratch);
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
    at += reading->options->base;
    if (reading->status != OVF_OK)
        return ovf_fail(err, reading->status, at, "%s", reading->why);
    enum XML_Error code = XML_GetErrorCode(reading->parser);
    return ovf_fail(err, code == XML_ERROR_NO_MEMORY ? OVF_E_NOMEM : OVF_E_SYNTAX, at, "%.100s",
                    XML_ErrorString(code));
}

/* The kept element that was open when the document broke is none. */
static void drop_open(ovf_xml *root)
{
    if (root->last == NULL || root->last->end > 0)
        return;
    ovf_xml *before = NULL;
    for (ovf_xml *n = root->first; n != root->last; n = n->next)
        before = n;
    root->last = before;
    if (before == NULL)
        root->first = NULL;
    else
        before->next = NULL;
}

ovf_status ovf_xml_read(ovf_str text, const ovf_xml_options *options, ovf_arena *arena,
                        ovf_xml **out, ovf_error *err)
{
    struct reading reading = {
        .options = options,
        .arena = options->each != NULL ? options->scratch : arena,
        .max_depth = options->max_depth > 0 ? options->max_depth : OVF_XML_DEPTH,
        .elements_left =
            options->max_elements > 0 ? options->max_elements : (size_t)OVF_XML_MAX_ELEMENTS,
    };
    *out = NULL;
    if (options->with_map && text.len > UINT32_MAX - options->base)
        return ovf_fail(err, OVF_E_LIMIT, 0, "a document of more than 4 GiB");
    reading.root = ovf_arena_array(arena, ovf_xml, 1);
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
    bool is_open = options->each != NULL && reading.root->first != NULL && status != OVF_E_NOMEM;
    if (is_open && !options->each(options->data, reading.root->first))
        status = ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the document");
    if (options->each != NULL)
        reading.root->first = reading.root->last = NULL;
    drop_open(reading.root);
    *out = reading.root;
    return status;
}

/* ---- asking ---- */

bool ovf_xml_is(const ovf_xml *node, const char *name)
{
    return node != NULL && ovf_str_eq(node->name, ovf_str_of(name));
}

static const ovf_xml *from(const ovf_xml *node, const char *name)
{
    while (node != NULL && name != NULL && !ovf_xml_is(node, name))
        node = node->next;
    return node;
}

const ovf_xml *ovf_xml_child(const ovf_xml *node, const char *name)
{
    return node == NULL ? NULL : from(node->first, name);
}

const ovf_xml *ovf_xml_next(const ovf_xml *node, const char *name)
{
    return node == NULL ? NULL : from(node->next, name);
}

const ovf_xml *ovf_xml_following(const ovf_xml *node, const ovf_xml *root)
{
    if (node->first != NULL)
        return node->first;
    while (node != root && node->next == NULL)
        node = node->parent;
    return node == root ? NULL : node->next;
}

const ovf_xml *ovf_xml_within(const ovf_xml *node, const char *name)
{
    const ovf_xml *n = node;
    while (n != NULL) {
        n = ovf_xml_following(n, node);
        if (n != NULL && ovf_xml_is(n, name))
            return n;
    }
    return NULL;
}

ovf_str ovf_xml_text(const ovf_xml *node, const char *child)
{
    const ovf_xml *found = ovf_xml_child(node, child);
    return found == NULL ? OVF_STR("") : found->text;
}

ovf_str ovf_xml_attribute(const ovf_xml *node, const char *name)
{
    for (const ovf_xml_attr *a = node == NULL ? NULL : node->attributes; a != NULL; a = a->next)
        if (ovf_str_eq(a->name, ovf_str_of(name)))
            return a->value;
    return OVF_STR("");
}
