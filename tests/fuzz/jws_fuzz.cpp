// Tokens and key sets of a provider that is not ours: whatever comes, only the very token that the
// key signed verifies, and base64url has one spelling.
#include "crypto/jws.h"
#include "fuzz/fuzz.h"

#include <boost/json/value.hpp>

using namespace comity;

namespace {

// The token and key of RFC 7515, appendix A.3.
constexpr std::string_view whole
    = "eyJhbGciOiJFUzI1NiJ9"
      ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cn"
      "VlfQ"
      ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
constexpr std::string_view key_set
    = R"({"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
      R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static auto const keys = crypto::read_jwk_set(json::parse(key_set).value()).take();
    ByteView const input { data, size };
    auto const text = as_text(input);
    MUST(!crypto::verify_jws(text, keys).ok() || text == whole);
    auto const altered = fuzz::altered(to_bytes(whole), input);
    MUST(crypto::verify_jws(as_text(altered), keys).ok() == (as_text(altered) == whole));
    if (auto const bytes = crypto::from_base64url(text); bytes.ok())
        MUST(crypto::to_base64url(bytes.value()) == text);
    if (auto const set = json::parse(text); set.ok())
        if (auto const read = crypto::read_jwk_set(set.value()); read.ok())
            MUST(!crypto::verify_jws(whole, read.value()).ok()
                || text.find("f83OJ3D2") != text.npos);
    return 0;
}
