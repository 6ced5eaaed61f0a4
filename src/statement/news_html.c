/* SPDX-License-Identifier: Apache-2.0 */
/* A web page as one story. libxml2's HTML reader makes a tree of whatever comes; the body of the story
 * is the element that says so (article, itemprop=articleBody, main), else the one whose own
 * paragraphs hold the most text; menus, scripts, forms, captions and what calls itself related,
 * shared or advertised are left out. The walk follows pointers: no recursion, however deep. */
#include "news_source.h"

#include <libxml/HTMLparser.h>
#include <jansson.h>
#include <string.h>

enum {
    NODES_MAX = 400000, /* of a tree that are looked at */
    CLASS_BYTES = 300,
    LD_BYTES_MAX = 1 << 20,
    LD_DEPTH_MAX = 6,
    STORY_MIN = 200, /* bytes of a story that an element must hold to be taken for its body */
};

/* ---- names and attributes ---- */

static bool is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->name != NULL
           && xmlStrcasecmp(node->name, (const xmlChar *)name) == 0;
}

static bool is_one_of(const xmlNode *node, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_element(node, names[i]))
            return true;
    }
    return false;
}

/* The attribute's value as it stands in the tree, or the empty text. */
static ovf_str attribute(const xmlNode *node, const char *name)
{
    for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
        if (xmlStrcasecmp(a->name, (const xmlChar *)name) == 0)
            return a->children != NULL && a->children->content != NULL
                       ? ovf_str_of((const char *)a->children->content)
                       : (ovf_str){0};
    }
    return (ovf_str){0};
}

/* Is one of the words in it, as a word or a part between - and _? */
static bool has_word(ovf_str classes, const char *const *words, size_t count)
{
    char lower[CLASS_BYTES];
    size_t n = classes.len < CLASS_BYTES ? classes.len : CLASS_BYTES - 1;
    for (size_t i = 0; i < n; i++)
        lower[i] = (char)(classes.ptr[i] >= 'A' && classes.ptr[i] <= 'Z' ? classes.ptr[i] + 32
                                                                         : classes.ptr[i]);
    for (size_t at = 0; at < n;) {
        size_t end = at;
        while (end < n
               && ((lower[end] >= 'a' && lower[end] <= 'z')
                   || (lower[end] >= '0' && lower[end] <= '9')))
            end++;
        ovf_str part = {lower + at, end - at};
        for (size_t i = 0; i < count && part.len > 0; i++) {
            if (ovf_str_eq(part, ovf_str_of(words[i])))
                return true;
        }
        at = end + 1;
    }
    return false;
}

/* What is no part of a story. */
static bool is_aside(const xmlNode *node)
{
    static const char *const elements[] = {
        "script", "style",  "noscript", "template", "svg",        "nav",    "footer",   "aside",
        "form",   "button", "iframe",   "figure",   "figcaption", "select", "textarea", "input",
        "head",   "audio",  "video",    "object",   "canvas",     "menu",   "dialog",   "math"};
    static const char *const words[] = {
        "ad",        "ads",      "advert",     "advertisement", "breadcrumb",  "breadcrumbs",
        "byline",    "caption",  "comment",    "comments",      "cookie",      "cookies",
        "copyright", "credit",   "disclaimer", "footer",        "hidden",      "menu",
        "modal",     "nav",      "navbar",     "navigation",    "newsletter",  "outbrain",
        "paywall",   "popup",    "promo",      "recirc",        "recommended", "related",
        "share",     "sharing",  "sidebar",    "social",        "sponsored",   "subscribe",
        "taboola",   "tags",     "toolbar",    "trending",      "widget",      "timestamp",
        "dateline",  "readmore", "signup",     "author",        "authors",     "bio"};
    if (is_one_of(node, elements, OVF_COUNTOF(elements)))
        return true;
    if (is_element(node, "body") || is_element(node, "html") || is_element(node, "article")
        || is_element(node, "main"))
        return false;
    if (node->properties == NULL)
        return false;
    ovf_str role = attribute(node, "role");
    if (ovf_str_eq(role, OVF_STR("navigation")) || ovf_str_eq(role, OVF_STR("complementary"))
        || ovf_str_eq(role, OVF_STR("banner"))
        || ovf_str_eq(attribute(node, "aria-hidden"), OVF_STR("true")))
        return true;
    return has_word(attribute(node, "class"), words, OVF_COUNTOF(words))
           || has_word(attribute(node, "id"), words, OVF_COUNTOF(words));
}

static bool is_block(const xmlNode *node)
{
    static const char *const names[] = {
        "p",  "div", "section", "article", "li",      "ul",         "ol",      "h1",
        "h2", "h3",  "h4",      "h5",      "h6",      "blockquote", "table",   "tr",
        "td", "th",  "header",  "main",    "br",      "hr",         "dl",      "dt",
        "dd", "pre", "body",    "html",    "address", "details",    "summary", "center"};
    return is_one_of(node, names, OVF_COUNTOF(names));
}

/* ---- walking ---- */

/* The node behind this one in the order of the document, inside root; skips its children when told. */
static const xmlNode *next_node(const xmlNode *node, const xmlNode *root, bool skip)
{
    if (!skip && node->children != NULL && node->type == XML_ELEMENT_NODE)
        return node->children;
    while (node != NULL && node != root && node->next == NULL)
        node = node->parent;
    return node == root || node == NULL ? NULL : node->next;
}

static bool is_paragraph(const xmlNode *node)
{
    return is_element(node, "p") || is_element(node, "li") || is_element(node, "blockquote");
}

/* Bytes of text inside, asides left out, at most up to a bound that settles every comparison. */
static size_t text_inside(const xmlNode *root, size_t *budget)
{
    size_t sum = 0;
    for (const xmlNode *n = root; n != NULL && *budget > 0;) {
        bool skip = n != root && n->type == XML_ELEMENT_NODE && is_aside(n);
        (*budget)--;
        if (n->type == XML_TEXT_NODE && n->content != NULL)
            sum += strlen((const char *)n->content);
        n = next_node(n, root, skip);
    }
    return sum;
}

/* The element whose own paragraphs hold most; `article` and the like go before it. */
static const xmlNode *find_body(const xmlNode *root)
{
    static const char *const body_words[] = {"articlebody",  "storybody", "storytext",
                                             "entry",        "postbody",  "articletext",
                                             "storycontent", "wysiwyg"};
    const xmlNode *named = NULL;
    const xmlNode *richest = NULL;
    size_t named_size = 0;
    int named_rank = 0;
    size_t richest_size = 0;
    size_t budget = NODES_MAX;
    size_t sizing = NODES_MAX;
    const xmlNode *owner = NULL;
    size_t owner_size = 0;
    for (const xmlNode *n = root; n != NULL && budget > 0; budget--) {
        bool is_elem = n->type == XML_ELEMENT_NODE;
        bool skip = is_elem && n != root && is_aside(n);
        if (is_elem && !skip) {
            int rank =
                ovf_str_eq_nocase(attribute(n, "itemprop"), OVF_STR("articleBody")) ? 4
                : has_word(attribute(n, "class"), body_words, OVF_COUNTOF(body_words))
                        || (has_word(attribute(n, "class"),
                                     (const char *const[]){"body", "content"}, 2)
                            && has_word(attribute(n, "class"),
                                        (const char *const[]){"article", "story", "post"}, 3))
                    ? 3
                : is_element(n, "article") ? 2
                : is_element(n, "main")    ? 1
                                           : 0;
            if (rank > 0 && rank >= named_rank) {
                size_t size = text_inside(n, &sizing);
                if (size >= STORY_MIN && (rank > named_rank || size > named_size)) {
                    named = n;
                    named_rank = rank;
                    named_size = size;
                }
            }
            if (is_paragraph(n) && n->parent != NULL) {
                if (owner != n->parent) {
                    owner = n->parent;
                    owner_size = 0;
                }
                owner_size += text_inside(n, &sizing);
                if (owner_size > richest_size) {
                    richest = owner;
                    richest_size = owner_size;
                }
            }
        }
        n = next_node(n, root, skip);
    }
    if (named != NULL && named_size * 2 >= richest_size)
        return named;
    return richest != NULL && richest_size >= STORY_MIN ? richest : root;
}

/* Offsets of the lines of the document, for where a node begins. */
static void seek_line(source_writer *w, const size_t *lines, size_t line_count, const xmlNode *node)
{
    long line = node->parent != NULL ? xmlGetLineNo(node->parent) : 0;
    if (lines == NULL || line <= 1 || (size_t)line > line_count || line >= 65535)
        return;
    size_t at = lines[line - 1];
    if (at > w->cursor)
        w->cursor = at;
}

static void write_body(source_writer *w, const xmlNode *root, const size_t *lines,
                       size_t line_count, const xmlNode *without)
{
    size_t budget = NODES_MAX;
    const xmlNode *node = root;
    while (node != NULL && budget-- > 0 && !w->failed) {
        bool skip =
            node != root && node->type == XML_ELEMENT_NODE && (is_aside(node) || node == without);
        if (node->type == XML_ELEMENT_NODE && is_block(node))
            source_break(w);
        if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            && node->content != NULL) {
            seek_line(w, lines, line_count, node);
            source_put(w, ovf_str_of((const char *)node->content));
        }
        /* The end of a block ends its paragraph: seen when the walk climbs out of it. */
        const xmlNode *next = next_node(node, root, skip);
        const xmlNode *up = next == NULL ? NULL : next->parent;
        for (const xmlNode *c =
                 skip || node->children == NULL || node->type != XML_ELEMENT_NODE ? node : up;
             c != NULL && c != up && c != root; c = c->parent) {
            if (c->type == XML_ELEMENT_NODE && is_block(c))
                source_break(w);
        }
        node = next;
    }
}

/* ---- what the page tells of itself ---- */

typedef struct page {
    ovf_arena *arena;
    ovf_news_source *out;
    int date_rank, title_rank;
    const xmlNode *heading;
    size_t headings;
    bool failed;
} page;

static ovf_str keep(page *p, ovf_str text)
{
    ovf_str kept = ovf_arena_dup(p->arena, ovf_str_trim(text));
    if (kept.ptr == NULL)
        p->failed = true;
    return kept;
}

static void offer_date(page *p, ovf_str text, int rank)
{
    ovf_time t = rank > p->date_rank ? ovf_news_date(text) : OVF_TIME_NONE;
    if (t == OVF_TIME_NONE)
        return;
    p->out->published = t;
    p->date_rank = rank;
}

static void offer_title(page *p, ovf_str text, int rank)
{
    if (rank <= p->title_rank || ovf_str_trim(text).len == 0)
        return;
    p->out->title = keep(p, text);
    p->title_rank = rank;
}

static void read_meta(page *p, const xmlNode *node)
{
    ovf_str name = attribute(node, "property");
    ovf_str content = attribute(node, "content");
    static const char *const dates[] = {"article:published_time",
                                        "og:article:published_time",
                                        "article.published",
                                        "datepublished",
                                        "date",
                                        "pubdate",
                                        "publishdate",
                                        "publish-date",
                                        "publication_date",
                                        "dc.date.issued",
                                        "dc.date",
                                        "dcterms.created",
                                        "dcterms.date",
                                        "parsely-pub-date",
                                        "sailthru.date",
                                        "cxenseparse:recs:publishtime",
                                        "og:published_time",
                                        "rnews:datepublished",
                                        "published_at",
                                        "article_date_original",
                                        "date.created"};
    if (name.len == 0)
        name = attribute(node, "name");
    if (name.len == 0)
        name = attribute(node, "itemprop");
    if (name.len == 0 || content.len == 0)
        return;
    for (size_t i = 0; i < OVF_COUNTOF(dates); i++) {
        if (ovf_str_eq_nocase(name, ovf_str_of(dates[i])))
            offer_date(p, content, i < 4 ? 6 : 4);
    }
    if (ovf_str_eq_nocase(name, OVF_STR("og:title")))
        offer_title(p, content, 3);
    if (ovf_str_eq_nocase(name, OVF_STR("og:site_name")) && p->out->outlet.len == 0)
        p->out->outlet = keep(p, content);
    if (ovf_str_eq_nocase(name, OVF_STR("og:url")) && p->out->link.len == 0)
        p->out->link = keep(p, content);
}

static void read_ld(page *p, const json_t *value, int depth)
{
    if (depth > LD_DEPTH_MAX)
        return;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value) && i < 64; i++)
            read_ld(p, json_array_get(value, i), depth + 1);
        return;
    }
    if (!json_is_object(value))
        return;
    const char *date = json_string_value(json_object_get(value, "datePublished"));
    const char *headline = json_string_value(json_object_get(value, "headline"));
    const char *outlet =
        json_string_value(json_object_get(json_object_get(value, "publisher"), "name"));
    if (date != NULL)
        offer_date(p, ovf_str_of(date), 5);
    if (headline != NULL)
        offer_title(p, ovf_str_of(headline), 4);
    if (outlet != NULL && p->out->outlet.len == 0)
        p->out->outlet = keep(p, ovf_str_of(outlet));
    read_ld(p, json_object_get(value, "@graph"), depth + 1);
}

static void read_script(page *p, const xmlNode *node)
{
    const xmlNode *text = node->children;
    if (!ovf_str_eq_nocase(attribute(node, "type"), OVF_STR("application/ld+json")) || text == NULL
        || text->content == NULL)
        return;
    size_t len = strlen((const char *)text->content);
    json_t *value =
        len <= LD_BYTES_MAX ? json_loadb((const char *)text->content, len, 0, NULL) : NULL;
    if (value != NULL)
        read_ld(p, value, 0);
    json_decref(value);
}

/* The text of a small element: a heading, a title. */
static ovf_str small_text(page *p, const xmlNode *root)
{
    source_writer w = {.arena = p->arena};
    write_body(&w, root, NULL, 0, NULL);
    p->failed |= w.failed;
    return source_text(&w);
}

static void read_facts(page *p, const xmlNode *root)
{
    size_t budget = NODES_MAX;
    for (const xmlNode *n = root; n != NULL && budget > 0;
         budget--, n = next_node(n, root, false)) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        if (is_element(n, "meta")) {
            read_meta(p, n);
        } else if (is_element(n, "script")) {
            read_script(p, n);
        } else if (is_element(n, "title") && n->parent != NULL && is_element(n->parent, "head")) {
            offer_title(p, small_text(p, n), 1);
        } else if (is_element(n, "h1")) {
            p->headings++;
            if (p->headings == 1)
                p->heading = n;
        } else if (is_element(n, "time") && attribute(n, "datetime").len > 0) {
            offer_date(p, attribute(n, "datetime"),
                       ovf_str_eq_nocase(attribute(n, "itemprop"), OVF_STR("datePublished")) ? 5
                                                                                             : 3);
        } else if (is_element(n, "time") && n->children != NULL && n->children->content != NULL) {
            offer_date(p, ovf_str_of((const char *)n->children->content), 2);
        } else if (is_element(n, "link")
                   && ovf_str_eq_nocase(attribute(n, "rel"), OVF_STR("canonical"))
                   && p->out->link.len == 0) {
            p->out->link = keep(p, attribute(n, "href"));
        }
    }
    if (p->heading != NULL)
        offer_title(p, small_text(p, p->heading), p->headings == 1 ? 5 : 2);
}

/* ---- the whole ---- */

static size_t *find_lines(ovf_str document, ovf_arena *arena, size_t *count)
{
    size_t n = 1;
    for (size_t i = 0; i < document.len; i++)
        n += document.ptr[i] == '\n';
    size_t *lines = ovf_arena_array(arena, size_t, n);
    *count = 0;
    if (lines == NULL)
        return NULL;
    lines[(*count)++] = 0;
    for (size_t i = 0; i < document.len; i++) {
        if (document.ptr[i] == '\n')
            lines[(*count)++] = i + 1;
    }
    return lines;
}

/* Pages name their encoding; one that does not and is valid UTF-8 is that. */
static bool is_utf8(ovf_str s)
{
    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.ptr[i];
        size_t more = c < 0x80                ? 0
                      : c >= 0xC2 && c < 0xE0 ? 1
                      : c >= 0xE0 && c < 0xF0 ? 2
                      : c >= 0xF0 && c < 0xF5 ? 3
                                              : 9;
        if (more == 9 || i + more >= s.len + (more == 0))
            return false;
        for (size_t k = 1; k <= more; k++) {
            if (((unsigned char)s.ptr[i + k] & 0xC0) != 0x80)
                return false;
        }
        i += more + 1;
    }
    return true;
}

ovf_status source_read_html(ovf_str html, ovf_str document, size_t from, bool is_page,
                            ovf_arena *arena, ovf_news_source *out, ovf_error *err)
{
    bool is_plain = is_utf8(html);
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET
                  | HTML_PARSE_NODEFDTD;
    htmlDocPtr tree = html.len == 0 ? NULL
                                    : htmlReadMemory(html.ptr, (int)html.len, NULL,
                                                     is_plain ? "UTF-8" : NULL, options);
    const xmlNode *root = tree == NULL ? NULL : xmlDocGetRootElement(tree);
    if (root == NULL) { /* no element at all: nothing to read */
        xmlFreeDoc(tree);
        return OVF_OK;
    }
    page p = {.arena = arena, .out = out};
    source_writer w = {
        .arena = arena, .document = is_plain ? document : (ovf_str){0}, .cursor = from};
    size_t line_count = 0;
    size_t *lines = is_page && is_plain ? find_lines(html, arena, &line_count) : NULL;
    if (is_page)
        read_facts(&p, root);
    write_body(&w, is_page ? find_body(root) : root, lines, line_count,
               p.headings == 1 ? p.heading : NULL);
    xmlFreeDoc(tree);
    out->text = source_text(&w);
    out->stretches = w.stretches;
    out->stretch_count = w.stretch_count;
    if (p.failed || w.failed)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a page");
    return OVF_OK;
}
