/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of dates and times in the text of a notice, and the words round them: "PERIOD OF ACTIVITY: DLY
 * 0600-1800" announces hours, "TEL", "HEIGHT" and numbers of regulations do not. */
#include "hours.h"

#define LOOK_BACK 200 /* bytes before the first clock, for its dates */
#define CONTEXT 80    /* bytes before a run whose words are looked at */

static const char *const announcing[] = {
    "ACT",         "ACTIVE",     "ACTIVATED",  "ACTIVATION", "ACTIVATABLE", "ACTIVITY",
    "ACTIVITIES",  "DATE",       "DATES",      "TIME",       "TIMES",       "PERIOD",
    "PERIODS",     "SCHEDULE",   "SKED",       "DURATION",   "EFFECTIVE",   "EFFECT",
    "EFF",         "VALID",      "DRG",        "DURING",     "BTN",         "BETWEEN",
    "FROM",        "FM",         "ON",         "DLY",        "DAILY",       "PLACE",
    "AFFECTED",    "LAUNCH",     "LAUNCHING",  "WINDOW",     "WINDOWS",     "RE-ENTRY",
    "REENTRY",     "BACKUP",     "PRIMARY",    "ALTERNATE",  "RESERVE",     "HOURS",
    "HR",          "SER",        "EXER",       "EXERCISE",   "EXERCISES",   "FRNG",
    "FIRING",      "OPERATIONS", "RESTRICTED", "PROHIBITED", "CLOSED",      "CLSD",
    "ESTABLISHED", "CONDUCTED",  "HORAIRES",   "HORARIO",    "HORARIOS",    "DATES/TIMES",
    "ACTIVITE",    "ACTIVACION", "PERIODO"};

/* ---- finding runs ---- */

static bool is_word_char(char c)
{
    return ovf_is_digit(c) || ovf_is_letter(c);
}

bool ovf_hours_word_start(ovf_str s, size_t i)
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

/* The next place with two clocks near each other, or words for the sun; s.len when there is none. */
static size_t next_clock(ovf_str s, size_t from)
{
    size_t last_end = 0;
    size_t last = 0;
    for (size_t i = from; i < s.len;) {
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

static bool is_word(const char *text, size_t len, const char *word)
{
    for (size_t i = 0; i < len; i++) {
        // Ends at the NUL of a shorter word, too.
        if (ovf_upper(text[i]) != word[i])
            return false;
    }
    return word[len] == '\0';
}

bool ovf_hours_any_word(ovf_str s, size_t from, size_t until, const char *const *words,
                        size_t count)
{
    for (size_t i = from; i < until;) {
        if (!ovf_is_letter(s.ptr[i])) {
            i++;
            continue;
        }
        size_t end = i;
        while (end < until && (ovf_is_letter(s.ptr[end]) || s.ptr[end] == '-'))
            end++;
        char first = ovf_upper(s.ptr[i]);
        for (size_t k = 0; k < count; k++) {
            if (words[k][0] == first && is_word(s.ptr + i, end - i, words[k]))
                return true;
        }
        i = end;
    }
    return false;
}

/* Words before hours that are not those of the notice. */
bool ovf_hours_anothers(ovf_str s, size_t low, size_t at)
{
    static const char *const words[] = {
        "TEL",         "TELEPHONE",  "PHONE",     "FAX",         "CTC",      "CONTACT",
        "CALL",        "PPR",        "NOTICE",    "ADVANCE",     "OFFICE",   "SUP",
        "AIC",         "NR",         "DIRECTIVE", "REGULATION",  "SD",       "READ",
        "INSTEAD",     "CORRECTION", "FPL",       "EXC",         "EXCEPT",   "EXCEPTION",
        "FREQ",        "MHZ",        "KHZ",       "REQUEST",     "REQ",      "PERMISSION",
        "AVBL",        "AVAILABLE",  "OPEN",      "PERMITTED",   "ALLOWED",  "INACTIVE",
        "DEACTIVATED", "INACT",      "DEACT",     "UNAVBL",      "CANCEL",   "CNL",
        "AMDT",        "CHECKLIST",  "AZM",       "BRG",         "RDL",      "SECTOR-",
        "BIRD",        "BIRDS",      "MIGRATION", "MHZ",         "SQUAWK",   "SSR",
        "NOT",         "SUSPENDED",  "WITHOUT",   "BOEING",      "ACFT",     "SLOT",
        "SLOTS",       "REF",        "ARR",       "DEP",         "REPORTED", "OBSERVED",
        "OBS",         "EMAIL",      "INFO",      "INFORMATION", "DELETE",   "INSERT"};
    return ovf_hours_any_word(s, ovf_hours_sentence(s, low, at), at, words, OVF_COUNTOF(words));
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
           || ovf_hours_any_word(s, ovf_hours_sentence(s, low, run->from), head, announcing,
                                 OVF_COUNTOF(announcing));
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
    static const char *const units[] = {"FT",  "FEET", "M",   "KM",  "NM", "DEG", "AMSL", "AGL",
                                        "MSL", "MHZ",  "KHZ", "MIN", "KG", "LB",  "PSI",  "MMHG"};
    while (at < s.len && (s.ptr[at] == ' ' || s.ptr[at] == OVF_DEGREE))
        at++;
    size_t end = at;
    while (end < s.len && ovf_is_letter(s.ptr[end]))
        end++;
    return ovf_hours_any_word(s, at, end, units, OVF_COUNTOF(units))
           || (!is_navwarn && at + 1 < s.len && s.ptr[at] == ':' && s.ptr[at + 1] == ' ');
}

/* "TRA 14 1345-1515", "AREA 1 0745-0945", "007A 1700-1830": a number that ends a name is no day. Taken
 * for none, the hours hold for every day, which is the larger reading. */
static bool is_of_name(ovf_str s, size_t low, size_t at)
{
    static const char *const behind[] = {"ST",  "ND", "RD", "TH",  "Z",
                                         "UTC", "H",  "HR", "HRS", "LT"};
    if (!ovf_is_digit(s.ptr[at]))
        return false;
    size_t end = at;
    while (end < s.len && ovf_is_digit(s.ptr[end]))
        end++;
    size_t letters = end;
    while (letters < s.len && ovf_is_letter(s.ptr[letters]))
        letters++;
    if (letters > end && !ovf_hours_any_word(s, end, letters, behind, OVF_COUNTOF(behind))
        && letters - end < 3)
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
    return before > word
           && !ovf_hours_any_word(s, word, before, announcing, OVF_COUNTOF(announcing));
}

/* The run round a clock: from the first word before it from which dates and times go on past it. */
static bool run_around(ovf_str s, size_t low, size_t clock, struct ovf_hours_run *out)
{
    size_t i = clock > low + LOOK_BACK ? clock - LOOK_BACK : low;
    for (; i <= clock; i++) {
        if (!ovf_hours_word_start(s, i) || is_of_name(s, low, i))
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
    while (low < s.len) {
        size_t clock = next_clock(s, low);
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
