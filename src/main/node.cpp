#include "main/node.h"

#include "exchange/line.h"
#include "http/sign_in.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <iostream>

namespace comity::main {
namespace {

constexpr auto look_for_due_every = std::chrono::minutes { 1 };

std::string lower(std::string text)
{
    for (char& c : text)
        if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

void log(std::string_view what)
{
    std::cerr << what << '\n';
}

} // namespace

Result<exchange::PipeEnd> pipe_end(exchange::Peer const& peer, crypto::Identity const& transport)
{
    auto const colon = peer.address.rfind(':');
    exchange::PipeEnd end;
    end.host = peer.address.substr(0, colon);
    auto const port = colon == peer.address.npos ? std::string {} : peer.address.substr(colon + 1);
    auto const [stop, code] = std::from_chars(port.data(), port.data() + port.size(), end.port);
    if (code != std::errc {} || stop != port.data() + port.size())
        return Error { Error::Kind::malformed,
            fmt::format("trust list: '{}' is no address of the form host:port", peer.address) };
    end.certificate_pem = transport.certificate.pem();
    end.key_pem = transport.key.pem();
    end.authorities_pem = peer.root.pem();
    for (auto const& each : peer.transports)
        end.peer_certificates_sha256.push_back(to_hex(each.fingerprint()));
    return end;
}

Node::Node(std::unique_ptr<Rooms> rooms)
    : rooms_(std::move(rooms))
    , events_(static_cast<std::uint64_t>(rooms_->clock().time_since_epoch().count()))
{
}

Node::~Node()
{
    if (server_) server_->stop();
    if (courier_) courier_->stop();
    if (worker_.joinable()) {
        worker_.request_stop();
        worker_.join();
    }
}

Result<std::map<std::string, exchange::Line>> Node::make_lines()
{
    auto const transport = TRY(read_identity(rooms_->config, "transport"));
    std::map<std::string, exchange::Line> lines;
    for (auto const& peer : rooms_->exchange->trust().peers()) {
        if (peer.state == rooms_->config.party) continue;
        std::shared_ptr<exchange::Pipe> const pipe
            = TRY(exchange::Pipe::make(TRY(pipe_end(peer, transport))));
        lines[peer.state] = exchange::line_over(pipe, rooms_->random);
    }
    return lines;
}

/// The operator's own line, over a socket that only this system's user can open.
http::Response Node::control(http::Request const& request)
{
    auto const answer = [&]() -> Result<http::Response> {
        if (request.method != "POST" || request.path != "/v1/requests")
            return Error { Error::Kind::not_found, "the control socket takes POST /v1/requests" };
        auto const draft = TRY(http::body_as<casework::RequestDraft>(request));
        auto const outcome = TRY(rooms_->casework->send(draft, "operator at the command line"));
        json::Object out { { "decision", treaty::write(outcome.decision) },
            { "warnings", json::write(outcome.warnings) } };
        if (outcome.message) out["messageId"] = *outcome.message;
        return http::json_response(outcome.message ? 201 : 200, out);
    }();
    return answer.ok() ? answer.value() : http::refusal(answer.error());
}

Result<std::vector<http::Listener>> Node::listeners()
{
    using Via = http::Peer::Via;
    auto const& config = rooms_->config;
    auto const transport = TRY(read_identity(config, "transport"));
    http::TlsIdentity const identity { transport.certificate.pem(), transport.key.pem() };
    http::Listener desk;
    desk.via = config.desk_over_tls ? Via::tls : Via::plain;
    desk.address = config.desk.host;
    desk.port = config.desk.port;
    if (config.desk_over_tls) desk.identity = identity;
    desk.handler = [this](http::Request request) { return router_->serve(std::move(request)); };
    http::Listener peers;
    peers.via = Via::mutual_tls;
    peers.address = config.peers.host;
    peers.port = config.peers.port;
    peers.identity = identity;
    peers.body_bytes_max = http::peer_body_bytes_max;
    for (auto const& peer : rooms_->exchange->trust().peers())
        peers.client_authorities_pem += peer.root.pem();
    peers.handler = [this](http::Request const& request) { return peer_routes_->serve(request); };
    http::Listener control_line;
    control_line.via = Via::unix_socket;
    control_line.socket = config.socket();
    control_line.handler = [this](http::Request const& request) { return control(request); };
    return std::vector<http::Listener> { desk, peers, control_line };
}

Result<void> Node::open_listeners()
{
    auto const& config = rooms_->config;
    http::SessionCookie const cookie { "comity-" + lower(config.party), config.desk_over_tls };
    http::DeskRooms const rooms { *rooms_->store, *rooms_->ledger, *rooms_->exchange, *courier_,
        *rooms_->casework, rooms_->law, events_, rooms_->clock,
        { config.party, config.unit, config.name, config.zone, "0.1.0", config.test } };
    auto endpoints = http::session_endpoints(*rooms_->access, cookie);
    for (auto& each : http::desk_endpoints(rooms)) endpoints.push_back(std::move(each));
    commentary_ = std::make_unique<treaty::Commentary>(TRY(read_commentary(config, rooms_->law)));
    for (auto& each : http::explorer_endpoints(*commentary_, rooms_->law, rooms_->clock))
        endpoints.push_back(std::move(each));
    auto files = TRY(http::StaticFiles::load(config.web));
    router_ = std::make_unique<http::Router>(
        *rooms_->access, cookie, config.desk_hosts, std::move(endpoints), std::move(files));
    peer_routes_ = std::make_unique<http::PeerRoutes>(
        *rooms_->exchange, *rooms_->ledger, *rooms_->store, rooms_->clock);
    std::error_code ignored;
    std::filesystem::remove(config.socket(), ignored); // left by a node that was killed
    server_ = TRY(http::Server::start(TRY(listeners())));
    return {};
}

void Node::work(std::stop_token const& stop)
{
    while (!stop.stop_requested()) {
        {
            std::unique_lock hold { mutex_ };
            news_.wait_for(hold, stop, look_for_due_every, [this] { return task_waits_; });
            task_waits_ = false;
        }
        for (;;) {
            auto const settled = rooms_->casework->work();
            if (!settled.ok()) log("answering: " + settled.error().what);
            if (!settled.ok() || settled.value() == 0) break;
        }
        auto const today = local_date(rooms_->clock(), rooms_->config.zone);
        MUST(today.ok()); // the zone was tried at the start
        auto const destroyed = rooms_->casework->destroy_due(today.value());
        if (!destroyed.ok()) log("destroying: " + destroyed.error().what);
    }
}

Result<std::unique_ptr<Node>> Node::start(Config const& config)
{
    auto made = std::make_unique<Node>(TRY(open_rooms(config)));
    auto* node = made.get();
    if (store::is_postgres(config.database)) TRY(node->folder_.take(config.folder / "node.lock"));
    TRY(local_date(node->rooms_->clock(), config.zone));
    node->rooms_->casework->on_change([node](casework::Notice const& notice) {
        node->events_.publish({ "inbox", "{}" });
        node->events_.publish(
            { "case", json::print(json::Object { { "number", notice.case_number } }) });
        node->events_.publish(
            { "register", json::print(json::Object { { "size", notice.register_size } }) });
    });
    node->rooms_->casework->on_task([node] {
        std::scoped_lock const hold { node->mutex_ };
        node->task_waits_ = true;
        node->news_.notify_one();
    });
    auto lines = TRY(node->make_lines());
    exchange::Patience patience;
    patience.longest = std::chrono::seconds { config.retry_longest_seconds };
    node->courier_ = std::make_unique<exchange::Courier>(
        *node->rooms_->exchange, std::move(lines), node->rooms_->clock, node->rooms_->random,
        [node](std::string const& state, exchange::PeerStatus const& status) {
            if (!status.reachable) log(fmt::format("{}: {}", state, status.last_error));
            auto const shown
                = http::peer_view(*node->rooms_->store, *node->rooms_->exchange, state, status);
            node->events_.publish({ "peer", json::print(shown) });
        },
        patience);
    node->rooms_->exchange->on_queued(
        [node](std::string const& state) { node->courier_->wake(state); });
    TRY(node->open_listeners());
    node->stamping_ = TRY(Stamping::start(*node->rooms_, log));
    node->worker_ = std::jthread { [node](std::stop_token const& stop) { node->work(stop); } };
    return made;
}

} // namespace comity::main
