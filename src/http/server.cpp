#include "http/server.h"

#include "http/request_reader.h"
#include "http/wire.h"

#include <boost/asio.hpp>
#include <fmt/format.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <semaphore>
#include <thread>
#include <unordered_set>

namespace comity::http {
namespace {

namespace asio = boost::asio;
using Code = boost::system::error_code;
using Steady = std::chrono::steady_clock;
using Progress = RequestReader::Progress;
using Via = Peer::Via;

// GCC 12 miscompiles some co_awaits within conditions and some whose expression makes a lambda
// that captures: here each stands in a statement of its own, and calls are named functions.
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t buffer_bytes = 2 * header_bytes_max;
constexpr std::size_t joined_bytes_max = header_bytes_max; ///< Head and body as one record.
constexpr std::chrono::milliseconds linger { 1'000 };
constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

/// A request on its way through the pool of handlers.
struct Call {
    Handler const& handler;
    Request request;
    asio::steady_timer done; ///< Runs until it is cancelled: the answer is there.
    Response response {};
};

Response answer(Handler const& handler, Request request)
{
    try {
        return handler(std::move(request));
    } catch (...) { // The edge: a library's exception ends this request and no more.
        return refusal(500, { Error::Kind::unavailable, "the node failed to answer this request" });
    }
}

void run_on(asio::thread_pool& pool, std::shared_ptr<Call> const& call)
{
    asio::post(pool, [call] {
        call->response = answer(call->handler, std::move(call->request));
        asio::post(call->done.get_executor(), [call] { call->done.cancel(); });
    });
}

class Connection;

Error const too_late { Error::Kind::unavailable, "the request did not arrive in time" };
Error const endless_line { Error::Kind::malformed, "a line of the request that does not end" };

/// A listener with all that it needs to run.
struct Place {
    Listener listener;
    std::shared_ptr<asio::ssl::context> tls {};
    std::uint16_t port = 0;
    std::size_t connections = 0;
    std::function<void()> close {};
};

} // namespace

struct Server::State {
    Deadlines deadlines;
    std::vector<std::unique_ptr<Place>> places {};
    std::unordered_set<Connection*> connections {};
    bool stopping = false;
    bool is_drained = false;
    std::binary_semaphore drained { 0 };
    asio::io_context io { 1 }; // After what its coroutines use: gone before that.
    asio::thread_pool handlers;
    std::thread thread {};
    bool stopped = false;

    State(Deadlines chosen, std::size_t handler_threads)
        : deadlines(chosen)
        , handlers(handler_threads)
    {
    }
    void begin_stop();
    void leave(Connection* connection, Place& place);
};

namespace {

/// Takes a stream's call back, also where its coroutine is dropped half-way.
struct Unfollow {
    EventStream& events;
    ~Unfollow()
    {
        events.on_news({});
        events.end();
    }
};

/// One client. Everything runs on the thread of the sockets.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Server::State& server, Place& place, std::unique_ptr<Wire> wire, Peer peer)
        : server_(server)
        , place_(place)
        , wire_(std::move(wire))
        , peer_(std::move(peer))
        , timer_(server.io)
        , news_(server.io)
        , buffer_(buffer_bytes)
    {
        ++place_.connections;
        server_.connections.insert(this);
    }
    ~Connection() { server_.leave(this, place_); }
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    static asio::awaitable<void> run(std::shared_ptr<Connection> self);
    /// The server stops: nothing is waited for any more, what is under way may end.
    void stop_waiting();

private:
    asio::awaitable<bool> serve_one();
    asio::awaitable<std::optional<Response>> read_request(RequestReader& reader);
    asio::awaitable<bool> fill();
    asio::awaitable<Response> handle(Request request);
    asio::awaitable<bool> respond(Response response, bool keep_alive, bool head_only);
    asio::awaitable<void> refuse(Response response);
    asio::awaitable<void> end_slowly();
    asio::awaitable<void> send_events();
    static asio::awaitable<void> watch_for_end(std::shared_ptr<Connection> self);

    void expect_within(std::chrono::milliseconds span);
    void expect_nothing() { due_ = Steady::time_point::max(); }
    void arm();

    Server::State& server_;
    Place& place_;
    std::unique_ptr<Wire> wire_;
    Peer peer_;
    asio::steady_timer timer_, news_;
    Steady::time_point due_ = Steady::time_point::max(), armed_ = Steady::time_point::max();
    bool overdue_ = false, first_ = true, between_requests_ = false;
    std::shared_ptr<EventStream> events_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0, end_ = 0; ///< What of the buffer is read and not yet parsed.
};

/// Moves the deadline. The timer follows only where it must ring earlier; where it rings too
/// early it is set again, so that most requests never touch it.
void Connection::expect_within(std::chrono::milliseconds span)
{
    due_ = Steady::now() + span;
    overdue_ = false;
    if (due_ < armed_) arm();
}

void Connection::arm()
{
    armed_ = due_;
    timer_.expires_at(due_);
    timer_.async_wait([self = shared_from_this()](Code code) {
        if (code || self->armed_ == Steady::time_point::max()) return;
        self->armed_ = Steady::time_point::max();
        if (self->due_ > Steady::now()) {
            if (self->due_ != Steady::time_point::max()) self->arm();
            return;
        }
        self->overdue_ = true;
        Code ignored;
        self->wire_->socket().cancel(ignored);
    });
}

asio::awaitable<bool> Connection::fill()
{
    if (begin_ > 0) {
        std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
            buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
        end_ -= begin_;
        begin_ = 0;
    }
    if (overdue_ || end_ == buffer_.size()) co_return false;
    auto const size
        = co_await wire_->read(asio::buffer(buffer_.data() + end_, buffer_.size() - end_));
    end_ += size;
    co_return size > 0 && !overdue_;
}

/// Reads until the request is whole: then nothing, else what to refuse it with. A refusal of status
/// 0 means that there is nobody left to tell.
asio::awaitable<std::optional<Response>> Connection::read_request(RequestReader& reader)
{
    for (;;) {
        auto step = reader.read({ buffer_.data() + begin_, end_ - begin_ });
        begin_ += step.used;
        if (step.progress == Progress::whole) co_return std::nullopt;
        if (step.progress == Progress::refused) co_return std::move(step.refusal);
        if (step.progress == Progress::header_read) {
            expect_within(server_.deadlines.body);
            if (begin_ < end_) continue;
            if (reader.expects_continue()) {
                auto const told = co_await wire_->write(asio::buffer(go_on.data(), go_on.size()));
                if (!told) co_return Response { .status = 0 };
            }
        }
        auto const came = co_await fill();
        if (came) continue;
        if (overdue_) co_return refusal(408, too_late);
        if (begin_ == 0 && end_ == buffer_.size()) co_return refusal(endless_line);
        co_return Response { .status = 0 };
    }
}

asio::awaitable<Response> Connection::handle(Request request)
{
    expect_nothing();
    auto const call = std::make_shared<Call>(
        Call { place_.listener.handler, std::move(request), asio::steady_timer { server_.io } });
    call->done.expires_at(Steady::time_point::max());
    run_on(server_.handlers, call);
    static_cast<void>(co_await call->done.async_wait(as_result));
    co_return std::move(call->response);
}

asio::awaitable<bool> Connection::respond(Response response, bool keep_alive, bool head_only)
{
    expect_within(server_.deadlines.write);
    auto head = head_of(response, keep_alive);
    if (!head_only && response.body.size() <= joined_bytes_max) {
        head += as_text(response.body);
        head_only = true;
    }
    auto written = co_await wire_->write(asio::buffer(head));
    if (!written || overdue_) co_return false;
    if (!head_only) written = co_await wire_->write(asio::buffer(response.body));
    co_return written && !overdue_;
}

/// Says why and ends.
asio::awaitable<void> Connection::refuse(Response response)
{
    if (response.status == 0) co_return;
    auto const told = co_await respond(std::move(response), false, false);
    if (told) co_await end_slowly();
}

/// Ends so that what we said last arrives: a socket closed over unread input is reset, and the
/// client might never read our answer. Ends at once where the client has nothing more to say.
asio::awaitable<void> Connection::end_slowly()
{
    Code ignored;
    expect_within(linger);
    wire_->socket().shutdown(Socket::shutdown_send, ignored);
    auto const into = asio::buffer(buffer_);
    for (;;) {
        auto const [code, size] = co_await wire_->socket().async_read_some(into, as_result);
        if (code || overdue_) co_return;
    }
}

asio::awaitable<void> Connection::watch_for_end(std::shared_ptr<Connection> self)
{
    std::array<char, 1> ignored {};
    co_await self->wire_->read(asio::buffer(ignored));
    if (self->events_) self->events_->end();
}

asio::awaitable<void> Connection::send_events()
{
    auto const self = shared_from_this();
    asio::co_spawn(server_.io, watch_for_end(self), asio::detached);
    events_->on_news([self] { asio::post(self->server_.io, [self] { self->news_.cancel(); }); });
    Unfollow const at_end { *events_ };
    auto const until = Steady::now() + server_.deadlines.stream;
    while (Steady::now() < until) {
        news_.expires_at(std::min(until, Steady::now() + server_.deadlines.heartbeat));
        auto text = events_->take();
        if (text.empty() && events_->ended()) break;
        if (text.empty()) {
            auto const [woken] = co_await news_.async_wait(as_result);
            if (woken || Steady::now() >= until) continue;
            text = ":\n\n";
        }
        expect_within(server_.deadlines.write);
        auto const written = co_await wire_->write(asio::buffer(text));
        if (!written || overdue_) break;
        expect_nothing();
    }
}

/// True when the connection may carry one more request.
asio::awaitable<bool> Connection::serve_one()
{
    between_requests_ = true;
    expect_within(std::exchange(first_, false) ? server_.deadlines.header : server_.deadlines.idle);
    if (server_.stopping) co_return false;
    if (begin_ == end_) {
        auto const came = co_await fill();
        if (!came) co_return false;
    }
    between_requests_ = false;
    expect_within(server_.deadlines.header);
    RequestReader reader { place_.listener.body_bytes_max };
    if (auto refused = co_await read_request(reader)) {
        co_await refuse(std::move(*refused));
        co_return false;
    }
    auto const keep_alive = reader.keep_alive();
    auto request = reader.take(peer_);
    bool const head_only = request.method == "HEAD";
    auto response = co_await handle(std::move(request));
    events_ = head_only ? nullptr : response.events;
    bool const again = keep_alive && !events_ && !server_.stopping;
    auto const told = co_await respond(std::move(response), again, head_only);
    if (!told) co_return false;
    if (events_) {
        expect_nothing();
        co_await send_events();
        co_return false;
    }
    if (again) co_return true;
    expect_within(linger);
    co_await wire_->say_end();
    co_return false;
}

asio::awaitable<void> Connection::run(std::shared_ptr<Connection> self)
{
    self->expect_within(self->server_.deadlines.header);
    auto const greeted = co_await self->wire_->handshake();
    if (!greeted) {
        co_await self->end_slowly();
    } else {
        self->peer_.certificate = self->wire_->certificate();
        std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest {};
        SHA256(self->peer_.certificate.data(), self->peer_.certificate.size(), digest.data());
        if (!self->peer_.certificate.empty()) self->peer_.certificate_sha256 = to_hex(digest);
        while (co_await self->serve_one()) { }
    }
    Code ignored;
    self->armed_ = Steady::time_point::max();
    self->timer_.cancel();
    self->wire_->socket().close(ignored);
}

void Connection::stop_waiting()
{
    Code ignored;
    if (events_) events_->end();
    if (between_requests_) wire_->socket().cancel(ignored);
}

void turn_away(auto& socket)
{
    static auto const full = refusal({ Error::Kind::unavailable, "too many connections" });
    auto const text = head_of(full, false) + std::string { as_text(full.body) };
    Code ignored;
    socket.non_blocking(true, ignored);
    socket.send(asio::buffer(text), 0, ignored);
}

template <class Acceptor>
asio::awaitable<void> accept_all(
    Server::State& server, Place& place, std::shared_ptr<Acceptor> acceptor)
{
    asio::steady_timer pause { server.io };
    while (acceptor->is_open()) {
        typename Acceptor::protocol_type::socket socket { server.io };
        auto const [code] = co_await acceptor->async_accept(socket, as_result);
        if (code) { // Out of descriptors, most likely: some connection must end first.
            pause.expires_after(std::chrono::milliseconds { 50 });
            static_cast<void>(co_await pause.async_wait(as_result));
            continue;
        }
        if (place.connections >= place.listener.connections_max) {
            if (!place.tls) turn_away(socket);
            continue;
        }
        Peer peer { .via = place.listener.via };
        Code ignored;
        if constexpr (std::same_as<Acceptor, asio::ip::tcp::acceptor>) {
            peer.address = socket.remote_endpoint(ignored).address().to_string(ignored);
            socket.set_option(asio::ip::tcp::no_delay { true }, ignored);
        }
        auto connection = std::make_shared<Connection>(server, place,
            make_wire(Socket { std::move(socket) }, place.tls.get()), std::move(peer));
        asio::co_spawn(server.io, Connection::run(std::move(connection)), asio::detached);
    }
}

template <class Acceptor>
void open(Server::State& server, Place& place, std::shared_ptr<Acceptor> acceptor)
{
    place.close = [acceptor] {
        Code ignored;
        acceptor->close(ignored);
    };
    asio::co_spawn(server.io, accept_all(server, place, std::move(acceptor)), asio::detached);
}

Result<void> listen(Server::State& server, Place& place)
{
    auto const& listener = place.listener;
    MUST(listener.handler != nullptr);
    if (listener.via == Via::unix_socket) {
        open(server, place, TRY(bind_unix(server.io, listener)));
        return {};
    }
    if (listener.via == Via::tls || listener.via == Via::mutual_tls)
        place.tls = TRY(make_tls(listener));
    auto acceptor = TRY(bind_tcp(server.io, listener));
    place.port = acceptor->local_endpoint().port();
    open(server, place, std::move(acceptor));
    return {};
}

} // namespace

void Server::State::leave(Connection* connection, Place& place)
{
    --place.connections;
    connections.erase(connection);
    if (stopping && connections.empty() && !std::exchange(is_drained, true)) drained.release();
}

void Server::State::begin_stop()
{
    stopping = true;
    for (auto const& place : places)
        if (place->close) place->close();
    if (connections.empty() && !std::exchange(is_drained, true)) drained.release();
    for (auto* connection : connections) connection->stop_waiting();
}

Server::Server(std::unique_ptr<State> state)
    : state_(std::move(state))
{
}

Server::~Server()
{
    stop();
}

Result<std::unique_ptr<Server>> Server::start(
    std::vector<Listener> listeners, Deadlines deadlines, std::size_t handler_threads)
{
    auto state = std::make_unique<State>(deadlines, handler_threads);
    for (auto& listener : listeners) {
        state->places.push_back(std::make_unique<Place>(Place { std::move(listener) }));
        TRY(listen(*state, *state->places.back()));
    }
    state->thread = std::thread { [&io = state->io] { io.run(); } };
    return std::make_unique<Server>(std::move(state));
}

Result<void> Server::renew(
    std::size_t listener, TlsIdentity identity, std::string client_authorities_pem)
{
    MUST(listener < state_->places.size());
    auto& place = *state_->places[listener];
    Listener const renewed { .via = place.listener.via,
        .identity = std::move(identity),
        .client_authorities_pem = std::move(client_authorities_pem),
        .handler = {} };
    std::shared_ptr<asio::ssl::context> const context = TRY(make_tls(renewed));
    asio::post(state_->io, [&place, context] { place.tls = context; });
    return {};
}

std::uint16_t Server::port(std::size_t listener) const
{
    MUST(listener < state_->places.size());
    return state_->places[listener]->port;
}

void Server::stop()
{
    if (std::exchange(state_->stopped, true)) return;
    asio::post(state_->io, [state = state_.get()] { state->begin_stop(); });
    static_cast<void>(state_->drained.try_acquire_for(state_->deadlines.drain));
    state_->io.stop();
    state_->thread.join();
    state_->handlers.join();
    std::error_code ignored;
    for (auto const& place : state_->places)
        if (place->listener.via == Via::unix_socket)
            std::filesystem::remove(place->listener.socket, ignored);
}

} // namespace comity::http
