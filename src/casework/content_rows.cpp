#include "casework/casework_store.h"
#include "casework/related.h"
#include "protection/label.h"

/// Which contents a case has, and how many the node has of each level. The contents themselves lie
/// in the vault.
namespace comity::casework {
namespace {

using store::Row;
using store::Transaction;

ContentRow read_content(Row const& row)
{
    return { row.text(0), row.text(1), row.text(2), static_cast<std::uint8_t>(row.integer(3)) };
}

Result<void> count_level(Transaction& transaction, std::uint8_t level, std::int64_t more)
{
    TRY(transaction.run("INSERT INTO casework_level (level, contents) VALUES ($1, $2) ON CONFLICT "
                        "(level) DO UPDATE SET contents = casework_level.contents + $3",
        level, more, more));
    return {};
}

} // namespace

Result<void> insert_content(Transaction& transaction, ContentRow const& row)
{
    TRY(transaction.run(
        "INSERT INTO casework_content (message, case_number, type, level) VALUES ($1, $2, $3, $4)",
        row.message, row.number, row.type, row.level));
    return count_level(transaction, row.level, 1);
}

Result<std::vector<ContentRow>> contents_of(Transaction& transaction, std::string_view number)
{
    return transaction.all("SELECT message, case_number, type, level FROM casework_content "
                           "WHERE case_number = $1 ORDER BY id",
        read_content, number);
}

Result<std::optional<ContentRow>> find_content(Transaction& transaction, std::string_view message)
{
    return transaction.one(
        "SELECT message, case_number, type, level FROM casework_content WHERE message = $1",
        read_content, message);
}

Result<void> delete_content(Transaction& transaction, std::string_view message)
{
    auto const content = TRY(find_content(transaction, message));
    if (!content) return {};
    TRY(delete_marks(transaction, content->number, message));
    TRY(transaction.run("DELETE FROM casework_content WHERE message = $1", message));
    return count_level(transaction, content->level, -1);
}

Result<void> set_content_level(
    Transaction& transaction, std::string_view message, std::uint8_t level)
{
    auto const content = TRY(find_content(transaction, message));
    if (!content) return {};
    TRY(transaction.run(
        "UPDATE casework_content SET level = $2 WHERE message = $1", message, level));
    TRY(count_level(transaction, content->level, -1));
    return count_level(transaction, level, 1);
}

Result<std::vector<ContentRow>> classified_contents(Transaction& transaction, std::int64_t limit)
{
    return transaction.all("SELECT message, case_number, type, level FROM casework_content "
                           "WHERE level > 0 ORDER BY id DESC LIMIT $1",
        read_content, limit);
}

Result<std::vector<std::int64_t>> contents_by_level(Transaction& transaction)
{
    std::vector<std::int64_t> out(protection::level_max + std::size_t { 1 });
    TRY(transaction.each(
        "SELECT level, contents FROM casework_level", [&](Row const& row) -> Result<void> {
            out.at(static_cast<std::size_t>(row.integer(0))) = row.integer(1);
            return {};
        }));
    return out;
}

} // namespace comity::casework
