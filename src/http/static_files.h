#pragma once

#include "http/message.h"

#include <filesystem>
#include <map>

namespace comity::http {

constexpr std::size_t static_files_max = 1000;
constexpr std::size_t static_bytes_max = std::size_t { 32 } << 20U; ///< Of all together.

/// The files of the desk, read once at start: nothing that is not among them can be asked for.
class StaticFiles {
public:
    StaticFiles() = default;
    /// Errors: not_found; too_large over one of the two limits; unavailable.
    static Result<StaticFiles> load(std::filesystem::path const& folder);

    /// For GET and HEAD of a file's path, and of "/" for index.html; else nothing.
    /// Answers 304 to a matching If-None-Match, and gzip where "x.gz" lies beside "x".
    std::optional<Response> find(Request const& request) const;

private:
    struct File {
        Bytes content;
        std::string type, etag, caching;
    };
    std::map<std::string, File, std::less<>> files_;
};

} // namespace comity::http
