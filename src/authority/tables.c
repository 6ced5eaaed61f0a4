/* SPDX-License-Identifier: Apache-2.0 */
/* The tables beside the rules: members of groups, authorities in fact, service by agreement, straits.
 * The first field of a row names its table; docs/formats/authority.md has all of them. */
#include "authority_internal.h"

#define MAX_ITEMS 4096

bool authority_read_date(ovf_str text, ovf_time open, ovf_time *out)
{
    if (ovf_str_eq(text, OVF_STR("-"))) {
        *out = open;
        return true;
    }
    return ovf_time_parse(text, out, NULL) == OVF_OK;
}

bool authority_push(ovf_rulebook *book, struct authority_list *list, const void *item, size_t size)
{
    if (list->count >= MAX_ITEMS
        || !ovf_arena_grow(&book->arena, &list->items, list->count, &list->capacity, size))
        return false;
    memcpy((char *)list->items + list->count * size, item, size);
    list->count++;
    return true;
}

static ovf_status bad(ovf_error *err, size_t number, const char *what, ovf_str found)
{
    return ovf_fail(err, OVF_E_CORRUPT, 0, "row %zu: expected %s, found \"" OVF_FMT "\"", number,
                    what, OVF_ARG(ovf_str_sub(found, 0, 30)));
}

static ovf_status pushed(bool is_in, ovf_error *err)
{
    return is_in ? OVF_OK
                 : ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "no room for the tables of authority");
}

static ovf_status read_interval(const ovf_str *f, size_t number, ovf_interval *out, ovf_error *err)
{
    if (!authority_read_date(f[0], INT64_MIN, &out->from))
        return bad(err, number, "a date", f[0]);
    if (!authority_read_date(f[1], OVF_TIME_OPEN, &out->until))
        return bad(err, number, "a date", f[1]);
    return OVF_OK;
}

/* member, group, iso3, from, until, cites */
static ovf_status read_member(ovf_rulebook *book, const ovf_str *f, size_t number, ovf_error *err)
{
    struct authority_member row = {.group = f[1], .iso3 = f[2]};
    ovf_status status = read_interval(f + 3, number, &row.during, err);
    if (status != OVF_OK)
        return status;
    if (row.iso3.len != 3)
        return bad(err, number, "a State", row.iso3);
    return pushed(authority_push(book, &book->members, &row, sizeof(row)), err);
}

/* regime, iso3, de_facto|rival, who, from, until, cites */
static ovf_status read_regime(ovf_rulebook *book, const ovf_str *f, size_t number, ovf_error *err)
{
    struct authority_regime row = {
        .iso3 = f[1], .is_rival = ovf_str_eq(f[2], OVF_STR("rival")), .who = f[3], .cites = f[6]};
    if (!row.is_rival && !ovf_str_eq(f[2], OVF_STR("de_facto")))
        return bad(err, number, "de_facto or rival", f[2]);
    ovf_status status = read_interval(f + 4, number, &row.during, err);
    if (status != OVF_OK)
        return status;
    return pushed(authority_push(book, &book->regimes, &row, sizeof(row)), err);
}

static bool read_degrees(ovf_str text, int limit, double *out)
{
    uint32_t whole = 0;
    uint32_t hundredths = 0;
    size_t start = text.len > 0 && text.ptr[0] == '-' ? 1 : 0;
    size_t end = ovf_str_take_uint(text, start, (uint32_t)limit, &whole);
    if (end == start || whole > (uint32_t)limit)
        return false;
    if (end < text.len) {
        if (text.ptr[end] != '.' || end + 3 != text.len
            || ovf_str_take_uint(text, end + 1, 99, &hundredths) != text.len)
            return false;
    }
    double value = (double)whole + (double)hundredths / 100.0;
    *out = start == 1 ? -value : value;
    return true;
}

/* South, west, north, east: degrees, with two decimals or none. */
static ovf_status read_box(const ovf_str *f, size_t number, ovf_box *out, ovf_error *err)
{
    if (!read_degrees(f[0], 90, &out->south_deg) || !read_degrees(f[1], 180, &out->west_deg)
        || !read_degrees(f[2], 90, &out->north_deg) || !read_degrees(f[3], 180, &out->east_deg)
        || out->south_deg >= out->north_deg)
        return bad(err, number, "four limits in degrees", f[0]);
    return OVF_OK;
}

/* serves, by, over, south, west, north, east, where, cites */
static ovf_status read_service(ovf_rulebook *book, const ovf_str *f, size_t number, ovf_error *err)
{
    struct authority_service row = {.by = f[1], .over = f[2], .cites = f[8]};
    if (row.by.len != 3 || (row.over.len != 3 && row.over.len != 4))
        return bad(err, number, "a State, and a State or a FIR", row.over);
    ovf_status status = read_box(f + 3, number, &row.box, err);
    if (status != OVF_OK)
        return status;
    return pushed(authority_push(book, &book->services, &row, sizeof(row)), err);
}

/* strait, name, strait|sea_lanes, south, west, north, east, cites */
static ovf_status read_strait(ovf_rulebook *book, const ovf_str *f, size_t number, ovf_error *err)
{
    struct authority_strait row = {
        .name = f[1], .is_lanes = ovf_str_eq(f[2], OVF_STR("sea_lanes")), .cites = f[7]};
    if (!row.is_lanes && !ovf_str_eq(f[2], OVF_STR("strait")))
        return bad(err, number, "strait or sea_lanes", f[2]);
    ovf_status status = read_box(f + 3, number, &row.box, err);
    if (status != OVF_OK)
        return status;
    return pushed(authority_push(book, &book->straits, &row, sizeof(row)), err);
}

static const struct {
    const char *name;
    size_t fields;
    ovf_status (*read)(ovf_rulebook *book, const ovf_str *fields, size_t number, ovf_error *err);
} tables[] = {
    {"member", 6, read_member},
    {"regime", 7, read_regime},
    {"serves", 9, read_service},
    {"strait", 8, read_strait},
    {"law", AUTHORITY_LAW_FIELDS, authority_read_law},
};

ovf_status authority_read_table(ovf_rulebook *book, ovf_str line, size_t number, bool *is_one,
                                ovf_error *err)
{
    ovf_str fields[AUTHORITY_LAW_FIELDS] = {0};
    ovf_str rest = line;
    size_t count = 0;
    *is_one = false;
    ovf_str_field(&rest, '\t', &fields[count++]);
    for (size_t i = 0; i < OVF_COUNTOF(tables); i++) {
        if (!ovf_str_eq(fields[0], ovf_str_of(tables[i].name)))
            continue;
        *is_one = true;
        while (count < tables[i].fields && ovf_str_field(&rest, '\t', &fields[count]))
            count++;
        if (count < tables[i].fields || rest.len > 0)
            return ovf_fail(err, OVF_E_CORRUPT, 0, "row %zu: expected %zu fields separated by tabs",
                            number, tables[i].fields);
        for (size_t k = 0; k < count; k++) {
            if (fields[k].len == 0)
                return ovf_fail(err, OVF_E_CORRUPT, 0, "row %zu: an empty field", number);
        }
        return tables[i].read(book, fields, number, err);
    }
    return OVF_OK;
}

/* ---- asking them ---- */

static bool holds(ovf_interval during, ovf_time at)
{
    // Without a moment the last word counts: what has no end.
    return at == OVF_TIME_NONE ? during.until == OVF_TIME_OPEN
                               : at >= during.from && at < during.until;
}

ovf_tri ovf_rulebook_in_group(const ovf_rulebook *book, ovf_str group, ovf_str iso3, ovf_time at)
{
    const struct authority_member *rows = book->members.items;
    bool is_group = false;
    if (iso3.len == 0)
        return OVF_TRI_UNKNOWN;
    for (size_t i = 0; i < book->members.count; i++) {
        if (!ovf_str_eq(rows[i].group, group))
            continue;
        is_group = true;
        if (ovf_str_eq(rows[i].iso3, iso3) && holds(rows[i].during, at))
            return OVF_TRI_YES;
    }
    return is_group ? OVF_TRI_NO : OVF_TRI_UNKNOWN;
}

ovf_tri authority_is_eu(const ovf_rulebook *book, ovf_str iso3, ovf_time at)
{
    ovf_tri by_table = ovf_rulebook_in_group(book, OVF_STR("EU"), iso3, at);
    if (by_table != OVF_TRI_UNKNOWN || book->world == NULL || iso3.len == 0)
        return by_table;
    uint32_t index = ovf_world_find_state(book->world, iso3);
    if (index == OVF_INDEX_NONE)
        return OVF_TRI_UNKNOWN;
    return ovf_world_state(book->world, index)->is_eu ? OVF_TRI_YES : OVF_TRI_NO;
}

const struct authority_regime *authority_regime_of(const ovf_rulebook *book, ovf_str iso3,
                                                   ovf_time at)
{
    const struct authority_regime *rows = book->regimes.items;
    for (size_t i = 0; i < book->regimes.count; i++) {
        if (ovf_str_eq(rows[i].iso3, iso3) && holds(rows[i].during, at))
            return &rows[i];
    }
    return NULL;
}

const struct authority_service *authority_service_by(const ovf_rulebook *book, ovf_str by,
                                                     ovf_str over, ovf_point p)
{
    const struct authority_service *rows = book->services.items;
    for (size_t i = 0; i < book->services.count && by.len > 0 && over.len > 0; i++) {
        if (ovf_str_eq(rows[i].over, over) && ovf_box_holds(rows[i].box, p)
            && authority_same_state(book, rows[i].by, by))
            return &rows[i];
    }
    return NULL;
}

const struct authority_strait *authority_strait_at(const ovf_rulebook *book, ovf_point p)
{
    const struct authority_strait *rows = book->straits.items;
    for (size_t i = 0; i < book->straits.count; i++) {
        if (ovf_box_holds(rows[i].box, p))
            return &rows[i];
    }
    return NULL;
}

ovf_time authority_moment(const ovf_notice *notice)
{
    // A notice of the tests, or one without items, tells no time at all: 0 is no time of a notice.
    if (notice->valid_from != OVF_TIME_NONE && notice->valid_from != 0)
        return notice->valid_from;
    return notice->created != 0 ? notice->created : OVF_TIME_NONE;
}

struct authority_actor authority_actor_of(const ovf_notice *notice)
{
    const ovf_relayed *relayed = &notice->relayed;
    if (relayed->span.len > 0 && relayed->state.len > 0)
        return (struct authority_actor){relayed->state, OVF_STR("state"), true};
    if (relayed->span.len > 0 && ovf_str_find(relayed->office, 0, OVF_STR("EASA")) != OVF_NOPOS)
        return (struct authority_actor){OVF_STR(""), OVF_STR("easa"), true};
    return (struct authority_actor){notice->issuer.state, notice->issuer.kind, false};
}
