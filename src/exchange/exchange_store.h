#pragma once

#include "exchange/exchange.h"

/// The exchange's own tables; included by this room's sources only.
namespace comity::exchange {

/// One of the lines between this State and another, each with numbers of its own.
enum class Direction : std::uint8_t { out, in, courier_out, courier_in };
BOOST_DESCRIBE_ENUM(Direction, out, in, courier_out, courier_in)
constexpr Direction outward(message::Channel channel)
{
    return channel == message::Channel::wire ? Direction::out : Direction::courier_out;
}
constexpr Direction inward(message::Channel channel)
{
    return channel == message::Channel::wire ? Direction::in : Direction::courier_in;
}
/// How the outbox names what waits for a courier to a State.
std::string line_to(std::string_view state, message::Channel channel);

Result<Position> position(
    store::Transaction& transaction, std::string_view peer, Direction direction);
Result<void> set_position(store::Transaction& transaction, std::string_view peer,
    Direction direction, Position const& position);

Result<void> insert_message(
    store::Transaction& transaction, Stored const& message, std::span<Bytes const> parts);
Result<void> set_receipt(
    store::Transaction& transaction, std::string_view id, std::string_view state, ByteView receipt);
/// The same for a message that is under way; false where it is not any more.
Result<bool> set_first_receipt(
    store::Transaction& transaction, std::string_view id, std::string_view state, ByteView receipt);
/// What the outbox keeps of a message until it is numbered.
struct Waiting {
    std::string message;
    std::string verdict;
    Bytes salt; ///< Of part 1, for the commitment in the register.
    std::size_t parts_bytes = 0; ///< Sealed; known when it is read.
};

Result<void> put_in_outbox(store::Transaction& transaction, std::string_view peer,
    Waiting const& waiting, message::Urgency urgency, std::optional<Instant> expires_at);
/// Flash before urgent before routine, in the order of writing.
Result<std::vector<Waiting>> most_urgent(
    store::Transaction& transaction, std::string_view peer, std::size_t count);
Result<std::optional<Waiting>> find_waiting(
    store::Transaction& transaction, std::string_view message);
Result<std::vector<std::string>> expired_in_outbox(
    store::Transaction& transaction, std::string_view peer, Instant now);
/// False where it is not there any more.
Result<bool> take_from_outbox(store::Transaction& transaction, std::string_view id);

/// Writes direction, state, seq, entry, manifest and signature.
Result<void> set_numbered(store::Transaction& transaction, Stored const& message);
Result<void> set_manifest(store::Transaction& transaction, std::string_view id, ByteView manifest);
Result<void> set_state(
    store::Transaction& transaction, std::string_view id, std::string_view state);
Result<void> replace_parts(
    store::Transaction& transaction, std::string_view id, std::span<Bytes const> parts);
Result<Load> load_of(store::Transaction& transaction, std::string_view peer);
/// Without its parts.
Result<std::optional<UnderWay>> find_numbered(
    store::Transaction& transaction, std::string_view peer, std::uint64_t seq);
Result<std::optional<Stored>> find_message(store::Transaction& transaction, std::string_view id);

Result<void> keep_fork(store::Transaction& transaction, Fork const& fork);

Result<std::optional<Bytes>> later_receipt(
    store::Transaction& transaction, std::string_view message, std::string_view kind);
/// Out: waits to be handed over. In: taken.
Result<void> put_later_receipt(store::Transaction& transaction, std::string_view peer,
    Direction direction, LaterReceipt const& receipt);
Result<std::vector<LaterReceipt>> waiting_receipts(
    store::Transaction& transaction, std::string_view peer, std::size_t count);
Result<void> set_receipt_taken(store::Transaction& transaction, LaterReceipt const& receipt);

} // namespace comity::exchange
