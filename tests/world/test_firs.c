/* SPDX-License-Identifier: Apache-2.0 */
/* FIRs against places: which FIR holds an airport, at which level, and what real notices say.
 *
 * Expected values: the FIR that the State's AIP, part AD or ENR 2.1, gives for the airport. The real
 * notices are those of ../shared/data/notam; each names its FIR and its centre in item Q, and is
 * skipped visibly when the set is not there. argv: world, folder of notices. */
#include <overfly/world.h>

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static ovf_world *world;
static const char *notices;

/* ---- airports ---- */

static struct row {
    const char *airport;
    const char *firs; /* in the order of their codes, UIRs left out */
} rows[] = {
    {"EGLL", "EGTT"}, {"EGPH", "EGPX"}, {"EIDW", "EISN"},      {"EKCH", "EKDK"},
    {"ENGM", "ENOR"}, {"ESSA", "ESAA"}, {"EFHK", "EFIN"},      {"EETN", "EETT"},
    {"EVRA", "EVRR"}, {"EYVI", "EYVL"}, {"EPWA", "EPWW"},      {"EDDH", "EDWW"},
    {"EDDF", "EDGG"}, {"EDDM", "EDMM"}, {"EHAM", "EHAA"},      {"EBBR", "EBBU"},
    {"ELLX", "EBBU"}, {"LFPG", "LFFF"}, {"LFBD", "LFBB"},      {"LFST", "LFEE"},
    {"LFML", "LFMM"}, {"LFRB", "LFRR"}, {"LSZH", "LSAS"},      {"LOWW", "LOVV"},
    {"LIMC", "LIMM"}, {"LIRF", "LIRR"}, {"LIBD", "LIBB"},      {"LMML", "LMMM"},
    {"LEBL", "LECB"}, {"LEMD", "LECM"}, {"LKPR", "LKAA"},      {"LZIB", "LZBB"},
    {"LHBP", "LHCC"}, {"LJLJ", "LJLA"}, {"LDZA", "LDZO"},      {"LQSA", "LQSB"},
    {"LYBE", "LYBA"}, {"LYPG", "LYBA"}, {"BKPR", "LYBA"},      {"LWSK", "LWSS"},
    {"LATI", "LAAA"}, {"LBSF", "LBSR"}, {"LROP", "LRBB"},      {"LUKK", "LUUU"},
    {"LGAV", "LGGG"}, {"LCLK", "LCCC"}, {"LTAC", "LTAA"},      {"LTFM", "LTBB"},
    {"UKBB", "UKBV"}, {"UKLL", "UKLV"}, {"UKOO", "UKOV"},      {"UKDD", "UKDV"},
    {"UKFF", "UKFV"}, {"UMMS", "UMMV"}, {"UMKK", "UMKK"},      {"ULLI", "ULLL"},
    {"UUEE", "UUWV"}, {"URRP", "URRV"}, {"URSS", "URRV"},      {"UWWW", "UWWW"},
    {"USSS", "USSV"}, {"USTR", "USTV"}, {"UNNT", "UNNT"},      {"UNKL", "UNKL"},
    {"UIII", "UIII"}, {"UHHH", "UHHH"}, {"UEEE", "UEEE"},      {"UHMM", "UHMM"},
    {"UGTB", "UGGG"}, {"UDYZ", "UDDD"}, {"UBBB", "UBBA"},      {"UAAA", "UAAA"},
    {"UACC", "UACN"}, {"UAII", "UAII"}, {"UATT", "UATT"},      {"UTAA", "UTAA"},
    {"UTDD", "UTDD"}, {"UTTT", "UZTR"}, {"UTSS", "UZSD"},      {"UCFM", "UCFM"},
    {"UCFO", "UCFO"}, {"OIIE", "OIIX"}, {"ORBI", "ORBB"},      {"OJAI", "OJAC"},
    {"LLBG", "LLLL"}, {"OLBA", "OLBB"}, {"OSDI", "OSTT"},      {"OKKK", "OKAC"},
    {"OBBI", "OBBB"}, {"OTHH", "OTDF"}, {"OMDB", "OMAE"},      {"OOMS", "OOMM"},
    {"OERK", "OEJD"}, {"OYSN", "OYSC"}, {"HECA", "HECC"},      {"OAKB", "OAKX"},
    {"OPKC", "OPKR"}, {"OPLA", "OPLR"}, {"VIDP", "VIDF"},      {"VABB", "VABF"},
    {"VECC", "VECF"}, {"VOMM", "VOMF"}, {"VCBI", "VCCF"},      {"VRMM", "VRMF"},
    {"VGHS", "VGFR"}, {"VNKT", "VNSM"}, {"VYYY", "VYYF"},      {"VTBS", "VTBB"},
    {"VLVT", "VLVT"}, {"VDPP", "VDPF"}, {"VVNB", "VVHN"},      {"VVTS", "VVHM"},
    {"WSSS", "WSJC"}, {"WMKK", "WMFC"}, {"WBKK", "WBFC"},      {"WBSB", "WBFC"},
    {"WIII", "WIIF"}, {"WADD", "WAAF"}, {"RPLL", "RPHI"},      {"VHHH", "VHHK"},
    {"RCTP", "RCAA"}, {"ZBAA", "ZBPE"}, {"ZGGG", "ZGZU"},      {"ZHHH", "ZHWH"},
    {"ZJSY", "ZJSA"}, {"ZLXY", "ZLHW"}, {"ZPPP", "ZPKM"},      {"ZSPD", "ZSHA"},
    {"ZWWW", "ZWUQ"}, {"ZYTX", "ZYSH"}, {"RKSI", "RKRR"},      {"ZKPY", "ZKKP"},
    {"RJTT", "RJJJ"}, {"RJCC", "RJJJ"}, {"ROAH", "RJJJ"},      {"YBBN", "YBBB"},
    {"YMML", "YMMM"}, {"YPPH", "YMMM"}, {"YPDN", "YBBB"},      {"NZAA", "NZZC"},
    {"NFFN", "NFFF"}, {"NWWW", "NFFF"}, {"AYPY", "AYPM"},      {"AGGH", "AGGG"},
    {"ANYN", "ANAU"}, {"NTAA", "NTTT"}, {"PHNL", "KZAK PHZH"}, {"PGUM", "KZAK PGZU"},
    {"NSFA", "NZZO"}, {"DAAG", "DAAA"}, {"DTTA", "DTTC"},      {"HLLM", "HLLL"},
    {"GMMN", "GMMM"}, {"GCTS", "GCCC"}, {"GVAC", "GVSC"},      {"GOBD", "GOOO"},
    {"DIAP", "GOOO"}, {"GUCY", "GLRB"}, {"GLRB", "GLRB"},      {"DRRN", "DRRR"},
    {"DFFD", "DRRR"}, {"FTTJ", "FTTT"}, {"FCBB", "FCCC"},      {"FKKD", "FCCC"},
    {"DGAA", "DGAC"}, {"DNMM", "DNKK"}, {"FMMI", "FMMM"},      {"FZAA", "FZZA"},
    {"FNLU", "FNAN"}, {"HSSK", "HSSS"}, {"HAAB", "HAAA"},      {"HHAS", "HHAA"},
    {"HCMM", "HCSM"}, {"HKJK", "HKNA"}, {"HUEN", "HUEC"},      {"HTDA", "HTDC"},
    {"FLKK", "FLFI"}, {"FWKI", "FWLL"}, {"FVRG", "FVHF"},      {"FBSK", "FBGR"},
    {"FYWH", "FYWF"}, {"FQMA", "FQBE"}, {"FAOR", "FAJA"},      {"FACT", "FACA"},
    {"FIMP", "FIMM"}, {"FSIA", "FSSS"}, {"KJFK", "KZNY"},      {"KATL", "KZTL"},
    {"KORD", "KZAU"}, {"KLAX", "KZLA"}, {"KDEN", "KZDV"},      {"KSEA", "KZSE"},
    {"KBOS", "KZBW"}, {"KIAH", "KZHU"}, {"KDFW", "KZFW"},      {"KMIA", "KZMA"},
    {"CYVR", "CZVR"}, {"CYEG", "CZEG"}, {"CYWG", "CZWG"},      {"CYYZ", "CZYZ"},
    {"CYUL", "CZUL"}, {"CYHZ", "CZQM"}, {"CYQX", "CZQX"},      {"MMMX", "MMFR"},
    {"BGSF", "BGGL"}, {"BIKF", "BIRD"}, {"EKVG", "BIRD"},      {"SBBR", "SBBS"},
    {"SBCT", "SBCW"}, {"SBRF", "SBRE"}, {"SEGU", "SEFG"},      {"SPJC", "SPIM"},
    {"SLLP", "SLLF"}, {"SGAS", "SGFA"}, {"SUMU", "SUEO"},      {"SAEZ", "SAEF"},
    {"SACO", "SACF"}, {"SAME", "SAMF"}, {"SARE", "SARR"},      {"SAVC", "SAVF"},
    {"SCFA", "SCFZ"}, {"SCEL", "SCEZ"}, {"SCTE", "SCTZ"},      {"SCCI", "SCCZ"},
    {"SCIP", "SCIZ"}, {"PANC", "PAZA"}, {"PADK", "PAZA"},
};

static void list_firs(ovf_point p, int32_t level_ft, bool with_uirs, char *out, size_t size)
{
    uint32_t firs[16];
    size_t count = ovf_world_firs_at(world, p, firs, OVF_COUNTOF(firs));
    size_t len = 0;
    out[0] = 0;
    for (size_t i = 0; i < count && i < OVF_COUNTOF(firs); i++) {
        const ovf_fir *fir = ovf_world_fir(world, firs[i]);
        if (!with_uirs && ovf_str_eq(fir->kind, OVF_STR("uir")))
            continue;
        if (ovf_band_holds(ovf_band_of(fir->lower, fir->upper), level_ft) == OVF_TRI_NO)
            continue;
        len += (size_t)snprintf(out + len, size - len, "%s" OVF_FMT, len > 0 ? " " : "",
                                OVF_ARG(fir->code));
    }
}

static void holds_the_airport(void **state)
{
    const struct row *row = *state;
    uint32_t index = ovf_world_find_airport(world, ovf_str_of(row->airport));
    assert_int_not_equal(index, OVF_INDEX_NONE);
    char found[100];
    list_firs(ovf_world_airport(world, index)->place, 2000, false, found, sizeof found);
    assert_string_equal(found, row->firs);
}

/* ---- levels ---- */

static struct level_row {
    const char *name;
    ovf_point place;
    int32_t level_ft;
    const char *firs;
} level_rows[] = {
    {"Frankfurt, low", {50.03, 8.56}, 10000, "EDGG"},
    {"Frankfurt, high", {50.03, 8.56}, 35000, "EDUU"},
    {"Hannover, high", {52.46, 9.68}, 35000, "EDVV"},
    {"Brussels, low", {50.9, 4.48}, 10000, "EBBU"},
    {"Brussels, high", {50.9, 4.48}, 35000, "EBUR"},
    {"Kyiv, low", {50.34, 30.89}, 10000, "UKBV"},
    {"Kyiv, high", {50.34, 30.89}, 35000, "UKBU"},
    {"Juba, high: Khartoum's", {4.87, 31.6}, 35000, "HSSS"},
    {"Kigali, high: Dar es Salaam's", {-1.97, 30.14}, 35000, "HTDC"},
    {"Maiquetia, high", {10.6, -67.0}, 35000, "SVZM"},
    {"Barents Sea, nobody's", {75.0, 33.0}, 35000, ""},
    {"eastern Pacific, nobody's", {5.0, -110.0}, 35000, ""},
};

static void holds_the_level(void **state)
{
    const struct level_row *row = *state;
    char found[100];
    list_firs(row->place, row->level_ft, true, found, sizeof found);
    assert_string_equal(found, row->firs);
}

/* ---- real notices ---- */

/* ICAO Doc 8126: degrees and minutes of the centre, radius in NM, at the end of item Q. */
static bool read_centre(const char *q, ovf_point *out, int *radius_nm)
{
    int slashes = 0;
    const char *end = q;
    for (; *end != 0 && slashes < 7; end++)
        slashes += *end == '/';
    int lat_deg, lat_min, lon_deg, lon_min;
    char ns, ew;
    if (sscanf(end, "%2d%2d%c%3d%2d%c%3d", &lat_deg, &lat_min, &ns, &lon_deg, &lon_min, &ew,
               radius_nm)
        != 7)
        return false;
    *out = (ovf_point){(lat_deg + lat_min / 60.0) * (ns == 'S' ? -1 : 1),
                       (lon_deg + lon_min / 60.0) * (ew == 'W' ? -1 : 1)};
    return true;
}

/* 1: in its FIR; 0: not; -1: nothing to compare (no such FIR, a group such as ZXXX, no centre). */
static int judge(const char *raw)
{
    const char *q = strstr(raw, "Q)");
    if (q == NULL)
        return -1;
    q += 2 + strspn(q + 2, " ");
    ovf_point centre;
    int radius_nm = 0;
    uint32_t fir = ovf_world_find_fir(world, ovf_str_sub(ovf_str_of(q), 0, 4));
    if (fir == OVF_INDEX_NONE || !read_centre(q, &centre, &radius_nm) || radius_nm > 200
        || (centre.lat_deg == 0 && centre.lon_deg == 0))
        return -1;
    if (ovf_area_contains(ovf_world_fir_area(world, ovf_world_fir(world, fir)), centre)
        != OVF_TRI_NO)
        return 1;
    print_message("not in " OVF_FMT ": %.2f,%.2f radius %d NM\n",
                  OVF_ARG(ovf_world_fir(world, fir)->code), centre.lat_deg, centre.lon_deg,
                  radius_nm);
    return 0;
}

static void count_file(const char *name, size_t counts[2])
{
    char command[1024];
    snprintf(command, sizeof command, "gzip -dc '%s/%s'", notices, name);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    static char line[1 << 17];
    while (fgets(line, sizeof line, pipe) != NULL) {
        json_t *record = json_loads(line, 0, NULL);
        const char *raw = json_string_value(json_object_get(record, "raw"));
        int verdict = raw == NULL ? -1 : judge(raw);
        if (verdict >= 0)
            counts[verdict]++;
        json_decref(record);
    }
    pclose(pipe);
}

/* What differs is mostly one danger area of Beijing's that the open boundary set puts into Lanzhou
 * (35.9N 112.2E), and centres on a limit. */
static void real_notices_agree(void **state)
{
    (void)state;
    if (access(notices, R_OK) != 0) {
        print_message("skipped: no %s\n", notices);
        skip();
    }
    size_t counts[2] = {0};
    count_file("world_icao.jsonl.gz", counts);
    count_file("launch_icao.jsonl.gz", counts);
    print_message("%zu centres in their FIR, %zu not\n", counts[1], counts[0]);
    assert_true(counts[1] > 2500);
    assert_true(counts[0] * 100 < (counts[0] + counts[1]) * 3);
}

int main(int argc, char **argv)
{
    ovf_error err = {0};
    if (argc < 3 || ovf_world_open(argv[1], &world, &err) != OVF_OK) {
        fprintf(stderr, "no world: %s\n", err.reason);
        return 1;
    }
    notices = argv[2];
    static struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(level_rows) + 1];
    size_t count = 0;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[count++] =
            (struct CMUnitTest){rows[i].airport, holds_the_airport, NULL, NULL, &rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(level_rows); i++)
        tests[count++] =
            (struct CMUnitTest){level_rows[i].name, holds_the_level, NULL, NULL, &level_rows[i]};
    tests[count++] = (struct CMUnitTest){"real notices", real_notices_agree, NULL, NULL, NULL};
    int failed = _cmocka_run_group_tests("firs", tests, count, NULL, NULL);
    ovf_world_free(world);
    return failed;
}
