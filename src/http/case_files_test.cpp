#include "http/trial_whole_desk_test.h"

#include <gtest/gtest.h>

namespace comity::http {
namespace {

using namespace trial;

struct Desk : WholeDesk {
    std::vector<Field> officer = headers_of("duty");

    Response call(std::string_view method, std::string const& target, std::string_view body = "",
        std::string_view type = "application/json")
    {
        auto headers = officer;
        for (auto& each : headers)
            if (each.name == "content-type") each.value = type;
        return serve(method, target, headers, body);
    }
    std::string field(Response const& response)
    {
        return std::string {
            json::parse(as_text(response.body)).value().at("error").at("field").as_string()
        };
    }
};

constexpr auto bytes_type = "application/octet-stream";

} // namespace

TEST(FileEndpoints, take_a_file_piece_by_piece_and_give_it_back_as_bytes_alone)
{
    Desk desk;
    auto const begun = desk.call("POST", "/v1/files", R"({"name":"a.pdf","bytes":9})");
    EXPECT_EQ(begun.status, 201);
    EXPECT_EQ(desk.call("PUT", "/v1/files/1/pieces/1", "%PDF-TEST", bytes_type).status, 200);
    auto const piece = desk.call("GET", "/v1/files/1/pieces/1");
    EXPECT_EQ(as_text(piece.body), "%PDF-TEST");
    std::multimap<std::string, std::string> headers;
    for (auto const& each : piece.headers) headers.emplace(each.name, each.value);
    EXPECT_EQ(headers.find("content-type")->second, bytes_type);
    EXPECT_EQ(headers.find("content-disposition")->second, "attachment");
    EXPECT_EQ(headers.find("content-security-policy")->second, "default-src 'none'; sandbox");
    EXPECT_EQ(headers.find("x-content-type-options")->second, "nosniff");
    EXPECT_EQ(desk.call("DELETE", "/v1/files/1").status, 204);
    EXPECT_EQ(desk.call("GET", "/v1/files/1").status, 404);
}

TEST(FileEndpoints, name_what_is_wrong_with_a_call)
{
    Desk desk;
    EXPECT_EQ(desk.field(desk.call("POST", "/v1/files", R"({"name":"../a","bytes":1})")), "name");
    EXPECT_EQ(desk.field(desk.call("POST", "/v1/files", R"({"name":"a.pdf","bytes":0})")), "bytes");
    EXPECT_EQ(desk.call("POST", "/v1/files", R"({"name":"a.pdf","bytes":9})").status, 201);
    EXPECT_EQ(desk.field(desk.call("PUT", "/v1/files/1/pieces/1", "%PDF-TEST")), "content-type");
    EXPECT_EQ(
        desk.field(desk.call("PUT", "/v1/files/1/pieces/x", "%PDF-TEST", bytes_type)), "piece");
    EXPECT_EQ(
        desk.field(desk.call("PUT", "/v1/files/1/pieces/2", "%PDF-TEST", bytes_type)), "piece");
    EXPECT_EQ(desk.field(desk.call("PUT", "/v1/files/1/pieces/1", "PK\x03\x04zip..", bytes_type)),
        "file");
    EXPECT_EQ(desk.call("GET", "/v1/files/99999999").status, 400);
    EXPECT_EQ(desk.call("GET", "/v1/cases/none/files/x/2").status, 404);
}

} // namespace comity::http
