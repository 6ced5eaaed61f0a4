/* SPDX-License-Identifier: Apache-2.0 */
/* overfly VERB ...: one file a verb; this one only finds it. */
#include "cli.h"

#include <string.h>

const cli_verb cli_verbs[] = {
    {"ingest", "FILE... [--received T] [--published T] [--news] [--complete-for STATES] [-r]",
     "take documents into the ledger: notices, statements, flight plans", cli_ingest},
    {"decode",
     "FILE... [--field NAME] [--window FROM/UNTIL] [--spans] [--explain] [--emit] [--canonical]",
     "read notices: what, where, when, how high, for whom", cli_decode},
    {"status", "AREA... [--at T] [--as-of T] [--operator ICAO] [--level FL] [--notices FILE]",
     "is it closed, who says so, and for whom", cli_status},
    {"check", "FLIGHT... [--at T] [--operator ICAO] [--notices FILE] [--batch] [--closure FILE]",
     "flight plans against the picture: clear, touched, blocked or unknown", cli_check},
    {"route", "FROM TO | FLIGHT [--avoid AREA] [--depart T] [--operator ICAO] [--notices FILE]",
     "the way round and its price", cli_route},
    {"brief", "AREA... | FILE [--at T] [--flights FILE] [--map FILE]",
     "the whole story of an area at an instant, or of a file of statements", cli_brief},
    {"map",
     "[AREA] [--at T] [--operator ICAO] [--flights FILE] [--notices FILE] [--no-routes] [--all-firs | --world] "
     "[--frame S,W,N,E] [--size WxH] [--format svg|png] [-o FILE]",
     "draw the answer as SVG or PNG (overfly-map.png when no name is given)", cli_map},
    {"timeline", "AREA [--from T] [--until T] [--as-of T] [-o FILE.svg|FILE.png] [--size W[xH]]",
     "what happened, in order of time, and when it was known; also as a picture", cli_timeline},
    {"changes", "BULLETIN BULLETIN... [--all]",
     "what became of each notice from one issue of a bulletin to the next", cli_changes},
    {"flight", "FILE... [--window FROM/UNTIL] [--set-aside]",
     "read and expand flight plans and schedules; flown tracks out of positions", cli_flight},
    {"ledger",
     "info | verify [--head HASH] | index | export [-o FILE] [--gzip] | import FILE | "
     "withdraw SHA256... | gaps | heartbeat STATE... --since T",
     "the ledger itself: is it whole, what is missing, out and in as text", cli_ledger},
    {"world", "build|show|list|at|along|who|export|import|check ...",
     "the tables of places, operators and rules", cli_world},
};
const size_t cli_verb_count = OVF_COUNTOF(cli_verbs);

static void print_help(FILE *file)
{
    fprintf(file,
            "overfly %s - which airspace is closed, who says so, whom it binds, which flights "
            "it touches,\nand the way round. Not for navigation.\n\n"
            "usage: overfly VERB ...\n\n",
            ovf_version());
    for (size_t i = 0; i < cli_verb_count; i++)
        fprintf(file, "  %-9s %s\n", cli_verbs[i].name, cli_verbs[i].summary);
    fprintf(file, "\ncommon options:\n"
                  "  --json           one JSON object a line\n"
                  "  --ledger FILE    the ledger (or OVERFLY_LEDGER)\n"
                  "  --world FILE     the world file (or OVERFLY_WORLD)\n"
                  "  --notices FILE   judge these documents alone, without a ledger\n"
                  "  --at T           the instant asked about, UTC; now by default\n"
                  "  --as-of T        answer from what was known at T\n"
                  "  --no-colour      plain text on a terminal\n"
                  "exit status: 0 clear or done, 1 touched, blocked or found, 2 usage, "
                  "3 bad input, 4 internal\n");
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0
        || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return CLI_CLEAR;
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
        printf("overfly %s\n", ovf_version());
        return CLI_CLEAR;
    }
    for (size_t i = 0; i < cli_verb_count; i++) {
        if (strcmp(argv[1], cli_verbs[i].name) == 0)
            return cli_verbs[i].run(argc - 1, argv + 1);
    }
    cli_error("no verb \"%s\"; `overfly --help` lists them", argv[1]);
    return CLI_USAGE;
}
