#include "http/peer.h"

#include "exchange/envelope.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace comity::http {
namespace {

using store::Transaction;

Error no_such_path(Request const& request)
{
    return { Error::Kind::not_found, fmt::format("there is nothing at {}", request.path) };
}

Response bytes_response(std::string_view type, Bytes body)
{
    return { 200, { { "content-type", std::string { type } } }, std::move(body), {} };
}

std::optional<std::uint64_t> decimal(std::string_view text)
{
    std::uint64_t out = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (code != std::errc {} || end != text.data() + text.size()) return std::nullopt;
    return out;
}

/// C2SP tlog-tiles: an index in groups of three digits, all but the last marked with x
/// (x001/x234/067), and p/<width> where the tile is not full.
struct TilePlace {
    std::uint64_t position = 0;
    std::uint64_t width = ledger::tile_width;
};

std::optional<TilePlace> tile_place(std::span<std::string const> segments)
{
    TilePlace out;
    bool last_seen = false;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        std::string_view segment = segments[i];
        if (last_seen) { // "067.p" was before this: the width
            auto const width = decimal(segment);
            if (!width || i + 1 != segments.size()) return std::nullopt;
            out.width = *width;
            return out;
        }
        bool const more = segment.starts_with('x');
        if (more) segment.remove_prefix(1);
        bool const partial = segment.ends_with(".p");
        if (partial) segment.remove_suffix(2);
        auto const group = decimal(segment);
        if (!group || segment.size() != 3 || (more && partial) || out.position > 1'000'000'000'000U)
            return std::nullopt;
        out.position = out.position * 1000 + *group;
        last_seen = partial;
        if (!more && !partial && i + 1 != segments.size()) return std::nullopt;
    }
    return last_seen || segments.empty() ? std::nullopt : std::optional { out };
}

std::vector<ledger::Verifier> registers_of(exchange::Trust const& trust)
{
    std::vector<ledger::Verifier> out;
    for (auto const& peer : trust.peers()) out.push_back(peer.register_key);
    return out;
}

} // namespace

PeerRoutes::PeerRoutes(
    exchange::Exchange& exchange, ledger::Ledger const& ledger, store::Store& store, Clock clock)
    : exchange_(exchange)
    , store_(store)
    , clock_(clock)
    , witness_(ledger, registers_of(exchange.trust()), std::move(clock))
{
}

Result<Response> PeerRoutes::cosign(Request const& request) const
{
    auto const answer = TRY(store_.write([&](Transaction& transaction) {
        return witness_.add_checkpoint(transaction, as_text(request.body));
    }));
    auto const stale = answer.outcome == ledger::WitnessAnswer::Outcome::stale;
    auto response = bytes_response(
        stale ? "text/x.tlog.size" : "text/plain; charset=utf-8", to_bytes(answer.body));
    response.status = answer.status();
    return response;
}

Result<Response> PeerRoutes::register_file(Request const& request) const
{
    auto const& segments = request.segments;
    if (segments.size() == 2 && segments[1] == "checkpoint")
        return bytes_response("text/plain; charset=utf-8",
            to_bytes(TRY(store_.read(
                [](Transaction& transaction) { return ledger::newest_cosigned(transaction); }))));
    if (segments.size() < 4 || segments[1] != "tile") return no_such_path(request);
    auto const place = tile_place(std::span { segments }.subspan(3));
    auto const level
        = segments[2] == "entries" ? std::optional<std::uint64_t> { 0 } : decimal(segments[2]);
    if (!place || !level || *level > 7) return no_such_path(request);
    auto content = TRY(store_.read([&](Transaction& transaction) {
        return segments[2] == "entries"
            ? ledger::entry_bundle(transaction, place->position, place->width)
            : ledger::tile(
                  transaction, static_cast<unsigned>(*level), place->position, place->width);
    }));
    return bytes_response("application/octet-stream", std::move(content));
}

/// A sender that is told which number is expected fills a gap by itself.
Result<Response> PeerRoutes::take_message(Request const& request, std::string_view state) const
{
    auto const envelope
        = TRY(exchange::read_envelope(request.header("content-type"), request.body));
    auto receipt = exchange_.receive(envelope, state);
    if (receipt.ok()) return bytes_response(exchange::receipt_type, receipt.take());
    if (receipt.error().kind != Error::Kind::conflict) return receipt.error();
    auto const expected = TRY(exchange_.expected_from(state));
    return refusal(receipt.error(), { { "expected", expected } });
}

Result<Response> PeerRoutes::answer(Request const& request) const
{
    auto const certificate = TRY(from_hex(request.peer.certificate_sha256));
    crypto::Digest fingerprint {};
    if (certificate.size() != fingerprint.size())
        return Error { Error::Kind::not_authentic, "a State's node shows its TLS certificate" };
    std::ranges::copy(certificate, fingerprint.begin());
    auto const peer = TRY(exchange_.trust().by_transport(fingerprint, clock_()));
    if (request.method == "GET" && !request.segments.empty() && request.segments[0] == "register")
        return register_file(request);
    if (request.method == "POST" && request.path == "/register/witness/add-checkpoint")
        return cosign(request);
    if (request.method == "POST" && request.path == exchange::message_path)
        return take_message(request, peer.state);
    if (request.method == "POST" && request.path == exchange::receipt_path) {
        TRY(exchange_.take_receipt(request.body, peer.state));
        return Response { .status = 204 };
    }
    return no_such_path(request);
}

Response PeerRoutes::serve(Request const& request) const
{
    auto const response = answer(request);
    return response.ok() ? response.value() : refusal(response.error());
}

} // namespace comity::http
