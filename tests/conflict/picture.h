/* SPDX-License-Identifier: Apache-2.0 */
/* picture.h - a picture out of short notices, and a plan flown through it, for the tests of conflict
 * and route. */
#ifndef OVERFLY_TESTS_CONFLICT_PICTURE_H
#define OVERFLY_TESTS_CONFLICT_PICTURE_H

#include <overfly/route.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NOON INT64_C(1770897600) /* 2026-02-12T12:00:00Z */

static const char *world_path;
static ovf_world *world;
static ovf_rulebook *book;

static int open_all(void **state)
{
    ovf_error err = {0};
    OVF_UNUSED(state);
    if (ovf_world_open(world_path, &world, &err) == OVF_OK
        && ovf_rulebook_new(world, &book, &err) == OVF_OK)
        return 0;
    print_error("%s: %s\n", world_path, err.reason);
    return -1;
}

static int close_all(void **state)
{
    OVF_UNUSED(state);
    ovf_rulebook_free(book);
    ovf_world_free(world);
    return 0;
}

/* document: notices or records of statements; borrowed until the picture is freed. */
static inline ovf_picture *picture_of(ovf_str document, bool alone)
{
    ovf_picture *picture = NULL;
    ovf_error err = {0};
    ovf_picture_options options = {.as_of = OVF_TIME_OPEN,
                                   .alone = alone,
                                   .window = {NOON - 20 * OVF_DAY_S, NOON + 20 * OVF_DAY_S}};
    const ovf_source source = {.name = OVF_STR("test"), .known = OVF_TIME_NONE};
    assert_int_equal(ovf_picture_new(world, book, &options, &picture, &err), OVF_OK);
    if (document.len > 0 && ovf_picture_add(picture, document, &source, NULL, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    assert_int_equal(ovf_picture_settle(picture, &err), OVF_OK);
    return picture;
}

typedef struct flown {
    ovf_flight flight;
    ovf_track track;
    ovf_conflict conflict;
} flown;

static inline void fly(const ovf_picture *picture, ovf_str plan, ovf_time at, ovf_arena *arena,
                       flown *out)
{
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    assert_int_equal(ovf_flight_read(world, plan, NULL, arena, &flights, &count, &err), OVF_OK);
    assert_int_equal(count, 1);
    out->flight = flights[0];
    assert_int_equal(ovf_flight_track(&out->flight, arena, &out->track, &err), OVF_OK);
    if (ovf_conflict_flight(picture, &out->flight, &out->track, NULL, at, arena, &out->conflict,
                            &err)
        != OVF_OK)
        fail_msg("%s", err.reason);
}

#endif
