#pragma once

#include "identification/profile_database.h"

/// What a search found, as it travels: reference numbers first, with what each hit weighs and how
/// often chance alone would give it. No person, no allele.
namespace comity::identification {

constexpr std::size_t matches_max = 100;
/// Over so many hits expected by chance, further loci are asked for (A20(1)-4).
constexpr double chance_hits_max = 0.001;

/// A number that is not whole, as it travels, two digits that count: "2.1e-09", "0.013", "12".
std::string figure(double value);

message::DnaMatch match_of(Found const& found, std::uint64_t profiles, double theta,
    dna::Profile const& query, dna::LocusTable const& table, std::string id);

/// Names of the loci that would bring the chance hits of the surest hit under the bound, those
/// first that only one of the two lacks; none where it is under it.
std::vector<std::string> loci_asked(
    Found const& found, dna::Profile const& query, dna::Knowledge const& knowledge, double theta);

} // namespace comity::identification
