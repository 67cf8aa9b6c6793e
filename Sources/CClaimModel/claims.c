#include "CClaimModel.h"

#if !defined(__has_embed)
#error "Colophon needs a C compiler that knows #embed: the clang of Swift 6.2 or newer"
#endif
#pragma clang diagnostic ignored "-Wc23-extensions"

// The linker lays the file into the program as constant data; the system reads a page of it when it is first looked at.
_Alignas(64) static const unsigned char model[] = {
#embed "claims.model"
};

const unsigned char *claim_model_bytes(void) { return model; }

size_t claim_model_length(void) { return sizeof model; }
