/* SPDX-License-Identifier: Apache-2.0 */
/* The reader: unpacks what is packed, finds out the form, hands whole records to the form's own
 * file and keeps what is not whole until more comes. */
#include "tracks_internal.h"

#include <stdlib.h>

#define UNPACKED_BYTES 65536
#define DEFAULT_MAX_BYTES ((size_t)1 << 30)

const char *ovf_surveillance_form_name(ovf_surveillance_form form)
{
    static const char *const names[] = {
        [OVF_SURVEILLANCE_UNKNOWN] = "unknown",   [OVF_SURVEILLANCE_SBS] = "sbs",
        [OVF_SURVEILLANCE_AIRCRAFT] = "aircraft", [OVF_SURVEILLANCE_TRACE] = "trace",
        [OVF_SURVEILLANCE_BEAST] = "beast",       [OVF_SURVEILLANCE_FRAMES] = "frames",
        [OVF_SURVEILLANCE_OPENSKY] = "opensky",   [OVF_SURVEILLANCE_TABLE] = "table",
        [OVF_SURVEILLANCE_RECORDS] = "records",   [OVF_SURVEILLANCE_GEOJSON] = "geojson",
        [OVF_SURVEILLANCE_GPX] = "gpx",           [OVF_SURVEILLANCE_KML] = "kml",
    };
    return (unsigned)form < OVF_COUNTOF(names) ? names[form] : "unknown";
}

/* ---- the form ---- */

static bool is_beast(ovf_str head)
{
    // Two frames in a row, the first perhaps cut off by the start of the recording.
    size_t found = 0;
    for (size_t at = 0; at + 1 < head.len && at < 64; at++) {
        if ((uint8_t)head.ptr[at] != 0x1A)
            continue;
        size_t i = at;
        for (found = 0; found < 2 && i + 1 < head.len && (uint8_t)head.ptr[i] == 0x1A; found++) {
            char type = head.ptr[i + 1];
            size_t body = type == '1' ? 9 : type == '2' ? 14 : type == '3' || type == '4' ? 21 : 0;
            if (body == 0)
                break;
            i += 2;
            for (; body > 0 && i < head.len; body--)
                i += (uint8_t)head.ptr[i] == 0x1A ? 2 : 1;
        }
        bool ends_with_it = found == 1 && i >= head.len && at == 0;
        if (found == 2 || ends_with_it)
            return true;
    }
    return false;
}

static bool is_sbs(ovf_str line)
{
    static const char *const starts[] = {"MSG,", "MLAT,", "SEL,", "ID,", "AIR,", "STA,", "CLK,"};
    size_t commas = 0;
    for (size_t i = 0; i < line.len; i++)
        commas += line.ptr[i] == ',';
    for (size_t i = 0; i < OVF_COUNTOF(starts); i++) {
        if (ovf_str_starts(line, ovf_str_of(starts[i])))
            return commas >= 9;
    }
    return false;
}

static size_t hex_run(ovf_str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.len
           && (tracks_is_digit(s.ptr[at + n])
               || ((s.ptr[at + n] | 0x20) >= 'a' && (s.ptr[at + n] | 0x20) <= 'f')))
        n++;
    return n;
}

/* A frame by itself: 28 or 14 digits between other characters, one of the former or an AVR mark. */
static bool is_frames(ovf_str line)
{
    line = ovf_str_trim(line);
    if (line.len == 0)
        return false;
    if (strchr("*@<%:", line.ptr[0]) != NULL) {
        size_t digits = hex_run(line, 1);
        bool is_one = digits == 4 || digits == 14 || digits == 28 || digits == 26 || digits == 40
                      || digits == 42;
        return is_one && digits + 2 == line.len && line.ptr[line.len - 1] == ';';
    }
    for (size_t at = 0; at < line.len; at++) {
        size_t digits = hex_run(line, at);
        if (digits == 28)
            return true;
        at += digits;
    }
    return false;
}

static bool has_lines(ovf_str head, bool (*is_one)(ovf_str line))
{
    ovf_str line = {0};
    for (size_t looked = 0; looked < 3 && ovf_str_line(&head, &line);) {
        if (ovf_str_trim(line).len == 0 || line.ptr[0] == '#')
            continue;
        if (is_one(line))
            return true;
        looked++; // a heading, or a line that the start of the recording cut
    }
    return false;
}

ovf_surveillance_form ovf_surveillance_sniff(ovf_str head)
{
    head = ovf_str_sub(head, 0, TRACKS_HEAD);
    if (is_beast(head))
        return OVF_SURVEILLANCE_BEAST;
    if (ovf_str_starts(head, OVF_STR("\xEF\xBB\xBF")))
        head = ovf_str_tail(head, 3);
    ovf_str text = ovf_str_trim(head);
    if (text.len == 0)
        return OVF_SURVEILLANCE_UNKNOWN;
    if (text.ptr[0] == '<' && text.len > 1 && hex_run(text, 1) < 26) {
        if (ovf_str_find(text, 0, OVF_STR("<gpx")) != OVF_NOPOS)
            return ovf_str_find(text, 0, OVF_STR("<trk")) != OVF_NOPOS ? OVF_SURVEILLANCE_GPX
                                                                       : OVF_SURVEILLANCE_UNKNOWN;
        bool is_kml = ovf_str_find(text, 0, OVF_STR("<kml")) != OVF_NOPOS;
        bool is_flown = ovf_str_find(text, 0, OVF_STR(":Track>")) != OVF_NOPOS
                        || ovf_str_find(text, 0, OVF_STR("<when>")) != OVF_NOPOS
                        || (ovf_str_find(text, 0, OVF_STR("<LineString")) != OVF_NOPOS
                            && ovf_str_find(text, 0, OVF_STR("<Polygon")) == OVF_NOPOS);
        return is_kml && is_flown ? OVF_SURVEILLANCE_KML : OVF_SURVEILLANCE_UNKNOWN;
    }
    if (text.ptr[0] == '{' || text.ptr[0] == '[')
        return tracks_sniff_json(text);
    if (has_lines(text, is_sbs))
        return OVF_SURVEILLANCE_SBS;
    if (tracks_sniff_table(text))
        return OVF_SURVEILLANCE_TABLE;
    if (has_lines(text, is_frames))
        return OVF_SURVEILLANCE_FRAMES;
    return OVF_SURVEILLANCE_UNKNOWN;
}

/* ---- the handle ---- */

ovf_surveillance *ovf_surveillance_new(const ovf_surveillance_options *options)
{
    ovf_surveillance *r = calloc(1, sizeof(*r));
    if (r == NULL)
        return NULL;
    r->options = *options;
    if (r->options.max_bytes == 0)
        r->options.max_bytes = DEFAULT_MAX_BYTES;
    r->form = options->form;
    r->is_settled = options->form != OVF_SURVEILLANCE_UNKNOWN;
    r->start_tick = INT64_MIN;
    r->last_tick = INT64_MIN;
    ovf_arena_init(&r->arena, (size_t)1 << 22);
    ovf_arena_init(&r->scratch, 0);
    r->findings.arena = &r->arena;
    return r;
}

void ovf_surveillance_free(ovf_surveillance *r)
{
    if (r == NULL)
        return;
    if (r->is_packed)
        inflateEnd(&r->unpacker);
    tracks_fleet_done(&r->fleet);
    ovf_arena_done(&r->arena);
    ovf_arena_done(&r->scratch);
    free(r->held);
    free(r);
}

ovf_surveillance_form ovf_surveillance_form_of(const ovf_surveillance *r)
{
    return r->form;
}

ovf_surveillance_counts ovf_surveillance_counts_of(const ovf_surveillance *r)
{
    ovf_surveillance_counts counts = r->counts;
    counts.aircraft = r->fleet.count;
    return counts;
}

const ovf_findings *ovf_surveillance_findings(const ovf_surveillance *r)
{
    return &r->findings;
}

bool tracks_emit(ovf_surveillance *r, ovf_position *p)
{
    if (p->has_place)
        r->counts.positions++;
    else
        r->counts.placeless++;
    if (!r->options.each(r->options.data, p))
        r->has_ended = true;
    return !r->has_ended;
}

void tracks_bad(ovf_surveillance *r, uint64_t pos, const char *rule, const char *why)
{
    r->counts.bad++;
    ovf_findings_add(&r->findings, OVF_WARNING, (size_t)pos, rule, "%s", why);
}

/* ---- bytes ---- */

static bool hold(ovf_surveillance *r, ovf_str bytes)
{
    if (r->held_len + bytes.len > r->held_capacity) {
        size_t capacity = r->held_capacity < 65536 ? 65536 : r->held_capacity;
        while (capacity < r->held_len + bytes.len)
            capacity *= 2;
        char *grown = realloc(r->held, capacity);
        if (grown == NULL)
            return false;
        r->held = grown;
        r->held_capacity = capacity;
    }
    if (bytes.len > 0)
        memcpy(r->held + r->held_len, bytes.ptr, bytes.len);
    r->held_len += bytes.len;
    return true;
}

static tracks_take taker_of(ovf_surveillance_form form)
{
    switch (form) {
    case OVF_SURVEILLANCE_SBS: return tracks_take_sbs;
    case OVF_SURVEILLANCE_BEAST: return tracks_take_beast;
    case OVF_SURVEILLANCE_FRAMES: return tracks_take_frames;
    case OVF_SURVEILLANCE_TABLE: return tracks_take_table;
    case OVF_SURVEILLANCE_GPX:
    case OVF_SURVEILLANCE_KML: return tracks_take_xml;
    default: return tracks_take_json;
    }
}

/* A document that is read piece by piece has short records; others have to be held whole. */
static size_t most_held(const ovf_surveillance *r)
{
    switch (r->form) {
    case OVF_SURVEILLANCE_SBS:
    case OVF_SURVEILLANCE_BEAST:
    case OVF_SURVEILLANCE_FRAMES:
    case OVF_SURVEILLANCE_TABLE: return TRACKS_MAX_LINE;
    default: return r->options.max_bytes;
    }
}

static ovf_status take(ovf_surveillance *r, ovf_str bytes, size_t *used, ovf_error *err)
{
    if (!r->is_settled && (r->is_last || bytes.len >= TRACKS_HEAD)) {
        r->form = ovf_surveillance_sniff(bytes);
        r->is_settled = true;
        if (r->form == OVF_SURVEILLANCE_UNKNOWN && (bytes.len > 0 || r->counts.bytes > 0))
            return ovf_fail(err, OVF_E_SYNTAX, 0, "expected positions in a form that is known");
    }
    *used = 0;
    if (!r->is_settled || r->has_ended || r->form == OVF_SURVEILLANCE_UNKNOWN)
        return OVF_OK;
    ovf_status status = taker_of(r->form)(r, bytes, used, err);
    if (status == OVF_OK && r->has_ended)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "the caller takes no more positions");
    return status;
}

/* Unpacked bytes: from the caller's memory where nothing waits, else behind what waits. */
static ovf_status feed_plain(ovf_surveillance *r, ovf_str bytes, ovf_error *err)
{
    size_t used = 0;
    r->counts.bytes += bytes.len;
    bool is_held = r->held_len > 0;
    if (is_held && !hold(r, bytes))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for what waits");
    ovf_str all = is_held ? (ovf_str){r->held, r->held_len} : bytes;
    ovf_status status = take(r, all, &used, err);
    if (status != OVF_OK)
        return status;
    r->base += used;
    if (is_held) {
        r->held_len -= used;
        if (used > 0)
            memmove(r->held, r->held + used, r->held_len);
    } else if (!hold(r, ovf_str_tail(bytes, used))) {
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for what waits");
    }
    if (r->held_len > most_held(r))
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "a record longer than %zu bytes",
                        most_held(r));
    return OVF_OK;
}

static ovf_status feed_packed(ovf_surveillance *r, ovf_str bytes, ovf_error *err)
{
    char out[UNPACKED_BYTES];
    z_stream *z = &r->unpacker;
    z->next_in = (Bytef *)bytes.ptr;
    z->avail_in = (uInt)bytes.len;
    bool is_full = false;
    while (z->avail_in > 0 || is_full) {
        z->next_out = (Bytef *)out;
        z->avail_out = sizeof(out);
        int code = inflate(z, Z_NO_FLUSH);
        if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
            return ovf_fail(err, OVF_E_CORRUPT, (size_t)r->base, "gzip that cannot be unpacked");
        is_full = z->avail_out == 0;
        size_t got = sizeof(out) - z->avail_out;
        ovf_status status = feed_plain(r, (ovf_str){out, got}, err);
        if (status != OVF_OK)
            return status;
        r->is_unpacked = code == Z_STREAM_END;
        if (code == Z_STREAM_END && inflateReset(z) != Z_OK) // several members one behind the other
            return ovf_fail(err, OVF_E_CORRUPT, (size_t)r->base, "gzip that cannot be unpacked");
        if (code == Z_BUF_ERROR && got == 0)
            break;
    }
    return OVF_OK;
}

/* The first two bytes tell gzip; one alone waits. */
static ovf_status look(ovf_surveillance *r, ovf_str *bytes, ovf_error *err)
{
    char first = r->has_magic ? r->magic : bytes->ptr[0];
    size_t second = r->has_magic ? 0 : 1;
    if ((uint8_t)first == 0x1F && bytes->len == second && !r->is_last) {
        r->has_magic = true;
        r->magic = first;
        bytes->len = 0;
        return OVF_OK;
    }
    r->looked = true;
    bool is_gzip =
        (uint8_t)first == 0x1F && bytes->len > second && (uint8_t)bytes->ptr[second] == 0x8B;
    if (!is_gzip)
        return r->has_magic ? feed_plain(r, (ovf_str){&r->magic, 1}, err) : OVF_OK;
    if (inflateInit2(&r->unpacker, 15 + 16) != Z_OK)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory to unpack");
    r->is_packed = true;
    return r->has_magic ? feed_packed(r, (ovf_str){&r->magic, 1}, err) : OVF_OK;
}

static ovf_status feed(ovf_surveillance *r, ovf_str bytes, ovf_error *err)
{
    if (bytes.len >= UINT32_MAX / 2)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "a piece of more than 2 GB");
    if (!r->looked && bytes.len > 0) {
        ovf_status status = look(r, &bytes, err);
        if (status != OVF_OK)
            return status;
    }
    if (r->is_packed)
        return feed_packed(r, bytes, err);
    return bytes.len > 0 || r->is_last ? feed_plain(r, bytes, err) : OVF_OK;
}

ovf_status ovf_surveillance_feed(ovf_surveillance *r, ovf_str bytes, ovf_error *err)
{
    return feed(r, bytes, err);
}

ovf_status ovf_surveillance_finish(ovf_surveillance *r, ovf_error *err)
{
    ovf_status status = OVF_OK;
    if (r->has_magic && !r->looked) {
        r->looked = true;
        status = feed_plain(r, (ovf_str){&r->magic, 1}, err);
    }
    if (status == OVF_OK && r->is_packed && !r->is_unpacked)
        tracks_bad(r, r->base, "GZIP_CUT", "the gzip file is cut off");
    r->is_last = true;
    return status == OVF_OK ? feed_plain(r, OVF_STR(""), err) : status;
}

ovf_status tracks_read_whole(ovf_surveillance *r, ovf_str bytes, ovf_error *err)
{
    bool is_gzip = bytes.len > 1 && (uint8_t)bytes.ptr[0] == 0x1F && (uint8_t)bytes.ptr[1] == 0x8B;
    if (!is_gzip) {
        r->is_last = true;
        r->looked = true;
        return feed_plain(r, bytes, err);
    }
    ovf_status status = ovf_surveillance_feed(r, bytes, err);
    return status == OVF_OK ? ovf_surveillance_finish(r, err) : status;
}
