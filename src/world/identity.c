/* SPDX-License-Identifier: Apache-2.0 */
/* Whose aircraft: a call sign, a registration and an address against the tables, each answer with
 * where it comes from. */
#include "world_internal.h"

#include <overfly/identity.h>

#include <stdio.h>
#include <string.h>

#define CALLSIGN_MAX 8 /* of an ADS-B identification; item 7 of a flight plan has 7 */

const char *ovf_found_by_name(ovf_found_by how)
{
    static const char *const names[] = {
        [OVF_FOUND_UNKNOWN] = NULL,        [OVF_FOUND_GIVEN] = "given",
        [OVF_FOUND_CALLSIGN] = "callsign", [OVF_FOUND_DESIGNATOR] = "designator",
        [OVF_FOUND_MARK] = "mark",         [OVF_FOUND_ADDRESS_BLOCK] = "address_block",
        [OVF_FOUND_RULE] = "rule",
    };
    return (size_t)how < OVF_COUNTOF(names) ? names[how] : NULL;
}

const char *ovf_identity_form_name(ovf_identity_form form)
{
    static const char *const names[] = {NULL, "callsign", "registration", "address"};
    return (size_t)form < OVF_COUNTOF(names) ? names[form] : NULL;
}

static char upper(char c)
{
    return (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

static bool is_letter(char c)
{
    return upper(c) >= 'A' && upper(c) <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Three letters, then a digit: Annex 10 Vol. II 5.2.1.7.2.1, type c. */
static bool bears_designator(ovf_str callsign)
{
    return callsign.len > 3 && is_letter(callsign.ptr[0]) && is_letter(callsign.ptr[1])
           && is_letter(callsign.ptr[2]) && is_digit(callsign.ptr[3]);
}

/* ---- the operator ---- */

static void find_operator(const ovf_world *world, ovf_str callsign, ovf_identity *out)
{
    if (!bears_designator(callsign))
        return;
    for (size_t i = 0; i < 3; i++)
        out->designator[i] = upper(callsign.ptr[i]);
    uint32_t index = world_find_designator(world, ovf_str_of(out->designator));
    if (index == OVF_INDEX_NONE)
        return;
    out->operator_index = index;
    out->operator_state = ovf_world_operator(world, index)->state;
    if (out->operator_state != OVF_INDEX_NONE)
        out->operator_by = OVF_FOUND_DESIGNATOR;
}

/* ---- the register ---- */

static void keep_registration(ovf_str text, ovf_found_by how, ovf_identity *out)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len && len + 1 < sizeof out->registration; i++)
        if (text.ptr[i] != ' ')
            out->registration[len++] = upper(text.ptr[i]);
    out->registration[len] = '\0';
    out->registration_by = how;
}

/* One State answers for both registers: the same, or a territory and its sovereign. */
static bool is_one_register(const ovf_world *world, uint32_t a, uint32_t b)
{
    return ovf_world_sovereign(world, a) == ovf_world_sovereign(world, b);
}

static void find_registry(const ovf_world *world, ovf_identity *out)
{
    uint32_t by_mark = OVF_INDEX_NONE;
    if (out->registration[0] != '\0')
        by_mark = ovf_world_registration_state(world, ovf_str_of(out->registration));
    uint32_t by_block = OVF_INDEX_NONE;
    if (out->address_by == OVF_FOUND_GIVEN)
        by_block = ovf_world_address_state(world, out->address);
    if (by_mark != OVF_INDEX_NONE && by_block != OVF_INDEX_NONE
        && !is_one_register(world, by_mark, by_block)) {
        out->is_contradictory = true;
        return;
    }
    out->registry_state = by_mark != OVF_INDEX_NONE ? by_mark : by_block;
    if (by_mark != OVF_INDEX_NONE)
        out->registry_by = OVF_FOUND_MARK;
    else if (by_block != OVF_INDEX_NONE)
        out->registry_by = OVF_FOUND_ADDRESS_BLOCK;
}

/* What the registers' rules add, when the State of registry is settled: they never decide it. */
static void add_by_rule(ovf_identity *out)
{
    if (out->is_contradictory)
        return;
    if (out->address == OVF_ADDRESS_NONE && out->registration[0] != '\0') {
        out->address = ovf_registration_address(ovf_str_of(out->registration));
        if (out->address != OVF_ADDRESS_NONE)
            out->address_by = OVF_FOUND_RULE;
    } else if (out->address != OVF_ADDRESS_NONE && out->registration[0] == '\0'
               && ovf_address_registration(out->address, out->registration,
                                           sizeof out->registration)
                      > 0) {
        out->registration_by = OVF_FOUND_RULE;
    }
}

void ovf_world_identify(const ovf_world *world, const ovf_identity_question *question,
                        ovf_identity *out)
{
    ovf_identity answer = {.operator_index = OVF_INDEX_NONE,
                           .operator_state = OVF_INDEX_NONE,
                           .registry_state = OVF_INDEX_NONE,
                           .address = OVF_ADDRESS_NONE};
    ovf_str callsign = ovf_str_trim(question->callsign);
    find_operator(world, callsign, &answer);
    if (question->registration.len > 0)
        keep_registration(question->registration, OVF_FOUND_GIVEN, &answer);
    else if (answer.designator[0] == '\0' && ovf_world_is_registration(world, callsign))
        keep_registration(callsign, OVF_FOUND_CALLSIGN, &answer);
    if (question->address <= OVF_ADDRESS_MAX) {
        answer.address = question->address;
        answer.address_by = OVF_FOUND_GIVEN;
    }
    find_registry(world, &answer);
    add_by_rule(&answer);
    *out = answer;
}

/* ---- a bare text ---- */

ovf_identity_form ovf_identity_read(const ovf_world *world, ovf_str text,
                                    ovf_identity_question *out, ovf_identity_form *also)
{
    ovf_str word = ovf_str_trim(text);
    *out = (ovf_identity_question){.address = OVF_ADDRESS_NONE};
    bool has_hyphen = false;
    bool is_word = word.len > 1;
    for (size_t i = 0; i < word.len; i++) {
        has_hyphen = has_hyphen || (word.ptr[i] == '-' && i > 0);
        is_word = is_word && (is_letter(word.ptr[i]) || is_digit(word.ptr[i]));
    }
    uint32_t address = OVF_ADDRESS_NONE;
    bool is_address = ovf_address_parse(word, &address);
    bool is_registration = ovf_world_is_registration(world, word);
    bool is_callsign = is_word && word.len <= CALLSIGN_MAX;
    bool is_flight = is_callsign && bears_designator(word);
    bool is_known =
        is_flight && world_find_designator(world, ovf_str_sub(word, 0, 3)) != OVF_INDEX_NONE;

    ovf_identity_form form = OVF_IDENTITY_NONE;
    if (has_hyphen)
        form = word.len < OVF_REGISTRATION_SIZE ? OVF_IDENTITY_REGISTRATION : OVF_IDENTITY_NONE;
    else if (is_known)
        form = OVF_IDENTITY_CALLSIGN;
    else if (is_address)
        form = OVF_IDENTITY_ADDRESS;
    else if (is_flight)
        form = OVF_IDENTITY_CALLSIGN;
    else if (is_registration)
        form = OVF_IDENTITY_REGISTRATION;
    else if (is_callsign)
        form = OVF_IDENTITY_CALLSIGN;
    if (form == OVF_IDENTITY_CALLSIGN)
        out->callsign = word;
    else if (form == OVF_IDENTITY_REGISTRATION)
        out->registration = word;
    else if (form == OVF_IDENTITY_ADDRESS)
        out->address = address;
    if (also != NULL) {
        *also = OVF_IDENTITY_NONE;
        if (is_address && form != OVF_IDENTITY_ADDRESS)
            *also = OVF_IDENTITY_ADDRESS;
        else if (is_registration && form != OVF_IDENTITY_REGISTRATION)
            *also = OVF_IDENTITY_REGISTRATION;
        else if (is_flight && form != OVF_IDENTITY_CALLSIGN)
            *also = OVF_IDENTITY_CALLSIGN;
    }
    return form;
}
