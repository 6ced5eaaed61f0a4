/* SPDX-License-Identifier: Apache-2.0 */
/* make-vocabulary OUT SOURCE...: a number for every word that the sources speak of, as a C header.
 * A word is a run of capitals and digits in a string literal ("RADIUS|RAD OF? #"), or the end of an
 * identifier OVF_WORD_RADIUS. Numbers run in the order of the sources, so that the words of one
 * pattern lie together. Runs on the machine that builds; what it leaves out (longer words, words
 * that only another room has) is compared letter by letter and no less right. */
#include "../src/notice/word_hash.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORDS_MAX = 4000, SOURCE_MAX_BYTES = 1 << 20 };

struct word {
    char text[OVF_VOCABULARY_LEN_MAX + 1];
    size_t len;
    struct ovf_word_halves halves;
};

static struct word words[WORDS_MAX + 1]; /* from 1 */
static size_t word_count;
static uint16_t slots[OVF_VOCABULARY_SLOTS];
static bool is_full;

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name(char c)
{
    return is_capital(c) || is_digit(c) || c == '_' || (c >= 'a' && c <= 'z');
}

static void add(const char *text, size_t len)
{
    if (len == 0 || len > OVF_VOCABULARY_LEN_MAX || !is_capital(text[0]))
        return;
    struct ovf_word_halves halves = ovf_word_halves_of(text, len);
    uint32_t at = ovf_word_slot(halves);
    for (; slots[at] != 0; at = (at + 1) % OVF_VOCABULARY_SLOTS) {
        const struct word *w = &words[slots[at]];
        if (w->len == len && memcmp(w->text, text, len) == 0)
            return;
    }
    if (word_count == WORDS_MAX) {
        is_full = true;
        return;
    }
    struct word *w = &words[++word_count];
    memcpy(w->text, text, len);
    w->len = len;
    w->halves = halves;
    slots[at] = (uint16_t)word_count;
}

/* The words of a piece of text: whole names in capitals and digits. */
static void add_words(const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        size_t start = i;
        bool is_word = true;
        while (i < len && is_name(text[i])) {
            is_word &= is_capital(text[i]) || is_digit(text[i]);
            i++;
        }
        if (is_word)
            add(text + start, i - start);
        i += i == start;
    }
}

static const char *skip_comment(const char *p, const char *end)
{
    if (p[1] == '/') {
        while (p < end && *p != '\n')
            p++;
        return p;
    }
    p += 2;
    while (p + 1 < end && !(p[0] == '*' && p[1] == '/'))
        p++;
    return p + 2;
}

static const char *skip_character(const char *p, const char *end)
{
    for (p++; p < end && *p != '\''; p++)
        p += *p == '\\';
    return p + 1;
}

/* A literal and those that follow it with nothing but blanks between are one text. */
static const char *read_literals(const char *p, const char *end)
{
    static char text[SOURCE_MAX_BYTES];
    size_t len = 0;
    while (p < end && *p == '"') {
        for (p++; p < end && *p != '"'; p++) {
            bool is_escape = *p == '\\';
            p += is_escape;
            text[len++] = is_escape ? ' ' : *p;
        }
        const char *next = ++p;
        while (next < end && (*next == ' ' || *next == '\n' || *next == '\t'))
            next++;
        if (next < end && *next == '"')
            p = next;
    }
    add_words(text, len);
    return p;
}

static void read_source(const char *text, size_t len)
{
    static const char prefix[] = "OVF_WORD_";
    const char *end = text + len;
    for (const char *p = text; p + 1 < end;) {
        if (*p == '/' && (p[1] == '/' || p[1] == '*')) {
            p = skip_comment(p, end);
        } else if (*p == '\'') {
            p = skip_character(p, end);
        } else if (*p == '"') {
            p = read_literals(p, end);
        } else if (is_name(*p)) {
            const char *start = p;
            while (p < end && is_name(*p))
                p++;
            size_t skip = sizeof(prefix) - 1;
            if ((size_t)(p - start) > skip && memcmp(start, prefix, skip) == 0)
                add_words(start + skip, (size_t)(p - start) - skip);
        } else {
            p++;
        }
    }
}

static int fail(const char *path, const char *why)
{
    fprintf(stderr, "make-vocabulary: %s: %s\n", path, why);
    return 3;
}

static void write_header(FILE *out)
{
    fputs(
        "/* Made by tools/make_vocabulary.c out of the sources of the room; how to use it stands in\n"
        " * src/notice/phrase.h. */\n"
        "#ifndef OVERFLY_NOTICE_VOCABULARY_H\n"
        "#define OVERFLY_NOTICE_VOCABULARY_H\n\n"
        "enum {\n    OVF_NO_WORD = 0,\n",
        out);
    for (size_t i = 1; i <= word_count; i++)
        fprintf(out, "    OVF_WORD_%s = %zu,\n", words[i].text, i);
    fprintf(out, "    OVF_VOCABULARY_SIZE = %zu,\n};\n\n#endif\n\n", word_count + 1);
    fputs("#ifdef OVF_VOCABULARY_TABLES\n#undef OVF_VOCABULARY_TABLES\n"
          "static const struct ovf_word_halves vocabulary[] = {\n    {0, 0},\n",
          out);
    for (size_t i = 1; i <= word_count; i++)
        fprintf(out, "    {UINT64_C(0x%016llx), UINT64_C(0x%016llx)}, /* %s */\n",
                (unsigned long long)words[i].halves.head, (unsigned long long)words[i].halves.tail,
                words[i].text);
    fputs("};\nstatic const uint8_t vocabulary_lengths[] = {0", out);
    for (size_t i = 1; i <= word_count; i++)
        fprintf(out, ",%s%zu", i % 20 == 0 ? "\n    " : " ", words[i].len);
    fputs("};\nstatic const uint16_t vocabulary_slots[] = {", out);
    for (size_t i = 0; i < OVF_VOCABULARY_SLOTS; i++)
        fprintf(out, "%s%u,", i % 16 == 0 ? "\n    " : " ", slots[i]);
    fputs("\n};\n#endif\n", out);
}

static bool is_same(FILE *a, FILE *b)
{
    int c = 0;
    do {
        c = fgetc(a);
        if (c != fgetc(b))
            return false;
    } while (c != EOF);
    return true;
}

/* Most changes of a source change no word: then the header keeps its time, and nothing is compiled
 * again for it. */
static int write_changed(const char *path)
{
    FILE *fresh = tmpfile();
    if (fresh == NULL)
        return fail(path, "no room for a file");
    write_header(fresh);
    rewind(fresh);
    FILE *old = fopen(path, "rb");
    bool is_there = old != NULL && is_same(old, fresh);
    if (old != NULL)
        fclose(old);
    fclose(fresh);
    if (is_there)
        return 0;
    FILE *out = fopen(path, "w");
    if (out == NULL)
        return fail(path, "cannot open");
    write_header(out);
    return fclose(out) == 0 ? 0 : fail(path, "cannot write");
}

int main(int argc, char **argv)
{
    static char text[SOURCE_MAX_BYTES];
    if (argc < 3) {
        fprintf(stderr, "usage: make-vocabulary OUT SOURCE...\n");
        return 2;
    }
    for (int i = 2; i < argc; i++) {
        FILE *in = fopen(argv[i], "rb");
        if (in == NULL)
            return fail(argv[i], "cannot open");
        size_t len = fread(text, 1, sizeof(text), in);
        fclose(in);
        if (len == sizeof(text))
            return fail(argv[i], "longer than a source may be");
        read_source(text, len);
    }
    if (is_full)
        return fail(argv[1], "more words than there are numbers");
    return write_changed(argv[1]);
}
