#include "exchange/envelope.h"

#include <fmt/format.h>

namespace comity::exchange {
namespace {

constexpr std::size_t boundary_bytes = 20;

} // namespace

Multipart write_envelope(Envelope const& envelope, Random const& random)
{
    std::vector<Part> parts { { "manifest", "application/json", envelope.manifest },
        { "signature", "application/pkcs7-signature", envelope.signature } };
    for (std::size_t i = 0; i < envelope.parts.size(); ++i)
        parts.push_back(
            { fmt::format("part-{}", i + 1), "application/pkcs7-mime", envelope.parts[i] });
    Bytes chance(boundary_bytes);
    random(chance);
    return write_multipart(parts, to_hex(chance));
}

Result<Envelope> read_envelope(std::string_view content_type, ByteView body)
{
    auto parts = TRY(read_multipart(content_type, body));
    Envelope out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto const expected = i == 0 ? std::string { "manifest" }
            : i == 1                 ? std::string { "signature" }
                                     : fmt::format("part-{}", i - 1);
        if (parts[i].name != expected)
            return Error { Error::Kind::malformed,
                fmt::format("part '{}' stands where '{}' is expected", parts[i].name, expected),
                expected };
        (i == 0          ? out.manifest
                : i == 1 ? out.signature
                         : out.parts.emplace_back())
            = std::move(parts[i].content);
    }
    if (parts.size() < 2)
        return Error { Error::Kind::malformed, "an envelope has a manifest and a signature",
            parts.empty() ? "manifest" : "signature" };
    return out;
}

} // namespace comity::exchange
