/* SPDX-License-Identifier: Apache-2.0 */
/* The NOTAM code: second and third letter the subject, fourth and fifth its condition, in words and
 * with what a notice of that code does when its text says nothing clearer. The table is
 * data/qcodes.txt (ICAO Doc 8400), compiled in: the library reads notices without a world too. */
#include "words.h"

#include "notice/qcodes.inc"

const struct word_row *ovf_word_find(const struct word_row *rows, size_t count, ovf_str key)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *at = rows[middle].key;
        int order = 0;
        for (size_t i = 0; order == 0 && (i < key.len || at[i] != '\0'); i++) {
            unsigned char mine = i < key.len ? (unsigned char)ovf_upper(key.ptr[i]) : 0;
            order = (unsigned char)at[i] - mine;
        }
        if (order == 0)
            return &rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Of a code's two letters, in either case; NULL: no row. */
static const char *words_of(const struct word_row *rows, const unsigned char *at, ovf_str letters)
{
    unsigned first = letters.len == 2 ? (unsigned)(ovf_upper(letters.ptr[0]) - 'A') : 26;
    unsigned second = letters.len == 2 ? (unsigned)(ovf_upper(letters.ptr[1]) - 'A') : 26;
    unsigned row = first < 26 && second < 26 ? at[first * 26 + second] : 0;
    return row == 0 ? NULL : rows[row - 1].words;
}

const char *ovf_qcode_subject(ovf_str letters)
{
    return words_of(subject_rows, subject_at, letters);
}

const char *ovf_qcode_condition(ovf_str letters)
{
    return words_of(condition_rows, condition_at, letters);
}

static ovf_effect effect_of(const char *name)
{
    for (int effect = OVF_EFFECT_CLOSED; effect <= OVF_EFFECT_LIFTED; effect++) {
        if (strcmp(ovf_effect_name((ovf_effect)effect), name) == 0)
            return (ovf_effect)effect;
    }
    return OVF_EFFECT_UNKNOWN;
}

/* What an effect's own force is, where the table does not say. */
static ovf_strength usual_strength(ovf_effect effect)
{
    switch (effect) {
    case OVF_EFFECT_CLOSED:
    case OVF_EFFECT_PROHIBITED: return OVF_STRENGTH_HARD;
    case OVF_EFFECT_RESTRICTED:
    case OVF_EFFECT_FLOW: return OVF_STRENGTH_CONDITIONAL;
    case OVF_EFFECT_DANGER:
    case OVF_EFFECT_ADVISORY: return OVF_STRENGTH_SOFT;
    case OVF_EFFECT_LIFTED: return OVF_STRENGTH_OPENING;
    case OVF_EFFECT_WARNING:
    case OVF_EFFECT_INFORMATION: return OVF_STRENGTH_NONE;
    case OVF_EFFECT_UNKNOWN: break;
    }
    return OVF_STRENGTH_UNKNOWN;
}

ovf_matter ovf_qcode_matter(ovf_str code)
{
    static const char *const names[] = {"text",      "air", "area", "route", "hazard",
                                        "aerodrome", "kit", "gnss", "flow",  "list"};
    const struct word_row *row = ovf_word_find(subject_rows, OVF_COUNTOF(subject_rows),
                                               ovf_str_sub(code, 1, code.len < 3 ? 1 : 3));
    for (size_t i = 0; row != NULL && i < OVF_COUNTOF(names); i++) {
        if (strcmp(row->what, names[i]) == 0)
            return (ovf_matter)i;
    }
    return OVF_MATTER_TEXT;
}

ovf_effect ovf_qcode_effect(ovf_str code, ovf_strength *strength)
{
    *strength = OVF_STRENGTH_UNKNOWN;
    if (code.len != 5)
        return OVF_EFFECT_UNKNOWN;
    const struct word_row *row =
        ovf_word_find(pair_rows, OVF_COUNTOF(pair_rows), ovf_str_tail(code, 1));
    if (row == NULL) {
        row = ovf_word_find(condition_rows, OVF_COUNTOF(condition_rows), ovf_str_sub(code, 3, 5));
        bool is_lift = row != NULL && effect_of(row->effect) == OVF_EFFECT_LIFTED;
        const struct word_row *subject =
            ovf_word_find(subject_rows, OVF_COUNTOF(subject_rows), ovf_str_sub(code, 1, 3));
        // A kit that is closed or limited closes nothing else; a prohibited area that changed is one.
        if (subject != NULL && !is_lift && effect_of(subject->effect) != OVF_EFFECT_UNKNOWN)
            row = subject;
    }
    ovf_effect effect = row == NULL ? OVF_EFFECT_UNKNOWN : effect_of(row->effect);
    *strength = usual_strength(effect);
    return effect;
}
