// On every date on which anything of the law starts or ends, the day before and the day after,
// every parameter of every pair of Parties has exactly one value or a stated absence.

#include "base/json.h"
#include "treaty/pair.h"
#include "treaty/test_law.h"

#include <gtest/gtest.h>

#include <set>

namespace comity::treaty {
namespace {

using test::law;

std::set<Date> dates_of_change()
{
    std::set<Date> out;
    auto const add = [&](Date date) {
        if (date == open_end) return;
        for (int day = -1; day <= 1; ++day) out.insert(date + std::chrono::days { day });
    };
    auto const add_all = [&](auto const& rows) {
        for (auto const& row : rows) {
            add(row.validity.from);
            add(row.validity.until);
        }
    };
    auto const& tables = law().tables();
    add(tables.in_force_on);
    add_all(tables.parties);
    add_all(tables.authorities);
    add_all(tables.markings);
    add_all(tables.reservations);
    add_all(tables.readiness);
    add_all(tables.judicial);
    add_all(tables.national);
    add_all(tables.suspensions);
    add_all(tables.agreements);
    add_all(tables.agreement_terms);
    for (auto const& party : tables.parties) {
        add_all(party.names);
        for (auto const& date : { party.in_force_on(), party.in_force_not_before,
                 party.in_force_not_after, party.left_on(), party.eu_member_since })
            if (date) add(*date);
    }
    return out;
}

template <class Rows, class Matches>
std::vector<typename Rows::value_type const*> rows_on(Rows const& rows, Date date, Matches matches)
{
    std::vector<typename Rows::value_type const*> out;
    for (auto const& row : rows)
        if (row.validity.covers(date) && matches(row)) out.push_back(&row);
    return out;
}

/// At noon in every zone of the Parties it is the same civil date.
Instant noon(Date date)
{
    return date + std::chrono::hours { 10 };
}

void check_side(Side const& side, Date date)
{
    auto const& tables = law().tables();
    auto const where = side.code.text() + " " + to_text(date);
    ASSERT_EQ(side.date, date) << where;
    for (std::size_t kind = 0; kind < kind_count; ++kind) {
        auto const rows = rows_on(tables.judicial, date, [&](JudicialReservation const& row) {
            return row.party == side.code && row.kind == static_cast<Kind>(kind);
        });
        ASSERT_LE(rows.size(), 1U) << where;
        ASSERT_EQ(side.judicial[kind].value.unknown(), rows.empty()) << where;
        if (!rows.empty()) {
            ASSERT_EQ(side.judicial[kind].value.yes(), rows[0]->reserved);
        }
    }
    for (std::size_t rule = 0; rule < national_rule_count; ++rule) {
        auto const rows = rows_on(tables.national, date, [&](NationalLaw const& row) {
            return row.party == side.code && row.rule == static_cast<NationalRule>(rule);
        });
        ASSERT_LE(rows.size(), 1U) << where;
        ASSERT_EQ(side.national[rule].value.unknown(), rows.empty()) << where;
        if (!rows.empty()) {
            ASSERT_EQ(side.national[rule].value.yes(), rows[0]->value);
        }
    }
    for (int level = 1; level <= level_max; ++level) {
        auto const rows = rows_on(tables.markings, date,
            [&](Marking const& row) { return row.party == side.code && row.level == level; });
        ASSERT_LE(rows.size(), 1U) << where;
        ASSERT_EQ(side.marked[static_cast<std::size_t>(level)].value,
            !rows.empty() && !rows[0]->text.empty())
            << where;
    }
    auto const units = rows_on(tables.authorities, date, [&](Authority const& row) {
        return row.party == side.code && row.list == List::national_central_units;
    });
    ASSERT_LE(units.size(), 1U) << where;
}

void check_agreements(Pair const& pair, Date date)
{
    for (std::size_t term = 0; term < agreement_term_count; ++term) {
        auto const rows
            = rows_on(law().tables().agreement_terms, date, [&](AgreementRow const& row) {
                  return row.term == static_cast<AgreementTerm>(term)
                      && row.binds(pair.requesting.code, pair.requested.code);
              });
        auto const where = pair.requesting.code.text() + pair.requested.code.text() + " "
            + to_text(date) + " " + json::word(static_cast<AgreementTerm>(term));
        ASSERT_LE(rows.size(), 1U) << where;
        auto const& found = pair.agreed[term];
        auto const stated = rows.empty() ? Stated::nowhere
            : rows[0]->is_public         ? Stated::yes
                                         : Stated::not_public;
        ASSERT_EQ(found.stated, stated) << where;
        if (stated != Stated::nowhere) {
            ASSERT_EQ(found.source, rows[0]->source) << where;
            ASSERT_EQ(found.number, rows[0]->number) << where;
        }
    }
}

} // namespace

TEST(TemporalCoverage, every_parameter_of_every_pair_has_one_value_or_a_stated_absence)
{
    auto const dates = dates_of_change();
    ASSERT_GT(dates.size(), 40U);
    for (auto const date : dates) {
        for (auto const& one : law().parties()) {
            for (auto const& other : law().parties()) {
                if (one.code == other.code) continue;
                auto const pair = resolve(law(), one.code, other.code, noon(date));
                check_side(pair.requesting, date);
                check_agreements(pair, date);
                if (HasFatalFailure()) return;
            }
        }
    }
}

TEST(TemporalCoverage, an_agreement_binds_from_its_first_day)
{
    auto const pursuit = [](std::string_view date) {
        return resolve(law(), test::party("BG"), test::party("RS"), noon(test::day(date)))
            .agreed[static_cast<std::size_t>(AgreementTerm::hot_pursuit)]
            .stated;
    };
    EXPECT_EQ(pursuit("2010-12-09"), Stated::nowhere);
    EXPECT_EQ(pursuit("2010-12-10"), Stated::not_public);
    EXPECT_EQ(pursuit("2010-12-11"), Stated::not_public);
}

} // namespace comity::treaty
