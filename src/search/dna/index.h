#pragma once

#include "base/bytes.h"
#include "search/dna/compare.h"
#include "search/dna/segment.h"

#include <filesystem>
#include <functional>
#include <mutex>

namespace comity::search::dna {

/// Profiles of one kind (persons, stains, missing persons and bodies, relatives) that are searched
/// together: bitmaps in memory, a checked file and a log of changes on disk. What a number stands
/// for is known to the caller. Errors that any of them can give: unavailable (disk).
class Index {
    struct Key { };

public:
    /// An empty index in a new folder. A profile whose loci are those of a kit of the table lies
    /// with its like. Error: conflict where the folder holds one.
    static Result<std::unique_ptr<Index>> create(
        std::filesystem::path const& folder, Dictionary const& dictionary, LocusTable const& table);
    /// An index that no disk knows: for one run, or for what is rebuilt from elsewhere.
    static std::unique_ptr<Index> in_memory(Dictionary const& dictionary, LocusTable const& table);
    /// The index of a folder, checked: not_found; malformed where a checksum does not hold. What
    /// a crash left half written at the end of the log was never acknowledged and is cut off.
    static Result<std::unique_ptr<Index>> open(
        std::filesystem::path const& folder, LocusTable const& table);
    Index(Key key, std::filesystem::path folder, Dictionary dictionary, LocusTable table);
    ~Index();
    Index(Index const&) = delete;
    Index& operator=(Index const&) = delete;

    /// When a change is on disk: before it returns, or with the next synchronize(). Either way a
    /// search that starts afterwards sees it, and it outlives this process.
    enum class Durable : std::uint8_t { now, when_synchronized };
    /// All of them or none. Numbers in the order given.
    Result<std::vector<ProfileNumber>> insert(
        std::span<Genotype const> profiles, Durable durable = Durable::now);
    /// Error: not_found. In memory its bits are gone at once, on disk with the next checkpoint().
    Result<void> destroy(ProfileNumber number, Durable durable = Durable::now);
    Result<void> synchronize();
    /// Writes the file anew without what was destroyed and empties the log. Searches go on,
    /// changes wait. Error: conflict where it has no folder.
    Result<void> checkpoint();

    std::optional<Genotype> read(ProfileNumber number) const;
    std::uint64_t size() const { return size_.load(std::memory_order_relaxed); }
    /// How many profiles there are for each set of loci.
    std::vector<std::pair<LocusMask, std::uint64_t>> sizes_by_loci() const;
    std::uint64_t bytes() const; ///< Memory of bitmaps, numbers and what stands aside.
    LocusTable const& table() const { return table_; }

    /// What is searched: the segments at one moment. Profiles that are inserted later may be seen.
    using Segments = std::vector<std::shared_ptr<Segment>>;
    std::shared_ptr<Segments const> snapshot() const;
    Dictionary const& dictionary() const { return dictionary_; }
    std::vector<Layout> const& layouts() const { return layouts_; }
    /// Share of profiles that have the bit of a place at a locus.
    double density(LocusNumber locus, std::size_t place) const;

private:
    friend struct IndexFile;
    std::size_t layout_for(Genotype const& genotype) const;
    Segment& segment_for(std::size_t layout);
    void add_segment(std::size_t layout, std::shared_ptr<Segment> segment);
    void apply_insert(ProfileNumber number, Genotype const& genotype);
    bool apply_destroy(ProfileNumber number);
    void count(Genotype const& genotype, int step);
    Result<void> log(ByteView records, Durable durable);

    std::filesystem::path folder_;
    Dictionary dictionary_;
    LocusTable table_;
    std::vector<Layout> layouts_; ///< With gaps and without, by number of loci; the last has all.
    mutable std::mutex writer_;
    mutable std::mutex segments_mutex_;
    std::shared_ptr<Segments const> segments_ = std::make_shared<Segments const>();
    std::vector<std::shared_ptr<Segment>> open_; ///< For each layout the one that is filled.
    std::vector<std::uint64_t> filled_; ///< Slots of each layout so far.
    std::array<std::vector<std::atomic<std::uint32_t>>, loci_max> counts_;
    std::atomic<std::uint64_t> size_ = 0;
    ProfileNumber next_ = 1;
    std::uint64_t generation_ = 0;
    int log_ = -1;
    bool broken_ = false; ///< A record may stand half in the log: nothing more is written.
};

constexpr std::size_t profiles_at_once_max = 1'000'000;

} // namespace comity::search::dna
