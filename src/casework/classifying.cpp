#include "casework/classifying.h"

#include "treaty/fact/exchange.h"
#include "treaty/fact/general.h"

#include <fmt/format.h>

namespace comity::casework {

using treaty::Channel;
namespace fact = treaty::fact;

namespace {

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

bool agreed(treaty::Pair const& pair, int level)
{
    auto const& term = pair.agreed[static_cast<std::size_t>(treaty::AgreementTerm::security_level)];
    return term.stated == treaty::Stated::yes && term.number >= level;
}

} // namespace

Result<void> check(std::optional<Classifying> const& given)
{
    if (!given) return {};
    if (given->level > treaty::level_max)
        return malformed("classification.level", fmt::format("0 to {}", treaty::level_max));
    if (given->reason && given->reason->size() > classification_reason_bytes_max)
        return malformed(
            "classification.reason", fmt::format("over {} bytes", classification_reason_bytes_max));
    return {};
}

std::vector<std::string> missing_of(std::optional<Classifying> const& given)
{
    std::vector<std::string> out;
    if (!given || given->level == 0) return out;
    if (!given->reason || given->reason->empty()) out.emplace_back("classification.reason");
    if (!given->lowest_possible.value_or(false)) out.emplace_back("classification.lowestPossible");
    return out;
}

void tell_classification(
    treaty::Facts& facts, treaty::Law const& law, Secret const& secret, Instant at)
{
    facts.tell(fact::classification_level, secret.level);
    if (secret.level == 0) return;
    if (secret.reason && !secret.reason->empty())
        facts.tell(fact::classification_reason, *secret.reason);
    auto const pair = treaty::resolve(law, secret.from, secret.to, at);
    bool const secured = agreed(pair, secret.level);
    facts.tell(fact::security_agreement, secured);
    facts.tell(fact::handling_agreed, secured);
    auto const way = treaty::channel_between(pair, secret.level).channel;
    if (way == Channel::courier) facts.tell(fact::medium, treaty::Medium::courier);
    facts.tell(fact::channel_level, way == Channel::wire ? secret.level : 0);
}

void tell_sent(treaty::Situation& situation, treaty::Law const& law, std::string_view own,
    Classifying const& given)
{
    bool const came = situation.measure == treaty::Measure::information_request_received;
    if (came || given.level == 0) return;
    bool const ours = situation.requesting.text() == own;
    auto const& from = ours ? situation.requesting : situation.requested;
    auto const& to = ours ? situation.requested : situation.requesting;
    tell_classification(
        situation.facts, law, { from, to, given.level, given.reason }, situation.at);
}

void hold_to_clearance(treaty::Law const& law, treaty::Situation const& situation,
    std::uint8_t level, std::uint8_t clearance, treaty::Decision& decision)
{
    if (level <= clearance) return;
    auto opening = situation;
    opening.measure = treaty::Measure::access_to_information;
    opening.facts.tell(fact::need_to_know, true);
    opening.facts.tell(fact::same_purpose, true);
    opening.facts.tell(fact::classification_level, level);
    opening.facts.tell(fact::clearance_level, clearance);
    for (auto const& finding : treaty::decide(law, opening).findings)
        if (std::string_view { finding.provision->id } == "A32(5)")
            decision.findings.push_back(finding);
    decision.verdict = treaty::Verdict::refused;
}

Stamp stamp_of(treaty::Law const& law, Secret const& secret, Instant at)
{
    Stamp out { { 0, {} }, message::Channel::wire };
    if (secret.level == 0) return out;
    auto const* word
        = law.marking(secret.from, secret.level, std::chrono::floor<std::chrono::days>(at));
    out.classification.level = static_cast<std::uint8_t>(secret.level);
    if (word && !word->text.empty()) out.classification.marking = word->text;
    auto const way
        = treaty::channel_between(treaty::resolve(law, secret.from, secret.to, at), secret.level);
    if (way.channel == Channel::courier) out.channel = message::Channel::courier;
    return out;
}

} // namespace comity::casework
