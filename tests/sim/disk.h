#pragma once

#include "base/bytes.h"

#include <sqlite3.h>

#include <array>
#include <map>
#include <memory>
#include <random>
#include <string>

/// Disks that die: a SQLite VFS in memory that knows what was synced and what was only written. The
/// real store runs on it unchanged.
namespace comity::sim {

/// What is done to a disk.
struct DiskFaults {
    std::uint64_t crashes = 0, torn_writes = 0, lost_writes = 0, full = 0;
};

/// The disk of one node: every file whose name begins with the node's folder.
class Disk {
public:
    /// A write to a file since its last sync.
    struct Write {
        std::size_t offset;
        Bytes bytes;
        bool truncates = false; ///< Cut to `offset`.
    };
    struct File {
        Bytes durable, current;
        std::vector<Write> unsynced;
        std::vector<std::unique_ptr<Bytes>> shared; ///< The wal-index; never survives.
        struct Slot {
            int readers = 0;
            bool taken = false;
        };
        std::array<Slot, SQLITE_SHM_NLOCK> slots {};
        int shared_locks = 0;
        void const* reserved = nullptr;
        void const* exclusive = nullptr;
    };

    explicit Disk(std::mt19937_64& chance)
        : chance_(chance)
    {
    }

    /// Counts down at each write and sync; at 0 that one is done by half and the disk is dead.
    void die_after(std::uint64_t operations) { countdown_ = operations; }
    void set_full(bool full) { full_ = full; }
    bool dead() const { return dead_; }
    bool full() const { return full_; }
    /// What is found when power comes back: what was synced, and any part of what was not.
    void restart();
    DiskFaults const& faults() const { return faults_; }
    /// Whether any file holds these bytes.
    bool holds(std::string_view text) const;

    // What the VFS calls.
    int write(File& file, Bytes bytes, std::size_t offset);
    int truncate(File& file, std::size_t size);
    int sync(File& file);
    File& open(std::string const& name) { return files_[name]; }
    bool exists(std::string const& name) const { return files_.contains(name); }
    void remove(std::string const& name) { files_.erase(name); }

private:
    bool dies_now();
    bool coin(double odds) { return std::bernoulli_distribution { odds }(chance_); }
    void replay(File& file);

    std::mt19937_64& chance_;
    std::map<std::string, File> files_;
    std::uint64_t countdown_ = 0;
    bool full_ = false;
    bool dead_ = false;
    DiskFaults faults_;
};

/// Makes every database whose path begins with `folder` live on that disk. The VFS is SQLite's
/// default from the first call on.
void mount(std::string const& folder, Disk& disk);
void unmount_all();

} // namespace comity::sim
