/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files that read the forms of text beside the ICAO one: where a message begins
 * (heads.c), what each form says (navwarn.c, domestic.c, tfr.c, sigmet.c, ashtam.c, checklist.c),
 * and undoing what carried it (unwrap.c). */
#ifndef OVERFLY_NOTICE_FORMS_H
#define OVERFLY_NOTICE_FORMS_H

#include "notice_internal.h"

/* ---- words in cleaned text; capitals or not ---- */

bool ovf_text_at(ovf_str s, size_t i, const char *word);
/* The first place in [from, until) of the word, or OVF_NOPOS. */
size_t ovf_text_find(ovf_str s, size_t from, size_t until, const char *word);
bool ovf_text_has(ovf_str s, ovf_range range, const char *word);
bool ovf_text_any(ovf_str s, ovf_range range, const char *const *words, size_t count);
size_t ovf_text_blanks(ovf_str s, size_t i); /* the offset behind blanks */
/* Number of letters A-Z a-z, of digits, from i on. */
size_t ovf_text_letters(ovf_str s, size_t i);
size_t ovf_text_digits(ovf_str s, size_t i);
/* A month by its first three letters (English, French, Spanish, Portuguese): 1 to 12, or 0. */
int ovf_month_at(ovf_str s, size_t i);
ovf_range ovf_text_trim(ovf_str s, ovf_range range);
/* The words of a range with one blank between them: an identification that a fold cut. */
ovf_str ovf_text_squeeze(ovf_draft *d, ovf_range range);

/* ---- where a message of another form begins ---- */

/* "281047Z APR 26", "28 1047 UTC APR 2026": the offset behind, or 0. */
size_t ovf_dtg_at(ovf_str s, size_t i, ovf_time *out);
/* "NAVAREA IV 798/26", "AUSCOAST WARNING 12/26": the offset behind, or 0; *ident what it is called. */
size_t ovf_series_at(ovf_str s, size_t i, ovf_range *ident);
/* A head of a navigational warning, FAA notice without its mark, SIGMET, ASHTAM, SNOWTAM or BIRDTAM
 * at i: the offset behind, or 0. */
size_t ovf_other_head(ovf_str s, size_t i, bool starts_line, ovf_range *ident);
/* "JFK 11/262 JFK RWY ...", "FDC 6/1425 ...": an FAA notice as the sites list them. */
size_t ovf_domestic_head(ovf_str s, size_t i, ovf_range *ident);
/* The form of a text that has no items, by its beginning; OVF_FORM_TEXT: none of them. */
ovf_notice_form ovf_form_of(ovf_str text);

/* ---- readers ---- */

/* Forms whose lettered items are not those of a NOTAM; true: read, the usual items are not sought. */
bool ovf_read_lettered(ovf_draft *d);
/* An identification as it is meant, the key of the notice: "AO123/2026" is A0123/26. */
ovf_str ovf_ident_text(ovf_draft *d, size_t from, size_t until);
/* Where CREATED:, SOURCE:, NNNN and litter begin, at or behind from. */
uint32_t ovf_find_trailer(const ovf_draft *d, uint32_t from);
void ovf_read_navwarn(ovf_draft *d);
void ovf_read_domestic(ovf_draft *d);
/* The Q-code that an FAA domestic notice stands for by its keyword and words; empty: none. */
ovf_str ovf_domestic_code(const ovf_draft *d);
void ovf_read_tfr(ovf_draft *d);
void ovf_read_sigmet(ovf_draft *d);
void ovf_read_ashtam(ovf_draft *d);
/* The areas of a SIGMET or AIRMET (sigmet_area.c, sigmet_us.c); false: none was told in its words. */
bool ovf_read_met_areas(ovf_draft *d);
/* "CONVECTIVE SIGMET 12E", "AIRMET TANGO UPDT 3": validity, what, and no FIR. */
bool ovf_is_us_met(const ovf_draft *d);
void ovf_read_us_met(ovf_draft *d, ovf_str s);
bool ovf_read_us_met_areas(ovf_draft *d);
/* The instant nearest to when the message was received with that day of the month and clock; NONE
 * where that is not known or no such day is near. */
ovf_time ovf_near_day(const ovf_draft *d, uint32_t day, uint32_t clock);
/* The same, of a month, day and clock without a year. */
ovf_time ovf_near_date(const ovf_draft *d, uint32_t month, uint32_t day, uint32_t clock);
/* "211200" at i, six digits. */
ovf_time ovf_day_clock_at(const ovf_draft *d, ovf_str s, size_t i);
/* What the ash of an ASHTAM covers and what it closes, each read alone; false: nothing is closed. */
bool ovf_read_ash_areas(ovf_draft *d);
/* SNOWTAM and BIRDTAM: the text, and a note. */
void ovf_read_kept(ovf_draft *d);
/* After the areas: what the ash of an ASHTAM covers is warned of, not closed. */
void ovf_finish_form(ovf_draft *d);
/* Makes the whole range stand for item E. */
void ovf_take_text(ovf_draft *d, ovf_range range);

/* ---- what carried it ---- */

/* Code point of a UTF-8 sequence, its length in *len; a stray byte counts as Latin-1. */
uint32_t ovf_code_point(ovf_str s, size_t at, size_t *len);
/* The Latin letter or ASCII sign that a Greek, Cyrillic or full-width one looks like; 0: none. */
char ovf_look_alike(uint32_t c);

/* The record as text: UTF-16, escaped line ends, QUOTED-PRINTABLE, mark-up, CR alone, letters that
 * only look Latin undone. *map is NULL when nothing had to be done; else map[i] is the offset in
 * the record of byte i, one entry behind the last. false: no memory. */
bool ovf_unwrap(ovf_str record, ovf_arena *arena, ovf_str *out, const uint32_t **map);

#endif
