/* SPDX-License-Identifier: Apache-2.0 */
/* make-news VERBS NOUNS WORDS OUT: the grammar's tables out of data/news as C. One row for a form with
 * all its readings (strikes: verb and noun), and a table of slots to find it by its hash. A class
 * name becomes an enumerator of news_grammar.h, so that a name that nobody knows fails the build; so
 * does a form listed twice in one reading. Runs on the machine that builds. */
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 4000, ROWS_MAX = 12000, SLOTS = 16384, TEXT_MAX = 400000 };

typedef struct row {
    const char *form, *base, *verb, *verb2, *noun, *act, *words[6];
    unsigned forms;
    int word_count;
    bool is_plural;
} row;

static row rows[ROWS_MAX];
static int row_count;
static int slots[SLOTS];
static char texts[TEXT_MAX];
static size_t text_len;

static int fail(const char *table, size_t line, const char *why)
{
    fprintf(stderr, "make-news: %s:%zu: %s\n", table, line, why);
    exit(3);
}

static const char *keep(const char *s)
{
    size_t len = strlen(s) + 1;
    if (text_len + len > TEXT_MAX)
        fail("tables", 0, "too many words");
    char *copy = memcpy(texts + text_len, s, len);
    text_len += len;
    return copy;
}

static uint32_t hash_of(const char *s)
{
    uint32_t h = 2166136261u;
    for (; *s != '\0'; s++)
        h = (h ^ (unsigned char)*s) * 16777619u;
    return h;
}

static row *row_of(const char *form)
{
    uint32_t at = hash_of(form) % SLOTS;
    while (slots[at] != 0 && strcmp(rows[slots[at]].form, form) != 0)
        at = (at + 1) % SLOTS;
    if (slots[at] == 0) {
        if (row_count + 1 == ROWS_MAX)
            fail("tables", 0, "too many words");
        slots[at] = ++row_count;
        rows[row_count] = (row){.form = keep(form)};
    }
    return &rows[slots[at]];
}

static int cut(char *line, char **columns, int max)
{
    int count = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *at = line; count < max; count++) {
        columns[count] = at;
        at = strchr(at, '\t');
        if (at == NULL)
            return count + 1;
        *at++ = '\0';
    }
    return max + 1;
}

static bool is_none(const char *s)
{
    return s == NULL || strcmp(s, "-") == 0;
}

static void read_verb(char *line, const char *table, size_t number)
{
    char *c[8];
    if (cut(line, c, 7) != 7)
        fail(table, number, "expected seven columns between tabs");
    const char *base = keep(c[0]);
    for (int i = 0; i < 5; i++) {
        row *r = row_of(c[i]);
        r->forms |= 1u << i;
        /* A form of two verbs ("found", "shot") keeps the one that has a class. */
        if (r->base != NULL && (!is_none(r->verb) || is_none(c[5])))
            continue;
        r->base = base;
        r->verb = keep(c[5]);
        r->verb2 = keep(c[6]);
    }
}

static void read_noun(char *line, const char *table, size_t number)
{
    char *c[5];
    if (cut(line, c, 4) != 4)
        fail(table, number, "expected four columns between tabs");
    for (int i = 0; i < 2; i++) {
        if (is_none(c[i]) || (i == 1 && strcmp(c[0], c[1]) == 0))
            continue;
        row *r = row_of(c[i]);
        if (r->noun != NULL)
            fail(table, number, "a noun listed twice");
        r->noun = keep(c[2]);
        r->act = keep(c[3]);
        r->is_plural = i == 1;
    }
}

static void read_words(char *line, const char *table, size_t number)
{
    char *c[3];
    if (cut(line, c, 2) != 2)
        fail(table, number, "expected two columns between tabs");
    const char *word_class = keep(c[0]);
    for (char *w = strtok(c[1], " "); w != NULL; w = strtok(NULL, " ")) {
        row *r = row_of(w);
        for (int i = 0; i < r->word_count; i++) {
            if (strcmp(r->words[i], word_class) == 0)
                fail(table, number, w);
        }
        if (r->word_count == 6)
            fail(table, number, "too many readings of a word");
        r->words[r->word_count++] = word_class;
    }
}

static void read_table(const char *table, void (*read)(char *, const char *, size_t))
{
    char line[LINE_MAX_BYTES];
    size_t number = 0;
    FILE *in = fopen(table, "r");
    if (in == NULL)
        fail(table, 0, "cannot open");
    while (fgets(line, sizeof(line), in) != NULL) {
        number++;
        if (strchr(line, '\n') == NULL)
            fail(table, number, "a line without an end, or too long");
        if (line[0] != '#' && line[0] != '\n')
            read(line, table, number);
    }
    fclose(in);
}

static void put_class(FILE *out, const char *prefix, const char *name)
{
    fputs(prefix, out);
    for (const char *c = is_none(name) ? "none" : name; *c != '\0'; c++)
        fputc(*c == '-' ? '_' : toupper((unsigned char)*c), out);
}

static void put_row(FILE *out, const row *r)
{
    fprintf(out, "    {\"%s\", \"%s\", ", r->form, r->base == NULL ? "" : r->base);
    if (r->word_count == 0)
        fputs("0", out);
    for (int i = 0; i < r->word_count; i++) {
        fputs(i > 0 ? " | " : "", out);
        put_class(out, "NF_", r->words[i]);
    }
    fprintf(out, ", %zu, 0x%x, ", strlen(r->form), r->forms);
    put_class(out, "NV_", r->verb);
    fputs(", ", out);
    put_class(out, "NV_", r->verb2);
    fputs(", ", out);
    put_class(out, "NN_", r->noun);
    fputs(", ", out);
    put_class(out, "OVF_ACT_", is_none(r->act) ? "unknown" : r->act);
    fprintf(out, ", %s},\n", r->is_plural ? "true" : "false");
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: make-news VERBS NOUNS WORDS OUT\n");
        return 2;
    }
    read_table(argv[1], read_verb);
    read_table(argv[2], read_noun);
    read_table(argv[3], read_words);
    FILE *out = fopen(argv[4], "w");
    if (out == NULL)
        fail(argv[4], 0, "cannot open");
    fputs("/* Made out of data/news by tools/make_news.c. */\n"
          "static const struct news_word news_word_rows[] = {\n"
          "    {\"\", \"\", 0, 0, 0, NV_NONE, NV_NONE, NN_NONE, OVF_ACT_UNKNOWN, false},\n",
          out);
    for (int i = 1; i <= row_count; i++)
        put_row(out, &rows[i]);
    fprintf(
        out,
        "};\nenum { NEWS_WORD_SLOTS = %d };\nstatic const uint16_t news_word_slots[NEWS_WORD_SLOTS] = {",
        SLOTS);
    for (int i = 0; i < SLOTS; i++)
        fprintf(out, "%s%d,", i % 16 == 0 ? "\n    " : " ", slots[i]);
    fputs("\n};\n", out);
    if (fclose(out) != 0)
        fail(argv[4], 0, "cannot write");
    return 0;
}
