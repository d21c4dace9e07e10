#include "ledger/kept.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace comity::ledger {
namespace {

using store::Row;
using store::Transaction;

constexpr std::string_view statement_title = "comity minimum index, version 1";

std::string text_of(MinimumIndex const& index)
{
    return fmt::format("{}\n{}\n{}\n{}\n{}\n", statement_title, index.origin, index.minimum,
        index.entry, to_text(index.at));
}

Error malformed()
{
    return { Error::Kind::malformed, "not the statement of a minimum index" };
}

Result<std::uint64_t> number(std::string_view text)
{
    std::uint64_t out = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (code != std::errc {} || end != text.data() + text.size()) return malformed();
    return out;
}

/// The entries, and the nodes inside their tiles.
Result<void> forget_before(Transaction& transaction, std::uint64_t minimum)
{
    TRY(transaction.run("DELETE FROM ledger_entry WHERE position < $1", signed_of(minimum)));
    TRY(transaction.run("DELETE FROM ledger_node WHERE id >= $1 AND id < $2", node_id(1, 0),
        node_id(1, minimum / step_width)));
    return {};
}

} // namespace

Result<std::uint64_t> minimum_index(Transaction& transaction)
{
    auto const found = TRY(transaction.one("SELECT minimum FROM ledger_minimum WHERE id = 1",
        [](Row const& row) { return static_cast<std::uint64_t>(row.integer(0)); }));
    return found.value_or(0);
}

Result<std::uint64_t> next_minimum(Transaction& transaction, std::uint64_t minimum)
{
    auto const old = TRY(minimum_index(transaction));
    auto const wanted = std::min(minimum, old + pruned_entries_max);
    return std::max(old, wanted - wanted % tile_width);
}

Result<std::string> minimum_statement(Transaction& transaction)
{
    auto const found = TRY(transaction.one("SELECT note FROM ledger_minimum WHERE id = 1",
        [](Row const& row) { return row.text(0); }));
    if (!found) return Error { Error::Kind::not_found, "nothing of this register was pruned" };
    return *found;
}

Result<MinimumIndex> open_minimum(std::string_view statement, Verifier const& verifier)
{
    auto const text = TRY(open_note(statement, verifier));
    std::vector<std::string_view> lines;
    for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1))
        lines.push_back(rest.substr(0, rest.find('\n')));
    if (lines.size() != 5 || lines[0] != statement_title) return malformed();
    MinimumIndex out;
    out.origin = lines[1];
    out.minimum = TRY(number(lines[2]));
    out.entry = TRY(number(lines[3]));
    out.at = TRY(parse_instant(lines[4]));
    if (out.origin != verifier.name || text_of(out) != text) return malformed();
    return out;
}

Result<void> hold(Transaction& transaction, std::uint64_t index, std::string_view reason)
{
    TRY(leaf(transaction, index));
    TRY(transaction.run("INSERT INTO ledger_hold (position, reason) VALUES ($1, $2) "
                        "ON CONFLICT (position) DO UPDATE SET reason = excluded.reason",
        signed_of(index), reason));
    return {};
}

Result<void> release(Transaction& transaction, std::uint64_t index)
{
    auto const gone
        = TRY(transaction.run("DELETE FROM ledger_hold WHERE position = $1", signed_of(index)));
    if (gone == 0)
        return Error { Error::Kind::not_found, fmt::format("entry {} is not held", index) };
    return {};
}

Result<std::optional<std::uint64_t>> first_held(Transaction& transaction)
{
    return transaction.one("SELECT position FROM ledger_hold ORDER BY position LIMIT 1",
        [](Row const& row) { return static_cast<std::uint64_t>(row.integer(0)); });
}

Result<std::uint64_t> Ledger::prune(
    Transaction& transaction, std::uint64_t minimum, std::uint64_t entry, Instant at) const
{
    auto const next = TRY(next_minimum(transaction, minimum));
    if (next == TRY(minimum_index(transaction))) return next;
    if (next > edge_.size())
        return Error { Error::Kind::conflict,
            fmt::format(
                "the signed head has {} entries; {} cannot be pruned", edge_.size(), next) };
    if (auto const held = TRY(first_held(transaction)); held && *held < next)
        return Error { Error::Kind::conflict,
            fmt::format("entry {} is held, so nothing from it on is pruned", *held) };
    auto const statement = TRY(sign_note(text_of({ origin_, next, entry, at }), origin_, keys()));
    TRY(transaction.run("INSERT INTO ledger_minimum (id, minimum, note) VALUES (1, $1, $2) ON "
                        "CONFLICT (id) DO UPDATE SET minimum = excluded.minimum, "
                        "note = excluded.note",
        signed_of(next), statement));
    TRY(forget_before(transaction, next));
    return next;
}

} // namespace comity::ledger
