#include "CTestEnvironment.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char configuration[64];

const char *colophon_test_configuration(void) { return configuration; }

// Before the first thread: a variable can't be set safely while others read theirs. Each user has a folder of their own,
// since programs that tests start (a browser) create it.
__attribute__((constructor)) static void colophon_test_environment(void) {
    snprintf(configuration, sizeof configuration, "/tmp/colophon-tests-%u", (unsigned)geteuid());
    setenv("XDG_CONFIG_HOME", configuration, 1);
}
