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
        ovf_document_kind kind = cli_document_kind(input->text);
        if (kind == OVF_DOCUMENT_FLIGHTS)
            continue;
        // A folder may hold more than documents; a file named outright is always read.
        bool is_named = i < common->notices.count && files->count == common->notices.count;
        if (kind == OVF_DOCUMENT_UNKNOWN && !is_named) {
            cli_error("%s: neither notices nor statements nor news; left out", input->name);
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

#define INDEX_BATCH 2000

int cli_ledger_index(ovf_ledger *ledger, const ovf_world *world, const char *name)
{
    ovf_error err = {0};
    uint64_t left = 0;
    uint64_t total = 0;
    cli_progress bar;
    ovf_status status = ovf_ledger_use_world(ledger, world, &err);
    if (status == OVF_OK)
        status = ovf_ledger_index(ledger, INDEX_BATCH, &left, &err);
    total = left;
    cli_progress_start(&bar, "index", total);
    while (status == OVF_OK && left > 0) {
        status = ovf_ledger_index(ledger, INDEX_BATCH, &left, &err);
        cli_progress_step(&bar, total - left);
    }
    cli_progress_end(&bar);
    if (status != OVF_OK)
        cli_error("%s: not indexed: %s", name, err.reason);
    return cli_status_of(status);
}

/* A short way to the end is gone at once; without an index every answer is right all the same, so
 * that a ledger which may only be read, or is being written, is no obstacle. */
static bool catch_up(ovf_ledger *ledger)
{
    uint64_t entries = 0;
    int64_t reached = 0;
    bool is_usable = false;
    uint64_t left = 0;
    if (ovf_ledger_entries(ledger, &entries, NULL) != OVF_OK
        || ovf_ledger_index_reach(ledger, &reached, &is_usable, NULL) != OVF_OK)
        return false;
    if (is_usable && (uint64_t)reached == entries)
        return true;
    uint64_t missing = entries - (is_usable ? (uint64_t)reached : 0);
    if (missing <= INDEX_BATCH)
        return ovf_ledger_index(ledger, INDEX_BATCH, &left, NULL) == OVF_OK && left == 0;
    cli_error("the ledger's index does not reach its end: every document is read; `overfly "
              "ledger index` brings it up to date");
    return false;
}

static int open_ledger(const cli_common *common, cli_context *context)
{
    char path[PATH_MAX_BYTES];
    int status = cli_ledger_path(common, false, path, sizeof(path));
    if (status != 0)
        return status;
    ovf_error err = {0};
    if (!exists(path)) {
        cli_error("%s: no ledger there yet; `overfly ingest FILE...` makes it, --notices FILE "
                  "judges documents without one",
                  path);
        return CLI_BAD_INPUT;
    }
    ovf_status opened = ovf_ledger_open(path, false, &context->ledger, &err);
    if (opened == OVF_OK)
        opened = ovf_ledger_use_world(context->ledger, context->world, &err);
    if (opened == OVF_OK)
        context->has_index = catch_up(context->ledger);
    if (opened != OVF_OK)
        cli_error_at(path, OVF_STR(""), OVF_NOPOS, "%s", err.reason);
    return cli_status_of(opened);
}

static ovf_time as_of_of(const cli_common *common)
{
    return common->as_of == OVF_TIME_NONE ? OVF_TIME_OPEN : common->as_of;
}

static int add_ledger(const cli_common *common, const ovf_ledger_query *query, cli_context *context)
{
    ovf_error err = {0};
    ovf_ledger_entry *entries = NULL;
    size_t count = 0;
    ovf_status listed;
    context->is_selected = false;
    // Reading everything gives the same answer: for whoever doubts it, and the tests do.
    const char *read_all = getenv("OVERFLY_READ_ALL");
    if (query == NULL || (read_all != NULL && read_all[0] != '\0')) {
        listed = ovf_ledger_list(context->ledger, as_of_of(common), OVF_DOCUMENT_UNKNOWN, true,
                                 &context->arena, &entries, &count, &err);
    } else {
        ovf_ledger_query whole = *query;
        whole.as_of = as_of_of(common);
        listed = ovf_ledger_select(context->ledger, &whole, &context->arena, &entries, &count,
                                   &context->is_selected, &err);
    }
    if (listed != OVF_OK) {
        cli_error("ledger: %s", err.reason);
        return cli_status_of(listed);
    }
    int status = 0;
    for (size_t i = 0; i < count && status == 0; i++) {
        const ovf_ledger_entry *entry = &entries[i];
        if (!ovf_document_is_told(entry->kind))
            continue;
        ovf_source source = {.document = entry->sha256,
                             .name = entry->name,
                             .origin = entry->origin,
                             .known = entry->known};
        status = add_document(context, entry->bytes, &source);
    }
    return status;
}

/* How many threads may read. */
static unsigned processors(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1                         ? 1
           : online > OVF_PICTURE_MAX_THREADS ? OVF_PICTURE_MAX_THREADS
                                              : (unsigned)online;
}

int cli_context_begin(const cli_common *common, cli_context *out)
{
    *out = (cli_context){0};
    ovf_arena_init(&out->arena, 0);
    int status = cli_world_open(common, &out->world);
    if (status != 0)
        return status;
    ovf_error err = {0};
    ovf_status made = ovf_rulebook_new(out->world, &out->rules, &err);
    if (made != OVF_OK) {
        cli_error("%s", err.reason);
        return cli_status_of(made);
    }
    return common->notices.count > 0 ? 0 : open_ledger(common, out);
}

bool cli_with_law(const cli_common *common)
{
    return common->law || (common->notices.count == 0 && !common->no_law);
}

int cli_context_select(const cli_common *common, ovf_interval window, const ovf_ledger_query *query,
                       cli_context *context)
{
    // Everything is in it already, whatever place is asked about.
    if (context->picture != NULL && !context->is_selected)
        return 0;
    ovf_picture_free(context->picture);
    context->picture = NULL;
    ovf_error err = {0};
    ovf_picture_options options = {
        .as_of = as_of_of(common),
        .window = window,
        .alone = common->notices.count > 0,
        .with_law = cli_with_law(common),
        .threads = processors(),
    };
    ovf_status made =
        ovf_picture_new(context->world, context->rules, &options, &context->picture, &err);
    if (made != OVF_OK) {
        cli_error("%s", err.reason);
        return cli_status_of(made);
    }
    int status =
        common->notices.count > 0 ? add_files(common, context) : add_ledger(common, query, context);
    if (status != 0)
        return status;
    made = ovf_picture_settle(context->picture, &err);
    if (made != OVF_OK)
        cli_error("%s", err.reason);
    return cli_status_of(made);
}

int cli_context_open(const cli_common *common, ovf_interval window, cli_context *out)
{
    int status = cli_context_begin(common, out);
    return status == 0 ? cli_context_select(common, window, NULL, out) : status;
}

#define MISSING_SHOWN 3

/* "Open" rests on silence, and the silence of an office that has issued what is not here says
 * nothing. */
static ovf_status doubt_silence(cli_context *context, ovf_time as_of, ovf_arena *arena,
                                ovf_answer *answer, ovf_error *err)
{
    ovf_status status = OVF_OK;
    for (size_t i = 0;
         i < answer->freshness_count && answer->legal == OVF_LEGAL_OPEN && status == OVF_OK; i++) {
        ovf_str issuer = answer->freshness[i].issuer;
        ovf_str *ids = NULL;
        size_t count = 0;
        status = ovf_ledger_missing(context->ledger, issuer, as_of, arena, &ids, &count, err);
        if (status != OVF_OK || count == 0)
            continue;
        ovf_str named = OVF_STR("");
        for (size_t k = 0; k < count && k < MISSING_SHOWN; k++)
            named = ovf_arena_printf(arena, OVF_FMT "%s" OVF_FMT, OVF_ARG(named),
                                     k == 0 ? "" : ", ", OVF_ARG(ids[k]));
        answer->legal = OVF_LEGAL_UNKNOWN;
        answer->legal_why = ovf_arena_printf(
            arena,
            "the newest checklist of " OVF_FMT
            " names %zu valid notice%s that %s not here: " OVF_FMT "%s",
            OVF_ARG(issuer), count, count == 1 ? "" : "s", count == 1 ? "is" : "are",
            OVF_ARG(named), count > MISSING_SHOWN ? ", ..." : "");
        if (answer->risk == OVF_RISK_NONE) {
            answer->risk = OVF_RISK_UNKNOWN;
            answer->risk_why = OVF_STR("not enough is known to tell");
        }
    }
    return status;
}

ovf_status cli_context_status(cli_context *context, const ovf_query *query, ovf_arena *arena,
                              ovf_answer *out, ovf_error *err)
{
    ovf_status status = ovf_picture_status(context->picture, query, arena, out, err);
    ovf_time as_of = ovf_picture_options_of(context->picture).as_of;
    for (size_t i = 0; status == OVF_OK && context->is_selected && i < out->freshness_count; i++)
        status = ovf_ledger_latest(context->ledger, out->freshness[i].issuer, as_of,
                                   &out->freshness[i].latest, err);
    if (status == OVF_OK && context->has_index)
        status = doubt_silence(context, as_of, arena, out, err);
    return status;
}

void cli_context_done(cli_context *context)
{
    ovf_picture_free(context->picture);
    ovf_rulebook_free(context->rules);
    ovf_ledger_free(context->ledger);
    ovf_world_free(context->world);
    for (size_t i = 0; i < context->input_count; i++)
        cli_input_done(&context->inputs[i]);
    free(context->inputs);
    cli_list_done(&context->files);
    ovf_arena_done(&context->arena);
}
