// Chapter two, Article 32(7): which level of classified information may go how between two Parties.
// Not a provision of its own: it computes the fact "channel-level" that A32(7) reads, and nodes
// obey it when they send and when they receive.

#include "treaty/channel.h"

#include <fmt/format.h>

namespace comity::treaty {
namespace {

/// The highest level that an agreement states; 0 where none is stated, or not in public.
int level_of(Pair const& pair, AgreementTerm term, SourceId& source)
{
    auto const& agreed = pair.agreed[static_cast<std::size_t>(term)];
    if (agreed.stated != Stated::yes) return 0;
    source = agreed.source;
    return static_cast<int>(agreed.number);
}

/// What stands before any way: entry into force, suspension, the sender's own table.
std::optional<ChannelFinding> closed_to_all(Pair const& pair, int level)
{
    auto const& from = pair.requesting;
    auto const& to = pair.requested;
    auto const row = static_cast<std::size_t>(level);
    if (!pair.convention_in_force.yes() || !from.in_force.yes() || !to.in_force.yes())
        return ChannelFinding { Channel::none, "A40(2)", source_convention,
            "The Convention is not known to be in force for both." };
    if (auto const& suspended = pair.suspended[32]; suspended.value)
        return ChannelFinding { Channel::none, "A42(3)-1", suspended.source,
            "One of the two has suspended Article 32." };
    if (!from.marked[row].value)
        return ChannelFinding { Channel::none, "A32(2)", from.marked[row].source,
            fmt::format("{} has no marking of level {}.", from.code.text(), level) };
    return {};
}

} // namespace

// A security agreement in force covers levels up to its own. Bulgaria exchanges nothing classified
// without one (RES-BG(1)); it also stands in for a marking that the receiver lacks (A32(2)). Over
// the wire goes what both accepted for the wire; all else that may go at all goes by courier.
ChannelFinding channel_between(Pair const& pair, int level)
{
    MUST(level >= 0 && level <= level_max);
    if (level == 0) return { Channel::wire, "A32(1)", source_convention, "It is not classified." };
    if (auto closed = closed_to_all(pair, level)) return *closed;
    auto secured_by = source_convention;
    bool const secured = level_of(pair, AgreementTerm::security_level, secured_by) >= level;
    auto const& reservation = pair.reserved[static_cast<std::size_t>(Reserved::bg_classified)];
    if (reservation.value && !secured)
        return { Channel::none, "RES-BG(1)", reservation.source,
            fmt::format("No security agreement that covers level {} is in force.", level) };
    auto const& marked = pair.requested.marked[static_cast<std::size_t>(level)];
    if (!marked.value && !secured)
        return { Channel::none, "A32(2)", marked.source,
            fmt::format("{} has no marking of level {} and no security agreement covers it.",
                pair.requested.code.text(), level) };
    auto accepted_by = source_convention;
    if (level_of(pair, AgreementTerm::wire_level, accepted_by) >= level)
        return { Channel::wire, "A32(7)", accepted_by,
            fmt::format("Both accept the wire for level {}.", level) };
    return { Channel::courier, "A32(7)", secured ? secured_by : source_convention,
        "No other way than a courier is agreed for this level." };
}

} // namespace comity::treaty
