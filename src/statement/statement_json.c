/* SPDX-License-Identifier: Apache-2.0 */
/* Statements out of JSON, docs/formats/statement.md: one object, an array of them, or one object a
 * line, behind an optional block of '#' lines. The outer form is cut by a small scanner of ours, so
 * that each record is parsed alone and a broken one costs nobody else; jansson reads the record. */
#include <overfly/statement.h>

#include <jansson.h>

#define LIST_MAX 1000 /* names in one list of one record */

struct reader {
    ovf_str document;
    ovf_arena *arena;
    ovf_statements *out;
    ovf_findings findings;
    size_t capacity;
    size_t coverage_capacity;
    size_t record_at; /* byte of the record being read */
    size_t record_count;
    size_t scan_budget; /* bytes that the search for a far closing brace may still look at */
    bool is_json;       /* at least one record parsed */
    bool no_memory;     /* sticky */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* ---- members ---- */

static ovf_str copy(struct reader *reader, const json_t *value)
{
    ovf_str text = {json_string_value(value), json_string_length(value)};
    ovf_str copied = ovf_arena_dup(reader->arena, ovf_str_trim(text));
    if (copied.ptr == NULL)
        reader->no_memory = true;
    return copied;
}

/* A text member; absent and null are the empty text, another type is a finding and empty. */
static ovf_str text_of(struct reader *reader, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (json_is_string(value))
        return copy(reader, value);
    if (value != NULL && !json_is_null(value))
        ovf_findings_add(&reader->findings, OVF_WARNING, reader->record_at, "STATEMENT_MEMBER",
                         "expected a string in \"%s\"; the member is left out", name);
    return (ovf_str){0};
}

/* A list of names; one string alone is a list of one. */
static void list_of(struct reader *reader, const json_t *object, const char *name, ovf_str **items,
                    size_t *count)
{
    const json_t *value = json_object_get(object, name);
    *items = NULL;
    *count = 0;
    if (value == NULL || json_is_null(value))
        return;
    size_t wanted = json_is_array(value) ? json_array_size(value) : 1;
    if (wanted > LIST_MAX) {
        ovf_findings_add(&reader->findings, OVF_WARNING, reader->record_at, "STATEMENT_LIST",
                         "more than %d names in \"%s\"; the rest is left out", LIST_MAX, name);
        wanted = LIST_MAX;
    }
    *items = ovf_arena_array(reader->arena, ovf_str, wanted);
    if (*items == NULL) {
        reader->no_memory = true;
        return;
    }
    for (size_t i = 0; i < wanted; i++) {
        const json_t *item = json_is_array(value) ? json_array_get(value, i) : value;
        if (!json_is_string(item)) {
            ovf_findings_add(&reader->findings, OVF_WARNING, reader->record_at, "STATEMENT_MEMBER",
                             "expected strings in \"%s\"; one is left out", name);
            continue;
        }
        ovf_str text = copy(reader, item);
        if (text.len > 0)
            (*items)[(*count)++] = text;
    }
}

/* An instant; a day alone is its first moment, or with is_end the first of the day after, since
 * "until 31 March" includes that day (statement schema, member valid). */
static ovf_time time_of(struct reader *reader, ovf_str text, bool is_end, const char *name,
                        ovf_time missing)
{
    ovf_time t = missing;
    ovf_error err = {0};
    if (text.len == 0)
        return missing;
    if (ovf_time_parse(text, &t, &err) != OVF_OK) {
        ovf_findings_add(&reader->findings, OVF_WARNING, reader->record_at, "STATEMENT_TIME",
                         "\"%s\": %s; taken as not known", name, err.reason);
        return missing;
    }
    return is_end && text.len <= 10 ? t + OVF_DAY_S : t;
}

/* "A/B", either side may be empty; one instant alone is the start. */
static ovf_interval interval_of(struct reader *reader, ovf_str text, const char *name)
{
    ovf_interval interval = {OVF_TIME_NONE, OVF_TIME_OPEN};
    ovf_str rest = text;
    ovf_str from = {0};
    if (!ovf_str_field(&rest, '/', &from))
        return interval;
    interval.from = time_of(reader, ovf_str_trim(from), false, name, OVF_TIME_NONE);
    interval.until = time_of(reader, ovf_str_trim(rest), true, name, OVF_TIME_OPEN);
    return interval;
}

static bool is_iso3(ovf_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < 'A' || text.ptr[i] > 'Z')
            return false;
    }
    return text.len == 3;
}

/* ---- records ---- */

static ovf_time said_of(struct reader *reader, const json_t *object)
{
    ovf_time said = time_of(reader, text_of(reader, object, "said"), false, "said", OVF_TIME_NONE);
    if (said != OVF_TIME_NONE)
        return said;
    // date_resolved may be a day, a year or an interval; a year alone says too little to be used.
    ovf_str resolved = text_of(reader, object, "date_resolved");
    ovf_str day = ovf_str_sub(resolved, 0, 10);
    if (day.len < 10)
        return OVF_TIME_NONE;
    return time_of(reader, day, false, "date_resolved", OVF_TIME_NONE);
}

static bool add_statement(struct reader *reader, const json_t *object, ovf_span span)
{
    ovf_statement s = {.span = span};
    ovf_str act = text_of(reader, object, "act");
    if (!ovf_act_parse(act, &s.act)) {
        ovf_findings_add(&reader->findings, OVF_ERROR, reader->record_at, "STATEMENT_ACT",
                         act.len == 0 ? "a statement needs an \"act\""
                                      : "\"" OVF_FMT "\" is no act",
                         OVF_ARG(ovf_str_sub(act, 0, 40)));
        return false;
    }
    s.id = text_of(reader, object, "id");
    if (s.id.len == 0)
        s.id = ovf_arena_printf(reader->arena, "S-%zu", reader->record_count);
    s.speaker = text_of(reader, object, "speaker");
    s.speaker_kind = text_of(reader, object, "speaker_kind");
    s.office = text_of(reader, object, "office");
    s.speaker_state = text_of(reader, object, "speaker_state");
    if (s.speaker_state.len > 0 && !is_iso3(s.speaker_state)) {
        ovf_findings_add(&reader->findings, OVF_WARNING, reader->record_at, "STATEMENT_STATE",
                         "\"speaker_state\" is no ISO 3166 alpha-3 code; taken as not known");
        s.speaker_state = (ovf_str){0};
    }
    s.medium = text_of(reader, object, "instrument");
    if (s.medium.len == 0)
        s.medium = text_of(reader, object, "medium");
    s.said = said_of(reader, object);
    s.valid = interval_of(reader, text_of(reader, object, "valid"), "valid");
    s.text = text_of(reader, object, "text");
    if (s.text.len == 0)
        s.text = text_of(reader, object, "evidence");
    s.is_quote = json_is_true(json_object_get(object, "is_quote"));
    s.target = text_of(reader, object, "target");
    list_of(reader, object, "area", &s.areas, &s.area_count);
    list_of(reader, object, "operators", &s.operators, &s.operator_count);
    s.is_negated = ovf_str_eq(text_of(reader, object, "polarity"), OVF_STR("neg"));
    s.modality = text_of(reader, object, "modality");
    s.instrument_ref = text_of(reader, object, "instrument_ref");
    s.source = text_of(reader, object, "source");
    if (!ovf_arena_grow(reader->arena, (void **)&reader->out->items, reader->out->count,
                        &reader->capacity, sizeof(s))) {
        reader->no_memory = true;
        return false;
    }
    reader->out->items[reader->out->count++] = s;
    return true;
}

static bool add_coverage(struct reader *reader, const json_t *object, ovf_span span)
{
    ovf_coverage c = {.span = span, .during = {OVF_TIME_NONE, OVF_TIME_OPEN}};
    list_of(reader, object, "issuers", &c.issuers, &c.issuer_count);
    if (c.issuer_count == 0) {
        ovf_findings_add(&reader->findings, OVF_ERROR, reader->record_at, "COVERAGE_ISSUERS",
                         "a coverage record needs \"issuers\": ISO 3166 alpha-3 codes or \"*\"");
        return false;
    }
    ovf_str until = text_of(reader, object, "until");
    c.during.from = time_of(reader, text_of(reader, object, "from"), false, "from", OVF_TIME_NONE);
    // An end that cannot be read vouches for nothing, so that a misprint never makes an area open.
    c.during.until = time_of(reader, until, true, "until", OVF_TIME_NONE);
    if (c.during.until == OVF_TIME_NONE) {
        ovf_findings_add(&reader->findings, OVF_ERROR, reader->record_at, "COVERAGE_UNTIL",
                         "a coverage record needs \"until\", a time");
        return false;
    }
    c.basis = text_of(reader, object, "basis");
    c.document = text_of(reader, object, "document");
    if (!ovf_arena_grow(reader->arena, (void **)&reader->out->coverages,
                        reader->out->coverage_count, &reader->coverage_capacity, sizeof(c))) {
        reader->no_memory = true;
        return false;
    }
    reader->out->coverages[reader->out->coverage_count++] = c;
    return true;
}

/* Reads [at, until) as one record; false: not a JSON object (nothing added, finding left to the
 * caller through *problem). */
static bool read_record(struct reader *reader, size_t at, size_t until, json_error_t *problem)
{
    ovf_str bytes = ovf_str_sub(reader->document, at, until);
    json_t *object = json_loadb(bytes.ptr, bytes.len, JSON_ALLOW_NUL, problem);
    if (!json_is_object(object)) {
        if (object != NULL)
            problem->position = 0;
        json_decref(object);
        return false;
    }
    reader->is_json = true;
    reader->record_at = at;
    reader->record_count++;
    ovf_span span = {(uint32_t)at, (uint32_t)(until - at)};
    const json_t *type = json_object_get(object, "type");
    if (type == NULL || ovf_str_eq(ovf_str_of(json_string_value(type)), OVF_STR("statement")))
        add_statement(reader, object, span);
    else if (ovf_str_eq(ovf_str_of(json_string_value(type)), OVF_STR("coverage")))
        add_coverage(reader, object, span);
    else
        ovf_findings_add(&reader->findings, OVF_ERROR, at, "STATEMENT_TYPE",
                         "\"type\" is neither \"statement\" nor \"coverage\"");
    json_decref(object);
    return true;
}

/* ---- the outer form ---- */

/* Offset behind the brace that closes the one at `at`, quotes and escapes minded; OVF_NOPOS. The
 * budget keeps a file of open braces linear. */
static size_t object_end(struct reader *reader, size_t at)
{
    ovf_str text = reader->document;
    size_t depth = 0;
    bool in_text = false;
    for (size_t i = at; i < text.len && reader->scan_budget > 0; i++) {
        char c = text.ptr[i];
        reader->scan_budget--;
        if (in_text) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in_text = false;
        } else if (c == '"') {
            in_text = true;
        } else if (c == '{') {
            depth++;
        } else if (c == '}' && --depth == 0) {
            return i + 1;
        }
    }
    return OVF_NOPOS;
}

static size_t line_end(ovf_str text, size_t at)
{
    size_t end = ovf_str_find(text, at, OVF_STR("\n"));
    return end == OVF_NOPOS ? text.len : end;
}

/* Start of the next line whose first sign is a brace: where reading goes on after a broken one. */
static size_t next_record(ovf_str text, size_t at)
{
    for (size_t line = line_end(text, at); line < text.len; line = line_end(text, line + 1)) {
        size_t first = line + 1;
        while (first < text.len && (text.ptr[first] == ' ' || text.ptr[first] == '\t'))
            first++;
        if (first < text.len && text.ptr[first] == '{')
            return first;
    }
    return text.len;
}

static void report_broken(struct reader *reader, size_t at, const json_error_t *problem)
{
    size_t inside = problem->position > 0 ? (size_t)problem->position : 0;
    size_t pos = at + inside;
    ovf_findings_add(&reader->findings, OVF_ERROR, pos < reader->document.len ? pos : at,
                     "STATEMENT_JSON", "expected one JSON object: %s; the record is left out",
                     problem->text);
}

static ovf_status read_all(struct reader *reader, size_t at)
{
    ovf_str text = reader->document;
    while (at < text.len && !reader->no_memory) {
        char c = text.ptr[at];
        if (is_blank(c) || c == ',' || c == '[' || c == ']') {
            at++;
            continue;
        }
        if (reader->record_count >= OVF_STATEMENT_MAX_RECORDS)
            return OVF_E_LIMIT;
        json_error_t problem = {0};
        if (c != '{') {
            report_broken(reader, at, &problem);
            at = next_record(text, at);
            continue;
        }
        // A line of its own first: in JSONL a record that lacks its brace must not eat the next.
        size_t end = line_end(text, at);
        if (read_record(reader, at, end, &problem)) {
            at = end;
            continue;
        }
        end = object_end(reader, at);
        if (end != OVF_NOPOS && read_record(reader, at, end, &problem)) {
            at = end;
            continue;
        }
        report_broken(reader, at, &problem);
        at = next_record(text, at);
    }
    return OVF_OK;
}

/* Bytes of a byte order mark and of the '#' lines before the JSON. */
static size_t header_len(ovf_str document)
{
    size_t at = ovf_str_starts(document, OVF_STR("\xEF\xBB\xBF")) ? 3 : 0;
    for (;;) {
        size_t first = at;
        while (first < document.len && is_blank(document.ptr[first]))
            first++;
        if (first >= document.len || document.ptr[first] != '#')
            return first;
        at = line_end(document, first);
    }
}

ovf_status ovf_statement_read(ovf_str document, ovf_arena *arena, ovf_statements *out,
                              ovf_error *err)
{
    ovf_statements result = {0};
    struct reader reader = {
        .document = document,
        .arena = arena,
        .out = &result,
        .findings = {.arena = arena},
        .scan_budget = 8 * document.len,
    };
    if (document.len > UINT32_MAX)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "a document above 4 GiB");
    size_t start = header_len(document);
    ovf_status status = read_all(&reader, start);
    if (reader.no_memory)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for statements");
    if (status == OVF_E_LIMIT)
        return ovf_fail(err, OVF_E_LIMIT, reader.record_at, "more than %d records",
                        OVF_STATEMENT_MAX_RECORDS);
    if (!reader.is_json) {
        size_t pos = reader.findings.count > 0 ? reader.findings.items[0].pos : start;
        return ovf_fail(err, OVF_E_SYNTAX, pos < document.len ? pos : document.len,
                        "expected a JSON object, an array of them, or one a line");
    }
    result.findings = reader.findings.items;
    result.finding_count = reader.findings.count;
    *out = result;
    return OVF_OK;
}
