#include "exchange/channel.h"

#include <fmt/format.h>

namespace comity::exchange {

ChannelFinding only_unclassified(std::string_view, std::string_view, unsigned level, Instant)
{
    if (level == 0) return { message::Channel::wire, "A32", "It is not classified." };
    return { {}, "A32(7)", "No matrix of levels and channels is known here." };
}

Result<void> check_channel(ChannelFinding const& finding, message::Channel wanted, unsigned level)
{
    bool const allowed
        = finding.open && (wanted == *finding.open || *finding.open == message::Channel::wire);
    if (allowed) return {};
    return Error { Error::Kind::not_permitted,
        fmt::format("information of level {} may not go by {} ({}): {} Open is: {}", level,
            json::word(wanted), finding.provision, finding.reason,
            finding.open ? json::word(*finding.open) : "none"),
        "classification.level" };
}

} // namespace comity::exchange
