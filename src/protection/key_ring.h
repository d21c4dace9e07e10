#pragma once

#include "base/instant.h"
#include "crypto/symmetric.h"

#include <map>
#include <optional>

/// The keys of the vault, and the small file that they lie in.
namespace comity::protection {

/// What a key is for. A drawer holds items of one State that are destroyed on one day; its key
/// wraps theirs. An index key blinds the words by which items of a State and a month are found.
enum class KeyKind : std::uint8_t { drawer = 1, index = 2 };

struct PeriodKey {
    KeyKind kind = KeyKind::drawer;
    std::string owner; ///< Two capital letters.
    Date dies_on; ///< From that day on the key is gone, whatever the database says.
    /// Not 0: dies once a database of at least this version names it no more.
    std::uint64_t doubted_at = 0;
    crypto::Key256 key {};

    bool operator==(PeriodKey const&) const = default;
};

constexpr std::size_t ring_keys_max = 1U << 20U;
constexpr std::size_t ring_bytes_max = 64 + ring_keys_max * 64;

struct KeyRing {
    std::uint64_t version = 0; ///< Counts the changes that a database follows.
    std::uint64_t next_id = 1;
    Date seen {}; ///< The latest day on which destruction ran: no clock goes behind it.
    std::map<std::uint64_t, PeriodKey> keys {};

    std::optional<PeriodKey> find(std::uint64_t id) const
    {
        auto const found = keys.find(id);
        return found == keys.end() ? std::nullopt : std::optional { found->second };
    }
    bool operator==(KeyRing const&) const = default;
};

/// Plain bytes, one spelling for each ring. Error: malformed for anything that writing would not
/// produce, naming the place.
Bytes write_ring(KeyRing const& ring);
Result<KeyRing> read_ring(ByteView bytes);

/// Under the node's key, with a fresh random nonce. Errors: malformed for another form;
/// not_authentic for another key or any altered byte.
Bytes seal_ring(KeyRing const& ring, crypto::Key256 const& node_key, Random const& random);
Result<KeyRing> open_ring(ByteView bytes, crypto::Key256 const& node_key);

} // namespace comity::protection
