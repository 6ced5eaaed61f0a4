/* SPDX-License-Identifier: Apache-2.0 */
/* A statement out of a story as the record that the rules judge. */
#include <overfly/news.h>

static ovf_time day_start(int32_t day, ovf_time otherwise)
{
    return day == OVF_NEWS_NO_DAY ? otherwise : (ovf_time)day * OVF_DAY_S;
}

static ovf_time day_end(int32_t day, ovf_time otherwise)
{
    return day == OVF_NEWS_NO_DAY ? otherwise : ((ovf_time)day + 1) * OVF_DAY_S;
}

ovf_status ovf_news_record(const ovf_news_statement *s, ovf_str text, ovf_str doc, size_t number,
                           ovf_arena *arena, ovf_statement *out)
{
    size_t count = s->is_area_inherited && s->area_count > 1 ? 1 : s->area_count;
    ovf_str *areas = ovf_arena_array(arena, ovf_str, count + 1);
    ovf_str id = ovf_arena_printf(arena, OVF_FMT "-s%02zu", OVF_ARG(doc), number);
    if (areas == NULL || id.ptr == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < count; i++) // a FIR and an airport by their codes, a State by its name
        areas[i] = s->area_codes[i].len == 4 ? s->area_codes[i] : s->areas[i];
    ovf_str *operators = ovf_arena_array(arena, ovf_str, s->operator_count + 1);
    if (operators == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < s->operator_count; i++)
        operators[i] = s->operators[i];
    *out = (ovf_statement){
        .id = id,
        .act = s->act,
        .speaker = s->speaker,
        .speaker_kind = ovf_str_of(ovf_news_kind_name(s->speaker_kind)),
        .speaker_state = s->speaker_state,
        .medium = s->instrument,
        .said = day_start(s->date.from, OVF_TIME_NONE),
        // Days tell when it was, not how long it holds: that only the text's own words do.
        .said_until = s->date.from == OVF_NEWS_NO_DAY ? 0 : day_end(s->date.until, 0),
        .valid = {day_start(s->valid.from, OVF_TIME_NONE), day_end(s->valid.until, OVF_TIME_OPEN)},
        .text = ovf_str_sub(text, s->evidence.at, (size_t)s->evidence.at + s->evidence.len),
        .is_quote = s->attribution == OVF_NEWS_QUOTED,
        .target = s->target,
        .areas = areas,
        .area_count = count,
        .operators = operators,
        .operator_count = s->operator_count,
        .is_negated = s->is_negated,
        .modality = ovf_str_of(ovf_news_modality_name(s->modality)),
        .source = s->attribution_by.len > 0 ? s->attribution_by : doc,
        .is_extracted = true,
        .span = s->evidence,
    };
    return OVF_OK;
}
