/* SPDX-License-Identifier: Apache-2.0 */
/* Stands in until the lexicon is merged: knows no name. */
#include "news_internal.h"

#define WEAK __attribute__((weak))
struct news_names {
    int none;
};
static struct news_names nothing;

WEAK struct news_names *ovf_news_names_new(const ovf_world *world)
{
    OVF_UNUSED(world);
    return &nothing;
}
WEAK void ovf_news_names_free(struct news_names *names)
{
    OVF_UNUSED(names);
}
WEAK bool ovf_news_mentions(news_doc *doc)
{
    OVF_UNUSED(doc);
    return true;
}
WEAK bool ovf_news_times(news_doc *doc)
{
    OVF_UNUSED(doc);
    return true;
}
WEAK bool ovf_news_counts(news_doc *doc)
{
    OVF_UNUSED(doc);
    return true;
}
WEAK bool ovf_news_instruments(news_doc *doc)
{
    OVF_UNUSED(doc);
    return true;
}
WEAK bool ovf_news_resolve(news_doc *doc)
{
    OVF_UNUSED(doc);
    return true;
}
