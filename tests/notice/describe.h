/* SPDX-License-Identifier: Apache-2.0 */
/* Notices as short lines, so that a table row can say what it expects. */
#ifndef TEST_NOTICE_DESCRIBE_H
#define TEST_NOTICE_DESCRIBE_H

#include <overfly/notice.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LINE_MAX_BYTES 4000

typedef struct line {
    char text[LINE_MAX_BYTES];
    size_t len;
} line;

static inline void put(line *out, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int len = vsnprintf(out->text + out->len, sizeof(out->text) - out->len, fmt, args);
    va_end(args);
    assert_true(len >= 0 && out->len + (size_t)len < sizeof(out->text));
    out->len += (size_t)len;
}

static inline void put_time(line *out, ovf_time t)
{
    if (t == OVF_TIME_NONE || t == OVF_TIME_OPEN) {
        put(out, t == OVF_TIME_NONE ? "none" : "open");
        return;
    }
    ovf_civil c = ovf_time_civil(t);
    put(out, "%02d%02d%02d%02d%02d", c.year % 100, c.month, c.day, c.hour, c.minute);
}

static inline void put_level(line *out, ovf_level level)
{
    const char *ref = ovf_level_ref_name(level.ref);
    put(out, "%s", ref == NULL ? "?" : ref);
    if (level.ref == OVF_LEVEL_FL || level.ref == OVF_LEVEL_AMSL || level.ref == OVF_LEVEL_AGL)
        put(out, "%d%s", (int)level.value_ft, level.is_open ? "-" : "");
}

static inline void put_list(line *out, const char *name, const ovf_str *items, size_t count)
{
    if (count == 0)
        return;
    put(out, " %s=", name);
    for (size_t i = 0; i < count; i++)
        put(out, "%s%.*s", i == 0 ? "" : ",", OVF_ARG(items[i]));
}

/* "ok icao A1234/26 new fir=SVZM a=SVZM q=QRPCA valid=2601010000-2601022359" and more. */
static inline void put_head(line *out, const ovf_notice *n)
{
    put(out, "%s %s %.*s %s", ovf_read_status_name(n->status), ovf_notice_form_name(n->form),
        OVF_ARG(n->id.len > 0 ? n->id : OVF_STR("-")), ovf_notice_kind_name(n->kind));
    if (n->refers_to.len > 0)
        put(out, " ref=%.*s", OVF_ARG(n->refers_to));
    if (n->location_prefix.len > 0)
        put(out, " at=%.*s", OVF_ARG(n->location_prefix));
    if (n->part_of > 0)
        put(out, " part=%d/%d%s", (int)n->part, (int)n->part_of, n->parts_complete ? "" : "!");
    put_list(out, "fir", n->firs, n->fir_count);
    if (n->locations.len > 0)
        put(out, " a=%.*s", OVF_ARG(n->locations));
    if (n->qcode.len > 0)
        put(out, " q=%.*s/%.*s/%.*s/%.*s", OVF_ARG(n->qcode), OVF_ARG(n->traffic),
            OVF_ARG(n->purpose), OVF_ARG(n->scope));
    put(out, " valid=");
    put_time(out, n->valid_from);
    put(out, "-");
    put_time(out, n->valid_until);
    put(out, "%s%s", n->until_estimated ? "EST" : "", n->until_permanent ? "PERM" : "");
}

static inline void put_areas(line *out, const ovf_notice *n)
{
    for (size_t i = 0; i < n->area_count; i++) {
        const ovf_notice_area *a = &n->areas[i];
        put(out, "%s%s %s", i == 0 ? "" : "; ", ovf_shape_name(a->shape),
            ovf_certainty_name(a->certainty));
        if (a->name.len > 0)
            put(out, " '%.*s'", OVF_ARG(a->name));
        if (a->point_count > 0)
            put(out, " n=%zu", a->point_count);
        if (a->radius_m > 0 && a->shape != OVF_SHAPE_LINE)
            put(out, " r=%.0f", a->radius_m);
        put(out, " ");
        put_level(out, a->lower);
        put(out, "..");
        put_level(out, a->upper);
    }
}

static inline void put_effect(line *out, const ovf_notice *n)
{
    put(out, "%s %s %s", ovf_effect_name(n->effect), ovf_strength_name(n->strength),
        ovf_advice_name(n->advice));
}

static inline void put_addressed(line *out, const ovf_notice *n)
{
    const ovf_addressed *a = &n->addressed;
    put(out, "%s", a->everyone ? "everyone" : "some");
    put(out, "%s", a->us_persons ? " us" : "");
    put_list(out, "op", a->operator_states, a->operator_state_count);
    put_list(out, "reg", a->registry_states, a->registry_state_count);
    put_list(out, "own", a->owner_states, a->owner_state_count);
    put_list(out, "airmen", a->airman_states, a->airman_state_count);
    put_list(out, "acft", a->aircraft, a->aircraft_count);
    put_list(out, "flt", a->flights, a->flight_count);
    put(out, " exc=%zu", a->except_count);
}

static inline void put_findings(line *out, const ovf_notice *n, ovf_severity at_least)
{
    for (size_t i = 0; i < n->finding_count; i++) {
        if (n->findings[i].severity >= at_least)
            put(out, " %s@%zu", n->findings[i].rule, n->findings[i].pos);
    }
}

/* Every span lies in the record, every finding too. */
static inline void hold_spans(const ovf_notice *n, size_t record_len)
{
    const ovf_span spans[] = {n->raw_span,      n->span_id, n->span_q,      n->span_a,
                              n->span_b,        n->span_c,  n->span_d,      n->span_e,
                              n->span_f,        n->span_g,  n->span_effect, n->issuer.span,
                              n->addressed.span};
    for (size_t i = 0; i < OVF_COUNTOF(spans); i++)
        assert_true((size_t)spans[i].at + spans[i].len <= record_len);
    for (size_t i = 0; i < n->area_count; i++)
        assert_true((size_t)n->areas[i].span.at + n->areas[i].span.len <= record_len);
    for (size_t i = 0; i < n->finding_count; i++)
        assert_true(n->findings[i].pos == OVF_NOPOS || n->findings[i].pos <= record_len);
}

#endif
