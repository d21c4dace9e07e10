#include "identification/trial_family_test.h"

#include <fmt/format.h>

/// A missing person is found through relatives; nobody else ever is.
namespace comity::identification {
namespace {

using namespace trial;
using treaty::Verdict;

using MissingPerson = Search;

} // namespace

TEST_F(MissingPerson, is_found_at_the_other_state_through_mother_and_sister)
{
    bury("RO-B-1", Category::unidentified_body, house.missing);
    for (int i = 2; i < 20; ++i)
        bury(fmt::format("RO-B-{}", i), Category::unidentified_body,
            house.synthesis.person(house.draws));
    auto const sent = two.sofia.identification->send(about_family(), "officer");
    ASSERT_TRUE(sent.ok()) << sent.error().field << " " << sent.error().what;
    ASSERT_EQ(sent.value().decision.verdict, Verdict::permitted);
    two.carry();

    auto const results = two.sofia.results("2026-0417");
    ASSERT_EQ(results.size(), 1U);
    EXPECT_EQ(results[0].result, message::Outcome::hit);
    EXPECT_TRUE(results[0].matches.empty());
    ASSERT_TRUE(results[0].candidates && !results[0].candidates->empty());
    auto const& first = results[0].candidates->front();
    EXPECT_EQ(first.found_number, "RO-B-1");
    EXPECT_EQ(first.found_kind, message::ProfileKind::unidentified_body);
    EXPECT_EQ(first.weights.size(), knowledge().frequencies.populations().size());
    EXPECT_LE(std::stod(first.weights[0].log_10_ratio), std::stod(first.weights[1].log_10_ratio));
    EXPECT_GE(std::stod(first.weights[0].log_10_ratio), 3);
    EXPECT_EQ(first.kin_loci.size(), house.missing.size());
    ASSERT_TRUE(results[0].kin_evidence.has_value());
    EXPECT_EQ(results[0].kin_evidence->profiles_searched, 19);
    EXPECT_GT(std::stod(results[0].kin_evidence->chance_found), 0.9);
    EXPECT_LT(std::stod(results[0].kin_evidence->false_candidates_expected), 0.1);
    EXPECT_EQ(json::to_text(results[0]).find("allele"), std::string::npos);

    ConfirmationDraft const word { first.match, true,
        { { "EXPERT-1 TEST", "Laboratory TEST" }, { "EXPERT-2 TEST", "Laboratory TEST" } },
        "pedigree read again", {} };
    ASSERT_TRUE(two.sofia.identification->confirm("2026-0417", word, "officer").ok());
    two.carry();
    EXPECT_EQ(two.bucharest.acts("BG/2026-0417").back(), "dna-confirmation-received");
}

TEST_F(MissingPerson, is_not_there_and_the_relatives_are_destroyed_after_the_search)
{
    bury("RO-B-2", Category::unidentified_body, house.synthesis.person(house.draws));
    bury("RO-P-1", Category::known_person, house.missing);
    bury("RO-S-1", Category::unknown_stain, house.missing);
    ASSERT_TRUE(two.sofia.identification->send(about_family(), "officer").ok());
    two.carry();
    auto const results = two.sofia.results("2026-0417");
    ASSERT_EQ(results.size(), 1U);
    EXPECT_EQ(results[0].result, message::Outcome::no_hit);
    EXPECT_TRUE(results[0].candidates->empty());
    EXPECT_EQ(results[0].kin_evidence->profiles_searched, 1);
    EXPECT_FALSE(two.bucharest.identification->open_case("BG/2026-0417", "TEST")
            .value()
            .request.has_value());
    EXPECT_EQ(two.bucharest.database->size(File::kept), 0U);
}

TEST_F(MissingPerson, a_relative_is_compared_with_missing_persons_and_bodies_in_every_direction)
{
    // Everybody has the same profile: only the rule keeps them apart.
    Laboratory alone { 0 };
    constexpr Category all[] { Category::unknown_stain, Category::known_person,
        Category::missing_person, Category::unidentified_body, Category::relative };
    int number = 0;
    for (auto const category : all) {
        auto const reference = fmt::format("BG-X-{}", ++number);
        if (category == Category::relative) {
            ASSERT_TRUE(
                alone.identification->add_relative(relative(reference, house.mother), "T").ok());
            continue;
        }
        auto const profile = made(reference, category, house.mother);
        ASSERT_TRUE(alone.identification->add(std::span { &profile, 1 }, far, "TEST").ok());
    }
    auto const rules = knowledge().rules_named("PRUEM-2008", parse_date("2026-04-17").value());
    for (auto const query : all)
        for (auto const file : { File::national, File::kept }) {
            auto const found
                = alone.database->search(made("BG-Q-1", query, house.mother), rules.value(), file)
                      .value()
                      .found;
            for (auto const& hit : found) {
                auto const there = all[hit.reference.back() - '1'];
                for (auto const& [one, other] : { std::pair { query, there }, { there, query } })
                    EXPECT_FALSE(one == Category::relative && other != Category::missing_person
                        && other != Category::unidentified_body)
                        << hit.reference;
            }
            bool const missing
                = query == Category::missing_person || query == Category::unidentified_body;
            auto const expected = query == Category::relative ? 2U : missing ? 5U : 4U;
            EXPECT_EQ(found.size(), file == File::national ? expected : 0U);
        }
}

TEST_F(MissingPerson, relatives_travel_only_for_a_missing_person_and_only_as_long_as_consented)
{
    EXPECT_EQ(field(about_family()), "no error");
    auto draft = about_family();
    draft.ground = "investigation-or-proceedings";
    EXPECT_EQ(field(draft), "ground");
    draft = about_family();
    draft.erase_by = parse_date("2027-04-17").value();
    EXPECT_EQ(field(draft), "no error");
    draft.erase_by = parse_date("2027-04-18").value();
    EXPECT_EQ(field(draft), "eraseBy");
    draft = about_family();
    draft.storage_asked = true;
    EXPECT_EQ(field(draft), "storageAsked");
    draft = about_family();
    draft.family->relatives[1].profile_number = "BG-R-9";
    EXPECT_EQ(field(draft), "family.relatives[1].profileNumber");
    draft = about_family();
    draft.profiles = { relative("BG-R-1", house.mother).profile };
    EXPECT_EQ(field(draft), "profiles");
    draft.family.reset();
    EXPECT_EQ(field(draft), "profiles[0].kind");
}

TEST_F(MissingPerson, a_relative_goes_into_the_index_with_a_whole_consent_only)
{
    auto const field_of = [&](RelativeDraft const& draft) {
        auto const added = two.sofia.identification->add_relative(draft, "TEST");
        return added.ok() ? "no error" : added.error().field;
    };
    auto draft = relative("BG-R-3", house.father);
    draft.profile.kind = message::ProfileKind::person;
    EXPECT_EQ(field_of(draft), "profile.kind");
    draft = relative("BG-R-3", house.father);
    draft.consent.given_by.clear();
    EXPECT_EQ(field_of(draft), "consent.givenBy");
    draft = relative("BG-R-3", house.father);
    draft.consent.missing_person.clear();
    EXPECT_EQ(field_of(draft), "consent.missingPerson");
    draft = relative("BG-R-3", house.father);
    draft.consent.valid_until = parse_date("2026-04-17").value();
    EXPECT_EQ(field_of(draft), "consent.validUntil");
    draft.consent.valid_until = parse_date("2026-04-18").value();
    EXPECT_EQ(field_of(draft), "no error");
    draft = relative("BG-R-4", house.father);
    draft.consent.given_on = parse_date("2026-04-18").value();
    EXPECT_EQ(field_of(draft), "consent.givenOn");
    auto const bare = made("BG-R-5", Category::relative, house.father);
    EXPECT_EQ(two.sofia.identification->add(std::span { &bare, 1 }, far, "TEST").error().field,
        "consent");
    two.sofia.open_database();
    EXPECT_EQ(two.sofia.database->relatives().size(), 3U);
    EXPECT_EQ(two.sofia.database->relative("BG-R-1")->consent.number, "BG-C-7");
}

TEST_F(MissingPerson, a_withdrawn_consent_destroys_the_profile_wherever_it_went)
{
    bury("RO-B-1", Category::unidentified_body, house.missing);
    ASSERT_TRUE(two.sofia.identification->send(about_family(), "officer").ok());
    two.carry();
    ASSERT_TRUE(two.bucharest.identification->open_case("BG/2026-0417", "TEST")
            .value()
            .request.has_value());
    auto const gone = two.sofia.identification->withdraw_consent("BG-R-1", "officer");
    ASSERT_TRUE(gone.ok()) << gone.error().what;
    EXPECT_EQ(gone.value().cases, std::vector<std::string> { "2026-0417" });
    EXPECT_FALSE(two.sofia.database->relative("BG-R-1").has_value());
    EXPECT_TRUE(two.sofia.database->relative("BG-R-2").has_value());
    two.carry();
    for (auto* each : { &two.sofia, &two.bucharest }) {
        auto const number = each == &two.sofia ? "2026-0417" : "BG/2026-0417";
        EXPECT_FALSE(each->identification->open_case(number, "TEST").value().request.has_value());
    }
    auto const there = two.bucharest.acts("BG/2026-0417");
    EXPECT_NE(std::ranges::find(there, "dna-request-destroyed"), there.end());
    EXPECT_EQ(two.sofia.identification->withdraw_consent("BG-R-1", "officer").error().kind,
        Error::Kind::not_found);
    EXPECT_EQ(field(about_family()), "family.relatives[0].profileNumber");
}

TEST_F(MissingPerson, a_notice_destroys_nothing_that_this_state_itself_sent)
{
    bury("RO-B-1", Category::unidentified_body, house.missing);
    ASSERT_TRUE(two.sofia.identification->send(about_family(), "officer").ok());
    two.carry();
    auto const contents = [&] {
        return two.bucharest.store
            ->read([](auto& t) { return casework::contents_of(t, "BG/2026-0417"); })
            .value();
    };
    auto const before = contents();
    auto const result = std::ranges::find(before, "dna-result", &casework::ContentRow::type);
    ASSERT_NE(result, before.end());
    message::DestructionNotice const notice { { { result->message } },
        message::DestructionGround::no_longer_needed, {}, "Not theirs to destroy, TEST." };
    auto const sealed = two.sofia.exchange
                            ->seal({ .type = message::Type::destruction_notice,
                                .to = "RO",
                                .case_reference = { "2026-0417", {} },
                                .legal_basis = { "PCC SEE", { "A31(4)(b)-2" }, "test" },
                                .verdict = "permitted",
                                .purpose = "search-for-missing-persons",
                                .personal_data = false,
                                .parts = { { "destruction-notice",
                                    message::schema_of(message::Type::destruction_notice),
                                    to_bytes(json::to_text(notice)) } } })
                            .take();
    ASSERT_TRUE(
        two.sofia.store->write([&](auto& t) { return two.sofia.exchange->submit(t, sealed); })
            .ok());
    two.carry();
    auto const after = contents();
    EXPECT_EQ(std::ranges::count(after, result->message, &casework::ContentRow::message), 1);
}

TEST_F(MissingPerson, what_to_expect_is_said_before_anybody_is_asked)
{
    FamilyDraft const one { { { Relation::mother, "BG-R-1" } } };
    FamilyDraft const both { { { Relation::mother, "BG-R-1" },
        { Relation::full_sibling, "BG-R-2" } } };
    auto& desk = *two.sofia.identification;
    auto const alone = desk.expect(one, 10'000).value();
    auto const together = desk.expect(both, 10'000).value();
    EXPECT_GT(together.chance_found, alone.chance_found - 0.01);
    EXPECT_LT(together.false_candidates, alone.false_candidates);
    EXPECT_EQ(together.family.missing_member, "missing");
    EXPECT_EQ(together.family.members.size(), 4U);
    ASSERT_FALSE(alone.helps.empty());
    EXPECT_FALSE(alone.helps[0].locus) << "a further relative helps more than one locus";
    EXPECT_EQ(desk.expect(one, 0).error().field, "profiles");
    EXPECT_EQ(desk.expect({}, 1).error().field, "family.relatives");
}

TEST(FamilyDraft, grows_into_everybody_through_whom_they_are_related)
{
    auto const names = [](FamilyDraft const& draft) {
        std::string out;
        for (auto const& each : family_of(draft).value().members)
            out += (out.empty() ? "" : " ") + each.member;
        return out;
    };
    using enum Relation;
    EXPECT_EQ(names({ { { child, "1" } } }), "other-parent missing child");
    EXPECT_EQ(names({ { { mother, "1" } } }), "mother father missing");
    EXPECT_EQ(names({ { { fathers_mother, "1" } } }),
        "fathers-mother fathers-father mother father missing");
    EXPECT_EQ(names({ { { half_sibling_by_mother, "1" }, { half_sibling_by_mother, "2" } } }),
        "mother father mothers-other-partner missing half-sibling-by-mother "
        "half-sibling-by-mother-2");
    auto const field = [](FamilyDraft const& draft) { return family_of(draft).error().field; };
    EXPECT_EQ(field({ { { mother, "1" }, { mother, "2" } } }), "family.relatives[1].relation");
    EXPECT_EQ(field({ { { mother, "1" }, { father, "1" } } }), "family.relatives[1].profileNumber");
    EXPECT_EQ(field({ { { other_parent, "1" } } }), "family.relatives[0].relation");
    FamilyDraft large;
    for (int i = 0; i < 13; ++i) large.relatives.push_back({ full_sibling, std::to_string(i) });
    EXPECT_TRUE(family_of(large).ok()); // with parents and the missing one 16
    large.relatives.push_back({ full_sibling, "13" });
    EXPECT_EQ(field(large), "family.relatives");
}

TEST(FamilyQuestion, names_the_member_with_whom_something_is_wrong)
{
    House house;
    std::vector<dna::Profile> profiles { made("R-1", Category::relative, house.mother) };
    auto const family = [](std::optional<std::string> father, std::optional<std::string> number) {
        return message::Pedigree { { { "mother", {}, {}, std::move(number) }, { "father" },
                                       { "missing", std::move(father), "mother" } },
            "missing" };
    };
    auto const field = [&](message::Pedigree const& each) {
        auto const read = question_of(each, profiles);
        return read.ok() ? "no error" : read.error().field;
    };
    EXPECT_EQ(field(family("father", "R-1")), "no error");
    EXPECT_EQ(field(family("nobody", "R-1")), "family.members[2].father");
    EXPECT_EQ(field(family({}, "R-1")), "family.members[2]");
    EXPECT_EQ(field(family("father", "R-2")), "family.members[0].profileNumber");
    EXPECT_EQ(field(family("father", {})), "profiles");
    auto other = family("father", "R-1");
    other.missing_member = "nobody";
    EXPECT_EQ(field(other), "family.missing");
    other = family("father", "R-1");
    other.members[1].member = "mother";
    EXPECT_EQ(field(other), "family.members[1].member");
    profiles[0].category = Category::known_person;
    EXPECT_EQ(field(family("father", "R-1")), "family.members[0].profileNumber");
}

} // namespace comity::identification
