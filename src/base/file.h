#pragma once

#include "base/bytes.h"

#include <filesystem>

namespace comity {

/// A whole file. Errors: not_found; too_large over `bytes_max`; unavailable.
Result<Bytes> read_file(std::filesystem::path const& path, std::size_t bytes_max = 64U << 20U);

/// Whoever may read what a file holds. Keys and databases are the owner's alone.
enum class Readable : std::uint8_t { by_all, by_owner };

/// Writes beside the target, syncs, renames, syncs the folder: after a crash there is the old
/// file or the new one, never a torn one.
Result<void> write_file(
    std::filesystem::path const& path, ByteView content, Readable readable = Readable::by_all);

/// Zeros in place of the first `bytes` of a file, synced: before a key is removed. What the file
/// system keeps elsewhere (copies, journals, spare flash) is out of reach.
Result<void> overwrite_file(std::filesystem::path const& path, std::size_t bytes);

} // namespace comity
