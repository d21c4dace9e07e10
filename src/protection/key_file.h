#pragma once

#include "protection/key_ring.h"
#include "store/folder_lock.h"

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace comity::protection {

/// The key ring on disk. Every change is there before it counts; then the file that it replaces is
/// overwritten with zeros, cut to nothing and removed. What the file system and the disk keep of
/// overwritten blocks is out of reach. Any thread may call.
class KeyFile {
public:
    /// `copy` (perhaps none) lies on another disk. It is the file's whole backup and changes with
    /// it: a key that died is in neither. No other backup may hold either of them.
    struct Places {
        std::filesystem::path file, copy;
    };
    /// Takes the file for this process, or starts an empty ring where there is none; reads the copy
    /// where only that is left. Errors: conflict (in use); those of open_ring; unavailable.
    static Result<std::unique_ptr<KeyFile>> open(
        Places const& places, crypto::Key256 const& node_key, Random random);

    std::uint64_t version() const;
    Date seen() const;
    std::optional<PeriodKey> find(std::uint64_t id) const;
    /// Those that fit, by their number.
    std::vector<std::pair<std::uint64_t, PeriodKey>> those(
        std::function<bool(PeriodKey const&)> const& fits) const;

    /// Counts as a whole once it is on disk, or not at all. Error: unavailable; the file may have
    /// changed by then, and changes again with the next.
    Result<void> change(std::function<Result<void>(KeyRing&)> const& edit);

    KeyFile(Places places, crypto::Key256 const& node_key, Random random);

private:
    Result<void> save(KeyRing const& ring);

    Places places_;
    crypto::Key256 node_key_;
    Random random_;
    store::FolderLock lock_;
    mutable std::mutex mutex_;
    KeyRing ring_;
};

} // namespace comity::protection
