#pragma once

#include "exchange/exchange.h"

/// Several messages of a pair in one request, and what the receiver answered to each. Both are
/// lists: each item with its length before it, 4 bytes, big-endian. An envelope is such a list
/// itself: manifest, signature, part 1, part 2, ...
namespace comity::exchange {

constexpr std::string_view batch_path = "/exchange/v1/batch";
constexpr std::string_view batch_type = "application/vnd.comity.batch";
/// Of an answer; receipts that do not fit are left out and come when the sender asks again.
constexpr std::size_t batch_answer_bytes_max = std::size_t { 1 } << 20U;

/// What a message takes in a batch.
std::size_t batch_bytes(Envelope const& envelope);

/// MUST: 1 to batch_messages_max messages.
Bytes write_batch(std::span<UnderWay const> messages);
/// Errors: malformed naming the envelope ("[3]"), too_large over batch_messages_max or
/// batch_bytes_max.
Result<std::vector<Envelope>> read_batch(ByteView body);

/// Receipts in their order, then `refusal`, which is JSON, where the next message was not taken.
Bytes write_answers(std::span<Bytes const> receipts, ByteView refusal);

/// What a State's node answered to messages.
struct Carried {
    std::vector<Bytes> receipts; ///< Of the first messages, in order.
    /// Why the next one was not taken. None, and fewer receipts than messages: ask again.
    std::optional<Error> refused {};
    /// The number that the State waits for, where it refused for order's sake.
    std::optional<std::uint64_t> expected {};
    bool lacks_attachments = false; ///< Of the next one: they were there before, it has lost them.
};
/// What an error's JSON says: words, and the number that is expected.
Carried read_refusal(int status, ByteView body);
/// Error: malformed for what is no list, or has no item or more than `asked`.
Result<Carried> read_answers(ByteView body, std::size_t asked);

} // namespace comity::exchange
