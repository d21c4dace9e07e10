#include "base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace comity {
namespace {

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number)
        : number_(number)
    {
    }
    ~Descriptor()
    {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    bool open() const { return number_ >= 0; }
    int number() const { return number_; }

private:
    int number_;
};

Error failure(char const* act, std::filesystem::path const& path)
{
    auto const kind = errno == ENOENT ? Error::Kind::not_found : Error::Kind::unavailable;
    return { kind, fmt::format("cannot {} {}: {}", act, path.string(), std::strerror(errno)) };
}

Result<void> write_all(int descriptor, ByteView content, std::filesystem::path const& path)
{
    while (!content.empty()) {
        auto const written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failure("write", path);
        content = content.subspan(static_cast<std::size_t>(written));
    }
    if (::fsync(descriptor) != 0) return failure("sync", path);
    return {};
}

} // namespace

Result<Bytes> read_file(std::filesystem::path const& path, std::size_t bytes_max)
{
    Descriptor const file { ::open(path.c_str(), O_RDONLY | O_CLOEXEC) };
    if (!file.open()) return failure("open", path);
    Bytes content;
    Bytes chunk(1U << 16U);
    for (;;) {
        auto const count = ::read(file.number(), chunk.data(), chunk.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failure("read", path);
        if (count == 0) return content;
        content.insert(content.end(), chunk.begin(), chunk.begin() + count);
        if (content.size() > bytes_max)
            return Error { Error::Kind::too_large,
                fmt::format("{} is larger than the limit of {} bytes", path.string(), bytes_max) };
    }
}

Result<void> write_file(std::filesystem::path const& path, ByteView content, Readable readable)
{
    auto const beside = std::filesystem::path { path.string() + ".new" };
    {
        auto const mode = readable == Readable::by_owner ? 0600 : 0644;
        Descriptor const file { ::open(
            beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode) };
        if (!file.open()) return failure("create", beside);
        TRY(write_all(file.number(), content, beside));
    }
    if (::rename(beside.c_str(), path.c_str()) != 0) return failure("rename", beside);
    auto const folder = path.has_parent_path() ? path.parent_path() : ".";
    Descriptor const directory { ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC) };
    if (!directory.open() || ::fsync(directory.number()) != 0) return failure("sync", folder);
    return {};
}

Result<void> overwrite_file(std::filesystem::path const& path, std::size_t bytes)
{
    Descriptor const file { ::open(path.c_str(), O_WRONLY | O_CLOEXEC) };
    if (!file.open()) return failure("open", path);
    return write_all(file.number(), Bytes(bytes), path);
}

} // namespace comity
