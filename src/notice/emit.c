/* SPDX-License-Identifier: Apache-2.0 */
/* A notice back into the ICAO form (Doc 10066 App. 3), out of its fields and not out of the bytes
 * it was read from. docs/formats/notam.md, "Written back". */
#include "notice_internal.h"

#include <math.h>

#define KILOMETRE_M 1000.0

struct writer {
    ovf_buf buf;
    size_t line_start;
};

static void new_line(struct writer *w)
{
    while (w->buf.len > w->line_start && w->buf.ptr[w->buf.len - 1] == ' ')
        w->buf.len--;
    ovf_buf_addc(&w->buf, '\n');
    w->line_start = w->buf.len;
}

static size_t column(const struct writer *w)
{
    return w->buf.len - w->line_start;
}

/* Words of the text, one blank between them, its own line breaks kept, longer lines folded. */
static void put_folded(struct writer *w, ovf_str text)
{
    size_t i = 0;
    bool needs_blank = false;
    while (i < text.len) {
        size_t breaks = 0;
        while (i < text.len && ovf_is_blank(text.ptr[i]))
            breaks += text.ptr[i++] == '\n';
        size_t from = i;
        while (i < text.len && !ovf_is_blank(text.ptr[i]))
            i++;
        if (i == from)
            break;
        if (needs_blank && (breaks > 0 || column(w) + 1 + (i - from) > OVF_EMIT_COLUMNS))
            new_line(w);
        else if (needs_blank)
            ovf_buf_addc(&w->buf, ' ');
        ovf_buf_add(&w->buf, ovf_str_sub(text, from, i));
        needs_blank = true;
    }
}

/* ---- item Q ---- */

static void put_q_level(struct writer *w, ovf_level level)
{
    switch (level.ref) {
    case OVF_LEVEL_SFC: ovf_buf_printf(&w->buf, "000/"); return;
    case OVF_LEVEL_UNL: ovf_buf_printf(&w->buf, "999/"); return;
    case OVF_LEVEL_FL:
    case OVF_LEVEL_AMSL:
    case OVF_LEVEL_AGL: ovf_buf_printf(&w->buf, "%03d/", (int)(level.value_ft / 100)); return;
    case OVF_LEVEL_UNKNOWN: break;
    }
    ovf_buf_addc(&w->buf, '/');
}

/* Degrees and minutes, as item Q has it; seconds where they were given. */
static void put_ordinate(struct writer *w, double deg, int degree_digits, const char *hemispheres,
                         bool has_seconds)
{
    char hemisphere = hemispheres[deg < 0];
    long total_s = lround(fabs(deg) * 3600.0);
    if (!has_seconds)
        total_s = lround(fabs(deg) * 60.0) * 60;
    ovf_buf_printf(&w->buf, "%0*ld%02ld", degree_digits, total_s / 3600, total_s / 60 % 60);
    if (has_seconds)
        ovf_buf_printf(&w->buf, "%02ld", total_s % 60);
    ovf_buf_addc(&w->buf, hemisphere);
}

static bool is_whole_minute(double deg)
{
    double minutes = fabs(deg) * 60.0;
    return fabs(minutes - round(minutes)) < 1.0 / 120.0;
}

static void put_point(struct writer *w, ovf_point p, bool has_seconds)
{
    put_ordinate(w, p.lat_deg, 2, "NS", has_seconds);
    put_ordinate(w, p.lon_deg, 3, "EW", has_seconds);
}

static void put_q(struct writer *w, const ovf_notice *n)
{
    bool has_q = n->span_q.len > 0 || n->q_fir.len > 0 || n->qcode.len > 0;
    ovf_str fir = n->form != OVF_FORM_ICAO && !has_q && n->fir_count > 0 ? n->firs[0] : n->q_fir;
    if (!has_q && fir.len == 0)
        return;
    ovf_buf_printf(&w->buf, "Q) " OVF_FMT "/" OVF_FMT "/" OVF_FMT "/" OVF_FMT "/" OVF_FMT "/",
                   OVF_ARG(fir), OVF_ARG(n->qcode), OVF_ARG(n->traffic), OVF_ARG(n->purpose),
                   OVF_ARG(n->scope));
    put_q_level(w, n->q_lower);
    put_q_level(w, n->q_upper);
    if (n->has_q_circle)
        put_point(w, n->q_centre,
                  !is_whole_minute(n->q_centre.lat_deg) || !is_whole_minute(n->q_centre.lon_deg));
    if (n->has_q_circle && n->q_radius_nm > 0)
        ovf_buf_printf(&w->buf, "%03.0f", n->q_radius_nm);
    new_line(w);
}

/* ---- heading, A to D ---- */

static bool is_icao_number(ovf_str id)
{
    size_t slash = ovf_str_find(id, 0, OVF_STR("/"));
    return slash != OVF_NOPOS && slash > 1 && ovf_is_letter(id.ptr[0]) && ovf_is_digit(id.ptr[1])
           && slash + 2 < id.len;
}

static void put_heading(struct writer *w, const ovf_notice *n)
{
    static const char *const kinds[] = {"", "NOTAMN", "NOTAMR", "NOTAMC"};
    bool has_id = is_icao_number(n->id) || (n->form == OVF_FORM_ICAO && n->id.len > 0);
    const char *kind = (size_t)n->kind < OVF_COUNTOF(kinds) ? kinds[n->kind] : "";
    if (!has_id && (n->form != OVF_FORM_ICAO || kind[0] == '\0'))
        return;
    if (n->location_prefix.len > 0 && has_id)
        ovf_buf_printf(&w->buf, OVF_FMT " ", OVF_ARG(n->location_prefix));
    if (has_id)
        ovf_buf_printf(&w->buf, OVF_FMT " ", OVF_ARG(n->id));
    ovf_buf_printf(&w->buf, "%s", kind);
    if (n->refers_to.len > 0 && kind[0] != '\0')
        ovf_buf_printf(&w->buf, " " OVF_FMT, OVF_ARG(n->refers_to));
    new_line(w);
}

static void put_moment(struct writer *w, ovf_time t)
{
    ovf_civil c = ovf_time_civil(t);
    ovf_buf_printf(&w->buf, "%02d%02d%02d%02d%02d", (int)(c.year % 100), (int)c.month, (int)c.day,
                   (int)c.hour, (int)c.minute);
}

static bool is_moment(ovf_time t)
{
    return t != OVF_TIME_NONE && t != OVF_TIME_OPEN;
}

/* What stands at a span, when the value behind it could not be read. */
static ovf_str bytes_at(const ovf_notice *n, ovf_span span)
{
    if (span.len == 0 || span.at < n->raw_span.at
        || span.at + span.len > n->raw_span.at + n->raw_span.len)
        return OVF_STR("");
    size_t from = span.at - n->raw_span.at;
    return ovf_str_sub(n->raw, from, from + span.len);
}

static void put_a_to_d(struct writer *w, const ovf_notice *n)
{
    if (n->locations.len > 0) {
        ovf_buf_printf(&w->buf, "A) ");
        put_folded(w, n->locations);
    } else if (n->form != OVF_FORM_ICAO && n->fir_count > 0) {
        ovf_buf_printf(&w->buf, "A)");
        for (size_t i = 0; i < n->fir_count && i < 7; i++)
            ovf_buf_printf(&w->buf, " " OVF_FMT, OVF_ARG(n->firs[i]));
    }
    bool reads_b = is_moment(n->valid_from);
    ovf_str b = reads_b ? OVF_STR("") : bytes_at(n, n->span_b);
    if (reads_b || b.len > 0)
        ovf_buf_printf(&w->buf, "%sB) " OVF_FMT, column(w) > 0 ? " " : "", OVF_ARG(b));
    if (reads_b)
        put_moment(w, n->valid_from);
    bool is_end = n->kind != OVF_NOTICE_CANCEL;
    bool reads_c = is_moment(n->valid_until) || n->until_permanent;
    ovf_str c = reads_c ? OVF_STR("") : bytes_at(n, n->span_c);
    if (is_end && (reads_c || c.len > 0)) {
        ovf_buf_printf(&w->buf, "%sC) " OVF_FMT, column(w) > 0 ? " " : "", OVF_ARG(c));
        if (n->until_permanent)
            ovf_buf_printf(&w->buf, "PERM");
        else if (reads_c)
            put_moment(w, n->valid_until);
        if (reads_c && n->until_estimated)
            ovf_buf_printf(&w->buf, " EST");
    }
    if (column(w) > 0)
        new_line(w);
    if (n->schedule.len > 0) {
        ovf_buf_printf(&w->buf, "D) ");
        put_folded(w, n->schedule);
        new_line(w);
    }
}

/* ---- item E and behind ---- */

/* An area in words that the reader knows: for notices that came as outlines. */
static void put_area(struct writer *w, const ovf_notice_area *area)
{
    struct writer words = {.buf = {0}};
    if (area->name.len > 0)
        ovf_buf_printf(&words.buf, OVF_FMT " ", OVF_ARG(area->name));
    if (area->shape == OVF_SHAPE_CIRCLE && area->point_count == 1) {
        ovf_buf_printf(&words.buf, "CIRCLE RADIUS %.3f KM CENTRE ", area->radius_m / KILOMETRE_M);
        put_point(&words, area->points[0], true);
    } else if (area->point_count > 0) {
        ovf_buf_printf(&words.buf, "AREA BOUNDED BY LINES JOINING ");
        for (size_t i = 0; i <= area->point_count; i++) {
            ovf_buf_add(&words.buf, i == 0 ? OVF_STR("") : OVF_STR(" - "));
            put_point(&words, area->points[i % area->point_count], true);
        }
    }
    put_folded(w, ovf_buf_str(&words.buf));
    ovf_buf_done(&words.buf);
}

static void put_e(struct writer *w, const ovf_notice *n)
{
    if (n->text.len == 0 && n->area_count == 0)
        return;
    ovf_buf_printf(&w->buf, "E) ");
    if (n->text.len > 0) {
        put_folded(w, n->text);
        return;
    }
    for (size_t i = 0; i < n->area_count; i++) {
        if (i > 0)
            new_line(w);
        put_area(w, &n->areas[i]);
    }
}

/* Items F and G as written, else the limits that all areas have in common. */
static void put_limits(struct writer *w, const ovf_notice *n)
{
    char lower[48] = "";
    char upper[48] = "";
    bool is_made = n->form != OVF_FORM_ICAO && n->lower_text.len == 0 && n->upper_text.len == 0
                   && n->area_count > 0;
    for (size_t i = 1; is_made && i < n->area_count; i++)
        is_made = n->areas[i].lower.ref == n->areas[0].lower.ref
                  && n->areas[i].lower.value_ft == n->areas[0].lower.value_ft
                  && n->areas[i].upper.ref == n->areas[0].upper.ref
                  && n->areas[i].upper.value_ft == n->areas[0].upper.value_ft;
    // Of a text that tells them itself they are not told twice.
    is_made = is_made && n->text.len == 0;
    if (is_made && n->areas[0].lower.ref != OVF_LEVEL_UNKNOWN)
        ovf_level_format(n->areas[0].lower, lower, sizeof(lower));
    if (is_made && n->areas[0].upper.ref != OVF_LEVEL_UNKNOWN)
        ovf_level_format(n->areas[0].upper, upper, sizeof(upper));
    ovf_str f = n->lower_text.len > 0 ? n->lower_text : ovf_str_of(lower);
    ovf_str g = n->upper_text.len > 0 ? n->upper_text : ovf_str_of(upper);
    if (f.len == 0 && g.len == 0)
        return;
    new_line(w);
    if (f.len > 0) {
        ovf_buf_printf(&w->buf, "F) ");
        put_folded(w, f);
    }
    if (g.len > 0) {
        ovf_buf_add(&w->buf, f.len > 0 ? OVF_STR(" G) ") : OVF_STR("G) "));
        put_folded(w, g);
    }
}

static void put_trailer(struct writer *w, const ovf_notice *n)
{
    static const char months[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    if (is_moment(n->created)) {
        ovf_civil c = ovf_time_civil(n->created);
        ovf_buf_printf(&w->buf, "CREATED: %02d %.3s %04d %02d:%02d", (int)c.day,
                       months + 3 * ((size_t)c.month - 1), (int)c.year, (int)c.hour, (int)c.minute);
        if (c.second > 0)
            ovf_buf_printf(&w->buf, ":%02d", (int)c.second);
        new_line(w);
    }
    if (n->source.len > 0) {
        ovf_buf_printf(&w->buf, "SOURCE: " OVF_FMT, OVF_ARG(n->source));
        new_line(w);
    }
}

/* A text that opens a bracket and never closes it would take the message's own for it. */
static bool leaves_none_open(const ovf_notice *n)
{
    int depth = 0;
    const ovf_str texts[] = {n->text, n->lower_text, n->upper_text};
    for (size_t k = 0; k < OVF_COUNTOF(texts); k++) {
        for (size_t i = 0; i < texts[k].len; i++) {
            depth += texts[k].ptr[i] == '(';
            depth -= texts[k].ptr[i] == ')';
        }
    }
    return depth == 0;
}

ovf_status ovf_notice_emit(const ovf_notice *notice, unsigned flags, ovf_arena *arena, ovf_str *out,
                           ovf_error *err)
{
    if ((flags & OVF_EMIT_ORIGINAL) != 0 && notice->form == OVF_FORM_ICAO) {
        *out = notice->raw;
        return OVF_OK;
    }
    struct writer w = {.buf = {0}};
    bool has_brackets = (flags & OVF_EMIT_NO_BRACKETS) == 0 && is_icao_number(notice->id)
                        && leaves_none_open(notice);
    if (has_brackets)
        ovf_buf_addc(&w.buf, '(');
    put_heading(&w, notice);
    put_q(&w, notice);
    put_a_to_d(&w, notice);
    put_e(&w, notice);
    put_limits(&w, notice);
    if (has_brackets)
        ovf_buf_addc(&w.buf, ')');
    if (column(&w) > 0)
        new_line(&w);
    put_trailer(&w, notice);
    ovf_str text = ovf_arena_dup(arena, ovf_buf_str(&w.buf));
    bool failed = w.buf.failed || text.ptr == NULL;
    ovf_buf_done(&w.buf);
    if (failed)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory to write a notice");
    *out = text;
    return OVF_OK;
}
