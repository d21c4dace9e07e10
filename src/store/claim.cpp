#include "store/claim.h"

#include <fmt/format.h>

namespace comity::store {
namespace {

std::int64_t stored(Instant instant)
{
    return instant.time_since_epoch().count();
}

} // namespace

Result<bool> claim(Transaction& transaction, std::string_view what, Lease const& lease)
{
    auto const taken = TRY(transaction.run(
        "INSERT INTO store_claim (what, process, until) VALUES ($1, $2, $3) "
        "ON CONFLICT (what) DO UPDATE SET process = excluded.process, until = excluded.until "
        "WHERE store_claim.process = excluded.process OR store_claim.until <= $4",
        what, lease.process, stored(lease.now + lease.length), stored(lease.now)));
    return taken == 1;
}

Result<void> release(Transaction& transaction, std::string_view what, std::int64_t process)
{
    TRY(transaction.run("DELETE FROM store_claim WHERE what = $1 AND process = $2", what, process));
    return {};
}

Result<std::vector<std::string>> claim_some(Transaction& transaction, std::string_view kind,
    std::span<std::string const> wanted, std::size_t count_max, Lease const& lease)
{
    std::vector<std::string> out;
    for (auto const& name : wanted) {
        if (out.size() == count_max) break;
        if (TRY(claim(transaction, fmt::format("{}/{}", kind, name), lease))) out.push_back(name);
    }
    return out;
}

} // namespace comity::store
