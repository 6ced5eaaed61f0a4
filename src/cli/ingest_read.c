/* SPDX-License-Identifier: Apache-2.0 */
/* What is in a document that is taken in: its facts, and what the readers had to say of it. */
#include "ingest.h"

static bool add_fact(ingest *in, reading *r, const ovf_ledger_fact *fact)
{
    if (!ovf_arena_grow(&in->arena, (void **)&r->facts, r->fact_count, &r->fact_capacity,
                        sizeof(*r->facts)))
        return false;
    r->facts[r->fact_count++] = *fact;
    return true;
}

static void add_findings(reading *r, const ovf_finding *findings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ovf_findings_add(&r->findings, findings[i].severity, findings[i].pos, findings[i].rule,
                         OVF_FMT, OVF_ARG(findings[i].message));
}

static ovf_str issuer_of(const ovf_notice *notice)
{
    if (notice->issuer.office.len > 0)
        return notice->issuer.office;
    return notice->location_prefix.len > 0 ? notice->location_prefix : notice->issuer.state;
}

static ovf_status read_notices(ingest *in, ovf_str text, reading *r, ovf_error *err)
{
    ovf_notice *notices = NULL;
    size_t count = 0;
    ovf_notice_options options = {.received = in->received};
    ovf_status status =
        ovf_notice_read(in->world, text, &options, &in->arena, &notices, &count, err);
    for (size_t i = 0; i < count && status == OVF_OK; i++) {
        const ovf_notice *notice = &notices[i];
        add_findings(r, notice->findings, notice->finding_count);
        r->is_broken = r->is_broken || notice->status == OVF_READ_UNREADABLE;
        ovf_ledger_fact fact = {
            .kind = OVF_STR("notice"),
            .id = notice->id,
            .issuer = issuer_of(notice),
            .valid = {notice->valid_from, notice->valid_until},
            .span = notice->raw_span,
            .status = ovf_str_of(ovf_read_status_name(notice->status)),
        };
        if (!add_fact(in, r, &fact))
            status = ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the facts");
    }
    return status;
}

/* "VEN COL"; the whole list is in the document. */
static ovf_str join(ovf_arena *arena, const ovf_str *items, size_t count)
{
    ovf_str all = OVF_STR("");
    for (size_t i = 0; i < count && all.ptr != NULL; i++)
        all = ovf_arena_printf(arena, OVF_FMT "%s" OVF_FMT, OVF_ARG(all), i == 0 ? "" : " ",
                               OVF_ARG(items[i]));
    return all.ptr == NULL ? OVF_STR("") : all;
}

/* Facts of statements and coverage records, whatever document they came out of. */
static ovf_status take_statements(ingest *in, const ovf_statements *read, reading *r,
                                  ovf_error *err)
{
    add_findings(r, read->findings, read->finding_count);
    for (size_t i = 0; i < read->finding_count; i++)
        r->is_broken = r->is_broken || read->findings[i].severity == OVF_ERROR;
    bool has_room = true;
    for (size_t i = 0; i < read->count && has_room; i++) {
        const ovf_statement *statement = &read->items[i];
        ovf_interval valid = statement->valid;
        if (valid.from == OVF_TIME_NONE)
            valid.from = statement->said;
        ovf_ledger_fact fact = {.kind = OVF_STR("statement"),
                                .id = statement->id,
                                .issuer = statement->speaker,
                                .valid = valid,
                                .span = statement->span,
                                .status = OVF_STR("ok")};
        has_room = add_fact(in, r, &fact);
    }
    for (size_t i = 0; i < read->coverage_count && has_room; i++) {
        const ovf_coverage *coverage = &read->coverages[i];
        ovf_ledger_fact fact = {.kind = OVF_STR("coverage"),
                                .issuer =
                                    join(&in->arena, coverage->issuers, coverage->issuer_count),
                                .valid = coverage->during,
                                .span = coverage->span,
                                .status = OVF_STR("ok")};
        has_room = add_fact(in, r, &fact);
    }
    if (!has_room)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the facts");
    return OVF_OK;
}

static ovf_status read_statements(ingest *in, ovf_str text, reading *r, ovf_error *err)
{
    ovf_statements read = {0};
    ovf_status status = ovf_statement_read(text, &in->arena, &read, err);
    return status == OVF_OK ? take_statements(in, &read, r, err) : status;
}

static ovf_status read_news(ingest *in, ovf_str text, const ovf_source *source, reading *r,
                            ovf_error *err)
{
    ovf_news *news = NULL;
    ovf_statements read = {0};
    ovf_news_context context = ovf_document_news(text, source, &in->arena);
    ovf_status status = ovf_news_new(in->world, &news, err);
    if (status == OVF_OK)
        status = ovf_news_statements(news, text, &context, &in->arena, &read, err);
    ovf_news_free(news);
    return status == OVF_OK ? take_statements(in, &read, r, err) : status;
}

static const char *flight_status(ovf_flight_status status)
{
    switch (status) {
    case OVF_FLIGHT_UNREADABLE: return "unreadable";
    case OVF_FLIGHT_PARTIAL: return "partial";
    case OVF_FLIGHT_OK: return "ok";
    }
    return "unreadable";
}

static ovf_status read_flights(ingest *in, ovf_str text, reading *r, ovf_error *err)
{
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_flight_options options = {.reference = OVF_TIME_NONE};
    ovf_status status =
        ovf_flight_read(in->world, text, &options, &in->arena, &flights, &count, err);
    for (size_t i = 0; i < count && status == OVF_OK; i++) {
        const ovf_flight *flight = &flights[i];
        add_findings(r, flight->findings, flight->finding_count);
        // An error in a plan is a piece of it that is missing: cut off, or no plan at all.
        for (size_t k = 0; k < flight->finding_count; k++)
            r->is_broken = r->is_broken || flight->findings[k].severity == OVF_ERROR;
        r->is_broken = r->is_broken || flight->status == OVF_FLIGHT_UNREADABLE;
        ovf_interval valid = {flight->off_block, OVF_TIME_OPEN};
        if (flight->off_block != OVF_TIME_NONE && flight->eet_min >= 0)
            valid.until = flight->off_block + (ovf_time)flight->eet_min * OVF_MINUTE_S;
        ovf_ledger_fact fact = {.kind = OVF_STR("flight"),
                                .id = flight->id,
                                .issuer = flight->operator_icao,
                                .valid = valid,
                                .span = flight->raw_span,
                                .status = ovf_str_of(flight_status(flight->status))};
        if (!add_fact(in, r, &fact))
            status = ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the facts");
    }
    return status;
}

ovf_status ingest_read(ingest *in, ovf_str text, ovf_str name, ovf_str sha256, reading *r,
                       ovf_error *err)
{
    *r = (reading){.kind = cli_document_kind(text), .findings = {.arena = &in->arena}};
    ovf_status status = OVF_OK;
    const ovf_source source = {.document = sha256, .name = name, .known = in->received};
    switch (r->kind) {
    case OVF_DOCUMENT_NOTICES: status = read_notices(in, text, r, err); break;
    case OVF_DOCUMENT_STATEMENTS: status = read_statements(in, text, r, err); break;
    case OVF_DOCUMENT_FLIGHTS: status = read_flights(in, text, r, err); break;
    case OVF_DOCUMENT_NEWS: status = read_news(in, text, &source, r, err); break;
    case OVF_DOCUMENT_UNKNOWN:
        ovf_findings_add(&r->findings, OVF_ERROR, ovf_document_header_read(text).len, "KIND",
                         "expected a notice, statements in JSON, flight plans, or news (prose: "
                         "--news)");
        r->is_broken = true;
        break;
    }
    if (status == OVF_OK || status == OVF_E_NOMEM || status == OVF_E_INTERNAL)
        return status;
    ovf_findings_add(&r->findings, OVF_ERROR, err->pos, ovf_status_name(status), "%s", err->reason);
    r->is_broken = true;
    return OVF_OK;
}
