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
    bool const forth = requesting_sends(decision.measure);
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

/// A term of days counts civil dates, so a date starts it as well as an instant does.
std::optional<Instant> due_of(
    Term const& term, FactDescription const& anchor, Facts const& facts, Pair const& pair)
{
    auto const zone = pair.zone(term.calendar);
    auto const number = facts.number(anchor.id);
    auto const from = anchor.type == FactType::instant
        ? Instant { std::chrono::microseconds { number } }
        : instant_of(Date { std::chrono::days { number } }, std::chrono::minutes { 0 }, zone)
              .take();
    return due(term, from, zone).take();
}

/// Where nothing started, there is no deadline.
void add_deadline(Decision& decision, Pair const& pair, Facts const& facts, Finding const& finding)
{
    auto const& provision = *finding.provision;
    if (finding.result == Outcome::not_applicable) return;
    std::optional<Instant> due;
    if (provision.term->amount.unit != TermUnit::immediately) {
        if (!facts.knows(provision.anchor->id)) return;
        due = due_of(*provision.term, *provision.anchor, facts, pair);
    }
    MUST(decision.deadline_count < Decision::deadlines_max);
    decision.deadlines[decision.deadline_count++] = { &provision, due };
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
    Decision out { .law = law,
        .measure = situation.measure,
        .requesting = then(pair.requesting),
        .requested = then(pair.requested) };
    for (auto const* provision :
        law.tables().provisions[static_cast<std::size_t>(situation.measure)]) {
        if (!provision->validity.covers(pair.requesting.date)) continue;
        auto& finding = out.findings.add(*provision);
        View view { situation.measure, pair, facts, who, finding };
        finding.result = provision->judge(view);
        if (provision->term) add_deadline(out, pair, facts, finding);
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
    out.findings.reserve(decision.findings.size());
    for (std::size_t i = 0; i < decision.deadline_count; ++i) {
        auto const& [provision, due] = decision.deadlines[i];
        out.deadlines.push_back(
            { std::string { provision->id }, in_words(provision->term->amount), due });
    }
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
