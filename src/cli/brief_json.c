/* SPDX-License-Identifier: Apache-2.0 */
/* The briefing for programs: the status of the area as `status` prints it, then a line a flight, as
 * `check` prints it, with the way round under `way`. */
#include "answer_json.h"
#include "brief.h"
#include "flight_io.h"

void brief_put_json(const brief *b)
{
    const ovf_world *world = ovf_picture_world(b->picture);
    ovf_buf buf = {0};
    answer_put_json(&buf, b->picture, &b->query, &b->answer, b->checks, &b->finding);
    cli_put_line(&buf);
    for (size_t i = 0; i < b->flight_count; i++) {
        const brief_flight *f = &b->flights[i];
        ovf_json json;
        ovf_json_init(&json, &buf);
        ovf_json_object(&json);
        put_judged(&json, f->flight, &f->conflict, world);
        put_law(&json, f->conflict.law, f->conflict.law_count, ovf_picture_rules(b->picture),
                &f->conflict.party);
        ovf_json_key(&json, "way");
        if (f->has_route) {
            ovf_json_object(&json);
            put_way(&json, &f->route, f->flight->speed_kt > 0, world);
            put_law(&json, f->route.law, f->route.law_count, ovf_picture_rules(b->picture),
                    &f->conflict.party);
            ovf_json_end(&json);
        } else {
            ovf_json_null(&json);
        }
        ovf_json_end(&json);
        cli_put_line(&buf);
    }
    ovf_buf_done(&buf);
}
