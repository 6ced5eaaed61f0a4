/* SPDX-License-Identifier: Apache-2.0 */
/* Whose register: the nationality marks of data/registrations.txt and the 24-bit address blocks of
 * data/addresses.txt, both as they are laid into the world file and as they are asked. */
#include "world_internal.h"

#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* ---- marks, when a world is built ---- */

size_t world_mark_check(ovf_str mark)
{
    for (size_t i = 0; i < mark.len; i++) {
        char c = mark.ptr[i];
        bool is_sign = is_letter(c) || is_digit(c);
        if (!is_sign && (i == 0 || (c != '#' && c != '@')))
            return i;
    }
    return mark.len;
}

size_t world_forms_check(ovf_str forms)
{
    for (size_t i = 0; i < forms.len; i++) {
        char c = forms.ptr[i];
        bool is_bar = c == '|' && i > 0 && i + 1 < forms.len && forms.ptr[i - 1] != '|';
        if (!is_bar && !is_letter(c) && !is_digit(c) && c != '#' && c != '@' && c != '*')
            return i;
    }
    return forms.len;
}

/* ---- marks ---- */

#define REGISTRATION_MAX 10

/* Does the pattern fit the beginning of the text? data/registrations.txt says how. */
static bool pattern_fits(ovf_str pattern, ovf_str text)
{
    if (text.len < pattern.len)
        return false;
    for (size_t i = 0; i < pattern.len; i++) {
        char p = pattern.ptr[i];
        char c = text.ptr[i];
        bool fits = p == '#'   ? is_digit(c)
                    : p == '@' ? is_letter(c)
                    : p == '*' ? is_digit(c) || is_letter(c)
                               : p == c;
        if (!fits)
            return false;
    }
    return true;
}

/* Upper case without hyphens and blanks; false when it is no registration by its length. */
static bool plain_registration(ovf_str text, char buffer[REGISTRATION_MAX], ovf_str *out)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '-' || c == ' ')
            continue;
        if (len == REGISTRATION_MAX)
            return false;
        buffer[len] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        len++;
    }
    *out = (ovf_str){buffer, len};
    return len > 0;
}

/* Does one of the forms fit the rest to its last character? */
static bool form_fits(const ovf_world *world, const struct world_registration_item *item,
                      ovf_str plain)
{
    ovf_str rest = ovf_str_tail(plain, world_text_of(world, item->mark).len);
    ovf_str forms = world_text_of(world, item->form);
    if (forms.len == 0)
        return rest.len == 0;
    ovf_str form;
    while (ovf_str_field(&forms, '|', &form))
        if (form.len == rest.len && pattern_fits(form, rest))
            return true;
    return false;
}

/* The longest mark with a form that fits (*is_whole), else the longest that fits; NULL. */
static const struct world_registration_item *find_mark(const ovf_world *world, ovf_str plain,
                                                       bool *is_whole)
{
    size_t count = 0;
    const struct world_registration_item *items = world_items(world, WORLD_REGISTRATIONS, &count);
    char first = plain.ptr[0];
    size_t low = 0;
    for (size_t high = count; low < high;) {
        size_t mid = low + (high - low) / 2;
        if (world_text_of(world, items[mid].mark).ptr[0] < first)
            low = mid + 1;
        else
            high = mid;
    }
    const struct world_registration_item *longest = NULL;
    *is_whole = false;
    for (size_t i = low; i < count; i++) {
        ovf_str mark = world_text_of(world, items[i].mark);
        if (mark.ptr[0] != first)
            break;
        char last = mark.ptr[mark.len - 1];
        bool is_enough = plain.len > mark.len || last == '#' || last == '@';
        if (!is_enough || !pattern_fits(mark, plain))
            continue;
        *is_whole = form_fits(world, &items[i], plain);
        if (*is_whole)
            return &items[i];
        longest = longest == NULL ? &items[i] : longest;
    }
    return longest;
}

uint32_t ovf_world_registration_state(const ovf_world *world, ovf_str registration)
{
    char buffer[REGISTRATION_MAX];
    ovf_str plain = {0};
    bool is_whole = false;
    if (!plain_registration(registration, buffer, &plain) || plain.len < 2)
        return OVF_INDEX_NONE;
    const struct world_registration_item *item = find_mark(world, plain, &is_whole);
    bool is_known = item != NULL && item->state < ovf_world_state_count(world);
    return is_known ? item->state : OVF_INDEX_NONE;
}

bool ovf_world_is_registration(const ovf_world *world, ovf_str text)
{
    char buffer[REGISTRATION_MAX];
    ovf_str plain = {0};
    bool is_whole = false;
    return plain_registration(text, buffer, &plain) && find_mark(world, plain, &is_whole) != NULL
           && is_whole;
}

/* ---- addresses, when a world is built ---- */

static int narrowest_first(const void *a, const void *b)
{
    const struct world_address_row *x = a;
    const struct world_address_row *y = b;
    uint32_t p = x->last - x->first;
    uint32_t q = y->last - y->first;
    if (p != q)
        return p < q ? -1 : 1;
    return x->first < y->first ? -1 : x->first > y->first;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

ovf_status world_flatten_addresses(const struct world_build *build, ovf_arena *arena,
                                   struct world_address_row **out, size_t *count, ovf_error *err)
{
    size_t n = build->address_count;
    uint32_t *cuts = ovf_arena_array(arena, uint32_t, 2 * n + 1);
    struct world_address_row *flat = ovf_arena_array(arena, struct world_address_row, 2 * n + 1);
    if (cuts == NULL || flat == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the address blocks");
    if (n > 0)
        qsort(build->addresses, n, sizeof *build->addresses, narrowest_first);
    for (size_t i = 0; i < n; i++) {
        cuts[2 * i] = build->addresses[i].first;
        cuts[2 * i + 1] = build->addresses[i].last + 1; /* six hexadecimal digits: no overflow */
    }
    if (n > 0)
        qsort(cuts, 2 * n, sizeof *cuts, by_number);
    size_t found = 0;
    for (size_t c = 0; c + 1 < 2 * n; c++) { /* between two cuts one block decides throughout */
        size_t i = 0;
        while (i < n && (cuts[c] < build->addresses[i].first || cuts[c] > build->addresses[i].last))
            i++;
        if (cuts[c] == cuts[c + 1] || i == n)
            continue;
        uint32_t state = build->addresses[i].state;
        bool goes_on =
            found > 0 && flat[found - 1].last + 1 == cuts[c] && flat[found - 1].state == state;
        if (!goes_on)
            flat[found++] = (struct world_address_row){.first = cuts[c], .state = state};
        flat[found - 1].last = cuts[c + 1] - 1;
    }
    *out = flat;
    *count = found;
    return OVF_OK;
}

/* ---- addresses ---- */

uint32_t ovf_world_address_state(const ovf_world *world, uint32_t address)
{
    size_t count = 0;
    const struct world_address_row *items = world_items(world, WORLD_ADDRESSES, &count);
    size_t low = 0; /* first row that begins above the address */
    for (size_t high = count; low < high;) {
        size_t mid = low + (high - low) / 2;
        if (items[mid].first <= address)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == 0 || items[low - 1].last < address)
        return OVF_INDEX_NONE;
    uint32_t state = items[low - 1].state;
    return state < ovf_world_state_count(world) ? state : OVF_INDEX_NONE;
}
