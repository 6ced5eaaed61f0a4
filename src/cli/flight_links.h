/* SPDX-License-Identifier: Apache-2.0 */
/* flight_links.h - messages about plans and the plans of a batch, brought together although the batch is
 * never held whole: the scan keeps 72 bytes a plan and the text of each message; then each plan that
 * has messages is amended when its share is read again. */
#ifndef OVF_CLI_FLIGHT_LINKS_H
#define OVF_CLI_FLIGHT_LINKS_H

#include "flight_shares.h"

#include <overfly/flight_link.h>

#define FLIGHT_LINKS_MAX_KEYS 4000000              /* plans and messages about plans, in all */
#define FLIGHT_LINKS_MAX_BYTES ((size_t)256 << 20) /* of messages and what is kept with them */

/* Where a flight stands in the share with its number. */
typedef struct flight_place {
    uint64_t share;
    uint32_t index;
    uint32_t message; /* of a message: in `messages` */
} flight_place;

/* A message about a plan, and what bringing it there said of it. */
typedef struct flight_message {
    uint32_t key;
    flight_mention place;
    ovf_str raw;
    const ovf_finding *findings; /* those that it has not by itself */
    size_t finding_count;
    const flight_mention *plan; /* NULL: none */
} flight_message;

typedef struct flight_links {
    ovf_link_key *keys; /* in the order of the input, as `places` */
    flight_place *places;
    size_t count, key_capacity, place_capacity;
    flight_message *messages;
    size_t message_count, message_capacity;
    uint32_t *plans; /* of ovf_flight_link_match */
    bool *is_doubtful;
    uint32_t *by_plan; /* messages in the order of their plans, then of the input */
    uint32_t
        *first; /* [k + 1]: where the messages of key k begin in by_plan, [k + 2] where they end */
    ovf_time reference; /* the day of messages without a date */
    bool is_full;       /* above a ceiling: nothing is linked, every plan is in doubt */
    ovf_arena arena;
} flight_links;

void flight_links_init(flight_links *links, ovf_time reference);
void flight_links_done(flight_links *links);

/* Share by share in the order of the input, by one thread at a time. false: no memory. */
bool flight_links_scan(flight_links *links, uint64_t share, const flight_batch *flights);
/* Behind the scan: which plan each message is about. 0, or an exit status. */
int flight_links_settle(flight_links *links);
/* Is anything of this share to be linked? From here on any thread may ask. */
bool flight_links_touch(const flight_links *links, uint64_t share);

/* What bringing the messages of one plan to it says of each. */
typedef struct flight_linked {
    uint32_t message;
    const ovf_finding *findings; /* beyond its own */
    size_t finding_count;
    const flight_mention *plan;
} flight_linked;

/* The flight at its place as it stands: a plan is amended, and told what changed it; a message has
 * the findings that were kept of it. linked: NULL, or a list in the arena that flight_links_keep
 * takes. false: no memory. */
bool flight_links_apply(const flight_links *links, const ovf_world *world, uint64_t share,
                        uint32_t index, flight_item *item, ovf_arena *arena, flight_linked **linked,
                        size_t *linked_count);
/* By one thread at a time, and before anybody applies without `linked`. */
bool flight_links_keep(flight_links *links, const flight_linked *linked, size_t count);

#endif
