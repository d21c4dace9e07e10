#include "main/trust_folder.h"

#include "base/file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace comity::main {
namespace {

using exchange::SignedTrustList;
using std::filesystem::path;

constexpr std::size_t kept_lists_max = 10'000;

/// As it stands beside a list; one on its way has no instant yet.
struct Signatures {
    std::optional<Instant> installed_at;
    std::vector<exchange::TrustSignature> signatures;
};
BOOST_DESCRIBE_STRUCT(Signatures, (), (installed_at, signatures))

Error in_file(path const& file, Error error)
{
    error.what = fmt::format("{}: {}", file.string(), error.what);
    return error;
}

path signatures_of(path const& file)
{
    auto out = file;
    return out.replace_extension(".signatures.json");
}

Result<std::string> read_text(path const& file, std::size_t bytes_max)
{
    return std::string { as_text(TRY(read_file(file, bytes_max))) };
}

Result<Signatures> read_signatures(path const& file)
{
    auto const text = TRY(read_text(file, exchange::trust_list_bytes_max));
    auto read = json::read_text<Signatures>(text, json::Unknown::refuse);
    if (!read.ok()) return in_file(file, read.error());
    return read;
}

Result<SignedTrustList> read_list(path const& file, Instant now)
{
    auto text = TRY(read_text(file, exchange::trust_list_bytes_max));
    auto beside = TRY(read_signatures(signatures_of(file)));
    return SignedTrustList { std::move(text), std::move(beside.signatures),
        beside.installed_at.value_or(now) };
}

/// The kept lists by version.
Result<std::map<std::uint64_t, path>> kept_lists(path const& folder)
{
    std::map<std::uint64_t, path> out;
    std::error_code code;
    for (auto const& file : std::filesystem::directory_iterator { folder, code }) {
        auto const name = file.path().filename().string();
        std::uint64_t version = 0;
        auto const [end, bad] = std::from_chars(name.data(), name.data() + name.size(), version);
        if (bad == std::errc {} && std::string_view { end } == ".json")
            out.emplace(version, file.path());
        if (out.size() > kept_lists_max)
            return Error { Error::Kind::too_large,
                fmt::format("{}: over {} lists", folder.string(), kept_lists_max), "trust" };
    }
    return out;
}

Result<void> write_list(path const& file, SignedTrustList const& list)
{
    // The signatures first: a list counts from the moment that its own file is there.
    TRY(write_file(signatures_of(file),
        as_view(json::to_text(Signatures { list.installed_at, list.signatures }))));
    return write_file(file, as_view(list.text));
}

} // namespace

Result<exchange::TrustRules> read_trust_rules(Config const& config)
{
    auto const folder = config.folder / "roots";
    exchange::TrustRules out { {}, config.trust_signatures };
    std::error_code code;
    for (auto const& file : std::filesystem::directory_iterator { folder, code }) {
        if (file.path().extension() != ".pem") continue;
        auto const root = crypto::Certificate::read_pem(TRY(read_text(file.path(), 65'536)));
        if (!root.ok()) return in_file(file.path(), root.error());
        out.pinned_roots.push_back(root.value().fingerprint());
    }
    if (code || out.pinned_roots.empty())
        return Error { Error::Kind::not_found,
            fmt::format("no roots that this State vouches for in {}", folder.string()) };
    return out;
}

Result<exchange::Trust> read_trust(Config const& config, Instant now)
{
    auto const rules = TRY(read_trust_rules(config));
    auto const kept = TRY(kept_lists(config.folder / "trust"));
    std::vector<SignedTrustList> lists;
    for (auto const& [version, file] : kept) lists.push_back(TRY(read_list(file, now)));
    if (lists.empty()) lists.push_back(TRY(read_list(config.folder / "trust.json", now)));
    return exchange::Trust::read(lists, rules);
}

Result<void> keep_trust_list(Config const& config, SignedTrustList const& list)
{
    auto const version = TRY(exchange::read_trust_list(list.text)).version;
    auto const folder = config.folder / "trust";
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    if (code)
        return Error { Error::Kind::unavailable,
            fmt::format("cannot create {}: {}", folder.string(), code.message()) };
    TRY(write_list(folder / fmt::format("{}.json", version), list));
    return write_list(config.folder / "trust.json", list);
}

Result<SignedTrustList> read_list_file(path const& file, Instant now)
{
    if (file.extension() != ".json")
        return Error { Error::Kind::malformed,
            fmt::format("'{}': the file of a list ends with .json", file.string()), "file" };
    auto text = TRY(read_text(file, exchange::trust_list_bytes_max));
    SignedTrustList out { std::move(text), {}, now };
    if (std::filesystem::exists(signatures_of(file)))
        out.signatures = TRY(read_signatures(signatures_of(file))).signatures;
    return out;
}

Result<void> write_list_signatures(
    path const& file, std::vector<exchange::TrustSignature> const& signatures)
{
    return write_file(signatures_of(file), as_view(json::to_text(Signatures { {}, signatures })));
}

} // namespace comity::main
