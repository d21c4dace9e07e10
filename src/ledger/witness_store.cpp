#include "ledger/witness_store.h"

#include "base/json.h"

#include <algorithm>

namespace comity::ledger {
namespace {

using store::Row;
using store::Transaction;

Result<Head> to_head(std::string note)
{
    auto checkpoint = TRY(read_checkpoint(note));
    return Head { std::move(checkpoint), std::move(note) };
}

std::string text_of_row(Row const& row)
{
    return row.text(0);
}

Result<std::optional<Head>> to_head_if(std::optional<std::string> note)
{
    if (!note) return std::optional<Head> {};
    auto head = TRY(to_head(std::move(*note)));
    return std::optional { std::move(head) };
}

Result<void> forget_shown(Transaction& transaction, Head const& head)
{
    TRY(transaction.run("DELETE FROM ledger_shown WHERE origin = $1 AND size = $2",
        head.checkpoint.origin, head.checkpoint.size));
    return {};
}

} // namespace

Result<std::optional<Head>> witnessed(Transaction& transaction, std::string_view origin)
{
    return to_head_if(TRY(transaction.one(
        "SELECT note FROM ledger_witnessed WHERE origin = $1", text_of_row, origin)));
}

Result<std::optional<Head>> shown_head(
    Transaction& transaction, std::string_view origin, std::uint64_t size)
{
    return to_head_if(
        TRY(transaction.one("SELECT note FROM ledger_shown WHERE origin = $1 AND size = $2",
            text_of_row, origin, size)));
}

Result<std::optional<Head>> largest_shown(Transaction& transaction, std::string_view origin)
{
    return to_head_if(TRY(transaction.one(
        "SELECT note FROM ledger_shown WHERE origin = $1 ORDER BY size DESC LIMIT 1", text_of_row,
        origin)));
}

Result<void> set_witnessed(Transaction& transaction, Head const& head)
{
    auto const& checkpoint = head.checkpoint;
    TRY(transaction.run(
        "INSERT INTO ledger_witnessed (origin, size, note) VALUES ($1, $2, $3) "
        "ON CONFLICT (origin) DO UPDATE SET size = excluded.size, note = excluded.note",
        checkpoint.origin, checkpoint.size, head.note));
    TRY(transaction.run(
        "DELETE FROM ledger_shown WHERE origin = $1 AND (size = $2 OR (size < $2 AND proven = 1))",
        checkpoint.origin, checkpoint.size));
    return {};
}

Result<std::vector<Head>> shown_heads(Transaction& transaction, std::string_view origin)
{
    std::vector<Head> out;
    TRY(transaction.each(
        "SELECT note FROM ledger_shown WHERE origin = $1 ORDER BY size",
        [&](Row const& row) -> Result<void> {
            out.push_back(TRY(to_head(row.text(0))));
            return {};
        },
        origin));
    return out;
}

Result<bool> any_unproven(Transaction& transaction, std::string_view origin)
{
    auto const one = TRY(transaction.one(
        "SELECT 1 FROM ledger_shown WHERE origin = $1 AND proven = 0 LIMIT 1",
        [](Row const& row) { return row.integer(0); }, origin));
    return one.has_value();
}

Result<void> wait_for_proof(Transaction& transaction, Head const& head)
{
    auto const& checkpoint = head.checkpoint;
    auto const cosigned = TRY(witnessed(transaction, checkpoint.origin));
    if (checkpoint.size == 0 || (cosigned && cosigned->checkpoint.size == checkpoint.size))
        return {};
    auto const count = TRY(transaction.one(
        "SELECT count(*) FROM ledger_shown WHERE origin = $1",
        [](Row const& row) { return static_cast<std::size_t>(row.integer(0)); },
        checkpoint.origin));
    if (count.value_or(0) >= shown_heads_max) {
        auto const largest = TRY(largest_shown(transaction, checkpoint.origin));
        if (largest->checkpoint.size >= checkpoint.size) return {};
        TRY(forget_shown(transaction, *largest));
    }
    TRY(transaction.run("INSERT INTO ledger_shown (origin, size, note, proven) "
                        "VALUES ($1, $2, $3, 0) ON CONFLICT (origin, size) DO NOTHING",
        checkpoint.origin, checkpoint.size, head.note));
    return {};
}

Result<void> set_proven(Transaction& transaction, Head const& largest, std::span<Head const> heads)
{
    for (auto const& head : heads)
        if (head.checkpoint.size != largest.checkpoint.size) TRY(forget_shown(transaction, head));
    TRY(transaction.run("UPDATE ledger_shown SET proven = 1 WHERE origin = $1 AND size = $2",
        largest.checkpoint.origin, largest.checkpoint.size));
    return {};
}

Result<void> keep(Transaction& transaction, Alarm const& alarm)
{
    auto const kept = TRY(transaction.one(
        "SELECT count(*) FROM ledger_alarm WHERE kind = $1 AND origin = $2",
        [](Row const& row) { return row.integer(0); }, json::word(alarm.kind), alarm.origin));
    if (kept.value_or(0) >= static_cast<std::int64_t>(alarms_max)) return {};
    TRY(transaction.run("INSERT INTO ledger_alarm (id, at, kind, origin, known, shown) VALUES "
                        "((SELECT coalesce(max(id) + 1, 0) FROM ledger_alarm), $1, $2, $3, $4, $5) "
                        "ON CONFLICT (kind, origin, known, shown) DO NOTHING",
        to_text(alarm.at), json::word(alarm.kind), alarm.origin, alarm.known, alarm.shown));
    return {};
}

Result<std::vector<Alarm>> alarms(Transaction& transaction)
{
    return transaction.all(
        "SELECT at, kind, origin, known, shown FROM ledger_alarm ORDER BY id", [](Row const& row) {
            auto const at = parse_instant(row.text(0));
            auto const kind = json::from_word<AlarmKind>(row.text(1));
            MUST(at.ok() && kind);
            return Alarm { at.value(), *kind, row.text(2), row.text(3), row.text(4) };
        });
}

} // namespace comity::ledger
