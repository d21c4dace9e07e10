#pragma once

#include "message/body.h"
#include "store/store.h"

/// The national register of vehicles, as far as a node may answer from it (Art. 4(5)(a)).
namespace comity::casework {

/// One line of an import: a JSON object as message::Vehicle. Errors name the line.
/// Returns the number of vehicles taken; all of them or none.
Result<std::int64_t> import_vehicles(store::Transaction& transaction, std::string_view lines);
Result<std::int64_t> count_vehicles(store::Transaction& transaction);

/// Every vehicle whose plate or VIN has the key of the one asked. At most `vehicles_max`.
constexpr std::int64_t vehicles_max = 20;
Result<std::vector<message::Vehicle>> find_vehicles(
    store::Transaction& transaction, message::VehicleQuery const& query);

} // namespace comity::casework
