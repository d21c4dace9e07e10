#pragma once

#include "base/file.h"
#include "message/content.h"

#include <algorithm>
#include <filesystem>

namespace comity::message {

/// One file of tests/messages: "request.interview.json" is an example of the type "request".
struct Example {
    std::string file;
    Type type;
    std::string text;
    json::Value value;
};

inline std::vector<Example> const& examples()
{
    static auto const all = [] {
        std::vector<Example> out;
        for (auto const& entry : std::filesystem::directory_iterator("tests/messages")) {
            if (entry.path().extension() != ".json") continue;
            auto const file = entry.path().filename().string();
            auto const text = std::string { as_text(read_file(entry.path()).value()) };
            auto const* row = find_type(file.substr(0, file.find('.')));
            MUST(row != nullptr);
            out.push_back({ file, row->type, text, json::parse(text).value() });
        }
        std::ranges::sort(out, {}, &Example::file);
        return out;
    }();
    return all;
}

} // namespace comity::message
