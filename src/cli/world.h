/* SPDX-License-Identifier: Apache-2.0 */
/* world.h - what the parts of the verb `overfly world` share. Room: cli. */
#ifndef OVF_CLI_WORLD_H
#define OVF_CLI_WORLD_H

#include "cli.h"

/* Curved edges are laid out in chords that stay so near. */
#define WORLD_EXPORT_TOLERANCE_M 10.0

typedef struct world_verb {
    cli_common common;
    const char *callsign, *registration, *address; /* of who */
    const char *kind;                              /* --kind of export and show */
    const char *format;                            /* --format of export */
    const char *batch;                             /* --batch of at and who */
    const char *output;                            /* -o of import and export */
    cli_list firs;                                 /* --fir of import */
    cli_list navs;                                 /* --nav of import */
    bool add;                                      /* of import --nav: what is there stays */
    bool without_nav;                              /* of build */
    cli_list airspaces;                            /* --airspace of import */
    const char *limit;                             /* --limit of check */
    bool replace_all;                              /* of import */
    ovf_world *world;
} world_verb;

/* Prints the object in buf, with --json as it is, else one member a line, and empties it. */
void world_put_object(const world_verb *verb, ovf_buf *buf);
/* world_nav.c. All points, all airways of a name, each a line or an object; how many there are. */
size_t world_show_fixes(const world_verb *verb, ovf_str name, ovf_buf *buf);
size_t world_show_airways(const world_verb *verb, ovf_str name, ovf_buf *buf);
void world_list_fixes(const world_verb *verb, ovf_buf *buf);
void world_list_navaids(const world_verb *verb, ovf_buf *buf);
void world_list_airways(const world_verb *verb, ovf_buf *buf);
/* A line of list: code, State, name, parted by tabs, or an object. state may be OVF_INDEX_NONE. */
void world_put_row(const world_verb *verb, ovf_buf *buf, const char *kind, ovf_str code,
                   ovf_str name, uint32_t state);
/* Alpha-3 code; empty for OVF_INDEX_NONE. */
ovf_str world_iso3(const ovf_world *world, uint32_t state);
int world_at(world_verb *verb, const cli_list *operands);
int world_along(world_verb *verb, const cli_list *operands);
int world_export(world_verb *verb, const cli_list *operands);
int world_export_gpkg(world_verb *verb, const cli_list *operands);
/* world_export_nav.c: one feature, points, airways and imported areas. */
int world_export_fix(const world_verb *verb, uint32_t index, ovf_json *json);
int world_export_airway(const world_verb *verb, uint32_t index, ovf_json *json);
/* The chain in pieces, none across the 180th meridian; the rings of out are open lines. Lives in
 * the arena. false: no memory. */
bool world_airway_lines(const ovf_world *world, uint32_t airway, ovf_arena *arena,
                        ovf_outline *out);
/* "type" and "id", and opens "properties". */
void world_start_feature(ovf_json *json, ovf_str code, const char *kind);
/* The lowest and the highest flight level of its legs. */
void world_airway_levels(const ovf_world *world, uint32_t airway, uint32_t *lower_fl,
                         uint32_t *upper_fl);
/* world_import_nav.c: the files of --nav. The texts live in the arena until the edit is written;
 * *is_whole false: the edit must not be. */
int world_import_nav(const world_verb *verb, ovf_world_edit *edit, ovf_arena *arena,
                     bool *is_whole);
/* The file's name without its folders: what rows say their source is. */
ovf_str world_base_name(const char *path);
int world_import(world_verb *verb, const cli_list *operands);
int world_who(world_verb *verb, const cli_list *operands);
int world_check(world_verb *verb, const cli_list *operands);

#endif
