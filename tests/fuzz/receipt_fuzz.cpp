// A receipt and every signature: arbitrary bytes as JSON and as CMS, and true signatures altered.
// One signature has one spelling, so no altered one holds.
#include "fuzz/fuzz.h"
#include "fuzz/identity.h"
#include "message/receipt.h"

using namespace comity;

namespace {

struct Signed {
    crypto::Identity signer = fuzz::make_identity(crypto::Usage::seal);
    Bytes content = to_bytes("{\"v\":1,\"kind\":\"durable\"}");
    Bytes enclosed = sign(crypto::Content::enclosed);
    Bytes detached = sign(crypto::Content::detached);

    Bytes sign(crypto::Content form) const
    {
        return crypto::sign(content, form, signer, parse_instant("2026-04-17T09:14:00Z").value());
    }
};

void read_anything(ByteView input, Signed const& made)
{
    auto const receipt = json::read_text<message::Receipt>(as_text(input), json::Unknown::keep);
    if (receipt.ok()) {
        auto const written = json::to_text(receipt.value());
        auto const again = json::read_text<message::Receipt>(written, json::Unknown::refuse);
        MUST(again.ok() && json::to_text(again.value()) == written);
    }
    auto const& certificate = made.signer.certificate;
    static_cast<void>(crypto::enclosed_content(input));
    static_cast<void>(crypto::claimed_signer(input));
    MUST(!crypto::verify_enclosed(input, certificate).ok());
    MUST(!crypto::verify_detached(input, made.content, certificate).ok());
    MUST(!crypto::verify_detached(made.detached, input, certificate).ok()
        || std::ranges::equal(input, made.content));
    static_cast<void>(crypto::Certificate::read_der(input));
    static_cast<void>(crypto::Certificate::read_pem(as_text(input)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static Signed const made;
    ByteView const input { data, size };
    read_anything(input, made);
    auto const& certificate = made.signer.certificate;
    auto const enclosed = fuzz::altered(made.enclosed, input);
    MUST(crypto::verify_enclosed(enclosed, certificate).ok() == (enclosed == made.enclosed));
    auto const detached = fuzz::altered(made.detached, input);
    MUST(crypto::verify_detached(detached, made.content, certificate).ok()
        == (detached == made.detached));
    return 0;
}
