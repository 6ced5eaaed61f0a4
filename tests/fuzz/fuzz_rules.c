/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of rules out of any bytes. Held: an error lies inside the text and makes no book; with any
 * book that can be read, no statement closes the air. */
#include <overfly/authority.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool it_holds)
{
    if (!it_holds)
        abort();
}

static void check_book(const ovf_rulebook *book)
{
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)16 << 20);
    for (int act = OVF_ACT_DECLARE_CLOSED; act <= OVF_ACT_OPERATE; act++) {
        const ovf_statement statement = {.act = (ovf_act)act,
                                         .speaker_kind = OVF_STR("head_of_state"),
                                         .speaker_state = OVF_STR("VEN"),
                                         .medium = OVF_STR("law")};
        ovf_ruling ruling = {0};
        ovf_status status =
            ovf_judge_statement_air(book, &statement, OVF_STR("VEN"), NULL, &arena, &ruling);
        hold(status == OVF_OK || status == OVF_E_NOMEM);
        hold(!ruling.closes_airspace);
        hold(ruling.verdict != OVF_VERDICT_BINDING || act == OVF_ACT_REVOKE_PERMISSION
             || act == OVF_ACT_ORDER || act == OVF_ACT_SUSPEND_SERVICE);
    }
    const ovf_notice notice = {.id = OVF_STR("A1/26"),
                               .issuer = {.state = OVF_STR("VEN"), .kind = OVF_STR("state")},
                               .effect = OVF_EFFECT_CLOSED,
                               .strength = OVF_STRENGTH_HARD,
                               .addressed = {.everyone = true}};
    const ovf_air air = {.territory = OVF_STR("VEN"), .service = OVF_STR("VEN")};
    ovf_ruling ruling = {0};
    ovf_status status = ovf_judge_notice_air(book, &notice, SIZE_MAX, air, NULL, &arena, &ruling);
    hold(status == OVF_OK || status == OVF_E_NOMEM);
    hold(ruling.rule_count <= OVF_RULING_MAX_RULES);
    ovf_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ovf_str text = {(const char *)data, size};
    ovf_rulebook *book = NULL;
    ovf_error err = {0};
    ovf_status status = ovf_rulebook_from_text(NULL, text, &book, &err);
    if (status != OVF_OK) {
        hold(book == NULL && err.reason[0] != '\0');
        hold(err.pos == OVF_NOPOS || err.pos <= size);
        return 0;
    }
    hold(ovf_rulebook_count(book) > 0);
    check_book(book);
    ovf_rulebook_free(book);
    return 0;
}
