#pragma once

#include "base/bytes.h"
#include "crypto/hash.h"
#include "store/transaction.h"

/// The whole register from its tables, as fast as two cores read and understand it.
namespace comity::ledger {

using crypto::Digest;

/// Entries as they were read, one behind the other.
struct Leaves {
    std::uint64_t first = 0;
    Bytes bytes {};
    std::vector<std::size_t> ends {};
    std::vector<Digest> kept {}; ///< The hashes that stand beside them; held against nothing yet.

    std::size_t size() const { return ends.size(); }
    std::uint64_t end() const { return first + ends.size(); }
    ByteView leaf(std::size_t i) const
    {
        auto const begin = i == 0 ? 0 : ends[i - 1];
        return ByteView { bytes }.subspan(begin, ends[i] - begin);
    }
};

using See = std::function<Result<void>(Leaves const&)>;

/// Every entry that is kept, in order; the first must be `first`. `see` has some of them while the
/// next are read on another thread, so it must not touch the database. After it `settle` may, on
/// the caller's thread. Errors: conflict for an entry that is not at its place; those of both.
Result<void> walk(store::Transaction& transaction, std::uint64_t first, See const& see,
    std::function<Result<void>()> const& settle = {});

} // namespace comity::ledger
