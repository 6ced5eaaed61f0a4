/* SPDX-License-Identifier: Apache-2.0 */
/* Airspaces out of OpenAir, in both dialects: the one of WinPilot (1998), where AC says class or
 * kind, and the extended one of Naviter (2020), where AC is the class, AY the kind, AI an ident.
 * docs/formats/airspace-files.md has the records. A line is a record; '*' begins a comment; an
 * airspace begins with AC. */
#include "airspace_internal.h"

#include <math.h>
#include <string.h>

#define AIRSPACES_MAX 200000
#define ARC_OFF_SHARE 0.1 /* the ends of an arc may differ so much in their distance */

struct reader {
    struct world_airspace_reader *r;
    ovf_str line;
    size_t number; /* of the line, from 1 */
    bool is_open;
    ovf_airspace_volume volume;
    ovf_trace trace;
    ovf_point centre;
    bool has_centre;
    bool is_anticlockwise;
    double width_m;    /* V W= */
    ovf_point *airway; /* DY */
    size_t airway_count, airway_capacity;
    bool is_bad; /* named already; the rest of it is passed over */
};

static void complain(struct reader *o, const char *why)
{
    if (!o->is_bad) {
        ovf_str name = o->volume.facts.name;
        o->r->set->bad++;
        ovf_findings_add(
            &o->r->set->findings, OVF_ERROR, OVF_NOPOS, "OPENAIR", "line %zu (" OVF_FMT "): %s",
            o->number, OVF_ARG(name.len > 0 ? ovf_str_sub(name, 0, 40) : OVF_STR("no name")), why);
    }
    o->is_bad = true;
}

/* ---- numbers and positions ---- */

static void skip_blanks(ovf_str *s)
{
    size_t n = 0;
    while (n < s->len && (s->ptr[n] == ' ' || s->ptr[n] == '\t'))
        n++;
    *s = ovf_str_tail(*s, n);
}

static bool take_number(ovf_str *s, double *out)
{
    skip_blanks(s);
    size_t n = 0;
    while (n < s->len && ((s->ptr[n] >= '0' && s->ptr[n] <= '9') || s->ptr[n] == '.'))
        n++;
    bool is_fine = n > 0 && n < 18 && ovf_str_to_double(ovf_str_sub(*s, 0, n), out, NULL) == OVF_OK;
    *s = ovf_str_tail(*s, n);
    return is_fine;
}

static bool take_char(ovf_str *s, char wanted)
{
    skip_blanks(s);
    bool is_there = s->len > 0 && s->ptr[0] == wanted;
    if (is_there)
        *s = ovf_str_tail(*s, 1);
    return is_there;
}

/* "43:35:00 N", "43:35.5N", "43.58 N" */
static bool take_angle(ovf_str *s, char plus, char minus, double max_deg, double *out)
{
    double parts[3] = {0};
    int count = 0;
    do {
        if (!take_number(s, &parts[count]))
            return false;
        count++;
    } while (count < 3 && take_char(s, ':'));
    skip_blanks(s);
    char letter = s->len > 0 ? s->ptr[0] : '\0';
    letter = letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
    if ((letter != plus && letter != minus) || parts[1] > 60.0 || parts[2] > 60.0)
        return false;
    *s = ovf_str_tail(*s, 1);
    double value_deg = parts[0] + parts[1] / 60.0 + parts[2] / 3600.0;
    *out = letter == minus ? -value_deg : value_deg;
    return value_deg <= max_deg;
}

static bool take_point(ovf_str *s, ovf_point *out)
{
    return take_angle(s, 'N', 'S', 90.0, &out->lat_deg)
           && take_angle(s, 'E', 'W', 180.0, &out->lon_deg);
}

/* ---- levels ---- */

/* Files write levels in many ways; put in the words of ovf_level_parse: "5000FT AGL". */
static bool read_level(ovf_str text, bool is_upper, ovf_level *out)
{
    static const struct {
        const char *word;
        const char *reference;
    } references[] = {{"AMSL", "AMSL"}, {"MSL", "AMSL"}, {"ALT", "AMSL"},
                      {"AGL", "AGL"},   {"ASFC", "AGL"}, {"GND", "AGL"},
                      {"SFC", "AGL"},   {"STD", "STD"},  {"", "AMSL"}};
    char upper[32] = "", words[48];
    size_t len = 0;
    for (size_t i = 0; i < text.len && len < sizeof upper - 1; i++)
        if (text.ptr[i] != ' ' && text.ptr[i] != '\t')
            upper[len++] = text.ptr[i] >= 'a' && text.ptr[i] <= 'z'
                               ? (char)(text.ptr[i] - 'a' + 'A')
                               : text.ptr[i];
    ovf_str s = {upper, len};
    if (ovf_str_starts(s, OVF_STR("UNL")))
        s = OVF_STR("UNL");
    if (s.len == 0 || s.ptr[0] < '0' || s.ptr[0] > '9')
        return ovf_level_parse(s, is_upper, out, NULL, NULL) == OVF_OK;
    double value = 0.0;
    if (!take_number(&s, &value) || value > OVF_LEVEL_MAX_FT)
        return false;
    bool is_metres = ovf_str_starts(s, OVF_STR("M")) && !ovf_str_starts(s, OVF_STR("MSL"));
    bool has_unit = is_metres || ovf_str_starts(s, OVF_STR("F"));
    if (has_unit)
        s = ovf_str_tail(s, ovf_str_starts(s, OVF_STR("FT")) ? 2 : 1);
    for (size_t i = 0; i < OVF_COUNTOF(references); i++) {
        if (!ovf_str_eq(s, ovf_str_of(references[i].word)))
            continue;
        ovf_buf buf = {0};
        ovf_buf_printf(&buf, "%ld%s %s", lround(value), is_metres ? "M" : "FT",
                       references[i].reference);
        bool is_fine = buf.len < sizeof words;
        if (is_fine)
            memcpy(words, buf.ptr, buf.len);
        ovf_str made = {words, buf.len};
        ovf_buf_done(&buf);
        return is_fine && ovf_level_parse(made, is_upper, out, NULL, NULL) == OVF_OK;
    }
    return false;
}

/* ---- shapes ---- */

static bool begin_ring(struct reader *o, ovf_error *err)
{
    return ovf_trace_ring(&o->trace, err) == OVF_OK;
}

static bool put_point(struct reader *o, ovf_point p, ovf_error *err)
{
    if (o->trace.count == 0 && !begin_ring(o, err))
        return false;
    return ovf_trace_point(&o->trace, p, false, err) == OVF_OK;
}

static bool put_arc(struct reader *o, double radius_m, double from_deg, double until_deg,
                    ovf_error *err)
{
    double turn_deg = fmod(until_deg - from_deg + 720.0, 360.0);
    if (o->is_anticlockwise && turn_deg > 0.0)
        turn_deg -= 360.0;
    if (o->trace.count == 0 && !begin_ring(o, err))
        return false;
    return ovf_trace_arc(&o->trace, o->centre, radius_m, from_deg, turn_deg, err) == OVF_OK;
}

/* DB: an arc from one point to the other round the centre. */
static bool read_arc_of_points(struct reader *o, ovf_str s, ovf_error *err)
{
    ovf_point from, until;
    if (!take_point(&s, &from) || !take_char(&s, ',') || !take_point(&s, &until)) {
        ovf_fail(err, OVF_E_SYNTAX, OVF_NOPOS, "expected DB with two positions");
        return false;
    }
    double from_m, until_m, from_deg, until_deg;
    ovf_inverse(o->centre, from, &from_m, &from_deg, NULL);
    ovf_inverse(o->centre, until, &until_m, &until_deg, NULL);
    if (fabs(from_m - until_m) > ARC_OFF_SHARE * fmax(from_m, until_m)) {
        ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS,
                 "the arc's ends are %.2f and %.2f NM from its centre", ovf_m_to_nm(from_m),
                 ovf_m_to_nm(until_m));
        return false;
    }
    return put_point(o, from, err) && put_arc(o, (from_m + until_m) / 2.0, from_deg, until_deg, err)
           && put_point(o, until, err);
}

/* DA: radius in NM, from one bearing to another. */
static bool read_arc_of_bearings(struct reader *o, ovf_str s, ovf_error *err)
{
    double radius_nm, from_deg, until_deg;
    if (!take_number(&s, &radius_nm) || !take_char(&s, ',') || !take_number(&s, &from_deg)
        || !take_char(&s, ',') || !take_number(&s, &until_deg) || from_deg > 360.0
        || until_deg > 360.0) {
        ovf_fail(err, OVF_E_SYNTAX, OVF_NOPOS, "expected DA radius,bearing,bearing");
        return false;
    }
    return put_arc(o, ovf_nm_to_m(radius_nm), from_deg, until_deg, err);
}

static bool read_circle(struct reader *o, ovf_str s, ovf_error *err)
{
    double radius_nm;
    if (!take_number(&s, &radius_nm)) {
        ovf_fail(err, OVF_E_SYNTAX, OVF_NOPOS, "expected DC radius");
        return false;
    }
    bool is_first = o->trace.count == 0;
    if (!begin_ring(o, err)
        || ovf_trace_arc(&o->trace, o->centre, ovf_nm_to_m(radius_nm), 0.0, 360.0, err) != OVF_OK)
        return false;
    return is_first ? begin_ring(o, err) : true; // what follows is no part of the circle
}

static bool read_airway(struct reader *o, ovf_str s, ovf_error *err)
{
    ovf_point p;
    void *points = o->airway;
    if (!take_point(&s, &p)) {
        ovf_fail(err, OVF_E_SYNTAX, OVF_NOPOS,
                 "expected a position such as 43:35:00 N 001:22:00 E");
        return false;
    }
    if (!ovf_arena_grow(o->r->arena, &points, o->airway_count, &o->airway_capacity, sizeof p)) {
        ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for airspaces");
        return false;
    }
    o->airway = points;
    o->airway[o->airway_count++] = p;
    return true;
}

static bool read_variable(struct reader *o, ovf_str s, ovf_error *err)
{
    skip_blanks(&s);
    char name = s.len > 0 ? s.ptr[0] : '\0';
    s = ovf_str_tail(s, 1);
    bool is_fine = take_char(&s, '=');
    double number = 0.0;
    switch (name) {
    case 'X':
    case 'x':
        is_fine = is_fine && take_point(&s, &o->centre);
        o->has_centre = is_fine;
        break;
    case 'D':
    case 'd':
        o->is_anticlockwise = take_char(&s, '-');
        is_fine = is_fine && (o->is_anticlockwise || take_char(&s, '+'));
        break;
    case 'W':
    case 'w':
        is_fine = is_fine && take_number(&s, &number);
        o->width_m = ovf_nm_to_m(number);
        break;
    default: break; // Z=, a zoom for charts, and what programs add
    }
    if (!is_fine)
        ovf_fail(err, OVF_E_SYNTAX, OVF_NOPOS, "expected V X=position, D=+, D=- or W=width");
    return is_fine;
}

static bool read_shape(struct reader *o, char letter, ovf_str s, ovf_error *err)
{
    ovf_point p;
    bool needs_centre = letter == 'A' || letter == 'B' || letter == 'C';
    if (needs_centre && !o->has_centre) {
        ovf_fail(err, OVF_E_SYNTAX, OVF_NOPOS, "expected V X= before an arc or circle");
        return false;
    }
    switch (letter) {
    case 'P':
        if (take_point(&s, &p))
            return put_point(o, p, err);
        ovf_fail(err, OVF_E_SYNTAX, OVF_NOPOS,
                 "expected a position such as 43:35:00 N 001:22:00 E");
        return false;
    case 'A': return read_arc_of_bearings(o, s, err);
    case 'B': return read_arc_of_points(o, s, err);
    case 'C': return read_circle(o, s, err);
    case 'Y': return read_airway(o, s, err);
    default: return true;
    }
}

/* ---- one airspace ---- */

static bool is_class(ovf_str s)
{
    return (s.len == 1 && s.ptr[0] >= 'A' && s.ptr[0] <= 'G') || ovf_str_eq(s, OVF_STR("UNC"));
}

static bool has_digit(ovf_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
            return true;
    return false;
}

/* "LF-R31B" of "LF-R31B CAZAUX", "EG D201" of "EG D201 ABERPORTH": up to the first word that has a
 * digit, short words before it. */
static ovf_str ident_of(ovf_str name)
{
    ovf_str rest = name;
    ovf_str word;
    for (int i = 0; i < 3 && rest.len > 0 && ovf_str_field(&rest, ' ', &word); i++) {
        if (has_digit(word))
            return (ovf_str){name.ptr, (size_t)(word.ptr + word.len - name.ptr)};
        if (word.len > 3)
            break;
    }
    return OVF_STR("");
}

/* The kind by AIXM's codes: OpenAir's Q is a danger area; else the first word of the name. */
static void settle_kind(ovf_airspace *facts)
{
    static const char *const named[] = {"FIR", "UIR", "TMA", "CTR",  "CTA",  "UTA",
                                        "ATZ", "RMZ", "TMZ", "MATZ", "MCTR", "AWY"};
    if (ovf_str_eq(facts->kind, OVF_STR("Q")))
        facts->kind = OVF_STR("D");
    ovf_str rest = facts->name;
    ovf_str word;
    if (facts->kind.len == 0 && ovf_str_field(&rest, ' ', &word))
        for (size_t i = 0; i < OVF_COUNTOF(named); i++)
            if (ovf_str_eq(word, ovf_str_of(named[i])))
                facts->kind = word;
    bool is_restricted = ovf_str_eq(facts->kind, OVF_STR("P"))
                         || ovf_str_eq(facts->kind, OVF_STR("R"))
                         || ovf_str_eq(facts->kind, OVF_STR("D"));
    if (facts->ident.len == 0 && is_restricted)
        facts->ident = ident_of(facts->name);
    bool is_region = ovf_str_eq(facts->kind, OVF_STR("FIR"))
                     || ovf_str_eq(facts->kind, OVF_STR("UIR"))
                     || ovf_str_eq(facts->kind, OVF_STR("OCA"));
    if (facts->ident.len == 0 && is_region && facts->name.len >= 4)
        facts->ident = ovf_str_sub(facts->name, 0, 4);
}

static bool lay_airway(struct reader *o, ovf_error *err)
{
    const ovf_area *corridor = NULL;
    ovf_outline outline = {0};
    if (ovf_area_corridor(o->r->arena, o->airway, o->airway_count, o->width_m / 2.0, &corridor, err)
            != OVF_OK
        || ovf_area_outline(corridor, 10.0, o->r->arena, &outline, err) != OVF_OK)
        return false;
    for (uint32_t r = 0; r < outline.count; r++) {
        if (!begin_ring(o, err))
            return false;
        for (uint32_t i = 0; i + 1 < outline.rings[r].count; i++)
            if (ovf_trace_point(&o->trace, outline.rings[r].points[i], true, err) != OVF_OK)
                return false;
    }
    return true;
}

static ovf_status end_airspace(struct reader *o)
{
    ovf_error err = {0};
    if (!o->is_open || o->is_bad)
        return OVF_OK;
    o->is_open = false;
    settle_kind(&o->volume.facts);
    bool is_fine = o->airway_count < 2 || lay_airway(o, &err);
    size_t kept = 0;
    for (size_t i = 0; i < o->trace.count; i++) // the ring that stood ready behind a circle
        if (o->trace.rings[i].count > 0)
            o->trace.rings[kept++] = o->trace.rings[i];
    o->trace.count = kept;
    if (is_fine && kept == 0)
        is_fine =
            ovf_fail(&err, OVF_E_GEOMETRY, OVF_NOPOS, "an airspace without an outline") == OVF_OK;
    is_fine = is_fine && world_airspace_add(o->r, &o->volume, &o->trace, &err) == OVF_OK;
    if (err.status == OVF_E_NOMEM)
        return ovf_fail(o->r->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for airspaces");
    if (!is_fine)
        complain(o, err.reason);
    return OVF_OK;
}

static ovf_status begin_airspace(struct reader *o, ovf_str value)
{
    ovf_status status = end_airspace(o);
    if (status != OVF_OK)
        return status;
    if (o->r->set->features >= AIRSPACES_MAX)
        return ovf_fail(o->r->err, OVF_E_LIMIT, OVF_NOPOS, "more than %d airspaces", AIRSPACES_MAX);
    o->r->set->features++;
    struct world_airspace_reader *r = o->r;
    *o = (struct reader){.r = r,
                         .line = o->line,
                         .number = o->number,
                         .is_open = true,
                         .trace = {.arena = r->arena, .vertices_left = &r->vertices_left}};
    o->volume.feature = (uint32_t)r->set->features;
    o->volume.line = o->number;
    if (is_class(value))
        o->volume.facts.klass = value;
    else
        o->volume.facts.kind = value;
    return OVF_OK;
}

static void read_fact(struct reader *o, char letter, ovf_str value)
{
    ovf_airspace *facts = &o->volume.facts;
    switch (letter) {
    case 'N': facts->name = value; return;
    case 'Y':
        if (value.len > 0)
            facts->kind = value;
        return;
    case 'I': facts->ident = value; return;
    case 'H':
        if (!read_level(value, true, &facts->upper))
            complain(o, "an upper limit that cannot be read");
        return;
    case 'L':
        if (!read_level(value, false, &facts->lower))
            complain(o, "a lower limit that cannot be read");
        return;
    default: return; // frequencies, stations, labels, times of activation
    }
}

static ovf_status read_line(struct reader *o, ovf_str line)
{
    ovf_str s = ovf_str_trim(line);
    size_t comment = ovf_str_find(s, 0, OVF_STR("*"));
    // Behind a position or level a comment may stand; a name may hold a star.
    if (comment != OVF_NOPOS && (comment == 0 || !ovf_str_starts(s, OVF_STR("AN"))))
        s = ovf_str_trim(ovf_str_sub(s, 0, comment));
    if (s.len < 2)
        return OVF_OK;
    bool has_value = s.len > 2 && (s.ptr[2] == ' ' || s.ptr[2] == '\t');
    ovf_str value = ovf_str_trim(ovf_str_tail(s, 2));
    if (ovf_str_starts(s, OVF_STR("AC")) && has_value)
        return begin_airspace(o, value);
    if (!o->is_open || o->is_bad)
        return OVF_OK;
    ovf_error err = {0};
    bool is_fine = true;
    if (s.ptr[0] == 'A' && has_value)
        read_fact(o, s.ptr[1], value);
    else if (s.ptr[0] == 'D' && has_value)
        is_fine = read_shape(o, s.ptr[1], value, &err);
    else if (s.ptr[0] == 'V' && (s.ptr[1] == ' ' || s.ptr[1] == '\t'))
        is_fine = read_variable(o, ovf_str_tail(s, 2), &err);
    if (err.status == OVF_E_NOMEM)
        return ovf_fail(o->r->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for airspaces");
    if (!is_fine)
        complain(o, err.reason);
    return OVF_OK;
}

/* Old files are ISO 8859-1: bytes above 127 that are no UTF-8 become two bytes each. */
static bool to_utf8(ovf_arena *arena, ovf_str *text)
{
    bool is_utf8 = true;
    size_t high = 0;
    for (size_t i = 0; i < text->len; i++) {
        unsigned char c = (unsigned char)text->ptr[i];
        high += c >= 0x80;
        size_t more = c < 0x80 ? 0 : c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 : 3;
        is_utf8 = is_utf8 && c < 0xf5 && (c < 0x80 || c >= 0xc2) && i + more < text->len;
        for (size_t k = 1; is_utf8 && k <= more; k++)
            is_utf8 = ((unsigned char)text->ptr[i + k] & 0xc0) == 0x80;
        if (is_utf8) {
            high += more;
            i += more;
        }
    }
    if (is_utf8)
        return true;
    char *out = ovf_arena_array(arena, char, text->len + high + 1);
    size_t len = 0;
    for (size_t i = 0; out != NULL && i < text->len; i++) {
        unsigned char c = (unsigned char)text->ptr[i];
        if (c < 0x80) {
            out[len++] = (char)c;
        } else {
            out[len++] = (char)(0xc0 | c >> 6);
            out[len++] = (char)(0x80 | (c & 0x3f));
        }
    }
    *text = (ovf_str){out, len};
    return out != NULL;
}

ovf_status world_airspace_openair(struct world_airspace_reader *reader)
{
    struct reader o = {.r = reader};
    ovf_str rest = reader->text;
    if (!to_utf8(reader->arena, &rest))
        return ovf_fail(reader->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for airspaces");
    if (ovf_str_starts(rest, OVF_STR("\xef\xbb\xbf")))
        rest = ovf_str_tail(rest, 3);
    ovf_status status = OVF_OK;
    while (status == OVF_OK && ovf_str_line(&rest, &o.line)) {
        o.number++;
        status = read_line(&o, o.line);
    }
    if (status == OVF_OK)
        status = end_airspace(&o);
    if (status == OVF_OK && reader->set->features == 0)
        return ovf_fail(reader->err, OVF_E_SYNTAX, 0,
                        "expected GeoJSON, AIXM, or OpenAir with a line that begins with AC");
    return status;
}
