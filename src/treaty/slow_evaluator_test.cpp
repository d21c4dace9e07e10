// A second evaluator, written from the conditions as a table and never meant to be fast; the real
// provisions must agree with it on random cases.

#include "treaty/slow_evaluator_test.h"

#include "treaty/conditions_test.h"
#include "treaty/test_law.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <map>
#include <random>

namespace comity::treaty {
namespace test {
namespace {

struct Rule {
    Condition const* condition;
    std::vector<Measure> measures;
    std::unique_ptr<Tree> applies, holds;
};

std::vector<Rule> const& rules()
{
    static std::vector<Rule> const all = [] {
        std::vector<Rule> out;
        for (auto const group : { conditions_of_general, conditions_of_exchange,
                 conditions_of_operations, conditions_of_teams, conditions_of_final })
            for (auto const& each : group)
                out.push_back({ &each, measures_of(each.measures), Tree::parse(each.applies),
                    Tree::parse(each.holds) });
        return out;
    }();
    return all;
}

std::vector<Rule const*> const& rules_of(Measure measure)
{
    static std::vector<std::vector<Rule const*>> const all = [] {
        std::vector<std::vector<Rule const*>> out(measure_count);
        for (auto const& rule : rules())
            for (auto const each : rule.measures)
                out[static_cast<std::size_t>(each)].push_back(&rule);
        auto const all_provisions = provisions();
        auto const place = [&](Rule const* rule) {
            return std::ranges::find(all_provisions, rule->condition->provision, &Provision::id);
        };
        for (auto& each : out) std::ranges::sort(each, {}, place);
        return out;
    }();
    return all[static_cast<std::size_t>(measure)];
}

std::vector<Measure> without(std::vector<Measure> const& others)
{
    std::vector<Measure> out;
    for (std::size_t i = 0; i < measure_count; ++i)
        if (std::ranges::find(others, static_cast<Measure>(i)) == others.end())
            out.push_back(static_cast<Measure>(i));
    return out;
}

/// What a word of the column `measures` stands for.
std::vector<Measure> meaning_of(std::string_view word)
{
    static std::map<std::string_view, std::string_view> const groups {
        { "requests", "information-request information-request-received" },
        { "sendings", "information-request information-answer spontaneous-information" },
        { "transmissions", "requests information-answer spontaneous-information" },
        { "further-requests",
            "controlled-delivery undercover-investigation preventive-undercover-investigation "
            "evidence-request evidence-results body-search dna-comparison dna-storage "
            "dna-sampling" },
        { "messages", "transmissions further-requests surveillance classified-transmission" },
        { "instruments",
            "instrument-deposit reservation-deposit reservation-withdrawal withdrawal suspension" },
        { "operations",
            "hot-pursuit surveillance urgent-surveillance urgent-undercover-entry mixed-group "
            "joint-investigation-team mixed-patrol" },
    };
    if (word == "between-parties") return without(measures_of("instruments"));
    if (word == "between-authorities")
        return without(measures_of("instruments damage-claim reimbursement "
                                   "accommodation-registration accommodation-search "
                                   "committee-decision implementing-agreement authority-change"));
    if (auto const found = groups.find(word); found != groups.end())
        return measures_of(found->second);
    auto const measure = json::from_word<Measure>(word);
    EXPECT_TRUE(measure) << word;
    return { *measure };
}

} // namespace

std::vector<Measure> measures_of(std::string_view words)
{
    std::vector<Measure> out;
    while (!words.empty()) {
        auto const end = std::min(words.find(' '), words.size());
        for (auto const each : meaning_of(words.substr(0, end)))
            if (std::ranges::find(out, each) == out.end()) out.push_back(each);
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return out;
}

std::vector<std::pair<std::string_view, std::string_view>> slow_findings(Situation const& situation)
{
    Background const background { situation };
    std::vector<std::pair<std::string_view, std::string_view>> out;
    for (auto const* rule : rules_of(situation.measure)) {
        auto const applies = rule->applies->value(background);
        auto const holds = rule->holds->value(background);
        std::string_view result = holds == 2 ? "holds" : holds == 1 ? "missing" : "fails";
        if (applies == 1) result = "missing";
        if (applies == 0 || (rule->condition->effect == "O" && result == "fails"))
            result = "not-applicable";
        out.emplace_back(rule->condition->provision, result);
    }
    return out;
}

} // namespace test

namespace {

using test::law;

class Dice {
public:
    explicit Dice(unsigned seed)
        : engine_(seed)
    {
    }
    std::size_t below(std::size_t count)
    {
        return std::uniform_int_distribution<std::size_t> { 0, count - 1 }(engine_);
    }
    template <class T> T const& one_of(std::vector<T> const& all) { return all[below(all.size())]; }

    Situation situation()
    {
        static std::vector<std::string> const instants { "2007-10-09T21:30:00Z",
            "2007-10-10T12:00:00Z", "2008-07-11T12:00:00Z", "2009-02-28T21:59:59Z",
            "2009-02-28T22:00:00Z", "2011-10-09T22:00:00Z", "2011-11-16T23:00:00Z",
            "2012-12-09T23:00:00Z", "2018-09-12T21:30:00Z", "2019-05-26T22:00:00Z",
            "2026-04-17T09:14:00Z", "2026-04-17T21:30:00Z", "2026-07-01T12:00:00Z" };
        Situation out;
        out.measure = static_cast<Measure>(below(measure_count));
        auto const parties = law().parties();
        auto const first = below(parties.size());
        out.requesting = parties[first].code;
        out.requested = parties[(first + 1 + below(parties.size() - 1)) % parties.size()].code;
        out.at = parse_instant(one_of(instants)).take();
        // Some cases know nearly everything, so that permitted ones are among them.
        unknown_one_in_ = 2 + below(60);
        for (auto const* fact : facts_of(out.measure)) tell(out, *fact);
        return out;
    }

private:
    static std::vector<FactDescription const*> const& facts_of(Measure measure)
    {
        static std::vector<std::vector<FactDescription const*>> const all = [] {
            std::vector<std::vector<FactDescription const*>> out(measure_count);
            for (std::size_t i = 0; i < measure_count; ++i)
                for (auto const& use : fact_uses(law(), static_cast<Measure>(i)))
                    out[i].push_back(use.fact);
            return out;
        }();
        return all[static_cast<std::size_t>(measure)];
    }
    void tell(Situation& situation, FactDescription const& fact)
    {
        if (below(unknown_one_in_) == 0) return;
        if (fact.id == fact::requesting_authority.id)
            return situation.facts.tell(
                fact::requesting_authority, authority(situation.requesting));
        if (fact.id == fact::requested_authority.id)
            return situation.facts.tell(fact::requested_authority, authority(situation.requested));
        if (fact.names_authority) {
            bool const theirs = below(4) == 0;
            return situation.facts.tell(static_cast<TextFact const&>(fact), // NOLINT: it is one
                authority(theirs ? situation.requested : situation.requesting));
        }
        situation.facts.tell_number(fact, number(situation, fact));
    }
    std::int64_t number(Situation const& situation, FactDescription const& fact)
    {
        auto const below_count = [&](std::int64_t count) {
            return static_cast<std::int64_t>(below(static_cast<std::size_t>(count)));
        };
        switch (fact.type) {
        case FactType::boolean:
        case FactType::text: return below_count(2);
        case FactType::word: return below_count(std::ssize(fact.words()));
        case FactType::date:
            return floor<std::chrono::days>(situation.at).time_since_epoch().count()
                + below_count(5) - 2;
        case FactType::instant: {
            // Whole minutes, and often the same one.
            auto const minutes = below(3) == 0 ? 0 : below_count(2881) - 1440;
            return (situation.at + std::chrono::minutes { minutes }).time_since_epoch().count();
        }
        case FactType::integer: break;
        }
        // Half of them small, where most limits are.
        auto const range = fact.most - fact.least + 1;
        return fact.least + below_count(below(2) == 0 ? std::min<std::int64_t>(range, 4) : range);
    }
    std::string authority(PartyCode code)
    {
        auto const all = law().authorities(code);
        if (below(8) == 0) return "XX-NOBODY";
        return all[below(all.size())].id;
    }

    std::mt19937 engine_; // The same cases in every run.
    std::size_t unknown_one_in_ = 4;
};

} // namespace

TEST(SlowEvaluator, covers_every_provision_with_its_effect_and_measures)
{
    std::map<std::string_view, test::Rule const*> by_id;
    for (auto const& rule : test::rules())
        EXPECT_TRUE(by_id.emplace(rule.condition->provision, &rule).second)
            << rule.condition->provision << " stands twice";
    for (auto const* provision : provisions()) {
        auto const found = by_id.find(provision->id);
        ASSERT_NE(found, by_id.end()) << provision->id;
        EXPECT_EQ(
            found->second->condition->effect[0], "RFO"[static_cast<std::size_t>(provision->effect)])
            << provision->id;
        for (std::size_t i = 0; i < measure_count; ++i) {
            auto const measure = static_cast<Measure>(i);
            EXPECT_EQ((std::ranges::find(found->second->measures, measure)
                          != found->second->measures.end()),
                provision->measures.has(measure))
                << provision->id << " " << json::word(measure);
        }
        by_id.erase(found);
    }
    for (auto const& [id, rule] : by_id) ADD_FAILURE() << id << " is no provision";
}

using Verdicts = std::map<std::string, int>;

void compare_one(Situation const& situation, Decision const& decision)
{
    auto const slow = test::slow_findings(situation);
    ASSERT_EQ(decision.findings.size(), slow.size());
    for (std::size_t j = 0; j < slow.size(); ++j) {
        ASSERT_EQ(decision.findings[j].provision->id, slow[j].first);
        ASSERT_EQ(json::word(decision.findings[j].result), slow[j].second)
            << slow[j].first << " " << json::print(write(situation));
    }
}

Verdicts compare(unsigned seed, int cases)
{
    Dice dice { seed };
    Verdicts out;
    for (int i = 0; i < cases && !testing::Test::HasFatalFailure(); ++i) {
        auto const situation = dice.situation();
        auto const decision = decide(law(), situation);
        compare_one(situation, decision);
        if (i % 50 == 0) {
            EXPECT_EQ(json_text(decision), json::print(write(decision)));
        }
        ++out[json::word(decision.verdict)];
    }
    return out;
}

/// A million, unless somebody who runs this a thousand times (tools/mutate.py) asks for fewer.
int random_cases()
{
    auto const* asked = std::getenv("COMITY_RANDOM_CASES"); // NOLINT(concurrency-mt-unsafe)
    return asked ? std::atoi(asked) : 1'000'000; // NOLINT(cert-err34-c): our own tool's number
}

TEST(SlowEvaluator, agrees_on_a_million_random_cases)
{
    auto const cases = random_cases();
    auto half = std::async(std::launch::async, compare, 2, cases / 2); // A core each.
    auto verdicts = compare(1, cases / 2);
    for (auto const& [verdict, count] : half.get()) verdicts[verdict] += count;
    EXPECT_GT(verdicts["refused"], 10'000);
    EXPECT_GT(verdicts["incomplete"], 1000);
    EXPECT_GT(verdicts["permitted"], 500);
}

TEST(Decision, is_never_permitted_by_taking_a_fact_away)
{
    Dice dice { 3 };
    for (int i = 0; i < 3'000; ++i) {
        auto situation = dice.situation();
        auto const before = decide(law(), situation).verdict;
        if (before == Verdict::permitted) continue;
        for (auto const* fact : fact_descriptions()) {
            auto fewer = situation;
            fewer.facts.forget(*fact);
            ASSERT_NE(decide(law(), fewer).verdict, Verdict::permitted)
                << fact->name << " " << json::print(write(situation));
        }
    }
}

} // namespace comity::treaty
