/* SPDX-License-Identifier: Apache-2.0 */
/* world.h - what the parts of the verb `overfly world` share. Room: cli. */
#ifndef OVF_CLI_WORLD_H
#define OVF_CLI_WORLD_H

#include "cli.h"

typedef struct world_verb {
    cli_common common;
    const char *callsign, *registration, *address; /* of who */
    const char *kind;                              /* --kind of export and show */
    const char *format;                            /* --format of export */
    const char *batch;                             /* --batch of at and who */
    const char *output;                            /* -o of import and of export as GeoPackage */
    cli_list firs;                                 /* --fir of import */
    cli_list navs;                                 /* --nav of import */
    bool add;                                      /* of import --nav: what is there stays */
    bool without_nav;                              /* of build */
    cli_list airspaces;                            /* --airspace of import */
    const char *limit;                             /* --limit of check */
    bool replace_all;                              /* of import */
    ovf_world *world;
} world_verb;

/* Prints the object in buf one member a line and empties it. */
void world_put_members(ovf_buf *buf);
/* world_nav.c. All points, all airways of a name, each a line or an object; how many there are. */
size_t world_show_fixes(const world_verb *verb, ovf_str name, ovf_buf *buf);
size_t world_show_airways(const world_verb *verb, ovf_str name, ovf_buf *buf);
void world_list_fixes(const world_verb *verb, ovf_buf *buf);
void world_list_navaids(const world_verb *verb, ovf_buf *buf);
void world_list_airways(const world_verb *verb, ovf_buf *buf);
/* "key": value, null when it is empty. */
void world_put_text(ovf_json *json, const char *key, ovf_str value);
int world_at(world_verb *verb, const cli_list *operands);
int world_along(world_verb *verb, const cli_list *operands);
int world_export(world_verb *verb, const cli_list *operands);
int world_export_gpkg(world_verb *verb, const cli_list *operands);
/* world_import_nav.c: the files of --nav. The texts live in the arena until the edit is written;
 * *is_whole false: the edit must not be. */
int world_import_nav(const world_verb *verb, ovf_world_edit *edit, ovf_arena *arena,
                     bool *is_whole);
int world_import(world_verb *verb, const cli_list *operands);
int world_who(world_verb *verb, const cli_list *operands);
int world_check(world_verb *verb, const cli_list *operands);

#endif
