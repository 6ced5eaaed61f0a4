/* SPDX-License-Identifier: Apache-2.0 */
/* Answers of `overfly check`, written: JSON, words. Rows: check_rows.c. */
#include "check.h"

/* ---- JSON ---- */

void check_put_json(ovf_buf *buf, const checked *c, const ovf_world *world)
{
    ovf_json json;
    ovf_json_init(&json, buf);
    ovf_json_object(&json);
    put_judged(&json, c->flight, &c->conflict, world);
    put_mentions(&json, c->item);
    put_law(&json, c->conflict.law, c->conflict.law_count, c->rules, &c->conflict.party);
    put_reading(&json, c->item);
    ovf_json_end(&json);
}

/* ---- for people ---- */

static cli_ink ink_of(ovf_touch touch)
{
    switch (touch) {
    case OVF_TOUCH_CLEAR: return CLI_GOOD;
    case OVF_TOUCH_TOUCHED: return CLI_NOTE;
    case OVF_TOUCH_BLOCKED: return CLI_BAD;
    case OVF_TOUCH_UNKNOWN: break;
    }
    return CLI_WARN;
}

static void print_end(FILE *out, const char *what, const ovf_crossing_end *end)
{
    char when[40] = "time not known";
    if (end->time != OVF_TIME_NONE)
        ovf_time_format_plain(end->time, when, sizeof(when));
    fprintf(out, "      %-6s %s  %.4f%c %.4f%c  FL%03d\n", what, when,
            end->place.lat_deg < 0 ? -end->place.lat_deg : end->place.lat_deg,
            end->place.lat_deg < 0 ? 'S' : 'N',
            end->place.lon_deg < 0 ? -end->place.lon_deg : end->place.lon_deg,
            end->place.lon_deg < 0 ? 'W' : 'E', end->level_ft / 100);
}

static void print_crossing(FILE *out, const ovf_crossing *c, const ovf_world *world, bool colour)
{
    ovf_str air = c->whose.state == OVF_INDEX_NONE ? OVF_STR("high seas")
                                                   : ovf_world_state(world, c->whose.state)->name;
    fprintf(out, "    " OVF_FMT "  %s, %s%s%s, over " OVF_FMT ", %.1f NM%s\n",
            OVF_ARG(c->restriction->id), ovf_effect_name(c->restriction->effect),
            cli_ink_on(colour, c->ruling.applies == OVF_TRI_NO ? CLI_DIM : CLI_BOLD),
            ovf_verdict_name(c->ruling.verdict), cli_ink_off(colour), OVF_ARG(air),
            ovf_m_to_nm(c->inside_m),
            c->ruling.applies == OVF_TRI_NO ? ", not for this flight" : "");
    print_end(out, "enters", &c->entry);
    print_end(out, "leaves", &c->exit);
    if (c->certainty != OVF_TRI_YES)
        cli_put_folded(out, c->certainty_why, 6, 100);
    if (c->ruling.applies_why.len > 0)
        cli_put_folded(out, c->ruling.applies_why, 6, 100);
    for (size_t i = 0; i < c->ruling.rule_count; i++)
        fprintf(out, "      " OVF_FMT "  " OVF_FMT "\n", OVF_ARG(c->ruling.rules[i].id),
                OVF_ARG(c->ruling.rules[i].cites));
}

void check_put_text(FILE *out, const checked *c, const ovf_world *world, bool colour)
{
    const ovf_flight *f = c->flight;
    fprintf(out, "%s%-8.*s%s " OVF_FMT "-" OVF_FMT "  %s%s%s  " OVF_FMT "\n",
            cli_ink_on(colour, CLI_BOLD), OVF_ARG(f->id), cli_ink_off(colour), OVF_ARG(f->from),
            OVF_ARG(f->to), cli_ink_on(colour, ink_of(c->conflict.answer)),
            ovf_touch_name(c->conflict.answer), cli_ink_off(colour), OVF_ARG(c->conflict.why));
    for (size_t i = 0; i < c->item->message_count; i++) {
        const flight_mention *m = &c->item->messages[i];
        fprintf(out, "    with the " OVF_FMT " at byte %zu of %s\n", OVF_ARG(m->title), m->pos,
                m->source);
    }
    for (size_t i = 0; i < c->conflict.crossing_count; i++)
        print_crossing(out, &c->conflict.crossings[i], world, colour);
    print_law(out, c->conflict.law, c->conflict.law_count, c->rules, &c->conflict.party);
    for (size_t i = 0; i < f->unresolved_count; i++)
        fprintf(out, "    not known  " OVF_FMT ": " OVF_FMT "\n", OVF_ARG(f->unresolved[i].text),
                OVF_ARG(f->unresolved[i].why));
}
