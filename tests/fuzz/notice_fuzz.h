/* SPDX-License-Identifier: Apache-2.0 */
/* notice_fuzz.h - notices of a form that names its parts out of any bytes. Held: spans and findings lie
 * inside the record; an area is unresolved exactly when it says so; what is unreadable says why;
 * reading again gives the same number. */
#include <overfly/notice.h>

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Says which law was broken before it ends. */
#define hold(it_holds)                                                                    \
    do {                                                                                  \
        if (!(it_holds)) {                                                                \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #it_holds); \
            abort();                                                                      \
        }                                                                                 \
    } while (0)

static void check_notice(const ovf_notice *n, size_t len)
{
    const ovf_span spans[] = {n->raw_span, n->issuer.span, n->span_id, n->span_q,
                              n->span_a,   n->span_b,      n->span_c,  n->span_d,
                              n->span_e,   n->span_f,      n->span_g,  n->span_effect};
    for (size_t i = 0; i < OVF_COUNTOF(spans); i++)
        hold((size_t)spans[i].at + spans[i].len <= len);
    for (size_t i = 0; i < n->finding_count; i++)
        hold(n->findings[i].pos == OVF_NOPOS || n->findings[i].pos <= len);
    hold(n->area_count <= OVF_NOTICE_MAX_AREAS);
    for (size_t i = 0; i < n->area_count; i++) {
        const ovf_notice_area *area = &n->areas[i];
        hold((size_t)area->span.at + area->span.len <= len);
        hold(area->area != NULL);
        hold((area->certainty == OVF_CERTAINTY_UNRESOLVED)
             == (area->area == ovf_area_unresolved()));
        for (size_t k = 0; k < area->point_count; k++)
            hold(ovf_point_is_valid(area->points[k]));
    }
    hold(n->status != OVF_READ_UNREADABLE || n->finding_count > 0);
}

static void read_notices(const uint8_t *data, size_t size)
{
    ovf_str text = {(const char *)data, size};
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)1 << 26);
    ovf_notice *notices = NULL, *again = NULL;
    size_t count = 0, count_again = 0;
    ovf_error err = {0};
    ovf_status status = ovf_notice_read(NULL, text, NULL, &arena, &notices, &count, &err);
    hold(status == OVF_OK || status == OVF_E_NOMEM || status == OVF_E_LIMIT);
    for (size_t i = 0; status == OVF_OK && i < count; i++)
        check_notice(&notices[i], size);
    if (status == OVF_OK
        && ovf_notice_read(NULL, text, NULL, &arena, &again, &count_again, NULL) == OVF_OK)
        hold(count == count_again);
    (void)ovf_notice_sniff(text);
    ovf_arena_done(&arena);
}
