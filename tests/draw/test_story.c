/* SPDX-License-Identifier: Apache-2.0 */
/* The picture of a timeline: every item that lies in the window is there, what lies outside is
 * counted, labels cover neither each other nor the names of rows, and what cannot be drawn is
 * refused. */
#include <overfly/draw.h>

#include "draw_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DAY OVF_DAY_S
#define T0 INT64_C(1763683200) /* 2025-11-21 */
#define TEXTS_MAX 400

static ovf_story_item bar(ovf_story_lane lane, const char *row, const char *label, int from,
                          int until)
{
    return (ovf_story_item){.lane = lane,
                            .tone = lane == OVF_STORY_AUTHORITY ? OVF_STORY_BY_VERDICT
                                                                : OVF_STORY_SUSPENDED,
                            .verdict = OVF_VERDICT_BINDING,
                            .row = ovf_str_of(row),
                            .label = ovf_str_of(label),
                            .during = {T0 + from * DAY, T0 + until * DAY},
                            .known = T0 + from * DAY};
}

static ovf_story_request request_of(const ovf_story_item *items, size_t count)
{
    return (ovf_story_request){.format = OVF_MAP_SVG,
                               .title = OVF_STR("SVZM"),
                               .subtitle = OVF_STR("as known"),
                               .window = {T0, T0 + 60 * DAY},
                               .as_of = OVF_TIME_OPEN,
                               .items = items,
                               .item_count = count};
}

typedef struct text_box {
    double x, y, w, size;
    char text[200];
} text_box;

static double attribute(const char *element, const char *name)
{
    char want[32];
    snprintf(want, sizeof(want), " %s=\"", name);
    const char *at = strstr(element, want);
    assert_non_null(at);
    return strtod(at + strlen(want), NULL);
}

/* The <text> elements of the SVG, measured as the canvas measures them. */
static size_t texts_of(char *svg, text_box *out)
{
    draw_canvas canvas;
    ovf_buf unused = {0};
    assert_int_equal(draw_canvas_init(&canvas, OVF_MAP_SVG, 200, 200, OVF_STR(""), &unused, NULL),
                     OVF_OK);
    size_t count = 0;
    for (char *at = strstr(svg, "<text "); at != NULL; at = strstr(at + 1, "<text ")) {
        char *start = strchr(at, '>');
        char *end = strstr(at, "</text>");
        assert_true(start != NULL && end != NULL && count < TEXTS_MAX);
        char save = *start;
        *start = '\0';
        text_box *t = &out[count++];
        t->x = attribute(at, "x");
        t->y = attribute(at, "y");
        t->size = attribute(at, "font-size");
        bool is_bold = strstr(at, "bold") != NULL || strstr(at, "700") != NULL;
        *start = save;
        snprintf(t->text, sizeof(t->text), "%.*s", (int)(end - start - 1), start + 1);
        draw_font font = {.size_px = t->size, .weight = is_bold ? DRAW_BOLD : DRAW_REGULAR};
        t->w = draw_text_width(&canvas, font, ovf_str_of(t->text));
    }
    draw_canvas_done(&canvas);
    ovf_buf_done(&unused);
    return count;
}

static void hold_apart(const text_box *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            const text_box *a = &texts[i];
            const text_box *b = &texts[k];
            bool beside = a->x + a->w <= b->x + 1 || b->x + b->w <= a->x + 1;
            bool above = a->y - a->size * 0.75 >= b->y || b->y - b->size * 0.75 >= a->y;
            if (!beside && !above)
                fail_msg("\"%s\" covers \"%s\"", a->text, b->text);
        }
    }
}

static size_t draw_and_check(const ovf_story_request *request, text_box *texts)
{
    ovf_buf buf = {0};
    ovf_error err = {0};
    if (ovf_story_draw(request, &buf, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    size_t count = texts_of(buf.ptr, texts);
    hold_apart(texts, count);
    ovf_buf again = {0};
    assert_int_equal(ovf_story_draw(request, &again, NULL), OVF_OK);
    assert_true(ovf_str_eq(ovf_buf_str(&buf), ovf_buf_str(&again)));
    ovf_buf_done(&again);
    ovf_buf_done(&buf);
    return count;
}

static bool has_text(const text_box *texts, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (strstr(texts[i].text, text) != NULL)
            return true;
    }
    return false;
}

static void shows_what_happened(void **state)
{
    (void)state;
    static text_box texts[TEXTS_MAX];
    ovf_story_item items[] = {
        bar(OVF_STORY_AUTHORITY, "KICZ (USA)", "A0012/25 advisory", 1, 40),
        bar(OVF_STORY_AUTHORITY, "KICZ (USA)", "A0015/25 advisory", 20, 50),
        bar(OVF_STORY_AUTHORITY, "SVMI (VEN)", "A0483/25 prohibited", -100, 9),
        bar(OVF_STORY_AUTHORITY, "SVMI (VEN)", "A0001/24 gone", -300, -200),
        bar(OVF_STORY_OPERATORS, "IBE Iberia", "suspended", 1, 100),
        {.lane = OVF_STORY_STATEMENTS,
         .row = OVF_STR("President"),
         .label = OVF_STR("closed in its entirety"),
         .during = {T0 + 8 * DAY, T0 + 8 * DAY}},
        {.lane = OVF_STORY_STATEMENTS,
         .tone = OVF_STORY_INCIDENT,
         .row = OVF_STR("x"),
         .label = OVF_STR("near the right edge a label stands before its mark"),
         .during = {T0 + 59 * DAY, T0 + 59 * DAY}},
        {.lane = OVF_STORY_STATEMENTS,
         .row = OVF_STR("x"),
         .label = OVF_STR("before the window"),
         .during = {T0 - DAY, T0 - DAY}},
    };
    ovf_story_request request = request_of(items, OVF_COUNTOF(items));
    request.as_of = T0 + 30 * DAY;
    size_t count = draw_and_check(&request, texts);
    const char *const shown[] = {"A0012/25",
                                 "A0015/25",
                                 "A0483/25",
                                 "KICZ (USA)",
                                 "SVMI (VEN)",
                                 "IBE Iberia",
                                 "suspended",
                                 "closed in its entirety",
                                 "near the right edge",
                                 "AUTHORITIES",
                                 "OPERATORS",
                                 "2 earlier or later are not shown",
                                 "known to here",
                                 "2025"};
    for (size_t i = 0; i < OVF_COUNTOF(shown); i++) {
        if (!has_text(texts, count, shown[i]))
            fail_msg("\"%s\" is not in the picture", shown[i]);
    }
    assert_false(has_text(texts, count, "A0001/24"));
    assert_false(has_text(texts, count, "before the window"));
}

/* Hundreds of draws, in windows from an hour to a century: no label covers another. */
static void keeps_labels_apart(void **state)
{
    (void)state;
    static text_box texts[TEXTS_MAX];
    static const ovf_time spans[] = {
        OVF_HOUR_S, DAY, 9 * DAY, 60 * DAY, INT64_C(800) * DAY, INT64_C(36500) * DAY};
    static const int32_t widths[] = {0, 700, 3000};
    uint32_t random = 5;
    for (size_t round = 0; round < 36; round++) {
        ovf_story_item items[40];
        char labels[40][64];
        ovf_time span = spans[round % OVF_COUNTOF(spans)];
        for (size_t i = 0; i < OVF_COUNTOF(items); i++) {
            random = random * 1664525u + 1013904223u;
            ovf_time from = T0 + (ovf_time)((double)span * (random >> 8) / (1 << 24));
            random = random * 1664525u + 1013904223u;
            bool is_bar = i % 3 != 0;
            snprintf(labels[i], sizeof(labels[i]), "item %zu %.*s", i, (int)(random >> 27),
                     "with words of its own that go on");
            items[i] = (ovf_story_item){
                .lane = (ovf_story_lane)(i % 3),
                .tone = i % 3 == 0 ? OVF_STORY_BY_VERDICT : (ovf_story_tone)(i % 6),
                .row = ovf_str_of(i % 2 == 0 ? "one" : "another of a long name that has no room"),
                .label = ovf_str_of(labels[i]),
                .during = {from, is_bar ? from + (ovf_time)(random >> 8) % span : from},
                .known = from + span / 50,
            };
        }
        ovf_story_request request = request_of(items, OVF_COUNTOF(items));
        request.window = (ovf_interval){T0, T0 + span};
        request.width_px = widths[round % OVF_COUNTOF(widths)];
        (void)draw_and_check(&request, texts);
    }
}

static struct refused {
    const char *name;
    ovf_interval window;
    int32_t width_px, height_px;
    size_t count;
    ovf_status status;
} refused[] = {
    {"nothing at all is a picture", {T0, T0 + DAY}, 0, 0, 0, OVF_OK},
    {"no start", {OVF_TIME_NONE, T0}, 0, 0, 0, OVF_E_RANGE},
    {"no end", {T0, OVF_TIME_OPEN}, 0, 0, 0, OVF_E_RANGE},
    {"backwards", {T0, T0 - DAY}, 0, 0, 0, OVF_E_RANGE},
    {"beyond the year 9999", {T0, INT64_C(1) << 50}, 0, 0, 0, OVF_E_RANGE},
    {"too narrow", {T0, T0 + DAY}, 10, 0, 0, OVF_E_RANGE},
    {"too wide", {T0, T0 + DAY}, 100000, 0, 0, OVF_E_RANGE},
    {"too many items", {T0, T0 + DAY}, 0, 0, OVF_STORY_MAX_ITEMS + 1, OVF_E_LIMIT},
    {"more rows than the height holds", {T0, T0 + DAY}, 0, 300, 100, OVF_E_LIMIT},
};

static void refuses(void **state)
{
    const struct refused *row = *state;
    static ovf_story_item items[OVF_STORY_MAX_ITEMS + 1];
    for (size_t i = 0; i < row->count; i++)
        items[i] = bar(OVF_STORY_AUTHORITY, "KICZ", "A0012/25 advisory", 0, 40);
    ovf_story_request request = request_of(items, row->count);
    request.window = row->window;
    request.width_px = row->width_px;
    request.height_px = row->height_px;
    ovf_buf buf = {0};
    ovf_error err = {0};
    assert_int_equal(ovf_story_draw(&request, &buf, &err), row->status);
    assert_true(row->status == OVF_OK || err.reason[0] != '\0');
    ovf_buf_done(&buf);
}

static void draws_pixels(void **state)
{
    (void)state;
    ovf_story_item item = bar(OVF_STORY_OPERATORS, "\xff\xfe", "no UTF-8 \x80", 1, 100);
    ovf_story_request request = request_of(&item, 1);
    request.format = OVF_MAP_PNG;
    ovf_buf buf = {0};
    assert_int_equal(ovf_story_draw(&request, &buf, NULL), OVF_OK);
    assert_memory_equal(buf.ptr, "\x89PNG\r\n\x1a\n", 8);
    ovf_buf_done(&buf);
}

int main(void)
{
    static const struct CMUnitTest plain[] = {
        cmocka_unit_test(shows_what_happened),
        cmocka_unit_test(keeps_labels_apart),
        cmocka_unit_test(draws_pixels),
    };
    struct CMUnitTest rows[OVF_COUNTOF(refused)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(refused); i++)
        rows[i] = (struct CMUnitTest){refused[i].name, refuses, NULL, NULL, &refused[i]};
    int failed = _cmocka_run_group_tests("refused", rows, OVF_COUNTOF(rows), NULL, NULL);
    return failed + cmocka_run_group_tests_name("story", plain, NULL, NULL);
}
