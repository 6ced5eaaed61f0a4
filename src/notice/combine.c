/* SPDX-License-Identifier: Apache-2.0 */
/* Areas out of areas: what EXCLUDING takes away, and the belt of a BUFFER ZONE round one. */
#include "arcs.h"

/* Words that may stand between EXCLUDING and the coordinates of what is excluded. */
static bool is_area_word(const ovf_draft *d, size_t i)
{
    const ovf_token *t = &d->tokens[i];
    if (t->kind != OVF_TOK_WORD)
        return t->kind != OVF_TOK_COORD;
    return ovf_phrase(d, i,
                      "THE|AN|A|AREA|AREAS|ZONE|CIRCLE|CIRCULAR|RADIUS|RAD|WI|WITHIN|OF|BOUNDED|BY|"
                      "CENTRED|CENTERED|CENTRE|CENTER|ON|AT|PSN|POINT|POINTS|COORD|COORDINATES|"
                      "AIRSPACE|PART|PORTION|POLYGON|LINES|LINE|JOINING|FOLLOWING|FLW|LATERAL|"
                      "LIMITS|DEFINED|AS|STRAIGHT|NM|KM|M|SECTOR|INSIDE|THAT|INTERIOR|REGION")
               > 0
           || t->len <= 2;
}

/* Does an exclusion lead to the shape whose first token is `first`? Its token, or OVF_NOPOS. */
static size_t exclusion_before(const ovf_draft *d, size_t lead, size_t first)
{
    size_t from = first > lead + 20 ? first - 20 : lead;
    for (size_t i = first; i-- > from;) {
        size_t end = ovf_phrase(d, i,
                                "EXC|EXCL|EXCLUDING|EXCEPT|EXCEPTING|EXCLUDED|LESS|MINUS|SAUF|"
                                "EXCEPTO|EXCLUYENDO|HORMIS|EXCLUINDO|EXCETO");
        if (end == 0)
            end = ovf_phrase(d, i, "EXCEPTION OF");
        if (end == 0)
            end = ovf_phrase(d, i, "BUT|AND OUTSIDE OF?");
        if (end > 0 && end <= first)
            return i;
        if (!is_area_word(d, i) || ovf_tok_sign(d, i, ';'))
            return OVF_NOPOS;
    }
    return OVF_NOPOS;
}

/* Takes the areas from index `added` on away from the one before them, if the words say so. */
void ovf_subtract_excluded(ovf_draft *d, size_t lead, size_t first, size_t added)
{
    size_t word = added > 0 && d->area_count > added ? exclusion_before(d, lead, first) : OVF_NOPOS;
    if (word == OVF_NOPOS)
        return;
    ovf_notice_area *from = &d->areas[added - 1];
    const ovf_area **parts = ovf_arena_array(d->arena, const ovf_area *, d->area_count - added);
    if (parts == NULL) {
        d->no_memory = true;
        return;
    }
    size_t count = 0;
    for (size_t i = added; i < d->area_count; i++) {
        if (d->areas[i].shape == OVF_SHAPE_POINT || d->areas[i].shape == OVF_SHAPE_LINE)
            return;
        parts[count++] = d->areas[i].area;
    }
    const ovf_area *less = NULL;
    if (ovf_area_union(d->arena, parts, count, &less, NULL) != OVF_OK)
        return;
    if (!ovf_area_is_resolved(from->area) || !ovf_area_is_resolved(less)) {
        from->area = ovf_area_unresolved();
        from->certainty = OVF_CERTAINTY_UNRESOLVED;
    } else if (ovf_area_meets(from->area, less, d->arena) == OVF_TRI_NO) {
        OVF_FIND(d, OVF_WARNING, d->tokens[word].at, "AREA_EXCLUDES",
                 "what is excluded here lies apart from the area before it");
        return;
    } else if (ovf_area_difference(d->arena, from->area, less, &from->area, NULL) != OVF_OK) {
        return;
    }
    const ovf_notice_area *last = &d->areas[d->area_count - 1];
    uint32_t end = last->span.at + last->span.len;
    if (end > from->span.at)
        from->span.len = end - from->span.at;
    d->area_count = added;
}

/* "BUFFER ZONE FM OUTSIDE OF PROHIBITED AREA TO 10NM", "BUFFER OF 5NM AROUND THE AREA": the belt round
 * the area before it, that area not included. */
void ovf_read_belts(ovf_draft *d)
{
    if (d->area_count == 0 || d->area_count > 8)
        return;
    size_t end = 0;
    size_t at = ovf_phrase_find(d, 0, d->token_count, "BUFFER ZONE|AREA|BELT|OF", &end);
    if (at == OVF_NOPOS)
        return;
    size_t until = ovf_sentence_end(d, at);
    if (until > at + 16)
        until = at + 16;
    bool is_round =
        ovf_phrase_find(d, at, until, "OUTSIDE|AROUND|ARND|ROUND|BEYOND|SURROUNDING", NULL)
        != OVF_NOPOS;
    double width_m = 0;
    size_t behind = 0;
    for (size_t i = at; i < until && behind == 0; i++) {
        if (d->tokens[i].kind == OVF_TOK_COORD)
            return;
        behind = ovf_length_at(d, i, &width_m);
    }
    uint32_t byte = ovf_raw_pos(d, d->tokens[at].at);
    const ovf_notice_area *inner = &d->areas[d->area_count - 1];
    if (!is_round || behind == 0 || width_m < 100 || inner->span.at > byte
        || !ovf_area_is_resolved(inner->area))
        return;
    const ovf_area *grown = NULL;
    const ovf_area *belt = NULL;
    if (ovf_area_buffer(d->arena, inner->area, width_m, &grown, NULL) != OVF_OK
        || ovf_area_difference(d->arena, grown, inner->area, &belt, NULL) != OVF_OK)
        return;
    const ovf_point *points = inner->points;
    size_t count = inner->point_count;
    ovf_notice_area *area = ovf_add_area(d, OVF_SHAPE_BUFFER, OVF_CERTAINTY_EXACT, belt,
                                         d->tokens[at].at, ovf_tok_end(d, behind - 1));
    if (area == NULL)
        return;
    area->name = OVF_STR("BUFFER ZONE");
    area->points = points;
    area->point_count = count;
    area->radius_m = width_m;
}

/* Words of exclusion at token `at`, ending before `end`: is airspace named behind them (before them for
 * "ALL ED-R ARE EXCLUDED"), and nobody and no kind of flight? */
static bool excludes_name(const ovf_draft *d, size_t at, size_t end)
{
    bool is_behind = ovf_tok_is(d, at, "EXCLUDED");
    size_t from = is_behind ? (at > 8 ? at - 8 : 0) : end;
    size_t until = is_behind ? at : end + 6;
    bool is_airspace = false;
    for (size_t i = from; i < until && i < d->token_count; i++) {
        if (d->tokens[i].kind == OVF_TOK_COORD
            || ovf_phrase(d, i,
                          "ACFT|AIRCRAFT|FLT|FLTS|FLIGHTS|FLIGHT|HEL|FOR|OPS|HOL|HOLIDAYS|"
                          "EMERG|EMERGENCY|SAR|STATE|MIL|MEDICAL|PPR|PERMISSION")
                   > 0)
            return false;
        is_airspace |= ovf_phrase(d, i,
                                  "TMA|CTR|CTA|ATZ|MATZ|MCTR|TRA|TSA|AIRSPACE|AWY|AWYS|RMZ|"
                                  "TMZ|UTA|FIR|ZRT")
                       > 0;
        ovf_str word = ovf_tok_text(d, i);
        is_airspace |= d->tokens[i].kind == OVF_TOK_WORD && word.len >= 3 && word.len <= 9
                       && ovf_is_digit(word.ptr[word.len - 1]) && !ovf_is_digit(word.ptr[1]);
    }
    return is_airspace;
}

bool ovf_excludes_airspace(const ovf_draft *d, size_t at, size_t end)
{
    for (size_t i = end; i < d->token_count && i < end + 20; i++) {
        if (d->tokens[i].kind == OVF_TOK_COORD)
            return true;
        if (!is_area_word(d, i))
            break;
    }
    return excludes_name(d, at, end);
}

/* A part that only has a name is not taken away, and that is told. */
void ovf_report_excluded(ovf_draft *d)
{
    size_t end = 0;
    size_t at = 0;
    if (d->area_count == 0)
        return;
    while ((at = ovf_phrase_find(d, at, d->token_count,
                                 "EXC|EXCL|EXCLUDING|EXCEPT|EXCLUDED|EXCEPTING|OUTSIDE", &end))
           != OVF_NOPOS) {
        if (excludes_name(d, at, end)) {
            OVF_FIND(d, OVF_WARNING, d->tokens[at].at, "AREA_EXCLUDES",
                     "an airspace is excluded by name and not taken away: the area is more than is "
                     "meant");
            return;
        }
        at = end;
    }
}
