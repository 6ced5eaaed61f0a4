/* SPDX-License-Identifier: Apache-2.0 */
/* picture.h - a world, the rules, and pictures out of short documents, for the tests of this room. */
#ifndef OVERFLY_TESTS_PICTURE_H
#define OVERFLY_TESTS_PICTURE_H

#include <overfly/restriction.h>

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static const char *world_path;
static ovf_world *world;
static ovf_rulebook *book;

static int open_all(void **state)
{
    ovf_error err = {0};
    OVF_UNUSED(state);
    if (ovf_world_open(world_path, &world, &err) != OVF_OK
        || ovf_rulebook_new(world, &book, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    return 0;
}

static int close_all(void **state)
{
    OVF_UNUSED(state);
    ovf_rulebook_free(book);
    ovf_world_free(world);
    return 0;
}

static ovf_time at(const char *text)
{
    ovf_time t = OVF_TIME_NONE;
    ovf_error err = {0};
    if (ovf_time_parse(ovf_str_of(text), &t, &err) != OVF_OK)
        fail_msg("%s: %s", text, err.reason);
    return t;
}

static ovf_picture *new_picture(ovf_time as_of, bool alone, ovf_time about)
{
    ovf_picture *picture = NULL;
    ovf_picture_options options = {.as_of = as_of,
                                   .alone = alone,
                                   .window = {about - 60 * OVF_DAY_S, about + 120 * OVF_DAY_S}};
    assert_int_equal(ovf_picture_new(world, book, &options, &picture, NULL), OVF_OK);
    return picture;
}

static ovf_status add(ovf_picture *picture, const char *document)
{
    ovf_error err = {0};
    const ovf_source source = {.name = OVF_STR("test"), .known = OVF_TIME_NONE};
    return ovf_picture_add(picture, ovf_str_of(document), &source, NULL, &err);
}

#endif
