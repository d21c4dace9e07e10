// What a peer's node posts: form-data parts. What is read must survive being written again.
#include "exchange/multipart.h"

#include <algorithm>

using namespace comity;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const text = as_text({ data, size });
    auto const end = std::min(text.find('\n'), text.size());
    auto const body = as_view(text.substr(std::min(end + 1, text.size())));
    auto const named = exchange::read_multipart(text.substr(0, end), body);
    auto const parts = exchange::read_multipart("multipart/form-data; boundary=x", as_view(text));
    for (auto const* read : { &named, &parts }) {
        if (!read->ok()) continue;
        constexpr std::string_view boundary = "0123456789abcdefFUZZ";
        if (text.find(boundary) != std::string_view::npos) continue;
        auto const written = exchange::write_multipart(read->value(), boundary);
        auto const again = exchange::read_multipart(written.content_type, written.body);
        MUST(again.ok() && again.value().size() == read->value().size());
        for (std::size_t i = 0; i < again.value().size(); ++i)
            MUST(again.value()[i].content == read->value()[i].content);
    }
    return 0;
}
