#pragma once

#include "base/result.h"

#include <filesystem>

namespace comity::store {

/// Holds a folder for one process: the lock falls with the process, however it ends.
class FolderLock {
public:
    FolderLock() = default;
    ~FolderLock();
    FolderLock(FolderLock const&) = delete;
    FolderLock& operator=(FolderLock const&) = delete;

    /// By a file in it, made if missing. Errors: conflict (another process has it), unavailable.
    Result<void> take(std::filesystem::path const& file);

private:
    int descriptor_ = -1;
};

} // namespace comity::store
