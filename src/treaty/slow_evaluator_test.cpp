// A second evaluator, written from the conditions as a table and never meant to be fast. It reads
// facts by name, walks expressions as trees and asks the law directly; the real provisions must
// agree with it on random cases.

#include "treaty/decision.h"
#include "treaty/test_law.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <random>

namespace comity::treaty {
namespace {

using test::law;

struct Condition {
    std::string_view provision;
    std::string_view measures; ///< q request, r received request, a answer, f refusal.
    std::string_view effect; ///< R requires, F forbids, O obliges.
    std::string_view applies;
    std::string_view holds;
};

/// `fact` a yes-no fact; `fact?` a text that is given; `fact=word`; `fact>=number` or another fact;
/// `.name` something that the law or the measure says.
constexpr Condition conditions[] {
    { "A1", "qra", "R", ".always",
        "purpose=threat-to-public-security | purpose=prevention | "
        "(purpose=detection | purpose=investigation) & offence?" },
    { "A2(a)", "qraf", "R", ".always", ".requesting-registered & .requested-registered" },
    { "A2(d)", "qraf", "R", ".always", ".requesting-party & .requested-party" },
    { "A4(1)-1", "qr", "R", ".always", "!.table-reserves & (.table-clears | !judicial-reserved)" },
    { "A4(1)-2", "r", "O", ".always", "!competent" },
    { "A4(2)-1", "qraf", "R", ".always",
        ".requesting-listed & (.requested-listed | route=registration-authority)" },
    { "A4(3)", "qra", "R", "route=national-central-unit", ".both-central" },
    { "A4(4)-1", "qra", "R", "route=direct", "direct-expedient & !direct-ground=none" },
    { "A4(4)(a)", "qr", "R", "route=direct & direct-ground=border-region-crime", "border-region" },
    { "A4(4)(b)", "qr", "R", "route=direct & direct-ground=immediate-threat",
        "threat-immediate & usual-channel-too-late" },
    { "A4(5)(a)-1", "qr", "R", "kind=vehicle-owner", "!need-ground=none" },
    { "A4(5)(a)-2", "qr", "R", "route=registration-authority",
        "kind=vehicle-owner & (vehicle-class=motor-vehicle & .requested-registry | "
        "vehicle-class=vessel & urgent & .requested-listed)" },
    { "A4(5)(b)", "qr", "R", "kind=driving-licence", "subject-named" },
    { "A4(5)(c)", "qr", "R", "kind=residence", "subject-named" },
    { "A4(5)(d)", "qr", "R", "kind=telecom-subscriber", "subject-named" },
    { "A4(5)(e)", "qr", "R", "kind=identification", "subject-named" },
    { "A4(5)(f)", "qr", "R", "kind=object-origin", "subject-named" },
    { "A4(5)(g)", "qr", "R", "kind=wanted-search", "subject-named" },
    { "A4(5)(h)", "qr", "R", "kind=search-measures", "subject-named" },
    { "A4(5)(i)", "qr", "R", "kind=interview", "subject-named" },
    { "A4(5)(j)", "qr", "R", "kind=crime-scene", "subject-named" },
    { "A4(5)(k)", "qr", "R", "kind=witness-protection",
        "compartment=witness-protection & subject-named" },
    { "A4(5)(l)", "qr", "R", "kind=pursuit-information", "subject-named" },
    { "A4(5)(m)", "qr", "R", "kind=mass-event", "subject-named" },
    { "A4(5)-open", "qr", "R", "kind=other", "explanation?" },
    { "A4(6)-1", "qraf", "R", "!(.asks & medium=oral)", "!medium=oral" },
    { "A4(6)-2", "qra", "R", "personal-data", "channel-secure" },
    { "A4(6)-3", "qr", "R", "medium=oral", "urgent" },
    { "A4(6)-4", "a", "F", ".always", "request-oral & !confirmed-in-writing" },
    { "A4(6)-5", "qaf", "R", ".always", "official-authorised" },
    { "A30(1)-1", "f", "R", ".always", "!refusal-ground=other" },
    { "A30(1)-2", "f", "R", ".always", "!medium=oral & reasons?" },
    { "A31(3)", "qra", "R", "personal-data", ".requesting-ready & .requested-ready" },
    { "A31(4)(a)-1", "qra", "R", "personal-data", "!purpose=other" },
    { "A31(4)(b)-1", "qra", "R", "personal-data", "erase-by>=.sender-day" },
    { "A31(4)(e)-1", "qra", "R", "personal-data", "case-number?" },
    { "A32(2)", "qra", "R", "classification-level>=1",
        ".sender-marks & (.receiver-marks | handling-agreed)" },
    { "A32(3)", "qa", "R", "classification-level>=1", "classification-reason?" },
    { "A32(7)", "qra", "R", "classification-level>=1",
        "medium=courier | channel-level>=classification-level" },
    { "A40(1)", "qraf", "R", ".always", ".convention-in-force" },
    { "A40(2)", "qraf", "R", ".always", ".requesting-party & .requested-party" },
    { "RES-BG(1)", "qra", "R", ".bulgaria-reserves & classification-level>=1",
        "security-agreement" },
    { "RES-BG(2)", "qa", "R", ".bulgaria-reserves & .bulgaria-sends & personal-data",
        "supervisor-permission" },
    { "RES-HR(2)", "qra", "F", ".croatia-reserves & kind=vehicle-owner", "disputed-territory" },
};

using Values = std::map<std::string, std::optional<std::int64_t>, std::less<>>;

/// no 0, unknown 1, yes 2: "and" is the least, "or" the most, "not" the mirror.
class Tree {
public:
    static std::unique_ptr<Tree> parse(std::string_view text)
    {
        auto tree = parse_any(text);
        EXPECT_TRUE(text.empty()) << text;
        return tree;
    }
    int value(Values const& values) const
    {
        switch (what_) {
        case '!': return 2 - left_->value(values);
        case '&': return std::min(left_->value(values), right_->value(values));
        case '|': return std::max(left_->value(values), right_->value(values));
        default: return compare(values);
        }
    }

private:
    static void skip(std::string_view& text)
    {
        while (text.starts_with(' ')) text.remove_prefix(1);
    }
    static std::unique_ptr<Tree> join(
        char what, std::unique_ptr<Tree> left, std::unique_ptr<Tree> right)
    {
        auto out = std::make_unique<Tree>();
        out->what_ = what;
        out->left_ = std::move(left);
        out->right_ = std::move(right);
        return out;
    }
    static std::unique_ptr<Tree> parse_any(std::string_view& text)
    {
        auto out = parse_all(text);
        for (skip(text); text.starts_with('|'); skip(text)) {
            text.remove_prefix(1);
            out = join('|', std::move(out), parse_all(text));
        }
        return out;
    }
    static std::unique_ptr<Tree> parse_all(std::string_view& text)
    {
        auto out = parse_one(text);
        for (skip(text); text.starts_with('&'); skip(text)) {
            text.remove_prefix(1);
            out = join('&', std::move(out), parse_one(text));
        }
        return out;
    }
    static std::unique_ptr<Tree> parse_one(std::string_view& text)
    {
        skip(text);
        if (text.starts_with('!')) {
            text.remove_prefix(1);
            return join('!', parse_one(text), nullptr);
        }
        if (text.starts_with('(')) {
            text.remove_prefix(1);
            auto out = parse_any(text);
            text.remove_prefix(1);
            return out;
        }
        auto const end = std::min(text.find_first_of(" )"), text.size());
        auto out = std::make_unique<Tree>();
        out->name_ = text.substr(0, end);
        text.remove_prefix(end);
        out->split();
        return out;
    }
    void split()
    {
        auto const at = name_.find_first_of(">=");
        if (at != std::string::npos) {
            what_ = name_[at];
            bound_ = name_.substr(at + (what_ == '>' ? 2U : 1U));
            name_.resize(at);
        }
        if (name_.ends_with('?')) name_.pop_back();
        if (what_ != '=') return;
        auto const words = find_fact(name_)->words();
        auto const found = std::ranges::find(words, bound_);
        EXPECT_NE(found, words.end()) << bound_;
        word_ = found - words.begin();
    }
    int compare(Values const& values) const
    {
        auto const found = values.find(name_);
        EXPECT_NE(found, values.end()) << name_;
        if (!found->second) return 1;
        auto const mine = *found->second;
        if (what_ == '=') return mine == word_ ? 2 : 0;
        if (what_ != '>') return mine != 0 ? 2 : 0;
        std::int64_t bound = 0;
        if (std::from_chars(bound_.data(), bound_.data() + bound_.size(), bound).ec
            != std::errc {}) {
            auto const other = values.at(bound_);
            if (!other) return 1;
            bound = *other;
        }
        return mine >= bound ? 2 : 0;
    }

    char what_ = ' ';
    std::string name_, bound_;
    std::int64_t word_ = 0;
    std::unique_ptr<Tree> left_, right_;
};

struct Rule {
    Condition const* condition;
    std::unique_ptr<Tree> applies, holds;
};

std::vector<Rule> const& rules()
{
    static std::vector<Rule> const all = [] {
        std::vector<Rule> out;
        for (auto const& each : conditions)
            out.push_back({ &each, Tree::parse(each.applies), Tree::parse(each.holds) });
        return out;
    }();
    return all;
}

/// What the law says about the situation, asked of it directly and not through resolve().
class Background {
public:
    explicit Background(Situation const& situation)
        : situation_(situation)
        , days_ { day(situation.requesting), day(situation.requested) }
    {
    }

    Values values()
    {
        for (auto const* fact : fact_descriptions())
            out_[std::string { fact->name }] = known(*fact);
        out_[".always"] = 1;
        auto const asks = situation_.measure == Measure::information_request
            || situation_.measure == Measure::information_request_received;
        out_[".asks"] = asks;
        side("requesting", situation_.requesting, days_[0], fact::requesting_authority);
        side("requested", situation_.requested, days_[1], fact::requested_authority);
        between(asks);
        judicial();
        return std::move(out_);
    }

private:
    Date day(PartyCode code) const
    {
        return local_date(situation_.at, law().party(code)->zone).take();
    }
    static std::optional<std::int64_t> number(Truth truth)
    {
        if (truth.unknown()) return std::nullopt;
        return truth.yes();
    }
    std::optional<std::int64_t> known(FactDescription const& fact) const
    {
        if (!situation_.facts.knows(fact.id)) return std::nullopt;
        return situation_.facts.number(fact.id);
    }
    static bool on(PartyCode code, std::string_view id, List list, Date date)
    {
        for (auto const* each : law().authorities(code, list, date))
            if (each->id == id) return true;
        return false;
    }
    static bool is_central(PartyCode code, std::string_view id, Date date)
    {
        for (auto const* each : law().national_central_unit(code, date))
            if (each->id == id) return true;
        return false;
    }
    void side(std::string const& name, PartyCode code, Date date, TextFact const& fact)
    {
        auto const& id = situation_.facts.text(fact);
        auto const told = situation_.facts.knows(fact.id);
        auto const set = [&](std::string const& what, bool is) {
            out_["." + name + what] = told ? std::optional<std::int64_t> { is } : std::nullopt;
        };
        set("-registered", law().authority(code, id, date) != nullptr);
        set("-listed", law().is_listed_authority(code, id, date));
        set("-registry", on(code, id, List::registry, date));
        set("-central", is_central(code, id, date));
        out_["." + name + "-party"] = number(!law().is_third_state(code, date));
        out_["." + name + "-ready"] = number(law().protection_ready(code, date));
    }
    bool marks(PartyCode code, Date date) const
    {
        auto const level = known(fact::classification_level).value_or(0);
        auto const* row = law().marking(code, static_cast<int>(level), date);
        return row && !row->text.empty();
    }
    bool reserves(std::string_view code) const
    {
        auto const since = test::day(code == "BG" ? "2009-03-01" : "2019-05-27");
        return (situation_.requesting.text() == code && days_[0] >= since)
            || (situation_.requested.text() == code && days_[1] >= since);
    }
    void between(bool asks)
    {
        auto const sender = asks ? situation_.requesting : situation_.requested;
        auto const receiver = asks ? situation_.requested : situation_.requesting;
        out_[".sender-day"] = days_[asks ? 0 : 1].time_since_epoch().count();
        out_[".sender-marks"] = marks(sender, days_[asks ? 0 : 1]);
        out_[".receiver-marks"] = marks(receiver, days_[asks ? 1 : 0]);
        out_[".bulgaria-sends"] = sender.text() == "BG";
        out_[".bulgaria-reserves"] = reserves("BG");
        out_[".croatia-reserves"] = reserves("HR");
        out_[".convention-in-force"]
            = days_[0] >= test::day("2007-10-10") && days_[1] >= test::day("2007-10-10");
        auto const has_unit = [](PartyCode code, Date date) {
            return !law().national_central_unit(code, date).empty();
        };
        auto const& a = out_[".requesting-central"];
        auto const& b = out_[".requested-central"];
        std::optional<std::int64_t> both;
        if (a && b) both = *a && *b;
        if ((a && !*a) || (b && !*b)) both = 0;
        if (!has_unit(situation_.requesting, days_[0]) || !has_unit(situation_.requested, days_[1]))
            both = std::nullopt;
        out_[".both-central"] = both;
    }
    void judicial()
    {
        auto& reserved = out_[".table-reserves"];
        auto& clear = out_[".table-clears"];
        auto const kind = known(fact::kind);
        if (!kind) return;
        auto const* a
            = law().judicial_reservation(situation_.requesting, static_cast<Kind>(*kind), days_[0]);
        auto const* b
            = law().judicial_reservation(situation_.requested, static_cast<Kind>(*kind), days_[1]);
        reserved = (a && a->reserved) || (b && b->reserved);
        clear = a && b && !a->reserved && !b->reserved;
    }

    Situation const& situation_;
    std::array<Date, 2> days_;
    Values out_;
};

char letter(Measure measure)
{
    return "qraf"[static_cast<std::size_t>(measure)];
}

std::vector<std::pair<std::string_view, std::string>> slow_findings(Situation const& situation)
{
    auto const values = Background { situation }.values();
    std::vector<std::pair<std::string_view, std::string>> out;
    for (auto const& rule : rules()) {
        if (rule.condition->measures.find(letter(situation.measure)) == std::string_view::npos)
            continue;
        auto const applies = rule.applies->value(values);
        auto const holds = rule.holds->value(values);
        std::string result = holds == 2 ? "holds" : holds == 1 ? "missing" : "fails";
        if (applies == 1) result = "missing";
        if (applies == 0 || (rule.condition->effect == "O" && result == "fails"))
            result = "not-applicable";
        out.emplace_back(rule.condition->provision, result);
    }
    return out;
}

class Dice {
public:
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
            "2026-04-17T09:14:00Z", "2026-04-17T21:30:00Z" };
        Situation out;
        out.measure = static_cast<Measure>(below(measure_count));
        auto const parties = law().parties();
        auto const first = below(parties.size());
        out.requesting = parties[first].code;
        out.requested = parties[(first + 1 + below(parties.size() - 1)) % parties.size()].code;
        out.at = parse_instant(one_of(instants)).take();
        // Some cases know nearly everything, so that permitted ones are among them.
        unknown_one_in_ = 2 + below(60);
        for (auto const* fact : fact_descriptions()) tell(out, *fact);
        return out;
    }

private:
    void tell(Situation& situation, FactDescription const& fact)
    {
        if (below(unknown_one_in_) == 0) return;
        if (fact.id == fact::requesting_authority.id)
            return situation.facts.tell(
                fact::requesting_authority, authority(situation.requesting));
        if (fact.id == fact::requested_authority.id)
            return situation.facts.tell(fact::requested_authority, authority(situation.requested));
        auto most = fact.most;
        if (fact.type == FactType::word) most = static_cast<std::int64_t>(fact.words().size()) - 1;
        if (fact.type == FactType::boolean || fact.type == FactType::text) most = 1;
        auto value = static_cast<std::int64_t>(below(static_cast<std::size_t>(most) + 1));
        if (fact.type == FactType::date)
            value = floor<std::chrono::days>(situation.at).time_since_epoch().count()
                + static_cast<std::int64_t>(below(5)) - 2;
        situation.facts.tell_number(fact, value);
    }
    std::string authority(PartyCode code)
    {
        auto const all = law().authorities(code);
        if (below(8) == 0) return "XX-NOBODY";
        return all[below(all.size())].id;
    }

    std::mt19937 engine_ { 20261122 }; // NOLINT(cert-msc51-cpp): the same cases in every run
    std::size_t unknown_one_in_ = 4;
};

} // namespace

TEST(SlowEvaluator, covers_every_provision_with_its_effect_and_measures)
{
    auto const all = provisions();
    ASSERT_EQ(std::size(conditions), all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(conditions[i].provision, all[i]->id);
        EXPECT_EQ(conditions[i].effect[0], "RFO"[static_cast<std::size_t>(all[i]->effect)]);
        for (std::size_t measure = 0; measure < measure_count; ++measure)
            EXPECT_EQ(conditions[i].measures.find("qraf"[measure]) != std::string_view::npos,
                (all[i]->measures & on(static_cast<Measure>(measure))) != 0)
                << all[i]->id;
    }
}

TEST(SlowEvaluator, agrees_on_a_hundred_thousand_random_cases)
{
    Dice dice;
    std::map<std::string, int> verdicts;
    for (int i = 0; i < 100'000; ++i) {
        auto const situation = dice.situation();
        auto const decision = decide(law(), situation);
        auto const slow = slow_findings(situation);
        ASSERT_EQ(decision.findings.size(), slow.size());
        for (std::size_t j = 0; j < slow.size(); ++j) {
            ASSERT_EQ(decision.findings[j].provision->id, slow[j].first);
            ASSERT_EQ(json::word(decision.findings[j].result), slow[j].second)
                << slow[j].first << " " << json::print(write(situation));
        }
        ++verdicts[json::word(decision.verdict)];
    }
    EXPECT_GT(verdicts["refused"], 1000);
    EXPECT_GT(verdicts["incomplete"], 100);
    EXPECT_GT(verdicts["permitted"], 100);
}

TEST(Decision, is_never_permitted_by_taking_a_fact_away)
{
    Dice dice;
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
