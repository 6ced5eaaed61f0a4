/* SPDX-License-Identifier: Apache-2.0 */
/* Whole texts, 64 bytes at a step: where something may begin, and whether there is anything to
 * clean. What is found is only a place to look closer at.
 * Room: notice, private. */
#ifndef OVERFLY_NOTICE_SCAN_H
#define OVERFLY_NOTICE_SCAN_H

#include <overfly/base.h>

/* How the bytes are compared; all give the same answers. */
typedef enum ovf_scan_way {
    OVF_SCAN_PLAIN = 0, /* byte by byte */
    OVF_SCAN_AVX2,
    OVF_SCAN_AVX512,
} ovf_scan_way;

/* The best that this processor has. */
ovf_scan_way ovf_scan_best(void);

typedef enum ovf_scan_kind {
    /* Where a notice may begin: '/' behind a digit, ')' behind 'Q', 'Z' behind a digit, '!', a line
     * feed; and the last letters of ZCZC and NNNN, between which its heading stands. */
    OVF_SCAN_HEADS,
    /* Where a trailer may: the second letter of CR, CN, SO, NN, UN (it in either case). */
    OVF_SCAN_TRAILERS,
} ovf_scan_kind;

#define OVF_SCAN_ROOM 256

/* Places in [*from, until) in rising order, OVF_SCAN_ROOM of them at most; *from moves to where the
 * next call goes on, until it is there. until: not above s.len. */
size_t ovf_scan(ovf_str s, size_t *from, size_t until, ovf_scan_kind kind, ovf_scan_way way,
                uint32_t places[OVF_SCAN_ROOM]);
/* Nothing but printable ASCII without '&', blanks, tabs and line ends. */
bool ovf_scan_is_plain(ovf_str s, ovf_scan_way way);
/* What undoing a carrier looks for. */
enum {
    OVF_HOLDS_EQUALS = 1,
    OVF_HOLDS_BACKSLASH = 2,
    OVF_HOLDS_AND = 4, /* '&' */
    OVF_HOLDS_LESS = 8,
    OVF_HOLDS_RETURN = 16, /* CR, form feed, vertical tab */
    OVF_HOLDS_HIGH = 32,   /* above ASCII */
};
/* Which of them stand in the text. */
unsigned ovf_scan_holds(ovf_str s, ovf_scan_way way);
/* Nothing but capitals, digits, signs without '&', '<', '=' and the backslash, and line feeds. */
bool ovf_scan_is_bare(ovf_str s, ovf_scan_way way);

#endif
