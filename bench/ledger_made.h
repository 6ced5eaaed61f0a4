/* SPDX-License-Identifier: Apache-2.0 */
/* A made ledger: notices of all FIRs over five years with their chains, checklists, statements and
 * declarations, in fixed draws; and an answer as text, to hold two against each other. */
#ifndef OVERFLY_BENCH_LEDGER_MADE_H
#define OVERFLY_BENCH_LEDGER_MADE_H

#include <overfly/overfly.h>

#define MADE_FROM INT64_C(1609459200) /* 2021-01-01 */
#define MADE_S (5 * 365 * OVF_DAY_S)

/* A million in five years is as dense as the real world; more of them reach farther, not denser. */
#define MADE_DENSE 1000000
int64_t made_span_s(uint64_t total);

typedef struct made_ledger made_ledger;

made_ledger *made_ledger_new(const ovf_world *world, uint64_t total, uint32_t seed);
void made_ledger_free(made_ledger *made);
/* The next document, in order of known time; its bytes last until the next call. false: the end. */
bool made_ledger_next(made_ledger *made, ovf_ledger_entry *out);
/* A draw below n, for questions. */
uint32_t made_ledger_draw(made_ledger *made, uint32_t n);

/* Question number n: a place, an instant, a moment of knowing. */
typedef struct made_question {
    ovf_place place;
    ovf_time at, as_of;
    ovf_party party;
} made_question;
/* latest: as_of is at or before it. */
made_question made_ledger_question(made_ledger *made, ovf_time latest);

/* Processor time of the parts of an answer. */
typedef struct made_times {
    double read_ms, settle_ms, status_ms;
} made_times;

/* The answer out of the documents: in `text` in every particular (may be NULL); times may be NULL. */
ovf_status made_answer(const ovf_world *world, const ovf_rulebook *rules,
                       const made_question *question, const ovf_ledger_entry *entries, size_t count,
                       ovf_ledger *latest_of, ovf_arena *arena, ovf_buf *text, made_times *times,
                       ovf_error *err);
double made_now_ms(void); /* processor time of the program */
#endif
