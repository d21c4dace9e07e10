#pragma once

#include "identification/dna_draft.h"
#include "identification/profile_database.h"
#include "message/first_connection.h"

/// A first connection while an officer writes it: what it says to the law, and what chance alone
/// will give.
namespace comity::identification {

/// Every field may be missing while one types.
struct RunDraft {
    std::optional<std::string> to {};
    std::optional<std::string> case_number {};
    std::optional<std::string> purpose {};
    std::optional<std::string> offence {};
    std::optional<std::string> ground {};
    std::optional<std::string> form_version {}; ///< The valid one where missing.
    std::optional<std::string> kind {}; ///< Of ProfileKind; never persons or relatives.
    std::optional<bool> costs_accepted {};
    std::optional<Date> erase_by {};
    /// How many profiles the other Party may hold, for the first estimate; its own follows.
    std::optional<std::int64_t> file_profiles {};
    std::optional<json::Object> facts {};
};
BOOST_DESCRIBE_STRUCT(RunDraft, (),
    (to, case_number, purpose, offence, ground, form_version, kind, costs_accepted, erase_by,
        file_profiles, facts))

constexpr std::size_t profiles_a_portion = 400;
constexpr std::size_t run_profiles_max = 1'000'000;
constexpr std::size_t loci_sets_max = 500; ///< That a proposal names.

/// What a run would be, reckoned before anything is sent.
struct RunExpectation {
    std::int64_t profiles = 0, portions = 0;
    std::int64_t left_out = 0; ///< That may not be exchanged under the rules.
    std::int64_t file_profiles = 0; ///< Of the other Party, as the draft supposes.
    double pairs = 0, full_expected = 0, near_expected = 0, chance_of_any = 0;
    std::optional<std::int64_t> answer_hours {}; ///< As agreed between the two.
};

/// The profiles of a run and how they are typed.
struct RunProfiles {
    std::vector<std::string> items; ///< Of the vault.
    dna::LociCounts loci; ///< The most frequent first.
    std::int64_t left_out = 0;
};
/// Ours of one kind that may be exchanged under the rules. Error: too_large over
/// `run_profiles_max`.
Result<RunProfiles> profiles_of_run(
    ProfileDatabase& database, dna::Category category, dna::RuleSet const& rules);

/// Errors: malformed naming the kind: no word, or one that a run does not have.
Result<message::ProfileKind> kind_of(RunDraft const& draft);
dna::Category category_of(message::ProfileKind kind);
/// The draft as a request of Article 20 without profiles, for the law.
DnaDraft as_request(RunDraft const& draft);
message::DnaRequest as_request(message::DnaRunProposal const& proposal);
std::vector<std::string> missing_of(RunDraft const& draft, RunProfiles const& profiles);

std::vector<message::LociTyped> loci_typed(
    dna::LociCounts const& loci, dna::LocusTable const& table);
/// Errors: malformed, naming a locus that is not known.
Result<dna::LociCounts> loci_counts(
    std::span<message::LociTyped const> typed, dna::LocusTable const& table);
message::DnaRunChance chance_as_sent(
    dna::ConnectionChance const& chance, std::uint64_t profiles_searched);
std::uint64_t sum_of(dna::LociCounts const& loci);

} // namespace comity::identification
