#include "casework/carry_over.h"

#include "casework/call.h"
#include "casework/trial_casework_test.h"
#include "store/compact.h"

/// The database of a node that kept its contents in the clear.
namespace comity::casework {

using namespace trial;

namespace {

constexpr std::string_view person = "Zlatogor Testov-Neverbornsky TEST";

std::vector<store::Migration> older_migrations()
{
    std::vector<store::Migration> out;
    for (auto const& each : all_migrations())
        if (!each.room.starts_with("casework") || (each.room == "casework" && each.version < 3))
            out.push_back(each);
    return out;
}

/// A call that was kept, with its words, its decision and its day.
Result<void> plant(Transaction& t, std::string const& number, std::string const& day)
{
    auto const id = id_of_call(number);
    TRY(t.run("INSERT INTO casework_case (number, peer_number, kind, purpose, offence, requesting, "
              "requested, state, opened_at, request_message, plate, subject, called_at) VALUES "
              "($1, '', 'residence', 'investigation', $2, 'BG', 'RO', 'waiting', "
              "'2026-04-17T09:00:00Z', $3, $2, $2, '2026-04-17T09:00:00Z')",
        number, person, id));
    json::Object const body { { "gist", person }, { "request", json::Object {} } };
    TRY(t.run("INSERT INTO casework_body (message, case_number, type, body) VALUES ($1, $2, "
              "'oral-request', $3)",
        id, number, json::print(body)));
    TRY(t.run("INSERT INTO casework_decision (case_number, role, party, at, decision) VALUES "
              "($1, 'sender', 'BG', '2026-04-17T09:00:00Z', $2)",
        number, json::print(json::Object { { "explanation", person } })));
    TRY(t.run("INSERT INTO protection_item (message, owner, purpose, erase_by) VALUES "
              "($1, 'BG', 'investigation', $2)",
        id, day));
    return {};
}

std::vector<std::string> files_with(std::filesystem::path const& folder, std::string_view needle)
{
    std::vector<std::string> out;
    for (auto const& each : std::filesystem::recursive_directory_iterator { folder }) {
        if (!each.is_regular_file()) continue;
        auto const bytes = read_file(each.path(), std::size_t { 1 } << 30U).take();
        if (as_text(bytes).find(needle) != std::string_view::npos)
            out.push_back(each.path().filename().string());
    }
    return out;
}

} // namespace

TEST(CarryOver, what_an_older_node_kept_in_the_clear_lies_in_the_vault_and_nowhere_else)
{
    if (!store::trial::postgres_address().empty()) GTEST_SKIP() << "the walk is over files";
    ScratchFolder const folder;
    auto const address = store::trial::address(folder / "db");
    {
        auto const older = older_migrations();
        auto const store = store::Store::open(address, older, store::Writer::caller).take();
        ASSERT_TRUE(store
                ->write([](Transaction& t) -> Result<void> {
                    TRY(plant(t, "2026-1", "2027-04-17"));
                    return plant(t, "2026-2", "2026-04-17");
                })
                .ok());
    }
    ASSERT_EQ(files_with(folder.path(), person), std::vector<std::string> { "db" });
    Settings const settings { "BG", "NCU Sofia TEST", true, 365 };
    std::vector<Opened> opened;
    {
        auto const tables = all_migrations();
        auto const store = store::Store::open(address, tables, store::Writer::caller).take();
        auto const& keys = founding().states[0];
        auto const ledger
            = ledger::Ledger::open(*store, keys.register_log, keys.register_key).take();
        auto const vault = protection::Vault::open(
            *store, *ledger, { { folder / "vault.key", {} }, "BG", "Europe/Sofia" },
            crypto::Key256 { 7 }, [] { return start; }, crypto::system_random())
                               .take();
        EXPECT_EQ(carry_over(*store, *vault, settings, start).value(), 2U);
        EXPECT_EQ(carry_over(*store, *vault, settings, start).value(), 0U) << "once";
        for (auto const* number : { "2026-1", "2026-2" })
            for (auto& each : store
                     ->write([&](Transaction& t) -> Result<std::vector<Opened>> {
                         auto const row = TRY(find_case(t, number));
                         return open_contents(t, *vault, *row, "TEST", {});
                     })
                     .value())
                opened.push_back(std::move(each));
    }
    ASSERT_TRUE(store::compact(address).ok());
    EXPECT_EQ(files_with(folder.path(), person), std::vector<std::string> {});
    EXPECT_EQ(files_with(folder.path(), person.substr(0, 8)), std::vector<std::string> {});
    ASSERT_EQ(opened.size(), 1U) << "the day of the other had come";
    EXPECT_NE(opened[0].body.text.find(person), std::string::npos);
    EXPECT_EQ(opened[0].heading.subject, person);
    ASSERT_EQ(opened[0].decisions.size(), 1U);
    EXPECT_EQ(opened[0].decisions[0].decision.at("explanation").as_string().c_str(),
        std::string { person });
}

} // namespace comity::casework
