#pragma once

#include "casework/casework_store.h"
#include "casework/draft.h"
#include "exchange/exchange.h"

/// What this node says to a request of another State: an answer, a written refusal, or nothing
/// until an officer has said what is not known.
namespace comity::casework {

/// A request that waits, with what the national register knows of it.
struct Question {
    exchange::Stored message;
    std::string number; ///< Of our case.
    std::string requesting; ///< The State that asks, whoever carried the request.
    message::Request request;
    std::vector<message::Vehicle> vehicles;
};

struct Reply {
    exchange::Outgoing outgoing;
    CaseState state;
    std::string act;
    json::Object facts;
};

/// Nothing when a fact is missing on either decision: on the request, as it was when it came, and
/// on sending the answer, as it is now.
Result<std::optional<Reply>> reply_to(
    treaty::Law const& law, Settings const& settings, Question const& question, Instant now);

std::optional<Date> erase_by(message::Manifest const& manifest);

} // namespace comity::casework
