/* SPDX-License-Identifier: Apache-2.0 */
/* Reads data/zones: areas laid over the outlines (docs/formats/zone.md). A block is
 *
 *     zone ID            a word, unique among all files
 *       WORD VALUE       the head, one word a line
 *     limit ...          limits as of a FIR (docs/formats/fir.md), read by fir_text.c
 *     end                                                                          */
#include "fir_internal.h"

#include <dirent.h>
#include <stdlib.h>

#define ZONE_FILES_MAX 64
#define ZONES_MAX 4096

struct zone_reader {
    struct world_build *build;
    const char *file;
    ovf_str text;
    ovf_str rest;
    ovf_str word, value; /* of the line at hand */
    struct world_zone zone;
    unsigned seen;
    ovf_error *err;
};

static ovf_status zone_fail(const struct zone_reader *r, ovf_str at, const char *reason)
{
    return world_fail_at(r->err, OVF_E_SYNTAX, r->file, r->text, at.ptr, "%s", reason);
}

/* The next line that says something, split at its first blank. The position does not move when the
 * line is `limit`: that one is fir_text.c's. */
static bool next_line(struct zone_reader *r)
{
    ovf_str rest = r->rest;
    ovf_str line;
    while (ovf_str_line(&rest, &line)) {
        size_t comment = ovf_str_find(line, 0, OVF_STR("#"));
        line = ovf_str_trim(comment == OVF_NOPOS ? line : ovf_str_sub(line, 0, comment));
        if (line.len > 0) {
            size_t blank = ovf_str_find(line, 0, OVF_STR(" "));
            blank = blank == OVF_NOPOS ? line.len : blank;
            r->word = ovf_str_sub(line, 0, blank);
            r->value = ovf_str_trim(ovf_str_tail(line, blank));
            if (!ovf_str_eq(r->word, OVF_STR("limit")))
                r->rest = rest;
            return true;
        }
        r->rest = rest;
    }
    r->word = (ovf_str){r->text.ptr + r->text.len, 0};
    return false;
}

enum head_word {
    HEAD_NAME,
    HEAD_KIND,
    HEAD_STATE,
    HEAD_FROM,
    HEAD_HELD,
    HEAD_CLAIMED,
    HEAD_ACCURACY,
    HEAD_NOTE,
    HEAD_SOURCE,
    HEAD_COUNT
};

static const char *const head_words[HEAD_COUNT] = {"name",    "kind",     "state", "from",  "held",
                                                   "claimed", "accuracy", "note",  "source"};

static const unsigned head_needed =
    1u << HEAD_NAME | 1u << HEAD_KIND | 1u << HEAD_STATE | 1u << HEAD_SOURCE;

static ovf_status take_state(const struct zone_reader *r, ovf_str code, uint32_t *out)
{
    *out = world_build_state(r->build, code);
    return *out != OVF_INDEX_NONE ? OVF_OK
                                  : zone_fail(r, code, "expected an ISO3 code of data/states.txt");
}

/* Codes separated by single blanks; out may be NULL. */
static ovf_status take_states(const struct zone_reader *r, uint32_t *out, uint32_t *count)
{
    ovf_str rest = r->value;
    ovf_str code;
    *count = 0;
    while (rest.len > 0 && ovf_str_field(&rest, ' ', &code)) {
        uint32_t state = 0;
        ovf_status status = take_state(r, code, &state);
        if (status != OVF_OK)
            return status;
        if (*count == WORLD_ZONE_STATES_MAX)
            return zone_fail(r, code, "too many States");
        if (out != NULL)
            out[*count] = state;
        (*count)++;
    }
    return OVF_OK;
}

static ovf_status take_kind(struct zone_reader *r)
{
    static const char *const kinds[WORLD_ZONE_KINDS] = {NULL,          "disputed", "part",
                                                        "archipelago", "waters",   "high-seas"};
    for (int k = 1; k < WORLD_ZONE_KINDS; k++)
        if (ovf_str_eq(r->value, ovf_str_of(kinds[k]))) {
            r->zone.kind = (enum world_zone_kind)k;
            return OVF_OK;
        }
    return zone_fail(r, r->value, "expected disputed, part, archipelago, waters or high-seas");
}

/* "5 KM" */
static ovf_status take_accuracy(struct zone_reader *r)
{
    size_t blank = ovf_str_find(r->value, 0, OVF_STR(" "));
    double km = 0.0;
    if (blank == OVF_NOPOS || !ovf_str_eq(ovf_str_tail(r->value, blank), OVF_STR(" KM"))
        || ovf_str_to_double(ovf_str_sub(r->value, 0, blank), &km, NULL) != OVF_OK
        || !(km > 0.0 && km <= 100.0))
        return zone_fail(r, r->value, "expected kilometres up to 100: '5 KM'");
    r->zone.claim.accuracy_m = km * 1000.0;
    return OVF_OK;
}

static ovf_status take_head_value(struct zone_reader *r, enum head_word word)
{
    struct world_claim *claim = &r->zone.claim;
    uint32_t count = 0;
    switch (word) {
    case HEAD_NAME: claim->name = r->value; return OVF_OK;
    case HEAD_KIND: return take_kind(r);
    case HEAD_STATE:
        return ovf_str_eq(r->value, OVF_STR("-")) ? OVF_OK
                                                  : take_state(r, r->value, &r->zone.state);
    case HEAD_FROM: return take_states(r, r->zone.from, &r->zone.from_count);
    case HEAD_HELD: claim->held_by = r->value; return take_states(r, NULL, &count);
    case HEAD_CLAIMED: claim->claimed_by = r->value; return take_states(r, NULL, &count);
    case HEAD_ACCURACY: return take_accuracy(r);
    case HEAD_NOTE: claim->note = r->value; return OVF_OK;
    default: claim->source = r->value; return OVF_OK;
    }
}

static ovf_status take_head(struct zone_reader *r)
{
    for (int i = 0; i < HEAD_COUNT; i++) {
        if (!ovf_str_eq(r->word, ovf_str_of(head_words[i])))
            continue;
        if (r->seen & 1u << i)
            return zone_fail(r, r->word, "this word has been given already");
        r->seen |= 1u << i;
        return r->value.len > 0 ? take_head_value(r, (enum head_word)i)
                                : zone_fail(r, r->word, "expected a value");
    }
    return zone_fail(r, r->word, "expected a word of the head, or 'limit'");
}

/* What a kind needs beside the words that every zone needs. */
static ovf_status check_head(const struct zone_reader *r, ovf_str at)
{
    for (int i = 0; i < HEAD_COUNT; i++)
        if ((head_needed & 1u << i) && !(r->seen & 1u << i))
            return world_fail_at(r->err, OVF_E_SYNTAX, r->file, r->text, at.ptr,
                                 "expected '%s' before the limit", head_words[i]);
    enum world_zone_kind kind = r->zone.kind;
    bool is_cut =
        kind == WORLD_ZONE_DISPUTED || kind == WORLD_ZONE_PART || kind == WORLD_ZONE_HIGH_SEAS;
    if (is_cut && r->zone.from_count == 0)
        return zone_fail(r, at, "expected 'from': whose territory it is cut out of");
    if (kind == WORLD_ZONE_DISPUTED && r->zone.claim.claimed_by.len == 0)
        return zone_fail(r, at, "expected 'claimed': who claims it");
    if (kind == WORLD_ZONE_ARCHIPELAGO && r->zone.state == OVF_INDEX_NONE)
        return zone_fail(r, at, "expected a State");
    return OVF_OK;
}

static ovf_status keep_zone(struct zone_reader *r, ovf_str at)
{
    struct world_build *build = r->build;
    for (size_t i = 0; i < build->zone_count; i++)
        if (ovf_str_eq(build->zones[i].id, r->zone.id))
            return zone_fail(r, r->zone.id, "this name has been given already");
    ovf_status status = check_head(r, at);
    r->zone.claim.state = r->zone.state;
    struct world_fir_block block = {0};
    if (status == OVF_OK)
        status = world_fir_read_limits(build, r->file, r->text, &r->rest, &block, r->err);
    if (status == OVF_OK)
        status = world_fir_walk_rings(build, &block, &r->zone.rings, &r->zone.ring_count, r->err);
    if (status != OVF_OK)
        return status;
    void *zones = build->zones;
    if (build->zone_count == ZONES_MAX)
        return ovf_fail(r->err, OVF_E_LIMIT, OVF_NOPOS, "more than %d zones", ZONES_MAX);
    if (!ovf_arena_grow(build->arena, &zones, build->zone_count, &build->zone_capacity,
                        sizeof *build->zones))
        return ovf_fail(r->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for zones");
    build->zones = zones;
    build->zones[build->zone_count++] = r->zone;
    return OVF_OK;
}

ovf_status world_zone_read(struct world_build *build, const char *file, ovf_str text,
                           ovf_error *err)
{
    struct zone_reader r = {.build = build, .file = file, .text = text, .rest = text, .err = err};
    while (next_line(&r)) {
        if (!ovf_str_eq(r.word, OVF_STR("zone")))
            return zone_fail(&r, r.word, "expected 'zone'");
        if (r.value.len == 0)
            return zone_fail(&r, r.word, "expected the name of a zone");
        r.zone = (struct world_zone){.id = r.value,
                                     .state = OVF_INDEX_NONE,
                                     .claim = {.state = OVF_INDEX_NONE},
                                     .file = file};
        r.seen = 0;
        ovf_status status = OVF_OK;
        bool is_head = true;
        while (status == OVF_OK && is_head) {
            if (!next_line(&r))
                return zone_fail(&r, r.word, "expected 'limit' before the end of the file");
            is_head = !ovf_str_eq(r.word, OVF_STR("limit"));
            status = is_head ? take_head(&r) : keep_zone(&r, r.word);
        }
        if (status != OVF_OK)
            return status;
    }
    return OVF_OK;
}

static int by_name(const void *a, const void *b)
{
    return ovf_str_cmp(*(const ovf_str *)a, *(const ovf_str *)b);
}

ovf_status world_read_zones(struct world_build *build, ovf_error *err)
{
    if (build->outline_count == 0) /* borders and coasts need the outlines */
        return OVF_OK;
    ovf_str dir = ovf_arena_printf(build->arena, "%s/zones", build->data_dir);
    DIR *handle = opendir(dir.ptr);
    if (handle == NULL)
        return OVF_OK;
    ovf_str names[ZONE_FILES_MAX];
    size_t count = 0;
    for (struct dirent *entry = readdir(handle); entry != NULL && count < ZONE_FILES_MAX;
         entry = readdir(handle))
        if (ovf_str_ends(ovf_str_of(entry->d_name), OVF_STR(".zone")))
            names[count++] = ovf_arena_printf(build->arena, "%s/%s", dir.ptr, entry->d_name);
    closedir(handle);
    qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; i < count; i++) {
        ovf_str text;
        ovf_status status = world_read_text(build->arena, names[i].ptr, &text, err);
        if (status == OVF_OK)
            status = world_zone_read(build, names[i].ptr, text, err);
        if (status != OVF_OK)
            return status;
    }
    return OVF_OK;
}
