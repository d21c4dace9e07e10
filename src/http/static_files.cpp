#include "http/static_files.h"

#include "base/file.h"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>

namespace comity::http {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> types { {
    { ".html", "text/html; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".css", "text/css; charset=utf-8" },
    { ".json", "application/json" },
    { ".svg", "image/svg+xml" },
    { ".png", "image/png" },
    { ".ico", "image/x-icon" },
    { ".woff2", "font/woff2" },
    { ".txt", "text/plain; charset=utf-8" },
    { ".map", "application/json" },
    { ".webmanifest", "application/manifest+json" },
    { ".wasm", "application/wasm" },
} };

std::string type_of(std::filesystem::path const& path)
{
    auto const plain = path.extension() == ".gz" ? path.stem() : path;
    auto const* found = std::ranges::find(
        types, plain.extension().string(), &std::pair<std::string_view, std::string_view>::first);
    return std::string { found == types.end() ? "application/octet-stream" : found->second };
}

/// The build puts eight characters of a hash before the extension ("app-B3xk_9aQ.js"): such a
/// file never changes under its name.
bool is_hashed(std::string const& path)
{
    constexpr std::size_t hash_characters = 8;
    auto const name = path.substr(path.rfind('/') + 1);
    auto const dot = name.find('.');
    if (!path.starts_with("/assets/") || dot == std::string::npos) return false;
    return dot > hash_characters && name[dot - hash_characters - 1] == '-';
}

std::string etag_of(ByteView content)
{
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest {};
    SHA256(content.data(), content.size(), digest.data());
    return fmt::format("\"{}\"", to_hex(std::span { digest }.first(16)));
}

bool takes_gzip(std::string_view accepted)
{
    auto const at = accepted.find("gzip");
    return at != std::string_view::npos && !accepted.substr(at).starts_with("gzip;q=0");
}

} // namespace

Result<StaticFiles> StaticFiles::load(std::filesystem::path const& folder)
{
    namespace fs = std::filesystem;
    std::error_code failed;
    if (!fs::is_directory(folder, failed))
        return Error { Error::Kind::not_found,
            fmt::format("no folder {} with the desk's files", folder.string()) };
    StaticFiles out;
    std::size_t bytes = 0;
    for (fs::recursive_directory_iterator each { folder, failed }, end; !failed && each != end;
        each.increment(failed)) {
        if (!each->is_regular_file(failed)) continue;
        auto content = TRY(read_file(each->path(), static_bytes_max));
        bytes += content.size();
        if (out.files_.size() == static_files_max || bytes > static_bytes_max)
            return Error { Error::Kind::too_large,
                fmt::format("the desk has at most {} files and {} bytes", static_files_max,
                    static_bytes_max) };
        auto const path = "/" + fs::relative(each->path(), folder, failed).generic_string();
        File file { .content = std::move(content),
            .type = type_of(each->path()),
            .etag = {},
            .caching = is_hashed(path) ? "public, max-age=31536000, immutable" : "no-cache" };
        file.etag = etag_of(file.content);
        out.files_.emplace(path, std::move(file));
    }
    if (failed) return Error { Error::Kind::unavailable, failed.message() };
    return out;
}

std::optional<Response> StaticFiles::find(Request const& request) const
{
    if (request.method != "GET" && request.method != "HEAD") return {};
    std::string path;
    for (auto const& segment : request.segments) path += "/" + segment;
    if (path.empty()) path = "/index.html";
    auto found = files_.find(path);
    if (found == files_.end()) return {};
    auto const zipped = files_.find(path + ".gz");
    bool const gzip = zipped != files_.end() && takes_gzip(request.header("accept-encoding"));
    if (gzip) found = zipped;
    auto const& file = found->second;
    Response response { .headers = { { "content-type", file.type }, { "etag", file.etag },
                            { "cache-control", file.caching }, { "vary", "accept-encoding" } } };
    if (request.header("if-none-match") == file.etag) {
        response.status = 304;
        return response;
    }
    if (gzip) response.headers.push_back({ "content-encoding", "gzip" });
    response.body = file.content;
    return response;
}

} // namespace comity::http
