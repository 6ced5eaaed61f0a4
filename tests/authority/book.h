/* SPDX-License-Identifier: Apache-2.0 */
/* book.h - the rules as they are in the source tree, for the tests of this room. */
#ifndef OVERFLY_TESTS_BOOK_H
#define OVERFLY_TESTS_BOOK_H

#include <overfly/authority.h>

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static ovf_rulebook *book;

static int open_book(void **state)
{
    static char text[65536];
    FILE *file = fopen(OVF_RULES_FILE, "rb");
    OVF_UNUSED(state);
    assert_non_null(file);
    size_t len = fread(text, 1, sizeof(text), file);
    fclose(file);
    assert_in_range(len, 1, sizeof(text) - 1);
    ovf_error err = {0};
    if (ovf_rulebook_from_text(NULL, (ovf_str){text, len}, &book, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    return 0;
}

static int close_book(void **state)
{
    OVF_UNUSED(state);
    ovf_rulebook_free(book);
    return 0;
}

#endif
