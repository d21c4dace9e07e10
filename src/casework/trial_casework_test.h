#pragma once

#include "casework/casework.h"
#include "casework/vehicle_register.h"
#include "casework/views.h"

#include "base/file.h"
#include "base/scratch.h"
#include "exchange/founding.h"
#include "protection/vault.h"
#include "store/trial_store_test.h"

#include <gtest/gtest.h>

#include <thread>

/// Three States' nodes with casework, for tests, and what carries between them.
namespace comity::casework {
namespace trial {

using namespace std::chrono_literals;
using store::Transaction;

inline Instant const start = parse_instant("2026-04-17T09:14:00Z").value();

inline treaty::Law read_law(std::string_view replaced = {}, std::string_view by = {})
{
    treaty::Files files;
    for (auto const name : treaty::law_file_names()) {
        auto const bytes = read_file(std::filesystem::path { "data/treaty" } / name).value();
        std::string content { as_text(bytes) };
        if (auto const at = content.find(replaced); !replaced.empty() && at != content.npos)
            content.replace(at, replaced.size(), by);
        files.push_back({ std::string { name }, content });
    }
    auto const hash = [](std::string_view text) { return to_hex(crypto::sha256(as_view(text))); };
    return treaty::read_law(files, hash).take();
}

inline treaty::Law const& law()
{
    static auto const read = read_law();
    return read;
}

/// The same data, but Romania leaves requests for the owner of a vehicle to its courts.
inline treaty::Law const& stricter_law()
{
    static auto const read = read_law("RO\tvehicle-owner\tno", "RO\tvehicle-owner\tyes");
    return read;
}

/// The same data without Romania's row: whether its courts must deal with it is not known.
inline treaty::Law const& silent_law()
{
    static auto const read = read_law("RO\tvehicle-owner\tno", "RO\tdriving-licence\tno");
    return read;
}

inline exchange::Founding const& founding()
{
    static std::vector<exchange::FoundingState> const states {
        { "BG", "NCU Sofia TEST", "localhost", "127.0.0.1:1" },
        { "RO", "NCU Bucharest TEST", "localhost", "127.0.0.1:2" },
        { "RS", "NCU Belgrade TEST", "localhost", "127.0.0.1:3" },
    };
    static auto const made = exchange::found(states, 3, start, crypto::system_random());
    return made;
}

inline std::vector<store::Migration> all_migrations()
{
    std::vector<store::Migration> out;
    for (auto const room :
        { ledger::migrations, exchange::migrations, protection::migrations, migrations })
        out.insert(out.end(), room.begin(), room.end());
    return out;
}

struct Node {
    exchange::StateKeys const& keys;
    Instant now = start;
    ScratchFolder folder;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<exchange::Exchange> exchange;
    std::unique_ptr<protection::Vault> vault;
    std::unique_ptr<Casework> casework;

    explicit Node(std::size_t which)
        : Node(which, {})
    {
    }
    /// One more process of the same State, on the database of the first; `tables`: with those of a
    /// room above.
    Node(std::size_t which, Node const* first,
        std::vector<store::Migration> const& tables = all_migrations())
        : keys(founding().states[which])
        , store(store::Store::open(store::trial::address((first ? first : this)->folder / "db"),
              tables, store::Writer::caller)
                  .take())
        , ledger(ledger::Ledger::open(*store, keys.register_log, keys.register_key).take())
        , exchange(std::make_unique<exchange::Exchange>(
              *store, *ledger, founding().trust(start),
              exchange::Self { keys.of.state, keys.of.unit, keys.seal, keys.sealing },
              [this] { return now; }, crypto::system_random()))
        , vault(protection::Vault::open(
              *store, *ledger,
              { { (first ? first : this)->folder / "vault.key", {} }, keys.of.state,
                  "Europe/Sofia" },
              crypto::Key256 { 7 }, [this] { return now; }, crypto::system_random())
                  .take())
    {
        use(law());
    }
    void use(treaty::Law const& law, FourEyes four_eyes = {})
    {
        casework = std::make_unique<Casework>(*store, *ledger, *exchange, *vault, law,
            Settings { keys.of.state, keys.of.unit, true, 365, four_eyes }, [this] { return now; });
    }
    CaseRow row(std::string_view number)
    {
        return store->read([&](Transaction& t) { return find_case(t, number); }).value().value();
    }
    std::vector<std::string> acts(std::string_view number)
    {
        std::vector<std::string> out;
        for (auto const& event :
            store->read([&](Transaction& t) { return events_of(t, number); }).value())
            out.push_back(event.act);
        return out;
    }
    std::vector<Opened> opened(std::string_view number, Wanted const& wanted = {})
    {
        auto const row = this->row(number);
        return store
            ->write([&](Transaction& t) { return open_contents(t, *vault, row, "TEST", wanted); })
            .value();
    }
    /// Those that an officer of the case may see.
    std::vector<Body> bodies(std::string_view number)
    {
        std::vector<Body> out;
        for (auto& each : opened(number))
            if (each.judgement.permitted()) out.push_back(std::move(each.body));
        return out;
    }
    CaseView view(std::string_view number) { return casework->open_case(number, "TEST").value(); }
    InboxTitle title(std::string_view number)
    {
        for (auto const& item : casework->inbox(500, "TEST").value())
            if (item.case_number == number) return item.title;
        return {};
    }
    /// 00:30 in Sofia and Bucharest; the day was looked at.
    void go_to(Date day)
    {
        now = Instant { day } - 90min;
        vault->confirm_day(day);
    }
    std::uint64_t verified_entries()
    {
        return store->read([&](Transaction& t) { return ledger::verify(t, ledger->verifier()); })
            .value();
    }
};

/// What an officer types brings no file along.
inline void without_files(json::Value& content)
{
    if (auto* list = content.if_array())
        for (auto& each : *list) without_files(each);
    if (!content.is_object()) return;
    for (auto& member : content.get_object())
        if (member.key() == "attachments")
            member.value() = json::Array {};
        else
            without_files(member.value());
}

/// Files go before the message that names them. `Of`: a node of this room or of one above.
template <class Of> void carry_files(Of& from, Of& to)
{
    auto const& own = from.keys.of.state;
    auto const& leaving = from.exchange->attachments();
    auto const& coming = to.exchange->attachments();
    while (auto const cargo = leaving.next_for(to.keys.of.state).value()) {
        auto const& [message, direction, peer, n] = cargo->key;
        EXPECT_TRUE(coming.open(own, message, n, cargo->hashes).ok());
        for (std::uint32_t chunk = 1; chunk <= exchange::count_of(cargo->hashes); ++chunk) {
            auto const sealed = leaving.chunk(*cargo, chunk).value();
            EXPECT_TRUE(coming.take_chunk(own, message, n, chunk, sealed).ok());
        }
        EXPECT_TRUE(leaving.arrived(*cargo).ok());
    }
}

/// Carries the oldest message, or the later receipts.
inline bool carry_one(Node& from, Node& to)
{
    auto const& state = to.keys.of.state;
    auto const& own = from.keys.of.state;
    carry_files(from, to);
    EXPECT_TRUE(from.exchange->number(state).ok());
    auto const load = from.exchange->load(state).value();
    if (load.first_under_way != 0) {
        auto const message = from.exchange->under_way(state, load.first_under_way).value();
        auto const receipt = to.exchange->receive(message.envelope, own).value();
        EXPECT_TRUE(from.exchange->acknowledge(message.id, receipt).ok());
    }
    for (auto const& receipt : from.exchange->receipts_for(state).value()) {
        EXPECT_TRUE(to.exchange->take_receipt(receipt.bytes, own).ok());
        EXPECT_TRUE(from.exchange->receipt_taken(receipt).ok());
    }
    return load.first_under_way != 0;
}

/// Carries everything between the nodes until nothing waits.
inline void carry(std::span<Node* const> nodes)
{
    for (bool moved = true; moved;) {
        moved = false;
        for (auto* from : nodes)
            for (auto* to : nodes) {
                if (from == to) continue;
                moved |= carry_one(*from, *to);
            }
        for (auto* node : nodes) moved |= node->casework->work().value() > 0;
    }
}

inline message::Vehicle vehicle(std::string plate)
{
    message::Person const person { "Popescu TEST", "Ana", false, parse_date("1979-04-12").value(),
        "Bucharest TEST", {} };
    return { std::move(plate), "RO", "UU1TEST0000000001", "Dacia", "Logan", "M1", "blue",
        parse_date("2019-05-01").value(), false, person, person };
}

inline RequestDraft lawful()
{
    return { "RO", {}, "vehicle-owner", "B 123 ABC", {}, "investigation", "vehicle theft",
        "identify-owner", "2026-0417", parse_date("2027-04-17").value(), {} };
}

inline void add_vehicle(Node& node, std::string const& plate)
{
    auto const line = json::to_text(vehicle(plate));
    ASSERT_TRUE(node.store->write([&](Transaction& t) { return import_vehicles(t, line); }).ok());
}

struct Pair {
    Node sofia { 0 }, bucharest { 1 };
    std::array<Node*, 2> both { &sofia, &bucharest };
};

} // namespace trial
} // namespace comity::casework
