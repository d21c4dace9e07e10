#include "identification/trial_identification_test.h"

namespace comity::identification {
namespace {

using namespace trial;
using casework::CaseState;
using treaty::Verdict;

Date const far = parse_date("2030-01-01").value();

void add(Laboratory& to, dna::Profile const& profile)
{
    ASSERT_TRUE(to.identification->add({ &profile, 1 }, far, "analyst TEST").ok());
}

std::string field_of(Result<Outcome> const& outcome)
{
    return outcome.ok() ? "no error" : outcome.error().field;
}

std::vector<std::string> against(treaty::Decision const& decision)
{
    return casework::provisions_against(decision);
}

} // namespace

TEST(Identification, a_profile_that_another_state_has_is_a_hit_with_what_it_weighs)
{
    Laboratories two;
    add(two.bucharest, person("RO-P-900", "15"));
    add(two.bucharest, person("RO-P-901", "16"));
    auto const sent = two.sofia.identification->send(lawful(stain("BG-S-100", "15")), "officer");
    ASSERT_TRUE(sent.ok()) << sent.error().what;
    ASSERT_EQ(sent.value().decision.verdict, Verdict::permitted);
    two.carry();

    EXPECT_EQ(two.sofia.row("2026-0417").state, CaseState::answered);
    EXPECT_EQ(two.bucharest.row("BG/2026-0417").state, CaseState::answered);
    auto const results = two.sofia.results("2026-0417");
    ASSERT_EQ(results.size(), 1U);
    EXPECT_EQ(results[0].result, message::Outcome::hit);
    EXPECT_EQ(results[0].rules, "PRUEM-2008 1");
    // The second person differs in one allele only, which the rules let pass as quality 4.
    ASSERT_EQ(results[0].matches.size(), 2U);
    auto const& first = results[0].matches[0];
    EXPECT_EQ(first.profile_number, "BG-S-100");
    EXPECT_EQ(first.found_number, "RO-P-900");
    EXPECT_EQ(first.quality, "1");
    EXPECT_EQ(first.loci_compared, 12U);
    EXPECT_EQ(first.loci_agreeing, 12U);
    ASSERT_TRUE(first.evidence.has_value());
    EXPECT_EQ(first.evidence->profiles_searched, 2);
    EXPECT_FALSE(first.evidence->at_legal_minimum);
    EXPECT_FALSE(first.evidence->weights.empty());
    EXPECT_EQ(first.locus_results->size(), 12U);
    EXPECT_EQ(results[0].matches[1].quality, "4");
}

TEST(Identification, no_hit_is_told_and_the_profile_is_destroyed_after_the_search)
{
    Laboratories two;
    add(two.bucharest, person("RO-P-900", "15"));
    auto other = stain("BG-S-100", "12");
    other.genotype[1].alleles = other.genotype[2].alleles;
    ASSERT_TRUE(two.sofia.identification->send(lawful(other), "officer").ok());
    two.carry();

    auto const results = two.sofia.results("2026-0417");
    ASSERT_EQ(results.size(), 1U);
    EXPECT_EQ(results[0].result, message::Outcome::no_hit);
    EXPECT_FALSE(results[0].profile_stored);
    EXPECT_EQ(two.bucharest.database->size(File::kept), 0U);
    EXPECT_FALSE(two.bucharest.identification->open_case("BG/2026-0417", "TEST")
            .value()
            .request.has_value());
    auto const acts = two.bucharest.acts("BG/2026-0417");
    EXPECT_NE(std::ranges::find(acts, "erased"), acts.end());
}

TEST(Identification, a_profile_is_kept_when_asked_and_a_later_hit_is_told)
{
    Laboratories two;
    auto draft = lawful(stain("BG-S-100", "15"));
    draft.storage_asked = true;
    ASSERT_TRUE(two.sofia.identification->send(draft, "officer").ok());
    two.carry();
    auto const first = two.sofia.results("2026-0417");
    ASSERT_EQ(first.size(), 1U);
    EXPECT_TRUE(first[0].profile_stored);
    EXPECT_EQ(first[0].stored_until, parse_date("2027-04-17").value());
    EXPECT_EQ(two.bucharest.database->size(File::kept), 1U);

    add(two.bucharest, person("RO-P-900", "15"));
    two.carry();
    auto const results = two.sofia.results("2026-0417");
    ASSERT_EQ(results.size(), 2U);
    EXPECT_EQ(results[1].later, true);
    ASSERT_EQ(results[1].matches.size(), 1U);
    EXPECT_EQ(results[1].matches[0].profile_number, "BG-S-100");
    EXPECT_EQ(results[1].matches[0].found_number, "RO-P-900");
    EXPECT_EQ(two.sofia.acts("2026-0417").back(), "dna-later-hit-received");
    EXPECT_EQ(two.bucharest.acts("BG/2026-0417").back(), "receipt-received");
    EXPECT_EQ(two.bucharest.row("BG/2026-0417").state, CaseState::answered);
}

TEST(Identification, a_kept_profile_is_destroyed_on_its_day_and_not_before)
{
    Laboratories two;
    auto draft = lawful(stain("BG-S-100", "15"));
    draft.storage_asked = true;
    ASSERT_TRUE(two.sofia.identification->send(draft, "officer").ok());
    two.carry();
    two.bucharest.vault->confirm_day(parse_date("2027-04-17").value());
    two.bucharest.now = parse_instant("2027-04-16T20:00:00Z").value();
    ASSERT_TRUE(two.bucharest.identification->work().ok());
    EXPECT_EQ(two.bucharest.database->size(File::kept), 1U);
    two.bucharest.now = parse_instant("2027-04-17T09:00:00Z").value();
    ASSERT_TRUE(two.bucharest.identification->work().ok());
    EXPECT_EQ(two.bucharest.database->size(File::kept), 0U);
    two.bucharest.open_database();
    EXPECT_EQ(two.bucharest.database->size(File::kept), 0U);
}

TEST(Identification, a_restart_brings_every_profile_back_from_the_vault)
{
    Laboratories two;
    add(two.bucharest, person("RO-P-900", "15"));
    add(two.bucharest, stain("RO-S-901", "16"));
    two.bucharest.open_database();
    EXPECT_EQ(two.bucharest.database->size(File::national), 2U);
    EXPECT_EQ(two.bucharest.database->left_out(), 0U);
}

TEST(Identification, no_allele_of_a_profile_is_on_the_disk_in_the_clear)
{
    Laboratories two;
    add(two.bucharest, person("RO-P-900", "15"));
    ASSERT_TRUE(two.sofia.identification->send(lawful(stain("BG-S-100", "15")), "officer").ok());
    two.carry();
    std::size_t files = 0;
    for (auto* each : { &two.sofia, &two.bucharest })
        for (auto const& file :
            std::filesystem::recursive_directory_iterator { each->folder.path() }) {
            if (!file.is_regular_file()) continue;
            ++files;
            auto const bytes = read_file(file.path(), std::size_t { 1 } << 30U).value();
            EXPECT_EQ(as_text(bytes).find("allele1"), std::string_view::npos) << file.path();
        }
    EXPECT_GE(files, 4U); // a database and a key file each
}

TEST(Identification, two_experts_confirm_a_hit_and_the_other_state_hears_of_it)
{
    Laboratories two;
    add(two.bucharest, person("RO-P-900", "15"));
    ASSERT_TRUE(two.sofia.identification->send(lawful(stain("BG-S-100", "15")), "officer").ok());
    two.carry();
    auto const match = two.sofia.results("2026-0417")[0].matches[0].match;
    auto& desk = *two.sofia.identification;
    ConfirmationDraft draft { match, true, { { "EXPERT-1 TEST", "Laboratory TEST" } },
        "second reading", {} };
    EXPECT_EQ(desk.confirm("2026-0417", draft, "officer").error().field, "experts");
    draft.experts.push_back(draft.experts.front());
    EXPECT_EQ(desk.confirm("2026-0417", draft, "officer").error().field, "experts[1].code");
    draft.experts.back().code = "EXPERT-2 TEST";
    EXPECT_EQ(desk.confirm("2026-0418", draft, "officer").error().field, "number");
    draft.match = "none";
    EXPECT_EQ(desk.confirm("2026-0417", draft, "officer").error().field, "match");
    draft.match = match;
    ASSERT_TRUE(desk.confirm("2026-0417", draft, "officer").ok());
    two.carry();
    EXPECT_EQ(two.bucharest.acts("BG/2026-0417").back(), "dna-confirmation-received");
}

TEST(Identification, the_law_refuses_what_article_20_does_not_allow)
{
    Laboratories two;
    auto& desk = *two.sofia.identification;
    auto draft = lawful(stain("BG-S-100", "15"));
    draft.ground = "other";
    EXPECT_EQ(
        against(desk.try_request(draft).value().decision), std::vector<std::string> { "A20(1)-1" });
    draft = lawful(stain("BG-S-100", "15"));
    draft.form_version = "TEST edition 1";
    EXPECT_EQ(
        against(desk.try_request(draft).value().decision), std::vector<std::string> { "A20(1)-3" });
    draft.form_version = "an edition nobody knows";
    EXPECT_EQ(desk.try_request(draft).value().decision.verdict, Verdict::incomplete);
    draft = lawful(stain("BG-S-100", "15"));
    draft.facts.reset();
    EXPECT_EQ(desk.try_request(draft).value().decision.verdict, Verdict::incomplete);
}

TEST(Identification, a_state_whose_law_does_not_provide_for_it_leaves_the_request_to_an_officer)
{
    Laboratory sofia { 0 }, bucharest { 1, false };
    add(bucharest, person("RO-P-900", "15"));
    ASSERT_TRUE(sofia.identification->send(lawful(stain("BG-S-100", "15")), "officer").ok());
    EXPECT_TRUE(carry_one(sofia, bucharest));
    EXPECT_EQ(bucharest.identification->work().value(), 0U);
    EXPECT_EQ(bucharest.row("BG/2026-0417").state, CaseState::received);
}

TEST(Identification, a_draft_names_what_it_lacks_and_what_is_wrong_with_a_profile)
{
    Laboratories two;
    auto& desk = *two.sofia.identification;
    auto draft = lawful(stain("BG-S-100", "15"));
    draft.case_number.reset();
    draft.profiles.clear();
    EXPECT_EQ(desk.try_request(draft).value().missing,
        (std::vector<std::string> { "caseNumber", "profiles" }));
    draft = lawful(stain("BG-S-100", "15"));
    draft.profiles[0].loci[2].allele_1 = "blue";
    EXPECT_EQ(field_of(desk.try_request(draft)), "profiles[0].loci[2].allele1");
    draft = lawful(stain("BG-S-100", "15"));
    draft.profiles[0].loci[0].name = "D99";
    EXPECT_EQ(field_of(desk.try_request(draft)), "profiles[0].loci[0].name");
    draft = lawful(stain("BG-S-100", "15"));
    draft.profiles[0].profile_number = "Ivan Petrov";
    EXPECT_EQ(field_of(desk.try_request(draft)), "profiles[0].profileNumber");
    draft = lawful(stain("BG-S-100", "15"));
    draft.profiles.resize(profiles_max, draft.profiles[0]);
    EXPECT_TRUE(desk.try_request(draft).ok());
    draft.profiles.push_back(draft.profiles[0]);
    EXPECT_EQ(field_of(desk.try_request(draft)), "profiles");
    draft = lawful(stain("BG-S-100", "15"));
    draft.to = "BG";
    EXPECT_EQ(field_of(desk.try_request(draft)), "to");
}

TEST(Identification, fewer_loci_than_the_rules_ask_for_do_not_leave)
{
    Laboratories two;
    auto& desk = *two.sofia.identification;
    auto draft = lawful(stain("BG-S-100", "15"));
    draft.profiles[0].loci.resize(6);
    EXPECT_TRUE(desk.try_request(draft).ok());
    draft.profiles[0].loci.resize(5);
    EXPECT_EQ(field_of(desk.try_request(draft)), "profiles[0]");
}

TEST(Identification, a_hit_at_the_legal_minimum_says_so_and_asks_for_further_loci)
{
    Laboratories two;
    add(two.bucharest, person("RO-P-900", "15"));
    auto draft = lawful(stain("BG-S-100", "15"));
    draft.profiles[0].loci.resize(6);
    ASSERT_TRUE(two.sofia.identification->send(draft, "officer").ok());
    two.carry();
    auto const results = two.sofia.results("2026-0417");
    ASSERT_EQ(results.size(), 1U);
    ASSERT_EQ(results[0].matches.size(), 1U);
    EXPECT_TRUE(results[0].matches[0].evidence->at_legal_minimum);
    EXPECT_EQ(results[0].matches[0].loci_agreeing, 6U);
}

TEST(Identification, a_profile_of_wildcards_that_would_agree_with_everybody_is_rejected)
{
    Laboratories two;
    add(two.bucharest, person("RO-P-900", "15"));
    auto asked = message_of(stain("BG-S-100", "15"), knowledge().table);
    for (auto& locus : asked.loci) locus.allele_1 = locus.allele_2.emplace("*");
    message::DnaRequest const request { "2026-0417", "investigation", "burglary TEST",
        "investigation-or-proceedings", "TEST edition 2", { asked }, {}, false, true };
    auto const sealed = two.sofia.exchange->seal({ .type = message::Type::dna_request,
        .to = "RO",
        .case_reference = { "2026-0417", {} },
        .legal_basis = { "PCC SEE", { "A20(1)-1" }, law().version() },
        .verdict = "permitted",
        .purpose = "investigation",
        .retention = message::Retention { far, "A31(4)(b)-1" },
        .parts = { { "dna-request", message::schema_of(message::Type::dna_request),
            to_bytes(json::to_text(request)) } } });
    ASSERT_TRUE(sealed.ok());
    auto const id
        = two.sofia.store
              ->write([&](Transaction& t) { return two.sofia.exchange->submit(t, sealed.value()); })
              .value();
    EXPECT_TRUE(carry_one(two.sofia, two.bucharest));
    auto const stored
        = two.sofia.store->read([&](Transaction& t) { return exchange::message_by_id(t, id); })
              .value();
    EXPECT_EQ(stored.state, "rejected");
    EXPECT_EQ(two.bucharest.identification->work().value(), 0U);
}

TEST(Identification, what_a_case_does_not_know_is_rejected_with_the_reason)
{
    Laboratories two;
    message::DnaResult const result { "2026-0417", message::Outcome::no_hit, {}, {}, false };
    auto const sealed = two.bucharest.exchange->seal({ .type = message::Type::dna_result,
        .to = "BG",
        .case_reference = { "BG/2026-0417", "2026-0417" },
        .legal_basis = { "PCC SEE", { "A20(1)-2" }, law().version() },
        .verdict = "permitted",
        .purpose = "investigation",
        .retention = message::Retention { far, "A31(4)(b)-1" },
        .parts = { { "dna-result", message::schema_of(message::Type::dna_result),
            to_bytes(json::to_text(result)) } } });
    ASSERT_TRUE(sealed.ok());
    auto const id = two.bucharest.store
                        ->write([&](Transaction& t) {
                            return two.bucharest.exchange->submit(t, sealed.value());
                        })
                        .value();
    EXPECT_TRUE(carry_one(two.bucharest, two.sofia));
    auto const stored
        = two.bucharest.store->read([&](Transaction& t) { return exchange::message_by_id(t, id); })
              .value();
    EXPECT_EQ(stored.state, "rejected");
}

TEST(Identification, a_comparison_that_fails_waits_twice_as_long_each_time_and_holds_nobody_up)
{
    Laboratory sofia { 0 };
    Task const bad { TaskKind::request, "bad" }, good { TaskKind::request, "good" };
    auto const subjects = [&] {
        std::vector<std::string> out;
        for (auto const& each :
            sofia.store->read([&](Transaction& t) { return tasks(t, sofia.now, 64); }).value())
            out.push_back(each.subject);
        return out;
    };
    auto const postpone = [&] {
        return sofia.store->write([&](Transaction& t) { return postpone_task(t, bad, sofia.now); })
            .value();
    };
    ASSERT_TRUE(sofia.store
            ->write([&](Transaction& t) -> Result<void> {
                TRY(insert_task(t, bad));
                return insert_task(t, good);
            })
            .ok());
    EXPECT_EQ(subjects(), (std::vector<std::string> { "bad", "good" }));
    EXPECT_EQ(postpone(), 1);
    EXPECT_EQ(subjects(), std::vector<std::string> { "good" });
    sofia.now += postponed_first;
    EXPECT_EQ(subjects(), (std::vector<std::string> { "bad", "good" }));
    EXPECT_EQ(postpone(), 2);
    sofia.now += postponed_first;
    EXPECT_EQ(subjects(), std::vector<std::string> { "good" });
    sofia.now += postponed_first;
    EXPECT_EQ(subjects().size(), 2U);
    for (int i = 0; i < 40; ++i) postpone();
    sofia.now += postponed_most;
    EXPECT_EQ(subjects().size(), 2U);
}

TEST(Identification, a_state_that_asks_too_often_waits_for_an_officer)
{
    Laboratory sofia { 0 }, bucharest { 1 };
    add(bucharest, person("RO-P-900", "15"));
    bucharest.make_identification({ .party = "RO",
        .unit = bucharest.keys.of.unit,
        .supervisor_permission = true,
        .asked_per_day_max = 1 });
    for (auto const* number : { "2026-0417", "2026-0418" }) {
        auto draft = lawful(stain("BG-S-100", "15"));
        draft.case_number = number;
        ASSERT_TRUE(sofia.identification->send(draft, "officer").ok());
        EXPECT_TRUE(carry_one(sofia, bucharest));
        EXPECT_TRUE(bucharest.identification->work().ok());
    }
    EXPECT_EQ(bucharest.row("BG/2026-0417").state, CaseState::answered);
    EXPECT_EQ(bucharest.row("BG/2026-0418").state, CaseState::received);
    auto const acts = bucharest.acts("BG/2026-0418");
    EXPECT_NE(std::ranges::find(acts, "dna-asked-too-often"), acts.end());
}

} // namespace comity::identification
