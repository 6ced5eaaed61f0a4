/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/version.h - the version of the library, which is that of the program. Room: base. */
#ifndef OVERFLY_VERSION_H
#define OVERFLY_VERSION_H

#include <overfly/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* "0.1.0": the number in meson.build, the one place where it stands. */
OVF_API const char *ovf_version(void);

#ifdef __cplusplus
}
#endif
#endif
