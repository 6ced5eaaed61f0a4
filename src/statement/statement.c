/* SPDX-License-Identifier: Apache-2.0 */
/* Names of the acts, and whether a document holds statements at all. */
#include <overfly/statement.h>

static const char *const act_names[] = {
    [OVF_ACT_UNKNOWN] = "unknown",
    [OVF_ACT_DECLARE_CLOSED] = "declare_closed",
    [OVF_ACT_REOPEN] = "reopen",
    [OVF_ACT_PROHIBIT] = "prohibit",
    [OVF_ACT_EXEMPT] = "exempt",
    [OVF_ACT_WARN] = "warn",
    [OVF_ACT_SUSPEND_SERVICE] = "suspend_service",
    [OVF_ACT_RESUME_SERVICE] = "resume_service",
    [OVF_ACT_DIVERT] = "divert",
    [OVF_ACT_REVOKE_PERMISSION] = "revoke_permission",
    [OVF_ACT_GRANT_PERMISSION] = "grant_permission",
    [OVF_ACT_DESIGNATE] = "designate",
    [OVF_ACT_ORDER] = "order",
    [OVF_ACT_THREATEN] = "threaten",
    [OVF_ACT_STRIKE] = "strike",
    [OVF_ACT_DEPLOY] = "deploy",
    [OVF_ACT_INCIDENT] = "incident",
    [OVF_ACT_DENY] = "deny",
    [OVF_ACT_CONDEMN] = "condemn",
    [OVF_ACT_CLAIM] = "claim",
    [OVF_ACT_REPORT] = "report",
    [OVF_ACT_NEGOTIATE] = "negotiate",
    [OVF_ACT_AUTHORITY] = "authority",
    [OVF_ACT_OPERATE] = "operate",
};

const char *ovf_act_name(ovf_act act)
{
    if ((size_t)act >= OVF_COUNTOF(act_names))
        return act_names[OVF_ACT_UNKNOWN];
    return act_names[act];
}

bool ovf_act_parse(ovf_str name, ovf_act *out)
{
    for (size_t i = OVF_ACT_UNKNOWN + 1; i < OVF_COUNTOF(act_names); i++) {
        if (ovf_str_eq(name, ovf_str_of(act_names[i]))) {
            *out = (ovf_act)i;
            return true;
        }
    }
    return false;
}

/* JSON with a member that only these records have, within its first bytes: a GeoJSON file or
 * another program's JSON is none of ours. */
bool ovf_statement_sniff(ovf_str document)
{
    ovf_str rest = document;
    ovf_str line = {0};
    if (ovf_str_starts(rest, OVF_STR("\xEF\xBB\xBF")))
        rest = ovf_str_tail(rest, 3);
    ovf_str body = rest;
    while (ovf_str_line(&rest, &line)) {
        ovf_str words = ovf_str_trim(line);
        if (words.len > 0 && words.ptr[0] != '#')
            break;
        body = rest;
    }
    size_t start = 0;
    while (start < body.len
           && (body.ptr[start] == ' ' || body.ptr[start] == '\t' || body.ptr[start] == '\r'
               || body.ptr[start] == '\n'))
        start++;
    body = ovf_str_tail(body, start);
    if (body.len == 0 || (body.ptr[0] != '{' && body.ptr[0] != '['))
        return false;
    ovf_str head = ovf_str_sub(body, 0, 65536);
    return ovf_str_find(head, 0, OVF_STR("\"act\"")) != OVF_NOPOS
           || ovf_str_find(head, 0, OVF_STR("\"issuers\"")) != OVF_NOPOS;
}
