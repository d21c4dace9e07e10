#include "exchange/audit.h"

#include "exchange/trial_node_test.h"

#include <gtest/gtest.h>

namespace comity::exchange {
namespace {

using store::Transaction;
using trial::Node;

Register read(Node& node)
{
    return node.store->read(
                         [&](Transaction& t) { return own_register(t, node.ledger->verifier()); })
        .value();
}

void exchange_one(Node& from, Node& to)
{
    auto const sent = from.send("TEST", to.keys.of.state).value();
    auto const receipt
        = to.exchange->receive(trial::waiting(from, to.keys.of.state).envelope, from.keys.of.state);
    ASSERT_TRUE(from.exchange->acknowledge(sent.id, receipt.value()).ok());
}

} // namespace

TEST(Audit, two_registers_of_a_whole_exchange_agree)
{
    Node sofia { 0 }, bucharest { 1 };
    for (int i = 0; i < 3; ++i) exchange_one(sofia, bucharest);
    exchange_one(bucharest, sofia);
    EXPECT_TRUE(differences(read(sofia), "BG", read(bucharest), "RO").empty());
}

TEST(Audit, a_sending_without_its_receipt_and_the_other_way_round_are_named)
{
    Node sofia { 0 }, bucharest { 1 };
    exchange_one(sofia, bucharest);
    auto const late = sofia.send("under way", "RO").value();
    auto const found = differences(read(sofia), "BG", read(bucharest), "RO");
    ASSERT_EQ(found.size(), 1);
    EXPECT_EQ(found[0].message, late.id);
    EXPECT_EQ(found[0].entry, 1);
    EXPECT_EQ(found[0].what, "sent, but RO has no entry of its receipt");

    Node forgetful { 0 };
    auto const other = differences(read(forgetful), "BG", read(bucharest), "RO");
    ASSERT_EQ(other.size(), 1);
    EXPECT_EQ(other[0].holder, "RO");
}

TEST(Audit, another_content_on_the_other_side_is_named)
{
    Node sofia { 0 }, bucharest { 1 };
    exchange_one(sofia, bucharest);
    auto theirs = read(bucharest);
    theirs.entries[0].commitment = std::string(64, '0');
    auto const found = differences(read(sofia), "BG", theirs, "RO");
    ASSERT_EQ(found.size(), 1);
    EXPECT_EQ(found[0].what, "RO received another content than was sent");
}

TEST(Audit, a_register_that_serves_other_entries_than_it_signed_is_refused)
{
    Node sofia { 0 }, bucharest { 1 };
    exchange_one(sofia, bucharest);
    auto const verifier = sofia.ledger->verifier();
    auto const fetch = [&](std::string const& path) -> Result<Bytes> {
        return sofia.store->read([&](Transaction& t) -> Result<Bytes> {
            if (path == "register/checkpoint") return to_bytes(TRY(ledger::newest_checkpoint(t)));
            auto bundle = TRY(ledger::entry_bundle(t, 0, 1));
            auto const at = std::search(bundle.begin(), bundle.end(), "sent", &"sent"[4]);
            *at = 'S';
            return bundle;
        });
    };
    EXPECT_FALSE(fetch_register(fetch, verifier).ok());
    EXPECT_FALSE(fetch_register(fetch, bucharest.ledger->verifier()).ok());
}

TEST(Audit, tile_paths_are_those_of_the_specification)
{
    EXPECT_EQ(tile_path(5, 256), "005");
    EXPECT_EQ(tile_path(1'234'067, 256), "x001/x234/067");
    EXPECT_EQ(tile_path(273, 112), "273.p/112");
    EXPECT_EQ(tile_path(1000, 256), "x001/000");
}

} // namespace comity::exchange
