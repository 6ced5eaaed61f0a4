/* SPDX-License-Identifier: Apache-2.0 */
/* One message between its brackets: Doc 4444 App. 3. Fields begin with a hyphen and follow each
 * other in a fixed order; a field that is missing or misshapen is known by the shape of the next,
 * so that one bad item does not spoil the rest:
 *
 *   FPL  7 8 9 10 13 15 16 18 (19)      DEP  7 13 16 18       DLA, CNL  7 13 16 18
 *   CHG  7 13 16 18 22 22 ...           ARR  7 13 (16) 17
 */
#include "flight_internal.h"

typedef enum item {
    ITEM_7 = 0,
    ITEM_8,
    ITEM_9,
    ITEM_10,
    ITEM_13,
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
                for (; expected < (int)later; expected++)
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
        expected++;
    }
    ovf_str end = ovf_str_tail(body, body.len);
    for (; expected < ITEM_18; expected++)
        report_missing(r, (item)expected, end);
    if (!out->given[ITEM_18])
        ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, end), "FPL_18",
                         "expected '-' and 0, or other information (item 18)");
}

static ovf_status read_fpl(flight_reader *r, ovf_str body, size_t at, ovf_error *err)
{
    fields f = {0};
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
        else
            flight_field_16(r, field, false); // of an ARR: item 17, the place and time of landing
    }
    if (f->form == OVF_FLIGHT_ARR)
        f->eet_min = -1; // what stands behind the place is the time of landing
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

/* What is known only when all items are read. */
static void settle(flight_reader *r)
{
    ovf_flight *f = r->flight;
    settle_registry(r);
    if (r->eobt_min >= 0 && r->filed_day != OVF_TIME_NONE)
        f->off_block = r->filed_day + (ovf_time)r->eobt_min * OVF_MINUTE_S;
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
                         "expected FPL, CHG, DLA, CNL, DEP or ARR, not " OVF_FMT, OVF_ARG(name));
        return OVF_OK;
    }
    ovf_status status = r->flight->form == OVF_FLIGHT_FPL ? read_fpl(r, body, at + 3, err)
                                                          : read_movement(r, body, at + 3, err);
    if (status == OVF_OK) {
        flight_settle_times(r);
        settle(r);
    }
    return status;
}
