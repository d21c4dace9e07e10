// The vault's key file: foreign bytes never open; what was written reads back as it was; altered
// bytes do not open. The reader of what lies inside the seal has one spelling for each ring.
#include "fuzz/fuzz.h"
#include "protection/key_ring.h"

using namespace comity;

namespace {

protection::KeyRing a_ring()
{
    protection::KeyRing out { 3, 9, {}, {} };
    out.keys[1]
        = { protection::KeyKind::drawer, "BG", Date { std::chrono::days { 20'000 } }, 2, { 1 } };
    out.keys[8]
        = { protection::KeyKind::index, "RO", Date { std::chrono::days { 20'030 } }, 0, { 2 } };
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static crypto::Key256 const node_key { 7 };
    static Random const random = [](std::span<std::uint8_t> out) { std::ranges::fill(out, 5); };
    static Bytes const whole = protection::seal_ring(a_ring(), node_key, random);
    static Bytes const inside = protection::write_ring(a_ring());
    ByteView const input { data, size };
    MUST(!protection::open_ring(input, node_key).ok() || std::ranges::equal(input, whole));
    for (auto const& bytes :
        { Bytes { input.begin(), input.end() }, fuzz::altered(inside, input) }) {
        auto const ring = protection::read_ring(bytes);
        MUST(!ring.ok() || protection::write_ring(ring.value()) == bytes);
    }
    auto const altered = fuzz::altered(whole, input);
    MUST(protection::open_ring(altered, node_key).ok() == (altered == whole));
    return 0;
}
