#include "casework/exports.h"

#include "casework/casework.h"

#include <fmt/format.h>

namespace comity::casework {

using store::Row;
using store::Transaction;

namespace {

constexpr std::string_view columns
    = "place, case_number, piece, format, purpose, at, account, name, masked, sha256, masking, "
      "level, entry";

Export read_export(Row const& row)
{
    auto const at = parse_instant(row.text(5));
    MUST(at.ok()); // this node wrote it itself
    Export out { row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4), at.value(),
        row.text(6), row.text(7), row.integer(8), row.text(9), row.text(10), row.integer(11) };
    if (auto const entry = row.integer_if(12)) out.entry = static_cast<std::uint64_t>(*entry);
    return out;
}

} // namespace

Result<std::vector<Export>> exports_of(Transaction& transaction, std::string_view number)
{
    return transaction.all(fmt::format("SELECT {} FROM casework_export WHERE case_number = $1 "
                                       "ORDER BY place",
                               columns),
        read_export, number);
}

Result<std::vector<Export>> newest_exports(Transaction& transaction, std::int64_t limit)
{
    return transaction.all(
        fmt::format("SELECT {} FROM casework_export ORDER BY at DESC, id DESC LIMIT $1", columns),
        read_export, limit);
}

Result<std::vector<ExportCount>> count_exports(
    Transaction& transaction, Instant from, Instant until)
{
    return transaction.all(
        "SELECT piece, format, count(*), CAST(sum(masked) AS BIGINT), "
        "CAST(sum(CASE WHEN level > 0 THEN 1 ELSE 0 END) AS BIGINT) FROM casework_export "
        "WHERE at >= $1 AND at < $2 GROUP BY piece, format ORDER BY piece, format",
        [](Row const& row) {
            return ExportCount { row.text(0), row.text(1), row.integer(2), row.integer(3),
                row.integer(4) };
        },
        to_text(from), to_text(until));
}

Result<Export> insert_export(Transaction& transaction, Export fresh)
{
    auto const earlier = TRY(exports_of(transaction, fresh.case_number));
    fresh.place = static_cast<std::int64_t>(earlier.size()) + 1;
    if (fresh.place > exports_max)
        return Error { Error::Kind::too_large,
            fmt::format("a case leaves {} times at most", exports_max), "number" };
    TRY(transaction.run(
        "INSERT INTO casework_export (place, case_number, piece, format, purpose, at, account, "
        "name, masked, sha256, masking, level) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
        "$11, $12)",
        fresh.place, fresh.case_number, fresh.piece, fresh.format, fresh.purpose, to_text(fresh.at),
        fresh.account, fresh.officer, fresh.masked, fresh.sha256, fresh.masking, fresh.level));
    return fresh;
}

Result<void> set_export_entry(Transaction& transaction, Export const& of)
{
    MUST(of.entry.has_value());
    TRY(transaction.run(
        "UPDATE casework_export SET entry = $3 WHERE case_number = $1 AND place = $2",
        of.case_number, of.place, static_cast<std::int64_t>(*of.entry)));
    return {};
}

std::string export_commitment(protection::Vault const& vault, Export of)
{
    of.entry.reset();
    auto const key = vault.blind(fmt::format("export {} of case {}", of.place, of.case_number));
    return to_hex(crypto::hmac_sha256(key, as_view(json::to_text(of))));
}

namespace {

/// As every State knows it: the number that whoever asked gave.
std::string const& common_number(CaseRow const& row, std::string const& own)
{
    return row.requesting == own || row.peer_number.empty() ? row.number : row.peer_number;
}

Result<std::optional<std::uint64_t>> entry_of(Transaction& transaction, CaseRow const& row)
{
    if (row.request_message.empty()) return std::optional<std::uint64_t> {};
    auto const found = exchange::message_by_id(transaction, row.request_message);
    if (found.ok()) return found.value().entry;
    if (found.error().kind == Error::Kind::not_found) return std::optional<std::uint64_t> {};
    return found.error();
}

} // namespace

Result<Export> Casework::enter_export(Transaction& transaction, Export fresh)
{
    auto const row = TRY(find_case(transaction, fresh.case_number));
    if (!row)
        return Error { Error::Kind::not_found,
            fmt::format("there is no case '{}'", fresh.case_number), "number" };
    for (auto const& each : TRY(contents_of(transaction, row->number)))
        fresh.level = std::max<std::int64_t>(fresh.level, each.level);
    auto out = TRY(insert_export(transaction, std::move(fresh)));
    message::RegisterEntry leaf { 1, message::Act::exported, out.at, row->request_message,
        out.piece, settings_.party, settings_.party, settings_.unit, {},
        common_number(*row, settings_.party), row->purpose, { "A32(1)", "A31(4)(e)-1" },
        json::word(treaty::Verdict::permitted), law_.version(), true, {},
        export_commitment(vault_, out), TRY(entry_of(transaction, *row)) };
    out.entry = TRY(ledger_.append(transaction, as_view(json::to_text(leaf))));
    TRY(set_export_entry(transaction, out));
    TRY(insert_event(transaction,
        { out.case_number, out.at, clock_(), "exported", out.officer, {},
            { "A32(1)", "A31(4)(a)-1" },
            { { "what", out.piece }, { "format", out.format }, { "reason", out.purpose },
                { "n", std::to_string(out.place) }, { "masking", out.masking },
                { "entry", std::to_string(*out.entry) } } }));
    tell(transaction, out.case_number);
    return out;
}

} // namespace comity::casework
