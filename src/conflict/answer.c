/* SPDX-License-Identifier: Apache-2.0 */
/* From crossings to one answer. The worst counts: blocked over unknown over touched over clear.
 * A crossing that needs a permission (COND) bars a flight that has not got it, and nobody told us
 * of any: it is blocked. What nobody vouches for is unknown, never clear. */
#include "conflict_internal.h"

#include <math.h>

static bool is_barring(ovf_verdict verdict)
{
    return verdict == OVF_VERDICT_BINDING || verdict == OVF_VERDICT_CONDITIONAL
           || verdict == OVF_VERDICT_CONTESTED;
}

/* It would take an exception, of which nothing gives a sign, for it to be addressed to this flight. */
static bool is_reserve(const ovf_ruling *ruling)
{
    return ruling->applies == OVF_TRI_UNKNOWN && ruling->is_remote;
}

static ovf_touch weight_of(const ovf_crossing *c)
{
    const ovf_ruling *ruling = &c->ruling;
    if (ruling->applies == OVF_TRI_NO || is_reserve(ruling))
        return OVF_TOUCH_TOUCHED;
    if (is_barring(ruling->verdict) && ruling->applies == OVF_TRI_YES
        && c->certainty == OVF_TRI_YES)
        return OVF_TOUCH_BLOCKED;
    bool may_bar = is_barring(ruling->verdict)
                   || (ruling->applies == OVF_TRI_UNKNOWN && is_barring(ruling->on_addressed));
    if (may_bar || ruling->verdict == OVF_VERDICT_UNKNOWN)
        return OVF_TOUCH_UNKNOWN;
    return OVF_TOUCH_TOUCHED;
}

static bool is_unchecked(const ovf_crossing *c)
{
    return ovf_str_find(c->ruling.marks, 0, OVF_STR("unchecked")) != OVF_NOPOS;
}

static ovf_str crossing_why(const way *w, const ovf_crossing *c, ovf_touch weight)
{
    char when[40] = "at a time not known";
    if (c->entry.time != OVF_TIME_NONE)
        ovf_time_format_plain(c->entry.time, when, sizeof(when));
    const char *verdict = ovf_verdict_name(c->ruling.verdict);
    ovf_str id = c->restriction->id;
    if (weight == OVF_TOUCH_BLOCKED)
        return ovf_arena_printf(
            w->arena, OVF_FMT " (%s%s) bars it: inside from %s for %.0f NM", OVF_ARG(id), verdict,
            is_unchecked(c) ? "; its row of law.txt is not checked against its source" : "", when,
            ovf_m_to_nm(c->inside_m));
    ovf_str why = c->certainty != OVF_TRI_YES ? c->certainty_why : c->ruling.applies_why;
    ovf_str missing = c->certainty == OVF_TRI_YES ? c->ruling.missing : OVF_STR("");
    return ovf_arena_printf(w->arena, OVF_FMT " (%s), %s, cannot be settled: " OVF_FMT "%s" OVF_FMT,
                            OVF_ARG(id), verdict, when, OVF_ARG(why),
                            missing.len > 0 ? "; not known: " : "", OVF_ARG(missing));
}

/* ---- who vouches ---- */

static bool is_vouched_for(const way *w, ovf_str state, double along_m)
{
    ovf_time at = w->at;
    if (at == OVF_TIME_NONE && w->track->timed)
        at = (ovf_time)llround(way_time_s(w, along_m));
    ovf_time as_of = ovf_picture_options_of(w->picture).as_of;
    // Nobody can vouch for what is issued after the moment of knowing.
    if (as_of != OVF_TIME_OPEN && (at == OVF_TIME_NONE || at > as_of))
        at = as_of;
    ovf_time to =
        at == OVF_TIME_NONE ? OVF_TIME_NONE : ovf_picture_complete_to(w->picture, state, at);
    return to != OVF_TIME_NONE && to >= at;
}

static bool is_noted(const ovf_conflict *out, ovf_str code)
{
    for (size_t i = 0; i < out->uncovered_count; i++) {
        if (ovf_str_eq(out->uncovered[i], code))
            return true;
    }
    return false;
}

static ovf_status find_uncovered(way *w, ovf_conflict *out, bool *has_gap, ovf_error *err)
{
    fir_spans firs;
    if (way_firs(w, (span){0, w->track->length_m}, &firs) != OVF_OK
        || way_has_gap(w, &firs, has_gap) != OVF_OK)
        return no_memory(err);
    out->uncovered = ovf_arena_array(w->arena, ovf_str, firs.count + 1);
    if (out->uncovered == NULL)
        return no_memory(err);
    for (size_t i = 0; i < firs.count; i++) {
        const ovf_fir *fir = ovf_world_fir(w->world, firs.items[i].fir);
        ovf_str state = fir->state == OVF_INDEX_NONE ? OVF_STR("")
                                                     : ovf_world_state(w->world, fir->state)->iso3;
        if (!is_noted(out, fir->code) && !is_vouched_for(w, state, firs.items[i].on.from_m))
            out->uncovered[out->uncovered_count++] = fir->code;
    }
    return OVF_OK;
}

/* Its own State may bind the operator anywhere: somebody must vouch for that issuer too. */
static bool is_home_covered(const way *w)
{
    return w->party.operator_state.len == 0
           || is_vouched_for(w, w->party.operator_state, w->track->length_m / 2);
}

/* ---- the sentence ---- */

static ovf_str joined(const way *w, const ovf_str *codes, size_t count)
{
    ovf_str all = OVF_STR("");
    for (size_t i = 0; i < count && i < 12; i++)
        all = ovf_arena_printf(w->arena, OVF_FMT "%s" OVF_FMT, OVF_ARG(all), i > 0 ? " " : "",
                               OVF_ARG(codes[i]));
    return all;
}

/* Why nothing can be said although no crossing is in doubt; empty when all is known. */
static ovf_str missing_why(const way *w, const ovf_conflict *out, bool has_gap)
{
    bool is_alone = ovf_picture_options_of(w->picture).alone;
    const ovf_flight *f = w->flight;
    if (!w->track->complete) {
        if (f->unresolved_count == 0)
            return OVF_STR("the route is not complete");
        return ovf_arena_printf(
            w->arena, "%zu parts of the route are not known, the first: " OVF_FMT " (" OVF_FMT ")",
            f->unresolved_count, OVF_ARG(f->unresolved[0].text), OVF_ARG(f->unresolved[0].why));
    }
    ovf_str gap = ovf_picture_gap(w->picture);
    if (gap.len > 0 || is_alone)
        return gap;
    if (out->uncovered_count > 0)
        return ovf_arena_printf(w->arena, "nobody vouches for the notices of " OVF_FMT,
                                OVF_ARG(joined(w, out->uncovered, out->uncovered_count)));
    if (!is_home_covered(w))
        return ovf_arena_printf(
            w->arena, "nobody vouches for the notices of " OVF_FMT ", the State of the operator",
            OVF_ARG(w->party.operator_state));
    // Outside the FIRs of the world tables nobody knows whose notices hold: all must be there.
    if (has_gap && !is_vouched_for(w, OVF_STR("*"), w->track->length_m / 2))
        return OVF_STR("part of the way lies in no FIR of the world tables");
    return OVF_STR("");
}

ovf_touch answer_worst(const ovf_crossing *crossings, size_t count, const ovf_crossing **decisive)
{
    static const int rank[] = {[OVF_TOUCH_CLEAR] = 0,
                               [OVF_TOUCH_TOUCHED] = 1,
                               [OVF_TOUCH_UNKNOWN] = 2,
                               [OVF_TOUCH_BLOCKED] = 3};
    ovf_touch worst = OVF_TOUCH_CLEAR;
    *decisive = NULL;
    for (size_t i = 0; i < count; i++) {
        ovf_touch weight = weight_of(&crossings[i]);
        // Of two that weigh the same, the first; but what was looked up before what was not.
        bool is_better = rank[weight] == rank[worst] && *decisive != NULL && is_unchecked(*decisive)
                         && !is_unchecked(&crossings[i]);
        if (rank[weight] > rank[worst] || is_better) {
            worst = weight;
            *decisive = &crossings[i];
        }
    }
    return worst;
}

/* Notices that would bar it by what is not known of it, each once. */
static size_t reserved_notices(const ovf_conflict *out, const ovf_crossing **first)
{
    size_t count = 0;
    *first = NULL;
    for (size_t i = 0; i < out->crossing_count; i++) {
        const ovf_crossing *c = &out->crossings[i];
        bool is_new = is_reserve(&c->ruling) && is_barring(c->ruling.on_addressed);
        for (size_t k = 0; k < i && is_new; k++)
            is_new = out->crossings[k].restriction->notice != c->restriction->notice
                     || !is_reserve(&out->crossings[k].ruling)
                     || !is_barring(out->crossings[k].ruling.on_addressed);
        if (is_new && *first == NULL)
            *first = c;
        count += is_new;
    }
    return count;
}

/* What else of the flight would have to be known. The owner is in no plan: rows of standing law that hang
 * on it alone are listed and not told of every flight. */
static bool add_reserve(const way *w, ovf_conflict *out)
{
    size_t count = 0;
    for (size_t i = 0; i < out->law_count; i++) {
        ovf_str missing = ovf_law_missing(ovf_picture_rules(w->picture), out->law[i]->notice,
                                          &out->party, w->arena);
        if (missing.ptr == NULL)
            return false;
        count += !ovf_str_eq(missing, OVF_STR("owner"));
    }
    const ovf_crossing *first = NULL;
    size_t notices = reserved_notices(out, &first);
    if (notices > 0)
        out->why = ovf_arena_printf(
            w->arena,
            OVF_FMT "; " OVF_FMT "%s would bar it by what is not known of it (" OVF_FMT ")",
            OVF_ARG(out->why), OVF_ARG(first->restriction->id), notices > 1 ? " and others" : "",
            OVF_ARG(first->ruling.missing));
    if (count > 0 && out->why.ptr != NULL)
        out->why = ovf_arena_printf(
            w->arena, OVF_FMT "; %zu row%s of standing law may bind it by what is not known of it",
            OVF_ARG(out->why), count, count == 1 ? "" : "s");
    return out->why.ptr != NULL;
}

ovf_status answer_all(way *w, ovf_conflict *out, ovf_error *err)
{
    bool is_alone = ovf_picture_options_of(w->picture).alone;
    bool has_gap = false; // asked only where somebody could vouch
    ovf_status status = is_alone ? OVF_OK : find_uncovered(w, out, &has_gap, err);
    if (status != OVF_OK)
        return status;
    const ovf_crossing *decisive = NULL;
    ovf_touch worst = answer_worst(out->crossings, out->crossing_count, &decisive);
    out->answer = worst;
    if (worst == OVF_TOUCH_BLOCKED || worst == OVF_TOUCH_UNKNOWN) {
        out->why = crossing_why(w, decisive, worst);
        return OVF_OK;
    }
    ovf_str missing = missing_why(w, out, has_gap);
    if (missing.len > 0) {
        out->answer = OVF_TOUCH_UNKNOWN;
        out->why = missing;
    } else if (worst == OVF_TOUCH_TOUCHED) {
        out->why = ovf_arena_printf(w->arena, "%zu crossing%s, none of which bars it",
                                    out->crossing_count, out->crossing_count == 1 ? "" : "s");
    } else {
        out->why = is_alone ? OVF_STR("crosses nothing that these notices restrict")
                            : OVF_STR("crosses nothing that is restricted then");
    }
    return add_reserve(w, out) ? OVF_OK : no_memory(err);
}
