/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/route.h - the way round: the shortest legal path on the ellipsoid around the areas that
 * bind a flight, and what the detour costs.
 * Room: route.  Uses: conflict. */
#ifndef OVERFLY_ROUTE_H
#define OVERFLY_ROUTE_H

#include <overfly/conflict.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ovf_route_request {
    ovf_point from, to;
    ovf_str from_ident, to_ident;
    uint32_t from_airport, to_airport; /* OVF_INDEX_NONE: a bare point */
    ovf_time depart;                   /* OVF_TIME_NONE: judged at `at` */
    ovf_time at;                       /* used when depart is NONE */
    int32_t speed_kt;                  /* true airspeed in cruise */
    int32_t level_ft;
    ovf_str type; /* ICAO type designator, for fuel; may be empty */
    ovf_party party;
    const ovf_area *const *avoid; /* further areas to keep out of */
    ovf_str *avoid_names;
    size_t avoid_count;
    double margin_m;               /* kept from every border; 0: the default, 5 NM */
    const ovf_track *unrestricted; /* the filed way, for its speed and the price; may be NULL */
} ovf_route_request;

typedef struct ovf_route_point {
    ovf_str ident; /* item 15 text: a named point, "1234N05612W", or an airport */
    ovf_point place;
    ovf_str via; /* "DCT" */
    int32_t level_ft;
    ovf_time time;
} ovf_route_point;

typedef struct ovf_route {
    bool found;
    ovf_str why_not; /* when none is found: "the destination lies inside ..." */
    ovf_route_point *points;
    size_t point_count;
    ovf_str text; /* item 15 */
    double distance_m;
    double extra_m;       /* against the unrestricted best, the geodesic */
    double time_s;        /* at the average speed of the filed way, or the requested speed */
    double extra_s;       /* flying time of extra_m */
    bool has_filed;       /* request.unrestricted was given */
    double extra_filed_m; /* against it; negative where the filed way was longer */
    bool has_fuel;        /* false: the type is not known, and the next three are -1 */
    double fuel_kg, extra_kg, co2_kg;
    ovf_str *avoided; /* restriction ids and names of --avoid areas */
    size_t avoided_count;
    ovf_crossing *touched; /* what it still crosses, and why that is allowed */
    size_t touched_count;
    const ovf_restriction *
        *law; /* standing law that may bind it, as in ovf_conflict; it is crossed */
    size_t law_count;
    double bound_m;     /* no way that keeps the margin is shorter than this */
    double gap_percent; /* of the distance over that bound: what simple corners and whole minutes
                           cost, and what is not known */
    bool proven;        /* the search was exhaustive and the gap is at most 0.1 % */
} ovf_route;

#define OVF_ROUTE_MAX_OBSTACLE_VERTICES 4000

/* OVF_E_NOMEM, OVF_E_LIMIT. No way at all is not an error: found is false and why_not says it. */
OVF_API OVF_NODISCARD ovf_status ovf_route_find(const ovf_picture *picture,
                                                const ovf_route_request *request, ovf_arena *arena,
                                                ovf_route *out, ovf_error *err);

/* Fuel of a flight of that length, block to block, kg; negative: the type is not known. Source: ICAO
 * CORSIA CO2 Estimation Models, 2018. */
OVF_API double ovf_fuel_kg(ovf_str type_designator, double distance_m);
/* Fuel per hour in cruise at a true airspeed, kg, by the same models; negative: not known. 3.16 kg
 * of CO2 a kg (ICAO CORSIA, Jet-A). */
OVF_API double ovf_fuel_kg_per_hour(ovf_str type_designator, int32_t speed_kt);
#define OVF_CO2_PER_FUEL 3.16

#ifdef __cplusplus
}
#endif
#endif
