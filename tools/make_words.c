/* SPDX-License-Identifier: Apache-2.0 */
/* make-words [--states] TABLE OUT: a table of words out of data/ as C, for the library to carry (it must speak
 * without a world file). One array for each name in the first column, rows as they stand; the
 * second column must rise, for the library looks up by halves; where all of a part are two capitals
 * their places follow, one more than the row, by the letters. With --states the table is
 * data/states.txt, of which code, demonym and name are taken. Runs on the machine that builds. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 6, LINE_MAX_BYTES = 1000, LETTERS = 26 };

/* Where the rows of a part stand by the two letters of their keys. */
struct places {
    unsigned char at[LETTERS * LETTERS];
    size_t rows;
    bool are_pairs;
};

static void note_place(struct places *places, const char *key)
{
    bool is_pair = strlen(key) == 2 && key[0] >= 'A' && key[0] <= 'Z' && key[1] >= 'A'
                   && key[1] <= 'Z' && places->rows < 255;
    places->rows++;
    places->are_pairs = is_pair && (places->are_pairs || places->rows == 1);
    if (is_pair)
        places->at[(key[0] - 'A') * LETTERS + key[1] - 'A'] = (unsigned char)places->rows;
}

static void end_part(FILE *out, const char *part, const struct places *places)
{
    if (part[0] == '\0')
        return;
    fputs("};\n", out);
    if (!places->are_pairs)
        return;
    fprintf(out, "static const unsigned char %s_at[%d] = {", part, LETTERS * LETTERS);
    for (int i = 0; i < LETTERS * LETTERS; i++)
        fprintf(out, "%s%d,", i % LETTERS == 0 ? "\n    " : " ", places->at[i]);
    fputs("\n};\n", out);
}

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

/* iso3, iso2, name, demonym ... as the columns of a table of words. */
static bool cut_state(char *line, char *columns[COLUMNS])
{
    static char none[] = "-";
    static char part[] = "state";
    char *all[4] = {0};
    for (size_t i = 0; i < 4; i++) {
        all[i] = line;
        line += strcspn(line, "\t\n");
        if (*line != '\t')
            return false;
        *line++ = '\0';
    }
    char *row[COLUMNS] = {part, all[0], all[3], none, all[2], none};
    memcpy(columns, row, sizeof(row));
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

static int convert(FILE *in, FILE *out, const char *table, bool is_states)
{
    char line[LINE_MAX_BYTES];
    char part[LINE_MAX_BYTES] = "";
    char last[LINE_MAX_BYTES] = "";
    size_t number = 0;
    struct places places = {0};
    fprintf(out, "/* Made out of %s by tools/make_words.c. */\n",
            strrchr(table, '/') == NULL ? table : strrchr(table, '/') + 1);
    while (fgets(line, sizeof(line), in) != NULL) {
        char *columns[COLUMNS];
        number++;
        if (strchr(line, '\n') == NULL)
            return fail(table, number, "a line without an end, or too long");
        if (line[0] == '#' || line[0] == '\n')
            continue;
        if (is_states ? !cut_state(line, columns) : !cut(line, columns))
            return fail(table, number, "expected more columns between tabs");
        if (strcmp(columns[0], part) != 0) {
            end_part(out, part, &places);
            places = (struct places){0};
            fprintf(out, "static const struct word_row %s_rows[] = {\n", columns[0]);
            strcpy(part, columns[0]);
            last[0] = '\0';
        }
        if (strcmp(last, columns[1]) >= 0)
            return fail(table, number, "not behind the row before it");
        strcpy(last, columns[1]);
        note_place(&places, columns[1]);
        fputs("    {", out);
        for (size_t i = 1; i < COLUMNS; i++) {
            put_text(out, columns[i]);
            fputs(i + 1 < COLUMNS ? ", " : "},\n", out);
        }
    }
    end_part(out, part, &places);
    return 0;
}

int main(int argc, char **argv)
{
    bool is_states = argc == 4 && strcmp(argv[1], "--states") == 0;
    if (argc != (is_states ? 4 : 3)) {
        fprintf(stderr, "usage: make-words [--states] TABLE OUT\n");
        return 2;
    }
    argv += is_states;
    FILE *in = fopen(argv[1], "r");
    FILE *out = fopen(argv[2], "w");
    if (in == NULL || out == NULL) {
        fprintf(stderr, "make-words: cannot open %s\n", in == NULL ? argv[1] : argv[2]);
        return 3;
    }
    int status = convert(in, out, argv[1], is_states);
    fclose(in);
    if (fclose(out) != 0 && status == 0)
        status = fail(argv[2], 0, "cannot write");
    return status;
}
