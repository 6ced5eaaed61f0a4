/* SPDX-License-Identifier: Apache-2.0 */
/* One record to its notices: the order of the steps. Each step reads what it can and reports what it
 * cannot; none of them drops a notice. */
#include "forms.h"
#include "shares.h"

ovf_str ovf_show(ovf_draft *d, size_t from, size_t until)
{
    if (until <= from)
        return OVF_STR("");
    if (d->clean.map == NULL)
        return ovf_str_sub(d->clean.text, from, until);
    uint32_t first = ovf_inner_pos(d, from);
    uint32_t last = ovf_inner_pos(d, until);
    // Of joined parts the bytes between lie apart: the cleaned text is what there is.
    if (d->is_joined || last < first)
        return ovf_str_sub(d->clean.text, from, until);
    return ovf_clean_show(ovf_str_sub(d->raw, first, last), d->arena);
}

/* ---- how well it was read ---- */

bool ovf_is_whole(const ovf_finding *findings, size_t count)
{
    static const char *const holes[] = {
        "Q_MISSING", "Q_SHORT",          "Q_FIR",         "B_MISSING",    "B_DATE",    "C_DATE",
        "C_MISSING", "B_IMMEDIATE",      "LEVEL",         "D_UNPARSED",   "D_OUTSIDE", "CZIB_UNTIL",
        "CZIB_AREA", "VALIDITY_MISSING", "PARTS_MISSING", "NOTICE_LIMIT", "REFERENCE", "Q_CENTRE",
        "Q_LEVEL"};
    for (size_t i = 0; i < count; i++) {
        if (findings[i].severity == OVF_ERROR)
            return false;
        for (size_t k = 0; k < OVF_COUNTOF(holes); k++)
            if (findings[i].rule[0] == holes[k][0] && strcmp(findings[i].rule, holes[k]) == 0)
                return false;
    }
    return true;
}

/* Control characters and bytes above ASCII in more than a third of its first 4 kB: noise, whatever
 * letters happen to stand in it. National letters and web punctuation stay far below. */
static bool is_binary(ovf_str raw)
{
    size_t len = raw.len < 4096 ? raw.len : 4096;
    size_t odd = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)raw.ptr[i];
        odd += c >= 0x7F || (c < 0x20 && c != '\t' && c != '\n' && c != '\r');
    }
    return len >= 16 && odd > len / 3;
}

/* Forms whose reader fills what items would. */
static bool has_own_reader(ovf_notice_form form)
{
    return form == OVF_FORM_NAVWARN || form == OVF_FORM_FAA_DOMESTIC || form == OVF_FORM_FAA_TFR
           || form == OVF_FORM_SIGMET || form == OVF_FORM_ASHTAM;
}

static ovf_read_status status_of(ovf_draft *d)
{
    const ovf_notice *n = d->notice;
    uint32_t from = ovf_inner_pos(d, d->all.from);
    if ((d->clean.map != NULL || d->is_joined)
        && is_binary(ovf_str_sub(d->raw, from, ovf_inner_pos(d, d->all.until)))) {
        OVF_FIND(d, OVF_ERROR, d->all.from, "FORM", "expected text; these bytes are none");
        return OVF_READ_UNREADABLE;
    }
    bool says_something = n->id.len > 0 || d->area_count > 0 || n->valid_from != OVF_TIME_NONE
                          || d->has_item[OVF_ITEM_E] || d->has_item[OVF_ITEM_Q]
                          || has_own_reader(n->form);
    if (!says_something) {
        OVF_FIND(d, OVF_ERROR, d->all.from, "FORM",
                 "expected a notice: a number as A1234/26 NOTAMN, an item Q) or E), named fields");
        return OVF_READ_UNREADABLE;
    }
    bool is_whole = n->form == OVF_FORM_ADVISORY || (has_own_reader(n->form) && n->id.len > 0)
                    || (n->form == OVF_FORM_ICAO && n->id.len > 0 && n->text.len > 0
                        && d->has_item[OVF_ITEM_A]);
    if (n->form == OVF_FORM_ICAO && n->text.len == 0)
        OVF_FIND(d, OVF_WARNING, d->all.until, "E_MISSING", "no item E: nothing is said");
    // Of more findings than are kept nobody can say what they were.
    is_whole &= d->findings.dropped == 0;
    return is_whole && ovf_is_whole(d->findings.items, d->findings.count) ? OVF_READ_OK
                                                                          : OVF_READ_PARTIAL;
}

/* ---- one notice ---- */

/* "AS A RESPONSE TO THE DECISION OF ... THAT ..., THE AUTHORITIES OF ... HEREBY NOTIFY": what stands
 * before HEREBY is another State's act, and before QUOTE a preamble. */
static void find_main_clause(ovf_draft *d)
{
    size_t end = 0;
    size_t at = ovf_phrase_find(d, 0, d->token_count, "HEREBY", &end);
    size_t quote = ovf_phrase_find(d, 0, d->token_count, "QUOTE", &end);
    bool is_answer = at == OVF_NOPOS
                     && ovf_phrase_find(d, 0, d->token_count < 8 ? d->token_count : 8,
                                        "RESPONSE|RETALIATORY|RECIPROCAL|COUNTER MEASURE|MEASURES|"
                                        "MESURE",
                                        NULL)
                            != OVF_NOPOS;
    if (is_answer)
        at = ovf_phrase_find(d, 8, d->token_count,
                             "AUTHORITIES|AUTHORITY OF THE? * *? *? INFORM|INFORMS|NOTIFY|NOTIFIES|"
                             "DECLARE|DECLARES",
                             &end);
    if (at != OVF_NOPOS)
        d->main_from = at + 1;
    if (quote != OVF_NOPOS && quote + 1 > d->main_from)
        d->main_from = quote + 1;
}

static void read_text(ovf_draft *d, ovf_notice_depth depth)
{
    ovf_range e = d->items[OVF_ITEM_E];
    if (d->notice->text.len == 0)
        d->notice->text = ovf_show(d, e.from, e.until);
    if (depth == OVF_DEPTH_HEAD)
        return;
    if (!ovf_tokenise(d, e, &d->tokens, &d->token_count))
        return;
    ovf_hide_spared(d);
    if (depth == OVF_DEPTH_FULL)
        find_main_clause(d);
    if (d->notice->kind == OVF_NOTICE_CANCEL)
        return; // it repeats what it cancels; the old notice keeps its areas
    if (d->notice->form == OVF_FORM_SIGMET && ovf_read_met_areas(d))
        return;
    if (d->notice->form == OVF_FORM_ASHTAM && ovf_read_ash_areas(d))
        return;
    if (ovf_read_route_matter(d))
        return;
    ovf_read_shapes(d);
    ovf_read_places(d);
    if (depth == OVF_DEPTH_FULL)
        ovf_read_names(d);
}

static void read_parts(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    if (d->is_joined) {
        n->parts_complete = true;
        return;
    }
    n->parts_complete = n->part_of <= 1;
    if (!n->parts_complete)
        OVF_FIND(d, OVF_WARNING, d->items[OVF_ITEM_A].from, "PARTS_MISSING",
                 "part %d of %d: the other parts are not in this record", n->part, n->part_of);
}

static void read_draft(ovf_draft *d, const ovf_notice_options *options, bool is_plain)
{
    ovf_notice *n = d->notice;
    n->valid_from = OVF_TIME_NONE;
    n->valid_until = OVF_TIME_OPEN;
    n->created = OVF_TIME_NONE;
    bool is_lettered = ovf_read_lettered(d);
    if (!is_lettered)
        ovf_find_items(d);
    if (is_plain || is_lettered || !ovf_read_regular(d)) {
        ovf_read_header(d);
        read_parts(d);
        ovf_read_qline(d);
        ovf_read_validity(d);
        ovf_read_limits(d);
        ovf_read_advisory(d);
        ovf_read_other(d);
    }
    if (options->depth == OVF_DEPTH_FULL)
        ovf_read_checklist(d);
    // It is read as its Q-code would have it, and has none.
    bool is_implied = n->form == OVF_FORM_FAA_DOMESTIC && n->qcode.len == 0;
    if (is_implied)
        n->qcode = ovf_domestic_code(d);
    read_text(d, options->depth);
    bool is_full = options->depth == OVF_DEPTH_FULL;
    if (is_full && n->effect == OVF_EFFECT_UNKNOWN)
        ovf_read_effect(d);
    if (is_full)
        ovf_read_references(d);
    if (is_full)
        ovf_read_issuer(d);
    if (d->tokens != NULL)
        ovf_read_relayed(d);
    if (d->tokens != NULL)
        ovf_settle_areas(d);
    bool speaks = is_full && d->tokens != NULL && n->kind != OVF_NOTICE_CANCEL;
    if (speaks)
        ovf_read_area_effects(d);
    if (speaks)
        ovf_read_addressed(d);
    ovf_finish_form(d);
    ovf_read_active(d, options);
    if (d->world == NULL && is_full)
        OVF_FIND(d, OVF_NOTE, d->all.from, "WORLD",
                 "read without a world file: names of places and of States were not looked up");
    if (is_implied)
        n->qcode = OVF_STR("");
    n->status = status_of(d);
    n->findings = d->findings.items;
    n->finding_count = d->findings.count;
}

static size_t clean_pos(const ovf_draft *d, uint32_t raw_at)
{
    if (d->clean.map == NULL)
        return raw_at - d->base;
    size_t low = 0;
    size_t high = d->clean.text.len;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (d->clean.map[middle] < raw_at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- one record ---- */

struct reading {
    const ovf_world *world;
    ovf_str record;        /* unwrapped */
    ovf_str original;      /* the caller's */
    const uint32_t *outer; /* from the one to the other, or NULL */
    const ovf_notice_options *options;
    ovf_arena *arena;
    ovf_arena scratch; /* of the notice at hand: its tokens */
    const ovf_piece_range *pieces;
    size_t piece_count;
    ovf_notice *out;
    size_t count;
    bool is_plain;         /* never by the short way */
    bool is_bare;          /* nothing in the record is there to clean */
    const uint32_t *clear; /* of threads: where a piece's share may begin */
};

static bool start_draft(ovf_draft *d, const struct reading *r, const ovf_piece_range *piece)
{
    uint32_t from = piece->all.from;
    uint32_t until = piece->all.until;
    bool is_over = until - from > OVF_NOTICE_MAX_BYTES;
    if (is_over)
        until = from + OVF_NOTICE_MAX_BYTES;
    d->base = from;
    d->filed = OVF_TIME_NONE;
    d->clean.text = ovf_str_sub(d->raw, from, until);
    if (!r->is_bare && !ovf_clean_text(d->clean.text, from, r->arena, &d->clean))
        return false;
    d->all = (ovf_range){0, (uint32_t)d->clean.text.len};
    while (d->all.until > 0 && ovf_is_blank(d->clean.text.ptr[d->all.until - 1]))
        d->all.until--;
    if (piece->ident.until > piece->ident.from)
        d->ident = (ovf_range){(uint32_t)clean_pos(d, piece->ident.from),
                               (uint32_t)clean_pos(d, piece->ident.until)};
    if (is_over)
        OVF_FIND(d, OVF_ERROR, d->all.until, "NOTICE_LIMIT",
                 "a notice of more than %d bytes: the rest is not read", OVF_NOTICE_MAX_BYTES);
    return true;
}

static ovf_draft new_draft(struct reading *r, ovf_notice *notice)
{
    return (ovf_draft){.world = r->world,
                       .arena = r->arena,
                       .scratch = &r->scratch,
                       .raw = r->record,
                       .outer = r->outer,
                       .findings = {.arena = r->arena},
                       .received = r->options->received == 0 ? OVF_TIME_NONE : r->options->received,
                       .notice = notice};
}

static ovf_str ident_of(const struct reading *r, size_t i)
{
    return ovf_str_sub(r->record, r->pieces[i].ident.from, r->pieces[i].ident.until);
}

/* How many pieces from i on carry one number: parts of one notice, perhaps. */
static size_t same_ident(const struct reading *r, size_t i)
{
    size_t n = 1;
    while (i + n < r->piece_count && n < OVF_PARTS_MAX && ident_of(r, i).len > 0
           && ovf_str_eq(ident_of(r, i), ident_of(r, i + n)))
        n++;
    return n;
}

static bool try_join(struct reading *r, size_t i, size_t count, ovf_draft *out)
{
    ovf_draft *parts = ovf_arena_array(r->arena, ovf_draft, count);
    if (parts == NULL) {
        out->no_memory = true;
        return false;
    }
    for (size_t k = 0; k < count; k++) {
        parts[k] = new_draft(r, NULL);
        if (!start_draft(&parts[k], r, &r->pieces[i + k])) {
            out->no_memory = true;
            return false;
        }
        ovf_find_items(&parts[k]);
    }
    return ovf_join_parts(parts, count, out);
}

static ovf_str trimmed(const struct reading *r, uint32_t from, uint32_t until, ovf_span *span)
{
    ovf_str record = r->record;
    uint32_t whole = until;
    while (until > from && ovf_is_blank(record.ptr[until - 1]))
        until--;
    while (from < until && ovf_is_blank(record.ptr[from]))
        from++;
    if (r->outer != NULL) {
        // A byte of UTF-16 that looks like a blank is half of something else.
        uint32_t least = r->outer[until > from ? until - 1 : from] + (until > from);
        uint32_t end = r->outer[whole];
        while (end > least && ovf_is_blank(r->original.ptr[end - 1]))
            end--;
        from = r->outer[from];
        until = end > least ? end : least;
    }
    *span = (ovf_span){from, until - from};
    return ovf_str_sub(r->original, from, until);
}

/* Reads the notice that starts at piece i; returns how many pieces it took, 0: no memory. */
static size_t read_one(struct reading *r, size_t i)
{
    ovf_notice *n = &r->out[r->count++];
    ovf_arena_reset(&r->scratch);
    ovf_draft d = new_draft(r, n);
    size_t taken = same_ident(r, i);
    bool is_joined = taken > 1 && try_join(r, i, taken, &d);
    if (d.no_memory)
        return 0;
    if (!is_joined) {
        if (taken > 1)
            d = new_draft(r, n);
        taken = 1;
        if (!start_draft(&d, r, &r->pieces[i]))
            return 0;
    }
    n->record = r->options->record;
    n->record_id = r->options->record_id;
    n->raw = trimmed(r, r->pieces[i].all.from, r->pieces[i + taken - 1].all.until, &n->raw_span);
    read_draft(&d, r->options, r->is_plain);
    return d.no_memory ? 0 : taken;
}

/* Lines of the document's own header, before the first notice (docs/formats/document.md). */
static size_t header_end(ovf_str record)
{
    ovf_str rest = record;
    ovf_str line;
    size_t end = 0;
    if (record.len > 0 && record.ptr[0] != '#' && !ovf_is_blank(record.ptr[0]))
        return 0;
    while (ovf_str_line(&rest, &line) && (line.len == 0 || line.ptr[0] == '#'))
        end = rest.len > 0 ? (size_t)(rest.ptr - record.ptr) : record.len;
    return end;
}

static void shift_piece(ovf_piece_range *piece, uint32_t by)
{
    piece->all.from += by;
    piece->all.until += by;
    piece->ident.from += by;
    piece->ident.until += by;
}

bool ovf_read_piece(const ovf_world *world, ovf_str text, const ovf_piece_range *piece,
                    const ovf_notice_options *options, ovf_arena *arena, ovf_notice *out)
{
    struct reading r = {.world = world,
                        .record = text,
                        .original = text,
                        .options = options,
                        .arena = arena,
                        .pieces = piece,
                        .piece_count = 1,
                        .out = out};
    bool ok = read_one(&r, 0) > 0;
    ovf_arena_done(&r.scratch);
    return ok;
}

/* Parts of one notice are read together: of each piece the first one from it on that is surely no
 * part of the one before. */
static bool find_clear(struct reading *r)
{
    uint32_t *clear = ovf_arena_array(r->arena, uint32_t, r->piece_count + 1);
    if (clear == NULL)
        return false;
    clear[r->piece_count] = (uint32_t)r->piece_count;
    for (size_t i = r->piece_count; i > 0; i--) {
        bool is_part = i > 1 && ident_of(r, i - 1).len > 0
                       && ovf_str_eq(ident_of(r, i - 2), ident_of(r, i - 1));
        clear[i - 1] = is_part ? clear[i] : (uint32_t)(i - 1);
    }
    r->clear = clear;
    return true;
}

/* Every notice into the place of its first piece. */
static bool read_share(void *context, ovf_arena *arena, size_t from, size_t until)
{
    const struct reading *all = context;
    struct reading r = *all;
    r.arena = arena;
    r.scratch = (ovf_arena){0};
    from = r.clear[from];
    until = r.clear[until];
    bool ok = true;
    while (from < until && ok) {
        r.count = from;
        size_t taken = read_one(&r, from);
        ok = taken > 0;
        from += taken;
    }
    ovf_arena_done(&r.scratch);
    return ok;
}

/* Every notice has bytes of its own: a place without them held a further part. */
static void close_ranks(struct reading *r)
{
    r->count = 0;
    for (size_t i = 0; i < r->piece_count; i++) {
        if (r->out[i].raw.ptr == NULL)
            continue;
        if (i != r->count)
            r->out[r->count] = r->out[i];
        r->count++;
    }
}

static bool read_pieces_of(struct reading *r)
{
    if (r->options->threads > 1) {
        bool ok = find_clear(r)
                  && ovf_share_out(r->arena, r->options->threads, r->piece_count, read_share, r);
        close_ranks(r);
        return ok;
    }
    for (size_t i = 0; i < r->piece_count;) {
        size_t taken = read_one(r, i);
        if (taken == 0)
            return false;
        i += taken;
    }
    return true;
}

/* The notices of the record, whichever way it was wrapped, into r->out. */
static ovf_status read_all(struct reading *r, ovf_error *err)
{
    r->is_bare = ovf_scan_is_bare(r->record, ovf_scan_best());
    if (!r->is_bare && !ovf_unwrap(r->record, r->arena, &r->record, &r->outer))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a record");
    ovf_str record = r->record;
    size_t start = header_end(record);
    if (start >= record.len
        || ((unsigned char)record.ptr[start] <= ' '
            && ovf_str_trim(ovf_str_tail(record, start)).len == 0))
        return OVF_OK;
    ovf_piece_range *pieces = NULL;
    if (!ovf_split(ovf_str_tail(record, start), r->arena, &pieces, &r->piece_count))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the notices of a record");
    for (size_t i = 0; i < r->piece_count; i++)
        shift_piece(&pieces[i], (uint32_t)start);
    r->pieces = pieces;
    r->out = ovf_arena_array(r->arena, ovf_notice, r->piece_count);
    if (r->out == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the notices of a record");
    if (!read_pieces_of(r))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a notice");
    return OVF_OK;
}

static ovf_status read_record(const ovf_world *world, ovf_str record,
                              const ovf_notice_options *options, ovf_arena *arena, ovf_notice **out,
                              size_t *count, bool is_plain, ovf_error *err)
{
    struct reading r = {.world = world,
                        .record = record,
                        .options = options,
                        .original = record,
                        .arena = arena,
                        .is_plain = is_plain};
    ovf_status status = read_all(&r, err);
    ovf_arena_done(&r.scratch);
    *out = status == OVF_OK ? r.out : NULL;
    *count = status == OVF_OK ? r.count : 0;
    return status;
}

ovf_status ovf_read_text(const ovf_world *world, ovf_str record, const ovf_notice_options *options,
                         ovf_arena *arena, ovf_notice **out, size_t *count, ovf_error *err)
{
    return read_record(world, record, options, arena, out, count, false, err);
}

static const ovf_notice_options no_options = {0};

ovf_status ovf_notice_read(const ovf_world *world, ovf_str record,
                           const ovf_notice_options *options, ovf_arena *arena, ovf_notice **out,
                           size_t *count, ovf_error *err)
{
    options = options == NULL ? &no_options : options;
    *out = NULL;
    *count = 0;
    if (record.len > UINT32_MAX / 2)
        return ovf_fail(err, OVF_E_LIMIT, 0, "a record of more than 2 GiB");
    size_t start = header_end(record);
    if (ovf_is_structured(record, start))
        return ovf_read_structured(world, record, start, options, arena, out, count, err);
    return ovf_read_text(world, record, options, arena, out, count, err);
}

ovf_status ovf_notice_read_plainly(const ovf_world *world, ovf_str record,
                                   const ovf_notice_options *options, ovf_arena *arena,
                                   ovf_notice **out, size_t *count, ovf_error *err)
{
    return read_record(world, record, options == NULL ? &no_options : options, arena, out, count,
                       true, err);
}

static ovf_status read_pieces(struct reading *r, struct ovf_splitter *splitter,
                              ovf_notice_sink sink, void *context, ovf_error *err)
{
    bool is_last = false;
    while (!is_last) {
        is_last = !ovf_split_more(splitter);
        // Of a run of parts all have to be here; the last piece has no end yet.
        size_t ready = is_last ? splitter->count : splitter->count - OVF_PARTS_MAX - 1;
        size_t done = 0;
        while (done < ready) {
            ovf_arena_reset(r->arena);
            r->out = ovf_arena_array(r->arena, ovf_notice, 1);
            r->count = 0;
            r->pieces = splitter->items;
            r->piece_count = is_last ? splitter->count : splitter->count - 1;
            size_t taken = r->out == NULL ? 0 : read_one(r, done);
            if (taken == 0)
                return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a notice");
            done += taken;
            ovf_status status = sink(context, r->out);
            if (status != OVF_OK)
                return status;
        }
        ovf_split_drop(splitter, done);
    }
    return OVF_OK;
}

/* Forms that name their parts are read whole: what stands at their end may say what is at their
 * beginning. */
static ovf_status read_structured_each(struct reading *r, size_t start, ovf_notice_sink sink,
                                       void *context, ovf_error *err)
{
    ovf_notice *notices = NULL;
    size_t count = 0;
    ovf_arena_reset(r->arena);
    ovf_status status = ovf_read_structured(r->world, r->record, start, r->options, r->arena,
                                            &notices, &count, err);
    for (size_t i = 0; i < count && status == OVF_OK; i++)
        status = sink(context, &notices[i]);
    return status;
}

static ovf_status read_unwrapped(struct reading *r, ovf_notice_sink sink, void *context,
                                 ovf_error *err)
{
    size_t start = header_end(r->record);
    if (ovf_str_trim(ovf_str_tail(r->record, start)).len == 0)
        return OVF_OK;
    ovf_piece_range window[OVF_PARTS_MAX * 4];
    struct ovf_splitter splitter;
    ovf_split_start(&splitter, r->record, start);
    splitter.items = window;
    splitter.capacity = OVF_COUNTOF(window);
    return read_pieces(r, &splitter, sink, context, err);
}

ovf_status ovf_notice_read_each(const ovf_world *world, ovf_str bulletin,
                                const ovf_notice_options *options, ovf_arena *arena,
                                ovf_notice_sink sink, void *context, ovf_error *err)
{
    struct reading r = {.world = world,
                        .options = options == NULL ? &no_options : options,
                        .record = bulletin,
                        .original = bulletin,
                        .arena = arena};
    if (bulletin.len > UINT32_MAX / 2)
        return ovf_fail(err, OVF_E_LIMIT, 0, "a record of more than 2 GiB");
    size_t start = header_end(bulletin);
    if (ovf_str_trim(ovf_str_tail(bulletin, start)).len == 0)
        return OVF_OK;
    if (ovf_is_structured(bulletin, start))
        return read_structured_each(&r, start, sink, context, err);
    ovf_arena held; // what was unwrapped outlives each notice
    ovf_arena_init(&held, 0);
    ovf_status status = OVF_OK;
    r.is_bare = ovf_scan_is_bare(bulletin, ovf_scan_best());
    if (!r.is_bare && !ovf_unwrap(bulletin, &held, &r.record, &r.outer))
        status = ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a bulletin");
    else
        status = read_unwrapped(&r, sink, context, err);
    ovf_arena_done(&r.scratch);
    ovf_arena_done(&held);
    return status;
}

bool ovf_notice_sniff(ovf_str record)
{
    size_t body = header_end(record);
    if (ovf_structure_has_notices(record, body))
        return true;
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)1 << 22);
    ovf_str text = ovf_str_sub(ovf_str_tail(record, body), 0, 65536);
    const uint32_t *map = NULL;
    if (!ovf_unwrap(text, &arena, &text, &map))
        text = OVF_STR("");
    ovf_str start = ovf_str_trim(text);
    bool found = ovf_str_starts(start, OVF_STR("E)")) || ovf_is_navwarn(start)
                 || ovf_is_advisory(start) || ovf_str_starts(start, OVF_STR("FDC "))
                 || ovf_str_starts(start, OVF_STR("Q)"));
    ovf_piece_range *pieces = NULL;
    size_t count = 0;
    if (!found && start.len > 0)
        found =
            ovf_split(text, &arena, &pieces, &count) && (count > 1 || pieces[0].ident.until > 0);
    ovf_arena_done(&arena);
    return found;
}
