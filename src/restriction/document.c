/* SPDX-License-Identifier: Apache-2.0 */
/* What kind of document these bytes are, and the '#' block before them (docs/formats/document.md). */
#include <overfly/news_source.h>
#include <overfly/restriction.h>
#include <overfly/table.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void take(ovf_str name, ovf_str value, ovf_document_header *out)
{
    const struct {
        ovf_str name;
        ovf_str *value;
    } members[] = {
        {OVF_STR("origin"), &out->origin}, {OVF_STR("facts"), &out->facts},
        {OVF_STR("source"), &out->source}, {OVF_STR("complete"), &out->complete},
        {OVF_STR("outlet"), &out->outlet},
    };
    for (size_t i = 0; i < OVF_COUNTOF(members); i++) {
        if (ovf_str_eq_nocase(name, members[i].name) && members[i].value->len == 0)
            *members[i].value = value;
    }
    ovf_time known = OVF_TIME_NONE;
    if (ovf_str_eq_nocase(name, OVF_STR("known")) && out->known == OVF_TIME_NONE
        && ovf_time_parse(value, &known, NULL) == OVF_OK)
        out->known = known;
    if (ovf_str_eq_nocase(name, OVF_STR("published")) && out->published == OVF_TIME_NONE)
        out->published = ovf_news_date(value);
    if (ovf_str_eq_nocase(name, OVF_STR("kind")) && ovf_str_eq_nocase(value, OVF_STR("news")))
        out->is_news = true;
}

#define ENVELOPE_BYTES 4096

/* Text of an element in the first bytes: "<Issued>2023-08-28T08:00:56+00:00</Issued>". */
static ovf_str element(ovf_str head, ovf_str open)
{
    size_t at = ovf_str_find(head, 0, open);
    size_t end = at == OVF_NOPOS ? OVF_NOPOS : ovf_str_find(head, at, OVF_STR("</"));
    if (end == OVF_NOPOS)
        return (ovf_str){0};
    return ovf_str_trim(ovf_str_sub(head, at + open.len, end));
}

/* The envelope of a bulletin of the European AIS database. PIBType F: full, not an update. */
static void read_envelope(ovf_str document, ovf_document_header *out)
{
    ovf_str head = ovf_str_sub(document, out->len, out->len + ENVELOPE_BYTES);
    size_t pib = ovf_str_find(head, 0, OVF_STR("<Pib "));
    if (pib == OVF_NOPOS || ovf_str_trim(head).ptr[0] != '<')
        return;
    size_t end = ovf_str_find(head, pib, OVF_STR(">"));
    if (end == OVF_NOPOS)
        return;
    ovf_time issued = OVF_TIME_NONE;
    if (out->known == OVF_TIME_NONE
        && ovf_time_parse(element(head, OVF_STR("<Issued>")), &issued, NULL) == OVF_OK)
        out->known = issued;
    bool is_full =
        ovf_str_find(ovf_str_sub(head, pib, end), 0, OVF_STR("PIBType=\"F\"")) != OVF_NOPOS;
    if (is_full && out->complete.len == 0)
        out->complete = element(head, OVF_STR("<ProfileId>"));
}

ovf_document_header ovf_document_header_read(ovf_str document)
{
    ovf_document_header out = {.known = OVF_TIME_NONE, .published = OVF_TIME_NONE};
    ovf_str rest = document;
    ovf_str line = {0};
    if (ovf_str_starts(rest, OVF_STR("\xEF\xBB\xBF"))) {
        rest = ovf_str_tail(rest, 3);
        out.len = 3;
    }
    while (ovf_str_line(&rest, &line)) {
        ovf_str words = ovf_str_trim(line);
        if (words.len > 0 && words.ptr[0] != '#')
            break;
        // Blank lines belong to the block only when it goes on behind them.
        if (words.len == 0)
            continue;
        // A story may begin with a hashtag.
        if (out.is_news && words.len > 1 && !is_blank(words.ptr[1]))
            break;
        out.len = rest.ptr == NULL ? document.len : (size_t)(rest.ptr - document.ptr);
        words = ovf_str_trim(ovf_str_tail(words, 1));
        size_t colon = ovf_str_find(words, 0, OVF_STR(":"));
        if (colon != OVF_NOPOS)
            take(ovf_str_trim(ovf_str_sub(words, 0, colon)),
                 ovf_str_trim(ovf_str_tail(words, colon + 1)), &out);
    }
    read_envelope(document, &out);
    return out;
}

/* ICAO messages "(FPL-...", also behind an AFTN heading, ADEXP "-TITLE IFPL", FIXM; schedules in SSIM
 * or as a table. */
static bool is_flight(ovf_str body)
{
    ovf_str start = ovf_str_trim(ovf_str_sub(body, 0, 8192));
    if (start.len > 0 && start.ptr[0] == '<')
        return ovf_str_find(start, 0, OVF_STR("fixm.aero/")) != OVF_NOPOS;
    static const char *const marks[] = {"(FPL-", "(CHG-", "(DLA-",  "(CNL-",
                                        "(DEP-", "(ARR-", "-TITLE "};
    if (ovf_str_starts(start, OVF_STR("1AIRLINE STANDARD SCHEDULE")) || ovf_timetable_sniff(body)
        || ovf_timetable_sniff_routes(body))
        return true;
    ovf_str head = ovf_str_sub(body, 0, 4096);
    for (size_t i = 0; i < OVF_COUNTOF(marks); i++) {
        size_t at = ovf_str_find(head, 0, ovf_str_of(marks[i]));
        if (at != OVF_NOPOS && (at == 0 || is_blank(head.ptr[at - 1])))
            return true;
    }
    return false;
}

ovf_document_kind ovf_document_sniff(ovf_str document)
{
    ovf_document_header header = ovf_document_header_read(document);
    ovf_str body = ovf_str_tail(document, header.len);
    if (header.is_news)
        return OVF_DOCUMENT_NEWS;
    if (is_flight(body))
        return OVF_DOCUMENT_FLIGHTS;
    if (ovf_statement_sniff(body))
        return OVF_DOCUMENT_STATEMENTS;
    if (ovf_notice_sniff(body))
        return OVF_DOCUMENT_NOTICES;
    // Plain prose may be anything: it is news where its header says so.
    if (ovf_news_sniff(body) != OVF_NEWS_TEXT)
        return OVF_DOCUMENT_NEWS;
    return OVF_DOCUMENT_UNKNOWN;
}

const char *ovf_document_kind_name(ovf_document_kind kind)
{
    switch (kind) {
    case OVF_DOCUMENT_UNKNOWN: break;
    case OVF_DOCUMENT_NOTICES: return "notices";
    case OVF_DOCUMENT_STATEMENTS: return "statements";
    case OVF_DOCUMENT_FLIGHTS: return "flights";
    case OVF_DOCUMENT_NEWS: return "news";
    }
    return "unknown";
}

bool ovf_document_is_told(ovf_document_kind kind)
{
    return kind == OVF_DOCUMENT_NOTICES || kind == OVF_DOCUMENT_STATEMENTS
           || kind == OVF_DOCUMENT_NEWS;
}

ovf_str ovf_document_slug(ovf_str name)
{
    for (size_t i = name.len; i > 0; i--) {
        if (name.ptr[i - 1] == '/') {
            name = ovf_str_tail(name, i);
            break;
        }
    }
    for (size_t i = name.len; i > 1; i--) {
        if (name.ptr[i - 1] == '.')
            return ovf_str_sub(name, 0, i - 1);
    }
    return name;
}

ovf_news_context ovf_document_news(ovf_str document, const ovf_source *source, ovf_arena *arena)
{
    ovf_document_header header = ovf_document_header_read(document);
    ovf_news_context out = {.id = ovf_document_slug(source->name),
                            .outlet = header.outlet.len > 0 ? header.outlet
                                                            : ovf_document_slug(source->name),
                            .start = header.len,
                            .published = header.published,
                            .known = source->known != OVF_TIME_NONE ? source->known : header.known};
    if (source->document.len > 0)
        out.id =
            ovf_arena_printf(arena, "S-" OVF_FMT, OVF_ARG(ovf_str_sub(source->document, 0, 8)));
    return out;
}
