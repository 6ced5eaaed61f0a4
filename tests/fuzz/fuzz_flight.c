/* SPDX-License-Identifier: Apache-2.0 */
/* Flight plan messages: any bytes are safe; positions lie within the record; what is read is within
 * its limits; a trajectory runs forward and its level stays within its bounds; the route as
 * written, read again alone, gives the same points. */
#include <overfly/flight.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_positions(const ovf_flight *f, ovf_str record)
{
    require(f->raw_span.at + (size_t)f->raw_span.len <= record.len);
    for (size_t i = 0; i < f->finding_count; i++)
        require(f->findings[i].pos == OVF_NOPOS || f->findings[i].pos <= record.len);
    for (size_t i = 0; i < f->unresolved_count; i++)
        require(f->unresolved[i].pos <= record.len && f->unresolved[i].why.len > 0);
    require(!f->route_complete || f->unresolved_count == 0);
    require(f->point_count <= OVF_FLIGHT_MAX_POINTS + 2);
    for (size_t i = 0; i < f->point_count; i++)
        require(ovf_point_is_valid(f->points[i].place) && f->points[i].level_ft >= 0);
}

static void check_track(ovf_flight *f, ovf_arena *arena)
{
    ovf_track t;
    ovf_error err = {0};
    if (ovf_flight_track(f, arena, &t, &err) != OVF_OK)
        return;
    require(t.count >= 2);
    for (size_t i = 0; i < t.count; i++) {
        require(t.points[i].lowest_ft <= t.points[i].level_ft);
        require(t.points[i].level_ft <= t.points[i].highest_ft);
        require(i == 0 || t.points[i].time >= t.points[i - 1].time);
        require(i == 0 || t.points[i].along_m >= t.points[i - 1].along_m);
    }
}

static void check_again(const ovf_flight *f, ovf_arena *arena)
{
    ovf_flight again = {.from = OVF_STR_INIT(""), .to = OVF_STR_INIT("")};
    ovf_findings findings = {.arena = arena};
    if (ovf_flight_expand(NULL, f->route, arena, &again, &findings) != OVF_OK)
        return;
    // Departure and destination apart, which the route alone does not know.
    size_t first = f->point_count > 0 && ovf_str_eq(f->points[0].ident, f->from);
    require(again.point_count + 2 >= f->point_count - first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ovf_str record = {(const char *)data, size};
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)256 << 20);
    ovf_flight_options options = {.reference = 1770854400};
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    if (ovf_flight_read(NULL, record, &options, &arena, &flights, &count, &err) == OVF_OK) {
        for (size_t i = 0; i < count && i < 50; i++) {
            check_positions(&flights[i], record);
            check_again(&flights[i], &arena);
            check_track(&flights[i], &arena);
        }
    }
    ovf_str key = {0};
    ovf_str value = {0};
    for (size_t at = 0; ovf_flight_other_next(record, &at, &key, &value);)
        require(at <= size && value.len <= size);
    (void)ovf_flight_sniff(record);
    ovf_arena_done(&arena);
    return 0;
}
