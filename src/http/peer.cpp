#include "http/peer.h"

#include "exchange/batch.h"
#include "exchange/envelope.h"
#include "ledger/files.h"
#include "ledger/witness.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace comity::http {
namespace {

using store::Transaction;

constexpr std::string_view register_prefix = "/register/";

Error no_such_path(Request const& request)
{
    return { Error::Kind::not_found, fmt::format("there is nothing at {}", request.path) };
}

Response bytes_response(std::string_view type, Bytes body)
{
    return { 200, { { "content-type", std::string { type } } }, std::move(body), {} };
}

std::vector<ledger::Verifier> registers_of(exchange::Trust const& trust)
{
    std::vector<ledger::Verifier> out;
    for (auto const& peer : trust.peers()) out.push_back(peer.register_key);
    return out;
}

/// A number in the path: attachment and chunk count from 1.
Result<std::uint32_t> number_in(std::vector<std::string> const& segments, std::size_t place)
{
    auto const& text = segments[place];
    std::uint32_t out = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (code != std::errc {} || end != text.data() + text.size() || out == 0)
        return Error { Error::Kind::malformed, "attachments and chunks are numbered 1, 2, 3 ...",
            "path" };
    return out;
}

} // namespace

/// .../<message>/<n>: PUT the list of hashes, GET how far it is; .../<message>/<n>/<chunk>: PUT.
Result<Response> PeerRoutes::attachment(Request const& request, std::string_view state) const
{
    constexpr std::size_t message_place = 3, with_chunk = 6;
    auto const& segments = request.segments;
    bool const list = segments.size() + 1 == with_chunk;
    bool const chunk = segments.size() == with_chunk && request.method == "PUT";
    if (!chunk && !(list && (request.method == "PUT" || request.method == "GET")))
        return no_such_path(request);
    auto const& attachments = exchange_.attachments();
    auto const& message = segments[message_place];
    auto const n = TRY(number_in(segments, message_place + 1));
    if (request.method == "GET")
        return json_response(200, json::write(TRY(attachments.progress(state, message, n))));
    if (list) {
        TRY(attachments.open(state, message, n, request.body));
    } else {
        TRY(attachments.take_chunk(
            state, message, n, TRY(number_in(segments, message_place + 2)), request.body));
    }
    return Response { .status = 204 };
}

Result<Response> PeerRoutes::cosign(Request const& request) const
{
    ledger::Witness const witness { ledger_, registers_of(exchange_.trust()), clock_ };
    auto const answer = TRY(store_.write([&](Transaction& transaction) {
        return witness.add_checkpoint(transaction, as_text(request.body));
    }));
    auto const stale = answer.outcome == ledger::WitnessAnswer::Outcome::stale;
    auto response = bytes_response(
        stale ? "text/x.tlog.size" : "text/plain; charset=utf-8", to_bytes(answer.body));
    response.status = answer.status();
    return response;
}

Result<Response> PeerRoutes::register_file(Request const& request) const
{
    auto const path = request.path.substr(register_prefix.size());
    auto content = TRY(
        store_.read([&](Transaction& transaction) { return ledger::file(transaction, path); }));
    bool const tile = path.starts_with("tile/");
    return bytes_response(
        tile ? "application/octet-stream" : "text/plain; charset=utf-8", std::move(content));
}

/// A sender that is told which number is expected fills a gap by itself.
Result<Response> PeerRoutes::refuse(Error const& error, std::string_view state) const
{
    if (error.kind != Error::Kind::conflict) return refusal(error);
    auto const expected = TRY(exchange_.expected_from(state));
    return refusal(error, { { "expected", expected } });
}

Result<Response> PeerRoutes::take_message(Request const& request, std::string_view state) const
{
    auto const envelope
        = TRY(exchange::read_envelope(request.header("content-type"), request.body));
    auto receipt = exchange_.receive(envelope, state);
    if (receipt.ok()) return bytes_response(exchange::receipt_type, receipt.take());
    return refuse(receipt.error(), state);
}

Result<Response> PeerRoutes::take_batch(Request const& request, std::string_view state) const
{
    if (request.header("content-type") != exchange::batch_type)
        return Error { Error::Kind::malformed, fmt::format("a batch is {}", exchange::batch_type),
            "content-type" };
    auto const taken = exchange_.receive_batch(TRY(exchange::read_batch(request.body)), state);
    Bytes why;
    if (taken.refused) why = TRY(refuse(*taken.refused, state)).body;
    return bytes_response(exchange::batch_type, exchange::write_answers(taken.receipts, why));
}

Result<Response> PeerRoutes::answer(Request const& request) const
{
    auto const certificate = TRY(from_hex(request.peer.certificate_sha256));
    crypto::Digest fingerprint {};
    if (certificate.size() != fingerprint.size())
        return Error { Error::Kind::not_authentic, "a State's node shows its TLS certificate" };
    std::ranges::copy(certificate, fingerprint.begin());
    auto const peer = TRY(exchange_.trust().by_transport(fingerprint, clock_()));
    if (request.method == "GET" && request.path.starts_with(register_prefix))
        return register_file(request);
    if (request.method == "POST" && request.path == "/register/witness/add-checkpoint")
        return cosign(request);
    if (request.method == "POST" && request.path == exchange::message_path)
        return take_message(request, peer.state);
    if (request.method == "POST" && request.path == exchange::batch_path)
        return take_batch(request, peer.state);
    if (request.method == "POST" && request.path == exchange::receipt_path) {
        TRY(exchange_.take_receipt(request.body, peer.state));
        return Response { .status = 204 };
    }
    if (request.path.starts_with(exchange::attachment_path)) return attachment(request, peer.state);
    return no_such_path(request);
}

Response PeerRoutes::serve(Request const& request) const
{
    auto const response = answer(request);
    return response.ok() ? response.value() : refusal(response.error());
}

} // namespace comity::http
