/* SPDX-License-Identifier: Apache-2.0 */
/* overfly world check: every point of the globe in exactly one FIR at every level, every FIR in
 * some State's charge, every ring simple, every area of a sane size. */
#include "members.h"
#include "world.h"

#include <string.h>

#define LIMIT_DEFAULT_PERCENT 0.05 /* of the globe, in gaps and overlaps that nobody declares */
#define LISTED_MIN_M2 1e6          /* smaller ones are counted, not listed */
#define GLOBE_M2 5.1007e14         /* the WGS84 ellipsoid's surface */

struct checker {
    world_verb *verb;
    ovf_buf buf;
    size_t findings;
};

static void found(struct checker *checker, const char *kind, ovf_str code, const char *what,
                  double value)
{
    checker->findings++;
    if (checker->verb->common.json) {
        ovf_json json;
        ovf_json_init(&json, &checker->buf);
        ovf_json_object(&json);
        ovf_json_key(&json, "kind");
        ovf_json_cstr(&json, kind);
        put_text(&json, "code", code);
        ovf_json_key(&json, "finding");
        ovf_json_cstr(&json, what);
        ovf_json_key(&json, "value");
        ovf_json_fixed(&json, value, 3);
        ovf_json_end(&json);
    } else {
        ovf_buf_printf(&checker->buf, "%s " OVF_FMT ": %s (%.3f)", kind, OVF_ARG(code), what,
                       value);
    }
    cli_put_line(&checker->buf);
}

/* The outline must be there, its rings simple, its surface between an islet's and the globe's. */
static void check_area(struct checker *checker, const char *kind, ovf_str code,
                       const ovf_area *area)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_outline outline = {0};
    ovf_error err = {0};
    if (ovf_area_outline(area, 1000.0, &arena, &outline, &err) != OVF_OK) {
        found(checker, kind, code, err.reason, 0.0);
        ovf_arena_done(&arena);
        return;
    }
    double area_m2 = ovf_outline_area_m2(&outline);
    if (!(area_m2 > 1e4) || area_m2 > GLOBE_M2 / 2.0)
        found(checker, kind, code, "surface out of range, km2", area_m2 / 1e6);
    for (uint32_t r = 0; r < outline.count; r++) {
        uint32_t count = outline.rings[r].count - 1; /* the first point is repeated */
        ovf_fixed *vertices = ovf_arena_array(&arena, ovf_fixed, count + 1);
        size_t at = 0;
        for (uint32_t i = 0; vertices != NULL && i < count; i++)
            vertices[i] = ovf_point_fix(outline.rings[r].points[i]);
        ovf_ring ring = {.vertices = vertices, .count = count};
        if (vertices != NULL && count >= 3 && !ovf_ring_is_simple(&ring, &at))
            found(checker, kind, code, "an edge crosses another, latitude",
                  outline.rings[r].points[at].lat_deg);
    }
    ovf_arena_done(&arena);
}

static void check_fir(struct checker *checker, const ovf_fir *fir)
{
    if (fir->state == OVF_INDEX_NONE)
        found(checker, "fir", fir->code, "no State in charge", 0.0);
    if (fir->code.len != 4)
        found(checker, "fir", fir->code, "code is not of four letters", (double)fir->code.len);
    check_area(checker, "fir", fir->code, ovf_world_fir_area(checker->verb->world, fir));
}

/* ---- the partition ---- */

static void put_band(ovf_json *json, const char *key, ovf_level level)
{
    char text[32];
    ovf_level_format(level, text, sizeof text);
    put_cstr(json, key, text);
}

static const char *kind_of(const ovf_partition_finding *finding)
{
    if (finding->kind == OVF_PARTITION_GAP)
        return "gap";
    return finding->is_declared ? "declared overlap" : "overlap";
}

static void put_defect(struct checker *checker, const ovf_partition_finding *finding,
                       double globe_m2)
{
    double share_percent = finding->area_m2 / globe_m2 * 100.0;
    if (checker->verb->common.json) {
        ovf_json json;
        ovf_json_init(&json, &checker->buf);
        ovf_json_object(&json);
        put_cstr(&json, "kind", finding->kind == OVF_PARTITION_GAP ? "gap" : "overlap");
        ovf_json_key(&json, "firs");
        ovf_json_array(&json);
        ovf_str rest = finding->codes;
        ovf_str code;
        while (rest.len > 0 && ovf_str_field(&rest, ' ', &code))
            ovf_json_str(&json, code);
        ovf_json_end(&json);
        put_bool(&json, "declared", finding->is_declared);
        put_band(&json, "lower", finding->lower);
        put_band(&json, "upper", finding->upper);
        ovf_json_key(&json, "area_km2");
        ovf_json_fixed(&json, finding->area_m2 / 1e6, 3);
        ovf_json_key(&json, "share_percent");
        ovf_json_fixed(&json, share_percent, 6);
        ovf_json_key(&json, "pieces");
        ovf_json_int(&json, finding->pieces);
        ovf_json_key(&json, "place");
        ovf_geojson_position(&json, finding->place);
        ovf_json_end(&json);
    } else {
        char lower[32], upper[32];
        ovf_level_format(finding->lower, lower, sizeof lower);
        ovf_level_format(finding->upper, upper, sizeof upper);
        ovf_buf_printf(
            &checker->buf, "%s " OVF_FMT ": %.0f km2, %.5f %%, %u piece%s, %s to %s, at %.4f,%.4f",
            kind_of(finding),
            OVF_ARG(finding->codes.len > 0 ? finding->codes : OVF_STR("(no FIR near)")),
            finding->area_m2 / 1e6, share_percent, finding->pieces, finding->pieces == 1 ? "" : "s",
            lower, upper, finding->place.lat_deg, finding->place.lon_deg);
    }
    cli_put_line(&checker->buf);
}

static void put_sums(struct checker *checker, const ovf_partition *partition)
{
    const struct {
        const char *key;
        double area_m2;
    } sums[] = {
        {"gap_percent", partition->gap_m2},
        {"overlap_percent", partition->overlap_m2},
        {"declared_percent", partition->declared_m2},
        {"worst_percent", partition->worst_m2},
    };
    if (!checker->verb->common.json) {
        printf("at the worst level: gaps %.5f %%, overlaps %.5f %%, together %.5f %% of the globe; "
               "declared overlaps %.5f %%\n"
               "%zu bands of levels, %zu edges, %zu of them without one neighbour\n",
               sums[0].area_m2 / partition->globe_m2 * 100.0,
               sums[1].area_m2 / partition->globe_m2 * 100.0,
               sums[3].area_m2 / partition->globe_m2 * 100.0,
               sums[2].area_m2 / partition->globe_m2 * 100.0, partition->bands, partition->edges,
               partition->unmatched_edges);
        return;
    }
    ovf_json json;
    ovf_json_init(&json, &checker->buf);
    ovf_json_object(&json);
    put_cstr(&json, "kind", "partition");
    for (size_t i = 0; i < OVF_COUNTOF(sums); i++) {
        ovf_json_key(&json, sums[i].key);
        ovf_json_fixed(&json, sums[i].area_m2 / partition->globe_m2 * 100.0, 6);
    }
    ovf_json_key(&json, "bands");
    ovf_json_int(&json, (int64_t)partition->bands);
    ovf_json_key(&json, "edges");
    ovf_json_int(&json, (int64_t)partition->edges);
    ovf_json_key(&json, "unmatched_edges");
    ovf_json_int(&json, (int64_t)partition->unmatched_edges);
    ovf_json_end(&json);
    cli_put_line(&checker->buf);
}

/* false, after a message: it could not be found out. */
static bool check_partition(struct checker *checker, double limit_percent, bool *is_beyond)
{
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)4 << 30);
    ovf_partition partition = {0};
    ovf_error err = {0};
    bool is_known =
        ovf_world_partition(checker->verb->world, LISTED_MIN_M2, &arena, &partition, &err)
        == OVF_OK;
    if (!is_known)
        cli_error("%s", err.reason);
    for (size_t i = 0; i < partition.count; i++)
        put_defect(checker, &partition.findings[i], partition.globe_m2);
    if (is_known) {
        put_sums(checker, &partition);
        *is_beyond = partition.worst_m2 / partition.globe_m2 * 100.0 > limit_percent;
    }
    ovf_arena_done(&arena);
    return is_known;
}

int world_check(world_verb *verb, const cli_list *operands)
{
    double limit_percent = LIMIT_DEFAULT_PERCENT;
    if (operands->count != 1)
        return cli_usage("world", "check takes no operand");
    if (verb->limit != NULL
        && (ovf_str_to_double(ovf_str_of(verb->limit), &limit_percent, NULL) != OVF_OK
            || !(limit_percent >= 0.0 && limit_percent <= 100.0)))
        return cli_usage("world", "--limit \"%s\": expected per cent of the globe", verb->limit);
    struct checker checker = {.verb = verb};
    size_t states = ovf_world_state_count(verb->world);
    size_t firs = ovf_world_fir_count(verb->world);
    cli_progress bar;
    cli_progress_start(&bar, "check", states + firs);
    for (uint32_t i = 0; i < states; i++) {
        const ovf_state *state = ovf_world_state(verb->world, i);
        if (ovf_area_kind_of(ovf_world_land(verb->world, i)) == OVF_AREA_EMPTY)
            found(&checker, "state", state->iso3, "no outline", 0.0);
        else
            check_area(&checker, "state", state->iso3, ovf_world_territory(verb->world, i));
        cli_progress_step(&bar, i + 1);
    }
    for (uint32_t i = 0; i < firs; i++) {
        check_fir(&checker, ovf_world_fir(verb->world, i));
        cli_progress_step(&bar, states + i + 1);
    }
    cli_progress_end(&bar);
    bool is_beyond = false;
    bool is_known = check_partition(&checker, limit_percent, &is_beyond);
    ovf_buf_done(&checker.buf);
    if (!verb->common.json)
        printf("%zu States, %zu FIRs, %zu findings\n", states, firs, checker.findings);
    if (!is_known)
        return CLI_INTERNAL;
    return checker.findings > 0 || is_beyond ? CLI_FOUND : CLI_CLEAR;
}
