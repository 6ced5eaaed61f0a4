/* SPDX-License-Identifier: Apache-2.0 */
/* Marks and address blocks against the tables of the Virtual Radar Server standing data (CC0 1.0,
 * August 2026), when they lie beside this tree. Every difference is printed and must be one of
 * those explained here and in docs/formats/identity.md; an explained one that is gone fails too.
 * argv: world, folder of the reference. */
#include <overfly/identity.h>

#include "csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *folder;
static ovf_world *world;

/* ISO 3166 alpha-2 of a State, "-" for none. */
static const char *iso2_of(uint32_t state, char out[3])
{
    memcpy(out, "-\0", 3);
    if (state != OVF_INDEX_NONE && ovf_world_state(world, state)->iso2.len == 2)
        memcpy(out, ovf_world_state(world, state)->iso2.ptr, 2);
    return out;
}

/* ---- marks ---- */

static const struct difference {
    const char *what;
    const char *theirs, *ours;
    const char *why;
} mark_differences[] = {
    {"4U", "ZZ", "-", "United Nations: theirs is a code for nobody's"},
    {"EM", "ES", "-", "not among the marks notified to ICAO"},
    {"F-O", "GF", "FR", "aircraft of the overseas territories are on the French register"},
    {"F-OM", "MQ", "FR", "the same"},
    {"F-OD", "RE", "FR", "the same"},
    {"PJ", "XC", "CW", "theirs is a code for the Netherlands Antilles"},
    {"C-A", "CA", "-", "Canadian marks begin with C-F, C-G or C-I"},
    {"VQ-C", "KY", "GB", "Cayman Islands aircraft bear VP-C; VQ-C not confirmed"},
    {"Z6", "KS", "-", "Kosovo: not notified to ICAO"},
};

/* Samples of theirs that no form of ours takes for a call sign; their State is known all the same. */
static const char *const forms_not_read[] = {
    "HP-1",  // Panama: not in use as a call sign
    "N1",    // two characters are too few to tell a call sign by
    "OY-11", // Denmark: three letters, or letters and digits, follow
};

static bool is_left_out(const char *sample)
{
    for (size_t i = 0; i < OVF_COUNTOF(forms_not_read); i++)
        if (strcmp(sample, forms_not_read[i]) == 0)
            return true;
    return false;
}

/* A text that a regular expression of the table accepts: the first choice everywhere. Knows what
 * the table uses: classes, \d, counts, names of groups, "|" and "(?!...)". */
static void sample_of(const char *pattern, char *out, size_t size)
{
    size_t len = 0;
    for (const char *p = pattern; *p != '\0' && len + 1 < size; p++) {
        if (strncmp(p, "(?!", 3) == 0 || strncmp(p, "(?<", 3) == 0) {
            p = strchr(p, p[2] == '<' ? '>' : ')');
            continue;
        }
        if (*p == '(' || *p == ')')
            continue;
        if (*p == '|') { // the first alternative is complete
            for (; *p != '\0' && *p != ')'; p++)
                continue;
            p--;
            continue;
        }
        char c = *p;
        if (*p == '\\') {
            p++;
            c = *p == 'd' ? '1' : *p;
        } else if (*p == '[') {
            c = p[1] == '^' ? '1' : p[1] == '\\' ? '1' : p[1];
            p = strchr(p, ']');
        }
        long times = 1;
        if (p[1] == '{') {
            times = strtol(p + 2, NULL, 10);
            p = strchr(p, '}');
        } else if (p[1] == '?') {
            times = 0;
            p++;
        }
        for (long i = 0; i < times && len + 1 < size; i++)
            out[len++] = c;
    }
    out[len] = '\0';
}

static void marks_agree(void **state)
{
    (void)state;
    csv c = {0};
    if (!csv_open(&c, folder, "standing_registration_prefixes_reg-prefixes.csv"))
        skip();
    size_t rows = 0, different = 0, unexplained = 0, unread = 0;
    bool seen[OVF_COUNTOF(mark_differences)] = {false};
    csv_next(&c);
    while (csv_next(&c)) {
        char sample[32];
        char ours[3];
        sample_of(c.field[3], sample, sizeof sample);
        rows++;
        ovf_str text = ovf_str_of(sample);
        iso2_of(ovf_world_registration_state(world, text), ours);
        if (strcmp(ours, c.field[1]) == 0) {
            if (!ovf_world_is_registration(world, text) && !is_left_out(sample)) {
                print_message("%s is not read as a registration\n", sample);
                unread++;
            }
            continue;
        }
        different++;
        bool is_explained = false;
        for (size_t i = 0; i < OVF_COUNTOF(mark_differences); i++) {
            const struct difference *d = &mark_differences[i];
            bool fits = strncmp(sample, d->what, strlen(d->what)) == 0
                        && strcmp(d->theirs, c.field[1]) == 0 && strcmp(d->ours, ours) == 0;
            is_explained = is_explained || fits;
            seen[i] = seen[i] || fits;
            if (fits)
                print_message("%-8s theirs %s, ours %s: %s\n", sample, d->theirs, d->ours, d->why);
        }
        if (!is_explained)
            print_message("%-8s theirs %s, ours %s: not explained\n", sample, c.field[1], ours);
        unexplained += !is_explained;
    }
    csv_close(&c);
    print_message("%zu marks, %zu differ, %zu forms not read\n", rows, different, unread);
    assert_true(rows > 200);
    assert_int_equal(unexplained, 0);
    for (size_t i = 0; i < OVF_COUNTOF(mark_differences); i++)
        if (!seen[i])
            fail_msg("%s: the difference is gone", mark_differences[i].what);
    assert_int_equal(unread, 0);
}

/* ---- address blocks ---- */

#define BLOCKS_MAX 1000

static struct block {
    uint32_t first, last;
    char iso2[3];
} blocks[BLOCKS_MAX];
static size_t block_count;

/* Theirs for an address: the narrowest block, the later one of two. "ZZ" is nobody's. */
static const char *theirs_of(uint32_t address)
{
    const struct block *best = NULL;
    for (size_t i = 0; i < block_count; i++) {
        const struct block *b = &blocks[i];
        if (address >= b->first && address <= b->last
            && (best == NULL || b->last - b->first <= best->last - best->first))
            best = b;
    }
    return best == NULL || strcmp(best->iso2, "ZZ") == 0 ? "-" : best->iso2;
}

/* Runs of addresses that differ, and why. */
static const struct run_difference {
    uint32_t first, last;
    const char *theirs, *ours; /* "*": any */
    const char *why;
} run_differences[] = {
    {0x06A400, 0x06AFFF, "-", "QA", "Qatar has 4,096 addresses since the block was enlarged"},
    {0x38203B, 0x38203B, "IT", "FR", "one aircraft that bears another register's address"},
    {0x400300, 0x4003FF, "GB", "TC", "range of the Turks and Caicos register, not seen in use"},
    {0x4241F0, 0x4241F3, "GB", "KY", "VP-CKB and VP-CBG are there"},
    {0x424200, 0x4246FF, "GB", "BM", "whole range of the register; theirs has what was seen"},
    {0x4245BA, 0x4245BA, "MS", "BM", "one aircraft, VP-MNT of Montserrat"},
    {0x424700, 0x4248BF, "GB", "KY", "whole range of the register"},
    {0x424B00, 0x424BFF, "GB", "IM", "whole range of the register"},
    {0x43BE00, 0x43BEFF, "GB", "BM", "whole range of the register"},
    {0x43BE5B, 0x43BE5B, "FK", "BM", "one aircraft of the Falkland Islands"},
    {0x43E700, 0x43E715, "GB", "IM", "whole range of the register"},
    {0x43EB62, 0x43EEFF, "GB", "GG", "whole range of the register"},
    {0x477FF1, 0x477FF3, "XB", "HU", "NATO's strategic airlift, on the Hungarian register"},
    {0x484074, 0x4844BF, "AW", "NL", "single aircraft of Aruba in the block of its sovereign"},
    {0x484080, 0x484112, "XC", "NL", "single aircraft of Curacao and others, in the same way"},
    {0x4951B4, 0x4951B4, "BE", "PT", "one aircraft that bears another register's address"},
    {0x4D03C0, 0x4D03DF, "XB", "LU", "NATO's early warning aircraft, on the Luxembourg register"},
    {0x7800CB, 0x780494, "MO", "CN", "single aircraft of Macao in the block of its sovereign"},
    {0x789000, 0x789FFF, "CN", "HK", "range of the Hong Kong register; theirs has what was seen"},
    {0xC91000, 0xC973FF, "-", "*", "allotted since: AND, DMA, KNA, SSD, TLS, TUV"},
    {0xF00000, 0xF093FF, "XA", "-", "for temporary use, assigned by ICAO: no State"},
};

static bool is_seen[OVF_COUNTOF(run_differences)];

static bool explain(uint32_t first, uint32_t last, const char *theirs, const char *ours)
{
    for (size_t i = 0; i < OVF_COUNTOF(run_differences); i++) {
        const struct run_difference *d = &run_differences[i];
        if (first < d->first || last > d->last
            || (*d->theirs != '*' && strcmp(d->theirs, theirs) != 0)
            || (*d->ours != '*' && strcmp(d->ours, ours) != 0))
            continue;
        is_seen[i] = true;
        print_message("%06X-%06X theirs %s, ours %s: %s\n", (unsigned)first, (unsigned)last, theirs,
                      ours, d->why);
        return true;
    }
    print_message("%06X-%06X theirs %s, ours %s: not explained\n", (unsigned)first, (unsigned)last,
                  theirs, ours);
    return false;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Compared at each end of their blocks and at every 64th address between. */
#define STEP 0x40u

static void blocks_agree(void **state)
{
    (void)state;
    csv c = {0};
    if (!csv_open(&c, folder, "standing_code_blocks_code-blocks.csv"))
        skip();
    csv_next(&c);
    static uint32_t at[2 * BLOCKS_MAX + (OVF_ADDRESS_MAX + 1) / STEP];
    size_t count = 0;
    while (csv_next(&c) && block_count < BLOCKS_MAX) {
        struct block *b = &blocks[block_count++];
        assert_true(ovf_address_parse(ovf_str_of(c.field[0]), &b->first));
        assert_true(ovf_address_parse(ovf_str_of(c.field[1]), &b->last));
        memcpy(b->iso2, c.field[6], 2);
        at[count++] = b->first;
        at[count++] = b->last < OVF_ADDRESS_MAX ? b->last + 1 : b->last;
    }
    csv_close(&c);
    for (uint32_t address = 0; address <= OVF_ADDRESS_MAX; address += STEP)
        at[count++] = address;
    qsort(at, count, sizeof *at, by_number);
    size_t runs = 0, unexplained = 0;
    for (size_t i = 0; i < count;) {
        char ours[3];
        const char *theirs = theirs_of(at[i]);
        iso2_of(ovf_world_address_state(world, at[i]), ours);
        size_t k = i + 1;
        for (char next[3]; k < count; k++)
            if (strcmp(theirs_of(at[k]), theirs) != 0
                || strcmp(iso2_of(ovf_world_address_state(world, at[k]), next), ours) != 0)
                break;
        if (strcmp(theirs, ours) != 0) {
            runs++;
            unexplained +=
                !explain(at[i], (k < count ? at[k] : OVF_ADDRESS_MAX + 1) - 1, theirs, ours);
        }
        i = k;
    }
    print_message("%zu blocks, %zu runs of addresses differ\n", block_count, runs);
    assert_true(block_count > 700);
    assert_int_equal(unexplained, 0);
    for (size_t i = 0; i < OVF_COUNTOF(run_differences); i++)
        if (!is_seen[i])
            fail_msg("%06X: the difference is gone", (unsigned)run_differences[i].first);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_agree),
        cmocka_unit_test(blocks_agree),
    };
    ovf_error err = {0};
    if (argc < 3 || ovf_world_open(argv[1], &world, &err) != OVF_OK)
        return 1;
    folder = argv[2];
    int failed = cmocka_run_group_tests_name("registry_reference", tests, NULL, NULL);
    ovf_world_free(world);
    return failed;
}
