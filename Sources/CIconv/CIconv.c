#include "CIconv.h"

#include <iconv.h>
#include <stdio.h>
#include <string.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

#ifdef __APPLE__
/* macOS has it in a library of its own */
__asm__(".linker_option \"-liconv\"");
#endif

const char *colophon_iconv_library(void) {
    static char name[64];
    if (name[0] == 0) {
        /* the same text whoever writes it first */
        char made[64];
#if defined(__GLIBC__)
        snprintf(made, sizeof made, "glibc %s", gnu_get_libc_version());
#elif defined(_LIBICONV_VERSION)
        snprintf(made, sizeof made, "libiconv %d.%d", _LIBICONV_VERSION >> 8, _LIBICONV_VERSION & 0xFF);
#else
        snprintf(made, sizeof made, "iconv");
#endif
        memcpy(name + 1, made + 1, sizeof made - 1);
        name[0] = made[0];
    }
    return name;
}

void *colophon_iconv_open(const char *encoding) {
    /* without "//TRANSLIT", which depends on the locale */
    iconv_t table = iconv_open("UTF-32LE", encoding);
    return table == (iconv_t)-1 ? NULL : (void *)table;
}

void colophon_iconv_close(void *table) { iconv_close((iconv_t)table); }

size_t colophon_iconv_read(void *table, const uint8_t *bytes, size_t count, uint32_t scalars[2]) {
    iconv_t from = (iconv_t)table;
    uint8_t output[16];
    char *in = (char *)bytes;
    char *out = (char *)output;
    size_t left = count;
    size_t room = sizeof output;
    iconv(from, NULL, NULL, NULL, NULL);
    size_t result = iconv(from, &in, &left, &out, &room);
    /* a count above 0 is of characters that were replaced by others */
    if (result != 0 || left != 0) return 0;
    iconv(from, NULL, NULL, &out, &room);
    size_t written = (sizeof output - room) / 4;
    if (written > 2) return 0;
    for (size_t k = 0; k < written; k++) {
        const uint8_t *unit = output + 4 * k;
        scalars[k] = (uint32_t)unit[0] | (uint32_t)unit[1] << 8 | (uint32_t)unit[2] << 16 | (uint32_t)unit[3] << 24;
    }
    return written;
}
