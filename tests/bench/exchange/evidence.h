#pragma once

#include "bench/exchange/carrier.h"
#include "bench/primitives.h"

#include <ctime>

namespace comity::bench {

/// CPU milliseconds that OpenSSL alone needs for one message from a State to another, with every
/// object made beforehand: the part sealed to two and opened by one, manifest and receipt signed
/// and verified, their hashes, the bytes through TLS at both ends. Heads are signed once for many
/// messages and are left out.
inline double evidence_ms()
{
    constexpr std::size_t head_bytes = 130, manifest_bytes = 1'500, receipt_bytes = 3'800;
    constexpr std::size_t sealed_more = 750, signature_bytes = 1'200;
    constexpr int times = 1'000;
    Primitives raw;
    Bytes const part(payload_bytes + head_bytes, 'x');
    Bytes const sealed(part.size() + sealed_more, 'x');
    Bytes const manifest(manifest_bytes, 'm'), receipt(receipt_bytes, 'r');
    Bytes const way_there(sealed.size() + manifest_bytes + signature_bytes, 'w');
    auto const own_seconds = [] {
        timespec now {};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
    };
    auto const start = own_seconds();
    for (int i = 0; i < times; ++i) {
        for (int reader = 0; reader < 2; ++reader) {
            raw.generate();
            raw.derive();
        }
        raw.derive();
        for (int end = 0; end < 2; ++end) {
            raw.encipher(part);
            raw.encipher(way_there);
            raw.encipher(receipt);
            for (auto const* each : { &part, &sealed, &receipt }) raw.hash(*each);
            for (int use = 0; use < 3; ++use) raw.hash(manifest); // Signed, chained, committed to.
            raw.sign();
            raw.verify();
        }
    }
    return (own_seconds() - start) / times * 1e3;
}

} // namespace comity::bench
