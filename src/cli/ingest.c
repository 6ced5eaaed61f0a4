/* SPDX-License-Identifier: Apache-2.0 */
/* overfly ingest: documents into the ledger. What kind a document is follows from its content; it is
 * read to say what is in it, and kept whole whether it could be read or not. */
#include "ingest.h"
#include "members.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define NAMES_SHOWN 4

static void worsen(ingest *in, int status)
{
    if (status > in->worst)
        in->worst = status;
}

/* ---- telling ---- */

static void tell_findings(const char *name, ovf_str text, const reading *r)
{
    for (size_t i = 0; i < r->findings.count; i++) {
        const ovf_finding *finding = &r->findings.items[i];
        if (finding->severity == OVF_ERROR)
            cli_error_at(name, text, finding->pos, OVF_FMT " (%s)", OVF_ARG(finding->message),
                         finding->rule == NULL ? "?" : finding->rule);
    }
    if (r->findings.dropped > 0)
        cli_error("%s: and %zu more", name, r->findings.dropped);
}

static void put_fact(ovf_json *json, const ovf_ledger_fact *fact)
{
    ovf_json_object(json);
    ovf_json_key(json, "kind");
    ovf_json_str(json, fact->kind);
    ovf_json_key(json, "id");
    ovf_json_str_or_null(json, fact->id);
    ovf_json_key(json, "issuer");
    ovf_json_str_or_null(json, fact->issuer);
    ovf_json_key(json, "valid");
    ovf_json_object(json);
    put_time(json, "from", fact->valid.from);
    put_time(json, "until", fact->valid.until);
    ovf_json_end(json);
    ovf_json_key(json, "status");
    ovf_json_str(json, fact->status);
    ovf_json_end(json);
}

static void put_finding(ovf_json *json, ovf_str text, const ovf_finding *finding)
{
    ovf_json_object(json);
    ovf_json_key(json, "severity");
    ovf_json_cstr(json, ovf_severity_name(finding->severity));
    ovf_json_key(json, "rule");
    ovf_json_cstr(json, finding->rule);
    ovf_json_key(json, "message");
    ovf_json_str(json, finding->message);
    bool has_place = finding->pos != OVF_NOPOS;
    size_t line = 0;
    size_t column = 0;
    if (has_place)
        ovf_str_line_column(text, finding->pos, &line, &column);
    const struct {
        const char *key;
        size_t value;
    } places[] = {{"pos", finding->pos}, {"line", line}, {"column", column}};
    for (size_t i = 0; i < OVF_COUNTOF(places); i++) {
        ovf_json_key(json, places[i].key);
        if (has_place)
            ovf_json_int(json, (int64_t)places[i].value);
        else
            ovf_json_null(json);
    }
    ovf_json_end(json);
}

static void put_json(ingest *in, const ovf_ledger_entry *entry, const reading *r, bool is_new)
{
    ovf_json json;
    ovf_json_init(&json, &in->out);
    ovf_json_object(&json);
    ovf_json_key(&json, "document");
    ovf_json_str(&json, entry->sha256);
    ovf_json_key(&json, "name");
    ovf_json_str(&json, entry->name);
    ovf_json_key(&json, "kind");
    ovf_json_cstr(&json, ovf_document_kind_name(entry->kind));
    put_time(&json, "known", entry->known);
    ovf_json_key(&json, "status");
    ovf_json_cstr(&json, is_new ? "new" : "known");
    ovf_json_key(&json, "facts");
    ovf_json_array(&json);
    for (size_t i = 0; i < r->fact_count; i++)
        put_fact(&json, &r->facts[i]);
    ovf_json_end(&json);
    ovf_json_key(&json, "findings");
    ovf_json_array(&json);
    for (size_t i = 0; i < r->findings.count; i++)
        put_finding(&json, entry->bytes, &r->findings.items[i]);
    ovf_json_end(&json);
    ovf_json_end(&json);
    cli_put_line(&in->out);
}

static void print_document(ingest *in, const ovf_ledger_entry *entry, const reading *r, bool is_new)
{
    char known[OVF_TIME_TEXT_MAX];
    ovf_time_format(entry->known, known, sizeof(known));
    ovf_buf_printf(&in->out, "%-5s %-10s %s  " OVF_FMT, is_new ? "new" : "known",
                   ovf_document_kind_name(entry->kind), known, OVF_ARG(entry->name));
    size_t named = 0;
    for (size_t i = 0; i < r->fact_count && named < NAMES_SHOWN; i++) {
        if (r->facts[i].id.len == 0)
            continue;
        ovf_buf_printf(&in->out, "%s" OVF_FMT, named == 0 ? ": " : ", ", OVF_ARG(r->facts[i].id));
        named++;
    }
    if (named > 0 && r->fact_count > named)
        ovf_buf_printf(&in->out, " and %zu more", r->fact_count - named);
    cli_put_line(&in->out);
}

/* ---- one document ---- */

static int open_ledger(ingest *in)
{
    if (in->ledger != NULL)
        return 0;
    char path[4096];
    int status = cli_ledger_path(&in->common, true, path, sizeof(path));
    if (status != 0)
        return status;
    ovf_error err = {0};
    ovf_status opened = ovf_ledger_open(path, true, &in->ledger, &err);
    if (opened != OVF_OK) {
        cli_error("%s: %s", path, err.reason);
        return cli_status_of(opened);
    }
    // What is put from here on is indexed with it. Without the index every answer is right, and slow.
    return cli_ledger_index(in->ledger, in->world, path);
}

/* "GBR,IRL" or "GBR IRL" as a JSON list of codes; false: one of them is no ISO3 code. */
static bool put_issuers(ovf_json *json, ovf_str rest)
{
    bool is_good = rest.len > 0;
    ovf_json_key(json, "issuers");
    ovf_json_array(json);
    for (size_t i = 0; is_good && i < rest.len; i += 4) {
        ovf_str code = ovf_str_sub(rest, i, i + 3);
        is_good = code.len == 3
                  && (i + 3 == rest.len || rest.ptr[i + 3] == ',' || rest.ptr[i + 3] == ' ');
        for (size_t k = 0; k < code.len; k++)
            is_good = is_good && code.ptr[k] >= 'A' && code.ptr[k] <= 'Z';
        ovf_json_str(json, code);
    }
    ovf_json_end(json);
    return is_good;
}

/* Beside the document a coverage record that names it: from its known moment on nobody has to trust
 * the option's memory. What is in the ledger stays as it came. */
static int vouch(ingest *in, const ovf_ledger_entry *document)
{
    ovf_buf buf = {0};
    ovf_json json;
    char known[OVF_TIME_TEXT_MAX];
    ovf_time_format(document->known, known, sizeof(known));
    ovf_json_init(&json, &buf);
    ovf_json_object(&json);
    ovf_json_key(&json, "type");
    ovf_json_cstr(&json, "coverage");
    put_issuers(&json, ovf_str_of(in->complete_for));
    const char *const keys[] = {"from", "until"};
    for (size_t i = 0; i < OVF_COUNTOF(keys); i++) {
        ovf_json_key(&json, keys[i]);
        ovf_json_cstr(&json, known);
    }
    ovf_json_key(&json, "document");
    ovf_json_str(&json, document->sha256);
    ovf_json_key(&json, "basis");
    ovf_json_cstr(&json, "taken in as complete");
    ovf_json_end(&json);
    ovf_buf_addc(&buf, '\n');

    char sha256[OVF_SHA256_HEX + 1];
    ovf_sha256_hex(ovf_buf_str(&buf), sha256);
    ovf_ledger_entry entry = {.sha256 = ovf_str_of(sha256),
                              .name = document->name,
                              .kind = OVF_DOCUMENT_STATEMENTS,
                              .known = document->known,
                              .stored = document->stored,
                              .bytes = ovf_buf_str(&buf)};
    ovf_error err = {0};
    ovf_status status = ovf_ledger_put(in->ledger, &entry, NULL, 0, NULL, &err);
    if (status != OVF_OK)
        cli_error(OVF_FMT ": not stored as complete: %s", OVF_ARG(document->name), err.reason);
    ovf_buf_done(&buf);
    return cli_status_of(status);
}

/* Stores one document. Not 0: the ledger or the memory does not allow to go on. */
static int take(ingest *in, const char *name, ovf_str bytes, bool is_asked_for)
{
    ovf_arena_reset(&in->arena);
    if (bytes.len == 0) {
        cli_error_at(name, bytes, 0,
                     "empty; expected a notice, statements in JSON, flight plans or news");
        worsen(in, CLI_BAD_INPUT);
        return 0;
    }
    if (bytes.len > OVF_DOCUMENT_MAX_BYTES) {
        cli_error("%s: %zu bytes, the limit for a document is %zu; nothing of it is stored", name,
                  bytes.len, OVF_DOCUMENT_MAX_BYTES);
        worsen(in, CLI_BAD_INPUT);
        return 0;
    }
    ovf_error err = {0};
    reading r;
    char sha256[OVF_SHA256_HEX + 1];
    ovf_sha256_hex(bytes, sha256);
    ovf_status status = ingest_read(in, bytes, ovf_str_of(name), ovf_str_of(sha256), &r, &err);
    if (status != OVF_OK) {
        cli_report(name, bytes, &err);
        return cli_status_of(status);
    }
    // A folder may hold more than documents: what is none is left where it is.
    if (r.kind == OVF_DOCUMENT_UNKNOWN && !is_asked_for) {
        cli_error("%s: no document of a known kind, left out", name);
        return 0;
    }

    ovf_document_header header = ovf_document_header_read(bytes);
    ovf_ledger_entry entry = {
        .sha256 = ovf_str_of(sha256),
        .name = ovf_str_of(name),
        .kind = r.kind,
        .origin = header.origin,
        .known = in->received != OVF_TIME_NONE   ? in->received
                 : header.known != OVF_TIME_NONE ? header.known
                                                 : cli_now(),
        .stored = cli_now(),
        .bytes = bytes,
    };
    int opened = open_ledger(in);
    if (opened != 0)
        return opened;
    bool is_new = false;
    status = ovf_ledger_put(in->ledger, &entry, r.facts, r.fact_count, &is_new, &err);
    if (status != OVF_OK) {
        cli_error("%s: not stored: %s", name, err.reason);
        return cli_status_of(status);
    }
    *(is_new ? &in->stored : &in->known) += 1;
    if (r.is_broken) {
        in->broken++;
        worsen(in, CLI_BAD_INPUT);
    }
    tell_findings(name, bytes, &r);
    if (in->common.json)
        put_json(in, &entry, &r, is_new);
    else
        print_document(in, &entry, &r, is_new);
    return in->complete_for != NULL && r.kind == OVF_DOCUMENT_NOTICES ? vouch(in, &entry) : 0;
}

/* Every story of a feed as a document of its own. */
static int take_feed(ingest *in, const char *name, ovf_str feed, bool is_asked_for)
{
    ovf_arena room;
    ovf_arena_init(&room, 0);
    ovf_news_sources stories = {0};
    ovf_error err = {0};
    if (ingest_feed_stories(&room, feed, &stories, &err) != OVF_OK || stories.count == 0) {
        ovf_arena_done(&room);
        return take(in, name, feed, is_asked_for); // kept whole, with what is wrong with it
    }
    for (size_t i = 0; i < stories.finding_count; i++) {
        cli_error_at(name, feed, stories.findings[i].pos, OVF_FMT,
                     OVF_ARG(stories.findings[i].message));
        if (stories.findings[i].severity == OVF_ERROR)
            worsen(in, CLI_BAD_INPUT);
    }
    int status = 0;
    for (size_t i = 0; i < stories.count && status == 0; i++) {
        const ovf_news_source *story = &stories.items[i];
        char label[512];
        if (story->link.len > 0)
            snprintf(label, sizeof(label), "%s#" OVF_FMT, name, OVF_ARG(story->link));
        else
            snprintf(label, sizeof(label), "%s#%zu", name, i + 1);
        ovf_str text = ingest_feed_story(&room, feed, story, in->published);
        status = text.len == 0 ? CLI_INTERNAL : take(in, label, text, is_asked_for);
    }
    ovf_arena_done(&room);
    return status;
}

/* A document, or several in one: a feed holds many stories. */
static int take_any(ingest *in, const char *name, ovf_str bytes, bool is_asked_for)
{
    bool is_prose = in->is_news && bytes.len > 0 && bytes.len <= OVF_DOCUMENT_MAX_BYTES;
    if (is_prose || cli_document_kind(bytes) == OVF_DOCUMENT_NEWS) {
        if (ingest_is_feed(bytes))
            return take_feed(in, name, bytes, is_asked_for);
    }
    if (!is_prose)
        return take(in, name, bytes, is_asked_for);
    ovf_arena room;
    ovf_arena_init(&room, 0);
    ovf_str dressed = ingest_news_dressed(&room, bytes, in->published);
    int status = dressed.len == 0 ? CLI_INTERNAL : take(in, name, dressed, is_asked_for);
    ovf_arena_done(&room);
    return status;
}

/* A file of JSONL records: each record's text is a document of its own. */
static int take_records(ingest *in, const char *name, ovf_str text)
{
    cli_records records;
    cli_records_start(&records, text, in->field);
    cli_record record;
    ovf_arena room;
    ovf_arena_init(&room, 0);
    cli_progress bar;
    cli_progress_start(&bar, "ingest", text.len);
    int status = 0;
    while (status == 0 && cli_records_next(&records, &room, &record)) {
        char label[512];
        if (record.id.len > 0)
            snprintf(label, sizeof(label), "%s#" OVF_FMT, name, OVF_ARG(record.id));
        else
            snprintf(label, sizeof(label), "%s#%zu", name, record.line);
        if (record.broken) {
            cli_error("%s:%zu:1: %s", name, record.line, record.reason);
            worsen(in, CLI_BAD_INPUT);
        } else {
            status = take_any(in, label, record.text, true);
        }
        ovf_arena_reset(&room);
        cli_progress_step(&bar, text.len - records.rest.len);
    }
    cli_progress_end(&bar);
    ovf_arena_done(&room);
    return status;
}

/* One operand's file. Refuses a document over the limit before reading it. */
static int take_file(ingest *in, const char *path, bool is_asked_for)
{
    struct stat about = {0};
    bool is_stdin = strcmp(path, "-") == 0;
    bool is_there = !is_stdin && stat(path, &about) == 0;
    if (is_there && S_ISDIR(about.st_mode)) {
        cli_error("%s: is a directory; expected a file (-r takes the files below it)", path);
        worsen(in, CLI_BAD_INPUT);
        return 0;
    }
    if (is_there && in->field == NULL && S_ISREG(about.st_mode)
        && (uint64_t)about.st_size > OVF_DOCUMENT_MAX_BYTES) {
        cli_error("%s: %lld bytes, the limit for a document is %zu; nothing of it is stored", path,
                  (long long)about.st_size, OVF_DOCUMENT_MAX_BYTES);
        worsen(in, CLI_BAD_INPUT);
        return 0;
    }
    cli_input input;
    int status = cli_input_read(path, &input);
    if (status != 0) {
        worsen(in, status);
        return 0;
    }
    const char *name = in->name != NULL ? in->name : input.name;
    if (in->field != NULL && input.text.len > 0)
        status = take_records(in, name, input.text);
    else
        status = take_any(in, name, input.text, is_asked_for);
    cli_input_done(&input);
    return status;
}

static void take_operands(ingest *in, const cli_list *operands)
{
    cli_list files = {0};
    for (size_t i = 0; i < operands->count; i++) {
        size_t before = files.count;
        worsen(in, cli_files(operands->items[i], in->recursive, &files));
        bool is_folder =
            files.count != before + 1 || strcmp(files.items[before], operands->items[i]) != 0;
        cli_progress bar;
        cli_progress_start(&bar, "ingest", files.count - before);
        int status = 0;
        for (size_t k = before; k < files.count && status == 0; k++) {
            status = take_file(in, files.items[k], !is_folder);
            cli_progress_step(&bar, k + 1 - before);
        }
        cli_progress_end(&bar);
        worsen(in, status);
        if (status != 0)
            break;
    }
    cli_list_done(&files);
}

static bool are_issuers(const char *text)
{
    ovf_buf buf = {0};
    ovf_json json;
    ovf_json_init(&json, &buf);
    ovf_json_object(&json);
    bool is_good = put_issuers(&json, ovf_str_of(text));
    ovf_json_end(&json);
    ovf_buf_done(&buf);
    return is_good;
}

int cli_ingest(int argc, char **argv)
{
    ingest in = {.received = OVF_TIME_NONE, .published = OVF_TIME_NONE};
    const cli_option own[] = {
        {"--received", CLI_TIME, &in.received}, {"--name", CLI_TEXT, &in.name},
        {"--field", CLI_TEXT, &in.field},       {"--recursive", CLI_FLAG, &in.recursive},
        {"-r", CLI_FLAG, &in.recursive},        {"--complete-for", CLI_TEXT, &in.complete_for},
        {"--news", CLI_FLAG, &in.is_news},      {"--published", CLI_TIME, &in.published},
    };
    cli_common_init(&in.common);
    cli_list operands = {0};
    int status = cli_parse(argc, argv, &in.common, own, OVF_COUNTOF(own), &operands);
    if (status != 0) {
        cli_list_done(&operands);
        return status < 0 ? CLI_CLEAR : status;
    }
    if (operands.count == 0)
        status = cli_usage("ingest", "expected files, or - for standard input");
    if (status == 0 && in.complete_for != NULL && !are_issuers(in.complete_for))
        status = cli_usage("ingest",
                           "--complete-for \"%s\": expected ISO 3166 alpha-3 codes, as GBR,IRL",
                           in.complete_for);
    if (status == 0 && in.complete_for != NULL && in.field != NULL)
        status = cli_usage("ingest", "--complete-for: a record of JSONL is no bulletin");
    in.is_news = in.is_news || in.published != OVF_TIME_NONE;
    if (status == 0)
        status = cli_world_open(&in.common, &in.world);
    if (status == 0) {
        ovf_arena_init(&in.arena, 0);
        take_operands(&in, &operands);
        status = in.worst;
        if (in.broken > 0)
            cli_error("%zu document%s kept with parts that could not be read", in.broken,
                      in.broken == 1 ? "" : "s");
    }
    ovf_buf_done(&in.out);
    ovf_arena_done(&in.arena);
    ovf_ledger_free(in.ledger);
    ovf_world_free(in.world);
    cli_list_done(&in.common.notices);
    cli_list_done(&operands);
    return status;
}
