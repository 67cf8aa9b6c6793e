// No product and sum become one operation: the result would depend on the machine.
#pragma STDC FP_CONTRACT OFF

#include "CSentenceEncoder.h"
#include "kernels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/// Sums of floats run in so many lanes, which are added at the end, so that they may stand side by side in a register.
#define LANES 8

struct sentence_encoder {
    sentence_weights weights;
    sentence_kernel kernel;
    /// The states of all positions, and what one layer makes of them.
    float *states, *query, *key, *value, *mixed, *inner, *shares;
    /// The input of a product in whole numbers, with a factor for each position.
    int16_t *numbers;
    float *factors;
};

/// A matrix in the file.
typedef struct {
    size_t rows, columns;
    const uint8_t *scales, *biases;
    const int8_t *cells;
} matrix;

static float float_at(const uint8_t *bytes, size_t index) {
    float number;
    memcpy(&number, bytes + 4 * index, 4);
    return number;
}

/// A number that a damaged or foreign file may hold becomes one that can be counted with.
static float bounded(float x) { return x > -1e6f && x < 1e6f ? x : 0; }

// MARK: - functions

/// e to the power of a number that is not above zero. n ln 2 is taken away in two parts (Cody and Waite 1980); what is left,
/// at most half of ln 2, goes into the first terms of the series.
static inline float exponential(float x) {
    x = x > -87 ? x : -87;
    int32_t n = (int32_t)(x * 1.44269504f - 0.5f);
    float r = x - (float)n * 0.693359375f + (float)n * 2.12194440e-4f;
    float y = 1.0f / 5040;
    y = y * r + 1.0f / 720;
    y = y * r + 1.0f / 120;
    y = y * r + 1.0f / 24;
    y = y * r + 1.0f / 6;
    y = y * r + 0.5f;
    y = y * r + 1;
    y = y * r + 1;
    int32_t bits = (n + 127) << 23;
    float power;
    memcpy(&power, &bits, 4);
    return y * power;
}

/// GELU (Hendrycks and Gimpel 2016): x times the share of a normal distribution below x. The error function is formula
/// 7.1.26 of Abramowitz and Stegun (1964), off by at most 1.5e-7.
static inline float gelu(float x) {
    float z = (x < 0 ? -x : x) * 0.70710678f;
    float t = 1 / (1 + 0.3275911f * z);
    float y = 1.061405429f;
    y = y * t - 1.453152027f;
    y = y * t + 1.421413741f;
    y = y * t - 0.284496736f;
    y = y * t + 0.254829592f;
    float upper = 1 - y * t * exponential(-z * z);
    return 0.5f * x * (1 + (x < 0 ? -upper : upper));
}

static float lane_sum(const float lanes[LANES]) {
    return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

/// Mean 0 and variance 1, then the weights and biases of the normalization.
static void normalize(float *x, size_t width, const uint8_t *norm) {
    float lanes[LANES] = {0};
    for (size_t k = 0; k < width; k += LANES)
        for (size_t j = 0; j < LANES; j++) lanes[j] += x[k + j];
    float mean = lane_sum(lanes) / (float)width;
    memset(lanes, 0, sizeof lanes);
    for (size_t k = 0; k < width; k += LANES)
        for (size_t j = 0; j < LANES; j++) {
            float d = x[k + j] - mean;
            x[k + j] = d;
            lanes[j] += d * d;
        }
    float deviation = sqrtf(lane_sum(lanes) / (float)width + 1e-12f);
    for (size_t k = 0; k < width; k++)
        x[k] = bounded(x[k] / deviation * float_at(norm, k) + float_at(norm, width + k));
}

// MARK: - products

/// Writes the positions of `x` as whole numbers from -`MOST` to `MOST`, with a factor for each position. Positions up to the
/// next multiple of `BLOCK` are zero.
static void quantize(sentence_encoder *e, const float *x, size_t count, size_t width) {
    size_t padded = (count + BLOCK - 1) / BLOCK * BLOCK;
    for (size_t t = 0; t < padded; t++) {
        int16_t *out = e->numbers + t * width;
        e->factors[t] = 0;
        float most = 0;
        if (t < count)
            for (size_t k = 0; k < width; k++) {
                float a = x[t * width + k] < 0 ? -x[t * width + k] : x[t * width + k];
                most = a > most ? a : most;
            }
        if (!(most > 1e-30f && most < 1e12f)) {
            memset(out, 0, width * sizeof *out);
            continue;
        }
        e->factors[t] = most / MOST;
        float scale = MOST / most;
        for (size_t k = 0; k < width; k++) {
            float v = x[t * width + k] * scale;
            int32_t n = (int32_t)(v + (v < 0 ? -0.5f : 0.5f));
            out[k] = (int16_t)(n > MOST ? MOST : n < -MOST ? -MOST : n);
        }
    }
}

/// The product of what ``quantize`` wrote with a matrix.
static void multiply(sentence_encoder *e, matrix m, size_t count, float *out) {
    for (size_t r = 0; r < m.rows; r++) {
        float scale = float_at(m.scales, r), bias = float_at(m.biases, r);
        for (size_t t = 0; t < count; t += BLOCK) {
            int32_t sums[BLOCK];
            e->kernel(m.cells + r * m.columns, e->numbers + t * m.columns, m.columns, sums);
            for (size_t b = 0; b < BLOCK && t + b < count; b++)
                out[(t + b) * m.rows + r] = bounded((float)sums[b] * (e->factors[t + b] * scale) + bias);
        }
    }
}

/// The next matrix of the file.
static matrix take_matrix(const uint8_t **at, size_t rows, size_t columns) {
    matrix m = {rows, columns, *at, *at + 4 * rows, (const int8_t *)(*at + 8 * rows)};
    *at += (rows * (8 + columns) + 63) / 64 * 64;
    return m;
}

static const uint8_t *take_norm(const uint8_t **at, size_t width) {
    const uint8_t *norm = *at;
    *at += (8 * width + 63) / 64 * 64;
    return norm;
}

// MARK: - layers

/// What each position takes from the others: for each head a mean of their values, weighted by softmax.
static void attend(sentence_encoder *e, size_t count) {
    size_t width = e->weights.header.width, heads = e->weights.header.heads, size = width / heads;
    float scale = 1 / sqrtf((float)size);
    for (size_t h = 0; h < heads; h++)
        for (size_t t = 0; t < count; t++) {
            const float *query = e->query + t * width + h * size;
            float most = -1e30f;
            for (size_t s = 0; s < count; s++) {
                const float *key = e->key + s * width + h * size;
                float lanes[LANES] = {0};
                for (size_t k = 0; k < size; k += LANES)
                    for (size_t j = 0; j < LANES; j++) lanes[j] += query[k + j] * key[k + j];
                e->shares[s] = lane_sum(lanes) * scale;
                most = e->shares[s] > most ? e->shares[s] : most;
            }
            float all = 0;
            for (size_t s = 0; s < count; s++) e->shares[s] = exponential(e->shares[s] - most);
            for (size_t s = 0; s < count; s++) all += e->shares[s];
            float *mixed = e->mixed + t * width + h * size;
            memset(mixed, 0, size * sizeof *mixed);
            for (size_t s = 0; s < count; s++) {
                const float *value = e->value + s * width + h * size;
                float share = e->shares[s] / all;
                for (size_t k = 0; k < size; k++) mixed[k] += share * value[k];
            }
        }
}

static void add(float *x, const float *y, size_t count) {
    for (size_t k = 0; k < count; k++) x[k] += y[k];
}

static void layer(sentence_encoder *e, const uint8_t **at, size_t count) {
    size_t width = e->weights.header.width, inner = e->weights.header.inner;
    quantize(e, e->states, count, width);
    multiply(e, take_matrix(at, width, width), count, e->query);
    multiply(e, take_matrix(at, width, width), count, e->key);
    multiply(e, take_matrix(at, width, width), count, e->value);
    attend(e, count);
    quantize(e, e->mixed, count, width);
    multiply(e, take_matrix(at, width, width), count, e->query);
    add(e->states, e->query, count * width);
    const uint8_t *norm = take_norm(at, width);
    for (size_t t = 0; t < count; t++) normalize(e->states + t * width, width, norm);

    quantize(e, e->states, count, width);
    multiply(e, take_matrix(at, inner, width), count, e->inner);
    for (size_t k = 0; k < count * inner; k++) e->inner[k] = gelu(e->inner[k]);
    quantize(e, e->inner, count, inner);
    multiply(e, take_matrix(at, width, inner), count, e->query);
    add(e->states, e->query, count * width);
    norm = take_norm(at, width);
    for (size_t t = 0; t < count; t++) normalize(e->states + t * width, width, norm);
}

/// The state of a piece at a position, before the first layer.
static void embed(sentence_encoder *e, uint32_t piece, size_t position) {
    const sentence_weights *w = &e->weights;
    size_t width = w->header.width, groups = width / 32;
    const uint8_t *row = w->bytes + w->rows + piece * (4 + groups + width / 2);
    const uint8_t *place = w->bytes + w->places + 4 * position * width;
    float *x = e->states + position * width, scale = float_at(row, 0);
    for (size_t k = 0; k < width; k++) {
        int nibble = row[4 + groups + k / 2] >> (k % 2 * 4) & 15;
        float step = (float)(int8_t)row[4 + k / 32] * scale;
        x[k] = bounded((float)(nibble - 8) * step) + bounded(float_at(place, k));
    }
    normalize(x, width, w->bytes + w->norm);
}

sentence_encoder *sentence_encoder_new(const sentence_weights *weights, int kernel) {
    size_t positions = (weights->header.positions + BLOCK - 1) / BLOCK * BLOCK;
    size_t width = weights->header.width, inner = weights->header.inner;
    size_t widest = inner > width ? inner : width;
    size_t floats = positions * (5 * width + inner + 2), numbers = positions * widest;
    sentence_encoder *e = malloc(sizeof *e);
    float *memory = malloc(floats * sizeof(float) + numbers * sizeof(int16_t));
    if (e == NULL || memory == NULL) {
        free(e);
        free(memory);
        return NULL;
    }
    e->weights = *weights;
    e->kernel = sentence_kernel_at(kernel);
    e->states = memory;
    e->query = e->states + positions * width;
    e->key = e->query + positions * width;
    e->value = e->key + positions * width;
    e->mixed = e->value + positions * width;
    e->inner = e->mixed + positions * width;
    e->shares = e->inner + positions * inner;
    e->factors = e->shares + positions;
    e->numbers = (int16_t *)(e->factors + positions);
    return e;
}

void sentence_encoder_free(sentence_encoder *encoder) {
    if (encoder == NULL) return;
    free(encoder->states);
    free(encoder);
}

void sentence_encode(sentence_encoder *e, const int32_t *pieces, size_t count, int8_t *vector) {
    sentence_header h = e->weights.header;
    size_t kept = count > h.positions - 2 ? h.positions - 2 : count, width = h.width;
    embed(e, h.first, 0);
    for (size_t k = 0; k < kept; k++) {
        uint32_t piece = pieces[k] >= 0 && (uint32_t)pieces[k] < h.pieces ? (uint32_t)pieces[k] : h.unknown;
        embed(e, piece, k + 1);
    }
    embed(e, h.last, kept + 1);
    const uint8_t *at = e->weights.bytes + e->weights.layers;
    for (uint32_t k = 0; k < h.layers; k++) layer(e, &at, kept + 2);

    // the mean of all positions; how long it is does not matter for a cosine
    float *sum = e->mixed, most = 0;
    memset(sum, 0, width * sizeof *sum);
    for (size_t t = 0; t < kept + 2; t++) add(sum, e->states + t * width, width);
    for (size_t k = 0; k < width; k++) {
        float a = sum[k] < 0 ? -sum[k] : sum[k];
        most = a > most ? a : most;
    }
    for (size_t k = 0; k < width; k++) {
        float v = most > 1e-30f ? sum[k] * (127 / most) : 0;
        int32_t n = (int32_t)(v + (v < 0 ? -0.5f : 0.5f));
        vector[k] = (int8_t)(n > 127 ? 127 : n < -127 ? -127 : n);
    }
}

int32_t sentence_product(const int8_t *a, const int8_t *b, size_t width) {
    int32_t sum = 0;
    for (size_t k = 0; k < width; k++) sum += a[k] * b[k];
    return sum;
}
