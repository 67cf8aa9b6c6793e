#ifndef COLOPHON_CCONFINE_SHIM_H
#define COLOPHON_CCONFINE_SHIM_H

/* Landlock (https://docs.kernel.org/userspace-api/landlock.html): a process gives up what it may do with files, for itself
   and for all that it starts. The C library has no functions for it, and its header is missing on older systems, hence the
   numbers. Elsewhere than on Linux everything here does nothing. */

#include <errno.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __linux__
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* hidden unless _GNU_SOURCE is defined before any other header */
#ifndef O_PATH
#define O_PATH 010000000
#endif

#define COLOPHON_CREATE_RULESET 444
#define COLOPHON_ADD_RULE 445
#define COLOPHON_RESTRICT_SELF 446

enum {
    COLOPHON_EXECUTE = 1 << 0,
    COLOPHON_WRITE_FILE = 1 << 1,
    COLOPHON_READ_FILE = 1 << 2,
    COLOPHON_READ_DIR = 1 << 3,
    /* making and removing of files of every kind */
    COLOPHON_CHANGE_DIR = 0x1FF0,
    COLOPHON_REFER = 1 << 13,
    COLOPHON_TRUNCATE = 1 << 14
};

/* Which version of Landlock the kernel has; 0 for none. */
static inline int colophon_landlock_version(void) {
    long version = syscall(COLOPHON_CREATE_RULESET, NULL, (size_t)0, 1U);
    return version > 0 ? (int)version : 0;
}

/* Allows `access` to the file or folder at `path`, as far as it can be had there. What is not there is passed over. */
static inline int colophon_allow(int ruleset, const char *path, uint64_t access) {
    struct { uint64_t access; int32_t parent; } __attribute__((packed)) rule;
    struct stat about;
    int result = 0;
    rule.parent = open(path, O_PATH | O_CLOEXEC);
    if (rule.parent < 0) return 0;
    if (fstat(rule.parent, &about) == 0) {
        rule.access = S_ISDIR(about.st_mode)
            ? access : access & (COLOPHON_EXECUTE | COLOPHON_WRITE_FILE | COLOPHON_READ_FILE | COLOPHON_TRUNCATE);
        result = (int)syscall(COLOPHON_ADD_RULE, ruleset, 1, &rule, 0U);
    }
    close(rule.parent);
    return result;
}

/* From now on this process, and whatever it starts or becomes, reads nothing but `reads` and `writes` and changes nothing but
   `writes`: files, or folders with all that is in them. Returns 0 where that is so. */
static inline int colophon_confine(
    const char *const *reads, size_t read_count, const char *const *writes, size_t write_count) {
    int version = colophon_landlock_version(), ruleset, result = 0;
    uint64_t reading = COLOPHON_EXECUTE | COLOPHON_READ_FILE | COLOPHON_READ_DIR;
    uint64_t all = reading | COLOPHON_WRITE_FILE | COLOPHON_CHANGE_DIR;
    if (version < 1) return -1;
    if (version >= 2) all |= COLOPHON_REFER;
    if (version >= 3) all |= COLOPHON_TRUNCATE;
    ruleset = (int)syscall(COLOPHON_CREATE_RULESET, &all, sizeof all, 0U);
    if (ruleset < 0) return -1;
    for (size_t k = 0; k < read_count; k++) result |= colophon_allow(ruleset, reads[k], reading);
    for (size_t k = 0; k < write_count; k++) result |= colophon_allow(ruleset, writes[k], all);
    if (result == 0) result = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (result == 0) result = (int)syscall(COLOPHON_RESTRICT_SELF, ruleset, 0U);
    close(ruleset);
    return result;
}

#else

static inline int colophon_landlock_version(void) { return 0; }

static inline int colophon_confine(
    const char *const *reads, size_t read_count, const char *const *writes, size_t write_count) {
    return -1;
}

#endif
#endif
