/* SPDX-License-Identifier: Apache-2.0 */
/* Where the world file and the ledger are, and the picture that a verb answers from. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_MAX_BYTES 4096

/* Folder of the running program; false when the system does not say. */
static bool program_folder(char *out, size_t size)
{
    ssize_t len = readlink("/proc/self/exe", out, size - 1);
    if (len <= 0 || (size_t)len >= size - 1)
        return false;
    out[len] = '\0';
    char *slash = strrchr(out, '/');
    if (slash == NULL)
        return false;
    *slash = '\0';
    return true;
}

static bool exists(const char *path)
{
    struct stat info = {0};
    return stat(path, &info) == 0;
}

/* $XDG_DATA_HOME/overfly, or ~/.local/share/overfly; false without a home. */
static bool data_folder(char *out, size_t size)
{
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    int len = -1;
    if (data != NULL && data[0] == '/')
        len = snprintf(out, size, "%s/overfly", data);
    else if (home != NULL && home[0] == '/')
        len = snprintf(out, size, "%s/.local/share/overfly", home);
    return len > 0 && (size_t)len < size;
}

static bool find_world(char *out, size_t size)
{
    char folder[PATH_MAX_BYTES];
    if (program_folder(folder, sizeof(folder))) {
        for (size_t i = 0; i < 2; i++) {
            int len = i == 0 ? snprintf(out, size, "%s/overfly.world", folder)
                             : snprintf(out, size, "%s/../share/overfly/overfly.world", folder);
            if (len > 0 && (size_t)len < size && exists(out))
                return true;
        }
    }
    if (data_folder(folder, sizeof(folder))) {
        int len = snprintf(out, size, "%s/overfly.world", folder);
        if (len > 0 && (size_t)len < size && exists(out))
            return true;
    }
    static const char *const system_places[] = {"/usr/local/share/overfly/overfly.world",
                                                "/usr/share/overfly/overfly.world"};
    for (size_t i = 0; i < OVF_COUNTOF(system_places); i++) {
        snprintf(out, size, "%s", system_places[i]);
        if (exists(out))
            return true;
    }
    return false;
}

bool cli_world_is_there(void)
{
    char found[PATH_MAX_BYTES];
    const char *named = getenv("OVERFLY_WORLD");
    return (named != NULL && named[0] != '\0') || find_world(found, sizeof(found));
}

int cli_world_open(const cli_common *common, ovf_world **out)
{
    char found[PATH_MAX_BYTES];
    const char *path = common->world;
    if (path == NULL)
        path = getenv("OVERFLY_WORLD");
    if (path == NULL || path[0] == '\0') {
        if (!find_world(found, sizeof(found))) {
            cli_error(
                "no world file beside the program or in the data folders; `./dev build` makes "
                "one, --world FILE names one");
            return CLI_BAD_INPUT;
        }
        path = found;
    }
    ovf_error err = {0};
    ovf_status status = ovf_world_open(path, out, &err);
    if (status != OVF_OK)
        cli_error_at(path, OVF_STR(""), OVF_NOPOS, "%s", err.reason);
    return cli_status_of(status);
}

static int make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int made = mkdir(path, 0777);
        int problem = errno;
        *slash = '/';
        if (made != 0 && problem != EEXIST)
            return problem;
    }
    return 0;
}

int cli_ledger_path(const cli_common *common, bool create, char *out, size_t size)
{
    const char *given = common->ledger != NULL ? common->ledger : getenv("OVERFLY_LEDGER");
    char folder[PATH_MAX_BYTES];
    char mark[PATH_MAX_BYTES + 16];
    int len = -1;
    if (given != NULL && given[0] != '\0') {
        len = snprintf(out, size, "%s", given);
    } else if (program_folder(folder, sizeof(folder))
               && snprintf(mark, sizeof(mark), "%s/build.ninja", folder) > 0 && exists(mark)) {
        len = snprintf(out, size, "%s/overfly.ledger", folder);
    } else if (data_folder(folder, sizeof(folder))) {
        len = snprintf(out, size, "%s/ledger.db", folder);
        if (create && len > 0 && (size_t)len < size) {
            int problem = make_folders(out);
            if (problem != 0) {
                cli_error("%s: %s", folder, strerror(problem));
                return CLI_BAD_INPUT;
            }
        }
    }
    if (len <= 0 || (size_t)len >= size) {
        cli_error("no place for the ledger: --ledger FILE or OVERFLY_LEDGER names one");
        return CLI_BAD_INPUT;
    }
    return 0;
}

/* Findings of a document that are errors go to stderr with their place; the rest is for `decode`. */
static void report_findings(const char *name, ovf_str text, const ovf_findings *findings,
                            cli_context *context)
{
    for (size_t i = 0; i < findings->count; i++) {
        const ovf_finding *finding = &findings->items[i];
        if (finding->severity != OVF_ERROR)
            continue;
        context->bad_records++;
        cli_error_at(name, text, finding->pos, OVF_FMT " (%s)", OVF_ARG(finding->message),
                     finding->rule == NULL ? "?" : finding->rule);
    }
}

static int add_document(cli_context *context, ovf_str bytes, const ovf_source *source)
{
    ovf_findings findings = {.arena = &context->arena};
    ovf_error err = {0};
    char name[256];
    snprintf(name, sizeof(name), OVF_FMT, OVF_ARG(source->name));
    ovf_status status = ovf_picture_add(context->picture, bytes, source, &findings, &err);
    report_findings(name, bytes, &findings, context);
    if (status == OVF_E_NOMEM || status == OVF_E_INTERNAL) {
        cli_report(name, bytes, &err);
        return CLI_INTERNAL;
    }
    if (status != OVF_OK) {
        context->bad_records++;
        cli_report(name, bytes, &err);
    }
    return 0;
}

static int add_files(const cli_common *common, cli_context *context)
{
    cli_list *files = &context->files;
    int status = 0;
    for (size_t i = 0; i < common->notices.count && status == 0; i++)
        status = cli_files(common->notices.items[i], true, files);
    context->inputs = status == 0 ? calloc(files->count + 1, sizeof(*context->inputs)) : NULL;
    for (size_t i = 0; i < files->count && status == 0 && context->inputs != NULL; i++) {
        cli_input *input = &context->inputs[context->input_count];
        status = cli_input_read(files->items[i], input);
        if (status != 0)
            break;
        context->input_count++;
        ovf_document_kind kind = ovf_document_sniff(input->text);
        if (kind == OVF_DOCUMENT_FLIGHTS)
            continue;
        // A folder may hold more than documents; a file named outright is always read.
        bool is_named = i < common->notices.count && files->count == common->notices.count;
        if (kind == OVF_DOCUMENT_UNKNOWN && !is_named) {
            cli_error("%s: neither notices nor statements; left out", input->name);
            continue;
        }
        ovf_document_header header = ovf_document_header_read(input->text);
        ovf_source source = {.name = ovf_str_of(input->name),
                             .origin = header.origin,
                             .known = common->received != OVF_TIME_NONE ? common->received
                                                                        : header.known};
        status = add_document(context, input->text, &source);
    }
    return status;
}

static int add_ledger(const cli_common *common, cli_context *context)
{
    char path[PATH_MAX_BYTES];
    int status = cli_ledger_path(common, false, path, sizeof(path));
    if (status != 0)
        return status;
    ovf_error err = {0};
    ovf_ledger *ledger = NULL;
    if (!exists(path)) {
        cli_error("%s: no ledger there yet; `overfly ingest FILE...` makes it, --notices FILE "
                  "judges documents without one",
                  path);
        return CLI_BAD_INPUT;
    }
    ovf_status opened = ovf_ledger_open(path, false, &ledger, &err);
    ovf_ledger_entry *entries = NULL;
    size_t count = 0;
    ovf_time as_of = common->as_of == OVF_TIME_NONE ? OVF_TIME_OPEN : common->as_of;
    if (opened == OVF_OK)
        opened = ovf_ledger_list(ledger, as_of, OVF_DOCUMENT_UNKNOWN, true, &context->arena,
                                 &entries, &count, &err);
    ovf_ledger_free(ledger);
    if (opened != OVF_OK) {
        cli_error_at(path, OVF_STR(""), OVF_NOPOS, "%s", err.reason);
        return cli_status_of(opened);
    }
    for (size_t i = 0; i < count && status == 0; i++) {
        const ovf_ledger_entry *entry = &entries[i];
        if (entry->kind != OVF_DOCUMENT_NOTICES && entry->kind != OVF_DOCUMENT_STATEMENTS)
            continue;
        ovf_source source = {.document = entry->sha256,
                             .name = entry->name,
                             .origin = entry->origin,
                             .known = entry->known};
        status = add_document(context, entry->bytes, &source);
    }
    return status;
}

int cli_context_open(const cli_common *common, ovf_interval window, cli_context *out)
{
    *out = (cli_context){0};
    ovf_arena_init(&out->arena, 0);
    int status = cli_world_open(common, &out->world);
    if (status != 0)
        return status;
    ovf_error err = {0};
    ovf_picture_options options = {
        .as_of = common->as_of == OVF_TIME_NONE ? OVF_TIME_OPEN : common->as_of,
        .window = window,
        .alone = common->notices.count > 0,
        .with_law = common->law,
    };
    ovf_status made = ovf_rulebook_new(out->world, &out->rules, &err);
    if (made == OVF_OK)
        made = ovf_picture_new(out->world, out->rules, &options, &out->picture, &err);
    if (made != OVF_OK) {
        cli_error("%s", err.reason);
        return cli_status_of(made);
    }
    status = common->notices.count > 0 ? add_files(common, out) : add_ledger(common, out);
    if (status != 0)
        return status;
    made = ovf_picture_settle(out->picture, &err);
    if (made != OVF_OK)
        cli_error("%s", err.reason);
    return cli_status_of(made);
}

void cli_context_done(cli_context *context)
{
    ovf_picture_free(context->picture);
    ovf_rulebook_free(context->rules);
    ovf_world_free(context->world);
    for (size_t i = 0; i < context->input_count; i++)
        cli_input_done(&context->inputs[i]);
    free(context->inputs);
    cli_list_done(&context->files);
    ovf_arena_done(&context->arena);
}
