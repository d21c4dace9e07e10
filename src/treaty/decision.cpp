#include "treaty/decision.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace comity::treaty {
namespace {

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

/// What a finding says, with the names of Parties and dates still open; empty where it only lacks
/// facts.
std::string_view template_of(Finding const& finding)
{
    if (!finding.because.empty()) return finding.because;
    switch (finding.result) {
    case Outcome::holds: return finding.provision->holds;
    case Outcome::fails: return finding.provision->fails;
    case Outcome::not_applicable: return finding.provision->not_applicable;
    case Outcome::missing: break;
    }
    return {};
}

std::string reason(
    Decision const& decision, Finding const& finding, std::vector<std::string> const& missing)
{
    auto const text = template_of(finding);
    if (text.empty()) return fmt::format("Not known: {}.", fmt::join(missing, ", "));
    return fill(text, decision);
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
    if (anchor.type == FactType::date)
        return due_from(term, Date { std::chrono::days { number } }, zone).take();
    return due(term, Instant { std::chrono::microseconds { number } }, zone).take();
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
    decision.deadlines.push_back({ &provision, due });
}

} // namespace

Verdict Combination::verdict() const
{
    constexpr auto stops
        = bit(Effect::forbids, Outcome::holds) | bit(Effect::requires_, Outcome::fails);
    constexpr auto lacks = bit(Effect::requires_, Outcome::missing)
        | bit(Effect::forbids, Outcome::missing) | bit(Effect::obliges, Outcome::missing);
    if (seen_ & stops) return Verdict::refused;
    if (seen_ & lacks) return Verdict::incomplete;
    return seen_ & bit(Effect::requires_, Outcome::holds) ? Verdict::permitted : Verdict::refused;
}

Verdict combine(std::span<Finding const> findings)
{
    Combination all;
    for (auto const& each : findings) all.add(each.provision->effect, each.result);
    return all.verdict();
}

Decision decide(Law const& law, Situation const& situation)
{
    return decide(
        law, resolve(law, situation.requesting, situation.requested, situation.at), situation);
}

Decision decide(Law const& law, Pair const& pair, Situation const& situation)
{
    auto const& facts = situation.facts;
    Decision out { law, situation.measure, pair };
    View view { situation.measure, pair, facts,
        pair.requesting.standing(facts.text(fact::requesting_authority)),
        pair.requested.standing(facts.text(fact::requested_authority)) };
    Combination combination;
    auto const& governing = law.tables().governing[static_cast<std::size_t>(situation.measure)];
    auto const date = pair.requesting.date;
    for (auto const& each : governing) {
        if (!each.validity.covers(date)) continue;
        auto& finding = out.findings.emplace_back(*each.provision);
        view.write_into(finding);
        finding.result = each.judge(view);
        combination.add(each.first_bit, finding.result);
        if (each.has_term) add_deadline(out, pair, facts, finding);
    }
    out.verdict = combination.verdict();
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

namespace {

std::vector<DutyText> duties(Decision const& decision)
{
    std::vector<DutyText> out;
    for (auto const& each : decision.findings)
        if (arises(decision, each))
            out.push_back(
                { std::string { each.provision->id }, fill(each.provision->duty, decision) });
    return out;
}

std::vector<DeadlineText> deadlines(Decision const& decision)
{
    std::vector<DeadlineText> out;
    for (auto const& [provision, due] : decision.deadlines)
        out.push_back({ std::string { provision->id }, in_words(provision->term->amount), due });
    return out;
}

} // namespace

DecisionText in_words(Decision const& decision)
{
    DecisionText out { decision.verdict, {}, duties(decision), deadlines(decision),
        decision.law.version() };
    out.findings.reserve(decision.findings.size());
    for (auto const& each : decision.findings) out.findings.push_back(in_words(decision, each));
    return out;
}

namespace {

/// A comma before every item but the first.
class Items {
public:
    explicit Items(std::string& out)
        : out_(out)
    {
        out_ += '[';
    }
    std::string& next()
    {
        if (out_.back() != '[') out_ += ',';
        return out_;
    }
    void add(std::string_view text) { json::append_text(next(), text); }
    void close() { out_ += ']'; }

private:
    std::string& out_;
};

void append_reason(std::string& out, Decision const& decision, Finding const& finding)
{
    auto const text = template_of(finding);
    if (text.find('{') == std::string_view::npos) return json::append_text(out, text);
    json::append_text(out, fill(text, decision));
}

void append(std::string& out, Decision const& decision, Finding const& finding)
{
    auto const descriptions = fact_descriptions();
    auto const read = finding.facts.all();
    auto const names = [&](bool unknown_only) {
        Items list { out };
        for (std::size_t i = 0; i < read.size(); ++i)
            if (!unknown_only || finding.facts.is_unknown(i)) list.add(descriptions[read[i]]->name);
        list.close();
    };
    out += R"({"provision":)";
    json::append_text(out, finding.provision->id);
    out += R"(,"effect":)";
    json::append(out, finding.provision->effect);
    out += R"(,"result":)";
    json::append(out, finding.result);
    out += R"(,"source":)";
    json::append_text(out, decision.law.source(finding.source));
    out += R"(,"facts":)";
    names(false);
    bool const missing = finding.result == Outcome::missing;
    if (missing) {
        out += R"(,"missing":)";
        names(true);
    }
    out += R"(,"reason":)";
    if (missing && finding.because.empty())
        json::append_text(out, in_words(decision, finding).reason);
    else
        append_reason(out, decision, finding);
    out += '}';
}

} // namespace

std::string json_text(Decision const& decision)
{
    constexpr std::size_t bytes_of_a_finding = 300;
    std::string out;
    out.reserve(1000 + decision.findings.size() * bytes_of_a_finding);
    out += R"({"verdict":)";
    json::append(out, decision.verdict);
    out += R"(,"findings":)";
    Items findings { out };
    for (auto const& each : decision.findings) append(findings.next(), decision, each);
    findings.close();
    out += R"(,"duties":)";
    json::append(out, duties(decision));
    out += R"(,"deadlines":)";
    json::append(out, deadlines(decision));
    out += R"(,"lawVersion":)";
    json::append_text(out, decision.law.version());
    out += '}';
    return out;
}

json::Value write(Decision const& decision)
{
    return json::write(in_words(decision));
}

} // namespace comity::treaty
