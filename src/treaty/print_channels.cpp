#include "treaty/channel.h"

#include "base/json.h"

#include <fmt/format.h>

/// The matrix of Art. 32(7) in words for a terminal.
namespace comity::treaty {
namespace {

/// The whole day is one: at noon of the universal time it is the same date in every Party's zone.
Instant noon_of(Date on)
{
    return Instant { on } + std::chrono::hours { 12 };
}

std::string cell(ChannelFinding const& finding)
{
    auto const test = is_test_source(finding.source) ? " TEST" : "";
    return fmt::format("{} {}{}", json::word(finding.channel), finding.provision, test);
}

std::string row(Law const& law, PartyCode from, PartyCode to, Date on)
{
    auto const pair = resolve(law, from, to, noon_of(on));
    auto out = fmt::format("{} -> {}", from.text(), to.text());
    for (int level = 1; level <= level_max; ++level)
        out += fmt::format("  {:<20}", cell(channel_between(pair, level)));
    out.erase(out.find_last_not_of(' ') + 1);
    return out + '\n';
}

std::string in_words(Law const& law, PartyCode from, PartyCode to, Date on)
{
    auto const pair = resolve(law, from, to, noon_of(on));
    auto out = fmt::format("{} -> {} on {}\n", from.text(), to.text(), to_text(on));
    for (int level = 0; level <= level_max; ++level) {
        auto const finding = channel_between(pair, level);
        out += fmt::format("  level {}: {:<8}{}: {}\n    source: {}\n", level,
            json::word(finding.channel), finding.provision, finding.reason,
            law.source(finding.source));
    }
    return out;
}

} // namespace

Result<std::string> print_channels(
    Law const& law, std::optional<PartyCode> from, std::optional<PartyCode> to, Date on)
{
    for (auto const& code : { from, to })
        if (code && !law.party(*code))
            return Error { Error::Kind::not_found, code->text() + " is none of the Parties",
                "party" };
    if (from && to) return in_words(law, *from, *to, on);
    auto out = fmt::format(
        "Channels on {} (A32(7)); level 0 goes over the wire\n{:<8}", to_text(on), "");
    for (auto const* name : { "1 RESTRICTED", "2 CONFIDENTIAL", "3 SECRET", "4 TOP SECRET" })
        out += fmt::format("  {:<20}", name);
    out.erase(out.find_last_not_of(' ') + 1);
    out += '\n';
    for (auto const& sender : law.parties())
        for (auto const& receiver : law.parties()) {
            if (sender.code == receiver.code) continue;
            if ((from && *from != sender.code) || (to && *to != receiver.code)) continue;
            out += row(law, sender.code, receiver.code, on);
        }
    return out;
}

} // namespace comity::treaty
