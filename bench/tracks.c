/* SPDX-License-Identifier: Apache-2.0 */
/* How many positions a second are read out of each form, on one core, and how many a second become
 * tracks? Made traffic: 500 aircraft, each on its own way, a position each every five seconds; the
 * same in every form. Times count only when every position comes out where it was put in. */
#include "firs.h"

#include <overfly/overfly.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define AIRCRAFT 500
#define STEPS 400
#define STEPS_SHORT 20
#define RUNS 5
#define START_S 1770897600 /* 2026-02-12T12:00:00Z */
#define STEP_S 5

static size_t steps = STEPS;

static void fail(const char *why)
{
    fprintf(stderr, "bench-tracks: %s\n", why);
    exit(1);
}

static double processor_now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* ---- the traffic ---- */

typedef struct state {
    uint32_t address;
    char callsign[8];
    double lat_deg, lon_deg;
    int ft, kt, track, seconds;
} state;

static state at_step(size_t aircraft, size_t step)
{
    state s = {.address = 0x400000 + (uint32_t)aircraft * 37,
               .ft = 20000 + (int)(aircraft % 200) * 100,
               .kt = 380 + (int)(aircraft % 100),
               .track = (int)(aircraft * 7 % 360),
               .seconds = START_S + (int)step * STEP_S};
    double away_deg = (double)step * STEP_S / 3600.0 * s.kt / 60.0;
    double angle = s.track * 0.017453292519943295;
    snprintf(s.callsign, sizeof(s.callsign), "OVF%03u", (unsigned)(aircraft % 1000));
    s.lat_deg = 40.0 + (double)(aircraft % 25) * 0.4 + away_deg * cos(angle);
    s.lon_deg = -5.0 + (double)(aircraft / 25) + away_deg * sin(angle) / 0.7;
    return s;
}

/* ---- written in each form ---- */

static void put_sbs(ovf_buf *out, const state *s, bool is_first)
{
    char when[OVF_TIME_TEXT_MAX];
    ovf_time_format(s->seconds, when, sizeof(when));
    char day[64];
    snprintf(day, sizeof(day), "%.4s/%.2s/%.2s,%.8s.000", when, when + 5, when + 8, when + 11);
    if (is_first)
        ovf_buf_printf(out, "MSG,1,1,1,%06X,1,%s,%s,%s,,,,,,,,0,,0,0\r\n", (unsigned)s->address,
                       day, day, s->callsign);
    ovf_buf_printf(out, "MSG,3,1,1,%06X,1,%s,%s,,%d,%d,%d,%.5f,%.5f,0,,0,0,0,0\r\n",
                   (unsigned)s->address, day, day, s->ft, s->kt, s->track, s->lat_deg, s->lon_deg);
}

static double modulo(double a, double b)
{
    return a - b * floor(a / b);
}

static int zones_at(double lat_deg)
{
    double c = cos(lat_deg * 0.017453292519943295);
    double x = 1 - (1 - cos(3.14159265358979323846 / 30)) / (c * c);
    return (int)floor(2 * 3.14159265358979323846 / acos(x));
}

/* DO-260B App. A 1.7.3, the way there. */
static void encode(const state *s, bool is_odd, uint32_t *lat, uint32_t *lon)
{
    double high = 360.0 / (is_odd ? 59 : 60);
    double yz = floor(131072 * modulo(s->lat_deg, high) / high + 0.5);
    double rlat = high * (yz / 131072 + floor(s->lat_deg / high));
    int zones = zones_at(rlat) - is_odd;
    double wide = 360.0 / (zones > 0 ? zones : 1);
    double xz = floor(131072 * modulo(s->lon_deg, wide) / wide + 0.5);
    *lat = (uint32_t)yz & 0x1FFFF;
    *lon = (uint32_t)xz & 0x1FFFF;
}

static void make_frame(const state *s, bool is_odd, uint8_t frame[14])
{
    uint32_t lat = 0;
    uint32_t lon = 0;
    encode(s, is_odd, &lat, &lon);
    uint32_t n = (uint32_t)(s->ft + 1000) / 25;
    uint32_t altitude = (n >> 4) << 5 | 0x10 | (n & 0xF);
    uint64_t me = (uint64_t)11 << 51 | (uint64_t)altitude << 36 | (uint64_t)is_odd << 34
                  | (uint64_t)lat << 17 | lon;
    frame[0] = 0x8D;
    for (int i = 0; i < 3; i++)
        frame[1 + i] = (uint8_t)(s->address >> (16 - 8 * i));
    for (int i = 0; i < 7; i++)
        frame[4 + i] = (uint8_t)(me >> (48 - 8 * i));
    uint32_t rest = 0;
    for (size_t i = 0; i < 112; i++) {
        uint32_t bit = i < 88 ? frame[i / 8] >> (7 - i % 8) & 1U : 0;
        uint32_t top = rest >> 23 & 1U;
        rest = (rest << 1 | bit) & 0xFFFFFF;
        rest ^= top != 0 ? 0xFFF409 : 0;
    }
    for (int i = 0; i < 3; i++)
        frame[11 + i] = (uint8_t)(rest >> (16 - 8 * i));
}

static void put_beast(ovf_buf *out, const state *s, bool is_odd)
{
    uint8_t body[21] = {0};
    uint64_t stamp = (uint64_t)(s->seconds - START_S + 1) * 12000000;
    for (int i = 0; i < 6; i++)
        body[i] = (uint8_t)(stamp >> (40 - 8 * i));
    body[6] = 0x40;
    make_frame(s, is_odd, body + 7);
    ovf_buf_addc(out, 0x1A);
    ovf_buf_addc(out, '3');
    for (size_t i = 0; i < sizeof(body); i++) {
        ovf_buf_addc(out, (char)body[i]);
        if (body[i] == 0x1A)
            ovf_buf_addc(out, 0x1A);
    }
}

static void put_hex(ovf_buf *out, const state *s, bool is_odd)
{
    uint8_t frame[14];
    make_frame(s, is_odd, frame);
    ovf_buf_printf(out, "%d,", s->seconds);
    for (size_t i = 0; i < sizeof(frame); i++)
        ovf_buf_printf(out, "%02X", frame[i]);
    ovf_buf_addc(out, '\n');
}

static void put_state(ovf_buf *out, ovf_surveillance_form form, const state *s, size_t aircraft,
                      size_t step)
{
    bool is_first = aircraft == 0;
    switch (form) {
    case OVF_SURVEILLANCE_SBS: put_sbs(out, s, step == 0); break;
    case OVF_SURVEILLANCE_BEAST: put_beast(out, s, step % 2 == 1); break;
    case OVF_SURVEILLANCE_FRAMES: put_hex(out, s, step % 2 == 1); break;
    case OVF_SURVEILLANCE_AIRCRAFT:
        if (is_first)
            ovf_buf_printf(out, "{\"now\":%d.0,\"messages\":1,\"aircraft\":[\n", s->seconds);
        ovf_buf_printf(
            out,
            "%s{\"hex\":\"%06x\",\"type\":\"adsb_icao\",\"flight\":\"%s  \",\"alt_baro\":%d,"
            "\"gs\":%d.0,\"track\":%d.00,\"squawk\":\"1000\",\"lat\":%.6f,\"lon\":%.6f,"
            "\"nic\":8,\"rc\":186,\"seen_pos\":0.000,\"mlat\":[],\"tisb\":[],\"seen\":0.0}",
            is_first ? "" : ",\n", (unsigned)s->address, s->callsign, s->ft, s->kt, s->track,
            s->lat_deg, s->lon_deg);
        if (aircraft + 1 == AIRCRAFT)
            ovf_buf_add(out, OVF_STR("\n]}\n"));
        break;
    case OVF_SURVEILLANCE_OPENSKY:
        if (is_first)
            ovf_buf_printf(out, "{\"time\":%d,\"states\":[", s->seconds);
        ovf_buf_printf(out,
                       "%s[\"%06x\",\"%s  \",\"Germany\",%d,%d,%.4f,%.4f,%.2f,false,%.2f,%d,0,null,"
                       "null,\"1000\",false,0]",
                       is_first ? "" : ",", (unsigned)s->address, s->callsign, s->seconds,
                       s->seconds, s->lon_deg, s->lat_deg, s->ft * 0.3048, s->kt * 0.514444,
                       s->track);
        if (aircraft + 1 == AIRCRAFT)
            ovf_buf_add(out, OVF_STR("]}\n"));
        break;
    case OVF_SURVEILLANCE_TABLE:
        if (is_first && step == 0)
            ovf_buf_add(out, OVF_STR("timestamp,icao24,callsign,latitude,longitude,altitude,"
                                     "groundspeed,track,vertical_rate\n"));
        ovf_buf_printf(out, "%d000,%06x,%s,%.5f,%.5f,%d,%d,%d,0\n", s->seconds,
                       (unsigned)s->address, s->callsign, s->lat_deg, s->lon_deg, s->ft, s->kt,
                       s->track);
        break;
    default:
        ovf_buf_printf(
            out,
            "%s{\"timestamp\":%d000,\"icao24\":\"%06x\",\"latitude\":%.6f,\"longitude\":%.6f,"
            "\"groundspeed\":%d.0,\"track\":%d.0,\"callsign\":\"%s\",\"altitude\":%d.0}",
            is_first && step == 0 ? "[" : ",", s->seconds, (unsigned)s->address, s->lat_deg,
            s->lon_deg, s->kt, s->track, s->callsign, s->ft);
        if (aircraft + 1 == AIRCRAFT && step + 1 == steps)
            ovf_buf_add(out, OVF_STR("]"));
        break;
    }
}

/* ---- read ---- */

typedef struct sums {
    size_t count;
    double lat, lon;
    ovf_position *kept; /* room for all, or NULL */
} sums;

static bool add(void *data, const ovf_position *p)
{
    sums *s = data;
    if (s->kept != NULL)
        s->kept[s->count] = *p;
    s->count++;
    s->lat += p->place.lat_deg;
    s->lon += p->place.lon_deg;
    return true;
}

static double read_once(ovf_str text, sums *out)
{
    ovf_surveillance_options options = {.reference = START_S - 1, .each = add, .data = out};
    ovf_surveillance *reader = ovf_surveillance_new(&options);
    ovf_error err = {0};
    if (reader == NULL)
        fail("no memory");
    double start = processor_now_ns();
    // 64 kB at a time, as a socket or a file gives it.
    for (size_t at = 0; at < text.len; at += 65536) {
        if (ovf_surveillance_feed(reader, ovf_str_sub(text, at, at + 65536), &err) != OVF_OK)
            fail(err.reason);
    }
    if (ovf_surveillance_finish(reader, &err) != OVF_OK)
        fail(err.reason);
    double ns = processor_now_ns() - start;
    if (ovf_surveillance_counts_of(reader).bad > 0)
        fail("a record was not read");
    ovf_surveillance_free(reader);
    return ns;
}

/* The first two frames lie on either side of an edge between zones and settle nothing. */
static bool starts_at_edge(size_t aircraft)
{
    return zones_at(at_step(aircraft, 0).lat_deg) != zones_at(at_step(aircraft, 1).lat_deg);
}

static void measure(ovf_surveillance_form form, ovf_position *kept)
{
    ovf_buf text = {0};
    sums want = {0};
    for (size_t step = 0; step < steps; step++) {
        for (size_t a = 0; a < AIRCRAFT; a++) {
            state s = at_step(a, step);
            put_state(&text, form, &s, a, step);
            // The first frame of an aircraft has no second one yet.
            bool is_frame = form == OVF_SURVEILLANCE_BEAST || form == OVF_SURVEILLANCE_FRAMES;
            if (is_frame && (step == 0 || (step == 1 && starts_at_edge(a))))
                continue;
            want.count++;
            want.lat += s.lat_deg;
            want.lon += s.lon_deg;
        }
    }
    if (text.failed)
        fail("no memory");
    double times[RUNS];
    for (size_t i = 0; i < RUNS; i++) {
        sums got = {.kept = kept};
        times[i] = read_once(ovf_buf_str(&text), &got);
        // To 6 m each, the steps of compact position reporting.
        if (got.count != want.count || fabs(got.lat - want.lat) > 1e-4 * (double)want.count
            || fabs(got.lon - want.lon) > 1e-4 * (double)want.count) {
            fprintf(stderr, "%s: %zu positions of %zu\n", ovf_surveillance_form_name(form),
                    got.count, want.count);
            fail("positions that are not those put in");
        }
    }
    qsort(times, RUNS, sizeof(times[0]), bench_by_size);
    double ns = times[RUNS / 2];
    printf("%-9s %8zu positions  %7.1f ns each  %6.2f M/s  %6.0f MB/s\n",
           ovf_surveillance_form_name(form), want.count, ns / (double)want.count,
           (double)want.count / ns * 1e3, (double)text.len / ns * 1e3);
    ovf_buf_done(&text);
}

static void measure_tracks(const ovf_position *positions, size_t count)
{
    double times[RUNS];
    size_t held = 0;
    for (size_t i = 0; i < RUNS; i++) {
        ovf_arena arena;
        ovf_arena_init(&arena, (size_t)8 << 30);
        ovf_flight *flights = NULL;
        size_t flight_count = 0;
        size_t kept = 0;
        ovf_error err = {0};
        double start = processor_now_ns();
        if (ovf_flown_flights(NULL, positions, count, NULL, &arena, &flights, &flight_count, &err)
            != OVF_OK)
            fail(err.reason);
        times[i] = processor_now_ns() - start;
        for (size_t k = 0; k < flight_count; k++)
            kept += flights[k].flown->set_aside[OVF_ASIDE_NOT];
        if (flight_count != AIRCRAFT || kept != count)
            fail("a position of plain traffic was set aside");
        held = arena.held;
        ovf_arena_done(&arena);
    }
    qsort(times, RUNS, sizeof(times[0]), bench_by_size);
    printf("tracks    %8zu positions  %7.1f ns each  %6.2f M/s  %6.0f bytes held each\n", count,
           times[RUNS / 2] / (double)count, (double)count / times[RUNS / 2] * 1e3,
           (double)held / (double)count);
}

int main(int argc, char **argv)
{
    bool is_short = argc > 1 && strcmp(argv[1], "short") == 0;
    steps = is_short ? STEPS_SHORT : STEPS;
    bench_machine(is_short);
    static const ovf_surveillance_form forms[] = {
        OVF_SURVEILLANCE_SBS,     OVF_SURVEILLANCE_BEAST,    OVF_SURVEILLANCE_FRAMES,
        OVF_SURVEILLANCE_TABLE,   OVF_SURVEILLANCE_AIRCRAFT, OVF_SURVEILLANCE_OPENSKY,
        OVF_SURVEILLANCE_RECORDS,
    };
    ovf_position *kept = calloc(steps * AIRCRAFT, sizeof(*kept));
    if (kept == NULL)
        fail("no memory");
    for (size_t i = 0; i < OVF_COUNTOF(forms); i++)
        measure(forms[i], NULL);
    measure(OVF_SURVEILLANCE_RECORDS, kept);
    measure_tracks(kept, steps * AIRCRAFT);
    free(kept);
    return 0;
}
