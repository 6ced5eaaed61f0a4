/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/flight_link.h - messages about plans (CHG, DLA, CNL, DEP, ARR and their ADEXP kin) brought to
 * the plans that they are about, for inputs that are not held in memory whole: keys of a fixed size
 * are matched first, then each plan is amended by itself. ovf_flight_link does both at once, with the
 * same answers.
 * Room: flight.  Uses: world.  Source: ICAO Doc 4444, 11.4.2.2, App. 3; docs/formats/fpl.md. */
#ifndef OVERFLY_FLIGHT_LINK_H
#define OVERFLY_FLIGHT_LINK_H

#include <overfly/flight.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ovf_link_role {
    OVF_LINK_NONE = 0, /* neither: nothing is brought to it, and it is about nothing */
    OVF_LINK_PLAN,
    OVF_LINK_MESSAGE, /* about a plan */
} ovf_link_role;

/* What of a flight is compared, 56 bytes. Texts in capitals; of one that is longer than its member a
 * hash stands for it. */
typedef struct ovf_link_key {
    char id[12];
    char from[8], to[8];
    char plan_id[12];
    uint8_t role; /* ovf_link_role */
    uint8_t kind; /* ovf_flight_form as an ICAO message would have it */
    bool is_adexp;
    bool is_icao; /* an FPL */
    bool day_assumed;
    ovf_time time; /* off-block; of a message without one the departure; OVF_TIME_NONE */
} ovf_link_key;

OVF_API ovf_link_key ovf_flight_link_key(const ovf_flight *flight);
/* Of keys: have they the same identification? */
OVF_API bool ovf_link_same_id(const ovf_link_key *a, const ovf_link_key *b);

#define OVF_LINK_NOT_HERE 0xffffffffU /* the plan is not in the same input */
#define OVF_LINK_SEVERAL 0xfffffffeU  /* several fit, and no date of flight tells them apart */
#define OVF_LINK_MAX_SAME_ID 2000     /* more plans of one identification are not weighed */
#define OVF_LINK_MAX_KEYS 0xfffffff0U

/* Which plan each message is about: the same identification, departure and destination, and of several
 * days the one nearest to the time that the message names, within 20 hours.
 * keys        in the order of the input; those without a role are passed over.
 * plans       `count` numbers: of a message the place of its plan in keys, NOT_HERE or SEVERAL.
 * is_doubtful `count`: of a plan: a message that changes when or where it flies may be about it.
 * OVF_E_NOMEM, OVF_E_LIMIT (OVF_LINK_MAX_KEYS). */
OVF_API OVF_NODISCARD ovf_status ovf_flight_link_match(const ovf_link_key *keys, size_t count,
                                                       uint32_t *plans, bool *is_doubtful,
                                                       ovf_error *err);

/* Brings the messages of one plan to it: amendments first, then delays, then what became of it, each
 * in the order given, which is that of the input. Writes what ovf_flight_link writes. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_flight_amend(const ovf_world *world, ovf_flight *plan,
                                                  ovf_flight *const *messages, size_t count,
                                                  ovf_arena *arena, ovf_error *err);
/* Says on a message that it has no plan: NOT_HERE or SEVERAL, of ovf_flight_link_match. */
OVF_API void ovf_flight_unlinked(ovf_flight *message, uint32_t why, ovf_arena *arena);

#ifdef __cplusplus
}
#endif
#endif
