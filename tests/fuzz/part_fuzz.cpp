// A sealed part: arbitrary bytes as its plain content, as its CMS, and a true part altered. What
// opens is what was sealed.
#include "fuzz/fuzz.h"
#include "fuzz/identity.h"
#include "message/manifest.h"

using namespace comity;

namespace {

struct Sealed {
    crypto::Identity recipient = fuzz::make_identity(crypto::Usage::sealing);
    crypto::Identity archive = fuzz::make_identity(crypto::Usage::sealing);
    Bytes plain = to_bytes("PLATE TEST B 123 ABC");
    Bytes part = crypto::seal(plain, std::array { recipient.certificate, archive.certificate });
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static Sealed const sealed;
    ByteView const input { data, size };
    auto const part = message::read_part(input);
    if (part.ok()) {
        auto const written = message::write_part(part.value().head, part.value().content);
        auto const again = message::read_part(written);
        // A head with members of a newer profile, or with long escapes, is not written the same.
        if (again.ok()) MUST(again.value().content == part.value().content);
    }
    MUST(!crypto::open(input, sealed.recipient).ok());
    auto const opened = crypto::open(fuzz::altered(sealed.part, input), sealed.recipient);
    MUST(!opened.ok() || opened.value() == sealed.plain);
    return 0;
}
