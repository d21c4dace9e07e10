#include "identification/trial_identification_test.h"

#include "protection/operation_log.h"

namespace comity::identification {
namespace {

using namespace trial;

constexpr protection::Actor actor { "analyst TEST", "national file" };

NewProfile national(dna::Profile const& profile)
{
    return { "RO", profile, "investigation", { "A20(1)-1" }, parse_date("2030-01-01").value() };
}

Result<void> keep(Laboratory& at, ProfileDatabase& in, std::span<NewProfile const> fresh)
{
    return at.store->write([&](Transaction& t) -> Result<void> {
        for (auto const& each : fresh) TRY(in.keep(t, each, actor));
        return {};
    });
}

Result<void> keep(Laboratory& at, ProfileDatabase& in, dna::Profile const& profile)
{
    auto const fresh = national(profile);
    return keep(at, in, { &fresh, 1 });
}

Result<void> destroy(Laboratory& at, ProfileDatabase& in, std::string_view reference)
{
    return at.store->write([&](Transaction& t) -> Result<void> {
        auto const row = TRY(find_profile(t, "RO", reference));
        MUST(row.has_value());
        return in.destroy(t, *row, message::DestructionGround::no_longer_needed, actor);
    });
}

std::vector<std::string> found(ProfileDatabase& in, dna::Profile const& query)
{
    auto const rules
        = knowledge().rules_named("PRUEM-2008", parse_date("2026-04-17").value()).value();
    std::vector<std::string> out;
    for (auto const& each : in.search(query, rules, File::national).value().found)
        out.push_back(each.reference);
    return out;
}

std::vector<std::string> only(std::string reference)
{
    return { std::move(reference) };
}

} // namespace

TEST(Following, a_search_sees_what_another_process_has_put_in_and_what_it_has_destroyed)
{
    Laboratory bucharest { 1 };
    auto& here = *bucharest.database;
    auto const there = bucharest.other_memory();
    auto const query = stain("BG-S-1", "15");
    ASSERT_TRUE(keep(bucharest, here, person("RO-P-1", "15")).ok());
    EXPECT_EQ(found(*there, query), only("RO-P-1"));
    ASSERT_TRUE(destroy(bucharest, *there, "RO-P-1").ok());
    EXPECT_TRUE(found(here, query).empty());
    EXPECT_EQ(here.size(File::national), 0U);
}

TEST(Following, what_takes_the_place_of_a_destroyed_profile_is_another_one)
{
    Laboratory bucharest { 1 };
    auto& here = *bucharest.database;
    auto const there = bucharest.other_memory();
    ASSERT_TRUE(keep(bucharest, here, person("RO-P-1", "15")).ok());
    EXPECT_EQ(found(*there, stain("BG-S-1", "15")), only("RO-P-1"));
    ASSERT_TRUE(destroy(bucharest, here, "RO-P-1").ok());
    ASSERT_TRUE(keep(bucharest, here, person("RO-P-1", "12")).ok());
    auto const as_before = stain("BG-S-1", "15");
    for (auto* each : { &here, there.get() }) {
        EXPECT_EQ(found(*each, stain("BG-S-2", "12")), only("RO-P-1"));
        EXPECT_EQ(each->size(File::national), 1U);
    }
}

TEST(Following, what_came_and_went_between_two_searches_is_not_opened)
{
    Laboratory bucharest { 1 };
    auto const there = bucharest.other_memory();
    ASSERT_TRUE(keep(bucharest, *bucharest.database, person("RO-P-1", "15")).ok());
    ASSERT_TRUE(destroy(bucharest, *bucharest.database, "RO-P-1").ok());
    EXPECT_TRUE(found(*there, stain("BG-S-1", "15")).empty());
    EXPECT_EQ(there->left_out(), 0U);
}

TEST(Following, more_changes_than_are_read_at_once_and_its_own_are_not_opened_again)
{
    Laboratory bucharest { 1 };
    auto const there = bucharest.other_memory();
    constexpr std::size_t many = 600;
    std::vector<NewProfile> fresh;
    for (std::size_t i = 0; i < many; ++i)
        fresh.push_back(national(person("RO-P-" + std::to_string(i), "12")));
    ASSERT_TRUE(keep(bucharest, *bucharest.database, fresh).ok());
    auto const noted = [&] {
        return bucharest.store
            ->read([](Transaction& t) { return protection::operations_of(t, "node"); })
            .value()
            .size();
    };
    auto const before = noted();
    ASSERT_TRUE(bucharest.database->follow().ok());
    EXPECT_EQ(noted(), before);
    ASSERT_TRUE(there->follow().ok());
    EXPECT_EQ(noted(), before + many);
    EXPECT_EQ(there->size(File::national), many);
}

TEST(Following, a_relative_whose_consent_was_withdrawn_elsewhere_is_known_no_more)
{
    Laboratory bucharest { 1 };
    auto const there = bucharest.other_memory();
    auto fresh = national(profile("RO-R-1", "15", dna::Category::relative));
    fresh.consent = Consent { .number = "RO-C-1",
        .given_by = "RO-R-1",
        .taken_by = "Officer TEST",
        .given_on = parse_date("2026-04-01").value(),
        .missing_person = "M-1",
        .valid_until = parse_date("2031-01-01").value() };
    auto const kept = keep(bucharest, *bucharest.database, { &fresh, 1 });
    ASSERT_TRUE(kept.ok()) << kept.error().what;
    ASSERT_TRUE(there->follow().ok());
    EXPECT_TRUE(there->relative("RO-R-1").has_value());
    ASSERT_TRUE(destroy(bucharest, *there, "RO-R-1").ok());
    ASSERT_TRUE(bucharest.database->follow().ok());
    EXPECT_FALSE(bucharest.database->relative("RO-R-1").has_value());
}

TEST(Following, profiles_of_an_older_database_have_numbers_below_every_change)
{
    ScratchFolder folder;
    auto const place = store::trial::address(folder / "db");
    auto older = casework::trial::all_migrations();
    auto const all = identification::migrations;
    older.insert(older.end(), all.begin(), all.end() - 1);
    {
        auto const store = store::Store::open(place, older, store::Writer::caller).take();
        ASSERT_TRUE(store
                ->write([](Transaction& t) -> Result<void> {
                    for (auto const* item : { "dna/RO/A", "dna/RO/B" })
                        TRY(t.run("INSERT INTO identification_profile (item, owner, reference, "
                                  "purpose, erase_by, case_number) VALUES ($1, 'RO', $1, 'TEST', "
                                  "'2030-01-01', '')",
                            item));
                    return {};
                })
                .ok());
    }
    auto const store = store::Store::open(place, tables(), store::Writer::caller).take();
    auto const read = store->write([](Transaction& t) -> Result<std::vector<std::int64_t>> {
        auto const row = TRY(find_profile(t, "dna/RO/B"));
        auto const gone = TRY(delete_profile(t, *row));
        auto const fresh = TRY(
            insert_profile(t, { "dna/RO/C", "RO", "C", "TEST", parse_date("2030-01-01").value() }));
        auto const changes = TRY(changes_after(t, 0, 9));
        auto const other = TRY(find_profile(t, "dna/RO/A"));
        return std::vector { row->put, *gone, fresh, changes.at(0).gone, other->put };
    });
    ASSERT_TRUE(read.ok()) << read.error().what;
    EXPECT_EQ(read.value(), (std::vector<std::int64_t> { -2, 1, 2, -2, -1 }));
}

TEST(Following, two_processes_of_one_State_on_one_server_search_the_same_file)
{
    if (store::trial::postgres_address().empty()) GTEST_SKIP() << "a file is for one process";
    Laboratory first { 1 }, second { 1, &first };
    auto const query = stain("BG-S-1", "15");
    ASSERT_TRUE(keep(first, *first.database, person("RO-P-1", "15")).ok());
    EXPECT_EQ(found(*second.database, query), only("RO-P-1"));
    ASSERT_TRUE(destroy(second, *second.database, "RO-P-1").ok());
    EXPECT_TRUE(found(*first.database, query).empty());
    ASSERT_TRUE(keep(second, *second.database, person("RO-P-2", "15")).ok());
    EXPECT_EQ(found(*first.database, query), only("RO-P-2"));
}

} // namespace comity::identification
