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

/* Figures as they are meant: a letter O among them is a zero, I and L are a one. */
static size_t figures_of(ovf_str text, char *out, size_t max, bool *is_mended)
{
    size_t n = 0;
    for (; n < text.len && n < max; n++) {
        char c = ovf_upper(text.ptr[n]);
        bool is_zero = c == 'O';
        bool is_one = c == 'I' || c == 'L';
        *is_mended |= is_zero || is_one;
        out[n] = (char)(is_zero ? '0' : is_one ? '1' : c);
    }
    return n;
}

/* "100", and what is no longer or never was the form but plain to a reader: "FL100", "SFC", "UNL". */
static ovf_level level_of(ovf_draft *d, const struct field *field, bool is_upper)
{
    uint32_t value = 0;
    ovf_str text = field->text;
    if (text.len == 0) {
        OVF_FIND(d, OVF_NOTE, field->at, "Q_EMPTY", "item Q: no %s level",
                 is_upper ? "upper" : "lower");
        return (ovf_level){0};
    }
    bool is_surface =
        ovf_str_eq_nocase(text, OVF_STR("SFC")) || ovf_str_eq_nocase(text, OVF_STR("GND"));
    bool is_open = ovf_str_eq_nocase(text, OVF_STR("UNL")) && is_upper;
    if (is_surface || is_open) {
        OVF_FIND(d, OVF_NOTE, field->at, "Q_FORM", "item Q: a level in a word");
        return (ovf_level){.ref = is_open ? OVF_LEVEL_UNL : OVF_LEVEL_SFC};
    }
    size_t skip = text.len > 2 && ovf_str_eq_nocase(ovf_str_sub(text, 0, 2), OVF_STR("FL")) ? 2 : 0;
    char figures[8];
    bool is_mended = false;
    ovf_str digits = {figures,
                      figures_of(ovf_str_tail(text, skip), figures, sizeof(figures), &is_mended)};
    size_t end = ovf_str_take_uint(digits, 0, 999, &value);
    if (end == 0 || end + skip != text.len || value > 999) {
        OVF_FIND(d, OVF_WARNING, field->at, "Q_LEVEL", "item Q: expected three digits of level");
        return (ovf_level){0};
    }
    if (is_mended || skip > 0 || end != 3)
        OVF_FIND(d, OVF_NOTE, field->at, "Q_FORM", "item Q: read as level %03u", (unsigned)value);
    if (value == 0 && !is_upper)
        return (ovf_level){.ref = OVF_LEVEL_SFC};
    if (value == 999 && is_upper)
        return (ovf_level){.ref = OVF_LEVEL_UNL};
    return (ovf_level){.ref = OVF_LEVEL_FL, .value_ft = (int32_t)value * 100};
}

/* The centre in capitals, without a sign between latitude and longitude, and letters before their
 * figures put behind: "N5130W00010010" is 5130N00010W010. */
static size_t centre_text(ovf_str s, char *out, size_t max, bool *is_mended)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len && n < max; i++) {
        if (s.ptr[i] == '/' || s.ptr[i] == ',')
            *is_mended = true;
        else
            out[n++] = ovf_upper(s.ptr[i]);
    }
    bool is_turned = n >= 11 && strchr("NS", out[0]) != NULL && strchr("EW", out[5]) != NULL;
    for (size_t i = 1; i < 11 && is_turned; i++)
        is_turned = i == 5 || ovf_is_digit(out[i]);
    if (is_turned) {
        char lat = out[0];
        char lon = out[5];
        memmove(out, out + 1, 4);
        out[4] = lat;
        memmove(out + 5, out + 6, 5);
        out[10] = lon;
        *is_mended = true;
    }
    return n;
}

static void read_radius(ovf_draft *d, ovf_str s, size_t start, size_t at)
{
    ovf_notice *n = d->notice;
    while (start < s.len && s.ptr[start] == ' ')
        start++;
    char figures[5];
    bool is_mended = false;
    ovf_str digits = {figures,
                      figures_of(ovf_str_tail(s, start), figures, sizeof(figures), &is_mended)};
    uint32_t radius = 0;
    size_t end = ovf_str_take_uint(digits, 0, 9999, &radius);
    if (end == 0) {
        OVF_FIND(d, OVF_NOTE, at + s.len, "Q_RADIUS", "item Q: no radius");
        return;
    }
    n->q_radius_nm = radius;
    ovf_str rest = ovf_str_trim(ovf_str_tail(s, start + end));
    while (rest.len > 0 && strchr(".,)", rest.ptr[0]) != NULL)
        rest = ovf_str_trim(ovf_str_tail(rest, 1));
    bool is_unit = ovf_str_eq(rest, OVF_STR("NM"));
    if (is_mended && end <= 3)
        OVF_FIND(d, OVF_NOTE, at + start, "Q_FORM", "item Q: a letter in the radius, read as %u NM",
                 (unsigned)radius);
    if (rest.len > 0 && !is_unit)
        OVF_FIND(d, OVF_NOTE, at + start + end, "Q_TAIL",
                 "item Q: nothing expected behind the radius");
}

static void read_centre(ovf_draft *d, const struct field *field)
{
    ovf_notice *n = d->notice;
    if (field->text.len == 0) {
        OVF_FIND(d, OVF_NOTE, field->at, "Q_EMPTY", "item Q: no centre and radius");
        return;
    }
    char text[80];
    bool is_mended = false;
    ovf_str s = {text, centre_text(field->text, text, sizeof(text), &is_mended)};
    ovf_coord coord;
    if (!ovf_coord_read(s, 0, 0, 0, &coord) || (coord.flags & OVF_TOK_BAD) != 0) {
        OVF_FIND(d, OVF_WARNING, field->at, "Q_CENTRE",
                 "item Q: expected degrees and minutes as 0812N06635W");
        return;
    }
    if (is_mended)
        OVF_FIND(d, OVF_NOTE, field->at, "Q_FORM", "item Q: a centre in another form");
    n->q_centre = (ovf_point){coord.lat_deg, coord.lon_deg};
    n->has_q_circle = true;
    read_radius(d, s, coord.end, field->at);
}

/* Traffic, purpose and scope are letters out of a few (Doc 10066 App. 3). */
static void check_letters(ovf_draft *d, const struct field *fields)
{
    static const struct {
        const char *letters;
        const char *name;
    } kinds[] = {{"IVK", "traffic: I, V, IV or K"},
                 {"NBOMK", "purpose: N, B, O, M, K"},
                 {"AEWK", "scope: A, E, W, AE, AW or K"}};
    for (size_t k = 0; k < OVF_COUNTOF(kinds); k++) {
        const struct field *f = &fields[2 + k];
        bool fits = f->text.len > 0 && f->text.len <= 5;
        for (size_t i = 0; i < f->text.len && fits; i++)
            fits = f->text.ptr[i] == ' '
                   || strchr(kinds[k].letters, ovf_upper(f->text.ptr[i])) != NULL;
        if (!fits)
            OVF_FIND(d, OVF_NOTE, f->at, f->text.len == 0 ? "Q_EMPTY" : "Q_LETTERS",
                     "item Q: expected %s", kinds[k].name);
    }
}

/* Fields parted otherwise: blanks or hyphens for strokes, a stroke too many behind the FIR, or none
 * between FIR and code. */
static size_t mend(ovf_draft *d, struct field *fields, size_t count)
{
    ovf_range q = d->items[OVF_ITEM_Q];
    ovf_str first = fields[0].text;
    if (count == FIELDS && fields[1].text.len == 0 && fields[2].text.len == 5
        && ovf_upper(fields[2].text.ptr[0]) == 'Q') {
        OVF_FIND(d, OVF_NOTE, fields[1].at, "Q_FORM", "item Q: an empty field before the code");
        struct field last = fields[FIELDS - 1]; // "100/5130N00010W010": cut leaves the rest whole
        for (size_t i = 1; i + 1 < FIELDS; i++)
            fields[i] = fields[i + 1];
        size_t slash = ovf_str_find(last.text, 0, OVF_STR("/"));
        if (slash == OVF_NOPOS)
            return FIELDS - 1;
        fields[FIELDS - 2].text = ovf_str_trim(ovf_str_sub(last.text, 0, slash));
        fields[FIELDS - 1] =
            (struct field){ovf_str_tail(last.text, slash + 1), last.at + slash + 1};
        return FIELDS;
    }
    if (count == FIELDS - 1 && first.len == 9 && ovf_upper(first.ptr[4]) == 'Q'
        && all_letters(first)) {
        for (size_t i = FIELDS - 1; i > 1; i--)
            fields[i] = fields[i - 1];
        fields[1] = (struct field){ovf_str_tail(first, 4), fields[0].at + 4};
        fields[0].text = ovf_str_sub(first, 0, 4);
        OVF_FIND(d, OVF_NOTE, fields[1].at, "Q_FORM", "item Q: no stroke between FIR and code");
        return FIELDS;
    }
    if (count != 1)
        return count;
    size_t n = 0;
    struct field parted[FIELDS] = {0};
    for (size_t i = q.from; i < q.until && n < FIELDS;) {
        while (i < q.until && strchr(" -\n\r\t", d->clean.text.ptr[i]) != NULL)
            i++;
        size_t end = i;
        while (end < q.until
               && (n == FIELDS - 1 || strchr(" -\n\r\t", d->clean.text.ptr[end]) == NULL))
            end++;
        if (end > i)
            parted[n++] = (struct field){ovf_str_trim(ovf_str_sub(d->clean.text, i, end)), i};
        i = end;
    }
    if (n != FIELDS || parted[1].text.len != 5 || ovf_upper(parted[1].text.ptr[0]) != 'Q')
        return count;
    memcpy(fields, parted, sizeof(parted));
    OVF_FIND(d, OVF_NOTE, q.from, "Q_FORM", "item Q: fields without strokes between them");
    return FIELDS;
}

static void read_code(ovf_draft *d, const struct field *field)
{
    ovf_notice *n = d->notice;
    if (field->text.len != 5 || !all_letters(field->text)) {
        OVF_FIND(d, OVF_NOTE, field->at, "Q_CODE", "item Q: expected a code of Q and 4 letters");
        return;
    }
    const char *subject = ovf_qcode_subject(ovf_str_sub(field->text, 1, 3));
    const char *condition = ovf_qcode_condition(ovf_str_sub(field->text, 3, 5));
    n->subject = ovf_str_of(subject);
    n->condition = ovf_str_of(condition);
    if (subject == NULL || condition == NULL)
        OVF_FIND(d, OVF_NOTE, field->at, "Q_CODE", "item Q: letters not in the table of codes");
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
    size_t count = mend(d, fields, cut(d, fields));
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
    if (count == FIELDS)
        check_letters(d, fields);
    if (count > 5)
        n->q_lower = level_of(d, &fields[5], false);
    if (count > 6)
        n->q_upper = level_of(d, &fields[6], true);
    bool is_turned = n->q_lower.ref == OVF_LEVEL_FL && n->q_upper.ref == OVF_LEVEL_FL
                     && n->q_lower.value_ft > n->q_upper.value_ft;
    if (is_turned)
        OVF_FIND(d, OVF_WARNING, fields[5].at, "Q_LEVELS",
                 "item Q: the lower level is above the upper");
    if (count > 7)
        read_centre(d, &fields[7]);
    read_code(d, &fields[1]);
}
