#include "exchange/outer.h"

#include "base/file.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

namespace comity::exchange {
namespace {

OuterKey key_of(char digit)
{
    return OuterKey::read(std::string(64, digit)).value();
}

OuterSalt salt_of(std::uint8_t first)
{
    OuterSalt out {};
    for (auto& each : out) each = first++;
    return out;
}

OuterPlace const asked { "BG", "RO", "/exchange/v1/receipts" };
OuterBody const body { 0, "application/pkcs7-mime", to_bytes("a receipt TEST") };
std::array const keys { key_of('1'), key_of('2') };

Bytes wrapped()
{
    return wrap_outer(body, keys[0], asked, salt_of(7));
}

Error refusal(ByteView bytes, OuterPlace const& place = asked)
{
    auto const opened = unwrap_outer(bytes, keys, place);
    EXPECT_FALSE(opened.ok());
    return opened.ok() ? Error { Error::Kind::unavailable, "opened", {} } : opened.error();
}

/// "name: hex" lines of the worked example in the page that tells others of the format.
std::map<std::string, std::string> worked_example()
{
    auto const page = read_file("docs/PROTOCOL.md").value();
    std::string text { as_text(page) };
    auto const start = text.find("**Worked example**");
    EXPECT_NE(start, text.npos);
    text = text.substr(start, text.find("\n## ", start) - start);
    std::map<std::string, std::string> out;
    for (std::size_t at = text.find("\n    "); at != text.npos; at = text.find("\n    ", at + 1)) {
        auto const line = text.substr(at + 5, text.find('\n', at + 1) - at - 5);
        auto const colon = line.find(':');
        if (colon == line.npos) continue;
        out[line.substr(0, colon)] = line.substr(line.find_first_not_of(' ', colon + 1));
    }
    return out;
}

OuterSalt salt_in(std::string const& hex)
{
    OuterSalt out {};
    std::ranges::copy(from_hex(hex).value(), out.begin());
    return out;
}

} // namespace

TEST(Outer, what_is_wrapped_opens_under_each_key_of_the_pair_at_its_own_place)
{
    auto const opened = unwrap_outer(wrapped(), keys, asked).value();
    EXPECT_EQ(opened.body.content, body.content);
    EXPECT_EQ(opened.body.content_type, body.content_type);
    EXPECT_EQ(opened.salt, salt_of(7));
    EXPECT_EQ(opened.key, 0U);
    EXPECT_EQ(
        unwrap_outer(wrap_outer(body, keys[1], asked, salt_of(8)), keys, asked).value().key, 1U);
}

TEST(Outer, a_body_put_elsewhere_does_not_open)
{
    auto const bytes = wrapped();
    EXPECT_EQ(refusal(bytes, { "RO", "BG", asked.path }).kind, Error::Kind::not_authentic);
    EXPECT_EQ(refusal(bytes, { "BG", "RS", asked.path }).kind, Error::Kind::not_authentic);
    EXPECT_EQ(
        refusal(bytes, { "BG", "RO", "/exchange/v1/messages" }).kind, Error::Kind::not_authentic);
    EXPECT_EQ(
        refusal(bytes, { "BG", "RO", asked.path, OuterSalt {} }).kind, Error::Kind::not_authentic);
    OuterBody const answer { 204, {}, {} };
    OuterPlace const place { "RO", "BG", asked.path, salt_of(1) };
    auto const answered = wrap_outer(answer, keys[0], place, salt_of(9));
    EXPECT_EQ(unwrap_outer(answered, keys, place).value().body.status, 204);
    EXPECT_EQ(
        refusal(answered, { "RO", "BG", asked.path, salt_of(2) }).kind, Error::Kind::not_authentic);
}

TEST(Outer, any_byte_altered_or_cut_is_refused)
{
    auto const whole = wrapped();
    for (std::size_t i = 0; i < whole.size(); ++i) {
        auto altered = whole;
        altered[i] ^= 1U;
        EXPECT_FALSE(unwrap_outer(altered, keys, asked).ok()) << i;
        EXPECT_FALSE(unwrap_outer(ByteView { whole }.first(i), keys, asked).ok()) << i;
    }
}

TEST(Outer, the_reason_of_each_refusal_is_named)
{
    auto bytes = wrapped();
    EXPECT_EQ(refusal(ByteView { bytes }.first(57)).what, "outer layer: cut short");
    EXPECT_EQ(refusal(ByteView { bytes }.first(58)).kind, Error::Kind::not_authentic);
    bytes[0] = 2;
    EXPECT_EQ(refusal(bytes).what, "outer layer: version 2, known is 1");
    auto const strange = wrap_outer(body, key_of('3'), asked, salt_of(7));
    EXPECT_EQ(refusal(strange).what,
        fmt::format("outer layer: the pair has no key {}", to_hex(key_of('3').id())));
    auto const sealed_line = [](std::string type) {
        return wrap_outer({ 0, std::move(type), {} }, keys[0], asked, salt_of(1));
    };
    EXPECT_TRUE(
        unwrap_outer(sealed_line(std::string(outer_content_type_bytes_max, 'x')), keys, asked)
            .ok());
    EXPECT_EQ(
        refusal(sealed_line("a\x01")).what, "outer layer: a type of content with other characters");
}

TEST(Outer, a_key_has_64_hexadecimal_characters)
{
    EXPECT_TRUE(OuterKey::read(std::string(64, 'a')).ok());
    EXPECT_TRUE(OuterKey::read(std::string(64, 'a') + "\n").ok());
    for (auto const& wrong : { std::string(62, 'a'), std::string(66, 'a'), std::string(64, 'g') })
        EXPECT_EQ(OuterKey::read(wrong).error().field, "outer");
}

TEST(Outer, the_worked_example_of_the_protocol_is_what_the_program_computes)
{
    auto const page = worked_example();
    auto const key = OuterKey::read(page.at("key")).value();
    EXPECT_EQ(to_hex(key.id()), page.at("key id"));
    OuterPlace const place { page.at("from"), page.at("to"), page.at("path") };
    OuterBody const request { 0, page.at("type"), to_bytes(page.at("content")) };
    auto const salt = salt_in(page.at("salt"));
    EXPECT_EQ(to_hex(wrap_outer(request, key, place, salt)), page.at("body"));
    OuterPlace const back { place.to, place.from, place.path, salt };
    OuterBody const answer { 200, page.at("answer type"), to_bytes(page.at("answer content")) };
    EXPECT_EQ(to_hex(wrap_outer(answer, key, back, salt_in(page.at("answer salt")))),
        page.at("answer body"));
}

} // namespace comity::exchange
