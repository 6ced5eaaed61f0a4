/* SPDX-License-Identifier: Apache-2.0 */
/* Whose air, by hand: straits, islands, deltas, archipelagos, lakes, enclaves, breadths of sea other
 * than 12 NM, and lands that States contest, against the compiled world (argv[1]).
 *
 * Expected values: the instrument that each row names, or where it names none the position that
 * sailing directions and gazetteers give; distances off a coast along its open side. */
#include <overfly/world.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static ovf_world *world;

enum flags { PLAIN = 0, DISPUTED = 1, ARCHIPELAGIC = 2 };

static struct row {
    const char *name;
    double lat_deg, lon_deg;
    const char *iso3; /* "-": high seas; "?": nobody's, or several States' */
    int flags;
} rows[] = {
    /* straits */
    {"Gibraltar strait, Spanish half", 35.98, -5.75, "ESP", PLAIN},
    {"Gibraltar strait, Moroccan half", 35.88, -5.75, "MAR", PLAIN},
    {"Bab el Mandeb, large strait, off Djibouti", 12.52, 43.32, "DJI", PLAIN},
    {"Malacca off Port Klang (MYS)", 2.90, 101.20, "MYS", PLAIN},
    {"Kerch strait's south mouth, Russian side (Taman)", 45.05, 36.75, "RUS", PLAIN},
    {"Tiran, off Sharm (EGY)", 27.83, 34.33, "EGY", PLAIN},
    {"Bosporus (TUR)", 41.15, 29.06, "TUR", PLAIN},
    {"Bonifacio, French half", 41.345, 9.21, "FRA", PLAIN},
    {"Soya strait's middle: Japan claims 3 NM, Act 30/1977", 45.62, 142.05, "-", PLAIN},
    {"Tsugaru strait's middle: Japan claims 3 NM, Act 30/1977", 41.36, 140.25, "-", PLAIN},
    {"Tsushima, east channel's middle: 3 NM, Act 30/1977", 34.12, 129.72, "-", PLAIN},
    {"Gulf of Finland's corridor: Finland's Act 981/1995", 59.87, 25.15, "-", PLAIN},
    {"Yucatan channel's middle is 100 NM wide", 21.8, -85.8, "-", PLAIN},
    /* islands that Natural Earth lacks */
    {"Okinotorishima, 6 NM off", 20.525, 136.085, "JPN", PLAIN},
    {"Pedra Branca is Singapore's (ICJ 2008)", 1.3305, 104.406, "SGP", PLAIN},
    {"Aves, 5 NM west", 15.67, -63.70, "VEN", PLAIN},
    {"Rocas, 8 NM north", -3.73, -33.81, "BRA", PLAIN},
    {"North Rona, 8 NM north", 59.255, -5.825, "GBR", PLAIN},
    {"Farsi, 4 NM east", 27.99, 50.25, "IRN", PLAIN},
    {"Bounty Islands, 8 NM south", -47.89, 179.04, "NZL", PLAIN},
    {"Palagruza, 6 NM north", 42.49, 16.26, "HRV", PLAIN},
    /* deltas and estuaries */
    {"Danube delta, Sulina", 45.16, 29.55, "ROU", PLAIN},
    {"Danube delta, Vilkove", 45.42, 29.65, "UKR", PLAIN},
    {"Ganges delta, Bangladesh", 22.2, 90.2, "BGD", PLAIN},
    {"Orinoco delta", 9.0, -61.3, "VEN", PLAIN},
    {"Rio de la Plata, middle: treaty of 1973", -35.15, -56.6, "?", DISPUTED},
    /* archipelagos: UNCLOS part IV */
    {"Java Sea", -5.0, 112.0, "IDN", ARCHIPELAGIC},
    {"Banda Sea", -5.5, 128.0, "IDN", ARCHIPELAGIC},
    {"Sibuyan Sea", 12.7, 122.5, "PHL", ARCHIPELAGIC},
    {"Sulu Sea's middle", 8.5, 120.5, "PHL", ARCHIPELAGIC},
    {"Bismarck Sea", -4.3, 149.0, "PNG", ARCHIPELAGIC},
    {"Koro Sea", -18.0, 179.6, "FJI", ARCHIPELAGIC},
    {"Great Bahama Bank", 23.5, -77.2, "BHS", ARCHIPELAGIC},
    {"between Male and Addu", 2.0, 73.3, "MDV", ARCHIPELAGIC},
    {"between Sal and Boa Vista", 16.4, -22.9, "CPV", ARCHIPELAGIC},
    {"Pacific south of Java, 30 NM off", -8.75, 110.3, "-", PLAIN},
    {"Timor Sea off Oecusse is not Indonesia's", -9.2, 124.36, "TLS", PLAIN},
    {"Singapore", 1.36, 103.82, "SGP", PLAIN},
    {"Kuching is Malaysia's, beside Indonesian waters", 1.55, 110.35, "MYS", PLAIN},
    /* lakes and inland seas */
    {"Lake Superior, US half", 47.3, -87.5, "USA", PLAIN},
    {"Lake Superior, Canadian half", 48.1, -87.3, "CAN", PLAIN},
    {"Lake Victoria, Tanzanian part", -2.0, 33.0, "TZA", PLAIN},
    {"Lake Victoria, Ugandan part", -0.3, 32.8, "UGA", PLAIN},
    {"Ladoga", 60.8, 31.5, "RUS", PLAIN},
    {"Titicaca, Peruvian part", -15.6, -69.75, "PER", PLAIN},
    {"Caspian 10 NM off Baku: Convention of 2018, 15 NM", 40.25, 50.6, "AZE", PLAIN},
    {"Caspian 13 NM off Aktau: 15 NM, not 12", 43.62, 50.85, "KAZ", PLAIN},
    {"Caspian's middle: Convention of 2018, not in force", 39.5, 51.2, "?", DISPUTED},
    {"Sea of Marmara is internal", 40.75, 28.2, "TUR", PLAIN},
    {"White Sea is internal", 65.5, 38.0, "RUS", PLAIN},
    {"Sea of Azov's middle", 46.1, 36.6, "?", DISPUTED},
    {"Hudson Bay: Canada's claim, not recognised by all", 60.0, -86.0, "CAN", DISPUTED},
    {"Gulf of Sidra: Libya's claim of 1973, not recognised", 31.5, 18.3, "LBY", DISPUTED},
    {"Gulf of Fonseca: ICJ 1992", 13.16, -87.67, "?", DISPUTED},
    /* breadths other than 12 NM */
    {"Aegean, 4 NM off Psara's west", 38.57, 25.45, "GRC", PLAIN},
    {"Aegean, 8 NM off: claimed air alone", 38.57, 25.36, "GRC", DISPUTED},
    {"Aegean, 12 NM off", 38.57, 25.27, "-", PLAIN},
    {"Ionian, 10 NM off Cephalonia: Law 4767/2021", 38.2, 20.15, "GRC", PLAIN},
    {"Greenland, 6 NM off Cape Desolation: 3 NM", 60.65, -48.35, "-", PLAIN},
    /* enclaves */
    {"Lesotho", -29.6, 28.3, "LSO", PLAIN},
    {"Llivia's neighbour Andorra", 42.55, 1.57, "AND", PLAIN},
    {"Oecusse", -9.3, 124.35, "TLS", PLAIN},
    {"Musandam", 26.1, 56.28, "OMN", PLAIN},
    {"Nakhichevan", 39.3, 45.45, "AZE", PLAIN},
    {"Ceuta", 35.89, -5.31, "ESP", DISPUTED},
    /* contested */
    {"Srinagar: Security Council resolution 47", 34.08, 74.80, "IND", DISPUTED},
    {"Muzaffarabad", 34.36, 73.50, "PAK", DISPUTED},
    {"Gilgit", 35.92, 74.31, "PAK", DISPUTED},
    {"Leh", 34.16, 77.58, "IND", DISPUTED},
    {"Aksai Chin", 35.2, 79.2, "CHN", DISPUTED},
    {"Chandigarh is not in Kashmir", 30.73, 76.78, "IND", PLAIN},
    {"Islamabad is not in Kashmir", 33.69, 73.05, "PAK", PLAIN},
    {"Tawang", 27.586, 91.865, "IND", DISPUTED},
    {"Guwahati is not claimed by China", 26.14, 91.74, "IND", PLAIN},
    {"Katzrin on the Golan: Security Council resolution 497", 32.99, 35.69, "SYR", DISPUTED},
    {"Safed", 32.965, 35.50, "ISR", PLAIN},
    {"Ramallah", 31.90, 35.20, "PSE", DISPUTED},
    {"Gaza", 31.45, 34.40, "PSE", DISPUTED},
    {"Bartica, east of nothing but west of the river", 6.2, -59.2, "GUY", DISPUTED},
    {"Georgetown, east of the Essequibo", 6.80, -58.15, "GUY", PLAIN},
    {"Hala'ib", 22.22, 36.6, "EGY", DISPUTED},
    {"Aswan", 24.09, 32.90, "EGY", PLAIN},
    {"Bir Tawil: claimed by nobody", 21.87, 33.7, "?", PLAIN},
    {"Abyei: PCA 2009", 9.6, 28.43, "?", DISPUTED},
    {"Sukhumi: GA resolution 62/249", 43.0, 41.02, "GEO", DISPUTED},
    {"Zugdidi", 42.50, 41.95, "GEO", PLAIN},
    {"Tskhinvali", 42.225, 43.97, "GEO", DISPUTED},
    {"Tiraspol", 46.84, 29.63, "MDA", DISPUTED},
    {"Chisinau", 47.01, 28.86, "MDA", PLAIN},
    {"Donetsk: GA resolution ES-11/4", 48.0, 37.8, "UKR", DISPUTED},
    {"Kharkiv", 49.99, 36.25, "UKR", PLAIN},
    {"Odesa", 46.5, 30.6, "UKR", PLAIN},
    {"Melitopol", 46.85, 35.37, "UKR", DISPUTED},
    {"Uotsuri", 25.745, 123.475, "JPN", DISPUTED},
    {"Liancourt Rocks", 37.24, 131.87, "KOR", DISPUTED},
    {"Tiran: Saudi Arabia's by the agreement of 2016", 27.95, 34.57, "SAU", PLAIN},
    {"Hawar: Bahrain's (ICJ 2001)", 25.65, 50.755, "BHR", PLAIN},
    {"Bohai is internal", 38.9, 119.8, "CHN", PLAIN},
    {"Gulf of Taranto: Italy's claim, not recognised by all", 39.75, 17.6, "ITA", DISPUTED},
    {"Abu Musa", 25.87, 55.03, "IRN", DISPUTED},
    {"Greater Tunb", 26.26, 55.305, "IRN", DISPUTED},
    {"Punta Gorda, Belize", 16.2, -88.85, "BLZ", DISPUTED},
    {"Orange Walk", 18.08, -88.56, "BLZ", PLAIN},
    {"Navassa", 18.40, -75.01, "UMI", DISPUTED},
    {"Tromelin", -15.89, 54.52, "ATF", DISPUTED},
    {"Pratas", 20.70, 116.72, "TWN", DISPUTED},
    {"Olivenza", 38.68, -7.10, "ESP", DISPUTED},
};

static void is_whose(void **state)
{
    const struct row *row = *state;
    ovf_point p = {row->lat_deg, row->lon_deg};
    ovf_whose whose = ovf_world_whose(world, p);
    ovf_str iso3 = whose.is_high_seas ? OVF_STR("-") : OVF_STR("?");
    if (whose.state != OVF_INDEX_NONE)
        iso3 = ovf_world_state(world, whose.state)->iso3;
    char code[8];
    snprintf(code, sizeof code, OVF_FMT, OVF_ARG(iso3));
    assert_string_equal(code, row->iso3);
    assert_int_equal(whose.is_disputed, (row->flags & DISPUTED) != 0);
    assert_int_equal(whose.is_archipelagic, (row->flags & ARCHIPELAGIC) != 0);
    ovf_claim claim = {0};
    assert_int_equal(ovf_world_claim_at(world, p, &claim), whose.is_disputed);
    if (whose.is_disputed) {
        assert_true(claim.name.len > 0);
        assert_int_equal(claim.state, whose.state);
        assert_true(claim.accuracy_m > 0.0);
    }
}

/* Near a limit that is known to some kilometres only, neither side is given for certain. */
static void fringes_are_doubtful(void **state)
{
    OVF_UNUSED(state);
    static const ovf_point beside[] = {
        {6.5, -58.50},  /* 8 km east of the Essequibo, taken as the limit to 15 km */
        {42.55, 41.96}, /* east of the Inguri, 5 km */
        {35.55, 80.40}, /* east of Aksai Chin's corner, 15 km */
        {10.25, 28.4},  /* 9 km north of Abyei */
    };
    for (size_t i = 0; i < OVF_COUNTOF(beside); i++) {
        ovf_whose whose = ovf_world_whose(world, beside[i]);
        assert_true(whose.is_disputed);
        assert_true(whose.is_doubtful);
        ovf_claim claim = {0};
        assert_true(ovf_world_claim_at(world, beside[i], &claim));
    }
}

static void vatican_has_its_surface(void **state)
{
    OVF_UNUSED(state);
    uint32_t vatican = ovf_world_find_state(world, OVF_STR("VAT"));
    ovf_box box = ovf_area_bounds(ovf_world_territory(world, vatican));
    assert_false(box.is_empty);
    assert_true(box.north_deg - box.south_deg < 0.01);
    ovf_point dome = {41.9022, 12.4533};
    ovf_whose whose = ovf_world_whose(world, dome);
    assert_int_equal(whose.state, vatican);
    assert_true(whose.is_doubtful); /* all of it is near a border */
    uint32_t italy = ovf_world_find_state(world, OVF_STR("ITA"));
    assert_int_equal(ovf_area_contains(ovf_world_territory(world, italy), dome), OVF_TRI_NO);
    assert_int_equal(ovf_area_contains(ovf_world_land(world, italy), dome), OVF_TRI_NO);
    assert_int_equal(ovf_area_contains(ovf_world_land(world, vatican), dome), OVF_TRI_YES);
}

/* Land that a ruling gives to another than its holder is that other's everywhere. */
static void golan_is_in_one_state(void **state)
{
    OVF_UNUSED(state);
    ovf_point p = {33.0, 35.78};
    uint32_t syria = ovf_world_find_state(world, OVF_STR("SYR"));
    uint32_t israel = ovf_world_find_state(world, OVF_STR("ISR"));
    assert_int_equal(ovf_area_contains(ovf_world_territory(world, syria), p), OVF_TRI_YES);
    assert_int_equal(ovf_area_contains(ovf_world_land(world, syria), p), OVF_TRI_YES);
    assert_int_equal(ovf_area_contains(ovf_world_territory(world, israel), p), OVF_TRI_NO);
    assert_int_equal(ovf_area_contains(ovf_world_land(world, israel), p), OVF_TRI_NO);
}

static uint64_t random_bits(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 32;
}

/* No point is in the territory of two States: points beside the borders that matter, those of the
 * zones among them, and all over the globe. */
static void territories_do_not_overlap(void **state)
{
    OVF_UNUSED(state);
    uint64_t seed = 20261122;
    size_t count = ovf_world_state_count(world);
    size_t tested = 0, twice = 0;
    for (int i = 0; i < 12000; i++) {
        ovf_point p = {(double)(random_bits(&seed) % 1500000) / 1e4 - 70.0,
                       (double)(random_bits(&seed) % 3600000) / 1e4 - 180.0};
        if (i % 3 > 0) { /* beside a row */
            const struct row *row = &rows[random_bits(&seed) % OVF_COUNTOF(rows)];
            p.lat_deg = row->lat_deg + (double)(random_bits(&seed) % 20000) / 1e4 - 1.0;
            p.lon_deg =
                ovf_lon_wrap(row->lon_deg + (double)(random_bits(&seed) % 20000) / 1e4 - 1.0);
        }
        if (ovf_world_whose(world, p).is_high_seas && i % 3 == 0)
            continue;
        size_t holders = 0;
        for (uint32_t s = 0; s < count; s++) {
            const ovf_area *area = ovf_world_territory(world, s);
            if (ovf_box_holds(ovf_area_bounds(area), p))
                holders += ovf_area_contains(area, p) == OVF_TRI_YES;
        }
        tested++;
        twice += holders > 1;
    }
    print_message("%zu points, %zu in two territories\n", tested, twice);
    assert_true(tested > 5000);
    assert_true(twice * 2000
                <= tested); /* chords of one edge, cut on one side and not on the other */
}

static void lists_claims(void **state)
{
    OVF_UNUSED(state);
    static ovf_claim claims[400];
    size_t count = ovf_world_claims(world, claims, OVF_COUNTOF(claims));
    assert_true(count > 60 && count <= OVF_COUNTOF(claims));
    assert_int_equal(ovf_world_claims(world, NULL, 0), count);
    for (size_t i = 0; i < count; i++)
        assert_true(claims[i].name.len > 0);
}

static bool is_between(const ovf_whose_stretch *stretch)
{
    return stretch->whose.is_archipelagic;
}

/* A leg over the Java Sea and out over the Indian Ocean: archipelagic, sovereign, high seas. */
static void leg_leaves_an_archipelago(void **state)
{
    OVF_UNUSED(state);
    ovf_leg leg;
    ovf_leg_init(&leg, (ovf_point){-5.0, 112.0}, (ovf_point){-10.0, 112.0});
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_whose_stretch *stretches = NULL;
    size_t count = 0;
    assert_int_equal(ovf_world_cut_leg(world, &leg, &arena, &stretches, &count), OVF_OK);
    assert_int_equal(count, 3);
    assert_true(is_between(&stretches[0]));
    assert_false(is_between(&stretches[1]));
    assert_int_equal(stretches[0].whose.state, stretches[1].whose.state);
    double sea_m = stretches[1].until_m - stretches[1].from_m;
    assert_true(sea_m > 12.0 * OVF_NM_M - 100.0 && sea_m < 14.0 * OVF_NM_M);
    assert_true(stretches[2].whose.is_high_seas);
    ovf_arena_done(&arena);
}

int main(int argc, char **argv)
{
    ovf_error err = {0};
    if (argc < 2 || ovf_world_open(argv[1], &world, &err) != OVF_OK) {
        fprintf(stderr, "no world: %s\n", err.reason);
        return 1;
    }
    enum { ROWS = OVF_COUNTOF(rows), OTHERS = 6 };
    static const struct CMUnitTest others[OTHERS] = {
        cmocka_unit_test(fringes_are_doubtful),  cmocka_unit_test(vatican_has_its_surface),
        cmocka_unit_test(golan_is_in_one_state), cmocka_unit_test(territories_do_not_overlap),
        cmocka_unit_test(lists_claims),          cmocka_unit_test(leg_leaves_an_archipelago),
    };
    struct CMUnitTest tests[ROWS + OTHERS] = {0};
    for (size_t i = 0; i < ROWS; i++)
        tests[i] = (struct CMUnitTest){rows[i].name, is_whose, NULL, NULL, &rows[i]};
    memcpy(tests + ROWS, others, sizeof others);
    int failed = _cmocka_run_group_tests("seas", tests, ROWS + OTHERS, NULL, NULL);
    ovf_world_free(world);
    return failed;
}
