#ifndef COLOPHON_CLOCALEDATA_H
#define COLOPHON_CLOCALEDATA_H

/* Nothing is called here: see locales.c. */

#endif
