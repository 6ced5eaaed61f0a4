/* SPDX-License-Identifier: Apache-2.0 */
/* Whom a notice leaves out. An exception ends with its clause: with the sentence, with the next
 * number of a list that it does not belong to, with the bracket that it stands in, or where the
 * outline of an area begins. Days and hours, runways and aerodromes that are excepted are no
 * addressees. */
#include "notice_internal.h"

enum { EXCEPT_MAX_BYTES = 600, EXCEPT_MAX = 16 };

static bool is_word(const ovf_draft *d, size_t i)
{
    return i < d->token_count && d->tokens[i].kind == OVF_TOK_WORD;
}

static bool is_glued(const ovf_draft *d, size_t i)
{
    return i >= d->token_count || (d->tokens[i].flags & OVF_TOK_GLUED) != 0;
}

/* "3-LATERAL LIMITS 4-SERVICES": a hyphen that touches both is a list's when the item before is
 * written so too; "5-MILE RADIUS" is none. */
static bool has_item_before(const ovf_draft *d, size_t i)
{
    for (size_t k = i; k-- > 0 && i - k < 200;) {
        if (d->tokens[k].kind == OVF_TOK_NUM && d->tokens[k].len <= 2
            && d->tokens[k].a == d->tokens[i].a - 1 && ovf_tok_sign(d, k + 1, '-'))
            return true;
    }
    return false;
}

/* The number of a list at i, "2." "3)" "4-" "5/": 0 when it is none. Small, behind a blank, with a
 * word behind its sign. */
static unsigned list_number(const ovf_draft *d, size_t i)
{
    if (i + 2 >= d->token_count || d->tokens[i].kind != OVF_TOK_NUM || d->tokens[i].len > 2
        || is_glued(d, i))
        return 0;
    size_t behind = i + 2;
    bool is_open = ovf_tok_sign(d, i + 1, '-') && (!is_glued(d, behind) || has_item_before(d, i));
    bool is_closed =
        ovf_tok_sign(d, i + 1, '.') || ovf_tok_sign(d, i + 1, ')') || ovf_tok_sign(d, i + 1, '/');
    if (!is_open && !is_closed)
        return 0;
    bool is_item = is_word(d, behind) && d->tokens[behind].len >= 2;
    return is_item ? (unsigned)d->tokens[i].a : 0;
}

/* "...: A. ALL AIRCRAFT": the lettered paragraph that an exception has run up to. */
static bool is_lettered(const ovf_draft *d, size_t i)
{
    if (i == 0 || !is_word(d, i) || d->tokens[i].len != 1 || !ovf_tok_sign(d, i + 1, '.'))
        return false;
    bool is_start = ovf_tok_sign(d, i - 1, ':') || ovf_tok_sign(d, i - 1, '.');
    return is_start && !is_glued(d, i) && is_word(d, i + 2) && !is_glued(d, i + 2);
}

/* "MOLDOVA.OPERATIONS": a full stop whose blank was lost; "NATS-UK.COM", "A.B@C.EU" are none. */
static bool is_lost_stop(const ovf_draft *d, size_t i)
{
    return i > 1 && ovf_tok_sign(d, i, '.') && is_word(d, i - 1) && is_word(d, i + 1)
           && d->tokens[i - 1].len >= 4 && d->tokens[i + 1].len >= 5 && !is_glued(d, i + 2)
           && !is_glued(d, i - 1);
}

/* "ABCDE-FGHIJ-KLMNO": a route by its points. */
static bool is_chain(const ovf_draft *d, size_t i)
{
    for (size_t k = 0; k < 5; k++) {
        bool is_point = is_word(d, i + k) && d->tokens[i + k].len == 5;
        if (k % 2 == 0 ? !is_point : !ovf_tok_sign(d, i + k, '-'))
            return false;
        if (k > 0 && is_glued(d, i + k) == false)
            return false;
    }
    return true;
}

/* The words that lead up to an outline, "... IN AREAS BOUNDED BY", are not part of the exception. */
static size_t before_outline(const ovf_draft *d, size_t from, size_t until)
{
    for (size_t k = from; k < until; k++) {
        if (ovf_phrase(d, k, "IN|WI|WITHIN|INSIDE THE|AN|A? AREA|AREAS|AIRSPACE") > 0
            || ovf_phrase(d, k, "BOUNDED|BOUND BY") > 0)
            return k;
    }
    return until;
}

/* Behind the last token of the exception whose words begin at `from`. */
static size_t clause_end(const ovf_draft *d, size_t at, size_t from)
{
    size_t last = ovf_sentence_end(d, at);
    // "EXCEPT - FOR THE USE OF ... . - FOR ROUTES ...": a list whose points are sentences.
    size_t mark = from + ovf_tok_sign(d, from, ':');
    while (ovf_tok_sign(d, mark, '-') && last + 1 < d->token_count && ovf_tok_sign(d, last, '.')
           && ovf_tok_sign(d, last + 1, '-'))
        last = ovf_sentence_end(d, last + 1);
    size_t first = from;
    while (first < last && first < from + 3 && list_number(d, first) == 0)
        first++;
    unsigned item = first < last && list_number(d, first) == 1 ? 1 : 0; // a list of its own
    int depth = 0;
    for (size_t k = from; k < last; k++) {
        const ovf_token *token = &d->tokens[k];
        unsigned number = list_number(d, k);
        if (number > 0 && k > from && !(item > 0 && (number == item || number == item + 1)))
            return k;
        if (number > 0 && item > 0) {
            item = number;
            k++;
            continue;
        }
        if (token->kind == OVF_TOK_COORD)
            return before_outline(d, from, k);
        if (k > from + 2 && is_lettered(d, k))
            return k;
        bool is_stop = ovf_tok_sign(d, k, '.') && k > from && !is_glued(d, k + 1)
                       && d->tokens[k - 1].kind == OVF_TOK_NUM && d->tokens[k - 1].len > 2;
        if (ovf_tok_sign(d, k, ';') || is_stop || is_lost_stop(d, k)
            || (k > from && is_chain(d, k)))
            return k;
        size_t behind = 0;
        bool is_limit = k > from + 1 && ovf_tok_sign(d, k, ',')
                        && ovf_limits_find(d, k + 1, k + 4, &behind).found;
        if (is_limit)
            return k;
        depth += ovf_tok_sign(d, k, '(') ? 1 : ovf_tok_sign(d, k, ')') ? -1 : 0;
        if (depth < 0)
            return k;
    }
    return last;
}

/* "EXC TUESDAYS", "EXCEPT ON PUBLIC HOLIDAYS", "EXC 24 AND 25 DEC", "SAUF JOURS FERIES": when. */
static bool is_about_time(const ovf_draft *d, size_t from, size_t until)
{
    static const char *const days =
        "MON|TUE|WED|THU|FRI|SAT|SUN|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY|"
        "MONDAYS|TUESDAYS|WEDNESDAYS|THURSDAYS|FRIDAYS|SATURDAYS|SUNDAYS|WEEKEND|WEEKENDS|"
        "WEEKDAYS|HOL|HOLS|HOLIDAY|HOLIDAYS|LUNDI|MARDI|MERCREDI|JEUDI|VENDREDI|SAMEDI|SAMEDIS|"
        "DIMANCHE|DIMANCHES|FERIES|LUNES|MARTES|MIERCOLES|JUEVES|VIERNES|SABADO|SABADOS|DOMINGO|"
        "DOMINGOS|FERIADO|FERIADOS|FESTIVOS|HJ|HN|SR|SS|DAYLIGHT|NIGHT|CHRISTMAS|EASTER";
    static const char *const months =
        "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|"
        "AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER";
    size_t reach = from + 4 < until ? from + 4 : until;
    for (size_t k = from; k < reach; k++) {
        if (ovf_phrase(d, k, days) > 0 || ovf_phrase(d, k, months) > 0)
            return true;
        // "FLIGHTS ON SUNDAYS", "ACFT BTN 0800-1000" except flights.
        if (ovf_phrase(d, k,
                       "FLIGHT|FLIGHTS|FLT|FLTS|ACFT|AIRCRAFT|TFC|TRAFFIC|OPS|OPERATIONS|FOR|"
                       "EMERGENCY|EMERG|THOSE|WITH")
            > 0)
            return false;
    }
    size_t first = from + (ovf_phrase(d, from, "BTN|BETWEEN|FROM|FM|DURING|AT|DAILY|DLY") > 0);
    return first < until && d->tokens[first].kind == OVF_TOK_NUM && d->tokens[first].len == 4;
}

/* "RWY 12/30 CLSD EXC RWY INT", "CLSD EXC LLFK": a part of what is closed, not who may use it. */
static bool is_about_place(const ovf_draft *d, size_t from, size_t until)
{
    size_t k = from + (ovf_phrase(d, from, "FOR|AT|BTN|BETWEEN|THE") > 0);
    for (size_t i = k; i < until; i++) {
        if (ovf_phrase(d, i,
                       "FLIGHT|FLIGHTS|FLT|FLTS|ACFT|AIRCRAFT|TFC|TRAFFIC|HEL|HELICOPTERS|ARR|DEP|"
                       "ARRIVALS|DEPARTURES|INBD|OUTBD|INBOUND|OUTBOUND|OPERATORS|VEHICLES")
            > 0)
            return false;
    }
    if (ovf_phrase(d, k, "RWY|RUNWAY|TWY|TAXIWAY|APRON|STAND|STANDS|INT|INTERSECTION|BLOCK") > 0)
        return true;
    ovf_str word = is_word(d, k) && k < until ? ovf_tok_text(d, k) : OVF_STR("");
    return word.len == 4 && d->world != NULL
           && ovf_world_find_airport(d->world, word) != OVF_INDEX_NONE;
}

/* The words that the text says of what it leaves alone are exceptions whole (spare.c). */
static void add_spared(ovf_draft *d)
{
    ovf_addressed *a = &d->notice->addressed;
    for (size_t k = 0; k < d->spared_count; k++) {
        size_t first = d->spared[k].from;
        size_t last = d->spared[k].until;
        while (last > first + 1
               && ovf_tok_end(d, last - 1) - d->tokens[first].at > EXCEPT_MAX_BYTES)
            last--;
        ovf_push_str(d, &a->except, &a->except_count,
                     ovf_show(d, d->tokens[first].at, ovf_tok_end(d, last - 1)));
    }
}

#define ONLY_PERMITTED "ONLY PERMITTED|ALLOWED|AUTHORISED|AUTHORIZED|AUTH TO|FOR"

static const char *const starts[] = {
    "EXC|EXCEPT|EXCEPTING|EXCEPTION|EXCEPTIONS|EXCLUDING|EXEPT|EXEPTION|EXEMPTED|UNLESS",
    "DOES|DO|SHALL NOT APPLY TO|FOR",
    "NOT APPLICABLE|APPLIED|APPLYING|VALID TO|FOR",
    "DOES|DO NOT CONCERN",
    "OTHER THAN",
    "FLW FLT|FLTS|FLIGHTS NOT AFFECTED",
    "NOT AFFECT",
    "APART|ASIDE FROM",
    "SAUF|HORMIS|EXCEPTO|SALVO|EXCETO|EXCEPTUANDO|EXCEPTUAN|EXCEPTUA",
    "A L? EXCLUSION|EXCEPTION DE|DU|DES",
};

/* Behind the words that open an exception at i, or 0. there: bits of the starts that the text has. */
static size_t opens(const ovf_draft *d, size_t i, uint32_t there)
{
    for (size_t k = 0; k < OVF_COUNTOF(starts); k++) {
        size_t next = (there >> k & 1) != 0 ? ovf_phrase(d, i, starts[k]) : 0;
        if (next > 0)
            return next;
    }
    // "ENTERING ONLY PERMITTED TO POLICE AND AMBULANCE FLIGHTS"; "TO LAND" says what, not who.
    size_t only = ovf_phrase(d, i, ONLY_PERMITTED);
    bool is_deed = only > 0
                   && ovf_phrase(d, only,
                                 "LAND|ENTER|OPERATE|FLY|USE|CROSS|DEPART|PROCEED|BE|TAXI|OVERFLY|"
                                 "TRANSIT|LANDING|TAXIING|TAKEOFF")
                          > 0;
    return is_deed ? 0 : only;
}

#define AIR_WORDS "AIRSPACE|AIRSPACES|AIRSPC|AERIEN|AEREO|SKIES|FIR|FIRS|UIR"

/* Does the sentence of i say before it that an airspace is open? */
static bool is_opening(const ovf_draft *d, size_t i)
{
    bool is_air = false;
    for (size_t k = ovf_sentence_start(d, i); k < i; k++) {
        is_air = is_air || ovf_phrase(d, k, AIR_WORDS) > 0;
        bool is_open = ovf_phrase(d, k,
                                  "OPEN|OPENED|REOPEN|REOPENED|REOPENS|AVBL|AVAILABLE|OUVERT|"
                                  "REOUVERT|ABIERTO|REABIERTO|ABERTO|REABERTO")
                       > 0;
        bool is_denied = k > 0 && ovf_phrase(d, k - 1, "NOT|NO|NON|NAO|ONLY") > 0;
        if (is_air && is_open && !is_denied)
            return true;
    }
    return false;
}

/* "AIRSPACE OPEN TO ALL FLIGHTS EXCEPT AIRCRAFT OF ...": whom the opening leaves out is barred. */
bool ovf_open_but(const ovf_draft *d, size_t *from, size_t *end)
{
    uint32_t there = ovf_text_may_say_any(d, starts, OVF_COUNTOF(starts));
    if ((there == 0 && !ovf_text_may_say(d, ONLY_PERMITTED)) || !ovf_text_may_say(d, AIR_WORDS))
        return false;
    for (size_t i = d->main_from; i < d->token_count; i++) {
        size_t next = opens(d, i, there);
        if (next == 0 || !is_opening(d, i))
            continue;
        *from = next;
        *end = clause_end(d, i, next);
        if (*end > *from
            && ovf_phrase_find(
                   d, *from, *end,
                   "AIRCRAFT|ACFT|FLIGHT|FLIGHTS|FLT|FLTS|OPERATOR|OPERATORS|AIRLINE|"
                   "AIRLINES|CARRIER|CARRIERS|FLEET|AERONEFS|VOLS|AERONAVES|VUELOS|VOOS",
                   NULL)
                   != OVF_NOPOS
            && !is_about_time(d, *from, *end))
            return true;
    }
    return false;
}

void ovf_read_exceptions(ovf_draft *d)
{
    ovf_addressed *a = &d->notice->addressed;
    uint32_t there = ovf_text_may_say_any(d, starts, OVF_COUNTOF(starts));
    add_spared(d);
    if (there == 0 && !ovf_text_may_say(d, ONLY_PERMITTED))
        return;
    size_t barred = 0, barred_end = 0;
    bool is_open_but = ovf_open_but(d, &barred, &barred_end);
    for (size_t i = d->main_from; i < d->token_count && a->except_count < EXCEPT_MAX; i++) {
        size_t next = opens(d, i, there);
        if (is_open_but && next == barred) {
            i = barred_end - 1;
            continue;
        }
        if (next == 0)
            continue;
        // "UNLESS IN AN EMERGENCY, ..." opens a sentence of its own: it excepts nothing from a bar.
        bool is_unless = ovf_tok_is(d, i, "UNLESS");
        if (is_unless
            && (ovf_sentence_start(d, i) == i || d->notice->effect == OVF_EFFECT_INFORMATION))
            continue;
        size_t last = clause_end(d, i, next);
        while (last > next && (ovf_tok_sign(d, last - 1, ',') || ovf_tok_sign(d, last - 1, ':')))
            last--;
        size_t behind = 0;
        ovf_limits limits = ovf_limits_find(d, next, next + 2, &behind);
        // "(EXCEPT AS DESCRIBED)" leaves somebody out, whatever the next sentence excludes.
        bool as_said = ovf_phrase(d, next, "AS DESCRIBED|PROVIDED|SPECIFIED|STATED|AUTHORIZED") > 0;
        if (limits.found || last <= next || (!as_said && ovf_excludes_airspace(d, i, next))
            || is_about_time(d, next, last) || is_about_place(d, next, last))
            continue; // "EXC ABV FL320" is a limit, "EXC R123" a part of the area
        while (last > next + 1 && ovf_tok_end(d, last - 1) - d->tokens[i].at > EXCEPT_MAX_BYTES)
            last--;
        ovf_push_str(d, &a->except, &a->except_count,
                     ovf_show(d, d->tokens[i].at, ovf_tok_end(d, last - 1)));
        i = last - 1;
    }
}
