// What a peer answers. Fed in one piece and byte by byte: both must come to the same end. The
// reader is nobody else's business, so it is reached through its source file.
#include "exchange/pipe.cpp"

using namespace comity;

namespace {

constexpr std::size_t reply_bytes_max = 4096;

std::string feed(ByteView bytes, std::size_t piece)
{
    exchange::ReplyReader reader { reply_bytes_max };
    std::size_t begin = 0;
    for (std::size_t end = 0; !reader.done() && end < bytes.size();) {
        end = std::min(end + piece, bytes.size());
        auto const used = reader.put(bytes.subspan(begin, end - begin));
        if (!used.ok()) return "refused";
        begin += used.value();
    }
    if (!reader.done() && (bytes.empty() || !reader.end().ok())) return "cut";
    auto const reply = reader.take();
    MUST(reply.body.size() <= reply_bytes_max);
    return std::to_string(reply.status) + " " + std::to_string(reply.body.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const whole = feed({ data, size }, size + 1);
    auto const pieces = feed({ data, size }, 1);
    if (whole != "refused" && pieces != "refused") MUST(whole == pieces);
    return 0;
}
