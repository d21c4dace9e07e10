#include "main/rooms.h"

#include "base/scratch.h"
#include "store/trial_store_test.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

/// Every step of every room on a database of the version before it, with a row in each of its
/// tables: a step that only works on empty tables is found here. What the rows say afterwards is
/// read in the tests of the rooms.
namespace comity::main {
namespace {

using store::Migration;
using store::Transaction;

struct Column {
    std::string name, type;
};
using Tables = std::map<std::string, std::vector<Column>>;

std::vector<std::string> split(std::string_view text, char at)
{
    std::vector<std::string> out { {} };
    int depth = 0;
    for (char const c : text) {
        depth += c == '(' ? 1 : 0;
        depth -= c == ')' ? 1 : 0;
        if (c == at && depth == 0)
            out.emplace_back();
        else
            out.back() += c;
    }
    return out;
}

std::vector<std::string> words_of(std::string_view text)
{
    std::istringstream in { std::string { text } };
    return { std::istream_iterator<std::string> { in }, {} };
}

bool is_column(std::string const& first)
{
    return first != "PRIMARY" && first != "UNIQUE" && first != "CHECK" && first != "FOREIGN";
}

void create(Tables& tables, std::string_view statement)
{
    auto const open = statement.find('(');
    auto const name = words_of(statement.substr(0, open)).back();
    auto const body = statement.substr(open + 1, statement.rfind(')') - open - 1);
    for (auto const& each : split(body, ','))
        if (auto const words = words_of(each); words.size() > 1 && is_column(words[0]))
            tables[name].push_back({ words[0], words[1] });
}

/// What the statements of a step do to the tables, by their first words.
void apply(Tables& tables, std::string_view sql)
{
    for (auto const& statement : split(sql, ';')) {
        auto const words = words_of(statement);
        auto const starts = [&](std::vector<std::string> const& with) {
            return words.size() >= with.size()
                && std::ranges::equal(with, std::span { words }.first(with.size()));
        };
        if (starts({ "CREATE", "TABLE" })) create(tables, statement);
        if (starts({ "DROP", "TABLE" })) tables.erase(words.at(2));
        if (!starts({ "ALTER", "TABLE" })) continue;
        if (words.at(3) == "RENAME") {
            tables[words.at(5)] = tables.at(words.at(2));
            tables.erase(words.at(2));
        } else {
            tables.at(words.at(2)).push_back({ words.at(5), words.at(6) });
        }
    }
}

std::string value_of(Column const& column)
{
    if (column.type == "BIGINT") return "1";
    return column.type == "TEXT" ? "'2026-04-17T09:00:00Z'" : "$1";
}

/// One row, where a step left none.
Result<void> fill(Transaction& t, std::string const& table, std::vector<Column> const& columns)
{
    auto const count = TRY(t.one(
        "SELECT COUNT(*) FROM " + table, [](store::Row const& row) { return row.integer(0); }));
    if (count.value_or(0) > 0) return {};
    std::vector<std::string> names, values;
    for (auto const& each : columns) {
        names.push_back(each.name);
        values.push_back(value_of(each));
    }
    auto const insert = fmt::format(
        "INSERT INTO {} ({}) VALUES ({})", table, fmt::join(names, ", "), fmt::join(values, ", "));
    if (std::ranges::count(values, "$1") > 0)
        TRY(t.run(insert, ByteView { as_view("TEST") }));
    else
        TRY(t.run(insert));
    return {};
}

/// "casework" of "casework marks": whose tables they are.
std::string_view owner_of(Migration const& step)
{
    return step.room.substr(0, step.room.find(' '));
}

/// The steps of its room: all of them, or those before it.
std::vector<Migration> of_room(std::size_t at, bool before)
{
    auto const all = all_migrations();
    std::vector<Migration> out;
    for (std::size_t i = 0; i < (before ? at : all.size()); ++i)
        if (owner_of(all[i]) == owner_of(all[at])) out.push_back(all[i]);
    return out;
}

Tables tables_before(std::size_t at)
{
    Tables out;
    for (auto const& each : of_room(at, true)) apply(out, each.sql);
    return out;
}

Result<void> migrate_with_rows(std::size_t at, std::string const& address)
{
    auto const tables = tables_before(at);
    auto former = TRY(store::Store::open(address, of_room(at, true), store::Writer::caller));
    for (auto const& [name, columns] : tables)
        TRY(former->write([&](Transaction& t) { return fill(t, name, columns); }));
    former.reset();
    TRY(store::Store::open(address, of_room(at, false), store::Writer::caller));
    return {};
}

} // namespace

TEST(FormerVersion, every_later_step_of_every_room_takes_a_database_with_rows)
{
    auto const all = all_migrations();
    std::size_t steps = 0;
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (tables_before(at).empty()) continue; // the first of its room
        ScratchFolder const folder;
        auto const done = migrate_with_rows(at, store::trial::address(folder / "db"));
        EXPECT_TRUE(done.ok()) << all[at].room << " " << all[at].version << ": "
                               << (done.ok() ? "" : done.error().what);
        ++steps;
    }
    EXPECT_GT(steps, 20U);
}

} // namespace comity::main
