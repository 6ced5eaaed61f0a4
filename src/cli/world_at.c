/* SPDX-License-Identifier: Apache-2.0 */
/* overfly world at: whose air a point is, which FIRs hold it, which airports are near. One point
 * is asked of the world itself; a batch is read in blocks and asked of an index. */
#include "members.h"
#include "world.h"

#include <stdlib.h>
#include <string.h>

#define NEAR_AIRPORT_M (50.0 * OVF_NM_M)
#define NEAR_MAX 3
#define BLOCK 16384
#define OUT_BYTES ((size_t)1 << 16) /* written at once */

struct answer {
    ovf_point p;
    ovf_whereabouts where;
};

static void put_firs(ovf_json *json, const ovf_world *world, const ovf_whereabouts *where)
{
    ovf_json_key(json, "firs");
    ovf_json_array(json);
    for (uint32_t i = 0; i < where->fir_count; i++)
        ovf_json_str(json, ovf_world_fir(world, where->firs[i])->code);
    ovf_json_end(json);
}

static void put_airports(ovf_json *json, const ovf_world *world, const ovf_airport_near *near,
                         size_t count)
{
    ovf_json_key(json, "airports_near");
    ovf_json_array(json);
    for (size_t i = 0; i < count; i++) {
        ovf_json_object(json);
        ovf_json_key(json, "icao");
        ovf_json_str(json, ovf_world_airport(world, near[i].airport)->icao);
        ovf_json_key(json, "distance_nm");
        ovf_json_fixed(json, ovf_m_to_nm(near[i].away_m), 1);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

static void put_surface(ovf_json *json, ovf_surface ground)
{
    ovf_json_key(json, "surface");
    if (!ground.is_known) {
        ovf_json_null(json);
        return;
    }
    ovf_json_object(json);
    ovf_json_key(json, "floor_ft");
    ovf_json_int(json, ground.floor_ft);
    ovf_json_key(json, "ceiling_ft");
    ovf_json_int(json, ground.ceiling_ft);
    ovf_json_end(json);
}

static void put_claim(ovf_json *json, const ovf_world *world, ovf_point p)
{
    ovf_claim claim = {0};
    ovf_json_key(json, "claim");
    if (!ovf_world_claim_at(world, p, &claim)) {
        ovf_json_null(json);
        return;
    }
    ovf_json_object(json);
    put_text(json, "name", claim.name);
    put_text(json, "state",
             claim.state == OVF_INDEX_NONE ? OVF_STR("")
                                           : ovf_world_state(world, claim.state)->iso3);
    put_text(json, "held_by", claim.held_by);
    put_text(json, "claimed_by", claim.claimed_by);
    put_text(json, "note", claim.note);
    put_text(json, "source", claim.source);
    ovf_json_key(json, "accuracy_m");
    ovf_json_fixed(json, claim.accuracy_m, 0);
    ovf_json_end(json);
}

static void put_answer(const world_verb *verb, const ovf_world_index *index,
                       const struct answer *answer, ovf_buf *buf)
{
    const ovf_world *world = verb->world;
    ovf_whose whose = answer->where.whose;
    ovf_airport_near near[NEAR_MAX];
    size_t count = index == NULL
                       ? ovf_world_airports_near(world, answer->p, NEAR_AIRPORT_M, near, NEAR_MAX)
                       : ovf_world_index_airports(index, answer->p, NEAR_AIRPORT_M, near, NEAR_MAX);
    ovf_json json;
    ovf_json_init(&json, buf);
    ovf_json_object(&json);
    ovf_json_key(&json, "place");
    ovf_geojson_position(&json, answer->p);
    put_text(&json, "territory",
             whose.state == OVF_INDEX_NONE ? OVF_STR("")
                                           : ovf_world_state(world, whose.state)->iso3);
    ovf_json_key(&json, "disputed");
    ovf_json_bool(&json, whose.is_disputed);
    ovf_json_key(&json, "high_seas");
    ovf_json_bool(&json, whose.is_high_seas);
    ovf_json_key(&json, "doubtful");
    ovf_json_bool(&json, whose.is_doubtful);
    ovf_json_key(&json, "archipelagic");
    ovf_json_bool(&json, whose.is_archipelagic);
    put_claim(&json, world, answer->p);
    put_surface(&json, ovf_world_surface_at(world, answer->p));
    put_firs(&json, world, &answer->where);
    put_airports(&json, world, near, count);
    ovf_json_end(&json);
}

static int32_t level_of(const world_verb *verb)
{
    return verb->common.level.given ? verb->common.level.level_ft : OVF_LEVEL_ANY;
}

/* ---- a batch ---- */

struct batch {
    const world_verb *verb;
    ovf_world_index *index;
    ovf_point *points;
    ovf_whereabouts *where;
    size_t count;
    ovf_arena arena;
    ovf_buf out;
};

static void put_out(ovf_buf *out)
{
    if (out->len == 0)
        return;
    out->len--; // the last line's end: cli_put_line adds it
    cli_put_line(out);
}

static int answer_block(struct batch *b)
{
    ovf_arena_reset(&b->arena);
    ovf_status status =
        ovf_world_index_at(b->index, b->points, b->count, level_of(b->verb), &b->arena, b->where);
    if (status != OVF_OK) {
        cli_error("no memory for a block of points");
        return cli_status_of(status);
    }
    for (size_t i = 0; i < b->count; i++) {
        struct answer answer = {b->points[i], b->where[i]};
        put_answer(b->verb, b->index, &answer, &b->out);
        ovf_buf_addc(&b->out, '\n');
        if (b->out.len >= OUT_BYTES)
            put_out(&b->out);
    }
    put_out(&b->out);
    b->count = 0;
    return CLI_CLEAR;
}

/* Bad lines are reported, and the rest goes on. */
static int run_lines(struct batch *b, const cli_input *input)
{
    int status = CLI_CLEAR;
    ovf_str rest = cli_unmarked(input->text);
    ovf_str line;
    cli_progress bar;
    cli_progress_start(&bar, "points", input->text.len);
    for (size_t number = 1; ovf_str_line(&rest, &line); number++) {
        ovf_error err = {0};
        if (ovf_str_trim(line).len == 0)
            continue;
        if (ovf_point_parse(line, &b->points[b->count], &err) != OVF_OK) {
            cli_error_in_line(input->name, number, line, err.pos, "%s", err.reason);
            status = CLI_BAD_INPUT;
            continue;
        }
        b->count++;
        if (b->count < BLOCK)
            continue;
        int failed = answer_block(b);
        if (failed != CLI_CLEAR) {
            cli_progress_end(&bar);
            return failed;
        }
        cli_progress_step(&bar, (uint64_t)(line.ptr - input->text.ptr));
    }
    cli_progress_end(&bar);
    int failed = answer_block(b);
    return failed != CLI_CLEAR ? failed : status;
}

static int make_index(const world_verb *verb, ovf_world_index **index)
{
    ovf_error err = {0};
    ovf_status status = ovf_world_index_new(verb->world, index, &err);
    if (status == OVF_OK)
        return CLI_CLEAR;
    cli_error("%s", err.reason);
    return cli_status_of(status);
}

static int at_batch(const world_verb *verb, const char *path)
{
    cli_input input = {0};
    int status = cli_input_read(path, &input);
    if (status != 0)
        return status;
    struct batch b = {.verb = verb};
    ovf_arena_init(&b.arena, 0);
    b.points = malloc(BLOCK * sizeof *b.points);
    b.where = malloc(BLOCK * sizeof *b.where);
    if (b.points == NULL || b.where == NULL) {
        cli_error("no memory for a block of points");
        status = CLI_INTERNAL;
    }
    if (status == CLI_CLEAR)
        status = make_index(verb, &b.index);
    if (status == CLI_CLEAR)
        status = run_lines(&b, &input);
    ovf_world_index_free(b.index);
    ovf_buf_done(&b.out);
    ovf_arena_done(&b.arena);
    free(b.points);
    free(b.where);
    cli_input_done(&input);
    return status;
}

/* ---- one point ---- */

#define FIRS_MAX 64

static size_t firs_at(const world_verb *verb, ovf_point p, uint32_t *firs)
{
    size_t count = ovf_world_firs_at(verb->world, p, firs, FIRS_MAX);
    size_t used = 0;
    count = count < FIRS_MAX ? count : FIRS_MAX;
    for (size_t i = 0; i < count; i++) {
        const ovf_fir *fir = ovf_world_fir(verb->world, firs[i]);
        if (!verb->common.level.given
            || ovf_band_holds(ovf_band_of(fir->lower, fir->upper), verb->common.level.level_ft)
                   != OVF_TRI_NO)
            firs[used++] = firs[i];
    }
    return used;
}

int world_at(world_verb *verb, const cli_list *operands)
{
    if (verb->batch != NULL && operands->count == 1)
        return at_batch(verb, verb->batch);
    if (operands->count != 2 || verb->batch != NULL)
        return cli_usage("world", "at takes LAT,LON or --batch FILE");
    struct answer answer = {0};
    uint32_t firs[FIRS_MAX];
    ovf_error err = {0};
    if (ovf_point_parse(ovf_str_of(operands->items[1]), &answer.p, &err) != OVF_OK)
        return cli_usage("world", "\"%s\": %s", operands->items[1], err.reason);
    answer.where = (ovf_whereabouts){.whose = ovf_world_whose(verb->world, answer.p),
                                     .fir_count = (uint32_t)firs_at(verb, answer.p, firs),
                                     .firs = firs};
    ovf_buf buf = {0};
    put_answer(verb, NULL, &answer, &buf);
    world_put_object(verb, &buf);
    ovf_buf_done(&buf);
    return CLI_CLEAR;
}
