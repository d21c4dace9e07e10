#include "exchange/attachment.h"

#include "ledger/merkle.h"

#include <algorithm>

namespace comity::exchange {

crypto::Digest hash_at(ByteView hashes, std::uint32_t chunk)
{
    crypto::Digest out {};
    MUST(chunk >= 1 && chunk <= count_of(hashes));
    std::ranges::copy(hashes.subspan((chunk - 1) * out.size(), out.size()), out.begin());
    return out;
}

crypto::Digest root_of(ByteView hashes)
{
    crypto::Digest each {};
    MUST(hashes.size() % each.size() == 0);
    ledger::Edge edge;
    auto const keeps_nothing
        = [](unsigned, std::uint64_t, crypto::Digest const&) -> Result<void> { return {}; };
    for (std::size_t at = 0; at < hashes.size(); at += each.size())
        MUST(edge.append(ledger::leaf_hash(hashes.subspan(at, each.size())), keeps_nothing).ok());
    return edge.root();
}

std::vector<ChunkRange> lacking(std::uint32_t chunks, std::span<std::uint32_t const> present)
{
    std::vector<ChunkRange> out;
    std::uint32_t next = 1;
    for (auto const each : present) {
        if (each > next) out.push_back({ next, each - 1 });
        next = each + 1;
    }
    if (next <= chunks) out.push_back({ next, chunks });
    return out;
}

} // namespace comity::exchange
