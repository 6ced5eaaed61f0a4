/* SPDX-License-Identifier: Apache-2.0 */
/* Law that stands without a notice: special federal aviation regulations, sanctions, resolutions of
 * the Security Council. Each row is made into what it would say as a notice, so that it is judged,
 * shown and flown round like any other. */
#include "authority_internal.h"

enum { KEY, ID, ISSUER, DOES, OVER, LOWER, UPPER, FROM, UNTIL, WHOM, EXCEPT, CITES, CHECKED, SAYS };

#define LAW_MAX_AREAS 128
#define LAW_MAX_STATES 128

struct making {
    ovf_rulebook *book;
    ovf_notice *notice;
    size_t number;
    ovf_error *err;
};

static ovf_status refuse(const struct making *m, const char *what, ovf_str found)
{
    return ovf_fail(m->err, OVF_E_CORRUPT, 0, "law %zu: %s \"" OVF_FMT "\"", m->number, what,
                    OVF_ARG(ovf_str_sub(found, 0, 30)));
}

static ovf_status no_memory(const struct making *m)
{
    return ovf_fail(m->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the law");
}

static ovf_status read_effect(const struct making *m, ovf_str does)
{
    static const struct {
        const char *word;
        ovf_effect effect;
        ovf_strength strength;
        ovf_advice advice;
    } words[] = {
        {"closed", OVF_EFFECT_CLOSED, OVF_STRENGTH_HARD, OVF_ADVICE_NONE},
        {"prohibited", OVF_EFFECT_PROHIBITED, OVF_STRENGTH_HARD, OVF_ADVICE_NONE},
        {"restricted", OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL, OVF_ADVICE_NONE},
        {"advised", OVF_EFFECT_ADVISORY, OVF_STRENGTH_SOFT, OVF_ADVICE_DO_NOT_FLY},
    };
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (!ovf_str_eq(does, ovf_str_of(words[i].word)))
            continue;
        m->notice->effect = words[i].effect;
        m->notice->strength = words[i].strength;
        m->notice->advice = words[i].advice;
        return OVF_OK;
    }
    return refuse(m, "no effect", does);
}

static void set_issuer(ovf_notice *notice, ovf_str issuer)
{
    static const struct {
        const char *word, *kind;
    } bodies[] = {{"EU", "eu"}, {"UN", "un"}, {"EASA", "easa"}};
    notice->issuer = (ovf_issuer){.office = issuer, .state = issuer, .kind = OVF_STR("state")};
    for (size_t i = 0; i < OVF_COUNTOF(bodies); i++) {
        if (ovf_str_eq(issuer, ovf_str_of(bodies[i].word))) {
            notice->issuer.state = OVF_STR("");
            notice->issuer.kind = ovf_str_of(bodies[i].kind);
        }
    }
}

/* ---- whom ---- */

static ovf_status push_word(const struct making *m, ovf_str **list, size_t *count, ovf_str word)
{
    if (*list == NULL)
        *list = ovf_arena_array(&m->book->arena, ovf_str, LAW_MAX_STATES);
    if (*list == NULL)
        return no_memory(m);
    if (*count >= LAW_MAX_STATES)
        return refuse(m, "too many words at", word);
    (*list)[(*count)++] = word;
    return OVF_OK;
}

/* "TO_LBY" as the reader of notices has it: "TO LBY". */
static ovf_str with_blanks(const struct making *m, ovf_str word)
{
    char *bytes = ovf_arena_alloc(&m->book->arena, word.len + 1, 1);
    for (size_t i = 0; bytes != NULL && i < word.len; i++)
        bytes[i] = word.ptr[i] == '_' ? ' ' : word.ptr[i];
    return bytes == NULL ? (ovf_str){0} : (ovf_str){bytes, word.len};
}

static ovf_status add_class(const struct making *m, ovf_str kind, ovf_str name)
{
    ovf_addressed *a = &m->notice->addressed;
    if (name.len < 2)
        return refuse(m, "nobody named behind", kind);
    if (ovf_str_eq(kind, OVF_STR("operator")))
        return push_word(m, &a->operator_states, &a->operator_state_count, name);
    if (ovf_str_eq(kind, OVF_STR("registry")))
        return push_word(m, &a->registry_states, &a->registry_state_count, name);
    if (ovf_str_eq(kind, OVF_STR("owner")))
        return push_word(m, &a->owner_states, &a->owner_state_count, name);
    if (ovf_str_eq(kind, OVF_STR("airman")))
        return push_word(m, &a->airman_states, &a->airman_state_count, name);
    if (ovf_str_eq(kind, OVF_STR("flight")))
        return push_word(m, &a->flights, &a->flight_count, with_blanks(m, name));
    return refuse(m, "no kind of person", kind);
}

static ovf_status read_whom(const struct making *m, ovf_str words)
{
    ovf_addressed *a = &m->notice->addressed;
    ovf_str rest = words;
    ovf_str word = {0};
    ovf_status status = OVF_OK;
    while (status == OVF_OK && ovf_str_field(&rest, ' ', &word)) {
        size_t colon = ovf_str_find(word, 0, OVF_STR(":"));
        if (ovf_str_eq(word, OVF_STR("everyone")))
            a->everyone = true;
        else if (ovf_str_eq(word, OVF_STR("us_persons")))
            a->us_persons = true;
        else if (ovf_str_eq(word, OVF_STR("sellers")))
            a->sellers = true;
        else if (colon == OVF_NOPOS)
            status = refuse(m, "nobody", word);
        else
            status = add_class(m, ovf_str_sub(word, 0, colon), ovf_str_tail(word, colon + 1));
    }
    return status;
}

static ovf_status read_exceptions(const struct making *m, ovf_str words)
{
    ovf_addressed *a = &m->notice->addressed;
    ovf_str rest = words;
    ovf_str word = {0};
    ovf_status status = OVF_OK;
    if (ovf_str_eq(words, OVF_STR("-")))
        return OVF_OK;
    while (status == OVF_OK && ovf_str_field(&rest, '|', &word))
        status = push_word(m, &a->except, &a->except_count, ovf_str_trim(word));
    return status;
}

/* ---- where ---- */

static ovf_status add_area(const struct making *m, ovf_shape shape, ovf_str name,
                           const ovf_area *area)
{
    ovf_notice *n = m->notice;
    if (n->area_count >= LAW_MAX_AREAS)
        return refuse(m, "too many areas at", name);
    n->areas[n->area_count++] = (ovf_notice_area){.shape = shape,
                                                  .certainty = OVF_CERTAINTY_REFERENCE,
                                                  .name = name,
                                                  .area = area,
                                                  .lower = n->q_lower,
                                                  .upper = n->q_upper,
                                                  .lower_text = n->lower_text,
                                                  .upper_text = n->upper_text};
    return OVF_OK;
}

static ovf_status add_state(const struct making *m, ovf_str iso3)
{
    const ovf_world *world = m->book->world;
    uint32_t index = ovf_world_find_state(world, iso3);
    if (index == OVF_INDEX_NONE)
        return refuse(m, "no State", iso3);
    return add_area(m, OVF_SHAPE_STATE, iso3, ovf_world_territory(world, index));
}

/* The territory of each State that was a member while the law has stood. */
static ovf_status add_group(const struct making *m, ovf_str group, bool *is_one)
{
    const struct authority_member *rows = m->book->members.items;
    ovf_status status = OVF_OK;
    *is_one = false;
    for (size_t i = 0; i < m->book->members.count && status == OVF_OK; i++) {
        if (!ovf_str_eq(rows[i].group, group))
            continue;
        *is_one = true;
        if (rows[i].during.from < m->notice->valid_until
            && rows[i].during.until > m->notice->valid_from)
            status = add_state(m, rows[i].iso3);
    }
    return status;
}

/* A FIR, or "part:" of one: what part is not known here, so that it can never be ruled out. */
static ovf_status add_fir(const struct making *m, ovf_str word)
{
    const ovf_world *world = m->book->world;
    const ovf_str part = OVF_STR("part:");
    bool is_part = ovf_str_starts(word, part);
    ovf_str code = is_part ? ovf_str_tail(word, part.len) : word;
    uint32_t index = ovf_world_find_fir(world, code);
    if (index == OVF_INDEX_NONE)
        return refuse(m, "no FIR", code);
    ovf_status status = push_word(m, &m->notice->firs, &m->notice->fir_count, code);
    if (status != OVF_OK)
        return status;
    const ovf_area *area =
        is_part ? ovf_area_unresolved() : ovf_world_fir_area(world, ovf_world_fir(world, index));
    status = add_area(m, OVF_SHAPE_FIR, code, area);
    if (status == OVF_OK && is_part)
        m->notice->areas[m->notice->area_count - 1].certainty = OVF_CERTAINTY_UNRESOLVED;
    return status;
}

static ovf_status read_over(const struct making *m, ovf_str words)
{
    ovf_notice *n = m->notice;
    ovf_str rest = words;
    ovf_str word = {0};
    ovf_status status = OVF_OK;
    n->areas = ovf_arena_array(&m->book->arena, ovf_notice_area, LAW_MAX_AREAS);
    if (n->areas == NULL)
        return no_memory(m);
    while (status == OVF_OK && ovf_str_field(&rest, ' ', &word)) {
        bool is_group = false;
        status = add_group(m, word, &is_group);
        if (status != OVF_OK || is_group)
            continue;
        status = word.len == 3 ? add_state(m, word) : add_fir(m, word);
    }
    return status;
}

/* A day, and not "not checked" or "uncertain". */
bool authority_is_checked(ovf_str checked)
{
    return checked.len > 0 && checked.ptr[0] >= '0' && checked.ptr[0] <= '9';
}

ovf_status authority_read_law(ovf_rulebook *book, const ovf_str *f, size_t number, ovf_error *err)
{
    ovf_notice *notice = ovf_arena_array(&book->arena, ovf_notice, 1);
    struct making m = {.book = book, .notice = notice, .number = number, .err = err};
    if (notice == NULL)
        return no_memory(&m);
    *notice = (ovf_notice){.status = OVF_READ_OK,
                           .form = OVF_FORM_LAW,
                           .id = f[ID],
                           .kind = OVF_NOTICE_NEW,
                           .lower_text = f[LOWER],
                           .upper_text = f[UPPER],
                           .text = f[SAYS],
                           .raw = f[SAYS],
                           .active_complete = true};
    // Who reads the answer is told how well the row is known.
    if (!authority_is_checked(f[CHECKED]))
        notice->text = ovf_arena_printf(&book->arena, "(Row of law.txt: " OVF_FMT ") " OVF_FMT,
                                        OVF_ARG(f[CHECKED]), OVF_ARG(f[SAYS]));
    if (notice->text.ptr == NULL)
        return no_memory(&m);
    notice->raw = notice->text;
    set_issuer(notice, f[ISSUER]);
    if (!authority_read_date(f[FROM], OVF_TIME_NONE, &notice->valid_from)
        || !authority_read_date(f[UNTIL], OVF_TIME_OPEN, &notice->valid_until))
        return refuse(&m, "no dates", f[FROM]);
    notice->created = notice->valid_from;
    ovf_interval *always = ovf_arena_array(&book->arena, ovf_interval, 1);
    if (always == NULL)
        return no_memory(&m);
    *always = (ovf_interval){notice->valid_from, notice->valid_until};
    notice->active = (ovf_intervals){.items = always, .count = 1};
    notice->until_permanent = notice->valid_until == OVF_TIME_OPEN;
    ovf_status status = ovf_level_parse(f[LOWER], false, &notice->q_lower, NULL, err);
    if (status == OVF_OK)
        status = ovf_level_parse(f[UPPER], true, &notice->q_upper, NULL, err);
    if (status != OVF_OK)
        return refuse(&m, "no levels", f[UPPER]);
    status = read_effect(&m, f[DOES]);
    if (status == OVF_OK)
        status = read_whom(&m, f[WHOM]);
    if (status == OVF_OK)
        status = read_exceptions(&m, f[EXCEPT]);
    if (status != OVF_OK || book->world == NULL)
        return status;
    status = read_over(&m, f[OVER]);
    const ovf_law law = {.notice = notice, .cites = f[CITES], .checked = f[CHECKED]};
    if (status == OVF_OK && !authority_push(book, &book->laws, &law, sizeof(law)))
        return no_memory(&m);
    return status;
}

size_t ovf_rulebook_law_count(const ovf_rulebook *book)
{
    return book->laws.count;
}

const ovf_law *ovf_rulebook_law(const ovf_rulebook *book, size_t index)
{
    return (const ovf_law *)book->laws.items + index;
}

const ovf_law *ovf_rulebook_law_of(const ovf_rulebook *book, const ovf_notice *notice)
{
    const ovf_law *rows = book->laws.items;
    for (size_t i = 0; i < book->laws.count && notice->form == OVF_FORM_LAW; i++) {
        if (rows[i].notice == notice)
            return &rows[i];
    }
    return NULL;
}
