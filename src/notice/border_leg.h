/* SPDX-License-Identifier: Apache-2.0 */
/* A leg of an outline that no straight line and no arc is: "ALONG THE STATE BORDER TO", "THENCE ALONG
 * THE FIR BOUNDARY TO", "FOLLOW THE LIMIT OF TERRITORIAL WATERS", "ALONG THE COASTLINE". */
#ifndef OVERFLY_NOTICE_BORDER_LEG_H
#define OVERFLY_NOTICE_BORDER_LEG_H

#include "notice_internal.h"

/* The vertices between p and q along the line that the words in tokens [from_token, until_token) name.
 * rest   the other vertices of the outline as far as they are known, in the order of the text: they
 *        help to tell which of the two ways round is meant; may be none.
 * out    the vertices strictly between p and q, in the order from p to q, in the draft's arena; none
 *        (*count 0) when p and q are neighbours on that line. Written on true only.
 * why    on false: in lower case without a full stop what is missing, for a finding ("no border of
 *        that name is near"); static text or in the draft's arena. */
bool ovf_border_leg(ovf_draft *d, size_t from_token, size_t until_token, ovf_point p, ovf_point q,
                    const ovf_point *rest, size_t rest_count, ovf_point **out, size_t *count,
                    const char **why);

#endif
