#include "exchange/attachment_pipe.h"

#include "exchange/envelope.h"

#include <fmt/format.h>

namespace comity::exchange {
namespace {

constexpr std::size_t words_bytes_max = 500; ///< Of what a peer says is wrong.

std::string path_of(AttachmentKey const& key)
{
    return fmt::format("{}/{}/{}", attachment_path, key.message, key.n);
}

Error refused(Reply const& reply)
{
    return { Error::Kind::unavailable,
        fmt::format("the peer answered {} about an attachment: {}", reply.status,
            as_text(reply.body).substr(0, words_bytes_max)) };
}

Result<void> done(Reply const& reply)
{
    if (reply.status != 204) return refused(reply);
    return {};
}

} // namespace

AttachmentLine attachment_line_over(PipeNow const& pipe)
{
    AttachmentLine line;
    line.ask = [pipe](AttachmentKey const& of) -> Result<std::optional<Progress>> {
        auto const reply = TRY(pipe()->get(path_of(of)));
        if (reply.status == 404) return std::optional<Progress> {};
        if (reply.status != 200) return refused(reply);
        return std::optional { TRY(
            json::read_text<Progress>(as_text(reply.body), json::Unknown::keep)) };
    };
    line.open = [pipe](AttachmentKey const& of, ByteView hashes) -> Result<void> {
        return done(TRY(pipe()->put(path_of(of), "application/octet-stream", hashes)));
    };
    line.put
        = [pipe](AttachmentKey const& of, std::uint32_t chunk, ByteView sealed) -> Result<void> {
        return done(
            TRY(pipe()->put(fmt::format("{}/{}", path_of(of), chunk), receipt_type, sealed)));
    };
    return line;
}

} // namespace comity::exchange
