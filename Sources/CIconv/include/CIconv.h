#ifndef COLOPHON_CICONV_H
#define COLOPHON_CICONV_H

#include <stddef.h>
#include <stdint.h>

/* The name and version of the library whose tables are used: "glibc 2.36", "libiconv 1.17". */
const char *colophon_iconv_library(void);

/* Opens the table of an encoding; 0 where the library has none of that name. */
void *colophon_iconv_open(const char *encoding);
void colophon_iconv_close(void *table);

/* Reads `count` bytes that are one character, from the state in which a text begins. Writes at most two code points to
   `scalars`, and gives how many; 0 for bytes that stand for none. No locale has a part in it. */
size_t colophon_iconv_read(void *table, const uint8_t *bytes, size_t count, uint32_t scalars[2]);

#endif
