/* SPDX-License-Identifier: Apache-2.0 */
/* overfly world import: what users have that is better or newer, over the tables of a world file;
 * the new file is written beside. */
#include "members.h"
#include "world.h"

#include <string.h>

struct importer {
    const char *what; /* "fir" */
    ovf_status (*put)(ovf_world_edit *edit, const ovf_airspace_set *set, ovf_str source,
                      bool replace_all, ovf_findings *findings, ovf_import_report *report,
                      ovf_error *err);
};

static void put_report(const world_verb *verb, const char *what, const char *file,
                       const ovf_airspace_set *set, const ovf_import_report *report)
{
    ovf_buf buf = {0};
    if (verb->common.json) {
        const struct {
            const char *key;
            size_t value;
        } counts[] = {
            {"features", set->features},
            {"added", report->added},
            {"replaced", report->replaced},
            {"removed", report->removed},
            {"left_out", set->left_out + report->left_out},
            {"bad", set->bad},
        };
        ovf_json json;
        ovf_json_init(&json, &buf);
        ovf_json_object(&json);
        put_cstr(&json, "kind", what);
        put_cstr(&json, "file", file);
        for (size_t i = 0; i < OVF_COUNTOF(counts); i++) {
            ovf_json_key(&json, counts[i].key);
            ovf_json_int(&json, (int64_t)counts[i].value);
        }
        ovf_json_end(&json);
    } else {
        ovf_buf_printf(&buf,
                       "%s %s: %zu features, %zu added, %zu replaced, %zu removed, %zu left out, "
                       "%zu bad",
                       what, file, set->features, report->added, report->replaced, report->removed,
                       set->left_out + report->left_out, set->bad);
    }
    cli_put_line(&buf);
    ovf_buf_done(&buf);
}

static void put_findings(const char *file, const ovf_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        cli_error("%s: " OVF_FMT, file, OVF_ARG(findings->items[i].message));
    if (findings->dropped > 0)
        cli_error("%s: %zu more of them", file, findings->dropped);
}

/* The file's name without its folders: what rows say their source is. */
ovf_str world_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return ovf_str_of(slash == NULL ? path : slash + 1);
}

/* *is_read stays false when nothing of the file could be taken. */
static int import_file(const world_verb *verb, ovf_world_edit *edit, ovf_arena *arena,
                       const struct importer *importer, const char *path, bool replace_all,
                       bool *is_read)
{
    cli_input input = {0};
    int status = cli_input_read(path, &input);
    if (status != 0)
        return status;
    ovf_airspace_set set = {0};
    ovf_error err = {0};
    // The edit borrows the texts of the set until it is written.
    ovf_str text = ovf_arena_dup(arena, input.text);
    const char *name = input.name;
    cli_input_done(&input);
    if (text.ptr == NULL) {
        cli_error("%s: no memory", name);
        return CLI_INTERNAL;
    }
    if (ovf_airspaces_read(text, OVF_AIRSPACE_ANY, NULL, arena, &set, &err) != OVF_OK) {
        cli_report(name, text, &err);
        return cli_status_of(err.status);
    }
    put_findings(name, &set.findings);
    ovf_findings notes = {.arena = arena};
    ovf_import_report report = {0};
    if (importer->put(edit, &set, world_base_name(name), replace_all, &notes, &report, &err)
        != OVF_OK) {
        cli_error("%s: %s", name, err.reason);
        return cli_status_of(err.status);
    }
    put_findings(name, &notes);
    put_report(verb, importer->what, name, &set, &report);
    *is_read = true;
    bool is_taken = report.added + report.replaced + report.removed > 0;
    if (!is_taken)
        cli_error("%s: nothing of it could be taken: expected %s with a code and an outline", name,
                  importer->what);
    return set.bad > 0 || !is_taken ? CLI_BAD_INPUT : CLI_CLEAR;
}

int world_import(world_verb *verb, const cli_list *operands)
{
    const struct {
        struct importer importer;
        const cli_list *files;
    } kinds[] = {
        {{"fir", ovf_world_edit_firs}, &verb->firs},
        {{"airspace", ovf_world_edit_airspaces}, &verb->airspaces},
    };
    size_t count = 0;
    for (size_t k = 0; k < OVF_COUNTOF(kinds); k++)
        count += kinds[k].files->count;
    count += verb->navs.count;
    if (operands->count != 1 || count == 0 || verb->output == NULL)
        return cli_usage("world", "import takes --fir, --airspace or --nav FILE, and -o FILE");
    ovf_world_edit *edit = NULL;
    ovf_error err = {0};
    if (ovf_world_edit_new(verb->world, &edit, &err) != OVF_OK) {
        cli_error("%s", err.reason);
        return cli_status_of(err.status);
    }
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)4 << 30);
    int worst = CLI_CLEAR;
    bool all_read = true;
    for (size_t k = 0; k < OVF_COUNTOF(kinds); k++)
        for (size_t i = 0; i < kinds[k].files->count; i++) {
            // Of several files only the first may drop what it does not have.
            bool is_read = false;
            int status =
                import_file(verb, edit, &arena, &kinds[k].importer, kinds[k].files->items[i],
                            verb->replace_all && i == 0, &is_read);
            all_read = all_read && is_read;
            worst = status > worst ? status : worst;
        }
    bool is_whole = true;
    if (verb->navs.count > 0) {
        int status = world_import_nav(verb, edit, &arena, &is_whole);
        worst = status > worst ? status : worst;
    }
    // A file that is none leaves no world that looks as if it were in it.
    if (all_read && is_whole && ovf_world_edit_write(edit, verb->output, &err) != OVF_OK) {
        cli_error("%s", err.reason); // names the file
        worst = cli_status_of(err.status);
    }
    ovf_world_edit_free(edit);
    ovf_arena_done(&arena);
    return worst;
}
