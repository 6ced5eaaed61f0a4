/* SPDX-License-Identifier: Apache-2.0 */
#include "structured_internal.h"
