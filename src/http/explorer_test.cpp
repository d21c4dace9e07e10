#include "http/explorer.h"

#include "base/file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace comity::http {
namespace {

std::string read_text(std::filesystem::path const& path)
{
    return std::string { as_text(read_file(path).value()) };
}

treaty::Law const& law()
{
    static auto const read = [] {
        treaty::Files files;
        for (auto const name : treaty::law_file_names())
            files.push_back({ std::string { name },
                read_text(std::filesystem::path { "data/treaty" } / name) });
        return treaty::read_law(files, [](std::string_view) {
            return std::string { "TEST" };
        }).take();
    }();
    return read;
}

treaty::Commentary const& commentary()
{
    static auto const made = treaty::Commentary::make(law(),
        { { "a41_reservations.case", read_text("tests/cases/treaty/a41_reservations.case") } }, {})
                                 .take();
    return made;
}

/// Calls an operation as the router does once its guards have let it pass.
Result<json::Value> call(std::string_view operation, Request request)
{
    Clock const clock = [] { return parse_instant("2026-04-17T09:14:00Z").value(); };
    for (auto const& endpoint : explorer_endpoints(commentary(), law(), clock))
        if (endpoint.operation == operation) {
            auto const response = endpoint.handle(request, nullptr);
            if (!response.ok()) return response.error();
            EXPECT_EQ(response.value().status, 200);
            return json::parse(as_text(response.value().body));
        }
    return Error { Error::Kind::not_found, "no such operation" };
}

Request article(std::string_view number, std::string_view on = {})
{
    Request request;
    request.path_values.push_back({ "number", std::string { number } });
    if (!on.empty()) request.query.push_back({ "on", std::string { on } });
    return request;
}

Request with(std::string_view body)
{
    Request request;
    request.headers.push_back({ "content-type", "application/json" });
    request.body = to_bytes(body);
    return request;
}

} // namespace

TEST(Explorer, lists_the_articles_and_shows_one_as_of_today)
{
    auto const list = call("list_articles", {}).value();
    EXPECT_EQ(list.at("articles").as_array().size(), 43);
    EXPECT_EQ(list.at("lawVersion"), "TEST");
    auto const shown = call("read_article", article("41")).value();
    EXPECT_EQ(shown.at("on"), "2026-04-17");
    auto const& provisions = shown.at("provisions").as_array();
    auto const found = std::ranges::find_if(
        provisions, [](auto const& each) { return each.at("id") == "RES-BG(1)"; });
    ASSERT_NE(found, provisions.end());
    EXPECT_EQ(found->at("effect"), "requires");
}

TEST(Explorer, an_article_follows_the_date_that_is_asked)
{
    auto const of = [](std::string_view on) {
        auto const shown = call("read_article", article("34", on)).value();
        return shown.at("parameters").at(0).at("when").as_string();
    };
    EXPECT_EQ(of("2010-12-09"), "not-yet");
    EXPECT_EQ(of("2010-12-10"), "in-effect");
}

TEST(Explorer, judges_what_it_is_told_as_the_command_line_does)
{
    auto const cases = call("list_article_cases", article("41")).value().at("cases").as_array();
    ASSERT_FALSE(cases.empty());
    for (auto const& each : cases) {
        auto const decision = call("check_situation", with(json::print(each.at("situation"))));
        EXPECT_EQ(decision.value().at("verdict"), each.at("verdict")) << each.at("title");
    }
}

TEST(Explorer, tells_every_measure_with_its_facts)
{
    auto const told = call("list_measures", {}).value();
    EXPECT_EQ(told.at("measures").as_array().size(), treaty::measure_count);
    EXPECT_EQ(told.at("facts").at(0).at("name"), "purpose");
}

TEST(Explorer, tells_the_status_on_a_date)
{
    Request day;
    day.query.push_back({ "on", "2009-02-28" });
    auto const parties = call("read_status", day).value().at("parties").as_array();
    auto const bulgaria
        = std::ranges::find_if(parties, [](auto const& each) { return each.at("code") == "BG"; });
    EXPECT_EQ(bulgaria->at("when"), "not-yet");
}

TEST(Explorer, bad_input_is_an_error_that_names_the_field)
{
    auto const error = [](std::string_view operation, Request const& request) {
        return call(operation, request).error();
    };
    EXPECT_EQ(error("read_article", article("x")).kind, Error::Kind::malformed);
    EXPECT_EQ(error("read_article", article("4x")).field, "number");
    EXPECT_EQ(error("read_article", article("43")).kind, Error::Kind::not_found);
    EXPECT_EQ(error("list_article_cases", article("43")).kind, Error::Kind::not_found);
    EXPECT_EQ(error("list_article_cases", article("")).field, "number");
    EXPECT_EQ(error("read_article", article("4", "2026-02-29")).field, "on");
    EXPECT_EQ(error("check_situation", with("{")).kind, Error::Kind::malformed);
    EXPECT_EQ(error("check_situation",
                  with(R"({"measure":"tea","requesting":"BG","requested":"RO",)"
                       R"("at":"2026-04-17T09:14:00Z","facts":{}})"))
                  .field,
        "measure");
    auto const text = [](std::string_view facts) {
        return with(std::string { R"({"measure":"refusal","requesting":"BG","requested":"RO",)" }
            + R"("at":"2026-04-17T09:14:00Z","facts":)" + std::string { facts } + "}");
    };
    EXPECT_EQ(error("check_situation", text(R"({"colour":"red"})")).field, "facts.colour");
    EXPECT_EQ(error("check_situation", text(R"({"urgent":"yes"})")).field, "facts.urgent");
    EXPECT_EQ(error("check_situation", {}).field, "content-type");
}

} // namespace comity::http
