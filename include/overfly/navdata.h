/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/navdata.h - newer points, radio aids, airways and airports over those of a world.
 * Room: world.  Uses: base.  Source: docs/formats/nav.md: X-Plane 11 and 12 (FIX1101, NAV1100,
 * NAV1150, AWY1100 and their 1200 forms), ARINC Specification 424-18, chapter 4. */
#ifndef OVERFLY_NAVDATA_H
#define OVERFLY_NAVDATA_H

#include <overfly/world.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ovf_nav_form {
    OVF_NAV_UNKNOWN = 0,
    OVF_NAV_XPLANE_FIX,
    OVF_NAV_XPLANE_NAV,
    OVF_NAV_XPLANE_AWY,
    OVF_NAV_ARINC_424,
} ovf_nav_form;

/* "xplane-fix", "xplane-nav", "xplane-awy", "arinc-424"; "unknown". */
OVF_API const char *ovf_nav_form_name(ovf_nav_form form);
/* What a file is, by its head and first rows. */
OVF_API ovf_nav_form ovf_nav_sniff(ovf_str text);

typedef struct ovf_nav_file {
    ovf_str name;          /* what its rows say their source is */
    ovf_str text;          /* borrowed until the edit is written */
    ovf_nav_form form;     /* the rest is written by ovf_world_edit_nav */
    ovf_findings findings; /* arena: the caller's, before; pos: bytes of text */
    size_t fixes, navaids, legs, airports;
    size_t left_out; /* rows of other kinds: landing systems, procedures, continuations */
    size_t bad;      /* rows that could not be read, or name a point that is in no file */
} ovf_nav_file;

/* Reads the files, points before airways whatever their order, over the world's points, aids and
 * airways; keep: those that are there already stay, and give way to new ones of their name within a
 * mile. Airports are replaced one by one. A bad row is a finding and counted, and the rest is read.
 * OVF_E_SYNTAX: a file of no known form (err->pos: its index); OVF_E_LIMIT, OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_world_edit_nav(ovf_world_edit *edit, ovf_nav_file *files,
                                                    size_t count, bool keep, ovf_error *err);

#ifdef __cplusplus
}
#endif
#endif
