/* SPDX-License-Identifier: Apache-2.0 */
/* Registrations and 24-bit addresses out of any bytes. Held: an address is read from six hexadecimal
 * digits and nothing else; what a rule gives one way it gives the other; buffers end in NUL. */
#include <overfly/identity.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool it_holds)
{
    if (!it_holds)
        abort();
}

static void check_address(uint32_t address)
{
    char painted[OVF_REGISTRATION_SIZE];
    char small[4];
    size_t len = ovf_address_registration(address, painted, sizeof painted);
    hold(len < sizeof painted && strlen(painted) == len);
    hold(ovf_address_registration(address, small, sizeof small) == len);
    hold(strlen(small) == (len < sizeof small ? len : sizeof small - 1));
    hold(len == 0 || ovf_registration_address(ovf_str_of(painted)) == address);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ovf_str text = {(const char *)data, size};
    uint32_t address = 7;
    if (ovf_address_parse(text, &address))
        hold(size == 6 && address <= OVF_ADDRESS_MAX);
    else
        hold(address == 7);
    check_address(address);
    uint32_t by_rule = ovf_registration_address(text);
    hold(by_rule == OVF_ADDRESS_NONE || by_rule <= OVF_ADDRESS_MAX);
    if (by_rule == OVF_ADDRESS_NONE)
        return 0;
    check_address(by_rule);
    char painted[OVF_REGISTRATION_SIZE];
    hold(ovf_address_registration(by_rule, painted, sizeof painted) > 0);
    return 0;
}
