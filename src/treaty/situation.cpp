#include "treaty/decision.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::treaty {
namespace {

struct SituationText {
    std::string measure;
    std::string requesting, requested;
    Instant at;
    json::Object facts;
};
BOOST_DESCRIBE_STRUCT(SituationText, (), (measure, requesting, requested, at, facts))

Result<PartyCode> read_party(Law const& law, std::string const& text, std::string const& path)
{
    auto const code = PartyCode::parse(text);
    if (code.ok() && law.party(code.value())) return code;
    std::string known;
    for (auto const& each : law.parties()) known += " " + each.code.text();
    return Error { Error::Kind::malformed,
        fmt::format("{} is '{}', which is none of the Parties:{}", path, text.substr(0, 20), known),
        path };
}

/// Goes through every path of one provision: whatever it reads and is not known is tried with each
/// of its values in turn.
class Explorer {
public:
    Explorer(Provision const& provision, Measure measure, Pair const& pair)
        : provision_(provision)
        , measure_(measure)
        , pair_(pair)
    {
    }

    void explore(Facts& facts)
    {
        auto const read = judge(facts);
        for (std::size_t i = 0; i < read.all().size(); ++i) {
            seen[read.all()[i]] = true;
            if (!read.is_unknown(i)) continue;
            auto const& fact = *fact_descriptions()[read.all()[i]];
            for (auto const value : values(fact)) {
                facts.tell_number(fact, value);
                explore(facts);
            }
            facts.forget(fact);
            return;
        }
    }

    std::bitset<fact_count> seen;

private:
    FactsRead judge(Facts const& facts) const
    {
        auto const standing = [&](TextFact const& fact) {
            bool const known = facts.number(fact.id) != 0;
            return Standing { { known }, { known }, { known }, { known } };
        };
        auto const requesting = standing(fact::requesting_authority);
        auto const requested = standing(fact::requested_authority);
        Finding finding { provision_ };
        View view { measure_, pair_, facts, requesting, requested };
        view.write_into(finding);
        provision_.judge(view);
        return finding.facts;
    }
    /// Every word; of what is counted or dated a few values on either side of any limit.
    std::vector<std::int64_t> values(FactDescription const& fact) const
    {
        auto const around = [](std::int64_t middle, std::int64_t step) {
            return std::vector { middle - step, middle, middle + step };
        };
        switch (fact.type) {
        case FactType::boolean:
        case FactType::text: return { 0, 1 };
        case FactType::date: return around(pair_.requesting.date.time_since_epoch().count(), 1);
        case FactType::instant: return around(pair_.at.time_since_epoch().count(), 3'600'000'000);
        case FactType::integer: {
            if (fact.most - fact.least > 4)
                return { fact.least, fact.least + 1, (fact.least + fact.most) / 2, fact.most };
            break;
        }
        case FactType::word: break;
        }
        auto const most = fact.words ? std::ssize(fact.words()) - 1 : fact.most;
        std::vector<std::int64_t> out;
        for (auto value = fact.least; value <= most; ++value) out.push_back(value);
        return out;
    }

    Provision const& provision_;
    Measure measure_;
    Pair const& pair_;
};

/// Each Party once on either side, at an instant when all of them are Parties; and the Parties of
/// every agreement, without which what an agreement asks for would never be read.
std::vector<Pair> all_round(Law const& law)
{
    Date last = law.tables().in_force_on;
    for (auto const& each : law.parties()) last = std::max(last, each.in_force_on().value_or(last));
    auto const at = Instant { last + std::chrono::days { 2 } };
    std::vector<Pair> out;
    auto const parties = law.parties();
    for (std::size_t i = 0; i < parties.size(); ++i) {
        auto const a = parties[i].code;
        auto const b = parties[(i + 1) % parties.size()].code;
        out.push_back(resolve(law, a, b, at));
        out.push_back(resolve(law, b, a, at));
    }
    for (auto const& each : law.tables().agreements) {
        out.push_back(resolve(law, each.parties[0], each.parties[1], at));
        out.push_back(resolve(law, each.parties[1], each.parties[0], at));
    }
    return out;
}

} // namespace

std::span<NamedMeasure const> named_measures()
{
    static constexpr NamedMeasure all[] {
        { "direct-contact", Measure::information_request, &fact::route, "direct" },
        { "oral-request", Measure::information_request, &fact::medium, "oral" },
    };
    return all;
}

NamedMeasure const* find_named_measure(std::string_view name)
{
    auto const all = named_measures();
    auto const found = std::ranges::find(all, name, &NamedMeasure::name);
    return found == all.end() ? nullptr : &*found;
}

Error unknown_measure(std::string_view name)
{
    auto known = json::words<Measure>();
    for (auto const& each : named_measures()) known.emplace_back(each.name);
    return json::detail::unknown_word(name, known, "measure");
}

namespace {

/// The measure of that name; what the name says is added to the facts.
Result<Measure> read_measure(std::string const& name, json::Object& facts)
{
    if (auto const word = json::from_word<Measure>(name)) return *word;
    auto const* named = find_named_measure(name);
    if (!named) return unknown_measure(name);
    std::string_view const key = named->fact->name;
    auto const* given = facts.if_contains(key);
    if (given && !given->is_null() && *given != json::Value(named->value))
        return Error { Error::Kind::malformed,
            fmt::format("with the measure {} the fact {} is {}", name, key, named->value),
            fmt::format("facts.{}", key) };
    facts[key] = named->value;
    return named->measure;
}

} // namespace

Result<Situation> read_situation(Law const& law, json::Value const& value)
{
    auto text = TRY(json::read<SituationText>(value, json::Unknown::refuse));
    Situation out;
    out.measure = TRY(read_measure(text.measure, text.facts));
    out.requesting = TRY(read_party(law, text.requesting, "requesting"));
    out.requested = TRY(read_party(law, text.requested, "requested"));
    out.at = text.at;
    out.facts = TRY(Facts::read(text.facts, "facts"));
    // The depositary is a Party itself, and may withdraw as any other.
    if (out.requesting == out.requested && !instruments.has(out.measure))
        return Error { Error::Kind::malformed, "requested is the same Party as requesting",
            "requested" };
    if (out.at < law.tables().signed_on)
        return Error { Error::Kind::malformed,
            fmt::format(
                "at lies before the Convention was signed on {}", to_text(law.tables().signed_on)),
            "at" };
    TRY(Facts::refuse_later(std::chrono::floor<std::chrono::days>(out.at), "at"));
    return out;
}

json::Value write(Situation const& situation)
{
    return json::write(SituationText { json::word(situation.measure), situation.requesting.text(),
        situation.requested.text(), situation.at, situation.facts.write() });
}

json::Value record(Situation const& situation, Decision const& decision)
{
    auto out = write(decision);
    auto kept = write(situation);
    kept.as_object()["facts"] = situation.facts.write_without_words();
    out.as_object()["situation"] = std::move(kept);
    return out;
}

Result<Replay> replay(Law const& law, json::Value const& stored)
{
    auto const* object = stored.if_object();
    auto const* kept = object ? object->if_contains("situation") : nullptr;
    auto const* version = object ? object->if_contains("lawVersion") : nullptr;
    if (!kept || !version || !version->is_string())
        return Error { Error::Kind::malformed,
            "a stored decision has the members situation and lawVersion", "situation" };
    auto const situation = TRY(read_situation(law, *kept));
    Replay out;
    out.stored = json::print(stored);
    out.now = json::print(record(situation, decide(law, situation)));
    out.same = out.stored == out.now;
    out.stored_version = version->get_string();
    out.version = law.version();
    return out;
}

std::vector<FactUse> fact_uses(Law const& law, Measure measure)
{
    auto const pairs = all_round(law);
    std::vector<FactUse> all;
    for (auto const* fact : fact_descriptions()) all.push_back({ fact, {} });
    for (auto const* provision : law.tables().provisions[static_cast<std::size_t>(measure)]) {
        std::bitset<fact_count> seen;
        for (auto const& pair : pairs) {
            Explorer explorer { *provision, measure, pair };
            Facts facts;
            explorer.explore(facts);
            seen |= explorer.seen;
        }
        for (std::size_t i = 0; i < fact_count; ++i)
            if (seen[i]) all[i].provisions.push_back(provision);
    }
    std::erase_if(all, [](FactUse const& use) { return use.provisions.empty(); });
    return all;
}

} // namespace comity::treaty
