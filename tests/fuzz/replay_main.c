/* SPDX-License-Identifier: Apache-2.0 */
/* Gives every file of the folders named to a fuzz target, once: the ordinary test run replays what
 * fuzzing found, without libFuzzer. Also works as a plain driver for one file. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return 1;
    }
    uint8_t *data = NULL;
    size_t size = 0;
    size_t capacity = 0;
    size_t got = 0;
    do {
        capacity = capacity == 0 ? 4096 : capacity * 2;
        uint8_t *grown = realloc(data, capacity);
        if (grown == NULL) {
            free(data);
            fclose(file);
            return 1;
        }
        data = grown;
        got = fread(data + size, 1, capacity - size, file);
        size += got;
    } while (size == capacity);
    fclose(file);
    // A block of just the size, so that reading one byte too far is seen by a sanitizer.
    uint8_t *exact = malloc(size == 0 ? 1 : size);
    if (exact != NULL) {
        memcpy(exact, data, size);
        LLVMFuzzerTestOneInput(exact, size);
        free(exact);
    }
    free(data);
    return exact == NULL;
}

static int replay_folder(const char *folder, size_t *count)
{
    int failed = 0;
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        perror(folder);
        return 1;
    }
    for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        char path[4096];
        struct stat info;
        int len = snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        if (len < 0 || (size_t)len >= sizeof(path) || stat(path, &info) != 0
            || !S_ISREG(info.st_mode))
            continue;
        failed |= replay_file(path);
        (*count)++;
    }
    closedir(dir);
    return failed;
}

int main(int argc, char **argv)
{
    size_t count = 0;
    int failed = 0;
    for (int i = 1; i < argc; i++) {
        struct stat info;
        if (stat(argv[i], &info) == 0 && S_ISREG(info.st_mode)) {
            failed |= replay_file(argv[i]);
            count++;
        } else {
            failed |= replay_folder(argv[i], &count);
        }
    }
    printf("%zu inputs\n", count);
    return failed != 0 || count == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
