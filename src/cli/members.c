/* SPDX-License-Identifier: Apache-2.0 */
/* Single members of JSON objects. */
#include "members.h"

void put_text(ovf_json *json, const char *key, ovf_str text)
{
    ovf_json_key(json, key);
    ovf_json_str_or_null(json, text);
}

void put_cstr(ovf_json *json, const char *key, const char *text)
{
    ovf_json_key(json, key);
    ovf_json_cstr(json, text);
}

void put_bool(ovf_json *json, const char *key, bool value)
{
    ovf_json_key(json, key);
    ovf_json_bool(json, value);
}

void put_limit(ovf_json *json, const char *key, ovf_level level)
{
    char text[32] = "";
    if (level.ref != OVF_LEVEL_UNKNOWN)
        ovf_level_format(level, text, sizeof text);
    put_text(json, key, ovf_str_of(text));
}

void put_elevation(ovf_json *json, int32_t elevation_ft)
{
    ovf_json_key(json, "elevation_ft");
    if (elevation_ft == INT32_MIN)
        ovf_json_null(json);
    else
        ovf_json_int(json, elevation_ft);
}

void put_list(ovf_json *json, const char *key, const ovf_str *items, size_t count)
{
    ovf_json_key(json, key);
    ovf_json_array(json);
    for (size_t i = 0; i < count; i++)
        ovf_json_str(json, items[i]);
    ovf_json_end(json);
}

void put_time_value(ovf_json *json, ovf_time time)
{
    char text[OVF_TIME_TEXT_MAX + 8];
    if (time == OVF_TIME_NONE || time == OVF_TIME_OPEN) {
        ovf_json_null(json);
        return;
    }
    ovf_time_format(time, text, sizeof(text));
    ovf_json_cstr(json, text);
}

void put_time(ovf_json *json, const char *key, ovf_time time)
{
    ovf_json_key(json, key);
    put_time_value(json, time);
}

void put_span(ovf_json *json, const char *key, ovf_span span)
{
    ovf_json_key(json, key);
    if (span.len == 0) {
        ovf_json_null(json);
        return;
    }
    ovf_json_object(json);
    ovf_json_key(json, "pos");
    ovf_json_int(json, span.at);
    ovf_json_key(json, "len");
    ovf_json_int(json, span.len);
    ovf_json_end(json);
}
