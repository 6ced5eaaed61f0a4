/* SPDX-License-Identifier: Apache-2.0 */
/* tracks_group.h - positions gathered by aircraft. */
#ifndef OVF_TRACKS_GROUP_H
#define OVF_TRACKS_GROUP_H

#include "tracks_doubt.h"

/* In the order of the input within each; all in the arena. false: no memory. */
bool tracks_group(const ovf_position *positions, size_t count, const ovf_flown_options *options,
                  ovf_arena *arena, one_aircraft **out, size_t *out_count);

#endif
