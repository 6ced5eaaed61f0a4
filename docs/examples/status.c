/* SPDX-License-Identifier: Apache-2.0 */
/* status WORLD NOTICES AREA TIME: is an area closed, by the notices of one file alone?
 * cc status.c $(pkg-config --cflags --libs overfly) */
#include <overfly/overfly.h>

#include <stdio.h>

static ovf_status tell(const ovf_world *world, ovf_str notices, ovf_query *query, ovf_str area,
                       ovf_error *err)
{
    ovf_arena arena; // all that the answer holds lives here
    ovf_rulebook *rules = NULL;
    ovf_picture *picture = NULL;
    ovf_answer answer = {0};
    ovf_source source = {.name = OVF_STR("notices"), .known = OVF_TIME_NONE};
    ovf_picture_options options = {
        .as_of = OVF_TIME_OPEN, .window = {query->at, query->at + OVF_DAY_S}, .alone = true};
    ovf_arena_init(&arena, 0);

    ovf_status status = ovf_rulebook_new(world, &rules, err);
    if (status == OVF_OK)
        status = ovf_picture_new(world, rules, &options, &picture, err);
    if (status == OVF_OK)
        status = ovf_picture_add(picture, notices, &source, NULL, err);
    if (status == OVF_OK)
        status = ovf_picture_settle(picture, err);
    if (status == OVF_OK)
        status = ovf_world_find(world, area, &query->place, err);
    if (status == OVF_OK)
        status = ovf_picture_status(picture, query, &arena, &answer, err);
    if (status == OVF_OK)
        printf("legal: %s, risk: %s\n", ovf_legal_name(answer.legal), ovf_risk_name(answer.risk));
    for (size_t i = 0; i < answer.because_count; i++) {
        const ovf_because *because = &answer.because[i];
        printf("%s: " OVF_FMT "\n", ovf_verdict_name(because->ruling.verdict),
               OVF_ARG(because->quote));
    }

    ovf_picture_free(picture); // before the rules and the world that it borrows
    ovf_rulebook_free(rules);
    ovf_arena_done(&arena);
    return status;
}

int main(int argc, char **argv)
{
    static char bytes[65536];
    FILE *file = argc == 5 ? fopen(argv[2], "rb") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: status WORLD NOTICES AREA TIME\n");
        return 2;
    }
    ovf_str notices = {bytes, fread(bytes, 1, sizeof(bytes), file)};
    fclose(file);

    ovf_error err = {0};
    ovf_query query = {0};
    ovf_world *world = NULL;
    ovf_status status = ovf_time_parse(ovf_str_of(argv[4]), &query.at, &err);
    if (status == OVF_OK)
        status = ovf_world_open(argv[1], &world, &err);
    if (status == OVF_OK)
        status = tell(world, notices, &query, ovf_str_of(argv[3]), &err);
    if (status != OVF_OK)
        fprintf(stderr, "%s: %s\n", ovf_status_name(status), err.reason);
    ovf_world_free(world);
    return status == OVF_OK ? 0 : 1;
}
