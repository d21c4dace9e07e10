#pragma once

#include "base/scratch.h"
#include "exchange/exchange.h"
#include "exchange/founding.h"
#include "store/trial_store_test.h"

#include <gtest/gtest.h>

/// Two States' nodes without casework, for tests: each keeps what it was told.
namespace comity::exchange::trial {

using store::Transaction;

inline Instant const start = parse_instant("2026-04-17T09:14:00Z").value();

inline Founding const& founding()
{
    static std::vector<FoundingState> const states {
        { "BG", "NCU Sofia TEST", "localhost", "127.0.0.1:1" },
        { "RO", "NCU Bucharest TEST", "localhost", "127.0.0.1:2" },
    };
    static auto const made = found(states, 2, start, crypto::system_random());
    return made;
}

inline std::vector<store::Migration> all_migrations()
{
    std::vector<store::Migration> out;
    for (auto const room : { ledger::migrations, migrations })
        out.insert(out.end(), room.begin(), room.end());
    return out;
}

/// A State's node without casework: it keeps what it was told.
struct Node {
    StateKeys const& keys;
    Instant now = start;
    ScratchFolder folder;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<Exchange> exchange;
    std::vector<std::string> contents;
    std::optional<message::Reason> reject;
    std::vector<std::string> not_understood;
    std::vector<message::Receipt> receipts;
    std::vector<std::string> expired;
    AttachmentSettings settings;

    explicit Node(std::size_t which, AttachmentSettings attachments = {})
        : keys(founding().states[which])
        , settings(attachments)
    {
        open();
    }
    void open()
    {
        exchange.reset();
        ledger.reset();
        store.reset();
        store = store::Store::open(
            store::trial::address(folder / "db"), all_migrations(), store::Writer::caller)
                    .take();
        ledger = ledger::Ledger::open(*store, keys.register_log, keys.register_key).take();
        exchange = std::make_unique<Exchange>(
            *store, *ledger, founding().trust(start),
            Self { keys.of.state, keys.of.unit, keys.seal, keys.sealing }, [this] { return now; },
            crypto::system_random(), settings);
        exchange->set_receiver({
            [this](Transaction&, Delivered const& delivered) -> Result<Disposition> {
                contents.emplace_back(as_text(delivered.parts.at(0).content));
                return Disposition { "permitted", "law", {}, reject, {}, not_understood };
            },
            [this](Transaction&, message::Receipt const& receipt) -> Result<void> {
                receipts.push_back(receipt);
                return {};
            },
            [this](Transaction&, Stored const& message) -> Result<void> {
                expired.push_back(message.id);
                return {};
            },
        });
    }
    Outgoing outgoing(std::string_view content, std::string_view to) const
    {
        return { .type = message::Type::request,
            .to = std::string { to },
            .case_reference = { "2026-0417", {} },
            .legal_basis = { "PCC SEE", { "A1" }, "law" },
            .verdict = "permitted",
            .purpose = "investigation",
            .retention = message::Retention { parse_date("2027-04-17").value(), "A31(4)(b)-1" },
            .parts = { { "request", "trial/1", to_bytes(content) } } };
    }
    /// The message's id.
    Result<std::string> queue(Outgoing out)
    {
        auto const sealed = exchange->seal(std::move(out));
        if (!sealed.ok()) return sealed.error();
        return store->write([&](Transaction& t) { return exchange->submit(t, sealed.value()); });
    }
    Result<std::string> queue(std::string_view content, std::string_view to)
    {
        return queue(outgoing(content, to));
    }
    /// Queued and numbered.
    Result<Stored> send(std::string_view content, std::string_view to)
    {
        auto const id = queue(content, to);
        if (!id.ok()) return id.error();
        auto const numbered = exchange->number(to);
        if (!numbered.ok()) return numbered.error();
        return stored(id.value());
    }
    Stored stored(std::string const& id)
    {
        return store->read([&](Transaction& t) { return message_by_id(t, id); }).value();
    }
    std::uint64_t register_size()
    {
        return store->read([](Transaction& t) { return ledger::size(t); }).value();
    }
};

inline UnderWay waiting(Node& from, std::string_view to)
{
    return from.exchange->under_way(to, from.exchange->load(to).value().first_under_way).value();
}

/// One State's node as a witness of another's register.
inline void ask_to_cosign(Node& node, Node& witness)
{
    Window window;
    window.fetch = [&](std::string const&) {
        return witness.store->read([](Transaction& t) -> Result<Bytes> {
            return to_bytes(TRY(ledger::newest_checkpoint(t)));
        });
    };
    window.cosign = [&](std::string const& request) -> Result<Cosigned> {
        ledger::Witness const as_witness { *witness.ledger, { node.ledger->verifier() },
            [&] { return witness.now; } };
        auto const answer = TRY(witness.store->write(
            [&](Transaction& t) { return as_witness.add_checkpoint(t, request); }));
        return Cosigned { answer.status(), answer.body };
    };
    auto const watched = node.exchange->watch(witness.keys.of.state, window).value();
    EXPECT_FALSE(watched.not_proved) << watched.not_proved->what;
}

/// Why a node does not take it.
inline Error refusal(Node& node, Envelope const& envelope, std::string_view through = "BG")
{
    auto const answer = node.exchange->receive(envelope, through);
    EXPECT_FALSE(answer.ok());
    return answer.ok() ? Error { Error::Kind::unavailable, "taken" } : answer.error();
}

} // namespace comity::exchange::trial
