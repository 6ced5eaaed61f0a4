/* SPDX-License-Identifier: Apache-2.0 */
/* fixm.h - what the two files of FIXM share. */
#ifndef OVF_FLIGHT_FIXM_H
#define OVF_FLIGHT_FIXM_H

#include "flight_internal.h"

#include <overfly/xml.h>

typedef struct fixm_reader {
    flight_reading *all;
    ovf_flight *flight;
    ovf_findings findings;
    flight_reader r;
    bool is_full;
} fixm_reader;

/* A copy that outlives the document; the empty text when there is no memory. */
ovf_str flight_fixm_keep(const fixm_reader *x, ovf_str text);
/* xs:duration as seconds, below 100 hours. */
bool flight_fixm_duration(ovf_str text, int64_t *seconds);
/* The first "latitude longitude" below an element (pos). */
bool flight_fixm_position(const ovf_xml *node, ovf_point *out);
/* false: no memory. */
bool flight_fixm_route(fixm_reader *x, const ovf_xml *flight);

#endif
