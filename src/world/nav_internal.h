/* SPDX-License-Identifier: Apache-2.0 */
/* nav_internal.h - what the readers of navigation data files share. */
#ifndef OVERFLY_NAV_INTERNAL_H
#define OVERFLY_NAV_INTERNAL_H

#include "world_internal.h"

/* ---- files of navigation data: nav_import.c, and a reader a form ---- */

/* How files tell points of one name apart: by the ICAO region and the kind. */
enum nav_class { NAV_ANY = 0, NAV_FIX, NAV_VHF, NAV_NDB };

struct nav_key {
    ovf_str ident;
    ovf_str region; /* "K1"; empty: none given */
    enum nav_class class;
    bool is_enroute;
    ovf_point place;
};

struct nav_import {
    struct world_build *build; /* rows of the files; what was there is beside, in `before` */
    const struct world_build *before;
    ovf_arena *arena;     /* of this import alone */
    struct nav_key *keys; /* by ident, when all points are read */
    size_t key_count, key_capacity;
    struct world_fix_names names_before; /* of `before`, when they stay */
    ovf_nav_file *file;                  /* at hand */
    ovf_str source;
};

/* A row that could not be read: a finding at a part of the file's text, and counted. */
void nav_bad(struct nav_import *import, const char *at, const char *fmt, ...) OVF_PRINTF(3, 4);

/* Add a row; a row that the tables refuse is bad. OVF_E_NOMEM, OVF_E_LIMIT: no use to go on. */
OVF_NODISCARD ovf_status nav_add_fix(struct nav_import *import, const struct nav_key *key,
                                     ovf_error *err);
OVF_NODISCARD ovf_status nav_add_navaid(struct nav_import *import, const struct nav_key *key,
                                        ovf_navaid fields, ovf_error *err);
/* A leg between two points known by name, region and class; place and is_enroute are not used. */
OVF_NODISCARD ovf_status nav_add_leg(struct nav_import *import, const struct nav_key *from,
                                     const struct nav_key *to, struct world_leg_row leg,
                                     ovf_error *err);

/* One file, points or airways of it. */
OVF_NODISCARD ovf_status nav_xplane_points(struct nav_import *import, ovf_error *err);
OVF_NODISCARD ovf_status nav_xplane_airways(struct nav_import *import, ovf_error *err);
OVF_NODISCARD ovf_status nav_arinc_points(struct nav_import *import, ovf_error *err);
OVF_NODISCARD ovf_status nav_arinc_airways(struct nav_import *import, ovf_error *err);

/* A row of an X-Plane file, of a file that may be one. */
bool nav_is_xplane_head(ovf_str text, uint32_t *version);
ovf_nav_form nav_xplane_form(ovf_str text);
bool nav_is_arinc(ovf_str text);

#endif
