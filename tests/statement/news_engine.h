/* SPDX-License-Identifier: Apache-2.0 */
/* news_engine.h - the extraction under test, its answer as the statements that are scored. */
#ifndef OVF_TEST_NEWS_ENGINE_H
#define OVF_TEST_NEWS_ENGINE_H

#include "news_table.h"

#include <overfly/world.h>

/* Is the extraction built in? */
bool news_engine_is_there(void);
/* Reads one document. false: the extraction failed (told on stderr). */
bool news_engine_read(const ovf_world *world, const news_document *document, ovf_arena *arena,
                      news_statement **out, size_t *count);

#endif
