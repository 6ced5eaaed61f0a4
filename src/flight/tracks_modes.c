/* SPDX-License-Identifier: Apache-2.0 */
/* Mode S extended squitter: downlink formats 17 and 18 with the right parity; what they say of an
 * aircraft is put together as in BaseStation lines, and a place gives a position.
 * Source: ICAO Annex 10 Vol. IV 3.1.2; RTCA DO-260B 2.2.3 and App. A; ICAO Doc 9871. */
#include "tracks_internal.h"

#include <math.h>

#define FRESH_MS 30000
#define LOCAL_MS 600000       /* a place that old still says which zone is meant: 10 minutes */
#define PAIR_MS 10000         /* DO-260B 2.2.10.6.1: airborne, 10 s between even and odd */
#define PAIR_SURFACE_MS 25000 /* on the ground above 25 kt; below 50 s are allowed */
#define MISSES_MAX 3          /* refused in a row: then the old place is the wrong one */
#define RANGE_M 1000000.0     /* nothing is received from farther than 1,000 km */

/* x^24 + x^23 + ... as 0xFFF409 (Annex 10 Vol. IV 3.1.2.3.3.1.2), a byte at a time. */
static const uint32_t parity_of[256] = {
    0x000000, 0xFFF409, 0x001C1B, 0xFFE812, 0x003836, 0xFFCC3F, 0x00242D, 0xFFD024, 0x00706C,
    0xFF8465, 0x006C77, 0xFF987E, 0x00485A, 0xFFBC53, 0x005441, 0xFFA048, 0x00E0D8, 0xFF14D1,
    0x00FCC3, 0xFF08CA, 0x00D8EE, 0xFF2CE7, 0x00C4F5, 0xFF30FC, 0x0090B4, 0xFF64BD, 0x008CAF,
    0xFF78A6, 0x00A882, 0xFF5C8B, 0x00B499, 0xFF4090, 0x01C1B0, 0xFE35B9, 0x01DDAB, 0xFE29A2,
    0x01F986, 0xFE0D8F, 0x01E59D, 0xFE1194, 0x01B1DC, 0xFE45D5, 0x01ADC7, 0xFE59CE, 0x0189EA,
    0xFE7DE3, 0x0195F1, 0xFE61F8, 0x012168, 0xFED561, 0x013D73, 0xFEC97A, 0x01195E, 0xFEED57,
    0x010545, 0xFEF14C, 0x015104, 0xFEA50D, 0x014D1F, 0xFEB916, 0x016932, 0xFE9D3B, 0x017529,
    0xFE8120, 0x038360, 0xFC7769, 0x039F7B, 0xFC6B72, 0x03BB56, 0xFC4F5F, 0x03A74D, 0xFC5344,
    0x03F30C, 0xFC0705, 0x03EF17, 0xFC1B1E, 0x03CB3A, 0xFC3F33, 0x03D721, 0xFC2328, 0x0363B8,
    0xFC97B1, 0x037FA3, 0xFC8BAA, 0x035B8E, 0xFCAF87, 0x034795, 0xFCB39C, 0x0313D4, 0xFCE7DD,
    0x030FCF, 0xFCFBC6, 0x032BE2, 0xFCDFEB, 0x0337F9, 0xFCC3F0, 0x0242D0, 0xFDB6D9, 0x025ECB,
    0xFDAAC2, 0x027AE6, 0xFD8EEF, 0x0266FD, 0xFD92F4, 0x0232BC, 0xFDC6B5, 0x022EA7, 0xFDDAAE,
    0x020A8A, 0xFDFE83, 0x021691, 0xFDE298, 0x02A208, 0xFD5601, 0x02BE13, 0xFD4A1A, 0x029A3E,
    0xFD6E37, 0x028625, 0xFD722C, 0x02D264, 0xFD266D, 0x02CE7F, 0xFD3A76, 0x02EA52, 0xFD1E5B,
    0x02F649, 0xFD0240, 0x0706C0, 0xF8F2C9, 0x071ADB, 0xF8EED2, 0x073EF6, 0xF8CAFF, 0x0722ED,
    0xF8D6E4, 0x0776AC, 0xF882A5, 0x076AB7, 0xF89EBE, 0x074E9A, 0xF8BA93, 0x075281, 0xF8A688,
    0x07E618, 0xF81211, 0x07FA03, 0xF80E0A, 0x07DE2E, 0xF82A27, 0x07C235, 0xF8363C, 0x079674,
    0xF8627D, 0x078A6F, 0xF87E66, 0x07AE42, 0xF85A4B, 0x07B259, 0xF84650, 0x06C770, 0xF93379,
    0x06DB6B, 0xF92F62, 0x06FF46, 0xF90B4F, 0x06E35D, 0xF91754, 0x06B71C, 0xF94315, 0x06AB07,
    0xF95F0E, 0x068F2A, 0xF97B23, 0x069331, 0xF96738, 0x0627A8, 0xF9D3A1, 0x063BB3, 0xF9CFBA,
    0x061F9E, 0xF9EB97, 0x060385, 0xF9F78C, 0x0657C4, 0xF9A3CD, 0x064BDF, 0xF9BFD6, 0x066FF2,
    0xF99BFB, 0x0673E9, 0xF987E0, 0x0485A0, 0xFB71A9, 0x0499BB, 0xFB6DB2, 0x04BD96, 0xFB499F,
    0x04A18D, 0xFB5584, 0x04F5CC, 0xFB01C5, 0x04E9D7, 0xFB1DDE, 0x04CDFA, 0xFB39F3, 0x04D1E1,
    0xFB25E8, 0x046578, 0xFB9171, 0x047963, 0xFB8D6A, 0x045D4E, 0xFBA947, 0x044155, 0xFBB55C,
    0x041514, 0xFBE11D, 0x04090F, 0xFBFD06, 0x042D22, 0xFBD92B, 0x043139, 0xFBC530, 0x054410,
    0xFAB019, 0x05580B, 0xFAAC02, 0x057C26, 0xFA882F, 0x05603D, 0xFA9434, 0x05347C, 0xFAC075,
    0x052867, 0xFADC6E, 0x050C4A, 0xFAF843, 0x051051, 0xFAE458, 0x05A4C8, 0xFA50C1, 0x05B8D3,
    0xFA4CDA, 0x059CFE, 0xFA68F7, 0x0580E5, 0xFA74EC, 0x05D4A4, 0xFA20AD, 0x05C8BF, 0xFA3CB6,
    0x05EC92, 0xFA189B, 0x05F089, 0xFA0480,
};

uint32_t tracks_parity(const uint8_t *bytes, size_t count)
{
    uint32_t rest = 0;
    for (size_t i = 0; i < count; i++)
        rest = (rest << 8 ^ parity_of[(rest >> 16 ^ bytes[i]) & 0xFF]) & 0xFFFFFF;
    return rest;
}

typedef struct squitter {
    ovf_surveillance *r;
    tracks_aircraft *a;
    uint64_t me; /* 56 bits */
    int64_t time_ms;
    bool is_relative;
    uint8_t source;
    uint64_t at;
    uint32_t len;
    bool goes_on;
} squitter;

/* Bits of the message field as the documents count them, from 1. */
static uint32_t bits(const squitter *s, unsigned first, unsigned count)
{
    return (uint32_t)(s->me >> (57 - first - count) & ((1ULL << count) - 1));
}

static bool is_within(int64_t a_ms, int64_t b_ms, int64_t most_ms)
{
    return a_ms == OVF_TIME_NONE || b_ms == OVF_TIME_NONE
           || (a_ms - b_ms <= most_ms && b_ms - a_ms <= most_ms);
}

/* ---- levels ---- */

/* Mode C pulses C1 A1 C2 A2 C4 A4 B1 D1 B2 D2 B4 D4 in 12 bits without M and Q's place of the 13:
 * Gillham's code (Annex 10 Vol. IV 3.1.1.7.12.2.3). */
static int32_t gillham_ft(uint32_t code)
{
    uint32_t d1 = code >> 4 & 1; // always 0 in a pressure altitude
    uint32_t d2 = code >> 2 & 1;
    uint32_t d4 = code & 1;
    uint32_t a1 = code >> 10 & 1;
    uint32_t a2 = code >> 8 & 1;
    uint32_t a4 = code >> 6 & 1;
    uint32_t b1 = code >> 5 & 1;
    uint32_t b2 = code >> 3 & 1;
    uint32_t b4 = code >> 1 & 1;
    uint32_t c1 = code >> 11 & 1;
    uint32_t c2 = code >> 9 & 1;
    uint32_t c4 = code >> 7 & 1;
    uint32_t gray = d2 << 7 | d4 << 6 | a1 << 5 | a2 << 4 | a4 << 3 | b1 << 2 | b2 << 1 | b4;
    uint32_t fives = 0; // 500 ft steps
    for (uint32_t g = gray; g != 0; g >>= 1)
        fives ^= g;
    uint32_t ones = c1 << 2 | c2 << 1 | c4; // 100 ft steps, 1 to 5 in a code of their own
    uint32_t hundred = ones ^ ones >> 1 ^ ones >> 2;
    if ((hundred & 5) == 5)
        hundred ^= 2;
    if (d1 != 0 || hundred == 0 || hundred > 5)
        return OVF_VALUE_NONE;
    if (fives % 2 == 1)
        hundred = 6 - hundred;
    return (int32_t)(fives * 500 + hundred * 100) - 1300;
}

/* The 12 bits of an airborne position: with Q 25 ft steps from -1,000 ft. 0: none. */
static int32_t altitude_ft(uint32_t code)
{
    if (code == 0)
        return OVF_VALUE_NONE;
    if ((code & 0x10) == 0)
        return gillham_ft(code);
    uint32_t n = (code & 0xFE0) >> 1 | (code & 0xF);
    return (int32_t)n * 25 - 1000;
}

/* ---- integrity ---- */

static void set_integrity(tracks_aircraft *a, int nic, int32_t rc_m)
{
    a->is.nic = (int8_t)nic;
    a->is.rc_m = rc_m;
}

/* NIC and the radius of containment by type code, version and supplements: DO-260B table 2-14,
 * N 8; version 0 has no supplements (its NUCp), version 1 one. */
static void airborne_integrity(tracks_aircraft *a, uint32_t code, bool nic_b)
{
    bool both = a->nic_a && nic_b;
    bool v2 = a->version >= 2;
    bool v1 = a->version == 1;
    switch (code) {
    case 9:
    case 20: set_integrity(a, 11, 8); break;
    case 10:
    case 21: set_integrity(a, 10, 25); break;
    case 11:
        if ((v2 && both) || (v1 && a->nic_a))
            set_integrity(a, 9, 75);
        else
            set_integrity(a, 8, 186);
        break;
    case 12: set_integrity(a, 7, 371); break;
    case 13:
        set_integrity(a, 6,
                      v2 && !a->nic_a && nic_b           ? 556
                      : (v2 && both) || (v1 && a->nic_a) ? 1112
                                                         : 926);
        break;
    case 14: set_integrity(a, 5, 1852); break;
    case 15: set_integrity(a, 4, 3704); break;
    case 16:
        if (a->version == 0)
            set_integrity(a, 1, 18520);
        else if ((v2 && both) || (v1 && a->nic_a))
            set_integrity(a, 3, 7408);
        else
            set_integrity(a, 2, 14816);
        break;
    case 17: set_integrity(a, 1, 37040); break;
    default: set_integrity(a, 0, -1); break; // 18, 22: nobody vouches
    }
}

static void surface_integrity(tracks_aircraft *a, uint32_t code)
{
    switch (code) {
    case 5: set_integrity(a, 11, 8); break;
    case 6: set_integrity(a, 10, 25); break;
    case 7: set_integrity(a, a->nic_a ? 9 : 8, a->nic_a ? 75 : 186); break;
    default:
        if (a->nic_a)
            set_integrity(a, a->nic_c ? 7 : 6, a->nic_c ? 371 : 556);
        else
            set_integrity(a, a->nic_c ? 6 : 0, a->nic_c ? 1112 : -1);
        break;
    }
}

/* ---- places ---- */

static ovf_position seen_now(const squitter *s)
{
    ovf_position p = s->a->is;
    p.time_ms = s->time_ms;
    p.is_relative = s->is_relative;
    p.at = s->at;
    p.len = s->len;
    p.source = s->source;
    return p;
}

static void emit(squitter *s)
{
    tracks_aircraft *a = s->a;
    ovf_position p = seen_now(s);
    if (!is_within(a->velocity_ms, s->time_ms, FRESH_MS)) {
        p.speed_kt = -1;
        p.track_deg = -1;
        p.rate_fpm = OVF_VALUE_NONE;
    }
    if (!is_within(a->baro_ms, s->time_ms, FRESH_MS))
        p.baro_ft = OVF_VALUE_NONE;
    if (!is_within(a->geom_ms, s->time_ms, FRESH_MS))
        p.geom_ft = OVF_VALUE_NONE;
    s->goes_on = tracks_emit(s->r, &p);
}

/* Both frames of a pair, near enough in time (or, without times, in order)? */
static bool is_pair(const squitter *s, const tracks_cpr pair[2], bool on_ground)
{
    const tracks_cpr *even = &pair[0];
    const tracks_cpr *odd = &pair[1];
    if (even->order == 0 || odd->order == 0)
        return false;
    uint64_t apart = even->order > odd->order ? even->order - odd->order : odd->order - even->order;
    if (s->time_ms == OVF_TIME_NONE)
        return apart <= TRACKS_TIMELESS_ORDER;
    return is_within(even->at_ms, odd->at_ms, on_ground ? PAIR_SURFACE_MS : PAIR_MS);
}

/* The place by the last one, or by a pair; false: not yet. */
static bool settle(squitter *s, bool on_ground, bool is_odd, ovf_point *out)
{
    tracks_aircraft *a = s->a;
    const tracks_cpr *frame = &a->cpr[on_ground][is_odd];
    bool knows_place = a->is.has_place && is_within(a->is.time_ms, s->time_ms, LOCAL_MS);
    if (knows_place && tracks_cpr_local(frame, is_odd, on_ground, a->is.place, out))
        return true;
    const ovf_point *near = s->r->options.has_receiver ? &s->r->options.receiver : NULL;
    if (a->is.has_place)
        near = &a->is.place;
    if (is_pair(s, a->cpr[on_ground], on_ground)
        && tracks_cpr_global(a->cpr[on_ground], is_odd, on_ground, near, out))
        return true;
    if (!on_ground || near == NULL || near == &a->is.place)
        return false;
    // On the ground within the range of the receiver: its own place settles it.
    return tracks_cpr_local(frame, is_odd, true, *near, out);
}

static void forget_place(tracks_aircraft *a, bool on_ground, bool is_odd)
{
    a->is.has_place = false;
    a->misses = 0;
    a->cpr[on_ground][!is_odd].order = 0;
}

static bool is_in_range(const squitter *s, ovf_point place)
{
    return !s->r->options.has_receiver || s->source != OVF_SOURCE_ADSB
           || ovf_distance_m(place, s->r->options.receiver) < RANGE_M;
}

static void read_place(squitter *s, bool on_ground)
{
    tracks_aircraft *a = s->a;
    bool is_odd = bits(s, 22, 1) != 0;
    a->cpr[on_ground][is_odd] =
        (tracks_cpr){bits(s, 23, 17), bits(s, 40, 17), s->time_ms, s->r->order};
    ovf_point place;
    if (!settle(s, on_ground, is_odd, &place)) {
        s->r->counts.unpaired++;
        return;
    }
    ovf_position now = seen_now(s);
    now.place = place;
    now.has_place = true;
    bool can_be = is_in_range(s, place) && ovf_position_reaches(&a->is, &now);
    ovf_point again;
    // A first pair of two zones puts everything behind it beside: later pairs must agree.
    if (can_be && a->is.has_place && is_pair(s, a->cpr[on_ground], on_ground)
        && tracks_cpr_global(a->cpr[on_ground], is_odd, on_ground, &a->is.place, &again))
        can_be = fabs(again.lat_deg - place.lat_deg) < 0.01
                 && fabs(ovf_lon_wrap(again.lon_deg - place.lon_deg)) < 0.01;
    if (!can_be) {
        s->r->counts.refused++;
        if (++a->misses >= MISSES_MAX)
            forget_place(a, on_ground, is_odd);
        return;
    }
    a->misses = 0;
    a->is.place = place;
    a->is.has_place = true;
    a->is.time_ms = s->time_ms;
    emit(s);
}

/* ---- the messages ---- */

static void read_identity(squitter *s)
{
    static const char letters[] =
        "\0ABCDEFGHIJKLMNOPQRSTUVWXYZ\0\0\0\0\0 \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
        "0123456789\0\0\0\0\0\0";
    char text[8];
    for (unsigned i = 0; i < 8; i++) {
        text[i] = letters[bits(s, 9 + 6 * i, 6)];
        if (text[i] == '\0')
            return; // no call sign has it: better none
    }
    tracks_name((ovf_str){text, 8}, s->a->is.callsign, sizeof(s->a->is.callsign));
}

/* Surface movement, DO-260B table 2-19: steps that widen with speed. */
static float movement_kt(uint32_t code)
{
    static const struct {
        uint32_t from;
        float kt, step;
    } steps[] = {{109, 100, 5}, {94, 70, 2},         {39, 15, 1}, {13, 2, 0.5F},
                 {9, 1, 0.25F}, {2, 0.125F, 0.125F}, {1, 0, 0}};
    if (code == 0 || code > 124)
        return -1;
    if (code == 124)
        return 175;
    for (size_t i = 0; i < OVF_COUNTOF(steps); i++) {
        if (code >= steps[i].from)
            return steps[i].kt + (float)(code - steps[i].from) * steps[i].step;
    }
    return -1;
}

static void read_surface(squitter *s, uint32_t code)
{
    ovf_position *is = &s->a->is;
    surface_integrity(s->a, code);
    is->on_ground = OVF_TRI_YES;
    is->speed_kt = movement_kt(bits(s, 6, 7));
    is->track_deg = bits(s, 13, 1) != 0 ? (float)bits(s, 14, 7) * 2.8125F : -1;
    is->rate_fpm = OVF_VALUE_NONE;
    is->baro_ft = OVF_VALUE_NONE;
    is->geom_ft = OVF_VALUE_NONE;
    s->a->velocity_ms = s->time_ms;
    read_place(s, true);
}

static void read_airborne(squitter *s, uint32_t code)
{
    tracks_aircraft *a = s->a;
    // Of TIS-B and ADS-R the bit tells whose address it is.
    airborne_integrity(a, code, s->source == OVF_SOURCE_ADSB && bits(s, 8, 1) != 0);
    a->is.on_ground = OVF_TRI_NO;
    int32_t ft = altitude_ft(bits(s, 9, 12));
    if (code >= 20) {
        a->is.geom_ft = ft;
        a->geom_ms = s->time_ms;
        a->is.baro_ft = ft != OVF_VALUE_NONE && a->geom_minus_baro_ft != OVF_VALUE_NONE
                            ? ft - a->geom_minus_baro_ft
                            : OVF_VALUE_NONE;
        a->baro_ms = s->time_ms;
    } else {
        a->is.baro_ft = ft;
        a->baro_ms = s->time_ms;
        a->is.geom_ft = ft != OVF_VALUE_NONE && a->geom_minus_baro_ft != OVF_VALUE_NONE
                            ? ft + a->geom_minus_baro_ft
                            : OVF_VALUE_NONE;
        a->geom_ms = s->time_ms;
    }
    read_place(s, false);
}

static void read_velocity(squitter *s)
{
    ovf_position *is = &s->a->is;
    uint32_t subtype = bits(s, 6, 3);
    if (subtype < 1 || subtype > 4)
        return;
    is->speed_kt = -1;
    is->track_deg = -1;
    uint32_t east = bits(s, 15, 10);
    uint32_t north = bits(s, 26, 10);
    if (subtype <= 2 && east != 0 && north != 0) { // 3 and 4: airspeed and heading
        double step = subtype == 2 ? 4 : 1;
        double east_kt = step * (east - 1.0) * (bits(s, 14, 1) != 0 ? -1 : 1);
        double north_kt = step * (north - 1.0) * (bits(s, 25, 1) != 0 ? -1 : 1);
        is->speed_kt = tracks_speed(sqrt(east_kt * east_kt + north_kt * north_kt));
        is->track_deg = tracks_track(atan2(east_kt, north_kt) * 57.295779513082320877);
    }
    uint32_t rate = bits(s, 38, 9);
    is->rate_fpm =
        rate == 0 ? OVF_VALUE_NONE : (int32_t)(rate - 1) * 64 * (bits(s, 37, 1) != 0 ? -1 : 1);
    uint32_t difference = bits(s, 50, 7);
    s->a->geom_minus_baro_ft =
        difference == 0 ? OVF_VALUE_NONE
                        : (int32_t)(difference - 1) * 25 * (bits(s, 49, 1) != 0 ? -1 : 1);
    s->a->velocity_ms = s->time_ms;
}

/* Operational status: the version, and what goes with NIC. */
static void read_status(squitter *s)
{
    tracks_aircraft *a = s->a;
    uint32_t subtype = bits(s, 6, 3);
    if (subtype > 1)
        return;
    a->version = (uint8_t)bits(s, 41, 3);
    if (a->version == 0)
        return; // its bits mean something else
    a->nic_a = bits(s, 44, 1) != 0;
    a->nic_c = subtype == 1 && bits(s, 20, 1) != 0;
    a->is.nac_p = (int8_t)bits(s, 45, 4);
    a->is.sil = (int8_t)bits(s, 51, 2);
}

/* Aircraft status, subtype 1: emergency and squawk. */
static void read_squawk(squitter *s)
{
    if (bits(s, 6, 3) != 1)
        return;
    uint32_t id = bits(s, 12, 13); // C1 A1 C2 A2 C4 A4 X B1 D1 B2 D2 B4 D4
    uint32_t a = (id >> 11 & 1) | (id >> 9 & 1) << 1 | (id >> 7 & 1) << 2;
    uint32_t b = (id >> 5 & 1) | (id >> 3 & 1) << 1 | (id >> 1 & 1) << 2;
    uint32_t c = (id >> 12 & 1) | (id >> 10 & 1) << 1 | (id >> 8 & 1) << 2;
    uint32_t d = (id >> 4 & 1) | (id >> 2 & 1) << 1 | (id & 1) << 2;
    s->a->is.squawk = (int32_t)(a * 1000 + b * 100 + c * 10 + d);
}

static void read_message(squitter *s)
{
    uint32_t code = (uint32_t)(s->me >> 51);
    if (code >= 1 && code <= 4)
        read_identity(s);
    else if (code >= 5 && code <= 8)
        read_surface(s, code);
    else if ((code >= 9 && code <= 18) || (code >= 20 && code <= 22))
        read_airborne(s, code);
    else if (code == 19)
        read_velocity(s);
    else if (code == 28)
        read_squawk(s);
    else if (code == 31)
        read_status(s);
}

/* Whose words they are: DF 17 and the control field of DF 18. false: none of a position. */
static bool read_source(const uint8_t *frame, uint8_t *source, bool *is_anonymous)
{
    bool has_flag = (frame[4] & 1) != 0; // bit 8 of the message field: IMF
    *source = OVF_SOURCE_ADSB;
    *is_anonymous = false;
    if (frame[0] >> 3 == 17)
        return true;
    switch (frame[0] & 7) {
    case 0: return true;
    case 1: *is_anonymous = true; return true;
    case 2:
        *source = OVF_SOURCE_TISB;
        *is_anonymous = has_flag;
        return true;
    case 5:
        *source = OVF_SOURCE_TISB;
        *is_anonymous = true;
        return true;
    case 6:
        *source = OVF_SOURCE_ADSR;
        *is_anonymous = has_flag;
        return true;
    default: return false; // coarse TIS-B, its management, reserved
    }
}

bool tracks_mode_s(ovf_surveillance *r, const uint8_t *frame, size_t len, int64_t time_ms,
                   bool is_relative, bool is_mlat, uint64_t at, uint32_t record_len)
{
    uint8_t format = frame[0] >> 3;
    squitter s = {.r = r,
                  .time_ms = time_ms,
                  .is_relative = is_relative,
                  .at = at,
                  .len = record_len,
                  .goes_on = true};
    bool is_anonymous = false;
    r->counts.records++;
    if (len != 14 || (format != 17 && format != 18)) {
        r->counts.mode_s_other++;
        return true;
    }
    uint32_t sent = (uint32_t)frame[11] << 16 | (uint32_t)frame[12] << 8 | frame[13];
    if (tracks_parity(frame, 11) != sent) {
        r->counts.bad_parity++;
        return true;
    }
    uint32_t address = (uint32_t)frame[1] << 16 | (uint32_t)frame[2] << 8 | frame[3];
    if (address == 0 || !read_source(frame, &s.source, &is_anonymous)) {
        r->counts.mode_s_other++;
        return true;
    }
    if (is_mlat)
        s.source = OVF_SOURCE_MLAT;
    s.a = tracks_fleet_find(&r->fleet, address | (is_anonymous ? 1U << 24 : 0));
    if (s.a == NULL)
        return false;
    s.a->order = ++r->order;
    s.a->is.address = address;
    s.a->is.is_anonymous = is_anonymous;
    for (size_t i = 4; i < 11; i++)
        s.me = s.me << 8 | frame[i];
    read_message(&s);
    return s.goes_on;
}
