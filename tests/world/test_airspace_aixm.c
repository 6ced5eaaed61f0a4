/* SPDX-License-Identifier: Apache-2.0 */
/* AIXM airspace files: geometry, references, operations, what is refused. */
#include "airspace_rows.h"

#define AIXM(features)                                                                     \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                         \
    "<message:AIXMBasicMessage xmlns:message=\"http://www.aixm.aero/schema/5.1/message\" " \
    "xmlns:aixm=\"http://www.aixm.aero/schema/5.1\" "                                      \
    "xmlns:gml=\"http://www.opengis.net/gml/3.2\" "                                        \
    "xmlns:xlink=\"http://www.w3.org/1999/xlink\">\n" features "</message:AIXMBasicMessage>\n"
#define AIRSPACE(id, facts, components)                                                        \
    "<message:hasMember><aixm:Airspace gml:id=\"uuid." id "\"><gml:identifier "                \
    "codeSpace=\"urn:uuid:\">" id "</gml:identifier><aixm:timeSlice><aixm:AirspaceTimeSlice "  \
    "gml:id=\"ts" id "\"><aixm:interpretation>BASELINE</aixm:interpretation>" facts components \
    "</aixm:AirspaceTimeSlice></aixm:timeSlice></aixm:Airspace></message:hasMember>\n"
#define COMPONENT(operation, inside)                                                     \
    "<aixm:geometryComponent><aixm:AirspaceGeometryComponent><aixm:operation>" operation \
    "</aixm:operation><aixm:theAirspaceVolume><aixm:AirspaceVolume>" inside              \
    "</aixm:AirspaceVolume></aixm:theAirspaceVolume></aixm:AirspaceGeometryComponent>"   \
    "</aixm:geometryComponent>"
#define LIMITS                                                                       \
    "<aixm:upperLimit uom=\"FL\">245</aixm:upperLimit><aixm:upperLimitReference>STD" \
    "</aixm:upperLimitReference><aixm:lowerLimit uom=\"FT\">2500</aixm:lowerLimit>"  \
    "<aixm:lowerLimitReference>MSL</aixm:lowerLimitReference>"
#define SURFACE(srs, exterior)                                                       \
    "<aixm:horizontalProjection><aixm:Surface srsName=\"" srs "\"><gml:patches>"     \
    "<gml:PolygonPatch><gml:exterior>" exterior "</gml:exterior></gml:PolygonPatch>" \
    "</gml:patches></aixm:Surface></aixm:horizontalProjection>"
#define RING(members) "<gml:Ring>" members "</gml:Ring>"
#define CURVE(segments)                                   \
    "<gml:curveMember><gml:Curve><gml:segments>" segments \
    "</gml:segments></gml:Curve></gml:curveMember>"
#define LINE(list) \
    "<gml:LineStringSegment><gml:posList>" list "</gml:posList></gml:LineStringSegment>"
#define LATLON "urn:ogc:def:crs:EPSG::4326"
#define LONLAT "urn:ogc:def:crs:OGC:1.3:CRS84"
#define BOX_LINE "40 10 40 20 50 20 50 10 40 10"
#define FIR_FACTS                                                                       \
    "<aixm:type>FIR</aixm:type><aixm:designator>XAAA</aixm:designator><aixm:name>ALPHA" \
    "</aixm:name>"
#define CIRCLE(centre, radius)                                                        \
    "<gml:CircleByCenterPoint numArc=\"1\"><gml:pos>" centre "</gml:pos><gml:radius " \
    "uom=\"NM\">" radius "</gml:radius></gml:CircleByCenterPoint>"
#define ARC(centre, start, end)                                                             \
    "<gml:ArcByCenterPoint numArc=\"1\"><gml:pointProperty><gml:Point><gml:pos>" centre     \
    "</gml:pos></gml:Point></gml:pointProperty><gml:radius uom=\"[nmi_i]\">30</gml:radius>" \
    "<gml:startAngle uom=\"deg\">" start "</gml:startAngle><gml:endAngle uom=\"deg\">" end  \
    "</gml:endAngle></gml:ArcByCenterPoint>"
#define BORDER                                                                                                                   \
    "<message:hasMember><aixm:GeoBorder gml:id=\"uuid.bb\"><gml:identifier>bb</gml:identifier>"                                  \
    "<aixm:timeSlice><aixm:GeoBorderTimeSlice><aixm:border><aixm:Curve gml:id=\"crv\" "                                          \
    "srsName=\"" LATLON "\"><gml:segments>" LINE(                                                                                \
        "60 20 50 20 45 20 40 20 30 20") "</gml:segments></aixm:Curve></aixm:border></aixm:GeoBorderTimeSlice></aixm:timeSlice>" \
                                         "</aixm:GeoBorder></message:hasMember>\n"

static struct row rows[] = {
    {"a FIR",
     AIXM(AIRSPACE("a", FIR_FACTS,
                   COMPONENT("BASE", LIMITS SURFACE(LATLON, RING(CURVE(LINE(BOX_LINE))))))),
     OVF_OK,
     1,
     1,
     0,
     0,
     "XAAA",
     "FIR",
     "",
     "2500FT AMSL",
     "FL245",
     {40, 50, 10},
     0,
     1,
     {45, 15},
     {45, 21},
     NULL},
    {"longitude first",
     AIXM(AIRSPACE(
         "a", FIR_FACTS,
         COMPONENT("BASE", SURFACE(LONLAT, RING(CURVE(LINE("10 40 20 40 20 50 10 50 10 40"))))))),
     OVF_OK,
     1,
     1,
     0,
     0,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     {40, 50, 10},
     0,
     1,
     {45, 15},
     {15, 45},
     NULL},
    {"a LinearRing",
     AIXM(AIRSPACE("a", FIR_FACTS,
                   COMPONENT("BASE", SURFACE(LATLON, "<gml:LinearRing><gml:posList>" BOX_LINE
                                                     "</gml:posList></gml:LinearRing>")))),
     OVF_OK,
     1,
     1,
     0,
     0,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     {40, 50, 10},
     0,
     1,
     {45, 15},
     NONE,
     NULL},
    {"a circle",
     AIXM(AIRSPACE("a", "<aixm:type>R</aixm:type><aixm:designator>XAR1</aixm:designator>",
                   COMPONENT("BASE", SURFACE(LATLON, RING(CURVE(CIRCLE("45 15", "10"))))))),
     OVF_OK,
     1,
     1,
     0,
     0,
     "XAR1",
     "R",
     "",
     "unknown",
     "unknown",
     {0},
     10,
     1,
     {45, 15},
     {45.2, 15},
     NULL},
    {"half a circle, clockwise from the west over north",
     AIXM(AIRSPACE("a", FIR_FACTS,
                   COMPONENT("BASE", SURFACE(LATLON, RING(CURVE(ARC("45 15", "270", "450"))))))),
     OVF_OK,
     1,
     1,
     0,
     0,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     {0},
     30,
     0.5,
     {45.2, 15},
     {44.8, 15},
     NULL},
    {"the other half, anticlockwise",
     AIXM(AIRSPACE("a", FIR_FACTS,
                   COMPONENT("BASE", SURFACE(LATLON, RING(CURVE(ARC("45 15", "270", "90"))))))),
     OVF_OK,
     1,
     1,
     0,
     0,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     {0},
     30,
     0.5,
     {44.8, 15},
     {45.2, 15},
     NULL},
    {"angles from east in CRS84",
     AIXM(AIRSPACE("a", FIR_FACTS,
                   COMPONENT("BASE", SURFACE(LONLAT, RING(CURVE(ARC("15 45", "0", "180"))))))),
     OVF_OK,
     1,
     1,
     0,
     0,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     {0},
     30,
     0.5,
     {45.2, 15},
     {44.8, 15},
     NULL},
    {"along a border of another feature",
     AIXM(BORDER AIRSPACE(
         "a", FIR_FACTS,
         COMPONENT(
             "BASE",
             SURFACE(LATLON,
                     RING(CURVE(LINE(
                         "40 20 40 10 50 10 50 20")) "<gml:curveMember xlink:href=\"#crv\"/>"))))),
     OVF_OK,
     1,
     1,
     0,
     0,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     {40, 50, 10},
     0,
     1,
     {45, 15},
     {45, 21},
     NULL},
    {"the border by its uuid",
     AIXM(BORDER AIRSPACE(
         "a", FIR_FACTS,
         COMPONENT(
             "BASE",
             SURFACE(
                 LATLON,
                 RING(CURVE(LINE(
                     "40 20 40 10 50 10 50 20")) "<gml:curveMember xlink:href=\"urn:uuid:bb\"/>"))))),
     OVF_OK,
     1,
     1,
     0,
     0,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     {40, 50, 10},
     0,
     1,
     {45, 15},
     {55, 19},
     NULL},
    {"a border that is not there",
     AIXM(AIRSPACE(
         "a", FIR_FACTS,
         COMPONENT(
             "BASE",
             SURFACE(LATLON,
                     RING(CURVE(LINE(
                         "40 20 40 10 50 10 50 20")) "<gml:curveMember xlink:href=\"#crv\"/>"))))),
     OVF_OK,
     1,
     0,
     1,
     0,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     {0},
     0,
     0,
     NONE,
     NONE,
     "line 3 (XAAA): line 0: a curve that is not"},
    {"less another volume",
     AIXM(AIRSPACE(
         "a", FIR_FACTS,
         COMPONENT("BASE", SURFACE(LATLON, RING(CURVE(LINE("40 10 40 30 50 30 50 10 40 10")))))
             COMPONENT("SUBTR",
                       SURFACE(LATLON, RING(CURVE(LINE("40 20 40 30 50 30 50 20 40 20"))))))),
     OVF_OK,
     1,
     1,
     0,
     0,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     {40, 50, 10},
     0,
     1,
     {45, 15},
     {45, 25},
     NULL},
    {"made of another airspace",
     AIXM(AIRSPACE("a", FIR_FACTS,
                   COMPONENT("BASE", LIMITS
                             "<aixm:contributorAirspace><aixm:AirspaceVolumeDependency>"
                             "<aixm:dependency>HORZ_PROJECTION</aixm:dependency><aixm:theAirspace "
                             "xlink:href=\"urn:uuid:b\"/></aixm:AirspaceVolumeDependency>"
                             "</aixm:contributorAirspace>"))
              AIRSPACE("b", "<aixm:type>P</aixm:type>",
                       COMPONENT("BASE", SURFACE(LATLON, RING(CURVE(LINE(BOX_LINE))))))),
     OVF_OK,
     2,
     2,
     0,
     0,
     "XAAA",
     "FIR",
     "",
     "2500FT AMSL",
     "FL245",
     {40, 50, 10},
     0,
     1,
     {45, 15},
     NONE,
     NULL},
    {"made of itself",
     AIXM(AIRSPACE("a", FIR_FACTS,
                   COMPONENT("BASE",
                             "<aixm:contributorAirspace><aixm:AirspaceVolumeDependency>"
                             "<aixm:theAirspace xlink:href=\"urn:uuid:a\"/>"
                             "</aixm:AirspaceVolumeDependency></aixm:contributorAirspace>"))),
     OVF_OK,
     1,
     0,
     1,
     0,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     {0},
     0,
     0,
     NONE,
     NONE,
     "without end"},
    {"an airspace without geometry",
     AIXM(AIRSPACE("a", FIR_FACTS, "")),
     OVF_OK,
     1,
     0,
     0,
     1,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     {0},
     0,
     0,
     NONE,
     NONE,
     NULL},
    {"a projection that is not known",
     AIXM(AIRSPACE(
         "a", FIR_FACTS,
         COMPONENT("BASE", SURFACE("urn:ogc:def:crs:EPSG::32632", RING(CURVE(LINE(BOX_LINE))))))),
     OVF_OK,
     1,
     0,
     1,
     0,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     {0},
     0,
     0,
     NONE,
     NONE,
     "reference system"},
    {"entities",
     "<!DOCTYPE a [<!ENTITY b \"b\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>",
     OVF_E_SYNTAX,
     0,
     0,
     0,
     0,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     {0},
     0,
     0,
     NONE,
     NONE,
     NULL},
    {"an element that does not end",
     "<a><b></a>",
     OVF_E_SYNTAX,
     0,
     0,
     0,
     0,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     {0},
     0,
     0,
     NONE,
     NONE,
     NULL},
    {"elements nested too deep",
     "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"
     "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"
     "<a><a><a><a><a><a>",
     OVF_E_LIMIT,
     0,
     0,
     0,
     0,
     NULL,
     NULL,
     NULL,
     NULL,
     NULL,
     {0},
     0,
     0,
     NONE,
     NONE,
     NULL},

};

int main(void)
{
    return run_rows("aixm", rows, OVF_COUNTOF(rows), NULL);
}
