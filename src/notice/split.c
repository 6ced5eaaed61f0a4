/* SPDX-License-Identifier: Apache-2.0 */
/* Where the notices of a record begin and end. A notice starts at its identification ("A1234/26
 * NOTAMN", "KICZ A0012/25", "!FDC 5/1234"), or at a Q) line when it has none; the AFTN heading
 * before it (ZCZC ... originator) is its own, NNNN ends it. */
#include "forms.h"

static char at(ovf_str s, size_t i)
{
    return i < s.len ? s.ptr[i] : '\0';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static size_t skip_blanks(ovf_str s, size_t i)
{
    while (i < s.len && ovf_is_blank(s.ptr[i]))
        i++;
    return i;
}

static size_t digits(ovf_str s, size_t i, size_t max)
{
    size_t n = 0;
    while (n < max && ovf_is_digit(at(s, i + n)))
        n++;
    return n;
}

/* "A0012/25", "06/331", with NOTAM behind it also "0012/25" and an O for a zero: the offset behind,
 * or 0. */
static size_t number_at(ovf_str s, size_t i, bool *is_doubtful)
{
    size_t start = i;
    i += is_upper(at(s, i));
    size_t n = 0;
    bool has_letter = false;
    while (n < 5 && (ovf_is_digit(at(s, i + n)) || at(s, i + n) == 'O')) {
        has_letter |= at(s, i + n) == 'O';
        n++;
    }
    if (n == 0 || n > 4 || at(s, i + n) != '/')
        return 0;
    i += n + 1;
    size_t year = digits(s, i, 5);
    bool is_series = is_upper(s.ptr[start]);
    bool is_domestic = !is_series && n <= 2 && year >= 3 && year <= 4;
    if (!is_domestic && year != 2 && year != 4)
        return 0;
    if (n > 0 && !ovf_is_digit(at(s, start + is_series))
        && !ovf_is_digit(at(s, start + is_series + 1)))
        return 0; // letters alone
    *is_doubtful = has_letter || (!is_series && !is_domestic);
    return ovf_is_letter(at(s, i + year)) || at(s, i + year) == '/' ? 0 : i + year;
}

static bool starts_line(ovf_str s, size_t i)
{
    while (i > 0
           && (s.ptr[i - 1] == ' ' || s.ptr[i - 1] == '\t' || s.ptr[i - 1] == '('
               || s.ptr[i - 1] == '!'))
        i--;
    return i == 0 || s.ptr[i - 1] == '\n';
}

/* The four letters before an identification ("KICZ A0012/25"), when they begin their line. */
static size_t location_before(ovf_str s, size_t i)
{
    size_t end = i;
    while (end > 0 && (s.ptr[end - 1] == ' ' || s.ptr[end - 1] == '('))
        end--;
    if (end < 4 || end == i)
        return i;
    for (size_t k = 1; k <= 4; k++) {
        if (!is_upper(s.ptr[end - k]))
            return i;
    }
    bool is_word = end == 4 || !ovf_is_letter(s.ptr[end - 5]);
    return is_word && starts_line(s, end - 4) ? end - 4 : i;
}

#define HEADING_MAX 600

/* The heading of a message begins behind the end of the one before: at the last ZCZC, or behind the
 * last NNNN, that begins in [floor, start). Each of them covers a place four bytes from the next. */
static size_t heading_before(ovf_str s, size_t start, size_t floor)
{
    if (start > HEADING_MAX && floor < start - HEADING_MAX)
        floor = start - HEADING_MAX;
    for (size_t at = start + 3; at > floor; at -= at < 4 ? at : 4) {
        char c = at <= s.len ? s.ptr[at - 1] : '\0';
        if (c != 'N' && c != 'Z' && c != 'C')
            continue;
        for (size_t k = at; k + 4 > at && k > floor; k--) {
            if (k > start || k + 3 > s.len)
                continue;
            if (memcmp(s.ptr + k - 1, "ZCZC", 4) == 0)
                return k - 1;
            if (memcmp(s.ptr + k - 1, "NNNN", 4) == 0)
                return skip_blanks(s, k + 3);
        }
    }
    return start;
}

static void add(struct ovf_splitter *sp, size_t start, ovf_range ident)
{
    if (sp->arena != NULL
        && !ovf_arena_grow(sp->arena, (void **)&sp->items, sp->count, &sp->capacity,
                           sizeof(*sp->items))) {
        sp->failed = true;
        return;
    }
    size_t from = start;
    if (!sp->has_any) {
        from = sp->start;
    } else {
        const ovf_piece_range *last = &sp->items[sp->count - 1];
        size_t floor = last->all.from + 1; // never into the number of the notice before
        floor = last->ident.until > floor ? last->ident.until : floor;
        // The last mark is the one that is sought, or there is none.
        if (sp->mark >= floor + 4)
            from = heading_before(sp->s, start, floor);
        while (from > 0 && sp->s.ptr[from - 1] == '(')
            from--;
        sp->items[sp->count - 1].all.until = (uint32_t)from;
    }
    sp->items[sp->count++] = (ovf_piece_range){
        .all = {(uint32_t)from, (uint32_t)sp->s.len},
        .ident = ident,
    };
    sp->has_q = false;
    sp->has_any = true;
}

static bool word_before(ovf_str s, size_t i)
{
    return i > 0 && (ovf_is_letter(s.ptr[i - 1]) || ovf_is_digit(s.ptr[i - 1]));
}

/* "Q) EGTT/" or "A) EGTT" next, perhaps behind four letters: "H2286/21 CZQX". */
static bool has_items_behind(ovf_str s, size_t i)
{
    bool is_place = ovf_text_letters(s, i) == 4 && !ovf_text_at(s, i, "NOTAM");
    size_t next = is_place ? skip_blanks(s, i + 4) : i;
    return (at(s, next) == 'Q' || at(s, next) == 'A') && at(s, next + 1) == ')';
}

/* An identification at i: adds a notice and returns the offset behind; 0: none. */
static size_t take_ident(struct ovf_splitter *sp, size_t i)
{
    ovf_str s = sp->s;
    bool is_doubtful = false;
    size_t end = number_at(s, i, &is_doubtful);
    if (end == 0 || word_before(s, i))
        return 0;
    size_t word = skip_blanks(s, end);
    if (!is_doubtful && starts_line(s, i) && has_items_behind(s, word)) {
        size_t place = location_before(s, i);
        add(sp, place, (ovf_range){(uint32_t)i, (uint32_t)end});
        return end;
    }
    bool has_word = ovf_str_eq(ovf_str_sub(s, word, word + 5), OVF_STR("NOTAM"))
                    && !ovf_is_digit(at(s, word + 5));
    size_t location = location_before(s, i);
    bool is_kicz = location < i && !is_doubtful
                   && ovf_str_eq(ovf_str_sub(s, location, location + 4), OVF_STR("KICZ"));
    if (!has_word && !is_kicz)
        return 0;
    add(sp, location, (ovf_range){(uint32_t)i, (uint32_t)end});
    return end;
}

/* "Q) EGTT/" with nothing before it that could be its head. */
static bool take_q(struct ovf_splitter *sp, size_t i)
{
    ovf_str s = sp->s;
    if (s.ptr[i] != 'Q' || at(s, i + 1) != ')' || word_before(s, i))
        return false;
    size_t fir = skip_blanks(s, i + 2);
    size_t n = 0;
    while (n < 5 && is_upper(at(s, fir + n)))
        n++;
    if (n < 3 || n > 4 || at(s, skip_blanks(s, fir + n)) != '/')
        return false;
    if (!sp->has_any || sp->has_q)
        add(sp, i, (ovf_range){(uint32_t)i, (uint32_t)i});
    sp->has_q = true;
    return true;
}

/* "!FDC 5/1234 ZLC ...": FAA domestic; the number stands behind the accountability. */
static size_t take_domestic(struct ovf_splitter *sp, size_t i)
{
    ovf_str s = sp->s;
    if (s.ptr[i] != '!' || !starts_line(s, i))
        return 0;
    size_t letters = i + 1;
    while (is_upper(at(s, letters)) && letters < i + 5)
        letters++;
    size_t number = skip_blanks(s, letters);
    size_t n = digits(s, number, 2);
    size_t m = n > 0 && at(s, number + n) == '/' ? digits(s, number + n + 1, 4) : 0;
    if (letters < i + 4 || m < 3)
        return 0;
    size_t end = number + n + 1 + m;
    add(sp, i, (ovf_range){(uint32_t)(i + 1), (uint32_t)end});
    return end;
}

/* The head of a message that is no NOTAM. */
static size_t take_other(struct ovf_splitter *sp, size_t i, bool begins_line)
{
    ovf_range ident = {0};
    size_t end = ovf_other_head(sp->s, i, begins_line, &ident);
    if (end > 0)
        add(sp, i, ident);
    return end;
}

/* Where an identification with its slash here would begin; OVF_NOPOS: no such. */
static size_t ident_start(ovf_str s, size_t slash)
{
    size_t i = slash;
    while (i > 0 && slash - i < 4 && (ovf_is_digit(s.ptr[i - 1]) || s.ptr[i - 1] == 'O'))
        i--;
    if (i == slash)
        return OVF_NOPOS;
    return i > 0 && is_upper(s.ptr[i - 1]) ? i - 1 : i;
}

/* The first line, and each behind a line feed: a message that is no NOTAM begins its line, with letters
 * ("Q) EGTT" is passed by at its second byte) or with the day of its date. */
static void look_at_line(struct ovf_splitter *sp, size_t i)
{
    ovf_str s = sp->s;
    // Over blank lines once, not once from each of them: what stands behind was looked at then.
    if (i < sp->looked)
        return;
    while (i < s.len && (ovf_is_blank(s.ptr[i]) || s.ptr[i] == '('))
        i++;
    sp->looked = i + 1;
    if (i + 8 > s.len || i < sp->at)
        return;
    bool is_word = ovf_is_letter(s.ptr[i]) && ovf_is_letter(s.ptr[i + 1]);
    bool is_number = ovf_is_digit(s.ptr[i]) && ovf_is_digit(s.ptr[i + 1]);
    size_t end = is_word || is_number ? take_other(sp, i, true) : 0;
    if (end > sp->at)
        sp->at = end;
}

/* What the scan marked at `place`: adds a notice that begins at or behind sp->at, and moves there. */
static void look_closer(struct ovf_splitter *sp, size_t place)
{
    char c = sp->s.ptr[place];
    if (c == '\n') {
        look_at_line(sp, place + 1);
        return;
    }
    if (c == 'N' || c == 'C') {
        sp->mark = place + 1;
        return;
    }
    size_t start = c == '/'   ? ident_start(sp->s, place)
                   : c == ')' ? place - 1
                   : c == 'Z' ? place - 6
                              : place;
    if (start == OVF_NOPOS || start < sp->at || (c == 'Z' && place < 6))
        return;
    size_t end = 0;
    if (c == '/')
        end = take_ident(sp, start);
    else if (c == '!')
        end = take_domestic(sp, start);
    else if (c == 'Z')
        end = take_other(sp, start, false);
    else if (take_q(sp, start))
        end = start + 2;
    if (end > sp->at)
        sp->at = end;
}

bool ovf_split_more(struct ovf_splitter *sp)
{
    ovf_scan_way way = ovf_scan_best();
    if (!sp->has_begun)
        look_at_line(sp, sp->start);
    sp->has_begun = true;
    while (!sp->failed) {
        if (sp->place == sp->place_count) {
            if (sp->scanned >= sp->s.len)
                break;
            sp->place = 0;
            sp->place_count =
                ovf_scan(sp->s, &sp->scanned, sp->s.len, OVF_SCAN_HEADS, way, sp->places);
            continue;
        }
        if (sp->arena == NULL && sp->count == sp->capacity)
            return true;
        look_closer(sp, sp->places[sp->place++]);
    }
    if (!sp->has_any)
        add(sp, sp->start, (ovf_range){0, 0});
    return false;
}

void ovf_split_start(struct ovf_splitter *sp, ovf_str text, size_t start)
{
    memset(sp, 0, offsetof(struct ovf_splitter, places));
    sp->s = text;
    sp->start = start;
    sp->at = start;
    sp->scanned = start;
}

void ovf_split_drop(struct ovf_splitter *sp, size_t count)
{
    sp->count -= count;
    memmove(sp->items, sp->items + count, sp->count * sizeof(sp->items[0]));
}

bool ovf_split(ovf_str text, ovf_arena *arena, ovf_piece_range **out, size_t *count)
{
    struct ovf_splitter sp;
    ovf_split_start(&sp, text, 0);
    sp.arena = arena;
    ovf_split_more(&sp);
    if (sp.failed)
        return false;
    *out = sp.items;
    *count = sp.count;
    return true;
}
