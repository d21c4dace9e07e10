#pragma once

#include "search/dna/frequency.h"
#include "search/dna/mutation.h"
#include "search/dna/rules.h"

#include <filesystem>

namespace comity::search::dna {

/// All that data/dna says: loci, kits, counted alleles, mutations, rule sets.
struct Knowledge {
    LocusTable table;
    Frequencies frequencies;
    MutationRates mutation;
    std::vector<RuleSet> rules; ///< By name of the file.

    /// Errors: not_found; malformed, naming file and place.
    static Result<Knowledge> read(std::filesystem::path const& folder);
    /// A set by name, letter case aside, in force on a date. Error: not_found, naming the sets.
    Result<RuleSet> rules_named(std::string_view name, Date on) const;
};

} // namespace comity::search::dna
