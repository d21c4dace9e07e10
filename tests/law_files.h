#pragma once

#include "base/file.h"
#include "crypto/hash.h"
#include "treaty/decision.h"

/// The law of the project, read from its root, for fuzz targets and benchmarks.
namespace comity::test {

inline treaty::Files law_files()
{
    treaty::Files out;
    for (auto const name : treaty::law_file_names()) {
        auto const bytes = read_file(std::filesystem::path { "data/treaty" } / name).value();
        out.push_back({ std::string { name }, std::string { as_text(bytes) } });
    }
    return out;
}

inline std::string law_hash(std::string_view text)
{
    return to_hex(crypto::sha256(as_view(text)));
}

} // namespace comity::test
