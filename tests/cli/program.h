/* SPDX-License-Identifier: Apache-2.0 */
/* Running the program from a test: what it prints, what it complains of, how it ends. */
#ifndef OVERFLY_TEST_PROGRAM_H
#define OVERFLY_TEST_PROGRAM_H

#include <overfly/base.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct outcome {
    int status;  /* exit status */
    ovf_str out; /* standard output; valid until the next run */
    ovf_str err;
} outcome;

static inline ovf_str read_back(FILE *file, char **room)
{
    long size = 0;
    fflush(file);
    if (fseek(file, 0, SEEK_END) == 0)
        size = ftell(file);
    rewind(file);
    free(*room);
    *room = calloc(1, (size_t)size + 1);
    assert_non_null(*room);
    size_t len = fread(*room, 1, (size_t)size, file);
    fclose(file);
    return (ovf_str){*room, len};
}

/* args[0] is the program, the last is NULL; `input` becomes its standard input. */
static inline outcome run_program(const char *const *args, ovf_str input)
{
    static char *rooms[2];
    FILE *in = tmpfile();
    FILE *out = tmpfile();
    FILE *err = tmpfile();
    assert_true(in != NULL && out != NULL && err != NULL);
    if (input.len > 0)
        assert_int_equal(fwrite(input.ptr, 1, input.len, in), input.len);
    rewind(in);
    pid_t child = fork();
    if (child == 0) {
        dup2(fileno(in), STDIN_FILENO);
        dup2(fileno(out), STDOUT_FILENO);
        dup2(fileno(err), STDERR_FILENO);
        execv(args[0], (char *const *)args);
        _exit(127);
    }
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result)); // and was not killed by a signal
    fclose(in);
    return (outcome){
        .status = WEXITSTATUS(result),
        .out = read_back(out, &rooms[0]),
        .err = read_back(err, &rooms[1]),
    };
}

#endif
