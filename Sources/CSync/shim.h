#ifndef COLOPHON_CSYNC_SHIM_H
#define COLOPHON_CSYNC_SHIM_H

#ifdef __linux__
/* As the kernel's interface has it; the C library declares it for programs that ask for GNU's extensions alone. */
extern int sync_file_range(int descriptor, long offset, long count, unsigned int flags);
#endif

/* Has the system begin to write a file to the disk. It waits for nothing, and promises nothing: fsync does. */
static inline void colophon_begin_sync(int descriptor) {
#ifdef __linux__
    const unsigned int write = 2;  /* SYNC_FILE_RANGE_WRITE */
    sync_file_range(descriptor, 0, 0, write);
#else
    (void)descriptor;
#endif
}

#endif
