#pragma once

#include "base/file.h"
#include "base/scratch.h"
#include "protection/vault.h"
#include "store/trial_store_test.h"

#include <gtest/gtest.h>

/// A node's vault in a folder of its own, with a clock that the test sets. All persons are TEST.
namespace comity::protection::trial {

inline Date day(std::string_view text)
{
    return parse_date(text).value();
}

inline std::vector<store::Migration> all_tables()
{
    std::vector<store::Migration> out;
    for (auto const room : { ledger::migrations, migrations })
        out.insert(out.end(), room.begin(), room.end());
    return out;
}

inline Label label_of(std::string owner, Date erase_by)
{
    Label out;
    out.owner = std::move(owner);
    out.purpose = "investigation";
    out.legal_basis = { "A31(4)(a)-1" };
    out.deadlines.own_rule = erase_by;
    return out;
}

inline NewItem item_of(std::string id, Date erase_by, std::string owner = "RO")
{
    return { std::move(id), label_of(std::move(owner), erase_by), to_bytes("Persoana TEST"), {},
        {} };
}

inline Use officer_of(std::string purpose = "investigation")
{
    Use out;
    out.officer = "officer-test";
    out.needs_to_know = true;
    out.need = "2026-0417";
    out.purpose = std::move(purpose);
    return out;
}

inline Actor const actor { "officer-test", "2026-0417" };

struct Node {
    ScratchFolder folder;
    crypto::Key256 node_key { 7 };
    Instant now = parse_instant("2026-04-17T09:00:00Z").value();
    crypto::Key register_key = crypto::Key::generate(crypto::Key::Kind::ed25519);
    std::unique_ptr<store::Store> store;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<Vault> vault;

    explicit Node(bool with_copy = false)
        : copied_(with_copy)
    {
        open();
    }
    std::filesystem::path keys() const { return folder / "vault.keys"; }
    std::filesystem::path database() const { return folder / "db"; }
    void close()
    {
        vault.reset();
        ledger.reset();
        store.reset();
    }
    void open()
    {
        open_store();
        vault = try_vault().take();
    }
    void open_store()
    {
        close();
        auto const tables = all_tables();
        store = store::Store::open(store::trial::address(database()), tables, store::Writer::caller)
                    .take();
        ledger = ledger::Ledger::open(*store, "vault.test", register_key).take();
    }
    Result<std::unique_ptr<Vault>> try_vault()
    {
        auto const copy = copied_ ? folder / "copy.keys" : std::filesystem::path {};
        return Vault::open(
            *store, *ledger, { { keys(), copy }, "BG", "Europe/Sofia" }, node_key,
            [this] { return now; }, crypto::system_random());
    }
    /// 09:00 UTC of a day.
    void go_to(Date date) { now = Instant { date } + std::chrono::hours { 9 }; }

    Result<void> put(NewItem const& item)
    {
        return store->write([&](store::Transaction& t) { return vault->put(t, item, actor); });
    }
    Result<Read> read(std::string_view id, Use const& use = officer_of())
    {
        return store->write([&](store::Transaction& t) { return vault->read(t, id, use); });
    }
    bool readable(std::string_view id)
    {
        auto const found = read(id);
        return found.ok() && found.value().content.has_value();
    }
    std::vector<Destroyed> destroy(std::string_view id)
    {
        return store
            ->write([&](store::Transaction& t) {
                return vault->destroy(t, id, message::DestructionGround::no_longer_needed, actor);
            })
            .value();
    }
    Result<std::vector<Destroyed>> destroy_due(std::size_t count_max = 256)
    {
        return store->write(
            [&](store::Transaction& t) { return vault->destroy_due(t, count_max); });
    }
    std::vector<Found> find(Term const& term)
    {
        return store
            ->write([&](store::Transaction& t) { return vault->find(t, term, officer_of()); })
            .value();
    }

private:
    bool copied_;
};

} // namespace comity::protection::trial
