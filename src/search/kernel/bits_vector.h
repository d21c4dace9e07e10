#pragma once

#include "search/kernel/bits.h"

/// The loops of bits.h over vectors of words, written once; bits_avx2.cpp and bits_avx512.cpp
/// include them between pragmas that name their instructions, after every other header: nothing
/// that another file could share is compiled for a machine that may not be there.
#if defined(__x86_64__)
#define COMITY_INLINE [[gnu::always_inline]] inline

namespace comity::search::kernel {
namespace {

/// Words of a vector, and vectors of a chunk whose counters stay in registers.
template <std::size_t Words, std::size_t Chunk> struct Shape {
    using Vector [[gnu::vector_size(Words * 8)]] = std::uint64_t;
    static constexpr std::size_t words = Words, chunk = Chunk;
};

template <class Vector> COMITY_INLINE void load(Vector& out, std::uint64_t const* from)
{
    __builtin_memcpy(&out, from, sizeof(Vector));
}

COMITY_INLINE bool any_bit(Shape<4, 4>::Vector const& vector)
{
    auto const bits = __builtin_bit_cast(__m256i, vector);
    return _mm256_testz_si256(bits, bits) == 0;
}

#if defined(COMITY_WIDE)
COMITY_INLINE bool any_bit(Shape<8, 8>::Vector const& vector)
{
    auto const bits = __builtin_bit_cast(__m512i, vector);
    return _mm512_test_epi64_mask(bits, bits) != 0;
}
#endif

template <class Vector, unsigned DifferingMax> struct VectorCounter {
    Vector one {}, two {}, three {};

    COMITY_INLINE void add(Vector const& differs, Vector const& twice)
    {
        if constexpr (DifferingMax > 1) three |= (twice & one) | (differs & two);
        if constexpr (DifferingMax > 0) two |= twice | (differs & one);
        one |= differs;
    }
    COMITY_INLINE Vector left() const
    {
        if constexpr (DifferingMax == 0) return ~one;
        if constexpr (DifferingMax == 1) return ~two;
        return ~three;
    }
};

/// The places of a locus' columns in one segment.
struct Pointers {
    std::uint64_t const *a, *b, *wild, *missing;
};

COMITY_INLINE Pointers pointers(Columns const& columns, ScanLocus const& locus)
{
    return { columns.at(locus.a), columns.at(locus.b), columns.at(locus.gaps),
        columns.at(locus.gaps + 1U) };
}

template <class Vector, unsigned Max, bool Gaps, ScanLocus::Kind Kind>
COMITY_INLINE void add_at(
    VectorCounter<Vector, Max>& counter, Pointers const& from, std::size_t word)
{
    using enum ScanLocus::Kind;
    Vector a, b {}, wild {}, missing {};
    load(a, from.a + word);
    if constexpr (Kind != one) load(b, from.b + word);
    if constexpr (Gaps) {
        load(wild, from.wild + word);
        load(missing, from.missing + word);
    }
    Vector const any = wild | missing;
    if constexpr (Kind == two)
        counter.add(~((a & b) | (wild & (a | b)) | missing), ~(a | b | any));
    else if constexpr (Kind == same)
        counter.add(~((a & (b | wild)) | missing), ~(a | any));
    else
        counter.add(~(a | any), Vector {});
}

constexpr std::size_t remaining_max = 96;

/// Vectors some of whose profiles are left. They wait for each other, so that their lines are on
/// the way together.
struct Remaining {
    ScanPlan const* plans[remaining_max];
    std::uint32_t words[remaining_max];
    std::size_t count = 0;

    /// Without a branch: one in four is left, and nobody can foresee which.
    COMITY_INLINE void push_if(bool left, ScanPlan const& plan, std::size_t word)
    {
        plans[count] = &plan;
        words[count] = static_cast<std::uint32_t>(word);
        count += left ? 1U : 0U;
    }
};

template <class Of, unsigned Max, bool Gaps> struct Scanner {
    static constexpr std::size_t bytes_a_locus = sizeof(typename Of::Vector) * (Gaps ? 4 : 2);
    using Vector = typename Of::Vector;
    using Counters = VectorCounter<Vector, Max>[Of::chunk];
    /// A dozen columns are read in turn, half a kilobyte each: more than machines foresee.
    static constexpr std::size_t ahead = 2 * block_words;

    /// Asks memory for the lines of a locus before they are needed.
    template <bool Both = true>
    COMITY_INLINE static void ask(Pointers const& from, std::size_t word)
    {
        __builtin_prefetch(from.a + word);
        if constexpr (Both) __builtin_prefetch(from.b + word);
        if constexpr (Gaps) {
            __builtin_prefetch(from.wild + word);
            __builtin_prefetch(from.missing + word);
        }
    }

    template <ScanLocus::Kind Kind>
    COMITY_INLINE static void add_chunk(Counters& counters, Pointers const& from, std::size_t word)
    {
#pragma GCC unroll 8
        for (std::size_t i = 0; i < Of::chunk; ++i) {
            add_at<Vector, Max, Gaps, Kind>(counters[i], from, word + i * Of::words);
            ask<Kind != ScanLocus::Kind::one>(from, word + i * Of::words + ahead);
        }
    }

    COMITY_INLINE static void start(
        Counters& counters, Columns const& columns, ScanPlan const& plan, std::size_t word)
    {
        for (std::size_t l = 0; l < plan.first; ++l) {
            auto const from = pointers(columns, plan.loci[l]);
            switch (plan.loci[l].kind) {
            case ScanLocus::Kind::two: add_chunk<ScanLocus::Kind::two>(counters, from, word); break;
            case ScanLocus::Kind::same:
                add_chunk<ScanLocus::Kind::same>(counters, from, word);
                break;
            case ScanLocus::Kind::one: add_chunk<ScanLocus::Kind::one>(counters, from, word); break;
            }
        }
    }

    COMITY_INLINE static void add_one(VectorCounter<Vector, Max>& counter, Pointers const& from,
        ScanLocus::Kind kind, std::size_t word)
    {
        using enum ScanLocus::Kind;
        if (kind == two)
            add_at<Vector, Max, Gaps, two>(counter, from, word);
        else if (kind == same)
            add_at<Vector, Max, Gaps, same>(counter, from, word);
        else
            add_at<Vector, Max, Gaps, one>(counter, from, word);
    }

    COMITY_INLINE static void chunk(
        Columns const& columns, ScanPlan const& plan, std::size_t word, Remaining& remaining)
    {
        Counters counters {};
        start(counters, columns, plan, word);
#pragma GCC unroll 8
        for (std::size_t i = 0; i < Of::chunk; ++i)
            remaining.push_if(any_bit(counters[i].left()), plan, word + i * Of::words);
    }

    COMITY_INLINE static void ask(
        Columns const& columns, ScanPlan const& plan, std::size_t locus, std::size_t word)
    {
        if (locus < plan.loci_count) ask(pointers(columns, plan.loci[locus]), word);
    }

    /// The other loci of one vector, whose first ones are still in the cache. How many were read.
    COMITY_INLINE static std::size_t finish_one(
        Columns const& columns, ScanPlan const& plan, std::size_t word, ScanResult& out)
    {
        VectorCounter<Vector, Max> counter;
        std::size_t l = 0;
        for (; l < plan.loci_count; ++l) {
            if (l >= plan.first) ask(columns, plan, l + 1, word);
            add_one(counter, pointers(columns, plan.loci[l]), plan.loci[l].kind, word);
            if (l >= plan.first && !any_bit(counter.left())) return l + 1 - plan.first;
        }
        Vector const left = counter.left();
        for (std::size_t i = 0; i < Of::words; ++i)
            if (left[i] != 0)
                keep(out, { plan.query, static_cast<std::uint32_t>(word + i), left[i] });
        return l - plan.first;
    }

    [[gnu::noinline]] static void finish(
        Columns const& columns, Remaining& remaining, ScanResult& out)
    {
        std::size_t loci = 0;
        for (std::size_t i = 0; i < remaining.count; ++i)
            ask(columns, *remaining.plans[i], remaining.plans[i]->first, remaining.words[i]);
        for (std::size_t i = 0; i < remaining.count; ++i)
            loci += finish_one(columns, *remaining.plans[i], remaining.words[i], out);
        remaining.count = 0;
        out.bytes += loci * bytes_a_locus;
    }

    COMITY_INLINE static void blocks(Columns const& columns, Plans const& plans,
        std::size_t block_first, std::size_t block_last, ScanResult& out)
    {
        constexpr auto step = Of::words * Of::chunk;
        Remaining remaining;
        for (auto block = block_first; block < block_last; ++block)
            for (std::size_t i = 0; i < plans.count; ++i) {
                auto const& plan = plans.first[i];
                auto const first = block * block_words;
                for (auto word = first; word < first + block_words; word += step)
                    chunk(columns, plan, word, remaining);
                out.bytes += plan.first * (block_words / Of::words) * bytes_a_locus;
                if (remaining.count + block_words / Of::words >= remaining_max)
                    finish(columns, remaining, out);
            }
        finish(columns, remaining, out);
    }
};

template <class Of>
COMITY_INLINE void scan_with(Columns const& columns, Plans const& plans, std::size_t block_first,
    std::size_t block_last, ScanResult& out)
{
    switch (plans.differing_max * 2 + plans.gaps) {
    case 0: Scanner<Of, 0, false>::blocks(columns, plans, block_first, block_last, out); break;
    case 1: Scanner<Of, 0, true>::blocks(columns, plans, block_first, block_last, out); break;
    case 2: Scanner<Of, 1, false>::blocks(columns, plans, block_first, block_last, out); break;
    case 3: Scanner<Of, 1, true>::blocks(columns, plans, block_first, block_last, out); break;
    case 4: Scanner<Of, 2, false>::blocks(columns, plans, block_first, block_last, out); break;
    default: Scanner<Of, 2, true>::blocks(columns, plans, block_first, block_last, out); break;
    }
}

constexpr std::size_t sum_bits = 13;

/// Sums of 13 bits for a vector of profiles, a plane for each bit.
template <class Vector> struct Sums {
    Vector plane[sum_bits] {};

    COMITY_INLINE void add(Vector const (&addend)[8])
    {
        Vector carry {};
#pragma GCC unroll 13
        for (std::size_t i = 0; i < sum_bits; ++i) {
            Vector const more = i < 8 ? addend[i < 8 ? i : 0] : Vector {};
            Vector const half = plane[i] ^ more;
            Vector const next = (plane[i] & more) | (half & carry);
            plane[i] = half ^ carry;
            carry = next;
        }
    }
    /// Bits of the profiles whose sum is at least so much.
    COMITY_INLINE Vector at_least(std::uint32_t least) const
    {
        Vector above {}, equal = ~Vector {};
#pragma GCC unroll 13
        for (std::size_t down = 0; down < sum_bits; ++down) {
            auto const i = sum_bits - 1 - down;
            if ((least >> i & 1U) == 0)
                above |= equal & plane[i];
            else
                equal &= plane[i];
            if ((least >> i & 1U) == 0) equal &= ~plane[i];
        }
        return above | equal;
    }
};

template <class Vector>
COMITY_INLINE void classes_of(
    Vector (&out)[7], Columns const& columns, ScoreLocus const& locus, bool gaps, std::size_t word)
{
    Vector a, b {}, twice, gap {};
    load(a, columns.at(locus.a) + word);
    if (!locus.same) load(b, columns.at(locus.b) + word);
    load(twice, columns.at(locus.homozygous) + word);
    if (gaps) {
        Vector wild, missing;
        load(wild, columns.at(locus.gaps) + word);
        load(missing, columns.at(locus.gaps + 1U) + word);
        gap = wild | missing;
    }
    Vector const typed = ~gap;
    out[0] = a & b & typed;
    out[1] = a & ~b & twice & typed;
    out[2] = b & ~a & twice & typed;
    out[3] = a & ~b & ~twice & typed;
    out[4] = b & ~a & ~twice & typed;
    out[5] = ~(a | b) & typed;
    out[6] = gap;
}

/// For each bit of a score the classes whose score has it: worked out once for many vectors.
struct BitClasses {
    unsigned count[8] {};
    unsigned classes[8][7] {};

    COMITY_INLINE explicit BitClasses(ScoreLocus const& locus)
    {
        for (unsigned c = 0; c < 7; ++c) {
            auto const score = c == 6 ? locus.score_of_gap : locus.score[c];
            for (unsigned i = 0; i < 8; ++i)
                if ((score >> i & 1U) != 0) classes[i][count[i]++] = c;
        }
    }
};

template <class Vector>
COMITY_INLINE void add_scores(
    Sums<Vector>& sums, Vector const (&classes)[7], BitClasses const& bits)
{
    Vector addend[8] {};
#pragma GCC unroll 8
    for (std::size_t i = 0; i < 8; ++i)
        for (unsigned k = 0; k < bits.count[i]; ++k) addend[i] |= classes[bits.classes[i][k]];
    sums.add(addend);
}

template <class Of>
COMITY_INLINE void score_with(Columns const& columns, ScorePlan const& plan,
    std::size_t block_first, std::size_t block_last, ScanResult& out)
{
    using Vector = typename Of::Vector;
    constexpr auto chunk = block_words / Of::words;
    for (auto word = block_first * block_words; word < block_last * block_words;
        word += block_words) {
        Sums<Vector> sums[chunk];
        for (std::size_t l = 0; l < plan.count; ++l) {
            BitClasses const bits { plan.loci[l] };
            for (std::size_t v = 0; v < chunk; ++v) {
                Vector classes[7];
                classes_of(classes, columns, plan.loci[l], plan.gaps, word + v * Of::words);
                add_scores(sums[v], classes, bits);
            }
        }
        for (std::size_t v = 0; v < chunk; ++v) {
            Vector const left = sums[v].at_least(plan.least);
            if (!any_bit(left)) continue;
            for (std::size_t i = 0; i < Of::words; ++i)
                if (left[i] != 0)
                    keep(out, { 0, static_cast<std::uint32_t>(word + v * Of::words + i), left[i] });
        }
    }
    out.bytes += (block_last - block_first) * block_words * 8 * plan.count * (plan.gaps ? 5U : 3U);
}

} // namespace
} // namespace comity::search::kernel
#endif
