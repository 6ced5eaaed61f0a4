/* SPDX-License-Identifier: Apache-2.0 */
/* world.h - what the parts of the verb `overfly world` share. Room: cli. */
#ifndef OVF_CLI_WORLD_H
#define OVF_CLI_WORLD_H

#include "cli.h"

typedef struct world_verb {
    cli_common common;
    const char *kind;                              /* --kind of export */
    const char *format;                            /* --format of export */
    const char *batch;                             /* --batch of at */
    const char *output;                            /* -o of import and of export as GeoPackage */
    cli_list firs;                                 /* --fir of import */
    cli_list airspaces;                            /* --airspace of import */
    const char *limit;                             /* --limit of check */
    bool replace_all;                              /* of import */
    const char *callsign, *registration, *address; /* of who */
    ovf_world *world;
} world_verb;

/* Prints the object in buf one member a line and empties it. */
void world_put_members(ovf_buf *buf);
/* "key": value, null when it is empty. */
void world_put_text(ovf_json *json, const char *key, ovf_str value);
int world_at(world_verb *verb, const cli_list *operands);
int world_along(world_verb *verb, const cli_list *operands);
int world_export(world_verb *verb, const cli_list *operands);
int world_export_gpkg(world_verb *verb, const cli_list *operands);
int world_import(world_verb *verb, const cli_list *operands);
int world_who(world_verb *verb, const cli_list *operands);
int world_check(world_verb *verb, const cli_list *operands);

#endif
