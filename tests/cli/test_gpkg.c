/* SPDX-License-Identifier: Apache-2.0 */
/* A GeoPackage of the world against the published requirements (OGC 12-128r17, GeoPackage 1.3), by
 * SQL and byte by byte. ogrinfo of GDAL 3.6.2 opened the same file without a complaint. argv:
 * program, world. */
#include "program.h"

#include <sqlite3.h>
#include <math.h>
#include <stdint.h>

static const char *program, *world_path;
static char folder[] = "gpkg-test-XXXXXX";
static char path[64];
static sqlite3 *db;

static sqlite3_stmt *ask(const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    return statement;
}

static int64_t number_of(const char *sql)
{
    sqlite3_stmt *statement = ask(sql);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return number;
}

/* ---- requirements that are a number ---- */

static struct row {
    const char *name;
    const char *sql;
    int64_t wanted;
} rows[] = {
    {"2: application_id is GPKG", "PRAGMA application_id", 0x47504B47},
    {"2: user_version is 1.3.0", "PRAGMA user_version", 10300},
    {"6: the file is whole", "SELECT integrity_check = 'ok' FROM pragma_integrity_check", 1},
    {"7: no foreign key is broken", "SELECT count(*) FROM pragma_foreign_key_check", 0},
    {"10: gpkg_spatial_ref_sys has its columns",
     "SELECT count(*) FROM pragma_table_info('gpkg_spatial_ref_sys') WHERE (name, type, \"notnull\", pk)"
     " IN (VALUES ('srs_name','TEXT',1,0), ('srs_id','INTEGER',0,1), ('organization','TEXT',1,0),"
     " ('organization_coordsys_id','INTEGER',1,0), ('definition','TEXT',1,0),"
     " ('description','TEXT',0,0))",
     6},
    {"11: the three reference systems",
     "SELECT count(*) FROM gpkg_spatial_ref_sys WHERE (srs_id, upper(organization),"
     " organization_coordsys_id) IN (VALUES (-1,'NONE',-1), (0,'NONE',0), (4326,'EPSG',4326))",
     3},
    {"11: 4326 is defined",
     "SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id = 4326 AND definition LIKE"
     " 'GEOGCS[\"WGS 84\"%6378137,298.257223563%'",
     1},
    {"13: gpkg_contents has its columns",
     "SELECT count(*) FROM pragma_table_info('gpkg_contents') WHERE (name, type, \"notnull\", pk) IN"
     " (VALUES ('table_name','TEXT',1,1), ('data_type','TEXT',1,0), ('identifier','TEXT',0,0),"
     " ('description','TEXT',0,0), ('last_change','DATETIME',1,0), ('min_x','DOUBLE',0,0),"
     " ('min_y','DOUBLE',0,0), ('max_x','DOUBLE',0,0), ('max_y','DOUBLE',0,0),"
     " ('srs_id','INTEGER',0,0))",
     10},
    {"14: every table of contents is there",
     "SELECT count(*) FROM gpkg_contents WHERE table_name NOT IN (SELECT name FROM sqlite_master)",
     0},
    {"15: last_change is a time of ISO 8601",
     "SELECT count(*) FROM gpkg_contents WHERE last_change NOT GLOB"
     " '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'",
     0},
    {"16: reference systems of contents are there",
     "SELECT count(*) FROM gpkg_contents WHERE srs_id NOT IN (SELECT srs_id FROM"
     " gpkg_spatial_ref_sys)",
     0},
    {"18: features", "SELECT count(*) FROM gpkg_contents WHERE data_type <> 'features'", 0},
    {"21: gpkg_geometry_columns has its columns",
     "SELECT count(*) FROM pragma_table_info('gpkg_geometry_columns') WHERE (name, type, \"notnull\","
     " pk) IN (VALUES ('table_name','TEXT',1,1), ('column_name','TEXT',1,2),"
     " ('geometry_type_name','TEXT',1,0), ('srs_id','INTEGER',1,0), ('z','TINYINT',1,0),"
     " ('m','TINYINT',1,0))",
     6},
    {"22: a row for each table of features",
     "SELECT count(*) FROM gpkg_contents WHERE table_name NOT IN (SELECT table_name FROM"
     " gpkg_geometry_columns)",
     0},
    {"24: its column is there and of its type",
     "SELECT count(*) FROM gpkg_geometry_columns g WHERE NOT EXISTS (SELECT 1 FROM"
     " pragma_table_info(g.table_name) c WHERE c.name = g.column_name AND c.type ="
     " g.geometry_type_name)",
     0},
    {"25: types are of the list",
     "SELECT count(*) FROM gpkg_geometry_columns WHERE geometry_type_name NOT IN ('POINT',"
     " 'MULTILINESTRING', 'MULTIPOLYGON')",
     0},
    {"26, 146: its reference system is that of contents",
     "SELECT count(*) FROM gpkg_geometry_columns g JOIN gpkg_contents c USING (table_name) WHERE"
     " g.srs_id <> c.srs_id",
     0},
    {"27, 28: no z, no m", "SELECT count(*) FROM gpkg_geometry_columns WHERE z <> 0 OR m <> 0", 0},
    {"29: an integer primary key in each table",
     "SELECT count(*) FROM gpkg_contents g WHERE (SELECT count(*) FROM"
     " pragma_table_info(g.table_name) WHERE pk = 1 AND type = 'INTEGER') <> 1",
     0},
    {"extent of the world",
     "SELECT count(*) FROM gpkg_contents WHERE table_name = 'sea' AND min_x = -180 AND max_x = 180"
     " AND min_y = -90",
     1},
    {"as many airports as the tables have, each with its place",
     "SELECT count(*) > 3000 AND count(*) = count(geom) FROM airport", 1},
    {"States and their seas", "SELECT (SELECT count(*) FROM state) = (SELECT count(*) FROM sea)",
     1},
    {"Maiquetia",
     "SELECT count(*) FROM fir WHERE code = 'SVZM' AND state = 'VEN' AND lower = 'SFC'", 1},
    {"as many airways as the tables have, each with its line",
     "SELECT count(*) = count(geom) AND count(*) = count(name) FROM airway", 1},
    {"booleans", "SELECT count(*) FROM state WHERE eu NOT IN (0, 1) OR disputed NOT IN (0, 1)", 0},
};

static void meets(void **state)
{
    const struct row *row = *state;
    assert_int_equal(number_of(row->sql), row->wanted);
}

/* ---- blobs: clause 2.1.3, then WKB ---- */

struct blob {
    const unsigned char *bytes;
    size_t len, at;
    double box[4]; /* west, east, south, north */
};

static uint32_t take_u32(struct blob *b)
{
    assert_true(b->at + 4 <= b->len);
    const unsigned char *p = b->bytes + b->at;
    b->at += 4;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static double take_double(struct blob *b)
{
    uint64_t bits = take_u32(b);
    bits |= (uint64_t)take_u32(b) << 32;
    double value = 0.0;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void take_position(struct blob *b, double *lon, double *lat)
{
    *lon = take_double(b);
    *lat = take_double(b);
    assert_true(*lon >= -180.0 && *lon <= 180.0 && *lat >= -90.0 && *lat <= 90.0);
    b->box[0] = fmin(b->box[0], *lon);
    b->box[1] = fmax(b->box[1], *lon);
    b->box[2] = fmin(b->box[2], *lat);
    b->box[3] = fmax(b->box[3], *lat);
}

static void take_wkb(struct blob *b, uint32_t type)
{
    assert_int_equal(b->bytes[b->at], 1);
    b->at++;
    assert_int_equal(take_u32(b), type);
}

/* Closed, and outer rings run anticlockwise (they need not, but ours do). */
static void take_ring(struct blob *b, bool is_outer)
{
    uint32_t count = take_u32(b);
    double lon = 0, lat = 0, first[2], sum = 0.0;
    assert_true(count >= 4);
    take_position(b, &first[0], &first[1]);
    double before[2] = {first[0], first[1]};
    for (uint32_t i = 1; i < count; i++) {
        take_position(b, &lon, &lat);
        assert_true(fabs(lon - before[0]) <= 360.0);
        sum +=
            (before[0] - first[0]) * (lat - first[1]) - (lon - first[0]) * (before[1] - first[1]);
        before[0] = lon;
        before[1] = lat;
    }
    assert_true(lon == first[0] && lat == first[1]);
    assert_true(is_outer ? sum > 0.0 : sum < 0.0);
}

/* A line has two points or more, and none runs round the globe to cross the 180th meridian. */
static void take_line(struct blob *b)
{
    double lon = 0, lat = 0, before = 0;
    uint32_t count = take_u32(b);
    assert_true(count >= 2);
    for (uint32_t i = 0; i < count; i++) {
        take_position(b, &lon, &lat);
        assert_true(i == 0 || fabs(lon - before) <= 180.0);
        before = lon;
    }
}

static void take_polygon(struct blob *b)
{
    uint32_t rings = take_u32(b);
    assert_true(rings > 0);
    for (uint32_t r = 0; r < rings; r++)
        take_ring(b, r == 0);
}

enum { POINT = 1, LINES = 5, POLYGONS = 6 }; /* WKB's numbers; a part of many is one less 3 */

static void check_blob(const unsigned char *bytes, size_t len, uint32_t type)
{
    struct blob b = {bytes, len, 4, {HUGE_VAL, -HUGE_VAL, HUGE_VAL, -HUGE_VAL}};
    assert_true(len >= 8);
    assert_memory_equal(bytes, "GP\0", 3);
    bool is_point = type == POINT;
    assert_int_equal(bytes[3], is_point ? 0x01 : 0x03); // little-endian, envelope of x and y
    assert_int_equal(take_u32(&b), 4326);
    double envelope[4] = {0};
    for (int i = 0; i < 4 && !is_point; i++)
        envelope[i] = take_double(&b);
    if (is_point) {
        double lon, lat;
        take_wkb(&b, POINT);
        take_position(&b, &lon, &lat);
    } else {
        take_wkb(&b, type);
        for (uint32_t parts = take_u32(&b); parts > 0; parts--) {
            take_wkb(&b, type - 3);
            if (type == LINES)
                take_line(&b);
            else
                take_polygon(&b);
        }
        for (int i = 0; i < 4; i++)
            assert_true(envelope[i] == b.box[i]);
    }
    assert_int_equal(b.at, len);
}

static void blobs_are_what_the_standard_says(void **state)
{
    OVF_UNUSED(state);
    static const struct {
        const char *name;
        uint32_t type;
    } tables[] = {{"fir", POLYGONS},  {"state", POLYGONS}, {"sea", POLYGONS},
                  {"airport", POINT}, {"fix", POINT},      {"airway", LINES}};
    // A world may be built without points and airways: they are under another licence.
    size_t table_count = number_of("SELECT count(*) FROM airway") > 0 ? OVF_COUNTOF(tables) : 4;
    for (size_t t = 0; t < table_count; t++) {
        char sql[64];
        snprintf(sql, sizeof sql, "SELECT geom FROM %s WHERE geom IS NOT NULL", tables[t].name);
        sqlite3_stmt *statement = ask(sql);
        size_t count = 0;
        for (; sqlite3_step(statement) == SQLITE_ROW; count++)
            check_blob(sqlite3_column_blob(statement, 0),
                       (size_t)sqlite3_column_bytes(statement, 0), tables[t].type);
        assert_true(count > 0);
        sqlite3_finalize(statement);
    }
}

/* ---- the program ---- */

static void takes_one_layer_and_codes(void **state)
{
    OVF_UNUSED(state);
    char one[64];
    snprintf(one, sizeof one, "%s/one.gpkg", folder);
    const char *args[] = {program, "world", "export", "--format", "gpkg",     "--kind", "fir",
                          "SVZM",  "-o",    one,      "--world",  world_path, NULL};
    assert_int_equal(run_program(args, OVF_STR("")).status, 0);
    sqlite3 *all = db;
    assert_int_equal(sqlite3_open_v2(one, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(number_of("SELECT count(*) FROM gpkg_contents"), 1);
    assert_int_equal(number_of("SELECT count(*) FROM fir WHERE code = 'SVZM'"), 1);
    assert_int_equal(number_of("SELECT count(*) FROM fir"), 1);
    sqlite3_close(db);
    db = all;
    remove(one);
    args[7] = "XXXX";
    assert_int_equal(run_program(args, OVF_STR("")).status, 3);
    remove(one);
    const char *nowhere[] = {program, "world",   "export",   "--format",
                             "gpkg",  "--world", world_path, NULL};
    assert_int_equal(run_program(nowhere, OVF_STR("")).status, 2);
}

static int export(void **state)
{
    OVF_UNUSED(state);
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/world.gpkg", folder);
    const char *args[] = {program, "world", "export",  "--format", "gpkg",
                          "-o",    path,    "--world", world_path, NULL};
    if (run_program(args, OVF_STR("")).status != 0)
        return -1;
    return sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK ? 0 : -1;
}

static int clean(void **state)
{
    OVF_UNUSED(state);
    sqlite3_close(db);
    remove(path);
    return rmdir(folder);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    program = argv[1];
    world_path = argv[2];
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 2] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, meets, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] =
        (struct CMUnitTest)cmocka_unit_test(blobs_are_what_the_standard_says);
    tests[OVF_COUNTOF(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(takes_one_layer_and_codes);
    return _cmocka_run_group_tests("GeoPackage", tests, OVF_COUNTOF(tests), export, clean);
}
