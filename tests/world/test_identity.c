/* SPDX-License-Identifier: Apache-2.0 */
/* Whose aircraft: registrations and addresses by the registries' rules, and call signs,
 * registrations and addresses against the compiled world (the argument).
 * Expected values: FAA registry (N1, N12345, N628TS, N99999); readsb's and dump1090's own records
 * (N899DN, and every row "dump1090": dump1090-mutability 1.15, registrations.js and its aircraft
 * database); ICAO Annex 7, Annex 10 Vol. III, Doc 8585 for the States. */
#include <overfly/identity.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *world_path;
static ovf_world *world;

static int open_world(void **state)
{
    (void)state;
    ovf_error err = {0};
    if (ovf_world_open(world_path, &world, &err) == OVF_OK)
        return 0;
    print_error("%s: %s\n", world_path, err.reason);
    return -1;
}

static int close_world(void **state)
{
    (void)state;
    ovf_world_free(world);
    return 0;
}

/* ---- rules ---- */

static struct rule_row {
    const char *name; /* the registration, as painted */
    uint32_t address;
} rules[] = {
    {"N1", 0xA00001},
    {"N99999", 0xADF7C7},
    {"N12345", 0xA061D9},
    {"N628TS", 0xA835AF},
    {"N899DN", 0xAC671B}, // readsb trace
    // dump1090, registrations.js
    {"N1A", 0xA00002},
    {"N1AZ", 0xA0001A},
    {"N1B", 0xA0001B},
    {"N1ZY", 0xA00258},
    {"N1ZZ", 0xA00259},
    {"N10000", 0xA00725},
    {"N199Q", 0xA18AF8},
    {"C-FAAA", 0xC00001},
    {"C-FIVS", 0xC01755},
    {"C-GAAA", 0xC044A9},
    {"JA0000", 0x840000},
    {"HL7400", 0x71BC00},
    {"VH-AAA", 0x7C0000},
    {"VH-VGF", 0x7C6B2D},
    {"ZS-AAA", 0x008011},
    {"OH-AAA", 0x460000},
    {"F-GZTL", 0x39666B},
    {"F-HDTA", 0x398E60},
    {"TC-OAP", 0x4BBC30},
    {"JY-AWD", 0x7406E4},
    {"YR-EYJ", 0x4A172A},
    {"RA-96020", 0x157714},
};

static void rule_holds(void **state)
{
    const struct rule_row *row = *state;
    char painted[OVF_REGISTRATION_SIZE];
    assert_int_equal(ovf_address_registration(row->address, painted, sizeof painted),
                     strlen(row->name));
    assert_string_equal(painted, row->name);
    assert_int_equal(ovf_registration_address(ovf_str_of(row->name)), row->address);
    char plain[16] = "";
    for (size_t i = 0, k = 0; row->name[i] != '\0'; i++)
        if (row->name[i] != '-')
            plain[k++] = (char)(row->name[i] >= 'A' && row->name[i] <= 'Z' ? row->name[i] + 32
                                                                           : row->name[i]);
    assert_int_equal(ovf_registration_address(ovf_str_of(plain)), row->address);
}

static struct no_rule_row {
    const char *name;
} no_rules[] = {
    {""},         {"N"},      {"N0"},     {"N01"},     {"N123456"}, {"N1234AB"}, {"N12345A"},
    {"NA"},       {"N1I"},    {"N1O"},    {"N1AI"},    {"N1A1"},    {"N1ABC"},   {"C-FAA"},
    {"C-HAAA"},   {"JA00I0"}, {"JA0I00"}, {"JA000A0"}, {"HL7A00"},  {"HL1234"},  {"RA-1234"},
    {"RA-1234A"}, {"D-EAA1"}, {"D-APAA"}, {"G-ABCD"},  {"F-ABCD"},  {"OO-123"},  {"N1 A"},
};

static void no_rule_gives_none(void **state)
{
    const struct no_rule_row *row = *state;
    assert_int_equal(ovf_registration_address(ovf_str_of(row->name)), OVF_ADDRESS_NONE);
}

static void rules_run_both_ways(void **state)
{
    (void)state;
    uint32_t us = 0;
    for (uint32_t address = 0; address <= OVF_ADDRESS_MAX; address++) {
        char painted[OVF_REGISTRATION_SIZE];
        size_t len = ovf_address_registration(address, painted, sizeof painted);
        bool is_us = address >= 0xA00001 && address <= 0xADF7C7;
        us += is_us && len > 0;
        if (len > 0 && ovf_registration_address(ovf_str_of(painted)) != address)
            fail_msg("%06X is %s, which is not %06X", (unsigned)address, painted,
                     (unsigned)address);
        if (!is_us && painted[0] == 'N')
            fail_msg("%06X is %s", (unsigned)address, painted);
        if (!is_us && address % 64 > 8)
            address += 7; // a part of the others will do
    }
    assert_int_equal(us, 915399); // every N number there can be
    char small[3];
    assert_int_equal(ovf_address_registration(0xA061D9, small, sizeof small), 6);
    assert_string_equal(small, "N1");
    assert_int_equal(ovf_address_registration(0x000001, NULL, 0), 0);
    assert_int_equal(ovf_address_registration(OVF_ADDRESS_NONE, small, sizeof small), 0);
}

static void addresses_are_read(void **state)
{
    (void)state;
    uint32_t address = 7;
    assert_true(ovf_address_parse(OVF_STR("a061D9"), &address));
    assert_int_equal(address, 0xA061D9);
    const char *const wrong[] = {"", "A061D", "A061D99", "A061DG", "0xA061", " A061D9", "-A061D"};
    for (size_t i = 0; i < OVF_COUNTOF(wrong); i++)
        assert_false(ovf_address_parse(ovf_str_of(wrong[i]), &address));
    assert_int_equal(address, 0xA061D9);
}

/* ---- one aircraft ---- */

static struct who_row {
    const char *name;
    const char *callsign, *registration;
    uint32_t address;
    const char *operator_icao, *operator_iso3, *registry_iso3;
    ovf_found_by registry_by;
    bool is_contradictory;
} whos[] = {
    {"airline", "KLM1234", "", OVF_ADDRESS_NONE, "KLM", "NLD", "-", OVF_FOUND_UNKNOWN, false},
    {"airline with letters behind", "aal9ZT ", "", OVF_ADDRESS_NONE, "AAL", "USA", "-",
     OVF_FOUND_UNKNOWN, false},
    {"State of the AOC, not of the group", "EJU12DQ", "OE-INO", 0x4402F0, "EJU", "AUT", "AUT",
     OVF_FOUND_MARK, false},
    {"address alone tells the register", "SWR48X", "", 0x4B17FB, "SWR", "CHE", "CHE",
     OVF_FOUND_ADDRESS_BLOCK, false},
    {"registered elsewhere than operated", "ENT1AB", "9H-ABC", OVF_ADDRESS_NONE, "ENT", "POL",
     "MLT", OVF_FOUND_MARK, false},
    {"registration for a call sign", "N123AB", "", OVF_ADDRESS_NONE, "", "-", "USA", OVF_FOUND_MARK,
     false},
    {"registration for a call sign, letters alone", "GABCD", "", OVF_ADDRESS_NONE, "", "-", "GBR",
     OVF_FOUND_MARK, false},
    {"registration given outranks one for a call sign", "N123AB", "C-FIVS", OVF_ADDRESS_NONE, "",
     "-", "CAN", OVF_FOUND_MARK, false},
    {"State aircraft", "GAF687", "", 0x3F4567, "GAF", "DEU", "DEU", OVF_FOUND_ADDRESS_BLOCK, false},
    {"tactical call sign", "FORTE12", "", OVF_ADDRESS_NONE, "", "-", "-", OVF_FOUND_UNKNOWN, false},
    {"tactical call sign like a German mark", "DUKE01", "", OVF_ADDRESS_NONE, "", "-", "-",
     OVF_FOUND_UNKNOWN, false},
    {"tactical call sign with an address", "DUKE01", "", 0xAE1234, "", "-", "USA",
     OVF_FOUND_ADDRESS_BLOCK, false},
    {"designator of nobody known", "ZZZ123", "", OVF_ADDRESS_NONE, "", "-", "-", OVF_FOUND_UNKNOWN,
     false},
    {"designator of nobody is no registration", "EZA12", "", OVF_ADDRESS_NONE, "EZA", "MNG", "-",
     OVF_FOUND_UNKNOWN, false},
    {"United Nations: an operator of no State", "UNO432", "", OVF_ADDRESS_NONE, "UNO", "-", "-",
     OVF_FOUND_UNKNOWN, false},
    {"territory and its sovereign's block", "", "PJ-ABC", 0x484123, "", "-", "CUW", OVF_FOUND_MARK,
     false},
    {"Hong Kong in the block of China", "", "B-HNR", 0x7801FF, "", "-", "HKG", OVF_FOUND_MARK,
     false},
    {"mark and block of two States", "", "G-ABCD", 0x4840D6, "", "-", "-", OVF_FOUND_UNKNOWN, true},
    {"address of nobody", "", "", 0x000001, "", "-", "-", OVF_FOUND_UNKNOWN, false},
    {"address for temporary use", "", "", 0xF00001, "", "-", "-", OVF_FOUND_UNKNOWN, false},
    {"address out of range", "", "", 0x1000000, "", "-", "-", OVF_FOUND_UNKNOWN, false},
    {"nothing", "", "", OVF_ADDRESS_NONE, "", "-", "-", OVF_FOUND_UNKNOWN, false},
};

static const char *code_of(uint32_t state, char out[4])
{
    if (state == OVF_INDEX_NONE)
        return "-";
    memcpy(out, ovf_world_state(world, state)->iso3.ptr, 3);
    out[3] = '\0';
    return out;
}

static void answers_who(void **state)
{
    const struct who_row *row = *state;
    ovf_identity_question question = {ovf_str_of(row->callsign), ovf_str_of(row->registration),
                                      row->address};
    ovf_identity who;
    char code[4];
    ovf_world_identify(world, &question, &who);
    ovf_str icao = who.operator_index == OVF_INDEX_NONE
                       ? OVF_STR("")
                       : ovf_world_operator(world, who.operator_index)->icao;
    assert_true(ovf_str_eq(icao, ovf_str_of(row->operator_icao)));
    assert_string_equal(code_of(who.operator_state, code), row->operator_iso3);
    assert_true((who.operator_state == OVF_INDEX_NONE) == (who.operator_by == OVF_FOUND_UNKNOWN));
    assert_string_equal(code_of(who.registry_state, code), row->registry_iso3);
    assert_int_equal(who.registry_by, row->registry_by);
    assert_true(who.is_contradictory == row->is_contradictory);
}

static void adds_by_rule(void **state)
{
    (void)state;
    ovf_identity who;
    ovf_identity_question by_address = {.address = 0xAC671B};
    ovf_world_identify(world, &by_address, &who);
    assert_string_equal(who.registration, "N899DN");
    assert_int_equal(who.registration_by, OVF_FOUND_RULE);
    assert_int_equal(who.registry_by, OVF_FOUND_ADDRESS_BLOCK); // the rule decides nothing
    ovf_identity_question by_mark = {.callsign = OVF_STR("n899dn"), .address = OVF_ADDRESS_NONE};
    ovf_world_identify(world, &by_mark, &who);
    assert_int_equal(who.address, 0xAC671B);
    assert_int_equal(who.address_by, OVF_FOUND_RULE);
    assert_int_equal(who.registration_by, OVF_FOUND_CALLSIGN);
    assert_string_equal(who.registration, "N899DN");
    ovf_identity_question both = {.registration = OVF_STR("G-ABCD"), .address = 0xAC671B};
    ovf_world_identify(world, &both, &who);
    assert_true(who.is_contradictory);
    assert_int_equal(who.address, 0xAC671B);
    assert_string_equal(who.registration, "G-ABCD");
}

/* ---- a bare text ---- */

static struct read_row {
    const char *name;
    ovf_identity_form form, also;
} reads[] = {
    {"KLM1234", OVF_IDENTITY_CALLSIGN, OVF_IDENTITY_NONE},
    {" klm1 ", OVF_IDENTITY_CALLSIGN, OVF_IDENTITY_NONE},
    {"HB-JCD", OVF_IDENTITY_REGISTRATION, OVF_IDENTITY_NONE},
    {"N899DN", OVF_IDENTITY_REGISTRATION, OVF_IDENTITY_NONE},
    {"HBJCD", OVF_IDENTITY_REGISTRATION, OVF_IDENTITY_NONE},
    {"AC671B", OVF_IDENTITY_ADDRESS, OVF_IDENTITY_NONE},
    {"4ca9c2", OVF_IDENTITY_ADDRESS, OVF_IDENTITY_NONE},
    {"DAE123", OVF_IDENTITY_CALLSIGN, OVF_IDENTITY_ADDRESS}, // DHL Aero Expreso
    {"ABC123", OVF_IDENTITY_ADDRESS, OVF_IDENTITY_CALLSIGN}, // nobody's designator
    {"E3ABCD", OVF_IDENTITY_ADDRESS, OVF_IDENTITY_REGISTRATION},
    {"EZA123", OVF_IDENTITY_CALLSIGN, OVF_IDENTITY_REGISTRATION}, // Eznis Airways, or EZ-A123
    {"FORTE12", OVF_IDENTITY_CALLSIGN, OVF_IDENTITY_NONE},
    {"", OVF_IDENTITY_NONE, OVF_IDENTITY_NONE},
    {"-", OVF_IDENTITY_NONE, OVF_IDENTITY_NONE},
    {"KLM 1234", OVF_IDENTITY_NONE, OVF_IDENTITY_NONE},
    {"KLM123456", OVF_IDENTITY_NONE, OVF_IDENTITY_NONE},
    {"G-ABCDEFGHIJKLM", OVF_IDENTITY_NONE, OVF_IDENTITY_NONE},
};

static void reads_a_text(void **state)
{
    const struct read_row *row = *state;
    ovf_identity_question question;
    ovf_identity_form also;
    assert_int_equal(ovf_identity_read(world, ovf_str_of(row->name), &question, &also), row->form);
    assert_int_equal(also, row->also);
    assert_true((question.callsign.len > 0) == (row->form == OVF_IDENTITY_CALLSIGN));
    assert_true((question.registration.len > 0) == (row->form == OVF_IDENTITY_REGISTRATION));
    assert_true((question.address != OVF_ADDRESS_NONE) == (row->form == OVF_IDENTITY_ADDRESS));
}

#define ADD_ROWS(rows, test)                             \
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)       \
        tests[count++] = (struct CMUnitTest)             \
        {                                                \
            (rows)[i].name, test, NULL, NULL, &(rows)[i] \
        }

int main(int argc, char **argv)
{
    if (argc < 2)
        return 1;
    world_path = argv[1];
    static struct CMUnitTest tests[OVF_COUNTOF(rules) + OVF_COUNTOF(no_rules) + OVF_COUNTOF(whos)
                                   + OVF_COUNTOF(reads) + 3];
    size_t count = 0;
    ADD_ROWS(rules, rule_holds);
    ADD_ROWS(no_rules, no_rule_gives_none);
    ADD_ROWS(whos, answers_who);
    ADD_ROWS(reads, reads_a_text);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(rules_run_both_ways);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(addresses_are_read);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(adds_by_rule);
    return _cmocka_run_group_tests("identity", tests, count, open_world, close_world);
}
