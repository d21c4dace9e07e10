#include "casework/vehicle_register.h"

#include "search/plate.h"

#include <fmt/format.h>

namespace comity::casework {
namespace {

using message::Vehicle;
using store::Row;
using store::Transaction;

Result<void> insert(Transaction& transaction, Vehicle const& vehicle)
{
    TRY(transaction.run("INSERT INTO vehicle (plate_key, vin_key, body) VALUES ($1, $2, $3)",
        search::plate_key(vehicle.plate), search::vin_key(vehicle.vin), json::to_text(vehicle)));
    return {};
}

} // namespace

Result<std::int64_t> import_vehicles(Transaction& transaction, std::string_view lines)
{
    std::int64_t count = 0;
    while (!lines.empty()) {
        auto const end = std::min(lines.find('\n'), lines.size());
        auto const line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        if (line.empty()) continue;
        ++count;
        auto vehicle = json::read_text<Vehicle>(line, json::Unknown::refuse);
        if (!vehicle.ok())
            return Error { Error::Kind::malformed,
                fmt::format("vehicle register, line {}: {}", count, vehicle.error().what),
                fmt::format("line {}", count) };
        TRY(insert(transaction, vehicle.value()));
    }
    return count;
}

Result<std::int64_t> count_vehicles(Transaction& transaction)
{
    auto const count = TRY(transaction.one(
        "SELECT count(*) FROM vehicle", [](Row const& row) { return row.integer(0); }));
    return count.value();
}

Result<std::vector<Vehicle>> find_vehicles(
    Transaction& transaction, message::VehicleQuery const& query)
{
    auto const plate = search::plate_key(query.plate.value_or(""));
    auto const vin = search::vin_key(query.vin.value_or(""));
    std::vector<Vehicle> out;
    TRY(transaction.each(
        "SELECT body FROM vehicle WHERE (plate_key = $1 AND $1 <> '') "
        "OR (vin_key = $2 AND $2 <> '') LIMIT $3",
        [&](Row const& row) -> Result<void> {
            out.push_back(TRY(json::read_text<Vehicle>(row.text(0), json::Unknown::refuse)));
            return {};
        },
        plate, vin, vehicles_max));
    return out;
}

} // namespace comity::casework
