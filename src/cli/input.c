/* SPDX-License-Identifier: Apache-2.0 */
/* Files, standard input, folders, and JSONL records. */
#include "cli.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <zlib.h>
#include <jansson.h>

#define FOLDER_DEPTH_MAX 8
#define FOLDER_FILES_MAX 100000

static int read_all(FILE *file, const char *name, cli_input *out)
{
    size_t capacity = 65536;
    size_t len = 0;
    char *bytes = malloc(capacity);
    while (bytes != NULL) {
        size_t got = fread(bytes + len, 1, capacity - len, file);
        len += got;
        if (got == 0)
            break;
        if (len > CLI_INPUT_MAX_BYTES) {
            free(bytes);
            cli_error("%s: more than %zu MB; overfly reads no larger input at once", name,
                      CLI_INPUT_MAX_BYTES >> 20);
            return CLI_BAD_INPUT;
        }
        if (len == capacity) {
            char *grown = realloc(bytes, capacity * 2);
            if (grown == NULL)
                free(bytes);
            bytes = grown;
            capacity *= 2;
        }
    }
    if (bytes == NULL) {
        cli_error("%s: no memory", name);
        return CLI_INTERNAL;
    }
    if (ferror(file)) {
        free(bytes);
        cli_error("%s: %s", name, strerror(errno));
        return CLI_BAD_INPUT;
    }
    *out = (cli_input){.name = name, .text = {bytes, len}, .owned = bytes};
    return 0;
}

/* The same of a gzip file: unpacked piece by piece, so a small file that grows large ends at the
 * ceiling and not in memory. zlib hands plain files on as they are. */
static int read_packed(const char *path, cli_input *out)
{
    gzFile file = gzopen(path, "rb");
    size_t capacity = 65536;
    size_t len = 0;
    char *bytes = malloc(capacity);
    if (file == NULL || bytes == NULL) {
        cli_error("%s: %s", path, file == NULL ? strerror(errno) : "no memory");
        if (file != NULL)
            gzclose(file);
        free(bytes);
        return file == NULL ? CLI_BAD_INPUT : CLI_INTERNAL;
    }
    int got = 0;
    while ((got = gzread(file, bytes + len, (unsigned)(capacity - len))) > 0) {
        len += (size_t)got;
        if (len > CLI_INPUT_MAX_BYTES)
            break;
        char *grown = len < capacity ? bytes : realloc(bytes, capacity * 2);
        if (grown == NULL)
            break;
        capacity *= len < capacity ? 1 : 2;
        bytes = grown;
    }
    bool is_over = len > CLI_INPUT_MAX_BYTES;
    bool is_cut = got > 0 && !is_over;
    // A file cut short reads as far as it goes; only closing it tells.
    bool is_broken = gzclose(file) != Z_OK || got < 0;
    if (!is_over && !is_cut && !is_broken) {
        *out = (cli_input){.name = path, .text = {bytes, len}, .owned = bytes};
        return 0;
    }
    free(bytes);
    if (is_over)
        cli_error("%s: more than %zu MB unpacked; overfly reads no larger input at once", path,
                  CLI_INPUT_MAX_BYTES >> 20);
    else
        cli_error("%s: %s", path, is_cut ? "no memory" : "expected a whole gzip file");
    return is_cut ? CLI_INTERNAL : CLI_BAD_INPUT;
}

static bool is_packed(FILE *file)
{
    int first = getc(file);
    int second = first == EOF ? EOF : getc(file);
    rewind(file);
    return first == 0x1F && second == 0x8B; // RFC 1952, 2.3.1
}

int cli_input_read(const char *path, cli_input *out)
{
    *out = (cli_input){.name = path};
    if (strcmp(path, "-") == 0)
        return read_all(stdin, "<stdin>", out);
    struct stat info = {0};
    if (stat(path, &info) != 0) {
        cli_error("%s: %s", path, strerror(errno));
        return CLI_BAD_INPUT;
    }
    if (S_ISDIR(info.st_mode)) {
        cli_error("%s: is a directory; expected a file", path);
        return CLI_BAD_INPUT;
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        cli_error("%s: %s", path, strerror(errno));
        return CLI_BAD_INPUT;
    }
    bool is_regular = S_ISREG(info.st_mode); // a pipe cannot be looked at twice
    int status = is_regular && is_packed(file) ? read_packed(path, out) : read_all(file, path, out);
    fclose(file);
    return status;
}

void cli_input_done(cli_input *input)
{
    free(input->owned);
    *input = (cli_input){0};
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int add_copy(const char *name, cli_list *out)
{
    char *copy = strdup(name);
    if (copy == NULL) {
        cli_error("%s: no memory", name);
        return CLI_INTERNAL;
    }
    cli_list_add(out, copy);
    return 0; // NOLINT(clang-analyzer-unix.Malloc): the list owns the copy
}

static int add_folder(const char *path, int depth, cli_list *out)
{
    if (depth > FOLDER_DEPTH_MAX) {
        cli_error("%s: folders nested deeper than %d", path, FOLDER_DEPTH_MAX);
        return CLI_BAD_INPUT;
    }
    DIR *folder = opendir(path);
    if (folder == NULL) {
        cli_error("%s: %s", path, strerror(errno));
        return CLI_BAD_INPUT;
    }
    cli_list names = {.is_owner = true};
    bool is_cut = false;
    // NOLINTNEXTLINE(clang-analyzer-unix.Malloc): the list owns the names
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] == '.')
            continue;
        is_cut = is_cut || names.count >= FOLDER_FILES_MAX;
        if (is_cut)
            break;
        size_t size = strlen(path) + strlen(entry->d_name) + 2;
        char *name = malloc(size);
        if (name == NULL)
            break;
        snprintf(name, size, "%s/%s", path, entry->d_name);
        cli_list_add(&names, name);
    }
    closedir(folder);
    if (names.count > 0)
        qsort((void *)names.items, names.count, sizeof(*names.items), by_name);
    int status = is_cut ? CLI_BAD_INPUT : 0;
    if (is_cut)
        cli_error("%s: more than %d files; name them in parts", path, FOLDER_FILES_MAX);
    for (size_t i = 0; i < names.count; i++) {
        struct stat info = {0};
        bool is_there = stat(names.items[i], &info) == 0;
        if (status == 0 && is_there && S_ISDIR(info.st_mode))
            status = add_folder(names.items[i], depth + 1, out);
        else if (status == 0 && is_there && S_ISREG(info.st_mode))
            status = add_copy(names.items[i], out);
    }
    cli_list_done(&names);
    return status;
}

int cli_files(const char *path, bool recursive, cli_list *out)
{
    out->is_owner = true;
    struct stat info = {0};
    if (recursive && strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return add_folder(path, 0, out);
    return add_copy(path, out);
}

ovf_str cli_unmarked(ovf_str text)
{
    return ovf_str_starts(text, OVF_STR("\xef\xbb\xbf")) ? ovf_str_tail(text, 3) : text;
}

void cli_records_start(cli_records *records, ovf_str input, const char *field)
{
    *records = (cli_records){.rest = field == NULL ? input : cli_unmarked(input), .field = field};
}

/* One JSONL line: the member's text and the record's id, both copied into the arena. */
static void read_json_line(ovf_str line, const char *field, ovf_arena *arena, cli_record *out)
{
    json_error_t problem;
    json_t *object = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, &problem);
    json_t *text = object == NULL ? NULL : json_object_get(object, field);
    json_t *id = object == NULL ? NULL : json_object_get(object, "id");
    if (json_is_string(text)) {
        out->text =
            ovf_arena_dup(arena, (ovf_str){json_string_value(text), json_string_length(text)});
        if (json_is_string(id))
            out->id =
                ovf_arena_dup(arena, (ovf_str){json_string_value(id), json_string_length(id)});
        else if (json_is_integer(id))
            out->id = ovf_arena_printf(arena, "%lld", (long long)json_integer_value(id));
        if (out->text.ptr == NULL) {
            out->broken = true;
            out->reason = "no memory";
        }
    } else {
        out->broken = true;
        out->text = line;
        out->reason = object == NULL ? "expected one JSON object on the line"
                                     : "the record has no text under that member";
    }
    json_decref(object);
}

bool cli_records_next(cli_records *records, ovf_arena *arena, cli_record *out)
{
    *out = (cli_record){0};
    if (records->field == NULL) {
        if (records->next > 0)
            return false;
        *out = (cli_record){.text = records->rest, .line = 1, .index = records->next++};
        return true;
    }
    ovf_str line = {0};
    while (ovf_str_line(&records->rest, &line)) {
        records->line++;
        if (ovf_str_trim(line).len == 0)
            continue;
        *out = (cli_record){.index = records->next++, .line = records->line};
        read_json_line(line, records->field, arena, out);
        return true;
    }
    return false;
}

ovf_document_kind cli_document_kind(ovf_str text)
{
    ovf_document_kind kind = ovf_document_sniff(text);
    bool is_flown =
        kind == OVF_DOCUMENT_UNKNOWN && ovf_surveillance_sniff(text) != OVF_SURVEILLANCE_UNKNOWN;
    return is_flown ? OVF_DOCUMENT_FLIGHTS : kind;
}
