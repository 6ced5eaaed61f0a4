/* SPDX-License-Identifier: Apache-2.0 */
/* Stands in until references are merged. */
#include "news_internal.h"

__attribute__((weak)) bool ovf_news_resolve(news_doc *doc)
{
    OVF_UNUSED(doc);
    return true;
}
