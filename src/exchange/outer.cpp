#include "exchange/outer.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace comity::exchange {
namespace {

using crypto::Key256;
using crypto::Nonce96;

constexpr std::uint8_t outer_version = 1;
constexpr std::size_t head_bytes = 1 + OuterKey::Id {}.size() + OuterSalt {}.size();
constexpr std::string_view label = "comity-outer/1";

Error malformed(std::string what)
{
    return { Error::Kind::malformed, "outer layer: " + std::move(what), "body" };
}

Error not_authentic(std::string what)
{
    return { Error::Kind::not_authentic, "outer layer: " + std::move(what), "body" };
}

std::string info_of(OuterPlace const& place)
{
    auto out = fmt::format("{}\n{}\n{}\n{}\n{}\n", label, place.answers ? "answer" : "request",
        place.from, place.to, place.path);
    if (place.answers) out += to_hex(*place.answers) + '\n';
    return out;
}

struct BodyKey {
    Key256 key;
    Nonce96 nonce;
};

/// Fresh for every body: the salt is.
BodyKey body_key(OuterKey const& key, OuterPlace const& place, OuterSalt const& salt)
{
    BodyKey out {};
    auto const derived = crypto::hkdf_sha256(
        key.bytes(), salt, as_view(info_of(place)), out.key.size() + out.nonce.size());
    std::copy_n(derived.begin(), out.key.size(), out.key.begin());
    std::copy_n(derived.begin() + out.key.size(), out.nonce.size(), out.nonce.begin());
    return out;
}

/// One line before the content: the status of an answer, the type of the content.
std::string line_of(OuterBody const& body)
{
    return body.status == 0 ? body.content_type + '\n'
                            : fmt::format("{} {}\n", body.status, body.content_type);
}

Result<OuterBody> read_body(Bytes plain, bool is_answer)
{
    auto const end = std::ranges::find(plain, '\n');
    auto line = std::string { as_text({ plain.begin(), end }) };
    if (end == plain.end() || line.size() > outer_content_type_bytes_max + 4)
        return malformed("no line with the type of the content");
    OuterBody out;
    if (is_answer) {
        auto const [stop, code]
            = std::from_chars(line.data(), line.data() + line.size(), out.status);
        bool const fits = code == std::errc {} && stop == line.data() + 3 && line.size() > 3
            && line[3] == ' ' && out.status >= 200 && out.status < 600;
        if (!fits) return malformed("an answer without its status");
        line.erase(0, 4);
    }
    bool const printable = std::ranges::all_of(line, [](char c) { return c >= 0x20 && c < 0x7f; });
    if (!printable) return malformed("a type of content with other characters");
    out.content_type = std::move(line);
    out.content.assign(end + 1, plain.end());
    return out;
}

} // namespace

OuterKey::OuterKey(Key256 const& key)
    : key_(key)
{
    auto const id = crypto::hmac_sha256(key_, as_view(fmt::format("{} key id", label)));
    std::copy_n(id.begin(), id_.size(), id_.begin());
}

Result<OuterKey> OuterKey::read(std::string_view text)
{
    if (text.ends_with('\n')) text.remove_suffix(1);
    auto const bytes = from_hex(text);
    Key256 key {};
    if (!bytes.ok() || bytes.value().size() != key.size())
        return Error { Error::Kind::malformed,
            "a key of the outer layer has 64 hexadecimal characters", "outer" };
    std::ranges::copy(bytes.value(), key.begin());
    return OuterKey { key };
}

Bytes wrap_outer(
    OuterBody const& body, OuterKey const& key, OuterPlace const& place, OuterSalt const& salt)
{
    MUST(body.content_type.size() <= outer_content_type_bytes_max);
    MUST((body.status != 0) == place.answers.has_value());
    Bytes out { outer_version };
    out.insert(out.end(), key.id().begin(), key.id().end());
    out.insert(out.end(), salt.begin(), salt.end());
    auto plain = to_bytes(line_of(body));
    plain.insert(plain.end(), body.content.begin(), body.content.end());
    auto const own = body_key(key, place, salt);
    auto const sealed = crypto::seal_aes256_gcm(own.key, own.nonce, out, plain);
    out.insert(out.end(), sealed.begin(), sealed.end());
    return out;
}

Result<OuterOpened> unwrap_outer(
    ByteView bytes, std::span<OuterKey const> keys, OuterPlace const& place)
{
    if (bytes.size() < head_bytes + crypto::gcm_tag_bytes + 1) return malformed("cut short");
    if (bytes[0] != outer_version)
        return malformed(fmt::format("version {}, known is {}", bytes[0], outer_version));
    auto const id = bytes.subspan(1, OuterKey::Id {}.size());
    auto const key = std::ranges::find_if(
        keys, [&](OuterKey const& each) { return std::ranges::equal(each.id(), id); });
    if (key == keys.end()) return not_authentic(fmt::format("the pair has no key {}", to_hex(id)));
    OuterOpened out {};
    std::ranges::copy(bytes.subspan(1 + id.size(), out.salt.size()), out.salt.begin());
    out.key = static_cast<std::size_t>(key - keys.begin());
    auto const own = body_key(*key, place, out.salt);
    auto plain = crypto::open_aes256_gcm(
        own.key, own.nonce, bytes.first(head_bytes), bytes.subspan(head_bytes));
    if (!plain.ok()) return not_authentic("the body does not open: altered, or of another place");
    out.body = TRY(read_body(plain.take(), place.answers.has_value()));
    return out;
}

std::vector<OuterKey> OuterKeys::of(std::string const& state) const
{
    std::scoped_lock const hold { mutex_ };
    auto const found = keys_.find(state);
    return found == keys_.end() ? std::vector<OuterKey> {} : found->second;
}

void OuterKeys::use(ByState keys)
{
    std::scoped_lock const hold { mutex_ };
    keys_ = std::move(keys);
}

OuterPipe::OuterPipe(
    std::unique_ptr<Pipe> pipe, Pair pair, std::shared_ptr<OuterKeys const> keys, Random random)
    : pipe_(std::move(pipe))
    , pair_(std::move(pair))
    , keys_(std::move(keys))
    , random_(std::move(random))
{
}

namespace {

Result<Reply> opened_answer(
    Reply const& reply, std::span<OuterKey const> keys, OuterPlace const& place)
{
    if (reply.content_type != outer_type)
        return not_authentic(fmt::format(
            "{} answered {} in clear: {:.200}", place.from, reply.status, as_text(reply.body)));
    auto opened = TRY(unwrap_outer(reply.body, keys, place));
    return Reply { opened.body.status, std::move(opened.body.content_type),
        std::move(opened.body.content) };
}

} // namespace

Result<Reply> OuterPipe::post(std::string_view path, std::string_view content_type, ByteView body)
{
    auto const keys = keys_->of(pair_.peer);
    if (keys.empty() || !path.starts_with(exchange_prefix))
        return pipe_->post(path, content_type, body);
    OuterSalt salt {};
    random_(salt);
    OuterPlace const asked { pair_.own, pair_.peer, std::string { path } };
    auto const wrapped
        = wrap_outer({ 0, std::string { content_type }, { body.begin(), body.end() } },
            keys.front(), asked, salt);
    auto const reply = TRY(pipe_->post(path, outer_type, wrapped));
    return opened_answer(reply, keys, { pair_.peer, pair_.own, asked.path, salt });
}

Result<Reply> OuterPipe::get(std::string_view path)
{
    auto const keys = keys_->of(pair_.peer);
    auto reply = TRY(pipe_->get(path));
    if (keys.empty() || !path.starts_with(exchange_prefix)) return reply;
    return opened_answer(
        reply, keys, { pair_.peer, pair_.own, std::string { path }, OuterSalt {} });
}

} // namespace comity::exchange
