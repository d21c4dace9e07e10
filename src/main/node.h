#pragma once

#include "exchange/attachment_carrier.h"
#include "exchange/outer.h"
#include "http/desk.h"
#include "http/dna_runs.h"
#include "http/explorer.h"
#include "http/openid.h"
#include "http/outer_gate.h"
#include "http/peer.h"
#include "http/registers.h"
#include "http/sampling.h"
#include "http/server.h"
#include "main/due_destruction.h"
#include "main/observing.h"
#include "main/rooms.h"
#include "main/stamping.h"
#include "store/folder_lock.h"

#include <condition_variable>
#include <thread>

namespace comity::main {

/// Where and as whom to reach a peer. Error: malformed for an address of another form.
Result<exchange::PipeEnd> pipe_end(exchange::Peer const& peer, crypto::Identity const& transport);

/// A connection for each, so that no message waits behind a large file or a whole register.
struct Pipes {
    std::shared_ptr<exchange::OuterPipe> messages, attachments, registers;
};

/// The pipes to one State, which may be exchanged while the lines over them stay.
class PipeSlot {
public:
    explicit PipeSlot(Pipes pipes)
        : pipes_(std::move(pipes))
    {
    }
    Pipes now() const;
    void put(Pipes pipes);

private:
    mutable std::mutex mutex_;
    Pipes pipes_;
};

/// A running node: the rooms, their listeners, the courier, and the worker that answers requests
/// and destroys what is due.
class Node {
public:
    /// Errors: conflict naming a port or folder in use; whatever a file lacks.
    static Result<std::unique_ptr<Node>> start(Config const& config);
    ~Node();

    std::uint16_t desk_port() const { return server_->port(0); }
    std::uint16_t peers_port() const { return server_->port(1); }

    explicit Node(std::unique_ptr<Rooms> rooms);

private:
    Result<void> open_listeners();
    Result<std::map<std::string, Pipes>> make_pipes(
        exchange::Trust const& trust, crypto::Identity const& transport) const;
    Result<std::map<std::string, exchange::Line>> make_lines();
    void start_carrier(exchange::Patience patience);
    /// What another State serves of its register. Error: unavailable where there is no line.
    Result<ledger::Fetch> register_of(std::string const& state);
    /// Takes up the trust list and the keys as they now lie in the folder, without a restart.
    Result<void> renew();
    void use_pipes(std::map<std::string, Pipes> pipes);
    Result<std::vector<http::Listener>> listeners();
    http::Response control(http::Request const& request);
    void renew_when_due();
    void work(std::stop_token const& stop);
    std::size_t work_once();
    void catch_up(std::string_view failed, std::function<Result<std::size_t>()> const& piece);
    /// Accounts, and every way to sign in.
    Result<std::vector<http::Endpoint>> sign_in_endpoints(http::SessionCookie const& cookie);

    store::FolderLock folder_; // of a node on a server; a file database has its own
    std::unique_ptr<Rooms> rooms_;
    Observing observing_;
    std::unique_ptr<treaty::Commentary> commentary_;
    http::EventHub events_;
    std::unique_ptr<exchange::Courier> courier_;
    std::unique_ptr<exchange::AttachmentCarrier> carrier_;
    std::unique_ptr<http::OpenId> openid_;
    std::unique_ptr<http::Router> router_;
    std::unique_ptr<http::PeerRoutes> peer_routes_;
    std::shared_ptr<exchange::OuterKeys> outer_keys_ = std::make_shared<exchange::OuterKeys>();
    std::unique_ptr<http::OuterGate> outer_gate_;
    std::unique_ptr<http::Server> server_;
    std::unique_ptr<Stamping> stamping_;
    std::mutex renewing_; // one at a time
    Instant standing_until_ {};
    std::map<std::string, std::shared_ptr<PipeSlot>> slots_;

    std::mutex mutex_;
    std::condition_variable_any news_;
    bool task_waits_ = true; // whatever waited before the start goes first
    std::jthread worker_;
    std::unique_ptr<DueDestruction> due_destruction_;
};

} // namespace comity::main
