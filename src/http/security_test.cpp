#include "http/trial_whole_desk_test.h"
#include "protection/operation_reading.h"
#include "rights/oversight.h"

#include <fmt/format.h>

#include <gtest/gtest.h>

/// The desks of the security officer and of data protection, from outside.
namespace comity::http {
namespace {

using namespace trial;

struct Answer {
    int status = 0;
    json::Object body {};

    std::string field() const
    {
        auto const* error = body.if_contains("error");
        return error ? std::string { error->at("field").as_string() } : std::string {};
    }
};

struct Called : WholeDesk {
    Answer get(std::string_view name, std::string_view target)
    {
        return read(serve("GET", target, headers_of(name)));
    }
    Answer post(std::string_view name, std::string_view target, std::string_view body)
    {
        return read(serve("POST", target, headers_of(name), body));
    }
    static Answer read(Response const& response)
    {
        auto body = json::parse(as_text(response.body));
        return { response.status, body.ok() ? body.value().as_object() : json::Object {} };
    }
    std::uint64_t lines()
    {
        return sofia.store
            ->read([](store::Transaction& t) { return protection::operations_count(t); })
            .value();
    }
};

} // namespace

TEST(SecurityDesk, shows_levels_ways_agreements_and_counts_to_the_security_officer)
{
    Called desk;
    auto const seen = desk.get("security", "/v1/security");
    EXPECT_EQ(seen.status, 200);
    EXPECT_EQ(seen.body.at("share").as_array().size(), 5U);
    auto const rules = desk.get("security", "/v1/security/rules?on=2026-04-17");
    EXPECT_EQ(rules.body.at("party"), "BG");
    EXPECT_FALSE(rules.body.at("matrix").as_array().empty());
    EXPECT_FALSE(rules.body.at("agreements").as_array().empty());
    EXPECT_EQ(desk.get("security", "/v1/security/rules?on=yesterday").field(), "on");
    for (auto const* name : { "duty", "protection", "administrator" })
        EXPECT_EQ(desk.get(name, "/v1/security").status, 403) << name;
}

TEST(SecurityDesk, maps_a_marking_and_names_what_is_wrong_with_one)
{
    Called desk;
    auto const mapped
        = desk.get("security", "/v1/security/mapping?party=MK&marking=TOP%20SECRET&on=2026-04-17");
    ASSERT_EQ(mapped.status, 200);
    EXPECT_EQ(mapped.body.at("meanings").at(0).at("level"), 3);
    EXPECT_EQ(
        desk.get("security", "/v1/security/mapping?party=XX&marking=SECRET").field(), "party");
    EXPECT_EQ(desk.get("security", "/v1/security/mapping?party=RO").field(), "marking");
    EXPECT_EQ(desk.get("security", "/v1/security/mapping?party=RO&marking=x").status, 404);
}

TEST(SecurityDesk, names_the_field_of_a_draft_that_cannot_be)
{
    Called desk;
    auto const field = [&](std::string_view path, std::string_view body) {
        return desk.post("security", fmt::format("/v1/security/{}", path), body).field();
    };
    EXPECT_EQ(
        field("level-changes", R"({"item":"x","levelAfter":5,"reason":"TEST"})"), "levelAfter");
    EXPECT_EQ(field("level-changes", R"({"item":"x","levelAfter":1,"reason":""})"), "reason");
    EXPECT_EQ(field("level-changes", R"({"item":"x","levelAfter":1,"reason":"TEST"})"), "item");
    EXPECT_EQ(field("breaches",
                  R"({"item":"x","happened":{"from":"2026-04-17T08:00:00Z",)"
                  R"("until":"2026-04-17T09:00:00Z"},"circumstances":"TEST",)"
                  R"("consequences":"TEST","measuresTaken":["TEST"]})"),
        "item");
    EXPECT_EQ(field("notices/0/settlement", "{}"), "place");
    EXPECT_EQ(field("notices/x/settlement", "{}"), "place");
    EXPECT_EQ(field("notices/1/settlement", R"({"copiesMarked":-1})"), "copiesMarked");
    EXPECT_EQ(desk.get("security", "/v1/security/notices/1").status, 404);
}

TEST(ProtectionDesk, every_look_at_the_log_is_one_line_of_it_with_officer_and_purpose)
{
    Called desk;
    auto const before = desk.lines();
    ASSERT_EQ(desk.get("protection", "/v1/protection").status, 200);
    EXPECT_EQ(desk.lines(), before + 1);
    ASSERT_EQ(desk.get("protection", "/v1/protection/operations?officer=nobody").status, 200);
    ASSERT_EQ(desk.get("protection", "/v1/register").status, 200);
    EXPECT_EQ(desk.lines(), before + 3) << "one each, and none for the line itself";
    auto const line
        = desk.sofia.store
              ->read([](store::Transaction& t) { return protection::newest_operations(t, 1); })
              .value()
              .at(0);
    EXPECT_EQ(line.purpose, rights::control_purpose);
    EXPECT_FALSE(line.officer.empty());
    EXPECT_EQ(line.remark, "register");
    EXPECT_EQ(line.provisions, std::vector<std::string> { "A31(4)(e)-4" });
    auto const own
        = desk.get("protection", fmt::format("/v1/protection/operations?officer={}", line.officer));
    EXPECT_EQ(own.body.at("operations").as_array().size(), 3U) << "readable in the same log";
    EXPECT_EQ(desk.get("duty", "/v1/register").status, 403) << "it serves supervision alone";
    EXPECT_EQ(desk.lines(), before + 4);
    EXPECT_EQ(desk.get("protection", "/v1/protection/operations").field(), "item");
    EXPECT_EQ(desk.lines(), before + 4) << "nothing was shown";
}

TEST(ProtectionDesk, writes_the_report_of_a_year_as_figures_as_a_file_and_for_print)
{
    Called desk;
    auto const year = desk.get("protection", "/v1/protection/years/2026");
    ASSERT_EQ(year.status, 200);
    EXPECT_EQ(year.body.at("year"), 2026);
    EXPECT_EQ(year.body.at("over"), false);
    auto const file = [&](std::string_view format) {
        return desk.serve("GET", fmt::format("/v1/protection/years/2026/file?format={}", format),
            desk.headers_of("protection"));
    };
    EXPECT_TRUE(as_text(file("csv").body).starts_with("about,what,value\r\n"));
    EXPECT_TRUE(as_text(file("pdf").body).starts_with("%PDF-"));
    EXPECT_TRUE(as_text(file("pdf&language=bg").body).starts_with("%PDF-"));
    EXPECT_NE(file("pdf&language=bg").body, file("pdf&language=sq").body);
    EXPECT_EQ(Called::read(file("doc")).field(), "format");
    EXPECT_EQ(Called::read(file("pdf&language=fr")).field(), "language");
    for (auto const* wrong : { "2006", "2027", "x", "20266" })
        EXPECT_EQ(
            desk.get("protection", fmt::format("/v1/protection/years/{}", wrong)).field(), "year")
            << wrong;
    EXPECT_EQ(desk.get("protection", "/v1/protection/years/2007").status, 200);
}

TEST(ProtectionDesk, draws_the_same_sample_again_though_the_log_has_grown_by_the_look)
{
    Called desk;
    for (int i = 0; i < 20; ++i) ASSERT_EQ(desk.get("protection", "/v1/protection").status, 200);
    auto const draw = [&](std::string_view body) {
        return desk.post("protection", "/v1/protection/samples", body);
    };
    auto const first = draw(R"({"seed":"TEST","count":3})");
    ASSERT_EQ(first.status, 200);
    auto const of = first.body.at("of").to_number<std::int64_t>();
    auto const again = draw(fmt::format(R"({{"seed":"TEST","count":3,"of":{}}})", of));
    EXPECT_EQ(json::print(again.body.at("drawn")), json::print(first.body.at("drawn")));
    EXPECT_EQ(draw(R"({"seed":"TEST","count":3,"of":0})").field(), "of");
    EXPECT_EQ(draw(R"({"seed":"TEST","count":3,"of":100000})").field(), "of");
}

} // namespace comity::http
