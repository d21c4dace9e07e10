#pragma once

#include "casework/casework.h"

/// What the receiving functions of casework share.
namespace comity::casework {

/// A request as it came: by itself, passed on by a third Party, or confirmed after it was said.
struct Arrival {
    message::Request request;
    std::string requesting; ///< The State that asks, whoever carried it.
    std::string type; ///< Word of the message's type.
    std::string_view text; ///< Of the whole content.
    json::Object const& said; ///< What it says.
    std::optional<Instant> called_at {};
    std::optional<Instant> confirmed_at {};
};

/// Facts of the event of a step: the state of the case before it, and the one that it meant.
constexpr std::string_view state_before = "stateBefore", state_meant = "stateMeant";
/// Of a further message of the same step: the first one.
constexpr std::string_view step_begun = "stepBegun";
/// Whether a case fails with a message that its receiver does not take: it asks.
bool fails_with(CaseRow const& row, std::string_view message_id, std::string_view type);

/// What the signed rejection says: the sender's officer reads it.
exchange::Disposition rejected(Error const& error);
/// What a decision says, provision by provision, for the signed receipt.
std::vector<message::Check> checks_of(treaty::Decision const& decision);
/// "RO node": who did what no person did.
std::string node_of(std::string_view state);
/// Whether a content could not be kept for a fault of the message itself, which its sender learns.
bool is_fault_of_message(Error const& error);

} // namespace comity::casework
