/* SPDX-License-Identifier: Apache-2.0 */
/* A statement out of news as one JSON object, in the members of the statement schema. */
#include <overfly/json.h>
#include <overfly/news.h>

static void put_day(ovf_buf *buf, int32_t day)
{
    ovf_civil c = ovf_time_civil((ovf_time)day * 86400);
    ovf_buf_printf(buf, "%04d-%02d-%02d", c.year, c.month, c.day);
}

void ovf_news_put_days(ovf_buf *buf, ovf_news_days days, bool is_validity)
{
    bool from = days.from != OVF_NEWS_NO_DAY;
    bool until = days.until != OVF_NEWS_NO_DAY;
    if (!from && !until)
        return;
    if (from)
        put_day(buf, days.from);
    if (!is_validity && from && until && days.from == days.until)
        return;
    ovf_buf_addc(buf, '/');
    if (until)
        put_day(buf, days.until);
}

static void put_days(ovf_json *json, const char *key, ovf_news_days days, bool is_validity)
{
    ovf_buf buf = {0};
    ovf_news_put_days(&buf, days, is_validity);
    ovf_json_key(json, key);
    ovf_json_str(json, ovf_buf_str(&buf));
    ovf_buf_done(&buf);
}

static void put_span(ovf_json *json, const char *key, ovf_span span)
{
    if (span.len == 0)
        return;
    ovf_json_key(json, key);
    ovf_json_array(json);
    ovf_json_int(json, span.at);
    ovf_json_int(json, (int64_t)span.at + span.len);
    ovf_json_end(json);
}

static void put_spans(ovf_json *json, const ovf_news_statement *s)
{
    ovf_json_key(json, "spans");
    ovf_json_object(json);
    put_span(json, "trigger", s->trigger);
    put_span(json, "speaker", s->speaker_at);
    put_span(json, "area", s->area_at);
    put_span(json, "target", s->target_at);
    put_span(json, "source", s->source_at);
    put_span(json, "date", s->date_at);
    put_span(json, "count", s->count_at);
    ovf_json_end(json);
    ovf_json_key(json, "rules");
    ovf_json_array(json);
    for (size_t i = 0; i < s->rule_count; i++)
        ovf_json_cstr(json, s->rules[i]);
    ovf_json_end(json);
}

static void put_text(ovf_json *json, const char *key, ovf_str value)
{
    ovf_json_key(json, key);
    ovf_json_str(json, value);
}

static void put_head(ovf_json *json, const ovf_news_statement *s, ovf_str doc, size_t number)
{
    put_text(json, "doc", doc);
    ovf_buf id = {0};
    ovf_buf_printf(&id, OVF_FMT "-s%02zu", OVF_ARG(doc), number);
    put_text(json, "id", ovf_buf_str(&id));
    ovf_buf_done(&id);
    put_text(json, "act", ovf_str_of(ovf_act_name(s->act)));
    put_text(json, "speaker", s->speaker);
    put_text(json, "speaker_kind", ovf_str_of(ovf_news_kind_name(s->speaker_kind)));
    ovf_json_key(json, "area");
    ovf_json_array(json);
    for (size_t i = 0; i < s->area_count; i++)
        ovf_json_str(json, s->areas[i]);
    ovf_json_end(json);
    put_text(json, "target", s->target);
    put_text(json, "instrument", s->instrument);
}

void ovf_news_put_json(ovf_buf *buf, const ovf_news_statement *s, ovf_str doc, size_t number,
                       ovf_str text, bool with_spans)
{
    ovf_json json;
    ovf_json_init(&json, buf);
    ovf_json_object(&json);
    ovf_news_put_members(&json, s, doc, number, text, with_spans);
    ovf_json_end(&json);
}

void ovf_news_put_members(ovf_json *json, const ovf_news_statement *s, ovf_str doc, size_t number,
                          ovf_str text, bool with_spans)
{
    put_head(json, s, doc, number);
    put_text(json, "polarity", s->is_negated ? OVF_STR("neg") : OVF_STR("pos"));
    put_text(json, "modality", ovf_str_of(ovf_news_modality_name(s->modality)));
    ovf_json_key(json, "attribution");
    ovf_json_object(json);
    put_text(json, "kind", ovf_str_of(ovf_news_attribution_name(s->attribution)));
    put_text(json, "by", s->attribution_by);
    ovf_json_end(json);
    put_days(json, "date_resolved", s->date, false);
    put_days(json, "valid", s->valid, true);
    put_text(json, "count", s->count);
    put_text(json, "evidence",
             ovf_str_sub(text, s->evidence.at, (size_t)s->evidence.at + s->evidence.len));
    ovf_json_key(json, "start");
    ovf_json_int(json, s->evidence.at);
    ovf_json_key(json, "end");
    ovf_json_int(json, (int64_t)s->evidence.at + s->evidence.len);
    if (s->is_nominal) {
        ovf_json_key(json, "nominal");
        ovf_json_bool(json, true);
    }
    if (with_spans)
        put_spans(json, s);
}
