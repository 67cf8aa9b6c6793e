#ifndef C_NAME_MODEL_H
#define C_NAME_MODEL_H

#include <stddef.h>

/// The bytes of `names.model`, which are part of the program. They begin at a multiple of 64 and are never written to.
const unsigned char *_Nonnull name_model_bytes(void);

/// How many bytes these are.
size_t name_model_length(void);

/// Asks the processor for the line of its cache that holds `place`, without waiting for it.
static inline void name_model_prefetch(const void *_Nonnull place) { __builtin_prefetch(place); }

#endif
