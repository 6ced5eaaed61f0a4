/* SPDX-License-Identifier: Apache-2.0 */
/* One message between its brackets: Doc 4444 App. 3. Fields begin with a hyphen and follow each
 * other in a fixed order; a field that is missing or misshapen is known by the shape of the next,
 * so that one bad item does not spoil the rest:
 *
 *   FPL  7 8 9 10 13 15 16 18 (19)      DEP  7 13 16 18       DLA, CNL  7 13 16 18
 *   CPL  7 8 9 10 13 14 15 16 18        EST  7 13 14 16       RQP, RQS  7 13 16 18
 *   ALR  5 7 8 9 10 13 15 16 18 19 20   SPL  7 13 16 18 19    ARR  7 13 (16) 17
 *   CHG  7 13 16 18 22 22 ...
 */
#include "flight_internal.h"

typedef enum item {
    ITEM_7 = 0,
    ITEM_8,
    ITEM_9,
    ITEM_10,
    ITEM_13,
    ITEM_14, /* of a CPL alone */
    ITEM_15,
    ITEM_16,
    ITEM_18,
    ITEM_END
} item;

static const char *const item_words[] = {
    "aircraft identification (item 7)",
    "flight rules and type of flight (item 8)",
    "type of aircraft and wake turbulence category (item 9)",
    "equipment (item 10)",
    "departure aerodrome and time (item 13)",
    "estimate over a boundary point (item 14)",
    "speed, level and route (item 15)",
    "destination and elapsed time (item 16)",
    "other information (item 18)",
};

/* ---- the shapes of fields ---- */

static bool looks_like_location(ovf_str f)
{
    if (f.len < 8 || !is_letter(f.ptr[0]) || flight_digits(f, 4) != 4)
        return false;
    for (size_t i = 1; i < 4; i++) {
        if (!is_letter(f.ptr[i]) && !is_digit(f.ptr[i]))
            return false;
    }
    return f.len == 8 || is_space(f.ptr[8]);
}

static bool looks_like_type(ovf_str f)
{
    size_t letters_digits = 0;
    while (letters_digits < f.len
           && (is_letter(f.ptr[letters_digits]) || is_digit(f.ptr[letters_digits])))
        letters_digits++;
    if (letters_digits == f.len) // the wake category is missing; equipment always has a stroke
        return f.len >= 3 && f.len <= 6;
    size_t stroke = ovf_str_find(f, 0, OVF_STR("/"));
    return stroke != OVF_NOPOS && stroke >= 2 && stroke <= 6 && f.len == stroke + 2
           && is_letter(f.ptr[stroke + 1]);
}

static bool looks_like_rules(ovf_str f)
{
    return f.len >= 1 && f.len <= 2
           && (f.ptr[0] == 'I' || f.ptr[0] == 'V' || f.ptr[0] == 'Y' || f.ptr[0] == 'Z');
}

static bool looks_like_route(ovf_str f)
{
    return f.len > 0 && (f.ptr[0] == 'K' || f.ptr[0] == 'N' || f.ptr[0] == 'M')
           && flight_digits(f, 1) >= 3;
}

/* "LN/1746F160", "LN/1746F160F180A": a boundary point, a time, cleared and crossing levels. */
static bool looks_like_estimate(ovf_str f)
{
    size_t stroke = ovf_str_find(f, 0, OVF_STR("/"));
    return stroke != OVF_NOPOS && stroke >= 2 && stroke <= 15 && flight_digits(f, stroke + 1) == 4
           && f.len > stroke + 5
           && (f.ptr[stroke + 5] == 'F' || f.ptr[stroke + 5] == 'A' || f.ptr[stroke + 5] == 'S'
               || f.ptr[stroke + 5] == 'M');
}

/* "E/0740 P/3": item 19, of letters with a stroke. */
static bool is_supplementary(ovf_str f)
{
    return f.len >= 2 && is_letter(f.ptr[0]) && f.ptr[1] == '/';
}

static bool looks_like(item which, ovf_str field)
{
    ovf_str f = ovf_str_trim(field);
    switch (which) {
    case ITEM_7: return true;
    case ITEM_8: return looks_like_rules(f);
    case ITEM_9: return looks_like_type(f);
    case ITEM_10: return f.len > 0 && !looks_like_location(f) && !looks_like_route(f);
    case ITEM_13:
        return looks_like_location(f) || ovf_str_starts(f, OVF_STR("ZZZZ"))
               || ovf_str_starts(f, OVF_STR("AFIL"));
    case ITEM_14: return looks_like_estimate(f);
    case ITEM_15: return looks_like_route(f);
    case ITEM_16: return looks_like_location(f) || ovf_str_starts(f, OVF_STR("ZZZZ"));
    case ITEM_18: return flight_starts_other(f);
    case ITEM_END: break;
    }
    return false;
}

/* "15/N0450F350 ...": item 22 of a CHG. */
static bool is_amendment(ovf_str field)
{
    size_t digits = flight_digits(field, 0);
    return digits >= 1 && digits <= 2 && digits < field.len && field.ptr[digits] == '/';
}

/* ---- cutting fields ---- */

/* The end of item 18, which may hold hyphens: item 19, "-E/0740 P/3", or, in a CHG, an amendment,
 * "-15/N0450F350". */
static size_t other_end(ovf_str s, size_t from)
{
    for (size_t i = from; i + 2 < s.len; i++) {
        if (s.ptr[i] != '-')
            continue;
        bool starts = i == 0 || is_space(s.ptr[i - 1]);
        if (starts && is_letter(s.ptr[i + 1]) && s.ptr[i + 2] == '/')
            return i;
        if (is_amendment(ovf_str_tail(s, i + 1)))
            return i;
    }
    return s.len;
}

/* Cuts the field that starts behind the hyphen at or after *at. may_be_other: item 18 may be next
 * (the equipment of item 10 can look like it). */
static bool next_field(ovf_str s, size_t *at, bool may_be_other, ovf_str *field)
{
    size_t hyphen = ovf_str_find(s, *at, OVF_STR("-"));
    if (hyphen == OVF_NOPOS)
        return false;
    size_t until = ovf_str_find(s, hyphen + 1, OVF_STR("-"));
    if (until == OVF_NOPOS)
        until = s.len;
    ovf_str f = ovf_str_sub(s, hyphen + 1, until);
    if (may_be_other
        && flight_starts_other(ovf_str_trim(f))) { // free text may hold hyphens: it runs to the end
        until = other_end(s, hyphen + 1);
        f = ovf_str_sub(s, hyphen + 1, until);
    }
    *field = ovf_str_trim(f);
    *at = until;
    return true;
}

static void report_missing(flight_reader *r, item which, ovf_str before)
{
    ovf_findings_add(r->findings, OVF_ERROR, flight_pos(r, before), "FPL_MISSING",
                     "expected '-' and %s here", item_words[which]);
}

/* ---- FPL ---- */

typedef struct fields {
    ovf_str text[ITEM_END];
    bool given[ITEM_END];
} fields;

/* "DLH560_IS": another sign in place of the hyphen between items 7 and 8. Cuts item 8 off. */
static bool split_item_7(ovf_str *item_7, ovf_str *item_8)
{
    size_t good = 0;
    while (good < item_7->len && (is_letter(item_7->ptr[good]) || is_digit(item_7->ptr[good])))
        good++;
    ovf_str rest = ovf_str_tail(*item_7, good + 1);
    if (good == item_7->len || item_7->ptr[good] == '/' || !looks_like_rules(rest))
        return false;
    *item_8 = rest;
    *item_7 = ovf_str_sub(*item_7, 0, good + 1); // the wrong sign is reported by item 7
    return true;
}

/* The item behind one, in messages of this form. */
static int item_behind(const flight_reader *r, int which)
{
    bool has_estimate = r->flight->form == OVF_FLIGHT_CPL;
    return which == ITEM_13 && !has_estimate ? ITEM_15 : which + 1;
}

/* Which item a field is, when it is not the one expected; ITEM_END: none that can be told. */
static item find_later(item expected, ovf_str field)
{
    int later = (int)expected + 1;
    // Item 10 may hold almost anything: it is believed only in its turn.
    while (later < ITEM_END
           && ((later == ITEM_10 && expected != ITEM_9) || !looks_like((item)later, field)))
        later++;
    return (item)later;
}

static void assign_fields(flight_reader *r, ovf_str body, size_t at, fields *out)
{
    ovf_str field = {0};
    int expected = ITEM_7;
    while (expected < ITEM_END && next_field(body, &at, expected > ITEM_10, &field)) {
        if (!looks_like((item)expected, field)) {
            item later = find_later((item)expected, field);
            ovf_str next = {0};
            size_t ahead = at;
            if (expected == ITEM_8 && split_item_7(&out->text[ITEM_7], &out->text[ITEM_8])) {
                out->given[ITEM_8] = true;
                expected++;
            }
            if (later < ITEM_END) {
                for (; expected < (int)later; expected = item_behind(r, expected))
                    report_missing(r, (item)expected, field);
            } else if (next_field(body, &ahead, expected > ITEM_10, &next)
                       && looks_like((item)expected, next)) {
                ovf_findings_add(r->findings, OVF_ERROR, flight_pos(r, field), "FPL_STRAY",
                                 "expected %s, not this field", item_words[expected]);
                continue;
            }
        }
        out->text[expected] = field;
        out->given[expected] = true;
        expected = item_behind(r, expected);
    }
    ovf_str end = ovf_str_tail(body, body.len);
    for (; expected < ITEM_18; expected = item_behind(r, expected))
        report_missing(r, (item)expected, end);
    if (!out->given[ITEM_18])
        ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, end), "FPL_18",
                         "expected '-' and 0, or other information (item 18)");
}

static ovf_status read_fpl(flight_reader *r, ovf_str body, size_t at, ovf_error *err)
{
    fields f = {0};
    ovf_str phase = {0};
    if (r->flight->form == OVF_FLIGHT_ALR) // item 5, the phase of emergency, comes first
        next_field(body, &at, false, &phase);
    assign_fields(r, body, at, &f);
    if (f.given[ITEM_7])
        flight_field_7(r, f.text[ITEM_7]);
    if (f.given[ITEM_8])
        flight_field_8(r, f.text[ITEM_8]);
    if (f.given[ITEM_9])
        flight_field_9(r, f.text[ITEM_9]);
    if (f.given[ITEM_13])
        flight_field_13(r, f.text[ITEM_13]);
    if (f.given[ITEM_16])
        flight_field_16(r, f.text[ITEM_16], true);
    if (f.given[ITEM_18])
        flight_field_18(r, f.text[ITEM_18]);
    return f.given[ITEM_15] ? flight_field_15(r, f.text[ITEM_15], err) : OVF_OK;
}

/* ---- the movement messages ---- */

/* Item 22 of a CHG: the number of an item, a stroke, the item as it shall be. */
static void read_amendment(flight_reader *r, ovf_str field, ovf_str *route)
{
    uint32_t number = 0;
    size_t digits = ovf_str_take_uint(field, 0, 99, &number);
    ovf_str value = ovf_str_trim(ovf_str_tail(field, digits + 1));
    switch (number) {
    case 7: flight_field_7(r, value); break;
    case 8: flight_field_8(r, value); break;
    case 9: flight_field_9(r, value); break;
    case 13: flight_field_13(r, value); break;
    case 15: *route = value; break;
    case 16: flight_field_16(r, value, true); break;
    case 18: flight_field_18(r, value); break;
    default: break; // items 10 and 19 hold nothing that is kept
    }
}

/* Item 17 of an ARR, the place and hour of landing: "LKPR0913", "ZZZZ1620 DEN HELDER". Without an
 * item 16 before it the flight came to where it was bound. */
static void read_arrival(flight_reader *r, ovf_str field)
{
    ovf_flight *f = r->flight;
    if (f->to.len == 0)
        flight_field_16(r, ovf_str_sub(field, 0, 4), false);
    f->landed_at = ovf_str_sub(field, 0, 4);
    if (ovf_str_eq(f->landed_at, OVF_STR("ZZZZ")) && field.len > 9)
        f->landed_at = ovf_str_trim(ovf_str_tail(field, 8));
    r->landed_min = flight_read_hhmm(ovf_str_sub(field, 4, 8), 24);
    if (r->landed_min < 0)
        ovf_findings_add(r->findings, OVF_ERROR, flight_pos(r, field), "FPL_17",
                         "expected aerodrome, hour and minute of arrival (item 17)");
}

static void read_location_field(flight_reader *r, ovf_str field)
{
    if (r->flight->form == OVF_FLIGHT_ARR && field.len >= 8 && flight_digits(field, 4) >= 4)
        read_arrival(r, field);
    else
        flight_field_16(r, field, false);
}

static ovf_status read_movement(flight_reader *r, ovf_str body, size_t at, ovf_error *err)
{
    ovf_flight *f = r->flight;
    ovf_str field = {0};
    ovf_str route = {0};
    for (int count = 0; next_field(body, &at, count > 1, &field); count++) {
        if (count == 0)
            flight_field_7(r, field);
        else if (count == 1)
            flight_field_13(r, field);
        else if (is_amendment(field))
            read_amendment(r, field, &route);
        else if (flight_starts_other(field))
            flight_field_18(r, field);
        else if (!looks_like_estimate(field) && !is_supplementary(field))
            read_location_field(r, field);
    }
    if (f->id.len == 0)
        report_missing(r, ITEM_7, ovf_str_tail(body, body.len));
    if (f->from.len == 0)
        report_missing(r, ITEM_13, ovf_str_tail(body, body.len));
    return route.len > 0 ? flight_field_15(r, route, err) : OVF_OK;
}

/* ---- whichever ---- */

static ovf_flight_form form_of(ovf_str name)
{
    static const struct {
        const char *name;
        ovf_flight_form form;
    } forms[] = {
        {"FPL", OVF_FLIGHT_FPL}, {"CHG", OVF_FLIGHT_CHG}, {"DLA", OVF_FLIGHT_DLA},
        {"CNL", OVF_FLIGHT_CNL}, {"DEP", OVF_FLIGHT_DEP}, {"ARR", OVF_FLIGHT_ARR},
        {"CPL", OVF_FLIGHT_CPL}, {"EST", OVF_FLIGHT_EST}, {"RQP", OVF_FLIGHT_RQP},
        {"RQS", OVF_FLIGHT_RQS}, {"SPL", OVF_FLIGHT_SPL}, {"ALR", OVF_FLIGHT_ALR},
    };
    for (size_t i = 0; i < OVF_COUNTOF(forms); i++) {
        if (ovf_str_eq(name, ovf_str_of(forms[i].name)))
            return forms[i].form;
    }
    return OVF_FLIGHT_UNKNOWN;
}

/* The register by registration and CODE/ together; two States that differ are none. */
static void settle_registry(flight_reader *r)
{
    ovf_flight *f = r->flight;
    if (r->world == NULL)
        return;
    ovf_identity_question question = {.registration = f->registration, .address = f->address};
    ovf_identity who;
    ovf_world_identify(r->world, &question, &who);
    f->registry_state = who.registry_state;
    if (who.is_contradictory)
        ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, f->registration),
                         "REGISTRY_DIFFERS",
                         "registration and CODE/ are of two States: the register is not known");
}

/* When a DEP or ARR says that it left and came down. An hour of landing before that of departure is
 * of the next day. */
static void settle_movement(flight_reader *r)
{
    ovf_flight *f = r->flight;
    ovf_flight_form kind = flight_kind(f);
    if (kind == OVF_FLIGHT_DEP) {
        f->state = OVF_FLIGHT_DEPARTED;
        f->departed = f->off_block;
    } else if (kind == OVF_FLIGHT_ARR) {
        f->state = OVF_FLIGHT_ARRIVED;
        if (r->landed_min >= 0 && r->filed_day != OVF_TIME_NONE) {
            bool is_next_day = r->eobt_min >= 0 && r->landed_min < r->eobt_min;
            f->arrived = r->filed_day + (ovf_time)r->landed_min * OVF_MINUTE_S
                         + (is_next_day ? OVF_DAY_S : 0);
        }
    } else if (kind == OVF_FLIGHT_DLA) {
        f->state = OVF_FLIGHT_DELAYED;
    } else if (kind == OVF_FLIGHT_CNL) {
        f->state = OVF_FLIGHT_CANCELLED;
    } else if (kind == OVF_FLIGHT_CHG) {
        f->state = OVF_FLIGHT_CHANGED;
    }
}

void flight_settle_clock(flight_reader *r)
{
    if (r->eobt_min >= 0 && r->filed_day != OVF_TIME_NONE)
        r->flight->off_block = r->filed_day + (ovf_time)r->eobt_min * OVF_MINUTE_S;
}

/* What is known only when all items are read. */
void flight_settle(flight_reader *r)
{
    ovf_flight *f = r->flight;
    settle_registry(r);
    flight_settle_clock(r);
    settle_movement(r);
    f->day_assumed = f->day_assumed && f->off_block != OVF_TIME_NONE;
    if (f->day_assumed)
        ovf_findings_add(r->findings, OVF_NOTE, r->base, "DOF_ASSUMED",
                         "no date of flight (DOF/): the day asked about is taken");
    bool has_error = false;
    for (size_t i = 0; i < r->findings->count; i++)
        has_error = has_error || r->findings->items[i].severity == OVF_ERROR;
    bool is_empty = f->id.len == 0 && f->from.len == 0 && f->to.len == 0;
    f->status = is_empty ? OVF_FLIGHT_UNREADABLE : has_error ? OVF_FLIGHT_PARTIAL : OVF_FLIGHT_OK;
}

/* Those that carry all of a plan. */
static bool is_whole_plan(ovf_flight_form form)
{
    return form == OVF_FLIGHT_FPL || form == OVF_FLIGHT_CPL || form == OVF_FLIGHT_ALR;
}

/* ---- amended plans ---- */

static item item_of(uint32_t number)
{
    static const struct {
        uint32_t number;
        item item;
    } items[] = {{7, ITEM_7},   {8, ITEM_8},   {9, ITEM_9},   {10, ITEM_10},
                 {13, ITEM_13}, {15, ITEM_15}, {16, ITEM_16}, {18, ITEM_18}};
    for (size_t i = 0; i < OVF_COUNTOF(items); i++) {
        if (items[i].number == number)
            return items[i].item;
    }
    return ITEM_END;
}

static ovf_str body_of(ovf_str message)
{
    size_t at = message.len > 0 && message.ptr[0] == '(' ? 1 : 0;
    bool is_closed = message.len > 0 && message.ptr[message.len - 1] == ')';
    return ovf_str_sub(message, at + 3, message.len - (is_closed ? 1 : 0));
}

ovf_str flight_amended(ovf_str plan, ovf_str change, ovf_arena *arena)
{
    ovf_findings unheard = {.arena = arena};
    ovf_flight scratch = {.form = OVF_FLIGHT_FPL};
    flight_reader r = {
        .arena = arena, .flight = &scratch, .findings = &unheard, .scan = plan, .text = plan};
    fields f = {0};
    assign_fields(&r, body_of(plan), 0, &f);
    ovf_str field = {0};
    ovf_str body = body_of(change);
    size_t at = 0;
    for (int count = 0; next_field(body, &at, count > 1, &field); count++) {
        uint32_t number = 0;
        if (count < 2 || !is_amendment(field))
            continue;
        size_t digits = ovf_str_take_uint(field, 0, 99, &number);
        item which = item_of(number);
        if (which < ITEM_END)
            f.text[which] = ovf_str_trim(ovf_str_tail(field, digits + 1));
    }
    if (f.text[ITEM_18].len == 0)
        f.text[ITEM_18] = OVF_STR("0");
    return ovf_arena_printf(arena,
                            "(FPL-" OVF_FMT "-" OVF_FMT "\n-" OVF_FMT "-" OVF_FMT "\n-" OVF_FMT
                            "\n-" OVF_FMT "\n-" OVF_FMT "\n-" OVF_FMT ")",
                            OVF_ARG(f.text[ITEM_7]), OVF_ARG(f.text[ITEM_8]),
                            OVF_ARG(f.text[ITEM_9]), OVF_ARG(f.text[ITEM_10]),
                            OVF_ARG(f.text[ITEM_13]), OVF_ARG(f.text[ITEM_15]),
                            OVF_ARG(f.text[ITEM_16]), OVF_ARG(f.text[ITEM_18]));
}

ovf_status flight_read_message(flight_reader *r, ovf_error *err)
{
    ovf_str body = r->scan;
    size_t at = body.len > 0 && body.ptr[0] == '(' ? 1 : 0;
    ovf_str name = ovf_str_sub(body, at, at + 3);
    if (body.len > 0 && body.ptr[body.len - 1] == ')')
        body.len--;
    r->flight->form = form_of(name);
    r->flight->title = name;
    if (r->flight->form == OVF_FLIGHT_UNKNOWN) {
        ovf_findings_add(r->findings, OVF_ERROR, r->base + at, "FPL_TITLE",
                         "expected FPL, CHG, DLA, CNL, DEP, ARR or another message of a plan, "
                         "not " OVF_FMT,
                         OVF_ARG(name));
        return OVF_OK;
    }
    ovf_status status = is_whole_plan(r->flight->form) ? read_fpl(r, body, at + 3, err)
                                                       : read_movement(r, body, at + 3, err);
    if (status == OVF_OK) {
        flight_settle_times(r);
        flight_settle(r);
    }
    return status;
}
