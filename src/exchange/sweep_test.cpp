#include "exchange/sweep.h"

#include "exchange/trial_node_test.h"

#include <gtest/gtest.h>

namespace comity::exchange {
namespace {

using message::Act;
using store::Transaction;
using trial::Node;

constexpr auto day = std::chrono::days { 1 };
Date const due = parse_date("2027-04-17").value();

message::RegisterEntry entry(Act act, std::string message)
{
    message::RegisterEntry out {};
    out.v = 1;
    out.act = act;
    out.at = trial::start;
    out.message = std::move(message);
    out.from = out.to = "BG";
    out.commitment = std::string(64, 'c');
    if (act == Act::received) out.erase_by = due;
    return out;
}

message::RegisterEntry destruction(std::string message, std::uint64_t of)
{
    auto out = entry(Act::destroyed, std::move(message));
    out.entry = of;
    return out;
}

void append(Node& node, std::span<message::RegisterEntry const> entries)
{
    auto const done = node.store->write([&](Transaction& t) -> Result<void> {
        for (auto const& each : entries) TRY(node.ledger->append(t, as_view(json::to_text(each))));
        return {};
    });
    ASSERT_TRUE(done.ok());
}

Swept swept(Node& node, Date today)
{
    return node.store->read([&](Transaction& t) { return sweep_own(t, "BG", today); }).value();
}

} // namespace

TEST(Sweep, names_what_was_due_and_not_destroyed_or_late_or_twice)
{
    Node sofia { 0 };
    ASSERT_TRUE(sofia.send("TEST", "RO").ok());
    auto own = sofia.store
                   ->read([&](Transaction& t) { return own_register(t, sofia.ledger->verifier()); })
                   .value();
    ASSERT_EQ(own.entries[0].erase_by, due);
    auto const words = [&](Date today) {
        auto const found = sweep(own, today).differences;
        return found.empty() ? std::string {} : found[0].what;
    };
    EXPECT_EQ(words(due), "");
    EXPECT_EQ(words(due + day),
        "due for destruction by 2027-04-17 (A31(4)(b)-1), and no entry "
        "says that it was destroyed");
    auto destroyed = own.entries[0];
    destroyed.act = message::Act::destroyed;
    destroyed.entry = 0;
    destroyed.at = due + day;
    own.entries.push_back(destroyed);
    EXPECT_EQ(words(due + day), "");
    own.entries[1].at = due + 2 * day;
    EXPECT_EQ(words(due + 2 * day),
        "due for destruction by 2027-04-17 (A31(4)(b)-1), destroyed on 2027-04-19");
    own.entries[1] = destroyed;
    own.entries.push_back(destroyed);
    EXPECT_EQ(words(due + day), "entry 0 was destroyed before");
    own.entries[2].entry = 2;
    EXPECT_EQ(words(due + day), "a destruction that names no entry before it");
    own.entries[2].entry = 1;
    EXPECT_EQ(words(due + day), "it does not fit entry 1, which it names");
    own.entries.pop_back();
    own.entries[1].commitment = std::string(64, '0');
    EXPECT_EQ(words(due), "it does not fit entry 0, which it names");
}

TEST(Sweep, of_our_own_tables_says_the_same_as_of_a_register_that_was_read)
{
    Node sofia { 0 };
    std::vector<message::RegisterEntry> entries;
    for (auto const* each : { "a", "b", "c", "d" }) entries.push_back(entry(Act::received, each));
    entries.push_back(entry(Act::sent, "owes nothing"));
    entries.push_back(destruction("c", 2));
    entries.push_back(destruction("a", 0));
    entries.push_back(destruction("a", 0));
    entries.push_back(destruction("d", 1));
    append(sofia, entries);
    auto const own = swept(sofia, due + day);
    EXPECT_EQ(own.entries, 9);
    EXPECT_EQ(own.end, 9);
    EXPECT_EQ(own.owed, 4);
    EXPECT_EQ(own.destroyed, 2);
    EXPECT_EQ(own.wrong, 4);
    auto const read
        = sofia.store
              ->read([&](Transaction& t) { return own_register(t, sofia.ledger->verifier()); })
              .value();
    EXPECT_EQ(json::to_text(own.differences), json::to_text(sweep(read, due + day).differences));
    ASSERT_EQ(own.differences.size(), 4);
    EXPECT_EQ(own.differences[0].message, "b");
    EXPECT_EQ(own.differences[1].message, "d");
    EXPECT_EQ(own.differences[2].what, "entry 0 was destroyed before");
    EXPECT_EQ(own.differences[3].what, "it does not fit entry 1, which it names");
    EXPECT_EQ(swept(sofia, due).wrong, 2); // its last day is not over
}

TEST(Sweep, names_a_thousand_and_counts_the_rest)
{
    Node sofia { 0 };
    std::vector<message::RegisterEntry> entries;
    for (std::size_t i = 0; i < 3 * differences_named_max; ++i)
        entries.push_back(entry(Act::received, std::to_string(i)));
    for (std::size_t i = 0; i < 2 * differences_named_max - 1; ++i)
        entries.push_back(destruction(std::to_string(i), i));
    append(sofia, entries);
    auto const found = swept(sofia, due + day);
    EXPECT_EQ(found.destroyed, 2 * differences_named_max - 1);
    EXPECT_EQ(found.wrong, differences_named_max + 1);
    EXPECT_EQ(found.differences.size(), differences_named_max);
    EXPECT_EQ(found.differences.front().message, std::to_string(2 * differences_named_max - 1));
}

TEST(Sweep, stops_at_an_entry_that_cannot_be_read)
{
    Node sofia { 0 };
    auto const appended = sofia.store->write(
        [&](Transaction& t) { return sofia.ledger->append(t, as_view("no JSON")); });
    ASSERT_TRUE(appended.ok());
    auto const found = sofia.store->read([&](Transaction& t) { return sweep_own(t, "BG", due); });
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.error().kind, Error::Kind::malformed);
}

} // namespace comity::exchange
