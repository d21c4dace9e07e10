#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// The order of messages from one State to another: gapless numbers, each manifest naming the hash
/// of the one before, so that either side sees a missing, reordered or rewritten message.
namespace comity::exchange {

/// The last message taken on an ordered pair.
struct Position {
    std::uint64_t seq = 0;
    std::string manifest_sha256 = std::string(64, '0');
};

enum class Arrival : std::uint8_t {
    next, ///< In order: to be taken.
    past, ///< An earlier number: a duplicate if it is the same message, else a fork.
    gap, ///< A later number: something before it has not come.
    fork, ///< The right number, but it follows another history than ours.
};

constexpr Arrival judge_arrival(
    Position const& last, std::uint64_t seq, std::string_view prev_manifest_sha256)
{
    if (seq <= last.seq) return Arrival::past;
    if (seq > last.seq + 1) return Arrival::gap;
    return prev_manifest_sha256 == last.manifest_sha256 ? Arrival::next : Arrival::fork;
}

} // namespace comity::exchange
