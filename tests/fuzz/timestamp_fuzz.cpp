// The answer of a time-stamp authority: one that was altered never proves anything else.
#include "crypto/timestamp.h"
#include "crypto/timestamp_authority.h"
#include "fuzz/fuzz.h"

using namespace comity;

namespace {

struct Stamped {
    Instant at = Instant { std::chrono::seconds { 1'776'417'240 } };
    crypto::TimestampAuthority authority { "authority TEST", at, at + std::chrono::days { 1 } };
    crypto::Digest imprint = crypto::sha256(as_view("TEST"));
    Bytes response = authority.answer(crypto::timestamp_request(imprint, 7), at);
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static Stamped made;
    auto const authorities = std::span { &made.authority.certificate(), 1 };
    ByteView const input { data, size };
    static_cast<void>(crypto::check_timestamp(input, made.imprint, {}, authorities));
    auto const altered = fuzz::altered(made.response, input);
    auto const read = crypto::check_timestamp(altered, made.imprint, 7, authorities);
    // Framing that nobody signs may differ; what is proven may not.
    MUST(!read.ok() || (read.value().at == made.at && read.value().serial == "01"));
    return 0;
}
