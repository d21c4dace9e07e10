#include "casework/exports.h"

#include <fmt/format.h>

namespace comity::casework {

using store::Row;
using store::Transaction;

namespace {

constexpr std::string_view columns
    = "place, case_number, piece, format, purpose, at, account, name, masked, sha256";

Export read_export(Row const& row)
{
    auto const at = parse_instant(row.text(5));
    MUST(at.ok()); // this node wrote it itself
    return { row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4), at.value(),
        row.text(6), row.text(7), row.integer(8), row.text(9) };
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
        "SELECT piece, format, count(*), CAST(sum(masked) AS BIGINT) FROM casework_export "
        "WHERE at >= $1 AND at < $2 GROUP BY piece, format ORDER BY piece, format",
        [](Row const& row) {
            return ExportCount { row.text(0), row.text(1), row.integer(2), row.integer(3) };
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
        "name, masked, sha256) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        fresh.place, fresh.case_number, fresh.piece, fresh.format, fresh.purpose, to_text(fresh.at),
        fresh.account, fresh.officer, fresh.masked, fresh.sha256));
    return fresh;
}

} // namespace comity::casework
