/* SPDX-License-Identifier: Apache-2.0 */
/* answer_json.h - rulings, reasons and answers as JSON, with the names of docs/formats/answer.md;
 * shared by the verbs and the server. "members" functions write into an object that is open. */
#ifndef OVF_CLI_ANSWER_JSON_H
#define OVF_CLI_ANSWER_JSON_H

#include <overfly/overfly.h>

/* "rules": [{id, cites, says, fact, facts}] */
void answer_put_rules(ovf_json *json, const ovf_ruling *ruling);
/* Members verdict, on_addressed, applies, applies_why, missing, binding, closes_airspace, rules. */
void answer_put_ruling(ovf_json *json, const ovf_ruling *ruling);
/* Members of a statement, as in docs/formats/statement.md. */
void answer_put_statement(ovf_json *json, const ovf_statement *statement);
/* "source": {document, name, origin, known} */
void answer_put_source(ovf_json *json, const ovf_source *source);
/* One object a reason. */
void answer_put_because(ovf_json *json, const ovf_picture *picture, const ovf_because *because);
/* The member "checked": a statement held against the notices of its time. */
void answer_put_checked(ovf_json *json, const ovf_check *check);
/* The whole answer, one object. checks: one a reason of the answer, NULL where none was made, which
 * stand under `alerts`; NULL: none at all. finding: the member of that name; NULL: there is none. */
void answer_put_json(ovf_buf *buf, const ovf_picture *picture, const ovf_query *query,
                     const ovf_answer *answer, const ovf_check *const *checks,
                     const ovf_str *finding);

/* "CHN:A0012/26" of the notices that are about one happening with it, in buf; empty: none. */
ovf_str answer_event_name(const ovf_picture *picture, const ovf_restriction *r, ovf_buf *buf);

#endif
