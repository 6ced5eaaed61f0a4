/* SPDX-License-Identifier: Apache-2.0 */
/* news_table.h - gold statements in text tables, for the tests of statement extraction.
 *
 * A file holds blocks. A block is a header line, the text as it would stand in a file (one line a
 * paragraph), and one line a statement:
 *
 *     @ n001 2025-11-29 wire
 *     Venezuela closed its airspace on Friday, Maduro said.
 *     > declare_closed | Venezuela | state | Venezuela | said Nicolás Maduro = Maduro | date 2025-11-28 | Venezuela .. on Friday
 *
 * Fields: act = other acts | speaker = other speakers | kind | area; area | attribution | extras |
 * evidence. "-" is an empty field. Attribution: "-" (asserted), "said", "quoted" (both by the
 * speaker), "said X = Y", "quoted X", "reported X". Extras, parted by ';': neg, planned, possible,
 * conditional, directive, optional, nominal, none_ok, and with a value behind a blank: date, valid,
 * count, target, by (the instrument). Evidence: "first words .. last words", or all of it; "#2 "
 * in front takes the second place where it stands. A line that starts with "# " is a comment. */
#ifndef OVF_TEST_NEWS_TABLE_H
#define OVF_TEST_NEWS_TABLE_H

#include <overfly/base.h>

#define NEWS_LIST_MAX 12
#define NEWS_PATH_MAX 1024

typedef struct news_list {
    ovf_str items[NEWS_LIST_MAX];
    size_t count;
} news_list;

/* A gold statement or a predicted one; a predicted one leaves the alternatives empty. */
typedef struct news_statement {
    ovf_str act;
    news_list act_alt;
    ovf_str speaker; /* empty: nobody is named */
    news_list speaker_alt;
    ovf_str speaker_kind;
    news_list areas;
    ovf_str target;
    ovf_str instrument;
    ovf_str modality;
    ovf_str attribution; /* asserted | said | quoted | reported */
    news_list by;        /* whose word, and further accepted names */
    ovf_str date;        /* ISO day, month, year or a/b */
    ovf_str valid;
    ovf_str count;
    ovf_str evidence;
    size_t start, end; /* bytes of the evidence in the text */
    bool is_negated;
    bool is_optional;
    bool is_nominal;
    bool is_speaker_free; /* an empty speaker is accepted too */
    const char *rules[8]; /* of a predicted one: what fired; NULL behind the last */
} news_statement;

typedef struct news_document {
    ovf_str id;
    ovf_str published; /* YYYY-MM-DD */
    ovf_str style;
    ovf_str text;
    news_statement *statements;
    size_t count;
} news_document;

typedef struct news_set {
    const char *name;
    news_document *documents;
    size_t count;
    size_t capacity;
    size_t statement_count;
    size_t mistakes; /* in the tables, each printed with file and line */
} news_set;

/* Reads every file of a folder whose name starts with prefix and ends in ".txt", in the order of
 * their names, into the set. A mistake is printed to stderr and counted. false: the folder cannot
 * be read, or no memory. */
bool news_set_read(news_set *set, const char *folder, const char *prefix, ovf_arena *arena);
/* Reads one gold file in JSON (SCHEMA.md), its text from the text_file beside it. */
bool news_set_read_json(news_set *set, const char *path, ovf_arena *arena);
/* Predicted statements, one JSON object a line; those of another document are left out. */
bool news_predictions_read(const char *path, ovf_str doc, ovf_arena *arena, news_statement **out,
                           size_t *count);
/* A whole file; {NULL, 0} when it cannot be read. */
ovf_str news_file(const char *path, ovf_arena *arena);

#define NEWS_ACTS 22
extern const char *const news_act_names[NEWS_ACTS];
/* Its place among them; NEWS_ACTS when it is none. */
size_t news_act_index(ovf_str name);

/* Is it one of the values of the schema? */
bool news_is_act(ovf_str name);
bool news_is_kind(ovf_str name);
bool news_is_instrument(ovf_str name);
bool news_is_modality(ovf_str name);

/* The day number of "2025-11-29", counted from 0001-01-01; false when there is no such day. */
bool news_day(ovf_str text, int *out);
/* First and last day of "2025-11-29", "2025-11", "2025", "a/b", "a/", "/b". */
bool news_days(ovf_str text, int *first, int *last);

#endif
