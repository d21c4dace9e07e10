#include "http/trial_whole_desk_test.h"

#include <gtest/gtest.h>

/// First connections over HTTP: what of bad input is named, and who does not need to know a run.
namespace comity::http {
namespace {

using namespace trial;

constexpr std::string_view draft = R"({"to":"RO","caseNumber":"2026-0500","kind":"stain",
    "purpose":"investigation","offence":"open stains TEST","ground":"investigation-or-proceedings",
    "costsAccepted":true,"eraseBy":"2027-04-17","facts":{"comparison-lawful":true}})";
constexpr std::string_view file
    = R"({"eraseBy":"2030-01-01","table":
    "reference,category,kit,laboratory,iso17025,)"
      R"(D3S1358_1,D3S1358_2,vWA_1,vWA_2,TH01_1,TH01_2,FGA_1,FGA_2,)"
      R"(D8S1179_1,D8S1179_2,D18S51_1,D18S51_2\nBG-S-1,unknown-stain,,Laboratory TEST,yes,)"
      R"(15,18,17,17,6,9.3,21,24,12,13,14,17\n"})";
constexpr auto at_run = "/v1/dna/runs/2026-0500";

/// The case officer has proposed a run; nobody else was named.
struct Proposed : WholeDesk {
    std::map<std::string, std::vector<Field>, std::less<>> signed_in;

    Proposed()
    {
        MUST(as("case", "POST", "/v1/dna/profiles", file).status < 300);
        MUST(as("case", "POST", "/v1/dna/runs", draft).status == 201);
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
    /// "200", the paragraph of a 403, or the field that is wrong.
    std::string got(std::string const& who, std::string_view method, std::string const& path,
        std::string_view text = "")
    {
        auto const response = as(who, method, path, text);
        if (response.status < 400) return std::to_string(response.status);
        auto const error = body(response).at("error").as_object();
        return std::string { error.at(response.status == 403 ? "provision" : "field").as_string() };
    }
};

} // namespace

TEST(DnaRunRoutes, a_run_is_closed_to_every_role_that_was_not_named)
{
    Proposed desk;
    std::string const run = at_run;
    for (auto const* who : { "duty", "liaison", "centre" }) {
        EXPECT_EQ(desk.got(who, "GET", run), "A32(1)") << who;
        EXPECT_EQ(desk.got(who, "GET", run + "/portions/1"), "A32(1)") << who;
    }
    for (auto const* step : { "agree", "begin", "stop", "resume" })
        EXPECT_EQ(desk.got("duty", "POST", run + "/steps",
                      std::string { R"({"reason":"TEST","step":")" } + step + R"("})"),
            "A32(1)")
            << step;
    for (auto const* who : { "case", "protection" })
        EXPECT_EQ(desk.got(who, "GET", run), "200") << who;
    EXPECT_EQ(desk.got("analyst", "GET", run), "A31(4)(d)");
}

TEST(DnaRunRoutes, the_list_says_to_every_reader_that_a_run_is_there_and_no_more)
{
    Proposed desk;
    auto const line = [&](char const* who) {
        auto const listed = Proposed::body(desk.as(who, "GET", "/v1/dna/runs"));
        return listed.at("runs").as_array().at(0).as_object();
    };
    EXPECT_TRUE(line("case").contains("run"));
    EXPECT_FALSE(line("duty").contains("run"));
    EXPECT_EQ(line("duty").at("state"), "proposed");
    EXPECT_EQ(line("duty").at("number"), "2026-0500");
}

TEST(DnaRunRoutes, bad_input_is_named_by_its_field)
{
    Proposed desk;
    std::string const run = at_run;
    auto const step
        = [&](std::string_view text) { return desk.got("case", "POST", run + "/steps", text); };
    EXPECT_EQ(step(R"({"step":"destroy"})"), "step");
    EXPECT_EQ(step(R"({"step":"stop"})"), "reason");
    EXPECT_EQ(step(R"({"step":"begin","force":true})"), "force");
    EXPECT_EQ(step(R"({"step":"begin"})"), "number") << "nobody agreed";
    EXPECT_EQ(step(R"({"step":"agree"})"), "number") << "it is our own";
    EXPECT_EQ(desk.got("case", "GET", run + "?after=-1"), "after");
    EXPECT_EQ(desk.got("case", "GET", run + "?after=two"), "after");
    EXPECT_EQ(desk.got("case", "GET", run + "?after=99999999999999999999"), "after");
    EXPECT_EQ(desk.got("case", "GET", run + "/portions/one"), "portion");
    EXPECT_EQ(desk.got("case", "GET", "/v1/dna/runs/2026-0501"), "number");
    EXPECT_EQ(desk.got("case", "POST", "/v1/dna/runs", draft), "caseNumber") << "in use";
    EXPECT_EQ(desk.got("case", "POST", "/v1/dna/runs", R"({"kind":"person"})"), "kind");
    EXPECT_EQ(desk.got("case", "POST", "/v1/dna/runs", R"({"kind":["stain"]})"), "kind");
}

} // namespace comity::http
