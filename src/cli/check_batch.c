/* SPDX-License-Identifier: Apache-2.0 */
/* overfly check --batch: any number of flights, share by share, on threads. Each thread takes the
 * next share, reads, judges and writes it into buffers of its own, and waits with them until all
 * shares before it are out: the output is that of one thread, and no more is held than a share a
 * thread, one file, and what links messages to plans (flight_links.h). Everything is read twice: first
 * for the days that the flights are about, which the picture has to know, and for who is about whom,
 * then to be judged. Between the two, shares in which a plan is amended are read for what that says
 * of the messages. */
#include "check.h"

#include "flight_links.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct tally {
    uint64_t answers[4]; /* by ovf_touch; without the unreadable ones */
    uint64_t unreadable; /* flights and records */
    uint64_t messages;   /* brought to their plans: these have the answers */
    uint64_t bad;        /* with an error, read or not */
    ovf_time from, until;
    bool has_times;
} tally;

typedef enum pass {
    PASS_SCAN = 0,
    PASS_LINK,
    PASS_JUDGE,
} pass;

typedef struct batch {
    const check_batch_options *options;
    const cli_list *files;
    check_judge judge;
    const ovf_world *world;
    ovf_time day;
    pass pass;
    bool has_colour;
    bool *is_lost;  /* of each file: it could not be read, which was said already */
    cli_input kept; /* standard input, which cannot be read twice */
    bool has_kept;
    flight_links links; /* written by whoever gives a share back; in PASS_JUDGE by nobody */

    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t turn;
    cli_input input; /* the file at hand */
    bool has_input;
    size_t next_file;
    flight_cutter cutter;
    uint64_t taken, written; /* shares */
    size_t held;             /* shares of the file at hand that are being worked on */
    uint64_t bytes;          /* taken; for the bar */
    tally total;
    cli_progress bar;
    int status;
} batch;

/* What a thread has of its own. */
typedef struct worker {
    batch *batch;
    pthread_t thread;
    ovf_arena share_arena, flight_arena;
    ovf_buf out;
    ovf_buf messages;
    tally tally;
    flight_batch flights;  /* of the share at hand; in its arena */
    flight_linked *linked; /* PASS_LINK: what messages are told; likewise */
    size_t linked_count, linked_capacity;
} worker;

/* ---- one share ---- */

static void note_time(tally *t, ovf_time time)
{
    if (time == OVF_TIME_NONE)
        return;
    t->from = !t->has_times || time < t->from ? time : t->from;
    t->until = !t->has_times || time > t->until ? time : t->until;
    t->has_times = true;
}

static void put_errors(worker *w, const flight_share *share, const flight_batch *flights)
{
    for (size_t i = 0; i < flights->error_count; i++) {
        const flight_error *e = &flights->errors[i];
        ovf_buf_printf(&w->messages, "overfly: %s:%zu:", share->input->name, e->line);
        if (e->column > 0)
            ovf_buf_printf(&w->messages, "%zu:", e->column);
        if (e->pos != OVF_NOPOS)
            ovf_buf_printf(&w->messages, " byte %zu of the record:", e->pos);
        ovf_buf_printf(&w->messages, " " OVF_FMT "\n", OVF_ARG(e->reason));
    }
}

/* People read what is plain text, gathered like the rest. */
static bool put_text_answer(worker *w, const checked *c)
{
    char *text = NULL;
    size_t len = 0;
    FILE *file = open_memstream(&text, &len);
    if (file == NULL)
        return false;
    check_put_text(file, c, w->batch->world, w->batch->has_colour);
    bool ok = fclose(file) == 0;
    if (ok)
        ovf_buf_add(&w->out, (ovf_str){text, len});
    free(text);
    return ok;
}

static bool put_answer(worker *w, const checked *c)
{
    const char *format = w->batch->options->format;
    if (w->batch->options->touched_only && c->conflict.crossing_count == 0)
        return true;
    if (format == NULL)
        return put_text_answer(w, c);
    if (strcmp(format, "csv") == 0) {
        check_put_csv(&w->out, c, w->batch->world);
        return true;
    }
    check_put_json(&w->out, c, w->batch->world);
    ovf_buf_addc(&w->out, '\n');
    return true;
}

/* A flight that cannot be judged is unknown and says why; the others go on. */
static bool judge_one(worker *w, const flight_share *share, const flight_item *item)
{
    checked c;
    ovf_error err = {0};
    int status = check_flight(&w->batch->judge, item, &w->flight_arena, &c, &err);
    bool is_unreadable = item->flight->status == OVF_FLIGHT_UNREADABLE;
    if (status != 0) {
        c = (checked){.item = item, .flight = item->flight};
        c.conflict.party = ovf_flight_party(item->flight, w->batch->world);
        c.conflict.why = ovf_str_of(err.reason);
        ovf_buf_printf(&w->messages, "overfly: %s:%zu: " OVF_FMT ": %s\n", share->input->name,
                       item->line, OVF_ARG(item->flight->id), err.reason);
        w->tally.bad++;
    }
    if (item->plan != NULL)
        w->tally.messages++;
    else if (is_unreadable)
        w->tally.unreadable++;
    else
        w->tally.answers[c.conflict.answer]++;
    bool ok = put_answer(w, &c);
    ovf_arena_reset(&w->flight_arena);
    return ok;
}

static bool judge_share(worker *w, const flight_share *share, uint64_t number)
{
    batch *b = w->batch;
    bool ok = true;
    put_errors(w, share, &w->flights);
    w->tally.bad += w->flights.bad;
    w->tally.unreadable += w->flights.broken;
    for (size_t i = 0; ok && i < w->flights.count; i++) {
        flight_item *item = &w->flights.items[i];
        ok = flight_links_apply(&b->links, b->world, number, (uint32_t)i, item, &w->flight_arena,
                                NULL, NULL)
             && judge_one(w, share, item);
    }
    return ok;
}

static bool link_share(worker *w, uint64_t number)
{
    batch *b = w->batch;
    for (size_t i = 0; i < w->flights.count; i++) {
        flight_linked *linked = NULL;
        size_t count = 0;
        if (!flight_links_apply(&b->links, b->world, number, (uint32_t)i, &w->flights.items[i],
                                &w->share_arena, &linked, &count))
            return false;
        for (size_t k = 0; k < count; k++) {
            if (!ovf_arena_grow(&w->share_arena, (void **)&w->linked, w->linked_count,
                                &w->linked_capacity, sizeof(*w->linked)))
                return false;
            w->linked[w->linked_count++] = linked[k];
        }
    }
    return true;
}

static bool work_on(worker *w, const flight_share *share, uint64_t number)
{
    batch *b = w->batch;
    if (b->pass == PASS_LINK && !flight_links_touch(&b->links, number))
        return true;
    if (!flight_share_read(b->world, share, b->options->field, b->day, &w->share_arena,
                           &w->flights))
        return false;
    if (b->pass == PASS_LINK)
        return link_share(w, number);
    for (size_t i = 0; b->pass == PASS_SCAN && i < w->flights.count; i++)
        note_time(&w->tally, w->flights.items[i].flight->off_block);
    bool ok = b->pass == PASS_SCAN || judge_share(w, share, number);
    return ok && !w->out.failed && !w->messages.failed;
}

/* ---- taking and giving back, in order ---- */

/* With the lock: the file at hand is gone through and nobody holds a share of it. */
static int open_next(batch *b)
{
    if (b->has_input && b->input.owned != b->kept.owned)
        cli_input_done(&b->input);
    b->has_input = false;
    bool *is_lost = &b->is_lost[b->next_file];
    const char *name = b->files->items[b->next_file++];
    bool is_stdin = strcmp(name, "-") == 0;
    int status = *is_lost ? CLI_BAD_INPUT : 0;
    if (is_stdin && b->has_kept)
        b->input = b->kept;
    else if (status == 0)
        status = cli_input_read(name, &b->input);
    if (status == CLI_BAD_INPUT) {
        *is_lost = true;
        b->total.bad += b->pass == PASS_JUDGE;
        return 0; // the other files are still read
    }
    if (status != 0)
        return status;
    if (is_stdin) {
        b->kept = b->input;
        b->has_kept = true;
    }
    if (b->input.text.len == 0 && b->pass == PASS_JUDGE) {
        cli_error("%s: the file is empty; expected flight plans", b->input.name);
        b->total.bad++;
    }
    flight_cutter_start(&b->cutter, &b->input, b->options->field);
    b->has_input = true;
    return 0;
}

/* The next share and its place in the order; false: there is none, or all is over. */
static bool take(batch *b, flight_share *out, uint64_t *number)
{
    pthread_mutex_lock(&b->lock);
    bool is_taken = false;
    while (b->status == 0 && !is_taken) {
        is_taken = b->has_input && flight_cutter_next(&b->cutter, out);
        if (is_taken || (b->next_file >= b->files->count && b->held == 0))
            break;
        if (b->held > 0) // the file's bytes are still in use
            pthread_cond_wait(&b->turn, &b->lock);
        else
            b->status = open_next(b);
    }
    if (is_taken) {
        *number = b->taken++;
        b->held++;
        b->bytes += out->text.len;
    }
    pthread_mutex_unlock(&b->lock);
    return is_taken;
}

static void add_tally(tally *to, const tally *from)
{
    for (size_t i = 0; i < OVF_COUNTOF(to->answers); i++)
        to->answers[i] += from->answers[i];
    to->unreadable += from->unreadable;
    to->messages += from->messages;
    to->bad += from->bad;
    if (from->has_times) {
        note_time(to, from->from);
        note_time(to, from->until);
    }
}

static void write_out(worker *w)
{
    if (w->messages.len > 0) {
        fflush(stdout);
        fwrite(w->messages.ptr, 1, w->messages.len, stderr);
    }
    if (w->out.len > 0)
        cli_put_bytes(ovf_buf_str(&w->out));
    ovf_buf_reset(&w->out);
    ovf_buf_reset(&w->messages);
}

/* With the lock, in the order of the shares. */
static bool keep_links(worker *w, uint64_t number)
{
    batch *b = w->batch;
    if (b->pass == PASS_SCAN)
        return flight_links_scan(&b->links, number, &w->flights);
    for (size_t i = 0; b->pass == PASS_LINK && i < w->linked_count;) {
        size_t n = 1; // those of one plan
        while (i + n < w->linked_count && w->linked[i + n].plan == w->linked[i].plan)
            n++;
        if (!flight_links_keep(&b->links, w->linked + i, n))
            return false;
        i += n;
    }
    return true;
}

static void give(worker *w, uint64_t number, bool ok)
{
    batch *b = w->batch;
    pthread_mutex_lock(&b->lock);
    while (b->written != number)
        pthread_cond_wait(&b->turn, &b->lock);
    ok = ok && keep_links(w, number);
    if (!ok && b->status == 0) {
        cli_error("no memory for a share of the flights");
        b->status = CLI_INTERNAL;
    }
    if (b->status == 0)
        write_out(w);
    add_tally(&b->total, &w->tally);
    w->tally = (tally){0};
    b->written++;
    b->held--;
    if (b->pass == PASS_JUDGE)
        cli_progress_step(&b->bar, b->bytes);
    pthread_cond_broadcast(&b->turn);
    pthread_mutex_unlock(&b->lock);
}

static void *run_worker(void *context)
{
    worker *w = context;
    flight_share share;
    uint64_t number = 0;
    while (take(w->batch, &share, &number)) {
        w->flights = (flight_batch){0};
        w->linked = NULL;
        w->linked_count = w->linked_capacity = 0;
        give(w, number, work_on(w, &share, number));
        ovf_arena_reset(&w->share_arena);
        ovf_arena_reset(&w->flight_arena);
    }
    pthread_mutex_lock(&w->batch->lock);
    pthread_cond_broadcast(&w->batch->turn);
    pthread_mutex_unlock(&w->batch->lock);
    return NULL;
}

static int run_pass(batch *b, size_t threads)
{
    worker *workers = calloc(threads, sizeof(*workers));
    if (workers == NULL)
        return CLI_INTERNAL;
    b->next_file = 0;
    b->has_input = false;
    b->taken = b->written = b->bytes = 0;
    for (size_t i = 0; i < threads; i++) {
        workers[i].batch = b;
        ovf_arena_init(&workers[i].share_arena, 0);
        ovf_arena_init(&workers[i].flight_arena, 0);
    }
    size_t started = 1;
    while (started < threads
           && pthread_create(&workers[started].thread, NULL, run_worker, &workers[started]) == 0)
        started++; // those that there are do it all
    run_worker(&workers[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    for (size_t i = 0; i < threads; i++) {
        ovf_arena_done(&workers[i].share_arena);
        ovf_arena_done(&workers[i].flight_arena);
        ovf_buf_done(&workers[i].out);
        ovf_buf_done(&workers[i].messages);
    }
    free(workers);
    if (b->has_input && b->input.owned != b->kept.owned)
        cli_input_done(&b->input);
    b->has_input = false;
    return b->status;
}

/* ---- all ---- */

static double seconds_now(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void put_summary(const batch *b, double seconds)
{
    const tally *t = &b->total;
    uint64_t flights = t->unreadable;
    for (size_t i = 0; i < OVF_COUNTOF(t->answers); i++)
        flights += t->answers[i];
    fflush(stdout);
    if (b->options->summary_json)
        fprintf(stderr,
                "{\"flights\":%llu,\"clear\":%llu,\"touched\":%llu,\"blocked\":%llu,"
                "\"unknown\":%llu,\"unreadable\":%llu,\"messages\":%llu,\"seconds\":%.3f}\n",
                (unsigned long long)flights, (unsigned long long)t->answers[OVF_TOUCH_CLEAR],
                (unsigned long long)t->answers[OVF_TOUCH_TOUCHED],
                (unsigned long long)t->answers[OVF_TOUCH_BLOCKED],
                (unsigned long long)t->answers[OVF_TOUCH_UNKNOWN],
                (unsigned long long)t->unreadable, (unsigned long long)t->messages, seconds);
    else
        fprintf(stderr,
                "%llu flights: %llu clear, %llu touched, %llu blocked, %llu unknown, "
                "%llu unreadable; %llu messages about them; %.1f s\n",
                (unsigned long long)flights, (unsigned long long)t->answers[OVF_TOUCH_CLEAR],
                (unsigned long long)t->answers[OVF_TOUCH_TOUCHED],
                (unsigned long long)t->answers[OVF_TOUCH_BLOCKED],
                (unsigned long long)t->answers[OVF_TOUCH_UNKNOWN],
                (unsigned long long)t->unreadable, (unsigned long long)t->messages, seconds);
}

static size_t thread_count(int64_t asked)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = asked > 0 ? (size_t)asked : online > 0 ? (size_t)online : 1;
    return count > CHECK_MAX_THREADS ? CHECK_MAX_THREADS : count;
}

/* The picture for the days that the flights are about. */
static int open_picture(batch *b, const cli_common *common, cli_context *context,
                        ovf_conflict_index **index)
{
    ovf_time from = b->total.has_times ? b->total.from : b->day;
    ovf_time until = b->total.has_times ? b->total.until : b->day;
    from = b->day < from ? b->day : from;
    until = b->day > until ? b->day : until;
    ovf_interval window = {from - OVF_DAY_S, until + 2 * OVF_DAY_S};
    int status = cli_context_open(common, window, context);
    ovf_error err = {0};
    if (status == 0 && ovf_conflict_index_new(context->picture, index, &err) != OVF_OK) {
        cli_error("%s", err.reason);
        status = CLI_INTERNAL;
    }
    b->world = context->world;
    b->judge = (check_judge){.common = common, .context = context, .index = *index};
    return status == 0 ? cli_party(common, context->world, &b->judge.party) : status;
}

/* What bringing messages to their plans says of each of them. */
static int link_all(batch *b, size_t threads)
{
    int status = flight_links_settle(&b->links);
    if (status != 0 || b->links.first == NULL)
        return status;
    tally scanned = b->total;
    uint64_t bytes = b->bytes;
    b->pass = PASS_LINK;
    status = run_pass(b, threads);
    b->total = scanned;
    b->bytes = bytes;
    return status;
}

static int judge_all(batch *b, size_t threads)
{
    b->pass = PASS_JUDGE;
    uint64_t bytes = b->bytes;
    b->total = (tally){0};
    if (b->options->format != NULL && strcmp(b->options->format, "csv") == 0) {
        ovf_buf head = {0};
        check_put_csv_head(&head);
        cli_put_bytes(ovf_buf_str(&head));
        ovf_buf_done(&head);
    }
    cli_progress_start(&b->bar, "checking", bytes);
    int status = run_pass(b, threads);
    cli_progress_end(&b->bar);
    return status;
}

int check_batch(const cli_common *common, const cli_list *files, const check_batch_options *options)
{
    double start = seconds_now();
    batch b = {.options = options,
               .files = files,
               .day = common->at != OVF_TIME_NONE ? common->at : cli_now(),
               .has_colour = cli_colour(common, stdout),
               .is_lost = calloc(files->count + 1, sizeof(bool))};
    flight_links_init(&b.links, b.day);
    pthread_mutex_init(&b.lock, NULL);
    pthread_cond_init(&b.turn, NULL);
    size_t threads = thread_count(options->threads);
    cli_context context = {0};
    ovf_conflict_index *index = NULL;
    ovf_world *world = NULL;
    int status = b.is_lost == NULL ? CLI_INTERNAL : cli_world_open(common, &world);
    b.world = world;
    if (status == 0)
        status = run_pass(&b, threads);
    if (status == 0)
        status = link_all(&b, threads);
    if (status == 0)
        status = open_picture(&b, common, &context, &index);
    if (status == 0)
        status = judge_all(&b, threads);
    if (status == 0)
        put_summary(&b, seconds_now() - start);
    ovf_conflict_index_free(index);
    size_t bad = context.bad_records + b.total.bad;
    cli_context_done(&context);
    ovf_world_free(world);
    cli_input_done(&b.kept);
    flight_links_done(&b.links);
    free(b.is_lost);
    pthread_cond_destroy(&b.turn);
    pthread_mutex_destroy(&b.lock);
    const uint64_t *answers = b.total.answers;
    bool found = answers[OVF_TOUCH_TOUCHED] + answers[OVF_TOUCH_BLOCKED]
                     + answers[OVF_TOUCH_UNKNOWN] + b.total.unreadable
                 > 0;
    if (status != 0)
        return status;
    return bad > 0 ? CLI_BAD_INPUT : found ? CLI_FOUND : CLI_CLEAR;
}
