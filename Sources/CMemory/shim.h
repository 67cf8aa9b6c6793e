#ifndef COLOPHON_CMEMORY_SHIM_H
#define COLOPHON_CMEMORY_SHIM_H

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Gives memory that was freed back to the system: glibc keeps most of it otherwise, for each thread apart. */
static inline void colophon_return_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

#endif
