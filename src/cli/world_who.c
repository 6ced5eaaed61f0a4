/* SPDX-License-Identifier: Apache-2.0 */
/* overfly world who: whose aircraft a call sign, a registration or a 24-bit address is, and how each
 * part of the answer was found. */
#include "world.h"

#include <overfly/identity.h>

#include <stdio.h>

static ovf_str iso3_of(const world_verb *verb, uint32_t state)
{
    return state == OVF_INDEX_NONE ? OVF_STR("") : ovf_world_state(verb->world, state)->iso3;
}

static void put_member(ovf_json *json, const char *key, ovf_str value)
{
    ovf_json_key(json, key);
    ovf_json_str_or_null(json, value);
}

static void put_found(ovf_json *json, const char *key, ovf_found_by how)
{
    const char *name = ovf_found_by_name(how);
    put_member(json, key, name == NULL ? OVF_STR("") : ovf_str_of(name));
}

static void put_form(ovf_json *json, const char *key, ovf_identity_form form)
{
    const char *name = ovf_identity_form_name(form);
    put_member(json, key, name == NULL ? OVF_STR("") : ovf_str_of(name));
}

static void put_operator(ovf_json *json, const world_verb *verb, const ovf_identity *who)
{
    put_member(json, "designator", ovf_str_of(who->designator));
    const ovf_operator *op = who->operator_index == OVF_INDEX_NONE
                                 ? NULL
                                 : ovf_world_operator(verb->world, who->operator_index);
    put_member(json, "operator", op == NULL ? OVF_STR("") : op->name);
    put_member(json, "operator_kind",
               op == NULL     ? OVF_STR("")
               : op->is_state ? OVF_STR("state")
                              : OVF_STR("civil"));
    put_member(json, "telephony", op == NULL ? OVF_STR("") : op->telephony);
    put_member(json, "operator_state", iso3_of(verb, who->operator_state));
    put_found(json, "operator_state_by", who->operator_by);
}

static void put_who(const world_verb *verb, const char *asked,
                    const ovf_identity_question *question, ovf_identity_form form,
                    ovf_identity_form also, ovf_buf *buf)
{
    ovf_identity who;
    ovf_world_identify(verb->world, question, &who);
    ovf_json json;
    ovf_json_init(&json, buf);
    ovf_json_object(&json);
    put_member(&json, "asked", asked == NULL ? OVF_STR("") : ovf_str_of(asked));
    put_form(&json, "read_as", form);
    put_form(&json, "also", also);
    put_member(&json, "callsign", question->callsign);
    put_operator(&json, verb, &who);
    put_member(&json, "registration", ovf_str_of(who.registration));
    put_found(&json, "registration_by", who.registration_by);
    char hex[12] = "";
    if (who.address != OVF_ADDRESS_NONE)
        snprintf(hex, sizeof hex, "%06X", (unsigned)who.address);
    put_member(&json, "address", ovf_str_of(hex));
    put_found(&json, "address_by", who.address_by);
    put_member(&json, "registry_state", iso3_of(verb, who.registry_state));
    put_found(&json, "registry_state_by", who.registry_by);
    ovf_json_key(&json, "contradictory");
    ovf_json_bool(&json, who.is_contradictory);
    ovf_json_end(&json);
}

/* false: not one of the three. `asked` ends in NUL. */
static bool put_word(const world_verb *verb, const char *asked, ovf_buf *buf)
{
    ovf_identity_question question;
    ovf_identity_form also = OVF_IDENTITY_NONE;
    ovf_identity_form form = ovf_identity_read(verb->world, ovf_str_of(asked), &question, &also);
    if (form != OVF_IDENTITY_NONE)
        put_who(verb, asked, &question, form, also, buf);
    return form != OVF_IDENTITY_NONE;
}

#define EXPECTED "expected a call sign, a registration or an address of six hexadecimal digits"
#define WORD_MAX 32

static int who_batch(const world_verb *verb, const char *path)
{
    cli_input input = {0};
    int status = cli_input_read(path, &input);
    if (status != 0)
        return status;
    ovf_buf buf = {0};
    ovf_str rest = cli_unmarked(input.text);
    ovf_str line;
    for (size_t number = 1; ovf_str_line(&rest, &line); number++) {
        ovf_str word = ovf_str_trim(line);
        if (word.len == 0)
            continue;
        char asked[WORD_MAX] = "";
        if (word.len < sizeof asked)
            snprintf(asked, sizeof asked, OVF_FMT, OVF_ARG(word));
        if (!put_word(verb, asked, &buf)) {
            cli_error_in_line(input.name, number, line, (size_t)(word.ptr - line.ptr), EXPECTED);
            status = CLI_BAD_INPUT;
            continue;
        }
        cli_put_line(&buf);
    }
    ovf_buf_done(&buf);
    cli_input_done(&input);
    return status;
}

/* One aircraft, of which several things are known. */
static int who_one(const world_verb *verb)
{
    ovf_identity_question question = {.address = OVF_ADDRESS_NONE};
    if (verb->callsign != NULL)
        question.callsign = ovf_str_trim(ovf_str_of(verb->callsign));
    if (verb->registration != NULL)
        question.registration = ovf_str_trim(ovf_str_of(verb->registration));
    if (question.callsign.len >= WORD_MAX || question.registration.len >= OVF_REGISTRATION_SIZE)
        return cli_usage("world", "a call sign or a registration too long to be one");
    if (verb->address != NULL
        && !ovf_address_parse(ovf_str_trim(ovf_str_of(verb->address)), &question.address))
        return cli_usage("world", "\"%s\": expected six hexadecimal digits", verb->address);
    ovf_buf buf = {0};
    put_who(verb, NULL, &question, OVF_IDENTITY_NONE, OVF_IDENTITY_NONE, &buf);
    world_put_object(verb, &buf);
    ovf_buf_done(&buf);
    return CLI_CLEAR;
}

int world_who(world_verb *verb, const cli_list *operands)
{
    bool is_one = verb->callsign != NULL || verb->registration != NULL || verb->address != NULL;
    if (is_one && operands->count == 1 && verb->batch == NULL)
        return who_one(verb);
    if (verb->batch != NULL && operands->count == 1 && !is_one)
        return who_batch(verb, verb->batch);
    if (operands->count < 2 || is_one || verb->batch != NULL)
        return cli_usage("world", "who takes call signs, registrations or addresses, or --batch "
                                  "FILE, or --callsign, --registration, --address of one aircraft");
    ovf_buf buf = {0};
    int status = CLI_CLEAR;
    for (size_t i = 1; i < operands->count; i++) {
        if (put_word(verb, operands->items[i], &buf)) {
            world_put_object(verb, &buf);
        } else {
            cli_error("\"%s\": " EXPECTED, operands->items[i]);
            status = CLI_BAD_INPUT;
        }
    }
    ovf_buf_done(&buf);
    return status;
}
