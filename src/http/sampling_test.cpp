#include "http/trial_desk_test.h"

#include <gtest/gtest.h>

namespace comity::http {
namespace {

using namespace trial;

constexpr std::string_view wanted = R"({"to":"RO","caseNumber":"2026-0950",
    "purpose":"investigation","purposeWanted":"to compare with a stain TEST",
    "person":{"kind":"lawful","familyName":"Ivanova TEST","nationalities":["BG"]},
    "whereabouts":{"name":"Bucuresti TEST","state":"RO"},
    "order":"Order 17/2026 of the court TEST","statement":"The same holds at home TEST.",
    "costsAccepted":true,"eraseBy":"2027-04-17","facts":{"profile-available":false},
    "files":[1]})";

/// A desk whose officer has brought the order.
struct Desk : Sofia {
    Desk()
    {
        auto const bytes = to_bytes("%PDF-1.7 Order TEST");
        auto const begun
            = casework.files().begin({ "order TEST.pdf", bytes.size() }, officer_of(session));
        MUST(casework.files().put(begun.value().number, 1, bytes, officer_of(session)).ok());
    }
};

std::string with(std::string_view old, std::string_view fresh)
{
    std::string out { wanted };
    out.replace(out.find(old), old.size(), fresh);
    return out;
}

} // namespace

TEST(SamplingRoutes, a_draft_is_judged_without_effect_and_sent_with)
{
    Desk sofia;
    auto const tried = sofia.call("try_dna_sample", Sofia::with(wanted));
    ASSERT_TRUE(tried.ok()) << tried.error().what;
    EXPECT_EQ(tried.value().at("permitted"), true) << json::print(tried.value());
    // What A20(3)(c) leaves to the other Party is shown as not known yet.
    EXPECT_EQ(tried.value().at("decisions").at(0).at("decision").at("verdict"), "incomplete");
    EXPECT_FALSE(sofia.call("read_dna_sample", Sofia::at("number", "2026-0950")).ok());
    auto const sent = sofia.call("send_dna_sample", Sofia::with(wanted)).value();
    EXPECT_EQ(sofia.status, 201);
    EXPECT_EQ(sent.at("messages").as_array().size(), 1U);
    auto const shown = sofia.call("read_dna_sample", Sofia::at("number", "2026-0950")).value();
    EXPECT_EQ(shown.at("status"), "not-permitted");
    EXPECT_EQ(shown.at("request").at("purposeWanted"), "to compare with a stain TEST");
    EXPECT_EQ(sofia.call("read_case", Sofia::at("number", "2026-0950")).value().at("kind"),
        "dna-sampling");
}

// A20(3)(a)
TEST(SamplingRoutes, an_empty_purpose_is_refused_with_its_field_named_and_nothing_is_kept)
{
    Desk sofia;
    auto const draft = with("to compare with a stain TEST", " ");
    auto const outcome = sofia.call("send_dna_sample", Sofia::with(draft)).value();
    EXPECT_EQ(sofia.status, 200);
    EXPECT_EQ(outcome.at("permitted"), false);
    EXPECT_EQ(outcome.at("missing").at(0), "purposeWanted");
    EXPECT_EQ(outcome.at("decisions").at(0).at("decision").at("verdict"), "refused");
    EXPECT_EQ(sofia.call("list_inbox", {}).value().at("items").as_array().size(), 0U);
}

// A20(3)(b)
TEST(SamplingRoutes, an_order_without_its_document_is_refused_and_nothing_is_kept)
{
    Desk sofia;
    auto const outcome
        = sofia.call("send_dna_sample", Sofia::with(with(R"("files":[1])", R"("files":[])")))
              .value();
    EXPECT_EQ(sofia.status, 200);
    EXPECT_EQ(outcome.at("missing").at(0), "files");
    EXPECT_EQ(outcome.at("decisions").at(0).at("decision").at("verdict"), "refused");
    EXPECT_EQ(sofia.call("list_inbox", {}).value().at("items").as_array().size(), 0U);
}

TEST(SamplingRoutes, bad_input_names_its_field)
{
    Desk sofia;
    auto const field = [&](std::string_view operation, std::string const& body) {
        auto const outcome = sofia.call(operation, Sofia::with(body));
        return outcome.ok() ? json::print(outcome.value()) : outcome.error().field;
    };
    EXPECT_EQ(field("try_dna_sample", with("\"to\"", "\"colour\"")), "colour");
    EXPECT_EQ(field("try_dna_sample", with("lawful", "unlawful")), "person.kind");
    EXPECT_EQ(field("try_dna_sample", with("\"RO\"", "\"XX\"")), "to");
    EXPECT_EQ(field("try_dna_sample", with("profile-available", "sampling-lawful")),
        "facts.sampling-lawful");
    EXPECT_EQ(field("send_dna_sample", with("[1]", "[7]")), "files[0]");
    EXPECT_EQ(field("take_dna_sample_step", R"({"step":"begun"})"), "step");
}

TEST(SamplingRoutes, a_sample_of_ours_is_for_the_other_party_to_decide_and_has_no_profile_yet)
{
    Desk sofia;
    ASSERT_TRUE(sofia.call("send_dna_sample", Sofia::with(wanted)).ok());
    auto step = Sofia::with(R"({"step":"permitted","conditionsMet":"TEST",
        "facts":{"sampling-lawful":true}})");
    step.path_values.push_back({ "number", "2026-0950" });
    for (auto const* operation : { "try_dna_sample_step", "take_dna_sample_step" })
        EXPECT_EQ(sofia.call(operation, step).error().kind, Error::Kind::conflict);
    EXPECT_EQ(sofia.call("compare_dna_sample", Sofia::at("number", "2026-0950")).error().kind,
        Error::Kind::conflict);
    EXPECT_EQ(sofia.call("compare_dna_sample", Sofia::at("number", "none")).error().kind,
        Error::Kind::not_found);
}

TEST(SamplingRoutes, who_does_not_need_to_know_the_sample_is_told_the_paragraph)
{
    Desk sofia;
    ASSERT_TRUE(sofia.call("send_dna_sample", Sofia::with(wanted)).ok());
    sofia.session.account.id = "other";
    sofia.session.account.roles = { access::Role::case_officer };
    auto const told = sofia.call("compare_dna_sample", Sofia::at("number", "2026-0950"));
    EXPECT_EQ(sofia.status, 403);
    EXPECT_EQ(told.value().at("error").at("provision"), "A32(1)");
    EXPECT_EQ(told.value().at("error").at("field"), "access");
}

} // namespace comity::http
