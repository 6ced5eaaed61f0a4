/* SPDX-License-Identifier: Apache-2.0 */
/* Answers of `overfly check` as rows, one a crossing, or one without: the same columns as CSV (RFC 4180)
 * and as Arrow. docs/json.md and docs/formats/arrow.md say what they mean. */
#include "check.h"

typedef enum column {
    COLUMN_SOURCE = 0,
    COLUMN_RECORD,
    COLUMN_FLIGHT,
    COLUMN_OPERATOR,
    COLUMN_REGISTRATION,
    COLUMN_FROM,
    COLUMN_TO,
    COLUMN_OFF_BLOCK,
    COLUMN_ANSWER,
    COLUMN_WHY,
    COLUMN_CROSSING,
    COLUMN_RESTRICTION,
    COLUMN_ISSUER,
    COLUMN_EFFECT,
    COLUMN_VERDICT,
    COLUMN_APPLIES,
    COLUMN_TERRITORY,
    COLUMN_ENTRY_LON,
    COLUMN_ENTRY_LAT,
    COLUMN_ENTRY_TIME,
    COLUMN_ENTRY_LEVEL,
    COLUMN_EXIT_LON,
    COLUMN_EXIT_LAT,
    COLUMN_EXIT_TIME,
    COLUMN_EXIT_LEVEL,
    COLUMN_INSIDE,
    COLUMN_CERTAINTY,
    COLUMN_CERTAINTY_WHY,
    COLUMN_STATE,
    COLUMN_MESSAGES,
    COLUMN_COUNT
} column;

static const ovf_arrow_field columns[COLUMN_COUNT] = {
    [COLUMN_SOURCE] = {"source", OVF_ARROW_UTF8, NULL},
    [COLUMN_RECORD] = {"record", OVF_ARROW_UTF8, NULL},
    [COLUMN_FLIGHT] = {"flight", OVF_ARROW_UTF8, NULL},
    [COLUMN_OPERATOR] = {"operator", OVF_ARROW_UTF8, NULL},
    [COLUMN_REGISTRATION] = {"registration", OVF_ARROW_UTF8, NULL},
    [COLUMN_FROM] = {"from", OVF_ARROW_UTF8, NULL},
    [COLUMN_TO] = {"to", OVF_ARROW_UTF8, NULL},
    [COLUMN_OFF_BLOCK] = {"off_block", OVF_ARROW_TIME, NULL},
    [COLUMN_ANSWER] = {"answer", OVF_ARROW_UTF8, NULL},
    [COLUMN_WHY] = {"why", OVF_ARROW_UTF8, NULL},
    [COLUMN_CROSSING] = {"crossing", OVF_ARROW_INT32, NULL},
    [COLUMN_RESTRICTION] = {"restriction", OVF_ARROW_UTF8, NULL},
    [COLUMN_ISSUER] = {"issuer", OVF_ARROW_UTF8, NULL},
    [COLUMN_EFFECT] = {"effect", OVF_ARROW_UTF8, NULL},
    [COLUMN_VERDICT] = {"verdict", OVF_ARROW_UTF8, NULL},
    [COLUMN_APPLIES] = {"applies", OVF_ARROW_UTF8, NULL},
    [COLUMN_TERRITORY] = {"territory", OVF_ARROW_UTF8, NULL},
    [COLUMN_ENTRY_LON] = {"entry_lon_deg", OVF_ARROW_DOUBLE, "degree"},
    [COLUMN_ENTRY_LAT] = {"entry_lat_deg", OVF_ARROW_DOUBLE, "degree"},
    [COLUMN_ENTRY_TIME] = {"entry_time", OVF_ARROW_TIME, NULL},
    [COLUMN_ENTRY_LEVEL] = {"entry_level_ft", OVF_ARROW_INT32, "foot"},
    [COLUMN_EXIT_LON] = {"exit_lon_deg", OVF_ARROW_DOUBLE, "degree"},
    [COLUMN_EXIT_LAT] = {"exit_lat_deg", OVF_ARROW_DOUBLE, "degree"},
    [COLUMN_EXIT_TIME] = {"exit_time", OVF_ARROW_TIME, NULL},
    [COLUMN_EXIT_LEVEL] = {"exit_level_ft", OVF_ARROW_INT32, "foot"},
    [COLUMN_INSIDE] = {"inside_nm", OVF_ARROW_DOUBLE, "nautical_mile"},
    [COLUMN_CERTAINTY] = {"certainty", OVF_ARROW_UTF8, NULL},
    [COLUMN_CERTAINTY_WHY] = {"certainty_why", OVF_ARROW_UTF8, NULL},
    [COLUMN_STATE] = {"state", OVF_ARROW_UTF8, NULL},
    [COLUMN_MESSAGES] = {"messages", OVF_ARROW_UTF8, NULL},
};

/* One cell; not given is "not known". */
typedef struct cell {
    bool is_given;
    ovf_str text;
    double number;
    int64_t count; /* whole numbers; times */
} cell;

/* ---- out of an answer ---- */

static cell of_text(ovf_str text)
{
    return (cell){.is_given = text.len > 0, .text = text};
}

static cell of_time(ovf_time time)
{
    return (cell){.is_given = time != OVF_TIME_NONE, .count = time};
}

static cell of_count(int64_t count)
{
    return (cell){.is_given = true, .count = count};
}

static cell of_number(double number)
{
    return (cell){.is_given = true, .number = number};
}

/* "CHG a.fpl:120; DEP b.fpl:7": what the answer rests on, each at its byte of the record. */
static ovf_str messages_of(const flight_item *item, ovf_buf *buf)
{
    ovf_buf_reset(buf);
    for (size_t i = 0; i < item->message_count; i++) {
        const flight_mention *m = &item->messages[i];
        ovf_buf_printf(buf, "%s" OVF_FMT " %s:%zu", i == 0 ? "" : "; ", OVF_ARG(m->title),
                       m->source, m->pos);
    }
    return ovf_buf_str(buf);
}

/* texts: two that are made here, of the record's number and of the messages. */
static void fill_flight(cell *cells, const checked *c, ovf_buf texts[2])
{
    const ovf_flight *f = c->flight;
    ovf_buf_reset(&texts[0]);
    ovf_buf_printf(&texts[0], "%u", f->record);
    bool has_id = c->item->record_id.len > 0;
    cells[COLUMN_SOURCE] = of_text(ovf_str_of(c->item->input->name));
    cells[COLUMN_RECORD] = of_text(has_id ? c->item->record_id : ovf_buf_str(&texts[0]));
    cells[COLUMN_FLIGHT] = of_text(f->id);
    cells[COLUMN_OPERATOR] = of_text(c->conflict.party.operator_icao);
    cells[COLUMN_REGISTRATION] = of_text(f->registration);
    cells[COLUMN_FROM] = of_text(f->from);
    cells[COLUMN_TO] = of_text(f->to);
    cells[COLUMN_OFF_BLOCK] = of_time(f->off_block);
    cells[COLUMN_ANSWER] = of_text(ovf_str_of(ovf_touch_name(c->conflict.answer)));
    cells[COLUMN_WHY] = of_text(c->conflict.why);
    cells[COLUMN_STATE] = of_text(ovf_str_of(ovf_flight_state_name(f->state)));
    cells[COLUMN_MESSAGES] = of_text(messages_of(c->item, &texts[1]));
    cells[COLUMN_CROSSING] = of_count(0);
}

static void fill_end(cell *cells, const ovf_crossing_end *end) /* from its longitude on */
{
    cells[0] = of_number(end->place.lon_deg);
    cells[1] = of_number(end->place.lat_deg);
    cells[2] = of_time(end->time);
    cells[3] = of_count(end->level_ft);
}

static void fill_crossing(cell *cells, const ovf_crossing *x, size_t number, const ovf_world *world)
{
    static const char *const applies[] = {
        [OVF_TRI_UNKNOWN] = "possible", [OVF_TRI_NO] = "no", [OVF_TRI_YES] = "yes"};
    bool has_state = x->whose.state != OVF_INDEX_NONE;
    cells[COLUMN_CROSSING] = of_count((int64_t)number);
    cells[COLUMN_RESTRICTION] = of_text(x->restriction->id);
    cells[COLUMN_ISSUER] = of_text(x->restriction->notice->issuer.state);
    cells[COLUMN_EFFECT] = of_text(ovf_str_of(ovf_effect_name(x->restriction->effect)));
    cells[COLUMN_VERDICT] = of_text(ovf_str_of(ovf_verdict_name(x->ruling.verdict)));
    cells[COLUMN_APPLIES] = of_text(ovf_str_of(applies[x->ruling.applies]));
    cells[COLUMN_TERRITORY] =
        of_text(has_state ? ovf_world_state(world, x->whose.state)->iso3 : OVF_STR(""));
    fill_end(cells + COLUMN_ENTRY_LON, &x->entry);
    fill_end(cells + COLUMN_EXIT_LON, &x->exit);
    cells[COLUMN_INSIDE] = of_number(ovf_m_to_nm(x->inside_m));
    cells[COLUMN_CERTAINTY] =
        of_text(x->certainty == OVF_TRI_YES ? OVF_STR("yes") : OVF_STR("unknown"));
    cells[COLUMN_CERTAINTY_WHY] = of_text(x->certainty_why);
}

/* ---- CSV ---- */

static void put_quoted(ovf_buf *buf, ovf_str text)
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

static void put_csv_row(ovf_buf *buf, const cell *cells)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        const cell *c = &cells[i];
        char when[OVF_TIME_TEXT_MAX];
        if (i > 0)
            ovf_buf_addc(buf, ',');
        if (!c->is_given)
            continue;
        switch (columns[i].type) {
        case OVF_ARROW_UTF8: put_quoted(buf, c->text); break;
        case OVF_ARROW_DOUBLE:
            ovf_buf_printf(buf, "%.*f", i == COLUMN_INSIDE ? 3 : 7, c->number);
            break;
        case OVF_ARROW_INT32: ovf_buf_printf(buf, "%lld", (long long)c->count); break;
        case OVF_ARROW_TIME:
            ovf_time_format(c->count, when, sizeof(when));
            ovf_buf_add(buf, ovf_str_of(when));
            break;
        }
    }
    ovf_buf_add(buf, OVF_STR("\r\n"));
}

void check_put_csv_head(ovf_buf *buf)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        ovf_buf_printf(buf, "%s%s", i == 0 ? "" : ",", columns[i].name);
    ovf_buf_add(buf, OVF_STR("\r\n"));
}

/* ---- Arrow ---- */

static void put_arrow_row(ovf_arrow_rows *rows, const cell *cells)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        const cell *c = &cells[i];
        if (!c->is_given)
            continue;
        switch (columns[i].type) {
        case OVF_ARROW_UTF8: ovf_arrow_put_text(rows, i, c->text); break;
        case OVF_ARROW_DOUBLE: ovf_arrow_put_double(rows, i, c->number); break;
        case OVF_ARROW_INT32: ovf_arrow_put_int(rows, i, (int32_t)c->count); break;
        case OVF_ARROW_TIME: ovf_arrow_put_time(rows, i, c->count); break;
        }
    }
    ovf_arrow_end_row(rows);
}

const ovf_arrow_field *check_columns(size_t *count)
{
    *count = COLUMN_COUNT;
    return columns;
}

/* ---- all of a flight ---- */

void check_put_rows(ovf_buf *csv, ovf_arrow_rows *arrow, const checked *c, const ovf_world *world)
{
    cell cells[COLUMN_COUNT] = {0};
    ovf_buf texts[2] = {0};
    fill_flight(cells, c, texts);
    size_t count = c->conflict.crossing_count;
    for (size_t i = 0; i < (count == 0 ? 1 : count); i++) {
        if (count > 0)
            fill_crossing(cells, &c->conflict.crossings[i], i + 1, world);
        if (csv != NULL)
            put_csv_row(csv, cells);
        if (arrow != NULL)
            put_arrow_row(arrow, cells);
    }
    ovf_buf_done(&texts[0]);
    ovf_buf_done(&texts[1]);
}
