/* SPDX-License-Identifier: Apache-2.0 */
/* news_frames.h - what the files of frames share: the verb at hand, and questions about it. */
#ifndef OVF_NEWS_FRAMES_H
#define OVF_NEWS_FRAMES_H

#include "news_grammar.h"

typedef struct frame {
    const news_clauses *c;
    news_drafts *out;
    uint16_t v;
    const news_chunk *g;
    uint16_t object;  /* what the act is done to: the subject of a passive */
    uint16_t issuer;  /* who does it */
    uint8_t class_of; /* of the object */
    bool passive;
} frame;

/* Classes of a noun group beside those of its head word (news_noun_class). */
enum { NN_STATE = 24, NN_CITY, NN_PERSON, NN_BODY };

static inline const news_chunk *chunk(const frame *f, uint16_t i)
{
    return &f->c->chunks[i];
}

bool nf_base_in(const frame *f, uint16_t v, const char *const *bases, size_t n);
bool nf_word_in(const news_doc *doc, uint32_t from, uint32_t until, const char *const *words,
                size_t n);
bool nf_is_measure_of(const news_clauses *c, uint16_t ng);
uint8_t nf_head_class(const news_clauses *c, uint16_t ng);
bool nf_has_class(const news_clauses *c, uint16_t ng, uint8_t class);
bool nf_list_has_class(const news_clauses *c, uint16_t ng, uint8_t class);
bool nf_clause_has(const frame *f, uint8_t class);
bool nf_about_flying(const frame *f);
ovf_act nf_noun_act(const news_clauses *c, uint16_t ng);
uint16_t nf_prep_object(const frame *f, const char *prep);
bool nf_next_word_is(const frame *f, const char *word);
bool nf_particle_is(const frame *f, const char *word);
bool nf_plans(const frame *f, uint16_t v);
bool nf_refuses(const frame *f, uint16_t v);
bool nf_has_no(const frame *f, uint16_t ng);
bool nf_is_conditional(const frame *f);
bool nf_condition_follows(const frame *f);
bool nf_has_nor(const frame *f);
void nf_settle_mood(const frame *f, news_draft *d);
news_draft *nf_emit(const frame *f, ovf_act act, const char *rule);
uint16_t nf_named_airport(const frame *f, uint16_t ng);
bool nf_is_closable(const frame *f, uint16_t ng);
uint8_t nf_kind_of(const frame *f, uint16_t ng);
bool nf_is_ruler(const frame *f, uint16_t ng);
uint16_t nf_content_vg(const frame *f);
bool nf_c_named(const frame *f, uint16_t ng);
void frame_close(frame *f);
void frame_reopen(frame *f);
void frame_open(frame *f);
void frame_ban(frame *f);
void frame_impose(frame *f, const char *rule);
void frame_lift(frame *f);
void frame_stop(frame *f);
void frame_resume(frame *f);
void frame_divert(frame *f);
void frame_revoke(frame *f);
void frame_grant(frame *f);
void frame_warn(frame *f);
void frame_order(frame *f);
void frame_designate(frame *f);
void frame_threaten(frame *f);
void frame_strike(frame *f);
void frame_deploy(frame *f);
void frame_incident(frame *f);
void frame_negotiate(frame *f);
void frame_deny(frame *f);
/* "denied the jet use of its airspace", "turned down requests to overfly": a ban. */
bool frame_denies_use(frame *f);
bool frame_decides_on(frame *f);
void frame_condemn(frame *f);
void frame_other(frame *f);
bool nf_tells_event(frame *f);
/* "issued a notice closing ...": the verb behind tells the act. */
bool nf_content_of_paper(const frame *f);
/* Ways of speech that no single verb tells, and the clipped passives of headlines. */
bool nf_tells_idiom(frame *f);
bool nf_tells_clipped(frame *f);
/* Closed to a class of operators ("to British airlines"), so banned and not closed. */
bool nf_shuts_out(const frame *f);
/* Done by whoever may do it: "anyone who fires at us". */
bool nf_is_anybody(const frame *f);
/* A thing that nobody is named as the owner of: drones, a plane, debris. */
bool nf_is_nameless(const frame *f, uint16_t ng);
/* A row of data/news/ways.txt fits the verb and its company. */
bool nf_tells_way(frame *f);
/* An act of this class is left open where the verb stands: asked, supposed, wished, pending. */
bool nf_is_left_open(const frame *f, uint8_t class);
/* "called it illegal", "branded the claims baseless": blame or denial. */
bool nf_judges(frame *f);

/* Is the verb v one of these base forms; is one of these words among tokens [from, until)? */
#define BASE_IN(f, v, ...)                                   \
    nf_base_in((f), (v), (const char *const[]){__VA_ARGS__}, \
               sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))
#define WORD_IN(f, from, until, ...)                                             \
    nf_word_in((f)->c->doc, (from), (until), (const char *const[]){__VA_ARGS__}, \
               sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

#endif
