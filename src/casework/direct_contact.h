#pragma once

#include "casework/casework.h"

/// Article 4(4): authorities that are no National Central Units may write to each other where it is
/// expedient and one of two grounds holds. The Units of both Parties get a copy: ours is a row
/// here, theirs a message of its own beside the request.
namespace comity::casework {

constexpr std::int64_t copies_shown_max = 200;

/// A copy as a Unit keeps it; no person stands in it.
struct ContactCopy {
    std::string message; ///< The copy's, or for our own the request's.
    std::string case_number; ///< Ours.
    std::string direction; ///< "out": our authority wrote.
    std::string party; ///< The other one.
    std::string ground; ///< Word of treaty::DirectGround.
    std::string from_authority, to_authority;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(ContactCopy, (),
    (message, case_number, direction, party, ground, from_authority, to_authority, at))

Result<void> insert_copy(store::Transaction& transaction, ContactCopy const& copy);
/// The newest first.
Result<std::vector<ContactCopy>> copies(store::Transaction& transaction, std::int64_t limit);

/// The copy for the other Party's Unit of a request that leaves directly. MUST: it has a ground.
exchange::Outgoing copy_of(message::Request const& request, exchange::Sealed const& sent,
    std::string_view gist, Instant now);

/// A copy that is sealed, on its way into the commit of its request.
struct SealedCopy {
    exchange::Sealed sealed;
    std::string text;
};
/// Nothing for a request that goes from Unit to Unit.
Result<std::optional<SealedCopy>> seal_copy(exchange::Exchange& exchange,
    message::Request const& request, exchange::Sealed const& sent, Instant now);
/// For the other Unit as a message, for ours as a row; the timeline says both.
Result<void> send_copy(store::Transaction& transaction, exchange::Exchange& exchange,
    Casework& casework, message::Request const& request, SealedCopy const& copy,
    std::string const& officer);

/// Takes copies that come from other Parties. Before anything is received; all outlive the node.
void take_copies(Casework& casework, treaty::Law const& law, std::string own_state);

} // namespace comity::casework
