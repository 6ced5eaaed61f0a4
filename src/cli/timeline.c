/* SPDX-License-Identifier: Apache-2.0 */
/* overfly timeline: what happened about an area, in order of time, with the moment at which each
 * thing became known, who did it, and the document that says so. */
#include "timeline.h"
#include "members.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH 100
#define EVENTS_MAX 1000000
#define OUTLINE_M 500.0 /* how far an outline may be from the area when two are compared */
#define SLIVER 1e-3     /* part of the smaller area that two outlines of one border may share */

static void add_event(timeline *t, const event *e)
{
    // Windows are half open; what has no time stands at the very front, when no window is asked.
    if (e->valid < t->window.from || e->valid >= t->window.until)
        return;
    if (t->count >= EVENTS_MAX
        || !ovf_arena_grow(&t->context.arena, (void **)&t->events, t->count, &t->capacity,
                           sizeof(*t->events))) {
        t->out_of_memory = true;
        return;
    }
    t->events[t->count] = *e;
    t->events[t->count].order = t->count;
    t->count++;
}

/* ---- does it concern the area? ---- */

/* Square metres; negative when it cannot be told. */
static double surface_m2(timeline *t, const ovf_area *area)
{
    ovf_outline outline = {0};
    if (ovf_area_outline(area, OUTLINE_M, &t->context.arena, &outline, NULL) != OVF_OK)
        return -1.0;
    return ovf_outline_area_m2(&outline);
}

/* Do they share more than a border? Neighbouring FIRs meet along all of theirs. */
static bool may_meet(timeline *t, const ovf_area *area)
{
    if (ovf_area_meets(t->area, area, &t->context.arena) == OVF_TRI_NO)
        return false;
    const ovf_area *parts[] = {t->area, area};
    const ovf_area *shared = NULL;
    if (ovf_area_intersection(&t->context.arena, parts, 2, &shared, NULL) != OVF_OK)
        return true;
    double shared_m2 = surface_m2(t, shared);
    if (t->here_m2 == 0.0)
        t->here_m2 = surface_m2(t, t->area);
    double here_m2 = t->here_m2;
    double there_m2 = surface_m2(t, area);
    if (shared_m2 < 0.0 || here_m2 < 0.0 || there_m2 < 0.0)
        return true;
    return shared_m2 > SLIVER * (here_m2 < there_m2 ? here_m2 : there_m2);
}

static bool same_state(const ovf_world *world, uint32_t a, uint32_t b)
{
    return a != OVF_INDEX_NONE && b != OVF_INDEX_NONE
           && (a == b || ovf_world_sovereign(world, a) == ovf_world_sovereign(world, b));
}

bool timeline_notice_concerns(timeline *t, const ovf_notice *notice)
{
    const ovf_world *world = t->context.world;
    for (size_t i = 0; i < notice->fir_count; i++) {
        uint32_t fir = ovf_world_find_fir(world, notice->firs[i]);
        if (t->place.kind == OVF_PLACE_FIR && fir == t->place.index)
            return true;
    }
    bool is_settled = notice->area_count > 0; // by areas that can be placed, all of them elsewhere
    for (size_t i = 0; i < notice->area_count; i++) {
        const ovf_area *area = notice->areas[i].area;
        if (!ovf_area_is_resolved(area))
            is_settled = false;
        else if (may_meet(t, area))
            return true;
    }
    if (is_settled)
        return false;
    // Without a place of its own it belongs to the FIRs that it names.
    for (size_t i = 0; i < notice->fir_count; i++) {
        uint32_t fir = ovf_world_find_fir(world, notice->firs[i]);
        if (fir != OVF_INDEX_NONE
            && may_meet(t, ovf_world_fir_area(world, ovf_world_fir(world, fir))))
            return true;
    }
    return false;
}

static bool name_concerns(timeline *t, ovf_str name)
{
    ovf_place named = {0};
    const ovf_world *world = t->context.world;
    if (ovf_world_find(world, name, &named, NULL) != OVF_OK)
        return false;
    if (named.kind == t->place.kind && named.index == t->place.index
        && (named.kind == OVF_PLACE_FIR || named.kind == OVF_PLACE_STATE
            || named.kind == OVF_PLACE_AIRPORT))
        return true;
    switch (named.kind) {
    case OVF_PLACE_STATE: return same_state(world, named.index, t->place.state);
    case OVF_PLACE_FIR:
        return may_meet(t, ovf_world_fir_area(world, ovf_world_fir(world, named.index)))
               && (t->place.kind != OVF_PLACE_FIR || named.index == t->place.index);
    case OVF_PLACE_AIRPORT:
    case OVF_PLACE_POINT:
    case OVF_PLACE_FIX: return ovf_area_contains(t->area, named.point) == OVF_TRI_YES;
    case OVF_PLACE_NONE: break;
    }
    return false;
}

bool timeline_statement_concerns(timeline *t, const ovf_statement *statement)
{
    for (size_t i = 0; i < statement->area_count; i++) {
        if (name_concerns(t, statement->areas[i]))
            return true;
    }
    if (statement->area_count > 0)
        return false;
    // It names no area: then it is about the speaker's own State.
    uint32_t speaker = ovf_world_find_state(t->context.world, statement->speaker_state);
    return same_state(t->context.world, speaker, t->place.state);
}

/* ---- notices ---- */

ovf_str timeline_issuer_words(timeline *t, const ovf_notice *notice)
{
    ovf_str office = notice->issuer.office;
    if (office.len == 0)
        office = notice->location_prefix;
    if (office.len == 0)
        office = notice->issuer.state;
    if (notice->issuer.state.len == 0 || ovf_str_eq(office, notice->issuer.state))
        return office;
    return ovf_arena_printf(&t->context.arena, OVF_FMT " (" OVF_FMT ")", OVF_ARG(office),
                            OVF_ARG(notice->issuer.state));
}

/* "prohibited in N5, N6 and 2 more", "advisory in MAIQUETIA FIR". */
ovf_str timeline_effect_words(timeline *t, const ovf_notice *notice)
{
    ovf_arena *arena = &t->context.arena;
    ovf_str words = ovf_str_of(ovf_effect_name(notice->effect));
    size_t named = 0;
    for (size_t i = 0; i < notice->area_count && named < 4; i++) {
        if (notice->areas[i].name.len == 0)
            continue;
        words = ovf_arena_printf(arena, OVF_FMT "%s" OVF_FMT, OVF_ARG(words),
                                 named == 0 ? " in " : ", ", OVF_ARG(notice->areas[i].name));
        named++;
    }
    if (named > 0 && notice->area_count > named)
        words = ovf_arena_printf(arena, OVF_FMT " and %zu more", OVF_ARG(words),
                                 notice->area_count - named);
    if (named == 0 && notice->fir_count > 0)
        words = ovf_arena_printf(arena, OVF_FMT " in " OVF_FMT, OVF_ARG(words),
                                 OVF_ARG(notice->firs[0]));
    return words.ptr == NULL ? OVF_STR("") : words;
}

/* The restriction that the picture made of the notice: it knows what ended it. */
static const ovf_restriction *restriction_of(const timeline *t, const ovf_notice *notice)
{
    size_t count = ovf_picture_restriction_count(t->context.picture);
    for (size_t i = 0; i < count; i++) {
        const ovf_restriction *restriction = ovf_picture_restriction(t->context.picture, i);
        if (restriction->notice == notice)
            return restriction;
    }
    return NULL;
}

/* Where the notice of that id stands, among those of the same State, which alone can end it: what it
 * did became known with it. */
static const ovf_source *source_of(const timeline *t, ovf_str id, ovf_str state)
{
    const ovf_picture *picture = t->context.picture;
    for (size_t i = 0; i < ovf_picture_notice_count(picture); i++) {
        const ovf_source *source = NULL;
        const ovf_notice *one = ovf_picture_notice(picture, i, &source);
        if (ovf_str_eq(one->id, id) && ovf_str_eq(one->issuer.state, state))
            return source;
    }
    return NULL;
}

static void add_end(timeline *t, const ovf_notice *notice, const event *base)
{
    const ovf_restriction *restriction = restriction_of(t, notice);
    event e = *base;
    if (restriction != NULL && restriction->ended_by.len > 0) {
        e.valid = restriction->in_force.until;
        e.kind = restriction->ended_is_cancel ? "cancelled" : "replaced";
        const ovf_source *source = source_of(t, restriction->ended_by, notice->issuer.state);
        if (source != NULL)
            e.source = source;
        e.what = ovf_arena_printf(&t->context.arena, OVF_FMT " is %s by " OVF_FMT,
                                  OVF_ARG(notice->id), e.kind, OVF_ARG(restriction->ended_by));
    } else if (notice->until_permanent || notice->valid_until == OVF_TIME_OPEN) {
        return;
    } else {
        e.valid = notice->valid_until;
        e.kind = "ends";
        e.what = ovf_arena_printf(&t->context.arena,
                                  notice->until_estimated ? OVF_FMT
                                      " is expected to end; it stays in force until "
                                      "replaced or cancelled"
                                                          : OVF_FMT " ends",
                                  OVF_ARG(notice->id));
    }
    if (e.valid != OVF_TIME_OPEN)
        add_event(t, &e);
}

/* Gone from its office's checklist, or from its bulletin: nobody knows since when. */
static void add_doubt(timeline *t, const ovf_notice *notice, const ovf_standing *standing,
                      const event *base)
{
    if (standing->doubt == OVF_LIFE_UNKNOWN)
        return;
    event e = *base;
    e.valid = standing->doubt_from;
    e.kind = ovf_life_name(standing->doubt);
    e.what = ovf_arena_printf(&t->context.arena,
                              "whether " OVF_FMT " is still in force is not known: " OVF_FMT,
                              OVF_ARG(notice->id), OVF_ARG(standing->doubt_why));
    add_event(t, &e);
}

static void add_notice(timeline *t, const ovf_notice *notice, const ovf_source *source,
                       const ovf_standing *standing)
{
    ovf_arena *arena = &t->context.arena;
    event e = {.id = notice->id, .who = timeline_issuer_words(t, notice), .source = source};
    ovf_str id = notice->id.len > 0 ? notice->id : OVF_STR("a notice without number");
    ovf_time issued = notice->created != OVF_TIME_NONE ? notice->created : source->known;
    bool is_cancel = notice->kind == OVF_NOTICE_CANCEL;
    bool has_start = notice->valid_from != OVF_TIME_NONE;
    ovf_str old =
        notice->refers_to.len == 0
            ? OVF_STR("")
            : ovf_arena_printf(arena, ", %s " OVF_FMT, is_cancel ? "which cancels" : "in place of",
                               OVF_ARG(notice->refers_to));
    if (issued != OVF_TIME_NONE && issued != notice->valid_from) {
        e.valid = issued;
        e.kind = "issued";
        e.what = ovf_arena_printf(arena, OVF_FMT " is issued" OVF_FMT, OVF_ARG(id), OVF_ARG(old));
        add_event(t, &e);
    }
    if (has_start && is_cancel) {
        e.valid = notice->valid_from;
        e.kind = "cancels";
        e.what = ovf_arena_printf(arena, OVF_FMT " cancels " OVF_FMT, OVF_ARG(id),
                                  OVF_ARG(notice->refers_to));
        add_event(t, &e);
        return;
    }
    if (has_start) {
        e.valid = notice->valid_from;
        e.kind = "starts";
        e.what = ovf_arena_printf(arena, OVF_FMT " starts" OVF_FMT ": " OVF_FMT, OVF_ARG(id),
                                  OVF_ARG(old), OVF_ARG(timeline_effect_words(t, notice)));
        add_event(t, &e);
    }
    add_doubt(t, notice, standing, &e);
    add_end(t, notice, &e);
}

/* ---- statements ---- */

typedef struct act_words {
    ovf_act act;
    const char *kind;
    const char *verb;
} act_words;

static const act_words act_table[] = {
    {OVF_ACT_DECLARE_CLOSED, "statement", "declares the airspace closed"},
    {OVF_ACT_REOPEN, "statement", "says that the airspace is open"},
    {OVF_ACT_PROHIBIT, "statement", "prohibits"},
    {OVF_ACT_WARN, "statement", "warns"},
    {OVF_ACT_SUSPEND_SERVICE, "suspends", "suspends its service"},
    {OVF_ACT_RESUME_SERVICE, "resumes", "resumes its service"},
    {OVF_ACT_OPERATE, "operates", "goes on flying"},
    {OVF_ACT_REVOKE_PERMISSION, "permit_revoked", "revokes the permission of"},
    {OVF_ACT_GRANT_PERMISSION, "permit_granted", "grants permission"},
    {OVF_ACT_THREATEN, "statement", "threatens"},
    {OVF_ACT_STRIKE, "military", "strikes"},
    {OVF_ACT_DEPLOY, "military", "deploys forces"},
    {OVF_ACT_INCIDENT, "incident", "incident"},
    {OVF_ACT_DENY, "statement", "rejects it"},
};

static void add_statement(timeline *t, const ovf_statement *statement, const ovf_source *source)
{
    ovf_arena *arena = &t->context.arena;
    event e = {
        .kind = "statement",
        .id = statement->id,
        .who = statement->speaker,
        .source = source,
        .says_who = statement->source,
        .valid = statement->said != OVF_TIME_NONE ? statement->said : statement->valid.from,
    };
    const char *verb = ovf_act_name(statement->act);
    for (size_t i = 0; i < OVF_COUNTOF(act_table); i++) {
        if (act_table[i].act == statement->act) {
            verb = act_table[i].verb;
            e.kind = act_table[i].kind;
        }
    }
    ovf_str whom = OVF_STR("");
    bool names_others = statement->act == OVF_ACT_REVOKE_PERMISSION
                        || statement->act == OVF_ACT_GRANT_PERMISSION
                        || statement->act == OVF_ACT_THREATEN;
    for (size_t i = 0; names_others && i < statement->operator_count; i++)
        whom = ovf_arena_printf(arena, OVF_FMT " " OVF_FMT, OVF_ARG(whom),
                                OVF_ARG(statement->operators[i]));
    if (statement->text.len == 0)
        e.what = ovf_arena_printf(arena, OVF_FMT " %s" OVF_FMT, OVF_ARG(statement->speaker), verb,
                                  OVF_ARG(whom));
    else if (statement->is_quote)
        e.what = ovf_arena_printf(arena, OVF_FMT " %s" OVF_FMT ": \"" OVF_FMT "\"",
                                  OVF_ARG(statement->speaker), verb, OVF_ARG(whom),
                                  OVF_ARG(statement->text));
    else // an account of ours says it already
        e.what = statement->text;
    add_event(t, &e);
}

/* ---- telling ---- */

static int compare(const void *a, const void *b)
{
    const event *x = a;
    const event *y = b;
    if (x->valid != y->valid)
        return x->valid < y->valid ? -1 : 1;
    if (x->source->known != y->source->known)
        return x->source->known < y->source->known ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

/* A notice that several bulletins hold is told once, as it first became known. */
static void drop_repeats(timeline *t)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->count; i++) {
        const event *e = &t->events[i];
        bool is_repeat = false;
        // Repeats stand together but for others of the same moment.
        for (size_t k = kept; k > 0 && !is_repeat && t->events[k - 1].valid == e->valid; k--)
            is_repeat = e->id.len > 0 && ovf_str_eq(t->events[k - 1].id, e->id)
                        && ovf_str_eq(t->events[k - 1].what, e->what)
                        && ovf_str_eq(t->events[k - 1].who, e->who);
        if (!is_repeat)
            t->events[kept++] = *e;
    }
    t->count = kept;
}

static void put_json(const timeline *t)
{
    ovf_buf out = {0};
    for (size_t i = 0; i < t->count; i++) {
        const event *e = &t->events[i];
        ovf_json json;
        ovf_json_init(&json, &out);
        ovf_json_object(&json);
        put_time(&json, "valid", e->valid);
        put_time(&json, "known", e->source->known);
        const struct {
            const char *key;
            ovf_str value;
        } texts[] = {
            {"what", e->what},
            {"who", e->who},
            {"source", e->source->name},
            {"event", ovf_str_of(e->kind)},
            {"id", e->id},
            {"origin", e->source->origin},
            {"document", e->source->document},
            {"reported_by", e->says_who},
        };
        for (size_t k = 0; k < OVF_COUNTOF(texts); k++) {
            ovf_json_key(&json, texts[k].key);
            ovf_json_str_or_null(&json, texts[k].value);
        }
        ovf_json_end(&json);
        cli_put_line(&out);
    }
    ovf_buf_done(&out);
}

static void print_events(const timeline *t)
{
    bool colour = cli_colour(&t->common, stdout);
    char as_of[40] = "everything known";
    if (t->common.as_of != OVF_TIME_NONE) {
        size_t len = (size_t)snprintf(as_of, sizeof(as_of), "as known ");
        ovf_time_format_plain(t->common.as_of, as_of + len, sizeof(as_of) - len);
    }
    printf("%s" OVF_FMT "%s " OVF_FMT ", %s\n", cli_ink_on(colour, CLI_BOLD),
           OVF_ARG(t->place.code), cli_ink_off(colour), OVF_ARG(t->place.name), as_of);
    for (size_t i = 0; i < t->count; i++) {
        const event *e = &t->events[i];
        char when[40] = "time not known";
        char known[40] = "not known when";
        if (e->valid != OVF_TIME_NONE)
            ovf_time_format_plain(e->valid, when, sizeof(when));
        if (e->source->known != OVF_TIME_NONE)
            ovf_time_format_plain(e->source->known, known, sizeof(known));
        printf("%s%s%s  " OVF_FMT "\n", cli_ink_on(colour, CLI_BOLD), when, cli_ink_off(colour),
               OVF_ARG(e->who));
        cli_put_folded(stdout, e->what, 4, WIDTH);
        printf("    %sknown %s; " OVF_FMT, cli_ink_on(colour, CLI_DIM), known,
               OVF_ARG(e->source->name));
        if (e->source->origin.len > 0)
            printf(", " OVF_FMT, OVF_ARG(e->source->origin));
        if (e->says_who.len > 0)
            printf("; reported by " OVF_FMT, OVF_ARG(e->says_who));
        printf("%s\n", cli_ink_off(colour));
    }
    if (t->count == 0)
        printf("no event in the documents\n");
}

/* ---- the verb ---- */

static int find_place(timeline *t, const char *asked)
{
    ovf_error err = {0};
    const ovf_world *world = t->context.world;
    if (ovf_world_find(world, ovf_str_of(asked), &t->place, &err) != OVF_OK) {
        cli_error("%s: %s", asked, err.reason);
        return CLI_BAD_INPUT;
    }
    switch (t->place.kind) {
    case OVF_PLACE_FIR:
        t->area = ovf_world_fir_area(world, ovf_world_fir(world, t->place.index));
        return 0;
    case OVF_PLACE_STATE: t->area = ovf_world_territory(world, t->place.index); return 0;
    case OVF_PLACE_NONE:
    case OVF_PLACE_AIRPORT:
    case OVF_PLACE_POINT:
    case OVF_PLACE_FIX: break;
    }
    // A place without extent: what lies within a mile of it is about it.
    ovf_status made = ovf_area_circle(&t->context.arena, t->place.point, OVF_NM_M, &t->area, &err);
    if (made != OVF_OK)
        cli_error("%s: %s", asked, err.reason);
    return cli_status_of(made);
}

static int tell(timeline *t, const char *asked)
{
    const ovf_picture *picture = t->context.picture;
    for (size_t i = 0; i < ovf_picture_notice_count(picture); i++) {
        const ovf_source *source = NULL;
        const ovf_notice *notice = ovf_picture_notice(picture, i, &source);
        if (timeline_notice_concerns(t, notice))
            add_notice(t, notice, source, ovf_picture_standing(picture, i));
    }
    for (size_t i = 0; i < ovf_picture_statement_count(picture); i++) {
        const ovf_held_statement *held = ovf_picture_statement(picture, i);
        if (timeline_statement_concerns(t, held->statement))
            add_statement(t, held->statement, &held->source);
    }
    if (t->out_of_memory) {
        cli_error("no memory for the events of %s", asked);
        return CLI_INTERNAL;
    }
    if (t->count > 0)
        qsort(t->events, t->count, sizeof(*t->events), compare);
    drop_repeats(t);
    if (t->common.json)
        put_json(t);
    else
        print_events(t);
    return 0;
}

/* What holds in the window, and what begins so soon after it that it may have been issued, or put in
 * doubt, within. */
#define AHEAD_S (31 * OVF_DAY_S)

static ovf_interval during_of(const timeline *t)
{
    ovf_interval during = t->window;
    // Half a window has no end to look behind, or no start: then everything is asked for.
    if (during.until == OVF_TIME_OPEN || during.from == OVF_TIME_NONE)
        return (ovf_interval){OVF_TIME_NONE, OVF_TIME_OPEN};
    during.until += AHEAD_S;
    return during;
}

int cli_timeline(int argc, char **argv)
{
    timeline t = {.window = {OVF_TIME_NONE, OVF_TIME_OPEN}};
    const cli_option own[] = {
        {"--from", CLI_TIME, &t.window.from}, {"--until", CLI_TIME, &t.window.until},
        {"--output", CLI_TEXT, &t.output},    {"-o", CLI_TEXT, &t.output},
        {"--format", CLI_TEXT, &t.format},    {"--size", CLI_TEXT, &t.size},
    };
    cli_common_init(&t.common);
    cli_list operands = {0};
    int status = cli_parse(argc, argv, &t.common, own, OVF_COUNTOF(own), &operands);
    if (status == 0 && operands.count != 1)
        status = cli_usage("timeline", "expected one area: a FIR, a State, an airport or a point");
    ovf_story_request picture = {0};
    if (status == 0 && t.output == NULL && (t.format != NULL || t.size != NULL))
        status = cli_usage("timeline", "--format and --size are of the picture: -o FILE");
    if (status == 0 && t.output != NULL)
        status = timeline_check_picture(&t, &picture);
    if (status == 0) {
        // Active periods are not asked for here: a day's window keeps the picture small.
        ovf_time at = t.common.at != OVF_TIME_NONE ? t.common.at : cli_now();
        ovf_interval day = {at, at + OVF_DAY_S};
        status = cli_context_begin(&t.common, &t.context);
        if (status == 0)
            status = find_place(&t, operands.items[0]);
        ovf_ledger_query rests_on = {.place = &t.place,
                                     .area = t.area,
                                     .during = during_of(&t),
                                     .issued = t.window,
                                     .with_mentions = true};
        if (status == 0)
            status = cli_context_select(&t.common, day, &rests_on, &t.context);
        if (status == 0)
            status = t.output != NULL ? timeline_draw(&t, &picture) : tell(&t, operands.items[0]);
        if (status == 0 && t.context.bad_records > 0)
            status = CLI_BAD_INPUT;
        cli_context_done(&t.context);
    }
    cli_list_done(&t.common.notices);
    cli_list_done(&operands);
    return status < 0 ? CLI_CLEAR : status;
}
