#pragma once

#include "treaty/test_law.h"

#include <algorithm>

namespace comity::treaty::test {

/// The files of text cases, by name.
inline std::vector<File> case_files()
{
    std::vector<File> out;
    for (auto const& entry : std::filesystem::directory_iterator("tests/cases/treaty")) {
        if (entry.path().extension() != ".case") continue;
        auto const bytes = read_file(entry.path()).take();
        out.push_back({ entry.path().filename().string(), std::string { as_text(bytes) } });
    }
    std::ranges::sort(out, {}, &File::name);
    return out;
}

} // namespace comity::treaty::test
