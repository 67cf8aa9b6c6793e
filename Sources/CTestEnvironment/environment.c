#include "CTestEnvironment.h"

#include <stdlib.h>

const char *colophon_test_configuration(void) { return "/nonexistent/colophon-tests"; }

// Before the first thread: a variable can't be set safely while others read theirs.
__attribute__((constructor)) static void colophon_test_environment(void) {
    setenv("XDG_CONFIG_HOME", colophon_test_configuration(), 1);
}
