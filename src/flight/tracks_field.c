/* SPDX-License-Identifier: Apache-2.0 */
/* Fields by the names that tables and JSON objects give them. A name is compared without case and
 * without what is neither letter nor digit; a unit at its end counts: "altitude_m", "Speed (kts)". */
#include "tracks_internal.h"

#include <math.h>

#define FT_PER_M (1.0F / 0.3048F)
#define KT_PER_MPS (3600.0F / 1852.0F)
#define FPM_PER_MPS (60.0F / 0.3048F)

/* Sorted by name. */
static const struct {
    const char *name;
    uint8_t field;
} names[] = {
    {"address", FIELD_ADDRESS},
    {"adep", FIELD_FROM},
    {"ades", FIELD_TO},
    {"aircraftid", FIELD_ADDRESS},
    {"aircrafttype", FIELD_TYPE},
    {"alt", FIELD_BARO},
    {"altbaro", FIELD_BARO},
    {"altgeom", FIELD_GEOM},
    {"altgeometric", FIELD_GEOM},
    {"altitude", FIELD_BARO},
    {"altitudebaro", FIELD_BARO},
    {"altitudegeom", FIELD_GEOM},
    {"altitudegeometric", FIELD_GEOM},
    {"arrival", FIELD_TO},
    {"baroalt", FIELD_BARO},
    {"baroaltitude", FIELD_BARO},
    {"barorate", FIELD_RATE},
    {"callsign", FIELD_CALLSIGN},
    {"course", FIELD_TRACK},
    {"cs", FIELD_CALLSIGN},
    {"date", FIELD_DATE},
    {"datetime", FIELD_TIME},
    {"departure", FIELD_FROM},
    {"dest", FIELD_TO},
    {"destination", FIELD_TO},
    {"direction", FIELD_TRACK},
    {"epoch", FIELD_TIME},
    {"eventdate", FIELD_TIME},
    {"feet", FIELD_BARO}, /* FlightAware's tables, with "kts" */
    {"fl", FIELD_BARO},
    {"flight", FIELD_CALLSIGN},
    {"flightid", FIELD_NONE},
    {"flightlevel", FIELD_BARO},
    {"from", FIELD_FROM},
    {"geoaltitude", FIELD_GEOM},
    {"geomaltitude", FIELD_GEOM},
    {"gnssaltitude", FIELD_GEOM},
    {"gpsaltitude", FIELD_GEOM},
    {"ground", FIELD_GROUND},
    {"groundspeed", FIELD_SPEED},
    {"groundtrack", FIELD_TRACK},
    {"gs", FIELD_SPEED},
    {"gspeed", FIELD_SPEED},
    {"heading", FIELD_TRACK},
    {"hex", FIELD_ADDRESS},
    {"hexid", FIELD_ADDRESS},
    {"hexident", FIELD_ADDRESS},
    {"icao", FIELD_ADDRESS},
    {"icao24", FIELD_ADDRESS},
    {"icao24bit", FIELD_ADDRESS},
    {"icaoaddress", FIELD_ADDRESS},
    {"icaohex", FIELD_ADDRESS},
    {"icaotype", FIELD_TYPE},
    {"ident", FIELD_CALLSIGN},
    {"isonground", FIELD_GROUND},
    {"kts", FIELD_SPEED},
    {"lastcontact", FIELD_RECEIVED},
    {"lastposupdate", FIELD_PLACE_TIME},
    {"lat", FIELD_LAT},
    {"latdeg", FIELD_LAT},
    {"latitude", FIELD_LAT},
    {"lng", FIELD_LON},
    {"lon", FIELD_LON},
    {"londeg", FIELD_LON},
    {"long", FIELD_LON},
    {"longitude", FIELD_LON},
    {"mlat", FIELD_MLAT},
    {"modes", FIELD_ADDRESS},
    {"modeshex", FIELD_ADDRESS},
    {"nacp", FIELD_NACP},
    {"nic", FIELD_NIC},
    {"onground", FIELD_GROUND},
    {"orig", FIELD_FROM},
    {"origin", FIELD_FROM},
    {"position", FIELD_PLACE},
    {"positionsource", FIELD_SOURCE},
    {"positiontime", FIELD_PLACE_TIME},
    {"pressurealtitude", FIELD_BARO},
    {"r", FIELD_REGISTRATION},
    {"rc", FIELD_RC},
    {"receivedat", FIELD_RECEIVED},
    {"reg", FIELD_REGISTRATION},
    {"registration", FIELD_REGISTRATION},
    {"roc", FIELD_RATE},
    {"rocd", FIELD_RATE},
    {"seen", FIELD_SEEN},
    {"seenpos", FIELD_SEEN_PLACE},
    {"sil", FIELD_SIL},
    {"snapshottime", FIELD_TIME},
    {"source", FIELD_SOURCE},
    {"spd", FIELD_SPEED},
    {"speed", FIELD_SPEED},
    {"squawk", FIELD_SQUAWK},
    {"t", FIELD_TYPE},
    {"tail", FIELD_REGISTRATION},
    {"tailnumber", FIELD_REGISTRATION},
    {"time", FIELD_TIME},
    {"timeposition", FIELD_PLACE_TIME},
    {"timestamp", FIELD_TIME},
    {"timestamputc", FIELD_TIME},
    {"timeutc", FIELD_TIME},
    {"tisb", FIELD_TISB},
    {"to", FIELD_TO},
    {"track", FIELD_TRACK},
    {"trackangle", FIELD_TRACK},
    {"transponder", FIELD_ADDRESS},
    {"trk", FIELD_TRACK},
    {"truetrack", FIELD_TRACK},
    {"ts", FIELD_TIME},
    {"type", FIELD_TYPE},
    {"typecode", FIELD_TYPE},
    {"unixtime", FIELD_TIME},
    {"utc", FIELD_TIME},
    {"velocity", FIELD_SPEED},
    {"verticalrate", FIELD_RATE},
    {"verticalspeed", FIELD_RATE},
    {"vertrate", FIELD_RATE},
    {"vrate", FIELD_RATE},
    {"vs", FIELD_RATE},
    {"vspeed", FIELD_RATE},
};

/* Units that a name may end in, to feet, knots or feet a minute. Longer ones first. */
static const struct {
    const char *text;
    uint8_t fields; /* 1 altitudes, 2 speed, 4 rate, 8 any */
    float factor;
} units[] = {
    {"feet", 1, 1.0F},         {"metres", 1, FT_PER_M},
    {"meters", 1, FT_PER_M},   {"ft", 1, 1.0F},
    {"knots", 2, 1.0F},        {"kts", 2, 1.0F},
    {"kt", 2, 1.0F},           {"kmh", 2, 1.0F / 1.852F},
    {"kph", 2, 1.0F / 1.852F}, {"mph", 2, 1609.344F / 1852.0F},
    {"mps", 2, KT_PER_MPS},    {"mps", 4, FPM_PER_MPS},
    {"ms", 2, KT_PER_MPS},     {"ms", 4, FPM_PER_MPS},
    {"ftmin", 4, 1.0F},        {"fpm", 4, 1.0F},
    {"degrees", 8, 1.0F},      {"deg", 8, 1.0F},
    {"utc", 8, 1.0F},          {"m", 1, FT_PER_M},
};

static tracks_field field_named(const char *name)
{
    size_t low = 0;
    size_t high = OVF_COUNTOF(names);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, names[middle].name);
        if (order == 0)
            return (tracks_field)names[middle].field;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return FIELD_NONE;
}

static unsigned kind_of(tracks_field field)
{
    switch (field) {
    case FIELD_BARO:
    case FIELD_GEOM: return 1;
    case FIELD_SPEED: return 2;
    case FIELD_RATE: return 4;
    default: return 0;
    }
}

static size_t fold(ovf_str name, char *out, size_t size)
{
    size_t len = 0;
    for (size_t i = 0; i < name.len && len + 1 < size; i++) {
        char c = name.ptr[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || tracks_is_digit(c))
            out[len++] = c;
    }
    out[len] = '\0';
    return len;
}

tracks_column tracks_column_of(ovf_str name)
{
    char text[40] = "";
    size_t len = fold(name, text, sizeof(text));
    tracks_column column = {field_named(text), 1.0F};
    if (column.field != FIELD_NONE) {
        if (strcmp(text, "fl") == 0 || strcmp(text, "flightlevel") == 0)
            column.factor = 100.0F;
        return column;
    }
    for (size_t i = 0; i < OVF_COUNTOF(units); i++) {
        size_t tail = strlen(units[i].text);
        if (len <= tail || strcmp(text + len - tail, units[i].text) != 0)
            continue;
        text[len - tail] = '\0';
        tracks_field field = field_named(text);
        text[len - tail] = units[i].text[0];
        if (field != FIELD_NONE
            && (units[i].fields == 8 || (units[i].fields & kind_of(field)) != 0))
            return (tracks_column){field, units[i].factor};
    }
    return column;
}

bool tracks_name_is_metric(ovf_str name)
{
    char text[40] = "";
    fold(name, text, sizeof(text));
    static const char *const metric[] = {"baroaltitude", "geoaltitude", "velocity", "vertrate"};
    for (size_t i = 0; i < OVF_COUNTOF(metric); i++) {
        if (strcmp(text, metric[i]) == 0)
            return true;
    }
    return false;
}

void tracks_columns_settle(tracks_column *columns, size_t count, bool is_metric)
{
    for (size_t i = 0; i < count && is_metric; i++) {
        if (columns[i].factor != 1.0F)
            continue;
        unsigned kind = kind_of(columns[i].field);
        columns[i].factor = kind == 1   ? FT_PER_M
                            : kind == 2 ? KT_PER_MPS
                            : kind == 4 ? FPM_PER_MPS
                                        : 1.0F;
    }
}

/* ---- values ---- */

ovf_position_source tracks_source_of(ovf_str name)
{
    static const struct {
        const char *start;
        ovf_position_source source;
    } sources[] = {
        {"adsb", OVF_SOURCE_ADSB},   {"ads-b", OVF_SOURCE_ADSB},      {"adsr", OVF_SOURCE_ADSR},
        {"mlat", OVF_SOURCE_MLAT},   {"tisb", OVF_SOURCE_TISB},       {"adsc", OVF_SOURCE_ADSC},
        {"flarm", OVF_SOURCE_FLARM}, {"asterix", OVF_SOURCE_ASTERIX}, {"mode_s", OVF_SOURCE_OTHER},
        {"other", OVF_SOURCE_OTHER}, {"ADSB", OVF_SOURCE_ADSB},       {"ADS-B", OVF_SOURCE_ADSB},
        {"MLAT", OVF_SOURCE_MLAT},   {"TISB", OVF_SOURCE_TISB},       {"TIS-B", OVF_SOURCE_TISB},
        {"FLARM", OVF_SOURCE_FLARM}, {"ASTERIX", OVF_SOURCE_ASTERIX},
    };
    for (size_t i = 0; i < OVF_COUNTOF(sources); i++) {
        if (ovf_str_starts(name, ovf_str_of(sources[i].start)))
            return sources[i].source;
    }
    return OVF_SOURCE_UNKNOWN;
}

/* The numbers of OpenSky's position_source. */
static ovf_position_source numbered_source(ovf_str value)
{
    static const uint8_t sources[] = {OVF_SOURCE_ADSB, OVF_SOURCE_ASTERIX, OVF_SOURCE_MLAT,
                                      OVF_SOURCE_FLARM};
    bool is_one = value.len == 1 && value.ptr[0] >= '0' && value.ptr[0] <= '3';
    return is_one ? (ovf_position_source)sources[value.ptr[0] - '0'] : tracks_source_of(value);
}

static void set_ground(ovf_str value, ovf_position *p)
{
    static const char *const yes[] = {"true", "1", "-1", "ground", "t", "yes"};
    static const char *const no[] = {"false", "0", "f", "no", "airborne", "0.0"};
    for (size_t i = 0; i < OVF_COUNTOF(yes); i++) {
        if (ovf_str_eq_nocase(value, ovf_str_of(yes[i])))
            p->on_ground = OVF_TRI_YES;
        if (ovf_str_eq_nocase(value, ovf_str_of(no[i])))
            p->on_ground = OVF_TRI_NO;
    }
}

static void set_type(ovf_str value, ovf_position *p)
{
    ovf_position_source source = tracks_source_of(value);
    if (source == OVF_SOURCE_UNKNOWN) {
        tracks_name(value, p->type, sizeof(p->type));
        return;
    }
    p->source = (uint8_t)source;
    if (ovf_str_ends(value, OVF_STR("_other")) || ovf_str_ends(value, OVF_STR("_trackfile")))
        p->is_anonymous = true;
}

static void set_squawk(ovf_str value, ovf_position *p)
{
    double number = 0;
    if (tracks_number(value, &number) && number >= 0 && number <= 7777 && number == floor(number))
        p->squawk = (int32_t)number;
}

static int8_t small(double value)
{
    return value >= 0 && value <= 15 ? (int8_t)value : (int8_t)-1;
}

static void set_text(tracks_field field, ovf_str value, tracks_row *row, ovf_position *p)
{
    bool is_anonymous = false;
    int64_t ms = 0;
    switch (field) {
    case FIELD_ADDRESS:
        if (tracks_address(value, &p->address, &is_anonymous))
            p->is_anonymous = p->is_anonymous || is_anonymous;
        break;
    case FIELD_CALLSIGN: tracks_name(value, p->callsign, sizeof(p->callsign)); break;
    case FIELD_REGISTRATION: tracks_name(value, p->registration, sizeof(p->registration)); break;
    case FIELD_TYPE: set_type(value, p); break;
    case FIELD_FROM: tracks_name(value, p->from, sizeof(p->from)); break;
    case FIELD_TO: tracks_name(value, p->to, sizeof(p->to)); break;
    case FIELD_TIME:
        // A table with the same time twice has it once for people, once as a number.
        if (tracks_time(value, &ms))
            p->time_ms = ms;
        else if (tracks_clock(value, &ms))
            row->clock_ms = ms;
        break;
    case FIELD_DATE:
        if (!tracks_date(value, &row->date_ms) && tracks_time(value, &ms))
            p->time_ms = ms;
        break;
    case FIELD_PLACE_TIME:
        if (tracks_time(value, &ms))
            row->place_time_ms = ms;
        break;
    case FIELD_RECEIVED:
        if (tracks_time(value, &ms))
            p->received_ms = ms;
        break;
    case FIELD_GROUND: set_ground(value, p); break;
    case FIELD_SQUAWK: set_squawk(value, p); break;
    case FIELD_SOURCE: p->source = (uint8_t)numbered_source(value); break;
    case FIELD_MLAT:
    case FIELD_TISB: // lists: what they hold came another way than by ADS-B
        if (ovf_str_find(value, 0, OVF_STR("\"lat\"")) != OVF_NOPOS)
            p->source = field == FIELD_MLAT ? OVF_SOURCE_MLAT : OVF_SOURCE_TISB;
        break;
    case FIELD_PLACE: {
        size_t comma = ovf_str_find(value, 0, OVF_STR(","));
        if (comma != OVF_NOPOS
            && (!tracks_number(ovf_str_sub(value, 0, comma), &row->lat_deg)
                || !tracks_number(ovf_str_tail(value, comma + 1), &row->lon_deg)))
            row->lat_deg = (double)NAN;
        break;
    }
    default: break;
    }
}

void tracks_set(const tracks_column *column, ovf_str value, tracks_row *row, ovf_position *p)
{
    value = ovf_str_trim(value);
    if (column->field == FIELD_NONE || value.len == 0)
        return;
    double number = 0;
    switch (column->field) {
    case FIELD_LAT:
    case FIELD_LON:
    case FIELD_BARO:
    case FIELD_GEOM:
    case FIELD_SPEED:
    case FIELD_TRACK:
    case FIELD_RATE:
    case FIELD_NIC:
    case FIELD_RC:
    case FIELD_SIL:
    case FIELD_NACP:
    case FIELD_SEEN:
    case FIELD_SEEN_PLACE: break;
    default: set_text(column->field, value, row, p); return;
    }
    if (!tracks_number(value, &number)) {
        if (column->field == FIELD_BARO && ovf_str_eq_nocase(value, OVF_STR("ground")))
            p->on_ground = OVF_TRI_YES;
        return;
    }
    double scaled = number * (double)column->factor;
    switch (column->field) {
    case FIELD_LAT: row->lat_deg = number; break;
    case FIELD_LON: row->lon_deg = number; break;
    case FIELD_BARO: p->baro_ft = tracks_altitude(scaled); break;
    case FIELD_GEOM: p->geom_ft = tracks_altitude(scaled); break;
    case FIELD_SPEED: p->speed_kt = tracks_speed(scaled); break;
    case FIELD_TRACK: p->track_deg = tracks_track(number); break;
    case FIELD_RATE: p->rate_fpm = tracks_rate(scaled); break;
    case FIELD_NIC: p->nic = small(number); break;
    case FIELD_RC: p->rc_m = number >= 0 && number < 1e6 ? (int32_t)lround(number) : -1; break;
    case FIELD_SIL: p->sil = small(number); break;
    case FIELD_NACP: p->nac_p = small(number); break;
    case FIELD_SEEN: row->seen_s = number; break;
    default: row->seen_place_s = number; break;
    }
}

void tracks_row_start(tracks_row *row, ovf_position *p)
{
    ovf_position_init(p);
    *row =
        (tracks_row){OVF_TIME_NONE, OVF_TIME_NONE, OVF_TIME_NONE, -1, -1, (double)NAN, (double)NAN};
}

void tracks_row_end(tracks_row *row, ovf_position *p, int64_t now_ms)
{
    if (!isnan(row->lat_deg) && !isnan(row->lon_deg))
        tracks_set_place(p, row->lat_deg, row->lon_deg);
    if (p->time_ms == OVF_TIME_NONE && row->date_ms != OVF_TIME_NONE
        && row->clock_ms != OVF_TIME_NONE)
        p->time_ms = row->date_ms + row->clock_ms;
    if (row->place_time_ms != OVF_TIME_NONE) {
        // The row's own time is when somebody looked.
        if (p->received_ms == OVF_TIME_NONE)
            p->received_ms = p->time_ms;
        p->time_ms = row->place_time_ms;
    }
    int64_t looked_ms = p->time_ms != OVF_TIME_NONE ? p->time_ms : now_ms;
    if (row->seen_place_s >= 0 && row->seen_place_s < 1e6 && looked_ms != OVF_TIME_NONE) {
        p->received_ms = looked_ms;
        p->time_ms = looked_ms - llround(row->seen_place_s * 1000);
    } else if (p->time_ms == OVF_TIME_NONE && row->place_time_ms == OVF_TIME_NONE) {
        p->time_ms = now_ms;
    }
}

void tracks_read_members(tracks_names *known, ovf_json_value object, tracks_row *row,
                         ovf_position *p)
{
    ovf_json_value value = {0};
    ovf_str name = {0};
    tracks_column held[OVF_COUNTOF(known->items)];
    ovf_str texts[OVF_COUNTOF(known->items)];
    size_t count = 0;
    bool is_metric = false;
    for (size_t i = 0; ovf_json_next(object, &value, &name) && count < OVF_COUNTOF(held); i++) {
        size_t slot = i % OVF_COUNTOF(known->items);
        bool is_known = known->items[slot].len == name.len && name.len > 0
                        && memcmp(known->items[slot].text, name.ptr, name.len) == 0;
        tracks_column column = known->items[slot].column;
        if (!is_known)
            column = tracks_column_of(name);
        if (!is_known && name.len > 0 && name.len < sizeof(known->items[slot].text)) {
            memcpy(known->items[slot].text, name.ptr, name.len);
            known->items[slot].len = (uint8_t)name.len;
            known->items[slot].column = column;
            known->items[slot].is_metric = tracks_name_is_metric(name);
        }
        is_metric =
            is_metric || (is_known ? known->items[slot].is_metric : tracks_name_is_metric(name));
        ovf_str text = ovf_json_raw(value);
        if (column.field == FIELD_NONE || text.ptr[0] == 'n' || text.ptr[0] == '{')
            continue;
        if (text.ptr[0] == '"')
            text = ovf_str_sub(text, 1, text.len - 1);
        held[count] = column;
        texts[count++] = text;
    }
    tracks_columns_settle(held, count, is_metric);
    for (size_t i = 0; i < count; i++)
        tracks_set(&held[i], texts[i], row, p);
}
