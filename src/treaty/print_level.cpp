#include "treaty/print.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::treaty {
namespace {

constexpr std::string_view level_names[] { "not classified", "RESTRICTED", "CONFIDENTIAL", "SECRET",
    "TOP SECRET" };

Error no_such_marking(Law const& law, PartyCode party, std::string_view marking, Date on)
{
    std::string known;
    for (auto const& each : law.tables().markings)
        if (each.party == party && each.validity.covers(on) && !each.text.empty())
            known += fmt::format(" [{}]", each.text);
    return { Error::Kind::not_found,
        fmt::format("{} has no marking '{}' on {}; it has{}", party.text(), marking.substr(0, 60),
            to_text(on), known.empty() ? " none" : known),
        "marking" };
}

std::string for_receiver(Law const& law, Marking const& marking, PartyCode to, Date on)
{
    auto const* theirs = law.marking(to, marking.level, on);
    auto out = fmt::format("  level {} of the table of Art. 32 ({}), {}: [{}]\n    source: {}\n",
        marking.level, level_names[marking.level], marking.party.text(), marking.text,
        law.source(marking.source));
    if (!theirs || theirs->text.empty())
        return out
            + fmt::format("    {} has no equivalent marking: agree how to protect it before "
                          "sending (A32(2))\n",
                to.text());
    return out
        + fmt::format("    {} marks it [{}]\n    source: {}\n", to.text(), theirs->text,
            law.source(theirs->source));
}

/// The same word on another level of another Party.
std::string warn_of_others(
    Law const& law, std::vector<Marking const*> const& own, std::string_view marking, Date on)
{
    std::string out;
    for (auto const& party : law.parties()) {
        if (party.code == own.front()->party) continue;
        for (auto const* each : law.markings(party.code, marking, on)) {
            if (std::ranges::find(own, each->level, &Marking::level) != own.end()) continue;
            out += fmt::format("  beware: in {} the word '{}' is level {}\n", party.code.text(),
                marking, each->level);
        }
    }
    return out;
}

} // namespace

Result<std::string> print_level(
    Law const& law, PartyCode party, std::string_view marking, PartyCode to, Date on)
{
    for (auto const code : { party, to })
        if (!law.party(code))
            return Error { Error::Kind::not_found, code.text() + " is none of the Parties",
                code == party ? "party" : "to" };
    auto const own = law.markings(party, marking, on);
    if (marking.empty() || own.empty()) return no_such_marking(law, party, marking, on);
    auto out = fmt::format("{} '{}' on {}\n", party.text(), marking, to_text(on));
    if (own.size() > 1)
        out += fmt::format("  ambiguous: {} levels of {} carry this word; ask the sender which\n",
            own.size(), party.text());
    for (auto const* each : own) out += for_receiver(law, *each, to, on);
    return out + warn_of_others(law, own, marking, on);
}

} // namespace comity::treaty
