#include "store/folder_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace comity::store {

FolderLock::~FolderLock()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> FolderLock::take(std::filesystem::path const& file)
{
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor_ < 0)
        return Error { Error::Kind::unavailable, fmt::format("cannot create {}", file.string()) };
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return {};
    return Error { Error::Kind::conflict,
        fmt::format(
            "the data folder {} is in use by another process", file.parent_path().string()) };
}

} // namespace comity::store
