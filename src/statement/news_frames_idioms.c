/* SPDX-License-Identifier: Apache-2.0 */
/* Acts that no single verb tells: what goes on ("the permits remain good"), what a pronoun takes up
 * ("it had been shut since"), ways of speech ("gave it a wide berth", "landed there instead"), and the
 * clipped passives of headlines and tickers ("explosions heard"). */
#include "news_frames.h"

static bool subject_is_pronoun(const frame *f)
{
    if (f->g->subject == NO_CHUNK)
        return false;
    const news_chunk *s = chunk(f, f->g->subject);
    return s->last == s->first + 1
           && (NEWS_IS(f->c->doc, s->first, "it") || NEWS_IS(f->c->doc, s->first, "they"));
}

static uint32_t clause_end(const frame *f)
{
    return f->g->until < f->c->count ? chunk(f, f->g->until)->first
                                     : f->c->doc->sentences[f->c->sentence].last;
}

/* Behind "if", "when", "until", or only thought of: nothing has been done. */
static bool is_hedged(const frame *f)
{
    uint16_t first = f->g->subject != NO_CHUNK && f->g->subject < f->v ? f->g->subject : f->v;
    return f->g->flags & (VG_POSSIBLE | VG_CONDITION | VG_DUTY)
           || (first > 0
               && WORD_IN(f, chunk(f, (uint16_t)(first - 1))->first,
                          chunk(f, (uint16_t)(first - 1))->last, "if", "when", "while", "until",
                          "till", "once", "unless", "whether", "where", "whenever"));
}

/* "It had been shut since 3 a.m.", "they stay closed": the airspace or airports named before. */
static bool pronoun_shut(frame *f)
{
    const news_doc *doc = f->c->doc;
    bool shut =
        (f->g->flags & VG_COPULA
         && WORD_IN(f, f->g->last, f->g->last + 2, "closed", "shut", "off-limits"))
        || (f->passive && f->g->flags & VG_PERFECT && NEWS_IS(f->c->doc, f->g->last, "since")
            && news_vg_class(f->c, f->v) == NV_CLOSE);
    if (!shut || !subject_is_pronoun(f) || is_hedged(f) || (!f->passive && f->object != NO_CHUNK)
        || f->g->flags & (VG_NEG | VG_PLANNED))
        return false;
    const news_sentence *s = &doc->sentences[f->c->sentence];
    uint32_t first = f->c->sentence > 0 && s[-1].paragraph == s->paragraph ? s[-1].first : s->first;
    bool moves = false;
    bool air = false;
    for (uint32_t i = first; i < chunk(f, f->g->subject)->first; i++) {
        uint8_t k = news_lex(doc, i)->verb;
        uint8_t act = news_lex(doc, i)->act;
        moves |= k == NV_CLOSE || k == NV_REOPEN || act == OVF_ACT_DECLARE_CLOSED
                 || act == OVF_ACT_REOPEN || NEWS_IS(doc, i, "restored");
        air |= news_lex(doc, i)->noun == NN_AIR;
    }
    if (!moves || !air)
        return false;
    f->object = f->g->subject;
    f->issuer = f->passive ? f->issuer : NO_CHUNK;
    nf_emit(f, OVF_ACT_DECLARE_CLOSED, "C7");
    return true;
}

/* A city of the tables, a capital, or a name that no table knows. */
static bool is_city(const frame *f, uint16_t ng)
{
    const news_mention *m = news_head_mention(f->c, ng);
    if (nf_head_class(f->c, ng) == NN_CITY)
        return m == NULL || m->place == NEWS_P_CITY;
    if (m != NULL && m->flags & NEWS_M_CAPITAL && !(m->flags & NEWS_M_DEMONYM))
        return true;
    bool unknown = m == NULL
                   || (m->flags & NEWS_M_GUESSED && m->place == NEWS_NO_PLACE
                       && !(m->flags & (NEWS_M_PERSON | NEWS_M_GENERIC)));
    return unknown && f->c->tags[chunk(f, ng)->head] == TAG_NAME
           && WORD_IN(f, f->g->last, f->g->last + 1, "for", "until", "overnight");
}

/* Is air, or what flies in it, spoken of here or shortly before? */
static bool is_near_air(const frame *f)
{
    const news_doc *doc = f->c->doc;
    uint32_t before = f->c->sentence > 2 ? f->c->sentence - 2 : 0;
    for (uint32_t i = doc->sentences[before].first; i < doc->sentences[f->c->sentence].last; i++) {
        uint8_t k = news_lex(doc, i)->noun;
        if (k == NN_AIR || k == NN_FLIGHT || k == NN_PLANE || k == NN_CARRIER)
            return true;
    }
    return false;
}

/* Ends the sentence, or a time follows, or words that go with being closed. */
static bool is_closing_word(const frame *f)
{
    uint16_t next = (uint16_t)(f->v + 1);
    if (next >= f->c->count || chunk(f, next)->kind == CH_TIME || chunk(f, next)->kind == CH_STOP
        || chunk(f, next)->kind == CH_COMMA || chunk(f, next)->kind == CH_CONJ)
        return true;
    return WORD_IN(f, f->g->last, f->g->last + 1, "for", "at", "until", "again", "overnight",
                   "from", "shortly", "briefly", "temporarily", "twice", "soon", "because", "after",
                   "to");
}

/* "Boa Vista closed for six hours", "Baghdad remains shut", "reopened Aleppo": the airport of the city, in
 * news of flights. */
static bool city_shut(frame *f)
{
    uint8_t class = news_vg_class(f->c, f->v);
    bool opens = class == NV_REOPEN;
    if ((class != NV_CLOSE && !opens) || is_hedged(f) || f->g->flags & (VG_NEG | VG_TO | VG_ING)
        || f->g->subject == NO_CHUNK || !is_near_air(f))
        return false;
    if (!f->passive && f->object != NO_CHUNK) {
        uint8_t kind = nf_kind_of(f, f->issuer);
        bool rules = nf_is_ruler(f, f->issuer) || kind == OVF_NEWS_ANSP || kind == OVF_NEWS_MILITARY
                     || kind == OVF_NEWS_AGENCY;
        if (!rules || !is_city(f, f->object)
            || chunk(f, f->object)->head + 1 != chunk(f, f->object)->last)
            return false;
    } else {
        if (!is_city(f, f->g->subject) || !is_closing_word(f))
            return false;
        bool named = nf_head_class(f->c, f->g->subject) == NN_CITY;
        f->object = f->g->subject;
        f->issuer = f->passive ? f->issuer : named ? f->g->subject : NO_CHUNK;
    }
    nf_emit(f, opens ? OVF_ACT_REOPEN : OVF_ACT_DECLARE_CLOSED, "C8");
    return true;
}

/* "Damascus is open again" */
static bool city_open(frame *f)
{
    if (!(f->g->flags & VG_COPULA) || f->g->flags & (VG_NEG | VG_TO | VG_ING) || is_hedged(f)
        || f->g->subject == NO_CHUNK || !is_city(f, f->g->subject) || !is_near_air(f)
        || !((WORD_IN(f, f->g->last, f->g->last + 1, "open", "operational")
              && WORD_IN(f, f->g->last + 1, f->g->last + 3, "again", "once"))
             || (WORD_IN(f, f->g->last, f->g->last + 1, "back")
                 && WORD_IN(f, f->g->last + 1, f->g->last + 2, "open"))))
        return false;
    f->object = f->g->subject;
    f->issuer = NO_CHUNK;
    nf_emit(f, OVF_ACT_REOPEN, "C8");
    return true;
}

/* "Their permits remain in force", "keep their traffic rights": still granted. */
static bool permit_holds(frame *f)
{
    uint32_t after = f->g->last;
    bool good = WORD_IN(f, after, after + 3, "valid", "force", "good", "effect", "intact",
                        "unaffected", "effective");
    bool stays = BASE_IN(f, f->v, "remain", "stay", "continue")
                 || WORD_IN(f, f->g->first, after + 1, "still"); /* "is valid for a year": a rule */
    if (is_hedged(f) || f->passive)
        return false;
    if (good && stays && f->g->subject != NO_CHUNK && !(f->g->flags & VG_NEG)
        && (nf_head_class(f->c, f->g->subject) == NN_PERMIT
            || nf_noun_act(f->c, f->g->subject) == OVF_ACT_EXEMPT)) {
        f->object = f->g->subject;
        f->issuer = NO_CHUNK;
        nf_emit(f, OVF_ACT_GRANT_PERMISSION, "G6");
        return true;
    }
    if (BASE_IN(f, f->v, "keep", "retain", "maintain", "preserve")
        && !(f->g->flags & (VG_NEG | VG_TO | VG_ING)) && f->class_of == NN_PERMIT
        && f->g->says != NO_CHUNK && nf_head_class(f->c, f->g->subject) == NN_CARRIER) {
        f->issuer = NO_CHUNK;
        nf_emit(f, OVF_ACT_GRANT_PERMISSION, "G6");
        return true;
    }
    return false;
}

/* "Present services may continue", "the charter can go ahead": let by whoever says so. */
static bool may_go_on(frame *f)
{
    if (!(f->g->flags & VG_POSSIBLE) || f->g->flags & (VG_NEG | VG_PERFECT) || f->passive
        || f->g->subject == NO_CHUNK || nf_head_class(f->c, f->g->subject) != NN_FLIGHT
        || WORD_IN(f, f->g->first, f->g->last, "might", "could")
        || !(BASE_IN(f, f->v, "continue", "proceed")
             || (BASE_IN(f, f->v, "go") && WORD_IN(f, f->g->last, f->g->last + 1, "ahead", "on"))))
        return false;
    f->object = f->g->subject;
    f->issuer = f->g->says == NO_CHUNK ? NO_CHUNK : chunk(f, f->g->says)->subject;
    nf_emit(f, OVF_ACT_GRANT_PERMISSION, "G7");
    return true;
}

/* "The carriers' schedules were disapproved". */
static bool disapproves(frame *f)
{
    if (!BASE_IN(f, f->v, "disapprove", "disallow") || f->object == NO_CHUNK
        || f->g->flags & (VG_POSSIBLE | VG_TO | VG_NEG)
        || !(nf_about_flying(f)
             || WORD_IN(f, chunk(f, f->object)->first, chunk(f, f->object)->last, "schedule",
                        "schedules", "timetable", "frequencies", "codeshare", "lease")))
        return false;
    nf_emit(f, OVF_ACT_REVOKE_PERMISSION, "R5");
    return true;
}

/* "Its Vancouver flight landed there", "boards went elsewhere": who flies them is the airline that tells
 * it (the source is put in where no speaker stands), or nobody that is named. */
static uint16_t who_flies(const frame *f)
{
    uint8_t s = nf_head_class(f->c, f->g->subject);
    const news_mention *m = news_head_mention(f->c, f->g->subject);
    bool fleet = m != NULL && m->flags & NEWS_M_FLEET; /* "its Vancouver flight" */
    if (f->g->subject == NO_CHUNK || s == NN_CARRIER)
        return f->g->subject;
    if (!fleet && nf_kind_of(f, f->g->subject) == OVF_NEWS_AIRLINE)
        return f->g->subject;
    return NO_CHUNK;
}

/* Round it, elsewhere, not there: the ways a flight is said to have gone. */
static bool went_elsewhere(frame *f)
{
    uint32_t after = f->g->last;
    uint32_t end = clause_end(f);
    uint8_t s = nf_head_class(f->c, f->g->subject);
    bool flies = s == NN_FLIGHT || s == NN_PLANE || s == NN_CARRIER;
    if (f->g->flags & (VG_NEG | VG_POSSIBLE) || is_hedged(f))
        return false;
    if (BASE_IN(f, f->v, "give") && WORD_IN(f, after, end, "berth")) {
        nf_emit(f, OVF_ACT_DIVERT, "V10");
        return true;
    }
    if (!flies
        && !(f->g->subject != NO_CHUNK
             && WORD_IN(f, chunk(f, f->g->subject)->head, chunk(f, f->g->subject)->head + 1,
                        "board", "boards")))
        return false;
    bool moves = BASE_IN(f, f->v, "land", "go", "come", "head", "arrive", "proceed", "leave", "fly",
                         "depart", "put", "touch", "wind");
    bool other = WORD_IN(f, after, end, "instead", "alternate", "alternates", "alternative",
                         "diversionary", "elsewhere");
    if (moves && other && !(f->g->flags & VG_TO)) {
        f->issuer = who_flies(f);
        nf_emit(f, OVF_ACT_DIVERT, "V11");
        return true;
    }
    return false;
}

/* "Flights now have to go through Algeria", "must fly around Iran". */
static bool must_go_round(frame *f)
{
    uint16_t p = f->g->parent;
    bool must = f->g->flags & VG_DUTY
                || (p != NO_CHUNK && f->g->flags & VG_TO
                    && BASE_IN(f, p, "have", "force", "need", "oblige"))
                || WORD_IN(f, f->g->first, f->g->last, "have", "has", "had");
    uint16_t over = f->g->subject != NO_CHUNK ? f->g->subject
                    : p != NO_CHUNK           ? chunk(f, p)->subject
                                              : NO_CHUNK;
    uint8_t s = nf_head_class(f->c, over);
    if (!must || f->g->flags & VG_NEG || f->passive || f->g->says != NO_CHUNK
        || !(s == NN_FLIGHT || s == NN_PLANE)
        || !BASE_IN(f, f->v, "go", "fly", "travel", "pass", "detour", "route")
        || !WORD_IN(f, f->g->last, f->g->last + 3, "through", "around", "round", "via", "over"))
        return false;
    f->issuer = NO_CHUNK;
    f->object = over;
    nf_emit(f, OVF_ACT_DIVERT, "V12");
    return true;
}

/* "Planes were unable to land", "could neither land nor take off"; "skipped Aruba", "scrubbed the lot" */
static bool no_service(frame *f)
{
    uint8_t s = nf_head_class(f->c, f->g->subject);
    uint16_t p = f->g->parent;
    bool unable = f->g->flags & VG_TO && f->v > 0
                  && NEWS_IS(f->c->doc, f->g->first > 0 ? f->g->first - 1 : 0, "unable");
    bool could_not =
        f->g->flags & VG_NEG && WORD_IN(f, f->g->first, f->g->last, "could", "couldn't");
    if ((unable || could_not)
        && BASE_IN(f, f->v, "land", "take", "depart", "fly", "operate", "leave")) {
        uint16_t who = f->g->subject != NO_CHUNK ? f->g->subject
                       : p != NO_CHUNK           ? chunk(f, p)->subject
                                                 : NO_CHUNK;
        uint8_t k = nf_head_class(f->c, who);
        if ((k == NN_PLANE || k == NN_FLIGHT)
            && WORD_IN(f, f->g->first, clause_end(f), "land", "off", "depart", "operate",
                       "leave")) {
            uint16_t source = f->g->says == NO_CHUNK ? NO_CHUNK : chunk(f, f->g->says)->subject;
            f->object = who;
            f->issuer = nf_kind_of(f, source) == OVF_NEWS_AIRPORT ? source : NO_CHUNK;
            news_draft *d = nf_emit(f, OVF_ACT_SUSPEND_SERVICE, "S7");
            if (d != NULL)
                d->is_negated = false;
            return true;
        }
    }
    if (s != NN_CARRIER || f->passive || f->object == NO_CHUNK || f->g->flags & VG_NEG)
        return false;
    bool place = f->class_of == NN_CITY || f->class_of == NN_STATE || f->class_of == NN_AIR;
    bool lot = WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->head + 1, "lot",
                       "everything", "all", "rotations", "rotation");
    if ((place && BASE_IN(f, f->v, "skip", "omit"))
        || (lot && BASE_IN(f, f->v, "cancel", "suspend", "scrap", "scrub", "halt", "axe"))) {
        nf_emit(f, OVF_ACT_SUSPEND_SERVICE, "S8");
        return true;
    }
    return false;
}

/* "Brought in a similar ban", "slapped restrictions on", "was put in place": imposed. */
static bool brings_in(frame *f)
{
    uint32_t after = f->g->last;
    ovf_act act = nf_noun_act(f->c, f->object);
    if ((act != OVF_ACT_DECLARE_CLOSED && act != OVF_ACT_PROHIBIT) || is_hedged(f))
        return false;
    bool fits = BASE_IN(f, f->v, "slap", "clamp", "reintroduce", "reimpose", "re-impose", "apply")
                || (BASE_IN(f, f->v, "bring", "phase")
                    && WORD_IN(f, f->g->head + 1, after + 4, "in", "back"))
                || (BASE_IN(f, f->v, "put", "keep", "leave", "have")
                    && WORD_IN(f, after, clause_end(f), "place", "force"));
    if (!fits)
        return false;
    nf_emit(f, act, "I9");
    return true;
}

/* "Brazil never imposed any", "announced one of its own": the kind of measure spoken of before. */
static bool imposes_such(frame *f)
{
    const news_doc *doc = f->c->doc;
    if (f->object == NO_CHUNK || f->passive || is_hedged(f)
        || news_vg_class(f->c, f->v) != NV_IMPOSE
        || !WORD_IN(f, chunk(f, f->object)->first, chunk(f, f->object)->first + 1, "any", "one",
                    "none")
        || chunk(f, f->object)->last != chunk(f, f->object)->first + 1
        || news_entity_of(f->c, f->g->subject) == NEWS_NONE)
        return false;
    const news_sentence *s = &doc->sentences[f->c->sentence];
    uint32_t first = f->c->sentence > 0 && s[-1].paragraph == s->paragraph ? s[-1].first : s->first;
    uint8_t act = OVF_ACT_UNKNOWN;
    for (uint32_t i = first; i < chunk(f, f->v)->first; i++) {
        uint8_t k = news_lex(doc, i)->act;
        if (k == OVF_ACT_PROHIBIT || k == OVF_ACT_DECLARE_CLOSED)
            act = k;
    }
    if (act == OVF_ACT_UNKNOWN)
        return false;
    nf_emit(f, (ovf_act)act, "I10");
    return true;
}

/* "Sent 300 drones towards", "lobbed rockets at"; "two crews lost GPS" */
static bool sends_or_loses(frame *f)
{
    if (f->object == NO_CHUNK || f->g->flags & (VG_NEG | VG_TO | VG_POSSIBLE))
        return false;
    bool armed = f->class_of == NN_WEAPON || nf_has_class(f->c, f->object, NN_WEAPON)
                 || nf_list_has_class(f->c, f->object, NN_WEAPON)
                 || WORD_IN(f, chunk(f, f->object)->first, chunk(f, f->object)->last, "drone",
                            "drones", "uavs");
    uint32_t after = chunk(f, f->object)->last;
    if (armed && BASE_IN(f, f->v, "send", "lob", "hurl", "rain", "direct", "unleash")
        && WORD_IN(f, after, after + 1, "towards", "toward", "at", "against", "into", "on",
                   "across")) {
        nf_emit(f, OVF_ACT_STRIKE, "K8");
        return true;
    }
    if (BASE_IN(f, f->v, "lose") && !f->passive
        && WORD_IN(f, chunk(f, f->object)->first, chunk(f, f->object)->last, "gps", "gnss", "rnp",
                   "rnav", "adsb", "ads-b", "signal", "signals", "navigation", "gnss",
                   "datalink")) {
        nf_emit(f, OVF_ACT_INCIDENT, "X7");
        return true;
    }
    return false;
}

/* "Opened the western half to transit", "reclosed two sectors": of the airspace that is spoken of. */
static bool part_of_air(frame *f)
{
    uint8_t class = news_vg_class(f->c, f->v);
    const news_doc *doc = f->c->doc;
    if ((class != NV_CLOSE && class != NV_REOPEN && class != NV_OPEN) || f->object == NO_CHUNK
        || is_hedged(f) || f->g->flags & (VG_TO | VG_NEG | VG_ING)
        || !WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->head + 1, "part", "parts",
                    "half", "portion", "portions", "sector", "sectors", "section", "sections",
                    "rest", "remainder"))
        return false;
    const news_sentence *s = &doc->sentences[f->c->sentence];
    uint32_t first = f->c->sentence > 0 && s[-1].paragraph == s->paragraph ? s[-1].first : s->first;
    bool air = false;
    for (uint32_t i = first; i < s->last; i++)
        air |= WORD_IN(f, i, i + 1, "airspace", "skies", "fir", "sky");
    if (!air)
        return false;
    nf_emit(f, class == NV_CLOSE ? OVF_ACT_DECLARE_CLOSED : OVF_ACT_REOPEN, "O5");
    return true;
}

/* "The agency has been turning away aircraft bound for Niamey": kept from flying there. */
static bool holds_back(frame *f)
{
    if (f->passive || f->object == NO_CHUNK || is_hedged(f) || f->g->flags & (VG_NEG | VG_TO)
        || !BASE_IN(f, f->v, "stop", "turn", "hold", "halt", "block", "keep")
        || f->class_of != NN_PLANE
        || !(nf_is_ruler(f, f->issuer) || nf_kind_of(f, f->issuer) == OVF_NEWS_ANSP)
        || !WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->last + 1, "bound", "heading",
                    "headed", "destined"))
        return false;
    nf_emit(f, OVF_ACT_PROHIBIT, "P10");
    return true;
}

/* "The 'Carpet' plan was introduced in Kaluga": the name, in Russia, of a closed aerodrome. */
static bool carpet(frame *f)
{
    const news_sentence *s = &f->c->doc->sentences[f->c->sentence];
    uint16_t from = f->g->from;
    uint32_t first = from < f->c->count ? chunk(f, from)->first : s->first;
    if (!WORD_IN(f, first, clause_end(f), "carpet", "kovyor", "kover")
        || !WORD_IN(f, first, clause_end(f), "plan", "plans", "signal", "regime", "mode"))
        return false;
    bool sets = BASE_IN(f, f->v, "introduce", "declare", "announce", "activate", "impose");
    bool lifts = BASE_IN(f, f->v, "lift", "cancel", "end", "remove", "revoke");
    if (!sets && !lifts)
        return false;
    nf_emit(f, sets ? OVF_ACT_DECLARE_CLOSED : OVF_ACT_REOPEN, "C9");
    return true;
}

bool nf_tells_idiom(frame *f)
{
    return pronoun_shut(f) || city_shut(f) || city_open(f) || permit_holds(f) || may_go_on(f)
           || disapproves(f) || went_elsewhere(f) || must_go_round(f) || no_service(f)
           || brings_in(f) || imposes_such(f) || sends_or_loses(f) || part_of_air(f)
           || holds_back(f) || carpet(f);
}

/* "Explosions heard in Srinagar", "drone spotted near the runway", "jamming reported": the passive of
 * headlines and tickers, where no other verb makes the sentence. */
bool nf_tells_clipped(frame *f)
{
    const news_chunk *g = f->g;
    bool clipped = g->flags & VG_PP
                   || (g->flags & VG_FINITE && g->tense & VF_PP && g->first == g->head
                       && g->object == NO_CHUNK && !(g->flags & (VG_SAYS | VG_DONE)));
    if (!clipped || g->parent != NO_CHUNK || g->subject == NO_CHUNK
        || !BASE_IN(f, f->v, "hear", "report", "see", "spot", "sight", "detect", "record",
                    "observe"))
        return false;
    for (uint16_t v = 0; v < f->c->count; v++) {
        if (v != f->v && chunk(f, v)->kind == CH_VG && chunk(f, v)->flags & VG_FINITE
            && chunk(f, v)->from <= f->v && f->v < chunk(f, v)->until)
            return false;
    }
    const news_chunk *s = chunk(f, g->subject);
    if (nf_head_class(f->c, g->subject) != NN_HAZARD
        && nf_noun_act(f->c, g->subject) != OVF_ACT_INCIDENT
        && !WORD_IN(f, s->first, s->last, "explosion", "explosions", "blast", "blasts", "drone",
                    "drones", "uav", "uavs", "balloon", "balloons", "jamming", "spoofing", "debris",
                    "sirens", "gunfire", "missile", "missiles"))
        return false;
    f->object = g->subject;
    f->issuer = NO_CHUNK;
    nf_emit(f, OVF_ACT_INCIDENT, "X8");
    return true;
}
