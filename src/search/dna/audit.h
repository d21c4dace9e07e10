#pragma once

#include "search/dna/chance.h"

/// A national database held against what chance would give: duplicates under two references,
/// relatives and typing errors show as pairs too many (Weir 2004).
namespace comity::search::dna {

/// How many pairs of profiles have two alleles in common at m loci and one at p more: [m][p].
/// Only pairs that both have every one of `loci`, each with two known alleles.
struct PairTable {
    std::vector<std::vector<std::uint64_t>> pairs;
    std::uint64_t compared = 0;
};
constexpr std::size_t pair_table_profiles_max = 5000;
/// Errors: too_large over `pair_table_profiles_max` profiles.
Result<PairTable> pair_table(std::span<Genotype const> profiles, LocusMask loci);

struct AuditPair {
    ProfileNumber one, other;
    Comparison comparison;
};
struct Audit {
    std::uint64_t profiles = 0;
    double pairs = 0;
    std::uint64_t full_observed = 0, near_observed = 0; ///< Near: one allele differs.
    double full_expected = 0, near_expected = 0; ///< Of unrelated persons, at theta.
    std::vector<AuditPair> found; ///< Each once, by quality.
};
constexpr std::size_t audited_at_once = 65'536; ///< Each finds itself: memory for so many hits.
/// Every profile of an index against all others under a rule set; `options.first_query` is not
/// read. Errors: too_large for more pairs than `options.hits_max`; conflict where it was stopped.
Result<Audit> audit(Index const& index, RuleSet const& rules,
    Frequencies::Population const& population, double theta, ConnectionOptions const& options = {},
    std::size_t at_once = audited_at_once);

} // namespace comity::search::dna
