#pragma once

#include "identification/profile_database.h"

/// Relatives in a request: what must hold before they are compared, and what is answered.
namespace comity::identification {

/// Under this no candidate is told: a thousand times likelier as the missing one.
constexpr double kin_log10_ratio_min = 3;
constexpr std::size_t candidates_max = 100;
/// That are kept for one State: each fresh body is held against every one.
constexpr std::int64_t kept_families_max = 1000;

/// Of a request that came or is to go: relatives travel as a family only, for a missing person,
/// each with a consent that outlasts `erase_by`. Errors: malformed naming the field, citing
/// A20(1)-1.
Result<void> check_family(
    message::DnaRequest const& request, dna::LocusTable const& table, std::optional<Date> erase_by);

/// The family of a request. Errors: those of profile_of and question_of.
Result<dna::FamilyQuestion> question_of(
    message::DnaRequest const& request, dna::LocusTable const& table);

message::KinCandidate candidate_of(
    FoundKin const& found, dna::LocusTable const& table, std::string id);
message::KinEvidence evidence_of(SearchedKin const& searched, double theta);

} // namespace comity::identification
