#include "sim/network.h"

namespace comity::sim {

using namespace std::chrono_literals;

std::chrono::microseconds Network::latency()
{
    // Mostly milliseconds, now and then seconds: that is what brings messages out of order.
    auto const slow = plan_.reordering && below(10) == 0;
    return std::chrono::microseconds { 500 + below(slow ? 8'000'000 : 40'000) };
}

void Network::plan_partitions(Instant begin, std::chrono::seconds length)
{
    if (!plan_.partitions) return;
    auto const seconds = static_cast<std::size_t>(length.count());
    for (std::size_t i = 0; i < plan_.nodes; ++i) {
        auto const from = below(plan_.nodes);
        auto const to = (from + 1 + below(plan_.nodes - 1)) % plan_.nodes;
        auto const start = begin + std::chrono::seconds { below(seconds) };
        auto const end
            = std::min(start + std::chrono::seconds { 1 + below(seconds / 2) }, begin + length);
        cuts_.push_back({ from, to, start, end, plan_.one_way && below(2) == 0 });
    }
}

bool Network::open(Instant now, std::size_t from, std::size_t to) const
{
    for (auto const& cut : cuts_) {
        if (now < cut.begin || now >= cut.end) continue;
        if (cut.from == from && cut.to == to) return false;
        if (!cut.one_way && cut.from == to && cut.to == from) return false;
    }
    return true;
}

void Network::spoil(Bytes& bytes)
{
    if (bytes.empty()) return;
    bytes[below(bytes.size())] ^= static_cast<std::uint8_t>(1U << below(8));
}

Forged Network::forge(exchange::Envelope old, crypto::Identity const& seal, Instant now)
{
    auto manifest
        = json::read_text<message::Manifest>(as_text(old.manifest), json::Unknown::keep).value();
    auto const sign_again = [&] {
        old.manifest = to_bytes(json::to_text(manifest));
        old.signature = crypto::sign(old.manifest, crypto::Content::detached, seal, now);
    };
    switch (below(5)) {
    case 0: return { old, false };
    case 1: // Two histories: the same number for another message.
        manifest.purpose = "prevention";
        sign_again();
        return { old, true, true };
    case 2: // A number far ahead.
        manifest.seq += 1000;
        manifest.id.back() = manifest.id.back() == '0' ? '1' : '0';
        sign_again();
        return { old };
    case 3: // A history that never was.
        manifest.prev_manifest_sha256 = std::string(64, 'a');
        manifest.id.back() = manifest.id.back() == '0' ? '1' : '0';
        sign_again();
        return { old };
    default: spoil(old.signature); return { old };
    }
}

} // namespace comity::sim
