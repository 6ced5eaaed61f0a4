/* SPDX-License-Identifier: Apache-2.0 */
/* Coordinates in every shape that notices print them: hemisphere before or after, glued or in
 * groups, folded by a line break, with degree signs, dashes, fractions. An ordinate is up to three
 * groups of digits; what the groups mean follows from how many digits they have.
 * docs/formats/coordinates.md lists the shapes. */
#include "notice_internal.h"

#include <math.h>

#define GROUPS_MAX 4
#define DIGITS_MAX 9

struct groups {
    uint8_t len[GROUPS_MAX];
    uint32_t value[GROUPS_MAX];
    int count;
    double fraction; /* of the last group's unit */
    int fraction_digits;
    size_t end; /* behind the digits and their marks */
    bool is_folded;
};

struct ordinate {
    double value_deg;
    int level; /* 0 degrees, 1 minutes, 2 seconds */
    int count; /* groups */
    uint8_t flags;
    size_t end;
    char hemisphere; /* 0: none written */
};

static char at(ovf_str s, size_t i)
{
    return i < s.len ? s.ptr[i] : '\0';
}

static size_t skip_blanks(ovf_str s, size_t i)
{
    while (i < s.len && ovf_is_blank(s.ptr[i]))
        i++;
    return i;
}

static bool is_mark(char c)
{
    return c == OVF_DEGREE || c == '\'' || c == '"' || c == '*';
}

/* A digit, or the letter O among digits ("1640OON"). */
static bool digit_at(ovf_str s, size_t i, uint32_t *value)
{
    char c = at(s, i);
    if (ovf_is_digit(c)) {
        *value = (uint32_t)(c - '0');
        return true;
    }
    *value = 0;
    if (c != 'O' || i == 0)
        return false;
    char before = s.ptr[i - 1];
    char after = at(s, i + 1);
    return (ovf_is_digit(before) || before == 'O')
           && (ovf_is_digit(after) || after == 'O' || strchr("NSEW", after) != NULL) && after != 0;
}

static size_t read_digits(ovf_str s, size_t i, struct groups *g)
{
    uint32_t value = 0;
    uint32_t digit = 0;
    uint8_t len = 0;
    while (len < DIGITS_MAX && digit_at(s, i, &digit)) {
        value = value * 10 + digit;
        len++;
        i++;
    }
    g->len[g->count] = len;
    g->value[g->count] = value;
    g->count += len > 0;
    return i;
}

static size_t read_fraction(ovf_str s, size_t i, struct groups *g)
{
    double scale = 0.1;
    for (i++; ovf_is_digit(at(s, i)); i++) {
        if (g->fraction_digits < 12)
            g->fraction += scale * (s.ptr[i] - '0');
        scale *= 0.1;
        g->fraction_digits++;
    }
    return i;
}

/* Digit groups from i on, at most `max`; none behind a fraction. */
static struct groups read_groups(ovf_str s, size_t i, int max)
{
    struct groups g = {0};
    for (;;) {
        size_t start = i;
        i = read_digits(s, i, &g);
        if (i == start)
            break;
        g.end = i;
        bool has_fraction = (at(s, i) == '.' || at(s, i) == ',') && ovf_is_digit(at(s, i + 1));
        if (has_fraction && at(s, i) == ',' && g.len[g.count - 1] > 3)
            has_fraction = false;
        if (has_fraction && at(s, i) == ',')
            has_fraction = false; // a list comma: decimals are written with a point
        if (has_fraction)
            i = read_fraction(s, i, &g);
        while (is_mark(at(s, i)) || (at(s, i) == 'o' && g.count == 1))
            i++;
        g.end = i;
        if (has_fraction || g.count >= max)
            break;
        size_t next = skip_blanks(s, i);
        if ((at(s, next) == '-' || at(s, next) == ':') && next == i && g.len[g.count - 1] <= 3)
            next++;
        if (!ovf_is_digit(at(s, next)))
            break;
        for (size_t k = i; k < next; k++)
            g.is_folded |= s.ptr[k] == '\n';
        i = next;
    }
    return g;
}

/* Degrees, minutes and seconds out of one number of `digits` digits. */
static bool split_number(uint32_t value, int digits, bool is_lon, double *part, int *level)
{
    int degree_digits = is_lon ? 3 : 2;
    if (digits == degree_digits + 4) {
        part[0] = value / 10000;
        part[1] = value / 100 % 100;
        part[2] = value % 100;
        *level = 2;
    } else if (digits == degree_digits + 2) {
        part[0] = value / 100;
        part[1] = value % 100;
        *level = 1;
    } else if (digits >= 1 && digits <= degree_digits) {
        part[0] = value;
        *level = 0;
    } else {
        return false;
    }
    return true;
}

static bool finish(double *part, int level, const struct groups *g, bool is_lon,
                   struct ordinate *out)
{
    if (g->fraction_digits > 0)
        part[level] += g->fraction;
    out->level = level;
    if (part[1] >= 60.0 || part[2] >= 60.0)
        out->flags |= OVF_TOK_BAD;
    out->value_deg = part[0] + part[1] / 60.0 + part[2] / 3600.0;
    if (out->value_deg > (is_lon ? 180.0 : 90.0))
        out->flags |= OVF_TOK_BAD;
    out->end = g->end;
    out->count = g->count;
    return true;
}

/* All groups taken together as one number: a line break fell into it. */
static bool decode_joined(const struct groups *g, bool is_lon, struct ordinate *out)
{
    uint32_t value = 0;
    int digits = 0;
    for (int i = 0; i < g->count; i++) {
        digits += g->len[i];
        if (digits > DIGITS_MAX)
            return false;
        for (int k = 0; k < g->len[i]; k++)
            value *= 10;
        value += g->value[i];
    }
    int degree_digits = is_lon ? 3 : 2;
    if (digits != degree_digits + 2 && digits != degree_digits + 4)
        return false;
    double part[3] = {0};
    int level = 0;
    return split_number(value, digits, is_lon, part, &level) && finish(part, level, g, is_lon, out);
}

/* One digit too few (a leading zero lost) or a leading zero too many. */
static bool decode_padded(const struct groups *g, bool is_lon, struct ordinate *out)
{
    int digits = g->len[0];
    int degree_digits = is_lon ? 3 : 2;
    uint32_t lead = 1;
    for (int i = 1; i < digits; i++)
        lead *= 10;
    // A number that still begins with zero has lost some other digit: nobody knows which.
    bool is_short =
        (digits == degree_digits + 1 || digits == degree_digits + 3) && g->value[0] >= lead;
    bool is_long = (digits == degree_digits + 5 || digits == degree_digits + 3) && !is_lon;
    uint32_t scale = digits == degree_digits + 5 ? 1000000 : 10000;
    double part[3] = {0};
    int level = 0;
    out->flags |= OVF_TOK_PADDED;
    if (is_long && g->value[0] / scale < 10)
        return split_number(g->value[0], digits - 1, is_lon, part, &level)
               && finish(part, level, g, is_lon, out);
    if (is_short)
        return split_number(g->value[0], digits + 1, is_lon, part, &level)
               && finish(part, level, g, is_lon, out);
    bool is_number = digits >= degree_digits + 1 && digits <= degree_digits + 6;
    out->flags |= OVF_TOK_BAD;
    return is_number && finish(part, 1, g, is_lon, out);
}

static bool decode(const struct groups *g, bool is_lon, struct ordinate *out)
{
    int degree_digits = is_lon ? 3 : 2;
    double part[3] = {0};
    *out = (struct ordinate){0};
    if (g->count == 1) {
        int level = 0;
        if (split_number(g->value[0], g->len[0], is_lon, part, &level))
            return finish(part, level, g, is_lon, out);
        if (g->len[0] == degree_digits + 6 && g->fraction_digits == 0) { // hundredths, point lost
            part[0] = g->value[0] / 1000000;
            part[1] = g->value[0] / 10000 % 100;
            part[2] = g->value[0] % 10000 / 100.0;
            out->flags |= OVF_TOK_PADDED;
            return finish(part, 2, g, is_lon, out);
        }
        return decode_padded(g, is_lon, out);
    }
    bool is_grouped = g->count <= 3 && g->len[0] <= degree_digits;
    for (int i = 1; i < g->count; i++)
        is_grouped &= g->len[i] == 2 || (g->len[i] == 1 && g->fraction_digits > 0);
    if (!is_grouped)
        return decode_joined(g, is_lon, out);
    for (int i = 0; i < g->count; i++)
        part[i] = g->value[i];
    return finish(part, g->count - 1, g, is_lon, out);
}

static bool is_hemisphere(char c, bool is_lon)
{
    return is_lon ? c == 'E' || c == 'W' : c == 'N' || c == 'S';
}

static void apply(struct ordinate *o, char hemisphere)
{
    o->hemisphere = hemisphere;
    if (hemisphere == 'S' || hemisphere == 'W')
        o->value_deg = -o->value_deg;
}

/* "N313400", "N10 30.5", "S12 36 00". count: as many groups as the latitude had; 0: free. */
static bool read_before(ovf_str s, size_t i, bool is_lon, int count, int level,
                        struct ordinate *out)
{
    char hemisphere = at(s, i);
    if (!is_hemisphere(hemisphere, is_lon))
        return false;
    size_t digits = skip_blanks(s, i + 1);
    if (!ovf_is_digit(at(s, digits)))
        return false;
    struct groups g = read_groups(s, digits, count == 0 ? 3 : count);
    if (g.count == 0 || !decode(&g, is_lon, out))
        return false;
    if (count == 1 && (out->level != level || (out->flags & OVF_TOK_PADDED) != 0)) {
        // The latitude was one number; so is this, unless a break fell into it.
        struct groups wider = read_groups(s, digits, 2);
        struct ordinate joined = {0};
        if (wider.count == 2 && decode_joined(&wider, is_lon, &joined) && joined.level == level)
            *out = joined;
    }
    apply(out, hemisphere);
    return true;
}

/* "513010N", "12 39 14N", "35-58-35N", "11.5416* N". */
static bool read_after(ovf_str s, size_t i, bool is_lon, struct ordinate *out)
{
    struct groups g = read_groups(s, i, GROUPS_MAX);
    if (g.count == 0 || !decode(&g, is_lon, out))
        return false;
    size_t letter = skip_blanks(s, g.end);
    char hemisphere = at(s, letter);
    if (!is_hemisphere(hemisphere, is_lon) || ovf_is_letter(at(s, letter + 1)))
        return false;
    out->end = letter + 1;
    apply(out, hemisphere);
    return true;
}

/* What may stand between latitude and longitude. */
static size_t skip_between(ovf_str s, size_t i)
{
    i = skip_blanks(s, i);
    while (at(s, i) != 0 && strchr("/-,;:.'\"", at(s, i)) != NULL)
        i = skip_blanks(s, i + 1);
    static const char *const words[] = {"LONGITUDE", "LONG", "LON"};
    for (size_t k = 0; k < OVF_COUNTOF(words); k++) {
        ovf_str word = ovf_str_of(words[k]);
        if (!ovf_str_eq_nocase(ovf_str_sub(s, i, i + word.len), word)
            || ovf_is_letter(at(s, i + word.len)))
            continue;
        i = skip_blanks(s, i + word.len);
        while (at(s, i) == ':' || at(s, i) == '.')
            i = skip_blanks(s, i + 1);
        break;
    }
    return i;
}

static bool put(const struct ordinate *lat, const struct ordinate *lon, ovf_coord *out)
{
    uint8_t flags = (uint8_t)(lat->flags | lon->flags);
    if ((flags & OVF_TOK_PADDED) != 0 && lat->level != lon->level)
        flags |= OVF_TOK_BAD; // "0645N 112000W": which digit is the odd one?
    *out = (ovf_coord){
        .lat_deg = lat->value_deg, .lon_deg = lon->value_deg, .flags = flags, .end = lon->end};
    return true;
}

static bool has_point(ovf_str s, size_t from, size_t until)
{
    for (size_t i = from; i < until; i++) {
        if (at(s, i) == '.')
            return true;
    }
    return false;
}

/* "287600N 347100E": six digits each and no minutes of a place: ten-thousandths of a degree. */
static bool read_decimal(ovf_str s, size_t lat_at, size_t lon_at, struct ordinate *lat,
                         struct ordinate *lon)
{
    struct groups a = read_groups(s, lat_at, 1);
    struct groups b = read_groups(s, lon_at, 1);
    bool is_six = a.count == 1 && b.count == 1 && a.len[0] == 6 && (b.len[0] == 6 || b.len[0] == 7)
                  && a.fraction_digits == 0 && b.fraction_digits == 0;
    bool is_odd = a.value[0] / 100 % 100 >= 60 && b.value[0] / 100 % 100 >= 60;
    if (!is_six || !is_odd || a.value[0] > 900000 || b.value[0] > 1800000)
        return false;
    lat->value_deg = (lat->value_deg < 0 ? -1 : 1) * a.value[0] / 10000.0;
    lon->value_deg = (lon->value_deg < 0 ? -1 : 1) * b.value[0] / 10000.0;
    lat->flags = OVF_TOK_DECIMAL;
    lon->flags = OVF_TOK_DECIMAL;
    lat->level = 0;
    lon->level = 0;
    return true;
}

/* Latitude written with its letter behind; the longitude may have lost its own. */
static bool read_pair_after(ovf_str s, size_t i, char last_lon, ovf_coord *out)
{
    struct ordinate lat;
    struct ordinate lon;
    if (!read_after(s, i, false, &lat))
        return false;
    size_t next = skip_between(s, lat.end);
    if (read_after(s, next, true, &lon)) {
        if (read_decimal(s, i, next, &lat, &lon))
            return put(&lat, &lon, out);
        bool is_whole = lat.level == 0 && !has_point(s, i, lat.end);
        if (is_whole && lon.level > 0)
            return false; // "AREAS 11S 12 14W"
        bool is_joined = lat.count > 1 && lat.count > lat.level + 1;
        if (is_joined && lon.level != lat.level)
            return false;
        return put(&lat, &lon, out);
    }
    if (read_before(s, next, true, 1, lat.level, &lon))
        return put(&lat, &lon, out);
    struct groups g = read_groups(s, next, 1);
    if (last_lon == 0 || lat.level == 0 || g.count == 0 || !decode(&g, true, &lon)
        || lon.level != lat.level || lon.flags != 0 || ovf_is_letter(at(s, g.end)))
        return false;
    lon.flags |= OVF_TOK_NO_HEMI;
    apply(&lon, last_lon);
    return put(&lat, &lon, out);
}

/* "140000 1603737E" among others that have both letters. */
static bool read_lost_letter(ovf_str s, size_t i, char last_lat, ovf_coord *out)
{
    struct groups g = read_groups(s, i, 1);
    struct ordinate lat;
    struct ordinate lon;
    if (last_lat == 0 || g.count == 0 || (g.len[0] != 6 && g.len[0] != 4)
        || !decode(&g, false, &lat) || !ovf_is_blank(at(s, g.end))
        || !read_after(s, skip_between(s, g.end), true, &lon) || lon.level != lat.level
        || lon.flags != 0 || lon.count != 1)
        return false;
    lat.flags |= OVF_TOK_NO_HEMI;
    apply(&lat, last_lat);
    return put(&lat, &lon, out);
}

/* Digits alone from i on: their value; *end behind them. */
static uint32_t plain_digits(ovf_str s, size_t i, size_t *end)
{
    uint32_t value = 0;
    size_t most = i + DIGITS_MAX < s.len ? i + DIGITS_MAX : s.len;
    for (; i < most; i++) {
        uint32_t digit = (uint32_t)(unsigned char)s.ptr[i] - '0';
        if (digit > 9)
            break;
        value = value * 10 + digit;
    }
    *end = i;
    return value;
}

/* Degrees and minutes, or these and seconds; false: something is out of its range. */
static bool plain_degrees(uint32_t value, bool has_seconds, double most, double *out_deg)
{
    uint32_t seconds = has_seconds ? value % 100 : 0;
    uint32_t minutes = has_seconds ? value / 100 % 100 : value % 100;
    double degrees = has_seconds ? value / 10000 : value / 100;
    *out_deg = degrees + minutes / 60.0 + seconds / 3600.0;
    return minutes < 60 && seconds < 60 && *out_deg <= most;
}

/* "5130N00015W", "513000N 0001500W", as most are written; false: any other way, or wrong. */
static bool read_plain(ovf_str s, size_t i, ovf_coord *out)
{
    size_t lat_end = 0;
    size_t lon_end = 0;
    uint32_t lat = plain_digits(s, i, &lat_end);
    size_t digits = lat_end - i;
    char north = at(s, lat_end);
    if ((digits != 4 && digits != 6) || !is_hemisphere(north, false))
        return false;
    size_t next = skip_blanks(s, lat_end + 1);
    uint32_t lon = plain_digits(s, next, &lon_end);
    char east = at(s, lon_end);
    if (lon_end - next != digits + 1 || !is_hemisphere(east, true)
        || ovf_is_letter(at(s, lon_end + 1)))
        return false;
    double lat_deg = 0;
    double lon_deg = 0;
    if (!plain_degrees(lat, digits == 6, 90, &lat_deg)
        || !plain_degrees(lon, digits == 6, 180, &lon_deg))
        return false;
    *out = (ovf_coord){.lat_deg = north == 'S' ? -lat_deg : lat_deg,
                       .lon_deg = east == 'W' ? -lon_deg : lon_deg,
                       .is_plain = true,
                       .end = lon_end + 1};
    return true;
}

bool ovf_coord_read(ovf_str s, size_t i, char last_lat, char last_lon, ovf_coord *out)
{
    struct ordinate lat;
    struct ordinate lon;
    if (is_hemisphere(at(s, i), false)) {
        if (!read_before(s, i, false, 0, 0, &lat))
            return false;
        if (read_before(s, skip_between(s, lat.end), true, lat.count, lat.level, &lon))
            return put(&lat, &lon, out);
        return read_after(s, skip_between(s, lat.end), true, &lon) && lon.level == lat.level
               && put(&lat, &lon, out);
    }
    if (!ovf_is_digit(at(s, i)))
        return false;
    return read_plain(s, i, out) || read_pair_after(s, i, last_lon, out)
           || read_lost_letter(s, i, last_lat, out);
}

bool ovf_ordinate_read(ovf_str s, size_t i, char *axis, double *value_deg, size_t *end)
{
    struct ordinate o;
    for (int is_lon = 0; is_lon <= 1; is_lon++) {
        bool found = false;
        if (is_hemisphere(at(s, i), is_lon != 0)) {
            struct groups g = read_groups(s, i + 1, 1); // "N5020"; "N5" and "W386" are names
            int want = is_lon ? 5 : 4;
            found = g.count == 1 && (g.len[0] == want || g.len[0] == want + 2)
                    && read_before(s, i, is_lon != 0, 1, 1, &o) && !ovf_is_letter(at(s, o.end));
        } else if (ovf_is_digit(at(s, i))) {
            found = read_after(s, i, is_lon != 0, &o) && !ovf_is_digit(at(s, o.end));
        }
        if (found && o.flags == 0) {
            *axis = is_lon ? 'E' : 'N';
            *value_deg = o.value_deg;
            *end = o.end;
            return true;
        }
    }
    return false;
}
