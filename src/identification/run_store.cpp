#include "identification/run_store.h"

#include <fmt/format.h>

namespace comity::identification {
namespace {

using store::Row;
using store::Transaction;

constexpr std::string_view run_columns
    = "number, peer_number, peer, ours, kind, state, stopped_here, stopped_there, profiles, "
      "portions, portions_sent, portions_done, profiles_done, hits, chance, proposal, proposed_at, "
      "begun_at, due_at, moved_at, failures, not_before";
constexpr std::string_view portion_columns
    = "number, portion, message, profiles, hits, sheets_missing";

template <class Word> Word word_at(Row const& row, int column)
{
    auto const word = json::from_word<Word>(row.text(column));
    MUST(word.has_value()); // this node wrote it
    return *word;
}

std::optional<Instant> instant_at(Row const& row, int column)
{
    auto const text = row.text(column);
    if (text.empty()) return std::nullopt;
    auto read = parse_instant(text);
    MUST(read.ok()); // this node wrote it
    return read.take();
}

std::optional<message::DnaRunChance> chance_at(Row const& row, int column)
{
    auto const text = row.text(column);
    if (text.empty()) return std::nullopt;
    auto read = json::read_text<message::DnaRunChance>(text, json::Unknown::keep);
    MUST(read.ok()); // this node wrote it
    return read.take();
}

std::string text_of(std::optional<Instant> const& at)
{
    return at ? to_text(*at) : std::string {};
}

RunRow read_run(Row const& row)
{
    return { row.text(0), row.text(1), row.text(2), row.integer(3) != 0,
        word_at<message::ProfileKind>(row, 4), word_at<RunState>(row, 5), row.integer(6) != 0,
        row.integer(7) != 0, row.integer(8), row.integer(9), row.integer(10), row.integer(11),
        row.integer(12), row.integer(13), chance_at(row, 14), row.text(15),
        instant_at(row, 16).value(), instant_at(row, 17), instant_at(row, 18),
        instant_at(row, 19).value(), row.integer(20), instant_at(row, 21).value() };
}

RunPortion read_portion(Row const& row)
{
    return { row.text(0), row.integer(1), row.text(2), row.integer(3), row.integer(4),
        row.integer(5) };
}

Error taken(std::string_view what)
{
    return { Error::Kind::conflict, fmt::format("{} is in use", what), "caseNumber" };
}

} // namespace

Result<void> insert_run(Transaction& transaction, RunRow const& row)
{
    if (TRY(find_run(transaction, row.number))) return taken(row.number);
    TRY(transaction.run(fmt::format("INSERT INTO identification_run ({}) VALUES ($1, $2, $3, $4, "
                                    "$5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, "
                                    "$18, $19, $20, $21, $22)",
                            run_columns),
        row.number, row.peer_number, row.peer, std::int64_t { row.ours }, json::word(row.kind),
        json::word(row.state), std::int64_t { row.stopped_here },
        std::int64_t { row.stopped_there }, row.profiles, row.portions, row.portions_sent,
        row.portions_done, row.profiles_done, row.hits,
        row.chance ? json::to_text(*row.chance) : std::string {}, row.proposal,
        to_text(row.proposed_at), text_of(row.begun_at), text_of(row.due_at), to_text(row.moved_at),
        row.failures, to_text(row.not_before)));
    return {};
}

Result<void> save_run(Transaction& transaction, RunRow const& row)
{
    TRY(transaction.run(
        "UPDATE identification_run SET peer_number = $1, state = $2, stopped_here = $3, "
        "stopped_there = $4, portions_sent = $5, portions_done = $6, profiles_done = $7, "
        "hits = $8, chance = $9, begun_at = $10, due_at = $11, moved_at = $12, failures = $13, "
        "not_before = $14 WHERE number = $15",
        row.peer_number, json::word(row.state), std::int64_t { row.stopped_here },
        std::int64_t { row.stopped_there }, row.portions_sent, row.portions_done, row.profiles_done,
        row.hits, row.chance ? json::to_text(*row.chance) : std::string {}, text_of(row.begun_at),
        text_of(row.due_at), to_text(row.moved_at), row.failures, to_text(row.not_before),
        row.number));
    return {};
}

Result<std::optional<RunRow>> find_run(Transaction& transaction, std::string_view number)
{
    return transaction.one(
        fmt::format("SELECT {} FROM identification_run WHERE number = $1", run_columns), read_run,
        number);
}

Result<std::vector<RunRow>> list_runs(Transaction& transaction, std::int64_t limit)
{
    return transaction.all(
        fmt::format("SELECT {} FROM identification_run ORDER BY proposed_at DESC, number LIMIT $1",
            run_columns),
        read_run, limit);
}

Result<std::vector<RunRow>> runs_to_send(
    Transaction& transaction, Instant now, std::int64_t under_way_max)
{
    return transaction.all(
        fmt::format("SELECT {} FROM identification_run WHERE ours = 1 AND state = 'running' AND "
                    "stopped_here = 0 AND stopped_there = 0 AND portions_sent < portions AND "
                    "portions_sent - portions_done < $1 AND not_before <= $2 ORDER BY begun_at",
            run_columns),
        read_run, under_way_max, to_text(now));
}

Result<void> insert_run_profiles(
    Transaction& transaction, std::string_view number, std::span<std::string const> items)
{
    std::int64_t place = 0;
    for (auto const& item : items)
        TRY(transaction.run(
            "INSERT INTO identification_run_profile (number, place, item) VALUES ($1, $2, $3)",
            number, place++, item));
    return {};
}

Result<std::vector<std::string>> run_profiles(
    Transaction& transaction, std::string_view number, std::int64_t first, std::int64_t count)
{
    return transaction.all(
        "SELECT item FROM identification_run_profile WHERE number = $1 AND place >= $2 "
        "ORDER BY place LIMIT $3",
        [](Row const& row) { return row.text(0); }, number, first, count);
}

Result<void> delete_run_profiles(Transaction& transaction, std::string_view number)
{
    TRY(transaction.run("DELETE FROM identification_run_profile WHERE number = $1", number));
    return {};
}

Result<void> insert_portion(Transaction& transaction, RunPortion const& row)
{
    if (TRY(find_portion(transaction, row.number, row.portion)))
        return taken(fmt::format("portion {} of {}", row.portion, row.number));
    TRY(transaction.run(fmt::format("INSERT INTO identification_run_portion ({}) VALUES ($1, $2, "
                                    "$3, $4, $5, $6)",
                            portion_columns),
        row.number, row.portion, row.message, row.profiles, row.hits, row.sheets_missing));
    return {};
}

Result<void> save_portion(Transaction& transaction, RunPortion const& row)
{
    TRY(transaction.run("UPDATE identification_run_portion SET hits = $1, sheets_missing = $2 "
                        "WHERE number = $3 AND portion = $4",
        row.hits, row.sheets_missing, row.number, row.portion));
    return {};
}

Result<void> delete_portion(Transaction& transaction, RunPortion const& row)
{
    TRY(transaction.run("DELETE FROM identification_run_portion WHERE message = $1", row.message));
    return {};
}

Result<std::optional<RunPortion>> find_portion(
    Transaction& transaction, std::string_view number, std::int64_t portion)
{
    return transaction.one(
        fmt::format("SELECT {} FROM identification_run_portion WHERE number = $1 AND portion = $2",
            portion_columns),
        read_portion, number, portion);
}

Result<std::optional<RunPortion>> find_portion(Transaction& transaction, std::string_view message)
{
    return transaction.one(
        fmt::format(
            "SELECT {} FROM identification_run_portion WHERE message = $1", portion_columns),
        read_portion, message);
}

Result<std::vector<RunPortion>> portions_waiting(Transaction& transaction, std::string_view number)
{
    return transaction.all(
        fmt::format("SELECT {} FROM identification_run_portion WHERE number = $1 AND "
                    "sheets_missing <> 0 ORDER BY portion",
            portion_columns),
        read_portion, number);
}

Result<std::vector<RunPortion>> portions_with_hits(
    Transaction& transaction, std::string_view number, std::int64_t after, std::int64_t limit)
{
    return transaction.all(
        fmt::format("SELECT {} FROM identification_run_portion WHERE number = $1 AND portion > $2 "
                    "AND hits > 0 ORDER BY portion LIMIT $3",
            portion_columns),
        read_portion, number, after, limit);
}

} // namespace comity::identification
