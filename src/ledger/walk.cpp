#include "ledger/walk.h"

#include "base/crew.h"
#include "ledger/kept.h"

#include <limits>

namespace comity::ledger {
namespace {

using store::Row;
using store::Transaction;

constexpr std::size_t leaves_at_once = 2048;

/// From `from` on, none behind the last entry; the first must be `first`.
Result<void> read_leaves(
    Transaction& transaction, std::int64_t from, std::uint64_t first, Leaves& out)
{
    out.first = first;
    out.bytes.clear();
    out.ends.clear();
    out.kept.clear();
    return transaction.each(
        "SELECT position, leaf, hash FROM ledger_entry WHERE position >= $1 "
        "ORDER BY position LIMIT $2",
        [&out](Row const& row) -> Result<void> {
            auto const at = static_cast<std::uint64_t>(row.integer(0));
            if (at != out.end()) return changed("the place of entry", out.end());
            auto const leaf = row.bytes(1), hash = row.bytes(2);
            if (hash.size() != Digest {}.size()) return changed("entry", at);
            out.bytes.insert(out.bytes.end(), leaf.begin(), leaf.end());
            out.ends.push_back(out.bytes.size());
            out.kept.push_back(to_digest(hash));
            return {};
        },
        from, leaves_at_once);
}

} // namespace

Result<void> walk(Transaction& transaction, std::uint64_t first, See const& see,
    std::function<Result<void>()> const& settle)
{
    Crew crew { 1 };
    Leaves seen, next;
    TRY(read_leaves(transaction, std::numeric_limits<std::int64_t>::min(), first, seen));
    while (seen.size() > 0) {
        Result<void> read, understood;
        crew.each(2, [&](std::size_t i) {
            if (i == 0)
                read = read_leaves(transaction, signed_of(seen.end()), seen.end(), next);
            else
                understood = see(seen);
        });
        TRY(std::move(understood));
        if (settle) TRY(settle());
        TRY(std::move(read));
        std::swap(seen, next);
    }
    return {};
}

} // namespace comity::ledger
