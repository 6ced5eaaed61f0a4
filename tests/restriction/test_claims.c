/* SPDX-License-Identifier: Apache-2.0 */
/* Statements held against notices. Expected answers follow from what the notices say in plain words:
 * a closure of all for everybody confirms "closed"; advice, a part of it, or a bar for some is
 * something else; silence counts only where somebody vouches (overfly/restriction.h). */
#include "picture.h"

#define FIR_CLOSED                                                                           \
    "A0700/25 NOTAMN\nQ) SVZM/QAFLC/IV/NBO/E/000/999/0800N06600W999\nA) SVZM B) 2511050000 " \
    "C) 2511060000\nE) MAIQUETIA FIR CLOSED TO ALL TRAFFIC\nF) SFC G) UNL"
#define OPEN_AGAIN                                                                      \
    "A0701/25 NOTAMC A0700/25\nQ) SVZM/QAFAO/IV/NBO/E/000/999/0800N06600W999\nA) SVZM " \
    "B) 2511051800\nE) MAIQUETIA FIR REOPENED\n"
#define ZONE                                                                                  \
    "A0622/25 NOTAMN\nQ) SVZM/QRPCA/IV/NBO/W/000/999/0735N07015W060\nA) SVZM B) 2511010000 "  \
    "C) 2512312359\nE) CIVIL FLIGHTS PROHIBITED WI AREA 0750N07130W 0750N06930W 0720N06900W " \
    "0720N07100W 0750N07130W\nF) SFC G) UNL"
#define US_ADVICE                                                                            \
    "KICZ A0012/25 NOTAM...SECURITY..UNITED STATES OF AMERICA ADVISORY FOR POTENTIALLY "     \
    "HAZARDOUS SITUATION IN THE MAIQUETIA FIR (SVZM).\nOPERATORS ARE ADVISED TO EXERCISE "   \
    "CAUTION AT ALL ALTITUDES IN THE MAIQUETIA FIR (SVZM).\nSFC-UNL: 01 NOV 17:43 UTC 2025 " \
    "UNTIL 31 DEC 23:59 UTC 2025. CREATED: 01 NOV 18:08 UTC 2025"
#define US_BAN                                                                                  \
    "KICZ A0001/26 NOTAM...SECURITY..UNITED STATES OF AMERICA PROHIBITION FOR THE MAIQUETIA "   \
    "FIR (SVZM).\nALL FLIGHT OPERATIONS IN THE MAIQUETIA FIR (SVZM) AT ALL ALTITUDES BY THE "   \
    "PERSONS DESCRIBED IN PARAGRAPH A BELOW ARE PROHIBITED.\nA. APPLICABILITY. (1) ALL U.S. "   \
    "AIR CARRIERS AND U.S. COMMERCIAL OPERATORS; (2) ALL PERSONS EXERCISING THE PRIVILEGES OF " \
    "AN AIRMAN CERTIFICATE ISSUED BY THE FAA, EXCEPT WHEN OPERATING U.S.-REGISTERED AIRCRAFT "  \
    "FOR A FOREIGN AIR CARRIER; (3) ALL OPERATORS OF U.S.-REGISTERED CIVIL AIRCRAFT, EXCEPT "   \
    "WHERE THE OPERATOR OF SUCH AIRCRAFT IS A FOREIGN AIR CARRIER.\nSFC-UNL: 05 NOV 06:00 UTC " \
    "2025 UNTIL 31 DEC 05:00 UTC 2025. CREATED: 05 NOV 06:00 UTC 2025"
#define COVER                                                             \
    "{\"type\":\"coverage\",\"issuers\":[\"*\"],\"from\":\"2025-10-01\"," \
    "\"until\":\"2025-12-31\",\"basis\":\"test\"}"

#define SAYS(act, speaker_state, more)                                       \
    "{\"id\":\"S\",\"act\":\"" act "\",\"speaker\":\"X\",\"speaker_state\":" \
    "\"" speaker_state "\",\"area\":[\"SVZM\"]" more "}"

static struct row {
    const char *name;
    const char *documents[4];
    const char *statement;
    const char *from, *until;
    ovf_checked answer;
    const char *against; /* the first id, or NULL: none */
} rows[] = {
    {"closed, and a notice closes it for everybody",
     {FIR_CLOSED, COVER},
     SAYS("declare_closed", "VEN", ""),
     "2025-11-05",
     "2025-11-06",
     OVF_CHECKED_CONFIRMED,
     "A0700/25"},
    {"closed for one hour of the day that is told",
     {FIR_CLOSED, OPEN_AGAIN, COVER},
     SAYS("declare_closed", "VEN", ""),
     "2025-11-05T17:00Z",
     "2025-11-06",
     OVF_CHECKED_CONFIRMED,
     "A0700/25"},
    {"closed the day before",
     {FIR_CLOSED, COVER},
     SAYS("declare_closed", "VEN", ""),
     "2025-11-04",
     "2025-11-05",
     OVF_CHECKED_SILENT,
     NULL},
    {"closed, where the notices only advise",
     {US_ADVICE, COVER},
     SAYS("declare_closed", "USA", ""),
     "2025-11-10",
     "2025-11-11",
     OVF_CHECKED_CONTRADICTED,
     "A0012/25"},
    {"closed, where the notices close a zone",
     {ZONE, COVER},
     SAYS("declare_closed", "VEN", ""),
     "2025-11-10",
     "2025-11-11",
     OVF_CHECKED_CONTRADICTED,
     "A0622/25"},
    {"closed, where only US operators are barred",
     {US_BAN, COVER},
     SAYS("declare_closed", "USA", ""),
     "2025-11-10",
     "2025-11-11",
     OVF_CHECKED_CONTRADICTED,
     "A0001/26"},
    {"closed, nobody vouches",
     {FIR_CLOSED},
     SAYS("declare_closed", "VEN", ""),
     "2025-11-10",
     "2025-11-11",
     OVF_CHECKED_NOT_COVERED,
     NULL},
    {"closed, vouched for, no notice",
     {COVER},
     SAYS("declare_closed", "USA", ""),
     "2025-11-10",
     "2025-11-11",
     OVF_CHECKED_SILENT,
     NULL},
    {"not closed, and no notice closes it",
     {COVER},
     SAYS("declare_closed", "VEN", ",\"polarity\":\"neg\""),
     "2025-11-10",
     "2025-11-11",
     OVF_CHECKED_CONFIRMED,
     NULL},
    {"not closed, and a notice closes it",
     {FIR_CLOSED, COVER},
     SAYS("declare_closed", "VEN", ",\"polarity\":\"neg\""),
     "2025-11-05",
     "2025-11-06",
     OVF_CHECKED_CONTRADICTED,
     "A0700/25"},
    {"not closed, nobody vouches",
     {FIR_CLOSED},
     SAYS("declare_closed", "VEN", ",\"polarity\":\"neg\""),
     "2025-11-10",
     "2025-11-11",
     OVF_CHECKED_NOT_COVERED,
     NULL},
    {"open again after a cancellation",
     {FIR_CLOSED, OPEN_AGAIN, COVER},
     SAYS("reopen", "VEN", ""),
     "2025-11-05",
     "2025-11-06",
     OVF_CHECKED_CONFIRMED,
     "A0700/25"},
    {"open again while closed",
     {FIR_CLOSED, COVER},
     SAYS("reopen", "VEN", ""),
     "2025-11-05T10:00Z",
     "2025-11-05T12:00Z",
     OVF_CHECKED_CONTRADICTED,
     "A0700/25"},
    {"open again, never closed",
     {COVER},
     SAYS("reopen", "VEN", ""),
     "2025-11-05",
     "2025-11-06",
     OVF_CHECKED_SILENT,
     NULL},
    {"barred by the US, and it is",
     {US_BAN, COVER},
     SAYS("prohibit", "USA", ""),
     "2025-11-10",
     "2025-11-11",
     OVF_CHECKED_CONFIRMED,
     "A0001/26"},
    {"barred by the US, which only advises",
     {US_ADVICE, COVER},
     SAYS("prohibit", "USA", ""),
     "2025-11-10",
     "2025-11-11",
     OVF_CHECKED_CONTRADICTED,
     "A0012/25"},
    {"barred by Colombia, while the US bars",
     {US_BAN, COVER},
     SAYS("prohibit", "COL", ""),
     "2025-11-10",
     "2025-11-11",
     OVF_CHECKED_SILENT,
     NULL},
    {"the US warns, and it does",
     {US_ADVICE, COVER},
     SAYS("warn", "USA", ""),
     "2025-11-10",
     "2025-11-11",
     OVF_CHECKED_CONFIRMED,
     "A0012/25"},
    {"somebody warns, nobody knows who",
     {US_ADVICE, COVER},
     SAYS("warn", "", ""),
     "2025-11-10",
     "2025-11-11",
     OVF_CHECKED_NOT_COVERED,
     NULL},
    {"an airline's suspension is in no notice",
     {FIR_CLOSED, COVER},
     SAYS("suspend_service", "ESP", ""),
     "2025-11-05",
     "2025-11-06",
     OVF_CHECKED_NOT_COVERED,
     NULL},
    {"one area of two is closed",
     {FIR_CLOSED, COVER},
     "{\"id\":\"S\",\"act\":\"declare_closed\",\"speaker\":\"X\",\"area\":[\"SVZM\",\"SKED\"]}",
     "2025-11-05",
     "2025-11-06",
     OVF_CHECKED_SILENT,
     "A0700/25"},
    {"an area that no table knows",
     {FIR_CLOSED, COVER},
     "{\"id\":\"S\",\"act\":\"declare_closed\",\"speaker\":\"X\",\"area\":[\"Erewhon\"]}",
     "2025-11-05",
     "2025-11-06",
     OVF_CHECKED_NOT_COVERED,
     NULL},
};

static void holds(void **state)
{
    const struct row *row = *state;
    ovf_picture *picture = new_picture(OVF_TIME_OPEN, false, at("2025-11-10T12:00Z"));
    for (size_t i = 0; i < OVF_COUNTOF(row->documents) && row->documents[i] != NULL; i++)
        assert_int_equal(add(picture, row->documents[i]), OVF_OK);
    assert_int_equal(ovf_picture_settle(picture, NULL), OVF_OK);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_statements statements = {0};
    assert_int_equal(ovf_statement_read(ovf_str_of(row->statement), &arena, &statements, NULL),
                     OVF_OK);
    assert_int_equal(statements.count, 1);
    ovf_check check = {0};
    ovf_interval when = {at(row->from), at(row->until)};
    assert_int_equal(ovf_picture_check(picture, &statements.items[0], when, &arena, &check, NULL),
                     OVF_OK);
    assert_string_equal(ovf_checked_name(check.answer), ovf_checked_name(row->answer));
    assert_true(check.why.len > 0);
    if (row->against == NULL)
        assert_int_equal(check.against_count, 0);
    else if (check.against_count == 0 || !ovf_str_ends(check.against[0], ovf_str_of(row->against)))
        fail_msg("against %.*s, expected %s",
                 check.against_count > 0 ? (int)check.against[0].len : 0,
                 check.against_count > 0 ? check.against[0].ptr : "", row->against);
    ovf_arena_done(&arena);
    ovf_picture_free(picture);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    world_path = argv[1];
    static struct CMUnitTest tests[OVF_COUNTOF(rows)];
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, holds, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("claims", tests, OVF_COUNTOF(rows), open_all, close_all);
}
