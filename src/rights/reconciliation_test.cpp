#include "rights/reconciliation.h"

#include "ledger/files.h"
#include "rights/trial_rights_test.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace comity::rights {
namespace {

using store::Transaction;
using trial::Desk;
using trial::lawful;

/// What another node serves of its register.
ledger::Fetch served_by(Desk& desk)
{
    return [&desk](std::string const& path) {
        return desk.store->read([&](Transaction& t) {
            return ledger::file(t, std::string_view { path }.substr(sizeof "register/" - 1));
        });
    };
}

/// Sofia as the one who controls, on the line to Bucharest.
struct Control {
    trial::Three states;
    Reconciliation registers;

    Control()
        : registers({ *states.sofia.store, *states.sofia.ledger, *states.sofia.exchange }, "BG",
              "Europe/Sofia", [this] { return states.sofia.now; })
    {
        registers.reach_by([this](std::string const& state) -> Result<ledger::Fetch> {
            if (state == "RO") return served_by(states.bucharest);
            return Error { Error::Kind::unavailable, "no line TEST" };
        });
    }
    Comparison of(std::string const& state)
    {
        EXPECT_TRUE(registers.begin("dpo TEST", state).ok());
        registers.wait();
        for (auto const& each : registers.look().value().comparisons)
            if (each.party == state) return each;
        return {};
    }
    std::uint64_t register_size()
    {
        return states.sofia.store->read([](Transaction& t) { return ledger::size(t); }).value();
    }
    message::RegisterEntry newest_entry()
    {
        auto const leaf = states.sofia.store
                              ->read([](Transaction& t) -> Result<Bytes> {
                                  return ledger::leaf(t, TRY(ledger::size(t)) - 1);
                              })
                              .value();
        return json::read_text<message::RegisterEntry>(as_text(leaf), json::Unknown::refuse)
            .value();
    }
};

} // namespace

TEST(Reconciliation, of_two_registers_that_agree_finds_nothing)
{
    Control control;
    control.states.answered();
    auto const found = control.of("RO");
    EXPECT_FALSE(found.failed) << *found.failed;
    EXPECT_EQ(found.wrong, 0);
    EXPECT_EQ(found.officer, "dpo TEST");
    EXPECT_EQ(found.at, control.states.sofia.now);
    EXPECT_GT(found.entries, 1);
}

TEST(Reconciliation, names_what_the_other_did_not_enter_and_what_it_did_not_destroy)
{
    Control control;
    control.states.answered();
    auto under_way = lawful();
    under_way.case_number = "2026-0418";
    ASSERT_TRUE(control.states.sofia.casework->send(under_way, "TEST").value().message);
    ASSERT_EQ(control.states.sofia.exchange->number("RO").value(), 1);
    auto const found = control.of("RO");
    ASSERT_EQ(found.wrong, 1);
    EXPECT_EQ(found.differences.at(0).holder, "BG");
    EXPECT_EQ(found.differences.at(0).what, "sent, but RO has no entry of its receipt");

    control.states.wait(std::chrono::hours { 24 * 800 });
    auto const later = control.of("RO");
    auto const overdue = std::ranges::count_if(later.differences, [](auto const& each) {
        return each.holder == "RO" && each.what.starts_with("due for destruction by");
    });
    EXPECT_GE(overdue, 2); // the request that it received, the answer that it sent
}

TEST(Reconciliation, of_our_own_register_is_its_sweep_and_is_entered_in_it)
{
    Control control;
    control.states.answered();
    auto const before = control.register_size();
    auto const swept = control.of("BG");
    EXPECT_EQ(swept.wrong, 0);
    EXPECT_EQ(swept.entries, before);
    auto const entry = control.newest_entry();
    EXPECT_EQ(entry.act, message::Act::swept);
    EXPECT_EQ(entry.verdict, "complete");
    EXPECT_EQ(entry.entry, before);

    control.states.wait(std::chrono::hours { 24 * 800 });
    EXPECT_GE(control.of("BG").wrong, 2);
    EXPECT_EQ(control.newest_entry().verdict, "incomplete");
}

TEST(Reconciliation, keeps_no_text_of_the_other_that_is_too_long_for_an_id)
{
    Control control;
    auto& bucharest = control.states.bucharest;
    for (auto const bytes : { 64U, 65U }) {
        message::RegisterEntry entry {};
        entry.v = 1;
        entry.act = message::Act::sent;
        entry.at = bucharest.now;
        entry.from = "RO";
        entry.to = "BG";
        entry.message.assign(bytes, 'x');
        ASSERT_TRUE(bucharest.store
                ->write([&](Transaction& t) {
                    return bucharest.ledger->append(t, as_view(json::to_text(entry)));
                })
                .ok());
    }
    auto const found = control.of("RO");
    ASSERT_EQ(found.differences.size(), 2);
    EXPECT_EQ(found.differences[0].kind, exchange::Difference::Kind::no_receipt);
    EXPECT_EQ(found.differences[0].message.size() + found.differences[1].message.size(), 64);
}

TEST(Reconciliation, that_cannot_be_made_says_why_and_enters_nothing)
{
    Control control;
    auto const before = control.register_size();
    auto const found = control.of("RS");
    EXPECT_EQ(found.failed, "no line TEST");
    EXPECT_EQ(found.wrong, 0);
    EXPECT_EQ(control.register_size(), before);
    auto const nobody = control.registers.begin("dpo TEST", "XX");
    ASSERT_FALSE(nobody.ok());
    EXPECT_EQ(nobody.error().kind, Error::Kind::not_found);
    EXPECT_EQ(nobody.error().field, "party");
}

TEST(Reconciliation, runs_once_at_a_time)
{
    Control control;
    std::promise<void> asked, go_on;
    control.registers.reach_by([&](std::string const&) -> Result<ledger::Fetch> {
        asked.set_value();
        go_on.get_future().wait();
        return Error { Error::Kind::unavailable, "TEST" };
    });
    ASSERT_TRUE(control.registers.begin("dpo TEST", "RO").ok());
    asked.get_future().wait();
    EXPECT_EQ(control.registers.look().value().running, "RO");
    auto const second = control.registers.begin("dpo TEST", "BG");
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().kind, Error::Kind::conflict);
    go_on.set_value();
    control.registers.wait();
    EXPECT_FALSE(control.registers.look().value().running);
}

TEST(Reconciliation, sweeps_its_own_register_by_itself_once_a_day_and_not_on_the_first)
{
    Control control;
    auto& now = control.states.sofia.now;
    auto const due = [&] {
        auto const begun = control.registers.sweep_when_due();
        EXPECT_TRUE(begun.ok()) << begun.error().what;
        control.registers.wait();
        return begun.ok() && begun.value();
    };
    EXPECT_FALSE(due()); // nothing to look through
    control.states.wait(std::chrono::hours { 24 });
    EXPECT_FALSE(due());
    control.states.answered();
    EXPECT_FALSE(due()); // the day of its first entry
    now += std::chrono::hours { 24 };
    EXPECT_TRUE(due());
    EXPECT_EQ(control.registers.look().value().comparisons.at(0).officer, "node");
    EXPECT_FALSE(due());
    auto const midnight = parse_instant("2026-04-19T21:00:00Z").value(); // 00:00 in Sofia
    ASSERT_LT(now, midnight);
    now = midnight - std::chrono::seconds { 1 };
    EXPECT_FALSE(due());
    now = midnight;
    EXPECT_TRUE(due());
}

TEST(Reconciliation, of_two_processes_that_find_a_new_day_at_once_one_enters_its_sweep)
{
    Control control;
    auto& sofia = control.states.sofia;
    control.states.answered();
    sofia.now += std::chrono::hours { 24 };
    std::promise<void> first_is_done;
    auto const done = first_is_done.get_future().share();
    Reconciliation second { { *sofia.store, *sofia.ledger, *sofia.exchange }, "BG", "Europe/Sofia",
        [&, caller = std::this_thread::get_id()] {
            if (std::this_thread::get_id() != caller) done.wait();
            return sofia.now;
        } };
    ASSERT_TRUE(second.sweep_when_due().value());
    auto const before = control.register_size();
    ASSERT_TRUE(control.registers.sweep_when_due().value());
    control.registers.wait();
    EXPECT_EQ(control.register_size(), before + 1);
    first_is_done.set_value();
    second.wait();
    EXPECT_EQ(control.register_size(), before + 1);
    EXPECT_TRUE(second.look().value().running.value_or("").empty()) << "it is done all the same";
}

TEST(Reconciliation, lists_every_Party_with_a_register_our_own_first)
{
    Control control;
    EXPECT_EQ(
        control.registers.look().value().parties, (std::vector<std::string> { "BG", "RO", "RS" }));
    EXPECT_TRUE(control.registers.look().value().comparisons.empty());
}

} // namespace comity::rights
