/* SPDX-License-Identifier: Apache-2.0 */
/* The phrases of make-lexicon: their keys, and one row for each sort of thing that they name. */
#include "make_lexicon.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char pool[POOL_BYTES];
size_t pool_len = 1;
phrase phrases[PHRASES_MAX];
size_t phrase_count;
const char *table_name = "";
size_t line_number;

_Noreturn void die(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    fprintf(stderr, "make-lexicon: %s:%zu: ", table_name, line_number);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
    exit(3);
}

uint32_t keep(const char *text)
{
    size_t len = strlen(text) + 1;
    if (pool_len + len > sizeof(pool))
        die("no room for more texts");
    memcpy(pool + pool_len, text, len);
    pool_len += len;
    return (uint32_t)(pool_len - len);
}

/* ---- keys ---- */

/* U+00C0 to U+017F without their accents: the same table as in news_tokens.c. */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                            "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static uint32_t decode(const char **at)
{
    const unsigned char *s = (const unsigned char *)*at;
    size_t more = s[0] < 0x80 ? 0 : s[0] < 0xE0 ? 1 : s[0] < 0xF0 ? 2 : 3;
    uint32_t c = more == 0 ? s[0] : s[0] & (0x3Fu >> more);
    for (size_t i = 1; i <= more; i++)
        c = c << 6 | (s[i] & 0x3F);
    *at += more + 1;
    return c;
}

/* false: the text holds a mark that no name may have. */
bool make_key(const char *text, char key[KEY_BYTES])
{
    size_t n = 0;
    size_t words = 0;
    while (*text != '\0') {
        uint32_t c = decode(&text);
        if (n + 3 >= KEY_BYTES)
            return false;
        if (c == 0x2019)
            c = '\'';
        if (c == '\'') { /* "People's" is two words, "O'Hare" one */
            bool is_s = (*text == 's' || *text == 'S')
                        && (text[1] == ' ' || text[1] == '\0' || text[1] == '-');
            if (!is_s)
                continue;
            c = ' ';
        }
        if (c == '.')
            continue;
        if (c == ' ' || c == '-' || c == '/' || c == 0x2013) {
            if (n > 0 && key[n - 1] != ' ')
                key[n++] = ' ';
        } else if (c < 0x80 && isalnum((int)c)) {
            key[n++] = (char)tolower((int)c);
        } else if (c >= 0xC0 && c < 0x180) {
            key[n++] = latin[c - 0xC0];
        } else if (c == 0x219) { /* comma below: s, t */
            key[n++] = 's';
        } else if (c == 0x21B) {
            key[n++] = 't';
        } else {
            return false;
        }
    }
    while (n > 0 && key[n - 1] == ' ')
        n--;
    key[n] = '\0';
    for (size_t i = 0; i < n; i++)
        words += key[i] == ' ';
    return n > 0 && words < WORDS_MAX;
}

static bool is_upper_start(const char *text)
{
    uint32_t c = decode(&text);
    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE) || c == 0x160 || c == 0x10C
           || c == 0x17D || c == 0x158;
}

static bool is_all_caps(const char *text)
{
    size_t letters = 0;
    for (; *text != '\0'; text++) {
        if (*text == ' ' || islower((unsigned char)*text))
            return false;
        letters += isupper((unsigned char)*text) != 0;
    }
    return letters >= 2;
}

const phrase *find_phrase(const char *key, uint8_t what)
{
    for (size_t i = 0; i < phrase_count; i++) {
        if (phrases[i].what == what && strcmp(pool + phrases[i].key, key) == 0)
            return &phrases[i];
    }
    return NULL;
}

bool has_phrase(const char *key, uint8_t what)
{
    return find_phrase(key, what) != NULL;
}

void add_phrase(const char *text, uint8_t what, size_t index, uint8_t flags)
{
    char key[KEY_BYTES];
    char plain[LINE_BYTES];
    size_t len = strlen(text);
    if (len == 0)
        return;
    if (text[0] == '~') {
        flags |= F_WEAK;
        text++;
        len--;
    }
    memcpy(plain, text, len + 1);
    if (len > 0 && plain[len - 1] == '~') {
        flags |= F_WEAK;
        plain[--len] = '\0';
    }
    text = plain;
    if (strncmp(text, "the ", 4) == 0) {
        text += 4;
        flags |= F_THE;
    }
    if (is_all_caps(text))
        flags |= F_CAPS;
    else if (is_upper_start(text))
        flags |= F_CAP;
    if (!make_key(text, key)) {
        if (flags & F_DERIVED)
            return;
        die("'%s' has a mark that no phrase may have, or is too long", text);
    }
    for (size_t i = phrase_count;
         i > 0 && phrases[i - 1].index == index && phrases[i - 1].what == what; i--) {
        if (strcmp(pool + phrases[i - 1].key, key) == 0) {
            uint8_t was = phrases[i - 1].flags;
            phrases[i - 1].flags &= (uint8_t) ~((flags ^ 0xFF) & (F_THE | F_WEAK | F_CAPS));
            if (was & F_CAPS) /* "OPSGROUP" and "Opsgroup" */
                phrases[i - 1].flags |= flags & F_CAP;
            else if (!(flags & (F_CAP | F_CAPS))) /* "EasyJet" and "easyJet" */
                phrases[i - 1].flags &= (uint8_t)~F_CAP;
            return;
        }
    }
    if (phrase_count == PHRASES_MAX)
        die("too many phrases");
    phrases[phrase_count] = (phrase){.key = keep(key),
                                     .index = (uint16_t)index,
                                     .what = what,
                                     .flags = flags,
                                     .order = (uint32_t)phrase_count};
    phrase_count++;
}

/* Each of a list parted by ';'. */
void add_phrases(char *list, uint8_t what, size_t index, uint8_t flags)
{
    for (char *item = list; item != NULL && *item != '\0';) {
        char *next = strchr(item, ';');
        if (next != NULL)
            *next++ = '\0';
        add_phrase(item, what, index, flags);
        item = next;
    }
}
