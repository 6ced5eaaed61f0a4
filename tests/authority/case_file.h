/* SPDX-License-Identifier: Apache-2.0 */
/* case_file.h - cases of authority as text: documents in our own words, each with the real instrument
 * or event that it stands for, and questions to them with the answer that the law gives.
 * docs/formats/authority-cases.md has the grammar. */
#ifndef OVERFLY_TESTS_CASE_FILE_H
#define OVERFLY_TESTS_CASE_FILE_H

#include <overfly/base.h>

#define CASE_MAX_DOCUMENTS 6
#define CASE_MAX_PIECES 8

struct case_document {
    ovf_str name, cite;
    ovf_str text;
};

struct case_row {
    ovf_str file, name;
    const char *title; /* "file: name", for the report */
    uint32_t line;
    size_t documents[CASE_MAX_DOCUMENTS];
    size_t document_count;
    ovf_str area, at, party; /* party: the rest of the line "asks" */
    ovf_str wants, pieces, against, why;
};

struct case_book {
    ovf_arena arena;
    struct case_document *documents;
    size_t document_count, document_capacity;
    struct case_row *rows;
    size_t row_count, row_capacity;
};

/* Adds a file's cases. Fails the process with file and line when it cannot be read. */
void case_book_add(struct case_book *book, const char *path);
/* The value of "key=value" among blank-separated words; empty. Underscores stand for blanks. */
ovf_str case_value(ovf_str words, const char *key);
/* A lone word among blank-separated ones? */
bool case_has(ovf_str words, const char *word);

#endif
