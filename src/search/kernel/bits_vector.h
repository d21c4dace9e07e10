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
    Vector over[DifferingMax + 1] {}; ///< More alleles than so many differ.

    COMITY_INLINE void add(Vector const& differs, Vector const& twice)
    {
        if constexpr (DifferingMax > 1) over[2] |= (twice & over[0]) | (differs & over[1]);
        if constexpr (DifferingMax > 0) over[1] |= twice | (differs & over[0]);
        over[0] |= differs;
    }
    COMITY_INLINE Vector left() const { return ~over[DifferingMax]; }
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

template <bool Gaps, ScanLocus::Kind Kind, class Vector, unsigned Max>
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

/// Asks memory for the line of a word before it is needed.
template <bool Gaps> COMITY_INLINE void ask(Pointers const& from, std::size_t word)
{
    __builtin_prefetch(from.a + word);
    __builtin_prefetch(from.b + word);
    if constexpr (Gaps) {
        __builtin_prefetch(from.wild + word);
        __builtin_prefetch(from.missing + word);
    }
}

constexpr std::size_t line_words = 8;
/// A dozen columns are read in turn, half a kilobyte each: more than machines foresee.
constexpr std::size_t blocks_ahead = 2;

/// A block of some pieces.
struct Place {
    std::size_t piece, block;

    COMITY_INLINE bool in(Pieces const& pieces) const { return piece < pieces.count; }
    COMITY_INLINE void next(Pieces const& pieces)
    {
        if (++block < pieces.first[piece].block_last) return;
        if (++piece < pieces.count) block = pieces.first[piece].block_first;
    }
};

template <class Of, unsigned Max> class Scanner {
public:
    COMITY_INLINE Scanner(Pieces const& pieces, ScanResult& out)
        : pieces_(pieces)
        , out_(out)
    {
    }

    COMITY_INLINE void all()
    {
        if (pieces_.count == 0) return;
        Place const start { 0, pieces_.first[0].block_first };
        auto asked = start;
        for (std::size_t i = 0; i < blocks_ahead; ++i) ask_place(asked);
        for (auto at = start; at.in(pieces_); at.next(pieces_)) {
            bool const same_piece = asked.piece == at.piece;
            if (same_piece)
                asked.next(pieces_);
            else
                ask_place(asked);
            block(at, same_piece);
        }
        go_on(0);
    }

private:
    using Vector = typename Of::Vector;
    using Counter = VectorCounter<Vector, Max>;
    static constexpr std::size_t ring_size = 64, lag = 8;

    /// A vector some of whose profiles are left after the loci so far.
    struct Waiting {
        Counter counter;
        ScanPlan const* plan;
        std::uint32_t piece, word, locus;
    };

    COMITY_INLINE void ask_place(Place& place)
    {
        if (!place.in(pieces_)) return;
        auto const& piece = pieces_.first[place.piece];
        for (std::size_t i = 0; i < piece.plans_count; ++i)
            for (std::size_t l = 0; l < piece.plans[i].first; ++l)
                ask_block(piece, piece.plans[i].loci[l], place.block * block_words);
        place.next(pieces_);
    }

    COMITY_INLINE static void ask_block(
        Piece const& piece, ScanLocus const& locus, std::size_t first)
    {
        auto const from = pointers(piece.columns, locus);
        for (auto word = first; word < first + block_words; word += line_words)
            if (piece.gaps)
                ask<true>(from, word);
            else
                ask<false>(from, word);
    }

    COMITY_INLINE void block(Place const& place, bool same_piece)
    {
        auto const gaps = pieces_.first[place.piece].gaps;
        if (gaps && same_piece)
            block_of<true, true>(place);
        else if (gaps)
            block_of<true, false>(place);
        else if (same_piece)
            block_of<false, true>(place);
        else
            block_of<false, false>(place);
    }

    template <bool Gaps, bool Ask> [[gnu::noinline]] void block_of(Place const& place)
    {
        auto const& piece = pieces_.first[place.piece];
        auto const first = place.block * block_words;
        for (std::size_t i = 0; i < piece.plans_count; ++i) {
            auto const& plan = piece.plans[i];
            for (auto word = first; word < first + block_words; word += Of::words * Of::chunk) {
                chunk<Gaps, Ask>(piece, plan, static_cast<std::uint32_t>(place.piece), word);
                if (tail_ - head_ > lag) go_on(lag);
            }
            out_.bytes += plan.first * block_words * sizeof(std::uint64_t) * (Gaps ? 4 : 2);
        }
    }

    template <bool Gaps, bool Ask, ScanLocus::Kind Kind>
    COMITY_INLINE static void add_chunk(
        Counter (&counters)[Of::chunk], Pointers const& from, std::size_t word)
    {
#pragma GCC unroll 8
        for (std::size_t i = 0; i < Of::chunk; ++i) {
            auto const at = word + i * Of::words;
            add_at<Gaps, Kind>(counters[i], from, at);
            if constexpr (Ask) ask<Gaps>(from, at + blocks_ahead * block_words);
        }
    }

    template <bool Gaps, bool Ask>
    COMITY_INLINE void chunk(
        Piece const& piece, ScanPlan const& plan, std::uint32_t number, std::size_t word)
    {
        using enum ScanLocus::Kind;
        Counter counters[Of::chunk] {};
        for (std::size_t l = 0; l < plan.first; ++l) {
            auto const from = pointers(piece.columns, plan.loci[l]);
            switch (plan.loci[l].kind) {
            case two: add_chunk<Gaps, Ask, two>(counters, from, word); break;
            case same: add_chunk<Gaps, Ask, same>(counters, from, word); break;
            case one: add_chunk<Gaps, Ask, one>(counters, from, word); break;
            }
        }
#pragma GCC unroll 8
        for (std::size_t i = 0; i < Of::chunk; ++i)
            if (any_bit(counters[i].left())) [[unlikely]]
                wait(counters[i],
                    { plan, number, static_cast<std::uint32_t>(word + i * Of::words), plan.first });
    }

    struct Where {
        ScanPlan const& plan;
        std::uint32_t piece, word, locus;
    };

    /// A line alone costs a walk to memory: vectors wait for theirs while others are read.
    COMITY_INLINE void wait(Counter const& counter, Where const& where)
    {
        ring_[tail_++ % ring_size] = { counter, &where.plan, where.piece, where.word, where.locus };
        if (where.locus == where.plan.loci_count) return;
        auto const& piece = pieces_.first[where.piece];
        auto const from = pointers(piece.columns, where.plan.loci[where.locus]);
        if (piece.gaps)
            ask<true>(from, where.word);
        else
            ask<false>(from, where.word);
    }

    template <bool Gaps>
    COMITY_INLINE static void add_one(
        Counter& counter, Pointers const& from, ScanLocus::Kind kind, std::size_t word)
    {
        using enum ScanLocus::Kind;
        if (kind == two)
            add_at<Gaps, two>(counter, from, word);
        else if (kind == same)
            add_at<Gaps, same>(counter, from, word);
        else
            add_at<Gaps, one>(counter, from, word);
    }

    /// One more locus for those that waited longest, until so many wait.
    [[gnu::noinline]] void go_on(std::size_t until)
    {
        while (tail_ - head_ > until) {
            auto& first = ring_[head_++ % ring_size];
            auto counter = first.counter;
            auto const& plan = *first.plan;
            Where const next { plan, first.piece, first.word, first.locus + 1 };
            if (first.locus == plan.loci_count) {
                found(counter.left(), next);
                continue;
            }
            auto const& piece = pieces_.first[next.piece];
            auto const& locus = plan.loci[first.locus];
            auto const from = pointers(piece.columns, locus);
            if (piece.gaps)
                add_one<true>(counter, from, locus.kind, next.word);
            else
                add_one<false>(counter, from, locus.kind, next.word);
            out_.bytes += sizeof(Vector) * (piece.gaps ? 4 : 2);
            if (any_bit(counter.left())) wait(counter, next);
        }
    }

    COMITY_INLINE void found(Vector const& left, Where const& where)
    {
        for (std::size_t i = 0; i < Of::words; ++i)
            if (left[i] != 0)
                keep(out_,
                    { where.plan.query, where.piece, where.word + static_cast<std::uint32_t>(i),
                        left[i] });
    }

    Pieces const& pieces_;
    ScanResult& out_;
    std::size_t head_ = 0, tail_ = 0;
    Waiting ring_[ring_size];
};

template <class Of> COMITY_INLINE void scan_with(Pieces const& pieces, ScanResult& out)
{
    switch (pieces.differing_max) {
    case 0: Scanner<Of, 0> { pieces, out }.all(); break;
    case 1: Scanner<Of, 1> { pieces, out }.all(); break;
    default: Scanner<Of, 2> { pieces, out }.all(); break;
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
                    keep(out,
                        { 0, 0, static_cast<std::uint32_t>(word + v * Of::words + i), left[i] });
        }
    }
    out.bytes += (block_last - block_first) * block_words * 8 * plan.count * (plan.gaps ? 5U : 3U);
}

} // namespace
} // namespace comity::search::kernel
#endif
