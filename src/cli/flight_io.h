/* SPDX-License-Identifier: Apache-2.0 */
/* flight_io.h - what check, route and flight share: plans out of files, and their JSON. */
#ifndef OVF_CLI_FLIGHT_IO_H
#define OVF_CLI_FLIGHT_IO_H

#include "cli.h"
#include "members.h"
#include "wind.h"

/* Where a message stands in the inputs. */
typedef struct flight_mention {
    ovf_flight_form form;
    ovf_str title;      /* "CHG", "IDLA" */
    const char *source; /* name of the input */
    ovf_str record_id;  /* of the JSONL record; may be empty */
    uint32_t record;
    size_t line; /* from 1, of the record */
    size_t pos;  /* byte of the record */
} flight_mention;

/* One plan with where it came from. */
typedef struct flight_item {
    ovf_flight *flight;
    const cli_input *input;
    ovf_str record; /* its text; with --field not the whole of the input */
    ovf_str record_id;
    size_t line;                    /* from 1, where the record starts */
    const flight_mention *messages; /* of a plan: what was brought to it, in the order taken */
    size_t message_count;
    const flight_mention *plan; /* of a message: what it is about; NULL: not known */
} flight_item;

flight_mention flight_mention_of(const flight_item *item);
/* "messages", "plan". */
void put_mentions(ovf_json *json, const flight_item *item);

typedef struct flight_list {
    flight_item *items;
    size_t count, capacity;
    cli_input *inputs;
    size_t input_count;
    size_t bad; /* plans and records with something that could not be read */
    ovf_arena arena;
    ovf_world *world;
} flight_list;

/* Reads every plan of the files ("-": standard input; with field, JSONL); messages for what cannot
 * be read, "file:line:column: ...", and the rest still read. reference: day of plans without DOF.
 * Schedules are laid out for that day. Messages about a plan are brought to it (ovf_flight_link).
 * Texts and flights live as long as the list. 0 or an exit status. */
int flight_list_read(const cli_common *common, const cli_list *files, const char *field,
                     ovf_time reference, flight_list *out);
/* Schedules are laid out for the flights that leave in a window; empty: on the day of `reference`. */
int flight_list_read_window(const cli_common *common, const cli_list *files, const char *field,
                            ovf_time reference, ovf_interval window, flight_list *out);
void flight_list_done(flight_list *list);
/* From a day before the first departure to two days behind the last; round `at` without any. */
ovf_interval flight_list_window(const flight_list *list, ovf_time at);
/* Every point of the plan at this level: --level. */
void flight_set_level(ovf_flight *flight, int32_t level_ft);

/* Member "flown" of a flown track, nothing for others (flight_flown.c). with_aside: each position that
 * is set aside as well. */
void put_flown(ovf_json *json, const ovf_flight *flight, bool with_aside);
/* The same for people; false: it is none. */
bool print_flown(const ovf_flight *flight);

void put_count_or_null(ovf_json *json, const char *key, int64_t value, int64_t unknown);
void put_place(ovf_json *json, ovf_point p); /* "lon", "lat" */
/* "status", "record", "findings". */
void put_reading(ovf_json *json, const flight_item *item);
void put_unresolved(ovf_json *json, const ovf_flight *flight);
void put_crossings(ovf_json *json, const char *key, const ovf_crossing *crossings, size_t count,
                   const ovf_world *world);

/* Members flight, answer, why, crossings, unresolved, uncovered. */
/* The context for checking the flights: of the ledger what their answers rest on, if they are few. */
int cli_context_open_for(const cli_common *common, const flight_list *list, ovf_interval window,
                         cli_context *out);
/* "law": rows of standing law on the way that may bind the party, with what would settle each. */
void put_law(ovf_json *json, const ovf_restriction *const *law, size_t count,
             const ovf_rulebook *book, const ovf_party *party);
/* The same in a line each, for people. */
void print_law(FILE *out, const ovf_restriction *const *law, size_t count, const ovf_rulebook *book,
               const ovf_party *party);
void put_judged(ovf_json *json, const ovf_flight *flight, const ovf_conflict *conflict,
                const ovf_world *world);
/* Members found to touched, of a way round; times are null without a speed. */
void put_way(ovf_json *json, const ovf_route *r, bool has_speed, const ovf_world *world);

/* ovf_flight_track with the world and the wind of the command line (track_json.c). */
ovf_status flight_track(const cli_common *common, const ovf_world *world, ovf_flight *flight,
                        ovf_arena *arena, ovf_track *out, ovf_error *err);
/* The member "track"; NULL: null. */
void put_track(ovf_json *json, const ovf_track *track, bool has_points);

#endif
