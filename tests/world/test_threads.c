/* SPDX-License-Identifier: Apache-2.0 */
/* One world under many threads: every question of world.h and world_index.h that makes an area,
 * unpacks land or walks tables, asked by four threads at once of a world that was opened a moment
 * ago, so that they meet where areas are made. Each answer is compared with that of another copy of
 * the world which one thread asked alone. Built with ThreadSanitizer it also finds what does not
 * show in the answers. argv[1] is the compiled world. */
#include <overfly/identity.h>
#include <overfly/world_index.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define THREADS 4
#define QUESTIONS 240
#define ROUNDS 2

static const char *world_path;

/* ---- an answer as one number ---- */

struct answer {
    uint64_t hash;
};

static void take(struct answer *a, const void *bytes, size_t count)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < count; i++)
        a->hash = (a->hash ^ p[i]) * 0x100000001b3u; // FNV-1a
}

static void take_number(struct answer *a, uint64_t number)
{
    take(a, &number, sizeof number);
}

static void take_real(struct answer *a, double number)
{
    take(a, &number, sizeof number);
}

static void take_text(struct answer *a, ovf_str text)
{
    take_number(a, text.len);
    take(a, text.ptr, text.len);
}

static void take_whose(struct answer *a, ovf_whose whose)
{
    take_number(a, whose.state);
    take_number(a, (uint64_t)whose.is_high_seas << 3 | (uint64_t)whose.is_disputed << 2
                       | (uint64_t)whose.is_doubtful << 1 | whose.is_archipelagic);
}

/* ---- questions ---- */

struct asker {
    const ovf_world *world;
    const ovf_world_index *index;
    uint64_t seed; /* of the question */
    ovf_arena arena;
    struct answer answer;
};

static double u01(struct asker *a)
{
    uint64_t z = a->seed += 0x9E3779B97F4A7C15u; // SplitMix64
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

static uint32_t below(struct asker *a, size_t count)
{
    return (uint32_t)(u01(a) * (double)count);
}

static ovf_point somewhere(struct asker *a, ovf_box box)
{
    double width_deg = box.east_deg - box.west_deg;
    width_deg += width_deg < 0 ? 360 : 0;
    return (ovf_point){box.south_deg + (box.north_deg - box.south_deg) * u01(a),
                       ovf_lon_wrap(box.west_deg + width_deg * u01(a))};
}

/* Near an airport: where land, sea and borders are. */
static ovf_point near_airport(struct asker *a)
{
    uint32_t airport = below(a, ovf_world_airport_count(a->world));
    ovf_point p = ovf_world_airport(a->world, airport)->place;
    return ovf_destination(p, 360 * u01(a), 100000 * u01(a));
}

static void ask_points(struct asker *a)
{
    for (int i = 0; i < 20; i++) {
        ovf_point p = near_airport(a);
        take_whose(&a->answer, ovf_world_whose(a->world, p));
        ovf_claim claim = {0};
        bool is_claimed = ovf_world_claim_at(a->world, p, &claim);
        take_number(&a->answer, is_claimed);
        take_text(&a->answer, is_claimed ? claim.name : OVF_STR(""));
        ovf_surface ground = ovf_world_surface_at(a->world, p);
        take_number(&a->answer, (uint64_t)ground.floor_ft ^ (uint64_t)ground.ceiling_ft << 32);
    }
}

static void ask_area(struct asker *a, const ovf_area *area)
{
    ovf_box box = ovf_area_bounds(area);
    take_number(&a->answer, (uint64_t)ovf_area_kind_of(area));
    for (int i = 0; i < 10 && !box.is_empty; i++)
        take_number(&a->answer, (uint64_t)ovf_area_contains(area, somewhere(a, box)));
    ovf_surface ground = ovf_world_surface_of(a->world, area);
    take_number(&a->answer, (uint64_t)ground.floor_ft ^ (uint64_t)ground.ceiling_ft << 32);
}

static void ask_land(struct asker *a)
{
    ask_area(a, ovf_world_land(a->world, below(a, ovf_world_state_count(a->world))));
}

static void ask_territory(struct asker *a)
{
    ask_area(a, ovf_world_territory(a->world, below(a, ovf_world_state_count(a->world))));
}

static void ask_firs(struct asker *a)
{
    uint32_t firs[32] = {0};
    size_t count = ovf_world_firs_at(a->world, near_airport(a), firs, OVF_COUNTOF(firs));
    take_number(&a->answer, count);
    for (size_t i = 0; i < count; i++)
        take_text(&a->answer, ovf_world_fir(a->world, firs[i])->code);
}

static void ask_fir(struct asker *a)
{
    const ovf_fir *fir = ovf_world_fir(a->world, below(a, ovf_world_fir_count(a->world)));
    ask_area(a, ovf_world_fir_area(a->world, fir));
}

static void ask_split(struct asker *a)
{
    const ovf_area *area = NULL;
    ovf_piece *pieces = NULL;
    size_t count = 0;
    ovf_point centre = near_airport(a);
    if (ovf_area_circle(&a->arena, centre, 20000 + 100000 * u01(a), &area, NULL) != OVF_OK
        || ovf_world_split(a->world, area, 0, &a->arena, &pieces, &count) != OVF_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        take_whose(&a->answer, pieces[i].whose);
        take_real(&a->answer, pieces[i].share);
    }
}

static void ask_leg(struct asker *a)
{
    ovf_leg leg;
    ovf_point from = near_airport(a);
    ovf_leg_init(&leg, from, ovf_destination(from, 360 * u01(a), 1000000 * u01(a)));
    ovf_whose_stretch *stretches = NULL;
    size_t count = 0;
    if (ovf_world_cut_leg(a->world, &leg, &a->arena, &stretches, &count) != OVF_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        take_whose(&a->answer, stretches[i].whose);
        take_real(&a->answer, stretches[i].until_m);
    }
}

static void ask_path(struct asker *a)
{
    ovf_point from = near_airport(a);
    ovf_point path[2] = {from, ovf_destination(from, 360 * u01(a), 2000000 * u01(a))};
    ovf_fir_stretch *stretches = NULL;
    size_t count = 0;
    if (ovf_world_firs_along(a->world, path, 2, OVF_LEVEL_ANY, &a->arena, &stretches, &count, NULL)
        != OVF_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        take_number(&a->answer, stretches[i].fir);
        take_real(&a->answer, stretches[i].until_m);
    }
}

static void ask_name(struct asker *a, ovf_str name)
{
    ovf_place place = {0};
    ovf_error err = {0};
    ovf_status status = ovf_world_find(a->world, name, &place, &err);
    take_number(&a->answer, (uint64_t)status);
    take_text(&a->answer, status == OVF_OK ? place.name : ovf_str_of(err.reason));
    take_number(&a->answer, status == OVF_OK ? place.index : 0);
}

static void ask_names(struct asker *a)
{
    const ovf_world *w = a->world;
    ask_name(a, ovf_world_fir(w, below(a, ovf_world_fir_count(w)))->name);
    ask_name(a, ovf_world_state(w, below(a, ovf_world_state_count(w)))->name);
    ask_name(a, ovf_world_airport(w, below(a, ovf_world_airport_count(w)))->city);
    const ovf_operator *airline = ovf_world_operator(w, below(a, ovf_world_operator_count(w)));
    take_number(&a->answer, ovf_world_find_operator(w, airline->name));
    uint32_t address = below(a, 1u << 24);
    char mark[OVF_REGISTRATION_SIZE];
    ovf_address_registration(address, mark, sizeof mark);
    take_number(&a->answer, ovf_world_address_state(w, address));
    take_number(&a->answer, ovf_world_registration_state(w, ovf_str_of(mark)));
}

static void ask_fixes(struct asker *a)
{
    if (ovf_world_fix_count(a->world) == 0) // built without them
        return;
    ovf_fix fix = ovf_world_fix(a->world, below(a, ovf_world_fix_count(a->world)));
    double away_m = 0;
    uint32_t nearest = ovf_world_nearest_fix(a->world, fix.ident, near_airport(a), &away_m);
    size_t aids = 0;
    uint32_t aid = ovf_world_navaids_at(a->world, nearest, &aids);
    take_number(&a->answer, nearest);
    take_real(&a->answer, away_m);
    take_number(&a->answer, aids);
    take_text(&a->answer, aids > 0 ? ovf_world_navaid(a->world, aid).name : OVF_STR(""));
    ask_name(a, fix.ident);
}

static void ask_airways(struct asker *a)
{
    if (ovf_world_airway_count(a->world) == 0)
        return;
    uint32_t number = below(a, ovf_world_airway_count(a->world));
    ovf_airway airway = ovf_world_airway(a->world, number);
    uint32_t from = ovf_world_airway_leg(a->world, number, 0).from;
    uint32_t to = ovf_world_airway_leg(a->world, number, below(a, airway.leg_count)).to;
    uint32_t *points = NULL;
    size_t count = 0;
    take_text(&a->answer, airway.name);
    take_number(&a->answer, ovf_world_legs_at(a->world, from, NULL, 0));
    if (ovf_world_airway_path(a->world, airway.name, from, to, &a->arena, &points, &count, NULL)
        == OVF_OK)
        take(&a->answer, points, count * sizeof *points);
}

static void ask_index(struct asker *a)
{
    ovf_point points[64];
    ovf_whereabouts where[64];
    for (size_t i = 0; i < OVF_COUNTOF(points); i++)
        points[i] = near_airport(a);
    int32_t level_ft = u01(a) < 0.5 ? OVF_LEVEL_ANY : (int32_t)(50000 * u01(a));
    if (ovf_world_index_at(a->index, points, OVF_COUNTOF(points), level_ft, &a->arena, where)
        != OVF_OK)
        return;
    for (size_t i = 0; i < OVF_COUNTOF(points); i++) {
        take_whose(&a->answer, where[i].whose);
        take(&a->answer, where[i].firs, where[i].fir_count * sizeof *where[i].firs);
    }
    ovf_airport_near near[4];
    size_t count = ovf_world_index_airports(a->index, points[0], 300000, near, OVF_COUNTOF(near));
    for (size_t i = 0; i < count; i++)
        take_number(&a->answer, near[i].airport);
}

static void (*const kinds[])(struct asker *) = {
    ask_land, ask_territory, ask_leg,   ask_split, ask_points,  ask_firs,
    ask_path, ask_names,     ask_fixes, ask_index, ask_airways, ask_fir,
};

static uint64_t ask(const ovf_world *world, const ovf_world_index *index, uint32_t question)
{
    struct asker a = {.world = world,
                      .index = index,
                      .seed = 1000003u * (question + 1u),
                      .answer = {0xcbf29ce484222325u}};
    ovf_arena_init(&a.arena, 0);
    kinds[question % OVF_COUNTOF(kinds)](&a);
    ovf_arena_done(&a.arena);
    return a.answer.hash;
}

/* ---- threads ---- */

struct worker {
    pthread_barrier_t *start;
    const ovf_world *world;
    const ovf_world_index *index;
    uint32_t first, step; /* the order of its questions */
    uint64_t *answers;    /* by question */
    const ovf_area **areas;
};

static void *work(void *argument)
{
    struct worker *w = argument;
    size_t states = ovf_world_state_count(w->world);
    pthread_barrier_wait(w->start);
    for (uint32_t i = 0; i < QUESTIONS; i++) {
        uint32_t question = (w->first + i * w->step) % QUESTIONS;
        w->answers[question] = ask(w->world, w->index, question);
    }
    for (uint32_t i = 0; i < states; i++) {
        w->areas[2 * i] = ovf_world_land(w->world, i);
        w->areas[2 * i + 1] = ovf_world_territory(w->world, i);
    }
    return NULL;
}

static ovf_world *open_world(void)
{
    ovf_error err = {0};
    ovf_world *world = NULL;
    assert_int_equal(ovf_world_open(world_path, &world, &err), OVF_OK);
    return world;
}

/* In even rounds all go the same way, so that they meet at every area that is made; in odd ones
 * each has a way of its own. */
static void run_round(int round, const ovf_world_index *index, const uint64_t *expected)
{
    static const uint32_t steps[THREADS] = {1, 7, 11, 239}; // no factor in common with QUESTIONS
    ovf_world *world = open_world();
    size_t areas = 2 * ovf_world_state_count(world);
    pthread_barrier_t start;
    pthread_t threads[THREADS];
    struct worker workers[THREADS];
    assert_int_equal(pthread_barrier_init(&start, NULL, THREADS), 0);
    for (uint32_t t = 0; t < THREADS; t++) {
        workers[t] = (struct worker){.start = &start,
                                     .world = world,
                                     .index = index,
                                     .first = (uint32_t)round * 97 + (round % 2 == 0 ? 0 : t * 50),
                                     .step = round % 2 == 0 ? 1 : steps[t],
                                     .answers = calloc(QUESTIONS, sizeof(uint64_t)),
                                     .areas = calloc(areas + 1, sizeof(ovf_area *))};
        assert_true(workers[t].answers != NULL && workers[t].areas != NULL);
    }
    for (uint32_t t = 0; t < THREADS; t++)
        assert_int_equal(pthread_create(&threads[t], NULL, work, &workers[t]), 0);
    for (uint32_t t = 0; t < THREADS; t++)
        assert_int_equal(pthread_join(threads[t], NULL), 0);
    for (uint32_t t = 0; t < THREADS; t++) {
        for (uint32_t q = 0; q < QUESTIONS; q++)
            assert_true(workers[t].answers[q] == expected[q]);
        // Each area is made once, whoever asked first.
        assert_memory_equal(workers[t].areas, workers[0].areas, areas * sizeof *workers[t].areas);
    }
    for (uint32_t t = 0; t < THREADS; t++) {
        free(workers[t].answers);
        free(workers[t].areas);
    }
    pthread_barrier_destroy(&start);
    ovf_world_free(world);
}

static void as_one_thread(void **state)
{
    OVF_UNUSED(state);
    static uint64_t expected[QUESTIONS];
    ovf_error err = {0};
    ovf_world_index *index = NULL; // one for all rounds: it takes longer to make than they do
    ovf_world *world = open_world();
    assert_int_equal(ovf_world_index_new(world, &index, &err), OVF_OK);
    for (uint32_t q = 0; q < QUESTIONS; q++)
        expected[q] = ask(world, index, q);
    for (int round = 0; round < ROUNDS; round++)
        run_round(round, index, expected);
    ovf_world_index_free(index);
    ovf_world_free(world);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 1;
    world_path = argv[1];
    const struct CMUnitTest tests[] = {
        {"four threads answer as one", as_one_thread, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
