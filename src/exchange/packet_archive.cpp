#include "exchange/packet_archive.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace comity::exchange {
namespace {

constexpr std::size_t block_bytes = 512;
using Block = std::array<char, block_bytes>;

void put(Block& block, std::size_t at, std::string_view text)
{
    std::ranges::copy(text, block.begin() + static_cast<std::ptrdiff_t>(at));
}

/// POSIX.1-1988 ustar: everything but name, size and their sum is the same in every packet.
Block header_of(std::string_view name, std::size_t size)
{
    constexpr std::size_t mode = 100, user = 108, group = 116, length = 124, time = 136, sum = 148,
                          type = 156, magic = 257, major = 329, minor = 337;
    Block out {};
    put(out, 0, name);
    put(out, mode, "0000600");
    put(out, user, "0000000");
    put(out, group, "0000000");
    put(out, length, fmt::format("{:011o}", size));
    put(out, time, "00000000000");
    put(out, sum, "        ");
    put(out, type, "0");
    put(out, magic, std::string_view { "ustar\00000", 8 });
    put(out, major, "0000000");
    put(out, minor, "0000000");
    unsigned total = 0;
    for (char const each : out) total += static_cast<unsigned char>(each);
    put(out, sum, fmt::format("{:06o}", total));
    out[sum + 6] = '\0';
    return out;
}

ByteView view(Block const& block)
{
    return as_view({ block.data(), block.size() });
}

std::size_t padding(std::size_t size)
{
    return (block_bytes - size % block_bytes) % block_bytes;
}

bool all_zero(ByteView bytes)
{
    return std::ranges::all_of(bytes, [](auto each) { return each == 0; });
}

Error malformed(std::string_view what)
{
    return { Error::Kind::malformed, fmt::format("the packet's archive: {}", what), "packet" };
}

std::filesystem::path beside(std::filesystem::path const& target)
{
    return target.string() + ".part";
}

} // namespace

Result<ArchiveWriter> ArchiveWriter::create(std::filesystem::path const& target)
{
    if (std::filesystem::exists(target))
        return Error { Error::Kind::conflict,
            fmt::format("{} exists already; nothing was written", target.string()), "file" };
    File file { std::fopen(beside(target).c_str(), "wb") };
    if (!file)
        return Error { Error::Kind::unavailable,
            fmt::format("{} cannot be written", target.string()), "file" };
    std::error_code ignored;
    std::filesystem::permissions(beside(target),
        std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
    return ArchiveWriter { target, std::move(file) };
}

Result<void> ArchiveWriter::write(ByteView bytes)
{
    hash_.add(bytes);
    bytes_ += bytes.size();
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size()) return {};
    return Error { Error::Kind::unavailable, fmt::format("{} cannot be written", target_.string()),
        "file" };
}

Result<void> ArchiveWriter::add(std::string_view name, ByteView content)
{
    MUST(name.size() <= member_name_bytes_max && content.size() <= member_bytes_max);
    TRY(write(view(header_of(name, content.size()))));
    TRY(write(content));
    return write(Bytes(padding(content.size())));
}

Result<WrittenFile> ArchiveWriter::finish()
{
    TRY(write(Bytes(2 * block_bytes)));
    bool const on_disk = std::fflush(file_.get()) == 0 && ::fsync(::fileno(file_.get())) == 0;
    file_.reset();
    std::error_code code;
    if (on_disk) std::filesystem::rename(beside(target_), target_, code);
    if (on_disk && !code) return WrittenFile { to_hex(hash_.digest()), bytes_ };
    return Error { Error::Kind::unavailable, fmt::format("{} cannot be written", target_.string()),
        "file" };
}

Result<ArchiveReader> ArchiveReader::open(std::filesystem::path const& path)
{
    File file { std::fopen(path.c_str(), "rb") };
    if (!file)
        return Error { Error::Kind::not_found, fmt::format("{} cannot be read", path.string()),
            "file" };
    return ArchiveReader { std::move(file) };
}

Result<Bytes> ArchiveReader::read(std::size_t bytes)
{
    Bytes out(bytes);
    if (std::fread(out.data(), 1, bytes, file_.get()) != bytes) return malformed("it is cut");
    return out;
}

Result<std::optional<ArchiveMember>> ArchiveReader::next()
{
    constexpr std::size_t length_at = 124, length_digits = 11;
    auto const header = TRY(read(block_bytes));
    if (all_zero(header)) {
        if (!all_zero(TRY(read(block_bytes))) || std::fgetc(file_.get()) != EOF)
            return malformed("it goes on after its end");
        return std::optional<ArchiveMember> {};
    }
    auto const text = as_text(header);
    ArchiveMember out {
        std::string { text.substr(0, std::min(text.find('\0'), std::size_t { 99 })) }, {}
    };
    std::size_t size = 0;
    for (char const digit : text.substr(length_at, length_digits)) {
        if (digit < '0' || digit > '7') return malformed("a length that is no number");
        size = size * 8 + static_cast<std::size_t>(digit - '0');
    }
    if (!std::ranges::equal(view(header_of(out.name, size)), header))
        return malformed("a header in another spelling, or altered");
    if (size > member_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("{} has {} bytes, {} at most", out.name, size, member_bytes_max),
            "packet" };
    out.content = TRY(read(size));
    if (!all_zero(TRY(read(padding(size))))) return malformed("stray bytes between two members");
    return std::optional { std::move(out) };
}

} // namespace comity::exchange
