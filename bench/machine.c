/* SPDX-License-Identifier: Apache-2.0 */
/* What this machine can do at best: printed with every table, since ratios travel and nanoseconds
 * do not. */
#include "firs.h"

#include <geodesic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static uint64_t sink; /* so that no loop is optimised away */

static void memory_speed(size_t bytes)
{
    uint64_t *a = malloc(bytes);
    uint64_t *b = malloc(bytes);
    if (a == NULL || b == NULL) {
        free(a);
        free(b);
        return;
    }
    memset(a, 1, bytes);
    memset(b, 2, bytes);
    double at = bench_now_ns();
    memcpy(b, a, bytes);
    double copied_ns = bench_now_ns() - at;
    uint64_t sum = 0;
    at = bench_now_ns();
    for (size_t i = 0; i < bytes / sizeof *a; i++)
        sum += b[i];
    double summed_ns = bench_now_ns() - at;
    size_t some = bytes < 200000000 ? bytes : 200000000;
    at = bench_now_ns();
    sink += sum + (memchr(a, 7, some) != NULL);
    double sought_ns = bench_now_ns() - at;
    printf("  memcpy %.1f GB/s, sum %.1f GB/s, memchr %.1f GB/s\n", (double)bytes / copied_ns,
           (double)bytes / summed_ns, (double)some / sought_ns);
    free(a);
    free(b);
}

/* Independent loads, then a chain through all of the table. */
static void random_loads(size_t bytes, size_t loads)
{
    size_t count = bytes / sizeof(uint32_t);
    uint32_t *table = malloc(bytes);
    if (table == NULL)
        return;
    uint64_t state = 7;
    for (size_t i = 0; i < count; i++)
        table[i] = (uint32_t)i;
    for (size_t i = count - 1; i > 0; i--) { // one cycle through all (Sattolo)
        size_t k = bench_next(&state) % i;
        uint32_t swap = table[i];
        table[i] = table[k];
        table[k] = swap;
    }
    uint32_t x = 12345;
    uint64_t sum = 0;
    double at = bench_now_ns();
    for (size_t i = 0; i < loads; i++) {
        x = x * 1664525u + 1013904223u;
        sum += table[(uint64_t)x * count >> 32];
    }
    double free_ns = bench_now_ns() - at;
    uint32_t next = 0;
    at = bench_now_ns();
    for (size_t i = 0; i < loads / 8; i++)
        next = table[next];
    double chained_ns = bench_now_ns() - at;
    sink += sum + next;
    printf("  loads from %6zu KiB: %4.0f M/s independent, %5.1f ns in a chain\n", bytes / 1024,
           (double)loads / free_ns * 1e3, chained_ns / ((double)loads / 8));
    free(table);
}

static void geodesics(int count)
{
    struct geod_geodesic g;
    geod_init(&g, 6378137.0, 1 / 298.257223563);
    uint64_t state = 3;
    double sum = 0;
    double at = bench_now_ns();
    for (int i = 0; i < count; i++) {
        double length_m = 0;
        geod_inverse(&g, 160 * bench_u01(&state) - 80, 0, 160 * bench_u01(&state) - 80,
                     170 * bench_u01(&state), &length_m, NULL, NULL);
        sum += length_m;
    }
    double inverse_ns = (bench_now_ns() - at) / count;
    at = bench_now_ns();
    for (int i = 0; i < count; i++) {
        double lat = 0;
        geod_direct(&g, 160 * bench_u01(&state) - 80, 0, 360 * bench_u01(&state),
                    1e7 * bench_u01(&state), &lat, NULL, NULL);
        sum += lat;
    }
    sink += (uint64_t)sum;
    printf("  geod_inverse %.0f ns, geod_direct %.0f ns\n", inverse_ns,
           (bench_now_ns() - at) / count);
}

static void round_trip(int count)
{
    int ends[2];
    char bytes[100] = {0};
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return;
    double at = bench_now_ns();
    for (int i = 0; i < count; i++)
        if (write(ends[0], bytes, sizeof bytes) != (ssize_t)sizeof bytes
            || read(ends[1], bytes, sizeof bytes) != (ssize_t)sizeof bytes
            || write(ends[1], bytes, sizeof bytes) != (ssize_t)sizeof bytes
            || read(ends[0], bytes, sizeof bytes) != (ssize_t)sizeof bytes)
            break;
    printf("  100 bytes there and back through a socket, one thread: %.1f us\n",
           (bench_now_ns() - at) / count / 1e3);
    close(ends[0]);
    close(ends[1]);
}

static void processor_name(void)
{
    FILE *file = fopen("/proc/cpuinfo", "r");
    char line[256];
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, "model name", 10) == 0) {
            printf("  processor%s", strchr(line, ':'));
            break;
        }
    if (file != NULL)
        fclose(file);
}

void bench_machine(bool short_run)
{
    printf("machine limits%s:\n", short_run ? " (short)" : "");
    processor_name();
#ifdef OVF_BENCH_FLAGS
    printf("  compiler %s, %s\n", __VERSION__, OVF_BENCH_FLAGS);
#endif
    memory_speed(short_run ? (size_t)1 << 24 : (size_t)1 << 30);
    static const size_t sizes[] = {256 << 10, 4 << 20, 64 << 20};
    for (size_t i = 0; i < OVF_COUNTOF(sizes); i++)
        random_loads(short_run ? sizes[i] / 16 : sizes[i], short_run ? 1000000 : 50000000);
    geodesics(short_run ? 2000 : 200000);
    round_trip(short_run ? 500 : 20000);
    if (sink == 1)
        printf("\n");
}
