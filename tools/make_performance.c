/* SPDX-License-Identifier: Apache-2.0 */
/* make-performance TABLE OUT: data/performance/types.txt as C rows for the library to carry, with
 * the mean gradient and true airspeed of each part of climb and descent worked out. Rows come out
 * sorted by designator, and the tool refuses a row that cannot be. Runs on the machine that
 * builds. */
#include <overfly/atmosphere.h>
#include <overfly/performance.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 19, LINE_MAX_BYTES = 400, ROWS_MAX = 2000 };

#define SLICE_FT 500.0
#define SPEED_LIMIT_KT 250.0 /* below FL100: ICAO Annex 11, App. 4, classes C to G */
#define KT_MPS (1852.0 / 3600.0)
#define NM_M 1852.0

static struct {
    ovf_performance row;
    char name[60];
} rows[ROWS_MAX];

/* "-" is 0. False when it is no number of at most five digits. */
static bool read_number(const char *text, int *out)
{
    *out = 0;
    if (strcmp(text, "-") == 0)
        return true;
    size_t length = strlen(text);
    if (length == 0 || length > 5 || strspn(text, "0123456789") != length)
        return false;
    for (size_t i = 0; i < length; i++)
        *out = *out * 10 + (text[i] - '0');
    return true;
}

static bool cut(char *line, char *columns[COLUMNS])
{
    line[strcspn(line, "\r\n")] = '\0';
    for (size_t i = 0; i < COLUMNS; i++) {
        columns[i] = line;
        char *tab = strchr(line, '\t');
        if ((tab == NULL) != (i + 1 == COLUMNS))
            return false;
        if (tab != NULL) {
            *tab = '\0';
            line = tab + 1;
        }
    }
    return true;
}

/* The mean true airspeed between two levels, each foot of height weighing the same. */
static double mean_mps(double ias_kt, double mach, double from_ft, double until_ft)
{
    double sum_kt = 0;
    int slices = 0;
    for (double at_ft = from_ft + SLICE_FT / 2; at_ft < until_ft || slices == 0;
         at_ft += SLICE_FT, slices++)
        sum_kt += ovf_tas_of_schedule_kt(ias_kt, mach, at_ft);
    return sum_kt / slices * KT_MPS;
}

static void work_out(ovf_performance *p)
{
    static const double limits_ft[4] = {0, OVF_PERFORMANCE_LOW_FT, OVF_PERFORMANCE_MIDDLE_FT, 0};
    for (int i = 0; i < 3; i++) {
        double from_ft = limits_ft[i];
        double top_ft = p->usual_to_ft > from_ft ? p->usual_to_ft : from_ft;
        double until_ft = i == 2 || limits_ft[i + 1] > top_ft ? top_ft : limits_ft[i + 1];
        bool is_limited = i == 0 && p->climb_ias_kt > SPEED_LIMIT_KT;
        double mps = mean_mps(is_limited ? SPEED_LIMIT_KT : p->climb_ias_kt, p->climb_mach, from_ft,
                              until_ft);
        // A part that is not reached has no rate: as the one below.
        if (p->climb_ft_per_min[i] == 0)
            p->climb_ft_per_min[i] = p->climb_ft_per_min[i - 1];
        p->climb[i] = (ovf_performance_part){p->climb_ft_per_min[i] / 60.0 / mps, mps};
    }
    double high_ft = p->usual_to_ft > OVF_PERFORMANCE_LOW_FT ? p->usual_to_ft
                                                              : OVF_PERFORMANCE_LOW_FT;
    bool is_limited = p->descent_ias_kt > SPEED_LIMIT_KT;
    p->descent[0] = (ovf_performance_part){
        p->descent_ft_per_nm[0] / NM_M,
        mean_mps(p->descent_ias_kt, p->descent_mach, OVF_PERFORMANCE_LOW_FT, high_ft)};
    p->descent[1] = (ovf_performance_part){
        p->descent_ft_per_nm[1] / NM_M,
        // The last of it is flown at less: three quarters of the speed on the whole.
        0.75 * mean_mps(is_limited ? SPEED_LIMIT_KT : p->descent_ias_kt, 0, 0,
                        OVF_PERFORMANCE_LOW_FT)};
}

static const char *fault_of(const ovf_performance *p)
{
    if (strchr("LMHJ", p->wake) == NULL || strchr("LH", p->craft) == NULL
        || strchr("JTP", p->engine) == NULL || p->engines < 1 || p->engines > 8)
        return "description or wake category";
    if (p->climb_ias_kt < 40 || p->climb_ias_kt > 400 || p->descent_ias_kt < 40
        || p->descent_ias_kt > 400 || p->climb_mach > 0.95 || p->descent_mach > 0.95)
        return "speed of climb or descent";
    if (p->climb_ft_per_min[0] < 200 || p->climb_ft_per_min[0] > 9000
        || p->climb_ft_per_min[1] > p->climb_ft_per_min[0]
        || p->climb_ft_per_min[2] > p->climb_ft_per_min[1])
        return "rates of climb, which do not grow with the level";
    if (p->cruise_kt < 60 || p->cruise_kt > 600 || p->cruise_mach > 0.95)
        return "cruising speed";
    if (p->usual_from_ft > p->usual_to_ft || p->usual_to_ft > p->ceiling_ft
        || p->ceiling_ft > 60000 || p->usual_to_ft <= 0)
        return "levels";
    if (p->descent_ft_per_nm[0] < 150 || p->descent_ft_per_nm[0] > 500
        || p->descent_ft_per_nm[1] < 150 || p->descent_ft_per_nm[1] > 500)
        return "gradient of descent";
    return NULL;
}

static const char *read_row(char *line, size_t at)
{
    char *c[COLUMNS];
    int n[COLUMNS] = {0};
    if (!cut(line, c))
        return "expected 19 columns";
    if (strlen(c[0]) < 2 || strlen(c[0]) > 4 || strlen(c[1]) != 3 || strlen(c[2]) != 1
        || strlen(c[17]) != 1 || strlen(c[18]) >= sizeof(rows[at].name) || strpbrk(c[18], "\"\\"))
        return "expected designator, description such as L2J, wake, source, name";
    for (size_t i = 3; i < 17; i++) {
        if (!read_number(c[i], &n[i]))
            return "expected a number or -";
    }
    ovf_performance *p = &rows[at].row;
    *p = (ovf_performance){
        .wake = c[2][0],
        .craft = c[1][0],
        .engine = c[1][2],
        .engines = c[1][1] - '0',
        .climb_ias_kt = n[3],
        .descent_ias_kt = n[13],
        .climb_mach = n[4] / 100.0,
        .descent_mach = n[14] / 100.0,
        .climb_ft_per_min = {n[5], n[6], n[7]},
        .cruise_mach = n[8] / 100.0,
        .cruise_kt = n[9],
        .usual_from_ft = n[10] * 100,
        .usual_to_ft = n[11] * 100,
        .ceiling_ft = n[12] * 100,
        .descent_ft_per_nm = {n[15], n[16]},
        .source = c[17][0],
    };
    memcpy(p->designator, c[0], strlen(c[0]) + 1);
    memcpy(rows[at].name, c[18], strlen(c[18]) + 1);
    const char *fault = fault_of(p);
    if (fault == NULL)
        work_out(p);
    return fault;
}

static int by_designator(const void *a, const void *b)
{
    // The row comes first in each element.
    return strcmp(((const ovf_performance *)a)->designator,
                  ((const ovf_performance *)b)->designator);
}

static void put_row(FILE *out, const ovf_performance *p, const char *name)
{
    fprintf(out, "{\"%s\", '%c', '%c', '%c', %d, %d, %d, %.2f, %.2f, {%d, %d, %d}, %.2f, %d,\n",
            p->designator, p->wake, p->craft, p->engine, p->engines, p->climb_ias_kt,
            p->descent_ias_kt, p->climb_mach, p->descent_mach, p->climb_ft_per_min[0],
            p->climb_ft_per_min[1], p->climb_ft_per_min[2], p->cruise_mach, p->cruise_kt);
    fprintf(out, " %d, %d, %d, {%d, %d}, {", p->usual_from_ft, p->usual_to_ft, p->ceiling_ft,
            p->descent_ft_per_nm[0], p->descent_ft_per_nm[1]);
    for (int i = 0; i < 3; i++)
        fprintf(out, "{%.7f, %.3f}%s", p->climb[i].ft_per_m, p->climb[i].speed_mps,
                i < 2 ? ", " : "}, {");
    for (int i = 0; i < 2; i++)
        fprintf(out, "{%.7f, %.3f}%s", p->descent[i].ft_per_m, p->descent[i].speed_mps,
                i < 1 ? ", " : "}");
    fprintf(out, ", '%c', \"%s\"},\n", p->source, name);
}

int main(int argc, char **argv)
{
    FILE *in = argc == 3 ? fopen(argv[1], "r") : NULL;
    if (in == NULL) {
        fprintf(stderr, "usage: make-performance TABLE OUT\n");
        return 2;
    }
    char line[LINE_MAX_BYTES];
    size_t count = 0;
    for (size_t number = 1; fgets(line, sizeof(line), in) != NULL; number++) {
        if (line[0] == '#' || line[0] == '\n')
            continue;
        const char *fault = count < ROWS_MAX ? read_row(line, count) : "too many rows";
        if (fault != NULL) {
            fprintf(stderr, "make-performance: %s:%zu: %s\n", argv[1], number, fault);
            fclose(in);
            return 3;
        }
        count++;
    }
    fclose(in);
    qsort(rows, count, sizeof(rows[0]), by_designator);
    FILE *out = fopen(argv[2], "w");
    if (out == NULL)
        return 3;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && by_designator(&rows[i - 1], &rows[i]) == 0) {
            fprintf(stderr, "make-performance: %s twice\n", rows[i].row.designator);
            fclose(out);
            return 3;
        }
        put_row(out, &rows[i].row, rows[i].name);
    }
    return fclose(out) == 0 ? 0 : 3;
}
