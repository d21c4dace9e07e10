#include "crypto/jws.h"

#include <boost/json/value.hpp>
#include <gtest/gtest.h>

namespace comity::crypto {
namespace {

// The tokens and keys of RFC 7515, appendices A.2 and A.3.
constexpr std::string_view rs256
    = "eyJhbGciOiJSUzI1NiJ9"
      ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cn"
      "VlfQ"
      ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2F"
      "p5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBM"
      "Hlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2"
      "w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
constexpr std::string_view rsa_key
    = R"({"keys":[{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddx)"
      R"(HmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47)"
      R"(soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsm)"
      R"(tdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs9)"
      R"(1kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}]})";
constexpr std::string_view es256
    = "eyJhbGciOiJFUzI1NiJ9"
      ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cn"
      "VlfQ"
      ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
constexpr std::string_view ec_key
    = R"({"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
      R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";

std::vector<JwsKey> keys(std::string_view set)
{
    return read_jwk_set(json::parse(set).value()).take();
}

Error::Kind failure(std::string_view token, std::string_view set)
{
    return verify_jws(token, keys(set)).error().kind;
}

} // namespace

TEST(Jws, the_tokens_of_RFC_7515_hold_under_their_keys_alone)
{
    EXPECT_EQ(verify_jws(rs256, keys(rsa_key)).value().at("iss"), "joe");
    EXPECT_EQ(verify_jws(es256, keys(ec_key)).value().at("exp"), 1'300'819'380);
    EXPECT_EQ(failure(rs256, ec_key), Error::Kind::not_found);
    EXPECT_EQ(failure(es256, rsa_key), Error::Kind::not_found);
}

TEST(Jws, a_token_altered_anywhere_is_refused)
{
    for (auto const& [token, set] : { std::pair { rs256, rsa_key }, std::pair { es256, ec_key } })
        for (std::size_t at = 0; at < token.size(); at += 7) {
            std::string altered { token };
            altered[at] = altered[at] == 'A' ? 'B' : 'A';
            EXPECT_FALSE(verify_jws(altered, keys(set)).ok()) << at;
        }
}

TEST(Jws, no_other_algorithm_is_taken_whatever_the_header_says)
{
    auto const payload = rs256.substr(rs256.find('.'));
    for (auto const* header : { R"({"alg":"none"})", R"({"alg":"HS256"})", R"({"alg":"RS512"})",
             R"({})", R"({"alg":"RS256","kid":"other"})" }) {
        auto const token = to_base64url(as_view(header)) + std::string { payload };
        EXPECT_EQ(failure(token, rsa_key), Error::Kind::not_found) << header;
    }
    auto const critical = to_base64url(as_view(R"({"alg":"RS256","crit":["b64"]})"));
    EXPECT_EQ(failure(critical + std::string { payload }, rsa_key), Error::Kind::malformed);
    std::string const unsigned_one
        = to_base64url(as_view(R"({"alg":"none"})")) + "." + to_base64url(as_view("{}")) + ".";
    EXPECT_EQ(failure(unsigned_one, rsa_key), Error::Kind::malformed);
}

TEST(Jws, what_is_no_token_and_what_is_no_key_set_are_said)
{
    for (auto const* text : { "", "a", "a.b", "a.b.c.d", "e30=.e30.AA", "e30.e30.A" })
        EXPECT_EQ(failure(text, rsa_key), Error::Kind::malformed) << text;
    EXPECT_EQ(failure(std::string(jws_bytes_max + 1, 'a'), rsa_key), Error::Kind::too_large);
    EXPECT_EQ(failure(std::string(jws_bytes_max, 'a'), rsa_key), Error::Kind::malformed);
    auto const set = [](std::string_view text) { return read_jwk_set(json::parse(text).value()); };
    for (auto const* text : { "[]", "{}", R"({"keys":{}})", R"({"keys":[1]})",
             R"({"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]})",
             R"({"keys":[{"kty":"EC","crv":"P-256","x":"AQAB","y":"AQAB"}]})" })
        EXPECT_EQ(set(text).error().kind, Error::Kind::malformed) << text;
    EXPECT_TRUE(
        set(R"({"keys":[{"kty":"oct","k":"AQAB"},{"kty":"RSA","use":"enc"}]})").value().empty());
    std::string many = R"({"keys":[)";
    for (std::size_t i = 0; i < jws_keys_max; ++i) many += R"({"kty":"oct"},)";
    EXPECT_EQ(set(many + R"({"kty":"oct"}]})").error().kind, Error::Kind::too_large);
    many.pop_back();
    EXPECT_TRUE(set(many + "]}").ok());
}

} // namespace comity::crypto
