#include "CSentenceEncoder.h"

#include <string.h>

static const char magic[] = "CLPHSENTENCES 1\n";
#define MAGIC (sizeof magic - 1)

static size_t aligned(size_t offset) { return (offset + 63) / 64 * 64; }

int sentence_weights_open(const uint8_t *bytes, size_t length, sentence_weights *weights) {
    sentence_header h;
    if (length < MAGIC + sizeof h || memcmp(bytes, magic, MAGIC) != 0) return 0;
    memcpy(&h, bytes + MAGIC, sizeof h);
    // bounds far above any file, so that no product below overflows
    if (h.width == 0 || h.width % 32 != 0 || h.width > 4096 || h.inner == 0 || h.inner % 32 != 0 || h.inner > 16384
        || h.heads == 0 || h.width % h.heads != 0 || (h.width / h.heads) % 8 != 0 || h.layers == 0 || h.layers > 64
        || h.positions < 3 || h.positions > 512 || h.pieces == 0 || h.pieces > 1000000 || h.name_bytes > 100000000
        || h.first >= h.pieces || h.last >= h.pieces || h.unknown >= h.pieces)
        return 0;
    size_t width = h.width, inner = h.inner;
    weights->bytes = bytes;
    weights->header = h;
    weights->starts = 64;
    weights->names = aligned(weights->starts + 4 * ((size_t)h.pieces + 1));
    weights->rows = aligned(weights->names + h.name_bytes);
    weights->places = aligned(weights->rows + h.pieces * (4 + width / 32 + width / 2));
    weights->norm = aligned(weights->places + 4 * h.positions * width);
    weights->layers = aligned(weights->norm + 8 * width);
    size_t square = aligned(width * (8 + width)), norm = aligned(8 * width);
    size_t layer = 4 * square + 2 * norm + aligned(inner * (8 + width)) + aligned(width * (8 + inner));
    if (length != weights->layers + h.layers * layer + SENTENCE_SEAL) return 0;
    uint32_t last = 0;
    for (size_t k = 0; k <= h.pieces; k++) {
        uint32_t start;
        memcpy(&start, bytes + weights->starts + 4 * k, 4);
        if (start < last || start > h.name_bytes) return 0;
        last = start;
    }
    return last == h.name_bytes;
}

/// Whether the name of a piece comes before (-1), is (0) or comes after (1) the one that is looked for.
static int order(
    const sentence_weights *weights, size_t piece, const uint8_t *name, size_t length, size_t marks) {
    uint32_t span[2];
    memcpy(span, weights->bytes + weights->starts + 4 * piece, 8);
    const uint8_t *own = weights->bytes + weights->names + span[0];
    size_t count = span[1] - span[0];
    for (size_t k = 0; k < count && k < marks + length; k++) {
        uint8_t byte = k < marks ? '#' : name[k - marks];
        if (own[k] != byte) return own[k] < byte ? -1 : 1;
    }
    return count == marks + length ? 0 : count < marks + length ? -1 : 1;
}

int32_t sentence_piece(const sentence_weights *weights, const uint8_t *name, size_t length, int goes_on) {
    size_t low = 0, high = weights->header.pieces;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int found = order(weights, middle, name, length, goes_on ? 2 : 0);
        if (found == 0) return (int32_t)middle;
        if (found < 0) low = middle + 1; else high = middle;
    }
    return -1;
}
