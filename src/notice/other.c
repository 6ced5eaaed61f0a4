/* SPDX-License-Identifier: Apache-2.0 */
/* Texts in other forms than the ICAO one: told apart here, read each in a file of its own. */
#include "forms.h"

bool ovf_is_navwarn(ovf_str text)
{
    return ovf_form_of(text) == OVF_FORM_NAVWARN;
}

static bool is_domestic(const ovf_draft *d)
{
    ovf_str s = ovf_range_text(d, d->all);
    ovf_str text = ovf_str_trim(s);
    if (d->ident.until > d->ident.from && d->ident.from > 0
        && d->clean.text.ptr[d->ident.from - 1] == '!')
        return true;
    ovf_range ident = {0};
    return ovf_str_starts(text, OVF_STR("FDC ")) || ovf_str_starts(text, OVF_STR("!"))
           || ovf_domestic_head(text, 0, &ident) > 0;
}

void ovf_take_text(ovf_draft *d, ovf_range range)
{
    range = ovf_text_trim(d->clean.text, range);
    d->items[OVF_ITEM_E] = range;
    d->notice->text = ovf_show(d, range.from, range.until);
    d->notice->span_e = ovf_raw_span(d, range.from, range.until);
}

/* Words that only messages for mariners have, where the number is missing. */
static bool speaks_to_ships(ovf_str text)
{
    static const char *const words[] = {"NAVAREA",
                                        "HYDROPAC",
                                        "HYDROLANT",
                                        "HYDROARC",
                                        "COASTAL WARNING",
                                        "CANCEL THIS MSG",
                                        "WIDE BERTH",
                                        "MARINERS",
                                        "CANCEL THIS MESSAGE",
                                        "VESSELS IN VICINITY"};
    ovf_range head = {0, (uint32_t)(text.len < 2000 ? text.len : 2000)};
    size_t small = 0;
    size_t capital = 0;
    for (size_t i = 0; i < head.until; i++) {
        small += text.ptr[i] >= 'a' && text.ptr[i] <= 'z';
        capital += text.ptr[i] >= 'A' && text.ptr[i] <= 'Z';
    }
    if (small > capital) // an article about one
        return false;
    return ovf_text_any(text, head, words, OVF_COUNTOF(words));
}

void ovf_read_other(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    switch (n->form) {
    case OVF_FORM_SIGMET: ovf_read_sigmet(d); return;
    case OVF_FORM_ASHTAM: ovf_read_ashtam(d); return;
    case OVF_FORM_SNOWTAM:
    case OVF_FORM_BIRDTAM: ovf_read_kept(d); return;
    case OVF_FORM_NAVWARN: ovf_read_navwarn(d); return;
    case OVF_FORM_FAA_DOMESTIC: ovf_read_domestic(d); return;
    case OVF_FORM_TEXT: break;
    default: return;
    }
    if (d->items[OVF_ITEM_E].until > d->items[OVF_ITEM_E].from)
        return;
    ovf_str text = ovf_range_text(d, d->all);
    ovf_notice_form form = ovf_form_of(text);
    if (form == OVF_FORM_FAA_TFR) {
        ovf_read_tfr(d);
        return;
    }
    if (is_domestic(d)) {
        ovf_read_domestic(d);
        return;
    }
    if (form == OVF_FORM_NAVWARN || speaks_to_ships(text)) {
        ovf_read_navwarn(d);
        return;
    }
    ovf_take_text(d,
                  (ovf_range){d->all.from, d->trailer > d->all.from ? d->trailer : d->all.until});
}
