/* SPDX-License-Identifier: Apache-2.0 */
/* Texts in other forms than the ICAO one. FAA domestic notices give their times as two stamps at the
 * end; navigational warnings have a number; of the rest the form is recognised, the text kept, its
 * coordinates read. */
#include "notice_internal.h"

static size_t find_word(ovf_str text, const char *word)
{
    return ovf_str_find(ovf_str_sub(text, 0, 400), 0, ovf_str_of(word));
}

static const char *const series[] = {"NAVAREA",  "HYDROPAC", "HYDROLANT",
                                     "HYDROARC", "NAVTEX",   "COASTAL WARNING"};

bool ovf_is_navwarn(ovf_str text)
{
    for (size_t i = 0; i < OVF_COUNTOF(series); i++) {
        if (find_word(text, series[i]) != OVF_NOPOS)
            return true;
    }
    return false;
}

/* "NAVAREA IV 798/26", "HYDROLANT 435/26". */
static void read_navwarn(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    n->form = OVF_FORM_NAVWARN;
    ovf_str s = d->clean.text;
    for (size_t i = 0; i < OVF_COUNTOF(series) && n->id.len == 0; i++) {
        size_t at = find_word(s, series[i]);
        if (at == OVF_NOPOS)
            continue;
        size_t end = at;
        bool has_slash = false;
        while (end < s.len && end < at + 40 && s.ptr[end] != '\n' && s.ptr[end] != '.'
               && s.ptr[end] != '(') {
            has_slash |= s.ptr[end] == '/';
            end++;
        }
        while (end > at && ovf_is_blank(s.ptr[end - 1]))
            end--;
        if (!has_slash)
            continue;
        n->id = ovf_show(d, at, end);
        n->span_id = ovf_raw_span(d, at, end);
        n->kind = OVF_NOTICE_NEW;
    }
    n->issuer.kind = OVF_STR("unknown");
}

static bool is_domestic(const ovf_draft *d)
{
    ovf_str s = ovf_range_text(d, d->all);
    bool has_mark = d->ident.from > 0 && d->clean.text.ptr[d->ident.from - 1] == '!';
    return has_mark || ovf_str_starts(s, OVF_STR("FDC "));
}

static void read_domestic(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_str s = d->clean.text;
    n->form = OVF_FORM_FAA_DOMESTIC;
    n->kind = OVF_NOTICE_NEW;
    n->issuer = (ovf_issuer){.office = OVF_STR("FAA"),
                             .state = OVF_STR("USA"),
                             .kind = OVF_STR("state"),
                             .span = n->span_id};
    if (n->id.len == 0) {
        size_t end = 4;
        while (end < s.len && (ovf_is_digit(s.ptr[end]) || s.ptr[end] == '/'))
            end++;
        n->id = ovf_show(d, 0, end);
        n->span_id = ovf_raw_span(d, 0, end);
    }
    ovf_read_prose_validity(d);
}

static const struct {
    const char *mark;
    ovf_notice_form form;
} marks[] = {
    {"Download shapefiles", OVF_FORM_FAA_TFR},
    {"NOTAM Number :", OVF_FORM_FAA_TFR},
};

/* The text is all there is: it stands for item E. */
static void take_whole(ovf_draft *d)
{
    ovf_range e = {d->all.from, d->trailer > d->all.from ? d->trailer : d->all.until};
    while (e.from < e.until && ovf_is_blank(d->clean.text.ptr[e.from]))
        e.from++;
    while (e.until > e.from && ovf_is_blank(d->clean.text.ptr[e.until - 1]))
        e.until--;
    d->items[OVF_ITEM_E] = e;
    d->notice->text = ovf_show(d, e.from, e.until);
    d->notice->span_e = ovf_raw_span(d, e.from, e.until);
}

void ovf_read_other(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    if (n->form != OVF_FORM_TEXT || d->items[OVF_ITEM_E].until > d->items[OVF_ITEM_E].from)
        return;
    ovf_str text = ovf_range_text(d, d->all);
    for (size_t i = 0; i < OVF_COUNTOF(marks) && n->form == OVF_FORM_TEXT; i++) {
        if (find_word(text, marks[i].mark) != OVF_NOPOS)
            n->form = marks[i].form;
    }
    if (n->form == OVF_FORM_FAA_TFR) {
        take_whole(d);
        return;
    }
    if (is_domestic(d))
        read_domestic(d);
    else if (ovf_is_navwarn(text))
        read_navwarn(d);
    take_whole(d);
}
