/* SPDX-License-Identifier: Apache-2.0 */
/* make-lexicon DATA OUT: the names of data/news, and the operators, airports and FIRs of data/, as
 * sorted C arrays for the news reader: entities, phrases that name them, offices, heads of groups,
 * instruments. A phrase is its words in small letters without accents, dots and apostrophes, hyphens
 * being blanks; phrases of one first word are neighbours. What stands twice in a table, and an
 * office or a State that is nowhere defined, fails the build. Runs on the machine that builds. */
#include "make_lexicon.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {
    "unknown",     "head_of_state", "minister", "ministry",      "state",   "aviation_authority",
    "ansp",        "intl_body",     "military", "police",        "agency",  "legislature",
    "airport",     "airline",       "company",  "industry_body", "outlet",  "tracker",
    "armed_group", "court",         "official", "expert",        "natural", "org",
};

static entity entities[ENTITIES_MAX];
static size_t entity_count = 1; /* 0: none */
static role_row roles[ROLES_MAX];
static size_t role_count = 1;
static head_row heads[ROLES_MAX];
static size_t head_count = 1;
static char instruments[ROLES_MAX][32];
static size_t instrument_count = 1;
static char state_codes[300][4];
static size_t state_count;

/* ---- tables ---- */

static uint8_t kind_of(const char *name)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strcmp(kinds[i], name) == 0)
            return (uint8_t)i;
    }
    die("'%s' is no kind of speaker", name);
    return 0;
}

static void check_state(const char *iso3)
{
    if (iso3[0] == '\0' || strlen(iso3) > 3) /* UN, EU, NATO, ICAO, IATA: of leaders */
        return;
    for (size_t i = 0; i < state_count; i++) {
        if (strcmp(state_codes[i], iso3) == 0)
            return;
    }
    if (strcmp(iso3, "EU") != 0 && strcmp(iso3, "UN") != 0)
        die("'%s' is no State of data/states.txt", iso3);
}

static size_t add_entity(entity e, const char *name)
{
    if (entity_count == ENTITIES_MAX)
        die("too many names");
    e.name = keep(name);
    entities[entity_count] = e;
    return entity_count++;
}

static FILE *open_table(const char *data, const char *name)
{
    static char path[LINE_BYTES];
    static char shown[256];
    snprintf(path, sizeof(path), "%s/%s", data, name);
    snprintf(shown, sizeof(shown), "%s", name);
    table_name = shown;
    line_number = 0;
    FILE *in = fopen(path, "r");
    if (in == NULL)
        die("cannot open %s", path);
    return in;
}

/* The next row, cut at `sep`; false at the end. */
static bool next_row(FILE *in, char *line, char sep, char *columns[COLUMNS], size_t want)
{
    while (fgets(line, LINE_BYTES, in) != NULL) {
        line_number++;
        if (strchr(line, '\n') == NULL)
            die("a line without an end, or too long");
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        size_t n = 0;
        for (char *p = line; n < COLUMNS;) {
            columns[n++] = p;
            p = strchr(p, sep);
            if (p == NULL)
                break;
            *p++ = '\0';
        }
        if (n < want)
            die("expected %zu columns", want);
        return true;
    }
    fclose(in);
    return false;
}

static void set_text(char *out, size_t size, const char *text)
{
    size_t len = strlen(text);
    if (len >= size)
        len = size - 1;
    memcpy(out, text, len);
    out[len] = '\0';
}

/* One row of a table may stand once only. */
static void once(const char *name)
{
    static char seen[4000][64];
    static size_t count;
    static const char *of = "";
    if (strcmp(of, table_name) != 0 || line_number <= 1)
        count = 0;
    static char last[64];
    if (strcmp(last, table_name) != 0) {
        set_text(last, sizeof(last), table_name);
        count = 0;
    }
    of = last;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(seen[i], name, 63) == 0)
            die("'%s' stands twice", name);
    }
    if (count < 4000)
        set_text(seen[count++], 64, name);
}

static void read_codes(const char *data)
{
    char line[LINE_BYTES];
    char *c[COLUMNS];
    FILE *in = open_table(data, "states.txt");
    while (next_row(in, line, '\t', c, 4))
        set_text(state_codes[state_count++], 4, c[0]);
}

static void read_states(const char *data)
{
    char line[LINE_BYTES];
    char *c[COLUMNS];
    FILE *in = open_table(data, "news/states.txt");
    while (next_row(in, line, '|', c, 5)) {
        entity e = {.type = T_STATE, .kind = kind_of("state"), .place = P_STATE};
        once(c[0]);
        check_state(c[0]);
        set_text(e.iso3, sizeof(e.iso3), c[0]);
        set_text(e.code, sizeof(e.code), c[0]);
        size_t index = add_entity(e, c[1]);
        add_phrase(c[1], PHRASE_NAME, index, 0);
        add_phrases(c[4], PHRASE_NAME, index, 0);
        add_phrases(c[2], PHRASE_NAME, index, F_DEMONYM);
        if (c[3][0] != '\0') {
            entity city = {.type = T_CITY, .kind = kind_of("state"), .place = P_CITY};
            set_text(city.iso3, sizeof(city.iso3), c[0]);
            size_t at = add_entity(city, c[3]);
            add_phrase(c[3], PHRASE_NAME, at, F_CAPITAL);
        }
    }
}

static void read_roles(const char *data)
{
    char line[LINE_BYTES];
    char *c[COLUMNS];
    FILE *in = open_table(data, "news/roles.txt");
    while (next_row(in, line, '|', c, 3)) {
        if (role_count == ROLES_MAX)
            die("too many offices");
        once(c[0]);
        set_text(roles[role_count].id, sizeof(roles[0].id), c[0]);
        roles[role_count].kind = kind_of(c[1]);
        add_phrases(c[2], PHRASE_ROLE, role_count++, 0);
    }
    in = open_table(data, "news/heads.txt");
    while (next_row(in, line, '|', c, 4)) {
        if (head_count == ROLES_MAX)
            die("too many heads");
        heads[head_count].kind = kind_of(c[0]);
        snprintf(heads[head_count].flags, sizeof(heads[0].flags), "%s%s", c[1], c[2]);
        add_phrases(c[3], PHRASE_HEAD, head_count++, 0);
    }
    in = open_table(data, "news/instruments.txt");
    while (next_row(in, line, '|', c, 2)) {
        if (instrument_count == ROLES_MAX)
            die("too many instruments");
        once(c[0]);
        set_text(instruments[instrument_count], sizeof(instruments[0]), c[0]);
        add_phrases(c[1], PHRASE_INSTRUMENT, instrument_count++, 0);
    }
}

static uint8_t role_of(const char *id)
{
    for (size_t i = 1; i < role_count; i++) {
        if (strcmp(roles[i].id, id) == 0)
            return (uint8_t)i;
    }
    die("'%s' is no office of roles.txt", id);
    return 0;
}

static void read_leaders(const char *data)
{
    char line[LINE_BYTES];
    char *c[COLUMNS];
    FILE *in = open_table(data, "news/leaders.txt");
    while (next_row(in, line, '|', c, 6)) {
        char who[LINE_BYTES];
        entity e = {.type = T_PERSON, .role = role_of(c[1]), .from = atoi(c[3])};
        snprintf(who, sizeof(who), "%.40s %.12s", c[0], c[3]);
        once(who);
        check_state(c[2]);
        e.kind = roles[e.role].kind == kind_of("org") ? kind_of("state") : roles[e.role].kind;
        if (strlen(c[2]) == 3 || strlen(c[2]) == 2)
            set_text(e.iso3, sizeof(e.iso3), strlen(c[2]) == 3 ? c[2] : "");
        e.until = c[4][0] == '\0' ? 9999 : atoi(c[4]);
        if (e.from < 1960 || e.from > 2100 || e.until < e.from)
            die("years that cannot be");
        size_t index = add_entity(e, c[0]);
        add_phrase(c[0], PHRASE_NAME, index, strchr(c[0], ' ') == NULL ? F_WEAK : 0);
        if (c[5][0] == '\0') {
            char *last = strrchr(c[0], ' ');
            if (last != NULL)
                add_phrase(last + 1, PHRASE_NAME, index, F_SHORT);
        }
        for (char *item = c[5]; item != NULL && *item != '\0';) {
            char *next = strchr(item, ';');
            if (next != NULL)
                *next++ = '\0';
            bool is_short = strchr(item, ' ') == NULL || islower((unsigned char)item[0]);
            add_phrase(item, PHRASE_NAME, index, is_short ? F_SHORT : 0);
            item = next;
        }
    }
}

/* name|kind|iso3|forms */
static void read_bodies(const char *data, const char *name, uint8_t type)
{
    char line[LINE_BYTES];
    char *c[COLUMNS];
    FILE *in = open_table(data, name);
    while (next_row(in, line, '|', c, 4)) {
        entity e = {.type = type, .kind = kind_of(c[1])};
        char who[LINE_BYTES];
        snprintf(who, sizeof(who), "%.50s %s", c[0], c[2]);
        once(who);
        check_state(c[2]);
        set_text(e.iso3, sizeof(e.iso3), c[2]);
        if (e.kind == kind_of("airport"))
            e.place = P_NONE;
        size_t index = add_entity(e, c[0]);
        add_phrase(c[0], PHRASE_NAME, index, 0);
        add_phrases(c[3], PHRASE_NAME, index, 0);
    }
}

static void read_places(const char *data)
{
    char line[LINE_BYTES];
    char *c[COLUMNS];
    FILE *in = open_table(data, "news/places.txt");
    while (next_row(in, line, '|', c, 4)) {
        bool is_base = strcmp(c[1], "base") == 0;
        bool is_volcano = strcmp(c[1], "volcano") == 0;
        if (!is_base && !is_volcano && strcmp(c[1], "region") != 0)
            die("'%s' is no kind of place", c[1]);
        entity e = {.type = is_base      ? T_BASE
                            : is_volcano ? T_VOLCANO
                                         : T_REGION,
                    .kind = is_volcano ? kind_of("natural") : 0,
                    .place = is_base ? P_BASE : P_REGION};
        once(c[0]);
        check_state(c[2]);
        set_text(e.iso3, sizeof(e.iso3), c[2]);
        size_t index = add_entity(e, c[0]);
        add_phrase(c[0], PHRASE_NAME, index, 0);
        add_phrases(c[3], PHRASE_NAME, index, 0);
    }
}

/* "Air Traffic", "Air Corridor": operators by name, but what a text means by them is none. */
static bool is_ordinary(const char *key)
{
    static const char *const behind[] = {
        "traffic",   "corridor",   "lift",    "connect", "city",     "medical",   "max",
        "charter",   "cargo",      "service", "travel",  "services", "ambulance", "taxi",
        "transport", "freight",    "force",   "rescue",  "survey",   "mail",      "bridge",
        "route",     "routes",     "link",    "links",   "space",    "crew",      "tour",
        "tours",     "operations", "safety",  "support", "patrol",   "strike",    "attack",
        "control",   "work",       "works",   "defence", "defense",
    };
    for (size_t i = 0; i < sizeof(behind) / sizeof(*behind); i++) {
        if (strncmp(key, "air ", 4) == 0 && strcmp(key + 4, behind[i]) == 0)
            return true;
    }
    return strcmp(key, "airspace") == 0 || strcmp(key, "airlift") == 0
           || strcmp(key, "airlink") == 0 || strcmp(key, "airwork") == 0;
}

/* The airline of the newspapers is that of the register: of one name, and of one State. */
static void give_code(size_t index, const char *iso3, const char *designator)
{
    entity *e = &entities[index];
    if (e->type == T_AIRLINE && e->code[0] == '\0' && strcmp(e->iso3, iso3) == 0)
        set_text(e->code, sizeof(e->code), designator);
}

static void read_airlines(const char *data)
{
    char line[LINE_BYTES];
    char *c[COLUMNS];
    entity e = {.type = T_AIRLINE, .kind = kind_of("airline")};
    FILE *in = open_table(data, "news/airlines.txt");
    for (c[3] = NULL; next_row(in, line, '|', c, 3); c[3] = NULL) {
        once(c[0]);
        check_state(c[1]);
        set_text(e.iso3, sizeof(e.iso3), c[1]);
        set_text(e.code, sizeof(e.code), c[3] == NULL ? "" : c[3]);
        size_t index = add_entity(e, c[0]);
        add_phrase(c[0], PHRASE_NAME, index, 0);
        add_phrases(c[2], PHRASE_NAME, index, 0);
    }
    in = open_table(data, "operators.txt");
    while (next_row(in, line, '\t', c, 6)) {
        char key[KEY_BYTES];
        if (strcmp(c[5], "state") == 0 || strcmp(c[2], "-") == 0 || !make_key(c[2], key))
            continue;
        const phrase *known = find_phrase(key, PHRASE_NAME);
        if (known != NULL) {
            give_code(known->index, c[4], c[0]);
            continue;
        }
        /* One word alone may be anything: known only when "airline" or the like stands in the name. */
        bool is_telling = strstr(key, "air") != NULL || strstr(key, "aviation") != NULL
                          || strstr(key, "jet") != NULL;
        if ((!is_telling && strchr(key, ' ') == NULL) || is_ordinary(key))
            continue;
        set_text(e.iso3, sizeof(e.iso3), c[4][0] == '-' ? "" : c[4]);
        set_text(e.code, sizeof(e.code), c[0]);
        add_phrase(c[2], PHRASE_NAME, add_entity(e, c[2]), F_DERIVED);
        e.code[0] = '\0';
    }
}

static void read_airports(const char *data)
{
    static struct {
        char icao[5], iso3[4];
    } known[6000];
    size_t count = 0;
    char line[LINE_BYTES];
    char *c[COLUMNS];
    entity e = {.type = T_AIRPORT, .kind = kind_of("airport"), .place = P_AIRPORT};
    FILE *in = open_table(data, "airports.txt");
    while (next_row(in, line, '\t', c, 5)) {
        set_text(known[count].icao, 5, c[0]);
        set_text(known[count++].iso3, 4, c[4]);
    }
    in = open_table(data, "news/airports.txt");
    while (next_row(in, line, '|', c, 3)) {
        once(c[0]);
        e.iso3[0] = '\0';
        if (strlen(c[1]) == 8 && c[1][4] == ':')
            set_text(e.iso3, 4, c[1] + 5);
        for (size_t i = 0; i < count && e.iso3[0] == '\0'; i++) {
            if (strncmp(known[i].icao, c[1], 4) == 0)
                set_text(e.iso3, 4, known[i].iso3);
        }
        if (e.iso3[0] == '\0')
            die("'%s' is no airport of data/airports.txt", c[1]);
        check_state(e.iso3);
        set_text(e.code, sizeof(e.code), c[1]);
        size_t index = add_entity(e, c[0]);
        add_phrase(c[0], PHRASE_NAME, index, 0);
        add_phrases(c[2], PHRASE_NAME, index, 0);
    }
    in = open_table(data, "airports.txt");
    while (next_row(in, line, '\t', c, 5)) {
        char key[KEY_BYTES];
        if (strstr(c[2], "Airport") == NULL || strchr(c[2], ' ') == NULL || !make_key(c[2], key)
            || has_phrase(key, PHRASE_NAME))
            continue;
        set_text(e.iso3, 4, c[4]);
        set_text(e.code, sizeof(e.code), c[0]);
        add_phrase(c[2], PHRASE_NAME, add_entity(e, c[2]), F_DERIVED);
    }
}

static void read_cities(const char *data)
{
    char line[LINE_BYTES];
    char *c[COLUMNS];
    entity e = {.type = T_CITY, .kind = 0, .place = P_CITY};
    FILE *in = open_table(data, "news/cities.txt");
    while (next_row(in, line, '|', c, 2)) {
        check_state(c[0]);
        once(c[0]);
        set_text(e.iso3, 4, c[0]);
        for (char *item = c[1]; item != NULL && *item != '\0';) {
            char *next = strchr(item, ';');
            if (next != NULL)
                *next++ = '\0';
            char *other = strchr(item, '=');
            if (other != NULL)
                *other++ = '\0';
            char plain[LINE_BYTES];
            char key[KEY_BYTES];
            set_text(plain, sizeof(plain), item);
            plain[strcspn(plain, "~")] = '\0';
            size_t index = 0;
            /* A capital is there already, and gets its other spellings. */
            for (size_t i = 1; i < entity_count && index == 0; i++) {
                if (entities[i].type == T_CITY && strcmp(pool + entities[i].name, plain) == 0
                    && strcmp(entities[i].iso3, c[0]) == 0)
                    index = i;
            }
            bool is_capital = index != 0;
            if (!make_key(plain, key))
                die("'%s' cannot be a city", plain);
            if (index == 0) {
                index = add_entity(e, plain);
                add_phrase(item, PHRASE_NAME, index, 0);
            }
            while (other != NULL) {
                char *more = strchr(other, '=');
                if (more != NULL)
                    *more++ = '\0';
                add_phrase(other, PHRASE_NAME, index,
                           is_capital && entities[index].kind != 0 ? F_CAPITAL : 0);
                other = more;
            }
            item = next;
        }
    }
    in = open_table(data, "airports.txt");
    while (next_row(in, line, '\t', c, 5)) {
        char key[KEY_BYTES];
        if (strcmp(c[3], "-") == 0 || !make_key(c[3], key) || has_phrase(key, PHRASE_NAME)
            || strlen(key) < 4)
            continue;
        /* "Alert", "Lincoln": one word of an English-speaking country is anything but a city. */
        if (strchr(key, ' ') == NULL && strstr("USA CAN GBR AUS NZL IRL", c[4]) != NULL)
            continue;
        set_text(e.iso3, 4, c[4]);
        add_phrase(c[3], PHRASE_NAME, add_entity(e, c[3]), F_DERIVED | F_WEAK);
    }
}

/* "fir SVZM" and its "name MAIQUETIA": answered as "Maiquetia FIR". */
static void read_firs(const char *data, int count, char **files)
{
    char line[LINE_BYTES];
    for (int i = 0; i < count; i++) {
        FILE *in = open_table(data, files[i]);
        entity e = {.type = T_FIR, .place = P_FIR};
        bool is_open = false;
        while (fgets(line, sizeof(line), in) != NULL) {
            line_number++;
            line[strcspn(line, "\r\n")] = '\0';
            if (strncmp(line, "fir ", 4) == 0) {
                set_text(e.code, sizeof(e.code), line + 4);
                is_open = true;
            } else if (is_open && strncmp(line, "  name ", 7) == 0) {
                char name[LINE_BYTES];
                bool first = true;
                snprintf(name, sizeof(name), "%s FIR", line + 7);
                for (char *p = name; strcmp(p, " FIR") != 0; p++) {
                    if (!first)
                        *p = (char)tolower((unsigned char)*p);
                    first = !isalpha((unsigned char)*p);
                }
                size_t index = add_entity(e, name);
                add_phrase(name, PHRASE_NAME, index, F_DERIVED);
                add_phrase(e.code, PHRASE_NAME, index, F_DERIVED);
                snprintf(name + strlen(name) - 3, 40, "flight information region");
                add_phrase(name, PHRASE_NAME, index, F_DERIVED);
                is_open = false;
            } else if (strncmp(line, "  state ", 8) == 0 && entity_count > 1
                       && strcmp(entities[entity_count - 1].code, e.code) == 0) {
                set_text(entities[entity_count - 1].iso3, 4, line + 8);
            }
        }
        fclose(in);
    }
}

/* ---- writing ---- */

static int by_key(const void *a, const void *b)
{
    const phrase *x = a;
    const phrase *y = b;
    int order = strcmp(pool + x->key, pool + y->key);
    if (order != 0)
        return order;
    if (x->what != y->what)
        return x->what < y->what ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static size_t first_word(const char *key)
{
    return strcspn(key, " ");
}

static uint32_t hash_of(const char *s, size_t len)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619u;
    return h;
}

static void write_index(FILE *out)
{
    enum { SLOTS = 1 << 15 };
    static uint32_t slots[SLOTS][2];
    size_t words = 0;
    for (size_t i = 0; i < phrase_count;) {
        const char *key = pool + phrases[i].key;
        size_t len = first_word(key);
        size_t end = i + 1;
        while (end < phrase_count && first_word(pool + phrases[end].key) == len
               && memcmp(pool + phrases[end].key, key, len) == 0)
            end++;
        uint32_t slot = hash_of(key, len) % SLOTS;
        while (slots[slot][1] != 0)
            slot = (slot + 1) % SLOTS;
        slots[slot][0] = (uint32_t)i;
        slots[slot][1] = (uint32_t)end;
        words++;
        i = end;
    }
    if (words > SLOTS * 2 / 3)
        die("too many first words for the index");
    fprintf(out, "enum { LEX_SLOTS = %d };\nstatic const uint16_t lex_slots[LEX_SLOTS][2] = {\n",
            SLOTS);
    for (size_t i = 0; i < SLOTS; i++) {
        if (slots[i][1] != 0)
            fprintf(out, "[%zu]={%u,%u},\n", i, slots[i][0], slots[i][1]);
    }
    fputs("};\n", out);
}

static void write_all(FILE *out)
{
    qsort(phrases, phrase_count, sizeof(phrases[0]), by_key);
    fputs("/* Made out of data/news by tools/make_lexicon.c. */\n", out);
    fprintf(out, "static const char lex_pool[%zu] = {", pool_len);
    for (size_t i = 0; i < pool_len; i++)
        fprintf(out, "%s%d,", i % 32 == 0 ? "\n" : "", (signed char)pool[i]);
    fprintf(out, "\n};\nstatic const struct lex_entity lex_entities[%zu] = {\n", entity_count);
    for (size_t i = 0; i < entity_count; i++) {
        const entity *e = &entities[i];
        fprintf(out, "{%u,\"%s\",\"%s\",%u,%u,%u,%u,%d,%d},\n", e->name, e->iso3, e->code, e->type,
                e->kind, e->place, e->role, e->from, e->until);
    }
    fprintf(out, "};\nenum { LEX_PHRASES = %zu, LEX_ENTITIES = %zu };\n", phrase_count,
            entity_count);
    fputs("static const struct lex_phrase lex_phrases[LEX_PHRASES] = {\n", out);
    for (size_t i = 0; i < phrase_count; i++)
        fprintf(out, "{%u,%u,%u,%u},\n", phrases[i].key, phrases[i].index, phrases[i].what,
                phrases[i].flags);
    fprintf(out, "};\nstatic const struct lex_role lex_roles[%zu] = {\n{\"\",0},\n", role_count);
    for (size_t i = 1; i < role_count; i++)
        fprintf(out, "{\"%s\",%u},\n", roles[i].id, roles[i].kind);
    fprintf(out, "};\nstatic const struct lex_head lex_heads[%zu] = {\n{0,\"\"},\n", head_count);
    for (size_t i = 1; i < head_count; i++)
        fprintf(out, "{%u,\"%s\"},\n", heads[i].kind, heads[i].flags);
    fprintf(out, "};\nstatic const char *const lex_instruments[%zu] = {\"\",", instrument_count);
    for (size_t i = 1; i < instrument_count; i++)
        fprintf(out, "\"%s\",", instruments[i]);
    fputs("};\n", out);
    write_index(out);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: make-lexicon DATA OUT [FIR-TABLE...]\n");
        return 2;
    }
    const char *data = argv[1];
    read_codes(data);
    read_states(data);
    read_roles(data);
    read_bodies(data, "news/authorities.txt", T_BODY);
    read_bodies(data, "news/groups.txt", T_BODY);
    read_bodies(data, "news/outlets.txt", T_OUTLET);
    read_places(data);
    read_leaders(data);
    read_airlines(data);
    read_airports(data);
    read_cities(data);
    read_firs(data, argc - 3, argv + 3);
    FILE *out = fopen(argv[2], "w");
    if (out == NULL) {
        fprintf(stderr, "make-lexicon: cannot write %s\n", argv[2]);
        return 3;
    }
    write_all(out);
    if (fclose(out) != 0)
        return 3;
    return 0;
}
