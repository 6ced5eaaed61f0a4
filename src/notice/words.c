/* SPDX-License-Identifier: Apache-2.0 */
/* The words of the contract for the values of notice.h. */
#include <overfly/notice.h>

const char *ovf_read_status_name(ovf_read_status status)
{
    switch (status) {
    case OVF_READ_OK: return "ok";
    case OVF_READ_PARTIAL: return "partial";
    case OVF_READ_UNREADABLE: break;
    }
    return "unreadable";
}

const char *ovf_notice_form_name(ovf_notice_form form)
{
    switch (form) {
    case OVF_FORM_ICAO: return "icao";
    case OVF_FORM_FAA_DOMESTIC: return "faa-domestic";
    case OVF_FORM_FAA_TFR: return "faa-tfr";
    case OVF_FORM_AIXM: return "aixm";
    case OVF_FORM_NAVWARN: return "navwarn";
    case OVF_FORM_OPENAIR: return "openair";
    case OVF_FORM_GEOJSON: return "geojson";
    case OVF_FORM_ADVISORY: return "advisory";
    case OVF_FORM_SIGMET: return "sigmet";
    case OVF_FORM_ASHTAM: return "ashtam";
    case OVF_FORM_SNOWTAM: return "snowtam";
    case OVF_FORM_BIRDTAM: return "birdtam";
    case OVF_FORM_LAW: return "law";
    case OVF_FORM_TEXT: break;
    }
    return "text";
}

const char *ovf_notice_kind_name(ovf_notice_kind kind)
{
    switch (kind) {
    case OVF_NOTICE_NEW: return "new";
    case OVF_NOTICE_REPLACE: return "replace";
    case OVF_NOTICE_CANCEL: return "cancel";
    case OVF_NOTICE_KIND_UNKNOWN: break;
    }
    return "unknown";
}

const char *ovf_effect_name(ovf_effect effect)
{
    switch (effect) {
    case OVF_EFFECT_CLOSED: return "closed";
    case OVF_EFFECT_PROHIBITED: return "prohibited";
    case OVF_EFFECT_RESTRICTED: return "restricted";
    case OVF_EFFECT_DANGER: return "danger";
    case OVF_EFFECT_WARNING: return "warning";
    case OVF_EFFECT_ADVISORY: return "advisory";
    case OVF_EFFECT_FLOW: return "flow";
    case OVF_EFFECT_INFORMATION: return "information";
    case OVF_EFFECT_LIFTED: return "lifted";
    case OVF_EFFECT_UNKNOWN: break;
    }
    return "unknown";
}

const char *ovf_strength_name(ovf_strength strength)
{
    switch (strength) {
    case OVF_STRENGTH_HARD: return "hard";
    case OVF_STRENGTH_CONDITIONAL: return "conditional";
    case OVF_STRENGTH_SOFT: return "soft";
    case OVF_STRENGTH_SERVICE: return "service";
    case OVF_STRENGTH_OPENING: return "opening";
    case OVF_STRENGTH_NONE: return "none";
    case OVF_STRENGTH_UNKNOWN: break;
    }
    return "unknown";
}

const char *ovf_advice_name(ovf_advice advice)
{
    switch (advice) {
    case OVF_ADVICE_CAUTION: return "caution";
    case OVF_ADVICE_EXTREME_CAUTION: return "extreme_caution";
    case OVF_ADVICE_DO_NOT_FLY: return "do_not_fly";
    case OVF_ADVICE_NONE: break;
    }
    return "none";
}

const char *ovf_shape_name(ovf_shape shape)
{
    static const char *const names[] = {"none",    "polygon", "circle", "sector", "corridor",
                                        "buffer",  "line",    "point",  "fir",    "state",
                                        "airport", "route",   "named"};
    return (size_t)shape < OVF_COUNTOF(names) ? names[shape] : "none";
}

const char *ovf_certainty_name(ovf_certainty certainty)
{
    switch (certainty) {
    case OVF_CERTAINTY_EXACT: return "exact";
    case OVF_CERTAINTY_REFERENCE: return "reference";
    case OVF_CERTAINTY_Q_CIRCLE: return "q_circle";
    case OVF_CERTAINTY_UNRESOLVED: break;
    }
    return "unresolved";
}
