/* SPDX-License-Identifier: Apache-2.0 */
/* Registrations and 24-bit addresses that stand for each other by a registry's rule.
 * Most rules number the registrations in alphabetical order: letter by letter with a stride that is
 * the size of the alphabet, or a power of two so that each letter has bits of its own. The United
 * States number N1, N1A, N1AA ... N1ZZ, N10, N10A ... in the order of a tree. */
#include <overfly/identity.h>

#include <stdio.h>
#include <string.h>

/* I and O are not used where they may be taken for 1 and 0. */
static const char letters_24[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";

static uint32_t rank_24(char c)
{
    const char *at = c == '\0' ? NULL : strchr(letters_24, c);
    return at == NULL ? UINT32_MAX : (uint32_t)(at - letters_24);
}

/* ---- three letters behind a mark ---- */

struct letter_rule {
    const char *painted; /* what stands before the three letters */
    uint32_t first;      /* address of the first suffix */
    uint16_t major, minor;
    const char *from, *until; /* first and last suffix */
};

/* What each rests on: docs/formats/identity.md. */
static const struct letter_rule letter_rules[] = {
    {"ZS-", 0x008011, 26 * 26, 26, "AAA", "ZZZ"}, {"F-G", 0x390000, 1024, 32, "AAA", "ZZZ"},
    {"F-H", 0x398000, 1024, 32, "AAA", "ZZZ"},    {"D-A", 0x3C4421, 1024, 32, "AAA", "OZZ"},
    {"D-B", 0x3C8421, 1024, 32, "AAA", "OZZ"},    {"D-C", 0x3CC000, 26 * 26, 26, "AAA", "ZZZ"},
    {"D-E", 0x3D04A8, 26 * 26, 26, "AAA", "ZZZ"}, {"D-F", 0x3D4950, 26 * 26, 26, "AAA", "ZZZ"},
    {"D-G", 0x3D8DF8, 26 * 26, 26, "AAA", "ZZZ"}, {"D-H", 0x3DD2A0, 26 * 26, 26, "AAA", "ZZZ"},
    {"D-I", 0x3E1748, 26 * 26, 26, "AAA", "ZZZ"}, {"OO-", 0x448421, 1024, 32, "AAA", "ZZZ"},
    {"OY-", 0x458421, 1024, 32, "AAA", "ZZZ"},    {"OH-", 0x460000, 26 * 26, 26, "AAA", "ZZZ"},
    {"SX-", 0x468421, 1024, 32, "AAA", "ZZZ"},    {"CS-", 0x490421, 1024, 32, "AAA", "ZZZ"},
    {"YR-", 0x4A0421, 1024, 32, "AAA", "ZZZ"},    {"TC-", 0x4B8421, 1024, 32, "AAA", "ZZZ"},
    {"JY-", 0x740421, 1024, 32, "AAA", "ZZZ"},    {"9V-", 0x768421, 1024, 32, "AAA", "ZZZ"},
    {"VH-", 0x7C0000, 36 * 36, 36, "AAA", "ZZZ"}, {"C-F", 0xC00001, 26 * 26, 26, "AAA", "ZZZ"},
    {"C-G", 0xC044A9, 26 * 26, 26, "AAA", "ZZZ"},
};

static uint32_t suffix_number(const struct letter_rule *rule, const char *suffix)
{
    return (uint32_t)(suffix[0] - 'A') * rule->major + (uint32_t)(suffix[1] - 'A') * rule->minor
           + (uint32_t)(suffix[2] - 'A');
}

static bool letters_of(uint32_t address, char out[OVF_REGISTRATION_SIZE])
{
    for (size_t i = 0; i < OVF_COUNTOF(letter_rules); i++) {
        const struct letter_rule *rule = &letter_rules[i];
        uint32_t from = suffix_number(rule, rule->from);
        uint32_t until = suffix_number(rule, rule->until);
        if (address < rule->first || address - rule->first > until - from)
            continue;
        uint32_t number = address - rule->first + from;
        uint32_t a = number / rule->major;
        uint32_t b = number % rule->major / rule->minor;
        uint32_t c = number % rule->major % rule->minor;
        if (a > 25 || b > 25 || c > 25) /* between two letters of a wide stride */
            continue;
        snprintf(out, OVF_REGISTRATION_SIZE, "%s%c%c%c", rule->painted, (char)('A' + a),
                 (char)('A' + b), (char)('A' + c));
        return true;
    }
    return false;
}

static uint32_t address_of_letters(const char *plain, size_t len)
{
    for (size_t i = 0; i < OVF_COUNTOF(letter_rules); i++) {
        const struct letter_rule *rule = &letter_rules[i];
        char mark[4];
        size_t mark_len = 0;
        for (const char *p = rule->painted; *p != '\0'; p++)
            if (*p != '-')
                mark[mark_len++] = *p;
        const char *suffix = plain + mark_len;
        if (len != mark_len + 3 || memcmp(plain, mark, mark_len) != 0)
            continue;
        bool is_letters = true;
        for (size_t k = 0; k < 3; k++)
            is_letters = is_letters && suffix[k] >= 'A' && suffix[k] <= 'Z';
        if (is_letters && memcmp(suffix, rule->from, 3) >= 0 && memcmp(suffix, rule->until, 3) <= 0)
            return rule->first + suffix_number(rule, suffix) - suffix_number(rule, rule->from);
    }
    return OVF_ADDRESS_NONE;
}

/* ---- the United States ---- */

#define US_FIRST 0xA00001u
#define US_LETTERS 601u /* nothing, A, AA ... AZ, B ... ZZ: 1 + 24 * 25 */
/* How many marks begin with one, two, three, four digits: the mark itself with its letters, and ten
 * times the next; behind four digits one letter or one digit more. */
static const uint32_t us_span[4] = {101711, 10111, 951, 35};
#define US_COUNT (9 * 101711u)

static size_t us_letters(uint32_t number, char *out)
{
    size_t len = 0;
    if (number > 0) {
        out[len++] = letters_24[(number - 1) / 25];
        if ((number - 1) % 25 > 0)
            out[len++] = letters_24[(number - 1) % 25 - 1];
    }
    return len;
}

static bool us_of(uint32_t address, char out[OVF_REGISTRATION_SIZE])
{
    if (address < US_FIRST || address - US_FIRST >= US_COUNT)
        return false;
    uint32_t number = address - US_FIRST;
    size_t len = 0;
    out[len++] = 'N';
    for (size_t level = 0; level < 4; level++) {
        out[len++] = (char)('0' + number / us_span[level] + (level == 0 ? 1 : 0));
        number %= us_span[level];
        uint32_t letters = level < 3 ? US_LETTERS : 25;
        if (number >= letters) {
            number -= letters;
            continue;
        }
        if (level < 3)
            len += us_letters(number, out + len);
        else if (number > 0)
            out[len++] = letters_24[number - 1];
        out[len] = '\0';
        return true;
    }
    out[len++] = (char)('0' + number);
    out[len] = '\0';
    return true;
}

/* The number of one or two letters among US_LETTERS; UINT32_MAX when there is none such. */
static uint32_t us_letters_number(const char *letters, size_t len)
{
    if (len == 0)
        return 0;
    uint32_t first = rank_24(letters[0]);
    uint32_t second = len == 2 ? rank_24(letters[1]) : 0;
    if (len > 2 || first == UINT32_MAX || second == UINT32_MAX)
        return UINT32_MAX;
    return 1 + first * 25 + (len == 2 ? second + 1 : 0);
}

static uint32_t us_address(const char *plain, size_t len)
{
    if (len < 2 || len > 6 || plain[0] != 'N' || plain[1] < '1' || plain[1] > '9')
        return OVF_ADDRESS_NONE;
    uint32_t number = 0;
    size_t digits = 0;
    for (; digits + 1 < len && plain[digits + 1] >= '0' && plain[digits + 1] <= '9'; digits++) {
        uint32_t digit = (uint32_t)(plain[digits + 1] - '0') - (digits == 0 ? 1 : 0);
        if (digits == 4) /* the fifth digit stands behind the 25 with a letter or none */
            return len == 6 ? US_FIRST + number + 25 + digit : OVF_ADDRESS_NONE;
        if (digits > 0)
            number += US_LETTERS;
        number += digit * us_span[digits];
    }
    size_t letters = len - 1 - digits;
    if (digits == 0 || letters > (digits == 4 ? 1u : 2u))
        return OVF_ADDRESS_NONE;
    uint32_t rank = digits == 4 ? (letters == 0 ? 0 : rank_24(plain[len - 1]))
                                : us_letters_number(plain + 1 + digits, letters);
    if (rank == UINT32_MAX)
        return OVF_ADDRESS_NONE;
    return US_FIRST + number + rank + (digits == 4 && letters == 1 ? 1 : 0);
}

/* ---- Japan: JA and two digits, then two digits, a digit and a letter, or two letters ---- */

#define JA_FIRST 0x840000u
#define JA_TENS 22984u /* ten hundreds and 24 * 24 * 24 of a form not seen in use */
#define JA_ONES 916u   /* 10 * 34 and 24 * 24 */

static bool japan_of(uint32_t address, char out[OVF_REGISTRATION_SIZE])
{
    if (address < JA_FIRST || address - JA_FIRST >= 10 * JA_TENS)
        return false;
    uint32_t number = address - JA_FIRST;
    uint32_t tens = number / JA_TENS;
    uint32_t ones = number % JA_TENS / JA_ONES;
    if (ones > 9)
        return false;
    uint32_t rest = number % JA_TENS % JA_ONES;
    char last[3] = {0};
    if (rest < 340) {
        last[0] = (char)('0' + rest / 34);
        last[1] = rest % 34 < 10 ? (char)('0' + rest % 34) : letters_24[rest % 34 - 10];
    } else {
        last[0] = letters_24[(rest - 340) / 24];
        last[1] = letters_24[(rest - 340) % 24];
    }
    snprintf(out, OVF_REGISTRATION_SIZE, "JA%c%c%s", (char)('0' + tens), (char)('0' + ones), last);
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static uint32_t japan_address(const char *plain, size_t len)
{
    if (len != 6 || memcmp(plain, "JA", 2) != 0 || !is_digit(plain[2]) || !is_digit(plain[3]))
        return OVF_ADDRESS_NONE;
    uint32_t number = (uint32_t)(plain[2] - '0') * JA_TENS + (uint32_t)(plain[3] - '0') * JA_ONES;
    uint32_t a = rank_24(plain[4]);
    uint32_t b = rank_24(plain[5]);
    if (is_digit(plain[4]) && is_digit(plain[5]))
        number += (uint32_t)(plain[4] - '0') * 34 + (uint32_t)(plain[5] - '0');
    else if (is_digit(plain[4]) && b != UINT32_MAX)
        number += (uint32_t)(plain[4] - '0') * 34 + 10 + b;
    else if (a != UINT32_MAX && b != UINT32_MAX)
        number += 340 + a * 24 + b;
    else
        return OVF_ADDRESS_NONE;
    return JA_FIRST + number;
}

/* ---- Korea (the digits written as hexadecimal) and Russia (the number itself) ---- */

static const struct {
    uint32_t first, last; /* addresses */
    uint32_t digits;      /* of the first, written as hexadecimal */
} korea[] = {
    {0x71BA00, 0x71BF99, 0x7200},
    {0x71C000, 0x71C099, 0x8000},
    {0x71C200, 0x71C299, 0x8200},
};

#define RUSSIA_FIRST 0x140000u

static bool numbers_of(uint32_t address, char out[OVF_REGISTRATION_SIZE])
{
    if (address >= RUSSIA_FIRST && address - RUSSIA_FIRST < 100000) {
        snprintf(out, OVF_REGISTRATION_SIZE, "RA-%05u", (unsigned)(address - RUSSIA_FIRST));
        return true;
    }
    for (size_t i = 0; i < OVF_COUNTOF(korea); i++) {
        if (address < korea[i].first || address > korea[i].last)
            continue;
        snprintf(out, OVF_REGISTRATION_SIZE, "HL%04X",
                 (unsigned)(address - korea[i].first + korea[i].digits));
        return is_digit(out[2]) && is_digit(out[3]) && is_digit(out[4]) && is_digit(out[5]);
    }
    return false;
}

static uint32_t address_of_numbers(const char *plain, size_t len)
{
    bool is_russia = len == 7 && memcmp(plain, "RA", 2) == 0;
    bool is_korea = len == 6 && memcmp(plain, "HL", 2) == 0;
    if (!is_russia && !is_korea)
        return OVF_ADDRESS_NONE;
    uint32_t number = 0;
    for (size_t i = 2; i < len; i++) {
        if (!is_digit(plain[i]))
            return OVF_ADDRESS_NONE;
        number = number * (is_korea ? 16 : 10) + (uint32_t)(plain[i] - '0');
    }
    if (is_russia)
        return RUSSIA_FIRST + number;
    for (size_t i = 0; i < OVF_COUNTOF(korea); i++)
        if (number >= korea[i].digits && number - korea[i].digits <= korea[i].last - korea[i].first)
            return korea[i].first + number - korea[i].digits;
    return OVF_ADDRESS_NONE;
}

/* ---- all of them ---- */

bool ovf_address_parse(ovf_str text, uint32_t *out)
{
    uint32_t value = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        uint32_t digit = is_digit(c)            ? (uint32_t)(c - '0')
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                                                : 16;
        if (digit == 16 || i == 6)
            return false;
        value = value << 4 | digit;
    }
    if (text.len == 6)
        *out = value;
    return text.len == 6;
}

size_t ovf_address_registration(uint32_t address, char *out, size_t size)
{
    char painted[OVF_REGISTRATION_SIZE] = "";
    bool is_found = us_of(address, painted) || japan_of(address, painted)
                    || numbers_of(address, painted) || letters_of(address, painted);
    if (!is_found)
        painted[0] = '\0';
    if (size > 0)
        snprintf(out, size, "%s", painted);
    return strlen(painted);
}

uint32_t ovf_registration_address(ovf_str registration)
{
    char plain[8];
    size_t len = 0;
    for (size_t i = 0; i < registration.len; i++) {
        char c = registration.ptr[i];
        if (c == '-')
            continue;
        if (len == sizeof plain)
            return OVF_ADDRESS_NONE;
        plain[len++] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    uint32_t address = us_address(plain, len);
    if (address == OVF_ADDRESS_NONE)
        address = japan_address(plain, len);
    if (address == OVF_ADDRESS_NONE)
        address = address_of_numbers(plain, len);
    return address == OVF_ADDRESS_NONE ? address_of_letters(plain, len) : address;
}
