/* SPDX-License-Identifier: Apache-2.0 */
/* Whose notices a picture has, and about which FIRs: asked by every question that nothing answers. */
#include "restriction_internal.h"

#include <string.h>

/* Capital letters as a number; SIZE_MAX: something else. */
static size_t code_of(ovf_str word, size_t letters)
{
    size_t code = 0;
    if (word.len != letters)
        return SIZE_MAX;
    for (size_t i = 0; i < letters; i++) {
        if (word.ptr[i] < 'A' || word.ptr[i] > 'Z')
            return SIZE_MAX;
        code = code * 26 + (size_t)(word.ptr[i] - 'A');
    }
    return code;
}

/* The tables of the picture that it was made from, to be added to. */
static bool make_room(ovf_picture *picture)
{
    const struct picture_speakers old = picture->speakers;
    struct picture_speakers *s = &picture->speakers;
    ovf_arena *arena = &picture->lists;
    s->latest = ovf_arena_array(arena, ovf_time, PICTURE_STATES);
    s->states = ovf_arena_array(arena, uint16_t, PICTURE_STATES);
    s->has_state = ovf_arena_array(arena, uint8_t, PICTURE_STATES);
    s->has_fir = ovf_arena_array(arena, uint8_t, PICTURE_FIRS / 8);
    s->fir_capacity = old.fir_count + 64;
    s->firs = ovf_arena_array(arena, ovf_str, s->fir_capacity);
    if (s->latest == NULL || s->states == NULL || s->has_state == NULL || s->has_fir == NULL
        || s->firs == NULL)
        return false;
    if (old.latest == NULL) {
        for (size_t i = 0; i < PICTURE_STATES; i++)
            s->latest[i] = OVF_TIME_NONE;
        return true;
    }
    memcpy(s->latest, old.latest, PICTURE_STATES * sizeof(*s->latest));
    memcpy(s->states, old.states, old.state_count * sizeof(*s->states));
    memcpy(s->has_state, old.has_state, PICTURE_STATES);
    memcpy(s->has_fir, old.has_fir, PICTURE_FIRS / 8);
    memcpy(s->firs, old.firs, old.fir_count * sizeof(*s->firs));
    return true;
}

static bool is_listed(const struct picture_speakers *s, ovf_str fir)
{
    for (size_t i = 0; i < s->fir_count; i++) {
        if (ovf_str_eq(s->firs[i], fir))
            return true;
    }
    return false;
}

/* Each code is looked for in the world once: those of other make are few. */
static bool add_fir(ovf_picture *picture, ovf_str fir)
{
    struct picture_speakers *s = &picture->speakers;
    size_t code = code_of(fir, 4);
    if (code != SIZE_MAX) {
        if ((s->has_fir[code / 8] & 1U << code % 8) != 0)
            return true;
        s->has_fir[code / 8] |= (uint8_t)(1U << code % 8);
    }
    if (ovf_world_find_fir(picture->world, fir) == OVF_INDEX_NONE || is_listed(s, fir))
        return true;
    if (!ovf_arena_grow(&picture->lists, (void **)&s->firs, s->fir_count, &s->fir_capacity,
                        sizeof(*s->firs)))
        return false;
    s->firs[s->fir_count++] = fir;
    return true;
}

static void hear_state(struct picture_speakers *s, size_t state)
{
    if (state == SIZE_MAX)
        return;
    if (!s->has_state[state])
        s->states[s->state_count++] = (uint16_t)state;
    s->has_state[state] = 1;
}

/* States whose territory a notice is about, whoever issued it. */
static void hear_areas(struct picture_speakers *s, const ovf_notice *notice)
{
    for (size_t i = 0; i < notice->area_count; i++) {
        if (notice->areas[i].shape == OVF_SHAPE_STATE)
            hear_state(s, code_of(notice->areas[i].name, 3));
    }
}

bool picture_hear(ovf_picture *picture, size_t from)
{
    if (!make_room(picture))
        return false;
    struct picture_speakers *s = &picture->speakers;
    bool ok = true;
    for (size_t i = from; i < picture->notice_count && ok; i++) {
        const struct picture_notice *entry = picture->notices[i];
        const ovf_notice *notice = entry->notice;
        if (notice->form == OVF_FORM_LAW)
            continue; // nobody has spoken
        hear_areas(s, notice);
        size_t state = code_of(notice->issuer.state, 3);
        if (state != SIZE_MAX) {
            hear_state(s, state);
            if (entry->source->known > s->latest[state])
                s->latest[state] = entry->source->known;
        }
        for (size_t k = 0; k < notice->fir_count && ok; k++)
            ok = add_fir(picture, notice->firs[k]);
    }
    return ok;
}

ovf_time picture_latest_of(const ovf_picture *picture, ovf_str state)
{
    size_t code = code_of(state, 3);
    return code == SIZE_MAX ? OVF_TIME_NONE : picture->speakers.latest[code];
}
