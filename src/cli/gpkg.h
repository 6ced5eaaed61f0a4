/* SPDX-License-Identifier: Apache-2.0 */
/* gpkg.h - writes an OGC GeoPackage 1.3 (OGC 12-128r17): an SQLite file with a table a layer.
 * Room: cli. */
#ifndef OVF_CLI_GPKG_H
#define OVF_CLI_GPKG_H

#include <overfly/overfly.h>

typedef struct gpkg gpkg; /* opaque */

typedef enum gpkg_type { GPKG_TEXT, GPKG_INTEGER, GPKG_BOOLEAN } gpkg_type;

typedef struct gpkg_column {
    const char *name;
    gpkg_type type;
} gpkg_column;

/* One value of a row, in the order of the columns. */
typedef struct gpkg_value {
    ovf_str text; /* empty: NULL */
    int64_t number;
    bool is_null;
} gpkg_value;

typedef enum gpkg_shape { GPKG_POINT, GPKG_LINE, GPKG_AREA } gpkg_shape;

/* Everything is written beside `path` and renamed over it by gpkg_close. NULL after a message. */
gpkg *gpkg_open(const char *path);
/* Begins a layer; its name is also the table's. All functions: false after a message. */
bool gpkg_layer(gpkg *file, const char *name, const char *description, gpkg_shape shape,
                const gpkg_column *columns, size_t count);
/* A feature of the layer at hand. outline NULL or without rings: no geometry. */
bool gpkg_area(gpkg *file, const gpkg_value *values, const ovf_outline *outline);
/* The rings are open lines. */
bool gpkg_lines(gpkg *file, const gpkg_value *values, const ovf_outline *lines);
bool gpkg_point(gpkg *file, const gpkg_value *values, ovf_point p);
/* Ends the layer: its extent. */
bool gpkg_end_layer(gpkg *file);
/* is_wanted false: throws it away. */
bool gpkg_close(gpkg *file, bool is_wanted);

#endif
