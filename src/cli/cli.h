/* SPDX-License-Identifier: Apache-2.0 */
/* cli.h - what the verbs share: options, inputs, messages, the world, the ledger, the picture.
 * Room: cli.  One file a verb (decode.c, status.c, ...); this header and cli.c, input.c, context.c
 * carry the rest. The verbs use the public API and nothing else of the library. */
#ifndef OVF_CLI_H
#define OVF_CLI_H

#include <overfly/overfly.h>

#include <stdio.h>

/* Exit status, as in the contract. */
enum {
    CLI_CLEAR = 0,
    CLI_FOUND = 1,
    CLI_USAGE = 2,
    CLI_BAD_INPUT = 3,
    CLI_INTERNAL = 4,
};

/* ---- verbs ---- */

typedef struct cli_verb {
    const char *name;
    const char *synopsis;              /* "AREA... [--at T] [--operator ICAO]" */
    const char *summary;               /* one line */
    int (*run)(int argc, char **argv); /* argv[0] is the verb */
} cli_verb;

extern const cli_verb cli_verbs[];
extern const size_t cli_verb_count;

int cli_brief(int argc, char **argv);
int cli_changes(int argc, char **argv);
int cli_check(int argc, char **argv);
int cli_decode(int argc, char **argv);
int cli_flight(int argc, char **argv);
int cli_ingest(int argc, char **argv);
int cli_ledger(int argc, char **argv);
int cli_map(int argc, char **argv);
int cli_route(int argc, char **argv);
int cli_status(int argc, char **argv);
int cli_timeline(int argc, char **argv);
int cli_world(int argc, char **argv);

/* ---- options ---- */

typedef struct cli_list {
    const char **items;
    size_t count;
    size_t capacity;
    bool is_owner; /* of the texts too: cli_list_done frees them */
} cli_list;

typedef enum cli_option_type {
    CLI_FLAG,  /* bool * */
    CLI_TEXT,  /* const char ** */
    CLI_TIME,  /* ovf_time * */
    CLI_LEVEL, /* cli_level *: FL350, 350 (a flight level), 35000ft */
    CLI_LIST,  /* cli_list *: may be given several times */
    CLI_COUNT, /* int64_t *: not negative */
} cli_option_type;

typedef struct cli_option {
    const char *name; /* "--at" */
    cli_option_type type;
    void *value;
} cli_option;

typedef struct cli_level {
    bool given;
    int32_t level_ft;
} cli_level;

/* What most verbs understand. */
typedef struct cli_common {
    bool json;
    bool no_colour;
    const char *ledger;
    const char *world;
    cli_list notices; /* --notices FILE: judge these alone */
    ovf_time at;
    ovf_time as_of;
    ovf_time received; /* known time of --notices documents */
    cli_level level;
    const char *operator_icao, *operator_state, *registry, *owner, *airman, *seller, *use,
        *aircraft, *from, *to;
    bool law, no_law;     /* --law, --no-law: law that stands without a notice */
    bool keeps_firs;      /* trajectories keep to the times at FIRs of item 18: 50 us each */
    const ovf_wind *wind; /* --wind FILE of the verbs that have it; NULL: none */
} cli_common;

void cli_common_init(cli_common *common);
/* Reads options anywhere among the arguments ("--at T", "--at=T"; "--" ends them; "-" alone and
 * "-4.5,29.2" are operands). The common ones are always understood; `own` adds the verb's.
 * Returns 0 or CLI_USAGE after a message. --help prints the verb's usage and gives -1. */
int cli_parse(int argc, char **argv, cli_common *common, const cli_option *own, size_t own_count,
              cli_list *operands);
void cli_list_add(cli_list *list, const char *item);
void cli_list_done(cli_list *list);
/* The party out of the options; CLI_USAGE when --use is not one. */
int cli_party(const cli_common *common, const ovf_world *world, ovf_party *out);

/* ---- messages (stderr) ---- */

void cli_error(const char *fmt, ...) OVF_PRINTF(1, 2);
/* "overfly: name:line:column: reason (rule)"; text may be empty: then without a place. */
void cli_error_at(const char *name, ovf_str text, size_t pos, const char *fmt, ...)
    OVF_PRINTF(4, 5);
/* The same of a line whose number is known, from 1: for files of which any line may be bad, since
 * cli_error_at counts lines from the beginning each time. pos is a byte of the line. */
void cli_error_in_line(const char *name, size_t number, ovf_str line, size_t pos, const char *fmt,
                       ...) OVF_PRINTF(5, 6);
void cli_report(const char *name, ovf_str text, const ovf_error *err);
/* Usage error of a verb: message and the synopsis; returns CLI_USAGE. */
int cli_usage(const char *verb, const char *fmt, ...) OVF_PRINTF(2, 3);
/* The exit status that an error of the library deserves. */
int cli_status_of(ovf_status status);

/* ---- output ---- */

bool cli_colour(const cli_common *common, FILE *file); /* a terminal, no NO_COLOR */
/* Writes the buffer and a newline to stdout and empties it; a closed pipe ends quietly. */
void cli_put_line(ovf_buf *buf);
/* The same of bytes as they are. */
void cli_put_bytes(ovf_str bytes);
/* Terminal colours by meaning; "" when colour is off. */
typedef enum cli_ink {
    CLI_PLAIN,
    CLI_BOLD,
    CLI_DIM,
    CLI_GOOD,
    CLI_WARN,
    CLI_BAD,
    CLI_NOTE
} cli_ink;
const char *cli_ink_on(bool colour, cli_ink ink);
const char *cli_ink_off(bool colour);
/* Prints text folded at blanks to `width` columns, each line after `indent` blanks. */
void cli_put_folded(FILE *file, ovf_str text, int indent, int width);

/* A bar on stderr, shown only on a terminal and only after a second of work. */
typedef struct cli_progress {
    const char *what;
    uint64_t total;
    uint64_t done;
    int64_t started_ms;
    int64_t shown_ms;
    bool visible;
    bool is_quiet; /* set behind the start: never shown */
} cli_progress;
void cli_progress_start(cli_progress *bar, const char *what, uint64_t total);
void cli_progress_step(cli_progress *bar, uint64_t done);
void cli_progress_end(cli_progress *bar);

/* ---- inputs ---- */

#define CLI_INPUT_MAX_BYTES ((size_t)256 * 1024 * 1024)

typedef struct cli_input {
    const char *name; /* "-" is shown as "<stdin>" */
    ovf_str text;
    char *owned;
} cli_input;

/* Reads a whole file or "-". Messages for what cannot be read: missing, a directory, above
 * CLI_INPUT_MAX_BYTES. 0 or CLI_BAD_INPUT. An empty file is text of no bytes: the caller says. */
int cli_input_read(const char *path, cli_input *out);
void cli_input_done(cli_input *input);
/* Files of an operand: itself, or, for a directory, the regular files below it in sorted order. The
 * list owns the names from then on and may hold nothing else. */
int cli_files(const char *path, bool recursive, cli_list *out);

typedef struct cli_record {
    ovf_str text;
    ovf_str id;     /* of the JSONL record, may be empty */
    uint32_t index; /* from 0 */
    size_t line;    /* from 1, where it starts in the input */
    bool broken; /* the line is not JSON or lacks the member: text is the whole line, reason says */
    const char *reason;
} cli_record;

/* Records of an input: with `field`, one a line (JSONL, that member's text); else the whole input
 * is one record. Texts of JSONL live in the arena. */
typedef struct cli_records {
    ovf_str rest;
    const char *field;
    uint32_t next;
    size_t line;
} cli_records;
/* Text without the mark of UTF-8 that some editors put before it: of lines the first would be read
 * with it. */
/* What it is: as ovf_document_sniff, and positions of aircraft as flights. */
ovf_document_kind cli_document_kind(ovf_str text);
ovf_str cli_unmarked(ovf_str text);
void cli_records_start(cli_records *records, ovf_str input, const char *field);
bool cli_records_next(cli_records *records, ovf_arena *arena, cli_record *out);

/* ---- world, ledger, picture ---- */

ovf_time cli_now(void); /* the wall clock: only the program knows it */
/* Path of the world file: --world, OVERFLY_WORLD, beside the binary, XDG data folders. */
int cli_world_open(const cli_common *common, ovf_world **out);
/* Is there one, without --world? Says nothing. */
bool cli_world_is_there(void);
/* Path of the ledger: --ledger, OVERFLY_LEDGER, beside the binary in a build folder, else
 * $XDG_DATA_HOME/overfly/ledger.db (the folder is made when `create`). */
int cli_ledger_path(const cli_common *common, bool create, char *out, size_t size);

/* Brings the index of the ledger up to its end; a bar when it takes long. The world is borrowed
 * until the ledger is freed. */
int cli_ledger_index(ovf_ledger *ledger, const ovf_world *world, const char *name);

/* All that a verb needs to answer: the world, the rules, and the picture out of --notices or of the
 * ledger as of --as-of. Bad documents are reported on stderr and counted in bad_records. */
typedef struct cli_context {
    ovf_world *world;
    ovf_rulebook *rules;
    ovf_picture *picture;
    ovf_arena arena;
    size_t bad_records;
    ovf_ledger *ledger; /* NULL with --notices */
    bool is_selected;   /* the picture holds what one area's answer rests on, not everything */
    bool has_index;     /* of the ledger, up to its end */
    cli_list files;     /* names of the inputs */
    cli_input *inputs;
    size_t input_count;
} cli_context;
/* window: in which active intervals are wanted, usually some days round `at`. */
int cli_context_open(const cli_common *common, ovf_interval window, cli_context *out);
/* Is law that stands without a notice asked? Beside the ledger, unless it is refused; documents of
 * --notices are judged alone, unless it is asked for. The same for every verb. */
bool cli_with_law(const cli_common *common);
/* The same in two steps. Begin opens the world, the rules and the ledger; select makes the picture
 * out of what an answer about one place rests on, again for the next place. query: may be NULL,
 * everything; as_of and operator_state are filled in. With --notices it is always everything, and
 * made once. */
int cli_context_begin(const cli_common *common, cli_context *out);
int cli_context_select(const cli_common *common, ovf_interval window, const ovf_ledger_query *query,
                       cli_context *context);
/* The answer about a place out of such a picture, with what only the whole ledger tells. */
ovf_status cli_context_status(cli_context *context, const ovf_query *query, ovf_arena *arena,
                              ovf_answer *out, ovf_error *err);
void cli_context_done(cli_context *context);

#endif
