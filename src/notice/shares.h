/* SPDX-License-Identifier: Apache-2.0 */
/* shares.h - a row of pieces of work, shared out among threads. */
#ifndef OVF_NOTICE_SHARES_H
#define OVF_NOTICE_SHARES_H

#include <overfly/base.h>

/* Does [from, until) of the row with memory out of the arena; false: no memory. */
typedef bool (*ovf_share_work)(void *context, ovf_arena *arena, size_t from, size_t until);

/* Does all of [0, count) by up to that many threads, each of which takes the next share when it is
 * done with one. What they took from the system is the arena's afterwards. false: no memory, or one
 * of them failed. */
OVF_NODISCARD bool ovf_share_out(ovf_arena *arena, unsigned threads, size_t count,
                                 ovf_share_work work, void *context);

#endif
