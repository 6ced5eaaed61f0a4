/* SPDX-License-Identifier: Apache-2.0 */
/* overfly ledger info|verify|index|export|import|withdraw|gaps|heartbeat: the ledger itself, not what is in it. */
#include "cli.h"
#include "members.h"

#include <zlib.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PATH_MAX_BYTES 4096

typedef struct ledger_verb {
    cli_common common;
    const char *head, *output, *because;
    ovf_time received, since;
    bool gzip;
    bool is_check, is_anew; /* of the index */
    char path[PATH_MAX_BYTES];
    ovf_ledger *ledger;
    cli_list operands; /* the part first */
} ledger_verb;

static int open_ledger(ledger_verb *v, bool create)
{
    int status = cli_ledger_path(&v->common, create, v->path, sizeof(v->path));
    if (status != 0)
        return status;
    struct stat info = {0};
    if (!create && stat(v->path, &info) != 0) {
        cli_error("%s: no ledger there", v->path);
        return CLI_BAD_INPUT;
    }
    ovf_error err = {0};
    ovf_status opened = ovf_ledger_open(v->path, create, &v->ledger, &err);
    if (opened != OVF_OK)
        cli_error_at(v->path, OVF_STR(""), OVF_NOPOS, "%s", err.reason);
    return cli_status_of(opened);
}

static void put_count(ovf_json *json, const char *key, uint64_t count)
{
    ovf_json_key(json, key);
    ovf_json_int(json, (int64_t)count);
}

static int fail_with(const ledger_verb *v, ovf_status status, const ovf_error *err)
{
    if (status != OVF_OK)
        cli_error_at(v->path, OVF_STR(""), OVF_NOPOS, "%s", err->reason);
    return cli_status_of(status);
}

/* ---- info ---- */

static int run_info(ledger_verb *v)
{
    ovf_ledger_info info;
    ovf_error err = {0};
    ovf_status status = ovf_ledger_info_read(v->ledger, &info, &err);
    if (status != OVF_OK)
        return fail_with(v, status, &err);
    if (v->common.json) {
        ovf_buf buf = {0};
        ovf_json json;
        ovf_json_init(&json, &buf);
        ovf_json_object(&json);
        put_text(&json, "ledger", ovf_str_of(v->path));
        put_count(&json, "entries", info.entries);
        put_count(&json, "documents", info.documents);
        put_count(&json, "withdrawals", info.withdrawals);
        put_count(&json, "bytes", info.bytes);
        put_time(&json, "first_known", info.first_known);
        put_time(&json, "last_known", info.last_known);
        put_cstr(&json, "head", info.head);
        ovf_json_end(&json);
        cli_put_line(&buf);
        ovf_buf_done(&buf);
        return 0;
    }
    char first[40] = "never";
    char last[40] = "never";
    if (info.documents > 0) {
        ovf_time_format_plain(info.first_known, first, sizeof(first));
        ovf_time_format_plain(info.last_known, last, sizeof(last));
    }
    printf("%s\n  %llu entries: %llu documents of %llu bytes, %llu withdrawals\n"
           "  known from %s to %s\n  head %s\n",
           v->path, (unsigned long long)info.entries, (unsigned long long)info.documents,
           (unsigned long long)info.bytes, (unsigned long long)info.withdrawals, first, last,
           info.head);
    return 0;
}

/* ---- index ---- */

static int check_index(ledger_verb *v, const ovf_world *world)
{
    ovf_ledger_index_report report = {0};
    ovf_error err = {0};
    ovf_status status = ovf_ledger_use_world(v->ledger, world, &err);
    if (status == OVF_OK)
        status = ovf_ledger_index_check(v->ledger, &report, &err);
    if (status != OVF_OK)
        return fail_with(v, status, &err);
    if (v->common.json) {
        ovf_buf buf = {0};
        ovf_json json;
        ovf_json_init(&json, &buf);
        ovf_json_object(&json);
        put_text(&json, "ledger", ovf_str_of(v->path));
        put_bool(&json, "sound", report.is_sound);
        put_count(&json, "entries", report.entries);
        put_text(&json, "table", ovf_str_of(report.table));
        put_text(&json, "what", ovf_str_of(report.what));
        put_count(&json, "missing", report.missing);
        put_count(&json, "extra", report.extra);
        ovf_json_end(&json);
        cli_put_line(&buf);
        ovf_buf_done(&buf);
    } else if (report.is_sound) {
        printf("%s: the index is what %llu entries give\n", v->path,
               (unsigned long long)report.entries);
    } else {
        printf("%s: the index is damaged, in \"%s\"\n", v->path, report.table);
        cli_put_folded(stdout, ovf_str_of(report.what), 2, 100);
        printf("  overfly ledger index --anew makes it out of the documents again\n");
    }
    return report.is_sound ? CLI_CLEAR : CLI_FOUND;
}

static int run_index(ledger_verb *v)
{
    ovf_world *world = NULL;
    ovf_error err = {0};
    int status = cli_world_open(&v->common, &world);
    if (status == 0 && v->is_anew)
        status = fail_with(v, ovf_ledger_index_drop(v->ledger, &err), &err);
    if (status == 0 && v->is_check) {
        status = check_index(v, world);
        ovf_ledger_free(v->ledger);
        v->ledger = NULL;
        ovf_world_free(world);
        return status;
    }
    if (status == 0)
        status = cli_ledger_index(v->ledger, world, v->path);
    ovf_ledger_info info;
    if (status == 0 && ovf_ledger_info_read(v->ledger, &info, NULL) == OVF_OK)
        printf("%s: %llu entries indexed\n", v->path, (unsigned long long)info.entries);
    ovf_ledger_free(v->ledger); // before the world that it uses
    v->ledger = NULL;
    ovf_world_free(world);
    return status;
}

/* ---- verify ---- */

static void put_report(const ledger_verb *v, const ovf_ledger_report *report)
{
    ovf_buf buf = {0};
    ovf_json json;
    ovf_json_init(&json, &buf);
    ovf_json_object(&json);
    put_text(&json, "ledger", ovf_str_of(v->path));
    put_bool(&json, "sound", report->damage == OVF_LEDGER_SOUND);
    ovf_json_key(&json, "damage");
    ovf_json_str_or_null(&json, report->damage == OVF_LEDGER_SOUND
                                    ? OVF_STR("")
                                    : ovf_str_of(ovf_ledger_damage_name(report->damage)));
    ovf_json_key(&json, "entry");
    if (report->entry == 0)
        ovf_json_null(&json);
    else
        ovf_json_int(&json, (int64_t)report->entry);
    put_text(&json, "document", ovf_str_of(report->document));
    put_text(&json, "what", ovf_str_of(report->what));
    put_text(&json, "file", ovf_str_of(report->file));
    put_count(&json, "checked", report->checked);
    put_count(&json, "proven_before", report->proven_before);
    put_count(&json, "sound_after", report->sound_after);
    put_count(&json, "damaged", report->damaged);
    put_cstr(&json, "head", report->head);
    ovf_json_end(&json);
    cli_put_line(&buf);
    ovf_buf_done(&buf);
}

static void print_report(const ledger_verb *v, const ovf_ledger_report *report)
{
    if (report->damage == OVF_LEDGER_SOUND) {
        printf("%s: sound, %llu entries\n  head %s\n", v->path, (unsigned long long)report->checked,
               report->head);
        return;
    }
    printf("%s: damaged (%s)\n", v->path, ovf_ledger_damage_name(report->damage));
    cli_put_folded(stdout, ovf_str_of(report->what), 2, 100);
    if (report->document[0] != '\0')
        printf("  document %s\n", report->document);
    if (report->file[0] != '\0')
        printf("  file: %s\n", report->file);
    printf("  proven from the start: %llu of %llu entries\n",
           (unsigned long long)report->proven_before, (unsigned long long)report->checked);
    printf(
        "  behind the damage: %llu sound in themselves, %llu damaged or without what to hold them "
        "against\n",
        (unsigned long long)report->sound_after, (unsigned long long)report->damaged);
}

static int run_verify(ledger_verb *v)
{
    ovf_ledger_report report;
    ovf_error err = {0};
    ovf_str head = ovf_str_of(v->head);
    ovf_status status = ovf_ledger_audit(v->ledger, head, &report, &err);
    if (status != OVF_OK)
        return status == OVF_E_USAGE ? cli_usage("ledger", "--head: %s", err.reason)
                                     : fail_with(v, status, &err);
    if (v->common.json)
        put_report(v, &report);
    else
        print_report(v, &report);
    return report.damage == OVF_LEDGER_SOUND ? CLI_CLEAR : CLI_FOUND;
}

/* ---- export ---- */

typedef struct output {
    FILE *file;
    gzFile gz;
} output;

static ovf_status write_line(void *context, ovf_str line)
{
    output *out = context;
    bool is_good;
    if (out->gz != NULL)
        is_good = (line.len == 0 || gzwrite(out->gz, line.ptr, (unsigned)line.len) > 0)
                  && gzputc(out->gz, '\n') == '\n';
    else
        is_good =
            fwrite(line.ptr, 1, line.len, out->file) == line.len && putc('\n', out->file) == '\n';
    return is_good ? OVF_OK : OVF_E_IO;
}

static int run_export(ledger_verb *v)
{
    output out = {.file = stdout};
    bool is_named = v->output != NULL && strcmp(v->output, "-") != 0;
    const char *name = is_named ? v->output : "<stdout>";
    bool is_gzip = v->gzip || (is_named && ovf_str_ends(ovf_str_of(v->output), OVF_STR(".gz")));
    if (is_gzip)
        out.gz = is_named ? gzopen(v->output, "wb") : gzdopen(fileno(stdout), "wb");
    else if (is_named)
        out.file = fopen(v->output, "wb");
    if ((is_gzip && out.gz == NULL) || out.file == NULL) {
        cli_error("%s: %s", name, strerror(errno));
        return CLI_BAD_INPUT;
    }
    ovf_error err = {0};
    ovf_status status = ovf_ledger_export(v->ledger, write_line, &out, &err);
    bool is_closed = true;
    if (out.gz != NULL)
        is_closed = gzclose(out.gz) == Z_OK;
    else
        is_closed = is_named ? fclose(out.file) == 0 : fflush(out.file) == 0;
    if (status == OVF_E_IO && err.status == OVF_OK)
        is_closed = false;
    if (!is_closed) {
        cli_error("%s: writing failed; what is there is not the whole ledger", name);
        return CLI_BAD_INPUT;
    }
    return fail_with(v, status, &err);
}

/* ---- import ---- */

/* A line of any length, without its newline, into the buffer; false: the end, or *failed. */
static bool read_line(gzFile in, ovf_buf *line, bool *failed)
{
    char piece[65536];
    ovf_buf_reset(line);
    while (gzgets(in, piece, (int)sizeof(piece)) != NULL) {
        size_t len = strlen(piece); // a NUL cuts the line short: no JSON holds one
        bool is_end = len > 0 && piece[len - 1] == '\n';
        ovf_buf_add(line, (ovf_str){piece, is_end ? len - 1 : len});
        if (line->failed) {
            *failed = true;
            return false;
        }
        if (is_end)
            return true;
    }
    int code = Z_OK;
    gzerror(in, &code);
    *failed = code != Z_OK && code != Z_STREAM_END;
    return line->len > 0 && !*failed;
}

static int import_lines(ledger_verb *v, gzFile in, const char *name, ovf_ledger_import *import)
{
    ovf_buf line = {.limit = OVF_LEDGER_LINE_MAX};
    ovf_error err = {0};
    ovf_status status = OVF_OK;
    bool failed = false;
    size_t number = 0;
    while (status == OVF_OK && read_line(in, &line, &failed)) {
        number++;
        status = ovf_ledger_import_line(import, ovf_buf_str(&line), &err);
    }
    if (status != OVF_OK)
        cli_error("%s:%zu:%zu: %s", name, number, err.pos == OVF_NOPOS ? 1 : err.pos + 1,
                  err.reason);
    else if (failed)
        cli_error("%s:%zu:1: %s", name, number + 1,
                  line.failed ? "a line longer than an entry can be"
                              : "the compressed text is damaged or cut off");
    ovf_buf_done(&line);
    uint64_t added = 0;
    uint64_t known = 0;
    ovf_error end = {0};
    ovf_status ended = ovf_ledger_import_finish(import, &added, &known, &end);
    if (ended != OVF_OK && status == OVF_OK && !failed)
        cli_error("%s: %s", name, end.reason);
    ovf_ledger_info info;
    if (ovf_ledger_info_read(v->ledger, &info, &err) == OVF_OK) {
        if (v->common.json) {
            ovf_buf buf = {0};
            ovf_json json;
            ovf_json_init(&json, &buf);
            ovf_json_object(&json);
            put_count(&json, "added", added);
            put_count(&json, "known", known);
            put_count(&json, "entries", info.entries);
            put_cstr(&json, "head", info.head);
            ovf_json_end(&json);
            cli_put_line(&buf);
            ovf_buf_done(&buf);
        } else {
            printf("%llu entries added, %llu were there\n  head %s\n", (unsigned long long)added,
                   (unsigned long long)known, info.head);
        }
    }
    if (status == OVF_E_NOMEM || status == OVF_E_INTERNAL)
        return CLI_INTERNAL;
    return status != OVF_OK || failed || ended != OVF_OK ? CLI_BAD_INPUT : 0;
}

static int run_import(ledger_verb *v)
{
    const char *path = v->operands.items[1];
    bool is_stdin = strcmp(path, "-") == 0;
    const char *name = is_stdin ? "<stdin>" : path;
    // Reads plain text as it is, so that nobody has to say whether it is compressed.
    gzFile in = is_stdin ? gzdopen(fileno(stdin), "rb") : gzopen(path, "rb");
    if (in == NULL) {
        cli_error("%s: %s", name, strerror(errno));
        return CLI_BAD_INPUT;
    }
    gzbuffer(in, 1 << 18);
    ovf_ledger_import *import = NULL;
    ovf_error err = {0};
    ovf_status status = ovf_ledger_import_new(v->ledger, &import, &err);
    int result = status == OVF_OK ? import_lines(v, in, name, import) : fail_with(v, status, &err);
    ovf_ledger_import_free(import);
    gzclose(in);
    return result;
}

/* ---- withdraw ---- */

static int run_withdraw(ledger_verb *v)
{
    ovf_time now = cli_now();
    ovf_time known = v->received == OVF_TIME_NONE ? now : v->received;
    int result = 0;
    for (size_t i = 1; i < v->operands.count; i++) {
        const char *document = v->operands.items[i];
        ovf_error err = {0};
        bool is_new = false;
        ovf_status status = ovf_ledger_withdraw(v->ledger, ovf_str_of(document), known, now,
                                                ovf_str_of(v->because), &is_new, &err);
        if (status != OVF_OK) {
            cli_error("%s: %s", document, err.reason);
            result = cli_status_of(status);
            continue;
        }
        char when[OVF_TIME_TEXT_MAX];
        ovf_time_format(known, when, sizeof(when));
        printf("%-9s %s  %s\n", is_new ? "withdrawn" : "known", when, document);
    }
    return result;
}

/* ---- gaps ---- */

static int run_gaps(ledger_verb *v)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_ledger_gap *gaps = NULL;
    size_t count = 0;
    ovf_error err = {0};
    ovf_time as_of = v->common.as_of == OVF_TIME_NONE ? OVF_TIME_OPEN : v->common.as_of;
    ovf_status status = ovf_ledger_gaps(v->ledger, as_of, &arena, &gaps, &count, &err);
    ovf_buf buf = {0};
    for (size_t i = 0; i < count; i++) {
        const ovf_ledger_gap *gap = &gaps[i];
        int year = (int)(gap->year % 100);
        if (v->common.json) {
            ovf_json json;
            ovf_json_init(&json, &buf);
            ovf_json_object(&json);
            put_text(&json, "office", gap->office);
            put_text(&json, "series", (ovf_str){&gap->series, 1});
            put_count(&json, "year", (uint64_t)gap->year);
            put_count(&json, "first", (uint64_t)gap->first);
            put_count(&json, "last", (uint64_t)gap->last);
            ovf_json_end(&json);
        } else if (gap->first == gap->last) {
            ovf_buf_printf(&buf, OVF_FMT "  %c%04d/%02d", OVF_ARG(gap->office), gap->series,
                           (int)gap->first, year);
        } else {
            ovf_buf_printf(&buf, OVF_FMT "  %c%04d/%02d to %c%04d/%02d", OVF_ARG(gap->office),
                           gap->series, (int)gap->first, year, gap->series, (int)gap->last, year);
        }
        cli_put_line(&buf);
    }
    ovf_buf_done(&buf);
    ovf_arena_done(&arena);
    if (status != OVF_OK)
        return fail_with(v, status, &err);
    return count > 0 ? CLI_FOUND : CLI_CLEAR;
}

/* ---- heartbeat ---- */

static bool put_states(ovf_json *json, const cli_list *operands)
{
    bool is_good = true;
    ovf_json_key(json, "issuers");
    ovf_json_array(json);
    for (size_t i = 1; i < operands->count; i++) {
        ovf_str code = ovf_str_of(operands->items[i]);
        bool is_all = ovf_str_eq(code, OVF_STR("*"));
        for (size_t k = 0; k < code.len && !is_all; k++)
            is_good = is_good && code.ptr[k] >= 'A' && code.ptr[k] <= 'Z';
        is_good = is_good && (is_all || code.len == 3);
        ovf_json_str(json, code);
    }
    ovf_json_end(json);
    return is_good;
}

/* A feed that is alive says so: from `since` to now all that these States issued is here. */
static int run_heartbeat(ledger_verb *v)
{
    ovf_time now = cli_now();
    ovf_time until = v->received == OVF_TIME_NONE ? now : v->received;
    char text[2][OVF_TIME_TEXT_MAX];
    if (v->since == OVF_TIME_NONE || v->since > until)
        return cli_usage("ledger", "heartbeat: --since T, from when on everything is here");
    ovf_time_format(v->since, text[0], sizeof(text[0]));
    ovf_time_format(until, text[1], sizeof(text[1]));
    ovf_buf buf = {0};
    ovf_json json;
    ovf_json_init(&json, &buf);
    ovf_json_object(&json);
    put_cstr(&json, "type", "coverage");
    bool is_good = put_states(&json, &v->operands);
    put_cstr(&json, "from", text[0]);
    put_cstr(&json, "until", text[1]);
    put_cstr(&json, "basis", v->because[0] != '\0' ? v->because : "feed heartbeat");
    ovf_json_end(&json);
    ovf_buf_addc(&buf, '\n');
    if (!is_good) {
        ovf_buf_done(&buf);
        return cli_usage("ledger",
                         "heartbeat: expected ISO 3166 alpha-3 codes, as GBR IRL, or \"*\"");
    }
    ovf_world *world = NULL;
    int status = cli_world_open(&v->common, &world);
    ovf_error err = {0};
    if (status == 0)
        status = fail_with(v, ovf_ledger_use_world(v->ledger, world, &err), &err);
    ovf_ledger_entry entry = {.name = OVF_STR("heartbeat"),
                              .kind = OVF_DOCUMENT_STATEMENTS,
                              .origin = OVF_STR(""),
                              .known = until,
                              .stored = now,
                              .bytes = ovf_buf_str(&buf)};
    if (status == 0)
        status = fail_with(v, ovf_ledger_put(v->ledger, &entry, NULL, 0, NULL, &err), &err);
    if (status == 0)
        printf("complete to %s\n", text[1]);
    ovf_buf_done(&buf);
    ovf_ledger_free(v->ledger); // before the world that it uses
    v->ledger = NULL;
    ovf_world_free(world);
    return status;
}

/* ---- the verb ---- */

static const struct part {
    const char *name;
    int (*run)(ledger_verb *v);
    bool creates;
    size_t operands_min, operands_max;
    const char *expected;
} parts[] = {
    {"info", run_info, false, 0, 0, ""},
    {"index", run_index, false, 0, 0, ""},
    {"verify", run_verify, false, 0, 0, ""},
    {"export", run_export, false, 0, 0, ""},
    {"import", run_import, true, 1, 1, "a file that export wrote, or -"},
    {"withdraw", run_withdraw, false, 1, SIZE_MAX, "the SHA-256 of a document"},
    {"gaps", run_gaps, false, 0, 0, ""},
    {"heartbeat", run_heartbeat, true, 1, SIZE_MAX, "States, as GBR IRL, or \"*\""},
};

static int run_part(ledger_verb *v)
{
    if (v->operands.count == 0)
        return cli_usage(
            "ledger", "expected info, verify, index, export, import, withdraw, gaps or heartbeat");
    const char *asked = v->operands.items[0];
    size_t count = v->operands.count - 1;
    for (size_t i = 0; i < OVF_COUNTOF(parts); i++) {
        const struct part *part = &parts[i];
        if (strcmp(part->name, asked) != 0)
            continue;
        if (count < part->operands_min)
            return cli_usage("ledger", "%s: expected %s", asked, part->expected);
        if (count > part->operands_max)
            return cli_usage("ledger", "%s: \"%s\" is one operand too many", asked,
                             v->operands.items[part->operands_max + 1]);
        int status = open_ledger(v, part->creates);
        return status == 0 ? part->run(v) : status;
    }
    return cli_usage(
        "ledger",
        "no part \"%s\"; expected info, verify, index, export, import, withdraw, gaps or heartbeat",
        asked);
}

int cli_ledger(int argc, char **argv)
{
    ledger_verb v = {.received = OVF_TIME_NONE, .since = OVF_TIME_NONE, .head = "", .because = ""};
    const cli_option own[] = {
        {"--head", CLI_TEXT, &v.head},         {"--output", CLI_TEXT, &v.output},
        {"-o", CLI_TEXT, &v.output},           {"--gzip", CLI_FLAG, &v.gzip},
        {"--received", CLI_TIME, &v.received}, {"--because", CLI_TEXT, &v.because},
        {"--since", CLI_TIME, &v.since},       {"--check", CLI_FLAG, &v.is_check},
        {"--anew", CLI_FLAG, &v.is_anew},
    };
    cli_common_init(&v.common);
    int status = cli_parse(argc, argv, &v.common, own, OVF_COUNTOF(own), &v.operands);
    if (status == 0)
        status = run_part(&v);
    ovf_ledger_free(v.ledger);
    cli_list_done(&v.common.notices);
    cli_list_done(&v.operands);
    return status < 0 ? CLI_CLEAR : status;
}
