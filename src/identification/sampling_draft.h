#pragma once

#include "casework/files.h"
#include "identification/dna_draft.h"
#include "message/first_connection.h"

/// A sample under Article 20(3): the request for it and the word of the requested Party, while an
/// officer writes them, and what they say to the law.
namespace comity::identification {

/// Every field may be missing while one types.
struct SamplingDraft {
    std::optional<std::string> to {};
    std::optional<std::string> case_number {};
    std::optional<std::string> purpose {}; ///< Of the case, as in every message.
    std::optional<std::string> purpose_wanted {}; ///< What the sample is for, A20(3)(a).
    std::optional<json::Object> person {}; ///< As message::Identity.
    std::optional<json::Object> whereabouts {}; ///< As message::Place; its State is named.
    /// Request for analysis or order, A20(3)(b): of whom, of which day, its number. The document
    /// itself stands among the files.
    std::optional<std::string> order {};
    std::optional<std::string> statement {}; ///< That the same could be done at home, A20(3)(b).
    std::optional<bool> costs_accepted {}; ///< A20(3)(d).
    std::optional<Date> erase_by {};
    std::optional<std::string> urgency {};
    /// By name, what only the officer can state: `profile-available`.
    std::optional<json::Object> facts {};
    std::optional<std::vector<casework::FileNumber>> files {}; ///< That wait (casework::Files).
};
BOOST_DESCRIBE_STRUCT(SamplingDraft, (),
    (to, case_number, purpose, purpose_wanted, person, whereabouts, order, statement,
        costs_accepted, erase_by, urgency, facts, files))

/// What the requested Party does with the request; which members count, the step says.
struct SamplingStepDraft {
    message::SamplingStep step;
    /// By name: `sampling-lawful` to permit, A20(3)(c); `profile-available` and
    /// `person-in-requested-party` where it knows better.
    std::optional<json::Object> facts {};
    std::optional<std::string> conditions_met {}; ///< Of our law, and who said so.
    std::optional<std::string> ground {}; ///< Of a refusal, Article 30(1).
    std::optional<std::string> reason {};
    std::optional<message::Profile> profile {};
    std::optional<Date> sampled_on {};
    std::optional<message::Money> costs {}; ///< To be paid back, A20(3)(d).
};
BOOST_DESCRIBE_STRUCT(SamplingStepDraft, (),
    (step, facts, conditions_met, ground, reason, profile, sampled_on, costs))

/// Errors name the field: no Party, a word of no list, a fact that is not the officer's.
Result<treaty::Situation> situation_of(Ways const& ways, SamplingDraft const& draft, Instant at);
/// Paths of what it still lacks, whatever the law says. Errors: malformed or too_large, naming the
/// path of what cannot be so.
Result<std::vector<std::string>> missing_of(SamplingDraft const& draft);
/// MUST: nothing is missing.
message::DnaSamplingRequest request_of(
    SamplingDraft const& draft, std::span<exchange::OutgoingAttachment const> files);

/// A request may leave before the requested Party confirmed what A20(3)(c) leaves to it; every
/// other condition has to hold. That nothing is taken before, take_step() sees to.
bool may_leave(treaty::Decision const& decision);

/// A request that came, as its receiver judges it.
struct SamplingAsked {
    message::DnaSamplingRequest const& request;
    message::Manifest const& manifest;
};
Result<treaty::Situation> situation_of(
    Ways const& ways, SamplingAsked const& asked, json::Object const& stated, Instant at);
/// Article 30(1): a refusal on one of its grounds. Error: a word of no list, `ground`.
Result<treaty::Situation> refusal_situation(
    Ways const& ways, SamplingAsked const& asked, SamplingStepDraft const& draft, Instant at);

/// Errors: malformed naming the member: a profile that may not be exchanged under the rules, a
/// sample of tomorrow, an amount or a currency that is none.
Result<message::DnaSamplingAnswer> answer_of(SamplingStepDraft const& draft,
    std::string_view case_number, dna::RuleSet const& rules, dna::LocusTable const& table,
    Date today);
/// The same of an answer that came.
Result<void> check_typed(message::DnaSamplingAnswer const& answer, dna::RuleSet const& rules,
    dna::LocusTable const& table);

} // namespace comity::identification
