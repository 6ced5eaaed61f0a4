/* SPDX-License-Identifier: Apache-2.0 */
/* Who issued a notice, and who speaks in it when that is another: States print each other's advice.
 * The office is that of SOURCE, the envelope or the prefix of the number; an address of the European
 * AIS Database names no State, then item Q or A do (domain: series, header, then items). */
#include "notice_internal.h"

static ovf_str office_of(const ovf_draft *d)
{
    if (d->is_kicz)
        return OVF_STR("KICZ");
    if (d->notice->source.len > 0)
        return d->notice->source;
    return d->originator.len > 0 ? d->originator : d->notice->location_prefix;
}

/* The European AIS Database publishes for many States; its address names none. */
static bool names_no_state(ovf_str office)
{
    return ovf_str_starts(office, OVF_STR("EUEC")) || ovf_str_starts(office, OVF_STR("EU"));
}

void ovf_read_issuer(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_issuer *issuer = &n->issuer;
    if (issuer->kind.len > 0)
        return; // an advisory has said it already
    issuer->office = office_of(d);
    ovf_range source = ovf_trailer_value(d, OVF_STR("SOURCE:"));
    if (n->source.len > 0)
        issuer->span = ovf_raw_span(d, source.from, source.from + n->source.len);
    if (!names_no_state(issuer->office))
        issuer->state = ovf_indicator_state(d->world, issuer->office);
    bool is_set = n->q_fir.len == 4 && n->q_fir.ptr[0] == 'Z' && n->q_fir.ptr[1] == 'X';
    if (issuer->state.len == 0 && n->q_fir.len == 4 && !is_set)
        issuer->state = ovf_indicator_state(d->world, n->q_fir);
    if (issuer->state.len == 0 && n->q_fir.len == 3 && n->q_fir.ptr[0] == 'Z')
        issuer->state = OVF_STR("USA");
    if (issuer->state.len == 0 && n->locations.len >= 4)
        issuer->state = ovf_indicator_state(d->world, ovf_str_sub(n->locations, 0, 4));
    issuer->kind =
        issuer->state.len > 0 || issuer->office.len > 0 ? OVF_STR("state") : OVF_STR("unknown");
    if (issuer->span.len == 0)
        issuer->span = n->span_a.len > 0 ? n->span_a : n->span_id;
}

/* ---- who really speaks ---- */

/* "THE REPUBLIC OF ESTONIA", "GOVERNMENT OF THE UNITED STATES": the State behind what stands before
 * its name. */
ovf_str ovf_state_behind(const ovf_draft *d, size_t i, size_t *end)
{
    static const char *const before[] = {
        "THE",
        "GOVERNMENT|AUTHORITIES|AUTHORITY|CITIZENS|NATIONALS OF THE?",
        "REPUBLIC|KINGDOM|STATE|STATES|SULTANATE|PRINCIPALITY|COMMONWEALTH|FEDERATION OF THE?",
        "FEDERAL|ISLAMIC|PEOPLES|DEMOCRATIC|HASHEMITE|CIVIL|NATIONAL REPUBLIC|KINGDOM OF THE?",
    };
    ovf_str state = ovf_state_code_at(d, i, end);
    for (size_t k = 0; k < OVF_COUNTOF(before) && state.len == 0; k++) {
        size_t next = ovf_phrase(d, i, before[k]);
        if (next > 0) {
            i = next;
            state = ovf_state_code_at(d, i, end);
        }
    }
    return state;
}

static bool is_certificate(const ovf_draft *d, size_t i)
{
    return ovf_phrase_find(
               d, i > 9 ? i - 9 : 0, i,
               "LICENSE|LICENCE|LICENSES|LICENCES|CERTIFICATE|CERTIFICATES|CERTIFCIATE|AOC|OL|"
               "PERMISSION|PERMISSIONS|PERMIT|CLEARANCE|EXEMPTION|AUTHORISATION|AUTHORIZATION|BAN",
               NULL)
           != OVF_NOPOS;
}

static bool is_own(const ovf_draft *d, ovf_str state)
{
    return ovf_str_eq(state, d->notice->issuer.state);
}

static ovf_span tokens_span(const ovf_draft *d, size_t from, size_t end)
{
    return ovf_raw_span(d, d->tokens[from].at, ovf_tok_end(d, end - 1));
}

/* "NOTAM A1234/25" near what is quoted. */
static ovf_str quoted_number(ovf_draft *d, size_t from)
{
    size_t until = from + 14 < d->token_count ? from + 14 : d->token_count;
    for (size_t i = from; i + 2 < until; i++) {
        ovf_str word = ovf_tok_text(d, i);
        bool is_series = d->tokens[i].kind == OVF_TOK_WORD && word.len == 5
                         && ovf_is_letter(word.ptr[0]) && ovf_is_digit(word.ptr[1])
                         && ovf_is_digit(word.ptr[4]);
        if (is_series && ovf_tok_sign(d, i + 1, '/') && d->tokens[i + 2].kind == OVF_TOK_NUM)
            return ovf_show(d, d->tokens[i].at, ovf_tok_end(d, i + 2));
    }
    return OVF_STR("");
}

/* The words behind the State that name its office: "DEPARTMENT FOR TRANSPORT". */
static ovf_str office_behind(ovf_draft *d, size_t i, size_t *end)
{
    static const char *const offices[] = {
        "DEPARTMENT FOR|OF TRANSPORT|TRANSPORTATION",
        "CIVIL AVIATION AUTHORITY|ADMINISTRATION|AUTHORITIES|AGENCY|DEPARTMENT",
        "FEDERAL AVIATION ADMINISTRATION",
        "AVIATION AUTHORITY|AUTHORITIES",
        "MINISTRY OF TRANSPORT|DEFENCE|DEFENSE",
        "CAA|FAA|EASA|DGAC|CAAC|GCAA|AUTHORITIES|GOVERNMENT",
    };
    for (size_t k = 0; k < OVF_COUNTOF(offices); k++) {
        size_t next = ovf_phrase(d, i, offices[k]);
        if (next == 0)
            continue;
        *end = next;
        return ovf_show(d, d->tokens[i].at, ovf_tok_end(d, next - 1));
    }
    return OVF_STR("");
}

/* A speaker at token i: a State with or without its office, or an office that says its State. */
static bool speaker_at(ovf_draft *d, size_t i, ovf_relayed *out, size_t *end)
{
    size_t at = i + (ovf_tok_is(d, i, "THE") ? 1 : 0);
    ovf_str state = ovf_state_behind(d, at, end);
    if (state.len > 0 && !is_own(d, state)) {
        size_t next = *end;
        out->state = state;
        out->office = office_behind(d, next, end);
        return true;
    }
    size_t next = 0;
    ovf_str office = office_behind(d, at, &next);
    if (office.len == 0)
        return false;
    *end = next;
    bool is_easa = ovf_str_eq(office, OVF_STR("EASA"));
    if (is_easa || ovf_str_eq(office, OVF_STR("FAA"))
        || ovf_phrase(d, at, "FEDERAL AVIATION ADMINISTRATION") > 0) {
        out->office = office;
        out->state = is_easa ? OVF_STR("") : OVF_STR("USA");
        return is_easa || !is_own(d, out->state);
    }
    if (!ovf_tok_is(d, next, "OF"))
        return false;
    state = ovf_state_behind(d, next + 1, end);
    if (state.len == 0 || is_own(d, state))
        return false;
    *out = (ovf_relayed){.state = state, .office = office};
    return true;
}

void ovf_read_relayed(ovf_draft *d)
{
    // What stands before the speaker, and what behind: "ISSUED BY X"; "X HAS ISSUED AN ADVISORY".
    static const char *const before[] = {
        "ISSUED|PUBLISHED|PROMULGATED BY",
        "ON BEHALF OF",
        "ADVICE|INFORMATION|NOTICE RECEIVED FROM",
        "AT|ON THE? REQUEST OF",
    };
    static const char *const behind[] = {"HAS|HAVE ISSUED|PUBLISHED|PROMULGATED",
                                         "ISSUED|PUBLISHED AN|A|THE ADVISORY|NOTAM|CZIB|BULLETIN"};
    ovf_notice *n = d->notice;
    uint32_t has_before = ovf_text_may_say_any(d, before, OVF_COUNTOF(before));
    if (has_before == 0 && ovf_text_may_say_any(d, behind, OVF_COUNTOF(behind)) == 0)
        return;
    size_t quote = ovf_phrase_find(d, 0, d->token_count, "QUOTE", NULL);
    // In an answer to another State's act the first part tells of that act and is nobody's speech.
    size_t first = quote == OVF_NOPOS ? d->main_from : 0;
    for (size_t i = first; i < d->token_count && n->issuer.state.len > 0; i++) {
        ovf_relayed found = {0};
        size_t end = 0;
        size_t from = 0;
        for (size_t k = i < 40 ? 0 : 1; k < OVF_COUNTOF(before) && from == 0; k++)
            from = ovf_phrase(d, i, before[k]);
        bool is_said = from > 0 && !is_certificate(d, i) && speaker_at(d, from, &found, &end);
        if (!is_said && ovf_phrase(d, i, "THE|GOVERNMENT|EASA|FAA|FEDERAL|CIVIL|AVIATION") > 0
            && speaker_at(d, i, &found, &end)) {
            for (size_t k = 0; k < OVF_COUNTOF(behind) && !is_said; k++)
                is_said = ovf_phrase(d, end, behind[k]) > 0;
        }
        if (!is_said)
            continue;
        found.span = tokens_span(d, i, end);
        found.id = quoted_number(d, quote == OVF_NOPOS ? end : quote);
        n->relayed = found;
        return;
    }
}
