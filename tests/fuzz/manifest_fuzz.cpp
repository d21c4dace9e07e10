// A manifest from another State. What is accepted says the same when it is written and read again.
#include "message/manifest.h"

using namespace comity;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const read = message::read_manifest(as_text({ data, size }));
    if (!read.ok()) {
        MUST(!read.error().what.empty());
        return 0;
    }
    auto const& manifest = read.value();
    MUST(manifest.from.state != manifest.to.state);
    MUST(!manifest.personal_data || manifest.retention);
    auto const written = json::to_text(manifest);
    if (written.size() > message::manifest_bytes_max) return 0; // escapes are longer than letters
    auto const again = message::read_manifest(written);
    MUST(again.ok() && json::to_text(again.value()) == written);
    return 0;
}
