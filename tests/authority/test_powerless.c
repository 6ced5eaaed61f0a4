/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences as papers have them, of people and bodies without power over the air that they speak of:
 * read from the text, judged, and asked of the picture. None may bind, make a restriction, or close. */
#include <overfly/news.h>
#include <overfly/restriction.h>

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define OPEN_TO_ALL                                                                        \
    "[{\"type\": \"coverage\", \"issuers\": [\"*\"], \"from\": \"2025-11-01T00:00:00Z\", " \
    "\"until\": \"2026-01-01T00:00:00Z\", \"basis\": \"test\"}]"
#define NOV_29_2025 20421 /* days since 1970 */

static const char *world_path;
static ovf_world *world;
static ovf_rulebook *book;
static ovf_news *news;

static struct row {
    const char *text, *area;
} rows[] = {
    /* heads of State of others */
    {"President Trump said on Saturday that the airspace above Venezuela is closed in its entirety.",
     "Venezuela"},
    {"\"To all airlines: consider the airspace of Venezuela to be closed\", Donald Trump wrote.",
     "Venezuela"},
    {"Russian President Vladimir Putin declared the airspace of Ukraine closed.", "Ukraine"},
    {"The Turkish president closed the airspace of Greece, he told reporters.", "Greece"},
    {"French President Emmanuel Macron banned all flights over Niger.", "Niger"},
    {"The president of Colombia ordered the airspace of Venezuela closed.", "Venezuela"},
    {"Xi Jinping announced the closure of Taiwan's airspace.", "Taiwan"},
    {"The Iranian president said that Israeli airspace is closed to all aircraft.", "Israel"},
    {"Rwandan President Paul Kagame closed Congolese airspace, his office said.", "COD"},
    {"The king of Morocco declared Algerian airspace shut.", "Algeria"},
    /* ministers and ministries of others */
    {"US Secretary of State Marco Rubio said Venezuela's airspace is closed.", "Venezuela"},
    {"Russia's defence ministry declared Ukrainian airspace a no-fly zone.", "Ukraine"},
    {"India's foreign minister said the airspace of Pakistan was closed to all flights.",
     "Pakistan"},
    {"The Israeli defence minister closed the airspace of Lebanon on Friday.", "Lebanon"},
    {"The US Department of Defense closed the skies over Syria, it said.", "Syria"},
    {"Poland's interior minister prohibited all flights in the airspace of Belarus.", "Belarus"},
    {"The Saudi foreign ministry announced that Qatari airspace is closed.", "Qatar"},
    {"Ethiopia's transport minister shut the airspace of Eritrea.", "Eritrea"},
    {"The British transport secretary said that Iranian airspace has been closed.", "Iran"},
    {"Greece's foreign ministry declared the airspace of Turkey closed.", "Turkey"},
    /* other States' authorities as papers tell of them */
    {"The FAA closed Venezuelan airspace on Friday, several papers wrote.", "Venezuela"},
    {"EASA shut the airspace of Iraq, according to a broadcaster.", "Iraq"},
    {"Spain's aviation safety agency AESA closed the Maiquetia FIR.", "SVZM"},
    {"Germany's LBA closed the airspace over Mali.", "Mali"},
    {"Transport Canada declared Libyan airspace closed.", "Libya"},
    {"The UK Civil Aviation Authority shut down Pakistani airspace.", "Pakistan"},
    /* airlines and companies */
    {"Iberia closed the airspace of Venezuela, a spokesman said.", "Venezuela"},
    {"Lufthansa said the airspace of Iraq is closed until further notice.", "Iraq"},
    {"KLM suspended flights over Iran and declared its airspace closed.", "Iran"},
    {"American Airlines announced a ban on flights over Nicaragua.", "Nicaragua"},
    {"Air India said that it had closed Pakistani airspace.", "Pakistan"},
    {"Flightradar24 reported that the airspace of Jordan is closed.", "Jordan"},
    {"OPSGROUP declared Sudanese airspace a no-fly zone.", "Sudan"},
    {"IATA said airspace over Yemen must be considered closed.", "Yemen"},
    /* papers and broadcasters */
    {"VENEZUELA AIRSPACE CLOSED", "Venezuela"},
    {"The Daily Mail reports that Ukraine's airspace is closed.", "Ukraine"},
    {"Airspace over Kuwait has been closed, state television of a neighbour said.", "Kuwait"},
    {"According to Reuters, the airspace of Bahrain was closed.", "Bahrain"},
    {"Breaking: no-fly zone over Libya, BBC says.", "Libya"},
    {"The paper wrote that all flights are banned over Cuba.", "Cuba"},
    /* soldiers and parties */
    {"A retired US general called the skies over Venezuela closed.", "Venezuela"},
    {"The commander of US Southern Command closed the airspace of Venezuela.", "Venezuela"},
    {"The Israel Defense Forces announced a no-fly zone over southern Lebanon.", "Lebanon"},
    {"NATO declared a no-fly zone over Kaliningrad.", "Russia"},
    {"The opposition party demanded that the airspace of Georgia be closed.", "Georgia"},
    {"Former president Uribe said that Venezuelan airspace is closed.", "Venezuela"},
    {"A US senator declared the skies over Mexico closed to cartels.", "Mexico"},
    /* international bodies without a resolution */
    {"The UN Secretary-General declared Sudan a no-fly zone.", "Sudan"},
    {"ICAO closed the airspace of North Korea, a diplomat said.", "PRK"},
    {"ECOWAS announced the closure of the airspace of Niger.", "Niger"},
    {"The European Commission president said the airspace of Belarus is closed.", "Belarus"},
    {"The Arab League imposed a no-fly zone over Syria.", "Syria"},
    {"The African Union banned flights over Mali.", "Mali"},
    /* who holds ground, and who holds none */
    {"The Houthis declared an air blockade and closed Israeli airspace.", "Israel"},
    {"The Rapid Support Forces said all Sudanese airspace is closed.", "Sudan"},
    {"The Taliban closed the airspace of Pakistan, a spokesman said.", "Pakistan"},
    {"The ELN guerrillas prohibited flights over Colombia.", "Colombia"},
    {"M23 rebels closed the airspace of the Democratic Republic of the Congo.", "COD"},
    {"The separatists in Donetsk announced the closure of Ukrainian airspace.", "Ukraine"},
    {"The Libyan National Army declared all of Libya's airspace a military zone.", "Libya"},
    {"Hezbollah said that the skies over Israel are closed.", "Israel"},
    {"The junta's spokesman in Mali closed the airspace of Algeria.", "Algeria"},
};

static void never_binds(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_error err = {0};
    ovf_news_result said = {0};
    const ovf_news_options options = {.published = NOV_29_2025};
    ovf_str text = ovf_str_of(row->text);
    assert_int_equal(ovf_news_read(news, text, &options, &arena, &said, &err), OVF_OK);
    ovf_query query = {.at = (ovf_time)(NOV_29_2025 + 1) * OVF_DAY_S};
    assert_int_equal(ovf_world_find(world, ovf_str_of(row->area), &query.place, &err), OVF_OK);
    ovf_buf records = {.limit = 1 << 20};
    for (size_t i = 0; i < said.count; i++) {
        ovf_statement record = {0};
        ovf_ruling ruling = {0};
        assert_int_equal(ovf_news_record(&said.items[i], text, OVF_STR("T"), i, &arena, &record),
                         OVF_OK);
        uint32_t over = query.place.kind == OVF_PLACE_STATE ? query.place.index : OVF_INDEX_NONE;
        assert_int_equal(ovf_judge_statement(book, &record, over, &query.party, &arena, &ruling),
                         OVF_OK);
        assert_false(ruling.closes_airspace);
        assert_int_not_equal(ruling.verdict, OVF_VERDICT_BINDING);
        assert_int_not_equal(ruling.verdict, OVF_VERDICT_CONDITIONAL);
        ovf_news_put_json(&records, &said.items[i], OVF_STR("T"), i, text, false);
        ovf_buf_add(&records, OVF_STR("\n"));
    }
    ovf_picture *picture = NULL;
    const ovf_picture_options with = {
        .as_of = OVF_TIME_OPEN, .window = {query.at - 20 * OVF_DAY_S, query.at + 20 * OVF_DAY_S}};
    assert_int_equal(ovf_picture_new(world, book, &with, &picture, &err), OVF_OK);
    assert_int_equal(ovf_picture_add(picture, OVF_STR(OPEN_TO_ALL), NULL, NULL, &err), OVF_OK);
    if (records.len > 0)
        assert_int_equal(ovf_picture_add(picture, ovf_buf_str(&records), NULL, NULL, &err), OVF_OK);
    assert_int_equal(ovf_picture_settle(picture, &err), OVF_OK);
    assert_int_equal(ovf_picture_restriction_count(picture), 0);
    ovf_answer answer = {0};
    assert_int_equal(ovf_picture_status(picture, &query, &arena, &answer, &err), OVF_OK);
    assert_string_equal(ovf_legal_name(answer.legal), "open");
    ovf_picture_free(picture);
    ovf_buf_done(&records);
    ovf_arena_done(&arena);
}

static size_t statements_read(void)
{
    size_t count = 0;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++) {
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        ovf_error err = {0};
        ovf_news_result said = {0};
        assert_int_equal(ovf_news_read(news, ovf_str_of(rows[i].text), NULL, &arena, &said, &err),
                         OVF_OK);
        count += said.count > 0;
        ovf_arena_done(&arena);
    }
    return count;
}

/* Silence would pass all rows: most of the sentences have to be read as statements. */
static void are_read(void **state)
{
    OVF_UNUSED(state);
    size_t count = statements_read();
    print_message("%zu of %zu sentences are read as statements\n", count, OVF_COUNTOF(rows));
    assert_true(count * 4 >= OVF_COUNTOF(rows) * 3);
}

static int open_all(void **state)
{
    OVF_UNUSED(state);
    ovf_error err = {0};
    if (ovf_world_open(world_path, &world, &err) != OVF_OK
        || ovf_rulebook_new(world, &book, &err) != OVF_OK
        || ovf_news_new(world, &news, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    return 0;
}

static int close_all(void **state)
{
    OVF_UNUSED(state);
    ovf_news_free(news);
    ovf_rulebook_free(book);
    ovf_world_free(world);
    return 0;
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 1] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].text, never_binds, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] = (struct CMUnitTest)cmocka_unit_test(are_read);
    world_path = argc > 1 ? argv[1] : "overfly.world";
    return _cmocka_run_group_tests("authority powerless", tests, OVF_COUNTOF(tests), open_all,
                                   close_all);
}
