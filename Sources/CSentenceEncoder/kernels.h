#ifndef KERNELS_H
#define KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// How many texts' positions a kernel multiplies one row of a matrix with.
#define BLOCK 4

/// The largest number of a vector. A weight has 8 bits and a product 16, so three bits more than a weight's cost nothing.
#define MOST 1023

/// Products of one row of a matrix with `BLOCK` vectors of `count` numbers, which stand one behind the other. `count`
/// is a multiple of 32 and at most 16384, and no number of a vector is beyond `MOST`, so that no sum overflows.
typedef void (*sentence_kernel)(const int8_t *row, const int16_t *vectors, size_t count, int32_t sums[BLOCK]);

/// The kernel of a number below `sentence_kernels()`.
sentence_kernel sentence_kernel_at(int number);

#endif
