/* SPDX-License-Identifier: Apache-2.0 */
/* A trajectory as JSON: what it is flown with, and its points with their bounds. */
#include "flight_io.h"

ovf_status flight_track(const cli_common *common, const ovf_world *world, ovf_flight *flight,
                        ovf_arena *arena, ovf_track *out, ovf_error *err)
{
    ovf_track_options options = {.world = common->keeps_firs ? world : NULL, .wind = common->wind};
    return ovf_flight_track_with(flight, &options, arena, out, err);
}

static void put_track_point(ovf_json *json, const ovf_track *track, const ovf_track_point *p)
{
    ovf_json_object(json);
    put_place(json, p->place);
    ovf_json_key(json, "along_nm");
    ovf_json_fixed(json, ovf_m_to_nm(p->along_m), 3);
    put_time(json, "time", track->timed ? p->time : OVF_TIME_NONE);
    put_count_or_null(json, "early_s", track->timed ? p->early_s : -1, -1);
    put_count_or_null(json, "late_s", track->timed ? p->late_s : -1, -1);
    put_count_or_null(json, "level_ft", track->levelled ? p->level_ft : -1, -1);
    ovf_json_key(json, "lowest_ft");
    ovf_json_int(json, p->lowest_ft);
    ovf_json_key(json, "highest_ft");
    ovf_json_int(json, p->highest_ft);
    put_count_or_null(json, "route_point", p->route_point, -1);
    ovf_json_end(json);
}

void put_track(ovf_json *json, const ovf_track *track, bool has_points)
{
    ovf_json_key(json, "track");
    if (track == NULL) {
        ovf_json_null(json);
        return;
    }
    ovf_json_object(json);
    ovf_json_key(json, "performance");
    ovf_json_object(json);
    ovf_json_key(json, "basis");
    ovf_json_cstr(json, ovf_performance_basis_name(track->basis));
    const ovf_performance *p = track->performance;
    put_text(json, "row", p != NULL ? ovf_str_of(p->designator) : OVF_STR(""));
    put_text(json, "name", p != NULL ? ovf_str_of(p->name) : OVF_STR(""));
    ovf_json_end(json);
    ovf_json_key(json, "length_nm");
    ovf_json_fixed(json, ovf_m_to_nm(track->length_m), 3);
    ovf_json_key(json, "timed");
    ovf_json_bool(json, track->timed);
    ovf_json_key(json, "levelled");
    ovf_json_bool(json, track->levelled);
    ovf_json_key(json, "complete");
    ovf_json_bool(json, track->complete);
    ovf_json_key(json, "wind_share");
    ovf_json_fixed(json, track->windy, 3);
    ovf_json_key(json, "anchored");
    ovf_json_int(json, track->anchored);
    if (has_points) {
        ovf_json_key(json, "points");
        ovf_json_array(json);
        for (size_t i = 0; i < track->count; i++)
            put_track_point(json, track, &track->points[i]);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}
