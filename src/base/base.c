/* SPDX-License-Identifier: Apache-2.0 */
/* Three-valued logic, errors, findings, version. */
#include <overfly/base.h>
#include <overfly/version.h>

#include <stdio.h>

ovf_tri ovf_tri_and(ovf_tri a, ovf_tri b)
{
    if (a == OVF_TRI_NO || b == OVF_TRI_NO)
        return OVF_TRI_NO;
    return a == OVF_TRI_YES && b == OVF_TRI_YES ? OVF_TRI_YES : OVF_TRI_UNKNOWN;
}

ovf_tri ovf_tri_or(ovf_tri a, ovf_tri b)
{
    if (a == OVF_TRI_YES || b == OVF_TRI_YES)
        return OVF_TRI_YES;
    return a == OVF_TRI_NO && b == OVF_TRI_NO ? OVF_TRI_NO : OVF_TRI_UNKNOWN;
}

ovf_tri ovf_tri_not(ovf_tri a)
{
    if (a == OVF_TRI_UNKNOWN)
        return OVF_TRI_UNKNOWN;
    return a == OVF_TRI_YES ? OVF_TRI_NO : OVF_TRI_YES;
}

const char *ovf_status_name(ovf_status status)
{
    switch (status) {
    case OVF_OK: return "ok";
    case OVF_E_SYNTAX: return "syntax";
    case OVF_E_RANGE: return "range";
    case OVF_E_NOMEM: return "no memory";
    case OVF_E_LIMIT: return "limit";
    case OVF_E_IO: return "input/output";
    case OVF_E_NOT_FOUND: return "not found";
    case OVF_E_GEOMETRY: return "geometry";
    case OVF_E_CORRUPT: return "corrupt";
    case OVF_E_BUSY: return "busy";
    case OVF_E_USAGE: return "usage";
    case OVF_E_INTERNAL: return "internal";
    }
    return "unknown";
}

const char *ovf_severity_name(ovf_severity severity)
{
    switch (severity) {
    case OVF_NOTE: return "note";
    case OVF_WARNING: return "warning";
    case OVF_ERROR: return "error";
    }
    return "note";
}

ovf_status ovf_fail(ovf_error *err, ovf_status status, size_t pos, const char *fmt, ...)
{
    if (err == NULL)
        return status;
    *err = (ovf_error){.status = status, .pos = pos};
    va_list args;
    va_start(args, fmt);
    vsnprintf(err->reason, sizeof(err->reason), fmt, args);
    va_end(args);
    return status;
}

/* The place of the latest finding that weighs less than this one, when there is no room; NULL. */
static ovf_finding *lighter(ovf_findings *list, ovf_severity severity)
{
    for (size_t i = list->count; i-- > 0;) {
        if (list->items[i].severity < severity)
            return &list->items[i];
    }
    return NULL;
}

void ovf_findings_add(ovf_findings *list, ovf_severity severity, size_t pos, const char *rule,
                      const char *fmt, ...)
{
    if (list == NULL)
        return;
    ovf_finding *place = NULL;
    if (list->count < OVF_FINDINGS_MAX
        && ovf_arena_grow(list->arena, (void **)&list->items, list->count, &list->capacity,
                          sizeof(*list->items))) {
        place = &list->items[list->count++];
    } else {
        list->dropped++;
        place = lighter(list, severity);
    }
    if (place == NULL)
        return;
    char text[240];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    *place = (ovf_finding){
        .severity = severity,
        .pos = pos,
        .rule = rule,
        .message = ovf_arena_dup(list->arena, ovf_str_of(text)),
    };
}

const char *ovf_version(void)
{
    return OVF_VERSION;
}
