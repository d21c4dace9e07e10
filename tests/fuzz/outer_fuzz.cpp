// The outer layer: arbitrary bytes never open; true bodies altered do not either; whatever is
// wrapped comes out as it was.
#include "exchange/outer.h"
#include "fuzz/fuzz.h"

using namespace comity;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static std::array const keys { exchange::OuterKey { crypto::Key256 { 1 } },
        exchange::OuterKey { crypto::Key256 { 2 } } };
    static exchange::OuterPlace const request { "BG", "RO", "/exchange/v1/messages" };
    static exchange::OuterPlace const answer { "RO", "BG", "/exchange/v1/messages",
        exchange::OuterSalt { 3 } };
    ByteView const input { data, size };
    MUST(!exchange::unwrap_outer(input, keys, request).ok());
    MUST(!exchange::unwrap_outer(input, keys, answer).ok());
    static_cast<void>(exchange::OuterKey::read(as_text(input)));
    auto const whole
        = exchange::wrap_outer({ 200, "application/pkcs7-mime", { input.begin(), input.end() } },
            keys[1], answer, exchange::OuterSalt { 4 });
    auto const opened = exchange::unwrap_outer(whole, keys, answer);
    MUST(opened.ok() && std::ranges::equal(opened.value().body.content, input));
    auto const altered = fuzz::altered(whole, input);
    MUST(exchange::unwrap_outer(altered, keys, answer).ok() == (altered == whole));
    return 0;
}
