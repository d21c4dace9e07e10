#pragma once

#include "crypto/hash_stream.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>

/// The outside of a courier packet: a tar archive (POSIX.1 ustar) that `tar xf` opens, in one
/// spelling only, so that no byte of it can change unseen. One member in memory at a time.
namespace comity::exchange {

constexpr std::size_t member_bytes_max = std::size_t { 64 } << 20U;
constexpr std::size_t member_name_bytes_max = 99;

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

/// A file that is on disk.
struct WrittenFile {
    std::string sha256;
    std::uint64_t bytes;
};

/// Writes beside the target and renames it when it is finished and on disk.
class ArchiveWriter {
public:
    /// Errors: conflict where the file exists; unavailable.
    static Result<ArchiveWriter> create(std::filesystem::path const& target);
    /// MUST: within the limits above.
    Result<void> add(std::string_view name, ByteView content);
    Result<WrittenFile> finish();

private:
    ArchiveWriter(std::filesystem::path target, File file)
        : target_(std::move(target))
        , file_(std::move(file))
    {
    }
    Result<void> write(ByteView bytes);

    std::filesystem::path target_;
    File file_;
    crypto::HashStream hash_ {};
    std::uint64_t bytes_ = 0;
};

struct ArchiveMember {
    std::string name;
    Bytes content;
};

class ArchiveReader {
public:
    /// Error: not_found.
    static Result<ArchiveReader> open(std::filesystem::path const& path);
    /// Nothing at the end. Errors: malformed for another spelling or an archive that is cut;
    /// too_large.
    Result<std::optional<ArchiveMember>> next();

private:
    explicit ArchiveReader(File file)
        : file_(std::move(file))
    {
    }
    Result<Bytes> read(std::size_t bytes);

    File file_;
};

} // namespace comity::exchange
