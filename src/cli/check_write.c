/* SPDX-License-Identifier: Apache-2.0 */
/* Answers of `overfly check`, written: JSON, CSV, words. */
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

/* ---- CSV (RFC 4180) ---- */

static void put_cell(ovf_buf *buf, ovf_str text)
{
    bool is_quoted = false;
    for (size_t i = 0; i < text.len && !is_quoted; i++) {
        char c = text.ptr[i];
        is_quoted = c == ',' || c == '"' || c == '\n' || c == '\r';
    }
    if (!is_quoted) {
        ovf_buf_add(buf, text);
        return;
    }
    ovf_buf_addc(buf, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            ovf_buf_addc(buf, '"');
        ovf_buf_addc(buf, text.ptr[i]);
    }
    ovf_buf_addc(buf, '"');
}

static void put_next(ovf_buf *buf, ovf_str text)
{
    ovf_buf_addc(buf, ',');
    put_cell(buf, text);
}

static void put_next_time(ovf_buf *buf, ovf_time time)
{
    char when[40] = "";
    if (time != OVF_TIME_NONE)
        ovf_time_format(time, when, sizeof(when));
    put_next(buf, ovf_str_of(when));
}

static void put_csv_end(ovf_buf *buf, const ovf_crossing_end *end)
{
    ovf_buf_printf(buf, ",%.7f,%.7f", end->place.lon_deg, end->place.lat_deg);
    put_next_time(buf, end->time);
    ovf_buf_printf(buf, ",%d", end->level_ft);
}

void check_put_csv_head(ovf_buf *buf)
{
    ovf_buf_add(buf,
                OVF_STR("source,record,flight,operator,registration,from,to,off_block,answer,why,"
                        "crossing,restriction,issuer,effect,verdict,applies,territory,"
                        "entry_lon_deg,entry_lat_deg,entry_time,entry_level_ft,"
                        "exit_lon_deg,exit_lat_deg,exit_time,exit_level_ft,"
                        "inside_nm,certainty,certainty_why\r\n"));
}

static void put_csv_flight(ovf_buf *buf, const checked *c)
{
    const ovf_flight *f = c->flight;
    put_cell(buf, ovf_str_of(c->item->input->name));
    if (c->item->record_id.len > 0)
        put_next(buf, c->item->record_id);
    else
        ovf_buf_printf(buf, ",%u", f->record);
    put_next(buf, f->id);
    put_next(buf, c->conflict.party.operator_icao);
    put_next(buf, f->registration);
    put_next(buf, f->from);
    put_next(buf, f->to);
    put_next_time(buf, f->off_block);
    put_next(buf, ovf_str_of(ovf_touch_name(c->conflict.answer)));
    put_next(buf, c->conflict.why);
}

static void put_csv_crossing(ovf_buf *buf, const ovf_crossing *x, size_t number,
                             const ovf_world *world)
{
    static const char *const applies[] = {
        [OVF_TRI_UNKNOWN] = "possible", [OVF_TRI_NO] = "no", [OVF_TRI_YES] = "yes"};
    ovf_buf_printf(buf, ",%zu", number);
    put_next(buf, x->restriction->id);
    put_next(buf, x->restriction->notice->issuer.state);
    put_next(buf, ovf_str_of(ovf_effect_name(x->restriction->effect)));
    put_next(buf, ovf_str_of(ovf_verdict_name(x->ruling.verdict)));
    put_next(buf, ovf_str_of(applies[x->ruling.applies]));
    put_next(buf, x->whose.state == OVF_INDEX_NONE ? OVF_STR("")
                                                   : ovf_world_state(world, x->whose.state)->iso3);
    put_csv_end(buf, &x->entry);
    put_csv_end(buf, &x->exit);
    ovf_buf_printf(buf, ",%.3f", ovf_m_to_nm(x->inside_m));
    put_next(buf, x->certainty == OVF_TRI_YES ? OVF_STR("yes") : OVF_STR("unknown"));
    put_next(buf, x->certainty_why);
}

void check_put_csv(ovf_buf *buf, const checked *c, const ovf_world *world)
{
    if (c->conflict.crossing_count == 0) {
        put_csv_flight(buf, c);
        ovf_buf_add(buf, OVF_STR(",0,,,,,,,,,,,,,,,,,\r\n"));
    }
    for (size_t i = 0; i < c->conflict.crossing_count; i++) {
        put_csv_flight(buf, c);
        put_csv_crossing(buf, &c->conflict.crossings[i], i + 1, world);
        ovf_buf_add(buf, OVF_STR("\r\n"));
    }
}
