/* SPDX-License-Identifier: Apache-2.0 */
/* news_engine.h - the extraction under test, its answer as the statements that are scored. */
#ifndef OVF_TEST_NEWS_ENGINE_H
#define OVF_TEST_NEWS_ENGINE_H

#include "news_table.h"

#include <overfly/world.h>

typedef struct ovf_news news_engine;

/* The statements' names live as long as it does. NULL when it cannot be made (told on stderr). */
news_engine *news_engine_new(const ovf_world *world);
void news_engine_free(news_engine *engine); /* NULL is fine */
/* Reads one document. false: the extraction failed. */
bool news_engine_read(const news_engine *engine, const news_document *document, ovf_arena *arena,
                      news_statement **out, size_t *count);

#endif
