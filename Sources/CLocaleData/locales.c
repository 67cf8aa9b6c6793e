/* Foundation brings ICU with the names, orders and calendars of all languages: 34 of the 85 MB of a program that is linked
   statically. Colophon gives the same bytes in every locale, so it uses none of this. Here is the data file of ICU without
   an entry, as in ICU's own `stubdata.cpp`, for the library that comes with Swift 6.2 or newer. The linker takes it in place
   of the full one. Normalization, case and classes of characters are compiled into the libraries and stay. */

#include "CLocaleData.h"
#include <stdint.h>

#ifdef __linux__

/* A header of ICU's common data (ucmndata.h, udata.h), and a table of contents without an entry. */
struct locale_data {
    uint16_t header_size;
    uint8_t magic[2];
    uint16_t info_size, reserved;
    uint8_t is_big_endian, charset, char_size, reserved_too;
    uint8_t format[4], format_version[4], data_version[4], filling[8];
    uint32_t entries[8];
};

#define NO_LOCALES(name)                                                                                                   \
    extern const struct locale_data name;                                                                                  \
    const struct locale_data name __attribute__((aligned(16))) = {                                                         \
        32, {0xDA, 0x27}, 20, 0, 0, 0, 2, 0, {'T', 'o', 'C', 'P'}, {1, 0, 0, 0}, {0}, {0}, {0}};

NO_LOCALES(icudt74_dat)
NO_LOCALES(icudt75_dat)
NO_LOCALES(icudt76_dat)
NO_LOCALES(icudt77_dat)
NO_LOCALES(icudt78_dat)

#endif
