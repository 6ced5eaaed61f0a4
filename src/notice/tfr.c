/* SPDX-License-Identifier: Apache-2.0 */
/* The FAA's TFR pages: labelled fields ("NOTAM Number :", "Beginning Date and Time :", "Affected
 * Area(s)", "Altitude:", "Effective Date(s):"), often run together on one line. */
#include "forms.h"

static const char *const labels[] = {
    "NOTAM Number",
    "Issue Date",
    "Location",
    "Beginning Date and Time",
    "Ending Date and Time",
    "Reason for NOTAM",
    "Type",
    "Replaced NOTAM(s)",
    "Pilots May Contact",
    "Jump To",
    "Affected Area(s)",
    "Airspace Definition",
    "Operating Restrictions and Requirements",
    "Other Information",
    "Authority",
    "ARTCC",
    "Effective Date(s)",
    "Altitude",
};

/* The label with its colon at i: the offset behind, or 0. */
static size_t label_at(ovf_str s, size_t i, const char *label)
{
    if (!ovf_text_at(s, i, label))
        return 0;
    if (i > 0 && (ovf_is_letter(s.ptr[i - 1]) || ovf_is_digit(s.ptr[i - 1])))
        return 0;
    size_t end = ovf_text_blanks(s, i + strlen(label));
    return end < s.len && s.ptr[end] == ':' ? end + 1 : 0;
}

/* What stands behind a label, to the next one. */
static ovf_range value_of(const ovf_draft *d, const char *label)
{
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->all.until);
    for (size_t i = d->all.from; i < s.len; i++) {
        size_t from = label_at(s, i, label);
        if (from == 0)
            continue;
        size_t until = from;
        for (bool ends = false; until < s.len && until < from + 400; until += !ends) {
            for (size_t k = 0; k < OVF_COUNTOF(labels) && !ends; k++)
                ends = label_at(s, until, labels[k]) > 0;
            ends = ends || ovf_text_at(s, until, "Download shapefiles");
            if (ends)
                break;
        }
        return ovf_text_trim(s, (ovf_range){(uint32_t)from, (uint32_t)until});
    }
    return (ovf_range){0, 0};
}

static ovf_time time_of(ovf_draft *d, const char *label, ovf_span *span)
{
    ovf_range value = value_of(d, label);
    ovf_time t = OVF_TIME_NONE;
    if (value.from == value.until)
        return t;
    size_t end = ovf_prose_time(ovf_str_sub(d->clean.text, 0, value.until), value.from, &t);
    if (end == value.from)
        return OVF_TIME_NONE;
    *span = ovf_raw_span(d, value.from, end);
    return t;
}

static void read_number(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_str s = d->clean.text;
    ovf_range number = value_of(d, "NOTAM Number");
    if (number.from == number.until)
        number = d->ident;
    uint32_t end = number.from;
    while (end < number.until
           && (ovf_is_letter(s.ptr[end]) || ovf_is_digit(s.ptr[end]) || s.ptr[end] == '/'
               || s.ptr[end] == ' '))
        end++;
    number = ovf_text_trim(s, (ovf_range){number.from, end});
    if (number.until > number.from) {
        n->id = ovf_text_squeeze(d, number);
        n->span_id = ovf_raw_span(d, number.from, number.until);
    }
    ovf_range replaced = value_of(d, "Replaced NOTAM(s)");
    n->kind = OVF_NOTICE_NEW;
    for (size_t i = replaced.from; i < replaced.until; i++) {
        size_t digits = ovf_text_digits(s, i);
        bool fits = digits == 1 && s.ptr[i + 1] == '/' && ovf_text_digits(s, i + 2) == 4;
        if (!fits)
            continue;
        n->kind = OVF_NOTICE_REPLACE;
        size_t from = i >= replaced.from + 4 && ovf_text_at(s, i - 4, "FDC ") ? i - 4 : i;
        n->refers_to = ovf_show(d, from, i + 6);
        return;
    }
}

void ovf_read_tfr(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_str s = d->clean.text;
    n->form = OVF_FORM_FAA_TFR;
    read_number(d);
    ovf_range place = value_of(d, "Location");
    n->locations = ovf_text_squeeze(d, place);
    n->span_a = ovf_raw_span(d, place.from, place.until);
    ovf_range reason = value_of(d, "Reason for NOTAM");
    // "Space Operations Area Type : ..." of a page run together: the reason ends before "Area".
    size_t area = ovf_text_find(s, reason.from, reason.until, " Area");
    if (area != OVF_NOPOS && area + 5 == reason.until)
        reason.until = (uint32_t)area;
    n->subject = ovf_text_squeeze(d, reason);
    ovf_span ignored = {0};
    n->created = time_of(d, "Issue Date", &ignored);
    n->valid_from = time_of(d, "Beginning Date and Time", &n->span_b);
    ovf_time until = time_of(d, "Ending Date and Time", &n->span_c);
    n->valid_until = until == OVF_TIME_NONE ? OVF_TIME_OPEN : until;
    ovf_range ending = value_of(d, "Ending Date and Time");
    n->until_permanent = ovf_text_has(s, ending, "PERMANENT") || ovf_text_has(s, ending, "PERM");
    if (n->valid_from == OVF_TIME_NONE)
        OVF_FIND(d, OVF_WARNING, d->all.from, "VALIDITY_MISSING",
                 "expected \"Beginning Date and Time :\" and a date");
    else if (until == OVF_TIME_NONE && !n->until_permanent)
        n->until_estimated = true; // "Until further notice"
    n->issuer = (ovf_issuer){.office = OVF_STR("FAA"),
                             .state = OVF_STR("USA"),
                             .kind = OVF_STR("state"),
                             .span = n->span_id};
    // The heads of the page repeat what the areas say; the areas begin at their definition.
    size_t body = ovf_text_find(s, d->all.from, d->all.until, "Airspace Definition");
    if (body == OVF_NOPOS)
        body = d->all.from;
    ovf_take_text(d, (ovf_range){d->all.from, d->all.until});
    d->items[OVF_ITEM_E] = ovf_text_trim(s, (ovf_range){(uint32_t)body, d->all.until});
}
