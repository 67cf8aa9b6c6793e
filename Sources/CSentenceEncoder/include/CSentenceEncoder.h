#ifndef C_SENTENCE_ENCODER_H
#define C_SENTENCE_ENCODER_H

#include <stddef.h>
#include <stdint.h>

/// A sentence encoder: BERT's forward pass (Devlin and others 2019) over the pieces of one text.
///
/// Matrices are multiplied in whole numbers. All else is in 32-bit floats, in an order that the code fixes, with
/// functions of its own for exp and erf. So the same text gives the same bytes on every machine, whatever instructions the
/// products run on.

/// What a file of weights says of itself. `Tools/pack-sentences.py` describes the format.
typedef struct {
    uint32_t width, layers, heads, inner, positions, pieces, name_bytes;
    /// The numbers of the pieces that begin and end a text, and of the one that stands for what has no piece.
    uint32_t first, last, unknown;
} sentence_header;

/// Weights in memory that belongs to somebody else and that nothing writes to.
typedef struct {
    const uint8_t *_Nullable bytes;
    sentence_header header;
    /// Where the sections begin.
    size_t starts, names, rows, places, norm, layers;
} sentence_weights;

/// Looks at the header and the length of a file of weights. 1 if every section lies within the file, else 0. What the
/// numbers themselves are is not checked: any are good for some result.
int sentence_weights_open(const uint8_t *_Nonnull bytes, size_t length, sentence_weights *_Nonnull weights);

/// How many bytes the seal at the end takes.
#define SENTENCE_SEAL 32

/// The number of the piece with this name, which goes on within a word or begins one; -1 where there is none.
int32_t sentence_piece(
    const sentence_weights *_Nonnull weights, const uint8_t *_Nonnull name, size_t length, int goes_on);

/// Ways to multiply, which give the same: 0 is plain C, the last one is the fastest that this machine has.
int sentence_kernels(void);

/// What one text after the other is encoded with. Not for two threads at once.
typedef struct sentence_encoder sentence_encoder;

/// An encoder with the given way to multiply; null when there is no memory.
sentence_encoder *_Nullable sentence_encoder_new(const sentence_weights *_Nonnull weights, int kernel);

void sentence_encoder_free(sentence_encoder *_Nullable encoder);

/// Writes the vector of a text to `vector`: as many numbers as the weights are wide, the largest of which is 127 or
/// -127. `pieces` are those of the text without the first and the last one; what is beyond the positions is left out.
void sentence_encode(
    sentence_encoder *_Nonnull encoder, const int32_t *_Nonnull pieces, size_t count, int8_t *_Nonnull vector);

/// The sum of the products of two vectors, number by number. `width` is at most 100,000.
int32_t sentence_product(const int8_t *_Nonnull a, const int8_t *_Nonnull b, size_t width);

#endif
