/* SPDX-License-Identifier: Apache-2.0 */
/* Positions out of each form, whole and byte by byte. Mode S frames are the published ones of "The
 * 1090 Megahertz Riddle" and of pyModeS's tests with the values given there; where frames of several
 * aircraft are put on one, the parity is worked out here, bit by bit. */
#include <overfly/surveillance.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MOST 64

typedef struct taken {
    ovf_position items[MOST];
    size_t count;
    ovf_surveillance_form form;
    ovf_surveillance_counts counts;
    size_t findings;
} taken;

static bool take(void *data, const ovf_position *p)
{
    taken *t = data;
    if (t->count < MOST)
        t->items[t->count] = *p;
    t->count++;
    return true;
}

static void read_pieces(ovf_str text, size_t piece, ovf_surveillance_options options, taken *out)
{
    ovf_error err = {0};
    *out = (taken){0};
    options.each = take;
    options.data = out;
    ovf_surveillance *reader = ovf_surveillance_new(&options);
    assert_non_null(reader);
    for (size_t at = 0; at < text.len; at += piece) {
        if (ovf_surveillance_feed(reader, ovf_str_sub(text, at, at + piece), &err) != OVF_OK)
            fail_msg("%s", err.reason);
    }
    if (ovf_surveillance_finish(reader, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    out->form = ovf_surveillance_form_of(reader);
    out->counts = ovf_surveillance_counts_of(reader);
    out->findings = ovf_surveillance_findings(reader)->count;
    ovf_surveillance_free(reader);
}

/* Whole; a byte at a time must give the same. */
static void read_text(ovf_str text, ovf_surveillance_options options, taken *out)
{
    static taken again;
    read_pieces(text, text.len, options, out);
    for (size_t piece = 1; piece <= 7; piece += 6) {
        read_pieces(text, piece, options, &again);
        assert_int_equal(again.count, out->count);
        assert_int_equal(again.form, out->form);
        assert_memory_equal(again.items, out->items, sizeof(out->items[0]) * out->count);
    }
}

static const ovf_surveillance_options plain = {.reference = OVF_TIME_NONE};

/* ---- one row a form ---- */

static struct row {
    const char *name;
    ovf_str text;
    ovf_surveillance_form form;
    size_t count;
    /* of the last position */
    uint32_t address;
    const char *callsign;
    double lat_deg, lon_deg;
    int64_t time_ms;
    int32_t baro_ft, geom_ft;
    float speed_kt, track_deg;
    int32_t rate_fpm;
    int on_ground;
    int source;
} rows[] = {
    {"sbs puts lines together",
     OVF_STR_INIT(
         "MSG,1,1,1,4CA2D6,1,2020/05/04,10:00:00.000,2020/05/04,10:00:00.100,EIN12,,,,,,,,0,,0,0\r\n"
         "MSG,4,1,1,4CA2D6,1,2020/05/04,10:00:01.000,2020/05/04,10:00:01.100,,,420,179,,,-64,,0,0,0,0\r\n"
         "MSG,3,1,1,4CA2D6,1,2020/05/04,10:00:01.250,2020/05/04,10:00:01.300,,36000,,,51.45735,-1.02826,,,0,0,0,0\r\n"),
     OVF_SURVEILLANCE_SBS, 1, 0x4CA2D6, "EIN12", 51.45735, -1.02826, 1588586401250, 36000,
     OVF_VALUE_NONE, 420, 179, -64, OVF_TRI_NO, OVF_SOURCE_UNKNOWN},
    {"sbs forgets an old velocity",
     OVF_STR_INIT(
         "MSG,4,1,1,4CA2D6,1,2020/05/04,10:00:00.000,2020/05/04,10:00:00.000,,,420,179,,,-64,,0,0,0,0\n"
         "MLAT,3,1,1,4CA2D6,1,2020/05/04,10:01:00.000,2020/05/04,10:01:00.000,,36000,,,51.5,-1.0,,,0,0,0,-1"),
     OVF_SURVEILLANCE_SBS, 1, 0x4CA2D6, "", 51.5, -1.0, 1588586460000, 36000, OVF_VALUE_NONE, -1,
     -1, OVF_VALUE_NONE, OVF_TRI_YES, OVF_SOURCE_MLAT},
    {"aircraft.json tells the age of a place",
     OVF_STR_INIT(
         "{\"now\":1700000000.5,\"messages\":1,\"aircraft\":[\n"
         "{\"hex\":\"4b17fb\",\"type\":\"adsb_icao\",\"flight\":\"SWR48X  \",\"alt_baro\":38000,"
         "\"alt_geom\":39425,\"gs\":398.3,\"track\":294.31,\"baro_rate\":32,\"lat\":51.5,"
         "\"lon\":-1.25,\"nic\":8,\"rc\":186,\"seen_pos\":2.5,\"seen\":0.3}]}"),
     OVF_SURVEILLANCE_AIRCRAFT, 1, 0x4B17FB, "SWR48X", 51.5, -1.25, 1699999998000, 38000, 39425,
     398.3F, 294.31F, 32, OVF_TRI_UNKNOWN, OVF_SOURCE_ADSB},
    {"aircraft.json one a line, on the ground",
     OVF_STR_INIT("{\"now\":1700000000,\"aircraft\":[]}\n"
                  "{\"now\":1700000001,\"aircraft\":[{\"hex\":\"~2b17fb\",\"type\":\"tisb_other\","
                  "\"alt_baro\":\"ground\",\"lat\":51.5,\"lon\":-1.25,\"seen_pos\":1}]}\n"),
     OVF_SURVEILLANCE_AIRCRAFT, 1, 0x2B17FB, "", 51.5, -1.25, 1700000000000, OVF_VALUE_NONE,
     OVF_VALUE_NONE, -1, -1, OVF_VALUE_NONE, OVF_TRI_YES, OVF_SOURCE_TISB},
    {"trace: details hold on, flags",
     OVF_STR_INIT(
         "{\"icao\":\"ac671b\",\"r\":\"N899DN\",\"timestamp\":1700000000.25,\"trace\":["
         "[0,16.7,-88.0,32000,478.6,327.8,1,0,{\"flight\":\"DAL1812 \",\"nic\":8,\"rc\":186},\"adsb_icao\",33825,32,280,0.0],"
         "[10.5,16.8,-88.1,31000,470,330,10,-64,null,\"mlat\",null,-64,280,0.0]]}"),
     OVF_SURVEILLANCE_TRACE, 2, 0xAC671B, "DAL1812", 16.8, -88.1, 1700000010750, OVF_VALUE_NONE,
     31000, 470, 330, -64, OVF_TRI_NO, OVF_SOURCE_MLAT},
    {"opensky state vector in metres",
     OVF_STR_INIT(
         "{\"time\":1700000010,\"states\":[[\"3c6444\",\"DLH9LF  \",\"Germany\",1700000005,"
         "1700000009,8.5,50.25,3048,false,100,90.5,-5.08,null,3078.48,\"1000\",false,2]]}"),
     OVF_SURVEILLANCE_OPENSKY, 1, 0x3C6444, "DLH9LF", 50.25, 8.5, 1700000005000, 10000, 10100,
     194.384F, 90.5F, -1000, OVF_TRI_NO, OVF_SOURCE_MLAT},
    {"opensky track",
     OVF_STR_INIT("{\"icao24\":\"3c6444\",\"startTime\":1700000000,\"endTime\":1700000900,"
                  "\"callsign\":\"DLH400\",\"path\":[[1700000000,50,8.5,0,90,true],"
                  "[1700000900,51,9.5,3048,null,false]]}"),
     OVF_SURVEILLANCE_OPENSKY, 2, 0x3C6444, "DLH400", 51, 9.5, 1700000900000, 10000, OVF_VALUE_NONE,
     -1, -1, OVF_VALUE_NONE, OVF_TRI_NO, OVF_SOURCE_UNKNOWN},
    {"opensky history: metric by its names",
     OVF_STR_INIT(
         "time,icao24,lat,lon,velocity,heading,vertrate,callsign,onground,alert,spi,squawk,"
         "baroaltitude,geoaltitude,lastposupdate,lastcontact\n"
         "1700000010,3c6444,50.25,8.5,100,90.5,-5.08,DLH9LF,False,False,False,1000,3048,3078.48,1700000005.5,1700000009\n"),
     OVF_SURVEILLANCE_TABLE, 1, 0x3C6444, "DLH9LF", 50.25, 8.5, 1700000005500, 10000, 10100,
     194.384F, 90.5F, -1000, OVF_TRI_NO, OVF_SOURCE_UNKNOWN},
    {"traffic table in feet",
     OVF_STR_INIT(
         "timestamp,icao24,callsign,latitude,longitude,altitude,groundspeed,track,vertical_rate\n"
         "2018-01-02 19:53:00+00:00,3946e9,AFR91HL,49.25,2.5,8200.0,255.0,327.75,1920.0\n"),
     OVF_SURVEILLANCE_TABLE, 1, 0x3946E9, "AFR91HL", 49.25, 2.5, 1514922780000, 8200,
     OVF_VALUE_NONE, 255, 327.75F, 1920, OVF_TRI_UNKNOWN, OVF_SOURCE_UNKNOWN},
    {"two lines about the flight before the table",
     OVF_STR_INIT("Pilot,Tail Number,Derived Origin,Start Latitude,Start Longitude\n"
                  ",N123AB,KPAO,37.4,-122.1\n"
                  "Timestamp,Latitude,Longitude,Altitude,Course,Speed,Bank,Pitch\n"
                  "1700000000000,37.25,-122.5,2950,120,110,0,0\n"),
     OVF_SURVEILLANCE_TABLE, 1, OVF_ADDRESS_NONE, "", 37.25, -122.5, 1700000000000, 2950,
     OVF_VALUE_NONE, 110, 120, OVF_VALUE_NONE, OVF_TRI_UNKNOWN, OVF_SOURCE_UNKNOWN},
    {"columns that are named by their units",
     OVF_STR_INIT("Time (UTC),Latitude,Longitude,Course,kts,mph,feet,Rate,Reporting Facility\n"
                  "2023-11-14 22:13:20,37.25,-122.5,70,350,403,12000,1500,A\n"),
     OVF_SURVEILLANCE_TABLE, 1, OVF_ADDRESS_NONE, "", 37.25, -122.5, 1700000000000, 12000,
     OVF_VALUE_NONE, 350, 70, OVF_VALUE_NONE, OVF_TRI_UNKNOWN, OVF_SOURCE_UNKNOWN},
    {"place in one quoted field",
     OVF_STR_INIT("Timestamp,UTC,Callsign,Position,Altitude,Speed,Direction\n"
                  "1700000000,2023-11-14T22:13:20Z,BAW117,\"51.25,-0.5\",3000,160,270\n"),
     OVF_SURVEILLANCE_TABLE, 1, OVF_ADDRESS_NONE, "BAW117", 51.25, -0.5, 1700000000000, 3000,
     OVF_VALUE_NONE, 160, 270, OVF_VALUE_NONE, OVF_TRI_UNKNOWN, OVF_SOURCE_UNKNOWN},
    {"units in the names, semicolons, date and time apart",
     OVF_STR_INIT("Date;Time;Hex;Lat;Lon;Altitude (m);Speed [km/h];Vertical Speed (m/s)\n"
                  "2023-11-14;22:13:20;A00001;10.5;20.5;3048;185.2;5.08\n"),
     OVF_SURVEILLANCE_TABLE, 1, 0xA00001, "", 10.5, 20.5, 1700000000000, 10000, OVF_VALUE_NONE, 100,
     -1, 1000, OVF_TRI_UNKNOWN, OVF_SOURCE_UNKNOWN},
    {"records: what stands beside a list holds for it",
     OVF_STR_INIT(
         "[{\"icao24\":\"0b206f\",\"callsign\":\"YS111N\",\"positions\":["
         "{\"timestamp\":1700000000000,\"latitude\":17.5,\"longitude\":-76.5,\"altitude\":125},"
         "{\"timestamp\":1700000005000,\"latitude\":17.51,\"longitude\":-76.5,\"altitude\":150}]}]"),
     OVF_SURVEILLANCE_RECORDS, 2, 0x0B206F, "YS111N", 17.51, -76.5, 1700000005000, 150,
     OVF_VALUE_NONE, -1, -1, OVF_VALUE_NONE, OVF_TRI_UNKNOWN, OVF_SOURCE_UNKNOWN},
    {"geojson line with its times beside it",
     OVF_STR_INIT("{\"type\":\"Feature\",\"properties\":{\"callsign\":\"HBABC\",\"coordTimes\":["
                  "\"2023-11-14T22:13:20Z\",\"2023-11-14T22:13:30.5Z\"]},\"geometry\":{\"type\":"
                  "\"LineString\",\"coordinates\":[[8.5,47.5,304.8],[8.6,47.6,609.6]]}}"),
     OVF_SURVEILLANCE_GEOJSON, 2, OVF_ADDRESS_NONE, "HBABC", 47.6, 8.6, 1700000010500,
     OVF_VALUE_NONE, 2000, -1, -1, OVF_VALUE_NONE, OVF_TRI_UNKNOWN, OVF_SOURCE_UNKNOWN},
    {"geojson points",
     OVF_STR_INIT(
         "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
         "{\"hex\":\"4b17fb\",\"timestamp\":1700000000,\"alt_baro\":3000},\"geometry\":"
         "{\"type\":\"Point\",\"coordinates\":[8.5,47.5]}}]}"),
     OVF_SURVEILLANCE_GEOJSON, 1, 0x4B17FB, "", 47.5, 8.5, 1700000000000, 3000, OVF_VALUE_NONE, -1,
     -1, OVF_VALUE_NONE, OVF_TRI_UNKNOWN, OVF_SOURCE_UNKNOWN},
    {"gpx",
     OVF_STR_INIT(
         "<?xml version=\"1.0\"?><gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\">"
         "<trk><name>HB-ABC</name><trkseg><trkpt lat=\"47.5\" lon=\"8.5\"><ele>304.8</ele>"
         "<time>2023-11-14T22:13:20Z</time></trkpt><trkpt lat=\"47.6\" lon=\"8.6\"><ele>609.6"
         "</ele><time>2023-11-14T22:13:30.5Z</time></trkpt></trkseg></trk></gpx>"),
     OVF_SURVEILLANCE_GPX, 2, OVF_ADDRESS_NONE, "HB-ABC", 47.6, 8.6, 1700000010500, OVF_VALUE_NONE,
     2000, -1, -1, OVF_VALUE_NONE, OVF_TRI_UNKNOWN, OVF_SOURCE_LOG},
    {"kml track",
     OVF_STR_INIT(
         "<kml xmlns=\"http://www.opengis.net/kml/2.2\" xmlns:gx=\"http://www.google.com/kml/ext/2.2\">"
         "<Document><Placemark><name>UAL1</name><gx:Track><altitudeMode>absolute</altitudeMode>"
         "<when>2023-11-14T22:13:20Z</when><when>2023-11-14T22:13:30Z</when>"
         "<gx:coord>8.5 47.5 304.8</gx:coord><gx:coord>8.6 47.6 609.6</gx:coord>"
         "</gx:Track></Placemark></Document></kml>"),
     OVF_SURVEILLANCE_KML, 2, OVF_ADDRESS_NONE, "UAL1", 47.6, 8.6, 1700000010000, OVF_VALUE_NONE,
     2000, -1, -1, OVF_VALUE_NONE, OVF_TRI_UNKNOWN, OVF_SOURCE_LOG},
    {"kml points with a time",
     OVF_STR_INIT(
         "<kml><Document><Placemark><TimeStamp><when>2023-11-14T22:13:20+00:00</when></TimeStamp>"
         "<Point><altitudeMode>absolute</altitudeMode><coordinates>8.5,47.5,304.8</coordinates>"
         "</Point></Placemark></Document></kml>"),
     OVF_SURVEILLANCE_KML, 1, OVF_ADDRESS_NONE, "", 47.5, 8.5, 1700000000000, OVF_VALUE_NONE, 1000,
     -1, -1, OVF_VALUE_NONE, OVF_TRI_UNKNOWN, OVF_SOURCE_LOG},
    {"avr frames, even behind odd",
     OVF_STR_INIT("*8D40621D58C386435CC412692AD6;\n*8D40621D58C382D690C8AC2863A7;\n"),
     OVF_SURVEILLANCE_FRAMES, 1, 0x40621D, "", 52.2572021, 3.9193726, OVF_TIME_NONE, 38000,
     OVF_VALUE_NONE, -1, -1, OVF_VALUE_NONE, OVF_TRI_NO, OVF_SOURCE_ADSB},
    {"frames with a time, odd behind even",
     OVF_STR_INIT("1446332400,\"8D40058B58C901375147EFD09357\",\"40058B\"\n"
                  "1446332405,\"8D40058B58C904A87F402D3B8C59\",\"40058B\"\n"),
     OVF_SURVEILLANCE_FRAMES, 1, 0x40058B, "", 49.81755, 6.08442, 1446332405000, 39000,
     OVF_VALUE_NONE, -1, -1, OVF_VALUE_NONE, OVF_TRI_NO, OVF_SOURCE_ADSB},
};

static void reads_form(void **state)
{
    const struct row *row = *state;
    static taken t;
    assert_int_equal(ovf_surveillance_sniff(row->text), row->form);
    read_text(row->text, plain, &t);
    assert_int_equal(t.form, row->form);
    assert_int_equal(t.count, row->count);
    assert_int_equal(t.counts.bad, 0);
    const ovf_position *p = &t.items[t.count - 1];
    assert_int_equal(p->address, row->address);
    assert_string_equal(p->callsign, row->callsign);
    assert_true(p->has_place);
    assert_true(fabs(p->place.lat_deg - row->lat_deg) < 1e-5);
    assert_true(fabs(p->place.lon_deg - row->lon_deg) < 1e-5);
    assert_int_equal(p->time_ms, row->time_ms);
    assert_int_equal(p->baro_ft, row->baro_ft);
    assert_int_equal(p->geom_ft, row->geom_ft);
    assert_true(fabsf(p->speed_kt - row->speed_kt) < 0.01F);
    assert_true(fabsf(p->track_deg - row->track_deg) < 0.01F);
    assert_int_equal(p->rate_fpm, row->rate_fpm);
    assert_int_equal(p->on_ground, row->on_ground);
    assert_int_equal(p->source, row->source);
    assert_true(p->at + p->len <= row->text.len && p->len > 0);
}

/* ---- Mode S ---- */

/* A DF 17 frame of address 4840D6 with that message field, its parity by long division. */
static void put_frame(ovf_buf *out, const char *me)
{
    char text[32];
    uint8_t bytes[14] = {0x8D, 0x48, 0x40, 0xD6};
    for (size_t i = 0; i < 7; i++) {
        char pair[3] = {me[2 * i], me[2 * i + 1], '\0'};
        bytes[4 + i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    uint32_t rest = 0;
    for (size_t i = 0; i < 88 + 24; i++) {
        uint32_t bit = i < 88 ? bytes[i / 8] >> (7 - i % 8) & 1U : 0;
        uint32_t top = rest >> 23 & 1U;
        rest = (rest << 1 | bit) & 0xFFFFFF;
        if (top != 0)
            rest ^= 0xFFF409;
    }
    snprintf(text, sizeof(text), "*8D4840D6%s%06X;\n", me, (unsigned)rest);
    ovf_buf_add(out, ovf_str_of(text));
}

static const char even_me[] = "58C382D690C8AC"; /* of 40621D: 52.25720 N 3.91937 E, 38,000 ft */
static const char odd_me[] = "58C386435CC412";

static void read_frames(const char *const *messages, size_t count, ovf_surveillance_options options,
                        taken *out)
{
    ovf_buf text = {0};
    for (size_t i = 0; i < count; i++)
        put_frame(&text, messages[i]);
    read_text(ovf_buf_str(&text), options, out);
    ovf_buf_done(&text);
}

static void puts_messages_together(void **state)
{
    OVF_UNUSED(state);
    static taken t;
    // KLM1023; 159 kt, 182.88 degrees, -832 ft/min, 550 ft above the pressure altitude.
    const char *const messages[] = {"202CC371C32CE0", "99440994083817", odd_me, even_me};
    read_frames(messages, 4, plain, &t);
    assert_int_equal(t.count, 1);
    const ovf_position *p = &t.items[0];
    assert_string_equal(p->callsign, "KLM1023");
    assert_true(fabsf(p->speed_kt - 159.0F) < 0.5F);
    assert_true(fabsf(p->track_deg - 182.88F) < 0.01F);
    assert_int_equal(p->rate_fpm, -832);
    assert_int_equal(p->baro_ft, 38000);
    assert_int_equal(p->geom_ft, 38550);
    assert_int_equal(p->nic, 8);
    assert_int_equal(p->rc_m, 186);
}

/* pyModeS's altitudes; below, the first rows of the table in Annex 10 Vol. IV ch. 3 App. */
static struct altitude {
    const char *name;
    const char *code; /* the three digits of the altitude */
    int32_t ft;
} altitudes[] = {
    {"altitude -325 ft", "03B", -325},   {"altitude -300 ft", "03C", -300},
    {"altitude -275 ft", "03D", -275},   {"altitude 0 ft", "058", 0},
    {"altitude 25 ft", "059", 25},       {"altitude 1,000 ft", "0B0", 1000},
    {"altitude 5,000 ft", "1F0", 5000},  {"altitude not known", "000", OVF_VALUE_NONE},
    {"Gillham -1,000 ft", "200", -1000}, {"Gillham -700 ft", "802", -700},
    {"Gillham -200 ft", "08A", -200},
};

static void reads_altitude(void **state)
{
    const struct altitude *row = *state;
    static taken t;
    char even[15];
    memcpy(even, even_me, sizeof(even));
    memcpy(even + 2, row->code, 3);
    const char *const messages[] = {odd_me, even};
    read_frames(messages, 2, plain, &t);
    assert_int_equal(t.count, 1);
    assert_int_equal(t.items[0].baro_ft, row->ft);
}

static void needs_receiver_on_ground(void **state)
{
    OVF_UNUSED(state);
    static taken t;
    const char *const messages[] = {"3AC8F009BCDEF2", "3AB8F5F893096B"};
    read_frames(messages, 2, plain, &t);
    assert_int_equal(t.count, 0);
    assert_int_equal(t.counts.unpaired, 2);
    ovf_surveillance_options near = {
        .reference = OVF_TIME_NONE, .has_receiver = true, .receiver = {-43.496, 172.558}};
    read_frames(messages, 2, near, &t);
    assert_int_equal(t.count, 2);
    const ovf_position *p = &t.items[1];
    assert_true(fabs(p->place.lat_deg - -43.48564) < 1e-5);
    assert_true(fabs(p->place.lon_deg - 172.53942) < 1e-5);
    assert_true(fabsf(p->speed_kt - 19.0F) < 0.01F);
    assert_true(fabsf(p->track_deg - 42.2F) < 0.05F);
    assert_int_equal(p->on_ground, OVF_TRI_YES);
}

static void refuses_bad_parity(void **state)
{
    OVF_UNUSED(state);
    static taken t;
    ovf_str text = OVF_STR("1457996400,8D40621D58C386435CC412692AD6\n"
                           "1457996401,8D40621D58C382D690C8AC2863A7\n"
                           "1457996402,8D40621D58C382D690C8AC2863A8\n");
    read_text(text, plain, &t);
    assert_int_equal(t.count, 1);
    assert_int_equal(t.counts.bad_parity, 1);
}

/* The even frame again a second later, with the middle of its zone 1.5 degrees farther. */
static void refuses_where_it_cannot_be(void **state)
{
    OVF_UNUSED(state);
    static taken t;
    const char *const messages[] = {odd_me, even_me, "58C383D690C8AC", even_me};
    ovf_buf text = {0};
    for (size_t i = 0; i < OVF_COUNTOF(messages); i++) {
        ovf_buf line = {0};
        put_frame(&line, messages[i]);
        ovf_buf_printf(&text, "%d,%.28s\n", 1457996400 + (int)i, line.ptr + 1);
        ovf_buf_done(&line);
    }
    read_text(ovf_buf_str(&text), plain, &t);
    assert_int_equal(t.count, 2);
    assert_int_equal(t.counts.refused, 1);
    ovf_buf_done(&text);
}

/* ---- Beast ---- */

static void put_beast(ovf_buf *out, char type, uint64_t stamp, const uint8_t *message, size_t len)
{
    uint8_t body[21];
    for (size_t i = 0; i < 6; i++)
        body[i] = (uint8_t)(stamp >> (40 - 8 * i));
    body[6] = 0x1A; // a signal that has to be escaped
    memcpy(body + 7, message, len);
    ovf_buf_addc(out, 0x1A);
    ovf_buf_addc(out, type);
    for (size_t i = 0; i < 7 + len; i++) {
        ovf_buf_addc(out, (char)body[i]);
        if (body[i] == 0x1A)
            ovf_buf_addc(out, (char)body[i]);
    }
}

static const uint8_t odd_frame[14] = {0x8D, 0x40, 0x62, 0x1D, 0x58, 0xC3, 0x86,
                                      0x43, 0x5C, 0xC4, 0x12, 0x69, 0x2A, 0xD6};
static const uint8_t even_frame[14] = {0x8D, 0x40, 0x62, 0x1D, 0x58, 0xC3, 0x82,
                                       0xD6, 0x90, 0xC8, 0xAC, 0x28, 0x63, 0xA7};

static void reads_beast(void **state)
{
    OVF_UNUSED(state);
    static taken t;
    static const uint8_t mode_ac[2] = {0x12, 0x1A};
    static const uint8_t short_frame[7] = {0x5D, 0x39, 0x81, 0xE4, 0x6D, 0xC8, 0xEB};
    ovf_buf text = {0};
    ovf_buf_add(&text, OVF_STR("\x01\x02")); // the recording begins within a frame
    put_beast(&text, '3', 0x1A1A00001A00, odd_frame, 14);
    put_beast(&text, '1', 0x1A1A00002A00, mode_ac, 2);
    put_beast(&text, '2', 0x1A1A00002B00, short_frame, 7);
    put_beast(&text, '3', 0x1A1A00001A00 + 18000000, even_frame, 14); // 1.5 s later
    read_text(ovf_buf_str(&text), plain, &t);
    assert_int_equal(t.form, OVF_SURVEILLANCE_BEAST);
    assert_int_equal(t.count, 1);
    assert_true(t.items[0].is_relative);
    assert_int_equal(t.items[0].time_ms, 1500);
    assert_int_equal(t.counts.mode_ac, 1);
    assert_int_equal(t.counts.mode_s_other, 1);
    assert_int_equal(t.counts.bad, 1);
    ovf_surveillance_options known = {.reference = 1700000000};
    read_text(ovf_buf_str(&text), known, &t);
    assert_false(t.items[0].is_relative);
    assert_int_equal(t.items[0].time_ms, 1700000001500);
    assert_true(fabs(t.items[0].place.lat_deg - 52.2572021) < 1e-6);
    ovf_buf_done(&text);
}

static void reads_gps_clock(void **state)
{
    OVF_UNUSED(state);
    static taken t;
    ovf_buf text = {0};
    uint64_t second = 1ULL << 30;
    put_beast(&text, '3', 86399 * second + 900000000, odd_frame, 14);
    put_beast(&text, '3', 1 * second + 250000000, even_frame, 14); // past midnight
    ovf_surveillance_options gps = {.reference = 1699999200, .clock_is_gps = true};
    read_text(ovf_buf_str(&text), gps, &t);
    assert_int_equal(t.count, 1);
    assert_int_equal(t.items[0].time_ms, INT64_C(1700006401250)); // 2023-11-15T00:00:01.25Z
    ovf_buf_done(&text);
}

static void resumes_behind_a_cut(void **state)
{
    OVF_UNUSED(state);
    static taken t;
    ovf_buf text = {0};
    put_beast(&text, '3', 1000, odd_frame, 14);
    put_beast(&text, '3', 2000, odd_frame, 14);
    text.len -= 5; // the second frame ends where the third begins
    put_beast(&text, '3', 3000, even_frame, 14);
    read_text(ovf_buf_str(&text), plain, &t);
    assert_int_equal(t.count, 1);
    assert_int_equal(t.counts.bad, 1);
    ovf_buf_done(&text);
}

/* ---- bad input ---- */

static struct bad {
    const char *name;
    ovf_str text;
    size_t positions;
    size_t bad;
} bads[] = {
    {"a broken line does not stop the rest",
     OVF_STR_INIT(
         "MSG,3,1,1,4CA2D6,1,2020/05/04,10:00:01.250,2020/05/04,10:00:01.300,,36000,,,51.4,-1.0,,,0,0,0,0\n"
         "MSG,3,1,1\n"
         "MSG,3,1,1,4CA2D6,1,2020/05/04,10:00:02.250,2020/05/04,10:00:02.300,,36000,,,51.41,-1.0,,,0,0,0,0\n"),
     2, 1},
    {"an address that is none",
     OVF_STR_INIT(
         "MSG,3,1,1,4CA2G6,1,2020/05/04,10:00:01.250,2020/05/04,10:00:01.300,,36000,,,51.4,-1.0,,,0,0,0,0\n"),
     0, 1},
    {"a row too short",
     OVF_STR_INIT(
         "time,icao24,lat,lon,velocity,heading\n1700000000,3c6444\n1700000000,3c6444,50,8,100,90\n"),
     1, 1},
    {"broken JSON on a line",
     OVF_STR_INIT(
         "{\"hex\":\"4b17fb\",\"gs\":9,\"lat\":51.5,\"lon\":-1.25}\n{\"hex\":\"4b17fb\",\"lat\":}\n"
         "{\"hex\":\"4b17fb\",\"lat\":51.6,\"lon\":-1.25}\n"),
     2, 1},
    {"GPX that breaks off keeps nothing half",
     OVF_STR_INIT("<gpx><trk><trkseg><trkpt lat=\"1\" lon=\"2\"/></trkseg></trk><trk><trkseg>"
                  "<trkpt lat=\"1\" lon"),
     1, 1},
};

static void goes_on(void **state)
{
    const struct bad *row = *state;
    static taken t;
    read_pieces(row->text, row->text.len, plain, &t);
    assert_int_equal(t.counts.positions, row->positions);
    assert_int_equal(t.counts.bad, row->bad);
    assert_true(t.findings > 0);
}

static void refuses_null_island(void **state)
{
    OVF_UNUSED(state);
    static taken t;
    read_text(OVF_STR("time,icao24,lat,lon\n1700000000,3c6444,0,0\n1700000000,3c6444,91,8\n"
                      "1700000000,3c6444,1e0,359\n"),
              plain, &t);
    assert_int_equal(t.counts.placeless, 2);
    assert_int_equal(t.counts.positions, 1);
    assert_true(t.items[2].place.lon_deg == -1.0);
}

static bool take_none(void *data, const ovf_position *p)
{
    OVF_UNUSED(data);
    OVF_UNUSED(p);
    return false;
}

static void ends_when_told(void **state)
{
    OVF_UNUSED(state);
    ovf_error err = {0};
    ovf_surveillance_options options = {
        .reference = OVF_TIME_NONE, .each = take_none, .form = OVF_SURVEILLANCE_TABLE};
    ovf_surveillance *reader = ovf_surveillance_new(&options);
    assert_int_equal(ovf_surveillance_feed(
                         reader, OVF_STR("time,icao24,lat,lon\n1700000000,3c6444,1,2\n"), &err),
                     OVF_E_LIMIT);
    ovf_surveillance_free(reader);
}

static struct none {
    const char *name;
    ovf_str text;
} nones[] = {
    {"a NOTAM is no position", OVF_STR_INIT("A0012/25 NOTAMN\nQ) SVZM/QRALC/IV/NBO/AE/000/999/\n")},
    {"a flight plan is no position", OVF_STR_INIT("(FPL-ABC123-IS\n-A320/M-S/S\n-LFPG1200\n")},
    {"an outline is no track",
     OVF_STR_INIT(
         "{\"type\":\"Feature\",\"properties\":{\"time\":1},\"geometry\":{\"type\":\"Polygon\","
         "\"coordinates\":[]}}")},
    {"a list of airports is no track", OVF_STR_INIT("code,name,elevation\nLFPG,Paris,392\n")},
    {"airports with places are no track",
     OVF_STR_INIT(
         "Code,Name,ICAO,Latitude,Longitude,AltitudeFeet\nLFPG,Paris,LFPG,49.0,2.5,392\n")},
    {"airports as objects are no track",
     OVF_STR_INIT("[{\"icao\":\"LFPG\",\"latitude\":49.0,\"longitude\":2.5,\"altitude\":392}]")},
    {"words", OVF_STR_INIT("The airspace above and around\n")},
    {"nothing", OVF_STR_INIT("")},
};

static void is_none(void **state)
{
    const struct none *row = *state;
    assert_int_equal(ovf_surveillance_sniff(row->text), OVF_SURVEILLANCE_UNKNOWN);
}

#define TEST(function)                        \
    {                                         \
#function, function, NULL, NULL, NULL \
    }

int main(void)
{
    static const struct CMUnitTest single[] = {
        TEST(puts_messages_together),
        TEST(needs_receiver_on_ground),
        TEST(refuses_bad_parity),
        TEST(refuses_where_it_cannot_be),
        TEST(reads_beast),
        TEST(reads_gps_clock),
        TEST(resumes_behind_a_cut),
        TEST(refuses_null_island),
        TEST(ends_when_told),
    };
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(altitudes) + OVF_COUNTOF(bads)
                            + OVF_COUNTOF(nones) + OVF_COUNTOF(single)];
    size_t n = 0;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, reads_form, NULL, NULL, &rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(altitudes); i++)
        tests[n++] =
            (struct CMUnitTest){altitudes[i].name, reads_altitude, NULL, NULL, &altitudes[i]};
    for (size_t i = 0; i < OVF_COUNTOF(bads); i++)
        tests[n++] = (struct CMUnitTest){bads[i].name, goes_on, NULL, NULL, &bads[i]};
    for (size_t i = 0; i < OVF_COUNTOF(nones); i++)
        tests[n++] = (struct CMUnitTest){nones[i].name, is_none, NULL, NULL, &nones[i]};
    for (size_t i = 0; i < OVF_COUNTOF(single); i++)
        tests[n++] = single[i];
    return _cmocka_run_group_tests("surveillance", tests, n, NULL, NULL);
}
