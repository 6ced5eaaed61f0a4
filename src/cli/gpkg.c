/* SPDX-License-Identifier: Apache-2.0 */
/* GeoPackage 1.3 (OGC 12-128r17). The requirements that decide what is written here:
 *   2, 1.1.1.1.1  application_id "GPKG", user_version 10300
 *   10-12, 1.1.2  gpkg_spatial_ref_sys with 4326, -1 and 0
 *   13-16, 1.1.3  gpkg_contents
 *   19-33, 2.1    gpkg_geometry_columns, geometry blobs: header with envelope, then WKB
 * A polygon is cut at the 180th meridian, as the outline of an area is; a pole is on its edge. */
#include "gpkg.h"

#include "cli.h"

#include <sqlite3.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WGS84 4326
#define COLUMNS_MAX 16

struct gpkg {
    sqlite3 *db;
    sqlite3_stmt *insert;
    char path[4096];
    char beside[4160];
    char layer[32];
    gpkg_shape shape;
    gpkg_type types[COLUMNS_MAX];
    size_t column_count;
    ovf_buf blob;
    double west, south, east, north; /* of the layer; west above east: nothing yet */
};

static const char schema[] =
    "PRAGMA application_id = 1196444487;" /* "GPKG" */
    "PRAGMA user_version = 10300;"
    "CREATE TABLE gpkg_spatial_ref_sys ("
    " srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,"
    " organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);"
    "CREATE TABLE gpkg_contents ("
    " table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,"
    " description TEXT DEFAULT '',"
    " last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),"
    " min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,"
    " CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE gpkg_geometry_columns ("
    " table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,"
    " srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,"
    " CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),"
    " CONSTRAINT uk_gc_table_name UNIQUE (table_name),"
    " CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),"
    " CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));"
    "INSERT INTO gpkg_spatial_ref_sys VALUES"
    " ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined',"
    "  'undefined Cartesian coordinate reference system'),"
    " ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined',"
    "  'undefined geographic coordinate reference system'),"
    " ('WGS 84 geodetic', 4326, 'EPSG', 4326,"
    "  'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,"
    "AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,"
    "AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,"
    "AUTHORITY[\"EPSG\",\"9122\"]],AUTHORITY[\"EPSG\",\"4326\"]]',"
    "  'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');";

static bool complain(gpkg *file)
{
    cli_error("%s: %s", file->path, sqlite3_errmsg(file->db));
    return false;
}

static bool execute(gpkg *file, const char *sql)
{
    return sqlite3_exec(file->db, sql, NULL, NULL, NULL) == SQLITE_OK || complain(file);
}

gpkg *gpkg_open(const char *path)
{
    gpkg *file = calloc(1, sizeof *file);
    if (file == NULL) {
        cli_error("%s: no memory", path);
        return NULL;
    }
    int len = snprintf(file->path, sizeof file->path, "%s", path);
    snprintf(file->beside, sizeof file->beside, "%s.%ld.new", path, (long)getpid());
    remove(file->beside);
    if (len < 0 || (size_t)len >= sizeof file->path) {
        cli_error("%s: path too long", path);
        free(file);
        return NULL;
    }
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    bool is_fine =
        sqlite3_open_v2(file->beside, &file->db, flags, NULL) == SQLITE_OK || complain(file);
    // Nobody else sees the file before it is whole.
    is_fine = is_fine
              && execute(file, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;")
              && execute(file, schema);
    if (is_fine)
        return file;
    gpkg_close(file, false);
    return NULL;
}

bool gpkg_close(gpkg *file, bool is_wanted)
{
    sqlite3_finalize(file->insert);
    bool is_fine = is_wanted && execute(file, "COMMIT;");
    is_fine = sqlite3_close(file->db) == SQLITE_OK && is_fine;
    if (is_fine && rename(file->beside, file->path) != 0) {
        cli_error("%s: cannot write", file->path);
        is_fine = false;
    }
    if (!is_fine)
        remove(file->beside);
    ovf_buf_done(&file->blob);
    free(file);
    return is_fine;
}

/* ---- layers ---- */

/* Names of layers and columns are ours: lower case letters and '_'. */
bool gpkg_layer(gpkg *file, const char *name, const char *description, gpkg_shape shape,
                const gpkg_column *columns, size_t count)
{
    static const char *const types[] = {"TEXT", "INTEGER", "BOOLEAN"};
    static const char *const shapes[] = {"POINT", "MULTILINESTRING", "MULTIPOLYGON"};
    ovf_buf create = {0}, insert = {0};
    snprintf(file->layer, sizeof file->layer, "%s", name);
    file->shape = shape;
    file->column_count = count;
    file->west = file->south = HUGE_VAL;
    file->east = file->north = -HUGE_VAL;
    ovf_buf_printf(&create,
                   "CREATE TABLE \"%s\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom %s",
                   name, shapes[shape]);
    ovf_buf_printf(&insert, "INSERT INTO \"%s\" VALUES (NULL, ?", name);
    for (size_t i = 0; i < count; i++) {
        file->types[i] = columns[i].type;
        ovf_buf_printf(&create, ", \"%s\" %s", columns[i].name, types[columns[i].type]);
        ovf_buf_printf(&insert, ", ?");
    }
    ovf_buf_printf(&create,
                   "); INSERT INTO gpkg_contents (table_name, data_type, identifier, description,"
                   " srs_id) VALUES ('%s', 'features', '%s', '%s', %d);"
                   " INSERT INTO gpkg_geometry_columns VALUES ('%s', 'geom', '%s', %d, 0, 0);",
                   name, name, description, WGS84, name, shapes[shape], WGS84);
    ovf_buf_printf(&insert, ")");
    bool is_fine =
        count <= COLUMNS_MAX && !create.failed && !insert.failed && execute(file, create.ptr);
    is_fine = is_fine
              && (sqlite3_prepare_v2(file->db, insert.ptr, -1, &file->insert, NULL) == SQLITE_OK
                  || complain(file));
    ovf_buf_done(&create);
    ovf_buf_done(&insert);
    return is_fine;
}

bool gpkg_end_layer(gpkg *file)
{
    sqlite3_finalize(file->insert);
    file->insert = NULL;
    if (file->west > file->east)
        return true; // nothing in it: an extent is not known
    sqlite3_stmt *update = NULL;
    bool is_fine = sqlite3_prepare_v2(file->db,
                                      "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?,"
                                      " max_y = ? WHERE table_name = ?",
                                      -1, &update, NULL)
                   == SQLITE_OK;
    const double extent[] = {file->west, file->south, file->east, file->north};
    for (int i = 0; is_fine && i < 4; i++)
        is_fine = sqlite3_bind_double(update, i + 1, extent[i]) == SQLITE_OK;
    is_fine = is_fine && sqlite3_bind_text(update, 5, file->layer, -1, SQLITE_STATIC) == SQLITE_OK
              && sqlite3_step(update) == SQLITE_DONE;
    sqlite3_finalize(update);
    return is_fine || complain(file);
}

/* ---- geometry ---- */

static void put_bytes(gpkg *file, const void *bytes, size_t count)
{
    ovf_buf_add(&file->blob, (ovf_str){bytes, count});
}

static void put_u32(gpkg *file, uint32_t value)
{
    const unsigned char bytes[] = {(unsigned char)value, (unsigned char)(value >> 8),
                                   (unsigned char)(value >> 16), (unsigned char)(value >> 24)};
    put_bytes(file, bytes, sizeof bytes);
}

static void put_double(gpkg *file, double value)
{
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    put_u32(file, (uint32_t)bits);
    put_u32(file, (uint32_t)(bits >> 32));
}

/* Longitude first, as everywhere in a GeoPackage (clause 2.1.2, axis order of WKB). */
static void put_position(gpkg *file, ovf_point p)
{
    put_double(file, p.lon_deg);
    put_double(file, p.lat_deg);
}

static void widen(gpkg *file, double west, double south, double east, double north)
{
    file->west = fmin(file->west, west);
    file->south = fmin(file->south, south);
    file->east = fmax(file->east, east);
    file->north = fmax(file->north, north);
}

#define WKB_POINT 1
#define WKB_LINESTRING 2
#define WKB_POLYGON 3
#define WKB_MULTILINESTRING 5
#define WKB_MULTIPOLYGON 6

static void put_wkb(gpkg *file, uint32_t type)
{
    put_bytes(file, "\x01", 1); // little-endian
    put_u32(file, type);
}

/* Table 6, StandardGeoPackageBinary. Flags: little-endian; an envelope of x and y, or none. */
static void put_header(gpkg *file, bool has_envelope)
{
    static const char magic[] = {'G', 'P', 0}; /* and version 1 */
    const unsigned char flags = has_envelope ? 0x03 : 0x01;
    ovf_buf_reset(&file->blob);
    put_bytes(file, magic, sizeof magic);
    put_bytes(file, &flags, 1);
    put_u32(file, WGS84);
}

/* There and back: land of a grid's width may have been flattened to that when it was tabled. */
static bool is_flat(const ovf_outline_ring *ring)
{
    double sum = 0.0;
    for (uint32_t i = 1; i + 1 < ring->count; i++) {
        ovf_point o = ring->points[0], a = ring->points[i], b = ring->points[i + 1];
        sum += (a.lon_deg - o.lon_deg) * (b.lat_deg - o.lat_deg)
               - (b.lon_deg - o.lon_deg) * (a.lat_deg - o.lat_deg);
    }
    return ring->count < 4 || sum == 0.0;
}

/* The rings of the polygon that begins at r, flat ones left out; *until: behind its last. */
static uint32_t rings_of_polygon(const ovf_outline *outline, uint32_t r, uint32_t *until)
{
    uint32_t rings = 0;
    bool has_outer = !is_flat(&outline->rings[r]);
    *until = r;
    do {
        rings += has_outer && !is_flat(&outline->rings[*until]);
        ++*until;
    } while (*until < outline->count && outline->rings[*until].is_hole);
    return rings;
}

struct envelope {
    double west, south, east, north;
};

static const struct envelope nothing = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};

static void enclose(struct envelope *e, const ovf_outline_ring *ring)
{
    for (uint32_t i = 0; i < ring->count; i++) {
        ovf_point p = ring->points[i];
        e->west = fmin(e->west, p.lon_deg);
        e->south = fmin(e->south, p.lat_deg);
        e->east = fmax(e->east, p.lon_deg);
        e->north = fmax(e->north, p.lat_deg);
    }
}

static void put_envelope(gpkg *file, const struct envelope *e)
{
    put_double(file, e->west);
    put_double(file, e->east);
    put_double(file, e->south);
    put_double(file, e->north);
    widen(file, e->west, e->south, e->east, e->north);
}

static void put_ring(gpkg *file, const ovf_outline_ring *ring)
{
    put_u32(file, ring->count);
    for (uint32_t i = 0; i < ring->count; i++)
        put_position(file, ring->points[i]);
}

/* false: nothing of it has a surface. */
static bool put_polygons(gpkg *file, const ovf_outline *outline)
{
    uint32_t polygons = 0;
    struct envelope envelope = nothing;
    for (uint32_t r = 0, until = 0; r < outline->count; r = until) {
        if (rings_of_polygon(outline, r, &until) == 0)
            continue;
        polygons++;
        enclose(&envelope, &outline->rings[r]);
    }
    if (polygons == 0)
        return false;
    put_header(file, true);
    put_envelope(file, &envelope);
    put_wkb(file, WKB_MULTIPOLYGON);
    put_u32(file, polygons);
    for (uint32_t r = 0, until = 0; r < outline->count; r = until) {
        uint32_t rings = rings_of_polygon(outline, r, &until);
        if (rings == 0)
            continue;
        put_wkb(file, WKB_POLYGON);
        put_u32(file, rings);
        for (; r < until; r++)
            if (!is_flat(&outline->rings[r]))
                put_ring(file, &outline->rings[r]);
    }
    return true;
}

/* ---- features ---- */

static bool put_row(gpkg *file, const gpkg_value *values, bool has_geometry)
{
    bool is_fine = sqlite3_reset(file->insert) == SQLITE_OK
                   && sqlite3_clear_bindings(file->insert) == SQLITE_OK && !file->blob.failed;
    if (is_fine && has_geometry)
        is_fine =
            sqlite3_bind_blob64(file->insert, 1, file->blob.ptr, file->blob.len, SQLITE_STATIC)
            == SQLITE_OK;
    for (size_t i = 0; is_fine && i < file->column_count; i++) {
        const gpkg_value *value = &values[i];
        int at = (int)i + 2;
        if (file->types[i] != GPKG_TEXT && !value->is_null)
            is_fine = sqlite3_bind_int64(file->insert, at, value->number) == SQLITE_OK;
        else if (file->types[i] == GPKG_TEXT && value->text.len > 0)
            is_fine = sqlite3_bind_text64(file->insert, at, value->text.ptr, value->text.len,
                                          SQLITE_STATIC, SQLITE_UTF8)
                      == SQLITE_OK;
    }
    return (is_fine && sqlite3_step(file->insert) == SQLITE_DONE) || complain(file);
}

bool gpkg_area(gpkg *file, const gpkg_value *values, const ovf_outline *outline)
{
    bool has_geometry = outline != NULL && put_polygons(file, outline);
    return put_row(file, values, has_geometry);
}

bool gpkg_lines(gpkg *file, const gpkg_value *values, const ovf_outline *lines)
{
    struct envelope envelope = nothing;
    for (uint32_t l = 0; l < lines->count; l++)
        enclose(&envelope, &lines->rings[l]);
    put_header(file, true);
    put_envelope(file, &envelope);
    put_wkb(file, WKB_MULTILINESTRING);
    put_u32(file, lines->count);
    for (uint32_t l = 0; l < lines->count; l++) {
        put_wkb(file, WKB_LINESTRING);
        put_ring(file, &lines->rings[l]);
    }
    return put_row(file, values, true);
}

bool gpkg_point(gpkg *file, const gpkg_value *values, ovf_point p)
{
    put_header(file, false); // a point needs no envelope
    put_wkb(file, WKB_POINT);
    put_position(file, p);
    widen(file, p.lon_deg, p.lat_deg, p.lon_deg, p.lat_deg);
    return put_row(file, values, true);
}
