/* SPDX-License-Identifier: Apache-2.0 */
/* Delimited text, RFC 4180: fields between delimiters, quoted ones may hold delimiters and line ends.
 * Semicolons, tabs and bars are found by what the first record has most of. */
#include <overfly/table.h>

#include <string.h>

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* The byte behind a quoted text that begins at `at`, or `at` itself when its quote is not closed. */
static size_t behind_quoted(ovf_str s, size_t at)
{
    size_t limit = s.len - at > OVF_TABLE_MAX_RECORD ? at + OVF_TABLE_MAX_RECORD : s.len;
    for (size_t i = at + 1; i < limit; i++) {
        if (s.ptr[i] != '"')
            continue;
        if (i + 1 < limit && s.ptr[i + 1] == '"') {
            i++;
            continue;
        }
        return i + 1;
    }
    return at;
}

/* The end of the field at `at`: a delimiter, a line end or the end of the text. */
static size_t field_end(const ovf_table *table, size_t at)
{
    ovf_str s = table->text;
    size_t i = at;
    while (i < s.len && (s.ptr[i] == ' ' || (s.ptr[i] == '\t' && table->delimiter != '\t')))
        i++;
    if (i < s.len && s.ptr[i] == '"')
        i = behind_quoted(s, i);
    while (i < s.len && s.ptr[i] != table->delimiter && !is_line_end(s.ptr[i]))
        i++;
    return i;
}

static ovf_str unquoted(ovf_str field)
{
    ovf_str f = ovf_str_trim(field);
    bool is_quoted = f.len >= 2 && f.ptr[0] == '"' && f.ptr[f.len - 1] == '"';
    return is_quoted ? ovf_str_trim(ovf_str_sub(f, 1, f.len - 1)) : f;
}

static void skip_blank_lines(ovf_table *table)
{
    ovf_str s = table->text;
    while (table->at < s.len) {
        size_t i = table->at;
        bool is_note = s.ptr[i] == '#';
        while (i < s.len && !is_line_end(s.ptr[i]) && (is_note || s.ptr[i] == ' '))
            i++;
        if (i < s.len && !is_line_end(s.ptr[i]))
            return;
        while (i < s.len && is_line_end(s.ptr[i]))
            i++;
        table->at = i;
    }
}

bool ovf_table_open(ovf_str text, ovf_table *out)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    ovf_table table = {.text = text};
    if (ovf_str_starts(text, OVF_STR("\xEF\xBB\xBF")))
        table.at = 3;
    skip_blank_lines(&table);
    size_t best = 0;
    for (size_t i = 0; i < sizeof(delimiters); i++) {
        ovf_table trial = table;
        ovf_str fields[1];
        size_t count = 0;
        size_t from = 0;
        size_t until = 0;
        trial.delimiter = delimiters[i];
        if (ovf_table_next(&trial, fields, 1, &count, &from, &until) && count > best) {
            best = count;
            table.delimiter = delimiters[i];
        }
    }
    *out = table;
    return best > 1;
}

bool ovf_table_next(ovf_table *table, ovf_str *fields, size_t max, size_t *count, size_t *from,
                    size_t *until)
{
    ovf_str s = table->text;
    skip_blank_lines(table);
    if (table->at >= s.len)
        return false;
    size_t at = table->at;
    *from = at;
    *count = 0;
    for (;;) {
        size_t end = field_end(table, at);
        if (*count < max)
            fields[*count] = unquoted(ovf_str_sub(s, at, end));
        ++*count;
        at = end;
        if (at >= s.len || s.ptr[at] != table->delimiter)
            break;
        at++;
    }
    *until = at;
    table->at = at;
    return true;
}

/* ---- tables of flights ---- */

#define MAX_HEADING 40

/* Small letters and digits of a heading; false: too long to be one. */
static bool plain_heading(ovf_str heading, char out[MAX_HEADING], size_t *len)
{
    *len = 0;
    for (size_t i = 0; i < heading.len; i++) {
        char c = heading.ptr[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9'))
            continue;
        if (*len == MAX_HEADING)
            return false;
        out[(*len)++] = c;
    }
    return *len > 0;
}

/* Cuts "utc", "local" and the like off the end. */
static void drop_clock(ovf_str *name, bool *is_local)
{
    static const char *const clocks[] = {"utc", "zulu", "gmt", "z", "localtime", "local", "lt"};
    for (size_t i = 0; i < OVF_COUNTOF(clocks); i++) {
        ovf_str clock = ovf_str_of(clocks[i]);
        if (name->len > clock.len + 2 && ovf_str_ends(*name, clock)) {
            *is_local = i >= 4;
            name->len -= clock.len;
            return;
        }
    }
}

static const struct {
    ovf_timetable_column column;
    const char *names; /* blank-separated */
} columns[] = {
    {OVF_COLUMN_FLIGHT,
     "callsign flight flightnumber flightno flightnum fltno fltnum flt flightid flightcode ident "
     "arcid acid aircraftid aircraftidentification flightdesignator number opcarrierflnum"},
    {OVF_COLUMN_CARRIER,
     "airline airlinecode airlineicao airlineiata carrier carriercode operator operatorcode "
     "operatoricao opr reportingairline opuniquecarrier uniquecarrier"},
    {OVF_COLUMN_FROM,
     "from dep departure origin orig adep departureairport depairport originairport source src "
     "sourceairport departurestation depstation depstn departureicao departureiata depicao depiata "
     "originicao originiata origincode fromicao fromiata fromairport airportfrom departureaerodrome "
     "aerodromeofdeparture departureairportcode originairportcode"},
    {OVF_COLUMN_TO,
     "to arr arrival destination dest ades arrivalairport arrairport destinationairport destairport "
     "arrivalstation arrstation arrstn arrivalicao arrivaliata arricao arriata destinationicao "
     "destinationiata desticao destiata destcode destinationcode toicao toiata toairport airportto "
     "arrivalaerodrome destinationaerodrome arrivalairportcode destinationairportcode"},
    {OVF_COLUMN_AIRPORTS, "airportcodes airports routeairports legs"},
    {OVF_COLUMN_DATE,
     "date flightdate fldate dof dateofflight departuredate depdate operatingdate eobd dateofoperation"},
    {OVF_COLUMN_OFF_BLOCK,
     "offblock offblocktime eobt std etd departuretime deptime scheduleddeparture scheduleddeparturetime "
     "scheddep crsdeptime schedtimedep timeofdeparture deptimescheduled departs sobt"},
    {OVF_COLUMN_ON_BLOCK,
     "onblock onblocktime sta eta arrivaltime arrtime scheduledarrival scheduledarrivaltime schedarr "
     "crsarrtime timeofarrival arrives sibt eibt"},
    {OVF_COLUMN_ELAPSED,
     "eet elapsed elapsedtime enroute enroutetime enroutetimemin duration durationmin durationminutes "
     "blocktime blockmin blockminutes flighttime crselapsedtime ttleet totaleet eetmin minutes"},
    {OVF_COLUMN_TYPE,
     "type aircraft aircrafttype actype ac equipment equip icaotype typecode arctyp aircraftcode "
     "planetype equipmentcode"},
    {OVF_COLUMN_REGISTRATION,
     "registration reg tail tailnumber tailnum acreg aircraftregistration"},
    {OVF_COLUMN_DAYS,
     "days daysofoperation daysofop opdays operatingdays dow dayofweek daysofweek frequency freq "
     "weekdays"},
    {OVF_COLUMN_VALID_FROM,
     "validfrom startdate effectivefrom effective effectivedate effdate effrom periodfrom begindate "
     "firstdate seasonstart datefrom fromdate start"},
    {OVF_COLUMN_VALID_UNTIL,
     "validto validuntil enddate effectiveto discontinue discontinuedate discdate periodto "
     "perioduntil lastdate seasonend dateto todate until end"},
    {OVF_COLUMN_ROUTE, "route routestring routetext item15 filedroute"},
    {OVF_COLUMN_SPEED, "speed tas cruisetas cruisespeed cruisingspeed"},
    {OVF_COLUMN_LEVEL, "level fl rfl flightlevel cruiselevel cruisinglevel"},
};

static bool has_word(const char *words, ovf_str word)
{
    // Every document that comes is asked whether it is a table: no time for more than this.
    for (const char *at = words; *at != '\0';) {
        size_t len = strcspn(at, " ");
        if (len == word.len && memcmp(at, word.ptr, len) == 0)
            return true;
        at += len + (at[len] == ' ');
    }
    return false;
}

ovf_timetable_column ovf_timetable_column_of(ovf_str heading, bool *is_local)
{
    char plain[MAX_HEADING];
    ovf_str name = {plain, 0};
    *is_local = false;
    if (!plain_heading(heading, plain, &name.len))
        return OVF_COLUMN_OTHER;
    for (int turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < OVF_COUNTOF(columns); i++)
            if (has_word(columns[i].names, name))
                return columns[i].column;
        drop_clock(&name, is_local);
    }
    *is_local = false;
    return OVF_COLUMN_OTHER;
}

/* A place in numbers: a table of positions is for the reader of tracks. */
static bool is_position(ovf_str heading)
{
    char plain[MAX_HEADING];
    ovf_str name = {plain, 0};
    return plain_heading(heading, plain, &name.len)
           && has_word("lat latitude lon lng long longitude position", name);
}

bool ovf_timetable_sniff(ovf_str text)
{
    ovf_table table;
    ovf_str fields[OVF_TABLE_MAX_FIELDS];
    size_t count = 0;
    size_t from = 0;
    size_t until = 0;
    bool has[OVF_COLUMN_COUNT] = {0};
    ovf_str head = ovf_str_sub(text, 0, 2 * OVF_TABLE_MAX_RECORD);
    if (!ovf_table_open(head, &table)
        || !ovf_table_next(&table, fields, OVF_TABLE_MAX_FIELDS, &count, &from, &until)
        || count < 2) // one column is no table of flights
        return false;
    for (size_t i = 0; i < count && i < OVF_TABLE_MAX_FIELDS; i++) {
        bool is_local = false;
        if (is_position(fields[i]))
            return false;
        has[ovf_timetable_column_of(fields[i], &is_local)] = true;
    }
    bool has_ends = (has[OVF_COLUMN_FROM] && has[OVF_COLUMN_TO]) || has[OVF_COLUMN_AIRPORTS];
    return has_ends
           && (has[OVF_COLUMN_FLIGHT] || has[OVF_COLUMN_CARRIER] || has[OVF_COLUMN_OFF_BLOCK]
               || has[OVF_COLUMN_ROUTE]);
}

/* Letters and digits in capitals, or \N for none. */
static bool is_code(ovf_str s, size_t least, size_t most)
{
    if (ovf_str_eq(s, OVF_STR("\\N")))
        return true;
    for (size_t i = 0; i < s.len; i++)
        if ((s.ptr[i] < 'A' || s.ptr[i] > 'Z') && (s.ptr[i] < '0' || s.ptr[i] > '9'))
            return false;
    return s.len >= least && s.len <= most;
}

static bool is_number(ovf_str s)
{
    uint32_t value = 0;
    return ovf_str_eq(s, OVF_STR("\\N"))
           || (s.len > 0 && ovf_str_take_uint(s, 0, 1000000, &value) == s.len);
}

bool ovf_timetable_sniff_routes(ovf_str text)
{
    ovf_table table;
    ovf_str f[9];
    size_t count = 0;
    size_t from = 0;
    size_t until = 0;
    if (!ovf_table_open(ovf_str_sub(text, 0, 4096), &table)
        || !ovf_table_next(&table, f, OVF_COUNTOF(f), &count, &from, &until))
        return false;
    return count == 9 && is_code(f[0], 2, 3) && is_number(f[1]) && is_code(f[2], 3, 4)
           && is_number(f[3]) && is_code(f[4], 3, 4) && is_number(f[5])
           && (f[6].len == 0 || ovf_str_eq(f[6], OVF_STR("Y"))) && is_number(f[7]);
}
