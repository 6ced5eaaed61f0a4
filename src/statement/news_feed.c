/* SPDX-License-Identifier: Apache-2.0 */
/* A feed as its items, each a story: RSS 2.0 (channel, item), RSS 1.0 (rdf:RDF, item), Atom (feed,
 * entry). The text is the longest of content:encoded, content, description and summary, read as a
 * piece of HTML. libxml2 goes on behind errors; entities of the file's own are not replaced. */
#include "news_source.h"

#include <libxml/parser.h>
#include <string.h>

enum { TEXT_NODES_MAX = 4096 };

/* Without its namespace: a prefix that the file does not declare stays in the name. */
static bool is_named(const xmlNode *node, const char *name)
{
    if (node->type != XML_ELEMENT_NODE)
        return false;
    const char *colon = strrchr((const char *)node->name, ':');
    return strcmp(colon != NULL ? colon + 1 : (const char *)node->name, name) == 0;
}

/* All character data directly inside. */
static ovf_str chars_of(const xmlNode *node, ovf_arena *arena, bool *failed)
{
    ovf_buf buf = {0};
    size_t budget = TEXT_NODES_MAX;
    for (const xmlNode *n = node->children; n != NULL && budget-- > 0; n = n->next) {
        if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content != NULL)
            ovf_buf_add(&buf, ovf_str_of((const char *)n->content));
    }
    ovf_str kept = ovf_arena_dup(arena, ovf_str_trim(ovf_buf_str(&buf)));
    *failed |= buf.failed || kept.ptr == NULL;
    ovf_buf_done(&buf);
    return kept;
}

/* XHTML inside an Atom element, as text with its tags. */
static ovf_str markup_of(const xmlNode *node, ovf_arena *arena, bool *failed)
{
    xmlBufferPtr buffer = xmlBufferCreate();
    if (buffer == NULL) {
        *failed = true;
        return (ovf_str){0};
    }
    (void)xmlNodeDump(buffer, node->doc, (xmlNodePtr)(uintptr_t)node, 0, 0);
    ovf_str kept = ovf_arena_dup(arena, ovf_str_of((const char *)xmlBufferContent(buffer)));
    *failed |= kept.ptr == NULL;
    xmlBufferFree(buffer);
    return kept;
}

static ovf_str link_of(const xmlNode *node, ovf_arena *arena, bool *failed)
{
    ovf_str href = {0};
    for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
        if (strcmp((const char *)a->name, "href") == 0 && a->children != NULL
            && a->children->content != NULL)
            href = ovf_arena_dup(arena, ovf_str_of((const char *)a->children->content));
    }
    return href.len > 0 ? href : chars_of(node, arena, failed);
}

static ovf_status read_item(const xmlNode *item, ovf_str document, ovf_str outlet, size_t from,
                            ovf_arena *arena, ovf_news_source *out, ovf_error *err)
{
    ovf_str body = {0};
    bool failed = false;
    *out = (ovf_news_source){.published = OVF_TIME_NONE, .outlet = outlet};
    int date_rank = 0;
    size_t budget = TEXT_NODES_MAX;
    for (const xmlNode *n = item->children; n != NULL && budget-- > 0; n = n->next) {
        if (is_named(n, "title") && out->title.len == 0) {
            out->title = chars_of(n, arena, &failed);
        } else if (is_named(n, "link") && out->link.len == 0) {
            out->link = link_of(n, arena, &failed);
        } else if (is_named(n, "encoded") || is_named(n, "content") || is_named(n, "description")
                   || is_named(n, "summary")) {
            const xmlNode *child = n->children;
            while (child != NULL && child->type != XML_ELEMENT_NODE)
                child = child->next;
            ovf_str text =
                child != NULL ? markup_of(n, arena, &failed) : chars_of(n, arena, &failed);
            if (text.len > body.len)
                body = text;
        } else if (is_named(n, "pubDate") || is_named(n, "published") || is_named(n, "date")
                   || is_named(n, "issued") || is_named(n, "updated")) {
            int rank = is_named(n, "updated") ? 1 : 2;
            ovf_time t =
                rank > date_rank ? ovf_news_date(chars_of(n, arena, &failed)) : OVF_TIME_NONE;
            if (t != OVF_TIME_NONE) {
                out->published = t;
                date_rank = rank;
            }
        }
    }
    if (failed)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an item");
    return source_read_html(body, document, from, false, arena, out, err);
}

static const xmlNode *first_named(const xmlNode *parent, const char *name)
{
    for (const xmlNode *n = parent->children; n != NULL; n = n->next) {
        if (is_named(n, name))
            return n;
    }
    return NULL;
}

/* Where the next item's text may begin in the document. */
static size_t next_start(ovf_str document, size_t from)
{
    size_t item = ovf_str_find(document, from, OVF_STR("<item"));
    size_t entry = ovf_str_find(document, from, OVF_STR("<entry"));
    size_t at = item < entry ? item : entry;
    return at == OVF_NOPOS ? from : at + 5;
}

static ovf_status read_items(const xmlNode *root, ovf_str document, ovf_arena *arena,
                             ovf_news_sources *out, ovf_error *err)
{
    const xmlNode *channel = first_named(root, "channel");
    const xmlNode *list = channel != NULL && first_named(channel, "item") != NULL ? channel : root;
    const xmlNode *title = first_named(channel != NULL ? channel : root, "title");
    bool failed = false;
    size_t capacity = 0;
    size_t from = 0;
    ovf_findings findings = {.arena = arena};
    ovf_str outlet = title == NULL ? (ovf_str){0} : chars_of(title, arena, &failed);
    *out = (ovf_news_sources){.form = OVF_NEWS_FEED};
    for (const xmlNode *n = list->children; n != NULL; n = n->next) {
        if (!is_named(n, "item") && !is_named(n, "entry"))
            continue;
        if (out->count == OVF_NEWS_SOURCE_MAX_ITEMS) {
            ovf_findings_add(&findings, OVF_WARNING, OVF_NOPOS, "FEED_LIMIT",
                             "items above %d are left out", OVF_NEWS_SOURCE_MAX_ITEMS);
            break;
        }
        from = next_start(document, from);
        void *items = out->items;
        if (!ovf_arena_grow(arena, &items, out->count, &capacity, sizeof(ovf_news_source)))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the items");
        out->items = items;
        ovf_status status =
            read_item(n, document, outlet, from, arena, &out->items[out->count], err);
        if (status != OVF_OK)
            return status;
        out->count++;
    }
    out->findings = findings.items;
    out->finding_count = findings.count;
    return failed ? ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the feed") : OVF_OK;
}

ovf_status source_read_feed(ovf_str document, ovf_arena *arena, ovf_news_sources *out,
                            ovf_error *err)
{
    int options = XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET;
    ovf_str body = document;
    while (body.len > 0 && body.ptr[0] != '<' && (unsigned char)body.ptr[0] != 0xEF)
        body = ovf_str_tail(body, 1);
    xmlDocPtr tree = xmlReadMemory(body.ptr, (int)body.len, NULL, NULL, options);
    const xmlNode *root = tree == NULL ? NULL : xmlDocGetRootElement(tree);
    if (root == NULL) {
        xmlFreeDoc(tree);
        return ovf_fail(err, OVF_E_SYNTAX, 0, "expected a feed");
    }
    ovf_status status = read_items(root, document, arena, out, err);
    xmlFreeDoc(tree);
    return status;
}
