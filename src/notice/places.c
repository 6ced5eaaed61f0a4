/* SPDX-License-Identifier: Apache-2.0 */
/* Areas by name: the FIRs and States that the text mentions (mentions.c), and what narrows them:
 * half-planes and bands ("WEST OF 57W"), the airspace of a State within a FIR, "OVER WATER". What is
 * named and cannot be found stays an unresolved area with its name. */
#include "places.h"

ovf_str ovf_squeezed(ovf_draft *d, size_t from, size_t until)
{
    ovf_str s = ovf_show(d, from, until);
    char *out = ovf_arena_array(d->arena, char, s.len + 1);
    if (out == NULL) {
        d->no_memory = true;
        return s;
    }
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        bool is_blank = ovf_is_blank(s.ptr[i]);
        if (!is_blank || (len > 0 && out[len - 1] != ' '))
            out[len++] = is_blank ? ' ' : s.ptr[i];
    }
    return (ovf_str){out, len};
}

/* ---- areas out of the mentions ---- */

static const ovf_area *plain_area(const ovf_draft *d, const ovf_mention *m)
{
    if (m->index == OVF_INDEX_NONE)
        return ovf_area_unresolved();
    const ovf_area *area = m->shape == OVF_SHAPE_FIR
                               ? ovf_world_fir_area(d->world, ovf_world_fir(d->world, m->index))
                               : ovf_world_territory(d->world, m->index);
    bool is_known = area != NULL && ovf_area_kind_of(area) != OVF_AREA_EMPTY;
    return is_known ? area : ovf_area_unresolved();
}

static const ovf_area *clip(ovf_draft *d, const ovf_places *p, size_t index, const ovf_area *area)
{
    const ovf_area *parts[OVF_CUTS_MAX + 1] = {area};
    size_t count = 1;
    for (size_t i = 0; i < p->cut_count; i++) {
        size_t owner = ovf_owner_of(p, p->cuts[i].at);
        // "WITHIN THE AIRSPACE OF A AND B LOCATED SOUTH OF ...": one list, cut as one.
        bool is_listed = p->count > 0 && p->items[owner].shape == OVF_SHAPE_STATE
                         && p->items[index].shape == OVF_SHAPE_STATE
                         && p->items[owner].first == p->items[index].first;
        if (p->cuts_hold_for_all || owner == index || is_listed)
            parts[count++] = p->cuts[i].area;
    }
    const ovf_area *out = area;
    if (count > 1 && ovf_area_intersection(d->arena, parts, count, &out, NULL) != OVF_OK)
        d->no_memory = true;
    return out;
}

/* The part of a FIR that lies over a State. */
static const ovf_area *bounded(ovf_draft *d, const ovf_mention *m, const ovf_area *area)
{
    const ovf_area *out = area;
    if (!m->is_bounded)
        return area;
    const ovf_area *parts[2] = {area, ovf_world_territory(d->world, m->within)};
    if (parts[1] == NULL || ovf_area_kind_of(parts[1]) == OVF_AREA_EMPTY)
        return ovf_area_unresolved();
    if (ovf_area_intersection(d->arena, parts, 2, &out, NULL) != OVF_OK)
        d->no_memory = true;
    return out;
}

/* "SECTORS 2 AND 5 OF ISTANBUL FIR", "TRIPOLI FIR PARTIALLY CLSD": a part that nobody draws. Where it ends
 * in words (a side of a line, a State, a sea) those say which. */
static bool is_part_only(const ovf_draft *d, const ovf_places *p, size_t index)
{
    const ovf_mention *m = &p->items[index];
    size_t start = ovf_sentence_start(d, m->first);
    size_t from = m->first > start + 14 ? m->first - 14 : start;
    for (size_t i = 0; i < p->cut_count; i++) {
        if (p->cuts_hold_for_all || ovf_owner_of(p, p->cuts[i].at) == index)
            return false;
    }
    if (m->shape != OVF_SHAPE_FIR || m->is_bounded)
        return false;
    for (size_t i = from; i < m->first; i++) {
        size_t next =
            ovf_phrase(d, i, "SECTOR|SECTORS|SECTEUR|SECTEURS|PART|PARTS|PORTION|PORTIONS|SECT");
        bool is_of = false;
        bool is_list = next > 0;
        for (size_t k = next; is_list && k < m->first; k++) {
            is_of |= ovf_phrase(d, k, "OF|WI|WITHIN|DE|DU|IN") > 0;
            is_list = d->tokens[k].len <= 3
                      || ovf_phrase(d, k, "OF|AND|THE|WITHIN|SECTORS|SECTOR") > 0
                      || d->tokens[k].kind == OVF_TOK_SIGN;
        }
        if (is_list && is_of)
            return true;
    }
    size_t behind = m->end;
    while (behind < m->end + 5
           && (ovf_tok_sign(d, behind, '(') || ovf_tok_sign(d, behind, ')')
               || ovf_phrase(d, behind, "FIR|UIR|IS|ARE|AIRSPACE|WILL|BE") > 0
               || (d->tokens[behind].kind == OVF_TOK_WORD && d->tokens[behind].len == 4
                   && ovf_tok_sign(d, behind + 1, ')'))))
        behind++;
    return ovf_phrase(d, behind, "PARTIALLY|PARTLY|PARTIELLEMENT|PARCIALMENTE") > 0
           || ovf_phrase(d, behind, "SECTOR|SECTORS #") > 0;
}

/* Its area is somewhere within the FIR, and nobody can tell where. */
static void add_part(ovf_draft *d, const ovf_mention *m, const ovf_area *area)
{
    const ovf_area *parts[2] = {area, ovf_area_unresolved()};
    const ovf_area *within = NULL;
    if (ovf_area_intersection(d->arena, parts, 2, &within, NULL) != OVF_OK)
        within = ovf_area_unresolved();
    ovf_notice_area *added = ovf_add_area(d, OVF_SHAPE_FIR, OVF_CERTAINTY_UNRESOLVED, within,
                                          d->tokens[m->first].at, ovf_tok_end(d, m->end - 1));
    if (added != NULL)
        added->name = m->code;
    OVF_FIND(d, OVF_WARNING, d->tokens[m->first].at, "PART_UNKNOWN",
             "a part of %.*s that is not drawn: where in it is not known",
             OVF_ARG(ovf_str_sub(m->code, 0, 60)));
}

static void add_mention(ovf_draft *d, const ovf_places *p, size_t index)
{
    const ovf_mention *m = &p->items[index];
    const ovf_area *area = plain_area(d, m);
    bool is_known = area != ovf_area_unresolved();
    if (m->is_taken) {
        ovf_push_str(d, &d->notice->firs, &d->notice->fir_count, m->code);
        return;
    }
    if (is_known && is_part_only(d, p, index)) {
        add_part(d, m, area);
        return;
    }
    if (is_known) {
        area = ovf_sea_part(d, m, clip(d, p, index, bounded(d, m, area)));
        is_known = ovf_area_is_resolved(area);
        area = is_known ? area : ovf_area_unresolved();
    }
    ovf_notice_area *added =
        ovf_add_area(d, m->shape, is_known ? OVF_CERTAINTY_REFERENCE : OVF_CERTAINTY_UNRESOLVED,
                     area, d->tokens[m->first].at, ovf_tok_end(d, m->end - 1));
    if (added == NULL)
        return;
    added->name = m->code;
    if (!is_known && m->index == OVF_INDEX_NONE)
        OVF_FIND(d, OVF_WARNING, d->tokens[m->first].at, "NAME_UNKNOWN",
                 "%.*s: not in the world's tables: the area is not resolved",
                 OVF_ARG(ovf_str_sub(m->code, 0, 60)));
}

/* "FIR A AND FIR B WITHIN THE TERRITORY AND AIRSPACE OF MALI": the FIRs' part of the State. */
static bool add_within(ovf_draft *d, const ovf_places *p)
{
    if (p->count < 2 || p->items[p->count - 1].shape != OVF_SHAPE_STATE)
        return false;
    const ovf_mention *state = &p->items[p->count - 1];
    const ovf_mention *before = &p->items[p->count - 2];
    bool is_within = false;
    for (size_t i = before->end; i < state->first && i < before->end + 6; i++)
        is_within |=
            ovf_tok_is(d, i, "WITHIN") || ovf_tok_is(d, i, "WI") || ovf_tok_is(d, i, "INSIDE");
    for (size_t i = 0; i + 1 < p->count; i++)
        is_within &= p->items[i].shape == OVF_SHAPE_FIR;
    const ovf_area *territory = plain_area(d, state);
    if (!is_within || before->end > state->first || territory == ovf_area_unresolved())
        return false;
    for (size_t i = 0; i + 1 < p->count; i++) {
        const ovf_area *parts[2] = {plain_area(d, &p->items[i]), territory};
        const ovf_area *area = NULL;
        if (ovf_area_intersection(d->arena, parts, 2, &area, NULL) != OVF_OK)
            return false;
        bool is_known = parts[0] != ovf_area_unresolved();
        ovf_notice_area *added = ovf_add_area(
            d, OVF_SHAPE_FIR, is_known ? OVF_CERTAINTY_REFERENCE : OVF_CERTAINTY_UNRESOLVED,
            is_known ? area : ovf_area_unresolved(), d->tokens[p->items[i].first].at,
            ovf_tok_end(d, state->end - 1));
        if (added != NULL)
            added->name = p->items[i].code;
    }
    return true;
}

/* A buffer round something that is no border: it cannot be drawn. */
static void report_unread(ovf_draft *d, const ovf_places *p)
{
    size_t buffer = ovf_phrase_find(d, d->main_from, d->token_count, "BUFFER ZONE|AREA", NULL);
    if (buffer == OVF_NOPOS || p->has_buffer)
        return;
    ovf_notice_area *area =
        ovf_add_area(d, OVF_SHAPE_BUFFER, OVF_CERTAINTY_UNRESOLVED, ovf_area_unresolved(),
                     d->tokens[buffer].at, ovf_tok_end(d, ovf_sentence_end(d, buffer) - 1));
    if (area != NULL)
        area->name = ovf_show(d, d->tokens[buffer].at, ovf_tok_end(d, buffer + 1));
    OVF_FIND(d, OVF_WARNING, d->tokens[buffer].at, "GEOM_BUFFER",
             "a buffer zone: the area is not resolved");
}

/* Half-planes and lines with no FIR or State named cut the FIRs of item A. */
static void mention_item_a(ovf_draft *d, ovf_places *p)
{
    uint32_t firs[OVF_MENTIONS_MAX];
    bool is_airspace = d->notice->qcode.len == 5 && strchr("RWA", d->notice->qcode.ptr[1]) != NULL;
    size_t count = is_airspace ? ovf_item_a_firs(d, firs, OVF_MENTIONS_MAX) : 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = p->cuts[0].at;
        ovf_put_mention(p, ovf_mention_of(OVF_SHAPE_FIR, firs[i],
                                          ovf_world_fir(d->world, firs[i])->code, at, at + 1));
    }
    p->cuts_hold_for_all = true;
    if (p->count > 0 || p->line_end <= p->line_from)
        return;
    // One side of a line, and nobody says of what.
    ovf_notice_area *area =
        ovf_add_area(d, OVF_SHAPE_POLYGON, OVF_CERTAINTY_UNRESOLVED, ovf_area_unresolved(),
                     d->tokens[p->line_from].at, ovf_tok_end(d, p->line_end - 1));
    if (area != NULL)
        OVF_FIND(d, OVF_WARNING, d->tokens[p->line_from].at, "GEOM_LINE",
                 "one side of a line, of an area that is not named: it is not resolved");
}

/* Are all areas so far made of the points of a line whose side the text means? */
static bool are_line_points(const ovf_draft *d, const ovf_places *p)
{
    if (p->line_end <= p->line_from || (p->count == 0 && p->cut_count == 0))
        return false;
    ovf_span line = ovf_raw_span(d, d->tokens[p->line_from].at, ovf_tok_end(d, p->line_end - 1));
    for (size_t i = 0; i < d->area_count; i++) {
        const ovf_span *span = &d->areas[i].span;
        if (span->at < line.at || span->at + span->len > line.at + line.len)
            return false;
    }
    return true;
}

/* The first `count` areas go behind the others: what is named comes before what lies beside it. */
static void put_behind(ovf_draft *d, size_t count)
{
    for (size_t i = 0; i < count && count < d->area_count; i++) {
        ovf_notice_area moved = d->areas[0];
        memmove(d->areas, d->areas + 1, (d->area_count - 1) * sizeof(moved));
        d->areas[d->area_count - 1] = moved;
    }
}

void ovf_read_places(ovf_draft *d)
{
    ovf_places p = {0};
    bool has_line =
        d->area_count == 0
        || ovf_phrase_find(d, d->main_from, d->token_count,
                           "OF A|THE? STRAIGHT? LINE|LINES|SEGMENT|SEGMENTS|TRACK|AXIS", NULL)
               != OVF_NOPOS;
    if (!has_line)
        return; // coordinates say more than names
    ovf_find_firs(d, &p);
    ovf_find_states(d, &p);
    ovf_drop_bounds(&p);
    size_t findings = d->findings.count;
    ovf_find_sides(d, &p);
    if (d->area_count > 0 && !are_line_points(d, &p)) {
        d->findings.count = findings;
        return;
    }
    d->area_count = 0;
    ovf_find_strips(d, &p);
    if (p.count == 0 && p.cut_count >= 4) {
        ovf_read_boxes(d);
        if (d->area_count > 0)
            return;
    }
    if (p.count == 0 && p.cut_count > 0)
        mention_item_a(d, &p);
    if (p.cut_count == 0 && add_within(d, &p))
        return;
    size_t strips = d->area_count;
    for (size_t i = 0; i < p.count && !d->no_memory; i++)
        add_mention(d, &p, i);
    put_behind(d, strips);
    report_unread(d, &p);
}
