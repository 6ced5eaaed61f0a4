/* SPDX-License-Identifier: Apache-2.0 */
/* Which pairs of gold and predicted statement may stand for each other at a level, the assignment
 * one to one with the largest total, and what is counted. */
#include "news_score.h"

#include <ctype.h>
#include <float.h>
#include <string.h>

const char *const news_level_names[NEWS_LEVELS] = {"detect", "who", "core", "full"};
const char *const news_attribute_names[NEWS_ATTRIBUTES] = {
    "act_exact",  "speaker_kind", "polarity", "modality",   "attr_kind", "attr_by", "date",
    "date_empty", "valid",        "count",    "instrument", "target",    "area_all"};

double news_precision(news_tally t)
{
    if (t.found + t.false_alarms == 0)
        return t.missed == 0 ? 1.0 : 0.0;
    return (double)t.found / (double)(t.found + t.false_alarms);
}

double news_recall(news_tally t)
{
    return t.found + t.missed == 0 ? 1.0 : (double)t.found / (double)(t.found + t.missed);
}

double news_f1(news_tally t)
{
    double p = news_precision(t), r = news_recall(t);
    return p + r > 0 ? 2 * p * r / (p + r) : 0.0;
}

/* ---- does one member agree? ---- */

static bool matches_any(const news_names *names, ovf_str name, const news_list *list, bool is_area)
{
    for (size_t i = 0; i < list->count; i++)
        if (news_names_match(names, name, list->items[i], is_area))
            return true;
    return false;
}

static bool act_agrees(const news_statement *g, const news_statement *p)
{
    if (ovf_str_eq(g->act, p->act))
        return true;
    for (size_t i = 0; i < g->act_alt.count; i++)
        if (ovf_str_eq(g->act_alt.items[i], p->act))
            return true;
    return false;
}

static bool speaker_agrees(const news_names *names, const news_statement *g,
                           const news_statement *p)
{
    if (p->speaker.len == 0)
        return g->speaker.len == 0 || g->is_speaker_free;
    return (g->speaker.len > 0 && news_names_match(names, p->speaker, g->speaker, false))
           || matches_any(names, p->speaker, &g->speaker_alt, false);
}

/* An accepted other speaker may be of another kind. */
static bool kind_agrees(const news_names *names, const news_statement *g, const news_statement *p)
{
    if (ovf_str_eq(g->speaker_kind, p->speaker_kind))
        return true;
    if (p->speaker.len == 0)
        return g->speaker.len > 0 && g->is_speaker_free;
    return !(g->speaker.len > 0 && news_names_match(names, p->speaker, g->speaker, false))
           && matches_any(names, p->speaker, &g->speaker_alt, false);
}

static bool area_agrees(const news_names *names, const news_statement *g, const news_statement *p)
{
    for (size_t i = 0; i < g->areas.count; i++)
        if (matches_any(names, g->areas.items[i], &p->areas, true))
            return true;
    return g->areas.count == 0;
}

static bool all_areas_agree(const news_names *names, const news_statement *g,
                            const news_statement *p)
{
    for (size_t i = 0; i < g->areas.count; i++)
        if (!matches_any(names, g->areas.items[i], &p->areas, true))
            return false;
    return true;
}

static bool by_agrees(const news_names *names, const news_statement *g, const news_statement *p)
{
    bool is_own = g->by.count > 0 && g->speaker.len > 0 && ovf_str_eq(g->by.items[0], g->speaker)
                  && (ovf_str_eq(g->attribution, OVF_STR("said"))
                      || ovf_str_eq(g->attribution, OVF_STR("quoted")));
    if (g->by.count == 0)
        return p->by.count == 0;
    for (size_t i = 0; i < p->by.count; i++)
        if (matches_any(names, p->by.items[i], &g->by, false)
            || (is_own && matches_any(names, p->by.items[i], &g->speaker_alt, false)))
            return true;
    return false;
}

static bool date_agrees(ovf_str gold, ovf_str predicted)
{
    int g0 = 0, g1 = 0, p0 = 0, p1 = 0;
    bool has_gold = news_days(gold, &g0, &g1), has_predicted = news_days(predicted, &p0, &p1);
    if (!has_gold || !has_predicted)
        return has_gold == has_predicted;
    if (g0 == p0 && g1 == p1)
        return true;
    int shared = (g1 < p1 ? g1 : p1) - (g0 > p0 ? g0 : p0) + 1;
    int gold_days = g1 - g0 + 1, predicted_days = p1 - p0 + 1;
    int shorter = gold_days < predicted_days ? gold_days : predicted_days;
    return shared > 0 && predicted_days <= 2 * gold_days && shared * 2 >= shorter;
}

static bool side_agrees(ovf_str gold, ovf_str predicted)
{
    return gold.len == 0 || ovf_str_eq(ovf_str_sub(gold, 0, 10), ovf_str_sub(predicted, 0, 10));
}

static bool valid_agrees(ovf_str gold, ovf_str predicted)
{
    ovf_str g_from = {0}, p_from = {0};
    if (gold.len == 0 || predicted.len == 0)
        return gold.len == predicted.len;
    ovf_str_field(&gold, '/', &g_from);
    ovf_str_field(&predicted, '/', &p_from);
    return side_agrees(g_from, p_from) && side_agrees(gold, predicted);
}

/* ">=6 airlines" to ">=" and "6"; a word number or "dozens" to the word. */
static void count_parts(ovf_str count, char operator_out[3], char value[32])
{
    size_t at = 0, len = 0;
    operator_out[0] = value[0] = '\0';
    count = ovf_str_trim(count);
    while (at < count.len && at < 2 && strchr("<>=~", count.ptr[at]) != NULL) {
        operator_out[at] = count.ptr[at];
        operator_out[++at] = '\0';
    }
    while (at < count.len && count.ptr[at] == ' ')
        at++;
    bool is_number = at < count.len && isdigit((unsigned char)count.ptr[at]);
    for (; at < count.len && len < 31; at++) {
        char c = (char)tolower((unsigned char)count.ptr[at]);
        if (is_number ? !(isdigit((unsigned char)c) || c == ',' || c == '-')
                      : !(c >= 'a' && c <= 'z'))
            break;
        if (c != ',')
            value[len++] = c;
    }
    value[len] = '\0';
}

static bool count_agrees(ovf_str gold, ovf_str predicted)
{
    char go[3], gv[32], po[3], pv[32];
    count_parts(gold, go, gv);
    count_parts(predicted, po, pv);
    return strcmp(go, po) == 0 && strcmp(gv, pv) == 0;
}

static bool is_asserted(const news_statement *s)
{
    return ovf_str_eq(s->attribution, OVF_STR("asserted"));
}

static bool full_agrees(const news_names *names, const news_statement *g, const news_statement *p)
{
    return g->is_negated == p->is_negated && kind_agrees(names, g, p)
           && ovf_str_eq(g->attribution, p->attribution)
           && (is_asserted(g) || by_agrees(names, g, p)) && date_agrees(g->date, p->date)
           && count_agrees(g->count, p->count);
}

/* Shared bytes over those of both; 0 below half of the shorter or a fifth of the union. */
static double overlap(const news_statement *g, const news_statement *p)
{
    size_t from = g->start > p->start ? g->start : p->start;
    size_t until = g->end < p->end ? g->end : p->end;
    if (from >= until)
        return 0.0;
    double shared = (double)(until - from);
    size_t first = g->start < p->start ? g->start : p->start;
    size_t last = g->end > p->end ? g->end : p->end;
    size_t g_len = g->end - g->start, p_len = p->end - p->start;
    double of_both = shared / (double)(last - first);
    double of_shorter = shared / (double)(g_len < p_len ? g_len : p_len);
    return of_shorter < 0.5 || of_both < 0.2 ? 0.0 : of_both;
}

/* ---- pairs and their assignment ---- */

/* 0: the pair may not stand at this level. A pair with required gold outweighs any other. */
static double weight(const news_names *names, const news_statement *g, const news_statement *p,
                     news_level level)
{
    double shared = act_agrees(g, p) ? overlap(g, p) : 0.0;
    if (shared <= 0)
        return 0.0;
    bool speaker = speaker_agrees(names, g, p), area = area_agrees(names, g, p);
    bool full = full_agrees(names, g, p);
    if ((level >= NEWS_WHO && !speaker) || (level >= NEWS_CORE && !area)
        || (level == NEWS_FULL && !full))
        return 0.0;
    double w = 1.0 + 0.3 * shared + (ovf_str_eq(g->act, p->act) ? 0.15 : 0) + (speaker ? 0.2 : 0)
               + (area ? 0.2 : 0) + (full ? 0.05 : 0);
    return g->is_optional ? w : w + 10.0;
}

/* The Hungarian method over a square of n, cost = -weight, rows and columns from 1; row_of[j] is
 * the row that column j goes to. Kuhn 1955, in the O(n^3) form with potentials. */
static bool assign(const double *weights, size_t n, ovf_arena *arena, size_t *row_of)
{
    double *u = ovf_arena_array(arena, double, n + 1), *v = ovf_arena_array(arena, double, n + 1);
    double *least = ovf_arena_array(arena, double, n + 1);
    size_t *way = ovf_arena_array(arena, size_t, n + 1);
    bool *is_used = ovf_arena_array(arena, bool, n + 1);
    if (u == NULL || v == NULL || least == NULL || way == NULL || is_used == NULL)
        return false;
    for (size_t i = 1; i <= n; i++) {
        size_t column = 0;
        row_of[0] = i;
        for (size_t j = 0; j <= n; j++) {
            least[j] = DBL_MAX;
            is_used[j] = false;
        }
        do {
            is_used[column] = true;
            size_t row = row_of[column], next = 0;
            double delta = DBL_MAX;
            for (size_t j = 1; j <= n; j++) {
                if (is_used[j])
                    continue;
                double reduced = -weights[(row - 1) * n + j - 1] - u[row] - v[j];
                if (reduced < least[j]) {
                    least[j] = reduced;
                    way[j] = column;
                }
                if (least[j] < delta) {
                    delta = least[j];
                    next = j;
                }
            }
            for (size_t j = 0; j <= n; j++) {
                if (is_used[j]) {
                    u[row_of[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
        } while (row_of[column] != 0);
        while (column != 0) {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    return true;
}

/* gold_of[j]: the gold statement that prediction j is assigned to, or OVF_NOPOS. */
static bool pair_up(const news_names *names, const news_document *gold,
                    const news_statement *predicted, size_t count, news_level level,
                    ovf_arena *arena, size_t *gold_of)
{
    size_t n = gold->count > count ? gold->count : count;
    double *weights = ovf_arena_array(arena, double, n *n + 1);
    size_t *row_of = ovf_arena_array(arena, size_t, n + 1);
    if (weights == NULL || row_of == NULL)
        return false;
    for (size_t i = 0; i < gold->count; i++)
        for (size_t j = 0; j < count; j++)
            weights[i * n + j] = weight(names, &gold->statements[i], &predicted[j], level);
    if (!assign(weights, n, arena, row_of))
        return false;
    for (size_t j = 0; j < count; j++) {
        size_t row = row_of[j + 1];
        gold_of[j] =
            row >= 1 && row <= gold->count && weights[(row - 1) * n + j] > 0 ? row - 1 : OVF_NOPOS;
    }
    return true;
}

/* ---- counting ---- */

static void count_act(news_result *result, ovf_str act, size_t found, size_t missed,
                      size_t false_alarms)
{
    size_t index = news_act_index(act);
    if (index == NEWS_ACTS)
        return;
    result->acts[index].found += found;
    result->acts[index].missed += missed;
    result->acts[index].false_alarms += false_alarms;
}

static void tell(FILE *list, const char *what, const news_document *d, const news_statement *s)
{
    if (list == NULL)
        return;
    fprintf(list, "%-9s " OVF_FMT " " OVF_FMT " | " OVF_FMT " | ", what, OVF_ARG(d->id),
            OVF_ARG(s->act), OVF_ARG(s->speaker));
    for (size_t i = 0; i < s->areas.count; i++)
        fprintf(list, "%s" OVF_FMT, i > 0 ? "; " : "", OVF_ARG(s->areas.items[i]));
    ovf_str evidence = ovf_str_sub(d->text, s->start, s->end);
    fprintf(list, " | " OVF_FMT, OVF_ARG(evidence));
    for (size_t i = 0; i < OVF_COUNTOF(s->rules) && s->rules[i] != NULL; i++)
        fprintf(list, "%s%s", i > 0 ? " " : " | ", s->rules[i]);
    fprintf(list, "\n");
}

/* Act and passage agree and the speaker or the area does not: what was asked and what was found. */
static void tell_near(const news_names *names, const news_document *d,
                      const news_statement *predicted, size_t count, const size_t *gold_of,
                      FILE *list)
{
    for (size_t j = 0; j < count; j++) {
        if (gold_of[j] == OVF_NOPOS)
            continue;
        const news_statement *g = &d->statements[gold_of[j]];
        bool is_speaker = !speaker_agrees(names, g, &predicted[j]);
        if (!is_speaker && area_agrees(names, g, &predicted[j]))
            continue;
        tell(list, is_speaker ? "SPEAKER" : "AREA", d, g);
        tell(list, "   not", d, &predicted[j]);
    }
}

static bool is_attribute_right(const news_names *names, size_t attribute, const news_statement *g,
                               const news_statement *p, bool *is_asked)
{
    *is_asked = true;
    switch (attribute) {
    case 0: return ovf_str_eq(g->act, p->act);
    case 1: return ovf_str_eq(g->speaker_kind, p->speaker_kind);
    case 2: return g->is_negated == p->is_negated;
    case 3: return ovf_str_eq(g->modality, p->modality);
    case 4: return ovf_str_eq(g->attribution, p->attribution);
    case 5: *is_asked = !is_asserted(g); return by_agrees(names, g, p);
    case 6: *is_asked = g->date.len > 0; return date_agrees(g->date, p->date);
    case 7: *is_asked = g->date.len == 0; return p->date.len == 0;
    case 8: *is_asked = g->valid.len > 0; return valid_agrees(g->valid, p->valid);
    case 9: *is_asked = g->count.len > 0; return count_agrees(g->count, p->count);
    case 10: *is_asked = g->instrument.len > 0; return ovf_str_eq(g->instrument, p->instrument);
    case 11:
        *is_asked = g->target.len > 0;
        return news_names_match(names, g->target, p->target, false);
    default: *is_asked = g->areas.count > 1; return all_areas_agree(names, g, p);
    }
}

static void tell_members(FILE *list, const char *what, const news_statement *s)
{
    ovf_str by = s->by.count > 0 ? s->by.items[0] : OVF_STR("-");
    fprintf(list,
            "          %s " OVF_FMT " %s " OVF_FMT " " OVF_FMT " | " OVF_FMT " | " OVF_FMT "\n",
            what, OVF_ARG(s->speaker_kind), s->is_negated ? "neg" : "pos", OVF_ARG(s->attribution),
            OVF_ARG(by), OVF_ARG(s->date), OVF_ARG(s->count));
}

static void count_attributes(const news_names *names, const news_document *d,
                             const news_statement *g, const news_statement *p, news_result *result,
                             FILE *list)
{
    for (size_t a = 0; a < NEWS_ATTRIBUTES; a++) {
        bool is_asked = false;
        bool is_right = is_attribute_right(names, a, g, p, &is_asked);
        if (!is_asked)
            continue;
        result->attribute_asked[a]++;
        result->attribute_right[a] += is_right;
        if (!is_right && list != NULL) {
            fprintf(list, "%-9s ", news_attribute_names[a]);
            tell(list, "gold", d, g);
            tell_members(list, "asked", g);
            tell_members(list, "found", p);
        }
    }
}

static void count_level(const news_names *names, const news_document *gold,
                        const news_statement *predicted, size_t count, const size_t *gold_of,
                        bool *is_found, news_level level, news_result *result, FILE *list)
{
    news_tally *t = &result->levels[level];
    size_t spare = 2; // nouns that tell an act and are not in the gold are forgiven twice
    memset(is_found, 0, (gold->count + 1) * sizeof *is_found);
    for (size_t j = 0; j < count; j++) {
        if (gold_of[j] == OVF_NOPOS) {
            if (predicted[j].is_nominal && spare > 0) {
                spare--;
                continue;
            }
            t->false_alarms++;
            if (level == NEWS_CORE)
                count_act(result, predicted[j].act, 0, 0, 1);
            tell(list, "FALSE", gold, &predicted[j]);
            continue;
        }
        const news_statement *g = &gold->statements[gold_of[j]];
        is_found[gold_of[j]] = true;
        t->found += !g->is_optional;
        tell(list, "found", gold, &predicted[j]);
        if (level == NEWS_CORE && !g->is_optional) {
            count_act(result, g->act, 1, 0, 0);
            count_attributes(names, gold, g, &predicted[j], result, list);
        }
    }
    for (size_t i = 0; i < gold->count; i++)
        if (!is_found[i] && !gold->statements[i].is_optional) {
            t->missed++;
            if (level == NEWS_CORE)
                count_act(result, gold->statements[i].act, 0, 1, 0);
            tell(list, "MISS", gold, &gold->statements[i]);
        }
}

bool news_score(const news_names *names, const news_document *gold, const news_statement *predicted,
                size_t predicted_count, ovf_arena *arena, news_result *result, FILE *list)
{
    size_t *gold_of = ovf_arena_array(arena, size_t, predicted_count + 1);
    bool *is_found = ovf_arena_array(arena, bool, gold->count + 1);
    if (gold_of == NULL || is_found == NULL)
        return false;
    for (int level = 0; level < NEWS_LEVELS; level++) {
        if (!pair_up(names, gold, predicted, predicted_count, (news_level)level, arena, gold_of))
            return false;
        if (level == NEWS_DETECT && list != NULL)
            tell_near(names, gold, predicted, predicted_count, gold_of, list);
        count_level(names, gold, predicted, predicted_count, gold_of, is_found, (news_level)level,
                    result, level == NEWS_CORE ? list : NULL);
    }
    return true;
}
