#include "treaty/slow_evaluator_test.h"
#include "treaty/test_law.h"

#include <gtest/gtest.h>

namespace comity::treaty::test {
namespace {

bool on(PartyCode code, std::string_view id, List list, Date date)
{
    for (auto const* each : law().authorities(code, list, date))
        if (each->id == id) return true;
    return false;
}

bool is_central(PartyCode code, std::string_view id, Date date)
{
    for (auto const* each : law().national_central_unit(code, date))
        if (each->id == id) return true;
    return false;
}

std::optional<std::int64_t> number(Truth truth)
{
    if (truth.unknown()) return std::nullopt;
    return truth.yes();
}

/// Minute after minute, each looked up on the local clock.
Instant after_counted_minutes(Instant from, int left, std::string_view zone)
{
    while (left > 0) {
        auto const clock = to_local_text(from, zone).take();
        if (clock.substr(11, 5) >= "09:00") --left;
        from += std::chrono::minutes { 1 };
    }
    return from;
}

} // namespace

Background::Background(Situation const& situation)
    : situation_(situation)
    , requesting_sends_(situation.measure != Measure::information_answer
          && situation.measure != Measure::refusal
          && situation.measure != Measure::evidence_results)
{
}

std::optional<std::int64_t> Background::value(std::string_view name) const
{
    if (name.starts_with('.')) return named(name.substr(1));
    if (name.starts_with('@')) return agreed(name.substr(1));
    if (name.starts_with('%')) return national(name.substr(1));
    if (name.starts_with("due:")) return due(name.substr(4));
    auto const* fact = find_fact(name);
    EXPECT_TRUE(fact) << name;
    return fact ? known(*fact) : std::nullopt;
}

Date Background::day(bool requesting) const
{
    return local_date(situation_.at, law().party(party(requesting))->zone).take();
}

std::optional<std::int64_t> Background::known(FactDescription const& fact) const
{
    if (!situation_.facts.knows(fact.id)) return std::nullopt;
    return situation_.facts.number(fact.id);
}

std::optional<std::int64_t> Background::authority(
    std::string_view side, std::string_view what) const
{
    bool const requesting = side == "requesting";
    auto const& fact = requesting ? fact::requesting_authority : fact::requested_authority;
    if (!situation_.facts.knows(fact.id)) return std::nullopt;
    auto const id = situation_.facts.text(fact);
    auto const code = party(requesting);
    auto const date = day(requesting);
    if (what == "registered") return law().authority(code, id, date) != nullptr;
    if (what == "listed") return law().is_listed_authority(code, id, date);
    if (what == "registry") return on(code, id, List::registry, date);
    EXPECT_EQ(what, "central");
    return is_central(code, id, date);
}

bool Background::marks(bool sender) const
{
    auto const level = known(fact::classification_level).value_or(0);
    bool const requesting = sender == requesting_sends_;
    auto const* row = law().marking(party(requesting), static_cast<int>(level), day(requesting));
    return row && !row->text.empty();
}

bool Background::reserves(std::string_view code) const
{
    auto const since = test::day(code == "BG" ? "2009-03-01"
            : code == "AT"                    ? "2011-10-10"
                                              : "2019-05-27");
    return (party(true).text() == code && day(true) >= since)
        || (party(false).text() == code && day(false) >= since);
}

bool Background::suspends(std::string_view code) const
{
    for (bool const requesting : { true, false })
        if (party(requesting).text() == code && day(requesting) >= test::day("2026-06-16")
            && day(requesting) < test::day("2026-09-16"))
            return true;
    return false;
}

bool Background::other_in_eu(std::string_view code) const
{
    bool const requesting = party(true).text() != code;
    auto const since = law().party(party(requesting))->eu_member_since;
    return since && *since <= day(requesting);
}

std::optional<std::int64_t> Background::both_central() const
{
    for (bool const requesting : { true, false })
        if (law().national_central_unit(party(requesting), day(requesting)).empty())
            return std::nullopt;
    auto const a = authority("requesting", "central");
    auto const b = authority("requested", "central");
    if ((a && !*a) || (b && !*b)) return 0;
    if (!a || !b) return std::nullopt;
    return 1;
}

std::optional<std::int64_t> Background::judicial(bool reserved) const
{
    auto const kind = known(fact::kind);
    if (!kind) return std::nullopt;
    auto const* a = law().judicial_reservation(party(true), static_cast<Kind>(*kind), day(true));
    auto const* b = law().judicial_reservation(party(false), static_cast<Kind>(*kind), day(false));
    if (reserved) return (a && a->reserved) || (b && b->reserved);
    return a && b && !a->reserved && !b->reserved;
}

std::optional<std::int64_t> Background::named(std::string_view name) const
{
    if (name == "always") return 1;
    if (name == "asks")
        return situation_.measure == Measure::information_request
            || situation_.measure == Measure::information_request_received
            || situation_.measure == Measure::spontaneous_information;
    if (name == "at") return situation_.at.time_since_epoch().count();
    if (name == "both-central") return both_central();
    if (name == "table-reserves") return judicial(true);
    if (name == "table-clears") return judicial(false);
    if (name == "sender-day") return day(requesting_sends_).time_since_epoch().count();
    if (name == "sender-marks") return marks(true);
    if (name == "receiver-marks") return marks(false);
    if (name == "bulgaria-sends") return party(requesting_sends_).text() == "BG";
    if (name == "bulgaria-reserves") return reserves("BG");
    if (name == "croatia-reserves") return reserves("HR");
    if (name == "austria-reserves") return reserves("AT");
    if (name == "convention-in-force")
        return day(true) >= test::day("2007-10-10") && day(false) >= test::day("2007-10-10");
    if (name == "never-known") return std::nullopt;
    if (name == "requested-is-depositary") return party(false).text() == "AL";
    if (name == "moldova-suspends-patrols")
        return situation_.measure >= Measure::mixed_patrol
            && situation_.measure <= Measure::mixed_patrol_act && suspends("MD");
    if (name == "other-than-croatia-in-eu") return other_in_eu("HR");
    if (name == "pursuit-ends") {
        auto const from = value("crossed-at");
        auto const minutes = value("@pursuit-time-minutes");
        return from && minutes ? std::optional { *from + *minutes * 60'000'000 } : std::nullopt;
    }
    // "states-" and a word of an agreement: whether there is any row, public or not; "hides-": not
    // known where there is one that is not public.
    if (name.starts_with("states-")) return agreed_row(name.substr(7)) != nullptr;
    if (name.starts_with("hides-")) {
        auto const* row = agreed_row(name.substr(6));
        return row && !row->is_public ? std::nullopt : std::optional<std::int64_t> { 0 };
    }
    // "is-" and a word of the measure.
    if (name.starts_with("is-"))
        return json::from_word<Measure>(name.substr(3)) == situation_.measure;
    auto const dash = name.find('-');
    bool const requesting = name.starts_with("requesting");
    EXPECT_TRUE(requesting || name.starts_with("requested")) << name;
    auto const what = name.substr(dash + 1);
    auto const code = party(requesting);
    auto const date = day(requesting);
    if (what == "party") return number(!law().is_third_state(code, date));
    if (what == "ready") return number(law().protection_ready(code, date));
    if (what == "day") return date.time_since_epoch().count();
    if (what == "eu-member") {
        auto const since = law().party(code)->eu_member_since;
        return since && *since <= date;
    }
    return authority(name.substr(0, dash), what);
}

std::optional<std::int64_t> Background::agreed(std::string_view name) const
{
    auto const tilde = name.find('~');
    auto const* row = agreed_row(name.substr(0, tilde));
    if (!row) return 0;
    if (!row->is_public) return std::nullopt;
    if (tilde == std::string_view::npos) return row->number;
    auto const* fact = find_fact(name.substr(tilde + 1));
    EXPECT_TRUE(fact) << name;
    if (!situation_.facts.knows(fact->id)) return std::nullopt;
    for (auto const& id : row->ids)
        if (id == situation_.facts.text(*fact)) return 1;
    return 0;
}

AgreementRow const* Background::agreed_row(std::string_view word) const
{
    auto const term = json::from_word<AgreementTerm>(word);
    EXPECT_TRUE(term) << word;
    for (auto const& row : law().tables().agreement_terms)
        if (row.term == *term && row.binds(party(true), party(false))
            && row.validity.covers(day(false)))
            return &row;
    return nullptr;
}

std::optional<std::int64_t> Background::national(std::string_view name) const
{
    bool const requesting = name.starts_with("requesting:");
    if (requesting) name.remove_prefix(11);
    auto const slash = name.find('/');
    auto const rule = json::from_word<NationalRule>(name.substr(0, slash));
    EXPECT_TRUE(rule) << name;
    for (auto const& row : law().tables().national)
        if (row.party == party(requesting) && row.rule == *rule
            && row.validity.covers(day(requesting)))
            return row.value;
    return value(name.substr(slash + 1));
}

std::optional<std::int64_t> Background::due(std::string_view name) const
{
    auto const slash = name.find('/');
    auto const from = value(name.substr(slash + 1));
    if (!from) return std::nullopt;
    // Civil dates: a 29 February that its third year lacks is the next first of March.
    if (name.starts_with("three-years/")) {
        std::chrono::year_month_day const day { Date { std::chrono::days { *from } } };
        auto const then = day + std::chrono::years { 3 };
        return (then.ok() ? Date { then } : Date { then.year() / std::chrono::March / 1 })
            .time_since_epoch()
            .count();
    }
    Instant const start { std::chrono::microseconds { *from } };
    auto const term = name.substr(0, slash);
    if (term == "five-hours") return (start + std::chrono::hours { 5 }).time_since_epoch().count();
    auto const tirane = [](std::chrono::year_month_day date) {
        return instant_of(
            std::chrono::sys_days { date }, std::chrono::minutes { 0 }, "Europe/Tirane")
            .take()
            .time_since_epoch()
            .count();
    };
    std::chrono::year_month_day day { local_date(start, "Europe/Tirane").take() };
    if (term == "same-day") return tirane(day);
    if (term == "fifteen-days")
        return tirane(std::chrono::sys_days { day } + std::chrono::days { 15 });
    if (term == "six-months") {
        day += std::chrono::months { 6 };
        while (!day.ok()) day = day.year() / day.month() / (day.day() - std::chrono::days { 1 });
        return tirane(day);
    }
    EXPECT_EQ(term, "six-hours");
    return after_counted_minutes(start, 360, law().party(party(false))->zone)
        .time_since_epoch()
        .count();
}

} // namespace comity::treaty::test
