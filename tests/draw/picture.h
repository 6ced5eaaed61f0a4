/* SPDX-License-Identifier: Apache-2.0 */
/* picture.h - maps read back: SVG by expat, PNG by cairo; and the world they are drawn of. */
#ifndef OVERFLY_TESTS_DRAW_PICTURE_H
#define OVERFLY_TESTS_DRAW_PICTURE_H

#include "draw_internal.h"

#include <expat.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *world_path; /* the argument */
static ovf_world *world;       /* NULL: no world file, maps are drawn without one */

/* fontconfig keeps what it has read until the process ends. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

/* ---- reading pictures back ---- */

typedef struct svg_read {
    ovf_buf text; /* of <text> and <title>, one a line */
    int depth_text;
    size_t elements;
    bool outside; /* a text starts outside of the picture */
    double width, height;
} svg_read;

static double attribute(const char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        double value = 0;
        if (strcmp(attributes[i], name) == 0
            && ovf_str_to_double(ovf_str_of(attributes[i + 1]), &value, NULL) == OVF_OK)
            return value;
    }
    return (double)NAN;
}

static void on_start(void *data, const char *name, const char **attributes)
{
    svg_read *read = data;
    read->elements++;
    if (strcmp(name, "svg") == 0) {
        read->width = attribute(attributes, "width");
        read->height = attribute(attributes, "height");
    }
    if (strcmp(name, "text") == 0) {
        double x = attribute(attributes, "x"), y = attribute(attributes, "y");
        double length = attribute(attributes, "textLength");
        read->outside =
            read->outside
            || !(x >= 0 && y >= 0 && x + length <= read->width + 1 && y <= read->height);
    }
    read->depth_text += strcmp(name, "text") == 0 || strcmp(name, "title") == 0;
}

static void on_end(void *data, const char *name)
{
    svg_read *read = data;
    if (strcmp(name, "text") == 0 || strcmp(name, "title") == 0) {
        read->depth_text--;
        ovf_buf_addc(&read->text, '\n');
    }
}

static void on_text(void *data, const char *s, int len)
{
    svg_read *read = data;
    if (read->depth_text > 0)
        ovf_buf_add(&read->text, (ovf_str){s, (size_t)len});
}

static inline void read_svg(const ovf_buf *svg, svg_read *read)
{
    *read = (svg_read){0};
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, read);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    if (XML_Parse(parser, svg->ptr, (int)svg->len, 1) != XML_STATUS_OK)
        fail_msg("line %lu: %s", XML_GetCurrentLineNumber(parser),
                 XML_ErrorString(XML_GetErrorCode(parser)));
    XML_ParserFree(parser);
}

static inline void assert_says(const svg_read *read, const char *words)
{
    if (ovf_str_find(ovf_buf_str(&read->text), 0, ovf_str_of(words)) == OVF_NOPOS)
        fail_msg("\"%s\" is not in the map", words);
}

typedef struct bytes {
    const unsigned char *at;
    size_t left;
} bytes;

static cairo_status_t from_bytes(void *closure, unsigned char *out, unsigned int length)
{
    bytes *in = closure;
    if (in->left < length)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(out, in->at, length);
    in->at += length;
    in->left -= length;
    return CAIRO_STATUS_SUCCESS;
}

static inline cairo_surface_t *read_png(const ovf_buf *png)
{
    assert_true(png->len > 8 && memcmp(png->ptr, "\x89PNG\r\n\x1a\n", 8) == 0);
    bytes in = {(const unsigned char *)png->ptr, png->len};
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(from_bytes, &in);
    assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    assert_int_equal(in.left, 0);
    return surface;
}

static inline int open_world(void **state)
{
    (void)state;
    ovf_error err = {0};
    if (world_path != NULL && ovf_world_open(world_path, &world, &err) != OVF_OK)
        print_message("no world file: %s\n", err.reason);
    return 0;
}

static inline int close_world(void **state)
{
    (void)state;
    ovf_world_free(world);
    return 0;
}

#endif
