#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

/// The loops over bitmaps: one bit for a profile, one bitmap for an allele at a locus. What they
/// mean is known in search/dna; here are columns, plans and survivors. Every loop stands there as
/// plain C++ and as vector code for AVX2 and AVX-512, chosen when the program starts.
///
/// Bitmaps are read while one writer may set bits in them; a reader sees a bit or does not, and
/// whoever reads the number of a profile first has seen all bits of it (index.h).
namespace comity::search::kernel {

constexpr std::size_t block_words = 64; ///< What is left early together: 4 096 profiles.

/// The columns of one segment: column c starts at words + c * stride.
struct Columns {
    std::uint64_t const* words;
    std::size_t stride; ///< In words.

    std::uint64_t const* at(std::size_t column) const { return words + column * stride; }
};

/// One locus of a query.
struct ScanLocus {
    enum class Kind : std::uint8_t {
        two, ///< Two alleles: both bits agree, one bit differs in one allele.
        same, ///< A homozygote: `b` is the column of homozygotes.
        one, ///< One allele and a wildcard.
    };
    std::uint16_t a = 0, b = 0;
    std::uint16_t gaps = 0; ///< Column of wildcards; the next one is that of missing loci.
    Kind kind = Kind::two;
};

constexpr std::size_t scan_loci_max = 31;

/// A query against segments of one layout: the most telling loci first.
struct alignas(64) ScanPlan {
    std::uint8_t loci_count = 0;
    std::uint8_t first = 0; ///< So many loci are read for whole blocks before lines are looked at.
    std::uint32_t query = 0; ///< Comes back with each survivor.
    ScanLocus loci[scan_loci_max] {};
};

/// Some blocks of one segment, and the plans that hold for it.
struct Piece {
    Columns columns;
    ScanPlan const* plans;
    std::size_t plans_count;
    bool gaps; ///< The segment has columns of wildcards and missing loci.
    std::size_t block_first, block_last; ///< At least one; the last is not among them.
};

/// What is read in one go, so that memory is asked for a piece while the one before it is read.
struct Pieces {
    Piece const* first;
    std::size_t count;
    unsigned differing_max; ///< 0 to 2 alleles may differ.
};

/// Bits of one word that are left.
struct Survivor {
    std::uint32_t query;
    std::uint32_t piece;
    std::uint32_t word;
    std::uint64_t bits;
};

struct ScanResult {
    std::vector<Survivor> survivors;
    std::uint64_t bytes = 0; ///< Of columns that were touched.
};

/// Adds to the survivors: out of line, so that vector code instantiates nothing of the library.
void keep(ScanResult& result, Survivor const& survivor);

/// Every plan of a piece block by block, so that a block is in the cache for all plans.
using Scan = void(Pieces const& pieces, ScanResult& out);
Scan scan_scalar;
Scan scan_avx2;
Scan scan_avx512;

/// One locus of a search by score. Classes: both alleles, a twice, b twice, a and another, b and
/// another, neither; of a homozygous query only the second, the fourth and the last.
struct ScoreLocus {
    std::uint16_t a = 0, b = 0, homozygous = 0, gaps = 0;
    bool same = false;
    std::uint8_t score[6] {};
    std::uint8_t score_of_gap = 0; ///< A wildcard or a missing locus.
};

struct ScorePlan {
    ScoreLocus const* loci = nullptr;
    std::size_t count = 0;
    bool gaps = false;
    std::uint32_t least = 0; ///< Sums from here on survive; under 2^13.
};

using Score = void(Columns const& columns, ScorePlan const& plan, std::size_t block_first,
    std::size_t block_last, ScanResult& out);
Score score_scalar;
Score score_avx2;
Score score_avx512;

struct Kernels {
    char const* name;
    Scan* scan;
    Score* score;
};
/// The best that this machine can run; `all()` are the ones it can run, scalar first.
Kernels const& best();
std::vector<Kernels> all();

} // namespace comity::search::kernel
