#pragma once

#include "exchange/exchange.h"

/// The exchange's own tables; included by this room's sources only.
namespace comity::exchange {

enum class Direction : std::uint8_t { out, in };
BOOST_DESCRIBE_ENUM(Direction, out, in)

Result<Position> position(
    store::Transaction& transaction, std::string_view peer, Direction direction);
Result<void> set_position(store::Transaction& transaction, std::string_view peer,
    Direction direction, Position const& position);

Result<void> insert_message(
    store::Transaction& transaction, Stored const& message, std::span<Bytes const> parts);
Result<void> set_receipt(
    store::Transaction& transaction, std::string_view id, std::string_view state, ByteView receipt);
Result<std::optional<Stored>> oldest_queued(store::Transaction& transaction, std::string_view peer);
Result<std::optional<Stored>> find_message(store::Transaction& transaction, std::string_view id);

/// Entries of a peer's register in the newest head we have seen of it.
Result<std::optional<std::uint64_t>> seen_size(
    store::Transaction& transaction, std::string_view peer);

/// A peer's newest head that a receipt brought. Error: conflict when it is another of the same
/// size: its register shows two faces.
Result<void> witness(store::Transaction& transaction, std::string_view peer, std::string_view note);

} // namespace comity::exchange
