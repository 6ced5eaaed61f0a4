/* SPDX-License-Identifier: Apache-2.0 */
/* Operators against the world's flights and two lists, when they lie beside this tree: the routes of
 * the Virtual Radar Server standing data (CC0 1.0, August 2026), airlines of OpenFlights (ODbL) and
 * of Wikipedia (CC BY-SA). The lists are compared with, never copied: both are older than the
 * routes and name for many a designator who bore it before. argv: world, folder. */
#include <overfly/world.h>

#include "csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *folder;
static ovf_world *world;

static uint32_t flights_of[26 * 26 * 26];

static size_t slot_of(const char *code)
{
    for (size_t i = 0; i < 3; i++)
        if (code[i] < 'A' || code[i] > 'Z')
            return SIZE_MAX;
    return code[3] != '\0' ? SIZE_MAX
                           : (size_t)(code[0] - 'A') * 676 + (size_t)(code[1] - 'A') * 26
                                 + (size_t)(code[2] - 'A');
}

/* ---- flights ---- */

static void flights_have_operators(void **state)
{
    (void)state;
    csv c = {0};
    if (!csv_open(&c, folder, "standing_routes.csv.gz"))
        skip();
    csv_next(&c);
    uint64_t flights = 0, known = 0;
    size_t designators = 0, known_designators = 0;
    while (csv_next(&c)) {
        size_t slot = slot_of(c.field[1]);
        uint32_t index = ovf_world_find_operator(world, ovf_str_of(c.field[1]));
        bool is_known = slot != SIZE_MAX && index != OVF_INDEX_NONE
                        && ovf_world_operator(world, index)->state != OVF_INDEX_NONE;
        flights++;
        known += is_known;
        if (slot != SIZE_MAX && flights_of[slot]++ == 0) {
            designators++;
            known_designators += is_known;
        }
    }
    csv_close(&c);
    print_message("%llu of %llu flights have an operator with its State: %.2f %%; "
                  "%zu of %zu designators\n",
                  (unsigned long long)known, (unsigned long long)flights,
                  100.0 * (double)known / (double)flights, known_designators, designators);
    assert_true(flights > 600000);
    assert_true((double)known >= 0.99 * (double)flights);
}

/* ---- the lists ---- */

/* The names share a word of four letters or more that is not on every second tail. */
static bool is_one_name(const char *a, ovf_str b)
{
    static const char *const common[] = {
        "AIRLINES", "AIRLINE",  "AIRWAYS", "AVIATION", "CARGO",  "EXPRESS", "INTERNATIONAL",
        "LINES",    "SERVICES", "JETS",    "AERO",     "LINEAS", "AEREAS",  "TRANSPORT",
        "FLIGHT",   "SERVICE",  "CHARTER", "SUNS",     "EUROPE", "REGIONAL"};
    char word[64];
    size_t len = 0;
    for (const char *p = a;; p++) {
        char u = (char)(*p >= 'a' && *p <= 'z' ? *p - 32 : *p);
        if (u >= 'A' && u <= 'Z' && len + 1 < sizeof word) {
            word[len++] = u;
            continue;
        }
        word[len] = '\0';
        bool is_common = len < 4;
        for (size_t i = 0; i < OVF_COUNTOF(common); i++)
            is_common = is_common || strcmp(word, common[i]) == 0;
        for (size_t at = 0; !is_common && at + len <= b.len; at++)
            if (ovf_str_eq_nocase(ovf_str_sub(b, at, at + len), ovf_str_of(word)))
                return true;
        len = 0;
        if (*p == '\0')
            return false;
    }
}

/* Operators that a list has under our name, with another State, and why ours stands. */
static const struct explained {
    const char *icao;
    const char *why;
} explained[] = {
    {"ATG", "another operator: Aerotranscargo is Moldovan, Aerotrans was Kazakh"},
    {"BCS", "DHL's carrier moved its certificate from Brussels to Leipzig"},
    {"CHG", "another operator: Challenge Airlines BE is Belgian, Challenge Aero Ukrainian"},
    {"EWE", "moved its certificate from Austria to Malta in 2022"},
    {"GFA", "Bahrain alone owns Gulf Air since 2007; the certificate was always Bahraini"},
    {"IBK", "Norwegian's Irish carrier, certificate of the Irish authority"},
    {"JAA", "another operator: Jet Asia Airways is Thai, Japan Asia Airways was Japanese"},
    {"LDA", "another operator: Lauda Europe is Maltese, Lauda Air was Austrian"},
    {"LYX", "another operator: SmartLynx Malta, not Lynx Aviation of Pakistan"},
    {"PAV", "another operator: ProAir Aviation is German, VIP Avia was Kazakh"},
    {"RYL", "another operator: Royal Air Philippines, not Royal Aruban"},
    {"STW", "another operator: Southwind Airlines of Turkey, not South West Air Corporation"},
    {"TCV", "the carrier of Cape Verde, a State of its own since 1975"},
    {"VJT", "certificate of VistaJet Limited, Malta"},
};

static bool is_explained(ovf_str icao)
{
    for (size_t i = 0; i < OVF_COUNTOF(explained); i++)
        if (ovf_str_eq(icao, ovf_str_of(explained[i].icao)))
            return true;
    return false;
}

static struct list {
    const char *name;
    const char *file;
    size_t icao, title, country; /* fields */
} lists[] = {
    {"OpenFlights", "openflights_airlines.dat.gz", 4, 1, 6},
    {"Wikipedia", "wikipedia_airlines_icao_country.csv.gz", 1, 2, 4},
};

/* What a list says of one of our operators; the best of its rows. */
enum verdict { NOT_LISTED, NOT_READ, OTHER_BEARER, OTHER_STATE, AGREES };

static void list_agrees(void **state)
{
    const struct list *list = *state;
    csv c = {0};
    if (!csv_open(&c, folder, list->file))
        skip();
    size_t total = ovf_world_operator_count(world);
    unsigned char *verdicts = calloc(total, 1);
    assert_non_null(verdicts);
    while (csv_next(&c)) {
        if (slot_of(c.field[list->icao]) == SIZE_MAX)
            continue;
        uint32_t index = ovf_world_find_operator(world, ovf_str_of(c.field[list->icao]));
        if (index == OVF_INDEX_NONE)
            continue;
        const ovf_operator *op = ovf_world_operator(world, index);
        if (!ovf_str_eq(op->icao, ovf_str_of(c.field[list->icao])))
            continue;
        uint32_t theirs = ovf_world_find_state(world, ovf_str_of(c.field[list->country]));
        enum verdict verdict = NOT_READ;
        if (theirs != OVF_INDEX_NONE && op->state != OVF_INDEX_NONE)
            verdict = ovf_world_sovereign(world, theirs) == ovf_world_sovereign(world, op->state)
                          ? AGREES
                      : is_one_name(c.field[list->title], op->name) ? OTHER_STATE
                                                                    : OTHER_BEARER;
        if (verdict == OTHER_STATE)
            print_message("%.3s " OVF_FMT ": %s has " OVF_FMT "%s\n", op->icao.ptr,
                          OVF_ARG(op->name), c.field[list->title],
                          OVF_ARG(ovf_world_state(world, theirs)->iso3),
                          is_explained(op->icao) ? "" : ": not explained");
        if (verdict > verdicts[index])
            verdicts[index] = (unsigned char)verdict;
    }
    csv_close(&c);
    size_t counts[AGREES + 1] = {0};
    uint64_t flights[AGREES + 1] = {0};
    size_t unexplained = 0;
    for (uint32_t i = 0; i < total; i++) {
        const ovf_operator *op = ovf_world_operator(world, i);
        char code[4] = {op->icao.ptr[0], op->icao.ptr[1], op->icao.ptr[2], '\0'};
        counts[verdicts[i]]++;
        flights[verdicts[i]] += flights_of[slot_of(code)];
        unexplained += verdicts[i] == OTHER_STATE && !is_explained(op->icao);
    }
    free(verdicts);
    print_message("%s: State agrees for %zu operators (%llu flights); another bearer %zu (%llu); "
                  "another State %zu (%llu); country not read %zu; not listed %zu (%llu)\n",
                  list->name, counts[AGREES], (unsigned long long)flights[AGREES],
                  counts[OTHER_BEARER], (unsigned long long)flights[OTHER_BEARER],
                  counts[OTHER_STATE], (unsigned long long)flights[OTHER_STATE], counts[NOT_READ],
                  counts[NOT_LISTED], (unsigned long long)flights[NOT_LISTED]);
    assert_int_equal(unexplained, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flights_have_operators),
        {"State by OpenFlights", list_agrees, NULL, NULL, &lists[0]},
        {"State by Wikipedia", list_agrees, NULL, NULL, &lists[1]},
    };
    ovf_error err = {0};
    if (argc < 3 || ovf_world_open(argv[1], &world, &err) != OVF_OK)
        return 1;
    folder = argv[2];
    int failed = cmocka_run_group_tests_name("operators_reference", tests, NULL, NULL);
    ovf_world_free(world);
    return failed;
}
