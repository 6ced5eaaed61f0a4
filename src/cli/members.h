/* SPDX-License-Identifier: Apache-2.0 */
/* members.h - one member of a JSON object in one call, for every verb that writes them. What is not
 * known is null, never a default. */
#ifndef OVF_CLI_MEMBERS_H
#define OVF_CLI_MEMBERS_H

#include <overfly/overfly.h>

void put_text(ovf_json *json, const char *key, ovf_str text); /* empty: null */
void put_cstr(ovf_json *json, const char *key, const char *text);
void put_bool(ovf_json *json, const char *key, bool value);
void put_limit(ovf_json *json, const char *key, ovf_level level); /* not known: null */
/* "elevation_ft"; INT32_MIN, not known: null */
void put_elevation(ovf_json *json, int32_t elevation_ft);
void put_list(ovf_json *json, const char *key, const ovf_str *items, size_t count);
/* RFC 3339; null when it is not known or open. */
void put_time(ovf_json *json, const char *key, ovf_time time);
/* {"pos", "len"}: bytes of the record's text; null when it came from nowhere in it. */
void put_span(ovf_json *json, const char *key, ovf_span span);
/* The bare value of put_time, for arrays. */
void put_time_value(ovf_json *json, ovf_time time);

#endif
