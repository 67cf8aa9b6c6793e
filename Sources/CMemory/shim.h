#ifndef COLOPHON_CMEMORY_SHIM_H
#define COLOPHON_CMEMORY_SHIM_H

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>

/* There in a program that is linked with jemalloc. */
extern int mallctl(const char *name, void *old, size_t *old_size, void *new_value, size_t new_size)
    __attribute__((weak));
#endif

/* Gives memory that was freed back to the system: most of it is kept otherwise, for each thread apart. */
static inline void colophon_return_memory(void) {
#ifdef __GLIBC__
    /* 4096 stands for all arenas: MALLCTL_ARENAS_ALL */
    if (mallctl) mallctl("arena.4096.purge", NULL, NULL, NULL, 0); else malloc_trim(0);
#endif
}

#endif
