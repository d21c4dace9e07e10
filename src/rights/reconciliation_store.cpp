#include "rights/reconciliation_store.h"

namespace comity::rights {
namespace {

using store::Row;
using store::Transaction;

Instant instant_in(Row const& row, int column)
{
    auto const read = parse_instant(row.text(column));
    MUST(read.ok()); // this node wrote it
    return read.value();
}

Comparison read_comparison(Row const& row)
{
    auto differences
        = json::read_text<std::vector<exchange::Difference>>(row.text(5), json::Unknown::keep);
    MUST(differences.ok());
    return { row.text(0), instant_in(row, 1), row.text(2),
        static_cast<std::uint64_t>(row.integer(3)), static_cast<std::uint64_t>(row.integer(4)),
        differences.take(), row.text_if(6) };
}

} // namespace

Result<void> keep_comparison(Transaction& transaction, Comparison const& done)
{
    TRY(transaction.run("INSERT INTO rights_comparison (party, at, officer, entries, wrong, "
                        "differences, failed) VALUES ($1, $2, $3, $4, $5, $6, $7) "
                        "ON CONFLICT (party) DO UPDATE SET at = excluded.at, "
                        "officer = excluded.officer, entries = excluded.entries, "
                        "wrong = excluded.wrong, differences = excluded.differences, "
                        "failed = excluded.failed",
        done.party, to_text(done.at), done.officer, done.entries, done.wrong,
        json::to_text(done.differences), done.failed));
    return {};
}

Result<std::vector<Comparison>> comparisons(Transaction& transaction)
{
    return transaction.all("SELECT party, at, officer, entries, wrong, differences, failed "
                           "FROM rights_comparison ORDER BY party",
        read_comparison);
}

Result<std::optional<Instant>> compared_at(Transaction& transaction, std::string_view party)
{
    return transaction.one(
        "SELECT at FROM rights_comparison WHERE party = $1",
        [](Row const& row) { return instant_in(row, 0); }, party);
}

} // namespace comity::rights
