// A batch as a State's node posts it, and the answer as the receiver gives it: lists in lists. What
// is read must survive being written again.
#include "exchange/batch.h"
#include "fuzz/fuzz.h"

using namespace comity;

namespace {

void read_body(ByteView body)
{
    auto const envelopes = exchange::read_batch(body);
    if (!envelopes.ok()) {
        MUST(!envelopes.error().what.empty() && !envelopes.error().field.empty());
        return;
    }
    std::vector<exchange::UnderWay> messages;
    for (auto const& each : envelopes.value()) messages.push_back({ each, {}, 0 });
    MUST(std::ranges::equal(exchange::write_batch(messages), body));
}

void read_reply(ByteView body)
{
    constexpr std::size_t asked = 8;
    auto const answers = exchange::read_answers(body, asked);
    if (!answers.ok()) {
        MUST(!answers.error().what.empty());
        return;
    }
    auto const& [receipts, refused, expected, lacks_attachments] = answers.value();
    MUST(receipts.size() <= asked && (refused || !receipts.empty()));
    MUST(refused || (!expected && !lacks_attachments));
    MUST(body.size() > exchange::batch_answer_bytes_max || refused
        || std::ranges::equal(exchange::write_answers(receipts, {}), body));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    ByteView const input { data, size };
    read_body(input);
    read_reply(input);
    return 0;
}
