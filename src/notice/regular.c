/* SPDX-License-Identifier: Apache-2.0 */
/* The short way for notices that follow Doc 10066 App. 3 to the letter: fields of fixed form at
 * fixed places, read in one go. Where anything at all is unusual it takes nothing, and the readers
 * of header.c, qline.c, validity.c and limits.c, which say what is wrong and where, read it all; a
 * test holds the two to the same answers. */
#include "forms.h"

struct regular {
    ovf_notice_kind kind;
    ovf_range refers_to;
    uint32_t fields[8]; /* of item Q: where each begins */
    const char *subject, *condition;
    ovf_level q_lower, q_upper, lower, upper;
    ovf_point q_centre;
    double q_radius_nm;
    ovf_time from, until;
    bool is_estimated, is_permanent;
};

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool all_upper(const char *p, size_t len)
{
    bool fits = true;
    for (size_t i = 0; i < len; i++)
        fits &= is_upper(p[i]);
    return fits;
}

/* Up to 9 digits; -1: something else stands there. */
static int32_t number(const char *p, size_t len)
{
    int32_t value = 0;
    for (size_t i = 0; i < len; i++) {
        if (!ovf_is_digit(p[i]))
            return -1;
        value = value * 10 + (p[i] - '0');
    }
    return value;
}

/* "A0012/26 NOTAMN" and behind it an item; "NOTAMR A0011/26" likewise. */
static bool read_kind(const ovf_draft *d, struct regular *r)
{
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->all.until);
    size_t at = d->ident.until + 1;
    bool fits = at + 16 < s.len && s.ptr[at - 1] == ' ' && memcmp(s.ptr + at, "NOTAM", 5) == 0;
    if (!fits || ovf_is_letter(s.ptr[at + 6]))
        return false;
    char kind = s.ptr[at + 5];
    if (kind == 'N') {
        r->kind = OVF_NOTICE_NEW;
        return true;
    }
    if ((kind != 'R' && kind != 'C') || s.ptr[at + 6] != ' ')
        return false;
    r->kind = kind == 'R' ? OVF_NOTICE_REPLACE : OVF_NOTICE_CANCEL;
    const char *p = s.ptr + at + 7;
    fits = is_upper(p[0]) && number(p + 1, 4) >= 0 && p[5] == '/' && number(p + 6, 2) >= 0
           && ovf_is_blank(p[8]);
    r->refers_to = (ovf_range){(uint32_t)at + 7, (uint32_t)at + 15};
    return fits;
}

static ovf_level q_level(int32_t value, bool is_top)
{
    if (value == 0 && !is_top)
        return (ovf_level){.ref = OVF_LEVEL_SFC};
    if (value == 999 && is_top)
        return (ovf_level){.ref = OVF_LEVEL_UNL};
    return (ovf_level){.ref = OVF_LEVEL_FL, .value_ft = value * 100};
}

static bool read_centre(const char *p, struct regular *r)
{
    int32_t lat = number(p, 4);
    int32_t lon = number(p + 5, 5);
    int32_t radius = number(p + 11, 3);
    bool fits = lat >= 0 && lon >= 0 && radius >= 0 && (p[4] == 'N' || p[4] == 'S')
                && (p[10] == 'E' || p[10] == 'W') && lat % 100 < 60 && lon % 100 < 60 && lat < 9000
                && lon < 18000;
    if (!fits)
        return false;
    double lat_deg = lat / 100 + lat % 100 / 60.0;
    double lon_deg = lon / 100 + lon % 100 / 60.0;
    r->q_centre = (ovf_point){p[4] == 'S' ? -lat_deg : lat_deg, p[10] == 'W' ? -lon_deg : lon_deg};
    r->q_radius_nm = radius;
    return true;
}

#define BIT(letter) (UINT32_C(1) << ((letter) - 'A'))

/* Capitals, five at most, of a set of them. */
static bool are_of(const char *s, uint32_t from, uint32_t until, uint32_t letters)
{
    uint32_t seen = 0;
    for (uint32_t i = from; i < until; i++)
        seen |= UINT32_C(1) << ((s[i] - 'A') & 31);
    return (seen & ~letters) == 0 && until - from <= 5;
}

/* "EGTT/QRTCA/IV/BO/W/000/050/5129N00028W005" */

static bool read_q(const ovf_draft *d, struct regular *r)
{
    ovf_range q = d->items[OVF_ITEM_Q];
    const char *s = d->clean.text.ptr;
    size_t count = 0;
    if (q.until - q.from < 33 || q.until - q.from > 46)
        return false;
    r->fields[count++] = q.from;
    for (uint32_t i = q.from; i < q.until - 14; i++) {
        if (s[i] == '/' && count == 8)
            return false;
        if (s[i] == '/')
            r->fields[count++] = i + 1;
        else if (count <= 5 && !is_upper(s[i]))
            return false;
    }
    const uint32_t *f = r->fields;
    bool fits = count == 8 && f[1] == f[0] + 5 && f[2] == f[1] + 6 && s[f[1]] == 'Q'
                && f[3] > f[2] + 1 && f[4] > f[3] + 1 && f[5] > f[4] + 1 && f[6] == f[5] + 4
                && f[7] == f[6] + 4 && q.until == f[7] + 14;
    if (!fits)
        return false;
    int32_t lower = number(s + f[5], 3);
    int32_t upper = number(s + f[6], 3);
    r->q_lower = q_level(lower, false);
    r->q_upper = q_level(upper, true);
    r->subject = ovf_qcode_subject((ovf_str){s + f[1] + 1, 2});
    r->condition = ovf_qcode_condition((ovf_str){s + f[1] + 3, 2});
    bool are_known =
        lower <= upper && are_of(s, f[2], f[3] - 1, BIT('I') | BIT('V') | BIT('K'))
        && are_of(s, f[3], f[4] - 1, BIT('N') | BIT('B') | BIT('O') | BIT('M') | BIT('K'))
        && are_of(s, f[4], f[5] - 1, BIT('A') | BIT('E') | BIT('W') | BIT('K'));
    return are_known && lower >= 0 && upper >= 0 && r->subject != NULL && r->condition != NULL
           && read_centre(s + f[7], r);
}

/* Indicators of four letters, a blank between them. */
static bool is_regular_a(const ovf_draft *d)
{
    ovf_range a = d->items[OVF_ITEM_A];
    ovf_str text = ovf_range_text(d, a);
    if (text.len < 4 || text.len % 5 != 4 || memcmp(text.ptr, "KICZ", 4) == 0)
        return false;
    for (size_t i = 0; i < text.len; i += 5) {
        if (!all_upper(text.ptr + i, 4) || (i > 0 && text.ptr[i - 1] != ' '))
            return false;
    }
    return true;
}

/* Two digits; 255 and more: something else stands there. */
static uint32_t pair(const char *p)
{
    uint32_t tens = (uint32_t)(unsigned char)p[0] - '0';
    uint32_t ones = (uint32_t)(unsigned char)p[1] - '0';
    return tens > 9 || ones > 9 ? 255 : tens * 10 + ones;
}

/* "2601051430", as ovf_time_parse_notam; 2400 is left to it. */
static bool stamp(const char *p, ovf_time *out)
{
    static const uint8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    static const uint16_t before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    uint32_t year = pair(p);
    uint32_t month = pair(p + 2);
    uint32_t day = pair(p + 4);
    uint32_t hour = pair(p + 6);
    uint32_t minute = pair(p + 8);
    bool is_leap = year % 4 == 0; // 2000 to 2099
    if (year > 99 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59
        || day > lengths[month - 1] + (uint32_t)(is_leap && month == 2))
        return false;
    const uint32_t year_2000_days = 10957;
    uint32_t days = year_2000_days + year * 365 + (year + 3) / 4 + before[month - 1]
                    + (is_leap && month > 2) + day - 1;
    *out = (ovf_time)days * OVF_DAY_S + (ovf_time)(hour * OVF_HOUR_S + minute * OVF_MINUTE_S);
    return true;
}

static bool read_times(const ovf_draft *d, struct regular *r)
{
    ovf_str b = ovf_range_text(d, d->items[OVF_ITEM_B]);
    ovf_str c = ovf_range_text(d, d->items[OVF_ITEM_C]);
    r->until = OVF_TIME_OPEN;
    if (b.len != 10 || !stamp(b.ptr, &r->from))
        return false;
    if (r->kind == OVF_NOTICE_CANCEL && !d->has_item[OVF_ITEM_C])
        return true;
    if (c.len == 4 && memcmp(c.ptr, "PERM", 4) == 0) {
        r->is_permanent = true;
        return true;
    }
    bool fits = c.len == 10 || (c.len == 13 && memcmp(c.ptr + 10, "EST", 3) == 0)
                || (c.len == 14 && memcmp(c.ptr + 10, " EST", 4) == 0);
    r->is_estimated = c.len > 10;
    return fits && stamp(c.ptr, &r->until) && r->until > r->from;
}

/* "SFC", "GND", "UNL", "FL245", "2500FT AMSL", "900FT AGL". */
static bool read_level(ovf_str s, ovf_level *out)
{
    if (s.len == 3 && (memcmp(s.ptr, "SFC", 3) == 0 || memcmp(s.ptr, "GND", 3) == 0)) {
        *out = (ovf_level){.ref = OVF_LEVEL_SFC};
        return true;
    }
    if (s.len == 3 && memcmp(s.ptr, "UNL", 3) == 0) {
        *out = (ovf_level){.ref = OVF_LEVEL_UNL};
        return true;
    }
    size_t digits = 0;
    if (s.len == 5 && s.ptr[0] == 'F' && s.ptr[1] == 'L') {
        int32_t value = number(s.ptr + 2, 3);
        *out = (ovf_level){.ref = OVF_LEVEL_FL, .value_ft = value * 100};
        return value > 0;
    }
    while (digits < s.len && ovf_is_digit(s.ptr[digits]))
        digits++;
    ovf_str unit = ovf_str_tail(s, digits);
    bool is_amsl = unit.len == 7 && memcmp(unit.ptr, "FT AMSL", 7) == 0;
    bool is_agl = unit.len == 6 && memcmp(unit.ptr, "FT AGL", 6) == 0;
    if (digits < 2 || digits > 5 || (!is_amsl && !is_agl))
        return false;
    *out = (ovf_level){.ref = is_amsl ? OVF_LEVEL_AMSL : OVF_LEVEL_AGL,
                       .value_ft = number(s.ptr, digits)};
    return out->value_ft > 0;
}

static bool read_levels(const ovf_draft *d, struct regular *r)
{
    r->lower = r->q_lower;
    r->upper = r->q_upper;
    bool has_f = d->items[OVF_ITEM_F].until > d->items[OVF_ITEM_F].from;
    bool has_g = d->items[OVF_ITEM_G].until > d->items[OVF_ITEM_G].from;
    return (!has_f || read_level(ovf_range_text(d, d->items[OVF_ITEM_F]), &r->lower))
           && (!has_g || read_level(ovf_range_text(d, d->items[OVF_ITEM_G]), &r->upper));
}

/* Between two items: blanks, and the letter of the second with its bracket. */
static bool is_gap(const ovf_draft *d, uint32_t from, uint32_t until)
{
    if (until < from || until - from > 10)
        return false;
    for (uint32_t i = from; i < until; i++) {
        char c = d->clean.text.ptr[i];
        if (!ovf_is_blank(c) && c != ')' && c != 'F' && c != 'G')
            return false;
    }
    return true;
}

/* Nothing before the number, nothing between the end of item E and the end but items F and G. */
static bool is_framed(const ovf_draft *d)
{
    uint32_t end = d->items[OVF_ITEM_E].until;
    for (uint32_t i = d->all.from; i < d->ident.from; i++) {
        if (!ovf_is_blank(d->clean.text.ptr[i]) && d->clean.text.ptr[i] != '(')
            return false;
    }
    for (int item = OVF_ITEM_F; item <= OVF_ITEM_G; item++) {
        ovf_range range = d->items[item];
        if (d->has_item[item] && (range.from == range.until || !is_gap(d, end, range.from)))
            return false;
        end = d->has_item[item] ? range.until : end;
    }
    return d->trailer == d->all.until && is_gap(d, end, d->trailer);
}

static ovf_str field(const ovf_draft *d, const struct regular *r, int i)
{
    return ovf_str_sub(d->clean.text, r->fields[i], r->fields[i + 1] - 1);
}

static void fill(ovf_draft *d, const struct regular *r)
{
    ovf_notice *n = d->notice;
    n->form = OVF_FORM_ICAO;
    n->id = ovf_ident_text(d, d->ident.from, d->ident.until);
    n->kind = r->kind;
    n->refers_to = ovf_range_text(d, r->refers_to);
    n->locations = ovf_range_text(d, d->items[OVF_ITEM_A]);
    n->parts_complete = true;
    n->q_fir = field(d, r, 0);
    n->qcode = field(d, r, 1);
    n->traffic = field(d, r, 2);
    n->purpose = field(d, r, 3);
    n->scope = field(d, r, 4);
    n->subject = ovf_str_of(r->subject);
    n->condition = ovf_str_of(r->condition);
    n->q_lower = r->q_lower;
    n->q_upper = r->q_upper;
    n->has_q_circle = true;
    n->q_centre = r->q_centre;
    n->q_radius_nm = r->q_radius_nm;
    n->valid_from = r->from;
    n->valid_until = r->until;
    n->until_estimated = r->is_estimated;
    n->until_permanent = r->is_permanent;
    n->lower_text = ovf_range_text(d, d->items[OVF_ITEM_F]);
    n->upper_text = ovf_range_text(d, d->items[OVF_ITEM_G]);
    d->lower = r->lower;
    d->upper = r->upper;
    n->span_id = ovf_raw_span(d, d->ident.from, d->ident.until);
    static const struct {
        int item;
        size_t span;
    } spans[] = {
        {OVF_ITEM_Q, offsetof(ovf_notice, span_q)}, {OVF_ITEM_A, offsetof(ovf_notice, span_a)},
        {OVF_ITEM_B, offsetof(ovf_notice, span_b)}, {OVF_ITEM_C, offsetof(ovf_notice, span_c)},
        {OVF_ITEM_E, offsetof(ovf_notice, span_e)}, {OVF_ITEM_F, offsetof(ovf_notice, span_f)},
        {OVF_ITEM_G, offsetof(ovf_notice, span_g)},
    };
    for (size_t i = 0; i < OVF_COUNTOF(spans); i++) {
        ovf_range range = d->items[spans[i].item];
        *(ovf_span *)(void *)((char *)n + spans[i].span) = ovf_raw_span(d, range.from, range.until);
    }
}

bool ovf_read_regular(ovf_draft *d)
{
    struct regular r = {0};
    bool fits = d->clean.map == NULL && !d->is_joined && d->ident.until > d->ident.from
                && d->items[OVF_ITEM_E].until > d->items[OVF_ITEM_E].from && read_kind(d, &r)
                && read_q(d, &r) && is_regular_a(d) && read_times(d, &r) && is_framed(d)
                && read_levels(d, &r);
    if (fits)
        fill(d, &r);
    return fits;
}
