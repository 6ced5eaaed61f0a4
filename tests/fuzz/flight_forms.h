/* SPDX-License-Identifier: Apache-2.0 */
/* flight_forms.h - what holds for flights of any form, whatever the bytes. */
#ifndef OVF_FUZZ_FLIGHT_FORMS_H
#define OVF_FUZZ_FLIGHT_FORMS_H

#include <overfly/flight.h>

#include <stdlib.h>

static inline void require(bool holds)
{
    if (!holds)
        abort();
}

static inline void check_flight(const ovf_flight *f, ovf_str record)
{
    require(f->raw_span.at + (size_t)f->raw_span.len <= record.len);
    for (size_t i = 0; i < f->finding_count; i++)
        require(f->findings[i].pos == OVF_NOPOS || f->findings[i].pos <= record.len);
    for (size_t i = 0; i < f->unresolved_count; i++)
        require(f->unresolved[i].pos <= record.len && f->unresolved[i].why.len > 0);
    require(!f->route_complete || (f->unresolved_count == 0 && !f->route_assumed));
    require(f->point_count <= OVF_FLIGHT_MAX_EXPANDED + 2);
    for (size_t i = 0; i < f->point_count; i++) {
        require(ovf_point_is_valid(f->points[i].place));
        require(f->points[i].level_ft >= 0 && f->points[i].level_ft <= 100000);
    }
    require(f->eet_count <= OVF_FLIGHT_MAX_EET);
    for (size_t i = 0; i < f->eet_count; i++)
        require(f->eets[i].point < (int32_t)f->point_count && f->eets[i].min >= 0);
    require(f->eet_min >= -1);
}

/* Reads, links, checks. A window of a week, so that schedules are laid out. */
static inline void check_forms(ovf_str record)
{
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)256 << 20);
    ovf_flight_options options = {.reference = 1770854400, .window = {1770854400, 1771459200}};
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    (void)ovf_flight_sniff(record);
    if (ovf_flight_read(NULL, record, &options, &arena, &flights, &count, &err) == OVF_OK) {
        ovf_flight **list = ovf_arena_array(&arena, ovf_flight *, count + 1);
        for (size_t i = 0; i < count; i++) {
            check_flight(&flights[i], record);
            if (list != NULL)
                list[i] = &flights[i];
        }
        if (list != NULL && ovf_flight_link(NULL, list, count, &arena, &err) == OVF_OK)
            for (size_t i = 0; i < count; i++)
                if (flights[i].effective != NULL)
                    check_flight(flights[i].effective, flights[i].effective->raw.len > record.len
                                                           ? flights[i].effective->raw
                                                           : record);
    }
    ovf_arena_done(&arena);
}

#endif
