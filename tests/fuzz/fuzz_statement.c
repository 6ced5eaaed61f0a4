/* SPDX-License-Identifier: Apache-2.0 */
/* Statements out of any bytes, and the kind of a document. Held: errors and findings lie inside the
 * text; every span does; what a statement says never closes the air; the same bytes read twice give
 * the same. */
#include <overfly/restriction.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool it_holds)
{
    if (!it_holds)
        abort();
}

static void check_statement(const ovf_rulebook *book, const ovf_statement *statement, size_t len,
                            ovf_arena *arena)
{
    hold(statement->act != OVF_ACT_UNKNOWN && statement->id.len > 0);
    hold((size_t)statement->span.at + statement->span.len <= len);
    hold(statement->speaker_state.len == 0 || statement->speaker_state.len == 3);
    ovf_ruling ruling = {0};
    ovf_status status =
        ovf_judge_statement_air(book, statement, OVF_STR("VEN"), NULL, arena, &ruling);
    hold(status == OVF_OK || status == OVF_E_NOMEM);
    hold(!ruling.closes_airspace && ruling.verdict != OVF_VERDICT_CONDITIONAL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char rules[] =
        "R20\tsay:revoke_permission,order/primary\t*\t*\t*\tbinding\tno_legal_force\ta\tb\n"
        "R12\tsay:*\t*\t*\t*\tno_legal_force\tno_legal_force\ta\tb\n";
    ovf_str text = {(const char *)data, size};
    ovf_rulebook *book = NULL;
    ovf_arena arena;
    ovf_statements first = {0};
    ovf_statements second = {0};
    ovf_error err = {.pos = 0};
    if (ovf_rulebook_from_text(NULL, ovf_str_of(rules), &book, NULL) != OVF_OK)
        return 0;
    ovf_arena_init(&arena, (size_t)64 << 20);
    hold(ovf_document_header_read(text).len <= size);
    (void)ovf_document_sniff(text);
    ovf_status status = ovf_statement_read(text, &arena, &first, &err);
    if (status != OVF_OK) {
        hold(err.status == status && err.reason[0] != '\0');
        hold(err.pos <= size || err.pos == OVF_NOPOS);
    } else {
        for (size_t i = 0; i < first.finding_count; i++)
            hold(first.findings[i].pos < size);
        for (size_t i = 0; i < first.count; i++)
            check_statement(book, &first.items[i], size, &arena);
        hold(ovf_statement_read(text, &arena, &second, &err) != OVF_OK
             || (second.count == first.count && second.coverage_count == first.coverage_count
                 && second.finding_count == first.finding_count));
    }
    ovf_arena_done(&arena);
    ovf_rulebook_free(book);
    return 0;
}
