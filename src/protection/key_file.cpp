#include "protection/key_file.h"

#include "base/file.h"

#include <fmt/format.h>

namespace comity::protection {
namespace {

namespace fs = std::filesystem;

fs::path beside(fs::path const& path, std::string_view ending)
{
    return path.string() + std::string { ending };
}

Error failure(char const* act, fs::path const& path, std::error_code const& code)
{
    return { Error::Kind::unavailable,
        fmt::format("cannot {} {}: {}", act, path.string(), code.message()) };
}

/// Zeros, then nothing, then no name.
Result<void> wipe(fs::path const& path)
{
    std::error_code code;
    if (!fs::exists(path, code)) return {};
    auto const bytes = fs::file_size(path, code);
    if (code) return failure("measure", path, code);
    TRY(overwrite_file(path, bytes));
    fs::resize_file(path, 0, code);
    if (!code) fs::remove(path, code);
    if (code) return failure("remove", path, code);
    return {};
}

/// What a crash or a full disk left: another name of the file itself, or the file before it.
Result<void> clear_old(fs::path const& path)
{
    auto const old = beside(path, ".old");
    std::error_code code;
    if (!fs::exists(old, code)) return {};
    if (!fs::exists(path, code) || !fs::equivalent(path, old, code)) return wipe(old);
    fs::remove(old, code);
    if (code) return failure("remove", old, code);
    return {};
}

/// The old bytes keep a name until they are overwritten: a crash leaves them to the next opening.
Result<void> replace(fs::path const& path, ByteView content)
{
    TRY(clear_old(path));
    std::error_code code;
    if (fs::exists(path, code)) fs::create_hard_link(path, beside(path, ".old"), code);
    if (code) return failure("keep the name of", path, code);
    TRY(write_file(path, content, Readable::by_owner));
    return clear_old(path);
}

} // namespace

KeyFile::KeyFile(Places places, crypto::Key256 const& node_key, Random random)
    : places_(std::move(places))
    , node_key_(node_key)
    , random_(std::move(random))
{
}

Result<std::unique_ptr<KeyFile>> KeyFile::open(
    Places const& places, crypto::Key256 const& node_key, Random random)
{
    auto out = std::make_unique<KeyFile>(places, node_key, std::move(random));
    TRY(out->lock_.take(beside(places.file, ".lock")));
    auto bytes = read_file(places.file, ring_bytes_max);
    if (!bytes.ok() && !places.copy.empty()) bytes = read_file(places.copy, ring_bytes_max);
    if (bytes.ok())
        out->ring_ = TRY(open_ring(bytes.value(), node_key));
    else if (bytes.error().kind != Error::Kind::not_found)
        return bytes.error();
    TRY(wipe(beside(places.file, ".new")));
    if (!places.copy.empty()) TRY(wipe(beside(places.copy, ".new")));
    TRY(out->save(out->ring_));
    return out;
}

std::uint64_t KeyFile::version() const
{
    std::scoped_lock const hold { mutex_ };
    return ring_.version;
}

Date KeyFile::seen() const
{
    std::scoped_lock const hold { mutex_ };
    return ring_.seen;
}

std::optional<PeriodKey> KeyFile::find(std::uint64_t id) const
{
    std::scoped_lock const hold { mutex_ };
    auto const found = ring_.keys.find(id);
    if (found == ring_.keys.end()) return {};
    return found->second;
}

std::vector<std::pair<std::uint64_t, PeriodKey>> KeyFile::those(
    std::function<bool(PeriodKey const&)> const& fits) const
{
    std::scoped_lock const hold { mutex_ };
    std::vector<std::pair<std::uint64_t, PeriodKey>> out;
    for (auto const& each : ring_.keys)
        if (fits(each.second)) out.emplace_back(each);
    return out;
}

Result<void> KeyFile::change(std::function<Result<void>(KeyRing&)> const& edit)
{
    std::scoped_lock const hold { mutex_ };
    auto next = ring_;
    TRY(edit(next));
    if (next == ring_) return {};
    if (next.keys.size() > ring_keys_max)
        return Error { Error::Kind::too_large,
            fmt::format("the vault has {} keys, its limit", ring_keys_max) };
    TRY(save(next));
    ring_ = std::move(next);
    return {};
}

Result<void> KeyFile::save(KeyRing const& ring)
{
    auto const bytes = seal_ring(ring, node_key_, random_);
    TRY(replace(places_.file, bytes));
    if (!places_.copy.empty()) TRY(replace(places_.copy, bytes));
    return {};
}

} // namespace comity::protection
