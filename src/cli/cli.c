/* SPDX-License-Identifier: Apache-2.0 */
/* Options, messages, output. */
#include "cli.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define OPERANDS_MAX 100000

void cli_list_add(cli_list *list, const char *item)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 16 : list->capacity * 2;
        const char **grown = list->count >= OPERANDS_MAX
                                 ? NULL
                                 : realloc((void *)list->items, capacity * sizeof(*grown));
        if (grown == NULL) {
            cli_error("too many arguments");
            exit(CLI_INTERNAL);
        }
        list->items = grown;
        list->capacity = capacity;
    }
    list->items[list->count++] = item;
}

void cli_list_done(cli_list *list)
{
    for (size_t i = 0; list->is_owner && i < list->count; i++)
        free((void *)list->items[i]);
    free((void *)list->items);
    *list = (cli_list){0};
}

void cli_common_init(cli_common *common)
{
    *common = (cli_common){.at = OVF_TIME_NONE, .as_of = OVF_TIME_NONE, .received = OVF_TIME_NONE};
}

static const cli_verb *find_verb(const char *name)
{
    for (size_t i = 0; i < cli_verb_count; i++) {
        if (strcmp(cli_verbs[i].name, name) == 0)
            return &cli_verbs[i];
    }
    return NULL;
}

static bool parse_level(ovf_str text, cli_level *out)
{
    uint32_t value = 0;
    bool is_fl = text.len > 2 && (text.ptr[0] == 'F' || text.ptr[0] == 'f')
                 && (text.ptr[1] == 'L' || text.ptr[1] == 'l');
    size_t start = is_fl ? 2 : 0;
    size_t end = ovf_str_take_uint(text, start, 100000, &value);
    if (end == start)
        return false;
    ovf_str unit = ovf_str_trim(ovf_str_tail(text, end));
    bool is_feet = !is_fl && ovf_str_eq_nocase(unit, OVF_STR("FT"));
    if (!is_feet && (unit.len != 0 || value > 999))
        return false;
    if (value > 100000)
        return false;
    *out = (cli_level){.given = true, .level_ft = (int32_t)(is_feet ? value : value * 100)};
    return true;
}

static int set_option(const char *verb, const cli_option *option, const char *value)
{
    ovf_error err = {0};
    switch (option->type) {
    case CLI_FLAG: *(bool *)option->value = true; return 0;
    case CLI_TEXT: *(const char **)option->value = value; return 0;
    case CLI_LIST: cli_list_add(option->value, value); return 0;
    case CLI_TIME:
        if (ovf_time_parse(ovf_str_of(value), option->value, &err) != OVF_OK)
            return cli_usage(verb, "%s \"%s\": %s", option->name, value, err.reason);
        return 0;
    case CLI_LEVEL:
        if (!parse_level(ovf_str_of(value), option->value))
            return cli_usage(verb, "%s \"%s\": expected FL350, 350 or 35000ft", option->name,
                             value);
        return 0;
    case CLI_COUNT: {
        uint32_t count = 0;
        ovf_str text = ovf_str_of(value);
        if (text.len == 0 || ovf_str_take_uint(text, 0, 2000000000, &count) != text.len
            || count > 2000000000)
            return cli_usage(verb, "%s \"%s\": expected a number", option->name, value);
        *(int64_t *)option->value = count;
        return 0;
    }
    }
    return CLI_INTERNAL;
}

static const cli_option *find_option(const cli_option *options, size_t count, const char *name,
                                     size_t name_len)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(options[i].name) == name_len && memcmp(options[i].name, name, name_len) == 0)
            return &options[i];
    }
    return NULL;
}

static bool is_operand(const char *arg)
{
    // "-" is standard input; "-4.5,29.2" is a point south of the equator.
    return arg[0] != '-' || arg[1] == '\0' || arg[1] == '.' || (arg[1] >= '0' && arg[1] <= '9');
}

int cli_parse(int argc, char **argv, cli_common *common, const cli_option *own, size_t own_count,
              cli_list *operands)
{
    const cli_option shared[] = {
        {"--json", CLI_FLAG, &common->json},
        {"--no-colour", CLI_FLAG, &common->no_colour},
        {"--no-color", CLI_FLAG, &common->no_colour},
        {"--ledger", CLI_TEXT, &common->ledger},
        {"--world", CLI_TEXT, &common->world},
        {"--notices", CLI_LIST, &common->notices},
        {"--law", CLI_FLAG, &common->law},
        {"--no-law", CLI_FLAG, &common->no_law},
        {"--at", CLI_TIME, &common->at},
        {"--as-of", CLI_TIME, &common->as_of},
        {"--received", CLI_TIME, &common->received},
        {"--level", CLI_LEVEL, &common->level},
        {"--operator", CLI_TEXT, &common->operator_icao},
        {"--operator-state", CLI_TEXT, &common->operator_state},
        {"--registry", CLI_TEXT, &common->registry},
        {"--owner", CLI_TEXT, &common->owner},
        {"--airman", CLI_TEXT, &common->airman},
        {"--seller", CLI_TEXT, &common->seller},
        {"--use", CLI_TEXT, &common->use},
        {"--aircraft", CLI_TEXT, &common->aircraft},
        {"--from", CLI_TEXT, &common->from},
        {"--to", CLI_TEXT, &common->to},
    };
    const char *verb = argv[0];
    bool only_operands = false;
    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i];
        if (only_operands || is_operand(arg)) {
            cli_list_add(operands, arg);
            continue;
        }
        if (strcmp(arg, "--") == 0) {
            only_operands = true;
            continue;
        }
        if (strcmp(arg, "--help") == 0 || strcmp(arg, "-h") == 0) {
            const cli_verb *found = find_verb(verb);
            printf("overfly %s: %s\nusage: overfly %s %s\nSee overfly-%s(1).\n", verb,
                   found->summary, verb, found->synopsis, verb);
            return -1;
        }
        const char *equals = strncmp(arg, "--", 2) == 0 ? strchr(arg, '=') : NULL;
        size_t name_len = equals == NULL ? strlen(arg) : (size_t)(equals - arg);
        const cli_option *option = find_option(own, own_count, arg, name_len);
        if (option == NULL)
            option = find_option(shared, OVF_COUNTOF(shared), arg, name_len);
        if (option == NULL)
            return cli_usage(verb, "no option %s", arg);
        const char *value = NULL;
        if (option->type == CLI_FLAG) {
            if (equals != NULL)
                return cli_usage(verb, "%s takes no value", option->name);
        } else if (equals != NULL) {
            value = equals + 1;
        } else if (i + 1 < argc) {
            value = argv[++i];
        } else {
            return cli_usage(verb, "%s needs a value", option->name);
        }
        int status = set_option(verb, option, value);
        if (status != 0)
            return status;
    }
    return 0;
}

/* A State as given on the command line, by code or name, to its ISO3 code. */
static int state_code(const ovf_world *world, const char *option, const char *text, ovf_str *out)
{
    if (text == NULL)
        return 0;
    uint32_t state = ovf_world_find_state(world, ovf_str_of(text));
    if (state == OVF_INDEX_NONE) {
        cli_error("%s: no State \"%s\" in the world tables", option, text);
        return CLI_USAGE;
    }
    *out = ovf_world_state(world, state)->iso3;
    return 0;
}

int cli_party(const cli_common *common, const ovf_world *world, ovf_party *out)
{
    *out = (ovf_party){
        .operator_icao = ovf_str_of(common->operator_icao),
        .aircraft = ovf_str_of(common->aircraft),
        .from = ovf_str_of(common->from),
        .to = ovf_str_of(common->to),
    };
    if (common->use != NULL && !ovf_use_parse(ovf_str_of(common->use), &out->use)) {
        cli_error("--use \"%s\": expected airline, cargo, private, state, military, humanitarian, "
                  "sar or medical",
                  common->use);
        return CLI_USAGE;
    }
    int status =
        state_code(world, "--operator-state", common->operator_state, &out->operator_state);
    if (status == 0)
        status = state_code(world, "--registry", common->registry, &out->registry_state);
    if (status == 0)
        status = state_code(world, "--owner", common->owner, &out->owner_state);
    if (status == 0)
        status = state_code(world, "--airman", common->airman, &out->airman_state);
    if (status == 0)
        status = state_code(world, "--seller", common->seller, &out->seller_state);
    if (status == 0)
        ovf_party_complete(out, world);
    return status;
}

/* ---- messages ---- */

static void put_message(const char *place, const char *fmt, va_list args)
{
    fflush(stdout);
    fprintf(stderr, "overfly: %s", place);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
}

void cli_error(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    put_message("", fmt, args);
    va_end(args);
}

void cli_error_at(const char *name, ovf_str text, size_t pos, const char *fmt, ...)
{
    char place[512];
    if (pos == OVF_NOPOS) {
        snprintf(place, sizeof(place), "%s: ", name);
    } else {
        size_t line = 1;
        size_t column = 1;
        ovf_str_line_column(text, pos, &line, &column);
        snprintf(place, sizeof(place), "%s:%zu:%zu: ", name, line, column);
    }
    va_list args;
    va_start(args, fmt);
    put_message(place, fmt, args);
    va_end(args);
}

void cli_error_in_line(const char *name, size_t number, ovf_str line, size_t pos, const char *fmt,
                       ...)
{
    char place[512];
    size_t first = 1;
    size_t column = 1;
    ovf_str_line_column(line, pos, &first, &column);
    snprintf(place, sizeof(place), "%s:%zu:%zu: ", name, number, column);
    va_list args;
    va_start(args, fmt);
    put_message(place, fmt, args);
    va_end(args);
}

void cli_report(const char *name, ovf_str text, const ovf_error *err)
{
    if (err->rule != NULL)
        cli_error_at(name, text, err->pos, "%s (%s)", err->reason, err->rule);
    else
        cli_error_at(name, text, err->pos, "%s", err->reason);
}

int cli_usage(const char *verb, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    put_message("", fmt, args);
    va_end(args);
    const cli_verb *found = find_verb(verb);
    if (found != NULL)
        fprintf(stderr, "usage: overfly %s %s\n", found->name, found->synopsis);
    return CLI_USAGE;
}

int cli_status_of(ovf_status status)
{
    switch (status) {
    case OVF_OK: return CLI_CLEAR;
    case OVF_E_USAGE: return CLI_USAGE;
    case OVF_E_SYNTAX:
    case OVF_E_RANGE:
    case OVF_E_LIMIT:
    case OVF_E_IO:
    case OVF_E_NOT_FOUND:
    case OVF_E_GEOMETRY:
    case OVF_E_CORRUPT:
    case OVF_E_BUSY: return CLI_BAD_INPUT;
    case OVF_E_NOMEM:
    case OVF_E_INTERNAL: return CLI_INTERNAL;
    }
    return CLI_INTERNAL;
}

/* ---- output ---- */

bool cli_colour(const cli_common *common, FILE *file)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    if (common->no_colour || common->json || (no_color != NULL && no_color[0] != '\0'))
        return false;
    return isatty(fileno(file)) == 1 && term != NULL && strcmp(term, "dumb") != 0;
}

void cli_put_line(ovf_buf *buf)
{
    if (buf->failed) {
        cli_error("an answer outgrew its ceiling, or is malformed");
        exit(CLI_INTERNAL);
    }
    ovf_buf_addc(buf, '\n');
    cli_put_bytes(ovf_buf_str(buf));
    ovf_buf_reset(buf);
}

void cli_put_bytes(ovf_str bytes)
{
    if (fwrite(bytes.ptr, 1, bytes.len, stdout) == bytes.len)
        return;
    // The reader went away (`| head`): nothing is wrong with us.
    if (errno == EPIPE)
        exit(CLI_CLEAR);
    cli_error("writing to standard output: %s", strerror(errno));
    exit(CLI_INTERNAL);
}

const char *cli_ink_on(bool colour, cli_ink ink)
{
    static const char *const codes[] = {"",         "\033[1m",  "\033[2m", "\033[32m",
                                        "\033[33m", "\033[31m", "\033[36m"};
    return colour ? codes[ink] : "";
}

const char *cli_ink_off(bool colour)
{
    return colour ? "\033[0m" : "";
}

void cli_put_folded(FILE *file, ovf_str text, int indent, int width)
{
    int column = 0;
    size_t at = 0;
    while (at < text.len) {
        while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\n'))
            at++;
        size_t end = at;
        while (end < text.len && text.ptr[end] != ' ' && text.ptr[end] != '\n')
            end++;
        int len = (int)(end - at);
        if (len == 0)
            break;
        if (column > 0 && column + 1 + len > width - indent) {
            fputc('\n', file);
            column = 0;
        }
        if (column == 0)
            fprintf(file, "%*s", indent, "");
        else
            fputc(' ', file);
        fwrite(text.ptr + at, 1, (size_t)len, file);
        column += len + (column > 0);
        at = end;
    }
    if (column > 0)
        fputc('\n', file);
}

static int64_t now_ms(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void cli_progress_start(cli_progress *bar, const char *what, uint64_t total)
{
    *bar = (cli_progress){.what = what, .total = total, .started_ms = now_ms()};
}

void cli_progress_step(cli_progress *bar, uint64_t done)
{
    bar->done = done;
    if (bar->is_quiet)
        return;
    int64_t now = now_ms();
    if (now - bar->started_ms < 1000 || now - bar->shown_ms < 100 || isatty(STDERR_FILENO) != 1)
        return;
    bar->shown_ms = now;
    bar->visible = true;
    double share = bar->total == 0 ? 0.0 : (double)done / (double)bar->total;
    int filled = (int)(share * 30.0);
    fprintf(stderr, "\r%s [%.*s%*s] %3.0f%%", bar->what, filled, "##############################",
            30 - filled, "", share * 100.0);
    fflush(stderr);
}

void cli_progress_end(cli_progress *bar)
{
    if (bar->visible)
        fprintf(stderr, "\r%*s\r", (int)strlen(bar->what) + 40, "");
}

ovf_time cli_now(void)
{
    return (ovf_time)time(NULL);
}
