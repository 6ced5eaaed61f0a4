/* SPDX-License-Identifier: Apache-2.0 */
/* make-words TABLE OUT: a table of words out of data/ as C, for the library to carry (it must speak
 * without a world file). One array for each name in the first column, rows as they stand; the
 * second column must rise, for the library looks up by halves. Runs on the machine that builds. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 6, LINE_MAX_BYTES = 1000 };

static int fail(const char *table, size_t line, const char *why)
{
    fprintf(stderr, "make-words: %s:%zu: %s\n", table, line, why);
    return 3;
}

/* Cuts a line at its tabs; false when it has not as many columns as it should. */
static bool cut(char *line, char *columns[COLUMNS])
{
    line[strcspn(line, "\r\n")] = '\0';
    for (size_t i = 0; i < COLUMNS; i++) {
        columns[i] = line;
        char *tab = strchr(line, '\t');
        if ((tab == NULL) != (i + 1 == COLUMNS))
            return false;
        if (tab != NULL) {
            *tab = '\0';
            line = tab + 1;
        }
    }
    return true;
}

static void put_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

static int convert(FILE *in, FILE *out, const char *table)
{
    char line[LINE_MAX_BYTES];
    char part[LINE_MAX_BYTES] = "";
    char last[LINE_MAX_BYTES] = "";
    size_t number = 0;
    fprintf(out, "/* Made out of %s by tools/make_words.c. */\n",
            strrchr(table, '/') == NULL ? table : strrchr(table, '/') + 1);
    while (fgets(line, sizeof(line), in) != NULL) {
        char *columns[COLUMNS];
        number++;
        if (strchr(line, '\n') == NULL)
            return fail(table, number, "a line without an end, or too long");
        if (line[0] == '#' || line[0] == '\n')
            continue;
        if (!cut(line, columns))
            return fail(table, number, "expected six columns between tabs");
        if (strcmp(columns[0], part) != 0) {
            fprintf(out, "%sstatic const struct word_row %s_rows[] = {\n",
                    part[0] == '\0' ? "" : "};\n", columns[0]);
            strcpy(part, columns[0]);
            last[0] = '\0';
        }
        if (strcmp(last, columns[1]) >= 0)
            return fail(table, number, "not behind the row before it");
        strcpy(last, columns[1]);
        fputs("    {", out);
        for (size_t i = 1; i < COLUMNS; i++) {
            put_text(out, columns[i]);
            fputs(i + 1 < COLUMNS ? ", " : "},\n", out);
        }
    }
    fputs("};\n", out);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: make-words TABLE OUT\n");
        return 2;
    }
    FILE *in = fopen(argv[1], "r");
    FILE *out = fopen(argv[2], "w");
    if (in == NULL || out == NULL) {
        fprintf(stderr, "make-words: cannot open %s\n", in == NULL ? argv[1] : argv[2]);
        return 3;
    }
    int status = convert(in, out, argv[1]);
    fclose(in);
    if (fclose(out) != 0 && status == 0)
        status = fail(argv[2], 0, "cannot write");
    return status;
}
