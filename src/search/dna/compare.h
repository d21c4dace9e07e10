#pragma once

#include "search/dna/rules.h"

namespace comity::search::dna {

/// What one locus says.
enum class Agreement : std::uint8_t {
    not_compared, ///< Missing in one of the two, or left out by the rules.
    equal,
    by_wildcard,
    deviation, ///< A value one base off: a micro-variant.
    mismatch,
};
BOOST_DESCRIBE_ENUM(Agreement, not_compared, equal, by_wildcard, deviation, mismatch)

struct LocusFinding {
    LocusNumber locus;
    Agreement agreement;
    bool counts; ///< Among the matching loci.
    std::uint8_t deviating, mismatching; ///< Alleles.
    std::optional<Pair> query, candidate; ///< As the rules saw them.
};

/// How far two profiles agree, locus by locus; the oracle of every faster way.
struct Comparison {
    std::vector<LocusFinding> loci; ///< Every locus that one of them has, amelogenin too.
    unsigned compared = 0, matching = 0, by_wildcard = 0;
    unsigned deviating = 0, mismatching = 0; ///< Alleles.
    /// 2008/616/JHA, Annex, Chapter 1, 4: 1 all equal, 2 with wildcards, 3 with a deviation, 4 with
    /// a mismatch; 0 where it is no hit.
    unsigned quality = 0;
    bool hit = false;
    std::string reason; ///< Which limit made it one, or none.
    LocusMask compared_mask = 0;
};

/// Compares under a rule set. `loci` is compared_loci(rules, table), made once.
Comparison compare(Genotype const& query, Genotype const& candidate, RuleSet const& rules,
    LocusTable const& table, LocusMask loci);

/// One locus, over both ways of laying the pairs beside each other.
LocusFinding compare_locus(
    LocusNumber locus, Pair query, Pair candidate, RuleSet const& rules, unsigned repeat_bases);

/// "12,14" as the rules saw it.
std::string to_text(Pair const& pair);

} // namespace comity::search::dna
