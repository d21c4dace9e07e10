// One attachment of 1 GiB between two processes over mTLS: sealed, stored, brought, checked,
// opened, stored, claimed by its message, receipted. Prints seconds, and the most memory that
// either used.
#include "base/scratch.h"
#include "exchange/attachment_pipe.h"
#include "exchange/envelope.h"
#include "exchange/founding.h"
#include "http/peer.h"
#include "http/server.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

using namespace comity;
using store::Transaction;

namespace {

constexpr std::uint64_t file_bytes = message::attachments_bytes_max;

Instant now()
{
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

double since(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double> { std::chrono::steady_clock::now() - begin }.count();
}

long peak_mib()
{
    rusage used {};
    getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss / 1024;
}

struct Node {
    exchange::StateKeys const& keys;
    ScratchFolder folder;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<exchange::Exchange> exchange;

    Node(exchange::Founding const& founding, std::size_t which)
        : keys(founding.states[which])
    {
        std::vector<store::Migration> all;
        for (auto const room : { ledger::migrations, exchange::migrations })
            all.insert(all.end(), room.begin(), room.end());
        store = store::Store::open((folder / "db").string(), all).take();
        ledger = ledger::Ledger::open(*store, keys.register_log, keys.register_key).take();
        exchange = std::make_unique<exchange::Exchange>(*store, *ledger, founding.trust(now()),
            exchange::Self { keys.of.state, keys.of.unit, keys.seal, keys.sealing }, now,
            crypto::system_random());
    }
};

/// The other State: a process of its own, until the pipe closes.
int receive(exchange::Founding const& founding, int port_out, int stop_in)
{
    Node node { founding, 1 };
    node.exchange->set_receiver({ [](Transaction&, exchange::Delivered const&) {
                                     return Result<exchange::Disposition> { exchange::Disposition {
                                         "permitted", "bench", {} } };
                                 },
        {}, {} });
    http::PeerRoutes const routes { *node.exchange, *node.ledger, *node.store, now };
    http::Listener listener;
    listener.via = http::Peer::Via::mutual_tls;
    listener.identity = { node.keys.transport.certificate.pem(), node.keys.transport.key.pem() };
    listener.client_authorities_pem = founding.states[0].root.certificate.pem();
    listener.body_bytes_max = http::peer_body_bytes_max;
    listener.handler = [&](http::Request const& request) { return routes.serve(request); };
    auto const server = http::Server::start({ listener }).take();
    auto const port = server->port(0);
    MUST(write(port_out, &port, sizeof port) == sizeof port);
    char end = 0;
    MUST(read(stop_in, &end, 1) >= 0);
    auto const begin = std::chrono::steady_clock::now();
    auto const id = node.store
                        ->read([](Transaction& t) {
                            return t.one("SELECT message FROM exchange_attachment",
                                [](store::Row const& row) { return row.text(0); });
                        })
                        .value();
    auto const before = peak_mib();
    MUST(id && node.exchange->attachments().clear(*id).ok());
    fmt::print("receiver: {} MiB at most; destruction {:.1f} s, then {} MiB at most\n", before,
        since(begin), peak_mib());
    return 0;
}

exchange::ByteSource noise()
{
    return [chance = std::mt19937_64 { 1 }, left = file_bytes](
               std::span<std::uint8_t> room) mutable -> Result<std::size_t> {
        auto const size = std::min<std::uint64_t>(room.size(), left);
        for (std::size_t i = 0; i < size; i += 8) {
            auto const word = chance();
            std::memcpy(room.data() + i, &word, std::min<std::size_t>(8, size - i));
        }
        left -= size;
        return static_cast<std::size_t>(size);
    };
}

void send(exchange::Founding const& founding, std::uint16_t port)
{
    Node node { founding, 0 };
    auto const& peer = founding.states[1];
    exchange::PipeEnd end;
    end.host = "127.0.0.1";
    end.port = port;
    end.certificate_pem = node.keys.transport.certificate.pem();
    end.key = node.keys.transport.key;
    end.authorities_pem = peer.root.certificate.pem();
    end.peer_certificates_sha256 = { to_hex(peer.transport.certificate.fingerprint()) };
    auto const pipe = std::make_shared<exchange::OuterPipe>(
        exchange::Pipe::make(std::move(end)).take(), exchange::OuterPipe::Pair { "BG", "RO" },
        std::make_shared<exchange::OuterKeys>(), crypto::system_random());
    exchange::Outgoing out { .type = message::Type::request,
        .to = "RO",
        .case_reference = { "1", {} },
        .legal_basis = { "PCC SEE", { "A1" }, "bench" },
        .purpose = "investigation",
        .retention = message::Retention { parse_date("2035-01-01").value(), "A31(4)(b)-1" },
        .parts = { { "request", "bench/1", to_bytes("TEST") } } };
    out.attachments = { { "film", "video/mp4", noise() } };
    auto begin = std::chrono::steady_clock::now();
    auto const sealed = node.exchange->seal(std::move(out)).take();
    auto const id
        = node.store->write([&](Transaction& t) { return node.exchange->submit(t, sealed); })
              .take();
    fmt::print("sealed and stored: {:.1f} s, {} MiB at most\n", since(begin), peak_mib());
    begin = std::chrono::steady_clock::now();
    MUST(exchange::bring_attachment(
        node.exchange->attachments(), "RO", exchange::attachment_line_over([&] {
            return pipe;
        })).value());
    fmt::print("brought, checked, opened, stored: {:.1f} s\n", since(begin));
    begin = std::chrono::steady_clock::now();
    MUST(node.exchange->number("RO").value() == 1);
    auto const message = node.exchange->under_way("RO", 1).value();
    auto const body = exchange::write_envelope(message.envelope, crypto::system_random());
    auto const reply = pipe->post(exchange::message_path, body.content_type, body.body).take();
    MUST(reply.status == 200 && node.exchange->acknowledge(id, reply.body).ok());
    fmt::print("its message: {:.3f} s\nsender: {} MiB at most\n", since(begin), peak_mib());
}

} // namespace

int main()
{
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    std::vector<exchange::FoundingState> const states {
        { "BG", "NCU Sofia TEST", "localhost", "127.0.0.1:1" },
        { "RO", "NCU Bucharest TEST", "localhost", "127.0.0.1:2" },
    };
    auto const founding = exchange::found(states, 2, now(), crypto::system_random());
    int port_pipe[2], stop_pipe[2];
    MUST(pipe(port_pipe) == 0 && pipe(stop_pipe) == 0);
    auto const child = fork();
    if (child == 0) {
        close(stop_pipe[1]);
        return receive(founding, port_pipe[1], stop_pipe[0]);
    }
    std::uint16_t port = 0;
    MUST(read(port_pipe[0], &port, sizeof port) == sizeof port);
    send(founding, port);
    close(stop_pipe[1]);
    int status = 0;
    MUST(waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
