/* SPDX-License-Identifier: Apache-2.0 */
/* FIXM 4: element names and units of FIXM Core 4.1 to 4.3 (fixm.aero, schemas and user manual); the
 * documents are ours. The argument is the world file. */
#include <overfly/flight.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NS(v)                                         \
    " xmlns:fx=\"http://www.fixm.aero/flight/" v "\"" \
    " xmlns:fb=\"http://www.fixm.aero/base/" v "\""
#define HEAD "<fx:Flight" NS("4.2") ">"
#define TAIL "</fx:Flight>"
#define AIRCRAFT                                                                             \
    "<fx:aircraft><fx:aircraftAddress>A9F5B2</fx:aircraftAddress><fx:aircraftType><fx:type>" \
    "<fx:icaoAircraftTypeDesignator>A320</fx:icaoAircraftTypeDesignator></fx:type>"          \
    "</fx:aircraftType><fx:registration>N742AV</fx:registration>"                            \
    "<fx:wakeTurbulence>M</fx:wakeTurbulence></fx:aircraft>"
#define ARRIVAL                                                                              \
    "<fx:arrival><fx:destinationAerodrome><fb:locationIndicator>SVMI</fb:locationIndicator>" \
    "</fx:destinationAerodrome><fx:destinationAerodromeAlternate><fb:locationIndicator>TNCC" \
    "</fb:locationIndicator></fx:destinationAerodromeAlternate></fx:arrival>"
#define DEPARTURE                                                                   \
    "<fx:departure><fx:aerodrome><fb:locationIndicator>SKBO</fb:locationIndicator>" \
    "</fx:aerodrome><fx:estimatedOffBlockTime>2026-02-12T14:10:00.000Z"             \
    "</fx:estimatedOffBlockTime></fx:departure>"
#define IDENTITY                                                                              \
    "<fx:flightIdentification><fx:aircraftIdentification>AVA142</fx:aircraftIdentification>"  \
    "</fx:flightIdentification><fx:flightType>S</fx:flightType><fx:gufi codeSpace=\"urn:uuid" \
    "\">7d3f</fx:gufi><fx:operator><fb:designatorIcao>AVA</fb:designatorIcao></fx:operator>"
#define ROUTE(kind, inside) \
    "<fx:routeTrajectoryGroup><fx:" kind ">" inside "</fx:" kind "></fx:routeTrajectoryGroup>"
#define INFORMATION                                                                          \
    "<fx:routeInformation><fx:cruisingLevel><fb:flightLevel uom=\"FL\">350</fb:flightLevel>" \
    "</fx:cruisingLevel><fx:cruisingSpeed uom=\"KT\">450</fx:cruisingSpeed>"                 \
    "<fx:flightRulesCategory>I</fx:flightRulesCategory><fx:routeText>DCT 08N072W 09N070W/"   \
    "N0440F370 DCT</fx:routeText><fx:totalEstimatedElapsedTime>P0Y0M0DT1H35M0.000S"          \
    "</fx:totalEstimatedElapsedTime><fx:estimatedElapsedTime><fx:elapsedTime>PT40M"          \
    "</fx:elapsedTime><fx:region>SVZM</fx:region></fx:estimatedElapsedTime>"                 \
    "</fx:routeInformation>"
#define ELEMENT(n, name, pos, time, level)                                                        \
    "<fx:element seqNum=\"" n "\"><fx:elementStartPoint><fb:designatedPoint><fb:designator>" name \
    "</fb:designator></fb:designatedPoint></fx:elementStartPoint><fx:point4D><fx:level>" level    \
    "</fx:level><fx:position srsName=\"urn:ogc:def:crs:EPSG::4326\"><fb:pos>" pos                 \
    "</fb:pos></fx:position><fx:time>" time "</fx:time></fx:point4D>"                             \
    "<fx:routeDesignatorToNextElement><fx:routeDesignator>UA567</fx:routeDesignator>"             \
    "</fx:routeDesignatorToNextElement></fx:element>"
#define AT(t) "<fx:absoluteTime>" t "</fx:absoluteTime>"
#define BEHIND(t) \
    "<fx:relativeTimeFromInitialPredictionPoint>" t "</fx:relativeTimeFromInitialPredictionPoint>"
#define FOUR_D                                                          \
    ELEMENT("0", "SKBO", "4.7016 -74.1469", AT("2026-02-12T14:25:00Z"), \
            "<fb:altitude uom=\"FT\">8361</fb:altitude>")               \
    ELEMENT("2", "BBBBB", "9.0 -70.0", BEHIND("PT1H0M30S"),             \
            "<fb:flightLevel uom=\"SM\">1130</fb:flightLevel>")         \
    ELEMENT("1", "AAAAA", "7.0 -72.0", BEHIND("P0Y0M0DT0H30M0S"),       \
            "<fb:flightLevel uom=\"FL\">350</fb:flightLevel>")          \
    ELEMENT("3", "SVMI", "10.6012 -66.9912", BEHIND("PT1H30M"),         \
            "<fb:altitude uom=\"M\">72</fb:altitude>")
#define WHOLE(kind, inside) HEAD AIRCRAFT ARRIVAL DEPARTURE IDENTITY ROUTE(kind, inside) TAIL
#define NAMED(n, name, via)                                                                    \
    "<fx:element seqNum=\"" n "\"><fx:elementStartPoint><fb:navaid><fb:designator>" name       \
    "</fb:designator></fb:navaid></fx:elementStartPoint><fx:routeDesignatorToNextElement>" via \
    "</fx:routeDesignatorToNextElement></fx:element>"
#define DIRECT "<fx:otherRouteDesignator>DIRECT</fx:otherRouteDesignator>"

static const char *world_path;
static ovf_world *world;

static struct row {
    const char *name;
    const char *text;
    const char *what;
    const char *expected;
} rows[] = {
    {"identification", WHOLE("filed", INFORMATION), "id", "AVA142"},
    {"operator", WHOLE("filed", INFORMATION), "operator", "AVA"},
    {"registration", WHOLE("filed", INFORMATION), "registration", "N742AV"},
    {"address", WHOLE("filed", INFORMATION), "address", "A9F5B2"},
    {"type", WHOLE("filed", INFORMATION), "type", "A320/M"},
    {"type directly, as 4.3 has it",
     "<Flight" NS(
         "4.3") " xmlns=\"http://www.fixm.aero/flight/4.3\"><aircraft><aircraftType>"
                "<icaoAircraftTypeDesignator>DR40</icaoAircraftTypeDesignator></aircraftType></aircraft>"
                "<flightIdentification><aircraftIdentification>FGABC</aircraftIdentification>"
                "</flightIdentification></Flight>",
     "type", "DR40/"},
    {"ends", WHOLE("filed", INFORMATION), "ends", "SKBO SVMI TNCC"},
    {"off block", WHOLE("filed", INFORMATION), "off_block", "2026-02-12T14:10:00Z"},
    {"duration", WHOLE("filed", INFORMATION), "eet", "95"},
    {"rules, speed, level", WHOLE("filed", INFORMATION), "cruise", "I N0450 F350"},
    {"route text", WHOLE("filed", INFORMATION), "points",
     "SKBO/35000 08N072W/35000 09N070W/37000 SVMI/37000"},
    {"elapsed times", WHOLE("filed", INFORMATION), "eets", "SVZM=40"},
    {"gufi", WHOLE("filed", INFORMATION), "plan_id", "7d3f"},
    {"the agreed route comes before the filed",
     HEAD IDENTITY DEPARTURE ARRIVAL
     "<fx:routeTrajectoryGroup><fx:filed>" INFORMATION "</fx:filed><fx:agreed>"
     "<fx:routeInformation><fx:routeText>07N072W</fx:routeText></fx:routeInformation></fx:agreed>"
     "</fx:routeTrajectoryGroup>" TAIL,
     "points", "SKBO/0 07N072W/0 SVMI/0"},
    {"4D points in their order", WHOLE("agreed", FOUR_D INFORMATION), "given",
     "SKBO 2026-02-12T14:25:00Z 8361, AAAAA 2026-02-12T14:55:00Z 35000, "
     "BBBBB 2026-02-12T15:25:30Z 37073, SVMI 2026-02-12T15:55:00Z 236"},
    {"4D points are the whole way", WHOLE("agreed", FOUR_D INFORMATION), "complete", "yes"},
    {"elements without a place are read as item 15",
     WHOLE("desired", NAMED("0", "08N072W", DIRECT) NAMED("1", "09N070W", DIRECT)), "points",
     "SKBO/0 08N072W/0 09N070W/0 SVMI/0"},
    {"departed",
     HEAD IDENTITY "<fx:departure><fx:actualTimeOfDeparture>2026-02-12T14:22:00Z"
                   "</fx:actualTimeOfDeparture></fx:departure>" TAIL,
     "state", "departed"},
    {"bad time",
     HEAD IDENTITY "<fx:departure><fx:estimatedOffBlockTime>noon</fx:estimatedOffBlockTime>"
                   "</fx:departure>" TAIL,
     "rules_broken", "FIXM_TIME"},
    {"no identification", HEAD DEPARTURE TAIL, "rules_broken", "FIXM_ID"},
    {"bad duration",
     WHOLE("filed", "<fx:routeInformation><fx:totalEstimatedElapsedTime>95"
                    "</fx:totalEstimatedElapsedTime></fx:routeInformation>"),
     "rules_broken", "FIXM_DURATION"},
    {"cut off within a flight", HEAD AIRCRAFT IDENTITY, "rules_broken", "FIXM_OPEN"},
    {"a document type is refused",
     "<!DOCTYPE f [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>" HEAD
     "<fx:flightIdentification><fx:aircraftIdentification>&b;</fx:aircraftIdentification>"
     "</fx:flightIdentification>" TAIL,
     "status", "unreadable"},
};

static void show(const ovf_flight *f, const char *what, char *out, size_t size)
{
    static const char *const statuses[] = {"unreadable", "partial", "ok"};
    char text[OVF_TIME_TEXT_MAX];
    size_t n = 0;
    out[0] = '\0';
#define ADD(...) n += (size_t)snprintf(out + n, size - n, __VA_ARGS__)
    if (strcmp(what, "id") == 0)
        ADD(OVF_FMT, OVF_ARG(f->id));
    else if (strcmp(what, "operator") == 0)
        ADD(OVF_FMT, OVF_ARG(f->operator_icao));
    else if (strcmp(what, "registration") == 0)
        ADD(OVF_FMT, OVF_ARG(f->registration));
    else if (strcmp(what, "address") == 0)
        ADD("%06X", f->address);
    else if (strcmp(what, "type") == 0)
        ADD(OVF_FMT "/" OVF_FMT, OVF_ARG(f->type), OVF_ARG(f->wake));
    else if (strcmp(what, "ends") == 0)
        ADD(OVF_FMT " " OVF_FMT " " OVF_FMT, OVF_ARG(f->from), OVF_ARG(f->to),
            OVF_ARG(f->alternates));
    else if (strcmp(what, "cruise") == 0)
        ADD(OVF_FMT " " OVF_FMT " " OVF_FMT, OVF_ARG(f->rules), OVF_ARG(f->speed),
            OVF_ARG(f->level));
    else if (strcmp(what, "eet") == 0)
        ADD("%d", f->eet_min);
    else if (strcmp(what, "plan_id") == 0)
        ADD(OVF_FMT, OVF_ARG(f->plan_id));
    else if (strcmp(what, "complete") == 0)
        ADD("%s", f->route_complete ? "yes" : "no");
    else if (strcmp(what, "state") == 0)
        ADD("%s", ovf_flight_state_name(f->state));
    else if (strcmp(what, "status") == 0)
        ADD("%s", statuses[f->status]);
    else if (strcmp(what, "off_block") == 0) {
        ovf_time_format(f->off_block, text, sizeof(text));
        ADD("%s", text);
    }
    for (size_t i = 0; strcmp(what, "eets") == 0 && i < f->eet_count; i++)
        ADD("%s" OVF_FMT "=%d", i > 0 ? " " : "", OVF_ARG(f->eets[i].at), f->eets[i].min);
    for (size_t i = 0; strcmp(what, "points") == 0 && i < f->point_count; i++)
        ADD("%s" OVF_FMT "/%d", i > 0 ? " " : "", OVF_ARG(f->points[i].ident),
            f->points[i].level_ft);
    for (size_t i = 0; strcmp(what, "given") == 0 && i < f->point_count; i++) {
        ovf_time_format(f->points[i].given.time, text, sizeof(text));
        ADD("%s" OVF_FMT " %s %d", i > 0 ? ", " : "", OVF_ARG(f->points[i].ident), text,
            f->points[i].given.level_ft);
    }
    for (size_t i = 0; strcmp(what, "rules_broken") == 0 && i < f->finding_count; i++)
        if (f->findings[i].severity != OVF_NOTE)
            ADD("%s%s", n > 0 ? " " : "", f->findings[i].rule);
#undef ADD
}

static void reads(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    assert_true(ovf_flight_sniff(ovf_str_of(row->text)));
    assert_int_equal(
        ovf_flight_read(world, ovf_str_of(row->text), NULL, &arena, &flights, &count, &err),
        OVF_OK);
    assert_true(count >= 1);
    assert_int_equal(
        flights[0].form == OVF_FLIGHT_FIXM || flights[0].status == OVF_FLIGHT_UNREADABLE, 1);
    char shown[1000];
    show(&flights[0], row->what, shown, sizeof(shown));
    assert_string_equal(shown, row->expected);
    ovf_arena_done(&arena);
}

/* A collection of messages: a flight each, with the bytes that it stands in. */
static void reads_collections(void **state)
{
    (void)state;
    ovf_buf buf = {0};
    ovf_buf_add(&buf, OVF_STR("<?xml version=\"1.0\"?>\n<msg:MessageCollection xmlns:msg=\""
                              "http://www.fixm.aero/messaging/4.2\"" NS("4.2") ">"));
    for (int i = 0; i < 100; i++)
        ovf_buf_printf(&buf,
                       "<msg:message><msg:flight><fx:flightIdentification>"
                       "<fx:aircraftIdentification>ABC%d</fx:aircraftIdentification>"
                       "</fx:flightIdentification></msg:flight></msg:message>",
                       i);
    ovf_buf_add(&buf, OVF_STR("</msg:MessageCollection>"));
    ovf_str text = ovf_buf_str(&buf);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    assert_int_equal(ovf_flight_read(NULL, text, NULL, &arena, &flights, &count, &err), OVF_OK);
    assert_int_equal(count, 100);
    assert_true(ovf_str_eq(flights[42].id, OVF_STR("ABC42")));
    assert_true(
        ovf_str_starts(ovf_str_tail(text, flights[42].raw_span.at), OVF_STR("<msg:flight")));
    ovf_arena_done(&arena);
    ovf_buf_done(&buf);
}

/* Nesting without end: refused with what is wrong, not followed. */
static void refuses_depth(void **state)
{
    (void)state;
    ovf_buf buf = {0};
    ovf_buf_add(&buf, OVF_STR(HEAD));
    for (int i = 0; i < 100000; i++)
        ovf_buf_add(&buf, OVF_STR("<a>"));
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    assert_int_equal(ovf_flight_read(NULL, ovf_buf_str(&buf), NULL, &arena, &flights, &count, &err),
                     OVF_OK);
    assert_true(count >= 1);
    assert_int_equal(flights[count - 1].status, OVF_FLIGHT_UNREADABLE);
    assert_true(flights[count - 1].finding_count > 0);
    ovf_arena_done(&arena);
    ovf_buf_done(&buf);
}

static int open_world(void **state)
{
    (void)state;
    ovf_error err = {0};
    return ovf_world_open(world_path, &world, &err) == OVF_OK ? 0 : -1;
}

static int close_world(void **state)
{
    (void)state;
    ovf_world_free(world);
    return 0;
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 2] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, reads, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] = (struct CMUnitTest)cmocka_unit_test(reads_collections);
    tests[OVF_COUNTOF(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(refuses_depth);
    world_path = argc > 1 ? argv[1] : "overfly.world";
    return _cmocka_run_group_tests("fixm", tests, OVF_COUNTOF(tests), open_world, close_world);
}
