// A whole message of another State as it comes through the pipe: the content type on the first
// line, then the body.
#include "crypto/hash.h"
#include "exchange/envelope.h"
#include "fuzz/fuzz.h"

using namespace comity;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    fuzz::Input input { data, size };
    auto const type = input.line();
    auto const envelope = exchange::read_envelope(type, input.rest());
    if (!envelope.ok()) {
        MUST(!envelope.error().what.empty());
        return 0;
    }
    auto const written = exchange::write_envelope(envelope.value(), crypto::system_random());
    auto const again = exchange::read_envelope(written.content_type, written.body);
    MUST(again.ok() && again.value().manifest == envelope.value().manifest
        && again.value().signature == envelope.value().signature
        && again.value().parts == envelope.value().parts);
    return 0;
}
