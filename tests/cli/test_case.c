/* SPDX-License-Identifier: Apache-2.0 */
/* A case of history, asked of the program itself: a folder of examples/ is taken into a ledger of
 * its own, and every row of its expected.txt is one test (docs/formats/case.md). The rows follow
 * from the notices' words and the rules' sources, never from an answer of ours.
 * Arguments: the program, the world file, the folder of the case. */
#include "program.h"

#include <jansson.h>

#define ROWS_MAX 256
#define ARGS_MAX 40

typedef struct row {
    ovf_str instant, subject, party, registry, expected, basis;
    char name[160];
} row;

static const char *program, *world, *folder;
static char ledger[256];
static char scratch_folder[] = "/tmp/ovf-case-XXXXXX";
static char table[65536];
static row rows[ROWS_MAX];
static size_t row_count;

static char *copy(ovf_str s)
{
    char *text = malloc(s.len + 1);
    assert_non_null(text);
    memcpy(text, s.ptr, s.len);
    text[s.len] = '\0';
    return text;
}

/* The object a line of output holds; for flights the one whose id is asked for. */
static json_t *find_answer(ovf_str text, const char *flight)
{
    ovf_str line;
    while (ovf_str_line(&text, &line)) {
        json_t *object = json_loadb(line.ptr, line.len, 0, NULL);
        const char *id =
            json_string_value(json_object_get(json_object_get(object, "flight"), "id"));
        if (object != NULL && (flight == NULL || (id != NULL && strcmp(id, flight) == 0)))
            return object;
        json_decref(object);
    }
    return NULL;
}

/* What the program prints for these arguments; rows about flights of one file ask it only once. */
static ovf_str run_once(const char *const *args, size_t count)
{
    static char *last_question;
    static outcome last;
    char question[2048] = "";
    size_t len = 0;
    for (size_t i = 1; i < count; i++) {
        len += (size_t)snprintf(question + len, sizeof(question) - len, "%s ", args[i]);
        assert_true(len < sizeof(question));
    }
    if (last_question == NULL || strcmp(question, last_question) != 0) {
        last = run_program(args, OVF_STR(""));
        if (last.status > 1)
            fail_msg("exit status %d: " OVF_FMT, last.status, OVF_ARG(last.err));
        free(last_question);
        last_question = strdup(question);
    }
    return last.out;
}

/* "IGO owner=IND use=cargo": the operator first, or "-", then what else is known of who flies. */
static size_t add_party(const char **args, size_t count, char *party)
{
    for (char *word = strtok(party, " "); word != NULL; word = strtok(NULL, " ")) {
        char *equals = strchr(word, '=');
        if (strcmp(word, "-") == 0)
            continue;
        assert_true(count + 2 < ARGS_MAX);
        if (equals == NULL) {
            args[count++] = "--operator";
            args[count++] = word;
            continue;
        }
        *equals = '\0';
        static char options[8][32];
        static size_t next;
        char *option = options[next++ % OVF_COUNTOF(options)];
        snprintf(option, sizeof(options[0]), "--%s", word);
        args[count++] = option;
        args[count++] = equals + 1;
    }
    return count;
}

static json_t *ask(const row *r)
{
    const char *args[ARGS_MAX] = {program};
    size_t count = 1;
    char *instant = copy(r->instant);
    char *subject = copy(r->subject);
    char *party = copy(r->party);
    char *registry = copy(r->registry);
    char path[512];
    char *flight = strchr(subject, '#');
    if (flight != NULL) {
        *flight++ = '\0';
        snprintf(path, sizeof(path), "%s/%s", folder, subject);
    }
    char *known = strchr(instant, '@');
    if (known != NULL)
        *known++ = '\0';
    args[count++] = flight != NULL ? "check" : "status";
    args[count++] = flight != NULL ? path : subject;
    const char *options[] = {
        "--json", "--ledger", ledger, "--world", world, "--as-of", known != NULL ? known : instant};
    for (size_t i = 0; i < OVF_COUNTOF(options); i++)
        args[count++] = options[i];
    if (flight == NULL) {
        args[count++] = "--at";
        args[count++] = instant;
    }
    count = add_party(args, count, party);
    if (strcmp(registry, "-") != 0) {
        args[count++] = "--registry";
        args[count++] = registry;
    }
    ovf_str out = run_once(args, count);
    json_t *answer = find_answer(out, flight);
    if (answer == NULL)
        fail_msg("no answer about %s %s", subject, flight == NULL ? "" : flight);
    free(instant);
    free(subject);
    free(party);
    free(registry);
    return answer;
}

/* ---- expectations ---- */

static bool is_one_of(const char *value, ovf_str alternatives)
{
    ovf_str word;
    while (value != NULL && ovf_str_field(&alternatives, '|', &word)) {
        if (ovf_str_eq(word, ovf_str_of(value)))
            return true;
    }
    return false;
}

/* "A0483/25#2" is about A0483/25, and "CZIB 2026-01" about 2026-01. */
static bool is_about(const json_t *entry, ovf_str id)
{
    static const char *const keys[] = {"id", "restriction", "statement", "operator"};
    for (size_t i = 0; i < OVF_COUNTOF(keys); i++) {
        ovf_str value = ovf_str_of(json_string_value(json_object_get(entry, keys[i])));
        value = ovf_str_sub(value, 0, ovf_str_find(value, 0, OVF_STR("#")));
        if (value.len >= id.len && id.len > 0 && ovf_str_ends(value, id))
            return true;
    }
    return false;
}

/* Every entry of the list about `id` has one of the values; returns how many there are. */
static size_t check_entries(const json_t *list, ovf_str id, const char *key, ovf_str want)
{
    size_t found = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *entry = json_array_get(list, i);
        if (!is_about(entry, id))
            continue;
        found++;
        const char *value = key == NULL ? NULL : json_string_value(json_object_get(entry, key));
        if (key != NULL && !is_one_of(value, want))
            fail_msg(OVF_FMT ": %s is %s, expected " OVF_FMT, OVF_ARG(id), key,
                     value == NULL ? "null" : value, OVF_ARG(want));
    }
    return found;
}

static void check_one(const json_t *answer, ovf_str what)
{
    size_t equals = ovf_str_find(what, 0, OVF_STR("="));
    ovf_str name = ovf_str_sub(what, 0, equals);
    ovf_str want = equals == OVF_NOPOS ? OVF_STR("") : ovf_str_tail(what, equals + 1);
    size_t colon = ovf_str_find(name, 0, OVF_STR(":"));
    ovf_str id = colon == OVF_NOPOS ? OVF_STR("") : ovf_str_tail(name, colon + 1);
    ovf_str verb = ovf_str_sub(name, 0, colon);
    const json_t *because = json_object_get(answer, "because");
    if (ovf_str_eq(verb, OVF_STR("absent"))) {
        assert_int_equal(check_entries(because, id, NULL, want), 0);
        return;
    }
    if (id.len == 0) {
        char *key = copy(name);
        const char *value = json_string_value(json_object_get(answer, key));
        if (!is_one_of(value, want))
            fail_msg("%s is %s, expected " OVF_FMT, key, value == NULL ? "null" : value,
                     OVF_ARG(want));
        free(key);
        return;
    }
    size_t found = 0;
    if (ovf_str_eq(verb, OVF_STR("verdict")))
        found = check_entries(because, id, "verdict", want);
    else if (ovf_str_eq(verb, OVF_STR("applies")))
        found = check_entries(because, id, "applies", want);
    else if (ovf_str_eq(verb, OVF_STR("posture")))
        found = check_entries(json_object_get(answer, "operators"), id, "posture", want);
    else if (ovf_str_eq(verb, OVF_STR("alert")))
        found = check_entries(json_object_get(answer, "alerts"), id, NULL, want);
    else if (ovf_str_eq(verb, OVF_STR("crosses")))
        found = check_entries(json_object_get(answer, "crossings"), id, NULL, want);
    else
        fail_msg("the table asks for " OVF_FMT ", which no test knows", OVF_ARG(verb));
    if (found == 0)
        fail_msg("nothing about " OVF_FMT " in the answer", OVF_ARG(id));
}

static void holds(void **state)
{
    const row *r = *state;
    json_t *answer = ask(r);
    ovf_str rest = r->expected;
    ovf_str what;
    while (ovf_str_field(&rest, ';', &what))
        check_one(answer, ovf_str_trim(what));
    json_decref(answer);
}

/* ---- the table and the ledger ---- */

static bool read_table(void)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/expected.txt", folder);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    ovf_str text = {table, fread(table, 1, sizeof(table), file)};
    fclose(file);
    ovf_str line;
    while (ovf_str_line(&text, &line) && row_count < ROWS_MAX) {
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        row *r = &rows[row_count++];
        ovf_str *const fields[] = {&r->instant,  &r->subject,  &r->party,
                                   &r->registry, &r->expected, &r->basis};
        for (size_t i = 0; i < OVF_COUNTOF(fields); i++) {
            if (!ovf_str_field(&line, '\t', fields[i]))
                return false;
        }
        snprintf(r->name, sizeof(r->name), OVF_FMT " " OVF_FMT " " OVF_FMT " " OVF_FMT,
                 OVF_ARG(r->instant), OVF_ARG(r->subject), OVF_ARG(r->party), OVF_ARG(r->registry));
    }
    return row_count > 0;
}

static int take_in(void **state)
{
    (void)state;
    if (mkdtemp(scratch_folder) == NULL)
        return -1;
    snprintf(ledger, sizeof(ledger), "%s/ledger.db", scratch_folder);
    static const char *const parts[] = {"notices", "statements", "flights"};
    for (size_t i = 0; i < OVF_COUNTOF(parts); i++) {
        char path[512];
        snprintf(path, sizeof(path), "%s/%s", folder, parts[i]);
        if (i > 0 && access(path, F_OK) != 0) /* a case has notices; the rest where it has any */
            continue;
        const char *const args[] = {program, "ingest",  "-r",  path, "--ledger",
                                    ledger,  "--world", world, NULL};
        outcome ran = run_program(args, OVF_STR(""));
        if (ran.status != 0) {
            print_error("%s: exit status %d: " OVF_FMT "\n", path, ran.status, OVF_ARG(ran.err));
            return -1;
        }
    }
    return 0;
}

static int clean_up(void **state)
{
    (void)state;
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < OVF_COUNTOF(endings); i++) {
        char path[300];
        snprintf(path, sizeof(path), "%s%s", ledger, endings[i]);
        unlink(path);
    }
    return rmdir(scratch_folder);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    program = argv[1];
    world = argv[2];
    folder = argv[3];
    if (!read_table()) {
        fprintf(stderr, "%s/expected.txt: no table\n", folder);
        return 2;
    }
    static struct CMUnitTest tests[ROWS_MAX];
    for (size_t i = 0; i < row_count; i++)
        tests[i] = (struct CMUnitTest){rows[i].name, holds, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests(folder, tests, row_count, take_in, clean_up);
}
