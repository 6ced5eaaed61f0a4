/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 against the vectors published with FIPS 180-4 (NIST, "Examples with Intermediate Values"
 * and the secure hashing example page), and lengths around the padding limit against coreutils'
 * sha256sum 9.1 of that many letters 'a'. */
#include <overfly/ledger.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct row {
    const char *name;
    const char *text;
    size_t repeats; /* of the text */
    const char *sha256;
} rows[] = {
    {"empty", "", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"one block: abc", "abc", 1,
     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"two blocks: 448 bits", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"two blocks: 896 bits",
     "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
     "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
     1, "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    {"a million times a", "a", 1000000,
     "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    {"55 bytes: the last that fit one block", "a", 55,
     "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
    {"56 bytes: the length takes a block of its own", "a", 56,
     "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
    {"63 bytes", "a", 63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
    {"64 bytes: a full block", "a", 64,
     "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
    {"119 bytes", "a", 119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"},
    {"120 bytes", "a", 120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"},
};

static void hashes(void **state)
{
    const struct row *row = *state;
    size_t len = strlen(row->text);
    char *bytes = malloc(len * row->repeats + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < row->repeats; i++)
        memcpy(bytes + i * len, row->text, len);
    char out[OVF_SHA256_HEX + 1];
    ovf_sha256_hex((ovf_str){bytes, len * row->repeats}, out);
    free(bytes);
    assert_string_equal(out, row->sha256);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, hashes, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("sha256", tests, OVF_COUNTOF(tests), NULL, NULL);
}
