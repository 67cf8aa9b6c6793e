#include "kernels.h"

#include "CSentenceEncoder.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

static void plain(const int8_t *row, const int16_t *vectors, size_t count, int32_t sums[BLOCK]) {
    for (int b = 0; b < BLOCK; b++) {
        int32_t sum = 0;
        for (size_t k = 0; k < count; k++) sum += row[k] * vectors[b * count + k];
        sums[b] = sum;
    }
}

#if defined(__x86_64__)

static int32_t sum128(__m128i x) {
    x = _mm_add_epi32(x, _mm_shuffle_epi32(x, 0x4E));
    x = _mm_add_epi32(x, _mm_shuffle_epi32(x, 0xB1));
    return _mm_cvtsi128_si32(x);
}

static void sse2(const int8_t *row, const int16_t *vectors, size_t count, int32_t sums[BLOCK]) {
    __m128i sum[BLOCK];
    for (int b = 0; b < BLOCK; b++) sum[b] = _mm_setzero_si128();
    for (size_t k = 0; k < count; k += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(row + k));
        __m128i low = _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8);
        __m128i high = _mm_srai_epi16(_mm_unpackhi_epi8(bytes, bytes), 8);
        for (int b = 0; b < BLOCK; b++) {
            const __m128i *x = (const __m128i *)(vectors + b * count + k);
            sum[b] = _mm_add_epi32(sum[b], _mm_madd_epi16(low, _mm_loadu_si128(x)));
            sum[b] = _mm_add_epi32(sum[b], _mm_madd_epi16(high, _mm_loadu_si128(x + 1)));
        }
    }
    for (int b = 0; b < BLOCK; b++) sums[b] = sum128(sum[b]);
}

__attribute__((target("avx2")))
static void avx2(const int8_t *row, const int16_t *vectors, size_t count, int32_t sums[BLOCK]) {
    __m256i sum[BLOCK];
    for (int b = 0; b < BLOCK; b++) sum[b] = _mm256_setzero_si256();
    for (size_t k = 0; k < count; k += 16) {
        __m256i weights = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(row + k)));
        for (int b = 0; b < BLOCK; b++) {
            __m256i x = _mm256_loadu_si256((const __m256i *)(vectors + b * count + k));
            sum[b] = _mm256_add_epi32(sum[b], _mm256_madd_epi16(weights, x));
        }
    }
    for (int b = 0; b < BLOCK; b++) {
        sums[b] = sum128(_mm_add_epi32(_mm256_castsi256_si128(sum[b]), _mm256_extracti128_si256(sum[b], 1)));
    }
}

int sentence_kernels(void) { return __builtin_cpu_supports("avx2") ? 3 : 2; }

sentence_kernel sentence_kernel_at(int number) { return number <= 0 ? plain : number == 1 ? sse2 : avx2; }

#elif defined(__aarch64__)

static void neon(const int8_t *row, const int16_t *vectors, size_t count, int32_t sums[BLOCK]) {
    int32x4_t sum[BLOCK];
    for (int b = 0; b < BLOCK; b++) sum[b] = vdupq_n_s32(0);
    for (size_t k = 0; k < count; k += 8) {
        int16x8_t weights = vmovl_s8(vld1_s8(row + k));
        for (int b = 0; b < BLOCK; b++) {
            int16x8_t x = vld1q_s16(vectors + b * count + k);
            sum[b] = vmlal_s16(sum[b], vget_low_s16(weights), vget_low_s16(x));
            sum[b] = vmlal_s16(sum[b], vget_high_s16(weights), vget_high_s16(x));
        }
    }
    for (int b = 0; b < BLOCK; b++) sums[b] = vaddvq_s32(sum[b]);
}

int sentence_kernels(void) { return 2; }

sentence_kernel sentence_kernel_at(int number) { return number <= 0 ? plain : neon; }

#else

int sentence_kernels(void) { return 1; }

sentence_kernel sentence_kernel_at(int number) { return plain; }

#endif
