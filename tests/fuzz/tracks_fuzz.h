/* SPDX-License-Identifier: Apache-2.0 */
/* tracks_fuzz.h - what holds of every reader of positions: any bytes are safe; places are places;
 * spans lie within the input; forms of lines and frames read the same in pieces as whole; tracks of
 * what was read lose no position and run forward. */
#ifndef OVERFLY_FUZZ_TRACKS_H
#define OVERFLY_FUZZ_TRACKS_H

#include <overfly/surveillance.h>

#include <stdlib.h>
#include <string.h>

#define FUZZ_POSITIONS 5000

typedef struct fuzz_read {
    ovf_position *items;
    size_t count;
    size_t size;
    uint64_t sum;
} fuzz_read;

static inline void require(bool holds)
{
    if (!holds)
        abort();
}

static bool fuzz_take(void *data, const ovf_position *p)
{
    fuzz_read *r = data;
    require(p->at + p->len <= r->size);
    require(!p->has_place || ovf_point_is_valid(p->place));
    require(p->callsign[8] == '\0' && p->type[4] == '\0' && p->from[4] == '\0');
    require(p->address == OVF_ADDRESS_NONE || p->address <= OVF_ADDRESS_MAX);
    require(p->speed_kt >= -1 && p->track_deg >= -1 && p->track_deg < 360);
    r->sum = r->sum * 31 + (uint64_t)p->time_ms + p->at + (uint64_t)p->baro_ft
             + (uint64_t)(int64_t)(p->place.lat_deg * 1e6);
    if (r->count < FUZZ_POSITIONS)
        r->items[r->count] = *p;
    r->count++;
    return true;
}

static ovf_status fuzz_feed(ovf_surveillance_form form, const uint8_t *data, size_t size,
                            size_t piece, fuzz_read *out)
{
    ovf_surveillance_options options = {.form = form,
                                        .reference = 1700000000,
                                        .max_bytes = (size_t)1 << 24,
                                        .each = fuzz_take,
                                        .data = out};
    ovf_error err = {0};
    out->count = 0;
    out->sum = 0;
    ovf_surveillance *reader = ovf_surveillance_new(&options);
    if (reader == NULL)
        return OVF_E_NOMEM;
    ovf_status status = OVF_OK;
    for (size_t at = 0; at < size && status == OVF_OK; at += piece) {
        size_t len = size - at < piece ? size - at : piece;
        status = ovf_surveillance_feed(reader, (ovf_str){(const char *)data + at, len}, &err);
    }
    if (status == OVF_OK)
        status = ovf_surveillance_finish(reader, &err);
    const ovf_findings *findings = ovf_surveillance_findings(reader);
    for (size_t i = 0; i < findings->count; i++)
        require(findings->items[i].message.len > 0);
    ovf_surveillance_free(reader);
    return status;
}

static void fuzz_tracks(const fuzz_read *read)
{
    size_t count = read->count < FUZZ_POSITIONS ? read->count : FUZZ_POSITIONS;
    ovf_arena arena;
    ovf_error err = {0};
    ovf_flight *flights = NULL;
    size_t flight_count = 0;
    size_t total = 0;
    ovf_arena_init(&arena, (size_t)256 << 20);
    if (ovf_flown_flights(NULL, read->items, count, NULL, &arena, &flights, &flight_count, &err)
        == OVF_OK) {
        for (size_t i = 0; i < flight_count; i++) {
            const ovf_track *t = &flights[i].flown->track;
            total += flights[i].flown->count;
            for (size_t k = 0; k < t->count; k++) {
                const ovf_track_point *p = &t->points[k];
                require(p->lowest_ft <= p->level_ft && p->level_ft <= p->highest_ft);
                require(k == 0 || (p->time >= p[-1].time && p->along_m >= p[-1].along_m));
            }
        }
        require(total == count);
    }
    ovf_arena_done(&arena);
}

/* form UNKNOWN: by content. has_pieces: also in pieces, with the same outcome. */
static void fuzz_form(ovf_surveillance_form form, const uint8_t *data, size_t size, bool has_pieces)
{
    fuzz_read read = {.items = calloc(FUZZ_POSITIONS, sizeof(ovf_position)), .size = size};
    // What is packed may be larger than it looks.
    if (size > 1 && data[0] == 0x1F && data[1] == 0x8B)
        read.size = (size_t)-1;
    if (read.items == NULL)
        return;
    ovf_status status = fuzz_feed(form, data, size, size == 0 ? 1 : size, &read);
    size_t count = read.count;
    uint64_t sum = read.sum;
    if (status == OVF_OK)
        fuzz_tracks(&read);
    if (size < 4096) {
        ovf_status again = fuzz_feed(form, data, size, 3, &read);
        if (has_pieces)
            require(again == status && read.count == count && read.sum == sum);
    }
    free(read.items);
}

#endif
