#pragma once

#include "base/instant.h"
#include "crypto/hash.h"
#include "message/manifest.h"

/// What both ends of an attachment compute: hashes of its chunks, the root over them, what the
/// other end lacks.
namespace comity::exchange {

/// Limits of one node.
struct AttachmentSettings {
    std::size_t chunk_bytes = message::chunk_bytes_max; ///< Of what this node sends.
    /// What no message has claimed is kept so long after its last chunk came, and so much of it for
    /// each peer; over that the one that was quiet for longest goes.
    std::chrono::hours unclaimed_max { 72 };
    std::uint64_t unclaimed_bytes_max = std::uint64_t { 2 } << 30U; ///< Sealed.
    std::size_t unclaimed_count_max = 256;
};

/// A sealed chunk has room for its head line and for CMS beside the content.
constexpr std::size_t sealed_chunk_bytes_max = message::chunk_bytes_max + 8192;
constexpr std::size_t hash_list_bytes_max = message::chunks_max * std::size_t { 32 };
/// The chunks that one write deletes, so that it never holds up the others for long.
constexpr std::size_t deleted_together_max = 16;

/// SHA-256 of each sealed chunk in order, 32 bytes each.
using HashList = Bytes;
inline std::uint32_t count_of(ByteView hashes)
{
    return static_cast<std::uint32_t>(hashes.size() / crypto::Digest {}.size());
}
/// `chunk` counts from 1.
crypto::Digest hash_at(ByteView hashes, std::uint32_t chunk);
/// RFC 6962 root whose leaves are these hashes. MUST: a whole number of them.
crypto::Digest root_of(ByteView hashes);

/// Chunks from one to another, both counted.
struct ChunkRange {
    std::uint32_t from;
    std::uint32_t to;
};
BOOST_DESCRIBE_STRUCT(ChunkRange, (), (from, to))

/// How far an attachment has come.
struct Progress {
    std::string root; ///< Over the list that the receiver has.
    std::uint32_t chunks;
    std::vector<ChunkRange> lacks; ///< None: all of it is there.
};
BOOST_DESCRIBE_STRUCT(Progress, (), (root, chunks, lacks))
/// `present` rising.
std::vector<ChunkRange> lacking(std::uint32_t chunks, std::span<std::uint32_t const> present);

} // namespace comity::exchange
