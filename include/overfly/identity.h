/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/identity.h - whose aircraft: from a call sign, a registration or a 24-bit address to the
 * operator, the State of the operator and the State of registry, each with how it was found.
 * Room: world.  Uses: base, world.
 * Source: ICAO Annex 7 (marks), Annex 10 Vol. III ch. 9 (addresses), Doc 8585 (designators),
 * Annex 10 Vol. II 5.2.1.7.2.1 (call signs); the registries' own rules.
 * "Not known" is an answer: nothing is taken from what an aircraft is likely to be. */
#ifndef OVERFLY_IDENTITY_H
#define OVERFLY_IDENTITY_H

#include <overfly/world.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OVF_ADDRESS_NONE UINT32_MAX
#define OVF_ADDRESS_MAX 0xFFFFFFu
#define OVF_REGISTRATION_SIZE 12 /* longest registration written, with its NUL */

/* ---- registrations and addresses that stand for each other by a registry's rule ----
 * The United States (14 CFR 47 and its registry's numbering: A00001 is N1, ADF7C7 is N99999),
 * Canada, Germany, Japan and 15 more compute the address from the registration;
 * docs/formats/identity.md lists them with how well each holds. A rule tells what the register
 * means to give: a single aircraft may bear another address. No world is needed. */

/* Six hexadecimal digits, of either case; false when it is anything else. */
OVF_API bool ovf_address_parse(ovf_str text, uint32_t *out);
/* The registration that an address stands for, as it is painted ("N742AV", "D-AIMA"): returns its
 * length, 0 when no rule gives one. Writes at most `size` bytes with a NUL, as snprintf. */
OVF_API size_t ovf_address_registration(uint32_t address, char *out, size_t size);
/* The address that a registration stands for; hyphens and letter case are free.
 * OVF_ADDRESS_NONE: no rule gives one. */
OVF_API uint32_t ovf_registration_address(ovf_str registration);

/* ---- one aircraft ---- */

typedef enum ovf_found_by {
    OVF_FOUND_UNKNOWN = 0,   /* not known */
    OVF_FOUND_GIVEN,         /* in the question */
    OVF_FOUND_CALLSIGN,      /* the call sign itself is a registration */
    OVF_FOUND_DESIGNATOR,    /* the first three letters of the call sign */
    OVF_FOUND_MARK,          /* the nationality mark of the registration */
    OVF_FOUND_ADDRESS_BLOCK, /* the State's block of 24-bit addresses */
    OVF_FOUND_RULE,          /* a registry's rule between registration and address */
} ovf_found_by;

/* "given", "callsign", "designator", "mark", "address_block", "rule"; NULL for unknown. */
OVF_API const char *ovf_found_by_name(ovf_found_by how);

/* What is known of it: empty texts and OVF_ADDRESS_NONE for what is not. */
typedef struct ovf_identity_question {
    ovf_str callsign;     /* "KLM1234", "N742AV": item 7 of a flight plan, "flight" of ADS-B */
    ovf_str registration; /* as somebody says it is one */
    uint32_t address;
} ovf_identity_question;

typedef struct ovf_identity {
    char designator[4];                       /* "KLM"; empty: the call sign bears none */
    uint32_t operator_index;                  /* OVF_INDEX_NONE: not known */
    uint32_t operator_state;                  /* of the AOC, or whose State aircraft it is */
    ovf_found_by operator_by;                 /* how the State of the operator was found */
    char registration[OVF_REGISTRATION_SIZE]; /* as given, or as painted when computed; or empty */
    ovf_found_by registration_by;
    uint32_t address;
    ovf_found_by address_by;
    uint32_t registry_state;
    ovf_found_by registry_by;
    /* Registration and address belong to registers that no one State answers for: then the State
     * of registry is not known. */
    bool is_contradictory;
} ovf_identity;

/* Answers from the tables alone.
 * A call sign of three letters with a digit behind them bears a designator, known or not; another
 * one is a registration when its form is one in full (ovf_world_is_registration), else neither.
 * The State of registry comes from the registration given, else from the call sign, else from the
 * address; where the mark tells a territory and the block its sovereign the mark decides. */
OVF_API void ovf_world_identify(const ovf_world *world, const ovf_identity_question *question,
                                ovf_identity *out);

/* What a bare text may be. */
typedef enum ovf_identity_form {
    OVF_IDENTITY_NONE = 0,
    OVF_IDENTITY_CALLSIGN,     /* three letters and a digit; or letters that are nothing else */
    OVF_IDENTITY_REGISTRATION, /* "N742AV", "HB-JCD" */
    OVF_IDENTITY_ADDRESS,      /* six hexadecimal digits */
} ovf_identity_form;

/* Reads a bare text as one of the three. "DAE123" may be a flight or an address: a designator that
 * is known makes it a call sign, and *also (may be NULL) tells the other reading, or
 * OVF_IDENTITY_NONE. The question's texts point into `text`. */
OVF_API ovf_identity_form ovf_identity_read(const ovf_world *world, ovf_str text,
                                            ovf_identity_question *out, ovf_identity_form *also);
OVF_API const char *ovf_identity_form_name(ovf_identity_form form); /* "callsign" ...; NULL */

#ifdef __cplusplus
}
#endif
#endif
