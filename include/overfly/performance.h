/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/performance.h - how types of aircraft climb, cruise and descend.
 * Room: flight.  Uses: base.  Source: data/performance/types.txt, compiled into the library;
 * docs/formats/performance.md. Constant data: nothing to free, any thread. */
#ifndef OVERFLY_PERFORMANCE_H
#define OVERFLY_PERFORMANCE_H

#include <overfly/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where one rate and one airspeed give way to others. */
#define OVF_PERFORMANCE_LOW_FT 10000
#define OVF_PERFORMANCE_MIDDLE_FT 24000

/* A part of a climb or descent: the mean gradient, and the mean true airspeed by its schedule of
 * indicated airspeed and Mach number in the standard atmosphere. */
typedef struct ovf_performance_part {
    double ft_per_m;
    double speed_mps;
} ovf_performance_part;

typedef struct ovf_performance {
    char designator[5]; /* ICAO Doc 8643, "A320"; of a family "*MJ" */
    char wake;          /* L M H J */
    char craft;         /* L landplane, H helicopter */
    char engine;        /* J jet, T turboprop or turboshaft, P piston */
    int engines;        /* how many */
    int climb_ias_kt, descent_ias_kt; /* above FL100; below it 250 at most */
    double climb_mach, descent_mach;  /* 0: not flown by Mach number */
    int climb_ft_per_min[3];          /* to FL100, to FL240, above */
    double cruise_mach;               /* 0: none */
    int cruise_kt;                    /* true airspeed */
    int usual_from_ft, usual_to_ft, ceiling_ft;
    int descent_ft_per_nm[2];        /* above FL100, below */
    ovf_performance_part climb[3];   /* to FL100, to FL240, above */
    ovf_performance_part descent[2]; /* above FL100, below */
    char source;                     /* E, M, F or G: see the head of the table */
    const char *name;
} ovf_performance;

/* Which row of the table a flight is flown with. Zero: none of them, but the plain profile. */
typedef enum ovf_performance_basis {
    OVF_PERFORMANCE_PLAIN = 0, /* 2,000 ft/min up, 1,800 ft/min down, nothing known of the type */
    OVF_PERFORMANCE_FAMILY,    /* by wake category, and speed and level as filed */
    OVF_PERFORMANCE_TYPE,      /* its own row */
} ovf_performance_basis;

/* "plain", "family", "type". */
OVF_API const char *ovf_performance_basis_name(ovf_performance_basis basis);

/* All rows by designator, families first; count may be NULL. */
OVF_API const ovf_performance *ovf_performance_rows(size_t *count);
/* The row of a type designator; NULL. */
OVF_API const ovf_performance *ovf_performance_find(ovf_str type);
/* The row of the type, else of the family: by wake category (empty: not known) with the engines
 * that the filed speed and level speak for (0: not known). NULL for the plain profile. Types of
 * Doc 8643 whose performance says nothing of an aeroplane (balloons, gliders, airships, military
 * jets of unknown kind) have no row. basis may be NULL. */
OVF_API const ovf_performance *ovf_performance_for(ovf_str type, ovf_str wake, int32_t speed_kt,
                                                   int32_t level_ft, ovf_performance_basis *basis);

#ifdef __cplusplus
}
#endif
#endif
