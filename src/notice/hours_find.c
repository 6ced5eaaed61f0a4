/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of dates and times in the text of a notice, and the words round them: "PERIOD OF ACTIVITY: DLY
 * 0600-1800" announces hours, "TEL", "HEIGHT" and numbers of regulations do not. */
#include "hours.h"
#include "phrase.h"
#include "vocabulary.h"

#define LOOK_BACK 200 /* bytes before the first clock, for its dates */
#define CONTEXT 80    /* bytes before a run whose words are looked at */

static const uint8_t roles[OVF_VOCABULARY_SIZE] = {
    [OVF_WORD_ACT] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_ACTIVE] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_ACTIVATED] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_ACTIVATION] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_ACTIVATABLE] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_ACTIVITY] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_ACTIVITIES] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_DATE] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_DATES] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_TIME] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_TIMES] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_PERIOD] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_PERIODS] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_SCHEDULE] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_SKED] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_DURATION] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_EFFECTIVE] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_EFFECT] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_EFF] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_VALID] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_DRG] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_DURING] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_BTN] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_BETWEEN] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_FROM] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_FM] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_ON] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_DLY] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_DAILY] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_PLACE] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_AFFECTED] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_LAUNCH] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_LAUNCHING] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_WINDOW] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_WINDOWS] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_REENTRY] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_BACKUP] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_PRIMARY] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_ALTERNATE] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_RESERVE] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_HOURS] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_HR] = OVF_HOURS_ANNOUNCES | OVF_HOURS_BEHIND_DAY,
    [OVF_WORD_SER] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_EXER] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_EXERCISE] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_EXERCISES] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_FRNG] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_FIRING] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_OPERATIONS] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_RESTRICTED] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_PROHIBITED] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_CLOSED] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_CLSD] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_ESTABLISHED] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_CONDUCTED] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_HORAIRES] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_HORARIO] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_HORARIOS] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_ACTIVITE] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_ACTIVACION] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_PERIODO] = OVF_HOURS_ANNOUNCES,
    [OVF_WORD_TEL] = OVF_HOURS_ANOTHERS | OVF_HOURS_CANCELS,
    [OVF_WORD_TELEPHONE] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_PHONE] = OVF_HOURS_ANOTHERS | OVF_HOURS_CANCELS,
    [OVF_WORD_FAX] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_CTC] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_CONTACT] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_CALL] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_PPR] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_NOTICE] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_ADVANCE] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_OFFICE] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_SUP] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_AIC] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_NR] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_DIRECTIVE] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_REGULATION] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_SD] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_READ] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_INSTEAD] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_CORRECTION] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_FPL] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_EXC] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_EXCEPT] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_EXCEPTION] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_FREQ] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_MHZ] = OVF_HOURS_ANOTHERS | OVF_HOURS_MEASURES,
    [OVF_WORD_KHZ] = OVF_HOURS_ANOTHERS | OVF_HOURS_MEASURES,
    [OVF_WORD_REQUEST] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_REQ] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_PERMISSION] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_AVBL] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_AVAILABLE] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_OPEN] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_PERMITTED] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_ALLOWED] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_INACTIVE] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_DEACTIVATED] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_INACT] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_DEACT] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_UNAVBL] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_CANCEL] = OVF_HOURS_ANOTHERS | OVF_HOURS_CANCELS,
    [OVF_WORD_CNL] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_AMDT] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_CHECKLIST] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_AZM] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_BRG] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_RDL] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_BIRD] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_BIRDS] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_MIGRATION] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_SQUAWK] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_SSR] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_NOT] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_SUSPENDED] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_WITHOUT] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_BOEING] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_ACFT] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_SLOT] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_SLOTS] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_REF] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_ARR] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_DEP] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_REPORTED] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_OBSERVED] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_OBS] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_EMAIL] = OVF_HOURS_ANOTHERS | OVF_HOURS_CANCELS,
    [OVF_WORD_INFO] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_INFORMATION] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_DELETE] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_INSERT] = OVF_HOURS_ANOTHERS,
    [OVF_WORD_CANCELLED] = OVF_HOURS_CANCELS,
    [OVF_WORD_FORCE] = OVF_HOURS_CANCELS,
    [OVF_WORD_CANCELS] = OVF_HOURS_CANCELS,
    [OVF_WORD_FT] = OVF_HOURS_MEASURES,
    [OVF_WORD_FEET] = OVF_HOURS_MEASURES,
    [OVF_WORD_M] = OVF_HOURS_MEASURES,
    [OVF_WORD_KM] = OVF_HOURS_MEASURES,
    [OVF_WORD_NM] = OVF_HOURS_MEASURES,
    [OVF_WORD_DEG] = OVF_HOURS_MEASURES,
    [OVF_WORD_AMSL] = OVF_HOURS_MEASURES,
    [OVF_WORD_AGL] = OVF_HOURS_MEASURES,
    [OVF_WORD_MSL] = OVF_HOURS_MEASURES,
    [OVF_WORD_MIN] = OVF_HOURS_MEASURES,
    [OVF_WORD_KG] = OVF_HOURS_MEASURES,
    [OVF_WORD_LB] = OVF_HOURS_MEASURES,
    [OVF_WORD_PSI] = OVF_HOURS_MEASURES,
    [OVF_WORD_MMHG] = OVF_HOURS_MEASURES,
    [OVF_WORD_ST] = OVF_HOURS_BEHIND_DAY,
    [OVF_WORD_ND] = OVF_HOURS_BEHIND_DAY,
    [OVF_WORD_RD] = OVF_HOURS_BEHIND_DAY,
    [OVF_WORD_TH] = OVF_HOURS_BEHIND_DAY,
    [OVF_WORD_Z] = OVF_HOURS_BEHIND_DAY,
    [OVF_WORD_UTC] = OVF_HOURS_BEHIND_DAY,
    [OVF_WORD_H] = OVF_HOURS_BEHIND_DAY,
    [OVF_WORD_HRS] = OVF_HOURS_BEHIND_DAY,
    [OVF_WORD_LT] = OVF_HOURS_BEHIND_DAY,
};

static unsigned role_of(const char *text, size_t len)
{
    if (memchr(text, '-', len) == NULL)
        return roles[ovf_word_of((ovf_str){text, len})];
    ovf_str word = {text, len};
    if (ovf_str_eq_nocase(word, OVF_STR("RE-ENTRY")))
        return OVF_HOURS_ANNOUNCES;
    return ovf_str_eq_nocase(word, OVF_STR("SECTOR-")) ? OVF_HOURS_ANOTHERS : 0;
}

/* ---- finding runs ---- */

static bool is_word_char(char c)
{
    return ovf_is_digit(c) || ovf_is_letter(c);
}

static inline bool starts_word(ovf_str s, size_t i)
{
    if (!is_word_char(s.ptr[i]))
        return false;
    if (i == 0)
        return true;
    char before = s.ptr[i - 1];
    return !is_word_char(before) && before != '+' && before != OVF_DEGREE
           && !((before == '.' || before == '/' || before == '-') && i > 1
                && ovf_is_digit(s.ptr[i - 2]));
}

bool ovf_hours_word_start(ovf_str s, size_t i)
{
    return starts_word(s, i);
}

/* Four digits that are a clock, or six that are a day and one, alone among other characters. */
static bool is_clock_at(ovf_str s, size_t i, size_t end)
{
    size_t len = end - i;
    if (len != 4 && len != 6 && len != 10)
        return false;
    const char *c = s.ptr + end - 4;
    int hours = (c[0] - '0') * 10 + c[1] - '0';
    int minutes = (c[2] - '0') * 10 + c[3] - '0';
    if (hours > 24 || minutes > 59)
        return false;
    char next = end < s.len ? s.ptr[end] : ' ';
    return !ovf_is_letter(next) || next == 'Z' || next == 'U' || next == 'H' || next == 'L'
           || next == 'z' || next == 'u';
}

/* The next digit, and where the sun is spoken of the next S, at or behind i; s.len: none. */
static size_t next_mark(ovf_str s, size_t i, bool has_sun)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    for (; i + 8 <= s.len && !has_sun; i += 8) {
        uint64_t word = 0;
        memcpy(&word, s.ptr + i, sizeof(word));
        // First half 3: a digit, or a sign behind them. A byte of 0 borrows.
        uint64_t digit_at = (word & (0xF0 * ones)) ^ (0x30 * ones);
        if (((digit_at - ones) & ~digit_at & (0x80 * ones)) != 0)
            break;
    }
    while (i < s.len && !ovf_is_digit(s.ptr[i]) && (s.ptr[i] != 'S' || !has_sun))
        i++;
    return i;
}

/* The next place with two clocks near each other, or words for the sun; s.len when there is none. */
static size_t next_clock(ovf_str s, size_t from, bool has_sun)
{
    size_t last_end = 0;
    size_t last = 0;
    for (size_t i = next_mark(s, from, has_sun); i < s.len; i = next_mark(s, i, has_sun)) {
        char c = s.ptr[i];
        bool starts = i == 0 || !is_word_char(s.ptr[i - 1]);
        if (starts && c == 'S' && i + 1 < s.len && (s.ptr[i + 1] == 'R' || s.ptr[i + 1] == 'S')
            && (i + 2 >= s.len || !is_word_char(s.ptr[i + 2])))
            return i;
        if (!ovf_is_digit(c)) {
            i++;
            continue;
        }
        size_t end = i;
        while (end < s.len && ovf_is_digit(s.ptr[end]))
            end++;
        if (starts && is_clock_at(s, i, end)) {
            if (last_end > 0 && i <= last_end + 14)
                return last;
            last = i;
            last_end = end;
        } else if (starts && end - i == 2 && end + 2 < s.len && s.ptr[end] == ':'
                   && ovf_is_digit(s.ptr[end + 1]) && ovf_is_digit(s.ptr[end + 2])) {
            if (last_end > 0 && i <= last_end + 14)
                return last;
            last = i;
            last_end = end += 3;
        }
        i = end;
    }
    return s.len;
}

size_t ovf_hours_sentence(ovf_str s, size_t low, size_t at)
{
    size_t start = at > low + CONTEXT ? at - CONTEXT : low;
    for (size_t i = at; i > start + 1; i--) {
        bool ends = s.ptr[i - 1] == '.' && (i >= s.len || ovf_is_blank(s.ptr[i]))
                    && ovf_is_letter(s.ptr[i - 2]);
        if (ends)
            return i;
    }
    return start;
}

bool ovf_hours_has(ovf_str s, size_t from, size_t until, unsigned role)
{
    for (size_t i = from; i < until;) {
        if (!ovf_is_letter(s.ptr[i])) {
            i++;
            continue;
        }
        size_t end = i;
        while (end < until && (ovf_is_letter(s.ptr[end]) || s.ptr[end] == '-'))
            end++;
        if ((role_of(s.ptr + i, end - i) & role) != 0)
            return true;
        i = end;
    }
    return false;
}

bool ovf_hours_anothers(ovf_str s, size_t low, size_t at)
{
    return ovf_hours_has(s, ovf_hours_sentence(s, low, at), at, OVF_HOURS_ANOTHERS);
}

/* Words before hours, or at their head, that say when something is active. */
bool ovf_hours_announced(ovf_str s, size_t low, const struct ovf_hours_run *run)
{
    bool leads = true; // nothing before it
    for (size_t i = low; i < run->from && leads; i++)
        leads = !is_word_char(s.ptr[i]);
    size_t head = run->from;
    while (head < run->until && ovf_is_letter(s.ptr[head]))
        head++;
    return leads
           || ovf_hours_has(s, ovf_hours_sentence(s, low, run->from), head, OVF_HOURS_ANNOUNCES);
}

bool ovf_hours_enough(const struct ovf_hours_run *run)
{
    if ((run->has & OVF_SCHEDULE_HAS_BLOCK) != 0)
        return true;
    bool is_dated = (run->has & OVF_SCHEDULE_HAS_DATES) != 0;
    bool is_plain = (run->has & (OVF_SCHEDULE_HAS_WEEK | OVF_SCHEDULE_HAS_UTC)) != 0;
    return (run->has & OVF_SCHEDULE_HAS_HOURS) != 0 && (is_dated || is_plain);
}

/* What follows makes numbers of it that are no clocks: feet, miles, degrees. */
static bool is_measured(ovf_str s, size_t at, bool is_navwarn)
{
    while (at < s.len && (s.ptr[at] == ' ' || s.ptr[at] == OVF_DEGREE))
        at++;
    size_t end = at;
    while (end < s.len && ovf_is_letter(s.ptr[end]))
        end++;
    return ovf_hours_has(s, at, end, OVF_HOURS_MEASURES)
           || (!is_navwarn && at + 1 < s.len && s.ptr[at] == ':' && s.ptr[at + 1] == ' ');
}

/* "TRA 14 1345-1515", "AREA 1 0745-0945", "007A 1700-1830": a number that ends a name is no day. Taken
 * for none, the hours hold for every day, which is the larger reading. */
static bool is_of_name(ovf_str s, size_t low, size_t at)
{
    if (!ovf_is_digit(s.ptr[at]))
        return false;
    size_t end = at;
    while (end < s.len && ovf_is_digit(s.ptr[end]))
        end++;
    size_t letters = end;
    while (letters < s.len && ovf_is_letter(s.ptr[letters]))
        letters++;
    if (letters > end && letters - end < 3 && !ovf_hours_has(s, end, letters, OVF_HOURS_BEHIND_DAY))
        return true;
    if (end - at >= 3)
        return end - at == 3;
    if (end + 1 < s.len && s.ptr[end] == '/' && ovf_is_digit(s.ptr[end + 1]))
        return false; // "22/0000-22/0600"
    size_t before = at;
    while (before > low && s.ptr[before - 1] == ' ')
        before--;
    size_t word = before;
    while (word > low && is_word_char(s.ptr[word - 1]))
        word--;
    return before > word && !ovf_hours_has(s, word, before, OVF_HOURS_ANNOUNCES);
}

/* No run goes over a word that is none of a schedule's, if no number or label can have taken it in:
 * where the last of them before the clock ends, or low. */
static size_t behind_strange(ovf_str s, size_t low, size_t clock)
{
    const size_t shortest = 5;
    for (size_t end = clock; end > low;) {
        if (!ovf_is_letter(s.ptr[end - 1])) {
            end--;
            continue;
        }
        size_t start = end;
        while (start > low && ovf_is_letter(s.ptr[start - 1]))
            start--;
        bool is_whole = start == 0 || !is_word_char(s.ptr[start - 1]);
        if (is_whole && end - start >= shortest
            && !ovf_schedule_knows((ovf_str){s.ptr + start, end - start}))
            return end;
        end = start;
    }
    return low;
}

/* The run round a clock: from the first word before it from which dates and times go on past it. */
static bool run_around(ovf_str s, size_t low, size_t clock, struct ovf_hours_run *out)
{
    size_t i = behind_strange(s, clock > low + LOOK_BACK ? clock - LOOK_BACK : low, clock);
    for (; i <= clock; i++) {
        if (!starts_word(s, i) || is_of_name(s, low, i))
            continue;
        unsigned has = 0;
        size_t end = ovf_schedule_span(s, i, &has);
        if (end <= clock)
            continue;
        if (end < i + 9)
            return false; // less than "0600-1800": "SD-2021-02"
        *out = (struct ovf_hours_run){.from = (uint32_t)i, .until = (uint32_t)end, .has = has};
        return (has & (OVF_SCHEDULE_HAS_HOURS | OVF_SCHEDULE_HAS_BLOCK)) != 0;
    }
    return false;
}

#define CLOCKS_IN_VAIN_MAX 1500 /* each may read on to the end of the text */

/* Hours beyond the ceiling are not read, so those before it may cut nothing out; item D stays. */
static bool give_up(struct ovf_hours *h, size_t clock)
{
    OVF_FIND(
        h->d, OVF_WARNING, clock, "HOURS_LIMIT",
        "more hours, or clocks that are no hours, than the program takes: those of the text cut "
        "nothing out");
    h->count = 0;
    const ovf_range *item_d = &h->d->items[OVF_ITEM_D];
    if (item_d->until <= item_d->from)
        h->d->notice->active_complete = false;
    return false;
}

bool ovf_hours_runs(struct ovf_hours *h, ovf_range text)
{
    size_t low = text.from;
    size_t in_vain = 0;
    ovf_str s = ovf_str_sub(h->s, 0, text.until);
    bool has_sun = ovf_text_holds(h->d, OVF_WORD_SR) || ovf_text_holds(h->d, OVF_WORD_SS);
    if (!has_sun && !ovf_text_has_trait(h->d, OVF_TRAIT_CLOCK))
        return true; // item E is what the tokens are cut of
    while (low < s.len) {
        size_t clock = next_clock(s, low, has_sun);
        if (clock >= s.len)
            return true;
        if (h->count == OVF_HOURS_MAX_RUNS)
            return give_up(h, clock);
        struct ovf_hours_run run;
        if (!run_around(s, low, clock, &run)
            || is_measured(s, run.until, h->d->notice->form == OVF_FORM_NAVWARN)) {
            if (++in_vain > CLOCKS_IN_VAIN_MAX)
                return give_up(h, clock);
            low = clock + 1;
            while (low < s.len && is_word_char(s.ptr[low]))
                low++;
            continue;
        }
        h->runs[h->count++] = run;
        low = run.until;
    }
    return true;
}

/* "IN PROGRESS UNTIL 042300Z JUN", "OPERATIONS 25 JUN THRU 30 JUL": warnings that give no clocks, or
 * one. */
bool ovf_hours_days(struct ovf_hours *h, ovf_range text)
{
    for (size_t i = text.from; i < text.until; i++) {
        if (!ovf_hours_word_start(h->s, i))
            continue;
        unsigned has = 0;
        bool is_until = ovf_str_eq_nocase(ovf_str_sub(h->s, i, i + 6), OVF_STR("UNTIL "));
        if (!is_until && !ovf_is_digit(h->s.ptr[i]))
            continue;
        size_t end = ovf_schedule_span(h->s, i, &has);
        const unsigned days = OVF_SCHEDULE_HAS_DATES | OVF_SCHEDULE_HAS_MONTH;
        ovf_str run = ovf_str_sub(h->s, i, end);
        bool has_link = ovf_str_find(run, 0, OVF_STR(" THRU ")) != OVF_NOPOS
                        || ovf_str_find(run, 0, OVF_STR(" TO ")) != OVF_NOPOS;
        bool is_range = (has & days) == days && has_link;
        if (end == i || (is_until ? (has & OVF_SCHEDULE_HAS_BLOCK) == 0 : !is_range))
            continue;
        if (h->count == OVF_HOURS_MAX_RUNS)
            return give_up(h, i);
        h->runs[h->count++] =
            (struct ovf_hours_run){.from = (uint32_t)i, .until = (uint32_t)end, .has = has};
        i = end - 1;
    }
    return true;
}

void ovf_hours_drop(struct ovf_hours *h, size_t i)
{
    h->count--;
    for (; i < h->count; i++)
        h->runs[i] = h->runs[i + 1];
}
