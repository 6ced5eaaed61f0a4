/* SPDX-License-Identifier: Apache-2.0 */
/* overfly VERB ...: one file a verb; this one only finds it. */
#include <overfly/version.h>

#include <stdio.h>

int main(void)
{
    printf("overfly %s\n", ovf_version());
    return 0;
}
