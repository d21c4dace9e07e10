#include "http/trial_whole_desk_test.h"

#include <gtest/gtest.h>

/// A case of one officer as the others meet it: each path that leads to it, by each role.
namespace comity::http {
namespace {

using namespace trial;

constexpr std::string_view draft = R"({"to":"RO","kind":"vehicle-owner","plate":"B 123 ABC",
    "purpose":"investigation","offence":"vehicle theft","needGround":"identify-owner",
    "caseNumber":"2026-0417","eraseBy":"2027-04-17"})";

/// The case officer has sent a request; nobody else was named.
struct Kept : WholeDesk {
    std::map<std::string, std::vector<Field>, std::less<>> signed_in;
    std::string message;

    Kept()
    {
        auto const sent = as("case", "POST", "/v1/requests", draft);
        MUST(sent.status == 201);
        message = body(sent).at("messageId").as_string();
    }
    Response as(std::string const& who, std::string_view method, std::string const& path,
        std::string_view text = "")
    {
        auto found = signed_in.find(who);
        if (found == signed_in.end()) found = signed_in.emplace(who, headers_of(who)).first;
        return serve(method, path, found->second, text);
    }
    static json::Object body(Response const& response)
    {
        return json::parse(as_text(response.body)).take().as_object();
    }
    /// "200", or the paragraph of a 403.
    std::string got(std::string const& who, std::string_view method, std::string const& path,
        std::string_view text = "")
    {
        auto const response = as(who, method, path, text);
        if (response.status != 403) return std::to_string(response.status);
        return std::string { body(response).at("error").at("provision").as_string() };
    }
};

constexpr auto at_case = "/v1/cases/2026-0417";

std::string field_of(Response const& refused)
{
    return std::string { Kept::body(refused).at("error").at("field").as_string() };
}

} // namespace

TEST(CaseAccess, a_case_and_its_messages_are_closed_to_every_role_that_was_not_named)
{
    Kept desk;
    auto const at_message = "/v1/messages/" + desk.message;
    for (auto const* who : { "duty", "liaison", "centre" }) {
        EXPECT_EQ(desk.got(who, "GET", at_case), "A32(1)") << who;
        EXPECT_EQ(desk.got(who, "GET", at_message), "A32(1)") << who;
    }
    for (auto const* who : { "case", "protection" }) {
        EXPECT_EQ(desk.got(who, "GET", at_case), "200") << who;
        EXPECT_EQ(desk.got(who, "GET", at_message), "200") << who;
    }
    EXPECT_EQ(desk.got("analyst", "GET", at_case), "A31(4)(d)");
    EXPECT_EQ(desk.got("administrator", "GET", at_case), "A31(4)(d)");
    auto const refused = Kept::body(desk.as("duty", "GET", at_case));
    EXPECT_EQ(refused.at("error").at("field"), "access");
    EXPECT_EQ(as_text(desk.as("duty", "GET", at_case).body).find("vehicle theft"),
        std::string_view::npos);
}

TEST(CaseAccess, everybody_who_reads_cases_sees_that_it_is_there_and_whose_it_is)
{
    Kept desk;
    auto const list = Kept::body(desk.as("duty", "GET", std::string { at_case } + "/access"));
    EXPECT_EQ(list.at("open"), false);
    EXPECT_EQ(list.at("taken"), true);
    EXPECT_EQ(list.at("holders").as_array().size(), 1U);
    auto const inbox = Kept::body(desk.as("duty", "GET", "/v1/inbox"));
    auto const& item = inbox.at("items").as_array().at(0).as_object();
    EXPECT_EQ(item.at("open"), false);
    EXPECT_FALSE(item.at("title").as_object().contains("plate"));
    auto const own = Kept::body(desk.as("case", "GET", "/v1/inbox"));
    EXPECT_TRUE(own.at("items").as_array().at(0).at("title").as_object().contains("plate"));
}

TEST(CaseAccess, who_has_the_case_names_an_officer_of_this_desk_and_ends_him_again)
{
    Kept desk;
    std::string const access = std::string { at_case } + "/access";
    EXPECT_EQ(desk.got("liaison", "POST", access, R"({"officer":"liaison"})"), "A31(4)(d)");
    EXPECT_EQ(field_of(desk.as("liaison", "POST", access, R"({"officer":"liaison"})")), "officer")
        << "he may ask another: the words are not those of a case that is closed to him";
    EXPECT_EQ(desk.got("duty", "POST", access, R"({"officer":"duty"})"), "A32(1)");
    EXPECT_EQ(field_of(desk.as("duty", "POST", access, R"({"officer":"duty"})")), "access");
    for (auto const* nobody : { "nobody", "analyst", "administrator", "abroad.case" })
        EXPECT_EQ(
            desk.got("case", "POST", access, std::string { R"({"officer":")" } + nobody + R"("})"),
            "400")
            << nobody;
    auto const named = desk.as("case", "POST", access, R"({"officer":"liaison","reason":"TEST"})");
    ASSERT_EQ(named.status, 200);
    EXPECT_EQ(desk.got("liaison", "GET", at_case), "200");
    auto const account = std::string {
        Kept::body(named).at("holders").as_array().at(1).at("account").as_string()
    };
    EXPECT_EQ(desk.got("case", "POST", access + "/" + account + "/end", "{}"), "200");
    EXPECT_EQ(desk.got("liaison", "GET", at_case), "A32(1)");
    EXPECT_EQ(desk.got("case", "POST", access + "/" + account + "/end", "{}"), "404");
}

TEST(CaseAccess, an_emergency_opening_is_the_duty_officers_and_states_its_reason)
{
    Kept desk;
    std::string const emergency = std::string { at_case } + "/emergency";
    EXPECT_EQ(desk.got("liaison", "POST", emergency, R"({"reason":"TEST"})"), "A31(4)(d)");
    EXPECT_EQ(desk.got("duty", "POST", emergency, "{}"), "400");
    EXPECT_EQ(
        desk.got("duty", "POST", emergency, R"({"reason":"A child is missing TEST"})"), "200");
    EXPECT_EQ(desk.got("duty", "GET", at_case), "200");
    auto const inbox = Kept::body(desk.as("case", "GET", "/v1/inbox"));
    EXPECT_EQ(inbox.at("items").as_array().at(0).at("brokenIn"), true);
    EXPECT_EQ(desk.got("duty", "POST", std::string { at_case } + "/take"), "A32(1)");
}

TEST(CaseAccess, a_step_and_its_proposals_are_for_who_needs_to_know)
{
    Kept desk;
    auto const judged = Kept::body(desk.as("duty", "POST",
        std::string { at_case } + "/step-decisions", R"({"type":"request-withdrawal"})"));
    EXPECT_EQ(judged.at("closed").at("objections").as_array().at(0).at("provision"), "A32(1)");
    EXPECT_TRUE(Kept::body(desk.as("duty", "GET", std::string { at_case } + "/errands"))
            .at("errands")
            .as_array()
            .empty());
    EXPECT_EQ(desk.got("duty", "POST", std::string { at_case } + "/errands", R"({"text":"TEST"})"),
        "A32(1)");
    EXPECT_EQ(desk.got("case", "POST", std::string { at_case } + "/errands", R"({"text":"TEST"})"),
        "200");
    auto const shift = Kept::body(desk.as("case", "GET", "/v1/shift"));
    EXPECT_EQ(shift.at("errands").as_array().at(0).at("text"), "TEST");
    EXPECT_EQ(shift.at("open").as_array().size(), 1U);
}

TEST(CaseAccess, a_clearance_and_a_compartment_reach_the_vault_from_the_account)
{
    WholeDesk desk;
    ASSERT_TRUE(
        desk.access.set_clearance("case", { 2, { access::Compartment::witness_protection } }).ok());
    auto const opened = desk.access.sign_in("case", password, "127.0.0.1").take();
    auto const officer = officer_of(*opened.session);
    EXPECT_EQ(officer.clearance, 2);
    EXPECT_EQ(officer.compartments, std::vector { access::Compartment::witness_protection });
    EXPECT_FALSE(officer.keeps_desk || officer.may_break_in || officer.sees_all);
    EXPECT_TRUE(officer.has_account);
    EXPECT_EQ(officer.account, opened.session->account.id);
}

} // namespace comity::http
