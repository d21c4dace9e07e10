#pragma once

#include "identification/identification.h"
#include "identification/sampling_draft.h"

/// Article 20(3): there is no profile of a person who stays with the other Party, so that Party is
/// asked to take a sample, type it and send the profile. Nothing is taken before it confirmed that
/// the conditions of its own law are met; what it cost is told to both.
namespace comity::identification {

/// Where a sample stands, for both desks.
enum class SamplingStatus : std::uint8_t {
    not_permitted, ///< The requested Party has not confirmed the conditions of its law, A20(3)(c).
    permitted,
    refused,
    typed
};
BOOST_DESCRIBE_ENUM(SamplingStatus, not_permitted, permitted, refused, typed)

struct SamplingAnswerView {
    std::string message_id;
    Instant at;
    message::DnaSamplingAnswer answer;
};
BOOST_DESCRIBE_STRUCT(SamplingAnswerView, (), (message_id, at, answer))

struct SamplingCase {
    std::string number;
    std::string requesting, requested;
    SamplingStatus status;
    std::optional<message::DnaSamplingRequest> request {}; ///< None where it is destroyed.
    std::vector<SamplingAnswerView> answers {}; ///< As they came.
};
BOOST_DESCRIBE_STRUCT(SamplingCase, (), (number, requesting, requested, status, request, answers))

/// What became of a step.
struct SamplingTaken {
    treaty::Decision decision;
    std::vector<std::string> missing {}; ///< Paths of what the draft lacks.
    std::optional<std::string> message {}; ///< Id; only when it left.
};

/// The profile of the sample against our own file, under the rules that hold at home.
struct SampleCompared {
    std::string rules;
    std::int64_t profiles; ///< How many it was compared with.
    std::vector<message::DnaMatch> matches {}; ///< The surest first, `matches_max` at most.
    std::int64_t matches_found;
};
BOOST_DESCRIBE_STRUCT(SampleCompared, (), (rules, profiles, matches, matches_found))

/// Costs of a sample that its requesting Party pays back, A20(3)(d).
struct SamplingCosts {
    std::string number; ///< Of our case.
    std::string requesting, requested;
    message::Money costs;
    std::string message; ///< Id of the one that told of them.
    Instant at;
};

class Sampling {
public:
    /// Takes its messages from casework. The rooms outlive it.
    Sampling(Identification::Rooms rooms, Settings settings, Clock clock, Random random);

    /// A ledger of claims is told here, on either side, in the commit that records the costs.
    /// Before anything is received.
    using HearsOfCosts = std::function<Result<void>(store::Transaction&, SamplingCosts const&)>;
    void on_costs(HearsOfCosts hears) { costs_ = std::move(hears); }

    /// Judges a draft; no effect. Errors name the field.
    Result<Outcome> try_request(SamplingDraft const& draft) const;
    /// Judges, and where it may leave records, registers and queues in one durable step. Errors:
    /// malformed besides, naming what is missing; conflict for a number in use.
    /// `files[i]` that is not his or has not come whole. Where two officers are set it waits.
    Result<Outcome> send(SamplingDraft const& draft, casework::Officer const& officer);

    /// A sample with what of it he may see; each content that he opens is noted. Error: not_found.
    Result<SamplingCase> open_case(std::string_view number, casework::Officer const& officer);

    /// Judges a step of the requested Party; no effect but that he read the request. Errors:
    /// not_found; not_permitted, citing what refuses; conflict where nothing waits for the step;
    /// malformed naming the field.
    Result<SamplingTaken> try_step(
        std::string_view number, SamplingStepDraft const& draft, casework::Officer const& officer);
    /// The same, and where the law permits it and nothing is missing it leaves.
    Result<SamplingTaken> take_step(
        std::string_view number, SamplingStepDraft const& draft, casework::Officer const& officer);

    /// Our side's use of the profile that came. Errors: not_found; not_permitted; conflict where
    /// no profile came yet.
    Result<SampleCompared> compare(std::string_view number, casework::Officer const& officer);

private:
    struct Waiting {
        casework::CaseRow row;
        message::DnaSamplingRequest request;
        message::Manifest manifest;
        std::string manifest_sha256;
    };
    struct Prepared {
        Waiting waiting;
        SamplingTaken taken;
        message::DnaSamplingAnswer answer;
        json::Value record;
    };
    Ways ways() const { return { rooms_.law, settings_, rooms_.terms }; }
    Result<Outcome> send_as(SamplingDraft const& draft, casework::Officer const& officer,
        casework::Confirmation const* confirmation);
    Result<casework::TakenStep> let_leave(
        casework::Confirmation const& confirmation, json::Object const& draft);
    Result<std::int64_t> propose(SamplingDraft const& draft, casework::Officer const& officer);
    Result<std::string> keep_request(store::Transaction& transaction, Outcome const& outcome,
        message::DnaSamplingRequest const& request, exchange::Sealed const& sealed,
        casework::Officer const& officer, casework::Confirmation const* confirmation);
    Result<dna::RuleSet> rules_with(std::string_view party) const;
    Result<Waiting> waiting(store::Transaction& transaction, std::string_view number,
        message::SamplingStep step, casework::Officer const& officer);
    Result<Prepared> prepare(
        std::string_view number, SamplingStepDraft const& draft, casework::Officer const& officer);
    exchange::Outgoing answer_out(
        Prepared const& prepared, SamplingStepDraft const& draft, std::string_view text) const;
    Result<void> keep_step(store::Transaction& transaction, Prepared const& prepared,
        exchange::Sealed const& sealed, std::string_view text, casework::Officer const& officer,
        std::string& id);
    Result<void> note(store::Transaction& transaction, casework::CaseRow const& row,
        message::DnaSamplingAnswer const& answer, casework::Event event);
    Result<exchange::Disposition> receive_request(
        store::Transaction& transaction, exchange::Delivered const& delivered);
    Result<exchange::Disposition> receive_answer(
        store::Transaction& transaction, exchange::Delivered const& delivered);

    Identification::Rooms rooms_;
    Settings settings_;
    Clock clock_;
    Random random_;
    HearsOfCosts costs_ = [](auto&, auto const&) -> Result<void> { return {}; };
};

/// "dna-sampling": the kind of such a case.
extern std::string_view const sampling_kind;
/// What a list says of one: who is to be sampled.
casework::Heading heading_of(message::DnaSamplingRequest const& request);

/// Whether a case that stands so waits for the step, and how it stands after it.
bool waits_for(casework::CaseState state, message::SamplingStep step);
casework::CaseState state_after(message::SamplingStep step);

} // namespace comity::identification
