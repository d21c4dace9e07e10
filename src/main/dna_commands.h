#pragma once

#include "main/commands.h"
#include "search/dna/search.h"

/// `comity dna ...`: profiles in a folder of their own (profiles.csv), for a laboratory's desk and
/// for trying things. A node keeps its profiles in its database.
namespace comity::main {

/// Says how far a run over many profiles is, at each tenth of one that takes long; of a short one
/// nothing. The stream outlives it.
std::function<void(search::dna::ConnectionProgress const&)> telling_progress(std::ostream& out);

struct DnaOptions {
    std::filesystem::path data; ///< Loci, kits, frequencies, rule sets.
    std::filesystem::path folder; ///< Of the profiles.
    std::string command; ///< import, search, compare, kin, audit, export
    std::string subject; ///< A file, or a reference number.
    std::string against, format = "csv", rules = "PRUEM-2008", on, population = "us-caucasian";
    std::string kinship = "parent-child";
    double theta = 0.01, least = 3, chance_max = 0;
    std::uint64_t size = 0; ///< Profiles that chance is counted for; 0: those of the folder.
};
Result<ExitCode> ask_dna(DnaOptions const& options, std::ostream& out);

} // namespace comity::main
