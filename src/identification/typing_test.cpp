#include "identification/trial_identification_test.h"

#include <algorithm>

namespace comity::identification {
namespace {

using namespace trial;

constexpr std::string_view ours = "2026-0417", theirs = "BG/2026-0417";

dna::Profile with_loci(dna::Profile profile, std::ptrdiff_t count)
{
    profile.genotype.erase(profile.genotype.begin() + count, profile.genotype.end());
    return profile;
}

/// Sofia asked for a stain, and Bucharest has a person who agrees with it at the loci he has.
struct Hit : Laboratories {
    explicit Hit(std::ptrdiff_t of_person = 6, std::ptrdiff_t of_stain = 12, double theta = 0.01,
        std::string const& at_d3 = "15")
    {
        auto const& keys = bucharest.keys;
        bucharest.identification.reset();
        bucharest.database = ProfileDatabase::open(
            *bucharest.store, *bucharest.vault, knowledge(), { keys.of.state, theta })
                                 .take();
        bucharest.make_identification({ keys.of.state, keys.of.unit, true, true, true, 365 });
        auto const known = with_loci(person("RO-P-900", at_d3), of_person);
        EXPECT_TRUE(bucharest.identification
                ->add({ &known, 1 }, parse_date("2030-01-01").value(), "analyst TEST")
                .ok());
        auto const asked = lawful(with_loci(stain("BG-S-100", "15"), of_stain));
        EXPECT_TRUE(sofia.identification->send(asked, "officer TEST").value().message);
        carry();
    }
    Identification& desk() { return *bucharest.identification; }
    DnaCase shown() { return desk().open_case(theirs, "officer TEST").value(); }
    std::string match() { return shown().results.at(0).result.matches.at(0).match; }
    TypingDraft draft()
    {
        return { match(), { "D12S391", "d1s1656" }, "Laboratory RO TEST",
            parse_date("2026-04-17").value(), {} };
    }
    Result<std::vector<std::string>> order(TypingDraft const& draft)
    {
        return desk().order_typing(theirs, draft, "officer TEST");
    }
    std::vector<casework::Event> orders()
    {
        auto out
            = bucharest.store->read([&](Transaction& t) { return casework::events_of(t, theirs); })
                  .value();
        std::erase_if(out, [](auto const& each) { return each.act != "dna-typing-ordered"; });
        return out;
    }
    std::string field_of(TypingDraft const& wrong)
    {
        auto const done = order(wrong);
        return done.ok() ? "no error" : done.error().field;
    }
};

std::ptrdiff_t count(std::vector<std::string> const& names, std::string_view name)
{
    return std::ranges::count(names, name);
}

} // namespace

// A20(1)-4
TEST(Typing, an_order_stands_on_the_timeline_with_its_article_and_a_second_one_beside_it)
{
    Hit two;
    auto const ordered = two.order(two.draft());
    ASSERT_TRUE(ordered.ok()) << ordered.error().what;
    EXPECT_EQ(ordered.value().size(), 2U);
    EXPECT_EQ(count(ordered.value(), "D1S1656"), 1) << "as the table of loci writes it";
    ASSERT_EQ(two.orders().size(), 1U);
    auto const order = two.orders()[0];
    EXPECT_EQ(order.provisions, std::vector<std::string> { "A20(1)-4" });
    EXPECT_EQ(order.actor, "officer TEST");
    EXPECT_EQ(order.facts.at("profile"), "RO-P-900");
    EXPECT_EQ(order.facts.at("laboratory"), "Laboratory RO TEST");
    EXPECT_EQ(order.facts.at("day"), "2026-04-17");
    EXPECT_FALSE(order.facts.contains("currency"));
    ASSERT_TRUE(two.order(two.draft()).ok());
    EXPECT_EQ(two.orders().size(), 2U);
    EXPECT_EQ(two.orders()[0].facts, order.facts);
}

TEST(Typing, at_the_legal_minimum_what_our_profile_lacks_is_offered_until_it_is_ordered)
{
    Hit two;
    auto const offered = two.shown().typing;
    ASSERT_EQ(offered.size(), 1U);
    EXPECT_EQ(offered[0].profile_number, "RO-P-900");
    EXPECT_EQ(offered[0].loci.size(), 6U);
    EXPECT_EQ(count(offered[0].loci, "D12S391"), 1);
    ASSERT_TRUE(two.order(two.draft()).ok());
    EXPECT_EQ(two.shown().typing.at(0).loci.size(), 4U);
    auto rest = two.draft();
    rest.loci = two.shown().typing.at(0).loci;
    ASSERT_TRUE(two.order(rest).ok());
    EXPECT_TRUE(two.shown().typing.empty());
}

TEST(Typing, what_the_node_asked_for_because_of_chance_is_offered)
{
    Hit two { 8, 8, 0.9, "16" };
    auto const result = two.shown().results.at(0).result;
    ASSERT_FALSE(result.matches.at(0).evidence->at_legal_minimum);
    ASSERT_FALSE(result.additional_loci_asked.empty());
    auto const offered = two.shown().typing;
    ASSERT_EQ(offered.size(), 1U);
    EXPECT_TRUE(std::ranges::is_permutation(offered[0].loci, result.additional_loci_asked));
}

TEST(Typing, nothing_is_offered_for_a_sure_hit_nor_to_the_Party_that_asked)
{
    Hit sure { 12, 12 };
    EXPECT_TRUE(sure.shown().typing.empty());
    Hit weak;
    EXPECT_TRUE(weak.sofia.identification->open_case(ours, "officer TEST").value().typing.empty());
}

// A20(1)-5
TEST(Typing, its_cost_is_told_to_a_ledger_of_claims_in_the_same_commit_or_nothing_is_recorded)
{
    Hit two;
    std::vector<TypingCosts> told;
    bool closed = true;
    two.desk().on_costs([&](auto&, TypingCosts const& costs) -> Result<void> {
        if (closed) return Error { Error::Kind::conflict, "the ledger is closed TEST", "costs" };
        told.push_back(costs);
        return {};
    });
    ASSERT_TRUE(two.order(two.draft()).ok());
    EXPECT_TRUE(told.empty()) << "without a cost no ledger hears of it";
    auto draft = two.draft();
    draft.costs = { 12'000, "EUR" };
    EXPECT_EQ(two.field_of(draft), "costs");
    EXPECT_EQ(two.orders().size(), 1U);
    closed = false;
    ASSERT_TRUE(two.order(draft).ok());
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].number, theirs);
    EXPECT_EQ(told[0].requested, "RO");
    EXPECT_EQ(told[0].costs.amount_minor, 12'000);
    EXPECT_EQ(told[0].officer.name, "officer TEST");
    EXPECT_EQ(two.orders().at(1).facts.at("amountMinor"), "12000");
}

TEST(Typing, loci_that_are_unknown_or_typed_already_are_refused_by_their_place)
{
    Hit two;
    auto draft = two.draft();
    draft.loci = { "D12S391", "D99" };
    EXPECT_EQ(two.field_of(draft), "loci[1]");
    draft.loci = { "D12S391", two.shown().request->profiles.at(0).loci.at(0).name };
    EXPECT_EQ(two.field_of(draft), "loci[1]");
    draft.loci.clear();
    EXPECT_EQ(two.field_of(draft), "loci");
    EXPECT_TRUE(two.orders().empty());
}

TEST(Typing, an_order_names_its_laboratory_and_no_day_to_come)
{
    Hit two;
    auto draft = two.draft();
    draft.laboratory.clear();
    EXPECT_EQ(two.field_of(draft), "laboratory");
    draft.laboratory = std::string(201, 'L');
    EXPECT_EQ(two.field_of(draft), "laboratory");
    draft.laboratory.pop_back();
    EXPECT_TRUE(two.order(draft).ok());
    draft.day = parse_date("2026-04-18").value();
    EXPECT_EQ(two.field_of(draft), "day");
}

TEST(Typing, a_case_without_a_hit_or_of_ours_or_closed_to_the_officer_is_refused)
{
    Hit two;
    auto draft = two.draft();
    EXPECT_EQ(two.sofia.identification->order_typing(ours, draft, "officer TEST").error().kind,
        Error::Kind::not_found);
    casework::Officer const stranger { "third", "third TEST", 3 };
    auto const closed = two.desk().order_typing(theirs, draft, stranger);
    ASSERT_FALSE(closed.ok());
    EXPECT_EQ(closed.error().kind, Error::Kind::not_permitted);
    EXPECT_EQ(closed.error().field, "A32(1)");
    auto other = lawful(stain("BG-S-101", "12"));
    other.case_number = "2026-0418";
    other.profiles[0].loci[1].allele_1 = other.profiles[0].loci[1].allele_2.emplace("20");
    ASSERT_TRUE(two.sofia.identification->send(other, "officer TEST").ok());
    two.carry();
    auto const none = two.desk().order_typing("BG/2026-0418", draft, "officer TEST");
    ASSERT_FALSE(none.ok());
    EXPECT_EQ(none.error().field, "match");
}

TEST(Typing, a_profile_that_is_destroyed_is_not_typed)
{
    Hit two;
    auto const draft = two.draft();
    ASSERT_TRUE(two.bucharest.store
            ->write([&](Transaction& t) -> Result<void> {
                auto const row = TRY(find_profile(t, "RO", "RO-P-900"));
                return two.bucharest.database->destroy(t, row.value(),
                    message::DestructionGround::no_longer_needed, { "TEST", "TEST" });
            })
            .ok());
    EXPECT_EQ(two.field_of(draft), "match");
    EXPECT_TRUE(two.shown().typing.empty());
}

} // namespace comity::identification
