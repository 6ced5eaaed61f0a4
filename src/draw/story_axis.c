/* SPDX-License-Identifier: Apache-2.0 */
/* The axis of time: ticks at round moments, as many as have room for their words, the year where it
 * changes, and the line where knowledge ends. UTC throughout. */
#include "story.h"

#include <math.h>

#define TICK_ROOM_PX 74 /* at scale 1, for "29 NOV" with room beside it */
#define AXIS_LINE 0xd5dce2ff

static const int64_t steps_s[] = {
    OVF_MINUTE_S * 10, OVF_HOUR_S,    OVF_HOUR_S * 3, OVF_HOUR_S * 6, OVF_HOUR_S * 12,
    OVF_DAY_S,         OVF_DAY_S * 2, OVF_DAY_S * 7,  OVF_DAY_S * 14,
};
/* Behind them whole months: 1, 3, 12, 60. */
static const int month_steps[] = {1, 3, 12, 60};

typedef struct date {
    int year, month, day, hour, minute;
} date;

static int number(const char *digits, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

static date date_of(ovf_time t)
{
    char text[OVF_TIME_TEXT_MAX] = "1970-01-01T00:00:00Z";
    ovf_time_format(t, text, sizeof(text));
    return (date){number(text, 4), number(text + 5, 2), number(text + 8, 2), number(text + 11, 2),
                  number(text + 14, 2)};
}

/* Days from 1970 to the first of a month; Howard Hinnant, "chrono-compatible low-level date
 * algorithms". */
static ovf_time first_of_month(int year, int month)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;
    int day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return ((ovf_time)era * 146097 + day_of_era - 719468) * OVF_DAY_S;
}

static const char *const month_names[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                          "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};

static void draw_tick(story *s, ovf_time t, bool is_day, bool is_month, int *last_year)
{
    double x = story_x(s, t);
    if (x < s->left_px - 0.5 || x > s->right_px + 0.5)
        return;
    date d = date_of(t);
    bool is_midnight = d.hour == 0 && d.minute == 0;
    draw_segment(
        &s->canvas, (draw_pt){x, s->top_px - 6 * s->scale}, (draw_pt){x, s->bottom_px},
        (draw_stroke){.color = AXIS_LINE, .width_px = (is_midnight ? 1.0 : 0.6) * s->scale});
    ovf_str text;
    if (is_month)
        text = ovf_arena_printf(s->arena, "%s", month_names[d.month - 1]);
    else if (is_day || is_midnight)
        text = ovf_arena_printf(s->arena, "%d %s", d.day, month_names[d.month - 1]);
    else
        text = ovf_arena_printf(s->arena, "%02d%02dZ", d.hour, d.minute);
    draw_font font = story_type(s, 11.5, is_midnight ? DRAW_BOLD : DRAW_REGULAR, STORY_INK);
    double w = draw_text_width(&s->canvas, font, text);
    draw_text(&s->canvas, (draw_pt){x - w / 2, s->top_px - 13 * s->scale}, font, text);
    draw_text(&s->canvas, (draw_pt){x - w / 2, s->bottom_px + 17 * s->scale}, font, text);
    if (d.year != *last_year) {
        draw_font small = story_type(s, 10.5, DRAW_REGULAR, STORY_PALE);
        ovf_str year = ovf_arena_printf(s->arena, "%04d", d.year);
        w = draw_text_width(&s->canvas, small, year);
        draw_text(&s->canvas, (draw_pt){x - w / 2, s->top_px - 29 * s->scale}, small, year);
        *last_year = d.year;
    }
}

static void draw_months(story *s, double px_per_s)
{
    size_t k = 0;
    while (k + 1 < OVF_COUNTOF(month_steps)
           && month_steps[k] * 30.4 * (double)OVF_DAY_S * px_per_s < TICK_ROOM_PX * s->scale)
        k++;
    int step = month_steps[k];
    date d = date_of(s->request->window.from);
    int last_year = -1;
    int months = (d.year * 12 + d.month - 1) / step * step;
    for (int i = 0; i < 400; i++, months += step) {
        ovf_time t = first_of_month(months / 12, months % 12 + 1);
        if (t >= s->request->window.until)
            break;
        draw_tick(s, t, true, true, &last_year);
    }
}

static void draw_as_of(story *s)
{
    ovf_time t = s->request->as_of;
    if (t == OVF_TIME_OPEN || t < s->request->window.from || t > s->request->window.until)
        return;
    double x = story_x(s, t);
    draw_rgba color = 0xa0001cff;
    draw_segment(&s->canvas, (draw_pt){x, s->top_px}, (draw_pt){x, s->bottom_px},
                 (draw_stroke){.color = color, .width_px = 1.6 * s->scale, .dash = {7, 4}});
    draw_font font = story_type(s, 11, DRAW_BOLD, color);
    ovf_str text = OVF_STR("known to here");
    double w = draw_text_width(&s->canvas, font, text);
    double at = fmin(fmax(x - w / 2, s->left_px), s->right_px - w);
    draw_text(&s->canvas, (draw_pt){at, s->bottom_px + 33 * s->scale}, font, text);
}

void story_draw_axis(story *s)
{
    const ovf_interval window = s->request->window;
    double px_per_s = (s->right_px - s->left_px) / (double)(window.until - window.from);
    size_t k = 0;
    while (k < OVF_COUNTOF(steps_s) && (double)steps_s[k] * px_per_s < TICK_ROOM_PX * s->scale)
        k++;
    if (k == OVF_COUNTOF(steps_s)) {
        draw_months(s, px_per_s);
    } else {
        int64_t step = steps_s[k];
        int last_year = -1;
        // Weeks begin on Mondays: 1970 began on a Thursday.
        int64_t shift = step % (7 * OVF_DAY_S) == 0 ? 4 * OVF_DAY_S : 0;
        ovf_time t = (window.from - shift) / step * step + shift;
        for (; t < window.until; t += step) {
            if (t >= window.from)
                draw_tick(s, t, step >= OVF_DAY_S, false, &last_year);
        }
    }
    draw_as_of(s);
}
