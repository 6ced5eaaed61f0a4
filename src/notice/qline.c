/* SPDX-License-Identifier: Apache-2.0 */
/* Item Q: FIR/code/traffic/purpose/scope/lower/upper/centre+radius. Fields may be empty, padded with
 * blanks, or cut off; the three-letter centres of the FAA and "undefined" for a code occur. */
#include "notice_internal.h"

#define FIELDS 8

struct field {
    ovf_str text;
    size_t at;
};

static size_t cut(const ovf_draft *d, struct field *fields)
{
    ovf_range q = d->items[OVF_ITEM_Q];
    size_t count = 0;
    size_t start = q.from;
    for (size_t i = q.from; i <= q.until && count < FIELDS; i++) {
        if (i < q.until && (d->clean.text.ptr[i] != '/' || count == FIELDS - 1))
            continue;
        ovf_str raw = ovf_str_sub(d->clean.text, start, i);
        ovf_str text = ovf_str_trim(raw);
        fields[count++] =
            (struct field){text, text.len == 0 ? start : start + (size_t)(text.ptr - raw.ptr)};
        start = i + 1;
    }
    return count;
}

static ovf_str shown(ovf_draft *d, const struct field *field)
{
    return ovf_show(d, field->at, field->at + field->text.len);
}

static bool all_letters(ovf_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (!ovf_is_letter(s.ptr[i]))
            return false;
    }
    return s.len > 0;
}

static ovf_level level_of(ovf_draft *d, const struct field *field, bool is_upper)
{
    uint32_t value = 0;
    if (field->text.len == 0)
        return (ovf_level){0};
    size_t end = ovf_str_take_uint(field->text, 0, 999, &value);
    if (end == 0 || end != field->text.len || value > 999) {
        OVF_FIND(d, OVF_WARNING, field->at, "Q_LEVEL", "item Q: expected three digits of level");
        return (ovf_level){0};
    }
    if (value == 0 && !is_upper)
        return (ovf_level){.ref = OVF_LEVEL_SFC};
    if (value == 999 && is_upper)
        return (ovf_level){.ref = OVF_LEVEL_UNL};
    return (ovf_level){.ref = OVF_LEVEL_FL, .value_ft = (int32_t)value * 100};
}

static void read_centre(ovf_draft *d, const struct field *field)
{
    if (field->text.len == 0)
        return;
    ovf_coord coord;
    ovf_str s = field->text;
    if (!ovf_coord_read(s, 0, 0, 0, &coord) || (coord.flags & OVF_TOK_BAD) != 0) {
        OVF_FIND(d, OVF_WARNING, field->at, "Q_CENTRE",
                 "item Q: expected degrees and minutes as 0812N06635W");
        return;
    }
    ovf_notice *n = d->notice;
    n->q_centre = (ovf_point){coord.lat_deg, coord.lon_deg};
    n->has_q_circle = true;
    uint32_t radius = 0;
    size_t start = coord.end;
    while (start < s.len && s.ptr[start] == ' ')
        start++;
    size_t end = ovf_str_take_uint(s, start, 9999, &radius);
    if (end == start)
        OVF_FIND(d, OVF_NOTE, field->at + s.len, "Q_RADIUS", "item Q: no radius");
    n->q_radius_nm = end == start ? 0 : radius;
}

void ovf_read_qline(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_range q = d->items[OVF_ITEM_Q];
    if (q.from == q.until) {
        if (n->form == OVF_FORM_ICAO && n->kind != OVF_NOTICE_KIND_UNKNOWN)
            OVF_FIND(d, OVF_NOTE, d->all.from, "Q_MISSING", "no item Q");
        return;
    }
    n->span_q = ovf_raw_span(d, q.from, q.until);
    struct field fields[FIELDS] = {0};
    size_t count = cut(d, fields);
    if (count == FIELDS - 1 && fields[1].text.len > 0 && ovf_upper(fields[1].text.ptr[0]) != 'Q') {
        // The code is a filler word and the traffic is missing ("KZNY/undefined/NBO/A/...").
        for (size_t i = FIELDS - 1; i > 2; i--)
            fields[i] = fields[i - 1];
        fields[2] = (struct field){OVF_STR(""), fields[1].at};
        count = FIELDS;
    }
    if (count < FIELDS)
        OVF_FIND(d, OVF_NOTE, q.until, "Q_SHORT", "item Q: expected 8 fields, got %zu", count);
    for (size_t i = count; i < FIELDS; i++)
        fields[i] = (struct field){OVF_STR(""), q.until};
    n->q_fir = shown(d, &fields[0]);
    if (!all_letters(fields[0].text) || fields[0].text.len < 3 || fields[0].text.len > 4)
        OVF_FIND(d, OVF_WARNING, fields[0].at, "Q_FIR", "item Q: expected a FIR of four letters");
    n->qcode = shown(d, &fields[1]);
    n->traffic = shown(d, &fields[2]);
    n->purpose = shown(d, &fields[3]);
    n->scope = shown(d, &fields[4]);
    n->q_lower = level_of(d, &fields[5], false);
    n->q_upper = level_of(d, &fields[6], true);
    read_centre(d, &fields[7]);
    if (fields[1].text.len != 5 || !all_letters(fields[1].text)) {
        OVF_FIND(d, OVF_NOTE, fields[1].at, "Q_CODE", "item Q: expected a code of Q and 4 letters");
        return;
    }
    const char *subject = ovf_qcode_subject(ovf_str_sub(fields[1].text, 1, 3));
    const char *condition = ovf_qcode_condition(ovf_str_sub(fields[1].text, 3, 5));
    n->subject = ovf_str_of(subject);
    n->condition = ovf_str_of(condition);
    if (subject == NULL || condition == NULL)
        OVF_FIND(d, OVF_NOTE, fields[1].at, "Q_CODE", "item Q: letters not in the table of codes");
}
