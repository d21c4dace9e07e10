#pragma once

#include "rights/rights.h"

namespace comity::rights {

/// Nothing where the officer may see the case. Error: not_found for a case that is not there.
Result<std::optional<access::Refusal>> refused_to_see(
    Rights::Rooms const& rooms, std::string_view number, Officer const& officer);

/// Our number for the case of an item, also when the item is gone.
Result<std::string> case_of_item(store::Transaction& transaction, std::string const& item);
/// That we sent it to the Party, and it took it.
bool went_to(store::Transaction& transaction, std::string const& item, std::string const& party);

/// That State sent it to us.
bool came_from(store::Transaction& transaction, std::string const& item, std::string const& party);
/// The content of a message, for the node's own work on it.
Result<json::Value> text_to_alter(store::Transaction& transaction, protection::Vault& vault,
    casework::CaseRow const& row, casework::ContentRow const& content);
/// The same words, or a request whole inside the message that passed it on.
bool carries(json::Value const& copy, json::Value const& item);
/// The node itself, cleared for what it works on.
Officer node_for(protection::Label const& label);

} // namespace comity::rights
