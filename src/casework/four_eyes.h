#pragma once

#include "casework/access_list.h"
#include "casework/draft.h"

/// Two officers where a Party sets it (Settings::four_eyes): what the first proposes waits, and
/// leaves when a second, never the same account, confirms it. The law judges it again then.
namespace comity::casework {

/// What a Party may set two officers for.
enum class GuardedAct : std::uint8_t { send, refuse, release_hit };
BOOST_DESCRIBE_ENUM(GuardedAct, send, refuse, release_hit)

/// Nothing where one officer is enough. `type`: word of a message type; `content`: what it says.
std::optional<GuardedAct> guarded(
    FourEyes const& settings, std::string_view type, json::Object const& content);

/// Nothing for another account than the one that proposed it.
std::optional<access::Refusal> refused_as_second(std::string_view proposer, Officer const& officer);

enum class ProposalState : std::uint8_t { waiting, confirmed, sent_back, taken_back };
BOOST_DESCRIBE_ENUM(ProposalState, waiting, confirmed, sent_back, taken_back)

/// What an officer proposed. What it says lies in the vault until it leaves.
struct Proposal {
    std::int64_t place = 0; ///< In its case, from 1.
    std::string case_number;
    GuardedAct act {};
    std::string what; ///< Word of the type of message: "request", "refusal".
    ProposalState state {};
    Instant at;
    std::string account, name; ///< Who proposed it.
    std::optional<Instant> decided_at {};
    std::optional<std::string> decided_by {};
    std::string reason {}; ///< Of sending it back.
    std::optional<json::Object> draft {}; ///< Where it is still there and its reader may see it.
};
BOOST_DESCRIBE_STRUCT(Proposal, (),
    (place, case_number, act, what, state, at, account, name, decided_at, decided_by, reason,
        draft))

constexpr std::int64_t proposals_max = 200; ///< Of a case.

/// Id of its content in the vault.
std::string item_of(Proposal const& proposal);

/// The oldest first.
Result<std::vector<Proposal>> proposals_of(
    store::Transaction& transaction, std::string_view number);
/// Error: not_found.
Result<Proposal> find_proposal(
    store::Transaction& transaction, std::string_view number, std::int64_t place);
Result<void> insert_proposal(store::Transaction& transaction, Proposal const& proposal);
/// Error: conflict where it does not wait any more.
Result<void> decide_proposal(store::Transaction& transaction, Proposal const& decided);

/// A second officer's word on a proposal, on its way into the commit of what it lets leave.
struct Confirmation {
    Proposal proposal;
    Officer second;
};

} // namespace comity::casework
