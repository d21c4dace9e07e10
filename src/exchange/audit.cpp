#include "exchange/audit.h"

#include <fmt/format.h>

#include <map>

namespace comity::exchange {
namespace {

using message::Act;
using message::RegisterEntry;

constexpr std::uint64_t entries_max = 100'000'000;

struct Place {
    std::uint64_t index;
    RegisterEntry const* entry;
};

/// The entries of one act between two States, by message.
std::map<std::string, Place> by_message(
    Register const& of, Act act, std::string const& from, std::string const& to)
{
    std::map<std::string, Place> out;
    for (std::uint64_t i = 0; i < of.entries.size(); ++i) {
        auto const& entry = of.entries[i];
        if (entry.act == act && entry.from == from && entry.to == to)
            out.emplace(entry.message, Place { i, &entry });
    }
    return out;
}

/// One direction: what `sender` says it sent against what `receiver` says it received.
void compare(Register const& sent_in, Register const& received_in, std::string const& sender,
    std::string const& receiver, std::vector<Difference>& out)
{
    auto const sent = by_message(sent_in, Act::sent, sender, receiver);
    auto const received = by_message(received_in, Act::received, sender, receiver);
    for (auto const& [message, place] : sent) {
        auto const there = received.find(message);
        if (there == received.end())
            out.push_back({ place.index, sender, message,
                fmt::format("sent, but {} has no entry of its receipt", receiver) });
        else if (there->second.entry->commitment != place.entry->commitment)
            out.push_back({ place.index, sender, message,
                fmt::format("{} received another content than was sent", receiver) });
    }
    for (auto const& [message, place] : received)
        if (!sent.contains(message))
            out.push_back({ place.index, receiver, message,
                fmt::format("received, but {} has no entry of sending it", sender) });
}

/// Adds the leaves to the tree and to the entries.
Result<void> take(Register& out, ledger::Edge& edge, std::span<Bytes const> leaves)
{
    auto const ignore
        = [](unsigned, std::uint64_t, ledger::Digest const&) { return Result<void> {}; };
    for (auto const& leaf : leaves) {
        TRY(edge.append(ledger::leaf_hash(leaf), ignore));
        out.entries.push_back(
            TRY(json::read_text<RegisterEntry>(as_text(leaf), json::Unknown::keep)));
    }
    return {};
}

Result<void> check_root(Register const& read, ledger::Edge const& edge)
{
    if (edge.root() == read.head.root) return {};
    return Error { Error::Kind::conflict,
        fmt::format("{}: the entries do not give the signed root", read.head.origin) };
}

} // namespace

std::string tile_path(std::uint64_t position, std::uint64_t width)
{
    auto out = fmt::format("{:03}", position % 1000);
    for (position /= 1000; position > 0; position /= 1000)
        out = fmt::format("x{:03}/{}", position % 1000, out);
    return width == ledger::tile_width ? out : fmt::format("{}.p/{}", out, width);
}

Result<Register> fetch_register(Fetch const& fetch, ledger::Verifier const& verifier)
{
    Register out;
    auto const note = TRY(fetch("register/checkpoint"));
    out.head = TRY(ledger::open_checkpoint(as_text(note), verifier));
    if (out.head.size > entries_max)
        return Error { Error::Kind::too_large,
            fmt::format("a register of {} entries, {} at most", out.head.size, entries_max) };
    ledger::Edge edge;
    for (std::uint64_t begin = 0; begin < out.head.size; begin += ledger::tile_width) {
        auto const width = std::min(ledger::tile_width, out.head.size - begin);
        auto const place = tile_path(begin / ledger::tile_width, width);
        auto const bundle = TRY(fetch("register/tile/entries/" + place));
        auto const leaves = TRY(ledger::read_bundle(bundle));
        if (leaves.size() != width)
            return Error { Error::Kind::conflict,
                fmt::format("{}: {} entries where {} belong", place, leaves.size(), width) };
        TRY(take(out, edge, leaves));
    }
    TRY(check_root(out, edge));
    return out;
}

Result<Register> own_register(store::Transaction& transaction, ledger::Verifier const& verifier)
{
    return fetch_register(
        [&](std::string const& path) -> Result<Bytes> {
            if (path == "register/checkpoint")
                return to_bytes(TRY(ledger::newest_checkpoint(transaction)));
            auto const size = TRY(ledger::size(transaction));
            for (std::uint64_t begin = 0; begin < size; begin += ledger::tile_width) {
                auto const width = std::min(ledger::tile_width, size - begin);
                auto const position = begin / ledger::tile_width;
                if (path == "register/tile/entries/" + tile_path(position, width))
                    return ledger::entry_bundle(transaction, position, width);
            }
            return Error { Error::Kind::not_found, path };
        },
        verifier);
}

std::vector<Difference> differences(Register const& ours, std::string const& own_state,
    Register const& theirs, std::string const& peer_state)
{
    std::vector<Difference> out;
    compare(ours, theirs, own_state, peer_state, out);
    compare(theirs, ours, peer_state, own_state, out);
    return out;
}

} // namespace comity::exchange
