#ifndef COLOPHON_TEST_ENVIRONMENT_H
#define COLOPHON_TEST_ENVIRONMENT_H

/// Where tests look for the user's configuration: a folder that does not exist.
const char *colophon_test_configuration(void);

#endif
