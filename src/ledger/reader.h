#pragma once

#include "ledger/checkpoint.h"

#include <memory>

/// A log read from outside, by its C2SP tlog-tiles paths: over the network, out of a folder.
namespace comity::ledger {

/// The bytes at a path ("register/checkpoint", "register/tile/0/000").
using Fetch = std::function<Result<Bytes>(std::string const& path)>;

/// "x001/234" for 1234; with ".p/<width>" where the tile is not full.
std::string tile_path(std::uint64_t position, std::uint64_t width);

/// The nodes of a tree of `size`, from its tiles, each asked for once. Nothing is believed: what
/// comes of them has to give a root that was signed. Error: malformed for a tile of another size.
Subtrees subtrees_of(Fetch fetch, std::uint64_t size);

/// Reads all that a log serves under a head, from `minimum` on: every entry, every hash of every
/// tile, each held against the others and all of them against the root. `take` sees each entry in
/// its order, before the root is known to hold. Errors: conflict naming the file that does not fit;
/// malformed; those of `fetch` and `take`.
using TakeLeaf = std::function<Result<void>(std::uint64_t index, ByteView leaf)>;
Result<void> read_whole(
    Fetch const& fetch, Checkpoint const& head, std::uint64_t minimum, TakeLeaf const& take);

} // namespace comity::ledger
