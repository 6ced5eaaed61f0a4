/* SPDX-License-Identifier: Apache-2.0 */
/* A notice in two or three English sentences: who says, what, for whom, where, how high; when; why,
 * with what exceptions, and what could not be read. Only what was decoded, and words of the text. */
#include "plain.h"
#include "expand.h"
#include "words.h"

enum { TEXT_MAX_BYTES = 420 };

void ovf_plain_say(ovf_buf *b, const char *words)
{
    ovf_buf_add(b, ovf_str_of(words));
}

/* ---- who ---- */

void ovf_plain_state(ovf_buf *b, ovf_str iso3)
{
    static const char *const with_article[] = {"ARE", "GBR", "USA", "NLD", "PHL", "BHS", "MDV",
                                               "DOM", "CAF", "COD", "COG", "CYM", "TCA", "VGB",
                                               "GMB", "MHL", "SLB", "SYC", "COM"};
    for (size_t i = 0; i < OVF_COUNTOF(with_article); i++) {
        if (ovf_str_eq(iso3, ovf_str_of(with_article[i])))
            ovf_plain_say(b, "the ");
    }
    ovf_buf_add(b, ovf_state_english(iso3));
}

static void say_issuer(ovf_buf *b, const ovf_notice *n)
{
    if (ovf_str_eq(n->issuer.kind, OVF_STR("easa")))
        ovf_plain_say(b, "EASA");
    else if (ovf_str_eq(n->issuer.office, OVF_STR("KICZ")))
        ovf_plain_say(b, "the FAA (United States)");
    else if (n->issuer.state.len > 0)
        ovf_plain_state(b, n->issuer.state);
    else if (n->issuer.office.len > 0)
        ovf_buf_printf(b, "the office " OVF_FMT, OVF_ARG(n->issuer.office));
    else
        ovf_plain_say(b, n->form == OVF_FORM_NAVWARN ? "a navigational warning" : "the notice");
    if (n->relayed.span.len == 0)
        return;
    ovf_plain_say(b, ", repeating ");
    if (n->relayed.state.len > 0)
        ovf_plain_state(b, n->relayed.state);
    else
        ovf_expand(b, n->relayed.office, 80);
    ovf_plain_say(b, ",");
}

/* ---- whom ---- */

static void say_list(ovf_buf *b, const char *what, const ovf_str *states, size_t count,
                     size_t *said)
{
    for (size_t i = 0; i < count; i++) {
        ovf_plain_say(b, i > 0 ? (i + 1 == count ? " and " : ", ") : *said > 0 ? "; " : "");
        if (i == 0)
            ovf_plain_say(b, what);
        ovf_plain_state(b, states[i]);
    }
    *said += count;
}

static void say_flights(ovf_buf *b, const ovf_addressed *a, size_t *said)
{
    for (size_t i = 0; i < a->flight_count; i++) {
        ovf_str words = a->flights[i];
        bool is_way =
            ovf_str_starts(words, OVF_STR("TO ")) || ovf_str_starts(words, OVF_STR("FROM "));
        ovf_plain_say(b, *said > 0 ? ", " : "");
        if (is_way) {
            size_t blank = ovf_str_find(words, 0, OVF_STR(" "));
            ovf_plain_say(b, blank == 2 ? "flights to " : "flights from ");
            ovf_plain_state(b, ovf_str_tail(words, blank + 1));
        } else {
            bool is_tco = ovf_str_eq(words, OVF_STR("TCO"));
            ovf_expand(b, is_tco ? OVF_STR("third country operators") : words, 60);
            ovf_plain_say(b, is_tco ? "" : " flights");
        }
        (*said)++;
    }
    for (size_t i = 0; i < a->aircraft_count; i++) {
        ovf_plain_say(b, *said > 0 ? ", " : "");
        bool is_unmanned = ovf_str_eq(a->aircraft[i], OVF_STR("UAS"));
        if (!is_unmanned)
            ovf_plain_say(b, "aircraft of the kind ");
        ovf_expand(b, a->aircraft[i], 60);
        (*said)++;
    }
}

/* false: nobody is singled out. */
static bool say_addressed(ovf_buf *b, const ovf_notice *n)
{
    const ovf_addressed *a = &n->addressed;
    size_t said = 0;
    if (a->us_persons) {
        ovf_plain_say(
            b,
            "US air carriers and commercial operators, users of FAA airman certificates and "
            "operators of US-registered aircraft, but not those flying for a foreign air carrier");
        return true;
    }
    say_list(b, "operators of ", a->operator_states, a->operator_state_count, &said);
    say_list(b, "aircraft registered in ", a->registry_states, a->registry_state_count, &said);
    say_list(b, "aircraft owned, leased or controlled from ", a->owner_states, a->owner_state_count,
             &said);
    say_list(b, "airmen licensed by ", a->airman_states, a->airman_state_count, &said);
    say_flights(b, a, &said);
    return said > 0;
}

/* ---- what ---- */

static void say_advice(ovf_buf *b, const ovf_notice *n)
{
    bool is_bar = n->advice == OVF_ADVICE_DO_NOT_FLY;
    ovf_plain_say(b, " advises ");
    if (!say_addressed(b, n))
        ovf_plain_say(b, "everyone");
    ovf_plain_say(b, is_bar                                    ? " to keep out"
                     : n->advice == OVF_ADVICE_EXTREME_CAUTION ? " to exercise extreme caution"
                                                               : " to exercise caution");
}

static void say_text(ovf_buf *b, const ovf_notice *n)
{
    ovf_plain_say(b, ": \"");
    ovf_str text = ovf_str_trim(n->text);
    while (text.len > 0 && text.ptr[text.len - 1] == '.')
        text = ovf_str_sub(text, 0, text.len - 1);
    ovf_expand(b, text, TEXT_MAX_BYTES);
    ovf_plain_say(b, "\"");
}

static void say_closing(ovf_buf *b, const ovf_notice *n, ovf_matter matter)
{
    if (n->effect == OVF_EFFECT_CLOSED)
        ovf_plain_say(b, ovf_plain_is_first(n, OVF_SHAPE_ROUTE) ? " closes"
                         : matter == OVF_MATTER_ROUTE           ? " closes routes"
                         : matter == OVF_MATTER_AERODROME       ? " closes the aerodrome"
                         : n->area_count == 0                   ? " announces a closure"
                                                                : " closes the airspace");
    else if (n->effect == OVF_EFFECT_PROHIBITED)
        ovf_plain_say(b, " prohibits flight");
    else if (matter == OVF_MATTER_AERODROME)
        ovf_plain_say(b, " restricts the use of the aerodrome");
    else
        ovf_plain_say(b, " allows flight on conditions only");
    ovf_buf whom = {.limit = 2000};
    if (say_addressed(&whom, n)) {
        ovf_plain_say(b, n->effect == OVF_EFFECT_PROHIBITED ? " by " : " for ");
        ovf_buf_add(b, ovf_buf_str(&whom));
    }
    ovf_buf_done(&whom);
}

static void say_lifted(ovf_buf *b, const ovf_notice *n)
{
    if (n->kind == OVF_NOTICE_CANCEL) {
        ovf_buf_printf(b, " cancels " OVF_FMT,
                       OVF_ARG(n->refers_to.len > 0 ? n->refers_to : OVF_STR("an earlier notice")));
        return;
    }
    ovf_plain_say(b, " lifts what was in force");
    if (n->subject.len > 0 && n->condition.len > 0)
        ovf_buf_printf(b, " (" OVF_FMT ": " OVF_FMT ")", OVF_ARG(n->subject),
                       OVF_ARG(n->condition));
}

/* The sentence's verb and object; true: where and how high go with it. */
static bool say_what(ovf_buf *b, const ovf_notice *n)
{
    ovf_matter matter = ovf_qcode_matter(n->qcode);
    if (n->strength == OVF_STRENGTH_SERVICE) {
        ovf_plain_say(b, " gives notice that air traffic services are not provided");
        return true;
    }
    switch (n->effect) {
    case OVF_EFFECT_CLOSED:
    case OVF_EFFECT_PROHIBITED:
    case OVF_EFFECT_RESTRICTED: say_closing(b, n, matter); return true;
    case OVF_EFFECT_DANGER: ovf_plain_say(b, " warns of a danger area"); return true;
    case OVF_EFFECT_WARNING:
        ovf_plain_say(b, " warns of ");
        if (matter == OVF_MATTER_HAZARD || matter == OVF_MATTER_GNSS)
            ovf_buf_printf(
                b, "%s" OVF_FMT, matter == OVF_MATTER_GNSS ? "trouble with " : "",
                OVF_ARG(matter == OVF_MATTER_GNSS ? OVF_STR("satellite navigation") : n->subject));
        else
            ovf_plain_say(b, "a hazard");
        return true;
    case OVF_EFFECT_ADVISORY: say_advice(b, n); return true;
    case OVF_EFFECT_FLOW: ovf_plain_say(b, " regulates the flow of traffic"); return true;
    case OVF_EFFECT_LIFTED: say_lifted(b, n); return n->kind != OVF_NOTICE_CANCEL;
    case OVF_EFFECT_INFORMATION:
    case OVF_EFFECT_UNKNOWN: break;
    }
    bool is_nobody = n->issuer.state.len + n->issuer.office.len == 0;
    ovf_plain_say(b, n->effect != OVF_EFFECT_INFORMATION ? " says, not understood further"
                     : is_nobody                         ? " says"
                                                         : " gives notice");
    return true;
}

/* The areas that have this effect, as a notice of their own to be told. */
static ovf_notice only_with(const ovf_notice *n, ovf_effect effect, ovf_notice_area *areas)
{
    ovf_notice part = *n;
    part.effect = effect;
    part.areas = areas;
    part.area_count = 0;
    for (size_t i = 0; i < n->area_count; i++) {
        ovf_effect own = n->areas[i].effect == OVF_EFFECT_UNKNOWN ? n->effect : n->areas[i].effect;
        if (own == effect)
            areas[part.area_count++] = n->areas[i];
    }
    return part;
}

/* What the notice does elsewhere: "It advises caution in the flight information region X." */
static void say_others(ovf_buf *b, const ovf_notice *n, ovf_notice_area *areas)
{
    static const struct {
        ovf_effect effect;
        const char *words;
    } kinds[] = {
        {OVF_EFFECT_CLOSED, " It closes the airspace"},
        {OVF_EFFECT_PROHIBITED, " It prohibits flight"},
        {OVF_EFFECT_RESTRICTED, " It allows flight on conditions only"},
        {OVF_EFFECT_DANGER, " It warns of a danger area"},
        {OVF_EFFECT_WARNING, " It warns of a hazard"},
        {OVF_EFFECT_ADVISORY, " It only gives advice"},
        {OVF_EFFECT_LIFTED, " It lifts what was in force"},
    };
    for (size_t k = 0; k < OVF_COUNTOF(kinds); k++) {
        ovf_notice part = only_with(n, kinds[k].effect, areas);
        if (kinds[k].effect == n->effect || part.area_count == 0)
            continue;
        ovf_plain_say(b, kinds[k].words);
        part.fir_count = 0;
        if (ovf_plain_where(b, &part, false))
            ovf_plain_height(b, &part);
        ovf_plain_say(b, ".");
    }
}

ovf_status ovf_notice_plain(const ovf_notice *notice, ovf_arena *arena, ovf_str *out)
{
    ovf_buf b = {.limit = 8192};
    ovf_notice_area *areas = ovf_arena_array(arena, ovf_notice_area, notice->area_count + 1);
    if (areas == NULL)
        return OVF_E_NOMEM;
    ovf_notice main = only_with(notice, notice->effect, areas);
    const ovf_notice *n = main.area_count > 0 ? &main : notice;
    if (n->id.len > 0)
        ovf_buf_printf(&b, OVF_FMT ": ", OVF_ARG(n->id));
    size_t who = b.len;
    say_issuer(&b, n);
    if (b.len > who && b.ptr != NULL)
        b.ptr[who] = ovf_upper(b.ptr[who]);
    bool with_place = say_what(&b, n);
    bool is_quoted = n->effect == OVF_EFFECT_INFORMATION || n->effect == OVF_EFFECT_UNKNOWN
                     || n->effect == OVF_EFFECT_FLOW;
    bool is_aerodrome_said =
        ovf_qcode_matter(n->qcode) == OVF_MATTER_AERODROME
        && (n->effect == OVF_EFFECT_CLOSED || n->effect == OVF_EFFECT_RESTRICTED);
    if (with_place && ovf_plain_where(&b, n, is_aerodrome_said) && !is_quoted)
        ovf_plain_height(&b, n);
    bool is_hazard = n->effect == OVF_EFFECT_WARNING || n->effect == OVF_EFFECT_DANGER;
    if (is_hazard && n->advice != OVF_ADVICE_NONE) {
        ovf_plain_say(&b, ", and");
        say_advice(&b, n);
    }
    // Without a place the sentence says less than the notice: its own words follow.
    bool is_placeless = with_place && n->area_count == 0;
    if ((is_quoted || is_placeless) && n->text.len > 0)
        say_text(&b, n);
    ovf_plain_say(&b, ".");
    if (n != notice)
        say_others(&b, notice, areas);
    n = notice;
    if (n->kind == OVF_NOTICE_REPLACE && n->refers_to.len > 0)
        ovf_buf_printf(&b, " It replaces " OVF_FMT ".", OVF_ARG(n->refers_to));
    ovf_plain_when(&b, n);
    if (!is_quoted && !is_placeless) {
        ovf_plain_reason(&b, n);
        ovf_plain_exceptions(&b, n);
    }
    ovf_plain_doubts(&b, n);
    *out = ovf_arena_dup(arena, ovf_buf_str(&b));
    ovf_buf_done(&b);
    return out->ptr == NULL ? OVF_E_NOMEM : OVF_OK;
}
