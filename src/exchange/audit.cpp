#include "exchange/audit.h"

#include "exchange/trust.h"
#include "ledger/files.h"

#include <fmt/format.h>

#include <map>

namespace comity::exchange {
namespace {

using message::Act;
using message::RegisterEntry;
using Kind = Difference::Kind;

constexpr std::string_view prefix = "register/";
/// Of all leaves together: a register is read by nodes that have other work too.

Result<AuditKeys> keys_of_list(std::string_view text)
{
    auto const list = TRY(json::read_text<TrustList>(text, json::Unknown::keep));
    AuditKeys out;
    for (auto const& each : list.states) {
        auto log = TRY(ledger::Verifier::read(each.register_key));
        if (each.next_register_key)
            log.next = TRY(ledger::Verifier::read(*each.next_register_key)).key;
        out.logs.push_back(std::move(log));
    }
    return out;
}

Result<void> take_key(AuditKeys& out, std::string_view line, std::size_t number)
{
    auto log = ledger::Verifier::read(line);
    auto witness = ledger::Verifier::read_witness(line);
    if (log.ok())
        out.logs.push_back(log.take());
    else if (witness.ok())
        out.witnesses.push_back(witness.take());
    else
        return Error { Error::Kind::malformed,
            fmt::format("line {} is no verifier key: {}", number, log.error().what) };
    return {};
}

Result<ledger::Checkpoint> open_head(std::string_view note, AuditKeys const& keys)
{
    auto const claimed = TRY(ledger::read_checkpoint(note));
    for (auto const& key : keys.logs)
        if (key.name == claimed.origin) return ledger::open_checkpoint(note, key);
    return Error { Error::Kind::not_authentic,
        fmt::format("no key was given for the register {}", claimed.origin) };
}

/// Every witness once, whichever way its key was given.
Result<std::vector<ledger::Cosignature>> cosignatures(
    std::string_view note, AuditKeys const& keys, std::string const& origin)
{
    std::vector<ledger::Verifier> witnesses;
    for (auto const& each : keys.logs)
        if (each.name != origin) witnesses.push_back(each);
    for (auto const& each : keys.witnesses)
        if (std::ranges::find(witnesses, each) == witnesses.end()) witnesses.push_back(each);
    return ledger::cosignatures(note, witnesses);
}

Result<ledger::MinimumIndex> minimum_of(
    ledger::Fetch const& fetch, ledger::Checkpoint const& head, AuditKeys const& keys)
{
    auto const statement = fetch("register/minimum-index");
    if (!statement.ok() && statement.error().kind == Error::Kind::not_found)
        return ledger::MinimumIndex { head.origin, 0, 0, {} };
    auto const text = TRY(statement);
    for (auto const& key : keys.logs)
        if (key.name == head.origin) return ledger::open_minimum(as_text(text), key);
    return Error { Error::Kind::not_authentic, "minimum index: no key" };
}

/// The statement stands in the register itself.
Result<void> check_entered(Register const& of, ledger::MinimumIndex const& said)
{
    auto const place = said.entry - of.minimum;
    bool const entered = said.entry >= of.minimum && place < of.entries.size()
        && of.entries[place].act == Act::pruned && of.entries[place].entry == of.minimum;
    if (of.minimum == 0 || entered) return {};
    return Error { Error::Kind::conflict,
        fmt::format(
            "the minimum index {} is not entered in the register at {}", of.minimum, said.entry) };
}

struct Place {
    std::uint64_t index;
    RegisterEntry const* entry;
};

/// The entries of one act between two States, by message.
std::multimap<std::string, Place> by_message(
    Register const& of, Act act, std::string const& from, std::string const& to)
{
    std::multimap<std::string, Place> out;
    for (std::uint64_t i = 0; i < of.entries.size(); ++i) {
        auto const& entry = of.entries[i];
        if (entry.act == act && entry.from == from && entry.to == to)
            out.emplace(entry.message, Place { of.minimum + i, &entry });
    }
    return out;
}

/// Whether a register may have pruned its counterpart of an entry.
bool before_memory(Register const& of, RegisterEntry const& entry)
{
    return of.minimum > 0 && (of.entries.empty() || entry.at < of.entries.front().at);
}

void name_doubles(std::multimap<std::string, Place> const& places, std::string const& holder,
    std::vector<Difference>& out)
{
    for (auto at = places.begin(); at != places.end(); ++at)
        if (at != places.begin() && std::prev(at)->first == at->first)
            out.push_back(
                { at->second.index, holder, at->first, Kind::entered_twice, "entered twice" });
}

/// One direction: what `sender` says it sent against what `receiver` says it received.
void compare(Register const& sent_in, Register const& received_in, std::string const& sender,
    std::string const& receiver, std::vector<Difference>& out)
{
    auto const sent = by_message(sent_in, Act::sent, sender, receiver);
    auto const received = by_message(received_in, Act::received, sender, receiver);
    name_doubles(sent, sender, out);
    name_doubles(received, receiver, out);
    for (auto const& [message, place] : sent) {
        auto const there = received.find(message);
        if (there == received.end()) {
            if (!before_memory(received_in, *place.entry))
                out.push_back({ place.index, sender, message, Kind::no_receipt,
                    fmt::format("sent, but {} has no entry of its receipt", receiver) });
            continue;
        }
        auto const& other = *there->second.entry;
        bool const unread = other.verdict == "rejected" && other.commitment.empty();
        if (!unread && other.commitment != place.entry->commitment)
            out.push_back({ place.index, sender, message, Kind::other_content,
                fmt::format("{} received another content than was sent", receiver) });
        else if (other.erase_by != place.entry->erase_by)
            out.push_back({ place.index, sender, message, Kind::other_day,
                fmt::format("{} has another day of destruction than was sent", receiver) });
    }
    for (auto const& [message, place] : received)
        if (!sent.contains(message) && !before_memory(sent_in, *place.entry))
            out.push_back({ place.index, receiver, message, Kind::no_sending,
                fmt::format("received, but {} has no entry of sending it", sender) });
}

} // namespace

Result<AuditKeys> read_audit_keys(std::string_view text)
{
    if (text.starts_with('{')) return keys_of_list(text);
    AuditKeys out;
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto const end = std::min(text.find('\n'), text.size());
        auto const line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.empty() && !line.starts_with('#')) TRY(take_key(out, line, number));
    }
    if (out.logs.empty())
        return Error { Error::Kind::malformed, "no verifier key of a register is given" };
    return out;
}

std::string Register::state() const
{
    for (auto const& entry : entries) {
        bool const by_itself
            = entry.act == Act::pruned || entry.act == Act::exported || entry.act == Act::swept;
        if (entry.act == Act::sent || by_itself) return entry.from;
        if (entry.act == Act::received) return entry.to;
    }
    return {};
}

Result<Register> fetch_register(
    ledger::Fetch const& fetch, AuditKeys const& keys, AuditLimits const& limits)
{
    Register out;
    auto const note = TRY(fetch("register/checkpoint"));
    out.head = TRY(open_head(as_text(note), keys));
    out.cosignatures = TRY(cosignatures(as_text(note), keys, out.head.origin));
    auto const said = TRY(minimum_of(fetch, out.head, keys));
    out.minimum = said.minimum;
    if (out.head.size - std::min(out.minimum, out.head.size) > limits.entries)
        return Error { Error::Kind::too_large,
            fmt::format("a register of {} entries, {} at most", out.head.size - out.minimum,
                limits.entries) };
    std::size_t bytes = 0;
    auto const take = [&](std::uint64_t, ByteView leaf) -> Result<void> {
        bytes += leaf.size();
        if (bytes > limits.bytes)
            return Error { Error::Kind::too_large,
                fmt::format("a register of over {} bytes", limits.bytes) };
        out.entries.push_back(TRY(message::read_entry(as_text(leaf))));
        return {};
    };
    TRY(ledger::read_whole(fetch, out.head, out.minimum, take));
    TRY(check_entered(out, said));
    return out;
}

Result<Register> own_register(store::Transaction& transaction, ledger::Verifier const& verifier)
{
    auto const fetch = [&](std::string const& path) {
        return ledger::file(transaction, std::string_view { path }.substr(prefix.size()));
    };
    return fetch_register(fetch, { { verifier }, {} });
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
