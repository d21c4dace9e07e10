// What a time-stamp authority's web server says, and the address in the settings.
#include "exchange/stamp_line.h"
#include "fuzz/fuzz.h"

using namespace comity;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const text = as_text({ data, size });
    auto const body = exchange::read_stamp_reply(text);
    if (body.ok()) MUST(text.ends_with(as_text(body.value())));
    auto const address = exchange::read_stamp_address(text);
    if (address.ok()) MUST(!address.value().host.empty() && address.value().path.starts_with('/'));
    return 0;
}
