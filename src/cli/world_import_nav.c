/* SPDX-License-Identifier: Apache-2.0 */
/* overfly world import --nav: files of X-Plane or ARINC 424 over the points, aids, airways and
 * airports of a world, all in one go since airways name points of the other files. */
#include "members.h"
#include "world.h"

#include <overfly/navdata.h>

#include <string.h>

static void put_report(const world_verb *verb, const char *path, const ovf_nav_file *file)
{
    const struct {
        const char *key;
        size_t value;
    } counts[] = {
        {"fixes", file->fixes},       {"navaids", file->navaids},   {"legs", file->legs},
        {"airports", file->airports}, {"left_out", file->left_out}, {"bad", file->bad},
    };
    ovf_buf buf = {0};
    if (verb->common.json) {
        ovf_json json;
        ovf_json_init(&json, &buf);
        ovf_json_object(&json);
        put_cstr(&json, "kind", "nav");
        put_cstr(&json, "file", path);
        put_cstr(&json, "form", ovf_nav_form_name(file->form));
        for (size_t i = 0; i < OVF_COUNTOF(counts); i++) {
            ovf_json_key(&json, counts[i].key);
            ovf_json_int(&json, (int64_t)counts[i].value);
        }
        ovf_json_end(&json);
    } else {
        ovf_buf_printf(&buf,
                       "nav %s: %s, %zu fixes, %zu navaids, %zu legs of airways, %zu airports, %zu "
                       "left out, %zu bad",
                       path, ovf_nav_form_name(file->form), file->fixes, file->navaids, file->legs,
                       file->airports, file->left_out, file->bad);
    }
    cli_put_line(&buf);
    ovf_buf_done(&buf);
}

static void put_findings(const char *path, const ovf_nav_file *file)
{
    for (size_t i = 0; i < file->findings.count; i++)
        cli_error_at(path, file->text, file->findings.items[i].pos, OVF_FMT,
                     OVF_ARG(file->findings.items[i].message));
    if (file->findings.dropped > 0)
        cli_error("%s: %zu more bad rows", path, file->findings.dropped);
}

int world_import_nav(const world_verb *verb, ovf_world_edit *edit, ovf_arena *arena, bool *is_whole)
{
    *is_whole = false;
    size_t count = verb->navs.count;
    ovf_nav_file *files = ovf_arena_array(arena, ovf_nav_file, count);
    if (files == NULL) {
        cli_error("no memory for %zu files", count);
        return CLI_INTERNAL;
    }
    for (size_t i = 0; i < count; i++) {
        cli_input input = {0};
        int status = cli_input_read(verb->navs.items[i], &input);
        if (status != 0)
            return status;
        files[i].name = world_base_name(verb->navs.items[i]);
        files[i].text = ovf_arena_dup(arena, input.text);
        files[i].findings.arena = arena;
        cli_input_done(&input);
        if (files[i].text.ptr == NULL) {
            cli_error("%s: no memory", verb->navs.items[i]);
            return CLI_INTERNAL;
        }
    }
    ovf_error err = {0};
    if (ovf_world_edit_nav(edit, files, count, verb->add, &err) != OVF_OK) {
        const char *path =
            err.status == OVF_E_SYNTAX && err.pos < count ? verb->navs.items[err.pos] : "import";
        cli_error("%s: %s", path, err.reason);
        return cli_status_of(err.status);
    }
    *is_whole = true;
    int worst = CLI_CLEAR;
    for (size_t i = 0; i < count; i++) {
        put_findings(verb->navs.items[i], &files[i]);
        put_report(verb, verb->navs.items[i], &files[i]);
        if (files[i].bad > 0)
            worst = CLI_BAD_INPUT;
    }
    return worst;
}
