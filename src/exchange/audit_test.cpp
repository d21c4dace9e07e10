#include "exchange/audit.h"

#include "exchange/sweep.h"
#include "exchange/trial_node_test.h"
#include "ledger/files.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

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
    auto const fetch = [&](std::string const& path) -> Result<Bytes> {
        auto file = sofia.store->read(
            [&](Transaction& t) { return ledger::file(t, std::string_view { path }.substr(9)); });
        if (path == "register/tile/entries/000.p/1") {
            auto& bytes = file.value();
            *std::search(bytes.begin(), bytes.end(), "sent", &"sent"[4]) = 'S';
        }
        return file;
    };
    auto const read_with = [&](ledger::Verifier const& key) {
        return fetch_register(fetch, { { key }, {} }).error().kind;
    };
    EXPECT_EQ(read_with(sofia.ledger->verifier()), Error::Kind::conflict);
    EXPECT_EQ(read_with(bucharest.ledger->verifier()), Error::Kind::not_authentic);
}

TEST(Audit, an_act_of_a_newer_node_neither_stops_the_reading_nor_changes_what_is_found)
{
    Node sofia { 0 }, bucharest { 1 };
    exchange_one(sofia, bucharest);
    auto leaf = json::write(read(sofia).entries[0]).as_object();
    leaf["act"] = "lent";
    leaf["eraseBy"] = "2026-01-01"; // of a sending it would be a duty to destroy
    ASSERT_TRUE(sofia.store
            ->write(
                [&](Transaction& t) { return sofia.ledger->append(t, as_view(json::print(leaf))); })
            .ok());
    exchange_one(sofia, bucharest);
    auto const newer = read(sofia);
    ASSERT_EQ(newer.entries.size(), 3U);
    EXPECT_EQ(newer.entries[1].act, message::Act::other);
    EXPECT_TRUE(differences(newer, "BG", read(bucharest), "RO").empty());
    auto const today = parse_date("2030-01-01").value();
    EXPECT_EQ(sweep(newer, today).owed, sweep(read(bucharest), today).owed);
}

TEST(Audit, a_register_is_read_up_to_its_limits_and_no_further)
{
    Node sofia { 0 }, bucharest { 1 };
    for (int i = 0; i < 3; ++i) exchange_one(sofia, bucharest);
    std::size_t bytes = 0;
    for (std::uint64_t i = 0; i < 3; ++i)
        bytes
            += sofia.store->read([&](Transaction& t) { return ledger::leaf(t, i); }).value().size();
    auto const fetch = [&](std::string const& path) {
        return sofia.store->read(
            [&](Transaction& t) { return ledger::file(t, std::string_view { path }.substr(9)); });
    };
    auto const read_within = [&](AuditLimits const& limits) {
        auto const read = fetch_register(fetch, { { sofia.ledger->verifier() }, {} }, limits);
        return read.ok() ? std::string {} : read.error().what;
    };
    EXPECT_EQ(read_within({ 4, bytes + 1 }), "");
    EXPECT_EQ(read_within({ 3, bytes }), "");
    EXPECT_EQ(read_within({ 2, bytes }), "a register of 3 entries, 2 at most");
    EXPECT_EQ(read_within({ 3, bytes - 1 }), fmt::format("a register of over {} bytes", bytes - 1));
}

TEST(Audit, a_message_entered_twice_and_another_day_of_destruction_are_named)
{
    Node sofia { 0 }, bucharest { 1 };
    exchange_one(sofia, bucharest);
    auto theirs = read(bucharest);
    theirs.entries.push_back(theirs.entries[0]);
    theirs.entries[0].erase_by = {};
    auto const found = differences(read(sofia), "BG", theirs, "RO");
    ASSERT_EQ(found.size(), 2);
    EXPECT_EQ(found[0].what, "entered twice");
    EXPECT_EQ(found[0].entry, 1);
    EXPECT_EQ(found[1].what, "RO has another day of destruction than was sent");
}

TEST(Audit, what_the_other_has_pruned_is_not_missed)
{
    Node sofia { 0 }, bucharest { 1 };
    exchange_one(sofia, bucharest);
    auto theirs = read(bucharest);
    theirs.entries.clear();
    EXPECT_EQ(differences(read(sofia), "BG", theirs, "RO").size(), 1);
    theirs.minimum = 256;
    EXPECT_TRUE(differences(read(sofia), "BG", theirs, "RO").empty());
}

TEST(Audit, every_byte_of_a_small_exported_register_flipped_in_turn_is_found)
{
    Node sofia { 0 }, bucharest { 1 };
    for (int i = 0; i < 2; ++i) exchange_one(sofia, bucharest);
    std::map<std::string, Bytes> files;
    auto const paths = sofia.store->read([](Transaction& t) { return ledger::file_paths(t); });
    for (auto const& path : paths.value())
        files["register/" + path]
            = sofia.store->read([&](Transaction& t) { return ledger::file(t, path); }).value();
    auto& note = files.at("register/checkpoint");
    auto const line = bucharest.ledger->cosign(as_text(note), trial::start).value();
    note.insert(note.end(), line.begin(), line.end());
    AuditKeys const keys { { sofia.ledger->verifier(), bucharest.ledger->verifier() }, {} };
    auto const holds = [&] {
        auto const read = fetch_register(
            [&](std::string const& path) -> Result<Bytes> {
                auto const found = files.find(path);
                if (found != files.end()) return found->second;
                return Error { Error::Kind::not_found, path };
            },
            keys);
        return read.ok() && read.value().cosignatures.size() == 1;
    };
    ASSERT_TRUE(holds());
    for (auto& [path, content] : files)
        for (auto& byte : content) {
            byte ^= 1;
            EXPECT_FALSE(holds()) << path << " byte " << &byte - content.data();
            byte ^= 1;
        }
}

TEST(AuditKeys, are_a_trust_list_or_a_verifier_key_a_line)
{
    auto const& of = trial::founding().states[0];
    ledger::Verifier const log { of.register_log, crypto::public_key_of(of.register_key) };
    auto const read
        = read_audit_keys("# TEST\n\n" + log.text() + "\n" + log.witness_text()).value();
    EXPECT_EQ(read.logs, std::vector { log });
    EXPECT_EQ(read.witnesses, std::vector { log });
    EXPECT_EQ(read_audit_keys(trial::founding().trust_list).value().logs.size(), 2);
    EXPECT_EQ(read_audit_keys("").error().kind, Error::Kind::malformed);
    EXPECT_EQ(read_audit_keys(log.witness_text()).error().kind, Error::Kind::malformed);
    EXPECT_NE(read_audit_keys("\nbg.test+x").error().what.find("line 2"), std::string::npos);
}

} // namespace comity::exchange
