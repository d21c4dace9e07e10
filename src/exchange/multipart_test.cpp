#include "exchange/multipart.h"

#include <gtest/gtest.h>

namespace comity::exchange {
namespace {

constexpr std::string_view type = "multipart/form-data; boundary=------------------------b0";

std::string one(std::string_view header, std::string_view content = "x")
{
    return "--------------------------b0\r\n" + std::string { header } + "\r\n"
        + std::string { content } + "\r\n--------------------------b0--\r\n";
}

std::string part(std::string_view name)
{
    return "Content-Disposition: form-data; name=\"" + std::string { name } + "\"\r\n";
}

bool holds(std::string const& body, std::string_view content_type = type)
{
    return read_multipart(content_type, as_view(body)).ok();
}

std::string many(std::size_t count)
{
    std::string body;
    for (std::size_t i = 0; i < count; ++i)
        body += "--------------------------b0\r\n" + part("p" + std::to_string(i)) + "\r\n\r\n";
    return body + "--------------------------b0--\r\n";
}

} // namespace

TEST(Multipart, what_is_written_is_read_back_byte_for_byte)
{
    std::vector<Part> const parts { { "manifest", "application/json", to_bytes("{}") },
        { "signature", "", { 0, 255, '\r', '\n', '-', '-' } },
        { "part-1", "application/octet-stream", {} } };
    auto const written = write_multipart(parts, "0123456789abcdef");
    auto const read = read_multipart(written.content_type, written.body).take();
    ASSERT_EQ(read.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(read[i].name, parts[i].name);
        EXPECT_EQ(read[i].content_type, parts[i].content_type);
        EXPECT_EQ(read[i].content, parts[i].content);
    }
}

TEST(Multipart, the_form_that_curl_sends_is_read)
{
    auto const read = read_multipart(type,
        as_view(one("Content-Disposition: form-data; name=\"manifest\"; "
                    "filename=\"manifest.json\"\r\nContent-Type: application/json\r\n",
            "{\"a\":1}")));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read.value()[0].name, "manifest");
    EXPECT_EQ(read.value()[0].content_type, "application/json");
    EXPECT_EQ(as_text(read.value()[0].content), "{\"a\":1}");
    EXPECT_TRUE(
        holds(one(part("a")), "multipart/form-data; boundary=\"------------------------b0\""));
    EXPECT_TRUE(holds(one("content-disposition: form-data; name=\"a\"\r\n")));
}

TEST(Multipart, another_content_type_or_boundary_is_refused)
{
    for (auto const* other : { "", "multipart/form-data", "multipart/form-data; boundary=",
             "multipart/mixed; boundary=------------------------b0",
             "multipart/form-data; boundary=------------------------b0; charset=utf-8",
             "multipart/form-data; boundary=a b", "multipart/form-data; boundary=c0" })
        EXPECT_FALSE(holds(one(part("a")), other)) << other;
    auto const sized = [](std::size_t size) {
        std::string const boundary(size, 'b');
        return holds("--" + boundary + "\r\n" + part("a") + "\r\n\r\n--" + boundary + "--\r\n",
            "multipart/form-data; boundary=" + boundary);
    };
    EXPECT_TRUE(sized(70));
    EXPECT_FALSE(sized(71));
}

TEST(Multipart, bytes_outside_the_parts_are_refused)
{
    auto const body = one(part("a"));
    EXPECT_TRUE(holds(body));
    EXPECT_TRUE(holds(body.substr(0, body.size() - 2)));
    EXPECT_FALSE(holds("preamble\r\n" + body));
    EXPECT_FALSE(holds(body + "epilogue"));
    EXPECT_FALSE(holds(body.substr(0, body.size() - 4)));
    EXPECT_FALSE(holds(body.substr(0, 40)));
    EXPECT_FALSE(holds("--------------------------b0--\r\n"));
    EXPECT_FALSE(holds(""));
}

TEST(Multipart, a_part_with_another_header_is_refused)
{
    for (auto const& header : { std::string {}, std::string { "Content-Type: text/plain\r\n" },
             part("a") + part("a"), part("a") + "Content-Transfer-Encoding: base64\r\n",
             part("a") + "Content-Type: a\r\nContent-Type: b\r\n",
             part("a") + "Content-Type: multipart/mixed; boundary=q\r\n",
             part("a") + "Content-Type: \x01\r\n", part("a") + "Content-Type:text/plain\r\n",
             std::string { "Content-Disposition: attachment; name=\"a\"\r\n" },
             std::string { "Content-Disposition: form-data; name=a\r\n" },
             std::string { "Content-Disposition: form-data; name=\"a\"; x=\"y\"\r\n" },
             std::string { "Content-Disposition: form-data; name=\"a\"; filename=\"b\r\n" } })
        EXPECT_FALSE(holds(one(header))) << header;
}

TEST(Multipart, names_are_short_plain_and_used_once)
{
    EXPECT_TRUE(holds(one(part("part-1_A.bin"))));
    EXPECT_FALSE(holds(one(part(""))));
    EXPECT_FALSE(holds(one(part("a b"))));
    EXPECT_FALSE(holds(one(part("../a"))));
    EXPECT_TRUE(holds(one(part(std::string(64, 'n')))));
    EXPECT_FALSE(holds(one(part(std::string(65, 'n')))));
    auto const twice
        = "--------------------------b0\r\n" + part("a") + "\r\n1\r\n" + one(part("a"));
    EXPECT_FALSE(holds(twice));
}

TEST(Multipart, parts_and_their_headers_have_limits)
{
    EXPECT_TRUE(holds(many(parts_max - 1)));
    EXPECT_TRUE(holds(many(parts_max)));
    auto const over = many(parts_max + 1);
    EXPECT_EQ(read_multipart(type, as_view(over)).error().kind, Error::Kind::too_large);
    auto const sized = [](std::size_t bytes) { // With the empty line that ends it.
        auto const start = part("a") + "Content-Type: ";
        return holds(one(start + std::string(bytes - start.size() - 4, 'x') + "\r\n"));
    };
    EXPECT_TRUE(sized(part_header_bytes_max - 1));
    EXPECT_TRUE(sized(part_header_bytes_max));
    EXPECT_FALSE(sized(part_header_bytes_max + 1));
}

} // namespace comity::exchange
