/* SPDX-License-Identifier: Apache-2.0 */
/* The whole ledger out as lines and in again: the same chain; what was cut off goes on; what was
 * changed is refused at its line, and the lines before it stay. */
#include "scratch.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

#define LINES_MAX 64

typedef struct lines {
    ovf_arena arena;
    ovf_str items[LINES_MAX];
    size_t count;
    char head[OVF_SHA256_HEX + 1];
} lines;

static ovf_status collect(void *context, ovf_str line)
{
    lines *l = context;
    if (l->count == LINES_MAX)
        return OVF_E_LIMIT;
    l->items[l->count++] = ovf_arena_dup(&l->arena, line);
    return OVF_OK;
}

static ovf_ledger *open_at(const char *path)
{
    ovf_ledger *ledger = NULL;
    ovf_error err = {0};
    if (ovf_ledger_open(path, true, &ledger, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    return ledger;
}

/* Documents of any bytes, facts, an earlier receipt, names that are no UTF-8, a withdrawal. */
static void make_lines(const char *path, lines *l)
{
    static char room[NUMBERED_MAX_BYTES];
    ovf_ledger *ledger = open_at(path);
    for (uint32_t i = 1; i <= 12; i++)
        assert_int_equal(put_numbered(ledger, i, room, NULL, NULL), OVF_OK);
    ovf_ledger_entry entry = {.name = OVF_STR("\xff\xfe \"name\"\n\xc3"),
                              .kind = OVF_DOCUMENT_STATEMENTS,
                              .origin = OVF_STR("r\xc3\xa9"
                                                "el"),
                              .known = -5,
                              .stored = 7,
                              .bytes = {"a\0b\r\n\"\\\xe2\x82\xac", 10}};
    ovf_ledger_fact fact = {.kind = OVF_STR("statement"),
                            .id = OVF_STR("S-\xff"),
                            .issuer = OVF_STR(""),
                            .valid = {OVF_TIME_NONE, OVF_TIME_OPEN},
                            .status = OVF_STR("ok")};
    assert_int_equal(ovf_ledger_put(ledger, &entry, &fact, 1, NULL, NULL), OVF_OK);
    entry.known = -9;
    assert_int_equal(ovf_ledger_put(ledger, &entry, NULL, 0, NULL, NULL), OVF_OK);
    char sha256[OVF_SHA256_HEX + 1];
    ovf_sha256_hex(entry.bytes, sha256);
    assert_int_equal(ovf_ledger_withdraw(ledger, ovf_str_of(sha256), 3000, 3001,
                                         OVF_STR("not what it said"), NULL, NULL),
                     OVF_OK);
    *l = (lines){0};
    ovf_arena_init(&l->arena, 0);
    ovf_error err = {0};
    if (ovf_ledger_export(ledger, collect, l, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    ovf_ledger_info info;
    assert_int_equal(ovf_ledger_info_read(ledger, &info, NULL), OVF_OK);
    memcpy(l->head, info.head, sizeof(l->head));
    ovf_ledger_free(ledger);
    assert_int_equal(l->count, 12 + 3 + 1);
}

static ovf_status import_some(ovf_ledger *ledger, const lines *l, size_t count, uint64_t *added,
                              ovf_error *err)
{
    ovf_ledger_import *import = NULL;
    assert_int_equal(ovf_ledger_import_new(ledger, &import, err), OVF_OK);
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < count && status == OVF_OK; i++)
        status = ovf_ledger_import_line(import, l->items[i], err);
    uint64_t known = 0;
    ovf_error ignored = {0};
    ovf_status ended = ovf_ledger_import_finish(import, added, &known, &ignored);
    if (status == OVF_OK) {
        status = ended;
        *err = ignored;
    }
    ovf_ledger_import_free(import);
    return status;
}

static void comes_back_the_same(void **state)
{
    (void)state;
    scratch a, b;
    scratch_init(&a);
    scratch_init(&b);
    lines l, again;
    make_lines(a.path, &l);
    ovf_ledger *ledger = open_at(b.path);
    uint64_t added = 0;
    ovf_error err = {0};
    // Cut off after five, then after ten, then whole, then once more.
    assert_int_equal(import_some(ledger, &l, 5, &added, &err), OVF_E_CORRUPT);
    assert_int_equal(added, 5);
    assert_int_equal(import_some(ledger, &l, 10, &added, &err), OVF_E_CORRUPT);
    assert_int_equal(added, 5);
    if (import_some(ledger, &l, l.count, &added, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    assert_int_equal(added, 5);
    assert_int_equal(import_some(ledger, &l, l.count, &added, &err), OVF_OK);
    assert_int_equal(added, 0);
    ovf_ledger_report report;
    assert_int_equal(ovf_ledger_audit(ledger, ovf_str_of(l.head), &report, NULL), OVF_OK);
    assert_int_equal(report.damage, OVF_LEDGER_SOUND);
    assert_string_equal(report.head, l.head);
    again = (lines){0};
    ovf_arena_init(&again.arena, 0);
    assert_int_equal(ovf_ledger_export(ledger, collect, &again, NULL), OVF_OK);
    assert_int_equal(again.count, l.count);
    for (size_t i = 0; i < l.count; i++)
        assert_true(ovf_str_eq(again.items[i], l.items[i]));
    ovf_ledger_free(ledger);
    ovf_arena_done(&l.arena);
    ovf_arena_done(&again.arena);
    scratch_done(&a);
    scratch_done(&b);
}

/* A line of the export changed: `from` in it becomes `to`. */
static struct refused_row {
    const char *name;
    size_t line; /* from 0 */
    const char *from, *to;
    ovf_status status;
} refused_rows[] = {
    {"another known time", 3, "\"known\":1004", "\"known\":1005", OVF_E_CORRUPT},
    {"another stored time", 3, "\"stored\":2000", "\"stored\":2001", OVF_E_CORRUPT},
    {"another name", 3, "\"name\":\"numbered\"", "\"name\":\"numbereD\"", OVF_E_CORRUPT},
    {"another kind", 3, "\"kind\":\"notices\"", "\"kind\":\"flights\"", OVF_E_CORRUPT},
    {"another origin", 3, "\"origin\":\"made\"", "\"origin\":\"real\"", OVF_E_CORRUPT},
    {"a fact that was not", 3, "\"id\":\"A0001/26\"", "\"id\":\"A0001/27\"", OVF_E_CORRUPT},
    {"other bytes", 3, "\"bytes_base64\":\"Z", "\"bytes_base64\":\"a", OVF_E_CORRUPT},
    {"bytes that are no base64", 3, "\"bytes_base64\":\"Z", "\"bytes_base64\":\"!", OVF_E_SYNTAX},
    {"another number", 3, "\"entry\":4", "\"entry\":5", OVF_E_CORRUPT},
    {"a number that is none", 3, "\"entry\":4", "\"entry\":-", OVF_E_SYNTAX},
    {"a fraction", 3, "\"known\":1004", "\"known\":10.4", OVF_E_SYNTAX},
    {"no such kind", 3, "\"kind\":\"notices\"", "\"kind\":\"noticed\"", OVF_E_SYNTAX},
    {"no such entry", 3, "\"what\":\"document\"", "\"what\":\"documenT\"", OVF_E_SYNTAX},
    {"not JSON", 3, "{\"entry\"", "(\"entry\"", OVF_E_SYNTAX},
    {"a receipt of an unknown document", 13, "\"document\":\"", "\"document\":\"0", OVF_E_SYNTAX},
    {"another head at the end", 15, "\"head\":\"", "\"head\":\"0", OVF_E_CORRUPT},
    {"another count at the end", 15, "\"entries\":15", "\"entries\":16", OVF_E_CORRUPT},
};

static void refuses_a_changed_line(void **state)
{
    const struct refused_row *row = *state;
    scratch a, b;
    scratch_init(&a);
    scratch_init(&b);
    lines l;
    make_lines(a.path, &l);
    ovf_str line = l.items[row->line];
    size_t at = ovf_str_find(line, 0, ovf_str_of(row->from));
    assert_true(at != OVF_NOPOS);
    ovf_str head = ovf_str_sub(line, 0, at);
    ovf_str tail = ovf_str_tail(line, at + strlen(row->from));
    l.items[row->line] =
        ovf_arena_printf(&l.arena, OVF_FMT "%s" OVF_FMT, OVF_ARG(head), row->to, OVF_ARG(tail));
    ovf_ledger *ledger = open_at(b.path);
    uint64_t added = 0;
    ovf_error err = {0};
    ovf_status status = import_some(ledger, &l, l.count, &added, &err);
    if (status != row->status)
        fail_msg("%s: %s", ovf_status_name(status), err.reason);
    assert_int_equal(added, row->line < 15 ? row->line : 15);
    assert_true(err.pos == OVF_NOPOS || err.pos <= l.items[row->line].len);
    ovf_ledger_report report;
    assert_int_equal(ovf_ledger_audit(ledger, OVF_STR(""), &report, NULL), OVF_OK);
    assert_int_equal(report.damage, OVF_LEDGER_SOUND);
    assert_int_equal(report.proven_before, added);
    ovf_ledger_free(ledger);
    ovf_arena_done(&l.arena);
    scratch_done(&a);
    scratch_done(&b);
}

static void refuses_another_history(void **state)
{
    (void)state;
    static char room[NUMBERED_MAX_BYTES];
    scratch a, b;
    scratch_init(&a);
    scratch_init(&b);
    lines l;
    make_lines(a.path, &l);
    ovf_ledger *ledger = open_at(b.path);
    assert_int_equal(put_numbered(ledger, 2, room, NULL, NULL), OVF_OK);
    uint64_t added = 0;
    ovf_error err = {0};
    assert_int_equal(import_some(ledger, &l, l.count, &added, &err), OVF_E_USAGE);
    assert_int_equal(added, 0);
    ovf_ledger_free(ledger);
    ovf_arena_done(&l.arena);
    scratch_done(&a);
    scratch_done(&b);
}

/* Killed anywhere in an import, the next one goes on to the same head. */
static void goes_on_after_a_kill(void **state)
{
    (void)state;
    scratch a, b;
    scratch_init(&a);
    scratch_init(&b);
    lines l;
    make_lines(a.path, &l);
    for (int round = 0; round < 8; round++) {
        pid_t child = fork();
        if (child == 0) {
            ovf_ledger *ledger = open_at(b.path);
            uint64_t added = 0;
            ovf_error err = {0};
            for (size_t i = 1; i <= l.count; i++)
                (void)!import_some(ledger, &l, i, &added, &err);
            _exit(0);
        }
        struct timespec wait = {.tv_nsec = (3 + round * 4) * 1000 * 1000L};
        nanosleep(&wait, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    ovf_ledger *ledger = open_at(b.path);
    uint64_t added = 0;
    ovf_error err = {0};
    assert_int_equal(import_some(ledger, &l, l.count, &added, &err), OVF_OK);
    ovf_ledger_info info;
    assert_int_equal(ovf_ledger_info_read(ledger, &info, NULL), OVF_OK);
    assert_string_equal(info.head, l.head);
    ovf_ledger_free(ledger);
    ovf_arena_done(&l.arena);
    scratch_done(&a);
    scratch_done(&b);
}

int main(void)
{
    static const struct CMUnitTest plain[] = {
        cmocka_unit_test(comes_back_the_same),
        cmocka_unit_test(refuses_another_history),
        cmocka_unit_test(goes_on_after_a_kill),
    };
    struct CMUnitTest rows[OVF_COUNTOF(refused_rows)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(refused_rows); i++)
        rows[i] = (struct CMUnitTest){refused_rows[i].name, refuses_a_changed_line, NULL, NULL,
                                      &refused_rows[i]};
    int failed = _cmocka_run_group_tests("refused lines", rows, OVF_COUNTOF(rows), NULL, NULL);
    return failed + cmocka_run_group_tests_name("export", plain, NULL, NULL);
}
