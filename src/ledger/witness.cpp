#include "ledger/witness.h"

#include "base/json.h"
#include "ledger/witness_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

/// The judging half: what comes from other logs.
namespace comity::ledger {
namespace {

using store::Transaction;
using Outcome = WitnessAnswer::Outcome;

constexpr std::size_t hash_line_bytes = 45;
constexpr std::size_t body_bytes_max
    = note_bytes_max + proof_hashes_max * hash_line_bytes + std::size_t { 32 };

Error malformed(char const* what)
{
    return { Error::Kind::malformed, fmt::format("add-checkpoint: {}", what) };
}

Result<std::string_view> take_line(std::string_view& rest)
{
    auto const end = rest.find('\n');
    if (end == rest.npos) return malformed("a line without its end");
    auto const line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

bool on_one_line(Head const& old, Head const& head, std::span<Digest const> proof)
{
    if (old.checkpoint.size == 0) return proof.empty();
    return verify_consistency(old.checkpoint.size, head.checkpoint.size, old.checkpoint.root,
        head.checkpoint.root, proof);
}

/// What is known of a log, the largest last.
Result<std::vector<Head>> known_heads(Transaction& transaction, std::string_view origin)
{
    auto out = TRY(shown_heads(transaction, origin));
    if (auto const cosigned = TRY(witnessed(transaction, origin))) out.push_back(*cosigned);
    std::ranges::sort(out, {}, [](Head const& head) { return head.checkpoint.size; });
    return out;
}

/// The largest head that is known of a log.
Result<std::optional<Head>> largest_known(Transaction& transaction, std::string_view origin)
{
    auto shown = TRY(largest_shown(transaction, origin));
    auto cosigned = TRY(witnessed(transaction, origin));
    bool const newer = shown && (!cosigned || cosigned->checkpoint.size < shown->checkpoint.size);
    return newer ? std::move(shown) : std::move(cosigned);
}

/// What is known that a head contradicts: another root for its size, or a log that had grown to
/// `size_min` before it gave this head as its newest.
Result<std::optional<Alarm>> contradicted(
    Transaction& transaction, Head const& head, std::uint64_t size_min, Instant now)
{
    auto const& [origin, size, root] = head.checkpoint;
    auto const shown = TRY(shown_head(transaction, origin, size));
    auto const cosigned = TRY(witnessed(transaction, origin));
    for (auto const& each : { shown, cosigned })
        if (each && each->checkpoint.size == size && each->checkpoint.root != root)
            return std::optional { Alarm {
                now, AlarmKind::split_view, origin, each->note, head.note } };
    if (size >= size_min) return std::optional<Alarm> {};
    auto const largest = TRY(largest_known(transaction, origin));
    return std::optional { Alarm {
        now, AlarmKind::rollback, origin, largest ? largest->note : "", head.note } };
}

/// Whether a head is a beginning of the largest, by the log's own tiles. Error: conflict where
/// those do not give the largest head's root, and so show nothing.
Result<bool> begins(Head const& head, Head const& largest, Subtrees const& subtrees)
{
    auto const size = head.checkpoint.size;
    auto const root = TRY(tree_root(size, subtrees));
    auto const path = TRY(consistency_proof(size, largest.checkpoint.size, subtrees));
    if (!verify_consistency(size, largest.checkpoint.size, root, largest.checkpoint.root, path))
        return Error { Error::Kind::conflict,
            fmt::format("{}: its tiles do not give the root of {} entries that it signed",
                largest.checkpoint.origin, largest.checkpoint.size) };
    return root == head.checkpoint.root;
}

} // namespace

Result<std::uint64_t> read_decimal(std::string_view text)
{
    std::uint64_t out = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (code != std::errc {} || end != text.data() + text.size()
        || (text.size() > 1 && text.front() == '0'))
        return malformed("not a decimal number");
    return out;
}

Result<AddCheckpoint> read_add_checkpoint(std::string_view body)
{
    if (body.size() > body_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("add-checkpoint of {} bytes, {} at most", body.size(), body_bytes_max) };
    constexpr std::string_view old = "old ";
    AddCheckpoint out;
    auto const first = TRY(take_line(body));
    if (!first.starts_with(old)) return malformed("the first line does not begin with 'old '");
    out.old_size = TRY(read_decimal(first.substr(old.size())));
    for (auto line = TRY(take_line(body)); !line.empty(); line = TRY(take_line(body))) {
        if (out.proof.size() == proof_hashes_max) return malformed("over 63 hashes in the proof");
        auto const hash = TRY(from_base64(line));
        if (hash.size() != Digest {}.size()) return malformed("a hash of another size");
        std::ranges::copy(hash, out.proof.emplace_back().begin());
    }
    out.note = body;
    if (out.old_size > TRY(read_checkpoint(out.note)).size)
        return malformed("the old size is over that of the checkpoint");
    return out;
}

std::string write(AddCheckpoint const& asked)
{
    auto out = fmt::format("old {}\n", asked.old_size);
    for (auto const& hash : asked.proof) out += to_base64(hash) + '\n';
    return out + '\n' + asked.note;
}

Witness::Witness(Ledger const& signer, std::vector<Verifier> logs, Clock clock)
    : signer_(signer)
    , logs_(std::move(logs))
    , clock_(std::move(clock))
{
}

Result<WitnessAnswer> Witness::add_checkpoint(Transaction& transaction, std::string_view body) const
{
    auto const asked = TRY(read_add_checkpoint(body));
    auto checkpoint = TRY(read_checkpoint(asked.note));
    Head const head { std::move(checkpoint), asked.note };
    auto const log = std::ranges::find(logs_, head.checkpoint.origin, &Verifier::name);
    if (log == logs_.end()) return WitnessAnswer { Outcome::unknown_log, "unknown log\n" };
    if (auto const opened = open_checkpoint(asked.note, *log); !opened.ok())
        return WitnessAnswer { Outcome::not_signed, opened.error().what + '\n' };

    auto const now = clock_();
    auto const known = TRY(witnessed(transaction, head.checkpoint.origin));
    Head const old = known.value_or(Head { { head.checkpoint.origin, 0, empty_root() }, {} });
    auto const alarm = TRY(contradicted(transaction, head, old.checkpoint.size, now));
    if (alarm) TRY(keep(transaction, *alarm));
    if (asked.old_size != old.checkpoint.size)
        return WitnessAnswer { Outcome::stale, fmt::format("{}\n", old.checkpoint.size), alarm };
    if (known && head.checkpoint.size == old.checkpoint.size
        && head.checkpoint.root != old.checkpoint.root)
        return WitnessAnswer { Outcome::contradicts, "another tree was cosigned\n", alarm };
    bool const empty = head.checkpoint.size == 0;
    bool const proven = empty ? head.checkpoint.root == empty_root() && asked.proof.empty()
                              : on_one_line(old, head, asked.proof);
    if (!proven) {
        // Signed, so it counts; whoever sent a wrong proof along need not be the log.
        if (!alarm) TRY(wait_for_proof(transaction, head));
        return WitnessAnswer { Outcome::unproven, "the consistency proof does not hold\n", alarm };
    }
    auto line = TRY(signer_.cosign(asked.note, now));
    TRY(set_witnessed(transaction, head));
    return WitnessAnswer { Outcome::cosigned, std::move(line), alarm };
}

Result<std::optional<Alarm>> observe(Transaction& transaction, Checkpoint const& checkpoint,
    std::string_view note, std::uint64_t size_min, Instant now)
{
    Head const head { checkpoint, std::string { note } };
    auto const alarm = TRY(contradicted(transaction, head, size_min, now));
    if (alarm)
        TRY(keep(transaction, *alarm));
    else
        TRY(wait_for_proof(transaction, head));
    return alarm;
}

Result<std::uint64_t> largest_seen(Transaction& transaction, std::string_view origin)
{
    auto const largest = TRY(largest_known(transaction, origin));
    return largest ? largest->checkpoint.size : 0;
}

Result<std::vector<Alarm>> prove_heads(
    store::Store& store, Verifier const& log, Fetch const& fetch, Instant now)
{
    std::vector<Head> heads;
    auto const waits = TRY(store.read([&](Transaction& transaction) -> Result<bool> {
        heads = TRY(known_heads(transaction, log.name));
        return any_unproven(transaction, log.name);
    }));
    if (!waits || heads.size() < 2) return std::vector<Alarm> {};
    auto const largest = heads.back();
    auto const subtrees = subtrees_of(fetch, largest.checkpoint.size);
    std::vector<Alarm> found;
    for (auto const& head : heads) {
        auto const size = head.checkpoint.size;
        if (size == 0 || size == largest.checkpoint.size) continue;
        if (!TRY(begins(head, largest, subtrees)))
            found.push_back({ now, AlarmKind::split_view, log.name, largest.note, head.note });
    }
    TRY(store.write([&](Transaction& transaction) -> Result<void> {
        for (auto const& alarm : found) TRY(keep(transaction, alarm));
        return set_proven(transaction, largest, heads);
    }));
    return found;
}

} // namespace comity::ledger
