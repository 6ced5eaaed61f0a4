/* SPDX-License-Identifier: Apache-2.0 */
/* Notices with every field written down by hand (tests/notice/truth, its README says how): what the
 * reader makes of each text against what a person reads there. */
#include "describe.h"

#include <overfly/area.h>

#include <dirent.h>
#include <sys/types.h>

#define ROWS_MAX 2000
#define FILES_MAX 64

typedef struct row {
    char name[160];
    ovf_str text;
    ovf_str fields;
} row;

static const ovf_world *world;
static ovf_arena files_arena;
static row rows[ROWS_MAX];
static struct CMUnitTest tests[ROWS_MAX];
static size_t row_count;

/* ---- what was read, key by key ---- */

/* Values that must be as here where a row does not say them; NULL: left unsaid then. */
static const struct key {
    const char *name;
    const char *otherwise;
} keys[] = {
    {"status", "ok"},
    {"form", "icao"},
    {"id", ""},
    {"kind", "new"},
    {"refers_to", ""},
    {"part", ""},
    {"issuer", NULL},
    {"firs", ""},
    {"locations", ""},
    {"q", ""},
    {"q_area", NULL},
    {"q_levels", NULL},
    {"valid", "none-open"},
    {"schedule", ""},
    {"active", NULL},
    {"active_complete", "yes"},
    {"effect", ""},
    {"strength", NULL},
    {"advice", "none"},
    {"addressed", "everyone exc=0"},
    {"item_f", NULL},
    {"item_g", NULL},
    {"text", NULL},
    {"area", ""},
    {"finding", ""},
    {"references", NULL},
};

static void put_str(line *out, ovf_str s)
{
    put(out, "%.*s", OVF_ARG(s));
}

static void put_words(line *out, const ovf_str *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put(out, "%s%.*s", i == 0 ? "" : " ", OVF_ARG(items[i]));
}

static void put_q_area(line *out, const ovf_notice *n)
{
    if (!n->has_q_circle)
        return;
    put(out, "%.2f,%.2f %.0fNM", n->q_centre.lat_deg, n->q_centre.lon_deg, n->q_radius_nm);
}

static void put_intervals(line *out, const ovf_intervals *set)
{
    for (size_t i = 0; i < set->count; i++) {
        put(out, "%s", i == 0 ? "" : "\n");
        put_time(out, set->items[i].from);
        put(out, "-");
        put_time(out, set->items[i].until);
    }
}

static void put_area_lines(line *out, const ovf_notice *n)
{
    for (size_t i = 0; i < n->area_count; i++) {
        const ovf_notice_area *a = &n->areas[i];
        put(out, "%s%s %s", i == 0 ? "" : "\n", ovf_shape_name(a->shape),
            ovf_certainty_name(a->certainty));
        if (a->name.len > 0)
            put(out, " '%.*s'", OVF_ARG(a->name));
        put(out, " ");
        put_level(out, a->lower);
        put(out, "..");
        put_level(out, a->upper);
        if (a->shape == OVF_SHAPE_CIRCLE)
            put(out, " r=%.2fNM", a->radius_m / OVF_NM_M);
        if (a->effect != OVF_EFFECT_UNKNOWN && a->effect != n->effect)
            put(out, " %s", ovf_effect_name(a->effect));
        for (size_t k = 0; a->has_active && k < a->active.count; k++) {
            put(out, "%s", k == 0 ? " act=" : ",");
            put_time(out, a->active.items[k].from);
            put(out, "-");
            put_time(out, a->active.items[k].until);
        }
    }
}

static void put_rules(line *out, const ovf_notice *n)
{
    bool any = false;
    for (size_t i = 0; i < n->finding_count; i++) {
        if (n->findings[i].severity == OVF_NOTE)
            continue;
        put(out, "%s%s", any ? "\n" : "", n->findings[i].rule);
        any = true;
    }
}

static void put_key(line *out, const char *key, const ovf_notice *n)
{
    if (strcmp(key, "status") == 0)
        put(out, "%s", ovf_read_status_name(n->status));
    else if (strcmp(key, "form") == 0)
        put(out, "%s", ovf_notice_form_name(n->form));
    else if (strcmp(key, "id") == 0)
        put_str(out, n->id);
    else if (strcmp(key, "kind") == 0)
        put(out, "%s", ovf_notice_kind_name(n->kind));
    else if (strcmp(key, "refers_to") == 0)
        put_str(out, n->refers_to);
    else if (strcmp(key, "references") == 0)
        for (size_t i = 0; i < n->reference_count; i++)
            put(out, "%s%.*s", i == 0 ? "" : ", ", OVF_ARG(n->references[i]));
    else if (strcmp(key, "part") == 0 && n->part_of > 0)
        put(out, "%d/%d%s", (int)n->part, (int)n->part_of, n->parts_complete ? "" : " missing");
    else if (strcmp(key, "issuer") == 0)
        put(out, "%.*s %.*s", OVF_ARG(n->issuer.kind), OVF_ARG(n->issuer.state));
    else if (strcmp(key, "firs") == 0)
        put_words(out, n->firs, n->fir_count);
    else if (strcmp(key, "locations") == 0)
        put_str(out, n->locations);
    else if (strcmp(key, "q") == 0 && n->qcode.len > 0)
        put(out, "%.*s/%.*s/%.*s/%.*s/%.*s", OVF_ARG(n->q_fir), OVF_ARG(n->qcode),
            OVF_ARG(n->traffic), OVF_ARG(n->purpose), OVF_ARG(n->scope));
    else if (strcmp(key, "q_area") == 0)
        put_q_area(out, n);
    else if (strcmp(key, "schedule") == 0)
        put_str(out, n->schedule);
    else if (strcmp(key, "active") == 0)
        put_intervals(out, &n->active);
    else if (strcmp(key, "active_complete") == 0)
        put(out, "%s", n->active_complete ? "yes" : "no");
    else if (strcmp(key, "effect") == 0)
        put(out, "%s", ovf_effect_name(n->effect));
    else if (strcmp(key, "strength") == 0)
        put(out, "%s", ovf_strength_name(n->strength));
    else if (strcmp(key, "advice") == 0)
        put(out, "%s", ovf_advice_name(n->advice));
    else if (strcmp(key, "addressed") == 0)
        put_addressed(out, n);
    else if (strcmp(key, "item_f") == 0)
        put_str(out, n->lower_text);
    else if (strcmp(key, "item_g") == 0)
        put_str(out, n->upper_text);
    else if (strcmp(key, "text") == 0)
        put_str(out, n->text);
    else if (strcmp(key, "area") == 0)
        put_area_lines(out, n);
    else if (strcmp(key, "finding") == 0)
        put_rules(out, n);
    else if (strcmp(key, "q_levels") == 0) {
        put_level(out, n->q_lower);
        put(out, "..");
        put_level(out, n->q_upper);
    } else if (strcmp(key, "valid") == 0) {
        put_time(out, n->valid_from);
        put(out, "-");
        put_time(out, n->valid_until);
        put(out, "%s%s", n->until_estimated ? "EST" : "", n->until_permanent ? "PERM" : "");
    }
}

/* ---- what a row says ---- */

/* "key   value": false at the end. Blank lines and those that start with '#' are passed over. */
static bool next_field(ovf_str *rest, ovf_str *key, ovf_str *value)
{
    ovf_str text;
    while (ovf_str_line(rest, &text)) {
        text = ovf_str_trim(text);
        if (text.len == 0 || text.ptr[0] == '#')
            continue;
        size_t blank = ovf_str_find(text, 0, OVF_STR(" "));
        *key = ovf_str_sub(text, 0, blank == OVF_NOPOS ? text.len : blank);
        *value = blank == OVF_NOPOS ? OVF_STR("") : ovf_str_trim(ovf_str_tail(text, blank));
        return true;
    }
    return false;
}

static bool is_known_key(ovf_str key)
{
    for (size_t i = 0; i < OVF_COUNTOF(keys); i++) {
        if (ovf_str_eq(key, ovf_str_of(keys[i].name)))
            return true;
    }
    return ovf_str_eq(key, OVF_STR("in")) || ovf_str_eq(key, OVF_STR("out"))
           || ovf_str_eq(key, OVF_STR("received")) || ovf_str_eq(key, OVF_STR("unsaid"))
           || ovf_str_eq(key, OVF_STR("next"));
}

/* The values of a key, one a line; *said: the row has it, or says that it leaves it. */
static void wanted(ovf_str fields, const char *name, line *out, bool *said, bool *left)
{
    ovf_str key;
    ovf_str value;
    *said = false;
    *left = false;
    while (next_field(&fields, &key, &value)) {
        if (!is_known_key(key))
            fail_msg("no such key in a row of the table: %.*s", OVF_ARG(key));
        if (ovf_str_eq(key, OVF_STR("unsaid"))) {
            ovf_str word;
            while (value.len > 0 && ovf_str_field(&value, ' ', &word))
                *left |= ovf_str_eq(word, ovf_str_of(name));
        }
        if (!ovf_str_eq(key, ovf_str_of(name)))
            continue;
        put(out, "%s%.*s", *said ? "\n" : "", OVF_ARG(value));
        *said = true;
    }
}

/* "in 2 10.5,-67.0": a point and the area (from 1) that holds it, or not. */
static void probe(const ovf_notice *n, ovf_str value, bool inside)
{
    uint32_t index = 0;
    size_t end = ovf_str_take_uint(value, 0, 1000, &index);
    ovf_str rest = ovf_str_trim(ovf_str_tail(value, end));
    ovf_str lat;
    ovf_point p = {0};
    ovf_error err = {0};
    bool reads = end > 0 && ovf_str_field(&rest, ',', &lat)
                 && ovf_str_to_double(lat, &p.lat_deg, &err) == OVF_OK
                 && ovf_str_to_double(rest, &p.lon_deg, &err) == OVF_OK;
    if (!reads || index == 0)
        fail_msg("expected the number of an area and LAT,LON: %.*s", OVF_ARG(value));
    if (index > n->area_count)
        fail_msg("in %.*s: there are %zu areas", OVF_ARG(value), n->area_count);
    ovf_tri holds = ovf_area_contains(n->areas[index - 1].area, p);
    if (holds != (inside ? OVF_TRI_YES : OVF_TRI_NO))
        fail_msg("area %u %s %f,%f", (unsigned)index, inside ? "should hold" : "should not hold",
                 p.lat_deg, p.lon_deg);
}

static void check_notice(const ovf_notice *n, ovf_str fields)
{
    size_t wrong = 0;
    for (size_t i = 0; i < OVF_COUNTOF(keys); i++) {
        line want = {.len = 0};
        line got = {.len = 0};
        bool said = false;
        bool left = false;
        wanted(fields, keys[i].name, &want, &said, &left);
        if (left || (!said && keys[i].otherwise == NULL))
            continue;
        put_key(&got, keys[i].name, n);
        got.text[got.len] = '\0';
        want.text[want.len] = '\0';
        const char *expected = said ? want.text : keys[i].otherwise;
        if (strcmp(got.text, expected) == 0)
            continue;
        print_error("%s\n  want: %s\n  got:  %s\n", keys[i].name, expected, got.text);
        wrong++;
    }
    assert_int_equal(wrong, 0);
    ovf_str key;
    ovf_str value;
    while (next_field(&fields, &key, &value)) {
        if (ovf_str_eq(key, OVF_STR("in")) || ovf_str_eq(key, OVF_STR("out")))
            probe(n, value, key.len == 2);
    }
}

/* The fields of the next notice of the row: "next" on a line of its own parts them. */
static bool next_block(ovf_str *rest, ovf_str *block)
{
    if (rest->len == 0)
        return false;
    size_t at = ovf_str_find(*rest, 0, OVF_STR("\nnext\n"));
    *block = ovf_str_sub(*rest, 0, at == OVF_NOPOS ? rest->len : at + 1);
    *rest = at == OVF_NOPOS ? OVF_STR("") : ovf_str_tail(*rest, at + 6);
    return true;
}

/* "received 2604211200": when the text reached the reader. */
static ovf_time received_of(ovf_str fields)
{
    ovf_str key;
    ovf_str value;
    ovf_time t = OVF_TIME_NONE;
    while (next_field(&fields, &key, &value)) {
        if (ovf_str_eq(key, OVF_STR("received")) && ovf_time_parse_notam(value, &t, NULL) != OVF_OK)
            fail_msg("expected YYMMDDHHMM: %.*s", OVF_ARG(value));
    }
    return t;
}

static void reads_as_written(void **state)
{
    const row *r = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice *notices = NULL;
    size_t count = 0;
    ovf_error err = {0};
    ovf_notice_options options = {.received = received_of(r->fields)};
    assert_int_equal(ovf_notice_read(world, r->text, &options, &arena, &notices, &count, &err),
                     OVF_OK);
    ovf_str rest = r->fields;
    ovf_str block;
    size_t i = 0;
    while (next_block(&rest, &block)) {
        if (i >= count)
            fail_msg("%zu notices were read, the row has more", count);
        hold_spans(&notices[i], r->text.len);
        check_notice(&notices[i++], block);
    }
    assert_int_equal(i, count);
    ovf_arena_done(&arena);
}

/* ---- the tables ---- */

static ovf_str file_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = ovf_arena_alloc(&files_arena, (size_t)size + 1, 1);
    if (text == NULL || fread(text, 1, (size_t)size, file) != (size_t)size)
        exit(1);
    fclose(file);
    return (ovf_str){text, (size_t)size};
}

static void bad_row(const char *path, const char *name, const char *why)
{
    fprintf(stderr, "%s: row \"%s\": %s\n", path, name, why);
    exit(1);
}

/* "== name", the text, "--", the fields. */
static void add_rows(const char *path, const char *file_name)
{
    ovf_str text = file_text(path);
    size_t at = ovf_str_starts(text, OVF_STR("== ")) ? 0 : ovf_str_find(text, 0, OVF_STR("\n== "));
    at += at != 0 && at != OVF_NOPOS;
    while (at != OVF_NOPOS) {
        size_t next = ovf_str_find(text, at, OVF_STR("\n== "));
        ovf_str all = ovf_str_sub(text, at, next == OVF_NOPOS ? text.len : next + 1);
        at = next == OVF_NOPOS ? OVF_NOPOS : next + 1;
        if (row_count == ROWS_MAX)
            bad_row(path, "?", "more rows than the test takes");
        row *r = &rows[row_count];
        ovf_str name;
        ovf_str_line(&all, &name);
        snprintf(r->name, sizeof(r->name), "%.*s: %.*s", (int)strcspn(file_name, "."), file_name,
                 OVF_ARG(ovf_str_trim(ovf_str_tail(name, 3))));
        size_t bar = ovf_str_find(all, 0, OVF_STR("\n--\n"));
        if (bar == OVF_NOPOS)
            bad_row(path, r->name, "expected a line -- between the text and its fields");
        r->text = ovf_str_sub(all, 0, bar + 1);
        r->fields = ovf_str_tail(all, bar + 4);
        tests[row_count++] = (struct CMUnitTest){r->name, reads_as_written, NULL, NULL, r};
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_folder(const char *folder)
{
    char *names[FILES_MAX];
    size_t count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;) {
        ovf_str name = ovf_str_of(e->d_name);
        if (ovf_str_ends(name, OVF_STR(".txt")) && count < FILES_MAX)
            names[count++] = (char *)ovf_arena_printf(&files_arena, "%s%c", e->d_name, '\0').ptr;
    }
    if (dir != NULL)
        closedir(dir);
    qsort(names, count, sizeof(names[0]), by_name);
    for (size_t i = 0; i < count; i++) {
        char path[2000];
        snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        add_rows(path, names[i]);
    }
}

int main(int argc, char **argv)
{
    ovf_world *opened = NULL;
    ovf_error err = {0};
    if (argc < 3 || ovf_world_open(argv[1], &opened, &err) != OVF_OK) {
        fprintf(stderr, "expected the world file and the folder of the tables: %s\n", err.reason);
        return 1;
    }
    world = opened;
    ovf_arena_init(&files_arena, 0);
    add_folder(argv[2]);
    if (argc > 3) // one row: its name begins so
        for (size_t i = row_count; i-- > 0;)
            if (strncmp(rows[i].name, argv[3], strlen(argv[3])) != 0)
                tests[i] = tests[--row_count];
    printf("%zu rows\n", row_count);
    int failed =
        row_count == 0 ? 1 : _cmocka_run_group_tests("notice_truth", tests, row_count, NULL, NULL);
    ovf_arena_done(&files_arena);
    ovf_world_free(opened);
    return failed;
}
