/* SPDX-License-Identifier: Apache-2.0 */
/* make-news VERBS NOUNS WORDS WAYS OUT: the grammar's tables out of data/news as C. One row for a form
 * with all its readings (strikes: verb and noun), and a table of slots to find it by its hash; then
 * the ways of speech, in the order of their verbs. A class name becomes an enumerator of
 * news_grammar.h, so that a name that nobody knows fails the build; so does a form listed twice in
 * one reading. Runs on the machine that builds. */
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINE_MAX_BYTES = 4000,
    ROWS_MAX = 24000,
    SLOTS = 32768,
    TEXT_MAX = 1000000,
    WAYS_MAX = 4000,
    WAY_COLUMNS = 9
};

typedef struct row {
    const char *form, *base, *verb, *verb2, *noun, *act, *words[6];
    unsigned forms;
    int word_count;
    bool is_plural;
} row;

/* One verb of a line of ways.txt. */
typedef struct way {
    const char *base;
    const char *columns[WAY_COLUMNS];
    int order;
} way;

static way ways[WAYS_MAX];
static int way_count;
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

static void read_way(char *line, const char *table, size_t number)
{
    char *c[WAY_COLUMNS + 1];
    if (cut(line, c, WAY_COLUMNS) != WAY_COLUMNS)
        fail(table, number, "expected nine columns between tabs");
    way row = {.base = ""};
    for (int i = 0; i < WAY_COLUMNS; i++)
        row.columns[i] = i == 2 ? "" : keep(c[i]);
    for (char *verb = strtok(c[2], " "); verb != NULL; verb = strtok(NULL, " ")) {
        if (way_count == WAYS_MAX)
            fail(table, number, "too many ways");
        row.base = keep(verb);
        row.order = way_count;
        ways[way_count++] = row;
    }
}

static int by_base(const void *a, const void *b)
{
    const way *x = a;
    const way *y = b;
    int c = strcmp(x->base, y->base);
    return c != 0 ? c : (x->order > y->order) - (x->order < y->order);
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

/* The verb whose ways a form goes: "is" goes those of "be". */
static const char *way_base(const row *r)
{
    for (int i = 0; i < r->word_count; i++) {
        if (strcmp(r->words[i], "be") == 0 || strcmp(r->words[i], "have") == 0
            || strcmp(r->words[i], "do") == 0)
            return r->words[i];
    }
    return r->base == NULL ? "" : r->base;
}

/* Where its rows begin among the ways, which are in the order of the verbs, and how many they are. */
static int ways_of(const char *base, int *first)
{
    int count = 0;
    *first = 0;
    for (int i = 0; i < way_count; i++) {
        if (strcmp(ways[i].base, base) != 0)
            continue;
        if (count++ == 0)
            *first = i;
    }
    return count;
}

static void put_row(FILE *out, const row *r)
{
    int first = 0;
    int count = ways_of(way_base(r), &first);
    if (count > 255)
        fail("ways.txt", 0, "too many ways of one verb");
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
    fprintf(out, ", %s, %d, %d},\n", r->is_plural ? "true" : "false", count, first);
}

/* "air flight =prohibit" as one mask: classes of nouns, and the act that a noun tells. */
static void put_mask(FILE *out, const char *names)
{
    char copy[LINE_MAX_BYTES];
    if (is_none(names)) {
        fputs("0", out);
        return;
    }
    snprintf(copy, sizeof(copy), "%s", names);
    const char *between = "";
    for (char *name = strtok(copy, " "); name != NULL; name = strtok(NULL, " ")) {
        fputs(between, out);
        fputs(name[0] == '=' ? "WAY_ACT(" : "WAY_CLASS(", out);
        put_class(out, name[0] == '=' ? "OVF_ACT_" : "NN_", name[0] == '=' ? name + 1 : name);
        fputs(")", out);
        between = " | ";
    }
}

static void put_way(FILE *out, const way *w)
{
    const char *what = w->columns[6];
    const char *classes = strchr(what, ':');
    size_t len = classes == NULL ? strlen(what) : (size_t)(classes - what);
    fprintf(out, "    {\"%s\", \"%s\", \"%.*s\", ", w->columns[0],
            is_none(w->columns[7]) ? "" : w->columns[7], (int)len, what);
    put_mask(out, w->columns[5]);
    fputs(", ", out);
    put_mask(out, classes == NULL ? NULL : classes + 1);
    fputs(", ", out);
    put_class(out, "OVF_ACT_", w->columns[1]);
    fprintf(out, ", '%c', ", w->columns[3][0]);
    put_class(out, "WAY_", w->columns[4]);
    fputs(", 0", out);
    char marks[LINE_MAX_BYTES];
    snprintf(marks, sizeof(marks), "%s", is_none(w->columns[8]) ? "" : w->columns[8]);
    for (char *mark = strtok(marks, " "); mark != NULL; mark = strtok(NULL, " ")) {
        fputs(" | ", out);
        put_class(out, "WAY_", mark);
    }
    fputs("},\n", out);
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: make-news VERBS NOUNS WORDS WAYS OUT\n");
        return 2;
    }
    read_table(argv[1], read_verb);
    read_table(argv[2], read_noun);
    read_table(argv[3], read_words);
    read_table(argv[4], read_way);
    for (int i = 0; i < way_count; i++) {
        if (strcmp(ways[i].base, "be") != 0 && strcmp(ways[i].base, "have") != 0
            && strcmp(ways[i].base, "do") != 0 && row_of(ways[i].base)->base == NULL)
            fail(argv[4], 0, ways[i].base); /* no verb of ours: the row would never fit */
    }
    qsort(ways, (size_t)way_count, sizeof(*ways), by_base);
    FILE *out = fopen(argv[5], "w");
    if (out == NULL)
        fail(argv[5], 0, "cannot open");
    fputs("/* Made out of data/news by tools/make_news.c. */\n"
          "static const struct news_word news_word_rows[] = {\n"
          "    {\"\", \"\", 0, 0, 0, NV_NONE, NV_NONE, NN_NONE, OVF_ACT_UNKNOWN, false, 0, 0},\n",
          out);
    for (int i = 1; i <= row_count; i++)
        put_row(out, &rows[i]);
    fprintf(
        out,
        "};\nenum { NEWS_WORD_SLOTS = %d };\nstatic const uint16_t news_word_slots[NEWS_WORD_SLOTS] = {",
        SLOTS);
    for (int i = 0; i < SLOTS; i++)
        fprintf(out, "%s%d,", i % 16 == 0 ? "\n    " : " ", slots[i]);
    fputs("\n};\nstatic const struct news_way news_ways[] = {\n", out);
    for (int i = 0; i < way_count; i++)
        put_way(out, &ways[i]);
    fputs("};\n", out);
    if (fclose(out) != 0)
        fail(argv[5], 0, "cannot write");
    return 0;
}
