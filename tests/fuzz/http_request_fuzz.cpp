// A whole HTTP request, and alone the parts of it that we read ourselves. Fed in one piece and byte
// by byte: both must come to the same end.
#include "http/request_reader.h"
#include "http/target.h"

using namespace comity;
using Progress = http::RequestReader::Progress;

namespace {

constexpr std::size_t body_bytes_max = 4096;

Progress feed(std::string_view text, std::size_t piece, std::string& told)
{
    http::RequestReader reader { body_bytes_max };
    std::size_t begin = 0;
    std::size_t end = std::min(piece, text.size());
    for (;;) {
        auto const step = reader.read(text.substr(begin, end - begin));
        begin += step.used;
        if (step.progress == Progress::refused) {
            MUST(step.refusal && step.refusal->status >= 400);
            return step.progress;
        }
        if (step.progress == Progress::whole) {
            auto const request = reader.take({});
            MUST(request.body.size() <= body_bytes_max);
            told = request.method + " " + request.path + " "
                + std::to_string(request.headers.size()) + " "
                + std::to_string(request.body.size());
            return step.progress;
        }
        if (step.progress == Progress::header_read && begin < end) continue;
        if (end == text.size()) return step.progress;
        end = std::min(end + piece, text.size());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const text = as_text({ data, size });
    std::string whole;
    std::string pieces;
    auto const at_once = feed(text, text.size() + 1, whole);
    auto const slowly = feed(text, 1, pieces);
    if (at_once == Progress::whole) MUST(slowly == Progress::whole && whole == pieces);
    static_cast<void>(http::parse_target(text));
    static_cast<void>(http::cookie_value(text, "comity"));
    static_cast<void>(http::host_name(text));
    return 0;
}
