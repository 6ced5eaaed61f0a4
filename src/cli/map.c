/* SPDX-License-Identifier: Apache-2.0 */
/* overfly map: the answer as a picture. An area, its restrictions at an instant hatched by what
 * they mean for the party, flights and ways round; or the world's FIRs by State. */
#include "brief.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_FILE "overfly-map.png"
#define AROUND_PLACE_DEG 1.5 /* shown to each side of an airport or a point */
#define WORLD_WIDTH_PX 2400  /* so that the FIRs of Europe have room for their codes */
#define WORLD_HEIGHT_PX 1320
#define FRAME_HEIGHT_PX 1000

typedef struct options {
    cli_list flights;
    const char *size, *format, *file, *frame;
    bool all_firs, no_routes;
} options;

/* ---- shared with brief ---- */

int brief_write_file(const char *path, ovf_str bytes)
{
    FILE *file = fopen(path, "wb");
    bool is_written = file != NULL && fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len;
    if (file != NULL && fclose(file) != 0)
        is_written = false;
    if (!is_written) {
        cli_error("%s: cannot be written", path);
        return CLI_BAD_INPUT;
    }
    return 0;
}

static ovf_str joined(ovf_arena *arena, ovf_str list, const char *what, ovf_str value)
{
    if (value.len == 0)
        return list;
    return ovf_arena_printf(arena, OVF_FMT "%s%s " OVF_FMT, OVF_ARG(list),
                            list.len > 0 ? ", " : "for ", what, OVF_ARG(value));
}

static ovf_str subtitle_of(const brief *b, ovf_arena *arena)
{
    const ovf_party *party = &b->query.party;
    ovf_str text = OVF_STR("");
    text = joined(arena, text, "operator", party->operator_icao);
    text = joined(arena, text, "an AOC of", party->operator_state);
    text = joined(arena, text, "registry", party->registry_state);
    text = joined(arena, text, "owner of", party->owner_state);
    text = joined(arena, text, "airman of", party->airman_state);
    text = joined(arena, text, "aircraft", party->aircraft);
    if (text.len == 0)
        text = OVF_STR("restrictions as to those whom they address; flights each for itself");
    if (b->as_of != OVF_TIME_OPEN && b->as_of != OVF_TIME_NONE) {
        char known[40];
        ovf_time_format_plain(b->as_of, known, sizeof(known));
        text = ovf_arena_printf(arena, OVF_FMT "; as known on %s", OVF_ARG(text), known);
    }
    return text;
}

static ovf_str title_of(const brief *b, ovf_arena *arena)
{
    char at[40];
    ovf_time_format_plain(b->query.at, at, sizeof(at));
    const ovf_place *place = &b->query.place;
    if (place->kind == OVF_PLACE_NONE)
        return ovf_arena_printf(arena, "Restrictions, %s", at);
    if (place->name.len == 0)
        return ovf_arena_printf(arena, OVF_FMT ", %s", OVF_ARG(place->code), at);
    return ovf_arena_printf(arena, OVF_FMT "%s (" OVF_FMT "), %s", OVF_ARG(place->name),
                            place->kind == OVF_PLACE_FIR ? " FIR" : "", OVF_ARG(place->code), at);
}

bool brief_map_request(const brief *b, const ovf_world *world, ovf_arena *arena,
                       ovf_map_request *out)
{
    ovf_map_flight *flights = ovf_arena_array(arena, ovf_map_flight, b->flight_count + 1);
    if (flights == NULL)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < b->flight_count; i++) {
        const brief_flight *f = &b->flights[i];
        if (!f->has_track)
            continue;
        flights[count++] = (ovf_map_flight){
            .flight = f->flight,
            .track = &f->track,
            .conflict = &f->conflict,
            .route = f->has_route ? &f->route : NULL,
        };
    }
    *out = (ovf_map_request){
        .title = title_of(b, arena),
        .subtitle = subtitle_of(b, arena),
        .frame = {.is_empty = true},
        .focus = b->query.area,
        .place = b->query.place,
        .picture = b->picture,
        .at = b->query.at,
        .party = b->query.party,
        .flights = flights,
        .flight_count = count,
        .world = world,
    };
    return true;
}

/* ---- the verb ---- */

/* "1600x1200". */
static int read_size(const char *text, ovf_map_request *request)
{
    uint32_t width = 0, height = 0;
    ovf_str s = ovf_str_of(text);
    size_t x = ovf_str_take_uint(s, 0, OVF_MAP_MAX_PX, &width);
    size_t end =
        x < s.len && s.ptr[x] == 'x' ? ovf_str_take_uint(s, x + 1, OVF_MAP_MAX_PX, &height) : 0;
    if (end != s.len || width < OVF_MAP_MIN_PX || height < OVF_MAP_MIN_PX || width > OVF_MAP_MAX_PX
        || height > OVF_MAP_MAX_PX)
        return cli_usage("map", "--size \"%s\": expected WIDTHxHEIGHT, %d to %d pixels each", text,
                         OVF_MAP_MIN_PX, OVF_MAP_MAX_PX);
    request->width_px = (int32_t)width;
    request->height_px = (int32_t)height;
    return 0;
}

/* "SOUTH,WEST,NORTH,EAST" in degrees. */
static int read_frame(const char *text, ovf_box *frame)
{
    double value[4] = {0};
    ovf_str rest = ovf_str_of(text), field = {0};
    int count = 0;
    while (count < 4 && ovf_str_field(&rest, ',', &field)
           && ovf_str_to_double(ovf_str_trim(field), &value[count], NULL) == OVF_OK)
        count++;
    *frame = (ovf_box){value[0], value[1], value[2], value[3], false};
    if (count != 4 || rest.len > 0 || !ovf_point_is_valid((ovf_point){value[0], value[1]})
        || !ovf_point_is_valid((ovf_point){value[2], value[3]}) || value[0] > value[2])
        return cli_usage("map", "--frame \"%s\": expected SOUTH,WEST,NORTH,EAST in degrees", text);
    return 0;
}

static int read_format(const options *o, ovf_map_format *out)
{
    ovf_str name = o->format != NULL ? ovf_str_of(o->format) : ovf_str_of(o->file);
    if (ovf_str_ends(name, o->format != NULL ? OVF_STR("svg") : OVF_STR(".svg"))) {
        *out = OVF_MAP_SVG;
        return 0;
    }
    *out = OVF_MAP_PNG;
    if (ovf_str_ends(name, o->format != NULL ? OVF_STR("png") : OVF_STR(".png")))
        return 0;
    if (o->format == NULL && strcmp(o->file, "-") == 0)
        return 0;
    return cli_usage("map", "\"" OVF_FMT "\": expected a name ending in .png or .svg, or --format",
                     OVF_ARG(name));
}

static int write_map(const options *o, const cli_common *common, const ovf_map_request *request)
{
    ovf_buf buf = {0};
    ovf_error err = {0};
    int status = 0;
    ovf_status drawn = ovf_map_draw(request, &buf, &err);
    if (drawn != OVF_OK) {
        cli_error("map: %s", err.reason);
        status = cli_status_of(drawn);
    } else if (strcmp(o->file, "-") == 0) {
        if (fwrite(buf.ptr, 1, buf.len, stdout) != buf.len || fflush(stdout) != 0) {
            cli_error("the map cannot be written to standard output");
            status = CLI_BAD_INPUT;
        }
    } else {
        status = brief_write_file(o->file, ovf_buf_str(&buf));
    }
    size_t bytes = buf.len;
    ovf_buf_done(&buf);
    if (status != 0 || strcmp(o->file, "-") == 0)
        return status;
    if (common->json) {
        ovf_buf line = {0};
        ovf_json json;
        ovf_json_init(&json, &line);
        ovf_json_object(&json);
        ovf_json_key(&json, "file");
        ovf_json_str(&json, ovf_str_of(o->file));
        ovf_json_key(&json, "format");
        ovf_json_str(&json, request->format == OVF_MAP_SVG ? OVF_STR("svg") : OVF_STR("png"));
        ovf_json_key(&json, "bytes");
        ovf_json_int(&json, (int64_t)bytes);
        ovf_json_end(&json);
        cli_put_line(&line);
        ovf_buf_done(&line);
    } else {
        printf("%s\n", o->file);
    }
    return 0;
}

static int map_all_firs(const options *o, const cli_common *common, ovf_map_request *request)
{
    ovf_world *world = NULL;
    int status = cli_world_open(common, &world);
    if (status != 0)
        return status;
    bool is_whole = request->frame.is_empty;
    request->title = OVF_STR("Flight information regions");
    request->at = OVF_TIME_NONE;
    request->world = world;
    request->all_firs = true;
    if (request->height_px == 0) {
        request->width_px = is_whole ? WORLD_WIDTH_PX : 0;
        request->height_px = is_whole ? WORLD_HEIGHT_PX : FRAME_HEIGHT_PX;
    }
    status = write_map(o, common, request);
    ovf_world_free(world);
    return status;
}

/* What to show round a place that has no area of its own. */
static ovf_box box_around(ovf_point p)
{
    return (ovf_box){
        .south_deg = p.lat_deg - AROUND_PLACE_DEG < -90 ? -90 : p.lat_deg - AROUND_PLACE_DEG,
        .north_deg = p.lat_deg + AROUND_PLACE_DEG > 90 ? 90 : p.lat_deg + AROUND_PLACE_DEG,
        .west_deg = ovf_lon_wrap(p.lon_deg - AROUND_PLACE_DEG),
        .east_deg = ovf_lon_wrap(p.lon_deg + AROUND_PLACE_DEG),
    };
}

static int find_area(const char *name, const ovf_world *world, brief *b, ovf_box *frame)
{
    ovf_error err = {0};
    ovf_place *place = &b->query.place;
    if (ovf_world_find(world, ovf_str_of(name), place, &err) != OVF_OK) {
        cli_error("\"%s\": %s", name, err.reason);
        return CLI_BAD_INPUT;
    }
    if (place->kind == OVF_PLACE_FIR)
        b->query.area = ovf_world_fir_area(world, ovf_world_fir(world, place->index));
    else if (place->kind == OVF_PLACE_STATE)
        b->query.area = ovf_world_territory(world, place->index);
    else
        *frame = box_around(place->point);
    return 0;
}

/* What the picture may show: the frame is the box of the area, a little larger, and then as wide or
 * as high as the sheet is. */
static ovf_box box_shown(const brief *b, ovf_box around)
{
    ovf_box box = b->query.area != NULL ? ovf_area_bounds(b->query.area) : around;
    double width = box.east_deg - box.west_deg;
    if (width < 0.0)
        width += 360.0;
    double height = box.north_deg - box.south_deg;
    double middle_deg = fmin(85.0, fmax(fabs(box.south_deg), fabs(box.north_deg)));
    double wide_deg = width + height / cos(middle_deg * 3.14159265358979323846 / 180.0) + 4.0;
    double high_deg = width + height + 4.0;
    bool is_round = width + 2.0 * wide_deg >= 360.0 || box.is_empty || middle_deg >= 80.0;
    return (ovf_box){.south_deg = box.is_empty ? -90.0 : fmax(-90.0, box.south_deg - high_deg),
                     .north_deg = box.is_empty ? 90.0 : fmin(90.0, box.north_deg + high_deg),
                     .west_deg = is_round ? -180.0 : ovf_lon_wrap(box.west_deg - wide_deg),
                     .east_deg = is_round ? 180.0 : ovf_lon_wrap(box.east_deg + wide_deg)};
}

/* Of an area alone on a sheet of the usual shape only what may be seen is read. */
static int select_shown(const options *o, const cli_common *common, ovf_interval window,
                        const brief *b, const ovf_map_request *asked, ovf_box around,
                        cli_context *context)
{
    ovf_box shown = box_shown(b, around);
    ovf_ledger_query query = {.boxes = &shown,
                              .box_count = 1,
                              .during = {common->at, common->at + 1},
                              .operator_state = b->query.party.operator_state};
    bool is_area = b->query.place.kind != OVF_PLACE_NONE && o->flights.count == 0 && o->size == NULL
                   && asked->frame.is_empty;
    return cli_context_select(common, window, is_area ? &query : NULL, context);
}

static int map_picture(const options *o, const cli_common *common, const cli_list *operands,
                       const ovf_map_request *asked)
{
    ovf_interval window = {common->at - 3 * OVF_DAY_S, common->at + 4 * OVF_DAY_S};
    cli_context context = {0};
    int status = cli_context_begin(common, &context);
    if (status != 0) {
        cli_context_done(&context);
        return status;
    }
    brief b = {.query = {.at = common->at}};
    cli_input *inputs = ovf_arena_array(&context.arena, cli_input, o->flights.count + 1);
    ovf_box around = {.is_empty = true};
    status = inputs == NULL ? CLI_INTERNAL : cli_party(common, context.world, &b.query.party);
    if (status == 0 && operands->count > 0)
        status = find_area(operands->items[0], context.world, &b, &around);
    if (status == 0)
        status = select_shown(o, common, window, &b, asked, around, &context);
    size_t bad = context.bad_records;
    if (status == 0) {
        b.picture = context.picture;
        b.as_of = ovf_picture_options_of(context.picture).as_of;
    }
    if (status == 0)
        status =
            brief_gather_flights(&b, common, &o->flights, o->no_routes, &context, inputs, &bad);
    ovf_map_request request = {0};
    if (status == 0 && !brief_map_request(&b, context.world, &context.arena, &request))
        status = CLI_INTERNAL;
    if (status == 0) {
        request.format = asked->format;
        request.width_px = asked->width_px;
        request.height_px = asked->height_px;
        request.frame = asked->frame.is_empty ? around : asked->frame;
        status = write_map(o, common, &request);
    }
    for (size_t i = 0; inputs != NULL && i < o->flights.count; i++)
        cli_input_done(&inputs[i]);
    cli_context_done(&context);
    return status == 0 && bad > 0 ? CLI_BAD_INPUT : status;
}

/* --world with a file behind it is the world file, as for every verb; alone it asks for the picture
 * of the world, and is taken out of the arguments. */
static bool take_world(int *argc, char **argv)
{
    int kept = 0;
    for (int i = 0; i < *argc; i++) {
        bool is_world = strcmp(argv[i], "--world") == 0;
        bool has_file = i + 1 < *argc && argv[i + 1][0] != '-';
        if (!is_world || has_file)
            argv[kept++] = argv[i];
        if (is_world && has_file)
            argv[kept++] = argv[++i];
    }
    bool is_taken = kept < *argc;
    argv[kept] = NULL;
    *argc = kept;
    return is_taken;
}

int cli_map(int argc, char **argv)
{
    cli_common common;
    cli_common_init(&common);
    options o = {.file = DEFAULT_FILE};
    bool is_world = take_world(&argc, argv);
    cli_list operands = {0};
    const cli_option own[] = {
        {"--flights", CLI_LIST, &o.flights},
        {"--size", CLI_TEXT, &o.size},
        {"--format", CLI_TEXT, &o.format},
        {"--frame", CLI_TEXT, &o.frame},
        {"--all-firs", CLI_FLAG, &o.all_firs},
        {"--no-routes", CLI_FLAG, &o.no_routes},
        {"-o", CLI_TEXT, &o.file},
        {"--output", CLI_TEXT, &o.file},
    };
    ovf_map_request request = {.frame = {.is_empty = true}};
    int status = cli_parse(argc, argv, &common, own, OVF_COUNTOF(own), &operands);
    o.all_firs = o.all_firs || is_world;
    if (status == 0 && operands.count > (o.all_firs ? 0 : 1))
        status = cli_usage("map", "expected at most one area");
    if (status == 0)
        status = read_format(&o, &request.format);
    if (status == 0 && o.size != NULL)
        status = read_size(o.size, &request);
    if (status == 0 && o.frame != NULL)
        status = read_frame(o.frame, &request.frame);
    if (common.at == OVF_TIME_NONE)
        common.at = cli_now();
    if (status == 0)
        status = o.all_firs ? map_all_firs(&o, &common, &request)
                            : map_picture(&o, &common, &operands, &request);
    cli_list_done(&o.flights);
    cli_list_done(&operands);
    cli_list_done(&common.notices);
    return status < 0 ? CLI_CLEAR : status;
}
