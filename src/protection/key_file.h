#pragma once

#include "protection/key_ring.h"

#include <array>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace comity::protection {

/// The key ring on disk. Every change is there before it counts; then the file that it replaces is
/// overwritten with zeros, cut to nothing and removed. What the file system and the disk keep of
/// overwritten blocks is out of reach. Any thread may call, and any process of the node: each sees
/// what another changed. Where the file cannot be read any more there is no key, and no change.
class KeyFile {
public:
    /// `copy` (perhaps none) lies on another disk. It is the file's whole backup and changes with
    /// it: a key that died is in neither. No other backup may hold either of them.
    struct Places {
        std::filesystem::path file, copy;
    };
    /// Starts an empty ring where there is none; reads the copy where only that is left. Errors:
    /// those of open_ring; unavailable.
    static Result<std::unique_ptr<KeyFile>> open(
        Places const& places, crypto::Key256 const& node_key, Random random);

    /// As the file is now; empty where it cannot be read: without it there is no key either. To
    /// ask several things of one state costs one look at the disk.
    std::shared_ptr<KeyRing const> ring() const;
    /// The same with one look at the disk for all that is asked at a moment of one transaction
    /// (store::Transaction::moment): what another process changes meanwhile, the next one sees.
    std::shared_ptr<KeyRing const> ring(std::uint64_t moment) const;
    std::uint64_t version() const { return ring()->version; }
    Date seen() const { return ring()->seen; }
    std::optional<PeriodKey> find(std::uint64_t id) const;
    /// Those that fit, by their number.
    std::vector<std::pair<std::uint64_t, PeriodKey>> those(
        std::function<bool(PeriodKey const&)> const& fits) const;

    /// Counts as a whole once it is on disk, or not at all. Error: unavailable; the file may have
    /// changed by then, and changes again with the next.
    Result<void> change(std::function<Result<void>(KeyRing&)> const& edit);

    KeyFile(Places places, crypto::Key256 const& node_key, Random random);
    ~KeyFile();
    KeyFile(KeyFile const&) = delete;
    KeyFile& operator=(KeyFile const&) = delete;

private:
    class Turn;
    /// A file is replaced as a whole, so another one has another of these.
    using Stamp = std::array<std::int64_t, 4>;
    static Stamp stamp_of(std::filesystem::path const& file);

    Result<void> start();
    Result<void> look() const;
    Result<void> read_again() const;
    Result<void> save(KeyRing const& ring);

    Places places_;
    crypto::Key256 node_key_;
    Random random_;
    int lock_ = -1; ///< Of a file beside it, held while one is written or read.
    mutable std::mutex mutex_;
    mutable std::shared_ptr<KeyRing const> ring_ = std::make_shared<KeyRing const>();
    mutable Stamp stamp_ {};
    mutable std::uint64_t looked_at_ = 0;
};

} // namespace comity::protection
