/* SPDX-License-Identifier: Apache-2.0 */
/* kill -9 at random moments: every document that was acknowledged is whole, with all its facts, and
 * of the one that was being written either everything is there or nothing. */
#include "scratch.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

#define ROUNDS 50
#define LONGEST_US 25000

/* Writes documents first, first + 1, ... and says the number of each that was acknowledged. */
static void write_until_killed(const char *path, uint32_t first, int tell, char *room)
{
    ovf_ledger *ledger = NULL;
    ovf_error err = {0};
    if (ovf_ledger_open(path, true, &ledger, &err) != OVF_OK) {
        fprintf(stderr, "%s\n", err.reason);
        _exit(1);
    }
    for (uint32_t number = first;; number++) {
        if (put_numbered(ledger, number, room, NULL, &err) != OVF_OK) {
            fprintf(stderr, "%s\n", err.reason);
            _exit(2);
        }
        if (write(tell, &number, sizeof(number)) != (ssize_t)sizeof(number))
            _exit(3);
    }
}

/* The last number acknowledged, or `before` when there was none. */
static uint32_t listen_to(int from, uint32_t before)
{
    uint32_t number = 0;
    while (read(from, &number, sizeof(number)) == (ssize_t)sizeof(number))
        before = number;
    return before;
}

/* Documents 1..n are there, each whole with all its facts; returns n. */
static uint32_t check_whole(const char *path, char *room)
{
    ovf_ledger *ledger = NULL;
    ovf_error err = {0};
    ovf_status status = ovf_ledger_open(path, true, &ledger, &err);
    if (status != OVF_OK)
        fail_msg("%s", err.reason);
    size_t checked = 0;
    status = ovf_ledger_verify(ledger, &checked, &err);
    if (status != OVF_OK)
        fail_msg("%s", err.reason);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_ledger_entry *entries = NULL;
    size_t count = 0;
    assert_int_equal(ovf_ledger_list(ledger, OVF_TIME_OPEN, OVF_DOCUMENT_UNKNOWN, false, &arena,
                                     &entries, &count, &err),
                     OVF_OK);
    assert_int_equal(count, checked);
    for (uint32_t i = 0; i < count; i++) {
        char sha256[OVF_SHA256_HEX + 1];
        ovf_sha256_hex(numbered(i + 1, room), sha256);
        assert_true(ovf_str_eq(entries[i].sha256, ovf_str_of(sha256)));
        ovf_ledger_fact *facts = NULL;
        size_t fact_count = 0;
        assert_int_equal(
            ovf_ledger_facts(ledger, entries[i].sha256, &arena, &facts, &fact_count, &err), OVF_OK);
        assert_int_equal(fact_count, numbered_facts(i + 1));
    }
    ovf_arena_done(&arena);
    ovf_ledger_free(ledger);
    return (uint32_t)count;
}

static void survives_kill(void **state)
{
    (void)state;
    scratch s;
    scratch_init(&s);
    static char room[NUMBERED_MAX_BYTES];
    uint32_t stored = 0;
    uint32_t random = 20251129; // the same moments in every run, as far as a clock allows
    for (int round = 0; round < ROUNDS; round++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0) {
            close(ends[0]);
            write_until_killed(s.path, stored + 1, ends[1], room);
        }
        close(ends[1]);
        random = random * 1664525u + 1013904223u;
        struct timespec wait = {.tv_nsec = (long)(random >> 8) % LONGEST_US * 1000};
        nanosleep(&wait, NULL);
        kill(child, SIGKILL);
        uint32_t acknowledged = listen_to(ends[0], stored);
        close(ends[0]);
        int result = 0;
        assert_int_equal(waitpid(child, &result, 0), child);
        assert_true(WIFSIGNALED(result));
        stored = check_whole(s.path, room);
        // At most the one document whose answer the kill cut off is there beyond the acknowledged.
        assert_in_range(stored, acknowledged, acknowledged + 1);
    }
    print_message("%d kills, %u documents kept\n", ROUNDS, stored);
    scratch_done(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(survives_kill)};
    return cmocka_run_group_tests_name("kill", tests, NULL, NULL);
}
