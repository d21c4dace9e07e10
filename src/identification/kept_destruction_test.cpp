#include "identification/trial_identification_test.h"

/// A profile that is kept for another Party (Article 20(2)) goes with the request that asked for
/// it, whatever ends that: its record, its bits and its key, with the register's entry.
namespace comity::identification {
namespace {

using namespace trial;
using message::DestructionGround;

constexpr std::string_view theirs = "BG/2026-0417";

struct Kept : Laboratories {
    std::string asked = ask("2026-0417", stain("BG-S-100", "15"));

    std::string ask(std::string const& number, dna::Profile const& profile)
    {
        auto draft = lawful(profile);
        draft.case_number = number;
        draft.storage_asked = true;
        auto id = sofia.identification->send(draft, "officer TEST").value().message.value();
        carry();
        return id;
    }
    std::optional<ProfileRow> record()
    {
        return bucharest.store
            ->read([](Transaction& t) { return find_profile(t, "BG", "BG-S-100"); })
            .value();
    }
    Result<void> destroy(std::string const& message)
    {
        return bucharest.store->write([&](Transaction& t) {
            return bucharest.casework->destroy(
                t, message, DestructionGround::unlawfully_sent, { "guardian TEST", "letter 1" });
        });
    }
    bool in_vault(std::string const& item)
    {
        return bucharest.store->read(
                                  [&](Transaction& t) { return bucharest.vault->label(t, item); })
            .ok();
    }
    /// Entries of the register that say "destroyed".
    std::size_t destroyed_entries()
    {
        return bucharest.store
            ->read([&](Transaction& t) -> Result<std::size_t> {
                std::size_t out = 0;
                auto const size = TRY(ledger::size(t));
                for (std::uint64_t i = 0; i < size; ++i) {
                    auto const entry = TRY(json::read_text<message::RegisterEntry>(
                        as_text(TRY(ledger::leaf(t, i))), json::Unknown::keep));
                    out += entry.act == message::Act::destroyed;
                }
                return out;
            })
            .value();
    }
    void expect_gone(std::string const& item)
    {
        EXPECT_FALSE(record().has_value());
        EXPECT_FALSE(in_vault(item));
        EXPECT_EQ(bucharest.database->size(File::kept), 0U);
        EXPECT_EQ(bucharest.other_memory()->size(File::kept), 0U);
    }
};

} // namespace

TEST(KeptDestruction, a_kept_profile_and_its_request_stay_together_and_the_register_says_so)
{
    Kept two;
    EXPECT_TRUE(two.record().has_value());
    EXPECT_EQ(two.destroyed_entries(), 0U) << "a copy is still here";
    EXPECT_TRUE(two.bucharest.identification->open_case(theirs, "TEST").value().request);
}

TEST(KeptDestruction, at_somebodys_word_it_goes_with_its_request_and_is_compared_by_no_process)
{
    Kept two;
    auto const item = two.record()->item;
    auto const elsewhere = two.bucharest.other_memory();
    ASSERT_EQ(elsewhere->size(File::kept), 1U);
    auto const done = two.destroy(two.asked);
    ASSERT_TRUE(done.ok()) << done.error().what;
    two.expect_gone(item);
    ASSERT_TRUE(elsewhere->follow().ok());
    EXPECT_EQ(elsewhere->size(File::kept), 0U);
    EXPECT_EQ(two.destroyed_entries(), 1U);
}

TEST(KeptDestruction, on_its_day_the_days_destruction_reaches_it)
{
    Kept two;
    auto const item = two.record()->item;
    two.bucharest.vault->confirm_day(parse_date("2027-04-17").value());
    two.bucharest.now = parse_instant("2027-04-16T20:00:00Z").value();
    ASSERT_TRUE(two.bucharest.casework->destroy_due().ok());
    EXPECT_EQ(two.bucharest.database->size(File::kept), 1U);
    two.bucharest.now = parse_instant("2027-04-17T09:00:00Z").value();
    auto const before = two.destroyed_entries();
    ASSERT_TRUE(two.bucharest.casework->destroy_due().ok());
    two.expect_gone(item);
    EXPECT_GT(two.destroyed_entries(), before);
}

// A31(4)(b)-2
TEST(KeptDestruction, a_notice_of_the_Party_that_asked_reaches_it)
{
    Kept two;
    auto const item = two.record()->item;
    message::DestructionNotice const notice { { { two.asked } },
        DestructionGround::no_longer_needed, {}, "It is solved TEST." };
    auto const sealed = two.sofia.exchange->seal({ .type = message::Type::destruction_notice,
        .to = "RO",
        .case_reference = { "2026-0417", {} },
        .legal_basis = { "PCC SEE", { "A31(4)(b)-2" }, law().version() },
        .verdict = "permitted",
        .purpose = "investigation",
        .personal_data = false,
        .parts = { { "destruction-notice", message::schema_of(message::Type::destruction_notice),
            to_bytes(json::to_text(notice)) } } });
    ASSERT_TRUE(sealed.ok()) << sealed.error().what;
    ASSERT_TRUE(two.sofia.store
            ->write([&](Transaction& t) { return two.sofia.exchange->submit(t, sealed.value()); })
            .ok());
    two.carry();
    two.expect_gone(item);
    EXPECT_EQ(two.destroyed_entries(), 1U);
}

// A31(4)(b)-3
TEST(KeptDestruction, on_a_Partys_last_day_all_that_came_from_it_goes_and_our_own_stays)
{
    Kept two;
    auto const own = person("RO-P-900", "12");
    ASSERT_TRUE(two.bucharest.identification
            ->add({ &own, 1 }, parse_date("2030-01-01").value(), "analyst TEST")
            .ok());
    two.carry();
    auto const item = two.record()->item;
    auto const today = std::chrono::floor<std::chrono::days>(two.bucharest.now);
    EXPECT_FALSE(two.bucharest.casework->end_party("BG", today + std::chrono::days { 1 }).ok());
    auto const paper = two.bucharest.casework->end_party("BG", today);
    ASSERT_TRUE(paper.ok()) << paper.error().what;
    EXPECT_GE(paper.value().items, 2U);
    EXPECT_TRUE(paper.value().first_entry.has_value());
    two.expect_gone(item);
    EXPECT_EQ(two.destroyed_entries(), 1U);
    EXPECT_EQ(two.bucharest.database->size(File::national), 1U);
    EXPECT_FALSE(two.bucharest.identification->open_case(theirs, "TEST").value().request);
}

TEST(KeptDestruction, asked_for_anew_it_does_not_go_with_the_earlier_request)
{
    Kept two;
    two.ask("2026-0418", stain("BG-S-100", "15"));
    EXPECT_EQ(two.bucharest.database->size(File::kept), 1U);
    ASSERT_TRUE(two.destroy(two.asked).ok());
    EXPECT_EQ(two.bucharest.database->size(File::kept), 1U);
    EXPECT_EQ(two.record()->case_number, "BG/2026-0418");
    EXPECT_TRUE(two.in_vault(two.record()->item));
}

} // namespace comity::identification
