/* SPDX-License-Identifier: Apache-2.0 */
#include "structured_internal.h"
void ovf_read_openair(ovf_structured *s, size_t start){OVF_UNUSED(s);OVF_UNUSED(start);}
