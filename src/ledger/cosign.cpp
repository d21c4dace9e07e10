#include "ledger/witness_store.h"

#include <fmt/format.h>

/// The asking half: our own heads, and who has cosigned them.
namespace comity::ledger {
namespace {

using store::Row;
using store::Transaction;

struct Proposed {
    std::uint64_t size;
    std::string note;
    Instant at;
};

Result<std::optional<Proposed>> proposed(Transaction& transaction)
{
    return transaction.one(
        "SELECT size, note, at FROM ledger_proposed WHERE id = 1", [](Row const& row) {
            auto const at = parse_instant(row.text(2));
            MUST(at.ok());
            return Proposed { static_cast<std::uint64_t>(row.integer(0)), row.text(1), at.value() };
        });
}

/// The head that all witnesses are asked about now. It stays a while, so that many lines come
/// together under one head although the log grows between one witness and the next.
Result<Proposed> propose(Transaction& transaction, Instant now)
{
    auto const known = TRY(proposed(transaction));
    if (known && known->at <= now && now < known->at + proposed_for) return *known;
    auto const entries = TRY(size(transaction));
    auto note = TRY(newest_checkpoint(transaction));
    Proposed const fresh { entries, std::move(note), now };
    if (known && known->size == fresh.size) return *known;
    TRY(transaction.run(
        "INSERT INTO ledger_proposed (id, size, note, at) VALUES (1, $1, $2, $3) ON CONFLICT (id) "
        "DO UPDATE SET size = excluded.size, note = excluded.note, at = excluded.at",
        fresh.size, fresh.note, to_text(now)));
    return fresh;
}

Result<std::uint64_t> size_at(Transaction& transaction, std::string_view witness)
{
    auto const known = TRY(transaction.one(
        "SELECT size FROM ledger_witness WHERE name = $1",
        [](Row const& row) { return static_cast<std::uint64_t>(row.integer(0)); }, witness));
    return known.value_or(0);
}

Result<void> set_size_at(Transaction& transaction, std::string_view witness, std::uint64_t size)
{
    TRY(transaction.run("INSERT INTO ledger_witness (name, size) VALUES ($1, $2) "
                        "ON CONFLICT (name) DO UPDATE SET size = excluded.size",
        witness, size));
    return {};
}

Result<bool> has_line(Transaction& transaction, std::string_view witness, std::uint64_t size)
{
    auto const one = TRY(transaction.one(
        "SELECT 1 FROM ledger_cosigned WHERE size = $1 AND witness = $2",
        [](Row const& row) { return row.integer(0); }, size, witness));
    return one.has_value();
}

/// The newest head that has so many lines or more, with them.
Result<std::optional<std::string>> with_lines(
    Transaction& transaction, std::uint64_t size_min, std::size_t witnesses_min)
{
    std::optional<std::string> out;
    TRY(transaction.each(
        "SELECT note, line FROM ledger_cosigned WHERE size = (SELECT max(size) FROM "
        "(SELECT size FROM ledger_cosigned WHERE size >= $1 GROUP BY size HAVING count(*) >= $2) "
        "AS enough) ORDER BY witness",
        [&](Row const& row) -> Result<void> {
            if (!out) out = row.text(0);
            *out += row.text(1);
            return {};
        },
        size_min, witnesses_min));
    return out;
}

Result<void> keep_line(Transaction& transaction, Checkpoint const& head, Cosignature const& line,
    std::string_view note)
{
    TRY(transaction.run("INSERT INTO ledger_cosigned (size, witness, note, line) "
                        "VALUES ($1, $2, $3, $4) ON CONFLICT (size, witness) DO UPDATE "
                        "SET note = excluded.note, line = excluded.line",
        head.size, line.witness, note, line.line));
    TRY(transaction.run(
        "DELETE FROM ledger_cosigned WHERE size < (SELECT min(size) FROM "
        "(SELECT DISTINCT size FROM ledger_cosigned ORDER BY size DESC LIMIT $1) AS newest)",
        cosigned_heads_max));
    return {};
}

Error restored(std::string_view witness, std::uint64_t theirs, std::uint64_t ours)
{
    return { Error::Kind::conflict,
        fmt::format("{} has cosigned {} entries of this register, which has {}: an old copy was "
                    "restored",
            witness, theirs, ours) };
}

Result<std::optional<Alarm>> own_rollback(
    Transaction& transaction, std::string words, std::string const& note, Instant now)
{
    auto const origin = TRY(read_checkpoint(note)).origin;
    Alarm alarm { now, AlarmKind::own_rollback, origin, std::move(words), note };
    TRY(keep(transaction, alarm));
    return std::optional { std::move(alarm) };
}

/// The witness has cosigned another head last than we thought, or one that ours does not follow.
Result<std::optional<Alarm>> take_refusal(Transaction& transaction, Verifier const& witness,
    std::string const& note, std::string_view body, Instant now)
{
    auto const told = body.ends_with('\n') ? read_decimal(body.substr(0, body.size() - 1))
                                           : Error { Error::Kind::malformed, {} };
    if (!told.ok())
        return own_rollback(transaction,
            fmt::format("{} has cosigned another history of this register", witness.name), note,
            now);
    TRY(set_size_at(transaction, witness.name, told.value()));
    auto const ours = TRY(size(transaction));
    if (told.value() <= ours) return std::optional<Alarm> {};
    return own_rollback(transaction, restored(witness.name, told.value(), ours).what, note, now);
}

} // namespace

Result<std::optional<std::string>> cosign_request(
    Transaction& transaction, std::string_view witness, Instant now)
{
    auto const old_size = TRY(size_at(transaction, witness));
    auto const ours = TRY(size(transaction));
    if (old_size > ours) return restored(witness, old_size, ours);
    if (ours == 0) return std::optional<std::string> {};
    auto const head = TRY(propose(transaction, now));
    bool const done = old_size == head.size && TRY(has_line(transaction, witness, head.size));
    if (old_size > head.size || done) return std::optional<std::string> {};
    AddCheckpoint asked { old_size, {}, head.note };
    if (old_size > 0) asked.proof = TRY(prove_consistency(transaction, old_size, head.size));
    return std::optional { write(asked) };
}

Result<std::optional<Alarm>> take_cosignature(Transaction& transaction, Verifier const& witness,
    std::string_view request, int status, std::string_view body, Instant now)
{
    auto const asked = TRY(read_add_checkpoint(request));
    if (status == 409) return take_refusal(transaction, witness, asked.note, body, now);
    if (status == 422) return take_refusal(transaction, witness, asked.note, {}, now);
    if (status != 200)
        return Error { Error::Kind::unavailable,
            fmt::format("{} answered {} to the head of this register", witness.name, status) };
    if (asked.note.size() + body.size() > note_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("a cosignature of {} bytes", body.size()) };
    auto const lines
        = TRY(cosignatures(asked.note + std::string { body }, std::span { &witness, 1 }));
    if (lines.empty())
        return Error { Error::Kind::not_authentic,
            fmt::format("{} answered without its own cosignature", witness.name) };
    auto const head = TRY(read_checkpoint(asked.note));
    TRY(keep_line(transaction, head, lines.front(), asked.note));
    TRY(set_size_at(transaction, witness.name, head.size));
    return std::optional<Alarm> {};
}

Result<std::string> newest_cosigned(Transaction& transaction)
{
    auto const entries = TRY(size(transaction));
    auto const note = TRY(with_lines(transaction, entries, 1));
    return note ? *note : TRY(newest_checkpoint(transaction));
}

Result<std::optional<std::string>> cosigned_checkpoint(
    Transaction& transaction, std::size_t witnesses_min)
{
    return with_lines(transaction, 0, witnesses_min);
}

Result<std::vector<Followed>> followed_by(Transaction& transaction)
{
    std::vector<Followed> out;
    TRY(transaction.each(
        "SELECT name, size FROM ledger_witness ORDER BY name", [&](Row const& row) -> Result<void> {
            out.push_back({ row.text(0), static_cast<std::uint64_t>(row.integer(1)) });
            return {};
        }));
    return out;
}

} // namespace comity::ledger
