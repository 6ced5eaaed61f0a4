/* SPDX-License-Identifier: Apache-2.0 */
/* The state of a notice at an instant: Doc 8126 ch. 6, and what is not known of it. */
#include "restriction_internal.h"

/* Before the schedule is looked at: ACTIVE stands for in force. */
static ovf_life life_of(const ovf_standing *standing, ovf_time at)
{
    ovf_interval in_force = standing->in_force;
    ovf_life ended = standing->ended_by.len == 0 ? OVF_LIFE_EXPIRED
                     : standing->ended_is_cancel ? OVF_LIFE_CANCELLED
                                                 : OVF_LIFE_REPLACED;
    bool is_stillborn = standing->ended_by.len > 0 && in_force.until <= in_force.from;
    if (at < in_force.from)
        return is_stillborn && at >= in_force.until ? ended
               : is_stillborn                       ? OVF_LIFE_FUTURE
               : standing->doubt != OVF_LIFE_UNKNOWN && at >= standing->doubt_from
                   ? standing->doubt
                   : OVF_LIFE_FUTURE;
    if (at >= in_force.until)
        return ended;
    if (standing->doubt != OVF_LIFE_UNKNOWN && at >= standing->doubt_from)
        return standing->doubt;
    if (standing->estimated_end != OVF_TIME_NONE && at >= standing->estimated_end)
        return OVF_LIFE_OVERRUN_EST;
    return OVF_LIFE_ACTIVE;
}

ovf_life ovf_restriction_life(const ovf_restriction *restriction, ovf_time at)
{
    ovf_life life = life_of(restriction->standing, at);
    return life == OVF_LIFE_ACTIVE && !ovf_restriction_is_active(restriction, at)
               ? OVF_LIFE_INACTIVE
               : life;
}

ovf_life ovf_picture_notice_life(const ovf_picture *picture, size_t index, ovf_time at)
{
    const struct picture_notice *entry = picture->notices[index];
    const ovf_notice *notice = entry->notice;
    if (entry->standing.is_superseded)
        return OVF_LIFE_UNKNOWN;
    ovf_life life = life_of(&entry->standing, at);
    bool is_off = life == OVF_LIFE_ACTIVE && notice->schedule.len > 0
                  && ovf_interval_holds(picture->options.window, at)
                  && !ovf_intervals_hold(&notice->active, at);
    return is_off ? OVF_LIFE_INACTIVE : life;
}

bool ovf_restriction_is_active(const ovf_restriction *restriction, ovf_time at)
{
    if (at < restriction->in_force.from || at >= restriction->in_force.until)
        return false;
    if (!restriction->has_schedule || ovf_intervals_hold(&restriction->active, at))
        return true;
    // Outside of what was expanded, and past an estimated end, the schedule is not known.
    if (restriction->estimated_end != OVF_TIME_NONE && at >= restriction->estimated_end)
        return true;
    return !ovf_interval_holds(restriction->window, at);
}

const char *ovf_life_name(ovf_life life)
{
    switch (life) {
    case OVF_LIFE_UNKNOWN: break;
    case OVF_LIFE_FUTURE: return "future";
    case OVF_LIFE_ACTIVE: return "active";
    case OVF_LIFE_INACTIVE: return "inactive";
    case OVF_LIFE_OVERRUN_EST: return "overrun_est";
    case OVF_LIFE_EXPIRED: return "expired";
    case OVF_LIFE_REPLACED: return "replaced";
    case OVF_LIFE_CANCELLED: return "cancelled";
    case OVF_LIFE_NOT_IN_CHECKLIST: return "unknown_not_in_checklist";
    case OVF_LIFE_VANISHED: return "vanished";
    }
    return "unknown";
}
