/* SPDX-License-Identifier: Apache-2.0 */
/* overfly ingest against what really lies about in folders: broken, empty, truncated and enormous
 * files, directories, noise. A message with the place, the rest still processed, nothing half
 * stored. Arguments: the program, the world file. */
#include "program.h"

#include <jansson.h>
#include <sys/stat.h>

static const char *program, *world;

typedef struct fixture {
    char folder[32];
    char ledger[64];
    const char *args[24];
    size_t count;
    char *files[8]; /* paths that the arguments borrow */
    size_t file_count;
} fixture;

static void start(fixture *f)
{
    f->count = 0;
    const char *const first[] = {program,   "ingest",  "--json", "--ledger",
                                 f->ledger, "--world", world};
    for (size_t i = 0; i < OVF_COUNTOF(first); i++)
        f->args[f->count++] = first[i];
}

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof(*f));
    strcpy(f->folder, "/tmp/ovf-ingest-XXXXXX");
    if (mkdtemp(f->folder) == NULL)
        return -1;
    snprintf(f->ledger, sizeof(f->ledger), "%s/.ledger", f->folder);
    start(f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    char command[64];
    snprintf(command, sizeof(command), "rm -r %s", f->folder);
    int status = system(command);
    for (size_t i = 0; i < f->file_count; i++)
        free(f->files[i]);
    free(f);
    return status;
}

/* A file of the fixture's folder, and its path as a further argument. */
static void add_file(fixture *f, const char *name, ovf_str text)
{
    char path[128];
    snprintf(path, sizeof(path), "%s/%s", f->folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
    f->files[f->file_count] = strdup(path);
    f->args[f->count++] = f->files[f->file_count++];
}

static outcome go(fixture *f, int want_status)
{
    f->args[f->count] = NULL;
    outcome ran = run_program(f->args, OVF_STR(""));
    if (ran.status != want_status)
        fail_msg("exit status %d, expected %d: " OVF_FMT, ran.status, want_status,
                 OVF_ARG(ran.err));
    return ran;
}

static void says(ovf_str text, const char *word)
{
    if (ovf_str_find(text, 0, ovf_str_of(word)) == OVF_NOPOS)
        fail_msg("\"" OVF_FMT "\" does not say \"%s\"", OVF_ARG(text), word);
}

/* Line `index` of the output, from 0, as an object. */
static json_t *object_at(ovf_str out, size_t index)
{
    ovf_str line = {0};
    for (size_t i = 0; i <= index; i++) {
        if (!ovf_str_line(&out, &line))
            fail_msg("%zu objects, expected more", i);
    }
    json_t *object = json_loadb(line.ptr, line.len, 0, NULL);
    assert_non_null(object);
    return object;
}

static void has(const json_t *object, const char *key, const char *want)
{
    const char *value = json_string_value(json_object_get(object, key));
    if (value == NULL || strcmp(value, want) != 0)
        fail_msg("%s is %s, expected %s", key, value == NULL ? "null" : value, want);
}

static size_t lines(ovf_str out)
{
    size_t count = 0;
    ovf_str line;
    while (ovf_str_line(&out, &line))
        count++;
    return count;
}

static bool ledger_is_there(const fixture *f)
{
    struct stat about;
    return stat(f->ledger, &about) == 0;
}

#define NOTICE                                                                                     \
    "# origin: made\n# known: 2026-02-01T12:00Z\n"                                                 \
    "A0001/26 NOTAMN\nQ) SVZM/QRPCA/IV/NBO/W/000/999/0812N06635W050\nA) SVZM\n"                    \
    "B) 2602011200 C) 2602021200\nE) CIVIL FLIGHTS PROHIBITED WITHIN 10NM RADIUS OF 0812N06635W\n" \
    "F) SFC G) UNL\n"
#define PLAN                                                                                   \
    "(FPL-AAL929-IS\n-B77W/H-SDE2WXYZ/LB1\n-KMIA0905\n-N0488F350 DCT 21N076W DCT\n-SBGR0729\n" \
    "-DOF/251130 REG/N721AN)\n"
#define STATEMENT \
    "{\"id\": \"S-1\", \"act\": \"warn\", \"speaker\": \"EASA\", \"area\": [\"SVZM\"]}\n"

static void takes_documents_in(void **state)
{
    fixture *f = *state;
    add_file(f, "a", OVF_STR(NOTICE));
    add_file(f, "b", OVF_STR(PLAN));
    add_file(f, "c", OVF_STR(STATEMENT));
    outcome ran = go(f, 0);
    assert_int_equal(lines(ran.out), 3);
    static const char *const kinds[] = {"notices", "flights", "statements"};
    static const char *const facts[] = {"notice", "flight", "statement"};
    static const char *const ids[] = {"A0001/26", "AAL929", "S-1"};
    for (size_t i = 0; i < 3; i++) {
        json_t *object = object_at(ran.out, i);
        has(object, "kind", kinds[i]);
        has(object, "status", "new");
        const json_t *fact = json_array_get(json_object_get(object, "facts"), 0);
        has(fact, "kind", facts[i]);
        has(fact, "id", ids[i]);
        assert_int_equal(json_string_length(json_object_get(object, "document")), 64);
        json_decref(object);
    }
    json_t *first = object_at(ran.out, 0);
    has(first, "known", "2026-02-01T12:00:00Z"); // its own header
    json_decref(first);
    ran = go(f, 0); // the same again
    for (size_t i = 0; i < 2; i++) {
        json_t *object = object_at(ran.out, i);
        has(object, "status", "known");
        json_decref(object);
    }
}

static void takes_the_known_time_given(void **state)
{
    fixture *f = *state;
    add_file(f, "a", OVF_STR(NOTICE));
    go(f, 0);
    f->args[f->count++] = "--received";
    f->args[f->count++] = "2026-01-31T00:00Z";
    json_t *object = object_at(go(f, 0).out, 0);
    has(object, "known", "2026-01-31T00:00:00Z");
    has(object, "status", "new"); // earlier than what was known
    json_decref(object);
}

static void takes_standard_input(void **state)
{
    fixture *f = *state;
    f->args[f->count++] = "-";
    f->args[f->count++] = "--name";
    f->args[f->count++] = "desk";
    f->args[f->count] = NULL;
    outcome ran = run_program(f->args, OVF_STR(PLAN));
    assert_int_equal(ran.status, 0);
    json_t *object = object_at(ran.out, 0);
    has(object, "name", "desk");
    has(object, "kind", "flights");
    json_decref(object);
}

static void takes_a_folder_only_when_told(void **state)
{
    fixture *f = *state;
    add_file(f, "b", OVF_STR(PLAN));
    add_file(f, "a", OVF_STR(NOTICE));
    add_file(f, "readme", OVF_STR("Nothing to see here.\n"));
    start(f);
    f->args[f->count++] = f->folder;
    outcome ran = go(f, 3);
    says(ran.err, "directory");
    says(ran.err, "-r");
    assert_false(ledger_is_there(f));
    f->args[f->count++] = "-r";
    ran = go(f, 0);
    assert_int_equal(lines(ran.out), 2);
    json_t *object = object_at(ran.out, 0);
    has(object, "kind", "notices"); // in the order of their names
    json_decref(object);
    says(ran.err, "left out");
}

static void refuses_an_empty_file(void **state)
{
    fixture *f = *state;
    add_file(f, "empty", OVF_STR(""));
    outcome ran = go(f, 3);
    says(ran.err, "empty:1:1: ");
    assert_int_equal(ran.out.len, 0);
    assert_false(ledger_is_there(f));
}

static void refuses_a_hundred_megabytes(void **state)
{
    fixture *f = *state;
    add_file(f, "noise", OVF_STR("x"));
    assert_int_equal(truncate(f->args[f->count - 1], 100 * 1000 * 1000), 0);
    outcome ran = go(f, 3);
    says(ran.err, "100000000 bytes");
    says(ran.err, "67108864");
    assert_false(ledger_is_there(f));
}

static void goes_on_behind_a_missing_file(void **state)
{
    fixture *f = *state;
    f->args[f->count++] = "/nowhere/at/all";
    add_file(f, "a", OVF_STR(NOTICE));
    outcome ran = go(f, 3);
    says(ran.err, "/nowhere/at/all: No such file");
    assert_int_equal(lines(ran.out), 1);
}

static void keeps_noise_and_says_so(void **state)
{
    fixture *f = *state;
    static char noise[1 << 20];
    uint32_t x = 2463534242u;
    for (size_t i = 0; i < sizeof(noise); i++) {
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        noise[i] = (char)x;
    }
    add_file(f, "noise", (ovf_str){noise, sizeof(noise)});
    add_file(f, "a", OVF_STR(NOTICE));
    outcome ran = go(f, 3);
    says(ran.err, "noise:1:1: expected ");
    assert_int_equal(lines(ran.out), 2);
    json_t *object = object_at(ran.out, 0);
    has(object, "kind", "unknown");
    has(object, "status", "new");
    json_decref(object);
}

static void keeps_a_truncated_plan(void **state)
{
    fixture *f = *state;
    add_file(f, "cut", OVF_STR(PLAN "(FPL-UAL129-IS\n-B789/H-SDE"));
    outcome ran = go(f, 3);
    says(ran.err, "cut:");
    json_t *object = object_at(ran.out, 0);
    const json_t *facts = json_object_get(object, "facts");
    assert_int_equal(json_array_size(facts), 2);
    has(json_array_get(facts, 0), "status", "ok"); // the whole one
    has(json_array_get(facts, 1), "status", "partial");
    const json_t *finding = json_array_get(json_object_get(object, "findings"), 0);
    assert_true(json_integer_value(json_object_get(finding, "line")) >= 1);
    json_decref(object);
}

static void keeps_a_statement_beside_a_broken_one(void **state)
{
    fixture *f = *state;
    add_file(f, "some", OVF_STR(STATEMENT "{\"id\": \"S-2\", \"speaker\": \"nobody\"}\n"));
    outcome ran = go(f, 3);
    says(ran.err, "some:2:");
    json_t *object = object_at(ran.out, 0);
    assert_int_equal(json_array_size(json_object_get(object, "facts")), 1);
    json_decref(object);
}

static void says_what_is_wrong_with_the_ledger(void **state)
{
    fixture *f = *state;
    add_file(f, "a", OVF_STR(NOTICE));
    FILE *file = fopen(f->ledger, "wb");
    assert_non_null(file);
    fputs("my diary", file);
    fclose(file);
    outcome ran = go(f, 3);
    says(ran.err, "not a ledger");
    f->args[f->count++] = "--ledger";
    f->args[f->count++] = "/nowhere/ledger.db";
    ran = go(f, 3);
    says(ran.err, "/nowhere/ledger.db: its folder: No such file");
}

static void takes_records_of_jsonl(void **state)
{
    fixture *f = *state;
    json_t *line = json_pack("{s:s, s:s}", "id", "rec-7", "raw", NOTICE);
    char *text = json_dumps(line, 0);
    char both[1024];
    int len = snprintf(both, sizeof(both), "%s\nnot json\n{\"id\": \"x\"}\n", text);
    add_file(f, "lines", (ovf_str){both, (size_t)len});
    free(text);
    json_decref(line);
    f->args[f->count++] = "--field";
    f->args[f->count++] = "raw";
    outcome ran = go(f, 3);
    assert_int_equal(lines(ran.out), 1);
    says(ran.out, "lines#rec-7");
    says(ran.err, "lines:2:1: ");
    says(ran.err, "lines:3:1: ");
}

static void refuses_senseless_calls(void **state)
{
    fixture *f = *state;
    go(f, 2);
    f->args[f->count++] = "--received";
    f->args[f->count++] = "yesterday";
    f->args[f->count++] = "-";
    go(f, 2);
}

#define TEST(f)                         \
    {                                   \
#f, f, set_up, tear_down, NULL, \
    }

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    program = argv[1];
    world = argv[2];
    const struct CMUnitTest tests[] = {
        TEST(takes_documents_in),
        TEST(takes_the_known_time_given),
        TEST(takes_standard_input),
        TEST(takes_a_folder_only_when_told),
        TEST(refuses_an_empty_file),
        TEST(refuses_a_hundred_megabytes),
        TEST(goes_on_behind_a_missing_file),
        TEST(keeps_noise_and_says_so),
        TEST(keeps_a_truncated_plan),
        TEST(keeps_a_statement_beside_a_broken_one),
        TEST(says_what_is_wrong_with_the_ledger),
        TEST(takes_records_of_jsonl),
        TEST(refuses_senseless_calls),
    };
    return cmocka_run_group_tests_name("ingest", tests, NULL, NULL);
}
