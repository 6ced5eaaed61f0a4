/* SPDX-License-Identifier: Apache-2.0 */
/* How well real notices are decoded, set by set: what was read whole, whether each coordinate of the
 * text stands in an area or has a finding, which names of places were found, how many schedules were
 * read whole, and whether UK notices equal the fields of their bulletin. The coordinates are looked
 * for a second time here, by plain regular expressions that know nothing of the reader. */
#include "firs.h"

#include <overfly/area.h>
#include <overfly/notice.h>

#include <zlib.h>
#include <jansson.h>
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_BYTES (1 << 20)
#define SCHEDULES_MAX 20000
#define SCHEDULE_BYTES 400

static const char *const SETS[][2] = {
    {"world_icao.jsonl.gz", "raw"},     {"launch_icao.jsonl.gz", "raw"},
    {"israel_item_e.jsonl.gz", "raw"},  {"nav_warnings_a.jsonl.gz", "raw"},
    {"nav_warnings_b.jsonl.gz", "raw"}, {"faa_tfr_pages.jsonl.gz", "raw"},
    {"avwx_KJFK.jsonl", "raw"},         {"avwx_KMCO.jsonl", "raw"},
    {"world_other.jsonl.gz", "raw"},    {"uk_ead_2022_2023.jsonl.gz", "text_rebuilt_from_fields"},
};

typedef struct tally {
    size_t records, notices, ok, partial, unreadable;
    size_t with_coords, coords_told; /* notices; those whose every coordinate is used or told of */
    size_t coords, as_point, in_span, by_finding, lost;
    size_t resolved, unresolved, q_only; /* areas by name, and those of the Q line alone */
    size_t compared, equal;              /* UK: notices, those with every field equal */
    double ns;
} tally;

static ovf_world *world;
static regex_t coordinate[2];
static char (*schedules)[SCHEDULE_BYTES];
static size_t schedule_count;
static bool show_lost;

/* ---- coordinates, a second time ---- */

/* Dashes, blanks or nothing between the parts, never mixed: "VALARIS 64 10-21.2N" is a rig's name. */
#define PARTS(first, glued)                                                           \
    first "(-[0-9]{2}){1,2}([.][0-9]+)?|" first "( [0-9]{2}){1,2}([.][0-9]+)?|" glued \
          "([0-9]{2})?([.][0-9]+)?"
#define LAT_DIGITS PARTS("[0-9]{2}", "[0-9]{4}")
#define LON_DIGITS PARTS("[01][0-9]{2}", "[01][0-9]{4}")
#define GROUPS 17 /* six in each ordinate */

static void prepare(void)
{
    static const char *const patterns[] = {
        "(" LAT_DIGITS ") ?([NS]) ?[,/-]? ?(" LON_DIGITS ") ?([EW])",
        "([NS]) ?(" LAT_DIGITS ") ?[,/-]? ?([EW]) ?(" LON_DIGITS ")",
    };
    for (size_t i = 0; i < OVF_COUNTOF(patterns); i++) {
        if (regcomp(&coordinate[i], patterns[i], REG_EXTENDED | REG_ICASE) != 0)
            abort();
    }
}

/* "3145.00", "31-45-00.5", "31 45": degrees; -1 when minutes or seconds cannot be. */
static double degrees(const char *text, size_t len, size_t degree_digits)
{
    double parts[3] = {0};
    size_t part = 0;
    size_t digits = 0;
    double scale = 0;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c == '.') {
            scale = 0.1;
        } else if (c >= '0' && c <= '9' && scale > 0) {
            parts[part] += scale * (c - '0');
            scale /= 10;
        } else if (c >= '0' && c <= '9') {
            if (digits == (part == 0 ? degree_digits : 2)) {
                part++;
                digits = 0;
            }
            if (part > 2)
                return -1;
            parts[part] = parts[part] * 10 + (c - '0');
            digits++;
        }
    }
    return parts[1] >= 60 || parts[2] >= 60 ? -1 : parts[0] + parts[1] / 60 + parts[2] / 3600;
}

static bool is_point_of_an_area(const ovf_notice *n, double lat, double lon)
{
    for (size_t i = 0; i < n->area_count; i++) {
        for (size_t k = 0; k < n->areas[i].point_count; k++) {
            ovf_point p = n->areas[i].points[k];
            if (fabs(p.lat_deg - lat) < 2e-5 && fabs(p.lon_deg - lon) < 2e-5)
                return true;
        }
    }
    return false;
}

static bool is_in_a_span(const ovf_notice *n, size_t at)
{
    for (size_t i = 0; i < n->area_count; i++) {
        if (at >= n->areas[i].span.at && at < (size_t)n->areas[i].span.at + n->areas[i].span.len)
            return true;
    }
    return false;
}

static bool has_finding(const ovf_notice *n, size_t from, size_t until)
{
    for (size_t i = 0; i < n->finding_count; i++) {
        if (n->findings[i].pos >= from && n->findings[i].pos < until)
            return true;
    }
    return false;
}

/* One coordinate of the text: counted; true when it is lost. */
static bool count_one(tally *t, const ovf_notice *n, const char *text, size_t base,
                      const regmatch_t *m, bool letter_first)
{
    const regmatch_t *lat = &m[letter_first ? 2 : 1];
    const regmatch_t *lon = &m[letter_first ? 10 : 9];
    char ns = text[m[letter_first ? 1 : 8].rm_so];
    char ew = text[m[letter_first ? 9 : 16].rm_so];
    double y = degrees(text + lat->rm_so, (size_t)(lat->rm_eo - lat->rm_so), 2);
    double x = degrees(text + lon->rm_so, (size_t)(lon->rm_eo - lon->rm_so), 3);
    y = ns == 'S' || ns == 's' ? -y : y;
    x = ew == 'W' || ew == 'w' ? -x : x;
    size_t from = base + (size_t)m[0].rm_so;
    size_t until = base + (size_t)m[0].rm_eo;
    t->coords++;
    if (is_point_of_an_area(n, y, x))
        t->as_point++;
    else if (has_finding(n, from, until))
        t->by_finding++;
    else if (is_in_a_span(n, from))
        t->in_span++;
    else {
        t->lost++;
        if (show_lost)
            printf("lost: " OVF_FMT " %.*s\n", OVF_ARG(n->id), (int)(until - from),
                   text + m[0].rm_so);
        return true;
    }
    return false;
}

static void count_coordinates(tally *t, const ovf_notice *n, ovf_str record)
{
    static char text[OVF_NOTICE_MAX_BYTES + 1];
    ovf_span span = n->span_e.len > 0 ? n->span_e : n->raw_span;
    if (span.len > OVF_NOTICE_MAX_BYTES || n->kind == OVF_NOTICE_CANCEL)
        return;
    for (size_t i = 0; i < span.len; i++) {
        char c = record.ptr[span.at + i];
        text[i] = (char)(c == '\n' || c == '\r' || c == '\t' || c == '\0' ? ' ' : c);
    }
    text[span.len] = '\0';
    size_t found = 0;
    size_t lost = 0;
    for (size_t at = 0; at < span.len;) {
        regmatch_t best[GROUPS] = {{-1, -1}};
        bool letter_first = false;
        for (size_t i = 0; i < OVF_COUNTOF(coordinate); i++) {
            regmatch_t m[GROUPS];
            if (regexec(&coordinate[i], text + at, OVF_COUNTOF(m), m, 0) != 0)
                continue;
            if (best[0].rm_so >= 0 && m[0].rm_so >= best[0].rm_so)
                continue;
            memcpy(best, m, sizeof(best));
            letter_first = i == 1;
        }
        if (best[0].rm_so < 0)
            break;
        size_t before = at + (size_t)best[0].rm_so;
        if (before > 0 && text[before - 1] >= '0' && text[before - 1] <= '9') {
            at = before + 1; // the end of another number
            continue;
        }
        // "5411N10049E077" is an item Q: that of a second part, say.
        if (strspn(text + at + best[0].rm_eo, "0123456789") == 3) {
            at += (size_t)best[0].rm_eo;
            continue;
        }
        found++;
        lost += count_one(t, n, text + at, span.at + at, best, letter_first);
        at += (size_t)best[0].rm_eo;
    }
    t->with_coords += found > 0;
    t->coords_told += found > 0 && lost == 0;
}

/* ---- a notice ---- */

static void keep_schedule(const ovf_notice *n)
{
    if (n->schedule.len == 0 || schedule_count == SCHEDULES_MAX)
        return;
    char *out = schedules[schedule_count++];
    snprintf(out, SCHEDULE_BYTES, "%.*s", (int)(n->schedule.len < 390 ? n->schedule.len : 390),
             n->schedule.ptr);
    for (size_t i = 0; i < n->finding_count; i++) {
        if (strcmp(n->findings[i].rule, "D_UNPARSED") == 0)
            strcat(out, "\t!");
    }
}

static bool same(ovf_str got, const json_t *object, const char *name)
{
    const char *want = json_string_value(json_object_get(object, name));
    return ovf_str_eq(ovf_str_trim(got), ovf_str_trim(ovf_str_of(want == NULL ? "" : want)));
}

static void compare_fields(tally *t, const json_t *record, const ovf_notice *n)
{
    const json_t *fields = json_object_get(record, "fields");
    const json_t *q = json_object_get(fields, "QLine");
    if (fields == NULL)
        return;
    t->compared++;
    ovf_civil c = ovf_time_civil(n->valid_from);
    char from[16];
    snprintf(from, sizeof(from), "%02d%02d%02d%02d%02d", c.year % 100, c.month, c.day, c.hour,
             c.minute);
    bool is_equal = same(n->id, record, "id") && same(n->q_fir, q, "FIR")
                    && same(ovf_str_sub(n->qcode, 1, 3), q, "Code23")
                    && same(ovf_str_sub(n->qcode, 3, 5), q, "Code45")
                    && same(n->traffic, q, "Traffic") && same(n->purpose, q, "Purpose")
                    && same(n->scope, q, "Scope") && same(n->text, fields, "ItemE")
                    && same(n->lower_text, fields, "ItemF") && same(n->upper_text, fields, "ItemG")
                    && same(ovf_str_of(from), fields, "StartValidity");
    t->equal += is_equal;
    if (!is_equal && show_lost)
        printf("differs: " OVF_FMT "\n", OVF_ARG(n->id));
}

static void count_notice(tally *t, const ovf_notice *n, ovf_str record)
{
    t->notices++;
    t->ok += n->status == OVF_READ_OK;
    t->partial += n->status == OVF_READ_PARTIAL;
    t->unreadable += n->status == OVF_READ_UNREADABLE;
    for (size_t i = 0; i < n->area_count; i++) {
        const ovf_notice_area *a = &n->areas[i];
        bool is_name = a->shape >= OVF_SHAPE_FIR || a->certainty == OVF_CERTAINTY_REFERENCE;
        t->q_only += a->certainty == OVF_CERTAINTY_Q_CIRCLE;
        t->resolved += is_name && a->certainty >= OVF_CERTAINTY_REFERENCE;
        t->unresolved += is_name && a->certainty == OVF_CERTAINTY_UNRESOLVED;
    }
    count_coordinates(t, n, record);
    keep_schedule(n);
}

static void read_record(tally *t, const json_t *record, const char *field, ovf_arena *arena)
{
    const json_t *value = json_object_get(record, field);
    if (!json_is_string(value))
        return;
    ovf_str raw = {json_string_value(value), json_string_length(value)};
    ovf_notice *notices = NULL;
    size_t count = 0;
    double at = bench_now_ns();
    if (ovf_notice_read(world, raw, NULL, arena, &notices, &count, NULL) != OVF_OK)
        exit(4);
    t->ns += bench_now_ns() - at;
    t->records++;
    for (size_t i = 0; i < count; i++)
        count_notice(t, &notices[i], raw);
    if (count == 1)
        compare_fields(t, record, &notices[0]);
}

static bool read_set(const char *folder, const char *const set[2], tally *t)
{
    char path[1000];
    snprintf(path, sizeof(path), "%s/%s", folder, set[0]);
    gzFile file = gzopen(path, "rb");
    if (file == NULL)
        return false;
    static char buffer[LINE_BYTES];
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    while (gzgets(file, buffer, LINE_BYTES) != NULL) {
        json_t *record = json_loadb(buffer, strlen(buffer), JSON_ALLOW_NUL, NULL);
        if (record != NULL)
            read_record(t, record, set[1], &arena);
        json_decref(record);
        ovf_arena_reset(&arena);
    }
    ovf_arena_done(&arena);
    gzclose(file);
    return true;
}

/* ---- the tables ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void print_schedules(void)
{
    size_t distinct = 0;
    size_t flagged = 0;
    qsort(schedules, schedule_count, SCHEDULE_BYTES, by_text);
    for (size_t i = 0; i < schedule_count; i++) {
        if (i > 0 && strcmp(schedules[i], schedules[i - 1]) == 0)
            continue;
        distinct++;
        bool is_flagged = strstr(schedules[i], "\t!") != NULL;
        flagged += is_flagged;
        if (is_flagged)
            printf("  not read whole: %s\n", schedules[i]);
    }
    printf("  distinct items D %zu, read whole %zu (%.2f %%), flagged %zu\n", distinct,
           distinct - flagged,
           distinct == 0 ? 0 : 100.0 * (double)(distinct - flagged) / (double)distinct, flagged);
}

static void print_row(const char *name, const tally *t)
{
    printf(
        "  %-28.28s %6zu %6zu %6zu %5zu %5zu | %6zu %6.2f %% %7zu %7zu %5zu %4zu %4zu | %5zu %5zu %4zu "
        "| %5.1f\n",
        name, t->records, t->notices, t->ok, t->partial, t->unreadable, t->with_coords,
        t->with_coords == 0 ? 100 : 100.0 * (double)t->coords_told / (double)t->with_coords,
        t->coords, t->as_point, t->in_span, t->by_finding, t->lost, t->resolved, t->unresolved,
        t->q_only, t->notices == 0 ? 0 : t->ns / 1e3 / (double)t->notices);
    if (t->compared > 0)
        printf("  %-28s every field of %zu of %zu equal (%.3f %%)\n", "", t->equal, t->compared,
               100.0 * (double)t->equal / (double)t->compared);
}

int main(int argc, char **argv)
{
    const char *folder = getenv("OVF_BENCH_NOTICES");
    const char *world_path = getenv("OVERFLY_WORLD");
    folder = folder == NULL ? "../shared/data/notam" : folder;
    world_path = world_path == NULL ? "build/overfly.world" : world_path;
    show_lost = argc > 1 && strcmp(argv[1], "--lost") == 0;
    ovf_error err = {0};
    if (ovf_world_open(world_path, &world, &err) != OVF_OK) {
        printf("  %s: %s: skipped\n", world_path, err.reason);
        return 0;
    }
    schedules = calloc(SCHEDULES_MAX, SCHEDULE_BYTES);
    if (schedules == NULL)
        return 4;
    prepare();
    printf("  %-28s %6s %6s %6s %5s %5s | %6s %8s %7s %7s %5s %4s %4s | %5s %5s %4s | %5s\n", "set",
           "record", "notice", "ok", "part", "unrd", "w.crd", "told", "coords", "point", "span",
           "find", "lost", "named", "unres", "Q", "us");
    for (size_t i = 0; i < OVF_COUNTOF(SETS); i++) {
        tally t = {0};
        if (read_set(folder, SETS[i], &t))
            print_row(SETS[i][0], &t);
        else
            printf("  %-28s is not there: skipped\n", SETS[i][0]);
    }
    print_schedules();
    free(schedules);
    ovf_world_free(world);
    return 0;
}
