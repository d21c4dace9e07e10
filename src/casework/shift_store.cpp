#include "casework/shift_store.h"

#include <fmt/format.h>

namespace comity::casework {
namespace {

using store::Row;
using store::Transaction;

/// A text that this node wrote itself; anything else is a broken database.
template <class T> T own(Result<T> read)
{
    MUST(read.ok());
    return read.take();
}

std::optional<Instant> instant_if(Row const& row, int column)
{
    auto const text = row.text_if(column);
    return text ? std::optional { own(parse_instant(*text)) } : std::nullopt;
}

std::optional<std::string> text_if(std::optional<Instant> at)
{
    return at ? std::optional { to_text(*at) } : std::nullopt;
}

constexpr std::string_view errand_columns
    = "place, case_number, account, name, by_name, made_at, due_at, done_at, done_by";

Errand read_errand(Row const& row)
{
    return { row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4),
        own(parse_instant(row.text(5))), instant_if(row, 6), instant_if(row, 7), row.text_if(8),
        {} };
}

constexpr std::string_view shift_columns
    = "id, account, name, begun_at, offered_at, note, ended_at, taken_by";

Shift read_shift(Row const& row)
{
    return { row.integer(0), row.text(1), row.text(2), own(parse_instant(row.text(3))),
        instant_if(row, 4), row.text_if(5), instant_if(row, 6), row.text_if(7) };
}

} // namespace

std::string item_of(Errand const& errand)
{
    return fmt::format("errand/{}/{}", errand.place, errand.case_number);
}

Result<std::vector<Errand>> errands_of(Transaction& transaction, std::string_view number)
{
    return transaction.all(
        fmt::format(
            "SELECT {} FROM casework_errand WHERE case_number = $1 ORDER BY place", errand_columns),
        read_errand, number);
}

Result<std::vector<Errand>> open_errands_of(Transaction& transaction, std::string_view account)
{
    return transaction.all(
        fmt::format("SELECT {} FROM casework_errand WHERE account = $1 AND done_at IS NULL "
                    "ORDER BY due_at NULLS LAST, id LIMIT $2",
            errand_columns),
        read_errand, account, errands_max);
}

Result<void> insert_errand(Transaction& transaction, Errand const& errand)
{
    TRY(transaction.run("INSERT INTO casework_errand (place, case_number, account, name, by_name, "
                        "made_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        errand.place, errand.case_number, errand.account, errand.officer, errand.by,
        to_text(errand.made_at), text_if(errand.due_at)));
    return {};
}

Result<bool> set_done(Transaction& transaction, Errand const& done)
{
    auto const count = TRY(transaction.run("UPDATE casework_errand SET done_at = $1, done_by = $2 "
                                           "WHERE case_number = $3 AND place = $4 "
                                           "AND done_at IS NULL",
        text_if(done.done_at), done.done_by, done.case_number, done.place));
    return count == 1;
}

Result<void> pass_errands_on(Transaction& transaction, std::string_view number,
    std::string_view from_account, Officer const& next)
{
    TRY(transaction.run("UPDATE casework_errand SET account = $1, name = $2 WHERE case_number = $3 "
                        "AND account = $4 AND done_at IS NULL",
        next.account, next.name, number, from_account));
    return {};
}

Result<std::optional<Shift>> running_shift(Transaction& transaction, std::string_view account)
{
    return transaction.one(
        fmt::format(
            "SELECT {} FROM casework_shift WHERE account = $1 AND ended_at IS NULL", shift_columns),
        read_shift, account);
}

Result<std::optional<Shift>> find_shift(Transaction& transaction, std::int64_t id)
{
    return transaction.one(
        fmt::format("SELECT {} FROM casework_shift WHERE id = $1", shift_columns), read_shift, id);
}

Result<std::vector<Shift>> offered_shifts(Transaction& transaction)
{
    return transaction.all(
        fmt::format("SELECT {} FROM casework_shift WHERE offered_at IS NOT NULL AND ended_at IS "
                    "NULL ORDER BY id",
            shift_columns),
        read_shift);
}

Result<void> insert_shift(Transaction& transaction, Shift const& shift)
{
    TRY(transaction.run("INSERT INTO casework_shift (account, name, begun_at) VALUES ($1, $2, $3)",
        shift.account, shift.officer, to_text(shift.begun_at)));
    return {};
}

Result<void> update_shift(Transaction& transaction, Shift const& shift)
{
    TRY(transaction.run("UPDATE casework_shift SET offered_at = $1, note = $2, ended_at = $3, "
                        "taken_by = $4 WHERE id = $5",
        text_if(shift.offered_at), shift.note, text_if(shift.ended_at), shift.taken_by, shift.id));
    return {};
}

Result<std::vector<Proposal>> waiting_proposals(Transaction& transaction, std::string_view account)
{
    std::vector<Proposal> out;
    auto const numbers = TRY(transaction.all(
        "SELECT DISTINCT case_number FROM casework_proposal WHERE state = 'waiting' AND "
        "case_number IN (SELECT case_number FROM casework_access WHERE account = $1)",
        [](Row const& row) { return row.text(0); }, account));
    for (auto const& number : numbers)
        for (auto& each : TRY(proposals_of(transaction, number)))
            if (each.state == ProposalState::waiting) out.push_back(std::move(each));
    return out;
}

} // namespace comity::casework
