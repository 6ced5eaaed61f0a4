/* SPDX-License-Identifier: Apache-2.0 */
/* What rests on points that the world tables lay an airway through is possible; what a point that the
 * plan names lies in is certain. SPY UL602 SUPUR goes by BERGI and AMGOD (awy.dat, cycle 2013.10).
 * Skipped when the world was built without airways. */
#include "picture.h"

#define BY_AIRWAY "SPY UL602 SUPUR"
#define BY_NAME "SPY DCT BERGI DCT AMGOD DCT SUPUR"

static struct row {
    const char *name;
    const char *route;
    const char *about; /* the point that the closure is about */
    int radius_nm;
    ovf_tri certainty;
    ovf_touch answer;
} rows[] = {
    {"about a point of the airway", BY_AIRWAY, "BERGI", 4, OVF_TRI_UNKNOWN, OVF_TOUCH_UNKNOWN},
    {"about the same, filed by name", BY_NAME, "BERGI", 4, OVF_TRI_YES, OVF_TOUCH_BLOCKED},
    {"about the point where it begins", BY_AIRWAY, "SPY", 4, OVF_TRI_YES, OVF_TOUCH_BLOCKED},
    {"about the point where it ends", BY_AIRWAY, "SUPUR", 4, OVF_TRI_YES, OVF_TOUCH_BLOCKED},
    {"about the airway and an end of it", BY_AIRWAY, "AMGOD", 300, OVF_TRI_YES, OVF_TOUCH_BLOCKED},
};

static void plan_of(char *out, size_t size, const char *route)
{
    snprintf(out, size,
             "(FPL-KLM1-IS-A320/M-S/S-EHAM1200-N0450F350 %s-EGNT0100-DOF/260212 REG/PHAOM)", route);
}

static void notice_about(char *out, size_t size, ovf_point p, int radius_nm)
{
    long lat_s = (long)(p.lat_deg * 3600 + 0.5);
    long lon_s = (long)(p.lon_deg * 3600 + 0.5);
    snprintf(
        out, size,
        "A0001/26 NOTAMN\nQ) EHAA/QRPCA/IV/NBO/W/000/999/5300N00400E060\nA) EHAA B) 2602110000 "
        "C) 2602140000\nE) AIRSPACE CLOSED WI %dNM OF %02ld%02ld%02ldN%03ld%02ld%02ldE\nF) SFC "
        "G) UNL\n\n",
        radius_nm, lat_s / 3600, lat_s / 60 % 60, lat_s % 60, lon_s / 3600, lon_s / 60 % 60,
        lon_s % 60);
}

static void judges(void **state)
{
    const struct row *row = *state;
    if (ovf_world_airway_count(world) == 0)
        skip();
    char by_airway[300];
    char plan[300];
    char notice[500];
    plan_of(by_airway, sizeof(by_airway), BY_AIRWAY);
    plan_of(plan, sizeof(plan), row->route);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_picture *nothing = picture_of(OVF_STR(""), true);
    flown f;
    fly(nothing, ovf_str_of(by_airway), OVF_TIME_NONE, &arena, &f);
    ovf_point about = {0};
    for (size_t i = 0; i < f.flight.point_count; i++) {
        if (ovf_str_eq(f.flight.points[i].ident, ovf_str_of(row->about)))
            about = f.flight.points[i].place;
    }
    assert_true(about.lat_deg > 50 && about.lon_deg > 0);
    notice_about(notice, sizeof(notice), about, row->radius_nm);
    ovf_picture *picture = picture_of(ovf_str_of(notice), true);
    fly(picture, ovf_str_of(plan), OVF_TIME_NONE, &arena, &f);
    assert_true(f.conflict.crossing_count > 0);
    bool is_any = false;
    for (size_t i = 0; i < f.conflict.crossing_count; i++)
        is_any = is_any || f.conflict.crossings[i].certainty == row->certainty;
    assert_true(is_any);
    assert_int_equal(f.conflict.answer, row->answer);
    bool says_so = ovf_str_find(f.conflict.why, 0, OVF_STR("airway")) != OVF_NOPOS;
    assert_int_equal(says_so, row->certainty == OVF_TRI_UNKNOWN);
    ovf_picture_free(picture);
    ovf_picture_free(nothing);
    ovf_arena_done(&arena);
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows)] = {0};
    world_path = argc > 1 ? argv[1] : "overfly.world";
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, judges, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("expanded", tests, OVF_COUNTOF(tests), open_all, close_all);
}
