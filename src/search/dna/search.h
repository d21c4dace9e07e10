#pragma once

#include "base/crew.h"
#include "search/dna/index.h"

#include <stop_token>

/// The fast way to every hit: bitmaps leave few candidates and never lose one; compare() judges
/// those.
namespace comity::search::dna {

struct Hit {
    ProfileNumber number;
    Genotype genotype;
    Comparison comparison;
};

struct SearchResult {
    std::vector<Hit> hits; ///< By quality, then matching loci, the surest first.
    std::uint64_t candidates = 0; ///< What the bitmaps left to compare.
    std::uint64_t bytes = 0; ///< Of bitmaps that were read.
};

struct SearchOptions {
    Crew* crew = nullptr; ///< Who helps; nobody: the caller's thread alone.
    std::size_t hits_max = 10'000;
    kernel::Kernels kernels = kernel::best();
    /// Under so many to read the caller is done before somebody else has woken.
    std::uint64_t alone_bytes = 2'000'000;
};

/// Errors: too_large over `hits_max`.
Result<SearchResult> search(Index const& index, Genotype const& query, RuleSet const& rules,
    SearchOptions const& options = {});

/// The first connection of two States: every query against the whole index, many at a time.
struct ConnectionProgress {
    std::uint64_t queries_done = 0, queries_all = 0, hits = 0;
};
struct ConnectionOptions {
    SearchOptions search {};
    std::size_t first_query = 0; ///< Where a run that was stopped goes on.
    std::size_t hits_max = 1'000'000;
    std::stop_token stop {};
    std::function<void(ConnectionProgress const&)> progress {};
};
struct ConnectionHit {
    std::size_t query;
    Hit hit;
};
struct ConnectionResult {
    std::vector<ConnectionHit> hits; ///< By query.
    std::size_t queries_done = 0; ///< From the first on; give it as `first_query` to go on.
    std::uint64_t candidates = 0;
    bool complete = false;
};
/// Errors: too_large over `hits_max`: what a rule set at its least loci can bring.
Result<ConnectionResult> compare_all(Index const& index, std::span<Genotype const> queries,
    RuleSet const& rules, ConnectionOptions const& options = {});

constexpr std::size_t queries_at_once = 1024; ///< So often a run can stop and says its progress.

/// A locus of a query and the share of profiles that it leaves: with both alleles agreeing, with
/// one at least. Its columns are counted from the first of the locus.
struct WeighedLocus {
    LocusNumber locus;
    kernel::ScanLocus columns;
    double both, one;
};

/// A query under a rule set, the most telling loci first.
struct WeighedQuery {
    LocusMask seen; ///< What a hit may count.
    std::vector<WeighedLocus> loci; ///< What the bitmaps can say.
    unsigned matching_loci_min, differing_max;
};
WeighedQuery weigh(Index const& index, Genotype const& query, RuleSet const& rules, LocusMask loci);

/// The plan of a query for one layout; empty where too few loci are shared for a hit.
std::optional<kernel::ScanPlan> make_plan(WeighedQuery const& query, Layout const& layout);

} // namespace comity::search::dna
