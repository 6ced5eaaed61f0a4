/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger_made.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STATES_MAX 400
#define BODY 280       /* bytes of the words of an area */
#define ALIVE_MAX 1000 /* notices of a State that its checklist can name */

typedef struct made_notice {
    char id[16];
    uint32_t fir;
    int64_t until_s;
    char body[BODY]; /* the area in words, kept when it is replaced */
    bool is_gone;
    bool is_open; /* PERM or EST: holds until it is cancelled */
} made_notice;

typedef struct made_state {
    uint32_t index;
    uint32_t number; /* of the year and series */
    int year;
    made_notice *alive;
    size_t alive_count, alive_room;
    int64_t next_list_s;
} made_state;

struct made_ledger {
    const ovf_world *world;
    uint64_t total, done;
    uint32_t draw;
    made_state states[STATES_MAX];
    size_t state_count;
    uint32_t *firs; /* FIRs that are drawn from */
    size_t fir_count;
    size_t list_turn;
    ovf_buf text;
};

static uint32_t next(made_ledger *made)
{
    // Numerical Recipes' linear congruence; its upper bits are good enough for places and times.
    made->draw = made->draw * 1664525u + 1013904223u;
    return made->draw >> 8;
}

uint32_t made_ledger_draw(made_ledger *made, uint32_t n)
{
    return n == 0 ? 0 : next(made) % n;
}

static uint32_t below(made_ledger *made, uint32_t n)
{
    return made_ledger_draw(made, n);
}

int64_t made_span_s(uint64_t total)
{
    return total <= MADE_DENSE ? MADE_S : (int64_t)((double)MADE_S * (double)total / MADE_DENSE);
}

made_ledger *made_ledger_new(const ovf_world *world, uint64_t total, uint32_t seed)
{
    made_ledger *made = calloc(1, sizeof(*made));
    size_t count = ovf_world_fir_count(world);
    if (made == NULL)
        return NULL;
    made->world = world;
    made->total = total;
    made->draw = seed;
    made->firs = calloc(count + 1, sizeof(*made->firs));
    for (uint32_t i = 0; made->firs != NULL && i < count; i++) {
        const ovf_fir *fir = ovf_world_fir(world, i);
        if (fir->state == OVF_INDEX_NONE || fir->code.len != 4 || fir->box.is_empty)
            continue;
        size_t k = 0;
        while (k < made->state_count && made->states[k].index != fir->state)
            k++;
        if (k == STATES_MAX)
            continue;
        if (k == made->state_count) {
            made->states[made->state_count++] = (made_state){
                .index = fir->state, .next_list_s = MADE_FROM + (int64_t)(k % 30) * OVF_DAY_S};
        }
        made->firs[made->fir_count++] = i;
    }
    return made;
}

void made_ledger_free(made_ledger *made)
{
    if (made == NULL)
        return;
    for (size_t i = 0; i < made->state_count; i++)
        free(made->states[i].alive);
    free(made->firs);
    ovf_buf_done(&made->text);
    free(made);
}

/* ---- writing ---- */

/* "2511211743" */
static void put_when(ovf_buf *buf, int64_t t)
{
    char text[OVF_TIME_TEXT_MAX];
    ovf_time_format(t, text, sizeof(text)); // 2025-11-21T17:43:00Z
    ovf_buf_printf(buf, "%.2s%.2s%.2s%.2s%.2s", text + 2, text + 5, text + 8, text + 11, text + 14);
}

/* "5130N00042W" with seconds or without */
static void position(char *out, size_t size, double lat, double lon, bool seconds)
{
    unsigned a = (unsigned)lround(fmin(fabs(lat), 90.0) * 3600.0);
    unsigned o = (unsigned)lround(fmin(fabs(lon), 180.0) * 3600.0);
    char ns = lat < 0 ? 'S' : 'N';
    char ew = lon < 0 ? 'W' : 'E';
    if (seconds)
        snprintf(out, size, "%02u%02u%02u%c%03u%02u%02u%c", a / 3600, a / 60 % 60, a % 60, ns,
                 o / 3600, o / 60 % 60, o % 60, ew);
    else
        snprintf(out, size, "%02u%02u%c%03u%02u%c", a / 3600, a / 60 % 60, ns, o / 3600,
                 o / 60 % 60, ew);
}

static void place_in(made_ledger *made, const ovf_fir *fir, double *lat, double *lon)
{
    double width = fir->box.east_deg - fir->box.west_deg;
    if (width < 0)
        width += 360.0;
    *lat = fir->box.south_deg
           + (fir->box.north_deg - fir->box.south_deg) * (below(made, 10000) / 10000.0);
    *lon = ovf_lon_wrap(fir->box.west_deg + width * (below(made, 10000) / 10000.0));
    *lat = fmax(-85.0, fmin(85.0, *lat));
}

/* "CIRCLE RADIUS 5NM CENTRED ON ..." or four corners */
static void area_words(made_ledger *made, const ovf_fir *fir, char out[BODY])
{
    double lat;
    double lon;
    place_in(made, fir, &lat, &lon);
    char at[48];
    position(at, sizeof(at), lat, lon, true);
    if (below(made, 100) < 75) {
        snprintf(out, BODY, "WI A CIRCLE RADIUS %uNM CENTRED ON %s", 1 + below(made, 25), at);
        return;
    }
    double size = 0.1 + below(made, 100) / 100.0;
    char corners[4][48];
    const double sides[4][2] = {{0, 0}, {0, 1}, {1, 1}, {1, 0}};
    for (size_t i = 0; i < 4; i++)
        position(corners[i], sizeof(corners[i]), lat + size * sides[i][0],
                 ovf_lon_wrap(lon + size * sides[i][1]), true);
    snprintf(out, BODY, "WI AREA %s-%s-%s-%s-%s", corners[0], corners[1], corners[2], corners[3],
             corners[0]);
}

static made_state *state_of(made_ledger *made, const ovf_fir *fir)
{
    size_t k = 0;
    while (made->states[k].index != fir->state)
        k++;
    return &made->states[k];
}

static void number(made_state *state, int64_t now, char id[16])
{
    char text[OVF_TIME_TEXT_MAX];
    ovf_time_format(now, text, sizeof(text));
    int year = (text[2] - '0') * 10 + (text[3] - '0');
    if (year != state->year) {
        state->year = year;
        state->number = 0;
    }
    state->number++;
    snprintf(id, 16, "%c%04u/%02d", (char)('A' + state->number / 9000 % 20),
             1 + state->number % 9000, year);
}

static int64_t duration_s(made_ledger *made)
{
    uint32_t kind = below(made, 100);
    if (kind < 30)
        return OVF_HOUR_S * (1 + below(made, 12));
    if (kind < 90)
        return OVF_DAY_S * (1 + below(made, 30));
    return OVF_DAY_S * (30 + below(made, 150));
}

static void keep(made_state *state, const made_notice *notice, int64_t now)
{
    size_t kept = 0;
    for (size_t i = 0; i < state->alive_count; i++) {
        const made_notice *one = &state->alive[i];
        if (!one->is_gone && (one->until_s > now || one->is_open))
            state->alive[kept++] = state->alive[i];
    }
    state->alive_count = kept;
    if (kept == state->alive_room && kept < ALIVE_MAX) {
        state->alive_room = kept == 0 ? 8 : kept * 2 < ALIVE_MAX ? kept * 2 : ALIVE_MAX;
        made_notice *grown = realloc(state->alive, state->alive_room * sizeof(*grown));
        if (grown == NULL)
            abort();
        state->alive = grown;
    }
    if (kept < ALIVE_MAX)
        state->alive[state->alive_count++] = *notice;
}

static void put_head(ovf_buf *buf, const char *id, const char *type, const char *old,
                     const ovf_fir *fir, const char *qcode)
{
    ovf_buf_printf(buf, "(%s %s%s%s\nQ) " OVF_FMT "/%s/IV/BO/W/000/999/", id, type,
                   old[0] == '\0' ? "" : " ", old, OVF_ARG(fir->code), qcode);
}

static const struct kind {
    const char *qcode, *words;
    uint32_t share;
} kinds[] = {
    {"QRTCA", "TEMPORARY RESTRICTED AREA ACTIVATED. ENTRY PROHIBITED", 20},
    {"QRDCA", "TEMPORARY DANGER AREA ACTIVATED", 25},
    {"QWMLW", "GUN FIRING WILL TAKE PLACE", 15},
    {"QWULW", "UNMANNED AIRCRAFT FLIGHTS WILL TAKE PLACE", 20},
    {"QRPCA", "PROHIBITED AREA ESTABLISHED. ALL FLIGHTS PROHIBITED", 5},
    {"QWPLW", "PARACHUTE JUMPING EXERCISE WILL TAKE PLACE", 10},
    {"QMRLC", "RWY 09/27 CLOSED", 5},
};

/* Most notices are about aerodromes. */
#define AERODROMES 55 /* of a hundred */

static const struct {
    const char *qcode, *words;
} aerodrome_kinds[] = {
    {"QMRLC", "RWY 09/27 CLOSED DUE TO MAINTENANCE"},
    {"QMXLC", "TWY B CLOSED BTN TWY A AND APRON 2"},
    {"QLPAS", "PAPI RWY 27 U/S"},
    {"QOBCE", "OBST ERECTED CRANE 45M AGL 1NM E OF ARP"},
    {"QICAS", "ILS RWY 09 U/S"},
    {"QFALT", "AD LIMITED TO PPR TRAFFIC"},
};

static const ovf_airport *airport_in(made_ledger *made, uint32_t *fir)
{
    for (int tries = 0; tries < 20; tries++) {
        const ovf_airport *airport = ovf_world_airport(
            made->world, below(made, (uint32_t)ovf_world_airport_count(made->world)));
        if (airport->icao.len != 4 || ovf_world_firs_at(made->world, airport->place, fir, 1) == 0)
            continue;
        const ovf_fir *holder = ovf_world_fir(made->world, *fir);
        if (holder->state != OVF_INDEX_NONE && holder->code.len == 4 && !holder->box.is_empty)
            return airport;
    }
    return NULL;
}

/* What has no end of its own is cancelled one day. */
static made_notice *overdue(made_state *state, int64_t now)
{
    for (size_t i = 0; i < state->alive_count; i++) {
        made_notice *one = &state->alive[i];
        if (one->is_open && !one->is_gone && one->until_s <= now)
            return one;
    }
    return NULL;
}

static void put_notice(made_ledger *made, int64_t now)
{
    ovf_buf *buf = &made->text;
    const ovf_fir *fir =
        ovf_world_fir(made->world, made->firs[below(made, (uint32_t)made->fir_count)]);
    uint32_t home = OVF_INDEX_NONE;
    const ovf_airport *airport = below(made, 100) < AERODROMES ? airport_in(made, &home) : NULL;
    if (airport != NULL)
        fir = ovf_world_fir(made->world, home);
    made_state *state = state_of(made, fir);
    uint32_t what = below(made, 100);
    made_notice notice = {.until_s = now + duration_s(made)};
    made_notice *old = overdue(state, now);
    if (old != NULL)
        what = 6; // a cancellation
    else
        old = state->alive_count > 0 && what < 12
                  ? &state->alive[below(made, (uint32_t)state->alive_count)]
                  : NULL;
    if (old != NULL && (old->is_gone || (old->until_s <= now && !old->is_open)))
        old = NULL;
    notice.fir = old != NULL ? old->fir : (uint32_t)(fir - ovf_world_fir(made->world, 0));
    fir = ovf_world_fir(made->world, notice.fir);
    number(state, now, notice.id);
    uint32_t draw = below(made, 100);
    size_t k = 0;
    while (draw >= kinds[k].share)
        draw -= kinds[k++].share;
    char at[48];
    double lat;
    double lon;
    place_in(made, fir, &lat, &lon);
    position(at, sizeof(at), lat, lon, false);
    bool is_cancel = old != NULL && what >= 6;
    if (old != NULL)
        airport = NULL;
    if (airport != NULL)
        position(at, sizeof(at), airport->place.lat_deg, airport->place.lon_deg, false);
    size_t service = below(made, (uint32_t)OVF_COUNTOF(aerodrome_kinds));
    bool is_whole = old == NULL && airport == NULL && below(made, 400) == 0;
    area_words(made, fir, notice.body);
    put_head(buf, notice.id,
             is_cancel     ? "NOTAMC"
             : old != NULL ? "NOTAMR"
                           : "NOTAMN",
             old == NULL ? "" : old->id, fir,
             is_whole          ? "QAFXX"
             : is_cancel       ? "QRTCN"
             : airport != NULL ? aerodrome_kinds[service].qcode
                               : kinds[k].qcode);
    ovf_buf_printf(buf, "%s%03u\nA) " OVF_FMT " B) ", at,
                   is_whole          ? 999
                   : airport != NULL ? 5
                                     : 25,
                   OVF_ARG(airport != NULL ? airport->icao : fir->code));
    put_when(buf, now);
    if (is_cancel) {
        ovf_buf_printf(buf, "\nE) AREA CNL)\n");
        old->is_gone = true;
        return;
    }
    ovf_buf_printf(buf, " C) ");
    bool has_room = state->alive_count + 1 < ALIVE_MAX;
    bool is_permanent = has_room && below(made, 200) == 0;
    if (is_permanent)
        ovf_buf_printf(buf, "PERM");
    else
        put_when(buf, notice.until_s);
    bool is_estimated = has_room && !is_permanent && below(made, 40) == 0;
    if (is_estimated)
        ovf_buf_printf(buf, " EST");
    notice.is_open = is_permanent || is_estimated;
    if (airport != NULL)
        ovf_buf_printf(buf, "\nE) %s)\n", aerodrome_kinds[service].words);
    else if (is_whole)
        ovf_buf_printf(buf,
                       "\nE) OPERATORS ARE ADVISED TO EXERCISE CAUTION WITHIN THE FIR.\nF) SFC "
                       "G) UNL)\n");
    else
        ovf_buf_printf(buf, "\nE) %s %s.\nF) %s G) FL%03u)\n", kinds[k].words,
                       old != NULL ? old->body : notice.body, below(made, 2) == 0 ? "SFC" : "FL050",
                       60 + below(made, 40) * 10);
    if (old != NULL) {
        memcpy(notice.body, old->body, sizeof(notice.body));
        old->is_gone = true;
    }
    keep(state, &notice, now);
}

/* The monthly list of a State, which now and then forgets one. */
static bool put_list(made_ledger *made, int64_t now)
{
    made_state *state = &made->states[made->list_turn++ % made->state_count];
    if (now < state->next_list_s)
        return false;
    state->next_list_s += 30 * OVF_DAY_S;
    uint32_t index = OVF_INDEX_NONE;
    for (size_t i = 0; i < made->fir_count && index == OVF_INDEX_NONE; i++) {
        if (ovf_world_fir(made->world, made->firs[i])->state == state->index)
            index = made->firs[i];
    }
    const ovf_fir *fir = ovf_world_fir(made->world, index);
    char id[16];
    number(state, now, id);
    ovf_buf *buf = &made->text;
    put_head(buf, id, "NOTAMN", "", fir, "QKKKK");
    ovf_buf_printf(buf, "0000N00000E999\nA) " OVF_FMT " B) ", OVF_ARG(fir->code));
    put_when(buf, now);
    ovf_buf_printf(buf, " C) ");
    put_when(buf, now + 31 * OVF_DAY_S);
    ovf_buf_printf(buf, " EST\nE) CHECKLIST");
    int last = (state->year > 0 ? state->year : 26);
    for (int year = 21; year <= last; year++) {
        bool has = false;
        for (size_t i = 0; i < state->alive_count; i++) {
            const made_notice *n = &state->alive[i];
            int of = (n->id[6] - '0') * 10 + n->id[7] - '0';
            if (of != year || n->id[0] != id[0] || n->is_gone || n->until_s <= now
                || below(made, 50) == 0)
                continue;
            if (!has)
                ovf_buf_printf(buf, "\nYEAR=20%02d", year);
            has = true;
            ovf_buf_printf(buf, " %.4s", n->id + 1);
        }
    }
    ovf_buf_printf(buf, "\nLATEST PUBLICATIONS\nAIP AMDT NIL)\n");
    return true;
}

static void put_statement(made_ledger *made, int64_t now)
{
    static const char *const acts[] = {"suspend_service", "resume_service", "operate", "warn",
                                       "incident",        "declare_closed", "strike"};
    static const char *const airlines[] = {"IBE", "TAP", "AVA", "THY", "KLM", "DLH", "BAW", "AFR"};
    const made_state *state = &made->states[below(made, (uint32_t)made->state_count)];
    const ovf_state *about = ovf_world_state(made->world, state->index);
    const char *act = acts[below(made, (uint32_t)OVF_COUNTOF(acts))];
    const char *airline = airlines[below(made, (uint32_t)OVF_COUNTOF(airlines))];
    char when[OVF_TIME_TEXT_MAX];
    ovf_time_format(now, when, sizeof(when));
    ovf_buf_printf(&made->text,
                   "{\"type\":\"statement\",\"act\":\"%s\",\"speaker\":\"%s\",\"speaker_kind\":"
                   "\"airline\",\"operators\":[\"%s\"],\"area\":[\"" OVF_FMT
                   "\"],\"said\":\"%s\",\"text\":\"made %llu\",\"source\":\"a made paper\"}\n",
                   act, airline, airline, OVF_ARG(about->iso3), when,
                   (unsigned long long)made->done);
}

static void put_coverage(made_ledger *made, int64_t now)
{
    const made_state *state = &made->states[below(made, (uint32_t)made->state_count)];
    char from[OVF_TIME_TEXT_MAX];
    char until[OVF_TIME_TEXT_MAX];
    ovf_time_format(MADE_FROM, from, sizeof(from));
    ovf_time_format(now, until, sizeof(until));
    bool is_all = below(made, 4) == 0;
    ovf_buf_printf(
        &made->text,
        "{\"type\":\"coverage\",\"issuers\":[\"" OVF_FMT
        "\"],\"from\":\"%s\",\"until\":\"%s\",\"basis\":\"made feed %llu\"}\n",
        OVF_ARG(is_all ? OVF_STR("*") : ovf_world_state(made->world, state->index)->iso3), from,
        until, (unsigned long long)made->done);
}

bool made_ledger_next(made_ledger *made, ovf_ledger_entry *out)
{
    if (made->done >= made->total)
        return false;
    int64_t now =
        MADE_FROM
        + (int64_t)((double)made_span_s(made->total) * (double)made->done / (double)made->total);
    now -= now % 60;
    ovf_buf_reset(&made->text);
    ovf_document_kind kind = OVF_DOCUMENT_NOTICES;
    uint32_t what = below(made, 1000);
    if (what < 10) {
        kind = OVF_DOCUMENT_STATEMENTS;
        put_statement(made, now);
    } else if (what < 20) {
        kind = OVF_DOCUMENT_STATEMENTS;
        put_coverage(made, now);
    } else if (what >= 60 || !put_list(made, now)) {
        put_notice(made, now);
    }
    made->done++;
    *out = (ovf_ledger_entry){.name = OVF_STR("made"),
                              .kind = kind,
                              .origin = OVF_STR("made"),
                              .known = now,
                              .stored = now,
                              .bytes = ovf_buf_str(&made->text)};
    return true;
}

/* ---- questions and answers ---- */

made_question made_ledger_question(made_ledger *made, ovf_time latest)
{
    made_question q = {.as_of = latest};
    int64_t span = latest - MADE_FROM;
    q.at = MADE_FROM + (int64_t)((double)span * (0.02 + 0.96 * below(made, 1 << 20) / (1 << 20)));
    uint32_t how = below(made, 10);
    if (how < 3)
        q.as_of = q.at;
    else if (how < 5)
        q.as_of = q.at - (int64_t)below(made, 20) * OVF_DAY_S;
    uint32_t what = below(made, 10);
    const ovf_fir *fir =
        ovf_world_fir(made->world, made->firs[below(made, (uint32_t)made->fir_count)]);
    char text[64];
    double lat;
    double lon;
    place_in(made, fir, &lat, &lon);
    if (what < 5)
        snprintf(text, sizeof(text), OVF_FMT, OVF_ARG(fir->code));
    else if (what < 7)
        snprintf(text, sizeof(text), OVF_FMT,
                 OVF_ARG(ovf_world_state(made->world, fir->state)->iso3));
    else
        snprintf(text, sizeof(text), "%.4f,%.4f", lat, lon);
    if (ovf_world_find(made->world, ovf_str_of(text), &q.place, NULL) != OVF_OK)
        q.place =
            (ovf_place){.kind = OVF_PLACE_POINT, .point = {lat, lon}, .state = OVF_INDEX_NONE};
    if (below(made, 2) == 0) {
        q.party.operator_icao = OVF_STR("DLH");
        q.party.operator_state = OVF_STR("DEU");
    }
    return q;
}

static void put_answer(ovf_buf *b, const ovf_picture *picture, const ovf_answer *a)
{
    ovf_buf_printf(b, "%d " OVF_FMT "\n%d " OVF_FMT "\n", a->legal, OVF_ARG(a->legal_why), a->risk,
                   OVF_ARG(a->risk_why));
    for (size_t i = 0; i < a->because_count; i++) {
        const ovf_because *x = &a->because[i];
        const ovf_restriction *r = x->restriction;
        ovf_event event = {0};
        // Why it is in doubt is told when it is: what begins later is no part of an answer.
        bool is_doubtful = x->life == OVF_LIFE_NOT_IN_CHECKLIST || x->life == OVF_LIFE_VANISHED;
        if (r != NULL && ovf_picture_event(picture, r->notice_index, &event, NULL) != OVF_OK)
            event.id = OVF_STR("?");
        if (r != NULL)
            ovf_buf_printf(b,
                           OVF_FMT " " OVF_FMT " %lld %lld %lld " OVF_FMT " %d %d " OVF_FMT
                                   " " OVF_FMT " " OVF_FMT,
                           OVF_ARG(r->id), OVF_ARG(r->source.document), (long long)r->source.known,
                           (long long)r->in_force.from, (long long)r->in_force.until,
                           OVF_ARG(r->ended_by), r->ended_is_cancel, x->life,
                           OVF_ARG(is_doubtful ? r->standing->doubt_why : OVF_STR("")),
                           OVF_ARG(event.id), OVF_ARG(r->standing->missing));
        else
            ovf_buf_printf(b, OVF_FMT, OVF_ARG(x->statement->statement->id));
        ovf_buf_printf(b, " %d %d %.4f %d %d %d " OVF_FMT "\n", x->ruling.verdict,
                       x->ruling.applies, x->share, x->inside, x->life, x->risk, OVF_ARG(x->quote));
    }
    for (size_t i = 0; i < a->contradiction_count; i++)
        ovf_buf_printf(b, OVF_FMT " / " OVF_FMT " " OVF_FMT "\n", OVF_ARG(a->contradictions[i].a),
                       OVF_ARG(a->contradictions[i].b), OVF_ARG(a->contradictions[i].what));
    for (size_t i = 0; i < a->posture_count; i++)
        ovf_buf_printf(b, OVF_FMT " %d %lld %lld " OVF_FMT "\n",
                       OVF_ARG(a->postures[i].operator_icao), a->postures[i].posture,
                       (long long)a->postures[i].during.from,
                       (long long)a->postures[i].during.until, OVF_ARG(a->postures[i].source));
    for (size_t i = 0; i < a->freshness_count; i++)
        ovf_buf_printf(b, OVF_FMT " %lld %lld " OVF_FMT "\n", OVF_ARG(a->freshness[i].issuer),
                       (long long)a->freshness[i].complete, (long long)a->freshness[i].latest,
                       OVF_ARG(a->freshness[i].basis));
}

double made_now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

ovf_status made_answer(const ovf_world *world, const ovf_rulebook *rules,
                       const made_question *question, const ovf_ledger_entry *entries, size_t count,
                       ovf_ledger *latest_of, ovf_arena *arena, ovf_buf *text, made_times *times,
                       ovf_error *err)
{
    double start = made_now_ms();
    ovf_picture_options options = {
        .as_of = question->as_of,
        .window = {question->at - 2 * OVF_DAY_S, question->at + 28 * OVF_DAY_S}};
    ovf_picture *picture = NULL;
    ovf_status status = ovf_picture_new(world, rules, &options, &picture, err);
    for (size_t i = 0; i < count && status == OVF_OK; i++) {
        if (entries[i].kind == OVF_DOCUMENT_FLIGHTS || entries[i].kind == OVF_DOCUMENT_UNKNOWN)
            continue;
        ovf_source source = {.document = entries[i].sha256,
                             .name = entries[i].name,
                             .origin = entries[i].origin,
                             .known = entries[i].known,
                             .kind = entries[i].kind};
        // What cannot be read is a finding, in either way of asking.
        ovf_status added = ovf_picture_add(picture, entries[i].bytes, &source, NULL, err);
        if (added == OVF_E_NOMEM || added == OVF_E_INTERNAL)
            status = added;
    }
    double read = made_now_ms();
    if (status == OVF_OK)
        status = ovf_picture_settle(picture, err);
    double settled = made_now_ms();
    ovf_answer answer = {0};
    ovf_query query = {.place = question->place, .at = question->at, .party = question->party};
    if (status == OVF_OK)
        status = ovf_picture_status(picture, &query, arena, &answer, err);
    for (size_t i = 0; i < answer.freshness_count && latest_of != NULL && status == OVF_OK; i++)
        status = ovf_ledger_latest(latest_of, answer.freshness[i].issuer, question->as_of,
                                   &answer.freshness[i].latest, err);
    if (times != NULL)
        *times = (made_times){read - start, settled - read, made_now_ms() - settled};
    if (status == OVF_OK && text != NULL)
        put_answer(text, picture, &answer);
    ovf_picture_free(picture);
    return status;
}
