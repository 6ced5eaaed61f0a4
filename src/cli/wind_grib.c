/* SPDX-License-Identifier: Apache-2.0 */
/* --wind FILE: GRIB2 (or GRIB1) through ecCodes. What is taken: U and V on pressure levels, on one
 * regular grid of latitude and longitude, plain or gzip, several fields in a message or one, any
 * packing that ecCodes knows. Other fields are passed over. Other grids (Lambert, Gaussian, rotated,
 * polar) are not read: they are said, with what to convert them by. */
#include "cli.h"
#include "wind.h"

#include <overfly/atmosphere.h>

#include <eccodes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define MISSING (-9.0e33)
#define SAME_DEG 1e-4

typedef struct field {
    codes_handle *handle;
    double level_ft;
    ovf_time time;
    bool is_north;
} field;

typedef struct reader {
    const char *path;
    unsigned char *bytes;
    size_t size;
    field *fields;
    size_t count, capacity;
    size_t other; /* fields that are no wind on a pressure level */
    cli_wind *out;
} reader;

static int bad(const reader *r, const char *why)
{
    cli_error("%s: %s", r->path, why);
    return CLI_BAD_INPUT;
}

/* ---- the file ---- */

static int read_bytes(reader *r)
{
    gzFile in = gzopen(r->path, "rb");
    if (in == NULL)
        return bad(r, "cannot be opened; expected a GRIB file");
    size_t capacity = 0;
    int got = 1;
    while (got > 0) {
        if (r->size == capacity) {
            capacity = capacity == 0 ? (size_t)1 << 20 : capacity * 2;
            unsigned char *grown =
                capacity > CLI_WIND_MAX_BYTES ? NULL : realloc(r->bytes, capacity);
            if (grown == NULL) {
                gzclose(in);
                return bad(r, "is larger than a forecast of wind may be (1 GB)");
            }
            r->bytes = grown;
        }
        got = gzread(in, r->bytes + r->size, (unsigned)(capacity - r->size));
        r->size += got > 0 ? (size_t)got : 0;
    }
    gzclose(in);
    return got < 0 ? bad(r, "cannot be read to its end") : 0;
}

/* ---- fields ---- */

static bool get_text(codes_handle *h, const char *key, char *out, size_t size)
{
    return codes_get_string(h, key, out, &size) == CODES_SUCCESS;
}

static bool get_time(codes_handle *h, ovf_time *out)
{
    long date = 0;
    long time = 0;
    if (codes_get_long(h, "validityDate", &date) != CODES_SUCCESS
        || codes_get_long(h, "validityTime", &time) != CODES_SUCCESS)
        return false;
    ovf_civil civil = {.year = (int32_t)(date / 10000),
                       .month = (int32_t)(date / 100 % 100),
                       .day = (int32_t)(date % 100),
                       .hour = (int32_t)(time / 100),
                       .minute = (int32_t)(time % 100)};
    return ovf_time_from_civil(civil, out, NULL) == OVF_OK;
}

/* U or V on a pressure level? Fills in what the field says of itself. */
static bool is_wind(codes_handle *h, field *out)
{
    char name[32] = "";
    char kind[32] = "";
    long level = 0;
    if (!get_text(h, "shortName", name, sizeof(name))
        || !get_text(h, "typeOfLevel", kind, sizeof(kind)))
        return false;
    bool is_east = strcmp(name, "u") == 0;
    out->is_north = strcmp(name, "v") == 0;
    bool is_hpa = strcmp(kind, "isobaricInhPa") == 0;
    bool is_pa = strcmp(kind, "isobaricInPa") == 0;
    if ((!is_east && !out->is_north) || (!is_hpa && !is_pa)
        || codes_get_long(h, "level", &level) != CODES_SUCCESS || level <= 0)
        return false;
    out->level_ft = ovf_isa_level_ft(is_pa ? (double)level / 100.0 : (double)level);
    return get_time(h, &out->time);
}

static int keep_field(reader *r, codes_handle *h)
{
    field f = {.handle = h};
    if (!is_wind(h, &f)) {
        r->other++;
        codes_handle_delete(h);
        return 0;
    }
    if (r->count == CLI_WIND_MAX_FIELDS) {
        codes_handle_delete(h);
        return bad(r, "more fields of wind than can be taken (4,096)");
    }
    if (r->count == r->capacity) {
        size_t capacity = r->capacity == 0 ? 64 : r->capacity * 2;
        field *grown = realloc(r->fields, capacity * sizeof(*grown));
        if (grown == NULL) {
            codes_handle_delete(h);
            return CLI_INTERNAL;
        }
        r->fields = grown;
        r->capacity = capacity;
    }
    r->fields[r->count++] = f;
    return 0;
}

static int read_fields(reader *r)
{
    void *rest = r->bytes;
    size_t length = r->size;
    int status = 0;
    codes_grib_multi_support_on(NULL);
    while (status == 0) {
        int error = 0;
        codes_handle *h = codes_grib_handle_new_from_multi_message(NULL, &rest, &length, &error);
        if (h == NULL) {
            if (error != CODES_SUCCESS && error != CODES_END_OF_FILE)
                cli_error("%s: byte %zu: %s; what was read before it is used", r->path,
                          r->size - length, codes_get_error_message(error));
            break;
        }
        status = keep_field(r, h);
    }
    if (status == 0 && r->count == 0)
        return bad(r, r->other > 0
                          ? "holds no wind; expected U and V on pressure levels"
                          : "is no GRIB file; expected U and V on pressure levels");
    return status;
}

/* ---- the grid ---- */

typedef struct layout {
    long columns, rows;
    double first_lat, first_lon, step_lat, step_lon;
    long west_first, south_first, by_columns, alternates;
} layout;

static bool get_layout(codes_handle *h, layout *out)
{
    return codes_get_long(h, "Ni", &out->columns) == CODES_SUCCESS
           && codes_get_long(h, "Nj", &out->rows) == CODES_SUCCESS
           && codes_get_double(h, "latitudeOfFirstGridPointInDegrees", &out->first_lat) == 0
           && codes_get_double(h, "longitudeOfFirstGridPointInDegrees", &out->first_lon) == 0
           && codes_get_double(h, "iDirectionIncrementInDegrees", &out->step_lon) == 0
           && codes_get_double(h, "jDirectionIncrementInDegrees", &out->step_lat) == 0
           && codes_get_long(h, "iScansNegatively", &out->west_first) == 0
           && codes_get_long(h, "jScansPositively", &out->south_first) == 0
           && codes_get_long(h, "jPointsAreConsecutive", &out->by_columns) == 0
           && codes_get_long(h, "alternativeRowScanning", &out->alternates) == 0
           && (out->west_first = !out->west_first, true) && out->columns > 0 && out->rows > 0
           && out->step_lon > 0 && out->step_lat > 0;
}

static bool is_same_layout(const layout *a, const layout *b)
{
    return a->columns == b->columns && a->rows == b->rows
           && fabs(a->first_lat - b->first_lat) < SAME_DEG
           && fabs(a->first_lon - b->first_lon) < SAME_DEG
           && fabs(a->step_lat - b->step_lat) < SAME_DEG
           && fabs(a->step_lon - b->step_lon) < SAME_DEG && a->west_first == b->west_first
           && a->south_first == b->south_first && a->by_columns == b->by_columns
           && a->alternates == b->alternates;
}

static int check_grids(reader *r, layout *out)
{
    for (size_t i = 0; i < r->count; i++) {
        char kind[40] = "unknown";
        get_text(r->fields[i].handle, "gridType", kind, sizeof(kind));
        if (strcmp(kind, "regular_ll") != 0) {
            cli_error("%s: a grid of type %s; expected one of latitude and longitude (regular_ll), "
                      "as 'cdo remapbil' or 'wgrib2 -new_grid' makes it",
                      r->path, kind);
            return CLI_BAD_INPUT;
        }
        layout l;
        if (!get_layout(r->fields[i].handle, &l))
            return bad(r, "a grid whose size or steps are not given");
        if (i > 0 && !is_same_layout(&l, out))
            return bad(r, "fields on two different grids; expected one grid for all");
        *out = l;
    }
    return 0;
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static int by_time(const void *a, const void *b)
{
    ovf_time x = *(const ovf_time *)a;
    ovf_time y = *(const ovf_time *)b;
    return (x > y) - (x < y);
}

/* The levels and times that occur, each once, rising. */
static bool gather_axes(reader *r)
{
    cli_wind *w = r->out;
    w->levels_ft = calloc(r->count, sizeof(*w->levels_ft));
    w->times = calloc(r->count, sizeof(*w->times));
    if (w->levels_ft == NULL || w->times == NULL)
        return false;
    for (size_t i = 0; i < r->count; i++) {
        w->levels_ft[i] = r->fields[i].level_ft;
        w->times[i] = r->fields[i].time;
    }
    qsort(w->levels_ft, r->count, sizeof(*w->levels_ft), by_number);
    qsort(w->times, r->count, sizeof(*w->times), by_time);
    uint32_t levels = 0;
    uint32_t times = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (levels == 0 || w->levels_ft[i] - w->levels_ft[levels - 1] > 1.0)
            w->levels_ft[levels++] = w->levels_ft[i];
        if (times == 0 || w->times[i] > w->times[times - 1])
            w->times[times++] = w->times[i];
    }
    w->grid.level_count = levels;
    w->grid.time_count = times;
    return true;
}

/* ---- values ---- */

static size_t slot_of(const reader *r, const field *f)
{
    const cli_wind *w = r->out;
    size_t level = 0;
    size_t time = 0;
    while (level + 1 < w->grid.level_count && f->level_ft - w->levels_ft[level] > 1.0)
        level++;
    while (time + 1 < w->grid.time_count && w->times[time] < f->time)
        time++;
    return (time * w->grid.level_count + level) * w->grid.lat_count * w->grid.lon_count;
}

/* From the order of the file to south to north and west to east. */
static size_t place_of(const layout *l, size_t index)
{
    size_t inner = (size_t)(l->by_columns ? l->rows : l->columns);
    size_t outer_at = index / inner;
    size_t inner_at = index % inner;
    if (l->alternates && outer_at % 2 == 1)
        inner_at = inner - 1 - inner_at;
    size_t column = l->by_columns ? outer_at : inner_at;
    size_t row = l->by_columns ? inner_at : outer_at;
    if (!l->west_first)
        column = (size_t)l->columns - 1 - column;
    if (!l->south_first)
        row = (size_t)l->rows - 1 - row;
    return row * (size_t)l->columns + column;
}

static int read_values(const reader *r, const field *f, const layout *l, double *values,
                       size_t size)
{
    size_t count = size;
    codes_set_double(f->handle, "missingValue", MISSING);
    int error = codes_get_double_array(f->handle, "values", values, &count);
    if (error != CODES_SUCCESS || count != size) {
        cli_error("%s: a field cannot be unpacked: %s", r->path,
                  error != CODES_SUCCESS ? codes_get_error_message(error)
                                         : "not as many values as the grid has places");
        return CLI_BAD_INPUT;
    }
    float *to = (f->is_north ? r->out->north_mps : r->out->east_mps) + slot_of(r, f);
    for (size_t i = 0; i < size; i++)
        to[place_of(l, i)] = values[i] <= MISSING / 2 ? NAN : (float)values[i];
    return 0;
}

static int fill(reader *r, const layout *l)
{
    cli_wind *w = r->out;
    size_t size = (size_t)l->columns * (size_t)l->rows;
    size_t total = size * w->grid.level_count * w->grid.time_count;
    w->east_mps = malloc(total * sizeof(float));
    w->north_mps = malloc(total * sizeof(float));
    double *values = malloc(size * sizeof(double));
    int status = w->east_mps == NULL || w->north_mps == NULL || values == NULL ? CLI_INTERNAL : 0;
    for (size_t i = 0; i < total && status == 0; i++)
        w->east_mps[i] = w->north_mps[i] = NAN; // what no field covers is not known
    for (size_t i = 0; i < r->count && status == 0; i++)
        status = read_values(r, &r->fields[i], l, values, size);
    free(values);
    return status;
}

static int build(reader *r)
{
    layout l = {0};
    int status = check_grids(r, &l);
    if (status != 0)
        return status;
    if (l.columns > 100000 || l.rows > 100000)
        return bad(r, "a grid of more than 100,000 rows or columns");
    if (!gather_axes(r))
        return CLI_INTERNAL;
    ovf_wind *g = &r->out->grid;
    size_t size = (size_t)l.columns * (size_t)l.rows;
    if (size > CLI_WIND_MAX_VALUES / g->level_count / g->time_count)
        return bad(r, "more values of wind than can be held (67 million)");
    g->lat_count = (uint32_t)l.rows;
    g->lon_count = (uint32_t)l.columns;
    g->lat_step_deg = l.step_lat;
    g->lon_step_deg = l.step_lon;
    g->south_deg = l.south_first ? l.first_lat : l.first_lat - l.step_lat * (double)(l.rows - 1);
    g->west_deg =
        ovf_lon_wrap(l.west_first ? l.first_lon : l.first_lon - l.step_lon * (double)(l.columns - 1));
    g->is_round = fabs(l.step_lon * (double)l.columns - 360.0) < l.step_lon / 2;
    status = fill(r, &l);
    if (status != 0)
        return status;
    g->levels_ft = r->out->levels_ft;
    g->times = r->out->times;
    g->east_mps = r->out->east_mps;
    g->north_mps = r->out->north_mps;
    r->out->fields = (uint32_t)r->count;
    ovf_error err = {0};
    return ovf_wind_check(g, &err) == OVF_OK ? 0 : bad(r, err.reason);
}

int cli_wind_open(const char *path, cli_wind *out)
{
    *out = (cli_wind){0};
    if (path == NULL)
        return 0;
    reader r = {.path = path, .out = out};
    int status = read_bytes(&r);
    if (status == 0)
        status = read_fields(&r);
    if (status == 0)
        status = build(&r);
    for (size_t i = 0; i < r.count; i++)
        codes_handle_delete(r.fields[i].handle);
    free(r.fields);
    free(r.bytes);
    if (status != 0)
        cli_wind_done(out);
    return status;
}

void cli_wind_done(cli_wind *wind)
{
    free(wind->levels_ft);
    free(wind->times);
    free(wind->east_mps);
    free(wind->north_mps);
    *wind = (cli_wind){0};
}

const ovf_wind *cli_wind_grid(const cli_wind *wind)
{
    return wind->fields > 0 ? &wind->grid : NULL;
}
