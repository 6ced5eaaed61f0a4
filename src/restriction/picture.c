/* SPDX-License-Identifier: Apache-2.0 */
/* The picture: documents in, notices and statements kept, restrictions made once all are there. */
#include "restriction_internal.h"

static ovf_status no_memory(ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the picture");
}

/* Not yet known at the moment from which the picture is seen. */
static bool is_later(const ovf_picture *picture, ovf_time known, ovf_time else_known)
{
    ovf_time when = known != OVF_TIME_NONE ? known : else_known;
    return picture->options.as_of != OVF_TIME_OPEN && when != OVF_TIME_NONE
           && when > picture->options.as_of;
}

static void pass_findings(ovf_findings *findings, const ovf_finding *items, size_t count)
{
    for (size_t i = 0; findings != NULL && i < count; i++)
        ovf_findings_add(findings, items[i].severity, items[i].pos, items[i].rule, OVF_FMT,
                         OVF_ARG(items[i].message));
}

static ovf_status add_notices(ovf_picture *picture, ovf_str document, const ovf_source *source,
                              ovf_findings *findings, ovf_error *err)
{
    ovf_arena *arena = &picture->store->arena;
    ovf_notice *notices = NULL;
    size_t count = 0;
    const ovf_notice_options options = {.window = picture->options.window,
                                        .received = source->known,
                                        .threads = picture->options.threads};
    ovf_status status =
        ovf_notice_read(picture->world, document, &options, arena, &notices, &count, err);
    if (status != OVF_OK)
        return status;
    struct picture_notice *entries = ovf_arena_array(arena, struct picture_notice, count);
    if (entries == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++) {
        pass_findings(findings, notices[i].findings, notices[i].finding_count);
        if (is_later(picture, source->known, notices[i].created))
            continue;
        if (picture->notice_count >= PICTURE_NOTICES_MAX)
            return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "more than %u notices in a picture",
                            (unsigned)PICTURE_NOTICES_MAX);
        if (!ovf_arena_grow(&picture->lists, (void **)&picture->notices, picture->notice_count,
                            &picture->notice_capacity, sizeof(*picture->notices)))
            return no_memory(err);
        entries[i] = (struct picture_notice){
            .notice = &notices[i], .source = source, .index = (uint32_t)picture->notice_count};
        picture->notices[picture->notice_count++] = &entries[i];
        if (notices[i].status != OVF_READ_UNREADABLE)
            picture->readable_count++;
        else if (picture->options.alone)
            picture->unread_count++;
    }
    return OVF_OK;
}

/* A default id of the reader, "S-3", is only unique in its document: the document's digits make it
 * so in the picture. */
static ovf_str full_id(ovf_picture *picture, ovf_str id, const ovf_source *source)
{
    if (source->document.len < 8 || !ovf_str_starts(id, OVF_STR("S-")))
        return id;
    uint32_t number = 0;
    if (ovf_str_take_uint(id, 2, OVF_STATEMENT_MAX_RECORDS, &number) != id.len || id.len == 2)
        return id;
    ovf_str full = ovf_arena_printf(&picture->store->arena, "S-" OVF_FMT "-%u",
                                    OVF_ARG(ovf_str_sub(source->document, 0, 8)), number);
    return full.ptr == NULL ? id : full;
}

static ovf_status hold_statements(ovf_picture *picture, const ovf_statements *read,
                                  const ovf_source *source, ovf_error *err)
{
    for (size_t i = 0; i < read->count; i++) {
        if (is_later(picture, source->known, read->items[i].said))
            continue;
        if (!ovf_arena_grow(&picture->lists, (void **)&picture->statements,
                            picture->statement_count, &picture->statement_capacity,
                            sizeof(*picture->statements)))
            return no_memory(err);
        picture->statements[picture->statement_count++] =
            (ovf_held_statement){.statement = &read->items[i], .source = *source};
    }
    return OVF_OK;
}

static ovf_status add_statements(ovf_picture *picture, ovf_str document, const ovf_source *source,
                                 ovf_findings *findings, ovf_error *err)
{
    ovf_statements read = {0};
    ovf_status status = ovf_statement_read(document, &picture->store->arena, &read, err);
    if (status != OVF_OK)
        return status;
    pass_findings(findings, read.findings, read.finding_count);
    for (size_t i = 0; i < read.count; i++)
        read.items[i].id = full_id(picture, read.items[i].id, source);
    status = hold_statements(picture, &read, source, err);
    if (status != OVF_OK)
        return status;
    for (size_t i = 0; i < read.coverage_count; i++) {
        if (is_later(picture, source->known, OVF_TIME_NONE))
            continue;
        if (!ovf_arena_grow(&picture->lists, (void **)&picture->coverages, picture->coverage_count,
                            &picture->coverage_capacity, sizeof(*picture->coverages)))
            return no_memory(err);
        picture->coverages[picture->coverage_count++] =
            (ovf_held_coverage){.coverage = &read.coverages[i], .source = *source};
    }
    return OVF_OK;
}

/* What a story, or each story of a feed, tells. Statements decide no law, so that one that cannot be
 * read leaves nothing open to doubt but itself. */
static ovf_status add_news(ovf_picture *picture, ovf_str document, const ovf_source *source,
                           ovf_findings *findings, ovf_error *err)
{
    ovf_news *news = NULL;
    ovf_status status = ovf_news_new(picture->world, &news, err);
    if (status != OVF_OK)
        return status;
    ovf_arena *arena = &picture->store->arena;
    ovf_statements read = {0};
    ovf_news_context context = ovf_document_news(document, source, arena);
    status = ovf_news_statements(news, document, &context, arena, &read, err);
    ovf_news_free(news);
    pass_findings(findings, read.findings, read.finding_count);
    return status == OVF_OK ? hold_statements(picture, &read, source, err) : status;
}

/* The source with what the document says of itself where the caller says nothing, copied. */
static struct picture_source *hold_source(ovf_picture *picture, ovf_str document,
                                          const ovf_source *source)
{
    struct picture_source *room = ovf_arena_array(&picture->store->arena, struct picture_source, 1);
    if (room == NULL)
        return NULL;
    ovf_source *held = &room->source;
    ovf_document_header header = ovf_document_header_read(document);
    *held = source == NULL ? (ovf_source){.known = OVF_TIME_NONE} : *source;
    held->document = ovf_arena_dup(&picture->store->arena, held->document);
    held->name = ovf_arena_dup(&picture->store->arena, held->name);
    held->origin =
        held->origin.len > 0 ? ovf_arena_dup(&picture->store->arena, held->origin) : header.origin;
    held->complete = held->complete.len > 0 ? ovf_arena_dup(&picture->store->arena, held->complete)
                                            : header.complete;
    if (held->known == OVF_TIME_NONE)
        held->known = header.known;
    return held->document.ptr == NULL || held->name.ptr == NULL ? NULL : room;
}

static bool is_iso3(ovf_str word)
{
    bool is_code = word.len == 3;
    for (size_t i = 0; is_code && i < 3; i++)
        is_code = word.ptr[i] >= 'A' && word.ptr[i] <= 'Z';
    return is_code;
}

/* A bulletin that names the States of which it holds everything vouches for them, at its moment. */
static ovf_status add_vouching(ovf_picture *picture, const ovf_source *held, ovf_error *err)
{
    ovf_str *issuers = ovf_arena_array(&picture->store->arena, ovf_str, held->complete.len / 3 + 1);
    ovf_coverage *coverage = ovf_arena_array(&picture->store->arena, ovf_coverage, 1);
    if (issuers == NULL || coverage == NULL)
        return no_memory(err);
    ovf_str rest = held->complete;
    ovf_str word = {0};
    size_t count = 0;
    while (ovf_str_field(&rest, ' ', &word)) {
        if (is_iso3(word))
            issuers[count++] = word;
    }
    if (count == 0 || held->known == OVF_TIME_NONE)
        return OVF_OK;
    *coverage = (ovf_coverage){.issuers = issuers,
                               .issuer_count = count,
                               .during = {held->known, held->known},
                               .basis = OVF_STR("a bulletin that says that it is complete")};
    if (!ovf_arena_grow(&picture->lists, (void **)&picture->coverages, picture->coverage_count,
                        &picture->coverage_capacity, sizeof(*picture->coverages)))
        return no_memory(err);
    picture->coverages[picture->coverage_count++] = (ovf_held_coverage){coverage, *held};
    return OVF_OK;
}

static ovf_status add_bulletin(ovf_picture *picture, struct picture_source *held, ovf_error *err)
{
    if (!ovf_arena_grow(&picture->lists, (void **)&picture->sources, picture->source_count,
                        &picture->source_capacity, sizeof(*picture->sources)))
        return no_memory(err);
    held->index = picture->source_count;
    picture->sources[picture->source_count++] = held;
    return held->source.complete.len > 0 ? add_vouching(picture, &held->source, err) : OVF_OK;
}

ovf_status ovf_picture_add(ovf_picture *picture, ovf_str document, const ovf_source *source,
                           ovf_findings *findings, ovf_error *err)
{
    if (picture->is_settled)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "the picture is settled already");
    struct picture_source *room = hold_source(picture, document, source);
    if (room == NULL)
        return no_memory(err);
    const ovf_source *held = &room->source;
    ovf_document_kind kind = ovf_document_sniff(document);
    if (kind != OVF_DOCUMENT_FLIGHTS && is_later(picture, held->known, OVF_TIME_NONE))
        return OVF_OK;
    ovf_status status = OVF_OK;
    if (kind == OVF_DOCUMENT_NOTICES)
        status = add_bulletin(picture, room, err);
    if (status != OVF_OK)
        return status;
    switch (kind) {
    case OVF_DOCUMENT_NOTICES: return add_notices(picture, document, held, findings, err);
    case OVF_DOCUMENT_STATEMENTS:
        status = add_statements(picture, document, held, findings, err);
        if (status == OVF_E_SYNTAX)
            picture->unread_count++;
        return status;
    case OVF_DOCUMENT_NEWS: return add_news(picture, document, held, findings, err);
    case OVF_DOCUMENT_FLIGHTS:
        return ovf_fail(err, OVF_E_USAGE, 0, "expected notices, statements or news, found flights");
    case OVF_DOCUMENT_UNKNOWN: break;
    }
    // Whatever it was, something has been said that is not known: no area is open for its silence.
    picture->unread_count++;
    return ovf_fail(err, OVF_E_USAGE, ovf_document_header_read(document).len,
                    ovf_str_trim(document).len == 0
                        ? "an empty document; expected notices, statements or news"
                        : "expected notices, statements or news");
}

ovf_status ovf_picture_settle(ovf_picture *picture, ovf_error *err)
{
    if (picture->is_settled)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "the picture is settled already");
    if (!picture_settle(picture))
        return no_memory(err);
    picture->is_settled = true;
    return OVF_OK;
}

const ovf_world *ovf_picture_world(const ovf_picture *picture)
{
    return picture->world;
}

const ovf_rulebook *ovf_picture_rules(const ovf_picture *picture)
{
    return picture->book;
}

ovf_picture_options ovf_picture_options_of(const ovf_picture *picture)
{
    return picture->options;
}

size_t ovf_picture_restriction_count(const ovf_picture *picture)
{
    return picture->restriction_count;
}

const ovf_restriction *ovf_picture_restriction(const ovf_picture *picture, size_t index)
{
    return picture->restrictions[index];
}

size_t ovf_picture_statement_count(const ovf_picture *picture)
{
    return picture->statement_count;
}

const ovf_held_statement *ovf_picture_statement(const ovf_picture *picture, size_t index)
{
    return &picture->statements[index];
}

size_t ovf_picture_coverage_count(const ovf_picture *picture)
{
    return picture->coverage_count;
}

const ovf_held_coverage *ovf_picture_coverage(const ovf_picture *picture, size_t index)
{
    return &picture->coverages[index];
}

size_t ovf_picture_notice_count(const ovf_picture *picture)
{
    return picture->notice_count;
}

const ovf_notice *ovf_picture_notice(const ovf_picture *picture, size_t index,
                                     const ovf_source **source)
{
    if (source != NULL)
        *source = picture->notices[index]->source;
    return picture->notices[index]->notice;
}

const ovf_standing *ovf_picture_standing(const ovf_picture *picture, size_t index)
{
    return &picture->notices[index]->standing;
}
