/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the gold tables; the format stands in news_table.h. */
#include "news_table.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the values of the schema ---- */

const char *const news_act_names[NEWS_ACTS] = {"declare_closed",
                                               "reopen",
                                               "prohibit",
                                               "exempt",
                                               "warn",
                                               "suspend_service",
                                               "resume_service",
                                               "divert",
                                               "revoke_permission",
                                               "grant_permission",
                                               "designate",
                                               "order",
                                               "threaten",
                                               "strike",
                                               "deploy",
                                               "incident",
                                               "deny",
                                               "condemn",
                                               "claim",
                                               "report",
                                               "negotiate",
                                               "authority"};
static const char *const kinds[] = {
    "head_of_state", "minister",  "ministry",    "state",   "aviation_authority",
    "ansp",          "intl_body", "military",    "police",  "agency",
    "legislature",   "airport",   "airline",     "company", "industry_body",
    "outlet",        "tracker",   "armed_group", "court",   "official",
    "expert",        "natural",   "unknown"};
static const char *const instruments[] = {"notam",    "social_post", "statement",  "website",
                                          "bulletin", "broadcast",   "interview",  "spoken",
                                          "notice",   "message",     "phone_call", "law"};
static const char *const modalities[] = {"fact", "planned", "possible", "conditional", "directive"};

static bool is_one_of(ovf_str name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ovf_str_eq(name, ovf_str_of(list[i])))
            return true;
    return false;
}

size_t news_act_index(ovf_str name)
{
    size_t i = 0;
    while (i < NEWS_ACTS && !ovf_str_eq(name, ovf_str_of(news_act_names[i])))
        i++;
    return i;
}

bool news_is_act(ovf_str name)
{
    return news_act_index(name) < NEWS_ACTS;
}

bool news_is_kind(ovf_str name)
{
    return is_one_of(name, kinds, OVF_COUNTOF(kinds));
}

bool news_is_instrument(ovf_str name)
{
    return name.len == 0 || is_one_of(name, instruments, OVF_COUNTOF(instruments));
}

bool news_is_modality(ovf_str name)
{
    return is_one_of(name, modalities, OVF_COUNTOF(modalities));
}

/* ---- days ---- */

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap ? 1 : 0);
}

static int day_number(int year, int month, int day)
{
    int y = year - 1;
    int count = y * 365 + y / 4 - y / 100 + y / 400;
    for (int m = 1; m < month; m++)
        count += days_in_month(year, m);
    return count + day;
}

static bool take_digits(ovf_str text, size_t at, size_t width, int *out)
{
    uint32_t value = 0;
    if (at + width > text.len)
        return false;
    ovf_str digits = ovf_str_sub(text, at, at + width);
    if (ovf_str_take_uint(digits, 0, 9999, &value) != width)
        return false;
    *out = (int)value;
    return true;
}

/* The days of one side: "2025", "2025-11" or "2025-11-29"; what follows a day is left aside. */
static bool days_of_side(ovf_str side, int *first, int *last)
{
    int year = 0, month = 0, day = 0;
    side = ovf_str_sub(side, 0, 10);
    if (!take_digits(side, 0, 4, &year) || year == 0)
        return false;
    if (side.len == 4) {
        *first = day_number(year, 1, 1);
        *last = day_number(year, 12, 31);
        return true;
    }
    if (side.ptr[4] != '-' || !take_digits(side, 5, 2, &month) || month < 1 || month > 12)
        return false;
    if (side.len == 7) {
        *first = day_number(year, month, 1);
        *last = day_number(year, month, days_in_month(year, month));
        return true;
    }
    if (side.len != 10 || side.ptr[7] != '-' || !take_digits(side, 8, 2, &day) || day < 1
        || day > days_in_month(year, month))
        return false;
    *first = *last = day_number(year, month, day);
    return true;
}

bool news_day(ovf_str text, int *out)
{
    int last = 0;
    return text.len == 10 && days_of_side(text, out, &last);
}

bool news_days(ovf_str text, int *first, int *last)
{
    int unused = 0;
    text = ovf_str_trim(text);
    if (text.len == 0)
        return false;
    size_t slash = ovf_str_find(text, 0, OVF_STR("/"));
    if (slash == OVF_NOPOS)
        return days_of_side(text, first, last);
    ovf_str from = ovf_str_sub(text, 0, slash), until = ovf_str_tail(text, slash + 1);
    *first = 1;
    *last = 9999999;
    return (from.len == 0 || days_of_side(from, first, &unused))
           && (until.len == 0 || days_of_side(until, &unused, last));
}

/* ---- files ---- */

ovf_str news_file(const char *path, ovf_arena *arena)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return (ovf_str){0};
    ovf_buf buf = {0};
    char chunk[8192];
    size_t got = 0;
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
        ovf_buf_add(&buf, (ovf_str){chunk, got});
    fclose(file);
    ovf_str copy = ovf_arena_dup(arena, ovf_buf_str(&buf));
    ovf_buf_done(&buf);
    return copy;
}

/* ---- one statement line ---- */

typedef struct reader {
    const char *file;
    size_t line;
    ovf_arena *arena;
    news_set *set;
    news_document *document; /* the block that is being read, NULL before the first */
    size_t statement_capacity;
    const char *text_from; /* the block's text in the file */
    const char *text_until;
} reader;

static void mistake(reader *r, const char *what, ovf_str where)
{
    fprintf(stderr, "%s:%zu: %s: " OVF_FMT "\n", r->file, r->line, what, OVF_ARG(where));
    r->set->mistakes++;
}

static ovf_str dash_is_empty(ovf_str s)
{
    s = ovf_str_trim(s);
    return ovf_str_eq(s, OVF_STR("-")) ? OVF_STR("") : s;
}

/* Cuts the next part off *rest in front of " sep " or "sep ". */
static bool next_part(ovf_str *rest, ovf_str sep, ovf_str *part)
{
    if (rest->ptr == NULL)
        return false;
    size_t at = ovf_str_find(*rest, 0, sep);
    *part = ovf_str_trim(ovf_str_sub(*rest, 0, at == OVF_NOPOS ? rest->len : at));
    *rest = at == OVF_NOPOS ? (ovf_str){0} : ovf_str_tail(*rest, at + sep.len);
    return true;
}

static void list_add(reader *r, news_list *list, ovf_str item)
{
    if (item.len == 0)
        return;
    if (list->count == NEWS_LIST_MAX) {
        mistake(r, "too many in a list", item);
        return;
    }
    list->items[list->count++] = item;
}

/* "name = other = other" */
static ovf_str read_names(reader *r, ovf_str field, news_list *others)
{
    ovf_str rest = dash_is_empty(field), first = {0}, part = {0};
    if (rest.len == 0)
        return OVF_STR("");
    next_part(&rest, OVF_STR(" = "), &first);
    while (next_part(&rest, OVF_STR(" = "), &part)) {
        if (ovf_str_eq(part, OVF_STR("-")))
            mistake(r, "nobody is told by none_ok", field);
        list_add(r, others, part);
    }
    return dash_is_empty(first);
}

static void read_attribution(reader *r, ovf_str field, news_statement *s)
{
    field = dash_is_empty(field);
    s->attribution = OVF_STR("asserted");
    if (field.len == 0)
        return;
    size_t blank = ovf_str_find(field, 0, OVF_STR(" "));
    s->attribution = ovf_str_sub(field, 0, blank == OVF_NOPOS ? field.len : blank);
    ovf_str by = blank == OVF_NOPOS ? s->speaker : ovf_str_tail(field, blank + 1);
    news_list others = {0};
    list_add(r, &s->by, read_names(r, by, &others));
    for (size_t i = 0; i < others.count; i++)
        list_add(r, &s->by, others.items[i]);
    if (!ovf_str_eq(s->attribution, OVF_STR("said"))
        && !ovf_str_eq(s->attribution, OVF_STR("quoted"))
        && !ovf_str_eq(s->attribution, OVF_STR("reported")))
        mistake(r, "no kind of attribution", s->attribution);
    if (s->by.count == 0)
        mistake(r, "attribution without a name", field);
}

static bool read_flag(ovf_str word, news_statement *s)
{
    if (news_is_modality(word)) {
        s->modality = word;
        return true;
    }
    bool *flag = ovf_str_eq(word, OVF_STR("neg"))        ? &s->is_negated
                 : ovf_str_eq(word, OVF_STR("optional")) ? &s->is_optional
                 : ovf_str_eq(word, OVF_STR("nominal"))  ? &s->is_nominal
                 : ovf_str_eq(word, OVF_STR("none_ok"))  ? &s->is_speaker_free
                                                         : NULL;
    if (flag != NULL)
        *flag = true;
    return flag != NULL;
}

static void read_extras(reader *r, ovf_str field, news_statement *s)
{
    ovf_str rest = dash_is_empty(field), part = {0};
    while (rest.len > 0 && next_part(&rest, OVF_STR(";"), &part)) {
        size_t blank = ovf_str_find(part, 0, OVF_STR(" "));
        ovf_str key = ovf_str_sub(part, 0, blank == OVF_NOPOS ? part.len : blank);
        ovf_str value = ovf_str_trim(ovf_str_tail(part, key.len));
        ovf_str *slot = ovf_str_eq(key, OVF_STR("date"))     ? &s->date
                        : ovf_str_eq(key, OVF_STR("valid"))  ? &s->valid
                        : ovf_str_eq(key, OVF_STR("count"))  ? &s->count
                        : ovf_str_eq(key, OVF_STR("target")) ? &s->target
                        : ovf_str_eq(key, OVF_STR("by"))     ? &s->instrument
                                                             : NULL;
        if (slot != NULL && value.len > 0)
            *slot = value;
        else if (slot != NULL || value.len > 0 || !read_flag(key, s))
            mistake(r, "no such extra", part);
    }
}

/* Where the evidence stands in the text of the block. */
static void read_evidence(reader *r, ovf_str field, news_statement *s)
{
    ovf_str text = r->document->text, first = {0}, last = {0};
    uint32_t place = 1;
    field = ovf_str_trim(field);
    if (field.len > 2 && field.ptr[0] == '#' && field.ptr[1] >= '1' && field.ptr[1] <= '9') {
        place = (uint32_t)(field.ptr[1] - '0');
        field = ovf_str_trim(ovf_str_tail(field, 2));
    }
    ovf_str rest = field;
    next_part(&rest, OVF_STR(" .. "), &first);
    bool has_end = next_part(&rest, OVF_STR(" .. "), &last);
    if (first.len == 0) {
        mistake(r, "no evidence", field);
        return;
    }
    size_t at = ovf_str_find(text, 0, first);
    for (uint32_t i = 1; at != OVF_NOPOS && i < place; i++)
        at = ovf_str_find(text, at + 1, first);
    size_t end = at == OVF_NOPOS ? OVF_NOPOS : at + first.len;
    if (has_end && end != OVF_NOPOS) {
        size_t tail = ovf_str_find(text, end, last);
        end = tail == OVF_NOPOS ? OVF_NOPOS : tail + last.len;
    }
    if (end == OVF_NOPOS) {
        mistake(r, "evidence is not in the text", field);
        return;
    }
    s->start = at;
    s->end = end;
    s->evidence = ovf_str_sub(text, at, end);
}

static void check_statement(reader *r, const news_statement *s)
{
    int first = 0, last = 0;
    if (!news_is_act(s->act))
        mistake(r, "no such act", s->act);
    for (size_t i = 0; i < s->act_alt.count; i++)
        if (!news_is_act(s->act_alt.items[i]))
            mistake(r, "no such act", s->act_alt.items[i]);
    if (!news_is_kind(s->speaker_kind))
        mistake(r, "no such kind of speaker", s->speaker_kind);
    if (s->speaker.len == 0 && !ovf_str_eq(s->speaker_kind, OVF_STR("unknown")))
        mistake(r, "a kind, but no speaker", s->speaker_kind);
    if (!news_is_instrument(s->instrument))
        mistake(r, "no such instrument", s->instrument);
    if (s->date.len > 0 && (!news_days(s->date, &first, &last) || first > last))
        mistake(r, "no such date", s->date);
    if (s->valid.len > 0
        && (!news_days(s->valid, &first, &last)
            || ovf_str_find(s->valid, 0, OVF_STR("/")) == OVF_NOPOS))
        mistake(r, "no such period", s->valid);
    if (s->start == s->end)
        return; /* told already */
    bool has_quote = ovf_str_find(s->evidence, 0, OVF_STR("\"")) != OVF_NOPOS
                     || ovf_str_find(s->evidence, 0, OVF_STR("“")) != OVF_NOPOS
                     || ovf_str_find(s->evidence, 0, OVF_STR("‘")) != OVF_NOPOS
                     || ovf_str_find(s->evidence, 0, OVF_STR("'")) != OVF_NOPOS
                     || ovf_str_find(s->evidence, 0, OVF_STR("«")) != OVF_NOPOS
                     || ovf_str_find(r->document->text, 0, OVF_STR("“")) != OVF_NOPOS
                     || ovf_str_find(r->document->text, 0, OVF_STR("\"")) != OVF_NOPOS;
    if (ovf_str_eq(s->attribution, OVF_STR("quoted")) && !has_quote)
        mistake(r, "quoted, but no quotation mark", s->evidence);
}

static void read_statement(reader *r, ovf_str line)
{
    ovf_str field[7] = {{0}};
    size_t count = 0;
    ovf_str rest = line;
    while (count < 6 && next_part(&rest, OVF_STR("|"), &field[count]))
        count++;
    field[count++] = rest;
    if (count < 7 || rest.ptr == NULL) {
        mistake(r, "seven fields expected", line);
        return;
    }
    news_document *d = r->document;
    if (!ovf_arena_grow(r->arena, (void **)&d->statements, d->count, &r->statement_capacity,
                        sizeof *d->statements)) {
        mistake(r, "no memory", line);
        return;
    }
    news_statement *s = &d->statements[d->count++];
    *s = (news_statement){.modality = OVF_STR("fact")};
    s->act = read_names(r, field[0], &s->act_alt);
    s->speaker = read_names(r, field[1], &s->speaker_alt);
    s->speaker_kind = ovf_str_trim(field[2]);
    ovf_str areas = dash_is_empty(field[3]), area = {0};
    while (areas.len > 0 && next_part(&areas, OVF_STR(";"), &area))
        list_add(r, &s->areas, area);
    read_attribution(r, field[4], s);
    read_extras(r, field[5], s);
    read_evidence(r, field[6], s);
    check_statement(r, s);
    r->set->statement_count++;
}

/* ---- blocks ---- */

static void open_block(reader *r, ovf_str line)
{
    ovf_str rest = ovf_str_trim(line), part[3] = {{0}};
    int day = 0;
    for (size_t i = 0; i < 3; i++)
        if (!next_part(&rest, OVF_STR(" "), &part[i]))
            mistake(r, "id, date and style expected", line);
    if (!news_day(part[1], &day))
        mistake(r, "no such day", part[1]);
    for (size_t i = 0; i < r->set->count; i++)
        if (ovf_str_eq(r->set->documents[i].id, part[0]))
            mistake(r, "the id was there before", part[0]);
    if (!ovf_arena_grow(r->arena, (void **)&r->set->documents, r->set->count, &r->set->capacity,
                        sizeof *r->set->documents)) {
        mistake(r, "no memory", line);
        return;
    }
    r->document = &r->set->documents[r->set->count++];
    *r->document = (news_document){.id = part[0], .published = part[1], .style = part[2]};
    r->statement_capacity = 0;
    r->text_from = NULL;
}

static void read_line(reader *r, ovf_str line)
{
    if (ovf_str_starts(line, OVF_STR("@ "))) {
        open_block(r, ovf_str_tail(line, 2));
    } else if (ovf_str_starts(line, OVF_STR("> ")) && r->document != NULL) {
        read_statement(r, ovf_str_tail(line, 2));
    } else if (!ovf_str_starts(line, OVF_STR("#")) && r->document != NULL
               && r->document->count == 0) {
        // The text is the bytes of the file from its first line to its last that is not blank.
        if (ovf_str_trim(line).len == 0)
            return;
        if (r->text_from == NULL)
            r->text_from = line.ptr;
        r->text_until = line.ptr + line.len;
        r->document->text = (ovf_str){r->text_from, (size_t)(r->text_until - r->text_from)};
    } else if (!ovf_str_starts(line, OVF_STR("#")) && ovf_str_trim(line).len > 0) {
        mistake(r, "text behind statements, or before a header", line);
    }
}

static bool read_file(news_set *set, const char *path, ovf_arena *arena)
{
    ovf_str rest = news_file(path, arena), line = {0};
    reader r = {.file = path, .arena = arena, .set = set};
    if (rest.ptr == NULL)
        return false;
    while (ovf_str_line(&rest, &line)) {
        r.line++;
        read_line(&r, line);
    }
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool news_set_read(news_set *set, const char *folder, const char *prefix, ovf_arena *arena)
{
    char *names[200];
    size_t count = 0;
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return false;
    for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        ovf_str name = ovf_str_of(entry->d_name);
        if (count < OVF_COUNTOF(names) && ovf_str_starts(name, ovf_str_of(prefix))
            && ovf_str_ends(name, OVF_STR(".txt")))
            names[count++] = (char *)ovf_arena_dup(arena, name).ptr;
    }
    closedir(dir);
    qsort(names, count, sizeof names[0], by_name);
    bool is_read = true;
    for (size_t i = 0; i < count; i++) {
        ovf_str path = ovf_arena_printf(arena, "%s/%s", folder, names[i]);
        is_read = is_read && path.ptr != NULL && read_file(set, path.ptr, arena);
    }
    return is_read;
}
