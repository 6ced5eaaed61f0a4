/* SPDX-License-Identifier: Apache-2.0 */
/* earth_fix.dat, earth_nav.dat and earth_awy.dat of X-Plane 11 and 12: text, fields parted by
 * blanks; a line "I" or "A", a line "1101 Version ...", rows, "99". The documents of the forms
 * FIX1101, NAV1100/1150/1200 and AWY1100 (developer.x-plane.com); docs/formats/nav.md. */
#include "nav_internal.h"

#include <string.h>

#define FIELDS_MAX 24

struct row {
    ovf_str line;
    ovf_str fields[FIELDS_MAX];
    size_t count;
};

static void split(ovf_str line, struct row *row)
{
    row->line = line;
    row->count = 0;
    size_t at = 0;
    while (at < line.len && row->count < FIELDS_MAX) {
        while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
            at++;
        size_t start = at;
        while (at < line.len && line.ptr[at] != ' ' && line.ptr[at] != '\t')
            at++;
        if (at > start)
            row->fields[row->count++] = ovf_str_sub(line, start, at);
    }
}

/* "1101 Version - data cycle 1802, ..." */
static bool is_version(ovf_str line, uint32_t *version)
{
    size_t end = ovf_str_take_uint(line, 0, 9999, version);
    return end >= 3 && end <= 4
           && ovf_str_starts(ovf_str_trim(ovf_str_tail(line, end)), OVF_STR("Version"));
}

bool nav_is_xplane_head(ovf_str text, uint32_t *version)
{
    ovf_str line = {0};
    for (int i = 0; i < 4 && ovf_str_line(&text, &line); i++)
        if (is_version(ovf_str_trim(line), version))
            return true;
    return false;
}

/* The rows behind the head; false at "99" or the end. */
static bool next_row(ovf_str *rest, struct row *row)
{
    ovf_str line = {0};
    uint32_t version = 0;
    while (ovf_str_line(rest, &line)) {
        line = ovf_str_trim(line);
        bool is_head = line.len <= 1 || is_version(line, &version);
        if (ovf_str_eq(line, OVF_STR("99")))
            return false;
        split(line, row);
        if (!is_head && row->count > 0)
            return true;
    }
    return false;
}

static bool is_decimal(ovf_str field)
{
    double value = 0.0;
    return ovf_str_find(field, 0, OVF_STR(".")) != OVF_NOPOS
           && ovf_str_to_double(field, &value, NULL) == OVF_OK;
}

ovf_nav_form nav_xplane_form(ovf_str text)
{
    struct row row;
    if (!next_row(&text, &row) || row.count < 3)
        return OVF_NAV_UNKNOWN;
    if (is_decimal(row.fields[0]) && is_decimal(row.fields[1]))
        return OVF_NAV_XPLANE_FIX;
    if (is_decimal(row.fields[1]) && is_decimal(row.fields[2]))
        return OVF_NAV_XPLANE_NAV;
    return row.count >= 11 ? OVF_NAV_XPLANE_AWY : OVF_NAV_UNKNOWN;
}

static bool take_place(struct nav_import *import, const ovf_str *lat, ovf_point *out)
{
    if (ovf_str_to_double(lat[0], &out->lat_deg, NULL) != OVF_OK
        || !(out->lat_deg >= -90.0 && out->lat_deg <= 90.0)) {
        nav_bad(import, lat[0].ptr, "expected a latitude in degrees");
        return false;
    }
    if (ovf_str_to_double(lat[1], &out->lon_deg, NULL) != OVF_OK
        || !(out->lon_deg >= -180.0 && out->lon_deg <= 180.0)) {
        nav_bad(import, lat[1].ptr, "expected a longitude in degrees");
        return false;
    }
    return true;
}

static bool take_number(struct nav_import *import, ovf_str field, double low, double high,
                        const char *what, double *out)
{
    if (ovf_str_to_double(field, out, NULL) == OVF_OK && *out >= low && *out <= high)
        return true;
    nav_bad(import, field.ptr, "expected %s", what);
    return false;
}

/* ---- fixes: lat lon ident terminal-area region [type [name]] ---- */

static ovf_status read_fix(struct nav_import *import, const struct row *row, ovf_error *err)
{
    struct nav_key key = {.class = NAV_FIX};
    if (row->count < 5) {
        nav_bad(import, row->line.ptr + row->line.len,
                "expected latitude, longitude, name, terminal area and region");
        return OVF_OK;
    }
    if (!take_place(import, &row->fields[0], &key.place))
        return OVF_OK;
    key.ident = row->fields[2];
    key.is_enroute = ovf_str_eq(row->fields[3], OVF_STR("ENRT"));
    key.region = row->fields[4];
    return nav_add_fix(import, &key, err);
}

/* ---- aids: code lat lon elevation frequency range variation ident area region name... ---- */

static bool has_word(const struct row *row, const char *word)
{
    for (size_t i = 10; i < row->count; i++)
        if (ovf_str_eq(row->fields[i], ovf_str_of(word)))
            return true;
    return false;
}

/* The kind that a row's last words say, the name that stands before them. */
static ovf_str kind_of(const struct row *row, uint32_t code, ovf_str *name)
{
    static const struct {
        const char *word;
        const char *kind;
    } words[] = {
        {"NDB", "ndb"},     {"LOM", "ndb"},         {"NDB-DME", "ndb-dme"}, {"NDB/DME", "ndb-dme"},
        {"VOR", "vor"},     {"VOR-DME", "vor-dme"}, {"VOR/DME", "vor-dme"}, {"VORTAC", "vortac"},
        {"TACAN", "tacan"}, {"DME", "dme"},
    };
    const char *kind = code == 2 ? "ndb" : code == 3 ? "vor" : "dme";
    size_t last = row->count;
    for (bool is_kind = true; is_kind && last > 10;) {
        is_kind = false;
        for (size_t i = 0; i < OVF_COUNTOF(words) && !is_kind; i++)
            if (ovf_str_eq(row->fields[last - 1], ovf_str_of(words[i].word))) {
                bool is_half = code >= 12 && strcmp(words[i].kind, "tacan") != 0;
                kind = is_half ? kind : words[i].kind;
                is_kind = true;
            }
        last -= is_kind;
    }
    *name = OVF_STR("");
    if (last > 10) {
        const ovf_str *end = &row->fields[last - 1];
        size_t from = (size_t)(row->fields[10].ptr - row->line.ptr);
        *name = ovf_str_sub(row->line, from, (size_t)(end->ptr + end->len - row->line.ptr));
    }
    return ovf_str_of(kind);
}

/* A DME that is the half of something else, or of a landing system. */
static bool is_half(const struct row *row, uint32_t code)
{
    static const char *const wholes[] = {"VOR-DME", "VOR/DME", "VORTAC",  "NDB-DME", "NDB/DME",
                                         "DME-ILS", "ILS/DME", "DME/ILS", "LOC/DME"};
    for (size_t i = 0; i < OVF_COUNTOF(wholes); i++)
        if (has_word(row, wholes[i]))
            return code >= 12;
    return false;
}

static ovf_status read_navaid(struct nav_import *import, const struct row *row, ovf_error *err)
{
    uint32_t code = 0;
    size_t end = ovf_str_take_uint(row->fields[0], 0, 99, &code);
    if (end == 0 || end != row->fields[0].len) {
        nav_bad(import, row->fields[0].ptr, "expected the code of a row");
        return OVF_OK;
    }
    if ((code != 2 && code != 3 && code != 12 && code != 13) || is_half(row, code)) {
        import->file->left_out++;
        return OVF_OK;
    }
    if (row->count < 10) {
        nav_bad(import, row->line.ptr + row->line.len,
                "expected ten fields and a name for row code %u", code);
        return OVF_OK;
    }
    struct nav_key key = {.class = code == 2 ? NAV_NDB : NAV_VHF};
    double elevation = 0.0, frequency = 0.0, range = 0.0, variation = 0.0;
    if (!take_place(import, &row->fields[1], &key.place)
        || !take_number(import, row->fields[3], -2000.0, 30000.0, "an elevation in feet",
                        &elevation)
        || !take_number(import, row->fields[4], 0.0, 200000.0, "a frequency", &frequency)
        || !take_number(import, row->fields[5], 0.0, 1000.0, "a range", &range)
        || !take_number(import, row->fields[6], -360.0, 360.0, "a variation", &variation))
        return OVF_OK;
    key.ident = row->fields[7];
    key.is_enroute = ovf_str_eq(row->fields[8], OVF_STR("ENRT"));
    key.region = row->fields[9];
    ovf_navaid aid = {.elevation_ft = elevation == 0.0 ? INT32_MIN : (int32_t)elevation,
                      .frequency_khz = (uint32_t)frequency * (code == 2 ? 1 : 10),
                      .range_nm = (uint32_t)range,
                      .has_variation = code == 3 && variation != 0.0,
                      .variation_deg = variation > 180.0    ? variation - 360.0
                                       : variation < -180.0 ? variation + 360.0
                                                            : variation};
    aid.kind = kind_of(row, code, &aid.name);
    return nav_add_navaid(import, &key, aid, err);
}

ovf_status nav_xplane_points(struct nav_import *import, ovf_error *err)
{
    ovf_str rest = import->file->text;
    struct row row;
    ovf_status status = OVF_OK;
    while (status == OVF_OK && next_row(&rest, &row))
        status = import->file->form == OVF_NAV_XPLANE_FIX ? read_fix(import, &row, err)
                                                          : read_navaid(import, &row, err);
    return status;
}

/* ---- airways: ident region class, twice; direction structure base top names ---- */

static bool take_end(struct nav_import *import, const ovf_str *field, struct nav_key *out)
{
    out->ident = field[0];
    out->region = field[1];
    out->class = ovf_str_eq(field[2], OVF_STR("11"))  ? NAV_FIX
                 : ovf_str_eq(field[2], OVF_STR("2")) ? NAV_NDB
                 : ovf_str_eq(field[2], OVF_STR("3")) ? NAV_VHF
                                                      : NAV_ANY;
    if (out->class == NAV_ANY)
        nav_bad(import, field[2].ptr, "expected 2 (NDB), 3 (VHF aid) or 11 (fix)");
    return out->class != NAV_ANY;
}

static ovf_status read_leg(struct nav_import *import, const struct row *row, ovf_error *err)
{
    if (row->count != 11) {
        nav_bad(import, row->line.ptr + row->line.len, "expected eleven fields");
        return OVF_OK;
    }
    const ovf_str *f = row->fields;
    struct nav_key from = {0}, to = {0};
    double base = 0.0, top = 0.0;
    if (!take_end(import, &f[0], &from) || !take_end(import, &f[3], &to))
        return OVF_OK;
    char way = f[6].len == 1 ? f[6].ptr[0] : '\0';
    bool is_way = way == 'N' || way == 'F' || way == 'B';
    bool is_structure = f[7].len == 1 && (f[7].ptr[0] == '1' || f[7].ptr[0] == '2');
    if (!is_way || !is_structure) {
        nav_bad(import, is_way ? f[7].ptr : f[6].ptr,
                is_way ? "expected 1 (low) or 2 (high)" : "expected N, F or B");
        return OVF_OK;
    }
    if (!take_number(import, f[8], 0.0, 999.0, "a flight level", &base)
        || !take_number(import, f[9], 0.0, 999.0, "a flight level", &top))
        return OVF_OK;
    struct world_leg_row leg = {.lower_fl = (uint16_t)base,
                                .upper_fl = (uint16_t)top,
                                .is_low = f[7].ptr[0] == '1',
                                .is_high = f[7].ptr[0] == '2',
                                .way = way == 'F'   ? OVF_AIRWAY_FORWARD
                                       : way == 'B' ? OVF_AIRWAY_BACKWARD
                                                    : OVF_AIRWAY_BOTH};
    ovf_str names = f[10];
    ovf_status status = OVF_OK;
    while (status == OVF_OK && ovf_str_field(&names, '-', &leg.airway))
        status = nav_add_leg(import, &from, &to, leg, err);
    return status;
}

ovf_status nav_xplane_airways(struct nav_import *import, ovf_error *err)
{
    ovf_str rest = import->file->text;
    struct row row;
    ovf_status status = OVF_OK;
    while (status == OVF_OK && next_row(&rest, &row))
        status = read_leg(import, &row, err);
    return status;
}
