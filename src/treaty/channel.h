#pragma once

#include "treaty/pair.h"

/// Art. 32(7): by courier, or in another agreed way that is acceptable under the law of both. Which
/// level may go how between two Parties, from the data of the law alone.
namespace comity::treaty {

enum class Channel : std::uint8_t {
    none,
    courier,
    wire, ///< Comity's own, from node to node; a courier may go too.
};
BOOST_DESCRIBE_ENUM(Channel, none, courier, wire)

struct ChannelFinding {
    Channel channel = Channel::none;
    std::string_view provision; ///< "A32(7)", or the reservation that stands before it.
    SourceId source = source_convention;
    std::string reason; ///< One sentence.
};

/// From `pair.requesting` to `pair.requested`. What is not known opens nothing. MUST: level 0 to 4.
ChannelFinding channel_between(Pair const& pair, int level);

/// Every ordered pair of Parties and every level on a date, or one pair with its reasons where both
/// are named. Error: not_found for who is no Party.
Result<std::string> print_channels(
    Law const& law, std::optional<PartyCode> from, std::optional<PartyCode> to, Date on);

} // namespace comity::treaty
