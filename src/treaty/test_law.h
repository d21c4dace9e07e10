#pragma once

#include "base/file.h"
#include "treaty/law.h"

namespace comity::treaty::test {

/// Not for security: the tests ask only that other bytes give another version.
inline std::string plain_hash(std::string_view text)
{
    std::uint64_t state = 14695981039346656037ULL;
    for (auto const byte : as_view(text)) state = (state ^ byte) * 1099511628211ULL;
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4) out += "0123456789abcdef"[state >> shift & 15];
    return out;
}

/// The data of the project, read from its root.
inline Files law_files()
{
    Files out;
    for (auto const name : law_file_names()) {
        auto const bytes = read_file(std::filesystem::path { "data/treaty" } / name).take();
        out.push_back({ std::string { name }, std::string { as_text(bytes) } });
    }
    return out;
}

inline Law const& law()
{
    static Law const all = read_law(law_files(), plain_hash).take();
    return all;
}

inline Date day(std::string_view text)
{
    return parse_date(text).take();
}

inline PartyCode party(std::string_view text)
{
    return PartyCode::parse(text).take();
}

} // namespace comity::treaty::test
