/* SPDX-License-Identifier: Apache-2.0 */
/* csv.h - for the tests that read the tables beside this tree: comma-separated, a field may stand in
 * quotes and then hold commas, line ends and doubled quotes. */
#ifndef OVF_TEST_CSV_H
#define OVF_TEST_CSV_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define CSV_FIELDS 10
#define CSV_FIELD_MAX 200

typedef struct csv {
    FILE *file;
    bool is_pipe;
    char field[CSV_FIELDS][CSV_FIELD_MAX]; /* longer ones are cut */
    size_t count;
} csv;

/* A plain file, or one that gzip packed; false when it is not there. */
static inline bool csv_open(csv *c, const char *folder, const char *name)
{
    char path[1024];
    char command[1100];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (access(path, R_OK) != 0)
        return false;
    c->is_pipe = strstr(name, ".gz") != NULL;
    snprintf(command, sizeof command, "gzip -dc '%s'", path);
    c->file = c->is_pipe ? popen(command, "r") : fopen(path, "r");
    return c->file != NULL;
}

static inline bool csv_next(csv *c)
{
    memset(c->field, 0, sizeof c->field);
    c->count = 1;
    size_t len = 0;
    bool is_quoted = false;
    for (int ch = getc(c->file); ch != EOF; ch = getc(c->file)) {
        if (ch == '"') {
            is_quoted = !is_quoted;
            continue;
        }
        if (ch == '\n' && !is_quoted)
            return true;
        if (ch == ',' && !is_quoted) {
            c->count++;
            len = 0;
        } else if (ch != '\r' && c->count <= CSV_FIELDS && len + 1 < CSV_FIELD_MAX) {
            c->field[c->count - 1][len++] = (char)ch;
        }
    }
    return len > 0;
}

static inline void csv_close(csv *c)
{
    if (c->is_pipe)
        pclose(c->file);
    else
        fclose(c->file);
}

#endif
