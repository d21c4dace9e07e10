#include "treaty/decision.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace comity::treaty {
namespace {

SideThen then(Side const& side)
{
    return { side.code, side.date, side.in_force_since };
}

std::string replace_all(std::string text, std::string_view name, std::string const& value)
{
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at))
        text.replace(at, name.size(), value);
    return text;
}

/// Puts the Parties and their dates into a reason or a duty.
std::string fill(std::string_view text, Decision const& decision)
{
    std::string out { text };
    if (out.find('{') == std::string::npos) return out;
    auto const& asking = decision.requesting;
    auto const& asked = decision.requested;
    bool const forth = decision.measure == Measure::information_request
        || decision.measure == Measure::information_request_received;
    auto const& sender = forth ? asking : asked;
    auto const since = [](SideThen const& side) {
        return side.in_force_since ? fmt::format(" since {}", to_text(*side.in_force_since)) : "";
    };
    out = replace_all(out, "{requesting}", asking.code.text());
    out = replace_all(out, "{requested}", asked.code.text());
    out = replace_all(out, "{sender}", sender.code.text());
    out = replace_all(out, "{receiver}", (forth ? asked : asking).code.text());
    out = replace_all(out, "{requesting-date}", to_text(asking.date));
    out = replace_all(out, "{sender-date}", to_text(sender.date));
    out = replace_all(out, "{requesting-since}", since(asking));
    out = replace_all(out, "{requested-since}", since(asked));
    return out;
}

std::string reason(
    Decision const& decision, Finding const& finding, std::vector<std::string> const& missing)
{
    if (!finding.because.empty()) return fill(finding.because, decision);
    auto const& provision = *finding.provision;
    switch (finding.result) {
    case Outcome::holds: return fill(provision.holds, decision);
    case Outcome::fails: return fill(provision.fails, decision);
    case Outcome::not_applicable: return fill(provision.not_applicable, decision);
    case Outcome::missing: break;
    }
    return fmt::format("Not known: {}.", fmt::join(missing, ", "));
}

/// A duty of a refused measure does not arise, unless it stands beside the measure.
bool arises(Decision const& decision, Finding const& finding)
{
    if (finding.result != Outcome::holds || finding.provision->duty.empty()) return false;
    return decision.verdict != Verdict::refused || finding.provision->effect == Effect::obliges;
}

} // namespace

Verdict combine(std::span<Finding const> findings)
{
    auto const bit = [](Effect effect, Outcome result) {
        return 1U << (static_cast<unsigned>(effect) * 4 + static_cast<unsigned>(result));
    };
    unsigned seen = 0;
    for (auto const& each : findings) seen |= bit(each.provision->effect, each.result);

    auto const stops
        = bit(Effect::forbids, Outcome::holds) | bit(Effect::requires_, Outcome::fails);
    auto const lacks = bit(Effect::requires_, Outcome::missing)
        | bit(Effect::forbids, Outcome::missing) | bit(Effect::obliges, Outcome::missing);
    if (seen & stops) return Verdict::refused;
    if (seen & lacks) return Verdict::incomplete;
    return seen & bit(Effect::requires_, Outcome::holds) ? Verdict::permitted : Verdict::refused;
}

Decision decide(Law const& law, Situation const& situation)
{
    return decide(
        law, resolve(law, situation.requesting, situation.requested, situation.at), situation);
}

Decision decide(Law const& law, Pair const& pair, Situation const& situation)
{
    auto const& facts = situation.facts;
    std::array const who { pair.requesting.standing(facts.text(fact::requesting_authority)),
        pair.requested.standing(facts.text(fact::requested_authority)) };
    auto const& provisions = law.tables().provisions[static_cast<std::size_t>(situation.measure)];
    Decision out { .verdict = Verdict::refused,
        .measure = situation.measure,
        .requesting = then(pair.requesting),
        .requested = then(pair.requested),
        .findings {},
        .law = law };
    out.findings.reserve(provisions.size());
    for (auto const* provision : provisions) {
        if (!provision->validity.covers(pair.requesting.date)) continue;
        auto& finding = out.findings.emplace_back();
        finding.provision = provision;
        View view { situation.measure, pair, facts, who, finding };
        finding.result = provision->judge(view);
    }
    out.verdict = combine(out.findings);
    return out;
}

FindingText in_words(Decision const& decision, Finding const& finding)
{
    FindingText out { .provision = std::string { finding.provision->id },
        .effect = finding.provision->effect,
        .result = finding.result,
        .source = decision.law.source(finding.source),
        .facts {},
        .missing {},
        .reason {} };
    std::vector<std::string> missing;
    auto const descriptions = fact_descriptions();
    auto const read = finding.facts.all();
    for (std::size_t i = 0; i < read.size(); ++i) {
        out.facts.emplace_back(descriptions[read[i]]->name);
        if (finding.facts.is_unknown(i)) missing.emplace_back(descriptions[read[i]]->name);
    }
    out.reason = reason(decision, finding, missing);
    if (finding.result == Outcome::missing) out.missing = std::move(missing);
    return out;
}

DecisionText in_words(Decision const& decision)
{
    DecisionText out { decision.verdict, {}, {}, {}, decision.law.version() };
    for (auto const& each : decision.findings) {
        out.findings.push_back(in_words(decision, each));
        if (arises(decision, each))
            out.duties.push_back(
                { std::string { each.provision->id }, fill(each.provision->duty, decision) });
    }
    return out;
}

json::Value write(Decision const& decision)
{
    return json::write(in_words(decision));
}

} // namespace comity::treaty
