/* SPDX-License-Identifier: Apache-2.0 */
/* The pre-flight bulletin of the European AIS Database as XML: a Notam element holds the items of one
 * NOTAM. A bulletin lists a NOTAM in every section that it concerns: it comes out once.
 * Read as it streams; of each Notam only what is made of it is kept. */
#include "structured_internal.h"

struct seen {
    uint64_t hash; /* 0: free */
    uint32_t index;
};

struct reader {
    ovf_structured *s;
    struct seen *seen; /* open addressing */
    size_t seen_count, seen_capacity;
};

/* ---- once each ---- */

/* FNV-1a. */
static uint64_t hash_of(ovf_str text)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * 1099511628211u;
    return hash | 1;
}

static bool grow_seen(struct reader *r)
{
    size_t capacity = r->seen_capacity == 0 ? 1024 : r->seen_capacity * 2;
    struct seen *items = ovf_arena_array(r->s->arena, struct seen, capacity);
    if (items == NULL)
        return false;
    for (size_t i = 0; i < r->seen_capacity; i++) {
        if (r->seen[i].hash == 0)
            continue;
        size_t at = r->seen[i].hash & (capacity - 1);
        while (items[at].hash != 0)
            at = (at + 1) & (capacity - 1);
        items[at] = r->seen[i];
    }
    r->seen = items;
    r->seen_capacity = capacity;
    return true;
}

/* The notice that says the same to the byte; else its place is taken for the next one. */
static ovf_notice *find_same(struct reader *r, ovf_str message)
{
    if (r->seen_count * 2 >= r->seen_capacity && !grow_seen(r)) {
        r->s->no_memory = true;
        return NULL;
    }
    uint64_t hash = hash_of(message);
    size_t at = hash & (r->seen_capacity - 1);
    while (r->seen[at].hash != 0 && r->seen[at].hash != hash)
        at = (at + 1) & (r->seen_capacity - 1);
    if (r->seen[at].hash == hash)
        return &r->s->notices[r->seen[at].index];
    r->seen[at] = (struct seen){hash, (uint32_t)r->s->count};
    r->seen_count++;
    return NULL;
}

/* ---- one NOTAM ---- */

static void put_number(ovf_composed *c, const ovf_xml *node, const char *series, const char *number,
                       const char *year)
{
    const ovf_xml *digits = ovf_xml_child(node, number);
    ovf_compose_element(c, ovf_xml_child(node, series));
    for (size_t i = digits == NULL ? 4 : digits->text.len; i < 4; i++)
        ovf_compose_words(c, "0", digits == NULL ? node->at : digits->map[0]);
    ovf_compose_element(c, digits);
    ovf_compose_words(c, "/", node->at);
    ovf_compose_element(c, ovf_xml_child(node, year));
}

/* "5" as "005". */
static void put_padded(ovf_composed *c, const ovf_xml *node)
{
    for (size_t i = node == NULL ? 3 : node->text.len; i > 0 && i < 3; i++)
        ovf_compose_words(c, "0", node->map[0]);
    ovf_compose_element(c, node);
}

static void put_qline(ovf_composed *c, const ovf_xml *notam)
{
    const ovf_xml *q = ovf_xml_child(notam, "QLine");
    if (q == NULL)
        return;
    ovf_compose_words(c, "Q) ", q->at);
    ovf_compose_element(c, ovf_xml_child(q, "FIR"));
    ovf_compose_words(c, "/Q", q->at);
    ovf_compose_element(c, ovf_xml_child(q, "Code23"));
    ovf_compose_element(c, ovf_xml_child(q, "Code45"));
    static const char *const plain[] = {"Traffic", "Purpose", "Scope"};
    for (size_t i = 0; i < OVF_COUNTOF(plain); i++) {
        ovf_compose_words(c, "/", q->at);
        ovf_compose_element(c, ovf_xml_child(q, plain[i]));
    }
    ovf_compose_words(c, "/", q->at);
    put_padded(c, ovf_xml_child(q, "Lower"));
    ovf_compose_words(c, "/", q->at);
    put_padded(c, ovf_xml_child(q, "Upper"));
    ovf_compose_words(c, "/", q->at);
    ovf_compose_element(c, ovf_xml_child(notam, "Coordinates"));
    put_padded(c, ovf_xml_child(notam, "Radius"));
    ovf_compose_words(c, "\n", q->end);
}

static void put_item(ovf_composed *c, const ovf_xml *notam, const char *letter, const char *name)
{
    const ovf_xml *node = ovf_xml_child(notam, name);
    if (node == NULL || node->text.len == 0)
        return;
    ovf_compose_words(c, letter, node->at);
    for (; node != NULL; node = ovf_xml_next(node, name)) {
        ovf_compose_element(c, node);
        if (ovf_xml_next(node, name) != NULL)
            ovf_compose_words(c, " ", node->end);
    }
}

/* 260820230801 (day first) as the trailer writes it. */
static void put_created(ovf_composed *c, const ovf_xml *node)
{
    static const char months[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    ovf_str t = node == NULL ? OVF_STR("") : node->text;
    uint32_t month = 0;
    if (t.len != 12 || ovf_str_take_uint(ovf_str_sub(t, 2, 4), 0, 12, &month) != 2 || month < 1
        || month > 12)
        return;
    ovf_compose_words(c, "CREATED: ", node->at);
    ovf_compose_text(c, ovf_str_sub(t, 0, 2), node->map, node->at);
    ovf_compose_printf(c, node->at, " %.3s ", &months[(month - 1) * 3]);
    ovf_compose_text(c, ovf_str_sub(t, 4, 8), node->map + 4, node->at);
    ovf_compose_words(c, " ", node->at);
    ovf_compose_text(c, ovf_str_sub(t, 8, 10), node->map + 8, node->at);
    ovf_compose_words(c, ":", node->at);
    ovf_compose_text(c, ovf_str_sub(t, 10, 12), node->map + 10, node->at);
    ovf_compose_words(c, "\n", node->end);
}

static void put_validity(ovf_composed *c, const ovf_xml *notam)
{
    ovf_str estimated = ovf_xml_text(notam, "Estimation");
    put_item(c, notam, "B) ", "StartValidity");
    put_item(c, notam, " C) ", "EndValidity");
    if (ovf_str_eq(estimated, OVF_STR("EST")))
        ovf_compose_element(c, ovf_xml_child(notam, "Estimation"));
    ovf_compose_words(c, "\n", notam->at);
}

static void compose(ovf_composed *c, const ovf_xml *notam)
{
    put_number(c, notam, "Series", "Number", "Year");
    c->ident = (ovf_range){0, (uint32_t)c->len};
    ovf_compose_words(c, " NOTAM", notam->at);
    ovf_compose_element(c, ovf_xml_child(notam, "Type"));
    if (ovf_xml_child(notam, "ReferredNumber") != NULL) {
        ovf_compose_words(c, " ", notam->at);
        put_number(c, notam, "ReferredSeries", "ReferredNumber", "ReferredYear");
    }
    ovf_compose_words(c, "\n", notam->at);
    put_qline(c, notam);
    static const char *const items[][2] = {
        {"D) ", "ItemD"}, {"E) ", "ItemE"}, {"F) ", "ItemF"}, {"G) ", "ItemG"}};
    put_item(c, notam, "A) ", "ItemA");
    ovf_compose_words(c, "\n", notam->at);
    put_validity(c, notam);
    for (size_t i = 0; i < OVF_COUNTOF(items); i++) {
        if (ovf_xml_text(notam, items[i][1]).len == 0)
            continue;
        put_item(c, notam, items[i][0], items[i][1]);
        ovf_compose_words(c, "\n", notam->end);
    }
}

static bool read_notam(void *data, const ovf_xml *notam)
{
    struct reader *r = data;
    ovf_structured *s = r->s;
    if (notam->end == 0)
        return true; // broken off: told by the reader of the document
    ovf_composed c = {.arena = s->arena};
    compose(&c, notam);
    if (c.failed)
        return false;
    ovf_notice *same = find_same(r, (ovf_str){c.text, c.len});
    if (s->no_memory)
        return false;
    if (same != NULL) {
        if (!ovf_structured_has(same, "REPEATED"))
            ovf_structured_find(s, same, OVF_NOTE, "REPEATED", notam->at,
                                "the bulletin has it again here, word for word");
        return true;
    }
    put_created(&c, ovf_xml_child(notam, "NotamStoreDate"));
    ovf_str nof = ovf_xml_text(notam, "NOF");
    if (nof.len > 0) {
        ovf_compose_words(&c, "SOURCE: ", notam->at);
        ovf_compose_element(&c, ovf_xml_child(notam, "NOF"));
        ovf_compose_words(&c, "\n", notam->at);
    }
    size_t len = notam->end - notam->at;
    ovf_structured_read(s, &c, (ovf_span){(uint32_t)notam->at, (uint32_t)len});
    return !s->no_memory;
}

void ovf_read_pib(ovf_structured *s, size_t start)
{
    static const char *const kept[] = {"Notam", NULL};
    struct reader r = {.s = s};
    ovf_arena scratch;
    ovf_arena_init(&scratch, (size_t)1 << 26);
    ovf_xml_options options = {
        .kept = kept, .with_map = true, .each = read_notam, .data = &r, .scratch = &scratch};
    ovf_structured_xml(s, start, &options, OVF_FORM_ICAO, NULL);
    ovf_arena_done(&scratch);
}
