/* SPDX-License-Identifier: Apache-2.0 */
/* adexp.h - what the two files of ADEXP share: the fields of a message and its points. */
#ifndef OVF_FLIGHT_ADEXP_H
#define OVF_FLIGHT_ADEXP_H

#include "flight_internal.h"

typedef struct adexp_point {
    ovf_str ident;    /* as in PTID or ADID */
    ovf_str level;    /* FL; empty: none */
    ovf_str estimate; /* ETO, CTO, STO or TO */
    ovf_str actual;   /* ATO */
} adexp_point;

/* GEO, REF and RENAME: what an identifier of this message stands for. */
typedef struct adexp_place {
    ovf_str id;
    ovf_str point, bearing, distance; /* REF; RENAME: point alone */
    ovf_str lat, lon;                 /* GEO */
} adexp_place;

typedef struct adexp_message {
    flight_reader *r;
    int depth;        /* of BEGIN ... END */
    ovf_str list;     /* the outermost of them */
    ovf_str compound; /* PT, GEO ...: whose parts follow */
    ovf_str arcid, adep, ades, adarr, type, wake, rules, use;
    ovf_str eobd, eobt, add, atd, ada, ata, ttleet, rfl, speed, route, flight_state;
    ovf_str alternates[2];
    ovf_buf other; /* item 18 out of the fields that it is cut into here */
    adexp_point *points;
    size_t point_count, point_capacity;
    adexp_place *places;
    size_t place_count, place_capacity;
    bool is_full; /* no memory for a point */
} adexp_message;

/* Cuts the next "-KEY value" off s. */
bool flight_adexp_next(ovf_str s, size_t *at, ovf_str *key, ovf_str *value);
/* "180723" or "20180723", then hour, minute and perhaps second; a time alone is that of the day of the
 * flight, behind its off-block time. OVF_TIME_NONE when it is none. */
ovf_time flight_adexp_time(ovf_str text, ovf_time off_block);
/* What an identifier stands for, as item 15 writes it; itself when it is a name. */
ovf_str flight_adexp_name(const adexp_message *m, ovf_str ident);
/* ROUTE and RTEPTS to points (adexp_points.c). */
ovf_status flight_adexp_route(adexp_message *m, ovf_error *err);

#endif
