#include "main/node.h"

#include "base/file.h"
#include "casework/statistics.h"
#include "exchange/attachment_pipe.h"
#include "exchange/line.h"
#include "http/accounts.h"
#include "http/case_access.h"
#include "http/case_files.h"
#include "http/claims.h"
#include "http/directory.h"
#include "http/openid_routes.h"
#include "http/papers.h"
#include "http/persons.h"
#include "http/proposals.h"
#include "http/related.h"
#include "http/rights.h"
#include "http/security.h"
#include "http/shift.h"
#include "http/sign_in.h"
#include "http/statistics.h"
#include "main/ended_parties.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>

namespace comity::main {
namespace {

constexpr auto look_for_due_every = std::chrono::minutes { 1 };
constexpr int pieces_a_turn = 50;

std::string lower(std::string text)
{
    for (char& c : text)
        if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// Places in the list of listeners.
constexpr std::size_t desk_listener = 0;
constexpr std::size_t peers_listener = 1;

http::TlsIdentity tls_of(crypto::Identity const& identity)
{
    return { identity.certificate.pem(), {}, identity.key };
}

std::string roots_of(exchange::Trust const& trust)
{
    std::string out;
    for (auto const& peer : trust.peers()) out += peer.root.pem();
    return out;
}

/// Who may have signed a browser's certificate; empty where the desk asks for none.
Result<std::string> desk_authorities(Config const& config)
{
    if (config.desk_client_authorities.empty()) return std::string {};
    auto const bytes = TRY(read_file(config.desk_client_authorities, std::size_t { 1 } << 20U));
    return std::string { as_text(bytes) };
}

/// Without a file with a secret PKCE alone binds the code.
Result<http::OpenIdSettings> openid_settings(OpenIdProvider const& provider)
{
    http::OpenIdSettings out { provider.issuer, provider.client_id, {}, provider.return_address };
    if (provider.secret.empty()) return out;
    auto const bytes = TRY(read_file(provider.secret, 4096));
    auto const text = as_text(bytes);
    out.client_secret = text.substr(0, text.find_first_of("\r\n"));
    return out;
}

constexpr std::chrono::seconds provider_waits { 10 };

exchange::Line line_over(std::shared_ptr<PipeSlot> const& slot, Random const& random)
{
    return exchange::line_over([slot] { return slot->now().messages; }, random);
}

exchange::AttachmentLine attachment_line(std::shared_ptr<PipeSlot> const& slot)
{
    return exchange::attachment_line_over([slot] { return slot->now().attachments; });
}

Result<http::Response> ask_comparison_at(Rooms& rooms, http::Request const& request)
{
    auto const draft = TRY(http::body_as<identification::DnaDraft>(request));
    auto const outcome = TRY(rooms.identification->send(draft, operator_name));
    json::Object out { { "decision", treaty::write(outcome.decision) } };
    if (outcome.message) out["messageId"] = *outcome.message;
    return http::json_response(outcome.message ? 201 : 200, out);
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
    end.key = transport.key;
    end.authorities_pem = peer.root.pem();
    for (auto const& each : peer.shown_in_tls())
        end.peer_certificates_sha256.push_back(to_hex(each.fingerprint()));
    return end;
}

Pipes PipeSlot::now() const
{
    std::scoped_lock const hold { mutex_ };
    return pipes_;
}

void PipeSlot::put(Pipes pipes)
{
    std::scoped_lock const hold { mutex_ };
    pipes_ = std::move(pipes);
}

Node::Node(std::unique_ptr<Rooms> rooms)
    : rooms_(std::move(rooms))
    , observing_(rooms_->clock)
    , events_(static_cast<std::uint64_t>(rooms_->clock().time_since_epoch().count()))
{
}

Node::~Node()
{
    if (server_) server_->stop();
    if (carrier_) carrier_->stop();
    if (courier_) courier_->stop();
    if (worker_.joinable()) {
        worker_.request_stop();
        worker_.join();
    }
    rooms_->registers->stop();
}

Result<std::map<std::string, Pipes>> Node::make_pipes(
    exchange::Trust const& trust, crypto::Identity const& transport) const
{
    std::map<std::string, Pipes> out;
    for (auto const& peer : trust.peers()) {
        // Of a State whose every transport certificate is revoked there is nobody to speak with.
        if (peer.state == rooms_->config.party || peer.shown_in_tls().empty()) continue;
        auto const end = TRY(pipe_end(peer, transport));
        for (auto const pipe : { &Pipes::messages, &Pipes::attachments, &Pipes::registers })
            out[peer.state].*pipe
                = std::make_shared<exchange::OuterPipe>(TRY(exchange::Pipe::make(end)),
                    exchange::OuterPipe::Pair { rooms_->config.party, peer.state }, outer_keys_,
                    rooms_->random);
    }
    return out;
}

Result<std::map<std::string, exchange::Line>> Node::make_lines()
{
    auto const trust = rooms_->exchange->trust();
    auto const standing
        = TRY(standing_of(rooms_->config, TRY(read_keys(rooms_->config)), trust, rooms_->clock()));
    standing_until_ = standing.until();
    outer_keys_->use(TRY(read_outer_keys(rooms_->config)));
    std::map<std::string, exchange::Line> lines;
    for (auto& [state, pipes] : TRY(make_pipes(trust, standing.transport.identity))) {
        slots_[state] = std::make_shared<PipeSlot>(std::move(pipes));
        lines[state] = line_over(slots_[state], rooms_->random);
    }
    return lines;
}

void Node::start_carrier(exchange::Patience patience)
{
    std::map<std::string, exchange::AttachmentLine> lines;
    for (auto const& [state, slot] : slots_) lines[state] = attachment_line(slot);
    carrier_ = std::make_unique<exchange::AttachmentCarrier>(
        rooms_->exchange->attachments(), std::move(lines), rooms_->random,
        [this](std::string const& state) { courier_->wake(state); }, patience);
}

Result<ledger::Fetch> Node::register_of(std::string const& state)
{
    std::scoped_lock const hold { renewing_ };
    auto const slot = slots_.find(state);
    if (slot == slots_.end())
        return Error { Error::Kind::unavailable, fmt::format("there is no line to {}", state) };
    return exchange::register_over([of = slot->second] { return of->now().registers; });
}

void Node::use_pipes(std::map<std::string, Pipes> pipes)
{
    std::erase_if(slots_, [&](auto const& slot) {
        bool const gone = !pipes.contains(slot.first);
        if (gone) courier_->close(slot.first);
        if (gone) carrier_->close(slot.first);
        return gone;
    });
    for (auto& [state, both] : pipes) {
        if (auto const known = slots_.find(state); known != slots_.end()) {
            known->second->put(std::move(both));
            continue;
        }
        slots_[state] = std::make_shared<PipeSlot>(std::move(both));
        courier_->open(state, line_over(slots_[state], rooms_->random));
        carrier_->open(state, attachment_line(slots_[state]));
    }
}

Result<void> Node::renew()
{
    std::scoped_lock const hold { renewing_ };
    auto& config = rooms_->config;
    auto const settings = TRY(read_config(config.folder));
    config.outer_keys = settings.outer_keys;
    config.token_keys.uris = settings.token_keys.uris;
    // A module is opened once for the whole process.
    if (!config.token_keys.token) config.token_keys.token = settings.token_keys.token;
    auto const now = rooms_->clock();
    auto const trust = TRY(read_trust(config, now));
    auto const standing = TRY(standing_of(config, TRY(read_keys(config)), trust, now));
    auto pipes = TRY(make_pipes(trust, standing.transport.identity));
    auto outer_keys = TRY(read_outer_keys(config));
    auto const tls = tls_of(standing.transport.identity);
    if (config.desk_over_tls)
        TRY(server_->renew(desk_listener, tls, TRY(desk_authorities(config))));
    TRY(server_->renew(peers_listener, tls, roots_of(trust)));
    rooms_->exchange->use(trust, standing.self);
    TRY(rooms_->ledger->sign_with(keys_of(standing.register_keys)));
    outer_keys_->use(std::move(outer_keys));
    use_pipes(std::move(pipes));
    // Past its end nothing better is held: there is nothing to wait for.
    standing_until_ = standing.until() > now ? standing.until() : Instant::max();
    using observe::Key;
    observing_.log().say(observe::Level::info, "trust in force", {},
        { { Key::number, static_cast<std::int64_t>(trust.list().version) },
            { Key::reason,
                fmt::format("seal {}, sealing {}, transport {}, register {}", standing.seal.name,
                    standing.sealing.name, standing.transport.name,
                    standing.register_keys.back().name) } });
    return {};
}

/// The operator's own line, over a socket that only this system's user can open.
http::Response Node::control(http::Request const& request)
{
    auto const answer = [&]() -> Result<http::Response> {
        if (request.method == "POST" && request.path.starts_with("/v1/courier/"))
            return courier_control(*rooms_, request);
        if (request.method == "POST" && request.path == "/v1/renew") {
            TRY(renew());
            return http::json_response(200, json::Object {});
        }
        if (request.method == "POST" && request.path == "/v1/dna/requests")
            return ask_comparison_at(*rooms_, request);
        if (request.method == "POST" && request.path.starts_with("/v1/dna/runs"))
            return run_control(*rooms_, request);
        if (request.method == "POST" && request.path == "/v1/dna/typings")
            return typing_control(*rooms_, request);
        if (request.method == "POST" && request.path.starts_with("/v1/dna/samples"))
            return sample_control(*rooms_, request);
        if (request.method == "POST" && request.path.starts_with("/v1/vault/"))
            return vault_control(*rooms_, request);
        if (request.method != "POST" || request.path != "/v1/requests")
            return Error { Error::Kind::not_found,
                "the control socket takes POST /v1/requests, /v1/vault/..., /v1/courier/... and "
                "/v1/renew" };
        auto const draft = TRY(http::body_as<casework::RequestDraft>(request));
        auto const outcome = TRY(rooms_->casework->send(draft, operator_name));
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
    auto const trust = rooms_->exchange->trust();
    auto const standing = TRY(standing_of(config, TRY(read_keys(config)), trust, rooms_->clock()));
    auto const identity = tls_of(standing.transport.identity);
    http::Listener desk;
    desk.via = config.desk_over_tls ? Via::tls : Via::plain;
    desk.address = config.desk.host;
    desk.port = config.desk.port;
    if (config.desk_over_tls) desk.identity = identity;
    if (config.desk_over_tls) desk.client_authorities_pem = TRY(desk_authorities(config));
    desk.handler = observing_.timed(
        "desk", [this](http::Request request) { return router_->serve(std::move(request)); });
    http::Listener peers;
    peers.via = Via::mutual_tls;
    peers.address = config.peers.host;
    peers.port = config.peers.port;
    peers.identity = identity;
    peers.body_bytes_max = http::peer_body_bytes_max;
    peers.client_authorities_pem = roots_of(trust);
    peers.handler = observing_.timed("peers", [this](http::Request request) {
        return outer_gate_->serve(std::move(request),
            [this](http::Request const& inner) { return peer_routes_->serve(inner); });
    });
    http::Listener control_line;
    control_line.via = Via::unix_socket;
    control_line.socket = config.socket();
    control_line.handler = observing_.timed(
        "control", [this](http::Request const& request) { return control(request); });
    return std::vector<http::Listener> { desk, peers, control_line };
}

Result<std::vector<http::Endpoint>> Node::sign_in_endpoints(http::SessionCookie const& cookie)
{
    auto const& config = rooms_->config;
    auto& access = *rooms_->access;
    openid_ = std::make_unique<http::OpenId>(TRY(openid_settings(config.openid)),
        http::web_fetch(config.openid.authorities.string(), provider_waits), rooms_->clock,
        rooms_->random);
    auto out = http::session_endpoints(access, cookie);
    auto const take = [&](std::vector<http::Endpoint> more) {
        for (auto& each : more) out.push_back(std::move(each));
    };
    bool const by_card = config.desk_over_tls && !config.desk_client_authorities.empty();
    take(http::ways_endpoints(access, cookie, { openid_->configured(), by_card }));
    take(http::openid_endpoints(access, *openid_, cookie));
    take(http::account_endpoints(access, "Comity " + config.name));
    return out;
}

Result<void> Node::open_listeners()
{
    auto const& config = rooms_->config;
    http::SessionCookie const cookie { "comity-" + lower(config.party), config.desk_over_tls };
    http::DeskRooms const rooms { *rooms_->store, *rooms_->ledger, *rooms_->exchange, *courier_,
        *rooms_->casework, rooms_->law, events_, rooms_->clock,
        { config.party, config.unit, config.name, config.zone, "0.1.0", config.test,
            config.clocks } };
    auto endpoints = TRY(sign_in_endpoints(cookie));
    auto const take = [&](std::vector<http::Endpoint> more) {
        for (auto& each : more) endpoints.push_back(std::move(each));
    };
    take(http::with_readings_noted(http::desk_endpoints(rooms), rooms, *rooms_->vault));
    http::DnaRooms const dna { *rooms_->identification, *rooms_->runs, *rooms_->profiles,
        rooms_->terms, rooms_->clock, config.party, *rooms_->audits };
    take(http::dna_endpoints(dna));
    take(http::dna_run_endpoints(dna));
    take(http::sampling_endpoints(*rooms_->sampling));
    take(http::file_endpoints(*rooms_->casework));
    take(http::case_access_endpoints(rooms, *rooms_->access));
    take(http::proposal_endpoints(rooms));
    take(http::rights_endpoints(rooms, *rooms_->rights, *rooms_->vault, *rooms_->access));
    take(http::person_endpoints(*rooms_->persons));
    take(http::register_endpoints(rooms, *rooms_->registers, *rooms_->vault));
    take(http::security_endpoints(rooms, *rooms_->security));
    take(http::claim_endpoints(*rooms_->claims));
    take(http::shift_endpoints(*rooms_->access, *rooms_->handover));
    take(http::related_endpoints(*rooms_->related));
    take(http::directory_endpoints(rooms, *rooms_->directory));
    take(http::paper_endpoints(*rooms_->papers));
    take(http::statistics_endpoints(rooms));
    take(http::health_endpoints(rooms, observing_.figures()));
    commentary_ = std::make_unique<treaty::Commentary>(TRY(read_commentary(config, rooms_->law)));
    take(http::explorer_endpoints(*commentary_, rooms_->law, rooms_->clock));
    auto files = TRY(http::StaticFiles::load(config.web));
    router_ = std::make_unique<http::Router>(
        *rooms_->access, cookie, config.desk_hosts, std::move(endpoints), std::move(files));
    peer_routes_ = std::make_unique<http::PeerRoutes>(
        *rooms_->exchange, *rooms_->ledger, *rooms_->store, rooms_->clock);
    outer_gate_ = std::make_unique<http::OuterGate>(
        config.party, [this] { return rooms_->exchange->trust(); }, outer_keys_, rooms_->clock,
        rooms_->random);
    std::error_code ignored;
    std::filesystem::remove(config.socket(), ignored); // left by a node that was killed
    auto all = TRY(listeners());
    if (!config.status.host.empty()) all.push_back(observing_.listener(config, rooms));
    server_ = TRY(http::Server::start(std::move(all)));
    return {};
}

/// A certificate in use has run out: the next one that the list names takes its place.
void Node::renew_when_due()
{
    {
        std::scoped_lock const hold { renewing_ };
        if (rooms_->clock() <= standing_until_) return;
        standing_until_ = Instant::max(); // also where renewing fails: once
    }
    if (auto const done = renew(); !done.ok())
        observing_.log().failed("renewing failed", {}, done.error());
}

/// What an older database left undone, a piece after the other, and not all in one turn.
void Node::catch_up(std::string_view failed, std::function<Result<std::size_t>()> const& piece)
{
    for (int n = 0; n < pieces_a_turn; ++n) {
        auto const done = piece();
        if (!done.ok()) observing_.log().failed(failed, {}, done.error());
        if (!done.ok() || done.value() == 0) return;
    }
}

/// How much was done of what waits; nothing more is tried once a part of it failed.
std::size_t Node::work_once()
{
    std::size_t all = 0;
    bool failed = false;
    auto const add = [&](std::string_view what, Result<std::size_t> const& done) {
        if (done.ok()) all += done.value();
        if (!done.ok()) observing_.log().failed(what, {}, done.error());
        failed |= !done.ok();
    };
    add("answering failed", rooms_->casework->work());
    add("comparing failed", rooms_->identification->work());
    add("a first connection failed", rooms_->runs->work());
    add("confirming failed", rooms_->rights->work());
    add("changing a level failed", rooms_->security->work());
    add("destroying failed", rooms_->persons->work());
    return failed ? 0 : all;
}

void Node::work(std::stop_token const& stop)
{
    casework::Statistics statistics { *rooms_->store, rooms_->config.party, rooms_->clock };
    EndedParties parties { *rooms_ };
    while (!stop.stop_requested()) {
        {
            std::unique_lock hold { mutex_ };
            news_.wait_for(hold, stop, look_for_due_every, [this] { return task_waits_; });
            task_waits_ = false;
        }
        while (work_once() > 0) { }
        renew_when_due();
        catch_up("counting failed", [&] { return statistics.count_some(); });
        catch_up("marking failed", [&] { return rooms_->related->index_some(); });
        catch_up("telling failed", [&] { return rooms_->casework->tell_emergencies_over(); });
        catch_up("ending a Party failed", [&] { return parties.end_one(); });
        auto const swept = rooms_->exchange->attachments().sweep();
        if (!swept.ok()) observing_.log().failed("sweeping attachments failed", {}, swept.error());
        auto const looked = rooms_->registers->sweep_when_due();
        if (!looked.ok()) observing_.log().failed("sweeping failed", {}, looked.error());
    }
}

Result<std::unique_ptr<Node>> Node::start(Config const& config)
{
    auto made = std::make_unique<Node>(TRY(open_rooms(config)));
    auto* node = made.get();
    if (store::is_postgres(config.database)) TRY(node->folder_.take(config.folder / "node.lock"));
    TRY(local_date(node->rooms_->clock(), config.zone));
    node->rooms_->casework->on_change([node](casework::Notice const& notice) {
        node->events_.publish({ "case",
            notice.moved ? json::to_text(*notice.moved)
                         : json::print(json::Object { { "number", notice.case_number } }) });
        node->events_.publish(
            { "register", json::print(json::Object { { "size", notice.register_size } }) });
    });
    node->rooms_->casework->on_task([node] {
        std::scoped_lock const hold { node->mutex_ };
        node->task_waits_ = true;
        node->news_.notify_one();
    });
    node->rooms_->exchange->set_observer(
        [node](exchange::Event const& event) { node->observing_.tell(event); });
    auto lines = TRY(node->make_lines());
    exchange::Patience patience;
    patience.longest = std::chrono::seconds { config.retry_longest_seconds };
    node->courier_ = std::make_unique<exchange::Courier>(
        *node->rooms_->exchange, std::move(lines), node->rooms_->clock, node->rooms_->random,
        [node](std::string const& state, exchange::PeerStatus const& status) {
            node->observing_.tell_line(state, status);
            auto const shown
                = http::peer_view(*node->rooms_->store, *node->rooms_->exchange, state, status);
            node->events_.publish({ "peer", json::print(shown) });
        },
        patience);
    node->start_carrier(patience);
    node->rooms_->exchange->on_queued([node](std::string const& state) {
        node->courier_->wake(state);
        node->carrier_->wake(state);
    });
    node->rooms_->registers->reach_by(
        [node](std::string const& state) { return node->register_of(state); });
    TRY(node->open_listeners());
    node->stamping_ = TRY(Stamping::start(*node->rooms_, node->observing_.log()));
    node->due_destruction_
        = std::make_unique<DueDestruction>(*node->rooms_, node->observing_.log());
    node->worker_ = std::jthread { [node](std::stop_token const& stop) { node->work(stop); } };
    return made;
}

} // namespace comity::main
