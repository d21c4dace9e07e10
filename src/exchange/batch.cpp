#include "exchange/batch.h"

#include "exchange/multipart.h"

#include <fmt/format.h>

#include <limits>

namespace comity::exchange {
namespace {

constexpr std::size_t length_bytes = 4;

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

void put_length(Bytes& out, std::size_t length)
{
    MUST(length <= std::numeric_limits<std::uint32_t>::max());
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(length >> shift));
}

void put(Bytes& out, ByteView item)
{
    put_length(out, item.size());
    out.insert(out.end(), item.begin(), item.end());
}

/// The first item of a list, taken off it.
Result<ByteView> take(ByteView& list, std::string const& field)
{
    if (list.size() < length_bytes) return malformed(field, "a length has 4 bytes, fewer are left");
    std::size_t size = 0;
    for (auto const byte : list.first(length_bytes)) size = size << 8U | byte;
    list = list.subspan(length_bytes);
    if (list.size() < size)
        return malformed(
            field, fmt::format("an item of {} bytes is named, {} are left", size, list.size()));
    auto const item = list.first(size);
    list = list.subspan(size);
    return item;
}

std::size_t items_bytes(Envelope const& envelope)
{
    auto out = (2 + envelope.parts.size()) * length_bytes + envelope.manifest.size()
        + envelope.signature.size();
    for (auto const& part : envelope.parts) out += part.size();
    return out;
}

Result<Envelope> read_one(ByteView list, std::string const& field)
{
    std::vector<Bytes> items;
    while (!list.empty()) {
        if (items.size() == parts_max)
            return Error { Error::Kind::too_large,
                fmt::format("an envelope has at most {} items", parts_max), field };
        auto const item = TRY(take(list, field));
        items.emplace_back(item.begin(), item.end());
    }
    if (items.size() < 2) return malformed(field, "an envelope has a manifest and a signature");
    Envelope out { std::move(items[0]), std::move(items[1]), {} };
    out.parts.assign(
        std::make_move_iterator(items.begin() + 2), std::make_move_iterator(items.end()));
    return out;
}

} // namespace

std::size_t batch_bytes(Envelope const& envelope)
{
    return length_bytes + items_bytes(envelope);
}

Bytes write_batch(std::span<UnderWay const> messages)
{
    MUST(!messages.empty() && messages.size() <= batch_messages_max);
    std::size_t whole = 0;
    for (auto const& message : messages) whole += batch_bytes(message.envelope);
    Bytes out;
    out.reserve(whole);
    for (auto const& [envelope, id, seq] : messages) {
        put_length(out, items_bytes(envelope));
        put(out, envelope.manifest);
        put(out, envelope.signature);
        for (auto const& part : envelope.parts) put(out, part);
    }
    return out;
}

Result<std::vector<Envelope>> read_batch(ByteView body)
{
    if (body.size() > batch_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("a batch of {} bytes, {} at most", body.size(), batch_bytes_max), "body" };
    std::vector<Envelope> out;
    while (!body.empty()) {
        if (out.size() == batch_messages_max)
            return Error { Error::Kind::too_large,
                fmt::format("a batch has at most {} messages", batch_messages_max), "body" };
        auto const field = fmt::format("[{}]", out.size());
        out.push_back(TRY(read_one(TRY(take(body, field)), field)));
    }
    if (out.empty()) return malformed("body", "a batch without a message");
    return out;
}

Bytes write_answers(std::span<Bytes const> receipts, ByteView refusal)
{
    Bytes out;
    auto const reserved = refusal.empty() ? 0 : length_bytes + refusal.size();
    for (auto const& receipt : receipts) {
        auto const whole = out.size() + length_bytes + receipt.size() + reserved;
        if (whole > batch_answer_bytes_max && !out.empty()) return out;
        put(out, receipt);
    }
    if (!refusal.empty()) put(out, refusal);
    return out;
}

Carried read_refusal(int status, ByteView body)
{
    Carried out { {}, Error { Error::Kind::unavailable, {} }, {} };
    auto& words = out.refused->what;
    words = status == 200 ? "the peer refused" : fmt::format("the peer answered {}", status);
    auto const parsed = json::parse(as_text(body));
    if (!parsed.ok() || !parsed.value().is_object()) return out;
    auto const* error = parsed.value().get_object().if_contains("error");
    if (!error || !error->is_object()) return out;
    if (auto const* message = error->get_object().if_contains("message"))
        words += ": " + json::print(*message);
    if (auto const* field = error->get_object().if_contains("field"))
        out.lacks_attachments = *field == "attachments";
    if (auto const* expected = error->get_object().if_contains("expected"))
        if (auto const* number = expected->if_int64(); number && *number > 0)
            out.expected = static_cast<std::uint64_t>(*number);
    return out;
}

Result<Carried> read_answers(ByteView body, std::size_t asked)
{
    Carried out;
    while (!body.empty()) {
        auto const field = fmt::format("[{}]", out.receipts.size());
        if (out.refused) return malformed(field, "an answer after a refusal");
        if (out.receipts.size() == asked) return malformed(field, "more answers than messages");
        auto const item = TRY(take(body, field));
        if (item.empty()) return malformed(field, "an empty answer");
        if (item.front() == '{') {
            auto refusal = read_refusal(200, item);
            refusal.receipts = std::move(out.receipts);
            out = std::move(refusal);
        } else {
            out.receipts.emplace_back(item.begin(), item.end());
        }
    }
    if (out.receipts.empty() && !out.refused) return malformed("body", "no answer at all");
    return out;
}

} // namespace comity::exchange
