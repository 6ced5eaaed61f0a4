/* SPDX-License-Identifier: Apache-2.0 */
/* The timeline as a picture: what of each notice and statement is a bar, what a mark, and which
 * stretch of time is shown when nobody says. */
#include "brief.h"
#include "timeline.h"

#include <stdlib.h>
#include <string.h>

#define LONE_SHARE 0.1 /* of the items may lie before a long silence at the start */
#define SILENCE_SHARE 0.25
#define AFTER_SHARE 0.35 /* of the time with starts: so much behind the last one, for ends */
#define PAD_SHARE 0.02
#define LABEL_BYTES 180
#define SENTENCE_BYTES 25 /* a full stop before it ends an abbreviation */

/* What an operator does from a moment on. */
typedef struct posture {
    ovf_str operator_icao;
    ovf_story_tone tone;
    ovf_time from, until, known;
    ovf_str by; /* who says so, where it is another */
} posture;

typedef struct picture {
    timeline *t;
    ovf_arena *arena;
    ovf_story_item *items;
    size_t count, capacity;
    posture *postures;
    size_t posture_count, posture_capacity;
    bool out_of_memory;
} picture;

static void add(picture *p, const ovf_story_item *item)
{
    if (!ovf_arena_grow(p->arena, (void **)&p->items, p->count, &p->capacity, sizeof(*item))) {
        p->out_of_memory = true;
        return;
    }
    p->items[p->count++] = *item;
}

/* ---- notices ---- */

static ovf_verdict verdict_of(const picture *p, const ovf_notice *notice)
{
    const ovf_picture *all = p->t->context.picture;
    ovf_verdict heaviest = OVF_VERDICT_NONE;
    for (size_t i = 0; i < ovf_picture_restriction_count(all); i++) {
        const ovf_restriction *r = ovf_picture_restriction(all, i);
        ovf_restriction_piece *pieces = NULL;
        size_t count = 0;
        if (r->notice != notice
            || ovf_picture_judge(all, r, NULL, p->arena, &pieces, &count, NULL) != OVF_OK)
            continue;
        for (size_t k = 0; k < count; k++) {
            if (pieces[k].ruling.verdict > heaviest)
                heaviest = pieces[k].ruling.verdict;
        }
    }
    return heaviest;
}

static void add_notice(picture *p, const ovf_notice *notice, const ovf_source *source,
                       const ovf_standing *standing)
{
    // A cancellation is the end of what it cancels; a list and a superseded text are no events.
    if (notice->kind == OVF_NOTICE_CANCEL || notice->is_checklist || standing->is_superseded)
        return;
    ovf_interval during = standing->in_force;
    if (during.from == OVF_TIME_NONE)
        during.from = source->known;
    if (during.from == OVF_TIME_NONE)
        return;
    bool is_open = during.until == OVF_TIME_OPEN;
    if (is_open && standing->estimated_end != OVF_TIME_NONE)
        during.until = standing->estimated_end;
    ovf_str id = notice->id.len > 0 ? notice->id : OVF_STR("without number");
    ovf_story_item item = {
        .lane = OVF_STORY_AUTHORITY,
        .tone = OVF_STORY_BY_VERDICT,
        .verdict = verdict_of(p, notice),
        .row = timeline_issuer_words(p->t, notice),
        .label = ovf_arena_printf(p->arena, OVF_FMT " " OVF_FMT, OVF_ARG(id),
                                  OVF_ARG(timeline_effect_words(p->t, notice))),
        .during = during,
        .is_open = is_open,
        .known = source->known,
    };
    if (during.until > during.from)
        add(p, &item);
}

/* ---- statements ---- */

static bool tone_of(const ovf_statement *statement, ovf_story_tone *out)
{
    bool is_planned = ovf_str_eq(statement->modality, OVF_STR("possible"))
                      || ovf_str_eq(statement->modality, OVF_STR("conditional"));
    if (statement->is_negated || is_planned)
        return false;
    switch (statement->act) {
    case OVF_ACT_OPERATE: *out = OVF_STORY_FLYING; return true;
    case OVF_ACT_SUSPEND_SERVICE: *out = OVF_STORY_SUSPENDED; return true;
    case OVF_ACT_REVOKE_PERMISSION: *out = OVF_STORY_REVOKED; return true;
    case OVF_ACT_GRANT_PERMISSION:
    case OVF_ACT_RESUME_SERVICE: *out = OVF_STORY_RESUMED; return true;
    default: return false;
    }
}

static void add_posture(picture *p, const posture *one)
{
    if (!ovf_arena_grow(p->arena, (void **)&p->postures, p->posture_count, &p->posture_capacity,
                        sizeof(*one))) {
        p->out_of_memory = true;
        return;
    }
    p->postures[p->posture_count++] = *one;
}

/* true: it is about operators, and told in their lane. */
static bool take_postures(picture *p, const ovf_statement *statement, const ovf_source *source)
{
    const ovf_world *world = p->t->context.world;
    bool is_own = ovf_str_eq(statement->speaker_kind, OVF_STR("airline"));
    posture one = {.from = statement->valid.from != OVF_TIME_NONE ? statement->valid.from
                                                                  : statement->said,
                   .until = statement->valid.until,
                   .known = source->known,
                   .by = is_own ? (ovf_str){0} : statement->speaker};
    if (one.from == OVF_TIME_NONE || !tone_of(statement, &one.tone))
        return false;
    for (size_t i = 0; i < statement->operator_count; i++) {
        one.operator_icao = statement->operators[i];
        add_posture(p, &one);
    }
    uint32_t index = statement->operator_count == 0 && is_own
                         ? ovf_world_find_operator(world, statement->speaker)
                         : OVF_INDEX_NONE;
    if (index != OVF_INDEX_NONE) {
        one.operator_icao = ovf_world_operator(world, index)->icao;
        add_posture(p, &one);
    }
    return statement->operator_count > 0 || index != OVF_INDEX_NONE;
}

/* The first sentence, or what fits of it. */
static ovf_str first_sentence(ovf_str text)
{
    size_t end = ovf_str_find(text, SENTENCE_BYTES, OVF_STR(". "));
    if (end == OVF_NOPOS || end > LABEL_BYTES)
        end = text.len > LABEL_BYTES ? LABEL_BYTES : text.len;
    // Not within a letter of several bytes.
    while (end < text.len && end > 0 && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
        end--;
    return ovf_str_sub(text, 0, end);
}

static bool is_force(ovf_act act)
{
    return act == OVF_ACT_INCIDENT || act == OVF_ACT_STRIKE || act == OVF_ACT_DEPLOY;
}

static void add_statement(picture *p, const ovf_statement *statement, const ovf_source *source)
{
    ovf_time when = statement->said != OVF_TIME_NONE ? statement->said : statement->valid.from;
    if (when == OVF_TIME_NONE || take_postures(p, statement, source))
        return;
    ovf_str text = first_sentence(statement->text);
    bool has_text = text.len > 0;
    if (!has_text)
        text = ovf_str_of(ovf_act_name(statement->act));
    bool has_speaker = statement->speaker.len > 0
                       && !ovf_str_eq(statement->speaker, OVF_STR("unknown"))
                       && !ovf_str_starts(text, statement->speaker);
    ovf_str label =
        ovf_arena_printf(p->arena, OVF_FMT "%s%s" OVF_FMT "%s",
                         OVF_ARG(has_speaker ? statement->speaker : OVF_STR("")),
                         has_speaker ? ": " : "", statement->is_quote && has_text ? "\"" : "",
                         OVF_ARG(text), statement->is_quote && has_text ? "\"" : "");
    ovf_story_item item = {.lane = OVF_STORY_STATEMENTS,
                           .tone = is_force(statement->act) ? OVF_STORY_INCIDENT : OVF_STORY_SAID,
                           .row = statement->speaker,
                           .label = label,
                           .during = {when, when},
                           .known = source->known};
    add(p, &item);
}

static int by_operator(const void *a, const void *b)
{
    const posture *x = a;
    const posture *y = b;
    int order = ovf_str_cmp(x->operator_icao, y->operator_icao);
    if (order != 0)
        return order;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->tone > y->tone) - (x->tone < y->tone);
}

static const char *posture_words(ovf_story_tone tone)
{
    switch (tone) {
    case OVF_STORY_FLYING: return "flying";
    case OVF_STORY_SUSPENDED: return "suspended";
    case OVF_STORY_REVOKED: return "permission revoked";
    case OVF_STORY_RESUMED: return "resumed";
    default: return "";
    }
}

static ovf_str operator_name(const picture *p, ovf_str icao)
{
    const ovf_world *world = p->t->context.world;
    uint32_t index = ovf_world_find_operator(world, icao);
    if (index == OVF_INDEX_NONE)
        return icao;
    return ovf_arena_printf(p->arena, OVF_FMT " " OVF_FMT, OVF_ARG(icao),
                            OVF_ARG(ovf_world_operator(world, index)->name));
}

/* What an operator says or suffers next ends what was before; the same again is no new bar. A
 * carrier whose permission is gone suspends nothing more. */
static void add_postures(picture *p)
{
    if (p->posture_count > 0)
        qsort(p->postures, p->posture_count, sizeof(*p->postures), by_operator);
    for (size_t i = 0; i < p->posture_count;) {
        const posture *one = &p->postures[i];
        ovf_time until = one->until;
        size_t k = i + 1;
        for (; k < p->posture_count; k++) {
            const posture *later = &p->postures[k];
            if (!ovf_str_eq(later->operator_icao, one->operator_icao))
                break;
            bool is_same =
                later->tone == one->tone
                || (one->tone == OVF_STORY_REVOKED && later->tone == OVF_STORY_SUSPENDED);
            // Said again before it was over, or within a day of that: it goes on.
            if (is_same && (until == OVF_TIME_OPEN || later->from <= until + OVF_DAY_S)) {
                if (one->tone == later->tone && later->until > until)
                    until = later->until;
                continue;
            }
            if (until > later->from)
                until = later->from;
            break;
        }
        ovf_str by = one->by.len > 0
                         ? ovf_arena_printf(p->arena, " (" OVF_FMT ")", OVF_ARG(one->by))
                         : OVF_STR("");
        ovf_story_item item = {
            .lane = OVF_STORY_OPERATORS,
            .tone = one->tone,
            .row = operator_name(p, one->operator_icao),
            .label =
                ovf_arena_printf(p->arena, "%s" OVF_FMT, posture_words(one->tone), OVF_ARG(by)),
            .during = {one->from, until},
            .is_open = until == OVF_TIME_OPEN,
            .known = one->known,
        };
        if (until > one->from)
            add(p, &item);
        i = k;
    }
}

/* ---- the stretch of time ---- */

static int by_time(const void *a, const void *b)
{
    ovf_time x = *(const ovf_time *)a;
    ovf_time y = *(const ovf_time *)b;
    return (x > y) - (x < y);
}

/* From the first thing that belongs to the story: one order of years ago, and then a long silence,
 * would press all that followed into the edge. To the last start, and ends that lie near it. */
static ovf_interval window_of(picture *p)
{
    ovf_interval window = p->t->window;
    ovf_time *starts = ovf_arena_array(p->arena, ovf_time, p->count + 1);
    if (starts == NULL || p->count == 0) {
        p->out_of_memory = p->out_of_memory || starts == NULL;
        ovf_time now = cli_now();
        return (ovf_interval){window.from != OVF_TIME_NONE ? window.from : now - 7 * OVF_DAY_S,
                              window.until != OVF_TIME_OPEN ? window.until : now + OVF_DAY_S};
    }
    for (size_t i = 0; i < p->count; i++)
        starts[i] = p->items[i].during.from;
    qsort(starts, p->count, sizeof(*starts), by_time);
    ovf_time first = starts[0];
    ovf_time last = starts[p->count - 1];
    for (size_t i = 1; i < p->count && (double)i <= LONE_SHARE * (double)p->count + 1.0; i++) {
        if ((double)(starts[i] - starts[i - 1]) > SILENCE_SHARE * (double)(last - starts[i - 1]))
            first = starts[i];
    }
    ovf_time reach = last + (ovf_time)(AFTER_SHARE * (double)(last - first));
    ovf_time until = last;
    for (size_t i = 0; i < p->count; i++) {
        ovf_time end = p->items[i].during.until;
        if (end <= reach && end > until)
            until = end;
    }
    ovf_time pad = (ovf_time)(PAD_SHARE * (double)(until - first)) + OVF_HOUR_S;
    if (window.from == OVF_TIME_NONE)
        window.from = first - pad;
    if (window.until == OVF_TIME_OPEN)
        window.until = (until > window.from ? until : window.from) + pad;
    return window;
}

/* ---- writing ---- */

int timeline_check_picture(const timeline *t, ovf_story_request *request)
{
    *request = (ovf_story_request){0};
    ovf_str name = ovf_str_of(t->format != NULL ? t->format : t->output);
    if (ovf_str_ends(name, t->format != NULL ? OVF_STR("svg") : OVF_STR(".svg")))
        request->format = OVF_MAP_SVG;
    else if (ovf_str_ends(name, t->format != NULL ? OVF_STR("png") : OVF_STR(".png"))
             || (t->format == NULL && strcmp(t->output, "-") == 0))
        request->format = OVF_MAP_PNG;
    else
        return cli_usage("timeline",
                         "\"" OVF_FMT "\": expected a name ending in .png or .svg, or --format",
                         OVF_ARG(name));
    if (t->size == NULL)
        return 0;
    uint32_t width = 0;
    uint32_t height = 0;
    ovf_str s = ovf_str_of(t->size);
    size_t end = ovf_str_take_uint(s, 0, OVF_MAP_MAX_PX, &width);
    bool has_height = end < s.len && s.ptr[end] == 'x';
    if (has_height)
        end = ovf_str_take_uint(s, end + 1, OVF_MAP_MAX_PX, &height);
    if (end != s.len || width < OVF_MAP_MIN_PX || (has_height && height < OVF_MAP_MIN_PX))
        return cli_usage("timeline",
                         "--size \"%s\": expected WIDTH or WIDTHxHEIGHT, %d to %d pixels", t->size,
                         OVF_MAP_MIN_PX, OVF_MAP_MAX_PX);
    request->width_px = (int32_t)width;
    request->height_px = (int32_t)height;
    return 0;
}

static int write_picture(const timeline *t, const ovf_story_request *request)
{
    ovf_buf buf = {0};
    ovf_error err = {0};
    int status = 0;
    ovf_status drawn = ovf_story_draw(request, &buf, &err);
    if (drawn != OVF_OK) {
        cli_error("timeline: %s", err.reason);
        status = cli_status_of(drawn);
    } else if (strcmp(t->output, "-") == 0) {
        if (fwrite(buf.ptr, 1, buf.len, stdout) != buf.len || fflush(stdout) != 0) {
            cli_error("the picture cannot be written to standard output");
            status = CLI_BAD_INPUT;
        }
    } else {
        status = brief_write_file(t->output, ovf_buf_str(&buf));
    }
    ovf_buf_done(&buf);
    return status;
}

int timeline_draw(timeline *t, ovf_story_request *request)
{
    picture p = {.t = t, .arena = &t->context.arena};
    const ovf_picture *all = t->context.picture;
    for (size_t i = 0; i < ovf_picture_notice_count(all); i++) {
        const ovf_source *source = NULL;
        const ovf_notice *notice = ovf_picture_notice(all, i, &source);
        if (timeline_notice_concerns(t, notice))
            add_notice(&p, notice, source, ovf_picture_standing(all, i));
    }
    for (size_t i = 0; i < ovf_picture_statement_count(all); i++) {
        const ovf_held_statement *held = ovf_picture_statement(all, i);
        if (timeline_statement_concerns(t, held->statement))
            add_statement(&p, held->statement, &held->source);
    }
    add_postures(&p);
    request->window = window_of(&p);
    if (p.out_of_memory) {
        cli_error("no memory for the picture");
        return CLI_INTERNAL;
    }
    char as_of[64] = "everything known to the ledger";
    request->as_of = t->common.as_of == OVF_TIME_NONE ? OVF_TIME_OPEN : t->common.as_of;
    if (t->common.notices.count > 0)
        snprintf(as_of, sizeof(as_of), "the documents given, alone");
    if (t->common.as_of != OVF_TIME_NONE) {
        size_t len = (size_t)snprintf(as_of, sizeof(as_of), "as known ");
        ovf_time_format_plain(t->common.as_of, as_of + len, sizeof(as_of) - len);
    }
    request->title = t->place.name.len > 0
                         ? ovf_arena_printf(p.arena, OVF_FMT " " OVF_FMT, OVF_ARG(t->place.code),
                                            OVF_ARG(t->place.name))
                         : t->place.code;
    request->subtitle = ovf_arena_printf(p.arena, "What happened, in order of time; %s", as_of);
    request->items = p.items;
    request->item_count = p.count;
    return write_picture(t, request);
}
