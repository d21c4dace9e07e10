#include "identification/identification_store.h"

#include <fmt/format.h>

namespace comity::identification {
namespace {

using store::Row;
using store::Transaction;

constexpr store::Migration steps[] = {
    { "identification", 1, R"sql(
CREATE TABLE identification_profile (item TEXT PRIMARY KEY, owner TEXT NOT NULL,
    reference TEXT NOT NULL, purpose TEXT NOT NULL, erase_by TEXT NOT NULL,
    case_number TEXT NOT NULL, UNIQUE (owner, reference));
CREATE INDEX identification_due ON identification_profile (erase_by);
CREATE TABLE identification_task (id BIGINT PRIMARY KEY, kind TEXT NOT NULL,
    subject TEXT NOT NULL UNIQUE);
)sql" },
};

constexpr std::string_view columns = "item, owner, reference, purpose, erase_by, case_number";

ProfileRow read_profile(Row const& row)
{
    auto day = parse_date(row.text(4));
    MUST(day.ok()); // this node wrote it
    return { row.text(0), row.text(1), row.text(2), row.text(3), day.take(), row.text(5) };
}

Task read_task(Row const& row)
{
    auto const kind = json::from_word<TaskKind>(row.text(0));
    MUST(kind.has_value());
    return { *kind, row.text(1) };
}

} // namespace

std::span<store::Migration const> const migrations { steps };

Result<void> insert_profile(Transaction& transaction, ProfileRow const& row)
{
    if (TRY(find_profile(transaction, row.owner, row.reference)))
        return Error { Error::Kind::conflict,
            fmt::format("{} has a profile {} here already", row.owner, row.reference),
            "profileNumber" };
    TRY(transaction.run(fmt::format("INSERT INTO identification_profile ({}) VALUES ($1, $2, $3, "
                                    "$4, $5, $6)",
                            columns),
        row.item, row.owner, row.reference, row.purpose, to_text(row.erase_by), row.case_number));
    return {};
}

Result<std::optional<ProfileRow>> find_profile(
    Transaction& transaction, std::string_view owner, std::string_view reference)
{
    return transaction.one(
        fmt::format(
            "SELECT {} FROM identification_profile WHERE owner = $1 AND reference = $2", columns),
        read_profile, owner, reference);
}

Result<std::optional<ProfileRow>> find_profile(Transaction& transaction, std::string_view item)
{
    return transaction.one(
        fmt::format("SELECT {} FROM identification_profile WHERE item = $1", columns), read_profile,
        item);
}

Result<std::vector<ProfileRow>> profiles_after(
    Transaction& transaction, std::string_view item, std::int64_t limit)
{
    return transaction.all(
        fmt::format("SELECT {} FROM identification_profile WHERE item > $1 ORDER BY item LIMIT $2",
            columns),
        read_profile, item, limit);
}

Result<std::vector<ProfileRow>> profiles_due(
    Transaction& transaction, Date today, std::int64_t limit)
{
    return transaction.all(fmt::format("SELECT {} FROM identification_profile WHERE erase_by <= $1 "
                                       "ORDER BY erase_by, item LIMIT $2",
                               columns),
        read_profile, to_text(today), limit);
}

Result<void> delete_profile(Transaction& transaction, std::string_view item)
{
    TRY(transaction.run("DELETE FROM identification_profile WHERE item = $1", item));
    TRY(transaction.run("DELETE FROM identification_task WHERE subject = $1", item));
    return {};
}

Result<void> insert_task(Transaction& transaction, Task const& task)
{
    TRY(transaction.run("INSERT INTO identification_task (kind, subject) VALUES ($1, $2)",
        json::word(task.kind), task.subject));
    return {};
}

Result<std::vector<Task>> tasks(Transaction& transaction, std::int64_t limit)
{
    return transaction.all(
        "SELECT kind, subject FROM identification_task ORDER BY id LIMIT $1", read_task, limit);
}

Result<bool> finish_task(Transaction& transaction, Task const& task)
{
    return TRY(transaction.run("DELETE FROM identification_task WHERE subject = $1", task.subject))
        == 1;
}

} // namespace comity::identification
