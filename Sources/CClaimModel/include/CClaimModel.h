#ifndef C_CLAIM_MODEL_H
#define C_CLAIM_MODEL_H

#include <stddef.h>

/// The bytes of `claims.model`, which are part of the program. They begin at a multiple of 64 and are never written to.
const unsigned char *_Nonnull claim_model_bytes(void);

/// How many bytes these are.
size_t claim_model_length(void);

#endif
