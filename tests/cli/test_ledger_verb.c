/* SPDX-License-Identifier: Apache-2.0 */
/* overfly ledger: what it prints and how it ends; answers out of an imported ledger; the timeline as
 * a picture. Arguments: the program, the world file. */
#include "program.h"

static const char *program, *world;
static char folder[64];

static const char *in_folder(const char *name)
{
    static char paths[8][128];
    static size_t turn;
    char *path = paths[turn++ % 8];
    snprintf(path, 128, "%s/%s", folder, name);
    return path;
}

#define RUN(...) run_program((const char *const[]){program, __VA_ARGS__, NULL}, OVF_STR(""))

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(in_folder(name), "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static bool has(ovf_str text, const char *part)
{
    return ovf_str_find(text, 0, ovf_str_of(part)) != OVF_NOPOS;
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/ovf-ledger-verb-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return 1;
    write_file("closed.txt", "# origin: made\n# known: 2026-01-01T06:00Z\n"
                             "(A0001/26 NOTAMN\nQ) SVZM/QRPCA/IV/BO/W/000/999/1000N06500W025\n"
                             "A) SVZM B) 2601010000 C) 2601312359\nE) PROHIBITED AREA WI A CIRCLE "
                             "RADIUS 20NM CENTRED ON 100000N0650000W. ALL FLIGHTS PROHIBITED.\n"
                             "F) SFC G) UNL)\n");
    write_file("said.json", "{\"type\":\"statement\",\"act\":\"suspend_service\",\"speaker\":"
                            "\"Iberia\",\"speaker_kind\":\"airline\",\"operators\":[\"IBE\"],"
                            "\"area\":[\"VEN\"],\"said\":\"2026-01-02T00:00:00Z\",\"text\":\"stops"
                            "\"}\n");
    outcome ran = RUN("ingest", "--ledger", in_folder("a.db"), "--world", world, "--received",
                      "2026-01-03T00:00Z", in_folder("said.json"));
    if (ran.status != 0)
        return 1;
    return RUN("ingest", "--ledger", in_folder("a.db"), "--world", world, in_folder("closed.txt"))
        .status;
}

static int tear_down(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof(command), "rm -r '%s'", folder);
    return system(command);
}

static void head_of(const char *ledger, char out[65])
{
    outcome info = RUN("ledger", "info", "--json", "--ledger", ledger);
    assert_int_equal(info.status, 0);
    size_t at = ovf_str_find(info.out, 0, OVF_STR("\"head\":\""));
    assert_true(at != OVF_NOPOS);
    snprintf(out, 65, "%.64s", info.out.ptr + at + 8);
}

static void tells_and_verifies(void **state)
{
    (void)state;
    char head[65];
    head_of(in_folder("a.db"), head);
    outcome ran = RUN("ledger", "info", "--ledger", in_folder("a.db"));
    assert_true(has(ran.out, "2 entries: 2 documents") && has(ran.out, head));
    ran = RUN("ledger", "verify", "--head", head, "--ledger", in_folder("a.db"));
    assert_int_equal(ran.status, 0);
    assert_true(has(ran.out, "sound, 2 entries"));
    ran = RUN("ledger", "verify", "--json", "--ledger", in_folder("a.db"));
    assert_int_equal(ran.status, 0);
    assert_true(has(ran.out, "\"sound\":true,\"damage\":null,\"entry\":null"));
    head[0] = head[0] == '0' ? '1' : '0';
    ran = RUN("ledger", "verify", "--json", "--head", head, "--ledger", in_folder("a.db"));
    assert_int_equal(ran.status, 1);
    assert_true(has(ran.out, "\"damage\":\"other_head\""));
}

static void checks_the_index(void **state)
{
    (void)state;
    assert_int_equal(RUN("ledger", "index", "--anew", "--ledger", in_folder("a.db")).status, 0);
    outcome ran = RUN("ledger", "index", "--check", "--ledger", in_folder("a.db"));
    assert_int_equal(ran.status, 0);
    assert_true(has(ran.out, "the index is what 2 entries give"));
    ran = RUN("ledger", "index", "--check", "--json", "--ledger", in_folder("a.db"));
    assert_int_equal(ran.status, 0);
    assert_true(has(ran.out, "\"sound\":true,\"entries\":2"));
}

static void goes_out_and_in(void **state)
{
    (void)state;
    static const char *const names[] = {"out.jsonl", "out.jsonl.gz"};
    for (size_t i = 0; i < 2; i++) {
        const char *copy = in_folder(i == 0 ? "b.db" : "c.db");
        const char *file = in_folder(names[i]);
        assert_int_equal(RUN("ledger", "export", "-o", file, "--ledger", in_folder("a.db")).status,
                         0);
        assert_int_equal(RUN("ledger", "import", file, "--ledger", copy).status, 0);
        char a[65];
        char b[65];
        head_of(in_folder("a.db"), a);
        head_of(copy, b);
        assert_string_equal(a, b);
        outcome again = RUN("ledger", "import", "--json", file, "--ledger", copy);
        assert_int_equal(again.status, 0);
        assert_true(has(again.out, "\"added\":0,\"known\":2,\"entries\":2"));
        outcome one = RUN("status", "SVZM", "--at", "2026-01-05T00:00Z", "--json", "--world", world,
                          "--ledger", in_folder("a.db"));
        char *first = strndup(one.out.ptr, one.out.len);
        outcome two = RUN("status", "SVZM", "--at", "2026-01-05T00:00Z", "--json", "--world", world,
                          "--ledger", copy);
        assert_int_equal(two.status, 1);
        assert_string_equal(first, two.out.ptr);
        free(first);
    }
    // Half of the compressed bytes: nothing of a line that is not whole is let in.
    FILE *whole = fopen(in_folder("out.jsonl.gz"), "rb");
    FILE *half = fopen(in_folder("half.gz"), "wb");
    char bytes[300];
    assert_int_equal(fwrite(bytes, 1, fread(bytes, 1, sizeof(bytes), whole), half), sizeof(bytes));
    fclose(whole);
    fclose(half);
    outcome ran = RUN("ledger", "import", in_folder("half.gz"), "--ledger", in_folder("d.db"));
    assert_int_equal(ran.status, 3);
    assert_true(has(ran.err, "damaged or cut off"));
    assert_int_equal(RUN("ledger", "verify", "--ledger", in_folder("d.db")).status, 0);
}

static void names_the_line(void **state)
{
    (void)state;
    write_file("bad.jsonl", "{\"entry\":1,\"what\":\"documents\"}\n");
    outcome ran = RUN("ledger", "import", in_folder("bad.jsonl"), "--ledger", in_folder("e.db"));
    assert_int_equal(ran.status, 3);
    assert_true(has(ran.err, "bad.jsonl:1:19: expected what: document, receipt or withdrawal"));
}

static void withdraws(void **state)
{
    (void)state;
    const char *copy = in_folder("w.db");
    assert_int_equal(RUN("ledger", "import", in_folder("out.jsonl"), "--ledger", copy).status, 0);
    outcome listed = RUN("timeline", "SVZM", "--json", "--ledger", copy, "--world", world);
    size_t at = ovf_str_find(listed.out, 0, OVF_STR("A0001/26"));
    size_t sha = ovf_str_find(listed.out, at, OVF_STR("\"document\":\""));
    assert_true(at != OVF_NOPOS && sha != OVF_NOPOS);
    char document[65];
    snprintf(document, sizeof(document), "%.64s", listed.out.ptr + sha + 12);
    outcome ran = RUN("ledger", "withdraw", document, "--received", "2026-01-10T00:00Z",
                      "--because", "a misprint", "--ledger", copy);
    assert_int_equal(ran.status, 0);
    const char *const times[] = {"2026-01-09T00:00Z", "2026-01-11T00:00Z"};
    for (size_t i = 0; i < 2; i++) {
        outcome answer = RUN("status", "10.0,-65.0", "--at", "2026-01-05T00:00Z", "--as-of",
                             times[i], "--json", "--ledger", copy, "--world", world);
        assert_int_equal(has(answer.out, "A0001/26"), i == 0);
    }
    assert_int_equal(RUN("ledger", "verify", "--ledger", copy).status, 0);
    assert_int_equal(RUN("ledger", "withdraw", "abc", "--ledger", copy).status, 3);
}

static void draws_the_timeline(void **state)
{
    (void)state;
    const char *svg = in_folder("t.svg");
    outcome ran =
        RUN("timeline", "SVZM", "-o", svg, "--ledger", in_folder("a.db"), "--world", world);
    assert_int_equal(ran.status, 0);
    assert_int_equal(ran.out.len, 0);
    FILE *file = fopen(svg, "rb");
    assert_non_null(file);
    static char text[400000];
    text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
    fclose(file);
    assert_non_null(strstr(text, "A0001/26 prohibited"));
    assert_non_null(strstr(text, "IBE Iberia"));
    assert_non_null(strstr(text, "suspended"));
}

static struct usage_row {
    const char *name;
    const char *args[5];
    int status;
} usage_rows[] = {
    {"no part", {"ledger"}, 2},
    {"no such part", {"ledger", "vacuum"}, 2},
    {"import of nothing", {"ledger", "import"}, 2},
    {"verify with an operand", {"ledger", "verify", "x"}, 2},
    {"a head that is none", {"ledger", "verify", "--head", "abc"}, 2},
    {"no ledger there", {"ledger", "info", "--ledger", "/tmp/no/such/ledger"}, 3},
    {"a picture of another kind", {"timeline", "SVZM", "-o", "x.gif"}, 2},
    {"a size without a picture", {"timeline", "SVZM", "--size", "900"}, 2},
    {"a size that is none", {"timeline", "SVZM", "-osvg", "--size=9"}, 2},
};

static void refuses(void **state)
{
    const struct usage_row *row = *state;
    const char *args[12] = {program};
    size_t count = 1;
    for (size_t i = 0; i < 5 && row->args[i] != NULL; i++)
        args[count++] = row->args[i];
    if (strstr(row->name, "no ledger") == NULL) {
        args[count++] = "--ledger";
        args[count++] = in_folder("a.db");
    }
    assert_int_equal(run_program(args, OVF_STR("")).status, row->status);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 1;
    program = argv[1];
    world = argv[2];
    static const struct CMUnitTest plain[] = {
        cmocka_unit_test(tells_and_verifies), cmocka_unit_test(checks_the_index),
        cmocka_unit_test(goes_out_and_in),    cmocka_unit_test(names_the_line),
        cmocka_unit_test(withdraws),          cmocka_unit_test(draws_the_timeline),
    };
    struct CMUnitTest tests[OVF_COUNTOF(plain) + OVF_COUNTOF(usage_rows)] = {0};
    memcpy(tests, plain, sizeof(plain));
    for (size_t i = 0; i < OVF_COUNTOF(usage_rows); i++)
        tests[OVF_COUNTOF(plain) + i] =
            (struct CMUnitTest){usage_rows[i].name, refuses, NULL, NULL, &usage_rows[i]};
    return _cmocka_run_group_tests("ledger verb", tests, OVF_COUNTOF(tests), set_up, tear_down);
}
