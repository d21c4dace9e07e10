#pragma once

#include "base/instant.h"
#include "message/manifest.h"

#include <functional>
#include <optional>

/// Which way is open for information of a level between two States (Art. 32(7)). The law says it;
/// this room asks and obeys.
namespace comity::exchange {

struct ChannelFinding {
    std::optional<message::Channel> open; ///< What may go over the wire may go by courier too.
    std::string provision; ///< "A32(7)"
    std::string reason; ///< One sentence.
};

using ChannelRule = std::function<ChannelFinding(
    std::string_view from, std::string_view to, unsigned level, Instant at)>;

/// For a node without the law's data: what is classified has no way.
ChannelFinding only_unclassified(
    std::string_view from, std::string_view to, unsigned level, Instant at);

/// Error: not_permitted, field `classification.level`; names the provision and what is open.
Result<void> check_channel(ChannelFinding const& finding, message::Channel wanted, unsigned level);

} // namespace comity::exchange
