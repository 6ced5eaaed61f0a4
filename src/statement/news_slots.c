/* SPDX-License-Identifier: Apache-2.0 */
/* From a draft to a statement: evidence, time, count, instrument, and on whose word. */
#include "news_fill.h"

#include "news_lexicon.h"

#include <string.h>

/* ---- evidence ---- */

static bool is_edge(news_tag tag)
{
    return tag == TAG_COMMA || tag == TAG_CONJ || tag == TAG_SUB || tag == TAG_SEMI
           || tag == TAG_DASH || tag == TAG_COLON || tag == TAG_WH || tag == TAG_RPAREN;
}

/* "Jordan, which lies between, closed its airspace": the subject in front of a relative clause. */
static uint16_t front_of(const filler *f)
{
    uint16_t v = f->d->vg;
    if (v == NO_CHUNK || f->d->from != v || chunk(f, v)->kind != CH_VG)
        return f->d->from;
    uint16_t s = chunk(f, v)->subject;
    if (s == NO_CHUNK || s >= v)
        return f->d->from;
    for (uint16_t k = s; k < v; k++) {
        const news_chunk *g = chunk(f, k);
        if (g->kind == CH_VG && g->flags & VG_FINITE
            && (k == 0 || chunk(f, (uint16_t)(k - 1))->kind != CH_WH))
            return f->d->from;
    }
    return s;
}

static void fill_evidence(filler *f)
{
    const news_draft *d = f->d;
    const news_doc *doc = doc_of(f);
    uint16_t from = front_of(f);
    uint16_t until = d->until > from ? d->until : (uint16_t)(from + 1);
    bool own_word = d->says != NO_CHUNK && d->says != d->vg && f->speaker != NEWS_NONE
                    && f->speaker == f->source;
    if (own_word) {
        const news_chunk *say = chunk(f, d->says);
        uint16_t say_until = say->until > say->from ? say->until : (uint16_t)(d->says + 1);
        if (say->subject != NO_CHUNK && say->subject >= say_until && say->subject < d->says + 3)
            say_until = (uint16_t)(say->subject + 1);
        from = say->from < from ? say->from : from;
        until = say_until > until ? say_until : until;
    }
    if (until > f->c->count)
        until = f->c->count;
    f->first = chunk(f, from)->first;
    f->last = chunk(f, (uint16_t)(until - 1))->last;
    while (f->first + 1 < f->last && is_edge((news_tag)f->c->tags[f->first]))
        f->first++;
    while (f->last > f->first + 1
           && (is_edge((news_tag)f->c->tags[f->last - 1]) || (f->c->tags[f->last - 1] == TAG_STOP)))
        f->last--;
    /* quotation marks that belong to it on both sides */
    const news_sentence *s = &doc->sentences[f->c->sentence];
    if (f->first > s->first && doc->tokens[f->first - 1].flags & NEWS_OPEN)
        f->first--;
    uint32_t k = f->last;
    while (k < s->last && k < f->last + 2
           && (f->c->tags[k] == TAG_COMMA || f->c->tags[k] == TAG_STOP))
        k++;
    if (k < s->last && doc->tokens[k].flags & NEWS_CLOSE)
        f->last = k + 1;
    f->s->evidence = span_of(doc, f->first, f->last);
    if (d->vg != NO_CHUNK)
        f->s->trigger = span_of(doc, chunk(f, d->vg)->head, chunk(f, d->vg)->head + 1);
}

/* ---- time, count, instrument ---- */

static void use_time(filler *f, const news_time *t)
{
    ovf_news_days days = t->days;
    bool ahead = f->s->modality == OVF_NEWS_PLANNED || t->kind == NEWS_T_UNTIL;
    if (ahead && t->next.from != OVF_NEWS_NO_DAY && t->next.until != OVF_NEWS_NO_DAY
        && (t->next.from != 0 || t->next.until != 0))
        days = t->next;
    uint8_t kind = t->kind;
    bool extends = f->d->vg != NO_CHUNK && chunk(f, f->d->vg)->kind == CH_VG
                   && news_vg_class(f->c, f->d->vg) == NV_EXTEND;
    if (extends && kind == NEWS_T_DATE && t->first > 0
        && (NEWS_IS(doc_of(f), t->first - 1, "to") || NEWS_IS(doc_of(f), t->first, "to"))) {
        kind = NEWS_T_UNTIL; /* "extended the suspension to November 30" */
        days = t->next.from != OVF_NEWS_NO_DAY && t->next.from != 0 ? t->next : days;
    }
    switch (kind) {
    case NEWS_T_DATE:
    case NEWS_T_SINCE:
        if (f->s->date.from == OVF_NEWS_NO_DAY && f->s->date.until == OVF_NEWS_NO_DAY) {
            f->s->date = days;
            f->s->is_date_loose = t->is_loose;
            f->s->date_at = span_of(doc_of(f), t->first, t->last);
        }
        break;
    case NEWS_T_UNTIL:
        if (f->s->valid.until == OVF_NEWS_NO_DAY)
            f->s->valid.until = days.until;
        break;
    case NEWS_T_FROM:
        if (f->s->valid.from == OVF_NEWS_NO_DAY)
            f->s->valid.from = days.from;
        break;
    case NEWS_T_BOTH:
        if (f->s->valid.from == OVF_NEWS_NO_DAY && f->s->valid.until == OVF_NEWS_NO_DAY)
            f->s->valid = days;
        break;
    default: break;
    }
}

/* First time of the list that ends behind `token`. */
static uint32_t first_time(const news_doc *doc, uint32_t token)
{
    uint32_t low = 0;
    uint32_t high = doc->time_count;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (doc->times[mid].last <= token)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void times_in(filler *f, uint32_t first, uint32_t last)
{
    const news_doc *doc = doc_of(f);
    for (uint32_t i = first_time(doc, first); i < doc->time_count && doc->times[i].first < last;
         i++)
        use_time(f, &doc->times[i]);
}

/* Tokens of the clause of a verb, and a time in front of it: "On Friday, Iran closed". */
static void times_of_clause(filler *f, uint16_t v)
{
    const news_chunk *g = chunk(f, v);
    uint16_t from = g->from;
    uint16_t until = g->until > from ? g->until : (uint16_t)(from + 1);
    if (until > f->c->count)
        until = f->c->count;
    times_in(f, chunk(f, from)->first, chunk(f, (uint16_t)(until - 1))->last);
    for (int n = 0; n < 3 && from > 0; n++) {
        from--;
        uint8_t k = chunk(f, from)->kind;
        if (k == CH_TIME)
            times_in(f, chunk(f, from)->first, chunk(f, from)->last);
        if (k != CH_TIME && k != CH_COMMA && k != CH_ADV)
            break;
    }
}

static void fill_times(filler *f)
{
    const news_draft *d = f->d;
    if (d->vg != NO_CHUNK && chunk(f, d->vg)->kind == CH_VG)
        times_of_clause(f, d->vg);
    if (d->until > d->from)
        times_in(f, chunk(f, d->from)->first,
                 chunk(f, (uint16_t)((d->until < f->c->count ? d->until : f->c->count) - 1))->last);
    bool dated = f->s->date.from != OVF_NEWS_NO_DAY || f->s->date.until != OVF_NEWS_NO_DAY;
    if (!dated && d->says != NO_CHUNK && d->says != d->vg && chunk(f, d->says)->kind == CH_VG) {
        const news_chunk *say = chunk(f, d->says);
        uint16_t until = say->content_from > d->says ? say->content_from : say->until;
        uint16_t from = say->from;
        if (until > from && until <= f->c->count)
            times_in(f, chunk(f, from)->first, chunk(f, (uint16_t)(until - 1))->last);
    }
}

static void fill_count(filler *f)
{
    const news_doc *doc = doc_of(f);
    uint32_t begin = chunk(f, f->d->from)->first;
    begin = f->d->from == f->d->vg && begin > f->first ? begin : f->first;
    uint32_t low = 0;
    uint32_t high = doc->count_count;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (doc->counts[mid].last <= begin)
            low = mid + 1;
        else
            high = mid;
    }
    uint16_t until = f->d->until < f->c->count ? f->d->until : f->c->count;
    uint32_t end = until > 0 ? chunk(f, (uint16_t)(until - 1))->last : f->last;
    if (low < doc->count_count && doc->counts[low].first < end && f->d->act != OVF_ACT_CLAIM) {
        f->s->count = doc->counts[low].text;
        f->s->count_at = span_of(doc, doc->counts[low].first, doc->counts[low].last);
    }
}

static void fill_instrument(filler *f)
{
    const news_doc *doc = doc_of(f);
    uint32_t first = f->first;
    uint32_t last = f->last;
    if (f->d->says != NO_CHUNK) {
        const news_chunk *say = chunk(f, f->d->says);
        uint16_t until = say->until > say->from && say->until <= f->c->count
                             ? say->until
                             : (uint16_t)(f->d->says + 1);
        uint32_t a = chunk(f, say->from)->first;
        uint32_t b = chunk(f, (uint16_t)(until - 1))->last;
        first = a < first ? a : first;
        last = b > last ? b : last;
    }
    uint32_t low = 0;
    uint32_t high = doc->instrument_count;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (doc->instruments[mid].last <= first)
            low = mid + 1;
        else
            high = mid;
    }
    for (uint32_t i = low; i < doc->instrument_count; i++) {
        if (doc->instruments[i].first >= last)
            break;
        if (doc->instruments[i].last > first && doc->instruments[i].first >= first) {
            f->s->instrument = ovf_str_of(doc->instruments[i].value);
            return;
        }
    }
}

/* ---- on whose word ---- */

static bool has_quote(const filler *f)
{
    for (uint32_t i = f->first; i < f->last; i++) {
        if (doc_of(f)->tokens[i].flags & NEWS_QUOTED)
            return true;
    }
    return false;
}

/* A proposition of the speaker's is passed on: a denial, a claim, "warned that", "accused X of". An
 * act told in the text's own voice ("condemned the closure") is asserted. */
static bool passes_on(const filler *f)
{
    ovf_act act = f->s->act;
    if (act == OVF_ACT_DENY || act == OVF_ACT_CLAIM)
        return true;
    uint16_t v = f->d->vg;
    if (v == NO_CHUNK || chunk(f, v)->kind != CH_VG)
        return false;
    if (news_vg_is(f->c, v, "announce"))
        return true; /* "announced the closure": its own word */
    if (act == OVF_ACT_CONDEMN)
        return chunk(f, v)->flags & VG_SAYS || news_vg_is(f->c, v, "accuse")
               || news_vg_is(f->c, v, "call");
    bool tells =
        news_vg_is(f->c, v, "warn") || news_vg_is(f->c, v, "caution") || act == OVF_ACT_THREATEN;
    return chunk(f, v)->flags & VG_SAYS && tells;
}

static void fill_attribution(filler *f)
{
    ovf_news_statement *s = f->s;
    bool quoted = has_quote(f);
    bool by_colon = f->d->says != NO_CHUNK && chunk(f, f->d->says)->kind == CH_COLON
                    && f->speaker != NEWS_NONE && f->speaker == f->source && !passes_on(f)
                    && !quoted; /* "Jordan: airspace closed": the headline's own voice */
    if (by_colon)
        return;
    if (f->source_who.found && f->d->says != f->d->vg) {
        uint8_t k = f->source_who.kind;
        bool vouches = k == OVF_NEWS_OUTLET || k == OVF_NEWS_TRACKER;
        s->attribution = vouches                                      ? OVF_NEWS_REPORTED
                         : quoted || f->d->source_entity != NEWS_NONE ? OVF_NEWS_QUOTED
                                                                      : OVF_NEWS_SAID;
        s->attribution_by = f->source_who.name;
        s->source_at = f->source_who.at;
        return;
    }
    if (s->speaker.len == 0 || f->d->by_article)
        return;
    if (s->act == OVF_ACT_REPORT) {
        s->attribution = OVF_NEWS_REPORTED;
    } else if (quoted
               && (passes_on(f) || s->act == OVF_ACT_CONDEMN || s->act == OVF_ACT_WARN
                   || s->act == OVF_ACT_ORDER || s->act == OVF_ACT_THREATEN
                   || s->act == OVF_ACT_DECLARE_CLOSED || s->act == OVF_ACT_PROHIBIT
                   || s->act == OVF_ACT_SUSPEND_SERVICE || s->act == OVF_ACT_REVOKE_PERMISSION)) {
        s->attribution = OVF_NEWS_QUOTED;
    } else if (passes_on(f)) {
        s->attribution = OVF_NEWS_SAID;
    } else {
        return;
    }
    s->attribution_by = s->speaker;
}

static void fill_target(filler *f)
{
    uint16_t ng = f->d->target;
    if (ng == NO_CHUNK || chunk(f, ng)->kind != CH_NG)
        return;
    news_who who = news_who_is(f->c, ng, doc_of(f)->arena);
    if (who.found && news_head_mention(f->c, ng) != NULL) {
        f->s->target = who.name;
        f->s->target_at = who.at;
        return;
    }
    who = news_own_words(f, ng);
    f->s->target = who.name;
    f->s->target_at = who.at;
}

/* A name as the text has it, with plain apostrophes and single blanks: the same name whatever the
 * typesetter did. */
static ovf_str plain_name(ovf_arena *arena, ovf_str s)
{
    bool is_plain = true;
    for (size_t i = 0; i < s.len; i++)
        is_plain &= (unsigned char)s.ptr[i] != 0xE2 && (unsigned char)s.ptr[i] >= ' ';
    if (is_plain)
        return s;
    char *out = ovf_arena_array(arena, char, s.len + 1);
    size_t len = 0;
    if (out == NULL)
        return s;
    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == 0xE2 && i + 2 < s.len && (unsigned char)s.ptr[i + 1] == 0x80
            && ((unsigned char)s.ptr[i + 2] & 0xFE) == 0x98) {
            out[len++] = '\'';
            i += 3;
        } else if (c == 0xE2 && i + 2 < s.len && (unsigned char)s.ptr[i + 1] == 0x80
                   && ((unsigned char)s.ptr[i + 2] & 0xFE) == 0x9C) {
            out[len++] = '"';
            i += 3;
        } else if (c <= ' ') {
            if (len > 0 && out[len - 1] != ' ')
                out[len++] = ' ';
            i++;
        } else {
            out[len++] = s.ptr[i++];
        }
    }
    return (ovf_str){out, len};
}

void news_fill(news_story *story, const news_clauses *c, const news_draft *d,
               ovf_news_statement *out)
{
    filler f = {
        .story = story, .c = c, .d = d, .s = out, .speaker = NEWS_NONE, .source = NEWS_NONE};
    f.source_who.entity = NEWS_NONE;
    *out = (ovf_news_statement){.act = (ovf_act)d->act,
                                .is_negated = d->is_negated,
                                .modality = (ovf_news_modality)d->modality,
                                .is_nominal = d->is_nominal};
    out->date = out->valid = (ovf_news_days){OVF_NEWS_NO_DAY, OVF_NEWS_NO_DAY};
    news_find_source(&f);
    news_fill_speaker(&f);
    fill_evidence(&f);
    news_fill_areas(&f);
    fill_times(&f);
    fill_count(&f);
    fill_instrument(&f);
    fill_target(&f);
    fill_attribution(&f);
    ovf_arena *arena = c->doc->arena;
    out->speaker = plain_name(arena, out->speaker);
    out->target = plain_name(arena, out->target);
    out->attribution_by = plain_name(arena, out->attribution_by);
    out->count = plain_name(arena, out->count);
    for (size_t i = 0; i < out->area_count; i++)
        out->areas[i] = plain_name(arena, out->areas[i]);
    for (int i = 0; i < d->rule_count; i++)
        out->rules[out->rule_count++] = d->rules[i];
    if (out->is_area_inherited && out->area_count > 0)
        out->rules[out->rule_count++] = "AREA-INHERITED";
}
