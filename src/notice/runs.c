/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of coordinates: those that follow each other with nothing but joints between them ("-", "TO",
 * "THENCE", a fix in brackets, a bullet). Words of an arc or a border between two of them keep the
 * run together and mark it. */
#include "notice_internal.h"

#define GAP_MAX 40 /* tokens between two vertices that words of an arc or a border may fill */

static bool is_coord(const ovf_draft *d, size_t i)
{
    return i < d->token_count && d->tokens[i].kind == OVF_TOK_COORD;
}

static bool same_place(const ovf_token *a, const ovf_token *b)
{
    ovf_fixed p = ovf_point_fix((ovf_point){a->a, a->b});
    ovf_fixed q = ovf_point_fix((ovf_point){b->a, b->b});
    return p.lat_e7 == q.lat_e7 && p.lon_e7 == q.lon_e7;
}

static bool is_any(const ovf_draft *d, size_t i, const char *const *words, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (ovf_tok_is(d, i, words[k]))
            return true;
    }
    return false;
}

static bool is_arc_word(const ovf_draft *d, size_t i)
{
    static const char *const words[] = {"ARC", "CLOCKWISE", "CLKWISE",          "ANTICLOCKWISE",
                                        "CW",  "CCW",       "COUNTERCLOCKWISE", "ANTICLKWISE",
                                        "CLKW"};
    return is_any(d, i, words, OVF_COUNTOF(words));
}

static bool is_border_word(const ovf_draft *d, size_t i)
{
    static const char *const words[] = {"BORDER",    "BOUNDARY",  "BDRY",  "COAST",
                                        "COASTLINE", "BORDERS",   "RIVER", "FRONTIER",
                                        "ALONG",     "SHORELINE", "BDY",   "BOUNDARIES"};
    return is_any(d, i, words, OVF_COUNTOF(words));
}

static bool is_joint_word(const ovf_draft *d, size_t i)
{
    static const char *const words[] = {"TO",       "THEN",   "THENCE", "AND", "DCT",      "DIRECT",
                                        "POINT",    "POINTS", "PSN",    "LAT", "LATITUDE", "LINE",
                                        "STRAIGHT", "A",      "PT",     "P",   "COORD",    "FM",
                                        "FROM",     "BY",     "WITH"};
    return is_any(d, i, words, OVF_COUNTOF(words));
}

/* "(ASSAD)", "(BRO067019)": a bracket of few words between two vertices. */
static size_t skip_bracket(const ovf_draft *d, size_t i)
{
    if (!ovf_tok_sign(d, i, '('))
        return i;
    for (size_t k = i + 1; k < i + 10 && k < d->token_count; k++) {
        if (is_coord(d, k))
            return i;
        if (ovf_tok_sign(d, k, ')'))
            return k + 1;
    }
    return i;
}

static bool is_fix_name(const ovf_draft *d, size_t i)
{
    if (d->tokens[i].kind != OVF_TOK_WORD || d->tokens[i].len != 5)
        return false;
    static const char *const never[] = {"CLOSE", "CENTR", "CNTRE", "ZONES", "AREAS", "WHICH",
                                        "BELOW", "ABOVE", "EXCEP", "LIMIT", "UNDER", "POINT"};
    ovf_str word = ovf_tok_text(d, i);
    for (size_t k = 0; k < 5; k++) {
        if (!ovf_is_letter(word.ptr[k]))
            return false;
    }
    return !is_any(d, i, never, OVF_COUNTOF(never));
}

/* A number or letter that counts vertices: "1.", "A)", "P2". */
bool ovf_tok_is_bullet(const ovf_draft *d, size_t i)
{
    const ovf_token *t = &d->tokens[i];
    bool is_short = t->kind == OVF_TOK_NUM && t->len <= 2;
    if (t->kind == OVF_TOK_WORD && t->len <= 2)
        is_short = t->len == 1 || ovf_is_digit(d->clean.text.ptr[t->at + 1]);
    return is_short
           && (ovf_tok_sign(d, i + 1, '.') || ovf_tok_sign(d, i + 1, ')')
               || ovf_tok_sign(d, i + 1, ':'));
}

struct joint {
    size_t next; /* token of the next vertex; 0: the run ends */
    bool has_arc, has_border, has_bullet, is_cut;
    size_t odd;
};

/* May the word stand between two vertices? */
static bool leads_on(const ovf_draft *d, size_t i)
{
    return is_joint_word(d, i) || (is_fix_name(d, i) && is_coord(d, i + 1))
           || ovf_phrase(d, i, "STATE|FIR|COUNTRY BORDER|BOUNDARY|BDRY") > 0
           || ovf_phrase(d, i, "THE|STATE|FIR *? BORDER|BOUNDARY|COAST|ARC") > 0;
}

/* From the token behind a vertex: is there another one, and what stands between? */
static struct joint joint_from(const ovf_draft *d, size_t i)
{
    struct joint j = {0};
    size_t start = i;
    while (i < d->token_count && i < start + GAP_MAX) {
        const ovf_token *t = &d->tokens[i];
        if (t->kind == OVF_TOK_COORD) {
            j.next = i;
            return j;
        }
        size_t behind = skip_bracket(d, i);
        if (behind > i) {
            i = behind;
            continue;
        }
        bool is_special = j.has_arc || j.has_border;
        if (is_arc_word(d, i)) {
            j.has_arc = true;
            j.odd = i;
        } else if (is_border_word(d, i)) {
            j.has_border = true;
            j.odd = i;
        } else if ((t->flags & OVF_TOK_LOOKS) != 0 || t->kind == OVF_TOK_LAT
                   || t->kind == OVF_TOK_LON) {
            j.is_cut = true;
            j.odd = i;
        } else if (ovf_tok_is_bullet(d, i)) {
            j.has_bullet = true;
            i++;
        } else if (t->kind == OVF_TOK_SIGN && strchr("-,/.;:'\"", t->sign) != NULL) {
            // a separator
        } else if (!is_special && !leads_on(d, i)) {
            return (struct joint){.is_cut = j.is_cut, .odd = j.odd};
        }
        i++;
    }
    return (struct joint){.is_cut = j.is_cut, .odd = j.odd};
}

static bool add_run(ovf_draft *d, ovf_runs *runs, ovf_run run)
{
    if (!ovf_arena_grow(d->arena, (void **)&runs->items, runs->count, &runs->capacity,
                        sizeof(run))) {
        d->no_memory = true;
        return false;
    }
    runs->items[runs->count++] = run;
    return true;
}

/* Bullets between vertices count them when every vertex has one, else they part areas. */
static bool bullets_count_vertices(const ovf_draft *d, size_t first)
{
    size_t i = first;
    for (int looked = 0; looked < 100 && is_coord(d, i); looked++) {
        struct joint j = joint_from(d, i + 1);
        if (j.next == 0)
            return true;
        if (!j.has_bullet)
            return false;
        i = j.next;
    }
    return true;
}

void ovf_find_runs(ovf_draft *d, ovf_runs *runs)
{
    for (size_t i = 0; i < d->token_count && runs->count < OVF_NOTICE_MAX_AREAS; i++) {
        if (!is_coord(d, i))
            continue;
        ovf_run run = {.first = i, .last = i, .count = 1};
        bool count_bullets = bullets_count_vertices(d, i);
        for (;;) {
            struct joint j = joint_from(d, run.last + 1);
            if (j.is_cut) {
                run.is_cut = true;
                run.odd = j.odd;
            }
            if (j.next == 0 || (j.has_bullet && !count_bullets))
                break;
            if (run.is_closed && !j.has_arc && !j.has_border)
                break; // a ring behind a ring
            run.has_arc |= j.has_arc;
            run.has_border |= j.has_border;
            if (j.has_arc || j.has_border)
                run.odd = j.odd;
            run.last = j.next;
            run.count++;
            run.is_closed = run.count >= 4 && !run.has_arc
                            && same_place(&d->tokens[run.first], &d->tokens[run.last]);
        }
        if (!add_run(d, runs, run))
            return;
        i = run.last;
    }
}
