#include "search/kernel/bits.h"

#if defined(__x86_64__)
#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(                                                                      \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512dq")
#endif

#define COMITY_WIDE
#include "search/kernel/bits_vector.h"

namespace comity::search::kernel {

void scan_avx512(Pieces const& pieces, ScanResult& out)
{
    scan_with<Shape<8, 8>>(pieces, out);
}

void score_avx512(Columns const& columns, ScorePlan const& plan, std::size_t block_first,
    std::size_t block_last, ScanResult& out)
{
    score_with<Shape<8, 8>>(columns, plan, block_first, block_last, out);
}

} // namespace comity::search::kernel

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
