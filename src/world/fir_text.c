/* SPDX-License-Identifier: Apache-2.0 */
/* The FIR definitions under data/fir: this world has none. */
#include "world_internal.h"

ovf_status world_build_firs(struct world_build *build, const char *dir, ovf_error *err)
{
    OVF_UNUSED(build);
    OVF_UNUSED(dir);
    OVF_UNUSED(err);
    return OVF_OK;
}
