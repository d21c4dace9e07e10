#include "casework/exports.h"

#include <fmt/format.h>

namespace comity::casework {

using store::Row;
using store::Transaction;

Result<std::vector<Export>> exports_of(Transaction& transaction, std::string_view number)
{
    return transaction.all(
        "SELECT place, case_number, piece, format, purpose, at, account, name, "
        "masked, sha256 FROM casework_export WHERE case_number = $1 "
        "ORDER BY place",
        [](Row const& row) {
            auto const at = parse_instant(row.text(5));
            MUST(at.ok()); // this node wrote it itself
            return Export { row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4),
                at.value(), row.text(6), row.text(7), row.integer(8), row.text(9) };
        },
        number);
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
