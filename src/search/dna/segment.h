#pragma once

#include "search/dna/profile.h"
#include "search/kernel/bits.h"

#include <atomic>
#include <memory>
#include <shared_mutex>

/// How profiles lie in memory: for each locus a bitmap for each common allele, one bit for a
/// profile (docs/decisions/033-allele-bitmaps.md).
namespace comity::search::dna {

using ProfileNumber = std::uint64_t; ///< Given by an index, ascending, never given twice.

/// The alleles that have a bitmap of their own, ascending; all others of a locus share one, and
/// stand beside the bitmaps word for word.
struct Dictionary {
    std::array<std::vector<Allele>, loci_max> alleles;

    /// Place of an allele, or that of the shared one.
    std::size_t place(LocusNumber locus, Allele allele) const;
    /// Columns of a locus: alleles, others, homozygotes; with gaps wildcards and missing as well.
    std::size_t columns(LocusNumber locus, bool gaps) const
    {
        return alleles[locus].size() + 2 + (gaps ? 2U : 0U);
    }
    bool operator==(Dictionary const&) const = default;
};

/// Which columns a segment has. Profiles that have every locus of a kit and nothing out of the
/// ordinary lie apart from those with gaps: their segments need no columns for gaps.
struct Layout {
    LocusMask loci = 0;
    bool gaps = false;
    std::array<std::uint16_t, loci_max> first {}; ///< Column of each of its loci.
    std::uint16_t columns = 0;
};
Layout make_layout(LocusMask loci, bool gaps, Dictionary const& dictionary);

/// Zeroed memory in large pages where the machine has them. Segments of every size share them.
class Pages {
public:
    explicit Pages(std::size_t bytes);
    ~Pages();
    Pages(Pages const&) = delete;
    Pages& operator=(Pages const&) = delete;

    std::uint64_t* words() const { return words_; }
    std::size_t bytes() const { return bytes_; }

private:
    class Run;
    std::shared_ptr<Run> run_;
    std::size_t bytes_;
    std::uint64_t* words_;
};

/// Up to `slots_max` profiles of one layout. One writer at a time, any number of readers.
class Segment {
public:
    static constexpr std::size_t slots_min = 4096, slots_max = 262144;

    Segment(Layout const& layout, Dictionary const& dictionary, std::size_t slots);

    Layout const& layout() const { return layout_; }
    std::size_t slots() const { return slots_; }
    std::size_t used() const { return used_.load(std::memory_order_acquire); }
    bool full() const { return used() == slots_; }
    kernel::Columns columns() const { return { pages_.words(), stride_ }; }
    std::size_t blocks() const;

    void append(ProfileNumber number, Genotype const& genotype);
    /// Clears every bit of a profile. False where there is none of that number.
    bool destroy(ProfileNumber number);
    /// Where a slot holds a profile: its number. 0 where it holds none.
    ProfileNumber number_at(std::size_t slot) const;
    std::optional<std::size_t> find(ProfileNumber number) const;
    /// The loci of `wanted` of a profile.
    Genotype read(std::size_t slot, LocusMask wanted) const;

    /// For the file: everything that lies in pages, and what stands beside them.
    struct Aside {
        std::uint32_t slot;
        Typing typing;
    };
    Pages const& pages() const { return pages_; }
    std::vector<Aside> asides() const;
    /// After the pages were filled from a file.
    void restore(std::size_t used, std::vector<Aside> asides);

private:
    static constexpr ProfileNumber destroyed = ProfileNumber { 1 } << 63U;

    void set(std::size_t column, std::size_t slot);
    bool is_set(std::size_t column, std::size_t slot) const;
    void put(Typing const& typing, std::size_t slot);
    void put_missing(LocusMask present, std::size_t slot);
    void fetch(std::size_t slot, LocusMask wanted) const;
    std::optional<Typing> typing_at(LocusNumber locus, std::size_t slot) const;
    std::atomic_ref<ProfileNumber> number_ref(std::size_t slot) const;

    Layout layout_;
    Dictionary const* dictionary_;
    std::size_t slots_;
    std::size_t stride_; ///< Words of a column, and some so that columns meet in no one cache set.
    Pages pages_;
    std::atomic<std::size_t> used_ = 0;
    mutable std::shared_mutex asides_mutex_;
    std::vector<Aside> asides_; ///< By slot.
};

/// What a segment cannot say in its columns of alleles: a wildcard has one of its own, three
/// alleles and rare values stand aside and count as missing until they are looked at.
bool out_of_the_ordinary(Typing const& typing);

} // namespace comity::search::dna
