/* SPDX-License-Identifier: Apache-2.0 */
/* The table of rules: every row of the domain's table is there, and tables that cannot be right are
 * refused with the row's place. */
#include <overfly/authority.h>

#include <setjmp.h>
#include <stdio.h>

#include <cmocka.h>

#define GOOD "R01\tclosure\tstate\town\teveryone\tbinding\tbinding\tArt. 1\tSays.\n"

static struct row {
    const char *name;
    ovf_str text;
    ovf_status status;
    size_t pos;
} rows[] = {
    {"one row", OVF_STR_INIT(GOOD), OVF_OK, 0},
    {"remarks and blank lines", OVF_STR_INIT("# x\n\n" GOOD "# y"), OVF_OK, 0},
    {"nothing", OVF_STR_INIT("# only a remark\n"), OVF_E_CORRUPT, OVF_NOPOS},
    {"too few fields", OVF_STR_INIT(GOOD "R02\tclosure\tstate\n"), OVF_E_CORRUPT, sizeof(GOOD) - 1},
    {"too many fields", OVF_STR_INIT("R01\tclosure\tstate\town\teveryone\tnone\tnone\ta\tb\tc\n"),
     OVF_E_CORRUPT, 0},
    {"unknown air", OVF_STR_INIT("R01\tclosure\tstate\tmoon\teveryone\tnone\tnone\ta\tb\n"),
     OVF_E_CORRUPT, 0},
    {"unknown verdict", OVF_STR_INIT("R01\tclosure\tstate\town\teveryone\tmaybe\tnone\ta\tb\n"),
     OVF_E_CORRUPT, 0},
    {"unknown act", OVF_STR_INIT("R01\tsay:sing\tstate\town\t*\tnone\tnone\ta\tb\n"), OVF_E_CORRUPT,
     0},
    {"an empty field", OVF_STR_INIT("R01\tclosure\tstate\town\t*\tnone\tnone\t\tb\n"),
     OVF_E_CORRUPT, 0},
    {"a member of a group", OVF_STR_INIT(GOOD "member\tEU\tHRV\t2013-07-01\t-\tTreaty\n"), OVF_OK,
     0},
    {"a member without a day", OVF_STR_INIT(GOOD "member\tEU\tHRV\tJuly\t-\tTreaty\n"),
     OVF_E_CORRUPT, sizeof(GOOD) - 1},
    {"a member with a field too few", OVF_STR_INIT(GOOD "member\tEU\tHRV\t2013-07-01\t-\n"),
     OVF_E_CORRUPT, sizeof(GOOD) - 1},
    {"an authority in fact",
     OVF_STR_INIT(GOOD "regime\tAFG\tde_facto\tKabul\t2021-08-15\t-\tUNSCR 2593\n"), OVF_OK, 0},
    {"an authority of no kind",
     OVF_STR_INIT(GOOD "regime\tAFG\tnew\tKabul\t2021-08-15\t-\tUNSCR 2593\n"), OVF_E_CORRUPT,
     sizeof(GOOD) - 1},
    {"service by agreement",
     OVF_STR_INIT(GOOD "serves\tCHE\tDEU\t47.40\t7.40\t48.40\t9.90\tBodensee\tAIP\n"), OVF_OK, 0},
    {"a box upside down",
     OVF_STR_INIT(GOOD "serves\tCHE\tDEU\t48.40\t7.40\t47.40\t9.90\tBodensee\tAIP\n"),
     OVF_E_CORRUPT, sizeof(GOOD) - 1},
    {"a box off the Earth",
     OVF_STR_INIT(GOOD "strait\tHormuz\tstrait\t25.50\t55.50\t97.20\t57.20\tUNCLOS\n"),
     OVF_E_CORRUPT, sizeof(GOOD) - 1},
    {"a degree with one decimal",
     OVF_STR_INIT(GOOD "strait\tHormuz\tstrait\t25.5\t55.50\t27.20\t57.20\tUNCLOS\n"),
     OVF_E_CORRUPT, sizeof(GOOD) - 1},
    {"standing law",
     OVF_STR_INIT(GOOD
                  "law\tX 1\tUSA\tprohibited\tOIIX\tSFC\tBELOW FL320\t2020-10-31\t-\tus_persons"
                  "\t-\tX\t2026-11-22\tSays.\n"),
     OVF_OK, 0},
    {"law that does nothing",
     OVF_STR_INIT(GOOD "law\tX 1\tUSA\tmaybe\tOIIX\tSFC\tUNL\t2020-10-31\t-\tus_persons\t-\tX"
                       "\t2026-11-22\tSays.\n"),
     OVF_E_CORRUPT, sizeof(GOOD) - 1},
    {"law for nobody",
     OVF_STR_INIT(GOOD "law\tX 1\tUSA\tprohibited\tOIIX\tSFC\tUNL\t2020-10-31\t-\tfriends\t-\tX"
                       "\t2026-11-22\tSays.\n"),
     OVF_E_CORRUPT, sizeof(GOOD) - 1},
    {"law at no level",
     OVF_STR_INIT(GOOD "law\tX 1\tUSA\tprohibited\tOIIX\tSFC\thigh\t2020-10-31\t-\teveryone\t-\tX"
                       "\t2026-11-22\tSays.\n"),
     OVF_E_CORRUPT, sizeof(GOOD) - 1},
    {"a statement that would bind the air",
     OVF_STR_INIT("R12\tsay:declare_closed/primary\t*\t*\t*\tbinding\tnone\ta\tb\n"), OVF_E_CORRUPT,
     0},
    {"a statement that would bind without an act",
     OVF_STR_INIT("R20\tsay:revoke_permission\t*\t*\t*\tbinding\tnone\ta\tb\n"), OVF_E_CORRUPT, 0},
};

static void reads(void **state)
{
    const struct row *row = *state;
    ovf_rulebook *made = NULL;
    ovf_error err = {0};
    assert_int_equal(ovf_rulebook_from_text(NULL, row->text, &made, &err), row->status);
    if (row->status == OVF_OK) {
        assert_int_equal(ovf_rulebook_count(made), 1);
    } else {
        assert_null(made);
        assert_true(err.pos == row->pos);
        assert_true(err.reason[0] != '\0');
    }
    ovf_rulebook_free(made);
}

/* R01 to R26, each at least once. */
static void has_all(void **state)
{
    static char text[65536];
    OVF_UNUSED(state);
    FILE *file = fopen(OVF_RULES_FILE, "rb");
    assert_non_null(file);
    ovf_str all = {text, fread(text, 1, sizeof(text), file)};
    fclose(file);
    for (int number = 1; number <= 26; number++) {
        char start[8];
        snprintf(start, sizeof(start), "\nR%02d\t", number);
        if (ovf_str_find(all, 0, ovf_str_of(start)) == OVF_NOPOS)
            fail_msg("no row R%02d", number);
    }
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 1] = {{"R01 to R26", has_all, NULL, NULL, NULL}};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i + 1] = (struct CMUnitTest){rows[i].name, reads, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("authority-rules", tests, OVF_COUNTOF(tests), NULL, NULL);
}
