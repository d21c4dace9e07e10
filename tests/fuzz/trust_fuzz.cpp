// A trust list: arbitrary bytes are no list that follows, and a list that does follow does so with
// not one byte altered.
#include "exchange/founding.h"
#include "fuzz/fuzz.h"

using namespace comity;

namespace {

struct World {
    Instant now = parse_instant("2026-04-17T09:14:00Z").value();
    exchange::Founding founding = made(now);
    exchange::TrustRules rules { founding.roots(), 1 };
    exchange::Trust trust = founding.trust(now);
    exchange::SignedTrustList next = following();

    static exchange::Founding made(Instant at)
    {
        std::vector<exchange::FoundingState> const states {
            { "BG", "NCU Sofia TEST", "localhost", "127.0.0.1:1" },
            { "RO", "NCU Bucharest TEST", "localhost", "127.0.0.1:2" },
        };
        return exchange::found(states, 2, at, crypto::system_random());
    }
    exchange::SignedTrustList following() const
    {
        auto list = trust.list();
        ++list.version;
        exchange::SignedTrustList out { json::to_text(list), {}, now };
        for (auto const& keys : founding.states)
            out.signatures.push_back(
                exchange::sign_trust_list(out.text, keys.of.state, keys.seal, now));
        return out;
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static World const world;
    ByteView const input { data, size };
    if (auto const read = exchange::read_trust_list(as_text(input)); read.ok())
        static_cast<void>(exchange::changes(world.trust.list(), read.value()));
    static_cast<void>(world.trust.may_be_followed_by(as_text(input), world.rules));
    exchange::SignedTrustList const anything { std::string { as_text(input) },
        world.next.signatures, world.now };
    MUST(!world.trust.followed_by(anything, world.rules).ok());
    auto altered = world.next;
    altered.text = as_text(fuzz::altered(to_bytes(world.next.text), input));
    MUST(world.trust.followed_by(altered, world.rules).ok() == (altered.text == world.next.text));
    return 0;
}
