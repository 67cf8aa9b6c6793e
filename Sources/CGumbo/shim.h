#ifndef COLOPHON_CGUMBO_SHIM_H
#define COLOPHON_CGUMBO_SHIM_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <dlfcn.h>
#include <gumbo.h>
#include <stddef.h>

/* The file from which the parser was loaded; NULL where that is not known. The library has no function that tells its
   version, but the name of its file does. */
static inline const char *colophon_gumbo_file(void) {
    Dl_info info;
    return dladdr((const void *)gumbo_parse, &info) != 0 ? info.dli_fname : NULL;
}

#endif
