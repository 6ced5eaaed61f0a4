/* SPDX-License-Identifier: Apache-2.0 */
/* ATS routes and published areas by designator, between the files of the room that read names. */
#ifndef OVERFLY_NOTICE_ROUTES_H
#define OVERFLY_NOTICE_ROUTES_H

#include "notice_internal.h"

/* Is the word a designator of an ATS route (Annex 11, Appendix 1)? */
bool ovf_is_route(ovf_str word);
/* Routes of a text that speaks of routes: areas for them. false: none. */
bool ovf_read_routes(ovf_draft *d);
/* Prohibited, restricted, danger and other published areas by designator or name: areas for them,
 * those of the world where it has them. false: none. */
bool ovf_read_designators(ovf_draft *d);

#endif
