#pragma once

#include "crypto/symmetric.h"
#include "protection/use.h"
#include "store/store.h"

/// What was done with every item, by whom and why (Art. 2(g), 31(4)(e), 32(1)). Chained under a key
/// that is not in the database: whoever has the tables alone can neither change nor take out a line
/// unseen, but the newest lines can be cut off.
namespace comity::protection {

/// A line of it: never a word of the person, who is in the item.
struct OperationEntry {
    std::uint32_t v = 1;
    Operation operation {};
    Instant at;
    std::string item; ///< Its id; empty for a search.
    std::string officer; ///< Or "node".
    std::string need; ///< Case number or task.
    std::string purpose;
    bool permitted = true;
    std::vector<std::string> provisions {}; ///< What it rests on, or what refuses it.
    std::vector<std::string> consents {};
    std::optional<std::uint64_t> entry {}; ///< Of the register, where that says it too.
    std::optional<std::string> remark {};
    std::optional<std::string> owner {}; ///< The State whose item it is; of older lines unknown.
    std::optional<bool> late {}; ///< Of a destruction: its day was over.
};
BOOST_DESCRIBE_STRUCT(OperationEntry, (),
    (v, operation, at, item, officer, need, purpose, permitted, provisions, consents, entry, remark,
        owner, late))

/// Its one writer.
class OperationLog {
public:
    explicit OperationLog(crypto::Key256 const& key)
        : key_(key)
    {
    }
    Result<void> append(store::Transaction& transaction, OperationEntry const& entry);
    crypto::Key256 const& key() const { return key_; }

private:
    crypto::Key256 key_;
    store::Recalled<Bytes> newest_; ///< The end of the chain.
};

/// Every line counted and its chain followed. Error: conflict, naming the first that does not hold.
Result<std::uint64_t> verify_operations(store::Transaction& transaction, crypto::Key256 const& key);

constexpr std::int64_t operations_read_max = 10'000;
/// The newest first; at most operations_read_max. For data protection roles only: the caller asks.
Result<std::vector<OperationEntry>> operations_on(
    store::Transaction& transaction, std::string_view item);
Result<std::vector<OperationEntry>> operations_of(
    store::Transaction& transaction, std::string_view officer);

} // namespace comity::protection
