#include "http/trial_desk_test.h"

#include <gtest/gtest.h>

namespace comity::http {
namespace {

using namespace trial;

constexpr std::string_view lawful = R"({"to":"RO","caseNumber":"2026-0500",
    "purpose":"investigation","offence":"burglary TEST","ground":"investigation-or-proceedings",
    "eraseBy":"2027-04-17","facts":{"comparison-lawful":true},"profiles":[{
        "profileNumber":"BG-S-100","kind":"stain","laboratory":"Laboratory TEST","iso17025":true,
        "loci":[{"name":"D3S1358","allele1":"15","allele2":"18"},
            {"name":"vWA","allele1":"17","allele2":"17"},
            {"name":"TH01","allele1":"6","allele2":"9.3"},
            {"name":"FGA","allele1":"21","allele2":"24"},
            {"name":"D8S1179","allele1":"12","allele2":"13"},
            {"name":"D18S51","allele1":"14","allele2":"17"}]}]})";

std::string with(std::string_view old, std::string_view fresh)
{
    std::string out { lawful };
    out.replace(out.find(old), old.size(), fresh);
    return out;
}

constexpr std::string_view table
    = "reference,category,kit,laboratory,iso17025,D3S1358_1,D3S1358_2,vWA_1,vWA_2\\n"
      "BG-TEST-1,known-person,,Laboratory TEST,yes,15,18,17,17\\n";

} // namespace

TEST(DnaRoutes, a_draft_is_judged_without_effect_and_sent_with)
{
    Sofia sofia;
    auto const tried = sofia.call("try_dna_request", Sofia::with(lawful));
    ASSERT_TRUE(tried.ok()) << tried.error().what;
    auto const& judged = tried.value();
    EXPECT_EQ(judged.at("permitted"), true) << json::print(judged);
    EXPECT_FALSE(sofia.call("read_dna_case", Sofia::at("number", "2026-0500")).ok());
    auto const sent = sofia.call("send_dna_request", Sofia::with(lawful)).value();
    EXPECT_EQ(sofia.status, 201);
    EXPECT_EQ(sent.at("messages").as_array().size(), 1U);
    auto const shown = sofia.call("read_dna_case", Sofia::at("number", "2026-0500")).value();
    EXPECT_EQ(shown.at("request").at("profiles").at(0).at("profileNumber"), "BG-S-100");
    EXPECT_EQ(shown.at("results").as_array().size(), 0U);
    auto const page = sofia.call("read_case", Sofia::at("number", "2026-0500")).value();
    EXPECT_EQ(page.at("kind"), "dna-comparison");
    auto const inbox = sofia.call("list_inbox", {}).value();
    EXPECT_EQ(inbox.at("items").as_array().size(), 1U);
}

TEST(DnaRoutes, what_article_20_refuses_is_a_result_and_nothing_is_kept)
{
    Sofia sofia;
    auto const draft = with("investigation-or-proceedings", "other");
    auto const outcome = sofia.call("send_dna_request", Sofia::with(draft)).value();
    EXPECT_EQ(sofia.status, 200);
    EXPECT_EQ(outcome.at("decisions").at(0).at("decision").at("verdict"), "refused");
    EXPECT_EQ(sofia.call("list_inbox", {}).value().at("items").as_array().size(), 0U);
}

TEST(DnaRoutes, bad_input_names_its_field)
{
    Sofia sofia;
    auto const field = [&](std::string_view operation, std::string const& body) {
        auto const outcome = sofia.call(operation, Sofia::with(body));
        return outcome.ok() ? json::print(outcome.value()) : outcome.error().field;
    };
    EXPECT_EQ(field("try_dna_request", R"({"to":"RO","colour":"red","profiles":[]})"), "colour");
    EXPECT_EQ(field("try_dna_request", with("\"21\"", "\"blue\"")), "profiles[0].loci[3].allele1");
    EXPECT_EQ(
        field("try_dna_request", with("BG-S-100", "Ivan Petrov")), "profiles[0].profileNumber");
    EXPECT_EQ(
        field("add_dna_profiles", R"({"table":"reference\nx","eraseBy":"2030-01-01"})"), "table");
    EXPECT_EQ(field("add_dna_profiles",
                  R"({"table":")" + std::string { table } + R"(","eraseBy":"2026-04-17"})"),
        "eraseBy");
    EXPECT_EQ(
        field("confirm_dna_match", R"({"match":"m","confirmed":true,"method":"m"})"), "experts");
}

TEST(DnaRoutes, a_comparison_that_was_not_asked_of_us_is_not_ours_to_release)
{
    Sofia sofia;
    ASSERT_TRUE(sofia.call("send_dna_request", Sofia::with(lawful)).ok());
    for (auto const* number : { "2026-0500", "none" })
        EXPECT_EQ(sofia.call("release_dna_result", Sofia::at("number", number)).error().kind,
            Error::Kind::not_found);
}

TEST(DnaRoutes, typing_is_ordered_where_the_comparison_was_asked_for_and_its_fields_are_read)
{
    Sofia sofia;
    ASSERT_TRUE(sofia.call("send_dna_request", Sofia::with(lawful)).ok());
    auto const order = [&](std::string_view body) {
        auto request = Sofia::with(body);
        request.path_values = Sofia::at("number", "2026-0500").path_values;
        return sofia.call("order_dna_typing", request).error();
    };
    EXPECT_EQ(
        order(R"({"match":"m","loci":["TH01"],"laboratory":"L TEST","day":"2026-04-17"})").kind,
        Error::Kind::not_found);
    EXPECT_EQ(
        order(R"({"match":"m","loci":["TH01"],"laboratory":"L TEST","day":"soon"})").field, "day");
}

TEST(DnaRoutes, profiles_of_a_table_go_into_the_national_file_all_or_none)
{
    Sofia sofia;
    auto const body = R"({"table":")" + std::string { table } + R"(","eraseBy":"2026-04-18"})";
    EXPECT_EQ(sofia.call("add_dna_profiles", Sofia::with(body)).value().at("added"), 1);
    EXPECT_EQ(sofia.call("read_dna", {}).value().at("nationalProfiles"), 1);
    EXPECT_EQ(
        sofia.call("add_dna_profiles", Sofia::with(body)).error().kind, Error::Kind::conflict);
    EXPECT_EQ(sofia.call("read_dna", {}).value().at("nationalProfiles"), 1);
}

TEST(DnaRoutes, a_relative_is_held_with_consent_reckoned_with_and_destroyed_on_withdrawal)
{
    Sofia sofia;
    constexpr std::string_view relative = R"({"profile":{"profileNumber":"BG-R-1",
        "kind":"relative","laboratory":"Laboratory TEST","iso17025":true,"loci":[
            {"name":"D3S1358","allele1":"15","allele2":"18"},
            {"name":"vWA","allele1":"17","allele2":"17"},
            {"name":"TH01","allele1":"6","allele2":"9.3"},
            {"name":"FGA","allele1":"21","allele2":"24"},
            {"name":"D8S1179","allele1":"12","allele2":"13"},
            {"name":"D18S51","allele1":"14","allele2":"17"}]},
        "consent":{"number":"BG-C-1","givenBy":"RELATIVE-1 TEST","takenBy":"officer TEST",
            "givenOn":"2026-04-01","missingPerson":"MISSING-1 TEST","validUntil":"2030-01-01"}})";
    ASSERT_TRUE(sofia.call("add_dna_relative", Sofia::with(relative)).ok());
    EXPECT_EQ(sofia.status, 201);
    auto const listed = sofia.call("list_dna_relatives", {}).value().at("relatives");
    EXPECT_EQ(listed.at(0).at("consent").at("number"), "BG-C-1");
    EXPECT_EQ(json::print(listed).find("allele"), std::string::npos);
    auto const expected = sofia.call("expect_kin",
        Sofia::with(R"({"family":{"relatives":[{"relation":"mother","profileNumber":"BG-R-1"}]},
            "profiles":1000})"));
    ASSERT_TRUE(expected.ok()) << expected.error().what;
    EXPECT_EQ(expected.value().at("leastLog10Ratio").as_double(), 3);
    EXPECT_LT(expected.value().at("chanceFound").as_double(), 0.5); // one relative, six loci
    EXPECT_EQ(expected.value().at("helps").as_array().size(), 12U);
    EXPECT_EQ(expected.value().at("family").at("missingMember"), "missing");
    auto gone = Sofia::at("reference", "BG-R-1");
    EXPECT_TRUE(sofia.call("withdraw_dna_consent", gone).ok());
    EXPECT_EQ(sofia.call("withdraw_dna_consent", gone).error().kind, Error::Kind::not_found);
}

TEST(DnaRoutes, an_audit_holds_observed_pairs_against_expected_ones)
{
    Sofia sofia;
    auto const audited
        = sofia.call("audit_dna_profiles", Sofia::with(R"({"category":"known-person"})"));
    ASSERT_TRUE(audited.ok()) << audited.error().what;
    EXPECT_EQ(audited.value().at("profiles"), 0);
    EXPECT_EQ(audited.value().at("fullObserved"), 0);
    EXPECT_EQ(sofia.call("audit_dna_profiles", Sofia::with(R"({"category":"x"})")).error().field,
        "category");
}

TEST(DnaRoutes, a_larger_file_is_audited_beside_the_desk_which_asks_how_far_it_is)
{
    Sofia sofia;
    auto const endpoints = [&](std::uint64_t at_once) {
        auto rooms = sofia.dna_rooms;
        rooms.audited_at_once_max = at_once;
        sofia.endpoints = dna_endpoints(rooms);
    };
    auto const body = R"({"table":")" + std::string { table } + R"(","eraseBy":"2026-04-18"})";
    ASSERT_TRUE(sofia.call("add_dna_profiles", Sofia::with(body)).ok());
    EXPECT_EQ(sofia.call("read_dna_audit", {}).error().kind, Error::Kind::not_found);
    auto const persons = Sofia::with(R"({"category":"known-person"})");
    endpoints(1);
    ASSERT_TRUE(sofia.call("audit_dna_profiles", persons).ok());
    EXPECT_EQ(sofia.status, 200);
    endpoints(0);
    auto const begun = sofia.call("audit_dna_profiles", persons);
    ASSERT_TRUE(begun.ok()) << begun.error().what;
    EXPECT_EQ(sofia.status, 202);
    EXPECT_EQ(begun.value().at("all"), 1);
    sofia.audits.wait();
    auto const done = sofia.call("read_dna_audit", {}).value();
    EXPECT_EQ(done.at("running"), false);
    EXPECT_EQ(done.at("done"), 1);
    EXPECT_EQ(done.at("audit").at("profiles"), 1);
}

} // namespace comity::http
